/* SPDX-License-Identifier: MIT */
/* Calling functions by name, at the end of the request, and at ticks. */
#include "ext/standard/basic_functions.h"
#include "main/php_shutdown.h"
#include "main/php_ticks.h"

/* --- call_user_func() and its kin ------------------------------------------------------------ */

/* Calls, and moves the result into return_value. */
static void call_and_return(zend_fcall_info *fci, zend_fcall_info_cache *cache,
    zval *return_value)
{
    zval *result = NULL;

    fci->retval_ptr_ptr = &result;
    if (zend_call_function(fci, cache) == SUCCESS && result) {
        COPY_PZVAL_TO_ZVAL(*return_value, result);
    }
}

/* The method that called forward_static_call() hands its late static binding on. */
static bool forward_called_scope(zend_fcall_info_cache *cache)
{
    zend_class_entry *called_scope = zend_active_called_scope();

    if (!zend_active_scope()) {
        return false;
    }
    if (called_scope && cache->calling_scope
        && instanceof_function(called_scope, cache->calling_scope)) {
        cache->called_scope = called_scope;
    }
    return true;
}

static void call_with_list(INTERNAL_FUNCTION_PARAMETERS, bool forward)
{
    zend_fcall_info fci;
    zend_fcall_info_cache cache;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "f*", &fci, &cache, &fci.params, &fci.param_count)
        == FAILURE) {
        return;
    }
    if (forward && !forward_called_scope(&cache)) {
        zend_error_noreturn(E_ERROR, "Cannot call %s() when no class scope is active",
            get_active_function_name());
    }
    call_and_return(&fci, &cache, return_value);
    if (fci.params) {
        efree(fci.params);
    }
}

PHP_FUNCTION(call_user_func)
{
    call_with_list(INTERNAL_FUNCTION_PARAM_PASSTHRU, false);
}

PHP_FUNCTION(forward_static_call)
{
    call_with_list(INTERNAL_FUNCTION_PARAM_PASSTHRU, true);
}

static void call_with_array(INTERNAL_FUNCTION_PARAMETERS, bool forward)
{
    zend_fcall_info fci;
    zend_fcall_info_cache cache;
    zval *params;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), forward ? "fa" : "fa/", &fci, &cache, &params)
        == FAILURE) {
        return;
    }
    zend_fcall_info_args(&fci, params);
    if (forward) {
        forward_called_scope(&cache);
    }
    call_and_return(&fci, &cache, return_value);
    zend_fcall_info_args_clear(&fci, 1);
}

PHP_FUNCTION(call_user_func_array)
{
    call_with_array(INTERNAL_FUNCTION_PARAM_PASSTHRU, false);
}

PHP_FUNCTION(forward_static_call_array)
{
    call_with_array(INTERNAL_FUNCTION_PARAM_PASSTHRU, true);
}

/* call_user_method*(): object may be a class name. */
static void call_method(zval *return_value, zval *method, zval *object, zend_uint count,
    zval ***params)
{
    zval *result = NULL;

    if (Z_TYPE_P(object) != IS_OBJECT && Z_TYPE_P(object) != IS_STRING) {
        php_error_docref(NULL, E_WARNING, "Second argument is not an object or class name");
        RETVAL_FALSE;
        return;
    }
    convert_to_string(method);
    if (call_user_function_ex(EG(function_table), &object, method, &result, count, params, 0, NULL)
            == SUCCESS
        && result) {
        COPY_PZVAL_TO_ZVAL(*return_value, result);
    } else {
        php_error_docref(NULL, E_WARNING, "Unable to call %s()", Z_STRVAL_P(method));
    }
}

PHP_FUNCTION(call_user_method)
{
    zval ***params = NULL, *object, *method;
    int count = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z/z*", &method, &object, &params, &count)
        == FAILURE) {
        return;
    }
    call_method(return_value, method, object, (zend_uint) count, params);
    if (params) {
        efree(params);
    }
}

PHP_FUNCTION(call_user_method_array)
{
    zval *object, *method, ***params, **element;
    HashTable *table;
    HashPosition pos;
    zend_uint count = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z/zH", &method, &object, &table) == FAILURE) {
        return;
    }
    params = safe_emalloc((size_t) zend_hash_num_elements(table), sizeof(zval **), sizeof(zval **));
    zend_hash_internal_pointer_reset_ex(table, &pos);
    for (; zend_hash_get_current_data_ex(table, (void **) &element, &pos) == SUCCESS;
         zend_hash_move_forward_ex(table, &pos)) {
        params[count++] = element;
    }
    call_method(return_value, method, object, count, params);
    efree(params);
}

/* --- Functions to be called later ------------------------------------------------------------ */

/* Takes all arguments, counted, the callable first. FAILURE after a complaint. */
static int take_callback(int ht, const char *purpose, php_shutdown_function_entry *entry)
{
    char *name = NULL;
    int i;

    entry->arg_count = ht;
    if (ht < 1) {
        zend_wrong_param_count();
        return FAILURE;
    }
    entry->arguments = safe_emalloc(sizeof(zval *), (size_t) ht, 0);
    if (zend_get_parameters_array(ht, ht, entry->arguments) == FAILURE) {
        efree(entry->arguments);
        return FAILURE;
    }
    if (!zend_is_callable(entry->arguments[0], 0, &name)) {
        php_error_docref(NULL, E_WARNING, "Invalid %s callback '%s' passed", purpose, name);
        efree(entry->arguments);
        efree(name);
        return FAILURE;
    }
    efree(name);
    for (i = 0; i < ht; i++) {
        Z_ADDREF_P(entry->arguments[i]);
    }
    return SUCCESS;
}

