/* SPDX-License-Identifier: MIT */
/*
 * The binary heap: sifting, the object, and how foreach takes one element after the other.
 */
#include "ext/spl/spl_heap.h"

static zend_object_handlers heap_handlers;

/* --- Comparing ----------------------------------------------------------------------------- */

zval *spl_queue_extract(const zval *element, int flags)
{
    zval **part;
    bool data = flags != SPL_QUEUE_EXTRACT_PRIORITY;
    const char *name = data ? "data" : "priority";

    if (flags == SPL_QUEUE_EXTRACT_BOTH) {
        return (zval *) element;
    }
    if (!(flags & SPL_QUEUE_EXTRACT_BOTH)
        || zend_hash_find(Z_ARRVAL_P(element), name, (uint) strlen(name) + 1, (void **) &part)
            == FAILURE) {
        zend_error(E_RECOVERABLE_ERROR, "Unable to extract from the PriorityQueue node");
        return NULL;
    }
    return *part;
}

static int compare_by_user(spl_heap_object *intern, zval *a, zval *b)
{
    zval *object;
    zval *result;
    long order = 0;

    MAKE_STD_ZVAL(object);
    Z_TYPE_P(object) = IS_OBJECT;
    Z_OBJ_HANDLE_P(object) = intern->handle;
    Z_OBJ_HT_P(object) = &heap_handlers;
    zend_objects_store_add_ref(object);
    result = spl_call(object, "compare", 2, a, b);
    if (result) {
        order = zend_zval_get_long(result);
        zval_ptr_dtor(&result);
    }
    zval_ptr_dtor(&object);
    return order > 0 ? 1 : order < 0 ? -1 : 0;
}

int spl_heap_compare_max(spl_heap_object *intern, zval *a, zval *b)
{
    if (EG(exception)) {
        return 0;
    }
    return intern && intern->user_compare ? compare_by_user(intern, a, b) : zend_compare(a, b);
}

int spl_heap_compare_min(spl_heap_object *intern, zval *a, zval *b)
{
    if (EG(exception)) {
        return 0;
    }
    return intern && intern->user_compare ? compare_by_user(intern, a, b) : zend_compare(b, a);
}

static int compare_priorities(spl_heap_object *intern, zval *a, zval *b)
{
    zval *first = spl_queue_extract(a, SPL_QUEUE_EXTRACT_PRIORITY);
    zval *second = spl_queue_extract(b, SPL_QUEUE_EXTRACT_PRIORITY);

    return first && second ? spl_heap_compare_max(intern, first, second) : 0;
}

/* --- Sifting ------------------------------------------------------------------------------- */

bool spl_heap_refuses(const spl_heap_object *intern)
{
    if (intern->corrupted) {
        spl_throw(spl_ce_RuntimeException,
            "Heap is corrupted, heap properties are no longer ensured.");
    } else if (intern->locked) {
        spl_throw(spl_ce_RuntimeException,
            "Heap cannot be changed when it is already being modified.");
    }
    return intern->corrupted || intern->locked;
}

static void end_of_sift(spl_heap_object *intern)
{
    intern->locked = false;
    if (EG(exception)) {
        intern->corrupted = true;
    }
}

void spl_heap_insert(spl_heap_object *intern, zval *value)
{
    int i;

    if (intern->count + 1 > intern->room) {
        intern->room = intern->room ? intern->room * 2 : 8;
        intern->elements = safe_erealloc(intern->elements, intern->room, sizeof(zval *), 0);
    }
    intern->locked = true;
    /* The hole is filled at each step, so that the collector sees every element. */
    i = intern->count++;
    intern->elements[i] = value;
    while (i > 0 && intern->compare(intern, intern->elements[(i - 1) / 2], value) < 0) {
        intern->elements[i] = intern->elements[(i - 1) / 2];
        i = (i - 1) / 2;
        intern->elements[i] = value;
    }
    end_of_sift(intern);
}

