/* SPDX-License-Identifier: MIT */
/*
 * Keeping the tree of a constant expression, and evaluating it.
 *
 * The nodes are the parser's (zend_ast.h), limited to literals, operators, ?:, array elements and
 * indexing; constants are ZVAL nodes of type IS_CONSTANT. The tree is measured, then
 * copied into one block.
 */
#include "compile/zend_constant_ast.h"

#include <string.h>

#include "compile/zend_compile.h"
#include "data/zend_symtable.h"
#include "runtime/zend_constants.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_execute_API.h"
#include "runtime/zend_stack_limit.h"
#include "value/zend_operators.h"
#include "value/zend_variables.h"
#include "zend_alloc.h"

typedef struct _constant_ast_block {
    uint32_t refcount;
    uint32_t size;
} constant_ast_block;

/* --- The block ------------------------------------------------------------------------------ */

static size_t node_size(const zend_ast *ast)
{
    if (ast->kind == ZEND_AST_ZVAL) {
        return sizeof(zend_ast_zval);
    }
    if (zend_ast_is_list(ast)) {
        return sizeof(zend_ast_list)
            + ((const zend_ast_list *) ast)->children * sizeof(zend_ast *);
    }
    return offsetof(zend_ast, child) + zend_ast_children(ast) * sizeof(zend_ast *);
}

static uint32_t node_children(zend_ast *ast, zend_ast ***children)
{
    if (ast->kind == ZEND_AST_ZVAL) {
        return 0;
    }
    if (zend_ast_is_list(ast)) {
        *children = zend_ast_get_list(ast)->child;
        return zend_ast_get_list(ast)->children;
    }
    *children = ast->child;
    return zend_ast_children(ast);
}

static size_t tree_size(zend_ast *ast)
{
    zend_ast **children = NULL;
    uint32_t count = node_children(ast, &children);
    size_t size = node_size(ast);
    uint32_t i;

    zend_stack_guard();
    for (i = 0; i < count; i++) {
        size += children[i] ? tree_size(children[i]) : 0;
    }
    return size;
}

static zend_ast *copy_tree(char **place, zend_ast *ast)
{
    zend_ast *copy = (zend_ast *) (void *) *place;
    zend_ast **children = NULL;
    uint32_t count = node_children(ast, &children);
    zend_ast **copies = NULL;
    uint32_t i;

    *place += node_size(ast);
    if (zend_ast_is_list(ast)) {
        zend_ast_list *list = (zend_ast_list *) (void *) copy;

        *list = *zend_ast_get_list(ast);
        list->capacity = list->children;
        list->child = copies = (zend_ast **) (void *) (list + 1);
    } else {
        memcpy(copy, ast, node_size(ast));
        copies = copy->child;
    }
    for (i = 0; i < count; i++) {
        copies[i] = children[i] ? copy_tree(place, children[i]) : NULL;
    }
    return copy;
}

zend_ast *zend_constant_ast_make(zend_ast *ast)
{
    size_t size = sizeof(constant_ast_block) + tree_size(ast);
    constant_ast_block *block = emalloc(size);
    char *place = (char *) (block + 1);

    block->refcount = 1;
    block->size = (uint32_t) size;
    return copy_tree(&place, ast);
}

zend_ast *zend_constant_ast_copy(zend_ast *ast)
{
    ((constant_ast_block *) (void *) ast - 1)->refcount++;
    return ast;
}

void zend_constant_ast_free(zend_ast *ast)
{
    constant_ast_block *block = (constant_ast_block *) (void *) ast - 1;

    if (--block->refcount == 0) {
        efree(block);
    }
}

/* --- Evaluation ----------------------------------------------------------------------------- */

typedef int (*binary_function)(zval *result, zval *op1, zval *op2);

static binary_function binary_function_of(unsigned int op)
{
    static const binary_function functions[] = {
        [ZEND_AST_OP_ADD] = add_function,
        [ZEND_AST_OP_SUB] = sub_function,
        [ZEND_AST_OP_MUL] = mul_function,
        [ZEND_AST_OP_DIV] = div_function,
        [ZEND_AST_OP_MOD] = mod_function,
        [ZEND_AST_OP_SL] = shift_left_function,
        [ZEND_AST_OP_SR] = shift_right_function,
        [ZEND_AST_OP_CONCAT] = concat_function,
        [ZEND_AST_OP_BW_OR] = bitwise_or_function,
        [ZEND_AST_OP_BW_AND] = bitwise_and_function,
        [ZEND_AST_OP_BW_XOR] = bitwise_xor_function,
        [ZEND_AST_OP_BOOL_XOR] = boolean_xor_function,
        [ZEND_AST_OP_IS_IDENTICAL] = is_identical_function,
        [ZEND_AST_OP_IS_NOT_IDENTICAL] = is_not_identical_function,
        [ZEND_AST_OP_IS_EQUAL] = is_equal_function,
        [ZEND_AST_OP_IS_NOT_EQUAL] = is_not_equal_function,
        [ZEND_AST_OP_IS_SMALLER] = is_smaller_function,
        [ZEND_AST_OP_IS_SMALLER_OR_EQUAL] = is_smaller_or_equal_function,
    };

    return op == ZEND_AST_OP_POW ? pow_function : functions[op];
}

