/* SPDX-License-Identifier: MIT */
/* A stack of pointers in one growing block. */
#ifndef ZEND_PTR_STACK_H
#define ZEND_PTR_STACK_H

#include "zend_portability.h"

typedef struct _zend_ptr_stack {
    int top; /* number of pointers */
    int max; /* room in pointers */
    zend_bool persistent;
    void **elements;
    void **top_element; /* elements + top */
} zend_ptr_stack;

void zend_ptr_stack_init(zend_ptr_stack *stack);
void zend_ptr_stack_init_ex(zend_ptr_stack *stack, zend_bool persistent);
void zend_ptr_stack_n_push(zend_ptr_stack *stack, int count, ...);
void zend_ptr_stack_n_pop(zend_ptr_stack *stack, int count, ...);
void zend_ptr_stack_destroy(zend_ptr_stack *stack);
/* From the top down, resp. from the bottom up. */
void zend_ptr_stack_apply(zend_ptr_stack *stack, void (*func)(void *));
void zend_ptr_stack_reverse_apply(zend_ptr_stack *stack, void (*func)(void *));
/* Calls func for all, and empties the stack; free_elements: also pefree()s each. */
void zend_ptr_stack_clean(zend_ptr_stack *stack, void (*func)(void *), zend_bool free_elements);
int zend_ptr_stack_num_elements(zend_ptr_stack *stack);
/* Makes room for count more. */
void zend_ptr_stack_grow(zend_ptr_stack *stack, int count);

static zend_always_inline void zend_ptr_stack_push(zend_ptr_stack *stack, void *pointer)
{
    if (ZEND_UNLIKELY(stack->top >= stack->max)) {
        zend_ptr_stack_grow(stack, 1);
    }
    stack->top++;
    *stack->top_element++ = pointer;
}

static zend_always_inline void *zend_ptr_stack_pop(zend_ptr_stack *stack)
{
    stack->top--;
    return *--stack->top_element;
}

static zend_always_inline void *zend_ptr_stack_top(zend_ptr_stack *stack)
{
    return stack->top_element[-1];
}

#endif
