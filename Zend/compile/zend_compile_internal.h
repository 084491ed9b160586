/* SPDX-License-Identifier: MIT */
/*
 * What the compiler's files share.
 *
 * The compiler walks the syntax tree once and appends operations to the function that it is
 * building. Expressions leave their value in a node (znode): a constant, a variable's slot or a
 * temporary. Statements leave nothing.
 *
 *      zend_compiler (one a file)              zend_function_build (one a function being built)
 *      +--------------------+                 +------------------------------------------+
 *      | function ----------+---------------> | op_array   the function's header         |
 *      | class_entry        |                 | ops        operations so far             |
 *      | namespace, imports |                 | literals   constants so far              |
 *      | arena              |                 | unwind     enclosing loops, try blocks   |
 *      | outer              |                 | outer ---> the function around it, or NULL
 *      +--------------------+                 +------------------------------------------+
 *
 * Everything temporary lies in the compiler's arena, with the tree, and goes with it. What
 * remains is packed by zend_pass_two() into one block, the code (see zend_op_array.h).
 *
 * Terms
 *   node        znode, the place of a value while compiling
 *   slot        a compiled variable (CV) or temporary of the frame
 *   delayed     operations of a variable that is written to, held back until the value is there
 */
#ifndef ZEND_COMPILE_INTERNAL_H
#define ZEND_COMPILE_INTERNAL_H

#include "vm/zend_vm_opcodes.h"
#include "compile/zend_compile.h"
#include "data/zend_hash.h"
#include "data/zend_interned.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_globals.h"
#include "runtime/zend_stack_limit.h"
#include "value/zend_operators.h"
#include "value/zend_variables.h"

/* A value's place. */
typedef struct _znode {
    zend_uchar op_type; /* IS_CONST, IS_TMP_VAR, IS_VAR, IS_CV, IS_UNUSED */
    union {
        zend_uint var;  /* number of the temporary or variable */
        zend_uint num;  /* IS_UNUSED: a number for the operand, often 0 */
        zval constant;  /* IS_CONST; a string is interned or in the arena */
    } u;
} znode;

/* A piece of text: names on their way. */
typedef struct _zend_text {
    const char *val; /* NUL-terminated */
    int len;
} zend_text;

/* --- The function being built --------------------------------------------------------------- */

/*
 * What must be done on the way out of a construct, innermost first. The chain is a tree: an entry
 * stays as long as the function is built, because labels and gotos remember where they stand.
 */
typedef enum {
    ZEND_UNWIND_LOOP,    /* while, for, do: nothing to free */
    ZEND_UNWIND_VALUE,   /* foreach, switch: `node` is freed */
    ZEND_UNWIND_TRY,     /* try or catch of a statement with finally: finally is called */
    ZEND_UNWIND_FINALLY  /* inside of finally: a pending exception is dropped */
} zend_unwind_kind;

typedef struct _zend_jump_list zend_jump_list;

typedef struct _zend_unwind {
    struct _zend_unwind *outer;
    zend_unwind_kind kind;
    bool is_foreach;
    znode node;                  /* VALUE: what is freed */
    zend_uint finally_slot;      /* TRY, FINALLY: the temporary of FAST_CALL */
    zend_jump_list *breaks;      /* LOOP, VALUE: to the end */
    zend_jump_list *continues;   /* LOOP, VALUE: to the next round */
    zend_jump_list *finally_calls; /* TRY: FAST_CALLs to the block */
} zend_unwind;

/* Operations whose jump target is not known yet. */
struct _zend_jump_list {
    zend_jump_list *next;
    zend_uint opline_num;
};

typedef struct _zend_label {
    struct _zend_label *next;
    zend_text name;
    zend_uint opline_num;
    zend_unwind *unwind; /* where it stands */
} zend_label;

typedef struct _zend_goto {
    struct _zend_goto *next;
    zend_text name;
    zend_uint first;      /* the first operation of the unwinding */
    zend_uint opline_num; /* the JMP */
    zend_uint lineno;
    zend_unwind *unwind;
} zend_goto;

/* Operations between which a slot, released early by a break or return, is empty. */
typedef struct _zend_live_gap {
    struct _zend_live_gap *next;
    zend_uint var;
    zend_uint start;
    zend_uint end;
} zend_live_gap;

typedef struct _zend_function_build zend_function_build;
struct _zend_function_build {
    zend_function_build *outer;
    zend_op_array *op_array;

