/* SPDX-License-Identifier: MIT */
/*
 * The life of a heap: start-up, the end of a request, the end of the process.
 *
 * A request's end does not free block by block. It gives back all segments but the oldest, makes
 * that one free block, and forgets all lists. So whatever a request forgot to free costs nothing
 * beyond its own time.
 */
#include "mm/zend_mm_guard.h"
#include "mm/zend_mm_internal.h"
#include "mm/zend_mm_storage.h"

/* A front that serves nothing; see zend_mm_front.h. */
static zend_mm_front shut_front = { .cached = ZEND_MM_CACHE_SIZE };

zend_mm_front *zend_mm_front_door = &shut_front;
zend_alloc_globals alloc_globals;

/* Inlined code knows neither guards nor instruments: where there are some the door stays shut. */
static void set_front_door(void)
{
    const zend_mm_heap *heap = AG(mm_heap);
    bool open = !ZEND_DEBUG && heap != NULL && heap->use_zend_alloc == ZEND_MM_IN_USE;

    zend_mm_front_door = open ? &AG(mm_heap)->front : &shut_front;
}

zend_mm_heap *zend_mm_set_heap(zend_mm_heap *new_heap)
{
    zend_mm_heap *old_heap = AG(mm_heap);

    AG(mm_heap) = new_heap;
    set_front_door();
    return old_heap;
}

zend_mm_heap *zend_mm_get_heap(void)
{
    return AG(mm_heap);
}

zend_mm_storage *zend_mm_get_storage(zend_mm_heap *heap)
{
    return heap->storage;
}

void zend_mm_set_custom_handlers(zend_mm_heap *heap, void *(*custom_malloc)(size_t),
    void (*custom_free)(void *), void *(*custom_realloc)(void *, size_t))
{
    heap->use_zend_alloc = ZEND_MM_BYPASSED;
    heap->_malloc = custom_malloc;
    heap->_free = custom_free;
    heap->_realloc = custom_realloc;
    set_front_door();
}

/* --- Start-up ------------------------------------------------------------------------------ */

/* What is set aside for the handling of errors (zend_mm_limit.c): an ordinary used block. */
static void alloc_reserve(zend_mm_heap *heap)
{
    heap->reserve = heap->reserve_size > 0
        ? zend_mm_heap_alloc(heap, heap->reserve_size ZEND_MM_OWN_SITE_CC) : NULL;
}

/* Moves the heap structure into the first block of its own heap. */
static zend_mm_heap *move_inside(zend_mm_heap *outside)
{
    zend_mm_heap *heap = zend_mm_heap_alloc(outside, sizeof(zend_mm_heap) ZEND_MM_OWN_SITE_CC);

    *heap = *outside;
    zend_mm_relocate_lists(heap, outside);
    free(outside);
    return heap;
}

static zend_mm_storage *open_storage(const zend_mm_mem_handlers *handlers, void *params)
{
    zend_mm_storage *storage = handlers->init(params);

    if (storage == NULL) {
        zend_mm_refuse_startup("Cannot initialize zend_mm storage [%s]", handlers->name);
    }
    storage->handlers = handlers;
    return storage;
}

zend_mm_heap *zend_mm_startup_ex(const zend_mm_mem_handlers *handlers, size_t block_size,
    size_t reserve_size, int internal, void *params)
{
    zend_mm_storage *storage;
    zend_mm_heap *heap;

    if (block_size == 0 || (block_size & (block_size - 1)) != 0) {
        zend_mm_refuse_startup("'block_size' must be a power of two");
    }
    storage = open_storage(handlers, params);
    heap = calloc(1, sizeof(zend_mm_heap));
    if (heap == NULL) {
        zend_mm_refuse_startup("Cannot allocate heap for zend_mm storage [%s]", handlers->name);
    }
    zend_mm_guard_startup();
    heap->use_zend_alloc = ZEND_MM_IN_USE;
    heap->storage = storage;
    heap->block_size = block_size;
    heap->compact_size = ZEND_MM_DEFAULT_COMPACT_SIZE;
    heap->limit = ZEND_MM_NO_LIMIT;
    heap->reserve_size = reserve_size;
    heap->internal = internal != 0;
    zend_mm_init_lists(heap);
    if (heap->internal) {
        heap = move_inside(heap);
    }
    alloc_reserve(heap);
    return heap;
}

/* A number of bytes with a suffix K, M or G. */
static size_t parse_size(const char *text)
{
    char *end;
    size_t size = strtoul(text, &end, 0);

    switch (*end) {
        case 'g': case 'G':
            return size << 30;
        case 'm': case 'M':
            return size << 20;
        case 'k': case 'K':
            return size << 10;
        default:
            return size;
    }
}

static size_t segment_size_from_environment(void)
{
    const char *text = getenv("ZEND_MM_SEG_SIZE");
    size_t size = text != NULL ? parse_size(text) : ZEND_MM_DEFAULT_SEGMENT_SIZE;

    if ((size & (size - 1)) != 0) {
        zend_mm_refuse_startup("ZEND_MM_SEG_SIZE must be a power of two");
    }
    if (size < ZEND_MM_SEGMENT_OVERHEAD) {
        zend_mm_refuse_startup("ZEND_MM_SEG_SIZE is too small");
    }
    return size;
}

