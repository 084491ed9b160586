/* SPDX-License-Identifier: MIT */
/* Paths as text: basename(), dirname(), pathinfo(), fnmatch(); and realpath(). */
#include <ctype.h>
#include <fnmatch.h>
#include <unistd.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/file.h"
#include "ext/standard/php_string.h"

#define PATHINFO_DIRNAME 1
#define PATHINFO_BASENAME 2
#define PATHINFO_EXTENSION 4
#define PATHINFO_FILENAME 8
#define PATHINFO_ALL 15

void php_basename(const char *path, size_t length, const char *suffix, size_t suffix_length,
    char **ret, size_t *ret_length)
{
    size_t start;

    while (length > 0 && path[length - 1] == '/') {
        length--;
    }
    for (start = length; start > 0 && path[start - 1] != '/'; start--) {
    }
    if (suffix && suffix_length < length - start
        && !memcmp(path + length - suffix_length, suffix, suffix_length)) {
        length -= suffix_length;
    }
    *ret = estrndup(path + start, (uint) (length - start));
    if (ret_length) {
        *ret_length = length - start;
    }
}

size_t php_dirname(char *path, size_t length)
{
    size_t end = length;

    if (length == 0) {
        return 0;
    }
    while (end > 0 && path[end - 1] == '/') {
        end--;
    }
    if (end == 0) { /* slashes alone */
        path[1] = '\0';
        return 1;
    }
    while (end > 0 && path[end - 1] != '/') {
        end--;
    }
    if (end == 0) {
        strcpy(path, ".");
        return 1;
    }
    while (end > 0 && path[end - 1] == '/') {
        end--;
    }
    if (end == 0) {
        end = 1;
    }
    path[end] = '\0';
    return end;
}

PHP_FUNCTION(basename)
{
    char *path, *suffix = NULL, *name;
    int path_length, suffix_length = 0;
    size_t length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|s", &path, &path_length, &suffix,
            &suffix_length) == FAILURE) {
        return;
    }
    php_basename(path, (size_t) path_length, suffix, (size_t) suffix_length, &name, &length);
    RETURN_STRINGL(name, (int) length, 0);
}

PHP_FUNCTION(dirname)
{
    char *path, *dir;
    int path_length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &path, &path_length) == FAILURE) {
        return;
    }
    dir = emalloc((size_t) path_length + 2); /* "." is longer than no name */
    memcpy(dir, path, (size_t) path_length + 1);
    path_length = (int) php_dirname(dir, (size_t) path_length);
    RETURN_STRINGL(dir, path_length, 0);
}

/* Name, extension and the name without it, as far as they are wanted. */
static void add_name_parts(zval *parts, const char *path, size_t path_length, long wanted)
{
    char *name;
    const char *dot;
    size_t length;

    php_basename(path, path_length, NULL, 0, &name, &length);
    dot = zend_memrchr(name, '.', length);
    if (wanted & PATHINFO_BASENAME) {
        add_assoc_stringl(parts, "basename", name, (uint) length, 1);
    }
    if ((wanted & PATHINFO_EXTENSION) && dot) {
        add_assoc_stringl(parts, "extension", (char *) dot + 1,
            (uint) (name + length - dot - 1), 1);
    }
    if (wanted & PATHINFO_FILENAME) {
        add_assoc_stringl(parts, "filename", name, (uint) (dot ? (size_t) (dot - name) : length),
            1);
    }
    efree(name);
}

PHP_FUNCTION(pathinfo)
{
    char *path, *dir;
    int path_length;
    long wanted = PATHINFO_ALL;
    zval *parts, **first;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|l", &path, &path_length, &wanted) == FAILURE) {
        return;
    }
    MAKE_STD_ZVAL(parts);
    array_init(parts);
    if (wanted & PATHINFO_DIRNAME) {
        dir = emalloc((size_t) path_length + 2);
        memcpy(dir, path, (size_t) path_length + 1);
        php_dirname(dir, (size_t) path_length);
        if (*dir) {
            add_assoc_string(parts, "dirname", dir, 1);
        }
        efree(dir);
    }
    add_name_parts(parts, path, (size_t) path_length, wanted);
    if (wanted == PATHINFO_ALL) {
        RETURN_ZVAL(parts, 0, 1);
    }
    /* One part was asked for: the first that there is. */
    zend_hash_internal_pointer_reset(Z_ARRVAL_P(parts));
    if (zend_hash_get_current_data(Z_ARRVAL_P(parts), (void **) &first) == SUCCESS) {
        RETVAL_ZVAL(*first, 1, 0);
    } else {
        ZVAL_EMPTY_STRING(return_value);
    }
    zval_ptr_dtor(&parts);
}

PHP_FUNCTION(realpath)
{
    char *path, whole[PATH_MAX];
    int path_length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "p", &path, &path_length) == FAILURE) {
        return;
    }
    if (!realpath(path_length ? path : ".", whole) || php_check_open_basedir(whole)) {
        RETURN_FALSE;
    }
    RETURN_STRING(whole, 1);
}

/* There is no cache of real paths: the system has one. */
PHP_FUNCTION(realpath_cache_size)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_LONG(0);
}

PHP_FUNCTION(realpath_cache_get)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    array_init(return_value);
}

PHP_FUNCTION(fnmatch)
{
    char *pattern, *filename;
    int pattern_length, filename_length;
    long flags = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "pp|l", &pattern, &pattern_length, &filename,
            &filename_length, &flags) == FAILURE) {
        return;
    }
    if (filename_length >= MAXPATHLEN) {
        php_error_docref(NULL, E_WARNING,
            "Filename exceeds the maximum allowed length of %d characters", MAXPATHLEN);
        RETURN_FALSE;
    }
    if (pattern_length >= MAXPATHLEN) {
        php_error_docref(NULL, E_WARNING,
            "Pattern exceeds the maximum allowed length of %d characters", MAXPATHLEN);
        RETURN_FALSE;
    }
    RETURN_BOOL(!fnmatch(pattern, filename, (int) flags));
}

static const zend_function_entry file_path_functions[] = {
    PHP_FE(basename, "$path, [$suffix]", "Returns the last part of a path.")
    PHP_FE(dirname, "$path", "Returns a path without its last part.")
    PHP_FE(pathinfo, "$path, [$options]", "Takes a path apart.")
    PHP_FE(realpath, "$path", "Returns the full path of a file, without links.")
    PHP_FE(realpath_cache_size, "", "Returns the size of the cache of real paths: 0.")
    PHP_FE(realpath_cache_get, "", "Returns the cache of real paths: an empty array.")
    PHP_FE(fnmatch, "$pattern, $filename, [$flags]", "Does a name match a shell's pattern?")
    PHP_FE_END
};

static const php_long_constant file_path_constants[] = {
    {"PATHINFO_DIRNAME", PATHINFO_DIRNAME},
    {"PATHINFO_BASENAME", PATHINFO_BASENAME},
    {"PATHINFO_EXTENSION", PATHINFO_EXTENSION},
    {"PATHINFO_FILENAME", PATHINFO_FILENAME},
    {"FNM_NOESCAPE", FNM_NOESCAPE},
    {"FNM_PATHNAME", FNM_PATHNAME},
    {"FNM_PERIOD", FNM_PERIOD},
    {"FNM_CASEFOLD", FNM_CASEFOLD},
    {NULL, 0},
};

static PHP_MINIT_FUNCTION(file_path)
{
    php_register_long_constants(file_path_constants, module_number);
    return SUCCESS;
}

const php_standard_part standard_file_path_part = {
    .functions = file_path_functions, .module_startup = PHP_MINIT(file_path)};
