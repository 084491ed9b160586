/* SPDX-License-Identifier: MIT */
/*
 * The large lists: free blocks of ZEND_MM_FIRST_LARGE_SIZE and more, in 64 bitwise tries.
 *
 * Trie i holds the sizes from 2^i to 2^(i+1)-1. Below the root the way is shown by the bits of
 * the size below the top bit, most significant first. Every node is itself a block, so that a
 * node's own size agrees with the path to it, but says nothing about its children except that
 * they agree as well. Blocks of equal size hang on one node in a circle:
 *
 *      large_free_buckets[11]
 *            |
 *            v
 *          2472 (01001..)                sizes 2048 .. 4095
 *          /    \
 *   child 0      child 1                 bit 10 of the size
 *   2104 (00000..)  3200 (10010..) <-> 3200 <-> 3200 <-> (back to the node)
 *        \            \
 *        2608 (01000..) 3600 (11000..)   bit 9
 *
 *      (T1)  bit i of large_free_bitmap is set <=> large_free_buckets[i] != NULL
 *      (T2)  for each node: *node->parent = node, and the size has the prefix of the path to it
 *      (T3)  the followers of a node have its size, and parent = NULL
 *      (T4)  a node without followers points at itself with both list links
 *
 * A new block of a size that is there already goes right behind the node, and a search hands out
 * what is right behind the node: the newest follower first, the node itself last.
 */
#include "mm/zend_mm_small.h"

/* The bits of a size that show the way in trie `index`, pushed up to the top of the word. */
static zend_always_inline size_t path_of(size_t size, size_t index)
{
    return size << (ZEND_MM_NUM_BUCKETS - index);
}

static zend_always_inline size_t next_turn(size_t path)
{
    return path >> (ZEND_MM_NUM_BUCKETS - 1);
}

void zend_mm_large_insert(zend_mm_heap *heap, zend_mm_free_block *block)
{
    size_t size = zend_mm_size_of(block);
    size_t index = zend_mm_large_bucket_index(size);
    size_t path = path_of(size, index);
    zend_mm_free_block **slot = &heap->large_free_buckets[index];

    heap->large_free_bitmap |= (size_t) 1 << index;
    for (; *slot != NULL; path <<= 1) {
        if (zend_mm_size_of(*slot) == size) {
            block->parent = NULL;
            zend_mm_list_link(*slot, block);
            return;
        }
        slot = &(*slot)->child[next_turn(path)];
    }
    *slot = block;
    block->parent = slot;
    block->child[0] = block->child[1] = NULL;
    zend_mm_list_init(block);
}

/* Puts `heir` where `node` is in its trie: parent and children change over. */
static void succeed(zend_mm_free_block *node, zend_mm_free_block *heir)
{
    int turn;

    heir->parent = node->parent;
    *heir->parent = heir;
    for (turn = 0; turn < 2; turn++) {
        heir->child[turn] = node->child[turn];
        if (heir->child[turn] != NULL) {
            heir->child[turn]->parent = &heir->child[turn];
        }
    }
}

/* Child 1 where there is one, else child 0. */
static zend_always_inline zend_mm_free_block **preferred_child(zend_mm_free_block *node)
{
    return &node->child[node->child[1] != NULL];
}

/*
 * Takes a node without followers out. A leaf from below takes its place: since all sizes below a
 * node share its prefix, any of them may stand there.
 *
 *          A               A
 *          |               |
 *          x               E        x removed: from x go to child 1 (C), else child 0, and so
 *         / \             / \       on until a leaf is reached
 *        B   C    ==>    B   C
 *           /               /
 *          D               D
 *           \
 *            E
 */
