/* SPDX-License-Identifier: MIT */
/* Printing values, as other modules need it. */
#ifndef PHP_VAR_H
#define PHP_VAR_H

#include "ext/standard/basic_functions.h"

/* Print *place with its type (and reference count); level 1 is the outermost. */
void php_var_dump(zval **place, int level);
void php_debug_zval_dump(zval **place, int level);

#endif
