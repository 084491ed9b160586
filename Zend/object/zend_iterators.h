/* SPDX-License-Identifier: MIT */
/*
 * Iterators as zvals: foreach keeps the iterator of a Traversable in a temporary, which must
 * hold a zval, so it is wrapped as an object that no script can see.
 */
#ifndef ZEND_ITERATORS_H
#define ZEND_ITERATORS_H

#include "object/zend_class_entry.h"

enum zend_object_iterator_kind {
    ZEND_ITER_INVALID, /* not iterable */
    ZEND_ITER_PLAIN_ARRAY,
    ZEND_ITER_PLAIN_OBJECT, /* by its properties */
    ZEND_ITER_OBJECT /* by the wrapped iterator */
};

/* A zval (count 1) that wraps the iterator and owns it: its end calls funcs->dtor. */
zval *zend_iterator_wrap(zend_object_iterator *iterator);
/* What the zval is for foreach, and the iterator in it, or NULL. */
enum zend_object_iterator_kind zend_iterator_unwrap(zval *array_ptr,
    zend_object_iterator **iterator);
void zend_register_iterator_wrapper(void);

#endif
