/* SPDX-License-Identifier: MIT */
/* The beginning of a call: which function is meant, with which $this and which called class. */
#include <string.h>

#include "compile/zend_compile.h"
#include "object/zend_class.h"
#include "object/zend_std_handlers.h"
#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "vm/zend_closures.h"
#include "vm/zend_vm_call.h"
#include "vm/zend_vm_internal.h"
#include "vm/zend_vm_opcodes.h"

/* --- Functions by name ------------------------------------------------------------------------ */

zend_function *vm_lookup_function(zend_execute_data *frame, const zend_literal *name)
{
    const zend_literal *lower = name + 1;
    zend_function *function;

    if (zend_hash_quick_find(EG(function_table), Z_STRVAL(lower->constant),
            Z_STRLEN(lower->constant) + 1, lower->hash_value, (void **) &function) == FAILURE) {
        zend_error_noreturn(E_ERROR, "Call to undefined function %s()",
            Z_STRVAL(name->constant));
    }
    VM_CACHE_PTR(frame, lower->cache_slot, function);
    return function;
}

zend_function *vm_lookup_ns_function(zend_execute_data *frame, const zend_literal *name)
{
    zend_function *function;

    for (int form = 1; form <= 2; form++) {
        const zend_literal *lower = name + form;

        if (zend_hash_quick_find(EG(function_table), Z_STRVAL(lower->constant),
                Z_STRLEN(lower->constant) + 1, lower->hash_value, (void **) &function)
                == SUCCESS) {
            /* A function of the namespace may still be declared: the fallback is not kept. */
            if (form == 1) {
                VM_CACHE_PTR(frame, name[1].cache_slot, function);
            }
            return function;
        }
    }
    zend_error_noreturn(E_ERROR, "Call to undefined function %s()", Z_STRVAL(name->constant));
}

/* --- Method calls ----------------------------------------------------------------------------- */

static const char *vm_scope_name(const zend_function *function)
{
    return function->common.scope ? function->common.scope->name : "";
}

static void vm_non_static_call_check(zend_function *function, zval **object,
    zend_class_entry *ce)
{
    if (!*object) {
        if (function->common.fn_flags & ZEND_ACC_ALLOW_STATIC) {
            zend_error(E_STRICT, "Non-static method %s::%s() should not be called statically",
                vm_scope_name(function), function->common.function_name);
        } else {
            zend_error_noreturn(E_ERROR, "Non-static method %s::%s() cannot be called statically",
                vm_scope_name(function), function->common.function_name);
        }
    } else if (!instanceof_function(Z_OBJCE_P(*object), ce)) {
        if (function->common.fn_flags & ZEND_ACC_ALLOW_STATIC) {
            zend_error(E_DEPRECATED, "Non-static method %s::%s() should not be called statically, "
                "assuming $this from incompatible context", vm_scope_name(function),
                function->common.function_name);
        } else {
            zend_error_noreturn(E_ERROR, "Non-static method %s::%s() cannot be called statically, "
                "assuming $this from incompatible context", vm_scope_name(function),
                function->common.function_name);
        }
    }
}

static void vm_cache_method(zend_execute_data *frame, const zend_op *opline, zend_class_entry *ce,
    zend_function *method)
{
    if (opline->op2_type == IS_CONST && method->type <= ZEND_USER_FUNCTION
            && !(method->common.fn_flags & (ZEND_ACC_CALL_VIA_HANDLER | ZEND_ACC_CLOSURE))) {
        const zend_literal *name = VM_LITERAL(opline, opline->op2);

        VM_CACHE_PTR(frame, name->cache_slot, ce);
        VM_CACHE_PTR(frame, name->cache_slot + 1, method);
    }
}