/* The greater child of element i. */
static int greater_child(spl_heap_object *intern, int i)
{
    int child = i * 2 + 1;

    if (child + 1 <= intern->count
        && intern->compare(intern, intern->elements[child + 1], intern->elements[child]) > 0) {
        child++;
    }
    return child;
}

zval *spl_heap_extract(spl_heap_object *intern)
{
    int limit = (intern->count - 1) / 2;
    zval *top;
    zval *bottom;
    int i = 0;

    if (intern->count == 0) {
        return NULL;
    }
    intern->locked = true;
    intern->count--;
    top = intern->elements[0];
    bottom = intern->elements[intern->count];
    while (i < limit) {
        int child = greater_child(intern, i);
        if (intern->compare(intern, bottom, intern->elements[child]) >= 0) {
            break;
        }
        intern->elements[i] = intern->elements[child];
        i = child;
    }
    intern->elements[i] = bottom;
    end_of_sift(intern);
    return top;
}

/* --- The object ---------------------------------------------------------------------------- */

static void heap_free(void *object)
{
    spl_heap_object *intern = object;
    int i;

    zend_object_std_dtor(&intern->std);
    for (i = 0; i < intern->count; i++) {
        zval_ptr_dtor(&intern->elements[i]);
    }
    if (intern->elements) {
        efree(intern->elements);
    }
    spl_debug_info_free(&intern->debug_info);
    efree(intern);
}

static void choose_comparison(spl_heap_object *intern, zend_class_entry *ce)
{
    const zend_class_entry *internal = spl_internal_base(ce);

    if (strcmp(internal->name, "SplPriorityQueue") == 0) {
        intern->compare = compare_priorities;
        intern->flags = SPL_QUEUE_EXTRACT_DATA;
    } else if (strcmp(internal->name, "SplMinHeap") == 0) {
        intern->compare = spl_heap_compare_min;
    } else {
        intern->compare = spl_heap_compare_max;
    }
    intern->base = internal->parent ? internal->parent : (zend_class_entry *) internal;
    if (ce->type != ZEND_INTERNAL_CLASS) {
        intern->user_compare = spl_find_override(ce, intern->base, "compare");
        intern->user_count = spl_find_override(ce, intern->base, "count");
    }
}

zend_object_value spl_heap_object_new(zend_class_entry *ce)
{
    spl_heap_object *intern = ecalloc(1, sizeof(spl_heap_object));
    zend_object_value value;

    intern->room = 8;
    intern->elements = ecalloc(intern->room, sizeof(zval *));
    choose_comparison(intern, ce);
    value = spl_object_enter(&intern->std, ce, heap_free, &heap_handlers);
    intern->handle = value.handle;
    return value;
}

static zend_object_value heap_clone(zval *object)
{
    spl_heap_object *old = spl_heap_from(object);
    zend_object_value value = spl_heap_object_new(old->std.ce);
    spl_heap_object *intern = zend_object_store_get_object_by_handle(value.handle);
    int i;

    if (old->count > intern->room) {
        intern->room = old->room;
        intern->elements = safe_erealloc(intern->elements, intern->room, sizeof(zval *), 0);
    }
    for (i = 0; i < old->count; i++) {
        intern->elements[i] = old->elements[i];
        Z_ADDREF_P(intern->elements[i]);
    }
    intern->count = old->count;
    intern->flags = old->flags;
    intern->corrupted = old->corrupted;
    zend_objects_clone_members(&intern->std, value, &old->std, Z_OBJ_HANDLE_P(object));
    return value;
}

static int heap_count_elements(zval *object, long *count)
{
    spl_heap_object *intern = spl_heap_from(object);

    if (!intern->user_count) {
        *count = intern->count;
        return SUCCESS;
    }
    return spl_call_count(object, count);
}

