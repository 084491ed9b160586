/* SPDX-License-Identifier: MIT */
/*
 * Type hints of parameters. A value that does not fit raises a catchable fatal error; when the
 * user's handler takes it, the call goes on with that value. Classes are not autoloaded: there can
 * be no object of a class that is not there.
 */
#include "object/zend_class.h"
#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "vm/zend_execute.h"
#include "vm/zend_vm_internal.h"

/*
 * The frame that the message names as the caller, or NULL. A generator receives its parameters
 * when it is first resumed. The call of an internal function counts as part of its caller, so that
 * the caller's caller is named.
 */
static const zend_execute_data *zend_hint_caller(const zend_function *function)
{
    const zend_execute_data *frame = EG(current_execute_data);

    if (frame && frame->func == function && function->type == ZEND_INTERNAL_FUNCTION) {
        frame = frame->prev_execute_data;
    }
    if (!frame || !frame->prev_execute_data) {
        return NULL;
    }
    if ((frame->call_info & ZEND_CALL_GENERATOR) && !ZEND_USER_FRAME(frame->prev_execute_data)) {
        frame = frame->prev_execute_data;
    }
    frame = frame->prev_execute_data;
    return frame && ZEND_USER_FRAME(frame) ? frame : NULL;
}

/* must: "be an instance of ", kind: the class or "", given: "instance of " or "", what: its type */
static ZEND_COLD void zend_hint_error(const zend_function *function, zend_uint number,
    const char *must, const char *kind, const char *given, const char *what)
{
    const zend_execute_data *caller = zend_hint_caller(function);
    const zend_class_entry *ce = function->common.scope;

    if (caller) {
        zend_error(E_RECOVERABLE_ERROR, "Argument %u passed to %s%s%s() must %s%s, %s%s given, "
            "called in %s on line %u and defined", number, ce ? ce->name : "", ce ? "::" : "",
            function->common.function_name, must, kind, given, what,
            caller->func->op_array.code->filename, caller->opline->lineno);
    } else {
        zend_error(E_RECOVERABLE_ERROR, "Argument %u passed to %s%s%s() must %s%s, %s%s given",
            number, ce ? ce->name : "", ce ? "::" : "", function->common.function_name, must, kind,
            given, what);
    }
}

/* --- Classes ---------------------------------------------------------------------------------- */

static zend_class_entry *zend_hint_class(const zend_arg_info *info)
{
    return zend_fetch_class(info->class_name, info->class_name_len,
        ZEND_FETCH_CLASS_AUTO | ZEND_FETCH_CLASS_NO_AUTOLOAD | ZEND_FETCH_CLASS_SILENT);
}

static void zend_verify_class(const zend_function *function, zend_uint number,
    const zend_arg_info *info, const zval *value)
{
    zend_class_entry *ce;
    const char *must;

    if (value) {
        if (Z_TYPE_P(value) == IS_OBJECT) {
            if (ZEND_LIKELY(Z_OBJCE_P(value)->name == info->class_name)) {
                return; /* both names are interned */
            }
        } else if (Z_TYPE_P(value) == IS_NULL && info->allow_null) {
            return;
        }
    }
    ce = zend_hint_class(info);
    if (ce && value && Z_TYPE_P(value) == IS_OBJECT
            && instanceof_function(Z_OBJCE_P(value), ce)) {
        return;
    }
    must = ce && (ce->ce_flags & ZEND_ACC_INTERFACE) ? "implement interface "
        : "be an instance of ";
    zend_hint_error(function, number, must, ce ? ce->name : info->class_name,
        value && Z_TYPE_P(value) == IS_OBJECT ? "instance of " : "",
        !value ? "none" : Z_TYPE_P(value) == IS_OBJECT ? Z_OBJCE_P(value)->name
            : zend_zval_type_name(value));
}

/* --- All hints -------------------------------------------------------------------------------- */

/* The declaration of parameter `number`; NULL when there are not so many. */
static const zend_arg_info *zend_parameter_info(const zend_function *function, zend_uint number)
{
    if (number <= function->common.num_args) {
        return &function->common.arg_info[number - 1];
    }
    if (function->common.fn_flags & ZEND_ACC_VARIADIC) {
        return &function->common.arg_info[function->common.num_args];
    }
    return NULL;
}

void zend_verify_arg_type(zend_function *function, zend_uint number, zval *value)
{
    const zend_arg_info *info = zend_parameter_info(function, number);
    const char *what = value ? zend_zval_type_name(value) : "none";

    if (!info) {
        return;
    }
    if (info->class_name) {
        zend_verify_class(function, number, info, value);
    } else if (value && Z_TYPE_P(value) == IS_NULL && info->allow_null) {
        return;
    } else if (info->type_hint == IS_ARRAY) {
        if (!value || Z_TYPE_P(value) != IS_ARRAY) {
            zend_hint_error(function, number, "be of the type array", "", "", what);
        }
    } else if (info->type_hint == IS_CALLABLE) {
        if (!value || !zend_is_callable(value, IS_CALLABLE_CHECK_SILENT, NULL)) {
            zend_hint_error(function, number, "be callable", "", "", what);
        }
    }
}
