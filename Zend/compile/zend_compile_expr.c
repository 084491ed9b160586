/* SPDX-License-Identifier: MIT */
/*
 * Expressions.
 *
 * Each kind of node has a function that compiles its parts, then emits its own operation, whose
 * line is the node's. The result is a node: a constant, a CV (nothing was emitted), a TMP (a value
 * in the temporary) or a VAR (a counted zval). Which of the last two it is shows in
 * memory_get_usage(), so it is PHP 5's choice everywhere.
 */
#include "compile/zend_compile_internal.h"

#include <string.h>

/* --- Operators ------------------------------------------------------------------------------ */

static void compile_binary(zend_compiler *c, znode *result, zend_ast *ast)
{
    znode left, right;
    zval value;

    zend_compile_expr(c, &left, ast->child[0]);
    zend_compile_expr(c, &right, ast->child[1]);
    zend_set_line(c, ast->lineno);
    if (left.op_type == IS_CONST && right.op_type == IS_CONST
        && zend_fold_binary(&value, ast->attr, &left.u.constant, &right.u.constant)) {
        zend_const_node(result, &value);
        return;
    }
    zend_emit_tmp(c, result, (zend_uchar) ast->attr, &left, &right);
}

/* a > b is b < a, but a comes first. */
static void compile_greater(zend_compiler *c, znode *result, zend_ast *ast)
{
    unsigned int op = ast->kind == ZEND_AST_GREATER ? ZEND_IS_SMALLER : ZEND_IS_SMALLER_OR_EQUAL;
    znode left, right;
    zval value;

    zend_compile_expr(c, &left, ast->child[0]);
    zend_compile_expr(c, &right, ast->child[1]);
    zend_set_line(c, ast->lineno);
    if (left.op_type == IS_CONST && right.op_type == IS_CONST
        && zend_fold_binary(&value, op, &right.u.constant, &left.u.constant)) {
        zend_const_node(result, &value);
        return;
    }
    zend_emit_tmp(c, result, (zend_uchar) op, &right, &left);
}

static void compile_unary(zend_compiler *c, znode *result, zend_ast *ast)
{
    znode operand;
    zval value;

    zend_compile_expr(c, &operand, ast->child[0]);
    zend_set_line(c, ast->lineno);
    if (operand.op_type == IS_CONST
        && zend_fold_unary(&value, ast->attr, &operand.u.constant)) {
        zend_const_node(result, &value);
        return;
    }
    zend_emit_tmp(c, result, (zend_uchar) ast->attr, &operand, NULL);
}

/* +x is 0 + x, -x is 0 - x. */
static void compile_sign(zend_compiler *c, znode *result, zend_ast *ast)
{
    unsigned int op = ast->kind == ZEND_AST_UNARY_PLUS ? ZEND_ADD : ZEND_SUB;
    znode zero, operand;
    zval value;

    zend_long_node(&zero, 0);
    zend_compile_expr(c, &operand, ast->child[0]);
    zend_set_line(c, ast->lineno);
    if (operand.op_type == IS_CONST
        && zend_fold_binary(&value, op, &zero.u.constant, &operand.u.constant)) {
        zend_const_node(result, &value);
        return;
    }
    zend_emit_tmp(c, result, (zend_uchar) op, &zero, &operand);
}

/* a && b: JMPZ_EX and BOOL write the same temporary. */
static void compile_short_circuit(zend_compiler *c, znode *result, zend_ast *ast)
{
    zend_uchar opcode = ast->kind == ZEND_AST_AND ? ZEND_JMPZ_EX : ZEND_JMPNZ_EX;
    znode left, right;
    zend_uint jump;
    zend_op *opline;

    zend_compile_expr(c, &left, ast->child[0]);
    jump = zend_next_op(c);
    zend_emit_tmp(c, result, opcode, &left, NULL);
    zend_compile_expr(c, &right, ast->child[1]);
    zend_set_line(c, ast->lineno);
    opline = zend_emit_op(c, ZEND_BOOL, &right, NULL);
    opline->result_type = IS_TMP_VAR;
    opline->result.var = result->u.var;
    zend_set_jump_here(c, jump);
}

static bool is_shared_value(const znode *node)
{
    return node->op_type == IS_VAR || node->op_type == IS_CV;
}

