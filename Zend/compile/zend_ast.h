/* SPDX-License-Identifier: MIT */
/*
 * The syntax tree that the parser builds and the compiler reads.
 *
 * A node has a kind, an attribute, a line and children. The kinds are rows of
 * the tables below: the enum, the names and the dump are made from them, and
 * a row's comment tells the children and the attribute exactly. Nodes and their
 * strings lie in an arena (data/zend_arena.h), which the caller of zend_parse()
 * owns: nodes are never freed singly.
 *
 *      0      2      4        8           16          24
 *      +------+------+--------+-----------+-----------+--
 *      | kind | attr | lineno | child[0]  | child[1]  | ...      zend_ast
 *      +------+------+--------+-----------+-----------+--
 *      | kind | attr | lineno | children  | child *   | ...      zend_ast_list
 *      +------+------+--------+-----------+-----------+--
 *      | kind | attr | lineno | zval (24 bytes)                  zend_ast_zval
 *      +------+------+--------+-----------+-----------+--
 *      | kind | attr | start  | end line, flags, doc comment,    zend_ast_decl
 *      +------+------+--------+ name, child[3]
 *
 * Which of the four it is follows from the kind alone: see zend_ast_is_list(),
 * ZEND_AST_ZVAL and zend_ast_is_decl().
 *
 * Lines. PHP 5 gives an instruction the line on which the scanner stood when the
 * parser recognised the construct, that is, a line at its end. `lineno` is that
 * line; a declaration has its first line (start_lineno) as well.
 *
 * Terms used in the tables:
 *   expr      any expression
 *   variable  VAR, DIM, PROP, STATIC_PROP, CALL, METHOD_CALL or STATIC_CALL without
 *             ZEND_AST_PARENTHESIZED: what the grammar calls a variable. The same
 *             kinds with that bit are plain expressions (it matters to references)
 *   name      ZVAL, a string; attr is one of ZEND_NAME_* for names that
 *             namespaces resolve
 *   string    ZVAL, a string to be taken literally
 *   stmt      a statement; an expression stands for itself; NULL is the empty one
 *   X|NULL    X, or no node at all
 */
#ifndef ZEND_AST_H
#define ZEND_AST_H

#include "data/zend_arena.h"
#include "value/zend_types.h"

/* Nodes with a structure of their own: row(kind). */
#define ZEND_AST_SPECIAL_KINDS(row)                                                             \
    /* A literal; attr: ZEND_NAME_* if it is a name, by reference (1) in CLOSURE_USES, else 0. */ \
    row(ZVAL)                                                                                   \
    /* Declarations, see zend_ast_decl. */                                                      \
    row(FUNC_DECL)                                                                              \
    row(CLOSURE)                                                                                \
    row(METHOD)                                                                                 \
    row(CLASS)

/* Lists with any number of children: row(kind). */
#define ZEND_AST_LIST_KINDS(row)                                                                \
    /* Arguments of a call: expr or UNPACK. */                                                  \
    row(ARG_LIST)                                                                               \
    /* The targets in list(...): variable, LIST, or NULL where one is left out. */              \
    row(LIST)                                                                                   \
    /* array(...) or [...]: ARRAY_ELEM. */                                                      \
    row(ARRAY)                                                                                  \
    /* The parts of an interpolated string: string (never empty) or variable. */               \
    row(ENCAPS_LIST)                                                                            \
    /* The expressions in a part of for (;;), evaluated in order, the last one counts: expr. */ \
    row(EXPR_LIST)                                                                              \
    /* Statements: stmt. attr 1: one statement in parts (`echo 1, 2;`), so no tick between. */   \
    row(STMT_LIST)                                                                              \
    /* if, elseif..., else: IF_ELEM. */                                                         \
    row(IF)                                                                                     \
    /* SWITCH_CASE. */                                                                          \
    row(SWITCH_LIST)                                                                            \
    /* CATCH. */                                                                                \
    row(CATCH_LIST)                                                                             \
    /* PARAM. */                                                                                \
    row(PARAM_LIST)                                                                             \
    /* use (...) of a closure: string; its attr is 1 if by reference. */                        \
    row(CLOSURE_USES)                                                                           \
    /* Properties declared together: PROP_ELEM; attr: ZEND_ACC_* as written (var: public). */    \
    row(PROP_DECL)                                                                              \
    /* `const A = 1, B = 2;`, and the directives of DECLARE: CONST_ELEM. */                     \
    row(CONST_DECL)                                                                             \
    /* The same in a class: CONST_ELEM. */                                                      \
    row(CLASS_CONST_DECL)                                                                       \
    /* Names of classes: name. */                                                               \
    row(NAME_LIST)                                                                              \
    /* Inside `use T { ... }`: TRAIT_PRECEDENCE, TRAIT_ALIAS. */                                \
    row(TRAIT_ADAPTATIONS)                                                                      \
    /* `use A\B, C as D;`: USE_ELEM; attr: ZEND_USE_*. */                                       \
    row(USE)

