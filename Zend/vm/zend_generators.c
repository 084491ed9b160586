/* SPDX-License-Identifier: MIT */
/*
 * The life of a generator: made by a call, resumed, suspended by YIELD, ended by its last
 * operation, by an exception, or half-way when its object goes.
 *
 * A generator that is destroyed while it waits inside a try with finally runs that block first. It
 * is resumed as if an exception came out of the yield, only that there is none: catch blocks let
 * it pass, finally blocks run, and the frame ends.
 */
#include "vm/zend_generators.h"

#include <stddef.h>
#include <string.h>

#include "compile/zend_compile.h"
#include "object/zend_class.h"
#include "object/zend_objects.h"
#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_stack_limit.h"
#include "vm/zend_closures.h"
#include "vm/zend_exceptions.h"
#include "vm/zend_generators_internal.h"
#include "vm/zend_vm_call.h"
#include "vm/zend_vm_internal.h"

/* --- Moving frames ---------------------------------------------------------------------------- */

typedef struct _zend_suspended_call zend_suspended_call;
struct _zend_suspended_call {
    zend_suspended_call *inner; /* the next one to come back, or NULL */
    size_t size;                /* of the call's frame, with room for arguments to come */
    zend_execute_data call;     /* and what belongs to it behind */
};

/* The frame has been copied from `origin`: its pointer into itself must follow. */
static void zend_frame_was_moved(zend_execute_data *frame, const zend_execute_data *origin)
{
    frame->arguments =
        (zval **) ((char *) frame + ((char *) frame->arguments - (const char *) origin));
}

/* The calls being prepared are the top of the VM stack, the innermost last. */
static void zend_generator_put_calls_aside(zend_generator *generator)
{
    zend_execute_data *frame = generator->frame;

    while (frame->call) {
        zend_execute_data *call = frame->call;
        size_t size = (size_t) (EG(vm_stack_top) - (char *) call);
        zend_suspended_call *aside = emalloc(offsetof(zend_suspended_call, call) + size);

        memcpy(&aside->call, call, size);
        zend_frame_was_moved(&aside->call, call);
        aside->size = size;
        aside->inner = generator->calls;
        generator->calls = aside;
        frame->call = call->prev_call;
        vm_stack_free(call);
    }
}

static void zend_generator_take_calls_back(zend_generator *generator)
{
    zend_execute_data *frame = generator->frame;

    while (generator->calls) {
        zend_suspended_call *aside = generator->calls;
        zend_execute_data *call = vm_stack_alloc(aside->size);

        memcpy(call, &aside->call, aside->size);
        zend_frame_was_moved(call, &aside->call);
        call->prev_call = frame->call;
        frame->call = call;
        generator->calls = aside->inner;
        efree(aside);
    }
}

/* --- Beginning -------------------------------------------------------------------------------- */

/* Moves the frame of a call, which is the top of the VM stack, into a block of its own. */
static zend_execute_data *zend_generator_take_frame(zend_execute_data *call)
{
    size_t size = (size_t) ((char *) (call->arguments + call->num_args) - (char *) call);
    zend_execute_data *frame = emalloc(size);

    memcpy(frame, call, size);
    zend_frame_was_moved(frame, call);
    frame->call_info = (frame->call_info & (ZEND_CALL_RELEASE_THIS | ZEND_CALL_CLOSURE))
        | ZEND_CALL_TOP | ZEND_CALL_GENERATOR;
    frame->call = NULL;
    frame->prev_execute_data = NULL;
    frame->result = NULL;
    vm_stack_free(call);
    vm_enter_user_function(frame, &frame->func->op_array);
    return frame;
}

void vm_call_generator(zend_execute_data *call, temp_variable *result)
{
    zend_execute_data *frame = zend_generator_take_frame(call);
    zval *object;

    MAKE_STD_ZVAL(object);
    Z_TYPE_P(object) = IS_OBJECT;
    Z_OBJVAL_P(object) = zend_generator_create(zend_ce_generator);
    frame->generator = zend_object_store_get_object(object);
    frame->generator->frame = frame;
    if (result) {
        vm_set_var(result, object);
    } else {
        zval_ptr_dtor(&object);
    }
}

/* --- Running ---------------------------------------------------------------------------------- */

/* passing: what is pending in EG(exception), or the wish to end, comes out of the yield. */
static void zend_generator_run(zend_generator *generator, bool passing)
{
    zend_execute_data *frame = generator->frame;
    zend_execute_data *caller = EG(current_execute_data);

    zend_stack_guard();
    EG(user_code_runs)++;
    generator->flags &= ~ZEND_GENERATOR_AT_FIRST_YIELD;
    generator->flags |= ZEND_GENERATOR_CURRENTLY_RUNNING;
    frame->prev_execute_data = caller;
    zend_generator_take_calls_back(generator);
    EG(current_execute_data) = frame;
    if (passing) {
        const zend_op *handler = vm_find_handler(frame);

        if (handler) {
            frame->opline = handler;
            execute_ex(frame);
        } else {
            vm_finish_generator(frame);
        }
    } else {
        execute_ex(frame);
    }
    EG(current_execute_data) = caller;
    if (ZEND_UNLIKELY(EG(exception) != NULL) && !caller) {
        zend_throw_exception_internal(NULL);
    }
}

