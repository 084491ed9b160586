/* SPDX-License-Identifier: MIT */
/*
 * var_dump() and debug_zval_dump(), print_r(), xdebug_debug_zval().
 *
 * The first two differ in names of types and in the reference counts only, so one dumper serves
 * both.
 */
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_array.h"
#include "ext/standard/php_var.h"

/* --- Walking while user code may run ------------------------------------------------------- */

bool php_var_walk_begin(php_var_walk *walk, zval *value, HashTable *properties, int is_temp)
{
    HashTable *table = Z_TYPE_P(value) == IS_ARRAY ? Z_ARRVAL_P(value) : properties;

    if (table != NULL && table->nApplyCount > 0) {
        return false;
    }
    php_var_hold_begin(walk, value, properties);
    walk->mark = table;
    walk->is_temp = is_temp;
    if (table != NULL) {
        table->nApplyCount++;
    }
    return true;
}

void php_var_hold_begin(php_var_walk *walk, zval *value, HashTable *properties)
{
    bool is_array = Z_TYPE_P(value) == IS_ARRAY;

    walk->value = value;
    walk->table = is_array ? Z_ARRVAL_P(value) : properties;
    walk->is_copied = is_array && Z_ISREF_P(value);
    walk->mark = NULL;
    walk->is_temp = 0;
    Z_ADDREF_P(value);
    INIT_PZVAL_COPY(&walk->copy, value);
    if (!is_array) {
        zval_copy_ctor(&walk->copy);
    } else if (walk->is_copied) {
        walk->table = zend_array_dup(walk->table);
    }
}

void php_var_walk_end(php_var_walk *walk)
{
    bool is_array = Z_TYPE(walk->copy) == IS_ARRAY;
    bool is_there = !is_array
        || (Z_TYPE_P(walk->value) == IS_ARRAY && Z_ARRVAL_P(walk->value) == walk->mark);

    if (walk->mark != NULL && is_there && walk->mark->nApplyCount > 0) {
        walk->mark->nApplyCount--;
    }
    if (walk->is_temp) {
        zend_hash_destroy(walk->table);
        FREE_HASHTABLE(walk->table);
    } else if (walk->is_copied) {
        zend_array_destroy(walk->table);
    }
    if (!is_array) {
        zval_dtor(&walk->copy);
    }
    if (Z_REFCOUNT_P(walk->value) > 1) {
        Z_DELREF_P(walk->value);
    } else {
        zval_ptr_dtor(&walk->value);
    }
}

/* --- Dumping ------------------------------------------------------------------------------ */

/*
 * What to call the types, and where the text goes. With a buffer, counts are printed, and values
 * are not held while they are walked over, since that would show in the counts: nothing is printed
 * meanwhile, so no user code runs.
 */
typedef struct _dumper {
    const char *long_name;
    const char *double_name;
    smart_str *buffer; /* NULL: print */
} dumper;

static void put(const dumper *d, const char *text, size_t length)
{
    if (d->buffer != NULL) {
        smart_str_appendl(d->buffer, text, length);
    } else {
        PHPWRITE(text, length);
    }
}

#define PUT(d, text) put((d), (text), strlen(text))

ZEND_FORMAT(2, 3) static void put_format(const dumper *d, const char *format, ...)
{
    char *text;
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vspprintf(&text, 0, format, arguments);
    va_end(arguments);
    put(d, text, (size_t) length);
    efree(text);
}

static void put_spaces(const dumper *d, int count)
{
    static const char spaces[] = "                                ";

    for (; count > 0; count -= (int) sizeof(spaces) - 1) {
        put(d, spaces, MIN((size_t) count, sizeof(spaces) - 1));
    }
}

static void append_property_key(smart_str *line, const Bucket *p)
{
    const char *class_name;
    const char *name;
    int length;

    zend_unmangle_property_name_ex(p->arKey, (int) p->nKeyLength - 1, &class_name, &name,
        &length);
    smart_str_appendc(line, '"');
    smart_str_appendl(line, name, (size_t) length);
    smart_str_appendc(line, '"');
    if (class_name != NULL && class_name[0] == '*') {
        smart_str_appends(line, ":protected");
    } else if (class_name != NULL) {
        smart_str_appends(line, ":\"");
        smart_str_appends(line, class_name);
        smart_str_appends(line, "\":private");
    }
}

