/* SPDX-License-Identifier: MIT */
/*
 * Binding the methods of traits.
 *
 * A trait's method is copied into each class that uses it, and becomes a method of that class:
 * with its scope, its static variables, its run-time cache. Own methods of the class win over
 * those of traits, which win over inherited ones. Rules change what is copied:
 *
 *      A::f insteadof B       B's f stays out
 *      A::f as [private] g    f is copied under the name g as well
 *      f as protected         f is copied with another visibility
 */
#include "object/zend_inheritance.h"

#include <string.h>

#include "zend_alloc.h"
#include "object/zend_class.h"
#include "object/zend_object_callbacks.h"
#include "object/zend_traits_internal.h"
#include "runtime/zend_errors.h"
#include "value/zend_operators.h"

static bool zend_is_trait(const zend_class_entry *ce)
{
    return (ce->ce_flags & ZEND_ACC_TRAIT) == ZEND_ACC_TRAIT;
}

static bool zend_same_name(const char *name1, size_t length1, const char *name2, size_t length2)
{
    return length1 == length2
        && zend_binary_strcasecmp(name1, (uint) length1, name2, (uint) length2) == 0;
}

/* --- Checking the rules ------------------------------------------------------------------- */

static zend_class_entry *zend_used_trait(const zend_class_entry *ce, const char *name)
{
    size_t length = strlen(name);
    zend_uint i;

    for (i = 0; i < ce->num_traits; i++) {
        if (zend_same_name(ce->traits[i]->name, ce->traits[i]->name_length, name, length)) {
            return ce->traits[i];
        }
    }
    return NULL;
}

/* The trait that a rule names: it must exist and be used by the class. */
static zend_class_entry *zend_require_trait(const zend_class_entry *ce, const char *name)
{
    zend_class_entry *trait = zend_used_trait(ce, name);
    zend_class_entry **found;

    if (trait) {
        return trait;
    }
    if (zend_lookup_class(name, (int) strlen(name), &found) == FAILURE) {
        zend_error_noreturn(E_COMPILE_ERROR, "Could not find trait %s", name);
    }
    trait = zend_used_trait(ce, (*found)->name);
    if (!trait) {
        zend_error_noreturn(E_COMPILE_ERROR, "Required Trait %s wasn't added to %s",
            (*found)->name, ce->name);
    }
    return trait;
}

static bool zend_trait_has_method(const zend_class_entry *trait, const char *name)
{
    uint length = (uint) strlen(name);
    char *lc_name = zend_str_tolower_dup(name, length);
    bool has = zend_hash_exists(&trait->function_table, lc_name, length + 1);

    efree(lc_name);
    return has;
}

static void zend_check_precedence(const zend_class_entry *ce, zend_trait_precedence *rule)
{
    zend_trait_method_reference *method = rule->trait_method;
    size_t i;

    method->ce = zend_require_trait(ce, method->class_name);
    if (!zend_trait_has_method(method->ce, method->method_name)) {
        zend_error_noreturn(E_COMPILE_ERROR,
            "A precedence rule was defined for %s::%s but this method does not exist",
            method->ce->name, method->method_name);
    }
    for (i = 0; rule->exclude_from_classes && rule->exclude_from_classes[i]; i++) {
        const zend_class_entry *excluded =
            zend_require_trait(ce, rule->exclude_from_classes[i]);
        if (excluded == method->ce) {
            zend_error_noreturn(E_COMPILE_ERROR,
                "Inconsistent insteadof definition. The method %s is to be used from %s, but %s is "
                "also on the exclude list",
                method->method_name, excluded->name, excluded->name);
        }
    }
}

static void zend_check_alias(const zend_class_entry *ce, zend_trait_alias *rule)
{
    zend_trait_method_reference *method = rule->trait_method;
    zend_uint i;

    if (method->class_name) {
        method->ce = zend_require_trait(ce, method->class_name);
        if (!zend_trait_has_method(method->ce, method->method_name)) {
            zend_error_noreturn(E_COMPILE_ERROR,
                "An alias was defined for %s::%s but this method does not exist",
                method->ce->name, method->method_name);
        }
        return;
    }
    for (i = 0; i < ce->num_traits; i++) {
        if (zend_trait_has_method(ce->traits[i], method->method_name)) {
            return;
        }
    }
    if (rule->alias) {
        zend_error_noreturn(E_COMPILE_ERROR,
            "An alias (%s) was defined for method %s(), but this method does not exist",
            rule->alias, method->method_name);
    }
    zend_error_noreturn(E_COMPILE_ERROR,
        "The modifiers of the trait method %s() are changed, but this method does not exist. Error",
        method->method_name);
}

static void zend_check_trait_rules(zend_class_entry *ce)
{
    size_t i;

    for (i = 0; ce->trait_precedences && ce->trait_precedences[i]; i++) {
        zend_check_precedence(ce, ce->trait_precedences[i]);
    }
    for (i = 0; ce->trait_aliases && ce->trait_aliases[i]; i++) {
        zend_check_alias(ce, ce->trait_aliases[i]);
    }
}

