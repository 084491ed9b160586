/* SPDX-License-Identifier: MIT */
/*
 * The interface for modules: declaring functions and classes, taking arguments, building
 * arrays, reading and writing properties, naming and checking callables.
 *
 * A function of a module has a body and a row:
 *
 *      PHP_FUNCTION(str_repeat)
 *      {
 *          char *input;
 *          int input_len;
 *          long times;
 *          if (zend_parse_parameters(ZEND_NUM_ARGS(), "sl", &input, &input_len, &times)
 *              == FAILURE) {
 *              return;
 *          }
 *          ...
 *      }
 *
 *      PHP_FE(str_repeat, "$input, $multiplier", "Returns the string repeated.")
 *
 * The row's signature is PHP source: "array &$array, $flags = SORT_REGULAR", "$format, ...$args".
 * `&?$x` takes a reference where it can and a value where it cannot. Types are `array`,
 * `callable` or a class. A parameter with a default or `...` is optional; "[$x]" is optional
 * without a default that could be told.
 */
#ifndef ZEND_API_H
#define ZEND_API_H

#include "zend_portability.h"

#include <string.h>

#include "zend_alloc.h"
#include "compile/zend_op_array.h"
#include "object/zend_class.h"
#include "object/zend_class_entry.h"
#include "object/zend_objects.h"
#include "object/zend_std_handlers.h"
#include "runtime/zend_constants.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_execute_API.h"
#include "runtime/zend_ini.h"
#include "runtime/zend_list.h"
#include "runtime/zend_modules.h"
#include "value/zend_operators.h"
#include "value/zend_variables.h"
#include "value/zend_zval.h"

/* --- Declaring functions --------------------------------------------------------------------- */

#define ZEND_FN(name) zif_##name
#define ZEND_MN(name) zim_##name
#define ZEND_NAMED_FUNCTION(name) void name(INTERNAL_FUNCTION_PARAMETERS)
#define ZEND_FUNCTION(name) ZEND_NAMED_FUNCTION(ZEND_FN(name))
#define ZEND_METHOD(classname, name) ZEND_NAMED_FUNCTION(ZEND_MN(classname##_##name))

