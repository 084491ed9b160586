/* SPDX-License-Identifier: MIT */
/*
 * The frame: what one call of a function owns while it runs, on the VM stack.
 *
 *      +------------------+  <- zend_execute_data *, 8-aligned
 *      | header           |
 *      +------------------+  ZEND_FRAME_CV(frame, 0)
 *      | zval *cv[last_var]|  one pointer each; NULL while the variable is undefined
 *      +------------------+
 *      | temp_variable[T] |  24 bytes each
 *      +------------------+  frame->arguments
 *      | zval *arg[n]     |  the arguments as passed, each counted (func_get_args sees them)
 *      +------------------+  <- EG(vm_stack)->top while the call runs
 *
 * An internal function's frame has no CVs and temporaries. A frame is made by INIT_*CALL,
 * filled by SEND_*, and becomes current with DO_FCALL; until then the caller's `call` points
 * at it, and prev_call chains the calls that are being prepared around it.
 *
 * Parameters are shared by the argument slot and the CV, hence a count of two, as in PHP 5.
 */
#ifndef ZEND_FRAME_H
#define ZEND_FRAME_H

#include "compile/zend_op_array.h"

typedef struct _zend_execute_data zend_execute_data;

/* A temporary's slot. TMP operands use tmp_var, VAR operands the struct var. */
typedef union _temp_variable {
    zval tmp_var;
    struct {
        zval **ptr_ptr; /* the place of a fetched variable, for writing; NULL: none, see ptr */
        zval *ptr;      /* the value, counted */
        zend_uint fcall_returned_reference; /* the function returned by reference */
    } var;
    struct {
        zval **ptr_ptr; /* NULL marks a string offset */
        zval *str;      /* the string, counted */
        zend_uint offset;
    } str_offset;
    struct {
        zend_class_entry *class_entry; /* the result of FETCH_CLASS */
    } ce;
    struct {
        zval *ptr;            /* the array or object walked over, counted */
        HashPointer position; /* the next element */
    } fe; /* the walk of a foreach */
    struct {
        zval *ptr; /* NULL: the walk is an iterator's; then */
        struct _zend_object_iterator *iterator; /* NULL: nothing to walk over */
        zval *wrapper; /* owns the iterator: scripts see that a loop takes an object's handle */
    } fe_iterator;
    struct {
        char *val;
        zval *owner; /* whose string it is, counted; NULL: the part's own, or interned */
        int len;
    } rope; /* a part of a string that is being joined */
} temp_variable;
_Static_assert(sizeof(temp_variable) == 24, "a temporary takes 24 bytes");

/* Kinds of frame, and what an uncommon one needs when it ends. */
#define ZEND_CALL_TOP 0x01            /* execute_ex() returns to C when it ends */
#define ZEND_CALL_CODE 0x02           /* main code of a file or eval: shares the symbol table */
#define ZEND_CALL_HAS_SYMBOL_TABLE 0x04 /* the CVs are attached to symbol_table */
#define ZEND_CALL_OWNS_SYMBOL_TABLE 0x08 /* a function's: released with the frame */
#define ZEND_CALL_CTOR 0x10           /* a constructor called by NEW */
#define ZEND_CALL_CTOR_RESULT_UNUSED 0x20
#define ZEND_CALL_CLOSURE 0x40        /* releases the closure object that is its function */
#define ZEND_CALL_GENERATOR 0x80
#define ZEND_CALL_RELEASE_THIS 0x100
#define ZEND_CALL_RESULT_USED 0x200
#define ZEND_CALL_EVAL 0x400
#define ZEND_CALL_FREE_OP_ARRAY 0x800 /* include/eval: the op array ends with the frame */
#define ZEND_CALL_FAKE 0x1000         /* refused: arguments are gathered and dropped */

struct _zend_execute_data {
    const zend_op *opline;      /* the operation running; saved before anything may look */
    zend_function *func;        /* the function of this frame */
    zend_execute_data *prev_execute_data;
    zend_execute_data *call;    /* the innermost call being prepared */
    zend_execute_data *prev_call; /* while being prepared: the next outer one */
    zval **arguments;           /* num_args pointers */
    zend_uint num_args;
    zend_uint call_info;        /* ZEND_CALL_* */
    zval *this_object;          /* $this, counted when ZEND_CALL_RELEASE_THIS; or NULL */
    zend_class_entry *scope;    /* for visibility; an internal function keeps its caller's */
    zend_class_entry *called_scope; /* late static binding */
    HashTable *symbol_table;    /* NULL until something asks for it */
    void **run_time_cache;
    temp_variable *result;      /* the caller's slot for the result, or NULL */
    zval **return_value_ptr;    /* with ZEND_CALL_TOP: where the C caller wants the result */
    zval *delayed_exception;    /* a pending exception while finally runs, or NULL */
    struct _zend_closure *closure; /* with ZEND_CALL_CLOSURE: counted in the object store */
    struct _zend_generator *generator; /* with ZEND_CALL_GENERATOR */
};

#define ZEND_FRAME_HEADER_SIZE ((zend_uint) sizeof(zend_execute_data))
#define ZEND_FRAME_SLOT(frame, offset) ((void *) ((char *) (frame) + (offset)))
#define ZEND_FRAME_CV(frame, number) (((zval **) ((frame) + 1)) + (number))
#define ZEND_FRAME_TMP(frame, number) \
    (((temp_variable *) ZEND_FRAME_CV(frame, (frame)->func->op_array.last_var)) + (number))
#define ZEND_USER_FRAME(frame) ((frame)->func && (frame)->func->type != ZEND_INTERNAL_FUNCTION)

/* A page of the VM stack. */
typedef struct _zend_vm_stack *zend_vm_stack;
struct _zend_vm_stack {
    void **top;
    void **end;
    zend_vm_stack prev;
};

#endif
