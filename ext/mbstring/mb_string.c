/* SPDX-License-Identifier: MIT */
/* Lengths, widths and parts of strings. */
#include "ext/mbstring/php_mbstring.h"

void mb_return(zval *return_value, const mb_encoding *encoding, const mb_text *text, size_t begin,
    size_t end)
{
    size_t length;
    char *string = mb_encode(encoding, text->chars + begin, end - begin, &length);

    RETVAL_STRINGL(string, length, 0);
}

PHP_FUNCTION(mb_strlen)
{
    char *string, *name = NULL;
    int length, name_length;
    const mb_encoding *encoding;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|s!", &string, &length, &name, &name_length)
        == FAILURE) {
        RETURN_FALSE;
    }
    encoding = mb_encoding_argument(name);
    if (!encoding) {
        RETURN_FALSE;
    }
    RETURN_LONG((long) mb_count(encoding, string, (size_t) length));
}

/* --- Parts --------------------------------------------------------------------------------- */

/* Makes from and size (SIZE absent: to the end) a range of 0..count. */
static void clip(long *from, long *size, bool has_size, long count)
{
    if (*from < 0) {
        *from = *from + count < 0 ? 0 : *from + count;
    }
    if (*from > count) {
        *from = count;
    }
    if (!has_size) {
        *size = count - *from;
    } else if (*size < 0) {
        *size = count - *from + *size < 0 ? 0 : count - *from + *size;
    } else if (*size > count - *from) {
        *size = count - *from;
    }
}

/* Bytes that the first n characters of a UTF-8 string take. */
static size_t utf8_offset(const char *string, size_t length, long n)
{
    size_t i = 0;

    while (n-- > 0 && i < length) {
        i += (size_t) mb_utf8_length((unsigned char) string[i]);
    }
    return i < length ? i : length;
}

/* "s l|z s": string, begin and the size, which may be NULL. */
static int parse_part(INTERNAL_FUNCTION_PARAMETERS, char **string, int *length, long *from,
    long *size, bool *has_size, const mb_encoding **encoding)
{
    char *name = NULL;
    int name_length;
    zval **size_argument = NULL;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sl|Zs!", string, length, from, &size_argument,
            &name, &name_length) == FAILURE) {
        return FAILURE;
    }
    *has_size = size_argument && Z_TYPE_PP(size_argument) != IS_NULL;
    *size = *has_size ? zend_zval_get_long(*size_argument) : 0;
    *encoding = mb_encoding_argument(name);
    return *encoding ? SUCCESS : FAILURE;
}

PHP_FUNCTION(mb_substr)
{
    char *string;
    int length;
    long from, size;
    bool has_size;
    const mb_encoding *encoding;
    mb_text text;

    if (parse_part(INTERNAL_FUNCTION_PARAM_PASSTHRU, &string, &length, &from, &size, &has_size,
            &encoding) == FAILURE) {
        RETURN_FALSE;
    }
    if (encoding->unit == 0) {
        size_t begin, end;

        clip(&from, &size, has_size, (long) mb_count(encoding, string, (size_t) length));
        begin = utf8_offset(string, (size_t) length, from);
        end = begin + utf8_offset(string + begin, (size_t) length - begin, size);
        RETURN_STRINGL(string + begin, end - begin, 1);
    }
    text = mb_decode(encoding, string, (size_t) length);
    clip(&from, &size, has_size, (long) text.count);
    mb_return(return_value, encoding, &text, (size_t) from, (size_t) (from + size));
    mb_text_free(&text);
}

/* Moves a byte offset of a UTF-8 string back to the beginning of its character. */
static long utf8_floor(const char *string, long length, long offset)
{
    while (offset > 0 && offset < length && (string[offset] & 0xc0) == 0x80) {
        offset--;
    }
    return offset;
}

/* Counts in bytes, but cuts no character. */
PHP_FUNCTION(mb_strcut)
{
    char *string;
    int length;
    long from, size, end;
    bool has_size;
    const mb_encoding *encoding;

    if (parse_part(INTERNAL_FUNCTION_PARAM_PASSTHRU, &string, &length, &from, &size, &has_size,
            &encoding) == FAILURE) {
        RETURN_FALSE;
    }
    if (from > length) {
        RETURN_FALSE;
    }
    clip(&from, &size, has_size, length);
    end = from + size;
    if (encoding->unit == 0) {
        from = utf8_floor(string, length, from);
        end = utf8_floor(string, length, end);
    } else {
        from -= from % encoding->unit;
        end -= (end - from) % encoding->unit;
    }
    RETURN_STRINGL(string + from, end > from ? end - from : 0, 1);
}

/* --- Widths -------------------------------------------------------------------------------- */

