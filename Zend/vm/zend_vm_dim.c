/* SPDX-License-Identifier: MIT */
/*
 * $container[offset]: of arrays, strings and objects with ArrayAccess; for reading, for
 * writing, unset and isset.
 *
 * Raising a notice may run user code, which may destroy the very array at hand: whoever goes on
 * with a table after a notice holds a count on its zval meanwhile (vm_keep / vm_release).
 */
#include <limits.h>
#include <string.h>

#include "compile/zend_compile.h"
#include "data/zend_interned.h"
#include "data/zend_symtable.h"
#include "object/zend_class.h"
#include "object/zend_std_handlers.h"
#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "vm/zend_vm_internal.h"
#include "vm/zend_vm_opcodes.h"
#include "vm/zend_vm_operands.h"

/* --- Keys ------------------------------------------------------------------------------------- */

/* What an offset is as a key. */
typedef struct _vm_key {
    const char *string; /* NULL: the index */
    uint length;        /* with the NUL */
    ulong h;
    long index;
} vm_key;

/* False for an offset that cannot be a key (nothing is raised). */
static bool vm_make_key(vm_key *key, zval *offset)
{
    key->string = NULL;
    switch (Z_TYPE_P(offset)) {
        case IS_LONG:
        case IS_BOOL:
            key->index = Z_LVAL_P(offset);
            return true;
        case IS_STRING: {
            ulong index;

            if (zend_handle_numeric(Z_STRVAL_P(offset), Z_STRLEN_P(offset) + 1, &index)) {
                key->index = (long) index;
                return true;
            }
            key->string = Z_STRVAL_P(offset);
            key->length = Z_STRLEN_P(offset) + 1;
            key->h = IS_INTERNED(key->string) ? INTERNED_HASH(key->string)
                : zend_hash_func(key->string, key->length);
            return true;
        }
        case IS_NULL:
            key->string = "";
            key->length = 1;
            key->h = zend_hash_func("", 1);
            return true;
        case IS_DOUBLE:
            key->index = zend_dval_to_lval(Z_DVAL_P(offset));
            return true;
        case IS_RESOURCE:
            key->index = Z_LVAL_P(offset);
            return true;
        default:
            return false;
    }
}

static zval **vm_find(HashTable *ht, const vm_key *key)
{
    return key->string ? vm_find_key(ht, key->string, key->length, key->h)
        : vm_find_index(ht, key->index);
}

zval **vm_find_string_key(HashTable *ht, zval *offset)
{
    vm_key key;

    vm_make_key(&key, offset);
    return vm_find(ht, &key);
}

static void vm_report_resource_offset(zval *offset)
{
    if (Z_TYPE_P(offset) == IS_RESOURCE) {
        zend_error(E_STRICT, "Resource ID#%ld used as offset, casting to integer (%ld)",
            Z_LVAL_P(offset), Z_LVAL_P(offset));
    }
}

static void vm_report_undefined(const vm_key *key)
{
    if (key->string) {
        zend_error(E_NOTICE, "Undefined index: %s", key->string);
    } else {
        zend_error(E_NOTICE, "Undefined offset: %ld", key->index);
    }
}

zval *vm_real_zval(zval *value, zend_uchar kind)
{
    zval *real;

    if (kind != IS_TMP_VAR && kind != IS_CONST) {
        Z_ADDREF_P(value);
        return value;
    }
    ALLOC_ZVAL(real);
    INIT_PZVAL_COPY(real, value);
    zval_copy_ctor(real);
    return real;
}

/* --- Reading ---------------------------------------------------------------------------------- */

static zval *vm_counted_null(void)
{
    Z_ADDREF_P(&EG(uninitialized_zval));
    return &EG(uninitialized_zval);
}

static zval *vm_read_element(zval *container, zval *offset, int type)
{
    vm_key key;
    zval **element;

    if (ZEND_UNLIKELY(!vm_make_key(&key, offset))) {
        zend_error(E_WARNING, "Illegal offset type%s",
            type == BP_VAR_IS ? " in isset or empty" : "");
        return vm_counted_null();
    }
    element = vm_find(Z_ARRVAL_P(container), &key);
    if (element) {
        zval *value = *element;

        Z_ADDREF_P(value);
        if (ZEND_UNLIKELY(Z_TYPE_P(offset) == IS_RESOURCE)) {
            vm_report_resource_offset(offset);
        }
        return value;
    }
    if (ZEND_UNLIKELY(Z_TYPE_P(offset) == IS_RESOURCE)) {
        vm_report_resource_offset(offset);
    }
    if (type != BP_VAR_IS) {
        vm_report_undefined(&key);
    }
    return vm_counted_null();
}

