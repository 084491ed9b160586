/* SPDX-License-Identifier: MIT */
/*
 * Variables: from a node of the tree to the operations that fetch it.
 *
 * PHP 5 evaluates the parts of a variable (`f()` and `$i` in `$a[f()]->b[$i]`) in the order
 * written, but fetches through them only at the end: in an assignment, after the right
 * side. So the fetching operations are delayed: they go to a stack, from which they are appended when
 * it is time.
 *
 *      $a[f()][$i] = g();       operations          delayed
 *      $a                       -                   -              (a CV needs none)
 *      f()                      DO_FCALL V0         -
 *      [f()]                                        V1 = FETCH_DIM_W $a, V0
 *      [$i]                                         V2 = FETCH_DIM_W V1, $i
 *      g()                      DO_FCALL V3
 *      =                        V1 = FETCH_DIM_W $a, V0
 *                               V2 = ASSIGN_DIM V1, $i;  OP_DATA V3
 */
#include "compile/zend_compile_internal.h"

#include <string.h>

#include "data/zend_symtable.h"
#include "runtime/zend_auto_globals.h"

/* --- Questions ------------------------------------------------------------------------------ */

static bool is_chain(const zend_ast *ast)
{
    return ast->kind == ZEND_AST_DIM || ast->kind == ZEND_AST_PROP
        || ast->kind == ZEND_AST_METHOD_CALL;
}

bool zend_is_variable(const zend_ast *ast)
{
    const zend_ast *root = ast;

    if (ast->kind == ZEND_AST_ZVAL || (ast->attr & ZEND_AST_PARENTHESIZED)) {
        return false;
    }
    while (is_chain(root)) {
        root = root->child[0];
    }
    switch (root->kind) {
    case ZEND_AST_VAR:
    case ZEND_AST_STATIC_PROP:
    case ZEND_AST_CALL:
    case ZEND_AST_STATIC_CALL:
        return true;
    default:
        return false;
    }
}

bool zend_is_call(const zend_ast *ast)
{
    return (ast->kind == ZEND_AST_CALL || ast->kind == ZEND_AST_METHOD_CALL
               || ast->kind == ZEND_AST_STATIC_CALL)
        && !(ast->attr & ZEND_AST_PARENTHESIZED);
}

bool zend_is_this_fetch(const zend_ast *ast)
{
    zend_text name;

    if (ast->kind != ZEND_AST_VAR || !zend_ast_is_string(ast->child[0])) {
        return false;
    }
    name = zend_ast_text(ast->child[0]);
    return zend_text_is(name, "this");
}

void zend_check_writable(const zend_ast *ast)
{
    if (ast->kind == ZEND_AST_METHOD_CALL) {
        zend_error_noreturn(
            E_COMPILE_ERROR, "Can't use method return value in write context");
    }
    if (ast->kind == ZEND_AST_CALL || ast->kind == ZEND_AST_STATIC_CALL) {
        zend_error_noreturn(
            E_COMPILE_ERROR, "Can't use function return value in write context");
    }
}

/* --- Delayed operations --------------------------------------------------------------------- */

/* The opcodes of a fetch stand in steps of three, in the order of BP_VAR_*. */
static zend_uchar fetch_opcode(zend_uchar opcode_for_read, int type)
{
    return (zend_uchar) (opcode_for_read + 3 * type);
}

static zend_op *delay_op(zend_compiler *c, znode *result, zend_uchar opcode, const znode *op1,
    const znode *op2)
{
    zend_function_build *build = c->function;
    zend_op *opline;

    build->delayed = zend_compile_grow(
        c, build->delayed, build->delayed_count, &build->delayed_room, sizeof(zend_op));
    opline = &build->delayed[build->delayed_count++];
    memset(opline, 0, sizeof(*opline));
    opline->opcode = opcode;
    opline->lineno = c->lineno;
    zend_set_operand(c, &opline->op1_type, &opline->op1, op1);
    zend_set_operand(c, &opline->op2_type, &opline->op2, op2);
    zend_make_var_result(c, opline, result);
    return opline;
}

