/* SPDX-License-Identifier: MIT */
/*
 * How alike strings are: similar_text(), levenshtein(), soundex().
 *
 * similar_text() takes the longest common part, then does the same left and right of it;
 * levenshtein() fills the usual table, of which it keeps two rows. metaphone() has a file of its
 * own.
 */
#include <ctype.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

/* The longest common part, the first of several; its length. */
static int longest_common_part(const char *a, int a_len, const char *b, int b_len, int *a_pos,
    int *b_pos)
{
    int best = 0, i, j;

    for (i = 0; i + best < a_len; i++) {
        for (j = 0; j + best < b_len; j++) {
            int n = 0;

            while (i + n < a_len && j + n < b_len && a[i + n] == b[j + n]) {
                n++;
            }
            if (n > best) {
                best = n;
                *a_pos = i;
                *b_pos = j;
            }
        }
    }
    return best;
}

static int similar_bytes(const char *a, int a_len, const char *b, int b_len)
{
    int total = 0;

    zend_stack_guard();
    /* What is right of the common part is done by the loop, what is left of it by recursion. */
    while (a_len > 0 && b_len > 0) {
        int a_pos = 0, b_pos = 0;
        int n = longest_common_part(a, a_len, b, b_len, &a_pos, &b_pos);

        if (n == 0) {
            break;
        }
        total += n + similar_bytes(a, a_pos, b, b_pos);
        a += a_pos + n;
        a_len -= a_pos + n;
        b += b_pos + n;
        b_len -= b_pos + n;
    }
    return total;
}

PHP_FUNCTION(similar_text)
{
    char *a, *b;
    int a_len, b_len, similar;
    zval **percent = NULL;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss|Z", &a, &a_len, &b, &b_len, &percent)
        == FAILURE) {
        return;
    }
    if (percent) {
        convert_to_double_ex(percent);
    }
    similar = similar_bytes(a, a_len, b, b_len);
    if (percent) {
        Z_DVAL_PP(percent) = a_len + b_len ? similar * 2.0 * 100.0 / (a_len + b_len) : 0;
    }
    RETURN_LONG(similar);
}

/* ---- levenshtein() ------------------------------------------------------------------------ */

#define LEVENSHTEIN_MAX_LENGTH 255

/* The cheapest way from a to b; -1 when a string is too long. */
static long edit_distance(const char *a, int a_len, const char *b, int b_len, long insert,
    long replace, long delete)
{
    long rows[2][LEVENSHTEIN_MAX_LENGTH + 1];
    long *above = rows[0], *row = rows[1], *swap;
    int i, j;

    if (a_len == 0) {
        return b_len * insert;
    }
    if (b_len == 0) {
        return a_len * delete;
    }
    if (a_len > LEVENSHTEIN_MAX_LENGTH || b_len > LEVENSHTEIN_MAX_LENGTH) {
        return -1;
    }
    for (j = 0; j <= b_len; j++) {
        above[j] = j * insert;
    }
    for (i = 0; i < a_len; i++) {
        row[0] = above[0] + delete;
        for (j = 0; j < b_len; j++) {
            long cost = above[j] + (a[i] == b[j] ? 0 : replace);

            cost = MIN(cost, above[j + 1] + delete);
            row[j + 1] = MIN(cost, row[j] + insert);
        }
        swap = above;
        above = row;
        row = swap;
    }
    return above[b_len];
}

PHP_FUNCTION(levenshtein)
{
    char *a, *b, *callback;
    int a_len, b_len, callback_len;
    long insert = 1, replace = 1, delete = 1, distance = -1;

    switch (ZEND_NUM_ARGS()) {
    case 2:
    case 5:
        if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss|lll", &a, &a_len, &b, &b_len, &insert,
                &replace, &delete) == FAILURE) {
            return;
        }
        distance = edit_distance(a, a_len, b, b_len, insert, replace, delete);
        if (distance < 0) {
            php_error_docref(NULL, E_WARNING, "Argument string(s) too long");
        }
        break;
    case 3:
        if (zend_parse_parameters(ZEND_NUM_ARGS(), "sss", &a, &a_len, &b, &b_len, &callback,
                &callback_len) == FAILURE) {
            return;
        }
        php_error_docref(NULL, E_WARNING, "The general Levenshtein support is not there yet");
        break;
    default:
        WRONG_PARAM_COUNT;
    }
    RETURN_LONG(distance);
}

/* ---- soundex() ---------------------------------------------------------------------------- */

PHP_FUNCTION(soundex)
{
    /* A to Z: '0' has no sound, and parts equal sounds. */
    static const char sounds[] = "01230120022455012623010202";
    char *str, code[4] = { '0', '0', '0', '0' };
    int len, i, filled = 0;
    char last = '\0';

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &str, &len) == FAILURE) {
        return;
    }
    for (i = 0; i < len && filled < 4; i++) {
        int letter = toupper((unsigned char) str[i]);
        char sound;

        if (letter < 'A' || letter > 'Z') {
            continue;
        }
        sound = sounds[letter - 'A'];
        if (filled == 0) {
            code[filled++] = (char) letter;
        } else if (sound != last && sound != '0') {
            code[filled++] = sound;
        }
        last = sound;
    }
    if (len == 0) {
        RETURN_EMPTY_STRING();
    }
    RETURN_STRINGL(code, 4, 1);
}

static const zend_function_entry string_similarity_functions[] = {
    PHP_FE(similar_text, "$str1, $str2, [&$percent]", "Counts the bytes in common, and in percent.")
    PHP_FE(levenshtein, "$str1, $str2, [$cost_ins], [$cost_rep], [$cost_del]",
        "Returns the cost of turning one string into the other.")
    PHP_FE(soundex, "$str", "Returns a code for the sound of an English name.")
    PHP_FE_END
};

const php_standard_part standard_string_similarity_part = {
    .functions = string_similarity_functions,
};
