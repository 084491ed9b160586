/* SPDX-License-Identifier: MIT */
/*
 * JSON to values: a parser by recursive descent.
 *
 * The text is checked to be UTF-8 first, so that the rest may look at bytes. A value that was
 * begun is freed by the function that began it; after an error the result is NULL.
 */
#include "ext/json/php_json.h"

#include <errno.h>

#include "object/zend_objects.h"
#include "runtime/zend_stack_limit.h"

typedef struct _json_parser {
    const char *p, *end; /* *end is NUL */
    long depth, max_depth;
    int options;
    php_json_error error;
} json_parser;

/* A decoded string or key; emalloc'ed. */
typedef struct _json_text {
    char *text;
    int length;
} json_text;

static bool parse_value(json_parser *parser, zval *value);

static bool fail(json_parser *parser, php_json_error error)
{
    parser->error = error;
    return false;
}

/* A character that cannot stand here. */
static bool fail_at_character(json_parser *parser)
{
    bool is_control = parser->p < parser->end && (unsigned char) *parser->p < ' ';

    return fail(parser, is_control ? PHP_JSON_ERROR_CTRL_CHAR : PHP_JSON_ERROR_SYNTAX);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_space(json_parser *parser)
{
    while (is_space(*parser->p)) {
        parser->p++;
    }
}

/* --- Strings ------------------------------------------------------------------------------- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The value of four hexadecimal digits, or -1. */
static int hex_unit(const char *p)
{
    int unit = 0, i;

    for (i = 0; i < 4; i++) {
        int digit = hex_digit(p[i]);

        if (digit < 0) {
            return -1;
        }
        unit = unit << 4 | digit;
    }
    return unit;
}

/* A unit of UTF-16, with its second half if one follows. p is behind the `u`. */
static int take_unicode_escape(const char **p)
{
    int code = hex_unit(*p);

    *p += 4;
    if ((code & ~0x3ff) == 0xd800 && (*p)[0] == '\\' && (*p)[1] == 'u') {
        int low = hex_unit(*p + 2);
        if (low >= 0 && (low & ~0x3ff) == 0xdc00) {
            *p += 6;
            code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
        }
    }
    return code;
}

static char *write_utf8(char *out, int code)
{
    if (code < 0x80) {
        *out++ = (char) code;
        return out;
    }
    if (code < 0x800) {
        *out++ = (char) (0xc0 | code >> 6);
    } else {
        if (code < 0x10000) {
            *out++ = (char) (0xe0 | code >> 12);
        } else {
            *out++ = (char) (0xf0 | code >> 18);
            *out++ = (char) (0x80 | (code >> 12 & 0x3f));
        }
        *out++ = (char) (0x80 | (code >> 6 & 0x3f));
    }
    *out++ = (char) (0x80 | (code & 0x3f));
    return out;
}

/* What \c stands for, or NUL if it stands for nothing. */
static char simple_escape(char c)
{
    switch (c) {
    case '"':
    case '\\':
    case '/':
        return c;
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return '\0';
    }
}

/* Finds the closing quote, checking on the way; the parser stays at the string's beginning. */
static const char *find_end_of_string(json_parser *parser, bool *has_escapes)
{
    const char *p = parser->p;

    *has_escapes = false;
    for (; *p != '"'; p++) {
        if ((unsigned char) *p < ' ') {
            fail(parser, p == parser->end ? PHP_JSON_ERROR_SYNTAX : PHP_JSON_ERROR_CTRL_CHAR);
            return NULL;
        }
        if (*p == '\\') {
            *has_escapes = true;
            p++;
            if (*p == 'u' && hex_unit(p + 1) >= 0) {
                p += 4;
            } else if (!simple_escape(*p)) {
                fail(parser, PHP_JSON_ERROR_SYNTAX);
                return NULL;
            }
        }
    }
    return p;
}

/* Writes the decoded form; it is never longer than what stands in the text. */
static char *decode_string(char *out, const char *p, const char *end)
{
    while (p < end) {
        const char *escape = memchr(p, '\\', (size_t) (end - p));
        size_t plain = (size_t) ((escape ? escape : end) - p);

        memcpy(out, p, plain);
        out += plain;
        p += plain;
        if (!escape) {
            break;
        }
        p += 2;
        if (p[-1] == 'u') {
            out = write_utf8(out, take_unicode_escape(&p));
        } else {
            *out++ = simple_escape(p[-1]);
        }
    }
    return out;
}

/* The parser stands behind the opening quote. */
static bool parse_string(json_parser *parser, json_text *string)
{
    bool has_escapes;
    const char *end = find_end_of_string(parser, &has_escapes);
    char *out;

    if (!end) {
        return false;
    }
    string->length = (int) (end - parser->p);
    if (has_escapes) {
        string->text = emalloc((size_t) string->length + 1);
        out = decode_string(string->text, parser->p, end);
        *out = '\0';
        string->length = (int) (out - string->text);
        string->text = erealloc(string->text, (size_t) string->length + 1);
    } else {
        string->text = estrndup(parser->p, (uint) string->length);
    }
    parser->p = end + 1;
    return true;
}

/* --- Numbers and words --------------------------------------------------------------------- */

static const char *skip_digits(const char *p)
{
    while (*p >= '0' && *p <= '9') {
        p++;
    }
    return p;
}

/* The end of a number, or NULL; *is_integer when it has neither point nor exponent. */
static const char *end_of_number(const char *p, bool *is_integer)
{
    const char *digits;

    *is_integer = true;
    if (*p == '-') {
        p++;
    }
    digits = p;
    p = skip_digits(p);
    if (p == digits || (*digits == '0' && p > digits + 1)) {
        return NULL;
    }
    if (*p == '.') {
        *is_integer = false;
        p = skip_digits(p + 1);
    }
    if (*p == 'e' || *p == 'E') {
        *is_integer = false;
        p++;
        if (*p == '+' || *p == '-') {
            p++;
        }
        digits = p;
        p = skip_digits(p);
        if (p == digits) {
            return NULL;
        }
    }
    return p;
}

static bool parse_number(json_parser *parser, zval *value)
{
    bool is_integer;
    const char *begin = parser->p;
    const char *end = end_of_number(begin, &is_integer);
    long number;

    if (!end) {
        return fail(parser, PHP_JSON_ERROR_SYNTAX);
    }
    parser->p = end;
    if (!is_integer) {
        ZVAL_DOUBLE(value, zend_strtod(begin, NULL));
        return true;
    }
    errno = 0;
    number = strtol(begin, NULL, 10);
    if (errno != ERANGE) {
        ZVAL_LONG(value, number);
    } else if (parser->options & PHP_JSON_BIGINT_AS_STRING) {
        ZVAL_STRINGL(value, begin, end - begin, 1);
    } else {
        ZVAL_DOUBLE(value, zend_strtod(begin, NULL));
    }
    return true;
}

static bool parse_word(json_parser *parser, zval *value)
{
    if (!strncmp(parser->p, "true", 4)) {
        parser->p += 4;
        ZVAL_TRUE(value);
    } else if (!strncmp(parser->p, "false", 5)) {
        parser->p += 5;
        ZVAL_FALSE(value);
    } else if (!strncmp(parser->p, "null", 4)) {
        parser->p += 4;
        ZVAL_NULL(value);
    } else {
        return fail_at_character(parser);
    }
    return true;
}

/* --- Arrays and objects -------------------------------------------------------------------- */

/* Behind an element: true to go on with the next; false at the end or after an error. */
static bool take_separator(json_parser *parser, char close)
{
    char c;

    skip_space(parser);
    c = *parser->p;
    if (c == ',') {
        parser->p++;
        skip_space(parser);
        return true;
    }
    if (c == close) {
        parser->p++;
        return false;
    }
    if (c == ']' || c == '}') {
        return fail(parser, PHP_JSON_ERROR_STATE_MISMATCH);
    }
    return fail_at_character(parser);
}

/* A new zval with the next value, or NULL. */
static zval *parse_element(json_parser *parser)
{
    zval *element;

    ALLOC_INIT_ZVAL(element);
    if (!parse_value(parser, element)) {
        zval_ptr_dtor(&element);
        return NULL;
    }
    return element;
}

static bool parse_array(json_parser *parser, zval *array)
{
    array_init(array);
    skip_space(parser);
    if (*parser->p == ']') {
        parser->p++;
        return true;
    }
    do {
        zval *element = parse_element(parser);

        if (!element) {
            return false;
        }
        zend_hash_next_index_insert(Z_ARRVAL_P(array), &element, sizeof(zval *), NULL);
    } while (take_separator(parser, ']'));
    return parser->error == PHP_JSON_ERROR_NONE;
}

/* Adds a member; element is taken over. */
static void add_member(json_parser *parser, zval *object, const json_text *key, zval *element)
{
    if (Z_TYPE_P(object) == IS_ARRAY) {
        zend_symtable_update(Z_ARRVAL_P(object), key->text, (uint) key->length + 1, &element,
            sizeof(zval *), NULL);
    } else if (key->length == 0) {
        zend_hash_update(Z_OBJPROP_P(object), "_empty_", sizeof("_empty_"), &element,
            sizeof(zval *), NULL);
    } else if (key->text[0] == '\0') {
        add_property_zval_ex(object, key->text, (uint) key->length + 1, element);
        zval_ptr_dtor(&element);
    } else {
        zend_hash_update(Z_OBJPROP_P(object), key->text, (uint) key->length + 1, &element,
            sizeof(zval *), NULL);
    }
}

static bool parse_member(json_parser *parser, zval *object)
{
    json_text key;
    zval *element = NULL;

    if (*parser->p != '"') {
        return fail_at_character(parser);
    }
    parser->p++;
    if (!parse_string(parser, &key)) {
        return false;
    }
    skip_space(parser);
    if (*parser->p == ':') {
        parser->p++;
        element = parse_element(parser);
    } else {
        fail_at_character(parser);
    }
    if (element) {
        add_member(parser, object, &key, element);
    }
    efree(key.text);
    return element != NULL;
}

static bool parse_object(json_parser *parser, zval *object)
{
    if (parser->options & PHP_JSON_OBJECT_AS_ARRAY) {
        array_init(object);
    } else {
        object_init(object);
    }
    skip_space(parser);
    if (*parser->p == '}') {
        parser->p++;
        return true;
    }
    do {
        if (!parse_member(parser, object)) {
            return false;
        }
    } while (take_separator(parser, '}'));
    return parser->error == PHP_JSON_ERROR_NONE;
}

/* --- Any value ----------------------------------------------------------------------------- */

/* After an error value holds what there is of it: the caller frees it. */
static bool parse_value(json_parser *parser, zval *value)
{
    json_text string;
    bool parsed;

    skip_space(parser);
    switch (*parser->p) {
    case '[':
    case '{':
        zend_stack_guard();
        if (++parser->depth >= parser->max_depth) {
            return fail(parser, PHP_JSON_ERROR_DEPTH);
        }
        parsed = *parser->p++ == '[' ? parse_array(parser, value) : parse_object(parser, value);
        parser->depth--;
        return parsed;
    case '"':
        parser->p++;
        if (!parse_string(parser, &string)) {
            return false;
        }
        ZVAL_STRINGL(value, string.text, string.length, 0);
        return true;
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        return parse_number(parser, value);
    default:
        return parse_word(parser, value);
    }
}

/* A text that is nothing but a number in the language's sense, like "0x1A" or ".5", will do. */
static bool decode_number(json_parser *parser, zval *value, const char *text, int length)
{
    long number;
    double fraction;
    int overflow = 0;

    while (length && is_space(*text)) {
        text++;
        length--;
    }
    while (length && is_space(text[length - 1])) {
        length--;
    }
    switch (is_numeric_string_ex(text, length, &number, &fraction, 0, &overflow)) {
    case IS_LONG:
        ZVAL_LONG(value, number);
        return true;
    case IS_DOUBLE:
        if (overflow && (parser->options & PHP_JSON_BIGINT_AS_STRING)) {
            ZVAL_STRINGL(value, text, length, 1);
        } else {
            ZVAL_DOUBLE(value, fraction);
        }
        return true;
    }
    return false;
}

php_json_error php_json_decode(zval *return_value, const char *text, int length, int options,
    long depth)
{
    json_parser parser = {text, text + length, 0, depth, options, PHP_JSON_ERROR_NONE};
    size_t i = 0;
    bool parsed;

    ZVAL_NULL(return_value);
    while (i < (size_t) length) {
        if ((unsigned char) text[i] < 0x80) {
            i++;
        } else if (php_json_next_utf8(text, (size_t) length, &i) < 0) {
            return PHP_JSON_ERROR_UTF8;
        }
    }
    parsed = parse_value(&parser, return_value);
    if (parsed) {
        skip_space(&parser);
        parsed = parser.p == parser.end || fail_at_character(&parser);
    }
    if (!parsed) {
        zval_dtor(return_value);
        ZVAL_NULL(return_value);
        if (decode_number(&parser, return_value, text, length)) {
            return PHP_JSON_ERROR_NONE;
        }
    }
    return parser.error;
}
