/* SPDX-License-Identifier: MIT */
/*
 * Making zvals: allocation, initial values, separation, and setting a function's result.
 *
 * "dup" (the `duplicate` arguments): 1 copies the characters into an emalloc'ed string, 0 takes
 * over the pointer, which must then be emalloc'ed or interned.
 */
#ifndef ZEND_ZVAL_H
#define ZEND_ZVAL_H

#include <string.h>

#include "zend_alloc.h"
#include "data/zend_interned.h"
#include "value/zend_gc.h"
#include "value/zend_types.h"

/* --- Allocation --------------------------------------------------------------------------- */

/* A heap zval with nothing set but the collector's field. */
static zend_always_inline zval *zend_alloc_zval(void)
{
    zval *z = (zval *) emalloc_owned(sizeof(zval_gc_info), "zval");
    GC_ZVAL_INIT(z);
    return z;
}

/* Frees the block only; whatever it holds is gone or lives elsewhere. */
static zend_always_inline void zend_free_zval(zval *z)
{
    GC_REMOVE_ZVAL_FROM_BUFFER(z);
    efree_size(z, sizeof(zval_gc_info));
}

#define ALLOC_ZVAL(z) ((z) = zend_alloc_zval())
#define FREE_ZVAL(z) zend_free_zval(z)
#define ALLOC_HASHTABLE(ht) \
    ((ht) = (HashTable *) emalloc_owned(sizeof(HashTable), "HashTable"))
#define FREE_HASHTABLE(ht) efree_size((ht), sizeof(HashTable))

#define INIT_PZVAL(z) \
    do { \
        Z_SET_REFCOUNT_P(z, 1); \
        Z_UNSET_ISREF_P(z); \
    } while (0)
/* A zval that is no heap zval: NULL, count 1. */
#define INIT_ZVAL(z) \
    do { \
        Z_TYPE(z) = IS_NULL; \
        INIT_PZVAL(&(z)); \
    } while (0)
/* Allocated, count 1, no value. */
#define MAKE_STD_ZVAL(z) \
    do { \
        ALLOC_ZVAL(z); \
        INIT_PZVAL(z); \
    } while (0)
/* Allocated, count 1, NULL. */
#define ALLOC_INIT_ZVAL(z) \
    do { \
        ALLOC_ZVAL(z); \
        INIT_ZVAL(*(z)); \
    } while (0)
#define ALLOC_PERMANENT_ZVAL(z) \
    do { \
        (z) = (zval *) pemalloc(sizeof(zval_gc_info), 1); \
        GC_ZVAL_INIT(z); \
    } while (0)

/* --- Copying ------------------------------------------------------------------------------ */

/* Value and type; what they point at is then owned twice, unless copied or forgotten. */
#define ZVAL_COPY_VALUE(z, v) \
    do { \
        (z)->value = (v)->value; \
        Z_TYPE_P(z) = Z_TYPE_P(v); \
    } while (0)
#define INIT_PZVAL_COPY(z, v) \
    do { \
        ZVAL_COPY_VALUE(z, v); \
        INIT_PZVAL(z); \
    } while (0)
/* A full copy of *v in a place that is no heap zval yet counted 1. */
#define MAKE_COPY_ZVAL(ppzv, pzv) \
    do { \
        INIT_PZVAL_COPY(pzv, *(ppzv)); \
        zval_copy_ctor(pzv); \
    } while (0)
/* Puts with's value in place of the variable's, keeping count and is_ref. Takes over `with`. */
#define REPLACE_ZVAL_VALUE(ppzv_dest, pzv_src, copy) \
    do { \
        int replace_is_ref_ = Z_ISREF_PP(ppzv_dest); \
        zend_uint replace_refcount_ = Z_REFCOUNT_PP(ppzv_dest); \
        ZVAL_COPY_VALUE(*(ppzv_dest), pzv_src); \
        if (copy) { \
            zval_copy_ctor(*(ppzv_dest)); \
        } \
        Z_SET_ISREF_TO_PP(ppzv_dest, replace_is_ref_); \
        Z_SET_REFCOUNT_PP(ppzv_dest, replace_refcount_); \
    } while (0)
/* dest gets the value of src: moved when src was counted once, else copied. src loses one count. */
#define COPY_PZVAL_TO_ZVAL(zv, pzv) \
    do { \
        (zv) = *(pzv); \
        if (Z_REFCOUNT_P(pzv) > 1) { \
            zval_copy_ctor(&(zv)); \
            Z_DELREF_P(pzv); \
        } else { \
            FREE_ZVAL(pzv); \
        } \
        INIT_PZVAL(&(zv)); \
    } while (0)
/* Sets z to zv's value. copy: duplicate it; dtor: zv loses one count. */
#define ZVAL_ZVAL(z, zv, copy, dtor) \
    do { \
        zval *zval_target_ = (z); \
        zval *zval_source_ = (zv); \
        ZVAL_COPY_VALUE(zval_target_, zval_source_); \
        if (copy) { \
            zval_copy_ctor(zval_target_); \
        } \
        if (dtor) { \
            if (!(copy)) { \
                ZVAL_NULL(zval_source_); \
            } \
            zval_ptr_dtor(&zval_source_); \
        } \
    } while (0)

/* --- Separation --------------------------------------------------------------------------- */

/* The place gets a copy of its own; the shared zval loses one count. */
void zend_separate_zval(zval **place);

#if ZEND_DEBUG
#include "mm/zend_mm_instrument.h"
#define ZEND_SEPARATE_ALWAYS zend_mm_stress.separate_always
#else
#define ZEND_SEPARATE_ALWAYS 0
#endif

