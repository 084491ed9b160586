/* SPDX-License-Identifier: MIT */
/* compact() and extract(): between arrays and the variables of the function that calls. */
#include <ctype.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_array.h"

/* --- compact() ---------------------------------------------------------------------------- */

/* Adds the variables that `names` (a name, or an array of names) means. Counts recursions. */
static void compact_names(HashTable *variables, HashTable *result, zval *names, int *recursions)
{
    zval **variable;
    Bucket *p;

    zend_stack_guard();
    if (Z_TYPE_P(names) == IS_STRING) {
        if (zend_hash_find(variables, Z_STRVAL_P(names), (uint) Z_STRLEN_P(names) + 1,
                (void **) &variable) == SUCCESS) {
            zval *value;
            ALLOC_ZVAL(value);
            MAKE_COPY_ZVAL(variable, value);
            zend_hash_update(result, Z_STRVAL_P(names), (uint) Z_STRLEN_P(names) + 1,
                (void *) &value, sizeof(zval *), NULL);
        }
        return;
    }
    if (Z_TYPE_P(names) != IS_ARRAY) {
        return;
    }
    if (Z_ARRVAL_P(names)->nApplyCount > 1) {
        (*recursions)++;
        return;
    }
    Z_ARRVAL_P(names)->nApplyCount++;
    PHP_ARRAY_EACH(Z_ARRVAL_P(names), p) {
        compact_names(variables, result, PHP_BUCKET_ZVAL(p), recursions);
    }
    Z_ARRVAL_P(names)->nApplyCount--;
}

PHP_FUNCTION(compact)
{
    zval ***names = NULL;
    HashTable *variables;
    int recursions = 0;
    int count, i;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "+", &names, &count) == FAILURE) {
        return;
    }
    variables = zend_active_symbol_table();
    array_init_size(return_value, count == 1 && Z_TYPE_PP(names[0]) == IS_ARRAY
        ? (uint) zend_hash_num_elements(Z_ARRVAL_PP(names[0])) : (uint) count);
    for (i = 0; i < count && variables != NULL; i++) {
        compact_names(variables, Z_ARRVAL_P(return_value), *names[i], &recursions);
    }
    efree(names);
    while (recursions-- > 0) {
        php_error_docref(NULL, E_WARNING, "recursion detected");
    }
}

/* --- extract() ---------------------------------------------------------------------------- */

enum {
    EXTRACT_OVERWRITE,
    EXTRACT_SKIP,
    EXTRACT_PREFIX_SAME,
    EXTRACT_PREFIX_ALL,
    EXTRACT_PREFIX_INVALID,
    EXTRACT_PREFIX_IF_EXISTS,
    EXTRACT_IF_EXISTS,
    EXTRACT_REFS = 256
};

typedef struct _extraction {
    HashTable *variables;
    long type;
    zval *prefix; /* a string, or NULL */
    bool by_reference;
} extraction;

static bool is_name_character(unsigned char c)
{
    return isalnum(c) || c == '_' || c >= 0x7f;
}

static bool is_valid_name(const char *name, int length)
{
    int i;

    if (length == 0 || (name[0] >= '0' && name[0] <= '9')) {
        return false;
    }
    for (i = 0; i < length; i++) {
        if (!is_name_character((unsigned char) name[i])) {
            return false;
        }
    }
    return true;
}

int php_prefix_varname(zval *result, zval *prefix, const char *name, int name_length,
    bool add_underscore)
{
    int prefix_length = Z_STRLEN_P(prefix);
    int length = prefix_length + add_underscore + name_length;
    char *text = safe_emalloc(1, (size_t) length, 1);

    memcpy(text, Z_STRVAL_P(prefix), (size_t) prefix_length);
    if (add_underscore) {
        text[prefix_length] = '_';
    }
    memcpy(text + prefix_length + add_underscore, name, (size_t) name_length + 1);
    ZVAL_STRINGL(result, text, length, 0);
    return SUCCESS;
}

/* $GLOBALS and $this are not to be overwritten. */
static bool is_protected(const char *name, int length, bool exists)
{
    if (!exists) {
        return false;
    }
    return (length == sizeof("GLOBALS") - 1 && memcmp(name, "GLOBALS", (size_t) length) == 0)
        || (length == sizeof("this") - 1 && memcmp(name, "this", (size_t) length) == 0
            && EG(scope) != NULL);
}

static void prefix_name(const extraction *e, zval *result, const char *name, int length)
{
    php_prefix_varname(result, e->prefix, name, length, true);
}

/* The variable's name for a string key, or NULL (type) when it is not to be extracted. */
static void name_for_string(const extraction *e, zval *result, const char *name, int length)
{
    bool exists = zend_hash_exists(e->variables, name, (uint) length + 1);
    bool use_prefix = false;

    switch (e->type) {
    case EXTRACT_IF_EXISTS:
    case EXTRACT_OVERWRITE:
        if ((e->type == EXTRACT_IF_EXISTS && !exists) || is_protected(name, length, exists)) {
            return;
        }
        break;
    case EXTRACT_SKIP:
        if (exists) {
            return;
        }
        break;
    case EXTRACT_PREFIX_IF_EXISTS:
        if (!exists) {
            return;
        }
        use_prefix = true;
        break;
    case EXTRACT_PREFIX_SAME:
    case EXTRACT_PREFIX_ALL:
        if (length == 0) {
            return;
        }
        use_prefix = e->type == EXTRACT_PREFIX_ALL || exists || strcmp(name, "this") == 0;
        break;
    case EXTRACT_PREFIX_INVALID:
        use_prefix = !is_valid_name(name, length) || strcmp(name, "this") == 0;
        break;
    }
    if (use_prefix) {
        prefix_name(e, result, name, length);
    } else {
        ZVAL_STRINGL(result, name, length, 1);
    }
}

