/* SPDX-License-Identifier: MIT */
/*
 * Queries of URLs: http_build_query() and parse_str().
 *
 * A nested element's name is written "a[b][c]": the prefix grows on the way down, already encoded.
 */
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"
#include "ext/standard/url.h"
#include "main/php_variables.h"

typedef struct _query_writer {
    smart_str out;
    const char *separator;
    size_t separator_len;
    const char *number_prefix; /* before integer keys of the outermost level */
    size_t number_prefix_len;
    int encoding;              /* PHP_QUERY_* */
} query_writer;

static char *query_encode(const query_writer *w, const char *text, int len, int *new_len)
{
    return w->encoding == PHP_QUERY_RFC3986 ? php_raw_url_encode(text, len, new_len)
        : php_url_encode(text, len, new_len);
}

static void query_append_encoded(query_writer *w, smart_str *out, const char *text, int len)
{
    int new_len;
    char *encoded = query_encode(w, text, len, &new_len);

    smart_str_appendl(out, encoded, (size_t) new_len);
    efree(encoded);
}

/* "=value" */
static void query_append_value(query_writer *w, zval *value)
{
    zval copy;

    smart_str_appendc(&w->out, '=');
    switch (Z_TYPE_P(value)) {
    case IS_STRING:
        query_append_encoded(w, &w->out, Z_STRVAL_P(value), Z_STRLEN_P(value));
        break;
    case IS_LONG:
        smart_str_append_long(&w->out, Z_LVAL_P(value));
        break;
    case IS_BOOL:
        smart_str_appendc(&w->out, Z_LVAL_P(value) ? '1' : '0');
        break;
    default:
        INIT_PZVAL_COPY(&copy, value);
        zval_copy_ctor(&copy);
        convert_to_string(&copy);
        query_append_encoded(w, &w->out, Z_STRVAL(copy), Z_STRLEN(copy));
        zval_dtor(&copy);
    }
}

/* The name of an element: the prefix, and the key in brackets; or the key alone. */
static void query_name(query_writer *w, smart_str *name, const smart_str *prefix, const char *key,
    int key_len, ulong index)
{
    if (prefix->len) {
        smart_str_appendl(name, prefix->c, prefix->len);
        smart_str_appends(name, "%5B");
    }
    if (key) {
        query_append_encoded(w, name, key, key_len);
    } else {
        if (!prefix->len) {
            smart_str_appendl(name, w->number_prefix, w->number_prefix_len);
        }
        smart_str_append_long(name, (long) index);
    }
    if (prefix->len) {
        smart_str_appends(name, "%5D");
    }
}

static void query_append_elements(query_writer *w, HashTable *elements, const smart_str *prefix,
    zval *object);

static void query_append_element(query_writer *w, const smart_str *name, zval *value)
{
    if (Z_TYPE_P(value) == IS_ARRAY) {
        query_append_elements(w, Z_ARRVAL_P(value), name, NULL);
    } else if (Z_TYPE_P(value) == IS_OBJECT) {
        query_append_elements(w, Z_OBJPROP_P(value), name, value);
    } else {
        if (w->out.len) {
            smart_str_appendl(&w->out, w->separator, w->separator_len);
        }
        smart_str_appendl(&w->out, name->c, name->len);
        query_append_value(w, value);
    }
}

/* Elements of an array, or those properties of an object that the running code may read. */
static void query_append_elements(query_writer *w, HashTable *elements, const smart_str *prefix,
    zval *object)
{
    HashPosition pos;
    zval **value;

    zend_stack_guard();
    if (!elements || elements->nApplyCount > 0) {
        return; /* it is inside of itself */
    }
    elements->nApplyCount++;
    for (zend_hash_internal_pointer_reset_ex(elements, &pos);
         zend_hash_get_current_data_ex(elements, (void **) &value, &pos) == SUCCESS;
         zend_hash_move_forward_ex(elements, &pos)) {
        char *key = NULL;
        const char *class_name, *bare_key = NULL;
        int bare_len = 0;
        uint key_len;
        ulong index = 0;
        smart_str name = { 0 };

        if (Z_TYPE_PP(value) == IS_NULL || Z_TYPE_PP(value) == IS_RESOURCE) {
            continue;
        }
        if (zend_hash_get_current_key_ex(elements, &key, &key_len, &index, 0, &pos)
            == HASH_KEY_IS_STRING) {
            bare_key = key;
            bare_len = (int) key_len - 1;
            if (object) {
                if (zend_check_property_access(zend_objects_get_address(object), key, bare_len)
                    != SUCCESS) {
                    continue;
                }
                zend_unmangle_property_name_ex(key, bare_len, &class_name, &bare_key, &bare_len);
            }
        }
        query_name(w, &name, prefix, bare_key, bare_len, index);
        query_append_element(w, &name, *value);
        smart_str_free(&name);
    }
    elements->nApplyCount--;
}

PHP_FUNCTION(http_build_query)
{
    zval *data;
    char *prefix = "", *separator = NULL;
    int prefix_len = 0, separator_len = 0;
    long encoding = PHP_QUERY_RFC1738;
    query_writer w = { 0 };
    smart_str no_prefix = { 0 };

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z|ssl", &data, &prefix, &prefix_len, &separator,
            &separator_len, &encoding) != SUCCESS) {
        RETURN_FALSE;
    }
    if (Z_TYPE_P(data) != IS_ARRAY && Z_TYPE_P(data) != IS_OBJECT) {
        php_error_docref(NULL, E_WARNING,
            "Parameter 1 expected to be Array or Object.  Incorrect value given");
        RETURN_FALSE;
    }
    if (!separator || !separator_len) {
        separator = INI_STR("arg_separator.output");
        separator = separator && *separator ? separator : "&";
    }
    w.separator = separator;
    w.separator_len = strlen(separator);
    w.number_prefix = prefix;
    w.number_prefix_len = (size_t) prefix_len;
    w.encoding = (int) encoding;
    if (Z_TYPE_P(data) == IS_OBJECT) {
        query_append_elements(&w, Z_OBJPROP_P(data), &no_prefix, data);
    } else {
        query_append_elements(&w, Z_ARRVAL_P(data), &no_prefix, NULL);
    }
    if (!w.out.c) {
        RETURN_EMPTY_STRING();
    }
    php_string_check_length(w.out.len);
    smart_str_0(&w.out);
    RETURN_STRINGL(w.out.c, w.out.len, 0);
}

PHP_FUNCTION(parse_str)
{
    char *str;
    int len;
    zval *result = NULL;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|z", &str, &len, &result) == FAILURE) {
        return;
    }
    str = estrndup(str, (uint) len);
    if (!result) {
        zval symbols;

        Z_ARRVAL(symbols) = zend_active_symbol_table();
        Z_TYPE(symbols) = IS_ARRAY;
        php_default_treat_data(PARSE_STRING, str, &symbols);
    } else {
        zval_dtor(result);
        array_init(result);
        php_default_treat_data(PARSE_STRING, str, result);
    }
    efree(str);
}

static const zend_function_entry http_query_functions[] = {
    PHP_FE(http_build_query, "$formdata, [$prefix], [$arg_separator], [$enc_type]",
        "Writes an array or object as the query of a URL.")
    PHP_FE(parse_str, "$encoded_string, [&$result]", "Reads the query of a URL into variables.")
    PHP_FE_END
};

const php_standard_part standard_http_query_part = { .functions = http_query_functions };
