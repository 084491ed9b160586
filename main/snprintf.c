/* SPDX-License-Identifier: MIT */
/*
 * Numbers as text, PHP's way, and the members of the printf family with a fixed buffer.
 *
 * libc's "%.*e" is exact for any number of digits, so all the forms PHP knows are
 * made from its digits and decimal exponent: php_dtoa() takes the text apart, the others
 * put point, zeros and exponent where PHP wants them.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "main/snprintf.h"
#include "main/spprintf.h"
#include "zend_alloc.h"

#undef snprintf

/* ---- Digits ------------------------------------------------------------------- */

/* "-1.2345e+06" -> digits "12345", returns where the point stands (7). */
static int split_exponent_form(const char *text, char *digits)
{
    const char *exponent = strchr(text, 'e');
    char *end = digits;

    for (; text < exponent; text++) {
        if (*text >= '0' && *text <= '9') {
            *end++ = *text;
        }
    }
    while (end > digits + 1 && end[-1] == '0') {
        end--;
    }
    *end = '\0';
    return atoi(exponent + 1) + 1;
}

/* The fewest digits that read back as the same number. */
static void format_shortest(double value, char *text, size_t size)
{
    int digits;

    for (digits = 14; digits < 16; digits++) {
        snprintf(text, size, "%.*e", digits, value);
        if (strtod(text, NULL) == value) {
            return;
        }
    }
    snprintf(text, size, "%.16e", value);
}

/* In fixed form: how many significant digits stand up to the ndigits-th decimal; may be < 1. */
static int significant_digits(double value, int ndigits)
{
    int exponent;
    double absolute = fabs(value);
    char text[PHP_DOUBLE_MAX_LENGTH];

    (void) frexp(absolute, &exponent);
    snprintf(text, sizeof(text), "%.17e", absolute);
    return atoi(strchr(text, 'e') + 1) + 1 + ndigits;
}

/* Mode 3 through "%.*f": exact rounding at a decimal. Returns the point's place. */
static int split_fixed_form(double value, int ndigits, char *digits)
{
    char text[PHP_DOUBLE_MAX_LENGTH];
    char *point, *first, *end;
    int decpt;

    snprintf(text, sizeof(text), "%.*f", ndigits, value);
    point = strchr(text, '.');
    decpt = (int) (point ? (size_t) (point - text) : strlen(text));
    if (point) {
        memmove(point, point + 1, strlen(point));
    }
    for (first = text; *first == '0'; first++) {
        decpt--;
    }
    if (*first == '\0') { /* rounded to nothing */
        digits[0] = '\0';
        return -ndigits;
    }
    end = first + strlen(first);
    while (end[-1] == '0') {
        end--;
    }
    *end = '\0';
    memcpy(digits, first, (size_t) (end - first) + 1);
    return decpt;
}

/* Writes the digits into a buffer of PHP_DOUBLE_MAX_LENGTH bytes; see php_dtoa(). */
static int double_digits(double value, int mode, int ndigits, char *digits)
{
    char text[PHP_DOUBLE_MAX_LENGTH];

    if (value == 0) {
        strcpy(digits, "0");
        return 1;
    }
    if (mode == 3) {
        if (significant_digits(value, ndigits) < 0) {
            digits[0] = '\0';
            return -ndigits;
        }
        return split_fixed_form(value, MIN(ndigits, NUM_BUF_SIZE), digits);
    }
    if (mode == 0) {
        format_shortest(value, text, sizeof(text));
    } else {
        snprintf(text, sizeof(text), "%.*e", MIN(MAX(ndigits, 1), NUM_BUF_SIZE) - 1, value);
    }
    return split_exponent_form(text, digits);
}

/* double_digits() with the sign taken off, and names for what is no number. */
static int finite_or_name(double value, int mode, int ndigits, char *digits, zend_bool *negative)
{
    *negative = signbit(value) != 0;
    if (isnan(value) || isinf(value)) {
        strcpy(digits, isnan(value) ? "NAN" : "INF");
        return 9999;
    }
    return double_digits(fabs(value), mode, ndigits, digits);
}

