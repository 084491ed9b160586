/* SPDX-License-Identifier: MIT */
/* The module `mbstring`: its settings, the list of encodings, the table of functions. */
#include "ext/mbstring/php_mbstring.h"

mb_globals mbstring_globals;

PHP_FUNCTION(mb_internal_encoding)
{
    char *name = NULL;
    int length;
    const mb_encoding *encoding;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|s", &name, &length) == FAILURE) {
        RETURN_FALSE;
    }
    if (!name) {
        RETURN_STRING(MBG(internal_encoding)->name, 1);
    }
    encoding = mb_encoding_argument(name);
    if (!encoding) {
        RETURN_FALSE;
    }
    MBG(internal_encoding) = encoding;
    RETURN_TRUE;
}

PHP_FUNCTION(mb_list_encodings)
{
    const mb_encoding *encoding;
    int n;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    array_init(return_value);
    for (n = 0; (encoding = mb_nth_encoding(n)) != NULL; n++) {
        add_next_index_string(return_value, encoding->name, 1);
    }
}

PHP_FUNCTION(mb_encoding_aliases)
{
    char *name;
    const char *p;
    int length;
    const mb_encoding *encoding;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &name, &length) == FAILURE) {
        RETURN_FALSE;
    }
    encoding = mb_encoding_argument(name);
    if (!encoding) {
        RETURN_FALSE;
    }
    array_init(return_value);
    for (p = encoding->aliases; *p == ' ' && p[1]; p += strcspn(p, " ")) {
        p++;
        add_next_index_stringl(return_value, p, (uint) strcspn(p, " "), 1);
    }
}

PHP_FUNCTION(mb_preferred_mime_name)
{
    char *name;
    int length;
    const mb_encoding *encoding;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &name, &length) == FAILURE) {
        return;
    }
    encoding = mb_encoding_argument(name);
    if (!encoding) {
        RETURN_FALSE;
    }
    RETURN_STRING(encoding->mime_name, 1);
}

/* The setting as scripts see it: a word or the character's number. */
static void return_substitution(zval *return_value)
{
    switch (MBG(substitution)) {
    case MB_SUBSTITUTE_NONE:
        RETURN_STRING("none", 1);
    case MB_SUBSTITUTE_LONG:
        RETURN_STRING("long", 1);
    case MB_SUBSTITUTE_ENTITY:
        RETURN_STRING("entity", 1);
    case MB_SUBSTITUTE_CHAR:
        break;
    }
    RETURN_LONG(MBG(substitute));
}

/* The mode that a word names, or MB_SUBSTITUTE_CHAR. */
static mb_substitution substitution_by_name(const char *name)
{
    return !strcasecmp(name, "none") ? MB_SUBSTITUTE_NONE
        : !strcasecmp(name, "long") ? MB_SUBSTITUTE_LONG
        : !strcasecmp(name, "entity") ? MB_SUBSTITUTE_ENTITY : MB_SUBSTITUTE_CHAR;
}

PHP_FUNCTION(mb_substitute_character)
{
    zval *argument = NULL;
    long c;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|z", &argument) == FAILURE) {
        return;
    }
    if (!argument) {
        return_substitution(return_value);
        return;
    }
    if (Z_TYPE_P(argument) == IS_STRING
        && substitution_by_name(Z_STRVAL_P(argument)) != MB_SUBSTITUTE_CHAR) {
        MBG(substitution) = substitution_by_name(Z_STRVAL_P(argument));
        RETURN_TRUE;
    }
    c = zend_zval_get_long(argument);
    if (c <= 0 || c > 0xffff || (c >= 0xd800 && c <= 0xdfff)) {
        php_error_docref(NULL, E_WARNING, "Unknown character.");
        RETURN_FALSE;
    }
    MBG(substitution) = MB_SUBSTITUTE_CHAR;
    MBG(substitute) = (uint32_t) c;
    RETURN_TRUE;
}

static PHP_MINIT_FUNCTION(mbstring)
{
    REGISTER_LONG_CONSTANT("MB_CASE_UPPER", MB_CASE_UPPER, CONST_CS | CONST_PERSISTENT);
    REGISTER_LONG_CONSTANT("MB_CASE_LOWER", MB_CASE_LOWER, CONST_CS | CONST_PERSISTENT);
    REGISTER_LONG_CONSTANT("MB_CASE_TITLE", MB_CASE_TITLE, CONST_CS | CONST_PERSISTENT);
    return SUCCESS;
}

