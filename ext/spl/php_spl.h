/* SPDX-License-Identifier: MIT */
/*
 * What the files of the module spl share: its classes, and help with declaring classes, walking
 * iterators and showing an object's inside.
 *
 * An object of spl embeds a zend_object as its first member. Its class's create_object makes it;
 * a subclass written in PHP may override any method, and handlers that act for a method look for
 * an override first (spl_find_override).
 */
#ifndef PHP_SPL_H
#define PHP_SPL_H

#include "main/php.h"
#include "object/zend_interfaces.h"
#include "runtime/zend_stack_limit.h"
#include "vm/zend_exceptions.h"

extern zend_module_entry spl_module_entry;

/* --- Classes ------------------------------------------------------------------------------- */

extern zend_class_entry *spl_ce_LogicException;
extern zend_class_entry *spl_ce_BadFunctionCallException;
extern zend_class_entry *spl_ce_BadMethodCallException;
extern zend_class_entry *spl_ce_DomainException;
extern zend_class_entry *spl_ce_InvalidArgumentException;
extern zend_class_entry *spl_ce_LengthException;
extern zend_class_entry *spl_ce_OutOfRangeException;
extern zend_class_entry *spl_ce_RuntimeException;
extern zend_class_entry *spl_ce_OutOfBoundsException;
extern zend_class_entry *spl_ce_OverflowException;
extern zend_class_entry *spl_ce_RangeException;
extern zend_class_entry *spl_ce_UnderflowException;
extern zend_class_entry *spl_ce_UnexpectedValueException;

extern zend_class_entry *spl_ce_Countable;
extern zend_class_entry *spl_ce_OuterIterator;
extern zend_class_entry *spl_ce_RecursiveIterator;
extern zend_class_entry *spl_ce_SeekableIterator;
extern zend_class_entry *spl_ce_ArrayObject;
extern zend_class_entry *spl_ce_ArrayIterator;
extern zend_class_entry *spl_ce_RecursiveArrayIterator;
extern zend_class_entry *spl_ce_RecursiveIteratorIterator;
extern zend_class_entry *spl_ce_RecursiveCachingIterator;
extern zend_class_entry *spl_ce_SplObjectStorage;

/* The steps at start-up, in the order in which the classes are declared. */
void spl_register_exceptions(void);
void spl_register_recursive_iterators(void);  /* RecursiveIterator, RecursiveIteratorIterator */
void spl_register_outer_interface(void);         /* OuterIterator */
void spl_register_outer_iterators(void);         /* IteratorIterator ... EmptyIterator */
void spl_register_tree_iterator(void);        /* RecursiveTreeIterator */
void spl_register_arrays(void);
void spl_register_lists(void);
void spl_register_heaps(void);
void spl_register_fixed_array(void);
void spl_register_object_storage(void);
void spl_register_multiple_iterator(void);

/* --- Declaring classes --------------------------------------------------------------------- */

typedef zend_object_value (*spl_create_object_t)(zend_class_entry *ce);

/* A class; create NULL: the parent's. */
zend_class_entry *spl_register_class(const char *name, zend_class_entry *parent,
    spl_create_object_t create, const zend_function_entry *methods);
zend_class_entry *spl_register_interface(const char *name, const zend_function_entry *methods);

typedef struct _spl_class_constant {
    const char *name; /* NULL ends a table */
    long value;
} spl_class_constant;
void spl_register_class_constants(zend_class_entry *ce, const spl_class_constant *constants);

/* --- Overriding ---------------------------------------------------------------------------- */

/* The method of ce when it is another one than that of the internal class base, or NULL. */
zend_function *spl_find_override(zend_class_entry *ce, zend_class_entry *base,
    const char *lower_name);
/* The internal class that ce is or descends from. */
zend_class_entry *spl_internal_base(zend_class_entry *ce);
/* Does a class written in PHP override rewind, valid, current, key or next? */
bool spl_overrides_iteration(const zend_class_entry *ce);

/* Calls a method by its lower-case name; its result, counted, or NULL after an exception. */
zval *spl_call(zval *object, const char *lower_name, int argument_count, zval *arg1, zval *arg2);
/* Calls it and tells whether the result is true. */
bool spl_call_is_true(zval *object, const char *lower_name);
/* What an overridden count() says, for a handler count_elements. */
int spl_call_count(zval *object, long *count);
/* Calls it and drops the result. */
void spl_call_drop(zval *object, const char *lower_name);

/* --- Objects ------------------------------------------------------------------------------- */

/* Initialises std and enters the object; dtor is the standard one. */
zend_object_value spl_object_enter(zend_object *std, zend_class_entry *ce,
    zend_objects_free_object_storage_t free_storage, const zend_object_handlers *handlers);

/* new ce(arg1, arg2): a counted zval, or NULL after an exception. */
zval *spl_instantiate(zend_class_entry *ce, int argument_count, zval *arg1, zval *arg2);

/* Throws: "The object is in an invalid state as the parent constructor was not called". */
ZEND_COLD void spl_throw_not_constructed(void);
/* Throws an exception of the class with a fixed text. */
ZEND_COLD void spl_throw(zend_class_entry *ce, const char *message);
/* Catches what iterators of containers do not offer: true when by_ref is set (it has thrown). */
bool spl_refuse_by_reference(int by_ref);

/*
 * Debug information is a table kept with the object (*cache), so that a dump sees that it is
 * inside it already. begin returns true when the table has to be filled: it then holds the
 * properties. add enters a private property of ce; the value is taken over.
 */
bool spl_debug_info_begin(zend_object *std, HashTable **cache);
void spl_debug_info_add(HashTable *info, zend_class_entry *ce, const char *name, zval *value);
void spl_debug_info_free(HashTable **cache);

/* The 32 hexadecimal digits (and a NUL) that tell one living object from another. */
void php_spl_object_hash(const zval *object, char *hash);

/* --- Positions ----------------------------------------------------------------------------- */

/* An offset as a number: -1 when it is none. */
long spl_offset_to_long(const zval *offset);
/* Is pos, whose hash was h, still an element of the table? Looks at live buckets only. */
bool spl_hash_position_valid(const HashTable *ht, const Bucket *pos, ulong h);

/* --- Iterating ----------------------------------------------------------------------------- */

typedef int (*spl_iterator_apply_func_t)(zend_object_iterator *iterator, void *argument);
/* Walks over a Traversable; the function answers as for zend_hash_apply(). FAILURE after an
 * exception. */
int spl_iterator_apply(zval *object, spl_iterator_apply_func_t apply, void *argument);

/* An iterator that calls the object's methods, for classes that have their own get_iterator. */
zend_object_iterator *spl_user_iterator(zend_class_entry *ce, zval *object, int by_ref);

/* Returns a zval that an iterator gave, as a method's result. */
void spl_return_copy(zval *return_value, zval *value);

/* --- Functions of other files --------------------------------------------------------------- */

extern const zend_function_entry spl_autoload_functions_table[];
extern const zend_function_entry spl_iterator_functions_table[];
void spl_autoload_request_end(void);
void spl_autoload_request_start(void);
zval *spl_duplicate(zval *value); /* a new zval with a copy of the value */

#endif
