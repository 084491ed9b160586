/* SPDX-License-Identifier: MIT */
/*
 * The fast ways into standard objects, for the virtual machine.
 *
 * They answer when everything is as it was the last time, from the run-time cache, and say
 * NULL in all other cases: the caller then asks the handler, which fills the cache.
 */
#ifndef ZEND_STD_HANDLERS_FAST_H
#define ZEND_STD_HANDLERS_FAST_H

#include "object/zend_std_handlers.h"
#include "runtime/zend_globals.h"

/* The scope that visibility is judged from: the running frame's. */
static zend_always_inline zend_class_entry **zend_scope_slot(void)
{
    zend_execute_data *frame = EG(current_execute_data);
    return ZEND_LIKELY(frame != NULL) ? &frame->scope : &EG(scope);
}
#define zend_executed_scope() (*zend_scope_slot())

static zend_always_inline zend_object *zend_object_by_handle(zend_object_handle handle)
{
    return (zend_object *) EG(objects_store).object_buckets[handle].bucket.obj.object;
}

static zend_always_inline bool zend_is_std_object(const zval *object)
{
    return Z_OBJ_HT_P(object) == &std_object_handlers;
}

/*
 * The place of a declared property that is set: *place is its zval. NULL when the cache does not
 * know it, the property is unset or dynamic. `object` is an object zval; cache is
 * run_time_cache + cache_slot of the property's literal. Visibility holds, since the cache
 * belongs to one function in one scope.
 */
static zend_always_inline zval **zend_cached_property(const zval *object, void **cache)
{
    zend_object *zobj;
    zval **place;

    if (ZEND_UNLIKELY(!zend_is_std_object(object))) {
        return NULL;
    }
    zobj = zend_object_by_handle(Z_OBJ_HANDLE_P(object));
    if (ZEND_UNLIKELY(cache[0] != (void *) zobj->ce)) {
        return NULL;
    }
    if (ZEND_UNLIKELY(((zend_property_info *) cache[1])->offset < 0)) {
        return NULL;
    }
    place = &zobj->properties_table[((zend_property_info *) cache[1])->offset];
    return ZEND_LIKELY(*place != NULL) ? place : NULL;
}

#endif
