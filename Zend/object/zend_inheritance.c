/* SPDX-License-Identifier: MIT */
/*
 * What a class gets from its parent and its interfaces.
 *
 * Properties: the parent's slots come first in the child's tables, so that the parent's methods
 * find them at the same offsets. A property that the child redeclares takes over the parent's
 * slot; a private one of the parent keeps its slot, and the child's has another.
 *
 *      class P { public $a; private $b; }      [ a | P's b ]
 *      class C extends P { public $b, $a; }    [ a | P's b | b | - ]
 *
 * Methods and constants are copied into the child's tables, behind its own.
 */
#include "object/zend_inheritance.h"

#include <string.h>

#include "zend_alloc.h"
#include "object/zend_class.h"
#include "object/zend_object_callbacks.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_globals.h"
#include "value/zend_operators.h"
#include "value/zend_variables.h"

/* --- Methods ------------------------------------------------------------------------------ */

/* Modifiers of a method that replaces `parent`. */
static void zend_check_override_modifiers(const zend_function *child, const zend_function *parent)
{
    zend_uint child_flags = child->common.fn_flags;
    zend_uint parent_flags = parent->common.fn_flags;
    const char *parent_name = ZEND_FN_SCOPE_NAME(parent);
    const char *child_name = ZEND_FN_SCOPE_NAME(child);
    const char *name = child->common.function_name;

    if (parent_flags & ZEND_ACC_FINAL) {
        zend_error_noreturn(E_COMPILE_ERROR, "Cannot override final method %s::%s()", parent_name,
            name);
    }
    if ((child_flags & ZEND_ACC_STATIC) != (parent_flags & ZEND_ACC_STATIC)) {
        bool now_static = (child_flags & ZEND_ACC_STATIC) != 0;
        zend_error_noreturn(E_COMPILE_ERROR,
            "Cannot make %sstatic method %s::%s() %sstatic in class %s", now_static ? "non " : "",
            parent_name, name, now_static ? "" : "non ", child_name);
    }
    if ((child_flags & ZEND_ACC_ABSTRACT) && !(parent_flags & ZEND_ACC_ABSTRACT)) {
        zend_error_noreturn(E_COMPILE_ERROR,
            "Cannot make non abstract method %s::%s() abstract in class %s", parent_name, name,
            child_name);
    }
    if (!(parent_flags & (ZEND_ACC_PRIVATE | ZEND_ACC_CHANGED))
        && (child_flags & ZEND_ACC_PPP_MASK) > (parent_flags & ZEND_ACC_PPP_MASK)) {
        zend_error_noreturn(E_COMPILE_ERROR,
            "Access level to %s::%s() must be %s (as in class %s)%s", child_name, name,
            zend_visibility_string(parent_flags), parent_name,
            parent_flags & ZEND_ACC_PUBLIC ? "" : " or weaker");
    }
}

/* Two abstract classes of one line may not both declare it, unless an interface does. */
static void zend_check_abstract_again(const zend_function *child, const zend_function *parent)
{
    const zend_class_entry *declared_by =
        child->common.prototype ? child->common.prototype->common.scope : child->common.scope;

    if (!(parent->common.scope->ce_flags & ZEND_ACC_INTERFACE)
        && (parent->common.fn_flags & ZEND_ACC_ABSTRACT) && parent->common.scope != declared_by
        && (child->common.fn_flags & (ZEND_ACC_ABSTRACT | ZEND_ACC_IMPLEMENTED_ABSTRACT))) {
        zend_error_noreturn(E_COMPILE_ERROR,
            "Can't inherit abstract function %s::%s() (previously declared abstract in %s)",
            parent->common.scope->name, child->common.function_name, declared_by->name);
    }
}

/* The prototype is the declaration that a method finally goes back to. A constructor has one
 * only if an interface or an abstract declaration demands it. */
