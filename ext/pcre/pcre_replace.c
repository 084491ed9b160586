/* SPDX-License-Identifier: MIT */
/*
 * preg_replace(), preg_replace_callback(), preg_filter().
 *
 * A match is replaced by one of three things: a text with references to groups ($1, ${1}, \1),
 * the result of a callback, or (with the modifier e) the value of the text as PHP code.
 *
 *      subject   "a1b22c"       pieces are copied to the result as the walk goes on:
 *      pattern   /\d+/          result  "a" + "<1>" + "b" + "<22>" + "c"
 *      text      "<$0>"
 */
#include "ext/pcre/php_pcre_internal.h"
#include "vm/zend_exceptions.h"
#include "vm/zend_include.h"

/* --- The result ---------------------------------------------------------------------------- */

/* Starts with twice the subject's length, as scripts that watch memory expect. */
typedef struct _result_buffer {
    char *text;
    size_t length;
    size_t room; /* bytes allocated */
} result_buffer;

static void result_grow(result_buffer *result, size_t n)
{
    size_t length = result->length + n;

    if (length >= INT_MAX) {
        zend_error_noreturn(E_ERROR, "String size overflow");
    }
    if (length >= result->room) {
        result->room = 1 + result->room + 2 * length;
        if (result->room > INT_MAX) {
            result->room = INT_MAX;
        }
        result->text = erealloc(result->text, result->room);
    }
}

static void result_append(result_buffer *result, const char *text, size_t length)
{
    result_grow(result, length);
    memcpy(result->text + result->length, text, length);
    result->length += length;
}

/* As addslashes() does. */
static void result_append_escaped(result_buffer *result, const char *text, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++) {
        if (text[i] == '\0') {
            result_append(result, "\\0", 2);
            continue;
        }
        if (text[i] == '\'' || text[i] == '"' || text[i] == '\\') {
            result_append(result, "\\", 1);
        }
        result_append(result, text + i, 1);
    }
}

/* --- Replacement by a text ----------------------------------------------------------------- */

/* A reference at p (\1, $1, ${1}; one or two digits): its end, or NULL if there is none. */
static const char *parse_reference(const char *p, const char *end, int *group)
{
    bool in_brace = false;

    if (*p == '$' && end - p > 1 && p[1] == '{') {
        in_brace = true;
        p++;
    }
    p++;
    if (p >= end || *p < '0' || *p > '9') {
        return NULL;
    }
    *group = *p++ - '0';
    if (p < end && *p >= '0' && *p <= '9') {
        *group = *group * 10 + (*p++ - '0');
    }
    if (in_brace) {
        return p < end && *p == '}' ? p + 1 : NULL;
    }
    return p;
}

/*
 * Appends the text with its references resolved. A backslash before `\` or `$` takes away their
 * meaning. escape: groups are escaped for use in quotes.
 */
static void append_template(result_buffer *result, const php_pcre_scan *scan, zval *template,
    bool escape)
{
    const char *p = Z_STRVAL_P(template), *end = p + Z_STRLEN_P(template), *behind;
    char last = '\0';
    int group;

    while (p < end) {
        size_t plain = strcspn(p, "\\$");

        if (plain) {
            result_append(result, p, plain);
            last = p[plain - 1];
            p += plain;
            continue;
        }
        if (*p == '\0') {
            result_append(result, p++, 1);
            last = '\0';
        } else if (last == '\\') {
            result->text[result->length - 1] = *p++;
            last = '\0';
        } else if ((behind = parse_reference(p, end, &group)) != NULL) {
            (escape ? result_append_escaped : result_append)(result,
                php_pcre_group_text(scan, group), php_pcre_group_length(scan, group));
            p = behind;
        } else {
            last = *p;
            result_append(result, p++, 1);
        }
    }
}

/* --- Replacement by code (the modifier e) -------------------------------------------------- */

static void append_evaluated(result_buffer *result, const php_pcre_scan *scan, zval *template)
{
    result_buffer code = {NULL, 0, 0};
    zval value;
    char *description;

    INIT_ZVAL(value);
    append_template(&code, scan, template, true);
    result_grow(&code, 1);
    code.text[code.length] = '\0';
    description = zend_make_compiled_string_description("regexp code");
    if (zend_eval_stringl(code.text, (int) code.length, &value, description) == FAILURE) {
        efree(description);
        php_error_docref(NULL, E_ERROR, "Failed evaluating code: %s%s", PHP_EOL, code.text);
        return;
    }
    efree(description);
    efree(code.text);
    convert_to_string(&value);
    result_append(result, Z_STRVAL(value), (size_t) Z_STRLEN(value));
    zval_dtor(&value);
}

/* --- Replacement by a callback ------------------------------------------------------------- */