/* Nodes with a fixed number of children: row(kind, "child child ..."). */
#define ZEND_AST_LEAF_KINDS(row)                                                                \
    /* __CLASS__ and its like; attr: ZEND_MAGIC_*. (__LINE__, __FILE__, __DIR__ are ZVALs.) */   \
    row(MAGIC_CONST, "")                                                                        \
    /* The type hint `array` or `callable`; attr: IS_ARRAY, IS_CALLABLE. */                     \
    row(TYPE, "")

#define ZEND_AST_ONE_CHILD_KINDS(row)                                                           \
    /* $name: string, or expr for `$$x`, `${expr}`. */                                          \
    row(VAR, "name")                                                                            \
    /* A constant: name. true, false, null come here, too. */                                   \
    row(CONST, "name")                                                                          \
    /* `A::class`: name (may be self, parent, static). */                                       \
    row(CLASS_NAME, "class")                                                                    \
    /* `...expr` in arguments: expr. */                                                         \
    row(UNPACK, "expr")                                                                         \
    /* expr. PHP 5 compiles `0 + x` and `0 - x`. */                                             \
    row(UNARY_PLUS, "expr")                                                                     \
    row(UNARY_MINUS, "expr")                                                                    \
    /* expr; attr: the type, IS_NULL for (unset). */                                            \
    row(CAST, "expr")                                                                           \
    /* expr (of any kind). */                                                                   \
    row(EMPTY, "expr")                                                                          \
    /* expr; one that is no variable is an error. isset(a, b) comes as AND of two. */           \
    row(ISSET, "var")                                                                           \
    /* `@`: expr. */                                                                            \
    row(SILENCE, "expr")                                                                        \
    /* Backticks: ENCAPS_LIST or string. */                                                     \
    row(SHELL_EXEC, "expr")                                                                     \
    /* expr. */                                                                                 \
    row(CLONE, "expr")                                                                          \
    /* expr|NULL. */                                                                            \
    row(EXIT, "expr")                                                                           \
    /* expr. */                                                                                 \
    row(PRINT, "expr")                                                                          \
    /* expr; attr: ZEND_EVAL, ZEND_INCLUDE... */                                                \
    row(INCLUDE_OR_EVAL, "expr")                                                                \
    /* expr; attr: ZEND_AST_OP_BW_NOT or ZEND_AST_OP_BOOL_NOT. */                               \
    row(UNARY_OP, "expr")                                                                       \
    /* variable. */                                                                             \
    row(PRE_INC, "var")                                                                         \
    row(PRE_DEC, "var")                                                                         \
    row(POST_INC, "var")                                                                        \
    row(POST_DEC, "var")                                                                        \
    /* `&$x` as an argument (call-time reference, an error) or as foreach's value: variable. */ \
    row(REF, "var")                                                                             \
    /* Statements. VAR, whose name is a string or any expr. */                                  \
    row(GLOBAL, "var")                                                                          \
    /* variable. */                                                                             \
    row(UNSET, "var")                                                                           \
    /* expr|NULL. */                                                                            \
    row(RETURN, "expr")                                                                         \
    /* `name:` and `goto name;`: string. */                                                     \
    row(LABEL, "name")                                                                          \
    row(GOTO, "label")                                                                          \
    /* expr; inline HTML comes as ECHO of a string. */                                          \
    row(ECHO, "expr")                                                                           \
    /* expr. */                                                                                 \
    row(THROW, "expr")                                                                          \
    /* expr|NULL; only a ZVAL integer is legal. */                                              \
    row(BREAK, "depth")                                                                         \
    row(CONTINUE, "depth")                                                                      \
    /* ZVAL: the integer offset behind the token, in bytes. Always the last stmt of a file. */  \
    row(HALT_COMPILER, "offset")

