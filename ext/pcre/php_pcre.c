/* SPDX-License-Identifier: MIT */
/* The module `pcre`: its directives, constants and table of functions; preg_quote(). */
#include "ext/pcre/php_pcre_internal.h"

zend_pcre_globals pcre_globals;

PHP_INI_BEGIN()
    STD_PHP_INI_ENTRY("pcre.backtrack_limit", "1000000", PHP_INI_ALL, OnUpdateLong,
        backtrack_limit, zend_pcre_globals, pcre_globals)
    STD_PHP_INI_ENTRY("pcre.recursion_limit", "100000", PHP_INI_ALL, OnUpdateLong,
        recursion_limit, zend_pcre_globals, pcre_globals)
PHP_INI_END()

PHP_FUNCTION(preg_last_error)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_LONG(PCRE_G(error_code));
}

/* Appends c as a pattern would have it to mean itself. */
static char *quote_char(char *out, char c, char delimiter)
{
    if (c == '\0') {
        memcpy(out, "\\000", 4);
        return out + 4;
    }
    if (strchr(".\\+*?[^]$(){}=!><|:-", c) || (delimiter && c == delimiter)) {
        *out++ = '\\';
    }
    *out++ = c;
    return out;
}

PHP_FUNCTION(preg_quote)
{
    char *text, *delimiter = NULL, *result, *out;
    int length, delimiter_length = 0, i;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|s", &text, &length, &delimiter,
            &delimiter_length) == FAILURE) {
        return;
    }
    if (length == 0) {
        RETURN_EMPTY_STRING();
    }
    result = out = safe_emalloc(4, (size_t) length, 1);
    for (i = 0; i < length; i++) {
        out = quote_char(out, text[i], delimiter_length ? *delimiter : '\0');
    }
    *out = '\0';
    RETURN_STRINGL(erealloc(result, (size_t) (out - result) + 1), out - result, 0);
}

static PHP_MINIT_FUNCTION(pcre)
{
    static const struct {
        const char *name;
        long value;
    } constants[] = {
        {"PREG_PATTERN_ORDER", PREG_PATTERN_ORDER},
        {"PREG_SET_ORDER", PREG_SET_ORDER},
        {"PREG_OFFSET_CAPTURE", PREG_OFFSET_CAPTURE},
        {"PREG_SPLIT_NO_EMPTY", PREG_SPLIT_NO_EMPTY},
        {"PREG_SPLIT_DELIM_CAPTURE", PREG_SPLIT_DELIM_CAPTURE},
        {"PREG_SPLIT_OFFSET_CAPTURE", PREG_SPLIT_OFFSET_CAPTURE},
        {"PREG_GREP_INVERT", PREG_GREP_INVERT},
        {"PREG_NO_ERROR", PHP_PCRE_NO_ERROR},
        {"PREG_INTERNAL_ERROR", PHP_PCRE_INTERNAL_ERROR},
        {"PREG_BACKTRACK_LIMIT_ERROR", PHP_PCRE_BACKTRACK_LIMIT_ERROR},
        {"PREG_RECURSION_LIMIT_ERROR", PHP_PCRE_RECURSION_LIMIT_ERROR},
        {"PREG_BAD_UTF8_ERROR", PHP_PCRE_BAD_UTF8_ERROR},
        {"PREG_BAD_UTF8_OFFSET_ERROR", PHP_PCRE_BAD_UTF8_OFFSET_ERROR},
    };
    char version[64] = "";
    size_t i;

    REGISTER_INI_ENTRIES();
    php_pcre_cache_startup();
    for (i = 0; i < sizeof(constants) / sizeof(*constants); i++) {
        zend_register_long_constant(constants[i].name, (uint) strlen(constants[i].name) + 1,
            constants[i].value, CONST_CS | CONST_PERSISTENT, module_number);
    }
    pcre2_config(PCRE2_CONFIG_VERSION, version);
    REGISTER_STRING_CONSTANT("PCRE_VERSION", version, CONST_CS | CONST_PERSISTENT);
    return SUCCESS;
}

static PHP_MSHUTDOWN_FUNCTION(pcre)
{
    UNREGISTER_INI_ENTRIES();
    php_pcre_cache_shutdown();
    php_pcre_exec_shutdown();
    return SUCCESS;
}

static PHP_RINIT_FUNCTION(pcre)
{
    PCRE_G(error_code) = PHP_PCRE_NO_ERROR;
    php_pcre_exec_reset();
    return SUCCESS;
}

/* When the request's objects are gone, and with them those that hold a pattern. */
static int finish_request(void)
{
    php_pcre_cache_let_go();
    return SUCCESS;
}

static PHP_MINFO_FUNCTION(pcre)
{
    DISPLAY_INI_ENTRIES();
}

static const zend_function_entry pcre_functions[] = {
    PHP_FE(preg_match, "$pattern, $subject, [&$subpatterns], [$flags], [$offset]",
        "Tells whether the pattern matches, and gives the first match's groups.")
    PHP_FE(preg_match_all, "$pattern, $subject, [&$subpatterns], [$flags], [$offset]",
        "Counts all matches and gives their groups.")
    PHP_FE(preg_replace, "$regex, $replace, $subject, [$limit], [&$count]",
        "Replaces matches by a text with references to groups.")
    PHP_FE(preg_replace_callback, "$regex, $callback, $subject, [$limit], [&$count]",
        "Replaces matches by what a callback returns.")
    PHP_FE(preg_filter, "$regex, $replace, $subject, [$limit], [&$count]",
        "Replaces as preg_replace() and returns only subjects in which something matched.")
    PHP_FE(preg_split, "$pattern, $subject, [$limit], [$flags]",
        "Splits a string at the matches of a pattern.")
    PHP_FE(preg_quote, "$str, [$delim_char]", "Escapes what has a meaning in patterns.")
    PHP_FE(preg_grep, "$regex, $input, [$flags]", "Returns the elements that match.")
    PHP_FE(preg_last_error, "", "Returns why the last function failed, a PREG_*_ERROR.")
    PHP_FE_END
};

zend_module_entry pcre_module_entry = {
    STANDARD_MODULE_HEADER,
    "pcre",
    pcre_functions,
    PHP_MINIT(pcre),
    PHP_MSHUTDOWN(pcre),
    PHP_RINIT(pcre),
    NULL,
    PHP_MINFO(pcre),
    PHP_VERSION,
    NO_MODULE_GLOBALS,
    finish_request,
    STANDARD_MODULE_PROPERTIES_EX,
};
