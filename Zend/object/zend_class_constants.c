/* SPDX-License-Identifier: MIT */
/*
 * The late evaluation of a class's constants and default values.
 *
 * `const A = B::C;` and `public $x = self::A;` may name what does not exist yet when the class is
 * declared. So they are kept as expressions until the class is first used: made into an object,
 * or asked for a static member. Then everything is evaluated at once, each default in the scope
 * of the class that declares it.
 */
#include "object/zend_class.h"

#include "zend_alloc.h"
#include "runtime/zend_constants.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_execute_API.h"
#include "runtime/zend_globals.h"
#include "value/zend_variables.h"

/* Evaluates constants in place. A constant that throws leaves the rest for the next time. */
static bool zend_update_constants_table(zend_class_entry *ce)
{
    Bucket *p;

    for (p = ce->constants_table.pListHead; p != NULL; p = p->pListNext) {
        zval **constant = p->pData;
        if (IS_CONSTANT_TYPE(Z_TYPE_PP(constant))) {
            zval_update_constant_ex(constant, 1, ce);
            if (EG(exception)) {
                return false;
            }
        }
    }
    return true;
}

/* The class that declares the member in this slot. */
static zend_class_entry *zend_slot_scope(zend_class_entry *ce, int offset, zend_uint is_static)
{
    zend_class_entry *ancestor;
    Bucket *p;

    for (ancestor = ce; ancestor; ancestor = ancestor->parent) {
        for (p = ancestor->properties_info.pListHead; p != NULL; p = p->pListNext) {
            const zend_property_info *info = p->pData;
            if (info->offset == offset && (info->flags & ZEND_ACC_STATIC) == is_static) {
                return info->ce;
            }
        }
    }
    return ce;
}

static bool zend_update_slots(zend_class_entry *ce, zval **table, int count, zend_uint is_static)
{
    int i;

    if (!table) {
        return true;
    }
    for (i = 0; i < count; i++) {
        if (table[i] && IS_CONSTANT_TYPE(Z_TYPE_P(table[i]))) {
            zval_update_constant_ex(&table[i], 1, zend_slot_scope(ce, i, is_static));
            if (EG(exception)) {
                return false;
            }
        }
    }
    return true;
}

/* An internal class's static members are made anew for each request, from the defaults. */
static void zend_make_internal_static_members(zend_class_entry *ce)
{
    int count = ce->default_static_members_count;
    zval **members;
    int i;

    if (ce->parent) {
        zend_update_class_constants(ce->parent);
    }
    members = emalloc((size_t) count * sizeof(zval *));
    for (i = 0; i < count; i++) {
        zval *initial = ce->default_static_members_table[i];
        if (ce->parent && i < ce->parent->default_static_members_count
            && initial == ce->parent->default_static_members_table[i]) {
            /* Inherited: the two classes share it. */
            members[i] = ce->parent->static_members_table[i];
            Z_ADDREF_P(members[i]);
            Z_SET_ISREF_P(members[i]);
        } else {
            ALLOC_ZVAL(members[i]);
            INIT_PZVAL_COPY(members[i], initial);
            zval_copy_ctor(members[i]);
        }
    }
    ce->static_members_table = members;
}

void zend_update_class_constants(zend_class_entry *class_type)
{
    if (class_type->type == ZEND_INTERNAL_CLASS && class_type->default_static_members_count
        && !class_type->static_members_table) {
        zend_make_internal_static_members(class_type);
    }
    if (class_type->constants_updated) {
        return;
    }
    if (!zend_update_constants_table(class_type)
        || !zend_update_slots(class_type, class_type->static_members_table,
            class_type->default_static_members_count, ZEND_ACC_STATIC)
        || !zend_update_slots(class_type, class_type->default_properties_table,
            class_type->default_properties_count, 0)) {
        return;
    }
    class_type->constants_updated = 1;
}
