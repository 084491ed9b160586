/* SPDX-License-Identifier: MIT */
/*
 * Writes where nobody may write: each field that is guarded is overwritten, and the next use of
 * it must end the process. The debug flavour's guards, its messages and its leak report.
 */
#include "zmm_test.h"

typedef struct {
    zend_mm_heap *heap;
    void *before, *block, *after;  /* three neighbours, with a used block on either side */
} scene;

static scene set_scene(size_t size)
{
    scene s = { zmm_new_heap(ZMM_RESERVE, 0), NULL, NULL, NULL };

    zend_mm_alloc(s.heap, 16);
    s.before = zend_mm_alloc(s.heap, size);
    s.block = zend_mm_alloc(s.heap, size);
    s.after = zend_mm_alloc(s.heap, size);
    zend_mm_alloc(s.heap, 16);
    return s;
}

/* --- Boundary tags ------------------------------------------------------------------------- */

static void overwrite_next_prev(void *unused)
{
    scene s = set_scene(1000);

    zend_mm_header_of(s.after)->info._prev += 8;
    zend_mm_free(s.heap, s.block);
}

static void overwrite_own_prev(void *unused)
{
    scene s = set_scene(1000);

    zend_mm_header_of(s.block)->info._prev = zend_mm_true_size(1000) + 64 + 1;
    zend_mm_free(s.heap, s.block);
}

static void overwrite_own_size(void *unused)
{
    scene s = set_scene(1000);

    zend_mm_header_of(s.block)->info._size -= 64;
    zend_mm_free(s.heap, s.block);
}

static void overwrite_size_before_realloc(void *unused)
{
    scene s = set_scene(1000);

    zend_mm_header_of(s.block)->info._size -= 64;
    zend_mm_realloc(s.heap, s.block, 500);
}

static void overwrite_size_of_free_block(void *unused)
{
    scene s = set_scene(1000);

    zend_mm_free(s.heap, s.block);
    zend_mm_header_of(s.block)->info._size -= 64;
    zend_mm_alloc(s.heap, 1000);
    zend_mm_free(s.heap, s.before);
}

START_TEST(boundary_tags_are_guarded)
{
    static void (*const crimes[])(void *) = {
        overwrite_next_prev, overwrite_own_prev, overwrite_own_size, overwrite_size_before_realloc,
        overwrite_size_of_free_block,
    };
    size_t i;

    for (i = 0; i < sizeof(crimes) / sizeof(*crimes); i++) {
        zmm_outcome outcome = zmm_in_child(crimes[i], NULL);

        zmm_assert_corrupted(&outcome);
    }
}
END_TEST

/* --- Links --------------------------------------------------------------------------------- */

static zend_mm_free_block forged;

static void overwrite_small_link(bool prev)
{
    scene s = set_scene(40);

    zend_mm_heap_free_uncached(s.heap, zend_mm_header_of(s.block));
    forged.prev_free_block = forged.next_free_block = &forged;
    if (prev) {
        zend_mm_header_of(s.block)->prev_free_block = &forged;
    } else {
        zend_mm_header_of(s.block)->next_free_block = &forged;
    }
    zend_mm_heap_free_uncached(s.heap, zend_mm_header_of(s.before));
}

static void overwrite_small_prev(void *unused)
{
    overwrite_small_link(true);
}

static void overwrite_small_next(void *unused)
{
    overwrite_small_link(false);
}

static void overwrite_follower_link(void *unused)
{
    scene s = set_scene(2000);

    zend_mm_free(s.heap, s.before);
    zend_mm_free(s.heap, s.after);
    forged.prev_free_block = forged.next_free_block = &forged;
    zend_mm_header_of(s.after)->next_free_block = &forged;
    zend_mm_alloc(s.heap, 2000);
}

static void overwrite_parent(void *unused)
{
    static zend_mm_free_block *nobody;
    scene s = set_scene(2000);

    zend_mm_free(s.heap, s.block);
    zend_mm_header_of(s.block)->parent = &nobody;
    zend_mm_alloc(s.heap, 2000);
}

static void overwrite_rest_link(void *unused)
{
    zend_mm_heap *heap = zmm_new_heap(ZMM_RESERVE, 0);
    char *big = zend_mm_alloc(heap, 300000);
    zend_mm_free_block *rest = zend_mm_next_block(zend_mm_header_of(big));

    forged.prev_free_block = forged.next_free_block = &forged;
    rest->prev_free_block = &forged;
    zend_mm_free(heap, big);
}

