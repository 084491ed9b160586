/* SPDX-License-Identifier: MIT */
/*
 * Handlers that find variables, array elements, properties and constants: for reading (R, IS),
 * for writing (W, RW, UNSET) or as the callee's parameter wants it (FUNC_ARG).
 */

HANDLER(FETCH_R)
{
    zval *name = OP1_R();

    SAVE_OPLINE();
    vm_fetch_variable(execute_data, opline, name, BP_VAR_R);
    FREE_OP1();
    NEXT_CHECK();
}

HANDLER(FETCH_IS)
{
    zval *name = OP1_R();

    SAVE_OPLINE();
    vm_fetch_variable(execute_data, opline, name, BP_VAR_IS);
    FREE_OP1();
    NEXT_CHECK();
}

HANDLER(FETCH_W)
{
    zval *name = OP1_R();

    SAVE_OPLINE();
    vm_fetch_variable(execute_data, opline, name, BP_VAR_W);
    FREE_OP1();
    NEXT_CHECK();
}

HANDLER(FETCH_RW)
{
    zval *name = OP1_R();

    SAVE_OPLINE();
    vm_fetch_variable(execute_data, opline, name, BP_VAR_RW);
    FREE_OP1();
    NEXT_CHECK();
}

HANDLER(FETCH_UNSET)
{
    zval *name = OP1_R();

    SAVE_OPLINE();
    vm_fetch_variable(execute_data, opline, name, BP_VAR_UNSET);
    FREE_OP1();
    NEXT_CHECK();
}

HANDLER(FETCH_FUNC_ARG)
{
    zval *name = OP1_R();
    bool by_reference;

    SAVE_OPLINE();
    by_reference = vm_argument_by_reference(execute_data->call, opline->extended_value
        & ZEND_FETCH_ARG_MASK);
    vm_fetch_variable(execute_data, opline, name, by_reference ? BP_VAR_W : BP_VAR_R);
    FREE_OP1();
    NEXT_CHECK();
}

HANDLER(FETCH_DIM_R)
{
    zval *container = OP1_R();
    zval *offset = OP2_R();
    zval **element = NULL;

    if (ZEND_LIKELY(Z_TYPE_P(container) == IS_ARRAY)) {
        if (ZEND_LIKELY(Z_TYPE_P(offset) == IS_LONG)) {
            element = vm_find_index(Z_ARRVAL_P(container), Z_LVAL_P(offset));
        } else if (OP2_TYPE == IS_CONST && Z_TYPE_P(offset) == IS_STRING) {
            element = vm_find_key(Z_ARRVAL_P(container), Z_STRVAL_P(offset),
                Z_STRLEN_P(offset) + 1, VM_LITERAL(opline, opline->op2)->hash_value);
        } else if (OP2_TYPE != IS_CONST && Z_TYPE_P(offset) == IS_STRING) {
            element = vm_find_string_key(Z_ARRVAL_P(container), offset);
        }
        if (ZEND_LIKELY(element != NULL)) {
            zval *value = *element;

            Z_ADDREF_P(value);
            if (OP1_TYPE == IS_TMP_VAR || OP1_TYPE == IS_VAR || OP2_TYPE == IS_TMP_VAR
                    || OP2_TYPE == IS_VAR) {
                SAVE_OPLINE();
                FREE_OP2();
                FREE_OP1();
                vm_set_var(RESULT(), value);
                NEXT_CHECK();
            }
            vm_set_var(RESULT(), value);
            NEXT();
        }
    }
    SAVE_OPLINE();
    vm_set_var(RESULT(), vm_fetch_dim_read(container, offset, OP2_TYPE, BP_VAR_R));
    FREE_OP2();
    FREE_OP1();
    NEXT_CHECK();
}

HANDLER(FETCH_DIM_IS)
{
    zval *container = OP1_QUIET();
    zval *offset = OP2_R();

    SAVE_OPLINE();
    vm_set_var(RESULT(), vm_fetch_dim_read(container, offset, OP2_TYPE, BP_VAR_IS));
    FREE_OP2();
    FREE_OP1();
    NEXT_CHECK();
}

HANDLER(FETCH_LIST)
{
    zval *container = OP1_R();
    zval *offset = OP2_R();

    SAVE_OPLINE();
    if (Z_TYPE_P(container) == IS_STRING) {
        /* list() takes nothing from a string that it reads from a variable. */
        Z_ADDREF_P(&EG(uninitialized_zval));
        vm_set_var(RESULT(), &EG(uninitialized_zval));
    } else {
        vm_set_var(RESULT(), vm_fetch_dim_read(container, offset, OP2_TYPE, BP_VAR_R));
    }
    FREE_OP2();
    NEXT_CHECK();
}

