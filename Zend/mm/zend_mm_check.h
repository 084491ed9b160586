/* SPDX-License-Identifier: MIT */
/* The heap's invariants as a function. */
#ifndef ZEND_MM_CHECK_H
#define ZEND_MM_CHECK_H

#include "zend_alloc.h"

/* `invariant` is its number, such as "L3"; `where` is the block, list or field at fault. */
typedef void (*zend_mm_complaint)(void *context, const char *invariant, const char *text,
    const void *where);

/*
 * Checks every numbered invariant of the comments in zend_mm_layout.h, zend_mm_internal.h and the
 * rooms, and tells `complain` (may be NULL) of each breach. Returns their number. Changes nothing
 * and allocates nothing; takes time in proportion to the number of blocks.
 */
size_t zend_mm_check_heap(const zend_mm_heap *heap, zend_mm_complaint complain, void *context);

#endif
