/* SPDX-License-Identifier: MIT */
/* Casts, comparisons, joined strings, array literals, @, ticks and constants. */
#include <limits.h>
#include <string.h>

#include "compile/zend_compile.h"
#include "data/zend_interned.h"
#include "object/zend_class.h"
#include "runtime/zend_API.h"
#include "runtime/zend_constants.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_startup.h"
#include "vm/zend_vm_internal.h"
#include "vm/zend_vm_operands.h"

/* A VAR that a FETCH_*_FUNC_ARG made may be a place, even where it is only read. */
zval *vm_read_fetched(zend_uchar kind, const zend_op *opline, znode_op operand,
    zend_execute_data *frame)
{
    if (kind == IS_VAR && !VM_SLOT(frame, operand)->var.ptr) {
        zval **place = vm_place(VM_SLOT(frame, operand));

        return place ? *place : &EG(uninitialized_zval);
    }
    return vm_read_operand(kind, opline, operand, frame);
}

void vm_free_fetched(zend_uchar kind, znode_op operand, zend_execute_data *frame)
{
    if (kind != IS_VAR || VM_SLOT(frame, operand)->var.ptr) {
        vm_free_operand(kind, operand, frame);
    }
}

/* As printing does: an object without a string form becomes "", where conversion has "Object". */
static void vm_cast_to_string(zval *value)
{
    zval copy;
    int use_copy;

    zend_make_printable_zval(value, &copy, &use_copy);
    if (use_copy) {
        zval_dtor(value);
        ZVAL_COPY_VALUE(value, &copy);
    }
}

void vm_cast(zval *result, zval *value, int type, bool take_over)
{
    ZVAL_COPY_VALUE(result, value);
    Z_SET_REFCOUNT_P(result, 1);
    Z_UNSET_ISREF_P(result);
    if (!take_over) {
        zval_copy_ctor(result);
    }
    switch (type) {
        case IS_NULL:
            convert_to_null(result);
            break;
        case IS_BOOL:
            convert_to_boolean(result);
            break;
        case IS_LONG:
            convert_to_long(result);
            break;
        case IS_DOUBLE:
            convert_to_double(result);
            break;
        case IS_STRING:
            vm_cast_to_string(result);
            break;
        case IS_ARRAY:
            convert_to_array(result);
            break;
        case IS_OBJECT:
            convert_to_object(result);
            break;
    }
}

bool vm_is_identical(zval *op1, zval *op2)
{
    return zend_is_identical(op1, op2);
}

bool vm_is_equal(zval *op1, zval *op2)
{
    return zend_is_equal(op1, op2);
}

int vm_compare(zval *op1, zval *op2)
{
    return zend_compare(op1, op2);
}

/* --- "text $a text" --------------------------------------------------------------------------- */

void vm_rope_set(temp_variable *part, zend_uchar kind, zval *value)
{
    zval copy;
    int use_copy;
    zval source = *value;

    part->rope.owner = NULL;
    if (Z_TYPE(source) == IS_STRING) {
        part->rope.len = Z_STRLEN(source);
        if (kind == IS_CONST || kind == IS_TMP_VAR || IS_INTERNED(Z_STRVAL(source))) {
            part->rope.val = Z_STRVAL(source);
        } else if (!PZVAL_IS_REF(value)) {
            Z_ADDREF_P(value);
            part->rope.val = Z_STRVAL(source);
            part->rope.owner = value;
        } else {
            /* A reference may be written to before the parts are joined. */
            part->rope.val = estrndup(Z_STRVAL(source), Z_STRLEN(source));
        }
        return;
    }
    zend_make_printable_zval(value, &copy, &use_copy);
    if (use_copy) {
        part->rope.val = Z_STRVAL(copy);
        part->rope.len = Z_STRLEN(copy);
    } else {
        part->rope.val = STR_EMPTY_ALLOC();
        part->rope.len = 0;
    }
    if (kind == IS_TMP_VAR) {
        zval_dtor(&source);
    }
}

void vm_rope_free(temp_variable *parts, zend_uint count)
{
    for (zend_uint number = 0; number < count; number++) {
        if (parts[number].rope.owner) {
            zval_ptr_dtor(&parts[number].rope.owner);
        } else {
            str_efree(parts[number].rope.val);
        }
    }
}

