/* SPDX-License-Identifier: MIT */
/*
 * Constants in code, and constant expressions.
 *
 * A constant expression (a default value, a class constant, `const`) is made into a zval. What
 * can be computed at once is; a single constant becomes IS_CONSTANT, with its full name as
 * string; anything else becomes IS_CONSTANT_AST, a copy of the tree in which all names are
 * resolved. Such a tree lies in one emalloc'ed block, which is counted and never changed:
 *
 *      +----------+------+-----------------+------------------+----
 *      | refcount | size | root (zend_ast) | its descendants  | ...
 *      +----------+------+-----------------+------------------+----
 *                        ^ the zval points here
 */
#include "compile/zend_compile_internal.h"

#include <string.h>

#include "compile/zend_constant_ast.h"
#include "runtime/zend_constants.h"

/* --- Constants in code ---------------------------------------------------------------------- */

static bool special_constant(zval *result, zend_text name)
{
    if (zend_text_is_ci(name, "true")) {
        ZVAL_BOOL(result, 1);
    } else if (zend_text_is_ci(name, "false")) {
        ZVAL_BOOL(result, 0);
    } else if (zend_text_is_ci(name, "null")) {
        ZVAL_NULL(result);
    } else {
        return false;
    }
    return true;
}

bool zend_constant_substitute(zend_compiler *c, zval *result, zend_text name, bool all_internal)
{
    zend_constant *constant;

    if (special_constant(result, name)) {
        return true;
    }
    if (!all_internal || memchr(name.val, '\\', (size_t) name.len)) {
        return false;
    }
    constant = zend_find_constant(name.val, (uint) name.len);
    if (!constant || !(constant->flags & CONST_PERSISTENT)) {
        return false;
    }
    *result = constant->value;
    return Z_TYPE_P(result) <= IS_BOOL || Z_TYPE_P(result) == IS_STRING;
}

void zend_compile_const(zend_compiler *c, znode *result, zend_ast *ast)
{
    zend_ast *name_ast = ast->child[0];
    zend_text written = zend_ast_text(name_ast);
    bool unqualified;
    bool compound = name_ast->attr != ZEND_NAME_NOT_FQ
        || memchr(written.val, '\\', (size_t) written.len) != NULL;
    zend_text name;
    zend_op *opline;
    zval value;

    name = zend_resolve_const_name(c, written, name_ast->attr, &unqualified);
    if (zend_constant_substitute(c, &value, unqualified ? written : name,
            !unqualified && (!c->namespace.val || name_ast->attr == ZEND_NAME_FQ))) {
        zend_const_node(result, &value);
        return;
    }
    opline = zend_emit_tmp(c, result, ZEND_FETCH_CONSTANT, NULL, NULL);
    if (!compound) {
        opline->extended_value =
            IS_CONSTANT_UNQUALIFIED | (unqualified ? IS_CONSTANT_IN_NAMESPACE : 0);
    }
    opline->op2_type = IS_CONST;
    opline->op2.constant = zend_add_constant_literal(c, name, unqualified);
}

static void fetch_class_constant(
    zend_compiler *c, znode *result, const znode *class_node, zend_text name)
{
    zend_op *opline = zend_emit_tmp(c, result, ZEND_FETCH_CONSTANT, NULL, NULL);

    opline->extended_value = ZEND_FETCH_CLASS_CONSTANT;
    zend_set_class_operand(c, &opline->op1_type, &opline->op1, class_node);
    opline->op2_type = IS_CONST;
    opline->op2.constant = zend_add_slot_literal(c, name, 2);
}

void zend_compile_class_const(zend_compiler *c, znode *result, zend_ast *ast)
{
    znode class_node;

    zend_compile_class_ref(c, &class_node, ast->child[0], ZEND_FETCH_CLASS_DEFAULT);
    fetch_class_constant(c, result, &class_node, zend_ast_text(ast->child[1]));
}

static zend_uint class_name_fetch_type(const zend_ast *ast, zend_text name)
{
    return ast->attr == ZEND_NAME_NOT_FQ ? zend_class_fetch_type(name) : ZEND_FETCH_CLASS_DEFAULT;
}

void zend_compile_class_name(zend_compiler *c, znode *result, zend_ast *ast)
{
    zend_ast *name_ast = ast->child[0];
    zend_text name = zend_ast_text(name_ast);
    zend_uint type = class_name_fetch_type(name_ast, name);
    zend_text constant = {"class", 5};
    znode class_node;

    if (type == ZEND_FETCH_CLASS_DEFAULT) {
        zend_string_node(result, zend_resolve_class_ast(c, name_ast));
        return;
    }
    if (!c->class_entry) {
        zend_error_noreturn(E_COMPILE_ERROR,
            "Cannot access %s::class when no class scope is active",
            zend_compile_lower(c, name).val);
    }
    zend_unused_node(&class_node, type);
    fetch_class_constant(c, result, &class_node, constant);
}

