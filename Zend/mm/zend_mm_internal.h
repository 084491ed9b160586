/* SPDX-License-Identifier: MIT */
/*
 * The heap structure, and what the rooms of the memory manager share. Nobody outside Zend/mm
 * includes this header: the inside is seen through zend_mm_walk.h.
 */
#ifndef ZEND_MM_INTERNAL_H
#define ZEND_MM_INTERNAL_H

#include "zend_alloc.h"

/*
 * The place of a call, which the debug flavour passes along with it: in a declaration, handed on
 * to the next function, and made here, for calls of the memory manager's own.
 */
#define ZEND_MM_SITE_DC ZEND_FILE_LINE_DC ZEND_FILE_LINE_ORIG_DC
#define ZEND_MM_SITE_CC ZEND_FILE_LINE_RELAY_CC ZEND_FILE_LINE_ORIG_RELAY_CC
#define ZEND_MM_OWN_SITE_CC ZEND_FILE_LINE_CC ZEND_FILE_LINE_EMPTY_CC

/* How calls reach a heap, in zend_mm_heap.use_zend_alloc. */
#define ZEND_MM_BYPASSED 0      /* they do not: custom functions serve them */
#define ZEND_MM_IN_USE 1        /* straight */
#define ZEND_MM_INSTRUMENTED 2  /* through zend_mm_instrument.c: stress switches, owner labels */

/* At most so many large blocks lie on the rest list. */
#define ZEND_MM_MAX_REST_BLOCKS 16

/* Set aside by start_memory_manager(), so that a fatal error can be handled at the limit. */
#define ZEND_MM_RESERVE_SIZE ((size_t) 8 * 1024)

#define ZEND_MM_DEFAULT_SEGMENT_SIZE ((size_t) 256 * 1024)
#define ZEND_MM_DEFAULT_COMPACT_SIZE ((size_t) 2 * 1024 * 1024)
#define ZEND_MM_NO_LIMIT ((size_t) 1 << (ZEND_MM_NUM_BUCKETS - 2))

/*
 * A heap: the segments of one request, and where their free blocks are kept.
 *
 *      (H1)  real_size = sum of the sizes of all segments on segments_list
 *      (H2)  size = sum of the sizes of all used blocks, those in the cache among them, plus what
 *            emptying the cache has taken out of it since the request began (see zend_mm_cache.c)
 *      (H3)  size <= peak, real_size <= real_peak
 *      (H4)  each free block is on exactly one of: a small list, a trie, the rest list
 *      (H5)  usage, as reported, is size - cached
 *
 * (S1), (S2) of the small lists, (T1) - (T4) of the tries, (R1), (R2) of the rest list and (C1),
 * (C2) of the cache stand with their rooms.
 */
struct _zend_mm_heap {
    int use_zend_alloc;               /* one of the three above */
    void *(*_malloc)(size_t);         /* custom functions; NULL unless bypassed */
    void (*_free)(void *);
    void *(*_realloc)(void *, size_t);

    size_t free_bitmap;               /* bit i: small list i is not empty */
    size_t large_free_bitmap;         /* bit i: the trie of sizes 2^i .. 2^(i+1)-1 is not empty */
    size_t block_size;                /* of an ordinary segment; a power of two */
    size_t compact_size;              /* real_peak above which a request's end compacts storage */

    zend_mm_segment *segments_list;   /* newest first; owned */
    zend_mm_storage *storage;         /* owned */

    size_t real_size;                 /* bytes of all segments */
    size_t real_peak;
    size_t limit;                     /* real_size may not pass it */
    size_t size;                      /* bytes of all used blocks */
    size_t peak;
    size_t reserve_size;              /* as asked for; 0: no reserve */
    void *reserve;                    /* the reserve's data; NULL once an error has freed it */

    int overflow;                     /* 0; 1 after an error; 2 after a second one */
    int internal;                     /* this structure lies in its own first segment */

    union {
        zend_mm_front front;          /* what inlined code sees of the heap */
        struct {
            size_t cached;            /* bytes in the cache */
            zend_mm_free_block *cache[ZEND_MM_NUM_BUCKETS];
        };
    };