    zend_op *ops; /* op_array->last of them */
    zend_uint op_room;
    zend_literal *literals;
    zend_uint literal_count, literal_room;
    HashTable literal_index; /* kind and text -> number of the literal */
    zend_compiled_variable *vars; /* op_array->last_var of them */
    zend_uint var_room;
    zend_uint cache_slots;
    zend_try_catch_element *tries;
    zend_uint try_count, try_room;
    zend_arg_info *arguments;
    HashTable *static_variables; /* a closure's: they stay in the code, for each closure object */
    zend_function **functions;
    zend_uint function_count, function_room;
    zend_class_entry **classes;
    zend_uint class_count, class_room;

    zend_unwind *unwind;
    zend_label *labels;
    zend_goto *gotos;
    zend_live_gap *gaps;

    zend_op *delayed; /* a stack */
    zend_uint delayed_count, delayed_room;

    zend_uint line_start, line_end;
    const char *doc_comment;
    zend_uint doc_comment_len;
    bool has_finally;
    bool is_main; /* a file's or eval's code */
};

/* --- The file being compiled ---------------------------------------------------------------- */

typedef struct _zend_compiler {
    struct _zend_compiler *outer; /* the compilation that this one interrupts */
    zend_arena **arena;
    zend_function_build *function;
    zend_class_entry *class_entry; /* the class whose body is compiled, or NULL */
    zend_text class_name;

    zend_text namespace;     /* val is NULL in the global one */
    HashTable *imports;      /* lower-case alias -> full name (char *), or NULL */
    HashTable *imports_function;
    HashTable *imports_const; /* keys as written */
    HashTable *constants; /* names that `const` has declared in this file, or NULL */
    bool in_namespace;
    bool has_bracketed_namespaces;
    bool after_first_statement; /* for "has to be the very first statement" */

    long ticks;              /* declare(ticks), 0 none */
    const char *filename;    /* interned */
    zend_uint lineno;        /* that operations get */
} zend_compiler;

static inline zend_op_array *zend_compiler_op_array(const zend_compiler *c)
{
    return c->function->op_array;
}

static inline zend_uint zend_next_op(const zend_compiler *c)
{
    return c->function->op_array->last;
}

/* Sets the line of the operations and messages to come. */
static inline void zend_set_line(zend_compiler *c, zend_uint lineno)
{
    c->lineno = lineno;
    CG(zend_lineno) = lineno;
}

static inline zend_text zend_ast_text(zend_ast *ast)
{
    zval *value = zend_ast_get_zval(ast);
    zend_text text = {Z_STRVAL_P(value), Z_STRLEN_P(value)};
    return text;
}

static inline bool zend_ast_is_string(const zend_ast *ast)
{
    return ast->kind == ZEND_AST_ZVAL && Z_TYPE(((const zend_ast_zval *) ast)->val) == IS_STRING;
}

/* Compares a text with a literal, exactly. */
#define zend_text_is(text, literal) \
    ((text).len == (int) sizeof(literal) - 1 && memcmp((text).val, literal, sizeof(literal) - 1) == 0)
/* The same regardless of case; `literal` in lower case. */
#define zend_text_is_ci(text, literal) \
    ((text).len == (int) sizeof(literal) - 1 && strcasecmp((text).val, literal) == 0)

/* Makes room for one more element in an array of the arena: returns the array, maybe moved. */
void *zend_compile_grow(zend_compiler *c, void *array, zend_uint used, zend_uint *room,
    size_t element_size);
/* Texts in the arena. */
zend_text zend_compile_concat(zend_compiler *c, zend_text a, const char *between, zend_text b);
zend_text zend_compile_lower(zend_compiler *c, zend_text text);
/* The interned copy; an emalloc'ed one if the interned strings are full. */
const char *zend_compile_intern(const char *text, int len);

/* --- zend_compile_emit.c: operations, literals, slots --------------------------------------- */

/* Appends an operation; NULL operands are UNUSED. The pointer is good until the next one. */
zend_op *zend_emit_op(zend_compiler *c, zend_uchar opcode, const znode *op1, const znode *op2);
/* The same with a new temporary as result, VAR or TMP; *result may be one of the operands. */
zend_op *zend_emit_var(zend_compiler *c, znode *result, zend_uchar opcode, const znode *op1,
    const znode *op2);
zend_op *zend_emit_tmp(zend_compiler *c, znode *result, zend_uchar opcode, const znode *op1,
    const znode *op2);
zend_op *zend_emit_op_data(zend_compiler *c, const znode *value);
/* Sets one operand of an operation. */
void zend_set_operand(zend_compiler *c, zend_uchar *type, znode_op *operand, const znode *node);
void zend_make_var_result(zend_compiler *c, zend_op *opline, znode *result);
void zend_make_tmp_result(zend_compiler *c, zend_op *opline, znode *result);
zend_uint zend_new_temporary(zend_compiler *c);

