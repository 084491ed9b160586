/* SPDX-License-Identifier: MIT */
/*
 * Namespaces, imports and the resolution of names.
 *
 * A name in source is fully qualified (\A\B), relative (namespace\A), qualified (A\B) or plain
 * (A). The first two are complete. In a qualified name the first part may be an import of a
 * class name; a plain one may be an import of its own kind. Otherwise the current namespace is
 * put in front, and of functions and constants the plain name remains a second choice at run
 * time ("unqualified"). Names of classes and functions ignore case, those of constants don't.
 */
#include "compile/zend_compile_internal.h"

#include <string.h>

zend_uint zend_class_fetch_type(zend_text name)
{
    if (zend_text_is_ci(name, "self")) {
        return ZEND_FETCH_CLASS_SELF;
    }
    if (zend_text_is_ci(name, "parent")) {
        return ZEND_FETCH_CLASS_PARENT;
    }
    if (zend_text_is_ci(name, "static")) {
        return ZEND_FETCH_CLASS_STATIC;
    }
    return ZEND_FETCH_CLASS_DEFAULT;
}

const char *zend_find_import(HashTable *imports, zend_text key)
{
    const char **found;

    if (!imports || zend_hash_find(imports, key.val, (uint) key.len + 1, (void **) &found)) {
        return NULL;
    }
    return *found;
}

zend_text zend_prefix_with_namespace(zend_compiler *c, zend_text name)
{
    return c->namespace.val ? zend_compile_concat(c, c->namespace, "\\", name) : name;
}

static zend_text text_of(const char *val)
{
    zend_text text = {val, (int) strlen(val)};
    return text;
}

/* A\B where A is imported; false if it is not. */
static bool resolve_first_part(zend_compiler *c, zend_text name, zend_text *resolved)
{
    const char *separator = memchr(name.val, '\\', (size_t) name.len);
    const char *import;
    zend_text first, rest;

    if (!separator || !c->imports) {
        return false;
    }
    first.len = (int) (separator - name.val);
    first.val = zend_arena_strndup(c->arena, name.val, (size_t) first.len);
    import = zend_find_import(c->imports, zend_compile_lower(c, first));
    if (!import) {
        return false;
    }
    rest.val = separator + 1;
    rest.len = name.len - first.len - 1;
    *resolved = zend_compile_concat(c, text_of(import), "\\", rest);
    return true;
}

zend_text zend_resolve_class_name(zend_compiler *c, zend_text name, zend_ast_attr attr)
{
    const char *import;
    zend_text resolved;

    if (attr == ZEND_NAME_FQ) {
        if (zend_class_fetch_type(name) != ZEND_FETCH_CLASS_DEFAULT) {
            zend_error_noreturn(E_COMPILE_ERROR, "'\\%s' is an invalid class name", name.val);
        }
        return name;
    }
    if (attr != ZEND_NAME_RELATIVE) {
        if (resolve_first_part(c, name, &resolved)) {
            return resolved;
        }
        if (c->imports && !memchr(name.val, '\\', (size_t) name.len)) {
            import = zend_find_import(c->imports, zend_compile_lower(c, name));
            if (import) {
                return text_of(import);
            }
        }
    }
    return zend_prefix_with_namespace(c, name);
}

zend_text zend_resolve_class_ast(zend_compiler *c, zend_ast *ast)
{
    return zend_resolve_class_name(c, zend_ast_text(ast), ast->attr);
}

/* Functions and constants alike; `key` is the name as the imports file it. */
static zend_text resolve_other_name(zend_compiler *c, zend_text name, zend_ast_attr attr,
    HashTable *imports, zend_text key, bool *unqualified)
{
    const char *import;
    zend_text resolved;

    *unqualified = false;
    if (attr == ZEND_NAME_FQ) {
        return name;
    }
    if (attr != ZEND_NAME_RELATIVE) {
        if (memchr(name.val, '\\', (size_t) name.len)) {
            if (resolve_first_part(c, name, &resolved)) {
                return resolved;
            }
        } else {
            import = zend_find_import(imports, key);
            if (import) {
                return text_of(import);
            }
            *unqualified = c->namespace.val != NULL;
        }
    }
    return zend_prefix_with_namespace(c, name);
}

