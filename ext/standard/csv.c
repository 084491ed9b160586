/* SPDX-License-Identifier: MIT */
/*
 * Comma separated values: str_getcsv(), and the engine of fgetcsv() and fputcsv().
 *
 * A field is plain, up to the delimiter, or in quotes, where a quote is written twice, and the
 * escape character keeps a quote behind it from ending the field (both stay in it). White
 * space before quotes is dropped; text behind the closing quote is kept.
 */
#include <ctype.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

typedef struct _csv_reader {
    const char *p, *end;  /* what is left of the line */
    char *buf;            /* the line; owned */
    char delimiter, enclosure, escape;
    php_stream *stream;
    smart_str field;
} csv_reader;

/* The end of a text without the line break behind it. */
static const char *without_line_break(const char *start, const char *end)
{
    if (end > start && end[-1] == '\n') {
        end--;
    }
    if (end > start && end[-1] == '\r') {
        end--;
    }
    return end;
}

static void csv_append(csv_reader *r, const char *from, const char *to)
{
    smart_str_appendl(&r->field, from, (size_t) (to - from));
}

/* Goes on with the stream's next line. */
static bool csv_next_line(csv_reader *r)
{
    size_t len;
    char *line = r->stream ? php_stream_get_line(r->stream, NULL, 0, &len) : NULL;

    if (!line) {
        return false;
    }
    efree(r->buf);
    r->buf = line;
    r->p = line;
    r->end = line + len;
    return true;
}

/* The part in quotes; r->p is behind the opening one, and afterwards behind the closing one. */
static void csv_read_quoted(csv_reader *r)
{
    const char *from = r->p;

    for (;;) {
        if (r->p >= r->end) {
            csv_append(r, from, r->end);
            if (!csv_next_line(r)) {
                r->p = r->end;
                return;
            }
            from = r->p;
        } else if (*r->p == r->escape && r->escape != r->enclosure && r->p + 1 < r->end) {
            r->p += 2;
        } else if (*r->p != r->enclosure) {
            r->p++;
        } else if (r->p + 1 < r->end && r->p[1] == r->enclosure) {
            csv_append(r, from, r->p + 1);
            r->p += 2;
            from = r->p;
        } else {
            csv_append(r, from, r->p);
            r->p++;
            return;
        }
    }
}

/* Reads up to the delimiter, and past it. false: this was the last field. */
static bool csv_read_plain(csv_reader *r, bool after_quotes)
{
    const char *from = r->p, *found = NULL, *end;

    if (r->p < r->end) {
        found = memchr(r->p, r->delimiter, (size_t) (r->end - r->p));
    }
    end = found ? found : r->end;
    csv_append(r, from, found && after_quotes ? end : without_line_break(from, end));
    r->p = found ? found + 1 : r->end;
    return found != NULL;
}

void php_fgetcsv(php_stream *stream, char delimiter, char enclosure, char escape_char,
    size_t buf_len, char *buf, zval *return_value)
{
    csv_reader r = {
        .p = buf, .end = buf + buf_len, .buf = buf, .delimiter = delimiter,
        .enclosure = enclosure, .escape = escape_char, .stream = stream,
    };
    bool more, in_quotes;

    array_init(return_value);
    if (without_line_break(buf, buf + buf_len) == buf) {
        add_next_index_null(return_value);
        efree(buf);
        return;
    }
    do {
        const char *p = r.p;

        r.field.len = 0;
        while (p < r.end && isspace((unsigned char) *p) && *p != delimiter) {
            p++;
        }
        in_quotes = p < r.end && *p == enclosure;
        if (in_quotes) {
            r.p = p + 1;
            csv_read_quoted(&r);
        }
        more = csv_read_plain(&r, in_quotes);
        php_string_check_length(r.field.len);
        add_next_index_stringl(return_value, r.field.len ? r.field.c : "", (uint) r.field.len, 1);
    } while (more);
    smart_str_free(&r.field);
    efree(r.buf);
}

/* Does a field need quotes? */
static bool csv_needs_quotes(const char *text, size_t len, char delimiter, char enclosure,
    char escape_char)
{
    size_t i;

    for (i = 0; i < len; i++) {
        char c = text[i];

        if (c == delimiter || c == enclosure || c == escape_char || c == '\n' || c == '\r'
            || c == '\t' || c == ' ') {
            return true;
        }
    }
    return false;
}

static void csv_write_field(smart_str *line, const char *text, size_t len, char enclosure,
    char escape_char)
{
    bool escaped = false;
    size_t i;

    smart_str_appendc(line, enclosure);
    for (i = 0; i < len; i++) {
        if (text[i] == escape_char && escape_char != enclosure) {
            escaped = true;
        } else if (!escaped && text[i] == enclosure) {
            smart_str_appendc(line, enclosure);
        } else {
            escaped = false;
        }
        smart_str_appendc(line, text[i]);
    }
    smart_str_appendc(line, enclosure);
}

int php_fputcsv(php_stream *stream, zval *fields, char delimiter, char enclosure,
    char escape_char)
{
    smart_str line = { 0 };
    HashPosition pos;
    zval **element;
    bool first = true;
    size_t written;

    zend_hash_internal_pointer_reset_ex(Z_ARRVAL_P(fields), &pos);
    while (zend_hash_get_current_data_ex(Z_ARRVAL_P(fields), (void **) &element, &pos)
        == SUCCESS) {
        zval copy;

        ZVAL_COPY_VALUE(&copy, *element);
        INIT_PZVAL(&copy);
        zval_copy_ctor(&copy);
        convert_to_string(&copy);
        if (!first) {
            smart_str_appendc(&line, delimiter);
        }
        first = false;
        if (csv_needs_quotes(Z_STRVAL(copy), (size_t) Z_STRLEN(copy), delimiter, enclosure,
                escape_char)) {
            csv_write_field(&line, Z_STRVAL(copy), (size_t) Z_STRLEN(copy), enclosure,
                escape_char);
        } else {
            smart_str_appendl(&line, Z_STRVAL(copy), (size_t) Z_STRLEN(copy));
        }
        zval_dtor(&copy);
        zend_hash_move_forward_ex(Z_ARRVAL_P(fields), &pos);
    }
    smart_str_appendc(&line, '\n');
    written = php_stream_write(stream, line.c, line.len);
    smart_str_free(&line);
    return (int) written;
}

PHP_FUNCTION(str_getcsv)
{
    char *str, *delimiter = NULL, *enclosure = NULL, *escape = NULL;
    int len, delimiter_len = 0, enclosure_len = 0, escape_len = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|sss", &str, &len, &delimiter, &delimiter_len,
            &enclosure, &enclosure_len, &escape, &escape_len) == FAILURE) {
        return;
    }
    php_fgetcsv(NULL, delimiter_len ? *delimiter : ',', enclosure_len ? *enclosure : '"',
        escape_len ? *escape : '\\', (size_t) len, estrndup(str, (uint) len), return_value);
}

static const zend_function_entry csv_functions[] = {
    PHP_FE(str_getcsv, "$string, [$delimiter], [$enclosure], [$escape]",
        "Takes a line of comma separated values apart.")
    PHP_FE_END
};

const php_standard_part standard_csv_part = { .functions = csv_functions };
