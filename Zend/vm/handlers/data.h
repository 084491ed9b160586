/* SPDX-License-Identifier: MIT */
/* Handlers of output, strings of parts, array literals, foreach and small statements. */

HANDLER(ECHO)
{
    zval *op1 = OP1_R();

    SAVE_OPLINE();
    if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_STRING)) {
        zend_write(Z_STRVAL_P(op1), Z_STRLEN_P(op1));
    } else {
        zend_print_variable(op1);
    }
    FREE_OP1();
    NEXT_CHECK();
}

HANDLER(PRINT)
{
    zval *op1 = OP1_R();

    SAVE_OPLINE();
    zend_print_variable(op1);
    FREE_OP1();
    ZVAL_LONG(RESULT_TMP(), 1);
    NEXT_CHECK();
}

HANDLER(ROPE_INIT)
{
    zval *part = OP2_R();

    SAVE_OPLINE();
    vm_rope_set(RESULT(), OP2_TYPE, part);
    FREE_VAR_OP2();
    NEXT_CHECK();
}

HANDLER(ROPE_ADD)
{
    zval *part = OP2_R();

    SAVE_OPLINE();
    vm_rope_set(VM_SLOT(execute_data, opline->op1) + opline->extended_value, OP2_TYPE, part);
    FREE_VAR_OP2();
    NEXT_CHECK();
}

HANDLER(ROPE_END)
{
    zval *part = OP2_R();
    temp_variable *rope = VM_SLOT(execute_data, opline->op1);

    SAVE_OPLINE();
    vm_rope_set(rope + opline->extended_value, OP2_TYPE, part);
    FREE_VAR_OP2();
    vm_rope_join(rope, opline->extended_value + 1, RESULT_TMP());
    NEXT_CHECK_TMP();
}

HANDLER(INIT_ARRAY)
{
    zval *array = RESULT_TMP();

    SAVE_OPLINE();
    array_init_size(array, opline->extended_value >> 1);
    if (OP1_TYPE != IS_UNUSED) {
        vm_add_array_element(execute_data, opline, Z_ARRVAL_P(array));
    }
    NEXT_CHECK_TMP();
}

HANDLER(ADD_ARRAY_ELEMENT)
{
    SAVE_OPLINE();
    vm_add_array_element(execute_data, opline, Z_ARRVAL_P(RESULT_TMP()));
    NEXT_CHECK_TMP();
}

HANDLER(FE_RESET)
{
    SAVE_OPLINE();
    if (vm_foreach_reset(execute_data, opline)) {
        NEXT_CHECK();
    }
    CHECK_EXCEPTION();
    JUMP(VM_JUMP_TARGET(opline, opline->op2));
}

HANDLER(FE_FETCH)
{
    int used;

    SAVE_OPLINE();
    used = vm_foreach_fetch(execute_data, opline);
    if (used) {
        CHECK_EXCEPTION();
        opline += used;
        DISPATCH();
    }
    CHECK_EXCEPTION();
    JUMP(VM_JUMP_TARGET(opline, opline->op2));
}

HANDLER(FREE)
{
    SAVE_OPLINE();
    FREE_OP1();
    NEXT_CHECK();
}

HANDLER(SWITCH_FREE)
{
    SAVE_OPLINE();
    if (opline->extended_value & ZEND_FREE_ITERATOR) {
        vm_foreach_free(RESULT_OF(opline->op1));
    } else {
        FREE_OP1();
    }
    NEXT_CHECK();
}

HANDLER(BEGIN_SILENCE)
{
    SAVE_OPLINE();
    vm_begin_silence(RESULT_TMP());
    NEXT();
}

HANDLER(END_SILENCE)
{
    SAVE_OPLINE();
    vm_end_silence(&RESULT_OF(opline->op1)->tmp_var);
    NEXT();
}

HANDLER(TICKS)
{
    SAVE_OPLINE();
    vm_tick(opline->op1.num);
    NEXT_CHECK();
}

HANDLER(OP_DATA)
{
    NEXT();
}
