/* SPDX-License-Identifier: MIT */
/*
 * Comparing the declarations of two methods, and showing one in an error's text.
 *
 * A method may replace another if every call that is right for the other is right for it: it
 * requires no more parameters, takes no fewer, with the same types and the same ways of passing,
 * and returns a reference if the other does.
 */
#include "object/zend_inheritance.h"

#include <string.h>

#include "zend_alloc.h"
#include "data/smart_str.h"
#include "object/zend_object_callbacks.h"
#include "runtime/zend_execute_API.h"
#include "runtime/zend_modules.h"
#include "value/zend_operators.h"
#include "value/zend_variables.h"

/* --- Comparing ---------------------------------------------------------------------------- */

/* Parameters, a variadic one counted too. */
static zend_uint zend_parameter_count(const zend_function *function)
{
    return function->common.num_args + (function->common.fn_flags & ZEND_ACC_VARIADIC ? 1 : 0);
}

/* The class that a hint names: self and parent stand for the class that declares the method. */
static void zend_resolve_class_hint(const zend_function *function, const zend_arg_info *arg,
    const char **name, zend_uint *length)
{
    const zend_class_entry *scope = function->common.scope;

    *name = arg->class_name;
    *length = arg->class_name_len;
    if (!scope) {
        return;
    }
    if (arg->class_name_len == 4 && strcasecmp(arg->class_name, "self") == 0) {
        *name = scope->name;
        *length = scope->name_length;
    } else if (arg->class_name_len == 6 && strcasecmp(arg->class_name, "parent") == 0
        && scope->parent) {
        *name = scope->parent->name;
        *length = scope->parent->name_length;
    }
}

/* Different names may still be one class: an alias. */
static bool zend_same_user_class(const char *name1, zend_uint length1, const char *name2,
    zend_uint length2)
{
    zend_class_entry **ce1;
    zend_class_entry **ce2;

    return zend_lookup_class(name1, (int) length1, &ce1) == SUCCESS
        && zend_lookup_class(name2, (int) length2, &ce2) == SUCCESS && *ce1 == *ce2
        && (*ce1)->type != ZEND_INTERNAL_CLASS;
}

static bool zend_same_class_hint(const zend_function *method, const zend_arg_info *arg,
    const zend_function *prototype, const zend_arg_info *proto_arg)
{
    const char *name;
    const char *proto_name;
    zend_uint length;
    zend_uint proto_length;

    if (!arg->class_name || !proto_arg->class_name) {
        return !arg->class_name && !proto_arg->class_name;
    }
    zend_resolve_class_hint(method, arg, &name, &length);
    zend_resolve_class_hint(prototype, proto_arg, &proto_name, &proto_length);
    if (zend_binary_strcasecmp(name, length, proto_name, proto_length) == 0) {
        return true;
    }
    return method->type == ZEND_USER_FUNCTION
        && zend_same_user_class(name, length, proto_name, proto_length);
}

static bool zend_parameters_agree(const zend_function *method, const zend_function *prototype)
{
    zend_uint proto_count = zend_parameter_count(prototype);
    zend_uint count = proto_count;
    zend_uint i;

    if (prototype->common.fn_flags & ZEND_ACC_VARIADIC) {
        /* Further parameters of the method stand for variadic ones. */
        count = MAX(count, zend_parameter_count(method));
    }
    for (i = 0; i < count; i++) {
        const zend_arg_info *arg = &method->common.arg_info[i];
        const zend_arg_info *proto_arg = &prototype->common.arg_info[MIN(i, proto_count - 1)];
        if (!zend_same_class_hint(method, arg, prototype, proto_arg)
            || arg->type_hint != proto_arg->type_hint
            || arg->pass_by_reference != proto_arg->pass_by_reference) {
            return false;
        }
    }
    return true;
}

