/* SPDX-License-Identifier: MIT */
/*
 * The table of wrappers, and opening things by name through it.
 *
 * "scheme://rest" (and "data:rest") goes to the wrapper of that scheme, everything else to plain
 * files. The process has one table; a request that registers or removes wrappers works on a
 * copy.
 */
#include <ctype.h>
#include <errno.h>

#include "main/php.h"
#include "main/streams/php_streams_internal.h"

static HashTable process_wrappers;
static HashTable *request_wrappers; /* NULL while the request has not changed anything */
static char *open_errors;           /* why the running open fails; emalloc'ed, or NULL */

/* --- The table ------------------------------------------------------------------------------- */

HashTable *php_stream_get_url_stream_wrappers_hash_global(void)
{
    return &process_wrappers;
}

HashTable *php_stream_get_url_stream_wrappers_hash(void)
{
    return request_wrappers ? request_wrappers : &process_wrappers;
}

static bool is_valid_scheme(const char *protocol)
{
    size_t length = strlen(protocol), i;

    for (i = 0; i < length; i++) {
        if (!isalnum((unsigned char) protocol[i]) && !strchr("+-.", protocol[i])) {
            return false;
        }
    }
    return length > 0;
}

int php_register_url_stream_wrapper(const char *protocol, php_stream_wrapper *wrapper)
{
    return is_valid_scheme(protocol)
        ? zend_hash_add(&process_wrappers, protocol, (uint) strlen(protocol) + 1, &wrapper,
            sizeof(wrapper), NULL)
        : FAILURE;
}

int php_unregister_url_stream_wrapper(const char *protocol)
{
    return zend_hash_del(&process_wrappers, protocol, (uint) strlen(protocol) + 1);
}

/* The request's own table, made now if need be. */
static HashTable *own_table(void)
{
    HashPosition pos;
    php_stream_wrapper **wrapper;
    char *key;
    uint key_length;
    ulong index;

    if (request_wrappers) {
        return request_wrappers;
    }
    ALLOC_HASHTABLE(request_wrappers);
    zend_hash_init(request_wrappers, 8, NULL, NULL, 0);
    zend_hash_internal_pointer_reset_ex(&process_wrappers, &pos);
    for (; zend_hash_get_current_data_ex(&process_wrappers, (void **) &wrapper, &pos) == SUCCESS;
         zend_hash_move_forward_ex(&process_wrappers, &pos)) {
        zend_hash_get_current_key_ex(&process_wrappers, &key, &key_length, &index, 0, &pos);
        zend_hash_add(request_wrappers, key, key_length, wrapper, sizeof(*wrapper), NULL);
    }
    return request_wrappers;
}

int php_register_url_stream_wrapper_volatile(const char *protocol, php_stream_wrapper *wrapper)
{
    return is_valid_scheme(protocol)
        ? zend_hash_add(own_table(), protocol, (uint) strlen(protocol) + 1, &wrapper,
            sizeof(wrapper), NULL)
        : FAILURE;
}

int php_unregister_url_stream_wrapper_volatile(const char *protocol)
{
    return zend_hash_del(own_table(), protocol, (uint) strlen(protocol) + 1);
}

void php_stream_forget_volatile_wrappers(void)
{
    if (request_wrappers) {
        zend_hash_destroy(request_wrappers);
        FREE_HASHTABLE(request_wrappers);
        request_wrappers = NULL;
    }
    open_errors = NULL;
}

/* --- Finding a wrapper ----------------------------------------------------------------------- */

/* Length of the scheme of "scheme://..." or "data:...", else 0. */
static size_t scheme_length(const char *path)
{
    size_t n = 0;

    while (isalnum((unsigned char) path[n]) || path[n] == '+' || path[n] == '-'
        || path[n] == '.') {
        n++;
    }
    if (n > 1 && path[n] == ':'
        && (!strncmp("//", path + n + 1, 2) || (n == 4 && !strncasecmp("data", path, 4)))) {
        return n;
    }
    return 0;
}

static php_stream_wrapper *find_by_scheme(const char *scheme, size_t length)
{
    char name[32];
    php_stream_wrapper **wrapper;

    if (length >= sizeof(name)) {
        return NULL;
    }
    zend_str_tolower_copy(name, scheme, (uint) length);
    return zend_hash_find(php_stream_get_url_stream_wrappers_hash(), name, (uint) length + 1,
               (void **) &wrapper) == SUCCESS
        ? *wrapper : NULL;
}

