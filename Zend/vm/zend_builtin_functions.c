/* SPDX-License-Identifier: MIT */
/*
 * The core module: its table of functions, and those about strings, constants and the collector.
 *
 * The other functions have rooms by noun: zend_builtin_functions_calls.c, _classes.c, _errors.c,
 * _backtrace.c, _modules.c.
 */
#include "object/zend_interfaces.h"
#include "object/zend_iterators.h"
#include "runtime/zend_API.h"
#include "runtime/zend_startup.h"
#include "vm/zend_builtin_functions.h"
#include "vm/zend_closures.h"
#include "vm/zend_exceptions.h"
#include "vm/zend_generators.h"

#define ZEND_VERSION "2.6.0"

const char *get_zend_version(void)
{
    return ZEND_VERSION;
}

PHP_FUNCTION(zend_version)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_STRINGL(ZEND_VERSION, sizeof(ZEND_VERSION) - 1, 1);
}

/* --- Strings --------------------------------------------------------------------------------- */

PHP_FUNCTION(strlen)
{
    char *text;
    int length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &text, &length) == FAILURE) {
        return;
    }
    RETURN_LONG(length);
}

typedef int (*zend_string_comparison)(const char *, uint, const char *, uint);
typedef int (*zend_prefix_comparison)(const char *, uint, const char *, uint, uint);

static void zend_compare_arguments(INTERNAL_FUNCTION_PARAMETERS, zend_string_comparison compare)
{
    char *first;
    char *second;
    int first_length;
    int second_length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss", &first, &first_length, &second,
            &second_length) == FAILURE) {
        return;
    }
    RETURN_LONG(compare(first, first_length, second, second_length));
}

static void zend_compare_prefixes(INTERNAL_FUNCTION_PARAMETERS, zend_prefix_comparison compare)
{
    char *first;
    char *second;
    int first_length;
    int second_length;
    long length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ssl", &first, &first_length, &second,
            &second_length, &length) == FAILURE) {
        return;
    }
    if (length < 0) {
        zend_error(E_WARNING, "Length must be greater than or equal to 0");
        RETURN_FALSE;
    }
    RETURN_LONG(compare(first, first_length, second, second_length,
        (uint) MIN(length, (long) INT_MAX)));
}

PHP_FUNCTION(strcmp)
{
    zend_compare_arguments(INTERNAL_FUNCTION_PARAM_PASSTHRU, zend_binary_strcmp);
}

PHP_FUNCTION(strcasecmp)
{
    zend_compare_arguments(INTERNAL_FUNCTION_PARAM_PASSTHRU, zend_binary_strcasecmp);
}

PHP_FUNCTION(strncmp)
{
    zend_compare_prefixes(INTERNAL_FUNCTION_PARAM_PASSTHRU, zend_binary_strncmp);
}

PHP_FUNCTION(strncasecmp)
{
    zend_compare_prefixes(INTERNAL_FUNCTION_PARAM_PASSTHRU, zend_binary_strncasecmp);
}

/* --- each() ---------------------------------------------------------------------------------- */

static HashTable *zend_table_of(zval *value)
{
    if (Z_TYPE_P(value) == IS_ARRAY) {
        return Z_ARRVAL_P(value);
    }
    if (Z_TYPE_P(value) == IS_OBJECT && Z_OBJ_HT_P(value)->get_properties != NULL) {
        return Z_OBJ_HT_P(value)->get_properties(value);
    }
    return NULL;
}

/* A value that may stand in another array: counted, or copied when it is a reference. */
static zval *zend_share_value(zval *value)
{
    zval *copy;

    if (!Z_ISREF_P(value)) {
        Z_ADDREF_P(value);
        return value;
    }
    ALLOC_ZVAL(copy);
    INIT_PZVAL_COPY(copy, value);
    zval_copy_ctor(copy);
    return copy;
}

static void zend_add_each_key(zval *result, HashTable *table)
{
    char *key;
    uint key_length;
    ulong index;
    zval **key_place;

    if (zend_hash_get_current_key_ex(table, &key, &key_length, &index, 0, NULL)
        == HASH_KEY_IS_STRING) {
        add_get_index_stringl(result, 0, key, key_length - 1, (void **) &key_place,
            !IS_INTERNED(key));
    } else {
        add_get_index_long(result, 0, (long) index, (void **) &key_place);
    }
    zend_hash_update(Z_ARRVAL_P(result), "key", sizeof("key"), key_place, sizeof(zval *), NULL);
    Z_ADDREF_PP(key_place);
}

