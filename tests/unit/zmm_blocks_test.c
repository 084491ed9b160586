/* SPDX-License-Identifier: MIT */
/* Sizes of blocks, where they lie, and how they are cut, merged and reallocated. */
#include "zmm_test.h"

static size_t true_size_by_hand(size_t size)
{
    if (ZEND_DEBUG) {
        return size <= 3 ? 88 : (size + 84 + 7) / 8 * 8;
    }
    return size < 16 ? 32 : (size + 16 + 7) / 8 * 8;
}

START_TEST(true_sizes_are_those_of_the_specification)
{
    size_t size;

    for (size = 0; size < 5000; size++) {
        ck_assert_uint_eq(zend_mm_true_size(size), true_size_by_hand(size));
    }
    ck_assert(zend_mm_true_size(SIZE_MAX - 20) < SIZE_MAX - 20);
}
END_TEST

START_TEST(every_small_size_has_a_bucket_and_every_bucket_a_size)
{
    size_t size;

    for (size = ZEND_MM_ALIGNED_MIN_HEADER_SIZE; size < ZEND_MM_FIRST_LARGE_SIZE; size += 8) {
        ck_assert(zend_mm_is_small(size));
        ck_assert_uint_eq(zend_mm_bucket_index(size), (size - ZEND_MM_ALIGNED_MIN_HEADER_SIZE) / 8);
    }
    ck_assert_uint_eq(zend_mm_bucket_index(size - 8), 63);
    ck_assert(!zend_mm_is_small(size));
    ck_assert_uint_eq(zend_mm_large_bucket_index(1024), 10);
    ck_assert_uint_eq(zend_mm_large_bucket_index(2047), 10);
    ck_assert(zend_mm_is_small(zend_mm_true_size(ZEND_MM_MAX_SMALL_REQUEST)));
    ck_assert(!zend_mm_is_small(zend_mm_true_size(ZEND_MM_MAX_SMALL_REQUEST + 1)));
}
END_TEST

