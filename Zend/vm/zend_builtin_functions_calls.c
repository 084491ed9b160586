/* SPDX-License-Identifier: MIT */
/* Core functions about functions: arguments of a call, names, create_function(). */
#include "zend_portability.h"

#include <stdio.h>

#include "compile/zend_compile.h"
#include "data/smart_str.h"
#include "runtime/zend_API.h"
#include "vm/zend_builtin_functions.h"
#include "vm/zend_execute.h"
#include "vm/zend_include.h"

/* --- The arguments of the calling function --------------------------------------------------- */

/* The frame of the function whose code is running; NULL, after a warning, in main code. */
static zend_execute_data *zend_calling_function(void)
{
    zend_execute_data *frame = zend_user_frame();

    if (frame == NULL || (frame->call_info & ZEND_CALL_CODE)) {
        zend_error(E_WARNING, "%s():  Called from the global scope - no function context",
            get_active_function_name());
        return NULL;
    }
    return frame;
}

PHP_FUNCTION(func_num_args)
{
    zend_execute_data *frame = zend_calling_function();

    RETURN_LONG(frame != NULL ? (long) frame->num_args : -1);
}

PHP_FUNCTION(func_get_arg)
{
    zend_execute_data *frame;
    long number;
    zval *argument;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &number) == FAILURE) {
        return;
    }
    if (number < 0) {
        zend_error(E_WARNING, "func_get_arg():  The argument number should be >= 0");
        RETURN_FALSE;
    }
    frame = zend_calling_function();
    if (frame == NULL) {
        RETURN_FALSE;
    }
    if ((unsigned long) number >= frame->num_args) {
        zend_error(E_WARNING, "func_get_arg():  Argument %ld not passed to function", number);
        RETURN_FALSE;
    }
    argument = frame->arguments[number];
    if (Z_ISREF_P(argument)) {
        RETURN_ZVAL(argument, 1, 0);
    }
    zval_ptr_dtor(return_value_ptr);
    Z_ADDREF_P(argument);
    *return_value_ptr = argument;
}

PHP_FUNCTION(func_get_args)
{
    zend_execute_data *frame = zend_calling_function();
    zend_uint i;

    if (frame == NULL) {
        RETURN_FALSE;
    }
    array_init_size(return_value, frame->num_args);
    for (i = 0; i < frame->num_args; i++) {
        zval *argument = frame->arguments[i];
        if (Z_ISREF_P(argument)) {
            zval *copy;
            ALLOC_ZVAL(copy);
            INIT_PZVAL_COPY(copy, argument);
            zval_copy_ctor(copy);
            argument = copy;
        } else {
            Z_ADDREF_P(argument);
        }
        add_next_index_zval(return_value, argument);
    }
}

/* --- Names of functions and variables -------------------------------------------------------- */

PHP_FUNCTION(function_exists)
{
    char *name;
    int name_length;
    zend_function *function;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &name, &name_length) == FAILURE) {
        return;
    }
    function = zend_lookup_function(name, name_length);
    RETURN_BOOL(function != NULL && !zend_function_is_disabled(function));
}

static int zend_add_function_name(void *element, int num_args, va_list args, zend_hash_key *key)
{
    const zend_function *function = element;
    zval *internal = va_arg(args, zval *);
    zval *user = va_arg(args, zval *);

    (void) num_args;
    /* Keys that begin with a NUL are of functions that are not declared yet, or made by
     * create_function(). */
    if (key->nKeyLength == 0 || key->arKey[0] == '\0') {
        return ZEND_HASH_APPLY_KEEP;
    }
    if (function->type == ZEND_INTERNAL_FUNCTION) {
        add_next_index_stringl(internal, key->arKey, key->nKeyLength - 1, 1);
    } else if (function->type == ZEND_USER_FUNCTION) {
        add_next_index_stringl(user, key->arKey, key->nKeyLength - 1, 1);
    }
    return ZEND_HASH_APPLY_KEEP;
}

PHP_FUNCTION(get_defined_functions)
{
    zval *internal;
    zval *user;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    MAKE_STD_ZVAL(internal);
    MAKE_STD_ZVAL(user);
    array_init(internal);
    array_init(user);
    array_init(return_value);
    zend_hash_apply_with_arguments(EG(function_table), zend_add_function_name, 2, internal, user);
    add_assoc_zval(return_value, "internal", internal);
    add_assoc_zval(return_value, "user", user);
}

PHP_FUNCTION(get_defined_vars)
{
    Z_ARRVAL_P(return_value) = zend_array_dup(zend_active_symbol_table());
    Z_TYPE_P(return_value) = IS_ARRAY;
}

/* --- create_function() ----------------------------------------------------------------------- */

#define LAMBDA_TEMP_FUNCNAME "__lambda_func"

static void zend_write_lambda(smart_str *source, const char *parameters, int parameters_length,
    const char *body, int body_length)
{
    smart_str_appends(source, "function " LAMBDA_TEMP_FUNCNAME "(");
    smart_str_appendl(source, parameters, parameters_length);
    smart_str_appends(source, "){");
    smart_str_appendl(source, body, body_length);
    smart_str_appendc(source, '}');
    smart_str_0(source);
}

/* Files the function __lambda_func under a name that no script can write: "\0lambda_N". */
static void zend_name_lambda(zval *name, const zend_function *compiled)
{
    zend_function lambda = *compiled;
    char buffer[sizeof("0lambda_") + MAX_LENGTH_OF_LONG];
    int length;

    function_add_ref(&lambda);
    do {
        buffer[0] = '\0';
        length = 1 + snprintf(buffer + 1, sizeof(buffer) - 1, "lambda_%ld", ++EG(lambda_count));
    } while (zend_hash_add(EG(function_table), buffer, length + 1, &lambda, sizeof(zend_function),
                 NULL) == FAILURE);
    ZVAL_STRINGL(name, buffer, length, 1);
}

PHP_FUNCTION(create_function)
{
    char *parameters;
    char *body;
    int parameters_length;
    int body_length;
    char *file_name;
    smart_str source = {NULL, 0, 0};
    zend_function *compiled;
    int result;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss", &parameters, &parameters_length, &body,
            &body_length) == FAILURE) {
        return;
    }
    zend_write_lambda(&source, parameters, parameters_length, body, body_length);
    file_name = zend_make_compiled_string_description("runtime-created function");
    result = zend_eval_stringl(source.c, (int) source.len, NULL, file_name);
    smart_str_free(&source);
    efree(file_name);
    RETVAL_FALSE;
    if (result == SUCCESS) {
        if (zend_hash_find(EG(function_table), LAMBDA_TEMP_FUNCNAME, sizeof(LAMBDA_TEMP_FUNCNAME),
                (void **) &compiled) == FAILURE) {
            zend_error_noreturn(E_ERROR, "Unexpected inconsistency in create_function()");
        }
        zend_name_lambda(return_value, compiled);
    }
    zend_hash_del(EG(function_table), LAMBDA_TEMP_FUNCNAME, sizeof(LAMBDA_TEMP_FUNCNAME));
}
