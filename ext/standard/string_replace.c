/* SPDX-License-Identifier: MIT */
/*
 * str_replace(), str_ireplace() and strtr().
 *
 * A search counts its occurrences first, so that the result is allocated once, at its length.
 * strtr() with pairs goes over the string once: at each place the longest pair that fits wins. The
 * pairs are in a hash table by their bytes; which lengths and which first bytes occur is noted
 * besides, so that most places cost one look into a table of 256.
 */
#include <ctype.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

/* ---- Replacing one string by another --------------------------------------------------------- */

/* Copies the haystack; `found_in` is the haystack, or its lowered copy in which the needle is. */
static char *replace_occurrences(const char *haystack, const char *found_in, int length,
    const char *needle, int needle_len, const char *str, int str_len, size_t count,
    size_t new_length)
{
    char *result = emalloc(new_length + 1), *out = result;
    const char *end = found_in + length, *p = found_in, *found;

    for (; count > 0; count--) {
        found = zend_memnstr(p, needle, needle_len, end);
        memcpy(out, haystack + (p - found_in), (size_t) (found - p));
        out += found - p;
        memcpy(out, str, (size_t) str_len);
        out += str_len;
        p = found + needle_len;
    }
    memcpy(out, haystack + (p - found_in), (size_t) (end - p));
    result[new_length] = '\0';
    return result;
}

static size_t count_occurrences(const char *haystack, int length, const char *needle,
    int needle_len)
{
    const char *end = haystack + length, *p = haystack;
    size_t count = 0;

    while ((p = zend_memnstr(p, needle, needle_len, end))) {
        p += needle_len;
        count++;
    }
    return count;
}

char *php_str_to_str_ex(const char *haystack, int length, const char *needle, int needle_len,
    const char *str, int str_len, int *new_length, int case_sensitivity, int *replace_count)
{
    const char *found_in = haystack;
    char *lower_haystack = NULL, *lower_needle = NULL, *result;
    size_t count = 0, total;

    if (!case_sensitivity && needle_len > 0 && needle_len <= length) {
        found_in = lower_haystack = php_strtolower(estrndup(haystack, (uint) length),
            (size_t) length);
        needle = lower_needle = php_strtolower(estrndup(needle, (uint) needle_len),
            (size_t) needle_len);
    }
    if (needle_len > 0 && needle_len <= length) {
        count = count_occurrences(found_in, length, needle, needle_len);
    }
    /* count * str_len can't overflow: both are below 2^31. */
    total = php_string_check_length((size_t) length - count * (size_t) needle_len
        + count * (size_t) str_len);
    result = replace_occurrences(haystack, found_in, length, needle, needle_len, str, str_len,
        count, total);
    if (lower_haystack) {
        efree(lower_haystack);
        efree(lower_needle);
    }
    if (replace_count) {
        *replace_count += (int) count;
    }
    *new_length = (int) total;
    return result;
}

char *php_str_to_str(const char *haystack, int length, const char *needle, int needle_len,
    const char *str, int str_len, int *new_length)
{
    return php_str_to_str_ex(haystack, length, needle, needle_len, str, str_len, new_length, 1,
        NULL);
}

/* ---- str_replace() --------------------------------------------------------------------------- */

/* A zval's text: itself, or a converted copy in *copy, which the caller zval_dtor()s if used. */
static zval *as_string(zval *value, zval *copy)
{
    if (Z_TYPE_P(value) == IS_STRING) {
        return value;
    }
    INIT_PZVAL_COPY(copy, value);
    zval_copy_ctor(copy);
    convert_to_string(copy);
    return copy;
}

