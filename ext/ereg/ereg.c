/* SPDX-License-Identifier: MIT */
/*
 * The module `ereg`: POSIX extended regular expressions, long deprecated.
 *
 * They are the C library's, which knows no NUL inside of texts. A pattern or replacement that is
 * not a string is the character of that number.
 */
#include "main/php.h"

#include <ctype.h>
#include <regex.h>

#include "data/smart_str.h"

#define MAX_REFERENCE 9 /* \0 to \9 */

/* Names of regcomp()'s and regexec()'s errors, as warnings show them. */
static const char *error_name(int error)
{
    switch (error) {
    case REG_NOMATCH:
        return "REG_NOMATCH";
    case REG_ECOLLATE:
        return "REG_ECOLLATE";
    case REG_ECTYPE:
        return "REG_ECTYPE";
    case REG_EESCAPE:
        return "REG_EESCAPE";
    case REG_ESUBREG:
        return "REG_ESUBREG";
    case REG_EBRACK:
        return "REG_EBRACK";
    case REG_EPAREN:
        return "REG_EPAREN";
    case REG_EBRACE:
        return "REG_EBRACE";
    case REG_BADBR:
        return "REG_BADBR";
    case REG_ERANGE:
        return "REG_ERANGE";
    case REG_ESPACE:
        return "REG_ESPACE";
    case REG_BADRPT:
        return "REG_BADRPT";
    default:
        return "REG_BADPAT";
    }
}

static void report_error(int error)
{
    php_error_docref(NULL, E_WARNING, "%s", error_name(error));
}

/* Compiles; false after a warning. */
static bool compile(regex_t *re, const char *pattern, int flags)
{
    int error;

    if (!*pattern) {
        php_error_docref(NULL, E_WARNING, "REG_EMPTY");
        return false;
    }
    error = regcomp(re, pattern, REG_EXTENDED | flags);
    if (error) {
        report_error(error);
    }
    return error == 0;
}

/* Makes the argument a string: other values are a character's number. */
static void convert_to_pattern(zval *argument)
{
    if (Z_TYPE_P(argument) != IS_STRING) {
        char c;

        convert_to_long(argument);
        c = (char) Z_LVAL_P(argument);
        ZVAL_STRINGL(argument, &c, 1, 1);
    }
}

/* --- Matching ------------------------------------------------------------------------------ */

static void fill_registers(zval *registers, const char *text, const regmatch_t *groups,
    size_t count)
{
    size_t i;

    zval_dtor(registers);
    array_init(registers);
    for (i = 0; i < count; i++) {
        if (groups[i].rm_so >= 0) {
            add_index_stringl(registers, i, text + groups[i].rm_so,
                (uint) (groups[i].rm_eo - groups[i].rm_so), 1);
        } else {
            add_index_bool(registers, i, 0);
        }
    }
}

static void match_function(INTERNAL_FUNCTION_PARAMETERS, int flags)
{
    zval *pattern, *registers = NULL;
    char *text;
    int length, error;
    regex_t re;
    regmatch_t *groups;
    size_t count;
    long matched = 1;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z/s|z", &pattern, &text, &length, &registers)
        == FAILURE) {
        return;
    }
    convert_to_pattern(pattern);
    if (!compile(&re, Z_STRVAL_P(pattern), registers ? flags : flags | REG_NOSUB)) {
        RETURN_FALSE;
    }
    count = registers ? re.re_nsub + 1 : 0; /* with REG_NOSUB the library does not count */
    groups = safe_emalloc(count, sizeof(regmatch_t), 1);
    error = regexec(&re, text, count, groups, 0);
    if (error == 0 && registers) {
        /* The registers may be the text's own variable. */
        text = estrndup(text, (uint) length);
        fill_registers(registers, text, groups, count);
        efree(text);
        matched = groups[0].rm_eo - groups[0].rm_so;
    } else if (error && error != REG_NOMATCH) {
        report_error(error);
    }
    efree(groups);
    regfree(&re);
    if (error) {
        RETURN_FALSE;
    }
    RETURN_LONG(matched ? matched : 1);
}

PHP_FUNCTION(ereg)
{
    match_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, 0);
}

PHP_FUNCTION(eregi)
{
    match_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, REG_ICASE);
}

/* --- Replacing ----------------------------------------------------------------------------- */

/* Appends the replacement with \0 to \9 resolved. */
static void append_replacement(smart_str *result, const char *replacement, const char *text,
    const regmatch_t *groups, size_t count)
{
    const char *p;

    for (p = replacement; *p; p++) {
        size_t group = (size_t) (p[0] == '\\' ? p[1] - '0' : -1);

        if (p[0] == '\\' && group <= MAX_REFERENCE && group < count) {
            if (groups[group].rm_so >= 0) {
                smart_str_appendl(result, text + groups[group].rm_so,
                    (size_t) (groups[group].rm_eo - groups[group].rm_so));
            }
            p++;
        } else {
            smart_str_appendc(result, *p);
        }
    }
}