/* --- Magic constants ------------------------------------------------------------------------ */

static bool in_trait(const zend_compiler *c)
{
    return c->class_entry && (c->class_entry->ce_flags & ZEND_ACC_TRAIT) == ZEND_ACC_TRAIT;
}

static zend_text function_name(const zend_compiler *c)
{
    const char *name = c->function ? c->function->op_array->function_name : NULL;
    zend_text text = {name ? name : "", name ? (int) strlen(name) : 0};
    return text;
}

static zend_text method_name(zend_compiler *c)
{
    zend_text function = function_name(c);

    if (!c->class_entry) {
        return function;
    }
    return zend_compile_concat(c, c->class_name, function.len ? "::" : "", function);
}

/* False: __CLASS__ in a trait, which each class that uses it resolves for itself. */
static bool magic_constant(zend_compiler *c, zend_text *text, int kind)
{
    zend_text empty = {"", 0};

    *text = empty;
    switch (kind) {
    case ZEND_MAGIC_CLASS:
        if (in_trait(c)) {
            return false;
        }
        if (c->class_entry) {
            *text = c->class_name;
        }
        return true;
    case ZEND_MAGIC_TRAIT:
        if (in_trait(c)) {
            *text = c->class_name;
        }
        return true;
    case ZEND_MAGIC_METHOD:
        *text = method_name(c);
        return true;
    case ZEND_MAGIC_FUNCTION:
        *text = function_name(c);
        return true;
    default:
        if (c->namespace.val) {
            *text = c->namespace;
        }
        return true;
    }
}

void zend_compile_magic_const(zend_compiler *c, znode *result, zend_ast *ast)
{
    zend_text text;

    if (magic_constant(c, &text, ast->attr)) {
        zend_string_node(result, text);
    } else {
        zend_text name = {"class", 5};
        znode class_node;

        zend_unused_node(&class_node, ZEND_FETCH_CLASS_SELF);
        fetch_class_constant(c, result, &class_node, name);
    }
}

/* --- Constant expressions: resolving names -------------------------------------------------- */

static zend_ast *constant_zval(zend_compiler *c, zend_ast *ast, zend_text text, int type)
{
    zval value;

    INIT_PZVAL(&value);
    Z_TYPE(value) = (zend_uchar) type;
    Z_STRVAL(value) = (char *) zend_compile_intern(text.val, text.len);
    Z_STRLEN(value) = text.len;
    return zend_ast_create_zval(c->arena, ast->lineno, &value);
}

static zend_ast *resolve_constant(zend_compiler *c, zend_ast *ast)
{
    zend_ast *name_ast = ast->child[0];
    zend_text written = zend_ast_text(name_ast);
    bool unqualified;
    zend_text name = zend_resolve_const_name(c, written, name_ast->attr, &unqualified);
    bool compound = name_ast->attr != ZEND_NAME_NOT_FQ
        || memchr(written.val, '\\', (size_t) written.len) != NULL;
    zval value;

    if (special_constant(&value, unqualified ? written : name)) {
        return zend_ast_create_zval(c->arena, ast->lineno, &value);
    }
    return constant_zval(c, ast, name, IS_CONSTANT | (compound ? 0 : IS_CONSTANT_UNQUALIFIED));
}

static zend_ast *resolve_class_constant(zend_compiler *c, zend_ast *ast)
{
    zend_ast *class_ast = ast->child[0];
    zend_text name = zend_ast_text(class_ast);
    zend_uint type = class_name_fetch_type(class_ast, name);

    if (type == ZEND_FETCH_CLASS_STATIC) {
        zend_error_noreturn(
            E_COMPILE_ERROR, "\"static::\" is not allowed in compile-time constants");
    }
    if (type == ZEND_FETCH_CLASS_DEFAULT) {
        name = zend_resolve_class_ast(c, class_ast);
    }
    return constant_zval(c, ast, zend_compile_concat(c, name, "::", zend_ast_text(ast->child[1])),
        IS_CONSTANT);
}

static zend_ast *resolve_class_name(zend_compiler *c, zend_ast *ast)
{
    zend_ast *name_ast = ast->child[0];
    zend_text name = zend_ast_text(name_ast);
    zend_uint type = class_name_fetch_type(name_ast, name);

    if (type == ZEND_FETCH_CLASS_STATIC || type == ZEND_FETCH_CLASS_PARENT) {
        zend_error_noreturn(E_COMPILE_ERROR,
            "%s::class cannot be used for compile-time class name resolution",
            zend_compile_lower(c, name).val);
    }
    if (type == ZEND_FETCH_CLASS_SELF) {
        if (!c->class_entry) {
            zend_error_noreturn(
                E_COMPILE_ERROR, "Cannot access self::class when no class scope is active");
        }
        return constant_zval(c, ast, c->class_name, IS_STRING);
    }
    return constant_zval(c, ast, zend_resolve_class_ast(c, name_ast), IS_STRING);
}

