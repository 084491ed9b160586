/* SPDX-License-Identifier: MIT */
/*
 * Upper and lower case, and what else changes a string letter by letter.
 *
 * Case follows the locale's LC_CTYPE, which is "C" unless the script calls setlocale(); in that
 * case only ASCII letters change.
 */
#include <ctype.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_rand.h"
#include "ext/standard/php_string.h"

char *php_strtoupper(char *s, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++) {
        s[i] = (char) toupper((unsigned char) s[i]);
    }
    return s;
}

char *php_strtolower(char *s, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++) {
        s[i] = (char) tolower((unsigned char) s[i]);
    }
    return s;
}

/* Takes the one string argument; return_value becomes a copy of it. NULL: it was not given. */
static char *string_argument_copy(INTERNAL_FUNCTION_PARAMETERS)
{
    char *str;
    int len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &str, &len) == FAILURE) {
        return NULL;
    }
    RETVAL_STRINGL(str, len, 1);
    return Z_STRVAL_P(return_value);
}

PHP_FUNCTION(strtoupper)
{
    char *copy = string_argument_copy(INTERNAL_FUNCTION_PARAM_PASSTHRU);

    if (copy) {
        php_strtoupper(copy, (size_t) Z_STRLEN_P(return_value));
    }
}

PHP_FUNCTION(strtolower)
{
    char *copy = string_argument_copy(INTERNAL_FUNCTION_PARAM_PASSTHRU);

    if (copy) {
        php_strtolower(copy, (size_t) Z_STRLEN_P(return_value));
    }
}

static void change_first_letter(INTERNAL_FUNCTION_PARAMETERS, int (*change)(int))
{
    char *str;
    int len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &str, &len) == FAILURE) {
        return;
    }
    if (len == 0) {
        RETURN_EMPTY_STRING();
    }
    RETVAL_STRINGL(str, len, 1);
    *Z_STRVAL_P(return_value) = (char) change((unsigned char) *str);
}

PHP_FUNCTION(ucfirst)
{
    change_first_letter(INTERNAL_FUNCTION_PARAM_PASSTHRU, toupper);
}

PHP_FUNCTION(lcfirst)
{
    change_first_letter(INTERNAL_FUNCTION_PARAM_PASSTHRU, tolower);
}

PHP_FUNCTION(ucwords)
{
    char *str, *delims = " \t\r\n\f\v";
    int len, delims_len = 6, i;
    char mask[256];
    bool at_start = true;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|s", &str, &len, &delims, &delims_len)
        == FAILURE) {
        return;
    }
    if (len == 0) {
        RETURN_EMPTY_STRING();
    }
    php_charmask((const unsigned char *) delims, delims_len, mask);
    RETVAL_STRINGL(str, len, 1);
    str = Z_STRVAL_P(return_value);
    for (i = 0; i < len; i++) {
        if (at_start) {
            str[i] = (char) toupper((unsigned char) str[i]);
        }
        at_start = mask[(unsigned char) str[i]];
    }
}

PHP_FUNCTION(strrev)
{
    char *str, *reversed;
    int len, i;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &str, &len) == FAILURE) {
        return;
    }
    reversed = safe_emalloc((size_t) len, 1, 1);
    for (i = 0; i < len; i++) {
        reversed[i] = str[len - 1 - i];
    }
    reversed[len] = '\0';
    RETURN_STRINGL(reversed, len, 0);
}

PHP_FUNCTION(str_shuffle)
{
    char *copy = string_argument_copy(INTERNAL_FUNCTION_PARAM_PASSTHRU);
    long left;

    if (!copy) {
        return;
    }
    for (left = Z_STRLEN_P(return_value) - 1; left > 0; left--) {
        long chosen = php_rand();
        char c;

        RAND_RANGE(chosen, 0, left, PHP_RAND_MAX);
        c = copy[left];
        copy[left] = copy[chosen];
        copy[chosen] = c;
    }
}

