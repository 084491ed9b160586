/* SPDX-License-Identifier: MIT */
/*
 * The standard handlers: how objects of user classes, and most internal ones, behave.
 *
 * Visibility is judged from the running scope, zend_executed_scope(). Where `key` is given it
 * is a literal of the function that runs now, and its cache slots hold what was found last:
 *
 *      properties   slot[0] class of the object    slot[1] zend_property_info *
 *      methods      used by the virtual machine, not here
 *      statics      slot[0] class                  slot[1] zval ** of the member's place
 */
#ifndef ZEND_STD_HANDLERS_H
#define ZEND_STD_HANDLERS_H

#include "object/zend_class_entry.h"
#include "object/zend_objects.h"
#include "object/zend_objects_API.h"

struct _zend_literal;

extern const zend_object_handlers std_object_handlers;
#define zend_get_std_object_handlers() (&std_object_handlers)

/* --- The handlers, for tables of internal classes ------------------------------------------ */

zval *zend_std_read_property(zval *object, zval *member, int type,
    const struct _zend_literal *key);
void zend_std_write_property(zval *object, zval *member, zval *value,
    const struct _zend_literal *key);
zval **zend_std_get_property_ptr_ptr(zval *object, zval *member, int type,
    const struct _zend_literal *key);
int zend_std_has_property(zval *object, zval *member, int has_set_exists,
    const struct _zend_literal *key);
void zend_std_unset_property(zval *object, zval *member, const struct _zend_literal *key);
zval *zend_std_read_dimension(zval *object, zval *offset, int type);
void zend_std_write_dimension(zval *object, zval *offset, zval *value);
int zend_std_has_dimension(zval *object, zval *offset, int check_empty);
void zend_std_unset_dimension(zval *object, zval *offset);
HashTable *zend_std_get_properties(zval *object);
HashTable *zend_std_get_debug_info(zval *object, int *is_temp);
HashTable *zend_std_get_gc(zval *object, zval ***table, int *n);
zend_function *zend_std_get_method(zval **object, char *method_name, int method_len,
    const struct _zend_literal *key);
zend_function *zend_std_get_constructor(zval *object);
zend_class_entry *zend_std_object_get_class(const zval *object);
int zend_std_object_get_class_name(const zval *object, const char **class_name,
    zend_uint *class_name_len, int parent);
int zend_std_compare_objects(zval *o1, zval *o2);
int zend_std_cast_object_tostring(zval *readobj, zval *writeobj, int type);
int zend_std_get_closure(zval *obj, zend_class_entry **ce_ptr, zend_function **fptr_ptr,
    zval **zobj_ptr);

/* --- Properties --------------------------------------------------------------------------- */

/* Makes the hash `properties`, if it is not there: the class's properties in order of
 * declaration, then private ones of parents that are hidden. */
void rebuild_object_properties(zend_object *zobj);

/* The declaration that `member` means in the running scope; one with offset -1 for a dynamic
 * property; NULL when access is denied and silent is set (else a fatal error). */
zend_property_info *zend_get_property_info(zend_class_entry *ce, zval *member, int silent);
/* May the running scope use this property of ce? */
int zend_verify_property_access(const zend_property_info *info, const zend_class_entry *ce);
/* SUCCESS when the property named by a key of the properties hash may be used (foreach). */
int zend_check_property_access(zend_object *zobj, const char *prop_info_name,
    int prop_info_name_len);

/* --- Static members ----------------------------------------------------------------------- */

/* The member's place; NULL (silent) or a fatal error when there is none or it is denied. */
zval **zend_std_get_static_property(zend_class_entry *ce, const char *property_name,
    int property_name_len, zend_bool silent, const struct _zend_literal *key);
/* Always refused: "Attempt to unset static property". Returns 0 if it ever comes back. */
zend_bool zend_std_unset_static_property(zend_class_entry *ce, const char *property_name,
    int property_name_len, const struct _zend_literal *key);

/* --- Methods ------------------------------------------------------------------------------ */

/* The method for Class::name(). May return a trampoline (see below), or NULL: no such method.
 * Fatal error when denied or abstract. key: the literal with the lower-case name, or NULL. */
zend_function *zend_std_get_static_method(zend_class_entry *ce, const char *function_name,
    int function_name_len, const struct _zend_literal *key);
/* Is ce the scope, or in one line with it? For protected members. */
int zend_check_protected(const zend_class_entry *ce, const zend_class_entry *scope);
/* May a method that is private be called on an object of ce? */
int zend_check_private(zend_function *fbc, zend_class_entry *ce, char *function_name,
    int function_name_len);

/*
 * A trampoline stands for a method that does not exist, and calls __call or __callStatic: an
 * internal function with ZEND_ACC_CALL_VIA_HANDLER, made for one call. Calling it frees it;
 * whoever drops it uncalled must free it.
 */
void zend_free_call_trampoline(zend_function *function);

/* --- Helpers ------------------------------------------------------------------------------ */

/* Calls __toString. FAILURE when there is none, or it gave no string (error raised). */
int zend_std_call_tostring(zval *object, zval *result);

#endif
