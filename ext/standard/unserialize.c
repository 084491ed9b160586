/* SPDX-License-Identifier: MIT */
/*
 * unserialize(): reads what serialize() wrote (serialize.c shows the forms).
 *
 * The text is not to be trusted: lengths and counts are checked against what there is, nesting
 * against the C stack. A class's own code, which Serializable and autoloading run in the middle,
 * may change or destroy what was read so far; so containers are looked up anew after each value,
 * and every value is counted by its slot (unserialize_data.c).
 */
#include "ext/standard/basic_functions.h"
#include "ext/standard/unserialize_internal.h"

static bool is_digit(const unsigned char *p, const unsigned char *end)
{
    return p < end && *p >= '0' && *p <= '9';
}

const unsigned char *php_unserialize_integer(const unsigned char *p, const unsigned char *end,
    bool may_be_negative, char terminator, long *number)
{
    bool is_negative = false;
    ulong value = 0;

    if (p < end && (*p == '+' || (*p == '-' && may_be_negative))) {
        is_negative = *p++ == '-';
    }
    if (!is_digit(p, end)) {
        return NULL;
    }
    for (; is_digit(p, end); p++) {
        value = value * 10 + (ulong) (*p - '0');
    }
    *number = (long) (is_negative ? 0 - value : value);
    return p < end && *p == (unsigned char) terminator ? p + 1 : NULL;
}

/* --- Scalars ------------------------------------------------------------------------------ */

static bool read_bool(reader *r, zval *value)
{
    if (r->end - r->at < 4 || r->at[1] != ':' || (r->at[2] != '0' && r->at[2] != '1')
        || r->at[3] != ';') {
        return false;
    }
    ZVAL_BOOL(value, r->at[2] == '1');
    r->at += 4;
    return true;
}

static bool read_long(reader *r, zval *value)
{
    long number;
    const unsigned char *next = r->end - r->at < 2 || r->at[1] != ':' ? NULL
        : php_unserialize_integer(r->at + 2, r->end, true, ';', &number);

    if (next == NULL) {
        return false;
    }
    ZVAL_LONG(value, number);
    r->at = next;
    return true;
}

/* INF, -INF or NAN and the semicolon. */
static bool read_special_double(reader *r, const unsigned char *p, zval *value)
{
    bool is_negative = p < r->end && *p == '-';

    p += is_negative;
    if (r->end - p < 4 || p[3] != ';') {
        return false;
    }
    if (memcmp(p, "INF", 3) == 0) {
        ZVAL_DOUBLE(value, is_negative ? -INFINITY : INFINITY);
    } else if (!is_negative && memcmp(p, "NAN", 3) == 0) {
        ZVAL_DOUBLE(value, NAN);
    } else {
        return false;
    }
    r->at = p + 4;
    return true;
}

static const unsigned char *skip_digits(const unsigned char *p, const unsigned char *end)
{
    while (is_digit(p, end)) {
        p++;
    }
    return p;
}

static bool read_double(reader *r, zval *value)
{
    const unsigned char *start = r->at + 2;
    const unsigned char *p, *digits;

    if (r->end - r->at < 2 || r->at[1] != ':') {
        return false;
    }
    if (read_special_double(r, start, value)) {
        return true;
    }
    p = start + (start < r->end && (*start == '+' || *start == '-'));
    digits = p;
    p = skip_digits(p, r->end);
    if (p < r->end && *p == '.') {
        digits++;
        p = skip_digits(p + 1, r->end);
    }
    if (p <= digits) {
        return false;
    }
    if (p < r->end && (*p == 'e' || *p == 'E')) {
        p++;
        p += p < r->end && (*p == '+' || *p == '-');
        if (!is_digit(p, r->end)) {
            return false;
        }
        p = skip_digits(p, r->end);
    }
    if (p >= r->end || *p != ';') {
        return false;
    }
    ZVAL_DOUBLE(value, zend_strtod((const char *) start, NULL));
    r->at = p + 1;
    return true;
}

static bool read_string(reader *r, zval *value)
{
    const unsigned char *start = r->at;
    const unsigned char *text;
    long length;

    text = r->end - start < 2 || start[1] != ':' ? NULL
        : php_unserialize_integer(start + 2, r->end, false, ':', &length);
    if (text == NULL || text >= r->end || *text != '"') {
        return false;
    }
    text++;
    if (length < 0 || r->end - text < length || length > INT_MAX - 1) {
        r->at = start + 2;
        return false;
    }
    r->at = text + length;
    if (r->at >= r->end || *r->at != '"') {
        return false;
    }
    r->at += r->end - r->at > 1 ? 2 : 1;
    ZVAL_STRINGL(value, (const char *) text, length, 1);
    return true;
}

