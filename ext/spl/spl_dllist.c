/* SPDX-License-Identifier: MIT */
/*
 * The doubly linked list behind SplDoublyLinkedList, SplQueue and SplStack: elements, the
 * object, and how foreach walks over it.
 *
 * An element is counted: by the list, and by each iterator that stands on it. When it is taken
 * out of the list while an iterator stands on it, it keeps (and counts) its neighbours of that
 * moment, so that the iterator finds the way back:
 *
 *      list      A <-> B <-> C              A <-----> C
 *                      ^                      \     ^
 *      iterator ------/          remove B      B --/      B: data NULL, removed
 *
 * Invariants: of a list, count = elements in it; an element in the list has data; the
 * neighbours of an element in the list are in the list.
 */
#include "ext/spl/spl_dllist.h"

static zend_object_handlers list_handlers;
zend_class_entry *spl_ce_SplDoublyLinkedList;

/* --- Elements ------------------------------------------------------------------------------ */

/* Frees an element nobody stands on any more, and removed neighbours that only it kept. The ones
 * to be freed are chained by data, so that a long chain needs no deep recursion. */
static void free_element(spl_list_element *element)
{
    spl_list_element *pending = element;

    element->data = NULL;
    while (pending) {
        spl_list_element *neighbours[2] = {pending->prev, pending->next};
        bool removed = pending->removed;
        int i;
        element = pending;
        pending = (spl_list_element *) element->data;
        efree(element);
        for (i = 0; removed && i < 2; i++) {
            if (neighbours[i] && --neighbours[i]->count == 0) {
                neighbours[i]->data = (zval *) pending;
                pending = neighbours[i];
            }
        }
    }
}

static void release_element(spl_list_element *element)
{
    if (element && --element->count == 0) {
        free_element(element);
    }
}

/* Takes an element out of the list; its value, whose count goes to the caller. */
static zval *unlink_element(spl_list *list, spl_list_element *element)
{
    zval *value = element->data;

    if (element->prev) {
        element->prev->next = element->next;
    } else {
        list->head = element->next;
    }
    if (element->next) {
        element->next->prev = element->prev;
    } else {
        list->tail = element->prev;
    }
    list->count--;
    element->data = NULL;
    if (element->count > 1) {
        element->removed = true;
        if (element->prev) {
            element->prev->count++;
        }
        if (element->next) {
            element->next->count++;
        }
    }
    release_element(element);
    return value;
}

/* Inserts before `next` (NULL: at the end). The value is counted. */
static void insert_before(spl_list *list, spl_list_element *next, zval *value)
{
    spl_list_element *element = emalloc(sizeof(spl_list_element));
    spl_list_element *prev = next ? next->prev : list->tail;

    Z_ADDREF_P(value);
    element->data = value;
    element->count = 1;
    element->removed = false;
    element->prev = prev;
    element->next = next;
    if (prev) {
        prev->next = element;
    } else {
        list->head = element;
    }
    if (next) {
        next->prev = element;
    } else {
        list->tail = element;
    }
    list->count++;
}

void spl_list_push(spl_list *list, zval *value)
{
    insert_before(list, NULL, value);
}

void spl_list_unshift(spl_list *list, zval *value)
{
    insert_before(list, list->head, value);
}

void spl_list_insert_before(spl_list *list, spl_list_element *next, zval *value)
{
    insert_before(list, next, value);
}

zval *spl_list_pop(spl_list *list)
{
    return list->tail ? unlink_element(list, list->tail) : NULL;
}

zval *spl_list_shift(spl_list *list)
{
    return list->head ? unlink_element(list, list->head) : NULL;
}

spl_list_element *spl_list_at(const spl_list *list, long offset, bool backward)
{
    spl_list_element *element;
    long steps;

    if (offset < 0 || offset >= list->count) {
        return NULL;
    }
    if (offset >= list->count / 2) {
        backward = !backward;
        offset = list->count - 1 - offset;
    }
    element = backward ? list->tail : list->head;
    for (steps = offset; steps > 0 && element; steps--) {
        element = backward ? element->prev : element->next;
    }
    return element;
}

