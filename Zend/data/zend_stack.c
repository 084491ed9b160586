/* SPDX-License-Identifier: MIT */
/* The stack of copied elements. */
#include "data/zend_stack.h"

#include <string.h>

#include "zend_alloc.h"

#define STACK_BLOCK 64 /* room is made for this many elements at a time */

int zend_stack_init(zend_stack *stack)
{
    stack->top = 0;
    stack->max = 0;
    stack->elements = NULL;
    return SUCCESS;
}

int zend_stack_push(zend_stack *stack, const void *element, int size)
{
    if (stack->top >= stack->max) {
        stack->max += STACK_BLOCK;
        stack->elements = (void **) safe_erealloc(stack->elements, stack->max, sizeof(void *), 0);
    }
    stack->elements[stack->top] = memcpy(emalloc(size), element, size);
    return stack->top++;
}

int zend_stack_top(const zend_stack *stack, void **element)
{
    if (stack->top == 0) {
        *element = NULL;
        return FAILURE;
    }
    *element = stack->elements[stack->top - 1];
    return SUCCESS;
}

int zend_stack_del_top(zend_stack *stack)
{
    if (stack->top > 0) {
        efree(stack->elements[--stack->top]);
    }
    return SUCCESS;
}

int zend_stack_int_top(const zend_stack *stack)
{
    void *element;
    if (zend_stack_top(stack, &element) == FAILURE) {
        return FAILURE;
    }
    return *(int *) element;
}

int zend_stack_is_empty(const zend_stack *stack)
{
    return stack->top == 0;
}

int zend_stack_destroy(zend_stack *stack)
{
    while (stack->top > 0) {
        zend_stack_del_top(stack);
    }
    if (stack->elements) {
        efree(stack->elements);
        stack->elements = NULL;
    }
    stack->max = 0;
    return SUCCESS;
}

void **zend_stack_base(const zend_stack *stack)
{
    return stack->elements;
}

int zend_stack_count(const zend_stack *stack)
{
    return stack->top;
}

void zend_stack_apply(zend_stack *stack, int type, int (*apply_function)(void *element))
{
    int i;
    for (i = 0; i < stack->top; i++) {
        int at = type == ZEND_STACK_APPLY_TOPDOWN ? stack->top - 1 - i : i;
        if (apply_function(stack->elements[at])) {
            break;
        }
    }
}

void zend_stack_apply_with_argument(zend_stack *stack, int type,
    int (*apply_function)(void *element, void *arg), void *arg)
{
    int i;
    for (i = 0; i < stack->top; i++) {
        int at = type == ZEND_STACK_APPLY_TOPDOWN ? stack->top - 1 - i : i;
        if (apply_function(stack->elements[at], arg)) {
            break;
        }
    }
}
