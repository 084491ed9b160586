/* SPDX-License-Identifier: MIT */
/*
 * The zval: PHP's value, and the few types it is made of.
 *
 * Every PHP value lives in a zval. A variable is a pointer to one on the heap,
 * shared by reference counting: copying a variable adds one to the count,
 * writing to a shared zval separates it first (copy on write), unless it is a
 * reference set (is_ref), whose members all see the write.
 *
 *      0         8         16           20     21       22   24
 *      +---------+---------+------------+------+--------+----+
 *      | value: 16 bytes   | refcount   | type | is_ref | -- |   zval, 24 bytes
 *      +---------+---------+------------+------+--------+----+----------+
 *      | ...                                                 | buffered |  zval_gc_info, 32
 *      +-----------------------------------------------------+----------+
 *
 * A zval on the heap is always a zval_gc_info: the collector's pointer behind it
 * says whether it is in the root buffer, and which colour it has. With the block
 * header it takes 48 bytes. Temporaries of the virtual machine are bare zvals
 * inside the frame, and never enter the collector's buffer.
 */
#ifndef ZEND_TYPES_H
#define ZEND_TYPES_H

#include "zend_portability.h"
#include "data/zend_hash.h"

/* Types, in the order that PHP 5 numbers them. */
#define IS_NULL 0
#define IS_LONG 1
#define IS_DOUBLE 2
#define IS_BOOL 3
#define IS_ARRAY 4
#define IS_OBJECT 5
#define IS_STRING 6
#define IS_RESOURCE 7
#define IS_CONSTANT 8     /* a constant's name, in a default value not yet evaluated */
#define IS_CONSTANT_AST 9 /* an expression, in a default value not yet evaluated */
#define IS_CALLABLE 10    /* only as a type hint */

#define IS_CONSTANT_TYPE_MASK 0x00f
#define IS_CONSTANT_UNQUALIFIED 0x010
#define IS_LEXICAL_VAR 0x020
#define IS_LEXICAL_REF 0x040
#define IS_CONSTANT_IN_NAMESPACE 0x100
#define IS_CONSTANT_TYPE(type) (((type) & IS_CONSTANT_TYPE_MASK) >= IS_CONSTANT \
    && ((type) & IS_CONSTANT_TYPE_MASK) <= IS_CONSTANT_AST)

typedef struct _zval_struct zval;
typedef struct _zend_object_handlers zend_object_handlers;
typedef struct _zend_class_entry zend_class_entry;
typedef struct _zend_ast zend_ast;
typedef struct _zend_guard zend_guard;
typedef unsigned int zend_object_handle;

/* What a zval of type IS_OBJECT holds: a slot in the object store, and the class's way to act. */
typedef struct _zend_object_value {
    zend_object_handle handle;
    const zend_object_handlers *handlers;
} zend_object_value;

typedef union _zvalue_value {
    long lval;   /* IS_LONG, IS_BOOL, IS_RESOURCE */
    double dval; /* IS_DOUBLE */
    struct {
        char *val; /* owned by the zval unless IS_INTERNED(); NUL-terminated */
        int len;   /* bytes, without the NUL */
    } str;
    HashTable *ht; /* IS_ARRAY: owned; values are zval * */
    zend_object_value obj;
    zend_ast *ast; /* IS_CONSTANT_AST */
} zvalue_value;

struct _zval_struct {
    zvalue_value value;
    zend_uint refcount__gc;
    zend_uchar type;
    zend_uchar is_ref__gc;
};

typedef struct _gc_root_buffer gc_root_buffer;

typedef struct _zval_gc_info {
    zval z;
    union {
        gc_root_buffer *buffered; /* the low two bits are the colour */
        struct _zval_gc_info *next;
    } u;
} zval_gc_info;

_Static_assert(sizeof(zval) == 24, "a zval has 24 bytes");
_Static_assert(sizeof(zval_gc_info) == 32, "a heap zval has 32 bytes");
_Static_assert(offsetof(zval, refcount__gc) == 16 && offsetof(zval, type) == 20, "zval layout");

#define Z_TYPE(zval) (zval).type
#define Z_LVAL(zval) (zval).value.lval
#define Z_BVAL(zval) ((zend_bool) (zval).value.lval)
#define Z_DVAL(zval) (zval).value.dval
#define Z_STRVAL(zval) (zval).value.str.val
#define Z_STRLEN(zval) (zval).value.str.len
#define Z_ARRVAL(zval) (zval).value.ht
#define Z_AST(zval) (zval).value.ast
#define Z_OBJVAL(zval) (zval).value.obj
#define Z_OBJ_HANDLE(zval) Z_OBJVAL(zval).handle
#define Z_OBJ_HT(zval) Z_OBJVAL(zval).handlers
#define Z_RESVAL(zval) (zval).value.lval
#define Z_REFCOUNT(zval) (zval).refcount__gc
#define Z_ISREF(zval) (zval).is_ref__gc