/* Jumps. A target of 0 is filled in later. */
zend_uint zend_emit_jump(zend_compiler *c, zend_uint target);
zend_uint zend_emit_cond_jump(zend_compiler *c, zend_uchar opcode, const znode *condition,
    zend_uint target);
/* Makes the jump at opline_num go to target, or to the next operation. */
void zend_set_jump(zend_compiler *c, zend_uint opline_num, zend_uint target);
void zend_set_jump_here(zend_compiler *c, zend_uint opline_num);

/* Literals; the zval's string may be anywhere. Returns the number. */
zend_uint zend_add_literal(zend_compiler *c, const zval *value);
zend_uint zend_add_string_literal(zend_compiler *c, zend_text text);
/* Groups of consecutive literals with cache slots: see zend_compile.h. */
zend_uint zend_add_class_literal(zend_compiler *c, zend_text name);
zend_uint zend_add_function_literal(zend_compiler *c, zend_text name);
zend_uint zend_add_ns_function_literal(zend_compiler *c, zend_text name);
zend_uint zend_add_method_literal(zend_compiler *c, zend_text name);
zend_uint zend_add_constant_literal(zend_compiler *c, zend_text name, bool unqualified);
/* A name of a property, with two cache slots; shared: one pair for all of the function. */
zend_uint zend_add_property_literal(zend_compiler *c, zend_text name, bool shared);
/* A string with `slots` cache slots of its own. */
zend_uint zend_add_slot_literal(zend_compiler *c, zend_text text, int slots);

/* The number of the compiled variable; made on first sight. The name is interned. */
int zend_lookup_cv(zend_compiler *c, zend_text name);
int zend_add_cv(zend_compiler *c, zend_text name);
void zend_cv_node(zend_compiler *c, znode *node, zend_text name);

/* Releases what an expression statement leaves, or sees to it that it is not made. */
void zend_free_node(zend_compiler *c, znode *node);

static inline void zend_const_node(znode *node, const zval *value)
{
    node->op_type = IS_CONST;
    node->u.constant = *value;
    INIT_PZVAL(&node->u.constant);
}

static inline void zend_string_node(znode *node, zend_text text)
{
    node->op_type = IS_CONST;
    INIT_PZVAL(&node->u.constant);
    Z_TYPE(node->u.constant) = IS_STRING;
    Z_STRVAL(node->u.constant) = (char *) text.val;
    Z_STRLEN(node->u.constant) = text.len;
}

static inline void zend_long_node(znode *node, long value)
{
    node->op_type = IS_CONST;
    INIT_PZVAL(&node->u.constant);
    Z_TYPE(node->u.constant) = IS_LONG;
    Z_LVAL(node->u.constant) = value;
}

static inline void zend_bool_node(znode *node, bool value)
{
    zend_long_node(node, value);
    Z_TYPE(node->u.constant) = IS_BOOL;
}

static inline void zend_null_node(znode *node)
{
    zend_long_node(node, 0);
    Z_TYPE(node->u.constant) = IS_NULL;
}

static inline void zend_unused_node(znode *node, zend_uint number)
{
    node->op_type = IS_UNUSED;
    node->u.num = number;
}

static inline zend_text zend_node_text(const znode *node)
{
    zend_text text = {Z_STRVAL(node->u.constant), Z_STRLEN(node->u.constant)};
    return text;
}

static inline bool zend_node_is_string(const znode *node)
{
    return node->op_type == IS_CONST && Z_TYPE(node->u.constant) == IS_STRING;
}

/* --- zend_compile_name.c: namespaces, imports, names ---------------------------------------- */

/* ZEND_FETCH_CLASS_SELF, _PARENT, _STATIC or _DEFAULT. */
zend_uint zend_class_fetch_type(zend_text name);
/* Full names, without a leading backslash, of an unresolved name node. */
zend_text zend_resolve_class_name(zend_compiler *c, zend_text name, zend_ast_attr attr);
zend_text zend_resolve_class_ast(zend_compiler *c, zend_ast *ast);
/* *unqualified: in a namespace and to be looked for globally, too. */
zend_text zend_resolve_function_name(
    zend_compiler *c, zend_text name, zend_ast_attr attr, bool *unqualified);
zend_text zend_resolve_const_name(
    zend_compiler *c, zend_text name, zend_ast_attr attr, bool *unqualified);