/* The number that a string offset means; *ok is cleared when isset() is to say no. */
static long vm_string_offset(zval *offset, int type, bool *ok)
{
    *ok = true;
    switch (Z_TYPE_P(offset)) {
        case IS_LONG:
            return Z_LVAL_P(offset);
        case IS_STRING: {
            long number;

            if (is_numeric_string(Z_STRVAL_P(offset), Z_STRLEN_P(offset), &number, NULL, -1)
                    == IS_LONG) {
                return number;
            }
            if (type == BP_VAR_IS) {
                *ok = false;
                return 0;
            }
            zend_error(E_WARNING, "Illegal string offset '%s'", Z_STRVAL_P(offset));
            break;
        }
        case IS_DOUBLE:
        case IS_NULL:
        case IS_BOOL:
            if (type != BP_VAR_IS) {
                zend_error(E_NOTICE, "String offset cast occurred");
            }
            break;
        default:
            zend_error(E_WARNING, "Illegal offset type");
            break;
    }
    return zend_zval_get_long(offset);
}

static zval *vm_read_string_offset(zval *container, zval *offset, int type)
{
    zval *character;
    bool ok;
    long index = vm_string_offset(offset, type, &ok);

    if (ZEND_UNLIKELY(!ok || index < 0 || index >= Z_STRLEN_P(container))) {
        if (type == BP_VAR_IS) {
            return vm_counted_null();
        }
        zend_error(E_NOTICE, "Uninitialized string offset: %ld", index);
        MAKE_STD_ZVAL(character);
        ZVAL_EMPTY_STRING(character);
        return character;
    }
    MAKE_STD_ZVAL(character);
    Z_STRVAL_P(character) = emalloc(2);
    Z_STRVAL_P(character)[0] = Z_STRVAL_P(container)[index];
    Z_STRVAL_P(character)[1] = '\0';
    Z_STRLEN_P(character) = 1;
    Z_TYPE_P(character) = IS_STRING;
    return character;
}

static zval *vm_read_object_offset(zval *container, zval *offset, zend_uchar offset_kind, int type)
{
    zval *key;
    zval *value;

    if (!Z_OBJ_HT_P(container)->read_dimension) {
        zend_error_noreturn(E_ERROR, "Cannot use object as array");
    }
    key = vm_real_zval(offset, offset_kind);
    Z_ADDREF_P(container);
    value = Z_OBJ_HT_P(container)->read_dimension(container, key, type);
    if (value) {
        Z_ADDREF_P(value);
    } else {
        value = vm_counted_null();
    }
    zval_ptr_dtor(&key);
    zval_ptr_dtor(&container);
    return value;
}

zval *vm_fetch_dim_read(zval *container, zval *offset, zend_uchar offset_kind, int type)
{
    switch (Z_TYPE_P(container)) {
        case IS_ARRAY:
            return vm_read_element(container, offset, type);
        case IS_STRING:
            return vm_read_string_offset(container, offset, type);
        case IS_OBJECT:
            return vm_read_object_offset(container, offset, offset_kind, type);
        default:
            return vm_counted_null();
    }
}

/* --- Writing ---------------------------------------------------------------------------------- */

static zval **vm_append_place(HashTable *ht)
{
    zval *element;
    zval **place;

    ALLOC_INIT_ZVAL(element);
    if (zend_hash_next_index_insert(ht, &element, sizeof(zval *), (void **) &place) == FAILURE) {
        zend_free_zval(element);
        zend_error(E_WARNING,
            "Cannot add element to the array as the next element is already occupied");
        return &EG(error_zval_ptr);
    }
    return place;
}

