/* SPDX-License-Identifier: MIT */
/*
 * Quicksort, in the one variant whose results scripts know.
 *
 * For a part of the array: the middle element (half-way, rounded down) is swapped to the front as
 * pivot. i runs up over what is smaller than the pivot, j down over what is greater; what they
 * stop at is swapped, until they meet; then the pivot is swapped with j.
 *
 *      begin            i ->                    <- j            end
 *      +-------+-----------------+----------+-----------------+
 *      | pivot | not greater     |  unseen  |     not smaller |
 *      +-------+-----------------+----------+-----------------+
 *
 * The smaller side is sorted next (the left one on a tie), the other waits on a stack, which
 * therefore never holds more than log2(count) parts.
 */
#include "data/zend_sort.h"

#include <string.h>

#define SORT_STACK_SIZE (sizeof(size_t) * 8)

typedef struct _sort_job {
    size_t size;
    compare_r_func_t compare;
    void *argument;
} sort_job;

static inline void swap(char *a, char *b, size_t size)
{
    if (size == sizeof(void *)) {
        void *x;
        void *y;
        memcpy(&x, a, sizeof(x));
        memcpy(&y, b, sizeof(y));
        memcpy(a, &y, sizeof(y));
        memcpy(b, &x, sizeof(x));
        return;
    }
    while (size-- > 0) {
        char byte = *a;
        *a++ = *b;
        *b++ = byte;
    }
}

/* Splits [begin, end] around a pivot; returns the pivot's final place. */
static char *partition(const sort_job *job, char *begin, char *end)
{
    size_t size = job->size;
    char *i = begin + size;
    char *j = end;

    swap(begin, begin + ((size_t) (end - begin) / size / 2) * size, size);
    for (;;) {
        while (i < j && job->compare(begin, i, job->argument) > 0) {
            i += size;
        }
        while (j >= i && job->compare(j, begin, job->argument) > 0) {
            j -= size;
        }
        if (i >= j) {
            break;
        }
        swap(i, j, size);
        i += size;
        j -= size;
    }
    swap(begin, j, size);
    return j;
}

void zend_qsort_r(void *base, size_t count, size_t size, compare_r_func_t compare, void *argument)
{
    sort_job job = { size, compare, argument };
    char *begins[SORT_STACK_SIZE];
    char *ends[SORT_STACK_SIZE];
    int waiting = 0;

    if (count < 2) {
        return;
    }
    begins[0] = (char *) base;
    ends[0] = (char *) base + (count - 1) * size;
    while (waiting >= 0) {
        char *begin = begins[waiting];
        char *end = ends[waiting];
        waiting--;
        while (begin < end) {
            char *pivot = partition(&job, begin, end);
            waiting++;
            if (pivot - begin <= end - pivot) {
                begins[waiting] = pivot + size;
                ends[waiting] = end;
                end = pivot - size;
            } else {
                begins[waiting] = begin;
                ends[waiting] = pivot - size;
                begin = pivot + size;
            }
        }
    }
}

static int call_plain(const void *a, const void *b, void *argument)
{
    compare_func_t compare = *(compare_func_t *) argument;
    return compare(a, b);
}

void zend_qsort(void *base, size_t count, size_t size, compare_func_t compare)
{
    zend_qsort_r(base, count, size, call_plain, &compare);
}
