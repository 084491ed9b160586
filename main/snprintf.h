/* SPDX-License-Identifier: MIT */
/*
 * The printf family of the whole program, which writes numbers as PHP does.
 *
 * libc's printf depends on the locale and writes exponents its own way; these
 * functions always write '.', and know the conversions that PHP's messages use:
 *
 *      %d %i %u %x %X %o   int; with l long, ll long long, z size_t, t ptrdiff_t, h short
 *      %c %s %.*s %p %%    as in C; %s of NULL is "(null)"
 *      %f %F %e %E         double, '.' always (%f follows the locale where one is set)
 *      %g %G %H            double in the shorter form, exponent as "1.0E+25" (%g: "1.0e+25");
 *                          a precision of 0 counts as 1; %H ignores the locale
 *      %n                  is not known: it is printed as it stands
 *
 * Every function returns the length that the whole text has, without the NUL, also when the
 * buffer was too small, except slprintf, which returns at most the buffer's size - 1.
 */
#ifndef SNPRINTF_H
#define SNPRINTF_H

#include <stdio.h>

#include "zend_portability.h"

/* Significant digits of a double written out: more are zeros. */
#define NUM_BUF_SIZE 512
#define PHP_DOUBLE_MAX_LENGTH 1080
#define MAX_LENGTH_OF_LONG 21
#define MAX_LENGTH_OF_DOUBLE 33

/* Write at most length bytes with the NUL; a length of 0 writes nothing. */
int ap_php_snprintf(char *buffer, size_t length, const char *format, ...);
int ap_php_vsnprintf(char *buffer, size_t length, const char *format, va_list arguments);
/* The same, but they return how many bytes are in the buffer. */
int ap_php_slprintf(char *buffer, size_t length, const char *format, ...);
int ap_php_vslprintf(char *buffer, size_t length, const char *format, va_list arguments);
/* Write into a malloc'ed buffer that the caller frees with free(). */
int ap_php_asprintf(char **buffer, const char *format, ...);
int ap_php_vasprintf(char **buffer, const char *format, va_list arguments);

#define slprintf ap_php_slprintf
#define vslprintf ap_php_vslprintf
#undef snprintf
#define snprintf ap_php_snprintf
#undef vsnprintf
#define vsnprintf ap_php_vsnprintf

/*
 * Writes value with `digits` significant digits (17 at most make sense) in the shorter of the
 * fixed and the exponent form: 1.0E+25, 0.0001, -1.5 (value/zend_double.h's zend_gcvt). The
 * buffer needs digits + 32 bytes. Returns buffer.
 */
char *php_gcvt(double value, int digits, char dec_point, char dec_point_exponent, char *buffer);

/* Rounds value to ndigit decimals, PHP's way, and writes it in fixed form, '.', emalloc'ed. */
char *php_fcvt(double value, int ndigit);

/*
 * Fixed ('F') or exponent ('E', 'e') form of num with `precision` decimals (at most 318),
 * without the sign. The text is written to buf, which needs PHP_DOUBLE_MAX_LENGTH bytes; its
 * start is the result, *len its length, *is_negative says whether a '-' belongs before it.
 */
char *php_conv_fp(char format, double num, zend_bool *is_negative, int precision, char dec_point,
    size_t *len, char *buf);

/* Writes num in decimal before buf_end; returns the start. is_unsigned: num's bits unsigned. */
char *ap_php_conv_10(int64_t num, bool is_unsigned, bool *is_negative, char *buf_end, size_t *len);
/* Writes num in base 2^nbits before buf_end; format 'X' gives capitals. */
char *ap_php_conv_p2(uint64_t num, int nbits, char format, char *buf_end, size_t *len);

#endif