static HashTable *heap_debug_info(zval *object, int *is_temp)
{
    spl_heap_object *intern = spl_heap_from(object);
    zval *value;
    int i;

    *is_temp = 0;
    if (!spl_debug_info_begin(&intern->std, &intern->debug_info)) {
        return intern->debug_info;
    }
    MAKE_STD_ZVAL(value);
    ZVAL_LONG(value, intern->flags);
    spl_debug_info_add(intern->debug_info, intern->base, "flags", value);
    MAKE_STD_ZVAL(value);
    ZVAL_BOOL(value, intern->corrupted);
    spl_debug_info_add(intern->debug_info, intern->base, "isCorrupted", value);
    MAKE_STD_ZVAL(value);
    array_init(value);
    for (i = 0; i < intern->count; i++) {
        Z_ADDREF_P(intern->elements[i]);
        add_next_index_zval(value, intern->elements[i]);
    }
    spl_debug_info_add(intern->debug_info, intern->base, "heap", value);
    return intern->debug_info;
}

static HashTable *heap_get_gc(zval *object, zval ***table, int *n)
{
    spl_heap_object *intern = spl_heap_from(object);

    /* Between two steps of a sift elements stand in two places: nothing is garbage then. */
    *table = intern->elements;
    *n = intern->locked ? 0 : intern->count;
    return zend_std_get_properties(object);
}

void spl_heap_init_handlers(void)
{
    heap_handlers = *zend_get_std_object_handlers();
    heap_handlers.clone_obj = heap_clone;
    heap_handlers.count_elements = heap_count_elements;
    heap_handlers.get_debug_info = heap_debug_info;
    heap_handlers.get_gc = heap_get_gc;
}

/* --- foreach ------------------------------------------------------------------------------- */

static void it_dtor(zend_object_iterator *iterator)
{
    zval *object = iterator->data;

    zend_user_it_invalidate_current(iterator);
    zval_ptr_dtor(&object);
    efree(iterator);
}

static void it_rewind(zend_object_iterator *iterator)
{
    zend_user_it_invalidate_current(iterator);
}

static int it_valid(zend_object_iterator *iterator)
{
    return spl_heap_from(iterator->data)->count ? SUCCESS : FAILURE;
}

static void it_get_current_data(zend_object_iterator *iterator, zval ***data)
{
    zend_user_iterator *it = (zend_user_iterator *) iterator;
    spl_heap_object *intern = spl_heap_from(iterator->data);
    zval *value;

    *data = NULL;
    if (intern->corrupted) {
        spl_heap_refuses(intern);
        return;
    }
    if (intern->count == 0) {
        return;
    }
    value = intern->elements[0];
    if (intern->compare == compare_priorities) {
        value = spl_queue_extract(value, intern->flags);
    }
    if (value) {
        zend_user_it_invalidate_current(iterator);
        Z_ADDREF_P(value);
        it->value = value;
        *data = &it->value;
    }
}

static void it_get_current_key(zend_object_iterator *iterator, zval *key)
{
    ZVAL_LONG(key, spl_heap_from(iterator->data)->count - 1);
}

static void it_move_forward(zend_object_iterator *iterator)
{
    spl_heap_object *intern = spl_heap_from(iterator->data);
    zval *element;

    if (spl_heap_refuses(intern)) {
        return;
    }
    element = spl_heap_extract(intern);
    if (element) {
        zval_ptr_dtor(&element);
    }
    zend_user_it_invalidate_current(iterator);
}

static const zend_object_iterator_funcs heap_it_funcs = {
    it_dtor, it_valid, it_get_current_data, it_get_current_key, it_move_forward, it_rewind, NULL,
};

zend_object_iterator *spl_heap_get_iterator(zend_class_entry *ce, zval *object, int by_ref)
{
    zend_user_iterator *iterator;

    if (spl_refuse_by_reference(by_ref)) {
        return NULL;
    }
    if (spl_overrides_iteration(ce)) {
        return spl_user_iterator(ce, object, by_ref);
    }
    iterator = ecalloc(1, sizeof(zend_user_iterator));
    Z_ADDREF_P(object);
    iterator->it.data = object;
    iterator->it.funcs = &heap_it_funcs;
    iterator->ce = ce;
    return &iterator->it;
}
