/* SPDX-License-Identifier: MIT */
/*
 * The layout of memory: segments, blocks, their headers, and the sizes that follow from them.
 *
 * A *segment* is a piece of memory that storage got from the system. The heap fills it with
 * *blocks* that lie side by side without a gap, so that each block can find both neighbours by
 * arithmetic alone (boundary tags):
 *
 *      segment                                                         segment + size
 *      |                                                                            |
 *      v                                                                            v
 *      +----------------+---------+------------------+----- - - -----+-------+-------+
 *      | segment header | block   | block            |               | block | guard |
 *      +----------------+---------+------------------+----- - - -----+-------+-------+
 *       16 bytes                                                              a header only
 *
 * A block begins with a header of two words. `_size` is the size of the whole block, header
 * included; `_prev` repeats the `_size` word of the block before it. Sizes are multiples of 8,
 * so that the low bits of both words are free to hold a type:
 *
 *                         63                                         2   1 0
 *                        +--------------------------------------------+-----+
 *      block    +0 _size | size of this block                         | 0 t |   0 free
 *                        +--------------------------------------------+-----+   1 used
 *               +8 _prev | the `_size` word of the block to the left  | 0 t |   3 guard
 *                        +--------------------------------------------+-----+
 *              +16       | what the caller may use                          |  <- emalloc()
 *                        +--------------------------------------------------+
 *
 * A real instance, in the release flavour: two used blocks, of emalloc(24) and emalloc(5), and
 * what lies behind them, as little-endian words:
 *
 *      2020:  29 00 00 00 00 00 00 00    _size = 0x28|used    24 + 16 = 40 bytes
 *      2028:  11 20 00 00 00 00 00 00    _prev = 0x2010|used  the reserve, 8,208 bytes
 *      2030:  (24 bytes of the caller)
 *      2048:  21 00 00 00 00 00 00 00    _size = 0x20|used    5 + 16 = 21, but at least 32
 *      2050:  29 00 00 00 00 00 00 00    _prev = 0x28|used    repeats 2020
 *      2058:  (16 bytes of the caller)
 *      2068:  88 df 03 00 00 00 00 00    _size = 0x3df88|free the rest of the segment, to the guard
 *      2070:  21 00 00 00 00 00 00 00    _prev = 0x20|used    repeats 2048
 *
 * Invariants, asserted by number in zend_mm_check.c:
 *
 *      (L1)  block(0) = segment + 16, and _prev of block(0) = 3 (nothing lies before it)
 *      (L2)  block(i+1) = block(i) + size(block(i))
 *      (L3)  block(i+1)._prev = block(i)._size, type bits included
 *      (L4)  the last block is the guard: _size = sizeof(header)|3, and it ends the segment
 *      (L5)  size(block) is a multiple of 8 and at least ZEND_MM_ALIGNED_MIN_HEADER_SIZE
 *      (L6)  no two free blocks are neighbours
 *
 * (L6) has one exception: a block that lies in the cache counts as used here, and two of those
 * may well lie side by side.
 *
 * In the debug flavour a header carries more (zend_mm_guard.h); the same invariants hold.
 */
#ifndef ZEND_MM_LAYOUT_H
#define ZEND_MM_LAYOUT_H

#include "zend_portability.h"

/* --- Segments ------------------------------------------------------------------------------ */

/* The start of each segment. The storage handler allocates it, the heap fills it in. */
typedef struct _zend_mm_segment {
    size_t size;                            /* bytes, this header and the guard block included */
    struct _zend_mm_segment *next_segment;  /* the one that the heap got before this one, or NULL */
} zend_mm_segment;

/* --- Blocks -------------------------------------------------------------------------------- */

/* The boundary tags. */
typedef struct _zend_mm_block_info {
#if ZEND_DEBUG
    size_t _cookie;  /* address of the block xor a random number */
#endif
    size_t _size;    /* bytes of the block | type */
    size_t _prev;    /* `_size` of the block to the left; 3 in the first block of a segment */
} zend_mm_block_info;

