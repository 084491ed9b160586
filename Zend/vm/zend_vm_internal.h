/* SPDX-License-Identifier: MIT */
/* What the handlers call: the slow halves of operations, by the file that holds them. */
#ifndef ZEND_VM_INTERNAL_H
#define ZEND_VM_INTERNAL_H

#include "data/zend_hash.h"
#include "value/zend_operators.h"
#include "vm/zend_execute.h"
#include "vm/zend_frame.h"

typedef int (*vm_binary_operator)(zval *result, zval *op1, zval *op2);
typedef int (*vm_step_operator)(zval *op1);

/* --- zend_vm_dim.c: elements of arrays, strings and ArrayAccess objects ----------------------- */

/* A counted value; offset_kind IS_TMP_VAR: the offset lies in the frame. type: BP_VAR_R or _IS. */
zval *vm_fetch_dim_read(zval *container, zval *offset, zend_uchar offset_kind, int type);
/* The result of a FETCH_DIM_W, _RW or _UNSET (type), from op1's place. offset NULL: []. */
void vm_fetch_dim_place(zend_execute_data *frame, const zend_op *opline, zval *offset, int type);
/* The same into any slot, from a container's place. */
void vm_fetch_dim_into(temp_variable *result, zval **container, zval *offset,
    zend_uchar offset_kind, int type);
/* The element's place in an array; NULL after "Illegal offset type". */
zval **vm_element_place(HashTable *ht, zval *offset, int type);
void vm_assign_dim(zend_execute_data *frame, const zend_op *opline, zval *offset, zval *value);
void vm_unset_dim(zend_execute_data *frame, const zend_op *opline, zval *offset);
bool vm_isset_dim(zval *container, zval *offset, zend_uchar offset_kind, bool check_empty);
/* A heap zval of an offset or name that may lie in the frame (kind IS_TMP_VAR): counted. */
zval *vm_real_zval(zval *value, zend_uchar kind);
/* The string key may be a number. */
zval **vm_find_string_key(HashTable *ht, zval *offset);

static zend_always_inline zval **vm_find_index(HashTable *ht, long index)
{
    Bucket *p = zend_hash_find_index_bucket(ht, (ulong) index);

    return p ? (zval **) p->pData : NULL;
}

static zend_always_inline zval **vm_find_key(HashTable *ht, const char *key, uint length, ulong h)
{
    Bucket *p = zend_hash_find_bucket(ht, key, length, h);

    return p && !zend_hash_bucket_is_absent(p) ? (zval **) p->pData : NULL;
}

/* --- zend_vm_property.c ------------------------------------------------------------------------ */

/* A counted value. object NULL: $this outside an object. */
zval *vm_fetch_property_read(zval *object, zval *name, int type, const zend_literal *key,
    bool name_is_temporary);
void vm_fetch_property_place(zend_execute_data *frame, const zend_op *opline, zval *name, int type);
void vm_assign_obj(zend_execute_data *frame, const zend_op *opline, zval *name, zval *value);
void vm_unset_property(zend_execute_data *frame, const zend_op *opline, zval *name);
bool vm_isset_property(zval *object, zval *name, bool check_empty, const zend_literal *key,
    bool name_is_temporary);
void vm_pre_step_obj(zend_execute_data *frame, const zend_op *opline, zval *name,
    vm_step_operator step);
void vm_post_step_obj(zend_execute_data *frame, const zend_op *opline, zval *name,
    vm_step_operator step);
/* op1->op2 (operator)= value; the result slot is set if it is used. */
void vm_compound_assign_obj(zend_execute_data *frame, const zend_op *opline, zval *name,
    zval *value, vm_binary_operator operator);

/* --- zend_vm_variable.c: variables by name, static variables and members ---------------------- */