static void zend_set_prototype(zend_function *child, zend_function *parent)
{
    zend_uint parent_flags = parent->common.fn_flags;

    if (parent_flags & (ZEND_ACC_PRIVATE | ZEND_ACC_CHANGED)) {
        child->common.fn_flags |= ZEND_ACC_CHANGED;
    }
    if (parent_flags & ZEND_ACC_PRIVATE) {
        child->common.prototype = NULL;
    } else if (parent_flags & ZEND_ACC_ABSTRACT) {
        child->common.fn_flags |= ZEND_ACC_IMPLEMENTED_ABSTRACT;
        child->common.prototype = parent;
    } else if (!(parent_flags & ZEND_ACC_CTOR)
        || (parent->common.prototype
            && (parent->common.prototype->common.scope->ce_flags & ZEND_ACC_INTERFACE))) {
        child->common.prototype = parent->common.prototype ? parent->common.prototype : parent;
    }
}

static ZEND_COLD void zend_declaration_error(const zend_function *child,
    const zend_function *other, int type, const char *verb)
{
    char *declaration = zend_get_function_declaration(other);

    zend_error(type, "Declaration of %s::%s() %s be compatible with %s",
        ZEND_FN_SCOPE_NAME(child), child->common.function_name, verb, declaration);
    efree(declaration);
}

void zend_check_method_override(zend_function *child, zend_function *parent)
{
    const zend_function *prototype;

    zend_check_abstract_again(child, parent);
    zend_check_override_modifiers(child, parent);
    zend_set_prototype(child, parent);
    prototype = child->common.prototype;
    if (prototype && (prototype->common.fn_flags & ZEND_ACC_ABSTRACT)) {
        if (!zend_do_perform_implementation_check(child, prototype)) {
            zend_declaration_error(child, prototype, E_COMPILE_ERROR, "must");
        }
    } else if (((EG(error_reporting) & E_STRICT) || EG(user_error_handler))
        && !zend_do_perform_implementation_check(child, parent)) {
        zend_declaration_error(child, parent, E_STRICT, "should");
    }
}

/* Checks the methods that ce has already, and copies those that it has not. */
static void zend_inherit_methods(zend_class_entry *ce, HashTable *methods)
{
    Bucket *p;

    for (p = methods->pListHead; p != NULL; p = p->pListNext) {
        zend_function *parent = p->pData;
        zend_function *child;
        if (zend_hash_quick_find(&ce->function_table, p->arKey, p->nKeyLength, p->h,
                (void **) &child)
            == SUCCESS) {
            zend_check_method_override(child, parent);
            continue;
        }
        if (parent->common.fn_flags & ZEND_ACC_ABSTRACT) {
            ce->ce_flags |= ZEND_ACC_IMPLICIT_ABSTRACT_CLASS;
        }
        zend_hash_quick_add(&ce->function_table, p->arKey, p->nKeyLength, p->h, parent,
            sizeof(zend_function), (void **) &child);
        function_add_ref(child);
    }
}

/* Magic methods and handlers that the child does not have itself. */
static void zend_inherit_handlers(zend_class_entry *ce, const zend_class_entry *parent)
{
#define ZEND_INHERIT(field) \
    do { \
        if (!ce->field) { \
            ce->field = parent->field; \
        } \
    } while (0)
    ce->create_object = parent->create_object;
    ZEND_INHERIT(iterator_funcs.funcs);
    ZEND_INHERIT(serialize);
    ZEND_INHERIT(unserialize);
    ZEND_INHERIT(serialize_func);
    ZEND_INHERIT(unserialize_func);
    ZEND_INHERIT(destructor);
    ZEND_INHERIT(clone);
    ZEND_INHERIT(__get);
    ZEND_INHERIT(__set);
    ZEND_INHERIT(__unset);
    ZEND_INHERIT(__isset);
    ZEND_INHERIT(__call);
    ZEND_INHERIT(__callstatic);
    ZEND_INHERIT(__tostring);
    ZEND_INHERIT(__debugInfo);
#undef ZEND_INHERIT
    if (!ce->constructor) {
        ce->constructor = parent->constructor;
    } else if (parent->constructor && (parent->constructor->common.fn_flags & ZEND_ACC_FINAL)) {
        zend_error_noreturn(E_COMPILE_ERROR, "Cannot override final %s::%s() with %s::%s()",
            parent->name, parent->constructor->common.function_name, ce->name,
            ce->constructor->common.function_name);
    }
}

/* --- Properties --------------------------------------------------------------------------- */

