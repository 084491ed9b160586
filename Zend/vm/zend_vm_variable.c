/* SPDX-License-Identifier: MIT */
/*
 * Variables by name: symbol tables and how frames are attached to them, $$name, global and
 * static variables, static members.
 *
 * A function's variables live in its frame's slots. Only when something asks for them by name
 * is a symbol table attached: its buckets then point at the slots, so that the slots stay the
 * variables' places:
 *
 *      frame                                symbol table
 *      cv[0] ---> zval of $a        <------ bucket "a": pData = &cv[0]
 *      cv[1] NULL ($b undefined)            (no bucket: one is made when $b gets a value)
 *      cv[2] ---> zval of $c        <------ bucket "c": pData = &cv[2]
 *
 * Main code of a file shares the table of the code that includes it. Since a bucket points at
 * one place, the includer is detached (its values move into the buckets) while the included
 * file runs, and attached again afterwards.
 */
#include "compile/zend_compile.h"
#include "data/zend_interned.h"
#include "object/zend_std_handlers.h"
#include "runtime/zend_API.h"
#include "runtime/zend_constants.h"
#include "runtime/zend_errors.h"
#include "vm/zend_vm_internal.h"
#include "vm/zend_vm_operands.h"

#define SYMTABLE_CACHE_SIZE ((int) (sizeof(EG(symtable_cache)) / sizeof(*EG(symtable_cache))))

/* --- Attaching -------------------------------------------------------------------------------- */

static Bucket *vm_symbol_bucket(HashTable *symbols, const zend_compiled_variable *variable)
{
    return zend_hash_find_bucket(symbols, variable->name, variable->name_len + 1,
        variable->hash_value);
}

/* The slot takes the variable that the table holds itself, if there is one. */
static void vm_take_over(zend_execute_data *frame, int number)
{
    const zend_compiled_variable *variable = &frame->func->op_array.vars[number];
    zval **slot = ZEND_FRAME_CV(frame, number);
    Bucket *bucket = vm_symbol_bucket(frame->symbol_table, variable);

    if (bucket) {
        if (!zend_hash_bucket_is_indirect(bucket)) {
            *slot = *(zval **) bucket->pData;
        }
        zend_hash_quick_update_indirect(frame->symbol_table, variable->name,
            variable->name_len + 1, variable->hash_value, (void **) slot);
    }
}

void zend_attach_symbol_table(zend_execute_data *frame)
{
    zend_op_array *op_array = &frame->func->op_array;

    for (int number = 0; number < op_array->last_var; number++) {
        const zend_compiled_variable *variable = &op_array->vars[number];
        zval **slot = ZEND_FRAME_CV(frame, number);

        if (*slot) {
            zend_hash_quick_update_indirect(frame->symbol_table, variable->name,
                variable->name_len + 1, variable->hash_value, (void **) slot);
        } else {
            vm_take_over(frame, number);
        }
    }
}

void zend_detach_symbol_table(zend_execute_data *frame)
{
    zend_op_array *op_array = &frame->func->op_array;

    for (int number = 0; number < op_array->last_var; number++) {
        const zend_compiled_variable *variable = &op_array->vars[number];

        zend_hash_detach_indirect(frame->symbol_table, variable->name, variable->name_len + 1,
            variable->hash_value, (void **) ZEND_FRAME_CV(frame, number));
        *ZEND_FRAME_CV(frame, number) = NULL;
    }
}

void zend_rebuild_symbol_table(void)
{
    zend_execute_data *frame = zend_user_frame();

    if (!frame || frame->symbol_table) {
        return;
    }
    if (EG(symtable_cache_count)) {
        frame->symbol_table = EG(symtable_cache)[--EG(symtable_cache_count)];
    } else {
        ALLOC_HASHTABLE(frame->symbol_table);
        zend_hash_init(frame->symbol_table, frame->func->op_array.last_var, NULL, ZVAL_PTR_DTOR,
            0);
    }
    frame->call_info |= ZEND_CALL_HAS_SYMBOL_TABLE | ZEND_CALL_OWNS_SYMBOL_TABLE;
    zend_attach_symbol_table(frame);
}

