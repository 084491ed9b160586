/* SPDX-License-Identifier: MIT */
/*
 * Statements, but for loops, jumps and try, which have files of their own.
 *
 * With declare(ticks=N) in force a TICKS operation follows each statement.
 */
#include "compile/zend_compile_internal.h"

#include <string.h>

#include "runtime/zend_auto_globals.h"
#include "runtime/zend_constants.h"

static void compile_if(zend_compiler *c, zend_ast *ast)
{
    zend_ast_list *list = zend_ast_get_list(ast);
    zend_jump_list *ends = NULL;
    uint32_t i;

    for (i = 0; i < list->children; i++) {
        zend_ast *element = list->child[i];
        bool last = i + 1 == list->children;
        znode condition;
        zend_uint jump;

        if (!element->child[0]) {
            zend_compile_stmt(c, element->child[1]);
            continue;
        }
        zend_compile_expr(c, &condition, element->child[0]);
        jump = zend_emit_cond_jump(c, ZEND_JMPZ, &condition, 0);
        zend_compile_stmt(c, element->child[1]);
        if (!last) {
            zend_jump_list_add(c, &ends, zend_emit_jump(c, 0));
        }
        zend_set_jump_here(c, jump);
    }
    zend_jump_list_resolve(c, ends, zend_next_op(c));
}

static void compile_echo(zend_compiler *c, zend_ast *ast)
{
    znode value;

    zend_compile_expr(c, &value, ast->child[0]);
    zend_set_line(c, ast->lineno);
    zend_emit_op(c, ZEND_ECHO, &value, NULL);
}

static void compile_throw(zend_compiler *c, zend_ast *ast)
{
    znode value;

    zend_compile_expr(c, &value, ast->child[0]);
    zend_set_line(c, ast->lineno);
    zend_emit_op(c, ZEND_THROW, &value, NULL);
}

static void compile_unset(zend_compiler *c, zend_ast *ast)
{
    zend_uint begin = zend_delayed_begin(c);
    znode variable;
    zend_op *opline;

    zend_check_writable(ast->child[0]);
    zend_delayed_compile_var(c, &variable, ast->child[0], BP_VAR_UNSET);
    opline = zend_delayed_end(c, begin);
    if (variable.op_type == IS_CV) {
        zend_emit_op(c, ZEND_UNSET_CV, &variable, NULL);
        return;
    }
    opline->opcode = opline->opcode == ZEND_FETCH_UNSET ? ZEND_UNSET_VAR
        : opline->opcode == ZEND_FETCH_DIM_UNSET        ? ZEND_UNSET_DIM
                                                        : ZEND_UNSET_OBJ;
    opline->result_type = IS_UNUSED;
    opline->result.num = 0;
}

/* global $$x: both operations use the name; the first keeps it. */
static void compile_dynamic_global(zend_compiler *c, zend_ast *ast)
{
    znode name, global, local;

    zend_compile_expr(c, &name, ast->child[0]);
    zend_emit_var(c, &global, ZEND_FETCH_W, &name, NULL)->extended_value =
        ZEND_FETCH_GLOBAL_LOCK;
    zend_emit_var(c, &local, ZEND_FETCH_W, &name, NULL)->extended_value = ZEND_FETCH_LOCAL;
    zend_emit_op(c, ZEND_ASSIGN_REF, &local, &global)->result_type = IS_VAR | EXT_TYPE_UNUSED;
}

static void compile_global(zend_compiler *c, zend_ast *ast)
{
    zend_ast *variable = ast->child[0];
    zend_op *opline;
    zend_text name;
    znode node;

    if (zend_is_this_fetch(variable)) {
        zend_error_noreturn(E_COMPILE_ERROR, "Cannot re-assign $this");
    }
    if (!zend_ast_is_string(variable->child[0])) {
        compile_dynamic_global(c, variable);
        return;
    }
    name = zend_ast_text(variable->child[0]);
    if (zend_is_auto_global(name.val, (uint) name.len)) {
        return; /* it is global everywhere */
    }
    zend_set_line(c, ast->lineno);
    zend_cv_node(c, &node, name);
    opline = zend_emit_op(c, ZEND_BIND_GLOBAL, &node, NULL);
    opline->op2_type = IS_CONST;
    opline->op2.constant = zend_add_slot_literal(c, name, 1);
}