static zend_ast *resolve_magic(zend_compiler *c, zend_ast *ast)
{
    zend_text name = {"self::class", 11};
    zend_text text;

    if (magic_constant(c, &text, ast->attr)) {
        return constant_zval(c, ast, text, IS_STRING);
    }
    return constant_zval(c, ast, name, IS_CONSTANT);
}

static void check_array_element(const zend_ast *element)
{
    if (element->attr) {
        zend_error_noreturn(E_COMPILE_ERROR, "Constant expression contains invalid operations");
    }
}

/* Replaces all names by ZVAL nodes. *computable stays true if nothing is left for run time. */
static zend_ast *resolve_expr(zend_compiler *c, zend_ast *ast, bool *computable)
{
    uint32_t i;

    zend_stack_guard();
    if (!ast) {
        return NULL;
    }
    switch (ast->kind) {
    case ZEND_AST_ZVAL: {
        zval *value = zend_ast_get_zval(ast);
        if (Z_TYPE_P(value) == IS_STRING) {
            Z_STRVAL_P(value) = (char *) zend_compile_intern(Z_STRVAL_P(value), Z_STRLEN_P(value));
        }
        return ast;
    }
    case ZEND_AST_CONST:
        ast = resolve_constant(c, ast);
        break;
    case ZEND_AST_CLASS_CONST:
        ast = resolve_class_constant(c, ast);
        break;
    case ZEND_AST_CLASS_NAME:
        return resolve_class_name(c, ast);
    case ZEND_AST_MAGIC_CONST:
        ast = resolve_magic(c, ast);
        break;
    case ZEND_AST_ARRAY: {
        zend_ast_list *list = zend_ast_get_list(ast);
        for (i = 0; i < list->children; i++) {
            zend_ast *element = list->child[i];
            check_array_element(element);
            element->child[0] = resolve_expr(c, element->child[0], computable);
            element->child[1] = resolve_expr(c, element->child[1], computable);
        }
        return ast;
    }
    default:
        for (i = 0; i < zend_ast_children(ast); i++) {
            ast->child[i] = resolve_expr(c, ast->child[i], computable);
        }
        return ast;
    }
    if (IS_CONSTANT_TYPE(Z_TYPE_P(zend_ast_get_zval(ast)))) {
        *computable = false;
    }
    return ast;
}

void zend_compile_const_expr(zend_compiler *c, zval *result, zend_ast *ast)
{
    bool computable = true;

    INIT_PZVAL(result);
    ast = resolve_expr(c, ast, &computable);
    if (computable) {
        zend_ast_evaluate(result, ast, NULL);
        if (Z_TYPE_P(result) == IS_STRING && !IS_INTERNED(Z_STRVAL_P(result))) {
            Z_STRVAL_P(result) =
                (char *) zend_new_interned_string(Z_STRVAL_P(result), Z_STRLEN_P(result) + 1, 1);
        }
    } else if (ast->kind == ZEND_AST_ZVAL) {
        ZVAL_COPY_VALUE(result, zend_ast_get_zval(ast));
    } else {
        Z_TYPE_P(result) = IS_CONSTANT_AST;
        Z_AST_P(result) = zend_constant_ast_make(ast);
    }
}

/* --- const A = 1, B = 2; -------------------------------------------------------------------- */

static void compile_const_element(zend_compiler *c, zend_ast *element)
{
    zend_text written = zend_ast_text(element->child[0]);
    zend_text name = zend_prefix_with_namespace(c, written);
    znode name_node, value;
    zval ignored;

    zend_set_line(c, element->lineno);
    value.op_type = IS_CONST;
    zend_compile_const_expr(c, &value.u.constant, element->child[1]);
    if (special_constant(&ignored, written)) {
        zend_error_noreturn(E_COMPILE_ERROR, "Cannot redeclare constant '%s'", written.val);
    }
    zend_string_node(&name_node, name);
    zend_emit_op(c, ZEND_DECLARE_CONST, &name_node, &value);
    zend_note_constant(c, written);
}

void zend_compile_const_decl(zend_compiler *c, zend_ast *ast)
{
    zend_ast_list *list = zend_ast_get_list(ast);
    uint32_t i;

    for (i = 0; i < list->children; i++) {
        compile_const_element(c, list->child[i]);
    }
}
