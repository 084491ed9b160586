/* SPDX-License-Identifier: MIT */
/* What other modules may use of the mathematical functions. */
#ifndef PHP_MATH_H
#define PHP_MATH_H

#include "main/php.h"

#define PHP_ROUND_HALF_UP 1   /* 1.5 -> 2, -1.5 -> -2 */
#define PHP_ROUND_HALF_DOWN 2 /* 1.5 -> 1, -1.5 -> -1 */
#define PHP_ROUND_HALF_EVEN 3 /* 1.5 -> 2, 2.5 -> 2 */
#define PHP_ROUND_HALF_ODD 4  /* 1.5 -> 1, 2.5 -> 3 */

/* Rounds to `places` decimals (negative: powers of ten). The value is rounded to 15 significant
 * digits first, so that 1.955, which is stored slightly smaller, gives 1.96. */
double _php_math_round(double value, int places, int mode);

/* The number in fixed form with `decimals` decimals, emalloc'ed; the _ex form takes separators of
 * any length, NULL for none, and stores the result's length when length is not NULL. */
char *_php_math_number_format(double number, int decimals, char point, char thousands);
char *_php_math_number_format_ex(double number, int decimals, const char *point,
    size_t point_length, const char *thousands, size_t thousands_length, int *length);

/* Digits of the value (its bits, unsigned) in a base of 2 to 36, emalloc'ed. */
char *_php_math_longtobase(zval *value, int base);
/* The same, for a double too: of its integral part. */
char *_php_math_zvaltobase(zval *value, int base);
/* Reads a string zval as digits of the base, ignoring all other characters: long or double. */
int _php_math_basetozval(zval *text, int base, zval *result);

#endif