START_TEST(links_are_guarded)
{
    static void (*const crimes[])(void *) = {
        overwrite_small_prev, overwrite_small_next, overwrite_follower_link, overwrite_parent,
        overwrite_rest_link,
    };
    size_t i;

    for (i = 0; i < sizeof(crimes) / sizeof(*crimes); i++) {
        zmm_outcome outcome = zmm_in_child(crimes[i], NULL);

        zmm_assert_corrupted(&outcome);
    }
}
END_TEST

/* --- The checker --------------------------------------------------------------------------- */

static void note_invariant(void *context, const char *invariant, const char *text,
    const void *where)
{
    char *first = context;

    if (*first == '\0') {
        snprintf(first, 8, "%s", invariant);
    }
}

static void assert_breach(zend_mm_heap *heap, const char *invariant)
{
    char found[8] = "";

    ck_assert_uint_gt(zend_mm_check_heap(heap, note_invariant, found), 0);
    ck_assert_str_eq(found, invariant);
}

START_TEST(the_checker_names_the_invariant)
{
    scene s = set_scene(1000);
    zend_mm_free_block *block = zend_mm_header_of(s.block);

    zmm_assert_sound(s.heap);
    zend_mm_header_of(s.after)->info._prev ^= 8;
    assert_breach(s.heap, "L3");
    zend_mm_header_of(s.after)->info._prev ^= 8;
    block->info._size |= (size_t) 1 << 40;
    assert_breach(s.heap, "L2");
    block->info._size &= ~((size_t) 1 << 40);
    s.heap->real_size++;
    assert_breach(s.heap, "H1");
    s.heap->real_size--;
    s.heap->cached += 8;
    assert_breach(s.heap, "C1");
    s.heap->cached -= 8;
    s.heap->rest_count++;
    assert_breach(s.heap, "R2");
    s.heap->rest_count--;
    s.heap->large_free_bitmap ^= 1;
    assert_breach(s.heap, "T1");
    s.heap->large_free_bitmap ^= 1;
    s.heap->free_bitmap ^= 1;
    assert_breach(s.heap, "S2");
    s.heap->free_bitmap ^= 1;
    zmm_assert_sound(s.heap);
    zend_mm_shutdown(s.heap, 1, 1);
}
END_TEST

#if ZEND_DEBUG

/* --- Guards of the debug flavour ----------------------------------------------------------- */

static void overwrite_cookie(void *unused)
{
    scene s = set_scene(40);

    zend_mm_header_of(s.block)->info._cookie ^= 1;
    zend_mm_free(s.heap, s.block);
}

static void overwrite_magic(void *unused)
{
    scene s = set_scene(40);

    zend_mm_header_of(s.block)->magic++;
    zend_mm_free(s.heap, s.block);
}

static void write_before_the_data(void *unused)
{
    scene s = set_scene(40);

    ((zend_mm_block *) zend_mm_header_of(s.block))->debug.start_magic++;
    zend_mm_free(s.heap, s.block);
}

static void overwrite_requested_size(void *unused)
{
    scene s = set_scene(40);

    ((zend_mm_block *) zend_mm_header_of(s.block))->debug.size = 1000000;
    zend_mm_free(s.heap, s.block);
}

static void write_into_free_block(void *unused)
{
    scene s = set_scene(1000);

    zend_mm_free(s.heap, s.block);
    zend_mm_header_of(s.block)->magic = 0;
    zend_mm_alloc(s.heap, 1000);
}

static void write_into_cached_block(void *unused)
{
    scene s = set_scene(40);

    zend_mm_free(s.heap, s.block);
    zend_mm_header_of(s.block)->info._cookie = 0;
    zend_mm_alloc(s.heap, 40);
}

START_TEST(guards_are_checked)
{
    static void (*const crimes[])(void *) = {
        overwrite_cookie, overwrite_magic, write_before_the_data, overwrite_requested_size,
        write_into_free_block, write_into_cached_block,
    };
    size_t i;

    for (i = 0; i < sizeof(crimes) / sizeof(*crimes); i++) {
        zmm_outcome outcome = zmm_in_child(crimes[i], NULL);

        zmm_assert_corrupted(&outcome);
    }
}
END_TEST

static void free_twice(void *size)
{
    scene s = set_scene(*(size_t *) size);

    zend_mm_free(s.heap, s.block);
    zend_mm_free(s.heap, s.block);
}

