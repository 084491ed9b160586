/* SPDX-License-Identifier: MIT */
/*
 * The front of the heap: the cache of small blocks, laid open so that emalloc() can be inlined.
 *
 * Nearly all that a script allocates is small and was freed a moment ago. The cache keeps such
 * blocks in one stack for each small size. They keep the type *used*, so that no neighbour merges
 * with them; they are linked through `prev_free_block`:
 *
 *      cache[0]    32 bytes   -> block -> block -> NULL
 *      cache[1]    40 bytes   -> NULL
 *      cache[2]    48 bytes   -> block -> NULL             zvals, for the most part
 *        ...
 *      cache[63]  536 bytes   -> NULL
 *
 * To allocate is to pop and to free is to push: a handful of instructions, for which it pays not
 * to call a function. This header is all that the inlined code needs to know of a heap.
 *
 *      (C1)  cached = sum of the sizes of all blocks in cache[]
 *      (C2)  each block in cache[i] is of type used and has the size 8 * i + 32 (debug: + 88)
 *
 * zend_mm_front_door points at the front that inlined code works on. Most often it is that of the
 * request's heap. When calls must not be served from a cache (USE_ZEND_ALLOC=0, custom functions,
 * stress switches, owner labels), it points at a front that is *shut*: all its stacks are empty
 * and its `cached` stands at the ceiling. Then the pop finds nothing and the push finds no room,
 * and both go the slow way without one more test.
 */
#ifndef ZEND_MM_FRONT_H
#define ZEND_MM_FRONT_H

#include "mm/zend_mm_layout.h"

typedef struct _zend_mm_front {
    size_t cached;                                   /* bytes in the stacks, headers included */
    zend_mm_free_block *cache[ZEND_MM_NUM_BUCKETS];  /* top of each stack, or NULL */
} zend_mm_front;

extern zend_mm_front *zend_mm_front_door;

/* Pops a block of a small true size; NULL when there is none. */
static zend_always_inline void *zend_mm_front_pop(zend_mm_front *front, size_t true_size)
{
    size_t index = zend_mm_bucket_index(true_size);
    zend_mm_free_block *block = front->cache[index];

    if (UNEXPECTED(block == NULL)) {
        return NULL;
    }
    front->cache[index] = block->prev_free_block;
    front->cached -= true_size;
    return zend_mm_data_of(block);
}

/*
 * Pushes the block of `data`, if it is small and the cache has room. The size that counts is the
 * one in the header: a block keeps a left-over of less than 32 bytes and so may be bigger than
 * what was asked for. The ceiling is tested first, because behind a shut front the pointer may
 * come from malloc() and have no header of ours. It is tested before adding, so that the cache
 * may end up to one block above it.
 */
static zend_always_inline bool zend_mm_front_push(zend_mm_front *front, void *data)
{
    zend_mm_free_block *block = zend_mm_header_of(data);
    size_t size, index;

    if (UNEXPECTED(front->cached >= ZEND_MM_CACHE_SIZE)) {
        return false;
    }
    size = zend_mm_size_of(block);
    if (UNEXPECTED(!zend_mm_is_small(size))) {
        return false;
    }
    index = zend_mm_bucket_index(size);
    block->prev_free_block = front->cache[index];
    front->cache[index] = block;
    front->cached += size;
    return true;
}

#endif
