/* SPDX-License-Identifier: MIT */
/*
 * Parts of strings: substr(), substr_replace(), substr_compare(), substr_count().
 *
 * Offsets and lengths may be negative: they then count from the end. Each function has its own
 * rule for what lies outside the string, so that each has its own arithmetic.
 */
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

PHP_FUNCTION(substr)
{
    char *str;
    int len;
    long from, length = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sl|l", &str, &len, &from, &length) == FAILURE) {
        return;
    }
    if (ZEND_NUM_ARGS() < 3 || length > len) {
        length = len;
    } else if (length < -(long) len) {
        RETURN_FALSE;
    }
    if (from > len) {
        RETURN_FALSE;
    }
    if (from < -(long) len) {
        from = 0;
    }
    /* A negative length that ends before a negative start is an error; see below for the rest. */
    if (length < 0 && length + len - from < 0) {
        RETURN_FALSE;
    }
    if (from < 0) {
        from += len;
    }
    if (length < 0) {
        length = MAX(len - from + length, 0);
    }
    if (from >= len) {
        RETURN_FALSE;
    }
    length = MIN(length, len - from);
    RETURN_STRINGL(str + from, length, 1);
}

/* Puts an offset and a length into the bounds of a string of len bytes. */
static void clamp_part(long len, long *from, long *length)
{
    if (*from < 0) {
        *from = MAX(*from + len, 0);
    } else {
        *from = MIN(*from, len);
    }
    if (*length < 0) {
        *length = MAX(len - *from + *length, 0);
    }
    *length = MIN(*length, len - *from);
}

/* The string with a part of it replaced. */
static char *replace_part(zval *str, long from, long length, const char *repl, int repl_len,
    int *result_len)
{
    char *result;

    clamp_part(Z_STRLEN_P(str), &from, &length);
    *result_len = (int) php_string_check_length((size_t) (Z_STRLEN_P(str) - length)
        + (size_t) repl_len);
    result = emalloc((size_t) *result_len + 1);
    memcpy(result, Z_STRVAL_P(str), (size_t) from);
    memcpy(result + from, repl, (size_t) repl_len);
    memcpy(result + from + repl_len, Z_STRVAL_P(str) + from + length,
        (size_t) (Z_STRLEN_P(str) - from - length));
    result[*result_len] = '\0';
    return result;
}

/* The next element of the array behind *pos, or NULL when there is none. */
static zval *next_element(zval *array, HashPosition *pos)
{
    zval **element;

    if (zend_hash_get_current_data_ex(Z_ARRVAL_P(array), (void **) &element, pos) == FAILURE) {
        return NULL;
    }
    zend_hash_move_forward_ex(Z_ARRVAL_P(array), pos);
    return *element;
}

/* A copy of a value, as a string, in *copy; the caller zval_dtor()s it. */
static void copy_as_string(zval *copy, zval *value)
{
    INIT_PZVAL_COPY(copy, value);
    zval_copy_ctor(copy);
    convert_to_string(copy);
}

/* The replacement for a string: the value, or an array's next element, or "". */
static void next_replacement(zval *repl, HashPosition *pos, zval *copy)
{
    zval *value = Z_TYPE_P(repl) == IS_ARRAY ? next_element(repl, pos) : repl;

    if (value) {
        copy_as_string(copy, value);
    } else {
        ZVAL_EMPTY_STRING(copy);
    }
}

/* The four arguments; arrays or (converted) longs and strings. length is NULL when not given. */
typedef struct _substr_replace_args {
    zval *str, *repl, *from, *length;
} substr_replace_args;

