/* SPDX-License-Identifier: MIT */
/*
 * Regular expressions for C: what the functions preg_*() and SPL's RegexIterator are made of.
 *
 * A pattern with delimiters and modifiers ("/a+/i") is compiled once and then found in a cache
 * that lives as long as the process. A cached entry may be thrown out when the cache is full,
 * unless somebody holds it: who keeps an entry while scripts run counts it in `refcount`.
 */
#ifndef PHP_PCRE_H
#define PHP_PCRE_H

#include "main/php.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* Flags of the functions, as scripts see them. */
#define PREG_PATTERN_ORDER 1
#define PREG_SET_ORDER 2
#define PREG_OFFSET_CAPTURE (1 << 8)
#define PREG_SPLIT_NO_EMPTY (1 << 0)
#define PREG_SPLIT_DELIM_CAPTURE (1 << 1)
#define PREG_SPLIT_OFFSET_CAPTURE (1 << 2)
#define PREG_GREP_INVERT (1 << 0)

/* pcre_cache_entry.preg_options */
#define PREG_REPLACE_EVAL (1 << 0) /* the modifier e */

/* preg_last_error() */
enum {
    PHP_PCRE_NO_ERROR,
    PHP_PCRE_INTERNAL_ERROR,
    PHP_PCRE_BACKTRACK_LIMIT_ERROR,
    PHP_PCRE_RECURSION_LIMIT_ERROR,
    PHP_PCRE_BAD_UTF8_ERROR,
    PHP_PCRE_BAD_UTF8_OFFSET_ERROR
};

/* A compiled pattern. Owned by the cache. */
typedef struct _pcre_cache_entry {
    pcre2_code *re;
    int preg_options;         /* PREG_REPLACE_EVAL */
    uint32_t compile_options; /* PCRE2_* */
    uint32_t capture_count;   /* groups, the whole match not counted */
    const char **group_names; /* [capture_count + 1], NULL for groups without; or NULL: no names */
    char *locale;             /* LC_CTYPE at compilation, or NULL for "C" */
    const uint8_t *tables;    /* character tables of that locale, or NULL */
    uint uses;                /* subjects, up to the one that asks for the JIT compiler */
    uint refcount;            /* holders; 0 when the cache may drop it */
} pcre_cache_entry;

typedef struct _zend_pcre_globals {
    long backtrack_limit;
    long recursion_limit;
    int error_code; /* of the last function */
} zend_pcre_globals;

extern zend_pcre_globals pcre_globals;
#define PCRE_G(name) (pcre_globals.name)

extern zend_module_entry pcre_module_entry;

/* The compiled form of a pattern; NULL after a warning. Valid until the next call of this
 * function, unless it is held. */
pcre_cache_entry *pcre_get_compiled_regex_cache(const char *regex, int regex_len);

/* Holding an entry, and letting it go. */
void php_pcre_hold(pcre_cache_entry *pce);
void php_pcre_release(pcre_cache_entry *pce);

/* Does the pattern match anywhere in the subject? Sets the error for preg_last_error(). */
bool php_pcre_matches(pcre_cache_entry *pce, const char *subject, int subject_len);

/*
 * preg_match() or (global) preg_match_all(). subpats (NULL: not wanted) becomes an array. flags
 * count only when use_flags is set. A negative start_offset counts from the end.
 */
void php_pcre_match_impl(pcre_cache_entry *pce, const char *subject, int subject_len,
    zval *return_value, zval *subpats, int global, int use_flags, long flags, long start_offset);

/*
 * The subject with matches replaced, emalloc'ed; NULL after an error. replace_val is a string,
 * or a callable. limit -1: all. *replace_count (unless NULL) grows by the replacements made.
 */
char *php_pcre_replace(const char *regex, int regex_len, const char *subject, int subject_len,
    zval *replace_val, int is_callable_replace, int *result_len, int limit, int *replace_count);
char *php_pcre_replace_impl(pcre_cache_entry *pce, const char *subject, int subject_len,
    zval *replace_val, int is_callable_replace, int *result_len, int limit, int *replace_count);

/* preg_split(): return_value becomes an array. limit_val 0 or -1: no limit. */
void php_pcre_split_impl(pcre_cache_entry *pce, const char *subject, int subject_len,
    zval *return_value, long limit_val, long flags);

/* preg_grep(): return_value becomes an array. */
void php_pcre_grep_impl(pcre_cache_entry *pce, zval *input, zval *return_value, long flags);

#endif
