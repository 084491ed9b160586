/* SPDX-License-Identifier: MIT */
/* What the two files behind array_diff() and array_intersect() share. */
#ifndef PHP_ARRAY_SET_H
#define PHP_ARRAY_SET_H

#include "ext/standard/php_array.h"

typedef enum { PHP_SET_VALUES, PHP_SET_KEYS, PHP_SET_BOTH } php_set_subject;

typedef struct _php_set_operation {
    bool is_difference; /* or an intersection */
    php_set_subject what; /* what of an element counts */
    bool has_value_function;
    bool has_key_function;
    php_user_order value_function;
    php_user_order key_function;
    zval ***arrays; /* the arguments, efree'd by who took them */
    int count;
} php_set_operation;

/* <0, 0, >0. */
int php_set_compare_values(php_set_operation *op, const Bucket *a, const Bucket *b);
int php_set_compare_keys(php_set_operation *op, const Bucket *a, const Bucket *b);

/* The operation on sorted lists; return_value becomes the result. */
void php_set_select_sorted(php_set_operation *op, zval *return_value);

#endif
