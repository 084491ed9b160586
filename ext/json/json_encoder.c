/* SPDX-License-Identifier: MIT */
/*
 * Values to JSON.
 *
 * Encoding goes on after an error, with null or 0 in place of what cannot be written; the caller
 * decides what a partial text is worth. Methods jsonSerialize() may change what is just being
 * walked over: arrays are held by a count, tables that code could change in place are copied.
 */
#include "ext/json/php_json.h"

#include "runtime/zend_stack_limit.h"
#include "vm/zend_exceptions.h"

/* The tables that are being encoded, innermost first. */
typedef struct _open_table {
    const HashTable *table;
    const struct _open_table *outer;
} open_table;

typedef struct _json_encoder {
    smart_str *buffer;
    int options;
    long depth, max_depth;
    php_json_error error; /* the last one */
    const open_table *open;
} json_encoder;

static void encode_value(json_encoder *encoder, zval *value);

/* --- Strings ------------------------------------------------------------------------------- */

static bool is_continuation(const char *text, size_t length, size_t position)
{
    return position < length && (text[position] & 0xc0) == 0x80;
}

int php_json_next_utf8(const char *text, size_t length, size_t *position)
{
    static const int smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t i = *position;
    unsigned char lead = (unsigned char) text[i++];
    int size = lead < 0x80 ? 1 : lead < 0xc0 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3
        : lead < 0xf8 ? 4 : 0;
    int code, n;

    if (size == 0) {
        return -1;
    }
    code = size == 1 ? lead : lead & (0x7f >> size);
    for (n = 1; n < size; n++, i++) {
        if (!is_continuation(text, length, i)) {
            return -1;
        }
        code = code << 6 | (text[i] & 0x3f);
    }
    if (code < smallest[size] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
        return -1;
    }
    *position = i;
    return code;
}

static void append_unit(smart_str *buffer, unsigned unit)
{
    static const char digits[] = "0123456789abcdef";
    char escape[6] = {'\\', 'u', digits[unit >> 12 & 15], digits[unit >> 8 & 15],
        digits[unit >> 4 & 15], digits[unit & 15]};

    smart_str_appendl(buffer, escape, 6);
}

/* A character beyond ASCII: as a unit or pair of UTF-16. */
static void append_escaped_character(smart_str *buffer, int code)
{
    if (code >= 0x10000) {
        append_unit(buffer, 0xd800 | (unsigned) (code - 0x10000) >> 10);
        code = 0xdc00 | (code & 0x3ff);
    }
    append_unit(buffer, (unsigned) code);
}

/* The escape of an ASCII character, or NULL: it may stand as it is, or is a control character. */
static const char *escape_of(char c, int options)
{
    switch (c) {
    case '"':
        return options & PHP_JSON_HEX_QUOT ? "\\u0022" : "\\\"";
    case '\\':
        return "\\\\";
    case '/':
        return options & PHP_JSON_UNESCAPED_SLASHES ? NULL : "\\/";
    case '\b':
        return "\\b";
    case '\f':
        return "\\f";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    case '<':
        return options & PHP_JSON_HEX_TAG ? "\\u003C" : NULL;
    case '>':
        return options & PHP_JSON_HEX_TAG ? "\\u003E" : NULL;
    case '&':
        return options & PHP_JSON_HEX_AMP ? "\\u0026" : NULL;
    case '\'':
        return options & PHP_JSON_HEX_APOS ? "\\u0027" : NULL;
    default:
        return NULL;
    }
}

/* Bytes from i on that stand for themselves whatever the options. */
static size_t plain_length(const char *text, size_t length, size_t i)
{
    size_t begin = i;

    while (i < length) {
        unsigned char c = (unsigned char) text[i];
        if (c < ' ' || c >= 0x80 || c == '"' || c == '\\' || c == '/' || c == '<' || c == '>'
            || c == '&' || c == '\'') {
            break;
        }
        i++;
    }
    return i - begin;
}

static void encode_quoted(json_encoder *encoder, const char *text, size_t length)
{
    smart_str *buffer = encoder->buffer;
    size_t start = buffer->len, i = 0;

    smart_str_appendc(buffer, '"');
    while (i < length) {
        size_t plain = plain_length(text, length, i), begin;
        const char *escape;
        int code;

        smart_str_appendl(buffer, text + i, plain);
        i += plain;
        if (i >= length) {
            break;
        }
        begin = i;
        code = php_json_next_utf8(text, length, &i);
        if (code < 0) {
            encoder->error = PHP_JSON_ERROR_UTF8;
            buffer->len = start;
            smart_str_appends(buffer, "null");
            return;
        }
        if (code >= 0x80 && !(encoder->options & PHP_JSON_UNESCAPED_UNICODE)) {
            append_escaped_character(buffer, code);
        } else if (code < 0x80 && (escape = escape_of((char) code, encoder->options)) != NULL) {
            smart_str_appends(buffer, escape);
        } else if (code < ' ') {
            append_unit(buffer, (unsigned) code);
        } else {
            smart_str_appendl(buffer, text + begin, i - begin);
        }
    }
    smart_str_appendc(buffer, '"');
}