PHP_FUNCTION(str_rot13)
{
    char *copy = string_argument_copy(INTERNAL_FUNCTION_PARAM_PASSTHRU);
    char *end;

    if (!copy) {
        return;
    }
    for (end = copy + Z_STRLEN_P(return_value); copy < end; copy++) {
        char lower = (char) (*copy | 0x20);

        if (lower >= 'a' && lower <= 'z') {
            *copy = (char) (*copy + (lower < 'n' ? 13 : -13));
        }
    }
}

PHP_FUNCTION(chr)
{
    long code;
    char c;

    if (ZEND_NUM_ARGS() != 1) {
        WRONG_PARAM_COUNT;
    }
    if (zend_parse_parameters_ex(ZEND_PARSE_PARAMS_QUIET, ZEND_NUM_ARGS(), "l", &code)
        == FAILURE) {
        code = 0;
    }
    c = (char) (code & 0xff);
    RETURN_STRINGL(&c, 1, 1);
}

PHP_FUNCTION(ord)
{
    char *str;
    int len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &str, &len) == FAILURE) {
        return;
    }
    RETURN_LONG((unsigned char) *str);
}

char *php_bin2hex(const unsigned char *old, size_t oldlen, size_t *newlen)
{
    static const char digits[] = "0123456789abcdef";
    char *result = safe_emalloc(oldlen, 2, 1);
    char *out = result;
    size_t i;

    for (i = 0; i < oldlen; i++) {
        *out++ = digits[old[i] >> 4];
        *out++ = digits[old[i] & 15];
    }
    *out = '\0';
    if (newlen) {
        *newlen = oldlen * 2;
    }
    return result;
}

PHP_FUNCTION(bin2hex)
{
    char *data, *result;
    int len;
    size_t new_len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &data, &len) == FAILURE) {
        return;
    }
    php_string_check_length((size_t) len * 2);
    result = php_bin2hex((const unsigned char *) data, (size_t) len, &new_len);
    RETURN_STRINGL(result, new_len, 0);
}

static int hex_digit_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char) (c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

PHP_FUNCTION(hex2bin)
{
    char *data, *result;
    int len, i;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &data, &len) == FAILURE) {
        return;
    }
    if (len % 2 != 0) {
        php_error_docref(NULL, E_WARNING, "Hexadecimal input string must have an even length");
        RETURN_FALSE;
    }
    result = emalloc((size_t) len / 2 + 1);
    for (i = 0; i < len / 2; i++) {
        int high = hex_digit_value(data[2 * i]), low = hex_digit_value(data[2 * i + 1]);

        if (high < 0 || low < 0) {
            efree(result);
            php_error_docref(NULL, E_WARNING, "Input string must be hexadecimal string");
            RETURN_FALSE;
        }
        result[i] = (char) (high << 4 | low);
    }
    result[len / 2] = '\0';
    RETURN_STRINGL(result, len / 2, 0);
}

static const zend_function_entry string_case_functions[] = {
    PHP_FE(strtoupper, "$str", "Returns the string in upper case.")
    PHP_FE(strtolower, "$str", "Returns the string in lower case.")
    PHP_FE(ucfirst, "$str", "Makes the first letter a capital.")
    PHP_FE(lcfirst, "$str", "Makes the first letter a small one.")
    PHP_FE(ucwords, "$str, [$delimiters]", "Makes the first letter of each word a capital.")
    PHP_FE(strrev, "$str", "Returns the string backwards.")
    PHP_FE(str_shuffle, "$str", "Returns the bytes in random order.")
    PHP_FE(str_rot13, "$str", "Moves each letter thirteen places on in the alphabet.")
    PHP_FE(chr, "$codepoint", "Returns the one-byte string of a code.")
    PHP_FE(ord, "$character", "Returns the code of the first byte.")
    PHP_FE(bin2hex, "$data", "Writes each byte as two hexadecimal digits.")
    PHP_FE(hex2bin, "$data", "Turns pairs of hexadecimal digits into bytes.")
    PHP_FE_END
};

const php_standard_part standard_string_case_part = { .functions = string_case_functions };