START_TEST(a_fresh_heap_holds_the_reserve_and_one_free_block)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);

    ck_assert_uint_eq(zend_mm_usage(heap, 0), zend_mm_true_size(ZMM_RESERVE));
    ck_assert_uint_eq(zend_mm_usage(heap, 1), ZMM_SEGMENT);
    ck_assert_int_eq(zmm_state_of(heap, heap->reserve), ZEND_MM_STATE_RESERVE);
    zmm_assert_sound(heap);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(blocks_lie_side_by_side)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    char *a = zend_mm_alloc(heap, 24);
    char *b = zend_mm_alloc(heap, 5);
    char *c = zend_mm_alloc(heap, 700);

    ck_assert_int_eq(b - a, (long) zend_mm_true_size(24));
    ck_assert_int_eq(c - b, (long) zend_mm_true_size(5));
    ck_assert_uint_eq(zend_mm_block_size(heap, c), zend_mm_true_size(700));
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(large_neighbours_merge_when_freed)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    void *a = zend_mm_alloc(heap, 1000);
    void *b = zend_mm_alloc(heap, 1000);
    void *c = zend_mm_alloc(heap, 1000);
    void *end = zend_mm_alloc(heap, 16);
    size_t usage = zend_mm_usage(heap, 0);

    zend_mm_free(heap, a);
    zend_mm_free(heap, c);
    ck_assert_int_eq(zmm_state_of(heap, a), ZEND_MM_STATE_FREE_LARGE);
    zend_mm_free(heap, b);
    zmm_assert_sound(heap);
    ck_assert_uint_eq(zend_mm_usage(heap, 0), usage - 3 * zend_mm_true_size(1000));
    ck_assert_uint_eq(zend_mm_size_of(zend_mm_header_of(a)), 3 * zend_mm_true_size(1000));
    ck_assert_int_eq(zmm_state_of(heap, end), ZEND_MM_STATE_USED);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(a_small_remainder_stays_in_the_block)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    void *a = zend_mm_alloc(heap, 1000);
    size_t usage;

    zend_mm_alloc(heap, 16);
    zend_mm_free(heap, a);
    usage = zend_mm_usage(heap, 0);
    ck_assert_ptr_eq(zend_mm_alloc(heap, 1000 - 24), a);
    ck_assert_uint_eq(zend_mm_usage(heap, 0), usage + zend_mm_true_size(1000));
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(reallocation_shrinks_and_grows_in_place)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    char *a = zend_mm_alloc(heap, 4000);
    size_t usage = zend_mm_usage(heap, 0);

    memset(a, 'x', 4000);
    ck_assert_ptr_eq(zend_mm_realloc(heap, a, 1000), a);
    ck_assert_uint_eq(zend_mm_usage(heap, 0), usage - 3000);
    ck_assert_ptr_eq(zend_mm_realloc(heap, a, 9000), a);
    ck_assert_uint_eq(zend_mm_usage(heap, 0), usage + 5000);
    ck_assert_int_eq(a[999], 'x');
    zmm_assert_sound(heap);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(reallocation_moves_what_cannot_grow)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    char *a = zend_mm_alloc(heap, 100);
    char *moved;

    zend_mm_alloc(heap, 100);
    memset(a, 'y', 100);
    moved = zend_mm_realloc(heap, a, 200);
    ck_assert_ptr_ne(moved, a);
    ck_assert_int_eq(moved[99], 'y');
    ck_assert_int_eq(zmm_state_of(heap, a), ZEND_MM_STATE_CACHED);
    zmm_assert_sound(heap);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(reallocation_prefers_a_cached_block_to_growing)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    void *cached = zend_mm_alloc(heap, 200);
    void *a = zend_mm_alloc(heap, 100);
    size_t size;

    zend_mm_free(heap, cached);
    size = heap->size;
    ck_assert_ptr_eq(zend_mm_realloc(heap, a, 200), cached);
    ck_assert_int_eq(zmm_state_of(heap, a), ZEND_MM_STATE_CACHED);
    ck_assert_uint_eq(heap->size, size);
    zmm_assert_sound(heap);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(a_block_alone_in_its_segment_grows_with_it)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    char *a = zend_mm_alloc(heap, 300000);

    ck_assert_uint_eq(zend_mm_usage(heap, 1), 3 * ZMM_SEGMENT);
    memset(a, 'z', 300000);
    a = zend_mm_realloc(heap, a, 3000000);
    ck_assert_uint_eq(zend_mm_usage(heap, 1), 13 * ZMM_SEGMENT);
    ck_assert_int_eq(a[299999], 'z');
    ck_assert_int_eq(heap->rest_count, 1);
    zmm_assert_sound(heap);
    zend_mm_free(heap, a);
    ck_assert_uint_eq(zend_mm_usage(heap, 1), ZMM_SEGMENT);
    zmm_assert_sound(heap);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(a_null_pointer_is_reallocated_and_freed)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);

    ck_assert_ptr_nonnull(zend_mm_realloc(heap, NULL, 0));
    zend_mm_free(heap, NULL);
    zmm_assert_sound(heap);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

Suite *zmm_blocks_suite(void)
{
    const TTest *const tests[] = {
        true_sizes_are_those_of_the_specification,
        every_small_size_has_a_bucket_and_every_bucket_a_size,
        a_fresh_heap_holds_the_reserve_and_one_free_block,
        blocks_lie_side_by_side,
        large_neighbours_merge_when_freed,
        a_small_remainder_stays_in_the_block,
        reallocation_shrinks_and_grows_in_place,
        reallocation_moves_what_cannot_grow,
        reallocation_prefers_a_cached_block_to_growing,
        a_block_alone_in_its_segment_grows_with_it,
        a_null_pointer_is_reallocated_and_freed,
    };
    return ZMM_SUITE("zmm blocks", tests);
}
