/* SPDX-License-Identifier: MIT */
/*
 * Throwing exceptions from C, chaining them, and reporting those that nobody caught.
 *
 * To throw is to set EG(exception). The virtual machine looks at it after whatever may throw, and
 * so does C code that calls into scripts. A second exception that comes up while one is pending
 * takes its place, and gets it as the last of its previous ones. Where no code is running at all
 * (shutdown functions, last destructors) nothing could catch: the exception is reported at once.
 */
#include <stdarg.h>

#include "object/zend_class.h"
#include "object/zend_interfaces.h"
#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "vm/zend_exceptions_internal.h"

bool zend_is_exception(const zval *object)
{
    return Z_TYPE_P(object) == IS_OBJECT
        && instanceof_function(Z_OBJCE_P(object), zend_exception_get_default());
}

/* --- The chain of previous exceptions --------------------------------------------------------- */

static bool zend_same_object(const zval *a, const zval *b)
{
    return a == b || Z_OBJ_HANDLE_P(a) == Z_OBJ_HANDLE_P(b);
}

static zval *zend_exception_previous(const zval *exception)
{
    zval *previous = zend_exception_get(exception, ZEND_EXCEPTION_PREVIOUS);

    return zend_is_exception(previous) ? previous : NULL;
}

/*
 * The last exception of the chain that begins with `exception`, or NULL if `other` is in it. A
 * script can bend a chain into a circle (by reflection): the tortoise would meet the hare there.
 */
static zval *zend_exception_chain_end(zval *exception, const zval *other)
{
    zval *tortoise = exception;
    bool step = false;

    for (;;) {
        zval *previous;

        if (zend_same_object(exception, other)) {
            return NULL;
        }
        previous = zend_exception_previous(exception);
        if (!previous) {
            return exception;
        }
        exception = previous;
        if (step) {
            tortoise = zend_exception_previous(tortoise);
        }
        step = !step;
        if (zend_same_object(tortoise, exception)) {
            return NULL;
        }
    }
}

void zend_exception_set_previous(zval *exception, zval *add_previous)
{
    zval *last;

    if (!add_previous || exception == add_previous) {
        return;
    }
    if (!zend_is_exception(add_previous)) {
        zend_error_noreturn(E_ERROR, "Cannot set non exception as previous exception");
    }
    if (!exception || !zend_exception_chain_end(add_previous, exception)
            || !(last = zend_exception_chain_end(exception, add_previous))) {
        /* Nobody to belong to, or the chain would become a circle. */
        zval_ptr_dtor(&add_previous);
        return;
    }
    zend_update_property(zend_exception_get_default(), last, ZEND_STRL("previous"), add_previous);
    zval_ptr_dtor(&add_previous);
}

void zend_exception_save(void)
{
    if (EG(prev_exception)) {
        if (!EG(exception)) {
            return;
        }
        zend_exception_set_previous(EG(exception), EG(prev_exception));
    }
    EG(prev_exception) = EG(exception);
    EG(exception) = NULL;
}

void zend_exception_restore(void)
{
    zval *saved = EG(prev_exception);

    if (!saved) {
        return;
    }
    EG(prev_exception) = NULL;
    if (EG(exception)) {
        zend_exception_set_previous(EG(exception), saved);
    } else {
        EG(exception) = saved;
    }
}

void zend_clear_exception(void)
{
    if (EG(prev_exception)) {
        zval_ptr_dtor(&EG(prev_exception));
        EG(prev_exception) = NULL;
    }
    if (EG(exception)) {
        zval *exception = EG(exception);

        EG(exception) = NULL;
        zval_ptr_dtor(&exception);
    }
}

/* --- Throwing --------------------------------------------------------------------------------- */

void zend_throw_exception_internal(zval *exception)
{
    if (exception) {
        zval *pending = EG(exception);

        EG(exception) = exception;
        if (pending) {
            zend_exception_set_previous(exception, pending);
            return;
        }
    }
    if (!EG(current_execute_data)) {
        if (EG(exception)) {
            zend_exception_error(EG(exception), E_ERROR);
        }
        zend_error_noreturn(E_ERROR, "Exception thrown without a stack frame");
    }
}

void zend_throw_exception_object(zval *exception)
{
    if (!exception || Z_TYPE_P(exception) != IS_OBJECT) {
        zend_error_noreturn(E_ERROR, "Need to supply an object when throwing an exception");
    }
    if (!zend_is_exception(exception)) {
        zend_error_noreturn(E_ERROR,
            "Exceptions must be valid objects derived from the Exception base class");
    }
    zend_throw_exception_internal(exception);
}

