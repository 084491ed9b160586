/* SPDX-License-Identifier: MIT */
/*
 * Calls, the part that is not on the fast path: VM stack pages, internal functions, calls from
 * C, the end of uncommon frames, and unwinding after a bail-out.
 *
 * The VM stack is a list of pages of 130,968 bytes, as PHP 5.6 has them. Frames lie in them
 * one behind the other; the page that becomes empty goes back to the heap at once, but for
 * the first.
 */
#include "vm/zend_vm_call.h"

#include "compile/zend_compile.h"
#include "object/zend_class.h"
#include "object/zend_objects_API.h"
#include "object/zend_std_handlers.h"
#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_stack_limit.h"
#include "vm/zend_closures.h"
#include "vm/zend_exceptions.h"
#include "vm/zend_vm_internal.h"

#define VM_STACK_PAGE_BYTES (((16 * 1024) - 16) * sizeof(void *))
#define VM_STACK_HEADER_BYTES sizeof(struct _zend_vm_stack)

/* --- The VM stack ----------------------------------------------------------------------------- */

static void vm_stack_push_page(size_t bytes)
{
    zend_vm_stack page = emalloc(VM_STACK_HEADER_BYTES + bytes);

    if (EG(vm_stack)) {
        EG(vm_stack)->top = (void **) EG(vm_stack_top);
    }
    page->end = (void **) ((char *) (page + 1) + bytes);
    page->prev = EG(vm_stack);
    EG(vm_stack) = page;
    EG(vm_stack_top) = (char *) (page + 1);
    EG(vm_stack_end) = (char *) page->end;
}

void zend_vm_stack_init(void)
{
    EG(symtable_cache_count) = 0;
    EG(vm_stack) = NULL;
    zend_vm_forget_orphans();
    vm_stack_push_page(VM_STACK_PAGE_BYTES);
}

void zend_vm_stack_destroy(void)
{
    while (EG(vm_stack)) {
        zend_vm_stack page = EG(vm_stack);

        EG(vm_stack) = page->prev;
        efree(page);
    }
    EG(vm_stack_top) = EG(vm_stack_end) = NULL;
}

void *vm_stack_extend(size_t size)
{
    void *block;

    vm_stack_push_page(MAX(size, VM_STACK_PAGE_BYTES));
    block = EG(vm_stack_top);
    EG(vm_stack_top) += size;
    return block;
}

void vm_stack_drop_page(void)
{
    zend_vm_stack page = EG(vm_stack);

    EG(vm_stack) = page->prev;
    EG(vm_stack_top) = (char *) EG(vm_stack)->top;
    EG(vm_stack_end) = (char *) EG(vm_stack)->end;
    efree(page);
}

/* --- Entering --------------------------------------------------------------------------------- */

void vm_make_run_time_cache(zend_op_array *op_array)
{
    op_array->run_time_cache = ecalloc(MAX(op_array->code->last_cache_slot, 1), sizeof(void *));
}

void vm_bind_this_variable(zend_execute_data *call, zend_op_array *op_array)
{
    Z_ADDREF_P(call->this_object);
    *ZEND_FRAME_CV(call, op_array->this_var) = call->this_object;
}

static void vm_release_arguments(zend_execute_data *call)
{
    for (zend_uint number = 0; number < call->num_args; number++) {
        zval_ptr_dtor(&call->arguments[number]);
    }
    call->num_args = 0;
}

/* The destructor will not run, unless somebody else has got hold of the object. */
static void vm_constructor_failed(zval *object, zend_uint call_info)
{
    if (Z_REFCOUNT_P(object) == (call_info & ZEND_CALL_CTOR_RESULT_UNUSED ? 1 : 2)) {
        zend_object_store_ctor_failed(object);
    }
}

/* The hints of a module's function; it is called even if an error handler has let one pass. */
static ZEND_COLD void vm_check_hints(zend_execute_data *call)
{
    zend_uint number;

    for (number = 1; number <= call->num_args && !EG(exception); number++) {
        zend_verify_arg_type(call->func, number, call->arguments[number - 1]);
    }
}

void vm_call_internal(zend_execute_data *call, temp_variable *result)
{
    zend_execute_data *caller = call->prev_execute_data;
    zval *this_object = call->call_info & ZEND_CALL_RELEASE_THIS ? call->this_object : NULL;
    zend_closure *closure = call->call_info & ZEND_CALL_CLOSURE ? call->closure : NULL;
    zend_uint info = call->call_info;
    zval *returned;

    if (!call->func->common.scope && caller) {
        call->scope = caller->scope;
        call->called_scope = caller->called_scope;
    }
    EG(current_execute_data) = call;
    zend_stack_guard();
    ALLOC_INIT_ZVAL(returned);
    if (ZEND_UNLIKELY(call->func->common.fn_flags & ZEND_ACC_HAS_TYPE_HINTS)) {
        vm_check_hints(call);
    }
    if (ZEND_LIKELY(!EG(exception))) {
        call->func->internal_function.handler((int) call->num_args, returned, &returned,
            call->this_object, result != NULL);
    }
    vm_release_arguments(call);
    if ((info & ZEND_CALL_CTOR) && EG(exception)) {
        vm_constructor_failed(this_object, info);
    }
    EG(current_execute_data) = caller;
    if (this_object) {
        zval_ptr_dtor(&this_object);
    }
    if (closure) {
        zend_closure_release(closure);
    }
    vm_stack_free(call);
    if (result && !EG(exception)) {
        vm_set_var(result, returned);
        result->var.fcall_returned_reference = PZVAL_IS_REF(returned);
    } else {
        zval_ptr_dtor(&returned);
    }
}

