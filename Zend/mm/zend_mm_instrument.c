/* SPDX-License-Identifier: MIT */
/*
 * Calls that do not go straight to the heap: custom functions, stress switches, owner labels.
 */
#include "mm/zend_mm_instrument.h"
#include "mm/zend_mm_guard.h"
#include "mm/zend_mm_owner.h"

zend_mm_stress_flags zend_mm_stress;

static bool owners_enabled;
static size_t allocations;  /* so far, in the whole process: what fail-at counts */

/* --- The switches -------------------------------------------------------------------------- */

static bool *flag_of(const char *word, size_t length)
{
    static const struct {
        const char *word;
        bool *flag;
    } flags[] = {
        { "move-on-realloc", &zend_mm_stress.move_on_realloc },
        { "no-cache", &zend_mm_stress.no_cache },
        { "poison", &zend_mm_stress.poison },
        { "gc-every-alloc", &zend_mm_stress.gc_every_alloc },
        { "separate-always", &zend_mm_stress.separate_always },
    };
    size_t i;

    for (i = 0; i < sizeof(flags) / sizeof(*flags); i++) {
        if (strlen(flags[i].word) == length && memcmp(flags[i].word, word, length) == 0) {
            return flags[i].flag;
        }
    }
    return NULL;
}

static void parse_word(const char *word, size_t length)
{
    bool *flag = flag_of(word, length);

    if (flag != NULL) {
        *flag = true;
    } else if (length > 8 && memcmp(word, "fail-at=", 8) == 0) {
        zend_mm_stress.fail_at = strtoul(word + 8, NULL, 10);
    } else if (length > 0) {
        zend_mm_refuse_startup("Unknown word in ZEVAL_STRESS: '%.*s'", (int) length, word);
    }
}

void zend_mm_stress_parse(const char *words)
{
    zend_mm_stress = (zend_mm_stress_flags) { 0 };
    allocations = 0;
    while (words != NULL && *words != '\0') {
        size_t length = strcspn(words, ",");

        parse_word(words, length);
        words += length + (words[length] == ',');
    }
}

/* --- Which way calls go -------------------------------------------------------------------- */

static bool is_needed(void)
{
    return owners_enabled || zend_mm_stress.move_on_realloc || zend_mm_stress.no_cache
        || zend_mm_stress.poison || zend_mm_stress.fail_at != 0;
}

static void choose_way(zend_mm_heap *heap)
{
    if (heap != NULL && heap->use_zend_alloc != ZEND_MM_BYPASSED) {
        heap->use_zend_alloc = is_needed() ? ZEND_MM_INSTRUMENTED : ZEND_MM_IN_USE;
    }
}

void zend_mm_instrument_startup(zend_mm_heap *heap)
{
    zend_mm_stress_parse(getenv("ZEVAL_STRESS"));
    choose_way(heap);
}

void zend_mm_instrument_reset(void)
{
    zend_mm_owner_table_clear();
}

void zend_mm_owner_enable(bool enable)
{
    owners_enabled = enable;
    zend_mm_owner_table_clear();
    choose_way(AG(mm_heap));
    zend_mm_set_heap(AG(mm_heap));
}

bool zend_mm_owner_is_enabled(void)
{
    return owners_enabled;
}

void zend_mm_owner_set(const void *data, const char *owner)
{
    if (owners_enabled) {
        zend_mm_owner_table_set(data, owner);
    }
}

const char *zend_mm_owner_get(const void *data)
{
    return owners_enabled ? zend_mm_owner_table_get(data) : NULL;
}

/* --- The detour ---------------------------------------------------------------------------- */

static size_t capacity_of(const void *data)
{
    return zend_mm_guard_capacity(zend_mm_header_of(data));
}

static void count_allocation(zend_mm_heap *heap, size_t size ZEND_MM_SITE_DC)
{
    allocations++;
    if (allocations == zend_mm_stress.fail_at) {
        zend_mm_fail(heap, ZEND_MM_NO_MEMORY, size ZEND_MM_SITE_CC);
    }
}

/* With custom functions there is no one who could raise an error on NULL but us. */
static void *custom_result(void *data, size_t size)
{
    if (UNEXPECTED(data == NULL && size != 0)) {
        fprintf(stderr, "Out of memory\n");
        exit(1);
    }
    return data;
}

void *zend_mm_detour_alloc(zend_mm_heap *heap, size_t size ZEND_MM_SITE_DC)
{
    void *data;

    if (heap->use_zend_alloc == ZEND_MM_BYPASSED) {
        return custom_result(heap->_malloc(size), size);
    }
    count_allocation(heap, size ZEND_MM_SITE_CC);
    data = zend_mm_heap_alloc(heap, size ZEND_MM_SITE_CC);
    if (zend_mm_stress.poison) {
        memset(data, 0xA5, capacity_of(data));
    }
    return data;
}

void zend_mm_detour_free(zend_mm_heap *heap, void *data ZEND_MM_SITE_DC)
{
    if (heap->use_zend_alloc == ZEND_MM_BYPASSED) {
        heap->_free(data);
        return;
    }
    if (!zend_mm_guard_accept(zend_mm_header_of(data) ZEND_MM_SITE_CC)) {
        return;
    }
    zend_mm_owner_table_remove(data);
    if (zend_mm_stress.poison) {
        memset(data, 0x5A, capacity_of(data));
    }
    if (zend_mm_stress.no_cache) {
        zend_mm_guard_fill_freed(zend_mm_header_of(data));
        zend_mm_heap_free_uncached(heap, zend_mm_header_of(data));
    } else {
        zend_mm_heap_free(heap, data ZEND_MM_SITE_CC);
    }
}

/* Always to another address: whoever kept the old one reads what poison left there. */
static void *move_always(zend_mm_heap *heap, void *data, size_t size ZEND_MM_SITE_DC)
{
    void *moved = zend_mm_detour_alloc(heap, size ZEND_MM_SITE_CC);

    memcpy(moved, data, MIN(size, capacity_of(data)));
    zend_mm_detour_free(heap, data ZEND_MM_SITE_CC);
    return moved;
}

void *zend_mm_detour_realloc(zend_mm_heap *heap, void *data, size_t size ZEND_MM_SITE_DC)
{
    const char *owner;
    void *moved;

    if (heap->use_zend_alloc == ZEND_MM_BYPASSED) {
        return custom_result(heap->_realloc(data, size), size);
    }
    owner = zend_mm_owner_table_get(data);
    if (zend_mm_stress.move_on_realloc) {
        moved = move_always(heap, data, size ZEND_MM_SITE_CC);
    } else {
        count_allocation(heap, size ZEND_MM_SITE_CC);
        moved = zend_mm_heap_realloc(heap, data, size ZEND_MM_SITE_CC);
    }
    if (owner != NULL) {
        zend_mm_owner_table_remove(data);
        zend_mm_owner_table_set(moved, owner);
    }
    return moved;
}