/* Makes room for the parent's slots in front of the child's. */
static zval **zend_grow_slots(const zend_class_entry *ce, zval **table, int own, int inherited)
{
    size_t size = (size_t) (own + inherited) * sizeof(zval *);

    table = ce->type == ZEND_INTERNAL_CLASS ? perealloc(table, size, 1) : erealloc(table, size);
    if (own) {
        memmove(table + inherited, table, (size_t) own * sizeof(zval *));
    }
    return table;
}

static void zend_inherit_default_properties(zend_class_entry *ce, const zend_class_entry *parent)
{
    int inherited = parent->default_properties_count;
    int i;

    if (!inherited) {
        return;
    }
    ce->default_properties_table = zend_grow_slots(ce, ce->default_properties_table,
        ce->default_properties_count, inherited);
    for (i = 0; i < inherited; i++) {
        ce->default_properties_table[i] = parent->default_properties_table[i];
        if (ce->default_properties_table[i]) {
            Z_ADDREF_P(ce->default_properties_table[i]);
        }
    }
    ce->default_properties_count += inherited;
}

/* Static members are shared: each zval becomes a reference set of parent and child. */
static void zend_inherit_static_members(zend_class_entry *ce, zend_class_entry *parent)
{
    int inherited = parent->default_static_members_count;
    zval **members = parent->default_static_members_table;
    int i;

    if (inherited) {
        if (ce->type != parent->type) {
            zend_update_class_constants(parent);
            members = CE_STATIC_MEMBERS(parent);
        }
        ce->default_static_members_table = zend_grow_slots(ce, ce->default_static_members_table,
            ce->default_static_members_count, inherited);
        for (i = 0; i < inherited; i++) {
            if (members[i]) {
                SEPARATE_ZVAL_TO_MAKE_IS_REF(&members[i]);
                Z_ADDREF_P(members[i]);
            }
            ce->default_static_members_table[i] = members[i];
        }
        ce->default_static_members_count += inherited;
    }
    if (ce->type == ZEND_USER_CLASS) {
        ce->static_members_table = ce->default_static_members_table;
    }
}

static void zend_shift_own_properties(zend_class_entry *ce, const zend_class_entry *parent)
{
    Bucket *p;

    for (p = ce->properties_info.pListHead; p != NULL; p = p->pListNext) {
        zend_property_info *info = p->pData;
        if (info->ce != ce) {
            continue;
        }
        info->offset += info->flags & ZEND_ACC_STATIC ? parent->default_static_members_count
                                                      : parent->default_properties_count;
    }
}

/* The copy of the parent's declaration, with strings of its own. */
static void zend_copy_property_info(zend_class_entry *ce, const Bucket *p, zend_uint remove_flags,
    zend_uint add_flags)
{
    zend_property_info info = *(zend_property_info *) p->pData;

    info.flags = (info.flags & ~remove_flags) | add_flags;
    if (ce->type == ZEND_INTERNAL_CLASS) {
        info.name = str_strndup(info.name, (uint) info.name_length);
        if (info.doc_comment) {
            info.doc_comment = str_strndup(info.doc_comment, (uint) info.doc_comment_len);
        }
    } else {
        info.name = str_estrndup(info.name, (uint) info.name_length);
        if (info.doc_comment) {
            info.doc_comment = str_estrndup(info.doc_comment, (uint) info.doc_comment_len);
        }
    }
    zend_hash_quick_update(&ce->properties_info, p->arKey, p->nKeyLength, p->h, &info,
        sizeof(info), NULL);
}

/* The child declares the parent's property again: it takes the parent's slot. */
static void zend_redeclare_property(zend_class_entry *ce, zend_property_info *child,
    const zend_class_entry *parent_ce, const zend_property_info *parent, const char *name)
{
    zval **table = ce->default_properties_table;

    if ((parent->flags & ZEND_ACC_STATIC) != (child->flags & ZEND_ACC_STATIC)) {
        zend_error_noreturn(E_COMPILE_ERROR, "Cannot redeclare %s%s::$%s as %s%s::$%s",
            parent->flags & ZEND_ACC_STATIC ? "static " : "non static ", parent_ce->name, name,
            child->flags & ZEND_ACC_STATIC ? "static " : "non static ", ce->name, name);
    }
    if (parent->flags & ZEND_ACC_CHANGED) {
        child->flags |= ZEND_ACC_CHANGED;
    }
    if ((child->flags & ZEND_ACC_PPP_MASK) > (parent->flags & ZEND_ACC_PPP_MASK)) {
        zend_error_noreturn(E_COMPILE_ERROR,
            "Access level to %s::$%s must be %s (as in class %s)%s", ce->name, name,
            zend_visibility_string(parent->flags), parent_ce->name,
            parent->flags & ZEND_ACC_PUBLIC ? "" : " or weaker");
    }
    if (!(child->flags & ZEND_ACC_STATIC)) {
        if (table[parent->offset]) {
            zval_ptr_dtor(&table[parent->offset]);
        }
        table[parent->offset] = table[child->offset];
        table[child->offset] = NULL;
        child->offset = parent->offset;
    }
}