void vm_rope_join(temp_variable *parts, zend_uint count, zval *result)
{
    size_t length = 0;
    char *joined;
    char *end;

    for (zend_uint number = 0; number < count; number++) {
        length += (size_t) parts[number].rope.len;
    }
    if (length >= INT_MAX) {
        zend_error_noreturn(E_ERROR, "String size overflow");
    }
    joined = end = emalloc(length + 1);
    for (zend_uint number = 0; number < count; number++) {
        memcpy(end, parts[number].rope.val, parts[number].rope.len);
        end += parts[number].rope.len;
    }
    *end = '\0';
    vm_rope_free(parts, count);
    ZVAL_STRINGL(result, joined, (int) length, 0);
}

/* --- array(...) ------------------------------------------------------------------------------- */

void vm_add_array_element(zend_execute_data *frame, const zend_op *opline, HashTable *ht)
{
    zval *offset = opline->op2_type == IS_UNUSED ? NULL
        : vm_read_operand(opline->op2_type, opline, opline->op2, frame);
    zval *element;

    if (opline->extended_value & ZEND_ARRAY_ELEMENT_REF) {
        zval **place = vm_write_operand(opline->op1_type, opline, opline->op1, frame, false);

        if (!place) {
            vm_no_place("Cannot create references to/from string offsets");
        }
        vm_make_reference(place);
        element = *place;
        Z_ADDREF_P(element);
        vm_free_written(opline->op1_type, opline->op1, frame);
    } else {
        zval *value = vm_read_operand(opline->op1_type, opline, opline->op1, frame);

        element = opline->op1_type == IS_VAR ? vm_returned_value(IS_VAR, value)
            : vm_counted_value(opline->op1_type, value);
    }
    if (!offset) {
        if (zend_hash_next_index_insert(ht, &element, sizeof(zval *), NULL) == FAILURE) {
            zend_error(E_WARNING,
                "Cannot add element to the array as the next element is already occupied");
            zval_ptr_dtor(&element);
        }
        return;
    }
    switch (Z_TYPE_P(offset)) {
        case IS_STRING:
            zend_symtable_update(ht, Z_STRVAL_P(offset), Z_STRLEN_P(offset) + 1, &element,
                sizeof(zval *), NULL);
            break;
        case IS_NULL:
            zend_hash_update(ht, "", 1, &element, sizeof(zval *), NULL);
            break;
        case IS_DOUBLE:
            zend_hash_index_update(ht, (ulong) zend_dval_to_lval(Z_DVAL_P(offset)), &element,
                sizeof(zval *), NULL);
            break;
        case IS_LONG:
        case IS_BOOL:
        case IS_RESOURCE:
            zend_hash_index_update(ht, (ulong) Z_LVAL_P(offset), &element, sizeof(zval *), NULL);
            break;
        default:
            zend_error(E_WARNING, "Illegal offset type");
            zval_ptr_dtor(&element);
            break;
    }
    vm_free_operand(opline->op2_type, opline->op2, frame);
}

/* --- @ and declare(ticks) --------------------------------------------------------------------- */

void vm_begin_silence(zval *saved)
{
    ZVAL_LONG(saved, EG(error_reporting));
    EG(error_reporting) = 0;
}

void vm_end_silence(zval *saved)
{
    /* A level that was set behind the @ stays. */
    if (EG(error_reporting) == 0 && Z_LVAL_P(saved) != 0) {
        EG(error_reporting) = (int) Z_LVAL_P(saved);
    }
}

void vm_tick(zend_uint period)
{
    if ((zend_uint) ++EG(ticks_count) >= period) {
        EG(ticks_count) = 0;
        if (zend_ticks_function) {
            zend_ticks_function((int) period);
        }
    }
}

/* --- Constants -------------------------------------------------------------------------------- */

