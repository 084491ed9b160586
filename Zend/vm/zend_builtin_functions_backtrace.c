/* SPDX-License-Identifier: MIT */
/*
 * Backtraces: one entry for each call that is under way.
 *
 *      frame of f (user)        "function" => "f", args, ... and file and line of the call,
 *      frame of array_map       which the frame below it knows. A call made by an
 *      frame of main code       internal function has neither.
 *
 * Main code has no entry, but included code has: "include", with the file as argument.
 */
#include "compile/zend_compile.h"
#include "object/zend_inheritance.h"
#include "object/zend_std_handlers_fast.h"
#include "runtime/zend_API.h"
#include "vm/zend_builtin_functions.h"
#include "vm/zend_execute.h"
#include "vm/zend_vm_opcodes.h"

/* --- Where a call was made ------------------------------------------------------------------- */

static bool zend_is_trampoline_frame(const zend_execute_data *frame)
{
    return frame->func != NULL && frame->func->type == ZEND_INTERNAL_FUNCTION
        && (frame->func->common.fn_flags & ZEND_ACC_CALL_VIA_HANDLER);
}

/* The user code that made the call of this frame; NULL: an internal function or the engine. */
static const zend_execute_data *zend_caller_frame(const zend_execute_data *frame)
{
    const zend_execute_data *caller = frame->prev_execute_data;

    while (caller != NULL && zend_is_trampoline_frame(caller)) {
        caller = caller->prev_execute_data;
    }
    return caller != NULL && ZEND_USER_FRAME(caller) ? caller : NULL;
}

static void zend_add_location(zval *entry, const zend_execute_data *caller)
{
    add_assoc_string_ex(entry, "file", sizeof("file"), caller->func->op_array.code->filename, 1);
    add_assoc_long_ex(entry, "line", sizeof("line"),
        caller->opline != NULL ? caller->opline->lineno : 0);
}

/* --- Functions ------------------------------------------------------------------------------- */

static void zend_add_function(zval *entry, const zend_execute_data *frame, int options)
{
    zend_function *function = frame->func;
    zend_class_entry *scope = function->common.scope;
    zval *object = frame->this_object;
    const char *name = function->common.function_name;

    if (function->common.fn_flags & ZEND_ACC_STATIC) {
        object = NULL;
    }
    if (scope != NULL && scope->trait_aliases != NULL) {
        name = zend_resolve_method_name(object != NULL ? Z_OBJCE_P(object) : scope, function);
    }
    add_assoc_string_ex(entry, "function", sizeof("function"), name, 1);
    if (object != NULL && scope == NULL && function->type == ZEND_INTERNAL_FUNCTION) {
        object = NULL;
    }
    if (object != NULL) {
        const zend_class_entry *ce = scope != NULL ? scope : Z_OBJCE_P(object);
        add_assoc_stringl_ex(entry, "class", sizeof("class"), ce->name, ce->name_length, 1);
        if (options & DEBUG_BACKTRACE_PROVIDE_OBJECT) {
            Z_ADDREF_P(object);
            add_assoc_zval_ex(entry, "object", sizeof("object"), object);
        }
        add_assoc_string_ex(entry, "type", sizeof("type"), "->", 1);
    } else if (scope != NULL) {
        add_assoc_stringl_ex(entry, "class", sizeof("class"), scope->name, scope->name_length, 1);
        add_assoc_string_ex(entry, "type", sizeof("type"), "::", 1);
    }
}

static void zend_add_arguments(zval *entry, const zend_execute_data *frame)
{
    zval *arguments;
    zend_uint i;

    MAKE_STD_ZVAL(arguments);
    array_init_size(arguments, frame->num_args);
    for (i = 0; i < frame->num_args; i++) {
        Z_ADDREF_P(frame->arguments[i]);
        add_next_index_zval(arguments, frame->arguments[i]);
    }
    add_assoc_zval_ex(entry, "args", sizeof("args"), arguments);
}

/* --- Included code --------------------------------------------------------------------------- */

static const char *zend_name_of_include(const zend_execute_data *caller)
{
    switch (caller->opline->extended_value) {
        case ZEND_EVAL: return "eval";
        case ZEND_INCLUDE: return "include";
        case ZEND_REQUIRE: return "require";
        case ZEND_INCLUDE_ONCE: return "include_once";
        case ZEND_REQUIRE_ONCE: return "require_once";
        default: return "unknown";
    }
}

static void zend_add_include(zval *entry, const zend_execute_data *frame,
    const zend_execute_data *caller)
{
    const char *name = zend_name_of_include(caller);
    zval *arguments;

    if (caller->opline->extended_value != ZEND_EVAL) {
        MAKE_STD_ZVAL(arguments);
        array_init(arguments);
        add_next_index_string(arguments, frame->func->op_array.code->filename, 1);
        add_assoc_zval_ex(entry, "args", sizeof("args"), arguments);
    }
    add_assoc_string_ex(entry, "function", sizeof("function"), name, 1);
}

