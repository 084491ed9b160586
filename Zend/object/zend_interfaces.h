/* SPDX-License-Identifier: MIT */
/*
 * The interfaces that the engine itself knows: Traversable, Iterator, IteratorAggregate,
 * ArrayAccess, Serializable; and the adapters by which foreach walks over objects of user
 * classes that implement them.
 */
#ifndef ZEND_INTERFACES_H
#define ZEND_INTERFACES_H

#include "object/zend_class_entry.h"

extern zend_class_entry *zend_ce_traversable;
extern zend_class_entry *zend_ce_aggregate;
extern zend_class_entry *zend_ce_iterator;
extern zend_class_entry *zend_ce_arrayaccess;
extern zend_class_entry *zend_ce_serializable;

void zend_register_interfaces(void);
/* stdClass. */
void zend_register_standard_class(void);

/*
 * Calls a method (or, with object_pp NULL and obj_ce NULL, a function) by its lower-case name,
 * with up to two arguments. *fn_proxy, if given, caches the function. The result goes to
 * *retval_ptr_ptr (counted; NULL after an exception), or is dropped when that is NULL; what comes
 * back is that result or NULL. A method that is missing is a fatal error.
 */
zval *zend_call_method(zval **object_pp, zend_class_entry *obj_ce, zend_function **fn_proxy,
    const char *function_name, int function_name_len, zval **retval_ptr_ptr, int param_count,
    zval *arg1, zval *arg2);

#define zend_call_method_with_0_params(obj, obj_ce, fn_proxy, function_name, retval) \
    zend_call_method(obj, obj_ce, fn_proxy, function_name, sizeof(function_name) - 1, retval, 0, \
        NULL, NULL)
#define zend_call_method_with_1_params(obj, obj_ce, fn_proxy, function_name, retval, arg1) \
    zend_call_method(obj, obj_ce, fn_proxy, function_name, sizeof(function_name) - 1, retval, 1, \
        arg1, NULL)
#define zend_call_method_with_2_params(obj, obj_ce, fn_proxy, function_name, retval, arg1, arg2) \
    zend_call_method(obj, obj_ce, fn_proxy, function_name, sizeof(function_name) - 1, retval, 2, \
        arg1, arg2)

/* --- The adapter for user classes that implement Iterator --------------------------------- */

typedef struct _zend_user_iterator {
    zend_object_iterator it; /* it.data: the object, counted */
    zend_class_entry *ce;
    zval *value; /* what current() gave, counted; NULL: not asked yet */
} zend_user_iterator;

extern zend_object_iterator_funcs zend_interface_iterator_funcs_iterator;

zend_object_iterator *zend_user_it_get_iterator(zend_class_entry *ce, zval *object, int by_ref);
zend_object_iterator *zend_user_it_get_new_iterator(zend_class_entry *ce, zval *object,
    int by_ref);
/* Calls getIterator(); the result is counted, NULL after an exception. */
zval *zend_user_it_new_iterator(zend_class_entry *ce, zval *object);
void zend_user_it_dtor(zend_object_iterator *iterator);
int zend_user_it_valid(zend_object_iterator *iterator);
void zend_user_it_get_current_key(zend_object_iterator *iterator, zval *key);
void zend_user_it_get_current_data(zend_object_iterator *iterator, zval ***data);
void zend_user_it_move_forward(zend_object_iterator *iterator);
void zend_user_it_rewind(zend_object_iterator *iterator);
void zend_user_it_invalidate_current(zend_object_iterator *iterator);

/* --- Serializable of user classes --------------------------------------------------------- */

int zend_user_serialize(zval *object, unsigned char **buffer, zend_uint *buf_len,
    zend_serialize_data *data);
int zend_user_unserialize(zval **object, zend_class_entry *ce, const unsigned char *buf,
    zend_uint buf_len, zend_unserialize_data *data);
/* Handlers of internal classes that refuse: throw "Serialization of 'X' is not allowed". */
int zend_class_serialize_deny(zval *object, unsigned char **buffer, zend_uint *buf_len,
    zend_serialize_data *data);
int zend_class_unserialize_deny(zval **object, zend_class_entry *ce, const unsigned char *buf,
    zend_uint buf_len, zend_unserialize_data *data);

#endif