static void evaluate_binary(zval *result, binary_function function, zend_ast *left,
    zend_ast *right, bool swapped, zend_class_entry *scope)
{
    zval op1, op2;

    zend_ast_evaluate(&op1, left, scope);
    zend_ast_evaluate(&op2, right, scope);
    if (swapped) {
        function(result, &op2, &op1);
    } else {
        function(result, &op1, &op2);
    }
    zval_dtor(&op1);
    zval_dtor(&op2);
}

static bool evaluate_bool(zend_ast *ast, zend_class_entry *scope)
{
    zval value;
    bool result;

    zend_ast_evaluate(&value, ast, scope);
    result = zend_is_true(&value);
    zval_dtor(&value);
    return result;
}

/* -x is 0 - x, +x is 0 + x. */
static void evaluate_sign(zval *result, binary_function function, const zend_ast *ast,
    zend_class_entry *scope)
{
    zval zero, value;

    INIT_PZVAL(&zero);
    ZVAL_LONG(&zero, 0);
    zend_ast_evaluate(&value, ast->child[0], scope);
    function(result, &zero, &value);
    zval_dtor(&value);
}

static void evaluate_unary(zval *result, const zend_ast *ast, zend_class_entry *scope)
{
    zval value;

    zend_ast_evaluate(&value, ast->child[0], scope);
    if (ast->attr == ZEND_AST_OP_BW_NOT) {
        bitwise_not_function(result, &value);
    } else {
        boolean_not_function(result, &value);
    }
    zval_dtor(&value);
}

static void evaluate_conditional(zval *result, const zend_ast *ast, zend_class_entry *scope)
{
    zval condition;

    zend_ast_evaluate(&condition, ast->child[0], scope);
    if (!zend_is_true(&condition)) {
        zend_ast_evaluate(result, ast->child[2], scope);
    } else if (ast->child[1]) {
        zend_ast_evaluate(result, ast->child[1], scope);
    } else {
        *result = condition; /* a ?: b moves a into the result */
        return;
    }
    zval_dtor(&condition);
}

/* Takes over value; destroys the content of key. */
static void add_array_element(zval *array, zval *key, zval *value)
{
    HashTable *ht = Z_ARRVAL_P(array);

    switch (Z_TYPE_P(key)) {
    case IS_NULL:
        zend_symtable_update(ht, "", 1, &value, sizeof(value), NULL);
        break;
    case IS_BOOL:
    case IS_LONG:
    case IS_RESOURCE:
        zend_hash_index_update(ht, (ulong) Z_LVAL_P(key), &value, sizeof(value), NULL);
        break;
    case IS_DOUBLE:
        convert_to_long(key);
        zend_hash_index_update(ht, (ulong) Z_LVAL_P(key), &value, sizeof(value), NULL);
        break;
    case IS_STRING:
        zend_symtable_update(
            ht, Z_STRVAL_P(key), (uint) Z_STRLEN_P(key) + 1, &value, sizeof(value), NULL);
        break;
    default:
        zend_error(E_ERROR, "Illegal offset type");
        break;
    }
    zval_dtor(key);
}

static void evaluate_array(zval *result, const zend_ast *ast, zend_class_entry *scope)
{
    const zend_ast_list *list = (const zend_ast_list *) ast;
    uint32_t i;

    array_init_size(result, list->children);
    for (i = 0; i < list->children; i++) {
        const zend_ast *element = list->child[i];
        zval *value;
        zval key;

        if (element->child[1]) {
            zend_ast_evaluate(&key, element->child[1], scope);
        }
        MAKE_STD_ZVAL(value);
        zend_ast_evaluate(value, element->child[0], scope);
        if (element->child[1]) {
            add_array_element(result, &key, value);
        } else {
            zend_hash_next_index_insert(Z_ARRVAL_P(result), &value, sizeof(value), NULL);
        }
    }
}

