/* SPDX-License-Identifier: MIT */
/*
 * array_diff(), array_intersect() and their sixteen forms.
 *
 * A form is told by what of an element counts (its value, its key, or both), and by how values
 * and keys are compared: as strings, or by a function of the script. Where keys are compared as
 * they are, each is looked up in the other arrays. Else the arrays are sorted and walked side by
 * side (array_set_sorted.c).
 */
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_array_set.h"

/* --- Arguments ---------------------------------------------------------------------------- */

/* Takes the arrays and functions; false after a warning. The arrays are efree'd by the caller. */
static bool take_arguments(int given, php_set_operation *op)
{
    int functions = op->has_value_function + op->has_key_function;
    php_user_order *first = op->has_value_function ? &op->value_function : &op->key_function;
    php_user_order *second = &op->key_function;
    int taken, i;

    op->arrays = NULL;
    if (given < 2 + functions) {
        php_error_docref(NULL, E_WARNING, "at least %d parameters are required, %d given",
            2 + functions, given);
        return false;
    }
    if (functions == 0) {
        taken = zend_parse_parameters(given, "+", &op->arrays, &op->count);
    } else if (functions == 1) {
        taken = zend_parse_parameters(given, "+f", &op->arrays, &op->count, &first->fci,
            &first->fcc);
    } else {
        taken = zend_parse_parameters(given, "+ff", &op->arrays, &op->count, &first->fci,
            &first->fcc, &second->fci, &second->fcc);
    }
    if (taken == FAILURE) {
        return false;
    }
    for (i = 0; i < op->count; i++) {
        if (Z_TYPE_PP(op->arrays[i]) != IS_ARRAY) {
            php_error_docref(NULL, E_WARNING, "Argument #%d is not an array", i + 1);
            return false;
        }
    }
    return true;
}

/* --- Comparing ---------------------------------------------------------------------------- */

int php_set_compare_values(php_set_operation *op, const Bucket *a, const Bucket *b)
{
    zval *value_a = PHP_BUCKET_ZVAL(a);
    zval *value_b = PHP_BUCKET_ZVAL(b);

    if (!op->has_value_function) {
        return php_order_strings(value_a, value_b);
    }
    return php_call_user_order(&op->value_function, &value_a, &value_b);
}

int php_set_compare_keys(php_set_operation *op, const Bucket *a, const Bucket *b)
{
    zval *key_a, *key_b;
    int order;

    if (!op->has_key_function) {
        zval borrowed_a, borrowed_b;
        php_array_borrow_key(a, &borrowed_a);
        php_array_borrow_key(b, &borrowed_b);
        return php_order_strings(&borrowed_a, &borrowed_b);
    }
    MAKE_STD_ZVAL(key_a);
    MAKE_STD_ZVAL(key_b);
    php_array_copy_key(a, key_a);
    php_array_copy_key(b, key_b);
    order = php_call_user_order(&op->key_function, &key_a, &key_b);
    zval_ptr_dtor(&key_a);
    zval_ptr_dtor(&key_b);
    return order;
}

/* --- Looking keys up ---------------------------------------------------------------------- */

/* Does array number i have the element's key (and value)? */
static bool has_element(php_set_operation *op, int i, const Bucket *p)
{
    const Bucket *found = php_array_find_like(Z_ARRVAL_PP(op->arrays[i]), p);

    return found != NULL
        && (op->what == PHP_SET_KEYS || php_set_compare_values(op, p, found) == 0);
}

/* Is the element in all other arrays (intersection), in none of them (difference)? */
static bool stays(php_set_operation *op, const Bucket *p)
{
    int i;

    for (i = 1; i < op->count; i++) {
        if (has_element(op, i, p) == op->is_difference) {
            return false;
        }
    }
    return true;
}

static void select_by_lookup(php_set_operation *op, zval *return_value)
{
    Bucket *p;

    array_init(return_value);
    PHP_ARRAY_EACH(Z_ARRVAL_PP(op->arrays[0]), p) {
        if (stays(op, p)) {
            php_array_set_like(Z_ARRVAL_P(return_value), p, php_array_share(p));
        }
    }
}

/* --- The functions ------------------------------------------------------------------------ */

