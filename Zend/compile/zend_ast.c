/* SPDX-License-Identifier: MIT */
/*
 * Making nodes of the syntax tree, and the tables of their kinds.
 */
#include "compile/zend_ast.h"

#include <stdarg.h>
#include <string.h>

#define AST_NAME(kind, ...) #kind,
#define AST_CHILD_NAMES(kind, names) names,

/* One table for each shape, indexed by what a kind's number adds to the shape's base. */
static const char *const special_names[] = {ZEND_AST_SPECIAL_KINDS(AST_NAME)};
static const char *const list_names[] = {ZEND_AST_LIST_KINDS(AST_NAME)};
static const char *const leaf_names[] = {ZEND_AST_LEAF_KINDS(AST_NAME)};
static const char *const one_child_names[] = {ZEND_AST_ONE_CHILD_KINDS(AST_NAME)};
static const char *const two_child_names[] = {ZEND_AST_TWO_CHILD_KINDS(AST_NAME)};
static const char *const three_child_names[] = {ZEND_AST_THREE_CHILD_KINDS(AST_NAME)};
static const char *const four_child_names[] = {ZEND_AST_FOUR_CHILD_KINDS(AST_NAME)};

static const char *const leaf_children[] = {ZEND_AST_LEAF_KINDS(AST_CHILD_NAMES)};
static const char *const one_child_children[] = {ZEND_AST_ONE_CHILD_KINDS(AST_CHILD_NAMES)};
static const char *const two_child_children[] = {ZEND_AST_TWO_CHILD_KINDS(AST_CHILD_NAMES)};
static const char *const three_child_children[] = {ZEND_AST_THREE_CHILD_KINDS(AST_CHILD_NAMES)};
static const char *const four_child_children[] = {ZEND_AST_FOUR_CHILD_KINDS(AST_CHILD_NAMES)};

#define TABLE(names, children) {names, children, sizeof(names) / sizeof(*names)}

static const struct shape {
    const char *const *names;
    const char *const *children;
    unsigned int count;
} shapes[] = {
    TABLE(leaf_names, leaf_children),
    TABLE(one_child_names, one_child_children),
    TABLE(two_child_names, two_child_children),
    TABLE(three_child_names, three_child_children),
    TABLE(four_child_names, four_child_children),
};

#define SHAPES (sizeof(shapes) / sizeof(*shapes))

const char *zend_ast_kind_name(unsigned int kind)
{
    unsigned int shape = kind / ZEND_AST_CHILDREN_BASE;

    if (kind < sizeof(special_names) / sizeof(*special_names)) {
        return special_names[kind];
    }
    if (shape == 0) {
        kind -= ZEND_AST_LIST_BASE;
        return kind < sizeof(list_names) / sizeof(*list_names) ? list_names[kind] : "?";
    }
    kind %= ZEND_AST_CHILDREN_BASE;
    return shape <= SHAPES && kind < shapes[shape - 1].count ? shapes[shape - 1].names[kind] : "?";
}

const char *zend_ast_child_names(unsigned int kind)
{
    unsigned int shape = kind / ZEND_AST_CHILDREN_BASE;

    switch (kind) {
    case ZEND_AST_FUNC_DECL:
    case ZEND_AST_CLOSURE:
    case ZEND_AST_METHOD:
        return "params uses stmts";
    case ZEND_AST_CLASS:
        return "extends implements stmts";
    }
    kind %= ZEND_AST_CHILDREN_BASE;
    if (shape == 0 || shape > SHAPES || kind >= shapes[shape - 1].count) {
        return "";
    }
    return shapes[shape - 1].children[kind];
}

zend_ast *zend_ast_create(
    zend_arena **arena, uint32_t lineno, unsigned int kind, unsigned int attr, ...)
{
    uint32_t children = kind / ZEND_AST_CHILDREN_BASE - 1;
    zend_ast *ast =
        zend_arena_alloc(arena, offsetof(zend_ast, child) + children * sizeof(zend_ast *));
    va_list arguments;

    ast->kind = (uint16_t) kind;
    ast->attr = (zend_ast_attr) attr;
    ast->lineno = lineno;
    va_start(arguments, attr);
    for (uint32_t i = 0; i < children; i++) {
        ast->child[i] = va_arg(arguments, zend_ast *);
    }
    va_end(arguments);
    return ast;
}

zend_ast *zend_ast_create_zval(zend_arena **arena, uint32_t lineno, const zval *value)
{
    zend_ast_zval *ast = zend_arena_alloc(arena, sizeof(*ast));

    ast->kind = ZEND_AST_ZVAL;
    ast->attr = 0;
    ast->lineno = lineno;
    ast->val = *value;
    Z_SET_REFCOUNT(ast->val, 1);
    Z_UNSET_ISREF_P(&ast->val);
    return (zend_ast *) ast;
}

zend_ast *zend_ast_create_list(
    zend_arena **arena, uint32_t lineno, unsigned int kind, unsigned int count, ...)
{
    zend_ast_list *list = zend_arena_alloc(arena, sizeof(*list));
    va_list arguments;

    list->kind = (uint16_t) kind;
    list->attr = 0;
    list->lineno = lineno;
    list->children = list->capacity = 0;
    list->child = NULL;
    va_start(arguments, count);
    for (unsigned int i = 0; i < count; i++) {
        zend_ast_list_add(arena, (zend_ast *) list, va_arg(arguments, zend_ast *));
    }
    va_end(arguments);
    return (zend_ast *) list;
}

zend_ast *zend_ast_list_add(zend_arena **arena, zend_ast *ast, zend_ast *child)
{
    zend_ast_list *list = zend_ast_get_list(ast);

    if (list->children == list->capacity) {
        uint32_t capacity = list->capacity ? 2 * list->capacity : 4;
        zend_ast **grown = zend_arena_alloc(arena, capacity * sizeof(*grown));

        if (list->children) {
            memcpy(grown, list->child, list->children * sizeof(*grown));
        }
        list->child = grown;
        list->capacity = capacity;
    }
    list->child[list->children++] = child;
    return ast;
}

zend_ast_decl *zend_ast_create_decl(
    zend_arena **arena, unsigned int kind, uint32_t flags, uint32_t start, uint32_t end)
{
    zend_ast_decl *decl = zend_arena_alloc(arena, sizeof(*decl));

    memset(decl, 0, sizeof(*decl));
    decl->kind = (uint16_t) kind;
    decl->start_lineno = start;
    decl->end_lineno = end;
    decl->flags = flags;
    return decl;
}
