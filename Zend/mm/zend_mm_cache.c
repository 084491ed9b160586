/* SPDX-License-Identifier: MIT */
/*
 * Emptying the cache, when memory runs out: what it holds may merge into something big enough.
 *
 * Popping and pushing are in zend_mm_front.h, for inlining.
 */
#include "mm/zend_mm_guard.h"
#include "mm/zend_mm_internal.h"

/*
 * Each bucket in turn, in the order of its stack. Here the left neighbour is taken off its list
 * before the right one; when a block is freed it is the other way round. The order decides the
 * shape of the tries.
 *
 * `cached` falls and `size` does not, although these blocks are free now: so the usage that is
 * reported (size - cached) jumps up, and stays too high until the request ends. PHP 5 does so.
 */
void zend_mm_free_cache(zend_mm_heap *heap)
{
    size_t index;

    for (index = 0; index < ZEND_MM_NUM_BUCKETS; index++) {
        while (heap->cache[index] != NULL) {
            zend_mm_free_block *block = heap->cache[index];
            size_t size = zend_mm_size_of(block);

            zend_mm_guard_check_cached(block);
            zend_mm_check_linkage(block);
            heap->cache[index] = block->prev_free_block;
            heap->cached -= size;
            block = zend_mm_absorb_prev(heap, block, &size);
            size = zend_mm_absorb_next(heap, block, size);
            zend_mm_retire(heap, block, size);
        }
    }
}