static void vm_refuse_abstract(zend_function *function)
{
    if (function->common.scope) {
        zend_error_noreturn(E_ERROR, "Cannot call abstract method %s::%s()",
            function->common.scope->name, function->common.function_name);
    }
}

static void vm_report_deprecated(zend_function *function)
{
    zend_error(E_DEPRECATED, "Function %s%s%s() is deprecated",
        function->common.scope ? function->common.scope->name : "",
        function->common.scope ? "::" : "", function->common.function_name);
}

void vm_call_uncommon(zend_execute_data *call, temp_variable *result)
{
    zend_function *function = call->func;

    if (function->common.fn_flags & ZEND_ACC_ABSTRACT) {
        vm_refuse_abstract(function);
    }
    if (function->type == ZEND_INTERNAL_FUNCTION) {
        if (function->common.fn_flags & ZEND_ACC_DEPRECATED) {
            zend_execute_data *caller = EG(current_execute_data);

            vm_report_deprecated(function);
            EG(current_execute_data) = caller;
            if (EG(exception)) {
                caller->call = call;
                vm_drop_calls(caller, call->prev_call);
                return;
            }
        }
        vm_call_internal(call, result);
    } else {
        vm_call_generator(call, result);
    }
}

/* --- Leaving ---------------------------------------------------------------------------------- */

static void vm_release_variables(zend_execute_data *frame)
{
    zval **cv = ZEND_FRAME_CV(frame, 0);
    zval **end = cv + frame->func->op_array.last_var;

    for (; cv < end; cv++) {
        if (*cv) {
            zval *variable = *cv;

            *cv = NULL;
            zval_ptr_dtor(&variable);
        }
    }
}

void vm_drop_calls(zend_execute_data *frame, zend_execute_data *until)
{
    while (frame->call && frame->call != until) {
        zend_execute_data *call = frame->call;

        frame->call = call->prev_call;
        vm_release_arguments(call);
        if (call->call_info & ZEND_CALL_CTOR) {
            zend_object_store_ctor_failed(call->this_object);
        }
        if (call->call_info & ZEND_CALL_RELEASE_THIS) {
            zval_ptr_dtor(&call->this_object);
        }
        if (call->func->common.fn_flags & ZEND_ACC_CALL_VIA_HANDLER) {
            zend_free_call_trampoline(call->func);
        }
        if (call->call_info & ZEND_CALL_CLOSURE) {
            zend_closure_release(call->closure);
        }
        vm_stack_free(call);
    }
}

void vm_release_locals(zend_execute_data *frame)
{
    if (frame->call_info & ZEND_CALL_OWNS_SYMBOL_TABLE) {
        HashTable *symbols = frame->symbol_table;

        frame->symbol_table = NULL;
        zend_hash_destroy(symbols);
        FREE_HASHTABLE(symbols);
    }
    vm_release_variables(frame);
    vm_release_arguments(frame);
}

zend_execute_data *vm_leave_uncommon(zend_execute_data *frame)
{
    zend_execute_data *caller = frame->prev_execute_data;
    zend_uint info = frame->call_info;
    zend_op_array *op_array = &frame->func->op_array;
    zval *this_object = frame->this_object;
    zend_closure *closure = info & ZEND_CALL_CLOSURE ? frame->closure : NULL;

    if (info & ZEND_CALL_GENERATOR) {
        vm_finish_generator(frame);
        EG(current_execute_data) = caller;
        return caller;
    }
    if (info & ZEND_CALL_CODE) {
        zend_detach_symbol_table(frame);
    } else {
        vm_release_locals(frame);
    }
    if ((info & ZEND_CALL_CTOR) && EG(exception)) {
        vm_constructor_failed(this_object, info);
    }
    EG(current_execute_data) = caller;
    if (info & ZEND_CALL_CODE) {
        vm_end_of_code(frame, caller);
    }
    if (info & ZEND_CALL_RELEASE_THIS) {
        zval_ptr_dtor(&this_object);
    }
    vm_stack_free(frame);
    if (info & ZEND_CALL_FREE_OP_ARRAY) {
        destroy_op_array(op_array);
        efree(op_array);
    }
    if (closure) {
        zend_closure_release(closure);
    }
    return caller;
}

