/* SPDX-License-Identifier: MIT */
/*
 * Help for the classes of spl: declaring them, finding overridden methods, calling methods,
 * showing an object's inside, checking positions.
 */
#include "ext/spl/php_spl.h"

/* --- Declaring ----------------------------------------------------------------------------- */

zend_class_entry *spl_register_class(const char *name, zend_class_entry *parent,
    spl_create_object_t create, const zend_function_entry *methods)
{
    zend_class_entry template;
    zend_class_entry *ce;

    INIT_CLASS_ENTRY_EX(template, name, (zend_uint) strlen(name), methods);
    ce = zend_register_internal_class_ex(&template, parent, NULL);
    if (create) {
        ce->create_object = create;
    }
    return ce;
}

zend_class_entry *spl_register_interface(const char *name, const zend_function_entry *methods)
{
    zend_class_entry template;

    INIT_CLASS_ENTRY_EX(template, name, (zend_uint) strlen(name), methods);
    return zend_register_internal_interface(&template);
}

void spl_register_class_constants(zend_class_entry *ce, const spl_class_constant *constants)
{
    for (; constants->name; constants++) {
        zend_declare_class_constant_long(ce, constants->name, strlen(constants->name),
            constants->value);
    }
}

/* --- Overriding ---------------------------------------------------------------------------- */

zend_function *spl_find_override(zend_class_entry *ce, zend_class_entry *base,
    const char *lower_name)
{
    zend_function *method;

    if (ce == base
        || zend_hash_find(&ce->function_table, lower_name, (uint) strlen(lower_name) + 1,
            (void **) &method) == FAILURE) {
        return NULL;
    }
    return method->type == ZEND_INTERNAL_FUNCTION ? NULL : method;
}

zend_class_entry *spl_internal_base(zend_class_entry *ce)
{
    while (ce->type != ZEND_INTERNAL_CLASS) {
        ce = ce->parent;
    }
    return ce;
}

bool spl_overrides_iteration(const zend_class_entry *ce)
{
    static const char *const names[] = {"rewind", "valid", "current", "key", "next"};
    size_t i;

    if (ce->type == ZEND_INTERNAL_CLASS) {
        return false;
    }
    for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
        if (spl_find_override((zend_class_entry *) ce, NULL, names[i])) {
            return true;
        }
    }
    return false;
}

zend_object_iterator *spl_user_iterator(zend_class_entry *ce, zval *object, int by_ref)
{
    zend_object_iterator *iterator = zend_user_it_get_iterator(ce, object, by_ref);

    iterator->funcs = &zend_interface_iterator_funcs_iterator;
    return iterator;
}

zval *spl_call(zval *object, const char *lower_name, int argument_count, zval *arg1, zval *arg2)
{
    zval *result = NULL;

    zend_stack_guard();
    zend_call_method(&object, Z_OBJCE_P(object), NULL, lower_name, (int) strlen(lower_name),
        &result, argument_count, arg1, arg2);
    return result;
}

bool spl_call_is_true(zval *object, const char *lower_name)
{
    zval *result = spl_call(object, lower_name, 0, NULL, NULL);
    bool truth;

    if (!result) {
        return false;
    }
    truth = zend_is_true(result);
    zval_ptr_dtor(&result);
    return truth;
}

int spl_call_count(zval *object, long *count)
{
    zval *result = spl_call(object, "count", 0, NULL, NULL);

    *count = 0;
    if (!result) {
        return FAILURE;
    }
    *count = zend_zval_get_long(result);
    zval_ptr_dtor(&result);
    return SUCCESS;
}

void spl_call_drop(zval *object, const char *lower_name)
{
    zval *result = spl_call(object, lower_name, 0, NULL, NULL);

    if (result) {
        zval_ptr_dtor(&result);
    }
}

/* --- Objects ------------------------------------------------------------------------------- */

