/* SPDX-License-Identifier: MIT */
/* What the object room needs from floors above it: they fill the table in at start-up. */
#ifndef ZEND_OBJECT_CALLBACKS_H
#define ZEND_OBJECT_CALLBACKS_H

#include "object/zend_class_entry.h"

typedef struct _zend_object_callbacks {
    /* The default of a user function's parameter (number from 1), as its declaration has it;
     * NULL when there is none. Not to be freed. Filled by the virtual machine. */
    const zval *(*parameter_default)(const zend_function *function, zend_uint number);
} zend_object_callbacks;

extern zend_object_callbacks zend_object_hooks;

#endif
