/* SPDX-License-Identifier: MIT */
/*
 * What the suites of the memory manager share. Each suite is built twice, for the release and the
 * debug flavour; a figure that differs between the two is computed from the layout's constants.
 */
#ifndef ZMM_TEST_H
#define ZMM_TEST_H

#include "mm/zend_mm_check.h"
#include "mm/zend_mm_guard.h"
#include "mm/zend_mm_instrument.h"
#include "mm/zend_mm_small.h"
#include "mm/zend_mm_storage.h"
#include "mm/zend_mm_walk.h"

#include <check.h>
#include <setjmp.h>
#include <signal.h>

/* --- A child process, for whatever ends the process ---------------------------------------- */

typedef struct {
    int exit_status;   /* -1 when a signal ended it */
    int signal;        /* 0 when it exited */
    char output[8192]; /* stderr */
} zmm_outcome;

/* Runs function(argument) in a child; one that returns exits with status 0. */
zmm_outcome zmm_in_child(void (*function)(void *), void *argument);

/* A corrupted heap ends the process in the flavour's own way. */
void zmm_assert_corrupted(const zmm_outcome *outcome);

/* --- Failures of the heap ------------------------------------------------------------------ */

extern jmp_buf zmm_bailout;
extern char zmm_last_error[512];  /* "" until the heap raises one */
extern int zmm_error_count;

/* Callbacks that note the message and jump to zmm_bailout. */
void zmm_catch_errors(void);

/* True when the statement left by the bail-out. */
#define ZMM_FAILS(statement) (setjmp(zmm_bailout) != 0 ? true : ((statement), false))

/* --- Heaps --------------------------------------------------------------------------------- */

#define ZMM_SEGMENT ((size_t) 262144)
#define ZMM_RESERVE ((size_t) 8192)

/* A heap of its own: 256K segments, malloc storage. */
zend_mm_heap *zmm_new_heap(size_t reserve_size, int internal);

/* Fails the test, with the invariant's number, when one does not hold. */
void zmm_assert_sound(const zend_mm_heap *heap);

/* State of a block by its data. */
zend_mm_block_state zmm_state_of(const zend_mm_heap *heap, const void *data);

/* --- The suites ---------------------------------------------------------------------------- */

Suite *zmm_blocks_suite(void);
Suite *zmm_lists_suite(void);
Suite *zmm_limit_suite(void);
Suite *zmm_startup_suite(void);
Suite *zmm_storage_suite(void);
Suite *zmm_interface_suite(void);
Suite *zmm_corruption_suite(void);
Suite *zmm_instrument_suite(void);
Suite *zmm_model_suite(void);

/* A suite of one test case. */
Suite *zmm_suite(const char *name, const TTest *const *tests, size_t count);
#define ZMM_SUITE(name, tests) zmm_suite(name, tests, sizeof(tests) / sizeof(*(tests)))

#endif
