/* SPDX-License-Identifier: MIT */
/*
 * The object handlers: the table of functions through which the engine acts on
 * an object, and which an internal class overrides to behave in its own way.
 * The standard table (zend_std_*, see zend_std_handlers.h) serves all user classes.
 *
 * Property names (member) are zvals of any type; `key` is the literal with its
 * hash and run-time cache slot when the name is known at compile time, else NULL.
 */
#ifndef ZEND_OBJECT_HANDLERS_H
#define ZEND_OBJECT_HANDLERS_H

#include "value/zend_types.h"

typedef union _zend_function zend_function;
struct _zend_literal;

/* Returned zvals may have refcount 0 (a temporary): the caller adds a count, then releases it. */
typedef zval *(*zend_object_read_property_t)(zval *object, zval *member, int type,
    const struct _zend_literal *key);
typedef zval *(*zend_object_read_dimension_t)(zval *object, zval *offset, int type);
/* The value's count is added to by the handler when it keeps the zval. */
typedef void (*zend_object_write_property_t)(zval *object, zval *member, zval *value,
    const struct _zend_literal *key);
typedef void (*zend_object_write_dimension_t)(zval *object, zval *offset, zval *value);
/* NULL: no direct pointer (an overloaded property), the caller reads and writes instead. */
typedef zval **(*zend_object_get_property_ptr_ptr_t)(zval *object, zval *member, int type,
    const struct _zend_literal *key);
typedef void (*zend_object_set_t)(zval **object, zval *value);
typedef zval *(*zend_object_get_t)(zval *object);
/* check_empty: 0 isset (not NULL), 1 not empty, 2 exists even when NULL. */
typedef int (*zend_object_has_property_t)(zval *object, zval *member, int check_empty,
    const struct _zend_literal *key);
typedef int (*zend_object_has_dimension_t)(zval *object, zval *member, int check_empty);
typedef void (*zend_object_unset_property_t)(zval *object, zval *member,
    const struct _zend_literal *key);
typedef void (*zend_object_unset_dimension_t)(zval *object, zval *offset);
typedef HashTable *(*zend_object_get_properties_t)(zval *object);
typedef HashTable *(*zend_object_get_debug_info_t)(zval *object, int *is_temp);
typedef int (*zend_object_call_method_t)(const char *method, int ht, zval *return_value,
    zval **return_value_ptr, zval *this_ptr, int return_value_used);
/* May replace *object (a proxy). The name is not lower-cased; key has the lower-case one. */
typedef zend_function *(*zend_object_get_method_t)(zval **object, char *method, int length,
    const struct _zend_literal *key);
typedef zend_function *(*zend_object_get_constructor_t)(zval *object);
typedef void (*zend_object_add_ref_t)(zval *object);
typedef void (*zend_object_del_ref_t)(zval *object);
typedef zend_object_value (*zend_object_clone_obj_t)(zval *object);
typedef zend_class_entry *(*zend_object_get_class_entry_t)(const zval *object);
typedef int (*zend_object_get_class_name_t)(const zval *object, const char **name,
    zend_uint *length, int parent);
typedef int (*zend_object_compare_t)(zval *object1, zval *object2);
typedef int (*zend_object_compare_zvals_t)(zval *result, zval *op1, zval *op2);
typedef int (*zend_object_cast_t)(zval *readobj, zval *retval, int type);
typedef int (*zend_object_count_elements_t)(zval *object, long *count);
typedef int (*zend_object_get_closure_t)(zval *obj, zend_class_entry **class_out,
    zend_function **function_out, zval **object_out);
/* The zvals that the object holds beside its properties; returns its property table or NULL. */
typedef HashTable *(*zend_object_get_gc_t)(zval *object, zval ***table, int *n);
typedef int (*zend_object_do_operation_t)(zend_uchar opcode, zval *result, zval *op1, zval *op2);

struct _zend_object_handlers {
    zend_object_add_ref_t add_ref;
    zend_object_del_ref_t del_ref;
    zend_object_clone_obj_t clone_obj; /* NULL: uncloneable */
    zend_object_read_property_t read_property;
    zend_object_write_property_t write_property;
    zend_object_read_dimension_t read_dimension;
    zend_object_write_dimension_t write_dimension;
    zend_object_get_property_ptr_ptr_t get_property_ptr_ptr;
    zend_object_get_t get; /* proxy objects only */
    zend_object_set_t set;
    zend_object_has_property_t has_property;
    zend_object_unset_property_t unset_property;
    zend_object_has_dimension_t has_dimension;
    zend_object_unset_dimension_t unset_dimension;
    zend_object_get_properties_t get_properties;
    zend_object_get_method_t get_method;
    zend_object_call_method_t call_method;
    zend_object_get_constructor_t get_constructor;
    zend_object_get_class_entry_t get_class_entry;
    zend_object_get_class_name_t get_class_name;
    zend_object_compare_t compare_objects;
    zend_object_cast_t cast_object;
    zend_object_count_elements_t count_elements; /* NULL: not countable */
    zend_object_get_debug_info_t get_debug_info;
    zend_object_get_closure_t get_closure;
    zend_object_get_gc_t get_gc;
    zend_object_do_operation_t do_operation;
    zend_object_compare_zvals_t compare;
};

#define BP_VAR_R 0
#define BP_VAR_W 1
#define BP_VAR_RW 2
#define BP_VAR_IS 3
#define BP_VAR_FUNC_ARG 4
#define BP_VAR_UNSET 5

#endif
