/* SPDX-License-Identifier: MIT */
/*
 * The memory manager as the engine sees it: emalloc() and its family.
 *
 * Memory that a request allocates comes from a heap of its own, ZendMM, which knows each block,
 * counts each byte, enforces memory_limit and gives everything back at the end of the request.
 * What must outlive the request (*persistent* memory) comes from malloc(), through the pe*()
 * forms, whose last argument says which of the two is meant.
 *
 *      emalloc(n)               n bytes, never NULL: what cannot be had is a fatal error
 *      ecalloc(n, size)         zeroed
 *      erealloc(p, n)           p may be NULL; the address may change
 *      erealloc2(p, n, copy)    as erealloc(), but only the first `copy` bytes need survive
 *      efree(p)                 p may be NULL
 *      safe_emalloc(n, s, o)    n * s + o bytes; a fatal error when that wraps around
 *      estrdup(s), estrndup(s, n)
 *      emalloc_size(n)          emalloc() inlined, for a small size known at compile time
 *      efree_size(p, n)         efree() inlined, for a block asked for with such a size
 *
 * On failure these raise the engine's fatal error through a callback and leave by the bail-out:
 * they do not return, and no caller tests for NULL. The owner of a block is whoever called;
 * efree() ends it, and so does the end of the request.
 *
 * In the debug flavour each call passes the place that it stands at, for the leak report. A
 * function that allocates on behalf of its own caller takes that caller's place along and uses
 * the *_rel form: ("relayed").
 *
 * See Zend/mm/README.md for how the heap works, docs for the tour.
 */
#ifndef ZEND_ALLOC_H
#define ZEND_ALLOC_H

#include "zend_portability.h"
#include "mm/zend_mm_front.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- The place of a call (debug flavour) --------------------------------------------------- */

#if ZEND_DEBUG
#define ZEND_FILE_LINE_D const char *__zend_filename, const uint __zend_lineno
#define ZEND_FILE_LINE_DC , ZEND_FILE_LINE_D
#define ZEND_FILE_LINE_ORIG_D const char *__zend_orig_filename, const uint __zend_orig_lineno
#define ZEND_FILE_LINE_ORIG_DC , ZEND_FILE_LINE_ORIG_D
#define ZEND_FILE_LINE_RELAY_C __zend_filename, __zend_lineno
#define ZEND_FILE_LINE_RELAY_CC , ZEND_FILE_LINE_RELAY_C
#define ZEND_FILE_LINE_ORIG_RELAY_C __zend_orig_filename, __zend_orig_lineno
#define ZEND_FILE_LINE_ORIG_RELAY_CC , ZEND_FILE_LINE_ORIG_RELAY_C
#define ZEND_FILE_LINE_C __FILE__, __LINE__
#define ZEND_FILE_LINE_CC , ZEND_FILE_LINE_C
#define ZEND_FILE_LINE_EMPTY_C NULL, 0
#define ZEND_FILE_LINE_EMPTY_CC , ZEND_FILE_LINE_EMPTY_C
#define ZEND_FILE_LINE_ORIG_C ZEND_FILE_LINE_C
#else
#define ZEND_FILE_LINE_D void
#define ZEND_FILE_LINE_DC
#define ZEND_FILE_LINE_ORIG_D void
#define ZEND_FILE_LINE_ORIG_DC
#define ZEND_FILE_LINE_RELAY_C
#define ZEND_FILE_LINE_RELAY_CC
#define ZEND_FILE_LINE_ORIG_RELAY_C
#define ZEND_FILE_LINE_ORIG_RELAY_CC
#define ZEND_FILE_LINE_C
#define ZEND_FILE_LINE_CC
#define ZEND_FILE_LINE_EMPTY_C
#define ZEND_FILE_LINE_EMPTY_CC
#define ZEND_FILE_LINE_ORIG_C
#endif

/* --- Functions behind the macros ----------------------------------------------------------- */

void *_emalloc(size_t size ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC) ZEND_ATTRIBUTE_MALLOC;
void *_ecalloc(size_t nmemb, size_t size ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC)
    ZEND_ATTRIBUTE_MALLOC;
