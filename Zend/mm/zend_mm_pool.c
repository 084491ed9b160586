/* SPDX-License-Identifier: MIT */
/*
 * The pool of kept segments.
 *
 * Each piece of memory from the system begins with a line of the pool's own, and the heap's
 * segment lies behind it:
 *
 *      memory          +32
 *      |               |
 *      v               v
 *      +---------------+----------------------------------------+- - - - - - - -+
 *      | capacity      | segment, as the heap asked for           | slack         |
 *      | newer, older  |                                          |               |
 *      +---------------+----------------------------------------+- - - - - - - -+
 *                      |<------------------- capacity --------------------------->|
 *
 * A segment may have slack behind it: one that grew once will likely grow again, so the pool asks
 * for half as much more than it must. Slack that nobody writes to is address space and no memory.
 *
 * README.md has a table of what a call costs with it.
 */
#include "mm/zend_mm_pool.h"

struct _zend_mm_kept_segment {
    size_t capacity;               /* bytes behind this line */
    zend_mm_kept_segment *newer;   /* valid while kept */
    zend_mm_kept_segment *older;
    size_t unused;                 /* keeps the segment on a multiple of 16 bytes */
};

_Static_assert(sizeof(zend_mm_kept_segment) == 32, "the drawing above");

/* The most that is kept for later, and the most that one segment may be to be kept. */
#define MOST_KEPT ((size_t) 64 * 1024 * 1024)
#define MOST_KEPT_OF_ONE (MOST_KEPT / 4)

static zend_mm_segment *segment_of(zend_mm_kept_segment *memory)
{
    return (zend_mm_segment *) (memory + 1);
}

static zend_mm_kept_segment *memory_of(zend_mm_segment *segment)
{
    return (zend_mm_kept_segment *) segment - 1;
}

static void give_back(zend_mm_pool *pool, zend_mm_kept_segment *memory)
{
    pool->source->give_back(memory, memory->capacity + sizeof(*memory));
}

static void unlink_kept(zend_mm_pool *pool, zend_mm_kept_segment *memory)
{
    *(memory->newer != NULL ? &memory->newer->older : &pool->newest) = memory->older;
    *(memory->older != NULL ? &memory->older->newer : &pool->oldest) = memory->newer;
    pool->kept -= memory->capacity;
}

/* The best fit among the kept segments; of equals the newest, whose pages are warm. */
static zend_mm_kept_segment *take_kept(zend_mm_pool *pool, size_t size)
{
    zend_mm_kept_segment *best = NULL;
    zend_mm_kept_segment *memory;

    for (memory = pool->newest; memory != NULL; memory = memory->older) {
        if (memory->capacity >= size && (best == NULL || memory->capacity < best->capacity)) {
            best = memory;
            if (best->capacity == size) {
                break;
            }
        }
    }
    /* Not a big one for a small need: that would be missed where it is needed. */
    if (best == NULL || best->capacity / 2 > size) {
        return NULL;
    }
    unlink_kept(pool, best);
    return best;
}

static zend_mm_segment *alloc_with_slack(zend_mm_pool *pool, size_t size, size_t slack)
{
    zend_mm_kept_segment *memory = take_kept(pool, size);

    if (memory == NULL) {
        if (size + slack + sizeof(*memory) < size) {
            return NULL;
        }
        memory = pool->source->get(size + slack + sizeof(*memory));
        if (memory == NULL) {
            return NULL;
        }
        memory->capacity = size + slack;
    }
    return segment_of(memory);
}

zend_mm_segment *zend_mm_pool_alloc(zend_mm_pool *pool, size_t size)
{
    return alloc_with_slack(pool, size, 0);
}

/* A heap lets only those segments grow that hold one used block, at their start. */
static size_t bytes_that_matter(const zend_mm_segment *segment)
{
    return ZEND_MM_ALIGNED_SEGMENT_SIZE + zend_mm_size_of(zend_mm_first_block(segment));
}

zend_mm_segment *zend_mm_pool_realloc(zend_mm_pool *pool, zend_mm_segment *segment, size_t size)
{
    zend_mm_kept_segment *memory = memory_of(segment);
    zend_mm_kept_segment *bigger;
    size_t capacity = size + size / 2;

    if (size <= memory->capacity) {
        return segment;
    }
    bigger = take_kept(pool, size);
    if (bigger != NULL) {
        memcpy(segment_of(bigger), segment, bytes_that_matter(segment));
        zend_mm_pool_free(pool, segment);
        return segment_of(bigger);
    }
    if (capacity + sizeof(*memory) < size) {
        return NULL;
    }
    bigger = pool->source->resize(memory, memory->capacity + sizeof(*memory),
        capacity + sizeof(*memory));
    if (bigger == NULL) {
        return NULL;
    }
    bigger->capacity = capacity;
    return segment_of(bigger);
}

void zend_mm_pool_free(zend_mm_pool *pool, zend_mm_segment *segment)
{
    zend_mm_kept_segment *memory = memory_of(segment);

    if (memory->capacity > MOST_KEPT_OF_ONE) {
        give_back(pool, memory);
        return;
    }
    zend_mm_pool_trim(pool, MOST_KEPT - memory->capacity);
    memory->newer = NULL;
    memory->older = pool->newest;
    *(memory->older != NULL ? &memory->older->newer : &pool->oldest) = memory;
    pool->newest = memory;
    pool->kept += memory->capacity;
}

void zend_mm_pool_trim(zend_mm_pool *pool, size_t most)
{
    while (pool->kept > most) {
        zend_mm_kept_segment *memory = pool->oldest;

        unlink_kept(pool, memory);
        give_back(pool, memory);
    }
}
