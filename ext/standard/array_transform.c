/* SPDX-License-Identifier: MIT */
/* Array functions that make a new array of an old one: flip, reverse, unique, column and so on. */
#include <ctype.h>

#include "data/zend_sort.h"
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_array.h"

/* $array[$key] = value, for a key that is a string or an integer. The value is taken over. */
static void set_scalar_key(HashTable *ht, zval *key, zval *value)
{
    if (Z_TYPE_P(key) == IS_LONG) {
        zend_hash_index_update(ht, (ulong) Z_LVAL_P(key), (void *) &value, sizeof(zval *), NULL);
    } else {
        zend_symtable_update(ht, Z_STRVAL_P(key), (uint) Z_STRLEN_P(key) + 1, (void *) &value,
            sizeof(zval *), NULL);
    }
}

static bool is_key(const zval *value)
{
    return Z_TYPE_P(value) == IS_LONG || Z_TYPE_P(value) == IS_STRING;
}

PHP_FUNCTION(array_flip)
{
    zval *array;
    Bucket *p;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a", &array) == FAILURE) {
        return;
    }
    array_init_size(return_value, (uint) zend_hash_num_elements(Z_ARRVAL_P(array)));
    PHP_ARRAY_EACH(Z_ARRVAL_P(array), p) {
        zval *key;
        if (!is_key(PHP_BUCKET_ZVAL(p))) {
            php_error_docref(NULL, E_WARNING, "Can only flip STRING and INTEGER values!");
            continue;
        }
        MAKE_STD_ZVAL(key);
        php_array_copy_key(p, key);
        set_scalar_key(Z_ARRVAL_P(return_value), PHP_BUCKET_ZVAL(p), key);
    }
}

PHP_FUNCTION(array_reverse)
{
    zval *array;
    zend_bool preserve_keys = 0;
    Bucket *p;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a|b", &array, &preserve_keys) == FAILURE) {
        return;
    }
    array_init_size(return_value, (uint) zend_hash_num_elements(Z_ARRVAL_P(array)));
    for (p = Z_ARRVAL_P(array)->pListTail; p != NULL; p = p->pListLast) {
        if (zend_hash_bucket_is_absent(p)) {
            continue;
        }
        if (preserve_keys) {
            php_array_set_like(Z_ARRVAL_P(return_value), p, php_array_share(p));
        } else {
            php_array_append_like(Z_ARRVAL_P(return_value), p, php_array_share(p));
        }
    }
}

PHP_FUNCTION(array_change_key_case)
{
    zval *array;
    long to_upper = 0;
    Bucket *p;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a|l", &array, &to_upper) == FAILURE) {
        return;
    }
    array_init_size(return_value, (uint) zend_hash_num_elements(Z_ARRVAL_P(array)));
    PHP_ARRAY_EACH(Z_ARRVAL_P(array), p) {
        zval *value = php_array_share(p);
        char *key;
        uint i;
        if (p->nKeyLength == 0) {
            php_array_set_like(Z_ARRVAL_P(return_value), p, value);
            continue;
        }
        key = estrndup(p->arKey, p->nKeyLength - 1);
        for (i = 0; i < p->nKeyLength; i++) {
            key[i] = (char) (to_upper ? toupper((unsigned char) key[i])
                                      : tolower((unsigned char) key[i]));
        }
        zend_hash_update(Z_ARRVAL_P(return_value), key, p->nKeyLength, (void *) &value,
            sizeof(zval *), NULL);
        efree(key);
    }
}

