/* SPDX-License-Identifier: MIT */
/* Functions that call a function for each element: array_walk(), map, filter, reduce. */
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_array.h"

/* A callback, and the places of its arguments. */
typedef struct _callback {
    zend_fcall_info fci;
    zend_fcall_info_cache fcc;
} callback;

/* The result, counted; NULL when it failed or threw. */
static zval *call(callback *function, zend_uint count, zval ***arguments)
{
    zval *result = NULL;

    function->fci.retval_ptr_ptr = &result;
    function->fci.param_count = count;
    function->fci.params = arguments;
    function->fci.no_separation = 0;
    return zend_call_function(&function->fci, &function->fcc) == SUCCESS ? result : NULL;
}

/* --- array_walk() ------------------------------------------------------------------------- */

typedef struct _walk {
    callback function;
    zval *userdata; /* or NULL */
    bool recursive;
} walk;

static HashTable *table_of(zval *container)
{
    return Z_TYPE_P(container) == IS_ARRAY ? Z_ARRVAL_P(container)
        : Z_TYPE_P(container) == IS_OBJECT ? Z_OBJPROP_P(container) : NULL;
}

static bool walk_table(walk *w, zval *container);

/* Goes into an array that is an element. False: a recursion, or an end. */
static bool walk_nested(walk *w, zval **place)
{
    zval *nested;
    HashTable *ht;
    bool goes_on;

    SEPARATE_ZVAL_IF_NOT_REF(place);
    nested = *place;
    ht = Z_ARRVAL_P(nested);
    if (ht->nApplyCount > 1) {
        php_error_docref(NULL, E_WARNING, "recursion detected");
        return false;
    }
    Z_ADDREF_P(nested);
    ht->nApplyCount++;
    goes_on = walk_table(w, nested);
    if (Z_TYPE_P(nested) == IS_ARRAY && Z_ARRVAL_P(nested) == ht && ht->nApplyCount > 0) {
        ht->nApplyCount--;
    }
    zval_ptr_dtor(&nested);
    return goes_on;
}

static bool walk_element(walk *w, HashTable *ht, zval **place)
{
    zval *key;
    zval **arguments[3];
    zval *result;

    MAKE_STD_ZVAL(key);
    zend_hash_get_current_key_zval(ht, key);
    arguments[0] = place;
    arguments[1] = &key;
    arguments[2] = &w->userdata;
    result = call(&w->function, w->userdata != NULL ? 3 : 2, arguments);
    zval_ptr_dtor(&key);
    if (result == NULL) {
        return EG(exception) == NULL;
    }
    zval_ptr_dtor(&result);
    return true;
}

/*
 * The internal pointer is the position: it stays valid when elements are deleted. The table is
 * looked up anew at each step, since the callback may have given the variable another value.
 */
static bool walk_table(walk *w, zval *container)
{
    HashTable *ht = table_of(container);
    zval **place;

    zend_stack_guard();
    if (ht == NULL) {
        return true;
    }
    zend_hash_internal_pointer_reset(ht);
    while (ht != NULL && EG(exception) == NULL
        && zend_hash_get_current_data(ht, (void **) &place) == SUCCESS) {
        bool goes_on = w->recursive && Z_TYPE_PP(place) == IS_ARRAY
            ? walk_nested(w, place) : walk_element(w, ht, place);
        if (!goes_on) {
            return false;
        }
        ht = table_of(container);
        if (ht != NULL) {
            zend_hash_move_forward(ht);
        }
    }
    return true;
}

static void walk_array(INTERNAL_FUNCTION_PARAMETERS, bool recursive, const char *types)
{
    zval *container;
    walk w;

    w.userdata = NULL;
    w.recursive = recursive;
    if (zend_parse_parameters(ZEND_NUM_ARGS(), types, &container, &w.function.fci,
            &w.function.fcc, &w.userdata) == FAILURE) {
        return;
    }
    Z_ADDREF_P(container);
    walk_table(&w, container);
    zval_ptr_dtor(&container);
    RETURN_TRUE;
}

PHP_FUNCTION(array_walk)
{
    walk_array(INTERNAL_FUNCTION_PARAM_PASSTHRU, false, "Af|z/");
}