static void zend_generator_check_not_running(const zend_generator *generator)
{
    if (generator->flags & ZEND_GENERATOR_CURRENTLY_RUNNING) {
        zend_error_noreturn(E_ERROR, "Cannot resume an already running generator");
    }
}

void zend_generator_resume(zend_generator *generator, zval *sent)
{
    zend_execute_data *frame = generator->frame;

    if (frame) {
        zend_generator_check_not_running(generator);
        if (generator->value) {
            const zend_op *yield = frame->opline;

            if (!(yield->result_type & (EXT_TYPE_UNUSED | IS_UNUSED))) {
                if (!sent) {
                    sent = EG(uninitialized_zval_ptr);
                    Z_ADDREF_P(sent);
                }
                vm_set_var(VM_SLOT(frame, yield->result), sent);
                sent = NULL;
            }
            frame->opline = yield + 1;
        }
    }
    if (sent) {
        zval_ptr_dtor(&sent);
    }
    if (frame) {
        zend_generator_run(generator, false);
    }
}

void zend_generator_resume_throwing(zend_generator *generator)
{
    zend_generator_check_not_running(generator);
    zend_generator_run(generator, true);
}

void zend_generator_ensure_started(zend_generator *generator)
{
    if (!generator->value && generator->frame) {
        zend_generator_resume(generator, NULL);
        generator->flags |= ZEND_GENERATOR_AT_FIRST_YIELD;
    }
}

/* --- Yielding --------------------------------------------------------------------------------- */

static void zend_generator_drop_value(zend_generator *generator)
{
    zval *value = generator->value;
    zval *key = generator->key;

    generator->value = NULL;
    generator->key = NULL;
    if (value) {
        zval_ptr_dtor(&value);
    }
    if (key) {
        zval_ptr_dtor(&key);
    }
}

static zval *vm_yielded_by_value(zend_execute_data *frame, const zend_op *opline, zend_uchar kind,
    znode_op operand)
{
    zval *value = vm_read_operand(kind, opline, operand, frame);

    return kind == IS_CONST || kind == IS_TMP_VAR ? vm_counted_value(kind, value)
        : vm_returned_value(kind, value);
}

/* Is op1 the result of an expression, of which no reference can be made? */
static bool vm_yields_no_variable(zend_execute_data *frame, const zend_op *opline)
{
    const temp_variable *slot;

    if (opline->op1_type != IS_VAR) {
        return opline->op1_type != IS_CV;
    }
    slot = VM_SLOT(frame, opline->op1);
    return (opline->extended_value & ZEND_RETURNS_VALUE)
        || (slot->var.ptr && !slot->var.ptr_ptr && !PZVAL_IS_REF(slot->var.ptr)
            && !((opline->extended_value & ZEND_RETURNS_FUNCTION)
                && slot->var.fcall_returned_reference));
}

static zval *vm_yielded_by_reference(zend_execute_data *frame, const zend_op *opline)
{
    zval **place;
    zval *value;

    if (vm_yields_no_variable(frame, opline)) {
        zend_error(E_NOTICE, "Only variable references should be yielded by reference");
        return vm_yielded_by_value(frame, opline, opline->op1_type, opline->op1);
    }
    place = vm_write_operand(opline->op1_type, opline, opline->op1, frame, false);
    if (!place) {
        zend_error_noreturn(E_ERROR, "Cannot yield string offsets by reference");
    }
    if (*place != &EG(error_zval)) {
        vm_make_reference(place);
    }
    value = *place;
    Z_ADDREF_P(value);
    vm_free_written(opline->op1_type, opline->op1, frame);
    return value;
}

static zval *vm_yielded_value(zend_execute_data *frame, const zend_op *opline)
{
    zval *value;

    if (opline->op1_type == IS_UNUSED) {
        value = EG(uninitialized_zval_ptr);
        Z_ADDREF_P(value);
        return value;
    }
    if (frame->func->common.fn_flags & ZEND_ACC_RETURN_REFERENCE) {
        return vm_yielded_by_reference(frame, opline);
    }
    return vm_yielded_by_value(frame, opline, opline->op1_type, opline->op1);
}

