/* SPDX-License-Identifier: MIT */
/*
 * Natural order: "img2" before "img12".
 *
 * Runs of digits compare as numbers: the longer run is the greater, of equal lengths the first
 * difference decides. A run that begins with a zero is read as decimals: digit by digit from the
 * left. White space is passed over; zeros at the very beginning are too.
 */
#include <ctype.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

typedef struct _natural_cursor {
    const unsigned char *p, *end;
} natural_cursor;

static int natural_peek(const natural_cursor *c)
{
    return c->p < c->end ? *c->p : 0;
}

static bool at_digit(const natural_cursor *c)
{
    return c->p < c->end && isdigit(*c->p);
}

/* Two runs as numbers. */
static int compare_numbers(natural_cursor *a, natural_cursor *b)
{
    int difference = 0;

    for (;; a->p++, b->p++) {
        bool a_digit = at_digit(a), b_digit = at_digit(b);

        if (!a_digit || !b_digit) {
            return a_digit == b_digit ? difference : a_digit ? 1 : -1;
        }
        if (difference == 0 && *a->p != *b->p) {
            difference = *a->p < *b->p ? -1 : 1;
        }
    }
}

/* Two runs as decimals behind a point. */
static int compare_decimals(natural_cursor *a, natural_cursor *b)
{
    for (;; a->p++, b->p++) {
        bool a_digit = at_digit(a), b_digit = at_digit(b);

        if (!a_digit || !b_digit) {
            return a_digit == b_digit ? 0 : a_digit ? 1 : -1;
        }
        if (*a->p != *b->p) {
            return *a->p < *b->p ? -1 : 1;
        }
    }
}

/* Zeros at the beginning, but not the last digit. */
static void skip_zeros(natural_cursor *c)
{
    while (c->p + 1 < c->end && *c->p == '0' && isdigit(c->p[1])) {
        c->p++;
    }
}

static void skip_space(natural_cursor *c)
{
    while (c->p < c->end && isspace(*c->p)) {
        c->p++;
    }
}

/* -1, 0, 1 when an end is reached, else 2. */
static int compare_ends(const natural_cursor *a, const natural_cursor *b)
{
    bool a_ends = a->p >= a->end, b_ends = b->p >= b->end;

    if (!a_ends && !b_ends) {
        return 2;
    }
    return a_ends == b_ends ? 0 : a_ends ? -1 : 1;
}

int strnatcmp_ex(const char *a_text, size_t a_len, const char *b_text, size_t b_len, int fold_case)
{
    natural_cursor a = { (const unsigned char *) a_text, (const unsigned char *) a_text + a_len };
    natural_cursor b = { (const unsigned char *) b_text, (const unsigned char *) b_text + b_len };
    int result = compare_ends(&a, &b);

    if (result != 2) {
        return result;
    }
    skip_zeros(&a);
    skip_zeros(&b);
    do {
        int ca, cb;

        skip_space(&a);
        skip_space(&b);
        if (at_digit(&a) && at_digit(&b)) {
            result = *a.p == '0' || *b.p == '0' ? compare_decimals(&a, &b)
                : compare_numbers(&a, &b);
            if (result != 0) {
                return result;
            }
            result = compare_ends(&a, &b);
            if (result != 2) {
                return result;
            }
        }
        ca = natural_peek(&a);
        cb = natural_peek(&b);
        if (fold_case) {
            ca = toupper(ca);
            cb = toupper(cb);
        }
        if (ca != cb) {
            return ca < cb ? -1 : 1;
        }
        a.p++;
        b.p++;
        result = compare_ends(&a, &b);
    } while (result == 2);
    return result;
}

static void natural_compare(INTERNAL_FUNCTION_PARAMETERS, int fold_case)
{
    char *a, *b;
    int a_len, b_len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss", &a, &a_len, &b, &b_len) == FAILURE) {
        return;
    }
    RETURN_LONG(strnatcmp_ex(a, (size_t) a_len, b, (size_t) b_len, fold_case));
}

PHP_FUNCTION(strnatcmp)
{
    natural_compare(INTERNAL_FUNCTION_PARAM_PASSTHRU, 0);
}

PHP_FUNCTION(strnatcasecmp)
{
    natural_compare(INTERNAL_FUNCTION_PARAM_PASSTHRU, 1);
}

static const zend_function_entry strnatcmp_functions[] = {
    PHP_FE(strnatcmp, "$s1, $s2", "Compares in natural order.")
    PHP_FE(strnatcasecmp, "$s1, $s2", "Compares in natural order, without case.")
    PHP_FE_END
};

const php_standard_part standard_strnatcmp_part = { .functions = strnatcmp_functions };
