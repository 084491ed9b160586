/* SPDX-License-Identifier: MIT */
/*
 * The module `iconv`: iconv(3) for scripts, and strings counted in characters of any charset.
 *
 * The functions on strings convert to UTF-32 first and work on code points.
 */
#include "main/php.h"

#include <errno.h>
#include <gnu/libc-version.h>
#include <iconv.h>

#define CHARSET_MAX 64 /* longer names are none */
#define WIDE "UTF-32LE"

typedef enum _iconv_error { ICONV_OK, ICONV_WRONG_CHARSET, ICONV_ILLEGAL_CHARACTER,
    ICONV_INCOMPLETE, ICONV_UNKNOWN } iconv_error;

/* The charset that functions assume; malloc'ed by nobody: empty means UTF-8. */
static char input_encoding[CHARSET_MAX], output_encoding[CHARSET_MAX],
    internal_encoding[CHARSET_MAX];

static const char *charset_or(const char *given, const char *setting)
{
    return given ? given : *setting ? setting : "UTF-8";
}

/* --- Conversion ---------------------------------------------------------------------------- */

/* *result gets an emalloc'ed string with a NUL behind, also after an error within the text. */
static iconv_error convert(const char *text, size_t length, const char *from, const char *to,
    char **result, size_t *result_length)
{
    iconv_t cd = iconv_open(to, from);
    char *in = (char *) text, *out;
    size_t room = length + 32, left;
    bool flushing = false;
    iconv_error error = ICONV_OK;

    *result = NULL;
    *result_length = 0;
    if (cd == (iconv_t) -1) {
        return ICONV_WRONG_CHARSET;
    }
    out = *result = emalloc(room + 4);
    left = room;
    while (error == ICONV_OK) {
        if (iconv(cd, flushing ? NULL : &in, flushing ? NULL : &length, &out, &left)
            != (size_t) -1) {
            if (flushing) {
                break;
            }
            flushing = true;
        } else if (errno == E2BIG) {
            size_t used = (size_t) (out - *result);
            left += room;
            room *= 2;
            *result = erealloc(*result, room + 4);
            out = *result + used;
        } else {
            error = errno == EILSEQ ? ICONV_ILLEGAL_CHARACTER
                : errno == EINVAL ? ICONV_INCOMPLETE : ICONV_UNKNOWN;
        }
    }
    iconv_close(cd);
    memset(out, 0, 4);
    *result_length = (size_t) (out - *result);
    return error;
}

static void report(iconv_error error, const char *from, const char *to)
{
    switch (error) {
    case ICONV_OK:
        break;
    case ICONV_WRONG_CHARSET:
        php_error_docref(NULL, E_NOTICE,
            "Wrong charset, conversion from `%s' to `%s' is not allowed", from, to);
        break;
    case ICONV_ILLEGAL_CHARACTER:
        php_error_docref(NULL, E_NOTICE, "Detected an illegal character in input string");
        break;
    case ICONV_INCOMPLETE:
        php_error_docref(NULL, E_NOTICE,
            "Detected an incomplete multibyte character in input string");
        break;
    case ICONV_UNKNOWN:
        php_error_docref(NULL, E_NOTICE, "Unknown error (%d)", errno);
        break;
    }
}

/* Checks the length of a charset's name; false after a warning. */
static bool check_charset(int length)
{
    if (length >= CHARSET_MAX) {
        php_error_docref(NULL, E_WARNING,
            "Charset parameter exceeds the maximum allowed length of %d characters", CHARSET_MAX);
    }
    return length < CHARSET_MAX;
}

PHP_FUNCTION(iconv)
{
    char *from, *to, *text, *result;
    int from_length, to_length, length;
    size_t result_length;
    iconv_error error;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sss", &from, &from_length, &to, &to_length,
            &text, &length) == FAILURE) {
        return;
    }
    if (!check_charset(from_length) || !check_charset(to_length)) {
        RETURN_FALSE;
    }
    error = convert(text, (size_t) length, from, to, &result, &result_length);
    report(error, from, to);
    if (error == ICONV_OK) {
        RETURN_STRINGL(erealloc(result, result_length + 1), result_length, 0);
    }
    STR_FREE(result);
    RETURN_FALSE;
}

