/* SPDX-License-Identifier: MIT */
/*
 * Storage: where segments come from. To add a kind, write its functions and add its row below.
 */
#include "mm/zend_mm_storage.h"
#include "mm/zend_mm_internal.h"

static zend_mm_storage *storage_new(void *params)
{
    return calloc(1, sizeof(zend_mm_storage));
}

static void storage_free(zend_mm_storage *storage)
{
    free(storage);
}

static void nothing_to_compact(zend_mm_storage *storage)
{
}

static zend_mm_segment *malloc_segment(zend_mm_storage *storage, size_t size)
{
    return malloc(size);
}

static zend_mm_segment *realloc_segment(zend_mm_storage *storage, zend_mm_segment *segment, size_t size)
{
    return realloc(segment, size);
}

static void free_segment(zend_mm_storage *storage, zend_mm_segment *segment)
{
    free(segment);
}

static const zend_mm_mem_handlers built_in[] = {
    { "malloc", storage_new, storage_free, nothing_to_compact, malloc_segment, realloc_segment, free_segment },
};

const zend_mm_mem_handlers *zend_mm_find_storage(const char *name)
{
    size_t i;

    if (name == NULL || *name == '\0') {
        return &built_in[0];
    }
    for (i = 0; i < sizeof(built_in) / sizeof(*built_in); i++) {
        if (strcmp(built_in[i].name, name) == 0) {
            return &built_in[i];
        }
    }
    fprintf(stderr, "Wrong or unsupported zend_mm storage type '%s'\n  supported types:\n", name);
    for (i = 0; i < sizeof(built_in) / sizeof(*built_in); i++) {
        fprintf(stderr, "    '%s'\n", built_in[i].name);
    }
    exit(255);
}
