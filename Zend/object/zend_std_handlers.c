/* SPDX-License-Identifier: MIT */
/*
 * The table of the standard handlers, and those of them that belong to no larger group:
 * names, comparison, conversion, dumps, closures, the collector.
 */
#include "object/zend_std_handlers.h"

#include "zend_alloc.h"
#include "object/zend_class.h"
#include "object/zend_interfaces.h"
#include "object/zend_std_handlers_fast.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_stack_limit.h"
#include "value/zend_operators.h"
#include "value/zend_variables.h"

/* --- Class and properties ----------------------------------------------------------------- */

zend_class_entry *zend_std_object_get_class(const zval *object)
{
    return zend_object_by_handle(Z_OBJ_HANDLE_P(object))->ce;
}

int zend_std_object_get_class_name(const zval *object, const char **class_name,
    zend_uint *class_name_len, int parent)
{
    const zend_class_entry *ce = zend_std_object_get_class(object);

    if (parent) {
        ce = ce->parent;
        if (!ce) {
            return FAILURE;
        }
    }
    *class_name_len = ce->name_length;
    *class_name = estrndup(ce->name, ce->name_length);
    return SUCCESS;
}

HashTable *zend_std_get_properties(zval *object)
{
    zend_object *zobj = zend_object_by_handle(Z_OBJ_HANDLE_P(object));

    if (!zobj->properties) {
        rebuild_object_properties(zobj);
    }
    return zobj->properties;
}

HashTable *zend_std_get_gc(zval *object, zval ***table, int *n)
{
    zend_object *zobj;

    if (Z_OBJ_HT_P(object)->get_properties != zend_std_get_properties) {
        *table = NULL;
        *n = 0;
        return Z_OBJ_HT_P(object)->get_properties(object);
    }
    zobj = zend_object_by_handle(Z_OBJ_HANDLE_P(object));
    if (zobj->properties) {
        *table = NULL;
        *n = 0;
        return zobj->properties;
    }
    *table = zobj->properties_table;
    *n = zobj->properties_table ? zobj->ce->default_properties_count : 0;
    return NULL;
}

static HashTable *zend_empty_debug_info(void)
{
    HashTable *info;

    ALLOC_HASHTABLE(info);
    zend_hash_init(info, 0, NULL, ZVAL_PTR_DTOR, 0);
    return info;
}

/* With __debugInfo() the table is the caller's to destroy and free (*is_temp), unless the array
 * lives on elsewhere. */
HashTable *zend_std_get_debug_info(zval *object, int *is_temp)
{
    zend_class_entry *ce = Z_OBJCE_P(object);
    zval *result = NULL;
    HashTable *info;

    *is_temp = 0;
    if (!ce->__debugInfo) {
        return Z_OBJ_HT_P(object)->get_properties ? Z_OBJ_HT_P(object)->get_properties(object)
                                                  : NULL;
    }
    zend_call_method_with_0_params(&object, ce, &ce->__debugInfo, "__debuginfo", &result);
    *is_temp = 1;
    if (!result && EG(exception)) {
        return zend_empty_debug_info();
    }
    if (result && Z_TYPE_P(result) == IS_ARRAY) {
        if (Z_REFCOUNT_P(result) <= 1) {
            info = Z_ARRVAL_P(result);
            ZVAL_NULL(result);
        } else {
            info = zend_array_dup(Z_ARRVAL_P(result));
        }
        zval_ptr_dtor(&result);
        return info;
    }
    if (result && Z_TYPE_P(result) == IS_NULL) {
        zval_ptr_dtor(&result);
        return zend_empty_debug_info();
    }
    zend_error_noreturn(E_ERROR, "__debuginfo() must return an array");
}

/* --- Comparison --------------------------------------------------------------------------- */

/* Slot by slot; neither object has a hash of properties. */
static int zend_compare_slots(const zend_object *zobj1, const zend_object *zobj2)
{
    int count = zobj1->ce->default_properties_count;
    int i;

    for (i = 0; i < count; i++) {
        zval *value1 = zobj1->properties_table[i];
        zval *value2 = zobj2->properties_table[i];
        zval result;
        if (!value1 || !value2) {
            if (value1 || value2) {
                return 1;
            }
            continue;
        }
        if (compare_function(&result, value1, value2) == FAILURE) {
            return 1;
        }
        if (Z_LVAL(result) != 0) {
            return (int) Z_LVAL(result);
        }
    }
    return 0;
}

static zend_uchar *zend_apply_count(const zval *object)
{
    return &EG(objects_store).object_buckets[Z_OBJ_HANDLE_P(object)].apply_count;
}

static void zend_enter_comparison(const zval *object)
{
    if ((*zend_apply_count(object))++ >= 3) {
        zend_error_noreturn(E_ERROR, "Nesting level too deep - recursive dependency?");
    }
}

int zend_std_compare_objects(zval *o1, zval *o2)
{
    zend_object *zobj1 = zend_object_by_handle(Z_OBJ_HANDLE_P(o1));
    zend_object *zobj2 = zend_object_by_handle(Z_OBJ_HANDLE_P(o2));
    int result;

    zend_stack_guard();
    if (zobj1->ce != zobj2->ce) {
        return 1;
    }
    if (zobj1->properties || zobj2->properties) {
        rebuild_object_properties(zobj1);
        rebuild_object_properties(zobj2);
        return zend_compare_symbol_tables_i(zobj1->properties, zobj2->properties);
    }
    if (!zobj1->properties_table || !zobj2->properties_table) {
        return 0;
    }
    zend_enter_comparison(o1);
    zend_enter_comparison(o2);
    result = zend_compare_slots(zobj1, zobj2);
    (*zend_apply_count(o1))--;
    (*zend_apply_count(o2))--;
    return result;
}

