/* SPDX-License-Identifier: MIT */
/*
 * Iterators around another iterator: IteratorIterator and its descendants.
 *
 * One struct serves all. It drives the inner object's zend_object_iterator, and keeps the
 * current value and key, so that the inner one is asked once a step:
 *
 *      rewind, next      move the inner iterator, then fetch
 *      fetch             asks the inner one for value and key
 *      valid             is there a fetched value?
 */
#ifndef SPL_OUTER_ITERATOR_H
#define SPL_OUTER_ITERATOR_H

#include "ext/spl/php_spl.h"

typedef struct _spl_outer_iterator {
    zend_object std;
    bool constructed;
    struct {
        zval *object; /* counted; NULL: none */
        zend_class_entry *ce;
        zend_object_iterator *iterator;
    } inner;
    struct {
        zval *value; /* counted; NULL: nothing fetched */
        zval *key;   /* counted */
        long pos;
    } current;
    union {
        struct {
            long offset;
            long count;
        } limit;
        struct {
            long flags;
            bool recursive;
            zval *text;     /* the current value as a string, or NULL */
            zval *children; /* the current value's iterator, or NULL */
            zval *cache;    /* array */
        } caching;
        struct {
            zval *array; /* ArrayIterator of the iterators */
            zend_object_iterator *iterator;
        } append;
        struct {
            zval *callback;
            zend_fcall_info fci;
            zend_fcall_info_cache fcc;
        } filter;
        struct _spl_regex *regex;
    } u;
    void (*free_current)(struct _spl_outer_iterator *intern); /* more to drop with it, or NULL */
    void (*free_rest)(struct _spl_outer_iterator *intern);    /* at the end, or NULL */
    int (*get_gc)(struct _spl_outer_iterator *intern, zval **table); /* at most 2 more zvals */
    zval *gc_table[6];
} spl_outer_iterator;

extern zend_class_entry *spl_ce_IteratorIterator;
extern zend_class_entry *spl_ce_FilterIterator;

static zend_always_inline spl_outer_iterator *spl_outer_from_any(const zval *object)
{
    return zend_object_store_get_object(object);
}
/* NULL after an exception: the constructor was not called. */
spl_outer_iterator *spl_outer_from(const zval *object);

zend_object_value spl_outer_new(zend_class_entry *ce);

/* --- Construction -------------------------------------------------------------------------- */

/* For a constructor: parses one object of class inner_ce (errors throw), and takes it as the
 * inner iterator. NULL after an exception. */
spl_outer_iterator *spl_outer_construct(int ht, zval *object, zend_class_entry *inner_ce);
/* The same when parameters were parsed already; false after an exception. */
bool spl_outer_set_inner(spl_outer_iterator *intern, zval *inner);
void spl_outer_drop_inner(spl_outer_iterator *intern);
/* The object to build in a constructor; NULL after an exception (it is built already). */
spl_outer_iterator *spl_outer_begin(zval *object);

/* --- Steps --------------------------------------------------------------------------------- */

void spl_outer_free_current(spl_outer_iterator *intern);
void spl_outer_rewind(spl_outer_iterator *intern);
bool spl_outer_valid(spl_outer_iterator *intern);
/* Gets value and key. check: only if the inner iterator is valid. */
bool spl_outer_fetch(spl_outer_iterator *intern, bool check);
/* Moves on; drop: forget what was fetched. */
void spl_outer_next(spl_outer_iterator *intern, bool drop);

/* The methods that most classes share. */
PHP_METHOD(IteratorIterator, rewind);
PHP_METHOD(IteratorIterator, valid);
PHP_METHOD(IteratorIterator, key);
PHP_METHOD(IteratorIterator, current);
PHP_METHOD(IteratorIterator, next);
PHP_METHOD(IteratorIterator, getInnerIterator);

/* --- The other files' declarations --------------------------------------------------------- */

void spl_register_filter_iterators(void);  /* FilterIterator ... ParentIterator */
void spl_register_limit_iterator(void);
void spl_register_caching_iterators(void);
void spl_register_simple_iterators(void);  /* NoRewindIterator, InfiniteIterator */
void spl_register_append_iterator(void);
void spl_register_infinite_iterator(void);
void spl_register_regex_iterators(void);
void spl_register_empty_iterator(void);

#endif