static zval **vm_insert_place(HashTable *ht, const vm_key *key)
{
    zval *element;
    zval **place;

    ALLOC_INIT_ZVAL(element);
    if (key->string) {
        zend_hash_quick_update(ht, key->string, key->length, key->h, &element, sizeof(zval *),
            (void **) &place);
    } else {
        zend_hash_index_update(ht, (ulong) key->index, &element, sizeof(zval *), (void **) &place);
    }
    return place;
}

/* offset is no string or long, or the element is missing. */
static ZEND_COLD zval **vm_element_place_slow(zval *container, HashTable *ht, zval *offset,
    int type)
{
    vm_key key;
    zval **place;
    zval *held_offset = NULL;

    if (!vm_make_key(&key, offset)) {
        zend_error(E_WARNING, "Illegal offset type");
        return type == BP_VAR_UNSET ? &EG(uninitialized_zval_ptr) : &EG(error_zval_ptr);
    }
    place = vm_find(ht, &key);
    if (place && Z_TYPE_P(offset) != IS_RESOURCE) {
        return place;
    }
    if (type == BP_VAR_W && Z_TYPE_P(offset) != IS_RESOURCE) {
        return vm_insert_place(ht, &key);
    }
    /* The notices may run user code that unsets the container. */
    if (container) {
        Z_ADDREF_P(container);
    }
    if (key.string && !IS_INTERNED(key.string)) {
        MAKE_STD_ZVAL(held_offset);
        ZVAL_STRINGL(held_offset, key.string, key.length - 1, 1);
        key.string = Z_STRVAL_P(held_offset);
    }
    vm_report_resource_offset(offset);
    if (!place && type == BP_VAR_RW) {
        vm_report_undefined(&key);
    }
    if (container && Z_REFCOUNT_P(container) == 1) {
        zval_ptr_dtor(&container);
        place = vm_scratch_place();
    } else {
        if (container) {
            Z_DELREF_P(container);
        }
        place = vm_find(ht, &key);
        if (!place) {
            place = type == BP_VAR_UNSET ? &EG(uninitialized_zval_ptr)
                : vm_insert_place(ht, &key);
        }
    }
    if (held_offset) {
        zval_ptr_dtor(&held_offset);
    }
    return place;
}

static zend_always_inline zval **vm_element_place_of(zval *container, HashTable *ht, zval *offset,
    int type)
{
    if (ZEND_LIKELY(Z_TYPE_P(offset) == IS_LONG)) {
        zval **place = vm_find_index(ht, Z_LVAL_P(offset));

        if (ZEND_LIKELY(place != NULL)) {
            return place;
        }
    }
    return vm_element_place_slow(container, ht, offset, type);
}

zval **vm_element_place(HashTable *ht, zval *offset, int type)
{
    return vm_element_place_of(NULL, ht, offset, type);
}

/* A scalar container: refused, with NULL as what is there. */
static void vm_refuse_scalar(temp_variable *result, int type)
{
    if (type == BP_VAR_UNSET) {
        zend_error(E_WARNING, "Cannot unset offset in a non-array variable");
        vm_set_place(result, &EG(uninitialized_zval_ptr));
    } else {
        zend_error(E_WARNING, "Cannot use a scalar value as an array");
        vm_set_place(result, &EG(error_zval_ptr));
    }
}

static bool vm_is_empty_for_write(zval *container)
{
    return Z_TYPE_P(container) == IS_NULL
        || (Z_TYPE_P(container) == IS_BOOL && !Z_LVAL_P(container))
        || (Z_TYPE_P(container) == IS_STRING && Z_STRLEN_P(container) == 0);
}

static void vm_turn_into_array(zval **container)
{
    SEPARATE_ZVAL_IF_NOT_REF(container);
    zval_dtor(*container);
    array_init(*container);
}

static void vm_fetch_string_place(temp_variable *result, zval **container, zval *offset, int type)
{
    bool ok;

    if (!offset) {
        zend_error_noreturn(E_ERROR, "[] operator not supported for strings");
    }
    if (type != BP_VAR_UNSET) {
        SEPARATE_ZVAL_IF_NOT_REF(container);
    }
    if (Z_TYPE_P(offset) != IS_LONG) {
        vm_string_offset(offset, BP_VAR_R, &ok);
    }
    vm_set_string_offset(result);
}

