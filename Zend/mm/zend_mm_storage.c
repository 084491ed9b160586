/* SPDX-License-Identifier: MIT */
/*
 * Storage: where segments come from. Three kinds are built in, by the way in which they get
 * memory from the system: malloc(), an anonymous map, a private map of /dev/zero. In front of
 * each is a pool that keeps some of what was given back (zend_mm_pool.h).
 *
 * To add a kind, write its source and its init function, and add its row to the table below.
 */
#include "mm/zend_mm_storage.h"
#include "mm/zend_mm_internal.h"
#include "mm/zend_mm_pool.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

/* What compact() leaves of the kept segments. */
#define KEPT_AFTER_COMPACT ((size_t) 32 * 1024 * 1024)

/* --- Sources ------------------------------------------------------------------------------- */

static void *malloc_resize(void *memory, size_t size, size_t new_size)
{
    return realloc(memory, new_size);
}

static void malloc_give_back(void *memory, size_t size)
{
    free(memory);
}

static void *map(size_t size, int flags, int file)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | flags, file, 0);

    return memory != MAP_FAILED ? memory : NULL;
}

static void *mmap_anon_get(size_t size)
{
    return map(size, MAP_ANONYMOUS, -1);
}

/* The map stays when the file is closed. */
static void *mmap_zero_get(size_t size)
{
    int file = open("/dev/zero", O_RDWR | O_CLOEXEC);
    void *memory = NULL;

    if (file >= 0) {
        memory = map(size, 0, file);
        close(file);
    }
    return memory;
}

static void mmap_give_back(void *memory, size_t size)
{
    munmap(memory, size);
}

/* Moves the pages, not their contents; where that is refused: allocate, copy, free. */
static void *mmap_resize(void *memory, size_t size, size_t new_size)
{
    void *moved = mremap(memory, size, new_size, MREMAP_MAYMOVE);

    if (moved != MAP_FAILED) {
        return moved;
    }
    moved = mmap_anon_get(new_size);
    if (moved != NULL) {
        memcpy(moved, memory, MIN(size, new_size));
        mmap_give_back(memory, size);
    }
    return moved;
}

static const zend_mm_source malloc_source = { malloc, malloc_resize, malloc_give_back };
static const zend_mm_source mmap_anon_source = { mmap_anon_get, mmap_resize, mmap_give_back };
static const zend_mm_source mmap_zero_source = { mmap_zero_get, mmap_resize, mmap_give_back };

static zend_mm_pool malloc_pool = { .source = &malloc_source };
static zend_mm_pool mmap_anon_pool = { .source = &mmap_anon_source };
static zend_mm_pool mmap_zero_pool = { .source = &mmap_zero_source };

/* --- Handlers ------------------------------------------------------------------------------ */

static zend_mm_storage *storage_new(zend_mm_pool *pool)
{
    zend_mm_storage *storage = calloc(1, sizeof(zend_mm_storage));

    if (storage != NULL) {
        storage->data = pool;
    }
    return storage;
}

static zend_mm_storage *malloc_init(void *params)
{
    return storage_new(&malloc_pool);
}

static zend_mm_storage *mmap_anon_init(void *params)
{
    return storage_new(&mmap_anon_pool);
}

static zend_mm_storage *mmap_zero_init(void *params)
{
    return storage_new(&mmap_zero_pool);
}

/* What the pool keeps is for the next heap of the process. */
static void storage_dtor(zend_mm_storage *storage)
{
    free(storage);
}

static void storage_compact(zend_mm_storage *storage)
{
    zend_mm_pool_trim(storage->data, KEPT_AFTER_COMPACT);
}

static zend_mm_segment *storage_alloc(zend_mm_storage *storage, size_t size)
{
    return zend_mm_pool_alloc(storage->data, size);
}

static zend_mm_segment *storage_realloc(zend_mm_storage *storage, zend_mm_segment *segment,
    size_t size)
{
    return zend_mm_pool_realloc(storage->data, segment, size);
}

static void storage_free(zend_mm_storage *storage, zend_mm_segment *segment)
{
    zend_mm_pool_free(storage->data, segment);
}

#define BUILT_IN(name, init) \
    { name, init, storage_dtor, storage_compact, storage_alloc, storage_realloc, storage_free }

static const zend_mm_mem_handlers built_in[] = {
    BUILT_IN("malloc", malloc_init),        /* the default */
    BUILT_IN("mmap_anon", mmap_anon_init),
    BUILT_IN("mmap_zero", mmap_zero_init),
};

#define BUILT_IN_COUNT (sizeof(built_in) / sizeof(*built_in))

ZEND_NORETURN static void refuse_name(const char *name)
{
    size_t i;

    fprintf(stderr, "Wrong or unsupported zend_mm storage type '%s'\n  supported types:\n", name);
    for (i = 0; i < BUILT_IN_COUNT; i++) {
        fprintf(stderr, "    '%s'\n", built_in[i].name);
    }
    exit(255);
}

const zend_mm_mem_handlers *zend_mm_find_storage(const char *name)
{
    size_t i;

    if (name == NULL || *name == '\0') {
        return &built_in[0];
    }
    for (i = 0; i < BUILT_IN_COUNT; i++) {
        if (strcmp(built_in[i].name, name) == 0) {
            return &built_in[i];
        }
    }
    refuse_name(name);
}
