/* SPDX-License-Identifier: MIT */
/*
 * RecursiveIteratorIterator: walks over a tree of RecursiveIterators as over a list.
 *
 * It keeps a stack of iterators, one a level. What to do with a level's current element next is
 * its state:
 *
 *      NEXT --move--> START --valid--> TEST --no children--> shown, NEXT
 *                                        |
 *                                        | children, by mode:
 *                                        |   LEAVES_ONLY   CALL  -> NEXT
 *                                        |   SELF_FIRST    SELF (shown) -> CALL -> NEXT
 *                                        |   CHILD_FIRST   CALL -> CHILD (shown) -> NEXT
 *      CALL pushes the children as a new level, in state START.
 */
#ifndef SPL_RECURSIVE_ITERATOR_H
#define SPL_RECURSIVE_ITERATOR_H

#include "ext/spl/php_spl.h"

#define RIT_LEAVES_ONLY 0
#define RIT_SELF_FIRST 1
#define RIT_CHILD_FIRST 2
#define RIT_CATCH_GET_CHILD 16

#define RTIT_BYPASS_CURRENT 4
#define RTIT_BYPASS_KEY 8

typedef enum {
    RS_NEXT,
    RS_TEST,
    RS_SELF,
    RS_CHILD,
    RS_START,
    RS_CALL
} spl_recursive_state;

typedef struct _spl_sub_iterator {
    zend_object_iterator *iterator;
    zval *object; /* counted */
    spl_recursive_state state;
} spl_sub_iterator;

typedef struct _spl_recursive_iterator {
    zend_object std;
    spl_sub_iterator *levels; /* level + 1 of them; NULL before the constructor */
    int level;
    int room; /* levels allocated */
    int mode;
    int flags;
    long max_depth; /* -1: none */
    bool in_iteration;
    bool busy; /* a level's iterator is being moved: the levels stay as they are */
    /* Whether a subclass overrides the hooks, so that they are worth calling. */
    bool begin_iteration;
    bool end_iteration;
    bool call_has_children;
    bool call_get_children;
    bool begin_children;
    bool end_children;
    bool next_element;
    zval **gc_data;
    int gc_room;
    char *prefix[6]; /* of a tree; emalloc'ed, or NULL */
    int prefix_length[6];
    char *postfix;
    int postfix_length;
} spl_recursive_iterator;

/* NULL after an exception: the constructor was not called. */
spl_recursive_iterator *spl_recursive_from(const zval *object);
zend_object_value spl_recursive_new(zend_class_entry *ce);
zend_object_iterator *spl_recursive_get_iterator(zend_class_entry *ce, zval *object, int by_ref);
/* The root's count is taken over. */
bool spl_recursive_set_root(spl_recursive_iterator *intern, zend_class_entry *ce, zval *root,
    int mode, int flags);
/* The object itself, or what an IteratorAggregate gives, counted; NULL after an exception. */
zval *spl_recursive_resolve(zval *object);

void spl_recursive_rewind(zval *self, spl_recursive_iterator *intern);
bool spl_recursive_valid(zval *self, spl_recursive_iterator *intern);
void spl_recursive_next(zval *self, spl_recursive_iterator *intern);

/* The methods, which RecursiveTreeIterator lists again. */
PHP_METHOD(RecursiveIteratorIterator, rewind);
PHP_METHOD(RecursiveIteratorIterator, valid);
PHP_METHOD(RecursiveIteratorIterator, next);
PHP_METHOD(RecursiveIteratorIterator, beginIteration);
PHP_METHOD(RecursiveIteratorIterator, callHasChildren);
PHP_METHOD(RecursiveIteratorIterator, callGetChildren);

extern zend_class_entry *spl_ce_RecursiveIteratorIterator;

#endif
