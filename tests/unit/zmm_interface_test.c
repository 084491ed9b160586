/* SPDX-License-Identifier: MIT */
/* emalloc() and its family, on the request's heap. */
#include "zmm_test.h"

static void begin(void)
{
    zmm_catch_errors();
    start_memory_manager();
}

static void finish(void)
{
    zmm_assert_sound(zend_mm_get_heap());
    shutdown_memory_manager(1, 1);
}

START_TEST(strings_are_copied)
{
    char *copy;

    begin();
    ck_assert_str_eq(estrdup("words"), "words");
    copy = estrndup("a\0bc", 3);
    ck_assert_mem_eq(copy, "a\0b\0", 4);
    ck_assert_str_eq(safe_estrdup((char *) NULL), "");
    copy = pestrndup("persist", 4, 1);
    ck_assert_str_eq(copy, "pers");
    pefree(copy, 1);
    ck_assert_str_eq(pestrdup("request", 0), "request");
    finish();
}
END_TEST

START_TEST(ecalloc_zeroes)
{
    static const char zeroes[300];
    char *data;

    begin();
    data = memset(emalloc(300), 1, 300);
    efree(data);
    ck_assert_mem_eq(ecalloc(3, 100), zeroes, 300);
    data = pecalloc(3, 100, 1);
    ck_assert_mem_eq(data, zeroes, 300);
    pefree(data, 1);
    finish();
}
END_TEST

START_TEST(the_inlined_path_and_the_called_one_agree)
{
    void *volatile a;
    size_t usage;

    begin();
    usage = zend_memory_usage(0);
    a = emalloc_size(32);
    ck_assert_uint_eq(zend_memory_usage(0), usage + zend_mm_true_size(32));
    efree_size(a, 32);
    ck_assert_uint_eq(zend_memory_usage(0), usage);
    ck_assert_ptr_eq(_emalloc(32 ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC), a);
    efree(a);
    ck_assert_ptr_eq(emalloc(32), a);
    finish();
}
END_TEST

START_TEST(a_block_is_cached_by_its_real_size)
{
    void *volatile a;
    void *volatile b;

    begin();
    a = emalloc(1000);
    b = emalloc(32);
    efree(a);
    a = erealloc(emalloc(1000 - 24), 100);
    efree_size(a, 100);
    ck_assert_uint_eq(zend_mm_get_heap()->cached, zend_mem_block_size(a));
    efree(b);
    finish();
}
END_TEST

START_TEST(sizes_that_wrap_are_fatal)
{
    begin();
    ck_assert(ZMM_FAILS(safe_emalloc(SIZE_MAX / 2, 3, 1)));
    ck_assert_str_eq(zmm_last_error,
        "Possible integer overflow in memory allocation (9223372036854775807 * 3 + 1)");
    ck_assert(ZMM_FAILS(safe_emalloc(1, SIZE_MAX, 1)));
    ck_assert(ZMM_FAILS(safe_erealloc(NULL, SIZE_MAX, 2, 0)));
    ck_assert(ZMM_FAILS(safe_pemalloc(SIZE_MAX, 2, 0, 1)));
    ck_assert(ZMM_FAILS(safe_perealloc(NULL, SIZE_MAX, 2, 0, 1)));
    ck_assert(ZMM_FAILS(ecalloc(SIZE_MAX, 2)));
    ck_assert_uint_eq(zend_mem_block_size(safe_emalloc(10, 20, 5)), zend_mm_true_size(205));
    finish();
}
END_TEST

static void exhaust_persistent(void *unused)
{
    pefree(pemalloc(SIZE_MAX / 2, 1), 1);
}

START_TEST(persistent_memory_ends_the_process_when_there_is_none)
{
    zmm_outcome outcome = zmm_in_child(exhaust_persistent, NULL);

    ck_assert_int_eq(outcome.exit_status, 1);
    ck_assert_ptr_nonnull(strstr(outcome.output, "Out of memory\n"));
}
END_TEST

START_TEST(figures_follow)
{
    size_t peak;
    void *a;

    begin();
    ck_assert_int_eq(zend_set_memory_limit(1 << 20), 1);
    a = emalloc(100000);
    peak = zend_memory_peak_usage(0);
    ck_assert_uint_eq(peak, zend_memory_usage(0));
    efree(a);
    ck_assert_uint_eq(zend_memory_peak_usage(0), peak);
    zend_memory_reset_peak_usage();
    ck_assert_uint_eq(zend_memory_peak_usage(0), zend_memory_usage(0));
    ck_assert_uint_eq(zend_memory_peak_usage(1), zend_memory_usage(1));
    ck_assert(ZMM_FAILS(emalloc(1 << 20)));
    finish();
}
END_TEST

START_TEST(another_heap_can_take_over)
{
    zend_mm_heap *other, *first;
    void *a;

    begin();
    other = zmm_new_heap(ZMM_RESERVE, 0);
    first = zend_mm_set_heap(other);
    ck_assert_ptr_eq(zend_mm_get_heap(), other);
    a = emalloc_size(64);
    ck_assert_int_eq(zmm_state_of(other, a), ZEND_MM_STATE_USED);
    efree(a);
    ck_assert_ptr_eq(zend_mm_set_heap(first), other);
    zend_mm_shutdown(other, 1, 1);
    finish();
}
END_TEST

static int custom_calls;

static void *custom_malloc(size_t size)
{
    custom_calls++;
    return malloc(size);
}

static void custom_free(void *data)
{
    custom_calls++;
    free(data);
}

static void *custom_realloc(void *data, size_t size)
{
    custom_calls++;
    return realloc(data, size);
}

START_TEST(custom_functions_take_every_call)
{
    void *a;

    setenv("USE_ZEND_ALLOC", "0", 1);
    begin();
    zend_mm_set_custom_handlers(zend_mm_get_heap(), custom_malloc, custom_free, custom_realloc);
    a = emalloc_size(32);
    a = erealloc(a, 64);
    efree_size(a, 64);
    ck_assert_int_eq(custom_calls, 3);
    finish();
}
END_TEST

Suite *zmm_interface_suite(void)
{
    const TTest *const tests[] = {
        strings_are_copied,
        ecalloc_zeroes,
        the_inlined_path_and_the_called_one_agree,
        a_block_is_cached_by_its_real_size,
        sizes_that_wrap_are_fatal,
        persistent_memory_ends_the_process_when_there_is_none,
        figures_follow,
        another_heap_can_take_over,
        custom_functions_take_every_call,
    };
    return ZMM_SUITE("zmm interface", tests);
}