static void append_callback_result(result_buffer *result, const php_pcre_scan *scan,
    zval *callback)
{
    zval *groups, *returned = NULL;
    zval **arguments[1] = {&groups};

    MAKE_STD_ZVAL(groups);
    array_init(groups);
    php_pcre_add_groups(scan, groups, false);
    if (call_user_function_ex(NULL, NULL, callback, &returned, 1, arguments, 0, NULL) == SUCCESS
        && returned) {
        convert_to_string_ex(&returned);
        result_append(result, Z_STRVAL_P(returned), (size_t) Z_STRLEN_P(returned));
        zval_ptr_dtor(&returned);
    } else {
        if (!EG(exception)) {
            php_error_docref(NULL, E_WARNING, "Unable to call custom replacement function");
        }
        result_append(result, php_pcre_group_text(scan, 0), php_pcre_group_length(scan, 0));
    }
    zval_ptr_dtor(&groups);
}

/* --- One subject --------------------------------------------------------------------------- */

char *php_pcre_replace_impl(pcre_cache_entry *pce, const char *subject, int subject_len,
    zval *replace_val, int is_callable_replace, int *result_len, int limit, int *replace_count)
{
    bool eval = pce->preg_options & PREG_REPLACE_EVAL;
    size_t copied = 0;
    php_pcre_scan scan;
    result_buffer result;

    if (eval && is_callable_replace) {
        php_error_docref(NULL, E_WARNING, "Modifier /e cannot be used with replacement callback");
        return NULL;
    }
    if (eval) {
        php_error_docref(NULL, E_DEPRECATED,
            "The /e modifier is deprecated, use preg_replace_callback instead");
    }
    result.length = 0;
    result.room = 2 * (size_t) subject_len + 1;
    result.text = emalloc(result.room);
    php_pcre_scan_begin(&scan, pce, subject, (size_t) subject_len, 0);
    while (limit != 0 && !EG(exception) && php_pcre_scan_next(&scan)) {
        if (scan.offsets[0] > copied) {
            result_append(&result, subject + copied, scan.offsets[0] - copied);
        }
        copied = scan.offsets[1];
        if (is_callable_replace) {
            append_callback_result(&result, &scan, replace_val);
        } else {
            (eval ? append_evaluated(&result, &scan, replace_val)
                  : append_template(&result, &scan, replace_val, false));
        }
        if (replace_count) {
            ++*replace_count;
        }
        if (limit > 0) {
            limit--;
        }
    }
    php_pcre_scan_end(&scan);
    if (PCRE_G(error_code) != PHP_PCRE_NO_ERROR) {
        efree(result.text);
        return NULL;
    }
    result_append(&result, subject + copied, (size_t) subject_len - copied);
    result_grow(&result, 1);
    result.text[result.length] = '\0';
    *result_len = (int) result.length;
    return result.text;
}

char *php_pcre_replace(const char *regex, int regex_len, const char *subject, int subject_len,
    zval *replace_val, int is_callable_replace, int *result_len, int limit, int *replace_count)
{
    pcre_cache_entry *pce = pcre_get_compiled_regex_cache(regex, regex_len);

    if (!pce) {
        return NULL;
    }
    return php_pcre_replace_impl(pce, subject, subject_len, replace_val, is_callable_replace,
        result_len, limit, replace_count);
}

/* --- Several patterns, several subjects ---------------------------------------------------- */

/* What to replace by what; the same for all subjects. */
typedef struct _replacement {
    zval *regex;   /* a string or an array */
    zval *replace; /* a string, an array (if regex is one), or the callback */
    bool is_callback;
    int limit;
} replacement;

/* A string zval for an element: itself, or the copy that is filled in. */
static zval *string_of(zval *element, zval *copy)
{
    if (Z_TYPE_P(element) == IS_STRING) {
        return element;
    }
    INIT_PZVAL_COPY(copy, element);
    zval_copy_ctor(copy);
    convert_to_string(copy);
    return copy;
}

/* The text for the next pattern: replacements are used up in their order, then it is "". */
static zval *next_replacement(const replacement *how, HashPosition *position, zval *copy)
{
    zval **element;

    if (how->is_callback || Z_TYPE_P(how->replace) != IS_ARRAY) {
        return how->replace;
    }
    if (zend_hash_get_current_data_ex(Z_ARRVAL_P(how->replace), (void **) &element, position)
        == SUCCESS) {
        zend_hash_move_forward_ex(Z_ARRVAL_P(how->replace), position);
        return string_of(*element, copy);
    }
    ZVAL_EMPTY_STRING(copy);
    return copy;
}

/* All patterns of an array, one after the other; text (emalloc'ed) is taken over. */
static char *replace_by_patterns(const replacement *how, char *text, int *length, int *count)
{
    HashPosition patterns, texts = NULL;
    zval **element;

    zend_hash_internal_pointer_reset_ex(Z_ARRVAL_P(how->regex), &patterns);
    if (!how->is_callback && Z_TYPE_P(how->replace) == IS_ARRAY) {
        zend_hash_internal_pointer_reset_ex(Z_ARRVAL_P(how->replace), &texts);
    }
    while (text && zend_hash_get_current_data_ex(Z_ARRVAL_P(how->regex), (void **) &element,
            &patterns) == SUCCESS) {
        zval regex_copy, replace_copy;
        zval *regex = string_of(*element, &regex_copy);
        zval *replace = next_replacement(how, &texts, &replace_copy);
        char *result = php_pcre_replace(Z_STRVAL_P(regex), Z_STRLEN_P(regex), text, *length,
            replace, how->is_callback, length, how->limit, count);

        efree(text);
        text = result;
        if (regex == &regex_copy) {
            zval_dtor(regex);
        }
        if (replace == &replace_copy) {
            zval_dtor(replace);
        }
        zend_hash_move_forward_ex(Z_ARRVAL_P(how->regex), &patterns);
    }
    return text;
}

