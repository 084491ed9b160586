/* SPDX-License-Identifier: MIT */
/* Reading a source file whole. */
#include "compile/zend_stream.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zend_alloc.h"


#define FIRST_CHUNK 4096

void zend_stream_init_filename(zend_file_handle *handle, const char *filename)
{
    memset(handle, 0, sizeof(*handle));
    handle->type = ZEND_HANDLE_FILENAME;
    handle->filename = filename;
}

int zend_stream_open(const char *filename, zend_file_handle *handle)
{
    FILE *file;

    if (zend_stream_open_function) {
        return zend_stream_open_function(filename, handle);
    }
    file = fopen(filename, "rb");
    if (!file) {
        return FAILURE;
    }
    handle->type = ZEND_HANDLE_FP;
    handle->handle.fp = file;
    handle->filename = filename;
    handle->opened_path = estrdup(filename);
    return SUCCESS;
}

static size_t read_some(zend_file_handle *handle, char *buffer, size_t length)
{
    ssize_t count;

    switch (handle->type) {
    case ZEND_HANDLE_FD:
        count = read(handle->handle.fd, buffer, length);
        return count > 0 ? (size_t) count : 0;
    case ZEND_HANDLE_FP:
        return fread(buffer, 1, length, handle->handle.fp);
    case ZEND_HANDLE_STREAM:
        return handle->handle.stream.reader(handle->handle.stream.handle, buffer, length);
    default:
        return 0;
    }
}

/* How much to expect, for the first allocation only. */
static size_t expected_size(zend_file_handle *handle)
{
    struct stat status;
    int fd;

    if (handle->type == ZEND_HANDLE_STREAM) {
        return handle->handle.stream.fsizer
            ? handle->handle.stream.fsizer(handle->handle.stream.handle) : 0;
    }
    fd = handle->type == ZEND_HANDLE_FD ? handle->handle.fd : fileno(handle->handle.fp);
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
        return 0;
    }
    return (size_t) status.st_size;
}

static void read_all(zend_file_handle *handle)
{
    size_t room = expected_size(handle) + 1;
    size_t count;

    if (room < FIRST_CHUNK) {
        room = FIRST_CHUNK;
    }
    handle->buf = emalloc(room + 1);
    handle->len = 0;
    while ((count = read_some(handle, handle->buf + handle->len, room - handle->len)) > 0) {
        handle->len += count;
        if (handle->len == room) {
            room *= 2;
            handle->buf = erealloc(handle->buf, room + 1);
        }
    }
    handle->buf[handle->len] = '\0';
    handle->free_buf = 1;
}

static void close_handle(zend_file_handle *handle)
{
    switch (handle->type) {
    case ZEND_HANDLE_FD:
        close(handle->handle.fd);
        break;
    case ZEND_HANDLE_FP:
        if (handle->handle.fp != stdin) {
            fclose(handle->handle.fp);
        }
        break;
    case ZEND_HANDLE_STREAM:
        if (handle->handle.stream.closer) {
            handle->handle.stream.closer(handle->handle.stream.handle);
        }
        break;
    default:
        break;
    }
}

int zend_stream_fixup(zend_file_handle *file_handle, char **buf, size_t *len)
{
    if (file_handle->type == ZEND_HANDLE_FILENAME
        && zend_stream_open(file_handle->filename, file_handle) == FAILURE) {
        return FAILURE;
    }
    if (file_handle->type != ZEND_HANDLE_MAPPED) {
        read_all(file_handle);
        close_handle(file_handle);
        file_handle->type = ZEND_HANDLE_MAPPED;
    }
    *buf = file_handle->buf;
    *len = file_handle->len;
    return SUCCESS;
}

void zend_file_handle_dtor(zend_file_handle *handle)
{
    close_handle(handle);
    if (handle->free_buf && handle->buf) {
        efree(handle->buf);
    }
    handle->buf = NULL;
    if (handle->opened_path) {
        efree(handle->opened_path);
        handle->opened_path = NULL;
    }
    if (handle->free_filename && handle->filename) {
        efree((char *) handle->filename);
        handle->filename = NULL;
    }
    handle->type = ZEND_HANDLE_FILENAME;
}
