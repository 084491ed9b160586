/* SPDX-License-Identifier: MIT */
/* The variables that come from outside: $argv, $_SERVER, $_ENV, $_GET and their kin. */
#ifndef PHP_VARIABLES_H
#define PHP_VARIABLES_H

#include "zend.h"

#define PARSE_POST 0
#define PARSE_GET 1
#define PARSE_COOKIE 2
#define PARSE_STRING 3
#define PARSE_ENV 4
#define PARSE_SERVER 5
#define PARSE_SESSION 6

/* Registers the auto-globals with the engine, once a process. */
void php_startup_auto_globals(void);
/* Builds those that variables_order names (and are not made just in time). */
int php_hash_environment(void);

/*
 * Sets var ("a", "a[b][]", "a b" -> a_b) to a value below track_vars_array, or in
 * the global symbol table for NULL. strval is copied.
 */
void php_register_variable(const char *var, const char *strval, zval *track_vars_array);
void php_register_variable_safe(const char *var, const char *strval, int str_len,
    zval *track_vars_array);
/* The same; val is copied shallowly and owned by the array afterwards. */
void php_register_variable_ex(const char *var, zval *val, zval *track_vars_array);

/* Copies the process's environment into an array. */
void php_import_environment_variables(zval *array_ptr);
/* $argv and $argc into the symbol table and (not NULL) into an array. */
void php_build_argv(char *query_string, zval *track_vars_array);
/* Splits "a=1&b[]=2" (overwritten) at the separators into dest; arg: a PARSE_* kind. */
void php_default_treat_data(int arg, char *str, zval *dest);

#endif