HANDLER(FETCH_DIM_W)
{
    zval *offset = OP2_TYPE == IS_UNUSED ? NULL : OP2_R();

    SAVE_OPLINE();
    vm_fetch_dim_place(execute_data, opline, offset, BP_VAR_W);
    FREE_OP2();
    NEXT_CHECK();
}

HANDLER(FETCH_DIM_RW)
{
    zval *offset = OP2_TYPE == IS_UNUSED ? NULL : OP2_R();

    SAVE_OPLINE();
    vm_fetch_dim_place(execute_data, opline, offset, BP_VAR_RW);
    FREE_OP2();
    NEXT_CHECK();
}

HANDLER(FETCH_DIM_UNSET)
{
    zval *offset = OP2_R();

    SAVE_OPLINE();
    vm_fetch_dim_place(execute_data, opline, offset, BP_VAR_UNSET);
    FREE_OP2();
    NEXT_CHECK();
}

HANDLER(FETCH_DIM_FUNC_ARG)
{
    zval *offset = OP2_TYPE == IS_UNUSED ? NULL : OP2_R();

    SAVE_OPLINE();
    if (vm_argument_by_reference(execute_data->call, opline->extended_value)) {
        vm_fetch_dim_place(execute_data, opline, offset, BP_VAR_W);
    } else {
        zval *container = vm_read_fetched(OP1_TYPE, opline, opline->op1, execute_data);

        if (OP2_TYPE == IS_UNUSED) {
            zend_error_noreturn(E_ERROR, "Cannot use [] for reading");
        }
        vm_set_var(RESULT(), vm_fetch_dim_read(container, offset, OP2_TYPE, BP_VAR_R));
        vm_free_fetched(OP1_TYPE, opline->op1, execute_data);
    }
    FREE_OP2();
    NEXT_CHECK();
}

HANDLER(FETCH_OBJ_R)
{
    zval *name = OP2_R();
    zval *object;

    if (OP1_TYPE == IS_UNUSED) {
        object = execute_data->this_object;
    } else {
        object = OP1_R();
    }
    if (OP2_TYPE == IS_CONST && ZEND_LIKELY(object != NULL && Z_TYPE_P(object) == IS_OBJECT)) {
        zval **slot = zend_cached_property(object, execute_data->run_time_cache
            + VM_LITERAL(opline, opline->op2)->cache_slot);

        if (ZEND_LIKELY(slot != NULL)) {
            zval *value = *slot;

            Z_ADDREF_P(value);
            if (OP1_TYPE == IS_TMP_VAR || OP1_TYPE == IS_VAR) {
                SAVE_OPLINE();
                FREE_OP1();
                vm_set_var(RESULT(), value);
                NEXT_CHECK();
            }
            vm_set_var(RESULT(), value);
            NEXT();
        }
    }
    SAVE_OPLINE();
    vm_set_var(RESULT(), vm_fetch_property_read(object, name, BP_VAR_R,
        OP2_TYPE == IS_CONST ? VM_LITERAL(opline, opline->op2) : NULL, OP2_TYPE == IS_TMP_VAR));
    FREE_OP2();
    FREE_OP1();
    NEXT_CHECK();
}

HANDLER(FETCH_OBJ_IS)
{
    zval *name = OP2_R();
    zval *object = OP1_TYPE == IS_UNUSED ? execute_data->this_object : OP1_QUIET();

    SAVE_OPLINE();
    vm_set_var(RESULT(), vm_fetch_property_read(object, name, BP_VAR_IS,
        OP2_TYPE == IS_CONST ? VM_LITERAL(opline, opline->op2) : NULL, OP2_TYPE == IS_TMP_VAR));
    FREE_OP2();
    FREE_OP1();
    NEXT_CHECK();
}

HANDLER(FETCH_OBJ_W)
{
    zval *name = OP2_R();

    SAVE_OPLINE();
    vm_fetch_property_place(execute_data, opline, name, BP_VAR_W);
    FREE_OP2();
    NEXT_CHECK();
}

HANDLER(FETCH_OBJ_RW)
{
    zval *name = OP2_R();

    SAVE_OPLINE();
    vm_fetch_property_place(execute_data, opline, name, BP_VAR_RW);
    FREE_OP2();
    NEXT_CHECK();
}

HANDLER(FETCH_OBJ_UNSET)
{
    zval *name = OP2_R();

    SAVE_OPLINE();
    vm_fetch_property_place(execute_data, opline, name, BP_VAR_UNSET);
    FREE_OP2();
    NEXT_CHECK();
}