PHP_FUNCTION(each)
{
    zval **array;
    zval **current;
    zval *value;
    HashTable *table;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z", &array) == FAILURE) {
        return;
    }
    table = zend_table_of(*array);
    if (table == NULL) {
        zend_error(E_WARNING, "Variable passed to each() is not an array or object");
        return;
    }
    if (zend_hash_get_current_data(table, (void **) &current) == FAILURE) {
        RETURN_FALSE;
    }
    array_init(return_value);
    value = zend_share_value(*current);
    zend_hash_index_update(Z_ARRVAL_P(return_value), 1, &value, sizeof(zval *), NULL);
    Z_ADDREF_P(value);
    zend_hash_update(Z_ARRVAL_P(return_value), "value", sizeof("value"), &value, sizeof(zval *),
        NULL);
    zend_add_each_key(return_value, table);
    zend_hash_move_forward(table);
}

/* --- Constants ------------------------------------------------------------------------------- */

/* Makes the constant's value of an argument; false when it is no scalar. */
static bool zend_constant_value(zval *result, zval *value)
{
    if (Z_TYPE_P(value) == IS_OBJECT) {
        INIT_ZVAL(*result);
        return Z_OBJ_HANDLER_P(value, cast_object) != NULL
            && Z_OBJ_HANDLER_P(value, cast_object)(value, result, IS_STRING) == SUCCESS;
    }
    if (Z_TYPE_P(value) == IS_ARRAY) {
        return false;
    }
    INIT_PZVAL_COPY(result, value);
    zval_copy_ctor(result);
    return true;
}

PHP_FUNCTION(define)
{
    char *name;
    int name_length;
    zval *value;
    zend_bool case_insensitive = 0;
    zend_constant constant;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sz|b", &name, &name_length, &value,
            &case_insensitive) == FAILURE) {
        return;
    }
    if (zend_memnstr(name, "::", 2, name + name_length) != NULL) {
        zend_error(E_WARNING, "Class constants cannot be defined or redefined");
        RETURN_FALSE;
    }
    if (!zend_constant_value(&constant.value, value)) {
        zend_error(E_WARNING, "Constants may only evaluate to scalar values");
        RETURN_FALSE;
    }
    constant.flags = case_insensitive ? 0 : CONST_CS;
    constant.name = zend_new_interned_string(name, name_length + 1, 0);
    if (!IS_INTERNED(constant.name)) {
        constant.name = estrndup(name, name_length);
    }
    constant.name_len = name_length + 1;
    constant.module_number = PHP_USER_CONSTANT;
    RETURN_BOOL(zend_register_constant(&constant) == SUCCESS);
}

PHP_FUNCTION(defined)
{
    char *name;
    int name_length;
    zval constant;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &name, &name_length) == FAILURE) {
        return;
    }
    if (!zend_get_constant_ex(name, name_length, &constant, NULL, ZEND_FETCH_CLASS_SILENT)) {
        RETURN_FALSE;
    }
    zval_dtor(&constant);
    RETURN_TRUE;
}

/* --- The collector --------------------------------------------------------------------------- */

PHP_FUNCTION(gc_collect_cycles)
{
    RETURN_LONG(gc_collect_cycles());
}

PHP_FUNCTION(gc_enabled)
{
    RETURN_BOOL(gc_is_enabled());
}

static void zend_switch_collector(char *value)
{
    zend_alter_ini_entry("zend.enable_gc", sizeof("zend.enable_gc"), value, 1, ZEND_INI_USER,
        ZEND_INI_STAGE_RUNTIME);
}

PHP_FUNCTION(gc_enable)
{
    zend_switch_collector("1");
}

PHP_FUNCTION(gc_disable)
{
    zend_switch_collector("0");
}

/* --- The module ------------------------------------------------------------------------------ */

