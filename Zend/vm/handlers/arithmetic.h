/* SPDX-License-Identifier: MIT */
/*
 * Handlers of arithmetic, bits and strings of operators. Integers and doubles are dealt with
 * at the head of a handler; everything else, overflow too, in the operator functions of the
 * value room. Where the next operation only assigns the result to a variable that holds a
 * scalar of its own (FUSED), it is stored there at once.
 */

HANDLER(NOP)
{
    NEXT();
}

HANDLER(ADD)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();
    double sum;

    if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_LONG)) {
        if (ZEND_LIKELY(Z_TYPE_P(op2) == IS_LONG)) {
            long result;

            if (ZEND_LIKELY(!__builtin_saddl_overflow(Z_LVAL_P(op1), Z_LVAL_P(op2), &result))) {
                FREE_SCALAR_OPERANDS();
                FINISH_LONG(result);
            }
            sum = (double) Z_LVAL_P(op1) + (double) Z_LVAL_P(op2);
        } else if (Z_TYPE_P(op2) == IS_DOUBLE) {
            sum = (double) Z_LVAL_P(op1) + Z_DVAL_P(op2);
        } else {
            FINISH_BINARY(add_function);
        }
    } else if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_DOUBLE)) {
        if (ZEND_LIKELY(Z_TYPE_P(op2) == IS_DOUBLE)) {
            sum = Z_DVAL_P(op1) + Z_DVAL_P(op2);
        } else if (Z_TYPE_P(op2) == IS_LONG) {
            sum = Z_DVAL_P(op1) + (double) Z_LVAL_P(op2);
        } else {
            FINISH_BINARY(add_function);
        }
    } else {
        FINISH_BINARY(add_function);
    }
    FREE_SCALAR_OPERANDS();
    FINISH_DOUBLE(sum);
}

HANDLER(SUB)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();
    double difference;

    if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_LONG)) {
        if (ZEND_LIKELY(Z_TYPE_P(op2) == IS_LONG)) {
            long result;

            if (ZEND_LIKELY(!__builtin_ssubl_overflow(Z_LVAL_P(op1), Z_LVAL_P(op2), &result))) {
                FREE_SCALAR_OPERANDS();
                FINISH_LONG(result);
            }
            difference = (double) Z_LVAL_P(op1) - (double) Z_LVAL_P(op2);
        } else if (Z_TYPE_P(op2) == IS_DOUBLE) {
            difference = (double) Z_LVAL_P(op1) - Z_DVAL_P(op2);
        } else {
            FINISH_BINARY(sub_function);
        }
    } else if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_DOUBLE)) {
        if (ZEND_LIKELY(Z_TYPE_P(op2) == IS_DOUBLE)) {
            difference = Z_DVAL_P(op1) - Z_DVAL_P(op2);
        } else if (Z_TYPE_P(op2) == IS_LONG) {
            difference = Z_DVAL_P(op1) - (double) Z_LVAL_P(op2);
        } else {
            FINISH_BINARY(sub_function);
        }
    } else {
        FINISH_BINARY(sub_function);
    }
    FREE_SCALAR_OPERANDS();
    FINISH_DOUBLE(difference);
}

HANDLER(MUL)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();
    double product;

    if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_LONG)) {
        if (ZEND_LIKELY(Z_TYPE_P(op2) == IS_LONG)) {
            long result;

            if (ZEND_LIKELY(!__builtin_smull_overflow(Z_LVAL_P(op1), Z_LVAL_P(op2), &result))) {
                FREE_SCALAR_OPERANDS();
                FINISH_LONG(result);
            }
            product = (double) Z_LVAL_P(op1) * (double) Z_LVAL_P(op2);
        } else if (Z_TYPE_P(op2) == IS_DOUBLE) {
            product = (double) Z_LVAL_P(op1) * Z_DVAL_P(op2);
        } else {
            FINISH_BINARY(mul_function);
        }
    } else if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_DOUBLE)) {
        if (ZEND_LIKELY(Z_TYPE_P(op2) == IS_DOUBLE)) {
            product = Z_DVAL_P(op1) * Z_DVAL_P(op2);
        } else if (Z_TYPE_P(op2) == IS_LONG) {
            product = Z_DVAL_P(op1) * (double) Z_LVAL_P(op2);
        } else {
            FINISH_BINARY(mul_function);
        }
    } else {
        FINISH_BINARY(mul_function);
    }
    FREE_SCALAR_OPERANDS();
    FINISH_DOUBLE(product);
}

HANDLER(DIV)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();

    if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_DOUBLE && Z_TYPE_P(op2) == IS_DOUBLE
            && Z_DVAL_P(op2) != 0)) {
        double quotient = Z_DVAL_P(op1) / Z_DVAL_P(op2);

        FREE_SCALAR_OPERANDS();
        FINISH_DOUBLE(quotient);
    }
    FINISH_BINARY(div_function);
}

