/* SPDX-License-Identifier: MIT */
/* $object->name: reading, writing, unset, isset, compound assignment and steps. */
#include "compile/zend_compile.h"
#include "object/zend_std_handlers_fast.h"
#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "vm/zend_vm_internal.h"
#include "vm/zend_vm_operands.h"

static void vm_require_this(zval *object)
{
    if (!object) {
        zend_error_noreturn(E_ERROR, "Using $this when not in object context");
    }
}

static const zend_literal *vm_name_literal(const zend_op *opline)
{
    return opline->op2_type == IS_CONST ? VM_LITERAL(opline, opline->op2) : NULL;
}

static void vm_set_result(zend_execute_data *frame, const zend_op *opline, zval *value)
{
    if (!(opline->result_type & (EXT_TYPE_UNUSED | IS_UNUSED))) {
        Z_ADDREF_P(value);
        vm_set_var(VM_SLOT(frame, opline->result), value);
    }
}

zval *vm_fetch_property_read(zval *object, zval *name, int type, const zend_literal *key,
    bool name_is_temporary)
{
    zval *value = NULL;
    zval *real_name;

    vm_require_this(object);
    if (Z_TYPE_P(object) != IS_OBJECT || !Z_OBJ_HT_P(object)->read_property) {
        if (type != BP_VAR_IS) {
            zend_error(E_NOTICE, "Trying to get property of non-object");
        }
        Z_ADDREF_P(&EG(uninitialized_zval));
        return &EG(uninitialized_zval);
    }
    real_name = key ? name : vm_real_zval(name, name_is_temporary ? IS_TMP_VAR : IS_CV);
    Z_ADDREF_P(object);
    value = Z_OBJ_HT_P(object)->read_property(object, real_name, type, key);
    Z_ADDREF_P(value);
    if (!key) {
        zval_ptr_dtor(&real_name);
    }
    zval_ptr_dtor(&object);
    return value;
}

static bool vm_is_empty_value(zval *value)
{
    return Z_TYPE_P(value) == IS_NULL || (Z_TYPE_P(value) == IS_BOOL && !Z_LVAL_P(value))
        || (Z_TYPE_P(value) == IS_STRING && Z_STRLEN_P(value) == 0);
}

/* The same for a property on the way to another one: without a warning. */
static bool vm_make_object_silently(zval **place)
{
    if (!vm_is_empty_value(*place)) {
        return false;
    }
    SEPARATE_ZVAL_IF_NOT_REF(place);
    zval_dtor(*place);
    object_init(*place);
    return true;
}

/* An empty value becomes an object when a property is written; false: it cannot. */
static bool vm_make_object(zval **place)
{
    if (vm_is_empty_value(*place)) {
        zval *object;

        SEPARATE_ZVAL_IF_NOT_REF(place);
        object = *place;
        Z_ADDREF_P(object);
        zend_error(E_WARNING, "Creating default object from empty value");
        if (Z_REFCOUNT_P(object) == 1) {
            /* The variable was unset by an error handler. */
            zval_ptr_dtor(&object);
            return false;
        }
        Z_DELREF_P(object);
        zval_dtor(object);
        object_init(object);
        return true;
    }
    return false;
}

static void vm_fetch_property_into(temp_variable *result, zval **container, zval *name, int type,
    const zend_literal *key, zend_uchar name_kind)
{
    zval *object = *container;
    zval *real_name;
    zval **place = NULL;

    if (Z_TYPE_P(object) != IS_OBJECT) {
        if (object == &EG(error_zval)) {
            vm_set_place(result, &EG(error_zval_ptr));
            return;
        }
        if (type == BP_VAR_UNSET || !vm_make_object_silently(container)) {
            zend_error(E_WARNING, "Attempt to modify property of non-object");
            vm_set_place(result, &EG(error_zval_ptr));
            return;
        }
        object = *container;
    }
    real_name = key ? name : vm_real_zval(name, name_kind);
    Z_ADDREF_P(object);
    if (Z_OBJ_HT_P(object)->get_property_ptr_ptr) {
        place = Z_OBJ_HT_P(object)->get_property_ptr_ptr(object, real_name, type, key);
    }
    if (place) {
        vm_set_place(result, place);
    } else if (Z_OBJ_HT_P(object)->read_property) {
        zval *value = Z_OBJ_HT_P(object)->read_property(object, real_name, type, key);

        if (!value) {
            zend_error_noreturn(E_ERROR, "Cannot access undefined property for object with "
                "overloaded property access");
        }
        Z_ADDREF_P(value);
        vm_set_var(result, value);
    } else {
        zend_error(E_WARNING, "This object doesn't support property references");
        vm_set_place(result, &EG(error_zval_ptr));
    }
    if (!key) {
        zval_ptr_dtor(&real_name);
    }
    if (Z_REFCOUNT_P(object) == 1 && result->var.ptr_ptr) {
        /* The object goes with our count: what was found must not go with it. */
        zval *value = *result->var.ptr_ptr;

        Z_ADDREF_P(value);
        vm_set_var(result, value);
    }
    zval_ptr_dtor(&object);
}