static void substr_replace_string(substr_replace_args *args, zval *return_value)
{
    zval *length = args->length;
    HashPosition pos;
    zval repl;
    char *result;
    int result_len;

    if ((!length && Z_TYPE_P(args->from) == IS_ARRAY)
        || (length && Z_TYPE_P(args->from) != Z_TYPE_P(length))) {
        php_error_docref(NULL, E_WARNING,
            "'from' and 'len' should be of same type - numerical or array ");
        RETURN_ZVAL(args->str, 1, 0);
    }
    if (Z_TYPE_P(args->from) == IS_ARRAY) {
        if (zend_hash_num_elements(Z_ARRVAL_P(args->from))
            != zend_hash_num_elements(Z_ARRVAL_P(length))) {
            php_error_docref(NULL, E_WARNING,
                "'from' and 'len' should have the same number of elements");
        } else {
            php_error_docref(NULL, E_WARNING,
                "Functionality of 'from' and 'len' as arrays is not implemented");
        }
        RETURN_ZVAL(args->str, 1, 0);
    }
    if (Z_TYPE_P(args->repl) == IS_ARRAY) {
        zend_hash_internal_pointer_reset_ex(Z_ARRVAL_P(args->repl), &pos);
    }
    next_replacement(args->repl, &pos, &repl);
    result = replace_part(args->str, Z_LVAL_P(args->from),
        length ? Z_LVAL_P(length) : Z_STRLEN_P(args->str), Z_STRVAL(repl), Z_STRLEN(repl),
        &result_len);
    zval_dtor(&repl);
    RETURN_STRINGL(result, result_len, 0);
}

/* The number for the next string: the value, or an array's next element, or fallback. */
static long next_number(zval *number, HashPosition *pos, long fallback)
{
    if (!number) {
        return fallback;
    }
    if (Z_TYPE_P(number) == IS_ARRAY) {
        number = next_element(number, pos);
    }
    return number ? zend_zval_get_long(number) : fallback;
}

static void reset_if_array(zval *array, HashPosition *pos)
{
    if (array && Z_TYPE_P(array) == IS_ARRAY) {
        zend_hash_internal_pointer_reset_ex(Z_ARRVAL_P(array), pos);
    }
}

static void substr_replace_array(substr_replace_args *args, zval *return_value)
{
    HashPosition pos, repl_pos, from_pos, length_pos;
    HashTable *strings = Z_ARRVAL_P(args->str);
    zval **element;

    array_init(return_value);
    reset_if_array(args->repl, &repl_pos);
    reset_if_array(args->from, &from_pos);
    reset_if_array(args->length, &length_pos);
    zend_hash_internal_pointer_reset_ex(strings, &pos);
    while (zend_hash_get_current_data_ex(strings, (void **) &element, &pos) == SUCCESS) {
        zval str, repl;
        char *key, *result;
        uint key_len;
        ulong index;
        long from, length;
        int result_len, key_type;

        copy_as_string(&str, *element);
        from = next_number(args->from, &from_pos, 0);
        length = next_number(args->length, &length_pos, Z_STRLEN(str));
        next_replacement(args->repl, &repl_pos, &repl);
        result = replace_part(&str, from, length, Z_STRVAL(repl), Z_STRLEN(repl), &result_len);
        key_type = zend_hash_get_current_key_ex(strings, &key, &key_len, &index, 0, &pos);
        if (key_type == HASH_KEY_IS_STRING) {
            add_assoc_stringl_ex(return_value, key, key_len, result, (uint) result_len, 0);
        } else {
            add_index_stringl(return_value, index, result, (uint) result_len, 0);
        }
        zval_dtor(&str);
        zval_dtor(&repl);
        zend_hash_move_forward_ex(strings, &pos);
    }
}

PHP_FUNCTION(substr_replace)
{
    zval **str, **repl, **from, **length = NULL;
    substr_replace_args args;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ZZZ|Z", &str, &repl, &from, &length) == FAILURE) {
        return;
    }
    if (Z_TYPE_PP(str) != IS_ARRAY) {
        convert_to_string_ex(str);
    }
    if (Z_TYPE_PP(repl) != IS_ARRAY) {
        convert_to_string_ex(repl);
    }
    if (Z_TYPE_PP(from) != IS_ARRAY) {
        convert_to_long_ex(from);
    }
    if (length && Z_TYPE_PP(length) != IS_ARRAY) {
        convert_to_long_ex(length);
    }
    args = (substr_replace_args) { *str, *repl, *from, length ? *length : NULL };
    if (Z_TYPE_PP(str) == IS_ARRAY) {
        substr_replace_array(&args, return_value);
    } else {
        substr_replace_string(&args, return_value);
    }
}