/* --- declare -------------------------------------------------------------------------------- */

static void compile_declare(zend_compiler *c, zend_ast *ast)
{
    zend_ast_list *list = zend_ast_get_list(ast->child[0]);
    long ticks_before = c->ticks;
    uint32_t i;

    for (i = 0; i < list->children; i++) {
        zend_ast *element = list->child[i];
        zend_text name = zend_ast_text(element->child[0]);
        zval value;

        zend_compile_const_expr(c, &value, element->child[1]);
        zend_set_line(c, element->lineno);
        if (zend_text_is_ci(name, "ticks")) {
            convert_to_long(&value);
            c->ticks = Z_LVAL(value);
        } else if (zend_text_is_ci(name, "encoding")) {
            if (IS_CONSTANT_TYPE(Z_TYPE(value))) {
                zend_error_noreturn(E_COMPILE_ERROR, "Cannot use constants as encoding");
            }
            zend_error(E_COMPILE_WARNING, "declare(encoding=...) ignored because Zend multibyte "
                "feature is turned off by settings");
        } else {
            zend_error(E_COMPILE_WARNING, "Unsupported declare '%s'", name.val);
        }
        zval_dtor(&value);
    }
    if (ast->attr) {
        return; /* declare(...); holds for the rest of the file */
    }
    zend_compile_stmt(c, ast->child[1]);
    c->ticks = ticks_before;
}

static void compile_halt_compiler(zend_compiler *c, zend_ast *ast)
{
    zval *offset = zend_ast_get_zval(ast->child[0]);

    zend_register_halt_offset(c->filename, (uint) strlen(c->filename), Z_LVAL_P(offset));
}

/* --- All of them ---------------------------------------------------------------------------- */

static void compile_list_of_parts(zend_compiler *c, zend_ast *ast);

static void compile_control(zend_compiler *c, zend_ast *ast)
{
    switch (ast->kind) {
    case ZEND_AST_IF:
        compile_if(c, ast);
        break;
    case ZEND_AST_WHILE:
        zend_compile_while(c, ast);
        break;
    case ZEND_AST_DO_WHILE:
        zend_compile_do_while(c, ast);
        break;
    case ZEND_AST_FOR:
        zend_compile_for(c, ast);
        break;
    case ZEND_AST_FOREACH:
        zend_compile_foreach(c, ast);
        break;
    case ZEND_AST_SWITCH:
        zend_compile_switch(c, ast);
        break;
    case ZEND_AST_BREAK:
    case ZEND_AST_CONTINUE:
        zend_compile_break_continue(c, ast);
        break;
    case ZEND_AST_LABEL:
        zend_compile_label(c, ast);
        break;
    case ZEND_AST_GOTO:
        zend_compile_goto(c, ast);
        break;
    case ZEND_AST_RETURN:
        zend_compile_return(c, ast);
        break;
    case ZEND_AST_THROW:
        compile_throw(c, ast);
        break;
    default:
        zend_compile_try(c, ast);
        break;
    }
}

static void compile_expression_statement(zend_compiler *c, zend_ast *ast)
{
    znode result;

    zend_compile_expr(c, &result, ast);
    zend_free_node(c, &result);
}

