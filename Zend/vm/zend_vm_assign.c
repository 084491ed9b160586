/* SPDX-License-Identifier: MIT */
/*
 * Assignment as PHP 5 does it, by value and by reference, compound and stepwise.
 *
 * $a = $b:      target of its own          target is a reference set
 *   b no ref    the target's place gets    the value is copied into
 *               b's zval, counted          the target's zval
 *   b is ref    a copy of b's value, in    the same
 *               the target's zval if it is not shared, else in a new one
 */
#include "compile/zend_compile.h"
#include "object/zend_std_handlers.h"
#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "vm/zend_vm_internal.h"
#include "vm/zend_vm_opcodes.h"
#include "vm/zend_vm_opcodes.h"
#include "vm/zend_vm_operands.h"

void vm_no_place(const char *message)
{
    zend_error_noreturn(E_ERROR, "%s", message);
}

/* Copies value into the variable's zval; the old value goes last, since its destructor may run. */
static void vm_overwrite(zval *variable, zval *value, bool take_over)
{
    zval garbage = *variable;

    ZVAL_COPY_VALUE(variable, value);
    if (!take_over) {
        zval_copy_ctor(variable);
    }
    zval_dtor(&garbage);
}

zval *zend_assign_to_variable(zval **place, zval *value)
{
    zval *variable = *place;

    if (ZEND_UNLIKELY(!variable)) {
        if (PZVAL_IS_REF(value)) {
            ALLOC_ZVAL(variable);
            INIT_PZVAL_COPY(variable, value);
            zval_copy_ctor(variable);
            *place = variable;
        } else {
            Z_ADDREF_P(value);
            *place = value;
        }
        return *place;
    }
    if (variable == value || variable == &EG(error_zval)) {
        return variable;
    }
    if (PZVAL_IS_REF(variable)) {
        vm_overwrite(variable, value, false);
    } else if (PZVAL_IS_REF(value)) {
        if (Z_REFCOUNT_P(variable) == 1) {
            vm_overwrite(variable, value, false);
        } else {
            zval *copy;

            ALLOC_ZVAL(copy);
            INIT_PZVAL_COPY(copy, value);
            zval_copy_ctor(copy);
            *place = copy;
            zval_ptr_dtor(&variable);
        }
    } else {
        Z_ADDREF_P(value);
        *place = value;
        zval_ptr_dtor(&variable);
    }
    return *place;
}

static void vm_assign_owned(zval **place, zval *value, bool take_over)
{
    zval *variable = *place;
    zval *own;

    if (variable == &EG(error_zval)) {
        if (take_over) {
            zval_dtor(value);
        }
        return;
    }
    if (variable && (Z_REFCOUNT_P(variable) == 1 || PZVAL_IS_REF(variable))) {
        vm_overwrite(variable, value, take_over);
        return;
    }
    ALLOC_ZVAL(own);
    INIT_PZVAL_COPY(own, value);
    if (!take_over) {
        zval_copy_ctor(own);
    }
    *place = own;
    if (variable) {
        zval_ptr_dtor(&variable);
    }
}

void vm_assign_tmp(zval **place, zval *value)
{
    vm_assign_owned(place, value, true);
}

void vm_assign_const(zval **place, zval *value)
{
    vm_assign_owned(place, value, false);
}

void vm_assign_by_kind(zval **place, zval *value, zend_uchar kind)
{
    if (kind == IS_TMP_VAR) {
        vm_assign_tmp(place, value);
    } else if (kind == IS_CONST) {
        vm_assign_const(place, value);
    } else {
        zend_assign_to_variable(place, value);
    }
}

zval *vm_counted_value(zend_uchar kind, zval *value)
{
    zval *own;

    if (kind == IS_VAR) {
        return value;
    }
    if (kind == IS_CV && !PZVAL_IS_REF(value)) {
        Z_ADDREF_P(value);
        return value;
    }
    ALLOC_ZVAL(own);
    INIT_PZVAL_COPY(own, value);
    if (kind != IS_TMP_VAR) {
        zval_copy_ctor(own);
    }
    return own;
}

zval *vm_returned_value(zend_uchar kind, zval *value)
{
    zval *own;

    if (!PZVAL_IS_REF(value)) {
        if (kind == IS_CV) {
            Z_ADDREF_P(value);
        }
        return value;
    }
    ALLOC_ZVAL(own);
    INIT_PZVAL_COPY(own, value);
    zval_copy_ctor(own);
    if (kind == IS_VAR) {
        zval_ptr_dtor(&value);
    }
    return own;
}

/* --- References ------------------------------------------------------------------------------- */