static void vm_fetch_object_place(temp_variable *result, zval *object, zval *offset,
    zend_uchar offset_kind, int type)
{
    zval *key;
    zval *value;

    if (!Z_OBJ_HT_P(object)->read_dimension) {
        zend_error_noreturn(E_ERROR, "Cannot use object as array");
    }
    key = offset ? vm_real_zval(offset, offset_kind) : NULL;
    Z_ADDREF_P(object);
    value = Z_OBJ_HT_P(object)->read_dimension(object, key, type);
    if (!value) {
        vm_set_place(result, &EG(error_zval_ptr));
    } else {
        if (!PZVAL_IS_REF(value)) {
            if (Z_REFCOUNT_P(value) > 0) {
                zval *own;

                ALLOC_ZVAL(own);
                INIT_PZVAL_COPY(own, value);
                Z_SET_REFCOUNT_P(own, 0);
                zval_copy_ctor(own);
                value = own;
            }
            if (Z_TYPE_P(value) != IS_OBJECT) {
                zend_error(E_NOTICE,
                    "Indirect modification of overloaded element of %s has no effect",
                    Z_OBJCE_P(object)->name);
            }
        }
        Z_ADDREF_P(value);
        vm_set_var(result, value);
    }
    if (key) {
        zval_ptr_dtor(&key);
    }
    zval_ptr_dtor(&object);
}

void vm_fetch_dim_into(temp_variable *result, zval **container_place, zval *offset,
    zend_uchar offset_kind, int type)
{
    zval *container = *container_place;

    if (ZEND_UNLIKELY(Z_TYPE_P(container) != IS_ARRAY)) {
        if (container == &EG(error_zval)) {
            vm_set_place(result, &EG(error_zval_ptr));
            return;
        }
        if (Z_TYPE_P(container) == IS_OBJECT) {
            vm_fetch_object_place(result, container, offset, offset_kind, type);
            return;
        }
        if (type == BP_VAR_UNSET && Z_TYPE_P(container) == IS_NULL) {
            vm_set_place(result, &EG(uninitialized_zval_ptr));
            return;
        }
        if (type == BP_VAR_UNSET ? Z_TYPE_P(container) != IS_STRING
                : !vm_is_empty_for_write(container) && Z_TYPE_P(container) != IS_STRING) {
            vm_refuse_scalar(result, type);
            return;
        }
        if (type == BP_VAR_UNSET || !vm_is_empty_for_write(container)) {
            vm_fetch_string_place(result, container_place, offset, type);
            return;
        }
        vm_turn_into_array(container_place);
    } else if (type != BP_VAR_UNSET || Z_REFCOUNT_P(container) > 1) {
        SEPARATE_ZVAL_IF_NOT_REF(container_place);
    }
    container = *container_place;
    vm_set_place(result, offset ? NULL : vm_append_place(Z_ARRVAL_P(container)));
    if (offset) {
        zval **place = vm_element_place_of(container, Z_ARRVAL_P(container), offset, type);

        vm_set_place(result, place);
    }
}

void vm_fetch_dim_place(zend_execute_data *frame, const zend_op *opline, zval *offset, int type)
{
    zval **container = vm_write_operand(opline->op1_type, opline, opline->op1, frame,
        type != BP_VAR_W);
    temp_variable *result = VM_SLOT(frame, opline->result);
    temp_variable source;

    if (!container) {
        vm_no_place("Cannot use string offset as an array");
    }
    source.var.ptr = opline->op1_type == IS_VAR ? VM_SLOT(frame, opline->op1)->var.ptr : NULL;
    vm_fetch_dim_into(result, container, offset, opline->op2_type, type);
    if (ZEND_UNLIKELY(source.var.ptr != NULL)) {
        /* A call's result goes: keep the element, its place goes with it. */
        if (result->var.ptr_ptr) {
            zval *element = *result->var.ptr_ptr;

            Z_ADDREF_P(element);
            vm_set_var(result, element);
        }
        zval_ptr_dtor(&source.var.ptr);
    }
    if ((opline->extended_value & ZEND_FETCH_MAKE_REF) && type == BP_VAR_W
            && result->var.ptr_ptr && *result->var.ptr_ptr != &EG(error_zval)) {
        vm_make_reference(result->var.ptr_ptr);
    }
}

