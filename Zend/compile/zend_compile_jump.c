/* SPDX-License-Identifier: MIT */
/*
 * Leaving constructs: break, continue, goto, return, and what they must do on the way.
 *
 * Each loop, switch and try adds an entry to the unwind chain while its body is compiled. Whoever
 * jumps out walks the chain from the innermost entry to its target and emits for each what it
 * takes: FREE of what a foreach or switch holds, FAST_CALL of a finally block. What is freed so
 * is gone from there to the jump itself, although the code after it still has it: a gap in its
 * live range.
 */
#include "compile/zend_compile_internal.h"

#include <string.h>

/* --- Lists of jumps ------------------------------------------------------------------------- */

void zend_jump_list_add(zend_compiler *c, zend_jump_list **list, zend_uint opline_num)
{
    zend_jump_list *element = zend_arena_alloc(c->arena, sizeof(*element));

    element->next = *list;
    element->opline_num = opline_num;
    *list = element;
}

void zend_jump_list_resolve(zend_compiler *c, zend_jump_list *list, zend_uint target)
{
    for (; list; list = list->next) {
        zend_set_jump(c, list->opline_num, target);
    }
}

/* --- The chain ------------------------------------------------------------------------------ */

zend_unwind *zend_unwind_push(zend_compiler *c, zend_unwind_kind kind)
{
    zend_unwind *unwind = zend_arena_alloc(c->arena, sizeof(*unwind));

    memset(unwind, 0, sizeof(*unwind));
    unwind->kind = kind;
    unwind->outer = c->function->unwind;
    c->function->unwind = unwind;
    return unwind;
}

void zend_unwind_pop(zend_compiler *c)
{
    c->function->unwind = c->function->unwind->outer;
}

void zend_loop_begin(zend_compiler *c, zend_unwind_kind kind, const znode *value)
{
    zend_unwind *unwind = zend_unwind_push(c, kind);

    if (value) {
        unwind->node = *value;
    }
}

void zend_loop_end(zend_compiler *c, zend_uint continue_target)
{
    zend_unwind *unwind = c->function->unwind;

    zend_jump_list_resolve(c, unwind->continues, continue_target);
    zend_jump_list_resolve(c, unwind->breaks, zend_next_op(c));
    zend_unwind_pop(c);
}

static bool is_loop(const zend_unwind *unwind)
{
    return unwind->kind == ZEND_UNWIND_LOOP || unwind->kind == ZEND_UNWIND_VALUE;
}

/* --- The way out ---------------------------------------------------------------------------- */

static void emit_free_on_exit(zend_compiler *c, const zend_unwind *unwind)
{
    zend_function_build *build = c->function;
    zend_live_gap *gap = zend_arena_alloc(c->arena, sizeof(*gap));
    zend_op *opline;

    gap->var = unwind->node.u.var;
    gap->start = zend_next_op(c);
    gap->end = 0;
    gap->next = build->gaps;
    build->gaps = gap;
    opline = zend_emit_op(
        c, unwind->node.op_type == IS_VAR ? ZEND_SWITCH_FREE : ZEND_FREE, &unwind->node, NULL);
    opline->extended_value = ZEND_FREE_ON_EXIT | (unwind->is_foreach ? ZEND_FREE_ITERATOR : 0);
}

static void emit_finally_call(zend_compiler *c, zend_unwind *unwind, const znode *returned)
{
    zend_uint number = zend_next_op(c);
    bool counted = returned && (returned->op_type == IS_TMP_VAR || returned->op_type == IS_VAR);
    zend_op *opline = zend_emit_op(c, ZEND_FAST_CALL, NULL, counted ? returned : NULL);

    opline->result_type = IS_TMP_VAR;
    opline->result.var = unwind->finally_slot;
    zend_jump_list_add(c, &unwind->finally_calls, number);
}

ZEND_NORETURN static void refuse_jump_out_of_finally(void)
{
    zend_error_noreturn(E_COMPILE_ERROR, "jump out of a finally block is disallowed");
}

static void emit_unwind(zend_compiler *c, zend_unwind *unwind, const znode *returned)
{
    switch (unwind->kind) {
    case ZEND_UNWIND_VALUE:
        emit_free_on_exit(c, unwind);
        break;
    case ZEND_UNWIND_TRY:
        emit_finally_call(c, unwind, returned);
        break;
    default:
        break;
    }
}

/* The gaps that were opened end behind the jump, which is the operation emitted last. */
static void close_gaps(zend_compiler *c)
{
    zend_live_gap *gap;

    for (gap = c->function->gaps; gap && !gap->end; gap = gap->next) {
        gap->end = zend_next_op(c);
    }
}

/* --- break, continue ------------------------------------------------------------------------ */