void vm_make_reference(zval **place)
{
    if (!PZVAL_IS_REF(*place)) {
        SEPARATE_ZVAL(place);
        Z_SET_ISREF_PP(place);
    }
}

void zend_assign_to_variable_reference(zval **target, zval **source)
{
    zval *variable = *target;
    zval *value = *source;

    if (variable == &EG(error_zval) || value == &EG(error_zval)) {
        if (value == &EG(error_zval) && variable != value) {
            zval *empty;

            ALLOC_INIT_ZVAL(empty);
            *target = empty;
            zval_ptr_dtor(&variable);
        }
        return;
    }
    if (variable == value) {
        if (target == source) {
            vm_make_reference(target);
        } else if (!PZVAL_IS_REF(value)) {
            /* Both places share it already: others that share it are split off. */
            if (Z_REFCOUNT_P(value) > 2) {
                zval *own;

                ALLOC_ZVAL(own);
                INIT_PZVAL_COPY(own, value);
                zval_copy_ctor(own);
                Z_SET_REFCOUNT_P(own, 2);
                Z_SET_REFCOUNT_P(value, Z_REFCOUNT_P(value) - 2);
                *target = *source = own;
                value = own;
            }
            Z_SET_ISREF_P(value);
        }
        return;
    }
    vm_make_reference(source);
    Z_ADDREF_PP(source);
    *target = *source;
    if (variable) {
        zval_ptr_dtor(&variable);
    }
}

/* A function's result that is assigned by reference must be one; else it is a value. */
static bool vm_result_is_reference(const zend_op *opline, temp_variable *source)
{
    if (opline->extended_value == ZEND_RETURNS_FUNCTION && source->var.ptr
            && !source->var.fcall_returned_reference && !PZVAL_IS_REF(source->var.ptr)) {
        return false;
    }
    return true;
}

/* Finds both places. False: the assignment has been done by value instead. */
bool vm_assign_ref_operands(zend_execute_data *frame, const zend_op *opline, zval ***target,
    zval ***source)
{
    if (opline->op2_type == IS_VAR
            && !vm_result_is_reference(opline, VM_SLOT(frame, opline->op2))) {
        zend_error(E_STRICT, "Only variables should be assigned by reference");
        *target = vm_write_operand(opline->op1_type, opline, opline->op1, frame, false);
        if (!*target) {
            vm_no_place("Cannot create references to/from string offsets nor overloaded objects");
        }
        if (!EG(exception)) {
            zend_assign_to_variable(*target, VM_SLOT(frame, opline->op2)->var.ptr);
        }
        return false;
    }
    *source = vm_write_operand(opline->op2_type, opline, opline->op2, frame, false);
    *target = vm_write_operand(opline->op1_type, opline, opline->op1, frame, false);
    if (!*target || !*source) {
        vm_no_place("Cannot create references to/from string offsets nor overloaded objects");
    }
    return true;
}

/* --- Compound assignment ---------------------------------------------------------------------- */

static void vm_set_result(zend_execute_data *frame, const zend_op *opline, zval *value)
{
    if (!(opline->result_type & (EXT_TYPE_UNUSED | IS_UNUSED))) {
        Z_ADDREF_P(value);
        vm_set_var(VM_SLOT(frame, opline->result), value);
    }
}

/* *place (operator)= value. A proxy-like object may be overloaded through get and set. */
static void vm_compound_place(zend_execute_data *frame, const zend_op *opline, zval **place,
    zval *value, vm_binary_operator operator)
{
    if (*place == &EG(error_zval)) {
        vm_set_result(frame, opline, &EG(uninitialized_zval));
        return;
    }
    SEPARATE_ZVAL_IF_NOT_REF(place);
    if (Z_TYPE_PP(place) == IS_OBJECT && Z_OBJ_HANDLER_PP_GET_SET(place)) {
        zval *inner = Z_OBJ_HT_PP(place)->get(*place);

        Z_ADDREF_P(inner);
        operator(inner, inner, value);
        Z_OBJ_HT_PP(place)->set(place, inner);
        zval_ptr_dtor(&inner);
    } else {
        operator(*place, *place, value);
    }
    vm_set_result(frame, opline, *place);
}

