/* SPDX-License-Identifier: MIT */
/*
 * Dumps of tokens and trees, for readers.
 *
 * The tree's dump asks the tables of zend_ast.h for names, so a new kind needs nothing here.
 * Only the meaning of attributes is spelled out.
 */
#include "compile/zend_ast_dump.h"

#include <stdio.h>
#include <string.h>

#include "compile/zend_op_array.h"
#include "compile/zend_tokens.h"
#include "runtime/zend_stack_limit.h"
#include "value/zend_double.h"
#include "value/zend_operators.h"

#define INDENT 4
#define INDENT_LIMIT 200 /* deeper levels are not set off: a dump must not grow with the square */

static ZEND_FORMAT(1, 2) void print(const char *format, ...)
{
    char buffer[256];
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(buffer, sizeof(buffer), format, arguments);
    va_end(arguments);
    zend_write(buffer, MIN(length, (int) sizeof(buffer) - 1));
}

/* The beginning of a line: the indentation and a label. */
static void print_label(int indent, const char *label, int length)
{
    print("%*s%.*s: ", MIN(indent, INDENT_LIMIT), "", length, label);
}

/* A text in double quotes, with escapes; other bytes as they are. */
static void print_quoted(const char *text, int length)
{
    static const char letters[] = "\nn\tt\rr\vv\ff\033e\"\"\\\\";
    int begin = 0;

    zend_write("\"", 1);
    for (int i = 0; i < length; i++) {
        unsigned char c = text[i];
        const char *letter = c ? strchr(letters, c) : NULL;

        if (c >= 0x20 && c != 0x7f && c != '"' && c != '\\') {
            continue;
        }
        zend_write(text + begin, i - begin);
        begin = i + 1;
        if (letter && (c < 0x20 || c == '"' || c == '\\')) {
            print("\\%c", letter[1]);
        } else {
            print("\\x%02x", c);
        }
    }
    zend_write(text + begin, length - begin);
    zend_write("\"", 1);
}

/* Tokens. */

void zend_dump_tokens(const zend_source *source)
{
    zend_arena *arena = zend_arena_create(1024);
    zend_lex_state lex;
    zend_token token;

    zend_lex_begin(&lex, source, &arena);
    while (zend_lex_next(&lex, &token)) {
        const char *name = zend_token_name(token.id);

        print("%u %s%s", (unsigned int) token.line, name ? name : "", name ? " " : "");
        print_quoted(token.text, token.length);
        zend_write("\n", 1);
    }
    zend_arena_destroy(arena);
}

/* Attributes. */

typedef struct _attr_name {
    unsigned int value;
    const char *name;
} attr_name;

static const attr_name operator_names[] = {
    {ZEND_AST_OP_ADD, "ADD"}, {ZEND_AST_OP_SUB, "SUB"}, {ZEND_AST_OP_MUL, "MUL"},
    {ZEND_AST_OP_DIV, "DIV"}, {ZEND_AST_OP_MOD, "MOD"}, {ZEND_AST_OP_SL, "SL"},
    {ZEND_AST_OP_SR, "SR"}, {ZEND_AST_OP_CONCAT, "CONCAT"}, {ZEND_AST_OP_BW_OR, "BW_OR"},
    {ZEND_AST_OP_BW_AND, "BW_AND"}, {ZEND_AST_OP_BW_XOR, "BW_XOR"},
    {ZEND_AST_OP_BW_NOT, "BW_NOT"}, {ZEND_AST_OP_BOOL_NOT, "BOOL_NOT"},
    {ZEND_AST_OP_BOOL_XOR, "BOOL_XOR"}, {ZEND_AST_OP_IS_IDENTICAL, "IS_IDENTICAL"},
    {ZEND_AST_OP_IS_NOT_IDENTICAL, "IS_NOT_IDENTICAL"}, {ZEND_AST_OP_IS_EQUAL, "IS_EQUAL"},
    {ZEND_AST_OP_IS_NOT_EQUAL, "IS_NOT_EQUAL"}, {ZEND_AST_OP_IS_SMALLER, "IS_SMALLER"},
    {ZEND_AST_OP_IS_SMALLER_OR_EQUAL, "IS_SMALLER_OR_EQUAL"}, {ZEND_AST_OP_POW, "POW"}, {0, NULL},
};

