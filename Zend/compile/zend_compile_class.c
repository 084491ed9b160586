/* SPDX-License-Identifier: MIT */
/*
 * Classes: a declaration becomes a class entry that waits to be bound.
 *
 * A class without parent, or whose parent is declared already, is bound while compiling, if it
 * stands outside of all blocks and neither implements an interface nor uses a trait. Any
 * other is kept by number in the code, and an operation binds it when it runs.
 */
#include "compile/zend_compile_internal.h"

#include <string.h>

#include "object/zend_class.h"
#include "object/zend_inheritance.h"
#include "runtime/zend_API.h"

/* --- Members -------------------------------------------------------------------------------- */

static void compile_class_constants(zend_compiler *c, zend_ast *ast)
{
    zend_class_entry *ce = c->class_entry;
    zend_ast_list *list = zend_ast_get_list(ast);
    uint32_t i;

    for (i = 0; i < list->children; i++) {
        zend_ast *element = list->child[i];
        zend_text name = zend_ast_text(element->child[0]);
        zval *value;

        zend_set_line(c, element->lineno);
        if ((ce->ce_flags & ZEND_ACC_TRAIT) == ZEND_ACC_TRAIT) {
            zend_error_noreturn(E_COMPILE_ERROR, "Traits cannot have constants");
        }
        MAKE_STD_ZVAL(value);
        zend_compile_const_expr(c, value, element->child[1]);
        if (zend_hash_add(&ce->constants_table, name.val, (uint) name.len + 1, &value,
                sizeof(value), NULL) == FAILURE) {
            zend_error_noreturn(
                E_COMPILE_ERROR, "Cannot redefine class constant %s::%s", ce->name, name.val);
        }
    }
}

static void check_property(const zend_class_entry *ce, zend_text name, zend_uint flags)
{
    if (ce->ce_flags & ZEND_ACC_INTERFACE) {
        zend_error_noreturn(E_COMPILE_ERROR, "Interfaces may not include member variables");
    }
    if (flags & ZEND_ACC_ABSTRACT) {
        zend_error_noreturn(E_COMPILE_ERROR, "Properties cannot be declared abstract");
    }
    if (flags & ZEND_ACC_FINAL) {
        zend_error_noreturn(E_COMPILE_ERROR, "Cannot declare property %s::$%s final, the final "
            "modifier is allowed only for methods and classes", ce->name, name.val);
    }
    if (zend_hash_exists(&ce->properties_info, name.val, (uint) name.len + 1)) {
        zend_error_noreturn(E_COMPILE_ERROR, "Cannot redeclare %s::$%s", ce->name, name.val);
    }
}

static void compile_properties(zend_compiler *c, zend_ast *ast)
{
    zend_class_entry *ce = c->class_entry;
    zend_ast_list *list = zend_ast_get_list(ast);
    zend_uint flags = list->attr;
    uint32_t i;

    if (!(flags & ZEND_ACC_PPP_MASK)) {
        flags |= ZEND_ACC_PUBLIC;
    }
    for (i = 0; i < list->children; i++) {
        zend_ast *element = list->child[i];
        zend_text name = zend_ast_text(element->child[0]);
        zend_text doc = {NULL, 0};
        zval *value;

        zend_set_line(c, element->lineno);
        check_property(ce, name, flags);
        ALLOC_INIT_ZVAL(value);
        if (element->child[1]) {
            zend_compile_const_expr(c, value, element->child[1]);
        }
        if (element->child[2]) {
            doc = zend_ast_text(element->child[2]);
            doc.val = zend_compile_intern(doc.val, doc.len);
        }
        name.val = zend_compile_intern(name.val, name.len);
        zend_declare_property_ex(ce, name.val, name.len, value, (int) flags, doc.val, doc.len);
    }
}

static void compile_members(zend_compiler *c, zend_ast *ast)
{
    zend_ast_list *list = zend_ast_get_list(ast);
    uint32_t i;

    for (i = 0; i < list->children; i++) {
        zend_ast *member = list->child[i];

        switch (member->kind) {
        case ZEND_AST_METHOD:
            zend_compile_method(c, member);
            break;
        case ZEND_AST_PROP_DECL:
            compile_properties(c, member);
            break;
        case ZEND_AST_CLASS_CONST_DECL:
            compile_class_constants(c, member);
            break;
        default:
            zend_compile_use_trait(c, member);
            break;
        }
    }
}

/* --- Head ----------------------------------------------------------------------------------- */

