/* SPDX-License-Identifier: MIT */
/*
 * What the compiler makes and the virtual machine runs: operations, op arrays, functions.
 *
 * A compiled function is an op array: a small header (zend_op_array), which belongs to one
 * request and holds what changes while it runs (static variables, run-time cache), and its
 * code, one arena that never changes once it is made, so that it could be kept and shared:
 *
 *      zend_op_array (per request)            code arena (immutable, counted)
 *      +------------------+                  +-------------------------------------------+
 *      | name, flags ...  |   code --------> | refcount, size                            |
 *      | opcodes ---------+----------------> | zend_op[last]                             |
 *      | literals --------+----------------> | zend_literal[last_literal]                |
 *      | vars ...         |                  | names of CVs, try/catch, live ranges ...  |
 *      | static_variables |                  +-------------------------------------------+
 *      | run_time_cache   |
 *      +------------------+
 *
 * An operand of an operation is four bytes. While the compiler works it is an index; the last
 * pass (zend_pass_two) turns it into what the machine needs:
 *
 *      kind    compiler          virtual machine
 *      CONST   literal number    bytes from the operation to the literal
 *      CV      variable number   bytes from the frame to the variable's slot
 *      TMP     temporary number  bytes from the frame to the temporary's slot
 *      VAR     temporary number  the same
 *      jump    operation number  bytes from the operation to the target
 */
#ifndef ZEND_OP_ARRAY_H
#define ZEND_OP_ARRAY_H

#include "value/zend_types.h"
#include "value/zend_object_handlers.h"

/* Operand kinds. */
#define IS_CONST (1 << 0)
#define IS_TMP_VAR (1 << 1)
#define IS_VAR (1 << 2)
#define IS_UNUSED (1 << 3)
#define IS_CV (1 << 4)
/* With result_type: nobody reads the result, do not make it. */
#define EXT_TYPE_UNUSED (1 << 5)
/* With result_type of a comparison: the next operation is a JMPZ/JMPNZ on the result only. */
#define IS_SMART_BRANCH_JMPZ (1 << 6)
#define IS_SMART_BRANCH_JMPNZ (1 << 7)

typedef union _znode_op {
    zend_uint constant;
    zend_uint var;
    zend_uint num;
    zend_uint opline_num;
    int32_t jmp_offset;
} znode_op;

typedef struct _zend_op {
    const void *handler; /* label or function, by operand kinds; see zend_vm_set_handler() */
    znode_op op1;
    znode_op op2;
    znode_op result;
    zend_uint extended_value;
    zend_uint lineno;
    zend_uchar opcode;
    zend_uchar op1_type;
    zend_uchar op2_type;
    zend_uchar result_type;
} zend_op;

_Static_assert(sizeof(zend_op) == 32, "an operation has 32 bytes");

/* A constant of the code. Strings are interned. */
typedef struct _zend_literal {
    zval constant;       /* refcount 2, is_ref set: never written to, always copied */
    zend_ulong hash_value; /* of a string, with its NUL */
    zend_uint cache_slot;  /* first slot in the run-time cache, or -1 */
} zend_literal;

typedef struct _zend_compiled_variable {
    const char *name; /* interned */
    int name_len;
    zend_ulong hash_value;
} zend_compiled_variable;

/* One try statement, in operation numbers; 0 where there is no such part. */
typedef struct _zend_try_catch_element {
    zend_uint try_op;
    zend_uint catch_op;    /* the first CATCH */
    zend_uint finally_op;  /* the first operation of finally */
    zend_uint finally_end; /* its FAST_RET */
} zend_try_catch_element;

/* Where a temporary holds a value that must be released when an exception or a
 * generator's early end passes: operations start <= n < end. */
typedef struct _zend_live_range {
    zend_uint var; /* offset of the slot in the frame | kind in the low bits */
    zend_uint start;
    zend_uint end;
} zend_live_range;
#define ZEND_LIVE_MASK 7
#define ZEND_LIVE_TMP 0     /* a value in place */
#define ZEND_LIVE_VAR 1     /* a counted pointer */
#define ZEND_LIVE_LOOP 2    /* the iterator of a foreach */
#define ZEND_LIVE_SILENCE 3 /* error_reporting kept by BEGIN_SILENCE */
#define ZEND_LIVE_ROPE 4

