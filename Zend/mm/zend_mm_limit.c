/* SPDX-License-Identifier: MIT */
/*
 * The limit, and what happens when memory cannot be had.
 *
 * To report an error takes memory: a message is formatted, handlers written in PHP may run. So
 * the heap sets a *reserve* aside at the start and frees it before the error is raised. What
 * `overflow` remembers:
 *
 *      0 --error--> 1   the error is raised through the callback
 *      1 --error--> 2   a second one: nothing is raised; if that happens while the first is being
 *                       raised, its message goes straight to stderr instead
 *
 * In each case the request is left by the bail-out. The end of the request sets overflow back
 * and allocates the reserve anew.
 */
#include "mm/zend_mm_internal.h"

#include <signal.h>

static zend_mm_callbacks callbacks;

void zend_mm_set_callbacks(const zend_mm_callbacks *new_callbacks)
{
    callbacks = *new_callbacks;
}

const char *zend_mm_script_name(void)
{
    const char *name = callbacks.script_name != NULL ? callbacks.script_name() : NULL;

    return name != NULL ? name : "-";
}

/* Without an engine above, the error still shows. */
static void raise_error(const char *message)
{
    if (callbacks.fatal_error != NULL) {
        callbacks.fatal_error(message);
    } else {
        fprintf(stderr, "\nFatal error: %s\n", message);
    }
}

/* When even raising the error needed more memory than there is. */
static void write_error_out_of_band(const char *message)
{
    fprintf(stderr, "\nFatal error: %s in %s on line %u\n", message, zend_mm_script_name(),
        callbacks.script_line != NULL ? callbacks.script_line() : 0);
    fflush(stderr);
}

ZEND_NORETURN static void bail_out(void)
{
    if (callbacks.bailout != NULL) {
        callbacks.bailout();
    }
    exit(255);
}

ZEND_NORETURN static void raise_and_leave(zend_mm_heap *heap, const char *message)
{
    if (heap->overflow == 0) {
        heap->overflow = 1;
        raise_error(message);
        if (heap->overflow == 2) {
            write_error_out_of_band(message);
        }
    } else {
        heap->overflow = 2;
    }
    bail_out();
}

static void free_reserve(zend_mm_heap *heap)
{
    void *reserve = heap->reserve;

    if (reserve != NULL) {
        heap->reserve = NULL;
        zend_mm_heap_free(heap, reserve ZEND_MM_OWN_SITE_CC);
    }
}

/* Where the call stood, in the debug flavour's message. */
#if ZEND_DEBUG
#define CALL_SITE_FORMAT " at %s:%u"
#define CALL_SITE , __zend_filename, __zend_lineno
#else
#define CALL_SITE_FORMAT
#define CALL_SITE
#endif

void zend_mm_fail(zend_mm_heap *heap, zend_mm_failure failure, size_t size ZEND_MM_SITE_DC)
{
    char message[512];

    if (failure != ZEND_MM_SIZE_WRAPPED) {
        zend_mm_free_cache(heap);
    }
    if (failure == ZEND_MM_LIMIT_REACHED) {
        snprintf(message, sizeof(message),
            "Allowed memory size of %zu bytes exhausted" CALL_SITE_FORMAT
            " (tried to allocate %zu bytes)", heap->limit CALL_SITE, size);
    } else {
        snprintf(message, sizeof(message), "Out of memory (allocated %zu)" CALL_SITE_FORMAT
            " (tried to allocate %zu bytes)", heap->real_size CALL_SITE, size);
    }
    free_reserve(heap);
    raise_and_leave(heap, message);
}

void zend_mm_size_overflow(size_t nmemb, size_t size, size_t offset)
{
    char message[160];

    snprintf(message, sizeof(message),
        "Possible integer overflow in memory allocation (%zu * %zu + %zu)",
        nmemb, size, offset);
    raise_error(message);
    bail_out();
}

void zend_mm_panic(const char *message)
{
    fprintf(stderr, "%s\n", message);
    fflush(stderr);
    if (ZEND_DEBUG) {
        raise(SIGSEGV);
    }
    exit(1);
}

void zend_mm_refuse_startup(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(255);
}

void zend_mm_set_limit(zend_mm_heap *heap, size_t limit)
{
    heap->limit = limit >= heap->block_size ? limit : heap->block_size;
}

size_t zend_mm_usage(const zend_mm_heap *heap, int real_usage)
{
    return real_usage ? heap->real_size : heap->size - heap->cached;
}

/* Blocks in the cache count in the peak: it follows `size`. */
size_t zend_mm_peak_usage(const zend_mm_heap *heap, int real_usage)
{
    return real_usage ? heap->real_peak : heap->peak;
}