#if ZEND_DEBUG
/* Who asked for a block, and for how much. */
typedef struct _zend_mm_debug_info {
    const char *filename;       /* where emalloc() was called */
    uint lineno;
    const char *orig_filename;  /* where the function that called it was called, or NULL */
    uint orig_lineno;
    size_t size;                /* bytes asked for; the end magic follows them */
    uint start_magic;           /* random, the last thing before the caller's bytes */
} zend_mm_debug_info;
#endif

/* The header of any block. */
typedef struct _zend_mm_block {
    zend_mm_block_info info;
#if ZEND_DEBUG
    uint magic;                 /* state of the block, see zend_mm_guard.h */
    zend_mm_debug_info debug;
#endif
} zend_mm_block;

/* A free block on a small list, on the rest list, or (by prev_free_block alone) in the cache. */
typedef struct _zend_mm_small_free_block {
    zend_mm_block_info info;
#if ZEND_DEBUG
    uint magic;
#endif
    struct _zend_mm_free_block *prev_free_block;
    struct _zend_mm_free_block *next_free_block;
} zend_mm_small_free_block;

/* A free block that is a node of a trie. What it adds is valid in large blocks only. */
typedef struct _zend_mm_free_block {
    zend_mm_block_info info;
#if ZEND_DEBUG
    uint magic;
#endif
    struct _zend_mm_free_block *prev_free_block;
    struct _zend_mm_free_block *next_free_block;
    struct _zend_mm_free_block **parent;   /* the pointer that leads here, NULL, or a mark */
    struct _zend_mm_free_block *child[2];  /* by the next bit of the size */
} zend_mm_free_block;

/* --- Sizes --------------------------------------------------------------------------------- */

#define ZEND_MM_ALIGNMENT ((size_t) 8)
#define ZEND_MM_ALIGNMENT_LOG2 3
#define ZEND_MM_ALIGNED_SIZE(size) (((size) + ZEND_MM_ALIGNMENT - 1) & ~(ZEND_MM_ALIGNMENT - 1))

#define ZEND_MM_ALIGNED_SEGMENT_SIZE ZEND_MM_ALIGNED_SIZE(sizeof(zend_mm_segment))
#define ZEND_MM_ALIGNED_HEADER_SIZE ZEND_MM_ALIGNED_SIZE(sizeof(zend_mm_block))
#define ZEND_MM_ALIGNED_FREE_HEADER_SIZE ZEND_MM_ALIGNED_SIZE(sizeof(zend_mm_small_free_block))

/* Bytes behind the caller's that hold the end magic. */
#if ZEND_DEBUG
#define ZEND_MM_END_MAGIC_SIZE sizeof(uint)
#define ZEND_MM_MIN_SIZE ((size_t) 4)
#else
#define ZEND_MM_END_MAGIC_SIZE ((size_t) 0)
#define ZEND_MM_MIN_SIZE (ZEND_MM_ALIGNED_FREE_HEADER_SIZE - ZEND_MM_ALIGNED_HEADER_SIZE)
#endif

/* The smallest block: a used one must be able to become a free one. */
#define ZEND_MM_ALIGNED_MIN_HEADER_SIZE \
    ZEND_MM_ALIGNED_SIZE(ZEND_MM_ALIGNED_HEADER_SIZE + ZEND_MM_MIN_SIZE + ZEND_MM_END_MAGIC_SIZE)

/* One small bucket for each bit of a size_t, one large bucket for each power of two. */
#define ZEND_MM_NUM_BUCKETS (sizeof(size_t) << 3)

/* True sizes below this one are small. */
#define ZEND_MM_FIRST_LARGE_SIZE \
    ((ZEND_MM_NUM_BUCKETS << ZEND_MM_ALIGNMENT_LOG2) + ZEND_MM_ALIGNED_MIN_HEADER_SIZE)