#define ZEND_FENTRY(zend_name, handler, signature, doc, flags) \
    {#zend_name, handler, signature, doc, (zend_uint) (flags)},
#define ZEND_RAW_FENTRY(zend_name, handler, signature, doc, flags) \
    {zend_name, handler, signature, doc, (zend_uint) (flags)},
#define ZEND_FE(name, signature, doc) ZEND_FENTRY(name, ZEND_FN(name), signature, doc, 0)
#define ZEND_NAMED_FE(zend_name, handler, signature, doc) \
    ZEND_FENTRY(zend_name, handler, signature, doc, 0)
#define ZEND_FALIAS(name, alias, signature, doc) \
    ZEND_FENTRY(name, ZEND_FN(alias), signature, doc, 0)
/* The same for functions that are deprecated: a call says so. */
#define ZEND_DEP_FE(name, signature, doc) \
    ZEND_FENTRY(name, ZEND_FN(name), signature, doc, ZEND_ACC_DEPRECATED)
#define ZEND_DEP_FALIAS(name, alias, signature, doc) \
    ZEND_FENTRY(name, ZEND_FN(alias), signature, doc, ZEND_ACC_DEPRECATED)
#define ZEND_NS_FE(ns, name, signature, doc) \
    ZEND_RAW_FENTRY(ns "\\" #name, ZEND_FN(name), signature, doc, 0)
#define ZEND_ME(classname, name, signature, doc, flags) \
    ZEND_FENTRY(name, ZEND_MN(classname##_##name), signature, doc, flags)
#define ZEND_MALIAS(classname, name, alias, signature, doc, flags) \
    ZEND_FENTRY(name, ZEND_MN(classname##_##alias), signature, doc, flags)
#define ZEND_ME_MAPPING(name, func_name, signature, doc, flags) \
    ZEND_FENTRY(name, ZEND_FN(func_name), signature, doc, flags)
#define ZEND_ABSTRACT_ME(classname, name, signature, doc) \
    ZEND_FENTRY(name, NULL, signature, doc, ZEND_ACC_PUBLIC | ZEND_ACC_ABSTRACT)
#define ZEND_ABSTRACT_ME_WITH_FLAGS(classname, name, signature, doc, flags) \
    ZEND_FENTRY(name, NULL, signature, doc, flags)
#define ZEND_FE_END {NULL, NULL, NULL, NULL, 0}

#define PHP_FN ZEND_FN
#define PHP_MN ZEND_MN
#define PHP_FUNCTION ZEND_FUNCTION
#define PHP_METHOD ZEND_METHOD
#define PHP_NAMED_FUNCTION ZEND_NAMED_FUNCTION
#define PHP_FE ZEND_FE
#define PHP_NAMED_FE ZEND_NAMED_FE
#define PHP_FALIAS ZEND_FALIAS
#define PHP_DEP_FE ZEND_DEP_FE
#define PHP_DEP_FALIAS ZEND_DEP_FALIAS
#define PHP_ME ZEND_ME
#define PHP_MALIAS ZEND_MALIAS
#define PHP_ME_MAPPING ZEND_ME_MAPPING
#define PHP_ABSTRACT_ME ZEND_ABSTRACT_ME
#define PHP_FE_END ZEND_FE_END

/* --- Declaring modules ----------------------------------------------------------------------- */

#define ZEND_MODULE_STARTUP_N(module) zm_startup_##module
#define ZEND_MODULE_SHUTDOWN_N(module) zm_shutdown_##module
#define ZEND_MODULE_ACTIVATE_N(module) zm_activate_##module
#define ZEND_MODULE_DEACTIVATE_N(module) zm_deactivate_##module
#define ZEND_MODULE_POST_ZEND_DEACTIVATE_N(module) zm_post_zend_deactivate_##module
#define ZEND_MODULE_INFO_N(module) zm_info_##module
#define ZEND_MODULE_STARTUP_D(module) int ZEND_MODULE_STARTUP_N(module)(INIT_FUNC_ARGS)
#define ZEND_MODULE_SHUTDOWN_D(module) int ZEND_MODULE_SHUTDOWN_N(module)(SHUTDOWN_FUNC_ARGS)
#define ZEND_MODULE_ACTIVATE_D(module) int ZEND_MODULE_ACTIVATE_N(module)(INIT_FUNC_ARGS)
#define ZEND_MODULE_DEACTIVATE_D(module) int ZEND_MODULE_DEACTIVATE_N(module)(SHUTDOWN_FUNC_ARGS)
#define ZEND_MODULE_POST_ZEND_DEACTIVATE_D(module) \
    int ZEND_MODULE_POST_ZEND_DEACTIVATE_N(module)(void)
#define ZEND_MODULE_INFO_D(module) \
    void ZEND_MODULE_INFO_N(module)(ZEND_MODULE_INFO_FUNC_ARGS)
#define ZEND_DECLARE_MODULE_GLOBALS(module) zend_##module##_globals module##_globals;
#define ZEND_EXTERN_MODULE_GLOBALS(module) extern zend_##module##_globals module##_globals;
#define ZEND_MODULE_GLOBALS(module) 0, (void *) &module##_globals
#define ZEND_BEGIN_MODULE_GLOBALS(module) typedef struct _zend_##module##_globals {
#define ZEND_END_MODULE_GLOBALS(module) } zend_##module##_globals;
#define ZEND_GINIT(module) zm_globals_ctor_##module
#define ZEND_GSHUTDOWN(module) zm_globals_dtor_##module
#define ZEND_GINIT_FUNCTION(module) \
    void ZEND_GINIT(module)(zend_##module##_globals *module##_globals)
#define ZEND_GSHUTDOWN_FUNCTION(module) \
    void ZEND_GSHUTDOWN(module)(zend_##module##_globals *module##_globals)

/* --- Registering ----------------------------------------------------------------------------- */

/*
 * Enters the rows into target_hash (NULL: CG(function_table)), with scope as their class (NULL:
 * functions). Methods that are magic (constructor, __get ...) are noted in the class. type is
 * MODULE_PERSISTENT. A duplicate raises E_CORE_WARNING and FAILURE, after which none is there.
 */
int zend_register_functions(zend_class_entry *scope, const zend_function_entry *functions,
    HashTable *target_hash, int type);
/* Removes count rows (-1: all). */
void zend_unregister_functions(const zend_function_entry *functions, int count,
    HashTable *function_table);
/* Takes a function away so that a call says it was disabled; classes keep only their name. */
int zend_disable_function(char *function_name, uint function_name_length);
int zend_disable_class(char *class_name, uint class_name_length);
zend_bool zend_function_is_disabled(const zend_function *function);

#define INIT_CLASS_ENTRY(class_container, class_name, functions) \
    INIT_CLASS_ENTRY_EX(class_container, class_name, sizeof(class_name) - 1, functions)
#define INIT_NS_CLASS_ENTRY(class_container, ns, class_name, functions) \
    INIT_CLASS_ENTRY(class_container, ns "\\" class_name, functions)
#define INIT_CLASS_ENTRY_EX(class_container, class_name, class_name_len, functions) \
    do { \
        memset(&(class_container), 0, sizeof(class_container)); \
        (class_container).name = (class_name); \
        (class_container).name_length = (class_name_len); \
        (class_container).info.internal.builtin_functions = (functions); \
    } while (0)

/* Each makes the class from the template of INIT_CLASS_ENTRY and returns the one registered. */
zend_class_entry *zend_register_internal_class(zend_class_entry *class_entry);
/* Inherits from parent_ce (or the class named parent_name); NULL when that is unknown. */
zend_class_entry *zend_register_internal_class_ex(zend_class_entry *class_entry,
    zend_class_entry *parent_ce, char *parent_name);
zend_class_entry *zend_register_internal_interface(zend_class_entry *class_entry);
/* num_interfaces class entries follow. */
void zend_class_implements(zend_class_entry *class_entry, int num_interfaces, ...);
int zend_register_class_alias_ex(const char *name, int name_len, zend_class_entry *ce);
#define zend_register_class_alias(name, ce) \
    zend_register_class_alias_ex((name), sizeof(name) - 1, (ce))

/* Parses the signature of a row into function->common; see zend_registration.c. */
void zend_function_parse_signature(zend_internal_function *function, const char *signature);

/* --- Properties and constants of classes ----------------------------------------------------- */

/* The zval is taken over; for internal classes it must be persistent (ALLOC_PERMANENT_ZVAL). */
int zend_declare_property(zend_class_entry *ce, const char *name, int name_length,
    zval *property, int access_type);
/* With a doc comment, which is taken over. */
int zend_declare_property_ex(zend_class_entry *ce, const char *name, int name_length,
    zval *property, int access_type, const char *doc_comment, int doc_comment_len);
int zend_declare_property_null(zend_class_entry *ce, const char *name, int name_length,
    int access_type);
int zend_declare_property_bool(zend_class_entry *ce, const char *name, int name_length,
    long value, int access_type);
int zend_declare_property_long(zend_class_entry *ce, const char *name, int name_length,
    long value, int access_type);
int zend_declare_property_double(zend_class_entry *ce, const char *name, int name_length,
    double value, int access_type);
int zend_declare_property_string(zend_class_entry *ce, const char *name, int name_length,
    const char *value, int access_type);
int zend_declare_property_stringl(zend_class_entry *ce, const char *name, int name_length,
    const char *value, int value_len, int access_type);

int zend_declare_class_constant(zend_class_entry *ce, const char *name, size_t name_length,
    zval *value);
int zend_declare_class_constant_null(zend_class_entry *ce, const char *name, size_t name_length);
int zend_declare_class_constant_long(zend_class_entry *ce, const char *name, size_t name_length,
    long value);
int zend_declare_class_constant_bool(zend_class_entry *ce, const char *name, size_t name_length,
    zend_bool value);
int zend_declare_class_constant_double(zend_class_entry *ce, const char *name,
    size_t name_length, double value);
int zend_declare_class_constant_stringl(zend_class_entry *ce, const char *name,
    size_t name_length, const char *value, size_t value_length);
int zend_declare_class_constant_string(zend_class_entry *ce, const char *name,
    size_t name_length, const char *value);

/* Write a property as code inside scope would. The value is counted once more, not taken over. */
void zend_update_property(zend_class_entry *scope, zval *object, const char *name,
    int name_length, zval *value);
void zend_update_property_null(zend_class_entry *scope, zval *object, const char *name,
    int name_length);
void zend_update_property_bool(zend_class_entry *scope, zval *object, const char *name,
    int name_length, long value);
void zend_update_property_long(zend_class_entry *scope, zval *object, const char *name,
    int name_length, long value);
void zend_update_property_double(zend_class_entry *scope, zval *object, const char *name,
    int name_length, double value);
void zend_update_property_string(zend_class_entry *scope, zval *object, const char *name,
    int name_length, const char *value);
void zend_update_property_stringl(zend_class_entry *scope, zval *object, const char *name,
    int name_length, const char *value, int value_length);
void zend_unset_property(zend_class_entry *scope, zval *object, const char *name,
    int name_length);

/* The property's zval, not counted; it lives as long as the object holds it. */
zval *zend_read_property(zend_class_entry *scope, zval *object, const char *name,
    int name_length, zend_bool silent);

int zend_update_static_property(zend_class_entry *scope, const char *name, int name_length,
    zval *value);
int zend_update_static_property_null(zend_class_entry *scope, const char *name,
    int name_length);
int zend_update_static_property_bool(zend_class_entry *scope, const char *name,
    int name_length, long value);
int zend_update_static_property_long(zend_class_entry *scope, const char *name,
    int name_length, long value);
int zend_update_static_property_double(zend_class_entry *scope, const char *name,
    int name_length, double value);
int zend_update_static_property_string(zend_class_entry *scope, const char *name,
    int name_length, const char *value);
int zend_update_static_property_stringl(zend_class_entry *scope, const char *name,
    int name_length, const char *value, int value_length);
zval *zend_read_static_property(zend_class_entry *scope, const char *name, int name_length,
    zend_bool silent);

/* --- Objects --------------------------------------------------------------------------------- */

/* Making them: see object/zend_objects.h. */

/* Adds the elements of a table to the object's properties, as $obj->name = value would. */
void zend_merge_properties(zval *obj, HashTable *properties, int destroy_ht);
/* "class", "interface" or "trait". */
const char *zend_get_object_type(const zend_class_entry *ce);

/* --- Building arrays ------------------------------------------------------------------------- */

/* Lengths of keys count the NUL in the _ex forms. Strings: duplicate 0 takes the pointer over. */
int add_assoc_long_ex(zval *arg, const char *key, uint key_len, long n);
int add_assoc_null_ex(zval *arg, const char *key, uint key_len);
int add_assoc_bool_ex(zval *arg, const char *key, uint key_len, int b);
int add_assoc_resource_ex(zval *arg, const char *key, uint key_len, int r);
int add_assoc_double_ex(zval *arg, const char *key, uint key_len, double d);
int add_assoc_string_ex(zval *arg, const char *key, uint key_len, const char *str,
    int duplicate);
int add_assoc_stringl_ex(zval *arg, const char *key, uint key_len, const char *str, uint length,
    int duplicate);
int add_assoc_zval_ex(zval *arg, const char *key, uint key_len, zval *value);
#define add_assoc_long(arg, key, n) add_assoc_long_ex((arg), (key), strlen(key) + 1, (n))
#define add_assoc_null(arg, key) add_assoc_null_ex((arg), (key), strlen(key) + 1)
#define add_assoc_bool(arg, key, b) add_assoc_bool_ex((arg), (key), strlen(key) + 1, (b))
#define add_assoc_resource(arg, key, r) add_assoc_resource_ex((arg), (key), strlen(key) + 1, (r))
#define add_assoc_double(arg, key, d) add_assoc_double_ex((arg), (key), strlen(key) + 1, (d))
#define add_assoc_string(arg, key, str, duplicate) \
    add_assoc_string_ex((arg), (key), strlen(key) + 1, (str), (duplicate))
#define add_assoc_stringl(arg, key, str, length, duplicate) \
    add_assoc_stringl_ex((arg), (key), strlen(key) + 1, (str), (length), (duplicate))
#define add_assoc_zval(arg, key, value) \
    add_assoc_zval_ex((arg), (key), strlen(key) + 1, (value))

int add_index_long(zval *arg, ulong idx, long n);
int add_index_null(zval *arg, ulong idx);
int add_index_bool(zval *arg, ulong idx, int b);
int add_index_resource(zval *arg, ulong idx, int r);
int add_index_double(zval *arg, ulong idx, double d);
int add_index_string(zval *arg, ulong idx, const char *str, int duplicate);
int add_index_stringl(zval *arg, ulong idx, const char *str, uint length, int duplicate);
int add_index_zval(zval *arg, ulong index, zval *value);

int add_next_index_long(zval *arg, long n);
int add_next_index_null(zval *arg);
int add_next_index_bool(zval *arg, int b);
int add_next_index_resource(zval *arg, int r);
int add_next_index_double(zval *arg, double d);
int add_next_index_string(zval *arg, const char *str, int duplicate);
int add_next_index_stringl(zval *arg, const char *str, uint length, int duplicate);
int add_next_index_zval(zval *arg, zval *value);

/* *dest gets the place of the string inside the array. */
int add_get_assoc_string_ex(zval *arg, const char *key, uint key_len, const char *str,
    void **dest, int duplicate);
int add_get_assoc_stringl_ex(zval *arg, const char *key, uint key_len, const char *str,
    uint length, void **dest, int duplicate);
int add_get_index_long(zval *arg, ulong idx, long l, void **dest);
int add_get_index_double(zval *arg, ulong idx, double d, void **dest);
int add_get_index_string(zval *arg, ulong idx, const char *str, void **dest, int duplicate);
int add_get_index_stringl(zval *arg, ulong idx, const char *str, uint length, void **dest,
    int duplicate);

/* As $ht[$key] = value; the value is counted once more. Warns of an illegal key. */
int array_set_zval_key(HashTable *ht, zval *key, zval *value);

int add_property_long_ex(zval *arg, const char *key, uint key_len, long n);
int add_property_null_ex(zval *arg, const char *key, uint key_len);
int add_property_bool_ex(zval *arg, const char *key, uint key_len, int b);
int add_property_resource_ex(zval *arg, const char *key, uint key_len, long r);
int add_property_double_ex(zval *arg, const char *key, uint key_len, double d);
int add_property_string_ex(zval *arg, const char *key, uint key_len, const char *str,
    int duplicate);
int add_property_stringl_ex(zval *arg, const char *key, uint key_len, const char *str,
    uint length, int duplicate);
/* The value is counted once more. */
int add_property_zval_ex(zval *arg, const char *key, uint key_len, zval *value);
#define add_property_long(arg, key, n) add_property_long_ex((arg), (key), strlen(key) + 1, (n))
#define add_property_null(arg, key) add_property_null_ex((arg), (key), strlen(key) + 1)
#define add_property_bool(arg, key, b) add_property_bool_ex((arg), (key), strlen(key) + 1, (b))
#define add_property_resource(arg, key, r) \
    add_property_resource_ex((arg), (key), strlen(key) + 1, (r))
#define add_property_double(arg, key, d) \
    add_property_double_ex((arg), (key), strlen(key) + 1, (d))
#define add_property_string(arg, key, str, duplicate) \
    add_property_string_ex((arg), (key), strlen(key) + 1, (str), (duplicate))
#define add_property_stringl(arg, key, str, length, duplicate) \
    add_property_stringl_ex((arg), (key), strlen(key) + 1, (str), (length), (duplicate))
#define add_property_zval(arg, key, value) \
    add_property_zval_ex((arg), (key), strlen(key) + 1, (value))

/* --- Taking arguments ------------------------------------------------------------------------ */

#define ZEND_NUM_ARGS() (ht)
#define getThis() (this_ptr)
#define WRONG_PARAM_COUNT \
    do { \
        zend_wrong_param_count(); \
        return; \
    } while (0)
#define WRONG_PARAM_COUNT_WITH_RETVAL(retval) \
    do { \
        zend_wrong_param_count(); \
        return retval; \
    } while (0)
#define ARG_COUNT(dummy) (ht)

/* "Wrong parameter count for f()". */
void zend_wrong_param_count(void);

/*
 * Takes the running function's arguments apart, with conversion. Letters and what they fill:
 *
 *      l  long              L  long, too big ones are cut off    d  double       b  zend_bool
 *      s  char *, int       p  the same, a path without NUL      z  zval *       Z  zval **
 *      a  zval * (array)    A  array or object                   r  zval * (resource)
 *      h  HashTable *       H  array or object's properties      o  zval * (object)
 *      O  zval *, class     C  zend_class_entry * (in: parent)   f  zend_fcall_info, _cache
 *      +  zval ***, int (one or more)                            *  the same (any number)
 *
 *      |  what follows is optional; its variables stay as they are when it is missing
 *      /  separate the argument just described      !  NULL is allowed: pointers become NULL
 *         (l! L! d! b! fill a further zend_bool: was it NULL)
 *
 * FAILURE after a warning: "f() expects parameter 1 to be string, array given".
 * zend_parse_parameters_ex() with ZEND_PARSE_PARAMS_QUIET stays silent.
 */
#define ZEND_PARSE_PARAMS_QUIET (1 << 1)
int zend_parse_parameters(int num_args, const char *type_spec, ...);
int zend_parse_parameters_ex(int flags, int num_args, const char *type_spec, ...);
/* For functions that are methods too: without this_ptr the first letter must be "O". */
int zend_parse_method_parameters(int num_args, zval *this_ptr, const char *type_spec, ...);
int zend_parse_method_parameters_ex(int flags, int num_args, zval *this_ptr,
    const char *type_spec, ...);
/* One value by one letter, as argument number arg_num. */
int zend_parse_parameter(int flags, int arg_num, zval **arg, const char *spec, ...);
#define zend_parse_parameters_none() \
    (ZEND_NUM_ARGS() == 0 ? SUCCESS : zend_parse_parameters(ZEND_NUM_ARGS(), ""))

/* The arguments as they are: zval * resp. zval ** each; FAILURE when there are fewer. */
int zend_get_parameters(int ht, int param_count, ...);
int zend_get_parameters_ex(int param_count, ...);
int _zend_get_parameters_array(int ht, int param_count, zval **argument_array);
int _zend_get_parameters_array_ex(int param_count, zval ***argument_array);
#define zend_get_parameters_array(ht, param_count, argument_array) \
    _zend_get_parameters_array(ht, param_count, argument_array)
#define zend_get_parameters_array_ex(param_count, argument_array) \
    _zend_get_parameters_array_ex(param_count, argument_array)
/* Appends the arguments, counted, to an array. */
int zend_copy_parameters_array(int param_count, zval *argument_array);

/* --- Symbol tables --------------------------------------------------------------------------- */

/* name := symbol in num_symbol_tables tables; a variable that is a reference keeps its set. */
int zend_set_hash_symbol(zval *symbol, const char *name, int name_length, zend_bool is_ref,
    int num_symbol_tables, ...);
int zend_delete_global_variable(const char *name, int name_len);
int zend_delete_global_variable_ex(const char *name, int name_len, ulong hash_value);

#define ZEND_SET_SYMBOL(symtable, name, var) \
    do { \
        const char *set_symbol_name_ = (name); \
        ZEND_SET_SYMBOL_WITH_LENGTH(symtable, set_symbol_name_, strlen(set_symbol_name_) + 1, \
            var, 1, 0); \
    } while (0)
#define ZEND_SET_SYMBOL_WITH_LENGTH(symtable, name, name_length, var, refcount, is_ref) \
    zend_set_symbol((symtable), (name), (name_length), (var), (refcount), (is_ref))
#define ZEND_SET_GLOBAL_VAR(name, var) ZEND_SET_SYMBOL(&EG(symbol_table), name, var)
#define ZEND_SET_GLOBAL_VAR_WITH_LENGTH(name, name_length, var, refcount, is_ref) \
    ZEND_SET_SYMBOL_WITH_LENGTH(&EG(symbol_table), name, name_length, var, refcount, is_ref)
/* Assigns into a table; var (a heap zval) is taken over. */
void zend_set_symbol(HashTable *symbol_table, const char *name, uint name_length, zval *var,
    zend_uint refcount, zend_bool is_ref);

/* --- Callables ------------------------------------------------------------------------------- */

#define IS_CALLABLE_CHECK_SYNTAX_ONLY (1 << 0)
#define IS_CALLABLE_CHECK_NO_ACCESS (1 << 1) /* private and protected ones too */
#define IS_CALLABLE_CHECK_IS_STATIC (1 << 2) /* an instance method without object is none */
#define IS_CALLABLE_CHECK_SILENT (1 << 3)    /* no texts for functions that do not exist */
#define IS_CALLABLE_STRICT IS_CALLABLE_CHECK_IS_STATIC

/*
 * Can it be called from where the code stands? *callable_name (unless NULL) gets the name,
 * emalloc'ed, in any case. *error (unless NULL) gets an emalloc'ed text: why not, or, when the
 * answer is 1, an E_STRICT complaint. *fcc is filled in, ready for a call.
 */
zend_bool zend_is_callable_ex(zval *callable, zval *object_ptr, uint check_flags,
    char **callable_name, int *callable_name_len, zend_fcall_info_cache *fcc, char **error);
zend_bool zend_is_callable(zval *callable, uint check_flags, char **callable_name);
/* array(class or object, method) of a callable: 1 when it is one. */
zend_bool zend_make_callable(zval *callable, char **callable_name);

/* Fills fci and fcc from a callable. FAILURE: it is none; then *error as above. */
int zend_fcall_info_init(zval *callable, uint check_flags, zend_fcall_info *fci,
    zend_fcall_info_cache *fcc, char **callable_name, char **error);
/* Frees the parameter list; free_mem 0 keeps the block for the next one. */
void zend_fcall_info_args_clear(zend_fcall_info *fci, int free_mem);
void zend_fcall_info_args_save(zend_fcall_info *fci, int *param_count, zval ****params);
void zend_fcall_info_args_restore(zend_fcall_info *fci, int param_count, zval ***params);
/* Parameters from an array (NULL: none), resp. from argc arguments. */
int zend_fcall_info_args(zend_fcall_info *fci, zval *args);
int zend_fcall_info_argp(zend_fcall_info *fci, int argc, zval ***argv);
int zend_fcall_info_argv(zend_fcall_info *fci, int argc, va_list *argv);
int zend_fcall_info_argn(zend_fcall_info *fci, int argc, ...);
/* Calls; args (NULL: those that fci has) replace the parameters for this call. */
int zend_fcall_info_call(zend_fcall_info *fci, zend_fcall_info_cache *fcc, zval **retval,
    zval *args);

/* --- Printing -------------------------------------------------------------------------------- */

/* Filled in by main; see zend_utility_functions. The rest is in value/zend_operators.h. */
extern int (*zend_printf)(const char *format, ...) ZEND_FORMAT(1, 2);
extern int (*zend_vspprintf)(char **buffer, size_t max_len, const char *format, va_list args);
/* *buffer becomes an emalloc'ed text of at most max_len bytes (0: any length). Its length. */
int zend_spprintf(char **buffer, size_t max_len, const char *format, ...) ZEND_FORMAT(3, 4);

#endif