/* --- Assignment ------------------------------------------------------------------------------- */

static void vm_set_assigned(zend_execute_data *frame, const zend_op *opline, zval *value)
{
    if (!(opline->result_type & (EXT_TYPE_UNUSED | IS_UNUSED))) {
        Z_ADDREF_P(value);
        vm_set_var(VM_SLOT(frame, opline->result), value);
    }
}

/* The value, as a zval that a handler may keep: counted. Takes over a TMP, keeps a VAR. */
static zval *vm_value_for_handler(zend_uchar kind, zval *value)
{
    if (kind == IS_TMP_VAR || kind == IS_CONST) {
        return vm_counted_value(kind, value);
    }
    Z_ADDREF_P(value);
    return value;
}

static void vm_assign_object_dim(zend_execute_data *frame, const zend_op *opline, zval *object,
    zval *offset, zval *value)
{
    zend_uchar kind = opline[1].op1_type;
    zval *key;

    if (!Z_OBJ_HT_P(object)->write_dimension) {
        zend_error_noreturn(E_ERROR, "Cannot use object as array");
    }
    key = offset ? vm_real_zval(offset, opline->op2_type) : NULL;
    value = vm_value_for_handler(kind, value);
    Z_ADDREF_P(object);
    Z_OBJ_HT_P(object)->write_dimension(object, key, value);
    if (!EG(exception)) {
        vm_set_assigned(frame, opline, value);
    }
    zval_ptr_dtor(&value);
    if (key) {
        zval_ptr_dtor(&key);
    }
    zval_ptr_dtor(&object);
}

static void vm_write_character(zval *string, long index, zval *value)
{
    char character;

    if (Z_TYPE_P(value) == IS_STRING) {
        character = Z_STRVAL_P(value)[0];
    } else {
        zval copy = *value;

        zval_copy_ctor(&copy);
        convert_to_string(&copy);
        character = Z_STRVAL(copy)[0];
        zval_dtor(&copy);
    }
    if (IS_INTERNED(Z_STRVAL_P(string))) {
        Z_STRVAL_P(string) = estrndup(Z_STRVAL_P(string), Z_STRLEN_P(string));
    }
    if (index >= Z_STRLEN_P(string)) {
        Z_STRVAL_P(string) = erealloc(Z_STRVAL_P(string), index + 2);
        memset(Z_STRVAL_P(string) + Z_STRLEN_P(string), ' ', index - Z_STRLEN_P(string));
        Z_STRVAL_P(string)[index + 1] = '\0';
        Z_STRLEN_P(string) = index + 1;
    }
    Z_STRVAL_P(string)[index] = character;
}

static void vm_assign_string_offset(zend_execute_data *frame, const zend_op *opline,
    zval **container, zval *offset, zval *value)
{
    zval *string;
    bool ok;
    long index;

    if (!offset) {
        zend_error_noreturn(E_ERROR, "[] operator not supported for strings");
    }
    SEPARATE_ZVAL_IF_NOT_REF(container);
    string = *container;
    Z_ADDREF_P(string);
    index = vm_string_offset(offset, BP_VAR_W, &ok);
    if (index < 0 || index >= INT_MAX - 1) {
        zend_error(E_WARNING, "Illegal string offset:  %ld", index);
        vm_set_assigned(frame, opline, &EG(uninitialized_zval));
    } else if (Z_TYPE_P(string) == IS_STRING && !EG(exception)) {
        vm_write_character(string, index, value);
        if (!(opline->result_type & (EXT_TYPE_UNUSED | IS_UNUSED))) {
            zval *written;

            MAKE_STD_ZVAL(written);
            ZVAL_STRINGL(written, Z_STRVAL_P(string) + index, 1, 1);
            vm_set_var(VM_SLOT(frame, opline->result), written);
        }
    }
    zval_ptr_dtor(&string);
}