void spl_list_remove(spl_list *list, spl_list_element *element)
{
    zval *value = unlink_element(list, element);

    zval_ptr_dtor(&value);
}

void spl_list_clear(spl_list *list)
{
    zval *value;

    while ((value = spl_list_pop(list)) != NULL) {
        zval_ptr_dtor(&value);
    }
}

/* --- Walking ------------------------------------------------------------------------------- */

static void stand_on(spl_list_walk *walk, spl_list_element *element)
{
    spl_list_element *old = walk->element;

    if (element) {
        element->count++;
    }
    walk->element = element;
    release_element(old);
}

void spl_list_walk_end(spl_list_walk *walk)
{
    stand_on(walk, NULL);
}

void spl_list_rewind(spl_list_walk *walk, const spl_list *list, int flags)
{
    bool backward = (flags & SPL_LIST_LIFO) != 0;

    walk->position = backward ? list->count - 1 : 0;
    stand_on(walk, backward ? list->tail : list->head);
}

/* The neighbour that is still in the list. */
static spl_list_element *neighbour(const spl_list_element *element, bool backward)
{
    spl_list_element *next;

    do {
        next = backward ? element->prev : element->next;
        element = next;
    } while (next && next->removed);
    return next;
}

void spl_list_move(spl_list_walk *walk, spl_list *list, int flags)
{
    bool backward = (flags & SPL_LIST_LIFO) != 0;
    zval *value = NULL;

    if (!walk->element) {
        return;
    }
    stand_on(walk, neighbour(walk->element, backward));
    if (flags & SPL_LIST_DELETE) {
        value = backward ? spl_list_pop(list) : spl_list_shift(list);
    }
    if (backward) {
        walk->position--;
    } else if (!(flags & SPL_LIST_DELETE)) {
        walk->position++;
    }
    if (value) {
        zval_ptr_dtor(&value);
    }
}

zval *spl_list_walk_value(const spl_list_walk *walk)
{
    return walk->element ? walk->element->data : NULL;
}

/* --- The object ---------------------------------------------------------------------------- */

static void list_free(void *object)
{
    spl_list_object *intern = object;

    zend_object_std_dtor(&intern->std);
    spl_list_walk_end(&intern->walk);
    spl_list_clear(intern->list);
    efree(intern->list);
    spl_debug_info_free(&intern->debug_info);
    efree(intern);
}

zend_object_value spl_list_object_new(zend_class_entry *ce)
{
    spl_list_object *intern = ecalloc(1, sizeof(spl_list_object));
    zend_class_entry *base = spl_internal_base(ce);

    intern->list = ecalloc(1, sizeof(spl_list));
    if (strcmp(base->name, "SplStack") == 0) {
        intern->flags = SPL_LIST_FIXED | SPL_LIST_LIFO;
    } else if (strcmp(base->name, "SplQueue") == 0) {
        intern->flags = SPL_LIST_FIXED;
    }
    if (ce->type != ZEND_INTERNAL_CLASS) {
        intern->offset_get = spl_find_override(ce, base, "offsetget");
        intern->offset_set = spl_find_override(ce, base, "offsetset");
        intern->offset_has = spl_find_override(ce, base, "offsetexists");
        intern->offset_del = spl_find_override(ce, base, "offsetunset");
        intern->count = spl_find_override(ce, base, "count");
    }
    return spl_object_enter(&intern->std, ce, list_free, &list_handlers);
}

static zend_object_value list_clone(zval *object)
{
    spl_list_object *old = spl_list_from(object);
    zend_object_value value = spl_list_object_new(old->std.ce);
    spl_list_object *intern = zend_object_store_get_object_by_handle(value.handle);
    const spl_list_element *element;

    intern->flags = old->flags;
    for (element = old->list->head; element; element = element->next) {
        spl_list_push(intern->list, element->data);
    }
    zend_objects_clone_members(&intern->std, value, &old->std, Z_OBJ_HANDLE_P(object));
    return value;
}

