/* SPDX-License-Identifier: MIT */
/*
 * Properties and class constants from C: declaring them, and reading and writing as code inside
 * a given class would.
 *
 * What belongs to an internal class lives in malloc'ed memory, what belongs to a user class on
 * the request's heap; `ce->type` decides.
 */
#include <stdlib.h>

#include "object/zend_std_handlers_fast.h"
#include "runtime/zend_API.h"

/* --- Values for declarations ----------------------------------------------------------------- */

static bool zend_is_internal(const zend_class_entry *ce)
{
    return ce->type == ZEND_INTERNAL_CLASS;
}

/* A zval, NULL, in the memory of the class. */
static zval *zend_class_zval(const zend_class_entry *ce)
{
    zval *value;

    if (zend_is_internal(ce)) {
        ALLOC_PERMANENT_ZVAL(value);
    } else {
        ALLOC_ZVAL(value);
    }
    INIT_ZVAL(*value);
    return value;
}

static zval *zend_class_string(const zend_class_entry *ce, const char *text, size_t length)
{
    zval *value = zend_class_zval(ce);

    if (zend_is_internal(ce)) {
        char *copy = zend_strndup(text, (uint) length);
        const char *interned = zend_new_interned_string(copy, (int) length + 1, 0);
        if (interned != copy) {
            free(copy);
        }
        ZVAL_STRINGL(value, interned, length, 0);
    } else {
        ZVAL_STRINGL(value, text, length, 1);
    }
    return value;
}

/* --- Declaring properties -------------------------------------------------------------------- */

/* The name with its class inside, as keys of property tables are; in the memory of the class. */
static const char *zend_property_key(zend_class_entry *ce, const char *name, int name_length,
    int access_type, int *key_length)
{
    bool internal = zend_is_internal(ce);
    char *key;
    const char *interned;

    switch (access_type & ZEND_ACC_PPP_MASK) {
        case ZEND_ACC_PRIVATE:
            zend_mangle_property_name(&key, key_length, ce->name, ce->name_length, name,
                name_length, internal);
            break;
        case ZEND_ACC_PROTECTED:
            zend_mangle_property_name(&key, key_length, "*", 1, name, name_length, internal);
            break;
        default:
            key = pestrndup(name, name_length, internal);
            *key_length = name_length;
    }
    interned = zend_new_interned_string(key, *key_length + 1, 0);
    if (interned != key) {
        pefree(key, internal);
    }
    return interned;
}

/* Puts a default into its table, which grows by one slot unless the name had one before. */
static void zend_put_default(zend_class_entry *ce, zend_property_info *info, zval *property,
    const char *name, int name_length)
{
    bool internal = zend_is_internal(ce);
    bool is_static = info->flags & ZEND_ACC_STATIC;
    zval ***table = is_static ? &ce->default_static_members_table : &ce->default_properties_table;
    int *count = is_static ? &ce->default_static_members_count : &ce->default_properties_count;
    zend_property_info *old;

    if (zend_hash_find(&ce->properties_info, name, name_length + 1, (void **) &old) == SUCCESS
        && !(old->flags & ZEND_ACC_STATIC) == !is_static && old->offset >= 0
        && old->ce == ce) {
        info->offset = old->offset;
        if ((*table)[info->offset] != NULL) {
            zval_ptr_dtor(&(*table)[info->offset]);
        }
    } else {
        info->offset = (*count)++;
        *table = perealloc(*table, sizeof(zval *) * *count, internal);
    }
    (*table)[info->offset] = property;
    if (is_static && !internal) {
        ce->static_members_table = ce->default_static_members_table;
    }
}

static void zend_refuse_internal_default(const zval *property)
{
    switch (Z_TYPE_P(property)) {
        case IS_ARRAY:
        case IS_OBJECT:
        case IS_RESOURCE:
            zend_error(E_CORE_ERROR,
                "Internal zval's can't be arrays, objects or resources");
            break;
        default:
            break;
    }
}

