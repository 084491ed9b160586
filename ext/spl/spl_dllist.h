/* SPDX-License-Identifier: MIT */
/* The doubly linked list of SplDoublyLinkedList, SplQueue and SplStack; see spl_dllist.c. */
#ifndef SPL_DLLIST_H
#define SPL_DLLIST_H

#include "ext/spl/php_spl.h"

#define SPL_LIST_DELETE 1 /* iterating takes the elements out */
#define SPL_LIST_LIFO 2   /* iterating goes from the end back, and offsets count so */
#define SPL_LIST_FIXED 4  /* LIFO can't be changed */
#define SPL_LIST_MODE_MASK 3

typedef struct _spl_list_element {
    struct _spl_list_element *prev;
    struct _spl_list_element *next;
    int count;    /* the list, and iterators that stand here */
    bool removed; /* no longer in the list; counts its neighbours */
    zval *data;   /* counted; NULL when removed */
} spl_list_element;

typedef struct _spl_list {
    spl_list_element *head;
    spl_list_element *tail;
    void *unused[2]; /* a list has 40 bytes, which scripts can measure */
    int count;
} spl_list;

/* An iterator's place. */
typedef struct _spl_list_walk {
    spl_list_element *element; /* counted; NULL: past the end */
    int position;
} spl_list_walk;

typedef struct _spl_list_object {
    zend_object std;
    spl_list *list;
    spl_list_walk walk; /* of the methods rewind(), next() ... */
    int flags;          /* SPL_LIST_* */
    zend_function *offset_get; /* overridden methods, or NULL */
    zend_function *offset_set;
    zend_function *offset_has;
    zend_function *offset_del;
    zend_function *count;
    HashTable *debug_info;
    void *unused[8]; /* scripts can measure the size: PHP 5.6's */
} spl_list_object;
_Static_assert(sizeof(spl_list_object) == 176, "an SplDoublyLinkedList has 176 bytes");

extern zend_class_entry *spl_ce_SplDoublyLinkedList;

static zend_always_inline spl_list_object *spl_list_from(const zval *object)
{
    return zend_object_store_get_object(object);
}

/* Values are counted by the list; pop and shift hand their count over (NULL: empty). */
void spl_list_push(spl_list *list, zval *value);
void spl_list_unshift(spl_list *list, zval *value);
void spl_list_insert_before(spl_list *list, spl_list_element *next, zval *value);
zval *spl_list_pop(spl_list *list);
zval *spl_list_shift(spl_list *list);
/* NULL when out of range. */
spl_list_element *spl_list_at(const spl_list *list, long offset, bool backward);
void spl_list_remove(spl_list *list, spl_list_element *element);
void spl_list_clear(spl_list *list);

void spl_list_rewind(spl_list_walk *walk, const spl_list *list, int flags);
/* On to the next element; with SPL_LIST_DELETE one is taken out of the list. */
void spl_list_move(spl_list_walk *walk, spl_list *list, int flags);
zval *spl_list_walk_value(const spl_list_walk *walk);
void spl_list_walk_end(spl_list_walk *walk);

void spl_list_init_handlers(void);
zend_object_value spl_list_object_new(zend_class_entry *ce);
zend_object_iterator *spl_list_get_iterator(zend_class_entry *ce, zval *object, int by_ref);

#endif
