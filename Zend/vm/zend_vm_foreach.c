/* SPDX-License-Identifier: MIT */
/*
 * foreach in PHP 5's way. Over an array it moves the array's internal pointer, and remembers
 * its own position beside: before each step the pointer is put back to it.
 *
 *      foreach ($a as $v)    the loop counts $a's zval, so that a write to $a in the loop
 *                            separates; a shared array is copied first; a reference set is
 *                            walked over live
 *      foreach ($a as &$v)   $a becomes a reference set for the time of the loop, its
 *                            elements become references one by one
 */
#include "compile/zend_compile.h"
#include "object/zend_class.h"
#include "object/zend_iterators.h"
#include "object/zend_objects.h"
#include "object/zend_std_handlers.h"
#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "vm/zend_exceptions.h"
#include "vm/zend_vm_internal.h"
#include "vm/zend_vm_opcodes.h"
#include "vm/zend_vm_operands.h"

static void vm_foreach_nothing(temp_variable *slot)
{
    slot->fe_iterator.ptr = NULL;
    slot->fe_iterator.iterator = NULL;
}

void vm_foreach_free(temp_variable *slot)
{
    if (slot->fe.ptr) {
        zval_ptr_dtor(&slot->fe.ptr);
    } else if (slot->fe_iterator.iterator) {
        zval_ptr_dtor(&slot->fe_iterator.wrapper);
    }
    vm_foreach_nothing(slot);
}

/* --- The beginning ---------------------------------------------------------------------------- */

/* What a loop by value walks over: a counted zval. */
static zval *vm_foreach_value(zend_execute_data *frame, const zend_op *opline)
{
    zval *value = vm_read_operand(opline->op1_type, opline, opline->op1, frame);
    zval *own;

    if (opline->op1_type == IS_TMP_VAR || opline->op1_type == IS_CONST) {
        return vm_counted_value(opline->op1_type, value);
    }
    if (opline->op1_type == IS_CV) {
        Z_ADDREF_P(value);
    }
    if (Z_TYPE_P(value) != IS_ARRAY || PZVAL_IS_REF(value)
            || Z_REFCOUNT_P(value) == (opline->op1_type == IS_CV ? 2 : 1)) {
        return value;
    }
    ALLOC_ZVAL(own);
    INIT_PZVAL_COPY(own, value);
    zval_copy_ctor(own);
    zval_ptr_dtor(&value);
    return own;
}

/* What a loop by reference walks over. */
static zval *vm_foreach_reference(zend_execute_data *frame, const zend_op *opline)
{
    zval **place = vm_write_operand(opline->op1_type, opline, opline->op1, frame, true);
    zval *value;

    if (!place) {
        vm_no_place("Cannot use string offset as an array");
    }
    if (*place == &EG(error_zval)) {
        place = &EG(uninitialized_zval_ptr);
    } else if (Z_TYPE_PP(place) == IS_ARRAY) {
        SEPARATE_ZVAL_IF_NOT_REF(place);
        Z_SET_ISREF_PP(place);
    } else if (Z_TYPE_PP(place) == IS_OBJECT && !Z_OBJCE_PP(place)->get_iterator) {
        SEPARATE_ZVAL_IF_NOT_REF(place);
    }
    value = *place;
    Z_ADDREF_P(value);
    vm_free_written(opline->op1_type, opline->op1, frame);
    return value;
}

static bool vm_foreach_property_accessible(zval *object, const Bucket *p)
{
    if (!p->nKeyLength) {
        return true;
    }
    return zend_check_property_access((zend_object *) zend_object_store_get_object(object),
        p->arKey, p->nKeyLength - 1) == SUCCESS;
}

/* Moves on to the next element that may be seen; NULL at the end. */
static Bucket *vm_foreach_skip_hidden(zval *container, Bucket *p)
{
    while (p && (zend_hash_bucket_is_absent(p) || (Z_TYPE_P(container) == IS_OBJECT
            && !vm_foreach_property_accessible(container, p)))) {
        p = p->pListNext;
    }
    return p;
}

