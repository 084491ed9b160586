/* SPDX-License-Identifier: MIT */
/*
 * Reallocation, in this order:
 *
 *   1. it fits already: in place, and a tail of at least 32 bytes becomes free;
 *   2. a cached block has the wanted small size: move there;
 *   3. the next block is free and big enough: grow over it;
 *   4. the block, with its free neighbour, is its whole segment: let the segment grow;
 *   5. allocate, copy, free.
 */
#include "mm/zend_mm_guard.h"
#include "mm/zend_mm_small.h"

/* What a reallocation is about; handed from step to step. */
typedef struct {
    zend_mm_heap *heap;
    zend_mm_free_block *block;
    size_t old_true_size;
    size_t true_size;
    size_t size;      /* as asked for */
} reallocation;

static void shrink_in_place(reallocation *r)
{
    size_t remainder_size = r->old_true_size - r->true_size;

    if (remainder_size < ZEND_MM_ALIGNED_MIN_HEADER_SIZE) {
        return;
    }
    zend_mm_check_linkage(r->block);
    zend_mm_carve(r->heap, r->block, zend_mm_absorb_next(r->heap, r->block, r->old_true_size),
        r->true_size, ZEND_MM_TO_LISTS);
    r->heap->size -= remainder_size;
}

/*
 * To another small size, when the cache has a block of that size. The old block goes to the cache
 * as well, whatever the ceiling says; both stay accounted as used, so that `size` does not move.
 */
static void *move_to_cached(reallocation *r)
{
    zend_mm_heap *heap = r->heap;
    size_t old_index = zend_mm_bucket_index(r->old_true_size);
    void *data;

    if (!zend_mm_is_small(r->true_size)) {
        return NULL;
    }
    data = zend_mm_front_pop(&heap->front, r->true_size);
    if (data == NULL) {
        return NULL;
    }
    zend_mm_guard_check_cached(zend_mm_header_of(data));
    memcpy(data, zend_mm_data_of(r->block), zend_mm_guard_capacity(r->block));
    zend_mm_guard_fill_freed(r->block);
    r->block->prev_free_block = heap->cache[old_index];
    heap->cache[old_index] = r->block;
    heap->cached += r->old_true_size;
    zend_mm_guard_mark_cached(r->block);
    return data;
}

/*
 * Over the free block to the right. When the block is the segment's first and all that is to its
 * right was free, the new remainder goes to the rest list, so that it may grow again.
 */
static bool grow_in_place(reallocation *r)
{
    zend_mm_free_block *next = zend_mm_next_block(r->block);
    zend_mm_remainder_goes where = ZEND_MM_TO_LISTS;
    size_t available;

    if (!zend_mm_is_free(next) || r->old_true_size + zend_mm_size_of(next) < r->true_size) {
        return false;
    }
    zend_mm_check_linkage(r->block);
    if (zend_mm_is_first(r->block) && zend_mm_is_guard(zend_mm_next_block(next))) {
        where = ZEND_MM_TO_REST;
    }
    available = zend_mm_absorb_next(r->heap, r->block, r->old_true_size);
    zend_mm_account(r->heap, r->old_true_size,
        zend_mm_carve(r->heap, r->block, available, r->true_size, where));
    return true;
}

/* True when nothing but the block, and perhaps one free block behind it, is in the segment. */
static bool is_alone_in_segment(const zend_mm_free_block *block)
{
    const zend_mm_free_block *next = zend_mm_next_block(block);

    if (!zend_mm_is_first(block)) {
        return false;
    }
    return zend_mm_is_guard(next)
        || (zend_mm_is_free(next) && zend_mm_is_guard(zend_mm_next_block(next)));
}

/*
 * A free neighbour goes back to the ordinary lists when the segment may not grow, even when it
 * came from the rest list.
 */
static ZEND_COLD void grow_segment_failed(reallocation *r, zend_mm_free_block *next,
    zend_mm_failure failure
    ZEND_MM_SITE_DC)
{
    if (zend_mm_is_free(next)) {
        zend_mm_add_to_free_list(r->heap, next);
    }
    zend_mm_fail(r->heap, failure, r->size ZEND_MM_SITE_CC);
}

static void *grow_segment(reallocation *r ZEND_MM_SITE_DC)
{
    zend_mm_heap *heap = r->heap;
    zend_mm_segment *segment = zend_mm_segment_of(r->block);
    zend_mm_free_block *next = zend_mm_next_block(r->block);
    size_t segment_size = zend_mm_segment_size_for(heap, r->true_size);
    zend_mm_free_block *block;

    zend_mm_check_linkage(r->block);
    zend_mm_absorb_next(heap, r->block, r->old_true_size);
    if (segment_size < r->true_size || zend_mm_over_limit(heap, segment_size - segment->size)) {
        grow_segment_failed(r, next, ZEND_MM_LIMIT_REACHED ZEND_MM_SITE_CC);
    }
    block = zend_mm_resize_segment(heap, segment, segment_size);
    if (block == NULL) {
        grow_segment_failed(r, next, ZEND_MM_NO_MEMORY ZEND_MM_SITE_CC);
    }
    zend_mm_account(heap, r->old_true_size,
        zend_mm_carve(heap, block, zend_mm_size_of(block), r->true_size, ZEND_MM_TO_REST));
    return zend_mm_data_of(block);
}

/* The old block is as it was when the allocation fails, since that does not return. */
static void *move(reallocation *r ZEND_MM_SITE_DC)
{
    void *data = zend_mm_heap_alloc(r->heap, r->size ZEND_MM_SITE_CC);

    memcpy(data, zend_mm_data_of(r->block), zend_mm_guard_capacity(r->block));
    zend_mm_heap_free(r->heap, zend_mm_data_of(r->block) ZEND_MM_SITE_CC);
    return data;
}

void *zend_mm_heap_realloc(zend_mm_heap *heap, void *data, size_t size ZEND_MM_SITE_DC)
{
    reallocation r = { heap, zend_mm_header_of(data), 0, zend_mm_true_size(size), size };

    if (!zend_mm_guard_accept(r.block ZEND_MM_SITE_CC)) {
        return zend_mm_heap_alloc(heap, size ZEND_MM_SITE_CC);
    }
    if (UNEXPECTED(r.true_size < size)) {
        zend_mm_fail(heap, ZEND_MM_SIZE_WRAPPED, size ZEND_MM_SITE_CC);
    }
    r.old_true_size = zend_mm_size_of(r.block);
    if (r.true_size <= r.old_true_size) {
        shrink_in_place(&r);
    } else {
        void *cached = move_to_cached(&r);

        if (cached != NULL) {
            data = cached;
        } else if (!grow_in_place(&r)) {
            if (!is_alone_in_segment(r.block)) {
                return move(&r ZEND_MM_SITE_CC);
            }
            data = grow_segment(&r ZEND_MM_SITE_CC);
        }
    }
    zend_mm_guard_mark_used(zend_mm_header_of(data), size ZEND_MM_SITE_CC);
    return data;
}
