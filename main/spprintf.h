/* SPDX-License-Identifier: MIT */
/* printf into memory that is made as long as it needs to be; for the formats see snprintf.h. */
#ifndef SPPRINTF_H
#define SPPRINTF_H

#include "main/snprintf.h"

/*
 * *buffer becomes an emalloc'ed, NUL-terminated text, owned by the caller; at most max_len
 * bytes of it when max_len is not 0. They return its length.
 */
int spprintf(char **buffer, size_t max_len, const char *format, ...);
int vspprintf(char **buffer, size_t max_len, const char *format, va_list arguments);

/*
 * The format engine: hands finished pieces of text to write(target, text, length).
 * It allocates nothing; a number never makes a piece longer than PHP_DOUBLE_MAX_LENGTH.
 */
typedef void (*php_format_write_t)(void *target, const char *text, size_t length);
void php_format(php_format_write_t write, void *target, const char *format, va_list arguments);

#endif
