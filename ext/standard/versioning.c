/* SPDX-License-Identifier: MIT */
/*
 * version_compare(): "5.6.13" after "5.6.9", "1.0rc1" before "1.0".
 *
 * Both versions are brought into one form, in which dots part every run of digits from every
 * other run; then they compare part by part, numbers as numbers and words by their rank.
 */
#include <ctype.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

/* "1.0-rc1" -> "1.0.rc.1". emalloc'ed. */
static char *canonical_version(const char *version)
{
    size_t len = strlen(version);
    char *result = safe_emalloc(len, 2, 1), *out = result;
    const char *p;

    if (len == 0) {
        *out = '\0';
        return result;
    }
    *out++ = *version;
    for (p = version + 1; *p; p++) {
        char last = p[-1];
        bool is_separator = strchr("-_+", *p) != NULL;
        bool changes = (!isdigit((unsigned char) last) && last != '.'
                && isdigit((unsigned char) *p))
            || (isdigit((unsigned char) last) && !isdigit((unsigned char) *p));

        if (is_separator) {
            if (out[-1] != '.') {
                *out++ = '.';
            }
        } else if (changes) {
            if (out[-1] != '.') {
                *out++ = '.';
            }
            if (*p != '.') {
                *out++ = *p;
            }
        } else if (!isalnum((unsigned char) *p)) {
            if (out[-1] != '.') {
                *out++ = '.';
            }
        } else {
            *out++ = *p;
        }
    }
    *out = '\0';
    return result;
}

/* The rank of a word; a number's is that of "#". Unknown words are lowest. */
static int word_rank(const char *word)
{
    static const struct {
        const char *name;
        int rank;
    } ranks[] = {
        { "dev", 0 }, { "alpha", 1 }, { "a", 1 }, { "beta", 2 }, { "b", 2 }, { "RC", 3 },
        { "rc", 3 }, { "#", 4 }, { "pl", 5 }, { "p", 5 },
    };
    size_t i;

    for (i = 0; i < sizeof(ranks) / sizeof(*ranks); i++) {
        if (strncmp(word, ranks[i].name, strlen(ranks[i].name)) == 0) {
            return ranks[i].rank;
        }
    }
    return -1;
}

static int sign(long number)
{
    return number < 0 ? -1 : number > 0;
}

static int compare_words(const char *a, const char *b)
{
    return sign(word_rank(a) - word_rank(b));
}

static int compare_parts(const char *a, const char *b)
{
    bool a_number = isdigit((unsigned char) *a), b_number = isdigit((unsigned char) *b);

    if (a_number && b_number) {
        long x = strtol(a, NULL, 10), y = strtol(b, NULL, 10);

        return x < y ? -1 : x > y;
    }
    return compare_words(a_number ? "#N#" : a, b_number ? "#N#" : b);
}

int php_version_compare(const char *orig_ver1, const char *orig_ver2)
{
    char *ver1, *ver2, *a, *b;
    int result = 0;

    if (!*orig_ver1 || !*orig_ver2) {
        return !*orig_ver1 && !*orig_ver2 ? 0 : *orig_ver1 ? 1 : -1;
    }
    ver1 = orig_ver1[0] == '#' ? estrdup(orig_ver1) : canonical_version(orig_ver1);
    ver2 = orig_ver2[0] == '#' ? estrdup(orig_ver2) : canonical_version(orig_ver2);
    a = ver1;
    b = ver2;
    while (result == 0 && a && *a && b && *b) {
        char *a_dot = strchr(a, '.'), *b_dot = strchr(b, '.');

        if (a_dot) {
            *a_dot = '\0';
        }
        if (b_dot) {
            *b_dot = '\0';
        }
        result = compare_parts(a, b);
        a = a_dot ? a_dot + 1 : NULL;
        b = b_dot ? b_dot + 1 : NULL;
    }
    /* What is longer is later, unless what it has more is a word like "rc". */
    if (result == 0 && a) {
        result = isdigit((unsigned char) *a) ? 1 : php_version_compare(a, "#N#");
    } else if (result == 0 && b) {
        result = isdigit((unsigned char) *b) ? -1 : php_version_compare("#N#", b);
    }
    efree(ver1);
    efree(ver2);
    return result;
}

/* Does the comparison's result satisfy the operator? -1: there is no such operator. */
static int version_operator(const char *op, size_t len, int result)
{
    static const struct {
        const char *name, *sign;
        bool less, equal, greater;
    } operators[] = {
        { "lt", "<", true, false, false }, { "le", "<=", true, true, false },
        { "gt", ">", false, false, true }, { "ge", ">=", false, true, true },
        { "eq", "==", false, true, false }, { "ne", "!=", true, false, true },
        { "ne", "<>", true, false, true },
    };
    size_t i;

    /* Beginnings of the names do as well. */
    for (i = 0; i < sizeof(operators) / sizeof(*operators); i++) {
        if (strncmp(op, operators[i].sign, len) == 0 || strncmp(op, operators[i].name, len) == 0) {
            return result < 0 ? operators[i].less : result > 0 ? operators[i].greater
                : operators[i].equal;
        }
    }
    return -1;
}

PHP_FUNCTION(version_compare)
{
    char *v1, *v2, *op = NULL;
    int v1_len, v2_len, op_len = 0, result, satisfied;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss|s", &v1, &v1_len, &v2, &v2_len, &op, &op_len)
        == FAILURE) {
        return;
    }
    result = php_version_compare(v1, v2);
    if (!op) {
        RETURN_LONG(result);
    }
    satisfied = version_operator(op, (size_t) op_len, result);
    if (satisfied < 0) {
        RETURN_NULL();
    }
    RETURN_BOOL(satisfied);
}

static const zend_function_entry versioning_functions[] = {
    PHP_FE(version_compare, "$ver1, $ver2, [$oper]", "Compares two versions.")
    PHP_FE_END
};

const php_standard_part standard_versioning_part = { .functions = versioning_functions };
