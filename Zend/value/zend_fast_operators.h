/* SPDX-License-Identifier: MIT */
/*
 * The operators on longs and doubles, inline; everything else goes to the functions of
 * zend_operators.h. In each the result may be one of the operands.
 *
 * A long overflow is found by the compiler's checked arithmetic, and continues as double.
 */
#ifndef ZEND_FAST_OPERATORS_H
#define ZEND_FAST_OPERATORS_H

#include "value/zend_operators.h"

/* Both operand types at once, to switch on. */
#define TYPE_PAIR(type1, type2) (((type1) << 4) | (type2))

/* ++ of the largest long, and -- of the smallest: the double next to it. */
static zend_always_inline int fast_increment_function(zval *op1)
{
    if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_LONG)) {
        if (ZEND_UNLIKELY(__builtin_add_overflow(Z_LVAL_P(op1), 1, &Z_LVAL_P(op1)))) {
            ZVAL_DOUBLE(op1, 9223372036854775808.0);
        }
        return SUCCESS;
    }
    return increment_function(op1);
}

static zend_always_inline int fast_decrement_function(zval *op1)
{
    if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_LONG)) {
        if (ZEND_UNLIKELY(__builtin_sub_overflow(Z_LVAL_P(op1), 1, &Z_LVAL_P(op1)))) {
            ZVAL_DOUBLE(op1, -9223372036854775809.0);
        }
        return SUCCESS;
    }
    return decrement_function(op1);
}

static zend_always_inline int fast_add_function(zval *result, zval *op1, zval *op2)
{
    if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_LONG)) {
        long a = Z_LVAL_P(op1);
        if (ZEND_LIKELY(Z_TYPE_P(op2) == IS_LONG)) {
            long b = Z_LVAL_P(op2);
            long sum;
            if (ZEND_UNLIKELY(__builtin_add_overflow(a, b, &sum))) {
                ZVAL_DOUBLE(result, (double) a + (double) b);
            } else {
                ZVAL_LONG(result, sum);
            }
            return SUCCESS;
        }
        if (Z_TYPE_P(op2) == IS_DOUBLE) {
            ZVAL_DOUBLE(result, (double) a + Z_DVAL_P(op2));
            return SUCCESS;
        }
    } else if (Z_TYPE_P(op1) == IS_DOUBLE) {
        if (Z_TYPE_P(op2) == IS_DOUBLE) {
            ZVAL_DOUBLE(result, Z_DVAL_P(op1) + Z_DVAL_P(op2));
            return SUCCESS;
        }
        if (Z_TYPE_P(op2) == IS_LONG) {
            ZVAL_DOUBLE(result, Z_DVAL_P(op1) + (double) Z_LVAL_P(op2));
            return SUCCESS;
        }
    }
    return add_function(result, op1, op2);
}

static zend_always_inline int fast_sub_function(zval *result, zval *op1, zval *op2)
{
    if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_LONG)) {
        long a = Z_LVAL_P(op1);
        if (ZEND_LIKELY(Z_TYPE_P(op2) == IS_LONG)) {
            long b = Z_LVAL_P(op2);
            long difference;
            if (ZEND_UNLIKELY(__builtin_sub_overflow(a, b, &difference))) {
                ZVAL_DOUBLE(result, (double) a - (double) b);
            } else {
                ZVAL_LONG(result, difference);
            }
            return SUCCESS;
        }
        if (Z_TYPE_P(op2) == IS_DOUBLE) {
            ZVAL_DOUBLE(result, (double) a - Z_DVAL_P(op2));
            return SUCCESS;
        }
    } else if (Z_TYPE_P(op1) == IS_DOUBLE) {
        if (Z_TYPE_P(op2) == IS_DOUBLE) {
            ZVAL_DOUBLE(result, Z_DVAL_P(op1) - Z_DVAL_P(op2));
            return SUCCESS;
        }
        if (Z_TYPE_P(op2) == IS_LONG) {
            ZVAL_DOUBLE(result, Z_DVAL_P(op1) - (double) Z_LVAL_P(op2));
            return SUCCESS;
        }
    }
    return sub_function(result, op1, op2);
}

static zend_always_inline int fast_mul_function(zval *result, zval *op1, zval *op2)
{
    if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_LONG)) {
        long a = Z_LVAL_P(op1);
        if (ZEND_LIKELY(Z_TYPE_P(op2) == IS_LONG)) {
            long b = Z_LVAL_P(op2);
            long product;
            if (ZEND_UNLIKELY(__builtin_mul_overflow(a, b, &product))) {
                ZVAL_DOUBLE(result, (double) a * (double) b);
            } else {
                ZVAL_LONG(result, product);
            }
            return SUCCESS;
        }
        if (Z_TYPE_P(op2) == IS_DOUBLE) {
            ZVAL_DOUBLE(result, (double) a * Z_DVAL_P(op2));
            return SUCCESS;
        }
    } else if (Z_TYPE_P(op1) == IS_DOUBLE) {
        if (Z_TYPE_P(op2) == IS_DOUBLE) {
            ZVAL_DOUBLE(result, Z_DVAL_P(op1) * Z_DVAL_P(op2));
            return SUCCESS;
        }
        if (Z_TYPE_P(op2) == IS_LONG) {
            ZVAL_DOUBLE(result, Z_DVAL_P(op1) * (double) Z_LVAL_P(op2));
            return SUCCESS;
        }
    }
    return mul_function(result, op1, op2);
}