/* Replaces in *text, which it owns. */
static void replace_in_text(zval *text, zval *search, zval *replace, int case_sensitivity,
    int *count)
{
    char *result;
    int len;

    if (Z_STRLEN_P(search) == 0 || Z_STRLEN_P(search) > Z_STRLEN_P(text)) {
        return;
    }
    result = php_str_to_str_ex(Z_STRVAL_P(text), Z_STRLEN_P(text), Z_STRVAL_P(search),
        Z_STRLEN_P(search), Z_STRVAL_P(replace), Z_STRLEN_P(replace), &len, case_sensitivity,
        count);
    str_efree(Z_STRVAL_P(text));
    ZVAL_STRINGL(text, result, len, 0);
}

/* Each element of the search array in turn, with the replacement of the same rank, or "". */
static void replace_all_in_text(zval *text, HashTable *searches, zval *replace,
    int case_sensitivity, int *count)
{
    HashPosition pos, replace_pos;
    zval **element, **replacement;
    HashTable *replacements = Z_TYPE_P(replace) == IS_ARRAY ? Z_ARRVAL_P(replace) : NULL;

    zend_hash_internal_pointer_reset_ex(searches, &pos);
    if (replacements) {
        zend_hash_internal_pointer_reset_ex(replacements, &replace_pos);
    }
    while (Z_STRLEN_P(text) > 0
        && zend_hash_get_current_data_ex(searches, (void **) &element, &pos) == SUCCESS) {
        zval search_copy, replace_copy, empty;
        zval *search = as_string(*element, &search_copy), *with = replace;

        zend_hash_move_forward_ex(searches, &pos);
        if (replacements) {
            ZVAL_EMPTY_STRING(&empty);
            with = &empty;
            if (zend_hash_get_current_data_ex(replacements, (void **) &replacement, &replace_pos)
                == SUCCESS) {
                zend_hash_move_forward_ex(replacements, &replace_pos);
                with = Z_STRLEN_P(search) > 0 ? as_string(*replacement, &replace_copy) : &empty;
            }
        }
        replace_in_text(text, search, with, case_sensitivity, count);
        if (with == &replace_copy) {
            zval_dtor(&replace_copy);
        }
        if (search == &search_copy) {
            zval_dtor(&search_copy);
        }
    }
}

/* result becomes the subject, as a string, with everything replaced. */
static void replace_in_subject(zval *search, zval *replace, zval *subject, zval *result,
    int case_sensitivity, int *count)
{
    ZVAL_COPY_VALUE(result, subject);
    zval_copy_ctor(result);
    convert_to_string(result);
    if (Z_STRLEN_P(result) == 0) {
        return;
    }
    if (Z_TYPE_P(search) == IS_ARRAY) {
        replace_all_in_text(result, Z_ARRVAL_P(search), replace, case_sensitivity, count);
    } else {
        replace_in_text(result, search, replace, case_sensitivity, count);
    }
}

/* The array of the subjects with everything replaced; arrays and objects inside stay. */
static void replace_in_subjects(zval *search, zval *replace, HashTable *subjects,
    zval *return_value, int case_sensitivity, int *count)
{
    HashPosition pos;
    zval **element;

    array_init(return_value);
    zend_hash_internal_pointer_reset_ex(subjects, &pos);
    while (zend_hash_get_current_data_ex(subjects, (void **) &element, &pos) == SUCCESS) {
        zval *result;
        char *key;
        uint key_len;
        ulong index;

        if (Z_TYPE_PP(element) == IS_ARRAY || Z_TYPE_PP(element) == IS_OBJECT) {
            ALLOC_ZVAL(result);
            ZVAL_COPY_VALUE(result, *element);
            zval_copy_ctor(result);
            INIT_PZVAL(result);
        } else {
            MAKE_STD_ZVAL(result);
            replace_in_subject(search, replace, *element, result, case_sensitivity, count);
        }
        if (zend_hash_get_current_key_ex(subjects, &key, &key_len, &index, 0, &pos)
            == HASH_KEY_IS_STRING) {
            add_assoc_zval_ex(return_value, key, key_len, result);
        } else {
            add_index_zval(return_value, index, result);
        }
        zend_hash_move_forward_ex(subjects, &pos);
    }
}