static zval *vm_yielded_key(zend_execute_data *frame, const zend_op *opline)
{
    zend_generator *generator = frame->generator;
    zval *key;

    if (opline->op2_type == IS_UNUSED) {
        MAKE_STD_ZVAL(key);
        ZVAL_LONG(key, ++generator->largest_used_integer_key);
        return key;
    }
    key = vm_yielded_by_value(frame, opline, opline->op2_type, opline->op2);
    if (Z_TYPE_P(key) == IS_LONG && Z_LVAL_P(key) > generator->largest_used_integer_key) {
        generator->largest_used_integer_key = Z_LVAL_P(key);
    }
    return key;
}

void vm_yield(zend_execute_data *frame, const zend_op *opline)
{
    zend_generator *generator = frame->generator;
    zval *value;

    if (generator->flags & ZEND_GENERATOR_FORCED_CLOSE) {
        zend_error_noreturn(E_ERROR, "Cannot yield from finally in a force-closed generator");
    }
    zend_generator_drop_value(generator);
    value = vm_yielded_value(frame, opline);
    generator->key = vm_yielded_key(frame, opline);
    generator->value = value;
    if (EG(exception)) {
        return; /* a notice became one: it goes on in this frame */
    }
    zend_generator_put_calls_aside(generator);
    generator->flags &= ~ZEND_GENERATOR_CURRENTLY_RUNNING;
}

/* --- The end ---------------------------------------------------------------------------------- */

void vm_finish_generator(zend_execute_data *frame)
{
    zend_generator *generator = frame->generator;
    zend_uint info = frame->call_info;

    generator->frame = NULL;
    generator->flags &= ~ZEND_GENERATOR_CURRENTLY_RUNNING;
    zend_generator_drop_value(generator);
    vm_release_locals(frame);
    if (info & ZEND_CALL_RELEASE_THIS) {
        zval_ptr_dtor(&frame->this_object);
    }
    if (info & ZEND_CALL_CLOSURE) {
        zend_closure_release(frame->closure);
    }
    efree(frame);
}

static zend_uint zend_generator_operation(const zend_execute_data *frame)
{
    return (zend_uint) (frame->opline - frame->func->op_array.opcodes);
}

/* Does the yield stand in a try or catch whose finally must run? */
static bool zend_generator_awaits_finally(const zend_generator *generator)
{
    const zend_code *code = generator->frame->func->op_array.code;
    zend_uint operation = zend_generator_operation(generator->frame);

    if (!generator->value || !code->has_finally) {
        return false;
    }
    for (int number = 0; number < code->last_try_catch; number++) {
        const zend_try_catch_element *try = &code->try_catch_array[number];

        if (try->finally_op && try->try_op <= operation && operation < try->finally_op) {
            return true;
        }
    }
    return false;
}

/* The object's last count goes: finally blocks run, with a pending exception set aside. */
static void zend_generator_destroy(void *object, zend_object_handle handle)
{
    zend_generator *generator = object;
    zval *pending = EG(exception);

    if (!generator->frame || CG(unclean_shutdown)
            || (generator->flags & ZEND_GENERATOR_CURRENTLY_RUNNING)
            || !zend_generator_awaits_finally(generator)) {
        return;
    }
    EG(exception) = NULL;
    generator->flags |= ZEND_GENERATOR_FORCED_CLOSE;
    zend_generator_run(generator, true);
    if (pending) {
        if (EG(exception)) {
            zend_exception_set_previous(EG(exception), pending);
        } else {
            EG(exception) = pending;
        }
    }
}

static void zend_generator_close(zend_generator *generator)
{
    zend_execute_data *frame = generator->frame;

    if (CG(unclean_shutdown) || (generator->flags & ZEND_GENERATOR_CURRENTLY_RUNNING)) {
        /* It was left by a bail-out: who knows in which state. The heap is released as a whole. */
        generator->frame = NULL;
        return;
    }
    zend_generator_take_calls_back(generator);
    if (generator->value) {
        vm_release_live_temporaries(frame, zend_generator_operation(frame), VM_NO_TARGET);
        vm_discard_exception(frame);
    }
    vm_finish_generator(frame);
}

static void zend_generator_free_storage(void *object)
{
    zend_generator *generator = object;

    if (generator->frame) {
        zend_generator_close(generator);
    }
    zend_object_std_dtor(&generator->std);
    efree_size(generator, sizeof(zend_generator));
}

zend_object_value zend_generator_create(zend_class_entry *class_type)
{
    zend_generator *generator = emalloc_size(sizeof(zend_generator));
    zend_object_value result;

    zend_object_std_init(&generator->std, class_type);
    generator->frame = NULL;
    generator->calls = NULL;
    generator->value = NULL;
    generator->key = NULL;
    generator->largest_used_integer_key = -1;
    generator->flags = 0;
    result.handle = zend_objects_store_put(generator, zend_generator_destroy,
        zend_generator_free_storage, NULL);
    result.handlers = &zend_generator_handlers;
    return result;
}
