/* SPDX-License-Identifier: MIT */
/*
 * Standard objects: instantiation, destructor calls, cloning, release.
 *
 * A new object shares its class's default values: each slot points at the default's zval, whose
 * count goes up; the first write to the property separates it.
 */
#include "object/zend_objects.h"

#include "zend_alloc.h"
#include "object/zend_class.h"
#include "object/zend_interfaces.h"
#include "object/zend_object_callbacks.h"
#include "object/zend_std_handlers.h"
#include "object/zend_std_handlers_fast.h"
#include "runtime/zend_errors.h"
#include "value/zend_variables.h"


/* --- The zend_object ---------------------------------------------------------------------- */

void zend_object_std_init(zend_object *object, zend_class_entry *ce)
{
    object->ce = ce;
    object->properties = NULL;
    object->properties_table = NULL;
    object->guards = NULL;
}

void zend_object_std_dtor(zend_object *object)
{
    zval **table = object->properties_table;

    if (object->guards) {
        zend_hash_destroy(object->guards);
        FREE_HASHTABLE(object->guards);
    }
    if (object->properties) {
        /* All slots that are set have a bucket there. */
        zend_hash_destroy(object->properties);
        FREE_HASHTABLE(object->properties);
    } else if (table) {
        int count = object->ce->default_properties_count;
        int i;
        for (i = 0; i < count; i++) {
            if (table[i]) {
                i_zval_ptr_dtor(table[i]);
            }
        }
    }
    if (table) {
        efree(table);
    }
}

void object_properties_init(zend_object *object, zend_class_entry *class_type)
{
    int count = class_type->default_properties_count;
    zval **defaults = class_type->default_properties_table;
    zval **table;
    int i;

    if (!count) {
        return;
    }
    table = emalloc((size_t) count * sizeof(zval *));
    for (i = 0; i < count; i++) {
        table[i] = defaults[i];
        if (table[i]) {
            Z_ADDREF_P(table[i]);
        }
    }
    object->properties_table = table;
}

void object_properties_load(zend_object *object, const HashTable *properties)
{
    Bucket *p;

    rebuild_object_properties(object);
    for (p = properties->pListHead; p != NULL; p = p->pListNext) {
        zval *value;
        if (zend_hash_bucket_is_absent(p)) {
            continue;
        }
        value = *(zval **) p->pData;
        Z_ADDREF_P(value);
        if (p->nKeyLength) {
            zend_hash_quick_update(object->properties, p->arKey, p->nKeyLength, p->h, &value,
                sizeof(zval *), NULL);
        } else {
            zend_hash_index_update(object->properties, p->h, &value, sizeof(zval *), NULL);
        }
    }
}

zend_object_value zend_objects_new(zend_object **object, zend_class_entry *class_type)
{
    zend_object_value result;
    zend_object *zobj = emalloc_size(sizeof(zend_object));

    zend_object_std_init(zobj, class_type);
    *object = zobj;
    result.handle = zend_objects_store_put(zobj,
        (zend_objects_store_dtor_t) zend_objects_destroy_object,
        (zend_objects_free_object_storage_t) zend_objects_free_object_storage, NULL);
    result.handlers = &std_object_handlers;
    return result;
}

zend_object *zend_objects_get_address(const zval *object)
{
    return zend_object_by_handle(Z_OBJ_HANDLE_P(object));
}

void zend_objects_free_object_storage(zend_object *object)
{
    zend_object_std_dtor(object);
    efree_size(object, sizeof(zend_object));
}

/* --- Destructors -------------------------------------------------------------------------- */

