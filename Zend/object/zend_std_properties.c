/* SPDX-License-Identifier: MIT */
/*
 * The property handlers of standard objects, with __get, __set, __isset and __unset.
 *
 * Each handler first looks for the property itself. Only if that is missing or must not be seen
 * does the magic method come in, unless it is running already for the same name of the same
 * object (a guard tells): then the access is as if there were no such method.
 */
#include "object/zend_std_handlers.h"

#include <string.h>

#include "zend_alloc.h"
#include "object/zend_class.h"
#include "object/zend_interfaces.h"
#include "object/zend_property_info.h"
#include "object/zend_std_handlers_fast.h"
#include "runtime/zend_errors.h"
#include "value/zend_operators.h"
#include "value/zend_variables.h"

/* --- Member names ------------------------------------------------------------------------- */

/* A name that is no string is converted in a zval of its own, which the handler then releases;
 * the literal's cache is of no use to it. */
typedef struct _zend_member_name {
    zval *member;
    zval *converted; /* NULL: member is the caller's */
    const zend_literal *key;
} zend_member_name;

static ZEND_COLD void zend_convert_member_name(zend_member_name *name)
{
    zval *copy;

    MAKE_STD_ZVAL(copy);
    ZVAL_COPY_VALUE(copy, name->member);
    zval_copy_ctor(copy);
    convert_to_string(copy);
    name->member = copy;
    name->converted = copy;
    name->key = NULL;
}

static zend_always_inline zend_member_name zend_begin_member(zval *member,
    const zend_literal *key)
{
    zend_member_name name = {member, NULL, key};

    if (ZEND_UNLIKELY(Z_TYPE_P(member) != IS_STRING)) {
        zend_convert_member_name(&name);
    }
    return name;
}

static zend_always_inline void zend_end_member(zend_member_name *name)
{
    if (ZEND_UNLIKELY(name->converted != NULL)) {
        zval_ptr_dtor(&name->converted);
    }
}

/* The key of a property without a slot. */
typedef struct _zend_property_key {
    const char *name;
    uint length; /* with the NUL */
    ulong h;
} zend_property_key;

static zend_property_key zend_key_of_property(const zend_property_info *info, const zval *member)
{
    zend_property_key key;

    if (info == &zend_dynamic_property) {
        key.name = Z_STRVAL_P(member);
        key.length = (uint) Z_STRLEN_P(member) + 1;
        key.h = str_hash(key.name, Z_STRLEN_P(member));
    } else {
        key.name = info->name;
        key.length = (uint) info->name_length + 1;
        key.h = info->h;
    }
    return key;
}

/* --- Places of properties ----------------------------------------------------------------- */

/* The place of a property that is set, or NULL. */
static zend_always_inline zval **zend_find_place(zend_object *zobj,
    const zend_property_info *info, const zval *member)
{
    zend_property_key key;
    zval **place;

    if (ZEND_LIKELY(zend_property_has_slot(info)) && ZEND_LIKELY(zobj->properties_table != NULL)) {
        place = &zobj->properties_table[info->offset];
        return ZEND_LIKELY(*place != NULL) ? place : NULL;
    }
    if (!zobj->properties) {
        return NULL;
    }
    key = zend_key_of_property(info, member);
    if (zend_hash_quick_find(zobj->properties, key.name, key.length, key.h, (void **) &place)
        == FAILURE) {
        return NULL;
    }
    return place;
}

/* Sets a property that is not set. Takes over a count of value. */
static zval **zend_add_property(zend_object *zobj, const zend_property_info *info,
    const zval *member, zval *value)
{
    zend_property_key key = zend_key_of_property(info, member);
    zval **place;

    if (zend_property_has_slot(info) && zobj->properties_table) {
        place = &zobj->properties_table[info->offset];
        *place = value;
        if (zobj->properties) {
            zend_hash_quick_update_indirect(zobj->properties, key.name, key.length, key.h,
                (void **) place);
        }
        return place;
    }
    if (!zobj->properties) {
        rebuild_object_properties(zobj);
    }
    zend_hash_quick_update(zobj->properties, key.name, key.length, key.h, &value, sizeof(zval *),
        (void **) &place);
    return place;
}

static void zend_add_slots_of(zend_object *zobj, const zend_class_entry *ce, bool own_private)
{
    Bucket *p;

    for (p = ce->properties_info.pListHead; p != NULL; p = p->pListNext) {
        const zend_property_info *info = p->pData;
        zval **slot;
        if (!zend_property_has_slot(info)) {
            continue;
        }
        if (own_private && (info->ce != ce || !(info->flags & ZEND_ACC_PRIVATE))) {
            continue;
        }
        slot = &zobj->properties_table[info->offset];
        if (*slot) {
            zend_hash_quick_update_indirect(zobj->properties, info->name,
                (uint) info->name_length + 1, info->h, (void **) slot);
        }
    }
}

