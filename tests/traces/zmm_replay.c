/* SPDX-License-Identifier: MIT */
/*
 * zmm-replay: replays an allocation trace on a heap and prints what it answers.
 *
 * Each segment gets a number when storage hands it out, so that the output does not depend on
 * addresses. The program brings its own storage for that: it wraps a built-in one. Every block is
 * filled with a pattern and checked before it is freed, moved or forgotten.
 */
#include "zmm_replay.h"

#include "mm/zend_mm_check.h"
#include "mm/zend_mm_storage.h"
#include "mm/zend_mm_walk.h"

#include <inttypes.h>

jmp_buf zmm_replay_bailout;

/* --- Segments with numbers ----------------------------------------------------------------- */

typedef struct {
    const char *address;  /* NULL once freed */
    size_t size;
} numbered_segment;

static struct {
    zend_mm_storage *wrapped;
    numbered_segment *segments;  /* by number */
    size_t count;
    size_t capacity;
    size_t last_found;
} store;

static zend_mm_segment *numbered_alloc(zend_mm_storage *storage, size_t size)
{
    zend_mm_segment *segment = store.wrapped->handlers->_alloc(store.wrapped, size);

    if (segment != NULL) {
        if (store.count == store.capacity) {
            store.capacity = store.capacity != 0 ? store.capacity * 2 : 64;
            store.segments = safe_perealloc(store.segments, store.capacity,
                sizeof(numbered_segment), 0, 1);
        }
        store.segments[store.count++] = (numbered_segment) { (const char *) segment, size };
    }
    return segment;
}

static bool lies_in(const numbered_segment *segment, const void *address)
{
    const char *at = address;

    return segment->address != NULL && at >= segment->address
        && at < segment->address + segment->size;
}

/* The number of the segment that an address lies in; most often it is the one found last. */
static size_t number_of(const void *address)
{
    size_t i;

    if (store.last_found < store.count && lies_in(&store.segments[store.last_found], address)) {
        return store.last_found;
    }
    for (i = store.count; i-- > 0;) {
        if (lies_in(&store.segments[i], address)) {
            return store.last_found = i;
        }
    }
    fprintf(stderr, "zmm-replay: %p lies in no segment\n", address);
    exit(2);
}

static zend_mm_segment *numbered_realloc(zend_mm_storage *storage, zend_mm_segment *segment,
    size_t size)
{
    size_t number = number_of(segment);

    segment = store.wrapped->handlers->_realloc(store.wrapped, segment, size);
    if (segment != NULL) {
        store.segments[number] = (numbered_segment) { (const char *) segment, size };
    }
    return segment;
}

static void numbered_free(zend_mm_storage *storage, zend_mm_segment *segment)
{
    store.segments[number_of(segment)].address = NULL;
    store.wrapped->handlers->_free(store.wrapped, segment);
}

static zend_mm_storage *numbered_init(void *name)
{
    const zend_mm_mem_handlers *handlers = zend_mm_find_storage(name);

    store.wrapped = handlers->init(NULL);
    store.wrapped->handlers = handlers;
    store.count = store.last_found = 0;
    return pecalloc(1, sizeof(zend_mm_storage), 1);
}

static void numbered_dtor(zend_mm_storage *storage)
{
    store.wrapped->handlers->dtor(store.wrapped);
    pefree(storage, 1);
}

static void numbered_compact(zend_mm_storage *storage)
{
    store.wrapped->handlers->compact(store.wrapped);
}

static const zend_mm_mem_handlers numbered_storage = {
    "numbered", numbered_init, numbered_dtor, numbered_compact, numbered_alloc, numbered_realloc,
    numbered_free
};

/* --- Blocks with contents ------------------------------------------------------------------ */

typedef struct {
    unsigned char *data;
    size_t size;
} held_block;

static held_block *held;
static int broken_blocks;

static unsigned char pattern_of(size_t id, size_t i)
{
    return (unsigned char) (id * 31 + i * 7 + 1);
}

static void fill(size_t id, size_t from)
{
    size_t i;

    for (i = from; i < held[id].size; i++) {
        held[id].data[i] = pattern_of(id, i);
    }
}

static void verify(size_t id, size_t size)
{
    size_t i;

    for (i = 0; i < size; i++) {
        if (held[id].data[i] != pattern_of(id, i)) {
            fprintf(stderr, "zmm-replay: byte %zu of block %zu was overwritten\n", i, id);
            broken_blocks++;
            return;
        }
    }
}

static void verify_all(size_t ids)
{
    size_t id;

    for (id = 0; id < ids; id++) {
        if (held[id].data != NULL) {
            verify(id, held[id].size);
        }
    }
}

/* --- Output -------------------------------------------------------------------------------- */

static void print_figures(const zend_mm_heap *heap)
{
    printf("= %zu %zu %zu %zu\n", zend_mm_usage(heap, 0), zend_mm_usage(heap, 1),
        zend_mm_peak_usage(heap, 0), zend_mm_peak_usage(heap, 1));
}

