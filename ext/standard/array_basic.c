/* SPDX-License-Identifier: MIT */
/*
 * Array functions that count, search, and make arrays: count(), in_array(), range(),
 * array_fill(), array_keys() and so on.
 */
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_array.h"

bool php_array_is_fixed(const HashTable *ht)
{
    return ht == &EG(symbol_table);
}

/* --- count() ------------------------------------------------------------------------------ */

/* Adds up the elements of all tables. *recursions counts tables met inside themselves. */
static int count_tables(HashTable *ht, int *recursions)
{
    int count = zend_hash_num_elements(ht);
    Bucket *p;

    zend_stack_guard();
    if (ht->nApplyCount > 1) {
        (*recursions)++;
        return 0;
    }
    ht->nApplyCount++;
    PHP_ARRAY_EACH(ht, p) {
        zval *value = PHP_BUCKET_ZVAL(p);
        if (Z_TYPE_P(value) == IS_ARRAY) {
            count += count_tables(Z_ARRVAL_P(value), recursions);
        } else {
            count += Z_TYPE_P(value) == IS_OBJECT ? php_count_recursive(value, 1) - 1 : 0;
        }
    }
    ht->nApplyCount--;
    return count;
}

int php_count_recursive(zval *array, long mode)
{
    int recursions = 0;
    int count;

    if (Z_TYPE_P(array) != IS_ARRAY) {
        return 1;
    }
    if (mode != PHP_COUNT_RECURSIVE) {
        return zend_hash_num_elements(Z_ARRVAL_P(array));
    }
    count = count_tables(Z_ARRVAL_P(array), &recursions);
    while (recursions-- > 0) {
        php_error_docref(NULL, E_WARNING, "recursion detected");
    }
    return count;
}

/* The class's own handler, or Countable::count(), or 1. */
static void count_object(zval *object, zval *return_value)
{
    zend_class_entry **countable;
    zval *result;

    if (Z_OBJ_HT_P(object)->count_elements != NULL) {
        RETVAL_LONG(1);
        if (Z_OBJ_HT_P(object)->count_elements(object, &Z_LVAL_P(return_value)) == SUCCESS) {
            return;
        }
    }
    if (zend_hash_find(EG(class_table), ZEND_STRS("countable"), (void **) &countable) == SUCCESS
        && instanceof_function(Z_OBJCE_P(object), *countable)) {
        zend_call_method_with_0_params(&object, NULL, NULL, "count", &result);
        if (result != NULL) {
            convert_to_long_ex(&result);
            RETVAL_LONG(Z_LVAL_P(result));
            zval_ptr_dtor(&result);
        }
        return;
    }
    RETVAL_LONG(1);
}

PHP_FUNCTION(count)
{
    zval *array;
    long mode = PHP_COUNT_NORMAL;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z|l", &array, &mode) == FAILURE) {
        return;
    }
    switch (Z_TYPE_P(array)) {
    case IS_NULL:
        RETURN_LONG(0);
    case IS_ARRAY:
        RETURN_LONG(php_count_recursive(array, mode));
    case IS_OBJECT:
        count_object(array, return_value);
        return;
    default:
        RETURN_LONG(1);
    }
}

/* --- Searching ---------------------------------------------------------------------------- */

static Bucket *find_value(HashTable *ht, zval *value, bool strict)
{
    Bucket *p;

    PHP_ARRAY_EACH(ht, p) {
        zval *element = PHP_BUCKET_ZVAL(p);
        if (strict ? zend_is_identical(value, element) : zend_is_equal(value, element)) {
            return p;
        }
    }
    return NULL;
}

PHP_FUNCTION(in_array)
{
    zval *value, *array;
    zend_bool strict = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "za|b", &value, &array, &strict) == FAILURE) {
        return;
    }
    RETURN_BOOL(find_value(Z_ARRVAL_P(array), value, strict) != NULL);
}

PHP_FUNCTION(array_search)
{
    zval *value, *array;
    zend_bool strict = 0;
    Bucket *found;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "za|b", &value, &array, &strict) == FAILURE) {
        return;
    }
    found = find_value(Z_ARRVAL_P(array), value, strict);
    if (found == NULL) {
        RETURN_FALSE;
    }
    php_array_copy_key(found, return_value);
}

