/* SPDX-License-Identifier: MIT */
/*
 * The making of larger nodes for the grammar's actions, and the entry to the parser.
 */
#include "compile/zend_parser.h"

#include <limits.h>
#include <string.h>

#include "compile/zend_language_parser.h"
#include "compile/zend_parser_internal.h"
#include "data/zend_interned.h"
#include "runtime/zend_errors.h"

/* Suffixes. */

zend_ast *zend_parser_attach(zend_ast *base, zend_ast_chain suffix)
{
    if (!suffix.ast) {
        return base;
    }
    suffix.hole->child[0] = base;
    return suffix.ast;
}

zend_ast_chain zend_parser_join(zend_ast_chain first, zend_ast_chain second)
{
    if (!first.ast) {
        return second;
    }
    if (second.ast) {
        second.hole->child[0] = first.ast;
        first.ast = second.ast;
    }
    return first;
}

zend_ast_chain zend_parser_link(zend_ast *node)
{
    return (zend_ast_chain){node, node};
}

zend_ast_chain zend_parser_member(
    zend_parser *parser, zend_ast_chain property, zend_ast_method method)
{
    zend_ast_chain call;

    if (!method.args) {
        return property;
    }
    if (property.ast == property.hole) {
        call = zend_parser_link(NODE(METHOD_CALL, NULL, property.ast->child[1], method.args));
    } else {
        /* ->p['k'](): what is called is found in the property. */
        call.ast = NODE(CALL, property.ast, method.args);
        call.hole = property.hole;
    }
    return zend_parser_join(call, method.dims);
}

/* Variables. */

zend_ast *zend_parser_indirect(zend_parser *parser, zend_ast *variable, uint32_t count)
{
    while (count--) {
        variable = NODE(VAR, variable);
    }
    return variable;
}

zend_ast *zend_parser_static_member(zend_parser *parser, zend_ast *class_name, zend_ast *variable)
{
    zend_ast **at = &variable;

    while ((*at)->kind == ZEND_AST_DIM) {
        at = &(*at)->child[0];
    }
    *at = NODE(STATIC_PROP, class_name, (*at)->child[0]);
    return variable;
}

zend_ast *zend_parser_parenthesized(zend_ast *expr)
{
    switch (expr->kind) {
    case ZEND_AST_VAR:
    case ZEND_AST_DIM:
    case ZEND_AST_PROP:
    case ZEND_AST_STATIC_PROP:
    case ZEND_AST_CALL:
    case ZEND_AST_METHOD_CALL:
    case ZEND_AST_STATIC_CALL:
        expr->attr |= ZEND_AST_PARENTHESIZED;
    }
    return expr;
}

/* Strings and names. */

/* A string node; `text` lies in the arena. */
static zend_ast *string_node(zend_parser *parser, char *text, int length)
{
    zval value;

    Z_TYPE(value) = IS_STRING;
    Z_STRVAL(value) = (char *) zend_new_interned_string(text, length + 1, 0);
    Z_STRLEN(value) = length;
    return zend_ast_create_zval(parser->arena, CG(zend_lineno), &value);
}

zend_ast *zend_parser_string(zend_parser *parser, const char *text)
{
    size_t length = strlen(text);

    return string_node(parser, zend_arena_strndup(parser->arena, text, length), (int) length);
}

zend_ast *zend_parser_name(zend_ast *name, zend_ast_attr type)
{
    name->attr = type;
    return name;
}

zend_ast *zend_parser_join_name(zend_parser *parser, zend_ast *name, zend_ast *part)
{
    const zval *left = zend_ast_get_zval(name), *right = zend_ast_get_zval(part);
    int length = Z_STRLEN_P(left) + 1 + Z_STRLEN_P(right);
    char *text = zend_arena_alloc(parser->arena, length + 1);

    memcpy(text, Z_STRVAL_P(left), Z_STRLEN_P(left));
    text[Z_STRLEN_P(left)] = '\\';
    memcpy(text + Z_STRLEN_P(left) + 1, Z_STRVAL_P(right), Z_STRLEN_P(right) + 1);
    return string_node(parser, text, length);
}

zend_ast *zend_parser_add_part(zend_parser *parser, zend_ast *list, zend_ast *part)
{
    return Z_STRLEN_P(zend_ast_get_zval(part)) ? ADD(list, part) : list;
}

/* Lists that may be missing. */

zend_ast *zend_parser_list(zend_parser *parser, zend_ast *list, unsigned int kind, zend_ast *child)
{
    if (!list) {
        list = zend_ast_create_list(parser->arena, CG(zend_lineno), kind, 0);
    }
    return ADD(list, child);
}

zend_ast *zend_parser_append(zend_parser *parser, zend_ast *list, zend_ast *more)
{
    if (more) {
        const zend_ast_list *added = zend_ast_get_list(more);

        for (uint32_t i = 0; i < added->children; i++) {
            ADD(list, added->child[i]);
        }
    }
    return list;
}

/* Declarations. */

uint32_t zend_parser_add_modifier(uint32_t modifiers, uint32_t added)
{
    uint32_t both = modifiers | added;

    if ((modifiers & ZEND_ACC_PPP_MASK) && (added & ZEND_ACC_PPP_MASK)) {
        zend_error(E_COMPILE_ERROR, "Multiple access type modifiers are not allowed");
    }
    if (modifiers & added & ZEND_ACC_ABSTRACT) {
        zend_error(E_COMPILE_ERROR, "Multiple abstract modifiers are not allowed");
    }
    if (modifiers & added & ZEND_ACC_STATIC) {
        zend_error(E_COMPILE_ERROR, "Multiple static modifiers are not allowed");
    }
    if (modifiers & added & ZEND_ACC_FINAL) {
        zend_error(E_COMPILE_ERROR, "Multiple final modifiers are not allowed");
    }
    if ((both & ZEND_ACC_ABSTRACT) && (both & ZEND_ACC_FINAL)) {
        zend_error(
            E_COMPILE_ERROR, "Cannot use the final modifier on an abstract class member");
    }
    return both;
}