void zend_clean_and_cache_symbol_table(HashTable *symbols)
{
    if (EG(symtable_cache_count) == SYMTABLE_CACHE_SIZE) {
        zend_hash_destroy(symbols);
        FREE_HASHTABLE(symbols);
        return;
    }
    zend_hash_clean(symbols);
    EG(symtable_cache)[EG(symtable_cache_count)++] = symbols;
}

void zend_destroy_symbol_table_cache(void)
{
    while (EG(symtable_cache_count)) {
        HashTable *symbols = EG(symtable_cache)[--EG(symtable_cache_count)];

        zend_hash_destroy(symbols);
        FREE_HASHTABLE(symbols);
    }
}

HashTable *zend_active_symbol_table(void)
{
    zend_execute_data *frame = zend_user_frame();

    if (!frame) {
        return &EG(symbol_table);
    }
    zend_rebuild_symbol_table();
    return frame->symbol_table;
}

/* --- Undefined variables ---------------------------------------------------------------------- */

zval *vm_undefined_cv_quiet(zend_execute_data *frame, znode_op operand)
{
    if (frame->symbol_table) {
        vm_take_over(frame, (int) VM_CV_NUMBER(operand));
        return *VM_CV(frame, operand);
    }
    return NULL;
}

zval *vm_undefined_cv_read(zend_execute_data *frame, znode_op operand)
{
    zval *value = vm_undefined_cv_quiet(frame, operand);

    if (!value) {
        zend_error(E_NOTICE, "Undefined variable: %s",
            frame->func->op_array.vars[VM_CV_NUMBER(operand)].name);
        value = &EG(uninitialized_zval);
    }
    return value;
}

void vm_undefined_cv_attach(zend_execute_data *frame, znode_op operand)
{
    const zend_compiled_variable *variable
        = &frame->func->op_array.vars[VM_CV_NUMBER(operand)];

    if (frame->symbol_table && !vm_undefined_cv_quiet(frame, operand)) {
        zend_hash_quick_update_indirect(frame->symbol_table, variable->name,
            variable->name_len + 1, variable->hash_value, (void **) VM_CV(frame, operand));
    }
}

zval **vm_undefined_cv_write(zend_execute_data *frame, znode_op operand, bool notice)
{
    zval **slot = VM_CV(frame, operand);

    if (vm_undefined_cv_quiet(frame, operand)) {
        return slot;
    }
    if (notice) {
        zend_error(E_NOTICE, "Undefined variable: %s",
            frame->func->op_array.vars[VM_CV_NUMBER(operand)].name);
        if (*slot) {
            return slot;
        }
    }
    vm_undefined_cv_attach(frame, operand);
    if (!*slot) {
        ALLOC_INIT_ZVAL(*slot);
    }
    return slot;
}

zval **vm_scratch_place(void)
{
    return &EG(error_zval_ptr);
}

void vm_unset_attached_cv(zend_execute_data *frame, znode_op operand)
{
    const zend_compiled_variable *variable
        = &frame->func->op_array.vars[VM_CV_NUMBER(operand)];
    zval **slot = VM_CV(frame, operand);

    zend_hash_quick_del(frame->symbol_table, variable->name, variable->name_len + 1,
        variable->hash_value);
    if (*slot) {
        zval *value = *slot;

        *slot = NULL;
        zval_ptr_dtor(&value);
    }
}

/* --- Static variables ------------------------------------------------------------------------- */

/* This request's static variables of the function, copied from the compiled ones at first. */
static HashTable *vm_static_variables(zend_op_array *op_array)
{
    if (!op_array->static_variables) {
        ALLOC_HASHTABLE(op_array->static_variables);
        zend_hash_init(op_array->static_variables, 8, NULL, ZVAL_PTR_DTOR, 0);
        if (op_array->code->static_variables) {
            HashTable *compiled = op_array->code->static_variables;

            for (Bucket *p = compiled->pListHead; p; p = p->pListNext) {
                zval *copy;

                ALLOC_ZVAL(copy);
                INIT_PZVAL_COPY(copy, *(zval **) p->pData);
                zval_copy_ctor(copy);
                zend_hash_quick_update(op_array->static_variables, p->arKey, p->nKeyLength, p->h,
                    &copy, sizeof(zval *), NULL);
            }
        }
    }
    return op_array->static_variables;
}

/* --- By name ---------------------------------------------------------------------------------- */

