/* SPDX-License-Identifier: MIT */
/* HTTP headers and cookies. */
#include <time.h>

#include "ext/standard/basic_functions.h"
#include "main/SAPI.h"

PHP_FUNCTION(header)
{
    sapi_header_line line = {NULL, 0, 0};
    zend_bool replace = 1;
    int length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|bl", &line.line, &length, &replace,
            &line.response_code) == FAILURE) {
        return;
    }
    line.line_len = (uint) length;
    sapi_header_op(replace ? SAPI_HEADER_REPLACE : SAPI_HEADER_ADD, &line);
}

PHP_FUNCTION(header_remove)
{
    sapi_header_line line = {NULL, 0, 0};
    int length = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|s", &line.line, &length) == FAILURE) {
        return;
    }
    line.line_len = (uint) length;
    sapi_header_op(ZEND_NUM_ARGS() == 0 ? SAPI_HEADER_DELETE_ALL : SAPI_HEADER_DELETE, &line);
}

PHP_FUNCTION(headers_sent)
{
    zval *file = NULL, *line = NULL;
    const char *name;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|zz", &file, &line) == FAILURE) {
        return;
    }
    if (ZEND_NUM_ARGS() >= 2) {
        zval_dtor(line);
        ZVAL_LONG(line, SG(headers_sent) ? php_output_get_start_lineno() : 0);
    }
    if (ZEND_NUM_ARGS() >= 1) {
        name = SG(headers_sent) ? php_output_get_start_filename() : NULL;
        zval_dtor(file);
        ZVAL_STRING(file, name ? name : "", 1);
    }
    RETURN_BOOL(SG(headers_sent));
}

PHP_FUNCTION(headers_list)
{
    zend_llist_element *element;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    array_init(return_value);
    for (element = SG(sapi_headers).headers.head; element; element = element->next) {
        sapi_header_struct *header = (sapi_header_struct *) element->data;
        add_next_index_stringl(return_value, header->header, header->header_len, 1);
    }
}

PHP_FUNCTION(http_response_code)
{
    long code = 0, before = SG(sapi_headers).http_response_code;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|l", &code) == FAILURE) {
        return;
    }
    if (code) {
        SG(sapi_headers).http_response_code = (int) code;
        if (!before) {
            RETURN_TRUE;
        }
    }
    if (!before) {
        RETURN_FALSE;
    }
    RETURN_LONG(before);
}

PHP_FUNCTION(header_register_callback)
{
    zval *callback;
    char *name;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &callback) == FAILURE) {
        return;
    }
    if (!zend_is_callable(callback, 0, &name)) {
        efree(name);
        RETURN_FALSE;
    }
    efree(name);
    if (SG(callback_func)) {
        zval_ptr_dtor(&SG(callback_func));
    }
    SG(callback_func) = callback;
    Z_ADDREF_P(callback);
    RETURN_TRUE;
}

/* --- Cookies --------------------------------------------------------------------------------- */

typedef struct {
    char *name, *value, *path, *domain;
    int name_length, value_length, path_length, domain_length;
    long expires;
    zend_bool secure, http_only;
} cookie;

static void append_url_encoded(smart_str *out, const char *text, size_t length)
{
    static const char hex[] = "0123456789ABCDEF";

    for (; length > 0; text++, length--) {
        unsigned char c = (unsigned char) *text;
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'
            || c == '.' || c == '_') {
            smart_str_appendc(out, (char) c);
        } else if (c == ' ') {
            smart_str_appendc(out, '+');
        } else {
            smart_str_appendc(out, '%');
            smart_str_appendc(out, hex[c >> 4]);
            smart_str_appendc(out, hex[c & 15]);
        }
    }
}

static void append_date(smart_str *out, time_t when)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
        "Sep", "Oct", "Nov", "Dec"};
    struct tm parts;
    char text[64];

    gmtime_r(&when, &parts);
    snprintf(text, sizeof(text), "%s, %02d-%s-%04d %02d:%02d:%02d GMT", days[parts.tm_wday],
        parts.tm_mday, months[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min,
        parts.tm_sec);
    smart_str_appends(out, text);
}