/* --- Conversion --------------------------------------------------------------------------- */

/* What __toString returned becomes the target's value. */
static void zend_take_string_result(zval *target, zval *result)
{
    ZVAL_COPY_VALUE(target, result);
    if (Z_REFCOUNT_P(result) > 1) {
        zval_copy_ctor(target);
    } else {
        ZVAL_NULL(result);
    }
    zval_ptr_dtor(&result);
}

/* The running code is where an exception is handled, which is no line of the source: line 0. */
ZEND_NORETURN ZEND_COLD static void zend_refuse_tostring_exception(const zend_class_entry *ce)
{
    static const zend_op no_line;
    zend_execute_data *frame = EG(current_execute_data);

    while (frame && !ZEND_USER_FRAME(frame)) {
        frame = frame->prev_execute_data;
    }
    if (frame) {
        frame->opline = &no_line;
    }
    zval_ptr_dtor(&EG(exception));
    EG(exception) = NULL;
    zend_error_noreturn(E_ERROR, "Method %s::__toString() must not throw an exception", ce->name);
}

int zend_std_call_tostring(zval *object, zval *target)
{
    zend_class_entry *ce = Z_OBJCE_P(object);
    zval *result = NULL;

    if (!ce->__tostring) {
        return FAILURE;
    }
    zend_call_method_with_0_params(&object, ce, &ce->__tostring, "__tostring", &result);
    if (EG(exception)) {
        if (result) {
            zval_ptr_dtor(&result);
        }
        zend_refuse_tostring_exception(ce);
    }
    if (!result) {
        return FAILURE;
    }
    if (object == target) {
        zval_dtor(object);
    }
    INIT_PZVAL(target);
    if (Z_TYPE_P(result) == IS_STRING) {
        zend_take_string_result(target, result);
        return SUCCESS;
    }
    zval_ptr_dtor(&result);
    ZVAL_EMPTY_STRING(target);
    zend_error(E_RECOVERABLE_ERROR, "Method %s::__toString() must return a string value",
        ce->name);
    return SUCCESS;
}

int zend_std_cast_object_tostring(zval *readobj, zval *writeobj, int type)
{
    zend_class_entry *ce = Z_OBJCE_P(readobj);

    switch (type) {
        case IS_STRING:
            return zend_std_call_tostring(readobj, writeobj);
        case IS_LONG:
        case IS_DOUBLE:
            zend_error(E_NOTICE, "Object of class %s could not be converted to %s", ce->name,
                type == IS_LONG ? "int" : "double");
            break;
        case IS_BOOL:
            break;
        default:
            INIT_PZVAL(writeobj);
            ZVAL_NULL(writeobj);
            return FAILURE;
    }
    if (readobj == writeobj) {
        zval_dtor(readobj);
    }
    INIT_PZVAL(writeobj);
    if (type == IS_DOUBLE) {
        ZVAL_DOUBLE(writeobj, 1);
    } else if (type == IS_LONG) {
        ZVAL_LONG(writeobj, 1);
    } else {
        ZVAL_BOOL(writeobj, 1);
    }
    return SUCCESS;
}

int zend_std_get_closure(zval *obj, zend_class_entry **ce_ptr, zend_function **fptr_ptr,
    zval **zobj_ptr)
{
    zend_class_entry *ce;

    if (Z_TYPE_P(obj) != IS_OBJECT) {
        return FAILURE;
    }
    ce = Z_OBJCE_P(obj);
    if (zend_hash_find(&ce->function_table, "__invoke", sizeof("__invoke"), (void **) fptr_ptr)
        == FAILURE) {
        return FAILURE;
    }
    *ce_ptr = ce;
    if (zobj_ptr) {
        *zobj_ptr = (*fptr_ptr)->common.fn_flags & ZEND_ACC_STATIC ? NULL : obj;
    }
    return SUCCESS;
}

/* --- The table ---------------------------------------------------------------------------- */

const zend_object_handlers std_object_handlers = {
    .add_ref = zend_objects_store_add_ref,
    .del_ref = zend_objects_store_del_ref,
    .clone_obj = zend_objects_clone_obj,
    .read_property = zend_std_read_property,
    .write_property = zend_std_write_property,
    .read_dimension = zend_std_read_dimension,
    .write_dimension = zend_std_write_dimension,
    .get_property_ptr_ptr = zend_std_get_property_ptr_ptr,
    .has_property = zend_std_has_property,
    .unset_property = zend_std_unset_property,
    .has_dimension = zend_std_has_dimension,
    .unset_dimension = zend_std_unset_dimension,
    .get_properties = zend_std_get_properties,
    .get_method = zend_std_get_method,
    .get_constructor = zend_std_get_constructor,
    .get_class_entry = zend_std_object_get_class,
    .get_class_name = zend_std_object_get_class_name,
    .compare_objects = zend_std_compare_objects,
    .cast_object = zend_std_cast_object_tostring,
    .get_debug_info = zend_std_get_debug_info,
    .get_closure = zend_std_get_closure,
    .get_gc = zend_std_get_gc,
};
