/* SPDX-License-Identifier: MIT */
/* The growing string: what is not inline. */
#include "data/smart_str.h"

#include "zend_alloc.h"

void smart_str_grow(smart_str *dest, size_t new_length, int persistent)
{
    if (!dest->c) {
        dest->len = 0;
        dest->a = new_length < SMART_STR_START_SIZE ? SMART_STR_START_SIZE
                                                    : new_length + SMART_STR_PREALLOC;
    } else {
        dest->a = new_length + SMART_STR_PREALLOC;
    }
    dest->c = (char *) perealloc(dest->c, dest->a + 1, persistent);
}

void smart_str_append_unsigned_ex(smart_str *dest, unsigned long number, int persistent)
{
    char buffer[24];
    char *p = buffer + sizeof(buffer);
    do {
        *--p = (char) ('0' + number % 10);
        number /= 10;
    } while (number != 0);
    smart_str_appendl_ex(dest, p, (size_t) (buffer + sizeof(buffer) - p), persistent);
}

void smart_str_append_long_ex(smart_str *dest, long number, int persistent)
{
    char buffer[24];
    char *p = buffer + sizeof(buffer);
    unsigned long rest = number < 0 ? 0UL - (unsigned long) number : (unsigned long) number;
    do {
        *--p = (char) ('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (number < 0) {
        *--p = '-';
    }
    smart_str_appendl_ex(dest, p, (size_t) (buffer + sizeof(buffer) - p), persistent);
}

void smart_str_free_ex(smart_str *dest, int persistent)
{
    if (dest->c) {
        pefree(dest->c, persistent);
        dest->c = NULL;
    }
    dest->a = 0;
    dest->len = 0;
}