PHP_FUNCTION(register_shutdown_function)
{
    php_shutdown_function_entry entry;

    if (take_callback(ht, "shutdown", &entry) == FAILURE) {
        if (ht >= 1) {
            RETVAL_FALSE;
        }
        return;
    }
    append_user_shutdown_function(&entry);
}

typedef struct {
    php_shutdown_function_entry call;
    bool calling; /* it is running: its own ticks do not call it again */
} tick_entry;

static zend_llist *user_tick_functions; /* NULL: none was ever registered in this request */

static void tick_entry_dtor(void *element)
{
    tick_entry *entry = element;
    int i;

    for (i = 0; i < entry->call.arg_count; i++) {
        zval_ptr_dtor(&entry->call.arguments[i]);
    }
    efree(entry->call.arguments);
}

static void call_tick_function(void *element)
{
    tick_entry *entry = element;
    zval result, *function = entry->call.arguments[0];
    char *name;

    if (entry->calling) {
        return;
    }
    entry->calling = true;
    INIT_ZVAL(result);
    if (call_user_function(EG(function_table), NULL, function, &result,
            (zend_uint) entry->call.arg_count - 1, entry->call.arguments + 1) == SUCCESS) {
        zval_dtor(&result);
    } else if (!EG(exception)) {
        zend_is_callable(function, 0, &name);
        php_error_docref(NULL, E_WARNING, "Unable to call %s()%s", name,
            Z_TYPE_P(function) == IS_STRING ? " - function does not exist" : "");
        efree(name);
    }
    entry->calling = false;
}

static void run_user_tick_functions(int count)
{
    if (user_tick_functions) {
        zend_llist_apply(user_tick_functions, call_tick_function);
    }
}

PHP_FUNCTION(register_tick_function)
{
    tick_entry entry = {.calling = false};

    if (take_callback(ht, "tick", &entry.call) == FAILURE) {
        if (ht >= 1) {
            RETVAL_FALSE;
        }
        return;
    }
    if (!user_tick_functions) {
        user_tick_functions = emalloc(sizeof(zend_llist));
        zend_llist_init(user_tick_functions, sizeof(tick_entry), tick_entry_dtor, 0);
        php_add_tick_function(run_user_tick_functions);
    }
    zend_llist_add_element(user_tick_functions, &entry);
    RETURN_TRUE;
}

/* Compares an entry of the list with the callable sought; one that runs can't be removed. */
static int is_tick_function(void *element, void *sought)
{
    tick_entry *entry = element;
    zval *function = entry->call.arguments[0], *wanted = sought, result;

    if (Z_TYPE_P(function) != Z_TYPE_P(wanted)) {
        return 0;
    }
    if (is_identical_function(&result, function, wanted) == FAILURE || !Z_LVAL(result)) {
        return 0;
    }
    if (entry->calling) {
        php_error_docref(NULL, E_WARNING,
            "Unable to delete tick function executing at the moment");
        return 0;
    }
    return 1;
}

PHP_FUNCTION(unregister_tick_function)
{
    zval *function;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z/", &function) == FAILURE) {
        return;
    }
    if (!user_tick_functions) {
        return;
    }
    if (Z_TYPE_P(function) != IS_ARRAY && Z_TYPE_P(function) != IS_OBJECT) {
        convert_to_string(function);
    }
    zend_llist_del_element(user_tick_functions, function, is_tick_function);
}

static PHP_RSHUTDOWN_FUNCTION(call)
{
    if (user_tick_functions) {
        zend_llist_destroy(user_tick_functions);
        efree(user_tick_functions);
        user_tick_functions = NULL;
    }
    return SUCCESS;
}

static const zend_function_entry call_functions[] = {
    PHP_FE(call_user_func, "$function_name, ...$parameters",
        "Calls a callable with these arguments.")
    PHP_FE(call_user_func_array, "$function_name, $parameters",
        "Calls a callable with the arguments in an array.")
    PHP_DEP_FE(call_user_method, "$method_name, &$object, ...$parameters",
        "Calls a method of an object or class.")
    PHP_DEP_FE(call_user_method_array, "$method_name, &$object, $params",
        "Calls a method with the arguments in an array.")
    PHP_FE(forward_static_call, "$function_name, ...$parameters",
        "Calls a static method, keeping the calling method's late static binding.")
    PHP_FE(forward_static_call_array, "$function_name, $parameters",
        "The same, with the arguments in an array.")
    PHP_FE(register_shutdown_function, "$function_name, ...$parameters",
        "Has a function called at the end of the request.")
    PHP_FE(register_tick_function, "$function_name, ...$parameters",
        "Has a function called at each tick.")
    PHP_FE(unregister_tick_function, "$function_name",
        "Ends what register_tick_function() began.")
    PHP_FE_END
};

const php_standard_part standard_call_part = {call_functions, NULL, NULL, NULL,
    PHP_RSHUTDOWN(call), NULL};
