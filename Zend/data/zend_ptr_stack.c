/* SPDX-License-Identifier: MIT */
/* The stack of pointers: what is not inline. */
#include "data/zend_ptr_stack.h"

#include "zend_alloc.h"

#define PTR_STACK_BLOCK 64 /* the room grows by this many pointers at least */

void zend_ptr_stack_init_ex(zend_ptr_stack *stack, zend_bool persistent)
{
    stack->top = 0;
    stack->max = 0;
    stack->persistent = persistent;
    stack->elements = NULL;
    stack->top_element = NULL;
}

void zend_ptr_stack_init(zend_ptr_stack *stack)
{
    zend_ptr_stack_init_ex(stack, 0);
}

void zend_ptr_stack_grow(zend_ptr_stack *stack, int count)
{
    while (stack->top + count > stack->max) {
        stack->max += PTR_STACK_BLOCK;
    }
    stack->elements = (void **) safe_perealloc(stack->elements, stack->max, sizeof(void *), 0,
        stack->persistent);
    stack->top_element = stack->elements + stack->top;
}

void zend_ptr_stack_n_push(zend_ptr_stack *stack, int count, ...)
{
    va_list pointers;
    va_start(pointers, count);
    while (count-- > 0) {
        zend_ptr_stack_push(stack, va_arg(pointers, void *));
    }
    va_end(pointers);
}

void zend_ptr_stack_n_pop(zend_ptr_stack *stack, int count, ...)
{
    va_list targets;
    va_start(targets, count);
    while (count-- > 0) {
        *va_arg(targets, void **) = zend_ptr_stack_pop(stack);
    }
    va_end(targets);
}

void zend_ptr_stack_destroy(zend_ptr_stack *stack)
{
    if (stack->elements) {
        pefree(stack->elements, stack->persistent);
    }
    zend_ptr_stack_init_ex(stack, stack->persistent);
}

void zend_ptr_stack_apply(zend_ptr_stack *stack, void (*func)(void *))
{
    int i = stack->top;
    while (--i >= 0) {
        func(stack->elements[i]);
    }
}

void zend_ptr_stack_reverse_apply(zend_ptr_stack *stack, void (*func)(void *))
{
    int i;
    for (i = 0; i < stack->top; i++) {
        func(stack->elements[i]);
    }
}

void zend_ptr_stack_clean(zend_ptr_stack *stack, void (*func)(void *), zend_bool free_elements)
{
    zend_ptr_stack_apply(stack, func);
    while (stack->top > 0) {
        void *element = zend_ptr_stack_pop(stack);
        if (free_elements) {
            pefree(element, stack->persistent);
        }
    }
}

int zend_ptr_stack_num_elements(zend_ptr_stack *stack)
{
    return stack->top;
}