PHP_FUNCTION(array_key_exists)
{
    zval *key;
    HashTable *array;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "zH", &key, &array) == FAILURE) {
        return;
    }
    switch (Z_TYPE_P(key)) {
    case IS_STRING:
        RETURN_BOOL(zend_symtable_exists(array, Z_STRVAL_P(key), (uint) Z_STRLEN_P(key) + 1));
    case IS_LONG:
        RETURN_BOOL(zend_hash_index_exists(array, (ulong) Z_LVAL_P(key)));
    case IS_NULL:
        RETURN_BOOL(zend_hash_exists(array, "", 1));
    default:
        php_error_docref(NULL, E_WARNING,
            "The first argument should be either a string or an integer");
        RETURN_FALSE;
    }
}

PHP_FUNCTION(array_keys)
{
    zval *array;
    zval *wanted = NULL;
    zend_bool strict = 0;
    Bucket *p;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a|zb", &array, &wanted, &strict) == FAILURE) {
        return;
    }
    array_init_size(return_value,
        wanted == NULL ? (uint) zend_hash_num_elements(Z_ARRVAL_P(array)) : 0);
    PHP_ARRAY_EACH(Z_ARRVAL_P(array), p) {
        zval *element = PHP_BUCKET_ZVAL(p);
        zval *key;
        if (wanted != NULL && !(strict ? zend_is_identical(wanted, element)
                                       : zend_is_equal(wanted, element))) {
            continue;
        }
        MAKE_STD_ZVAL(key);
        php_array_copy_key(p, key);
        php_array_append(Z_ARRVAL_P(return_value), key);
    }
}

PHP_FUNCTION(array_values)
{
    zval *array;
    Bucket *p;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a", &array) == FAILURE) {
        return;
    }
    array_init_size(return_value, (uint) zend_hash_num_elements(Z_ARRVAL_P(array)));
    PHP_ARRAY_EACH(Z_ARRVAL_P(array), p) {
        php_array_append(Z_ARRVAL_P(return_value), php_array_share(p));
    }
}

/* --- Filling ------------------------------------------------------------------------------ */

PHP_FUNCTION(array_fill)
{
    zval *value;
    long start_key, number;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "llz", &start_key, &number, &value) == FAILURE) {
        return;
    }
    if (number < 0) {
        php_error_docref(NULL, E_WARNING, "Number of elements can't be negative");
        RETURN_FALSE;
    }
    array_init_size(return_value, (uint) MIN(number, 0x40000000));
    if (number == 0) {
        return;
    }
    Z_ADDREF_P(value);
    zend_hash_index_update(Z_ARRVAL_P(return_value), (ulong) start_key, (void *) &value,
        sizeof(zval *), NULL);
    while (--number > 0) {
        if (zend_hash_next_index_insert(Z_ARRVAL_P(return_value), (void *) &value,
                sizeof(zval *), NULL) == FAILURE) {
            zval_dtor(return_value);
            php_error_docref(NULL, E_WARNING,
                "Cannot add element to the array as the next element is already occupied");
            RETURN_FALSE;
        }
        Z_ADDREF_P(value);
    }
}

/* $ht[(string) $key] = value, where an integer stays one. */
static void set_by_value(HashTable *ht, zval *key, zval *value)
{
    zval copy;
    int use_copy = 0;

    Z_ADDREF_P(value);
    if (Z_TYPE_P(key) == IS_LONG) {
        zend_hash_index_update(ht, (ulong) Z_LVAL_P(key), (void *) &value, sizeof(zval *), NULL);
        return;
    }
    zend_make_printable_zval(key, &copy, &use_copy);
    key = use_copy ? &copy : key;
    zend_symtable_update(ht, Z_STRVAL_P(key), (uint) Z_STRLEN_P(key) + 1, (void *) &value,
        sizeof(zval *), NULL);
    if (use_copy) {
        zval_dtor(&copy);
    }
}

PHP_FUNCTION(array_fill_keys)
{
    zval *keys, *value;
    Bucket *p;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "az", &keys, &value) == FAILURE) {
        return;
    }
    array_init_size(return_value, (uint) zend_hash_num_elements(Z_ARRVAL_P(keys)));
    PHP_ARRAY_EACH(Z_ARRVAL_P(keys), p) {
        set_by_value(Z_ARRVAL_P(return_value), PHP_BUCKET_ZVAL(p), value);
    }
}

