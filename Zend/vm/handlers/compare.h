/* SPDX-License-Identifier: MIT */
/*
 * Handlers of comparisons and jumps. A comparison whose result only decides the jump that
 * follows (BRANCH) jumps itself: the JMPZ or JMPNZ is passed over.
 */

HANDLER(IS_IDENTICAL)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();
    bool same;

    if (Z_TYPE_P(op1) == Z_TYPE_P(op2) && Z_TYPE_P(op1) == IS_LONG) {
        same = Z_LVAL_P(op1) == Z_LVAL_P(op2);
        FREE_SCALAR_OPERANDS();
        FINISH_BRANCH(same);
    }
    SAVE_OPLINE();
    same = vm_is_identical(op1, op2);
    FREE_OP1();
    FREE_OP2();
    CHECK_EXCEPTION();
    FINISH_BRANCH(same);
}

HANDLER(IS_NOT_IDENTICAL)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();
    bool same;

    if (Z_TYPE_P(op1) == Z_TYPE_P(op2) && Z_TYPE_P(op1) == IS_LONG) {
        same = Z_LVAL_P(op1) == Z_LVAL_P(op2);
        FREE_SCALAR_OPERANDS();
        FINISH_BRANCH(!same);
    }
    SAVE_OPLINE();
    same = vm_is_identical(op1, op2);
    FREE_OP1();
    FREE_OP2();
    CHECK_EXCEPTION();
    FINISH_BRANCH(!same);
}

HANDLER(IS_EQUAL)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();
    bool equal;

    COMPARE_NUMBERS(==);
    SAVE_OPLINE();
    equal = vm_is_equal(op1, op2);
    FREE_OP1();
    FREE_OP2();
    CHECK_EXCEPTION();
    FINISH_BRANCH(equal);
}

HANDLER(IS_NOT_EQUAL)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();
    bool equal;

    COMPARE_NUMBERS(!=);
    SAVE_OPLINE();
    equal = vm_is_equal(op1, op2);
    FREE_OP1();
    FREE_OP2();
    CHECK_EXCEPTION();
    FINISH_BRANCH(!equal);
}

HANDLER(IS_SMALLER)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();
    bool smaller;

    COMPARE_NUMBERS(<);
    SAVE_OPLINE();
    smaller = vm_compare(op1, op2) < 0;
    FREE_OP1();
    FREE_OP2();
    CHECK_EXCEPTION();
    FINISH_BRANCH(smaller);
}

HANDLER(IS_SMALLER_OR_EQUAL)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();
    bool smaller;

    COMPARE_NUMBERS(<=);
    SAVE_OPLINE();
    smaller = vm_compare(op1, op2) <= 0;
    FREE_OP1();
    FREE_OP2();
    CHECK_EXCEPTION();
    FINISH_BRANCH(smaller);
}

HANDLER(CASE)
{
    zval *op1 = OP1_R();
    zval *op2 = OP2_R();
    bool equal;

    SAVE_OPLINE();
    equal = vm_is_equal(op1, op2);
    FREE_OP2();
    ZVAL_BOOL(RESULT_TMP(), equal);
    NEXT_CHECK();
}

HANDLER(JMP)
{
    JUMP(VM_JUMP_TARGET(opline, opline->op1));
}

HANDLER(JMPZ)
{
    zval *op1 = OP1_R();
    bool truth;

    TRUTH_OF_OP1(truth);
    if (!truth) {
        JUMP(VM_JUMP_TARGET(opline, opline->op2));
    }
    NEXT();
}

HANDLER(JMPNZ)
{
    zval *op1 = OP1_R();
    bool truth;

    TRUTH_OF_OP1(truth);
    if (truth) {
        JUMP(VM_JUMP_TARGET(opline, opline->op2));
    }
    NEXT();
}

HANDLER(JMPZNZ)
{
    zval *op1 = OP1_R();
    bool truth;

    TRUTH_OF_OP1(truth);
    if (truth) {
        JUMP((const zend_op *) ((const char *) opline + (int32_t) opline->extended_value));
    }
    JUMP(VM_JUMP_TARGET(opline, opline->op2));
}

HANDLER(JMPZ_EX)
{
    zval *op1 = OP1_R();
    bool truth;

    TRUTH_OF_OP1(truth);
    ZVAL_BOOL(RESULT_TMP(), truth);
    if (!truth) {
        JUMP(VM_JUMP_TARGET(opline, opline->op2));
    }
    NEXT();
}

HANDLER(JMPNZ_EX)
{
    zval *op1 = OP1_R();
    bool truth;

    TRUTH_OF_OP1(truth);
    ZVAL_BOOL(RESULT_TMP(), truth);
    if (truth) {
        JUMP(VM_JUMP_TARGET(opline, opline->op2));
    }
    NEXT();
}

HANDLER(JMP_SET)
{
    zval *op1 = OP1_R();

    SAVE_OPLINE();
    if (i_zend_is_true(op1)) {
        zval *result = RESULT_TMP();

        ZVAL_COPY_VALUE(result, op1);
        if (OP1_TYPE != IS_TMP_VAR) {
            zval_copy_ctor(result);
            FREE_OP1();
        }
        CHECK_EXCEPTION();
        JUMP(VM_JUMP_TARGET(opline, opline->op2));
    }
    FREE_OP1();
    NEXT_CHECK();
}

HANDLER(JMP_SET_VAR)
{
    zval *op1 = OP1_R();

    SAVE_OPLINE();
    if (i_zend_is_true(op1)) {
        vm_set_var(RESULT(), vm_counted_value(OP1_TYPE, op1));
        CHECK_EXCEPTION();
        JUMP(VM_JUMP_TARGET(opline, opline->op2));
    }
    FREE_OP1();
    NEXT_CHECK();
}

HANDLER(BRK)
{
    SAVE_OPLINE();
    zend_error_noreturn(E_ERROR, "Cannot break/continue %u level%s", opline->op1.num,
        opline->op1.num == 1 ? "" : "s");
}

HANDLER(CONT)
{
    SAVE_OPLINE();
    zend_error_noreturn(E_ERROR, "Cannot break/continue %u level%s", opline->op1.num,
        opline->op1.num == 1 ? "" : "s");
}
