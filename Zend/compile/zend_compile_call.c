/* SPDX-License-Identifier: MIT */
/*
 * Calls: functions, methods, constructors, and their arguments.
 *
 *      INIT_FCALL_BY_NAME 'f'     prepares the call
 *      SEND_VAL 1, 'x'            passes argument 1
 *      SEND_VAR 2, $a             argument 2
 *      V0 = DO_FCALL              makes it
 *
 * Whether a parameter is by reference is known while compiling only of a function that exists
 * already. Otherwise the fetches of an argument's variable (FETCH_*_FUNC_ARG) and the SEND
 * ask the function that was prepared.
 */
#include "compile/zend_compile_internal.h"

#include <string.h>

/* --- Arguments ------------------------------------------------------------------------------ */

static zend_op *emit_send(
    zend_compiler *c, zend_uchar opcode, const znode *value, zend_uint number, zend_uint flags)
{
    zend_op *opline = zend_emit_op(c, opcode, value, NULL);

    opline->op2.num = number;
    opline->extended_value = flags;
    return opline;
}

ZEND_NORETURN static void refuse_call_time_reference(const zend_function *known, zend_uint number)
{
    if (known && known->type == ZEND_USER_FUNCTION && !ARG_SHOULD_BE_SENT_BY_REF(known, number)) {
        zend_error_noreturn(E_COMPILE_ERROR,
            "Call-time pass-by-reference has been removed; If you would like to pass argument by "
            "reference, modify the declaration of %s().", known->common.function_name);
    }
    zend_error_noreturn(E_COMPILE_ERROR, "Call-time pass-by-reference has been removed");
}

/* A variable, but not a call: it can be passed by reference. */
static void compile_variable_argument(
    zend_compiler *c, zend_ast *ast, zend_uint number, const zend_function *known)
{
    znode value;

    if (!known) {
        zend_compile_var(c, &value, ast, BP_VAR_FUNC_ARG, number);
        emit_send(c, ZEND_SEND_VAR, &value, number, ZEND_SEND_UNKNOWN);
    } else if (zend_arg_send_mode(known, number) != ZEND_SEND_BY_VAL) {
        zend_compile_var(c, &value, ast, BP_VAR_W, 0);
        emit_send(c, ZEND_SEND_REF, &value, number, 0);
    } else {
        zend_compile_var(c, &value, ast, BP_VAR_R, 0);
        emit_send(c, ZEND_SEND_VAR, &value, number, 0);
    }
}

static void compile_value_argument(
    zend_compiler *c, zend_ast *ast, zend_uint number, const zend_function *known)
{
    bool is_call = zend_is_call(ast);
    znode value;

    zend_compile_expr(c, &value, ast);
    if (value.op_type == IS_CONST || value.op_type == IS_TMP_VAR) {
        if (known && ARG_SHOULD_BE_SENT_BY_REF(known, number)) {
            zend_error_noreturn(E_COMPILE_ERROR, "Only variables can be passed by reference");
        }
        emit_send(c, ZEND_SEND_VAL, &value, number, known ? 0 : ZEND_SEND_UNKNOWN);
    } else if (known && zend_arg_send_mode(known, number) == ZEND_SEND_BY_VAL) {
        emit_send(c, ZEND_SEND_VAR, &value, number, 0);
    } else if (known && !is_call && ARG_MAY_BE_SENT_BY_REF(known, number)) {
        emit_send(c, ZEND_SEND_VAR, &value, number, 0);
    } else {
        emit_send(
            c, ZEND_SEND_VAR_NO_REF, &value, number, is_call ? ZEND_ARG_SEND_FUNCTION : 0);
    }
}

static void compile_arguments(zend_compiler *c, zend_ast *ast, const zend_function *known)
{
    zend_ast_list *list = zend_ast_get_list(ast);
    bool unpacked = false;
    zend_uint i;

    for (i = 0; i < list->children; i++) {
        zend_ast *argument = list->child[i];
        znode value;

        if (argument->kind == ZEND_AST_UNPACK) {
            unpacked = true;
            zend_compile_expr(c, &value, argument->child[0]);
            zend_emit_op(c, ZEND_SEND_UNPACK, &value, NULL);
            continue;
        }
        if (unpacked) {
            zend_error_noreturn(
                E_COMPILE_ERROR, "Cannot use positional argument after argument unpacking");
        }
        if (argument->kind == ZEND_AST_REF) {
            refuse_call_time_reference(known, i + 1);
        }
        if (zend_is_variable(argument) && !zend_is_call(argument)) {
            compile_variable_argument(c, argument, i + 1, known);
        } else {
            compile_value_argument(c, argument, i + 1, known);
        }
    }
}

static zend_uint argument_count(zend_ast *ast)
{
    return zend_ast_get_list(ast)->children;
}

static void compile_arguments_and_call(zend_compiler *c, znode *result, zend_ast *arguments,
    const zend_function *known, uint32_t lineno)
{
    compile_arguments(c, arguments, known);
    zend_set_line(c, lineno);
    zend_emit_var(c, result, ZEND_DO_FCALL, NULL, NULL);
}

/* --- Functions ------------------------------------------------------------------------------ */

static const zend_function *find_known_function(zend_compiler *c, zend_text name)
{
    zend_text lower = zend_compile_lower(c, name);
    zend_function *function;

    if (zend_hash_find(
            CG(function_table), lower.val, (uint) lower.len + 1, (void **) &function) == SUCCESS) {
        return function;
    }
    return NULL;
}