/*
 * At most `length` bytes of both: the difference of the first bytes that differ, or of the lengths.
 */
static int compare_bytes(const char *a, size_t a_len, const char *b, size_t b_len, size_t length)
{
    size_t i;

    a_len = MIN(a_len, length);
    b_len = MIN(b_len, length);
    for (i = 0; i < a_len && i < b_len; i++) {
        if (a[i] != b[i]) {
            return (unsigned char) a[i] - (unsigned char) b[i];
        }
    }
    return (int) a_len - (int) b_len;
}

PHP_FUNCTION(substr_compare)
{
    char *main_str, *str;
    int main_len, str_len;
    long offset, len = 0;
    zend_bool ignore_case = 0;
    uint compare_len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ssl|lb", &main_str, &main_len, &str, &str_len,
            &offset, &len, &ignore_case) == FAILURE) {
        RETURN_FALSE;
    }
    if (ZEND_NUM_ARGS() >= 4 && len <= 0) {
        if (len == 0) {
            RETURN_LONG(0);
        }
        php_error_docref(NULL, E_WARNING, "The length must be greater than or equal to zero");
        RETURN_FALSE;
    }
    if (offset < 0) {
        offset = MAX(offset + main_len, 0);
    }
    if (offset >= main_len) {
        php_error_docref(NULL, E_WARNING,
            "The start position cannot exceed initial string length");
        RETURN_FALSE;
    }
    compare_len = (uint) (len ? MIN(len, INT_MAX) : MAX((long) str_len, main_len - offset));
    if (ignore_case) {
        RETURN_LONG(zend_binary_strncasecmp_l(main_str + offset, (uint) (main_len - offset), str,
            (uint) str_len, compare_len));
    }
    RETURN_LONG(compare_bytes(main_str + offset, (size_t) (main_len - offset), str,
        (size_t) str_len, compare_len));
}

/* Puts the part to be searched into *p and *end. false after a warning. */
static bool substr_count_part(char *str, int len, long offset, long length, bool has_length,
    const char **p, const char **end)
{
    if (offset < 0) {
        php_error_docref(NULL, E_WARNING, "Offset should be greater than or equal to 0");
        return false;
    }
    if (offset > len) {
        php_error_docref(NULL, E_WARNING, "Offset value %ld exceeds string length", offset);
        return false;
    }
    *p = str + offset;
    *end = str + len;
    if (!has_length) {
        return true;
    }
    if (length <= 0) {
        php_error_docref(NULL, E_WARNING, "Length should be greater than 0");
        return false;
    }
    if (length > len - offset) {
        php_error_docref(NULL, E_WARNING, "Length value %ld exceeds string length", length);
        return false;
    }
    *end = *p + length;
    return true;
}

PHP_FUNCTION(substr_count)
{
    char *haystack, *needle;
    int haystack_len, needle_len;
    long offset = 0, length = 0, count = 0;
    const char *p, *end;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss|ll", &haystack, &haystack_len, &needle,
            &needle_len, &offset, &length) == FAILURE) {
        return;
    }
    if (needle_len == 0) {
        php_error_docref(NULL, E_WARNING, "Empty substring");
        RETURN_FALSE;
    }
    if (!substr_count_part(haystack, haystack_len, offset, length, ZEND_NUM_ARGS() == 4, &p,
            &end)) {
        RETURN_FALSE;
    }
    while ((p = zend_memnstr(p, needle, needle_len, end))) {
        p += needle_len;
        count++;
    }
    RETURN_LONG(count);
}

static const zend_function_entry string_substr_functions[] = {
    PHP_FE(substr, "$str, $start, [$length]", "Returns a part of the string.")
    PHP_FE(substr_replace, "$str, $replace, $start, [$length]", "Replaces a part of each string.")
    PHP_FE(substr_compare, "$main_str, $str, $offset, [$length], [$case_sensitivity]",
        "Compares a part of a string with another.")
    PHP_FE(substr_count, "$haystack, $needle, [$offset], [$length]",
        "Counts the occurrences that do not overlap.")
    PHP_FE_END
};

const php_standard_part standard_string_substr_part = { .functions = string_substr_functions };