PHP_FUNCTION(array_count_values)
{
    zval *array;
    Bucket *p;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a", &array) == FAILURE) {
        return;
    }
    array_init(return_value);
    PHP_ARRAY_EACH(Z_ARRVAL_P(array), p) {
        zval *value = PHP_BUCKET_ZVAL(p);
        zval **counter;
        int found;
        if (!is_key(value)) {
            php_error_docref(NULL, E_WARNING, "Can only count STRING and INTEGER values!");
            continue;
        }
        found = Z_TYPE_P(value) == IS_LONG
            ? zend_hash_index_find(Z_ARRVAL_P(return_value), (ulong) Z_LVAL_P(value),
                (void **) &counter)
            : zend_symtable_find(Z_ARRVAL_P(return_value), Z_STRVAL_P(value),
                (uint) Z_STRLEN_P(value) + 1, (void **) &counter);
        if (found == SUCCESS) {
            Z_LVAL_PP(counter)++;
        } else {
            zval *one;
            MAKE_STD_ZVAL(one);
            ZVAL_LONG(one, 1);
            set_scalar_key(Z_ARRVAL_P(return_value), value, one);
        }
    }
}

/* --- array_unique() ----------------------------------------------------------------------- */

/* An element and its place in the array: of equal ones the first stays. */
typedef struct _numbered_bucket {
    Bucket *bucket;
    uint number;
} numbered_bucket;

static int order_numbered(const void *a, const void *b, void *argument)
{
    php_value_order order = *(php_value_order *) argument;
    return order(PHP_BUCKET_ZVAL(((const numbered_bucket *) a)->bucket),
        PHP_BUCKET_ZVAL(((const numbered_bucket *) b)->bucket));
}

static void delete_like(HashTable *ht, const Bucket *p)
{
    if (p->nKeyLength == 0) {
        zend_hash_index_del(ht, p->h);
    } else {
        zend_hash_quick_del(ht, p->arKey, p->nKeyLength, p->h);
    }
}

/* Sorts the elements, and deletes from `result` what equals its neighbour. */
static void delete_duplicates(HashTable *result, HashTable *source, php_value_order order)
{
    uint count = (uint) zend_hash_num_elements(source);
    numbered_bucket *sorted = safe_emalloc(count, sizeof(numbered_bucket), 0);
    numbered_bucket *kept = sorted;
    uint i = 0;
    Bucket *p;

    PHP_ARRAY_EACH(source, p) {
        sorted[i].bucket = p;
        sorted[i].number = i;
        i++;
    }
    count = i;
    zend_qsort_r(sorted, count, sizeof(numbered_bucket), order_numbered, &order);
    for (i = 1; i < count; i++) {
        if (order_numbered(kept, &sorted[i], &order) != 0) {
            kept = &sorted[i];
        } else if (kept->number > sorted[i].number) {
            delete_like(result, kept->bucket);
            kept = &sorted[i];
        } else {
            delete_like(result, sorted[i].bucket);
        }
    }
    efree(sorted);
}

/* Without side effects when made a string. */
static bool all_scalar(HashTable *ht)
{
    Bucket *p;

    PHP_ARRAY_EACH(ht, p) {
        zend_uchar type = Z_TYPE_P(PHP_BUCKET_ZVAL(p));
        if (type == IS_ARRAY || type == IS_OBJECT) {
            return false;
        }
    }
    return true;
}

/* The same for string order, by looking each string up: what was there before goes. */
static void delete_equal_strings(HashTable *result, HashTable *source)
{
    HashTable seen;
    Bucket *p;

    zend_hash_init(&seen, (uint) zend_hash_num_elements(source), NULL, NULL, 0);
    PHP_ARRAY_EACH(source, p) {
        zval *value = PHP_BUCKET_ZVAL(p);
        zval copy;
        int use_copy = 0;
        zend_make_printable_zval(value, &copy, &use_copy);
        value = use_copy ? &copy : value;
        if (zend_hash_add_empty_element(&seen, Z_STRVAL_P(value), (uint) Z_STRLEN_P(value) + 1)
            == FAILURE) {
            delete_like(result, p);
        }
        if (use_copy) {
            zval_dtor(&copy);
        }
    }
    zend_hash_destroy(&seen);
}

