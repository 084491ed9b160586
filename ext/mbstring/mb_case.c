/* SPDX-License-Identifier: MIT */
/* Upper, lower and title case of code points, by the C library's tables for UTF-8. */
#include "ext/mbstring/php_mbstring.h"

#include <locale.h>
#include <wctype.h>

/* A locale in which all of Unicode has case, whatever the process's own is. */
static locale_t unicode_locale(void)
{
    static locale_t locale;

    if (!locale) {
        locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t) 0);
    }
    return locale;
}

static uint32_t to_upper(uint32_t c)
{
    if (c < 0x80) {
        return c >= 'a' && c <= 'z' ? c - 32 : c;
    }
    return unicode_locale() && c <= 0x10ffff ? (uint32_t) towupper_l(c, unicode_locale()) : c;
}

static uint32_t to_lower(uint32_t c)
{
    if (c < 0x80) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
    return unicode_locale() && c <= 0x10ffff ? (uint32_t) towlower_l(c, unicode_locale()) : c;
}

/* Does the character belong to a word? Digits, dashes and brackets separate words. */
static bool is_word(uint32_t c)
{
    if (c < 0x80) {
        return zend_tolower_ascii(c) != c || (c >= 'a' && c <= 'z')
            || (c && strchr("!\"#%&'*,./:;?@\\^`", (int) c));
    }
    return unicode_locale() && c <= 0x10ffff && iswalpha_l(c, unicode_locale());
}

void mb_change_case(mb_text *text, int mode)
{
    bool in_word = false;
    size_t i;

    for (i = 0; i < text->count; i++) {
        uint32_t c = text->chars[i];

        if (mode == MB_CASE_TITLE) {
            bool belongs = is_word(c);
            if (belongs) {
                c = in_word ? to_lower(c) : to_upper(c);
            }
            in_word = belongs;
        } else {
            c = mode == MB_CASE_UPPER ? to_upper(c) : to_lower(c);
        }
        text->chars[i] = c;
    }
}

void mb_fold_case(mb_text *text)
{
    mb_change_case(text, MB_CASE_UPPER);
    mb_change_case(text, MB_CASE_LOWER);
}

static void convert_case(zval *return_value, const char *string, int length, const char *name,
    int mode)
{
    const mb_encoding *encoding = mb_encoding_argument(name);
    mb_text text;

    if (!encoding) {
        RETURN_FALSE;
    }
    text = mb_decode(encoding, string, (size_t) length);
    mb_change_case(&text, mode);
    mb_return(return_value, encoding, &text, 0, text.count);
    mb_text_free(&text);
}

PHP_FUNCTION(mb_convert_case)
{
    char *string, *name = NULL;
    int length, name_length;
    long mode;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sl|s!", &string, &length, &mode, &name,
            &name_length) == FAILURE) {
        RETURN_FALSE;
    }
    convert_case(return_value, string, length, name, (int) mode);
}

static void case_function(INTERNAL_FUNCTION_PARAMETERS, int mode)
{
    char *string, *name = NULL;
    int length, name_length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|s!", &string, &length, &name, &name_length)
        == FAILURE) {
        return;
    }
    convert_case(return_value, string, length, name, mode);
}

PHP_FUNCTION(mb_strtoupper)
{
    case_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, MB_CASE_UPPER);
}

PHP_FUNCTION(mb_strtolower)
{
    case_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, MB_CASE_LOWER);
}
