/* SPDX-License-Identifier: MIT */
/*
 * The guards of the debug flavour: setting them, and telling what a broken one means.
 */
#include "mm/zend_mm_guard.h"

#if ZEND_DEBUG

#include <time.h>
#include <unistd.h>

/* Random numbers of this process: what a stray write leaves will hardly be right by chance. */
static size_t cookie_mask;
static uint start_magic;
static uint end_magic;

/* splitmix64: a few good bits from the clock and the process number are all that is needed. */
static size_t mix(size_t seed)
{
    seed += 0x9E3779B97F4A7C15UL;
    seed = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9UL;
    seed = (seed ^ (seed >> 27)) * 0x94D049BB133111EBUL;
    return seed ^ (seed >> 31);
}

void zend_mm_guard_startup(void)
{
    if (cookie_mask == 0) {
        size_t seed = mix((size_t) time(NULL) ^ ((size_t) getpid() << 32));

        cookie_mask = mix(seed) | 1;
        start_magic = (uint) mix(seed + 1);
        end_magic = (uint) mix(seed + 2);
    }
}

/* --- Setting ------------------------------------------------------------------------------- */

/* The header of a used block seen as such. */
static zend_mm_block *used_view(const zend_mm_free_block *block)
{
    return (zend_mm_block *) block;
}

static void set_state(zend_mm_free_block *block, uint magic)
{
    block->info._cookie = (size_t) block ^ cookie_mask;
    block->magic = magic;
}

/* The end magic has no alignment: it follows the caller's last byte. */
static char *end_magic_of(const zend_mm_free_block *block)
{
    return (char *) zend_mm_data_of(block) + used_view(block)->debug.size;
}

void zend_mm_guard_mark_used(zend_mm_free_block *block, size_t size ZEND_MM_SITE_DC)
{
    zend_mm_debug_info *debug = &used_view(block)->debug;

    set_state(block, ZEND_MM_BLOCK_VALID_MAGIC);
    debug->filename = __zend_filename;
    debug->lineno = __zend_lineno;
    debug->orig_filename = __zend_orig_filename;
    debug->orig_lineno = __zend_orig_lineno;
    debug->size = size;
    debug->start_magic = start_magic;
    memcpy(end_magic_of(block), &end_magic, sizeof(end_magic));
}

void zend_mm_guard_mark_free(zend_mm_free_block *block)
{
    set_state(block, ZEND_MM_BLOCK_FREED_MAGIC);
}

void zend_mm_guard_mark_cached(zend_mm_free_block *block)
{
    set_state(block, ZEND_MM_BLOCK_CACHED_MAGIC);
}

void zend_mm_guard_mark_guard(zend_mm_free_block *block)
{
    set_state(block, ZEND_MM_BLOCK_GUARD_MAGIC);
}

void zend_mm_guard_fill_freed(zend_mm_free_block *block)
{
    memset(zend_mm_data_of(block), 0x5A, used_view(block)->debug.size);
}

size_t zend_mm_guard_capacity(const zend_mm_free_block *block)
{
    return used_view(block)->debug.size;
}

/* --- Checking ------------------------------------------------------------------------------ */

static bool cookie_is_right(const zend_mm_free_block *block)
{
    return block->info._cookie == ((size_t) block ^ cookie_mask);
}

static bool is_in_state(const zend_mm_free_block *block, uint magic)
{
    return cookie_is_right(block) && block->magic == magic;
}

void zend_mm_guard_check_free(const zend_mm_free_block *block)
{
    zend_mm_require(is_in_state(block, ZEND_MM_BLOCK_FREED_MAGIC));
}

void zend_mm_guard_check_cached(const zend_mm_free_block *block)
{
    zend_mm_require(is_in_state(block, ZEND_MM_BLOCK_CACHED_MAGIC));
}

/* The size must be believed before anything that depends on it is read. */
static bool header_is_right(const zend_mm_free_block *block)
{
    return is_in_state(block, ZEND_MM_BLOCK_VALID_MAGIC)
        && zend_mm_type_of(block) == ZEND_MM_USED_BLOCK
        && zend_mm_next_block(block)->info._prev == block->info._size
        && (zend_mm_is_first(block) || zend_mm_prev_block(block)->info._size == block->info._prev);
}

static bool start_is_right(const zend_mm_free_block *block)
{
    return used_view(block)->debug.start_magic == start_magic;
}

static bool size_is_right(const zend_mm_free_block *block)
{
    return used_view(block)->debug.size
        <= zend_mm_size_of(block) - ZEND_MM_ALIGNED_HEADER_SIZE - ZEND_MM_END_MAGIC_SIZE;
}

static bool end_is_right(const zend_mm_free_block *block)
{
    return size_is_right(block) && memcmp(end_magic_of(block), &end_magic, sizeof(end_magic)) == 0;
}

bool zend_mm_guard_is_intact(const zend_mm_free_block *block)
{
    return header_is_right(block) && start_is_right(block) && end_is_right(block);
}

bool zend_mm_guard_accept(const zend_mm_free_block *block ZEND_MM_SITE_DC)
{
    if (EXPECTED(zend_mm_guard_is_intact(block))) {
        return true;
    }
    zend_mm_guard_print_status(block ZEND_MM_SITE_CC);
    zend_mm_require(header_is_right(block) && start_is_right(block) && size_is_right(block));
    return false;
}

