/* SPDX-License-Identifier: MIT */
/*
 * include, require and eval; and running whole files for the process.
 *
 * Main code runs in a frame of its own that shares the symbol table of the code around it: the
 * including frame is detached from the table while the included one is attached (see
 * zend_vm_variable.c).
 */
#include "vm/zend_include.h"

#include <string.h>

#include "compile/zend_compile.h"
#include "object/zend_class.h"
#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_stack_limit.h"
#include "runtime/zend_startup.h"
#include "vm/zend_exceptions.h"
#include "vm/zend_vm_call.h"
#include "vm/zend_vm_internal.h"

/* --- Frames of main code ---------------------------------------------------------------------- */

/* A frame for the op array's code in the caller's variables, or the global ones. */
static zend_execute_data *vm_make_code_frame(zend_op_array *op_array, zend_execute_data *caller)
{
    zend_execute_data *frame = vm_make_frame((zend_function *) op_array, 0);

    frame->prev_execute_data = caller;
    frame->call_info = ZEND_CALL_CODE | ZEND_CALL_HAS_SYMBOL_TABLE;
    if (caller && ZEND_USER_FRAME(caller)) {
        zend_rebuild_symbol_table();
        zend_detach_symbol_table(caller);
        frame->symbol_table = caller->symbol_table;
        frame->this_object = caller->this_object;
        frame->scope = caller->scope;
        frame->called_scope = caller->called_scope;
    } else {
        frame->symbol_table = &EG(symbol_table);
        frame->scope = NULL;
    }
    memset(ZEND_FRAME_CV(frame, 0), 0, op_array->last_var * sizeof(zval *));
    zend_attach_symbol_table(frame);
    if (op_array->this_var != -1 && frame->this_object) {
        zval **slot = ZEND_FRAME_CV(frame, op_array->this_var);

        if (!*slot) {
            Z_ADDREF_P(frame->this_object);
            *slot = frame->this_object;
        }
    }
    if (!op_array->run_time_cache) {
        vm_make_run_time_cache(op_array);
    }
    frame->run_time_cache = op_array->run_time_cache;
    frame->opline = op_array->opcodes;
    return frame;
}

void vm_end_of_code(zend_execute_data *frame, zend_execute_data *caller)
{
    if (caller && ZEND_USER_FRAME(caller)) {
        zend_attach_symbol_table(caller);
    }
    if (EG(exception) && (frame->call_info & ZEND_CALL_TOP) && !caller) {
        /* Nobody is left to catch it: zend_execute_scripts() reports it. */
        return;
    }
}

void zend_execute(zend_op_array *op_array, zval **return_value)
{
    zend_execute_data *caller = EG(current_execute_data);
    zend_execute_data *user = caller;
    zend_execute_data *frame;
    temp_variable result;

    zend_stack_guard();
    EG(user_code_runs)++;
    while (user && !ZEND_USER_FRAME(user)) {
        user = user->prev_execute_data;
    }
    if (user != caller) {
        /* Called from an internal function: the variables are those of the code around it. */
        frame = vm_make_code_frame(op_array, user);
        frame->prev_execute_data = caller;
    } else {
        frame = vm_make_code_frame(op_array, caller);
    }
    frame->call_info |= ZEND_CALL_TOP;
    result.var.ptr = NULL;
    frame->result = return_value ? &result : NULL;
    execute_ex(frame);
    if (user && user != caller) {
        zend_attach_symbol_table(user);
    }
    EG(current_execute_data) = caller;
    if (return_value) {
        *return_value = result.var.ptr;
    }
}

/* --- include and eval ------------------------------------------------------------------------- */

