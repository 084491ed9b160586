/* SPDX-License-Identifier: MIT */
/*
 * From the mail: bytes as printable lines (quoted-printable and uuencode), addresses as numbers.
 */
#include <ctype.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

/* ---- Quoted-printable ------------------------------------------------------------------------ */

#define QP_LINE_LENGTH 75

/* Must the byte at p be written as "=XX"? Spaces must before a line break. */
static bool qp_must_encode(const unsigned char *p, const unsigned char *end)
{
    return iscntrl(*p) || *p == 0x7f || (*p & 0x80) || *p == '='
        || (*p == ' ' && p + 1 < end && p[1] == '\r');
}

PHP_FUNCTION(quoted_printable_encode)
{
    static const char digits[] = "0123456789ABCDEF";
    char *str;
    const unsigned char *p, *end;
    int len, room = QP_LINE_LENGTH;
    smart_str out = { 0 };

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &str, &len) != SUCCESS) {
        return;
    }
    if (len == 0) {
        RETURN_EMPTY_STRING();
    }
    p = (unsigned char *) str;
    for (end = p + len; p < end; p++) {
        bool encode;
        int needed;

        if (*p == '\r' && p + 1 < end && p[1] == '\n') {
            smart_str_appendl(&out, "\r\n", 2);
            p++;
            room = QP_LINE_LENGTH;
            continue;
        }
        encode = qp_must_encode(p, end);
        /* The bytes of a UTF-8 character stay together on a line. */
        needed = !encode ? 1 : *p < 0x80 || *p < 0xc0 ? 3 : *p < 0xe0 ? 6 : *p < 0xf0 ? 9 : 12;
        if (room < needed) {
            smart_str_appendl(&out, "=\r\n", 3);
            room = QP_LINE_LENGTH;
        }
        if (encode) {
            smart_str_appendc(&out, '=');
            smart_str_appendc(&out, digits[*p >> 4]);
            smart_str_appendc(&out, digits[*p & 15]);
            room -= 3;
        } else {
            smart_str_appendc(&out, (char) *p);
            room--;
        }
    }
    php_string_check_length(out.len);
    smart_str_0(&out);
    RETURN_STRINGL(erealloc(out.c, out.len + 1), out.len, 0);
}

static int hex_value(char c)
{
    return isdigit((unsigned char) c) ? c - '0' : (c | 0x20) - 'a' + 10;
}

/* How many bytes from p on ("=", spaces, a line break) are a soft line break; 0: none. */
static int qp_soft_break(const char *p, const char *end)
{
    const char *q = p + 1;

    while (q < end && (*q == ' ' || *q == '\t')) {
        q++;
    }
    if (q == end) {
        return (int) (q - p);
    }
    if (*q == '\r' && q + 1 < end && q[1] == '\n') {
        return (int) (q + 2 - p);
    }
    return *q == '\n' || *q == '\r' ? (int) (q + 1 - p) : 0;
}

PHP_FUNCTION(quoted_printable_decode)
{
    char *str, *result, *out;
    const char *p, *end;
    int len, n;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &str, &len) == FAILURE) {
        return;
    }
    if (len == 0) {
        RETURN_EMPTY_STRING();
    }
    result = out = emalloc((size_t) len + 1);
    p = str;
    for (end = p + len; p < end;) {
        if (*p != '=') {
            *out++ = *p++;
        } else if (end - p > 2 && isxdigit((unsigned char) p[1])
            && isxdigit((unsigned char) p[2])) {
            *out++ = (char) (hex_value(p[1]) << 4 | hex_value(p[2]));
            p += 3;
        } else if ((n = qp_soft_break(p, end)) > 0) {
            p += n;
        } else {
            *out++ = *p++;
        }
    }
    *out = '\0';
    RETURN_STRINGL(result, out - result, 0);
}

/* ---- uuencode -------------------------------------------------------------------------------- */

#define UU_LINE_BYTES 45

static char uu_digit(unsigned value)
{
    return value & 63 ? (char) ((value & 63) + ' ') : '`';
}

