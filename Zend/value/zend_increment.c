/* SPDX-License-Identifier: MIT */
/*
 * ++ and -- on what is no long.
 *
 * ++ on a string that is no number counts like the labels of a spreadsheet's columns: "Az" -> "Ba",
 * "zZ9" -> "aaA0". The carry runs leftward over letters and digits and stops at anything else.
 */
#include "value/zend_operators.h"

/* Counts the character up; true when it wrapped around. *first is what a new first one would be. */
static bool count_up(char *c, char *first)
{
    if (*c >= 'a' && *c <= 'z') {
        *first = 'a';
        *c = (char) (*c == 'z' ? 'a' : *c + 1);
        return *c == 'a';
    }
    if (*c >= 'A' && *c <= 'Z') {
        *first = 'A';
        *c = (char) (*c == 'Z' ? 'A' : *c + 1);
        return *c == 'A';
    }
    if (*c >= '0' && *c <= '9') {
        *first = '1';
        *c = (char) (*c == '9' ? '0' : *c + 1);
        return *c == '0';
    }
    return false;
}

static void increment_string(zval *str)
{
    int length = Z_STRLEN_P(str);
    int position = length - 1;
    bool carry = true;
    char first = '1';
    char *text;

    if (length == 0) {
        str_efree(Z_STRVAL_P(str));
        ZVAL_STRINGL(str, "1", 1, 1);
        return;
    }
    if (IS_INTERNED(Z_STRVAL_P(str))) {
        Z_STRVAL_P(str) = estrndup(Z_STRVAL_P(str), length);
    }
    text = Z_STRVAL_P(str);
    while (carry && position >= 0) {
        carry = count_up(&text[position--], &first);
    }
    if (carry) {
        char *longer = (char *) emalloc((size_t) length + 2);
        memcpy(longer + 1, text, (size_t) length + 1);
        *longer = first;
        efree(text);
        ZVAL_STRINGL(str, longer, length + 1, 0);
    }
}

/* A numeric string becomes its number, one up or down; false when it is none. */
static bool step_numeric_string(zval *op, bool up)
{
    zval number;
    zend_uchar type = is_numeric_string(Z_STRVAL_P(op), Z_STRLEN_P(op), &Z_LVAL(number),
        &Z_DVAL(number), 0);
    if (type == 0) {
        return false;
    }
    Z_TYPE(number) = type;
    if (up) {
        fast_increment_function(&number);
    } else {
        fast_decrement_function(&number);
    }
    str_efree(Z_STRVAL_P(op));
    ZVAL_COPY_VALUE(op, &number);
    return true;
}

int increment_function(zval *op1)
{
    switch (Z_TYPE_P(op1)) {
        case IS_LONG:
            return fast_increment_function(op1);
        case IS_DOUBLE:
            Z_DVAL_P(op1) += 1;
            return SUCCESS;
        case IS_NULL:
            ZVAL_LONG(op1, 1);
            return SUCCESS;
        case IS_STRING:
            if (!step_numeric_string(op1, true)) {
                increment_string(op1);
            }
            return SUCCESS;
        default:
            return FAILURE;
    }
}

int decrement_function(zval *op1)
{
    switch (Z_TYPE_P(op1)) {
        case IS_LONG:
            return fast_decrement_function(op1);
        case IS_DOUBLE:
            Z_DVAL_P(op1) -= 1;
            return SUCCESS;
        case IS_STRING:
            if (Z_STRLEN_P(op1) == 0) {
                str_efree(Z_STRVAL_P(op1));
                ZVAL_LONG(op1, -1);
            } else {
                step_numeric_string(op1, false);
            }
            return SUCCESS;
        default:
            return FAILURE;
    }
}