static void name_for_key(const extraction *e, zval *result, const Bucket *p)
{
    ZVAL_NULL(result);
    if (p->nKeyLength != 0) {
        name_for_string(e, result, p->arKey, (int) p->nKeyLength - 1);
    } else if (e->type == EXTRACT_PREFIX_ALL || e->type == EXTRACT_PREFIX_INVALID) {
        char digits[MAX_LENGTH_OF_LONG];
        int length = snprintf(digits, sizeof(digits), "%ld", (long) p->h);
        prefix_name(e, result, digits, length);
    }
}

static void set_variable(const extraction *e, const zval *name, zval *value)
{
    const char *text = Z_STRVAL_P(name);
    uint size = (uint) Z_STRLEN_P(name) + 1;
    zval **old;
    zval *copy;

    if (!e->by_reference) {
        ALLOC_ZVAL(copy);
        MAKE_COPY_ZVAL(&value, copy);
        ZEND_SET_SYMBOL_WITH_LENGTH(e->variables, text, size, copy, 1, 0);
        return;
    }
    Z_ADDREF_P(value);
    if (zend_hash_find(e->variables, text, size, (void **) &old) == SUCCESS) {
        zval *garbage = *old;
        *old = value;
        zval_ptr_dtor(&garbage);
    } else {
        zend_hash_update(e->variables, text, size, (void *) &value, sizeof(zval *), NULL);
    }
}

/* Walks over a table that nobody else has. Returns the number of variables set. */
static long extract_table(const extraction *e, HashTable *table)
{
    long count = 0;
    Bucket *p;

    PHP_ARRAY_EACH(table, p) {
        zval name;
        name_for_key(e, &name, p);
        if (Z_TYPE(name) == IS_STRING) {
            if (is_valid_name(Z_STRVAL(name), Z_STRLEN(name))) {
                set_variable(e, &name, PHP_BUCKET_ZVAL(p));
                count++;
            }
            zval_dtor(&name);
        }
    }
    return count;
}

/* By reference: those elements that will be extracted become references in the array itself; a
 * copy of its table is walked over, since the array is the script's. */
static long extract_references(const extraction *e, zval *array)
{
    HashTable *copy;
    long count;
    Bucket *p;

    PHP_ARRAY_EACH(Z_ARRVAL_P(array), p) {
        zval name;
        name_for_key(e, &name, p);
        if (Z_TYPE(name) == IS_STRING) {
            if (is_valid_name(Z_STRVAL(name), Z_STRLEN(name))) {
                SEPARATE_ZVAL_TO_MAKE_IS_REF((zval **) p->pData);
            }
            zval_dtor(&name);
        }
    }
    copy = zend_array_dup(Z_ARRVAL_P(array));
    count = extract_table(e, copy);
    zend_array_destroy(copy);
    return count;
}

/* Checks the arguments; false after a warning. */
static bool check_extraction(extraction *e, int argument_count)
{
    if (e->type < EXTRACT_OVERWRITE || e->type > EXTRACT_IF_EXISTS) {
        php_error_docref(NULL, E_WARNING, "Invalid extract type");
        return false;
    }
    if (e->type > EXTRACT_SKIP && e->type <= EXTRACT_PREFIX_IF_EXISTS && argument_count < 3) {
        php_error_docref(NULL, E_WARNING, "specified extract type requires the prefix parameter");
        return false;
    }
    if (e->prefix != NULL) {
        convert_to_string(e->prefix);
        if (Z_STRLEN_P(e->prefix) && !is_valid_name(Z_STRVAL_P(e->prefix),
                Z_STRLEN_P(e->prefix))) {
            php_error_docref(NULL, E_WARNING, "prefix is not a valid identifier");
            return false;
        }
    }
    return true;
}

PHP_FUNCTION(extract)
{
    zval *array;
    long type = EXTRACT_OVERWRITE;
    extraction e = {NULL, 0, NULL, false};

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a|lz/", &array, &type, &e.prefix) == FAILURE) {
        return;
    }
    e.by_reference = type & EXTRACT_REFS;
    e.type = type & 0xff;
    if (!check_extraction(&e, ZEND_NUM_ARGS())) {
        return;
    }
    e.variables = zend_active_symbol_table();
    if (e.variables == NULL) {
        RETURN_LONG(0);
    }
    if (e.by_reference) {
        RETURN_LONG(extract_references(&e, array));
    }
    SEPARATE_ARG_IF_REF(array);
    RETVAL_LONG(extract_table(&e, Z_ARRVAL_P(array)));
    zval_ptr_dtor(&array);
}

static const zend_function_entry array_variables_functions[] = {
    PHP_FE(compact, "...$var_names", "Makes an array of variables, by their names.")
    PHP_FE(extract, "&?$arg, [$extract_type], [$prefix]", "Makes variables of an array's elements.")
    PHP_FE_END
};

const php_standard_part standard_array_variables_part = {
    array_variables_functions, NULL, NULL, NULL, NULL, NULL,
};