static zend_op_array *vm_compile_once(zval *name, int type)
{
    zend_file_handle handle;
    zend_op_array *op_array = NULL;
    char *resolved = zend_resolve_path ? zend_resolve_path(Z_STRVAL_P(name), Z_STRLEN_P(name))
        : estrndup(Z_STRVAL_P(name), Z_STRLEN_P(name));

    if (resolved && zend_hash_exists(&EG(included_files), resolved, strlen(resolved) + 1)) {
        efree(resolved);
        return NULL;
    }
    zend_stream_init_filename(&handle, resolved ? resolved : Z_STRVAL_P(name));
    if (zend_stream_open(handle.filename, &handle) == SUCCESS) {
        if (!handle.opened_path) {
            handle.opened_path = estrdup(resolved ? resolved : Z_STRVAL_P(name));
        }
        if (zend_hash_add_empty_element(&EG(included_files), handle.opened_path,
                strlen(handle.opened_path) + 1) == SUCCESS) {
            op_array = zend_compile_file(&handle,
                type == ZEND_INCLUDE_ONCE ? ZEND_INCLUDE : ZEND_REQUIRE);
        }
        zend_file_handle_dtor(&handle);
    } else if (!EG(exception)) {
        zend_message_dispatcher(type == ZEND_INCLUDE_ONCE ? ZMSG_FAILED_INCLUDE_FOPEN
            : ZMSG_FAILED_REQUIRE_FOPEN, Z_STRVAL_P(name));
    }
    if (resolved) {
        efree(resolved);
    }
    return op_array;
}

static zend_op_array *vm_compile_eval(zval *code)
{
    char *description = zend_make_compiled_string_description("eval()'d code");
    zend_op_array *op_array = zend_compile_string(code, description);

    efree(description);
    return op_array;
}

/* Has include_once found the file included already? Then its value is true. */
static bool vm_included_before(zval *name, int type)
{
    bool before = false;
    char *resolved;

    if (type != ZEND_INCLUDE_ONCE && type != ZEND_REQUIRE_ONCE) {
        return false;
    }
    resolved = zend_resolve_path ? zend_resolve_path(Z_STRVAL_P(name), Z_STRLEN_P(name)) : NULL;
    if (resolved) {
        before = zend_hash_exists(&EG(included_files), resolved, strlen(resolved) + 1);
        efree(resolved);
    }
    return before;
}

static zend_op_array *vm_compile(zval *operand, int type)
{
    switch (type) {
        case ZEND_EVAL:
            return vm_compile_eval(operand);
        case ZEND_INCLUDE_ONCE:
        case ZEND_REQUIRE_ONCE:
            return vm_compile_once(operand, type);
        default:
            return compile_filename(type, operand);
    }
}

static void vm_set_bool_result(zend_execute_data *frame, const zend_op *opline, bool truth)
{
    if (!(opline->result_type & (EXT_TYPE_UNUSED | IS_UNUSED))) {
        zval *value;

        MAKE_STD_ZVAL(value);
        ZVAL_BOOL(value, truth);
        vm_set_var(VM_SLOT(frame, opline->result), value);
    }
}

zend_execute_data *vm_include_or_eval(zend_execute_data *frame, const zend_op *opline,
    zval *operand)
{
    int type = (int) opline->extended_value;
    zval text;
    zend_op_array *op_array;
    zend_execute_data *call;

    INIT_PZVAL_COPY(&text, operand);
    zval_copy_ctor(&text);
    convert_to_string(&text);
    if (type != ZEND_EVAL && strlen(Z_STRVAL(text)) != (size_t) Z_STRLEN(text)) {
        zend_message_dispatcher(type & (ZEND_REQUIRE | ZEND_REQUIRE_ONCE)
            ? ZMSG_FAILED_REQUIRE_FOPEN : ZMSG_FAILED_INCLUDE_FOPEN, Z_STRVAL(text));
        zval_dtor(&text);
        vm_set_bool_result(frame, opline, false);
        return NULL;
    }
    if (vm_included_before(&text, type)) {
        zval_dtor(&text);
        vm_set_bool_result(frame, opline, true);
        return NULL;
    }
    EG(user_code_runs)++;
    op_array = vm_compile(&text, type);
    zval_dtor(&text);
    if (!op_array || EG(exception)) {
        if (op_array) {
            destroy_op_array(op_array);
            efree(op_array);
        }
        if (!EG(exception)) {
            vm_set_bool_result(frame, opline, false);
        }
        return NULL;
    }
    call = vm_make_code_frame(op_array, frame);
    call->call_info |= ZEND_CALL_FREE_OP_ARRAY | (type == ZEND_EVAL ? ZEND_CALL_EVAL : 0);
    call->result = opline->result_type & (EXT_TYPE_UNUSED | IS_UNUSED) ? NULL
        : VM_SLOT(frame, opline->result);
    return call;
}

