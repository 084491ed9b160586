/* SPDX-License-Identifier: MIT */
/*
 * Finding methods: by name on an object, by name on a class, and the constructor.
 *
 * Methods are looked up by lower-case name in the class's function table, which holds the
 * inherited ones too. Two things make it more than a look-up. Private methods belong to the scope
 * that calls: code of an ancestor means its own private method even when the object's class has
 * another method of that name. And where nothing fits, __call or __callStatic may step in: then a
 * trampoline is returned, an internal function made for that one call.
 */
#include "object/zend_std_handlers.h"

#include <string.h>

#include "zend_alloc.h"
#include "object/zend_class.h"
#include "object/zend_interfaces.h"
#include "object/zend_std_handlers_fast.h"
#include "runtime/zend_errors.h"
#include "value/zend_operators.h"
#include "value/zend_variables.h"

/* --- Lower-case names --------------------------------------------------------------------- */

typedef struct _zend_method_name {
    const char *name;
    uint length; /* without the NUL */
    ulong h;
    char *copy; /* to be freed, or NULL */
    char buffer[64];
} zend_method_name;

static void zend_begin_method_name(zend_method_name *lc, const char *name, int length,
    const zend_literal *key)
{
    lc->copy = NULL;
    lc->length = (uint) length;
    if (key) {
        lc->name = Z_STRVAL(key->constant);
        lc->h = key->hash_value;
        return;
    }
    if ((size_t) length < sizeof(lc->buffer)) {
        lc->name = zend_str_tolower_copy(lc->buffer, name, (unsigned) length);
    } else {
        lc->copy = zend_str_tolower_dup(name, (unsigned) length);
        lc->name = lc->copy;
    }
    lc->h = zend_hash_func(lc->name, lc->length + 1);
}

static void zend_end_method_name(zend_method_name *lc)
{
    if (lc->copy) {
        efree(lc->copy);
    }
}

static zend_function *zend_find_method(const zend_class_entry *ce, const zend_method_name *lc)
{
    zend_function *function;

    if (zend_hash_quick_find(&ce->function_table, lc->name, lc->length + 1, lc->h,
            (void **) &function)
        == FAILURE) {
        return NULL;
    }
    return function;
}

/* --- Trampolines -------------------------------------------------------------------------- */

void zend_free_call_trampoline(zend_function *function)
{
    if (function->common.function_name) {
        efree((char *) function->common.function_name);
    }
    efree_size(function, sizeof(zend_internal_function));
}

/* What a frame has as its function when its trampoline is freed. */
static zend_internal_function zend_spent_trampoline = {
    .type = ZEND_INTERNAL_FUNCTION, .fn_flags = ZEND_ACC_PUBLIC, .function_name = "__call"};

/* Calls __call or __callStatic with the name and the arguments of the running trampoline. */
static void zend_run_trampoline(zval *object, zend_class_entry *ce, zend_function **magic,
    const char *magic_name, int magic_name_length, zval *return_value)
{
    zend_execute_data *frame = EG(current_execute_data);
    zend_internal_function *trampoline = (zend_internal_function *) frame->func;
    zval *name;
    zval *arguments;
    zval *result = NULL;
    zend_uint i;

    MAKE_STD_ZVAL(arguments);
    array_init_size(arguments, frame->num_args);
    for (i = 0; i < frame->num_args; i++) {
        zval *argument = frame->arguments[i];
        Z_ADDREF_P(argument);
        zend_hash_next_index_insert(Z_ARRVAL_P(arguments), &argument, sizeof(zval *), NULL);
    }
    MAKE_STD_ZVAL(name);
    ZVAL_STRING(name, trampoline->function_name, 1);
    zend_call_method(object ? &object : NULL, ce, magic, magic_name, magic_name_length, &result, 2,
        name, arguments);
    if (result) {
        if (Z_ISREF_P(result) || Z_REFCOUNT_P(result) > 1) {
            RETVAL_ZVAL(result, 1, 1);
        } else {
            RETVAL_ZVAL(result, 0, 1);
        }
    }
    zval_ptr_dtor(&arguments);
    zval_ptr_dtor(&name);
    frame->func = (zend_function *) &zend_spent_trampoline;
    zend_free_call_trampoline((zend_function *) trampoline);
}

static void zend_std_call_user_call(INTERNAL_FUNCTION_PARAMETERS)
{
    zend_class_entry *ce = Z_OBJCE_P(this_ptr);

    zend_run_trampoline(this_ptr, ce, &ce->__call, ZEND_STRL("__call"), return_value);
}

static void zend_std_call_static_call(INTERNAL_FUNCTION_PARAMETERS)
{
    zend_class_entry *ce = EG(current_execute_data)->func->common.scope;

    zend_run_trampoline(NULL, ce, &ce->__callstatic, ZEND_STRL("__callStatic"), return_value);
}

