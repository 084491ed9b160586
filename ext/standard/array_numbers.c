/* SPDX-License-Identifier: MIT */
/* Numbers out of arrays: sum, product, smallest and greatest; and arrays at random. */
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_array.h"
#include "ext/standard/php_rand.h"

/* The number that an element stands for; false for arrays and objects, which don't count. */
static bool number_of(const Bucket *p, zval *number)
{
    zval *value = PHP_BUCKET_ZVAL(p);

    if (Z_TYPE_P(value) == IS_ARRAY || Z_TYPE_P(value) == IS_OBJECT) {
        return false;
    }
    INIT_PZVAL_COPY(number, value);
    zval_copy_ctor(number);
    convert_scalar_to_number(number);
    return true;
}

PHP_FUNCTION(array_sum)
{
    zval *array;
    zval number;
    Bucket *p;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a", &array) == FAILURE) {
        return;
    }
    ZVAL_LONG(return_value, 0);
    PHP_ARRAY_EACH(Z_ARRVAL_P(array), p) {
        if (number_of(p, &number)) {
            fast_add_function(return_value, return_value, &number);
        }
    }
}

/* An integer product that does not fit becomes a double, and stays one. */
static void multiply(zval *product, zval *number)
{
    long result;

    if (Z_TYPE_P(product) == IS_LONG && Z_TYPE_P(number) == IS_LONG
        && !__builtin_mul_overflow(Z_LVAL_P(product), Z_LVAL_P(number), &result)) {
        Z_LVAL_P(product) = result;
        return;
    }
    convert_to_double(product);
    convert_to_double(number);
    Z_DVAL_P(product) *= Z_DVAL_P(number);
}

PHP_FUNCTION(array_product)
{
    zval *array;
    zval number;
    Bucket *p;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a", &array) == FAILURE) {
        return;
    }
    ZVAL_LONG(return_value, 1);
    PHP_ARRAY_EACH(Z_ARRVAL_P(array), p) {
        if (number_of(p, &number)) {
            multiply(return_value, &number);
        }
    }
}

/* --- min(), max() ------------------------------------------------------------------------- */

/* direction: -1 for the smallest, 1 for the greatest. Of equal ones the first. */
static zval *extreme_of_table(HashTable *ht, int direction)
{
    zval *best = NULL;
    Bucket *p;

    PHP_ARRAY_EACH(ht, p) {
        zval *value = PHP_BUCKET_ZVAL(p);
        if (best == NULL || zend_compare(value, best) * direction > 0) {
            best = value;
        }
    }
    return best;
}

static zval *extreme_of_arguments(zval ***arguments, int count, int direction)
{
    zval *best = *arguments[0];
    int i;

    for (i = 1; i < count; i++) {
        if (zend_compare(best, *arguments[i]) * direction < 0) {
            best = *arguments[i];
        }
    }
    return best;
}

static void return_extreme(INTERNAL_FUNCTION_PARAMETERS, int direction)
{
    zval ***arguments = NULL;
    zval *best;
    int count;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "+", &arguments, &count) == FAILURE) {
        return;
    }
    if (count > 1) {
        best = extreme_of_arguments(arguments, count, direction);
    } else if (Z_TYPE_PP(arguments[0]) != IS_ARRAY) {
        php_error_docref(NULL, E_WARNING,
            "When only one parameter is given, it must be an array");
        efree(arguments);
        return;
    } else {
        best = extreme_of_table(Z_ARRVAL_PP(arguments[0]), direction);
    }
    efree(arguments);
    if (best == NULL) {
        php_error_docref(NULL, E_WARNING, "Array must contain at least one element");
        RETURN_FALSE;
    }
    php_return_shared(return_value, return_value_ptr, best);
}

PHP_FUNCTION(min)
{
    return_extreme(INTERNAL_FUNCTION_PARAM_PASSTHRU, -1);
}

PHP_FUNCTION(max)
{
    return_extreme(INTERNAL_FUNCTION_PARAM_PASSTHRU, 1);
}

/* --- At random ---------------------------------------------------------------------------- */

/* A sort function that leaves the order as it is: then zend_hash_sort() only numbers. */
static void keep_order(void *base, size_t count, size_t size, compare_func_t compare)
{
}

/* From the end on, each element changes places with one that is not behind it. */
void php_array_data_shuffle(zval *array)
{
    HashTable *ht = Z_ARRVAL_P(array);
    long count = zend_hash_num_elements(ht);
    zval **values;
    Bucket *p;
    long i = 0;

    if (count < 1 || php_array_is_fixed(ht)) {
        return;
    }
    values = safe_emalloc((size_t) count, sizeof(zval *), 0);
    PHP_ARRAY_EACH(ht, p) {
        values[i++] = PHP_BUCKET_ZVAL(p);
    }
    for (i = count - 1; i > 0; i--) {
        long other = php_rand_range(php_rand(), 0, i, PHP_RAND_MAX);
        zval *swapped = values[i];
        values[i] = values[other];
        values[other] = swapped;
    }
    i = 0;
    PHP_ARRAY_EACH(ht, p) {
        PHP_BUCKET_ZVAL(p) = values[i++];
    }
    efree(values);
    zend_hash_sort(ht, keep_order, NULL, 1);
}

PHP_FUNCTION(shuffle)
{
    zval *array;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a", &array) == FAILURE) {
        RETURN_FALSE;
    }
    php_array_data_shuffle(array);
    RETURN_TRUE;
}

/* Each element is taken with the probability that fills the rest: wanted / left. */
PHP_FUNCTION(array_rand)
{
    zval *array;
    long wanted = 1;
    long left;
    Bucket *p;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a|l", &array, &wanted) == FAILURE) {
        return;
    }
    left = zend_hash_num_elements(Z_ARRVAL_P(array));
    if (ZEND_NUM_ARGS() > 1 && (wanted <= 0 || wanted > left)) {
        php_error_docref(NULL, E_WARNING,
            "Second argument has to be between 1 and the number of elements in the array");
        return;
    }
    if (wanted > 1) {
        array_init_size(return_value, (uint) wanted);
    }
    PHP_ARRAY_EACH(Z_ARRVAL_P(array), p) {
        if ((double) php_rand() / (PHP_RAND_MAX + 1.0) < (double) wanted / (double) left) {
            zval *key;
            if (Z_TYPE_P(return_value) != IS_ARRAY) {
                php_array_copy_key(p, return_value);
                return;
            }
            MAKE_STD_ZVAL(key);
            php_array_copy_key(p, key);
            php_array_append(Z_ARRVAL_P(return_value), key);
            if (--wanted == 0) {
                return;
            }
        }
        left--;
    }
}

static const zend_function_entry array_numbers_functions[] = {
    PHP_FE(array_sum, "$arg", "Adds up the elements.")
    PHP_FE(array_product, "$arg", "Multiplies the elements.")
    PHP_FE(min, "...$args", "Returns the smallest of its arguments, or of one array's elements.")
    PHP_FE(max, "...$args", "Returns the greatest of its arguments, or of one array's elements.")
    PHP_FE(shuffle, "&$arg", "Puts the elements in random order and numbers them anew.")
    PHP_FE(array_rand, "$arg, [$num_req]", "Returns one key, or a list of keys, at random.")
    PHP_FE_END
};

const php_standard_part standard_array_numbers_part = {
    array_numbers_functions, NULL, NULL, NULL, NULL, NULL,
};
