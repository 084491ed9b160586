/* SPDX-License-Identifier: MIT */
/*
 * Instruments: stress switches that give bugs a chance, and labels that say what a block holds.
 *
 * Both work on the heap as it is, and cost nothing when they are off: a heap with instruments
 * sends its calls round through zend_mm_instrument.c, and inlined code finds the front door shut
 * (zend_mm_front.h). Neither adds a byte to any block.
 *
 * ZEVAL_STRESS is a list of words with commas between. The memory manager heeds the first four,
 * the engine the others:
 *
 *      move-on-realloc   erealloc() always moves the block
 *      no-cache          freed blocks go to the lists at once
 *      poison            new memory is filled with 0xA5, freed memory with 0x5A
 *      fail-at=N         the N-th allocation of the process fails, as out of memory
 *      gc-every-alloc    the cycle collector runs at each chance
 *      separate-always   values are separated even when they are not shared
 */
#ifndef ZEND_MM_INSTRUMENT_H
#define ZEND_MM_INSTRUMENT_H

#include "zend_portability.h"

typedef struct _zend_mm_stress_flags {
    bool move_on_realloc;
    bool no_cache;
    bool poison;
    bool gc_every_alloc;
    bool separate_always;
    size_t fail_at;         /* 0: never */
} zend_mm_stress_flags;

/* What ZEVAL_STRESS says. Read by start_memory_manager(). */
extern zend_mm_stress_flags zend_mm_stress;

/* An unknown word ends the process with a message and status 255. NULL switches all off. */
void zend_mm_stress_parse(const char *words);

/*
 * Owner labels: from now on blocks of the request's heap keep the label that emalloc_owned()
 * gave. Blocks that exist already have none. Off again, all labels are forgotten.
 */
void zend_mm_owner_enable(bool enable);
bool zend_mm_owner_is_enabled(void);

/*
 * Label of a block's data, NULL when there is none. A label is a static string; it is not copied.
 */
void zend_mm_owner_set(const void *data, const char *owner);
const char *zend_mm_owner_get(const void *data);

#endif