static bool vm_foreach_begin_iterator(temp_variable *slot, zval *object, bool by_reference)
{
    zend_class_entry *ce = Z_OBJCE_P(object);
    zend_object_iterator *iterator = ce->get_iterator(ce, object, by_reference);

    zval_ptr_dtor(&object);
    vm_foreach_nothing(slot);
    if (!iterator || EG(exception)) {
        if (iterator) {
            iterator->funcs->dtor(iterator);
        } else if (!EG(exception)) {
            zend_throw_exception_ex(NULL, 0, "Object of type %s did not create an Iterator",
                ce->name);
        }
        return false;
    }
    slot->fe_iterator.iterator = iterator;
    slot->fe_iterator.wrapper = zend_iterator_wrap(iterator);
    iterator->index = 0;
    if (iterator->funcs->rewind) {
        iterator->funcs->rewind(iterator);
    }
    if (!EG(exception) && iterator->funcs->valid(iterator) == SUCCESS && !EG(exception)) {
        iterator->index = (ulong) -1; /* the first fetch does not move */
        return true;
    }
    if (EG(exception)) {
        vm_foreach_free(slot);
    }
    return false;
}

bool vm_foreach_reset(zend_execute_data *frame, const zend_op *opline)
{
    temp_variable *slot = VM_SLOT(frame, opline->result);
    bool by_reference = opline->extended_value & ZEND_FE_FETCH_BYREF;
    zval *value = by_reference && (opline->extended_value & ZEND_FE_RESET_VARIABLE)
        ? vm_foreach_reference(frame, opline) : vm_foreach_value(frame, opline);
    HashTable *ht;

    if (ZEND_UNLIKELY(Z_TYPE_P(value) == IS_OBJECT) && Z_OBJCE_P(value)->get_iterator) {
        return vm_foreach_begin_iterator(slot, value, by_reference);
    }
    ht = Z_TYPE_P(value) == IS_ARRAY ? Z_ARRVAL_P(value)
        : Z_TYPE_P(value) == IS_OBJECT && Z_OBJ_HT_P(value)->get_properties
            ? Z_OBJPROP_P(value) : NULL;
    if (!ht) {
        zval_ptr_dtor(&value);
        vm_foreach_nothing(slot);
        zend_error(E_WARNING, "Invalid argument supplied for foreach()");
        return false;
    }
    if (EG(exception)) {
        zval_ptr_dtor(&value);
        vm_foreach_nothing(slot);
        return false;
    }
    slot->fe.ptr = value;
    ht->pInternalPointer = vm_foreach_skip_hidden(value, ht->pListHead);
    zend_hash_get_pointer(ht, &slot->fe.position);
    return ht->pInternalPointer != NULL;
}

/* --- A step ----------------------------------------------------------------------------------- */

static void vm_foreach_set_key(zval *key, zval *container, const Bucket *p)
{
    if (!p->nKeyLength) {
        ZVAL_LONG(key, (long) p->h);
        return;
    }
    if (Z_TYPE_P(container) == IS_OBJECT) {
        const char *class_name;
        const char *name;
        int length;

        zend_unmangle_property_name_ex(p->arKey, p->nKeyLength - 1, &class_name, &name, &length);
        ZVAL_STRINGL(key, name, length, 1);
    } else if (IS_INTERNED(p->arKey)) {
        ZVAL_STRINGL(key, (char *) p->arKey, p->nKeyLength - 1, 0);
    } else {
        ZVAL_STRINGL(key, p->arKey, p->nKeyLength - 1, 1);
    }
}

static bool vm_foreach_assigns_variable(const zend_op *opline)
{
    const zend_op *assign = opline + 2;

    return assign->opcode == ZEND_ASSIGN && assign->op1_type == IS_CV
        && assign->op2_type == IS_VAR && assign->op2.var == opline->result.var
        && (assign->result_type & (EXT_TYPE_UNUSED | IS_UNUSED));
}

