/* SPDX-License-Identifier: MIT */
/*
 * Matching: limits, errors, and the walk from match to match.
 *
 * Blocks for the library's results are kept from call to call. There is a pool of them by
 * nesting: the callback of a replacement may match again while the outer walk is under way.
 *
 *      pool    [0]  the outermost walk
 *              [1]  a walk inside its callback
 *              ...
 */
#include "ext/pcre/php_pcre_internal.h"

#define POOL_LEVELS 8
#define POOL_GROUPS 32 /* room that a pooled block has at least */
#define USES_BEFORE_JIT 2
#define LONG_SUBJECT 256 /* bytes */
#define JIT_STACK_START (32 * 1024)
#define JIT_STACK_MAX (4 * 1024 * 1024)

static struct {
    pcre2_match_data *data;
    uint32_t room; /* offset pairs */
} pool[POOL_LEVELS];
static int pool_used;

static pcre2_match_context *match_context;
static pcre2_jit_stack *jit_stack;

void php_pcre_exec_reset(void)
{
    pool_used = 0;
}

void php_pcre_exec_shutdown(void)
{
    int i;

    for (i = 0; i < POOL_LEVELS; i++) {
        pcre2_match_data_free(pool[i].data);
    }
    memset(pool, 0, sizeof(pool));
    pcre2_match_context_free(match_context);
    match_context = NULL;
    pcre2_jit_stack_free(jit_stack);
    jit_stack = NULL;
}

/* Blocks for walks beyond the pool are the request's. */
static void *request_malloc(size_t size, void *unused)
{
    return emalloc(size);
}

static void request_free(void *block, void *unused)
{
    if (block) {
        efree(block);
    }
}

static void prepare_context(void)
{
    if (!match_context) {
        match_context = pcre2_match_context_create(NULL);
        jit_stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_MAX, NULL);
        if (match_context && jit_stack) {
            pcre2_jit_stack_assign(match_context, NULL, jit_stack);
        }
    }
    if (match_context) {
        pcre2_set_match_limit(match_context, (uint32_t) PCRE_G(backtrack_limit));
        pcre2_set_depth_limit(match_context, (uint32_t) PCRE_G(recursion_limit));
    }
}

/*
 * Makes machine code of a pattern that is used again, or on much text: else it does not pay.
 * Without the engine's own heap a memory checker may be watching, whom such code confuses.
 */
static void compile_if_it_pays(pcre_cache_entry *pce, size_t length)
{
    if (pce->uses < USES_BEFORE_JIT && is_zend_mm()) {
        pce->uses = length >= LONG_SUBJECT ? USES_BEFORE_JIT : pce->uses + 1;
        if (pce->uses == USES_BEFORE_JIT) {
            pcre2_jit_compile(pce->re, PCRE2_JIT_COMPLETE);
        }
    }
}

static void take_match_data(php_pcre_scan *scan)
{
    uint32_t needed = scan->pce->capture_count + 1;

    if (pool_used >= POOL_LEVELS) {
        pcre2_general_context *context
            = pcre2_general_context_create(request_malloc, request_free, NULL);
        scan->match_data = pcre2_match_data_create(needed, context);
        pcre2_general_context_free(context);
        scan->level = -1;
        return;
    }
    scan->level = pool_used++;
    if (pool[scan->level].room < needed) {
        pcre2_match_data_free(pool[scan->level].data);
        pool[scan->level].room = needed < POOL_GROUPS ? POOL_GROUPS : needed;
        pool[scan->level].data = pcre2_match_data_create(pool[scan->level].room, NULL);
        if (!pool[scan->level].data) {
            pool[scan->level].room = 0;
        }
    }
    scan->match_data = pool[scan->level].data;
}

void php_pcre_scan_begin(php_pcre_scan *scan, pcre_cache_entry *pce, const char *subject,
    size_t length, size_t start)
{
    scan->pce = pce;
    scan->subject = subject;
    scan->length = length;
    scan->start = start;
    scan->options = 0;
    scan->count = 0;
    PCRE_G(error_code) = PHP_PCRE_NO_ERROR;
    prepare_context();
    take_match_data(scan);
    scan->offsets = scan->match_data ? pcre2_get_ovector_pointer(scan->match_data) : NULL;
    php_pcre_hold(pce);
    compile_if_it_pays(pce, length);
}