void _efree(void *ptr ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC);

/*
 * `allow_failure` is there for source compatibility: the heap leaves by the bail-out all the same.
 */
void *_erealloc(void *ptr, size_t size, int allow_failure ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC);
void *_erealloc2(void *ptr, size_t size, size_t copy_size ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC);

void *_safe_emalloc(size_t nmemb, size_t size, size_t offset
    ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC)
    ZEND_ATTRIBUTE_MALLOC;
void *_safe_erealloc(void *ptr, size_t nmemb, size_t size, size_t offset
    ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC);
void *_safe_malloc(size_t nmemb, size_t size, size_t offset) ZEND_ATTRIBUTE_MALLOC;
void *_safe_realloc(void *ptr, size_t nmemb, size_t size, size_t offset);

/* Copies of a string, with a NUL put behind. estrndup() copies `length` bytes, NULs included. */
char *_estrdup(const char *s ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC) ZEND_ATTRIBUTE_MALLOC;
char *_estrndup(const char *s, unsigned int length ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC)
    ZEND_ATTRIBUTE_MALLOC;
/* A persistent estrndup(). */
char *zend_strndup(const char *s, unsigned int length) ZEND_ATTRIBUTE_MALLOC;

/* Bytes of the block behind `ptr` with its header, as accounting counts it; 0 without a heap. */
size_t _zend_mem_block_size(void *ptr ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC);

/* malloc() and its kin for persistent memory: no NULL, but "Out of memory" and exit status 1. */
void *__zend_malloc(size_t size) ZEND_ATTRIBUTE_MALLOC;
void *__zend_calloc(size_t nmemb, size_t size) ZEND_ATTRIBUTE_MALLOC;
void *__zend_realloc(void *ptr, size_t size);

/* --- Inlined allocation -------------------------------------------------------------------- */

/* emalloc() that also labels the block in heaps that keep labels (zend_mm_owner.h). */
void *_emalloc_owned(size_t size, const char *owner ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC)
    ZEND_ATTRIBUTE_MALLOC;

#if ZEND_DEBUG
#define emalloc_size(size) emalloc(size)
#define emalloc_owned(size, owner) \
    _emalloc_owned((size), (owner) ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC)
#define efree_size(ptr, size) efree(ptr)
#define efree_inline(ptr) efree(ptr)
#else

/* For a size of at most ZEND_MM_MAX_SMALL_REQUEST that the compiler knows. */
static zend_always_inline void *emalloc_size(size_t size)
{
    void *data = zend_mm_front_pop(zend_mm_front_door, zend_mm_true_size(size));

    return EXPECTED(data != NULL) ? data : _emalloc(size);
}

/* The same, with a label for the block: a string literal that says what it holds. */
static zend_always_inline void *emalloc_owned(size_t size, const char *owner)
{
    void *data = size > ZEND_MM_MAX_SMALL_REQUEST
        ? NULL : zend_mm_front_pop(zend_mm_front_door, zend_mm_true_size(size));

    return EXPECTED(data != NULL) ? data : _emalloc_owned(size, owner);
}

/* efree() without a call when the block goes to the cache. `ptr` must not be NULL. */
static zend_always_inline void efree_inline(void *ptr)
{
    if (UNEXPECTED(!zend_mm_front_push(zend_mm_front_door, ptr))) {
        _efree(ptr);
    }
}

/* For blocks of emalloc_size(size): the size is a promise that the push will most often do. */
static zend_always_inline void efree_size(void *ptr, size_t size)
{
    (void) size;
    efree_inline(ptr);
}

static zend_always_inline void *_emalloc_constant(size_t size)
{
    if (__builtin_constant_p(size) && size <= ZEND_MM_MAX_SMALL_REQUEST) {
        return emalloc_size(size);
    }
    return _emalloc(size);
}
#endif

/* --- Request memory ------------------------------------------------------------------------ */

#if ZEND_DEBUG
#define emalloc(size) _emalloc((size) ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC)
#else
#define emalloc(size) _emalloc_constant(size)
#endif
#define safe_emalloc(nmemb, size, offset) \
    _safe_emalloc((nmemb), (size), (offset) ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC)
