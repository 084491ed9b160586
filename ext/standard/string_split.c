/* SPDX-License-Identifier: MIT */
/*
 * Strings and lists: explode(), implode(), strtok(), str_word_count().
 *
 * strtok() goes on where it stopped, so its string and place outlive the call, until the next
 * string or the end of the request.
 */
#include <ctype.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

/* ---- explode() ---------------------------------------------------------------------------- */

void php_explode(zval *delim, zval *str, zval *return_value, long limit)
{
    const char *start = Z_STRVAL_P(str);
    const char *end = start + Z_STRLEN_P(str);
    const char *found;

    while (--limit > 0
        && (found = zend_memnstr(start, Z_STRVAL_P(delim), Z_STRLEN_P(delim), end))) {
        add_next_index_stringl(return_value, start, (uint) (found - start), 1);
        start = found + Z_STRLEN_P(delim);
    }
    add_next_index_stringl(return_value, start, (uint) (end - start), 1);
}

void php_explode_negative_limit(zval *delim, zval *str, zval *return_value, long limit)
{
    const char *start = Z_STRVAL_P(str);
    const char *end = start + Z_STRLEN_P(str);
    const char *found = start;
    long pieces = 1;

    while ((found = zend_memnstr(found, Z_STRVAL_P(delim), Z_STRLEN_P(delim), end))) {
        found += Z_STRLEN_P(delim);
        pieces++;
    }
    for (pieces += limit; pieces > 0; pieces--) {
        found = zend_memnstr(start, Z_STRVAL_P(delim), Z_STRLEN_P(delim), end);
        add_next_index_stringl(return_value, start, (uint) ((found ? found : end) - start), 1);
        start = found ? found + Z_STRLEN_P(delim) : end;
    }
}

PHP_FUNCTION(explode)
{
    zval delim, str;
    long limit = LONG_MAX;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss|l", &Z_STRVAL(delim), &Z_STRLEN(delim),
            &Z_STRVAL(str), &Z_STRLEN(str), &limit) == FAILURE) {
        return;
    }
    if (Z_STRLEN(delim) == 0) {
        php_error_docref(NULL, E_WARNING, "Empty delimiter");
        RETURN_FALSE;
    }
    array_init(return_value);
    if (Z_STRLEN(str) == 0) {
        if (limit >= 0) {
            add_next_index_stringl(return_value, "", 0, 1);
        }
    } else if (limit < 0) {
        php_explode_negative_limit(&delim, &str, return_value, limit);
    } else {
        php_explode(&delim, &str, return_value, limit);
    }
}

/* ---- implode() ---------------------------------------------------------------------------- */

static void implode_append(smart_str *out, zval *value)
{
    zval copy;
    int use_copy;

    switch (Z_TYPE_P(value)) {
    case IS_STRING:
        smart_str_appendl(out, Z_STRVAL_P(value), (size_t) Z_STRLEN_P(value));
        break;
    case IS_LONG:
        smart_str_append_long(out, Z_LVAL_P(value));
        break;
    case IS_BOOL:
        if (Z_LVAL_P(value)) {
            smart_str_appendc(out, '1');
        }
        break;
    case IS_NULL:
        break;
    default:
        /* An error handler must not take the value away meanwhile. */
        Z_ADDREF_P(value);
        zend_make_printable_zval(value, &copy, &use_copy);
        if (use_copy) {
            smart_str_appendl(out, Z_STRVAL(copy), (size_t) Z_STRLEN(copy));
            zval_dtor(&copy);
        } else {
            smart_str_appendl(out, Z_STRVAL_P(value), (size_t) Z_STRLEN_P(value));
        }
        zval_ptr_dtor(&value);
    }
}

void php_implode(zval *delim, zval *arr, zval *return_value)
{
    smart_str out = { 0 };
    HashPosition pos;
    zval **element;
    bool first = true;

    zend_hash_internal_pointer_reset_ex(Z_ARRVAL_P(arr), &pos);
    while (zend_hash_get_current_data_ex(Z_ARRVAL_P(arr), (void **) &element, &pos) == SUCCESS) {
        if (!first) {
            smart_str_appendl(&out, Z_STRVAL_P(delim), (size_t) Z_STRLEN_P(delim));
        }
        first = false;
        implode_append(&out, *element);
        zend_hash_move_forward_ex(Z_ARRVAL_P(arr), &pos);
    }
    if (!out.c) {
        RETURN_EMPTY_STRING();
    }
    php_string_check_length(out.len);
    smart_str_0(&out);
    RETURN_STRINGL(out.c, out.len, 0);
}