static int list_count_elements(zval *object, long *count)
{
    spl_list_object *intern = spl_list_from(object);

    if (!intern->count) {
        *count = intern->list->count;
        return SUCCESS;
    }
    return spl_call_count(object, count);
}

static HashTable *list_debug_info(zval *object, int *is_temp)
{
    spl_list_object *intern = spl_list_from(object);
    const spl_list_element *element;
    zval *flags;
    zval *elements;

    *is_temp = 0;
    if (!spl_debug_info_begin(&intern->std, &intern->debug_info)) {
        return intern->debug_info;
    }
    MAKE_STD_ZVAL(flags);
    ZVAL_LONG(flags, intern->flags);
    spl_debug_info_add(intern->debug_info, spl_ce_SplDoublyLinkedList, "flags", flags);
    MAKE_STD_ZVAL(elements);
    array_init(elements);
    for (element = intern->list->head; element; element = element->next) {
        Z_ADDREF_P(element->data);
        add_next_index_zval(elements, element->data);
    }
    spl_debug_info_add(intern->debug_info, spl_ce_SplDoublyLinkedList, "dllist", elements);
    return intern->debug_info;
}

void spl_list_init_handlers(void)
{
    list_handlers = *zend_get_std_object_handlers();
    list_handlers.clone_obj = list_clone;
    list_handlers.count_elements = list_count_elements;
    list_handlers.get_debug_info = list_debug_info;
    list_handlers.get_gc = NULL; /* as in PHP 5.6, cycles through a list stay */
}

/* --- foreach ------------------------------------------------------------------------------- */

typedef struct {
    zend_object_iterator it;
    spl_list_walk walk;
} list_iterator;

static spl_list_object *list_of(zend_object_iterator *iterator)
{
    return spl_list_from(iterator->data);
}

static void it_dtor(zend_object_iterator *iterator)
{
    zval *object = iterator->data;

    spl_list_walk_end(&((list_iterator *) iterator)->walk);
    zval_ptr_dtor(&object);
    efree(iterator);
}

static void it_rewind(zend_object_iterator *iterator)
{
    spl_list_object *intern = list_of(iterator);

    spl_list_rewind(&((list_iterator *) iterator)->walk, intern->list, intern->flags);
}

static int it_valid(zend_object_iterator *iterator)
{
    return ((list_iterator *) iterator)->walk.element ? SUCCESS : FAILURE;
}

static void it_get_current_data(zend_object_iterator *iterator, zval ***data)
{
    spl_list_element *element = ((list_iterator *) iterator)->walk.element;

    *data = element && element->data ? &element->data : NULL;
}

static void it_get_current_key(zend_object_iterator *iterator, zval *key)
{
    ZVAL_LONG(key, ((list_iterator *) iterator)->walk.position);
}

static void it_move_forward(zend_object_iterator *iterator)
{
    spl_list_object *intern = list_of(iterator);

    spl_list_move(&((list_iterator *) iterator)->walk, intern->list, intern->flags);
}

static const zend_object_iterator_funcs list_it_funcs = {
    it_dtor, it_valid, it_get_current_data, it_get_current_key, it_move_forward, it_rewind, NULL,
};

zend_object_iterator *spl_list_get_iterator(zend_class_entry *ce, zval *object, int by_ref)
{
    list_iterator *iterator;

    if (spl_refuse_by_reference(by_ref)) {
        return NULL;
    }
    if (spl_overrides_iteration(ce)) {
        return spl_user_iterator(ce, object, by_ref);
    }
    iterator = ecalloc(1, sizeof(list_iterator));
    Z_ADDREF_P(object);
    iterator->it.data = object;
    iterator->it.funcs = &list_it_funcs;
    it_rewind(&iterator->it);
    return &iterator->it;
}