static zval **find_element(HashTable *ht, zval *dim)
{
    zval **found = NULL;

    switch (Z_TYPE_P(dim)) {
    case IS_NULL:
        zend_hash_find(ht, "", 1, (void **) &found);
        break;
    case IS_STRING:
        zend_symtable_find(ht, Z_STRVAL_P(dim), (uint) Z_STRLEN_P(dim) + 1, (void **) &found);
        if (!found) {
            zend_error(E_NOTICE, "Undefined index: %s", Z_STRVAL_P(dim));
        }
        break;
    case IS_ARRAY:
    case IS_OBJECT:
        zend_error(E_WARNING, "Illegal offset type");
        break;
    default: {
        long index = zend_zval_get_long(dim);

        zend_hash_index_find(ht, (ulong) index, (void **) &found);
        if (!found) {
            zend_error(E_NOTICE, "Undefined offset: %ld", index);
        }
        break;
    }
    }
    return found;
}

static void evaluate_string_offset(zval *result, zval *string, zval *dim)
{
    long offset = zend_zval_get_long(dim);

    if (Z_TYPE_P(dim) == IS_STRING && is_numeric_string(
            Z_STRVAL_P(dim), Z_STRLEN_P(dim), NULL, NULL, -1) != IS_LONG) {
        zend_error(E_WARNING, "Illegal string offset '%s'", Z_STRVAL_P(dim));
    }
    if (offset < 0 || offset >= Z_STRLEN_P(string)) {
        zend_error(E_NOTICE, "Uninitialized string offset: %ld", offset);
        ZVAL_EMPTY_STRING(result);
    } else {
        ZVAL_STRINGL(result, Z_STRVAL_P(string) + offset, 1, 1);
    }
}

static void evaluate_dim(zval *result, const zend_ast *ast, zend_class_entry *scope)
{
    zval container, dim;
    zval **found;

    zend_ast_evaluate(&container, ast->child[0], scope);
    zend_ast_evaluate(&dim, ast->child[1], scope);
    ZVAL_NULL(result);
    if (Z_TYPE(container) == IS_ARRAY) {
        found = find_element(Z_ARRVAL(container), &dim);
        if (found) {
            ZVAL_COPY_VALUE(result, *found);
            zval_copy_ctor(result);
        }
    } else if (Z_TYPE(container) == IS_STRING) {
        evaluate_string_offset(result, &container, &dim);
    }
    zval_dtor(&container);
    zval_dtor(&dim);
}

static void evaluate_zval(zval *result, const zend_ast *ast, zend_class_entry *scope)
{
    const zval *value = &((const zend_ast_zval *) ast)->val;

    ZVAL_COPY_VALUE(result, value);
    zval_copy_ctor(result);
    if (IS_CONSTANT_TYPE(Z_TYPE_P(result))) {
        zval_update_constant_ex(&result, 1, scope);
    }
}

void zend_ast_evaluate(zval *result, const zend_ast *ast, zend_class_entry *scope)
{
    zend_stack_guard();
    INIT_PZVAL(result);
    switch (ast->kind) {
    case ZEND_AST_ZVAL:
        evaluate_zval(result, ast, scope);
        break;
    case ZEND_AST_BINARY_OP:
        evaluate_binary(
            result, binary_function_of(ast->attr), ast->child[0], ast->child[1], false, scope);
        break;
    case ZEND_AST_GREATER:
        evaluate_binary(result, is_smaller_function, ast->child[0], ast->child[1], true, scope);
        break;
    case ZEND_AST_GREATER_EQUAL:
        evaluate_binary(
            result, is_smaller_or_equal_function, ast->child[0], ast->child[1], true, scope);
        break;
    case ZEND_AST_AND:
        ZVAL_BOOL(result,
            evaluate_bool(ast->child[0], scope) && evaluate_bool(ast->child[1], scope));
        break;
    case ZEND_AST_OR:
        ZVAL_BOOL(result,
            evaluate_bool(ast->child[0], scope) || evaluate_bool(ast->child[1], scope));
        break;
    case ZEND_AST_CONDITIONAL:
        evaluate_conditional(result, ast, scope);
        break;
    case ZEND_AST_UNARY_OP:
        evaluate_unary(result, ast, scope);
        break;
    case ZEND_AST_UNARY_PLUS:
        evaluate_sign(result, add_function, ast, scope);
        break;
    case ZEND_AST_UNARY_MINUS:
        evaluate_sign(result, sub_function, ast, scope);
        break;
    case ZEND_AST_ARRAY:
        evaluate_array(result, ast, scope);
        break;
    case ZEND_AST_DIM:
        evaluate_dim(result, ast, scope);
        break;
    default:
        ZVAL_NULL(result); /* the grammar lets nothing else through */
        break;
    }
}