static void append_value(smart_str *line, const cookie *c, bool encode)
{
    if (c->value_length == 0) { /* a cookie without value is one to be forgotten */
        smart_str_appends(line, "deleted; expires=");
        append_date(line, 1);
        smart_str_appends(line, "; Max-Age=0");
        return;
    }
    if (encode) {
        append_url_encoded(line, c->value, (size_t) c->value_length);
    } else {
        smart_str_appendl(line, c->value, (size_t) c->value_length);
    }
    if (c->expires > 0) {
        smart_str_appends(line, "; expires=");
        append_date(line, c->expires);
        smart_str_appends(line, "; Max-Age=");
        smart_str_append_long(line, (long) difftime(c->expires, time(NULL)));
    }
}

static int set_cookie(const cookie *c, bool encode)
{
    smart_str line = {0};
    int result;

    if (strpbrk(c->name, "=,; \t\r\n\013\014")) {
        zend_error(E_WARNING,
            "Cookie names cannot contain any of the following '=,; \\t\\r\\n\\013\\014'");
        return FAILURE;
    }
    if (!encode && c->value && strpbrk(c->value, ",; \t\r\n\013\014")) {
        zend_error(E_WARNING,
            "Cookie values cannot contain any of the following ',; \\t\\r\\n\\013\\014'");
        return FAILURE;
    }
    smart_str_appends(&line, "Set-Cookie: ");
    smart_str_appends(&line, c->name);
    smart_str_appendc(&line, '=');
    append_value(&line, c, encode);
    if (c->path_length > 0) {
        smart_str_appends(&line, "; path=");
        smart_str_appends(&line, c->path);
    }
    if (c->domain_length > 0) {
        smart_str_appends(&line, "; domain=");
        smart_str_appends(&line, c->domain);
    }
    smart_str_appends(&line, c->secure ? "; secure" : "");
    smart_str_appends(&line, c->http_only ? "; httponly" : "");
    smart_str_0(&line);
    result = sapi_add_header_ex(line.c, (uint) line.len, 1, 0);
    smart_str_free(&line);
    return result;
}

static void cookie_function(INTERNAL_FUNCTION_PARAMETERS, bool encode)
{
    cookie c = {0};

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|slssbb", &c.name, &c.name_length, &c.value,
            &c.value_length, &c.expires, &c.path, &c.path_length, &c.domain, &c.domain_length,
            &c.secure, &c.http_only) == FAILURE) {
        return;
    }
    RETURN_BOOL(set_cookie(&c, encode) == SUCCESS);
}

PHP_FUNCTION(setcookie)
{
    cookie_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, true);
}

PHP_FUNCTION(setrawcookie)
{
    cookie_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, false);
}

#define COOKIE_SIGNATURE \
    "$name, $value = null, $expires = 0, $path = null, $domain = null, $secure = false, " \
    "$httponly = false"

static const zend_function_entry head_functions[] = {
    PHP_FE(setcookie, COOKIE_SIGNATURE, "Sends a cookie, its value URL-encoded.")
    PHP_FE(setrawcookie, COOKIE_SIGNATURE, "Sends a cookie, its value as it is.")
    PHP_FE(header, "$header, $replace = true, $http_response_code = 0", "Sends an HTTP header.")
    PHP_FE(header_remove, "$name = null", "Takes back a header, or all.")
    PHP_FE(header_register_callback, "$callback", "Has a function called before the headers go.")
    PHP_FE(headers_sent, "&$file = null, &$line = null", "Says whether the headers have gone.")
    PHP_FE(headers_list, "", "Returns the headers to be sent.")
    PHP_FE(http_response_code, "$response_code = 0", "Returns, and may set, the status code.")
    PHP_FE_END
};

const php_standard_part standard_head_part = {head_functions, NULL, NULL, NULL, NULL, NULL};
