/* SPDX-License-Identifier: MIT */
/*
 * Raising errors, and handing them to the user's handler or to main.
 *
 * While the user's handler runs it is switched off, so that errors inside it go the standard way.
 * A handler may include files although the error was raised by the compiler: the compiler's
 * state is put aside for the call.
 */
#include <stdio.h>
#include <stdlib.h>

#include "runtime/zend_API.h"
#include "runtime/zend_startup.h"
#include "vm/zend_exceptions.h"
#include "vm/zend_execute.h"
#include "vm/zend_vm_opcodes.h"

/* Levels that the user's handler never sees. */
#define E_NOT_FOR_HANDLERS \
    (E_ERROR | E_PARSE | E_CORE_ERROR | E_CORE_WARNING | E_COMPILE_ERROR | E_COMPILE_WARNING)

static void zend_error_to_stderr(int type, const char *error_filename, const uint error_lineno,
    const char *format, va_list args)
{
    (void) type;
    vfprintf(stderr, format, args);
    fprintf(stderr, " in %s on line %u\n", error_filename, error_lineno);
}

void (*zend_error_cb)(int type, const char *error_filename, const uint error_lineno,
    const char *format, va_list args) = zend_error_to_stderr;

/* --- Where it happened ----------------------------------------------------------------------- */

typedef struct _zend_error_place {
    const char *filename;
    uint lineno;
} zend_error_place;

static zend_error_place zend_find_error_place(int type)
{
    zend_error_place place = {NULL, 0};

    if (type & E_CORE) {
        /* Belongs to no file. */
    } else if (zend_is_compiling()) {
        place.filename = CG(compiled_filename);
        place.lineno = CG(zend_lineno);
    } else if (zend_is_executing()) {
        place.filename = zend_get_executed_filename();
        place.lineno = zend_get_executed_lineno();
    }
    if (place.filename == NULL) {
        place.filename = "Unknown";
    }
    return place;
}

/* --- The user's handler ---------------------------------------------------------------------- */

typedef struct _zend_compiler_state {
    const char *compiled_filename;
    zend_uint lineno;
    zend_bool in_compilation;
    void *context;
} zend_compiler_state;

static void zend_put_compiler_aside(zend_compiler_state *state)
{
    state->compiled_filename = CG(compiled_filename);
    state->lineno = CG(zend_lineno);
    state->in_compilation = CG(in_compilation);
    state->context = CG(compiler_context);
    if (state->in_compilation) {
        CG(in_compilation) = 0;
        CG(compiler_context) = NULL;
    }
}

static void zend_resume_compiler(const zend_compiler_state *state)
{
    if (state->in_compilation) {
        CG(compiled_filename) = state->compiled_filename;
        CG(zend_lineno) = state->lineno;
        CG(in_compilation) = 1;
        CG(compiler_context) = state->context;
    }
}

static bool zend_user_handler_wants(int type)
{
    return EG(user_error_handler) != NULL && (EG(user_error_handler_error_reporting) & type)
        && EG(error_handling) == EH_NORMAL && !(type & E_NOT_FOR_HANDLERS) && EG(active);
}

/* The variables where the error happened: a copy, whose references are live. */
static zval *zend_error_context(void)
{
    HashTable *variables = zend_active_symbol_table();
    zval *context;

    MAKE_STD_ZVAL(context);
    if (variables != NULL) {
        Z_ARRVAL_P(context) = zend_array_dup(variables);
        Z_TYPE_P(context) = IS_ARRAY;
    } else {
        ZVAL_NULL(context);
    }
    return context;
}

#define ZEND_HANDLER_ARGUMENTS 5

static void zend_make_handler_arguments(zval **arguments, int type, zend_error_place place,
    const char *format, va_list args)
{
    int i;
    for (i = 0; i < ZEND_HANDLER_ARGUMENTS - 1; i++) {
        MAKE_STD_ZVAL(arguments[i]);
    }
    ZVAL_LONG(arguments[0], type);
    Z_STRLEN_P(arguments[1]) = zend_vspprintf(&Z_STRVAL_P(arguments[1]), 0, format, args);
    Z_TYPE_P(arguments[1]) = IS_STRING;
    ZVAL_STRING(arguments[2], place.filename, 1);
    ZVAL_LONG(arguments[3], place.lineno);
    arguments[4] = zend_error_context();
}

/* True when the handler has dealt with it. */
static bool zend_run_user_handler(zval **arguments)
{
    zval *handler = EG(user_error_handler);
    zval *retval = NULL;
    zval **params[ZEND_HANDLER_ARGUMENTS];
    zend_compiler_state compiler;
    bool handled = true;
    int i;

    for (i = 0; i < ZEND_HANDLER_ARGUMENTS; i++) {
        params[i] = &arguments[i];
    }
    EG(user_error_handler) = NULL;
    zend_put_compiler_aside(&compiler);
    if (call_user_function_ex(CG(function_table), NULL, handler, &retval,
            ZEND_HANDLER_ARGUMENTS, params, 1, NULL) == SUCCESS) {
        if (retval != NULL) {
            handled = !(Z_TYPE_P(retval) == IS_BOOL && !Z_LVAL_P(retval));
            zval_ptr_dtor(&retval);
        }
    } else {
        /* It could not be called at all. */
        handled = EG(exception) != NULL;
    }
    zend_resume_compiler(&compiler);
    if (EG(user_error_handler) == NULL) {
        EG(user_error_handler) = handler;
    } else {
        zval_ptr_dtor(&handler);
    }
    return handled;
}

