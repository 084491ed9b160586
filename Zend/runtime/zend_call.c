/* SPDX-License-Identifier: MIT */
/*
 * Calling functions from C.
 *
 * zend_call_function() resolves the callable, refuses what must not be called, and hands the
 * rest to the virtual machine, which makes the frame.
 */
#include "runtime/zend_API.h"
#include "vm/zend_exceptions.h"
#include "vm/zend_execute.h"

/* Finds out what a callable means. FAILURE after a warning. */
static int zend_resolve_callable(zend_fcall_info *fci, zend_fcall_info_cache *fcc)
{
    char *name = NULL;
    char *error = NULL;
    int result = SUCCESS;

    if (!zend_is_callable_ex(fci->function_name, fci->object_ptr, IS_CALLABLE_CHECK_SILENT, &name,
            NULL, fcc, &error)) {
        if (error != NULL) {
            zend_error(E_WARNING, "Invalid callback %s, %s", name, error);
        }
        result = FAILURE;
    } else if (error != NULL) {
        error[0] = error[0] >= 'a' && error[0] <= 'z' ? error[0] - 'a' + 'A' : error[0];
        zend_error(E_STRICT, "%s", error);
    }
    if (error != NULL) {
        efree(error);
    }
    efree(name);
    return result;
}

/* Abstract methods end the request; deprecated functions say so. */
static void zend_check_callee(const zend_function *function)
{
    const char *scope = function->common.scope != NULL ? function->common.scope->name : "";
    const char *space = function->common.scope != NULL ? "::" : "";

    if (ZEND_LIKELY(!(function->common.fn_flags & (ZEND_ACC_ABSTRACT | ZEND_ACC_DEPRECATED)))) {
        return;
    }
    if (function->common.fn_flags & ZEND_ACC_ABSTRACT) {
        zend_error_noreturn(E_ERROR, "Cannot call abstract method %s::%s()", scope,
            function->common.function_name);
    }
    zend_error(E_DEPRECATED, "Function %s%s%s() is deprecated", scope, space,
        function->common.function_name);
}

/* A shared value can't become a reference when the caller wants to keep it as it is. */
static int zend_check_references(const zend_fcall_info *fci, const zend_function *function)
{
    zend_uint i;

    if (!fci->no_separation || !(function->common.fn_flags & ZEND_ACC_HAS_BY_REF)) {
        return SUCCESS;
    }
    for (i = 0; i < fci->param_count; i++) {
        zval *argument = *fci->params[i];
        if (ARG_SHOULD_BE_SENT_BY_REF(function, i + 1) && !PZVAL_IS_REF(argument)
            && Z_REFCOUNT_P(argument) > 1) {
            zend_error(E_WARNING,
                "Parameter %d to %s%s%s() expected to be a reference, value given", i + 1,
                function->common.scope != NULL ? function->common.scope->name : "",
                function->common.scope != NULL ? "::" : "", function->common.function_name);
            return FAILURE;
        }
    }
    return SUCCESS;
}

/* The function will not be called: a trampoline made for it would never be freed. */
static int zend_give_up_call(zend_function *function)
{
    if (function->common.fn_flags & ZEND_ACC_CALL_VIA_HANDLER) {
        zend_free_call_trampoline(function);
    }
    return FAILURE;
}

static bool zend_object_is_alive(const zval *object)
{
    return Z_TYPE_P(object) != IS_OBJECT
        || (EG(objects_store).object_buckets != NULL
            && EG(objects_store).object_buckets[Z_OBJ_HANDLE_P(object)].valid);
}

int zend_call_function(zend_fcall_info *fci, zend_fcall_info_cache *fci_cache)
{
    zend_fcall_info_cache local;
    zend_function *function;
    zend_class_entry *called_scope;
    zval *object;

    *fci->retval_ptr_ptr = NULL;
    if (!EG(active) || EG(exception) != NULL) {
        return FAILURE;
    }
    if (fci_cache == NULL || !fci_cache->initialized) {
        if (fci_cache == NULL) {
            fci_cache = &local;
        }
        if (zend_resolve_callable(fci, fci_cache) == FAILURE) {
            return FAILURE;
        }
        if (EG(exception) != NULL) {
            return zend_give_up_call(fci_cache->function_handler);
        }
    }
    function = fci_cache->function_handler;
    object = fci_cache->object_ptr;
    if (object != NULL && !zend_object_is_alive(object)) {
        return zend_give_up_call(function);
    }
    fci->object_ptr = object;
    called_scope = fci_cache->called_scope != NULL ? fci_cache->called_scope
        : object != NULL ? Z_OBJCE_P(object) : NULL;
    zend_check_callee(function);
    if (zend_check_references(fci, function) == FAILURE) {
        return zend_give_up_call(function);
    }
    if (function->common.fn_flags & ZEND_ACC_STATIC) {
        object = NULL;
    }
    if (function->common.fn_flags & ZEND_ACC_CALL_VIA_HANDLER) {
        /* The call frees the trampoline: the next one must make another. */
        fci_cache->initialized = 0;
    }
    EG(user_code_runs)++;
    return zend_vm_call_function(function, object, called_scope, fci->param_count, fci->params,
        fci->retval_ptr_ptr, fci->no_separation);
}

int call_user_function_ex(HashTable *function_table, zval **object_pp, zval *function_name,
    zval **retval_ptr_ptr, zend_uint param_count, zval **params[], int no_separation,
    HashTable *symbol_table)
{
    zend_fcall_info fci;

    fci.size = sizeof(fci);
    fci.function_table = function_table;
    fci.object_ptr = object_pp != NULL ? *object_pp : NULL;
    fci.function_name = function_name;
    fci.retval_ptr_ptr = retval_ptr_ptr;
    fci.param_count = param_count;
    fci.params = params;
    fci.no_separation = (zend_bool) no_separation;
    fci.symbol_table = symbol_table;
    return zend_call_function(&fci, NULL);
}

int call_user_function(HashTable *function_table, zval **object_pp, zval *function_name,
    zval *retval_ptr, zend_uint param_count, zval *params[])
{
    zval ***places = NULL;
    zval *result = NULL;
    zend_uint i;
    int status;

    if (param_count > 0) {
        places = safe_emalloc(param_count, sizeof(zval **), 0);
        for (i = 0; i < param_count; i++) {
            places[i] = &params[i];
        }
    }
    status = call_user_function_ex(function_table, object_pp, function_name, &result, param_count,
        places, 1, NULL);
    if (result != NULL) {
        COPY_PZVAL_TO_ZVAL(*retval_ptr, result);
    } else {
        INIT_ZVAL(*retval_ptr);
    }
    if (places != NULL) {
        efree(places);
    }
    return status;
}

zend_function *zend_lookup_function(const char *name, uint name_length)
{
    zend_function *function;
    char buffer[64];
    char *lower;
    int found;

    if (name_length > 0 && name[0] == '\\') {
        name++;
        name_length--;
    }
    lower = name_length < sizeof(buffer) ? buffer : emalloc(name_length + 1);
    zend_str_tolower_copy(lower, name, name_length);
    found = zend_hash_find(EG(function_table), lower, name_length + 1, (void **) &function);
    if (lower != buffer) {
        efree(lower);
    }
    return found == SUCCESS ? function : NULL;
}
