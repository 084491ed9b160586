/* SPDX-License-Identifier: MIT */
/*
 * Random operations against a simple model: what each block holds, and what all of them cost.
 * After each operation the heap's invariants are checked, and the figures against the model.
 */
#include "zmm_test.h"

#define SLOTS 400

typedef struct {
    unsigned char *data;
    size_t size;
    unsigned char fill;
} slot;

typedef struct {
    zend_mm_heap *heap;
    slot slots[SLOTS];
    uint64_t state;     /* of the random numbers */
    size_t drift;       /* what emptying the cache left in `size` */
} model;

static uint64_t next_random(model *m)
{
    m->state ^= m->state << 13;
    m->state ^= m->state >> 7;
    m->state ^= m->state << 17;
    return m->state;
}

/* Mostly small, some large, few huge. */
static size_t random_size(model *m)
{
    uint64_t r = next_random(m);

    switch (r % 16) {
        case 0:
            return r / 16 % 400000;
        case 1: case 2: case 3:
            return r / 16 % 6000;
        default:
            return r / 16 % 560;
    }
}

static void verify(const slot *s, size_t size)
{
    size_t i;

    for (i = 0; i < size; i++) {
        if (s->data[i] != s->fill) {
            ck_abort_msg("byte %zu of a block of %zu was overwritten", i, s->size);
        }
    }
}

/* The sum of the blocks that the model holds, by their headers. */
static size_t held_bytes(const model *m)
{
    size_t total = 0;
    size_t i;

    for (i = 0; i < SLOTS; i++) {
        if (m->slots[i].data != NULL) {
            total += zend_mm_block_size(m->heap, m->slots[i].data);
        }
    }
    return total;
}

static void check_figures(const model *m)
{
    size_t reserve = m->heap->reserve != NULL ? zend_mm_block_size(m->heap, m->heap->reserve) : 0;

    zmm_assert_sound(m->heap);
    if (zend_mm_usage(m->heap, 0) != held_bytes(m) + reserve + m->drift) {
        ck_abort_msg("usage is %zu, the model's %zu", zend_mm_usage(m->heap, 0),
            held_bytes(m) + reserve + m->drift);
    }
}

/* NULL when the heap left by the bail-out. */
static unsigned char *try_realloc(zend_mm_heap *heap, unsigned char *data, size_t size)
{
    return setjmp(zmm_bailout) == 0 ? zend_mm_realloc(heap, data, size) : NULL;
}

static void resize(model *m, slot *s)
{
    size_t size = random_size(m);
    size_t cached = m->heap->cached;
    unsigned char fill = (unsigned char) next_random(m);
    unsigned char *data = try_realloc(m->heap, s->data, size);

    if (data == NULL) {
        m->drift += cached;
        return;
    }
    s->data = data;
    verify(s, MIN(s->size, size));
    *s = (slot) { memset(data, fill, size), size, fill };
}

static void release(model *m, slot *s)
{
    verify(s, s->size);
    zend_mm_free(m->heap, s->data);
    *s = (slot) { NULL, 0, 0 };
}

static void end_request(model *m)
{
    zend_mm_shutdown(m->heap, 0, 1);
    memset(m->slots, 0, sizeof(m->slots));
    m->drift = 0;
}

static void operate(model *m)
{
    slot *s = &m->slots[next_random(m) % SLOTS];
    unsigned choice = (unsigned) (next_random(m) % 2000);

    if (choice == 0) {
        end_request(m);
    } else if (choice < 4) {
        zend_mm_set_limit(m->heap, ZMM_SEGMENT * (4 + next_random(m) % 60));
    } else if (s->data == NULL || choice < 600) {
        resize(m, s);
    } else {
        release(m, s);
    }
    check_figures(m);
}

static void run_model(uint64_t seed, int operations)
{
    static model m;
    int i;

    m = (model) { .heap = zmm_new_heap(ZMM_RESERVE, 0), .state = seed };
    for (i = 0; i < operations; i++) {
        operate(&m);
    }
    zend_mm_shutdown(m.heap, 1, 1);
}

START_TEST(random_operations_agree_with_the_model)
{
    uint64_t seed;

    for (seed = 1; seed <= 12; seed++) {
        run_model(seed * 0x9E3779B97F4A7C15UL, 6000);
    }
}
END_TEST

Suite *zmm_model_suite(void)
{
    const TTest *const tests[] = { random_operations_agree_with_the_model };
    return ZMM_SUITE("zmm model", tests);
}