PHP_FUNCTION(array_combine)
{
    HashTable *keys, *values;
    Bucket *key, *value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "hh", &keys, &values) == FAILURE) {
        return;
    }
    if (zend_hash_num_elements(keys) != zend_hash_num_elements(values)) {
        php_error_docref(NULL, E_WARNING,
            "Both parameters should have an equal number of elements");
        RETURN_FALSE;
    }
    array_init_size(return_value, (uint) zend_hash_num_elements(keys));
    value = php_array_present(values->pListHead);
    PHP_ARRAY_EACH(keys, key) {
        if (value == NULL) {
            break;
        }
        set_by_value(Z_ARRVAL_P(return_value), PHP_BUCKET_ZVAL(key), PHP_BUCKET_ZVAL(value));
        value = php_array_present(value->pListNext);
    }
}

/* --- range() ------------------------------------------------------------------------------ */

/* All false: the step is zero, or longer than the way. */
static bool range_of_characters(zval *result, unsigned char low, unsigned char high, double by)
{
    long step = zend_dval_to_lval(by);
    long distance = low > high ? low - high : high - low;
    long character = low;

    if (distance > 0 && (distance < step || step <= 0)) {
        return false;
    }
    array_init(result);
    step = distance == 0 ? 1 : low > high ? -step : step;
    for (; step < 0 ? character >= high : character <= high; character += step) {
        add_next_index_stringl(result, zend_one_char_string[character], 1, 1);
    }
    return true;
}

static bool range_of_doubles(zval *result, double low, double high, double step)
{
    double direction = low > high ? -step : step;
    ulong i;

    if (low == high) {
        array_init(result);
        add_next_index_double(result, low);
        return true;
    }
    if (!(fabs(high - low) >= step) || step <= 0.0) {
        return false;
    }
    array_init(result);
    for (i = 0;; i++) {
        double element = low + (double) i * direction;
        if (low > high ? element < high : element > high) {
            return true;
        }
        add_next_index_double(result, element);
    }
}

static bool range_of_longs(zval *result, long low, long high, double by)
{
    ulong distance = low > high ? (ulong) low - (ulong) high : (ulong) high - (ulong) low;
    long step = by < 9223372036854775807.0 ? (long) by : LONG_MAX;
    ulong i;

    if (step <= 0 || (distance > 0 && distance < (ulong) step)) {
        return false;
    }
    array_init_size(result, (uint) MIN(distance / (ulong) step + 1, 0x40000000));
    for (i = 0; i <= distance / (ulong) step; i++) {
        ulong way = i * (ulong) step;
        add_next_index_long(result, (long) (low > high ? (ulong) low - way : (ulong) low + way));
    }
    return true;
}

static zend_uchar numeric_type(zval *value)
{
    return is_numeric_string(Z_STRVAL_P(value), Z_STRLEN_P(value), NULL, NULL, 0);
}

/* What the range is made of: IS_STRING, IS_DOUBLE or IS_LONG. */
static zend_uchar range_type(zval *low, zval *high, bool step_is_double)
{
    if (Z_TYPE_P(low) == IS_STRING && Z_TYPE_P(high) == IS_STRING && Z_STRLEN_P(low) >= 1
        && Z_STRLEN_P(high) >= 1) {
        zend_uchar low_type = numeric_type(low);
        zend_uchar high_type = numeric_type(high);
        if (low_type == IS_DOUBLE || high_type == IS_DOUBLE || step_is_double) {
            return IS_DOUBLE;
        }
        return low_type == IS_LONG || high_type == IS_LONG ? IS_LONG : IS_STRING;
    }
    return Z_TYPE_P(low) == IS_DOUBLE || Z_TYPE_P(high) == IS_DOUBLE || step_is_double
        ? IS_DOUBLE : IS_LONG;
}

