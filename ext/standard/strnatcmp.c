/* SPDX-License-Identifier: MIT */
/*
 * Natural order: runs of digits in strings compare as numbers, so "img9" comes before "img10".
 *
 * A run that begins with a zero, other than at the start of the string, is a fraction: its digits
 * compare from the left. All others compare by their length first, then by the first difference.
 * White space is passed over.
 */
#include <ctype.h>

#include "ext/standard/php_array.h"

typedef struct _natural_reader {
    const unsigned char *at;
    const unsigned char *end;
} natural_reader;

static bool at_digit(const natural_reader *r)
{
    return r->at < r->end && isdigit(*r->at);
}

static int char_at(const natural_reader *r)
{
    return r->at < r->end ? *r->at : 0;
}

/* The first difference counts; a run that ends earlier is smaller. */
static int compare_fractions(natural_reader *a, natural_reader *b)
{
    for (;; a->at++, b->at++) {
        bool in_a = at_digit(a);
        bool in_b = at_digit(b);
        if (!in_a || !in_b) {
            return in_a - in_b;
        }
        if (*a->at != *b->at) {
            return *a->at < *b->at ? -1 : 1;
        }
    }
}

/* The longer run is greater; the first difference decides between runs of one length. */
static int compare_integers(natural_reader *a, natural_reader *b)
{
    int bias = 0;

    for (;; a->at++, b->at++) {
        bool in_a = at_digit(a);
        bool in_b = at_digit(b);
        if (!in_a || !in_b) {
            return in_a == in_b ? bias : in_a - in_b;
        }
        if (bias == 0 && *a->at != *b->at) {
            bias = *a->at < *b->at ? -1 : 1;
        }
    }
}

static void skip_leading_zeros(natural_reader *r)
{
    while (r->at + 1 < r->end && *r->at == '0' && isdigit(r->at[1])) {
        r->at++;
    }
}

static void skip_spaces(natural_reader *r)
{
    while (r->at < r->end && isspace(*r->at)) {
        r->at++;
    }
}

/* One step: a run of digits, or a character. */
static int compare_step(natural_reader *a, natural_reader *b, int fold_case)
{
    int x, y;

    if (at_digit(a) && at_digit(b)) {
        bool is_fraction = *a->at == '0' || *b->at == '0';
        int order = is_fraction ? compare_fractions(a, b) : compare_integers(a, b);
        if (order != 0 || (a->at == a->end && b->at == b->end)) {
            return order;
        }
    }
    x = char_at(a);
    y = char_at(b);
    if (fold_case) {
        x = toupper(x);
        y = toupper(y);
    }
    a->at += a->at < a->end;
    b->at += b->at < b->end;
    return x < y ? -1 : x > y;
}

int strnatcmp_ex(const char *a, size_t a_length, const char *b, size_t b_length, int fold_case)
{
    natural_reader ra = {(const unsigned char *) a, (const unsigned char *) a + a_length};
    natural_reader rb = {(const unsigned char *) b, (const unsigned char *) b + b_length};

    if (a_length == 0 || b_length == 0) {
        return (a_length != 0) - (b_length != 0);
    }
    skip_leading_zeros(&ra);
    skip_leading_zeros(&rb);
    for (;;) {
        int order;
        skip_spaces(&ra);
        skip_spaces(&rb);
        order = compare_step(&ra, &rb, fold_case);
        if (order != 0) {
            return order;
        }
        if (ra.at >= ra.end || rb.at >= rb.end) {
            return (ra.at < ra.end) - (rb.at < rb.end);
        }
    }
}