/* A private or protected destructor runs only where it could be called. */
static ZEND_COLD bool zend_destructor_is_denied(const zend_class_entry *ce,
    zend_function *destructor)
{
    zend_class_entry *scope = zend_executed_scope();
    bool running = EG(current_execute_data) != NULL;

    if (destructor->common.fn_flags & ZEND_ACC_PRIVATE) {
        if (ce == scope) {
            return false;
        }
    } else {
        zend_function *prototype = destructor->common.prototype;
        if (zend_check_protected(
                prototype ? prototype->common.scope : destructor->common.scope, scope)) {
            return false;
        }
    }
    zend_error(running ? E_ERROR : E_WARNING, "Call to %s %s::__destruct() from context '%s'%s",
        zend_visibility_string(destructor->common.fn_flags), ce->name, scope ? scope->name : "",
        running ? "" : " during shutdown ignored");
    return true;
}

/* An exception on its way when the destructor runs is set aside, and becomes the last previous
 * one of an exception that the destructor throws. */
static void zend_call_destructor(zval *object, zend_class_entry *ce)
{
    zval *pending = EG(exception);
    const zend_op *opline_before_exception = EG(opline_before_exception);

    if (pending) {
        if (Z_OBJ_HANDLE_P(pending) == Z_OBJ_HANDLE_P(object)) {
            zend_error_noreturn(E_ERROR, "Attempt to destruct pending exception");
        }
        EG(exception) = NULL;
    }
    zend_call_method_with_0_params(&object, ce, &ce->destructor, "__destruct", NULL);
    if (pending) {
        EG(opline_before_exception) = opline_before_exception;
        if (EG(exception)) {
            zend_exception_set_previous(EG(exception), pending);
        } else {
            EG(exception) = pending;
        }
    }
}

void zend_objects_destroy_object(zend_object *object, zend_object_handle handle)
{
    zend_function *destructor = object ? object->ce->destructor : NULL;
    zval *object_zval;

    if (ZEND_LIKELY(!destructor)) {
        return;
    }
    if ((destructor->common.fn_flags & (ZEND_ACC_PRIVATE | ZEND_ACC_PROTECTED))
        && zend_destructor_is_denied(object->ce, destructor)) {
        return;
    }
    MAKE_STD_ZVAL(object_zval);
    Z_TYPE_P(object_zval) = IS_OBJECT;
    Z_OBJ_HANDLE_P(object_zval) = handle;
    Z_OBJ_HT_P(object_zval) = EG(objects_store).object_buckets[handle].bucket.obj.handlers;
    if (!Z_OBJ_HT_P(object_zval)) {
        Z_OBJ_HT_P(object_zval) = &std_object_handlers;
    }
    zval_copy_ctor(object_zval);
    zend_call_destructor(object_zval, object->ce);
    zval_ptr_dtor(&object_zval);
}

/* --- Cloning ------------------------------------------------------------------------------ */

static void zend_clone_slots(zend_object *new_object, const zend_object *old_object)
{
    int count = old_object->ce->default_properties_count;
    zval **table = new_object->properties_table;
    int i;

    if (!table) {
        table = emalloc((size_t) count * sizeof(zval *));
        memset(table, 0, (size_t) count * sizeof(zval *));
        new_object->properties_table = table;
    }
    for (i = 0; i < count; i++) {
        zval *old_value = table[i];
        table[i] = old_object->properties_table[i];
        if (table[i]) {
            Z_ADDREF_P(table[i]);
        }
        if (old_value) {
            zval_ptr_dtor(&old_value);
        }
    }
}

/* Buckets of slots lead to the new object's slots, the others share their values. */
static void zend_clone_properties_hash(zend_object *new_object, const zend_object *old_object)
{
    Bucket *p;

    if (!new_object->properties) {
        ALLOC_HASHTABLE(new_object->properties);
        zend_hash_init(new_object->properties, 0, NULL, ZVAL_PTR_DTOR, 0);
    }
    for (p = old_object->properties->pListHead; p != NULL; p = p->pListNext) {
        zval **place = p->pData;
        if (zend_hash_bucket_is_indirect(p)) {
            if (*place) {
                zend_hash_quick_update_indirect(new_object->properties, p->arKey, p->nKeyLength,
                    p->h,
                    (void **) &new_object->properties_table[place - old_object->properties_table]);
            }
            continue;
        }
        Z_ADDREF_PP(place);
        if (p->nKeyLength) {
            zend_hash_quick_update(new_object->properties, p->arKey, p->nKeyLength, p->h, place,
                sizeof(zval *), NULL);
        } else {
            zend_hash_index_update(new_object->properties, p->h, place, sizeof(zval *), NULL);
        }
    }
}

