/* SPDX-License-Identifier: MIT */
<<<<<<< HEAD
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
=======
/* Types: what a value is (gettype(), is_int() ...) and making it another (settype(), intval()). */
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_var.h"

PHP_FUNCTION(gettype)
{
    zval *value;
    const char *name;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &value) == FAILURE) {
        return;
    }
    switch (Z_TYPE_P(value)) {
    case IS_NULL:
        name = "NULL";
        break;
    case IS_BOOL:
        name = "boolean";
        break;
    case IS_RESOURCE:
        name = zend_rsrc_list_get_rsrc_type((int) Z_RESVAL_P(value)) ? "resource"
                                                                   : "unknown type";
        break;
    default:
        name = zend_get_type_by_const(Z_TYPE_P(value));
        break;
    }
    RETURN_STRING(name, 1);
}

/* Names of types, and what converts to them. */
static const struct {
    const char *name;
    void (*convert)(zval *value);
} conversions[] = {
    {"integer", convert_to_long},
    {"int", convert_to_long},
    {"float", convert_to_double},
    {"double", convert_to_double},
    {"string", _convert_to_string},
    {"array", convert_to_array},
    {"object", convert_to_object},
    {"bool", convert_to_boolean},
    {"boolean", convert_to_boolean},
    {"null", convert_to_null},
>>>>>>> c90e6ea (Add the functions of values: dump, export, types, serialize and back)
};

PHP_FUNCTION(settype)
{
    zval **variable;
<<<<<<< HEAD
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
=======
    char *type;
    int type_length;
    size_t i;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Zs", &variable, &type, &type_length) == FAILURE) {
        return;
    }
    for (i = 0; i < sizeof(conversions) / sizeof(*conversions); i++) {
        if (strcasecmp(type, conversions[i].name) == 0) {
            if (conversions[i].convert != _convert_to_string
                || Z_TYPE_PP(variable) != IS_STRING) {
                conversions[i].convert(*variable);
            }
            RETURN_TRUE;
        }
    }
    if (strcasecmp(type, "resource") == 0) {
        php_error_docref(NULL, E_WARNING, "Cannot convert to resource type");
    } else {
        php_error_docref(NULL, E_WARNING, "Invalid type");
    }
>>>>>>> c90e6ea (Add the functions of values: dump, export, types, serialize and back)
    RETURN_FALSE;
}

PHP_FUNCTION(intval)
{
<<<<<<< HEAD
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
=======
    zval *value;
    long base = 10;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z|l", &value, &base) == FAILURE) {
        return;
    }
    if (Z_TYPE_P(value) != IS_STRING || ZEND_NUM_ARGS() == 1) {
        RETURN_LONG(zend_zval_get_long(value));
    }
    ZVAL_COPY_VALUE(return_value, value);
    zval_copy_ctor(return_value);
    convert_to_long_base(return_value, (int) base);
>>>>>>> c90e6ea (Add the functions of values: dump, export, types, serialize and back)
}

PHP_FUNCTION(floatval)
{
<<<<<<< HEAD
    convert_argument(INTERNAL_FUNCTION_PARAM_PASSTHRU, IS_DOUBLE);
=======
    zval *value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &value) == SUCCESS) {
        RETVAL_DOUBLE(zend_zval_get_double(value));
    }
>>>>>>> c90e6ea (Add the functions of values: dump, export, types, serialize and back)
}

PHP_FUNCTION(boolval)
{
<<<<<<< HEAD
    zval **value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z", &value) == FAILURE) {
        return;
    }
    RETURN_BOOL(zend_is_true(*value));
=======
    zval *value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &value) == SUCCESS) {
        RETVAL_BOOL(zval_is_true(value));
    }
>>>>>>> c90e6ea (Add the functions of values: dump, export, types, serialize and back)
}

PHP_FUNCTION(strval)
{
<<<<<<< HEAD
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
=======
    zval *value;
    zval copy;
    int use_copy = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &value) == FAILURE) {
        return;
    }
    zend_make_printable_zval(value, &copy, &use_copy);
    ZVAL_COPY_VALUE(return_value, use_copy ? &copy : value);
    if (!use_copy) {
        zval_copy_ctor(return_value);
    }
}

/* --- is_...() ------------------------------------------------------------------------------ */

static bool has_type(zval *value, int type)
{
    if (Z_TYPE_P(value) != type) {
        return false;
    }
    if (type == IS_OBJECT) {
        return strcmp(Z_OBJCE_P(value)->name, INCOMPLETE_CLASS) != 0;
    }
    return type != IS_RESOURCE
        || zend_rsrc_list_get_rsrc_type((int) Z_RESVAL_P(value)) != NULL;
}

#define TYPE_PREDICATE(name, type) \
    PHP_FUNCTION(name) \
    { \
        zval *value; \
        RETVAL_BOOL(zend_parse_parameters(ZEND_NUM_ARGS(), "z", &value) == SUCCESS \
            && has_type(value, type)); \
    }