/* --- Telling ------------------------------------------------------------------------------- */

static const char *name_of_magic(uint magic)
{
    switch (magic) {
        case ZEND_MM_BLOCK_VALID_MAGIC:
            return "OK";
        case ZEND_MM_BLOCK_FREED_MAGIC:
            return "Freed";
        case ZEND_MM_BLOCK_CACHED_MAGIC:
            return "Cached";
        case ZEND_MM_BLOCK_GUARD_MAGIC:
            return "Guard";
        case ZEND_MM_BLOCK_LEAK_MAGIC:
            return "Leaked";
        default:
            return "Overflown";
    }
}

/* How many of the four bytes of the end magic differ. */
static int count_wrong_end_bytes(const zend_mm_free_block *block)
{
    const char *found = end_magic_of(block);
    const char *wanted = (const char *) &end_magic;
    int wrong = 0;
    size_t i;

    for (i = 0; i < sizeof(end_magic); i++) {
        wrong += found[i] != wanted[i];
    }
    return wrong;
}

static void print_caller_bytes(const zend_mm_free_block *block)
{
    const zend_mm_debug_info *debug = &used_view(block)->debug;

    if (start_is_right(block)) {
        fprintf(stderr, "    Start:\tOK\n");
    } else {
        fprintf(stderr, "    Start:\tOverflown (magic=0x%08X instead of 0x%08X)\n",
            debug->start_magic, start_magic);
        return;
    }
    if (end_is_right(block)) {
        fprintf(stderr, "      End:\tOK\n");
    } else if (!size_is_right(block)) {
        fprintf(stderr, "      End:\tUnknown (the size is overwritten)\n");
    } else {
        fprintf(stderr, "      End:\tOverflown (%d of %zu bytes)\n", count_wrong_end_bytes(block),
            sizeof(end_magic));
    }
}

void zend_mm_guard_print_status(const zend_mm_free_block *block ZEND_MM_SITE_DC)
{
    const zend_mm_debug_info *debug = &used_view(block)->debug;

    fprintf(stderr, "---------------------------------------\n");
    fprintf(stderr, "%s(%u) : Block 0x%08lX status:\n", __zend_filename, __zend_lineno,
        (unsigned long) zend_mm_data_of(block));
    if (__zend_orig_filename != NULL) {
        fprintf(stderr, "%s(%u) : Actual location (location was relayed)\n", __zend_orig_filename,
            __zend_orig_lineno);
    }
    if (!cookie_is_right(block)) {
        fprintf(stderr, "Beginning:\tOverflown (cookie)\n");
    } else if (block->magic != ZEND_MM_BLOCK_VALID_MAGIC) {
        fprintf(stderr, "Beginning:\t%s (magic=0x%08X)\n", name_of_magic(block->magic),
            block->magic);
    } else if (!header_is_right(block)) {
        fprintf(stderr, "Beginning:\tOverflown (sizes of this block and its neighbours)\n");
    } else {
        fprintf(stderr, "Beginning:\tOK (allocated on %s:%u, %zu bytes)\n", debug->filename,
            debug->lineno,
            debug->size);
        print_caller_bytes(block);
    }
    fprintf(stderr, "---------------------------------------\n");
    fflush(stderr);
}

int _mem_block_check(void *ptr, int silent ZEND_MM_SITE_DC)
{
    const zend_mm_free_block *block = zend_mm_header_of(ptr);

    if (AG(mm_heap)->use_zend_alloc == ZEND_MM_BYPASSED) {
        return 1;
    }
    if (!silent) {
        zend_mm_guard_print_status(block ZEND_MM_SITE_CC);
    }
    return zend_mm_guard_is_intact(block);
}

/* Used blocks only: what is free or cached is checked when it is taken from its list. */
static int check_segment(const zend_mm_segment *segment, int silent ZEND_MM_SITE_DC)
{
    const zend_mm_free_block *block;
    int problems = 0;

    for (block = zend_mm_first_block(segment); !zend_mm_is_guard(block);
            block = zend_mm_next_block(block)) {
        bool used = zend_mm_type_of(block) == ZEND_MM_USED_BLOCK
            && block->magic != ZEND_MM_BLOCK_CACHED_MAGIC;

        if (used && !zend_mm_guard_is_intact(block)) {
            problems++;
            if (!silent) {
                zend_mm_guard_print_status(block ZEND_MM_SITE_CC);
            }
            if (!header_is_right(block)) {
                break;
            }
        }
    }
    return problems;
}

void _full_mem_check(int silent ZEND_MM_SITE_DC)
{
    const zend_mm_segment *segment;
    int problems = 0;

    if (AG(mm_heap)->use_zend_alloc == ZEND_MM_BYPASSED) {
        return;
    }
    fprintf(stderr, "------------------------------------------------\n");
    fprintf(stderr, "Full Memory Check at %s:%u\n", __zend_filename, __zend_lineno);
    for (segment = AG(mm_heap)->segments_list; segment != NULL; segment = segment->next_segment) {
        problems += check_segment(segment, silent ZEND_MM_SITE_CC);
    }
    fprintf(stderr, "Total %d problems detected\n", problems);
    fprintf(stderr, "------------------------------------------------\n");
}

#endif
