/* SPDX-License-Identifier: MIT */
/*
 * Allocating and freeing. A request is served by the first of these that can:
 *
 *   1. small: the cache of that very size (the block stays accounted as used all the time);
 *   2. small: the smallest small list that is big enough, its oldest block;
 *   3. the tries, best fit;
 *   4. near the limit: the rest list;
 *   5. a new segment.
 *
 * What is too big is cut, and a remainder of at least 32 bytes becomes a free block. (The figures
 * in comments are those of the release flavour.)
 */
#include "mm/zend_mm_guard.h"
#include "mm/zend_mm_small.h"

/* Steps 2 to 4. The block is still on its list. */
static zend_mm_free_block *find_free_block(const zend_mm_heap *heap, size_t true_size)
{
    zend_mm_free_block *block = NULL;

    if (zend_mm_is_small(true_size)) {
        block = zend_mm_small_search(heap, true_size);
    }
    if (block == NULL) {
        block = zend_mm_large_search(heap, true_size);
    }
    if (block == NULL && heap->real_size >= heap->limit - heap->block_size) {
        block = zend_mm_rest_search(heap, true_size);
    }
    return block;
}

/* Step 5. The block that fills a new segment; does not return when there can be none. */
static zend_mm_free_block *block_of_new_segment(zend_mm_heap *heap, size_t true_size, size_t size
    ZEND_MM_SITE_DC)
{
    size_t segment_size = zend_mm_segment_size_for(heap, true_size);
    zend_mm_free_block *block;

    if (segment_size < true_size || zend_mm_over_limit(heap, segment_size)) {
        zend_mm_fail(heap, ZEND_MM_LIMIT_REACHED, size ZEND_MM_SITE_CC);
    }
    block = zend_mm_add_segment(heap, segment_size);
    if (block == NULL) {
        zend_mm_fail(heap, ZEND_MM_NO_MEMORY, size ZEND_MM_SITE_CC);
    }
    return block;
}

/* Steps 2 to 5. */
static zend_never_inline void *alloc_uncached(zend_mm_heap *heap, size_t true_size, size_t size
    ZEND_MM_SITE_DC)
{
    zend_mm_remainder_goes where = ZEND_MM_TO_LISTS;
    zend_mm_free_block *block = find_free_block(heap, true_size);

    if (block != NULL) {
        zend_mm_remove_from_free_list(heap, block);
    } else {
        block = block_of_new_segment(heap, true_size, size ZEND_MM_SITE_CC);
        if (zend_mm_segment_of(block)->size > heap->block_size) {
            where = ZEND_MM_TO_REST;
        }
    }
    zend_mm_account(heap, 0, zend_mm_carve(heap, block, zend_mm_size_of(block), true_size, where));
    zend_mm_guard_mark_used(block, size ZEND_MM_SITE_CC);
    return zend_mm_data_of(block);
}

void *zend_mm_heap_alloc(zend_mm_heap *heap, size_t size ZEND_MM_SITE_DC)
{
    size_t true_size = zend_mm_true_size(size);
    void *data;

    if (UNEXPECTED(true_size < size)) {
        zend_mm_fail(heap, ZEND_MM_SIZE_WRAPPED, size ZEND_MM_SITE_CC);
    }
    if (zend_mm_is_small(true_size)) {
        data = zend_mm_front_pop(&heap->front, true_size);
        if (EXPECTED(data != NULL)) {
            zend_mm_guard_check_cached(zend_mm_header_of(data));
            zend_mm_guard_mark_used(zend_mm_header_of(data), size ZEND_MM_SITE_CC);
            return data;
        }
    }
    return alloc_uncached(heap, true_size, size ZEND_MM_SITE_CC);
}

/* Merges with the right neighbour before the left one; the order decides the shape of the tries. */
void zend_mm_heap_free_uncached(zend_mm_heap *heap, zend_mm_free_block *block)
{
    size_t size = zend_mm_size_of(block);

    zend_mm_check_linkage(block);
    heap->size -= size;
    size = zend_mm_absorb_next(heap, block, size);
    block = zend_mm_absorb_prev(heap, block, &size);
    zend_mm_retire(heap, block, size);
}

void zend_mm_heap_free(zend_mm_heap *heap, void *data ZEND_MM_SITE_DC)
{
    zend_mm_free_block *block = zend_mm_header_of(data);

    if (!zend_mm_guard_accept(block ZEND_MM_SITE_CC)) {
        return;
    }
    zend_mm_guard_fill_freed(block);
    if (EXPECTED(zend_mm_front_push(&heap->front, data))) {
        zend_mm_guard_mark_cached(block);
        return;
    }
    zend_mm_heap_free_uncached(heap, block);
}
