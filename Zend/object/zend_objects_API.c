/* SPDX-License-Identifier: MIT */
/*
 * The object store: handles, counts, and the two steps of an object's end.
 *
 * When the last count of an object goes, its destructor is called first, with the object still
 * alive and counted once; if that count is all there is afterwards, the storage is freed and
 * the handle goes to the head of the free list. Neither step is protected by a zend_try: when
 * one bails out, the bucket is left in a state that the end of the request copes with (a
 * called destructor is not called again, a bucket whose storage is being freed is not valid).
 */
#include "object/zend_objects_API.h"

#include <string.h>

#include "zend_alloc.h"
#include "object/zend_class.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_globals.h"

void zend_objects_store_init(zend_objects_store *objects, zend_uint init_size)
{
    objects->object_buckets = emalloc(init_size * sizeof(zend_object_store_bucket));
    memset(objects->object_buckets, 0, sizeof(zend_object_store_bucket));
    objects->top = 1; /* handle 0 is none */
    objects->size = init_size;
    objects->free_list_head = -1;
}

void zend_objects_store_destroy(zend_objects_store *objects)
{
    if (objects->object_buckets) {
        efree(objects->object_buckets);
        objects->object_buckets = NULL;
    }
}

void zend_objects_store_destruct(zend_object_handle handle, const zend_object_handlers *handlers)
{
    zend_object_store_bucket *bucket = &EG(objects_store).object_buckets[handle];

    if (bucket->destructor_called) {
        return;
    }
    bucket->destructor_called = 1;
    if (bucket->bucket.obj.dtor == NULL || bucket->bucket.obj.object == NULL) {
        return;
    }
    if (handlers && !bucket->bucket.obj.handlers) {
        bucket->bucket.obj.handlers = handlers;
    }
    bucket->bucket.obj.refcount++;
    bucket->bucket.obj.dtor(bucket->bucket.obj.object, handle);
    /* The table may have moved. */
    EG(objects_store).object_buckets[handle].bucket.obj.refcount--;
}

void zend_objects_store_call_destructors(zend_objects_store *objects)
{
    zend_uint handle;

    for (handle = 1; handle < objects->top; handle++) {
        if (objects->object_buckets[handle].valid) {
            zend_objects_store_destruct(handle, NULL);
        }
    }
}

void zend_objects_store_mark_destructed(zend_objects_store *objects)
{
    zend_uint handle;

    if (!objects->object_buckets) {
        return;
    }
    for (handle = 1; handle < objects->top; handle++) {
        objects->object_buckets[handle].destructor_called = 1;
    }
}

/* The bucket keeps its place out of the free list while the storage is freed. */
static void zend_objects_store_free_storage(zend_object_handle handle)
{
    zend_object_store_bucket *bucket = &EG(objects_store).object_buckets[handle];

    bucket->valid = 0;
    GC_REMOVE_ZOBJ_FROM_BUFFER(&bucket->bucket.obj);
    if (bucket->bucket.obj.free_storage) {
        bucket->bucket.obj.free_storage(bucket->bucket.obj.object);
    }
}

void zend_objects_store_free_object_storage(zend_objects_store *objects)
{
    zend_uint handle;

    for (handle = 1; handle < objects->top; handle++) {
        if (objects->object_buckets[handle].valid) {
            zend_objects_store_free_storage(handle);
        }
    }
}

void zend_objects_store_release(zend_object_handle handle)
{
    zend_object_store_bucket *bucket;

    zend_objects_store_free_storage(handle);
    bucket = &EG(objects_store).object_buckets[handle];
    bucket->bucket.free_list.next = EG(objects_store).free_list_head;
    EG(objects_store).free_list_head = (int) handle;
}

static ZEND_COLD void zend_objects_store_grow(zend_objects_store *objects)
{
    objects->size *= 2;
    objects->object_buckets = erealloc(objects->object_buckets,
        (size_t) objects->size * sizeof(zend_object_store_bucket));
}

