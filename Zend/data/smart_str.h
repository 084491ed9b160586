/* SPDX-License-Identifier: MIT */
/*
 * A string that grows at its end.
 *
 * Starts as all zero. The buffer has a + 1 bytes: 78 + 1 at first (or the text's length + 128 + 1
 * when that is 78 or more), and 128 more than needed whenever it grows: scripts see these figures
 * when a buffer becomes a PHP string. It holds no NUL until smart_str_0() puts one.
 */
#ifndef SMART_STR_H
#define SMART_STR_H

#include <string.h>

#include "zend_portability.h"

typedef struct {
    char *c;    /* NULL while nothing was appended; owned */
    size_t len; /* bytes in use */
    size_t a;   /* bytes allocated, less one */
} smart_str;

#define SMART_STR_START_SIZE 78
#define SMART_STR_PREALLOC 128

/* The cold half of the next one. */
void smart_str_grow(smart_str *dest, size_t new_length, int persistent);

/* Makes room for n more bytes; returns the length with them. Fatal error when out of memory. */
static zend_always_inline size_t smart_str_alloc_ex(smart_str *dest, size_t n, int persistent)
{
    size_t new_length = (dest->c ? dest->len : 0) + n;
    if (ZEND_UNLIKELY(!dest->c || new_length >= dest->a)) {
        smart_str_grow(dest, new_length, persistent);
    }
    return new_length;
}

static zend_always_inline void smart_str_appendc_ex(smart_str *dest, char c, int persistent)
{
    dest->len = smart_str_alloc_ex(dest, 1, persistent);
    dest->c[dest->len - 1] = c;
}

static zend_always_inline void smart_str_appendl_ex(smart_str *dest, const char *text, size_t n,
    int persistent)
{
    size_t new_length = smart_str_alloc_ex(dest, n, persistent);
    memcpy(dest->c + dest->len, text, n);
    dest->len = new_length;
}

void smart_str_append_long_ex(smart_str *dest, long number, int persistent);
void smart_str_append_unsigned_ex(smart_str *dest, unsigned long number, int persistent);
void smart_str_free_ex(smart_str *dest, int persistent);

/* Ends the text with a NUL, which does not count. */
static zend_always_inline void smart_str_0(smart_str *dest)
{
    if (dest->c) {
        dest->c[dest->len] = '\0';
    }
}

/* Takes over a buffer of length + 1 bytes. */
static zend_always_inline void smart_str_setl(smart_str *dest, char *text, size_t length)
{
    dest->c = text;
    dest->len = length;
    dest->a = length + 1;
}

#define smart_str_alloc(dest, n, persistent) smart_str_alloc_ex(dest, n, persistent)
#define smart_str_appendc(dest, c) smart_str_appendc_ex(dest, c, 0)
#define smart_str_appendl(dest, text, n) smart_str_appendl_ex(dest, text, n, 0)
#define smart_str_appends(dest, text) smart_str_appendl_ex(dest, text, strlen(text), 0)
#define smart_str_appends_ex(dest, text, persistent) \
    smart_str_appendl_ex(dest, text, strlen(text), persistent)
#define smart_str_append(dest, src) smart_str_appendl_ex(dest, (src)->c, (src)->len, 0)
#define smart_str_append_ex(dest, src, persistent) \
    smart_str_appendl_ex(dest, (src)->c, (src)->len, persistent)
#define smart_str_append_long(dest, number) smart_str_append_long_ex(dest, number, 0)
#define smart_str_append_off_t(dest, number) smart_str_append_long_ex(dest, number, 0)
#define smart_str_append_unsigned(dest, number) smart_str_append_unsigned_ex(dest, number, 0)
#define smart_str_free(dest) smart_str_free_ex(dest, 0)
#define smart_str_sets(dest, text) smart_str_setl(dest, text, strlen(text))

#endif