void vm_fetch_variable(zend_execute_data *frame, const zend_op *opline, zval *name, int type);
void vm_unset_variable(zend_execute_data *frame, const zend_op *opline, zval *name);
bool vm_isset_variable(zend_execute_data *frame, const zend_op *opline, zval *name);
void vm_unset_attached_cv(zend_execute_data *frame, znode_op operand);
void vm_bind_global(zend_execute_data *frame, const zend_op *opline);
void vm_bind_static(zend_execute_data *frame, const zend_op *opline);
/* Copies of all live variables into the frame's symbol table: here the frame's slots stay the
 * variables, and the table's buckets point at them. */
void zend_attach_symbol_table(zend_execute_data *frame);
/* The other way: the table's buckets get the variables, the slots become empty. */
void zend_detach_symbol_table(zend_execute_data *frame);

/* --- zend_vm_assign.c -------------------------------------------------------------------------- */

/* *place = the value of a TMP, which is taken over / of a CONST, which is copied. */
void vm_assign_tmp(zval **place, zval *value);
void vm_assign_const(zval **place, zval *value);
/* By the kind of the value's operand; a VAR keeps its count. */
void vm_assign_by_kind(zval **place, zval *value, zend_uchar kind);
bool vm_assign_ref_operands(zend_execute_data *frame, const zend_op *opline, zval ***target,
    zval ***source);
/* The number of operations used: 1, or 2 with OP_DATA. */
int vm_compound_assign(zend_execute_data *frame, const zend_op *opline,
    vm_binary_operator operator);
/* An object that stands for a value, which it gives and takes. */
#define Z_OBJ_HANDLER_PP_GET_SET(place) (Z_OBJ_HT_PP(place)->get && Z_OBJ_HT_PP(place)->set)
void vm_pre_step(zval **place, temp_variable *result, vm_step_operator step);
void vm_post_step(zval **place, zval *result, vm_step_operator step);
ZEND_NORETURN void vm_no_place(const char *message);
/* Makes the variable a reference set of its own. */
void vm_make_reference(zval **place);
/* A zval with a count for the caller: a VAR's is moved, a CV's shared (a reference copied), a
 * TMP moved and a CONST copied into a new one. */
zval *vm_counted_value(zend_uchar kind, zval *value);
/* The same for RETURN of a VAR or CV by value. */
zval *vm_returned_value(zend_uchar kind, zval *value);

/* --- zend_vm_call_init.c ----------------------------------------------------------------------- */

zend_function *vm_lookup_function(zend_execute_data *frame, const zend_literal *name);
zend_function *vm_lookup_ns_function(zend_execute_data *frame, const zend_literal *name);
void vm_init_dynamic_call(zend_execute_data *frame, const zend_op *opline);
void vm_init_method_call(zend_execute_data *frame, const zend_op *opline, zval *object,
    zval *name);
void vm_init_static_method_call(zend_execute_data *frame, const zend_op *opline);
/* False: the class has no constructor. */
bool vm_new(zend_execute_data *frame, const zend_op *opline);

/* --- zend_vm_arguments.c ----------------------------------------------------------------------- */

bool vm_argument_by_reference(zend_execute_data *call, zend_uint number);
void vm_send_variable(zend_execute_data *frame, const zend_op *opline);
void vm_send_reference(zend_execute_data *frame, const zend_op *opline);
void vm_send_result(zend_execute_data *frame, const zend_op *opline);
void vm_send_unpack(zend_execute_data *frame, const zend_op *opline);
void vm_missing_argument(zend_execute_data *frame, zend_uint number);
void vm_receive_argument(zend_execute_data *frame, const zend_op *opline);
void vm_receive_default(zend_execute_data *frame, const zend_op *opline);
void vm_receive_variadic(zend_execute_data *frame, const zend_op *opline);
void vm_return_by_reference(zend_execute_data *frame, const zend_op *opline);

/* --- zend_vm_foreach.c ------------------------------------------------------------------------- */

