/* SPDX-License-Identifier: MIT */
/* How errors reach the screen, the log and error_get_last(). */
#ifndef PHP_ERROR_H
#define PHP_ERROR_H

#include "main/php.h"

/* False before all modules have started and when they are being shut down. */
extern bool php_module_initialized;
extern bool php_during_module_startup;
extern bool php_during_module_shutdown;

/* The engine's texts: a file that could not be included, and the like. */
void php_message_handler_for_zend(long message, const void *data);
/* Forgets error_get_last(). */
void php_clear_last_error(void);
/* The words for a level: "Warning". */
const char *php_error_level_name(int type);

#endif
