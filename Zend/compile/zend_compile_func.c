/* SPDX-License-Identifier: MIT */
/*
 * Functions, methods, closures: parameters, static variables, and when they are declared.
 *
 * A function outside of all blocks is declared as soon as it is compiled. Any other belongs to
 * the code around it, by number, until the operation that declares it runs.
 */
#include "compile/zend_compile_internal.h"

#include <string.h>

#include "object/zend_class.h"
#include "runtime/zend_auto_globals.h"

/* --- Begin and end -------------------------------------------------------------------------- */

void zend_function_begin(zend_compiler *c, zend_function_build *build, zend_op_array *op_array)
{
    memset(build, 0, sizeof(*build));
    build->outer = c->function;
    build->op_array = op_array;
    build->line_start = c->lineno;
    zend_hash_init(&build->literal_index, 16, NULL, NULL, 0);
    c->function = build;
}

void zend_function_end(zend_compiler *c)
{
    zend_function_build *build = c->function;

    zend_resolve_gotos(c);
    if (!(CG(compiler_options) & ZEND_COMPILE_NO_OPTIMIZER)) {
        zend_optimize(c, build);
    }
    zend_pass_two(c, build);
    zend_hash_destroy(&build->literal_index);
    c->function = build->outer;
    if (zend_op_array_hook) {
        zend_op_array_hook(build->op_array);
    }
}

zend_uint zend_add_declared_function(zend_compiler *c, zend_function *function)
{
    zend_function_build *build = c->function;

    build->functions = zend_compile_grow(c, build->functions, build->function_count,
        &build->function_room, sizeof(zend_function *));
    build->functions[build->function_count] = function;
    return build->function_count++;
}

/* --- Parameters ----------------------------------------------------------------------------- */

static bool default_may_be_null(const zval *value)
{
    return Z_TYPE_P(value) == IS_NULL || Z_TYPE_P(value) == IS_CONSTANT_AST
        || (Z_TYPE_P(value) == IS_CONSTANT && strcasecmp(Z_STRVAL_P(value), "NULL") == 0);
}

static void check_hinted_default(zend_arg_info *info, const zval *value)
{
    if (default_may_be_null(value)) {
        info->allow_null = 1;
    } else if (info->type_hint == IS_ARRAY) {
        if (Z_TYPE_P(value) != IS_ARRAY) {
            zend_error_noreturn(E_COMPILE_ERROR,
                "Default value for parameters with array type hint can only be an array or NULL");
        }
    } else if (info->type_hint == IS_CALLABLE) {
        zend_error_noreturn(E_COMPILE_ERROR,
            "Default value for parameters with callable type hint can only be NULL");
    } else {
        zend_error_noreturn(E_COMPILE_ERROR,
            "Default value for parameters with a class type hint can only be NULL");
    }
}

static void compile_type_hint(zend_compiler *c, zend_arg_info *info, zend_ast *hint)
{
    zend_text name;

    info->allow_null = hint == NULL;
    if (!hint) {
        return;
    }
    zend_compiler_op_array(c)->fn_flags |= ZEND_ACC_HAS_TYPE_HINTS;
    if (hint->kind == ZEND_AST_TYPE) {
        info->type_hint = (zend_uchar) hint->attr;
        return;
    }
    name = zend_ast_text(hint);
    if (hint->attr != ZEND_NAME_NOT_FQ
        || zend_class_fetch_type(name) == ZEND_FETCH_CLASS_DEFAULT) {
        name = zend_resolve_class_ast(c, hint);
    }
    info->type_hint = IS_OBJECT;
    info->class_name = zend_compile_intern(name.val, name.len);
    info->class_name_len = (zend_uint) name.len;
}

static void check_parameter_name(zend_compiler *c, zend_text name)
{
    const zend_op_array *op_array = zend_compiler_op_array(c);

    if (zend_is_auto_global(name.val, (uint) name.len)) {
        zend_error_noreturn(
            E_COMPILE_ERROR, "Cannot re-assign auto-global variable %s", name.val);
    }
    if (zend_text_is(name, "this") && op_array->scope
        && !(op_array->fn_flags & ZEND_ACC_STATIC)) {
        zend_error_noreturn(E_COMPILE_ERROR, "Cannot re-assign $this");
    }
}

