/* SPDX-License-Identifier: MIT */
/* Strings that look like numbers, and numbers as strings of digits. */
#include <limits.h>

#include "value/zend_operators.h"
#include "runtime/zend_errors.h"

#define MAX_DIGITS 19 /* of the largest long */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex_digit(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Is there an exponent at p ("e5", "E-5")? */
static bool is_exponent(const char *p)
{
    if (*p != 'e' && *p != 'E') {
        return false;
    }
    p++;
    return is_digit(*p == '-' || *p == '+' ? p[1] : *p);
}

/* The integer part's digits, behind the sign. */
typedef struct _integer_text {
    const char *end;
    int digits;  /* significant ones */
    ulong value; /* right if there are at most 19 */
} integer_text;

static integer_text read_integer(const char *p)
{
    integer_text text = { p, 0, 0 };
    while (*p == '0') {
        p++;
    }
    for (; is_digit(*p); p++) {
        text.digits++;
        text.value = text.value * 10 + (ulong) (*p - '0');
    }
    text.end = p;
    return text;
}

static bool fits_long(const integer_text *text, bool negative)
{
    return text->digits < MAX_DIGITS
        || (text->digits == MAX_DIGITS && text->value <= (ulong) LONG_MAX + negative);
}

/* "0x1A": IS_LONG, or IS_DOUBLE when it is bigger than a long. */
static zend_uchar read_hex(const char *str, const char **end, long *lval, double *dval,
    int *oflow_info)
{
    const char *p = str + 2;
    const char *first;
    while (*p == '0') {
        p++;
    }
    for (first = p; is_hex_digit(*p); p++) {
    }
    *end = p;
    if (p - first > 16 || (p - first == 16 && *first > '7')) {
        if (oflow_info) {
            *oflow_info = 1;
        }
        *dval = zend_hex_strtod(str, NULL);
        return IS_DOUBLE;
    }
    *lval = strtol(str, NULL, 16);
    return IS_LONG;
}

static zend_uchar read_decimal(const char *str, const char **end, long *lval, double *dval,
    int *oflow_info)
{
    bool negative = *str == '-';
    const char *p = str + (negative || *str == '+');
    integer_text integer;

    if (!is_digit(*p) && !(*p == '.' && is_digit(p[1]))) {
        return 0;
    }
    integer = read_integer(p);
    if (*integer.end == '.' || is_exponent(integer.end)) {
        *dval = zend_strtod(str, end);
        return IS_DOUBLE;
    }
    *end = integer.end;
    if (!fits_long(&integer, negative)) {
        if (oflow_info) {
            *oflow_info = negative ? -1 : 1;
        }
        *dval = zend_strtod(str, end);
        return IS_DOUBLE;
    }
    *lval = (long) (negative ? 0 - integer.value : integer.value);
    return IS_LONG;
}

zend_uchar is_numeric_string_ex_slow(const char *str, int length, long *lval, double *dval,
    int allow_errors, int *oflow_info)
{
    const char *limit = str + length;
    const char *end = str;
    long local_lval = 0;
    double local_dval = 0;
    zend_uchar type;

    if (oflow_info) {
        *oflow_info = 0;
    }
    while (is_blank(*str)) {
        str++;
    }
    if (limit - str > 2 && str[0] == '0' && (str[1] == 'x' || str[1] == 'X')) {
        type = read_hex(str, &end, &local_lval, &local_dval, oflow_info);
    } else {
        type = read_decimal(str, &end, &local_lval, &local_dval, oflow_info);
    }
    if (type == 0) {
        return 0;
    }
    if (end != limit) {
        if (!allow_errors) {
            return 0;
        }
        if (allow_errors == -1) {
            zend_error(E_NOTICE, "A non well formed numeric value encountered");
        }
    }
    if (type == IS_LONG && lval) {
        *lval = local_lval;
    } else if (type == IS_DOUBLE && dval) {
        *dval = local_dval;
    }
    return type;
}

char *zend_print_long_to_buf(char *buf, long number)
{
    ulong rest = number < 0 ? 0UL - (ulong) number : (ulong) number;
    *buf = '\0';
    do {
        *--buf = (char) ('0' + rest % 10);
        rest /= 10;
    } while (rest != 0);
    if (number < 0) {
        *--buf = '-';
    }
    return buf;
}

long zend_atol(const char *str, int length)
{
    long value;
    if (length <= 0) {
        length = (int) strlen(str);
    }
    value = strtol(str, NULL, 0);
    if (length > 0) {
        switch (str[length - 1]) {
            case 'g':
            case 'G':
                value = (long) ((ulong) value << 30);
                break;
            case 'm':
            case 'M':
                value = (long) ((ulong) value << 20);
                break;
            case 'k':
            case 'K':
                value = (long) ((ulong) value << 10);
                break;
        }
    }
    return value;
}

int zend_atoi(const char *str, int length)
{
    return (int) zend_atol(str, length);
}