PHP_FUNCTION(range)
{
    zval *low, *high;
    zval *step_value = NULL;
    double step = 1.0;
    bool step_is_double = false;
    bool is_made;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "zz|z", &low, &high, &step_value) == FAILURE) {
        RETURN_FALSE;
    }
    if (step_value != NULL) {
        step_is_double = Z_TYPE_P(step_value) == IS_DOUBLE
            || (Z_TYPE_P(step_value) == IS_STRING && numeric_type(step_value) == IS_DOUBLE);
        step = fabs(zend_zval_get_double(step_value));
    }
    switch (range_type(low, high, step_is_double)) {
    case IS_STRING:
        is_made = range_of_characters(return_value, (unsigned char) Z_STRVAL_P(low)[0],
            (unsigned char) Z_STRVAL_P(high)[0], step);
        break;
    case IS_DOUBLE:
        is_made = range_of_doubles(return_value, zend_zval_get_double(low),
            zend_zval_get_double(high), step);
        break;
    default:
        is_made = range_of_longs(return_value, zend_zval_get_long(low), zend_zval_get_long(high),
            step);
        break;
    }
    if (!is_made) {
        php_error_docref(NULL, E_WARNING, "step exceeds the specified range");
        RETURN_FALSE;
    }
}

static const zend_function_entry array_basic_functions[] = {
    PHP_FE(count, "$var, [$mode]",
        "Counts the elements of an array, or what an object says it has.")
    PHP_FALIAS(sizeof, count, "$var, [$mode]",
        "Counts the elements of an array, or what an object says it has.")
    PHP_FE(in_array, "$needle, $haystack, [$strict]", "Tells whether a value is in an array.")
    PHP_FE(array_search, "$needle, $haystack, [$strict]",
        "Returns the key of the first element that equals a value.")
    PHP_FE(array_key_exists, "$key, $search", "Tells whether an array has a key.")
    PHP_FALIAS(key_exists, array_key_exists, "$key, $search", "Tells whether an array has a key.")
    PHP_FE(array_keys, "$arg, [$search_value], [$strict]",
        "Returns the keys, of elements that equal a value if one is given.")
    PHP_FE(array_values, "$arg", "Returns the values, numbered from 0.")
    PHP_FE(array_fill, "$start_key, $num, $val",
        "Makes an array of one value, numbered from a start.")
    PHP_FE(array_fill_keys, "$keys, $val", "Makes an array of one value with the keys given.")
    PHP_FE(array_combine, "$keys, $values", "Makes an array from keys and values.")
    PHP_FE(range, "$low, $high, [$step]",
        "Makes an array of numbers or characters from one to another.")
    PHP_FE_END
};

static PHP_MINIT_FUNCTION(array)
{
    static const php_long_constant constants[] = {
        {"EXTR_OVERWRITE", 0},
        {"EXTR_SKIP", 1},
        {"EXTR_PREFIX_SAME", 2},
        {"EXTR_PREFIX_ALL", 3},
        {"EXTR_PREFIX_INVALID", 4},
        {"EXTR_PREFIX_IF_EXISTS", 5},
        {"EXTR_IF_EXISTS", 6},
        {"EXTR_REFS", 256},
        {"SORT_ASC", PHP_SORT_ASC},
        {"SORT_DESC", PHP_SORT_DESC},
        {"SORT_REGULAR", PHP_SORT_REGULAR},
        {"SORT_NUMERIC", PHP_SORT_NUMERIC},
        {"SORT_STRING", PHP_SORT_STRING},
        {"SORT_LOCALE_STRING", PHP_SORT_LOCALE_STRING},
        {"SORT_NATURAL", PHP_SORT_NATURAL},
        {"SORT_FLAG_CASE", PHP_SORT_FLAG_CASE},
        {"CASE_LOWER", 0},
        {"CASE_UPPER", 1},
        {"COUNT_NORMAL", PHP_COUNT_NORMAL},
        {"COUNT_RECURSIVE", PHP_COUNT_RECURSIVE},
        {"ARRAY_FILTER_USE_BOTH", 1},
        {"ARRAY_FILTER_USE_KEY", 2},
        {NULL, 0},
    };
    php_register_long_constants(constants, module_number);
    return SUCCESS;
}

const php_standard_part standard_array_basic_part = {
    array_basic_functions, PHP_MINIT(array), NULL, NULL, NULL, NULL,
};