static zend_uchar receive_opcode(const zend_ast *ast)
{
    if (ast->attr & ZEND_PARAM_VARIADIC) {
        if (ast->child[2]) {
            zend_error_noreturn(
                E_COMPILE_ERROR, "Variadic parameter cannot have a default value");
        }
        return ZEND_RECV_VARIADIC;
    }
    return ast->child[2] ? ZEND_RECV_INIT : ZEND_RECV;
}

static int parameter_variable(zend_compiler *c, zend_text name, zend_uint number)
{
    zend_text none = {"", 0};
    int variable = zend_lookup_cv(c, name);

    return variable == (int) number - 1 ? variable : zend_add_cv(c, none);
}

static void compile_parameter(zend_compiler *c, zend_ast *ast, zend_uint number)
{
    zend_op_array *op_array = zend_compiler_op_array(c);
    zend_arg_info *info = &c->function->arguments[number - 1];
    zend_text name = zend_ast_text(ast->child[1]);
    znode value;
    zend_op *opline;
    zend_uchar opcode;

    zend_set_line(c, ast->lineno);
    check_parameter_name(c, name);
    if (op_array->fn_flags & ZEND_ACC_VARIADIC) {
        zend_error_noreturn(E_COMPILE_ERROR, "Only the last parameter can be variadic");
    }
    opcode = receive_opcode(ast);
    memset(info, 0, sizeof(*info));
    info->name = zend_compile_intern(name.val, name.len);
    info->name_len = (zend_uint) name.len;
    info->pass_by_reference = (ast->attr & ZEND_PARAM_REF) != 0;
    info->is_variadic = opcode == ZEND_RECV_VARIADIC;
    compile_type_hint(c, info, ast->child[0]);
    if (ast->child[2]) {
        value.op_type = IS_CONST;
        zend_compile_const_expr(c, &value.u.constant, ast->child[2]);
        if (ast->child[0]) {
            check_hinted_default(info, &value.u.constant);
        }
    }
    opline = zend_emit_op(c, opcode, NULL, ast->child[2] ? &value : NULL);
    opline->op1.num = number;
    opline->result_type = IS_CV;
    opline->result.var = (zend_uint) parameter_variable(c, name, number);
    op_array->fn_flags |= (info->pass_by_reference ? ZEND_ACC_HAS_BY_REF : 0)
        | (info->is_variadic ? ZEND_ACC_VARIADIC : 0);
    if (!info->is_variadic) {
        op_array->num_args = number;
    }
    if (opcode == ZEND_RECV) {
        op_array->required_num_args = number;
    }
}

/*
 * `function f($a, $a)`: the last one counts. Parameter n is variable n - 1 to the virtual machine, so
 * the later one has a variable without a name, whose value moves to the first once all are there.
 */
static void merge_duplicates(zend_compiler *c)
{
    zend_uint i;

    for (i = 0; i < (zend_uint) zend_compiler_op_array(c)->last_var; i++) {
        const zend_arg_info *info = &c->function->arguments[i];
        zend_text name = {info->name, (int) info->name_len};
        znode target, duplicate;
        zend_op *opline;

        if (c->function->vars[i].name_len) {
            continue;
        }
        zend_cv_node(c, &target, name);
        duplicate.op_type = IS_CV;
        duplicate.u.var = i;
        opline = zend_emit_op(
            c, info->pass_by_reference ? ZEND_ASSIGN_REF : ZEND_ASSIGN, &target, &duplicate);
        opline->result_type = IS_VAR | EXT_TYPE_UNUSED;
        zend_emit_op(c, ZEND_UNSET_CV, &duplicate, NULL);
    }
}

static void compile_parameters(zend_compiler *c, zend_ast *ast)
{
    zend_ast_list *list = zend_ast_get_list(ast);
    zend_uint i;

    c->function->arguments =
        zend_arena_alloc(c->arena, (list->children + 1) * sizeof(zend_arg_info));
    for (i = 0; i < list->children; i++) {
        compile_parameter(c, list->child[i], i + 1);
    }
    merge_duplicates(c);
}

/* --- Static variables and the variables a closure uses -------------------------------------- */