/* Appends the second of two operations that write the result of ?:, and fixes the kind of both. */
static void finish_branches(
    zend_compiler *c, znode *result, zend_uint first, const znode *value, bool shared)
{
    zend_uchar type = shared ? IS_VAR : IS_TMP_VAR;
    zend_op *second =
        zend_emit_op(c, shared ? ZEND_QM_ASSIGN_VAR : ZEND_QM_ASSIGN, value, NULL);
    zend_op *opline = &c->function->ops[first];

    second->result = opline->result;
    second->result_type = opline->result_type = result->op_type = type;
    if (shared && opline->opcode == ZEND_QM_ASSIGN) {
        opline->opcode = ZEND_QM_ASSIGN_VAR;
    } else if (shared && opline->opcode == ZEND_JMP_SET) {
        opline->opcode = ZEND_JMP_SET_VAR;
    }
}

/* a ?: b */
static void compile_short_conditional(zend_compiler *c, znode *result, zend_ast *ast)
{
    znode first, second;
    zend_uint jump;

    zend_compile_expr(c, &first, ast->child[0]);
    jump = zend_next_op(c);
    zend_emit_tmp(c, result, ZEND_JMP_SET, &first, NULL);
    zend_compile_expr(c, &second, ast->child[2]);
    zend_set_line(c, ast->lineno);
    finish_branches(
        c, result, jump, &second, is_shared_value(&first) || is_shared_value(&second));
    zend_set_jump_here(c, jump);
}

static void compile_conditional(zend_compiler *c, znode *result, zend_ast *ast)
{
    znode condition, first, second;
    zend_uint jump_else, jump_end, assign;

    if (!ast->child[1]) {
        compile_short_conditional(c, result, ast);
        return;
    }
    zend_compile_expr(c, &condition, ast->child[0]);
    jump_else = zend_emit_cond_jump(c, ZEND_JMPZ, &condition, 0);
    zend_compile_expr(c, &first, ast->child[1]);
    assign = zend_next_op(c);
    zend_emit_tmp(c, result, ZEND_QM_ASSIGN, &first, NULL);
    jump_end = zend_emit_jump(c, 0);
    zend_set_jump_here(c, jump_else);
    zend_compile_expr(c, &second, ast->child[2]);
    zend_set_line(c, ast->lineno);
    finish_branches(
        c, result, assign, &second, is_shared_value(&first) || is_shared_value(&second));
    zend_set_jump_here(c, jump_end);
}

static void compile_one_operand(zend_compiler *c, znode *result, zend_ast *ast, zend_uchar opcode,
    bool var_result, zend_uint extended_value)
{
    znode operand;
    zend_op *opline;

    zend_compile_expr(c, &operand, ast->child[0]);
    zend_set_line(c, ast->lineno);
    opline = var_result ? zend_emit_var(c, result, opcode, &operand, NULL)
                        : zend_emit_tmp(c, result, opcode, &operand, NULL);
    opline->extended_value = extended_value;
}

static void compile_silence(zend_compiler *c, znode *result, zend_ast *ast)
{
    znode silence;

    zend_emit_tmp(c, &silence, ZEND_BEGIN_SILENCE, NULL, NULL);
    zend_compile_expr(c, result, ast->child[0]);
    zend_emit_op(c, ZEND_END_SILENCE, &silence, NULL);
}

static void compile_exit(zend_compiler *c, znode *result, zend_ast *ast)
{
    znode status;

    if (ast->child[0]) {
        zend_compile_expr(c, &status, ast->child[0]);
    } else {
        zend_unused_node(&status, 0);
    }
    zend_set_line(c, ast->lineno);
    zend_emit_op(c, ZEND_EXIT, &status, NULL);
    zend_bool_node(result, true);
}

/* --- isset, empty, instanceof --------------------------------------------------------------- */

static void compile_isset_variable(zend_compiler *c, znode *result, zend_ast *ast, zend_uint what)
{
    zend_uint begin = zend_delayed_begin(c);
    znode variable;
    zend_op *opline;

    zend_delayed_compile_var(c, &variable, ast, BP_VAR_IS);
    opline = zend_delayed_end(c, begin);
    if (variable.op_type == IS_CV) {
        opline = zend_emit_tmp(c, result, ZEND_ISSET_ISEMPTY_CV, &variable, NULL);
    } else {
        opline->opcode = opline->opcode == ZEND_FETCH_IS ? ZEND_ISSET_ISEMPTY_VAR
            : opline->opcode == ZEND_FETCH_DIM_IS       ? ZEND_ISSET_ISEMPTY_DIM_OBJ
                                                        : ZEND_ISSET_ISEMPTY_PROP_OBJ;
        opline->result_type = result->op_type = IS_TMP_VAR;
        result->u.var = opline->result.var;
    }
    opline->extended_value |= what;
}