zend_text zend_resolve_function_name(
    zend_compiler *c, zend_text name, zend_ast_attr attr, bool *unqualified)
{
    zend_text key = c->imports_function ? zend_compile_lower(c, name) : name;

    return resolve_other_name(c, name, attr, c->imports_function, key, unqualified);
}

zend_text zend_resolve_const_name(
    zend_compiler *c, zend_text name, zend_ast_attr attr, bool *unqualified)
{
    return resolve_other_name(c, name, attr, c->imports_const, name, unqualified);
}

/* --- use ------------------------------------------------------------------------------------ */

static void forget_table(HashTable **table)
{
    if (*table) {
        zend_hash_destroy(*table);
        FREE_HASHTABLE(*table);
        *table = NULL;
    }
}

void zend_forget_imports(zend_compiler *c)
{
    forget_table(&c->imports);
    forget_table(&c->imports_function);
    forget_table(&c->imports_const);
}

static HashTable *import_table(HashTable **table)
{
    if (!*table) {
        ALLOC_HASHTABLE(*table);
        zend_hash_init(*table, 8, NULL, NULL, 0);
    }
    return *table;
}

/* Does this file declare `key` (in the global namespace), or anyone in the current one? */
static bool class_is_taken(zend_compiler *c, zend_text key)
{
    zend_class_entry **ce;

    if (zend_hash_find(CG(class_table), key.val, (uint) key.len + 1, (void **) &ce)) {
        return false;
    }
    return c->namespace.val
        || ((*ce)->type == ZEND_USER_CLASS && (*ce)->info.user.filename == c->filename);
}

static bool function_is_taken(zend_compiler *c, zend_text key)
{
    zend_function *function;

    if (zend_hash_find(CG(function_table), key.val, (uint) key.len + 1, (void **) &function)) {
        return false;
    }
    return c->namespace.val
        || (function->type == ZEND_USER_FUNCTION
            && function->op_array.code->filename == c->filename);
}

/* In the current namespace, in lower case, the key. */
static zend_text full_key(zend_compiler *c, zend_text key)
{
    if (!c->namespace.val) {
        return key;
    }
    return zend_compile_concat(c, zend_compile_lower(c, c->namespace), "\\", key);
}

void zend_note_constant(zend_compiler *c, zend_text name)
{
    zend_text key = full_key(c, name);

    zend_hash_add_empty_element(import_table(&c->constants), key.val, (uint) key.len + 1);
}

static bool is_taken(zend_compiler *c, int kind, zend_text key)
{
    zend_text full = full_key(c, key);

    switch (kind) {
    case ZEND_USE_CLASS:
        return class_is_taken(c, full);
    case ZEND_USE_FUNCTION:
        return function_is_taken(c, full);
    default:
        return c->constants && zend_hash_exists(c->constants, full.val, (uint) full.len + 1);
    }
}

/* An import may repeat what the name means anyway. */
static bool imports_itself(zend_compiler *c, int kind, zend_text full, zend_text key)
{
    zend_text own = full_key(c, key);

    if (kind != ZEND_USE_CONST) {
        full = zend_compile_lower(c, full);
    }
    return full.len == own.len && memcmp(full.val, own.val, (size_t) own.len) == 0;
}

static void refuse_import(int kind, zend_text full, zend_text name)
{
    zend_error_noreturn(E_COMPILE_ERROR,
        "Cannot use %s%s as %s because the name is already in use",
        kind == ZEND_USE_FUNCTION ? "function " : kind == ZEND_USE_CONST ? "const " : "", full.val,
        name.val);
}

