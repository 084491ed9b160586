/* SPDX-License-Identifier: MIT */
/* What the files about traits share. */
#ifndef ZEND_TRAITS_INTERNAL_H
#define ZEND_TRAITS_INTERNAL_H

#include "object/zend_class_entry.h"
#include "runtime/zend_execute_API.h"

/* Adds the traits' properties to ce, checking those that it has already. */
void zend_bind_trait_properties(zend_class_entry *ce);

#endif
