/* SPDX-License-Identifier: MIT */
/*
 * Default values that are constants or expressions (IS_CONSTANT, IS_CONSTANT_AST) and are
 * evaluated when they are first needed: defaults of parameters and properties, class constants,
 * static variables.
 */
#include <string.h>

#include "compile/zend_compile.h"
#include "data/zend_interned.h"
#include "runtime/zend_API.h"
#include "runtime/zend_constants.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_execute_API.h"

/* An unqualified name that is no constant stands for itself, with a notice. */
static void zend_assume_string(zval *value)
{
    char *name = Z_STRVAL_P(value);
    int length = Z_STRLEN_P(value);
    const char *slash = zend_memrchr(name, '\\', length);
    const char *bare = slash ? slash + 1 : name;
    int bare_length = length - (int) (bare - name);
    char *text;

    if (!(Z_TYPE_P(value) & IS_CONSTANT_UNQUALIFIED)) {
        zend_error_noreturn(E_ERROR, "Undefined constant '%s'", name);
    }
    text = estrndup(bare, bare_length);
    str_efree(name);
    ZVAL_STRINGL(value, text, bare_length, 0);
    zend_error(E_NOTICE, "Use of undefined constant %s - assumed '%s'", text, text);
}

static void zend_resolve_constant(zval *value, zend_class_entry *scope)
{
    zval constant;

    if (!zend_get_constant_ex(Z_STRVAL_P(value), Z_STRLEN_P(value), &constant, scope,
            Z_TYPE_P(value) & ~IS_CONSTANT_TYPE_MASK)) {
        if (!EG(exception)) {
            zend_assume_string(value);
        }
        return;
    }
    str_efree(Z_STRVAL_P(value));
    ZVAL_COPY_VALUE(value, &constant);
}

int zval_update_constant_ex(zval **place, zend_bool inline_change, zend_class_entry *scope)
{
    zval *value = *place;

    if (!IS_CONSTANT_TYPE(Z_TYPE_P(value))) {
        return 0;
    }
    SEPARATE_ZVAL_IF_NOT_REF(place);
    value = *place;
    if ((Z_TYPE_P(value) & IS_CONSTANT_TYPE_MASK) == IS_CONSTANT) {
        zend_resolve_constant(value, scope);
    } else {
        zval result;

        INIT_ZVAL(result);
        zend_ast_evaluate(&result, Z_AST_P(value), scope);
        if (EG(exception)) {
            zval_dtor(&result);
            return 0;
        }
        zval_dtor(value);
        ZVAL_COPY_VALUE(value, &result);
    }
    return 0;
}

int zval_update_constant(zval **place, zend_bool inline_change)
{
    return zval_update_constant_ex(place, inline_change, NULL);
}
