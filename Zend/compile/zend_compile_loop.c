/* SPDX-License-Identifier: MIT */
/*
 * Loops and switch.
 *
 * The test of while and for runs at the end of the body, so that a round costs one jump:
 *
 *          JMP test                  for (init; test; step) body      init
 *      L1: body                                                        JMP test
 *    test: ...                                                     L1: body
 *          JMPNZ L1                                              step: ...
 *                                                                test: ...
 *                                                                      JMPNZ L1
 *
 * Variables get their numbers in the order of the source, which shows in get_defined_vars(). So
 * all parts are compiled in that order, and the operations of test and step are then moved.
 */
#include "compile/zend_compile_internal.h"

#include <string.h>

/* --- Moving operations ---------------------------------------------------------------------- */

typedef struct _moved_ops {
    zend_op *ops;
    zend_uint count;
    zend_uint from; /* where they stood */
} moved_ops;

/* Takes the operations since `from` out. */
static void take_ops(zend_compiler *c, moved_ops *moved, zend_uint from)
{
    moved->from = from;
    moved->count = zend_next_op(c) - from;
    moved->ops = zend_arena_alloc(c->arena, (moved->count + 1) * sizeof(zend_op));
    memcpy(moved->ops, c->function->ops + from, moved->count * sizeof(zend_op));
    zend_compiler_op_array(c)->last = from;
}

static void move_target(zend_uint *target, const moved_ops *moved, zend_uint to)
{
    *target = *target - moved->from + to;
}

/* Appends them here; jumps among them move along. */
static void put_ops(zend_compiler *c, const moved_ops *moved)
{
    zend_uint to = zend_next_op(c);
    zend_uint i;

    for (i = 0; i < moved->count; i++) {
        zend_op *opline = zend_emit_op(c, ZEND_NOP, NULL, NULL);
        int jumps;

        *opline = moved->ops[i];
        jumps = zend_opcode_jumps(opline);
        if (jumps & ZEND_JUMP_OP1) {
            move_target(&opline->op1.opline_num, moved, to);
        }
        if (jumps & ZEND_JUMP_OP2) {
            move_target(&opline->op2.opline_num, moved, to);
        }
    }
}

/* --- while, do, for ------------------------------------------------------------------------- */

void zend_compile_while(zend_compiler *c, zend_ast *ast)
{
    zend_uint jump = zend_emit_jump(c, 0);
    zend_uint body = zend_next_op(c);
    zend_uint test;
    moved_ops moved;
    znode condition;

    zend_compile_expr(c, &condition, ast->child[0]);
    take_ops(c, &moved, body);
    zend_loop_begin(c, ZEND_UNWIND_LOOP, NULL);
    zend_compile_stmt(c, ast->child[1]);
    test = zend_next_op(c);
    put_ops(c, &moved);
    zend_set_jump(c, jump, test);
    zend_emit_cond_jump(c, ZEND_JMPNZ, &condition, body);
    zend_loop_end(c, test);
}

void zend_compile_do_while(zend_compiler *c, zend_ast *ast)
{
    zend_uint body = zend_next_op(c);
    zend_uint test;
    znode condition;

    zend_loop_begin(c, ZEND_UNWIND_LOOP, NULL);
    zend_compile_stmt(c, ast->child[0]);
    test = zend_next_op(c);
    zend_compile_expr(c, &condition, ast->child[1]);
    zend_emit_cond_jump(c, ZEND_JMPNZ, &condition, body);
    zend_loop_end(c, test);
}

/* The last expression's value is the result; the others' are dropped. */
static void compile_expr_list(zend_compiler *c, znode *result, zend_ast *ast)
{
    zend_ast_list *list;
    uint32_t i;

    zend_bool_node(result, true);
    if (!ast) {
        return;
    }
    list = zend_ast_get_list(ast);
    for (i = 0; i < list->children; i++) {
        if (i) {
            zend_free_node(c, result);
        }
        zend_compile_expr(c, result, list->child[i]);
    }
}

