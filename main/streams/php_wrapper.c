/* SPDX-License-Identifier: MIT */
/* The php:// wrapper: stdin, stdout, stderr, output, input, memory, temp, fd. */
#include <errno.h>
#include <unistd.h>

#include "main/php.h"
#include "main/php_streams.h"
#include "main/SAPI.h"

/* --- php://output ---------------------------------------------------------------------------- */

static size_t output_write(php_stream *stream, const char *buf, size_t count)
{
    php_output_write(buf, count);
    return count;
}

static size_t output_read(php_stream *stream, char *buf, size_t count)
{
    stream->eof = 1;
    return (size_t) -1;
}

static int output_close(php_stream *stream, int close_handle)
{
    return 0;
}

static const php_stream_ops output_ops = {output_write, output_read, output_close, NULL, "Output",
    NULL, NULL, NULL, NULL};

/* --- php://input: the body of the request ---------------------------------------------------- */

static size_t input_read(php_stream *stream, char *buf, size_t count)
{
    int got = sapi_module.read_post ? sapi_module.read_post(buf, (uint) count) : 0;

    if (got <= 0) {
        stream->eof = 1;
        return 0;
    }
    return (size_t) got;
}

static size_t input_write(php_stream *stream, const char *buf, size_t count)
{
    return 0;
}

static const php_stream_ops input_ops = {input_write, input_read, output_close, NULL, "Input",
    NULL, NULL, NULL, NULL};

/* --- Descriptors ----------------------------------------------------------------------------- */

static php_stream *open_duplicate(int fd, const char *mode)
{
    int copy = dup(fd);
    php_stream *stream;

    if (copy < 0) {
        return NULL;
    }
    stream = php_stream_fopen_from_fd(copy, mode, NULL);
    return stream;
}

/* php://fd/3 */
static php_stream *open_fd(php_stream_wrapper *wrapper, const char *number, const char *mode,
    int options)
{
    char *end;
    long fd = strtol(number, &end, 10);
    php_stream *stream;

    if (end == number || *end) {
        php_stream_wrapper_log_error(wrapper, options,
            "php://fd/ stream must be specified in the form php://fd/<orig fd>");
        return NULL;
    }
    if (fd < 0 || fd >= getdtablesize()) {
        php_stream_wrapper_log_error(wrapper, options, "The file descriptors must be "
            "non-negative numbers smaller than %d", getdtablesize());
        return NULL;
    }
    stream = open_duplicate((int) fd, mode);
    if (!stream) {
        php_stream_wrapper_log_error(wrapper, options,
            "Error duping file descriptor %ld; possibly it doesn't exist: [%d]: %s", fd, errno,
            strerror(errno));
    }
    return stream;
}

/* php://temp and php://temp/maxmemory:N */
static php_stream *open_temp(const char *rest, const char *mode)
{
    size_t limit = PHP_STREAM_MAX_MEM;

    if (!strncasecmp(rest, "/maxmemory:", 11)) {
        long wanted = strtol(rest + 11, NULL, 10);
        if (wanted < 0) {
            zend_error(E_WARNING, "Max memory must be greater than or equal to 0");
            return NULL;
        }
        limit = (size_t) wanted;
    }
    return php_stream_temp_create(strpbrk(mode, "wa+xc") ? TEMP_STREAM_DEFAULT
                                                         : TEMP_STREAM_READONLY, limit);
}

static php_stream *open_standard(int fd, const char *mode)
{
    static const char *const modes[] = {"rb", "wb", "wb"};

    return open_duplicate(fd, *mode ? mode : modes[fd]);
}

static php_stream *php_opener(php_stream_wrapper *wrapper, const char *path, const char *mode,
    int options, char **opened_path, php_stream_context *context)
{
    if (!strncasecmp(path, "php://", 6)) {
        path += 6;
    }
    if (!strncasecmp(path, "temp", 4)) {
        return open_temp(path + 4, mode);
    }
    if (!strcasecmp(path, "memory")) {
        return php_stream_memory_create(strpbrk(mode, "wa+xc") ? TEMP_STREAM_DEFAULT
                                                               : TEMP_STREAM_READONLY);
    }
    if (!strcasecmp(path, "output")) {
        return php_stream_alloc(&output_ops, NULL, NULL, "wb");
    }
    if (!strcasecmp(path, "input")) {
        return php_stream_alloc(&input_ops, NULL, NULL, "rb");
    }
    if (!strcasecmp(path, "stdin")) {
        return open_standard(STDIN_FILENO, mode);
    }
    if (!strcasecmp(path, "stdout")) {
        return open_standard(STDOUT_FILENO, mode);
    }
    if (!strcasecmp(path, "stderr")) {
        return open_standard(STDERR_FILENO, mode);
    }
    if (!strncasecmp(path, "fd/", 3)) {
        return open_fd(wrapper, path + 3, mode, options);
    }
    php_stream_wrapper_log_error(wrapper, options, "Invalid php:// URL specified");
    return NULL;
}

static const php_stream_wrapper_ops php_wrapper_ops = {php_opener, NULL, NULL, NULL, NULL, "PHP",
    NULL, NULL, NULL, NULL, NULL};

php_stream_wrapper php_stream_php_wrapper = {&php_wrapper_ops, NULL, 0};
