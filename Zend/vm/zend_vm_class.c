/* SPDX-License-Identifier: MIT */
/* Class operands, declarations, clone and instanceof. */
#include <string.h>

#include "compile/zend_compile.h"
#include "object/zend_class.h"
#include "object/zend_inheritance.h"
#include "object/zend_std_handlers.h"
#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "vm/zend_vm_internal.h"
#include "vm/zend_vm_operands.h"

static zend_class_entry *vm_class_by_literal(zend_execute_data *frame, const zend_literal *name,
    int flags)
{
    zend_class_entry *ce = VM_CACHED_PTR(frame, name->cache_slot);

    if (ZEND_LIKELY(ce != NULL)) {
        return ce;
    }
    ce = zend_fetch_class_by_name(Z_STRVAL(name->constant), Z_STRLEN(name->constant), name + 1,
        flags);
    if (ce) {
        VM_CACHE_PTR(frame, name->cache_slot, ce);
    }
    return ce;
}

zend_class_entry *vm_operand_class(zend_execute_data *frame, const zend_op *opline,
    zend_uchar kind, znode_op operand)
{
    if (kind == IS_CONST) {
        return vm_class_by_literal(frame, VM_LITERAL(opline, operand), 0);
    }
    if (kind == IS_VAR) {
        return VM_SLOT(frame, operand)->ce.class_entry;
    }
    return zend_fetch_class(NULL, 0, operand.num);
}

/* The slot also remembers by which keyword the class was found: see vm_forwards_called_scope(). */
void vm_fetch_class(zend_execute_data *frame, const zend_op *opline)
{
    temp_variable *result = VM_SLOT(frame, opline->result);
    zend_uint kind = opline->extended_value;
    zend_class_entry *ce = NULL;

    if (opline->op2_type == IS_UNUSED) {
        ce = zend_fetch_class(NULL, 0, kind);
    } else if (opline->op2_type == IS_CONST) {
        ce = vm_class_by_literal(frame, VM_LITERAL(opline, opline->op2), kind);
    } else {
        zval *name = vm_read_operand(opline->op2_type, opline, opline->op2, frame);

        if (Z_TYPE_P(name) == IS_OBJECT) {
            ce = Z_OBJCE_P(name);
        } else if (Z_TYPE_P(name) == IS_STRING) {
            int by_name = zend_get_class_fetch_type(Z_STRVAL_P(name), Z_STRLEN_P(name));

            if (by_name != ZEND_FETCH_CLASS_DEFAULT) {
                kind = by_name;
            }
            ce = zend_fetch_class(Z_STRVAL_P(name), Z_STRLEN_P(name), kind);
        } else if (!EG(exception)) {
            zend_error_noreturn(E_ERROR, "Class name must be a valid object or a string");
        }
    }
    result->ce.class_entry = ce;
    result->var.ptr = NULL;
    result->var.fcall_returned_reference = kind & ZEND_FETCH_CLASS_MASK;
}

/* --- Declarations ----------------------------------------------------------------------------- */

void vm_declare_function(zend_execute_data *frame, zend_uint number)
{
    zend_do_bind_function(&frame->func->op_array, number);
}

void vm_declare_class(zend_execute_data *frame, const zend_op *opline, const zend_literal *parent)
{
    zend_op_array *op_array = &frame->func->op_array;
    zend_class_entry *ce;

    if (!parent) {
        ce = zend_do_bind_class(op_array, opline->op1.num);
    } else {
        zend_class_entry *parent_ce = zend_fetch_class_by_name(Z_STRVAL(parent->constant),
            Z_STRLEN(parent->constant), parent + 1, ZEND_FETCH_CLASS_DEFAULT);

        if (!parent_ce) {
            return;
        }
        ce = zend_do_bind_inherited_class(op_array, opline->op1.num, parent_ce);
    }
    if (!(opline->result_type & (EXT_TYPE_UNUSED | IS_UNUSED))) {
        VM_SLOT(frame, opline->result)->ce.class_entry = ce;
    }
}

void vm_finish_class(zend_class_entry *ce, zend_uint steps)
{
    if (steps & ZEND_LINK_INTERFACES) {
        zend_do_link_interfaces(ce);
    }
    if ((steps & ZEND_LINK_REST) && !EG(exception)) {
        zend_do_link_traits(ce);
        if (!EG(exception)) {
            zend_verify_abstract_class(ce);
        }
    }
}

/* --- Objects ---------------------------------------------------------------------------------- */

static void vm_check_clone_access(zend_class_entry *ce)
{
    zend_function *clone = ce->clone;
    zend_class_entry *scope = zend_active_scope();

    if (!clone) {
        return;
    }
    if (clone->common.fn_flags & ZEND_ACC_PRIVATE) {
        if (ce != scope) {
            zend_error_noreturn(E_ERROR, "Call to private %s::__clone() from context '%s'",
                ce->name, scope ? scope->name : "");
        }
    } else if (clone->common.fn_flags & ZEND_ACC_PROTECTED) {
        zend_class_entry *root = clone->common.prototype ? clone->common.prototype->common.scope
            : clone->common.scope;

        if (!zend_check_protected(root, scope)) {
            zend_error_noreturn(E_ERROR, "Call to protected %s::__clone() from context '%s'",
                ce->name, scope ? scope->name : "");
        }
    }
}

void vm_clone(zend_execute_data *frame, zval *object, temp_variable *result)
{
    zval *copy;

    vm_set_var(result, NULL);
    if (!object || Z_TYPE_P(object) != IS_OBJECT) {
        if (!object) {
            zend_error_noreturn(E_ERROR, "Using $this when not in object context");
        }
        if (!EG(exception)) {
            zend_error_noreturn(E_ERROR, "__clone method called on non-object");
        }
        return;
    }
    if (!Z_OBJ_HT_P(object)->clone_obj) {
        zend_error_noreturn(E_ERROR, "Trying to clone an uncloneable object of class %s",
            Z_OBJCE_P(object)->name);
    }
    vm_check_clone_access(Z_OBJCE_P(object));
    if (EG(exception)) {
        return;
    }
    ALLOC_ZVAL(copy);
    Z_OBJVAL_P(copy) = Z_OBJ_HT_P(object)->clone_obj(object);
    Z_TYPE_P(copy) = IS_OBJECT;
    INIT_PZVAL(copy);
    if (EG(exception) || (frame->opline->result_type & (EXT_TYPE_UNUSED | IS_UNUSED))) {
        zval_ptr_dtor(&copy);
    } else {
        vm_set_var(result, copy);
    }
}

bool vm_instanceof(zend_execute_data *frame, const zend_op *opline, zval *value)
{
    zend_class_entry *ce;

    if (opline->op2_type == IS_CONST) {
        ce = vm_class_by_literal(frame, VM_LITERAL(opline, opline->op2),
            ZEND_FETCH_CLASS_NO_AUTOLOAD | ZEND_FETCH_CLASS_SILENT);
    } else {
        ce = vm_operand_class(frame, opline, opline->op2_type, opline->op2);
    }
    return ce && Z_TYPE_P(value) == IS_OBJECT && Z_OBJ_HT_P(value)->get_class_entry
        && instanceof_function(Z_OBJCE_P(value), ce);
}
