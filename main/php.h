/* SPDX-License-Identifier: MIT */
/*
 * The one include of an extension: the engine's API, main's, and PHP's names for both.
 *
 * A module needs a table of functions, a zend_module_entry, and its line in
 * main/internal_functions.c. See ext/standard for a model, CONTRIBUTING.md for the steps.
 */
#ifndef PHP_H
#define PHP_H

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "main/php_version.h"
#include "zend.h"
#include "main/snprintf.h"
#include "main/spprintf.h"
#include "main/php_globals.h"
#include "main/php_ini.h"
#include "main/php_output.h"
#include "main/php_streams.h"

#define PHP_API_VERSION 20131106
#define PHP_OS "Linux"
#define PHP_DEBUG ZEND_DEBUG
#define PHP_ZTS 0
#define DEFAULT_SLASH '/'
#define DEFAULT_DIR_SEPARATOR ':'
#define PHP_EOL "\n"
#define PHP_MAXPATHLEN 4096
#ifndef MAXPATHLEN
#define MAXPATHLEN PHP_MAXPATHLEN
#endif
#define PHP_INT_MAX LONG_MAX
#define PHP_INT_MIN LONG_MIN

/* --- Output ---------------------------------------------------------------------------------- */

#define PHPWRITE(str, str_len) php_output_write((str), (str_len))
#define PHPWRITE_H(str, str_len) php_output_write_unbuffered((str), (str_len))
#define PUTS(str) \
    do { \
        const char *__str = (str); \
        php_output_write(__str, strlen(__str)); \
    } while (0)
#define PUTC(c) (php_output_write(&(char) {(char) (c)}, 1), (c))
#define PUTS_H PUTS
#define PUTC_H PUTC

/* Prints; returns the length. Formats as in main/snprintf.h. */
int php_printf(const char *format, ...) ZEND_FORMAT(1, 2);
int php_write(const void *buf, uint size);

/* --- Errors ---------------------------------------------------------------------------------- */

/*
 * Raises an error that begins with the running function's name: "strpos(): ...". docref is
 * NULL or the page of the manual. The others add parameters: "fopen(x): ...".
 */
void php_error_docref0(const char *docref, int type, const char *format, ...) ZEND_FORMAT(3, 4);
void php_error_docref1(const char *docref, const char *param1, int type, const char *format, ...)
    ZEND_FORMAT(4, 5);
void php_error_docref2(const char *docref, const char *param1, const char *param2, int type,
    const char *format, ...) ZEND_FORMAT(5, 6);
void php_verror(const char *docref, const char *params, int type, const char *format,
    va_list args);
#define php_error_docref php_error_docref0
#define php_error zend_error

/* --- Names for the engine's things ----------------------------------------------------------- */

#define PHP_MODULE_GLOBALS ZEND_MODULE_GLOBALS
#define PHP_MINIT ZEND_MODULE_STARTUP_N
#define PHP_MSHUTDOWN ZEND_MODULE_SHUTDOWN_N
#define PHP_RINIT ZEND_MODULE_ACTIVATE_N
#define PHP_RSHUTDOWN ZEND_MODULE_DEACTIVATE_N
#define PHP_MINFO ZEND_MODULE_INFO_N
#define PHP_GINIT ZEND_GINIT
#define PHP_GSHUTDOWN ZEND_GSHUTDOWN
#define PHP_MINIT_FUNCTION ZEND_MODULE_STARTUP_D
#define PHP_MSHUTDOWN_FUNCTION ZEND_MODULE_SHUTDOWN_D
#define PHP_RINIT_FUNCTION ZEND_MODULE_ACTIVATE_D
#define PHP_RSHUTDOWN_FUNCTION ZEND_MODULE_DEACTIVATE_D
#define PHP_MINFO_FUNCTION ZEND_MODULE_INFO_D
#define PHP_GINIT_FUNCTION ZEND_GINIT_FUNCTION
#define PHP_GSHUTDOWN_FUNCTION ZEND_GSHUTDOWN_FUNCTION

/* Is path outside open_basedir? Then it warns and returns -1, else 0. */
int php_check_open_basedir(const char *path);

/*
 * The full path: links are resolved if the file exists, else only "." and ".." are. Written to
 * real_path (MAXPATHLEN bytes), or emalloc'ed when that is NULL. NULL if it can't be told.
 */
char *expand_filepath(const char *filepath, char *real_path);

#endif
