/* SPDX-License-Identifier: MIT */
/*
 * The arena: memory that is taken piece by piece and given back all at once.
 *
 * A syntax tree consists of many small nodes that die together. An arena hands
 * them out from large emalloc'ed chunks by advancing a pointer; nothing is
 * freed singly. When the tree is done with, zend_arena_destroy() frees the
 * chunks. After a bail-out nobody need free anything: the chunks are blocks of
 * the request's heap, which is released as a whole.
 *
 *     arena -> chunk (newest)                chunk (older)
 *              +------+-----+-----+-------+  +------+-----+-----+-----+
 *              | prev | ptr | end | nodes |->| prev | ptr | end | ... | -> NULL
 *              +------+-----+-----+-------+  +------+-----+-----+-----+
 *                        |     |
 *                        |     +-- first byte behind the chunk
 *                        +-- first free byte, a multiple of 8
 */
#ifndef ZEND_ARENA_H
#define ZEND_ARENA_H

#include "zend_portability.h"

typedef struct _zend_arena zend_arena;

struct _zend_arena {
    zend_arena *prev; /* the chunk filled before this one; NULL in the first */
    char *ptr;        /* first free byte; aligned to 8 */
    char *end;        /* first byte behind the chunk */
};

/* Makes an arena whose first chunk has `size` bytes, its header included. Owned by the caller. */
zend_arena *zend_arena_create(size_t size);

/* Frees all chunks, and with them everything that was taken from the arena. NULL is allowed. */
void zend_arena_destroy(zend_arena *arena);

/* Adds a chunk with room for at least `size` bytes and takes them from it: the slow path below. */
void *zend_arena_alloc_chunk(zend_arena **arena, size_t size);

/* Takes `size` bytes, aligned to 8, uninitialised. Never NULL: running out of memory bails out. */
static inline void *zend_arena_alloc(zend_arena **arena, size_t size)
{
    char *block = (*arena)->ptr;

    size = (size + 7) & ~(size_t) 7;
    if (size > (size_t) ((*arena)->end - block)) {
        return zend_arena_alloc_chunk(arena, size);
    }
    (*arena)->ptr = block + size;
    return block;
}

/* Copies `length` bytes and adds a NUL. */
char *zend_arena_strndup(zend_arena **arena, const char *text, size_t length);

#endif
