/* SPDX-License-Identifier: MIT */
/*
 * Asserts the heap's invariants, each by its number. Two passes: one over the segments' blocks by
 * address, one over the lists; what both count must agree.
 */
#include "mm/zend_mm_check.h"
#include "mm/zend_mm_guard.h"
#include "mm/zend_mm_small.h"

typedef struct {
    const zend_mm_heap *heap;
    zend_mm_complaint complain;
    void *context;
    size_t breaches;
    size_t used_bytes;      /* of used blocks, by address; those in the cache among them */
    size_t free_blocks;     /* by address */
    size_t listed_blocks;   /* by lists */
    size_t blocks;          /* all: a list cannot be longer */
} check;

static void breach(check *c, const char *invariant, const char *text, const void *where)
{
    c->breaches++;
    if (c->complain != NULL) {
        c->complain(c->context, invariant, text, where);
    }
}

static bool expect(check *c, bool condition, const char *invariant, const char *text,
    const void *where)
{
    if (!condition) {
        breach(c, invariant, text, where);
    }
    return condition;
}

/* --- By address ---------------------------------------------------------------------------- */

static bool has_room_for(const zend_mm_segment *segment, const zend_mm_free_block *block)
{
    size_t offset = (size_t) ((const char *) block - (const char *) segment);

    return zend_mm_size_of(block) <= segment->size - ZEND_MM_ALIGNED_HEADER_SIZE - offset;
}

static void check_guard(check *c, const zend_mm_segment *segment, const zend_mm_free_block *guard)
{
    const char *end = (const char *) guard + ZEND_MM_ALIGNED_HEADER_SIZE;

    expect(c, guard->info._size == (ZEND_MM_ALIGNED_HEADER_SIZE | ZEND_MM_GUARD_BLOCK)
        && end == (const char *) segment + segment->size,
        "L4", "the guard block ends the segment", guard);
}

static void count_block(check *c, const zend_mm_free_block *block)
{
    c->blocks++;
    if (zend_mm_is_free(block)) {
        c->free_blocks++;
        expect(c, !zend_mm_prev_is_free(block) || zend_mm_is_first(block), "L6",
            "no two free blocks are neighbours", block);
    } else {
        c->used_bytes += zend_mm_size_of(block);
    }
}

/* Stops at a size that cannot be: what follows would be read from nowhere. */
static void check_segment(check *c, const zend_mm_segment *segment)
{
    const zend_mm_free_block *block = zend_mm_first_block(segment);

    expect(c, zend_mm_is_first(block), "L1", "nothing lies before the first block", block);
    for (; !zend_mm_is_guard(block); block = zend_mm_next_block(block)) {
        size_t size = zend_mm_size_of(block);

        if (!expect(c, size % ZEND_MM_ALIGNMENT == 0 && size >= ZEND_MM_ALIGNED_MIN_HEADER_SIZE,
                    "L5", "a block is at least as big as the smallest", block)
                || !expect(c, has_room_for(segment, block),
                    "L2", "blocks lie inside their segment", block)) {
            return;
        }
        expect(c, zend_mm_next_block(block)->info._prev == block->info._size, "L3",
            "the next block's _prev repeats _size", block);
        count_block(c, block);
    }
    check_guard(c, segment, block);
}

static void check_segments(check *c)
{
    const zend_mm_segment *segment;
    size_t total = 0;

    for (segment = c->heap->segments_list; segment != NULL; segment = segment->next_segment) {
        total += segment->size;
        check_segment(c, segment);
    }
    expect(c, total == c->heap->real_size, "H1", "real_size is the sum of all segments",
        &c->heap->real_size);
    expect(c, c->used_bytes <= c->heap->size, "H2", "size covers all used blocks", &c->heap->size);
    expect(c, c->heap->size <= c->heap->peak && c->heap->real_size <= c->heap->real_peak, "H3",
        "no figure is above its peak", &c->heap->peak);
}

/* --- By lists ------------------------------------------------------------------------------ */

static bool is_linked(const zend_mm_free_block *block)
{
    return block->prev_free_block->next_free_block == block
        && block->next_free_block->prev_free_block == block;
}

/*
 * Counts a listed block; false when there are more than can be, that is when links run in a ring.
 */
static bool count_listed(check *c, const zend_mm_free_block *block)
{
    return expect(c, ++c->listed_blocks <= c->blocks, "H4", "each free block is on one list, once",
        block);
}

