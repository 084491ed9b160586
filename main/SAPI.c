/* SPDX-License-Identifier: MIT */
/*
 * The part of the server interface that all SAPIs share: the life of a request, and the list of
 * HTTP headers.
 *
 * Headers are gathered in SG(sapi_headers) until the first byte of output, or the end of the
 * request, sends them. A SAPI's header_handler sees each one first and says whether it is
 * kept: the CLI keeps none.
 */
#include <ctype.h>
#include <sys/time.h>

#include "main/php.h"
#include "main/SAPI.h"

sapi_globals_struct sapi_globals;
sapi_module_struct sapi_module;

/* --- Life ------------------------------------------------------------------------------------ */

void sapi_startup(sapi_module_struct *sf)
{
    sapi_module = *sf;
    memset(&sapi_globals, 0, sizeof(sapi_globals));
}

void sapi_shutdown(void)
{
    memset(&sapi_globals, 0, sizeof(sapi_globals));
}

void sapi_free_header(sapi_header_struct *header)
{
    efree(header->header);
}

void sapi_activate(void)
{
    zend_llist_init(&SG(sapi_headers).headers, sizeof(sapi_header_struct),
        (llist_dtor_func_t) sapi_free_header, 0);
    SG(sapi_headers).send_default_content_type = true;
    SG(sapi_headers).http_response_code = 0;
    SG(sapi_headers).http_status_line = NULL;
    SG(sapi_headers).mimetype = NULL;
    SG(callback_func) = NULL;
    SG(callback_run) = 0;
    SG(headers_sent) = 0;
    SG(read_post_bytes) = 0;
    SG(request_info).headers_read = 0;
    SG(request_info).no_headers = 0;
    SG(request_info).headers_only =
        SG(request_info).request_method && !strcmp(SG(request_info).request_method, "HEAD");
    SG(global_request_time) = 0;
    if (sapi_module.read_cookies) {
        SG(request_info).cookie_data = sapi_module.read_cookies();
    }
    if (sapi_module.activate) {
        sapi_module.activate();
    }
}

void sapi_deactivate(void)
{
    zend_llist_destroy(&SG(sapi_headers).headers);
    if (SG(sapi_headers).mimetype) {
        efree(SG(sapi_headers).mimetype);
        SG(sapi_headers).mimetype = NULL;
    }
    if (SG(sapi_headers).http_status_line) {
        efree(SG(sapi_headers).http_status_line);
        SG(sapi_headers).http_status_line = NULL;
    }
    if (sapi_module.deactivate) {
        sapi_module.deactivate();
    }
    SG(sapi_started) = 0;
    SG(headers_sent) = 0;
}

/* --- The default content type ---------------------------------------------------------------- */

char *sapi_get_default_content_type(void)
{
    const char *mimetype = SG(default_mimetype) ? SG(default_mimetype) : SAPI_DEFAULT_MIMETYPE;
    const char *charset = SG(default_charset) ? SG(default_charset) : SAPI_DEFAULT_CHARSET;
    size_t mimetype_length = strlen(mimetype), charset_length = strlen(charset);
    char *content_type;

    if (charset_length == 0 || strncasecmp(mimetype, "text/", 5) != 0) {
        return estrndup(mimetype, (uint) mimetype_length);
    }
    content_type = emalloc(mimetype_length + sizeof("; charset=") - 1 + charset_length + 1);
    memcpy(content_type, mimetype, mimetype_length);
    memcpy(content_type + mimetype_length, ZEND_STRL("; charset="));
    memcpy(content_type + mimetype_length + sizeof("; charset=") - 1, charset, charset_length + 1);
    return content_type;
}

/* Appends the default charset to a text type that names none. */
static char *with_charset(const char *mimetype)
{
    char *full;
    const char *charset = SG(default_charset);

    if (charset && *charset && !strncasecmp(mimetype, "text/", 5)
        && !strstr(mimetype, "charset=")) {
        spprintf(&full, 0, "%s;charset=%s", mimetype, charset);
        return full;
    }
    return estrdup(mimetype);
}

/* --- The list -------------------------------------------------------------------------------- */

/* Does the header have this name? name_length without the colon. */
static bool has_name(const sapi_header_struct *header, const char *name, size_t name_length)
{
    return header->header_len > name_length && header->header[name_length] == ':'
        && strncasecmp(header->header, name, name_length) == 0;
}

static void remove_headers(const char *name, size_t name_length)
{
    zend_llist *list = &SG(sapi_headers).headers;
    zend_llist_element *element, *next;

    for (element = list->head; element; element = next) {
        next = element->next;
        if (!has_name((sapi_header_struct *) element->data, name, name_length)) {
            continue;
        }
        if (element->prev) {
            element->prev->next = next;
        } else {
            list->head = next;
        }
        if (next) {
            next->prev = element->prev;
        } else {
            list->tail = element->prev;
        }
        sapi_free_header((sapi_header_struct *) element->data);
        efree(element);
        list->count--;
    }
}