#define SEPARATE_ZVAL(ppzv) \
    do { \
        if (Z_REFCOUNT_PP(ppzv) > 1 || ZEND_SEPARATE_ALWAYS) { \
            zend_separate_zval(ppzv); \
        } \
    } while (0)
#define SEPARATE_ZVAL_IF_NOT_REF(ppzv) \
    do { \
        if (!PZVAL_IS_REF(*(ppzv))) { \
            SEPARATE_ZVAL(ppzv); \
        } \
    } while (0)
#define SEPARATE_ZVAL_TO_MAKE_IS_REF(ppzv) \
    do { \
        if (!PZVAL_IS_REF(*(ppzv))) { \
            SEPARATE_ZVAL(ppzv); \
            Z_SET_ISREF_PP(ppzv); \
        } \
    } while (0)
#define SEPARATE_ARG_IF_REF(varptr) \
    do { \
        if (PZVAL_IS_REF(varptr)) { \
            zval *separate_original_ = varptr; \
            ALLOC_ZVAL(varptr); \
            INIT_PZVAL_COPY(varptr, separate_original_); \
            zval_copy_ctor(varptr); \
        } else { \
            Z_ADDREF_P(varptr); \
        } \
    } while (0)

/* --- Values ------------------------------------------------------------------------------- */

#define ZVAL_NULL(z) (Z_TYPE_P(z) = IS_NULL)
#define ZVAL_LONG(z, number) \
    do { \
        zval *zval_target_ = (z); \
        Z_LVAL_P(zval_target_) = (number); \
        Z_TYPE_P(zval_target_) = IS_LONG; \
    } while (0)
#define ZVAL_DOUBLE(z, number) \
    do { \
        zval *zval_target_ = (z); \
        Z_DVAL_P(zval_target_) = (number); \
        Z_TYPE_P(zval_target_) = IS_DOUBLE; \
    } while (0)
#define ZVAL_BOOL(z, truth) \
    do { \
        zval *zval_target_ = (z); \
        Z_LVAL_P(zval_target_) = ((truth) != 0); \
        Z_TYPE_P(zval_target_) = IS_BOOL; \
    } while (0)
#define ZVAL_FALSE(z) ZVAL_BOOL(z, 0)
#define ZVAL_TRUE(z) ZVAL_BOOL(z, 1)
#define ZVAL_RESOURCE(z, id) \
    do { \
        zval *zval_target_ = (z); \
        Z_LVAL_P(zval_target_) = (id); \
        Z_TYPE_P(zval_target_) = IS_RESOURCE; \
    } while (0)
#define ZVAL_STRINGL(z, s, l, duplicate) \
    do { \
        const char *zval_text_ = (s); \
        int zval_length_ = (int) (l); \
        zval *zval_target_ = (z); \
        Z_STRLEN_P(zval_target_) = zval_length_; \
        Z_STRVAL_P(zval_target_) = \
            (duplicate) ? estrndup(zval_text_, zval_length_) : (char *) zval_text_; \
        Z_TYPE_P(zval_target_) = IS_STRING; \
    } while (0)
#define ZVAL_STRING(z, s, duplicate) \
    do { \
        const char *zval_string_ = (s); \
        ZVAL_STRINGL(z, zval_string_, strlen(zval_string_), duplicate); \
    } while (0)
#define ZVAL_EMPTY_STRING(z) ZVAL_STRINGL(z, zend_empty_string, 0, 0)

#define RETVAL_RESOURCE(id) ZVAL_RESOURCE(return_value, id)
#define RETVAL_BOOL(truth) ZVAL_BOOL(return_value, truth)
#define RETVAL_NULL() ZVAL_NULL(return_value)
#define RETVAL_LONG(number) ZVAL_LONG(return_value, number)
#define RETVAL_DOUBLE(number) ZVAL_DOUBLE(return_value, number)
#define RETVAL_STRING(s, duplicate) ZVAL_STRING(return_value, s, duplicate)
#define RETVAL_STRINGL(s, l, duplicate) ZVAL_STRINGL(return_value, s, l, duplicate)
#define RETVAL_EMPTY_STRING() ZVAL_EMPTY_STRING(return_value)
#define RETVAL_ZVAL(zv, copy, dtor) ZVAL_ZVAL(return_value, zv, copy, dtor)
#define RETVAL_FALSE ZVAL_BOOL(return_value, 0)
#define RETVAL_TRUE ZVAL_BOOL(return_value, 1)

#define RETURN_RESOURCE(id) do { RETVAL_RESOURCE(id); return; } while (0)
#define RETURN_BOOL(truth) do { RETVAL_BOOL(truth); return; } while (0)
#define RETURN_NULL() do { RETVAL_NULL(); return; } while (0)
#define RETURN_LONG(number) do { RETVAL_LONG(number); return; } while (0)
#define RETURN_DOUBLE(number) do { RETVAL_DOUBLE(number); return; } while (0)
#define RETURN_STRING(s, duplicate) do { RETVAL_STRING(s, duplicate); return; } while (0)
#define RETURN_STRINGL(s, l, duplicate) do { RETVAL_STRINGL(s, l, duplicate); return; } while (0)
#define RETURN_EMPTY_STRING() do { RETVAL_EMPTY_STRING(); return; } while (0)
#define RETURN_ZVAL(zv, copy, dtor) do { RETVAL_ZVAL(zv, copy, dtor); return; } while (0)
#define RETURN_FALSE do { RETVAL_FALSE; return; } while (0)
#define RETURN_TRUE do { RETVAL_TRUE; return; } while (0)

/* An empty array with room for size elements (no slots until the first comes). */
void zend_array_init_size(zval *arg, uint size);
#define array_init_size(arg, size) zend_array_init_size((arg), (size))
#define array_init(arg) zend_array_init_size((arg), 0)

#endif
