/* SPDX-License-Identifier: MIT */
/* The built-in storage handlers, by name. */
#ifndef ZEND_MM_STORAGE_H
#define ZEND_MM_STORAGE_H

#include "zend_alloc.h"

/*
 * The handlers of that name; NULL or "" means the default, malloc. An unknown name ends the
 * process with a list of those there are, and exit status 255.
 */
const zend_mm_mem_handlers *zend_mm_find_storage(const char *name);

#endif
