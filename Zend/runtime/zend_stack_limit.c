/* SPDX-License-Identifier: MIT */
/*
 * Where the C stack ends, and what happens shortly before.
 *
 * The bounds come from the thread library, which knows the main thread's from RLIMIT_STACK. An
 * unlimited stack is treated as one of 64 MiB.
 */
#include "runtime/zend_API.h"
#include "runtime/zend_stack_limit.h"

#include <pthread.h>

#define ZEND_STACK_ASSUMED (64UL * 1024 * 1024)

void zend_stack_limit_init(void)
{
    char *here = __builtin_frame_address(0);
    pthread_attr_t attributes;
    void *lowest = NULL;
    size_t size = 0;

    if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
        if (pthread_attr_getstack(&attributes, &lowest, &size) != 0) {
            lowest = NULL;
        }
        pthread_attr_destroy(&attributes);
    }
    if (lowest == NULL || (size_t) (here - (char *) lowest) > ZEND_STACK_ASSUMED) {
        lowest = here - ZEND_STACK_ASSUMED;
    }
    /* On a small stack half of what is there is kept back. */
    size = here - (char *) lowest;
    EG(stack_limit) = (char *) lowest + MIN((size_t) ZEND_STACK_RESERVE, size / 2);
}

ZEND_NORETURN ZEND_COLD void zend_stack_exhausted(void)
{
    /* Reporting the error needs stack too: the handlers may go half-way into the reserve. */
    EG(stack_limit) -= ZEND_STACK_RESERVE / 2;
    zend_try {
        zend_error(E_ERROR, "Maximum call stack size reached. Infinite recursion?");
    } zend_catch {
        EG(stack_limit) += ZEND_STACK_RESERVE / 2;
    } zend_end_try();
    zend_bailout();
}