zend_ast_head zend_parser_begin(zend_parser *parser, uint32_t line, uint32_t flags)
{
    zend_ast_head head = {line, CG(zend_lineno), flags, NULL, 0, parser->yields};

    if (parser->lex.doc_comment) {
        head.doc_comment = zend_arena_strndup(
            parser->arena, parser->lex.doc_comment, parser->lex.doc_comment_length);
        head.doc_comment_length = parser->lex.doc_comment_length;
        parser->lex.doc_comment = NULL;
    }
    parser->yields = false;
    return head;
}

static zend_ast_decl *declaration(
    zend_parser *parser, unsigned int kind, const zend_ast_head *head, const zend_ast *name)
{
    zend_ast_decl *decl = zend_ast_create_decl(
        parser->arena, kind, head->flags, head->line, CG(zend_lineno));
    const zval *string = zend_ast_get_zval((zend_ast *) name);

    decl->head_lineno = head->head_line;
    decl->doc_comment = head->doc_comment;
    decl->doc_comment_length = head->doc_comment_length;
    decl->name = Z_STRVAL_P(string);
    decl->name_length = Z_STRLEN_P(string);
    return decl;
}

zend_ast *zend_parser_function(zend_parser *parser, unsigned int kind, const zend_ast_head *head,
    zend_ast *name, zend_ast *params, zend_ast *uses, zend_ast *stmts)
{
    zend_ast_decl *decl = declaration(
        parser, kind, head, name ? name : zend_parser_string(parser, "{closure}"));

    decl->child[0] = params;
    decl->child[1] = uses;
    decl->child[2] = stmts;
    if (kind == ZEND_AST_CLOSURE) {
        decl->flags |= ZEND_ACC_CLOSURE;
    }
    if (parser->yields) {
        decl->flags |= ZEND_ACC_GENERATOR;
    }
    parser->yields = head->outer_yields;
    return (zend_ast *) decl;
}

zend_ast *zend_parser_class(zend_parser *parser, const zend_ast_head *head, zend_ast *name,
    zend_ast *extends, zend_ast *implements, zend_ast *stmts)
{
    zend_ast_decl *decl = declaration(parser, ZEND_AST_CLASS, head, name);

    decl->child[0] = extends;
    decl->child[1] = implements;
    decl->child[2] = stmts;
    parser->yields = head->outer_yields;
    return (zend_ast *) decl;
}

zend_ast *zend_parser_property(zend_parser *parser, zend_ast *name, zend_ast *value)
{
    zend_ast *comment = NULL;

    if (parser->lex.doc_comment) {
        int length = parser->lex.doc_comment_length;

        comment = string_node(parser,
            zend_arena_strndup(parser->arena, parser->lex.doc_comment, length), length);
        parser->lex.doc_comment = NULL;
    }
    return NODE(PROP_ELEM, name, value, comment);
}

zend_ast *zend_parser_yield(zend_parser *parser, zend_ast *value, zend_ast *key)
{
    parser->yields = true;
    return NODE(YIELD, value, key);
}

/* __halt_compiler(); */

void zend_parser_halt(zend_parser *parser, zend_ast *list)
{
    const zend_lex_state *lex = &parser->lex;
    zval offset;

    Z_TYPE(offset) = IS_LONG;
    Z_LVAL(offset) = (long) (lex->source->offset + (lex->cursor - lex->start));
    ADD(list, NODE(HALT_COMPILER,
        zend_ast_create_zval(parser->arena, CG(zend_lineno), &offset)));
    if (parser->open_namespace) {
        parser->open_namespace->child[1] = list;
        ADD(parser->result, parser->open_namespace);
    }
}

void zend_parser_misplaced_halt(void)
{
    zend_error(E_COMPILE_ERROR,
        "__HALT_COMPILER() can only be used from the outermost scope");
}

/* The entry. */

#define FIRST_CHUNK (32 * 1024)

zend_ast *zend_parse(const zend_source *source, zend_arena **arena)
{
    const char *outer_filename = CG(compiled_filename);
    uint32_t outer_line = CG(zend_lineno);
    bool outer_compilation = CG(in_compilation);
    zend_parser parser;
    bool failed;

    if (source->length >= INT_MAX) {
        zend_error(E_COMPILE_ERROR, "The source %s is larger than 2 GiB", source->filename);
    }
    *arena = zend_arena_create(FIRST_CHUNK);
    memset(&parser, 0, sizeof(parser));
    parser.arena = arena;
    zend_lex_begin(&parser.lex, source, arena);
    parser.lex.make_values = true;
    CG(compiled_filename) = source->filename;
    CG(zend_lineno) = source->first_line;
    CG(in_compilation) = 1;
    failed = zendparse(&parser) != 0;
    CG(compiled_filename) = outer_filename;
    CG(zend_lineno) = outer_line;
    CG(in_compilation) = outer_compilation;
    return failed ? NULL : parser.result;
}

zend_ast *zend_parse_file(const char *text, size_t length, const char *filename, zend_arena **arena)
{
    zend_source source = {text, length, filename, 1, 0, false};

    return zend_parse(&source, arena);
}

zend_ast *zend_parse_string(
    const char *code, size_t length, const char *filename, zend_arena **arena)
{
    zend_source source = {code, length, filename, 1, 0, true};

    return zend_parse(&source, arena);
}