static long jump_depth(const zend_ast *ast, const char *name)
{
    zend_ast *depth = ast->child[0];

    if (!depth) {
        return 1;
    }
    if (depth->kind != ZEND_AST_ZVAL) {
        zend_error_noreturn(E_COMPILE_ERROR,
            "'%s' operator with non-constant operand is no longer supported", name);
    }
    if (Z_TYPE_P(zend_ast_get_zval(depth)) != IS_LONG || Z_LVAL_P(zend_ast_get_zval(depth)) < 1) {
        zend_error_noreturn(
            E_COMPILE_ERROR, "'%s' operator accepts only positive numbers", name);
    }
    return Z_LVAL_P(zend_ast_get_zval(depth));
}

static bool has_loops(const zend_compiler *c, long depth)
{
    const zend_unwind *unwind;

    for (unwind = c->function->unwind; unwind; unwind = unwind->outer) {
        if (is_loop(unwind) && --depth == 0) {
            return true;
        }
    }
    return false;
}

void zend_compile_break_continue(zend_compiler *c, zend_ast *ast)
{
    bool is_break = ast->kind == ZEND_AST_BREAK;
    long depth = jump_depth(ast, is_break ? "break" : "continue");
    zend_unwind *unwind = c->function->unwind;

    if (!has_loops(c, depth)) {
        zend_emit_op(c, is_break ? ZEND_BRK : ZEND_CONT, NULL, NULL)->op1.num = (zend_uint) depth;
        return;
    }
    for (;; unwind = unwind->outer) {
        if (is_loop(unwind) && --depth == 0) {
            break;
        }
        if (unwind->kind == ZEND_UNWIND_FINALLY) {
            refuse_jump_out_of_finally();
        }
        emit_unwind(c, unwind, NULL);
    }
    zend_jump_list_add(
        c, is_break ? &unwind->breaks : &unwind->continues, zend_emit_jump(c, 0));
    close_gaps(c);
}

/* --- goto ----------------------------------------------------------------------------------- */

static zend_label *find_label(const zend_compiler *c, zend_text name)
{
    zend_label *label;

    for (label = c->function->labels; label; label = label->next) {
        if (label->name.len == name.len
            && memcmp(label->name.val, name.val, (size_t) name.len) == 0) {
            return label;
        }
    }
    return NULL;
}

void zend_compile_label(zend_compiler *c, zend_ast *ast)
{
    zend_text name = zend_ast_text(ast->child[0]);
    zend_label *label;

    if (find_label(c, name)) {
        zend_error_noreturn(E_COMPILE_ERROR, "Label '%s' already defined", name.val);
    }
    label = zend_arena_alloc(c->arena, sizeof(*label));
    label->name = name;
    label->opline_num = zend_next_op(c);
    label->unwind = c->function->unwind;
    label->next = c->function->labels;
    c->function->labels = label;
}

/* Emits the way out of everything; zend_resolve_gotos() cuts it down to what is needed. */
void zend_compile_goto(zend_compiler *c, zend_ast *ast)
{
    zend_goto *jump = zend_arena_alloc(c->arena, sizeof(*jump));
    zend_unwind *unwind;

    jump->name = zend_ast_text(ast->child[0]);
    jump->lineno = c->lineno;
    jump->unwind = c->function->unwind;
    jump->first = zend_next_op(c);
    for (unwind = jump->unwind; unwind; unwind = unwind->outer) {
        emit_unwind(c, unwind, NULL);
    }
    jump->opline_num = zend_emit_jump(c, 0);
    close_gaps(c);
    jump->next = c->function->gotos;
    c->function->gotos = jump;
}

static bool encloses(const zend_unwind *outer, const zend_unwind *inner)
{
    for (; inner; inner = inner->outer) {
        if (inner == outer) {
            return true;
        }
    }
    return outer == NULL;
}

static void check_goto_target(const zend_goto *jump, const zend_label *label)
{
    const zend_unwind *unwind;

    for (unwind = label->unwind; !encloses(unwind, jump->unwind); unwind = unwind->outer) {
        if (is_loop(unwind)) {
            zend_error_noreturn(
                E_COMPILE_ERROR, "'goto' into loop or switch statement is disallowed");
        }
        if (unwind->kind == ZEND_UNWIND_FINALLY) {
            zend_error_noreturn(E_COMPILE_ERROR, "jump into a finally block is disallowed");
        }
    }
}