static void operate(INTERNAL_FUNCTION_PARAMETERS, php_set_operation *op)
{
    if (take_arguments(ZEND_NUM_ARGS(), op)) {
        if (op->what == PHP_SET_VALUES || op->has_key_function) {
            php_set_select_sorted(op, return_value);
        } else {
            select_by_lookup(op, return_value);
        }
    }
    if (op->arrays != NULL) {
        efree(op->arrays);
    }
}

#define SET_FUNCTION(name, difference, subject, value_function, key_function) \
    PHP_FUNCTION(name) \
    { \
        php_set_operation op; \
        op.is_difference = difference; \
        op.what = PHP_SET_##subject; \
        op.has_value_function = value_function; \
        op.has_key_function = key_function; \
        operate(INTERNAL_FUNCTION_PARAM_PASSTHRU, &op); \
    }
SET_FUNCTION(array_diff, true, VALUES, false, false)
SET_FUNCTION(array_udiff, true, VALUES, true, false)
SET_FUNCTION(array_diff_key, true, KEYS, false, false)
SET_FUNCTION(array_diff_ukey, true, KEYS, false, true)
SET_FUNCTION(array_diff_assoc, true, BOTH, false, false)
SET_FUNCTION(array_udiff_assoc, true, BOTH, true, false)
SET_FUNCTION(array_diff_uassoc, true, BOTH, false, true)
SET_FUNCTION(array_udiff_uassoc, true, BOTH, true, true)
SET_FUNCTION(array_intersect, false, VALUES, false, false)
SET_FUNCTION(array_uintersect, false, VALUES, true, false)
SET_FUNCTION(array_intersect_key, false, KEYS, false, false)
SET_FUNCTION(array_intersect_ukey, false, KEYS, false, true)
SET_FUNCTION(array_intersect_assoc, false, BOTH, false, false)
SET_FUNCTION(array_uintersect_assoc, false, BOTH, true, false)
SET_FUNCTION(array_intersect_uassoc, false, BOTH, false, true)
SET_FUNCTION(array_uintersect_uassoc, false, BOTH, true, true)

static const zend_function_entry array_set_functions[] = {
    PHP_FE(array_intersect, "$arr1, ...$arrays",
        "Returns the elements whose values are in all arrays.")
    PHP_FE(array_intersect_key, "$arr1, ...$arrays",
        "Returns the elements whose keys are in all arrays.")
    PHP_FE(array_intersect_ukey, "$arr1, $arr2, $callback_key_compare_func",
        "The same, with keys compared by a function.")
    PHP_FE(array_uintersect, "$arr1, $arr2, $callback_data_compare_func",
        "Returns the elements whose values are in all arrays, by a function.")
    PHP_FE(array_intersect_assoc, "$arr1, ...$arrays",
        "Returns the elements whose keys and values are in all arrays.")
    PHP_FE(array_uintersect_assoc, "$arr1, $arr2, $callback_data_compare_func",
        "The same, with values compared by a function.")
    PHP_FE(array_intersect_uassoc, "$arr1, $arr2, $callback_key_compare_func",
        "The same, with keys compared by a function.")
    PHP_FE(array_uintersect_uassoc,
        "$arr1, $arr2, $callback_data_compare_func, $callback_key_compare_func",
        "The same, with values and keys compared by functions.")
    PHP_FE(array_diff, "$arr1, ...$arrays",
        "Returns the elements whose values are in no other array.")
    PHP_FE(array_diff_key, "$arr1, ...$arrays",
        "Returns the elements whose keys are in no other array.")
    PHP_FE(array_diff_ukey, "$arr1, $arr2, $callback_key_comp_func",
        "The same, with keys compared by a function.")
    PHP_FE(array_udiff, "$arr1, $arr2, $callback_data_comp_func",
        "Returns the elements whose values are in no other array, by a function.")
    PHP_FE(array_diff_assoc, "$arr1, ...$arrays",
        "Returns the elements whose keys and values are in no other array.")
    PHP_FE(array_udiff_assoc, "$arr1, $arr2, $callback_key_comp_func",
        "The same, with values compared by a function.")
    PHP_FE(array_diff_uassoc, "$arr1, $arr2, $callback_data_comp_func",
        "The same, with keys compared by a function.")
    PHP_FE(array_udiff_uassoc, "$arr1, $arr2, $callback_data_comp_func, $callback_key_comp_func",
        "The same, with values and keys compared by functions.")
    PHP_FE_END
};

const php_standard_part standard_array_set_part = {
    array_set_functions, NULL, NULL, NULL, NULL, NULL,
};