static void compile_use_element(zend_compiler *c, int kind, zend_ast *element, HashTable *table)
{
    zend_text full = zend_ast_text(element->child[0]);
    const char *separator = zend_memrchr(full.val, '\\', (size_t) full.len);
    zend_text name = full;
    zend_text key;
    const char *value;
    bool no_effect = false;

    zend_set_line(c, element->lineno);
    if (element->child[1]) {
        name = zend_ast_text(element->child[1]);
    } else if (separator) {
        name = text_of(separator + 1);
    } else {
        no_effect = element->child[0]->attr != ZEND_NAME_FQ && !c->namespace.val;
    }
    key = kind == ZEND_USE_CONST ? name : zend_compile_lower(c, name);
    if (kind == ZEND_USE_CLASS && (zend_text_is(key, "self") || zend_text_is(key, "parent"))) {
        zend_error_noreturn(E_COMPILE_ERROR,
            "Cannot use %s as %s because '%s' is a special class name", full.val, name.val,
            name.val);
    }
    if (is_taken(c, kind, key) && !imports_itself(c, kind, full, key)) {
        refuse_import(kind, full, name);
    }
    value = zend_compile_intern(full.val, full.len);
    if (zend_hash_add(table, key.val, (uint) key.len + 1, &value, sizeof(value), NULL)) {
        refuse_import(kind, full, name);
    }
    if (no_effect) {
        zend_error(E_WARNING, "The use statement with non-compound name '%s' has no effect",
            name.val);
    }
}

void zend_compile_use(zend_compiler *c, zend_ast *ast)
{
    zend_ast_list *list = zend_ast_get_list(ast);
    HashTable *table = import_table(list->attr == ZEND_USE_CLASS ? &c->imports
        : list->attr == ZEND_USE_FUNCTION ? &c->imports_function : &c->imports_const);
    uint32_t i;

    for (i = 0; i < list->children; i++) {
        compile_use_element(c, list->attr, list->child[i], table);
    }
}

/* --- namespace ------------------------------------------------------------------------------ */

static void check_namespace_place(zend_compiler *c, bool bracketed)
{
    if (!c->has_bracketed_namespaces) {
        if (c->namespace.val && bracketed) {
            zend_error_noreturn(E_COMPILE_ERROR, "Cannot mix bracketed namespace declarations "
                "with unbracketed namespace declarations");
        }
    } else if (!bracketed) {
        zend_error_noreturn(E_COMPILE_ERROR, "Cannot mix bracketed namespace declarations "
            "with unbracketed namespace declarations");
    } else if (c->namespace.val || c->in_namespace) {
        zend_error_noreturn(E_COMPILE_ERROR, "Namespace declarations cannot be nested");
    }
    if (c->after_first_statement
        && (bracketed ? !c->has_bracketed_namespaces : !c->namespace.val)) {
        zend_error_noreturn(E_COMPILE_ERROR, "Namespace declaration statement has to be the "
            "very first statement in the script");
    }
}

void zend_compile_namespace(zend_compiler *c, zend_ast *ast)
{
    zend_ast *name = ast->child[0];
    zend_ast *body = ast->child[1];

    check_namespace_place(c, body != NULL);
    c->in_namespace = true;
    c->has_bracketed_namespaces |= body != NULL;
    c->namespace.val = NULL;
    if (name) {
        c->namespace = zend_ast_text(name);
        if (zend_text_is_ci(c->namespace, "self") || zend_text_is_ci(c->namespace, "parent")) {
            zend_error_noreturn(
                E_COMPILE_ERROR, "Cannot use '%s' as namespace name", c->namespace.val);
        }
    }
    zend_forget_imports(c);
    if (body) {
        zend_compile_top_list(c, body);
        zend_forget_imports(c);
        c->in_namespace = false;
        c->namespace.val = NULL;
    }
}

void zend_check_namespace_end(zend_compiler *c)
{
    if (c->has_bracketed_namespaces && !c->in_namespace) {
        zend_error_noreturn(E_COMPILE_ERROR, "No code may exist outside of namespace {}");
    }
}
