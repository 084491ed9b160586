/* SPDX-License-Identifier: MIT */
/* xdebug_debug_zval(): variables with the counts that they have, undisturbed by the call. */
#include "ext/standard/basic_functions.h"
#include "runtime/zend_stack_limit.h"

static void xdebug_value(zval *value);

static void xdebug_elements(HashTable *ht, bool is_object)
{
    const char *separator = "";

    for (Bucket *p = ht->pListHead; p; p = p->pListNext) {
        const char *name = p->arKey;
        const char *class_name = NULL;
        int length = (int) p->nKeyLength - 1;

        if (zend_hash_bucket_is_absent(p)) {
            continue;
        }
        PUTS(separator);
        if (p->nKeyLength == 0) {
            php_printf("%ld => ", (long) p->h);
        } else if (is_object) {
            zend_unmangle_property_name_ex(p->arKey, length, &class_name, &name, &length);
            php_printf("%s $%s = ", !class_name ? "public" : *class_name == '*' ? "protected"
                : "private", name);
        } else {
            php_printf("'%s' => ", name);
        }
        xdebug_value(*(zval **) p->pData);
        separator = is_object ? "; " : ", ";
    }
}

static void xdebug_table(HashTable *ht, bool is_object)
{
    if (!ht) {
        return;
    }
    if (++ht->nApplyCount > 1) {
        PUTS("...");
    } else {
        xdebug_elements(ht, is_object);
    }
    --ht->nApplyCount;
}

static void xdebug_value(zval *value)
{
    zend_stack_guard();
    php_printf("(refcount=%u, is_ref=%d)=", Z_REFCOUNT_P(value), Z_ISREF_P(value));
    switch (Z_TYPE_P(value)) {
        case IS_NULL:
            PUTS("NULL");
            break;
        case IS_BOOL:
            PUTS(Z_LVAL_P(value) ? "TRUE" : "FALSE");
            break;
        case IS_LONG:
            php_printf("%ld", Z_LVAL_P(value));
            break;
        case IS_DOUBLE:
            php_printf("%.*G", (int) EG(precision), Z_DVAL_P(value));
            break;
        case IS_STRING:
            PUTS("'");
            PHPWRITE(Z_STRVAL_P(value), Z_STRLEN_P(value));
            PUTS("'");
            break;
        case IS_ARRAY:
            PUTS("array (");
            xdebug_table(Z_ARRVAL_P(value), false);
            PUTS(")");
            break;
        case IS_OBJECT:
            php_printf("class %s { ", Z_OBJCE_P(value)->name);
            xdebug_table(Z_OBJPROP_P(value), true);
            PUTS(" }");
            break;
        default:
            php_printf("resource(%ld)", Z_LVAL_P(value));
            break;
    }
}

/* By name, so that looking does not change the counts. */
PHP_FUNCTION(xdebug_debug_zval)
{
    zval ***names;
    int count;
    HashTable *symbols;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "+", &names, &count) == FAILURE) {
        return;
    }
    symbols = zend_active_symbol_table();
    for (int i = 0; i < count; i++) {
        zval **variable;

        if (Z_TYPE_PP(names[i]) != IS_STRING) {
            continue;
        }
        php_printf("%s: ", Z_STRVAL_PP(names[i]));
        if (symbols && zend_hash_find(symbols, Z_STRVAL_PP(names[i]), Z_STRLEN_PP(names[i]) + 1,
                (void **) &variable) == SUCCESS) {
            xdebug_value(*variable);
            PUTS("\n");
        } else {
            PUTS("no such symbol\n");
        }
    }
    efree(names);
}

static const zend_function_entry debug_zval_functions[] = {
    PHP_FE(xdebug_debug_zval, "$name, ...$names",
        "Prints variables, given by name, with their live reference counts.")
    PHP_FE_END
};

const php_standard_part standard_debug_zval_part = {debug_zval_functions, NULL, NULL, NULL, NULL,
    NULL};
