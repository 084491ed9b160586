/* SPDX-License-Identifier: MIT */
/*
 * The rest list: what is left over of segments that were made, or grown, for one big block.
 *
 * A block of 300,000 bytes needs a segment of two units, 524,288. The other 224,000 bytes would
 * fit many requests, but to fill them with small blocks would keep the big block from growing in
 * place, and the segment from going back when it is freed. So such left-overs are put aside, and
 * are used only when the limit is near (real_size >= limit - block_size) and nothing else fits.
 *
 *      rest_buckets:  [0] prev = newest      [1] next = oldest
 *
 *      head -> oldest -> ... -> newest -> head       (by next_free_block)
 *
 *      (R1)  each block here is free; a large one has parent = ZEND_MM_REST_BLOCK
 *      (R2)  rest_count = number of large blocks here, at most ZEND_MM_MAX_REST_BLOCKS
 *
 * Small left-overs may lie here uncounted. The head is made of a pair as in zend_mm_small.h, and
 * a block is unlinked in the same way, so that blocks need not know which list they are on: only
 * the mark in `parent` tells a large block here from one in a trie.
 */
#include "mm/zend_mm_small.h"

zend_mm_free_block *zend_mm_rest_head(const zend_mm_heap *heap)
{
    return zend_mm_head_of_pair(heap->rest_buckets);
}

/* Moves the oldest block to the ordinary lists. */
static void evict_oldest(zend_mm_heap *heap)
{
    zend_mm_free_block *oldest = zend_mm_rest_head(heap)->next_free_block;

    if (!zend_mm_is_small(zend_mm_size_of(oldest))) {
        heap->rest_count--;
    }
    zend_mm_list_unlink(oldest);
    zend_mm_add_to_free_list(heap, oldest);
}

void zend_mm_rest_insert(zend_mm_heap *heap, zend_mm_free_block *block)
{
    while (heap->rest_count >= ZEND_MM_MAX_REST_BLOCKS) {
        evict_oldest(heap);
    }
    if (!zend_mm_is_small(zend_mm_size_of(block))) {
        block->parent = ZEND_MM_REST_BLOCK;
        heap->rest_count++;
    }
    zend_mm_list_link(zend_mm_rest_head(heap)->prev_free_block, block);
}

/* An exact fit, else the smallest that is big enough; of equals the newest. */
zend_mm_free_block *zend_mm_rest_search(const zend_mm_heap *heap, size_t true_size)
{
    const zend_mm_free_block *head = zend_mm_rest_head(heap);
    zend_mm_free_block *best = NULL;
    zend_mm_free_block *block;

    for (block = head->prev_free_block; block != head; block = block->prev_free_block) {
        size_t size = zend_mm_size_of(block);

        if (size == true_size) {
            return block;
        }
        if (size > true_size && (best == NULL || size < zend_mm_size_of(best))) {
            best = block;
        }
    }
    return best;
}
