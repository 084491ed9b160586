/* SPDX-License-Identifier: MIT */
/* What unit tests of the rooms data and value need of the floors above. */
#ifndef ENGINE_STUBS_H
#define ENGINE_STUBS_H

#include "runtime/zend_globals.h"
#include "value/zend_operators.h"

extern char unit_last_error[256]; /* the text of the last zend_error() */
extern int unit_destructors;      /* calls of the default destructor */

/* Heap, interned strings, collector; for a checked fixture. */
void unit_start(void);
void unit_end(void);

/* zv becomes an object whose members are a hash table; dtor NULL counts unit_destructors. */
void unit_make_object(zval *zv, zend_objects_store_dtor_t dtor);
HashTable *unit_object_table(const zval *object);

#endif