zend_mm_heap *zend_mm_startup(void)
{
    const zend_mm_mem_handlers *handlers = zend_mm_find_storage(getenv("ZEND_MM_MEM_TYPE"));
    const char *compact = getenv("ZEND_MM_COMPACT");
    zend_mm_heap *heap = zend_mm_startup_ex(handlers, segment_size_from_environment(),
        ZEND_MM_RESERVE_SIZE, 0, NULL);

    if (compact != NULL) {
        heap->compact_size = parse_size(compact);
    }
    return heap;
}

/* USE_ZEND_ALLOC=0: a heap that holds nothing, so that valgrind and sanitizers see each block. */
static zend_mm_heap *make_bypassed_heap(void)
{
    zend_mm_heap *heap = calloc(1, sizeof(zend_mm_heap));

    if (heap == NULL) {
        zend_mm_refuse_startup("Cannot allocate heap for zend_mm storage [%s]", "none");
    }
    heap->block_size = ZEND_MM_DEFAULT_SEGMENT_SIZE;
    heap->limit = ZEND_MM_NO_LIMIT;
    zend_mm_init_lists(heap);
    zend_mm_set_custom_handlers(heap, malloc, free, realloc);
    return heap;
}

void start_memory_manager(void)
{
    const char *use_zend_alloc = getenv("USE_ZEND_ALLOC");
    zend_mm_heap *heap;

    if (use_zend_alloc != NULL && atoi(use_zend_alloc) == 0) {
        heap = make_bypassed_heap();
    } else {
        heap = zend_mm_startup();
        zend_mm_instrument_startup(heap);
    }
    zend_mm_set_heap(heap);
}

/* --- Shutdown ------------------------------------------------------------------------------ */

static void free_segments(zend_mm_heap *heap, zend_mm_segment *segment)
{
    while (segment != NULL) {
        zend_mm_segment *next = segment->next_segment;

        heap->storage->handlers->_free(heap->storage, segment);
        segment = next;
    }
}

/* Frees all segments but the oldest, which is returned. */
static zend_mm_segment *free_younger_segments(zend_mm_heap *heap)
{
    zend_mm_segment *segment = heap->segments_list;

    while (segment != NULL && segment->next_segment != NULL) {
        zend_mm_segment *next = segment->next_segment;

        heap->storage->handlers->_free(heap->storage, segment);
        segment = next;
    }
    return segment;
}

static void end_process(zend_mm_heap *heap)
{
    zend_mm_storage *storage = heap->storage;
    bool internal = heap->internal;
    zend_mm_segment *oldest = free_younger_segments(heap);

    /* The oldest segment may hold the heap itself: it goes last. */
    if (oldest != NULL) {
        storage->handlers->_free(storage, oldest);
    }
    storage->handlers->dtor(storage);
    if (!internal) {
        free(heap);
    }
}

/* Sets the kept segment up again: one free block, behind the heap itself when that is inside. */
static void reuse_segment(zend_mm_heap *heap, zend_mm_segment *segment)
{
    zend_mm_free_block *block = zend_mm_format_segment(segment);

    if (heap->internal) {
        zend_mm_account(heap, 0, zend_mm_carve(heap, block, zend_mm_size_of(block),
            zend_mm_true_size(sizeof(zend_mm_heap)), ZEND_MM_TO_LISTS));
        zend_mm_guard_mark_used(block, sizeof(zend_mm_heap) ZEND_MM_OWN_SITE_CC);
    } else {
        zend_mm_add_to_free_list(heap, block);
    }
}

static void end_request(zend_mm_heap *heap)
{
    bool compact = heap->compact_size != 0 && heap->real_peak > heap->compact_size;
    zend_mm_segment *kept = NULL;

    if (heap->reserve_size > 0 || heap->internal) {
        kept = free_younger_segments(heap);
        if (kept != NULL) {
            kept->next_segment = NULL;
        }
    } else {
        free_segments(heap, heap->segments_list);
    }
    if (compact && heap->storage->handlers->compact != NULL) {
        heap->storage->handlers->compact(heap->storage);
    }
    zend_mm_init_lists(heap);
    heap->segments_list = kept;
    heap->size = heap->peak = 0;
    heap->real_size = heap->real_peak = kept != NULL ? kept->size : 0;
    heap->overflow = 0;
    if (kept != NULL) {
        reuse_segment(heap, kept);
    }
    alloc_reserve(heap);
}

void zend_mm_shutdown(zend_mm_heap *heap, int full_shutdown, int silent)
{
    if (heap->use_zend_alloc == ZEND_MM_BYPASSED) {
        if (full_shutdown) {
            free(heap);
        }
        return;
    }
    if (!silent) {
        zend_mm_guard_report_leaks(heap);
    }
    zend_mm_instrument_reset();
    if (full_shutdown) {
        end_process(heap);
    } else {
        end_request(heap);
    }
}

void shutdown_memory_manager(int silent, int full_shutdown)
{
    zend_mm_heap *heap = AG(mm_heap);

    zend_mm_shutdown(heap, full_shutdown, silent);
    if (full_shutdown) {
        zend_mm_set_heap(NULL);
    }
}
