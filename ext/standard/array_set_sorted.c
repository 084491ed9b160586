/* SPDX-License-Identifier: MIT */
/*
 * Differences and intersections of arrays by sorted lists.
 *
 * Each array's buckets are sorted, by value or by key. A cursor goes through the first list; the
 * others follow it, passing by what is smaller. What must not stay is deleted from a copy of the
 * first array. The order of comparisons is fixed: functions of scripts observe it.
 *
 *      list 0   a  b  b  d  |          at b: the cursors of the others pass by what is smaller,
 *               ^                      and stand at b or behind where it would be
 *      list 1   b  c  d  |
 *               ^
 */
#include "data/zend_sort.h"
#include "ext/standard/php_array_set.h"

/* Ends with NULL. */
typedef struct _sorted_list {
    Bucket **start;
    Bucket **at;
} sorted_list;

typedef struct _sorted_lists {
    php_set_operation *op;
    sorted_list *lists;
    HashTable *result;
} sorted_lists;

static int compare(php_set_operation *op, const Bucket *a, const Bucket *b)
{
    return op->what == PHP_SET_VALUES ? php_set_compare_values(op, a, b)
        : php_set_compare_keys(op, a, b);
}

static int compare_for_sort(const void *a, const void *b, void *argument)
{
    return compare(argument, *(Bucket *const *) a, *(Bucket *const *) b);
}

static void make_list(sorted_list *list, php_set_operation *op, HashTable *ht)
{
    uint count = 0;
    Bucket *p;

    list->start = safe_emalloc(ht->nNumOfElements + 1UL, sizeof(Bucket *), 0);
    list->at = list->start;
    PHP_ARRAY_EACH(ht, p) {
        list->start[count++] = p;
    }
    list->start[count] = NULL;
    zend_qsort_r(list->start, count, sizeof(Bucket *), compare_for_sort, op);
}

static void drop(sorted_lists *s, const Bucket *p)
{
    if (p->nKeyLength == 0) {
        zend_hash_index_del(s->result, p->h);
    } else {
        zend_hash_quick_del(s->result, p->arKey, p->nKeyLength, p->h);
    }
}

static void drop_rest(sorted_lists *s)
{
    while (*s->lists[0].at != NULL) {
        drop(s, *s->lists[0].at++);
    }
}

/* Does the first list's next element equal the one before it? */
static bool repeats(sorted_lists *s)
{
    Bucket **at = s->lists[0].at;
    return s->op->what == PHP_SET_VALUES && compare(s->op, at[-1], at[0]) == 0;
}

/* --- Intersection ------------------------------------------------------------------------- */

/* Moves list i on to what is not smaller than the element. The last comparison, 0: it is there;
 * 1 besides if the key is there with another value. */
static int catch_up(sorted_lists *s, sorted_list *list, const Bucket *element, int order)
{
    while (*list->at != NULL && (order = compare(s->op, element, *list->at)) > 0) {
        list->at++;
    }
    if (s->op->what == PHP_SET_BOTH && order == 0 && *list->at != NULL
        && php_set_compare_values(s->op, element, *list->at) != 0) {
        return 1;
    }
    return order;
}

/* Skips what is smaller than where list i stands, deleting it. */
static void drop_smaller(sorted_lists *s, const sorted_list *list)
{
    sorted_list *first = &s->lists[0];

    do {
        drop(s, *first->at++);
    } while (*first->at != NULL && s->op->what == PHP_SET_VALUES
        && compare(s->op, *first->at, *list->at) < 0);
}

static void intersect(sorted_lists *s)
{
    sorted_list *first = &s->lists[0];
    int i;

    while (*first->at != NULL) {
        int order = 0;
        for (i = 1; i < s->op->count; i++) {
            sorted_list *list = &s->lists[i];
            order = catch_up(s, list, *first->at, order);
            if (*list->at == NULL) {
                drop_rest(s);
                return;
            }
            if (order != 0) {
                drop_smaller(s, list);
                break;
            }
            list->at++;
        }
        if (order == 0) {
            do {
                first->at++;
            } while (*first->at != NULL && repeats(s));
        }
    }
}

/* --- Difference --------------------------------------------------------------------------- */

/* Is the value in list i? Its cursor follows. */
static bool list_has_value(sorted_lists *s, sorted_list *list, const Bucket *element)
{
    int order = 1;

    while (*list->at != NULL && (order = compare(s->op, element, *list->at)) > 0) {
        list->at++;
    }
    if (order == 0 && *list->at != NULL) {
        list->at++;
        return true;
    }
    return false;
}

/* Is the key (with the value) in list i? Looked for from its start. */
static bool list_has_key(sorted_lists *s, const sorted_list *list, const Bucket *element)
{
    Bucket **at = list->start;

    while (*at != NULL && compare(s->op, element, *at) != 0) {
        at++;
    }
    return *at != NULL && (s->op->what == PHP_SET_KEYS
        || php_set_compare_values(s->op, element, *at) == 0);
}

static bool is_elsewhere(sorted_lists *s, const Bucket *element)
{
    int i;

    for (i = 1; i < s->op->count; i++) {
        if (s->op->what == PHP_SET_VALUES ? list_has_value(s, &s->lists[i], element)
                                          : list_has_key(s, &s->lists[i], element)) {
            return true;
        }
    }
    return false;
}

static void subtract(sorted_lists *s)
{
    sorted_list *first = &s->lists[0];

    while (*first->at != NULL) {
        bool goes = is_elsewhere(s, *first->at);
        do {
            if (goes) {
                drop(s, *first->at);
            }
            first->at++;
        } while (*first->at != NULL && repeats(s));
    }
}

void php_set_select_sorted(php_set_operation *op, zval *return_value)
{
    HashTable *first = Z_ARRVAL_PP(op->arrays[0]);
    sorted_lists s = {op, NULL, NULL};
    int i;

    s.lists = safe_emalloc((size_t) op->count, sizeof(sorted_list), 0);
    for (i = 0; i < op->count; i++) {
        make_list(&s.lists[i], op, Z_ARRVAL_PP(op->arrays[i]));
    }
    array_init_size(return_value, (uint) zend_hash_num_elements(first));
    zend_hash_copy(Z_ARRVAL_P(return_value), first, (copy_ctor_func_t) zval_add_ref, NULL,
        sizeof(zval *));
    s.result = Z_ARRVAL_P(return_value);
    if (op->is_difference) {
        subtract(&s);
    } else {
        intersect(&s);
    }
    for (i = 0; i < op->count; i++) {
        efree(s.lists[i].start);
    }
    efree(s.lists);
}
