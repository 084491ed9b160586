/* SPDX-License-Identifier: MIT */
/*
 * Stand-ins for the upper floors, so that the rooms data and value can be tested alone. Each is
 * weak: where the real one is linked, it serves. Messages are kept in unit_last_error.
 */
#include "engine_stubs.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include "runtime/zend_errors.h"
#include "runtime/zend_globals.h"
#include "value/zend_operators.h"
#include "value/zend_upward.h"

#define WEAK __attribute__((weak))

char unit_last_error[256];
int unit_destructors;

WEAK zend_compiler_globals compiler_globals;
WEAK zend_executor_globals executor_globals;
WEAK zend_class_entry *zend_standard_class_def;

WEAK void zend_error(int type, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(unit_last_error, sizeof(unit_last_error), format, args);
    va_end(args);
}

WEAK void zend_error_noreturn(int type, const char *format, ...)
{
    fprintf(stderr, "unexpected fatal error: %s\n", format);
    abort();
}

WEAK void zend_stack_exhausted(void)
{
    abort();
}

WEAK int zend_list_addref(int id)
{
    return SUCCESS;
}

WEAK int zend_list_delete(int id)
{
    return SUCCESS;
}

WEAK void zend_objects_destroy_object(zend_object *object, zend_object_handle handle)
{
}

WEAK int object_and_properties_init(zval *result, zend_class_entry *class_type,
    HashTable *properties)
{
    return FAILURE;
}

WEAK zend_class_entry *zend_get_class_entry(const zval *zobject)
{
    return NULL;
}

/* A store of objects that are hash tables, with a destructor that may be replaced. */
static HashTable *table_of(const zval *object)
{
    return (HashTable *) EG(objects_store).object_buckets[Z_OBJ_HANDLE_P(object)].bucket.obj.object;
}

static void release_object(zend_object_handle handle)
{
    zend_object_store_bucket *bucket = &EG(objects_store).object_buckets[handle];
    GC_REMOVE_ZOBJ_FROM_BUFFER(&bucket->bucket.obj);
    bucket->valid = 0;
    zend_hash_destroy((HashTable *) bucket->bucket.obj.object);
    efree(bucket->bucket.obj.object);
}

WEAK void zend_objects_store_destruct(zend_object_handle handle,
    const zend_object_handlers *handlers)
{
    zend_object_store_bucket *bucket = &EG(objects_store).object_buckets[handle];
    if (!bucket->destructor_called) {
        bucket->destructor_called = 1;
        bucket->bucket.obj.refcount++;
        bucket->bucket.obj.dtor(bucket->bucket.obj.object, handle);
        EG(objects_store).object_buckets[handle].bucket.obj.refcount--;
    }
}

WEAK void zend_objects_store_del_ref_by_handle_ex(zend_object_handle handle,
    const zend_object_handlers *handlers)
{
    zend_object_store_bucket *bucket = &EG(objects_store).object_buckets[handle];
    if (bucket->bucket.obj.refcount == 1) {
        zend_objects_store_destruct(handle, handlers);
        if (bucket->bucket.obj.refcount == 1) {
            release_object(handle);
            return;
        }
    }
    bucket->bucket.obj.refcount--;
}

static void unit_add_ref(zval *object)
{
    EG(objects_store).object_buckets[Z_OBJ_HANDLE_P(object)].bucket.obj.refcount++;
}

static void unit_del_ref(zval *object)
{
    zend_objects_store_del_ref_by_handle_ex(Z_OBJ_HANDLE_P(object), Z_OBJ_HT_P(object));
}

static HashTable *unit_get_gc(zval *object, zval ***table, int *count)
{
    *table = NULL;
    *count = 0;
    return table_of(object);
}

static const zend_object_handlers unit_handlers = {
    .add_ref = unit_add_ref, .del_ref = unit_del_ref, .get_gc = unit_get_gc
};

static void count_destructor(void *object, zend_object_handle handle)
{
    unit_destructors++;
}

void unit_make_object(zval *zv, zend_objects_store_dtor_t dtor)
{
    zend_objects_store *store = &EG(objects_store);
    zend_object_store_bucket *bucket;
    HashTable *ht = (HashTable *) emalloc(sizeof(HashTable));

    if (store->object_buckets == NULL) {
        store->object_buckets = calloc(256 * 1024, sizeof(*store->object_buckets));
        store->top = 1;
    }
    zend_hash_init(ht, 0, NULL, ZVAL_PTR_DTOR, 0);
    bucket = &store->object_buckets[store->top];
    bucket->valid = 1;
    bucket->bucket.obj.object = ht;
    bucket->bucket.obj.dtor = dtor ? dtor : count_destructor;
    bucket->bucket.obj.refcount = 1;
    Z_OBJ_HANDLE_P(zv) = store->top++;
    Z_OBJ_HT_P(zv) = &unit_handlers;
    Z_TYPE_P(zv) = IS_OBJECT;
}

HashTable *unit_object_table(const zval *object)
{
    return table_of(object);
}

void unit_start(void)
{
    start_memory_manager();
    zend_startup_values();
    EG(precision) = 14;
    gc_set_enabled(1);
    gc_reset();
}

void unit_end(void)
{
    gc_reset();
    shutdown_memory_manager(1, 0);
    zend_shutdown_values();
}