static void compile_isset(zend_compiler *c, znode *result, zend_ast *ast)
{
    zend_ast *variable = ast->child[0];

    if (!zend_is_variable(variable)) {
        zend_error_noreturn(E_COMPILE_ERROR, "Cannot use isset() on the result of an expression "
            "(you can use \"null !== expression\" instead)");
    }
    if (zend_is_call(variable)) {
        zend_error_noreturn(E_COMPILE_ERROR, "Cannot use isset() on the result of a function call "
            "(you can use \"null !== func()\" instead)");
    }
    compile_isset_variable(c, result, variable, ZEND_ISSET);
}

static void compile_empty(zend_compiler *c, znode *result, zend_ast *ast)
{
    if (zend_is_variable(ast->child[0]) && !zend_is_call(ast->child[0])) {
        compile_isset_variable(c, result, ast->child[0], ZEND_ISEMPTY);
    } else {
        compile_one_operand(c, result, ast, ZEND_BOOL_NOT, false, 0);
    }
}

static bool is_literal(const zend_ast *ast)
{
    return ast->kind == ZEND_AST_ZVAL || ast->kind == ZEND_AST_CONST
        || ast->kind == ZEND_AST_MAGIC_CONST || ast->kind == ZEND_AST_CLASS_NAME
        || ast->kind == ZEND_AST_EXIT;
}

static void compile_instanceof(zend_compiler *c, znode *result, zend_ast *ast)
{
    znode operand, class_node, folded;
    zend_op *opline;

    zend_compile_expr(c, &operand, ast->child[0]);
    if (operand.op_type == IS_CONST) {
        if (is_literal(ast->child[0])) {
            zend_error_noreturn(
                E_COMPILE_ERROR, "instanceof expects an object instance, constant given");
        }
        folded = operand;
        zend_emit_tmp(c, &operand, ZEND_QM_ASSIGN, &folded, NULL);
    }
    zend_compile_class_ref(c, &class_node, ast->child[1], ZEND_FETCH_CLASS_NO_AUTOLOAD);
    zend_set_line(c, ast->lineno);
    opline = zend_emit_tmp(c, result, ZEND_INSTANCEOF, &operand, NULL);
    zend_set_class_operand(c, &opline->op2_type, &opline->op2, &class_node);
}

/* --- Arrays and strings --------------------------------------------------------------------- */

static void compile_array_element(zend_compiler *c, znode *result, zend_ast *element,
    zend_uint number, zend_uint count)
{
    znode key, value;
    zend_op *opline;

    if (element->child[1]) {
        zend_compile_expr(c, &key, element->child[1]);
        zend_handle_numeric_dim(&key);
    }
    if (element->attr) {
        zend_check_writable(element->child[0]);
        zend_compile_var(c, &value, element->child[0], BP_VAR_W, 0);
    } else {
        zend_compile_expr(c, &value, element->child[0]);
    }
    opline = zend_emit_op(c, number ? ZEND_ADD_ARRAY_ELEMENT : ZEND_INIT_ARRAY, &value,
        element->child[1] ? &key : NULL);
    if (number) {
        opline->result_type = IS_TMP_VAR;
        opline->result.var = result->u.var;
    } else {
        zend_make_tmp_result(c, opline, result);
        opline->extended_value = count << ZEND_ARRAY_SIZE_SHIFT;
    }
    opline->extended_value |= element->attr ? ZEND_ARRAY_ELEMENT_REF : 0;
}

static void compile_array(zend_compiler *c, znode *result, zend_ast *ast)
{
    zend_ast_list *list = zend_ast_get_list(ast);
    uint32_t i;

    if (!list->children) {
        zend_emit_tmp(c, result, ZEND_INIT_ARRAY, NULL, NULL);
        return;
    }
    for (i = 0; i < list->children; i++) {
        compile_array_element(c, result, list->child[i], i, list->children);
    }
}

