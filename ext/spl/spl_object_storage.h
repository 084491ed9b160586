/* SPDX-License-Identifier: MIT */
/*
 * SplObjectStorage: objects as keys, each with a value. MultipleIterator keeps its iterators in
 * one too.
 *
 *      key (the object's handle and handlers, or what getHash() says)  ->  {object, info}
 */
#ifndef SPL_OBJECT_STORAGE_H
#define SPL_OBJECT_STORAGE_H

#include "ext/spl/php_spl.h"

typedef struct _spl_storage_element {
    zval *object; /* counted */
    zval *info;   /* counted; NULL value when none was given */
} spl_storage_element;

typedef struct _spl_storage {
    zend_object std;
    HashTable storage; /* of spl_storage_element */
    HashPosition pos;
    long index;
    int flags; /* of a MultipleIterator */
    zend_function *get_hash; /* when overridden */
    HashTable *debug_info;
    zval **gc_data; /* room for the collector's view: two zvals an element */
    int gc_room;
} spl_storage;
_Static_assert(sizeof(spl_storage) == 160, "an SplObjectStorage has 160 bytes");

static zend_always_inline spl_storage *spl_storage_from(const zval *object)
{
    return zend_object_store_get_object(object);
}

void spl_storage_init_handlers(void);
zend_object_value spl_storage_new(zend_class_entry *ce);
/* info NULL: none. The zvals are counted by the storage. */
void spl_storage_attach(zval *self, spl_storage *intern, zval *object, zval *info);
/* SUCCESS, or FAILURE when it is not there. */
int spl_storage_detach(zval *self, spl_storage *intern, zval *object);
/* The element of an object, or NULL; also after an exception from getHash(). */
spl_storage_element *spl_storage_find(zval *self, spl_storage *intern, zval *object);
bool spl_storage_contains(zval *self, spl_storage *intern, zval *object);
void spl_storage_rewind(spl_storage *intern);

/*
 * The elements as they are now, each counted, for loops that call PHP code: *count of them in an
 * emalloc'ed block, to be released by the second function.
 */
spl_storage_element *spl_storage_snapshot(spl_storage *intern, int *count);
void spl_storage_release(spl_storage_element *elements, int count);

#endif
