/* SPDX-License-Identifier: MIT */
/*
 * The leak report of the debug flavour: what a request did not free, by the place of the call.
 *
 * Blocks of one place are told once, with the number of times it happened again. To find them the
 * report goes through the rest of the heap for each new place, and marks what it has counted with
 * the leak magic.
 */
#include "mm/zend_mm_guard.h"

#if ZEND_DEBUG

#include <time.h>

typedef struct {
    const zend_mm_segment *segment;
    zend_mm_free_block *block;
} position;

static void start_at(position *at, const zend_mm_segment *segment)
{
    at->segment = segment;
    at->block = segment != NULL ? zend_mm_first_block(segment) : NULL;
}

static void advance(position *at)
{
    at->block = zend_mm_next_block(at->block);
    if (zend_mm_is_guard(at->block)) {
        start_at(at, at->segment->next_segment);
    }
}

static bool is_leak(const zend_mm_free_block *block)
{
    return zend_mm_type_of(block) == ZEND_MM_USED_BLOCK
        && block->magic == ZEND_MM_BLOCK_VALID_MAGIC;
}

static const zend_mm_debug_info *call_of(const zend_mm_free_block *block)
{
    return &((const zend_mm_block *) block)->debug;
}

/*
 * File names are literals of the source file that the call stands in: equal ones are one pointer.
 */
static bool is_same_place(const zend_mm_debug_info *a, const zend_mm_debug_info *b)
{
    return a->filename == b->filename && a->lineno == b->lineno
        && a->orig_filename == b->orig_filename && a->orig_lineno == b->orig_lineno;
}

/* Marks the leaks behind `at` that come from the same place, and counts them. */
static unsigned long mark_repetitions(position at, const zend_mm_debug_info *call)
{
    unsigned long repeated = 0;

    for (advance(&at); at.block != NULL; advance(&at)) {
        if (is_leak(at.block) && is_same_place(call_of(at.block), call)) {
            at.block->magic = ZEND_MM_BLOCK_LEAK_MAGIC;
            repeated++;
        }
    }
    return repeated;
}

static void print_heading(const char *script)
{
    time_t now = time(NULL);
    char stamp[64];

    strftime(stamp, sizeof(stamp), "%a %b %e %H:%M:%S %Y", localtime(&now));
    fprintf(stderr, "[%s]  Script:  '%s'\n", stamp, script);
}

static void print_leak(const zend_mm_free_block *block, const char *script)
{
    const zend_mm_debug_info *call = call_of(block);

    fprintf(stderr, "%s(%u) :  Freeing 0x%08lX (%zu bytes), script=%s\n", call->filename,
        call->lineno,
        (unsigned long) zend_mm_data_of(block), call->size, script);
    if (call->orig_filename != NULL) {
        fprintf(stderr, "%s(%u) : Actual location (location was relayed)\n", call->orig_filename,
            call->orig_lineno);
    }
}

/* Neither the reserve nor the heap structure itself is a leak. */
static void excuse_own_blocks(zend_mm_heap *heap)
{
    if (heap->reserve != NULL) {
        zend_mm_header_of(heap->reserve)->magic = ZEND_MM_BLOCK_LEAK_MAGIC;
    }
    if (heap->internal) {
        zend_mm_header_of(heap)->magic = ZEND_MM_BLOCK_LEAK_MAGIC;
    }
}

void zend_mm_guard_report_leaks(zend_mm_heap *heap)
{
    const char *script = zend_mm_script_name();
    unsigned long total = 0;
    position at;

    excuse_own_blocks(heap);
    for (start_at(&at, heap->segments_list); at.block != NULL; advance(&at)) {
        unsigned long repeated;

        if (!is_leak(at.block)) {
            continue;
        }
        if (total == 0) {
            print_heading(script);
        }
        print_leak(at.block, script);
        repeated = mark_repetitions(at, call_of(at.block));
        if (repeated > 0) {
            fprintf(stderr, "Last leak repeated %lu time%s\n", repeated, repeated > 1 ? "s" : "");
        }
        total += 1 + repeated;
    }
    if (total > 0) {
        fprintf(stderr, "=== Total %lu memory leaks detected ===\n", total);
        fflush(stderr);
    }
}

#endif