PHP_FUNCTION(convert_uuencode)
{
    char *data;
    int len, i, j;
    smart_str out = { 0 };

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &data, &len) == FAILURE || len < 1) {
        RETURN_FALSE;
    }
    for (i = 0; i < len; i += UU_LINE_BYTES) {
        int n = MIN(UU_LINE_BYTES, len - i);

        smart_str_appendc(&out, uu_digit((unsigned) n));
        for (j = 0; j < n; j += 3) {
            const unsigned char *p = (unsigned char *) data + i + j;
            unsigned group = (unsigned) p[0] << 16 | (j + 1 < n ? p[1] << 8 : 0)
                | (j + 2 < n ? p[2] : 0);

            smart_str_appendc(&out, uu_digit(group >> 18));
            smart_str_appendc(&out, uu_digit(group >> 12));
            smart_str_appendc(&out, uu_digit(group >> 6));
            smart_str_appendc(&out, uu_digit(group));
        }
        smart_str_appendc(&out, '\n');
    }
    smart_str_appends(&out, "`\n");
    php_string_check_length(out.len);
    smart_str_0(&out);
    RETURN_STRINGL(out.c, out.len, 0);
}

/* The lines into out; the number of bytes, or -1 when the text is malformed. */
static int uu_decode(const unsigned char *p, int len, char *out)
{
    const unsigned char *end = p + len;
    char *start = out;

    while (p < end) {
        int n = (*p - ' ') & 63, i;
        const unsigned char *line = p + 1;

        if (n == 0) {
            break;
        }
        if (end - line < (n + 2) / 3 * 4) {
            return -1;
        }
        for (i = 0; i < n; i++) {
            const unsigned char *group = line + i / 3 * 4;
            unsigned bits = (unsigned) ((group[0] - ' ') & 63) << 18
                | (unsigned) ((group[1] - ' ') & 63) << 12
                | (unsigned) ((group[2] - ' ') & 63) << 6 | (unsigned) ((group[3] - ' ') & 63);

            *out++ = (char) (bits >> (16 - i % 3 * 8));
        }
        p = line + (n + 2) / 3 * 4 + 1;
    }
    *out = '\0';
    return (int) (out - start);
}

PHP_FUNCTION(convert_uudecode)
{
    char *data, *result;
    int len, new_len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &data, &len) == FAILURE || len < 1) {
        RETURN_FALSE;
    }
    result = emalloc((size_t) len + 1);
    new_len = uu_decode((unsigned char *) data, len, result);
    if (new_len < 0) {
        efree(result);
        php_error_docref(NULL, E_WARNING,
            "The given parameter is not a valid uuencoded string");
        RETURN_FALSE;
    }
    RETURN_STRINGL(erealloc(result, (size_t) new_len + 1), new_len, 0);
}

/* ---- ezmlm ----------------------------------------------------------------------------------- */

/* The directory, of 53, in which the mailing list program ezmlm keeps an address. */
PHP_FUNCTION(ezmlm_hash)
{
    char *address;
    int len, i;
    unsigned hash = 5381;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &address, &len) == FAILURE) {
        return;
    }
    for (i = 0; i < len; i++) {
        hash = (hash + (hash << 5)) ^ (unsigned) tolower((unsigned char) address[i]);
    }
    RETURN_LONG(hash % 53);
}

static const zend_function_entry mail_encodings_functions[] = {
    PHP_FE(quoted_printable_encode, "$str", "Writes text as quoted-printable.")
    PHP_FE(quoted_printable_decode, "$str", "Reads quoted-printable text.")
    PHP_FE(convert_uuencode, "$data", "Writes bytes in uuencode.")
    PHP_FE(convert_uudecode, "$data", "Reads uuencode.")
    PHP_FE(ezmlm_hash, "$addr", "Returns the hash by which ezmlm files an address.")
    PHP_FE_END
};

const php_standard_part standard_mail_encodings_part = { .functions = mail_encodings_functions };