/* use ($_GET): the call overwrites the global variable with what was captured. */
static void assign_auto_global(
    zend_compiler *c, zend_text name, const znode *variable, bool by_ref)
{
    znode name_node, global;

    zend_string_node(&name_node, name);
    zend_emit_var(c, &global, ZEND_FETCH_W, &name_node, NULL)->extended_value =
        ZEND_FETCH_GLOBAL;
    zend_emit_op(c, by_ref ? ZEND_ASSIGN_REF : ZEND_ASSIGN, &global, variable)->result_type =
        IS_VAR | EXT_TYPE_UNUSED;
    zend_emit_op(c, ZEND_UNSET_CV, variable, NULL);
}

/* A function's are its own from the start, as in PHP 5; each closure object copies them. */
static HashTable *static_variable_table(zend_compiler *c)
{
    zend_op_array *op_array = zend_compiler_op_array(c);
    HashTable **table = op_array->fn_flags & ZEND_ACC_CLOSURE ? &c->function->static_variables
                                                              : &op_array->static_variables;

    if (!*table) {
        ALLOC_HASHTABLE(*table);
        zend_hash_init(*table, 8, NULL, ZVAL_PTR_DTOR, 0);
        if (op_array->scope) {
            op_array->scope->ce_flags |= ZEND_HAS_STATIC_IN_METHODS;
        }
    }
    return *table;
}

static void bind_static(
    zend_compiler *c, zend_text name, const zval *value, zend_uint lexical_flags)
{
    zend_op *opline;
    znode node;
    zval *copy;

    ALLOC_ZVAL(copy);
    INIT_PZVAL_COPY(copy, value);
    Z_TYPE_P(copy) |= (zend_uchar) lexical_flags;
    zend_hash_update(static_variable_table(c), name.val, (uint) name.len + 1, &copy,
        sizeof(copy), NULL);
    zend_cv_node(c, &node, name);
    opline = zend_emit_op(c, ZEND_BIND_STATIC, &node, NULL);
    opline->op2_type = IS_CONST;
    opline->op2.constant = zend_add_string_literal(c, name);
    if (lexical_flags && !(lexical_flags & IS_LEXICAL_REF)) {
        opline->extended_value = ZEND_BIND_VALUE;
    }
    if (zend_is_auto_global(name.val, (uint) name.len)) {
        assign_auto_global(c, name, &node, !opline->extended_value);
    }
}

void zend_compile_static_var(zend_compiler *c, zend_ast *ast)
{
    zend_text name = zend_ast_text(ast->child[0]);
    zval value;

    ZVAL_NULL(&value);
    if (ast->child[1]) {
        zend_compile_const_expr(c, &value, ast->child[1]);
    }
    zend_set_line(c, ast->lineno);
    if (zend_text_is(name, "this")) {
        zend_error_noreturn(E_COMPILE_ERROR, "Cannot re-assign $this");
    }
    bind_static(c, name, &value, 0);
}

static void compile_uses(zend_compiler *c, zend_ast *ast)
{
    zend_ast_list *list;
    uint32_t i;
    zval value;

    if (!ast) {
        return;
    }
    list = zend_ast_get_list(ast);
    for (i = 0; i < list->children; i++) {
        zend_text name = zend_ast_text(list->child[i]);

        zend_set_line(c, list->child[i]->lineno);
        if (zend_text_is(name, "this")) {
            zend_error_noreturn(E_COMPILE_ERROR, "Cannot use $this as lexical variable");
        }
        ZVAL_NULL(&value);
        bind_static(c, name, &value,
            IS_LEXICAL_VAR | (list->child[i]->attr ? IS_LEXICAL_REF : 0));
    }
}

/* --- Bodies --------------------------------------------------------------------------------- */

static void prepare_op_array(zend_op_array *op_array, const zend_ast_decl *decl, zend_text name)
{
    zend_init_op_array(op_array, ZEND_USER_FUNCTION);
    op_array->function_name = zend_compile_intern(name.val, name.len);
    op_array->fn_flags = decl->flags;
}