static void zend_inherit_properties(zend_class_entry *ce, zend_class_entry *parent_ce)
{
    Bucket *p;

    zend_inherit_default_properties(ce, parent_ce);
    zend_inherit_static_members(ce, parent_ce);
    zend_shift_own_properties(ce, parent_ce);
    for (p = parent_ce->properties_info.pListHead; p != NULL; p = p->pListNext) {
        const zend_property_info *parent = p->pData;
        zend_property_info *child = NULL;
        zend_hash_quick_find(&ce->properties_info, p->arKey, p->nKeyLength, p->h,
            (void **) &child);
        if (parent->flags & (ZEND_ACC_PRIVATE | ZEND_ACC_SHADOW)) {
            if (child) {
                child->flags |= ZEND_ACC_CHANGED;
            } else {
                zend_copy_property_info(ce, p, ZEND_ACC_PRIVATE, ZEND_ACC_SHADOW);
            }
        } else if (child) {
            zend_redeclare_property(ce, child, parent_ce, parent, p->arKey);
        } else {
            zend_copy_property_info(ce, p, 0, 0);
        }
    }
}

/* --- Parents ------------------------------------------------------------------------------ */

static void zend_check_parent(const zend_class_entry *ce, const zend_class_entry *parent)
{
    if (ce->ce_flags & ZEND_ACC_INTERFACE) {
        if (!(parent->ce_flags & ZEND_ACC_INTERFACE)) {
            zend_error_noreturn(E_COMPILE_ERROR, "Interface %s may not inherit from class (%s)",
                ce->name, parent->name);
        }
        return;
    }
    if (parent->ce_flags & ZEND_ACC_INTERFACE) {
        zend_error_noreturn(E_COMPILE_ERROR, "Class %s cannot extend from interface %s", ce->name,
            parent->name);
    }
    if ((parent->ce_flags & ZEND_ACC_TRAIT) == ZEND_ACC_TRAIT) {
        zend_error_noreturn(E_COMPILE_ERROR, "Class %s cannot extend from trait %s", ce->name,
            parent->name);
    }
    if (parent->ce_flags & ZEND_ACC_FINAL_CLASS) {
        zend_error_noreturn(E_COMPILE_ERROR, "Class %s may not inherit from final class (%s)",
            ce->name, parent->name);
    }
}

void zend_do_inheritance(zend_class_entry *ce, zend_class_entry *parent_ce)
{
    zend_check_parent(ce, parent_ce);
    ce->parent = parent_ce;
    /* Before the interfaces, which may replace it. */
    if (!ce->get_iterator) {
        ce->get_iterator = parent_ce->get_iterator;
    }
    zend_do_inherit_interfaces(ce, parent_ce);
    zend_inherit_properties(ce, parent_ce);
    zend_hash_merge(&ce->constants_table, &parent_ce->constants_table,
        (copy_ctor_func_t) zval_add_ref, NULL, sizeof(zval *), 0);
    zend_inherit_methods(ce, &parent_ce->function_table);
    zend_inherit_handlers(ce, parent_ce);
    if (ce->type == ZEND_INTERNAL_CLASS) {
        if (ce->ce_flags & ZEND_ACC_IMPLICIT_ABSTRACT_CLASS) {
            ce->ce_flags |= ZEND_ACC_EXPLICIT_ABSTRACT_CLASS;
        }
    } else if (!ce->interface_name_count && !ce->trait_name_count) {
        zend_verify_abstract_class(ce);
    }
    ce->ce_flags |= parent_ce->ce_flags & ZEND_HAS_STATIC_IN_METHODS;
}