HANDLER(FETCH_OBJ_FUNC_ARG)
{
    zval *name = OP2_R();

    SAVE_OPLINE();
    if (vm_argument_by_reference(execute_data->call, opline->extended_value)) {
        vm_fetch_property_place(execute_data, opline, name, BP_VAR_W);
    } else {
        zval *object = OP1_TYPE == IS_UNUSED ? execute_data->this_object
            : vm_read_fetched(OP1_TYPE, opline, opline->op1, execute_data);

        vm_set_var(RESULT(), vm_fetch_property_read(object, name, BP_VAR_R,
            OP2_TYPE == IS_CONST ? VM_LITERAL(opline, opline->op2) : NULL,
            OP2_TYPE == IS_TMP_VAR));
        vm_free_fetched(OP1_TYPE, opline->op1, execute_data);
    }
    FREE_OP2();
    NEXT_CHECK();
}

HANDLER(FETCH_CONSTANT)
{
    const zend_literal *name = VM_LITERAL(opline, opline->op2);
    zval *constant = execute_data->run_time_cache[name->cache_slot];

    if (ZEND_LIKELY(constant != NULL && OP1_TYPE != IS_VAR)) {
        ZVAL_COPY_VALUE(RESULT_TMP(), constant);
        zval_copy_ctor(RESULT_TMP());
        NEXT();
    }
    SAVE_OPLINE();
    vm_fetch_constant(execute_data, opline);
    NEXT_CHECK_TMP();
}

HANDLER(FETCH_CLASS)
{
    SAVE_OPLINE();
    vm_fetch_class(execute_data, opline);
    FREE_OP2();
    NEXT_CHECK();
}

HANDLER(UNSET_CV)
{
    zval **place = VM_CV(execute_data, opline->op1);
    zval *variable = *place;

    if (ZEND_UNLIKELY(execute_data->symbol_table != NULL)) {
        SAVE_OPLINE();
        vm_unset_attached_cv(execute_data, opline->op1);
        NEXT_CHECK();
    }
    if (variable) {
        SAVE_OPLINE();
        *place = NULL;
        zval_ptr_dtor(&variable);
        NEXT_CHECK();
    }
    NEXT();
}

HANDLER(UNSET_VAR)
{
    zval *name = OP1_R();

    SAVE_OPLINE();
    vm_unset_variable(execute_data, opline, name);
    FREE_OP1();
    NEXT_CHECK();
}

HANDLER(UNSET_DIM)
{
    zval *offset = OP2_R();

    SAVE_OPLINE();
    vm_unset_dim(execute_data, opline, offset);
    FREE_OP2();
    vm_free_written(OP1_TYPE, opline->op1, execute_data);
    NEXT_CHECK();
}

HANDLER(UNSET_OBJ)
{
    zval *name = OP2_R();

    SAVE_OPLINE();
    vm_unset_property(execute_data, opline, name);
    FREE_OP2();
    vm_free_written(OP1_TYPE, opline->op1, execute_data);
    NEXT_CHECK();
}

HANDLER(ISSET_ISEMPTY_CV)
{
    zval *value = OP1_QUIET();
    bool result;

    if (opline->extended_value & ZEND_ISEMPTY) {
        SAVE_OPLINE();
        result = !i_zend_is_true(value);
        CHECK_EXCEPTION();
    } else {
        result = Z_TYPE_P(value) != IS_NULL;
    }
    FINISH_BRANCH(result);
}

HANDLER(ISSET_ISEMPTY_VAR)
{
    zval *name = OP1_R();
    bool result;

    SAVE_OPLINE();
    result = vm_isset_variable(execute_data, opline, name);
    FREE_OP1();
    ZVAL_BOOL(RESULT_TMP(), result);
    NEXT_CHECK();
}

HANDLER(ISSET_ISEMPTY_DIM_OBJ)
{
    zval *container = OP1_TYPE == IS_UNUSED ? execute_data->this_object : OP1_QUIET();
    zval *offset = OP2_R();
    bool result;

    SAVE_OPLINE();
    result = vm_isset_dim(container, offset, OP2_TYPE, opline->extended_value & ZEND_ISEMPTY);
    FREE_OP2();
    FREE_OP1();
    ZVAL_BOOL(RESULT_TMP(), result);
    NEXT_CHECK();
}

HANDLER(ISSET_ISEMPTY_PROP_OBJ)
{
    zval *object = OP1_TYPE == IS_UNUSED ? execute_data->this_object : OP1_QUIET();
    zval *name = OP2_R();
    bool result;

    SAVE_OPLINE();
    result = vm_isset_property(object, name, opline->extended_value & ZEND_ISEMPTY,
        OP2_TYPE == IS_CONST ? VM_LITERAL(opline, opline->op2) : NULL, OP2_TYPE == IS_TMP_VAR);
    FREE_OP2();
    FREE_OP1();
    ZVAL_BOOL(RESULT_TMP(), result);
    NEXT_CHECK();
}

HANDLER(BIND_GLOBAL)
{
    SAVE_OPLINE();
    vm_bind_global(execute_data, opline);
    NEXT_CHECK();
}

HANDLER(BIND_STATIC)
{
    SAVE_OPLINE();
    vm_bind_static(execute_data, opline);
    NEXT_CHECK();
}
