/* SPDX-License-Identifier: MIT */
/*
 * Finding one string in another: the strpos(), strstr() and strspn() families, count_chars().
 *
 * A needle that is no string stands for the character with that code. Functions without case
 * lower both strings by the locale first.
 */
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

/* The needle as characters; `ch` is where a number's character is kept. false after a warning. */
static bool take_needle(zval *needle, char ch[2], const char **text, int *len)
{
    switch (Z_TYPE_P(needle)) {
    case IS_STRING:
        *text = Z_STRVAL_P(needle);
        *len = Z_STRLEN_P(needle);
        return true;
    case IS_NULL:
        ch[0] = '\0';
        break;
    case IS_LONG:
    case IS_BOOL:
    case IS_DOUBLE:
    case IS_OBJECT:
        ch[0] = (char) zend_zval_get_long(needle);
        break;
    default:
        php_error_docref(NULL, E_WARNING, "needle is not a string or an integer");
        return false;
    }
    ch[1] = '\0';
    *text = ch;
    *len = 1;
    return true;
}

static char *lower_copy(const char *text, int len)
{
    return php_strtolower(estrndup(text, (uint) len), (size_t) len);
}

/* Both strings of a search; lowered ones are copies, which search_end() frees. */
typedef struct _string_search {
    const char *haystack, *needle;
    int haystack_len, needle_len;
    char ch[2];
    bool lowered;
} string_search;

static bool search_begin(string_search *s, char *haystack, int haystack_len, zval *needle,
    bool lowered)
{
    s->haystack = haystack;
    s->haystack_len = haystack_len;
    s->lowered = false;
    if (!take_needle(needle, s->ch, &s->needle, &s->needle_len)) {
        return false;
    }
    if (lowered) {
        s->haystack = lower_copy(s->haystack, s->haystack_len);
        s->needle = lower_copy(s->needle, s->needle_len);
        s->lowered = true;
    }
    return true;
}

static void search_end(string_search *s)
{
    if (s->lowered) {
        efree((char *) s->haystack);
        efree((char *) s->needle);
    }
}

/* ---- Positions ---------------------------------------------------------------------------- */

static void find_first(INTERNAL_FUNCTION_PARAMETERS, bool lowered)
{
    char *haystack;
    int len;
    zval *needle;
    long offset = 0;
    string_search s;
    const char *found;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sz|l", &haystack, &len, &needle, &offset)
        == FAILURE) {
        return;
    }
    if (offset < 0 || offset > len) {
        php_error_docref(NULL, E_WARNING, "Offset not contained in string");
        RETURN_FALSE;
    }
    if (lowered && len == 0) {
        RETURN_FALSE;
    }
    if (Z_TYPE_P(needle) == IS_STRING && Z_STRLEN_P(needle) == 0) {
        if (!lowered) {
            php_error_docref(NULL, E_WARNING, "Empty needle");
        }
        RETURN_FALSE;
    }
    if (!search_begin(&s, haystack, len, needle, lowered)) {
        RETURN_FALSE;
    }
    found = zend_memnstr(s.haystack + offset, s.needle, s.needle_len, s.haystack + len);
    if (found) {
        RETVAL_LONG(found - s.haystack);
    } else {
        RETVAL_FALSE;
    }
    search_end(&s);
}

PHP_FUNCTION(strpos)
{
    find_first(INTERNAL_FUNCTION_PARAM_PASSTHRU, false);
}

PHP_FUNCTION(stripos)
{
    find_first(INTERNAL_FUNCTION_PARAM_PASSTHRU, true);
}

/* The last place in [first, last] where the needle begins, or -1. */
static long last_place(const string_search *s, long first, long last)
{
    long i;

    for (i = last; i >= first; i--) {
        if (s->haystack[i] == s->needle[0]
            && memcmp(s->haystack + i, s->needle, (size_t) s->needle_len) == 0) {
            return i;
        }
    }
    return -1;
}

