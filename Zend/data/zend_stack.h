/* SPDX-License-Identifier: MIT */
/* A stack of copies of elements, each in an emalloc'ed block of its own. */
#ifndef ZEND_STACK_H
#define ZEND_STACK_H

#include "zend_portability.h"

typedef struct _zend_stack {
    int top; /* number of elements */
    int max; /* room in elements */
    void **elements;
} zend_stack;

#define ZEND_STACK_APPLY_TOPDOWN 1
#define ZEND_STACK_APPLY_BOTTOMUP 2

int zend_stack_init(zend_stack *stack);
/* Copies size bytes of element; returns its index. */
int zend_stack_push(zend_stack *stack, const void *element, int size);
/* *element points into the stack. FAILURE (and *element NULL) when empty. */
int zend_stack_top(const zend_stack *stack, void **element);
int zend_stack_del_top(zend_stack *stack);
/* The int on the top, or FAILURE. */
int zend_stack_int_top(const zend_stack *stack);
int zend_stack_is_empty(const zend_stack *stack);
int zend_stack_destroy(zend_stack *stack);
void **zend_stack_base(const zend_stack *stack);
int zend_stack_count(const zend_stack *stack);
/* Stops when apply_function answers non-zero. */
void zend_stack_apply(zend_stack *stack, int type, int (*apply_function)(void *element));
void zend_stack_apply_with_argument(zend_stack *stack, int type,
    int (*apply_function)(void *element, void *arg), void *arg);

#endif
