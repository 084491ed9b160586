/* SPDX-License-Identifier: MIT */
/*
 * The heap walker.
 *
 * A block's header tells used from free, but a cached block looks like a used one and a small
 * block on the rest list like one on a small list. So a walk first collects the addresses of
 * these two kinds in a sorted table, outside of the heap, and looks each block up in it.
 */
#include "mm/zend_mm_walk.h"
#include "mm/zend_mm_instrument.h"
#include "mm/zend_mm_small.h"

static const char *const state_names[] = {
    [ZEND_MM_STATE_USED] = "used",
    [ZEND_MM_STATE_CACHED] = "cached",
    [ZEND_MM_STATE_FREE_SMALL] = "free small",
    [ZEND_MM_STATE_FREE_LARGE] = "free large",
    [ZEND_MM_STATE_REST] = "rest",
    [ZEND_MM_STATE_GUARD] = "guard",
    [ZEND_MM_STATE_RESERVE] = "reserve",
    [ZEND_MM_STATE_HEAP] = "heap",
};

const char *zend_mm_state_name(zend_mm_block_state state)
{
    return state_names[state];
}

/* --- What headers do not tell -------------------------------------------------------------- */

typedef struct {
    const zend_mm_heap *heap;
    const zend_mm_free_block **unusual;  /* cached, or on the rest list; sorted by address */
    size_t count;
} walk;

static int by_address(const void *a, const void *b)
{
    const zend_mm_free_block *first = *(const zend_mm_free_block *const *) a;
    const zend_mm_free_block *second = *(const zend_mm_free_block *const *) b;

    return (first > second) - (first < second);
}

/* Counts the unusual blocks, and notes them where there is a table to note them in. */
static size_t collect(walk *w)
{
    const zend_mm_free_block *head = zend_mm_rest_head(w->heap);
    const zend_mm_free_block *block;
    size_t count = 0;
    size_t index;

    for (index = 0; index < ZEND_MM_NUM_BUCKETS; index++) {
        for (block = w->heap->cache[index]; block != NULL; block = block->prev_free_block) {
            if (w->unusual != NULL) {
                w->unusual[count] = block;
            }
            count++;
        }
    }
    for (block = head->prev_free_block; block != head; block = block->prev_free_block) {
        if (w->unusual != NULL) {
            w->unusual[count] = block;
        }
        count++;
    }
    return count;
}

static void begin(walk *w, const zend_mm_heap *heap)
{
    w->heap = heap;
    w->unusual = NULL;
    w->count = collect(w);
    w->unusual = safe_pemalloc(w->count + 1, sizeof(*w->unusual), 0, 1);
    collect(w);
    qsort(w->unusual, w->count, sizeof(*w->unusual), by_address);
}

static void end(walk *w)
{
    pefree(w->unusual, 1);
}

static bool is_unusual(const walk *w, const zend_mm_free_block *block)
{
    return bsearch(&block, w->unusual, w->count, sizeof(*w->unusual), by_address) != NULL;
}

static zend_mm_block_state state_of(const walk *w, const zend_mm_free_block *block)
{
    bool unusual;

    if (zend_mm_is_guard(block)) {
        return ZEND_MM_STATE_GUARD;
    }
    unusual = is_unusual(w, block);
    if (zend_mm_is_free(block)) {
        if (unusual) {
            return ZEND_MM_STATE_REST;
        }
        return zend_mm_is_small(zend_mm_size_of(block)) ? ZEND_MM_STATE_FREE_SMALL
            : ZEND_MM_STATE_FREE_LARGE;
    }
    if (unusual) {
        return ZEND_MM_STATE_CACHED;
    }
    if (zend_mm_data_of(block) == w->heap->reserve) {
        return ZEND_MM_STATE_RESERVE;
    }
    return zend_mm_data_of(block) == (const void *) w->heap ? ZEND_MM_STATE_HEAP
        : ZEND_MM_STATE_USED;
}

/* --- Views --------------------------------------------------------------------------------- */

#if ZEND_DEBUG
static void describe_call(zend_mm_block_view *view, const zend_mm_free_block *block)
{
    const zend_mm_debug_info *debug = &((const zend_mm_block *) block)->debug;

    view->requested = debug->size;
    view->filename = debug->filename;
    view->lineno = debug->lineno;
}
#else
#define describe_call(view, block) ((void) 0)
#endif

static zend_mm_block_view describe(const zend_mm_free_block *block, zend_mm_block_state state)
{
    zend_mm_block_view view = { block, zend_mm_data_of(block), zend_mm_size_of(block), state, NULL,
        0, NULL, 0 };

    if (state == ZEND_MM_STATE_USED) {
        view.owner = zend_mm_owner_get(view.data);
        describe_call(&view, block);
    }
    return view;
}

/* --- Segments and blocks ------------------------------------------------------------------- */