static bool is_special_name(const zend_ast *ast, zend_text name)
{
    return ast->attr == ZEND_NAME_NOT_FQ
        && zend_class_fetch_type(name) != ZEND_FETCH_CLASS_DEFAULT;
}

static void compile_extends(zend_compiler *c, zend_class_entry *ce, zend_ast *ast)
{
    zend_text name = zend_ast_text(ast);

    if (is_special_name(ast, name)) {
        zend_error_noreturn(
            E_COMPILE_ERROR, "Cannot use '%s' as class name as it is reserved", name.val);
    }
    if ((ce->ce_flags & ZEND_ACC_TRAIT) == ZEND_ACC_TRAIT) {
        zend_error_noreturn(E_COMPILE_ERROR, "A trait (%s) cannot extend a class. Traits can only "
            "be composed from other traits with the 'use' keyword. Error", ce->name);
    }
    name = zend_resolve_class_ast(c, ast);
    ce->parent_name = zend_compile_intern(name.val, name.len);
}

static void compile_implements(zend_compiler *c, zend_class_entry *ce, zend_ast *ast)
{
    zend_ast_list *list = zend_ast_get_list(ast);
    uint32_t i;

    ce->interface_names = safe_emalloc(list->children, sizeof(char *), 0);
    for (i = 0; i < list->children; i++) {
        zend_text name = zend_ast_text(list->child[i]);

        if ((ce->ce_flags & ZEND_ACC_TRAIT) == ZEND_ACC_TRAIT) {
            zend_error_noreturn(E_COMPILE_ERROR,
                "Cannot use '%s' as interface on '%s' since it is a Trait", name.val, ce->name);
        }
        if (is_special_name(list->child[i], name)) {
            zend_error_noreturn(
                E_COMPILE_ERROR, "Cannot use '%s' as interface name as it is reserved", name.val);
        }
        name = zend_resolve_class_ast(c, list->child[i]);
        ce->interface_names[ce->interface_name_count++] =
            zend_compile_intern(name.val, name.len);
    }
    ce->ce_flags |= ZEND_ACC_IMPLEMENT_INTERFACES;
}

/* The full name of the class, after all that may be wrong with it. */
static zend_text class_name(zend_compiler *c, const zend_ast_decl *decl)
{
    zend_text written = {decl->name, decl->name_length};
    zend_text name;
    const char *import;

    if (c->class_entry) {
        zend_error_noreturn(E_COMPILE_ERROR, "Class declarations may not be nested");
    }
    if (zend_text_is_ci(written, "self") || zend_text_is_ci(written, "parent")) {
        zend_error_noreturn(
            E_COMPILE_ERROR, "Cannot use '%s' as class name as it is reserved", written.val);
    }
    name = zend_prefix_with_namespace(c, written);
    import = zend_find_import(c->imports, zend_compile_lower(c, written));
    if (import && strcasecmp(import, name.val) != 0) {
        zend_error_noreturn(E_COMPILE_ERROR,
            "Cannot declare class %s because the name is already in use", name.val);
    }
    return name;
}

static zend_class_entry *new_class(zend_compiler *c, const zend_ast_decl *decl, zend_text name)
{
    zend_class_entry *ce = ecalloc(1, sizeof(zend_class_entry));

    ce->type = ZEND_USER_CLASS;
    ce->name = zend_compile_intern(name.val, name.len);
    ce->name_length = (zend_uint) name.len;
    zend_initialize_class_data(ce, 1);
    ce->ce_flags |= decl->flags;
    ce->info.user.filename = c->filename;
    ce->info.user.line_start = decl->start_lineno;
    ce->info.user.line_end = decl->end_lineno;
    if (decl->doc_comment) {
        ce->info.user.doc_comment =
            zend_compile_intern(decl->doc_comment, decl->doc_comment_length);
        ce->info.user.doc_comment_len = (zend_uint) decl->doc_comment_length;
    }
    return ce;
}

/* --- Binding -------------------------------------------------------------------------------- */

static bool is_linked_later(const zend_class_entry *ce)
{
    return ce->interface_name_count || ce->trait_name_count;
}

/* False when the name is taken. */
static bool add_class(zend_class_entry *ce)
{
    char *lower = zend_str_tolower_dup(ce->name, ce->name_length);
    int result = zend_hash_add(
        CG(class_table), lower, ce->name_length + 1, &ce, sizeof(ce), NULL);

    efree(lower);
    return result == SUCCESS;
}

static bool is_class_declared(const zend_class_entry *ce)
{
    char *lower = zend_str_tolower_dup(ce->name, ce->name_length);
    bool found = zend_hash_exists(CG(class_table), lower, ce->name_length + 1);

    efree(lower);
    return found;
}

