/* SPDX-License-Identifier: MIT */
/* The virtual machine as the rest of the engine sees it: run code, call functions, look at frames. */
#ifndef ZEND_EXECUTE_H
#define ZEND_EXECUTE_H

#include "compile/zend_op_array.h"
#include "object/zend_class_entry.h"
#include "runtime/zend_globals.h"
#include "vm/zend_frame.h"

/*
 * Runs the main code of a file in the global scope, or with the symbol table of the frame
 * that is current. The result, if *return_value is wanted (not NULL), is a counted zval the
 * caller owns; NULL after an exception. The op array stays the caller's.
 */
void zend_execute(zend_op_array *op_array, zval **return_value);

/*
 * Calls a function from C. `params` are the arguments' places (separated and made references
 * where the function wants that, unless no_separation); *return_value is set to a counted
 * zval, or to NULL after an exception. object may be NULL; called_scope is for late static
 * binding. Raises no error about the callee itself: the caller has resolved it.
 */
int zend_vm_call_function(zend_function *function, zval *object, zend_class_entry *called_scope,
    zend_uint argument_count, zval ***params, zval **return_value, int no_separation);

/* Makes the handlers known: before anything is compiled. */
void zend_vm_startup(void);
/* Links an operation to its handler; the compiler calls it last, when the kinds are fixed. */
void zend_vm_set_opcode_handler(zend_op *op);
const char *zend_get_opcode_name(zend_uchar opcode);

/* The request's VM stack: made at activation, released at the end. */
void zend_vm_stack_init(void);
void zend_vm_stack_destroy(void);

/* Values that exceptions left in half-done expressions: released at the end of the request, after
 * the last destructors; forgotten at the start of one, when the heap they lay in is gone. */
void zend_vm_release_orphans(void);
void zend_vm_forget_orphans(void);

/* The symbol table of a frame: attached on first need. NULL where there is no user frame. */
void zend_rebuild_symbol_table(void);
HashTable *zend_active_symbol_table(void);
/* A function's table that is no longer needed: kept, empty, for the next function. */
void zend_clean_and_cache_symbol_table(HashTable *symbols);
void zend_destroy_symbol_table_cache(void);

/* The frame that user code is running in, seen from an internal function; NULL outside. */
zend_execute_data *zend_user_frame(void);
zval *zend_active_this(void);
zend_class_entry *zend_active_scope(void);
zend_class_entry *zend_active_called_scope(void);
zend_op_array *zend_active_op_array(void);

/* Assignment as the language does it; the place may be replaced by a shared value. */
zval *zend_assign_to_variable(zval **variable_ptr_ptr, zval *value);
void zend_assign_to_variable_reference(zval **variable_ptr_ptr, zval **value_ptr_ptr);

/* Include and eval (vm/zend_include.c); ZEND_EVAL ... say how. */
#define ZEND_EVAL (1 << 0)
#define ZEND_INCLUDE (1 << 1)
#define ZEND_INCLUDE_ONCE (1 << 2)
#define ZEND_REQUIRE (1 << 3)
#define ZEND_REQUIRE_ONCE (1 << 4)

#endif
