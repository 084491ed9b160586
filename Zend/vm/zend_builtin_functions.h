/* SPDX-License-Identifier: MIT */
/* The functions of the core module, and the backtrace that other rooms make use of. */
#ifndef ZEND_BUILTIN_FUNCTIONS_H
#define ZEND_BUILTIN_FUNCTIONS_H

#include "runtime/zend_API.h"

#define DEBUG_BACKTRACE_PROVIDE_OBJECT (1 << 0)
#define DEBUG_BACKTRACE_IGNORE_ARGS (1 << 1)

/*
 * Fills return_value (an uninitialised zval) with the list of frames, the innermost first,
 * without the skip_last innermost functions; limit 0: all. Options are DEBUG_BACKTRACE_*.
 */
void zend_fetch_debug_backtrace(zval *return_value, int skip_last, int options, int limit);

/* The name that a method has in ce: that of a trait's method may be an alias. */
const char *zend_resolve_method_name(zend_class_entry *ce, zend_function *function);
/* The name of the method filed under key, as written in the alias or else in the function. */
const char *zend_find_alias_name(const zend_class_entry *ce, const char *key, uint key_length,
    const char *function_name);

/* Rows of the other files, gathered in zend_builtin_functions.c. */
PHP_FUNCTION(zend_version);
PHP_FUNCTION(strlen);
PHP_FUNCTION(strcmp);
PHP_FUNCTION(strncmp);
PHP_FUNCTION(strcasecmp);
PHP_FUNCTION(strncasecmp);
PHP_FUNCTION(each);
PHP_FUNCTION(define);
PHP_FUNCTION(defined);
PHP_FUNCTION(gc_collect_cycles);
PHP_FUNCTION(gc_enabled);
PHP_FUNCTION(gc_enable);
PHP_FUNCTION(gc_disable);

/* zend_builtin_functions_calls.c */
PHP_FUNCTION(func_num_args);
PHP_FUNCTION(func_get_arg);
PHP_FUNCTION(func_get_args);
PHP_FUNCTION(function_exists);
PHP_FUNCTION(create_function);
PHP_FUNCTION(get_defined_functions);
PHP_FUNCTION(get_defined_vars);

/* zend_builtin_functions_errors.c */
PHP_FUNCTION(error_reporting);
PHP_FUNCTION(trigger_error);
PHP_FUNCTION(set_error_handler);
PHP_FUNCTION(restore_error_handler);
PHP_FUNCTION(set_exception_handler);
PHP_FUNCTION(restore_exception_handler);

/* zend_builtin_functions_backtrace.c */
PHP_FUNCTION(debug_backtrace);
PHP_FUNCTION(debug_print_backtrace);

/* zend_builtin_functions_classes.c */
PHP_FUNCTION(get_class);
PHP_FUNCTION(get_called_class);
PHP_FUNCTION(get_parent_class);
PHP_FUNCTION(is_subclass_of);
PHP_FUNCTION(is_a);
PHP_FUNCTION(get_class_vars);
PHP_FUNCTION(get_object_vars);
PHP_FUNCTION(get_class_methods);
PHP_FUNCTION(method_exists);
PHP_FUNCTION(property_exists);
PHP_FUNCTION(class_exists);
PHP_FUNCTION(interface_exists);
PHP_FUNCTION(trait_exists);
PHP_FUNCTION(class_alias);
PHP_FUNCTION(get_declared_classes);
PHP_FUNCTION(get_declared_traits);
PHP_FUNCTION(get_declared_interfaces);

/* zend_builtin_functions_modules.c */
PHP_FUNCTION(get_included_files);
PHP_FUNCTION(get_resource_type);
PHP_FUNCTION(get_loaded_extensions);
PHP_FUNCTION(extension_loaded);
PHP_FUNCTION(get_extension_funcs);
PHP_FUNCTION(get_defined_constants);

#endif