static zend_function *zend_make_trampoline(zend_class_entry *ce, zif_handler_t handler,
    zend_uint flags, const char *name, int length)
{
    zend_internal_function *function = emalloc_size(sizeof(zend_internal_function));

    memset(function, 0, sizeof(*function));
    function->type = ZEND_INTERNAL_FUNCTION;
    function->fn_flags = ZEND_ACC_CALL_VIA_HANDLER | ZEND_ACC_PUBLIC | flags;
    function->function_name = estrndup(name, (uint) length);
    function->scope = ce;
    function->handler = handler;
    return (zend_function *) function;
}

static zend_function *zend_get_user_call_function(zend_class_entry *ce, const char *name,
    int length)
{
    return zend_make_trampoline(ce, zend_std_call_user_call, 0, name, length);
}

static zend_function *zend_get_user_callstatic_function(zend_class_entry *ce, const char *name,
    int length)
{
    return zend_make_trampoline(ce, zend_std_call_static_call, ZEND_ACC_STATIC, name, length);
}

/* --- Visibility --------------------------------------------------------------------------- */

/* The class that first declared the method. */
static const zend_class_entry *zend_function_root_class(const zend_function *function)
{
    return function->common.prototype ? function->common.prototype->common.scope
                                      : function->common.scope;
}

/* The private method that the scope means, calling on ce; NULL: access is denied. */
static zend_function *zend_check_private_int(zend_function *function, const zend_class_entry *ce,
    const zend_method_name *lc)
{
    const zend_class_entry *scope = zend_executed_scope();

    if (!ce || !scope) {
        return NULL;
    }
    if (function->common.scope == ce && scope == ce) {
        return function;
    }
    for (ce = ce->parent; ce; ce = ce->parent) {
        if (ce == scope) {
            function = zend_find_method(ce, lc);
            if (function && (function->common.fn_flags & ZEND_ACC_PRIVATE)
                && function->common.scope == scope) {
                return function;
            }
            return NULL;
        }
    }
    return NULL;
}

int zend_check_private(zend_function *fbc, zend_class_entry *ce, char *function_name,
    int function_name_len)
{
    zend_method_name lc;
    bool allowed;

    zend_begin_method_name(&lc, function_name, function_name_len, NULL);
    allowed = zend_check_private_int(fbc, ce, &lc) != NULL;
    zend_end_method_name(&lc);
    return allowed;
}

static ZEND_COLD ZEND_NORETURN void zend_method_access_error(const zend_function *function,
    const char *name)
{
    const zend_class_entry *scope = zend_executed_scope();

    zend_error_noreturn(E_ERROR, "Call to %s method %s::%s() from context '%s'",
        zend_visibility_string(function->common.fn_flags), ZEND_FN_SCOPE_NAME(function), name,
        scope ? scope->name : "");
}

/* --- Methods of objects ------------------------------------------------------------------- */

static bool zend_scope_is_ancestor(const zend_class_entry *scope, const zend_class_entry *ce)
{
    for (ce = ce->parent; ce; ce = ce->parent) {
        if (ce == scope) {
            return true;
        }
    }
    return false;
}

/* A public or protected method may hide a private one of the scope, which then is meant. */
static zend_function *zend_private_of_scope(const zend_function *function,
    const zend_method_name *lc)
{
    const zend_class_entry *scope = zend_executed_scope();
    zend_function *own;

    if (!scope || !zend_scope_is_ancestor(scope, function->common.scope)) {
        return NULL;
    }
    own = zend_find_method(scope, lc);
    if (own && (own->common.fn_flags & ZEND_ACC_PRIVATE) && own->common.scope == scope) {
        return own;
    }
    return NULL;
}

/* NULL: the scope may not call it. */
static zend_function *zend_accessible_method(zend_function *function, zend_class_entry *ce,
    const zend_method_name *lc)
{
    zend_function *own;

    if (function->common.fn_flags & ZEND_ACC_PRIVATE) {
        return zend_check_private_int(function, ce, lc);
    }
    if ((function->common.fn_flags & ZEND_ACC_CHANGED)
        && (own = zend_private_of_scope(function, lc)) != NULL) {
        return own;
    }
    if ((function->common.fn_flags & ZEND_ACC_PROTECTED)
        && !zend_check_protected(zend_function_root_class(function), zend_executed_scope())) {
        return NULL;
    }
    return function;
}