PHP_FUNCTION(array_walk_recursive)
{
    walk_array(INTERNAL_FUNCTION_PARAM_PASSTHRU, true, "Af|z/");
}

/* --- array_map() -------------------------------------------------------------------------- */

/* One array: keys stay. False after a failure. */
static bool map_one(callback *function, HashTable *array, HashTable *result)
{
    Bucket *p;

    PHP_ARRAY_EACH(array, p) {
        zval *value = php_array_share(p);
        zval **arguments[1] = {&value};
        zval *mapped = call(function, 1, arguments);
        zval_ptr_dtor(&value);
        if (mapped == NULL) {
            return false;
        }
        php_array_set_like(result, p, mapped);
    }
    return true;
}

/* The next element of each array, counted, NULL values behind the end; the positions move on. */
static void fetch_row(Bucket **positions, zval **values, int count)
{
    int i;

    for (i = 0; i < count; i++) {
        if (positions[i] == NULL) {
            ALLOC_INIT_ZVAL(values[i]);
        } else {
            values[i] = php_array_share(positions[i]);
            positions[i] = php_array_present(positions[i]->pListNext);
        }
    }
}

/* Without a function a row becomes an array. */
static zval *list_of_row(zval **values, int count)
{
    zval *list;
    int i;

    MAKE_STD_ZVAL(list);
    array_init_size(list, (uint) count);
    for (i = 0; i < count; i++) {
        Z_ADDREF_P(values[i]);
        php_array_append(Z_ARRVAL_P(list), values[i]);
    }
    return list;
}

/* Many arrays: their elements side by side, numbered anew. False after a failure. */
static bool map_many(callback *function, zval ***arrays, int count, uint length,
    HashTable *result)
{
    Bucket **positions = safe_emalloc((size_t) count, sizeof(Bucket *), 0);
    zval **values = safe_emalloc((size_t) count, sizeof(zval *), 0);
    zval ***arguments = safe_emalloc((size_t) count, sizeof(zval **), 0);
    zval *mapped = NULL;
    uint row;
    int i;

    for (i = 0; i < count; i++) {
        positions[i] = php_array_present(Z_ARRVAL_PP(arrays[i])->pListHead);
        arguments[i] = &values[i];
    }
    for (row = 0; row < length; row++) {
        fetch_row(positions, values, count);
        mapped = ZEND_FCI_INITIALIZED(function->fci)
            ? call(function, (zend_uint) count, arguments) : list_of_row(values, count);
        for (i = 0; i < count; i++) {
            zval_ptr_dtor(&values[i]);
        }
        if (mapped == NULL) {
            break;
        }
        php_array_append(result, mapped);
    }
    efree(arguments);
    efree(values);
    efree(positions);
    return row == length;
}

/* The length of the longest; false after a warning. */
static bool check_mapped_arrays(zval ***arrays, int count, uint *length)
{
    int i;

    *length = 0;
    for (i = 0; i < count; i++) {
        if (Z_TYPE_PP(arrays[i]) != IS_ARRAY) {
            php_error_docref(NULL, E_WARNING, "Argument #%d should be an array", i + 2);
            return false;
        }
        *length = MAX(*length, (uint) zend_hash_num_elements(Z_ARRVAL_PP(arrays[i])));
    }
    return true;
}

PHP_FUNCTION(array_map)
{
    callback function = {empty_fcall_info, empty_fcall_info_cache};
    zval ***arrays = NULL;
    uint length;
    int count;
    bool is_done;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "f!+", &function.fci, &function.fcc, &arrays,
            &count) == FAILURE) {
        return;
    }
    if (!check_mapped_arrays(arrays, count, &length)) {
        efree(arrays);
        return;
    }
    if (count == 1 && !ZEND_FCI_INITIALIZED(function.fci)) {
        php_return_shared(return_value, return_value_ptr, *arrays[0]);
        efree(arrays);
        return;
    }
    array_init_size(return_value, length);
    is_done = count == 1
        ? map_one(&function, Z_ARRVAL_PP(arrays[0]), Z_ARRVAL_P(return_value))
        : map_many(&function, arrays, count, length, Z_ARRVAL_P(return_value));
    efree(arrays);
    if (!is_done) {
        php_error_docref(NULL, E_WARNING, "An error occurred while invoking the map callback");
        zval_dtor(return_value);
        RETURN_NULL();
    }
}

