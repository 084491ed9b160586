/* SPDX-License-Identifier: MIT */
/* Handlers of assignments, compound assignments, increments and references. */

HANDLER(ASSIGN)
{
    zval *value = OP2_R();
    zval **place;
    zval *variable;

    if (OP1_TYPE == IS_CV) {
        place = VM_CV(execute_data, opline->op1);
        variable = *place;
        if (ZEND_UNLIKELY(!variable) && ZEND_UNLIKELY(execute_data->symbol_table != NULL)) {
            vm_undefined_cv_attach(execute_data, opline->op1);
            variable = *place;
        }
    } else {
        place = vm_place(RESULT_OF(opline->op1));
        if (ZEND_UNLIKELY(!place)) {
            SAVE_OPLINE();
            vm_no_place("Cannot use string offset as a variable");
        }
        variable = *place;
    }

    if (OP2_TYPE == IS_TMP_VAR) {
        if (ZEND_LIKELY(variable != NULL)
                && ZEND_LIKELY(Z_REFCOUNT_P(variable) == 1 || PZVAL_IS_REF(variable))
                && ZEND_LIKELY(Z_TYPE_P(variable) <= IS_BOOL)
                && (OP1_TYPE == IS_CV || variable != &EG(error_zval))) {
            ZVAL_COPY_VALUE(variable, value);
        } else {
            SAVE_OPLINE();
            vm_assign_tmp(place, value);
        }
    } else if (OP2_TYPE == IS_CONST) {
        if (ZEND_LIKELY(variable != NULL)
                && ZEND_LIKELY(Z_REFCOUNT_P(variable) == 1 || PZVAL_IS_REF(variable))
                && ZEND_LIKELY(Z_TYPE_P(variable) <= IS_BOOL)
                && (OP1_TYPE == IS_CV || variable != &EG(error_zval))) {
            ZVAL_COPY_VALUE(variable, value);
        } else {
            SAVE_OPLINE();
            vm_assign_const(place, value);
        }
    } else {
        SAVE_OPLINE();
        zend_assign_to_variable(place, value);
        if (OP2_TYPE == IS_VAR) {
            FREE_OP2();
        }
    }
    if (ZEND_UNLIKELY(RESULT_USED())) {
        SAVE_OPLINE();
        vm_set_var(RESULT(), *place);
        Z_ADDREF_PP(place);
    }
    if (OP1_TYPE == IS_VAR) {
        vm_free_written(OP1_TYPE, opline->op1, execute_data);
    }
    NEXT_CHECK();
}

HANDLER(ASSIGN_REF)
{
    zval **source;
    zval **target;

    SAVE_OPLINE();
    if (vm_assign_ref_operands(execute_data, opline, &target, &source)) {
        zend_assign_to_variable_reference(target, source);
    }
    if (RESULT_USED()) {
        vm_set_var(RESULT(), *target);
        Z_ADDREF_PP(target);
    }
    vm_free_written(OP2_TYPE, opline->op2, execute_data);
    vm_free_written(OP1_TYPE, opline->op1, execute_data);
    NEXT_CHECK();
}

HANDLER(ASSIGN_DIM)
{
    const zend_op *data = opline + 1;
    zval *offset = OP2_TYPE == IS_UNUSED ? NULL : OP2_R();
    zval *value = vm_read_operand(data->op1_type, data, data->op1, execute_data);

    SAVE_OPLINE();
    vm_assign_dim(execute_data, opline, offset, value);
    FREE_OP2();
    opline += 2;
    CHECK_EXCEPTION();
    DISPATCH();
}

HANDLER(ASSIGN_OBJ)
{
    const zend_op *data = opline + 1;
    zval *name = OP2_R();
    zval *value = vm_read_operand(data->op1_type, data, data->op1, execute_data);

    SAVE_OPLINE();
    vm_assign_obj(execute_data, opline, name, value);
    FREE_OP2();
    opline += 2;
    CHECK_EXCEPTION();
    DISPATCH();
}

HANDLER(ASSIGN_ADD)
{
    COMPOUND_ASSIGN_CV_NUMBERS(__builtin_saddl_overflow, +);
    FINISH_COMPOUND_ASSIGN(add_function);
}

HANDLER(ASSIGN_SUB)
{
    COMPOUND_ASSIGN_CV_NUMBERS(__builtin_ssubl_overflow, -);
    FINISH_COMPOUND_ASSIGN(sub_function);
}

HANDLER(ASSIGN_MUL)
{
    COMPOUND_ASSIGN_CV_NUMBERS(__builtin_smull_overflow, *);
    FINISH_COMPOUND_ASSIGN(mul_function);
}

HANDLER(ASSIGN_DIV)
{
    FINISH_COMPOUND_ASSIGN(div_function);
}

HANDLER(ASSIGN_MOD)
{
    FINISH_COMPOUND_ASSIGN(mod_function);
}

HANDLER(ASSIGN_POW)
{
    FINISH_COMPOUND_ASSIGN(pow_function);
}

HANDLER(ASSIGN_SL)
{
    FINISH_COMPOUND_ASSIGN(shift_left_function);
}

HANDLER(ASSIGN_SR)
{
    FINISH_COMPOUND_ASSIGN(shift_right_function);
}

HANDLER(ASSIGN_CONCAT)
{
    FINISH_COMPOUND_ASSIGN(concat_function);
}

HANDLER(ASSIGN_BW_OR)
{
    FINISH_COMPOUND_ASSIGN(bitwise_or_function);
}

