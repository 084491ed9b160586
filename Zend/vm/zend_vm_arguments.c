/* SPDX-License-Identifier: MIT */
/* Arguments: passed by the caller, received by the callee; and results by reference. */
#include <string.h>

#include "compile/zend_compile.h"
#include "object/zend_class.h"
#include "object/zend_interfaces.h"
#include "object/zend_std_handlers.h"
#include "runtime/zend_API.h"
#include "runtime/zend_constants.h"
#include "runtime/zend_errors.h"
#include "vm/zend_vm_call.h"
#include "vm/zend_exceptions.h"
#include "vm/zend_vm_internal.h"
#include "vm/zend_vm_opcodes.h"

/* --- Passing ---------------------------------------------------------------------------------- */

bool vm_argument_by_reference(zend_execute_data *call, zend_uint number)
{
    return zend_arg_send_mode(call->func, number) != ZEND_SEND_BY_VAL;
}

static void vm_send_by_value(zend_execute_data *call, zend_uint number, zend_uchar kind,
    zval *value)
{
    if (value == &EG(uninitialized_zval)) {
        ALLOC_INIT_ZVAL(value);
    } else if (kind == IS_VAR) {
        value = vm_returned_value(IS_VAR, value);
    } else {
        value = vm_counted_value(IS_CV, value);
    }
    vm_add_argument(call, number, value);
}

static void vm_send_place(zend_execute_data *call, zend_uint number, zval **place)
{
    if (!place) {
        zend_error_noreturn(E_ERROR, "Only variables can be passed by reference");
    }
    if (*place == &EG(error_zval) || *place == &EG(uninitialized_zval)) {
        zval *empty;

        ALLOC_INIT_ZVAL(empty);
        Z_SET_ISREF_P(empty);
        vm_add_argument(call, number, empty);
        return;
    }
    vm_make_reference(place);
    Z_ADDREF_PP(place);
    vm_add_argument(call, number, *place);
}

void vm_send_variable(zend_execute_data *frame, const zend_op *opline)
{
    zend_execute_data *call = frame->call;

    if (opline->extended_value == ZEND_SEND_UNKNOWN
            && vm_argument_by_reference(call, opline->op2.num)) {
        vm_send_place(call, opline->op2.num,
            vm_write_operand(opline->op1_type, opline, opline->op1, frame, false));
        vm_free_written(opline->op1_type, opline->op1, frame);
        return;
    }
    if (opline->op1_type == IS_VAR && !VM_SLOT(frame, opline->op1)->var.ptr) {
        zval **place = vm_place(VM_SLOT(frame, opline->op1));

        vm_send_by_value(call, opline->op2.num, IS_CV, place ? *place : &EG(uninitialized_zval));
        return;
    }
    vm_send_by_value(call, opline->op2.num, opline->op1_type,
        vm_read_operand(opline->op1_type, opline, opline->op1, frame));
}

void vm_send_reference(zend_execute_data *frame, const zend_op *opline)
{
    vm_send_place(frame->call, opline->op2.num,
        vm_write_operand(opline->op1_type, opline, opline->op1, frame, false));
    vm_free_written(opline->op1_type, opline->op1, frame);
}

/* f(($a)): a variable in parentheses is taken for a value, but may be made a reference unshared. */
static void vm_send_parenthesised(zend_execute_data *frame, const zend_op *opline)
{
    zend_execute_data *call = frame->call;
    zval *value = vm_read_operand(IS_CV, opline, opline->op1, frame);
    int mode = zend_arg_send_mode(call->func, opline->op2.num);

    if (mode == ZEND_SEND_BY_VAL) {
        vm_send_by_value(call, opline->op2.num, IS_CV, value);
        return;
    }
    if ((PZVAL_IS_REF(value) || Z_REFCOUNT_P(value) == 1) && value != &EG(uninitialized_zval)) {
        Z_SET_ISREF_P(value);
        Z_ADDREF_P(value);
        vm_add_argument(call, opline->op2.num, value);
        return;
    }
    if (mode == ZEND_SEND_BY_REF) {
        zend_error(E_STRICT, "Only variables should be passed by reference");
    }
    vm_add_argument(call, opline->op2.num, vm_counted_value(IS_CONST, value));
}