static bool print_block(void *context, const zend_mm_block_view *block)
{
    const char **segment = context;
    char type = 'U';

    switch (block->state) {
        case ZEND_MM_STATE_GUARD:
            return true;
        case ZEND_MM_STATE_CACHED:
            type = 'C';
            break;
        case ZEND_MM_STATE_FREE_SMALL:
        case ZEND_MM_STATE_FREE_LARGE:
        case ZEND_MM_STATE_REST:
            type = 'F';
            break;
        default:
            break;
    }
    printf("%zu %zu %c\n", (size_t) ((const char *) block->address - *segment), block->size, type);
    return true;
}

static bool print_segment(void *context, const zend_mm_segment_view *segment)
{
    *(const char **) context = segment->address;
    printf("S %zu %zu\n", number_of(segment->address), segment->size);
    return true;
}

/* Segments are listed in the order in which they came, so by rising number. */
static void dump(const zend_mm_heap *heap)
{
    static const zend_mm_visitor visitor = { print_segment, print_block };
    const char *segment = NULL;
    zend_mm_figures figures;

    zend_mm_walk(heap, &visitor, &segment);
    zend_mm_get_figures(heap, &figures);
    printf("B %zx %zx\nR %d\n", figures.free_bitmap, figures.large_free_bitmap, figures.rest_count);
}

static void complain(void *context, const char *invariant, const char *text, const void *where)
{
    fprintf(stderr, "zmm-replay: call %zu: (%s) %s: %p\n", *(size_t *) context, invariant, text,
        where);
}

/* --- Replaying ----------------------------------------------------------------------------- */

static void raise_nothing(const char *message)
{
}

static void jump(void)
{
    longjmp(zmm_replay_bailout, 1);
}

void zmm_replay_set_callbacks(void)
{
    static const zend_mm_callbacks callbacks = { .fatal_error = raise_nothing, .bailout = jump };

    zend_mm_set_callbacks(&callbacks);
}

static void print_place(const void *data)
{
    size_t number = number_of(data);

    printf("%zu:%zu\n", number, (size_t) ((const char *) data - store.segments[number].address));
}

/* NULL when the heap left by the bail-out. */
static void *try_allocate(zend_mm_heap *heap, const zmm_call *call)
{
    if (setjmp(zmm_replay_bailout) != 0) {
        return NULL;
    }
    return call->operation == ZMM_ALLOC
        ? zend_mm_alloc(heap, call->size) : zend_mm_realloc(heap, held[call->id].data, call->size);
}

static void allocate(zend_mm_heap *heap, const zmm_call *call)
{
    held_block *block = &held[call->id];
    size_t kept = 0;
    void *data;

    if (block->data != NULL) {
        verify(call->id, block->size);
        kept = MIN(block->size, call->size);
    }
    data = try_allocate(heap, call);
    if (data == NULL) {
        puts("!");
        return;
    }
    *block = (held_block) { data, call->size };
    verify(call->id, kept);
    fill(call->id, kept);
    print_place(data);
}

static void release(zend_mm_heap *heap, const zmm_call *call)
{
    if (held[call->id].data != NULL) {
        verify(call->id, held[call->id].size);
        zend_mm_free(heap, held[call->id].data);
        held[call->id].data = NULL;
    }
}

static void perform(zend_mm_heap *heap, const zmm_trace *trace, const zmm_call *call)
{
    switch (call->operation) {
        case ZMM_ALLOC:
        case ZMM_REALLOC:
            allocate(heap, call);
            break;
        case ZMM_FREE:
            release(heap, call);
            break;
        case ZMM_LIMIT:
            zend_mm_set_limit(heap, call->size);
            print_figures(heap);
            break;
        case ZMM_RESET:
            verify_all(trace->ids);
            memset(held, 0, trace->ids * sizeof(*held));
            zend_mm_shutdown(heap, 0, 1);
            print_figures(heap);
            break;
        default:
            verify_all(trace->ids);
            print_figures(heap);
            break;
    }
}

int zmm_replay_print(const zmm_trace *trace, const char *storage, int check_invariants)
{
    zend_mm_heap *heap = zend_mm_startup_ex(&numbered_storage, trace->segment_size,
        trace->reserve_size, 0,
        (void *) storage);
    size_t counted = 0;
    size_t i;

    held = safe_pemalloc(trace->ids + 1, sizeof(*held), 0, 1);
    memset(held, 0, (trace->ids + 1) * sizeof(*held));
    zmm_replay_set_callbacks();
    for (i = 0; i < trace->count; i++) {
        const zmm_call *call = &trace->calls[i];

        perform(heap, trace, call);
        if (call->operation <= ZMM_FREE && ++counted % 64 == 0) {
            print_figures(heap);
        }
        if (check_invariants && zend_mm_check_heap(heap, complain, &i) != 0) {
            return 1;
        }
    }
    dump(heap);
    zend_mm_shutdown(heap, 1, 1);
    pefree(held, 1);
    pefree(store.segments, 1);
    return broken_blocks != 0;
}
