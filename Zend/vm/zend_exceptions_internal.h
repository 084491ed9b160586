/* SPDX-License-Identifier: MIT */
/*
 * What the files of exceptions share: the properties of the class Exception by slot, and the text
 * of a trace.
 *
 * Every exception's class derives from Exception, whose properties therefore come first in the
 * table of slots of each exception, in the order of declaration:
 *
 *      slot   0        1       2     3     4     5      6         7
 *             message  string  code  file  line  trace  previous  severity (ErrorException only)
 */
#ifndef ZEND_EXCEPTIONS_INTERNAL_H
#define ZEND_EXCEPTIONS_INTERNAL_H

#include "data/smart_str.h"
#include "vm/zend_exceptions.h"

typedef enum {
    ZEND_EXCEPTION_MESSAGE,
    ZEND_EXCEPTION_STRING, /* the text of __toString, kept for the report of an uncaught one */
    ZEND_EXCEPTION_CODE,
    ZEND_EXCEPTION_FILE,
    ZEND_EXCEPTION_LINE,
    ZEND_EXCEPTION_TRACE,
    ZEND_EXCEPTION_PREVIOUS,
    ZEND_EXCEPTION_SEVERITY
} zend_exception_slot;

/* The property's value, not counted; a NULL zval, silently, if the property has been unset. */
zval *zend_exception_get(const zval *exception, zend_exception_slot slot);
/* Sets the property; references to it are written through. The content of *value is taken over,
 * value itself may lie anywhere. */
void zend_exception_set(zval *exception, zend_exception_slot slot, const zval *value);
void zend_exception_set_string(zval *exception, zend_exception_slot slot, const char *text,
    int length);
void zend_exception_set_long(zval *exception, zend_exception_slot slot, long number);

/* Appends a trace as getTraceAsString() gives it, "#0 {main}" at the end included. */
void zend_exception_append_trace(smart_str *text, zval *trace);

/* Is the object's class Exception or derived from it? */
bool zend_is_exception(const zval *object);

#endif