/* The result of a call or of another expression that is no variable. */
void vm_send_result(zend_execute_data *frame, const zend_op *opline)
{
    zend_execute_data *call = frame->call;
    temp_variable *slot = VM_SLOT(frame, opline->op1);
    zval *value;
    int mode;

    if (opline->op1_type == IS_CV) {
        vm_send_parenthesised(frame, opline);
        return;
    }
    value = slot->var.ptr;
    mode = zend_arg_send_mode(call->func, opline->op2.num);
    if (mode == ZEND_SEND_BY_VAL) {
        vm_send_by_value(call, opline->op2.num, IS_VAR, value);
        return;
    }
    if ((!(opline->extended_value & ZEND_ARG_SEND_FUNCTION) || slot->var.fcall_returned_reference)
            && (PZVAL_IS_REF(value) || Z_REFCOUNT_P(value) == 1)
            && value != &EG(uninitialized_zval)) {
        Z_SET_ISREF_P(value);
        vm_add_argument(call, opline->op2.num, value);
        return;
    }
    if (mode == ZEND_SEND_BY_REF) {
        zend_error(E_STRICT, "Only variables should be passed by reference");
    }
    if (Z_REFCOUNT_P(value) > 1) {
        zval *own = vm_counted_value(IS_CONST, value);

        zval_ptr_dtor(&value);
        value = own;
    }
    vm_add_argument(call, opline->op2.num, value);
}

/* --- ...$list --------------------------------------------------------------------------------- */

/* Makes room for one more argument. The frame being prepared is the top of the stack. */
static zend_execute_data *vm_grow_call(zend_execute_data *frame)
{
    zend_execute_data *call = frame->call;
    char *end = (char *) (call->arguments + call->num_args + 1);

    if (end <= EG(vm_stack_top)) {
        return call;
    }
    if (end <= EG(vm_stack_end)) {
        EG(vm_stack_top) = end;
        return call;
    }
    {
        /* It moves to a page of its own, with as much room again. */
        size_t used = (char *) (call->arguments + call->num_args) - (char *) call;
        size_t fixed = (char *) call->arguments - (char *) call;
        zend_vm_stack old_page = EG(vm_stack);
        zend_execute_data *moved;
        bool only_frame = (char *) call == (char *) (old_page + 1);

        EG(vm_stack_top) = (char *) call;
        moved = vm_stack_extend(used * 2 + 1024);
        memcpy(moved, call, used);
        moved->arguments = (zval **) ((char *) moved + fixed);
        frame->call = moved;
        if (only_frame && old_page->prev) {
            EG(vm_stack)->prev = old_page->prev;
            efree(old_page);
        }
        return moved;
    }
}

static void vm_unpack_one(zend_execute_data *frame, zval **place, bool by_value_only)
{
    zend_execute_data *call = vm_grow_call(frame);
    zend_uint number = call->num_args + 1;

    if (vm_argument_by_reference(call, number)) {
        if (by_value_only) {
            zend_error(E_WARNING, "Cannot pass by-reference argument %d of %s%s%s() by unpacking a "
                "Traversable, passing by-value instead", (int) number,
                call->func->common.scope ? call->func->common.scope->name : "",
                call->func->common.scope ? "::" : "", call->func->common.function_name);
            vm_add_argument(call, number, vm_counted_value(IS_CONST, *place));
        } else {
            vm_send_place(call, number, place);
        }
    } else {
        vm_send_by_value(call, number, IS_CV, *place);
    }
}

