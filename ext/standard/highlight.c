/* SPDX-License-Identifier: MIT */
/* Source code with colours, or without comments. */
#include "ext/standard/basic_functions.h"
#include "ext/standard/info.h"
#include "vm/zend_include.h"

void php_get_highlight_struct(zend_syntax_highlighter_ini *colours)
{
    colours->highlight_comment = INI_STR("highlight.comment");
    colours->highlight_default = INI_STR("highlight.default");
    colours->highlight_html = INI_STR("highlight.html");
    colours->highlight_keyword = INI_STR("highlight.keyword");
    colours->highlight_string = INI_STR("highlight.string");
}

/* Prints the source in colours, or returns it as a string. */
static void highlight(zval *return_value, const char *text, size_t length, const char *filename,
    bool as_string)
{
    zend_source source = {text, length, filename, 1, 0, false};
    zend_syntax_highlighter_ini colours;

    if (as_string) {
        php_output_start_default();
    }
    php_get_highlight_struct(&colours);
    zend_highlight(&source, &colours);
    if (as_string) {
        php_output_get_contents(return_value);
        php_output_discard();
    } else {
        RETVAL_TRUE;
    }
}

/* The text of a file, emalloc'ed, NUL-terminated; NULL after a warning. */
static char *read_source(const char *filename, size_t *length)
{
    php_stream *stream = php_stream_open_wrapper(filename, "rb", USE_PATH | REPORT_ERRORS, NULL);
    char *text;

    if (!stream) {
        return NULL;
    }
    *length = php_stream_copy_to_mem(stream, &text, PHP_STREAM_COPY_ALL, 0);
    php_stream_close(stream);
    return text ? text : estrdup("");
}

PHP_FUNCTION(highlight_file)
{
    char *filename, *text;
    int filename_length;
    size_t length;
    zend_bool as_string = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "p|b", &filename, &filename_length, &as_string)
        == FAILURE) {
        RETURN_FALSE;
    }
    if (php_check_open_basedir(filename)) {
        RETURN_FALSE;
    }
    text = read_source(filename, &length);
    if (!text) {
        zend_message_dispatcher(ZMSG_FAILED_HIGHLIGHT_FOPEN, filename);
        RETURN_FALSE;
    }
    highlight(return_value, text, length, filename, as_string);
    efree(text);
}

PHP_FUNCTION(highlight_string)
{
    char *text, *description;
    int length, before = EG(error_reporting);
    zend_bool as_string = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|b", &text, &length, &as_string) == FAILURE) {
        RETURN_FALSE;
    }
    EG(error_reporting) = E_ERROR;
    description = zend_make_compiled_string_description("highlighted code");
    highlight(return_value, text, (size_t) length, description, as_string);
    efree(description);
    EG(error_reporting) = before;
}

PHP_FUNCTION(php_strip_whitespace)
{
    char *filename;
    int filename_length;
    size_t length;
    char *text;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "p", &filename, &filename_length) == FAILURE) {
        RETURN_FALSE;
    }
    text = read_source(filename, &length);
    if (!text) {
        RETURN_EMPTY_STRING();
    }
    php_output_start_default();
    zend_strip(&(zend_source) {text, length, filename, 1, 0, false});
    php_output_get_contents(return_value);
    php_output_discard();
    efree(text);
}

static const zend_function_entry highlight_functions[] = {
    PHP_FE(highlight_file, "$file_name, $return = false", "Prints or returns a file in colours.")
    PHP_FALIAS(show_source, highlight_file, "$file_name, $return = false",
        "Prints or returns a file in colours.")
    PHP_FE(highlight_string, "$string, $return = false", "Prints or returns code in colours.")
    PHP_FE(php_strip_whitespace, "$file_name", "Returns a file's code without comments.")
    PHP_FE_END
};

const php_standard_part standard_highlight_part = {highlight_functions, NULL, NULL, NULL, NULL,
    NULL};