zend_object_handle zend_objects_store_put(void *object, zend_objects_store_dtor_t dtor,
    zend_objects_free_object_storage_t free_storage, zend_objects_store_clone_t clone)
{
    zend_objects_store *objects = &EG(objects_store);
    zend_object_store_bucket *bucket;
    zend_object_handle handle;

    if (objects->free_list_head != -1) {
        handle = (zend_object_handle) objects->free_list_head;
        objects->free_list_head = objects->object_buckets[handle].bucket.free_list.next;
    } else {
        if (ZEND_UNLIKELY(objects->top == objects->size)) {
            zend_objects_store_grow(objects);
        }
        handle = objects->top++;
    }
    bucket = &objects->object_buckets[handle];
    bucket->destructor_called = 0;
    bucket->valid = 1;
    bucket->apply_count = 0;
    bucket->bucket.obj.object = object;
    bucket->bucket.obj.dtor = dtor;
    bucket->bucket.obj.free_storage = free_storage;
    bucket->bucket.obj.clone = clone;
    bucket->bucket.obj.handlers = NULL;
    bucket->bucket.obj.refcount = 1;
    bucket->bucket.obj.buffered = NULL;
    return handle;
}

void zend_objects_store_add_ref_by_handle(zend_object_handle handle)
{
    EG(objects_store).object_buckets[handle].bucket.obj.refcount++;
}

void zend_objects_store_add_ref(zval *object)
{
    zend_objects_store_add_ref_by_handle(Z_OBJ_HANDLE_P(object));
}

void zend_objects_store_del_ref_by_handle_ex(zend_object_handle handle,
    const zend_object_handlers *handlers)
{
    zend_object_store_bucket *bucket;

    if (ZEND_UNLIKELY(!EG(objects_store).object_buckets)) {
        return;
    }
    bucket = &EG(objects_store).object_buckets[handle];
    if (ZEND_UNLIKELY(!bucket->valid)) {
        return;
    }
    if (bucket->bucket.obj.refcount == 1) {
        if (!bucket->destructor_called) {
            bucket->destructor_called = 1;
            if (bucket->bucket.obj.dtor) {
                if (!bucket->bucket.obj.handlers) {
                    bucket->bucket.obj.handlers = handlers;
                }
                bucket->bucket.obj.dtor(bucket->bucket.obj.object, handle);
                bucket = &EG(objects_store).object_buckets[handle];
            }
        }
        if (bucket->bucket.obj.refcount == 1) {
            zend_objects_store_release(handle);
            return;
        }
    }
    bucket->bucket.obj.refcount--;
}

void zend_objects_store_del_ref(zval *object)
{
    zend_object_handle handle = Z_OBJ_HANDLE_P(object);

    Z_ADDREF_P(object); /* the destructor may look at the zval */
    zend_objects_store_del_ref_by_handle_ex(handle, Z_OBJ_HT_P(object));
    Z_DELREF_P(object);
    if (EG(objects_store).object_buckets && EG(objects_store).object_buckets[handle].valid) {
        gc_zobj_possible_root(object);
    }
}

zend_uint zend_objects_store_get_refcount(zval *object)
{
    return EG(objects_store).object_buckets[Z_OBJ_HANDLE_P(object)].bucket.obj.refcount;
}

zend_object_value zend_objects_store_clone_obj(zval *zobject)
{
    zend_object_handle handle = Z_OBJ_HANDLE_P(zobject);
    zend_object_store_bucket *bucket = &EG(objects_store).object_buckets[handle];
    zend_object_value result;
    void *new_object;

    if (bucket->bucket.obj.clone == NULL) {
        zend_error_noreturn(E_CORE_ERROR, "Trying to clone uncloneable object of class %s",
            Z_OBJCE_P(zobject)->name);
    }
    bucket->bucket.obj.clone(bucket->bucket.obj.object, &new_object);
    bucket = &EG(objects_store).object_buckets[handle];
    result.handle = zend_objects_store_put(new_object, bucket->bucket.obj.dtor,
        bucket->bucket.obj.free_storage, bucket->bucket.obj.clone);
    result.handlers = Z_OBJ_HT_P(zobject);
    return result;
}

void *zend_object_store_get_object_by_handle(zend_object_handle handle)
{
    return EG(objects_store).object_buckets[handle].bucket.obj.object;
}

void *zend_object_store_get_object(const zval *object)
{
    return zend_object_store_get_object_by_handle(Z_OBJ_HANDLE_P(object));
}

void zend_object_store_set_object(zval *object, void *value)
{
    EG(objects_store).object_buckets[Z_OBJ_HANDLE_P(object)].bucket.obj.object = value;
}

void zend_object_store_ctor_failed(zval *object)
{
    EG(objects_store).object_buckets[Z_OBJ_HANDLE_P(object)].destructor_called = 1;
}
