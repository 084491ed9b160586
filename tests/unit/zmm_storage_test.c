/* SPDX-License-Identifier: MIT */
/* Storage: the built-in kinds, the pool behind them, handlers of a caller's own. */
#include "zmm_test.h"

static const char *const kinds[] = { "malloc", "mmap_anon", "mmap_zero" };

START_TEST(each_kind_gives_grows_and_takes_back)
{
    size_t i;

    for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        const zend_mm_mem_handlers *handlers = zend_mm_find_storage(kinds[i]);
        zend_mm_heap *heap;
        char *data;

        ck_assert_str_eq(handlers->name, kinds[i]);
        zmm_catch_errors();
        heap = zend_mm_startup_ex(handlers, ZMM_SEGMENT, ZMM_RESERVE, 0, NULL);
        ck_assert_ptr_eq(zend_mm_get_storage(heap)->handlers, handlers);
        data = memset(zend_mm_alloc(heap, 500000), 'q', 500000);
        data = zend_mm_realloc(heap, data, 900000);
        data = zend_mm_realloc(heap, data, 9000000);
        data = zend_mm_realloc(heap, data, 40000000);
        ck_assert_int_eq(data[499999], 'q');
        zmm_assert_sound(heap);
        zend_mm_free(heap, data);
        ck_assert_uint_eq(zend_mm_usage(heap, 1), ZMM_SEGMENT);
        zend_mm_shutdown(heap, 0, 1);
        zmm_assert_sound(heap);
        zend_mm_shutdown(heap, 1, 1);
    }
}
END_TEST

START_TEST(a_kept_segment_is_used_again)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    void *first = zend_mm_alloc(heap, 1000000);
    void *second;

    zend_mm_free(heap, first);
    second = zend_mm_alloc(heap, 1000000);
    ck_assert_ptr_eq(first, second);
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

/* --- Handlers that count ------------------------------------------------------------------- */

static struct {
    int allocated, reallocated, freed, compacted, destroyed;
    size_t budget;  /* segments that may still be handed out */
    const char *params;
} counts;

static zend_mm_storage *counting_init(void *params)
{
    counts.params = params;
    return calloc(1, sizeof(zend_mm_storage));
}

static void counting_dtor(zend_mm_storage *storage)
{
    counts.destroyed++;
    free(storage);
}

static void counting_compact(zend_mm_storage *storage)
{
    counts.compacted++;
}

static zend_mm_segment *counting_alloc(zend_mm_storage *storage, size_t size)
{
    if (counts.budget == 0) {
        return NULL;
    }
    counts.budget--;
    counts.allocated++;
    return malloc(size);
}

static zend_mm_segment *counting_realloc(zend_mm_storage *storage, zend_mm_segment *segment,
    size_t size)
{
    if (counts.budget == 0) {
        return NULL;
    }
    counts.reallocated++;
    return realloc(segment, size);
}

static void counting_free(zend_mm_storage *storage, zend_mm_segment *segment)
{
    counts.freed++;
    free(segment);
}

static const zend_mm_mem_handlers counting = {
    "counting", counting_init, counting_dtor, counting_compact, counting_alloc, counting_realloc,
    counting_free
};

static zend_mm_heap *new_counting_heap(size_t budget)
{
    memset(&counts, 0, sizeof(counts));
    counts.budget = budget;
    zmm_catch_errors();
    return zend_mm_startup_ex(&counting, ZMM_SEGMENT, ZMM_RESERVE, 0, "hello");
}

START_TEST(a_caller_brings_handlers)
{
    zend_mm_heap *heap = new_counting_heap(100);

    ck_assert_str_eq(counts.params, "hello");
    zend_mm_realloc(heap, zend_mm_alloc(heap, 300000), 3000000);
    ck_assert_int_eq(counts.allocated, 2);
    ck_assert_int_eq(counts.reallocated, 1);
    zend_mm_shutdown(heap, 0, 1);
    ck_assert_int_eq(counts.freed, 1);
    ck_assert_int_eq(counts.compacted, 1);
    zend_mm_shutdown(heap, 0, 1);
    ck_assert_int_eq(counts.compacted, 1);
    zend_mm_shutdown(heap, 1, 1);
    ck_assert_int_eq(counts.freed, 2);
    ck_assert_int_eq(counts.destroyed, 1);
}
END_TEST

START_TEST(storage_may_refuse)
{
    zend_mm_heap *heap = new_counting_heap(2);
    char *block = zend_mm_alloc(heap, 300000);

    memset(block, 'm', 300000);
    ck_assert(ZMM_FAILS(zend_mm_alloc(heap, 262000)));
    ck_assert_ptr_nonnull(strstr(zmm_last_error, "Out of memory (allocated 786432)"));
    ck_assert(ZMM_FAILS(zend_mm_realloc(heap, block, 900000)));
    zmm_assert_sound(heap);
    ck_assert_int_eq(block[299999], 'm');
    zend_mm_shutdown(heap, 1, 1);
}
END_TEST

Suite *zmm_storage_suite(void)
{
    const TTest *const tests[] = {
        each_kind_gives_grows_and_takes_back,
        a_kept_segment_is_used_again,
        a_caller_brings_handlers,
        storage_may_refuse,
    };
    return ZMM_SUITE("zmm storage", tests);
}
