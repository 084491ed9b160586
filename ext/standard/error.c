/* SPDX-License-Identifier: MIT */
/* The last error, the log, and how things stand with the client. */
#include <fcntl.h>
#include <unistd.h>

#include "ext/standard/basic_functions.h"
#include "main/php_main.h"
#include "main/SAPI.h"

PHP_FUNCTION(error_get_last)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (PG(last_error_message)) {
        array_init(return_value);
        add_assoc_long(return_value, "type", PG(last_error_type));
        add_assoc_string(return_value, "message", PG(last_error_message), 1);
        add_assoc_string(return_value, "file", PG(last_error_file) ? PG(last_error_file) : "-", 1);
        add_assoc_long(return_value, "line", PG(last_error_lineno));
    }
}

/* Types of error_log(): where the message goes. */
enum { LOG_TO_SYSTEM, LOG_BY_MAIL, LOG_BY_DEBUGGER, LOG_TO_FILE, LOG_TO_SAPI };

static int append_to_file(const char *path, const char *message, size_t length)
{
    php_stream *stream = php_stream_open_wrapper(path, "a", IGNORE_URL_WIN | REPORT_ERRORS, NULL);
    size_t written;

    if (!stream) {
        return FAILURE;
    }
    written = php_stream_write(stream, message, length);
    php_stream_close(stream);
    return written == length ? SUCCESS : FAILURE;
}

static int log_message(long type, const char *message, size_t length, const char *destination)
{
    switch (type) {
    case LOG_BY_MAIL:
        return FAILURE; /* there is no mail() */
    case LOG_BY_DEBUGGER:
        php_error_docref(NULL, E_WARNING, "TCP/IP option not available!");
        return FAILURE;
    case LOG_TO_FILE:
        return append_to_file(destination ? destination : "", message, length);
    case LOG_TO_SAPI:
        if (!sapi_module.log_message) {
            return FAILURE;
        }
        sapi_module.log_message(message);
        return SUCCESS;
    default:
        php_log_err(message);
        return SUCCESS;
    }
}

PHP_FUNCTION(error_log)
{
    char *message, *destination = NULL, *headers = NULL;
    int message_length, destination_length = 0, headers_length = 0;
    long type = LOG_TO_SYSTEM;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|lps", &message, &message_length, &type,
            &destination, &destination_length, &headers, &headers_length) == FAILURE) {
        return;
    }
    RETURN_BOOL(log_message(type, message, (size_t) message_length, destination) == SUCCESS);
}

PHP_FUNCTION(connection_aborted)
{
    RETURN_LONG(PG(connection_status) & PHP_CONNECTION_ABORTED);
}

PHP_FUNCTION(connection_status)
{
    RETURN_LONG(PG(connection_status));
}

PHP_FUNCTION(ignore_user_abort)
{
    char *value = NULL;
    int value_length = 0;
    long before = PG(ignore_user_abort);

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|s", &value, &value_length) == FAILURE) {
        return;
    }
    if (value) {
        zend_alter_ini_entry_ex("ignore_user_abort", sizeof("ignore_user_abort"), value,
            (uint) value_length, PHP_INI_USER, PHP_INI_STAGE_RUNTIME, 0);
    }
    RETURN_LONG(before);
}

static const zend_function_entry error_functions[] = {
    PHP_FE(error_log, "$message, $message_type = 0, $destination = null, $extra_headers = null",
        "Writes a message to the log or a file.")
    PHP_FE(error_get_last, "", "Returns the last error as an array, or NULL.")
    PHP_FE(connection_aborted, "", "Returns 1 when the client has gone.")
    PHP_FE(connection_status, "", "Returns the state of the connection as bits.")
    PHP_FE(ignore_user_abort, "$value = null",
        "Says, and may set, whether the script goes on when the client has gone.")
    PHP_FE_END
};

static PHP_MINIT_FUNCTION(error)
{
    static const php_long_constant constants[] = {
        {"CONNECTION_ABORTED", PHP_CONNECTION_ABORTED},
        {"CONNECTION_NORMAL", PHP_CONNECTION_NORMAL},
        {"CONNECTION_TIMEOUT", PHP_CONNECTION_TIMEOUT},
        {NULL, 0},
    };

    php_register_long_constants(constants, module_number);
    return SUCCESS;
}

const php_standard_part standard_error_part = {error_functions, PHP_MINIT(error), NULL, NULL,
    NULL, NULL};