/* The subject with everything replaced, emalloc'ed, or NULL. */
static char *replace_in_subject(const replacement *how, zval *subject, int *length, int *count)
{
    zval copy;
    zval *string = string_of(subject, &copy);
    char *result;

    if (Z_TYPE_P(how->regex) == IS_ARRAY) {
        *length = Z_STRLEN_P(string);
        result = replace_by_patterns(how, estrndup(Z_STRVAL_P(string), (uint) *length), length,
            count);
    } else {
        result = php_pcre_replace(Z_STRVAL_P(how->regex), Z_STRLEN_P(how->regex),
            Z_STRVAL_P(string), Z_STRLEN_P(string), how->replace, how->is_callback, length,
            how->limit, count);
    }
    if (string == &copy) {
        zval_dtor(&copy);
    }
    return result;
}

/* The same for each element of an array, which keep their keys; failed ones are left out, and
 * with only_changed those in which nothing matched. */
static void replace_in_array(const replacement *how, HashTable *subjects, zval *target,
    bool only_changed, int *count)
{
    HashPosition position;
    zval **element;

    array_init(target);
    zend_hash_internal_pointer_reset_ex(subjects, &position);
    while (zend_hash_get_current_data_ex(subjects, (void **) &element, &position) == SUCCESS) {
        int length, before = *count;
        char *result = replace_in_subject(how, *element, &length, count);

        if (result && (!only_changed || *count > before)) {
            char *key;
            uint key_len;
            ulong index;

            if (zend_hash_get_current_key_ex(subjects, &key, &key_len, &index, 0, &position)
                == HASH_KEY_IS_STRING) {
                add_assoc_stringl_ex(target, key, key_len, result, (uint) length, 0);
            } else {
                add_index_stringl(target, index, result, (uint) length, 0);
            }
        } else if (result) {
            efree(result);
        }
        zend_hash_move_forward_ex(subjects, &position);
    }
}

/* --- The functions ------------------------------------------------------------------------- */

/* The callback's argument: true when it can be called, else a warning and the subject itself. */
static bool check_callback(zval *callback, zval *subject, zval *return_value)
{
    char *name = NULL;
    bool callable;

    if (Z_TYPE_P(callback) != IS_ARRAY && Z_TYPE_P(callback) != IS_OBJECT) {
        convert_to_string(callback);
    }
    callable = zend_is_callable(callback, 0, &name);
    if (!callable) {
        php_error_docref(NULL, E_WARNING, "Requires argument 2, '%s', to be a valid callback",
            name);
        MAKE_COPY_ZVAL(&subject, return_value);
    }
    efree(name);
    return callable;
}

static bool check_texts(zval *regex, zval *replace, zval *return_value)
{
    if (Z_TYPE_P(replace) == IS_ARRAY && Z_TYPE_P(regex) != IS_ARRAY) {
        php_error_docref(NULL, E_WARNING,
            "Parameter mismatch, pattern is a string while replacement is an array");
        RETVAL_FALSE;
        return false;
    }
    if (Z_TYPE_P(replace) != IS_ARRAY) {
        convert_to_string(replace);
    }
    return true;
}

static void replace_function(INTERNAL_FUNCTION_PARAMETERS, bool is_callback, bool only_changed)
{
    zval *regex, *replace, *subject, *count_variable = NULL;
    long limit = -1;
    int count = 0;
    replacement how;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z/z/z|lz", &regex, &replace, &subject, &limit,
            &count_variable) == FAILURE) {
        return;
    }
    if (is_callback ? !check_callback(replace, subject, return_value)
                    : !check_texts(regex, replace, return_value)) {
        return;
    }
    if (Z_TYPE_P(regex) != IS_ARRAY) {
        convert_to_string(regex);
    }
    how = (replacement) {regex, replace, is_callback, (int) limit};
    if (Z_TYPE_P(subject) == IS_ARRAY) {
        replace_in_array(&how, Z_ARRVAL_P(subject), return_value, only_changed, &count);
    } else {
        int length;
        char *result = replace_in_subject(&how, subject, &length, &count);

        if (result && (!only_changed || count > 0)) {
            RETVAL_STRINGL(result, length, 0);
        } else if (result) {
            efree(result);
        }
    }
    if (count_variable) {
        zval_dtor(count_variable);
        ZVAL_LONG(count_variable, count);
    }
}

PHP_FUNCTION(preg_replace)
{
    replace_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, false, false);
}

PHP_FUNCTION(preg_replace_callback)
{
    replace_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, true, false);
}

PHP_FUNCTION(preg_filter)
{
    replace_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, false, true);
}
