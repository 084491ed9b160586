/* SPDX-License-Identifier: MIT */
/*
 * What the value room uses of the object room above it: a cast to object must make one, and the
 * collector must know a destructor that runs nothing from one that runs a script's code.
 * The functions are documented where they are defined, in object/zend_objects.h.
 */
#ifndef ZEND_UPWARD_H
#define ZEND_UPWARD_H

#include "runtime/zend_globals.h"

void zend_objects_destroy_object(zend_object *object, zend_object_handle handle);
int object_and_properties_init(zval *result, zend_class_entry *class_type, HashTable *properties);
extern zend_class_entry *zend_standard_class_def;

#endif