void zend_objects_clone_members(zend_object *new_object, zend_object_value new_obj_val,
    zend_object *old_object, zend_object_handle handle)
{
    if (old_object->properties_table) {
        zend_clone_slots(new_object, old_object);
    }
    if (old_object->properties) {
        zend_clone_properties_hash(new_object, old_object);
    }
    if (old_object->ce->clone) {
        zend_class_entry *ce = old_object->ce;
        zval *new_zval;
        MAKE_STD_ZVAL(new_zval);
        Z_TYPE_P(new_zval) = IS_OBJECT;
        Z_OBJVAL_P(new_zval) = new_obj_val;
        zval_copy_ctor(new_zval);
        zend_call_method_with_0_params(&new_zval, ce, &ce->clone, "__clone", NULL);
        zval_ptr_dtor(&new_zval);
    }
}

zend_object_value zend_objects_clone_obj(zval *zobject)
{
    zend_object *old_object = zend_objects_get_address(zobject);
    zend_object *new_object;
    zend_object_value result = zend_objects_new(&new_object, old_object->ce);

    result.handlers = Z_OBJ_HT_P(zobject);
    zend_objects_clone_members(new_object, result, old_object, Z_OBJ_HANDLE_P(zobject));
    return result;
}

/* --- Making objects ----------------------------------------------------------------------- */

#define ZEND_ACC_NOT_INSTANTIABLE \
    (ZEND_ACC_INTERFACE | ZEND_ACC_IMPLICIT_ABSTRACT_CLASS | ZEND_ACC_EXPLICIT_ABSTRACT_CLASS)

static ZEND_COLD ZEND_NORETURN void zend_instantiation_error(const zend_class_entry *ce)
{
    const char *what = "abstract class";

    if (ce->ce_flags & ZEND_ACC_INTERFACE) {
        what = "interface";
    } else if ((ce->ce_flags & ZEND_ACC_TRAIT) == ZEND_ACC_TRAIT) {
        what = "trait";
    }
    zend_error_noreturn(E_ERROR, "Cannot instantiate %s %s", what, ce->name);
}

int object_and_properties_init(zval *result, zend_class_entry *class_type, HashTable *properties)
{
    zend_object *object;

    if (ZEND_UNLIKELY(class_type->ce_flags & ZEND_ACC_NOT_INSTANTIABLE)) {
        zend_instantiation_error(class_type);
    }
    if (ZEND_UNLIKELY(zend_class_needs_update(class_type))) {
        zend_update_class_constants(class_type);
    }
    if (class_type->create_object) {
        Z_OBJVAL_P(result) = class_type->create_object(class_type);
        Z_TYPE_P(result) = IS_OBJECT;
        return SUCCESS;
    }
    Z_OBJVAL_P(result) = zend_objects_new(&object, class_type);
    Z_TYPE_P(result) = IS_OBJECT;
    object_properties_init(object, class_type);
    if (properties) {
        if (!class_type->default_properties_count) {
            object->properties = properties;
        } else {
            object_properties_load(object, properties);
            zend_hash_destroy(properties);
            FREE_HASHTABLE(properties);
        }
    }
    return SUCCESS;
}

int object_init_ex(zval *result, zend_class_entry *class_type)
{
    return object_and_properties_init(result, class_type, NULL);
}

int object_init(zval *result)
{
    return object_and_properties_init(result, zend_standard_class_def, NULL);
}
