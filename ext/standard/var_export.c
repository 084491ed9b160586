/* SPDX-License-Identifier: MIT */
/*
 * var_export(): a value as PHP source.
 *
 * The text is built as a whole, then printed or returned. In strings a quote and a backslash get
 * a backslash before them, and a NUL is written outside the quotes.
 */
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_array.h"
#include "ext/standard/php_var.h"

static void append_spaces(smart_str *buffer, int count)
{
    while (count-- > 0) {
        smart_str_appendc(buffer, ' ');
    }
}

static void append_quoted(smart_str *buffer, const char *text, int length, bool split_at_nul)
{
    int i;

    smart_str_appendc(buffer, '\'');
    for (i = 0; i < length; i++) {
        if (text[i] == '\0' && split_at_nul) {
            smart_str_appends(buffer, "' . \"\\0\" . '");
            continue;
        }
        if (text[i] == '\'' || text[i] == '\\') {
            smart_str_appendc(buffer, '\\');
        }
        smart_str_appendc(buffer, text[i]);
    }
    smart_str_appendc(buffer, '\'');
}

static void append_double(smart_str *buffer, double value)
{
    char *text;
    int length = spprintf(&text, 0, "%.*H", (int) PG(serialize_precision), value);

    smart_str_appendl(buffer, text, (size_t) length);
    efree(text);
}

static void export_key(smart_str *buffer, const Bucket *p, bool is_object)
{
    const char *class_name;
    const char *name;
    int length;

    if (p->nKeyLength == 0) {
        smart_str_append_long(buffer, (long) p->h);
    } else if (is_object) {
        zend_unmangle_property_name_ex(p->arKey, (int) p->nKeyLength - 1, &class_name, &name,
            &length);
        append_quoted(buffer, name, length, false);
    } else {
        append_quoted(buffer, p->arKey, (int) p->nKeyLength - 1, true);
    }
    smart_str_appends(buffer, " => ");
}

static void export_container(zval *value, int level, smart_str *buffer)
{
    bool is_object = Z_TYPE_P(value) == IS_OBJECT;
    php_var_walk walk;
    Bucket *p;

    if (!php_var_walk_begin(&walk, value, is_object ? Z_OBJPROP_P(value) : NULL, 0)) {
        smart_str_appends(buffer, "NULL");
        zend_error(E_WARNING, "var_export does not handle circular references");
        return;
    }
    if (level > 1) {
        smart_str_appendc(buffer, '\n');
        append_spaces(buffer, level - 1);
    }
    if (is_object) {
        smart_str_appendl(buffer, Z_OBJCE(walk.copy)->name, Z_OBJCE(walk.copy)->name_length);
        smart_str_appends(buffer, "::__set_state(array(\n");
    } else {
        smart_str_appends(buffer, "array (\n");
    }
    for (p = walk.table ? php_array_present(walk.table->pListHead) : NULL; p != NULL;
        p = php_array_present(p->pListNext)) {
        zval *element = php_array_share(p);
        uint removals = walk.table->nRemovals;
        append_spaces(buffer, is_object ? level + 2 : level + 1);
        export_key(buffer, p, is_object);
        php_var_export_ex(&element, level + 2, buffer);
        smart_str_appends(buffer, ",\n");
        zval_ptr_dtor(&element);
        if (walk.table->nRemovals != removals) {
            break;
        }
    }
    append_spaces(buffer, level > 1 ? level - 1 : 0);
    smart_str_appends(buffer, is_object ? "))" : ")");
    php_var_walk_end(&walk);
}

void php_var_export_ex(zval **place, int level, smart_str *buffer)
{
    zval *value = *place;

    zend_stack_guard();
    switch (Z_TYPE_P(value)) {
    case IS_BOOL:
        smart_str_appends(buffer, Z_LVAL_P(value) ? "true" : "false");
        break;
    case IS_LONG:
        smart_str_append_long(buffer, Z_LVAL_P(value));
        break;
    case IS_DOUBLE:
        append_double(buffer, Z_DVAL_P(value));
        break;
    case IS_STRING:
        append_quoted(buffer, Z_STRVAL_P(value), Z_STRLEN_P(value), true);
        break;
    case IS_ARRAY:
    case IS_OBJECT:
        export_container(value, level, buffer);
        break;
    default:
        smart_str_appends(buffer, "NULL");
        break;
    }
}

void php_var_export(zval **value, int level)
{
    smart_str buffer = {NULL, 0, 0};

    php_var_export_ex(value, level, &buffer);
    smart_str_0(&buffer);
    PHPWRITE(buffer.c, buffer.len);
    smart_str_free(&buffer);
}

PHP_FUNCTION(var_export)
{
    zval *value;
    zend_bool do_return = 0;
    smart_str buffer = {NULL, 0, 0};

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z|b", &value, &do_return) == FAILURE) {
        return;
    }
    php_var_export_ex(&value, 1, &buffer);
    smart_str_0(&buffer);
    if (do_return) {
        RETURN_STRINGL(buffer.c, (int) buffer.len, 0);
    }
    PHPWRITE(buffer.c, buffer.len);
    smart_str_free(&buffer);
}

static const zend_function_entry var_export_functions[] = {
    PHP_FE(var_export, "$var, [$return]", "Prints a value as PHP source, or returns the text.")
    PHP_FE_END
};

const php_standard_part standard_var_export_part = {
    var_export_functions, NULL, NULL, NULL, NULL, NULL,
};
