/* SPDX-License-Identifier: MIT */
/*
 * The life of a value: copying it, releasing it, dropping a reference to its zval.
 *
 *      zval_copy_ctor(z)    after value and type were copied bitwise: makes the copy own its parts
 *      zval_dtor(z)         releases what the value owns; the zval itself stays, with junk in it
 *      zval_ptr_dtor(&z)    drops one count; at zero releases value and zval
 *
 * zval_ptr_dtor is the engine's busiest function: what is common is inline, the rest is cold.
 * However deep arrays and objects are nested, releasing them does not exhaust the C stack:
 * below a quarter of a megabyte of nested releases, further zvals are queued for the outermost.
 */
#ifndef ZEND_VARIABLES_H
#define ZEND_VARIABLES_H

#include "value/zend_gc.h"
#include "value/zend_zval.h"

/* The cold halves; use the inline functions below. */
void zval_copy_ctor_func(zval *zvalue);
void zval_dtor_func(zval *zvalue);
void zval_ptr_dtor_last(zval *zvalue);

/* Strings are copied (interned ones shared), arrays copied one level deep, objects and resources
 * counted. */
static zend_always_inline void zval_copy_ctor(zval *zvalue)
{
    if (Z_TYPE_P(zvalue) > IS_BOOL) {
        zval_copy_ctor_func(zvalue);
    }
}

static zend_always_inline void zval_dtor(zval *zvalue)
{
    if (Z_TYPE_P(zvalue) > IS_BOOL) {
        zval_dtor_func(zvalue);
    }
}

/* The whole of zval_ptr_dtor inline, for the virtual machine and loops. */
static zend_always_inline void i_zval_ptr_dtor(zval *zvalue)
{
    if (--zvalue->refcount__gc == 0) {
        if (ZEND_LIKELY(Z_TYPE_P(zvalue) <= IS_BOOL && GC_ZVAL_ADDRESS(zvalue) == NULL)) {
            efree_size(zvalue, sizeof(zval_gc_info));
        } else {
            zval_ptr_dtor_last(zvalue);
        }
        return;
    }
    if (zvalue->refcount__gc == 1) {
        Z_UNSET_ISREF_P(zvalue);
    }
    GC_ZVAL_CHECK_POSSIBLE_ROOT(zvalue);
}

void zval_ptr_dtor(zval **zval_ptr);
/* For hash tables of zval *. */
#define ZVAL_PTR_DTOR ((dtor_func_t) zval_ptr_dtor)
/* zval_dtor() as a destructor for hash tables whose elements are zvals. */
void zval_dtor_wrapper(zval *zvalue);
#define ZVAL_DESTRUCTOR ((dtor_func_t) zval_dtor_wrapper)
void zval_copy_ctor_wrapper(zval *zvalue);
#define ZVAL_COPY_CTOR ((copy_ctor_func_t) zval_copy_ctor_wrapper)
/* Adds a count to *p; the copy constructor of tables of zval *. */
void zval_add_ref(zval **p);

/* For zvals in persistent memory: no arrays or objects in them. */
void zval_internal_dtor(zval *zvalue);
void zval_internal_ptr_dtor(zval **zval_ptr);
#define ZVAL_INTERNAL_DTOR ((dtor_func_t) zval_internal_dtor)
#define ZVAL_INTERNAL_PTR_DTOR ((dtor_func_t) zval_internal_ptr_dtor)

/* A new table with the same elements, each counted once more. The caller owns the table. */
HashTable *zend_array_dup(HashTable *source);
/* Destroys and frees a table of zval * (not the global symbol table). */
void zend_array_destroy(HashTable *ht);

/* The current key as a value: long, string (interned shared, else copied), NULL at the end. */
void zend_hash_get_current_key_zval_ex(const HashTable *ht, zval *key, HashPosition *pos);
#define zend_hash_get_current_key_zval(ht, key) zend_hash_get_current_key_zval_ex(ht, key, NULL)

/* Copies and frees the expressions of IS_CONSTANT_AST values; the compiler sets them. */
extern zend_ast *(*zend_value_copy_ast)(zend_ast *ast);
extern void (*zend_value_free_ast)(zend_ast *ast);

/* Once a process, before any zval: errors of the data room, interned strings, stress switches. */
void zend_startup_values(void);
void zend_shutdown_values(void);
/* Once a request, and after a bail-out: forgets releases that never came to their end. */
void zend_reset_releases(void);

#endif
