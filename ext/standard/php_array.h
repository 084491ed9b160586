/* SPDX-License-Identifier: MIT */
/*
 * What the files of the array functions share, and what other modules may use of them.
 *
 * How they stay safe while user code runs (callbacks, __toString, error handlers):
 *   - an argument by value is held by its frame and is no reference, so whoever writes to the
 *     variable meanwhile separates it first: its buckets stay where they are;
 *   - a sort of a referenced array holds it as a value for the time (php_array_hold);
 *   - a walk over a referenced array goes by its internal pointer, which deletions move along,
 *     and looks the table up anew at each step;
 *   - a walk over a nested table, which may be a reference, runs no user code: warnings wait.
 */
#ifndef PHP_ARRAY_H
#define PHP_ARRAY_H

#include "main/php.h"
#include "ext/standard/php_string.h"

#define PHP_COUNT_NORMAL 0
#define PHP_COUNT_RECURSIVE 1

#define PHP_SORT_REGULAR 0
#define PHP_SORT_NUMERIC 1
#define PHP_SORT_STRING 2
#define PHP_SORT_DESC 3
#define PHP_SORT_ASC 4
#define PHP_SORT_LOCALE_STRING 5
#define PHP_SORT_NATURAL 6
#define PHP_SORT_FLAG_CASE 8

/* --- Walking by buckets -------------------------------------------------------------------- */

/* The bucket itself, or the next one that is not absent; NULL at the end. */
static inline Bucket *php_array_present(Bucket *p)
{
    while (p != NULL && zend_hash_bucket_is_absent(p)) {
        p = p->pListNext;
    }
    return p;
}

#define PHP_ARRAY_EACH(ht, p) \
    for ((p) = php_array_present((ht)->pListHead); (p) != NULL; \
        (p) = php_array_present((p)->pListNext))
#define PHP_BUCKET_ZVAL(p) (*(zval **) (p)->pData)

/* Enters a value (whose count is taken over) under the key that p has. */
static inline void php_array_set_like(HashTable *target, const Bucket *p, zval *value)
{
    if (p->nKeyLength == 0) {
        zend_hash_index_update(target, p->h, (void *) &value, sizeof(zval *), NULL);
    } else {
        zend_hash_quick_update(target, p->arKey, p->nKeyLength, p->h, (void *) &value,
            sizeof(zval *), NULL);
    }
}

/* The same, but an integer key is replaced by the next free one. */
static inline void php_array_append_like(HashTable *target, const Bucket *p, zval *value)
{
    if (p->nKeyLength != 0) {
        zend_hash_quick_update(target, p->arKey, p->nKeyLength, p->h, (void *) &value,
            sizeof(zval *), NULL);
    } else if (zend_hash_next_index_insert(target, (void *) &value, sizeof(zval *), NULL)
        == FAILURE) {
        zval_ptr_dtor(&value);
    }
}

static inline void php_array_append(HashTable *target, zval *value)
{
    if (zend_hash_next_index_insert(target, (void *) &value, sizeof(zval *), NULL) == FAILURE) {
        zval_ptr_dtor(&value);
    }
}

/* The same element of the same table: shared by both. */
static inline zval *php_array_share(const Bucket *p)
{
    zval *value = PHP_BUCKET_ZVAL(p);
    Z_ADDREF_P(value);
    return value;
}

/* The bucket with the same key, or NULL. */
static inline Bucket *php_array_find_like(const HashTable *ht, const Bucket *p)
{
    Bucket *found = p->nKeyLength == 0 ? zend_hash_find_index_bucket(ht, p->h)
        : zend_hash_find_bucket(ht, p->arKey, p->nKeyLength, p->h);
    return found != NULL && zend_hash_bucket_is_absent(found) ? NULL : found;
}

/* A zval (no heap zval) that shows the key: not owned. */
static inline void php_array_borrow_key(const Bucket *p, zval *key)
{
    INIT_PZVAL(key);
    if (p->nKeyLength == 0) {
        ZVAL_LONG(key, (long) p->h);
    } else {
        ZVAL_STRINGL(key, p->arKey, (int) p->nKeyLength - 1, 0);
    }
}

/* The key as a value that is owned. */
static inline void php_array_copy_key(const Bucket *p, zval *key)
{
    if (p->nKeyLength == 0) {
        ZVAL_LONG(key, (long) p->h);
    } else {
        ZVAL_STRINGL(key, p->arKey, (int) p->nKeyLength - 1, !IS_INTERNED(p->arKey));
    }
}

/* Returns the value itself where that is possible, else a copy. */
static inline void php_return_shared(zval *return_value, zval **return_value_ptr, zval *value)
{
    if (return_value_ptr == NULL || PZVAL_IS_REF(value)) {
        RETURN_ZVAL(value, 1, 0);
    }
    zval_ptr_dtor(return_value_ptr);
    Z_ADDREF_P(value);
    *return_value_ptr = value;
}

/* --- Holding a referenced array ------------------------------------------------------------ */

/* Whoever writes to the array now gets a copy of his own, although it is a reference. */
typedef struct _php_array_hold_state {
    zend_uint refcount;
    zend_uchar is_ref;
} php_array_hold_state;

php_array_hold_state php_array_hold(zval *array);
/* True when the array is still the variable's; false: somebody has written meanwhile. */
bool php_array_release(zval *array, php_array_hold_state state);

/* The globals' table can't be given new keys: their frames know the old ones. */
bool php_array_is_fixed(const HashTable *ht);

/* --- Comparing ------------------------------------------------------------------------------ */

/* <0, 0, >0. */
typedef int (*php_value_order)(zval *a, zval *b);
/* The order that SORT_* flags mean. */
php_value_order php_get_value_order(long flags);
/* As strings with digits in them as numbers: natsort(). */
int php_order_natural(zval *a, zval *b);
int php_order_natural_case(zval *a, zval *b);
/* The order of (string) $a and (string) $b. */
int php_order_strings(zval *a, zval *b);

/* The function that an usort() calls, for its time; nested sorts save and restore it. */
typedef struct _php_user_order {
    zend_fcall_info fci;
    zend_fcall_info_cache fcc;
} php_user_order;
/* Calls it with two values. 0 after an exception. */
int php_call_user_order(php_user_order *order, zval **a, zval **b);

/* --- For other modules ---------------------------------------------------------------------- */

/* The number of elements; recursive: with those of nested arrays. */
int php_count_recursive(zval *array, long mode);
/* Adds src's elements to dest as array_merge(_recursive) does; 0 when it found a recursion. */
int php_array_merge(HashTable *dest, HashTable *src, int recursive);
/* Puts prefix, perhaps "_", and a name into result. */
int php_prefix_varname(zval *result, zval *prefix, const char *name, int name_length,
    bool add_underscore);
/* Shuffles an array in place. */
void php_array_data_shuffle(zval *array);

#endif
