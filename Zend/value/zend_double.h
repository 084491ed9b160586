/* SPDX-License-Identifier: MIT */
/*
 * Doubles and text: exact conversion both ways, whatever the locale says.
 *
 * Correct rounding comes from the C library (strtod_l in the C locale, printf's %e for digits);
 * the syntax is PHP's, and so is the form of the result.
 */
#ifndef ZEND_DOUBLE_H
#define ZEND_DOUBLE_H

#include <math.h>

#include "zend_portability.h"

/* PHP's names for the classification macros. */
#define zend_isnan(d) isnan(d)
#define zend_isinf(d) isinf(d)
#define zend_finite(d) isfinite(d)

/*
 * The longest decimal number at the start of text: [+-] digits [. digits] [e [+-] digits]. No
 * white space, hex, INF or NAN. *end is behind it, or at text when there is none (result 0).
 */
double zend_strtod(const char *text, const char **end);
double zend_hex_strtod(const char *text, const char **end); /* "0x1a" */
double zend_oct_strtod(const char *text, const char **end); /* "017" */
double zend_bin_strtod(const char *text, const char **end); /* "0b1" */

/*
 * The correctly rounded digits of |value|, without point, trailing zeros cut, NUL-terminated:
 * mode 2 `ndigits` significant ones, mode 3 those up to `ndigits` decimals (may be negative),
 * mode 0 the shortest that read back alike. digits needs ZEND_DTOA_BUFFER bytes (ndigits is cut
 * to 500). *decpt: before how many digits the point stands; 9999 for INF and NAN, whose
 * digits are "Infinity" and "NaN". Zero is "0" with decpt 1. Returns the number of digits.
 */
#define ZEND_DTOA_BUFFER 1100
int zend_dtoa_digits(double value, int mode, int ndigits, int *decpt, bool *is_negative,
    char *digits);

/*
 * value with `precision` significant digits, as %.*G of PHP: fixed when -4 <= exponent <
 * precision, else 1.0E+25. INF, -INF, NAN. buffer needs precision + 32 bytes (precision <= 500; 0
 * counts as 1). Returns the length. zend_gcvt chooses point and exponent letter.
 */
int zend_gcvt(double value, int precision, char dec_point, char exponent_letter, char *buffer);
int zend_double_to_text(double value, int precision, char *buffer);
#define ZEND_DOUBLE_TEXT_BUFFER 540

/* To an integer: cut off, modulo 2^64 when out of range; NAN and INF give the smallest / 0. */
long zend_dval_to_lval_slow(double d);
static zend_always_inline long zend_dval_to_lval(double d)
{
    if (ZEND_LIKELY(d > -9223372036854775808.0 && d < 9223372036854775808.0)) {
        return (long) d;
    }
    return zend_dval_to_lval_slow(d);
}

#endif