PHP_FUNCTION(implode)
{
    zval **arg1 = NULL, **arg2 = NULL, *pieces, *glue;
    zval no_glue;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z|Z", &arg1, &arg2) == FAILURE) {
        return;
    }
    if (!arg2) {
        if (Z_TYPE_PP(arg1) != IS_ARRAY) {
            php_error_docref(NULL, E_WARNING, "Argument must be an array");
            return;
        }
        ZVAL_EMPTY_STRING(&no_glue);
        php_implode(&no_glue, *arg1, return_value);
        return;
    }
    if (Z_TYPE_PP(arg1) != IS_ARRAY && Z_TYPE_PP(arg2) != IS_ARRAY) {
        php_error_docref(NULL, E_WARNING, "Invalid arguments passed");
        return;
    }
    /* Either order is accepted. Both are kept while their elements' code runs. */
    if (Z_TYPE_PP(arg1) == IS_ARRAY) {
        convert_to_string_ex(arg2);
        pieces = *arg1;
        glue = *arg2;
    } else {
        convert_to_string_ex(arg1);
        pieces = *arg2;
        glue = *arg1;
    }
    php_implode(glue, pieces, return_value);
}

/* ---- strtok() ----------------------------------------------------------------------------- */

/* The string under way: an emalloc'ed copy, NULL when there is none. */
static struct {
    char *string;
    int len;
    int pos;
} strtok_state;

static void strtok_forget(void)
{
    if (strtok_state.string) {
        efree(strtok_state.string);
        strtok_state.string = NULL;
    }
}

static PHP_RSHUTDOWN_FUNCTION(string_split)
{
    strtok_forget();
    return SUCCESS;
}

PHP_FUNCTION(strtok)
{
    char *str, *tokens = NULL;
    int len, tokens_len = 0, i, start;
    bool is_separator[256] = { false };

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|s", &str, &len, &tokens, &tokens_len)
        == FAILURE) {
        return;
    }
    if (!tokens) {
        tokens = str;
        tokens_len = len;
    } else {
        strtok_forget();
        strtok_state.string = estrndup(str, (uint) len);
        strtok_state.len = len;
        strtok_state.pos = 0;
    }
    if (!strtok_state.string) {
        RETURN_FALSE;
    }
    for (i = 0; i < tokens_len; i++) {
        is_separator[(unsigned char) tokens[i]] = true;
    }
    i = strtok_state.pos;
    while (i < strtok_state.len && is_separator[(unsigned char) strtok_state.string[i]]) {
        i++;
    }
    start = i;
    while (i < strtok_state.len && !is_separator[(unsigned char) strtok_state.string[i]]) {
        i++;
    }
    if (start == i) {
        strtok_forget();
        RETURN_FALSE;
    }
    RETVAL_STRINGL(strtok_state.string + start, i - start, 1);
    strtok_state.pos = MIN(i + 1, strtok_state.len);
}

/* ---- str_word_count() --------------------------------------------------------------------- */

/* The bounds inside which words lie: no "-" or "'" before, no "-" behind, unless listed. */
static void word_bounds(const char **start, const char **end, const char *listed)
{
    if (*start < *end && ((**start == '\'' && !listed['\'']) || (**start == '-' && !listed['-']))) {
        (*start)++;
    }
    if (*end > *start && (*end)[-1] == '-' && !listed['-']) {
        (*end)--;
    }
}

static bool is_word_char(unsigned char c, const char *listed)
{
    return isalpha(c) || listed[c] || c == '\'' || c == '-';
}

PHP_FUNCTION(str_word_count)
{
    char *str, *list = NULL, listed[256] = { 0 };
    int len, list_len = 0;
    long format = 0, count = 0;
    const char *p, *end, *word;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|ls", &str, &len, &format, &list, &list_len)
        == FAILURE) {
        return;
    }
    if (list) {
        php_charmask((const unsigned char *) list, list_len, listed);
    }
    if (format < 0 || format > 2) {
        php_error_docref(NULL, E_WARNING, "Invalid format value %ld", format);
        RETURN_FALSE;
    }
    if (format != 0) {
        array_init(return_value);
    }
    p = str;
    end = str + len;
    word_bounds(&p, &end, listed);
    while (p < end) {
        word = p;
        while (p < end && is_word_char((unsigned char) *p, listed)) {
            p++;
        }
        if (p == word) {
            p++;
        } else if (format == 1) {
            add_next_index_stringl(return_value, word, (uint) (p - word), 1);
        } else if (format == 2) {
            add_index_stringl(return_value, (ulong) (word - str), word, (uint) (p - word), 1);
        } else {
            count++;
        }
    }
    if (format == 0) {
        RETURN_LONG(count);
    }
}

static const zend_function_entry string_split_functions[] = {
    PHP_FE(explode, "$separator, $str, [$limit]", "Splits a string at a separator.")
    PHP_FE(implode, "$glue, $pieces", "Joins the elements of an array.")
    PHP_FALIAS(join, implode, "$glue, $pieces", "The same as implode().")
    PHP_FE(strtok, "$str, $token", "Returns the next piece between separators.")
    PHP_FE(str_word_count, "$str, [$format], [$charlist]", "Counts or lists the words.")
    PHP_FE_END
};

const php_standard_part standard_string_split_part = {
    .functions = string_split_functions,
    .request_shutdown = PHP_RSHUTDOWN(string_split),
};