typedef struct _zend_arg_info {
    const char *name;
    zend_uint name_len;
    const char *class_name; /* the class hint, or NULL */
    zend_uint class_name_len;
    const char *default_text; /* internal functions: PHP source of the default, or NULL */
    zend_uchar type_hint;     /* 0, IS_ARRAY, IS_OBJECT (class_name) or IS_CALLABLE */
    zend_uchar pass_by_reference; /* 0 value, 1 reference, ZEND_SEND_PREFER_REF */
    zend_bool allow_null;
    zend_bool is_variadic;
} zend_arg_info;

#define ZEND_SEND_BY_VAL 0
#define ZEND_SEND_BY_REF 1
#define ZEND_SEND_PREFER_REF 2

/* Flags of functions, methods, properties and classes. */
#define ZEND_ACC_STATIC 0x01
#define ZEND_ACC_ABSTRACT 0x02
#define ZEND_ACC_FINAL 0x04
#define ZEND_ACC_IMPLEMENTED_ABSTRACT 0x08
#define ZEND_ACC_IMPLICIT_ABSTRACT_CLASS 0x10
#define ZEND_ACC_EXPLICIT_ABSTRACT_CLASS 0x20
#define ZEND_ACC_FINAL_CLASS 0x40
#define ZEND_ACC_INTERFACE 0x80
#define ZEND_ACC_TRAIT 0x120
#define ZEND_ACC_PUBLIC 0x100
#define ZEND_ACC_PROTECTED 0x200
#define ZEND_ACC_PRIVATE 0x400
#define ZEND_ACC_PPP_MASK (ZEND_ACC_PUBLIC | ZEND_ACC_PROTECTED | ZEND_ACC_PRIVATE)
#define ZEND_ACC_CHANGED 0x800
#define ZEND_ACC_IMPLICIT_PUBLIC 0x1000
#define ZEND_ACC_CTOR 0x2000
#define ZEND_ACC_DTOR 0x4000
#define ZEND_ACC_CLONE 0x8000
#define ZEND_ACC_ALLOW_STATIC 0x10000
#define ZEND_ACC_SHADOW 0x20000
#define ZEND_ACC_DEPRECATED 0x40000
#define ZEND_ACC_IMPLEMENT_INTERFACES 0x80000
#define ZEND_ACC_CLOSURE 0x100000
#define ZEND_ACC_CALL_VIA_HANDLER 0x200000
#define ZEND_ACC_IMPLEMENT_TRAITS 0x400000
#define ZEND_HAS_STATIC_IN_METHODS 0x800000
#define ZEND_ACC_GENERATOR 0x800000
#define ZEND_ACC_VARIADIC 0x1000000
#define ZEND_ACC_RETURN_REFERENCE 0x4000000
#define ZEND_ACC_DONE_PASS_TWO 0x8000000
#define ZEND_ACC_HAS_BY_REF 0x10000000      /* some parameter takes a reference */
#define ZEND_ACC_HAS_TYPE_HINTS 0x20000000  /* RECV operations must run to check */
#define ZEND_ACC_USES_THIS 0x40000000

#define ZEND_INTERNAL_FUNCTION 1
#define ZEND_USER_FUNCTION 2
#define ZEND_OVERLOADED_FUNCTION 3
#define ZEND_EVAL_CODE 4
#define ZEND_OVERLOADED_FUNCTION_TEMPORARY 5

#define ZEND_INTERNAL_CLASS 1
#define ZEND_USER_CLASS 2

/* The fields that all kinds of function begin with, in the same places. */
#define ZEND_FUNCTION_COMMON \
    zend_uchar type; /* ZEND_INTERNAL_FUNCTION, ZEND_USER_FUNCTION, ... */ \
    zend_uint fn_flags; /* ZEND_ACC_* */ \
    const char *function_name; /* NULL for a file's or eval's main code */ \
    zend_class_entry *scope; \
    union _zend_function *prototype; \
    zend_uint num_args; /* declared parameters, a variadic one not counted */ \
    zend_uint required_num_args; \
    zend_arg_info *arg_info; /* num_args of them, then the variadic one */