char *php_dtoa(double value, int mode, int ndigits, int *decpt, zend_bool *is_negative)
{
    char digits[PHP_DOUBLE_MAX_LENGTH];

    *decpt = finite_or_name(value, mode, ndigits, digits, is_negative);
    return strdup(digits);
}

/* ---- The shorter of two forms -------------------------------------------------- */

/* d.ddde+xx: decpt - 1 is the exponent. */
static char *put_exponent_form(char *out, const char *digits, int decpt, char dec_point, char e)
{
    int exponent = decpt - 1;

    *out++ = *digits++;
    *out++ = dec_point;
    if (*digits == '\0') {
        *out++ = '0';
    }
    out = stpcpy(out, digits);
    return out + sprintf(out, "%c%c%d", e, exponent < 0 ? '-' : '+', abs(exponent));
}

static char *put_plain_form(char *out, const char *digits, int decpt, char dec_point)
{
    int place;

    if (decpt <= 0) {
        *out++ = '0';
        *out++ = dec_point;
        for (place = decpt; place < 0; place++) {
            *out++ = '0';
        }
        return stpcpy(out, digits);
    }
    for (place = 0; place < decpt; place++) {
        *out++ = *digits ? *digits++ : '0';
    }
    if (*digits) {
        *out++ = dec_point;
        out = stpcpy(out, digits);
    }
    *out = '\0';
    return out;
}

/* Whole numbers are frequent, and need no search for digits. */
static bool put_small_integer(double value, int digits, char *out)
{
    static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15};

    if (digits > 0 && fabs(value) < powers[MIN(digits, 15)] && value == (double) (long) value
        && value != 0) {
        sprintf(out, "%ld", (long) value);
        return true;
    }
    return false;
}

char *php_gcvt(double value, int ndigit, char dec_point, char dec_point_exponent, char *buffer)
{
    char digits[PHP_DOUBLE_MAX_LENGTH];
    char *out = buffer;
    zend_bool negative;
    int decpt;

    if (put_small_integer(value, ndigit, buffer)) {
        return buffer;
    }
    decpt = finite_or_name(value, 2, ndigit, digits, &negative);
    if (negative && !isnan(value)) {
        *out++ = '-';
    }
    if (decpt == 9999) {
        strcpy(out, digits);
    } else if (decpt < 0 ? decpt < -3 : decpt > ndigit) {
        put_exponent_form(out, digits, decpt, dec_point, dec_point_exponent);
    } else {
        put_plain_form(out, digits, decpt, dec_point);
    }
    return buffer;
}

char *php_fcvt(double value, int ndigit)
{
    char *text;

    spprintf(&text, 0, "%.*F", ndigit, value);
    return text;
}

/* ---- Fixed and exponent form ----------------------------------------------------- */

static char *put_fixed(char *out, const char *digits, int decpt, int precision, char dec_point)
{
    int decimals;

    if (decpt <= 0) {
        *out++ = '0';
    }
    for (; decpt > 0; decpt--) {
        *out++ = *digits ? *digits++ : '0';
    }
    if (precision > 0) {
        *out++ = dec_point;
    }
    for (decimals = precision; decimals > 0; decimals--, decpt++) {
        *out++ = decpt >= 0 && *digits ? *digits++ : '0';
    }
    return out;
}

static char *put_scientific(char *out, const char *digits, int decpt, int precision,
    char dec_point, char format)
{
    int exponent = decpt - 1;

    *out++ = *digits++;
    if (precision > 0) {
        *out++ = dec_point;
    }
    for (; precision > 0; precision--) {
        *out++ = *digits ? *digits++ : '0';
    }
    return out + sprintf(out, "%c%c%d", format, exponent < 0 ? '-' : '+', abs(exponent));
}

