/* SPDX-License-Identifier: MIT */
/*
 * Calls: making a frame, filling it, entering and leaving it. What every call does is inline;
 * the rest is in zend_vm_call.c.
 */
#ifndef ZEND_VM_CALL_H
#define ZEND_VM_CALL_H

#include <string.h>

#include "vm/zend_vm_operands.h"

/* What makes the end of a frame more than releasing variables and arguments. */
#define ZEND_CALL_UNCOMMON_END (ZEND_CALL_CODE | ZEND_CALL_HAS_SYMBOL_TABLE \
    | ZEND_CALL_OWNS_SYMBOL_TABLE | ZEND_CALL_CTOR | ZEND_CALL_CLOSURE | ZEND_CALL_GENERATOR \
    | ZEND_CALL_FREE_OP_ARRAY)

/* Runs the frame until it (or, for a generator, its next yield) ends. */
void execute_ex(zend_execute_data *execute_data);

/* Room for `size` bytes where the current page has none: a new page. */
void *vm_stack_extend(size_t size);
/* Gives back the page that has become empty. */
void vm_stack_drop_page(void);

static zend_always_inline void *vm_stack_alloc(size_t size)
{
    char *top = EG(vm_stack_top);

    if (ZEND_UNLIKELY((size_t) (EG(vm_stack_end) - top) < size)) {
        return vm_stack_extend(size);
    }
    EG(vm_stack_top) = top + size;
    return top;
}

static zend_always_inline void vm_stack_free(void *block)
{
    EG(vm_stack_top) = block;
    if (ZEND_UNLIKELY(block == (void *) (EG(vm_stack) + 1)) && EG(vm_stack)->prev) {
        vm_stack_drop_page();
    }
}

/* A frame for a call with room for `argument_count` arguments, none of them there yet. */
static zend_always_inline zend_execute_data *vm_make_frame(zend_function *function,
    zend_uint argument_count)
{
    zend_uint fixed = function->type != ZEND_INTERNAL_FUNCTION ? function->op_array.frame_size
        : ZEND_FRAME_HEADER_SIZE;
    zend_execute_data *call = vm_stack_alloc(fixed + argument_count * sizeof(zval *));

    call->func = function;
    call->call = NULL;
    call->arguments = (zval **) ((char *) call + fixed);
    call->num_args = 0;
    call->call_info = 0;
    call->this_object = NULL;
    call->scope = function->common.scope;
    call->called_scope = NULL;
    call->symbol_table = NULL;
    call->result = NULL;
    return call;
}

static zend_always_inline zend_execute_data *vm_push_call(zend_execute_data *caller,
    zend_function *function, zend_uint argument_count)
{
    zend_execute_data *call = vm_make_frame(function, argument_count);

    call->prev_call = caller->call;
    caller->call = call;
    return call;
}

static zend_always_inline void vm_call_set_this(zend_execute_data *call, zval *object)
{
    /* A reference set is no $this: the object gets a zval of its own. */
    if (ZEND_UNLIKELY(PZVAL_IS_REF(object))) {
        zval *own;

        ALLOC_ZVAL(own);
        INIT_PZVAL_COPY(own, object);
        zval_copy_ctor(own);
        call->this_object = own;
    } else {
        Z_ADDREF_P(object);
        call->this_object = object;
    }
    call->call_info |= ZEND_CALL_RELEASE_THIS;
}

/* Takes over the count. Arguments come in order, except that unpacking adds further ones. */
static zend_always_inline void vm_add_argument(zend_execute_data *call, zend_uint number,
    zval *counted)
{
    if (ZEND_UNLIKELY(number <= call->num_args)) {
        number = call->num_args + 1;
    }
    call->arguments[number - 1] = counted;
    call->num_args = number;
}

void vm_make_run_time_cache(zend_op_array *op_array);
void vm_bind_this_variable(zend_execute_data *call, zend_op_array *op_array);

/* Prepares the frame to run: variables, parameters, run-time cache, first operation. */
static zend_always_inline void vm_enter_user_function(zend_execute_data *call,
    zend_op_array *op_array)
{
    zval **cv = ZEND_FRAME_CV(call, 0);
    zval **end = cv + op_array->last_var;
    zend_uint passed = 0;

    if (ZEND_LIKELY(!(op_array->fn_flags & ZEND_ACC_HAS_TYPE_HINTS))) {
        zval **argument = call->arguments;

        passed = MIN(call->num_args, op_array->num_args);
        for (zend_uint number = passed; number; number--) {
            zval *value = *argument++;

            Z_ADDREF_P(value);
            *cv++ = value;
        }
    }
    while (cv < end) {
        *cv++ = NULL;
    }
    call->opline = op_array->opcodes + passed;
    if (ZEND_UNLIKELY(!op_array->run_time_cache)) {
        vm_make_run_time_cache(op_array);
    }
    call->run_time_cache = op_array->run_time_cache;
    if (op_array->this_var != -1 && call->this_object) {
        vm_bind_this_variable(call, op_array);
    }
}

/* Releases a function's own symbol table, its variables and arguments. */
void vm_release_locals(zend_execute_data *frame);
/* Ends an uncommon frame; see vm_leave(). */
zend_execute_data *vm_leave_uncommon(zend_execute_data *frame);

/* Releases what the frame owns and the frame itself; the caller's frame becomes current. */
static zend_always_inline zend_execute_data *vm_leave(zend_execute_data *frame)
{
    zend_execute_data *caller = frame->prev_execute_data;
    zval **cv;
    zval **end;

    if (ZEND_UNLIKELY(frame->call_info & ZEND_CALL_UNCOMMON_END)) {
        return vm_leave_uncommon(frame);
    }
    cv = ZEND_FRAME_CV(frame, 0);
    end = cv + frame->func->op_array.last_var;
    for (; cv < end; cv++) {
        if (*cv) {
            i_zval_ptr_dtor(*cv);
        }
    }
    cv = frame->arguments;
    end = cv + frame->num_args;
    for (; cv < end; cv++) {
        i_zval_ptr_dtor(*cv);
    }
    EG(current_execute_data) = caller;
    if (frame->call_info & ZEND_CALL_RELEASE_THIS) {
        i_zval_ptr_dtor(frame->this_object);
    }
    vm_stack_free(frame);
    return caller;
}

/* Calls an internal function whose frame is complete, and releases the frame. result: NULL or
 * the slot that gets the value. */
void vm_call_internal(zend_execute_data *call, temp_variable *result);
/* The same for what is not simply entered: generators, abstract and deprecated functions. */
void vm_call_uncommon(zend_execute_data *call, temp_variable *result);
/* Drops a call that was being prepared, and those around it up to `until` (exclusive). */
void vm_drop_calls(zend_execute_data *frame, zend_execute_data *until);

#endif
