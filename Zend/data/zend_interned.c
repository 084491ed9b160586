/* SPDX-License-Identifier: MIT */
/*
 * The table of interned strings: a range of addresses filled from the bottom, and hash chains of
 * 32-bit offsets through it.
 *
 * A chain begins with its newest string. So the strings made since the snapshot are dropped by
 * walking through just them, and taking each off the front of its chain.
 */
#include "data/zend_interned.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "zend_alloc.h"

#define INITIAL_SLOTS 4096
#define FIRST_OFFSET 64 /* so that no text has offset 0, and an interior pointer has a header */
/* Pages of dropped strings go back to the system when there are more bytes than this. */
#define KEPT_AFTER_RESTORE ((size_t) 8 << 20)

char *zend_interned_start;
const char *zend_empty_string;
const char *zend_one_char_string[256];

typedef struct _interned_table {
    size_t top;      /* offset of the next header */
    size_t snapshot; /* top when the snapshot was taken; 0 before */
    uint *slots;     /* offset / 8 of the newest text of each chain, or 0 */
    uint slot_count; /* a power of two */
    uint count;
    uint snapshot_count;
} interned_table;

static interned_table table;

static char *text_at(uint reference)
{
    return zend_interned_start + (size_t) reference * 8;
}

static zend_interned_header *header_at(uint reference)
{
    return (zend_interned_header *) (void *) text_at(reference) - 1;
}

static size_t size_of_string(uint length)
{
    return sizeof(zend_interned_header) + (((size_t) length + 7) & ~(size_t) 7);
}

void zend_interned_strings_init(void)
{
    int c;
    void *range = mmap(NULL, ZEND_INTERNED_RESERVE, PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (range == MAP_FAILED) {
        fprintf(stderr, "Cannot reserve addresses for interned strings\n");
        exit(1);
    }
    zend_interned_start = (char *) range;
    memset(&table, 0, sizeof(table));
    table.top = FIRST_OFFSET;
    table.slot_count = INITIAL_SLOTS;
    table.slots = (uint *) __zend_calloc(INITIAL_SLOTS, sizeof(uint));
    zend_empty_string = zend_new_interned_string("", 1, 0);
    for (c = 0; c < 256; c++) {
        char text[2] = { (char) c, '\0' };
        zend_one_char_string[c] = zend_new_interned_string(text, 2, 0);
    }
}

void zend_interned_strings_dtor(void)
{
    munmap(zend_interned_start, ZEND_INTERNED_RESERVE);
    free(table.slots);
    table.slots = NULL;
    zend_interned_start = NULL;
}

static void grow_slots(void)
{
    size_t offset = FIRST_OFFSET;
    free(table.slots);
    table.slot_count *= 2;
    table.slots = (uint *) __zend_calloc(table.slot_count, sizeof(uint));
    while (offset < table.top) { /* from the oldest on: each chain has its newest in front */
        zend_interned_header *header =
            (zend_interned_header *) (void *) (zend_interned_start + offset);
        uint *slot = &table.slots[header->h & (table.slot_count - 1)];
        header->next = *slot;
        *slot = (uint) ((offset + sizeof(zend_interned_header)) / 8);
        offset += size_of_string(header->length);
    }
}

static const char *find_string(const char *str, uint length, ulong h)
{
    uint reference = table.slots[h & (table.slot_count - 1)];
    while (reference != 0) {
        const zend_interned_header *header = header_at(reference);
        if (header->h == h && header->length == length
            && memcmp(text_at(reference), str, length) == 0) {
            return text_at(reference);
        }
        reference = header->next;
    }
    return NULL;
}

static const char *add_string(const char *str, uint length, ulong h)
{
    size_t size = size_of_string(length);
    zend_interned_header *header;
    uint *slot;
    char *text;

    if (size > ZEND_INTERNED_RESERVE - table.top) {
        return NULL;
    }
    if (table.count >= table.slot_count) {
        grow_slots();
    }
    header = (zend_interned_header *) (void *) (zend_interned_start + table.top);
    text = (char *) (header + 1);
    slot = &table.slots[h & (table.slot_count - 1)];
    header->h = h;
    header->length = length;
    header->next = *slot;
    *slot = (uint) ((size_t) (text - zend_interned_start) / 8);
    memcpy(text, str, length);
    table.top += size;
    table.count++;
    return text;
}

const char *zend_intern(const char *str, uint length, ulong h)
{
    const char *interned = find_string(str, length, h);
    if (interned == NULL) {
        interned = add_string(str, length, h);
    }
    return interned ? interned : str;
}

const char *zend_new_interned_string(const char *str, int length, int free_src)
{
    ulong h = zend_inline_hash_func(str, (uint) length);
    const char *interned = zend_intern(str, (uint) length, h);
    if (free_src && interned != str && !IS_INTERNED(str)) {
        efree((void *) str);
    }
    return interned;
}

void zend_interned_strings_snapshot(void)
{
    table.snapshot = table.top;
    table.snapshot_count = table.count;
}

void zend_interned_strings_restore(void)
{
    size_t offset = table.snapshot;
    if (offset == 0) {
        return;
    }
    while (offset < table.top) {
        const zend_interned_header *header =
            (const zend_interned_header *) (const void *) (zend_interned_start + offset);
        uint *slot = &table.slots[header->h & (table.slot_count - 1)];
        while ((size_t) *slot * 8 > table.snapshot) {
            *slot = header_at(*slot)->next;
        }
        offset += size_of_string(header->length);
    }
    if (table.top - table.snapshot > KEPT_AFTER_RESTORE) {
        size_t from = (table.snapshot + KEPT_AFTER_RESTORE) & ~(size_t) 4095;
        madvise(zend_interned_start + from, table.top - from, MADV_DONTNEED);
    }
    table.top = table.snapshot;
    table.count = table.snapshot_count;
}

bool zend_interned_is_permanent(const char *str)
{
    size_t offset = (size_t) (str - zend_interned_start);
    return table.snapshot == 0 ? offset < table.top : offset < table.snapshot;
}

size_t zend_interned_bytes(uint *count)
{
    if (count) {
        *count = table.count;
    }
    return table.top - FIRST_OFFSET;
}

char *zend_interned_to_writable(const char *str, size_t new_size)
{
    char *copy = (char *) emalloc(new_size);
    size_t available = (size_t) (zend_interned_start + table.top - str);
    memcpy(copy, str, MIN(new_size, available));
    return copy;
}