void vm_init_method_call(zend_execute_data *frame, const zend_op *opline, zval *object, zval *name)
{
    zend_execute_data *call;
    zend_function *method;
    zend_class_entry *ce;
    zval *original = object;

    if (Z_TYPE_P(name) != IS_STRING) {
        if (EG(exception)) {
            return;
        }
        zend_error_noreturn(E_ERROR, "Method name must be a string");
    }
    if (!object) {
        zend_error_noreturn(E_ERROR, "Using $this when not in object context");
    }
    if (Z_TYPE_P(object) != IS_OBJECT) {
        if (EG(exception)) {
            return;
        }
        zend_error_noreturn(E_ERROR, "Call to a member function %s() on %s", Z_STRVAL_P(name),
            zend_get_type_by_const(Z_TYPE_P(object)));
    }
    if (!Z_OBJ_HT_P(object)->get_method) {
        zend_error_noreturn(E_ERROR, "Object does not support method calls");
    }
    ce = Z_OBJCE_P(object);
    method = Z_OBJ_HT_P(object)->get_method(&object, Z_STRVAL_P(name), Z_STRLEN_P(name),
        opline->op2_type == IS_CONST ? VM_LITERAL(opline, opline->op2) + 1 : NULL);
    if (!method) {
        if (EG(exception)) {
            return;
        }
        zend_error_noreturn(E_ERROR, "Call to undefined method %s::%s()", ce->name,
            Z_STRVAL_P(name));
    }
    if (object == original && Z_OBJCE_P(object) == ce) {
        vm_cache_method(frame, opline, ce, method);
    }
    call = vm_push_call(frame, method, opline->extended_value);
    call->called_scope = ce;
    if (!(method->common.fn_flags & ZEND_ACC_STATIC)) {
        vm_call_set_this(call, object);
    }
    if (method->common.fn_flags & ZEND_ACC_CLOSURE) {
        vm_call_hold_closure(call);
    }
}

static zend_function *vm_find_static_method(zend_execute_data *frame, const zend_op *opline,
    zend_class_entry *ce)
{
    zend_function *method;
    zval *name;

    if (opline->op2_type == IS_UNUSED) {
        if (!ce->constructor) {
            zend_error_noreturn(E_ERROR, "Cannot call constructor");
        }
        if (frame->this_object && Z_OBJCE_P(frame->this_object) != ce->constructor->common.scope
                && (ce->constructor->common.fn_flags & ZEND_ACC_PRIVATE)) {
            zend_error_noreturn(E_ERROR, "Cannot call private %s::__construct()", ce->name);
        }
        return ce->constructor;
    }
    name = vm_read_operand(opline->op2_type, opline, opline->op2, frame);
    if (Z_TYPE_P(name) != IS_STRING) {
        zend_error_noreturn(E_ERROR, "Function name must be a string");
    }
    method = ce->get_static_method
        ? ce->get_static_method(ce, Z_STRVAL_P(name), Z_STRLEN_P(name))
        : zend_std_get_static_method(ce, Z_STRVAL_P(name), Z_STRLEN_P(name),
            opline->op2_type == IS_CONST ? VM_LITERAL(opline, opline->op2) + 1 : NULL);
    if (!method && !EG(exception)) {
        zend_error_noreturn(E_ERROR, "Call to undefined method %s::%s()", ce->name,
            Z_STRVAL_P(name));
    }
    return method;
}

/* self::, parent:: and static:: pass on the called class. */
static bool vm_forwards_called_scope(const zend_op *opline, zend_execute_data *frame)
{
    zend_uint kind;

    if (opline->op1_type == IS_UNUSED) {
        kind = opline->op1.num & ZEND_FETCH_CLASS_MASK;
        return kind == ZEND_FETCH_CLASS_SELF || kind == ZEND_FETCH_CLASS_PARENT;
    }
    if (opline->op1_type == IS_VAR) {
        kind = VM_SLOT(frame, opline->op1)->var.fcall_returned_reference;
        return kind == ZEND_FETCH_CLASS_SELF || kind == ZEND_FETCH_CLASS_PARENT;
    }
    return false;
}