#define ZEND_AST_TWO_CHILD_KINDS(row)                                                           \
    /* `a[b]`, `a{b}`: variable or expr; expr|NULL (`a[]`). */                                  \
    row(DIM, "var dim")                                                                         \
    /* `a->b`: variable, or NEW in `(new A)->b`; string or expr. */                             \
    row(PROP, "object prop")                                                                    \
    /* `A::$b`: name or variable; string or expr (`A::$$b`). */                                 \
    row(STATIC_PROP, "class prop")                                                              \
    /* f(...): name, or variable; ARG_LIST. */                                                  \
    row(CALL, "callee args")                                                                    \
    /* `A::B`: name or variable; string. */                                                     \
    row(CLASS_CONST, "class const")                                                             \
    /* variable or LIST; expr. */                                                               \
    row(ASSIGN, "var expr")                                                                     \
    /* variable; variable, or NEW (deprecated). */                                              \
    row(ASSIGN_REF, "var expr")                                                                 \
    /* `+=` and so on: variable; expr; attr: ZEND_AST_OP_*. */                                  \
    row(ASSIGN_OP, "var expr")                                                                  \
    /* expr; expr; attr: ZEND_AST_OP_*. */                                                      \
    row(BINARY_OP, "left right")                                                                \
    /* `a > b`, `a >= b`: expr; expr. Run as b < a, b <= a, but with a evaluated first. */       \
    row(GREATER, "left right")                                                                  \
    row(GREATER_EQUAL, "left right")                                                            \
    /* expr; expr. `and`, `&&` and `or`, `||`. */                                               \
    row(AND, "left right")                                                                      \
    row(OR, "left right")                                                                       \
    /* expr, or variable if by reference; expr|NULL; attr: 1 if by reference. */                 \
    row(ARRAY_ELEM, "value key")                                                                \
    /* name or variable (class known at run time); ARG_LIST (empty if left out). */              \
    row(NEW, "class args")                                                                      \
    /* expr; name or variable. */                                                               \
    row(INSTANCEOF, "expr class")                                                               \
    /* expr|NULL; expr|NULL. `yield key => value`. */                                           \
    row(YIELD, "value key")                                                                     \
    /* Statements. `static $name = expr`: string; expr|NULL. */                                 \
    row(STATIC, "name default")                                                                 \
    /* expr; stmt. */                                                                           \
    row(WHILE, "cond stmts")                                                                    \
    /* stmt; expr. */                                                                           \
    row(DO_WHILE, "stmts cond")                                                                 \
    /* expr, or NULL for else; stmt. */                                                         \
    row(IF_ELEM, "cond stmts")                                                                  \
    /* expr; SWITCH_LIST. */                                                                    \
    row(SWITCH, "cond stmts")                                                                   \
    /* expr, or NULL for default; STMT_LIST. */                                                 \
    row(SWITCH_CASE, "cond stmts")                                                              \
    /* CONST_DECL; stmt. attr 1: no statement follows, `declare(...);`. */                      \
    row(DECLARE, "declares stmts")                                                              \
    /* Elements. NAME_LIST; TRAIT_ADAPTATIONS|NULL. */                                          \
    row(USE_TRAIT, "traits adaptations")                                                        \
    /* `m insteadof B`: METHOD_REFERENCE; NAME_LIST. */                                         \
    row(TRAIT_PRECEDENCE, "method insteadof")                                                   \
    /* `m as protected n`: METHOD_REFERENCE; string|NULL; attr: ZEND_ACC_* or 0. */             \
    row(TRAIT_ALIAS, "method alias")                                                            \
    /* name|NULL; string. */                                                                    \
    row(METHOD_REFERENCE, "class method")                                                       \
    /* name|NULL (global); STMT_LIST, or NULL for `namespace A;`. */                            \
    row(NAMESPACE, "name stmts")                                                                \
    /* name without a leading backslash (one that was written: attr ZEND_NAME_FQ);              \
       string|NULL. */                                                                          \
    row(USE_ELEM, "name alias")                                                                 \
    /* string; expr. */                                                                         \
    row(CONST_ELEM, "name value")

