/* SPDX-License-Identifier: MIT */
/*
 * Raising errors: the levels, zend_error(), and the way to the user's handler.
 *
 *      zend_error(type, ...) ----> user handler? --returned false--> zend_error_cb (main)
 *                                      |                                  |
 *                                      +--anything else: handled          +-- displays, logs
 *
 * A fatal level never returns: after zend_error_cb has shown the message the request is left
 * by zend_bailout(). Fatal errors of the engine itself (E_ERROR, E_PARSE, E_CORE_*,
 * E_COMPILE_*) do not go to the user's handler; E_USER_ERROR and E_RECOVERABLE_ERROR do, and
 * if the handler takes them the script goes on.
 */
#ifndef ZEND_ERRORS_H
#define ZEND_ERRORS_H

#include "zend_portability.h"

#define E_ERROR (1 << 0L)
#define E_WARNING (1 << 1L)
#define E_PARSE (1 << 2L)
#define E_NOTICE (1 << 3L)
#define E_CORE_ERROR (1 << 4L)
#define E_CORE_WARNING (1 << 5L)
#define E_COMPILE_ERROR (1 << 6L)
#define E_COMPILE_WARNING (1 << 7L)
#define E_USER_ERROR (1 << 8L)
#define E_USER_WARNING (1 << 9L)
#define E_USER_NOTICE (1 << 10L)
#define E_STRICT (1 << 11L)
#define E_RECOVERABLE_ERROR (1 << 12L)
#define E_DEPRECATED (1 << 13L)
#define E_USER_DEPRECATED (1 << 14L)

#define E_ALL \
    (E_ERROR | E_WARNING | E_PARSE | E_NOTICE | E_CORE_ERROR | E_CORE_WARNING | E_COMPILE_ERROR \
        | E_COMPILE_WARNING | E_USER_ERROR | E_USER_WARNING | E_USER_NOTICE | E_RECOVERABLE_ERROR \
        | E_DEPRECATED | E_USER_DEPRECATED | E_STRICT)
#define E_CORE (E_CORE_ERROR | E_CORE_WARNING)
/* What ends the request unless a user handler takes it. */
#define E_FATAL_ERRORS \
    (E_ERROR | E_PARSE | E_CORE_ERROR | E_COMPILE_ERROR | E_USER_ERROR | E_RECOVERABLE_ERROR)

/*
 * Raises an error. `format` is main's printf dialect (main/snprintf.h). Returns for levels that
 * are not fatal, and for E_PARSE; user code may have run and an exception may be pending then.
 */
void zend_error(int type, const char *format, ...) ZEND_FORMAT(2, 3);
/* The same for fatal levels, in places where the compiler must know that it does not return. */
ZEND_NORETURN ZEND_COLD void zend_error_noreturn(int type, const char *format, ...)
    ZEND_FORMAT(2, 3);

/*
 * Shows and records an error; set by main at start-up, which also turns errors into exceptions
 * while EG(error_handling) says so. It may leave by zend_bailout() itself. Before it is set,
 * messages go to stderr.
 */
extern void (*zend_error_cb)(int type, const char *error_filename, const uint error_lineno,
    const char *format, va_list args);

/* Makes warnings exceptions (EH_THROW) or drops them (EH_SUPPRESS) until restored. */
typedef enum { EH_NORMAL = 0, EH_SUPPRESS, EH_THROW } zend_error_handling_t;
struct _zend_class_entry;
struct _zval_struct;
typedef struct _zend_error_handling {
    zend_error_handling_t handling;
    struct _zend_class_entry *exception;
    struct _zval_struct *user_handler; /* counted */
} zend_error_handling;

/* `current` gets what was in force, to be given back; it may be NULL. */
void zend_save_error_handling(zend_error_handling *current);
void zend_replace_error_handling(zend_error_handling_t error_handling,
    struct _zend_class_entry *exception_class, zend_error_handling *current);
void zend_restore_error_handling(zend_error_handling *saved);

/* Texts that main's message handler prints; data is the file name. */
#define ZMSG_FAILED_INCLUDE_FOPEN 1L
#define ZMSG_FAILED_REQUIRE_FOPEN 2L
#define ZMSG_FAILED_HIGHLIGHT_FOPEN 3L
#define ZMSG_MEMORY_LEAK_DETECTED 4L
#define ZMSG_MEMORY_LEAK_REPEATED 5L
#define ZMSG_LOG_SCRIPT_NAME 6L
#define ZMSG_MEMORY_LEAKS_GRAND_TOTAL 7L
void zend_message_dispatcher(long message, const void *data);

#endif
