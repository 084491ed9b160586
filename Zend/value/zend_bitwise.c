/* SPDX-License-Identifier: MIT */
/* & | ^ ~ << >> ! and xor. On two strings the first three work byte by byte. */
#include "value/zend_operators.h"
#include "value/zend_operands.h"
#include "runtime/zend_errors.h"

int boolean_xor_function(zval *result, zval *op1, zval *op2)
{
    zval value;
    bool truth1 = zval_is_true_inline(op1);
    bool truth2 = zval_is_true_inline(op2);
    ZVAL_BOOL(&value, truth1 != truth2);
    zend_set_result(result, op1, &value);
    return SUCCESS;
}

int boolean_not_function(zval *result, zval *op1)
{
    zval value;
    ZVAL_BOOL(&value, !zval_is_true_inline(op1));
    zend_set_result(result, op1, &value);
    return SUCCESS;
}

static void not_string(zval *result, const zval *op)
{
    int length = Z_STRLEN_P(op);
    char *text = (char *) safe_emalloc(length, 1, 1);
    int i;
    for (i = 0; i < length; i++) {
        text[i] = (char) ~Z_STRVAL_P(op)[i];
    }
    text[length] = '\0';
    ZVAL_STRINGL(result, text, length, 0);
}

int bitwise_not_function(zval *result, zval *op1)
{
    zval value;
    switch (Z_TYPE_P(op1)) {
        case IS_LONG:
            ZVAL_LONG(&value, ~Z_LVAL_P(op1));
            break;
        case IS_DOUBLE:
            ZVAL_LONG(&value, ~zend_dval_to_lval(Z_DVAL_P(op1)));
            break;
        case IS_STRING:
            not_string(&value, op1);
            break;
        default:
            zend_error_noreturn(E_ERROR, "Unsupported operand types");
    }
    zend_set_result(result, op1, &value);
    return SUCCESS;
}

static bool are_strings(const zval *op1, const zval *op2)
{
    return Z_TYPE_P(op1) == IS_STRING && Z_TYPE_P(op2) == IS_STRING;
}

/* As long as the shorter (& and ^) or the longer string (|). */
static void combine_strings(zval *result, const zval *op1, const zval *op2, char operator)
{
    const zval *longer = Z_STRLEN_P(op1) >= Z_STRLEN_P(op2) ? op1 : op2;
    const zval *shorter = longer == op1 ? op2 : op1;
    const zval *base = operator == '|' ? longer : shorter;
    const zval *other = base == longer ? shorter : longer;
    char *text = estrndup(Z_STRVAL_P(base), Z_STRLEN_P(base));
    int i;

    for (i = 0; i < Z_STRLEN_P(shorter); i++) {
        char c = Z_STRVAL_P(other)[i];
        text[i] = (char) (operator == '|' ? text[i] | c
            : operator == '&' ? text[i] & c : text[i] ^ c);
    }
    ZVAL_STRINGL(result, text, Z_STRLEN_P(base), 0);
}

static int bitwise(zval *result, zval *op1, zval *op2, char operator)
{
    zval value;
    if (are_strings(op1, op2)) {
        combine_strings(&value, op1, op2, operator);
    } else {
        long a = zend_zval_get_long(op1);
        long b = zend_zval_get_long(op2);
        ZVAL_LONG(&value, operator == '|' ? a | b : operator == '&' ? a & b : a ^ b);
    }
    zend_set_result(result, op1, &value);
    return SUCCESS;
}

int bitwise_or_function(zval *result, zval *op1, zval *op2)
{
    return bitwise(result, op1, op2, '|');
}

int bitwise_and_function(zval *result, zval *op1, zval *op2)
{
    return bitwise(result, op1, op2, '&');
}

int bitwise_xor_function(zval *result, zval *op1, zval *op2)
{
    return bitwise(result, op1, op2, '^');
}

/* Only the low six bits of the distance count, as on the processor. */
int shift_left_function(zval *result, zval *op1, zval *op2)
{
    zval value;
    long number = zend_zval_get_long(op1);
    long distance = zend_zval_get_long(op2);
    ZVAL_LONG(&value, (long) ((ulong) number << (distance & 63)));
    zend_set_result(result, op1, &value);
    return SUCCESS;
}

int shift_right_function(zval *result, zval *op1, zval *op2)
{
    zval value;
    long number = zend_zval_get_long(op1);
    long distance = zend_zval_get_long(op2);
    ZVAL_LONG(&value, number >> (distance & 63));
    zend_set_result(result, op1, &value);
    return SUCCESS;
}
