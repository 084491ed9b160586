/* SPDX-License-Identifier: MIT */
/* Files and strings of code as the process runs them. */
#ifndef ZEND_INCLUDE_H
#define ZEND_INCLUDE_H

#include "vm/zend_execute.h"

/* "FILE(LINE) : name" for code that is compiled here and now; emalloc'ed, the caller's. */
char *zend_make_compiled_string_description(const char *name);
/*
 * Compiles and runs files (zend_file_handle *, NULL ones are passed over), each in the global
 * scope; an uncaught exception goes to the user's handler or is a fatal error. *retval gets the
 * last file's result if retval is not NULL. FAILURE when a file with type ZEND_REQUIRE could
 * not be compiled. Must run inside zend_try.
 */
int zend_execute_scripts(int type, zval **retval, int file_count, ...);

#endif
