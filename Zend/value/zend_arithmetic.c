/* SPDX-License-Identifier: MIT */
/*
 * + - * / % and **: what the inline forms leave over.
 *
 * Each operator first makes numbers of its operands, in local zvals, and then computes as the
 * inline form does. Only when the result is ready is an old value of it released.
 */
#include <limits.h>

#include "value/zend_operators.h"
#include "value/zend_operands.h"
#include "runtime/zend_errors.h"

static ZEND_COLD void unsupported_operand_types(void)
{
    zend_error_noreturn(E_ERROR, "Unsupported operand types");
}

/* op as a long or double: op itself, or *copy. */
static zval *number_of(zval *op, zval *copy)
{
    switch (Z_TYPE_P(op)) {
        case IS_LONG:
        case IS_DOUBLE:
            return op;
        case IS_STRING:
            Z_TYPE_P(copy) = is_numeric_string(Z_STRVAL_P(op), Z_STRLEN_P(op), &Z_LVAL_P(copy),
                &Z_DVAL_P(copy), 1);
            if (Z_TYPE_P(copy) == 0) {
                ZVAL_LONG(copy, 0);
            }
            return copy;
        case IS_ARRAY:
            unsupported_operand_types();
            /* fall through */
        default:
            ZVAL_LONG(copy, zend_zval_get_long(op));
            return copy;
    }
}

typedef int (*binary_op_t)(zval *result, zval *op1, zval *op2);

/* Computes with the operands as numbers; `compute` sees longs and doubles only. */
static int compute_with_numbers(zval *result, zval *op1, zval *op2, binary_op_t compute)
{
    zval copy1, copy2, value;
    zval *number1 = number_of(op1, &copy1);
    zval *number2 = number_of(op2, &copy2);
    int status = compute(&value, number1, number2);
    zend_set_result(result, op1, &value);
    return status;
}

static bool are_numbers(const zval *op1, const zval *op2)
{
    return (Z_TYPE_P(op1) == IS_LONG || Z_TYPE_P(op1) == IS_DOUBLE)
        && (Z_TYPE_P(op2) == IS_LONG || Z_TYPE_P(op2) == IS_DOUBLE);
}

static double double_of(const zval *number)
{
    return Z_TYPE_P(number) == IS_LONG ? (double) Z_LVAL_P(number) : Z_DVAL_P(number);
}

/* --- Plus, minus, times ------------------------------------------------------------------- */

/* The union of two arrays: what the first has wins. */
static int add_arrays(zval *result, zval *op1, zval *op2)
{
    if (result != op1) {
        ZVAL_COPY_VALUE(result, op1);
        zval_copy_ctor(result);
    } else if (Z_ARRVAL_P(op1) == Z_ARRVAL_P(op2)) {
        return SUCCESS;
    }
    zend_hash_merge(Z_ARRVAL_P(result), Z_ARRVAL_P(op2), (copy_ctor_func_t) zval_add_ref, NULL,
        sizeof(zval *), 0);
    return SUCCESS;
}

static int add_numbers(zval *result, zval *op1, zval *op2)
{
    return fast_add_function(result, op1, op2);
}

static int sub_numbers(zval *result, zval *op1, zval *op2)
{
    return fast_sub_function(result, op1, op2);
}

static int mul_numbers(zval *result, zval *op1, zval *op2)
{
    return fast_mul_function(result, op1, op2);
}

int add_function(zval *result, zval *op1, zval *op2)
{
    if (are_numbers(op1, op2)) {
        return add_numbers(result, op1, op2);
    }
    if (Z_TYPE_P(op1) == IS_ARRAY && Z_TYPE_P(op2) == IS_ARRAY) {
        return add_arrays(result, op1, op2);
    }
    return compute_with_numbers(result, op1, op2, add_numbers);
}

int sub_function(zval *result, zval *op1, zval *op2)
{
    if (are_numbers(op1, op2)) {
        return sub_numbers(result, op1, op2);
    }
    return compute_with_numbers(result, op1, op2, sub_numbers);
}

int mul_function(zval *result, zval *op1, zval *op2)
{
    if (are_numbers(op1, op2)) {
        return mul_numbers(result, op1, op2);
    }
    return compute_with_numbers(result, op1, op2, mul_numbers);
}

/* --- Division ----------------------------------------------------------------------------- */

static ZEND_COLD int division_by_zero(zval *result)
{
    zend_error(E_WARNING, "Division by zero");
    ZVAL_BOOL(result, 0);
    return FAILURE;
}

static int div_numbers(zval *result, zval *op1, zval *op2)
{
    if (double_of(op2) == 0) {
        return division_by_zero(result);
    }
    if (Z_TYPE_P(op1) == IS_LONG && Z_TYPE_P(op2) == IS_LONG) {
        long a = Z_LVAL_P(op1);
        long b = Z_LVAL_P(op2);
        if (b == -1 && a == LONG_MIN) { /* the quotient is no long */
            ZVAL_DOUBLE(result, -(double) LONG_MIN);
            return SUCCESS;
        }
        if (a % b == 0) {
            ZVAL_LONG(result, a / b);
            return SUCCESS;
        }
    }
    ZVAL_DOUBLE(result, double_of(op1) / double_of(op2));
    return SUCCESS;
}

int div_function(zval *result, zval *op1, zval *op2)
{
    return compute_with_numbers(result, op1, op2, div_numbers);
}

int mod_function(zval *result, zval *op1, zval *op2)
{
    long a = zend_zval_get_long(op1);
    long b = zend_zval_get_long(op2);
    zval value;
    int status = SUCCESS;

    if (b == 0) {
        status = division_by_zero(&value);
    } else {
        ZVAL_LONG(&value, b == -1 ? 0 : a % b); /* the smallest long % -1 would trap */
    }
    zend_set_result(result, op1, &value);
    return status;
}

/* --- Power -------------------------------------------------------------------------------- */

/* By squaring; when a product is no long any more, the rest is done in doubles. */
static void power_of_longs(zval *result, long base, long exponent)
{
    long product = 1;
    while (exponent > 0) {
        long next;
        if (exponent % 2) {
            exponent--;
            if (__builtin_mul_overflow(product, base, &next)) {
                ZVAL_DOUBLE(result,
                    (double) product * (double) base * pow((double) base, (double) exponent));
                return;
            }
            product = next;
        } else {
            exponent /= 2;
            if (__builtin_mul_overflow(base, base, &next)) {
                ZVAL_DOUBLE(result,
                    (double) product * pow((double) base * (double) base, (double) exponent));
                return;
            }
            base = next;
        }
    }
    ZVAL_LONG(result, product);
}

static int pow_numbers(zval *result, zval *op1, zval *op2)
{
    if (Z_TYPE_P(op1) == IS_LONG && Z_TYPE_P(op2) == IS_LONG && Z_LVAL_P(op2) >= 0) {
        power_of_longs(result, Z_LVAL_P(op1), Z_LVAL_P(op2));
    } else {
        ZVAL_DOUBLE(result, pow(double_of(op1), double_of(op2)));
    }
    return SUCCESS;
}

int pow_function(zval *result, zval *op1, zval *op2)
{
    return compute_with_numbers(result, op1, op2, pow_numbers);
}
