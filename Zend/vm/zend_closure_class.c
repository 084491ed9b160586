/* SPDX-License-Identifier: MIT */
/*
 * The class Closure: its methods, and the handlers by which closures differ from other objects.
 * They have no properties, call their function, and show what they are made of in var_dump().
 */
#include <string.h>

#include "object/zend_class.h"
#include "object/zend_interfaces.h"
#include "object/zend_std_handlers.h"
#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "vm/zend_closures_internal.h"
#include "vm/zend_execute.h"

zend_class_entry *zend_ce_closure;
zend_object_handlers zend_closure_handlers;

/* --- __invoke --------------------------------------------------------------------------------- */

/* What a frame has as its function once its trampoline is freed. */
static zend_internal_function zend_spent_invoke = {
    .type = ZEND_INTERNAL_FUNCTION, .fn_flags = ZEND_ACC_PUBLIC,
    .function_name = ZEND_INVOKE_FUNC_NAME};

static void zend_closure_invoke(INTERNAL_FUNCTION_PARAMETERS)
{
    zend_execute_data *frame = EG(current_execute_data);
    zend_function *trampoline = frame->func;
    zend_closure *closure = zend_object_store_get_object(getThis());
    zval ***places = safe_emalloc(MAX(frame->num_args, 1), sizeof(zval **), 0);
    zval *result = NULL;

    for (zend_uint number = 0; number < frame->num_args; number++) {
        places[number] = &frame->arguments[number];
    }
    if (zend_vm_call_function(&closure->func, closure->this_ptr, closure->this_ptr
            ? Z_OBJCE_P(closure->this_ptr) : closure->func.common.scope, frame->num_args, places,
            &result, 1) == FAILURE) {
        RETVAL_FALSE;
    } else if (result) {
        zval_ptr_dtor(return_value_ptr);
        *return_value_ptr = result;
    }
    efree(places);
    if (trampoline->common.fn_flags & ZEND_ACC_CALL_VIA_HANDLER) {
        frame->func = (zend_function *) &zend_spent_invoke;
        zend_free_call_trampoline(trampoline);
    }
}

zend_function *zend_get_closure_invoke_method(zval *obj)
{
    const zend_closure *closure = zend_object_store_get_object(obj);
    const zend_uint kept =
        ZEND_ACC_RETURN_REFERENCE | ZEND_ACC_HAS_BY_REF | ZEND_ACC_VARIADIC;
    zend_internal_function *invoke = emalloc_size(sizeof(zend_internal_function));

    memset(invoke, 0, sizeof(*invoke));
    invoke->type = ZEND_INTERNAL_FUNCTION;
    invoke->fn_flags =
        ZEND_ACC_PUBLIC | ZEND_ACC_CALL_VIA_HANDLER | (closure->func.common.fn_flags & kept);
    invoke->function_name = estrdup(ZEND_INVOKE_FUNC_NAME);
    invoke->scope = zend_ce_closure;
    invoke->num_args = closure->func.common.num_args;
    invoke->required_num_args = closure->func.common.required_num_args;
    invoke->arg_info = closure->func.common.arg_info;
    invoke->handler = zend_closure_invoke;
    return (zend_function *) invoke;
}

static zend_function *zend_closure_get_method(zval **object, char *method_name, int method_len,
    const zend_literal *key)
{
    const zend_closure *closure = zend_object_store_get_object(*object);

    if (closure->func.type && method_len == sizeof(ZEND_INVOKE_FUNC_NAME) - 1
            && zend_binary_strcasecmp(method_name, (uint) method_len,
                ZEND_STRL(ZEND_INVOKE_FUNC_NAME)) == 0) {
        return zend_get_closure_invoke_method(*object);
    }
    return zend_std_get_method(object, method_name, method_len, key);
}

static int zend_closure_get_closure(zval *object, zend_class_entry **ce, zend_function **function,
    zval **this_ptr)
{
    zend_closure *closure;

    if (Z_TYPE_P(object) != IS_OBJECT) {
        return FAILURE;
    }
    closure = zend_object_store_get_object(object);
    if (!closure->func.type) {
        return FAILURE; /* an object that `new` left behind when its error was handled */
    }
    *function = &closure->func;
    *ce = closure->this_ptr ? Z_OBJCE_P(closure->this_ptr) : closure->func.common.scope;
    if (this_ptr) {
        *this_ptr = closure->this_ptr;
    }
    return SUCCESS;
}

/* --- Binding ---------------------------------------------------------------------------------- */