void vm_fetch_property_place(zend_execute_data *frame, const zend_op *opline, zval *name, int type)
{
    zval **container = vm_write_operand(opline->op1_type, opline, opline->op1, frame,
        type == BP_VAR_RW);
    temp_variable *result = VM_SLOT(frame, opline->result);
    zval *source = opline->op1_type == IS_VAR ? VM_SLOT(frame, opline->op1)->var.ptr : NULL;

    if (!container) {
        vm_require_this(opline->op1_type == IS_UNUSED ? NULL : name);
        vm_no_place("Cannot use string offset as an object");
    }
    vm_fetch_property_into(result, container, name, type, vm_name_literal(opline),
        opline->op2_type);
    if (source) {
        if (result->var.ptr_ptr && Z_REFCOUNT_P(source) == 1) {
            zval *value = *result->var.ptr_ptr;

            Z_ADDREF_P(value);
            vm_set_var(result, value);
        }
        zval_ptr_dtor(&source);
    }
    if ((opline->extended_value & ZEND_FETCH_MAKE_REF) && type == BP_VAR_W
            && result->var.ptr_ptr && *result->var.ptr_ptr != &EG(error_zval)) {
        vm_make_reference(result->var.ptr_ptr);
    }
}

/* --- Assignment ------------------------------------------------------------------------------- */

/* Releases the value operand of OP_DATA where it was not used. */
static void vm_drop_value(zend_execute_data *frame, const zend_op *data)
{
    vm_free_operand(data->op1_type, data->op1, frame);
}

void vm_assign_obj(zend_execute_data *frame, const zend_op *opline, zval *name, zval *value)
{
    const zend_op *data = opline + 1;
    const zend_literal *key = vm_name_literal(opline);
    zval **container = vm_write_operand(opline->op1_type, opline, opline->op1, frame, false);
    zval *object;
    zval *real_name;

    if (!container) {
        vm_require_this(opline->op1_type == IS_UNUSED ? NULL : name);
        vm_no_place("Cannot use string offset as an array");
    }
    if (Z_TYPE_PP(container) != IS_OBJECT) {
        if (*container == &EG(error_zval) || !vm_make_object(container)) {
            if (*container != &EG(error_zval)) {
                zend_error(E_WARNING, "Attempt to assign property of non-object");
            }
            vm_drop_value(frame, data);
            vm_set_result(frame, opline, &EG(uninitialized_zval));
            vm_free_written(opline->op1_type, opline->op1, frame);
            return;
        }
    }
    object = *container;
    if (key) {
        zval **slot = zend_cached_property(object, frame->run_time_cache + key->cache_slot);

        if (slot && (data->op1_type == IS_TMP_VAR || data->op1_type == IS_CONST)
                && Z_TYPE_PP(slot) <= IS_BOOL
                && (Z_REFCOUNT_PP(slot) == 1 || PZVAL_IS_REF(*slot))) {
            ZVAL_COPY_VALUE(*slot, value);
            if (data->op1_type == IS_CONST) {
                zval_copy_ctor(*slot);
            }
            vm_set_result(frame, opline, *slot);
            vm_free_written(opline->op1_type, opline->op1, frame);
            return;
        }
    }
    value = vm_counted_value(data->op1_type, value);
    real_name = key ? name : vm_real_zval(name, opline->op2_type);
    Z_ADDREF_P(object);
    if (Z_OBJ_HT_P(object)->write_property) {
        Z_OBJ_HT_P(object)->write_property(object, real_name, value, key);
    }
    if (!EG(exception)) {
        vm_set_result(frame, opline, value);
    }
    if (!key) {
        zval_ptr_dtor(&real_name);
    }
    zval_ptr_dtor(&value);
    zval_ptr_dtor(&object);
    vm_free_written(opline->op1_type, opline->op1, frame);
}