/* Namespace\name for a declaration. */
zend_text zend_prefix_with_namespace(zend_compiler *c, zend_text name);
void zend_compile_namespace(zend_compiler *c, zend_ast *ast);
void zend_compile_use(zend_compiler *c, zend_ast *ast);
/* Remembers that the file declares the constant: it can't be imported any more. */
void zend_note_constant(zend_compiler *c, zend_text name);
/* An import of that name, as the full name, or NULL. */
const char *zend_find_import(HashTable *imports, zend_text key);
void zend_forget_imports(zend_compiler *c);
void zend_check_namespace_end(zend_compiler *c);

/* --- zend_compile_const.c: constants and constant expressions ------------------------------- */

/* The value, if the constant is known while compiling. */
bool zend_constant_substitute(zend_compiler *c, zval *result, zend_text name, bool all_internal);
void zend_compile_const(zend_compiler *c, znode *result, zend_ast *ast);
void zend_compile_class_const(zend_compiler *c, znode *result, zend_ast *ast);
void zend_compile_class_name(zend_compiler *c, znode *result, zend_ast *ast);
void zend_compile_magic_const(zend_compiler *c, znode *result, zend_ast *ast);
/* A static scalar: literal, IS_CONSTANT or IS_CONSTANT_AST. The caller owns the content. */
void zend_compile_const_expr(zend_compiler *c, zval *result, zend_ast *ast);
void zend_compile_const_decl(zend_compiler *c, zend_ast *ast);

/* --- zend_compile_var.c: variables ---------------------------------------------------------- */

bool zend_is_variable(const zend_ast *ast);
bool zend_is_call(const zend_ast *ast);
bool zend_is_this_fetch(const zend_ast *ast);
void zend_check_writable(const zend_ast *ast);
/* A variable for type BP_VAR_*; for BP_VAR_FUNC_ARG `argument` is its number. */
void zend_compile_var(
    zend_compiler *c, znode *result, zend_ast *ast, int type, zend_uint argument);
/* The same with its operations delayed, all but those that the parts of it need. Returns the
 * delayed operation that fetches it, or NULL (a CV, or nothing to delay). */
zend_op *zend_delayed_compile_var(zend_compiler *c, znode *result, zend_ast *ast, int type);
zend_uint zend_delayed_begin(const zend_compiler *c);
/* Appends the delayed operations from..to; zend_delayed_end() all since begin, and drops them.
 * Returns the last one appended, or NULL. */
zend_op *zend_delayed_flush(zend_compiler *c, zend_uint from, zend_uint to);
zend_op *zend_delayed_end(zend_compiler *c, zend_uint begin);
/* A class reference: CONST name, UNUSED self, parent ..., or VAR by FETCH_CLASS. */
void zend_compile_class_ref(zend_compiler *c, znode *result, zend_ast *ast, zend_uint flags);
/* Puts a class node into an operand. */
void zend_set_class_operand(
    zend_compiler *c, zend_uchar *type, znode_op *operand, const znode *class_node);

/* --- zend_compile_assign.c ------------------------------------------------------------------ */

/* A target of an assignment, whose operations are delayed. */
typedef struct _zend_target {
    zend_ast *ast;
    znode node;
    zend_uint from, to; /* delayed operations */
} zend_target;

void zend_target_begin(zend_compiler *c, zend_target *target, zend_ast *ast);
/* Emits the delayed operations and the assignment. result may be NULL: unused. */
void zend_target_assign(zend_compiler *c, zend_target *target, znode *result, const znode *value);
void zend_target_assign_ref(
    zend_compiler *c, zend_target *target, znode *result, const znode *value, zend_uint flags);
void zend_compile_assign(zend_compiler *c, znode *result, zend_ast *ast);
void zend_compile_assign_ref(zend_compiler *c, znode *result, zend_ast *ast);
void zend_compile_assign_op(zend_compiler *c, znode *result, zend_ast *ast);
void zend_compile_incdec(zend_compiler *c, znode *result, zend_ast *ast);

/* The targets of a list(), with the way to each. */
typedef struct _zend_list_leaf {
    zend_target target;
    zend_uint *path;
    zend_uint depth;
} zend_list_leaf;
typedef struct _zend_list_targets {
    zend_list_leaf *leaves;
    zend_uint count, room;
} zend_list_targets;

void zend_list_begin(zend_compiler *c, zend_list_targets *targets, zend_ast *list);
void zend_list_assign(zend_compiler *c, zend_list_targets *targets, const znode *value);

/* --- zend_compile_expr.c -------------------------------------------------------------------- */