/* Put at once, since the bucket may be gone when user code has run. */
static void put_key(const dumper *d, const Bucket *p, int level, bool is_object)
{
    smart_str line = {NULL, 0, 0};

    smart_str_appendc(&line, '[');
    if (p->nKeyLength == 0) {
        smart_str_append_long(&line, (long) p->h);
    } else if (is_object) {
        append_property_key(&line, p);
    } else {
        smart_str_appendc(&line, '"');
        smart_str_appendl(&line, p->arKey, p->nKeyLength - 1);
        smart_str_appendc(&line, '"');
    }
    smart_str_appends(&line, "]=>\n");
    put_spaces(d, level + 1);
    put(d, line.c, line.len);
    smart_str_free(&line);
}

/* The end of a scalar's line, or of a container's head. */
static void put_count(const dumper *d, zend_uint refcount, const char *line_end)
{
    if (d->buffer != NULL) {
        put_format(d, " refcount(%u)", refcount);
    }
    PUT(d, line_end);
}

static void dump(const dumper *d, zval *value, int level);

static void dump_elements(const dumper *d, HashTable *table, int level, bool is_object)
{
    Bucket *p = table != NULL ? php_array_present(table->pListHead) : NULL;

    for (; p != NULL; p = php_array_present(p->pListNext)) {
        uint removals = table->nRemovals;
        put_key(d, p, level, is_object);
        if (table->nRemovals == removals) {
            dump(d, PHP_BUCKET_ZVAL(p), level + 2);
        }
        if (table->nRemovals != removals) {
            break;
        }
    }
    put_spaces(d, level - 1);
    PUT(d, "}\n");
}

static int count_present(const HashTable *ht)
{
    int count = 0;
    Bucket *p;

    if (ht != NULL) {
        PHP_ARRAY_EACH(ht, p) {
            count++;
        }
    }
    return count;
}

static void dump_table(const dumper *d, zval *value, HashTable *table, int level)
{
    const char *reference = Z_ISREF_P(value) ? "&" : "";
    bool is_object = Z_TYPE_P(value) == IS_OBJECT;

    if (is_object) {
        put_format(d, "%sobject(%s)#%u (%d)", reference, Z_OBJCE_P(value)->name,
            Z_OBJ_HANDLE_P(value), count_present(table));
    } else {
        put_format(d, "%sarray(%d)", reference, count_present(table));
    }
    put_count(d, Z_REFCOUNT_P(value), d->buffer != NULL ? "{\n" : " {\n");
    dump_elements(d, table, level, is_object);
}

static void debug_container(const dumper *d, zval *value, int level)
{
    HashTable *table = Z_TYPE_P(value) == IS_OBJECT ? Z_OBJPROP_P(value) : Z_ARRVAL_P(value);

    if (table != NULL && table->nApplyCount > 1) {
        PUT(d, "*RECURSION*\n");
        return;
    }
    if (table != NULL) {
        table->nApplyCount++;
    }
    dump_table(d, value, table, level);
    if (table != NULL) {
        table->nApplyCount--;
    }
}

static void dump_container(const dumper *d, zval *value, int level)
{
    HashTable *properties = NULL;
    int is_temp = 0;
    php_var_walk walk;

    if (Z_TYPE_P(value) == IS_OBJECT) {
        Z_ADDREF_P(value); /* __debugInfo may drop the variable */
        properties = Z_OBJDEBUG_P(value, is_temp);
        Z_DELREF_P(value);
    }
    if (!php_var_walk_begin(&walk, value, properties, is_temp)) {
        PUT(d, "*RECURSION*\n");
        return;
    }
    Z_SET_ISREF_TO_P(&walk.copy, Z_ISREF_P(value));
    dump_table(d, &walk.copy, walk.table, level);
    php_var_walk_end(&walk);
}