START_TEST(a_double_free_is_found)
{
    size_t small = 40, large = 1000;
    zmm_outcome outcome = zmm_in_child(free_twice, &small);

    zmm_assert_corrupted(&outcome);
    ck_assert_ptr_nonnull(strstr(outcome.output, "Beginning:\tCached"));
    outcome = zmm_in_child(free_twice, &large);
    zmm_assert_corrupted(&outcome);
    ck_assert_ptr_nonnull(strstr(outcome.output, "Beginning:\tFreed"));
}
END_TEST

static void overrun(void *unused)
{
    scene s = set_scene(41);

    ((char *) s.block)[41] ^= 1;
    zend_mm_free(s.heap, s.block);
    exit(zmm_state_of(s.heap, s.block) == ZEND_MM_STATE_USED ? 4 : 5);
}

START_TEST(an_overrun_is_told_and_the_block_kept)
{
    zmm_outcome outcome = zmm_in_child(overrun, NULL);

    ck_assert_int_eq(outcome.exit_status, 4);
    ck_assert_ptr_nonnull(strstr(outcome.output, "Overflown (1 of 4 bytes)"));
}
END_TEST

START_TEST(freed_data_is_filled)
{
    scene s = set_scene(1000);
    size_t i;

    zend_mm_free(s.heap, s.block);
    for (i = 0; i < 1000; i++) {
        ck_assert_int_eq(((unsigned char *) s.block)[i], 0x5A);
    }
    zend_mm_shutdown(s.heap, 1, 1);
}
END_TEST

static void check_blocks(void *unused)
{
    char *a, *b;

    start_memory_manager();
    a = emalloc(10);
    b = emalloc(10);
    b[10] ^= 1;
    if (mem_block_check(a, 1) != 1 || mem_block_check(b, 1) != 0) {
        exit(9);
    }
    mem_block_check(a, 0);
    full_mem_check(0);
}

START_TEST(blocks_can_be_checked)
{
    zmm_outcome outcome = zmm_in_child(check_blocks, NULL);

    ck_assert_int_eq(outcome.exit_status, 0);
    ck_assert_ptr_nonnull(strstr(outcome.output, "Beginning:\tOK (allocated on "));
    ck_assert_ptr_nonnull(strstr(outcome.output, "      End:\tOK\n"));
    ck_assert_ptr_nonnull(strstr(outcome.output, "      End:\tOverflown"));
    ck_assert_ptr_nonnull(strstr(outcome.output, "Total 1 problems detected\n"));
}
END_TEST

/* --- The leak report ----------------------------------------------------------------------- */

static void *relayed(size_t size ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC)
{
    return emalloc_rel(size);
}

static void leak(void *count)
{
    int i;

    zmm_catch_errors();
    start_memory_manager();
    for (i = 0; i < *(int *) count; i++) {
        emalloc(33);
    }
    efree(emalloc(10));
    relayed(44, "caller.c", 99, NULL, 0);
    shutdown_memory_manager(0, 0);
    shutdown_memory_manager(0, 1);
}

START_TEST(leaks_are_reported)
{
    int count = 4;
    zmm_outcome outcome = zmm_in_child(leak, &count);
    const char *output = outcome.output;

    ck_assert_int_eq(outcome.exit_status, 0);
    ck_assert_msg(output[0] == '[', "%s", output);
    ck_assert_ptr_nonnull(strstr(output, "]  Script:  'suite.php'\n"));
    ck_assert_ptr_nonnull(strstr(output, " :  Freeing 0x"));
    ck_assert_ptr_nonnull(strstr(output,
        " (33 bytes), script=suite.php\nLast leak repeated 3 times\n"));
    ck_assert_ptr_nonnull(strstr(output, "caller.c(99) :  Freeing 0x"));
    ck_assert_ptr_nonnull(strstr(output, " : Actual location (location was relayed)\n"));
    ck_assert_ptr_nonnull(strstr(output, "=== Total 5 memory leaks detected ===\n"));
    /* The second shutdown has nothing to report. */
    ck_assert_ptr_null(strstr(strstr(output, "=== Total"), "Freeing"));
}
END_TEST

#endif

Suite *zmm_corruption_suite(void)
{
    const TTest *const tests[] = {
        boundary_tags_are_guarded,
        links_are_guarded,
        the_checker_names_the_invariant,
#if ZEND_DEBUG
        guards_are_checked,
        a_double_free_is_found,
        an_overrun_is_told_and_the_block_kept,
        freed_data_is_filled,
        blocks_can_be_checked,
        leaks_are_reported,
#endif
    };
    return ZMM_SUITE("zmm corruption", tests);
}