static void check_small_list(check *c, size_t index)
{
    const zend_mm_free_block *head = zend_mm_small_head(c->heap, index);
    const zend_mm_free_block *block;
    bool marked = c->heap->free_bitmap >> index & 1;

    expect(c, !marked || head->next_free_block != head, "S2", "a marked list is not empty", head);
    for (block = head->next_free_block; block != head; block = block->next_free_block) {
        if (!expect(c, zend_mm_is_free(block) && zend_mm_is_small(zend_mm_size_of(block))
                    && zend_mm_bucket_index(zend_mm_size_of(block)) == index && is_linked(block),
                    "S1", "a listed block is free, linked both ways, and of the list's size", block)
                || !count_listed(c, block)) {
            return;
        }
    }
}

static bool check_followers(check *c, const zend_mm_free_block *node)
{
    const zend_mm_free_block *follower;

    for (follower = node->next_free_block; follower != node; follower = follower->next_free_block) {
        if (!expect(c, follower->parent == NULL && follower->info._size == node->info._size, "T3",
                    "followers have the node's size and no parent", follower)
                || !expect(c, is_linked(follower),
                    "T4", "a node's circle is linked both ways", follower)
                || !count_listed(c, follower)) {
            return false;
        }
    }
    return true;
}

/*
 * `prefix` is what the way down has shown of the size, `bit` the one that the children differ in.
 */
static void check_trie(check *c, zend_mm_free_block *const *slot, size_t prefix, size_t bit)
{
    const zend_mm_free_block *node = *slot;
    size_t known_bits = ~(bit * 2 - 1);

    if (!expect(c, zend_mm_is_free(node) && node->parent == slot
                && (zend_mm_size_of(node) & known_bits) == prefix,
                "T2", "a node's parent slot holds it, and its size fits the path", node)
            || !count_listed(c, node) || !check_followers(c, node)) {
        return;
    }
    if (node->child[0] != NULL) {
        check_trie(c, &node->child[0], prefix, bit >> 1);
    }
    if (node->child[1] != NULL) {
        check_trie(c, &node->child[1], prefix | bit, bit >> 1);
    }
}

static void check_rest_list(check *c)
{
    const zend_mm_free_block *head = zend_mm_rest_head(c->heap);
    const zend_mm_free_block *block;
    int large = 0;

    for (block = head->next_free_block; block != head; block = block->next_free_block) {
        bool is_small = zend_mm_is_small(zend_mm_size_of(block));

        if (!expect(c, zend_mm_is_free(block) && is_linked(block)
                    && (is_small || block->parent == ZEND_MM_REST_BLOCK),
                    "R1", "a block on the rest list is free, and marked when large", block)
                || !count_listed(c, block)) {
            return;
        }
        large += !is_small;
    }
    expect(c, large == c->heap->rest_count && large <= ZEND_MM_MAX_REST_BLOCKS, "R2",
        "rest_count is the number of large blocks on the rest list", &c->heap->rest_count);
}

static void check_cache(check *c)
{
    size_t total = 0;
    size_t seen = 0;
    size_t index;

    for (index = 0; index < ZEND_MM_NUM_BUCKETS; index++) {
        const zend_mm_free_block *block;

        for (block = c->heap->cache[index]; block != NULL; block = block->prev_free_block) {
            if (!expect(c, zend_mm_type_of(block) == ZEND_MM_USED_BLOCK && ++seen <= c->blocks
                        && zend_mm_bucket_index(zend_mm_size_of(block)) == index,
                        "C2", "a cached block is of type used and of the bucket's size", block)) {
                return;
            }
            total += zend_mm_size_of(block);
        }
    }
    expect(c, total == c->heap->cached, "C1", "cached is the sum of the cached blocks",
        &c->heap->cached);
}

static void check_lists(check *c)
{
    size_t index;

    for (index = 0; index < ZEND_MM_NUM_BUCKETS; index++) {
        size_t bit = (size_t) 1 << index;
        bool marked = (c->heap->large_free_bitmap & bit) != 0;
        zend_mm_free_block *const *root = &c->heap->large_free_buckets[index];

        check_small_list(c, index);
        expect(c, marked == (*root != NULL), "T1", "a trie is marked when it is not empty", root);
        if (*root != NULL) {
            check_trie(c, root, bit, bit >> 1);
        }
    }
    check_rest_list(c);
    check_cache(c);
    expect(c, c->listed_blocks == c->free_blocks, "H4", "each free block is on one list, once",
        c->heap);
}

size_t zend_mm_check_heap(const zend_mm_heap *heap, zend_mm_complaint complain, void *context)
{
    check c = { heap, complain, context, 0, 0, 0, 0, 0 };

    if (heap->use_zend_alloc == ZEND_MM_BYPASSED) {
        return 0;
    }
    check_segments(&c);
    /* Lists of a heap whose blocks cannot be trusted are not followed. */
    if (c.breaches == 0) {
        check_lists(&c);
    }
    return c.breaches;
}
