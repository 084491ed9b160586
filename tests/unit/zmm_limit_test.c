/* SPDX-License-Identifier: MIT */
/* The limit, errors, the reserve, the end of a request. */
#include "zmm_test.h"

static void assert_error(const char *start, const char *end)
{
    ck_assert_msg(strncmp(zmm_last_error, start, strlen(start)) == 0, "unexpected: %s",
        zmm_last_error);
    ck_assert_msg(strlen(zmm_last_error) > strlen(end)
        && strcmp(zmm_last_error + strlen(zmm_last_error) - strlen(end), end) == 0,
        "unexpected: %s", zmm_last_error);
}

START_TEST(the_limit_is_at_least_a_segment)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);

    zend_mm_set_limit(heap, 1);
    ck_assert_uint_eq(heap->limit, ZMM_SEGMENT);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(exactly_the_limit_is_allowed)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);

    zend_mm_set_limit(heap, 2 * ZMM_SEGMENT);
    ck_assert(!ZMM_FAILS(zend_mm_alloc(heap, 260000)));
    ck_assert(ZMM_FAILS(zend_mm_alloc(heap, 260000)));
    zmm_assert_sound(heap);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(the_message_tells_limit_and_size_asked_for)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);

    zend_mm_set_limit(heap, ZMM_SEGMENT);
    ck_assert(ZMM_FAILS(zend_mm_alloc(heap, 300001)));
    assert_error(ZEND_DEBUG ? "Allowed memory size of 262144 bytes exhausted at "
        : "Allowed memory size of 262144 bytes exhausted (", "(tried to allocate 300001 bytes)");
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(only_the_first_error_is_raised)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);

    zend_mm_set_limit(heap, ZMM_SEGMENT);
    ck_assert(ZMM_FAILS(zend_mm_alloc(heap, 300000)));
    ck_assert_int_eq(heap->overflow, 1);
    ck_assert(ZMM_FAILS(zend_mm_alloc(heap, 300000)));
    ck_assert_int_eq(heap->overflow, 2);
    ck_assert_int_eq(zmm_error_count, 1);
    zend_mm_shutdown(heap, 0, 1);
    ck_assert_int_eq(heap->overflow, 0);
    ck_assert(ZMM_FAILS(zend_mm_alloc(heap, 300000)));
    ck_assert_int_eq(zmm_error_count, 2);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(an_error_empties_the_cache_and_frees_the_reserve)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    void *a = zend_mm_alloc(heap, 40);
    size_t size;

    zend_mm_alloc(heap, 40);
    zend_mm_free(heap, a);
    size = heap->size;
    zend_mm_set_limit(heap, ZMM_SEGMENT);
    ck_assert(ZMM_FAILS(zend_mm_alloc(heap, 300000)));
    ck_assert_uint_eq(heap->cached, 0);
    ck_assert_ptr_null(heap->reserve);
    /* The cache's blocks stay counted in `size`; the reserve's are not. */
    ck_assert_uint_eq(heap->size, size - zend_mm_true_size(ZMM_RESERVE));
    zmm_assert_sound(heap);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(a_size_that_wraps_is_out_of_memory_and_spares_the_cache)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    void *a = zend_mm_alloc(heap, 40);

    zend_mm_free(heap, a);
    ck_assert(ZMM_FAILS(zend_mm_alloc(heap, SIZE_MAX - 5)));
    assert_error("Out of memory (allocated 262144)",
        "(tried to allocate 18446744073709551610 bytes)");
    ck_assert_uint_ne(heap->cached, 0);
    ck_assert_ptr_null(heap->reserve);
    zmm_assert_sound(heap);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(a_segment_size_that_wraps_is_a_limit_failure)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);

    ck_assert(ZMM_FAILS(zend_mm_alloc(heap, SIZE_MAX - 1000)));
    assert_error("Allowed memory size of 4611686018427387904 bytes exhausted", "bytes)");
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(storage_without_memory_is_out_of_memory)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);

    ck_assert(ZMM_FAILS(zend_mm_alloc(heap, (size_t) 1 << 60)));
    assert_error("Out of memory (allocated 262144)",
        "(tried to allocate 1152921504606846976 bytes)");
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(a_failed_reallocation_leaves_the_block)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    char *a = zend_mm_alloc(heap, 300000);

    memset(a, 'k', 300000);
    zend_mm_set_limit(heap, 3 * ZMM_SEGMENT);
    ck_assert(ZMM_FAILS(zend_mm_realloc(heap, a, 1000000)));
    zmm_assert_sound(heap);
    ck_assert_int_eq(heap->rest_count, 0);
    ck_assert_int_eq(a[299999], 'k');
    ck_assert(ZMM_FAILS(zend_mm_realloc(heap, a, (size_t) 1 << 61)));
    ck_assert(ZMM_FAILS(zend_mm_realloc(heap, a, SIZE_MAX - 1)));
    zmm_assert_sound(heap);
    zend_mm_free(heap, a);
    zmm_assert_sound(heap);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

/* --- Out of band: raising the error needs more memory than there is ------------------------ */

