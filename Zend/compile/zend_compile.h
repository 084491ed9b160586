/* SPDX-License-Identifier: MIT */
/*
 * The compiler as others see it: the flags in operations, and source to op array.
 *
 * The flags stand in extended_value (or, where said, in an operand) and are read by the
 * virtual machine's handlers. How each opcode uses them is in Zend/vm/zend_opcodes.def.
 *
 * Literals and cache slots. A literal's cache_slot is the number of its first slot in the
 * run-time cache, or -1. The compiler lays them out like this:
 *
 *      operand                          literals, from the operand on           slots, on which
 *      class (op1 or op2, CONST)        name, lower-case                        1, name
 *      INIT_FCALL_BY_NAME op2           name, lower-case                        1, lower-case
 *      INIT_NS_FCALL_BY_NAME op2        name, lower-case, bare lower-case       1, lower-case
 *      INIT_METHOD_CALL op2             name, lower-case                        2, name
 *      INIT_STATIC_METHOD_CALL op2      name, lower-case                        2, name
 *      FETCH_CONSTANT op2, class        name                                    2, name
 *      FETCH_CONSTANT op2, global       name, lower-case namespace with name,
 *                                       all lower-case (in a namespace and
 *                                       unqualified: bare, bare lower-case)     2, name
 *      property name (CONST)            name                                    2, name
 *      static property op1 (CONST)      name                                    2, name
 *      BIND_GLOBAL, CATCH op1           like a class for CATCH; name            1, name
 *
 * A static property is FETCH_*, UNSET_VAR or ISSET_ISEMPTY_VAR with ZEND_FETCH_STATIC_MEMBER,
 * whose op2 is the class.
 */
#ifndef ZEND_COMPILE_H
#define ZEND_COMPILE_H

#include "compile/zend_ast.h"
#include "compile/zend_op_array.h"
#include "compile/zend_stream.h"

/* --- Flags of operations ------------------------------------------------------------------ */

/* FETCH_*, UNSET_VAR, ISSET_ISEMPTY_VAR: where the variable is looked for. */
#define ZEND_FETCH_GLOBAL 0x00000000 /* the global symbol table: auto globals */
#define ZEND_FETCH_LOCAL 0x10000000  /* the symbol table of the running function */
#define ZEND_FETCH_STATIC 0x20000000 /* the function's static variables */
#define ZEND_FETCH_STATIC_MEMBER 0x30000000 /* the class that op2 tells */
#define ZEND_FETCH_GLOBAL_LOCK 0x40000000 /* `global $$x`: the global one; op1 is kept */
#define ZEND_FETCH_TYPE_MASK 0x70000000
/* FETCH_FUNC_ARG and its kin: the number of the argument, from 1. */
#define ZEND_FETCH_ARG_MASK 0x000fffff

/* FETCH_W, FETCH_DIM_W, FETCH_OBJ_W: the result will be made a reference. */
#define ZEND_FETCH_MAKE_REF 0x04000000

/* ISSET_ISEMPTY_*. */
#define ZEND_ISEMPTY 0x01000000
#define ZEND_ISSET 0x02000000
#define ZEND_ISSET_ISEMPTY_MASK (ZEND_ISSET | ZEND_ISEMPTY)

/* FETCH_CLASS extended_value, and the number in an UNUSED class operand. */
#define ZEND_FETCH_CLASS_DEFAULT 0
#define ZEND_FETCH_CLASS_SELF 1
#define ZEND_FETCH_CLASS_PARENT 2
#define ZEND_FETCH_CLASS_AUTO 5 /* the name may turn out to be self, parent or static */
#define ZEND_FETCH_CLASS_INTERFACE 6
#define ZEND_FETCH_CLASS_STATIC 7
#define ZEND_FETCH_CLASS_TRAIT 14
#define ZEND_FETCH_CLASS_MASK 0x0f
#define ZEND_FETCH_CLASS_NO_AUTOLOAD 0x80
#define ZEND_FETCH_CLASS_SILENT 0x0100

/* FETCH_CONSTANT: a class constant; op1 is the class. */
#define ZEND_FETCH_CLASS_CONSTANT 0x1000

/* ASSIGN_REF, RETURN, RETURN_BY_REF, YIELD, SEND_REF: where the operand comes from. */
#define ZEND_RETURNS_FUNCTION (1 << 0)
#define ZEND_RETURNS_NEW (1 << 1)
#define ZEND_RETURNS_VALUE (1 << 2) /* no variable: a CONST, TMP or the result of an expression */