static const zend_function_entry builtin_functions[] = {
    ZEND_FE(zend_version, "", "Returns the version of the engine.")
    ZEND_FE(func_num_args, "", "Returns the number of arguments that the function got.")
    ZEND_FE(func_get_arg, "$arg_num", "Returns one argument of the function.")
    ZEND_FE(func_get_args, "", "Returns the arguments of the function as an array.")
    ZEND_FE(strlen, "$str", "Returns the length of a string in bytes.")
    ZEND_FE(strcmp, "$str1, $str2", "Compares two strings byte by byte.")
    ZEND_FE(strncmp, "$str1, $str2, $len", "Compares the first bytes of two strings.")
    ZEND_FE(strcasecmp, "$str1, $str2", "Compares two strings without regard to case.")
    ZEND_FE(strncasecmp, "$str1, $str2, $len",
        "Compares the first bytes of two strings without regard to case.")
    ZEND_FE(each, "&$arr", "Returns the current key and value and moves on.")
    ZEND_FE(error_reporting, "$new_error_level = null",
        "Sets which errors are reported; returns what was set before.")
    ZEND_FE(define, "$constant_name, $value, $case_insensitive", "Defines a constant.")
    ZEND_FE(defined, "$constant_name", "Tells whether a constant is defined.")
    ZEND_FE(get_class, "$object = null", "Returns the name of an object's class.")
    ZEND_FE(get_called_class, "", "Returns the class that a static method was called on.")
    ZEND_FE(get_parent_class, "$object = null", "Returns the name of the parent class.")
    ZEND_FE(method_exists, "$object, $method", "Tells whether a class has a method.")
    ZEND_FE(property_exists, "$object_or_class, $property_name",
        "Tells whether an object or class has a property.")
    ZEND_FE(class_exists, "$classname, $autoload = true", "Tells whether a class exists.")
    ZEND_FE(interface_exists, "$classname, $autoload = true", "Tells whether an interface exists.")
    ZEND_FE(trait_exists, "$traitname, $autoload = true", "Tells whether a trait exists.")
    ZEND_FE(function_exists, "$function_name", "Tells whether a function exists.")
    ZEND_FE(class_alias, "$user_class_name, $alias_name, $autoload = true",
        "Gives a class a second name.")
    ZEND_FE(get_included_files, "", "Returns the names of the files included so far.")
    ZEND_FALIAS(get_required_files, get_included_files, "",
        "Returns the names of the files included so far.")
    ZEND_FE(is_subclass_of, "$object, $class_name, $allow_string = true",
        "Tells whether an object or class descends from a class.")
    ZEND_FE(is_a, "$object, $class_name, $allow_string = false",
        "Tells whether an object is of a class or descends from it.")
    ZEND_FE(get_class_vars, "$class_name", "Returns the default properties of a class.")
    ZEND_FE(get_object_vars, "$obj", "Returns the accessible properties of an object.")
    ZEND_FE(get_class_methods, "$class", "Returns the names of a class's methods.")
    ZEND_FE(trigger_error, "$message, $error_type = E_USER_NOTICE", "Raises an error.")
    ZEND_FALIAS(user_error, trigger_error, "$message, $error_type = E_USER_NOTICE",
        "Raises an error.")
    ZEND_FE(set_error_handler, "$error_handler, $error_types = E_ALL",
        "Sets the function that gets errors; returns the one before.")
    ZEND_FE(restore_error_handler, "", "Puts the error handler of before back.")
    ZEND_FE(set_exception_handler, "$exception_handler",
        "Sets the function that gets uncaught exceptions; returns the one before.")
    ZEND_FE(restore_exception_handler, "", "Puts the exception handler of before back.")
    ZEND_FE(get_declared_classes, "", "Returns the names of all classes.")
    ZEND_FE(get_declared_traits, "", "Returns the names of all traits.")
    ZEND_FE(get_declared_interfaces, "", "Returns the names of all interfaces.")
    ZEND_FE(get_defined_functions, "", "Returns the names of all functions.")
    ZEND_FE(get_defined_vars, "", "Returns the variables of the current scope.")
    ZEND_FE(create_function, "$args, $code", "Makes a function from source text.")
    ZEND_FE(get_resource_type, "$res", "Returns the name of a resource's type.")
    ZEND_FE(get_loaded_extensions, "$zend_extensions = false", "Returns the names of all modules.")
    ZEND_FE(extension_loaded, "$extension_name", "Tells whether a module is there.")
    ZEND_FE(get_extension_funcs, "$extension_name", "Returns the names of a module's functions.")
    ZEND_FE(get_defined_constants, "$categorize = false", "Returns all constants.")
    ZEND_FE(debug_backtrace, "$options = DEBUG_BACKTRACE_PROVIDE_OBJECT, $limit = 0",
        "Returns the calls that led here.")
    ZEND_FE(debug_print_backtrace, "$options = 0", "Prints the calls that led here.")
    ZEND_FE(gc_collect_cycles, "", "Frees what only cycles hold; returns how many values.")
    ZEND_FE(gc_enabled, "", "Tells whether the cycle collector is on.")
    ZEND_FE(gc_enable, "", "Switches the cycle collector on.")
    ZEND_FE(gc_disable, "", "Switches the cycle collector off.")
    ZEND_FE_END
};

static ZEND_MODULE_STARTUP_D(core)
{
    zend_class_entry class_entry;

    (void) type, (void) module_number;
    INIT_CLASS_ENTRY(class_entry, "stdClass", NULL);
    zend_standard_class_def = zend_register_internal_class(&class_entry);
    zend_register_interfaces();
    zend_register_default_exception();
    zend_register_iterator_wrapper();
    zend_register_closure_ce();
    zend_register_generator_ce();
    return SUCCESS;
}

static zend_module_entry zend_builtin_module = {
    STANDARD_MODULE_HEADER,
    "Core",
    builtin_functions,
    ZEND_MODULE_STARTUP_N(core),
    NULL,
    NULL,
    NULL,
    NULL,
    ZEND_VERSION,
    STANDARD_MODULE_PROPERTIES
};

int zend_startup_builtin_functions(void)
{
    return zend_register_internal_module(&zend_builtin_module) != NULL ? SUCCESS : FAILURE;
}
