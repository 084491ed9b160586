/* SPDX-License-Identifier: MIT */
/* The cache, the small lists, the tries and the rest list. */
#include "zmm_test.h"

/* Blocks of one size with used blocks between, so that freeing merges nothing. */
static void alloc_apart(zend_mm_heap *heap, void **blocks, size_t count, size_t size)
{
    size_t i;

    for (i = 0; i < count; i++) {
        blocks[i] = zend_mm_alloc(heap, size);
        zend_mm_alloc(heap, 16);
    }
}

static void free_past_cache(zend_mm_heap *heap, void *data)
{
    zend_mm_heap_free_uncached(heap, zend_mm_header_of(data));
}

START_TEST(the_cache_gives_back_the_last_freed_first)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    void *blocks[3];
    size_t usage = zend_mm_usage(heap, 0);
    size_t size;
    int i;

    for (i = 0; i < 3; i++) {
        blocks[i] = zend_mm_alloc(heap, 40);
    }
    size = heap->size;
    for (i = 0; i < 3; i++) {
        zend_mm_free(heap, blocks[i]);
        ck_assert_int_eq(zmm_state_of(heap, blocks[i]), ZEND_MM_STATE_CACHED);
    }
    zmm_assert_sound(heap);
    ck_assert_uint_eq(heap->size, size);
    ck_assert_uint_eq(zend_mm_usage(heap, 0), usage);
    for (i = 2; i >= 0; i--) {
        ck_assert_ptr_eq(zend_mm_alloc(heap, 40), blocks[i]);
    }
    ck_assert_uint_eq(heap->cached, 0);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(the_cache_serves_its_very_size_only)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    void *a = zend_mm_alloc(heap, 40);

    zend_mm_free(heap, a);
    ck_assert_ptr_ne(zend_mm_alloc(heap, 32), a);
    ck_assert_ptr_ne(zend_mm_alloc(heap, 48), a);
    ck_assert_ptr_eq(zend_mm_alloc(heap, 40), a);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(the_cache_has_a_ceiling)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    size_t count = ZEND_MM_CACHE_SIZE / 300 + 200;
    void **blocks = safe_pemalloc(count, sizeof(void *), 0, 1);
    size_t i;

    for (i = 0; i < count; i++) {
        blocks[i] = zend_mm_alloc(heap, 300);
    }
    for (i = 0; i < count; i++) {
        zend_mm_free(heap, blocks[i]);
    }
    ck_assert_uint_ge(heap->cached, ZEND_MM_CACHE_SIZE);
    ck_assert_uint_lt(heap->cached, ZEND_MM_CACHE_SIZE + ZEND_MM_FIRST_LARGE_SIZE);
    zmm_assert_sound(heap);
    pefree(blocks, 1);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(a_small_list_gives_out_the_oldest_first)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    void *blocks[4];
    int i;

    alloc_apart(heap, blocks, 4, 40);
    for (i = 0; i < 4; i++) {
        free_past_cache(heap, blocks[i]);
        ck_assert_int_eq(zmm_state_of(heap, blocks[i]), ZEND_MM_STATE_FREE_SMALL);
    }
    ck_assert_uint_eq(heap->free_bitmap, (size_t) 1 << zend_mm_bucket_index(zend_mm_true_size(40)));
    zmm_assert_sound(heap);
    for (i = 0; i < 4; i++) {
        ck_assert_ptr_eq(zend_mm_alloc(heap, 40), blocks[i]);
    }
    ck_assert_uint_eq(heap->free_bitmap, 0);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(a_bigger_small_list_serves_when_the_own_is_empty)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    void *block;

    alloc_apart(heap, &block, 1, 400);
    free_past_cache(heap, block);
    ck_assert_ptr_eq(zend_mm_alloc(heap, 40), block);
    zmm_assert_sound(heap);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(equal_large_blocks_come_newest_first_and_the_node_last)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    void *blocks[4];
    int i;

    alloc_apart(heap, blocks, 4, 2000);
    for (i = 0; i < 4; i++) {
        zend_mm_free(heap, blocks[i]);
    }
    zmm_assert_sound(heap);
    for (i = 3; i >= 0; i--) {
        ck_assert_ptr_eq(zend_mm_alloc(heap, 2000), blocks[i]);
    }
    zmm_assert_sound(heap);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(the_oldest_follower_replaces_a_node)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    void *blocks[3];
    int i;

    alloc_apart(heap, blocks, 3, 2000);
    for (i = 0; i < 3; i++) {
        zend_mm_free(heap, blocks[i]);
    }
    zend_mm_remove_from_free_list(heap, zend_mm_header_of(blocks[0]));
    ck_assert_ptr_eq(heap->large_free_buckets[zend_mm_large_bucket_index(zend_mm_true_size(2000))],
        zend_mm_header_of(blocks[1]));
    zend_mm_add_to_free_list(heap, zend_mm_header_of(blocks[0]));
    zmm_assert_sound(heap);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

static bool count_nodes(void *context, const zend_mm_trie_view *node)
{
    ++*(size_t *) context;
    return true;
}

START_TEST(tries_take_and_give_many_sizes)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    void *blocks[120];
    size_t i, nodes = 0;

    for (i = 0; i < 120; i++) {
        alloc_apart(heap, &blocks[i], 1, 1100 + i * 37 % 53 * 16);
    }
    for (i = 0; i < 120; i++) {
        zend_mm_free(heap, blocks[i]);
        zmm_assert_sound(heap);
    }
    zend_mm_walk_trie(heap, 10, count_nodes, &nodes);
    ck_assert_uint_ge(nodes, 100);
    for (i = 0; i < 120; i++) {
        zend_mm_alloc(heap, 1100 + i % 53 * 16);
        zmm_assert_sound(heap);
    }
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

