/* SPDX-License-Identifier: MIT */
/*
 * Which declaration a property name means, and may it be used: shared by the property handlers.
 */
#ifndef ZEND_PROPERTY_INFO_H
#define ZEND_PROPERTY_INFO_H

#include "object/zend_std_handlers.h"

/* Stands for every property without a declaration: public, offset -1, no name. */
extern zend_property_info zend_dynamic_property;

/* Like zend_get_property_info(), through the run-time cache of key, if it has one. */
zend_property_info *zend_find_property_info(zend_class_entry *ce, zval *member, int silent,
    const struct _zend_literal *key);

/* Does the declaration stand for a slot of the object? */
static inline bool zend_property_has_slot(const zend_property_info *info)
{
    return info->offset >= 0 && !(info->flags & ZEND_ACC_STATIC);
}

/* "Cannot access empty property" or "... started with '\0'": fatal. */
ZEND_NORETURN ZEND_COLD void zend_bad_property_name(const zval *member);

#endif