    zend_mm_free_block *free_buckets[ZEND_MM_NUM_BUCKETS * 2];    /* pairs: zend_mm_small.h */
    zend_mm_free_block *large_free_buckets[ZEND_MM_NUM_BUCKETS];  /* roots: zend_mm_large.c */
    zend_mm_free_block *rest_buckets[2];                          /* a pair: zend_mm_rest.c */
    int rest_count;                   /* large blocks on the rest list */
};

_Static_assert(offsetof(struct _zend_mm_heap, front.cached) == offsetof(struct _zend_mm_heap,
    cached)
        && offsetof(struct _zend_mm_heap, front.cache) == offsetof(struct _zend_mm_heap, cache),
    "the front is the heap's own cache");

/* The request's heap. */
typedef struct _zend_alloc_globals {
    zend_mm_heap *mm_heap;
} zend_alloc_globals;

extern zend_alloc_globals alloc_globals;
#define AG(v) (alloc_globals.v)

/* --- zend_mm_segment.c: getting segments and giving them back ------------------------------- */

/* Size of the segment that can hold a block; smaller than `true_size` when that wraps around. */
size_t zend_mm_segment_size_for(const zend_mm_heap *heap, size_t true_size);
/* True when the limit forbids `more` bytes of segments. */
bool zend_mm_over_limit(const zend_mm_heap *heap, size_t more);
/* A new segment's one block, not on any list yet; NULL when storage has no memory. */
zend_mm_free_block *zend_mm_add_segment(zend_mm_heap *heap, size_t segment_size);
/* Lets the segment grow, be it by moving. The block that it then is; NULL as above. */
zend_mm_free_block *zend_mm_resize_segment(zend_mm_heap *heap, zend_mm_segment *segment,
    size_t segment_size);
void zend_mm_del_segment(zend_mm_heap *heap, zend_mm_segment *segment);
/* Makes the whole of a segment one block of type free and puts the guard behind it. */
zend_mm_free_block *zend_mm_format_segment(zend_mm_segment *segment);

/* --- zend_mm_block.c: cutting and merging -------------------------------------------------- */

void zend_mm_set_block(zend_mm_free_block *block, size_t type, size_t size);
/* Takes free neighbours off their lists; the size or the block that includes them. */
size_t zend_mm_absorb_next(zend_mm_heap *heap, zend_mm_free_block *block, size_t size);
zend_mm_free_block *zend_mm_absorb_prev(zend_mm_heap *heap, zend_mm_free_block *block,
    size_t *size);
/* Where what is left over of a block goes. */
typedef enum { ZEND_MM_TO_LISTS, ZEND_MM_TO_REST } zend_mm_remainder_goes;
/*
 * Makes the first `true_size` of `size` bytes a used block, the remainder a free one. A remainder
 * too small to be a block stays with it. Returns the size of the used block.
 */
size_t zend_mm_carve(zend_mm_heap *heap, zend_mm_free_block *block, size_t size, size_t true_size,
    zend_mm_remainder_goes where);
/* Puts a merged block on the lists, or gives its segment back when it is all of it. */
void zend_mm_retire(zend_mm_heap *heap, zend_mm_free_block *block, size_t size);

/* --- zend_mm_free_list.c: all places of free blocks at once -------------------------------- */

void zend_mm_init_lists(zend_mm_heap *heap);
/* After the heap structure was copied from `old`: whatever pointed into it points here. */
void zend_mm_relocate_lists(zend_mm_heap *heap, const zend_mm_heap *old);
void zend_mm_add_to_free_list(zend_mm_heap *heap, zend_mm_free_block *block);
void zend_mm_remove_from_free_list(zend_mm_heap *heap, zend_mm_free_block *block);

/* --- zend_mm_large.c, zend_mm_rest.c ------------------------------------------------------- */

void zend_mm_large_insert(zend_mm_heap *heap, zend_mm_free_block *block);
void zend_mm_large_remove(zend_mm_heap *heap, zend_mm_free_block *block);
zend_mm_free_block *zend_mm_large_search(const zend_mm_heap *heap, size_t true_size);