static bool walk_blocks(const walk *w, const zend_mm_segment *segment,
    const zend_mm_visitor *visitor, void *context)
{
    const zend_mm_free_block *block = zend_mm_first_block(segment);

    for (;; block = zend_mm_next_block(block)) {
        zend_mm_block_view view = describe(block, state_of(w, block));

        if (!visitor->block(context, &view)) {
            return false;
        }
        if (view.state == ZEND_MM_STATE_GUARD) {
            return true;
        }
    }
}

static size_t count_segments(const zend_mm_heap *heap)
{
    const zend_mm_segment *segment;
    size_t count = 0;

    for (segment = heap->segments_list; segment != NULL; segment = segment->next_segment) {
        count++;
    }
    return count;
}

static const zend_mm_segment *nth_segment(const zend_mm_heap *heap, size_t n)
{
    const zend_mm_segment *segment = heap->segments_list;

    while (n-- > 0) {
        segment = segment->next_segment;
    }
    return segment;
}

bool zend_mm_walk(const zend_mm_heap *heap, const zend_mm_visitor *visitor, void *context)
{
    size_t count = count_segments(heap);
    size_t number;
    bool go_on = true;
    walk w;

    begin(&w, heap);
    for (number = 0; number < count && go_on; number++) {
        const zend_mm_segment *segment = nth_segment(heap, count - 1 - number);
        zend_mm_segment_view view = { segment, segment->size, number };

        go_on = (visitor->segment == NULL || visitor->segment(context, &view))
            && (visitor->block == NULL || walk_blocks(&w, segment, visitor, context));
    }
    end(&w);
    return go_on;
}

/* --- Lists --------------------------------------------------------------------------------- */

bool zend_mm_walk_cache(const zend_mm_heap *heap, size_t index, zend_mm_list_visitor visit,
    void *context)
{
    const zend_mm_free_block *block;

    for (block = heap->cache[index]; block != NULL; block = block->prev_free_block) {
        zend_mm_block_view view = describe(block, ZEND_MM_STATE_CACHED);

        if (!visit(context, &view)) {
            return false;
        }
    }
    return true;
}

static bool walk_circle(const zend_mm_free_block *head, zend_mm_block_state state,
    zend_mm_list_visitor visit, void *context)
{
    const zend_mm_free_block *block;

    for (block = head->prev_free_block; block != head; block = block->prev_free_block) {
        zend_mm_block_view view = describe(block, state);

        if (!visit(context, &view)) {
            return false;
        }
    }
    return true;
}

bool zend_mm_walk_small_list(const zend_mm_heap *heap, size_t index, zend_mm_list_visitor visit,
    void *context)
{
    return walk_circle(zend_mm_small_head(heap, index), ZEND_MM_STATE_FREE_SMALL, visit, context);
}

bool zend_mm_walk_rest_list(const zend_mm_heap *heap, zend_mm_list_visitor visit, void *context)
{
    return walk_circle(zend_mm_rest_head(heap), ZEND_MM_STATE_REST, visit, context);
}

/* --- Tries --------------------------------------------------------------------------------- */

static bool visit_node(const zend_mm_free_block *node, const void *parent, int turn, int depth,
    zend_mm_trie_visitor visit, void *context)
{
    zend_mm_trie_view view = { describe(node, ZEND_MM_STATE_FREE_LARGE), parent, turn, depth };

    return visit(context, &view);
}

/* At most 64 levels deep: each takes one bit of the size. */
static bool walk_subtrie(const zend_mm_free_block *node, const void *parent, int turn, int depth,
    zend_mm_trie_visitor visit, void *context)
{
    const zend_mm_free_block *follower;
    int child;

    if (!visit_node(node, parent, turn, depth, visit, context)) {
        return false;
    }
    for (follower = node->next_free_block; follower != node; follower = follower->next_free_block) {
        if (!visit_node(follower, node, -2, depth, visit, context)) {
            return false;
        }
    }
    for (child = 0; child < 2; child++) {
        if (node->child[child] != NULL
                && !walk_subtrie(node->child[child], node, child, depth + 1, visit, context)) {
            return false;
        }
    }
    return true;
}

bool zend_mm_walk_trie(const zend_mm_heap *heap, size_t index, zend_mm_trie_visitor visit,
    void *context)
{
    const zend_mm_free_block *root = heap->large_free_buckets[index];

    return root == NULL || walk_subtrie(root, NULL, -1, 0, visit, context);
}

/* --- Figures ------------------------------------------------------------------------------- */

void zend_mm_get_figures(const zend_mm_heap *heap, zend_mm_figures *figures)
{
    *figures = (zend_mm_figures) {
        .size = heap->size,
        .peak = heap->peak,
        .real_size = heap->real_size,
        .real_peak = heap->real_peak,
        .limit = heap->limit,
        .cached = heap->cached,
        .usage = heap->size - heap->cached,
        .segment_size = heap->block_size,
        .reserve_size = heap->reserve_size,
        .free_bitmap = heap->free_bitmap,
        .large_free_bitmap = heap->large_free_bitmap,
        .rest_count = heap->rest_count,
        .overflow = heap->overflow,
        .storage = heap->storage != NULL ? heap->storage->handlers->name : "none",
    };
}
