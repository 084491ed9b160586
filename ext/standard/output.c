/* SPDX-License-Identifier: MIT */
/* ob_start() and its kin: output buffers as scripts see them. */
#include "ext/standard/basic_functions.h"
#include "main/SAPI.h"

PHP_FUNCTION(ob_start)
{
    zval *output_handler = NULL;
    long chunk_size = 0;
    long flags = PHP_OUTPUT_HANDLER_STDFLAGS;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|zll", &output_handler, &chunk_size, &flags)
        == FAILURE) {
        return;
    }
    if (php_output_start_user(output_handler, chunk_size < 0 ? 0 : (size_t) chunk_size,
            (int) flags) == FAILURE) {
        php_error_docref("ref.outcontrol", E_NOTICE, "failed to create buffer");
        RETURN_FALSE;
    }
    RETURN_TRUE;
}

/* Says that an operation on the active buffer failed. */
static void report_failure(const char *deed)
{
    php_error_docref("ref.outcontrol", E_NOTICE, "failed to %s buffer of %s (%d)", deed,
        OG(active)->name, OG(active)->level);
}

/* Notice and false unless there is a buffer. */
static bool need_buffer(const char *deed, const char *deeds)
{
    if (!OG(active)) {
        php_error_docref("ref.outcontrol", E_NOTICE, "failed to %s buffer. No buffer to %s", deed,
            deeds);
    }
    return OG(active) != NULL;
}

PHP_FUNCTION(ob_flush)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (!need_buffer("flush", "flush")) {
        RETURN_FALSE;
    }
    if (php_output_flush() == FAILURE) {
        report_failure("flush");
        RETURN_FALSE;
    }
    RETURN_TRUE;
}

PHP_FUNCTION(ob_clean)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (!need_buffer("delete", "delete")) {
        RETURN_FALSE;
    }
    if (php_output_clean() == FAILURE) {
        report_failure("delete");
        RETURN_FALSE;
    }
    RETURN_TRUE;
}

PHP_FUNCTION(ob_end_flush)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (!need_buffer("delete and flush", "delete or flush")) {
        RETURN_FALSE;
    }
    RETURN_BOOL(php_output_end() == SUCCESS);
}

PHP_FUNCTION(ob_end_clean)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (!need_buffer("delete", "delete")) {
        RETURN_FALSE;
    }
    RETURN_BOOL(php_output_discard() == SUCCESS);
}

PHP_FUNCTION(ob_get_flush)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (php_output_get_contents(return_value) == FAILURE) {
        need_buffer("delete and flush", "delete or flush");
        RETURN_FALSE;
    }
    if (php_output_end() == FAILURE) {
        report_failure("delete");
    }
}

PHP_FUNCTION(ob_get_clean)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (!OG(active)) {
        RETURN_FALSE;
    }
    php_output_get_contents(return_value);
    if (php_output_discard() == FAILURE) {
        report_failure("delete");
    }
}

PHP_FUNCTION(ob_get_contents)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (php_output_get_contents(return_value) == FAILURE) {
        RETURN_FALSE;
    }
}

PHP_FUNCTION(ob_get_level)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_LONG(php_output_get_level());
}

PHP_FUNCTION(ob_get_length)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (php_output_get_length(return_value) == FAILURE) {
        RETURN_FALSE;
    }
}

PHP_FUNCTION(ob_list_handlers)
{
    int i, count;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    array_init(return_value);
    count = php_output_get_level();
    for (i = 0; i < count; i++) {
        php_output_handler *handler = *(php_output_handler **) zend_stack_base(&OG(handlers))[i];
        add_next_index_stringl(return_value, handler->name, (uint) handler->name_len, 1);
    }
}

static void handler_status(php_output_handler *handler, zval *status)
{
    array_init(status);
    add_assoc_stringl(status, "name", handler->name, (uint) handler->name_len, 1);
    add_assoc_long(status, "type", handler->flags & 0xf);
    add_assoc_long(status, "flags", handler->flags);
    add_assoc_long(status, "level", handler->level);
    add_assoc_long(status, "chunk_size", (long) handler->size);
    add_assoc_long(status, "buffer_size", (long) handler->buffer.size);
    add_assoc_long(status, "buffer_used", (long) handler->buffer.used);
}

PHP_FUNCTION(ob_get_status)
{
    zend_bool full_status = 0;
    int i, count;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|b", &full_status) == FAILURE) {
        return;
    }
    count = php_output_get_level();
    if (count && !full_status) {
        handler_status(OG(active), return_value);
        return;
    }
    array_init(return_value);
    for (i = 0; i < count; i++) {
        zval *status;
        MAKE_STD_ZVAL(status);
        handler_status(*(php_output_handler **) zend_stack_base(&OG(handlers))[i], status);
        add_next_index_zval(return_value, status);
    }
}

PHP_FUNCTION(ob_implicit_flush)
{
    long flag = 1;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|l", &flag) == FAILURE) {
        return;
    }
    php_output_set_implicit_flush((int) flag);
}

PHP_FUNCTION(flush)
{
    sapi_flush();
}

static const zend_function_entry output_functions[] = {
    PHP_FE(flush, "", "Sends what the SAPI still holds back.")
    PHP_FE(ob_start, "$user_function = null, $chunk_size = 0, $flags = PHP_OUTPUT_HANDLER_STDFLAGS",
        "Starts a buffer for the output, with a callback that may change it.")
    PHP_FE(ob_flush, "", "Passes the contents of the buffer on.")
    PHP_FE(ob_clean, "", "Throws the contents of the buffer away.")
    PHP_FE(ob_end_flush, "", "Passes the contents of the buffer on and ends it.")
    PHP_FE(ob_end_clean, "", "Throws the buffer away.")
    PHP_FE(ob_get_flush, "", "Passes the contents of the buffer on, ends it and returns them.")
    PHP_FE(ob_get_clean, "", "Ends the buffer and returns its contents.")
    PHP_FE(ob_get_length, "", "Returns the length of the contents of the buffer.")
    PHP_FE(ob_get_level, "", "Returns how many buffers there are.")
    PHP_FE(ob_get_status, "$full_status = false", "Returns figures on one buffer or all.")
    PHP_FE(ob_get_contents, "", "Returns the contents of the buffer.")
    PHP_FE(ob_implicit_flush, "$flag = 1", "Flushes, or not, after each piece of output.")
    PHP_FE(ob_list_handlers, "", "Returns the names of all buffers' callbacks.")
    PHP_FE_END
};

const php_standard_part standard_output_part = {output_functions, NULL, NULL, NULL, NULL, NULL};