static void dump_string(const dumper *d, zval *value)
{
    zval copy = *value;

    zval_copy_ctor(&copy);
    put_format(d, "%sstring(%d) \"", Z_ISREF_P(value) ? "&" : "", Z_STRLEN(copy));
    put(d, Z_STRVAL(copy), (size_t) Z_STRLEN(copy));
    PUT(d, "\"");
    zval_dtor(&copy);
}

static void dump_scalar(const dumper *d, zval *value)
{
    zend_uint refcount = Z_REFCOUNT_P(value);
    const char *reference = Z_ISREF_P(value) ? "&" : "";
    const char *type_name;

    switch (Z_TYPE_P(value)) {
    case IS_BOOL:
        put_format(d, "%sbool(%s)", reference, Z_LVAL_P(value) ? "true" : "false");
        break;
    case IS_LONG:
        put_format(d, "%s%s(%ld)", reference, d->long_name, Z_LVAL_P(value));
        break;
    case IS_DOUBLE:
        put_format(d, "%s%s(%.*G)", reference, d->double_name, (int) EG(precision),
            Z_DVAL_P(value));
        break;
    case IS_STRING:
        dump_string(d, value);
        break;
    case IS_RESOURCE:
        type_name = zend_rsrc_list_get_rsrc_type((int) Z_RESVAL_P(value));
        put_format(d, "%sresource(%ld) of type (%s)", reference, Z_RESVAL_P(value),
            type_name ? type_name : "Unknown");
        break;
    default:
        put_format(d, "%sNULL", reference);
        break;
    }
    put_count(d, refcount, "\n");
}

static void dump(const dumper *d, zval *value, int level)
{
    zend_stack_guard();
    put_spaces(d, level - 1);
    if (Z_TYPE_P(value) != IS_ARRAY && Z_TYPE_P(value) != IS_OBJECT) {
        dump_scalar(d, value);
    } else if (d->buffer != NULL) {
        debug_container(d, value, level);
    } else {
        dump_container(d, value, level);
    }
}

void php_var_dump(zval **value, int level)
{
    dumper d = {"int", "float", NULL};

    dump(&d, *value, level);
}

void php_debug_zval_dump(zval **value, int level)
{
    smart_str buffer = {NULL, 0, 0};
    dumper d = {"long", "double", &buffer};

    dump(&d, *value, level);
    PHPWRITE(buffer.c, buffer.len);
    smart_str_free(&buffer);
}

static void dump_arguments(INTERNAL_FUNCTION_PARAMETERS, void (*dump_value)(zval **, int))
{
    zval ***values = NULL;
    int count, i;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "+", &values, &count) == FAILURE) {
        return;
    }
    for (i = 0; i < count; i++) {
        dump_value(values[i], 1);
    }
    efree(values);
}

PHP_FUNCTION(var_dump)
{
    dump_arguments(INTERNAL_FUNCTION_PARAM_PASSTHRU, php_var_dump);
}

PHP_FUNCTION(debug_zval_dump)
{
    dump_arguments(INTERNAL_FUNCTION_PARAM_PASSTHRU, php_debug_zval_dump);
}

PHP_FUNCTION(print_r)
{
    zval *value;
    zend_bool do_return = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z|b", &value, &do_return) == FAILURE) {
        RETURN_FALSE;
    }
    if (do_return) {
        php_output_start_default();
    }
    zend_print_zval_r(value, 0);
    if (do_return) {
        php_output_get_contents(return_value);
        php_output_discard();
    } else {
        RETVAL_TRUE;
    }
}

static const zend_function_entry var_functions[] = {
    PHP_FE(var_dump, "...$vars", "Prints values with their types and everything in them.")
    PHP_FE(debug_zval_dump, "...$vars",
        "Prints values like var_dump(), with their reference counts.")
    PHP_FE(print_r, "$var, [$return]",
        "Prints a value so that people can read it, or returns the text.")
    PHP_FE_END
};

const php_standard_part standard_var_part = {var_functions, NULL, NULL, NULL, NULL, NULL};
