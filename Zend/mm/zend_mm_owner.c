/* SPDX-License-Identifier: MIT */
/*
 * The table of owner labels: block address -> static string.
 *
 * An open-addressing hash table in malloc() memory, beside the heap, so that labelling moves
 * nothing in it. A removed entry is filled from behind (no tombstones): entries that were pushed
 * along by it move up.
 */
#include "mm/zend_mm_owner.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    const void *data;   /* NULL: free entry */
    const char *owner;
} entry;

static entry *table;
static size_t capacity;  /* a power of two, or 0 */
static size_t count;

static size_t home_of(const void *data)
{
    return (((size_t) data >> 3) * 0x9E3779B97F4A7C15UL >> 20) & (capacity - 1);
}

/* The entry of `data`, or the free one where it would be. */
static entry *find(const void *data)
{
    size_t i = home_of(data);

    while (table[i].data != NULL && table[i].data != data) {
        i = (i + 1) & (capacity - 1);
    }
    return &table[i];
}

/* Doubles the table. Without memory labels are lost, and nothing else. */
static bool grow(void)
{
    entry *old_table = table;
    size_t old_capacity = capacity;
    size_t new_capacity = capacity != 0 ? capacity * 2 : 1024;
    entry *new_table = calloc(new_capacity, sizeof(entry));
    size_t i;

    if (new_table == NULL) {
        return false;
    }
    table = new_table;
    capacity = new_capacity;
    for (i = 0; i < old_capacity; i++) {
        if (old_table[i].data != NULL) {
            *find(old_table[i].data) = old_table[i];
        }
    }
    free(old_table);
    return true;
}

void zend_mm_owner_table_set(const void *data, const char *owner)
{
    entry *place;

    if ((count + 1) * 2 > capacity && !grow()) {
        return;
    }
    place = find(data);
    count += place->data == NULL;
    place->data = data;
    place->owner = owner;
}

const char *zend_mm_owner_table_get(const void *data)
{
    return capacity != 0 ? find(data)->owner : NULL;
}

void zend_mm_owner_table_remove(const void *data)
{
    size_t hole, i;

    if (capacity == 0 || find(data)->data == NULL) {
        return;
    }
    hole = (size_t) (find(data) - table);
    count--;
    for (i = (hole + 1) & (capacity - 1); table[i].data != NULL; i = (i + 1) & (capacity - 1)) {
        size_t distance_from_home = (i - home_of(table[i].data)) & (capacity - 1);

        if (distance_from_home >= ((i - hole) & (capacity - 1))) {
            table[hole] = table[i];
            hole = i;
        }
    }
    table[hole] = (entry) { NULL, NULL };
}

void zend_mm_owner_table_clear(void)
{
    free(table);
    table = NULL;
    capacity = count = 0;
}