PHP_FUNCTION(array_unique)
{
    zval *array;
    long flags = PHP_SORT_STRING;
    HashTable *source;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a|l", &array, &flags) == FAILURE) {
        return;
    }
    source = Z_ARRVAL_P(array);
    array_init_size(return_value, (uint) zend_hash_num_elements(source));
    zend_hash_copy(Z_ARRVAL_P(return_value), source, (copy_ctor_func_t) zval_add_ref, NULL,
        sizeof(zval *));
    if (zend_hash_num_elements(source) <= 1) {
        return;
    }
    if (flags == PHP_SORT_STRING && all_scalar(source)) {
        delete_equal_strings(Z_ARRVAL_P(return_value), source);
    } else {
        delete_duplicates(Z_ARRVAL_P(return_value), source, php_get_value_order(flags));
    }
}

/* --- array_column() ----------------------------------------------------------------------- */

/* Makes a key of an argument; false after a warning. */
static bool take_column_key(zval **key, const char *name)
{
    switch (Z_TYPE_PP(key)) {
    case IS_DOUBLE:
        convert_to_long_ex(key);
        return true;
    case IS_OBJECT:
        convert_to_string_ex(key);
        return true;
    case IS_LONG:
    case IS_STRING:
        return true;
    default:
        php_error_docref(NULL, E_WARNING,
            "The %s key should be either a string or an integer", name);
        return false;
    }
}

/* The row's element, or NULL. A numeric string is no integer key here. */
static zval *column_of(HashTable *row, zval *key)
{
    zval **element;
    int found = Z_TYPE_P(key) == IS_LONG
        ? zend_hash_index_find(row, (ulong) Z_LVAL_P(key), (void **) &element)
        : zend_hash_find(row, Z_STRVAL_P(key), (uint) Z_STRLEN_P(key) + 1, (void **) &element);
    return found == SUCCESS ? *element : NULL;
}

/* Enters a value under the row's key, or the next free one. */
static void add_to_column(zval *result, zval *key, zval *value)
{
    zval copy;

    Z_ADDREF_P(value);
    if (key != NULL && is_key(key)) {
        set_scalar_key(Z_ARRVAL_P(result), key, value);
    } else if (key != NULL && Z_TYPE_P(key) == IS_OBJECT) {
        INIT_PZVAL_COPY(&copy, key);
        zval_copy_ctor(&copy);
        convert_to_string(&copy);
        set_scalar_key(Z_ARRVAL_P(result), &copy, value);
        zval_dtor(&copy);
    } else {
        php_array_append(Z_ARRVAL_P(result), value);
    }
}

PHP_FUNCTION(array_column)
{
    HashTable *rows;
    zval **column = NULL;
    zval **index = NULL;
    Bucket *p;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "hZ!|Z!", &rows, &column, &index) == FAILURE) {
        return;
    }
    if ((column != NULL && !take_column_key(column, "column"))
        || (index != NULL && !take_column_key(index, "index"))) {
        RETURN_FALSE;
    }
    array_init(return_value);
    PHP_ARRAY_EACH(rows, p) {
        zval *row = php_array_share(p);
        zval *value = Z_TYPE_P(row) != IS_ARRAY ? NULL
            : column == NULL ? row : column_of(Z_ARRVAL_P(row), *column);
        if (value != NULL) {
            zval *key = index == NULL ? NULL : column_of(Z_ARRVAL_P(row), *index);
            add_to_column(return_value, key, value);
        }
        zval_ptr_dtor(&row);
    }
}

static const zend_function_entry array_transform_functions[] = {
    PHP_FE(array_flip, "$arg", "Exchanges keys and values.")
    PHP_FE(array_reverse, "$input, [$preserve_keys]", "Returns the elements in reverse order.")
    PHP_FE(array_change_key_case, "$input, [$case]",
        "Returns the array with its string keys in lower or upper case.")
    PHP_FE(array_count_values, "$arg", "Counts how often each value occurs.")
    PHP_FE(array_unique, "$arg, [$sort_flags]",
        "Returns the array without elements that equal an earlier one.")
    PHP_FE(array_column, "$arg, $column_key, [$index_key]",
        "Returns one column of an array of rows.")
    PHP_FE_END
};

const php_standard_part standard_array_transform_part = {
    array_transform_functions, NULL, NULL, NULL, NULL, NULL,
};
