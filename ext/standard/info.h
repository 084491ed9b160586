/* SPDX-License-Identifier: MIT */
/* phpinfo(), and the pieces that modules' info functions print with. */
#ifndef INFO_H
#define INFO_H

#include "main/php.h"
#include "compile/zend_highlight.h"

#define PHP_INFO_GENERAL (1 << 0)
#define PHP_INFO_CREDITS (1 << 1)
#define PHP_INFO_CONFIGURATION (1 << 2)
#define PHP_INFO_MODULES (1 << 3)
#define PHP_INFO_ENVIRONMENT (1 << 4)
#define PHP_INFO_VARIABLES (1 << 5)
#define PHP_INFO_LICENSE (1 << 6)
#define PHP_INFO_ALL 0xFFFFFFFFL

/* Prints the chapters that flag names, as text or HTML as the SAPI wants. */
void php_print_info(int flag);
/* phpversion(), php_uname(): the answer for one mode letter, emalloc'ed. */
char *php_get_uname(char mode);
/* Where php.ini is looked for last. */
const char *php_info_config_path(void);

void php_info_print_table_start(void);
void php_info_print_table_end(void);
/* num_cols texts follow; a NULL is an empty cell. */
void php_info_print_table_header(int num_cols, ...);
void php_info_print_table_row(int num_cols, ...);
void php_info_print_table_colspan_header(int num_cols, const char *header);
void php_info_print_hr(void);
void php_info_print_module(zend_module_entry *module);

/* The colours of highlight_string(), from the directives highlight.*; not copied. */
void php_get_highlight_struct(zend_syntax_highlighter_ini *colours);

#endif