/* Hands out the value: into the result, or straight to the variable of the ASSIGN behind. */
static int vm_foreach_give(zend_execute_data *frame, const zend_op *opline, zval **element)
{
    if (opline->extended_value & ZEND_FE_FETCH_BYREF) {
        vm_make_reference(element);
        vm_set_place(VM_SLOT(frame, opline->result), element);
        return 2;
    }
    if (ZEND_LIKELY(vm_foreach_assigns_variable(opline))) {
        zval **variable = VM_CV(frame, opline[2].op1);
        zval *value = *element;

        if (ZEND_UNLIKELY(!*variable) && frame->symbol_table) {
            vm_undefined_cv_attach(frame, opline[2].op1);
        }
        zend_assign_to_variable(variable, value);
        return 3;
    }
    Z_ADDREF_PP(element);
    vm_set_var(VM_SLOT(frame, opline->result), *element);
    return 2;
}

static int vm_foreach_fetch_iterator(zend_execute_data *frame, const zend_op *opline,
    zend_object_iterator *iterator)
{
    const zend_op *key = opline + 1;
    zval **element;

    if (++iterator->index > 0) {
        iterator->funcs->move_forward(iterator);
        if (EG(exception) || iterator->funcs->valid(iterator) == FAILURE || EG(exception)) {
            return 0;
        }
    }
    iterator->funcs->get_current_data(iterator, &element);
    if (EG(exception) || !element) {
        return 0;
    }
    if (key->result_type == IS_TMP_VAR) {
        zval *slot = &VM_SLOT(frame, key->result)->tmp_var;

        if (iterator->funcs->get_current_key) {
            Z_ADDREF_PP(element);
            iterator->funcs->get_current_key(iterator, slot);
            Z_DELREF_PP(element);
            if (EG(exception)) {
                return 0;
            }
        } else {
            ZVAL_LONG(slot, (long) iterator->index);
        }
    }
    if (opline->extended_value & ZEND_FE_FETCH_BYREF) {
        return vm_foreach_give(frame, opline, element);
    }
    Z_ADDREF_PP(element);
    vm_set_var(VM_SLOT(frame, opline->result), *element);
    return 2;
}

int vm_foreach_fetch(zend_execute_data *frame, const zend_op *opline)
{
    temp_variable *slot = VM_SLOT(frame, opline->op1);
    zval *container = slot->fe.ptr;
    HashTable *ht;
    Bucket *p;
    Bucket *next;

    if (ZEND_UNLIKELY(!container)) {
        return slot->fe_iterator.iterator
            ? vm_foreach_fetch_iterator(frame, opline, slot->fe_iterator.iterator) : 0;
    }
    if (ZEND_LIKELY(Z_TYPE_P(container) == IS_ARRAY)) {
        ht = Z_ARRVAL_P(container);
    } else if (Z_TYPE_P(container) == IS_OBJECT && Z_OBJ_HT_P(container)->get_properties) {
        ht = Z_OBJPROP_P(container);
    } else {
        zend_error(E_WARNING, "Invalid argument supplied for foreach()");
        return 0;
    }
    if (ZEND_UNLIKELY(ht->pInternalPointer != slot->fe.position.pos)) {
        zend_hash_set_pointer(ht, &slot->fe.position);
    }
    p = vm_foreach_skip_hidden(container, ht->pInternalPointer);
    if (!p) {
        ht->pInternalPointer = NULL;
        return 0;
    }
    if (opline[1].result_type == IS_TMP_VAR) {
        vm_foreach_set_key(&VM_SLOT(frame, opline[1].result)->tmp_var, container, p);
    }
    next = p->pListNext;
    ht->pInternalPointer = next;
    slot->fe.position.pos = next;
    slot->fe.position.h = next ? next->h : 0;
    return vm_foreach_give(frame, opline, (zval **) p->pData);
}
