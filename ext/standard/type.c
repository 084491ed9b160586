/* SPDX-License-Identifier: MIT */
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
};

PHP_FUNCTION(settype)
{
    zval **variable;
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
    RETURN_FALSE;
}

PHP_FUNCTION(intval)
{
    zval *value;
    long base = 10;

    if (ZEND_NUM_ARGS() < 1 || ZEND_NUM_ARGS() > 2) {
        WRONG_PARAM_COUNT;
    }
    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z|l", &value, &base) == FAILURE) {
        return;
    }
    if (Z_TYPE_P(value) != IS_STRING || ZEND_NUM_ARGS() == 1) {
        RETURN_LONG(zend_zval_get_long(value));
    }
    ZVAL_COPY_VALUE(return_value, value);
    zval_copy_ctor(return_value);
    convert_to_long_base(return_value, (int) base);
}

PHP_FUNCTION(floatval)
{
    zval *value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &value) == SUCCESS) {
        RETVAL_DOUBLE(zend_zval_get_double(value));
    }
}

PHP_FUNCTION(boolval)
{
    zval *value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &value) == SUCCESS) {
        RETVAL_BOOL(zval_is_true(value));
    }
}

PHP_FUNCTION(strval)
{
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
}

PHP_FUNCTION(is_scalar)
{
    zval *value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &value) == SUCCESS) {
        RETVAL_BOOL(Z_TYPE_P(value) == IS_BOOL || Z_TYPE_P(value) == IS_LONG
            || Z_TYPE_P(value) == IS_DOUBLE || Z_TYPE_P(value) == IS_STRING);
    }
}

PHP_FUNCTION(is_callable)
{
    zval *value;
    zval **name_variable = NULL;
    zend_bool syntax_only = 0;
    char *name = NULL;
    char *error = NULL;

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
    PHP_FE_END
};

const php_standard_part standard_type_part = {type_functions, NULL, NULL, NULL, NULL, NULL};