#define efree(ptr) _efree((ptr) ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC)
#define ecalloc(nmemb, size) _ecalloc((nmemb), (size) ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC)
#define erealloc(ptr, size) _erealloc((ptr), (size), 0 ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC)
#define erealloc2(ptr, size, copy_size) \
    _erealloc2((ptr), (size), (copy_size) ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC)
#define safe_erealloc(ptr, nmemb, size, offset) \
    _safe_erealloc((ptr), (nmemb), (size), (offset) ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC)
#define erealloc_recoverable(ptr, size) \
    _erealloc((ptr), (size), 1 ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC)
#define estrdup(s) _estrdup((s) ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC)
#define estrndup(s, length) _estrndup((s), (length) ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC)
#define zend_mem_block_size(ptr) \
    _zend_mem_block_size((ptr) ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC)

/* Relayed: for functions that take ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC from their caller. */
#define emalloc_rel(size) _emalloc((size) ZEND_FILE_LINE_RELAY_CC ZEND_FILE_LINE_CC)
#define safe_emalloc_rel(nmemb, size, offset) \
    _safe_emalloc((nmemb), (size), (offset) ZEND_FILE_LINE_RELAY_CC ZEND_FILE_LINE_CC)
#define efree_rel(ptr) _efree((ptr) ZEND_FILE_LINE_RELAY_CC ZEND_FILE_LINE_CC)
#define ecalloc_rel(nmemb, size) _ecalloc((nmemb), (size) ZEND_FILE_LINE_RELAY_CC ZEND_FILE_LINE_CC)
#define erealloc_rel(ptr, size) \
    _erealloc((ptr), (size), 0 ZEND_FILE_LINE_RELAY_CC ZEND_FILE_LINE_CC)
#define erealloc2_rel(ptr, size, copy_size) \
    _erealloc2((ptr), (size), (copy_size) ZEND_FILE_LINE_RELAY_CC ZEND_FILE_LINE_CC)
#define safe_erealloc_rel(ptr, nmemb, size, offset) \
    _safe_erealloc((ptr), (nmemb), (size), (offset) ZEND_FILE_LINE_RELAY_CC ZEND_FILE_LINE_CC)
#define erealloc_recoverable_rel(ptr, size) \
    _erealloc((ptr), (size), 1 ZEND_FILE_LINE_RELAY_CC ZEND_FILE_LINE_CC)
#define estrdup_rel(s) _estrdup((s) ZEND_FILE_LINE_RELAY_CC ZEND_FILE_LINE_CC)
#define estrndup_rel(s, length) _estrndup((s), (length) ZEND_FILE_LINE_RELAY_CC ZEND_FILE_LINE_CC)
#define zend_mem_block_size_rel(ptr) \
    _zend_mem_block_size((ptr) ZEND_FILE_LINE_RELAY_CC ZEND_FILE_LINE_CC)

/* --- Request or persistent memory ---------------------------------------------------------- */

#define pemalloc(size, persistent) ((persistent) ? __zend_malloc(size) : emalloc(size))
#define safe_pemalloc(nmemb, size, offset, persistent) \
    ((persistent) ? _safe_malloc(nmemb, size, offset) : safe_emalloc(nmemb, size, offset))
#define pefree(ptr, persistent) ((persistent) ? free(ptr) : efree(ptr))
#define pecalloc(nmemb, size, persistent) \
    ((persistent) ? __zend_calloc((nmemb), (size)) : ecalloc((nmemb), (size)))
#define perealloc(ptr, size, persistent) \
    ((persistent) ? __zend_realloc((ptr), (size)) : erealloc((ptr), (size)))
#define perealloc2(ptr, size, copy_size, persistent) \
    ((persistent) ? __zend_realloc((ptr), (size)) : erealloc2((ptr), (size), (copy_size)))
#define safe_perealloc(ptr, nmemb, size, offset, persistent) \
    ((persistent) ? _safe_realloc((ptr), (nmemb), (size), (offset)) \
                  : safe_erealloc((ptr), (nmemb), (size), (offset)))
