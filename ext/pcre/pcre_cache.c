/* SPDX-License-Identifier: MIT */
/*
 * The cache of compiled patterns: pattern text -> pcre_cache_entry, for the life of the process.
 *
 * When it is full an eighth of it goes, the oldest first, but nothing that somebody holds.
 */
#include "ext/pcre/php_pcre_internal.h"

#include <locale.h>

#define PCRE_CACHE_SIZE 4096

static HashTable pcre_cache;
static long held_entries; /* the sum of all refcounts */

static void free_cached_entry(void *element)
{
    php_pcre_free_entry((pcre_cache_entry *) element);
}

void php_pcre_cache_startup(void)
{
    zend_hash_init(&pcre_cache, 64, NULL, free_cached_entry, 1);
}

void php_pcre_cache_shutdown(void)
{
    zend_hash_destroy(&pcre_cache);
}

static int let_go_of_entry(void *element)
{
    ((pcre_cache_entry *) element)->refcount = 0;
    return ZEND_HASH_APPLY_KEEP;
}

void php_pcre_cache_let_go(void)
{
    if (held_entries) {
        zend_hash_apply(&pcre_cache, let_go_of_entry);
        held_entries = 0;
    }
}

void php_pcre_hold(pcre_cache_entry *pce)
{
    pce->refcount++;
    held_entries++;
}

void php_pcre_release(pcre_cache_entry *pce)
{
    if (pce->refcount) {
        pce->refcount--;
        held_entries--;
    }
}

static int drop_free_entry(void *element, void *argument)
{
    int *to_drop = argument;

    if (*to_drop == 0) {
        return ZEND_HASH_APPLY_STOP;
    }
    if (((pcre_cache_entry *) element)->refcount) {
        return ZEND_HASH_APPLY_KEEP;
    }
    (*to_drop)--;
    return ZEND_HASH_APPLY_REMOVE;
}

static void make_room(void)
{
    int to_drop = PCRE_CACHE_SIZE / 8;

    if (zend_hash_num_elements(&pcre_cache) >= PCRE_CACHE_SIZE) {
        zend_hash_apply_with_argument(&pcre_cache, drop_free_entry, &to_drop);
    }
}

/* Character classes depend on the locale: an entry of another one is of no use. */
static bool fits_locale(const pcre_cache_entry *entry)
{
    const char *locale = setlocale(LC_CTYPE, NULL);

    if (!locale || !strcmp(locale, "C")) {
        return entry->locale == NULL;
    }
    return entry->locale && !strcmp(entry->locale, locale);
}

pcre_cache_entry *pcre_get_compiled_regex_cache(const char *regex, int regex_len)
{
    pcre_cache_entry *found, entry;
    ulong h = str_hash(regex, regex_len);

    if (zend_hash_quick_find(&pcre_cache, regex, (uint) regex_len + 1, h, (void **) &found)
        == SUCCESS) {
        if (ZEND_LIKELY(fits_locale(found))) {
            return found;
        }
        if (!found->refcount) {
            zend_hash_quick_del(&pcre_cache, regex, (uint) regex_len + 1, h);
        }
    }
    memset(&entry, 0, sizeof(entry));
    if (!php_pcre_compile(&entry, regex, regex_len)) {
        return NULL;
    }
    make_room();
    if (zend_hash_quick_add(&pcre_cache, regex, (uint) regex_len + 1, h, &entry, sizeof(entry),
            (void **) &found) == FAILURE) {
        /* The one for another locale is in use just now; it stays, in its old meaning. */
        php_pcre_free_entry(&entry);
        zend_hash_quick_find(&pcre_cache, regex, (uint) regex_len + 1, h, (void **) &found);
    }
    return found;
}