#define ZEND_MM_REST_BLOCK ((zend_mm_free_block **) (size_t) 1)
zend_mm_free_block *zend_mm_rest_head(const zend_mm_heap *heap);
void zend_mm_rest_insert(zend_mm_heap *heap, zend_mm_free_block *block);
zend_mm_free_block *zend_mm_rest_search(const zend_mm_heap *heap, size_t true_size);

/* --- zend_mm_cache.c ----------------------------------------------------------------------- */

void zend_mm_free_cache(zend_mm_heap *heap);

/* --- zend_mm_alloc.c, zend_mm_realloc.c: the heap's operations, past all detours ------------ */

void *zend_mm_heap_alloc(zend_mm_heap *heap, size_t size ZEND_MM_SITE_DC);
void zend_mm_heap_free(zend_mm_heap *heap, void *data ZEND_MM_SITE_DC);
/* Frees to the lists at once, past the cache. */
void zend_mm_heap_free_uncached(zend_mm_heap *heap, zend_mm_free_block *block);
void *zend_mm_heap_realloc(zend_mm_heap *heap, void *data, size_t size ZEND_MM_SITE_DC);

/* `size` changes by what a block was and is now, and the peak follows. */
static zend_always_inline void zend_mm_account(zend_mm_heap *heap, size_t before, size_t after)
{
    heap->size += after - before;
    if (heap->peak < heap->size) {
        heap->peak = heap->size;
    }
}

/* --- zend_mm_instrument.c: calls that do not go straight ------------------------------------ */

void *zend_mm_detour_alloc(zend_mm_heap *heap, size_t size ZEND_MM_SITE_DC);
void zend_mm_detour_free(zend_mm_heap *heap, void *data ZEND_MM_SITE_DC);
void *zend_mm_detour_realloc(zend_mm_heap *heap, void *data, size_t size ZEND_MM_SITE_DC);
/* Reads ZEVAL_STRESS; sends the heap's calls through the instruments if there is need. */
void zend_mm_instrument_startup(zend_mm_heap *heap);
/* All blocks are gone: forgets their labels. */
void zend_mm_instrument_reset(void);

/* --- zend_mm_limit.c: errors --------------------------------------------------------------- */

typedef enum {
    ZEND_MM_LIMIT_REACHED,  /* memory_limit forbids the segment */
    ZEND_MM_NO_MEMORY,      /* storage has none */
    ZEND_MM_SIZE_WRAPPED    /* no such size: out of memory, and the cache is left alone */
} zend_mm_failure;

/* Empties the cache, frees the reserve, raises the error, bails out. */
ZEND_NORETURN ZEND_COLD void zend_mm_fail(zend_mm_heap *heap, zend_mm_failure failure, size_t size
    ZEND_MM_SITE_DC);
/* Fatal error for sizes that wrap before the heap sees them. */
ZEND_NORETURN ZEND_COLD void zend_mm_size_overflow(size_t nmemb, size_t size, size_t offset);
/* Ends the process: a message on stderr, SIGSEGV (debug) or exit status 1 (release). */
ZEND_NORETURN ZEND_COLD void zend_mm_panic(const char *message);
/* A wrong start-up value: a message on stderr, exit status 255. */
ZEND_NORETURN ZEND_COLD ZEND_FORMAT(1, 2) void zend_mm_refuse_startup(const char *format, ...);
/* The script's name, or "-" when none runs. */
const char *zend_mm_script_name(void);

/* --- Safety checks that every flavour keeps ------------------------------------------------ */

#define ZEND_MM_CORRUPTED "zend_mm_heap corrupted"

/* A condition that only a write outside of a block can break. */
static zend_always_inline void zend_mm_require(bool condition)
{
    if (UNEXPECTED(!condition)) {
        zend_mm_panic(ZEND_MM_CORRUPTED);
    }
}

/* Before a block is cut or merged: its boundary tags agree with those of both neighbours. */
static zend_always_inline void zend_mm_check_linkage(const zend_mm_free_block *block)
{
    zend_mm_require(zend_mm_next_block(block)->info._prev == block->info._size);
    zend_mm_require(zend_mm_is_first(block)
        || zend_mm_prev_block(block)->info._size == block->info._prev);
}

#endif