/* --- array_filter(), array_reduce() ------------------------------------------------------- */

#define FILTER_USE_BOTH 1
#define FILTER_USE_KEY 2

/* Asks the function about an element: 1, 0, or -1 after a failure. */
static int ask_filter(callback *function, const Bucket *p, long mode)
{
    zval *value = php_array_share(p);
    zval *key = NULL;
    zval **arguments[2] = {&value, &key};
    zval *result;
    int answer = -1;

    if (mode != 0) {
        MAKE_STD_ZVAL(key);
        php_array_copy_key(p, key);
    }
    result = mode == FILTER_USE_KEY ? call(function, 1, arguments + 1)
        : call(function, mode == FILTER_USE_BOTH ? 2 : 1, arguments);
    if (result != NULL) {
        answer = zval_is_true(result);
        zval_ptr_dtor(&result);
    }
    if (key != NULL) {
        zval_ptr_dtor(&key);
    }
    zval_ptr_dtor(&value);
    return answer;
}

PHP_FUNCTION(array_filter)
{
    zval *array;
    callback function = {empty_fcall_info, empty_fcall_info_cache};
    long mode = 0;
    Bucket *p;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a|fl", &array, &function.fci, &function.fcc,
            &mode) == FAILURE) {
        return;
    }
    mode = mode == FILTER_USE_BOTH || mode == FILTER_USE_KEY ? mode : 0;
    array_init(return_value);
    PHP_ARRAY_EACH(Z_ARRVAL_P(array), p) {
        int answer = ZEND_FCI_INITIALIZED(function.fci) ? ask_filter(&function, p, mode)
            : zval_is_true(PHP_BUCKET_ZVAL(p));
        if (answer < 0) {
            php_error_docref(NULL, E_WARNING,
                "An error occurred while invoking the filter callback");
            return;
        }
        if (answer) {
            php_array_set_like(Z_ARRVAL_P(return_value), p, php_array_share(p));
        }
    }
}

PHP_FUNCTION(array_reduce)
{
    zval *array;
    zval *initial = NULL;
    zval *result;
    callback function;
    Bucket *p;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "af|z", &array, &function.fci, &function.fcc,
            &initial) == FAILURE) {
        return;
    }
    if (initial != NULL) {
        ALLOC_ZVAL(result);
        MAKE_COPY_ZVAL(&initial, result);
    } else {
        ALLOC_INIT_ZVAL(result);
    }
    PHP_ARRAY_EACH(Z_ARRVAL_P(array), p) {
        zval *value = php_array_share(p);
        zval **arguments[2] = {&result, &value};
        zval *reduced = call(&function, 2, arguments);
        zval_ptr_dtor(&value);
        zval_ptr_dtor(&result);
        if (reduced == NULL) {
            php_error_docref(NULL, E_WARNING,
                "An error occurred while invoking the reduction callback");
            return;
        }
        result = reduced;
    }
    php_return_shared(return_value, return_value_ptr, result);
    zval_ptr_dtor(&result);
}

static const zend_function_entry array_walk_functions[] = {
    PHP_FE(array_walk, "&$input, $funcname, [$userdata]",
        "Calls a function with each element and key.")
    PHP_FE(array_walk_recursive, "&$input, $funcname, [$userdata]",
        "Calls a function with each element that is no array, at any depth.")
    PHP_FE(array_map, "$callback, ...$arrays", "Returns what a function makes of each element.")
    PHP_FE(array_filter, "$arg, [$callback], [$use_keys]",
        "Returns the elements that a function, or their truth, accepts.")
    PHP_FE(array_reduce, "$arg, $callback, [$initial]",
        "Carries a value through a function from element to element.")
    PHP_FE_END
};

const php_standard_part standard_array_walk_part = {
    array_walk_functions, NULL, NULL, NULL, NULL, NULL,
};
