/* SPDX-License-Identifier: MIT */
/* Finding one string in another: mb_strpos() and its many kin. */
#include "ext/mbstring/php_mbstring.h"

/* Where needle is in haystack[from..to), or -1; from the end with `last`. */
static long find(const mb_text *haystack, const mb_text *needle, size_t from, size_t to, bool last)
{
    size_t size = needle->count * sizeof(uint32_t), i, places;

    if (to > haystack->count || needle->count > to || from > to - needle->count) {
        return -1;
    }
    places = to - needle->count - from + 1;
    for (i = 0; i < places; i++) {
        size_t place = last ? from + places - 1 - i : from + i;
        if (!memcmp(haystack->chars + place, needle->chars, size)) {
            return (long) place;
        }
    }
    return -1;
}

/* The two strings of a call, decoded (and folded, if case does not count). */
typedef struct _mb_pair {
    const mb_encoding *encoding;
    mb_text haystack, needle;
} mb_pair;

static void pair_begin(mb_pair *pair, const char *haystack, int haystack_length,
    const char *needle, int needle_length, bool fold)
{
    pair->haystack = mb_decode(pair->encoding, haystack, (size_t) haystack_length);
    pair->needle = mb_decode(pair->encoding, needle, (size_t) needle_length);
    if (fold) {
        mb_fold_case(&pair->haystack);
        mb_fold_case(&pair->needle);
    }
}

static void pair_end(mb_pair *pair)
{
    mb_text_free(&pair->haystack);
    mb_text_free(&pair->needle);
}

/* --- First position ------------------------------------------------------------------------ */

static void first_position(INTERNAL_FUNCTION_PARAMETERS, bool fold)
{
    char *haystack, *needle, *name = NULL;
    int haystack_length, needle_length, name_length;
    long offset = 0, place;
    mb_pair pair;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss|ls!", &haystack, &haystack_length, &needle,
            &needle_length, &offset, &name, &name_length) == FAILURE) {
        RETURN_FALSE;
    }
    pair.encoding = mb_encoding_argument(name);
    if (!pair.encoding) {
        RETURN_FALSE;
    }
    if (offset < 0
        || (size_t) offset > mb_count(pair.encoding, haystack, (size_t) haystack_length)) {
        php_error_docref(NULL, E_WARNING, "Offset not contained in string");
        RETURN_FALSE;
    }
    if (needle_length == 0) {
        php_error_docref(NULL, E_WARNING, "Empty delimiter");
        RETURN_FALSE;
    }
    pair_begin(&pair, haystack, haystack_length, needle, needle_length, fold);
    place = find(&pair.haystack, &pair.needle, (size_t) offset, pair.haystack.count, false);
    pair_end(&pair);
    if (place < 0) {
        RETURN_FALSE;
    }
    RETURN_LONG(place);
}

PHP_FUNCTION(mb_strpos)
{
    first_position(INTERNAL_FUNCTION_PARAM_PASSTHRU, false);
}

PHP_FUNCTION(mb_stripos)
{
    first_position(INTERNAL_FUNCTION_PARAM_PASSTHRU, true);
}

/* --- Last position ------------------------------------------------------------------------- */

/* With a negative offset the needle must begin that far from the end or before. */
static long find_last(const mb_pair *pair, long offset)
{
    size_t count = pair->haystack.count, to = count;

    if (offset >= 0) {
        return find(&pair->haystack, &pair->needle, (size_t) offset, count, true);
    }
    if ((size_t) -offset > pair->needle.count) {
        to = count - (size_t) -offset + pair->needle.count;
    }
    return find(&pair->haystack, &pair->needle, 0, to, true);
}

