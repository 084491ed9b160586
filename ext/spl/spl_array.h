/* SPDX-License-Identifier: MIT */
/*
 * ArrayObject, ArrayIterator and RecursiveArrayIterator: the object and its storage.
 *
 * One struct serves all three. Its elements lie in a table that is one of:
 *
 *      array of an array zval       the usual case
 *      properties of an object      array is that object: its mangled names are passed over
 *      another one's table          array is another ArrayObject or ArrayIterator (USE_OTHER)
 *      its own properties           IS_SELF: new ArrayObject wrapped itself
 *
 * An iterator's place is a bucket of the table with its hash, which is looked up again before
 * use: whoever else holds the table may have removed it.
 */
#ifndef SPL_ARRAY_H
#define SPL_ARRAY_H

#include "ext/spl/php_spl.h"

#define SPL_ARRAY_STD_PROP_LIST 0x00000001
#define SPL_ARRAY_ARRAY_AS_PROPS 0x00000002
#define SPL_ARRAY_CHILD_ARRAYS_ONLY 0x00000004
#define SPL_ARRAY_IS_SELF 0x02000000
#define SPL_ARRAY_USE_OTHER 0x04000000
#define SPL_ARRAY_INT_MASK 0x7FFF0000
#define SPL_ARRAY_CLONE_MASK 0x0000FFFF

typedef struct _spl_array_object {
    zend_object std;
    zval *array;      /* counted */
    HashPosition pos; /* NULL: past the end */
    ulong pos_h;
    int flags;    /* SPL_ARRAY_* */
    int is_ahead; /* the element that was here is gone: pos is the next one already */
    zend_function *offset_get; /* overridden methods, or NULL */
    zend_function *offset_set;
    zend_function *offset_has;
    zend_function *offset_del;
    zend_function *count;
    zend_class_entry *base; /* ArrayObject or ArrayIterator */
    zend_class_entry *iterator_class;
    HashTable *debug_info;
    bool positioned; /* false: as after rewind, the place is found when it is first needed */
    void *unused[6]; /* scripts can measure the size: PHP 5.6's */
} spl_array_object;
_Static_assert(sizeof(spl_array_object) == 184, "an ArrayObject has 184 bytes");

extern zend_object_handlers spl_handler_ArrayObject;
extern zend_object_handlers spl_handler_ArrayIterator;

static zend_always_inline spl_array_object *spl_array_from(const zval *object)
{
    return zend_object_store_get_object(object);
}

void spl_array_init_handlers(void);
zend_object_value spl_array_object_new(zend_class_entry *ce);
/* original: clone it, or (share) make an iterator over it. */
zend_object_value spl_array_object_new_ex(zend_class_entry *ce, zval *original, bool share);
/* Puts an array or object (which may be separated) into the object; flags are added. adopt_flags:
 * another ArrayObject's flags are taken instead. Throws for other types. */
void spl_array_set_array(zval *object, spl_array_object *intern, zval **array, int flags,
    bool adopt_flags);

/* The table of elements; the second form separates it from other holders first. */
HashTable *spl_array_table(spl_array_object *intern);
HashTable *spl_array_table_for_write(spl_array_object *intern);
/* Does the table belong to a wrapped object, so that some keys are hidden? */
bool spl_array_is_object(const spl_array_object *intern);
long spl_array_count(spl_array_object *intern);

/* Handlers that methods use too. inherited: let overridden methods answer. */
zval *spl_array_read_dimension_ex(bool inherited, zval *object, zval *offset, int type);
void spl_array_write_dimension_ex(bool inherited, zval *object, zval *offset, zval *value);
void spl_array_unset_dimension_ex(bool inherited, zval *object, zval *offset);
int spl_array_has_dimension_ex(bool inherited, zval *object, zval *offset, int check_empty);
void spl_array_append(zval *object, zval *value);

/* --- Positions (spl_array_iterator.c) ------------------------------------------------------ */

void spl_array_rewind(spl_array_object *intern);
/* FAILURE when there is no next one. */
int spl_array_next(spl_array_object *intern);
bool spl_array_valid(spl_array_object *intern);
/* The current element's place, or NULL. */
zval **spl_array_current(spl_array_object *intern);
/* The current key into a zval; NULL past the end. */
void spl_array_key(spl_array_object *intern, zval *key);
zend_object_iterator *spl_array_get_iterator(zend_class_entry *ce, zval *object, int by_ref);

/* The methods of the position, shared by the tables of spl_array_methods.c. */
PHP_METHOD(ArrayIterator, rewind);
PHP_METHOD(ArrayIterator, valid);
PHP_METHOD(ArrayIterator, current);
PHP_METHOD(ArrayIterator, key);
PHP_METHOD(ArrayIterator, next);
PHP_METHOD(ArrayIterator, seek);
PHP_METHOD(RecursiveArrayIterator, hasChildren);
PHP_METHOD(RecursiveArrayIterator, getChildren);

#endif
