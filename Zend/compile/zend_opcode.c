/* SPDX-License-Identifier: MIT */
/*
 * The life of op arrays.
 *
 * The code, with everything immutable, is counted: a closure, an inherited method and the
 * function it was copied from share it. The last user releases the values in it, and the functions and
 * classes that were declared inside.
 */
#include <string.h>

#include "compile/zend_compile_internal.h"
#include "compile/zend_constant_ast.h"
#include "object/zend_class.h"

void (*zend_op_array_hook)(zend_op_array *op_array);

void zend_startup_compiler(void)
{
    zend_value_copy_ast = zend_constant_ast_copy;
    zend_value_free_ast = zend_constant_ast_free;
}

void zend_init_op_array(zend_op_array *op_array, zend_uchar type)
{
    memset(op_array, 0, sizeof(*op_array));
    op_array->type = type;
    op_array->this_var = -1;
}

static void free_literal(zval *value)
{
    /* The count of 2 keeps others from changing it. Numbers and interned strings own nothing. */
    zval_dtor(value);
}

static void free_names(const zend_op_array *op_array)
{
    zend_uint count = op_array->num_args + ((op_array->fn_flags & ZEND_ACC_VARIADIC) != 0);
    zend_uint i;

    for (i = 0; i < (zend_uint) op_array->last_var; i++) {
        str_efree(op_array->vars[i].name);
    }
    for (i = 0; i < count; i++) {
        str_efree(op_array->arg_info[i].name);
        if (op_array->arg_info[i].class_name) {
            str_efree(op_array->arg_info[i].class_name);
        }
    }
    if (op_array->function_name) {
        str_efree(op_array->function_name);
    }
}

static void destroy_code(const zend_op_array *op_array)
{
    zend_code *code = op_array->code;
    zend_uint i;

    for (i = 0; i < (zend_uint) code->last_literal; i++) {
        free_literal(&op_array->literals[i].constant);
    }
    free_names(op_array);
    for (i = 0; i < code->function_count; i++) {
        zend_free_function(code->functions[i]);
    }
    for (i = 0; i < code->class_count; i++) {
        destroy_zend_class(&code->classes[i]);
    }
    if (code->static_variables) {
        zend_hash_destroy(code->static_variables);
        FREE_HASHTABLE(code->static_variables);
    }
    if (code->doc_comment) {
        str_efree(code->doc_comment);
    }
    efree(code);
}

void destroy_op_array(zend_op_array *op_array)
{
    if (op_array->static_variables) {
        zend_hash_destroy(op_array->static_variables);
        FREE_HASHTABLE(op_array->static_variables);
        op_array->static_variables = NULL;
    }
    if (op_array->run_time_cache) {
        efree(op_array->run_time_cache);
        op_array->run_time_cache = NULL;
    }
    if (op_array->code && --op_array->code->refcount == 0) {
        destroy_code(op_array);
    }
    op_array->code = NULL;
}

void function_add_ref(zend_function *function)
{
    zend_op_array *op_array = &function->op_array;
    HashTable *copy;

    if (function->type != ZEND_USER_FUNCTION) {
        return;
    }
    op_array->code->refcount++;
    op_array->run_time_cache = NULL;
    if (op_array->static_variables) {
        ALLOC_HASHTABLE(copy);
        zend_hash_init(
            copy, op_array->static_variables->nNumOfElements, NULL, ZVAL_PTR_DTOR, 0);
        zend_hash_copy(copy, op_array->static_variables, (copy_ctor_func_t) zval_add_ref, NULL,
            sizeof(zval *));
        op_array->static_variables = copy;
    }
}

void zend_function_dtor(zend_function *function)
{
    if (function->type == ZEND_USER_FUNCTION) {
        destroy_op_array(&function->op_array);
    }
}

void zend_free_function(zend_function *function)
{
    zend_function_dtor(function);
    efree(function);
}