/* The biggest request whose true size is small. */
#define ZEND_MM_MAX_SMALL_REQUEST \
    (ZEND_MM_FIRST_LARGE_SIZE - ZEND_MM_ALIGNMENT - ZEND_MM_ALIGNED_HEADER_SIZE \
        - ZEND_MM_END_MAGIC_SIZE)

/* Freed small blocks go to the cache while it holds fewer bytes than this. */
#define ZEND_MM_CACHE_SIZE (ZEND_MM_NUM_BUCKETS * 4 * 1024)

/* What a segment spends on its header and its guard block. */
#define ZEND_MM_SEGMENT_OVERHEAD (ZEND_MM_ALIGNED_SEGMENT_SIZE + ZEND_MM_ALIGNED_HEADER_SIZE)

/* --- Block types --------------------------------------------------------------------------- */

#define ZEND_MM_TYPE_MASK ((size_t) 3)
#define ZEND_MM_FREE_BLOCK ((size_t) 0)
#define ZEND_MM_USED_BLOCK ((size_t) 1)
#define ZEND_MM_GUARD_BLOCK ((size_t) 3)

#if !ZEND_DEBUG
_Static_assert(sizeof(zend_mm_segment) == 16, "a segment header is two words");
_Static_assert(sizeof(zend_mm_block) == 16, "a block header is two words");
_Static_assert(offsetof(zend_mm_block, info._prev) == 8, "_prev follows _size");
_Static_assert(sizeof(zend_mm_small_free_block) == 32, "a small free block is four words");
_Static_assert(offsetof(zend_mm_small_free_block, prev_free_block) == 16,
    "links follow the header");
_Static_assert(sizeof(zend_mm_free_block) == 56, "a trie node is seven words");
_Static_assert(offsetof(zend_mm_free_block, parent) == 32, "the trie's links follow the list's");
_Static_assert(ZEND_MM_ALIGNED_MIN_HEADER_SIZE == 32, "smallest block");
_Static_assert(ZEND_MM_FIRST_LARGE_SIZE == 544, "first large block");
_Static_assert(ZEND_MM_MAX_SMALL_REQUEST == 520, "largest small request");
#else
_Static_assert(sizeof(zend_mm_segment) == 16, "a segment header is two words");
_Static_assert(sizeof(zend_mm_block) == 80, "a block header in the debug flavour");
_Static_assert(sizeof(zend_mm_small_free_block) == 48, "a small free block in the debug flavour");
_Static_assert(sizeof(zend_mm_free_block) == 72, "a trie node in the debug flavour");
_Static_assert(ZEND_MM_ALIGNED_MIN_HEADER_SIZE == 88, "smallest block in the debug flavour");
_Static_assert(ZEND_MM_FIRST_LARGE_SIZE == 600, "first large block in the debug flavour");
_Static_assert(ZEND_MM_MAX_SMALL_REQUEST == 508, "largest small request in the debug flavour");
#endif
_Static_assert(ZEND_MM_NUM_BUCKETS == 64, "ZendMM's figures are those of a 64-bit machine");
_Static_assert(ZEND_MM_CACHE_SIZE == 262144, "cache ceiling");
_Static_assert(sizeof(zend_mm_free_block) <= ZEND_MM_FIRST_LARGE_SIZE,
    "a large block can be a trie node");

/* --- Reading a size ------------------------------------------------------------------------ */

/* Bytes of the block that serves a request. Smaller than `size` when the addition wrapped. */
static zend_always_inline size_t zend_mm_true_size(size_t size)
{
    const size_t overhead = ZEND_MM_ALIGNED_HEADER_SIZE + ZEND_MM_END_MAGIC_SIZE;
    size_t true_size = ZEND_MM_ALIGNED_SIZE(size + overhead);

    return size < ZEND_MM_MIN_SIZE ? ZEND_MM_ALIGNED_MIN_HEADER_SIZE : true_size;
}