ZEND_NORETURN static void refuse_class(const zend_class_entry *ce)
{
    zend_error_noreturn(E_COMPILE_ERROR, "Cannot redeclare class %s", ce->name);
}

static void verify_class(zend_class_entry *ce)
{
    if (!(ce->ce_flags & ZEND_ACC_INTERFACE) && !is_linked_later(ce)) {
        zend_verify_abstract_class(ce);
    }
}

static void bind_inherited(zend_class_entry *ce, zend_class_entry *parent)
{
    if (is_class_declared(ce)) {
        refuse_class(ce);
    }
    zend_do_inheritance(ce, parent);
    verify_class(ce);
    add_class(ce);
}

zend_class_entry *zend_do_bind_class(zend_op_array *op_array, zend_uint number)
{
    zend_class_entry *ce = op_array->code->classes[number];

    if (!add_class(ce)) {
        refuse_class(ce);
    }
    ce->refcount++;
    verify_class(ce);
    return ce;
}

zend_class_entry *zend_do_bind_inherited_class(
    zend_op_array *op_array, zend_uint number, zend_class_entry *parent)
{
    zend_class_entry *ce = op_array->code->classes[number];

    bind_inherited(ce, parent);
    ce->refcount++;
    return ce;
}

/* Binds at once if that is possible; false if an operation must do it. */
static bool bind_early(zend_compiler *c, zend_class_entry *ce)
{
    zend_class_entry **parent;
    zend_text parent_name;

    if (is_linked_later(ce)) {
        return false;
    }
    if (!ce->parent_name) {
        if (!add_class(ce)) {
            return false; /* it may never be reached: the error is for run time */
        }
        verify_class(ce);
        return true;
    }
    parent_name.val = ce->parent_name;
    parent_name.len = (int) strlen(ce->parent_name);
    parent_name = zend_compile_lower(c, parent_name);
    if (zend_hash_find(CG(class_table), parent_name.val, (uint) parent_name.len + 1,
            (void **) &parent) == FAILURE) {
        return false;
    }
    bind_inherited(ce, *parent);
    return true;
}

static void emit_declare_class(zend_compiler *c, zend_class_entry *ce, const zend_ast_decl *decl)
{
    zend_function_build *build = c->function;
    znode result;
    zend_op *opline;

    build->classes = zend_compile_grow(c, build->classes, build->class_count, &build->class_room,
        sizeof(zend_class_entry *));
    build->classes[build->class_count] = ce;
    opline = zend_emit_var(c, &result,
        ce->parent_name ? ZEND_DECLARE_INHERITED_CLASS : ZEND_DECLARE_CLASS, NULL, NULL);
    opline->op1.num = build->class_count++;
    if (ce->parent_name) {
        zend_text parent = {ce->parent_name, (int) strlen(ce->parent_name)};

        opline->op2_type = IS_CONST;
        opline->op2.constant = zend_add_class_literal(c, parent);
    }
    if (!is_linked_later(ce)) {
        opline->result_type |= EXT_TYPE_UNUSED;
        return;
    }
    if (decl->child[1]) {
        zend_set_line(c, decl->child[1]->lineno);
        zend_emit_op(c, ZEND_ADD_INTERFACES, &result, NULL)->extended_value =
            ZEND_LINK_INTERFACES;
    }
    zend_set_line(c, decl->end_lineno);
    zend_emit_op(c, ZEND_ADD_INTERFACES, &result, NULL)->extended_value = ZEND_LINK_REST;
}

void zend_compile_class_decl(zend_compiler *c, zend_ast *ast, bool toplevel)
{
    zend_ast_decl *decl = zend_ast_get_decl(ast);
    zend_class_entry *ce;

    zend_set_line(c, decl->head_lineno);
    c->class_name = class_name(c, decl);
    ce = new_class(c, decl, c->class_name);
    if (decl->child[0]) {
        compile_extends(c, ce, decl->child[0]);
    }
    if (decl->child[1]) {
        compile_implements(c, ce, decl->child[1]);
    }
    c->class_entry = ce;
    compile_members(c, decl->child[2]);
    zend_set_line(c, decl->end_lineno);
    zend_finish_magic_methods(ce, E_COMPILE_ERROR);
    c->class_entry = NULL;
    if (toplevel && bind_early(c, ce)) {
        return;
    }
    zend_set_line(c, decl->head_lineno);
    emit_declare_class(c, ce, decl);
    zend_set_line(c, decl->end_lineno);
}
