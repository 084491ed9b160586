/* SPDX-License-Identifier: MIT */
/*
 * A doubly linked list of elements of one size, which are copied into it.
 *
 *      head -> +------------------+ -> +------------------+ -> NULL
 *              | next, prev, data |    | next, prev, data |
 *              +------------------+ <- +------------------+ <- tail
 */
#ifndef ZEND_LLIST_H
#define ZEND_LLIST_H

#include "zend_portability.h"

typedef struct _zend_llist_element {
    struct _zend_llist_element *next;
    struct _zend_llist_element *prev;
    char data[1]; /* `size` bytes */
} zend_llist_element;

typedef void (*llist_dtor_func_t)(void *data);
typedef int (*llist_compare_func_t)(const zend_llist_element **, const zend_llist_element **);
typedef void (*llist_apply_func_t)(void *data);
typedef void (*llist_apply_with_arg_func_t)(void *data, void *arg);
typedef void (*llist_apply_with_args_func_t)(void *data, int num_args, va_list args);

typedef struct _zend_llist {
    zend_llist_element *head;
    zend_llist_element *tail;
    size_t count;
    size_t size; /* bytes of an element */
    llist_dtor_func_t dtor; /* called with an element before it goes; or NULL */
    unsigned char persistent;
    zend_llist_element *traverse_ptr;
} zend_llist;

typedef zend_llist_element *zend_llist_position;

void zend_llist_init(zend_llist *l, size_t size, llist_dtor_func_t dtor, unsigned char persistent);
void zend_llist_add_element(zend_llist *l, const void *element);
void zend_llist_prepend_element(zend_llist *l, const void *element);
/* Removes the first element for which compare(element->data, sought) is non-zero. */
void zend_llist_del_element(zend_llist *l, void *sought, int (*compare)(void *, void *));
void zend_llist_destroy(zend_llist *l);
void zend_llist_clean(zend_llist *l);
/* Removes the tail, after its destructor; returns NULL. */
void *zend_llist_remove_tail(zend_llist *l);
void zend_llist_copy(zend_llist *dst, zend_llist *src);
void zend_llist_apply(zend_llist *l, llist_apply_func_t func);
/* Removes the elements for which func answers non-zero. */
void zend_llist_apply_with_del(zend_llist *l, int (*func)(void *data));
void zend_llist_apply_with_argument(zend_llist *l, llist_apply_with_arg_func_t func, void *arg);
void zend_llist_apply_with_arguments(zend_llist *l, llist_apply_with_args_func_t func,
    int num_args, ...);
int zend_llist_count(zend_llist *l);

/* Walks: NULL at the end. pos NULL means the list's own traverse_ptr. */
void *zend_llist_get_first_ex(zend_llist *l, zend_llist_position *pos);
void *zend_llist_get_last_ex(zend_llist *l, zend_llist_position *pos);
void *zend_llist_get_next_ex(zend_llist *l, zend_llist_position *pos);
void *zend_llist_get_prev_ex(zend_llist *l, zend_llist_position *pos);
#define zend_llist_get_first(l) zend_llist_get_first_ex(l, NULL)
#define zend_llist_get_last(l) zend_llist_get_last_ex(l, NULL)
#define zend_llist_get_next(l) zend_llist_get_next_ex(l, NULL)
#define zend_llist_get_prev(l) zend_llist_get_prev_ex(l, NULL)

#endif
