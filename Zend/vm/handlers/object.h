/* SPDX-License-Identifier: MIT */
/* Handlers of declarations, objects, exceptions and generators. */

HANDLER(DECLARE_FUNCTION)
{
    SAVE_OPLINE();
    vm_declare_function(execute_data, opline->op1.num);
    NEXT_CHECK();
}

HANDLER(DECLARE_CONST)
{
    SAVE_OPLINE();
    vm_declare_constant(execute_data, opline);
    FREE_OP2();
    NEXT_CHECK();
}

HANDLER(DECLARE_CLASS)
{
    SAVE_OPLINE();
    vm_declare_class(execute_data, opline, NULL);
    NEXT_CHECK();
}

HANDLER(DECLARE_INHERITED_CLASS)
{
    SAVE_OPLINE();
    vm_declare_class(execute_data, opline, VM_LITERAL(opline, opline->op2));
    NEXT_CHECK();
}

HANDLER(DECLARE_INHERITED_CLASS_DELAYED)
{
    SAVE_OPLINE();
    vm_declare_class(execute_data, opline, VM_LITERAL(opline, opline->op2));
    NEXT_CHECK();
}

HANDLER(ADD_INTERFACES)
{
    SAVE_OPLINE();
    vm_finish_class(RESULT_OF(opline->op1)->ce.class_entry, opline->extended_value);
    NEXT_CHECK();
}

HANDLER(DECLARE_LAMBDA_FUNCTION)
{
    SAVE_OPLINE();
    vm_make_closure(execute_data, opline->op1.num, RESULT_TMP());
    NEXT_CHECK_TMP();
}

HANDLER(CLONE)
{
    zval *object = OP1_TYPE == IS_UNUSED ? execute_data->this_object : OP1_R();

    SAVE_OPLINE();
    vm_clone(execute_data, object, RESULT());
    FREE_OP1();
    NEXT_CHECK();
}

HANDLER(INSTANCEOF)
{
    zval *value = OP1_R();
    bool result;

    SAVE_OPLINE();
    result = vm_instanceof(execute_data, opline, value);
    FREE_OP1();
    ZVAL_BOOL(RESULT_TMP(), result);
    NEXT_CHECK();
}

HANDLER(THROW)
{
    zval *value = OP1_R();

    SAVE_OPLINE();
    vm_throw(value, OP1_TYPE == IS_TMP_VAR);
    FREE_OP1();
    HANDLE_EXCEPTION();
}

HANDLER(CATCH)
{
    SAVE_OPLINE();
    if (vm_catch(execute_data, opline)) {
        NEXT_CHECK();
    }
    if (opline->extended_value) {
        HANDLE_EXCEPTION();
    }
    JUMP(VM_JUMP_TARGET(opline, opline->result));
}

HANDLER(HANDLE_EXCEPTION)
{
    opline = vm_find_handler(execute_data);
    if (opline) {
        DISPATCH();
    }
    execute_data->result = NULL;
    LEAVE();
}

HANDLER(DISCARD_EXCEPTION)
{
    SAVE_OPLINE();
    vm_discard_exception(execute_data);
    NEXT_CHECK();
}

HANDLER(FAST_CALL)
{
    temp_variable *slot = RESULT();

    vm_set_var(slot, NULL);
    slot->var.ptr_ptr = (zval **) opline;
    JUMP(VM_JUMP_TARGET(opline, opline->op1));
}

HANDLER(FAST_RET)
{
    temp_variable *slot = RESULT_OF(opline->op1);

    if (slot->var.ptr_ptr) {
        JUMP((const zend_op *) slot->var.ptr_ptr + 1);
    }
    SAVE_OPLINE();
    vm_resume_exception(slot);
    HANDLE_EXCEPTION();
}

HANDLER(YIELD)
{
    SAVE_OPLINE();
    vm_yield(execute_data, opline);
    CHECK_EXCEPTION();
    SUSPEND();
}

HANDLER(GENERATOR_RETURN)
{
    SAVE_OPLINE();
    LEAVE();
}
