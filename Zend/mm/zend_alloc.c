/* SPDX-License-Identifier: MIT */
/*
 * The interface layer: emalloc() and its family, on top of the request's heap.
 */
#include "mm/zend_mm_instrument.h"
#include "mm/zend_mm_internal.h"

/* --- Any heap ------------------------------------------------------------------------------ */

void *_zend_mm_alloc(zend_mm_heap *heap, size_t size ZEND_MM_SITE_DC)
{
    if (UNEXPECTED(heap->use_zend_alloc != ZEND_MM_IN_USE)) {
        return zend_mm_detour_alloc(heap, size ZEND_MM_SITE_CC);
    }
    return zend_mm_heap_alloc(heap, size ZEND_MM_SITE_CC);
}

void _zend_mm_free(zend_mm_heap *heap, void *ptr ZEND_MM_SITE_DC)
{
    if (UNEXPECTED(ptr == NULL)) {
        return;
    }
    if (UNEXPECTED(heap->use_zend_alloc != ZEND_MM_IN_USE)) {
        zend_mm_detour_free(heap, ptr ZEND_MM_SITE_CC);
        return;
    }
    zend_mm_heap_free(heap, ptr ZEND_MM_SITE_CC);
}

void *_zend_mm_realloc(zend_mm_heap *heap, void *ptr, size_t size ZEND_MM_SITE_DC)
{
    if (UNEXPECTED(ptr == NULL)) {
        return _zend_mm_alloc(heap, size ZEND_MM_SITE_CC);
    }
    if (UNEXPECTED(heap->use_zend_alloc != ZEND_MM_IN_USE)) {
        return zend_mm_detour_realloc(heap, ptr, size ZEND_MM_SITE_CC);
    }
    return zend_mm_heap_realloc(heap, ptr, size ZEND_MM_SITE_CC);
}

size_t _zend_mm_block_size(zend_mm_heap *heap, void *ptr ZEND_MM_SITE_DC)
{
    return heap->use_zend_alloc != ZEND_MM_BYPASSED ? zend_mm_size_of(zend_mm_header_of(ptr)) : 0;
}

/* --- The request's heap -------------------------------------------------------------------- */

/* The first lines are what emalloc_size() inlines, for sizes that are known only now. */
void *_emalloc(size_t size ZEND_MM_SITE_DC)
{
    if (EXPECTED(size <= ZEND_MM_MAX_SMALL_REQUEST)) {
        void *data = zend_mm_front_pop(zend_mm_front_door, zend_mm_true_size(size));

        if (EXPECTED(data != NULL)) {
            return data;
        }
    }
    return _zend_mm_alloc(AG(mm_heap), size ZEND_MM_SITE_CC);
}

void *_emalloc_owned(size_t size, const char *owner ZEND_MM_SITE_DC)
{
    void *data = _emalloc(size ZEND_MM_SITE_CC);

    zend_mm_owner_set(data, owner);
    return data;
}

void _efree(void *ptr ZEND_MM_SITE_DC)
{
    if (UNEXPECTED(ptr == NULL) || EXPECTED(zend_mm_front_push(zend_mm_front_door, ptr))) {
        return;
    }
    _zend_mm_free(AG(mm_heap), ptr ZEND_MM_SITE_CC);
}

void *_erealloc(void *ptr, size_t size, int allow_failure ZEND_MM_SITE_DC)
{
    return _zend_mm_realloc(AG(mm_heap), ptr, size ZEND_MM_SITE_CC);
}

/* Copying what need not be copied moves no figure: so all of the block is. */
void *_erealloc2(void *ptr, size_t size, size_t copy_size ZEND_MM_SITE_DC)
{
    return _zend_mm_realloc(AG(mm_heap), ptr, size ZEND_MM_SITE_CC);
}

size_t _zend_mem_block_size(void *ptr ZEND_MM_SITE_DC)
{
    return _zend_mm_block_size(AG(mm_heap), ptr ZEND_MM_SITE_CC);
}

/* nmemb * size + offset; a fatal error when that does not fit. */
static zend_always_inline size_t safe_size(size_t nmemb, size_t size, size_t offset)
{
    size_t product, sum;

    if (UNEXPECTED(__builtin_mul_overflow(nmemb, size, &product))
            || UNEXPECTED(__builtin_add_overflow(product, offset, &sum))) {
        zend_mm_size_overflow(nmemb, size, offset);
    }
    return sum;
}

void *_safe_emalloc(size_t nmemb, size_t size, size_t offset ZEND_MM_SITE_DC)
{
    return _emalloc(safe_size(nmemb, size, offset) ZEND_MM_SITE_CC);
}

void *_safe_erealloc(void *ptr, size_t nmemb, size_t size, size_t offset ZEND_MM_SITE_DC)
{
    return _erealloc(ptr, safe_size(nmemb, size, offset), 0 ZEND_MM_SITE_CC);
}

void *_ecalloc(size_t nmemb, size_t size ZEND_MM_SITE_DC)
{
    size_t total = safe_size(nmemb, size, 0);

    return memset(_emalloc(total ZEND_MM_SITE_CC), 0, total);
}

char *_estrdup(const char *s ZEND_MM_SITE_DC)
{
    size_t length = strlen(s) + 1;

    return memcpy(_emalloc(length ZEND_MM_SITE_CC), s, length);
}

char *_estrndup(const char *s, unsigned int length ZEND_MM_SITE_DC)
{
    char *copy = _emalloc((size_t) length + 1 ZEND_MM_SITE_CC);

    memcpy(copy, s, length);
    copy[length] = '\0';
    return copy;
}

int is_zend_mm(void)
{
    return AG(mm_heap)->use_zend_alloc != ZEND_MM_BYPASSED;
}

int zend_set_memory_limit(size_t memory_limit)
{
    zend_mm_set_limit(AG(mm_heap), memory_limit);
    return 1;
}

size_t zend_memory_usage(int real_usage)
{
    return zend_mm_usage(AG(mm_heap), real_usage);
}

size_t zend_memory_peak_usage(int real_usage)
{
    return zend_mm_peak_usage(AG(mm_heap), real_usage);
}

void zend_memory_reset_peak_usage(void)
{
    AG(mm_heap)->peak = AG(mm_heap)->size;
    AG(mm_heap)->real_peak = AG(mm_heap)->real_size;
}

/* --- Persistent memory --------------------------------------------------------------------- */

static zend_always_inline void *or_exit(void *ptr)
{
    if (UNEXPECTED(ptr == NULL)) {
        fprintf(stderr, "Out of memory\n");
        exit(1);
    }
    return ptr;
}

/* malloc(0) may be NULL and no failure; so at least one byte is asked for. */
void *__zend_malloc(size_t size)
{
    return or_exit(malloc(MAX(size, 1)));
}

void *__zend_calloc(size_t nmemb, size_t size)
{
    return or_exit(calloc(MAX(nmemb, 1), MAX(size, 1)));
}

void *__zend_realloc(void *ptr, size_t size)
{
    return or_exit(realloc(ptr, MAX(size, 1)));
}

void *_safe_malloc(size_t nmemb, size_t size, size_t offset)
{
    return __zend_malloc(safe_size(nmemb, size, offset));
}

void *_safe_realloc(void *ptr, size_t nmemb, size_t size, size_t offset)
{
    return __zend_realloc(ptr, safe_size(nmemb, size, offset));
}

char *zend_strndup(const char *s, unsigned int length)
{
    char *copy = __zend_malloc((size_t) length + 1);

    memcpy(copy, s, length);
    copy[length] = '\0';
    return copy;
}
