/* SPDX-License-Identifier: MIT */
/*
 * The parser of ini files: php.ini, .user.ini, parse_ini_file() and parse_ini_string().
 *
 *      ; a comment                     [section]
 *      name = value                    name[] = element
 *      name = "quoted ${ENV}" CONST    name[key] = element
 *      flags = E_ALL & ~E_NOTICE
 *
 * Each entry is handed to a callback as it is read. Modes: NORMAL expands constants, ${...},
 * expressions and the words on/off/yes/no/true/false/null/none; RAW takes values as they
 * stand; TYPED is NORMAL whose words and numbers arrive as bool, null and int.
 */
#ifndef ZEND_INI_PARSER_H
#define ZEND_INI_PARSER_H

#include "value/zend_types.h"

#define ZEND_INI_SCANNER_NORMAL 0
#define ZEND_INI_SCANNER_RAW 1
#define ZEND_INI_SCANNER_TYPED 2

#define ZEND_INI_PARSER_ENTRY 1     /* arg1 = arg2 */
#define ZEND_INI_PARSER_SECTION 2   /* [arg1] */
#define ZEND_INI_PARSER_POP_ENTRY 3 /* arg1[arg3] = arg2, arg1[] = arg2 (arg3 is NULL) */

/*
 * Gets strings (in mode TYPED also other scalars in arg2) that are freed when it returns; take
 * a copy. arg2 is NULL for a name without "=".
 */
typedef void (*zend_ini_parser_cb_t)(zval *arg1, zval *arg2, zval *arg3, int callback_type,
    void *arg);

/*
 * Parse a NUL-terminated text. filename is for messages, NULL says "Unknown". A syntax error
 * raises a warning (or goes to stderr before start-up is done, with unbuffered_errors) and gives
 * FAILURE; entries before it have been handed over.
 */
int zend_parse_ini_string(const char *str, zend_bool unbuffered_errors, int scanner_mode,
    zend_ini_parser_cb_t ini_parser_cb, void *arg);
int zend_parse_ini_text(const char *text, size_t length, const char *filename,
    zend_bool unbuffered_errors, int scanner_mode, zend_ini_parser_cb_t ini_parser_cb, void *arg);

#endif