void zend_compile_for(zend_compiler *c, zend_ast *ast)
{
    moved_ops test_ops, step_ops;
    zend_uint jump, body, step, test;
    znode condition, ignored;

    compile_expr_list(c, &ignored, ast->child[0]);
    zend_free_node(c, &ignored);
    jump = zend_emit_jump(c, 0);
    body = zend_next_op(c);
    compile_expr_list(c, &condition, ast->child[1]);
    take_ops(c, &test_ops, body);
    compile_expr_list(c, &ignored, ast->child[2]);
    zend_free_node(c, &ignored);
    take_ops(c, &step_ops, body);
    zend_loop_begin(c, ZEND_UNWIND_LOOP, NULL);
    zend_compile_stmt(c, ast->child[3]);
    step = zend_next_op(c);
    put_ops(c, &step_ops);
    test = zend_next_op(c);
    put_ops(c, &test_ops);
    zend_set_jump(c, jump, test);
    zend_emit_cond_jump(c, ZEND_JMPNZ, &condition, body);
    zend_loop_end(c, step);
}

/* --- foreach -------------------------------------------------------------------------------- */

static void check_foreach_key(const zend_ast *key)
{
    if (key && key->kind == ZEND_AST_REF) {
        zend_error_noreturn(E_COMPILE_ERROR, "Key element cannot be a reference");
    }
    if (key && key->kind == ZEND_AST_LIST) {
        zend_error_noreturn(E_COMPILE_ERROR, "Cannot use list as key element");
    }
}

/* FE_RESET; returns its number. */
static zend_uint emit_reset(zend_compiler *c, znode *iterator, zend_ast *expr, bool by_ref)
{
    bool is_variable = zend_is_variable(expr) && !zend_is_call(expr);
    zend_uint number;
    znode subject;
    zend_op *opline;

    if (is_variable && by_ref) {
        zend_compile_var(c, &subject, expr, BP_VAR_W, 0);
    } else {
        zend_compile_expr(c, &subject, expr);
    }
    number = zend_next_op(c);
    opline = zend_emit_var(c, iterator, ZEND_FE_RESET, &subject, NULL);
    opline->extended_value =
        (is_variable ? ZEND_FE_RESET_VARIABLE : 0) | (by_ref ? ZEND_FE_FETCH_BYREF : 0);
    return number;
}

/* FE_FETCH with its OP_DATA; returns its number. */
static zend_uint emit_fetch(
    zend_compiler *c, const znode *iterator, znode *value, znode *key, bool by_ref)
{
    zend_uint number = zend_next_op(c);
    zend_op *opline = zend_emit_var(c, value, ZEND_FE_FETCH, iterator, NULL);

    opline->extended_value =
        (by_ref ? ZEND_FE_FETCH_BYREF : 0) | (key ? ZEND_FE_FETCH_WITH_KEY : 0);
    opline = zend_emit_op(c, ZEND_OP_DATA, NULL, NULL);
    if (key) {
        zend_make_tmp_result(c, opline, key);
    }
    return number;
}

/* Assigns value, then key, though the parts of both variables are evaluated first. */
static void assign_element(
    zend_compiler *c, zend_ast *value_ast, const znode *value, zend_ast *key_ast, const znode *key)
{
    zend_uint begin = zend_delayed_begin(c);
    bool by_ref = value_ast->kind == ZEND_AST_REF;
    zend_list_targets list;
    zend_target value_target, key_target;

    if (value_ast->kind == ZEND_AST_LIST) {
        zend_list_begin(c, &list, value_ast);
        if (!list.count) {
            zend_error_noreturn(E_COMPILE_ERROR, "Cannot use empty list");
        }
    } else {
        zend_target_begin(c, &value_target, by_ref ? value_ast->child[0] : value_ast);
    }
    if (key_ast) {
        zend_target_begin(c, &key_target, key_ast);
    }
    if (value_ast->kind == ZEND_AST_LIST) {
        zend_list_assign(c, &list, value);
        zend_emit_op(c, ZEND_FREE, value, NULL);
    } else if (by_ref) {
        zend_target_assign_ref(c, &value_target, NULL, value, 0);
    } else {
        zend_target_assign(c, &value_target, NULL, value);
    }
    if (key_ast) {
        zend_target_assign(c, &key_target, NULL, key);
    }
    c->function->delayed_count = begin;
}