static void last_position(INTERNAL_FUNCTION_PARAMETERS, bool fold)
{
    char *haystack, *needle, *name = NULL;
    int haystack_length, needle_length, name_length;
    long offset = 0, place = -1, count;
    mb_pair pair;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss|ls!", &haystack, &haystack_length, &needle,
            &needle_length, &offset, &name, &name_length) == FAILURE) {
        RETURN_FALSE;
    }
    pair.encoding = mb_encoding_argument(name);
    if (!pair.encoding || haystack_length == 0 || needle_length == 0) {
        RETURN_FALSE;
    }
    count = (long) mb_count(pair.encoding, haystack, (size_t) haystack_length);
    if (offset > count || offset < -count) {
        php_error_docref(NULL, E_WARNING,
            "Offset is greater than the length of haystack string");
        RETURN_FALSE;
    }
    pair_begin(&pair, haystack, haystack_length, needle, needle_length, fold);
    place = find_last(&pair, offset);
    pair_end(&pair);
    if (place < 0) {
        RETURN_FALSE;
    }
    RETURN_LONG(place);
}

PHP_FUNCTION(mb_strrpos)
{
    last_position(INTERNAL_FUNCTION_PARAM_PASSTHRU, false);
}

PHP_FUNCTION(mb_strripos)
{
    last_position(INTERNAL_FUNCTION_PARAM_PASSTHRU, true);
}

/* --- Parts --------------------------------------------------------------------------------- */

static void part_of_haystack(INTERNAL_FUNCTION_PARAMETERS, bool last, bool fold)
{
    char *haystack, *needle, *name = NULL;
    int haystack_length, needle_length, name_length;
    zend_bool before = 0;
    long place;
    mb_pair pair;
    mb_text original;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss|bs!", &haystack, &haystack_length, &needle,
            &needle_length, &before, &name, &name_length) == FAILURE) {
        RETURN_FALSE;
    }
    pair.encoding = mb_encoding_argument(name);
    if (!pair.encoding) {
        RETURN_FALSE;
    }
    if (needle_length == 0) {
        if (!last) {
            php_error_docref(NULL, E_WARNING, "Empty delimiter");
        }
        RETURN_FALSE;
    }
    pair_begin(&pair, haystack, haystack_length, needle, needle_length, fold);
    place = find(&pair.haystack, &pair.needle, 0, pair.haystack.count, last);
    pair_end(&pair);
    if (place < 0) {
        RETURN_FALSE;
    }
    original = mb_decode(pair.encoding, haystack, (size_t) haystack_length);
    if (before) {
        mb_return(return_value, pair.encoding, &original, 0, (size_t) place);
    } else {
        mb_return(return_value, pair.encoding, &original, (size_t) place, original.count);
    }
    mb_text_free(&original);
}

PHP_FUNCTION(mb_strstr)
{
    part_of_haystack(INTERNAL_FUNCTION_PARAM_PASSTHRU, false, false);
}

PHP_FUNCTION(mb_strrchr)
{
    part_of_haystack(INTERNAL_FUNCTION_PARAM_PASSTHRU, true, false);
}

PHP_FUNCTION(mb_stristr)
{
    part_of_haystack(INTERNAL_FUNCTION_PARAM_PASSTHRU, false, true);
}

PHP_FUNCTION(mb_strrichr)
{
    part_of_haystack(INTERNAL_FUNCTION_PARAM_PASSTHRU, true, true);
}

PHP_FUNCTION(mb_substr_count)
{
    char *haystack, *needle, *name = NULL;
    int haystack_length, needle_length, name_length;
    long count = 0, place;
    size_t from = 0;
    mb_pair pair;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss|s!", &haystack, &haystack_length, &needle,
            &needle_length, &name, &name_length) == FAILURE) {
        return;
    }
    pair.encoding = mb_encoding_argument(name);
    if (!pair.encoding) {
        RETURN_FALSE;
    }
    if (needle_length == 0) {
        php_error_docref(NULL, E_WARNING, "Empty substring");
        RETURN_FALSE;
    }
    pair_begin(&pair, haystack, haystack_length, needle, needle_length, false);
    while ((place = find(&pair.haystack, &pair.needle, from, pair.haystack.count, false)) >= 0) {
        count++;
        from = (size_t) place + pair.needle.count;
        if (pair.needle.count == 0) {
            break;
        }
    }
    pair_end(&pair);
    RETURN_LONG(count);
}