static const attr_name type_names[] = {
    {IS_NULL, "NULL"}, {IS_LONG, "LONG"}, {IS_DOUBLE, "DOUBLE"}, {IS_BOOL, "BOOL"},
    {IS_ARRAY, "ARRAY"}, {IS_OBJECT, "OBJECT"}, {IS_STRING, "STRING"}, {IS_CALLABLE, "CALLABLE"},
    {0, NULL},
};

static const attr_name magic_names[] = {
    {ZEND_MAGIC_CLASS, "__CLASS__"}, {ZEND_MAGIC_TRAIT, "__TRAIT__"},
    {ZEND_MAGIC_METHOD, "__METHOD__"}, {ZEND_MAGIC_FUNCTION, "__FUNCTION__"},
    {ZEND_MAGIC_NAMESPACE, "__NAMESPACE__"}, {0, NULL},
};

static const attr_name include_names[] = {
    {ZEND_EVAL, "EVAL"}, {ZEND_INCLUDE, "INCLUDE"}, {ZEND_INCLUDE_ONCE, "INCLUDE_ONCE"},
    {ZEND_REQUIRE, "REQUIRE"}, {ZEND_REQUIRE_ONCE, "REQUIRE_ONCE"}, {0, NULL},
};

static const attr_name use_names[] = {
    {ZEND_USE_CLASS, "CLASS"}, {ZEND_USE_FUNCTION, "FUNCTION"}, {ZEND_USE_CONST, "CONST"},
    {0, NULL},
};

static const attr_name param_names[] = {
    {ZEND_PARAM_REF, "REF"}, {ZEND_PARAM_VARIADIC, "VARIADIC"}, {0, NULL},
};

static const attr_name member_names[] = {
    {ZEND_ACC_PUBLIC, "PUBLIC"}, {ZEND_ACC_PROTECTED, "PROTECTED"}, {ZEND_ACC_PRIVATE, "PRIVATE"},
    {ZEND_ACC_STATIC, "STATIC"}, {ZEND_ACC_ABSTRACT, "ABSTRACT"}, {ZEND_ACC_FINAL, "FINAL"},
    {ZEND_ACC_RETURN_REFERENCE, "RETURNS_REF"}, {ZEND_ACC_GENERATOR, "GENERATOR"},
    {ZEND_ACC_CLOSURE, "CLOSURE"}, {0, NULL},
};

static const attr_name class_names[] = {
    {ZEND_ACC_EXPLICIT_ABSTRACT_CLASS, "ABSTRACT"}, {ZEND_ACC_FINAL_CLASS, "FINAL"},
    {ZEND_ACC_INTERFACE, "INTERFACE"}, {ZEND_ACC_TRAIT, "TRAIT"}, {0, NULL},
};

static const attr_name parenthesized_names[] = {
    {ZEND_AST_PARENTHESIZED, "PARENTHESIZED"}, {0, NULL},
};

static const attr_name list_names[] = {{1, "ONE_STATEMENT"}, {0, NULL}};
static const attr_name declare_names[] = {{1, "NO_STATEMENT"}, {0, NULL}};
static const attr_name element_names[] = {{1, "REF"}, {0, NULL}};

/* Which table tells the attribute of a kind, and whether its values are bits to be or'ed. */
static const struct attr_meaning {
    unsigned int kind;
    const attr_name *names;
    bool bits;
} attr_meanings[] = {
    {ZEND_AST_BINARY_OP, operator_names, false},
    {ZEND_AST_ASSIGN_OP, operator_names, false},
    {ZEND_AST_UNARY_OP, operator_names, false},
    {ZEND_AST_CAST, type_names, false},
    {ZEND_AST_TYPE, type_names, false},
    {ZEND_AST_MAGIC_CONST, magic_names, false},
    {ZEND_AST_INCLUDE_OR_EVAL, include_names, false},
    {ZEND_AST_USE, use_names, false},
    {ZEND_AST_PARAM, param_names, true},
    {ZEND_AST_PROP_DECL, member_names, true},
    {ZEND_AST_TRAIT_ALIAS, member_names, true},
    {ZEND_AST_FUNC_DECL, member_names, true},
    {ZEND_AST_METHOD, member_names, true},
    {ZEND_AST_CLOSURE, member_names, true},
    {ZEND_AST_CLASS, class_names, true},
    {ZEND_AST_STMT_LIST, list_names, false},
    {ZEND_AST_DECLARE, declare_names, false},
    {ZEND_AST_ARRAY_ELEM, element_names, false},
};

