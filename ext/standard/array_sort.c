/* SPDX-License-Identifier: MIT */
/*
 * sort() and its kin: by value or key, either way, by flags or by a function of the script.
 *
 * zend_hash_sort() gives a comparison two bucket pointers and no more; what it needs besides is in
 * `current`, which each sort sets for its time and puts back, since sorts nest (a callback may
 * sort).
 */
#include "data/zend_sort.h"
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_array.h"

/* What the running sort goes by. */
static struct {
    php_value_order order;
    php_user_order *user;
} current;

/* --- Holding ------------------------------------------------------------------------------ */

php_array_hold_state php_array_hold(zval *array)
{
    php_array_hold_state state = {Z_REFCOUNT_P(array), Z_ISREF_P(array)};

    Z_ADDREF_P(array);
    Z_UNSET_ISREF_P(array);
    return state;
}

bool php_array_release(zval *array, php_array_hold_state state)
{
    bool is_kept = Z_REFCOUNT_P(array) > state.refcount;

    Z_DELREF_P(array);
    if (Z_REFCOUNT_P(array) > 1) {
        Z_SET_ISREF_TO_P(array, state.is_ref);
    }
    return is_kept;
}

/* --- Orders ------------------------------------------------------------------------------- */

static int sign_of_result(const zval *result)
{
    if (Z_TYPE_P(result) == IS_DOUBLE) {
        return Z_DVAL_P(result) < 0 ? -1 : Z_DVAL_P(result) > 0;
    }
    return Z_LVAL_P(result) < 0 ? -1 : Z_LVAL_P(result) > 0;
}

static int order_regular(zval *a, zval *b)
{
    if (ZEND_LIKELY(Z_TYPE_P(a) == IS_LONG && Z_TYPE_P(b) == IS_LONG)) {
        return Z_LVAL_P(a) < Z_LVAL_P(b) ? -1 : Z_LVAL_P(a) > Z_LVAL_P(b);
    }
    return zend_compare(a, b);
}

static int order_numeric(zval *a, zval *b)
{
    zval result;

    numeric_compare_function(&result, a, b);
    return sign_of_result(&result);
}

int php_order_strings(zval *a, zval *b)
{
    zval result;

    if (ZEND_LIKELY(Z_TYPE_P(a) == IS_STRING && Z_TYPE_P(b) == IS_STRING)) {
        return zend_binary_zval_strcmp(a, b);
    }
    string_compare_function(&result, a, b);
    return sign_of_result(&result);
}

static int order_strings_case(zval *a, zval *b)
{
    zval result;

    string_case_compare_function(&result, a, b);
    return sign_of_result(&result);
}

static int order_strings_locale(zval *a, zval *b)
{
    zval result;

    string_locale_compare_function(&result, a, b);
    return sign_of_result(&result);
}

static int order_naturally(zval *a, zval *b, int fold_case)
{
    zval copy_a, copy_b;
    int use_copy_a = 0;
    int use_copy_b = 0;
    int order;

    zend_make_printable_zval(a, &copy_a, &use_copy_a);
    zend_make_printable_zval(b, &copy_b, &use_copy_b);
    a = use_copy_a ? &copy_a : a;
    b = use_copy_b ? &copy_b : b;
    order = strnatcmp_ex(Z_STRVAL_P(a), (size_t) Z_STRLEN_P(a), Z_STRVAL_P(b),
        (size_t) Z_STRLEN_P(b), fold_case);
    if (use_copy_a) {
        zval_dtor(&copy_a);
    }
    if (use_copy_b) {
        zval_dtor(&copy_b);
    }
    return order;
}

int php_order_natural(zval *a, zval *b)
{
    return order_naturally(a, b, 0);
}

int php_order_natural_case(zval *a, zval *b)
{
    return order_naturally(a, b, 1);
}

