/* SPDX-License-Identifier: MIT */
/*
 * The way of an exception through a frame.
 *
 * The handlers look at EG(exception) after whatever may throw. Then the frame's try table is
 * searched from the innermost try outwards: a catch is tried in order, a finally is entered
 * with the exception kept in the slot of its FAST_RET, which takes it up again.
 *
 *      slot of a finally    ptr_ptr: the FAST_CALL to return to, or NULL
 *                           ptr:     the exception that waits for the end of finally, or NULL
 */
#include "compile/zend_compile.h"
#include "object/zend_class.h"
#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "vm/zend_exceptions.h"
#include "vm/zend_vm_call.h"
#include "vm/zend_vm_internal.h"
#include "vm/zend_vm_opcodes.h"

void vm_throw(zval *value, bool is_temporary)
{
    zval *exception;

    if (Z_TYPE_P(value) != IS_OBJECT) {
        if (EG(exception)) {
            return;
        }
        zend_error_noreturn(E_ERROR, "Can only throw objects");
    }
    exception = vm_real_zval(value, is_temporary || PZVAL_IS_REF(value) ? IS_CONST : IS_VAR);
    zend_throw_exception_object(exception);
}

bool vm_catch(zend_execute_data *frame, const zend_op *opline)
{
    const zend_literal *name = VM_LITERAL(opline, opline->op1);
    zend_class_entry *ce = VM_CACHED_PTR(frame, name->cache_slot);
    zval *exception = EG(exception);
    zval **place;
    zval *old;

    if (!exception) {
        return false;
    }
    if (!ce) {
        ce = zend_fetch_class_by_name(Z_STRVAL(name->constant), Z_STRLEN(name->constant), name + 1,
            ZEND_FETCH_CLASS_NO_AUTOLOAD | ZEND_FETCH_CLASS_SILENT);
        if (!ce) {
            return false;
        }
        VM_CACHE_PTR(frame, name->cache_slot, ce);
    }
    if (!instanceof_function(Z_OBJCE_P(exception), ce)) {
        return false;
    }
    EG(exception) = NULL;
    place = VM_CV(frame, opline->op2);
    if (!*place) {
        vm_undefined_cv_attach(frame, opline->op2);
    }
    old = *place;
    *place = exception;
    if (old) {
        /* The name leaves whatever it shared, a reference set too. */
        zval_ptr_dtor(&old);
    }
    return true;
}

/* --- Temporaries ------------------------------------------------------------------------------ */

/*
 * An array or closure that was being made when an exception came stays alive until the end of the
 * request, as in PHP 5: its objects' destructors run then. Nothing else can reach it.
 */
static zend_ptr_stack vm_orphans;

void zend_vm_forget_orphans(void)
{
    zend_ptr_stack_init(&vm_orphans);
}

void zend_vm_release_orphans(void)
{
    while (vm_orphans.top) {
        zval *orphan = zend_ptr_stack_pop(&vm_orphans);

        zval_ptr_dtor(&orphan);
    }
    zend_ptr_stack_destroy(&vm_orphans);
}

static void vm_release_temporary(zval *value)
{
    if (Z_TYPE_P(value) == IS_ARRAY || Z_TYPE_P(value) == IS_OBJECT) {
        zend_ptr_stack_push(&vm_orphans, vm_counted_value(IS_TMP_VAR, value));
    } else {
        zval_dtor(value);
    }
}

static void vm_release_slot(zend_execute_data *frame, const zend_live_range *range)
{
    temp_variable *slot = ZEND_FRAME_SLOT(frame, range->var & ~ZEND_LIVE_MASK);

    switch (range->var & ZEND_LIVE_MASK) {
        case ZEND_LIVE_TMP:
            vm_release_temporary(&slot->tmp_var);
            break;
        case ZEND_LIVE_VAR:
            if (slot->var.ptr) {
                zval_ptr_dtor(&slot->var.ptr);
            }
            break;
        case ZEND_LIVE_LOOP:
            vm_foreach_free(slot);
            break;
        case ZEND_LIVE_SILENCE:
            vm_end_silence(&slot->tmp_var);
            break;
        default:
            break;
    }
}

/* How many parts the rope that begins in this slot has at an operation. */
static zend_uint vm_rope_parts(zend_execute_data *frame, const zend_live_range *range,
    zend_uint operation)
{
    zend_uint slot = range->var & ~ZEND_LIVE_MASK;
    zend_uint parts = 1;

    for (zend_uint number = range->start; number < operation; number++) {
        const zend_op *op = &frame->func->op_array.opcodes[number];

        if (op->opcode == ZEND_ROPE_ADD && op->op1.var == slot) {
            parts++;
        }
    }
    return parts;
}