/* --- Adding one method -------------------------------------------------------------------- */

/* Methods of which one is abstract must agree. */
static void zend_check_trait_agreement(const zend_function *method, const zend_function *other)
{
    zend_uint kind = ZEND_ACC_FINAL | ZEND_ACC_STATIC;

    if (!zend_do_perform_implementation_check(method, other)
        || (method->common.fn_flags & kind) != (other->common.fn_flags & kind)) {
        zend_error_noreturn(E_COMPILE_ERROR, "Declaration of %s must be compatible with %s",
            zend_get_function_declaration(method), zend_get_function_declaration(other));
    }
}

static void zend_take_trait_constructor(zend_class_entry *ce, zend_function *method)
{
    if (ce->constructor && (!ce->parent || ce->constructor != ce->parent->constructor)) {
        zend_error_noreturn(E_COMPILE_ERROR,
            "%s has colliding constructor definitions coming from traits", ce->name);
    }
    ce->constructor = method;
    method->common.fn_flags |= ZEND_ACC_CTOR;
}

/* The magic methods that the class now has from a trait. */
static void zend_add_trait_magic(zend_class_entry *ce, const char *key, uint key_length,
    zend_function *method)
{
    uint length = key_length - 1;

    if (strcmp(key, "__construct") == 0
        || zend_same_name(ce->name, ce->name_length, key, length)) {
        if (!zend_is_trait(ce) || key[0] == '_') {
            zend_take_trait_constructor(ce, method);
        }
        return;
    }
    if (strcmp(key, "__destruct") == 0) {
        method->common.fn_flags |= ZEND_ACC_DTOR;
    } else if (strcmp(key, "__clone") == 0) {
        method->common.fn_flags |= ZEND_ACC_CLONE;
    }
    zend_set_magic_method(ce, method, key, length);
}

/* What the class has under the name already. True: the trait's method stays out. */
static bool zend_settle_trait_method(zend_class_entry *ce, const char *name,
    zend_function *method, zend_function *present, HashTable *overridden, const char *key,
    uint key_length)
{
    if (present->common.scope == ce) {
        /* The class's own: but traits must not contradict each other behind it. */
        zend_function *hidden;
        if (zend_hash_find(overridden, key, key_length, (void **) &hidden) == SUCCESS) {
            if (hidden->common.fn_flags & ZEND_ACC_ABSTRACT) {
                zend_check_trait_agreement(method, hidden);
            } else if (method->common.fn_flags & ZEND_ACC_ABSTRACT) {
                zend_check_trait_agreement(hidden, method);
                return true;
            }
        }
        zend_hash_update(overridden, key, key_length, method, sizeof(zend_function), NULL);
        return true;
    }
    if (present->common.fn_flags & ZEND_ACC_ABSTRACT) {
        zend_check_trait_agreement(method, present);
        return false;
    }
    if (method->common.fn_flags & ZEND_ACC_ABSTRACT) {
        zend_check_trait_agreement(present, method);
        return true;
    }
    if (zend_is_trait(present->common.scope)) {
        zend_error_noreturn(E_COMPILE_ERROR,
            "Trait method %s has not been applied, because there are collisions with other trait "
            "methods on %s",
            name, ce->name);
    }
    zend_check_method_override(method, present);
    return false;
}

/* `method` is a copy of the trait's, in the caller's hands; name is how the text calls it. */
static void zend_add_trait_method(zend_class_entry *ce, const char *name, const char *key,
    uint key_length, zend_function *method, HashTable *overridden)
{
    zend_function *present;
    zend_function *added;

    if (zend_hash_find(&ce->function_table, key, key_length, (void **) &present) == SUCCESS
        && zend_settle_trait_method(ce, name, method, present, overridden, key, key_length)) {
        return;
    }
    function_add_ref(method);
    zend_hash_update(&ce->function_table, key, key_length, method, sizeof(zend_function),
        (void **) &added);
    zend_add_trait_magic(ce, key, key_length, added);
}

/* --- Copying a trait's methods ------------------------------------------------------------ */

static bool zend_rule_is_for(const zend_trait_alias *rule, const zend_class_entry *trait,
    const char *key, uint key_length)
{
    return (!rule->trait_method->ce || rule->trait_method->ce == trait)
        && zend_same_name(rule->trait_method->method_name, rule->trait_method->mname_len, key,
            key_length - 1);
}

static void zend_change_visibility(zend_function *method, zend_uint modifiers)
{
    if (modifiers & ZEND_ACC_PPP_MASK) {
        method->common.fn_flags =
            (method->common.fn_flags & ~(zend_uint) ZEND_ACC_PPP_MASK) | modifiers;
    } else {
        method->common.fn_flags |= modifiers;
    }
}