static zend_mm_heap *nested_heap;
static jmp_buf nested_bailout;
static int nesting;

static void allocate_while_raising(const char *message)
{
    nesting = 1;
    if (setjmp(nested_bailout) == 0) {
        zend_mm_alloc(nested_heap, 400000);
    }
    nesting = 0;
}

static void leave_nested(void)
{
    if (nesting) {
        longjmp(nested_bailout, 1);
    }
    exit(3);
}

static const char *name_of_script(void)
{
    return "deep.php";
}

static uint line_of_script(void)
{
    return 12;
}

static void overflow_twice(void *unused)
{
    static const zend_mm_callbacks callbacks = {
        allocate_while_raising, leave_nested, name_of_script, line_of_script
    };

    nested_heap = zmm_new_heap(ZMM_RESERVE, 0);
    zend_mm_set_callbacks(&callbacks);
    zend_mm_set_limit(nested_heap, ZMM_SEGMENT);
    zend_mm_alloc(nested_heap, 300000);
}

START_TEST(an_error_within_an_error_goes_to_stderr)
{
    zmm_outcome outcome = zmm_in_child(overflow_twice, NULL);

    ck_assert_int_eq(outcome.exit_status, 3);
    ck_assert_msg(strncmp(outcome.output,
        "\nFatal error: Allowed memory size of 262144 bytes exhausted", 59) == 0,
        "%s", outcome.output);
    ck_assert_ptr_nonnull(strstr(outcome.output,
        "(tried to allocate 300000 bytes) in deep.php on line 12\n"));
}
END_TEST

static void fail_without_callbacks(void *unused)
{
    static const zend_mm_callbacks none = { NULL, NULL, NULL, NULL };
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);

    zend_mm_set_callbacks(&none);
    zend_mm_alloc(heap, SIZE_MAX);
}

START_TEST(without_callbacks_the_process_ends)
{
    zmm_outcome outcome = zmm_in_child(fail_without_callbacks, NULL);

    ck_assert_int_eq(outcome.exit_status, 255);
    ck_assert_ptr_nonnull(strstr(outcome.output, "Fatal error: Out of memory (allocated 262144)"));
}
END_TEST

/* --- The end of a request ------------------------------------------------------------------ */

START_TEST(a_request_ends_with_one_segment_and_a_new_reserve)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    int i;

    zend_mm_set_limit(heap, 64 * ZMM_SEGMENT);
    for (i = 0; i < 10; i++) {
        zend_mm_alloc(heap, 200000);
    }
    zend_mm_shutdown(heap, 0, 1);
    ck_assert_uint_eq(zend_mm_usage(heap, 0), zend_mm_true_size(ZMM_RESERVE));
    ck_assert_uint_eq(zend_mm_usage(heap, 1), ZMM_SEGMENT);
    ck_assert_uint_eq(zend_mm_peak_usage(heap, 0), zend_mm_true_size(ZMM_RESERVE));
    ck_assert_uint_eq(zend_mm_peak_usage(heap, 1), ZMM_SEGMENT);
    ck_assert_uint_eq(heap->limit, 64 * ZMM_SEGMENT);
    zmm_assert_sound(heap);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(without_a_reserve_no_segment_is_kept)
{
    zend_mm_heap *heap = zmm_new_heap(0, 0);

    ck_assert_uint_eq(zend_mm_usage(heap, 1), 0);
    zend_mm_alloc(heap, 100);
    zend_mm_shutdown(heap, 0, 1);
    ck_assert_uint_eq(zend_mm_usage(heap, 1), 0);
    zmm_assert_sound(heap);
    ck_assert_ptr_nonnull(zend_mm_alloc(heap, 100));
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

START_TEST(an_internal_heap_lives_in_its_first_segment)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 1);
    int i;

    for (i = 0; i < 3; i++) {
        ck_assert_int_eq(zmm_state_of(heap, heap), ZEND_MM_STATE_HEAP);
        zmm_assert_sound(heap);
        zend_mm_free(heap, zend_mm_alloc(heap, 1000));
        zend_mm_alloc(heap, 300000);
        zmm_assert_sound(heap);
        zend_mm_shutdown(heap, 0, 1);
    }
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

Suite *zmm_limit_suite(void)
{
    const TTest *const tests[] = {
        the_limit_is_at_least_a_segment,
        exactly_the_limit_is_allowed,
        the_message_tells_limit_and_size_asked_for,
        only_the_first_error_is_raised,
        an_error_empties_the_cache_and_frees_the_reserve,
        a_size_that_wraps_is_out_of_memory_and_spares_the_cache,
        a_segment_size_that_wraps_is_a_limit_failure,
        storage_without_memory_is_out_of_memory,
        a_failed_reallocation_leaves_the_block,
        an_error_within_an_error_goes_to_stderr,
        without_callbacks_the_process_ends,
        a_request_ends_with_one_segment_and_a_new_reserve,
        without_a_reserve_no_segment_is_kept,
        an_internal_heap_lives_in_its_first_segment,
    };
    return ZMM_SUITE("zmm limit", tests);
}
