/* SPDX-License-Identifier: MIT */
/*
 * The heap as seen from outside: its segments and blocks in the order of addresses, its lists,
 * its figures. Every instrument that shows the heap stands on this; nothing else looks inside.
 *
 * What is handed out are copies, valid during the call. A visitor must not allocate from the heap
 * that it walks, nor free into it: whoever wants to keep what it sees writes it elsewhere
 * (pemalloc) first. A visitor returns false to end the walk, and the walk then returns false.
 */
#ifndef ZEND_MM_WALK_H
#define ZEND_MM_WALK_H

#include "zend_alloc.h"

typedef enum _zend_mm_block_state {
    ZEND_MM_STATE_USED,
    ZEND_MM_STATE_CACHED,
    ZEND_MM_STATE_FREE_SMALL,  /* on a small list */
    ZEND_MM_STATE_FREE_LARGE,  /* in a trie */
    ZEND_MM_STATE_REST,        /* free, on the rest list */
    ZEND_MM_STATE_GUARD,       /* the end of a segment */
    ZEND_MM_STATE_RESERVE,     /* set aside for the handling of errors */
    ZEND_MM_STATE_HEAP         /* the heap structure itself, in an internal heap */
} zend_mm_block_state;

/* A word for each state: "used", "cached", "free small", ... */
const char *zend_mm_state_name(zend_mm_block_state state);

typedef struct _zend_mm_segment_view {
    const void *address;
    size_t size;               /* bytes, header and guard included */
    size_t number;             /* 0 for the oldest one that is alive */
} zend_mm_segment_view;

typedef struct _zend_mm_block_view {
    const void *address;       /* of the header */
    const void *data;          /* what emalloc() gave */
    size_t size;               /* bytes, header included */
    zend_mm_block_state state;
    const char *owner;         /* label (zend_mm_instrument.h), or NULL */
    size_t requested;          /* debug flavour, used blocks: bytes asked for; else 0 */
    const char *filename;      /* debug flavour, used blocks: where; else NULL */
    uint lineno;
} zend_mm_block_view;

typedef struct _zend_mm_visitor {
    bool (*segment)(void *context, const zend_mm_segment_view *segment);  /* may be NULL */
    bool (*block)(void *context, const zend_mm_block_view *block);        /* may be NULL */
} zend_mm_visitor;

/* All segments, oldest first; each one's blocks after it, guard included, by rising address. */
bool zend_mm_walk(const zend_mm_heap *heap, const zend_mm_visitor *visitor, void *context);

typedef bool (*zend_mm_list_visitor)(void *context, const zend_mm_block_view *block);

/* One stack of the cache (index 0..63), in the order in which its blocks will be given out. */
bool zend_mm_walk_cache(const zend_mm_heap *heap, size_t index, zend_mm_list_visitor visit,
    void *context);
/* One small list (index 0..63), in the order in which its blocks will be given out. */
bool zend_mm_walk_small_list(const zend_mm_heap *heap, size_t index, zend_mm_list_visitor visit,
    void *context);
/* The rest list, newest first. */
bool zend_mm_walk_rest_list(const zend_mm_heap *heap, zend_mm_list_visitor visit, void *context);

typedef struct _zend_mm_trie_view {
    zend_mm_block_view block;
    const void *parent;        /* the node above, or the one that a follower follows */
    int turn;                  /* 0 or 1: which child; -1 for the root, -2 for a follower */
    int depth;                 /* 0 for the root */
} zend_mm_trie_view;

typedef bool (*zend_mm_trie_visitor)(void *context, const zend_mm_trie_view *node);

/* One trie (index 0..63): each node, then its followers, newest first, then its children. */
bool zend_mm_walk_trie(const zend_mm_heap *heap, size_t index, zend_mm_trie_visitor visit,
    void *context);

typedef struct _zend_mm_figures {
    size_t size, peak, real_size, real_peak, limit, cached;  /* bytes */
    size_t usage;                     /* size - cached: what memory_get_usage() tells */
    size_t segment_size, reserve_size;
    size_t free_bitmap, large_free_bitmap;
    int rest_count;
    int overflow;                     /* errors since the request began: 0, 1, 2 = more */
    const char *storage;              /* its name */
} zend_mm_figures;

void zend_mm_get_figures(const zend_mm_heap *heap, zend_mm_figures *figures);

#endif
