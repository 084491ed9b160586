/* SPDX-License-Identifier: MIT */
/*
 * The functions of upper floors that this room calls. They are declared here, so that no file
 * of the room includes a header from above; each is described where it is at home.
 */
#ifndef ZEND_OBJECT_CALLBACKS_H
#define ZEND_OBJECT_CALLBACKS_H

#include "object/zend_class_entry.h"

/* compile/zend_compile.h */
void function_add_ref(zend_function *function);
void zend_function_dtor(zend_function *function);

/* vm/zend_execute.h */
int zend_vm_call_function(zend_function *function, zval *object, zend_class_entry *called_scope,
    zend_uint argument_count, zval ***params, zval **return_value, int no_separation);

/* vm/zend_parameter_default.c: the default of a user function's parameter (number from 1), as its
 * declaration has it; NULL when there is none. Belongs to the function. */
const zval *zend_parameter_default(const zend_function *function, zend_uint number);

/* vm/zend_exceptions.h: throws an exception of the class (NULL: Exception) and returns it,
 * uncounted; appends add_previous, taking its count over, to the end of exception's chain. */
zval *zend_throw_exception(zend_class_entry *exception_ce, const char *message, long code);
void zend_exception_set_previous(zval *exception, zval *add_previous);

#endif