/* Appends the text with all matches replaced; regexec()'s last answer. */
static int replace_all(smart_str *result, const regex_t *re, const char *text,
    const char *replacement)
{
    size_t count = re->re_nsub + 1;
    regmatch_t *groups = safe_emalloc(count, sizeof(regmatch_t), 0);
    const char *p = text;
    int error = 0;

    while ((error = regexec(re, p, count, groups, p > text ? REG_NOTBOL : 0)) == 0) {
        smart_str_appendl(result, p, (size_t) groups[0].rm_so);
        append_replacement(result, replacement, p, groups, count);
        p += groups[0].rm_eo;
        if (groups[0].rm_so == groups[0].rm_eo) {
            if (!*p) {
                error = REG_NOMATCH;
                break;
            }
            smart_str_appendc(result, *p++);
        }
    }
    smart_str_appends(result, p);
    efree(groups);
    return error;
}

static void replace_function(INTERNAL_FUNCTION_PARAMETERS, int flags)
{
    zval *pattern, *replacement;
    char *text;
    int length, error;
    regex_t re;
    smart_str result = {NULL, 0, 0};

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z/z/s", &pattern, &replacement, &text, &length)
        == FAILURE) {
        return;
    }
    convert_to_pattern(pattern);
    convert_to_pattern(replacement);
    if (!compile(&re, Z_STRVAL_P(pattern), flags)) {
        RETURN_FALSE;
    }
    error = replace_all(&result, &re, text, Z_STRVAL_P(replacement));
    regfree(&re);
    if (error != REG_NOMATCH) {
        report_error(error);
        RETVAL_FALSE;
    } else {
        RETVAL_STRINGL(result.c ? result.c : "", result.len, 1);
    }
    smart_str_free(&result);
}

PHP_FUNCTION(ereg_replace)
{
    replace_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, 0);
}

PHP_FUNCTION(eregi_replace)
{
    replace_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, REG_ICASE);
}

/* --- Splitting ----------------------------------------------------------------------------- */

static void split_function(INTERNAL_FUNCTION_PARAMETERS, int flags)
{
    char *pattern, *text;
    int pattern_length, length, error = 0;
    long limit = -1;
    regex_t re;
    regmatch_t match;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss|l", &pattern, &pattern_length, &text, &length,
            &limit) == FAILURE) {
        return;
    }
    if (!compile(&re, pattern, flags)) {
        RETURN_FALSE;
    }
    array_init(return_value);
    while ((limit == -1 || limit > 1) && (error = regexec(&re, text, 1, &match, 0)) == 0) {
        if (match.rm_eo == 0) {
            php_error_docref(NULL, E_WARNING, "Invalid Regular Expression");
            regfree(&re);
            zval_dtor(return_value);
            RETURN_FALSE;
        }
        add_next_index_stringl(return_value, text, (uint) match.rm_so, 1);
        text += match.rm_eo;
        if (limit != -1) {
            limit--;
        }
    }
    regfree(&re);
    if (error && error != REG_NOMATCH) {
        report_error(error);
        zval_dtor(return_value);
        RETURN_FALSE;
    }
    add_next_index_string(return_value, text, 1);
}

PHP_FUNCTION(split)
{
    split_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, 0);
}

PHP_FUNCTION(spliti)
{
    split_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, REG_ICASE);
}

PHP_FUNCTION(sql_regcase)
{
    char *text, *out, *result;
    int length, i;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &text, &length) == FAILURE) {
        return;
    }
    result = out = safe_emalloc((size_t) length, 4, 1);
    for (i = 0; i < length; i++) {
        unsigned char c = (unsigned char) text[i];

        if (isalpha(c)) {
            *out++ = '[';
            *out++ = (char) toupper(c);
            *out++ = (char) tolower(c);
            *out++ = ']';
        } else {
            *out++ = (char) c;
        }
    }
    *out = '\0';
    RETURN_STRINGL(erealloc(result, (size_t) (out - result) + 1), out - result, 0);
}

static const zend_function_entry ereg_functions[] = {
    PHP_DEP_FE(ereg, "$pattern, $string, [&$registers]", "Matches a pattern.")
    PHP_DEP_FE(ereg_replace, "$pattern, $replacement, $string", "Replaces matches.")
    PHP_DEP_FE(eregi, "$pattern, $string, [&$registers]", "Matches a pattern without case.")
    PHP_DEP_FE(eregi_replace, "$pattern, $replacement, $string", "Replaces without case.")
    PHP_DEP_FE(split, "$pattern, $string, [$limit]", "Splits a string at matches.")
    PHP_DEP_FE(spliti, "$pattern, $string, [$limit]", "Splits at matches without case.")
    PHP_DEP_FE(sql_regcase, "$string", "Returns a pattern that matches without case.")
    PHP_FE_END
};

zend_module_entry ereg_module_entry = {
    STANDARD_MODULE_HEADER,
    "ereg",
    ereg_functions,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    PHP_VERSION,
    STANDARD_MODULE_PROPERTIES,
};