TYPE_PREDICATE(is_null, IS_NULL)
TYPE_PREDICATE(is_resource, IS_RESOURCE)
TYPE_PREDICATE(is_bool, IS_BOOL)
TYPE_PREDICATE(is_long, IS_LONG)
TYPE_PREDICATE(is_float, IS_DOUBLE)
TYPE_PREDICATE(is_string, IS_STRING)
TYPE_PREDICATE(is_array, IS_ARRAY)
TYPE_PREDICATE(is_object, IS_OBJECT)

PHP_FUNCTION(is_numeric)
{
    zval *value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &value) == FAILURE) {
        return;
    }
    switch (Z_TYPE_P(value)) {
    case IS_LONG:
    case IS_DOUBLE:
        RETURN_TRUE;
    case IS_STRING:
        RETURN_BOOL(is_numeric_string(Z_STRVAL_P(value), Z_STRLEN_P(value), NULL, NULL, 0));
    default:
        RETURN_FALSE;
    }
>>>>>>> c90e6ea (Add the functions of values: dump, export, types, serialize and back)
}

PHP_FUNCTION(is_scalar)
{
<<<<<<< HEAD
    zval **arg;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z", &arg) == FAILURE) {
        return;
    }
    RETURN_BOOL(Z_TYPE_PP(arg) == IS_BOOL || Z_TYPE_PP(arg) == IS_LONG
        || Z_TYPE_PP(arg) == IS_DOUBLE || Z_TYPE_PP(arg) == IS_STRING);
=======
    zval *value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &value) == SUCCESS) {
        RETVAL_BOOL(Z_TYPE_P(value) == IS_BOOL || Z_TYPE_P(value) == IS_LONG
            || Z_TYPE_P(value) == IS_DOUBLE || Z_TYPE_P(value) == IS_STRING);
    }
>>>>>>> c90e6ea (Add the functions of values: dump, export, types, serialize and back)
}

PHP_FUNCTION(is_callable)
{
    zval *value;
    zval **name_variable = NULL;
    zend_bool syntax_only = 0;
    char *name = NULL;
    char *error = NULL;
<<<<<<< HEAD
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
=======

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z|bZ", &value, &syntax_only, &name_variable)
        == FAILURE) {
        return;
    }
    RETVAL_BOOL(zend_is_callable_ex(value, NULL,
        syntax_only ? IS_CALLABLE_CHECK_SYNTAX_ONLY : IS_CALLABLE_STRICT,
        name_variable != NULL ? &name : NULL, NULL, NULL, &error));
    if (error != NULL) {
        efree(error);
    }
    if (name_variable != NULL) {
        zval old = **name_variable;
        ZVAL_STRING(*name_variable, name, 0);
        zval_dtor(&old);
    }
}

static const zend_function_entry type_functions[] = {
    PHP_FE(intval, "$var, [$base]", "Returns the integer that a value means, in a base.")
    PHP_FE(floatval, "$var", "Returns the float that a value means.")
    PHP_FALIAS(doubleval, floatval, "$var", "Returns the float that a value means.")
    PHP_FE(strval, "$var", "Returns the string that a value means.")
    PHP_FE(boolval, "$var", "Returns the truth of a value.")
    PHP_FE(gettype, "$var", "Returns the name of a value's type.")
    PHP_FE(settype, "&$var, $type", "Makes a variable's value one of another type.")
    PHP_FE(is_null, "$var", "Tells whether a value is null.")
    PHP_FE(is_resource, "$var", "Tells whether a value is an open resource.")
    PHP_FE(is_bool, "$var", "Tells whether a value is true or false.")
    PHP_FE(is_long, "$var", "Tells whether a value is an integer.")
    PHP_FE(is_float, "$var", "Tells whether a value is a float.")
    PHP_FALIAS(is_int, is_long, "$var", "Tells whether a value is an integer.")
    PHP_FALIAS(is_integer, is_long, "$var", "Tells whether a value is an integer.")
    PHP_FALIAS(is_double, is_float, "$var", "Tells whether a value is a float.")
    PHP_FALIAS(is_real, is_float, "$var", "Tells whether a value is a float.")
    PHP_FE(is_numeric, "$value",
        "Tells whether a value is a number or a string that looks like one.")
    PHP_FE(is_string, "$var", "Tells whether a value is a string.")
    PHP_FE(is_array, "$var", "Tells whether a value is an array.")
    PHP_FE(is_object, "$var", "Tells whether a value is an object of a known class.")
    PHP_FE(is_scalar, "$value", "Tells whether a value is a bool, integer, float or string.")
    PHP_FE(is_callable, "$var, [$syntax_only], [&$callable_name]",
        "Tells whether a value can be called, and its name.")
>>>>>>> c90e6ea (Add the functions of values: dump, export, types, serialize and back)
    PHP_FE_END
};

const php_standard_part standard_type_part = {type_functions, NULL, NULL, NULL, NULL, NULL};