static zend_always_inline bool zend_mm_is_small(size_t true_size)
{
    return true_size < ZEND_MM_FIRST_LARGE_SIZE;
}

/* Small bucket of a small true size: in the release flavour 32 -> 0, 40 -> 1 ... 536 -> 63. */
static zend_always_inline size_t zend_mm_bucket_index(size_t true_size)
{
    return (true_size >> ZEND_MM_ALIGNMENT_LOG2)
        - (ZEND_MM_ALIGNED_MIN_HEADER_SIZE >> ZEND_MM_ALIGNMENT_LOG2);
}

/* Large bucket of a true size: the number of its highest set bit. */
static zend_always_inline size_t zend_mm_large_bucket_index(size_t true_size)
{
    return ZEND_MM_NUM_BUCKETS - 1 - (size_t) __builtin_clzl(true_size);
}

/* --- From one block to another ------------------------------------------------------------- */

/*
 * All blocks are handled through the biggest view; which fields are valid depends on their state.
 */
static zend_always_inline zend_mm_free_block *zend_mm_block_at(const void *base, size_t offset)
{
    return (zend_mm_free_block *) ((char *) base + offset);
}

static zend_always_inline size_t zend_mm_size_of(const zend_mm_free_block *block)
{
    return block->info._size & ~ZEND_MM_TYPE_MASK;
}

static zend_always_inline size_t zend_mm_type_of(const zend_mm_free_block *block)
{
    return block->info._size & ZEND_MM_TYPE_MASK;
}

static zend_always_inline bool zend_mm_is_free(const zend_mm_free_block *block)
{
    return zend_mm_type_of(block) == ZEND_MM_FREE_BLOCK;
}

static zend_always_inline bool zend_mm_is_guard(const zend_mm_free_block *block)
{
    return zend_mm_type_of(block) == ZEND_MM_GUARD_BLOCK;
}

static zend_always_inline bool zend_mm_is_first(const zend_mm_free_block *block)
{
    return block->info._prev == ZEND_MM_GUARD_BLOCK;
}

static zend_always_inline zend_mm_free_block *zend_mm_next_block(const zend_mm_free_block *block)
{
    return zend_mm_block_at(block, zend_mm_size_of(block));
}

/* Not for the first block of a segment. */
static zend_always_inline zend_mm_free_block *zend_mm_prev_block(const zend_mm_free_block *block)
{
    return (zend_mm_free_block *) ((char *) block - (block->info._prev & ~ZEND_MM_TYPE_MASK));
}

/* True when a free block lies to the left, which then may be merged with. */
static zend_always_inline bool zend_mm_prev_is_free(const zend_mm_free_block *block)
{
    return (block->info._prev & ZEND_MM_TYPE_MASK) == ZEND_MM_FREE_BLOCK;
}

/* True when the block is all that its segment holds. */
static zend_always_inline bool zend_mm_is_whole_segment(const zend_mm_free_block *block)
{
    return zend_mm_is_first(block) && zend_mm_is_guard(zend_mm_next_block(block));
}

static zend_always_inline zend_mm_free_block *zend_mm_first_block(const zend_mm_segment *segment)
{
    return zend_mm_block_at(segment, ZEND_MM_ALIGNED_SEGMENT_SIZE);
}

/* Only for the first block of a segment. */
static zend_always_inline zend_mm_segment *zend_mm_segment_of(const zend_mm_free_block *block)
{
    return (zend_mm_segment *) ((char *) block - ZEND_MM_ALIGNED_SEGMENT_SIZE);
}

static zend_always_inline void *zend_mm_data_of(const zend_mm_free_block *block)
{
    return (char *) block + ZEND_MM_ALIGNED_HEADER_SIZE;
}

static zend_always_inline zend_mm_free_block *zend_mm_header_of(const void *data)
{
    return (zend_mm_free_block *) ((char *) data - ZEND_MM_ALIGNED_HEADER_SIZE);
}

#endif
