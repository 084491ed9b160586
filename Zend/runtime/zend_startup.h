/* SPDX-License-Identifier: MIT */
/*
 * The life of the engine: what main calls, in this order.
 *
 *      zend_startup -> [modules registered] -> zend_startup_modules -> zend_post_startup
 *          zend_activate ... zend_call_destructors ... zend_deactivate    for each request
 *      zend_shutdown
 */
#ifndef ZEND_STARTUP_H
#define ZEND_STARTUP_H

#include <stdio.h>

#include "value/zend_types.h"

struct _zend_file_handle;

/* What the engine asks of main. */
typedef struct _zend_utility_functions {
    void (*error_function)(int type, const char *error_filename, const uint error_lineno,
        const char *format, va_list args);
    int (*printf_function)(const char *format, ...);
    int (*write_function)(const char *str, uint str_length);
    FILE *(*fopen_function)(const char *filename, char **opened_path);
    void (*message_handler)(long message, const void *data);
    zval *(*get_configuration_directive)(const char *name, uint name_length);
    void (*ticks_function)(int ticks);
    void (*on_timeout)(int seconds);
    int (*stream_open_function)(const char *filename, struct _zend_file_handle *handle);
    int (*vspprintf_function)(char **buffer, size_t max_len, const char *format, va_list args);
    char *(*getenv_function)(char *name, size_t name_len);
    char *(*resolve_path_function)(const char *filename, int filename_len);
} zend_utility_functions;

extern FILE *(*zend_fopen)(const char *filename, char **opened_path);
extern void (*zend_ticks_function)(int ticks);
extern void (*zend_on_timeout)(int seconds);
extern int (*zend_stream_open_function)(const char *filename, struct _zend_file_handle *handle);
extern char *(*zend_getenv)(char *name, size_t name_len);
/* The path that including filename would open, emalloc'ed, or NULL. */
extern char *(*zend_resolve_path)(const char *filename, int filename_len);
/* The value that php.ini has for a directive, or NULL. name_length with the NUL. */
zval *zend_get_configuration_directive(const char *name, uint name_length);

/* Makes the tables and registers the core module; the heap exists already. */
int zend_startup(zend_utility_functions *utility_functions, char **extensions);
/* All modules are there: remember the size of the tables, freeze the interned strings. */
void zend_post_startup(void);
void zend_shutdown(void);

/* A request's engine side: executor, compiler, scanner, modules' RINIT is main's step. */
void zend_activate(void);
void zend_call_destructors(void);
void zend_deactivate(void);
const char *get_zend_version(void);

/* Registers the core module, "Core". */
int zend_startup_builtin_functions(void);
/* The engine's own directives: after main has read the configuration. */
void zend_register_standard_ini_entries(void);

#endif
