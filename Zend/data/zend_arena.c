/* SPDX-License-Identifier: MIT */
/*
 * The arena's slow path: making chunks and freeing them.
 *
 * A new chunk is as large as the one before it, or larger if one piece needs
 * more, so that the number of chunks grows with the tree and not with its nodes.
 */
#include "data/zend_arena.h"

#include <string.h>

#include "zend_alloc.h"

#define ARENA_HEADER ((sizeof(zend_arena) + 7) & ~(size_t) 7)

static zend_arena *arena_chunk_new(size_t size, zend_arena *prev)
{
    zend_arena *chunk = emalloc(size);

    chunk->prev = prev;
    chunk->ptr = (char *) chunk + ARENA_HEADER;
    chunk->end = (char *) chunk + size;
    return chunk;
}

zend_arena *zend_arena_create(size_t size)
{
    return arena_chunk_new(size < 2 * ARENA_HEADER ? 2 * ARENA_HEADER : size, NULL);
}

void zend_arena_destroy(zend_arena *arena)
{
    while (arena) {
        zend_arena *prev = arena->prev;

        efree(arena);
        arena = prev;
    }
}

void *zend_arena_alloc_chunk(zend_arena **arena, size_t size)
{
    size_t chunk_size = (size_t) ((*arena)->end - (char *) *arena);
    char *block;

    if (chunk_size < size + ARENA_HEADER) {
        chunk_size = size + ARENA_HEADER;
    }
    *arena = arena_chunk_new(chunk_size, *arena);
    block = (*arena)->ptr;
    (*arena)->ptr = block + size;
    return block;
}

char *zend_arena_strndup(zend_arena **arena, const char *text, size_t length)
{
    char *copy = zend_arena_alloc(arena, length + 1);

    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}
