/* SPDX-License-Identifier: MIT */
/* `use T { ... }` in a class: the names of traits, which method wins, and aliases. */
#include "compile/zend_compile_internal.h"

#include "zend_alloc.h"

static const char *resolved_name(zend_compiler *c, zend_ast *ast)
{
    zend_text name = zend_resolve_class_ast(c, ast);

    return zend_compile_intern(name.val, name.len);
}

static void add_trait_name(zend_compiler *c, zend_class_entry *ce, zend_ast *ast)
{
    zend_text name = zend_ast_text(ast);

    if (ce->ce_flags & ZEND_ACC_INTERFACE) {
        zend_error_noreturn(E_COMPILE_ERROR,
            "Cannot use traits inside of interfaces. %s is used in %s", name.val, ce->name);
    }
    if (ast->attr == ZEND_NAME_NOT_FQ
        && zend_class_fetch_type(name) != ZEND_FETCH_CLASS_DEFAULT) {
        zend_error_noreturn(
            E_COMPILE_ERROR, "Cannot use '%s' as trait name as it is reserved", name.val);
    }
    ce->trait_names =
        erealloc(ce->trait_names, (ce->trait_name_count + 1) * sizeof(const char *));
    ce->trait_names[ce->trait_name_count++] = resolved_name(c, ast);
    ce->ce_flags |= ZEND_ACC_IMPLEMENT_TRAITS;
}

static zend_trait_method_reference *method_reference(zend_compiler *c, zend_ast *ast)
{
    zend_trait_method_reference *reference = ecalloc(1, sizeof(*reference));
    zend_text method = zend_ast_text(ast->child[1]);

    reference->method_name = zend_compile_intern(method.val, method.len);
    reference->mname_len = (unsigned int) method.len;
    if (ast->child[0]) {
        zend_text name = zend_resolve_class_ast(c, ast->child[0]);

        reference->class_name = zend_compile_intern(name.val, name.len);
        reference->cname_len = (unsigned int) name.len;
    }
    return reference;
}

/* Appends to an emalloc'ed list of pointers that ends with NULL. */
static void *append_pointer(void *list, void *element)
{
    void **pointers = list;
    size_t count = 0;

    while (pointers && pointers[count]) {
        count++;
    }
    pointers = erealloc(pointers, (count + 2) * sizeof(void *));
    pointers[count] = element;
    pointers[count + 1] = NULL;
    return pointers;
}

static void add_precedence(zend_compiler *c, zend_class_entry *ce, zend_ast *ast)
{
    zend_trait_precedence *precedence = ecalloc(1, sizeof(*precedence));
    zend_ast_list *excluded = zend_ast_get_list(ast->child[1]);
    uint32_t i;

    precedence->trait_method = method_reference(c, ast->child[0]);
    precedence->exclude_from_classes = ecalloc(excluded->children + 1, sizeof(char *));
    for (i = 0; i < excluded->children; i++) {
        precedence->exclude_from_classes[i] = resolved_name(c, excluded->child[i]);
    }
    ce->trait_precedences = append_pointer(ce->trait_precedences, precedence);
}

static void check_alias_modifiers(zend_uint modifiers)
{
    const char *name = modifiers & ZEND_ACC_STATIC ? "static"
        : modifiers & ZEND_ACC_ABSTRACT            ? "abstract"
        : modifiers & ZEND_ACC_FINAL               ? "final"
                                                   : NULL;

    if (name) {
        zend_error_noreturn(E_COMPILE_ERROR, "Cannot use '%s' as method modifier", name);
    }
}

static void add_alias(zend_compiler *c, zend_class_entry *ce, zend_ast *ast)
{
    zend_trait_alias *alias = ecalloc(1, sizeof(*alias));

    check_alias_modifiers(ast->attr);
    alias->trait_method = method_reference(c, ast->child[0]);
    alias->modifiers = ast->attr;
    if (ast->child[1]) {
        zend_text name = zend_ast_text(ast->child[1]);

        alias->alias = zend_compile_intern(name.val, name.len);
        alias->alias_len = (unsigned int) name.len;
    }
    ce->trait_aliases = append_pointer(ce->trait_aliases, alias);
}

void zend_compile_use_trait(zend_compiler *c, zend_ast *ast)
{
    zend_class_entry *ce = c->class_entry;
    zend_ast_list *traits = zend_ast_get_list(ast->child[0]);
    zend_ast_list *adaptations;
    uint32_t i;

    zend_set_line(c, ast->lineno);
    for (i = 0; i < traits->children; i++) {
        add_trait_name(c, ce, traits->child[i]);
    }
    if (!ast->child[1]) {
        return;
    }
    adaptations = zend_ast_get_list(ast->child[1]);
    for (i = 0; i < adaptations->children; i++) {
        zend_set_line(c, adaptations->child[i]->lineno);
        if (adaptations->child[i]->kind == ZEND_AST_TRAIT_PRECEDENCE) {
            add_precedence(c, ce, adaptations->child[i]);
        } else {
            add_alias(c, ce, adaptations->child[i]);
        }
    }
}
