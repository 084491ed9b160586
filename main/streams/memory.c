/* SPDX-License-Identifier: MIT */
/*
 * php://memory and php://temp: a file that is a block of request memory.
 *
 * php://temp is a memory stream that moves into a temporary file when it has grown past its limit.
 * It holds the stream that does the work, and passes everything on.
 */
#include <errno.h>

#include "main/php.h"
#include "main/php_streams.h"

typedef struct {
    char *data;
    size_t size; /* bytes in use; the block is exactly as big */
    size_t position;
    int mode; /* TEMP_STREAM_* */
} memory_data;

static size_t memory_write(php_stream *stream, const char *buf, size_t count)
{
    memory_data *memory = stream->abstract;

    if (memory->mode & TEMP_STREAM_READONLY) {
        return 0;
    }
    if (memory->position + count > memory->size) {
        memory->data = erealloc(memory->data, memory->position + count);
        if (memory->position > memory->size) {
            memset(memory->data + memory->size, 0, memory->position - memory->size);
        }
        memory->size = memory->position + count;
    }
    memcpy(memory->data + memory->position, buf, count);
    memory->position += count;
    return count;
}

static size_t memory_read(php_stream *stream, char *buf, size_t count)
{
    memory_data *memory = stream->abstract;

    if (memory->position >= memory->size) {
        stream->eof = 1;
        return 0;
    }
    count = MIN(count, memory->size - memory->position);
    memcpy(buf, memory->data + memory->position, count);
    memory->position += count;
    stream->eof = 0;
    return count;
}

static int memory_close(php_stream *stream, int close_handle)
{
    memory_data *memory = stream->abstract;

    if (memory->data) {
        efree(memory->data);
    }
    efree(memory);
    return 0;
}

static int memory_flush(php_stream *stream)
{
    return 0;
}

static int memory_seek(php_stream *stream, off_t offset, int whence, off_t *newoffset)
{
    memory_data *memory = stream->abstract;
    off_t base = whence == SEEK_CUR ? (off_t) memory->position
        : whence == SEEK_END        ? (off_t) memory->size
                                    : 0;
    off_t target = base + offset;

    if (target < 0 || target > (off_t) memory->size) {
        memory->position = target < 0 ? 0 : memory->size;
        *newoffset = (off_t) -1;
        return -1;
    }
    memory->position = (size_t) target;
    *newoffset = target;
    stream->eof = 0;
    return 0;
}

static int memory_stat(php_stream *stream, php_stream_statbuf *ssb)
{
    memory_data *memory = stream->abstract;

    memset(ssb, 0, sizeof(*ssb));
    ssb->sb.st_mode = S_IFREG | (memory->mode & TEMP_STREAM_READONLY ? 0444 : 0666);
    ssb->sb.st_size = (off_t) memory->size;
    ssb->sb.st_nlink = 1;
    ssb->sb.st_rdev = (dev_t) -1;
    ssb->sb.st_dev = 0xc;
    ssb->sb.st_blksize = -1;
    ssb->sb.st_blocks = -1;
    return 0;
}

static int memory_truncate(memory_data *memory, size_t size)
{
    if (memory->mode & TEMP_STREAM_READONLY) {
        return PHP_STREAM_OPTION_RETURN_ERR;
    }
    if (size == 0) {
        if (memory->data) {
            efree(memory->data);
        }
        memory->data = NULL;
        memory->position = 0;
    } else {
        memory->data = erealloc(memory->data, size);
        if (size > memory->size) {
            memset(memory->data + memory->size, 0, size - memory->size);
        }
        memory->position = MIN(memory->position, size);
    }
    memory->size = size;
    return PHP_STREAM_OPTION_RETURN_OK;
}

static int memory_set_option(php_stream *stream, int option, int value, void *ptrparam)
{
    if (option != PHP_STREAM_OPTION_TRUNCATE_API) {
        return PHP_STREAM_OPTION_RETURN_NOTIMPL;
    }
    if (value == PHP_STREAM_TRUNCATE_SUPPORTED) {
        return PHP_STREAM_OPTION_RETURN_OK;
    }
    return memory_truncate(stream->abstract, *(size_t *) ptrparam);
}

const php_stream_ops php_stream_memory_ops = {memory_write, memory_read, memory_close,
    memory_flush, "MEMORY", memory_seek, NULL, memory_stat, memory_set_option};

php_stream *php_stream_memory_create(int mode)
{
    memory_data *memory = ecalloc(1, sizeof(*memory));
    php_stream *stream;

    memory->mode = mode;
    stream = php_stream_alloc(&php_stream_memory_ops, memory, NULL,
        mode & TEMP_STREAM_READONLY ? "rb" : "w+b");
    stream->flags |= PHP_STREAM_FLAG_NO_BUFFER;
    return stream;
}

