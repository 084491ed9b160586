/* SPDX-License-Identifier: MIT */
/*
 * Backslashes put in and taken out: addslashes(), addcslashes(), quotemeta() and their opposites.
 */
#include <ctype.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

/* ---- addslashes(), stripslashes() ----------------------------------------------------------- */

/* The character behind the backslash when c needs one, else 0. */
static char slash_escape(char c)
{
    switch (c) {
    case '\0':
        return '0';
    case '\'':
    case '"':
    case '\\':
        return c;
    }
    return 0;
}

char *php_addslashes(char *str, int length, int *new_length, int should_free)
{
    size_t len = length ? (size_t) length : strlen(str), escapes = 0, i;
    char *result, *out;

    for (i = 0; i < len; i++) {
        escapes += slash_escape(str[i]) != 0;
    }
    php_string_check_length(len + escapes);
    result = out = emalloc(len + escapes + 1);
    for (i = 0; i < len; i++) {
        char escape = slash_escape(str[i]);

        if (escape) {
            *out++ = '\\';
            *out++ = escape;
        } else {
            *out++ = str[i];
        }
    }
    *out = '\0';
    if (new_length) {
        *new_length = (int) (len + escapes);
    }
    if (should_free) {
        str_efree(str);
    }
    return result;
}

void php_stripslashes(char *str, int *len)
{
    const char *in = str, *end = str + (len ? (size_t) *len : strlen(str));
    char *out = str;

    while (in < end) {
        if (*in != '\\') {
            *out++ = *in++;
        } else if (++in < end) {
            *out++ = *in == '0' ? '\0' : *in;
            in++;
        }
    }
    *out = '\0';
    if (len) {
        *len = (int) (out - str);
    }
}

PHP_FUNCTION(addslashes)
{
    char *str;
    int len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &str, &len) == FAILURE) {
        return;
    }
    if (len == 0) {
        RETURN_EMPTY_STRING();
    }
    str = php_addslashes(str, len, &len, 0);
    RETURN_STRINGL(str, len, 0);
}

PHP_FUNCTION(stripslashes)
{
    char *str;
    int len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &str, &len) == FAILURE) {
        return;
    }
    RETVAL_STRINGL(str, len, 1);
    php_stripslashes(Z_STRVAL_P(return_value), &Z_STRLEN_P(return_value));
}

/* ---- addcslashes(), stripcslashes() --------------------------------------------------------- */

/* The letter of C's escapes for a control character, or 0. */
static char control_letter(unsigned char c)
{
    return c >= '\a' && c <= '\r' ? "abtnvfr"[c - '\a'] : '\0';
}

char *php_addcslashes(const char *str, int length, int *new_length, int should_free,
    const char *what, int wlength)
{
    size_t len = length ? (size_t) length : strlen(str), i;
    char *result = safe_emalloc(4, len, 1), *out = result, mask[256];

    php_charmask((const unsigned char *) what, wlength ? wlength : (int) strlen(what), mask);
    for (i = 0; i < len; i++) {
        unsigned char c = (unsigned char) str[i];

        if (!mask[c]) {
            *out++ = (char) c;
            continue;
        }
        *out++ = '\\';
        if (c >= 32 && c <= 126) {
            *out++ = (char) c;
        } else if (control_letter(c)) {
            *out++ = control_letter(c);
        } else {
            *out++ = (char) ('0' + (c >> 6));
            *out++ = (char) ('0' + (c >> 3 & 7));
            *out++ = (char) ('0' + (c & 7));
        }
    }
    *out = '\0';
    php_string_check_length((size_t) (out - result));
    if (new_length) {
        *new_length = (int) (out - result);
    }
    if (should_free) {
        str_efree((char *) str);
    }
    return erealloc(result, (size_t) (out - result) + 1);
}

PHP_FUNCTION(addcslashes)
{
    char *str, *what;
    int len, what_len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss", &str, &len, &what, &what_len) == FAILURE) {
        return;
    }
    if (len == 0) {
        RETURN_EMPTY_STRING();
    }
    if (what_len == 0) {
        RETURN_STRINGL(str, len, 1);
    }
    str = php_addcslashes(str, len, &len, 0, what, what_len);
    RETURN_STRINGL(str, len, 0);
}

/* Reads up to max_digits digits of a base at *p; their value. */
static int read_digits(const char **p, const char *end, int base, int max_digits)
{
    int value = 0, i;

    for (i = 0; i < max_digits && *p < end; i++, (*p)++) {
        char c = **p;
        int digit = isdigit((unsigned char) c) ? c - '0' : isxdigit((unsigned char) c)
            ? (c | 0x20) - 'a' + 10 : base;

        if (digit >= base) {
            break;
        }
        value = value * base + digit;
    }
    return value;
}

/* What stands for the escape at *p, behind its backslash; *p moves behind it. */
static char unescape(const char **p, const char *end)
{
    const char *start = *p;
    char c = *start;

    (*p)++;
    switch (c) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case 'r':
        return '\r';
    case 'a':
        return '\a';
    case 'v':
        return '\v';
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'x':
        if (*p < end && isxdigit((unsigned char) **p)) {
            return (char) read_digits(p, end, 16, 2);
        }
        return c;
    }
    if (c >= '0' && c <= '7') {
        *p = start;
        return (char) read_digits(p, end, 8, 3);
    }
    return c;
}

void php_stripcslashes(char *str, int *len)
{
    const char *in = str, *end = str + (len ? (size_t) *len : strlen(str));
    char *out = str;

    while (in < end) {
        if (*in == '\\' && in + 1 < end) {
            in++;
            *out++ = unescape(&in, end);
        } else {
            *out++ = *in++;
        }
    }
    *out = '\0';
    if (len) {
        *len = (int) (out - str);
    }
}

PHP_FUNCTION(stripcslashes)
{
    char *str;
    int len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &str, &len) == FAILURE) {
        return;
    }
    RETVAL_STRINGL(str, len, 1);
    php_stripcslashes(Z_STRVAL_P(return_value), &Z_STRLEN_P(return_value));
}

PHP_FUNCTION(quotemeta)
{
    char *str, *result, *out;
    int len, i;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &str, &len) == FAILURE) {
        return;
    }
    if (len == 0) {
        RETURN_FALSE;
    }
    result = out = safe_emalloc(2, (size_t) len, 1);
    for (i = 0; i < len; i++) {
        if (str[i] != '\0' && strchr(".\\+*?[^]$()", str[i])) {
            *out++ = '\\';
        }
        *out++ = str[i];
    }
    *out = '\0';
    php_string_check_length((size_t) (out - result));
    RETURN_STRINGL(erealloc(result, (size_t) (out - result) + 1), out - result, 0);
}

static const zend_function_entry string_slashes_functions[] = {
    PHP_FE(addslashes, "$str", "Puts a backslash before quotes, backslashes and NULs.")
    PHP_FE(stripslashes, "$str", "Takes backslashes out.")
    PHP_FE(addcslashes, "$str, $charlist", "Escapes the listed characters as C does.")
    PHP_FE(stripcslashes, "$str", "Reads C's escapes.")
    PHP_FE(quotemeta, "$str", "Puts a backslash before the signs of regular expressions.")
    PHP_FE_END
};

const php_standard_part standard_string_slashes_part = { .functions = string_slashes_functions };
