/* SPDX-License-Identifier: MIT */
/*
 * The cycle collector: frees what reference counting cannot.
 *
 * A zval or object that loses a reference and stays alive may now be held only by a cycle that
 * leads back to it. Such *possible roots* (arrays and objects only) are noted in a buffer of
 * 10,000. When it is full, or on demand, the collector works on the graph below the roots, in
 * the manner of Bacon and Rajan:
 *
 *      mark      take off each reference that comes from inside the graph; visited is GREY
 *      scan      a count left above zero means a holder outside: it and all below it turn
 *                BLACK again, counts restored; the rest is WHITE
 *      collect   white is garbage. Destructors run first; what they have made reachable again is
 *                kept (a second pass over the garbage finds that out); the rest is freed.
 *
 * Two kinds of node: a zval, counted by refcount__gc, and an object of the store, counted by
 * its bucket's refcount (one for each zval of that handle). Both carry the pointer to their
 * entry in the buffer, with the colour in its low two bits:
 *
 *      BLACK 0   in use, or free      WHITE 1   garbage
 *      GREY  2   being looked at      PURPLE 3  possible root
 *
 * All passes keep their own stack, so that no depth of data can exhaust the C stack. What the
 * collector needs comes from malloc and does not count in memory_get_usage().
 */
#ifndef ZEND_GC_H
#define ZEND_GC_H

#include "value/zend_types.h"

#define GC_BLACK 0x0
#define GC_WHITE 0x1
#define GC_GREY 0x2
#define GC_PURPLE 0x3
#define GC_COLOR 0x3

#define GC_ROOT_BUFFER_MAX_ENTRIES 10001 /* one of them is never used */

/* An entry of the root buffer, in the circular list of roots or the list of unused ones. */
struct _gc_root_buffer {
    struct _gc_root_buffer *prev;
    struct _gc_root_buffer *next;
    zend_object_handle handle; /* of an object; 0 for a zval */
    union {
        zval *pz;
        const zend_object_handlers *handlers;
    } u;
};

typedef struct _zend_gc_globals {
    zend_bool gc_enabled; /* zend.enable_gc */
    zend_bool gc_active;  /* a collection is running: it is not entered again */
    zend_bool gc_stress;  /* collect at every possible root */
    gc_root_buffer *buf;  /* NULL until the collector is enabled: nothing is recorded */
    gc_root_buffer roots; /* head of the list; the latest root comes first */
    gc_root_buffer *unused;       /* given back, linked by prev */
    gc_root_buffer *first_unused; /* never used yet, up to last_unused */
    gc_root_buffer *last_unused;
    zend_uint gc_runs;
    zend_uint collected; /* zvals, all runs of the request */
} zend_gc_globals;

extern zend_gc_globals gc_globals;
#define GC_G(name) (gc_globals.name)

#define GC_ZVAL_INFO(z) ((zval_gc_info *) (z))
#define GC_ADDRESS(pointer) ((gc_root_buffer *) ((uintptr_t) (pointer) & ~(uintptr_t) GC_COLOR))
#define GC_GET_COLOR(pointer) ((uintptr_t) (pointer) & GC_COLOR)
#define GC_SET_COLOR(pointer, color) \
    ((pointer) = (gc_root_buffer *) (((uintptr_t) (pointer) & ~(uintptr_t) GC_COLOR) | (color)))
#define GC_SET_ADDRESS(pointer, address) \
    ((pointer) = (gc_root_buffer *) (((uintptr_t) (pointer) & GC_COLOR) | (uintptr_t) (address)))
#define GC_ZVAL_ADDRESS(z) GC_ADDRESS(GC_ZVAL_INFO(z)->u.buffered)
#define GC_ZVAL_GET_COLOR(z) GC_GET_COLOR(GC_ZVAL_INFO(z)->u.buffered)

/* A new heap zval is black and in no buffer. */
#define GC_ZVAL_INIT(z) (GC_ZVAL_INFO(z)->u.buffered = NULL)

/* Notes a heap zval, or the object that it holds, as possible root. May start a collection. */
void gc_zval_possible_root(zval *zv);
void gc_zobj_possible_root(zval *zv);
/* The entry is taken out of the buffer: the zval or object is about to be freed. */
void gc_remove_from_buffer(gc_root_buffer *root);

#define GC_ZVAL_CHECK_POSSIBLE_ROOT(z) \
    do { \
        if (Z_TYPE_P(z) == IS_ARRAY || Z_TYPE_P(z) == IS_OBJECT) { \
            gc_zval_possible_root(z); \
        } \
    } while (0)
#define GC_REMOVE_ZVAL_FROM_BUFFER(z) \
    do { \
        gc_root_buffer *gc_root_ = GC_ZVAL_ADDRESS(z); \
        if (ZEND_UNLIKELY(gc_root_ != NULL)) { \
            gc_remove_from_buffer(gc_root_); \
            GC_ZVAL_INFO(z)->u.buffered = NULL; \
        } \
    } while (0)
/* zobject: anything with a field `buffered`, the object store's bucket.obj. */
#define GC_REMOVE_ZOBJ_FROM_BUFFER(zobject) \
    do { \
        gc_root_buffer *gc_root_ = GC_ADDRESS((zobject)->buffered); \
        if (ZEND_UNLIKELY(gc_root_ != NULL)) { \
            gc_remove_from_buffer(gc_root_); \
            (zobject)->buffered = NULL; \
        } \
    } while (0)

/*
 * Collects now. Returns the number of zvals that were found to be garbage: 0 when there was
 * nothing, there is no buffer or a collection is running already. Destructors run; an exception
 * of theirs stays pending.
 */
int gc_collect_cycles(void);

/* Switches recording and automatic runs; the buffer is allocated when first enabled. */
void gc_set_enabled(zend_bool enabled);
zend_bool gc_is_enabled(void);
/* At the start of a request: forget all roots and figures. */
void gc_reset(void);
/* At the end of the process: free the buffer. */
void gc_globals_dtor(void);

#endif