static HashTable *vm_target_symbol_table(zend_execute_data *frame, zend_uint fetch_type)
{
    switch (fetch_type & ZEND_FETCH_TYPE_MASK) {
        case ZEND_FETCH_LOCAL:
            if (!frame->symbol_table) {
                zend_rebuild_symbol_table();
            }
            return frame->symbol_table;
        case ZEND_FETCH_STATIC:
            return vm_static_variables(&frame->func->op_array);
        default:
            return &EG(symbol_table);
    }
}

/* The name as a string: the operand's own, or *copy, which the caller zval_dtor()s. */
static zval *vm_name_string(zval *name, zval *copy)
{
    if (Z_TYPE_P(name) == IS_STRING) {
        INIT_ZVAL(*copy);
        return name;
    }
    INIT_PZVAL_COPY(copy, name);
    zval_copy_ctor(copy);
    convert_to_string(copy);
    return copy;
}

static zval **vm_find_named(HashTable *symbols, zval *name)
{
    zval **place;

    return zend_hash_find(symbols, Z_STRVAL_P(name), Z_STRLEN_P(name) + 1, (void **) &place)
        == SUCCESS ? place : NULL;
}

static zval **vm_create_named(HashTable *symbols, zval *name)
{
    zval *empty;
    zval **place;

    ALLOC_INIT_ZVAL(empty);
    zend_hash_update(symbols, Z_STRVAL_P(name), Z_STRLEN_P(name) + 1, &empty, sizeof(zval *),
        (void **) &place);
    return place;
}

static zval **vm_fetch_named(HashTable *symbols, zval *name, int type)
{
    zval **place = vm_find_named(symbols, name);

    if (place) {
        return place;
    }
    switch (type) {
        case BP_VAR_R:
        case BP_VAR_UNSET:
            zend_error(E_NOTICE, "Undefined variable: %s", Z_STRVAL_P(name));
            /* fall through */
        case BP_VAR_IS:
            return &EG(uninitialized_zval_ptr);
        case BP_VAR_RW:
            zend_error(E_NOTICE, "Undefined variable: %s", Z_STRVAL_P(name));
            place = vm_find_named(symbols, name);
            return place ? place : vm_create_named(symbols, name);
        default:
            return vm_create_named(symbols, name);
    }
}

static bool vm_is_static_member(const zend_op *opline)
{
    return (opline->extended_value & ZEND_FETCH_TYPE_MASK) == ZEND_FETCH_STATIC_MEMBER;
}

static zval **vm_fetch_static_member(zend_execute_data *frame, const zend_op *opline, zval *name,
    bool silent)
{
    zend_class_entry *ce;
    const zend_literal *key = opline->op1_type == IS_CONST ? VM_LITERAL(opline, opline->op1)
        : NULL;

    if (key && opline->op2_type == IS_CONST && VM_CACHED_PTR(frame, key->cache_slot)) {
        return VM_CACHED_PTR(frame, key->cache_slot + 1);
    }
    ce = vm_operand_class(frame, opline, opline->op2_type, opline->op2);
    if (!ce) {
        return NULL;
    }
    return zend_std_get_static_property(ce, Z_STRVAL_P(name), Z_STRLEN_P(name), silent,
        opline->op2_type == IS_CONST ? key : NULL);
}

void vm_fetch_variable(zend_execute_data *frame, const zend_op *opline, zval *name, int type)
{
    temp_variable *result = VM_SLOT(frame, opline->result);
    zval copy;
    zval **place;

    name = vm_name_string(name, &copy);
    if (vm_is_static_member(opline)) {
        place = vm_fetch_static_member(frame, opline, name, type == BP_VAR_IS);
        if (!place) {
            place = &EG(uninitialized_zval_ptr);
        }
    } else {
        place = vm_fetch_named(vm_target_symbol_table(frame, opline->extended_value), name, type);
    }
    if (type == BP_VAR_R || type == BP_VAR_IS) {
        Z_ADDREF_PP(place);
        vm_set_var(result, *place);
    } else {
        if (type != BP_VAR_UNSET && *place == &EG(uninitialized_zval)) {
            SEPARATE_ZVAL(place);
        }
        vm_set_place(result, place);
        if (opline->extended_value & ZEND_FETCH_MAKE_REF) {
            vm_make_reference(place);
        }
    }
    if (name == &copy) {
        zval_dtor(&copy);
    }
}