static const struct attr_meaning *attr_meaning_of(unsigned int kind)
{
    static const struct attr_meaning variable = {0, parenthesized_names, true};

    for (size_t i = 0; i < sizeof(attr_meanings) / sizeof(*attr_meanings); i++) {
        if (attr_meanings[i].kind == kind) {
            return &attr_meanings[i];
        }
    }
    return &variable;
}

static void print_attr(unsigned int kind, unsigned int attr, int indent)
{
    const struct attr_meaning *meaning = attr_meaning_of(kind);
    const char *separator = "";
    unsigned int rest = attr;

    if (!attr && kind != ZEND_AST_CAST) {
        return;
    }
    print_label(indent, "flags", 5);
    for (const attr_name *row = meaning->names; row->name; row++) {
        if (meaning->bits ? (rest & row->value) == row->value : attr == row->value) {
            print("%s%s", separator, row->name);
            separator = " | ";
            rest &= ~row->value;
        }
    }
    print("%s%u)\n", *separator ? " (" : "(", attr);
}

/* Trees. */

static void dump(zend_ast *ast, int indent);

static const char *const name_types[] = {"", " (fully qualified)", " (relative)"};
static const char *const use_types[] = {"", " (by reference)"};

/* A literal, and what its attribute means. */
static void print_zval(zend_ast *ast, const char *const *attr_texts)
{
    const zval *value = zend_ast_get_zval(ast);
    char number[ZEND_DOUBLE_TEXT_BUFFER];

    switch (Z_TYPE_P(value)) {
    case IS_LONG:
        print("%ld", Z_LVAL_P(value));
        break;
    case IS_DOUBLE:
        zend_double_to_text(Z_DVAL_P(value), 17, number);
        print("float %s", number);
        break;
    case IS_STRING:
        print_quoted(Z_STRVAL_P(value), Z_STRLEN_P(value));
        break;
    }
    print("%s\n", attr_texts[ast->attr]);
}

/* A child behind its name, of which `length` bytes count. */
static void dump_child(const char *name, int length, zend_ast *child, int indent)
{
    print_label(indent, name, length);
    dump(child, indent);
}

/* Children with the names of a kind. */
static void dump_children(unsigned int kind, zend_ast **child, uint32_t count, int indent)
{
    const char *name = zend_ast_child_names(kind);

    for (uint32_t i = 0; i < count; i++) {
        int length = (int) strcspn(name, " ");

        dump_child(name, length, child[i], indent);
        name += length + (name[length] == ' ');
    }
}

static void dump_list(const zend_ast_list *list, int indent)
{
    char number[16];

    for (uint32_t i = 0; i < list->children; i++) {
        int length = snprintf(number, sizeof(number), "%u", (unsigned int) i);

        if (list->kind == ZEND_AST_CLOSURE_USES) {
            print_label(indent, number, length);
            print_zval(list->child[i], use_types);
            continue;
        }
        dump_child(number, length, list->child[i], indent);
    }
}

static void dump_decl(zend_ast_decl *decl, int indent)
{
    print(" @ %u-%u\n", (unsigned int) decl->start_lineno, (unsigned int) decl->end_lineno);
    indent += INDENT;
    print_attr(decl->kind, decl->flags, indent);
    print_label(indent, "name", 4);
    print_quoted(decl->name, decl->name_length);
    if (decl->doc_comment) {
        zend_write("\n", 1);
        print_label(indent, "docComment", 10);
        print_quoted(decl->doc_comment, decl->doc_comment_length);
    }
    zend_write("\n", 1);
    dump_children(decl->kind, decl->child, 3, indent);
}

/* The rest of a line that ends with the node, and the lines below it. */
static void dump(zend_ast *ast, int indent)
{
    zend_stack_guard();
    if (!ast) {
        zend_write("null\n", 5);
        return;
    }
    if (ast->kind == ZEND_AST_ZVAL) {
        print_zval(ast, name_types);
        return;
    }
    print("%s", zend_ast_kind_name(ast->kind));
    if (zend_ast_is_decl(ast)) {
        dump_decl(zend_ast_get_decl(ast), indent);
        return;
    }
    print(" @ %u\n", (unsigned int) ast->lineno);
    indent += INDENT;
    print_attr(ast->kind, ast->attr, indent);
    if (zend_ast_is_list(ast)) {
        dump_list(zend_ast_get_list(ast), indent);
    } else {
        dump_children(ast->kind, ast->child, zend_ast_children(ast), indent);
    }
}

void zend_dump_ast(zend_ast *ast)
{
    dump(ast, 0);
}
