/* SPDX-License-Identifier: MIT */
/*
 * Finding the declaration of a property, and judging its visibility.
 *
 * A class's properties_info maps plain names to declarations, the inherited ones included. A
 * parent's private property appears there as a *shadow*: present, but for nobody to use through
 * the child. Code of the parent itself must still find it: so when the scope is an ancestor of
 * the object's class and has a private property of that name, that one is meant.
 */
#include "object/zend_property_info.h"

#include "object/zend_class.h"
#include "object/zend_std_handlers_fast.h"
#include "runtime/zend_errors.h"

zend_property_info zend_dynamic_property = {.flags = ZEND_ACC_PUBLIC, .name = "", .offset = -1};

void zend_bad_property_name(const zval *member)
{
    if (Z_STRLEN_P(member) == 0) {
        zend_error_noreturn(E_ERROR, "Cannot access empty property");
    }
    zend_error_noreturn(E_ERROR, "Cannot access property started with '\\0'");
}

const char *zend_visibility_string(zend_uint fn_flags)
{
    if (fn_flags & ZEND_ACC_PRIVATE) {
        return "private";
    }
    if (fn_flags & ZEND_ACC_PROTECTED) {
        return "protected";
    }
    return fn_flags & ZEND_ACC_PUBLIC ? "public" : "";
}

int zend_check_protected(const zend_class_entry *ce, const zend_class_entry *scope)
{
    const zend_class_entry *ancestor;

    for (ancestor = scope; ancestor; ancestor = ancestor->parent) {
        if (ancestor == ce) {
            return 1;
        }
    }
    if (!scope) {
        return 0;
    }
    for (ancestor = ce; ancestor; ancestor = ancestor->parent) {
        if (ancestor == scope) {
            return 1;
        }
    }
    return 0;
}

int zend_verify_property_access(const zend_property_info *info, const zend_class_entry *ce)
{
    zend_class_entry *scope;

    if (ZEND_LIKELY(info->flags & ZEND_ACC_PUBLIC)) {
        return 1;
    }
    scope = zend_executed_scope();
    switch (info->flags & ZEND_ACC_PPP_MASK) {
        case ZEND_ACC_PROTECTED:
            return zend_check_protected(info->ce, scope);
        case ZEND_ACC_PRIVATE:
            return scope && (scope == ce || scope == info->ce);
        default: /* a shadow */
            return 0;
    }
}

static bool zend_is_derived_class(const zend_class_entry *child, const zend_class_entry *parent)
{
    for (child = child->parent; child; child = child->parent) {
        if (child == parent) {
            return true;
        }
    }
    return false;
}

/* The scope's own private property, if the object's class descends from it. */
static zend_property_info *zend_scope_private_property(const zend_class_entry *ce,
    const char *name, uint length, ulong h)
{
    zend_class_entry *scope = zend_executed_scope();
    zend_property_info *info;

    if (scope && scope != ce
        && zend_hash_quick_find(&scope->properties_info, name, length, h, (void **) &info)
            == SUCCESS
        && (info->flags & ZEND_ACC_PRIVATE) && zend_is_derived_class(ce, scope)) {
        return info;
    }
    return NULL;
}

/* The whole search. *cacheable: the same name in the same scope means the same again. */
static zend_property_info *zend_search_property(zend_class_entry *ce, const zval *member,
    int silent, bool *cacheable)
{
    const char *name = Z_STRVAL_P(member);
    uint length = (uint) Z_STRLEN_P(member) + 1;
    ulong h = str_hash(name, Z_STRLEN_P(member));
    zend_property_info *info = NULL;
    zend_property_info *private_info;
    bool denied = false;

    *cacheable = true;
    if (zend_hash_num_elements(&ce->properties_info)
        && zend_hash_quick_find(&ce->properties_info, name, length, h, (void **) &info)
            == SUCCESS) {
        if (info->flags & ZEND_ACC_SHADOW) {
            info = NULL;
        } else if (!zend_verify_property_access(info, ce)) {
            denied = true;
        } else if (!(info->flags & ZEND_ACC_CHANGED) || (info->flags & ZEND_ACC_PRIVATE)) {
            if (info->flags & ZEND_ACC_STATIC) {
                *cacheable = false;
                if (!silent) {
                    zend_error(E_STRICT, "Accessing static property %s::$%s as non static",
                        ce->name, name);
                }
            }
            return info;
        }
    }
    private_info = zend_scope_private_property(ce, name, length, h);
    if (private_info) {
        *cacheable = !(private_info->flags & ZEND_ACC_STATIC);
        return private_info;
    }
    if (!info) {
        return &zend_dynamic_property;
    }
    if (!denied) {
        *cacheable = !(info->flags & ZEND_ACC_STATIC);
        return info;
    }
    *cacheable = false;
    if (!silent) {
        zend_error_noreturn(E_ERROR, "Cannot access %s property %s::$%s",
            zend_visibility_string(info->flags), ce->name, name);
    }
    return NULL;
}

zend_property_info *zend_find_property_info(zend_class_entry *ce, zval *member, int silent,
    const zend_literal *key)
{
    zend_property_info *info;
    void **cache = NULL;
    bool cacheable;

    if (key && key->cache_slot != (zend_uint) -1) {
        cache = EG(current_execute_data)->run_time_cache + key->cache_slot;
        if (ZEND_LIKELY(cache[0] == (void *) ce)) {
            return cache[1];
        }
    }
    if (ZEND_UNLIKELY(Z_STRVAL_P(member)[0] == '\0')) {
        if (!silent) {
            zend_bad_property_name(member);
        }
        return NULL;
    }
    info = zend_search_property(ce, member, silent, &cacheable);
    if (cache && cacheable) {
        cache[0] = ce;
        cache[1] = info;
    }
    return info;
}

zend_property_info *zend_get_property_info(zend_class_entry *ce, zval *member, int silent)
{
    return zend_find_property_info(ce, member, silent, NULL);
}

int zend_check_property_access(zend_object *zobj, const char *prop_info_name,
    int prop_info_name_len)
{
    const char *class_name;
    const char *prop_name;
    int prop_name_len;
    zend_property_info *info;
    zval member;
    bool is_inside;

    zend_unmangle_property_name_ex(prop_info_name, prop_info_name_len, &class_name, &prop_name,
        &prop_name_len);
    /* The inside of an interned string must not be taken for one: its hash is not before it. */
    is_inside = prop_name != prop_info_name && IS_INTERNED(prop_name);
    INIT_ZVAL(member);
    ZVAL_STRINGL(&member, prop_name, prop_name_len, is_inside);
    info = zend_get_property_info(zobj->ce, &member, 1);
    if (is_inside) {
        zval_dtor(&member);
    }
    if (!info) {
        return FAILURE;
    }
    if (info == &zend_dynamic_property) {
        return class_name == NULL ? SUCCESS : FAILURE;
    }
    if (class_name && class_name[0] != '*') {
        /* The private property of some class: is it the one that is meant here? */
        if (!(info->flags & ZEND_ACC_PRIVATE) || strcmp(prop_info_name + 1, info->name + 1)) {
            return FAILURE;
        }
    }
    return zend_verify_property_access(info, zobj->ce) ? SUCCESS : FAILURE;
}