zend_uint zend_delayed_begin(const zend_compiler *c)
{
    return c->function->delayed_count;
}

zend_op *zend_delayed_flush(zend_compiler *c, zend_uint from, zend_uint to)
{
    zend_function_build *build = c->function;
    zend_op *opline = NULL;
    zend_uint i;

    for (i = from; i < to; i++) {
        opline = zend_emit_op(c, ZEND_NOP, NULL, NULL);
        *opline = build->delayed[i];
    }
    if (to == build->delayed_count) {
        build->delayed_count = from;
    }
    return opline;
}

zend_op *zend_delayed_end(zend_compiler *c, zend_uint begin)
{
    return zend_delayed_flush(c, begin, c->function->delayed_count);
}

/* --- Simple variables ----------------------------------------------------------------------- */

/* Behind `@` a variable is fetched by name, so that the notice comes while errors are silent. */
static bool follows_begin_silence(const zend_compiler *c)
{
    zend_uint last = zend_next_op(c);

    return last > 0 && c->function->ops[last - 1].opcode == ZEND_BEGIN_SILENCE;
}

static void compile_variable_name(zend_compiler *c, znode *node, zend_ast *name)
{
    zend_compile_expr(c, node, name);
    if (node->op_type == IS_CONST && Z_TYPE(node->u.constant) != IS_STRING) {
        zval_copy_ctor(&node->u.constant);
        convert_to_string(&node->u.constant);
    }
}

static zend_op *delayed_simple_var(
    zend_compiler *c, znode *result, zend_ast *ast, int type, zend_uint argument)
{
    zend_op *opline;
    znode name;
    zend_uint place = ZEND_FETCH_LOCAL;

    compile_variable_name(c, &name, ast->child[0]);
    if (name.op_type == IS_CONST) {
        zend_text text = zend_node_text(&name);

        if (zend_is_auto_global(text.val, (uint) text.len)) {
            place = ZEND_FETCH_GLOBAL;
        } else if (zend_text_is(text, "this") || !follows_begin_silence(c)) {
            zend_cv_node(c, result, text);
            return NULL;
        }
    }
    zend_set_line(c, ast->lineno);
    opline = delay_op(c, result, fetch_opcode(ZEND_FETCH_R, type), &name, NULL);
    opline->extended_value = place | argument;
    return opline;
}

/* --- Parts of variables --------------------------------------------------------------------- */

static zend_op *delayed_compile(
    zend_compiler *c, znode *result, zend_ast *ast, int type, zend_uint argument);

void zend_handle_numeric_dim(znode *node)
{
    ulong index;

    if (zend_node_is_string(node)
        && zend_handle_numeric(
            Z_STRVAL(node->u.constant), (uint) Z_STRLEN(node->u.constant) + 1, &index)) {
        zend_long_node(node, (long) index);
    }
}

static zend_op *delayed_dim(
    zend_compiler *c, znode *result, zend_ast *ast, int type, zend_uint argument)
{
    znode container, dim;
    zend_op *opline;

    delayed_compile(c, &container, ast->child[0], type, argument);
    if (ast->child[1]) {
        zend_compile_expr(c, &dim, ast->child[1]);
        zend_handle_numeric_dim(&dim);
    } else {
        if (type == BP_VAR_R || type == BP_VAR_IS) {
            zend_error_noreturn(E_COMPILE_ERROR, "Cannot use [] for reading");
        }
        if (type == BP_VAR_UNSET) {
            zend_error_noreturn(E_COMPILE_ERROR, "Cannot use [] for unsetting");
        }
        zend_unused_node(&dim, 0);
    }
    zend_set_line(c, ast->lineno);
    opline = delay_op(c, result, fetch_opcode(ZEND_FETCH_DIM_R, type), &container, &dim);
    opline->extended_value = argument;
    return opline;
}

