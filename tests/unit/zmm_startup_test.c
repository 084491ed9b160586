/* SPDX-License-Identifier: MIT */
/* Start-up by the environment, each variable with right and wrong values. */
#include "zmm_test.h"

typedef struct {
    const char *name;
    const char *value;
} variable;

static void start_with(void *argument)
{
    const variable *v = argument;

    setenv(v->name, v->value, 1);
    start_memory_manager();
}

static void assert_refused(const char *name, const char *value, const char *message)
{
    variable v = { name, value };
    zmm_outcome outcome = zmm_in_child(start_with, &v);

    ck_assert_int_eq(outcome.exit_status, 255);
    ck_assert_str_eq(outcome.output, message);
}

START_TEST(wrong_values_are_refused)
{
    assert_refused("ZEND_MM_MEM_TYPE", "tape", "Wrong or unsupported zend_mm storage type 'tape'\n"
        "  supported types:\n    'malloc'\n    'mmap_anon'\n    'mmap_zero'\n");
    assert_refused("ZEND_MM_SEG_SIZE", "100000", "ZEND_MM_SEG_SIZE must be a power of two\n");
    assert_refused("ZEND_MM_SEG_SIZE", "16", "ZEND_MM_SEG_SIZE is too small\n");
    assert_refused("ZEND_MM_SEG_SIZE", "0", "ZEND_MM_SEG_SIZE is too small\n");
    assert_refused("ZEVAL_STRESS", "no-cache,nonsense",
        "Unknown word in ZEVAL_STRESS: 'nonsense'\n");
}
END_TEST

static void *never(void *params)
{
    return NULL;
}

static void start_with_block_size(void *argument)
{
    zend_mm_startup_ex(zend_mm_find_storage(NULL), *(size_t *) argument, 0, 0, NULL);
}

static void start_with_no_storage(void *unused)
{
    static const zend_mm_mem_handlers handlers = {
        "never", (zend_mm_storage *(*)(void *)) never, NULL, NULL, NULL, NULL, NULL
    };

    zend_mm_startup_ex(&handlers, ZMM_SEGMENT, 0, 0, NULL);
}

START_TEST(startup_ex_refuses_too)
{
    size_t odd = 3000;
    zmm_outcome outcome = zmm_in_child(start_with_block_size, &odd);

    ck_assert_int_eq(outcome.exit_status, 255);
    ck_assert_str_eq(outcome.output, "'block_size' must be a power of two\n");
    outcome = zmm_in_child(start_with_no_storage, NULL);
    ck_assert_int_eq(outcome.exit_status, 255);
    ck_assert_str_eq(outcome.output, "Cannot initialize zend_mm storage [never]\n");
}
END_TEST

START_TEST(segment_size_takes_suffixes)
{
    static const struct {
        const char *text;
        size_t size;
    } values[] = {
        { "65536", 65536 }, { "64K", 65536 }, { "64k", 65536 }, { "1M", 1048576 },
        { "1g", 1073741824 },
    };
    size_t i;

    for (i = 0; i < sizeof(values) / sizeof(*values); i++) {
        setenv("ZEND_MM_SEG_SIZE", values[i].text, 1);
        start_memory_manager();
        ck_assert_uint_eq(zend_mm_get_heap()->block_size, values[i].size);
        ck_assert_uint_eq(zend_memory_usage(1), values[i].size);
        shutdown_memory_manager(1, 1);
    }
}
END_TEST

START_TEST(storage_and_compact_size_are_chosen)
{
    zend_mm_figures figures;

    setenv("ZEND_MM_MEM_TYPE", "mmap_anon", 1);
    setenv("ZEND_MM_COMPACT", "4M", 1);
    start_memory_manager();
    zend_mm_get_figures(zend_mm_get_heap(), &figures);
    ck_assert_str_eq(figures.storage, "mmap_anon");
    ck_assert_uint_eq(zend_mm_get_heap()->compact_size, 4194304);
    shutdown_memory_manager(1, 1);
}
END_TEST

START_TEST(defaults_are_those_of_the_manual)
{
    start_memory_manager();
    ck_assert_uint_eq(zend_mm_get_heap()->block_size, 262144);
    ck_assert_uint_eq(zend_mm_get_heap()->compact_size, 2097152);
    ck_assert_uint_eq(zend_mm_get_heap()->reserve_size, 8192);
    ck_assert_uint_eq(zend_mm_get_heap()->limit, (size_t) 1 << 62);
    ck_assert_int_eq(is_zend_mm(), 1);
    shutdown_memory_manager(1, 1);
}
END_TEST

START_TEST(use_zend_alloc_0_goes_past_the_heap)
{
    char *a;

    setenv("USE_ZEND_ALLOC", "0", 1);
    start_memory_manager();
    ck_assert_int_eq(is_zend_mm(), 0);
    a = emalloc(100);
    a = erealloc(a, 1000);
    ck_assert_uint_eq(zend_memory_usage(0), 0);
    ck_assert_uint_eq(zend_mem_block_size(a), 0);
    efree(a);
    efree_size(emalloc_size(32), 32);
    efree(NULL);
    shutdown_memory_manager(1, 0);
    efree(estrdup("still there"));
    shutdown_memory_manager(1, 1);
}
END_TEST

Suite *zmm_startup_suite(void)
{
    const TTest *const tests[] = {
        wrong_values_are_refused,
        startup_ex_refuses_too,
        segment_size_takes_suffixes,
        storage_and_compact_size_are_chosen,
        defaults_are_those_of_the_manual,
        use_zend_alloc_0_goes_past_the_heap,
    };
    return ZMM_SUITE("zmm startup", tests);
}