/* $array[] = value: the value's zval is shared, or made of a TMP or CONST. */
static void vm_append(zend_execute_data *frame, const zend_op *opline, HashTable *ht, zval *value)
{
    zval *element = opline[1].op1_type == IS_VAR && !PZVAL_IS_REF(value)
        ? (Z_ADDREF_P(value), value) : vm_counted_value(opline[1].op1_type == IS_VAR ? IS_CV
            : opline[1].op1_type, value);

    if (zend_hash_next_index_insert(ht, &element, sizeof(zval *), NULL) == FAILURE) {
        zval_ptr_dtor(&element);
        zend_error(E_WARNING,
            "Cannot add element to the array as the next element is already occupied");
        vm_set_assigned(frame, opline, &EG(uninitialized_zval));
        return;
    }
    vm_set_assigned(frame, opline, element);
}

static void vm_assign_dim_slow(zend_execute_data *frame, const zend_op *opline, zval **container,
    zval *offset, zval *value)
{
    temp_variable element;
    zval **place;

    if (Z_TYPE_PP(container) == IS_OBJECT) {
        vm_assign_object_dim(frame, opline, *container, offset, value);
        return;
    }
    if (Z_TYPE_PP(container) == IS_STRING && Z_STRLEN_PP(container) != 0) {
        vm_assign_string_offset(frame, opline, container, offset, value);
        if (opline[1].op1_type == IS_TMP_VAR) {
            zval_dtor(value);
        }
        return;
    }
    vm_fetch_dim_into(&element, container, offset, opline->op2_type, BP_VAR_W);
    place = vm_place(&element);
    if (*place == &EG(error_zval)) {
        if (opline[1].op1_type == IS_TMP_VAR) {
            zval_dtor(value);
        }
        vm_set_assigned(frame, opline, &EG(uninitialized_zval));
        return;
    }
    vm_assign_by_kind(place, value, opline[1].op1_type);
    vm_set_assigned(frame, opline, *place);
}

void vm_assign_dim(zend_execute_data *frame, const zend_op *opline, zval *offset, zval *value)
{
    zend_uchar kind = opline[1].op1_type;
    zval **container = vm_write_operand(opline->op1_type, opline, opline->op1, frame, false);

    if (ZEND_UNLIKELY(!container)) {
        vm_no_place("Cannot use string offset as an array");
    }
    if (ZEND_LIKELY(Z_TYPE_PP(container) == IS_ARRAY)) {
        HashTable *ht;

        if (ZEND_UNLIKELY((kind == IS_CV || kind == IS_VAR) && value == *container)) {
            /* An array put into itself: what is put in is the array as it was. */
            vm_assign_dim_slow(frame, opline, container, offset, value);
        } else {
            SEPARATE_ZVAL_IF_NOT_REF(container);
            ht = Z_ARRVAL_PP(container);
            if (!offset) {
                vm_append(frame, opline, ht, value);
            } else if (ZEND_LIKELY(Z_TYPE_P(offset) == IS_LONG || Z_TYPE_P(offset) == IS_STRING)) {
                zval **place = vm_element_place_of(*container, ht, offset, BP_VAR_W);

                if (ZEND_LIKELY(Z_TYPE_PP(place) <= IS_BOOL)
                        && (kind == IS_TMP_VAR || kind == IS_CONST)
                        && ZEND_LIKELY(Z_REFCOUNT_PP(place) == 1 || PZVAL_IS_REF(*place))) {
                    ZVAL_COPY_VALUE(*place, value);
                    if (kind == IS_CONST) {
                        zval_copy_ctor(*place);
                    }
                    vm_set_assigned(frame, opline, *place);
                } else {
                    /* The old value's destructor must find the array settled. */
                    if (!(opline->result_type & (EXT_TYPE_UNUSED | IS_UNUSED))) {
                        zval *array = *container;

                        Z_ADDREF_P(array);
                        vm_assign_by_kind(place, value, kind);
                        if (Z_REFCOUNT_P(array) > 1) {
                            vm_set_assigned(frame, opline, *place);
                        } else {
                            vm_set_assigned(frame, opline, &EG(uninitialized_zval));
                        }
                        zval_ptr_dtor(&array);
                    } else {
                        vm_assign_by_kind(place, value, kind);
                    }
                }
            } else {
                vm_assign_dim_slow(frame, opline, container, offset, value);
            }
        }
    } else {
        vm_assign_dim_slow(frame, opline, container, offset, value);
    }
    if (kind == IS_VAR) {
        zval_ptr_dtor(&VM_SLOT(frame, opline[1].op1)->var.ptr);
    }
    vm_free_written(opline->op1_type, opline->op1, frame);
}