void zend_compile_expr(zend_compiler *c, znode *result, zend_ast *ast);
/* An integer key for a string like "12", as array literals and $a["12"] do. */
void zend_handle_numeric_dim(znode *node);
/* Evaluates an operation on literals whose result is null, bool, int or double; else false. */
bool zend_fold_binary(zval *result, unsigned int op, const zval *left, const zval *right);
bool zend_fold_unary(zval *result, unsigned int op, const zval *operand);

/* --- zend_compile_call.c -------------------------------------------------------------------- */

void zend_compile_call(zend_compiler *c, znode *result, zend_ast *ast);
void zend_compile_method_call(zend_compiler *c, znode *result, zend_ast *ast);
void zend_compile_static_call(zend_compiler *c, znode *result, zend_ast *ast);
void zend_compile_new(zend_compiler *c, znode *result, zend_ast *ast);
/* A call of an internal function with one argument that is compiled already. */
void zend_emit_simple_call(
    zend_compiler *c, znode *result, const char *name, const znode *argument);

/* --- zend_compile_stmt.c, zend_compile_loop.c, zend_compile_jump.c, zend_compile_try.c ------- */

void zend_compile_stmt(zend_compiler *c, zend_ast *ast);
/* The statements of a body, which is no statement itself. */
void zend_compile_stmt_list(zend_compiler *c, zend_ast *ast);
/* Statements outside of functions and blocks, where declarations are early. */
void zend_compile_top_list(zend_compiler *c, zend_ast *ast);

void zend_compile_while(zend_compiler *c, zend_ast *ast);
void zend_compile_do_while(zend_compiler *c, zend_ast *ast);
void zend_compile_for(zend_compiler *c, zend_ast *ast);
void zend_compile_foreach(zend_compiler *c, zend_ast *ast);
void zend_compile_switch(zend_compiler *c, zend_ast *ast);

zend_unwind *zend_unwind_push(zend_compiler *c, zend_unwind_kind kind);
void zend_unwind_pop(zend_compiler *c);
void zend_loop_begin(zend_compiler *c, zend_unwind_kind kind, const znode *value);
/* Resolves the jumps: continues to continue_target, breaks to the next operation. */
void zend_loop_end(zend_compiler *c, zend_uint continue_target);
/* Adds a jump to a list; makes all jumps of a list go to target. */
void zend_jump_list_add(zend_compiler *c, zend_jump_list **list, zend_uint opline_num);
void zend_jump_list_resolve(zend_compiler *c, zend_jump_list *list, zend_uint target);
void zend_compile_break_continue(zend_compiler *c, zend_ast *ast);
void zend_compile_label(zend_compiler *c, zend_ast *ast);
void zend_compile_goto(zend_compiler *c, zend_ast *ast);
void zend_resolve_gotos(zend_compiler *c);
void zend_compile_return(zend_compiler *c, zend_ast *ast);
void zend_emit_final_return(zend_compiler *c);
void zend_compile_try(zend_compiler *c, zend_ast *ast);

/* --- zend_compile_func.c, zend_compile_class.c, zend_compile_trait.c ------------------------- */

/* Begins and ends the building of a function. */
void zend_function_begin(zend_compiler *c, zend_function_build *build, zend_op_array *op_array);
void zend_function_end(zend_compiler *c);
void zend_compile_func_decl(zend_compiler *c, zend_ast *ast, bool toplevel);
void zend_compile_closure(zend_compiler *c, znode *result, zend_ast *ast);
void zend_compile_method(zend_compiler *c, zend_ast *ast);
void zend_compile_static_var(zend_compiler *c, zend_ast *ast);
zend_uint zend_add_declared_function(zend_compiler *c, zend_function *function);
void zend_compile_class_decl(zend_compiler *c, zend_ast *ast, bool toplevel);
void zend_compile_use_trait(zend_compiler *c, zend_ast *ast);
/* Adds a function to CG(function_table), or raises the error of a taken name. */
void zend_declare_function(zend_op_array *op_array, zend_text lower_name, int error_level);

/* --- zend_opcode.c, zend_pass_two.c, zend_optimizer*.c --------------------------------------- */

void zend_init_op_array(zend_op_array *op_array, zend_uchar type);
/* Packs the function being built into its code arena. */
void zend_pass_two(zend_compiler *c, zend_function_build *build);
/* Changes the operations being built, without visible effect; numbers of operations change. */
void zend_optimize(zend_compiler *c, zend_function_build *build);

/* Which operands of an opcode are jump targets. */
#define ZEND_JUMP_OP1 1
#define ZEND_JUMP_OP2 2
#define ZEND_JUMP_EXTENDED 4
#define ZEND_JUMP_RESULT 8
int zend_opcode_jumps(const zend_op *opline);

#endif
