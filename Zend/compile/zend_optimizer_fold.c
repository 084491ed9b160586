/* SPDX-License-Identifier: MIT */
/*
 * Folding: operations on literals, computed while compiling.
 *
 * Only results without a memory block of their own (numbers and booleans) are folded, and only
 * where no message can arise: nothing that a script measures may change.
 */
#include "compile/zend_compile_internal.h"

#include <limits.h>

static bool is_number(const zval *value)
{
    return Z_TYPE_P(value) == IS_LONG || Z_TYPE_P(value) == IS_DOUBLE;
}

static bool are_longs(const zval *left, const zval *right)
{
    return Z_TYPE_P(left) == IS_LONG && Z_TYPE_P(right) == IS_LONG;
}

static bool can_shift(const zval *left, const zval *right)
{
    return are_longs(left, right) && Z_LVAL_P(right) >= 0 && Z_LVAL_P(right) < 64;
}

static bool can_divide(const zval *right)
{
    return Z_TYPE_P(right) == IS_LONG ? Z_LVAL_P(right) != 0 : Z_DVAL_P(right) != 0;
}

typedef int (*binary_function)(zval *result, zval *op1, zval *op2);

static binary_function arithmetic_function(
    unsigned int op, const zval *left, const zval *right)
{
    switch (op) {
    case ZEND_ADD:
        return add_function;
    case ZEND_SUB:
        return sub_function;
    case ZEND_MUL:
        return mul_function;
    case ZEND_DIV:
        return can_divide(right) ? div_function : NULL;
    case ZEND_MOD:
        return are_longs(left, right) && Z_LVAL_P(right) > 0 ? mod_function : NULL;
    case ZEND_SL:
        return can_shift(left, right) ? shift_left_function : NULL;
    case ZEND_SR:
        return can_shift(left, right) ? shift_right_function : NULL;
    case ZEND_BW_OR:
        return are_longs(left, right) ? bitwise_or_function : NULL;
    case ZEND_BW_AND:
        return are_longs(left, right) ? bitwise_and_function : NULL;
    case ZEND_BW_XOR:
        return are_longs(left, right) ? bitwise_xor_function : NULL;
    default:
        return NULL;
    }
}

static binary_function comparison_function(unsigned int op)
{
    switch (op) {
    case ZEND_IS_IDENTICAL:
        return is_identical_function;
    case ZEND_IS_NOT_IDENTICAL:
        return is_not_identical_function;
    case ZEND_IS_EQUAL:
        return is_equal_function;
    case ZEND_IS_NOT_EQUAL:
        return is_not_equal_function;
    case ZEND_IS_SMALLER:
        return is_smaller_function;
    case ZEND_IS_SMALLER_OR_EQUAL:
        return is_smaller_or_equal_function;
    default:
        return NULL;
    }
}

static bool folding_is_off(void)
{
    return (CG(compiler_options) & ZEND_COMPILE_NO_OPTIMIZER) != 0;
}

bool zend_fold_binary(zval *result, unsigned int op, const zval *left, const zval *right)
{
    zval op1 = *left;
    zval op2 = *right;
    binary_function function;

    if (folding_is_off() || !is_number(left) || !is_number(right)) {
        return false;
    }
    function = arithmetic_function(op, left, right);
    if (!function) {
        function = comparison_function(op);
    }
    if (!function) {
        return false;
    }
    INIT_PZVAL(result);
    function(result, &op1, &op2);
    return true;
}

bool zend_fold_unary(zval *result, unsigned int op, const zval *operand)
{
    zval op1 = *operand;

    if (folding_is_off() || Z_TYPE_P(operand) > IS_BOOL) {
        return false;
    }
    INIT_PZVAL(result);
    if (op == ZEND_BOOL_NOT) {
        boolean_not_function(result, &op1);
        return true;
    }
    if (op == ZEND_BW_NOT && Z_TYPE_P(operand) == IS_LONG) {
        bitwise_not_function(result, &op1);
        return true;
    }
    return false;
}