/* A trie 1024..2047 of three nodes: the root, child 0 and child 1 of it, by sizes. */
START_TEST(the_search_below_a_node_goes_to_child_one)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    void *root, *zero, *one;

    alloc_apart(heap, &root, 1, 2000 - ZEND_MM_ALIGNED_HEADER_SIZE - ZEND_MM_END_MAGIC_SIZE);
    alloc_apart(heap, &zero, 1, 1100 - ZEND_MM_ALIGNED_HEADER_SIZE - ZEND_MM_END_MAGIC_SIZE);
    alloc_apart(heap, &one, 1, 1800 - ZEND_MM_ALIGNED_HEADER_SIZE - ZEND_MM_END_MAGIC_SIZE);
    zend_mm_free(heap, root);
    zend_mm_free(heap, zero);
    zend_mm_free(heap, one);
    /* The smallest that fits is `zero`; the real allocator passes it by and finds `one`. */
    ck_assert_ptr_eq(zend_mm_large_search(heap, 800), zend_mm_header_of(one));
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(left_overs_of_big_segments_rest_until_the_limit_is_near)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    char *big = zend_mm_alloc(heap, 300000);
    char *rest = big + zend_mm_size_of(zend_mm_header_of(big));
    void *other;

    ck_assert_int_eq(zmm_state_of(heap, rest), ZEND_MM_STATE_REST);
    ck_assert_int_eq(heap->rest_count, 1);
    zend_mm_alloc(heap, 240000);
    other = zend_mm_alloc(heap, 200000);
    ck_assert_ptr_ne(other, rest);
    zend_mm_set_limit(heap, zend_mm_usage(heap, 1));
    ck_assert_ptr_eq(zend_mm_alloc(heap, 200000), rest);
    ck_assert_int_eq(heap->rest_count, 0);
    zmm_assert_sound(heap);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(the_rest_list_holds_sixteen)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    int i;

    for (i = 0; i < 20; i++) {
        zend_mm_alloc(heap, 300000 + (size_t) i * 16);
        ck_assert_int_eq(heap->rest_count, i < 16 ? i + 1 : 16);
        zmm_assert_sound(heap);
    }
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

/* The quirk that zend_mm_small_remove() tells of. */
START_TEST(a_small_rest_block_hides_a_list_of_one)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    size_t index = zend_mm_bucket_index(zend_mm_true_size(40));
    void *listed, *resting;

    alloc_apart(heap, &listed, 1, 40);
    alloc_apart(heap, &resting, 1, 40);
    free_past_cache(heap, listed);
    ck_assert_uint_eq(heap->free_bitmap >> index & 1, 1);
    zend_mm_guard_mark_free(zend_mm_header_of(resting));
    zend_mm_set_block(zend_mm_header_of(resting), ZEND_MM_FREE_BLOCK, zend_mm_true_size(40));
    zend_mm_rest_insert(heap, zend_mm_header_of(resting));
    zend_mm_remove_from_free_list(heap, zend_mm_header_of(resting));
    ck_assert_uint_eq(heap->free_bitmap >> index & 1, 0);
    ck_assert_ptr_ne(zend_mm_small_head(heap, index)->prev_free_block,
        zend_mm_small_head(heap, index));
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

static bool count_blocks(void *context, const zend_mm_block_view *block)
{
    ++*(size_t *) context;
    return true;
}

START_TEST(walks_see_each_list)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    size_t index = zend_mm_bucket_index(zend_mm_true_size(40));
    size_t cached = 0, small = 0, rest = 0;
    void *blocks[5];
    zend_mm_figures figures;

    alloc_apart(heap, blocks, 5, 40);
    zend_mm_free(heap, blocks[0]);
    zend_mm_free(heap, blocks[1]);
    free_past_cache(heap, blocks[2]);
    zend_mm_alloc(heap, 300000);
    zend_mm_walk_cache(heap, index, count_blocks, &cached);
    zend_mm_walk_small_list(heap, index, count_blocks, &small);
    zend_mm_walk_rest_list(heap, count_blocks, &rest);
    ck_assert_uint_eq(cached, 2);
    ck_assert_uint_eq(small, 1);
    ck_assert_uint_eq(rest, 1);
    zend_mm_get_figures(heap, &figures);
    ck_assert_uint_eq(figures.cached, 2 * zend_mm_true_size(40));
    ck_assert_uint_eq(figures.usage, zend_mm_usage(heap, 0));
    ck_assert_str_eq(figures.storage, "malloc");
    ck_assert_str_eq(zend_mm_state_name(ZEND_MM_STATE_REST), "rest");
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

Suite *zmm_lists_suite(void)
{
    const TTest *const tests[] = {
        the_cache_gives_back_the_last_freed_first,
        the_cache_serves_its_very_size_only,
        the_cache_has_a_ceiling,
        a_small_list_gives_out_the_oldest_first,
        a_bigger_small_list_serves_when_the_own_is_empty,
        equal_large_blocks_come_newest_first_and_the_node_last,
        the_oldest_follower_replaces_a_node,
        tries_take_and_give_many_sizes,
        the_search_below_a_node_goes_to_child_one,
        left_overs_of_big_segments_rest_until_the_limit_is_near,
        the_rest_list_holds_sixteen,
        a_small_rest_block_hides_a_list_of_one,
        walks_see_each_list,
    };
    return ZMM_SUITE("zmm lists", tests);
}