HANDLER(ASSIGN_BW_AND)
{
    FINISH_COMPOUND_ASSIGN(bitwise_and_function);
}

HANDLER(ASSIGN_BW_XOR)
{
    FINISH_COMPOUND_ASSIGN(bitwise_xor_function);
}

HANDLER(PRE_INC)
{
    zval **place;

    if (OP1_TYPE == IS_CV) {
        zval *variable = *VM_CV(execute_data, opline->op1);

        if (ZEND_LIKELY(variable != NULL && Z_TYPE_P(variable) == IS_LONG
                && (Z_REFCOUNT_P(variable) == 1 || PZVAL_IS_REF(variable))
                && Z_LVAL_P(variable) != LONG_MAX)) {
            Z_LVAL_P(variable)++;
            if (ZEND_UNLIKELY(RESULT_USED())) {
                vm_set_var(RESULT(), variable);
                Z_ADDREF_P(variable);
            }
            NEXT();
        }
    }
    SAVE_OPLINE();
    place = vm_write_operand(OP1_TYPE, opline, opline->op1, execute_data, true);
    vm_pre_step(place, RESULT_USED() ? RESULT() : NULL, increment_function);
    vm_free_written(OP1_TYPE, opline->op1, execute_data);
    NEXT_CHECK();
}

HANDLER(PRE_DEC)
{
    zval **place;

    if (OP1_TYPE == IS_CV) {
        zval *variable = *VM_CV(execute_data, opline->op1);

        if (ZEND_LIKELY(variable != NULL && Z_TYPE_P(variable) == IS_LONG
                && (Z_REFCOUNT_P(variable) == 1 || PZVAL_IS_REF(variable))
                && Z_LVAL_P(variable) != LONG_MIN)) {
            Z_LVAL_P(variable)--;
            if (ZEND_UNLIKELY(RESULT_USED())) {
                vm_set_var(RESULT(), variable);
                Z_ADDREF_P(variable);
            }
            NEXT();
        }
    }
    SAVE_OPLINE();
    place = vm_write_operand(OP1_TYPE, opline, opline->op1, execute_data, true);
    vm_pre_step(place, RESULT_USED() ? RESULT() : NULL, decrement_function);
    vm_free_written(OP1_TYPE, opline->op1, execute_data);
    NEXT_CHECK();
}

HANDLER(POST_INC)
{
    zval **place;

    if (OP1_TYPE == IS_CV) {
        zval *variable = *VM_CV(execute_data, opline->op1);

        if (ZEND_LIKELY(variable != NULL && Z_TYPE_P(variable) == IS_LONG
                && (Z_REFCOUNT_P(variable) == 1 || PZVAL_IS_REF(variable))
                && Z_LVAL_P(variable) != LONG_MAX)) {
            if (RESULT_USED()) {
                ZVAL_LONG(RESULT_TMP(), Z_LVAL_P(variable));
            }
            Z_LVAL_P(variable)++;
            NEXT();
        }
    }
    SAVE_OPLINE();
    place = vm_write_operand(OP1_TYPE, opline, opline->op1, execute_data, true);
    vm_post_step(place, RESULT_TMP(), increment_function);
    if (!RESULT_USED()) {
        zval_dtor(RESULT_TMP());
    }
    vm_free_written(OP1_TYPE, opline->op1, execute_data);
    NEXT_CHECK_TMP();
}

HANDLER(POST_DEC)
{
    zval **place;

    if (OP1_TYPE == IS_CV) {
        zval *variable = *VM_CV(execute_data, opline->op1);

        if (ZEND_LIKELY(variable != NULL && Z_TYPE_P(variable) == IS_LONG
                && (Z_REFCOUNT_P(variable) == 1 || PZVAL_IS_REF(variable))
                && Z_LVAL_P(variable) != LONG_MIN)) {
            if (RESULT_USED()) {
                ZVAL_LONG(RESULT_TMP(), Z_LVAL_P(variable));
            }
            Z_LVAL_P(variable)--;
            NEXT();
        }
    }
    SAVE_OPLINE();
    place = vm_write_operand(OP1_TYPE, opline, opline->op1, execute_data, true);
    vm_post_step(place, RESULT_TMP(), decrement_function);
    if (!RESULT_USED()) {
        zval_dtor(RESULT_TMP());
    }
    vm_free_written(OP1_TYPE, opline->op1, execute_data);
    NEXT_CHECK_TMP();
}

HANDLER(PRE_INC_OBJ)
{
    zval *name = OP2_R();

    SAVE_OPLINE();
    vm_pre_step_obj(execute_data, opline, name, increment_function);
    FREE_OP2();
    NEXT_CHECK();
}

HANDLER(PRE_DEC_OBJ)
{
    zval *name = OP2_R();

    SAVE_OPLINE();
    vm_pre_step_obj(execute_data, opline, name, decrement_function);
    FREE_OP2();
    NEXT_CHECK();
}

HANDLER(POST_INC_OBJ)
{
    zval *name = OP2_R();

    SAVE_OPLINE();
    vm_post_step_obj(execute_data, opline, name, increment_function);
    FREE_OP2();
    NEXT_CHECK_TMP();
}

HANDLER(POST_DEC_OBJ)
{
    zval *name = OP2_R();

    SAVE_OPLINE();
    vm_post_step_obj(execute_data, opline, name, decrement_function);
    FREE_OP2();
    NEXT_CHECK_TMP();
}
