/* SPDX-License-Identifier: MIT */
/* The functions that scripts want called at the end of the request. */
#ifndef PHP_SHUTDOWN_H
#define PHP_SHUTDOWN_H

#include "main/php.h"

/* A call to make: arguments[0] is the callable. The zvals are counted, the array emalloc'ed. */
typedef struct _php_shutdown_function_entry {
    zval **arguments;
    int arg_count;
} php_shutdown_function_entry;

/* Adds a call at the end of the list, which owns it from then on. */
int append_user_shutdown_function(const php_shutdown_function_entry *entry);
/* Makes all calls in order, also those that are added meanwhile. */
void php_call_shutdown_functions(void);
void php_free_shutdown_functions(void);

#endif