/* The rope: its parts become strings one by one, in consecutive temporaries. */
static void compile_rope(zend_compiler *c, znode *result, const zend_ast_list *list)
{
    zend_op *opline;
    znode rope, part;
    uint32_t i;

    for (i = 0; i < list->children; i++) {
        zend_compile_expr(c, &part, list->child[i]);
        if (i == 0) {
            opline = zend_emit_op(c, ZEND_ROPE_INIT, NULL, &part);
            opline->extended_value = list->children;
            opline->result_type = rope.op_type = IS_TMP_VAR;
            opline->result.var = rope.u.var = zend_compiler_op_array(c)->T;
            zend_compiler_op_array(c)->T += list->children;
        } else if (i + 1 < list->children) {
            zend_emit_op(c, ZEND_ROPE_ADD, &rope, &part)->extended_value = i;
        } else {
            zend_emit_tmp(c, result, ZEND_ROPE_END, &rope, &part)->extended_value = i;
        }
    }
}

static void compile_encaps_list(zend_compiler *c, znode *result, zend_ast *ast)
{
    zend_ast_list *list = zend_ast_get_list(ast);
    znode first, second;

    if (list->children == 1) {
        zend_compile_expr(c, &first, list->child[0]);
        zend_set_line(c, ast->lineno);
        zend_emit_tmp(c, result, ZEND_CAST, &first, NULL)->extended_value = IS_STRING;
    } else if (list->children == 2
        && (zend_ast_is_string(list->child[0]) || zend_ast_is_string(list->child[1]))) {
        zend_compile_expr(c, &first, list->child[0]);
        zend_compile_expr(c, &second, list->child[1]);
        zend_set_line(c, ast->lineno);
        zend_emit_tmp(c, result, ZEND_CONCAT, &first, &second);
    } else {
        compile_rope(c, result, list);
    }
}

static void compile_shell_exec(zend_compiler *c, znode *result, zend_ast *ast)
{
    znode command;

    zend_compile_expr(c, &command, ast->child[0]);
    zend_set_line(c, ast->lineno);
    zend_emit_simple_call(c, result, "shell_exec", &command);
}

/* --- yield ---------------------------------------------------------------------------------- */

static void compile_yield(zend_compiler *c, znode *result, zend_ast *ast)
{
    zend_ast *value_ast = ast->child[0];
    bool by_ref = (zend_compiler_op_array(c)->fn_flags & ZEND_ACC_RETURN_REFERENCE) != 0;
    znode key, value;
    zend_op *opline;

    if (c->function->is_main) {
        zend_error_noreturn(
            E_COMPILE_ERROR, "The \"yield\" expression can only be used inside a function");
    }
    if (ast->child[1]) {
        zend_compile_expr(c, &key, ast->child[1]);
    }
    if (value_ast && by_ref && zend_is_variable(value_ast) && !zend_is_call(value_ast)) {
        zend_compile_var(c, &value, value_ast, BP_VAR_W, 0);
    } else if (value_ast) {
        zend_compile_expr(c, &value, value_ast);
    }
    zend_set_line(c, ast->lineno);
    opline = zend_emit_var(c, result, ZEND_YIELD, value_ast ? &value : NULL,
        ast->child[1] ? &key : NULL);
    if (value_ast && zend_is_call(value_ast)) {
        opline->extended_value = ZEND_RETURNS_FUNCTION;
    }
}

/* --- All of them ---------------------------------------------------------------------------- */

static void compile_operator(zend_compiler *c, znode *result, zend_ast *ast)
{
    switch (ast->kind) {
    case ZEND_AST_BINARY_OP:
        compile_binary(c, result, ast);
        break;
    case ZEND_AST_GREATER:
    case ZEND_AST_GREATER_EQUAL:
        compile_greater(c, result, ast);
        break;
    case ZEND_AST_UNARY_OP:
        compile_unary(c, result, ast);
        break;
    case ZEND_AST_UNARY_PLUS:
    case ZEND_AST_UNARY_MINUS:
        compile_sign(c, result, ast);
        break;
    case ZEND_AST_AND:
    case ZEND_AST_OR:
        compile_short_circuit(c, result, ast);
        break;
    case ZEND_AST_CONDITIONAL:
        compile_conditional(c, result, ast);
        break;
    case ZEND_AST_CAST:
        compile_one_operand(c, result, ast, ZEND_CAST, false, ast->attr);
        break;
    case ZEND_AST_SILENCE:
        compile_silence(c, result, ast);
        break;
    case ZEND_AST_ISSET:
        compile_isset(c, result, ast);
        break;
    case ZEND_AST_EMPTY:
        compile_empty(c, result, ast);
        break;
    case ZEND_AST_INSTANCEOF:
        compile_instanceof(c, result, ast);
        break;
    case ZEND_AST_CLONE:
        compile_one_operand(c, result, ast, ZEND_CLONE, true, 0);
        break;
    default:
        zend_error_noreturn(
            E_COMPILE_ERROR, "Cannot compile a node of kind %s", zend_ast_kind_name(ast->kind));
    }
}