/* The operations behind the last one that is needed are dropped, and their gaps. */
static void cut_unwinding(zend_compiler *c, const zend_goto *jump, zend_uint needed)
{
    zend_op *ops = c->function->ops;
    zend_live_gap *gap;
    zend_uint i;

    for (i = needed + 1; i <= jump->opline_num; i++) {
        memset(&ops[i], 0, sizeof(zend_op));
        ops[i].opcode = ZEND_NOP;
        ops[i].op1_type = ops[i].op2_type = ops[i].result_type = IS_UNUSED;
    }
    for (gap = c->function->gaps; gap; gap = gap->next) {
        if (gap->start >= needed && gap->start <= jump->opline_num) {
            gap->end = gap->start;
        }
    }
}

static void resolve_goto(zend_compiler *c, const zend_goto *jump)
{
    zend_label *label = find_label(c, jump->name);
    zend_uint number = jump->first;
    const zend_unwind *unwind;
    zend_op *opline;

    CG(zend_lineno) = jump->lineno;
    if (!label) {
        zend_error_noreturn(
            E_COMPILE_ERROR, "'goto' to undefined label '%s'", jump->name.val);
    }
    check_goto_target(jump, label);
    for (unwind = jump->unwind; !encloses(unwind, label->unwind); unwind = unwind->outer) {
        if (unwind->kind == ZEND_UNWIND_FINALLY) {
            refuse_jump_out_of_finally();
        }
        number += unwind->kind == ZEND_UNWIND_VALUE || unwind->kind == ZEND_UNWIND_TRY;
    }
    opline = &c->function->ops[number];
    memset(opline, 0, sizeof(*opline));
    opline->opcode = ZEND_JMP;
    opline->op1_type = opline->op2_type = opline->result_type = IS_UNUSED;
    opline->op1.opline_num = label->opline_num;
    opline->lineno = jump->lineno;
    cut_unwinding(c, jump, number);
}

void zend_resolve_gotos(zend_compiler *c)
{
    const zend_goto *jump;
    zend_uint lineno = CG(zend_lineno);

    for (jump = c->function->gotos; jump; jump = jump->next) {
        resolve_goto(c, jump);
    }
    CG(zend_lineno) = lineno;
}

/* --- return --------------------------------------------------------------------------------- */

static zend_uint return_flags(zend_ast *expr)
{
    if (!expr) {
        return 0;
    }
    if (zend_is_call(expr)) {
        return ZEND_RETURNS_FUNCTION;
    }
    return zend_is_variable(expr) ? 0 : ZEND_RETURNS_VALUE;
}

static void compile_returned_value(zend_compiler *c, znode *value, zend_ast *expr)
{
    bool by_ref = (zend_compiler_op_array(c)->fn_flags & ZEND_ACC_RETURN_REFERENCE) != 0;

    if (!expr) {
        zend_null_node(value);
    } else if (by_ref && zend_is_variable(expr) && !zend_is_call(expr)) {
        zend_compile_var(c, value, expr, BP_VAR_W, 0);
    } else {
        zend_compile_expr(c, value, expr);
    }
}

static void emit_return(zend_compiler *c, const znode *value, zend_uint flags)
{
    zend_uint fn_flags = zend_compiler_op_array(c)->fn_flags;

    if (fn_flags & ZEND_ACC_GENERATOR) {
        zend_emit_op(c, ZEND_GENERATOR_RETURN, NULL, NULL);
        return;
    }
    zend_emit_op(c, fn_flags & ZEND_ACC_RETURN_REFERENCE ? ZEND_RETURN_BY_REF : ZEND_RETURN,
        value, NULL)->extended_value = flags;
}

/* A return in finally gives up the exception, or the other return, that finally interrupts. */
static void emit_return_unwind(zend_compiler *c, zend_unwind *unwind, const znode *value)
{
    znode slot;

    if (unwind->kind == ZEND_UNWIND_FINALLY) {
        slot.op_type = IS_TMP_VAR;
        slot.u.var = unwind->finally_slot;
        zend_emit_op(c, ZEND_DISCARD_EXCEPTION, &slot, NULL);
    } else {
        emit_unwind(c, unwind, value);
    }
}

void zend_compile_return(zend_compiler *c, zend_ast *ast)
{
    zend_unwind *unwind;
    znode value;

    compile_returned_value(c, &value, ast->child[0]);
    zend_set_line(c, ast->lineno);
    if ((zend_compiler_op_array(c)->fn_flags & ZEND_ACC_GENERATOR)
        && (value.op_type != IS_CONST || Z_TYPE(value.u.constant) != IS_NULL)) {
        zend_error_noreturn(
            E_COMPILE_ERROR, "Generators cannot return values using \"return\"");
    }
    for (unwind = c->function->unwind; unwind; unwind = unwind->outer) {
        emit_return_unwind(c, unwind, &value);
    }
    emit_return(c, &value, return_flags(ast->child[0]));
    close_gaps(c);
}

void zend_emit_final_return(zend_compiler *c)
{
    znode value;

    zend_null_node(&value);
    emit_return(c, &value, 0);
}