#define ZEND_AST_THREE_CHILD_KINDS(row)                                                         \
    /* variable or NEW; string or expr; ARG_LIST. */                                            \
    row(METHOD_CALL, "object method args")                                                      \
    /* name or variable; string or expr; ARG_LIST. */                                           \
    row(STATIC_CALL, "class method args")                                                       \
    /* expr; expr, or NULL for `a ?: b`; expr. */                                               \
    row(CONDITIONAL, "cond true false")                                                         \
    /* STMT_LIST; CATCH_LIST (may be empty); STMT_LIST|NULL. */                                 \
    row(TRY, "try catches finally")                                                             \
    /* name; string; STMT_LIST. */                                                              \
    row(CATCH, "class var stmts")                                                               \
    /* name, TYPE or NULL; string; expr|NULL; attr: ZEND_PARAM_*. */                            \
    row(PARAM, "type name default")                                                             \
    /* string; expr|NULL; string|NULL. */                                                       \
    row(PROP_ELEM, "name default docComment")

#define ZEND_AST_FOUR_CHILD_KINDS(row)                                                          \
    /* EXPR_LIST|NULL three times; stmt. */                                                     \
    row(FOR, "init cond loop stmts")                                                            \
    /* expr; variable, REF or LIST as value; the same as key, or NULL; stmt.                    \
       A REF or LIST as key is an error. */                                                     \
    row(FOREACH, "expr value key stmts")

/* The number of a kind tells its shape: see zend_ast_children(). */
#define ZEND_AST_LIST_BASE 0x80
#define ZEND_AST_CHILDREN_BASE 0x100

enum zend_ast_kind {
#define ZEND_AST_ENUM_ROW(kind, ...) ZEND_AST_##kind,
    ZEND_AST_SPECIAL_KINDS(ZEND_AST_ENUM_ROW)
    ZEND_AST_LIST_START = ZEND_AST_LIST_BASE - 1,
    ZEND_AST_LIST_KINDS(ZEND_AST_ENUM_ROW)
    ZEND_AST_LEAF_START = ZEND_AST_CHILDREN_BASE - 1,
    ZEND_AST_LEAF_KINDS(ZEND_AST_ENUM_ROW)
    ZEND_AST_ONE_CHILD_START = 2 * ZEND_AST_CHILDREN_BASE - 1,
    ZEND_AST_ONE_CHILD_KINDS(ZEND_AST_ENUM_ROW)
    ZEND_AST_TWO_CHILD_START = 3 * ZEND_AST_CHILDREN_BASE - 1,
    ZEND_AST_TWO_CHILD_KINDS(ZEND_AST_ENUM_ROW)
    ZEND_AST_THREE_CHILD_START = 4 * ZEND_AST_CHILDREN_BASE - 1,
    ZEND_AST_THREE_CHILD_KINDS(ZEND_AST_ENUM_ROW)
    ZEND_AST_FOUR_CHILD_START = 5 * ZEND_AST_CHILDREN_BASE - 1,
    ZEND_AST_FOUR_CHILD_KINDS(ZEND_AST_ENUM_ROW)
#undef ZEND_AST_ENUM_ROW
};

