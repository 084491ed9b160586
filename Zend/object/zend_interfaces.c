/* SPDX-License-Identifier: MIT */
/*
 * The engine's own interfaces: registered, and what a class gets by implementing them. Calling a
 * method from C.
 */
#include "object/zend_interfaces.h"

#include <string.h>

#include "zend_alloc.h"
#include "data/smart_str.h"
#include "object/zend_class.h"
#include "object/zend_object_callbacks.h"
#include "object/zend_objects.h"
#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_globals.h"

zend_class_entry *zend_ce_traversable;
zend_class_entry *zend_ce_aggregate;
zend_class_entry *zend_ce_iterator;
zend_class_entry *zend_ce_arrayaccess;
zend_class_entry *zend_ce_serializable;
zend_class_entry *zend_standard_class_def;

/* --- Calling a method --------------------------------------------------------------------- */

static zend_function *zend_find_called_function(zend_class_entry *ce, const char *name, int length)
{
    HashTable *table = ce ? &ce->function_table : EG(function_table);
    zend_function *function;

    if (zend_hash_find(table, name, (uint) length + 1, (void **) &function) == FAILURE) {
        zend_error_noreturn(E_CORE_ERROR, "Couldn't find implementation for method %s%s%s",
            ce ? ce->name : "", ce ? "::" : "", name);
    }
    return function;
}

/* For late static binding. */
static zend_class_entry *zend_called_scope(zval *object, zend_class_entry *ce)
{
    zend_class_entry *running;

    if (object) {
        return Z_OBJCE_P(object);
    }
    running = EG(current_execute_data) ? EG(current_execute_data)->called_scope : NULL;
    if (ce && !(running && instanceof_function(running, ce))) {
        return ce;
    }
    return running;
}

zval *zend_call_method(zval **object_pp, zend_class_entry *obj_ce, zend_function **fn_proxy,
    const char *function_name, int function_name_len, zval **retval_ptr_ptr, int param_count,
    zval *arg1, zval *arg2)
{
    zval *object = object_pp ? *object_pp : NULL;
    zend_function *function = fn_proxy ? *fn_proxy : NULL;
    zend_class_entry *called_scope;
    zval **params[2] = {&arg1, &arg2};
    zval *result = NULL;

    if (retval_ptr_ptr) {
        *retval_ptr_ptr = NULL;
    }
    if (ZEND_UNLIKELY(EG(exception) != NULL)) {
        return NULL;
    }
    if (!function) {
        if (!obj_ce && object) {
            obj_ce = Z_OBJCE_P(object);
        }
        function = zend_find_called_function(obj_ce, function_name, function_name_len);
        if (fn_proxy) {
            *fn_proxy = function;
        }
    }
    called_scope = zend_called_scope(object, obj_ce);
    zend_vm_call_function(function, function->common.fn_flags & ZEND_ACC_STATIC ? NULL : object,
        called_scope, (zend_uint) param_count, params, &result, 0);
    if (retval_ptr_ptr) {
        *retval_ptr_ptr = result;
        return result;
    }
    if (result) {
        zval_ptr_dtor(&result);
    }
    return NULL;
}

/* --- Traversable, Iterator, IteratorAggregate --------------------------------------------- */

static int zend_implement_traversable(zend_class_entry *interface, zend_class_entry *class_type)
{
    zend_uint i;

    if (class_type->get_iterator || (class_type->parent && class_type->parent->get_iterator)) {
        return SUCCESS;
    }
    for (i = 0; i < class_type->num_interfaces; i++) {
        if (class_type->interfaces[i] == zend_ce_aggregate
            || class_type->interfaces[i] == zend_ce_iterator) {
            return SUCCESS;
        }
    }
    zend_error_noreturn(E_CORE_ERROR,
        "Class %s must implement interface %s as part of either %s or %s", class_type->name,
        zend_ce_traversable->name, zend_ce_iterator->name, zend_ce_aggregate->name);
}

/* A parent's own way to iterate stays when the interface comes from that parent too. */
static bool zend_keeps_parents_iterator(const zend_class_entry *class_type,
    const zend_class_entry *interface)
{
    return class_type->parent && class_type->get_iterator == class_type->parent->get_iterator
        && instanceof_function_ex(class_type->parent, interface, 1);
}

