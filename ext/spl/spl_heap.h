/* SPDX-License-Identifier: MIT */
/*
 * The binary heap of SplMinHeap, SplMaxHeap and SplPriorityQueue.
 *
 *      elements      0            element i's children are 2i+1 and 2i+2; none of them compares
 *                  /   \          greater than i
 *                 1     2
 *                / \   / \
 *
 * Comparisons may run PHP code. If one throws, the order is in doubt and the heap is marked
 * corrupt. While elements are on the move the heap is locked: changes are refused.
 */
#ifndef SPL_HEAP_H
#define SPL_HEAP_H

#include "ext/spl/php_spl.h"

struct _spl_heap_object;

typedef struct _spl_heap_object {
    zend_object std;
    zval **elements; /* counted; room for `room` */
    int count;
    int room;
    bool corrupted;
    bool locked;
    int flags; /* SPL_QUEUE_EXTRACT_* of a queue */
    int (*compare)(struct _spl_heap_object *intern, zval *a, zval *b);
    zend_function *user_compare; /* when overridden */
    zend_function *user_count;
    zend_class_entry *base; /* for debug information */
    zend_object_handle handle; /* its own, for calls of user_compare */
    HashTable *debug_info;
} spl_heap_object;

#define SPL_QUEUE_EXTRACT_DATA 1
#define SPL_QUEUE_EXTRACT_PRIORITY 2
#define SPL_QUEUE_EXTRACT_BOTH 3

static zend_always_inline spl_heap_object *spl_heap_from(const zval *object)
{
    return zend_object_store_get_object(object);
}

void spl_heap_init_handlers(void);
zend_object_value spl_heap_object_new(zend_class_entry *ce);
zend_object_iterator *spl_heap_get_iterator(zend_class_entry *ce, zval *object, int by_ref);

/* Throws (and is true) when the heap is corrupt or locked. */
bool spl_heap_refuses(const spl_heap_object *intern);
/* The value's count is taken over. */
void spl_heap_insert(spl_heap_object *intern, zval *value);
/* The greatest element, its count handed over; NULL when there is none. */
zval *spl_heap_extract(spl_heap_object *intern);

/* Comparisons: >0 when a comes first. */
int spl_heap_compare_max(spl_heap_object *intern, zval *a, zval *b);
int spl_heap_compare_min(spl_heap_object *intern, zval *a, zval *b);

/* An element of a queue is array('data' => ..., 'priority' => ...): the part that the flags
 * ask for, not counted; NULL after an error. */
zval *spl_queue_extract(const zval *element, int flags);

#endif