/* --- Unset and isset -------------------------------------------------------------------------- */

void vm_unset_dim(zend_execute_data *frame, const zend_op *opline, zval *offset)
{
    zval **container;
    vm_key key;

    if (opline->op1_type == IS_CV && !*VM_CV(frame, opline->op1)
            && !vm_undefined_cv_quiet(frame, opline->op1)) {
        return;
    }
    container = vm_write_operand(opline->op1_type, opline, opline->op1, frame, false);
    if (!container) {
        vm_no_place(opline->op1_type == IS_UNUSED ? "Using $this when not in object context"
            : "Cannot unset string offsets");
    }
    switch (Z_TYPE_PP(container)) {
        case IS_ARRAY:
            SEPARATE_ZVAL_IF_NOT_REF(container);
            if (!vm_make_key(&key, offset)) {
                zend_error(E_WARNING, "Illegal offset type in unset");
            } else if (key.string) {
                zval *array = *container;

                Z_ADDREF_P(array);
                zend_hash_quick_del(Z_ARRVAL_P(array), key.string, key.length, key.h);
                zval_ptr_dtor(&array);
            } else {
                zval *array = *container;

                Z_ADDREF_P(array);
                zend_hash_index_del(Z_ARRVAL_P(array), (ulong) key.index);
                zval_ptr_dtor(&array);
            }
            break;
        case IS_OBJECT: {
            zval *object = *container;
            zval *real;

            if (!Z_OBJ_HT_P(object)->unset_dimension) {
                zend_error_noreturn(E_ERROR, "Cannot use object as array");
            }
            real = vm_real_zval(offset, opline->op2_type);
            Z_ADDREF_P(object);
            Z_OBJ_HT_P(object)->unset_dimension(object, real);
            zval_ptr_dtor(&real);
            zval_ptr_dtor(&object);
            break;
        }
        case IS_STRING:
            zend_error_noreturn(E_ERROR, "Cannot unset string offsets");
        default:
            break;
    }
}

static bool vm_isset_string_offset(zval *container, zval *offset, bool check_empty)
{
    long index;

    if (Z_TYPE_P(offset) == IS_STRING) {
        if (is_numeric_string(Z_STRVAL_P(offset), Z_STRLEN_P(offset), &index, NULL, 0)
                != IS_LONG) {
            return check_empty;
        }
    } else if (Z_TYPE_P(offset) <= IS_BOOL) {
        index = zend_zval_get_long(offset);
    } else {
        return check_empty;
    }
    if (index < 0 || index >= Z_STRLEN_P(container)) {
        return check_empty;
    }
    return check_empty ? Z_STRVAL_P(container)[index] == '0' : true;
}

bool vm_isset_dim(zval *container, zval *offset, zend_uchar offset_kind, bool check_empty)
{
    if (container && Z_TYPE_P(container) == IS_ARRAY) {
        vm_key key;
        zval **element;

        if (!vm_make_key(&key, offset)) {
            zend_error(E_WARNING, "Illegal offset type in isset or empty");
            return check_empty;
        }
        element = vm_find(Z_ARRVAL_P(container), &key);
        if (!element) {
            return check_empty;
        }
        return check_empty ? !i_zend_is_true(*element) : Z_TYPE_PP(element) != IS_NULL;
    }
    if (container && Z_TYPE_P(container) == IS_OBJECT) {
        zval *key;
        int found;

        if (!Z_OBJ_HT_P(container)->has_dimension) {
            zend_error_noreturn(E_ERROR, "Cannot use object as array");
        }
        key = vm_real_zval(offset, offset_kind);
        Z_ADDREF_P(container);
        found = Z_OBJ_HT_P(container)->has_dimension(container, key, check_empty);
        zval_ptr_dtor(&key);
        zval_ptr_dtor(&container);
        return check_empty ? !found : found;
    }
    if (container && Z_TYPE_P(container) == IS_STRING) {
        return vm_isset_string_offset(container, offset, check_empty);
    }
    return check_empty;
}
