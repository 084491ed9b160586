/* SPDX-License-Identifier: MIT */
/*
 * zmm-replay --time: nanoseconds a call, for the heap and for other allocators.
 *
 * The trace is in memory before the clock starts. Rounds of the allocators alternate, so that a
 * slow moment of the machine hits all of them; of the rounds the minimum and the median are told.
 * Blocks are not written to, apart from what realloc copies. A plain allocator has no requests:
 * at a reset it frees block by block, within the time.
 */
#include "zmm_replay.h"

#include "mm/zend_mm_storage.h"

#include <dlfcn.h>
#include <time.h>

typedef struct {
    const char *name;
    const char *library;  /* to be loaded; NULL: already there */
    const char *prefix;   /* of its functions' names */
    void *(*allocate)(size_t);
    void *(*reallocate)(void *, size_t);
    void (*release)(void *);
} plain_allocator;

static plain_allocator plain_allocators[] = {
    { "malloc", NULL, "", malloc, realloc, free },
    { "mimalloc", "libmimalloc.so.2", "mi_", NULL, NULL, NULL },
    { "jemalloc", "libjemalloc.so.2", "", NULL, NULL, NULL },
};

#define PLAIN_COUNT (sizeof(plain_allocators) / sizeof(*plain_allocators))

static void **blocks;

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double) time.tv_sec * 1e9 + (double) time.tv_nsec;
}

/* --- The heap ------------------------------------------------------------------------------ */

static void replay_on_heap(const zmm_trace *trace)
{
    const zmm_call *volatile call = trace->calls;

    /* Failures come back here; what failed leaves its block as it was. */
    if (setjmp(zmm_replay_bailout) != 0) {
        call++;
    }
    for (const zmm_call *c = call; ; c++) {
        switch (c->operation) {
            case ZMM_ALLOC:
                call = c;
                blocks[c->id] = emalloc(c->size);
                break;
            case ZMM_REALLOC:
                call = c;
                blocks[c->id] = erealloc(blocks[c->id], c->size);
                break;
            case ZMM_FREE:
                efree(blocks[c->id]);
                blocks[c->id] = NULL;
                break;
            case ZMM_LIMIT:
                zend_set_memory_limit(c->size);
                break;
            case ZMM_RESET:
                memset(blocks, 0, trace->ids * sizeof(*blocks));
                shutdown_memory_manager(1, 0);
                break;
            default:
                return;
        }
    }
}

/* Start-up and full shutdown are outside of the time. */
static double time_heap(const zmm_trace *trace, const char *storage)
{
    double start, end;

    zend_mm_set_heap(zend_mm_startup_ex(zend_mm_find_storage(storage), trace->segment_size,
        trace->reserve_size, 0, NULL));
    memset(blocks, 0, trace->ids * sizeof(*blocks));
    start = now();
    replay_on_heap(trace);
    end = now();
    shutdown_memory_manager(1, 1);
    return end - start;
}

/* --- Plain allocators ---------------------------------------------------------------------- */

static void free_all(const zmm_trace *trace, const plain_allocator *with)
{
    size_t id;

    for (id = 0; id < trace->ids; id++) {
        with->release(blocks[id]);
        blocks[id] = NULL;
    }
}

static void replay_on_plain(const zmm_trace *trace, const plain_allocator *with)
{
    const zmm_call *c;
    void *moved;

    for (c = trace->calls; ; c++) {
        switch (c->operation) {
            case ZMM_ALLOC:
                blocks[c->id] = with->allocate(c->size);
                break;
            case ZMM_REALLOC:
                moved = with->reallocate(blocks[c->id], c->size != 0 ? c->size : 1);
                blocks[c->id] = moved != NULL ? moved : blocks[c->id];
                break;
            case ZMM_FREE:
                with->release(blocks[c->id]);
                blocks[c->id] = NULL;
                break;
            case ZMM_RESET:
                free_all(trace, with);
                break;
            case ZMM_END:
                return;
            default:
                break;
        }
    }
}

static double time_plain(const zmm_trace *trace, const plain_allocator *with)
{
    double start, end;

    memset(blocks, 0, trace->ids * sizeof(*blocks));
    start = now();
    replay_on_plain(trace, with);
    end = now();
    free_all(trace, with);
    return end - start;
}

static void *load_function(void *library, const char *prefix, const char *name)
{
    char symbol[64];

    snprintf(symbol, sizeof(symbol), "%s%s", prefix, name);
    return dlsym(library, symbol);
}

/* False when the allocator is not installed here. */
static bool make_ready(plain_allocator *allocator)
{
    void *library;

    if (allocator->library == NULL) {
        return true;
    }
    library = dlopen(allocator->library, RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
    if (library == NULL) {
        return false;
    }
    allocator->allocate = (void *(*)(size_t)) load_function(library, allocator->prefix, "malloc");
    allocator->reallocate = (void *(*)(void *, size_t)) load_function(library, allocator->prefix,
        "realloc");
    allocator->release = (void (*)(void *)) load_function(library, allocator->prefix, "free");
    return allocator->allocate != NULL && allocator->reallocate != NULL
        && allocator->release != NULL;
}

/* --- Rounds -------------------------------------------------------------------------------- */

static int compare_times(const void *a, const void *b)
{
    double difference = *(const double *) a - *(const double *) b;

    return (difference > 0) - (difference < 0);
}

static size_t count_calls(const zmm_trace *trace)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < trace->count; i++) {
        count += trace->calls[i].operation <= ZMM_FREE;
    }
    return count;
}

static void print_times(const char *name, double *times, int rounds, size_t calls)
{
    qsort(times, (size_t) rounds, sizeof(*times), compare_times);
    printf("%-10s min %8.1f  median %8.1f ns/op\n", name, times[0] / (double) calls,
        times[rounds / 2] / (double) calls);
}

int zmm_replay_time(const zmm_trace *trace, const char *allocator, const char *storage, int rounds)
{
    double *times = safe_pemalloc((PLAIN_COUNT + 1) * (size_t) rounds, sizeof(*times), 0, 1);
    bool wanted[PLAIN_COUNT + 1];
    size_t calls = count_calls(trace);
    bool any = false;
    size_t i;
    int round;

    zmm_replay_set_callbacks();
    blocks = safe_pemalloc(trace->ids + 1, sizeof(*blocks), 0, 1);
    for (i = 0; i <= PLAIN_COUNT; i++) {
        const char *name = i < PLAIN_COUNT ? plain_allocators[i].name : "zendmm";

        wanted[i] = (allocator == NULL || strcmp(allocator, name) == 0)
            && (i == PLAIN_COUNT || make_ready(&plain_allocators[i]));
        any |= wanted[i];
    }
    for (round = 0; round < rounds; round++) {
        for (i = 0; i <= PLAIN_COUNT; i++) {
            if (wanted[i]) {
                times[i * (size_t) rounds + (size_t) round] = i < PLAIN_COUNT
                    ? time_plain(trace, &plain_allocators[i]) : time_heap(trace, storage);
            }
        }
    }
    for (i = PLAIN_COUNT + 1; i-- > 0;) {
        if (wanted[i]) {
            print_times(i < PLAIN_COUNT ? plain_allocators[i].name : "zendmm",
                times + i * (size_t) rounds,
                rounds, calls);
        }
    }
    pefree(blocks, 1);
    pefree(times, 1);
    return any ? 0 : 2;
}
