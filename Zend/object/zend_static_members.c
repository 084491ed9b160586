/* SPDX-License-Identifier: MIT */
/*
 * Static members. A class's members lie in a table of zval pointers; a member inherited and not
 * redeclared is one zval, a reference set, in the tables of both classes: a write through one is
 * seen through the other, while binding one slot to another variable leaves the other alone.
 */
#include "object/zend_std_handlers.h"

#include "object/zend_class.h"
#include "object/zend_property_info.h"
#include "object/zend_std_handlers_fast.h"
#include "runtime/zend_errors.h"

static ZEND_COLD void zend_undeclared_static(const zend_class_entry *ce, const char *name,
    zend_bool silent)
{
    if (!silent) {
        zend_error_noreturn(E_ERROR, "Access to undeclared static property: %s::$%s", ce->name,
            name);
    }
}

/* The declaration, or NULL after an error. */
static zend_property_info *zend_find_static_info(zend_class_entry *ce, const char *name,
    int length, zend_bool silent, const zend_literal *key)
{
    ulong h = key ? key->hash_value : str_hash(name, length);
    zend_property_info *info;

    if (zend_hash_quick_find(&ce->properties_info, name, (uint) length + 1, h, (void **) &info)
        == FAILURE) {
        zend_undeclared_static(ce, name, silent);
        return NULL;
    }
    if (!zend_verify_property_access(info, ce)) {
        if (!silent) {
            zend_error_noreturn(E_ERROR, "Cannot access %s property %s::$%s",
                zend_visibility_string(info->flags), ce->name, name);
        }
        return NULL;
    }
    if (!(info->flags & ZEND_ACC_STATIC)) {
        zend_undeclared_static(ce, name, silent);
        return NULL;
    }
    return info;
}

zval **zend_std_get_static_property(zend_class_entry *ce, const char *property_name,
    int property_name_len, zend_bool silent, const zend_literal *key)
{
    void **cache = NULL;
    zend_property_info *info;
    zval **place;

    if (key && key->cache_slot != (zend_uint) -1) {
        cache = EG(current_execute_data)->run_time_cache + key->cache_slot;
        if (ZEND_LIKELY(cache[0] == (void *) ce)) {
            return cache[1];
        }
    }
    info = zend_find_static_info(ce, property_name, property_name_len, silent, key);
    if (!info) {
        return NULL;
    }
    if (ZEND_UNLIKELY(zend_class_needs_update(ce))) {
        zend_update_class_constants(ce);
    }
    if (!CE_STATIC_MEMBERS(ce) || !CE_STATIC_MEMBERS(ce)[info->offset]) {
        zend_undeclared_static(ce, property_name, silent);
        return NULL;
    }
    place = &CE_STATIC_MEMBERS(ce)[info->offset];
    if (cache) {
        cache[0] = ce;
        cache[1] = place;
    }
    return place;
}

zend_bool zend_std_unset_static_property(zend_class_entry *ce, const char *property_name,
    int property_name_len, const zend_literal *key)
{
    (void) property_name_len;
    (void) key;
    zend_error_noreturn(E_ERROR, "Attempt to unset static property %s::$%s", ce->name,
        property_name);
}