/* --- Interfaces --------------------------------------------------------------------------- */

/* What comes with an interface: it may refuse the class. */
static void zend_notify_interface(zend_class_entry *ce, zend_class_entry *iface)
{
    if (ce == iface) {
        zend_error_noreturn(E_ERROR, "Interface %s cannot implement itself", ce->name);
    }
    if (!(ce->ce_flags & ZEND_ACC_INTERFACE) && iface->interface_gets_implemented
        && iface->interface_gets_implemented(iface, ce) == FAILURE) {
        zend_error_noreturn(E_CORE_ERROR, "Class %s could not implement interface %s", ce->name,
            iface->name);
    }
}

static bool zend_has_interface(const zend_class_entry *ce, zend_uint count,
    const zend_class_entry *iface)
{
    zend_uint i;

    for (i = 0; i < count; i++) {
        if (ce->interfaces[i] == iface) {
            return true;
        }
    }
    return false;
}

static void zend_reserve_interfaces(zend_class_entry *ce, zend_uint more)
{
    size_t size = (ce->num_interfaces + more) * sizeof(zend_class_entry *);

    ce->interfaces = ce->type == ZEND_INTERNAL_CLASS ? perealloc(ce->interfaces, size, 1)
                                                     : erealloc(ce->interfaces, size);
}

void zend_do_inherit_interfaces(zend_class_entry *ce, const zend_class_entry *iface)
{
    zend_uint before = ce->num_interfaces;
    zend_uint i;

    if (!iface->num_interfaces) {
        return;
    }
    zend_reserve_interfaces(ce, iface->num_interfaces);
    for (i = iface->num_interfaces; i-- > 0;) {
        if (!zend_has_interface(ce, before, iface->interfaces[i])) {
            ce->interfaces[ce->num_interfaces++] = iface->interfaces[i];
        }
    }
    for (i = before; i < ce->num_interfaces; i++) {
        zend_notify_interface(ce, ce->interfaces[i]);
    }
}

/* A constant of an interface cannot be changed: only the very same may be there already. */
static void zend_inherit_interface_constants(zend_class_entry *ce, const zend_class_entry *iface,
    bool check_only)
{
    Bucket *p;

    for (p = iface->constants_table.pListHead; p != NULL; p = p->pListNext) {
        zval **constant = p->pData;
        zval **present;
        if (zend_hash_quick_find(&ce->constants_table, p->arKey, p->nKeyLength, p->h,
                (void **) &present)
            == FAILURE) {
            if (!check_only) {
                Z_ADDREF_PP(constant);
                zend_hash_quick_add(&ce->constants_table, p->arKey, p->nKeyLength, p->h, constant,
                    sizeof(zval *), NULL);
            }
        } else if (*present != *constant) {
            zend_error_noreturn(E_COMPILE_ERROR,
                "Cannot inherit previously-inherited or override constant %s from interface %s",
                p->arKey, iface->name);
        }
    }
}

void zend_do_implement_interface(zend_class_entry *ce, zend_class_entry *iface)
{
    zend_uint inherited = ce->parent ? ce->parent->num_interfaces : 0;

    if (zend_has_interface(ce, ce->num_interfaces, iface)) {
        if (!zend_has_interface(ce, MIN(inherited, ce->num_interfaces), iface)) {
            zend_error_noreturn(E_COMPILE_ERROR,
                "Class %s cannot implement previously implemented interface %s", ce->name,
                iface->name);
        }
        zend_inherit_interface_constants(ce, iface, true);
        return;
    }
    zend_reserve_interfaces(ce, 1);
    ce->interfaces[ce->num_interfaces++] = iface;
    zend_inherit_interface_constants(ce, iface, false);
    zend_inherit_methods(ce, &((zend_class_entry *) iface)->function_table);
    zend_notify_interface(ce, iface);
    zend_do_inherit_interfaces(ce, iface);
}

void zend_do_implement_interface_internal(zend_class_entry *ce, zend_class_entry *iface)
{
    zend_do_implement_interface(ce, iface);
    if (ce->ce_flags & ZEND_ACC_IMPLICIT_ABSTRACT_CLASS) {
        ce->ce_flags |= ZEND_ACC_EXPLICIT_ABSTRACT_CLASS;
    }
}
