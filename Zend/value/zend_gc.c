/* SPDX-License-Identifier: MIT */
/*
 * The collector's buffer of possible roots, and the collection as a sequence of phases; the
 * phases themselves are in zend_gc_phases.c.
 *
 * Destructors run while the garbage is still whole. Each of its zvals carries one count more
 * meanwhile, the collector's own, so that nothing is freed under way. Whatever the destructors
 * did, a second analysis (over the garbage only) then tells what is garbage still.
 */
#include "value/zend_gc_internal.h"

/* Destructors may make new objects in the garbage, whose destructors run in the next round. */
#define MAX_DESTRUCTOR_ROUNDS 8

zend_gc_globals gc_globals;

/* --- The root buffer ---------------------------------------------------------------------- */

void gc_reset(void)
{
    GC_G(gc_active) = 0;
    GC_G(gc_runs) = 0;
    GC_G(collected) = 0;
    GC_G(roots).next = &GC_G(roots);
    GC_G(roots).prev = &GC_G(roots);
    GC_G(unused) = NULL;
    GC_G(first_unused) = GC_G(buf) ? GC_G(buf) + 1 : NULL;
    GC_G(last_unused) = GC_G(buf) ? GC_G(buf) + GC_ROOT_BUFFER_MAX_ENTRIES : NULL;
    gc_phases_reset();
}

void gc_set_enabled(zend_bool enabled)
{
    GC_G(gc_enabled) = enabled;
    if (enabled && GC_G(buf) == NULL) {
        GC_G(buf) = (gc_root_buffer *) __zend_malloc(
            sizeof(gc_root_buffer) * GC_ROOT_BUFFER_MAX_ENTRIES);
        gc_reset();
    }
}

zend_bool gc_is_enabled(void)
{
    return GC_G(gc_enabled);
}

void gc_globals_dtor(void)
{
    free(GC_G(buf));
    GC_G(buf) = NULL;
    gc_reset();
}

void gc_remove_from_buffer(gc_root_buffer *root)
{
    root->next->prev = root->prev;
    root->prev->next = root->next;
    root->prev = GC_G(unused);
    GC_G(unused) = root;
}

/* A free entry, linked as the latest root; NULL when the buffer is full. */
static gc_root_buffer *new_root(void)
{
    gc_root_buffer *root = GC_G(unused);
    if (root != NULL) {
        GC_G(unused) = root->prev;
    } else if (GC_G(first_unused) != GC_G(last_unused)) {
        root = GC_G(first_unused)++;
    } else {
        return NULL;
    }
    root->prev = &GC_G(roots);
    root->next = GC_G(roots).next;
    root->next->prev = root;
    GC_G(roots).next = root;
    return root;
}

/* *count is the count of what is to be noted: it must survive the collection. */
static gc_root_buffer *new_root_or_collect(zend_uint *count)
{
    gc_root_buffer *root = ZEND_UNLIKELY(GC_G(gc_stress)) ? NULL : new_root();
    if (ZEND_LIKELY(root != NULL) || GC_G(buf) == NULL) {
        return root;
    }
    if (GC_G(gc_enabled)) {
        ++*count;
        gc_collect_cycles();
        --*count;
    }
    return new_root();
}

void gc_zval_possible_root(zval *zv)
{
    zval_gc_info *info = GC_ZVAL_INFO(zv);
    gc_root_buffer *root;

    if (Z_TYPE_P(zv) == IS_OBJECT) {
        gc_zobj_possible_root(zv);
        return;
    }
    if (GC_GET_COLOR(info->u.buffered) == GC_PURPLE) {
        return;
    }
    if (GC_ADDRESS(info->u.buffered) == NULL) {
        root = new_root_or_collect(&zv->refcount__gc);
        if (root == NULL) {
            return;
        }
        root->handle = 0;
        root->u.pz = zv;
        info->u.buffered = root;
    }
    GC_SET_COLOR(info->u.buffered, GC_PURPLE);
}

void gc_zobj_possible_root(zval *zv)
{
    zend_object_handle handle = Z_OBJ_HANDLE_P(zv);
    gc_object *object;
    gc_root_buffer *root;

    if (ZEND_UNLIKELY(!gc_object_is_valid(handle)) || Z_OBJ_HT_P(zv)->get_gc == NULL) {
        return;
    }
    object = gc_object_of(handle);
    if (GC_GET_COLOR(object->buffered) == GC_PURPLE) {
        return;
    }
    if (GC_ADDRESS(object->buffered) == NULL) {
        const zend_object_handlers *handlers = Z_OBJ_HT_P(zv);
        object->refcount++;
        root = ZEND_UNLIKELY(GC_G(gc_stress)) ? NULL : new_root();
        if (root == NULL && GC_G(buf) != NULL) {
            if (GC_G(gc_enabled)) {
                gc_collect_cycles();
            }
            root = new_root();
        }
        object = gc_object_of(handle); /* the store may have moved */
        object->refcount--;
        if (root == NULL) {
            return;
        }
        root->handle = handle;
        root->u.handlers = handlers;
        object->buffered = root;
    }
    GC_SET_COLOR(object->buffered, GC_PURPLE);
}

/* --- A collection ------------------------------------------------------------------------- */

/* Runs the destructors that have not run. False when there is garbage that still has some. */
static bool run_destructors(void)
{
    int round;
    for (round = 0; round < MAX_DESTRUCTOR_ROUNDS; round++) {
        if (!gc_garbage_has_destructors()) {
            return true;
        }
        gc_hold_garbage();
        gc_call_destructors();
        gc_find_garbage_again();
    }
    return !gc_garbage_has_destructors();
}

int gc_collect_cycles(void)
{
    int count;

    if (GC_G(roots).next == &GC_G(roots) || GC_G(roots).next == NULL || GC_G(gc_active)) {
        return 0;
    }
    GC_G(gc_active) = 1;
    GC_G(gc_runs)++;
    gc_find_garbage();
    count = (int) gc_garbage_count();
    if (run_destructors()) {
        gc_free_garbage();
    }
    gc_forget_garbage();
    GC_G(collected) += (zend_uint) count;
    GC_G(gc_active) = 0;
    return count;
}
