/* SPDX-License-Identifier: MIT */
/* Throwing exceptions from C, and what becomes of those that nobody catches. */
#ifndef ZEND_EXCEPTIONS_H
#define ZEND_EXCEPTIONS_H

#include "runtime/zend_globals.h"

/* Registers Exception and ErrorException. */
void zend_register_default_exception(void);
zend_class_entry *zend_exception_get_default(void);
zend_class_entry *zend_get_error_exception(void);

/*
 * Throws: makes the object, fills in message, code, file, line and trace, and makes it the
 * pending exception, with the one that was pending before as the last of its previous ones.
 * exception_ce NULL: Exception. They return the object, which EG(exception) owns.
 */
zval *zend_throw_exception(zend_class_entry *exception_ce, const char *message, long code);
zval *zend_throw_exception_ex(zend_class_entry *exception_ce, long code, const char *format, ...)
    ZEND_FORMAT(3, 4);
zval *zend_throw_error_exception(zend_class_entry *exception_ce, const char *message, long code,
    int severity);
/* An object made elsewhere; taken over. */
void zend_throw_exception_object(zval *exception);
/* Makes the virtual machine see the pending exception; `exception` (taken over) or NULL. */
void zend_throw_exception_internal(zval *exception);

/* Drops the pending exception. */
void zend_clear_exception(void);
/* Puts the pending exception aside while other code runs, and back as its previous one. */
void zend_exception_save(void);
void zend_exception_restore(void);
/* add_previous (taken over) becomes the last of exception's previous ones. */
void zend_exception_set_previous(zval *exception, zval *add_previous);

/* Reports an exception that nobody caught: "Uncaught exception 'X' with message ..." as an error
 * of this severity. The exception stays the caller's. */
void zend_exception_error(zval *exception, int severity);

#endif
