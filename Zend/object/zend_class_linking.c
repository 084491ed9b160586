/* SPDX-License-Identifier: MIT */
/*
 * Linking a user class by the names it was declared with, and the check for abstract methods.
 */
#include "object/zend_inheritance.h"

#include <string.h>

#include "zend_alloc.h"
#include "object/zend_class.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_execute_API.h"

/* --- Abstract methods --------------------------------------------------------------------- */

#define ZEND_ABSTRACT_SHOWN 3

typedef struct _zend_abstract_methods {
    const zend_function *shown[ZEND_ABSTRACT_SHOWN];
    int count;
    bool has_constructor; /* of several names for the constructor one counts */
} zend_abstract_methods;

static void zend_note_abstract_method(zend_abstract_methods *found, const zend_function *function)
{
    if (!(function->common.fn_flags & ZEND_ACC_ABSTRACT)) {
        return;
    }
    if (function->common.fn_flags & ZEND_ACC_CTOR) {
        if (found->has_constructor) {
            return;
        }
        found->has_constructor = true;
    }
    if (found->count < ZEND_ABSTRACT_SHOWN) {
        found->shown[found->count] = function;
    }
    found->count++;
}

static ZEND_COLD ZEND_NORETURN void zend_abstract_class_error(const zend_class_entry *ce,
    const zend_abstract_methods *found)
{
    const char *class_names[ZEND_ABSTRACT_SHOWN] = {"", "", ""};
    const char *colons[ZEND_ABSTRACT_SHOWN] = {"", "", ""};
    const char *names[ZEND_ABSTRACT_SHOWN] = {"", "", ""};
    const char *separators[ZEND_ABSTRACT_SHOWN] = {"", "", ""};
    int i;

    for (i = 0; i < ZEND_ABSTRACT_SHOWN && i < found->count; i++) {
        class_names[i] = ZEND_FN_SCOPE_NAME(found->shown[i]);
        colons[i] = "::";
        names[i] = found->shown[i]->common.function_name;
        if (i + 1 < found->count) {
            separators[i] = i + 1 < ZEND_ABSTRACT_SHOWN ? ", " : ", ...";
        }
    }
    zend_error_noreturn(E_ERROR,
        "Class %s contains %d abstract method%s and must therefore be declared abstract or "
        "implement the remaining methods (%s%s%s%s%s%s%s%s%s%s%s%s)",
        ce->name, found->count, found->count > 1 ? "s" : "", class_names[0], colons[0], names[0],
        separators[0], class_names[1], colons[1], names[1], separators[1], class_names[2],
        colons[2], names[2], separators[2]);
}

void zend_verify_abstract_class(zend_class_entry *ce)
{
    zend_abstract_methods found = {{NULL}, 0, false};
    Bucket *p;

    if (!(ce->ce_flags & ZEND_ACC_IMPLICIT_ABSTRACT_CLASS)
        || (ce->ce_flags & (ZEND_ACC_EXPLICIT_ABSTRACT_CLASS | ZEND_ACC_INTERFACE))) {
        return;
    }
    for (p = ce->function_table.pListHead; p != NULL; p = p->pListNext) {
        zend_note_abstract_method(&found, p->pData);
    }
    if (found.count) {
        zend_abstract_class_error(ce, &found);
    }
    /* All that was inherited as abstract has been implemented. */
    ce->ce_flags &= ~(zend_uint) ZEND_ACC_IMPLICIT_ABSTRACT_CLASS;
}

/* --- Linking by name ---------------------------------------------------------------------- */

void zend_do_link_interfaces(zend_class_entry *ce)
{
    zend_uint i;

    for (i = 0; i < ce->interface_name_count; i++) {
        const char *name = ce->interface_names[i];
        zend_class_entry *iface =
            zend_fetch_class(name, (uint) strlen(name), ZEND_FETCH_CLASS_INTERFACE);
        if (!iface) {
            return;
        }
        if (!(iface->ce_flags & ZEND_ACC_INTERFACE)) {
            zend_error_noreturn(E_ERROR, "%s cannot implement %s - it is not an interface",
                ce->name, iface->name);
        }
        zend_do_implement_interface(ce, iface);
    }
}

/* Notes the trait, unless the class names it twice. */
static void zend_link_trait(zend_class_entry *ce, zend_class_entry *trait)
{
    zend_uint i;

    if ((trait->ce_flags & ZEND_ACC_TRAIT) != ZEND_ACC_TRAIT) {
        zend_error_noreturn(E_ERROR, "%s cannot use %s - it is not a trait", ce->name,
            trait->name);
    }
    for (i = 0; i < ce->num_traits; i++) {
        if (ce->traits[i] == trait) {
            return;
        }
    }
    ce->traits[ce->num_traits++] = trait;
}

void zend_do_link_traits(zend_class_entry *ce)
{
    zend_uint i;

    if (!ce->trait_name_count) {
        return;
    }
    ce->traits = safe_emalloc(ce->trait_name_count, sizeof(zend_class_entry *), 0);
    for (i = 0; i < ce->trait_name_count; i++) {
        const char *name = ce->trait_names[i];
        zend_class_entry *trait =
            zend_fetch_class(name, (uint) strlen(name), ZEND_FETCH_CLASS_TRAIT);
        if (!trait) {
            return;
        }
        zend_link_trait(ce, trait);
    }
    zend_do_bind_traits(ce);
}

void zend_do_link_class(zend_class_entry *ce)
{
    zend_do_link_interfaces(ce);
    if (!EG(exception)) {
        zend_do_link_traits(ce);
    }
    if (!EG(exception)) {
        zend_verify_abstract_class(ce);
    }
}
