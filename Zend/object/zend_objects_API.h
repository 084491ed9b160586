/* SPDX-License-Identifier: MIT */
/*
 * The object store: the request's table of objects. An object zval holds its handle, the
 * index of a bucket here. Free buckets form a list through their first field: the one freed
 * last is given out first. One block of 64 bytes a bucket, 1024 at first, doubled.
 */
#ifndef ZEND_OBJECTS_API_H
#define ZEND_OBJECTS_API_H

#include "value/zend_gc.h"
#include "value/zend_object_handlers.h"
#include "value/zend_types.h"

typedef void (*zend_objects_store_dtor_t)(void *object, zend_object_handle handle);
typedef void (*zend_objects_free_object_storage_t)(void *object);
typedef void (*zend_objects_store_clone_t)(void *object, void **object_clone);

typedef struct _zend_object_store_bucket {
    zend_bool destructor_called;
    zend_bool valid;
    zend_uchar apply_count; /* recursion guard of dumps and comparisons */
    union {
        struct {
            void *object;
            zend_objects_store_dtor_t dtor;
            zend_objects_free_object_storage_t free_storage;
            zend_objects_store_clone_t clone;
            const zend_object_handlers *handlers;
            zend_uint refcount;
            gc_root_buffer *buffered;
        } obj;
        struct {
            int next; /* the next free bucket, or -1 */
        } free_list;
    } bucket;
} zend_object_store_bucket;

typedef struct _zend_objects_store {
    zend_object_store_bucket *object_buckets;
    zend_uint top;  /* first handle never given out; handles count from 1 */
    zend_uint size;
    int free_list_head;
} zend_objects_store;

_Static_assert(sizeof(zend_object_store_bucket) == 64, "a bucket of the store has 64 bytes");

#endif
