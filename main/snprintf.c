/* SPDX-License-Identifier: MIT */
/*
 * Numbers as text, PHP's way, and the members of the printf family with a fixed buffer.
 *
 * The digits come from value/zend_double.h, correctly rounded; here they get point, zeros and
 * exponent where PHP wants them.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "main/snprintf.h"
#include "main/spprintf.h"
#include "value/zend_double.h"
#include "zend_alloc.h"

#undef snprintf

/* More decimals than this are not written. */
#define MAX_PRECISION 318

/* --- Doubles --------------------------------------------------------------------------------- */

char *php_gcvt(double value, int digits, char dec_point, char dec_point_exponent, char *buffer)
{
    zend_gcvt(value, digits, dec_point, dec_point_exponent, buffer);
    return buffer;
}

char *php_fcvt(double value, int ndigit)
{
    char *text;

    spprintf(&text, 0, "%.*F", ndigit, value);
    return text;
}

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
    char digits[ZEND_DTOA_BUFFER];
    char *end;
    bool negative;
    int decpt;

    precision = MIN(precision, MAX_PRECISION);
    zend_dtoa_digits(num, format == 'F' ? 3 : 2, format == 'F' ? precision : precision + 1, &decpt,
        &negative, digits);
    *is_negative = num < 0;
    if (decpt == 9999) {
        end = stpcpy(buf, isnan(num) ? "nan" : "inf");
    } else if (format == 'F') {
        end = put_fixed(buf, digits, decpt, precision, dec_point);
    } else {
        end = put_scientific(buf, digits, decpt, precision, dec_point, format);
    }
    *len = (size_t) (end - buf);
    return buf;
}

/* --- Integers -------------------------------------------------------------------------------- */

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

/* --- Fixed buffers --------------------------------------------------------------------------- */

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