zend_bool zend_do_perform_implementation_check(const zend_function *method,
    const zend_function *prototype)
{
    if (!prototype
        || (prototype->common.type == ZEND_INTERNAL_FUNCTION
            && prototype->internal_function.entry
            && !prototype->internal_function.entry->signature)) {
        return 1;
    }
    /* Constructors are free, unless an interface or an abstract declaration binds them. */
    if ((method->common.fn_flags & ZEND_ACC_CTOR)
        && !(prototype->common.scope->ce_flags & ZEND_ACC_INTERFACE)
        && !(prototype->common.fn_flags & ZEND_ACC_ABSTRACT)) {
        return 1;
    }
    if (prototype->common.required_num_args < method->common.required_num_args
        || zend_parameter_count(prototype) > zend_parameter_count(method)) {
        return 0;
    }
    if ((prototype->common.fn_flags & ZEND_ACC_RETURN_REFERENCE)
        && !(method->common.fn_flags & ZEND_ACC_RETURN_REFERENCE)) {
        return 0;
    }
    if ((prototype->common.fn_flags & ZEND_ACC_VARIADIC)
        && !(method->common.fn_flags & ZEND_ACC_VARIADIC)) {
        return 0;
    }
    return zend_parameters_agree(method, prototype);
}

/* --- Showing ------------------------------------------------------------------------------ */

static void zend_append_default_string(smart_str *text, const char *value, int length)
{
    smart_str_appendc(text, '\'');
    smart_str_appendl(text, value, (size_t) MIN(length, 10));
    if (length > 10) {
        smart_str_appends(text, "...");
    }
    smart_str_appendc(text, '\'');
}

static void zend_append_default(smart_str *text, const zval *value)
{
    switch (Z_TYPE_P(value) & IS_CONSTANT_TYPE_MASK) {
        case IS_BOOL:
            smart_str_appends(text, Z_LVAL_P(value) ? "true" : "false");
            break;
        case IS_NULL:
            smart_str_appends(text, "NULL");
            break;
        case IS_STRING:
            zend_append_default_string(text, Z_STRVAL_P(value), Z_STRLEN_P(value));
            break;
        case IS_ARRAY:
            smart_str_appends(text, "Array");
            break;
        case IS_CONSTANT:
            smart_str_appendl(text, Z_STRVAL_P(value), (size_t) Z_STRLEN_P(value));
            break;
        case IS_CONSTANT_AST:
            smart_str_appends(text, "<expression>");
            break;
        default: {
            zval copy = *value;
            zval_copy_ctor(&copy);
            convert_to_string(&copy);
            smart_str_appendl(text, Z_STRVAL(copy), (size_t) Z_STRLEN(copy));
            zval_dtor(&copy);
        }
    }
}

static void zend_append_type_hint(smart_str *text, const zend_function *function,
    const zend_arg_info *arg)
{
    if (arg->class_name) {
        const char *name;
        zend_uint length;
        zend_resolve_class_hint(function, arg, &name, &length);
        smart_str_appendl(text, name, length);
        smart_str_appendc(text, ' ');
    } else if (arg->type_hint == IS_ARRAY) {
        smart_str_appends(text, "array ");
    } else if (arg->type_hint == IS_CALLABLE) {
        smart_str_appends(text, "callable ");
    }
}

static void zend_append_parameter(smart_str *text, const zend_function *function, zend_uint number)
{
    const zend_arg_info *arg = &function->common.arg_info[number - 1];

    zend_append_type_hint(text, function, arg);
    if (arg->pass_by_reference) {
        smart_str_appendc(text, '&');
    }
    if (arg->is_variadic) {
        smart_str_appends(text, "...");
    }
    smart_str_appendc(text, '$');
    if (arg->name) {
        smart_str_appendl(text, arg->name, arg->name_len);
    } else {
        smart_str_appends(text, "param");
        smart_str_append_unsigned(text, number - 1);
    }
    if (number > function->common.required_num_args && !arg->is_variadic) {
        const zval *value = zend_parameter_default(function, number);
        smart_str_appends(text, " = ");
        if (value) {
            zend_append_default(text, value);
        } else {
            smart_str_appends(text, "NULL");
        }
    }
}

char *zend_get_function_declaration(const zend_function *function)
{
    smart_str text = {0};
    zend_uint count = zend_parameter_count(function);
    zend_uint i;

    if (function->common.fn_flags & ZEND_ACC_RETURN_REFERENCE) {
        smart_str_appends(&text, "& ");
    }
    if (function->common.scope) {
        smart_str_appendl(&text, function->common.scope->name,
            function->common.scope->name_length);
        smart_str_appends(&text, "::");
    }
    smart_str_appends(&text, function->common.function_name);
    smart_str_appendc(&text, '(');
    for (i = 1; i <= count; i++) {
        if (i > 1) {
            smart_str_appends(&text, ", ");
        }
        zend_append_parameter(&text, function, i);
    }
    smart_str_appendc(&text, ')');
    smart_str_0(&text);
    return text.c;
}