/* Division's result is a long when both are longs and nothing is left over. */
static zend_always_inline int fast_div_function(zval *result, zval *op1, zval *op2)
{
    if (Z_TYPE_P(op1) == IS_DOUBLE && ZEND_LIKELY(Z_TYPE_P(op2) == IS_DOUBLE)
        && ZEND_LIKELY(Z_DVAL_P(op2) != 0)) {
        ZVAL_DOUBLE(result, Z_DVAL_P(op1) / Z_DVAL_P(op2));
        return SUCCESS;
    }
    return div_function(result, op1, op2);
}

static zend_always_inline int fast_mod_function(zval *result, zval *op1, zval *op2)
{
    if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_LONG) && ZEND_LIKELY(Z_TYPE_P(op2) == IS_LONG)) {
        long divisor = Z_LVAL_P(op2);
        if (ZEND_LIKELY((ulong) divisor + 1 > 1)) { /* neither 0 nor -1 */
            ZVAL_LONG(result, Z_LVAL_P(op1) % divisor);
            return SUCCESS;
        }
    }
    return mod_function(result, op1, op2);
}

/* Comparisons as truths. The result argument is not used; it is there for the name's sake. */
static zend_always_inline bool zend_fast_is_equal(zval *op1, zval *op2)
{
    if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_LONG)) {
        if (ZEND_LIKELY(Z_TYPE_P(op2) == IS_LONG)) {
            return Z_LVAL_P(op1) == Z_LVAL_P(op2);
        }
        if (Z_TYPE_P(op2) == IS_DOUBLE) {
            return (double) Z_LVAL_P(op1) == Z_DVAL_P(op2);
        }
    } else if (Z_TYPE_P(op1) == IS_DOUBLE) {
        if (Z_TYPE_P(op2) == IS_DOUBLE) {
            return Z_DVAL_P(op1) == Z_DVAL_P(op2);
        }
        if (Z_TYPE_P(op2) == IS_LONG) {
            return Z_DVAL_P(op1) == (double) Z_LVAL_P(op2);
        }
    } else if (Z_TYPE_P(op1) == IS_STRING && Z_TYPE_P(op2) == IS_STRING) {
        if (Z_STRVAL_P(op1) == Z_STRVAL_P(op2) && Z_STRLEN_P(op1) == Z_STRLEN_P(op2)) {
            return true;
        }
        if (Z_STRVAL_P(op1)[0] > '9' || Z_STRVAL_P(op2)[0] > '9') { /* no number */
            return Z_STRLEN_P(op1) == Z_STRLEN_P(op2)
                && memcmp(Z_STRVAL_P(op1), Z_STRVAL_P(op2), Z_STRLEN_P(op1)) == 0;
        }
    }
    return zend_is_equal(op1, op2);
}

static zend_always_inline bool zend_fast_is_smaller(zval *op1, zval *op2)
{
    if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_LONG)) {
        if (ZEND_LIKELY(Z_TYPE_P(op2) == IS_LONG)) {
            return Z_LVAL_P(op1) < Z_LVAL_P(op2);
        }
        if (Z_TYPE_P(op2) == IS_DOUBLE) {
            return (double) Z_LVAL_P(op1) < Z_DVAL_P(op2);
        }
    } else if (Z_TYPE_P(op1) == IS_DOUBLE) {
        if (Z_TYPE_P(op2) == IS_DOUBLE) {
            return Z_DVAL_P(op1) < Z_DVAL_P(op2);
        }
        if (Z_TYPE_P(op2) == IS_LONG) {
            return Z_DVAL_P(op1) < (double) Z_LVAL_P(op2);
        }
    }
    return zend_compare(op1, op2) < 0;
}

static zend_always_inline bool zend_fast_is_smaller_or_equal(zval *op1, zval *op2)
{
    if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_LONG)) {
        if (ZEND_LIKELY(Z_TYPE_P(op2) == IS_LONG)) {
            return Z_LVAL_P(op1) <= Z_LVAL_P(op2);
        }
        if (Z_TYPE_P(op2) == IS_DOUBLE) {
            return (double) Z_LVAL_P(op1) <= Z_DVAL_P(op2);
        }
    } else if (Z_TYPE_P(op1) == IS_DOUBLE) {
        if (Z_TYPE_P(op2) == IS_DOUBLE) {
            return Z_DVAL_P(op1) <= Z_DVAL_P(op2);
        }
        if (Z_TYPE_P(op2) == IS_LONG) {
            return Z_DVAL_P(op1) <= (double) Z_LVAL_P(op2);
        }
    }
    return zend_compare(op1, op2) <= 0;
}

/* Identity of type and value. */
static zend_always_inline bool zend_fast_is_identical(zval *op1, zval *op2)
{
    if (Z_TYPE_P(op1) != Z_TYPE_P(op2)) {
        return false;
    }
    if (Z_TYPE_P(op1) == IS_LONG || Z_TYPE_P(op1) == IS_BOOL) {
        return Z_LVAL_P(op1) == Z_LVAL_P(op2);
    }
    return Z_TYPE_P(op1) == IS_NULL || zend_is_identical(op1, op2);
}

#define fast_equal_function(result, op1, op2) zend_fast_is_equal((op1), (op2))
#define fast_not_equal_function(result, op1, op2) (!zend_fast_is_equal((op1), (op2)))
#define fast_is_smaller_function(result, op1, op2) zend_fast_is_smaller((op1), (op2))
#define fast_is_smaller_or_equal_function(result, op1, op2) \
    zend_fast_is_smaller_or_equal((op1), (op2))

#endif