#define perealloc_recoverable(ptr, size, persistent) \
    ((persistent) ? realloc((ptr), (size)) : erealloc_recoverable((ptr), (size)))
#define pestrdup(s, persistent) \
    ((persistent) ? zend_strndup((s), (unsigned int) strlen(s)) : estrdup(s))
#define pestrndup(s, length, persistent) \
    ((persistent) ? zend_strndup((s), (length)) : estrndup((s), (length)))

#define pemalloc_rel(size, persistent) ((persistent) ? __zend_malloc(size) : emalloc_rel(size))
#define pefree_rel(ptr, persistent) ((persistent) ? free(ptr) : efree_rel(ptr))
#define pecalloc_rel(nmemb, size, persistent) \
    ((persistent) ? __zend_calloc((nmemb), (size)) : ecalloc_rel((nmemb), (size)))
#define perealloc_rel(ptr, size, persistent) \
    ((persistent) ? __zend_realloc((ptr), (size)) : erealloc_rel((ptr), (size)))
#define perealloc_recoverable_rel(ptr, size, persistent) \
    ((persistent) ? realloc((ptr), (size)) : erealloc_recoverable_rel((ptr), (size)))
#define pestrdup_rel(s, persistent) \
    ((persistent) ? zend_strndup((s), (unsigned int) strlen(s)) : estrdup_rel(s))

#define safe_estrdup(ptr) ((ptr) ? estrdup(ptr) : estrndup("", 0))
#define safe_estrndup(ptr, length) ((ptr) ? estrndup((ptr), (length)) : estrndup("", 0))

/* --- The process and its request heap ------------------------------------------------------ */

/* Makes the process' heap from the environment (USE_ZEND_ALLOC, ZEND_MM_*). Call once, first. */
void start_memory_manager(void);

/*
 * Ends a request (`full_shutdown` 0: one segment is kept for the next) or the process (1).
 * Unless `silent`, the debug flavour reports what was not freed. All pointers become invalid.
 */
void shutdown_memory_manager(int silent, int full_shutdown);

/* False when USE_ZEND_ALLOC=0 or custom functions send each call past the heap. */
int is_zend_mm(void);

/* Sets memory_limit in bytes; a value below one segment counts as one segment. Returns 1. */
int zend_set_memory_limit(size_t memory_limit);

/* Bytes in use: of blocks (real_usage 0) or of segments (1); and the most since the start. */
size_t zend_memory_usage(int real_usage);
size_t zend_memory_peak_usage(int real_usage);
/* Sets both peaks to what is in use now. */
void zend_memory_reset_peak_usage(void);

/*
 * Debug flavour: checks a block, or every block of the request's heap. Prints what is wrong on
 * stderr unless `silent`. Returns 1 when all is well. The release flavour has nothing to check.
 */
#if ZEND_DEBUG
int _mem_block_check(void *ptr, int silent ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC);
void _full_mem_check(int silent ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC);
#define mem_block_check(ptr, silent) \
    _mem_block_check((ptr), (silent) ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC)
#define full_mem_check(silent) _full_mem_check((silent) ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC)
#else
#define mem_block_check(ptr, silent) 1
#define full_mem_check(silent) ((void) 0)
#endif

/* --- What the memory manager asks of the floors above it ----------------------------------- */

typedef struct _zend_mm_callbacks {
    /*
     * Raises `message` as a fatal error and comes back: the callback must itself catch the
     * bail-out that ends the error's handling. It may allocate. NULL: the message goes to stderr.
     */
    void (*fatal_error)(const char *message);
    /* Leaves the request; must not return. NULL: the process exits with status 255. */
    void (*bailout)(void);
    /* The running script and line, for messages; "" and 0 when none runs. May be NULL. */
    const char *(*script_name)(void);
    uint (*script_line)(void);
} zend_mm_callbacks;

/* Fills in the table; it is copied. Until then the defaults above serve. */
void zend_mm_set_callbacks(const zend_mm_callbacks *callbacks);

/* --- Heaps --------------------------------------------------------------------------------- */

typedef struct _zend_mm_heap zend_mm_heap;
typedef struct _zend_mm_storage zend_mm_storage;

