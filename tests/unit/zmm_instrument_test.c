/* SPDX-License-Identifier: MIT */
/* Stress switches and owner labels. */
#include "zmm_test.h"

static void begin(const char *stress)
{
    zmm_catch_errors();
    setenv("ZEVAL_STRESS", stress, 1);
    start_memory_manager();
}

static void finish(void)
{
    zmm_assert_sound(zend_mm_get_heap());
    shutdown_memory_manager(1, 1);
}

START_TEST(words_are_parsed)
{
    zend_mm_stress_parse("poison,fail-at=12,,gc-every-alloc");
    ck_assert(zend_mm_stress.poison && zend_mm_stress.gc_every_alloc);
    ck_assert(!zend_mm_stress.no_cache && !zend_mm_stress.move_on_realloc
        && !zend_mm_stress.separate_always);
    ck_assert_uint_eq(zend_mm_stress.fail_at, 12);
    zend_mm_stress_parse(NULL);
    ck_assert(!zend_mm_stress.poison && zend_mm_stress.fail_at == 0);
}
END_TEST

START_TEST(engine_switches_leave_the_heap_straight)
{
    begin("separate-always");
    ck_assert_int_eq(zend_mm_get_heap()->use_zend_alloc, ZEND_MM_IN_USE);
    ck_assert(zend_mm_stress.separate_always);
    finish();
}
END_TEST

START_TEST(move_on_realloc_moves)
{
    char *a, *b;

    begin("move-on-realloc");
    ck_assert_int_eq(is_zend_mm(), 1);
    a = estrdup("moving");
    b = erealloc(a, 3);
    ck_assert_ptr_ne(a, b);
    ck_assert_mem_eq(b, "mov", 3);
    a = erealloc(b, 600);
    ck_assert_ptr_ne(a, b);
    ck_assert_mem_eq(a, "mov", 3);
    finish();
}
END_TEST

START_TEST(no_cache_frees_at_once)
{
    void *a;

    begin("no-cache");
    a = emalloc_size(32);
    emalloc_size(32);
    efree_size(a, 32);
    ck_assert_uint_eq(zend_mm_get_heap()->cached, 0);
    ck_assert_int_eq(zmm_state_of(zend_mm_get_heap(), a), ZEND_MM_STATE_FREE_SMALL);
    finish();
}
END_TEST

START_TEST(poison_fills_new_and_freed_memory)
{
    unsigned char *a;

    begin("poison");
    a = emalloc(1000);
    ck_assert_int_eq(a[0], 0xA5);
    ck_assert_int_eq(a[999], 0xA5);
    emalloc(16);
    efree(a);
    ck_assert_int_eq(a[500], 0x5A);
    finish();
}
END_TEST

START_TEST(fail_at_fails_the_nth_allocation)
{
    begin("fail-at=3");
    emalloc(10);
    emalloc_size(32);
    ck_assert(ZMM_FAILS(emalloc(10)));
    ck_assert_msg(strncmp(zmm_last_error, "Out of memory", 13) == 0, "%s", zmm_last_error);
    ck_assert(!ZMM_FAILS(emalloc(10)));
    finish();
}
END_TEST

static void check_label(const void *data, const char *label)
{
    const char *found = zend_mm_owner_get(data);

    ck_assert_ptr_nonnull(found);
    ck_assert_str_eq(found, label);
}

START_TEST(labels_follow_their_blocks)
{
    void *a, *b;

    begin("");
    a = emalloc_owned(32, "zval");
    ck_assert_ptr_null(zend_mm_owner_get(a));
    zend_mm_owner_enable(true);
    ck_assert(zend_mm_owner_is_enabled());
    b = emalloc_owned(32, "bucket");
    check_label(b, "bucket");
    ck_assert_ptr_null(zend_mm_owner_get(a));
    b = erealloc(b, 5000);
    check_label(b, "bucket");
    efree(b);
    ck_assert_ptr_null(zend_mm_owner_get(b));
    zend_mm_owner_set(a, "late");
    check_label(a, "late");
    zend_mm_owner_enable(false);
    ck_assert_ptr_null(zend_mm_owner_get(a));
    finish();
}
END_TEST

START_TEST(labels_move_no_block)
{
    void *first[50], *second[50];
    int i;

    begin("");
    for (i = 0; i < 50; i++) {
        first[i] = emalloc_owned(16 + (size_t) i * 8, "x");
    }
    shutdown_memory_manager(1, 0);
    zend_mm_owner_enable(true);
    for (i = 0; i < 50; i++) {
        second[i] = emalloc_owned(16 + (size_t) i * 8, "x");
        ck_assert_ptr_eq(first[i], second[i]);
    }
    finish();
}
END_TEST

START_TEST(many_labels_are_kept)
{
    enum { COUNT = 5000 };
    static void *blocks[COUNT];
    int i;

    begin("");
    zend_mm_owner_enable(true);
    for (i = 0; i < COUNT; i++) {
        blocks[i] = emalloc_owned(24, i % 2 ? "odd" : "even");
    }
    for (i = 0; i < COUNT; i += 3) {
        efree(blocks[i]);
    }
    for (i = 0; i < COUNT; i++) {
        if (i % 3 == 0) {
            ck_assert_ptr_null(zend_mm_owner_get(blocks[i]));
        } else {
            check_label(blocks[i], i % 2 ? "odd" : "even");
        }
    }
    finish();
}
END_TEST

Suite *zmm_instrument_suite(void)
{
    const TTest *const tests[] = {
        words_are_parsed,
        engine_switches_leave_the_heap_straight,
        move_on_realloc_moves,
        no_cache_frees_at_once,
        poison_fills_new_and_freed_memory,
        fail_at_fails_the_nth_allocation,
        labels_follow_their_blocks,
        labels_move_no_block,
        many_labels_are_kept,
    };
    return ZMM_SUITE("zmm instruments", tests);
}
