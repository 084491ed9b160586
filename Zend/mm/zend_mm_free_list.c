/* SPDX-License-Identifier: MIT */
/*
 * Where a free block is kept, decided by its size: a small list or a trie. Removal works from the
 * block alone, wherever it is: nobody who merges or takes a block needs to know its list.
 */
#include "mm/zend_mm_guard.h"
#include "mm/zend_mm_small.h"

void zend_mm_init_lists(zend_mm_heap *heap)
{
    size_t index;

    heap->free_bitmap = 0;
    heap->large_free_bitmap = 0;
    heap->cached = 0;
    heap->rest_count = 0;
    memset(heap->cache, 0, sizeof(heap->cache));
    memset(heap->large_free_buckets, 0, sizeof(heap->large_free_buckets));
    for (index = 0; index < ZEND_MM_NUM_BUCKETS; index++) {
        zend_mm_list_init(zend_mm_small_head(heap, index));
    }
    zend_mm_list_init(zend_mm_rest_head(heap));
}

/* A head that was copied from `old_head`: its neighbours still point at the old one. */
static void relocate_head(zend_mm_free_block *head, const zend_mm_free_block *old_head)
{
    if (head->prev_free_block == old_head) {
        zend_mm_list_init(head);
    } else {
        head->prev_free_block->next_free_block = head;
        head->next_free_block->prev_free_block = head;
    }
}

void zend_mm_relocate_lists(zend_mm_heap *heap, const zend_mm_heap *old)
{
    size_t index;

    for (index = 0; index < ZEND_MM_NUM_BUCKETS; index++) {
        relocate_head(zend_mm_small_head(heap, index), zend_mm_small_head(old, index));
        if (heap->large_free_buckets[index] != NULL) {
            heap->large_free_buckets[index]->parent = &heap->large_free_buckets[index];
        }
    }
    relocate_head(zend_mm_rest_head(heap), zend_mm_rest_head(old));
}

void zend_mm_add_to_free_list(zend_mm_heap *heap, zend_mm_free_block *block)
{
    zend_mm_guard_mark_free(block);
    if (zend_mm_is_small(zend_mm_size_of(block))) {
        zend_mm_small_insert(heap, block);
    } else {
        zend_mm_large_insert(heap, block);
    }
}

void zend_mm_remove_from_free_list(zend_mm_heap *heap, zend_mm_free_block *block)
{
    zend_mm_guard_check_free(block);
    zend_mm_check_linkage(block);
    if (zend_mm_is_small(zend_mm_size_of(block))) {
        zend_mm_small_remove(heap, block);
    } else if (block->parent == ZEND_MM_REST_BLOCK) {
        zend_mm_list_unlink(block);
        heap->rest_count--;
    } else {
        zend_mm_large_remove(heap, block);
    }
}
