/* SPDX-License-Identifier: MIT */
/* What the two files of closures share. */
#ifndef ZEND_CLOSURES_INTERNAL_H
#define ZEND_CLOSURES_INTERNAL_H

#include "vm/zend_closures.h"

extern zend_object_handlers zend_closure_handlers;

/* A closure object without a function: create_object of the class. */
zend_object_value zend_closure_new(zend_class_entry *class_type);

#endif