static ZEND_COLD ZEND_NORETURN void zend_both_interfaces_error(const zend_class_entry *class_type,
    const zend_class_entry *interface, const zend_class_entry *other)
{
    zend_error_noreturn(E_ERROR, "Class %s cannot implement both %s and %s at the same time",
        class_type->name, interface->name, other->name);
}

static int zend_implement_aggregate(zend_class_entry *interface, zend_class_entry *class_type)
{
    if (class_type->get_iterator && class_type->get_iterator != zend_user_it_get_new_iterator) {
        if (class_type->type == ZEND_INTERNAL_CLASS
            || zend_keeps_parents_iterator(class_type, interface)) {
            return SUCCESS;
        }
        if (instanceof_function_ex(class_type, zend_ce_iterator, 1)) {
            zend_both_interfaces_error(class_type, interface, zend_ce_iterator);
        }
    }
    class_type->iterator_funcs.zf_new_iterator = NULL;
    class_type->get_iterator = zend_user_it_get_new_iterator;
    return SUCCESS;
}

static int zend_implement_iterator(zend_class_entry *interface, zend_class_entry *class_type)
{
    if (class_type->get_iterator && class_type->get_iterator != zend_user_it_get_iterator) {
        if (class_type->type == ZEND_INTERNAL_CLASS
            || zend_keeps_parents_iterator(class_type, interface)) {
            return SUCCESS;
        }
        if (class_type->get_iterator == zend_user_it_get_new_iterator) {
            zend_both_interfaces_error(class_type, interface, zend_ce_aggregate);
        }
    }
    memset(&class_type->iterator_funcs, 0, sizeof(class_type->iterator_funcs));
    class_type->iterator_funcs.funcs = &zend_interface_iterator_funcs_iterator;
    class_type->get_iterator = zend_user_it_get_iterator;
    return SUCCESS;
}

/* --- Serializable ------------------------------------------------------------------------- */

static ZEND_COLD void zend_throw_about_class(const char *before, const zend_class_entry *ce,
    const char *after)
{
    smart_str message = {0};

    smart_str_appends(&message, before);
    smart_str_appends(&message, ce->name);
    smart_str_appends(&message, after);
    smart_str_0(&message);
    zend_throw_exception(NULL, message.c, 0);
    smart_str_free(&message);
}

int zend_user_serialize(zval *object, unsigned char **buffer, zend_uint *buf_len,
    zend_serialize_data *data)
{
    zend_class_entry *ce = Z_OBJCE_P(object);
    zval *result = NULL;
    bool is_null;
    int status = FAILURE;

    zend_call_method_with_0_params(&object, ce, &ce->serialize_func, "serialize", &result);
    is_null = result && Z_TYPE_P(result) == IS_NULL;
    if (result && !EG(exception) && Z_TYPE_P(result) == IS_STRING) {
        *buffer = (unsigned char *) estrndup(Z_STRVAL_P(result), (uint) Z_STRLEN_P(result));
        *buf_len = (zend_uint) Z_STRLEN_P(result);
        status = SUCCESS;
    }
    if (result) {
        zval_ptr_dtor(&result);
    }
    if (status == FAILURE && !is_null && !EG(exception)) {
        zend_throw_about_class("", ce, "::serialize() must return a string or NULL");
    }
    return status;
}

int zend_user_unserialize(zval **object, zend_class_entry *ce, const unsigned char *buf,
    zend_uint buf_len, zend_unserialize_data *data)
{
    zval *text;

    object_init_ex(*object, ce);
    MAKE_STD_ZVAL(text);
    ZVAL_STRINGL(text, (const char *) buf, buf_len, 1);
    zend_call_method_with_1_params(object, ce, &ce->unserialize_func, "unserialize", NULL, text);
    zval_ptr_dtor(&text);
    return EG(exception) ? FAILURE : SUCCESS;
}

int zend_class_serialize_deny(zval *object, unsigned char **buffer, zend_uint *buf_len,
    zend_serialize_data *data)
{
    zend_throw_about_class("Serialization of '", Z_OBJCE_P(object), "' is not allowed");
    return FAILURE;
}