static void str_replace_common(INTERNAL_FUNCTION_PARAMETERS, int case_sensitivity)
{
    zval **search, **replace, **subject, **replace_count = NULL;
    int count = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ZZZ|Z", &search, &replace, &subject,
            &replace_count) == FAILURE) {
        return;
    }
    SEPARATE_ZVAL(search);
    SEPARATE_ZVAL(replace);
    SEPARATE_ZVAL(subject);
    /* Only an array of searches has use for an array of replacements. */
    if (Z_TYPE_PP(search) != IS_ARRAY) {
        convert_to_string_ex(search);
        convert_to_string_ex(replace);
    } else if (Z_TYPE_PP(replace) != IS_ARRAY) {
        convert_to_string_ex(replace);
    }
    if (Z_TYPE_PP(subject) == IS_ARRAY) {
        replace_in_subjects(*search, *replace, Z_ARRVAL_PP(subject), return_value,
            case_sensitivity, &count);
    } else {
        replace_in_subject(*search, *replace, *subject, return_value, case_sensitivity, &count);
    }
    if (replace_count) {
        zval_dtor(*replace_count);
        ZVAL_LONG(*replace_count, count);
    }
}

PHP_FUNCTION(str_replace)
{
    str_replace_common(INTERNAL_FUNCTION_PARAM_PASSTHRU, 1);
}

PHP_FUNCTION(str_ireplace)
{
    str_replace_common(INTERNAL_FUNCTION_PARAM_PASSTHRU, 0);
}

/* ---- strtr() --------------------------------------------------------------------------------- */

/* Translates byte by byte, in place. */
static void translate_bytes(char *str, int len, const char *from, const char *to, int pairs)
{
    unsigned char map[256];
    int i;

    for (i = 0; i < 256; i++) {
        map[i] = (unsigned char) i;
    }
    for (i = 0; i < pairs; i++) {
        map[(unsigned char) from[i]] = (unsigned char) to[i];
    }
    for (i = 0; i < len; i++) {
        str[i] = (char) map[(unsigned char) str[i]];
    }
}

/* The pairs of one call. The table's keys are the bytes, without a NUL; its elements zval *. */
typedef struct _translation {
    HashTable pairs;
    size_t shortest, longest;
    char *has_length; /* by length: 1 when a pair is that long */
    bool begins[256];
} translation;

/* Enters one pair. false when its key is empty, which makes strtr() fail. */
static bool translation_add(translation *t, const char *key, size_t key_len, zval *value)
{
    zval *text;

    if (key_len == 0) {
        return false;
    }
    if (key_len > t->longest) {
        t->has_length = erealloc(t->has_length, key_len + 1);
        memset(t->has_length + t->longest + 1, 0, key_len - t->longest);
        t->longest = key_len;
    }
    t->shortest = MIN(t->shortest, key_len);
    t->has_length[key_len] = 1;
    t->begins[(unsigned char) *key] = true;
    if (Z_TYPE_P(value) == IS_STRING) {
        Z_ADDREF_P(value);
        text = value;
    } else {
        ALLOC_ZVAL(text);
        ZVAL_COPY_VALUE(text, value);
        zval_copy_ctor(text);
        INIT_PZVAL(text);
        convert_to_string(text);
    }
    zend_hash_update(&t->pairs, key, (uint) key_len, &text, sizeof(zval *), NULL);
    return true;
}