static void vm_unpack_array(zend_execute_data *frame, const zend_op *opline, zval *list)
{
    HashPosition position;
    zval **element;

    if (frame->call->func->common.fn_flags & ZEND_ACC_HAS_BY_REF) {
        /* References are made of its elements: it must be the variable's own. */
        if (opline->op1_type == IS_CV && !PZVAL_IS_REF(list) && Z_REFCOUNT_P(list) > 1) {
            SEPARATE_ZVAL(VM_CV(frame, opline->op1));
            list = *VM_CV(frame, opline->op1);
        }
    }
    for (zend_hash_internal_pointer_reset_ex(Z_ARRVAL_P(list), &position);
            zend_hash_get_current_data_ex(Z_ARRVAL_P(list), (void **) &element, &position)
                == SUCCESS;
            zend_hash_move_forward_ex(Z_ARRVAL_P(list), &position)) {
        if (zend_hash_get_current_key_type_ex(Z_ARRVAL_P(list), &position)
                == HASH_KEY_IS_STRING) {
            zend_error(E_RECOVERABLE_ERROR, "Cannot unpack array with string keys");
            return;
        }
        vm_unpack_one(frame, element, false);
    }
}

static void vm_unpack_iterator(zend_execute_data *frame, zend_object_iterator *iterator)
{
    const zend_object_iterator_funcs *funcs = iterator->funcs;

    iterator->index = 0;
    if (funcs->rewind) {
        funcs->rewind(iterator);
    }
    for (; !EG(exception) && funcs->valid(iterator) == SUCCESS; funcs->move_forward(iterator)) {
        zval **element;

        if (EG(exception)) {
            return;
        }
        funcs->get_current_data(iterator, &element);
        if (EG(exception)) {
            return;
        }
        if (funcs->get_current_key) {
            zval key;

            funcs->get_current_key(iterator, &key);
            if (EG(exception)) {
                return;
            }
            if (Z_TYPE(key) == IS_STRING) {
                zend_error(E_RECOVERABLE_ERROR,
                    "Cannot unpack Traversable with string keys");
                str_efree(Z_STRVAL(key));
                return;
            }
            zval_dtor(&key);
        }
        vm_unpack_one(frame, element, true);
    }
}

void vm_send_unpack(zend_execute_data *frame, const zend_op *opline)
{
    zval *list = vm_read_operand(opline->op1_type, opline, opline->op1, frame);

    if (Z_TYPE_P(list) == IS_ARRAY) {
        vm_unpack_array(frame, opline, list);
    } else if (Z_TYPE_P(list) == IS_OBJECT && Z_OBJCE_P(list)->get_iterator) {
        zend_class_entry *ce = Z_OBJCE_P(list);
        zval *object = vm_real_zval(list, opline->op1_type);
        zend_object_iterator *iterator = ce->get_iterator(ce, object, 0);

        if (iterator && !EG(exception)) {
            vm_unpack_iterator(frame, iterator);
        } else if (!EG(exception)) {
            zend_throw_exception_ex(NULL, 0, "Object of type %s did not create an Iterator",
                ce->name);
        }
        if (iterator) {
            iterator->funcs->dtor(iterator);
        }
        zval_ptr_dtor(&object);
    } else {
        zend_error(E_WARNING, "Only arrays and Traversables can be unpacked");
    }
}

/* --- Receiving -------------------------------------------------------------------------------- */

void vm_missing_argument(zend_execute_data *frame, zend_uint number)
{
    zend_op_array *op_array = &frame->func->op_array;
    const char *class_name = op_array->scope ? op_array->scope->name : "";
    const char *separator = op_array->scope ? "::" : "";
    zend_execute_data *caller = frame->prev_execute_data;

    zend_verify_arg_type(frame->func, number, NULL);
    if (EG(exception)) {
        return;
    }
    if (caller && ZEND_USER_FRAME(caller)) {
        zend_error(E_WARNING, "Missing argument %u for %s%s%s(), called in %s on line %d and defined",
            number, class_name, separator, op_array->function_name,
            caller->func->op_array.code->filename, caller->opline->lineno);
    } else {
        zend_error(E_WARNING, "Missing argument %u for %s%s%s()", number, class_name, separator,
            op_array->function_name);
    }
}