static void compile_unticked(zend_compiler *c, zend_ast *ast)
{
    switch (ast->kind) {
    case ZEND_AST_STMT_LIST:
        compile_list_of_parts(c, ast);
        break;
    case ZEND_AST_ECHO:
        compile_echo(c, ast);
        break;
    case ZEND_AST_UNSET:
        compile_unset(c, ast);
        break;
    case ZEND_AST_GLOBAL:
        compile_global(c, ast);
        break;
    case ZEND_AST_STATIC:
        zend_compile_static_var(c, ast);
        break;
    case ZEND_AST_DECLARE:
        compile_declare(c, ast);
        break;
    case ZEND_AST_FUNC_DECL:
        zend_compile_func_decl(c, ast, false);
        break;
    case ZEND_AST_CLASS:
        zend_compile_class_decl(c, ast, false);
        break;
    case ZEND_AST_IF:
    case ZEND_AST_WHILE:
    case ZEND_AST_DO_WHILE:
    case ZEND_AST_FOR:
    case ZEND_AST_FOREACH:
    case ZEND_AST_SWITCH:
    case ZEND_AST_BREAK:
    case ZEND_AST_CONTINUE:
    case ZEND_AST_LABEL:
    case ZEND_AST_GOTO:
    case ZEND_AST_RETURN:
    case ZEND_AST_THROW:
    case ZEND_AST_TRY:
        compile_control(c, ast);
        break;
    default:
        compile_expression_statement(c, ast);
        break;
    }
}

static void emit_ticks(zend_compiler *c)
{
    if (c->ticks) {
        zend_emit_op(c, ZEND_TICKS, NULL, NULL)->op1.num = (zend_uint) c->ticks;
    }
}

void zend_compile_stmt(zend_compiler *c, zend_ast *ast)
{
    zend_stack_guard();
    if (ast) {
        if (!zend_ast_is_decl(ast)) {
            zend_set_line(c, ast->lineno);
        }
        compile_unticked(c, ast);
        if (ast->kind == ZEND_AST_STMT_LIST && !ast->attr) {
            return; /* a block: its statements count, it does not */
        }
    }
    emit_ticks(c);
}

void zend_compile_stmt_list(zend_compiler *c, zend_ast *ast)
{
    zend_ast_list *list;
    uint32_t i;

    if (!ast) {
        return;
    }
    list = zend_ast_get_list(ast);
    for (i = 0; i < list->children; i++) {
        zend_compile_stmt(c, list->child[i]);
    }
}

/* A block, or `echo a, b;`, which is one statement in parts. */
static void compile_list_of_parts(zend_compiler *c, zend_ast *ast)
{
    zend_ast_list *list = zend_ast_get_list(ast);
    uint32_t i;

    for (i = 0; i < list->children; i++) {
        if (ast->attr) {
            zend_set_line(c, list->child[i]->lineno);
            compile_unticked(c, list->child[i]);
        } else {
            zend_compile_stmt(c, list->child[i]);
        }
    }
}

/* --- The outermost statements --------------------------------------------------------------- */

static void compile_top_stmt(zend_compiler *c, zend_ast *ast)
{
    if (!zend_ast_is_decl(ast)) {
        zend_set_line(c, ast->lineno);
    }
    switch (ast->kind) {
    case ZEND_AST_NAMESPACE:
        zend_compile_namespace(c, ast);
        return;
    case ZEND_AST_HALT_COMPILER:
        compile_halt_compiler(c, ast);
        return;
    case ZEND_AST_USE:
        zend_compile_use(c, ast);
        break;
    case ZEND_AST_CONST_DECL:
        zend_compile_const_decl(c, ast);
        break;
    case ZEND_AST_FUNC_DECL:
        zend_compile_func_decl(c, ast, true);
        c->after_first_statement = true;
        emit_ticks(c);
        break;
    case ZEND_AST_CLASS:
        zend_compile_class_decl(c, ast, true);
        c->after_first_statement = true;
        emit_ticks(c);
        break;
    default:
        zend_compile_stmt(c, ast);
        break;
    }
    zend_check_namespace_end(c);
}

/* Did the statement leave anything but ticks? */
static bool emitted_code(zend_compiler *c, zend_uint from)
{
    for (; from < zend_next_op(c); from++) {
        if (c->function->ops[from].opcode != ZEND_TICKS) {
            return true;
        }
    }
    return false;
}

void zend_compile_top_list(zend_compiler *c, zend_ast *ast)
{
    zend_ast_list *list = zend_ast_get_list(ast);
    uint32_t i;

    for (i = 0; i < list->children; i++) {
        zend_uint before = zend_next_op(c);

        if (list->child[i]) {
            compile_top_stmt(c, list->child[i]);
        } else {
            emit_ticks(c);
        }
        c->after_first_statement |= emitted_code(c, before);
    }
}
