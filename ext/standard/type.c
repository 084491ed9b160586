/* SPDX-License-Identifier: MIT */
/* What type a value has, and values of another type: gettype(), is_*(), intval() and kin. */
#include <string.h>

#include "ext/standard/basic_functions.h"

PHP_FUNCTION(gettype)
{
    zval **arg;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z", &arg) == FAILURE) {
        return;
    }
    switch (Z_TYPE_PP(arg)) {
        case IS_NULL:
            RETURN_STRING("NULL", 1);
        case IS_BOOL:
            RETURN_STRING("boolean", 1);
        case IS_LONG:
            RETURN_STRING("integer", 1);
        case IS_DOUBLE:
            RETURN_STRING("double", 1);
        case IS_STRING:
            RETURN_STRING("string", 1);
        case IS_ARRAY:
            RETURN_STRING("array", 1);
        case IS_OBJECT:
            RETURN_STRING("object", 1);
        case IS_RESOURCE:
            if (zend_rsrc_list_get_rsrc_type((int) Z_LVAL_PP(arg))) {
                RETURN_STRING("resource", 1);
            }
            RETURN_STRING("unknown type", 1);
        default:
            RETURN_STRING("unknown type", 1);
    }
}

typedef struct _type_name {
    const char *name;
    int type;
} type_name;

static const type_name type_names[] = {
    {"integer", IS_LONG}, {"int", IS_LONG}, {"float", IS_DOUBLE}, {"double", IS_DOUBLE},
    {"string", IS_STRING}, {"array", IS_ARRAY}, {"object", IS_OBJECT}, {"bool", IS_BOOL},
    {"boolean", IS_BOOL}, {"null", IS_NULL}, {NULL, 0},
};

PHP_FUNCTION(settype)
{
    zval **variable;
    char *name;
    int length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Zs", &variable, &name, &length) == FAILURE) {
        return;
    }
    for (const type_name *row = type_names; row->name; row++) {
        if (strcasecmp(name, row->name) == 0) {
            convert_to_type(*variable, row->type);
            RETURN_TRUE;
        }
    }
    php_error_docref(NULL, E_WARNING, strcasecmp(name, "resource") == 0
        ? "Cannot convert to resource type" : "Invalid type");
    RETURN_FALSE;
}

PHP_FUNCTION(intval)
{
    zval **number;
    long base = 10;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z|l", &number, &base) == FAILURE) {
        return;
    }
    RETVAL_ZVAL(*number, 1, 0);
    if (ZEND_NUM_ARGS() == 1 || Z_TYPE_P(return_value) != IS_STRING || base == 10) {
        convert_to_long(return_value);
    } else {
        convert_to_long_base(return_value, (int) base);
    }
}

static void convert_argument(INTERNAL_FUNCTION_PARAMETERS, int type)
{
    zval **value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z", &value) == FAILURE) {
        return;
    }
    RETVAL_ZVAL(*value, 1, 0);
    convert_to_type(return_value, type);
}

PHP_FUNCTION(floatval)
{
    convert_argument(INTERNAL_FUNCTION_PARAM_PASSTHRU, IS_DOUBLE);
}

PHP_FUNCTION(boolval)
{
    zval **value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z", &value) == FAILURE) {
        return;
    }
    RETURN_BOOL(zend_is_true(*value));
}

PHP_FUNCTION(strval)
{
    zval **value;
    zval copy;
    int use_copy;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z", &value) == FAILURE) {
        return;
    }
    zend_make_printable_zval(*value, &copy, &use_copy);
    if (use_copy) {
        RETVAL_ZVAL(&copy, 0, 0);
    } else {
        RETVAL_ZVAL(*value, 1, 0);
    }
}

static void check_type(INTERNAL_FUNCTION_PARAMETERS, int type)
{
    zval **arg;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z", &arg) == FAILURE) {
        RETURN_FALSE;
    }
    if (Z_TYPE_PP(arg) != type) {
        RETURN_FALSE;
    }
    if (type == IS_OBJECT) {
        RETURN_BOOL(strcmp(Z_OBJCE_PP(arg)->name, "__PHP_Incomplete_Class") != 0);
    }
    if (type == IS_RESOURCE) {
        RETURN_BOOL(zend_rsrc_list_get_rsrc_type((int) Z_LVAL_PP(arg)) != NULL);
    }
    RETURN_TRUE;
}