static PHP_MSHUTDOWN_FUNCTION(mbstring)
{
    mb_encodings_shutdown();
    return SUCCESS;
}

static PHP_RINIT_FUNCTION(mbstring)
{
    char *charset = INI_STR("default_charset");

    MBG(internal_encoding) = charset ? mb_find_encoding(charset) : NULL;
    if (!MBG(internal_encoding)) {
        MBG(internal_encoding) = mb_find_encoding("UTF-8");
    }
    MBG(substitution) = MB_SUBSTITUTE_CHAR;
    MBG(substitute) = '?';
    MBG(detect_order)[0] = mb_find_encoding("ASCII");
    MBG(detect_order)[1] = mb_find_encoding("UTF-8");
    MBG(detect_order_count) = 2;
    return SUCCESS;
}

static const zend_function_entry mbstring_functions[] = {
    PHP_FE(mb_convert_case, "$sourcestring, $mode, [$encoding]", "Changes the case of a string.")
    PHP_FE(mb_strtoupper, "$sourcestring, [$encoding]", "Makes a string upper case.")
    PHP_FE(mb_strtolower, "$sourcestring, [$encoding]", "Makes a string lower case.")
    PHP_FE(mb_internal_encoding, "[$encoding]", "Returns or sets the encoding of strings.")
    PHP_FE(mb_detect_order, "[$encoding]", "Returns or sets what is tried to detect encodings.")
    PHP_FE(mb_substitute_character, "[$substchar]",
        "Returns or sets what stands for characters that cannot be encoded.")
    PHP_FE(mb_preferred_mime_name, "$encoding", "Returns the name for mails of an encoding.")
    PHP_FE(mb_strlen, "$str, [$encoding]", "Returns the number of characters.")
    PHP_FE(mb_strpos, "$haystack, $needle, [$offset], [$encoding]",
        "Returns where a string is found first.")
    PHP_FE(mb_strrpos, "$haystack, $needle, [$offset], [$encoding]",
        "Returns where a string is found last.")
    PHP_FE(mb_stripos, "$haystack, $needle, [$offset], [$encoding]",
        "Returns where a string is found first, without case.")
    PHP_FE(mb_strripos, "$haystack, $needle, [$offset], [$encoding]",
        "Returns where a string is found last, without case.")
    PHP_FE(mb_strstr, "$haystack, $needle, [$part], [$encoding]",
        "Returns the rest from where a string is found first.")
    PHP_FE(mb_strrchr, "$haystack, $needle, [$part], [$encoding]",
        "Returns the rest from where a string is found last.")
    PHP_FE(mb_stristr, "$haystack, $needle, [$part], [$encoding]",
        "Returns the rest from where a string is found first, without case.")
    PHP_FE(mb_strrichr, "$haystack, $needle, [$part], [$encoding]",
        "Returns the rest from where a string is found last, without case.")
    PHP_FE(mb_substr_count, "$haystack, $needle, [$encoding]", "Counts a string in another.")
    PHP_FE(mb_substr, "$str, $start, [$length], [$encoding]", "Returns a part of a string.")
    PHP_FE(mb_strcut, "$str, $start, [$length], [$encoding]",
        "Returns a part of a string, counted in bytes.")
    PHP_FE(mb_strwidth, "$str, [$encoding]", "Returns how many columns a string takes.")
    PHP_FE(mb_strimwidth, "$str, $start, $width, [$trimmarker], [$encoding]",
        "Cuts a string to a number of columns.")
    PHP_FE(mb_convert_encoding, "$str, $to, [$from]", "Converts a string to an encoding.")
    PHP_FE(mb_detect_encoding, "$str, [$encoding_list], [$strict]",
        "Returns the encoding in which a string is valid.")
    PHP_FE(mb_list_encodings, "", "Returns the names of all encodings.")
    PHP_FE(mb_encoding_aliases, "$encoding", "Returns the other names of an encoding.")
    PHP_FE(mb_check_encoding, "[$var], [$encoding]", "Tells whether a string is valid.")
    PHP_FE_END
};

zend_module_entry mbstring_module_entry = {
    STANDARD_MODULE_HEADER,
    "mbstring",
    mbstring_functions,
    PHP_MINIT(mbstring),
    PHP_MSHUTDOWN(mbstring),
    PHP_RINIT(mbstring),
    NULL,
    NULL,
    PHP_VERSION,
    STANDARD_MODULE_PROPERTIES,
};
