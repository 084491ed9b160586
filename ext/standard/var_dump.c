/* SPDX-License-Identifier: MIT */
/*
 * var_dump(), debug_zval_dump() and xdebug_debug_zval(): values as they are.
 *
 * The first two print one line a value and go into arrays and objects with two more columns.
 * What is being dumped already is *RECURSION*.
 */
#include "ext/standard/php_var.h"

#include "main/snprintf.h"
#include "runtime/zend_stack_limit.h"

#define COMMON_REFERENCE(value) (Z_ISREF_P(value) && Z_REFCOUNT_P(value) > 1 ? "&" : "")

/* One style of dump: what stands before and behind a value's head. */
typedef struct _dump_style {
    bool refcounts;
    const char *long_name; /* int or long */
    const char *double_name;
} dump_style;

static const dump_style var_dump_style = {false, "int", "float"};
static const dump_style debug_style = {true, "long", "double"};

static void dump_value(zval **place, int level, const dump_style *style);

static void dump_refcount(zval *value, const dump_style *style)
{
    if (style->refcounts) {
        php_printf(" refcount(%u)", Z_REFCOUNT_P(value));
    }
}

static void dump_property_name(const Bucket *p, const dump_style *style)
{
    const char *name;
    const char *class_name;
    int length;

    if (zend_unmangle_property_name_ex(p->arKey, p->nKeyLength - 1, &class_name, &name, &length)
            == SUCCESS && class_name) {
        if (class_name[0] == '*') {
            php_printf("[\"%s\":protected]=>\n", name);
        } else if (style->refcounts) {
            php_printf("[\"%s\":private]=>\n", name);
        } else {
            php_printf("[\"%s\":\"%s\":private]=>\n", name, class_name);
        }
        return;
    }
    php_printf("[\"");
    PHPWRITE(name, length);
    php_printf("\"]=>\n");
}

static void dump_element(const Bucket *p, int level, bool is_object, const dump_style *style)
{
    if (p->nKeyLength == 0) {
        php_printf("%*c[%ld]=>\n", level + 1, ' ', (long) p->h);
    } else if (is_object) {
        php_printf("%*c", level + 1, ' ');
        dump_property_name(p, style);
    } else {
        php_printf("%*c[\"", level + 1, ' ');
        PHPWRITE(p->arKey, p->nKeyLength - 1);
        php_printf("\"]=>\n");
    }
    dump_value((zval **) p->pData, level + 2, style);
}

static void dump_elements(HashTable *ht, int level, bool is_object, const dump_style *style)
{
    for (Bucket *p = ht->pListHead; p; p = p->pListNext) {
        if (!zend_hash_bucket_is_absent(p)) {
            dump_element(p, level, is_object, style);
        }
    }
    if (level > 1) {
        php_printf("%*c", level - 1, ' ');
    }
    PUTS("}\n");
}

static void dump_array(zval *value, int level, const dump_style *style)
{
    HashTable *ht = Z_ARRVAL_P(value);

    if (++ht->nApplyCount > 1) {
        PUTS("*RECURSION*\n");
        --ht->nApplyCount;
        return;
    }
    php_printf("%sarray(%d)", COMMON_REFERENCE(value), zend_hash_num_elements(ht));
    dump_refcount(value, style);
    PUTS(style->refcounts ? "{\n" : " {\n");
    dump_elements(ht, level, false, style);
    --ht->nApplyCount;
}

