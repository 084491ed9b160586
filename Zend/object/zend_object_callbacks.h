/* SPDX-License-Identifier: MIT */
/* What the object room needs from floors above it: they fill the table in at start-up. */
#ifndef ZEND_OBJECT_CALLBACKS_H
#define ZEND_OBJECT_CALLBACKS_H

#include "object/zend_class_entry.h"

typedef struct _zend_object_callbacks {
    /* zend_vm_call_function(): calls a function; see vm/zend_execute.h. */
    int (*call_function)(zend_function *function, zval *object, zend_class_entry *called_scope,
        zend_uint argument_count, zval ***params, zval **return_value, int no_separation);
    /* The default of a user function's parameter (number from 1), as its declaration has it;
     * NULL when there is none. Not to be freed. */
    const zval *(*parameter_default)(const zend_function *function, zend_uint number);
    /* Throws an exception of the class (NULL: Exception) with the message, code 0. */
    void (*throw_exception)(zend_class_entry *class_entry, const char *message);
    /* Appends add_previous (taken over) to the end of exception's chain. */
    void (*exception_set_previous)(zval *exception, zval *add_previous);
} zend_object_callbacks;

extern zend_object_callbacks zend_object_hooks;

#endif