static zval *zend_make_exception(zend_class_entry *ce, const char *message, long code)
{
    zval *exception;

    if (!ce) {
        ce = zend_exception_get_default();
    } else if (!instanceof_function(ce, zend_exception_get_default())) {
        zend_error(E_NOTICE, "Exceptions must be derived from the Exception base class");
        ce = zend_exception_get_default();
    }
    MAKE_STD_ZVAL(exception);
    object_init_ex(exception, ce);
    if (message) {
        zend_exception_set_string(exception, ZEND_EXCEPTION_MESSAGE, message,
            (int) strlen(message));
    }
    if (code) {
        zend_exception_set_long(exception, ZEND_EXCEPTION_CODE, code);
    }
    return exception;
}

zval *zend_throw_exception(zend_class_entry *exception_ce, const char *message, long code)
{
    zval *exception = zend_make_exception(exception_ce, message, code);

    zend_throw_exception_internal(exception);
    return exception;
}

zval *zend_throw_exception_ex(zend_class_entry *exception_ce, long code, const char *format, ...)
{
    zval *exception;
    char *message;
    va_list args;

    va_start(args, format);
    zend_vspprintf(&message, 0, format, args);
    va_end(args);
    exception = zend_throw_exception(exception_ce, message, code);
    efree(message);
    return exception;
}

zval *zend_throw_error_exception(zend_class_entry *exception_ce, const char *message, long code,
    int severity)
{
    zval *exception = zend_make_exception(exception_ce, message, code);

    if (instanceof_function(Z_OBJCE_P(exception), zend_get_error_exception())) {
        zend_exception_set_long(exception, ZEND_EXCEPTION_SEVERITY, severity);
    }
    zend_throw_exception_internal(exception);
    return exception;
}

/* --- Uncaught ones ---------------------------------------------------------------------------- */

/* Reports at the place that an exception says it comes from, past the user's error handler. */
static void zend_error_at(int severity, const zval *exception, const char *format, ...)
{
    zval file = *zend_exception_get(exception, ZEND_EXCEPTION_FILE);
    zval line = *zend_exception_get(exception, ZEND_EXCEPTION_LINE);
    bool named = Z_TYPE(file) == IS_STRING && Z_STRLEN(file) > 0;
    va_list args;

    va_start(args, format);
    zend_error_cb(severity, named ? Z_STRVAL(file) : "Unknown",
        Z_TYPE(line) == IS_LONG ? (uint) Z_LVAL(line) : 0, format, args);
    va_end(args);
    if ((severity & E_FATAL_ERRORS & ~E_PARSE) && EG(bailout)) {
        EG(exit_status) = 255;
        zend_bailout();
    }
}

/* Has __toString make the text, which it (or this) leaves in the property `string`. */
static void zend_exception_make_text(zval *exception)
{
    zend_class_entry *ce = Z_OBJCE_P(exception);
    zval *text = NULL;

    zend_call_method_with_0_params(&exception, ce, NULL, "__tostring", &text);
    if (!EG(exception)) {
        if (!text || Z_TYPE_P(text) != IS_STRING) {
            zend_error(E_WARNING, "%s::__toString() must return a string", ce->name);
        } else {
            zend_exception_set_string(exception, ZEND_EXCEPTION_STRING, Z_STRVAL_P(text),
                Z_STRLEN_P(text));
        }
    }
    if (text) {
        zval_ptr_dtor(&text);
    }
    if (EG(exception)) {
        zval *inner = EG(exception);

        EG(exception) = NULL;
        zend_error_at(E_WARNING, inner, "Uncaught %s in exception handling during call to "
            "%s::__tostring()", Z_OBJCE_P(inner)->name, ce->name);
        zval_ptr_dtor(&inner);
    }
}

void zend_exception_error(zval *exception, int severity)
{
    zval text;

    EG(exception) = NULL;
    if (!zend_is_exception(exception)) {
        zend_error(severity, "Uncaught exception '%s'", Z_OBJCE_P(exception)->name);
        return;
    }
    zend_exception_make_text(exception);
    text = *zend_exception_get(exception, ZEND_EXCEPTION_STRING);
    zend_error_at(severity, exception, "Uncaught %s\n  thrown",
        Z_TYPE(text) == IS_STRING ? Z_STRVAL(text) : "");
}