HANDLER(MOD)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();

    if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_LONG && Z_TYPE_P(op2) == IS_LONG
            && (unsigned long) Z_LVAL_P(op2) + 1 > 1)) {
        /* neither 0 nor -1, whose remainder the processor may refuse to compute */
        long remainder = Z_LVAL_P(op1) % Z_LVAL_P(op2);

        FREE_SCALAR_OPERANDS();
        FINISH_LONG(remainder);
    }
    FINISH_BINARY(mod_function);
}

HANDLER(POW)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();

    FINISH_BINARY(pow_function);
}

HANDLER(SL)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();

    FINISH_BINARY(shift_left_function);
}

HANDLER(SR)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();

    FINISH_BINARY(shift_right_function);
}

HANDLER(BW_OR)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();

    FINISH_BINARY(bitwise_or_function);
}

HANDLER(BW_AND)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();

    FINISH_BINARY(bitwise_and_function);
}

HANDLER(BW_XOR)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();

    FINISH_BINARY(bitwise_xor_function);
}

HANDLER(BOOL_XOR)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();

    FINISH_BINARY(boolean_xor_function);
}

HANDLER(BW_NOT)
{
    zval *op1 = OP1_R();

    SAVE_OPLINE();
    bitwise_not_function(RESULT_TMP(), op1);
    FREE_OP1();
    NEXT_CHECK_TMP();
}

/* A string that only the temporary has grows in place; a shared one is copied. */
HANDLER(CONCAT)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();

    if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_STRING && Z_TYPE_P(op2) == IS_STRING)) {
        zval *result = RESULT_TMP();
        int left = Z_STRLEN_P(op1);
        int right = Z_STRLEN_P(op2);
        char *joined;

        SAVE_OPLINE();
        if (ZEND_UNLIKELY(left > INT_MAX - 1 - right)) {
            zend_error_noreturn(E_ERROR, "String size overflow");
        }
        if (OP1_TYPE == IS_TMP_VAR && !IS_INTERNED(Z_STRVAL_P(op1))) {
            joined = erealloc(Z_STRVAL_P(op1), left + right + 1);
            Z_TYPE_P(op1) = IS_NULL;
        } else {
            joined = emalloc(left + right + 1);
            memcpy(joined, Z_STRVAL_P(op1), left);
        }
        memcpy(joined + left, Z_STRVAL_P(op2), right);
        joined[left + right] = '\0';
        if (OP1_TYPE == IS_VAR) {
            FREE_OP1();
        }
        if (OP2_TYPE == IS_TMP_VAR) {
            str_efree(Z_STRVAL_P(op2));
        } else if (OP2_TYPE == IS_VAR) {
            FREE_OP2();
        }
        ZVAL_STRINGL(result, joined, left + right, 0);
        if (FUSED) {
            zval *variable = *VM_CV(execute_data, opline[1].op1);

            if (variable && Z_TYPE_P(variable) == IS_STRING
                    && (Z_REFCOUNT_P(variable) == 1 || PZVAL_IS_REF(variable))) {
                char *old = Z_STRVAL_P(variable);

                ZVAL_STRINGL(variable, joined, left + right, 0);
                str_efree(old);
                opline += 2;
                DISPATCH();
            }
        }
        NEXT();
    }
    FINISH_BINARY(concat_function);
}

HANDLER(BOOL_NOT)
{
    zval *op1 = OP1_R();
    bool truth;

    if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_BOOL || Z_TYPE_P(op1) == IS_LONG)) {
        truth = Z_LVAL_P(op1) != 0;
        FREE_SCALAR_OP1();
    } else {
        SAVE_OPLINE();
        truth = i_zend_is_true(op1);
        FREE_OP1();
        CHECK_EXCEPTION();
    }
    FINISH_BRANCH(!truth);
}

HANDLER(BOOL)
{
    zval *op1 = OP1_R();
    bool truth;

    SAVE_OPLINE();
    truth = i_zend_is_true(op1);
    FREE_OP1();
    ZVAL_BOOL(RESULT_TMP(), truth);
    NEXT_CHECK();
}

HANDLER(CAST)
{
    zval *op1 = OP1_R();

    SAVE_OPLINE();
    vm_cast(RESULT_TMP(), op1, opline->extended_value, OP1_TYPE == IS_TMP_VAR);
    if (OP1_TYPE == IS_VAR) {
        FREE_OP1();
    }
    NEXT_CHECK_TMP();
}

HANDLER(QM_ASSIGN)
{
    zval *op1 = OP1_R();
    zval *result = RESULT_TMP();

    ZVAL_COPY_VALUE(result, op1);
    if (OP1_TYPE != IS_TMP_VAR) {
        zval_copy_ctor(result);
        FREE_OP1();
    }
    NEXT_CHECK();
}

HANDLER(QM_ASSIGN_VAR)
{
    zval *op1 = OP1_R();

    SAVE_OPLINE();
    vm_set_var(RESULT(), vm_counted_value(OP1_TYPE, op1));
    NEXT_CHECK();
}