static void dump_object(zval *value, int level, const dump_style *style)
{
    const char *class_name = "";
    zend_uint class_name_length = 0;
    int is_temporary = 0;
    HashTable *properties = Z_OBJDEBUG_P(value, is_temporary);
    int not_owned;

    if (properties && ++properties->nApplyCount > 1) {
        PUTS("*RECURSION*\n");
        --properties->nApplyCount;
        return;
    }
    not_owned = zend_get_object_classname(value, &class_name, &class_name_length);
    php_printf("%sobject(%s)#%d (%d)", COMMON_REFERENCE(value), class_name, Z_OBJ_HANDLE_P(value),
        properties ? zend_hash_num_elements(properties) : 0);
    dump_refcount(value, style);
    PUTS(style->refcounts ? "{\n" : " {\n");
    if (not_owned) {
        efree((char *) class_name);
    }
    if (properties) {
        dump_elements(properties, level, true, style);
        --properties->nApplyCount;
        if (is_temporary) {
            zend_hash_destroy(properties);
            efree(properties);
        }
    } else {
        if (level > 1) {
            php_printf("%*c", level - 1, ' ');
        }
        PUTS("}\n");
    }
}

static void dump_string(zval *value, const dump_style *style)
{
    php_printf("%sstring(%d) \"", COMMON_REFERENCE(value), Z_STRLEN_P(value));
    PHPWRITE(Z_STRVAL_P(value), Z_STRLEN_P(value));
    PUTS("\"");
    dump_refcount(value, style);
    PUTS("\n");
}

static void dump_value(zval **place, int level, const dump_style *style)
{
    zval *value = *place;

    zend_stack_guard();
    if (level > 1) {
        php_printf("%*c", level - 1, ' ');
    }
    switch (Z_TYPE_P(value)) {
        case IS_BOOL:
            php_printf("%sbool(%s)", COMMON_REFERENCE(value), Z_LVAL_P(value) ? "true" : "false");
            break;
        case IS_NULL:
            php_printf("%sNULL", COMMON_REFERENCE(value));
            break;
        case IS_LONG:
            php_printf("%s%s(%ld)", COMMON_REFERENCE(value), style->long_name, Z_LVAL_P(value));
            break;
        case IS_DOUBLE:
            php_printf("%s%s(%.*G)", COMMON_REFERENCE(value), style->double_name,
                (int) EG(precision), Z_DVAL_P(value));
            break;
        case IS_STRING:
            dump_string(value, style);
            return;
        case IS_ARRAY:
            dump_array(value, level, style);
            return;
        case IS_OBJECT:
            dump_object(value, level, style);
            return;
        case IS_RESOURCE: {
            const char *type_name = zend_rsrc_list_get_rsrc_type((int) Z_LVAL_P(value));

            php_printf("%sresource(%ld) of type (%s)", COMMON_REFERENCE(value), Z_LVAL_P(value),
                type_name ? type_name : "Unknown");
            break;
        }
        default:
            php_printf("%sUNKNOWN:0", COMMON_REFERENCE(value));
            break;
    }
    dump_refcount(value, style);
    PUTS("\n");
}

void php_var_dump(zval **place, int level)
{
    dump_value(place, level, &var_dump_style);
}

void php_debug_zval_dump(zval **place, int level)
{
    dump_value(place, level, &debug_style);
}

static void dump_all(INTERNAL_FUNCTION_PARAMETERS, void (*dump)(zval **place, int level))
{
    zval ***places;
    int count;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "+", &places, &count) == FAILURE) {
        return;
    }
    for (int i = 0; i < count; i++) {
        dump(places[i], 1);
    }
    efree(places);
}

PHP_FUNCTION(var_dump)
{
    dump_all(INTERNAL_FUNCTION_PARAM_PASSTHRU, php_var_dump);
}

PHP_FUNCTION(debug_zval_dump)
{
    dump_all(INTERNAL_FUNCTION_PARAM_PASSTHRU, php_debug_zval_dump);
}

/* --- xdebug_debug_zval ----------------------------------------------------------------------- */

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

static const zend_function_entry var_dump_functions[] = {
    PHP_FE(var_dump, "$vars, ...$rest", "Prints values with their types.")
    PHP_FE(debug_zval_dump, "$vars, ...$rest", "Prints values with types and reference counts.")
    PHP_FE(xdebug_debug_zval, "$name, ...$rest",
        "Prints variables, given by name, with their live reference counts.")
    PHP_FE_END
};

const php_standard_part standard_var_dump_part = {var_dump_functions, NULL, NULL, NULL, NULL, NULL};
