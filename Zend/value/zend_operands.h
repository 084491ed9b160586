/* SPDX-License-Identifier: MIT */
/* What the files of operators share: how a result is put in its place. */
#ifndef ZEND_OPERANDS_H
#define ZEND_OPERANDS_H

#include "value/zend_variables.h"

/* The result gets its value; if it is the first operand, what that held is released after. */
static inline void zend_set_result(zval *result, zval *op1, const zval *value)
{
    if (result == op1) {
        zval old = *op1;
        ZVAL_COPY_VALUE(result, value);
        zval_dtor(&old);
    } else {
        ZVAL_COPY_VALUE(result, value);
    }
}

#endif
