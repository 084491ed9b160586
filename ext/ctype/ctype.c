/* SPDX-License-Identifier: MIT */
/*
 * The module ctype: does a text consist of characters of one kind?
 *
 * Kinds are those of the locale. An integer from -128 to 255 is the character with that code
 * (negative ones count from 256 down); another one is its decimal digits.
 */
#include <ctype.h>

#include "main/php.h"

/* Is each of the bytes of the kind? An empty text is of none. */
static bool all_are(const char *text, int len, int (*is_kind)(int))
{
    int i;

    for (i = 0; i < len; i++) {
        if (!is_kind((unsigned char) text[i])) {
            return false;
        }
    }
    return len > 0;
}

static void ctype_function(INTERNAL_FUNCTION_PARAMETERS, int (*is_kind)(int))
{
    zval *value;
    char digits[MAX_LENGTH_OF_LONG + 1];
    long number;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &value) == FAILURE) {
        return;
    }
    if (Z_TYPE_P(value) == IS_STRING) {
        RETURN_BOOL(all_are(Z_STRVAL_P(value), Z_STRLEN_P(value), is_kind));
    }
    if (Z_TYPE_P(value) != IS_LONG) {
        RETURN_FALSE;
    }
    number = Z_LVAL_P(value);
    if (number >= -128 && number <= 255) {
        RETURN_BOOL(is_kind((int) (number < 0 ? number + 256 : number)));
    }
    RETURN_BOOL(all_are(digits, slprintf(digits, sizeof(digits), "%ld", number), is_kind));
}

/* ctype_alnum() asks isalnum(), and so on. */
#define CTYPE_FUNCTION(kind) \
    PHP_FUNCTION(ctype_##kind) \
    { \
        ctype_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, is##kind); \
    }

CTYPE_FUNCTION(alnum)
CTYPE_FUNCTION(alpha)
CTYPE_FUNCTION(cntrl)
CTYPE_FUNCTION(digit)
CTYPE_FUNCTION(lower)
CTYPE_FUNCTION(graph)
CTYPE_FUNCTION(print)
CTYPE_FUNCTION(punct)
CTYPE_FUNCTION(space)
CTYPE_FUNCTION(upper)
CTYPE_FUNCTION(xdigit)

static const zend_function_entry ctype_functions[] = {
    PHP_FE(ctype_alnum, "$text", "Are all characters letters or digits?")
    PHP_FE(ctype_alpha, "$text", "Are all characters letters?")
    PHP_FE(ctype_cntrl, "$text", "Are all characters control characters?")
    PHP_FE(ctype_digit, "$text", "Are all characters decimal digits?")
    PHP_FE(ctype_lower, "$text", "Are all characters lower-case letters?")
    PHP_FE(ctype_graph, "$text", "Are all characters visible?")
    PHP_FE(ctype_print, "$text", "Are all characters visible, or spaces?")
    PHP_FE(ctype_punct, "$text", "Are all characters visible, but no letters or digits?")
    PHP_FE(ctype_space, "$text", "Are all characters white space?")
    PHP_FE(ctype_upper, "$text", "Are all characters capitals?")
    PHP_FE(ctype_xdigit, "$text", "Are all characters hexadecimal digits?")
    PHP_FE_END
};

zend_module_entry ctype_module_entry = {
    STANDARD_MODULE_HEADER,
    "ctype",
    ctype_functions,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    PHP_VERSION,
    STANDARD_MODULE_PROPERTIES,
};