void vm_unset_variable(zend_execute_data *frame, const zend_op *opline, zval *name)
{
    zval copy;

    name = vm_name_string(name, &copy);
    if (vm_is_static_member(opline)) {
        zend_class_entry *ce = vm_operand_class(frame, opline, opline->op2_type, opline->op2);

        if (ce) {
            zend_std_unset_static_property(ce, Z_STRVAL_P(name), Z_STRLEN_P(name), NULL);
        }
    } else {
        zend_hash_del(vm_target_symbol_table(frame, opline->extended_value), Z_STRVAL_P(name),
            Z_STRLEN_P(name) + 1);
    }
    if (name == &copy) {
        zval_dtor(&copy);
    }
}

bool vm_isset_variable(zend_execute_data *frame, const zend_op *opline, zval *name)
{
    bool check_empty = opline->extended_value & ZEND_ISEMPTY;
    zval copy;
    zval **place;
    bool result;

    name = vm_name_string(name, &copy);
    if (vm_is_static_member(opline)) {
        place = vm_fetch_static_member(frame, opline, name, true);
    } else {
        place = vm_find_named(vm_target_symbol_table(frame, opline->extended_value), name);
    }
    if (!place) {
        result = check_empty;
    } else {
        result = check_empty ? !i_zend_is_true(*place) : Z_TYPE_PP(place) != IS_NULL;
    }
    if (name == &copy) {
        zval_dtor(&copy);
    }
    return result;
}

/* The CV becomes one of the reference set at place. */
static void vm_bind_reference(zend_execute_data *frame, znode_op cv, zval **place)
{
    zval **slot = VM_CV(frame, cv);
    zval *old;

    vm_make_reference(place);
    if (!*slot) {
        vm_undefined_cv_attach(frame, cv);
    }
    old = *slot;
    if (old == *place) {
        return;
    }
    Z_ADDREF_PP(place);
    *slot = *place;
    if (old) {
        zval_ptr_dtor(&old);
    }
}

void vm_bind_global(zend_execute_data *frame, const zend_op *opline)
{
    const zend_literal *name = VM_LITERAL(opline, opline->op2);
    zval **place;

    if (frame->symbol_table == &EG(symbol_table)) {
        zval **slot = VM_CV(frame, opline->op1);

        if (!*slot) {
            vm_undefined_cv_write(frame, opline->op1, false);
        }
        vm_make_reference(slot);
        return;
    }
    if (zend_hash_quick_find(&EG(symbol_table), Z_STRVAL(name->constant),
            Z_STRLEN(name->constant) + 1, name->hash_value, (void **) &place) == FAILURE) {
        place = vm_create_named(&EG(symbol_table), (zval *) &name->constant);
    }
    vm_bind_reference(frame, opline->op1, place);
}

/* The CV gets the value of a variable that a closure captured. */
static void vm_bind_value(zend_execute_data *frame, znode_op cv, zval *value)
{
    zval **slot = VM_CV(frame, cv);

    if (!*slot) {
        vm_undefined_cv_attach(frame, cv);
    }
    if (*slot) {
        zend_assign_to_variable(slot, value);
        return;
    }
    if (PZVAL_IS_REF(value)) {
        value = vm_counted_value(IS_CONST, value);
    } else {
        Z_ADDREF_P(value);
    }
    *slot = value;
}

void vm_bind_static(zend_execute_data *frame, const zend_op *opline)
{
    const zend_literal *name = VM_LITERAL(opline, opline->op2);
    HashTable *statics = vm_static_variables(&frame->func->op_array);
    zval **place;

    if (zend_hash_quick_find(statics, Z_STRVAL(name->constant), Z_STRLEN(name->constant) + 1,
            name->hash_value, (void **) &place) == FAILURE) {
        place = vm_create_named(statics, (zval *) &name->constant);
    }
    if (IS_CONSTANT_TYPE(Z_TYPE_PP(place))) {
        zval_update_constant(place, 1);
        if (EG(exception)) {
            return;
        }
    }
    if (opline->extended_value & ZEND_BIND_VALUE) {
        vm_bind_value(frame, opline->op1, *place);
    } else {
        vm_bind_reference(frame, opline->op1, place);
    }
}
