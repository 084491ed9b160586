/* SPDX-License-Identifier: MIT */
/*
 * The values of literals: numbers and strings as the scanner finds them, made into nodes.
 *
 * PHP 5.6 reads numbers as C's strtol() with base 0 does, so 08 is 0 and 0189 is 1; what does
 * not fit becomes a double. Strings are interned; one that finds no room there stays in the
 * arena. Without make_values nothing is made, but lines are counted all the same.
 */
#include "compile/zend_language_scanner.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "compile/zend_language_parser.h"
#include "data/zend_interned.h"
#include "runtime/zend_globals.h"
#include "value/zend_double.h"
#include "value/zend_zval.h"

static void set_value(zend_lex_state *lex, const zval *value)
{
    lex->value = zend_ast_create_zval(lex->arena, lex->lineno, value);
}

static int set_long(zend_lex_state *lex, long number)
{
    zval value;

    ZVAL_LONG(&value, number);
    set_value(lex, &value);
    return T_LNUMBER;
}

static int set_double(zend_lex_state *lex, double number)
{
    zval value;

    ZVAL_DOUBLE(&value, number);
    set_value(lex, &value);
    return T_DNUMBER;
}

/* `text` lies in the arena and ends with a NUL. */
static void set_string(zend_lex_state *lex, char *text, size_t length)
{
    zval value;

    Z_TYPE(value) = IS_STRING;
    Z_STRVAL(value) = (char *) zend_new_interned_string(text, (int) length + 1, 0);
    Z_STRLEN(value) = (int) length;
    set_value(lex, &value);
}

/* The number that digits stand for, up to the first that the base has not: a long, or a double
 * if it is too large. The token's type follows. */
static int scan_integer(zend_lex_state *lex, const char *at, int base)
{
    unsigned long number = 0;
    double large = 0;
    bool overflow = false;

    for (; at < lex->cursor; at++) {
        int digit = *at <= '9' ? *at - '0' : (*at | 0x20) - 'a' + 10;

        if (digit >= base) {
            break;
        }
        overflow = overflow || number > ((unsigned long) LONG_MAX - digit) / base;
        number = number * base + digit;
        large = large * base + digit;
    }
    if (!lex->make_values) {
        return overflow ? T_DNUMBER : T_LNUMBER;
    }
    if (!overflow) {
        return set_long(lex, (long) number);
    }
    return set_double(lex, base == 10 ? zend_strtod(lex->text, NULL) : large);
}

int zend_scan_hexadecimal(zend_lex_state *lex)
{
    return scan_integer(lex, lex->text + 2, 16);
}

int zend_scan_binary(zend_lex_state *lex)
{
    return scan_integer(lex, lex->text + 2, 2);
}

int zend_scan_decimal(zend_lex_state *lex)
{
    return scan_integer(lex, lex->text, *lex->text == '0' ? 8 : 10);
}

int zend_scan_double(zend_lex_state *lex)
{
    return lex->make_values ? set_double(lex, zend_strtod(lex->text, NULL)) : T_DNUMBER;
}

int zend_scan_index(zend_lex_state *lex, bool canonical)
{
    if (lex->make_values && !(canonical && scan_integer(lex, lex->text, 10) == T_LNUMBER)) {
        zend_scan_string(lex, lex->text, zend_lex_length(lex));
    }
    return T_NUM_STRING;
}

void zend_scan_string(zend_lex_state *lex, const char *text, size_t length)
{
    if (lex->make_values) {
        set_string(lex, zend_arena_strndup(lex->arena, text, length), length);
    }
}

void zend_scan_single_quoted(zend_lex_state *lex, const char *text, size_t length)
{
    const char *end = text + length;
    char *copy, *to;

    if (lex->make_values) {
        copy = to = zend_arena_alloc(lex->arena, length + 1);
        for (const char *at = text; at < end; at++) {
            if (*at == '\\' && at + 1 < end && (at[1] == '\\' || at[1] == '\'')) {
                at++;
            }
            *to++ = *at;
        }
        *to = '\0';
        zend_lex_count_lines(lex, text, length);
        set_string(lex, copy, to - copy);
        return;
    }
    zend_lex_count_lines(lex, text, length);
}

static inline int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* \0 to \777, the cursor at the first digit: puts the byte, returns the place behind. */
static const char *octal_escape(const char *at, const char *end, char *to)
{
    int byte = 0;

    for (int digits = 0; digits < 3 && at < end && *at >= '0' && *at <= '7'; digits++) {
        byte = byte * 8 + (*at++ - '0');
    }
    *to = (char) byte;
    return at;
}

/* \x1 to \xff, at the x; NULL if no digit follows. */
static const char *hex_escape(const char *at, const char *end, char *to)
{
    int byte = 0, digits = 0;

    for (at++; digits < 2 && at < end && hex_digit(*at) >= 0; digits++) {
        byte = byte * 16 + hex_digit(*at++);
    }
    *to = (char) byte;
    return digits ? at : NULL;
}

/* The character that `\c` stands for, or -1. */
static int simple_escape(char c, char quote)
{
    switch (c) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    case 'f':
        return '\f';
    case 'e':
        return '\033';
    case 'v':
        return '\v';
    case '\\':
    case '$':
        return c;
    case '"':
    case '`':
        return c == quote ? c : -1;
    }
    return -1;
}

/* One escape, at the character behind the backslash. Moves *to; returns the place behind. */
static const char *resolve_escape(const char *at, const char *end, char quote, char **to)
{
    int simple = simple_escape(*at, quote);
    const char *behind = NULL;

    if (simple >= 0) {
        *(*to)++ = (char) simple;
        return at + 1;
    }
    if (*at >= '0' && *at <= '7') {
        behind = octal_escape(at, end, *to);
    } else if (*at == 'x' || *at == 'X') {
        behind = hex_escape(at, end, *to);
    }
    if (behind) {
        ++*to;
        return behind;
    }
    /* No escape: the backslash stands for itself. What follows is looked at again. */
    *(*to)++ = '\\';
    return at;
}

void zend_scan_escaped(zend_lex_state *lex, const char *text, size_t length, char quote)
{
    const char *end = text + length, *at = text;
    char *copy, *to;

    zend_lex_count_lines(lex, text, length);
    if (!lex->make_values) {
        return;
    }
    copy = to = zend_arena_alloc(lex->arena, length + 1);
    while (at < end) {
        if (*at != '\\' || at + 1 == end) {
            *to++ = *at++;
            continue;
        }
        at = resolve_escape(at + 1, end, quote, &to);
    }
    *to = '\0';
    set_string(lex, copy, to - copy);
}

void zend_scan_line(zend_lex_state *lex)
{
    if (lex->make_values) {
        set_long(lex, lex->lineno);
    }
}

void zend_scan_file(zend_lex_state *lex)
{
    zend_scan_string(lex, lex->source->filename, strlen(lex->source->filename));
}

void zend_scan_dir(zend_lex_state *lex)
{
    const char *name = lex->source->filename;
    const char *slash = strrchr(name, '/');
    char directory[PATH_MAX];

    if (slash) {
        zend_scan_string(lex, name, slash == name ? 1 : slash - name);
    } else if (getcwd(directory, sizeof(directory))) {
        /* Code without a file (-r, stdin) belongs to the current directory. */
        zend_scan_string(lex, directory, strlen(directory));
    } else {
        zend_scan_string(lex, "", 0);
    }
}
