/* SPDX-License-Identifier: MIT */
/*
 * The small lists: free blocks below ZEND_MM_FIRST_LARGE_SIZE, one list for each exact size.
 *
 * Each list is circular and doubly linked, and its head takes part as if it were a block. A head
 * needs no header and no body, only the two links; and there are 64 of them. So the heap stores
 * only *pairs of pointers*, and computes the head's address such that the pair falls where a free
 * block keeps its links. What would be the head's header is then the pair before it (or, for the
 * first, the field before the array): bytes that belong to others and that nobody may touch.
 *
 *      heap->free_buckets[]          as seen through the head of list 1
 *      +------------------+
 *      | [0]  prev of 0   |  <- head   +0   _size            \  not the head's:
 *      +------------------+                                   |
 *      | [1]  next of 0   |            +8   _prev            /  no touching
 *      +------------------+
 *      | [2]  prev of 1   |            +16  prev_free_block     the head of list 1 is
 *      +------------------+
 *      | [3]  next of 1   |            +24  next_free_block     &free_buckets[2] - 16 bytes
 *      +------------------+
 *      | [4]  prev of 2   |
 *             ...
 *
 * An empty list points at its own head. With that, neither insertion nor removal has a special
 * case; 2 * 64 words do the work of 64 blocks of 32 bytes; and the same unlinking serves the rest
 * list, whose head is made in the same way.
 *
 *      (S1)  each block on list i is free and has the size 8 * i + 32, and both of its neighbours
 *            on the list point back at it
 *      (S2)  bit i of free_bitmap is set => list i is not empty
 *
 * The reverse of (S2) does not always hold; the quirk that breaks it is in zend_mm_small_remove().
 *
 * A new block goes to the `next` side of the head and the `prev` side is served: first in, first
 * out. (The cache before these lists is the other way round. A block that has come as far as
 * here is cold anyway.)
 */
#ifndef ZEND_MM_SMALL_H
#define ZEND_MM_SMALL_H

#include "mm/zend_mm_internal.h"

#define ZEND_MM_LINKS_OFFSET offsetof(zend_mm_free_block, prev_free_block)
_Static_assert(offsetof(zend_mm_free_block,
    next_free_block) == ZEND_MM_LINKS_OFFSET + sizeof(void *),
    "the links are a pair");
_Static_assert(offsetof(struct _zend_mm_heap, free_buckets) >= ZEND_MM_LINKS_OFFSET,
    "even the first head begins inside the heap structure");

/* The head whose links are the given pair. */
static zend_always_inline zend_mm_free_block *zend_mm_head_of_pair(zend_mm_free_block *const *pair)
{
    return (zend_mm_free_block *) ((char *) pair - ZEND_MM_LINKS_OFFSET);
}

static zend_always_inline zend_mm_free_block *zend_mm_small_head(const zend_mm_heap *heap,
    size_t index)
{
    return zend_mm_head_of_pair(&heap->free_buckets[index * 2]);
}

static zend_always_inline void zend_mm_list_init(zend_mm_free_block *head)
{
    head->prev_free_block = head->next_free_block = head;
}

/* Puts a block right behind `prev`. */
static zend_always_inline void zend_mm_list_link(zend_mm_free_block *prev,
    zend_mm_free_block *block)
{
    zend_mm_free_block *next = prev->next_free_block;

    block->prev_free_block = prev;
    block->next_free_block = next;
    prev->next_free_block = next->prev_free_block = block;
}

/*
 * Safe unlinking: a block whose neighbours do not point back at it has been written over, and to
 * follow its links would be to write where they say.
 */
static zend_always_inline void zend_mm_check_links(const zend_mm_free_block *block)
{
    zend_mm_require(block->prev_free_block->next_free_block == block
        && block->next_free_block->prev_free_block == block);
}

static zend_always_inline void zend_mm_list_unlink(zend_mm_free_block *block)
{
    zend_mm_check_links(block);
    block->prev_free_block->next_free_block = block->next_free_block;
    block->next_free_block->prev_free_block = block->prev_free_block;
}

static zend_always_inline void zend_mm_small_insert(zend_mm_heap *heap, zend_mm_free_block *block)
{
    size_t index = zend_mm_bucket_index(zend_mm_size_of(block));
    zend_mm_free_block *head = zend_mm_small_head(heap, index);

    if (head->prev_free_block == head) {
        heap->free_bitmap |= (size_t) 1 << index;
    }
    zend_mm_list_link(head, block);
}

/*
 * Removes a small block from its list, or from the rest list.
 *
 * The quirk: that the list is empty now is concluded from the block, whose two neighbours were
 * one and the same, and from the bucket of its *size*, whose two pointers are equal. For a block
 * that was on its small list this is right. One that was alone on the rest list also has the
 * same neighbour on both sides, the rest list's head; and the pointers of its bucket are equal
 * when that bucket is empty, but also when it holds one block. Then the bit of a list that is
 * not empty is cleared, and searches do not see the block on it until it merges with another.
 */
static zend_always_inline void zend_mm_small_remove(zend_mm_heap *heap, zend_mm_free_block *block)
{
    zend_mm_list_unlink(block);
    if (block->prev_free_block == block->next_free_block) {
        size_t index = zend_mm_bucket_index(zend_mm_size_of(block));

        if (heap->free_buckets[index * 2] == heap->free_buckets[index * 2 + 1]) {
            heap->free_bitmap &= ~((size_t) 1 << index);
        }
    }
}

/* The oldest block of the smallest size that is big enough; NULL when there is none. */
static zend_always_inline zend_mm_free_block *zend_mm_small_search(const zend_mm_heap *heap,
    size_t true_size)
{
    size_t index = zend_mm_bucket_index(true_size);
    size_t bitmap = heap->free_bitmap >> index;

    if (bitmap == 0) {
        return NULL;
    }
    index += (size_t) __builtin_ctzl(bitmap);
    return heap->free_buckets[index * 2];
}

#endif