int zend_class_unserialize_deny(zval **object, zend_class_entry *ce, const unsigned char *buf,
    zend_uint buf_len, zend_unserialize_data *data)
{
    zend_throw_about_class("Unserialization of '", ce, "' is not allowed");
    return FAILURE;
}

static int zend_implement_serializable(zend_class_entry *interface, zend_class_entry *class_type)
{
    if (class_type->parent && (class_type->parent->serialize || class_type->parent->unserialize)
        && !instanceof_function_ex(class_type->parent, zend_ce_serializable, 1)) {
        return FAILURE;
    }
    if (!class_type->serialize) {
        class_type->serialize = zend_user_serialize;
    }
    if (!class_type->unserialize) {
        class_type->unserialize = zend_user_unserialize;
    }
    return SUCCESS;
}

/* --- Registration ------------------------------------------------------------------------- */

static const zend_function_entry zend_traversable_methods[] = {
    PHP_FE_END
};

static const zend_function_entry zend_aggregate_methods[] = {
    PHP_ABSTRACT_ME(IteratorAggregate, getIterator, "", "Returns an iterator over the object.")
    PHP_FE_END
};

static const zend_function_entry zend_iterator_methods[] = {
    PHP_ABSTRACT_ME(Iterator, current, "", "Returns the current value.")
    PHP_ABSTRACT_ME(Iterator, next, "", "Moves on to the next value.")
    PHP_ABSTRACT_ME(Iterator, key, "", "Returns the key of the current value.")
    PHP_ABSTRACT_ME(Iterator, valid, "", "Tells whether there is a current value.")
    PHP_ABSTRACT_ME(Iterator, rewind, "", "Goes back to the first value.")
    PHP_FE_END
};

static const zend_function_entry zend_arrayaccess_methods[] = {
    PHP_ABSTRACT_ME(ArrayAccess, offsetExists, "$offset", "Tells whether an offset is set.")
    PHP_ABSTRACT_ME(ArrayAccess, offsetGet, "$offset", "Returns the value at an offset.")
    PHP_ABSTRACT_ME(ArrayAccess, offsetSet, "$offset, $value", "Sets the value at an offset.")
    PHP_ABSTRACT_ME(ArrayAccess, offsetUnset, "$offset", "Removes an offset.")
    PHP_FE_END
};

static const zend_function_entry zend_serializable_methods[] = {
    PHP_ABSTRACT_ME(Serializable, serialize, "", "Returns the object as a string.")
    PHP_ABSTRACT_ME(Serializable, unserialize, "$serialized", "Restores the object from a string.")
    PHP_FE_END
};

static zend_class_entry *zend_register_interface(const char *name,
    const zend_function_entry *methods,
    int (*gets_implemented)(zend_class_entry *interface, zend_class_entry *class_type))
{
    zend_class_entry template;
    zend_class_entry *ce;

    INIT_CLASS_ENTRY_EX(template, name, strlen(name), methods);
    ce = zend_register_internal_interface(&template);
    ce->interface_gets_implemented = gets_implemented;
    return ce;
}

void zend_register_interfaces(void)
{
    zend_ce_traversable = zend_register_interface("Traversable", zend_traversable_methods,
        zend_implement_traversable);
    zend_ce_aggregate = zend_register_interface("IteratorAggregate", zend_aggregate_methods,
        zend_implement_aggregate);
    zend_class_implements(zend_ce_aggregate, 1, zend_ce_traversable);
    zend_ce_iterator = zend_register_interface("Iterator", zend_iterator_methods,
        zend_implement_iterator);
    zend_class_implements(zend_ce_iterator, 1, zend_ce_traversable);
    zend_ce_arrayaccess = zend_register_interface("ArrayAccess", zend_arrayaccess_methods, NULL);
    zend_ce_serializable = zend_register_interface("Serializable", zend_serializable_methods,
        zend_implement_serializable);
}

void zend_register_standard_class(void)
{
    zend_class_entry template;

    INIT_CLASS_ENTRY(template, "stdClass", NULL);
    zend_standard_class_def = zend_register_internal_class(&template);
}