static void remove_lone_node(zend_mm_heap *heap, zend_mm_free_block *node)
{
    zend_mm_free_block **slot = preferred_child(node);
    zend_mm_free_block *leaf;

    zend_mm_require(*node->parent == node);
    if (*slot == NULL) {
        size_t index = zend_mm_large_bucket_index(zend_mm_size_of(node));

        *node->parent = NULL;
        if (node->parent == &heap->large_free_buckets[index]) {
            heap->large_free_bitmap &= ~((size_t) 1 << index);
        }
        return;
    }
    while (*preferred_child(*slot) != NULL) {
        slot = preferred_child(*slot);
    }
    leaf = *slot;
    *slot = NULL;
    succeed(node, leaf);
}

void zend_mm_large_remove(zend_mm_heap *heap, zend_mm_free_block *block)
{
    if (block->prev_free_block == block) {
        remove_lone_node(heap, block);
        return;
    }
    zend_mm_list_unlink(block);
    if (block->parent != NULL) {
        /* A node with followers: the oldest of them takes its place. */
        zend_mm_require(*block->parent == block);
        succeed(block, block->prev_free_block);
    }
}

/* Keeps in `best` the smaller one of two blocks that fit. */
static zend_always_inline zend_mm_free_block *better_fit(zend_mm_free_block *best,
    zend_mm_free_block *block, size_t true_size)
{
    if (zend_mm_size_of(block) < true_size) {
        return best;
    }
    return best == NULL || zend_mm_size_of(block) < zend_mm_size_of(best) ? block : best;
}

/*
 * The way down that both searches take below the exact path, with the quirk that ZendMM shipped
 * with. To find the smallest size one would go to child 0 where there is one, else to child 1.
 * The real one asks for child 0 and, if it is there, goes on to child *1*; if it is not, to
 * child 0, which is not there, so that the walk ends. What is found always fits, but is not
 * always the smallest. Placement depends on it, hence also what a script sees of its memory.
 */
static zend_always_inline zend_mm_free_block *quirky_descent(zend_mm_free_block *node)
{
    return node->child[node->child[0] != NULL];
}

/* Best fit in the trie of the size's own power of two. */
static zend_mm_free_block *search_own_trie(zend_mm_free_block *node, size_t true_size, size_t index)
{
    zend_mm_free_block *best = NULL;
    zend_mm_free_block *right_subtree = NULL;  /* the last one passed by: all in it is bigger */
    size_t path;

    for (path = path_of(true_size, index); node != NULL; path <<= 1) {
        if (zend_mm_size_of(node) == true_size) {
            return node;
        }
        best = better_fit(best, node, true_size);
        if (next_turn(path) == 0 && node->child[1] != NULL) {
            right_subtree = node->child[1];
        }
        node = node->child[next_turn(path)];
    }
    for (node = right_subtree; node != NULL; node = quirky_descent(node)) {
        if (zend_mm_size_of(node) == true_size) {
            return node;
        }
        best = better_fit(best, node, true_size);
    }
    return best;
}

/* A small node of a trie whose sizes all fit. */
static zend_mm_free_block *search_bigger_trie(zend_mm_free_block *root)
{
    zend_mm_free_block *best = root;
    zend_mm_free_block *node = root;

    while ((node = quirky_descent(node)) != NULL) {
        if (zend_mm_size_of(node) < zend_mm_size_of(best)) {
            best = node;
        }
    }
    return best;
}

zend_mm_free_block *zend_mm_large_search(const zend_mm_heap *heap, size_t true_size)
{
    size_t index = zend_mm_large_bucket_index(true_size);
    size_t bitmap = heap->large_free_bitmap >> index;
    zend_mm_free_block *best;

    if (bitmap & 1) {
        best = search_own_trie(heap->large_free_buckets[index], true_size, index);
        if (best != NULL) {
            return best->next_free_block;
        }
        bitmap &= ~(size_t) 1;
    }
    if (bitmap == 0) {
        return NULL;
    }
    index += (size_t) __builtin_ctzl(bitmap);
    return search_bigger_trie(heap->large_free_buckets[index])->next_free_block;
}