int zend_declare_property_ex(zend_class_entry *ce, const char *name, int name_length,
    zval *property, int access_type, const char *doc_comment, int doc_comment_len)
{
    zend_property_info info;

    if (!(access_type & ZEND_ACC_PPP_MASK)) {
        access_type |= ZEND_ACC_PUBLIC;
    }
    if (zend_is_internal(ce)) {
        zend_refuse_internal_default(property);
    }
    info.flags = access_type;
    zend_put_default(ce, &info, property, name, name_length);
    info.name = zend_property_key(ce, name, name_length, access_type, &info.name_length);
    info.h = zend_hash_func(info.name, info.name_length + 1);
    info.doc_comment = doc_comment;
    info.doc_comment_len = doc_comment_len;
    info.ce = ce;
    return zend_hash_update(&ce->properties_info, name, name_length + 1, &info, sizeof(info),
        NULL);
}

int zend_declare_property(zend_class_entry *ce, const char *name, int name_length,
    zval *property, int access_type)
{
    return zend_declare_property_ex(ce, name, name_length, property, access_type, NULL, 0);
}

int zend_declare_property_null(zend_class_entry *ce, const char *name, int name_length,
    int access_type)
{
    return zend_declare_property(ce, name, name_length, zend_class_zval(ce), access_type);
}

int zend_declare_property_bool(zend_class_entry *ce, const char *name, int name_length,
    long value, int access_type)
{
    zval *property = zend_class_zval(ce);

    ZVAL_BOOL(property, value);
    return zend_declare_property(ce, name, name_length, property, access_type);
}

int zend_declare_property_long(zend_class_entry *ce, const char *name, int name_length,
    long value, int access_type)
{
    zval *property = zend_class_zval(ce);

    ZVAL_LONG(property, value);
    return zend_declare_property(ce, name, name_length, property, access_type);
}

int zend_declare_property_double(zend_class_entry *ce, const char *name, int name_length,
    double value, int access_type)
{
    zval *property = zend_class_zval(ce);

    ZVAL_DOUBLE(property, value);
    return zend_declare_property(ce, name, name_length, property, access_type);
}

int zend_declare_property_string(zend_class_entry *ce, const char *name, int name_length,
    const char *value, int access_type)
{
    return zend_declare_property_stringl(ce, name, name_length, value, (int) strlen(value),
        access_type);
}

int zend_declare_property_stringl(zend_class_entry *ce, const char *name, int name_length,
    const char *value, int value_len, int access_type)
{
    return zend_declare_property(ce, name, name_length, zend_class_string(ce, value, value_len),
        access_type);
}

/* --- Declaring class constants --------------------------------------------------------------- */

int zend_declare_class_constant(zend_class_entry *ce, const char *name, size_t name_length,
    zval *value)
{
    return zend_hash_update(&ce->constants_table, name, (uint) name_length + 1, &value,
        sizeof(zval *), NULL);
}

int zend_declare_class_constant_null(zend_class_entry *ce, const char *name, size_t name_length)
{
    return zend_declare_class_constant(ce, name, name_length, zend_class_zval(ce));
}

int zend_declare_class_constant_long(zend_class_entry *ce, const char *name, size_t name_length,
    long value)
{
    zval *constant = zend_class_zval(ce);

    ZVAL_LONG(constant, value);
    return zend_declare_class_constant(ce, name, name_length, constant);
}

int zend_declare_class_constant_bool(zend_class_entry *ce, const char *name, size_t name_length,
    zend_bool value)
{
    zval *constant = zend_class_zval(ce);

    ZVAL_BOOL(constant, value);
    return zend_declare_class_constant(ce, name, name_length, constant);
}

int zend_declare_class_constant_double(zend_class_entry *ce, const char *name,
    size_t name_length, double value)
{
    zval *constant = zend_class_zval(ce);

    ZVAL_DOUBLE(constant, value);
    return zend_declare_class_constant(ce, name, name_length, constant);
}

int zend_declare_class_constant_stringl(zend_class_entry *ce, const char *name,
    size_t name_length, const char *value, size_t value_length)
{
    return zend_declare_class_constant(ce, name, name_length,
        zend_class_string(ce, value, value_length));
}

int zend_declare_class_constant_string(zend_class_entry *ce, const char *name,
    size_t name_length, const char *value)
{
    return zend_declare_class_constant_stringl(ce, name, name_length, value, strlen(value));
}