static void compile_assignment(zend_compiler *c, znode *result, zend_ast *ast)
{
    switch (ast->kind) {
    case ZEND_AST_ASSIGN:
        zend_compile_assign(c, result, ast);
        break;
    case ZEND_AST_ASSIGN_REF:
        zend_compile_assign_ref(c, result, ast);
        break;
    case ZEND_AST_ASSIGN_OP:
        zend_compile_assign_op(c, result, ast);
        break;
    default:
        zend_compile_incdec(c, result, ast);
        break;
    }
}

static void compile_constant_like(zend_compiler *c, znode *result, zend_ast *ast)
{
    switch (ast->kind) {
    case ZEND_AST_ZVAL:
        zend_const_node(result, zend_ast_get_zval(ast));
        break;
    case ZEND_AST_CONST:
        zend_compile_const(c, result, ast);
        break;
    case ZEND_AST_CLASS_CONST:
        zend_compile_class_const(c, result, ast);
        break;
    case ZEND_AST_CLASS_NAME:
        zend_compile_class_name(c, result, ast);
        break;
    default:
        zend_compile_magic_const(c, result, ast);
        break;
    }
}

void zend_compile_expr(zend_compiler *c, znode *result, zend_ast *ast)
{
    zend_stack_guard();
    if (!zend_ast_is_decl(ast)) {
        zend_set_line(c, ast->lineno);
    }
    switch (ast->kind) {
    case ZEND_AST_ZVAL:
    case ZEND_AST_CONST:
    case ZEND_AST_CLASS_CONST:
    case ZEND_AST_CLASS_NAME:
    case ZEND_AST_MAGIC_CONST:
        compile_constant_like(c, result, ast);
        break;
    case ZEND_AST_VAR:
    case ZEND_AST_DIM:
    case ZEND_AST_PROP:
    case ZEND_AST_STATIC_PROP:
        zend_compile_var(c, result, ast, BP_VAR_R, 0);
        break;
    case ZEND_AST_CALL:
        zend_compile_call(c, result, ast);
        break;
    case ZEND_AST_METHOD_CALL:
        zend_compile_method_call(c, result, ast);
        break;
    case ZEND_AST_STATIC_CALL:
        zend_compile_static_call(c, result, ast);
        break;
    case ZEND_AST_NEW:
        zend_compile_new(c, result, ast);
        break;
    case ZEND_AST_CLOSURE:
        zend_compile_closure(c, result, ast);
        break;
    case ZEND_AST_ASSIGN:
    case ZEND_AST_ASSIGN_REF:
    case ZEND_AST_ASSIGN_OP:
    case ZEND_AST_PRE_INC:
    case ZEND_AST_PRE_DEC:
    case ZEND_AST_POST_INC:
    case ZEND_AST_POST_DEC:
        compile_assignment(c, result, ast);
        break;
    case ZEND_AST_ARRAY:
        compile_array(c, result, ast);
        break;
    case ZEND_AST_ENCAPS_LIST:
        compile_encaps_list(c, result, ast);
        break;
    case ZEND_AST_SHELL_EXEC:
        compile_shell_exec(c, result, ast);
        break;
    case ZEND_AST_PRINT:
        compile_one_operand(c, result, ast, ZEND_PRINT, false, 0);
        break;
    case ZEND_AST_INCLUDE_OR_EVAL:
        compile_one_operand(c, result, ast, ZEND_INCLUDE_OR_EVAL, true, ast->attr);
        break;
    case ZEND_AST_EXIT:
        compile_exit(c, result, ast);
        break;
    case ZEND_AST_YIELD:
        compile_yield(c, result, ast);
        break;
    default:
        compile_operator(c, result, ast);
        break;
    }
}