/* --- Read, change, write ---------------------------------------------------------------------- */

/* The object that op1 means, made of an empty value if need be: counted. NULL after a warning. */
static zval *vm_object_to_change(zend_execute_data *frame, const zend_op *opline,
    const char *refusal)
{
    zval **container = vm_write_operand(opline->op1_type, opline, opline->op1, frame, true);

    if (!container) {
        vm_require_this(opline->op1_type == IS_UNUSED ? NULL : &EG(uninitialized_zval));
        vm_no_place("Cannot use string offset as an object");
    }
    if (Z_TYPE_PP(container) != IS_OBJECT
            && (*container == &EG(error_zval) || !vm_make_object(container))) {
        zend_error(E_WARNING, "%s", refusal);
        return NULL;
    }
    Z_ADDREF_PP(container);
    return *container;
}

typedef struct _vm_change {
    vm_step_operator step;         /* or NULL: */
    vm_binary_operator operator;   /* with value */
    zval *value;
    zval *before; /* for post steps: gets a copy of the old value; or NULL */
} vm_change;

static void vm_apply_change(zval *target, vm_change *change)
{
    if (change->step) {
        change->step(target);
    } else {
        change->operator(target, target, change->value);
    }
}

static void vm_keep_before(zval *old, vm_change *change)
{
    if (change->before) {
        ZVAL_COPY_VALUE(change->before, old);
        zval_copy_ctor(change->before);
    }
}

/* The counted new value; NULL if the property could not be read. */
static zval *vm_change_property(zval *object, zval *name, const zend_literal *key,
    vm_change *change)
{
    const zend_object_handlers *handlers = Z_OBJ_HT_P(object);
    zval **place = handlers->get_property_ptr_ptr
        ? handlers->get_property_ptr_ptr(object, name, BP_VAR_RW, key) : NULL;
    zval *value;

    if (place) {
        if (*place == &EG(error_zval)) {
            return NULL;
        }
        SEPARATE_ZVAL_IF_NOT_REF(place);
        vm_keep_before(*place, change);
        value = *place;
        Z_ADDREF_P(value);
        vm_apply_change(value, change);
        return value;
    }
    if (!handlers->read_property || !handlers->write_property) {
        return NULL;
    }
    value = handlers->read_property(object, name, BP_VAR_R, key);
    if (!value) {
        return NULL;
    }
    if (Z_TYPE_P(value) == IS_OBJECT && Z_OBJ_HT_P(value)->get) {
        zval *inner = Z_OBJ_HT_P(value)->get(value);

        if (Z_REFCOUNT_P(value) == 0) {
            Z_ADDREF_P(value);
            zval_ptr_dtor(&value);
        }
        value = inner;
    }
    Z_ADDREF_P(value);
    vm_keep_before(value, change);
    if (change->before) {
        zval *own;

        ALLOC_ZVAL(own);
        INIT_PZVAL_COPY(own, value);
        zval_copy_ctor(own);
        zval_ptr_dtor(&value);
        value = own;
    } else {
        SEPARATE_ZVAL_IF_NOT_REF(&value);
    }
    vm_apply_change(value, change);
    if (!EG(exception)) {
        handlers->write_property(object, name, value, key);
    }
    return value;
}