php_stream *php_stream_memory_open(int mode, const char *buf, size_t length)
{
    php_stream *stream = php_stream_memory_create(mode & ~TEMP_STREAM_READONLY);
    memory_data *memory = stream->abstract;

    if (length) {
        memory->data = emalloc(length);
        memcpy(memory->data, buf, length);
        memory->size = length;
    }
    memory->mode = mode;
    return stream;
}

char *php_stream_memory_get_buffer(php_stream *stream, size_t *length)
{
    memory_data *memory = stream->abstract;

    *length = memory->size;
    return memory->data;
}

/* --- php://temp ------------------------------------------------------------------------------ */

typedef struct {
    php_stream *inner; /* a memory stream, or a temporary file */
    size_t limit;      /* bytes to hold in memory */
    int mode;
} temp_data;

/* The inner stream is nobody else's: it lives and dies with the outer one. */
static void adopt(temp_data *temp, php_stream *inner)
{
    inner->flags |= PHP_STREAM_FLAG_NO_BUFFER;
    php_stream_enclose(inner);
    temp->inner = inner;
}

static bool move_into_file(temp_data *temp)
{
    size_t length;
    char *text = php_stream_memory_get_buffer(temp->inner, &length);
    off_t position = php_stream_tell(temp->inner);
    php_stream *file = php_stream_fopen_tmpfile();

    if (!file) {
        php_error_docref(NULL, E_WARNING, "Unable to create temporary file, Check permissions in "
            "temporary files directory.");
        return false;
    }
    php_stream_write(file, text, length);
    php_stream_seek(file, position, SEEK_SET);
    php_stream_close(temp->inner);
    adopt(temp, file);
    return true;
}

static size_t temp_write(php_stream *stream, const char *buf, size_t count)
{
    temp_data *temp = stream->abstract;
    size_t length;

    if (temp->mode & TEMP_STREAM_READONLY) {
        return 0;
    }
    if (temp->inner->ops == &php_stream_memory_ops) {
        php_stream_memory_get_buffer(temp->inner, &length);
        if (length + count >= temp->limit && !move_into_file(temp)) {
            return 0;
        }
    }
    return php_stream_write(temp->inner, buf, count);
}

static size_t temp_read(php_stream *stream, char *buf, size_t count)
{
    temp_data *temp = stream->abstract;
    size_t got = php_stream_read(temp->inner, buf, count);

    if (got == 0) {
        stream->eof = 1;
    } else {
        stream->eof = 0;
    }
    return got;
}

static int temp_close(php_stream *stream, int close_handle)
{
    temp_data *temp = stream->abstract;
    int result = php_stream_free(temp->inner, PHP_STREAM_FREE_CLOSE);

    efree(temp);
    return result;
}

static int temp_flush(php_stream *stream)
{
    return 0;
}

static int temp_seek(php_stream *stream, off_t offset, int whence, off_t *newoffset)
{
    temp_data *temp = stream->abstract;
    int result = php_stream_seek(temp->inner, offset, whence);

    *newoffset = php_stream_tell(temp->inner);
    stream->eof = temp->inner->eof;
    return result;
}

static int temp_cast(php_stream *stream, int castas, void **ret)
{
    temp_data *temp = stream->abstract;

    if (temp->inner->ops == &php_stream_memory_ops && !move_into_file(temp)) {
        return FAILURE;
    }
    return php_stream_cast(temp->inner, castas, ret, 1);
}

static int temp_stat(php_stream *stream, php_stream_statbuf *ssb)
{
    return php_stream_stat(((temp_data *) stream->abstract)->inner, ssb);
}

static int temp_set_option(php_stream *stream, int option, int value, void *ptrparam)
{
    temp_data *temp = stream->abstract;

    return option == PHP_STREAM_OPTION_TRUNCATE_API
        ? php_stream_set_option(temp->inner, option, value, ptrparam)
        : PHP_STREAM_OPTION_RETURN_NOTIMPL;
}

const php_stream_ops php_stream_temp_ops = {temp_write, temp_read, temp_close, temp_flush, "TEMP",
    temp_seek, temp_cast, temp_stat, temp_set_option};

php_stream *php_stream_temp_create(int mode, size_t max_memory_usage)
{
    temp_data *temp = ecalloc(1, sizeof(*temp));
    php_stream *stream;

    temp->mode = mode;
    temp->limit = max_memory_usage;
    stream = php_stream_alloc(&php_stream_temp_ops, temp, NULL,
        mode & TEMP_STREAM_READONLY ? "rb" : "w+b");
    stream->flags |= PHP_STREAM_FLAG_NO_BUFFER;
    adopt(temp, php_stream_memory_create(mode));
    return stream;
}