static void add_header(sapi_header_op_enum op, sapi_header_struct *header)
{
    if (sapi_module.header_handler
        && !(sapi_module.header_handler(header, op, &SG(sapi_headers)) & SAPI_HEADER_ADD_FLAG)) {
        sapi_free_header(header);
        return;
    }
    if (op == SAPI_HEADER_REPLACE) {
        const char *colon = strchr(header->header, ':');
        if (colon) {
            remove_headers(header->header, (size_t) (colon - header->header));
        }
    }
    zend_llist_add_element(&SG(sapi_headers).headers, header);
}

int sapi_add_header_ex(char *header_line, uint header_line_len, zend_bool duplicate,
    zend_bool replace)
{
    sapi_header_line line = {header_line, header_line_len, 0};
    int result = sapi_header_op(replace ? SAPI_HEADER_REPLACE : SAPI_HEADER_ADD, &line);

    if (!duplicate) {
        efree(header_line);
    }
    return result;
}

/* --- header() -------------------------------------------------------------------------------- */

static void set_status(int code)
{
    SG(sapi_headers).http_response_code = code;
    if (SG(sapi_headers).http_status_line) {
        efree(SG(sapi_headers).http_status_line);
        SG(sapi_headers).http_status_line = NULL;
    }
}

static int status_of_line(const char *line)
{
    const char *space = strchr(line, ' ');

    return space ? atoi(space + 1) : 200;
}

static bool refused_as_sent(void)
{
    const char *file = php_output_get_start_filename();

    if (!SG(headers_sent) || SG(request_info).no_headers) {
        return false;
    }
    if (file) {
        php_error_docref(NULL, E_WARNING, "Cannot modify header information - headers already "
            "sent by (output started at %s:%d)", file, php_output_get_start_lineno());
    } else {
        php_error_docref(NULL, E_WARNING,
            "Cannot modify header information - headers already sent");
    }
    return true;
}

static bool is_single_line(const char *line, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++) {
        if (line[i] == '\n' || line[i] == '\r') {
            php_error_docref(NULL, E_WARNING,
                "Header may not contain more than a single header, new line detected");
            return false;
        }
        if (line[i] == '\0') {
            php_error_docref(NULL, E_WARNING, "Header may not contain NUL bytes");
            return false;
        }
    }
    return true;
}

/* Headers that mean something to us: returns the line to keep, which may be another one. */
static char *apply_meaning(char *line, size_t name_length, long *response_code)
{
    const char *value = line + name_length + 1;

    while (*value == ' ') {
        value++;
    }
    if (name_length == 12 && !strncasecmp(line, "Content-Type", 12)) {
        char *full = with_charset(value), *new_line;
        if (SG(sapi_headers).mimetype) {
            efree(SG(sapi_headers).mimetype);
        }
        SG(sapi_headers).mimetype = full;
        SG(sapi_headers).send_default_content_type = false;
        spprintf(&new_line, 0, "Content-type: %s", full);
        efree(line);
        return new_line;
    }
    if (name_length == 8 && !strncasecmp(line, "Location", 8)) {
        int code = SG(sapi_headers).http_response_code;
        if ((code < 300 || code > 399) && code != 201 && !*response_code) {
            *response_code = 302;
        }
    } else if (name_length == 16 && !strncasecmp(line, "WWW-Authenticate", 16)) {
        *response_code = 401;
    }
    return line;
}

static int header_line_op(sapi_header_op_enum op, const sapi_header_line *p)
{
    sapi_header_struct header;
    long response_code = p->response_code;
    size_t length = p->line_len;
    char *line, *colon;

    while (length && isspace((unsigned char) p->line[length - 1])) {
        length--;
    }
    line = estrndup(p->line, (uint) length);
    if (op == SAPI_HEADER_DELETE) {
        if (strchr(line, ':')) {
            php_error_docref(NULL, E_WARNING, "Header to delete may not contain colon.");
        } else {
            remove_headers(line, length);
        }
        efree(line);
        return SUCCESS;
    }
    if (!is_single_line(line, length)) {
        efree(line);
        return FAILURE;
    }
    if (length >= 7 && !strncasecmp(line, "HTTP/", 5)) {
        set_status(status_of_line(line));
        SG(sapi_headers).http_status_line = line;
        return SUCCESS;
    }
    colon = strchr(line, ':');
    if (colon) {
        line = apply_meaning(line, (size_t) (colon - line), &response_code);
    }
    if (response_code) {
        set_status((int) response_code);
    }
    header.header = line;
    header.header_len = (uint) strlen(line);
    add_header(op, &header);
    return SUCCESS;
}

