/* SPDX-License-Identifier: MIT */
/*
 * Handlers of calls: INIT_* makes the callee's frame, SEND_* fills its arguments, DO_FCALL
 * enters it and RETURN leaves it, all without a C call for user functions.
 */

HANDLER(INIT_FCALL_BY_NAME)
{
    SAVE_OPLINE();
    if (OP2_TYPE == IS_CONST) {
        const zend_literal *name = VM_LITERAL(opline, opline->op2) + 1;
        zend_function *function = VM_CACHED_PTR(execute_data, name->cache_slot);

        if (ZEND_UNLIKELY(!function)) {
            function = vm_lookup_function(execute_data, name - 1);
        }
        vm_push_call(execute_data, function, opline->extended_value);
        NEXT();
    }
    vm_init_dynamic_call(execute_data, opline);
    NEXT_CHECK();
}

HANDLER(INIT_NS_FCALL_BY_NAME)
{
    const zend_literal *name = VM_LITERAL(opline, opline->op2) + 1;
    zend_function *function = VM_CACHED_PTR(execute_data, name->cache_slot);

    SAVE_OPLINE();
    if (ZEND_UNLIKELY(!function)) {
        function = vm_lookup_ns_function(execute_data, name - 1);
    }
    vm_push_call(execute_data, function, opline->extended_value);
    NEXT();
}

HANDLER(INIT_METHOD_CALL)
{
    zval *name = OP2_R();
    zval *object = OP1_TYPE == IS_UNUSED ? execute_data->this_object : OP1_R();

    SAVE_OPLINE();
    if (OP2_TYPE == IS_CONST && ZEND_LIKELY(object != NULL && Z_TYPE_P(object) == IS_OBJECT)) {
        void **cache = execute_data->run_time_cache
            + VM_LITERAL(opline, opline->op2)->cache_slot;
        zend_class_entry *ce = Z_OBJCE_P(object);

        if (ZEND_LIKELY(cache[0] == ce)) {
            zend_function *method = cache[1];
            zend_execute_data *call = vm_push_call(execute_data, method, opline->extended_value);

            call->called_scope = ce;
            if (!(method->common.fn_flags & ZEND_ACC_STATIC)) {
                vm_call_set_this(call, object);
            }
            FREE_OP1();
            NEXT_CHECK();
        }
    }
    vm_init_method_call(execute_data, opline, object, name);
    FREE_OP2();
    FREE_OP1();
    NEXT_CHECK();
}

HANDLER(INIT_STATIC_METHOD_CALL)
{
    SAVE_OPLINE();
    vm_init_static_method_call(execute_data, opline);
    FREE_OP2();
    NEXT_CHECK();
}

HANDLER(NEW)
{
    SAVE_OPLINE();
    if (vm_new(execute_data, opline)) {
        NEXT_CHECK();
    }
    CHECK_EXCEPTION();
    JUMP(VM_JUMP_TARGET(opline, opline->op2));
}

HANDLER(SEND_VAL)
{
    zend_execute_data *call = execute_data->call;
    zval *value = OP1_R();
    zval *argument;

    if (ZEND_UNLIKELY(call->func->common.fn_flags & ZEND_ACC_HAS_BY_REF)
            && ARG_MUST_BE_SENT_BY_REF(call->func, opline->op2.num)) {
        SAVE_OPLINE();
        zend_error_noreturn(E_ERROR, "Cannot pass parameter %d by reference",
            (int) opline->op2.num);
    }
    ALLOC_ZVAL(argument);
    INIT_PZVAL_COPY(argument, value);
    if (OP1_TYPE == IS_CONST && ZEND_UNLIKELY(Z_TYPE_P(argument) > IS_BOOL)) {
        zval_copy_ctor(argument);
    }
    vm_add_argument(call, opline->op2.num, argument);
    NEXT();
}

HANDLER(SEND_VAR)
{
    zend_execute_data *call = execute_data->call;

    if (OP1_TYPE == IS_CV
            && ZEND_LIKELY(!(call->func->common.fn_flags & ZEND_ACC_HAS_BY_REF))) {
        zval *value = *VM_CV(execute_data, opline->op1);

        if (ZEND_LIKELY(value != NULL && !PZVAL_IS_REF(value))
                && value != &EG(uninitialized_zval)) {
            Z_ADDREF_P(value);
            vm_add_argument(call, opline->op2.num, value);
            NEXT();
        }
    }
    SAVE_OPLINE();
    vm_send_variable(execute_data, opline);
    NEXT_CHECK();
}

