/* SPDX-License-Identifier: MIT */
/*
 * Segments of a heap: how big they are, and how they come and go.
 *
 * An ordinary segment has heap->block_size bytes. A block too big for that gets one of its own,
 * a multiple of block_size. Segments are listed newest first; the end of a request keeps the
 * oldest, which is the last of the list.
 */
#include "mm/zend_mm_guard.h"
#include "mm/zend_mm_internal.h"

size_t zend_mm_segment_size_for(const zend_mm_heap *heap, size_t true_size)
{
    if (true_size <= heap->block_size - ZEND_MM_SEGMENT_OVERHEAD) {
        return heap->block_size;
    }
    return (true_size + ZEND_MM_SEGMENT_OVERHEAD + heap->block_size - 1) & ~(heap->block_size - 1);
}

/* Exactly at the limit is allowed. The limit may have been lowered below what is in use. */
bool zend_mm_over_limit(const zend_mm_heap *heap, size_t more)
{
    return heap->real_size > heap->limit || more > heap->limit - heap->real_size;
}

zend_mm_free_block *zend_mm_format_segment(zend_mm_segment *segment)
{
    zend_mm_free_block *block = zend_mm_first_block(segment);
    size_t size = segment->size - ZEND_MM_SEGMENT_OVERHEAD;
    zend_mm_free_block *guard = zend_mm_block_at(block, size);

    block->info._prev = ZEND_MM_GUARD_BLOCK;
    zend_mm_set_block(block, ZEND_MM_FREE_BLOCK, size);
    guard->info._size = ZEND_MM_ALIGNED_HEADER_SIZE | ZEND_MM_GUARD_BLOCK;
    zend_mm_guard_mark_guard(guard);
    return block;
}

static void change_real_size(zend_mm_heap *heap, size_t before, size_t after)
{
    heap->real_size += after - before;
    if (heap->real_peak < heap->real_size) {
        heap->real_peak = heap->real_size;
    }
}

zend_mm_free_block *zend_mm_add_segment(zend_mm_heap *heap, size_t segment_size)
{
    zend_mm_segment *segment = heap->storage->handlers->_alloc(heap->storage, segment_size);

    if (segment == NULL) {
        return NULL;
    }
    segment->size = segment_size;
    segment->next_segment = heap->segments_list;
    heap->segments_list = segment;
    change_real_size(heap, 0, segment_size);
    return zend_mm_format_segment(segment);
}

/* The pointer, in the list or before it, that leads to a segment. */
static zend_mm_segment **find_link(zend_mm_heap *heap, const zend_mm_segment *segment)
{
    zend_mm_segment **link = &heap->segments_list;

    while (*link != segment) {
        zend_mm_require(*link != NULL);
        link = &(*link)->next_segment;
    }
    return link;
}

zend_mm_free_block *zend_mm_resize_segment(zend_mm_heap *heap, zend_mm_segment *segment,
    size_t segment_size)
{
    zend_mm_segment **link = find_link(heap, segment);
    size_t old_size = segment->size;

    segment = heap->storage->handlers->_realloc(heap->storage, segment, segment_size);
    if (segment == NULL) {
        return NULL;
    }
    *link = segment;
    segment->size = segment_size;
    change_real_size(heap, old_size, segment_size);
    return zend_mm_format_segment(segment);
}

void zend_mm_del_segment(zend_mm_heap *heap, zend_mm_segment *segment)
{
    *find_link(heap, segment) = segment->next_segment;
    heap->real_size -= segment->size;
    heap->storage->handlers->_free(heap->storage, segment);
}
