/* SPDX-License-Identifier: MIT */
/*
 * Assignments of all kinds, list(), increments.
 *
 * A target is a variable whose fetching operations are delayed until the value is there. The
 * last of them then turns into the assignment itself where it can: FETCH_DIM_W into
 * ASSIGN_DIM, FETCH_OBJ_W into ASSIGN_OBJ, with the value in the OP_DATA behind it.
 */
#include "compile/zend_compile_internal.h"

#include <string.h>

static void refuse_this(const zend_ast *ast)
{
    if (zend_is_this_fetch(ast)) {
        zend_error_noreturn(E_COMPILE_ERROR, "Cannot re-assign $this");
    }
}

static void target_begin(zend_compiler *c, zend_target *target, zend_ast *ast, int type)
{
    zend_check_writable(ast);
    target->ast = ast;
    target->from = zend_delayed_begin(c);
    zend_delayed_compile_var(c, &target->node, ast, type);
    target->to = zend_delayed_begin(c);
}

void zend_target_begin(zend_compiler *c, zend_target *target, zend_ast *ast)
{
    refuse_this(ast);
    target_begin(c, target, ast, BP_VAR_W);
}

static void give_result(zend_op *opline, znode *result)
{
    if (result) {
        result->op_type = IS_VAR;
        result->u.var = opline->result.var;
    } else {
        opline->result_type |= EXT_TYPE_UNUSED;
    }
}

void zend_target_assign(zend_compiler *c, zend_target *target, znode *result, const znode *value)
{
    zend_op *opline = zend_delayed_flush(c, target->from, target->to);
    znode ignored;

    switch (target->ast->kind) {
    case ZEND_AST_DIM:
        opline->opcode = ZEND_ASSIGN_DIM;
        break;
    case ZEND_AST_PROP:
        opline->opcode = ZEND_ASSIGN_OBJ;
        break;
    default:
        opline = zend_emit_var(c, &ignored, ZEND_ASSIGN, &target->node, value);
        give_result(opline, result);
        return;
    }
    give_result(opline, result);
    zend_emit_op_data(c, value);
}

void zend_target_assign_ref(
    zend_compiler *c, zend_target *target, znode *result, const znode *value, zend_uint flags)
{
    zend_op *opline;
    znode ignored;

    zend_delayed_flush(c, target->from, target->to);
    opline = zend_emit_var(c, &ignored, ZEND_ASSIGN_REF, &target->node, value);
    opline->extended_value = flags;
    give_result(opline, result);
}

/* --- $a = expr ------------------------------------------------------------------------------ */

/*
 * `$a[...] = $a`: the array would be put into itself. A fetch of the right side counts the value
 * once more, so that the left side separates.
 */
static void guard_self_assignment(zend_compiler *c, const zend_target *target, znode *value)
{
    zend_function_build *build = c->function;
    const zend_op *first = &build->delayed[target->from];
    zend_compiled_variable *variable;
    znode name;
    zend_text text;

    if (value->op_type != IS_CV || target->from == target->to || first->opcode != ZEND_FETCH_DIM_W
        || first->op1_type != IS_CV || first->op1.var != value->u.var) {
        return;
    }
    variable = &build->vars[value->u.var];
    text.val = variable->name;
    text.len = variable->name_len;
    zend_string_node(&name, text);
    zend_emit_var(c, value, ZEND_FETCH_R, &name, NULL)->extended_value = ZEND_FETCH_LOCAL;
}

static void compile_list_assign(zend_compiler *c, znode *result, zend_ast *list, zend_ast *expr)
{
    zend_list_targets targets;

    zend_list_begin(c, &targets, list);
    zend_compile_expr(c, result, expr);
    zend_list_assign(c, &targets, result);
}

void zend_compile_assign(zend_compiler *c, znode *result, zend_ast *ast)
{
    zend_target target;
    znode value;

    if (ast->child[0]->kind == ZEND_AST_LIST) {
        compile_list_assign(c, result, ast->child[0], ast->child[1]);
        return;
    }
    zend_target_begin(c, &target, ast->child[0]);
    zend_compile_expr(c, &value, ast->child[1]);
    zend_set_line(c, ast->lineno);
    guard_self_assignment(c, &target, &value);
    zend_target_assign(c, &target, result, &value);
}

/* --- $a =& $b ------------------------------------------------------------------------------- */

/* Tells the operation that fetched the node, if any, that a reference will be made. */
static void mark_make_ref(zend_compiler *c, const znode *node)
{
    zend_uint last = zend_next_op(c);
    zend_op *opline = last ? &c->function->ops[last - 1] : NULL;

    if (opline && opline->result_type == IS_VAR && node->op_type == IS_VAR
        && opline->result.var == node->u.var
        && (opline->opcode == ZEND_FETCH_W || opline->opcode == ZEND_FETCH_DIM_W
            || opline->opcode == ZEND_FETCH_OBJ_W)) {
        opline->extended_value |= ZEND_FETCH_MAKE_REF;
    }
}

void zend_compile_assign_ref(zend_compiler *c, znode *result, zend_ast *ast)
{
    zend_ast *source = ast->child[1];
    zend_target target;
    zend_uint flags = 0;
    znode value;

    zend_target_begin(c, &target, ast->child[0]);
    if (source->kind == ZEND_AST_NEW) {
        zend_error(
            E_DEPRECATED, "Assigning the return value of new by reference is deprecated");
        flags = ZEND_RETURNS_NEW;
    } else if (zend_is_call(source)) {
        flags = ZEND_RETURNS_FUNCTION;
    }
    zend_compile_var(c, &value, source, BP_VAR_W, 0);
    mark_make_ref(c, &value);
    zend_set_line(c, ast->lineno);
    zend_target_assign_ref(c, &target, result, &value, flags);
}

