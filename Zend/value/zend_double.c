/* SPDX-License-Identifier: MIT */
/*
 * Doubles and text. The C library converts exactly in both directions, but knows other syntax
 * (hex floats, "inf") and the locale's decimal point; so the syntax is read here, and only a
 * number that needs care is handed on, to strtod_l() in the C locale. Most need none: up to 15
 * digits and powers of ten up to 22 are exact doubles, and one operation on them rounds right.
 */
#include "value/zend_double.h"

#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_EXACT_MANTISSA (1UL << 53)
#define MAX_EXACT_POWER 22

static const double powers_of_ten[MAX_EXACT_POWER + 1] = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22
};

static locale_t c_locale(void)
{
    static locale_t locale;
    if (locale == (locale_t) 0) {
        locale = newlocale(LC_ALL_MASK, "C", (locale_t) 0);
    }
    return locale;
}

/* --- Text to double ----------------------------------------------------------------------- */

/* What was read of a number's text. */
typedef struct _decimal {
    unsigned long mantissa; /* the first 19 significant digits */
    long exponent;          /* the value is mantissa * 10^exponent, if no digit was left out */
    bool exact;             /* no digit was left out */
    bool any_digit;
} decimal;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads digits at p into d; each moves the exponent by `step`. Returns what is behind them. */
static const char *read_digits(const char *p, decimal *d, int step)
{
    for (; is_digit(*p); p++) {
        d->any_digit = true;
        if (d->mantissa < 1000000000000000000UL) {
            d->mantissa = d->mantissa * 10 + (unsigned long) (*p - '0');
            d->exponent += step;
        } else {
            d->exact = d->exact && *p == '0';
            d->exponent += step + 1;
        }
    }
    return p;
}

/* Reads "e+12" at p; returns p itself when that is no exponent. */
static const char *read_exponent(const char *p, decimal *d)
{
    const char *digit = p + 1;
    bool negative = false;
    long exponent = 0;

    if (*p != 'e' && *p != 'E') {
        return p;
    }
    if (*digit == '+' || *digit == '-') {
        negative = *digit++ == '-';
    }
    if (!is_digit(*digit)) {
        return p;
    }
    for (; is_digit(*digit); digit++) {
        if (exponent < 100000) {
            exponent = exponent * 10 + (*digit - '0');
        }
    }
    d->exponent += negative ? -exponent : exponent;
    return digit;
}

static double value_of(const decimal *d, const char *text)
{
    if (d->mantissa == 0) {
        return 0.0;
    }
    if (d->exact && d->mantissa <= MAX_EXACT_MANTISSA && labs(d->exponent) <= MAX_EXACT_POWER) {
        double mantissa = (double) d->mantissa;
        return d->exponent < 0 ? mantissa / powers_of_ten[-d->exponent]
                               : mantissa * powers_of_ten[d->exponent];
    }
    return strtod_l(text, NULL, c_locale());
}

double zend_strtod(const char *text, const char **end)
{
    const char *p = text;
    const char *digits;
    decimal d = { 0, 0, true, false };
    bool negative = false;
    double value = 0.0;

    while (*p == ' ' || (*p >= '\t' && *p <= '\r')) {
        p++;
    }
    if (*p == '-' || *p == '+') {
        negative = *p++ == '-';
    }
    digits = p;
    p = read_digits(p, &d, 0);
    if (*p == '.') {
        const char *point = p;
        p = read_digits(p + 1, &d, -1);
        if (!d.any_digit) {
            p = point;
        }
    }
    if (d.any_digit) {
        p = read_exponent(p, &d);
        value = value_of(&d, digits);
    } else {
        p = text;
    }
    if (end) {
        *end = p;
    }
    return negative ? -value : value;
}

static int digit_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) {
        return (c | 0x20) - 'a' + 10;
    }
    return 16;
}

/* Digits of a base below 17; ends at the first that is none. */
static double read_in_base(const char *p, int base, const char *text, const char **end)
{
    const char *start = p;
    double value = 0;
    for (; digit_value(*p) < base; p++) {
        value = value * base + digit_value(*p);
    }
    if (end) {
        *end = p == start ? text : p;
    }
    return value;
}

double zend_hex_strtod(const char *text, const char **end)
{
    bool prefix = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    return read_in_base(prefix ? text + 2 : text, 16, text, end);
}

double zend_oct_strtod(const char *text, const char **end)
{
    return read_in_base(text, 8, text, end);
}

double zend_bin_strtod(const char *text, const char **end)
{
    bool prefix = text[0] == '0' && (text[1] == 'b' || text[1] == 'B');
    return read_in_base(prefix ? text + 2 : text, 2, text, end);
}

/* --- Double to digits --------------------------------------------------------------------- */

/* Takes the digits, less trailing zeros, out of printf's "%e" text; the place of the point. */
static int digits_of_exponent_form(const char *text, char *digits)
{
    char *last = digits;
    const char *p = text;
    for (; *p != '\0' && *p != 'e'; p++) {
        if (is_digit(*p)) {
            *last++ = *p;
        }
    }
    while (last > digits + 1 && last[-1] == '0') {
        last--;
    }
    *last = '\0';
    return atoi(p + 1) + 1;
}