/* $object[offset] (operator)= value, through offsetGet and offsetSet. */
static void vm_compound_object_dim(zend_execute_data *frame, const zend_op *opline, zval *object,
    zval *offset, zval *value, vm_binary_operator operator)
{
    zval *old;
    zval *key = offset ? vm_real_zval(offset, opline->op2_type) : NULL;

    Z_ADDREF_P(object);
    old = Z_OBJ_HT_P(object)->read_dimension
        ? Z_OBJ_HT_P(object)->read_dimension(object, key, BP_VAR_R) : NULL;
    if (old) {
        Z_ADDREF_P(old);
        SEPARATE_ZVAL_IF_NOT_REF(&old);
        operator(old, old, value);
        if (!EG(exception)) {
            Z_OBJ_HT_P(object)->write_dimension(object, key, old);
        }
        vm_set_result(frame, opline, old);
        zval_ptr_dtor(&old);
    } else {
        if (!EG(exception)) {
            zend_error(E_WARNING, "Attempt to assign property of non-object");
        }
        vm_set_result(frame, opline, &EG(uninitialized_zval));
    }
    if (key) {
        zval_ptr_dtor(&key);
    }
    zval_ptr_dtor(&object);
}

static void vm_compound_dim(zend_execute_data *frame, const zend_op *opline, zval *value,
    vm_binary_operator operator)
{
    zval *offset = opline->op2_type == IS_UNUSED ? NULL
        : vm_read_operand(opline->op2_type, opline, opline->op2, frame);
    zval **container = vm_write_operand(opline->op1_type, opline, opline->op1, frame, false);
    temp_variable element;
    zval **place;

    if (!container) {
        vm_no_place("Cannot use string offset as an array");
    }
    if (Z_TYPE_PP(container) == IS_OBJECT) {
        vm_compound_object_dim(frame, opline, *container, offset, value, operator);
        return;
    }
    vm_fetch_dim_into(&element, container, offset, opline->op2_type, BP_VAR_RW);
    place = vm_place(&element);
    if (!place) {
        vm_no_place("Cannot use assign-op operators with overloaded objects nor string offsets");
    }
    vm_compound_place(frame, opline, place, value, operator);
    if (element.var.ptr) {
        zval_ptr_dtor(&element.var.ptr);
    }
}

int vm_compound_assign(zend_execute_data *frame, const zend_op *opline,
    vm_binary_operator operator)
{
    const zend_op *data = opline + 1;
    zval *value;

    if (opline->extended_value == 0) {
        zval **place;

        value = vm_read_operand(opline->op2_type, opline, opline->op2, frame);
        place = vm_write_operand(opline->op1_type, opline, opline->op1, frame, true);
        if (!place) {
            vm_no_place("Cannot use assign-op operators with overloaded objects nor string offsets");
        }
        vm_compound_place(frame, opline, place, value, operator);
        vm_free_operand(opline->op2_type, opline->op2, frame);
        vm_free_written(opline->op1_type, opline->op1, frame);
        return 1;
    }
    value = vm_read_operand(data->op1_type, data, data->op1, frame);
    frame->opline = opline;
    if (opline->extended_value == ZEND_ASSIGN_DIM) {
        vm_compound_dim(frame, opline, value, operator);
    } else {
        vm_compound_assign_obj(frame, opline,
            vm_read_operand(opline->op2_type, opline, opline->op2, frame), value, operator);
    }
    vm_free_operand(opline->op2_type, opline->op2, frame);
    vm_free_operand(data->op1_type, data->op1, frame);
    vm_free_written(opline->op1_type, opline->op1, frame);
    return 2;
}

/* --- Increment and decrement ------------------------------------------------------------------ */

#define VM_NO_STEP "Cannot increment/decrement overloaded objects nor string offsets"

static void vm_step(zval **place, vm_step_operator step)
{
    SEPARATE_ZVAL_IF_NOT_REF(place);
    if (Z_TYPE_PP(place) == IS_OBJECT && Z_OBJ_HANDLER_PP_GET_SET(place)) {
        zval *inner = Z_OBJ_HT_PP(place)->get(*place);

        Z_ADDREF_P(inner);
        step(inner);
        Z_OBJ_HT_PP(place)->set(place, inner);
        zval_ptr_dtor(&inner);
    } else {
        step(*place);
    }
}

void vm_pre_step(zval **place, temp_variable *result, vm_step_operator step)
{
    if (!place) {
        vm_no_place(VM_NO_STEP);
    }
    if (*place == &EG(error_zval)) {
        place = &EG(uninitialized_zval_ptr);
    } else {
        vm_step(place, step);
    }
    if (result) {
        vm_set_var(result, *place);
        Z_ADDREF_PP(place);
    }
}

void vm_post_step(zval **place, zval *result, vm_step_operator step)
{
    if (!place) {
        vm_no_place(VM_NO_STEP);
    }
    if (*place == &EG(error_zval)) {
        ZVAL_NULL(result);
        return;
    }
    ZVAL_COPY_VALUE(result, *place);
    zval_copy_ctor(result);
    vm_step(place, step);
}
