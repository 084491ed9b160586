/* SPDX-License-Identifier: MIT */
/* Core functions about errors: raising them, and who handles errors and exceptions. */
#include "runtime/zend_API.h"
#include "vm/zend_builtin_functions.h"

PHP_FUNCTION(error_reporting)
{
    char *level;
    int level_length;
    int before = EG(error_reporting);

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|s", &level, &level_length) == FAILURE) {
        return;
    }
    if (ZEND_NUM_ARGS() != 0) {
        zend_alter_ini_entry_ex("error_reporting", sizeof("error_reporting"), level, level_length,
            ZEND_INI_USER, ZEND_INI_STAGE_RUNTIME, 1);
    }
    RETURN_LONG(before);
}

PHP_FUNCTION(trigger_error)
{
    char *message;
    int message_length;
    long type = E_USER_NOTICE;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|l", &message, &message_length, &type)
        == FAILURE) {
        return;
    }
    switch (type) {
        case E_USER_ERROR:
        case E_USER_WARNING:
        case E_USER_NOTICE:
        case E_USER_DEPRECATED:
            break;
        default:
            zend_error(E_WARNING, "Invalid error type specified");
            RETURN_FALSE;
    }
    zend_error((int) type, "%s", message);
    RETURN_TRUE;
}

/* --- Handlers -------------------------------------------------------------------------------- */

/* False, after a warning, when it can't be called. NULL stands for no handler. */
static bool zend_check_handler(zval *handler)
{
    char *name = NULL;
    bool callable;

    if (Z_TYPE_P(handler) == IS_NULL) {
        return true;
    }
    callable = zend_is_callable(handler, 0, &name);
    if (!callable) {
        zend_error(E_WARNING, "%s() expects the argument (%s) to be a valid callback",
            get_active_function_name(), name != NULL ? name : "unknown");
    }
    if (name != NULL) {
        efree(name);
    }
    return callable;
}

/* A zval of our own with the handler in it; NULL for no handler. */
static zval *zend_keep_handler(zval *handler)
{
    zval *kept;

    if (Z_TYPE_P(handler) == IS_NULL) {
        return NULL;
    }
    ALLOC_ZVAL(kept);
    INIT_PZVAL_COPY(kept, handler);
    zval_copy_ctor(kept);
    return kept;
}

PHP_FUNCTION(set_error_handler)
{
    zval *handler;
    long types = E_ALL;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z|l", &handler, &types) == FAILURE
        || !zend_check_handler(handler)) {
        return;
    }
    if (EG(user_error_handler) != NULL) {
        RETVAL_ZVAL(EG(user_error_handler), 1, 0);
        zend_stack_push(&EG(user_error_handlers_error_reporting),
            &EG(user_error_handler_error_reporting), sizeof(int));
        zend_ptr_stack_push(&EG(user_error_handlers), EG(user_error_handler));
    }
    EG(user_error_handler) = zend_keep_handler(handler);
    if (EG(user_error_handler) != NULL) {
        EG(user_error_handler_error_reporting) = (int) types;
    }
}

PHP_FUNCTION(restore_error_handler)
{
    zval *old = EG(user_error_handler);

    EG(user_error_handler) = NULL;
    if (zend_ptr_stack_num_elements(&EG(user_error_handlers)) > 0) {
        EG(user_error_handler_error_reporting) =
            zend_stack_int_top(&EG(user_error_handlers_error_reporting));
        zend_stack_del_top(&EG(user_error_handlers_error_reporting));
        EG(user_error_handler) = zend_ptr_stack_pop(&EG(user_error_handlers));
    }
    if (old != NULL) {
        zval_ptr_dtor(&old);
    }
    RETURN_TRUE;
}

PHP_FUNCTION(set_exception_handler)
{
    zval *handler;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &handler) == FAILURE
        || !zend_check_handler(handler)) {
        return;
    }
    if (EG(user_exception_handler) != NULL) {
        RETVAL_ZVAL(EG(user_exception_handler), 1, 0);
        zend_ptr_stack_push(&EG(user_exception_handlers), EG(user_exception_handler));
    }
    EG(user_exception_handler) = zend_keep_handler(handler);
}

PHP_FUNCTION(restore_exception_handler)
{
    zval *old = EG(user_exception_handler);

    EG(user_exception_handler) = NULL;
    if (zend_ptr_stack_num_elements(&EG(user_exception_handlers)) > 0) {
        EG(user_exception_handler) = zend_ptr_stack_pop(&EG(user_exception_handlers));
    }
    if (old != NULL) {
        zval_ptr_dtor(&old);
    }
    RETURN_TRUE;
}
