/* SPDX-License-Identifier: MIT */
/*
 * JSON for scripts and for C: values to text, text to values.
 */
#ifndef PHP_JSON_H
#define PHP_JSON_H

#include "main/php.h"
#include "data/smart_str.h"

/* json_encode(). A character may be written as \u00XX, to be safe inside of HTML. */
#define PHP_JSON_HEX_TAG (1 << 0)  /* < and > */
#define PHP_JSON_HEX_AMP (1 << 1)  /* & */
#define PHP_JSON_HEX_APOS (1 << 2) /* ' */
#define PHP_JSON_HEX_QUOT (1 << 3) /* " */
#define PHP_JSON_FORCE_OBJECT (1 << 4)
#define PHP_JSON_NUMERIC_CHECK (1 << 5)
#define PHP_JSON_UNESCAPED_SLASHES (1 << 6)
#define PHP_JSON_PRETTY_PRINT (1 << 7)
#define PHP_JSON_UNESCAPED_UNICODE (1 << 8)
#define PHP_JSON_PARTIAL_OUTPUT_ON_ERROR (1 << 9)
#define PHP_JSON_PRESERVE_ZERO_FRACTION (1 << 10)

/* json_decode() */
#define PHP_JSON_OBJECT_AS_ARRAY (1 << 0)
#define PHP_JSON_BIGINT_AS_STRING (1 << 1)

#define PHP_JSON_DEFAULT_DEPTH 512

/* json_last_error() */
typedef enum _php_json_error {
    PHP_JSON_ERROR_NONE,
    PHP_JSON_ERROR_DEPTH,
    PHP_JSON_ERROR_STATE_MISMATCH,
    PHP_JSON_ERROR_CTRL_CHAR,
    PHP_JSON_ERROR_SYNTAX,
    PHP_JSON_ERROR_UTF8,
    PHP_JSON_ERROR_RECURSION,
    PHP_JSON_ERROR_INF_OR_NAN,
    PHP_JSON_ERROR_UNSUPPORTED_TYPE
} php_json_error;

extern zend_class_entry *php_json_serializable_ce; /* JsonSerializable */
extern zend_module_entry json_module_entry;

/* Appends the value's JSON. After an error the text is a partial one, with null or 0 in place of
 * what could not be written. */
php_json_error php_json_encode(smart_str *buffer, zval *value, int options, long depth);

/* Sets return_value to the decoded text, or to NULL after an error. */
php_json_error php_json_decode(zval *return_value, const char *text, int length, int options,
    long depth);

/*
 * The character at text[*position] (below length), which is moved behind it; -1 when that is no
 * well-formed UTF-8: overlong, cut off, a surrogate or above U+10FFFF.
 */
int php_json_next_utf8(const char *text, size_t length, size_t *position);

#endif