/* --- Strings in characters ----------------------------------------------------------------- */

typedef struct _wide_text {
    uint32_t *chars;
    long count;
} wide_text;

/* Decodes; false after a notice. Free wide->chars after a success. */
static bool widen(const char *text, int length, const char *charset, wide_text *wide)
{
    char *result;
    size_t result_length;
    iconv_error error = convert(text, (size_t) length, charset, WIDE, &result, &result_length);

    report(error, charset, WIDE);
    if (error != ICONV_OK) {
        STR_FREE(result);
        return false;
    }
    wide->chars = (uint32_t *) (void *) result;
    wide->count = (long) (result_length / sizeof(uint32_t));
    return true;
}

PHP_FUNCTION(iconv_strlen)
{
    char *text, *charset = NULL;
    int length, charset_length = 0;
    wide_text wide;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|s", &text, &length, &charset, &charset_length)
        == FAILURE || !check_charset(charset_length)) {
        RETURN_FALSE;
    }
    if (!widen(text, length, charset_or(charset, internal_encoding), &wide)) {
        RETURN_FALSE;
    }
    efree(wide.chars);
    RETURN_LONG(wide.count);
}

/* Cuts from and size to the text; false when nothing of it is meant. */
static bool clip(long *from, long *size, long count)
{
    if (*from < 0) {
        *from += count;
    }
    if (*from < 0 || *from > count) {
        return false;
    }
    if (*size < 0) {
        *size += count - *from;
    }
    if (*size < 0) {
        return false;
    }
    if (*size > count - *from) {
        *size = count - *from;
    }
    return true;
}

PHP_FUNCTION(iconv_substr)
{
    char *text, *charset = NULL, *result;
    int length, charset_length = 0;
    long from, size;
    size_t result_length;
    wide_text wide;
    iconv_error error = ICONV_UNKNOWN;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sl|ls", &text, &length, &from, &size, &charset,
            &charset_length) == FAILURE || !check_charset(charset_length)) {
        RETURN_FALSE;
    }
    charset = (char *) charset_or(charset, internal_encoding);
    if (!widen(text, length, charset, &wide)) {
        RETURN_FALSE;
    }
    if (ZEND_NUM_ARGS() < 3) {
        size = wide.count;
    }
    if (clip(&from, &size, wide.count)) {
        error = convert((char *) (wide.chars + from), (size_t) size * sizeof(uint32_t), WIDE,
            charset, &result, &result_length);
        if (error == ICONV_OK) {
            RETVAL_STRINGL(erealloc(result, result_length + 1), result_length, 0);
        } else {
            STR_FREE(result);
        }
    }
    efree(wide.chars);
    if (error != ICONV_OK) {
        RETURN_FALSE;
    }
}

/* Where needle is in haystack from offset on, the first or the last place; -1: nowhere. */
static long find(const wide_text *haystack, const wide_text *needle, long offset, bool last)
{
    long place, found = -1;

    for (place = offset; place <= haystack->count - needle->count; place++) {
        if (!memcmp(haystack->chars + place, needle->chars,
                (size_t) needle->count * sizeof(uint32_t))) {
            found = place;
            if (!last) {
                break;
            }
        }
    }
    return found;
}

static void return_place(zval *return_value, const char *haystack, int haystack_length,
    const char *needle, int needle_length, long offset, const char *charset, bool last)
{
    wide_text wide_haystack, wide_needle;
    long place;

    if (needle_length == 0 || !widen(haystack, haystack_length, charset, &wide_haystack)) {
        RETURN_FALSE;
    }
    if (!widen(needle, needle_length, charset, &wide_needle)) {
        efree(wide_haystack.chars);
        RETURN_FALSE;
    }
    place = find(&wide_haystack, &wide_needle, offset, last);
    efree(wide_haystack.chars);
    efree(wide_needle.chars);
    if (place < 0) {
        RETURN_FALSE;
    }
    RETURN_LONG(place);
}

