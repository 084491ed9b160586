/* SPDX-License-Identifier: MIT */
/*
 * Standard objects: made, cloned, destructed, freed.
 *
 * An internal class with state of its own embeds a zend_object as its struct's first member,
 * calls zend_object_std_init() and object_properties_init() in create_object, and
 * zend_object_std_dtor() in the function that frees its storage.
 */
#ifndef ZEND_OBJECTS_H
#define ZEND_OBJECTS_H

#include "object/zend_class_entry.h"
#include "object/zend_objects_API.h"

/* --- The zend_object ---------------------------------------------------------------------- */

/* Sets all fields; no properties yet. */
void zend_object_std_init(zend_object *object, zend_class_entry *ce);
/* Releases properties and guards; the zend_object's block stays the caller's. */
void zend_object_std_dtor(zend_object *object);
/* Gives the slots the class's default values (shared, counted). The defaults must be evaluated:
 * see zend_update_class_constants(). */
void object_properties_init(zend_object *object, zend_class_entry *class_type);
/* Sets declared and dynamic properties from a table with property names as keys. */
void object_properties_load(zend_object *object, const HashTable *properties);

/* A new object of class_type, entered into the store, its properties not initialised. */
zend_object_value zend_objects_new(zend_object **object, zend_class_entry *class_type);
zend_object *zend_objects_get_address(const zval *object);
/* The destructor handler: calls __destruct, whose visibility is checked against the caller. */
void zend_objects_destroy_object(zend_object *object, zend_object_handle handle);
void zend_objects_free_object_storage(zend_object *object);
/* Copies old_object's properties, then calls __clone on the new object. */
void zend_objects_clone_members(zend_object *new_object, zend_object_value new_obj_val,
    zend_object *old_object, zend_object_handle handle);
/* The standard clone handler. */
zend_object_value zend_objects_clone_obj(zval *object);

/* --- Making objects ----------------------------------------------------------------------- */

/*
 * Turns the zval into a new object; its old value is not released. The constructor is not
 * called. FAILURE (and NULL in the zval) never comes back from the class's being abstract,
 * an interface or a trait: that is a fatal error.
 */
int object_init(zval *result); /* a stdClass */
int object_init_ex(zval *result, zend_class_entry *class_type);
/* properties become the object's (taken over; NULL: the class's defaults). */
int object_and_properties_init(zval *result, zend_class_entry *class_type,
    HashTable *properties);

#define _object_init(result) object_init(result)
#define _object_init_ex(result, class_type) object_init_ex((result), (class_type))

extern zend_class_entry *zend_standard_class_def; /* stdClass */

#endif