static void find_last(INTERNAL_FUNCTION_PARAMETERS, bool lowered)
{
    char *haystack;
    int len;
    zval *needle;
    long offset = 0, first = 0, last, place;
    string_search s;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sz|l", &haystack, &len, &needle, &offset)
        == FAILURE) {
        RETURN_FALSE;
    }
    if (!search_begin(&s, haystack, len, needle, false)) {
        RETURN_FALSE;
    }
    if (s.haystack_len == 0 || s.needle_len == 0) {
        RETURN_FALSE;
    }
    if (offset > len || offset < -(long) len) {
        php_error_docref(NULL, E_WARNING,
            "Offset is greater than the length of haystack string");
        RETURN_FALSE;
    }
    last = len - s.needle_len;
    if (offset >= 0) {
        first = offset;
    } else if (s.needle_len <= -offset) {
        last = len + offset;
    }
    if (lowered) {
        s.haystack = lower_copy(s.haystack, len);
        s.needle = lower_copy(s.needle, s.needle_len);
        s.lowered = true;
    }
    place = last_place(&s, first, last);
    search_end(&s);
    if (place < 0) {
        RETURN_FALSE;
    }
    RETURN_LONG(place);
}

PHP_FUNCTION(strrpos)
{
    find_last(INTERNAL_FUNCTION_PARAM_PASSTHRU, false);
}

PHP_FUNCTION(strripos)
{
    find_last(INTERNAL_FUNCTION_PARAM_PASSTHRU, true);
}

/* ---- Parts -------------------------------------------------------------------------------- */

static void find_part(INTERNAL_FUNCTION_PARAMETERS, bool lowered)
{
    char *haystack;
    int len;
    zval *needle;
    zend_bool before = 0;
    string_search s;
    const char *found;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sz|b", &haystack, &len, &needle, &before)
        == FAILURE) {
        return;
    }
    if (Z_TYPE_P(needle) == IS_STRING && Z_STRLEN_P(needle) == 0) {
        php_error_docref(NULL, E_WARNING, "Empty needle");
        RETURN_FALSE;
    }
    if (!search_begin(&s, haystack, len, needle, lowered)) {
        RETURN_FALSE;
    }
    found = zend_memnstr(s.haystack, s.needle, s.needle_len, s.haystack + len);
    if (!found) {
        RETVAL_FALSE;
    } else if (before) {
        RETVAL_STRINGL(haystack, found - s.haystack, 1);
    } else {
        RETVAL_STRINGL(haystack + (found - s.haystack), len - (found - s.haystack), 1);
    }
    search_end(&s);
}

PHP_FUNCTION(strstr)
{
    find_part(INTERNAL_FUNCTION_PARAM_PASSTHRU, false);
}

PHP_FUNCTION(stristr)
{
    find_part(INTERNAL_FUNCTION_PARAM_PASSTHRU, true);
}

PHP_FUNCTION(strrchr)
{
    char *haystack;
    int len;
    zval *needle;
    const char *text, *found;
    int text_len;
    char ch[2];

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sz", &haystack, &len, &needle) == FAILURE) {
        return;
    }
    if (!take_needle(needle, ch, &text, &text_len)) {
        RETURN_FALSE;
    }
    found = zend_memrchr(haystack, *text, (size_t) len);
    if (!found) {
        RETURN_FALSE;
    }
    RETURN_STRINGL(found, len - (found - haystack), 1);
}

PHP_FUNCTION(strpbrk)
{
    char *haystack, *list;
    int len, list_len, i;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss", &haystack, &len, &list, &list_len)
        == FAILURE) {
        RETURN_FALSE;
    }
    if (list_len == 0) {
        php_error_docref(NULL, E_WARNING, "The character list cannot be empty");
        RETURN_FALSE;
    }
    for (i = 0; i < len; i++) {
        if (memchr(list, haystack[i], (size_t) list_len)) {
            RETURN_STRINGL(haystack + i, len - i, 1);
        }
    }
    RETURN_FALSE;
}