static void compile_body(zend_compiler *c, zend_op_array *op_array, zend_ast_decl *decl)
{
    zend_function_build build;
    zend_uint lineno = c->lineno;

    zend_set_line(c, decl->start_lineno);
    zend_function_begin(c, &build, op_array);
    build.line_start = decl->start_lineno;
    build.line_end = decl->end_lineno;
    if (decl->doc_comment) {
        build.doc_comment = zend_compile_intern(decl->doc_comment, decl->doc_comment_length);
        build.doc_comment_len = (zend_uint) decl->doc_comment_length;
    }
    compile_parameters(c, decl->child[0]);
    compile_uses(c, decl->kind == ZEND_AST_CLOSURE ? decl->child[1] : NULL);
    zend_compile_stmt_list(c, decl->child[2]);
    zend_set_line(c, decl->end_lineno);
    zend_emit_final_return(c);
    zend_function_end(c);
    c->lineno = lineno;
}

/* --- function f() {} ------------------------------------------------------------------------ */

void zend_declare_function(zend_op_array *op_array, zend_text lower_name, int error_level)
{
    zend_function *old;

    if (zend_hash_add(CG(function_table), lower_name.val, (uint) lower_name.len + 1, op_array,
            sizeof(zend_function), NULL) == SUCCESS) {
        return;
    }
    zend_hash_find(
        CG(function_table), lower_name.val, (uint) lower_name.len + 1, (void **) &old);
    if (old->type == ZEND_USER_FUNCTION && old->op_array.last > 0) {
        zend_error_noreturn(error_level, "Cannot redeclare %s() (previously declared in %s:%d)",
            op_array->function_name, old->op_array.code->filename,
            (int) old->op_array.opcodes[0].lineno);
    }
    zend_error_noreturn(error_level, "Cannot redeclare %s()", op_array->function_name);
}

void zend_compile_func_decl(zend_compiler *c, zend_ast *ast, bool toplevel)
{
    zend_ast_decl *decl = zend_ast_get_decl(ast);
    zend_text written = {decl->name, decl->name_length};
    zend_text name = zend_prefix_with_namespace(c, written);
    zend_text lower = zend_compile_lower(c, name);
    zend_function *function = ecalloc(1, sizeof(zend_function));

    prepare_op_array(&function->op_array, decl, name);
    compile_body(c, &function->op_array, decl);
    zend_set_line(c, decl->end_lineno);
    if (zend_text_is(lower, "__autoload") && function->op_array.num_args != 1) {
        zend_error_noreturn(
            E_COMPILE_ERROR, "%s() must take exactly 1 argument", "__autoload");
    }
    if (toplevel) {
        zend_declare_function(&function->op_array, lower, E_COMPILE_ERROR);
        efree(function); /* what it held has moved into the table */
    } else {
        zend_uint number = zend_add_declared_function(c, function);

        zend_set_line(c, decl->start_lineno);
        zend_emit_op(c, ZEND_DECLARE_FUNCTION, NULL, NULL)->op1.num = number;
    }
}

void zend_do_bind_function(zend_op_array *op_array, zend_uint number)
{
    zend_function *function = op_array->code->functions[number];
    int len = (int) strlen(function->common.function_name);
    char *lower_name = zend_str_tolower_dup(function->common.function_name, (unsigned int) len);
    zend_text lower = {lower_name, len};
    zend_function copy = *function;

    /* The static variables move to the declared function; the code is shared. */
    zend_declare_function(&copy.op_array, lower, E_ERROR);
    copy.op_array.code->refcount++;
    function->op_array.static_variables = NULL;
    efree(lower_name);
}

/* --- Closures ------------------------------------------------------------------------------- */

void zend_compile_closure(zend_compiler *c, znode *result, zend_ast *ast)
{
    zend_ast_decl *decl = zend_ast_get_decl(ast);
    zend_text written = {"{closure}", 9};
    zend_function *function = ecalloc(1, sizeof(zend_function));
    zend_uint number;

    prepare_op_array(&function->op_array, decl, zend_prefix_with_namespace(c, written));
    function->op_array.fn_flags |= ZEND_ACC_CLOSURE;
    compile_body(c, &function->op_array, decl);
    number = zend_add_declared_function(c, function);
    zend_set_line(c, decl->start_lineno);
    zend_emit_tmp(c, result, ZEND_DECLARE_LAMBDA_FUNCTION, NULL, NULL)->op1.num = number;
    zend_set_line(c, decl->end_lineno);
}