int mb_char_width(uint32_t c)
{
    static const uint32_t wide[][2] = {
        {0x1100, 0x115f}, {0x11a3, 0x11a7}, {0x11fa, 0x11ff}, {0x2329, 0x232a}, {0x2e80, 0x2e99},
        {0x2e9b, 0x2ef3}, {0x2f00, 0x2fd5}, {0x2ff0, 0x2ffb}, {0x3000, 0x303e}, {0x3041, 0x3096},
        {0x3099, 0x30ff}, {0x3105, 0x312d}, {0x3131, 0x318e}, {0x3190, 0x31ba}, {0x31c0, 0x31e3},
        {0x31f0, 0x321e}, {0x3220, 0x3247}, {0x3250, 0x32fe}, {0x3300, 0x4dbf}, {0x4e00, 0xa48c},
        {0xa490, 0xa4c6}, {0xa960, 0xa97c}, {0xac00, 0xd7a3}, {0xd7b0, 0xd7c6}, {0xd7cb, 0xd7fb},
        {0xf900, 0xfaff}, {0xfe10, 0xfe19}, {0xfe30, 0xfe52}, {0xfe54, 0xfe66}, {0xfe68, 0xfe6b},
        {0xff01, 0xff60}, {0xffe0, 0xffe6}, {0x1b000, 0x1b001}, {0x1f200, 0x1f202},
        {0x1f210, 0x1f23a}, {0x1f240, 0x1f248}, {0x1f250, 0x1f251}, {0x20000, 0x2fffd},
        {0x30000, 0x3fffd},
    };
    size_t low = 0, high = sizeof(wide) / sizeof(*wide);

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (c > wide[middle][1]) {
            low = middle + 1;
        } else if (c < wide[middle][0]) {
            high = middle;
        } else {
            return 2;
        }
    }
    return 1;
}

static long width_of(const mb_text *text, size_t begin)
{
    long width = 0;

    for (; begin < text->count; begin++) {
        width += mb_char_width(text->chars[begin]);
    }
    return width;
}

PHP_FUNCTION(mb_strwidth)
{
    char *string, *name = NULL;
    int length, name_length;
    const mb_encoding *encoding;
    mb_text text;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|s!", &string, &length, &name, &name_length)
        == FAILURE) {
        return;
    }
    encoding = mb_encoding_argument(name);
    if (!encoding) {
        RETURN_FALSE;
    }
    text = mb_decode(encoding, string, (size_t) length);
    RETVAL_LONG(width_of(&text, 0));
    mb_text_free(&text);
}

/* The end of what fits into width, from begin on. */
static size_t end_of_width(const mb_text *text, size_t begin, long width)
{
    while (begin < text->count && width >= mb_char_width(text->chars[begin])) {
        width -= mb_char_width(text->chars[begin++]);
    }
    return begin;
}

/* Returns chars[begin..end) and the marker. */
static void return_marked(zval *return_value, const mb_encoding *encoding, const mb_text *text,
    size_t begin, size_t end, const mb_text *marker)
{
    mb_text both = {safe_emalloc(end - begin + marker->count, sizeof(uint32_t), 1), 0};

    memcpy(both.chars, text->chars + begin, (end - begin) * sizeof(uint32_t));
    memcpy(both.chars + (end - begin), marker->chars, marker->count * sizeof(uint32_t));
    both.count = end - begin + marker->count;
    mb_return(return_value, encoding, &both, 0, both.count);
    mb_text_free(&both);
}

PHP_FUNCTION(mb_strimwidth)
{
    char *string, *marker_string = NULL, *name = NULL;
    int length, marker_length = 0, name_length;
    long from, width;
    const mb_encoding *encoding;
    mb_text text, marker;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sll|ss!", &string, &length, &from, &width,
            &marker_string, &marker_length, &name, &name_length) == FAILURE) {
        return;
    }
    encoding = mb_encoding_argument(name);
    if (!encoding) {
        RETURN_FALSE;
    }
    text = mb_decode(encoding, string, (size_t) length);
    marker = mb_decode(encoding, marker_string ? marker_string : "", (size_t) marker_length);
    if (from < 0 || (size_t) from > text.count) {
        php_error_docref(NULL, E_WARNING, "Start position is out of range");
        RETVAL_FALSE;
    } else if (width < 0) {
        php_error_docref(NULL, E_WARNING, "Width is negative value");
        RETVAL_FALSE;
    } else if (width_of(&text, (size_t) from) <= width) {
        mb_return(return_value, encoding, &text, (size_t) from, text.count);
    } else {
        long left = width - width_of(&marker, 0);
        return_marked(return_value, encoding, &text, (size_t) from,
            end_of_width(&text, (size_t) from, left < 0 ? 0 : left), &marker);
    }
    mb_text_free(&text);
    mb_text_free(&marker);
}