/*
 * The frames above `frame` are gone: execution left them by longjmp. Their stack memory will be
 * used again, so symbol tables must not point into it any more.
 */
void zend_vm_unwind(zend_execute_data *frame)
{
    zend_execute_data *dropped = EG(current_execute_data);

    while (dropped && dropped != frame) {
        if (ZEND_USER_FRAME(dropped) && dropped->symbol_table) {
            zend_detach_symbol_table(dropped);
        }
        dropped->call = NULL;
        dropped = dropped->prev_execute_data;
    }
    EG(current_execute_data) = frame;
}

/* --- Calls from C ----------------------------------------------------------------------------- */

/* The place's zval as an argument: counted, made a reference or separated as the parameter
 * wants it. NULL: a value cannot become a reference. */
static zval *vm_argument_from_place(zend_function *function, zend_uint number, zval **place,
    int no_separation)
{
    zval *value = *place;

    if (ARG_SHOULD_BE_SENT_BY_REF(function, number)) {
        if (!PZVAL_IS_REF(value) && Z_REFCOUNT_P(value) > 1) {
            if (no_separation && !ARG_MAY_BE_SENT_BY_REF(function, number)) {
                return NULL;
            }
            Z_DELREF_P(value);
            ALLOC_ZVAL(value);
            INIT_PZVAL_COPY(value, *place);
            zval_copy_ctor(value);
            *place = value;
        }
        Z_ADDREF_P(value);
        Z_SET_ISREF_P(value);
        return value;
    }
    if (PZVAL_IS_REF(value) && !(function->common.fn_flags & ZEND_ACC_CALL_VIA_HANDLER)) {
        zval *copy;

        ALLOC_ZVAL(copy);
        INIT_PZVAL_COPY(copy, value);
        zval_copy_ctor(copy);
        return copy;
    }
    Z_ADDREF_P(value);
    return value;
}

int zend_vm_call_function(zend_function *function, zval *object, zend_class_entry *called_scope,
    zend_uint argument_count, zval ***params, zval **return_value, int no_separation)
{
    zend_execute_data *caller = EG(current_execute_data);
    zend_execute_data *call;
    temp_variable result;

    zend_stack_guard();
    EG(user_code_runs)++;
    call = vm_make_frame(function, argument_count);
    call->prev_call = NULL;
    for (zend_uint number = 1; number <= argument_count; number++) {
        zval *argument = vm_argument_from_place(function, number, params[number - 1],
            no_separation);

        if (!argument) {
            vm_release_arguments(call);
            vm_stack_free(call);
            return FAILURE;
        }
        vm_add_argument(call, number, argument);
    }
    call->called_scope = called_scope;
    if (object && !(function->common.fn_flags & ZEND_ACC_STATIC)) {
        vm_call_set_this(call, object);
    }
    if (function->common.fn_flags & ZEND_ACC_CLOSURE) {
        vm_call_hold_closure(call);
    }
    call->prev_execute_data = caller;
    result.var.ptr = NULL;
    if (function->type == ZEND_USER_FUNCTION && !(function->common.fn_flags
            & (ZEND_ACC_GENERATOR | ZEND_ACC_ABSTRACT))) {
        call->call_info |= ZEND_CALL_TOP;
        call->result = return_value ? &result : NULL;
        vm_enter_user_function(call, &function->op_array);
        execute_ex(call);
    } else {
        vm_call_uncommon(call, return_value ? &result : NULL);
    }
    EG(current_execute_data) = caller;
    if (return_value) {
        *return_value = result.var.ptr;
    }
    if (ZEND_UNLIKELY(EG(exception) != NULL) && !caller) {
        zend_throw_exception_internal(NULL); /* nobody is left to catch it */
    }
    return SUCCESS;
}

/* --- Who is running --------------------------------------------------------------------------- */

zend_execute_data *zend_user_frame(void)
{
    zend_execute_data *frame = EG(current_execute_data);

    while (frame && !ZEND_USER_FRAME(frame)) {
        frame = frame->prev_execute_data;
    }
    return frame;
}

/* An internal function that is no method sees the scope of its caller. */
static zend_execute_data *vm_scope_frame(void)
{
    zend_execute_data *frame = EG(current_execute_data);

    while (frame && !ZEND_USER_FRAME(frame) && !frame->func->common.scope) {
        frame = frame->prev_execute_data;
    }
    return frame;
}

zval *zend_active_this(void)
{
    zend_execute_data *frame = vm_scope_frame();

    return frame ? frame->this_object : NULL;
}

zend_class_entry *zend_active_scope(void)
{
    zend_execute_data *frame = vm_scope_frame();

    return frame ? frame->scope : NULL;
}

zend_class_entry *zend_active_called_scope(void)
{
    zend_execute_data *frame = vm_scope_frame();

    return frame ? frame->called_scope : NULL;
}

zend_op_array *zend_active_op_array(void)
{
    zend_execute_data *frame = zend_user_frame();

    return frame ? &frame->func->op_array : NULL;
}
