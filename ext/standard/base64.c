/* SPDX-License-Identifier: MIT */
/*
 * base64: three bytes as four characters of 64.
 *
 * Decoding passes over what is none of them, unless strict. A "=" where the first half of a group
 * of four would be is no padding, and an error.
 */
#include <ctype.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"
#include "ext/standard/url.h"

static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

unsigned char *php_base64_encode(const unsigned char *str, int length, int *ret_length)
{
    size_t total = ((size_t) length + 2) / 3 * 4;
    unsigned char *result = safe_emalloc(((size_t) length + 2) / 3, 4, 1), *out = result;

    php_string_check_length(total);
    for (; length > 0; length -= 3, str += 3) {
        unsigned group = (unsigned) str[0] << 16 | (length > 1 ? str[1] << 8 : 0)
            | (length > 2 ? str[2] : 0);

        *out++ = (unsigned char) base64_digits[group >> 18];
        *out++ = (unsigned char) base64_digits[group >> 12 & 63];
        *out++ = length > 1 ? (unsigned char) base64_digits[group >> 6 & 63] : '=';
        *out++ = length > 2 ? (unsigned char) base64_digits[group & 63] : '=';
    }
    *out = '\0';
    if (ret_length) {
        *ret_length = (int) total;
    }
    return result;
}

/* 0 ... 63, -1 for white space, -2 for anything else. */
static int base64_value(unsigned char c)
{
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
        return c - '0' + 52;
    }
    if (c == '+' || c == '/') {
        return c == '+' ? 62 : 63;
    }
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' ? -1 : -2;
}

/*
 * May there be a "=" at i? Not behind the first character of a group; and, if strict, only other
 * "=" and white space may follow (the byte right behind it is not looked at, as it never was).
 */
static bool padding_is_sound(const unsigned char *str, int length, int i, int digits, bool strict)
{
    if (i + 1 < length && str[i + 1] == '=') {
        return true;
    }
    if (digits % 4 == 1) {
        return false;
    }
    if (strict && i + 1 < length) {
        for (i += 2; i < length && isspace(str[i]); i++) {
        }
        return i >= length;
    }
    return true;
}

unsigned char *php_base64_decode_ex(const unsigned char *str, int length, int *ret_length,
    zend_bool strict)
{
    unsigned char *result = emalloc((size_t) length + 1), *out = result;
    unsigned group = 0;
    int digits = 0, i;

    for (i = 0; i < length && str[i] != '\0'; i++) {
        int value;

        if (str[i] == '=') {
            if (!padding_is_sound(str, length, i, digits, strict)) {
                efree(result);
                return NULL;
            }
            if (strict && i + 1 < length && str[i + 1] != '=') {
                break;
            }
            continue;
        }
        value = base64_value(str[i]);
        if (value < 0) {
            if (strict && value == -2) {
                efree(result);
                return NULL;
            }
            continue;
        }
        group = group << 6 | (unsigned) value;
        digits++;
        if (digits % 4 == 0) {
            *out++ = (unsigned char) (group >> 16);
            *out++ = (unsigned char) (group >> 8);
            *out++ = (unsigned char) group;
        }
    }
    if (digits % 4 >= 2) {
        group <<= digits % 4 == 2 ? 12 : 6;
        *out++ = (unsigned char) (group >> 16);
        if (digits % 4 == 3) {
            *out++ = (unsigned char) (group >> 8);
        }
    }
    *out = '\0';
    *ret_length = (int) (out - result);
    return result;
}

PHP_FUNCTION(base64_encode)
{
    char *str;
    int len, new_len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &str, &len) == FAILURE) {
        return;
    }
    str = (char *) php_base64_encode((unsigned char *) str, len, &new_len);
    RETURN_STRINGL(str, new_len, 0);
}

PHP_FUNCTION(base64_decode)
{
    char *str;
    int len, new_len;
    zend_bool strict = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|b", &str, &len, &strict) == FAILURE) {
        return;
    }
    str = (char *) php_base64_decode_ex((unsigned char *) str, len, &new_len, strict);
    if (!str) {
        RETURN_FALSE;
    }
    RETURN_STRINGL(str, new_len, 0);
}

static const zend_function_entry base64_functions[] = {
    PHP_FE(base64_encode, "$str", "Writes bytes in base64.")
    PHP_FE(base64_decode, "$str, [$strict]", "Reads base64.")
    PHP_FE_END
};

const php_standard_part standard_base64_part = { .functions = base64_functions };