/* --- All of it ------------------------------------------------------------------------------- */

/* Main code that nothing included. */
static bool zend_has_no_entry(const zend_execute_data *frame, const zend_execute_data *caller)
{
    return frame->func == NULL
        || (frame->func->common.function_name == NULL
            && (caller == NULL || caller->opline == NULL
                || caller->opline->opcode != ZEND_INCLUDE_OR_EVAL));
}

static void zend_add_entry(zval *trace, const zend_execute_data *frame,
    const zend_execute_data *caller, int options)
{
    zval *entry;

    MAKE_STD_ZVAL(entry);
    array_init(entry);
    if (caller != NULL) {
        zend_add_location(entry, caller);
    }
    if (frame->func->common.function_name == NULL) {
        zend_add_include(entry, frame, caller);
    } else {
        zend_add_function(entry, frame, options);
        if (!(options & DEBUG_BACKTRACE_IGNORE_ARGS)) {
            zend_add_arguments(entry, frame);
        }
    }
    add_next_index_zval(trace, entry);
}

void zend_fetch_debug_backtrace(zval *return_value, int skip_last, int options, int limit)
{
    const zend_execute_data *frame = EG(current_execute_data);
    int count = 0;

    /* What asks is an internal function: debug_backtrace() itself, or a constructor. */
    if (skip_last > 0 && frame != NULL && !ZEND_USER_FRAME(frame)) {
        frame = frame->prev_execute_data;
    }
    array_init(return_value);
    for (; frame != NULL && (limit == 0 || count < limit); frame = frame->prev_execute_data) {
        const zend_execute_data *caller = zend_caller_frame(frame);
        if (!zend_has_no_entry(frame, caller)) {
            zend_add_entry(return_value, frame, caller, options);
            count++;
        }
    }
}

PHP_FUNCTION(debug_backtrace)
{
    long options = DEBUG_BACKTRACE_PROVIDE_OBJECT;
    long limit = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|ll", &options, &limit) == FAILURE) {
        return;
    }
    zend_fetch_debug_backtrace(return_value, 1, (int) options, (int) limit);
}

/* --- Printing -------------------------------------------------------------------------------- */

/* An element of an entry, or NULL. */
static zval *zend_entry_value(zval *entry, const char *name)
{
    zval **value;

    return zend_hash_find(Z_ARRVAL_P(entry), name, (uint) strlen(name) + 1, (void **) &value)
        == SUCCESS ? *value : NULL;
}

static void zend_print_arguments(zval *arguments)
{
    HashPosition position;
    zval **argument;
    bool first = true;

    zend_hash_internal_pointer_reset_ex(Z_ARRVAL_P(arguments), &position);
    while (zend_hash_get_current_data_ex(Z_ARRVAL_P(arguments), (void **) &argument, &position)
        == SUCCESS) {
        if (!first) {
            ZEND_PUTS(", ");
        }
        first = false;
        zend_print_flat_zval_r(*argument);
        zend_hash_move_forward_ex(Z_ARRVAL_P(arguments), &position);
    }
}

static void zend_print_entry(zval *entry, int number)
{
    zval *class_name = zend_entry_value(entry, "class");
    zval *arguments = zend_entry_value(entry, "args");
    zval *file = zend_entry_value(entry, "file");

    zend_printf("#%-2d ", number);
    if (class_name != NULL) {
        zend_printf("%s%s", Z_STRVAL_P(class_name), Z_STRVAL_P(zend_entry_value(entry, "type")));
    }
    zend_printf("%s(", Z_STRVAL_P(zend_entry_value(entry, "function")));
    if (arguments != NULL) {
        zend_print_arguments(arguments);
    }
    if (file != NULL) {
        zend_printf(") called at [%s:%ld]\n", Z_STRVAL_P(file),
            Z_LVAL_P(zend_entry_value(entry, "line")));
    } else {
        ZEND_PUTS(")\n");
    }
}

PHP_FUNCTION(debug_print_backtrace)
{
    long options = 0;
    long limit = 0;
    zval trace;
    HashPosition position;
    zval **entry;
    int number = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|ll", &options, &limit) == FAILURE) {
        return;
    }
    INIT_ZVAL(trace);
    zend_fetch_debug_backtrace(&trace, 1, (int) options & ~DEBUG_BACKTRACE_PROVIDE_OBJECT,
        (int) limit);
    zend_hash_internal_pointer_reset_ex(Z_ARRVAL(trace), &position);
    while (zend_hash_get_current_data_ex(Z_ARRVAL(trace), (void **) &entry, &position)
        == SUCCESS) {
        zend_print_entry(*entry, number++);
        zend_hash_move_forward_ex(Z_ARRVAL(trace), &position);
    }
    zval_dtor(&trace);
}