static void compile_named_call(zend_compiler *c, znode *result, zend_ast *ast)
{
    zend_ast *name_ast = ast->child[0];
    const zend_function *known = NULL;
    bool unqualified;
    zend_op *opline;
    zend_text name = zend_resolve_function_name(
        c, zend_ast_text(name_ast), name_ast->attr, &unqualified);

    zend_set_line(c, name_ast->lineno);
    opline = zend_emit_op(
        c, unqualified ? ZEND_INIT_NS_FCALL_BY_NAME : ZEND_INIT_FCALL_BY_NAME, NULL, NULL);
    opline->extended_value = argument_count(ast->child[1]);
    opline->op2_type = IS_CONST;
    if (unqualified) {
        opline->op2.constant = zend_add_ns_function_literal(c, name);
    } else {
        opline->op2.constant = zend_add_function_literal(c, name);
        known = find_known_function(c, name);
    }
    compile_arguments_and_call(c, result, ast->child[1], known, ast->lineno);
}

void zend_compile_call(zend_compiler *c, znode *result, zend_ast *ast)
{
    znode callee;

    if (zend_ast_is_string(ast->child[0])) {
        compile_named_call(c, result, ast);
        return;
    }
    zend_compile_expr(c, &callee, ast->child[0]);
    zend_emit_op(c, ZEND_INIT_FCALL_BY_NAME, NULL, &callee)->extended_value =
        argument_count(ast->child[1]);
    compile_arguments_and_call(c, result, ast->child[1], NULL, ast->lineno);
}

void zend_emit_simple_call(
    zend_compiler *c, znode *result, const char *name, const znode *argument)
{
    zend_text text = {name, (int) strlen(name)};
    zend_op *opline = zend_emit_op(c, ZEND_INIT_FCALL_BY_NAME, NULL, NULL);

    opline->extended_value = 1;
    opline->op2_type = IS_CONST;
    opline->op2.constant = zend_add_function_literal(c, text);
    emit_send(c, argument->op_type == IS_CONST || argument->op_type == IS_TMP_VAR
            ? ZEND_SEND_VAL : ZEND_SEND_VAR, argument, 1, 0);
    zend_emit_var(c, result, ZEND_DO_FCALL, NULL, NULL);
}

/* --- Methods -------------------------------------------------------------------------------- */

/* The name of a method: false if it is an expression, which is then in node. */
static bool compile_method_name(zend_compiler *c, znode *node, zend_ast *ast)
{
    zend_compile_expr(c, node, ast);
    if (node->op_type != IS_CONST) {
        return false;
    }
    if (Z_TYPE(node->u.constant) != IS_STRING) {
        zend_error_noreturn(E_COMPILE_ERROR, "Method name must be a string");
    }
    return true;
}

void zend_compile_method_call(zend_compiler *c, znode *result, zend_ast *ast)
{
    znode object, method;
    zend_op *opline;
    bool constant;

    if (zend_is_this_fetch(ast->child[0])) {
        zend_unused_node(&object, 0);
        zend_compiler_op_array(c)->fn_flags |= ZEND_ACC_USES_THIS;
    } else {
        zend_compile_expr(c, &object, ast->child[0]);
    }
    constant = compile_method_name(c, &method, ast->child[1]);
    zend_set_line(c, ast->child[1]->lineno);
    opline = zend_emit_op(c, ZEND_INIT_METHOD_CALL, &object, constant ? NULL : &method);
    opline->extended_value = argument_count(ast->child[2]);
    if (constant) {
        zend_text name = zend_node_text(&method);

        if (zend_text_is_ci(name, "__clone")) {
            zend_error_noreturn(E_COMPILE_ERROR,
                "Cannot call __clone() method on objects - use 'clone $obj' instead");
        }
        opline->op2_type = IS_CONST;
        opline->op2.constant = zend_add_method_literal(c, name);
    }
    compile_arguments_and_call(c, result, ast->child[2], NULL, ast->lineno);
}

void zend_compile_static_call(zend_compiler *c, znode *result, zend_ast *ast)
{
    znode class_node, method;
    zend_op *opline;
    bool constant;

    zend_compile_class_ref(c, &class_node, ast->child[0], ZEND_FETCH_CLASS_DEFAULT);
    constant = compile_method_name(c, &method, ast->child[1]);
    zend_set_line(c, ast->child[1]->lineno);
    opline = zend_emit_op(c, ZEND_INIT_STATIC_METHOD_CALL, NULL, constant ? NULL : &method);
    opline->extended_value = argument_count(ast->child[2]);
    zend_set_class_operand(c, &opline->op1_type, &opline->op1, &class_node);
    if (constant) {
        zend_text name = zend_node_text(&method);

        if (!zend_text_is_ci(name, "__construct")) {
            opline->op2_type = IS_CONST;
            opline->op2.constant = zend_add_method_literal(c, name);
        }
    }
    compile_arguments_and_call(c, result, ast->child[2], NULL, ast->lineno);
}

void zend_compile_new(zend_compiler *c, znode *result, zend_ast *ast)
{
    znode class_node, ignored;
    zend_uint number;
    zend_op *opline;

    zend_compile_class_ref(c, &class_node, ast->child[0], ZEND_FETCH_CLASS_DEFAULT);
    zend_set_line(c, ast->child[0]->lineno);
    number = zend_next_op(c);
    opline = zend_emit_var(c, result, ZEND_NEW, NULL, NULL);
    zend_set_class_operand(c, &opline->op1_type, &opline->op1, &class_node);
    opline->extended_value = argument_count(ast->child[1]);
    compile_arguments_and_call(c, &ignored, ast->child[1], NULL, ast->lineno);
    c->function->ops[zend_next_op(c) - 1].result_type |= EXT_TYPE_UNUSED;
    zend_set_jump_here(c, number);
}