/* Finds the object and does it. The counted new value, or NULL. */
static zval *vm_change_obj(zend_execute_data *frame, const zend_op *opline, zval *name,
    vm_change *change, const char *refusal)
{
    zval *object = vm_object_to_change(frame, opline, refusal);
    const zend_literal *key = vm_name_literal(opline);
    zval *real_name;
    zval *value;

    if (!object) {
        return NULL;
    }
    real_name = key ? name : vm_real_zval(name, opline->op2_type);
    value = vm_change_property(object, real_name, key, change);
    if (!key) {
        zval_ptr_dtor(&real_name);
    }
    zval_ptr_dtor(&object);
    return value;
}

static void vm_set_changed(zend_execute_data *frame, const zend_op *opline, zval *value)
{
    vm_set_result(frame, opline, value ? value : &EG(uninitialized_zval));
    if (value) {
        zval_ptr_dtor(&value);
    }
}

void vm_compound_assign_obj(zend_execute_data *frame, const zend_op *opline, zval *name,
    zval *value, vm_binary_operator operator)
{
    vm_change change = {NULL, operator, value, NULL};

    vm_set_changed(frame, opline, vm_change_obj(frame, opline, name, &change,
        "Attempt to assign property of non-object"));
}

#define VM_STEP_REFUSAL "Attempt to increment/decrement property of non-object"

void vm_pre_step_obj(zend_execute_data *frame, const zend_op *opline, zval *name,
    vm_step_operator step)
{
    vm_change change = {step, NULL, NULL, NULL};

    vm_set_changed(frame, opline, vm_change_obj(frame, opline, name, &change, VM_STEP_REFUSAL));
    vm_free_written(opline->op1_type, opline->op1, frame);
}

void vm_post_step_obj(zend_execute_data *frame, const zend_op *opline, zval *name,
    vm_step_operator step)
{
    zval before;
    vm_change change = {step, NULL, NULL, &before};
    zval *value;

    INIT_ZVAL(before);
    value = vm_change_obj(frame, opline, name, &change, VM_STEP_REFUSAL);
    if (value) {
        zval_ptr_dtor(&value);
    }
    if (opline->result_type & (EXT_TYPE_UNUSED | IS_UNUSED)) {
        zval_dtor(&before);
        ZVAL_NULL(&before);
    }
    ZVAL_COPY_VALUE(&VM_SLOT(frame, opline->result)->tmp_var, &before);
    vm_free_written(opline->op1_type, opline->op1, frame);
}

/* --- Unset and isset -------------------------------------------------------------------------- */

void vm_unset_property(zend_execute_data *frame, const zend_op *opline, zval *name)
{
    zval **container;
    const zend_literal *key = vm_name_literal(opline);

    if (opline->op1_type == IS_CV && !*VM_CV(frame, opline->op1)
            && !vm_undefined_cv_quiet(frame, opline->op1)) {
        return;
    }
    container = vm_write_operand(opline->op1_type, opline, opline->op1, frame, false);
    if (!container) {
        vm_require_this(opline->op1_type == IS_UNUSED ? NULL : name);
        return;
    }
    if (Z_TYPE_PP(container) == IS_OBJECT && Z_OBJ_HT_PP(container)->unset_property) {
        zval *object = *container;
        zval *real_name = key ? name : vm_real_zval(name, opline->op2_type);

        Z_ADDREF_P(object);
        Z_OBJ_HT_P(object)->unset_property(object, real_name, key);
        if (!key) {
            zval_ptr_dtor(&real_name);
        }
        zval_ptr_dtor(&object);
    } else if (Z_TYPE_PP(container) == IS_OBJECT) {
        zend_error(E_NOTICE, "Trying to unset property of non-object");
    }
}

bool vm_isset_property(zval *object, zval *name, bool check_empty, const zend_literal *key,
    bool name_is_temporary)
{
    zval *real_name;
    int found;

    vm_require_this(object);
    if (Z_TYPE_P(object) != IS_OBJECT || !Z_OBJ_HT_P(object)->has_property) {
        return check_empty;
    }
    real_name = key ? name : vm_real_zval(name, name_is_temporary ? IS_TMP_VAR : IS_CV);
    Z_ADDREF_P(object);
    found = Z_OBJ_HT_P(object)->has_property(object, real_name, check_empty, key);
    if (!key) {
        zval_ptr_dtor(&real_name);
    }
    zval_ptr_dtor(&object);
    return check_empty ? !found : found;
}