char *php_conv_fp(char format, double num, zend_bool *is_negative, int precision, char dec_point,
    size_t *len, char *buf)
{
    char digits[PHP_DOUBLE_MAX_LENGTH];
    char *end = buf;
    int decpt;

    precision = MIN(precision, 318);
    decpt = finite_or_name(num, format == 'F' ? 3 : 2, format == 'F' ? precision : precision + 1,
        digits, is_negative);
    *is_negative = num < 0;
    if (decpt == 9999) {
        end = stpcpy(buf, digits);
    } else if (format == 'F') {
        end = put_fixed(buf, digits, decpt, precision, dec_point);
    } else {
        end = put_scientific(buf, digits, decpt, precision, dec_point, format);
    }
    *len = (size_t) (end - buf);
    return buf;
}

/* ---- Integers ---------------------------------------------------------------------- */

char *ap_php_conv_10(int64_t num, bool is_unsigned, bool *is_negative, char *buf_end, size_t *len)
{
    uint64_t magnitude = (uint64_t) num;
    char *p = buf_end;

    *is_negative = !is_unsigned && num < 0;
    if (*is_negative) {
        magnitude = 0 - magnitude;
    }
    do {
        *--p = (char) ('0' + magnitude % 10);
        magnitude /= 10;
    } while (magnitude);
    *len = (size_t) (buf_end - p);
    return p;
}

char *ap_php_conv_p2(uint64_t num, int nbits, char format, char *buf_end, size_t *len)
{
    const char *digits = format == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    uint64_t mask = ((uint64_t) 1 << nbits) - 1;
    char *p = buf_end;

    do {
        *--p = digits[num & mask];
        num >>= nbits;
    } while (num);
    *len = (size_t) (buf_end - p);
    return p;
}

/* ---- Fixed buffers ------------------------------------------------------------------- */

typedef struct {
    char *next;
    char *last; /* where the NUL must stand at the latest */
    size_t total;
} fixed_buffer;

static void write_to_buffer(void *target, const char *text, size_t length)
{
    fixed_buffer *buffer = target;
    size_t room = (size_t) (buffer->last - buffer->next);

    buffer->total += length;
    length = MIN(length, room);
    memcpy(buffer->next, text, length);
    buffer->next += length;
}

int ap_php_vsnprintf(char *text, size_t length, const char *format, va_list arguments)
{
    char nothing;
    fixed_buffer buffer;

    buffer.next = length ? text : &nothing;
    buffer.last = length ? text + length - 1 : &nothing;
    buffer.total = 0;
    php_format(write_to_buffer, &buffer, format, arguments);
    *buffer.next = '\0';
    return (int) buffer.total;
}

int ap_php_snprintf(char *text, size_t length, const char *format, ...)
{
    va_list arguments;
    int total;

    va_start(arguments, format);
    total = ap_php_vsnprintf(text, length, format, arguments);
    va_end(arguments);
    return total;
}

int ap_php_vslprintf(char *text, size_t length, const char *format, va_list arguments)
{
    size_t total = (size_t) ap_php_vsnprintf(text, length, format, arguments);

    return (int) (total >= length ? (length ? length - 1 : 0) : total);
}

int ap_php_slprintf(char *text, size_t length, const char *format, ...)
{
    va_list arguments;
    int total;

    va_start(arguments, format);
    total = ap_php_vslprintf(text, length, format, arguments);
    va_end(arguments);
    return total;
}

int ap_php_vasprintf(char **text, const char *format, va_list arguments)
{
    va_list again;
    int total;

    va_copy(again, arguments);
    total = ap_php_vsnprintf(NULL, 0, format, again);
    va_end(again);
    *text = malloc((size_t) total + 1);
    if (*text) {
        ap_php_vsnprintf(*text, (size_t) total + 1, format, arguments);
    }
    return *text ? total : -1;
}

int ap_php_asprintf(char **text, const char *format, ...)
{
    va_list arguments;
    int total;

    va_start(arguments, format);
    total = ap_php_vasprintf(text, format, arguments);
    va_end(arguments);
    return total;
}