static bool zend_is_excluded(const zend_class_entry *ce, const zend_class_entry *trait,
    const char *key, uint key_length)
{
    size_t i;
    size_t j;

    for (i = 0; ce->trait_precedences && ce->trait_precedences[i]; i++) {
        const zend_trait_precedence *rule = ce->trait_precedences[i];
        if (!rule->exclude_from_classes
            || !zend_same_name(rule->trait_method->method_name, rule->trait_method->mname_len,
                key, key_length - 1)) {
            continue;
        }
        for (j = 0; rule->exclude_from_classes[j]; j++) {
            if (zend_require_trait(ce, rule->exclude_from_classes[j]) == trait) {
                return true;
            }
        }
    }
    return false;
}

static void zend_add_aliases(zend_class_entry *ce, const zend_class_entry *trait, const Bucket *p,
    HashTable *overridden)
{
    size_t i;

    for (i = 0; ce->trait_aliases && ce->trait_aliases[i]; i++) {
        const zend_trait_alias *rule = ce->trait_aliases[i];
        zend_function copy;
        char *key;
        if (!rule->alias || !zend_rule_is_for(rule, trait, p->arKey, p->nKeyLength)) {
            continue;
        }
        copy = *(const zend_function *) p->pData;
        if (rule->modifiers) {
            zend_change_visibility(&copy, rule->modifiers);
        }
        key = zend_str_tolower_dup(rule->alias, rule->alias_len);
        zend_add_trait_method(ce, rule->alias, key, rule->alias_len + 1, &copy, overridden);
        efree(key);
    }
}

static void zend_copy_trait_methods(zend_class_entry *ce, const zend_class_entry *trait,
    HashTable *overridden)
{
    Bucket *p;

    for (p = trait->function_table.pListHead; p != NULL; p = p->pListNext) {
        zend_function copy;
        size_t i;
        zend_add_aliases(ce, trait, p, overridden);
        if (zend_is_excluded(ce, trait, p->arKey, p->nKeyLength)) {
            continue;
        }
        copy = *(const zend_function *) p->pData;
        for (i = 0; ce->trait_aliases && ce->trait_aliases[i]; i++) {
            const zend_trait_alias *rule = ce->trait_aliases[i];
            if (!rule->alias && rule->modifiers
                && zend_rule_is_for(rule, trait, p->arKey, p->nKeyLength)) {
                zend_change_visibility(&copy, rule->modifiers);
            }
        }
        zend_add_trait_method(ce, copy.common.function_name, p->arKey, p->nKeyLength, &copy,
            overridden);
    }
}

/* The methods that came from traits become the class's own. */
static void zend_adopt_trait_methods(zend_class_entry *ce)
{
    Bucket *p;

    for (p = ce->function_table.pListHead; p != NULL; p = p->pListNext) {
        zend_function *method = p->pData;
        if (!method->common.scope || !zend_is_trait(method->common.scope)
            || method->common.scope == ce) {
            continue;
        }
        method->common.scope = ce;
        if (method->common.fn_flags & ZEND_ACC_ABSTRACT) {
            ce->ce_flags |= ZEND_ACC_IMPLICIT_ABSTRACT_CLASS;
        }
        if (method->type == ZEND_USER_FUNCTION && method->op_array.static_variables) {
            ce->ce_flags |= ZEND_HAS_STATIC_IN_METHODS;
        }
    }
}

void zend_do_bind_traits(zend_class_entry *ce)
{
    HashTable overridden;
    zend_uint i;

    if (!ce->num_traits) {
        return;
    }
    zend_check_trait_rules(ce);
    zend_hash_init(&overridden, 8, NULL, NULL, 0);
    for (i = 0; i < ce->num_traits; i++) {
        zend_copy_trait_methods(ce, ce->traits[i], &overridden);
    }
    zend_hash_destroy(&overridden);
    zend_adopt_trait_methods(ce);
    zend_bind_trait_properties(ce);
}

/* --- Names of methods --------------------------------------------------------------------- */

/* The alias, as its rule spells it, of which key is the lower-case form. */
static const char *zend_alias_spelling(const zend_class_entry *ce, const char *key, uint length)
{
    size_t i;

    for (i = 0; ce->trait_aliases && ce->trait_aliases[i]; i++) {
        const zend_trait_alias *rule = ce->trait_aliases[i];
        if (rule->alias && zend_same_name(rule->alias, rule->alias_len, key, length)) {
            return rule->alias;
        }
    }
    return key;
}

const char *zend_resolve_method_name(zend_class_entry *ce, zend_function *function)
{
    Bucket *p;

    if (function->common.type != ZEND_USER_FUNCTION || !ce->trait_aliases) {
        return function->common.function_name;
    }
    for (p = ce->function_table.pListHead; p != NULL; p = p->pListNext) {
        if (p->pData == function) {
            if (zend_same_name(p->arKey, p->nKeyLength - 1, function->common.function_name,
                    strlen(function->common.function_name))) {
                return function->common.function_name;
            }
            return zend_alias_spelling(ce, p->arKey, p->nKeyLength - 1);
        }
    }
    return function->common.function_name;
}