/* --- Numbers ------------------------------------------------------------------------------- */

static void encode_double(json_encoder *encoder, double number)
{
    char text[ZEND_DOUBLE_TEXT_BUFFER];
    int length;

    if (!zend_finite(number)) {
        encoder->error = PHP_JSON_ERROR_INF_OR_NAN;
        smart_str_appendc(encoder->buffer, '0');
        return;
    }
    length = zend_gcvt(number, (int) MIN(MAX(EG(precision), 0), 500), '.', 'e', text);
    smart_str_appendl(encoder->buffer, text, (size_t) length);
    if ((encoder->options & PHP_JSON_PRESERVE_ZERO_FRACTION)
        && !memchr(text, '.', (size_t) length)) {
        smart_str_appendl(encoder->buffer, ".0", 2);
    }
}

static void encode_string(json_encoder *encoder, const char *text, int length)
{
    long number;
    double fraction;

    if (encoder->options & PHP_JSON_NUMERIC_CHECK) {
        switch (is_numeric_string(text, length, &number, &fraction, 0)) {
        case IS_LONG:
            smart_str_append_long(encoder->buffer, number);
            return;
        case IS_DOUBLE:
            encode_double(encoder, fraction);
            return;
        }
    }
    encode_quoted(encoder, text, (size_t) length);
}

/* --- Arrays and objects -------------------------------------------------------------------- */

static void append_new_line(const json_encoder *encoder)
{
    long i;

    if (encoder->options & PHP_JSON_PRETTY_PRINT) {
        smart_str_appendc(encoder->buffer, '\n');
        for (i = 0; i < encoder->depth; i++) {
            smart_str_appendl(encoder->buffer, "    ", 4);
        }
    }
}

/* Are the keys 0, 1, 2 ... in this order? */
static bool is_list(const HashTable *table)
{
    const Bucket *p;
    ulong next = 0;

    for (p = table->pListHead; p; p = p->pListNext) {
        if (p->nKeyLength != 0 || p->h != next++) {
            return false;
        }
    }
    return true;
}

static void encode_key(json_encoder *encoder, const Bucket *p)
{
    if (p->nKeyLength) {
        encode_quoted(encoder, p->arKey, p->nKeyLength - 1);
    } else {
        smart_str_appendc(encoder->buffer, '"');
        smart_str_append_long(encoder->buffer, (long) p->h);
        smart_str_appendc(encoder->buffer, '"');
    }
    smart_str_appendc(encoder->buffer, ':');
    if (encoder->options & PHP_JSON_PRETTY_PRINT) {
        smart_str_appendc(encoder->buffer, ' ');
    }
}

/* Writes the elements of a table that nobody changes meanwhile; of_object: public ones only. */
static void encode_elements(json_encoder *encoder, const HashTable *table, bool as_list,
    bool of_object)
{
    bool first = true;
    const Bucket *p;

    for (p = table->pListHead; p; p = p->pListNext) {
        if (zend_hash_bucket_is_absent(p)
            || (of_object && p->nKeyLength > 1 && p->arKey[0] == '\0')) {
            continue;
        }
        if (!first) {
            smart_str_appendc(encoder->buffer, ',');
        }
        first = false;
        append_new_line(encoder);
        if (!as_list) {
            encode_key(encoder, p);
        }
        encode_value(encoder, *(zval **) p->pData);
    }
    encoder->depth--;
    if (!first) {
        append_new_line(encoder);
    }
}

static bool is_recursion(const json_encoder *encoder, const HashTable *table)
{
    const open_table *open;
    int times = 0;

    for (open = encoder->open; open; open = open->outer) {
        times += open->table == table;
    }
    return times > 1;
}

/* Could code that runs while an element is encoded change the table? */
static bool has_compound_elements(const HashTable *table)
{
    const Bucket *p;

    for (p = table->pListHead; p; p = p->pListNext) {
        if (!zend_hash_bucket_is_absent(p)) {
            int type = Z_TYPE_PP((zval **) p->pData);
            if (type == IS_OBJECT || type == IS_ARRAY) {
                return true;
            }
        }
    }
    return false;
}