#define TYPE_CHECK(name, type) \
    PHP_FUNCTION(name) \
    { \
        check_type(INTERNAL_FUNCTION_PARAM_PASSTHRU, type); \
    }

TYPE_CHECK(is_null, IS_NULL)
TYPE_CHECK(is_bool, IS_BOOL)
TYPE_CHECK(is_long, IS_LONG)
TYPE_CHECK(is_float, IS_DOUBLE)
TYPE_CHECK(is_string, IS_STRING)
TYPE_CHECK(is_array, IS_ARRAY)
TYPE_CHECK(is_object, IS_OBJECT)
TYPE_CHECK(is_resource, IS_RESOURCE)

PHP_FUNCTION(is_numeric)
{
    zval **arg;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z", &arg) == FAILURE) {
        return;
    }
    if (Z_TYPE_PP(arg) == IS_STRING) {
        long lval;
        double dval;

        RETURN_BOOL(is_numeric_string(Z_STRVAL_PP(arg), Z_STRLEN_PP(arg), &lval, &dval, 0) != 0);
    }
    RETURN_BOOL(Z_TYPE_PP(arg) == IS_LONG || Z_TYPE_PP(arg) == IS_DOUBLE);
}

PHP_FUNCTION(is_scalar)
{
    zval **arg;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z", &arg) == FAILURE) {
        return;
    }
    RETURN_BOOL(Z_TYPE_PP(arg) == IS_BOOL || Z_TYPE_PP(arg) == IS_LONG
        || Z_TYPE_PP(arg) == IS_DOUBLE || Z_TYPE_PP(arg) == IS_STRING);
}

PHP_FUNCTION(is_callable)
{
    zval *value;
    zval **name_variable = NULL;
    zend_bool syntax_only = 0;
    char *name = NULL;
    char *error = NULL;
    zend_bool callable;
    int flags = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z|bZ", &value, &syntax_only, &name_variable)
            == FAILURE) {
        return;
    }
    if (syntax_only) {
        flags |= IS_CALLABLE_CHECK_SYNTAX_ONLY;
    }
    callable = zend_is_callable_ex(value, NULL, flags, name_variable ? &name : NULL, NULL, NULL,
        &error);
    if (name_variable) {
        zval_dtor(*name_variable);
        ZVAL_STRING(*name_variable, name, 0);
    }
    if (error) {
        efree(error); /* only a strict standards complaint */
    }
    RETURN_BOOL(callable);
}

static const zend_function_entry type_functions[] = {
    PHP_FE(gettype, "$var", "Names the type of a value.")
    PHP_FE(settype, "&$var, $type", "Converts a variable to a type given by name.")
    PHP_FE(intval, "$var, $base = 10", "The value as an integer.")
    PHP_FE(floatval, "$var", "The value as a floating point number.")
    PHP_FALIAS(doubleval, floatval, "$var", "The value as a floating point number.")
    PHP_FE(strval, "$var", "The value as a string.")
    PHP_FE(boolval, "$var", "The value as a boolean.")
    PHP_FE(is_null, "$var", "Is the value null?")
    PHP_FE(is_bool, "$var", "Is the value a boolean?")
    PHP_FE(is_long, "$var", "Is the value an integer?")
    PHP_FALIAS(is_int, is_long, "$var", "Is the value an integer?")
    PHP_FALIAS(is_integer, is_long, "$var", "Is the value an integer?")
    PHP_FE(is_float, "$var", "Is the value a floating point number?")
    PHP_FALIAS(is_double, is_float, "$var", "Is the value a floating point number?")
    PHP_FALIAS(is_real, is_float, "$var", "Is the value a floating point number?")
    PHP_FE(is_string, "$var", "Is the value a string?")
    PHP_FE(is_array, "$var", "Is the value an array?")
    PHP_FE(is_object, "$var", "Is the value an object?")
    PHP_FE(is_resource, "$var", "Is the value a resource that is open?")
    PHP_FE(is_numeric, "$value", "Is the value a number or a numeric string?")
    PHP_FE(is_scalar, "$value", "Is the value a boolean, number or string?")
    PHP_FE(is_callable, "$var, $syntax_only = false, &$callable_name = null",
        "Can the value be called?")
    PHP_FE_END
};

const php_standard_part standard_type_part = {type_functions, NULL, NULL, NULL, NULL, NULL};
