/* SPDX-License-Identifier: MIT */
/*
 * Closures: the class Closure, whose objects are functions with their captured variables, a scope
 * and perhaps a $this.
 *
 *      zend_closure, 296 bytes
 *      +-------------+----------------------+----------+------------+--------+------+
 *      | std         | func                 | this_ptr | debug_info | handle | room |
 *      +-------------+----------------------+----------+------------+--------+------+
 *      0             32
 *
 * func is a copy of the compiled function's header. The code stays shared and counted; the static
 * variables, among them those of `use`, and the run-time cache are the closure's own:
 *
 *      closure ---> func.op_array ---> code (shared by all closures of this place)
 *                     |
 *                     +---> static_variables: HashTable { "x" => captured, "own" => ... }
 *
 * Since the function lies in its closure, the closure is found from the function; a call counts
 * the closure in the object store, so that it outlives its call.
 *
 * Invariants: 1. without a scope there is no $this; 2. with a scope it has a $this or is static.
 */
#ifndef ZEND_CLOSURES_H
#define ZEND_CLOSURES_H

#include <stddef.h>

#include "compile/zend_op_array.h"
#include "object/zend_class_entry.h"
#include "object/zend_objects_API.h"
#include "runtime/zend_globals.h"
#include "vm/zend_frame.h"

#define ZEND_CLOSURE_PRINT_NAME "Closure object"
#define ZEND_INVOKE_FUNC_NAME "__invoke"

/* What 5.6 takes for a closure, which memory_get_usage() shows. */
#define ZEND_CLOSURE_BYTES 296

typedef struct _zend_closure {
    zend_object std;
    zend_function func;
    zval *this_ptr;            /* counted, or NULL */
    HashTable *debug_info;     /* what var_dump() shows: made when first asked for */
    zend_object_handle handle; /* of this object, in the store */
    char room[ZEND_CLOSURE_BYTES - sizeof(zend_object) - sizeof(zend_function)
        - sizeof(zval *) - sizeof(HashTable *) - sizeof(zend_object_handle)];
} zend_closure;
_Static_assert(sizeof(zend_closure) == ZEND_CLOSURE_BYTES, "a closure has the size that 5.6 gives it");

extern zend_class_entry *zend_ce_closure;

void zend_register_closure_ce(void);

/*
 * Makes *res (uninitialised, any place) a closure of the function: a user function, or an internal
 * one. Variables marked as captured are looked up in the running code. scope may be NULL; this_ptr
 * is counted, and ignored if the function is static or internal without a class.
 */
void zend_create_closure(zval *res, zend_function *func, zend_class_entry *scope, zval *this_ptr);

/* The function of a closure object, its $this (not counted, or NULL). */
const zend_function *zend_get_closure_method_def(zval *obj);
zval *zend_get_closure_this_ptr(zval *obj);
/* A trampoline for $closure->__invoke(): see zend_free_call_trampoline(). */
zend_function *zend_get_closure_invoke_method(zval *obj);

/* The closure whose function this is: only for functions with ZEND_ACC_CLOSURE. */
static zend_always_inline zend_closure *zend_closure_of(zend_function *function)
{
    return (zend_closure *) ((char *) function - offsetof(zend_closure, func));
}

/* Keeps a call's closure alive until zend_closure_release(). */
static zend_always_inline void vm_call_hold_closure(zend_execute_data *call)
{
    call->closure = zend_closure_of(call->func);
    call->call_info |= ZEND_CALL_CLOSURE;
    EG(objects_store).object_buckets[call->closure->handle].bucket.obj.refcount++;
}

void zend_closure_release(zend_closure *closure);

#endif
