/* SPDX-License-Identifier: MIT */
/* preg_match() and preg_match_all(): matches and their groups as arrays. */
#include "ext/pcre/php_pcre_internal.h"

/* A group's text, or array(text, offset); the offset of an unset one is -1. */
static zval *group_value(const php_pcre_scan *scan, int group, bool offset_capture)
{
    zval *text, *pair;

    MAKE_STD_ZVAL(text);
    ZVAL_STRINGL(text, php_pcre_group_text(scan, group), php_pcre_group_length(scan, group), 1);
    if (!offset_capture) {
        return text;
    }
    MAKE_STD_ZVAL(pair);
    array_init(pair);
    add_next_index_zval(pair, text);
    add_next_index_long(pair, scan->offsets[2 * group] == PCRE2_UNSET
            ? -1 : (long) scan->offsets[2 * group]);
    return pair;
}

void php_pcre_add_groups(const php_pcre_scan *scan, zval *array, bool offset_capture)
{
    const char **names = scan->pce->group_names;
    int i;

    for (i = 0; i < scan->count; i++) {
        if (names && names[i]) {
            add_assoc_zval(array, names[i], group_value(scan, i, offset_capture));
        }
        add_next_index_zval(array, group_value(scan, i, offset_capture));
    }
}

/* --- PREG_PATTERN_ORDER: an array a group -------------------------------------------------- */

typedef struct _group_columns {
    zval **columns; /* one array a group, taken over by finish_columns() */
    int count;
} group_columns;

static void begin_columns(group_columns *all, const pcre_cache_entry *pce)
{
    int i;

    all->count = (int) pce->capture_count + 1;
    all->columns = safe_emalloc((size_t) all->count, sizeof(zval *), 0);
    for (i = 0; i < all->count; i++) {
        MAKE_STD_ZVAL(all->columns[i]);
        array_init(all->columns[i]);
    }
}

static void add_to_columns(group_columns *all, const php_pcre_scan *scan, bool offset_capture)
{
    int i;

    for (i = 0; i < scan->count; i++) {
        add_next_index_zval(all->columns[i], group_value(scan, i, offset_capture));
    }
    for (; i < all->count; i++) {
        add_next_index_stringl(all->columns[i], "", 0, 1);
    }
}

static void finish_columns(group_columns *all, const pcre_cache_entry *pce, zval *target)
{
    int i;

    for (i = 0; i < all->count; i++) {
        if (pce->group_names && pce->group_names[i]) {
            Z_ADDREF_P(all->columns[i]);
            add_assoc_zval(target, pce->group_names[i], all->columns[i]);
        }
        add_next_index_zval(target, all->columns[i]);
    }
    efree(all->columns);
}

/* --- The functions ------------------------------------------------------------------------- */

/* The order in flags (0 for a single match); -1 after a warning. */
static int order_of(long flags, bool global)
{
    int order = (int) (flags & 0xff);

    if (global && order == 0) {
        order = PREG_PATTERN_ORDER;
    }
    if (global ? order > PREG_SET_ORDER : order != 0) {
        php_error_docref(NULL, E_WARNING, "Invalid flags specified");
        return -1;
    }
    return order;
}

/* Adds all matches (or the first) to target, which may be NULL; returns their number. */
static long collect_matches(php_pcre_scan *scan, zval *target, int order, bool offset_capture)
{
    long matched = 0;
    group_columns columns = {NULL, 0};

    if (target && order == PREG_PATTERN_ORDER) {
        begin_columns(&columns, scan->pce);
    }
    while (php_pcre_scan_next(scan)) {
        matched++;
        if (columns.columns) {
            add_to_columns(&columns, scan, offset_capture);
        } else if (target && order == PREG_SET_ORDER) {
            zval *groups;

            MAKE_STD_ZVAL(groups);
            array_init(groups);
            php_pcre_add_groups(scan, groups, offset_capture);
            add_next_index_zval(target, groups);
        } else if (target) {
            php_pcre_add_groups(scan, target, offset_capture);
        }
        if (order == 0) {
            break;
        }
    }
    if (columns.columns) {
        finish_columns(&columns, scan->pce, target);
    }
    return matched;
}

void php_pcre_match_impl(pcre_cache_entry *pce, const char *subject, int subject_len,
    zval *return_value, zval *subpats, int global, int use_flags, long flags, long start_offset)
{
    php_pcre_scan scan;
    int order;
    long matched;

    if (subpats) {
        zval_dtor(subpats);
        array_init(subpats);
    }
    order = order_of(use_flags ? flags : 0, global);
    if (order < 0) {
        RETURN_NULL();
    }
    if (start_offset < 0) {
        start_offset = start_offset < -(long) subject_len ? 0 : start_offset + subject_len;
    }
    if (start_offset > subject_len) {
        PCRE_G(error_code) = PHP_PCRE_INTERNAL_ERROR;
        RETURN_FALSE;
    }
    php_pcre_scan_begin(&scan, pce, subject, (size_t) subject_len, (size_t) start_offset);
    matched = collect_matches(&scan, subpats, order, use_flags && (flags & PREG_OFFSET_CAPTURE));
    php_pcre_scan_end(&scan);
    if (PCRE_G(error_code) != PHP_PCRE_NO_ERROR) {
        RETURN_FALSE;
    }
    RETURN_LONG(matched);
}

static void match_function(INTERNAL_FUNCTION_PARAMETERS, int global)
{
    char *regex, *subject;
    int regex_len, subject_len;
    zval *subpats = NULL;
    long flags = 0, start_offset = 0;
    pcre_cache_entry *pce;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss|zll", &regex, &regex_len, &subject,
            &subject_len, &subpats, &flags, &start_offset) == FAILURE) {
        RETURN_FALSE;
    }
    pce = pcre_get_compiled_regex_cache(regex, regex_len);
    if (!pce) {
        RETURN_FALSE;
    }
    php_pcre_match_impl(pce, subject, subject_len, return_value, subpats, global,
        ZEND_NUM_ARGS() >= 4, flags, start_offset);
}

PHP_FUNCTION(preg_match)
{
    match_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, 0);
}

PHP_FUNCTION(preg_match_all)
{
    match_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, 1);
}
