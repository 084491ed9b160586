/* SPDX-License-Identifier: MIT */
/*
 * Operands: from the four bytes in an operation to the value they stand for.
 *
 * Each accessor takes the operand's kind. In a specialised handler the kind is a constant, so
 * that the compiler leaves one load of it. A reader of R gets a value that stays valid until
 * vm_free_operand(); a writer of W gets the place (zval **) of a variable.
 *
 * A VAR slot is one of three things:
 *      ptr set,  ptr_ptr NULL     a value, counted: read results, function results
 *      ptr NULL, ptr_ptr set      the place of a variable, found by a FETCH_*_W for the very
 *                                 next operation; nothing is counted
 *      both NULL                  a string offset, which has no place
 * A place is only good as long as no user code has run. So the slot remembers how often user
 * code had run (stamp) when it was filled: see vm_place().
 */
#ifndef ZEND_VM_OPERANDS_H
#define ZEND_VM_OPERANDS_H

#include "vm/zend_execute.h"
#include "vm/zend_frame.h"
#include "value/zend_variables.h"
#include "zend_alloc.h"

#define VM_LITERAL(opline, operand) \
    ((const zend_literal *) ((const char *) (opline) + (int32_t) (operand).constant))
#define VM_CONSTANT(opline, operand) ((zval *) &VM_LITERAL(opline, operand)->constant)
#define VM_SLOT(frame, operand) ((temp_variable *) ((char *) (frame) + (operand).var))
#define VM_CV(frame, operand) ((zval **) ((char *) (frame) + (operand).var))
#define VM_JUMP_TARGET(opline, operand) \
    ((const zend_op *) ((const char *) (opline) + (operand).jmp_offset))
#define VM_CV_NUMBER(operand) (((operand).var - sizeof(zend_execute_data)) / sizeof(zval *))

/* The stamp of a place shares its field with a flag that only function results use. */
#define VM_STAMP(slot) ((slot)->var.fcall_returned_reference)

#define VM_CACHED_PTR(frame, number) ((frame)->run_time_cache[number])
#define VM_CACHE_PTR(frame, number, pointer) ((frame)->run_time_cache[number] = (void *) (pointer))

/* Raises "Undefined variable" unless the attached symbol table has it; gives what to read. */
zval *vm_undefined_cv_read(zend_execute_data *frame, znode_op operand);
/* The same without the notice; NULL when there is none. */
zval *vm_undefined_cv_quiet(zend_execute_data *frame, znode_op operand);
/* Makes an undefined variable NULL, in the attached symbol table too; gives its place. */
zval **vm_undefined_cv_write(zend_execute_data *frame, znode_op operand, bool notice);
/* Enters the place of an undefined variable into the attached symbol table; it stays empty
 * (the caller fills it at once), unless the table has a variable of that name. */
void vm_undefined_cv_attach(zend_execute_data *frame, znode_op operand);
/* A place that may be written to without any effect. */
zval **vm_scratch_place(void);

static zend_always_inline zval *vm_read_operand(zend_uchar kind, const zend_op *opline,
    znode_op operand, zend_execute_data *frame)
{
    if (kind == IS_CONST) {
        return VM_CONSTANT(opline, operand);
    } else if (kind == IS_TMP_VAR) {
        return &VM_SLOT(frame, operand)->tmp_var;
    } else if (kind == IS_VAR) {
        return VM_SLOT(frame, operand)->var.ptr;
    } else if (kind == IS_CV) {
        zval *value = *VM_CV(frame, operand);

        if (ZEND_UNLIKELY(!value)) {
            frame->opline = opline;
            return vm_undefined_cv_read(frame, operand);
        }
        return value;
    }
    return NULL;
}

/* Like vm_read_operand, without a notice for an undefined variable (isset). */
static zend_always_inline zval *vm_read_operand_quiet(zend_uchar kind, const zend_op *opline,
    znode_op operand, zend_execute_data *frame)
{
    if (kind == IS_CV) {
        zval *value = *VM_CV(frame, operand);

        if (ZEND_UNLIKELY(!value)) {
            value = vm_undefined_cv_quiet(frame, operand);
            return value ? value : &EG(uninitialized_zval);
        }
        return value;
    }
    return vm_read_operand(kind, opline, operand, frame);
}

static zend_always_inline void vm_free_operand(zend_uchar kind, znode_op operand,
    zend_execute_data *frame)
{
    if (kind == IS_TMP_VAR) {
        zval_dtor(&VM_SLOT(frame, operand)->tmp_var);
    } else if (kind == IS_VAR) {
        zval_ptr_dtor(&VM_SLOT(frame, operand)->var.ptr);
    }
}

/* The place of a VAR; a scratch place when user code has run since it was found. NULL: a
 * string offset. */
static zend_always_inline zval **vm_place(temp_variable *slot)
{
    if (ZEND_LIKELY(slot->var.ptr_ptr != NULL)) {
        if (ZEND_UNLIKELY(VM_STAMP(slot) != EG(user_code_runs))) {
            return vm_scratch_place();
        }
        return slot->var.ptr_ptr;
    }
    return slot->var.ptr ? &slot->var.ptr : NULL;
}

/* The place of a variable to write to. An undefined one is made NULL; with a notice when it
 * is to be read first. */
static zend_always_inline zval **vm_write_operand(zend_uchar kind, const zend_op *opline,
    znode_op operand, zend_execute_data *frame, bool notice)
{
    if (kind == IS_CV) {
        zval **place = VM_CV(frame, operand);

        if (ZEND_UNLIKELY(!*place)) {
            frame->opline = opline;
            return vm_undefined_cv_write(frame, operand, notice);
        }
        return place;
    } else if (kind == IS_UNUSED) {
        return frame->this_object ? &frame->this_object : NULL;
    }
    return vm_place(VM_SLOT(frame, operand));
}

/* Releases what a VAR that was written to may own: the result of a call. */
static zend_always_inline void vm_free_written(zend_uchar kind, znode_op operand,
    zend_execute_data *frame)
{
    if (kind == IS_VAR) {
        zval *value = VM_SLOT(frame, operand)->var.ptr;

        if (ZEND_UNLIKELY(value != NULL)) {
            zval_ptr_dtor(&value);
        }
    }
}

static zend_always_inline void vm_set_var(temp_variable *slot, zval *counted)
{
    slot->var.ptr = counted;
    slot->var.ptr_ptr = NULL;
    slot->var.fcall_returned_reference = 0;
}

static zend_always_inline void vm_set_place(temp_variable *slot, zval **place)
{
    slot->var.ptr = NULL;
    slot->var.ptr_ptr = place;
    VM_STAMP(slot) = EG(user_code_runs);
}

static zend_always_inline void vm_set_string_offset(temp_variable *slot)
{
    slot->var.ptr = NULL;
    slot->var.ptr_ptr = NULL;
}

#endif