static int hex_value(unsigned char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
        : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* S: a backslash and two hexadecimal digits stand for a byte. */
static bool read_escaped_string(reader *r, zval *value)
{
    const unsigned char *p;
    long length, i;
    char *text;

    p = r->end - r->at < 2 || r->at[1] != ':' ? NULL
        : php_unserialize_integer(r->at + 2, r->end, false, ':', &length);
    if (p == NULL || p >= r->end || *p != '"') {
        return false;
    }
    p++;
    if (length < 0 || r->end - p < length || length > INT_MAX - 1) {
        r->at += 2;
        return false;
    }
    text = safe_emalloc(1, (size_t) length, 1);
    for (i = 0; i < length && p < r->end; i++, p++) {
        text[i] = (char) *p;
        if (*p == '\\') {
            if (r->end - p < 3 || hex_value(p[1]) < 0 || hex_value(p[2]) < 0) {
                break;
            }
            text[i] = (char) (hex_value(p[1]) * 16 + hex_value(p[2]));
            p += 2;
        }
    }
    if (i < length || p >= r->end || *p != '"') {
        r->at = i < length ? r->at : p;
        efree(text);
        return false;
    }
    text[length] = '\0';
    r->at = p + (r->end - p > 1 ? 2 : 1);
    ZVAL_STRINGL(value, text, length, 0);
    return true;
}

/* --- Arrays ------------------------------------------------------------------------------- */

bool php_unserialize_brace(reader *r)
{
    if (r->at >= r->end) {
        return false;
    }
    return *r->at++ == '}';
}

static bool read_value(reader *r, zval **value);

/* A key: any scalar is read, but only integers and strings will do. */
static bool read_key(reader *r, zval *key)
{
    php_unserialize_data_t data = r->data;
    zval *value;
    bool is_read;

    ALLOC_INIT_ZVAL(value);
    r->data = NULL;
    is_read = read_value(r, &value);
    r->data = data;
    ZVAL_COPY_VALUE(key, value);
    FREE_ZVAL(value);
    if (is_read && Z_TYPE_P(key) != IS_LONG && Z_TYPE_P(key) != IS_STRING) {
        zval_dtor(key);
        return false;
    }
    return is_read;
}

/* Enters the value, taken over. The old value of the key, if any, stays alive in its slot. */
static bool set_element(zval *container, zval *key, zval *value)
{
    if (Z_TYPE_P(container) == IS_OBJECT) {
        convert_to_string(key);
        zend_hash_update(Z_OBJPROP_P(container), Z_STRVAL_P(key), (uint) Z_STRLEN_P(key) + 1,
            (void *) &value, sizeof(zval *), NULL);
    } else if (Z_TYPE_P(container) != IS_ARRAY) {
        zval_ptr_dtor(&value);
        return false;
    } else if (Z_TYPE_P(key) == IS_LONG) {
        zend_hash_index_update(Z_ARRVAL_P(container), (ulong) Z_LVAL_P(key), (void *) &value,
            sizeof(zval *), NULL);
    } else {
        zend_symtable_update(Z_ARRVAL_P(container), Z_STRVAL_P(key), (uint) Z_STRLEN_P(key) + 1,
            (void *) &value, sizeof(zval *), NULL);
    }
    return true;
}

bool php_unserialize_elements(reader *r, zval *container, long count)
{
    while (count-- > 0) {
        zval key;
        zval *value;
        bool is_set;

        INIT_ZVAL(key);
        if (!read_key(r, &key)) {
            return false;
        }
        ALLOC_INIT_ZVAL(value);
        if (!read_value(r, &value)) {
            zval_dtor(&key);
            zval_ptr_dtor(&value);
            return false;
        }
        is_set = set_element(container, &key, value);
        zval_dtor(&key);
        if (!is_set) {
            return false;
        }
        if (count > 0 && r->at[-1] != ';' && r->at[-1] != '}') {
            r->at--;
            return false;
        }
    }
    return true;
}

#define SMALLEST_ELEMENT 6 /* bytes of "i:0;N;" */

static bool read_array(reader *r, zval *value)
{
    const unsigned char *next;
    long count;

    next = r->end - r->at < 2 || r->at[1] != ':' ? NULL
        : php_unserialize_integer(r->at + 2, r->end, false, ':', &count);
    if (next == NULL || next >= r->end || *next != '{') {
        return false;
    }
    r->at = next + 1;
    if (r->data == NULL || count < 0) {
        return false;
    }
    array_init_size(value, (uint) MIN(count, (r->end - r->at) / SMALLEST_ELEMENT + 1));
    return php_unserialize_elements(r, value, count) && php_unserialize_brace(r);
}

/* --- Back references ---------------------------------------------------------------------- */

/* R: the same reference; r: the same value, which for an object is the object. */
static bool read_back_reference(reader *r, zval **value)
{
    bool is_reference = *r->at == 'R';
    const unsigned char *next;
    zval *target;
    long number;

    next = r->end - r->at < 2 || r->at[1] != ':' ? NULL
        : php_unserialize_integer(r->at + 2, r->end, true, ';', &number);
    if (next == NULL) {
        return false;
    }
    r->at = next;
    target = r->data != NULL ? php_unserialize_slot(r->data, number) : NULL;
    if (target == NULL || target == *value) {
        return false;
    }
    if (is_reference) {
        Z_ADDREF_P(target);
        Z_SET_ISREF_P(target);
        zval_ptr_dtor(value);
        *value = target;
    } else {
        ZVAL_COPY_VALUE(*value, target);
        zval_copy_ctor(*value);
    }
    return true;
}

/* --- Any value ---------------------------------------------------------------------------- */

static bool read_null(reader *r)
{
    if (r->end - r->at < 2 || r->at[1] != ';') {
        return false;
    }
    r->at += 2;
    return true;
}

static bool read_value(reader *r, zval **value)
{
    if (r->at >= r->end || zend_stack_is_low()) {
        return false;
    }
    if (r->data != NULL && *r->at != 'R') {
        php_unserialize_push(r->data, *value);
    }
    switch (*r->at) {
    case 'N':
        return read_null(r);
    case 'b':
        return read_bool(r, *value);
    case 'i':
        return read_long(r, *value);
    case 'd':
        return read_double(r, *value);
    case 's':
        return read_string(r, *value);
    case 'S':
        return read_escaped_string(r, *value);
    case 'a':
        return read_array(r, *value);
    case 'R':
    case 'r':
        return read_back_reference(r, value);
    case 'O':
    case 'C':
        return r->data != NULL && php_unserialize_object(r, *value);
    case '}':
        php_error_docref(NULL, E_NOTICE, "Unexpected end of serialized data");
        return false;
    default:
        return false;
    }
}

int php_var_unserialize(zval **value, const unsigned char **cursor, const unsigned char *end,
    php_unserialize_data_t data)
{
    reader r = {*cursor, end, data};
    bool is_read = read_value(&r, value);

    *cursor = r.at;
    return is_read;
}

PHP_FUNCTION(unserialize)
{
    char *text;
    int length;
    const unsigned char *cursor;
    php_unserialize_data_t data;
    zval *value;
    bool is_read;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &text, &length) == FAILURE) {
        RETURN_FALSE;
    }
    if (length == 0) {
        RETURN_FALSE;
    }
    cursor = (const unsigned char *) text;
    PHP_VAR_UNSERIALIZE_INIT(data);
    ALLOC_INIT_ZVAL(value);
    is_read = php_var_unserialize(&value, &cursor, cursor + length, data);
    PHP_VAR_UNSERIALIZE_DESTROY(data);
    if (is_read && EG(exception) == NULL) {
        if (return_value_ptr != NULL) {
            zval_ptr_dtor(return_value_ptr);
            *return_value_ptr = value;
            return;
        }
        RETURN_ZVAL(value, 1, 1);
    }
    zval_ptr_dtor(&value);
    if (EG(exception) == NULL) {
        php_error_docref(NULL, E_NOTICE, "Error at offset %ld of %d bytes",
            (long) ((const char *) cursor - text), length);
    }
    RETURN_FALSE;
}

static PHP_RINIT_FUNCTION(unserialize)
{
    php_unserialize_reset();
    return SUCCESS;
}

static const zend_function_entry unserialize_functions[] = {
    PHP_FE(unserialize, "$variable_representation",
        "Returns the value that serialize() wrote as text.")
    PHP_FE_END
};

const php_standard_part standard_unserialize_part = {
    unserialize_functions, NULL, NULL, PHP_RINIT(unserialize), NULL, NULL,
};