void vm_init_static_method_call(zend_execute_data *frame, const zend_op *opline)
{
    zend_class_entry *ce;
    zend_function *method = NULL;
    zend_execute_data *call;
    zval *object = NULL;

    ce = vm_operand_class(frame, opline, opline->op1_type, opline->op1);
    if (!ce) {
        return;
    }
    if (opline->op1_type == IS_CONST && opline->op2_type == IS_CONST) {
        const zend_literal *name = VM_LITERAL(opline, opline->op2);

        if (VM_CACHED_PTR(frame, name->cache_slot) == ce) {
            method = VM_CACHED_PTR(frame, name->cache_slot + 1);
        }
    }
    if (!method) {
        method = vm_find_static_method(frame, opline, ce);
        if (!method) {
            return;
        }
        if (opline->op1_type == IS_CONST) {
            vm_cache_method(frame, opline, ce, method);
        }
    }
    if (!(method->common.fn_flags & ZEND_ACC_STATIC)) {
        object = frame->this_object;
        vm_non_static_call_check(method, &object, ce);
        if (EG(exception)) {
            return;
        }
    }
    call = vm_push_call(frame, method, opline->extended_value);
    if (object) {
        vm_call_set_this(call, object);
    }
    if (vm_forwards_called_scope(opline, frame)) {
        call->called_scope = frame->this_object ? Z_OBJCE_P(frame->this_object)
            : frame->called_scope;
    } else {
        call->called_scope = ce;
    }
    if (object) {
        call->called_scope = Z_OBJCE_P(object);
    }
}

/* --- Dynamic calls ---------------------------------------------------------------------------- */

static void vm_init_call_by_string(zend_execute_data *frame, const zend_op *opline, zval *name)
{
    const char *text = Z_STRVAL_P(name);
    int length = Z_STRLEN_P(name);
    zend_function *function;
    char *lower;

    if (*text == '\\') {
        text++;
        length--;
    }
    lower = zend_str_tolower_dup(text, length);
    if (zend_hash_find(EG(function_table), lower, length + 1, (void **) &function) == FAILURE) {
        efree(lower);
        zend_error_noreturn(E_ERROR, "Call to undefined function %s()", Z_STRVAL_P(name));
    }
    efree(lower);
    vm_push_call(frame, function, opline->extended_value);
}

static void vm_init_call_by_object(zend_execute_data *frame, const zend_op *opline, zval *object)
{
    zend_class_entry *called_scope;
    zend_function *function;
    zval *bound;
    zend_execute_data *call;

    if (!Z_OBJ_HT_P(object)->get_closure || Z_OBJ_HT_P(object)->get_closure(object, &called_scope,
            &function, &bound) == FAILURE) {
        zend_error_noreturn(E_ERROR, "Function name must be a string");
    }
    call = vm_push_call(frame, function, opline->extended_value);
    call->called_scope = called_scope;
    if (bound && !(function->common.fn_flags & ZEND_ACC_STATIC)) {
        vm_call_set_this(call, bound);
    }
    if (function->common.fn_flags & ZEND_ACC_CLOSURE) {
        /* The closure must outlive its call, whatever happens to the variable. */
        vm_call_hold_closure(call);
    }
}

/* array(object or class name, method name) */
static void vm_init_call_by_array(zend_execute_data *frame, const zend_op *opline, zval *pair)
{
    zval **object = NULL;
    zval **name = NULL;
    zend_class_entry *ce;
    zend_function *method;
    zend_execute_data *call;
    zval *bound = NULL;

    zend_hash_index_find(Z_ARRVAL_P(pair), 0, (void **) &object);
    zend_hash_index_find(Z_ARRVAL_P(pair), 1, (void **) &name);
    if (Z_TYPE_PP(object) != IS_STRING && Z_TYPE_PP(object) != IS_OBJECT) {
        zend_error_noreturn(E_ERROR, "First array member is not a valid class name or object");
    }
    if (Z_TYPE_PP(name) != IS_STRING) {
        zend_error_noreturn(E_ERROR, "Second array member is not a valid method");
    }
    if (Z_TYPE_PP(object) == IS_STRING) {
        ce = zend_fetch_class_by_name(Z_STRVAL_PP(object), Z_STRLEN_PP(object), NULL, 0);
        if (!ce) {
            return;
        }
        method = ce->get_static_method
            ? ce->get_static_method(ce, Z_STRVAL_PP(name), Z_STRLEN_PP(name))
            : zend_std_get_static_method(ce, Z_STRVAL_PP(name), Z_STRLEN_PP(name), NULL);
    } else {
        bound = *object;
        ce = Z_OBJCE_P(bound);
        method = Z_OBJ_HT_P(bound)->get_method(&bound, Z_STRVAL_PP(name), Z_STRLEN_PP(name), NULL);
    }
    if (!method) {
        if (EG(exception)) {
            return;
        }
        zend_error_noreturn(E_ERROR, "Call to undefined method %s::%s()", ce->name,
            Z_STRVAL_PP(name));
    }
    if (method->common.fn_flags & ZEND_ACC_STATIC) {
        bound = NULL;
    } else if (Z_TYPE_PP(object) == IS_STRING) {
        vm_non_static_call_check(method, &bound, ce);
        if (EG(exception)) {
            return;
        }
    }
    call = vm_push_call(frame, method, opline->extended_value);
    call->called_scope = ce;
    if (bound) {
        vm_call_set_this(call, bound);
    }
}