/* --- $a += expr, ++$a ----------------------------------------------------------------------- */

static zend_uchar assign_opcode(unsigned int op)
{
    if (op == ZEND_AST_OP_POW) {
        return ZEND_ASSIGN_POW;
    }
    return (zend_uchar) (ZEND_ASSIGN_ADD + (op - ZEND_AST_OP_ADD));
}

void zend_compile_assign_op(zend_compiler *c, znode *result, zend_ast *ast)
{
    zend_uchar opcode = assign_opcode(ast->attr);
    zend_target target;
    zend_op *opline;
    znode value;

    target_begin(c, &target, ast->child[0], BP_VAR_RW);
    zend_compile_expr(c, &value, ast->child[1]);
    zend_set_line(c, ast->lineno);
    opline = zend_delayed_flush(c, target.from, target.to);
    if (target.ast->kind != ZEND_AST_DIM && target.ast->kind != ZEND_AST_PROP) {
        zend_emit_var(c, result, opcode, &target.node, &value);
        return;
    }
    opline->opcode = opcode;
    opline->extended_value =
        target.ast->kind == ZEND_AST_DIM ? ZEND_ASSIGN_DIM : ZEND_ASSIGN_OBJ;
    give_result(opline, result);
    zend_emit_op_data(c, &value);
}

static zend_uchar incdec_opcode(const zend_ast *ast, bool of_object)
{
    switch (ast->kind) {
    case ZEND_AST_PRE_INC:
        return of_object ? ZEND_PRE_INC_OBJ : ZEND_PRE_INC;
    case ZEND_AST_PRE_DEC:
        return of_object ? ZEND_PRE_DEC_OBJ : ZEND_PRE_DEC;
    case ZEND_AST_POST_INC:
        return of_object ? ZEND_POST_INC_OBJ : ZEND_POST_INC;
    default:
        return of_object ? ZEND_POST_DEC_OBJ : ZEND_POST_DEC;
    }
}

void zend_compile_incdec(zend_compiler *c, znode *result, zend_ast *ast)
{
    bool postfix = ast->kind == ZEND_AST_POST_INC || ast->kind == ZEND_AST_POST_DEC;
    bool of_object = ast->child[0]->kind == ZEND_AST_PROP;
    zend_target target;
    zend_op *opline;

    target_begin(c, &target, ast->child[0], BP_VAR_RW);
    opline = zend_delayed_flush(c, target.from, target.to);
    if (of_object) {
        opline->opcode = incdec_opcode(ast, true);
        opline->result_type = postfix ? IS_TMP_VAR : IS_VAR;
        result->op_type = opline->result_type;
        result->u.var = opline->result.var;
    } else if (postfix) {
        zend_emit_tmp(c, result, incdec_opcode(ast, false), &target.node, NULL);
    } else {
        zend_emit_var(c, result, incdec_opcode(ast, false), &target.node, NULL);
    }
}

/* --- list() --------------------------------------------------------------------------------- */

static void collect_leaves(zend_compiler *c, zend_list_targets *targets, zend_ast *ast,
    const zend_uint *path, zend_uint depth)
{
    zend_ast_list *list = zend_ast_get_list(ast);
    uint32_t i;

    zend_stack_guard();
    for (i = 0; i < list->children; i++) {
        zend_ast *child = list->child[i];
        zend_uint *child_path;

        if (!child) {
            continue;
        }
        child_path = zend_arena_alloc(c->arena, (depth + 1) * sizeof(zend_uint));
        if (depth) {
            memcpy(child_path, path, depth * sizeof(zend_uint));
        }
        child_path[depth] = i;
        if (child->kind == ZEND_AST_LIST) {
            collect_leaves(c, targets, child, child_path, depth + 1);
            continue;
        }
        targets->leaves = zend_compile_grow(
            c, targets->leaves, targets->count, &targets->room, sizeof(zend_list_leaf));
        targets->leaves[targets->count].path = child_path;
        targets->leaves[targets->count].depth = depth + 1;
        zend_target_begin(c, &targets->leaves[targets->count].target, child);
        targets->count++;
    }
}

void zend_list_begin(zend_compiler *c, zend_list_targets *targets, zend_ast *list)
{
    memset(targets, 0, sizeof(*targets));
    collect_leaves(c, targets, list, NULL, 0);
}

/* From right to left, each element fetched from the outermost value anew. */
void zend_list_assign(zend_compiler *c, zend_list_targets *targets, const znode *value)
{
    zend_uint number = targets->count;

    while (number-- > 0) {
        zend_list_leaf *leaf = &targets->leaves[number];
        znode container, index;
        zend_uint i;

        zend_long_node(&index, (long) leaf->path[0]);
        zend_emit_var(c, &container, ZEND_FETCH_LIST, value, &index);
        for (i = 1; i < leaf->depth; i++) {
            znode outer = container;

            zend_long_node(&index, (long) leaf->path[i]);
            zend_emit_var(c, &container, ZEND_FETCH_DIM_R, &outer, &index);
        }
        zend_target_assign(c, &leaf->target, NULL, &container);
    }
}