php_value_order php_get_value_order(long flags)
{
    bool ignore_case = flags & PHP_SORT_FLAG_CASE;

    switch (flags & ~PHP_SORT_FLAG_CASE) {
    case PHP_SORT_NUMERIC:
        return order_numeric;
    case PHP_SORT_STRING:
        return ignore_case ? order_strings_case : php_order_strings;
    case PHP_SORT_NATURAL:
        return ignore_case ? php_order_natural_case : php_order_natural;
    case PHP_SORT_LOCALE_STRING:
        return order_strings_locale;
    default:
        return order_regular;
    }
}

/* --- Comparing buckets -------------------------------------------------------------------- */

static zval **place_of(const void *bucket)
{
    zval **place = (zval **) (*(Bucket *const *) bucket)->pData;
    return *place != NULL ? place : &EG(uninitialized_zval_ptr);
}

static int compare_values(const void *a, const void *b)
{
    return current.order(*place_of(a), *place_of(b));
}

static int compare_values_reversed(const void *a, const void *b)
{
    return -compare_values(a, b);
}

static int compare_keys(const void *a, const void *b)
{
    zval key_a, key_b;

    php_array_borrow_key(*(Bucket *const *) a, &key_a);
    php_array_borrow_key(*(Bucket *const *) b, &key_b);
    return current.order(&key_a, &key_b);
}

static int compare_keys_reversed(const void *a, const void *b)
{
    return compare_keys(b, a);
}

int php_call_user_order(php_user_order *order, zval **a, zval **b)
{
    zval **arguments[2] = {a, b};
    zval *result = NULL;
    long answer;

    order->fci.params = arguments;
    order->fci.param_count = 2;
    order->fci.retval_ptr_ptr = &result;
    order->fci.no_separation = 0;
    if (zend_call_function(&order->fci, &order->fcc) == FAILURE || result == NULL) {
        return 0;
    }
    convert_to_long_ex(&result);
    answer = Z_LVAL_P(result);
    zval_ptr_dtor(&result);
    return answer < 0 ? -1 : answer > 0;
}

static int compare_values_by_user(const void *a, const void *b)
{
    return php_call_user_order(current.user, place_of(a), place_of(b));
}

static int compare_keys_by_user(const void *a, const void *b)
{
    zval *key_a, *key_b;
    int order;

    MAKE_STD_ZVAL(key_a);
    MAKE_STD_ZVAL(key_b);
    php_array_copy_key(*(Bucket *const *) a, key_a);
    php_array_copy_key(*(Bucket *const *) b, key_b);
    order = php_call_user_order(current.user, &key_a, &key_b);
    zval_ptr_dtor(&key_a);
    zval_ptr_dtor(&key_b);
    return order;
}

/* --- The functions ------------------------------------------------------------------------ */

/* Sorts the array while it is held. False when somebody has written to the variable meanwhile. */
static bool sort_array(zval *array, php_value_order order, php_user_order *user,
    compare_func_t compare, bool renumber)
{
    php_array_hold_state state;
    __typeof__(current) outer = current;

    if (renumber && php_array_is_fixed(Z_ARRVAL_P(array))) {
        return true;
    }
    state = php_array_hold(array);
    current.order = order;
    current.user = user;
    zend_hash_sort(Z_ARRVAL_P(array), zend_qsort, compare, renumber);
    current = outer;
    return php_array_release(array, state);
}

static void sort_by_flags(INTERNAL_FUNCTION_PARAMETERS, compare_func_t compare, bool renumber)
{
    zval *array;
    long flags = PHP_SORT_REGULAR;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a|l", &array, &flags) == FAILURE) {
        RETURN_FALSE;
    }
    sort_array(array, php_get_value_order(flags), NULL, compare, renumber);
    RETURN_TRUE;
}

static void sort_naturally(INTERNAL_FUNCTION_PARAMETERS, php_value_order order)
{
    zval *array;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a", &array) == SUCCESS) {
        sort_array(array, order, NULL, compare_values, false);
        RETURN_TRUE;
    }
}