/* False: nothing to walk over. */
bool vm_foreach_reset(zend_execute_data *frame, const zend_op *opline);
/* The number of operations done: FE_FETCH, OP_DATA, and perhaps the ASSIGN behind; 0: the end. */
int vm_foreach_fetch(zend_execute_data *frame, const zend_op *opline);
void vm_foreach_free(temp_variable *iterator);

/* --- zend_vm_misc.c ---------------------------------------------------------------------------- */

zval *vm_read_fetched(zend_uchar kind, const zend_op *opline, znode_op operand,
    zend_execute_data *frame);
void vm_free_fetched(zend_uchar kind, znode_op operand, zend_execute_data *frame);
void vm_cast(zval *result, zval *value, int type, bool take_over);
bool vm_is_identical(zval *op1, zval *op2);
bool vm_is_equal(zval *op1, zval *op2);
int vm_compare(zval *op1, zval *op2);
void vm_rope_set(temp_variable *part, zend_uchar kind, zval *value);
void vm_rope_join(temp_variable *parts, zend_uint count, zval *result);
void vm_rope_free(temp_variable *parts, zend_uint count);
void vm_add_array_element(zend_execute_data *frame, const zend_op *opline, HashTable *ht);
void vm_begin_silence(zval *saved);
void vm_end_silence(zval *saved);
void vm_tick(zend_uint period);
void vm_fetch_constant(zend_execute_data *frame, const zend_op *opline);
void vm_declare_constant(zend_execute_data *frame, const zend_op *opline);

/* --- zend_vm_class.c --------------------------------------------------------------------------- */

/* The class that an operand of kind `class` means; NULL after an exception. */
zend_class_entry *vm_operand_class(zend_execute_data *frame, const zend_op *opline,
    zend_uchar kind, znode_op operand);
void vm_fetch_class(zend_execute_data *frame, const zend_op *opline);
void vm_declare_function(zend_execute_data *frame, zend_uint number);
void vm_declare_class(zend_execute_data *frame, const zend_op *opline, const zend_literal *parent);
/* steps: ZEND_LINK_*. */
void vm_finish_class(zend_class_entry *ce, zend_uint steps);
void vm_clone(zend_execute_data *frame, zval *object, temp_variable *result);
bool vm_instanceof(zend_execute_data *frame, const zend_op *opline, zval *value);

/* --- zend_vm_exception.c ----------------------------------------------------------------------- */

void vm_throw(zval *value, bool is_temporary);
/* True: the exception is caught, and assigned. */
bool vm_catch(zend_execute_data *frame, const zend_op *opline);
/* Where the frame goes on with the pending exception; NULL: it ends. */
const zend_op *vm_find_handler(zend_execute_data *frame);
void vm_discard_exception(zend_execute_data *frame);
void vm_resume_exception(temp_variable *slot);
/* Releases calls being prepared and the temporaries that are live at an operation, but for those
 * that are live at the target, too: the loops around it. VM_NO_TARGET: the frame ends. */
#define VM_NO_TARGET ((zend_uint) -1)
void vm_release_live_temporaries(zend_execute_data *frame, zend_uint operation, zend_uint target);

/* --- zend_include.c ---------------------------------------------------------------------------- */

/* The frame of the code to run, or NULL when the result is already there. */
zend_execute_data *vm_include_or_eval(zend_execute_data *frame, const zend_op *opline,
    zval *operand);
/* The end of a frame of main code: what its includer must take up again. */
void vm_end_of_code(zend_execute_data *frame, zend_execute_data *caller);

/* --- zend_closures.c, zend_generators.c -------------------------------------------------------- */

void vm_make_closure(zend_execute_data *frame, zend_uint number, zval *result);
/* Does the value fit the parameter's type hint? Raises the catchable error if not. value NULL:
 * nothing was passed. */
void zend_verify_arg_type(zend_function *function, zend_uint number, zval *value);
void vm_call_generator(zend_execute_data *call, temp_variable *result);
void vm_yield(zend_execute_data *frame, const zend_op *opline);
void vm_finish_generator(zend_execute_data *frame);

#endif