void rebuild_object_properties(zend_object *zobj)
{
    const zend_class_entry *ce = zobj->ce;

    if (zobj->properties) {
        return;
    }
    ALLOC_HASHTABLE(zobj->properties);
    zend_hash_init(zobj->properties, 0, NULL, ZVAL_PTR_DTOR, 0);
    if (!zobj->properties_table) {
        return;
    }
    zend_add_slots_of(zobj, ce, false);
    for (ce = ce->parent; ce && ce->default_properties_count; ce = ce->parent) {
        zend_add_slots_of(zobj, ce, true);
    }
}

/* --- Guards and magic methods ------------------------------------------------------------- */

static zend_guard *zend_get_property_guard(zend_object *zobj, const zval *member)
{
    const char *name = Z_STRVAL_P(member);
    uint length = (uint) Z_STRLEN_P(member) + 1;
    ulong h = str_hash(name, Z_STRLEN_P(member));
    zend_guard *guard;
    zend_guard fresh = {0};

    if (!zobj->guards) {
        ALLOC_HASHTABLE(zobj->guards);
        zend_hash_init(zobj->guards, 8, NULL, NULL, 0);
    } else if (zend_hash_quick_find(zobj->guards, name, length, h, (void **) &guard) == SUCCESS) {
        return guard;
    }
    zend_hash_quick_add(zobj->guards, name, length, h, &fresh, sizeof(fresh), (void **) &guard);
    return guard;
}

/* While user code runs the object must live, and its $this be no variable of somebody else. */
static zval *zend_hold_object(zval *object)
{
    Z_ADDREF_P(object);
    if (PZVAL_IS_REF(object)) {
        SEPARATE_ZVAL(&object);
    }
    return object;
}

/* The result is counted, or NULL. */
static zval *zend_call_member_method(zval *object, zend_function **method, const char *name,
    int name_length, zval *member, zval *value)
{
    zval *result = NULL;

    SEPARATE_ARG_IF_REF(member);
    zend_call_method(&object, Z_OBJCE_P(object), method, name, name_length, &result,
        value ? 2 : 1, member, value);
    zval_ptr_dtor(&member);
    return result;
}

/* The result may be counted 0: a temporary. NULL after an exception. */
static zval *zend_std_call_getter(zval *object, zval *member)
{
    zval *result = zend_call_member_method(object, &Z_OBJCE_P(object)->__get,
        ZEND_STRL("__get"), member, NULL);

    if (result) {
        Z_DELREF_P(result);
    }
    return result;
}

static void zend_std_call_setter(zval *object, zval *member, zval *value)
{
    zval *result;

    SEPARATE_ARG_IF_REF(value);
    result = zend_call_member_method(object, &Z_OBJCE_P(object)->__set, ZEND_STRL("__set"),
        member, value);
    zval_ptr_dtor(&value);
    if (result) {
        zval_ptr_dtor(&result);
    }
}

static bool zend_std_call_issetter(zval *object, zval *member)
{
    zval *result = zend_call_member_method(object, &Z_OBJCE_P(object)->__isset,
        ZEND_STRL("__isset"), member, NULL);
    bool is_set = false;

    if (result) {
        is_set = zend_is_true(result);
        zval_ptr_dtor(&result);
    }
    return is_set;
}

static void zend_std_call_unsetter(zval *object, zval *member)
{
    zval *result = zend_call_member_method(object, &Z_OBJCE_P(object)->__unset,
        ZEND_STRL("__unset"), member, NULL);

    if (result) {
        zval_ptr_dtor(&result);
    }
}

/* --- Reading ------------------------------------------------------------------------------ */

/* What __get returned by value cannot be changed through the property, unless it is an object. */
static zval *zend_getter_result_for_write(zend_object *zobj, const zval *member, zval *result)
{
    if (Z_REFCOUNT_P(result) > 0) {
        zval *copy;
        ALLOC_ZVAL(copy);
        INIT_PZVAL_COPY(copy, result);
        zval_copy_ctor(copy);
        Z_SET_REFCOUNT_P(copy, 0);
        result = copy;
    }
    if (Z_TYPE_P(result) != IS_OBJECT) {
        zend_error(E_NOTICE, "Indirect modification of overloaded property %s::$%s has no effect",
            zobj->ce->name, Z_STRVAL_P(member));
    }
    return result;
}