/* A table in brackets; changeable: it does not belong to a counted value. */
static void encode_table(json_encoder *encoder, HashTable *table, bool of_object, bool changeable)
{
    bool as_list = !of_object && !(encoder->options & PHP_JSON_FORCE_OBJECT) && is_list(table);
    open_table open = {table, encoder->open};
    HashTable *copy = NULL;

    if (is_recursion(encoder, table)) {
        encoder->error = PHP_JSON_ERROR_RECURSION;
        smart_str_appendl(encoder->buffer, "null", 4);
        return;
    }
    if (encoder->depth >= encoder->max_depth
        && !(encoder->options & PHP_JSON_PARTIAL_OUTPUT_ON_ERROR)) {
        encoder->error = PHP_JSON_ERROR_DEPTH;
        return;
    }
    if (changeable && has_compound_elements(table)) {
        table = copy = zend_array_dup(table);
    }
    encoder->open = &open;
    smart_str_appendc(encoder->buffer, as_list ? '[' : '{');
    encoder->depth++;
    encode_elements(encoder, table, as_list, of_object); /* takes the depth back */
    if (encoder->depth >= encoder->max_depth) {
        encoder->error = PHP_JSON_ERROR_DEPTH;
    }
    smart_str_appendc(encoder->buffer, as_list ? ']' : '}');
    encoder->open = open.outer;
    if (copy) {
        zend_array_destroy(copy);
    }
}

/* Takes a count back; mostly others are left, and the collector need not hear of it. */
static void let_go(zval *value)
{
    if (Z_REFCOUNT_P(value) > 1) {
        Z_DELREF_P(value);
    } else {
        zval_ptr_dtor(&value);
    }
}

static void encode_array(json_encoder *encoder, zval *array)
{
    if (Z_ISREF_P(array)) {
        encode_table(encoder, Z_ARRVAL_P(array), false, true);
        return;
    }
    Z_ADDREF_P(array);
    encode_table(encoder, Z_ARRVAL_P(array), false, false);
    let_go(array);
}

static void encode_properties(json_encoder *encoder, zval *object)
{
    HashTable *properties = Z_OBJPROP_P(object);

    if (!properties) {
        smart_str_appendl(encoder->buffer, "{}", 2);
        return;
    }
    encode_table(encoder, properties, true, true);
}

/* What jsonSerialize() returns, in the object's place. */
static void encode_serializable(json_encoder *encoder, zval *object)
{
    zval name, *returned = NULL;
    int called;

    ZVAL_STRINGL(&name, "jsonSerialize", 13, 0);
    INIT_PZVAL(&name);
    called = call_user_function_ex(NULL, &object, &name, &returned, 0, NULL, 1, NULL);
    if (called == FAILURE || !returned) {
        if (!EG(exception)) {
            zend_throw_exception_ex(NULL, 0, "Failed calling %s::jsonSerialize()",
                Z_OBJCE_P(object)->name);
        }
        smart_str_appendl(encoder->buffer, "null", 4);
        return;
    }
    if (EG(exception)) {
        smart_str_appendl(encoder->buffer, "null", 4);
    } else if (Z_TYPE_P(returned) == IS_OBJECT
        && Z_OBJ_HANDLE_P(returned) == Z_OBJ_HANDLE_P(object)) {
        encode_properties(encoder, returned);
    } else {
        encode_value(encoder, returned);
    }
    zval_ptr_dtor(&returned);
}

static void encode_object(json_encoder *encoder, zval *object)
{
    open_table open = {NULL, encoder->open};

    /* The variable may get another value meanwhile; the object is held. */
    SEPARATE_ARG_IF_REF(object);
    if (!instanceof_function(Z_OBJCE_P(object), php_json_serializable_ce)) {
        encode_properties(encoder, object);
    } else if (is_recursion(encoder, Z_OBJPROP_P(object))) {
        encoder->error = PHP_JSON_ERROR_RECURSION;
        smart_str_appendl(encoder->buffer, "null", 4);
    } else {
        open.table = Z_OBJPROP_P(object);
        encoder->open = &open;
        encode_serializable(encoder, object);
        encoder->open = open.outer;
    }
    let_go(object);
}

/* --- Any value ----------------------------------------------------------------------------- */

static void encode_value(json_encoder *encoder, zval *value)
{
    zend_stack_guard();
    switch (Z_TYPE_P(value)) {
    case IS_NULL:
        smart_str_appendl(encoder->buffer, "null", 4);
        break;
    case IS_BOOL:
        smart_str_appends(encoder->buffer, Z_BVAL_P(value) ? "true" : "false");
        break;
    case IS_LONG:
        smart_str_append_long(encoder->buffer, Z_LVAL_P(value));
        break;
    case IS_DOUBLE:
        encode_double(encoder, Z_DVAL_P(value));
        break;
    case IS_STRING:
        encode_string(encoder, Z_STRVAL_P(value), Z_STRLEN_P(value));
        break;
    case IS_ARRAY:
        encode_array(encoder, value);
        break;
    case IS_OBJECT:
        encode_object(encoder, value);
        break;
    default:
        encoder->error = PHP_JSON_ERROR_UNSUPPORTED_TYPE;
        smart_str_appendl(encoder->buffer, "null", 4);
    }
}

php_json_error php_json_encode(smart_str *buffer, zval *value, int options, long depth)
{
    json_encoder encoder = {buffer, options, 0, depth, PHP_JSON_ERROR_NONE, NULL};

    encode_value(&encoder, value);
    return encoder.error;
}
