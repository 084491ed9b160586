/* SPDX-License-Identifier: MIT */
/*
 * A pool of segments between the built-in storage handlers and the system: what a heap gives back
 * is kept for a while, so that the next segment need not be mapped, zeroed and faulted in again.
 *
 * The heap sees nothing of it: real_size falls when it gives a segment back, as ever. A pool
 * belongs to the process and outlives the heaps.
 */
#ifndef ZEND_MM_POOL_H
#define ZEND_MM_POOL_H

#include "zend_alloc.h"

/* How memory comes from the system. Sizes are handed back as they were asked for. */
typedef struct _zend_mm_source {
    void *(*get)(size_t size);  /* NULL: no memory */
    /* NULL: no memory, and what there was is as it was. */
    void *(*resize)(void *memory, size_t size, size_t new_size);
    void (*give_back)(void *memory, size_t size);
} zend_mm_source;

typedef struct _zend_mm_kept_segment zend_mm_kept_segment;

typedef struct _zend_mm_pool {
    const zend_mm_source *source;
    zend_mm_kept_segment *newest;  /* given back last */
    zend_mm_kept_segment *oldest;
    size_t kept;                   /* bytes of all kept segments */
} zend_mm_pool;

zend_mm_segment *zend_mm_pool_alloc(zend_mm_pool *pool, size_t size);
zend_mm_segment *zend_mm_pool_realloc(zend_mm_pool *pool, zend_mm_segment *segment, size_t size);
void zend_mm_pool_free(zend_mm_pool *pool, zend_mm_segment *segment);
/* Gives the oldest kept segments back to the system until at most `most` bytes are kept. */
void zend_mm_pool_trim(zend_mm_pool *pool, size_t most);

#endif