static void sort_by_user(INTERNAL_FUNCTION_PARAMETERS, compare_func_t compare, bool renumber)
{
    zval *array;
    php_user_order user;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "af", &array, &user.fci, &user.fcc) == FAILURE) {
        return;
    }
    if (zend_hash_num_elements(Z_ARRVAL_P(array)) == 0) {
        RETURN_TRUE;
    }
    if (!sort_array(array, NULL, &user, compare, renumber) || EG(exception) != NULL) {
        php_error_docref(NULL, E_WARNING,
            "Array was modified by the user comparison function");
        RETURN_FALSE;
    }
    RETURN_TRUE;
}

PHP_FUNCTION(sort)
{
    sort_by_flags(INTERNAL_FUNCTION_PARAM_PASSTHRU, compare_values, true);
}

PHP_FUNCTION(rsort)
{
    sort_by_flags(INTERNAL_FUNCTION_PARAM_PASSTHRU, compare_values_reversed, true);
}

PHP_FUNCTION(asort)
{
    sort_by_flags(INTERNAL_FUNCTION_PARAM_PASSTHRU, compare_values, false);
}

PHP_FUNCTION(arsort)
{
    sort_by_flags(INTERNAL_FUNCTION_PARAM_PASSTHRU, compare_values_reversed, false);
}

PHP_FUNCTION(ksort)
{
    sort_by_flags(INTERNAL_FUNCTION_PARAM_PASSTHRU, compare_keys, false);
}

PHP_FUNCTION(krsort)
{
    sort_by_flags(INTERNAL_FUNCTION_PARAM_PASSTHRU, compare_keys_reversed, false);
}

PHP_FUNCTION(natsort)
{
    sort_naturally(INTERNAL_FUNCTION_PARAM_PASSTHRU, php_order_natural);
}

PHP_FUNCTION(natcasesort)
{
    sort_naturally(INTERNAL_FUNCTION_PARAM_PASSTHRU, php_order_natural_case);
}

PHP_FUNCTION(usort)
{
    sort_by_user(INTERNAL_FUNCTION_PARAM_PASSTHRU, compare_values_by_user, true);
}

PHP_FUNCTION(uasort)
{
    sort_by_user(INTERNAL_FUNCTION_PARAM_PASSTHRU, compare_values_by_user, false);
}

PHP_FUNCTION(uksort)
{
    sort_by_user(INTERNAL_FUNCTION_PARAM_PASSTHRU, compare_keys_by_user, false);
}

static const zend_function_entry array_sort_functions[] = {
    PHP_FE(ksort, "&$arg, [$sort_flags]", "Sorts an array by its keys.")
    PHP_FE(krsort, "&$arg, [$sort_flags]", "Sorts an array by its keys, backwards.")
    PHP_FE(natsort, "&$arg", "Sorts an array so that digits in strings count as numbers.")
    PHP_FE(natcasesort, "&$arg", "Sorts like natsort(), whatever the case of letters.")
    PHP_FE(asort, "&$arg, [$sort_flags]", "Sorts an array and keeps its keys.")
    PHP_FE(arsort, "&$arg, [$sort_flags]", "Sorts an array backwards and keeps its keys.")
    PHP_FE(sort, "&$arg, [$sort_flags]", "Sorts an array and numbers it anew.")
    PHP_FE(rsort, "&$arg, [$sort_flags]", "Sorts an array backwards and numbers it anew.")
    PHP_FE(usort, "&$arg, $cmp_function", "Sorts an array by a function and numbers it anew.")
    PHP_FE(uasort, "&$arg, $cmp_function", "Sorts an array by a function and keeps its keys.")
    PHP_FE(uksort, "&$arg, $cmp_function", "Sorts an array by a function of two keys.")
    PHP_FE_END
};

const php_standard_part standard_array_sort_part = {
    array_sort_functions, NULL, NULL, NULL, NULL, NULL,
};