static zend_op *delayed_prop(
    zend_compiler *c, znode *result, zend_ast *ast, int type, zend_uint argument)
{
    znode object, name;
    zend_op *opline;
    bool is_this = zend_is_this_fetch(ast->child[0]);

    if (is_this) {
        zend_unused_node(&object, 0);
        zend_compiler_op_array(c)->fn_flags |= ZEND_ACC_USES_THIS;
    } else {
        delayed_compile(c, &object, ast->child[0], type, argument);
    }
    compile_variable_name(c, &name, ast->child[1]);
    zend_set_line(c, ast->lineno);
    opline = delay_op(c, result, fetch_opcode(ZEND_FETCH_OBJ_R, type), &object,
        name.op_type == IS_CONST ? NULL : &name);
    if (name.op_type == IS_CONST) {
        opline->op2_type = IS_CONST;
        opline->op2.constant = zend_add_property_literal(c, zend_node_text(&name), is_this);
    }
    opline->extended_value = argument;
    return opline;
}

static zend_op *delayed_static_prop(
    zend_compiler *c, znode *result, zend_ast *ast, int type, zend_uint argument)
{
    znode class_node, name;
    zend_op *opline;

    zend_compile_class_ref(c, &class_node, ast->child[0], ZEND_FETCH_CLASS_DEFAULT);
    compile_variable_name(c, &name, ast->child[1]);
    zend_set_line(c, ast->lineno);
    opline = delay_op(c, result, fetch_opcode(ZEND_FETCH_R, type),
        name.op_type == IS_CONST ? NULL : &name, NULL);
    if (name.op_type == IS_CONST) {
        opline->op1_type = IS_CONST;
        opline->op1.constant = zend_add_slot_literal(c, zend_node_text(&name), 2);
    }
    zend_set_class_operand(c, &opline->op2_type, &opline->op2, &class_node);
    opline->extended_value = ZEND_FETCH_STATIC_MEMBER | argument;
    return opline;
}

static zend_op *delayed_compile(
    zend_compiler *c, znode *result, zend_ast *ast, int type, zend_uint argument)
{
    zend_stack_guard();
    switch (ast->kind) {
    case ZEND_AST_VAR:
        return delayed_simple_var(c, result, ast, type, argument);
    case ZEND_AST_DIM:
        return delayed_dim(c, result, ast, type, argument);
    case ZEND_AST_PROP:
        return delayed_prop(c, result, ast, type, argument);
    case ZEND_AST_STATIC_PROP:
        return delayed_static_prop(c, result, ast, type, argument);
    default:
        zend_compile_expr(c, result, ast);
        return NULL;
    }
}

zend_op *zend_delayed_compile_var(zend_compiler *c, znode *result, zend_ast *ast, int type)
{
    return delayed_compile(c, result, ast, type, 0);
}

void zend_compile_var(zend_compiler *c, znode *result, zend_ast *ast, int type, zend_uint argument)
{
    zend_uint begin = zend_delayed_begin(c);

    delayed_compile(c, result, ast, type, argument);
    zend_delayed_end(c, begin);
}

/* --- Classes -------------------------------------------------------------------------------- */

void zend_compile_class_ref(zend_compiler *c, znode *result, zend_ast *ast, zend_uint flags)
{
    znode name;
    zend_uint type;

    if (zend_ast_is_string(ast)) {
        type = ast->attr == ZEND_NAME_NOT_FQ ? zend_class_fetch_type(zend_ast_text(ast))
                                             : ZEND_FETCH_CLASS_DEFAULT;
        if (type == ZEND_FETCH_CLASS_DEFAULT) {
            zend_string_node(result, zend_resolve_class_ast(c, ast));
        } else {
            zend_unused_node(result, type);
        }
        return;
    }
    zend_compile_expr(c, &name, ast);
    zend_emit_var(c, result, ZEND_FETCH_CLASS, NULL, &name)->extended_value = flags;
}

void zend_set_class_operand(
    zend_compiler *c, zend_uchar *type, znode_op *operand, const znode *class_node)
{
    *type = class_node->op_type;
    if (class_node->op_type == IS_CONST) {
        operand->constant = zend_add_class_literal(c, zend_node_text(class_node));
    } else {
        operand->var = class_node->u.var;
    }
}