void php_pcre_scan_end(php_pcre_scan *scan)
{
    php_pcre_release(scan->pce);
    if (scan->level < 0) {
        pcre2_match_data_free(scan->match_data);
    } else {
        pool_used = scan->level;
    }
}

static void note_error(int code)
{
    int error = PHP_PCRE_INTERNAL_ERROR;

    if (code == PCRE2_ERROR_MATCHLIMIT || code == PCRE2_ERROR_HEAPLIMIT) {
        error = PHP_PCRE_BACKTRACK_LIMIT_ERROR;
    } else if (code == PCRE2_ERROR_DEPTHLIMIT) {
        error = PHP_PCRE_RECURSION_LIMIT_ERROR;
    } else if (code <= PCRE2_ERROR_UTF8_ERR1 && code >= PCRE2_ERROR_UTF8_ERR21) {
        error = PHP_PCRE_BAD_UTF8_ERROR;
    } else if (code == PCRE2_ERROR_BADUTFOFFSET) {
        error = PHP_PCRE_BAD_UTF8_OFFSET_ERROR;
    }
    PCRE_G(error_code) = error;
}

static int match_once(php_pcre_scan *scan)
{
    const pcre2_code *re = scan->pce->re;
    PCRE2_SPTR subject = (PCRE2_SPTR) scan->subject;
    int count = pcre2_match(re, subject, scan->length, scan->start, scan->options,
        scan->match_data, match_context);

    /* Machine code has a stack of limited size; the interpreter takes its own from the heap. */
    if (ZEND_UNLIKELY(count == PCRE2_ERROR_JIT_STACKLIMIT)) {
        count = pcre2_match(re, subject, scan->length, scan->start,
            scan->options | PCRE2_NO_JIT, scan->match_data, match_context);
    }
    return count;
}

/* Bytes of the character at the place where the walk stands. */
static size_t character_length(const php_pcre_scan *scan)
{
    size_t i = scan->start + 1;

    if (scan->pce->compile_options & PCRE2_UTF) {
        while (i < scan->length && (scan->subject[i] & 0xc0) == 0x80) {
            i++;
        }
    }
    return i - scan->start;
}

bool php_pcre_scan_next(php_pcre_scan *scan)
{
    int count;

    if (ZEND_UNLIKELY(!scan->match_data || !match_context)) {
        PCRE_G(error_code) = PHP_PCRE_INTERNAL_ERROR;
        return false;
    }
    while ((count = match_once(scan)) == PCRE2_ERROR_NOMATCH
        && (scan->options & PCRE2_NOTEMPTY) && scan->start < scan->length) {
        scan->start += character_length(scan);
        scan->options = PCRE2_NO_UTF_CHECK;
    }
    if (count <= 0) {
        scan->count = 0;
        if (count != PCRE2_ERROR_NOMATCH) {
            note_error(count);
        }
        return false;
    }
    /* With \K in an assertion a match may end before it begins, or before the last one ended. */
    if (scan->offsets[1] < scan->offsets[0] || scan->offsets[1] < scan->start) {
        php_error_docref(NULL, E_WARNING, "Get subpatterns list failed");
        scan->count = 0;
        return false;
    }
    scan->count = count;
    scan->start = scan->offsets[1];
    scan->options = PCRE2_NO_UTF_CHECK;
    if (scan->offsets[0] == scan->offsets[1]) {
        scan->options |= PCRE2_NOTEMPTY | PCRE2_ANCHORED;
    }
    return true;
}

bool php_pcre_matches(pcre_cache_entry *pce, const char *subject, int subject_len)
{
    php_pcre_scan scan;
    bool matches;

    php_pcre_scan_begin(&scan, pce, subject, (size_t) subject_len, 0);
    matches = php_pcre_scan_next(&scan);
    php_pcre_scan_end(&scan);
    return matches;
}
