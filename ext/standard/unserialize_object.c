/* SPDX-License-Identifier: MIT */
/*
 * Objects in unserialize(): O:1:"C":2:{...}, whose properties are set, and C:1:"C":3:{xyz}, whose
 * class reads the text itself.
 *
 * A class that is not known is autoloaded, then asked for by the function that the directive
 * unserialize_callback_func names; else the object becomes an incomplete one.
 */
#include "ext/standard/basic_functions.h"
#include "ext/standard/unserialize_internal.h"

static bool is_class_name_character(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
        || c >= 0x7f || c == '\\';
}

/* Takes the name between the quotes, emalloc'ed; NULL when it is malformed. */
static char *read_class_name(reader *r, int *name_length)
{
    const unsigned char *start = r->at;
    const unsigned char *text;
    long length, i;

    text = r->end - start < 2 || start[1] != ':' ? NULL
        : php_unserialize_integer(start + 2, r->end, false, ':', &length);
    if (text == NULL || text >= r->end || *text != '"') {
        return NULL;
    }
    text++;
    if (length <= 0 || r->end - text < length || length > INT_MAX - 1) {
        r->at = start + 2;
        return NULL;
    }
    r->at = text + length;
    if (r->at >= r->end || *r->at != '"') {
        return NULL;
    }
    if (r->end - r->at < 2 || r->at[1] != ':') {
        r->at++;
        return NULL;
    }
    for (i = 0; i < length; i++) {
        if (!is_class_name_character(text[i])) {
            r->at = text + i;
            return NULL;
        }
    }
    *name_length = (int) length;
    return estrndup((const char *) text, (uint) length);
}

static zend_class_entry *look_up(const char *name, int length)
{
    zend_class_entry **ce;
    int status;

    php_serialize_lock++;
    status = zend_lookup_class(name, length, &ce);
    php_serialize_lock--;
    return status == SUCCESS && EG(exception) == NULL ? *ce : NULL;
}

/* Calls the function that may define the class. False: there is none that could be called. */
static bool call_callback(const char *name, int length)
{
    zval function;
    zval *argument;
    zval **arguments[1] = {&argument};
    zval *result = NULL;
    int status;

    INIT_ZVAL(function);
    ZVAL_STRING(&function, PG(unserialize_callback_func), 1);
    MAKE_STD_ZVAL(argument);
    ZVAL_STRINGL(argument, name, length, 1);
    php_serialize_lock++;
    status = call_user_function_ex(NULL, NULL, &function, &result, 1, arguments, 0, NULL);
    php_serialize_lock--;
    if (result != NULL) {
        zval_ptr_dtor(&result);
    }
    if (status == FAILURE && EG(exception) == NULL) {
        php_error_docref(NULL, E_WARNING, "defined (%s) but not found", Z_STRVAL(function));
    }
    zval_dtor(&function);
    zval_ptr_dtor(&argument);
    return status == SUCCESS && EG(exception) == NULL;
}

/* The class, or that of incomplete objects. */
static zend_class_entry *find_class(const char *name, int length)
{
    zend_class_entry *ce = look_up(name, length);
    const char *callback = PG(unserialize_callback_func);

    if (ce != NULL) {
        return ce;
    }
    if (EG(exception) != NULL || callback == NULL || callback[0] == '\0'
        || !call_callback(name, length)) {
        return php_ce_incomplete_class;
    }
    ce = look_up(name, length);
    if (ce == NULL && EG(exception) == NULL) {
        php_error_docref(NULL, E_WARNING,
            "Function %s() hasn't defined the class it was called for", callback);
    }
    return ce != NULL ? ce : php_ce_incomplete_class;
}

/* The number behind the name's quote and colon; r->at is then behind the brace. */
static bool read_size(reader *r, long *size)
{
    const unsigned char *next = php_unserialize_integer(r->at + 2, r->end, true, ':', size);

    if (next == NULL || next >= r->end || *next != '{') {
        return false;
    }
    r->at = next + 1;
    return true;
}

/* C: the class reads the text itself. */
static bool read_custom(reader *r, zval *value, zend_class_entry *ce)
{
    long length;
    const unsigned char *text;

    if (!read_size(r, &length)) {
        return false;
    }
    if (length < 0 || r->end - r->at <= length) {
        zend_error(E_WARNING, "Insufficient data for unserializing - %ld required, %ld present",
            length, (long) (r->end - r->at));
        return false;
    }
    text = r->at;
    if (ce->unserialize == NULL) {
        zend_error(E_WARNING, "Class %s has no unserializer", ce->name);
        object_init_ex(value, ce);
    } else {
        zval *object = value;
        if (ce->unserialize(&object, ce, text, (zend_uint) length,
                (zend_unserialize_data *) r->data) != SUCCESS) {
            return false;
        }
    }
    r->at = text + length;
    return php_unserialize_brace(r);
}

/* The object, with default properties. False after a warning. */
static bool make_object(zval *value, zend_class_entry *ce)
{
    if (ce->serialize != NULL && ce->unserialize != zend_user_unserialize) {
        zend_error(E_WARNING, "Erroneous data format for unserializing '%s'", ce->name);
        return false;
    }
    object_init_ex(value, ce);
    return Z_TYPE_P(value) == IS_OBJECT;
}

/* O: the properties follow. */
static bool read_plain(reader *r, zval *value, zend_class_entry *ce, const char *name, int length)
{
    long count;

    if (!read_size(r, &count) || !make_object(value, ce)) {
        return false;
    }
    if (ce == php_ce_incomplete_class) {
        php_store_class_name(value, name, (zend_uint) length);
    }
    if (!php_unserialize_elements(r, value, count)) {
        return false;
    }
    if (Z_TYPE_P(value) == IS_OBJECT && ce != php_ce_incomplete_class
        && zend_hash_exists(&ce->function_table, ZEND_STRS("__wakeup"))) {
        php_unserialize_wake_later(r->data, value);
    }
    return php_unserialize_brace(r);
}

bool php_unserialize_object(reader *r, zval *value)
{
    bool is_custom = *r->at == 'C';
    zend_class_entry *ce;
    bool is_read;
    int length;
    char *name = read_class_name(r, &length);

    if (name == NULL) {
        return false;
    }
    ce = find_class(name, length);
    if (EG(exception) != NULL) {
        is_read = false;
    } else if (is_custom) {
        is_read = read_custom(r, value, ce);
        if (is_read && ce == php_ce_incomplete_class && Z_TYPE_P(value) == IS_OBJECT) {
            php_store_class_name(value, name, (zend_uint) length);
        }
    } else {
        is_read = read_plain(r, value, ce, name, length);
    }
    efree(name);
    return is_read;
}
