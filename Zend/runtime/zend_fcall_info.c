/* SPDX-License-Identifier: MIT */
/* zend_fcall_info: what to call and with which arguments, put together and kept for later. */
#include "runtime/zend_API.h"

const zend_fcall_info empty_fcall_info = {0, NULL, NULL, NULL, NULL, 0, NULL, NULL, 0};
const zend_fcall_info_cache empty_fcall_info_cache = {0, NULL, NULL, NULL, NULL};

int zend_fcall_info_init(zval *callable, uint check_flags, zend_fcall_info *fci,
    zend_fcall_info_cache *fcc, char **callable_name, char **error)
{
    if (!zend_is_callable_ex(callable, NULL, check_flags, callable_name, NULL, fcc, error)) {
        return FAILURE;
    }
    fci->size = sizeof(*fci);
    fci->function_table = fcc->calling_scope != NULL ? &fcc->calling_scope->function_table
                                                     : EG(function_table);
    fci->object_ptr = fcc->object_ptr;
    fci->function_name = callable;
    fci->retval_ptr_ptr = NULL;
    fci->param_count = 0;
    fci->params = NULL;
    fci->no_separation = 1;
    fci->symbol_table = NULL;
    return SUCCESS;
}

void zend_fcall_info_args_clear(zend_fcall_info *fci, int free_mem)
{
    if (fci->params != NULL) {
        if (free_mem) {
            efree(fci->params);
            fci->params = NULL;
        }
    }
    fci->param_count = 0;
}

void zend_fcall_info_args_save(zend_fcall_info *fci, int *param_count, zval ****params)
{
    *param_count = fci->param_count;
    *params = fci->params;
    fci->param_count = 0;
    fci->params = NULL;
}

void zend_fcall_info_args_restore(zend_fcall_info *fci, int param_count, zval ***params)
{
    zend_fcall_info_args_clear(fci, 1);
    fci->param_count = param_count;
    fci->params = params;
}

int zend_fcall_info_args(zend_fcall_info *fci, zval *args)
{
    HashPosition position;
    zval **argument;
    zval ***params;

    zend_fcall_info_args_clear(fci, args == NULL);
    if (args == NULL) {
        return SUCCESS;
    }
    if (Z_TYPE_P(args) != IS_ARRAY) {
        return FAILURE;
    }
    fci->param_count = zend_hash_num_elements(Z_ARRVAL_P(args));
    fci->params = safe_erealloc(fci->params, fci->param_count, sizeof(zval **), 0);
    params = fci->params;
    zend_hash_internal_pointer_reset_ex(Z_ARRVAL_P(args), &position);
    while (zend_hash_get_current_data_ex(Z_ARRVAL_P(args), (void **) &argument, &position)
        == SUCCESS) {
        *params++ = argument;
        zend_hash_move_forward_ex(Z_ARRVAL_P(args), &position);
    }
    fci->param_count = (zend_uint) (params - fci->params);
    return SUCCESS;
}

int zend_fcall_info_argp(zend_fcall_info *fci, int argc, zval ***argv)
{
    if (argc < 0) {
        return FAILURE;
    }
    zend_fcall_info_args_clear(fci, argc == 0);
    if (argc > 0) {
        fci->param_count = argc;
        fci->params = safe_erealloc(fci->params, argc, sizeof(zval **), 0);
        memcpy(fci->params, argv, argc * sizeof(zval **));
    }
    return SUCCESS;
}

int zend_fcall_info_argv(zend_fcall_info *fci, int argc, va_list *argv)
{
    int i;

    if (argc < 0) {
        return FAILURE;
    }
    zend_fcall_info_args_clear(fci, argc == 0);
    if (argc > 0) {
        fci->param_count = argc;
        fci->params = safe_erealloc(fci->params, argc, sizeof(zval **), 0);
        for (i = 0; i < argc; i++) {
            fci->params[i] = va_arg(*argv, zval **);
        }
    }
    return SUCCESS;
}

int zend_fcall_info_argn(zend_fcall_info *fci, int argc, ...)
{
    va_list arguments;
    int result;

    va_start(arguments, argc);
    result = zend_fcall_info_argv(fci, argc, &arguments);
    va_end(arguments);
    return result;
}

int zend_fcall_info_call(zend_fcall_info *fci, zend_fcall_info_cache *fcc, zval **retval_ptr_ptr,
    zval *args)
{
    zval *retval = NULL;
    zval ***saved_params = NULL;
    int saved_count = 0;
    int result = FAILURE;

    fci->retval_ptr_ptr = retval_ptr_ptr != NULL ? retval_ptr_ptr : &retval;
    if (args != NULL) {
        zend_fcall_info_args_save(fci, &saved_count, &saved_params);
        zend_fcall_info_args(fci, args);
    }
    result = zend_call_function(fci, fcc);
    if (retval_ptr_ptr == NULL && retval != NULL) {
        zval_ptr_dtor(&retval);
    }
    if (args != NULL) {
        zend_fcall_info_args_restore(fci, saved_count, saved_params);
    }
    return result;
}