/* --- Methods -------------------------------------------------------------------------------- */

static void check_interface_method(const zend_class_entry *ce, zend_ast_decl *decl)
{
    if (decl->flags & (ZEND_ACC_PROTECTED | ZEND_ACC_PRIVATE | ZEND_ACC_FINAL | ZEND_ACC_ABSTRACT)) {
        zend_error_noreturn(E_COMPILE_ERROR, "Access type for interface method %s::%s() must be "
            "omitted", ce->name, decl->name);
    }
    decl->flags |= ZEND_ACC_ABSTRACT;
}

/* Abstract or not, against body or not. */
static void check_method_body(const zend_class_entry *ce, const zend_ast_decl *decl)
{
    const char *kind = ce->ce_flags & ZEND_ACC_INTERFACE ? "Interface" : "Abstract";

    if (!(decl->flags & ZEND_ACC_ABSTRACT)) {
        if (!decl->child[2]) {
            zend_error_noreturn(E_COMPILE_ERROR, "Non-abstract method %s::%s() must contain body",
                ce->name, decl->name);
        }
        return;
    }
    if (decl->flags & ZEND_ACC_PRIVATE) {
        zend_error_noreturn(E_COMPILE_ERROR, "%s function %s::%s() cannot be declared private",
            kind, ce->name, decl->name);
    }
    if (decl->child[2]) {
        zend_error_noreturn(E_COMPILE_ERROR, "%s function %s::%s() cannot contain body", kind,
            ce->name, decl->name);
    }
}

/* An instance method may be called statically, with a message, unless it is one of these. */
static bool is_magic_name(zend_text lower)
{
    static const char *const names[] = {"__construct", "__destruct", "__clone", "__call",
        "__callstatic", "__get", "__set", "__unset", "__isset", "__tostring", "__invoke",
        "__debuginfo"};
    size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (strcmp(lower.val, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

void zend_compile_method(zend_compiler *c, zend_ast *ast)
{
    zend_class_entry *ce = c->class_entry;
    zend_ast_decl *decl = zend_ast_get_decl(ast);
    zend_text name = {decl->name, decl->name_length};
    zend_text lower = zend_compile_lower(c, name);
    zend_function empty, *method;

    zend_set_line(c, decl->start_lineno);
    if (ce->ce_flags & ZEND_ACC_INTERFACE) {
        check_interface_method(ce, decl);
    }
    if (!(decl->flags & ZEND_ACC_PPP_MASK)) {
        decl->flags |= ZEND_ACC_PUBLIC;
    }
    memset(&empty, 0, sizeof(empty));
    prepare_op_array(&empty.op_array, decl, name);
    empty.common.scope = ce;
    if (zend_hash_add(&ce->function_table, lower.val, (uint) lower.len + 1, &empty,
            sizeof(zend_function), (void **) &method) == FAILURE) {
        zend_error_noreturn(
            E_COMPILE_ERROR, "Cannot redeclare %s::%s()", ce->name, name.val);
    }
    if (decl->flags & ZEND_ACC_ABSTRACT) {
        ce->ce_flags |= ZEND_ACC_IMPLICIT_ABSTRACT_CLASS;
    }
    zend_set_line(c, decl->head_lineno);
    if ((decl->flags & ZEND_ACC_ABSTRACT) && (decl->flags & ZEND_ACC_STATIC)
        && !(ce->ce_flags & ZEND_ACC_INTERFACE)) {
        zend_error(
            E_STRICT, "Static function %s::%s() should not be abstract", ce->name, name.val);
    }
    zend_register_magic_method(ce, method, lower.val, (zend_uint) lower.len);
    if (!(decl->flags & ZEND_ACC_STATIC) && ce->constructor != method && !is_magic_name(lower)) {
        method->common.fn_flags |= ZEND_ACC_ALLOW_STATIC;
    }
    compile_body(c, &method->op_array, decl);
    zend_set_line(c, decl->end_lineno);
    check_method_body(ce, decl);
    zend_check_magic_method_implementation(ce, method, E_COMPILE_ERROR);
}
