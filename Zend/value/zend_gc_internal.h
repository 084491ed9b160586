/* SPDX-License-Identifier: MIT */
/* What the two files of the collector share. */
#ifndef ZEND_GC_INTERNAL_H
#define ZEND_GC_INTERNAL_H

#include "value/zend_variables.h"
#include "value/zend_upward.h"

/* The counted half of an object store bucket. */
typedef __typeof__(((zend_object_store_bucket *) NULL)->bucket.obj) gc_object;

static zend_always_inline gc_object *gc_object_of(zend_object_handle handle)
{
    return &EG(objects_store).object_buckets[handle].bucket.obj;
}

static zend_always_inline bool gc_object_is_valid(zend_object_handle handle)
{
    return EG(objects_store).object_buckets != NULL
        && EG(objects_store).object_buckets[handle].valid;
}

/* The phases, in the order of their use. Between them the garbage is a list of zvals, each
 * with its true count. */
void gc_find_garbage(void);            /* from the roots, which are all taken off the buffer */
size_t gc_garbage_count(void);
bool gc_garbage_has_destructors(void); /* that have not run yet; trivial ones are marked as run */
void gc_hold_garbage(void);            /* one more count for each zval */
void gc_call_destructors(void);
void gc_find_garbage_again(void);      /* drops the holds; what lives is no garbage any more */
void gc_free_garbage(void);
void gc_forget_garbage(void);          /* the list is empty and its memory given back */
void gc_phases_reset(void);            /* the same after a bail-out */

#endif