static zval *zend_read_through_getter(zend_object *zobj, zval *object, zval *member,
    zend_guard *guard, int type)
{
    zval *result;

    object = zend_hold_object(object);
    guard->in_get = 1;
    result = zend_std_call_getter(object, member);
    guard->in_get = 0;
    if (!result) {
        result = EG(uninitialized_zval_ptr);
    } else if (!Z_ISREF_P(result)
        && (type == BP_VAR_W || type == BP_VAR_RW || type == BP_VAR_UNSET)) {
        result = zend_getter_result_for_write(zobj, member, result);
    }
    if (result != object) {
        zval_ptr_dtor(&object);
    } else {
        Z_DELREF_P(object);
    }
    return result;
}

/* The property is missing or denied. */
static ZEND_COLD zval *zend_read_missing_property(zend_object *zobj, zval *object, zval *member,
    int type)
{
    if (zobj->ce->__get) {
        zend_guard *guard = zend_get_property_guard(zobj, member);
        if (!guard->in_get) {
            return zend_read_through_getter(zobj, object, member, guard, type);
        }
        if (Z_STRVAL_P(member)[0] == '\0') {
            zend_bad_property_name(member);
        }
    }
    if (type != BP_VAR_IS) {
        zend_error(E_NOTICE, "Undefined property: %s::$%s", zobj->ce->name, Z_STRVAL_P(member));
    }
    return EG(uninitialized_zval_ptr);
}

zval *zend_std_read_property(zval *object, zval *member, int type, const zend_literal *key)
{
    zend_object *zobj = zend_object_by_handle(Z_OBJ_HANDLE_P(object));
    zend_member_name name = zend_begin_member(member, key);
    zend_property_info *info =
        zend_find_property_info(zobj->ce, name.member, zobj->ce->__get != NULL, name.key);
    zval **place = info ? zend_find_place(zobj, info, name.member) : NULL;
    zval *result;

    if (ZEND_LIKELY(place != NULL)) {
        result = *place;
    } else {
        result = zend_read_missing_property(zobj, object, name.member, type);
    }
    if (ZEND_UNLIKELY(name.converted != NULL)) {
        /* The value may be the name itself, returned by __get. */
        Z_ADDREF_P(result);
        zend_end_member(&name);
        Z_DELREF_P(result);
    }
    return result;
}

/* --- Writing ------------------------------------------------------------------------------ */

/* As assignment to a variable: a reference set gets the value, else the zval is shared. */
static void zend_assign_to_place(zval **place, zval *value)
{
    zval *old = *place;

    if (old == value) {
        return;
    }
    if (PZVAL_IS_REF(old)) {
        zval garbage = *old;
        ZVAL_COPY_VALUE(old, value);
        if (Z_REFCOUNT_P(value) > 0) {
            zval_copy_ctor(old);
        }
        zval_dtor(&garbage);
        return;
    }
    Z_ADDREF_P(value);
    if (PZVAL_IS_REF(value)) {
        SEPARATE_ZVAL(&value);
    }
    *place = value;
    i_zval_ptr_dtor(old);
}

static ZEND_COLD bool zend_write_through_setter(zend_object *zobj, zval *object, zval *member,
    zval *value, const zend_property_info *info)
{
    zend_guard *guard = zend_get_property_guard(zobj, member);

    if (!guard->in_set) {
        object = zend_hold_object(object);
        guard->in_set = 1;
        zend_std_call_setter(object, member, value);
        guard->in_set = 0;
        zval_ptr_dtor(&object);
        return true;
    }
    if (!info && Z_STRVAL_P(member)[0] == '\0') {
        zend_bad_property_name(member);
    }
    return false;
}

void zend_std_write_property(zval *object, zval *member, zval *value, const zend_literal *key)
{
    zend_object *zobj = zend_object_by_handle(Z_OBJ_HANDLE_P(object));
    zend_member_name name = zend_begin_member(member, key);
    zend_property_info *info =
        zend_find_property_info(zobj->ce, name.member, zobj->ce->__set != NULL, name.key);
    zval **place = info ? zend_find_place(zobj, info, name.member) : NULL;

    if (place) {
        zend_assign_to_place(place, value);
    } else if (zobj->ce->__set
        && zend_write_through_setter(zobj, object, name.member, value, info)) {
        /* done */
    } else if (info) {
        Z_ADDREF_P(value);
        if (PZVAL_IS_REF(value)) {
            SEPARATE_ZVAL(&value);
        }
        zend_add_property(zobj, info, name.member, value);
    }
    zend_end_member(&name);
}

