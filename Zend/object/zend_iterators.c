/* SPDX-License-Identifier: MIT */
/* The wrapper that makes an iterator a zval. It has a handle of its own, as any object. */
#include "object/zend_iterators.h"

#include <string.h>

#include "object/zend_objects_API.h"
#include "runtime/zend_API.h"

static zend_class_entry zend_iterator_class_entry;

static void zend_iterator_free(void *iterator)
{
    zend_object_iterator *it = iterator;

    it->funcs->dtor(it);
}

static zend_class_entry *zend_iterator_get_class(const zval *object)
{
    return &zend_iterator_class_entry;
}

/* What the iterator holds stays out of the collector's sight: it counts as held from outside. */
static HashTable *zend_iterator_get_gc(zval *object, zval ***table, int *n)
{
    *table = NULL;
    *n = 0;
    return NULL;
}

static const zend_object_handlers iterator_object_handlers = {
    .add_ref = zend_objects_store_add_ref,
    .del_ref = zend_objects_store_del_ref,
    .get_class_entry = zend_iterator_get_class,
    .get_gc = zend_iterator_get_gc,
};

void zend_register_iterator_wrapper(void)
{
    INIT_CLASS_ENTRY(zend_iterator_class_entry, "__iterator_wrapper", NULL);
    zend_iterator_class_entry.type = ZEND_INTERNAL_CLASS;
}

zval *zend_iterator_wrap(zend_object_iterator *iterator)
{
    zval *wrapped;

    MAKE_STD_ZVAL(wrapped);
    Z_TYPE_P(wrapped) = IS_OBJECT;
    Z_OBJ_HANDLE_P(wrapped) = zend_objects_store_put(iterator, NULL, zend_iterator_free, NULL);
    Z_OBJ_HT_P(wrapped) = &iterator_object_handlers;
    return wrapped;
}

enum zend_object_iterator_kind zend_iterator_unwrap(zval *array_ptr,
    zend_object_iterator **iterator)
{
    *iterator = NULL;
    if (Z_TYPE_P(array_ptr) == IS_ARRAY) {
        return ZEND_ITER_PLAIN_ARRAY;
    }
    if (Z_TYPE_P(array_ptr) != IS_OBJECT) {
        return ZEND_ITER_INVALID;
    }
    if (Z_OBJ_HT_P(array_ptr) == &iterator_object_handlers) {
        *iterator = zend_object_store_get_object(array_ptr);
        return ZEND_ITER_OBJECT;
    }
    if (Z_OBJ_HT_P(array_ptr)->get_properties && Z_OBJPROP_P(array_ptr)) {
        return ZEND_ITER_PLAIN_OBJECT;
    }
    return ZEND_ITER_INVALID;
}