/* Operators of BINARY_OP, ASSIGN_OP and UNARY_OP. The numbers are those of PHP 5's opcodes. */
enum zend_ast_operator {
    ZEND_AST_OP_ADD = 1,
    ZEND_AST_OP_SUB = 2,
    ZEND_AST_OP_MUL = 3,
    ZEND_AST_OP_DIV = 4,
    ZEND_AST_OP_MOD = 5,
    ZEND_AST_OP_SL = 6,
    ZEND_AST_OP_SR = 7,
    ZEND_AST_OP_CONCAT = 8,
    ZEND_AST_OP_BW_OR = 9,
    ZEND_AST_OP_BW_AND = 10,
    ZEND_AST_OP_BW_XOR = 11,
    ZEND_AST_OP_BW_NOT = 12,
    ZEND_AST_OP_BOOL_NOT = 13,
    ZEND_AST_OP_BOOL_XOR = 14,
    ZEND_AST_OP_IS_IDENTICAL = 15,
    ZEND_AST_OP_IS_NOT_IDENTICAL = 16,
    ZEND_AST_OP_IS_EQUAL = 17,
    ZEND_AST_OP_IS_NOT_EQUAL = 18,
    ZEND_AST_OP_IS_SMALLER = 19,
    ZEND_AST_OP_IS_SMALLER_OR_EQUAL = 20,
    ZEND_AST_OP_POW = 166
};

/* attr of a name. The string never has the leading backslash or `namespace\`. */
#define ZEND_NAME_NOT_FQ 0   /* `A`, `A\B`: imports and the current namespace apply */
#define ZEND_NAME_FQ 1       /* `\A\B` */
#define ZEND_NAME_RELATIVE 2 /* `namespace\A` */

/* attr of MAGIC_CONST. */
#define ZEND_MAGIC_CLASS 1
#define ZEND_MAGIC_TRAIT 2
#define ZEND_MAGIC_METHOD 3
#define ZEND_MAGIC_FUNCTION 4
#define ZEND_MAGIC_NAMESPACE 5

/* attr of USE. */
#define ZEND_USE_CLASS 1
#define ZEND_USE_FUNCTION 2
#define ZEND_USE_CONST 3

/* attr of PARAM, to be or'ed. */
#define ZEND_PARAM_REF 1
#define ZEND_PARAM_VARIADIC 2

/* attr of INCLUDE_OR_EVAL. */
#define ZEND_EVAL (1 << 0)
#define ZEND_INCLUDE (1 << 1)
#define ZEND_INCLUDE_ONCE (1 << 2)
#define ZEND_REQUIRE (1 << 3)
#define ZEND_REQUIRE_ONCE (1 << 4)

/*
 * In attr of VAR, DIM, PROP, STATIC_PROP, CALL, METHOD_CALL and STATIC_CALL: the
 * expression stood in parentheses. PHP 5 then treats it as no variable where the
 * grammar tells the two apart: isset(($x)) is an error, `return (f());` returns by
 * value, and f((g())) lacks the message about passing a result by reference.
 */
#define ZEND_AST_PARENTHESIZED 0x8000

typedef uint16_t zend_ast_attr;

/* A node with a fixed number of children; also the head that all nodes share. */
struct _zend_ast {
    uint16_t kind;
    zend_ast_attr attr;
    uint32_t lineno;
    zend_ast *child[1]; /* zend_ast_children() of them, each a node of the same arena or NULL */
};

typedef struct _zend_ast_list {
    uint16_t kind;
    zend_ast_attr attr;
    uint32_t lineno;
    uint32_t children; /* in use */
    uint32_t capacity; /* room in child */
    zend_ast **child;  /* in the same arena; moves when the list grows, the list does not */
} zend_ast_list;

typedef struct _zend_ast_zval {
    uint16_t kind; /* ZEND_AST_ZVAL */
    zend_ast_attr attr;
    uint32_t lineno;
    zval val; /* null, bool, int, double or string; the string is interned or in the arena */
} zend_ast_zval;