static void vm_fetch_class_constant(zend_execute_data *frame, const zend_op *opline)
{
    const zend_literal *name = VM_LITERAL(opline, opline->op2);
    zval *result = &VM_SLOT(frame, opline->result)->tmp_var;
    zend_class_entry *ce = vm_operand_class(frame, opline, opline->op1_type, opline->op1);
    zval **constant;

    ZVAL_NULL(result);
    if (!ce) {
        return;
    }
    if (zend_hash_quick_find(&ce->constants_table, Z_STRVAL(name->constant),
            Z_STRLEN(name->constant) + 1, name->hash_value, (void **) &constant) == SUCCESS) {
        if (IS_CONSTANT_TYPE(Z_TYPE_PP(constant))) {
            zend_class_entry *scope = frame->scope;

            frame->scope = ce;
            zval_update_constant(constant, 1);
            frame->scope = scope;
            if (EG(exception)) {
                return;
            }
        }
        ZVAL_COPY_VALUE(result, *constant);
        zval_copy_ctor(result);
        if (opline->op1_type == IS_CONST) {
            VM_CACHE_PTR(frame, name->cache_slot, *constant);
        }
    } else if (Z_STRLEN(name->constant) == 5 && memcmp(Z_STRVAL(name->constant), "class", 5) == 0) {
        ZVAL_STRINGL(result, ce->name, ce->name_length, 1);
    } else {
        zend_error_noreturn(E_ERROR, "Undefined class constant '%s'", Z_STRVAL(name->constant));
    }
}

static zend_constant *vm_find_constant(const zend_op *opline)
{
    const zend_literal *name = VM_LITERAL(opline, opline->op2);
    zend_uint flags = opline->extended_value & ~ZEND_FETCH_CLASS_CONSTANT;

    return zend_quick_get_constant(name, flags);
}

/* The part of the name behind the last \. */
static const char *vm_constant_base_name(const zend_literal *name)
{
    const char *slash = zend_memrchr(Z_STRVAL(name->constant), '\\', Z_STRLEN(name->constant));

    return slash ? slash + 1 : Z_STRVAL(name->constant);
}

void vm_fetch_constant(zend_execute_data *frame, const zend_op *opline)
{
    const zend_literal *name = VM_LITERAL(opline, opline->op2);
    zval *result = &VM_SLOT(frame, opline->result)->tmp_var;
    zend_constant *constant;

    if (opline->extended_value & ZEND_FETCH_CLASS_CONSTANT || opline->op1_type != IS_UNUSED) {
        vm_fetch_class_constant(frame, opline);
        return;
    }
    constant = vm_find_constant(opline);
    if (!constant) {
        ZVAL_NULL(result);
        if (opline->extended_value & IS_CONSTANT_UNQUALIFIED) {
            const char *bare = vm_constant_base_name(name);

            ZVAL_STRING(result, bare, 1);
            zend_error(E_NOTICE, "Use of undefined constant %s - assumed '%s'", bare, bare);
        } else {
            zend_error_noreturn(E_ERROR, "Undefined constant '%s'", Z_STRVAL(name->constant));
        }
        return;
    }
    ZVAL_COPY_VALUE(result, &constant->value);
    zval_copy_ctor(result);
    VM_CACHE_PTR(frame, name->cache_slot, &constant->value);
}

void vm_declare_constant(zend_execute_data *frame, const zend_op *opline)
{
    zval *name = VM_CONSTANT(opline, opline->op1);
    zval *value = vm_read_operand(opline->op2_type, opline, opline->op2, frame);
    zend_constant constant;
    zval *copy;

    ALLOC_ZVAL(copy);
    INIT_PZVAL_COPY(copy, value);
    zval_copy_ctor(copy);
    if (IS_CONSTANT_TYPE(Z_TYPE_P(copy))) {
        zval_update_constant(&copy, 0);
        if (EG(exception)) {
            zval_ptr_dtor(&copy);
            return;
        }
    }
    INIT_PZVAL_COPY(&constant.value, copy);
    zend_free_zval(copy);
    constant.flags = CONST_CS;
    constant.name = str_estrndup(Z_STRVAL_P(name), Z_STRLEN_P(name));
    constant.name_len = Z_STRLEN_P(name) + 1;
    constant.module_number = PHP_USER_CONSTANT;
    if (zend_register_constant(&constant) == FAILURE) {
        zval_dtor(&constant.value);
    }
}
