/* SPDX-License-Identifier: MIT */
/*
 * PHP 5's sort: an unstable quicksort whose result for equal elements scripts can see.
 *
 * The algorithm is fixed, down to the sequence of comparisons, since usort() callbacks observe it.
 * It stays inside the array whatever the comparison answers.
 */
#ifndef ZEND_SORT_H
#define ZEND_SORT_H

#include "data/zend_hash.h"

/* Sorts count elements of size bytes. */
void zend_qsort(void *base, size_t count, size_t size, compare_func_t compare);
/* The same with an argument for the comparison. */
typedef int (*compare_r_func_t)(const void *, const void *, void *argument);
void zend_qsort_r(void *base, size_t count, size_t size, compare_r_func_t compare,
    void *argument);

#endif