static bool zend_error_to_user_handler(int type, zend_error_place place, const char *format,
    va_list args)
{
    zval *arguments[ZEND_HANDLER_ARGUMENTS];
    bool handled;
    int i;

    zend_make_handler_arguments(arguments, type, place, format, args);
    handled = zend_run_user_handler(arguments);
    for (i = 0; i < ZEND_HANDLER_ARGUMENTS; i++) {
        zval_ptr_dtor(&arguments[i]);
    }
    return handled;
}

/* --- Raising --------------------------------------------------------------------------------- */

/* A fatal error while an exception is on its way: show the exception before it is lost. */
static void zend_report_pending_exception(int type, zend_error_place *place)
{
    zval *exception = EG(exception);
    if (exception == NULL || !(type & E_FATAL_ERRORS)) {
        return;
    }
    if (zend_is_executing()) {
        place->lineno = zend_get_executed_lineno();
    }
    EG(exception) = NULL;
    zend_exception_error(exception, E_WARNING);
}

/* Is it eval() that compiles? Its parse errors do not count as the script's failure. */
static bool zend_is_in_eval(void)
{
    const zend_execute_data *frame = zend_user_frame();

    return frame != NULL && frame->opline != NULL && frame->opline->opcode == ZEND_INCLUDE_OR_EVAL
        && frame->opline->extended_value == ZEND_EVAL;
}

static void zend_error_va(int type, const char *format, va_list args)
{
    zend_error_place place = zend_find_error_place(type);
    va_list again;

    zend_report_pending_exception(type, &place);
    if (zend_user_handler_wants(type)) {
        bool handled;
        va_copy(again, args);
        handled = zend_error_to_user_handler(type, place, format, again);
        va_end(again);
        if (handled) {
            return;
        }
    }
    va_copy(again, args);
    zend_error_cb(type, place.filename, place.lineno, format, again);
    va_end(again);
    if (type == E_PARSE) {
        if (!zend_is_in_eval()) {
            EG(exit_status) = 255;
        }
    } else if ((type & E_FATAL_ERRORS) && EG(bailout) != NULL) {
        EG(exit_status) = 255;
        zend_bailout();
    }
}

void zend_error(int type, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    zend_error_va(type, format, args);
    va_end(args);
}

ZEND_NORETURN ZEND_COLD void zend_error_noreturn(int type, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    zend_error_va(type, format, args);
    va_end(args);
    /* Only before the first request is there nowhere to bail out to. */
    if (EG(bailout) != NULL) {
        zend_bailout();
    }
    exit(254);
}

ZEND_NORETURN void zend_bailout(void)
{
    if (EG(bailout) == NULL) {
        fputs("Tried to bail out without a bailout address!\n", stderr);
        exit(-1);
    }
    CG(unclean_shutdown) = 1;
    CG(in_compilation) = 0;
    siglongjmp(*EG(bailout), FAILURE);
}

/* --- Modes of handling ----------------------------------------------------------------------- */

void zend_save_error_handling(zend_error_handling *current)
{
    current->handling = EG(error_handling);
    current->exception = EG(exception_class);
    current->user_handler = EG(user_error_handler);
    if (current->user_handler != NULL) {
        Z_ADDREF_P(current->user_handler);
    }
}

void zend_replace_error_handling(zend_error_handling_t error_handling,
    zend_class_entry *exception_class, zend_error_handling *current)
{
    if (current != NULL) {
        zend_save_error_handling(current);
        if (error_handling != EH_NORMAL && EG(user_error_handler) != NULL) {
            zval_ptr_dtor(&EG(user_error_handler));
            EG(user_error_handler) = NULL;
        }
    }
    EG(error_handling) = error_handling;
    EG(exception_class) = error_handling == EH_THROW ? exception_class : NULL;
}

void zend_restore_error_handling(zend_error_handling *saved)
{
    EG(error_handling) = saved->handling;
    EG(exception_class) = saved->handling == EH_THROW ? saved->exception : NULL;
    if (saved->user_handler != NULL && saved->user_handler != EG(user_error_handler)) {
        if (EG(user_error_handler) != NULL) {
            zval_ptr_dtor(&EG(user_error_handler));
        }
        EG(user_error_handler) = saved->user_handler;
    } else if (saved->user_handler != NULL) {
        zval_ptr_dtor(&saved->user_handler);
    }
    saved->user_handler = NULL;
}