void vm_init_dynamic_call(zend_execute_data *frame, const zend_op *opline)
{
    zval *callable = vm_read_operand(opline->op2_type, opline, opline->op2, frame);

    if (Z_TYPE_P(callable) == IS_STRING) {
        vm_init_call_by_string(frame, opline, callable);
    } else if (opline->op2_type != IS_CONST && Z_TYPE_P(callable) == IS_OBJECT) {
        zval *object = vm_real_zval(callable, opline->op2_type);

        vm_init_call_by_object(frame, opline, object);
        zval_ptr_dtor(&object);
    } else if (Z_TYPE_P(callable) == IS_ARRAY
            && zend_hash_num_elements(Z_ARRVAL_P(callable)) == 2
            && zend_hash_index_exists(Z_ARRVAL_P(callable), 0)
            && zend_hash_index_exists(Z_ARRVAL_P(callable), 1)) {
        vm_init_call_by_array(frame, opline, callable);
    } else if (!EG(exception)) {
        zend_error_noreturn(E_ERROR, "Function name must be a string");
    }
    vm_free_operand(opline->op2_type, opline->op2, frame);
}

/* --- new -------------------------------------------------------------------------------------- */

static void vm_refuse_instantiation(zend_class_entry *ce)
{
    if (ce->ce_flags & ZEND_ACC_INTERFACE) {
        zend_error_noreturn(E_ERROR, "Cannot instantiate interface %s", ce->name);
    } else if ((ce->ce_flags & ZEND_ACC_TRAIT) == ZEND_ACC_TRAIT) {
        zend_error_noreturn(E_ERROR, "Cannot instantiate trait %s", ce->name);
    } else {
        zend_error_noreturn(E_ERROR, "Cannot instantiate abstract class %s", ce->name);
    }
}

bool vm_new(zend_execute_data *frame, const zend_op *opline)
{
    zend_class_entry *ce = vm_operand_class(frame, opline, opline->op1_type, opline->op1);
    zend_function *constructor;
    zend_execute_data *call;
    zval *object;

    if (!ce) {
        return false;
    }
    if (ce->ce_flags & (ZEND_ACC_INTERFACE | ZEND_ACC_IMPLICIT_ABSTRACT_CLASS
            | ZEND_ACC_EXPLICIT_ABSTRACT_CLASS)
            || (ce->ce_flags & ZEND_ACC_TRAIT) == ZEND_ACC_TRAIT) {
        vm_refuse_instantiation(ce);
    }
    MAKE_STD_ZVAL(object);
    if (object_init_ex(object, ce) == FAILURE) {
        zval_ptr_dtor(&object);
        return false;
    }
    constructor = EG(exception) ? NULL : Z_OBJ_HT_P(object)->get_constructor(object);
    if (!constructor) {
        if (EG(exception) || opline->result_type & (EXT_TYPE_UNUSED | IS_UNUSED)) {
            zval_ptr_dtor(&object);
        } else {
            vm_set_var(VM_SLOT(frame, opline->result), object);
        }
        return false;
    }
    call = vm_push_call(frame, constructor, opline->extended_value);
    call->called_scope = Z_OBJCE_P(object);
    call->this_object = object;
    call->call_info |= ZEND_CALL_RELEASE_THIS | ZEND_CALL_CTOR;
    if (!(opline->result_type & (EXT_TYPE_UNUSED | IS_UNUSED))) {
        Z_ADDREF_P(object);
        vm_set_var(VM_SLOT(frame, opline->result), object);
    } else {
        call->call_info |= ZEND_CALL_CTOR_RESULT_UNUSED;
    }
    return true;
}
