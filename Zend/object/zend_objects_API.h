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

#define ZEND_OBJECTS_STORE_SIZE 1024 /* buckets at the start of a request */

/* --- The store of a request --------------------------------------------------------------- */

void zend_objects_store_init(zend_objects_store *objects, zend_uint init_size);
/* Frees the table itself. The objects in it must have been freed, or lie in a heap that goes. */
void zend_objects_store_destroy(zend_objects_store *objects);
/* Calls the destructors of all objects that are alive, in the order of their handles. */
void zend_objects_store_call_destructors(zend_objects_store *objects);
/* No destructor will run any more: after a fatal error. */
void zend_objects_store_mark_destructed(zend_objects_store *objects);
/* Frees all objects that are left, without destructors. */
void zend_objects_store_free_object_storage(zend_objects_store *objects);

/* --- Objects by handle -------------------------------------------------------------------- */

/*
 * Enters an object and gives it a handle, with a count of one. dtor is called once when the
 * last count goes, then free_storage, unless the destructor kept the object alive. clone fills
 * *object_clone. Each of them may be NULL.
 */
zend_object_handle zend_objects_store_put(void *object, zend_objects_store_dtor_t dtor,
    zend_objects_free_object_storage_t free_storage, zend_objects_store_clone_t clone);

void zend_objects_store_add_ref(zval *object);
void zend_objects_store_del_ref(zval *object);
void zend_objects_store_add_ref_by_handle(zend_object_handle handle);
/* handlers: those of the zval that goes; they are needed to make a $this for the destructor. */
void zend_objects_store_del_ref_by_handle_ex(zend_object_handle handle,
    const zend_object_handlers *handlers);
#define zend_objects_store_del_ref_by_handle(handle) \
    zend_objects_store_del_ref_by_handle_ex((handle), NULL)
zend_uint zend_objects_store_get_refcount(zval *object);
/* The standard clone handler for objects put with a clone function. */
zend_object_value zend_objects_store_clone_obj(zval *object);
void *zend_object_store_get_object(const zval *object);
void *zend_object_store_get_object_by_handle(zend_object_handle handle);
/* Gives the handle another object. */
void zend_object_store_set_object(zval *object, void *value);
/* The constructor threw: this object's destructor will not run. */
void zend_object_store_ctor_failed(zval *object);

/* --- What the collector needs ------------------------------------------------------------- */

/* Calls the destructor now, unless it has run; the object stays alive during the call. */
void zend_objects_store_destruct(zend_object_handle handle, const zend_object_handlers *handlers);
/* Frees the object and its handle, whatever its count. */
void zend_objects_store_release(zend_object_handle handle);

#endif