void zend_compile_foreach(zend_compiler *c, zend_ast *ast)
{
    zend_ast *key_ast = ast->child[2];
    bool by_ref = ast->child[1]->kind == ZEND_AST_REF;
    zend_uint reset, fetch;
    znode iterator, value, key;
    uint32_t lineno = ast->child[1]->lineno;

    check_foreach_key(key_ast);
    reset = emit_reset(c, &iterator, ast->child[0], by_ref);
    zend_loop_begin(c, ZEND_UNWIND_VALUE, &iterator);
    c->function->unwind->is_foreach = true;
    fetch = emit_fetch(c, &iterator, &value, key_ast ? &key : NULL, by_ref);
    assign_element(c, ast->child[1], &value, key_ast, &key);
    zend_compile_stmt(c, ast->child[3]);
    zend_set_line(c, lineno);
    zend_emit_jump(c, fetch);
    zend_set_jump_here(c, reset);
    zend_set_jump_here(c, fetch);
    zend_loop_end(c, fetch);
    zend_emit_op(c, ZEND_SWITCH_FREE, &iterator, NULL)->extended_value = ZEND_FREE_ITERATOR;
}

/* --- switch --------------------------------------------------------------------------------- */

/*
 * Tests and bodies alternate, as in the source:
 *
 *          CASE x, 1;  JMPZ L2
 *          body 1;     JMP B2         (it falls through)
 *      L2: CASE x, 2;  JMPZ L3
 *      B2: body 2;     JMP end
 *      L3: JMP default, if there is one
 *     end: FREE x
 */
static void compile_case(zend_compiler *c, const znode *subject, zend_ast *ast,
    zend_uint *fall_through, zend_uint *default_body)
{
    zend_uchar opcode = subject->op_type == IS_CV || subject->op_type == IS_CONST
        ? ZEND_IS_EQUAL : ZEND_CASE;
    zend_uint skip;
    znode value, result;

    if (ast->child[0]) {
        zend_compile_expr(c, &value, ast->child[0]);
        zend_emit_tmp(c, &result, opcode, subject, &value);
        skip = zend_emit_cond_jump(c, ZEND_JMPZ, &result, 0);
    } else {
        skip = zend_emit_jump(c, 0);
        *default_body = zend_next_op(c);
    }
    if (*fall_through != (zend_uint) -1) {
        zend_set_jump_here(c, *fall_through);
    }
    zend_compile_stmt_list(c, ast->child[1]);
    *fall_through = zend_emit_jump(c, 0);
    zend_set_jump_here(c, skip);
}

void zend_compile_switch(zend_compiler *c, zend_ast *ast)
{
    zend_ast_list *cases = zend_ast_get_list(ast->child[1]);
    zend_uint fall_through = (zend_uint) -1;
    zend_uint default_body = (zend_uint) -1;
    zend_uint end;
    znode subject;
    uint32_t i;

    zend_compile_expr(c, &subject, ast->child[0]);
    if (subject.op_type == IS_VAR || subject.op_type == IS_TMP_VAR) {
        zend_loop_begin(c, ZEND_UNWIND_VALUE, &subject);
    } else {
        zend_loop_begin(c, ZEND_UNWIND_LOOP, NULL);
    }
    for (i = 0; i < cases->children; i++) {
        compile_case(c, &subject, cases->child[i], &fall_through, &default_body);
    }
    if (default_body != (zend_uint) -1) {
        zend_emit_jump(c, default_body);
    }
    end = zend_next_op(c);
    if (fall_through != (zend_uint) -1) {
        zend_set_jump(c, fall_through, end);
    }
    zend_loop_end(c, end);
    if (subject.op_type == IS_VAR) {
        zend_emit_op(c, ZEND_SWITCH_FREE, &subject, NULL);
    } else if (subject.op_type == IS_TMP_VAR) {
        zend_emit_op(c, ZEND_FREE, &subject, NULL);
    }
}