/* SEND_VAR: whether the parameter is by reference must be asked. SEND_VAL: likewise, to refuse. */
#define ZEND_SEND_UNKNOWN (1 << 0)
/* SEND_VAR_NO_REF: the operand is a call's result (else that of an assignment, new ...). */
#define ZEND_ARG_SEND_FUNCTION (1 << 2)

/* FE_RESET, FE_FETCH. */
#define ZEND_FE_FETCH_BYREF (1 << 0)
#define ZEND_FE_FETCH_WITH_KEY (1 << 1)
#define ZEND_FE_RESET_VARIABLE (1 << 2)

/* ADD_INTERFACES: two of them, because errors show the line of the head or of the end. */
#define ZEND_LINK_INTERFACES (1 << 0)
#define ZEND_LINK_REST (1 << 1) /* traits, and the check for abstract methods */

/* BIND_STATIC: the variable gets the value (a closure's use), instead of becoming a reference. */
#define ZEND_BIND_VALUE (1 << 0)

/* FREE, SWITCH_FREE. */
#define ZEND_FREE_ITERATOR (1 << 0) /* the operand is the iterator of a foreach */
#define ZEND_FREE_ON_EXIT (1 << 1)  /* a break, return ... leaves: the loop's own FREE is elsewhere */

/* INIT_ARRAY, ADD_ARRAY_ELEMENT. */
#define ZEND_ARRAY_ELEMENT_REF (1 << 0)
#define ZEND_ARRAY_SIZE_SHIFT 1

/* --- Compiling ---------------------------------------------------------------------------- */

/* CG(compiler_options). */
#define ZEND_COMPILE_NO_OPTIMIZER (1 << 0)   /* no optimising passes; the same to see */
#define ZEND_COMPILE_HANDLE_OP_ARRAY (1 << 1)
#define ZEND_COMPILE_DEFAULT 0
#define ZEND_COMPILE_DEFAULT_FOR_EVAL 0

/*
 * Compiles a file. `type` is ZEND_INCLUDE, ZEND_REQUIRE ...: ZEND_REQUIRE makes failure to open
 * a fatal error. The op array is the caller's: destroy_op_array(), then efree(). NULL when the
 * file can't be opened or has a syntax error (which is reported). Compile errors are fatal.
 * Functions and classes that are declared early are in the tables already when this returns.
 */
extern zend_op_array *(*zend_compile_file)(zend_file_handle *file_handle, int type);
zend_op_array *compile_file(zend_file_handle *file_handle, int type);
/* The same, for a name given as a zval (converted to a string). */
zend_op_array *compile_filename(int type, zval *filename);
/* Code without an opening tag, as for eval; filename names it in messages and is copied. */
extern zend_op_array *(*zend_compile_string)(zval *source, const char *filename);
zend_op_array *compile_string(zval *source, const char *filename);

/* Once a process: tells the value room how to copy and free constant expressions. */
void zend_startup_compiler(void);

/* Called with each op array when it is complete, inner ones first, if not NULL: for dumps. */
extern void (*zend_op_array_hook)(zend_op_array *op_array);

/* --- Life of op arrays -------------------------------------------------------------------- */

/* Releases what the op array owns: static variables, run-time cache, its count of the code. Not
 * the zend_op_array itself. */
void destroy_op_array(zend_op_array *op_array);
/* A function that was copied (inheritance, closure): one more user of the code, and static
 * variables of its own, with the present values. The run-time cache is not shared. */
void function_add_ref(zend_function *function);
/* Destructor of function tables: of user functions the content, of internal ones what they own. */
void zend_function_dtor(zend_function *function);
/* Its own name for the destructor of pointers to functions that are owned: with efree(). */
void zend_free_function(zend_function *function);

/* --- Classes and functions of the code, as the DECLARE_* operations want them -------------- */

/* DECLARE_FUNCTION: adds the function; fatal error when the name is taken. */
void zend_do_bind_function(zend_op_array *op_array, zend_uint number);
/*
 * DECLARE_CLASS and DECLARE_INHERITED_CLASS: links class `number` of the code and adds it to the
 * class table; parent is NULL for a class without. Fatal error when the name is taken. Returns
 * the class.
 */
zend_class_entry *zend_do_bind_class(zend_op_array *op_array, zend_uint number);
zend_class_entry *zend_do_bind_inherited_class(
    zend_op_array *op_array, zend_uint number, zend_class_entry *parent);

/* --- Constant expressions ----------------------------------------------------------------- */

/* Evaluates an IS_CONSTANT_AST; scope for self:: and so on, may be NULL. May throw. */
void zend_ast_evaluate(zval *result, const zend_ast *ast, zend_class_entry *scope);

#endif
