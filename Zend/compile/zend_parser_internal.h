/* SPDX-License-Identifier: MIT */
/*
 * What the grammar's actions use: the parser's state and the making of larger nodes.
 *
 * Most actions make one node with NODE(). PHP 5's grammar recognises what follows a `->` before
 * it combines it with what stands in front: such a suffix is built as a chain, whose
 * innermost node still lacks its first child (the hole), and is then attached:
 *
 *     ->p['k']                 DIM(PROP(hole, "p"), "k")
 *     $o                       VAR("o")
 *     attached:                DIM(PROP(VAR("o"), "p"), "k")
 */
#ifndef ZEND_PARSER_INTERNAL_H
#define ZEND_PARSER_INTERNAL_H

#include "compile/zend_language_scanner.h"
#include "compile/zend_op_array.h"
#include "runtime/zend_globals.h"

typedef struct _zend_parser {
    zend_lex_state lex;
    zend_arena **arena;
    zend_ast *result;         /* the list of the file's statements */
    zend_ast *open_namespace; /* the NAMESPACE whose block is being read, or NULL */
    bool yields;              /* a yield was seen in the function being read */
} zend_parser;

/* A suffix without its base. Both NULL: nothing follows. */
typedef struct _zend_ast_chain {
    zend_ast *ast;  /* the outermost node */
    zend_ast *hole; /* the node whose child[0] is the base to come */
} zend_ast_chain;

/* What may follow a property's name: arguments, which make it a method, and offsets. */
typedef struct _zend_ast_method {
    zend_ast *args; /* ARG_LIST|NULL */
    zend_ast_chain dims;
} zend_ast_method;

/* The head of a declaration: what is known before its body. */
typedef struct _zend_ast_head {
    uint32_t line;
    uint32_t head_line; /* where the scanner stands behind the head */
    uint32_t flags;
    const char *doc_comment;
    int doc_comment_length;
    bool outer_yields; /* parser->yields of the function around */
} zend_ast_head;

#define NODE_ATTR(kind, attr, ...) \
    zend_ast_create(parser->arena, CG(zend_lineno), ZEND_AST_##kind, attr, __VA_ARGS__)
#define NODE(kind, ...) NODE_ATTR(kind, 0, __VA_ARGS__)
#define LEAF(kind, attr) zend_ast_create(parser->arena, CG(zend_lineno), ZEND_AST_##kind, attr)
#define EMPTY_LIST(kind) zend_ast_create_list(parser->arena, CG(zend_lineno), ZEND_AST_##kind, 0)
#define LIST_OF(kind, child) \
    zend_ast_create_list(parser->arena, CG(zend_lineno), ZEND_AST_##kind, 1, child)
#define ADD(list, child) zend_ast_list_add(parser->arena, list, child)

/* Attaches a suffix to its base; joins two suffixes, the second following the first. */
zend_ast *zend_parser_attach(zend_ast *base, zend_ast_chain suffix);
zend_ast_chain zend_parser_join(zend_ast_chain first, zend_ast_chain second);
/* A suffix of one node, whose first child is missing. */
zend_ast_chain zend_parser_link(zend_ast *node);
/* `->property` with what follows it. */
zend_ast_chain zend_parser_member(
    zend_parser *parser, zend_ast_chain property, zend_ast_method method);

/* `$` count times before a variable: $$x. */
zend_ast *zend_parser_indirect(zend_parser *parser, zend_ast *variable, uint32_t count);
/* `A::$b['c']` from the class and what looks like a variable. */
zend_ast *zend_parser_static_member(zend_parser *parser, zend_ast *class_name, zend_ast *variable);

/* Names: sets the ZEND_NAME_* of a name; joins `name\part`. */
zend_ast *zend_parser_name(zend_ast *name, zend_ast_attr type);
zend_ast *zend_parser_join_name(zend_parser *parser, zend_ast *name, zend_ast *part);
zend_ast *zend_parser_string(zend_parser *parser, const char *text);
/* `static` as a class name. */
static inline zend_ast *zend_parser_static_name(zend_parser *parser)
{
    return zend_parser_string(parser, "static");
}

/* Marks a variable that stands in parentheses. Returns it. */
zend_ast *zend_parser_parenthesized(zend_ast *expr);
/* Appends a part of a string, unless it is empty. */
zend_ast *zend_parser_add_part(zend_parser *parser, zend_ast *list, zend_ast *part);
/* Adds a child to a list, which is made if it is NULL; adds the children of another, or NULL. */
zend_ast *zend_parser_list(zend_parser *parser, zend_ast *list, unsigned int kind, zend_ast *child);
zend_ast *zend_parser_append(zend_parser *parser, zend_ast *list, zend_ast *more);
/* A yield, which makes the function around a generator. */
zend_ast *zend_parser_yield(zend_parser *parser, zend_ast *value, zend_ast *key);

/* Adds a modifier to those before it; raises E_COMPILE_ERROR if they do not go together. */
uint32_t zend_parser_add_modifier(uint32_t modifiers, uint32_t added);

/* Begins a declaration: takes the doc comment. */
zend_ast_head zend_parser_begin(zend_parser *parser, uint32_t line, uint32_t flags);
/* Ends it: makes the node. `name` is a string. */
zend_ast *zend_parser_function(zend_parser *parser, unsigned int kind, const zend_ast_head *head,
    zend_ast *name, zend_ast *params, zend_ast *uses, zend_ast *stmts);
zend_ast *zend_parser_class(zend_parser *parser, const zend_ast_head *head, zend_ast *name,
    zend_ast *extends, zend_ast *implements, zend_ast *stmts);
/* A property, with the doc comment that stands before it. */
zend_ast *zend_parser_property(zend_parser *parser, zend_ast *name, zend_ast *value);

/* `__halt_compiler();` at the end of `list`: completes the result. */
void zend_parser_halt(zend_parser *parser, zend_ast *list);
/* The same inside of a block: raises E_COMPILE_ERROR. */
void zend_parser_misplaced_halt(void);

#endif