/* --- As code inside scope -------------------------------------------------------------------- */

/* The running scope becomes `scope`; returns the one before, for zend_leave_scope(). */
static zend_class_entry *zend_enter_scope(zend_class_entry *scope)
{
    zend_class_entry **slot = zend_scope_slot();
    zend_class_entry *before = *slot;

    *slot = scope;
    return before;
}

static void zend_leave_scope(zend_class_entry *before)
{
    *zend_scope_slot() = before;
}

static zval *zend_new_name(const char *name, int name_length)
{
    zval *member;

    MAKE_STD_ZVAL(member);
    ZVAL_STRINGL(member, name, name_length, 1);
    return member;
}

void zend_update_property(zend_class_entry *scope, zval *object, const char *name,
    int name_length, zval *value)
{
    zend_class_entry *before;
    zval *member;

    if (Z_OBJ_HT_P(object)->write_property == NULL) {
        zend_error_noreturn(E_CORE_ERROR, "Property %s of class %s cannot be updated", name,
            Z_OBJCE_P(object)->name);
    }
    before = zend_enter_scope(scope);
    member = zend_new_name(name, name_length);
    Z_OBJ_HT_P(object)->write_property(object, member, value, NULL);
    zval_ptr_dtor(&member);
    zend_leave_scope(before);
}

/* With a zval that has no other owner. */
static void zend_update_property_new(zend_class_entry *scope, zval *object, const char *name,
    int name_length, zval *value)
{
    zend_update_property(scope, object, name, name_length, value);
    zval_ptr_dtor(&value);
}

static zval *zend_new_value(void)
{
    zval *value;

    ALLOC_INIT_ZVAL(value);
    return value;
}

void zend_update_property_null(zend_class_entry *scope, zval *object, const char *name,
    int name_length)
{
    zend_update_property_new(scope, object, name, name_length, zend_new_value());
}

void zend_update_property_bool(zend_class_entry *scope, zval *object, const char *name,
    int name_length, long value)
{
    zval *property = zend_new_value();

    ZVAL_BOOL(property, value);
    zend_update_property_new(scope, object, name, name_length, property);
}

void zend_update_property_long(zend_class_entry *scope, zval *object, const char *name,
    int name_length, long value)
{
    zval *property = zend_new_value();

    ZVAL_LONG(property, value);
    zend_update_property_new(scope, object, name, name_length, property);
}

void zend_update_property_double(zend_class_entry *scope, zval *object, const char *name,
    int name_length, double value)
{
    zval *property = zend_new_value();

    ZVAL_DOUBLE(property, value);
    zend_update_property_new(scope, object, name, name_length, property);
}

void zend_update_property_string(zend_class_entry *scope, zval *object, const char *name,
    int name_length, const char *value)
{
    zend_update_property_stringl(scope, object, name, name_length, value, (int) strlen(value));
}

void zend_update_property_stringl(zend_class_entry *scope, zval *object, const char *name,
    int name_length, const char *value, int value_length)
{
    zval *property = zend_new_value();

    ZVAL_STRINGL(property, value, value_length, 1);
    zend_update_property_new(scope, object, name, name_length, property);
}

void zend_unset_property(zend_class_entry *scope, zval *object, const char *name,
    int name_length)
{
    zend_class_entry *before = zend_enter_scope(scope);
    zval *member = zend_new_name(name, name_length);

    Z_OBJ_HT_P(object)->unset_property(object, member, NULL);
    zval_ptr_dtor(&member);
    zend_leave_scope(before);
}

zval *zend_read_property(zend_class_entry *scope, zval *object, const char *name,
    int name_length, zend_bool silent)
{
    zend_class_entry *before = zend_enter_scope(scope);
    zval *member = zend_new_name(name, name_length);
    zval *value = Z_OBJ_HT_P(object)->read_property(object, member,
        silent ? BP_VAR_IS : BP_VAR_R, NULL);

    zval_ptr_dtor(&member);
    zend_leave_scope(before);
    return value;
}

/* --- Static members -------------------------------------------------------------------------- */