PHP_FUNCTION(iconv_strpos)
{
    char *haystack, *needle, *charset = NULL;
    int haystack_length, needle_length, charset_length = 0;
    long offset = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss|ls", &haystack, &haystack_length, &needle,
            &needle_length, &offset, &charset, &charset_length) == FAILURE
        || !check_charset(charset_length)) {
        RETURN_FALSE;
    }
    if (offset < 0) {
        php_error_docref(NULL, E_WARNING, "Offset not contained in string.");
        RETURN_FALSE;
    }
    return_place(return_value, haystack, haystack_length, needle, needle_length, offset,
        charset_or(charset, internal_encoding), false);
}

PHP_FUNCTION(iconv_strrpos)
{
    char *haystack, *needle, *charset = NULL;
    int haystack_length, needle_length, charset_length = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss|s", &haystack, &haystack_length, &needle,
            &needle_length, &charset, &charset_length) == FAILURE
        || !check_charset(charset_length)) {
        RETURN_FALSE;
    }
    return_place(return_value, haystack, haystack_length, needle, needle_length, 0,
        charset_or(charset, internal_encoding), true);
}

/* --- Settings ------------------------------------------------------------------------------ */

/* The setting of a name, or NULL. */
static char *setting_of(const char *name)
{
    return !strcasecmp(name, "input_encoding") ? input_encoding
        : !strcasecmp(name, "output_encoding") ? output_encoding
        : !strcasecmp(name, "internal_encoding") ? internal_encoding : NULL;
}

PHP_FUNCTION(iconv_set_encoding)
{
    char *type, *charset, *setting;
    int type_length, charset_length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss", &type, &type_length, &charset,
            &charset_length) == FAILURE || !check_charset(charset_length)) {
        RETURN_FALSE;
    }
    setting = setting_of(type);
    if (!setting) {
        RETURN_FALSE;
    }
    memcpy(setting, charset, (size_t) charset_length + 1);
    RETURN_TRUE;
}

PHP_FUNCTION(iconv_get_encoding)
{
    char *type = "all";
    int type_length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|s", &type, &type_length) == FAILURE) {
        return;
    }
    if (setting_of(type)) {
        RETURN_STRING(charset_or(NULL, setting_of(type)), 1);
    }
    if (strcasecmp(type, "all")) {
        RETURN_FALSE;
    }
    array_init(return_value);
    add_assoc_string(return_value, "input_encoding", charset_or(NULL, input_encoding), 1);
    add_assoc_string(return_value, "output_encoding", charset_or(NULL, output_encoding), 1);
    add_assoc_string(return_value, "internal_encoding", charset_or(NULL, internal_encoding), 1);
}

static PHP_MINIT_FUNCTION(iconv)
{
    REGISTER_STRING_CONSTANT("ICONV_IMPL", "glibc", CONST_CS | CONST_PERSISTENT);
    REGISTER_STRING_CONSTANT("ICONV_VERSION", (char *) gnu_get_libc_version(),
        CONST_CS | CONST_PERSISTENT);
    return SUCCESS;
}

static PHP_RINIT_FUNCTION(iconv)
{
    *input_encoding = *output_encoding = *internal_encoding = '\0';
    return SUCCESS;
}

static const zend_function_entry iconv_functions[] = {
    PHP_FE(iconv, "$in_charset, $out_charset, $str", "Converts a string to another charset.")
    PHP_FE(iconv_get_encoding, "[$type]", "Returns what charset is assumed.")
    PHP_FE(iconv_set_encoding, "$type, $charset", "Sets what charset is assumed.")
    PHP_FE(iconv_strlen, "$str, [$charset]", "Returns the number of characters.")
    PHP_FE(iconv_substr, "$str, $offset, [$length], [$charset]", "Returns a part of a string.")
    PHP_FE(iconv_strpos, "$haystack, $needle, [$offset], [$charset]",
        "Returns where a string is found first.")
    PHP_FE(iconv_strrpos, "$haystack, $needle, [$charset]",
        "Returns where a string is found last.")
    PHP_FE_END
};

zend_module_entry iconv_module_entry = {
    STANDARD_MODULE_HEADER,
    "iconv",
    iconv_functions,
    PHP_MINIT(iconv),
    NULL,
    PHP_RINIT(iconv),
    NULL,
    NULL,
    PHP_VERSION,
    STANDARD_MODULE_PROPERTIES,
};