zval **zend_std_get_property_ptr_ptr(zval *object, zval *member, int type,
    const zend_literal *key)
{
    zend_object *zobj = zend_object_by_handle(Z_OBJ_HANDLE_P(object));
    zend_member_name name = zend_begin_member(member, key);
    zend_property_info *info =
        zend_find_property_info(zobj->ce, name.member, zobj->ce->__get != NULL, name.key);
    zval **place = info ? zend_find_place(zobj, info, name.member) : NULL;

    if (!place
        && (!zobj->ce->__get
            || (info && zend_get_property_guard(zobj, name.member)->in_get))) {
        /* It comes into being, as NULL: the first write separates it. */
        if (type == BP_VAR_RW || type == BP_VAR_R) {
            zend_error(E_NOTICE, "Undefined property: %s::$%s", zobj->ce->name,
                Z_STRVAL_P(name.member));
        }
        place = info ? zend_find_place(zobj, info, name.member) : NULL;
        if (!place && info) {
            Z_ADDREF_P(EG(uninitialized_zval_ptr));
            place = zend_add_property(zobj, info, name.member, EG(uninitialized_zval_ptr));
        }
    }
    zend_end_member(&name);
    return place;
}

/* --- isset and unset ---------------------------------------------------------------------- */

static ZEND_COLD int zend_has_missing_property(zend_object *zobj, zval *object, zval *member,
    int check_empty)
{
    zend_guard *guard;
    int result;

    if (check_empty == 2 || !zobj->ce->__isset) {
        return 0;
    }
    guard = zend_get_property_guard(zobj, member);
    if (guard->in_isset) {
        return 0;
    }
    object = zend_hold_object(object);
    guard->in_isset = 1;
    result = zend_std_call_issetter(object, member);
    if (check_empty && result) {
        zval *value = NULL;
        if (!EG(exception) && zobj->ce->__get && !guard->in_get) {
            guard->in_get = 1;
            value = zend_std_call_getter(object, member);
            guard->in_get = 0;
        }
        result = 0;
        if (value) {
            Z_ADDREF_P(value);
            result = zend_is_true(value);
            zval_ptr_dtor(&value);
        }
    }
    guard->in_isset = 0;
    zval_ptr_dtor(&object);
    return result;
}

int zend_std_has_property(zval *object, zval *member, int has_set_exists, const zend_literal *key)
{
    zend_object *zobj = zend_object_by_handle(Z_OBJ_HANDLE_P(object));
    zend_member_name name = zend_begin_member(member, key);
    zend_property_info *info = zend_find_property_info(zobj->ce, name.member, 1, name.key);
    zval **place = info ? zend_find_place(zobj, info, name.member) : NULL;
    int result;

    if (!place) {
        result = zend_has_missing_property(zobj, object, name.member, has_set_exists);
    } else if (has_set_exists == 0) {
        result = Z_TYPE_PP(place) != IS_NULL;
    } else {
        result = has_set_exists == 2 || zend_is_true(*place);
    }
    zend_end_member(&name);
    return result;
}

/* True if there was one. */
static bool zend_remove_property(zend_object *zobj, const zend_property_info *info,
    const zval *member)
{
    zend_property_key key;

    if (!zobj->properties) {
        zval *old;
        if (!zend_property_has_slot(info) || !zobj->properties_table
            || !zobj->properties_table[info->offset]) {
            return false;
        }
        old = zobj->properties_table[info->offset];
        zobj->properties_table[info->offset] = NULL;
        zval_ptr_dtor(&old);
        return true;
    }
    key = zend_key_of_property(info, member);
    return zend_hash_quick_del(zobj->properties, key.name, key.length, key.h) == SUCCESS;
}

void zend_std_unset_property(zval *object, zval *member, const zend_literal *key)
{
    zend_object *zobj = zend_object_by_handle(Z_OBJ_HANDLE_P(object));
    zend_member_name name = zend_begin_member(member, key);
    zend_property_info *info =
        zend_find_property_info(zobj->ce, name.member, zobj->ce->__unset != NULL, name.key);

    if (!(info && zend_remove_property(zobj, info, name.member)) && zobj->ce->__unset) {
        zend_guard *guard = zend_get_property_guard(zobj, name.member);
        if (!guard->in_unset) {
            object = zend_hold_object(object);
            guard->in_unset = 1;
            zend_std_call_unsetter(object, name.member);
            guard->in_unset = 0;
            zval_ptr_dtor(&object);
        } else if (Z_STRVAL_P(name.member)[0] == '\0') {
            zend_bad_property_name(name.member);
        }
    }
    zend_end_member(&name);
}
