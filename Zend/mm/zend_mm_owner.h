/* SPDX-License-Identifier: MIT */
/* The table of owner labels; only zend_mm_instrument.c uses it. */
#ifndef ZEND_MM_OWNER_H
#define ZEND_MM_OWNER_H

#include "zend_portability.h"

void zend_mm_owner_table_set(const void *data, const char *owner);
const char *zend_mm_owner_table_get(const void *data);
void zend_mm_owner_table_remove(const void *data);
void zend_mm_owner_table_clear(void);

#endif
