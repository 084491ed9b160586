/* SPDX-License-Identifier: MIT */
/*
 * The guards of the debug flavour: what each block carries to show who wrote where he should not.
 *
 *      +0    _cookie        address of the block xor a random number
 *      +8    _size, _prev   the boundary tags, as in the release flavour
 *      +24   magic          the block's state, one of the numbers below
 *      +32   filename, lineno, orig_filename, orig_lineno, size     of the call
 *      +72   start_magic    random, right before the caller's bytes
 *      +80   what the caller may use (`size` bytes), then the end magic, 4 random bytes
 *
 * A free or cached block keeps _cookie, the tags and magic; its links lie on the call's place.
 * What is freed is filled with 0x5A.
 *
 * In the release flavour all of this compiles to nothing.
 */
#ifndef ZEND_MM_GUARD_H
#define ZEND_MM_GUARD_H

#include "mm/zend_mm_internal.h"

#define ZEND_MM_BLOCK_VALID_MAGIC 0x7312F8DCU
#define ZEND_MM_BLOCK_FREED_MAGIC 0x99954317U
#define ZEND_MM_BLOCK_CACHED_MAGIC 0xFB8277DCU
#define ZEND_MM_BLOCK_GUARD_MAGIC 0x2A8FCC84U
#define ZEND_MM_BLOCK_LEAK_MAGIC 0x6C5E8F2DU

#if ZEND_DEBUG

_Static_assert(offsetof(zend_mm_block, magic) == 24, "the drawing above");
_Static_assert(offsetof(zend_mm_block, debug.start_magic) == 72, "the drawing above");

/* Draws the random numbers, once in a process. */
void zend_mm_guard_startup(void);

/* Sets what the state of a block asks for. The boundary tags must be right already. */
void zend_mm_guard_mark_used(zend_mm_free_block *block, size_t size ZEND_MM_SITE_DC);
void zend_mm_guard_mark_free(zend_mm_free_block *block);
void zend_mm_guard_mark_cached(zend_mm_free_block *block);
void zend_mm_guard_mark_guard(zend_mm_free_block *block);
void zend_mm_guard_fill_freed(zend_mm_free_block *block);

/* Panics unless the block is what its holder takes it for. */
void zend_mm_guard_check_free(const zend_mm_free_block *block);
void zend_mm_guard_check_cached(const zend_mm_free_block *block);

/*
 * Looks at a block that a caller hands in. A wrong header: prints the block's status and panics.
 * A caller who wrote past the end: prints the status and returns false; the block is then left
 * as it is, to be seen in the leak report.
 */
bool zend_mm_guard_accept(const zend_mm_free_block *block ZEND_MM_SITE_DC);

/* True when header, cookie and magics of a used block are right. */
bool zend_mm_guard_is_intact(const zend_mm_free_block *block);

/* Bytes that the caller may have written. */
size_t zend_mm_guard_capacity(const zend_mm_free_block *block);

/* zend_mm_leaks.c: prints all used blocks, the reserve apart. */
void zend_mm_guard_report_leaks(zend_mm_heap *heap);

/* Prints what is wrong with a block, in words. */
void zend_mm_guard_print_status(const zend_mm_free_block *block ZEND_MM_SITE_DC);

#else

#define zend_mm_guard_startup() ((void) 0)
#define zend_mm_guard_mark_used(block, size) ((void) 0)
#define zend_mm_guard_mark_free(block) ((void) 0)
#define zend_mm_guard_mark_cached(block) ((void) 0)
#define zend_mm_guard_mark_guard(block) ((void) 0)
#define zend_mm_guard_fill_freed(block) ((void) 0)
#define zend_mm_guard_check_free(block) ((void) 0)
#define zend_mm_guard_check_cached(block) ((void) 0)
#define zend_mm_guard_accept(block) true
#define zend_mm_guard_capacity(block) (zend_mm_size_of(block) - ZEND_MM_ALIGNED_HEADER_SIZE)
#define zend_mm_guard_report_leaks(heap) ((void) 0)

#endif
#endif
