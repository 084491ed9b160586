/* SPDX-License-Identifier: MIT */
/*
 * Printing values: the plain string form, and print_r()'s form.
 *
 *      Array
 *      (
 *          [key] => value
 *          [nested] => Array
 *              (
 *                  [0] => ...
 *              )
 *
 *      )
 *
 * A table that is being printed already counts a walk over it (nApplyCount): met again, it prints
 * as *RECURSION*.
 */
#include "value/zend_operators.h"
#include "value/zend_upward.h"
#include "runtime/zend_stack_limit.h"

#define INDENT 4

zend_write_func_t zend_write;

/* Where a walk prints to, and how. */
typedef struct _printer {
    zend_write_func_t write;
    int indent;
    bool is_object;
    bool flat;
    bool first;
} printer;

static void print_value(printer *out, zval *expr);

/* --- Plain form --------------------------------------------------------------------------- */

int zend_print_zval_ex(zend_write_func_t write_func, zval *expr, int indent)
{
    zval copy;
    int use_copy = 0;
    int length;

    zend_make_printable_zval(expr, &copy, &use_copy);
    if (use_copy) {
        expr = &copy;
    }
    length = Z_STRLEN_P(expr);
    if (length > 0) {
        write_func(Z_STRVAL_P(expr), (uint) length);
    }
    if (use_copy) {
        zval_dtor(&copy);
    }
    return length;
}

int zend_print_zval(zval *expr, int indent)
{
    return zend_print_zval_ex(zend_write, expr, indent);
}

int zend_print_variable(zval *var)
{
    return zend_print_zval(var, 0);
}

/* --- print_r ------------------------------------------------------------------------------ */

static void put(const printer *out, const char *text)
{
    out->write(text, (uint) strlen(text));
}

static void put_indent(const printer *out)
{
    int i;
    for (i = 0; i < out->indent; i++) {
        out->write(" ", 1);
    }
}

/* A property's key: the name, and how far it may be seen. */
static void put_property_name(const printer *out, const zend_hash_key *key)
{
    const char *class_name;
    const char *name;
    int length;

    zend_unmangle_property_name_ex(key->arKey, (int) key->nKeyLength - 1, &class_name, &name,
        &length);
    out->write(name, (uint) length);
    if (class_name == NULL) {
        return;
    }
    if (class_name[0] == '*') {
        put(out, ":protected");
    } else {
        put(out, ":");
        put(out, class_name);
        put(out, ":private");
    }
}

static void put_key(const printer *out, const zend_hash_key *key)
{
    put(out, "[");
    if (key->nKeyLength == 0) {
        char buffer[MAX_LENGTH_OF_LONG + 1];
        put(out, zend_print_long_to_buf(buffer + sizeof(buffer) - 1, (long) key->h));
    } else if (out->is_object && !out->flat) {
        put_property_name(out, key);
    } else {
        out->write(key->arKey, key->nKeyLength - 1);
    }
    put(out, "] => ");
}

static int put_element(void *element, int num_args, va_list args, zend_hash_key *key)
{
    printer *out = va_arg(args, printer *);
    printer inner = { out->write, out->indent + INDENT, false, out->flat, true };

    if (out->flat) {
        put(out, out->first ? "" : ",");
        out->first = false;
    } else {
        put_indent(out);
    }
    put_key(out, key);
    print_value(&inner, *(zval **) element);
    if (!out->flat) {
        put(out, "\n");
    }
    return ZEND_HASH_APPLY_KEEP;
}

static void print_table(const printer *out, HashTable *ht, bool is_object)
{
    printer elements = { out->write, out->indent + INDENT, is_object, out->flat, true };

    if (!out->flat) {
        put_indent(out);
        put(out, "(\n");
    }
    zend_hash_apply_with_arguments(ht, put_element, 1, &elements);
    if (!out->flat) {
        put_indent(out);
    }
    put(out, out->flat ? ")" : ")\n");
}

/* The head of an array or object, and its elements unless they are being printed already. */
static void print_container(printer *out, const char *head, HashTable *ht, bool is_object)
{
    put(out, head);
    put(out, out->flat ? " (" : "\n");
    if (ht->nApplyCount > 0) {
        put(out, " *RECURSION*");
        return;
    }
    print_table(out, ht, is_object);
}

static void print_object(printer *out, zval *expr)
{
    const zend_class_entry *ce = zend_get_class_entry(expr);
    HashTable *properties;
    int is_temp;

    put(out, ce ? ce->name : "Unknown Class");
    Z_ADDREF_P(expr); /* __debugInfo may drop the variable */
    properties = out->flat ? (is_temp = 0, Z_OBJPROP_P(expr)) : Z_OBJDEBUG_P(expr, is_temp);
    if (properties == NULL) {
        put(out, out->flat ? " Object (" : " Object\n");
    } else {
        print_container(out, " Object", properties, true);
        if (is_temp) {
            zend_hash_destroy(properties);
            efree(properties);
        }
    }
    Z_DELREF_P(expr);
}

static void print_value(printer *out, zval *expr)
{
    zend_stack_guard();
    switch (Z_TYPE_P(expr)) {
        case IS_ARRAY:
            print_container(out, "Array", Z_ARRVAL_P(expr), false);
            break;
        case IS_OBJECT:
            print_object(out, expr);
            break;
        default:
            zend_print_zval_ex(out->write, expr, 0);
            break;
    }
}

void zend_print_zval_r_ex(zend_write_func_t write_func, zval *expr, int indent)
{
    printer out = { write_func, indent, false, false, true };
    print_value(&out, expr);
}

void zend_print_zval_r(zval *expr, int indent)
{
    zend_print_zval_r_ex(zend_write, expr, indent);
}

void zend_print_flat_zval_r(zval *expr)
{
    printer out = { zend_write, 0, false, true, true };
    print_value(&out, expr);
}

/* --- Mangled names ------------------------------------------------------------------------ */

int zend_unmangle_property_name_ex(const char *name, int length, const char **class_name,
    const char **prop_name, int *prop_len)
{
    int class_length;
    int local_length;

    if (prop_len == NULL) {
        prop_len = &local_length;
    }
    *class_name = NULL;
    *prop_name = name;
    *prop_len = length;
    if (length == 0 || name[0] != '\0') {
        return SUCCESS;
    }
    class_length = length > 2 ? (int) strnlen(name + 1, (size_t) length - 2) + 1 : length;
    if (length < 3 || name[1] == '\0' || class_length >= length
        || name[class_length] != '\0') {
        return FAILURE;
    }
    *class_name = name + 1;
    *prop_name = name + class_length + 1;
    *prop_len = length - class_length - 1;
    return SUCCESS;
}