int sapi_header_op(sapi_header_op_enum op, void *arg)
{
    if (refused_as_sent()) {
        return FAILURE;
    }
    switch (op) {
    case SAPI_HEADER_SET_STATUS:
        set_status((int) (intptr_t) arg);
        return SUCCESS;
    case SAPI_HEADER_DELETE_ALL:
        if (sapi_module.header_handler) {
            sapi_module.header_handler(NULL, op, &SG(sapi_headers));
        }
        zend_llist_clean(&SG(sapi_headers).headers);
        return SUCCESS;
    default:
        if (!((sapi_header_line *) arg)->line || !((sapi_header_line *) arg)->line_len) {
            return FAILURE;
        }
        return header_line_op(op, arg);
    }
}

/* --- Sending --------------------------------------------------------------------------------- */

static void run_header_callback(void)
{
    zval *callback = SG(callback_func), result;

    SG(callback_func) = NULL;
    SG(callback_run) = 1;
    if (call_user_function(NULL, NULL, callback, &result, 0, NULL) == SUCCESS) {
        zval_dtor(&result);
    } else {
        php_error_docref(NULL, E_WARNING, "Could not call the sapi_header_callback");
    }
    SG(callback_run) = 0;
    zval_ptr_dtor(&callback);
}

static void add_default_content_type(void)
{
    sapi_header_struct header;

    SG(sapi_headers).mimetype = sapi_get_default_content_type();
    SG(sapi_headers).send_default_content_type = false;
    header.header_len = (uint) (sizeof("Content-type: ") - 1 + strlen(SG(sapi_headers).mimetype));
    header.header = emalloc(header.header_len + 1);
    memcpy(header.header, ZEND_STRL("Content-type: "));
    strcpy(header.header + sizeof("Content-type: ") - 1, SG(sapi_headers).mimetype);
    add_header(SAPI_HEADER_ADD, &header);
}

static void send_one_by_one(void)
{
    zend_llist_element *element;

    if (!sapi_module.send_header) {
        return;
    }
    for (element = SG(sapi_headers).headers.head; element; element = element->next) {
        sapi_module.send_header((sapi_header_struct *) element->data, SG(server_context));
    }
    sapi_module.send_header(NULL, SG(server_context));
}

int sapi_send_headers(void)
{
    if (SG(headers_sent) || SG(request_info).no_headers || SG(callback_run)) {
        return SUCCESS;
    }
    if (SG(callback_func)) {
        run_header_callback();
    }
    SG(headers_sent) = 1; /* now already, lest an error message below sends them again */
    if (SG(sapi_headers).send_default_content_type && sapi_module.send_headers) {
        add_default_content_type();
    }
    switch (sapi_module.send_headers ? sapi_module.send_headers(&SG(sapi_headers))
                                     : SAPI_HEADER_DO_SEND) {
    case SAPI_HEADER_SENT_SUCCESSFULLY:
        return SUCCESS;
    case SAPI_HEADER_DO_SEND:
        send_one_by_one();
        return SUCCESS;
    default:
        SG(headers_sent) = 0;
        return FAILURE;
    }
}

/* --- Calls to the SAPI ----------------------------------------------------------------------- */

int sapi_flush(void)
{
    if (!sapi_module.flush) {
        return FAILURE;
    }
    sapi_module.flush(SG(server_context));
    return SUCCESS;
}

struct stat *sapi_get_stat(void)
{
    if (sapi_module.get_stat) {
        return sapi_module.get_stat();
    }
    if (!SG(request_info).path_translated
        || stat(SG(request_info).path_translated, &SG(global_stat)) != 0) {
        return NULL;
    }
    return &SG(global_stat);
}

char *sapi_getenv(const char *name, size_t name_len)
{
    char *value;

    if (!sapi_module.getenv) {
        return NULL;
    }
    value = sapi_module.getenv(name, name_len);
    return value ? estrdup(value) : NULL;
}

double sapi_get_request_time(void)
{
    struct timeval now;

    if (SG(global_request_time) == 0) {
        if (sapi_module.get_request_time) {
            SG(global_request_time) = sapi_module.get_request_time();
        } else {
            gettimeofday(&now, NULL);
            SG(global_request_time) = (double) now.tv_sec + now.tv_usec / 1000000.0;
        }
    }
    return SG(global_request_time);
}

void sapi_terminate_process(void)
{
    if (sapi_module.terminate_process) {
        sapi_module.terminate_process();
    }
}