void vm_release_live_temporaries(zend_execute_data *frame, zend_uint operation, zend_uint target)
{
    zend_code *code = frame->func->op_array.code;

    vm_drop_calls(frame, NULL);
    for (int number = 0; number < code->last_live_range; number++) {
        const zend_live_range *range = &code->live_range[number];

        if (range->start > operation || range->end <= operation || range->end > target) {
            continue;
        }
        if ((range->var & ZEND_LIVE_MASK) == ZEND_LIVE_ROPE) {
            vm_rope_free(ZEND_FRAME_SLOT(frame, range->var & ~ZEND_LIVE_MASK),
                vm_rope_parts(frame, range, operation));
        } else {
            vm_release_slot(frame, range);
        }
    }
}

/* --- finally ---------------------------------------------------------------------------------- */

static temp_variable *vm_finally_slot(zend_execute_data *frame, const zend_try_catch_element *try)
{
    return VM_SLOT(frame, frame->func->op_array.opcodes[try->finally_end].op1);
}

static bool vm_in_finally(const zend_try_catch_element *try, zend_uint operation)
{
    return try->finally_op && operation >= try->finally_op && operation < try->finally_end;
}

/* The return that called finally is given up: so is its value. */
static void vm_drop_returned_value(zend_execute_data *frame, temp_variable *slot)
{
    const zend_op *call = (const zend_op *) slot->var.ptr_ptr;

    if (!call) {
        return;
    }
    if (call->op2_type == IS_TMP_VAR) {
        zval_dtor(&VM_SLOT(frame, call->op2)->tmp_var);
    } else if (call->op2_type == IS_VAR && VM_SLOT(frame, call->op2)->var.ptr) {
        zval_ptr_dtor(&VM_SLOT(frame, call->op2)->var.ptr);
    }
    slot->var.ptr_ptr = NULL;
}

/* An exception leaves a finally: one that waited there becomes the end of its chain. */
static void vm_leave_finally(zend_execute_data *frame, const zend_try_catch_element *try)
{
    temp_variable *slot = vm_finally_slot(frame, try);

    vm_drop_returned_value(frame, slot);
    if (slot->var.ptr) {
        zval *waiting = slot->var.ptr;

        slot->var.ptr = NULL;
        zend_exception_set_previous(EG(exception), waiting);
    }
}

void vm_discard_exception(zend_execute_data *frame)
{
    zend_code *code = frame->func->op_array.code;
    zend_uint operation = (zend_uint) (frame->opline - frame->func->op_array.opcodes);

    for (int number = code->last_try_catch - 1; number >= 0; number--) {
        if (vm_in_finally(&code->try_catch_array[number], operation)) {
            temp_variable *slot = vm_finally_slot(frame, &code->try_catch_array[number]);

            vm_drop_returned_value(frame, slot);
            if (slot->var.ptr) {
                zval_ptr_dtor(&slot->var.ptr);
                slot->var.ptr = NULL;
            }
        }
    }
}

void vm_resume_exception(temp_variable *slot)
{
    EG(exception) = slot->var.ptr;
    slot->var.ptr = NULL;
}

/* The innermost try around the operation that can go on: *target is its catch or finally. */
static const zend_try_catch_element *vm_find_try(zend_execute_data *frame, zend_uint operation,
    zend_uint *target)
{
    zend_code *code = frame->func->op_array.code;

    for (int number = code->last_try_catch - 1; number >= 0; number--) {
        const zend_try_catch_element *try = &code->try_catch_array[number];

        if (try->try_op > operation) {
            continue;
        }
        if (try->catch_op && operation < try->catch_op) {
            *target = try->catch_op;
            return try;
        }
        if (try->finally_op && operation < try->finally_op) {
            *target = try->finally_op;
            return try;
        }
        if (vm_in_finally(try, operation)) {
            vm_leave_finally(frame, try);
        }
    }
    *target = VM_NO_TARGET;
    return NULL;
}

const zend_op *vm_find_handler(zend_execute_data *frame)
{
    zend_op_array *op_array = &frame->func->op_array;
    zend_uint operation = (zend_uint) (frame->opline - op_array->opcodes);
    zend_uint target;
    const zend_try_catch_element *try = vm_find_try(frame, operation, &target);

    vm_release_live_temporaries(frame, operation, target);
    if (!try) {
        return NULL;
    }
    if (target == try->finally_op) {
        vm_set_var(vm_finally_slot(frame, try), EG(exception));
        EG(exception) = NULL;
    }
    return op_array->opcodes + target;
}