HANDLER(SEND_REF)
{
    SAVE_OPLINE();
    vm_send_reference(execute_data, opline);
    NEXT_CHECK();
}

HANDLER(SEND_VAR_NO_REF)
{
    SAVE_OPLINE();
    vm_send_result(execute_data, opline);
    NEXT_CHECK();
}

HANDLER(SEND_UNPACK)
{
    SAVE_OPLINE();
    vm_send_unpack(execute_data, opline);
    FREE_OP1();
    NEXT_CHECK();
}

HANDLER(DO_FCALL)
{
    zend_execute_data *call = execute_data->call;
    zend_function *function = call->func;

    SAVE_OPLINE();
    execute_data->call = call->prev_call;
    call->prev_execute_data = execute_data;
    if (ZEND_LIKELY(function->type == ZEND_USER_FUNCTION)
            && ZEND_LIKELY(!(function->common.fn_flags
                & (ZEND_ACC_GENERATOR | ZEND_ACC_ABSTRACT | ZEND_ACC_DEPRECATED)))) {
        call->result = RESULT_USED() ? RESULT() : NULL;
        vm_enter_user_function(call, &function->op_array);
        ENTER(call);
    }
    if (ZEND_LIKELY(function->type == ZEND_INTERNAL_FUNCTION)
            && ZEND_LIKELY(!(function->common.fn_flags
                & (ZEND_ACC_ABSTRACT | ZEND_ACC_DEPRECATED)))) {
        vm_call_internal(call, RESULT_USED() ? RESULT() : NULL);
    } else {
        vm_call_uncommon(call, RESULT_USED() ? RESULT() : NULL);
    }
    NEXT_CHECK();
}

HANDLER(RETURN)
{
    zval *value = OP1_R();
    temp_variable *result = execute_data->result;

    SAVE_OPLINE();
    if (result) {
        zval *returned;

        if (OP1_TYPE == IS_CONST || OP1_TYPE == IS_TMP_VAR) {
            ALLOC_ZVAL(returned);
            INIT_PZVAL_COPY(returned, value);
            if (OP1_TYPE == IS_CONST && ZEND_UNLIKELY(Z_TYPE_P(returned) > IS_BOOL)) {
                zval_copy_ctor(returned);
            }
        } else {
            returned = vm_returned_value(OP1_TYPE, value);
        }
        vm_set_var(result, returned);
    } else {
        FREE_OP1();
    }
    LEAVE();
}

HANDLER(RETURN_BY_REF)
{
    SAVE_OPLINE();
    vm_return_by_reference(execute_data, opline);
    LEAVE();
}

HANDLER(RECV)
{
    zend_uint number = opline->op1.num;

    if (ZEND_UNLIKELY(number > execute_data->num_args)) {
        SAVE_OPLINE();
        vm_missing_argument(execute_data, number);
        NEXT_CHECK();
    }
    SAVE_OPLINE();
    vm_receive_argument(execute_data, opline);
    NEXT_CHECK();
}

HANDLER(RECV_INIT)
{
    SAVE_OPLINE();
    if (opline->op1.num > execute_data->num_args) {
        vm_receive_default(execute_data, opline);
    } else {
        vm_receive_argument(execute_data, opline);
    }
    NEXT_CHECK();
}

HANDLER(RECV_VARIADIC)
{
    SAVE_OPLINE();
    vm_receive_variadic(execute_data, opline);
    NEXT_CHECK();
}

HANDLER(EXIT)
{
    SAVE_OPLINE();
    if (OP1_TYPE != IS_UNUSED) {
        zval *status = OP1_R();

        if (Z_TYPE_P(status) == IS_LONG) {
            EG(exit_status) = Z_LVAL_P(status);
        } else {
            zend_print_variable(status);
        }
        FREE_OP1();
    }
    EG(exit_requested) = 1;
    zend_bailout();
}

HANDLER(INCLUDE_OR_EVAL)
{
    zval *operand = OP1_R();
    zend_execute_data *call;

    SAVE_OPLINE();
    call = vm_include_or_eval(execute_data, opline, operand);
    FREE_OP1();
    if (call) {
        ENTER(call);
    }
    NEXT_CHECK();
}
