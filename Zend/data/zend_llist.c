/* SPDX-License-Identifier: MIT */
/* The doubly linked list. Walks read the next element before they call anything foreign. */
#include "data/zend_llist.h"

#include <string.h>

#include "zend_alloc.h"

void zend_llist_init(zend_llist *l, size_t size, llist_dtor_func_t dtor, unsigned char persistent)
{
    memset(l, 0, sizeof(*l));
    l->size = size;
    l->dtor = dtor;
    l->persistent = persistent;
}

static zend_llist_element *new_element(zend_llist *l, const void *element)
{
    zend_llist_element *e = (zend_llist_element *) pemalloc(
        offsetof(zend_llist_element, data) + l->size, l->persistent);
    memcpy(e->data, element, l->size);
    l->count++;
    return e;
}

void zend_llist_add_element(zend_llist *l, const void *element)
{
    zend_llist_element *e = new_element(l, element);
    e->prev = l->tail;
    e->next = NULL;
    *(l->tail ? &l->tail->next : &l->head) = e;
    l->tail = e;
}

void zend_llist_prepend_element(zend_llist *l, const void *element)
{
    zend_llist_element *e = new_element(l, element);
    e->next = l->head;
    e->prev = NULL;
    *(l->head ? &l->head->prev : &l->tail) = e;
    l->head = e;
}

static void remove_element(zend_llist *l, zend_llist_element *e)
{
    *(e->prev ? &e->prev->next : &l->head) = e->next;
    *(e->next ? &e->next->prev : &l->tail) = e->prev;
    if (l->traverse_ptr == e) {
        l->traverse_ptr = e->next;
    }
    l->count--;
    if (l->dtor) {
        l->dtor(e->data);
    }
    pefree(e, l->persistent);
}

void zend_llist_del_element(zend_llist *l, void *sought, int (*compare)(void *, void *))
{
    zend_llist_element *e;
    for (e = l->head; e != NULL; e = e->next) {
        if (compare(e->data, sought)) {
            remove_element(l, e);
            return;
        }
    }
}

void zend_llist_destroy(zend_llist *l)
{
    while (l->head != NULL) {
        remove_element(l, l->head);
    }
}

void zend_llist_clean(zend_llist *l)
{
    zend_llist_destroy(l);
}

void *zend_llist_remove_tail(zend_llist *l)
{
    if (l->tail) {
        remove_element(l, l->tail);
    }
    return NULL;
}

void zend_llist_copy(zend_llist *dst, zend_llist *src)
{
    zend_llist_element *e;
    zend_llist_init(dst, src->size, src->dtor, src->persistent);
    for (e = src->head; e != NULL; e = e->next) {
        zend_llist_add_element(dst, e->data);
    }
}

void zend_llist_apply(zend_llist *l, llist_apply_func_t func)
{
    zend_llist_element *e;
    for (e = l->head; e != NULL; e = e->next) {
        func(e->data);
    }
}

void zend_llist_apply_with_del(zend_llist *l, int (*func)(void *data))
{
    zend_llist_element *e = l->head;
    while (e != NULL) {
        zend_llist_element *next = e->next;
        if (func(e->data)) {
            remove_element(l, e);
        }
        e = next;
    }
}

void zend_llist_apply_with_argument(zend_llist *l, llist_apply_with_arg_func_t func, void *arg)
{
    zend_llist_element *e;
    for (e = l->head; e != NULL; e = e->next) {
        func(e->data, arg);
    }
}

void zend_llist_apply_with_arguments(zend_llist *l, llist_apply_with_args_func_t func,
    int num_args, ...)
{
    zend_llist_element *e;
    for (e = l->head; e != NULL; e = e->next) {
        va_list args;
        va_start(args, num_args);
        func(e->data, num_args, args);
        va_end(args);
    }
}

int zend_llist_count(zend_llist *l)
{
    return (int) l->count;
}

/* Puts the walk at e; its data, or NULL. */
static void *stand_at(zend_llist *l, zend_llist_position *pos, zend_llist_element *e)
{
    *(pos ? pos : &l->traverse_ptr) = e;
    return e ? e->data : NULL;
}

void *zend_llist_get_first_ex(zend_llist *l, zend_llist_position *pos)
{
    return stand_at(l, pos, l->head);
}

void *zend_llist_get_last_ex(zend_llist *l, zend_llist_position *pos)
{
    return stand_at(l, pos, l->tail);
}

void *zend_llist_get_next_ex(zend_llist *l, zend_llist_position *pos)
{
    zend_llist_element *e = pos ? *pos : l->traverse_ptr;
    return e ? stand_at(l, pos, e->next) : NULL;
}

void *zend_llist_get_prev_ex(zend_llist *l, zend_llist_position *pos)
{
    zend_llist_element *e = pos ? *pos : l->traverse_ptr;
    return e ? stand_at(l, pos, e->prev) : NULL;
}
