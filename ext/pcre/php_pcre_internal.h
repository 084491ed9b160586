/* SPDX-License-Identifier: MIT */
/*
 * What the files of this module share: one match after the other in a subject.
 *
 * A php_pcre_scan walks over a subject the way /g does in Perl: after an empty match it tries
 * for a non-empty one at the same place, and if there is none goes on one character further.
 *
 *      php_pcre_scan_begin(&scan, pce, subject, length, 0);
 *      while (php_pcre_scan_next(&scan)) {
 *          ... scan.offsets, scan.count ...
 *      }
 *      php_pcre_scan_end(&scan);
 *
 * A scan holds its pattern, so scripts may run between two matches.
 */
#ifndef PHP_PCRE_INTERNAL_H
#define PHP_PCRE_INTERNAL_H

#include "ext/pcre/php_pcre.h"

typedef struct _php_pcre_scan {
    pcre_cache_entry *pce;
    const char *subject;
    size_t length;
    size_t start;        /* where the next attempt begins */
    uint32_t options;    /* PCRE2_* for the next attempt */
    size_t *offsets;     /* of the last match: begin, end of each group; PCRE2_UNSET for none */
    int count;           /* groups set in it, the whole match counted; later ones are unset */
    int level;           /* of match_data in the pool; -1: made for this scan */
    pcre2_match_data *match_data;
} php_pcre_scan;

void php_pcre_scan_begin(php_pcre_scan *scan, pcre_cache_entry *pce, const char *subject,
    size_t length, size_t start);
/* Is there a further match? At an error: no, and PCRE_G(error_code) says which. */
bool php_pcre_scan_next(php_pcre_scan *scan);
void php_pcre_scan_end(php_pcre_scan *scan);

/* Length of the group's text in the last match, 0 when it is unset or not there. */
static inline size_t php_pcre_group_length(const php_pcre_scan *scan, int group)
{
    if (group >= scan->count || scan->offsets[2 * group] == PCRE2_UNSET) {
        return 0;
    }
    return scan->offsets[2 * group + 1] - scan->offsets[2 * group];
}

static inline const char *php_pcre_group_text(const php_pcre_scan *scan, int group)
{
    return php_pcre_group_length(scan, group) ? scan->subject + scan->offsets[2 * group]
                                              : scan->subject;
}

/* Adds the groups of the last match to an array: by name, if they have one, and number. */
void php_pcre_add_groups(const php_pcre_scan *scan, zval *array, bool offset_capture);

/* The life of caches and pools. */
void php_pcre_cache_startup(void);
void php_pcre_cache_shutdown(void);
/* After a request that may have bailed out: nobody holds anything any more. */
void php_pcre_cache_let_go(void);
void php_pcre_exec_shutdown(void);
void php_pcre_exec_reset(void);

/* Compiles "/a+/i" into *entry; false after a warning. */
bool php_pcre_compile(pcre_cache_entry *entry, const char *regex, int regex_len);
void php_pcre_free_entry(pcre_cache_entry *entry);

PHP_FUNCTION(preg_match);
PHP_FUNCTION(preg_match_all);
PHP_FUNCTION(preg_replace);
PHP_FUNCTION(preg_replace_callback);
PHP_FUNCTION(preg_filter);
PHP_FUNCTION(preg_split);
PHP_FUNCTION(preg_grep);

#endif