int zend_update_static_property(zend_class_entry *scope, const char *name, int name_length,
    zval *value)
{
    zend_class_entry *before = zend_enter_scope(scope);
    zval **property = zend_std_get_static_property(scope, name, name_length, 0, NULL);

    zend_leave_scope(before);
    if (property == NULL) {
        return FAILURE;
    }
    if (*property == value) {
        return SUCCESS;
    }
    if (PZVAL_IS_REF(*property)) {
        zval_dtor(*property);
        ZVAL_COPY_VALUE(*property, value);
        zval_copy_ctor(*property);
        return SUCCESS;
    }
    Z_ADDREF_P(value);
    if (PZVAL_IS_REF(value)) {
        zend_separate_zval(&value);
    }
    zval_ptr_dtor(property);
    *property = value;
    return SUCCESS;
}

static int zend_update_static_property_new(zend_class_entry *scope, const char *name,
    int name_length, zval *value)
{
    int result = zend_update_static_property(scope, name, name_length, value);

    zval_ptr_dtor(&value);
    return result;
}

int zend_update_static_property_null(zend_class_entry *scope, const char *name, int name_length)
{
    return zend_update_static_property_new(scope, name, name_length, zend_new_value());
}

int zend_update_static_property_bool(zend_class_entry *scope, const char *name,
    int name_length, long value)
{
    zval *property = zend_new_value();

    ZVAL_BOOL(property, value);
    return zend_update_static_property_new(scope, name, name_length, property);
}

int zend_update_static_property_long(zend_class_entry *scope, const char *name,
    int name_length, long value)
{
    zval *property = zend_new_value();

    ZVAL_LONG(property, value);
    return zend_update_static_property_new(scope, name, name_length, property);
}

int zend_update_static_property_double(zend_class_entry *scope, const char *name,
    int name_length, double value)
{
    zval *property = zend_new_value();

    ZVAL_DOUBLE(property, value);
    return zend_update_static_property_new(scope, name, name_length, property);
}

int zend_update_static_property_string(zend_class_entry *scope, const char *name,
    int name_length, const char *value)
{
    return zend_update_static_property_stringl(scope, name, name_length, value,
        (int) strlen(value));
}

int zend_update_static_property_stringl(zend_class_entry *scope, const char *name,
    int name_length, const char *value, int value_length)
{
    zval *property = zend_new_value();

    ZVAL_STRINGL(property, value, value_length, 1);
    return zend_update_static_property_new(scope, name, name_length, property);
}

zval *zend_read_static_property(zend_class_entry *scope, const char *name, int name_length,
    zend_bool silent)
{
    zend_class_entry *before = zend_enter_scope(scope);
    zval **property = zend_std_get_static_property(scope, name, name_length, silent, NULL);

    zend_leave_scope(before);
    return property != NULL ? *property : NULL;
}

/* --- Odds and ends --------------------------------------------------------------------------- */

void zend_merge_properties(zval *obj, HashTable *properties, int destroy_ht)
{
    zend_class_entry *before = zend_enter_scope(Z_OBJCE_P(obj));
    HashPosition position;
    zval **value;

    zend_hash_internal_pointer_reset_ex(properties, &position);
    while (zend_hash_get_current_data_ex(properties, (void **) &value, &position) == SUCCESS) {
        char *name;
        uint name_length;
        ulong index;
        if (zend_hash_get_current_key_ex(properties, &name, &name_length, &index, 0, &position)
            == HASH_KEY_IS_STRING) {
            zval *member = zend_new_name(name, name_length - 1);
            Z_OBJ_HT_P(obj)->write_property(obj, member, *value, NULL);
            zval_ptr_dtor(&member);
        }
        zend_hash_move_forward_ex(properties, &position);
    }
    zend_leave_scope(before);
    if (destroy_ht) {
        zend_hash_destroy(properties);
        FREE_HASHTABLE(properties);
    }
}

const char *zend_get_object_type(const zend_class_entry *ce)
{
    if ((ce->ce_flags & ZEND_ACC_TRAIT) == ZEND_ACC_TRAIT) {
        return "trait";
    }
    return ce->ce_flags & ZEND_ACC_INTERFACE ? "interface" : "class";
}