/* The class that the argument newscope means; false after a warning. */
static bool zend_closure_find_scope(const zend_closure *closure, zval *scope,
    zend_class_entry **found)
{
    zend_class_entry **ce;
    zval name;

    if (Z_TYPE_P(scope) == IS_OBJECT && Z_OBJ_HT_P(scope)->get_class_entry) {
        *found = Z_OBJCE_P(scope);
        return true;
    }
    if (Z_TYPE_P(scope) == IS_NULL) {
        *found = NULL;
        return true;
    }
    INIT_PZVAL_COPY(&name, scope);
    zval_copy_ctor(&name);
    convert_to_string(&name);
    if (strcmp(Z_STRVAL(name), "static") == 0) {
        *found = closure->func.common.scope;
    } else if (zend_lookup_class_ex(Z_STRVAL(name), Z_STRLEN(name), NULL, 1, &ce) == SUCCESS) {
        *found = *ce;
    } else {
        zend_error(E_WARNING, "Class '%s' not found", Z_STRVAL(name));
        zval_dtor(&name);
        return false;
    }
    zval_dtor(&name);
    return true;
}

/* bindTo(), and as the static method bind() with the closure as its first argument. */
PHP_METHOD(Closure, bindTo)
{
    zval *object;
    zval *new_this;
    zval *new_scope = NULL;
    zend_closure *closure;
    zend_class_entry *scope;

    if (zend_parse_method_parameters(ZEND_NUM_ARGS(), getThis(), "Oo!|z", &object,
            zend_ce_closure, &new_this, &new_scope) == FAILURE) {
        RETURN_NULL();
    }
    closure = zend_object_store_get_object(object);
    if (!closure->func.type) {
        RETURN_NULL();
    }
    if (new_this && (closure->func.common.fn_flags & ZEND_ACC_STATIC)) {
        zend_error(E_WARNING, "Cannot bind an instance to a static closure");
    }
    scope = closure->func.common.scope;
    if (new_scope && !zend_closure_find_scope(closure, new_scope, &scope)) {
        RETURN_NULL();
    }
    zend_create_closure(return_value, &closure->func, scope, new_this);
}

PHP_METHOD(Closure, __construct)
{
    zend_error(E_RECOVERABLE_ERROR, "Instantiation of 'Closure' is not allowed");
}

/* --- No properties ---------------------------------------------------------------------------- */

static zend_function *zend_closure_get_constructor(zval *object)
{
    zend_error(E_RECOVERABLE_ERROR, "Instantiation of 'Closure' is not allowed");
    return NULL;
}

static void zend_closure_refuse_property(void)
{
    zend_error(E_RECOVERABLE_ERROR, "Closure object cannot have properties");
}

static zval *zend_closure_read_property(zval *object, zval *member, int type,
    const zend_literal *key)
{
    zend_closure_refuse_property();
    return EG(uninitialized_zval_ptr);
}

static void zend_closure_write_property(zval *object, zval *member, zval *value,
    const zend_literal *key)
{
    zend_closure_refuse_property();
}

static zval **zend_closure_get_property_ptr_ptr(zval *object, zval *member, int type,
    const zend_literal *key)
{
    /* The caller then reads and writes, which complain. */
    return NULL;
}

static int zend_closure_has_property(zval *object, zval *member, int check_empty,
    const zend_literal *key)
{
    if (check_empty != 2) {
        zend_closure_refuse_property();
    }
    return 0;
}

static void zend_closure_unset_property(zval *object, zval *member, const zend_literal *key)
{
    zend_closure_refuse_property();
}

/* --- Other handlers --------------------------------------------------------------------------- */

static int zend_closure_compare_objects(zval *o1, zval *o2)
{
    return Z_OBJ_HANDLE_P(o1) != Z_OBJ_HANDLE_P(o2);
}

static zend_object_value zend_closure_clone(zval *object)
{
    zend_closure *closure = zend_object_store_get_object(object);
    zval copy;

    zend_create_closure(&copy, &closure->func, closure->func.common.scope, closure->this_ptr);
    return Z_OBJVAL(copy);
}

static HashTable *zend_closure_get_gc(zval *object, zval ***table, int *n)
{
    zend_closure *closure = zend_object_store_get_object(object);

    *table = closure->this_ptr ? &closure->this_ptr : NULL;
    *n = closure->this_ptr ? 1 : 0;
    return closure->func.type == ZEND_USER_FUNCTION ? closure->func.op_array.static_variables
                                                    : NULL;
}

/* --- What var_dump() shows -------------------------------------------------------------------- */