/* ---- Spans -------------------------------------------------------------------------------- */

/* Counts the bytes from the start that are (in_list 1) or are not (0) in the list. */
static void string_span(INTERNAL_FUNCTION_PARAMETERS, int in_list)
{
    char *str, *list, mask[256] = { 0 };
    int str_len, list_len, i;
    long start = 0, len = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss|ll", &str, &str_len, &list, &list_len, &start,
            &len) == FAILURE) {
        return;
    }
    if (ZEND_NUM_ARGS() < 4) {
        len = str_len;
    }
    if (start < 0) {
        start = MAX(start + str_len, 0);
    } else if (start > str_len) {
        RETURN_FALSE;
    }
    if (len < 0) {
        len = MAX(len + str_len - start, 0);
    }
    len = MIN(len, str_len - start);
    for (i = 0; i < list_len; i++) {
        mask[(unsigned char) list[i]] = 1;
    }
    for (i = 0; i < len && mask[(unsigned char) str[start + i]] == in_list; i++) {
    }
    RETURN_LONG(i);
}

PHP_FUNCTION(strspn)
{
    string_span(INTERNAL_FUNCTION_PARAM_PASSTHRU, 1);
}

PHP_FUNCTION(strcspn)
{
    string_span(INTERNAL_FUNCTION_PARAM_PASSTHRU, 0);
}

PHP_FUNCTION(count_chars)
{
    char *str, found[256];
    int len, i, found_len = 0;
    long mode = 0, counts[256] = { 0 };

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|l", &str, &len, &mode) == FAILURE) {
        return;
    }
    if (mode < 0 || mode > 4) {
        php_error_docref(NULL, E_WARNING, "Unknown mode");
        RETURN_FALSE;
    }
    for (i = 0; i < len; i++) {
        counts[(unsigned char) str[i]]++;
    }
    if (mode < 3) {
        array_init(return_value);
    }
    for (i = 0; i < 256; i++) {
        bool wanted = mode == 0 || (mode % 2 == 1) == (counts[i] != 0);

        if (wanted && mode < 3) {
            add_index_long(return_value, (ulong) i, counts[i]);
        } else if (wanted) {
            found[found_len++] = (char) i;
        }
    }
    if (mode >= 3) {
        RETURN_STRINGL(found, found_len, 1);
    }
}

static const zend_function_entry string_search_functions[] = {
    PHP_FE(strpos, "$haystack, $needle, [$offset]", "Returns the first place of the needle.")
    PHP_FE(stripos, "$haystack, $needle, [$offset]", "As strpos(), without case.")
    PHP_FE(strrpos, "$haystack, $needle, [$offset]", "Returns the last place of the needle.")
    PHP_FE(strripos, "$haystack, $needle, [$offset]", "As strrpos(), without case.")
    PHP_FE(strstr, "$haystack, $needle, [$part]", "Returns the string from the needle on.")
    PHP_FALIAS(strchr, strstr, "$haystack, $needle, [$part]", "The same as strstr().")
    PHP_FE(stristr, "$haystack, $needle, [$part]", "As strstr(), without case.")
    PHP_FE(strrchr, "$haystack, $needle", "Returns the string from a character's last place on.")
    PHP_FE(strpbrk, "$haystack, [$char_list]", "Returns the string from a listed character on.")
    PHP_FE(strspn, "$str, $mask, [$start], [$len]", "Counts listed characters at the start.")
    PHP_FE(strcspn, "$str, $mask, [$start], [$len]", "Counts unlisted characters at the start.")
    PHP_FE(count_chars, "$input, [$mode]", "Counts how often each byte occurs.")
    PHP_FE_END
};

const php_standard_part standard_string_search_part = { .functions = string_search_functions };
