/* SPDX-License-Identifier: MIT */
/*
 * The operator "." and appending in place.
 *
 * When the result is the left operand (`.=`) and that string is its own, it is reallocated to the
 * exact new length: most often the block grows in place.
 */
#include <limits.h>

#include "value/zend_operators.h"
#include "runtime/zend_errors.h"

static int checked_length(int length1, int length2)
{
    int length;
    if (ZEND_UNLIKELY(__builtin_add_overflow(length1, length2, &length) || length == INT_MAX)) {
        zend_error_noreturn(E_ERROR, "String size overflow");
    }
    return length;
}

/* result's own string grows by the text, which may lie in that very string. */
static void append_to_own(zval *result, const char *text, int text_length)
{
    int old_length = Z_STRLEN_P(result);
    int length = checked_length(old_length, text_length);
    bool same = text == Z_STRVAL_P(result);
    char *grown = (char *) erealloc(Z_STRVAL_P(result), (size_t) length + 1);

    memcpy(grown + old_length, same ? grown : text, (size_t) text_length);
    grown[length] = '\0';
    Z_STRVAL_P(result) = grown;
    Z_STRLEN_P(result) = length;
}

static int concat_strings(zval *result, zval *op1, zval *op2)
{
    int length1 = Z_STRLEN_P(op1);
    int length2 = Z_STRLEN_P(op2);
    int length;
    char *text;

    if (result == op1 && !IS_INTERNED(Z_STRVAL_P(op1))) {
        append_to_own(result, Z_STRVAL_P(op2), length2);
        return SUCCESS;
    }
    length = checked_length(length1, length2);
    text = (char *) emalloc((size_t) length + 1);
    memcpy(text, Z_STRVAL_P(op1), (size_t) length1);
    memcpy(text + length1, Z_STRVAL_P(op2), (size_t) length2);
    text[length] = '\0';
    ZVAL_STRINGL(result, text, length, 0);
    return SUCCESS;
}

/* Some operand is no string; the left one is converted first. */
static ZEND_COLD int concat_converted(zval *result, zval *op1, zval *op2)
{
    zval copy1, copy2;
    int use_copy1 = 0;
    int use_copy2 = 0;

    zend_make_printable_zval(op1, &copy1, &use_copy1);
    zend_make_printable_zval(op2, &copy2, &use_copy2);
    if (!use_copy1 && Z_TYPE_P(op1) != IS_STRING) {
        /* The right operand's __toString has changed the left one. */
        zend_make_printable_zval(op1, &copy1, &use_copy1);
    }
    if (use_copy1) {
        zval value;
        concat_strings(&value, &copy1, use_copy2 ? &copy2 : op2);
        zval_dtor(&copy1);
        if (result == op1) {
            zval old = *op1;
            ZVAL_COPY_VALUE(result, &value);
            zval_dtor(&old);
        } else {
            ZVAL_COPY_VALUE(result, &value);
        }
    } else {
        concat_strings(result, op1, use_copy2 ? &copy2 : op2);
    }
    if (use_copy2) {
        zval_dtor(&copy2);
    }
    return SUCCESS;
}

int concat_function(zval *result, zval *op1, zval *op2)
{
    if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_STRING && Z_TYPE_P(op2) == IS_STRING)) {
        return concat_strings(result, op1, op2);
    }
    return concat_converted(result, op1, op2);
}

/* Makes result's string its own, so that it may be reallocated. */
static void own_string(zval *result, const zval *op1)
{
    if (result != op1 || IS_INTERNED(Z_STRVAL_P(op1))) {
        ZVAL_STRINGL(result, Z_STRVAL_P(op1), Z_STRLEN_P(op1), 1);
    }
}

int add_char_to_string(zval *result, const zval *op1, const zval *op2)
{
    char c = (char) Z_LVAL_P(op2);
    own_string(result, op1);
    append_to_own(result, &c, 1);
    return SUCCESS;
}

int add_string_to_string(zval *result, const zval *op1, const zval *op2)
{
    own_string(result, op1);
    append_to_own(result, Z_STRVAL_P(op2), Z_STRLEN_P(op2));
    return SUCCESS;
}