static bool translation_init(translation *t, HashTable *source)
{
    HashPosition pos;
    zval **element;

    memset(t, 0, sizeof(*t));
    t->shortest = INT_MAX;
    t->has_length = ecalloc(1, 1);
    zend_hash_init(&t->pairs, zend_hash_num_elements(source), NULL, ZVAL_PTR_DTOR, 0);
    zend_hash_internal_pointer_reset_ex(source, &pos);
    while (zend_hash_get_current_data_ex(source, (void **) &element, &pos) == SUCCESS) {
        char *key, number[MAX_LENGTH_OF_LONG + 1];
        uint key_len;
        ulong index;

        if (zend_hash_get_current_key_ex(source, &key, &key_len, &index, 0, &pos)
            == HASH_KEY_IS_STRING) {
            key_len--;
        } else {
            key_len = (uint) slprintf(number, sizeof(number), "%ld", (long) index);
            key = number;
        }
        if (!translation_add(t, key, key_len, *element)) {
            return false;
        }
        zend_hash_move_forward_ex(source, &pos);
    }
    return true;
}

static void translation_destroy(translation *t)
{
    zend_hash_destroy(&t->pairs);
    efree(t->has_length);
}

/* The longest pair that begins at p; its replacement, or NULL. */
static zval *translation_find(translation *t, const char *p, size_t rest, size_t *found_len)
{
    zval **found;
    size_t n;

    for (n = MIN(t->longest, rest); n >= t->shortest; n--) {
        if (t->has_length[n]
            && zend_hash_find(&t->pairs, p, (uint) n, (void **) &found) == SUCCESS) {
            *found_len = n;
            return *found;
        }
    }
    return NULL;
}

static void translate_pairs(const char *str, size_t len, translation *t, zval *return_value)
{
    smart_str out = { 0 };
    size_t i = 0, copied = 0, found_len;

    while (i < len) {
        zval *with = t->begins[(unsigned char) str[i]]
            ? translation_find(t, str + i, len - i, &found_len) : NULL;

        if (!with) {
            i++;
            continue;
        }
        smart_str_appendl(&out, str + copied, i - copied);
        smart_str_appendl(&out, Z_STRVAL_P(with), (size_t) Z_STRLEN_P(with));
        php_string_check_length(out.len);
        i += found_len;
        copied = i;
    }
    if (!out.c) {
        RETURN_STRINGL(str, len, 1);
    }
    smart_str_appendl(&out, str + copied, len - copied);
    php_string_check_length(out.len);
    smart_str_0(&out);
    RETURN_STRINGL(out.c, out.len, 0);
}

static void strtr_with_array(const char *str, int len, HashTable *source, zval *return_value)
{
    translation t;

    if (zend_hash_num_elements(source) < 1) {
        RETURN_STRINGL(str, len, 1);
    }
    if (translation_init(&t, source)) {
        translate_pairs(str, (size_t) len, &t, return_value);
    } else {
        RETVAL_FALSE;
    }
    translation_destroy(&t);
}

PHP_FUNCTION(strtr)
{
    zval **from;
    char *str, *to = NULL;
    int len, to_len = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sZ|s", &str, &len, &from, &to, &to_len)
        == FAILURE) {
        return;
    }
    if (!to && Z_TYPE_PP(from) != IS_ARRAY) {
        php_error_docref(NULL, E_WARNING, "The second argument is not an array");
        RETURN_FALSE;
    }
    if (len == 0) {
        RETURN_EMPTY_STRING();
    }
    if (!to) {
        strtr_with_array(str, len, Z_ARRVAL_PP(from), return_value);
        return;
    }
    convert_to_string_ex(from);
    RETVAL_STRINGL(str, len, 1);
    translate_bytes(Z_STRVAL_P(return_value), len, Z_STRVAL_PP(from), to,
        MIN(Z_STRLEN_PP(from), to_len));
}

static const zend_function_entry string_replace_functions[] = {
    PHP_FE(str_replace, "$search, $replace, $subject, [&$replace_count]",
        "Replaces strings by strings.")
    PHP_FE(str_ireplace, "$search, $replace, $subject, [&$replace_count]",
        "As str_replace(), without case.")
    PHP_FE(strtr, "$str, $from, [$to]", "Translates characters, or strings by pairs.")
    PHP_FE_END
};

const php_standard_part standard_string_replace_part = { .functions = string_replace_functions };
