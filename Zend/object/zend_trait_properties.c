/* SPDX-License-Identifier: MIT */
/*
 * Binding the properties of traits.
 *
 * Each is declared in the class as if it were written there. If the class, a parent or an earlier
 * trait has declared the name already, the two declarations must be equal: visibility, static or
 * not, and value. Even then E_STRICT asks to think again.
 */
#include "object/zend_traits_internal.h"

#include "object/zend_class.h"
#include "runtime/zend_API.h"
#include "runtime/zend_constants.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_execute_API.h"
#include "value/zend_operators.h"
#include "value/zend_variables.h"

#define ZEND_PROPERTY_KIND (ZEND_ACC_PPP_MASK | ZEND_ACC_STATIC)

/* The present value of a declared property, its expression evaluated in its class. */
static zval **zend_declared_value(zend_class_entry *ce, const zend_property_info *info)
{
    zval **table = info->flags & ZEND_ACC_STATIC ? ce->default_static_members_table
                                                 : ce->default_properties_table;
    return &table[info->offset];
}

static bool zend_same_declaration(zend_class_entry *ce, const zend_property_info *present,
    zend_class_entry *trait, const zend_property_info *added)
{
    zval *value1;
    zval *value2;
    zval result;
    bool same;

    if ((present->flags & ZEND_PROPERTY_KIND) != (added->flags & ZEND_PROPERTY_KIND)) {
        return false;
    }
    value1 = *zend_declared_value(ce, present);
    value2 = *zend_declared_value(trait, added);
    if (!value1 || !value2) {
        return value1 == value2;
    }
    /* The evaluated values go again: the class keeps its expressions. */
    Z_ADDREF_P(value1);
    Z_ADDREF_P(value2);
    if (IS_CONSTANT_TYPE(Z_TYPE_P(value1))) {
        zval_update_constant_ex(&value1, 0, ce);
    }
    if (IS_CONSTANT_TYPE(Z_TYPE_P(value2))) {
        zval_update_constant_ex(&value2, 0, ce);
    }
    compare_function(&result, value1, value2);
    same = Z_LVAL(result) == 0;
    zval_ptr_dtor(&value1);
    zval_ptr_dtor(&value2);
    return same;
}

/* Who declared it first: an earlier trait of the class, or the class found. */
static const zend_class_entry *zend_first_declarer(const zend_class_entry *ce, zend_uint current,
    const Bucket *p, const zend_class_entry *otherwise)
{
    zend_uint i;

    if (otherwise == ce) {
        for (i = 0; i < current; i++) {
            if (zend_hash_quick_exists(&ce->traits[i]->properties_info, p->arKey, p->nKeyLength,
                    p->h)) {
                return ce->traits[i];
            }
        }
    }
    return otherwise;
}

/* True when the class has the property already. */
static bool zend_check_trait_property(zend_class_entry *ce, zend_uint number, const Bucket *p,
    zend_uint *add_flags)
{
    const zend_property_info *added = p->pData;
    zend_class_entry *trait = ce->traits[number];
    zend_property_info *present;
    const zend_class_entry *first;

    if (zend_hash_quick_find(&ce->properties_info, p->arKey, p->nKeyLength, p->h,
            (void **) &present)
        == FAILURE) {
        return false;
    }
    if ((present->flags & (ZEND_ACC_PRIVATE | ZEND_ACC_SHADOW)) && present->ce != ce) {
        /* A parent's private property: the class gets one of its own. */
        zend_hash_quick_del(&ce->properties_info, p->arKey, p->nKeyLength, p->h);
        *add_flags |= ZEND_ACC_CHANGED;
        return false;
    }
    first = zend_first_declarer(ce, number, p, present->ce);
    if (!zend_same_declaration(ce, present, trait, added)) {
        zend_error_noreturn(E_COMPILE_ERROR,
            "%s and %s define the same property ($%s) in the composition of %s. However, the "
            "definition differs and is considered incompatible. Class was composed",
            first->name, trait->name, p->arKey, ce->name);
    }
    zend_error(E_STRICT,
        "%s and %s define the same property ($%s) in the composition of %s. This might be "
        "incompatible, to improve maintainability consider using accessor methods in traits "
        "instead. Class was composed",
        first->name, trait->name, p->arKey, ce->name);
    return true;
}

static void zend_add_trait_property(zend_class_entry *ce, zend_uint number, const Bucket *p)
{
    const zend_property_info *added = p->pData;
    zend_uint add_flags = 0;
    const char *doc_comment = NULL;
    zval *value;

    if (zend_check_trait_property(ce, number, p, &add_flags)) {
        return;
    }
    value = *zend_declared_value(ce->traits[number], added);
    if (value && (added->flags & ZEND_ACC_STATIC)) {
        /* Static members are not shared with the trait, whatever they have become there. */
        zval *copy;
        ALLOC_ZVAL(copy);
        INIT_PZVAL_COPY(copy, value);
        zval_copy_ctor(copy);
        value = copy;
    } else if (value) {
        Z_ADDREF_P(value);
    }
    if (added->doc_comment) {
        doc_comment = str_estrndup(added->doc_comment, (uint) added->doc_comment_len);
    }
    zend_declare_property_ex(ce, p->arKey, (int) p->nKeyLength - 1, value,
        (int) (added->flags | add_flags), doc_comment, added->doc_comment_len);
}

void zend_bind_trait_properties(zend_class_entry *ce)
{
    zend_uint i;
    Bucket *p;

    for (i = 0; i < ce->num_traits; i++) {
        for (p = ce->traits[i]->properties_info.pListHead; p != NULL; p = p->pListNext) {
            zend_add_trait_property(ce, i, p);
        }
    }
}
