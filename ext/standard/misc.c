/* SPDX-License-Identifier: MIT */
/* Constants by name, and the files of an upload. */
#include "ext/standard/basic_functions.h"

PHP_FUNCTION(constant)
{
    char *name;
    int length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &name, &length) == FAILURE) {
        return;
    }
    if (!zend_get_constant_ex(name, (uint) length, return_value, NULL,
            ZEND_FETCH_CLASS_SILENT)) {
        if (!EG(exception)) {
            php_error_docref(NULL, E_WARNING, "Couldn't find constant %s", name);
        }
        RETURN_NULL();
    }
}

/* No SAPI here takes uploads, so no file is one. */
PHP_FUNCTION(is_uploaded_file)
{
    char *path;
    int length;

    RETVAL_FALSE;
    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &path, &length) == FAILURE) {
        RETURN_NULL();
    }
}

PHP_FUNCTION(move_uploaded_file)
{
    char *path, *new_path;
    int length, new_length;

    RETVAL_FALSE;
    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sp", &path, &length, &new_path, &new_length)
        == FAILURE) {
        RETURN_NULL();
    }
}

static const zend_function_entry misc_functions[] = {
    PHP_FE(constant, "$const_name", "Returns the value of a constant.")
    PHP_FE(is_uploaded_file, "$path", "Tells whether a file was uploaded with the request.")
    PHP_FE(move_uploaded_file, "$path, $new_path", "Moves an uploaded file.")
    PHP_FE_END
};

const php_standard_part standard_misc_part = {misc_functions, NULL, NULL, NULL, NULL, NULL};