struct _zend_code;

typedef struct _zend_op_array {
    ZEND_FUNCTION_COMMON

    struct _zend_code *code; /* the arena everything immutable lives in, counted */
    zend_op *opcodes;
    zend_literal *literals;
    zend_compiled_variable *vars;
    HashTable *static_variables; /* this request's; owned; NULL when there are none */
    void **run_time_cache;       /* this request's; NULL until the first call */
    zend_uint last;     /* number of operations */
    int last_var;       /* compiled variables */
    zend_uint T;        /* temporaries */
    zend_uint frame_size; /* bytes of a frame: header, CVs and temporaries */
    int this_var;       /* the CV that is $this, or -1 */
} zend_op_array;

/* The immutable part: one block, this header first. */
typedef struct _zend_code {
    zend_uint refcount; /* op arrays (closures, inherited methods) that use it */
    zend_uint size;     /* bytes of the whole block */
    int last_literal;
    int last_cache_slot; /* pointers in a run-time cache */
    int last_try_catch;
    int last_live_range;
    zend_uint line_start;
    zend_uint line_end;
    const char *filename;    /* interned */
    const char *doc_comment; /* interned, or NULL */
    zend_uint doc_comment_len;
    zend_uint early_binding; /* first operation of a chain of delayed early bindings, or -1 */
    zend_try_catch_element *try_catch_array;
    zend_live_range *live_range;
    HashTable *static_variables; /* of a closure, as compiled, from which each object gets its
                                    own; constant expressions not evaluated; or NULL */
    union _zend_function **functions; /* declared inside, by number: owned */
    zend_class_entry **classes;       /* declared inside, by number: owned until bound */
    zend_uint function_count;
    zend_uint class_count;
    zend_bool has_finally;
} zend_code;

typedef void (*zif_handler_t)(int ht, zval *return_value, zval **return_value_ptr, zval *this_ptr,
    int return_value_used);
#define INTERNAL_FUNCTION_PARAMETERS \
    int ht, zval *return_value, zval **return_value_ptr, zval *this_ptr, int return_value_used
#define INTERNAL_FUNCTION_PARAM_PASSTHRU \
    ht, return_value, return_value_ptr, this_ptr, return_value_used

struct _zend_module_entry;
struct _zend_function_entry;

typedef struct _zend_internal_function {
    ZEND_FUNCTION_COMMON
    zif_handler_t handler;
    struct _zend_module_entry *module;
    const struct _zend_function_entry *entry; /* its table row: signature and doc line */
} zend_internal_function;

union _zend_function {
    zend_uchar type;
    struct {
        ZEND_FUNCTION_COMMON
    } common;
    zend_op_array op_array;
    zend_internal_function internal_function;
};

/* The signatures an __call trampoline needs, and helpers on arg_info. */
#define ZEND_FN_SCOPE_NAME(function) \
    ((function) && (function)->common.scope ? (function)->common.scope->name : "")

static inline int zend_arg_send_mode(const zend_function *function, zend_uint number)
{
    if (ZEND_LIKELY(!(function->common.fn_flags & ZEND_ACC_HAS_BY_REF))) {
        return ZEND_SEND_BY_VAL;
    }
    if (number > function->common.num_args) {
        if (!(function->common.fn_flags & ZEND_ACC_VARIADIC)) {
            return ZEND_SEND_BY_VAL;
        }
        number = function->common.num_args + 1;
    }
    return function->common.arg_info[number - 1].pass_by_reference;
}
#define ARG_SHOULD_BE_SENT_BY_REF(function, number) \
    (zend_arg_send_mode(function, number) == ZEND_SEND_BY_REF)
#define ARG_MAY_BE_SENT_BY_REF(function, number) \
    (zend_arg_send_mode(function, number) == ZEND_SEND_PREFER_REF)
#define ARG_MUST_BE_SENT_BY_REF ARG_SHOULD_BE_SENT_BY_REF

#endif
