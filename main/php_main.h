/* SPDX-License-Identifier: MIT */
/*
 * The life of a PHP process:
 *
 *      php_module_startup
 *          php_request_startup, php_execute_script, php_request_shutdown   any number of times
 *      php_module_shutdown
 */
#ifndef PHP_MAIN_H
#define PHP_MAIN_H

#include "main/SAPI.h"

/* Starts the engine and its modules. additional_modules: an array of num of them, or NULL. */
int php_module_startup(sapi_module_struct *sf, struct _zend_module_entry **additional_modules,
    uint num_additional_modules);
void php_module_shutdown(void);
int php_module_shutdown_wrapper(sapi_module_struct *sf);

/* FAILURE when something bailed out; the request must be shut down all the same. */
int php_request_startup(void);
void php_request_shutdown(void *unused);

/* Runs auto_prepend_file, the script, auto_append_file. 1, or 0 when one did not compile or bailed
 * out. */
int php_execute_script(zend_file_handle *primary_file);
/* Compiles only: SUCCESS when the file has no syntax error. */
int php_lint_script(zend_file_handle *file);

void php_handle_aborted_connection(void);
int php_handle_auth_data(const char *auth);
int php_header(void); /* sends the headers; 1 when output may follow */

/* Registers the modules of main/internal_functions.c. */
int php_register_internal_extensions(void);
int php_register_extensions(struct _zend_module_entry **list, int count);

/* Writes to error_log, or to the SAPI's log, or stderr. */
void php_log_err(const char *log_message);

/* Called for fatal errors before leaving the request; see zend_error(). */
void php_error_cb(int type, const char *error_filename, const uint error_lineno,
    const char *format, va_list args);

/* max_execution_time and set_time_limit(): seconds from now, 0 for no limit. */
void php_set_timeout(long seconds);

#endif