#define Z_TYPE_P(zval_p) Z_TYPE(*(zval_p))
#define Z_LVAL_P(zval_p) Z_LVAL(*(zval_p))
#define Z_BVAL_P(zval_p) Z_BVAL(*(zval_p))
#define Z_DVAL_P(zval_p) Z_DVAL(*(zval_p))
#define Z_STRVAL_P(zval_p) Z_STRVAL(*(zval_p))
#define Z_STRLEN_P(zval_p) Z_STRLEN(*(zval_p))
#define Z_ARRVAL_P(zval_p) Z_ARRVAL(*(zval_p))
#define Z_AST_P(zval_p) Z_AST(*(zval_p))
#define Z_OBJVAL_P(zval_p) Z_OBJVAL(*(zval_p))
#define Z_OBJ_HANDLE_P(zval_p) Z_OBJ_HANDLE(*(zval_p))
#define Z_OBJ_HT_P(zval_p) Z_OBJ_HT(*(zval_p))
#define Z_RESVAL_P(zval_p) Z_RESVAL(*(zval_p))
#define Z_REFCOUNT_P(zval_p) Z_REFCOUNT(*(zval_p))
#define Z_ISREF_P(zval_p) Z_ISREF(*(zval_p))

#define Z_TYPE_PP(zval_pp) Z_TYPE(**(zval_pp))
#define Z_LVAL_PP(zval_pp) Z_LVAL(**(zval_pp))
#define Z_BVAL_PP(zval_pp) Z_BVAL(**(zval_pp))
#define Z_DVAL_PP(zval_pp) Z_DVAL(**(zval_pp))
#define Z_STRVAL_PP(zval_pp) Z_STRVAL(**(zval_pp))
#define Z_STRLEN_PP(zval_pp) Z_STRLEN(**(zval_pp))
#define Z_ARRVAL_PP(zval_pp) Z_ARRVAL(**(zval_pp))
#define Z_OBJVAL_PP(zval_pp) Z_OBJVAL(**(zval_pp))
#define Z_OBJ_HANDLE_PP(zval_pp) Z_OBJ_HANDLE(**(zval_pp))
#define Z_OBJ_HT_PP(zval_pp) Z_OBJ_HT(**(zval_pp))
#define Z_RESVAL_PP(zval_pp) Z_RESVAL(**(zval_pp))
#define Z_REFCOUNT_PP(zval_pp) Z_REFCOUNT(**(zval_pp))
#define Z_ISREF_PP(zval_pp) Z_ISREF(**(zval_pp))

#define Z_ADDREF_P(zval_p) (++Z_REFCOUNT_P(zval_p))
#define Z_DELREF_P(zval_p) (--Z_REFCOUNT_P(zval_p))
#define Z_ADDREF(zval) Z_ADDREF_P(&(zval))
#define Z_DELREF(zval) Z_DELREF_P(&(zval))
#define Z_ADDREF_PP(zval_pp) Z_ADDREF_P(*(zval_pp))
#define Z_DELREF_PP(zval_pp) Z_DELREF_P(*(zval_pp))
#define Z_SET_REFCOUNT_P(zval_p, count) (Z_REFCOUNT_P(zval_p) = (count))
#define Z_SET_REFCOUNT(zval, count) Z_SET_REFCOUNT_P(&(zval), count)
#define Z_SET_REFCOUNT_PP(zval_pp, count) Z_SET_REFCOUNT_P(*(zval_pp), count)
#define Z_SET_ISREF_P(zval_p) (Z_ISREF_P(zval_p) = 1)
#define Z_UNSET_ISREF_P(zval_p) (Z_ISREF_P(zval_p) = 0)
#define Z_SET_ISREF_TO_P(zval_p, is_ref) (Z_ISREF_P(zval_p) = (is_ref))
#define Z_SET_ISREF(zval) Z_SET_ISREF_P(&(zval))
#define Z_UNSET_ISREF(zval) Z_UNSET_ISREF_P(&(zval))
#define Z_SET_ISREF_PP(zval_pp) Z_SET_ISREF_P(*(zval_pp))
#define Z_UNSET_ISREF_PP(zval_pp) Z_UNSET_ISREF_P(*(zval_pp))
#define Z_SET_ISREF_TO_PP(zval_pp, is_ref) Z_SET_ISREF_TO_P(*(zval_pp), is_ref)
#define PZVAL_IS_REF(zval_p) Z_ISREF_P(zval_p)

#define Z_OBJPROP(zval) Z_OBJ_HT(zval)->get_properties(&(zval))
#define Z_OBJPROP_P(zval_p) Z_OBJPROP(*(zval_p))
#define Z_OBJPROP_PP(zval_pp) Z_OBJPROP(**(zval_pp))
/* The object room's: the class, through the object's handlers. */
zend_class_entry *zend_get_class_entry(const zval *object);
#define Z_OBJCE(zval) zend_get_class_entry(&(zval))
#define Z_OBJCE_P(zval_p) Z_OBJCE(*(zval_p))
#define Z_OBJCE_PP(zval_pp) Z_OBJCE(**(zval_pp))
#define Z_OBJ_HANDLER(zval, name) Z_OBJ_HT(zval)->name
#define Z_OBJ_HANDLER_P(zval_p, name) Z_OBJ_HANDLER(*(zval_p), name)
#define Z_OBJDEBUG(zval, is_temp) (Z_OBJ_HANDLER((zval), get_debug_info) \
    ? Z_OBJ_HANDLER((zval), get_debug_info)(&(zval), &is_temp) \
    : (is_temp = 0, Z_OBJ_HANDLER((zval), get_properties)(&(zval))))
#define Z_OBJDEBUG_P(zval_p, is_temp) Z_OBJDEBUG(*(zval_p), is_temp)

#endif