/* Where segments come from. zend_mm_storage.c has the built-in ones, by name. */
typedef struct _zend_mm_mem_handlers {
    const char *name;
    zend_mm_storage *(*init)(void *params);    /* a storage object, or NULL */
    void (*dtor)(zend_mm_storage *storage);    /* frees it; its segments are freed before */
    void (*compact)(zend_mm_storage *storage); /* gives back what it keeps for later */
    zend_mm_segment *(*_alloc)(zend_mm_storage *storage, size_t size);  /* NULL: out of memory */
    zend_mm_segment *(*_realloc)(zend_mm_storage *storage, zend_mm_segment *segment, size_t size);
    void (*_free)(zend_mm_storage *storage, zend_mm_segment *segment);
} zend_mm_mem_handlers;

struct _zend_mm_storage {
    const zend_mm_mem_handlers *handlers;
    void *data;  /* the handlers' own */
};

/* A heap by the environment: ZEND_MM_MEM_TYPE, ZEND_MM_SEG_SIZE, ZEND_MM_COMPACT. */
zend_mm_heap *zend_mm_startup(void);

/*
 * A heap with the given storage. `block_size` is the size of a segment, a power of two;
 * `reserve_size` bytes are set aside for the handling of errors; `internal` puts the heap's own
 * structure into its first segment; `params` goes to init(). Wrong values end the process with a
 * message and status 255.
 */
zend_mm_heap *zend_mm_startup_ex(const zend_mm_mem_handlers *handlers, size_t block_size,
    size_t reserve_size, int internal, void *params);

/* See shutdown_memory_manager(); a full shutdown frees the heap itself. */
void zend_mm_shutdown(zend_mm_heap *heap, int full_shutdown, int silent);

/* Makes `new_heap` the one that emalloc() and its kin use; returns the one before. */
zend_mm_heap *zend_mm_set_heap(zend_mm_heap *new_heap);
zend_mm_heap *zend_mm_get_heap(void);
zend_mm_storage *zend_mm_get_storage(zend_mm_heap *heap);

/* Sends every call to these instead. For heaps of USE_ZEND_ALLOC=0, before the first allocation. */
void zend_mm_set_custom_handlers(zend_mm_heap *heap, void *(*custom_malloc)(size_t),
    void (*custom_free)(void *), void *(*custom_realloc)(void *, size_t));

/* The limit and the figures of any heap, as zend_set_memory_limit() and its kin. */
void zend_mm_set_limit(zend_mm_heap *heap, size_t limit);
size_t zend_mm_usage(const zend_mm_heap *heap, int real_usage);
size_t zend_mm_peak_usage(const zend_mm_heap *heap, int real_usage);

void *_zend_mm_alloc(zend_mm_heap *heap, size_t size ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC)
    ZEND_ATTRIBUTE_MALLOC;
void _zend_mm_free(zend_mm_heap *heap, void *ptr ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC);
void *_zend_mm_realloc(zend_mm_heap *heap, void *ptr, size_t size
    ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC);
size_t _zend_mm_block_size(zend_mm_heap *heap, void *ptr ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC);

#define zend_mm_alloc(heap, size) \
    _zend_mm_alloc((heap), (size) ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC)
#define zend_mm_free(heap, ptr) \
    _zend_mm_free((heap), (ptr) ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC)
#define zend_mm_realloc(heap, ptr, size) \
    _zend_mm_realloc((heap), (ptr), (size) ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC)
#define zend_mm_block_size(heap, ptr) \
    _zend_mm_block_size((heap), (ptr) ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC)
#define zend_mm_alloc_rel(heap, size) \
    _zend_mm_alloc((heap), (size) ZEND_FILE_LINE_RELAY_CC ZEND_FILE_LINE_CC)
#define zend_mm_free_rel(heap, ptr) \
    _zend_mm_free((heap), (ptr) ZEND_FILE_LINE_RELAY_CC ZEND_FILE_LINE_CC)
#define zend_mm_realloc_rel(heap, ptr, size) \
    _zend_mm_realloc((heap), (ptr), (size) ZEND_FILE_LINE_RELAY_CC ZEND_FILE_LINE_CC)

#endif
