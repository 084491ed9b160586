/* SPDX-License-Identifier: MIT */
/* The module `json`: its functions, constants and the interface JsonSerializable. */
#include "ext/json/php_json.h"

zend_class_entry *php_json_serializable_ce;

static php_json_error last_error;

PHP_FUNCTION(json_encode)
{
    zval *value;
    long options = 0, depth = PHP_JSON_DEFAULT_DEPTH;
    smart_str buffer = {NULL, 0, 0};

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z|ll", &value, &options, &depth) == FAILURE) {
        return;
    }
    last_error = PHP_JSON_ERROR_NONE;
    last_error = php_json_encode(&buffer, value, (int) options, depth);
    if (last_error != PHP_JSON_ERROR_NONE && !(options & PHP_JSON_PARTIAL_OUTPUT_ON_ERROR)) {
        RETVAL_FALSE;
    } else {
        RETVAL_STRINGL(buffer.c, buffer.len, 1);
    }
    smart_str_free(&buffer);
}

PHP_FUNCTION(json_decode)
{
    char *text;
    int length;
    zend_bool assoc = 0;
    long depth = PHP_JSON_DEFAULT_DEPTH, options = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|bll", &text, &length, &assoc, &depth, &options)
        == FAILURE) {
        return;
    }
    last_error = PHP_JSON_ERROR_NONE;
    if (length == 0) {
        RETURN_NULL();
    }
    if (ZEND_NUM_ARGS() > 1) {
        options &= ~PHP_JSON_OBJECT_AS_ARRAY;
        options |= assoc ? PHP_JSON_OBJECT_AS_ARRAY : 0;
    }
    last_error = php_json_decode(return_value, text, length, (int) options, depth);
}

PHP_FUNCTION(json_last_error)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_LONG(last_error);
}

static const char *error_text(php_json_error error)
{
    switch (error) {
    case PHP_JSON_ERROR_NONE:
        return "No error";
    case PHP_JSON_ERROR_DEPTH:
        return "Maximum stack depth exceeded";
    case PHP_JSON_ERROR_STATE_MISMATCH:
        return "State mismatch (invalid or malformed JSON)";
    case PHP_JSON_ERROR_CTRL_CHAR:
        return "Control character error, possibly incorrectly encoded";
    case PHP_JSON_ERROR_SYNTAX:
        return "Syntax error";
    case PHP_JSON_ERROR_UTF8:
        return "Malformed UTF-8 characters, possibly incorrectly encoded";
    case PHP_JSON_ERROR_RECURSION:
        return "Recursion detected";
    case PHP_JSON_ERROR_INF_OR_NAN:
        return "Inf and NaN cannot be JSON encoded";
    case PHP_JSON_ERROR_UNSUPPORTED_TYPE:
        return "Type is not supported";
    }
    return "Unknown error";
}

PHP_FUNCTION(json_last_error_msg)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_STRING(error_text(last_error), 1);
}

static const zend_function_entry serializable_methods[] = {
    PHP_ABSTRACT_ME(JsonSerializable, jsonSerialize, "", "Returns what is encoded in its place.")
    PHP_FE_END
};

static void register_constants(int module_number)
{
    static const struct {
        const char *name;
        long value;
    } constants[] = {
        {"JSON_HEX_TAG", PHP_JSON_HEX_TAG},
        {"JSON_HEX_AMP", PHP_JSON_HEX_AMP},
        {"JSON_HEX_APOS", PHP_JSON_HEX_APOS},
        {"JSON_HEX_QUOT", PHP_JSON_HEX_QUOT},
        {"JSON_FORCE_OBJECT", PHP_JSON_FORCE_OBJECT},
        {"JSON_NUMERIC_CHECK", PHP_JSON_NUMERIC_CHECK},
        {"JSON_UNESCAPED_SLASHES", PHP_JSON_UNESCAPED_SLASHES},
        {"JSON_PRETTY_PRINT", PHP_JSON_PRETTY_PRINT},
        {"JSON_UNESCAPED_UNICODE", PHP_JSON_UNESCAPED_UNICODE},
        {"JSON_PARTIAL_OUTPUT_ON_ERROR", PHP_JSON_PARTIAL_OUTPUT_ON_ERROR},
        {"JSON_PRESERVE_ZERO_FRACTION", PHP_JSON_PRESERVE_ZERO_FRACTION},
        {"JSON_ERROR_NONE", PHP_JSON_ERROR_NONE},
        {"JSON_ERROR_DEPTH", PHP_JSON_ERROR_DEPTH},
        {"JSON_ERROR_STATE_MISMATCH", PHP_JSON_ERROR_STATE_MISMATCH},
        {"JSON_ERROR_CTRL_CHAR", PHP_JSON_ERROR_CTRL_CHAR},
        {"JSON_ERROR_SYNTAX", PHP_JSON_ERROR_SYNTAX},
        {"JSON_ERROR_UTF8", PHP_JSON_ERROR_UTF8},
        {"JSON_ERROR_RECURSION", PHP_JSON_ERROR_RECURSION},
        {"JSON_ERROR_INF_OR_NAN", PHP_JSON_ERROR_INF_OR_NAN},
        {"JSON_ERROR_UNSUPPORTED_TYPE", PHP_JSON_ERROR_UNSUPPORTED_TYPE},
        {"JSON_OBJECT_AS_ARRAY", PHP_JSON_OBJECT_AS_ARRAY},
        {"JSON_BIGINT_AS_STRING", PHP_JSON_BIGINT_AS_STRING},
    };
    size_t i;

    for (i = 0; i < sizeof(constants) / sizeof(*constants); i++) {
        zend_register_long_constant(constants[i].name, (uint) strlen(constants[i].name) + 1,
            constants[i].value, CONST_CS | CONST_PERSISTENT, module_number);
    }
}

static PHP_MINIT_FUNCTION(json)
{
    zend_class_entry ce;

    INIT_CLASS_ENTRY(ce, "JsonSerializable", serializable_methods);
    php_json_serializable_ce = zend_register_internal_interface(&ce);
    register_constants(module_number);
    return SUCCESS;
}

static PHP_RINIT_FUNCTION(json)
{
    last_error = PHP_JSON_ERROR_NONE;
    return SUCCESS;
}

static const zend_function_entry json_functions[] = {
    PHP_FE(json_encode, "$value, $options = 0, $depth = 512", "Returns the JSON of a value.")
    PHP_FE(json_decode, "$json, $assoc = false, $depth = 512, $options = 0",
        "Returns the value that a JSON text stands for.")
    PHP_FE(json_last_error, "", "Returns how the last call ended, a JSON_ERROR_*.")
    PHP_FE(json_last_error_msg, "", "Returns how the last call ended, in words.")
    PHP_FE_END
};

zend_module_entry json_module_entry = {
    STANDARD_MODULE_HEADER,
    "json",
    json_functions,
    PHP_MINIT(json),
    NULL,
    PHP_RINIT(json),
    NULL,
    NULL,
    "1.2.1",
    STANDARD_MODULE_PROPERTIES,
};