zend_function *zend_std_get_method(zval **object_ptr, char *method_name, int method_len,
    const zend_literal *key)
{
    zend_class_entry *ce = zend_object_by_handle(Z_OBJ_HANDLE_PP(object_ptr))->ce;
    zend_method_name lc;
    zend_function *function;
    zend_function *result;

    zend_begin_method_name(&lc, method_name, method_len, key);
    function = zend_find_method(ce, &lc);
    if (ZEND_LIKELY(function
            && (function->common.fn_flags
                   & (ZEND_ACC_PUBLIC | ZEND_ACC_PRIVATE | ZEND_ACC_PROTECTED | ZEND_ACC_CHANGED))
                == ZEND_ACC_PUBLIC)) {
        result = function;
    } else {
        result = function ? zend_accessible_method(function, ce, &lc) : NULL;
    }
    zend_end_method_name(&lc);
    if (ZEND_LIKELY(result != NULL)) {
        return result;
    }
    if (ce->__call) {
        return zend_get_user_call_function(ce, method_name, method_len);
    }
    if (function) {
        zend_method_access_error(function, method_name);
    }
    return NULL;
}

/* --- Methods of classes ------------------------------------------------------------------- */

/* $this of the running code, an internal function's caller included. */
static zval *zend_running_object(void)
{
    const zend_execute_data *frame = EG(current_execute_data);

    while (frame && !frame->this_object && frame->func
        && frame->func->type == ZEND_INTERNAL_FUNCTION && !frame->func->common.scope) {
        frame = frame->prev_execute_data;
    }
    return frame ? frame->this_object : NULL;
}

/* Class::Class() means the constructor, when that is an old-style one. */
static zend_function *zend_old_style_constructor(const zend_class_entry *ce,
    const zend_method_name *lc)
{
    if (ce->constructor && lc->length == ce->name_length
        && strncmp(ce->constructor->common.function_name, "__", 2) != 0
        && zend_binary_strcasecmp(ce->name, ce->name_length, lc->name, lc->length) == 0) {
        return ce->constructor;
    }
    return NULL;
}

static zend_function *zend_static_method_by_name(zend_class_entry *ce,
    const zend_method_name *lc, zend_function **denied)
{
    zend_function *function = zend_old_style_constructor(ce, lc);
    bool allowed = true;

    if (!function) {
        function = zend_find_method(ce, lc);
    }
    if (!function || (function->common.fn_flags & ZEND_ACC_PUBLIC)) {
        return function;
    }
    *denied = function;
    if (function->common.fn_flags & ZEND_ACC_PRIVATE) {
        function = zend_check_private_int(function, zend_executed_scope(), lc);
        allowed = function != NULL;
    } else if (function->common.fn_flags & ZEND_ACC_PROTECTED) {
        allowed =
            zend_check_protected(zend_function_root_class(function), zend_executed_scope());
    }
    return allowed ? function : NULL;
}

zend_function *zend_std_get_static_method(zend_class_entry *ce, const char *function_name,
    int function_name_len, const zend_literal *key)
{
    zend_method_name lc;
    zend_function *denied = NULL;
    zend_function *function;

    zend_begin_method_name(&lc, function_name, function_name_len, key);
    function = zend_static_method_by_name(ce, &lc, &denied);
    zend_end_method_name(&lc);
    if (ZEND_LIKELY(function != NULL)) {
        return function;
    }
    if (!denied && ce->__call) {
        zval *object = zend_running_object();
        if (object && instanceof_function(Z_OBJCE_P(object), ce)) {
            return zend_get_user_call_function(ce, function_name, function_name_len);
        }
    }
    if (ce->__callstatic) {
        return zend_get_user_callstatic_function(ce, function_name, function_name_len);
    }
    if (denied) {
        zend_method_access_error(denied, function_name);
    }
    return NULL;
}

/* --- The constructor ---------------------------------------------------------------------- */

static ZEND_COLD ZEND_NORETURN void zend_constructor_access_error(const zend_function *constructor)
{
    const zend_class_entry *scope = zend_executed_scope();
    const char *visibility = zend_visibility_string(constructor->common.fn_flags);

    if (scope) {
        zend_error_noreturn(E_ERROR, "Call to %s %s::%s() from context '%s'", visibility,
            constructor->common.scope->name, constructor->common.function_name, scope->name);
    }
    zend_error_noreturn(E_ERROR, "Call to %s %s::%s() from invalid context", visibility,
        constructor->common.scope->name, constructor->common.function_name);
}

zend_function *zend_std_get_constructor(zval *object)
{
    zend_function *constructor = zend_object_by_handle(Z_OBJ_HANDLE_P(object))->ce->constructor;

    if (!constructor || ZEND_LIKELY(constructor->common.fn_flags & ZEND_ACC_PUBLIC)) {
        return constructor;
    }
    if (constructor->common.fn_flags & ZEND_ACC_PRIVATE) {
        if (constructor->common.scope != zend_executed_scope()) {
            zend_constructor_access_error(constructor);
        }
    } else if (!zend_check_protected(zend_function_root_class(constructor),
                   zend_executed_scope())) {
        zend_constructor_access_error(constructor);
    }
    return constructor;
}