static int significant_digits(double value, int count, char *digits)
{
    char text[ZEND_DTOA_BUFFER];
    snprintf(text, sizeof(text), "%.*e", count - 1, value);
    return digits_of_exponent_form(text, digits);
}

static int shortest_digits(double value, char *digits)
{
    int count = 1;
    int decpt;
    for (;; count++) {
        char text[64];
        snprintf(text, sizeof(text), "%.*e", count - 1, value);
        decpt = digits_of_exponent_form(text, digits);
        if (count >= 17) {
            return decpt;
        }
        snprintf(text, sizeof(text), "0.%se%d", digits, decpt);
        if (strtod_l(text, NULL, c_locale()) == value) {
            return decpt;
        }
    }
}

/* Is a value below one unit of its last decimal nearer to that unit than to zero? */
static bool rounds_up(double value, int decimals)
{
    char text[ZEND_DTOA_BUFFER];
    int length;
    if (decimals < 0) {
        return value > 0.5 * pow(10.0, -decimals);
    }
    /* Half a unit is no exact double: libc rounds the exact value. */
    length = snprintf(text, sizeof(text), "%.*f", decimals, value);
    return text[length - 1] != '0';
}

/* Digits up to `decimals` places behind the point (before it, when negative). */
static int fixed_digits(double value, int decimals, char *digits)
{
    int decpt = significant_digits(value, 17, digits);
    int count = decpt + decimals;
    if (count > 0) {
        return significant_digits(value, MIN(count, 500), digits);
    }
    if (count == 0) {
        /* Everything is cut off, unless it rounds up to one unit of the last place. */
        if (rounds_up(value, decimals)) {
            strcpy(digits, "1");
            return decpt + 1;
        }
    }
    digits[0] = '\0';
    return -decimals;
}

int zend_dtoa_digits(double value, int mode, int ndigits, int *decpt, bool *is_negative,
    char *digits)
{
    *is_negative = signbit(value) != 0;
    value = fabs(value);
    if (!isfinite(value)) {
        *decpt = 9999;
        strcpy(digits, isnan(value) ? "NaN" : "Infinity");
    } else if (value == 0) {
        *decpt = 1;
        strcpy(digits, "0");
    } else if (mode == 0) {
        *decpt = shortest_digits(value, digits);
    } else if (mode == 2) {
        *decpt = significant_digits(value, ndigits < 1 ? 1 : MIN(ndigits, 500), digits);
    } else {
        *decpt = fixed_digits(value, MIN(ndigits, 500), digits);
    }
    return (int) strlen(digits);
}

/* --- Digits to PHP's form ----------------------------------------------------------------- */

static char *write_exponent_form(char *out, const char *digits, int decpt, char dec_point,
    char letter)
{
    int exponent = decpt - 1;
    *out++ = *digits++;
    *out++ = dec_point;
    if (*digits == '\0') {
        *out++ = '0';
    }
    while (*digits != '\0') {
        *out++ = *digits++;
    }
    *out++ = letter;
    return out + sprintf(out, "%c%d", exponent < 0 ? '-' : '+', abs(exponent));
}

static char *write_fixed_form(char *out, const char *digits, int decpt, char dec_point)
{
    int i;
    if (decpt <= 0) {
        *out++ = '0';
    }
    for (i = 0; i < decpt; i++) {
        *out++ = *digits != '\0' ? *digits++ : '0';
    }
    if (*digits != '\0') {
        *out++ = dec_point;
        for (i = decpt; i < 0; i++) {
            *out++ = '0';
        }
        while (*digits != '\0') {
            *out++ = *digits++;
        }
    }
    *out = '\0';
    return out;
}

int zend_gcvt(double value, int precision, char dec_point, char exponent_letter, char *buffer)
{
    char digits[ZEND_DTOA_BUFFER];
    char *out = buffer;
    bool negative;
    int decpt;

    precision = precision < 1 ? 1 : MIN(precision, 500);
    if (isnan(value)) {
        strcpy(buffer, "NAN");
        return 3;
    }
    zend_dtoa_digits(value, 2, precision, &decpt, &negative, digits);
    if (negative) {
        *out++ = '-';
    }
    if (decpt == 9999) {
        strcpy(out, "INF");
        return (int) (out - buffer) + 3;
    }
    if (decpt < -3 || decpt > precision) {
        out = write_exponent_form(out, digits, decpt, dec_point, exponent_letter);
    } else {
        out = write_fixed_form(out, digits, decpt, dec_point);
    }
    return (int) (out - buffer);
}

int zend_double_to_text(double value, int precision, char *buffer)
{
    return zend_gcvt(value, precision, '.', 'E', buffer);
}

/* --- Double to long ----------------------------------------------------------------------- */

long zend_dval_to_lval_slow(double d)
{
    double two_pow_64 = 18446744073709551616.0;
    double rest;

    if (isnan(d)) {
        return LONG_MIN;
    }
    if (isinf(d)) {
        return 0;
    }
    rest = fmod(d, two_pow_64);
    if (rest < 0) {
        rest += two_pow_64;
    }
    return (long) (unsigned long) rest;
}