static zval *zend_closure_describe_parameters(const zend_function *function)
{
    zend_uint count = function->common.num_args
        + (function->common.fn_flags & ZEND_ACC_VARIADIC ? 1 : 0);
    zval *list;

    MAKE_STD_ZVAL(list);
    array_init(list);
    for (zend_uint number = 0; number < count; number++) {
        const zend_arg_info *info = &function->common.arg_info[number];
        char *name;
        int length;

        if (info->name) {
            length = zend_spprintf(&name, 0, "%s$%s", info->pass_by_reference ? "&" : "",
                info->name);
        } else {
            length = zend_spprintf(&name, 0, "%s$param%u", info->pass_by_reference ? "&" : "",
                number + 1);
        }
        add_assoc_string_ex(list, name, (uint) length + 1,
            number >= function->common.required_num_args ? "<optional>" : "<required>", 1);
        efree(name);
    }
    return list;
}

static void zend_closure_describe(const zend_closure *closure, HashTable *info)
{
    zval *part;

    if (closure->func.type == ZEND_USER_FUNCTION && closure->func.op_array.static_variables) {
        MAKE_STD_ZVAL(part);
        array_init(part);
        zend_hash_copy(Z_ARRVAL_P(part), closure->func.op_array.static_variables,
            (copy_ctor_func_t) zval_add_ref, NULL, sizeof(zval *));
        zend_hash_update(info, "static", sizeof("static"), &part, sizeof(zval *), NULL);
    }
    if (closure->this_ptr) {
        part = closure->this_ptr;
        Z_ADDREF_P(part);
        zend_hash_update(info, "this", sizeof("this"), &part, sizeof(zval *), NULL);
    }
    if (closure->func.common.num_args || (closure->func.common.fn_flags & ZEND_ACC_VARIADIC)) {
        part = zend_closure_describe_parameters(&closure->func);
        zend_hash_update(info, "parameter", sizeof("parameter"), &part, sizeof(zval *), NULL);
    }
}

/* The table stays with the closure, and is filled anew unless a dump is walking over it. */
static HashTable *zend_closure_get_debug_info(zval *object, int *is_temp)
{
    zend_closure *closure = zend_object_store_get_object(object);

    *is_temp = 0;
    if (!closure->debug_info) {
        ALLOC_HASHTABLE(closure->debug_info);
        zend_hash_init(closure->debug_info, 1, NULL, ZVAL_PTR_DTOR, 0);
    } else if (closure->debug_info->nApplyCount == 0) {
        zend_hash_clean(closure->debug_info);
    }
    if (closure->debug_info->nApplyCount == 0 && closure->func.type) {
        zend_closure_describe(closure, closure->debug_info);
    }
    return closure->debug_info;
}

/* --- Registration ----------------------------------------------------------------------------- */

static const zend_function_entry zend_closure_functions[] = {
    PHP_ME(Closure, __construct, "", "Refuses: closures are made by function expressions.",
        ZEND_ACC_PRIVATE)
    ZEND_MALIAS(Closure, bind, bindTo, "$closure, $newthis, $newscope = 'static'",
        "Copies a closure with another $this and class scope.",
        ZEND_ACC_PUBLIC | ZEND_ACC_STATIC)
    PHP_ME(Closure, bindTo, "$newthis, $newscope = 'static'",
        "Copies the closure with another $this and class scope.", ZEND_ACC_PUBLIC)
    PHP_FE_END
};

void zend_register_closure_ce(void)
{
    zend_object_handlers *handlers = &zend_closure_handlers;
    zend_class_entry ce;

    INIT_CLASS_ENTRY(ce, "Closure", zend_closure_functions);
    zend_ce_closure = zend_register_internal_class(&ce);
    zend_ce_closure->ce_flags |= ZEND_ACC_FINAL_CLASS;
    zend_spent_invoke.scope = zend_ce_closure;
    zend_ce_closure->create_object = zend_closure_new;
    zend_ce_closure->serialize = zend_class_serialize_deny;
    zend_ce_closure->unserialize = zend_class_unserialize_deny;

    *handlers = *zend_get_std_object_handlers();
    handlers->get_constructor = zend_closure_get_constructor;
    handlers->get_method = zend_closure_get_method;
    handlers->read_property = zend_closure_read_property;
    handlers->write_property = zend_closure_write_property;
    handlers->get_property_ptr_ptr = zend_closure_get_property_ptr_ptr;
    handlers->has_property = zend_closure_has_property;
    handlers->unset_property = zend_closure_unset_property;
    handlers->compare_objects = zend_closure_compare_objects;
    handlers->clone_obj = zend_closure_clone;
    handlers->get_debug_info = zend_closure_get_debug_info;
    handlers->get_closure = zend_closure_get_closure;
    handlers->get_gc = zend_closure_get_gc;
}