/* --- For C ------------------------------------------------------------------------------------ */

char *zend_make_compiled_string_description(const char *name)
{
    const char *file;
    uint line;
    char *description;

    if (zend_is_compiling()) {
        file = CG(compiled_filename);
        line = CG(zend_lineno);
    } else if (zend_is_executing()) {
        file = zend_get_executed_filename();
        line = zend_get_executed_lineno();
    } else {
        file = "Unknown";
        line = 0;
    }
    zend_spprintf(&description, 0, "%s(%u) : %s", file, line, name);
    return description;
}

int zend_eval_stringl(const char *str, int str_len, zval *retval_ptr, const char *string_name)
{
    zval code;
    zend_op_array *op_array;
    zval *value = NULL;

    INIT_ZVAL(code);
    if (retval_ptr) {
        char *text;
        int length = zend_spprintf(&text, 0, "return %.*s;", str_len, str);

        ZVAL_STRINGL(&code, text, length, 0);
    } else {
        ZVAL_STRINGL(&code, str, str_len, 1);
    }
    op_array = zend_compile_string(&code, string_name);
    zval_dtor(&code);
    if (!op_array) {
        return FAILURE;
    }
    zend_execute(op_array, &value);
    if (retval_ptr) {
        if (value) {
            COPY_PZVAL_TO_ZVAL(*retval_ptr, value);
        } else {
            INIT_ZVAL(*retval_ptr);
        }
    } else if (value) {
        zval_ptr_dtor(&value);
    }
    destroy_op_array(op_array);
    efree(op_array);
    return SUCCESS;
}

int zend_eval_string(const char *str, zval *retval_ptr, const char *string_name)
{
    return zend_eval_stringl(str, (int) strlen(str), retval_ptr, string_name);
}

int zend_eval_stringl_ex(const char *str, int str_len, zval *retval_ptr, const char *string_name,
    int handle_exceptions)
{
    int result = zend_eval_stringl(str, str_len, retval_ptr, string_name);

    if (handle_exceptions && EG(exception)) {
        zend_exception_error(EG(exception), E_ERROR);
        result = FAILURE;
    }
    return result;
}

int zend_eval_string_ex(const char *str, zval *retval_ptr, const char *string_name,
    int handle_exceptions)
{
    return zend_eval_stringl_ex(str, (int) strlen(str), retval_ptr, string_name,
        handle_exceptions);
}

/* Calls the user's exception handler, or reports the exception as uncaught. */
static void vm_report_uncaught(void)
{
    if (EG(user_exception_handler)) {
        zval *handler = EG(user_exception_handler);
        zval *exception = EG(exception);
        zval *result = NULL;
        zval **params[1] = {&exception};

        EG(exception) = NULL;
        EG(user_exception_handler) = NULL;
        if (call_user_function_ex(NULL, NULL, handler, &result, 1, params, 1, NULL) == SUCCESS) {
            if (result) {
                zval_ptr_dtor(&result);
            }
            if (!EG(user_exception_handler)) {
                EG(user_exception_handler) = handler;
            }
            if (!EG(exception)) {
                zval_ptr_dtor(&exception);
                return;
            }
            zval_ptr_dtor(&exception);
        } else {
            EG(exception) = exception;
        }
    }
    zend_exception_error(EG(exception), E_ERROR);
}

int zend_execute_scripts(int type, zval **retval, int file_count, ...)
{
    va_list files;
    int result = SUCCESS;

    va_start(files, file_count);
    for (int number = 0; number < file_count; number++) {
        zend_file_handle *file = va_arg(files, zend_file_handle *);
        zend_op_array *op_array;

        if (!file) {
            continue;
        }
        op_array = zend_compile_file(file, type);
        if (file->opened_path) {
            zend_hash_add_empty_element(&EG(included_files), file->opened_path,
                strlen(file->opened_path) + 1);
        }
        zend_file_handle_dtor(file);
        if (op_array) {
            zend_execute(op_array, retval);
            if (EG(exception)) {
                vm_report_uncaught();
            }
            destroy_op_array(op_array);
            efree(op_array);
        } else if (type == ZEND_REQUIRE) {
            result = FAILURE;
            break;
        }
    }
    va_end(files);
    return result;
}
