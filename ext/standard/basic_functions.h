/* SPDX-License-Identifier: MIT */
/*
 * The module `standard`, which is made of parts: a file each, with its own table of functions and
 * its own steps at the start and end of the process and of a request.
 *
 * A new part is a file that defines
 *
 *      const php_standard_part standard_math_part = {math_functions, PHP_MINIT(math), ...};
 *
 * and its line in PHP_STANDARD_PARTS. Steps run in the order of that list, at the end in reverse.
 */
#ifndef BASIC_FUNCTIONS_H
#define BASIC_FUNCTIONS_H

#include "main/php.h"

typedef struct _php_standard_part {
    const zend_function_entry *functions; /* ends with PHP_FE_END; NULL: none */
    /* Any of these may be NULL. */
    int (*module_startup)(INIT_FUNC_ARGS);
    int (*module_shutdown)(SHUTDOWN_FUNC_ARGS);
    int (*request_startup)(INIT_FUNC_ARGS);
    int (*request_shutdown)(SHUTDOWN_FUNC_ARGS);
    void (*info)(ZEND_MODULE_INFO_FUNC_ARGS); /* a part of phpinfo() */
} php_standard_part;

/* The parts, in alphabetical order. */
#define PHP_STANDARD_PARTS(part) \
    part(array_basic) \
    part(array_merge) \
    part(array_multisort) \
    part(array_numbers) \
    part(array_pointer) \
    part(array_set) \
    part(array_slice) \
    part(array_sort) \
    part(array_transform) \
    part(array_variables) \
    part(array_walk) \
    part(assert) \
    part(base64) \
    part(call) \
    part(debug_zval) \
    part(crypt) \
    part(csv) \
    part(cyr_convert) \
    part(digests) \
    part(environment) \
    part(error) \
    part(file) \
    part(file_path) \
    part(file_stat) \
    part(file_whole) \
    part(formatted_print) \
    part(head) \
    part(highlight) \
    part(html) \
    part(http_query) \
    part(incomplete_class) \
    part(info) \
    part(ini) \
    part(locale) \
    part(mail_encodings) \
    part(math) \
    part(math_base) \
    part(math_round) \
    part(metaphone) \
    part(misc) \
    part(mt_rand) \
    part(output) \
    part(pack) \
    part(rand) \
    part(scanf) \
    part(serialize) \
    part(streams) \
    part(string_case) \
    part(string_layout) \
    part(string_replace) \
    part(string_search) \
    part(string_similarity) \
    part(string_slashes) \
    part(string_split) \
    part(string_substr) \
    part(string_trim) \
    part(strip_tags) \
    part(strnatcmp) \
    part(time) \
    part(type) \
    part(unserialize) \
    part(url) \
    part(url_rewriter) \
    part(var) \
    part(var_export) \
    part(versioning)

#define PHP_DECLARE_STANDARD_PART(name) extern const php_standard_part standard_##name##_part;
PHP_STANDARD_PARTS(PHP_DECLARE_STANDARD_PART)

extern zend_module_entry basic_functions_module;

/* Registers a name and a value as a persistent, case-sensitive long constant. */
typedef struct _php_long_constant {
    const char *name; /* NULL ends a table */
    long value;
} php_long_constant;
void php_register_long_constants(const php_long_constant *table, int module_number);

#endif
