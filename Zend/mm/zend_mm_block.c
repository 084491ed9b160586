/* SPDX-License-Identifier: MIT */
/*
 * Blocks: cutting them, and merging them with free neighbours.
 *
 * Both only rewrite boundary tags. Cutting makes two blocks of one:
 *
 *      before   | used or free, `size`                     | next: _prev
 *      after    | used, `true_size`  | free, the remainder | next: _prev = remainder|0
 *
 * Merging makes one block of up to three, and always leaves a heap without two free neighbours.
 */
#include "mm/zend_mm_guard.h"
#include "mm/zend_mm_internal.h"

/* Writes both tags of a block: its own size, and the copy that its right neighbour keeps. */
void zend_mm_set_block(zend_mm_free_block *block, size_t type, size_t size)
{
    block->info._size = size | type;
    zend_mm_block_at(block, size)->info._prev = size | type;
}

size_t zend_mm_absorb_next(zend_mm_heap *heap, zend_mm_free_block *block, size_t size)
{
    zend_mm_free_block *next = zend_mm_block_at(block, size);

    if (zend_mm_is_free(next)) {
        zend_mm_remove_from_free_list(heap, next);
        size += zend_mm_size_of(next);
    }
    return size;
}

zend_mm_free_block *zend_mm_absorb_prev(zend_mm_heap *heap, zend_mm_free_block *block, size_t *size)
{
    if (zend_mm_prev_is_free(block)) {
        block = zend_mm_prev_block(block);
        zend_mm_remove_from_free_list(heap, block);
        *size += zend_mm_size_of(block);
    }
    return block;
}

size_t zend_mm_carve(zend_mm_heap *heap, zend_mm_free_block *block, size_t size, size_t true_size,
    zend_mm_remainder_goes where)
{
    size_t remainder_size = size - true_size;
    zend_mm_free_block *remainder;

    if (remainder_size < ZEND_MM_ALIGNED_MIN_HEADER_SIZE) {
        zend_mm_set_block(block, ZEND_MM_USED_BLOCK, size);
        return size;
    }
    zend_mm_set_block(block, ZEND_MM_USED_BLOCK, true_size);
    remainder = zend_mm_next_block(block);
    zend_mm_set_block(remainder, ZEND_MM_FREE_BLOCK, remainder_size);
    if (where == ZEND_MM_TO_REST) {
        zend_mm_guard_mark_free(remainder);
        zend_mm_rest_insert(heap, remainder);
    } else {
        zend_mm_add_to_free_list(heap, remainder);
    }
    return true_size;
}

void zend_mm_retire(zend_mm_heap *heap, zend_mm_free_block *block, size_t size)
{
    if (zend_mm_is_first(block) && zend_mm_is_guard(zend_mm_block_at(block, size))) {
        zend_mm_del_segment(heap, zend_mm_segment_of(block));
        return;
    }
    zend_mm_set_block(block, ZEND_MM_FREE_BLOCK, size);
    zend_mm_add_to_free_list(heap, block);
}