static void vm_bind_parameter(zend_execute_data *frame, znode_op cv, zval *counted)
{
    zval **slot = VM_CV(frame, cv);
    zval *old;

    if (!*slot && frame->symbol_table) {
        vm_undefined_cv_attach(frame, cv);
    }
    old = *slot;
    *slot = counted;
    if (old) {
        zval_ptr_dtor(&old);
    }
}

void vm_receive_argument(zend_execute_data *frame, const zend_op *opline)
{
    zend_uint number = opline->op1.num;
    zval *value = frame->arguments[number - 1];

    Z_ADDREF_P(value);
    vm_bind_parameter(frame, opline->result, value);
    zend_verify_arg_type(frame->func, number, value);
}

void vm_receive_default(zend_execute_data *frame, const zend_op *opline)
{
    zval *value;

    ALLOC_ZVAL(value);
    INIT_PZVAL_COPY(value, VM_CONSTANT(opline, opline->op2));
    zval_copy_ctor(value);
    if (IS_CONSTANT_TYPE(Z_TYPE_P(value))) {
        Z_SET_REFCOUNT_P(value, 1);
        zval_update_constant(&value, 0);
        if (EG(exception)) {
            zval_ptr_dtor(&value);
            return;
        }
    }
    vm_bind_parameter(frame, opline->result, value);
    zend_verify_arg_type(frame->func, opline->op1.num, value);
}

void vm_receive_variadic(zend_execute_data *frame, const zend_op *opline)
{
    zend_uint number = opline->op1.num;
    zval *list;

    MAKE_STD_ZVAL(list);
    array_init_size(list, number <= frame->num_args ? frame->num_args - number + 1 : 0);
    vm_bind_parameter(frame, opline->result, list);
    for (; number <= frame->num_args; number++) {
        zval *value = frame->arguments[number - 1];

        zend_verify_arg_type(frame->func, number, value);
        if (EG(exception)) {
            return;
        }
        Z_ADDREF_P(value);
        zend_hash_next_index_insert(Z_ARRVAL_P(list), &value, sizeof(zval *), NULL);
    }
}

/* --- Results by reference --------------------------------------------------------------------- */

void vm_return_by_reference(zend_execute_data *frame, const zend_op *opline)
{
    temp_variable *result = frame->result;
    bool no_variable = opline->op1_type == IS_CONST || opline->op1_type == IS_TMP_VAR
        || (opline->extended_value & ZEND_RETURNS_VALUE);
    zval **place = NULL;
    zval *value;

    if (!no_variable && opline->op1_type == IS_VAR) {
        temp_variable *slot = VM_SLOT(frame, opline->op1);

        if (slot->var.ptr && !slot->var.ptr_ptr && (opline->extended_value & ZEND_RETURNS_FUNCTION)
                && !slot->var.fcall_returned_reference && !PZVAL_IS_REF(slot->var.ptr)) {
            no_variable = true;
        }
    }
    if (no_variable) {
        zend_error(E_NOTICE, "Only variable references should be returned by reference");
        value = vm_read_operand(opline->op1_type, opline, opline->op1, frame);
        value = opline->op1_type == IS_VAR ? vm_returned_value(IS_VAR, value)
            : vm_counted_value(opline->op1_type, value);
        if (result) {
            vm_set_var(result, value);
            result->var.fcall_returned_reference = 1; /* as declared; the notice says the rest */
        } else {
            zval_ptr_dtor(&value);
        }
        return;
    }
    place = vm_write_operand(opline->op1_type, opline, opline->op1, frame, false);
    if (!place) {
        zend_error_noreturn(E_ERROR, "Cannot return string offsets by reference");
    }
    if (*place != &EG(error_zval)) {
        vm_make_reference(place);
    }
    if (result) {
        value = *place;
        Z_ADDREF_P(value);
        vm_set_var(result, value);
        result->var.fcall_returned_reference = 1;
    }
    vm_free_written(opline->op1_type, opline->op1, frame);
}