zend_object_value spl_object_enter(zend_object *std, zend_class_entry *ce,
    zend_objects_free_object_storage_t free_storage, const zend_object_handlers *handlers)
{
    zend_object_value value;

    zend_object_std_init(std, ce);
    object_properties_init(std, ce);
    value.handle = zend_objects_store_put(std,
        (zend_objects_store_dtor_t) zend_objects_destroy_object, free_storage, NULL);
    value.handlers = handlers;
    return value;
}

zval *spl_instantiate(zend_class_entry *ce, int argument_count, zval *arg1, zval *arg2)
{
    zend_function *constructor;
    zval *object;

    MAKE_STD_ZVAL(object);
    if (object_init_ex(object, ce) == FAILURE) {
        zval_ptr_dtor(&object);
        return NULL;
    }
    constructor = ce->constructor;
    if (constructor) {
        zend_call_method(&object, ce, &constructor, "__construct", sizeof("__construct") - 1, NULL,
            argument_count, arg1, arg2);
    }
    if (EG(exception)) {
        zend_object_store_ctor_failed(object);
        zval_ptr_dtor(&object);
        return NULL;
    }
    return object;
}

void spl_throw(zend_class_entry *ce, const char *message)
{
    zend_throw_exception(ce, message, 0);
}

void spl_throw_not_constructed(void)
{
    spl_throw(spl_ce_LogicException,
        "The object is in an invalid state as the parent constructor was not called");
}

bool spl_refuse_by_reference(int by_ref)
{
    if (by_ref) {
        spl_throw(spl_ce_RuntimeException,
            "An iterator cannot be used with foreach by reference");
    }
    return by_ref != 0;
}

bool spl_debug_info_begin(zend_object *std, HashTable **cache)
{
    if (*cache == NULL) {
        ALLOC_HASHTABLE(*cache);
        zend_hash_init(*cache, 0, NULL, ZVAL_PTR_DTOR, 0);
    } else if ((*cache)->nApplyCount > 0) {
        return false;
    }
    zend_hash_clean(*cache);
    if (!std->properties) {
        rebuild_object_properties(std);
    }
    zend_hash_copy(*cache, std->properties, (copy_ctor_func_t) zval_add_ref, NULL,
        sizeof(zval *));
    return true;
}

void spl_debug_info_add(HashTable *info, zend_class_entry *ce, const char *name, zval *value)
{
    char *mangled;
    int length;

    zend_mangle_property_name(&mangled, &length, ce->name, (int) ce->name_length, name,
        (int) strlen(name), 0);
    zend_hash_update(info, mangled, length + 1, &value, sizeof(zval *), NULL);
    efree(mangled);
}

void spl_debug_info_free(HashTable **cache)
{
    HashTable *info = *cache;

    if (info) {
        *cache = NULL;
        zend_hash_destroy(info);
        FREE_HASHTABLE(info);
    }
}

/* --- Positions and values ------------------------------------------------------------------ */

long spl_offset_to_long(const zval *offset)
{
    ulong index;

    switch (Z_TYPE_P(offset)) {
    case IS_STRING:
        if (zend_handle_numeric(Z_STRVAL_P(offset), Z_STRLEN_P(offset) + 1, &index)) {
            return (long) index;
        }
        return -1;
    case IS_DOUBLE:
        return zend_dval_to_lval(Z_DVAL_P(offset));
    case IS_RESOURCE:
    case IS_BOOL:
    case IS_LONG:
        return Z_LVAL_P(offset);
    default:
        return -1;
    }
}

bool spl_hash_position_valid(const HashTable *ht, const Bucket *pos, ulong h)
{
    const Bucket *p;

    for (p = ht->arBuckets[h & ht->nTableMask]; p; p = p->pNext) {
        if (p == pos) {
            return true;
        }
    }
    return false;
}

zval *spl_duplicate(zval *value)
{
    zval *copy;

    ALLOC_ZVAL(copy);
    INIT_PZVAL_COPY(copy, value);
    zval_copy_ctor(copy);
    return copy;
}

void spl_return_copy(zval *return_value, zval *value)
{
    if (value) {
        RETURN_ZVAL(value, 1, 0);
    }
}