/* file://localhost/x and file:///x are /x; other hosts are refused. */
static php_stream_wrapper *locate_file_url(const char *path, char **path_for_open, int options)
{
    const char *rest = path + sizeof("file://") - 1;

    if (!strncasecmp(rest, "localhost/", 10)) {
        rest += 9;
    }
    if (*rest != '/') {
        if (options & REPORT_ERRORS) {
            php_error_docref(NULL, E_WARNING,
                "remote host file access not supported, %s", path);
        }
        return NULL;
    }
    if (path_for_open) {
        *path_for_open = (char *) rest;
    }
    return &php_plain_files_wrapper;
}

static bool is_allowed(const php_stream_wrapper *wrapper, const char *scheme, size_t length,
    int options)
{
    if (!wrapper->is_url || (options & STREAM_DISABLE_URL_PROTECTION)) {
        return true;
    }
    if (PG(allow_url_fopen)
        && (!(options & STREAM_OPEN_FOR_INCLUDE) || PG(allow_url_include))) {
        return true;
    }
    if (options & REPORT_ERRORS) {
        php_error_docref(NULL, E_WARNING,
            "%.*s:// wrapper is disabled in the server configuration by allow_url_%s=0",
            (int) length, scheme, PG(allow_url_fopen) ? "include" : "fopen");
    }
    return false;
}

php_stream_wrapper *php_stream_locate_url_wrapper(const char *path, char **path_for_open,
    int options)
{
    size_t length = options & IGNORE_URL ? 0 : scheme_length(path);
    php_stream_wrapper *wrapper;

    if (path_for_open) {
        *path_for_open = (char *) path;
    }
    if (length == 0) {
        return &php_plain_files_wrapper;
    }
    wrapper = find_by_scheme(path, length);
    if (!wrapper) {
        if (length == 4 && !strncasecmp(path, "file", 4)) {
            if (options & REPORT_ERRORS) {
                php_error_docref(NULL, E_WARNING,
                    "file:// wrapper is disabled in the server configuration");
            }
            return NULL;
        }
        if (options & REPORT_ERRORS) {
            php_error_docref(NULL, E_WARNING, "Unable to find the wrapper \"%.*s\" - did you "
                "forget to enable it when you configured PHP?", (int) MIN(length, 32), path);
        }
        return &php_plain_files_wrapper;
    }
    if (wrapper == &php_plain_files_wrapper) {
        return locate_file_url(path, path_for_open, options);
    }
    return is_allowed(wrapper, path, length, options) ? wrapper : NULL;
}

/* --- Opening --------------------------------------------------------------------------------- */

void php_stream_wrapper_log_error(php_stream_wrapper *wrapper, int options, const char *format,
    ...)
{
    char *message, *joined;
    va_list args;

    va_start(args, format);
    vspprintf(&message, 0, format, args);
    va_end(args);
    if ((options & REPORT_ERRORS) || !wrapper) {
        php_error_docref(NULL, E_WARNING, "%s", message);
        efree(message);
    } else if (open_errors) {
        spprintf(&joined, 0, "%s\n%s", open_errors, message);
        efree(message);
        efree(open_errors);
        open_errors = joined;
    } else {
        open_errors = message;
    }
}

static void forget_errors(void)
{
    if (open_errors) {
        efree(open_errors);
        open_errors = NULL;
    }
}

static void display_errors(php_stream_wrapper *wrapper, const char *path, const char *caption,
    int error)
{
    const char *reason = open_errors ? open_errors
        : wrapper == &php_plain_files_wrapper ? strerror(error)
        : wrapper ? "operation failed"
                  : "no suitable wrapper could be found";

    php_error_docref1(NULL, path, E_WARNING, "%s: %s", caption, reason);
    forget_errors();
}

/* A stream for appending takes over the place that its descriptor has. */
static void take_place_for_append(php_stream *stream, const char *mode)
{
    off_t position = 0;

    if (stream->ops->seek && !(stream->flags & PHP_STREAM_FLAG_NO_SEEK) && strchr(mode, 'a')
        && stream->position == 0 && stream->ops->seek(stream, 0, SEEK_CUR, &position) == 0) {
        stream->position = position;
    }
}

