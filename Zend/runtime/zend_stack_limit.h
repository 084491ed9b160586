/* SPDX-License-Identifier: MIT */
/*
 * The guard of the C stack.
 *
 * Values nest without bound, and so do the C functions that walk them (destroy, dump, compare,
 * serialise, parse). Each such function calls zend_stack_guard() when it enters: one comparison
 * of the stack's address with a limit fixed at start-up. Below it a fatal error is raised,
 * while there is still stack enough to handle it.
 *
 *      high addresses   main()
 *                       ...            frames in use
 *                       EG(stack_limit) - - - - - - - -  the guard raises its error below here
 *                       reserve        for error handling, shutdown functions and destructors
 *      low addresses    end of the stack
 */
#ifndef ZEND_STACK_LIMIT_H
#define ZEND_STACK_LIMIT_H

#include "runtime/zend_globals.h"

/* Bytes kept free below the limit. */
#define ZEND_STACK_RESERVE (256 * 1024)

/* Finds out the bounds of the running thread's stack and sets EG(stack_limit). */
void zend_stack_limit_init(void);

/* Raises the fatal error. The limit is lowered by half the reserve while the request ends. */
ZEND_NORETURN ZEND_COLD void zend_stack_exhausted(void);

/* True when the C stack is nearly used up: for code that can give up gracefully. */
static zend_always_inline bool zend_stack_is_low(void)
{
    return ZEND_UNLIKELY((char *) __builtin_frame_address(0) < EG(stack_limit));
}

/* Ends the request with a fatal error when the C stack is nearly used up. */
static zend_always_inline void zend_stack_guard(void)
{
    if (zend_stack_is_low()) {
        zend_stack_exhausted();
    }
}

#endif