/*
 * A declaration. The children by kind:
 *   FUNC_DECL  PARAM_LIST; NULL;              STMT_LIST
 *   CLOSURE    PARAM_LIST; CLOSURE_USES|NULL; STMT_LIST
 *   METHOD     PARAM_LIST; NULL;              STMT_LIST, or NULL for `;` instead of a body
 *   CLASS      name|NULL (extends; never of an interface, and an error of a trait);
 *              NAME_LIST|NULL (implements, or what an interface extends);
 *              STMT_LIST of METHOD, PROP_DECL, CLASS_CONST_DECL, USE_TRAIT
 */
typedef struct _zend_ast_decl {
    uint16_t kind;
    zend_ast_attr attr;    /* 0 */
    uint32_t start_lineno; /* of the keyword `function` or `class`, where lineno is elsewhere */
    uint32_t end_lineno;   /* of the closing brace */
    uint32_t head_lineno;  /* of what follows the name, and of a class its parent's */
    uint32_t flags;        /* ZEND_ACC_* as written, ZEND_ACC_RETURN_REFERENCE, ZEND_ACC_GENERATOR,
                              ZEND_ACC_CLOSURE; of a class ZEND_ACC_INTERFACE, ZEND_ACC_TRAIT,
                              ZEND_ACC_EXPLICIT_ABSTRACT_CLASS, ZEND_ACC_FINAL_CLASS; a method
                              without a visibility has ZEND_ACC_PUBLIC */
    const char *doc_comment; /* in the arena, or NULL */
    const char *name;        /* as written; interned or in the arena; "{closure}" */
    int doc_comment_length;
    int name_length;
    zend_ast *child[3];
} zend_ast_decl;

static inline bool zend_ast_is_list(const zend_ast *ast)
{
    return ast->kind >= ZEND_AST_LIST_BASE && ast->kind < ZEND_AST_CHILDREN_BASE;
}

static inline bool zend_ast_is_decl(const zend_ast *ast)
{
    return ast->kind > ZEND_AST_ZVAL && ast->kind < ZEND_AST_LIST_BASE;
}

/* The number of children of a node that is neither list, ZVAL nor declaration. */
static inline uint32_t zend_ast_children(const zend_ast *ast)
{
    return ast->kind / ZEND_AST_CHILDREN_BASE - 1;
}

static inline zend_ast_list *zend_ast_get_list(zend_ast *ast)
{
    ZEND_ASSERT(zend_ast_is_list(ast));
    return (zend_ast_list *) ast;
}

static inline zend_ast_decl *zend_ast_get_decl(zend_ast *ast)
{
    ZEND_ASSERT(zend_ast_is_decl(ast));
    return (zend_ast_decl *) ast;
}

/* The value of a ZVAL. Copy its string before keeping it, unless IS_INTERNED(). */
static inline zval *zend_ast_get_zval(zend_ast *ast)
{
    ZEND_ASSERT(ast->kind == ZEND_AST_ZVAL);
    return &((zend_ast_zval *) ast)->val;
}

/* The name of a kind as in the tables, "?" for a number that is none. */
const char *zend_ast_kind_name(unsigned int kind);

/* The names of the children of a kind, separated by spaces; "" for lists and ZVAL. */
const char *zend_ast_child_names(unsigned int kind);

/* Making nodes. All memory comes from the arena; `lineno` is the line that the node gets. */

zend_ast *zend_ast_create(
    zend_arena **arena, uint32_t lineno, unsigned int kind, unsigned int attr, ...);

/* Takes over the zval's content: a string must be interned or lie in the same arena. */
zend_ast *zend_ast_create_zval(zend_arena **arena, uint32_t lineno, const zval *value);

/* A list with `count` first children, given behind it. */
zend_ast *zend_ast_create_list(
    zend_arena **arena, uint32_t lineno, unsigned int kind, unsigned int count, ...);

/* Appends a child, which may be NULL. Returns the list. */
zend_ast *zend_ast_list_add(zend_arena **arena, zend_ast *list, zend_ast *child);

/* A declaration without children; name and doc comment are to be filled in. */
zend_ast_decl *zend_ast_create_decl(
    zend_arena **arena, unsigned int kind, uint32_t flags, uint32_t start, uint32_t end);

#endif