php_stream *php_stream_open_wrapper_ex(const char *path, const char *mode, int options,
    char **opened_path, php_stream_context *context)
{
    char *path_to_open, *resolved = NULL;
    php_stream_wrapper *wrapper;
    php_stream *stream = NULL;

    if (opened_path) {
        *opened_path = NULL;
    }
    if (!path || !*path) {
        php_error_docref(NULL, E_WARNING, "Filename cannot be empty");
        return NULL;
    }
    if (options & USE_PATH) {
        resolved = zend_resolve_path(path, (int) strlen(path));
    }
    forget_errors();
    wrapper = php_stream_locate_url_wrapper(resolved ? resolved : path, &path_to_open, options);
    if ((options & STREAM_USE_URL) && (!wrapper || !wrapper->is_url)) {
        php_error_docref(NULL, E_WARNING, "This function may only be used against URLs");
    } else if (wrapper) {
        errno = 0;
        if (wrapper->wops->stream_opener) {
            stream = wrapper->wops->stream_opener(wrapper, path_to_open, mode,
                options & ~REPORT_ERRORS, opened_path, context);
        } else {
            php_stream_wrapper_log_error(wrapper, options & ~REPORT_ERRORS,
                "wrapper does not support stream open");
        }
    }
    if (stream) {
        stream->wrapper = wrapper;
        if (!stream->orig_path) {
            stream->orig_path = estrdup(path);
        }
        take_place_for_append(stream, mode);
        forget_errors();
    } else if ((options & REPORT_ERRORS) && !EG(exception)) {
        display_errors(wrapper, path, "failed to open stream", errno);
    }
    if (resolved) {
        efree(resolved);
    }
    return stream;
}

php_stream *php_stream_opendir(const char *path, int options, php_stream_context *context)
{
    char *path_to_open;
    php_stream_wrapper *wrapper;
    php_stream *stream = NULL;

    if (!path || !*path) {
        return NULL;
    }
    forget_errors();
    wrapper = php_stream_locate_url_wrapper(path, &path_to_open, options);
    if (wrapper && wrapper->wops->dir_opener) {
        errno = 0;
        stream = wrapper->wops->dir_opener(wrapper, path_to_open, "r", options & ~REPORT_ERRORS,
            NULL, context);
    } else if (wrapper) {
        php_stream_wrapper_log_error(wrapper, options & ~REPORT_ERRORS, "not implemented");
    }
    if (stream) {
        stream->wrapper = wrapper;
        stream->flags |= PHP_STREAM_FLAG_NO_BUFFER | PHP_STREAM_FLAG_IS_DIR;
    } else if (options & REPORT_ERRORS) {
        display_errors(wrapper, path, "failed to open dir", errno);
    }
    return stream;
}

php_stream_dirent *php_stream_readdir(php_stream *dirstream, php_stream_dirent *entry)
{
    return php_stream_read(dirstream, (char *) entry, sizeof(*entry)) == sizeof(*entry) ? entry
                                                                                      : NULL;
}

int php_stream_stat_path_ex(const char *path, int flags, php_stream_statbuf *ssb,
    php_stream_context *context)
{
    char *path_to_open;
    php_stream_wrapper *wrapper = php_stream_locate_url_wrapper(path, &path_to_open, 0);

    memset(ssb, 0, sizeof(*ssb));
    return wrapper && wrapper->wops->url_stat
        ? wrapper->wops->url_stat(wrapper, path_to_open, flags, ssb, context) : -1;
}

/* --- Life ------------------------------------------------------------------------------------ */

int php_init_stream_wrappers(int module_number)
{
    php_stream_register_types(module_number);
    php_stream_register_context_type(module_number);
    zend_hash_init(&process_wrappers, 8, NULL, NULL, 1);
    php_register_url_stream_wrapper("php", &php_stream_php_wrapper);
    php_register_url_stream_wrapper("file", &php_plain_files_wrapper);
    return SUCCESS;
}

void php_shutdown_stream_wrappers(void)
{
    zend_hash_destroy(&process_wrappers);
}

void php_shutdown_stream_hashes(void)
{
    php_stream_forget_volatile_wrappers();
    php_stream_forget_default_context();
}
