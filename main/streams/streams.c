/* SPDX-License-Identifier: MIT */
/*
 * The stream itself: making and freeing, reading through its buffer, writing, seeking.
 *
 * The buffer is one block: [ used up | readpos ... writepos | free ]. It is filled by chunks of
 * chunk_size bytes and given up whenever the place in the stream changes.
 */
#include <errno.h>

#include "main/php.h"
#include "main/streams/php_streams_internal.h"

#define DEFAULT_CHUNK_SIZE 8192
#define COPY_STEP 8192
#define COPY_MIN_ROOM (COPY_STEP / 4)

static int le_stream;
static int le_pstream;

int php_file_le_stream(void)
{
    return le_stream;
}

int php_file_le_pstream(void)
{
    return le_pstream;
}

static void stream_resource_dtor(zend_rsrc_list_entry *rsrc)
{
    php_stream_free((php_stream *) rsrc->ptr, PHP_STREAM_FREE_CLOSE | PHP_STREAM_FREE_RSRC_DTOR);
}

void php_stream_register_types(int module_number)
{
    le_stream = zend_register_list_destructors_ex(stream_resource_dtor, NULL, "stream",
        module_number);
    le_pstream = zend_register_list_destructors_ex(NULL, stream_resource_dtor,
        "persistent stream", module_number);
}

/* --- Life ------------------------------------------------------------------------------------ */

php_stream *php_stream_alloc(const php_stream_ops *ops, void *abstract,
    const char *persistent_id, const char *mode)
{
    php_stream *stream = ecalloc(1, sizeof(*stream));

    stream->ops = ops;
    stream->abstract = abstract;
    stream->readfilters.stream = stream;
    stream->writefilters.stream = stream;
    stream->chunk_size = DEFAULT_CHUNK_SIZE;
    if (PG(auto_detect_line_endings)) {
        stream->flags |= PHP_STREAM_FLAG_DETECT_EOL;
    }
    slprintf(stream->mode, sizeof(stream->mode), "%s", mode);
    stream->rsrc_id = ZEND_REGISTER_RESOURCE(NULL, stream, le_stream);
    return stream;
}

static void release_stream(php_stream *stream)
{
    if (stream->wrapper && stream->wrapper->wops->stream_closer) {
        stream->wrapper->wops->stream_closer(stream->wrapper, stream);
    }
    if (stream->wrapperdata) {
        zval_ptr_dtor(&stream->wrapperdata);
    }
    if (stream->context) {
        zend_list_delete(stream->context->rsrc_id);
    }
    if (stream->readbuf) {
        efree(stream->readbuf);
    }
    if (stream->orig_path) {
        efree(stream->orig_path);
    }
    efree(stream);
}

int php_stream_free(php_stream *stream, int close_options)
{
    bool preserve_handle = (close_options & PHP_STREAM_FREE_PRESERVE_HANDLE)
        || (stream->flags & PHP_STREAM_FLAG_NO_CLOSE);
    int result = 0;

    if (stream->in_free) {
        return 1;
    }
    stream->in_free = 1;
    if (stream->ops->flush) {
        php_stream_flush(stream);
    }
    if (!(close_options & PHP_STREAM_FREE_RSRC_DTOR) && stream->rsrc_id) {
        while (zend_list_delete(stream->rsrc_id) == SUCCESS) {
        }
    }
    if (close_options & PHP_STREAM_FREE_CALL_DTOR) {
        result = stream->ops->close(stream, !preserve_handle);
        stream->abstract = NULL;
    }
    if (close_options & PHP_STREAM_FREE_RELEASE_STREAM) {
        release_stream(stream);
    } else {
        stream->in_free = 0;
    }
    return result;
}

void php_stream_enclose(php_stream *stream)
{
    stream->in_free = 1; /* the resource goes, the stream stays */
    while (zend_list_delete(stream->rsrc_id) == SUCCESS) {
    }
    stream->in_free = 0;
    stream->rsrc_id = 0;
}

/* --- Reading --------------------------------------------------------------------------------- */

static size_t buffered(const php_stream *stream)
{
    return (size_t) (stream->writepos - stream->readpos);
}

void php_stream_fill_read_buffer(php_stream *stream, size_t size)
{
    size_t got;

    if (buffered(stream) >= size) {
        return;
    }
    if (stream->readbuf && stream->readpos
        && stream->readbuflen - (size_t) stream->writepos < stream->chunk_size) {
        memmove(stream->readbuf, stream->readbuf + stream->readpos, buffered(stream));
        stream->writepos -= stream->readpos;
        stream->readpos = 0;
    }
    if (stream->readbuflen - (size_t) stream->writepos < stream->chunk_size) {
        stream->readbuflen += stream->chunk_size;
        stream->readbuf = erealloc(stream->readbuf, stream->readbuflen);
    }
    got = stream->ops->read(stream, (char *) stream->readbuf + stream->writepos,
        stream->readbuflen - (size_t) stream->writepos);
    if (got != (size_t) -1) {
        stream->writepos += (off_t) got;
    }
}

static size_t take_buffered(php_stream *stream, char *buf, size_t count)
{
    size_t taken = MIN(buffered(stream), count);

    if (taken) {
        memcpy(buf, stream->readbuf + stream->readpos, taken);
        stream->readpos += (off_t) taken;
    }
    return taken;
}

size_t php_stream_read(php_stream *stream, char *buf, size_t count)
{
    size_t total = 0;

    while (count > 0) {
        size_t got = take_buffered(stream, buf, count);
        total += got;
        buf += got;
        count -= got;
        if (count == 0) {
            break;
        }
        if ((stream->flags & PHP_STREAM_FLAG_NO_BUFFER) || stream->chunk_size == 1) {
            got = stream->ops->read(stream, buf, count);
            got = got == (size_t) -1 ? 0 : got;
        } else {
            php_stream_fill_read_buffer(stream, count);
            got = take_buffered(stream, buf, count);
        }
        if (got == 0) {
            break;
        }
        total += got;
        buf += got;
        count -= got;
        /* Files are read to the end; others give what they have now. */
        if (stream->wrapper != &php_plain_files_wrapper) {
            break;
        }
    }
    stream->position += (off_t) total;
    return total;
}

int php_stream_eof(php_stream *stream)
{
    if (buffered(stream) > 0) {
        return 0;
    }
    if (!stream->eof
        && php_stream_set_option(stream, PHP_STREAM_OPTION_CHECK_LIVENESS, -1, NULL)
            == PHP_STREAM_OPTION_RETURN_ERR) {
        stream->eof = 1;
    }
    return stream->eof;
}

int php_stream_getc(php_stream *stream)
{
    char c;

    return php_stream_read(stream, &c, 1) ? (unsigned char) c : EOF;
}

/* The end of the first line in the buffer (its last byte), or NULL. */
static const char *locate_eol(php_stream *stream)
{
    const char *text = (const char *) stream->readbuf + stream->readpos;
    size_t length = buffered(stream);

    if (stream->flags & PHP_STREAM_FLAG_DETECT_EOL) {
        const char *cr = memchr(text, '\r', length);
        const char *lf = memchr(text, '\n', length);
        if (cr && lf != cr + 1 && !(lf && lf < cr)) {
            stream->flags ^= PHP_STREAM_FLAG_DETECT_EOL;
            stream->flags |= PHP_STREAM_FLAG_EOL_MAC;
            return cr;
        }
        if (lf) {
            stream->flags ^= PHP_STREAM_FLAG_DETECT_EOL;
        }
        return lf;
    }
    return memchr(text, stream->flags & PHP_STREAM_FLAG_EOL_MAC ? '\r' : '\n', length);
}

/* A line that grows (buf NULL) or fills what the caller gave. */
typedef struct {
    char *text;
    size_t length;
    size_t room; /* bytes that text can still take, without the NUL */
    bool grows;
} line_target;

/* Moves up to count buffered bytes into the line; returns how many. */
static size_t move_to_line(php_stream *stream, line_target *line, size_t count)
{
    if (line->grows) {
        line->text = erealloc(line->text, line->length + count + 1);
    } else {
        count = MIN(count, line->room);
        line->room -= count;
    }
    memcpy(line->text + line->length, stream->readbuf + stream->readpos, count);
    line->length += count;
    stream->readpos += (off_t) count;
    stream->position += (off_t) count;
    return count;
}

char *php_stream_get_line(php_stream *stream, char *buf, size_t maxlen, size_t *returned_len)
{
    line_target line = {buf, 0, buf ? maxlen - 1 : 0, buf == NULL};

    for (;;) {
        size_t available = buffered(stream);
        if (available > 0) {
            const char *eol = locate_eol(stream);
            const char *start = (const char *) stream->readbuf + stream->readpos;
            size_t wanted = eol ? (size_t) (eol - start) + 1 : available;
            if (move_to_line(stream, &line, wanted) < wanted || eol) {
                break;
            }
        } else if (stream->eof) {
            break;
        } else {
            php_stream_fill_read_buffer(stream,
                line.grows ? stream->chunk_size : MIN(line.room, stream->chunk_size));
            if (buffered(stream) == 0) {
                break;
            }
        }
        if (!line.grows && line.room == 0) {
            break;
        }
    }
    if (line.length == 0) {
        return NULL;
    }
    line.text[line.length] = '\0';
    if (returned_len) {
        *returned_len = line.length;
    }
    return line.text;
}

static const char *find_delimiter(const char *text, size_t length, const char *delim,
    size_t delim_len)
{
    return delim_len == 1 ? memchr(text, *delim, length) : memmem(text, length, delim, delim_len);
}

char *php_stream_get_record(php_stream *stream, size_t maxlen, size_t *returned_len,
    const char *delim, size_t delim_len)
{
    const char *found = NULL;
    size_t length, have = 0;
    char *record;

    /* Until the delimiter is in the buffer, or enough, or nothing more comes. */
    for (;;) {
        size_t before = buffered(stream);
        have = MIN(before, maxlen);
        if (delim_len && have) {
            found = find_delimiter((char *) stream->readbuf + stream->readpos, have, delim,
                delim_len);
        }
        if (found || have >= maxlen) {
            break;
        }
        php_stream_fill_read_buffer(stream, before + MIN(maxlen - have, stream->chunk_size));
        if (buffered(stream) == before) {
            break;
        }
    }
    length = found ? (size_t) (found - ((char *) stream->readbuf + stream->readpos)) : have;
    if (!found && length == 0) {
        *returned_len = 0;
        return NULL;
    }
    record = emalloc(length + 1);
    *returned_len = php_stream_read(stream, record, length);
    record[*returned_len] = '\0';
    if (found) {
        stream->readpos += (off_t) delim_len;
        stream->position += (off_t) delim_len;
    }
    return record;
}

/* --- Writing --------------------------------------------------------------------------------- */

static bool can_seek(const php_stream *stream)
{
    return stream->ops->seek && !(stream->flags & PHP_STREAM_FLAG_NO_SEEK);
}

size_t php_stream_write(php_stream *stream, const char *buf, size_t count)
{
    size_t total = 0;

    if (!stream->ops->write || buf == NULL || count == 0) {
        return 0;
    }
    if (can_seek(stream) && stream->readpos != stream->writepos) {
        stream->readpos = stream->writepos = 0;
        stream->ops->seek(stream, stream->position, SEEK_SET, &stream->position);
    }
    while (count > 0) {
        size_t written = stream->ops->write(stream, buf, MIN(count, stream->chunk_size));
        if ((ssize_t) written <= 0) {
            break;
        }
        buf += written;
        count -= written;
        total += written;
        if (can_seek(stream)) { /* a pipe's position does not move, and its buffer is kept */
            stream->position += (off_t) written;
            stream->readpos = stream->writepos = 0;
        }
    }
    return total;
}

int php_stream_printf(php_stream *stream, const char *format, ...)
{
    char *text;
    size_t length;
    va_list args;

    va_start(args, format);
    length = (size_t) vspprintf(&text, 0, format, args);
    va_end(args);
    length = php_stream_write(stream, text, length);
    efree(text);
    return (int) length;
}

int php_stream_putc(php_stream *stream, int c)
{
    char byte = (char) c;

    return php_stream_write(stream, &byte, 1) > 0 ? 1 : EOF;
}

int php_stream_puts(php_stream *stream, const char *str)
{
    size_t length = strlen(str);

    return php_stream_write(stream, str, length) == length
        && php_stream_write(stream, "\n", 1) == 1;
}

int php_stream_flush(php_stream *stream)
{
    return stream->ops->flush ? stream->ops->flush(stream) : 0;
}

/* --- Place ----------------------------------------------------------------------------------- */

off_t php_stream_tell(php_stream *stream)
{
    return stream->position;
}

/* Moves within the buffer. */
static bool seek_in_buffer(php_stream *stream, off_t offset, int whence)
{
    off_t step = whence == SEEK_CUR ? offset : offset - stream->position;

    if (whence == SEEK_END || step <= 0 || step > (off_t) buffered(stream)) {
        return false;
    }
    stream->readpos += step;
    stream->position += step;
    stream->eof = 0;
    return true;
}

static int skip_by_reading(php_stream *stream, off_t count)
{
    char scrap[1024];

    while (count > 0) {
        size_t got = php_stream_read(stream, scrap, (size_t) MIN(count, (off_t) sizeof(scrap)));
        if (got == 0) {
            return -1;
        }
        count -= (off_t) got;
    }
    stream->eof = 0;
    return 0;
}

int php_stream_seek(php_stream *stream, off_t offset, int whence)
{
    if (seek_in_buffer(stream, offset, whence)) {
        return 0;
    }
    if (can_seek(stream)) {
        int result;
        if (whence == SEEK_CUR) {
            offset += stream->position;
            whence = SEEK_SET;
        }
        result = stream->ops->seek(stream, offset, whence, &stream->position);
        if (result == 0 || can_seek(stream)) {
            if (result == 0) {
                stream->eof = 0;
            }
            stream->readpos = stream->writepos = 0;
            return result;
        }
        /* It found out that it cannot: see whether reading helps. */
        whence = SEEK_CUR;
        offset -= stream->position;
    }
    if (whence == SEEK_CUR && offset >= 0) {
        return skip_by_reading(stream, offset);
    }
    errno = ENOENT;
    return -1;
}

/* --- The rest -------------------------------------------------------------------------------- */

int php_stream_stat(php_stream *stream, php_stream_statbuf *ssb)
{
    memset(ssb, 0, sizeof(*ssb));
    if (stream->wrapper && stream->wrapper->wops->stream_stat) {
        return stream->wrapper->wops->stream_stat(stream->wrapper, stream, ssb);
    }
    return stream->ops->stat ? stream->ops->stat(stream, ssb) : -1;
}

int php_stream_set_option(php_stream *stream, int option, int value, void *ptrparam)
{
    int result = PHP_STREAM_OPTION_RETURN_NOTIMPL;

    if (stream->ops->set_option) {
        result = stream->ops->set_option(stream, option, value, ptrparam);
    }
    if (result != PHP_STREAM_OPTION_RETURN_NOTIMPL) {
        return result;
    }
    switch (option) {
    case PHP_STREAM_OPTION_SET_CHUNK_SIZE:
        result = (int) stream->chunk_size;
        stream->chunk_size = (size_t) value;
        return result;
    case PHP_STREAM_OPTION_READ_BUFFER:
        if (value == 0) {
            stream->flags |= PHP_STREAM_FLAG_NO_BUFFER;
        } else {
            stream->flags &= ~PHP_STREAM_FLAG_NO_BUFFER;
        }
        return PHP_STREAM_OPTION_RETURN_OK;
    default:
        return result;
    }
}

int php_stream_truncate_set_size(php_stream *stream, size_t newsize)
{
    return php_stream_set_option(stream, PHP_STREAM_OPTION_TRUNCATE_API,
        PHP_STREAM_TRUNCATE_SET_SIZE, &newsize);
}

int php_stream_cast(php_stream *stream, int castas, void **ret, int show_err)
{
    if (stream->ops->cast && stream->ops->cast(stream, castas, ret) == SUCCESS) {
        return SUCCESS;
    }
    if (show_err) {
        php_error_docref(NULL, E_WARNING, "cannot represent a stream of type %s as a %s",
            stream->ops->label, castas == PHP_STREAM_AS_STDIO ? "STDIO FILE*"
                : castas == PHP_STREAM_AS_FD_FOR_SELECT ? "select()able descriptor"
                                                        : "File Descriptor");
    }
    return FAILURE;
}

static size_t copy_limited(php_stream *src, char **buf, size_t maxlen)
{
    size_t length = 0, got;

    *buf = safe_emalloc(maxlen, 1, 1);
    while (length < maxlen && !php_stream_eof(src)
        && (got = php_stream_read(src, *buf + length, maxlen - length)) > 0) {
        length += got;
    }
    (*buf)[length] = '\0';
    return length;
}

size_t php_stream_copy_to_mem(php_stream *src, char **buf, size_t maxlen, int persistent)
{
    php_stream_statbuf info;
    size_t size = COPY_STEP, length = 0, got;

    *buf = NULL;
    if (maxlen == 0) {
        return 0;
    }
    if (maxlen != PHP_STREAM_COPY_ALL) {
        length = copy_limited(src, buf, maxlen);
    } else {
        if (php_stream_stat(src, &info) == 0 && info.sb.st_size > 0) {
            size += (size_t) info.sb.st_size;
        }
        *buf = emalloc(size);
        while ((got = php_stream_read(src, *buf + length, size - length)) > 0) {
            length += got;
            if (length + COPY_MIN_ROOM >= size) {
                size += COPY_STEP;
                *buf = erealloc(*buf, size);
            }
        }
        if (length) {
            *buf = erealloc(*buf, length + 1);
            (*buf)[length] = '\0';
        }
    }
    if (length == 0) {
        efree(*buf);
        *buf = NULL;
    }
    return length;
}

int php_stream_copy_to_stream_ex(php_stream *src, php_stream *dest, size_t maxlen, size_t *len)
{
    char chunk[COPY_STEP];
    size_t copied = 0;
    int result = SUCCESS;

    while (copied < maxlen) {
        size_t got = php_stream_read(src, chunk, MIN(sizeof(chunk), maxlen - copied));
        if (got == 0) {
            break;
        }
        copied += got;
        if (php_stream_write(dest, chunk, got) != got) {
            result = FAILURE;
            break;
        }
    }
    if (len) {
        *len = copied;
    }
    return result;
}

size_t php_stream_passthru(php_stream *stream)
{
    char chunk[COPY_STEP];
    size_t total = 0, got;

    while ((got = php_stream_read(stream, chunk, sizeof(chunk))) > 0) {
        PHPWRITE(chunk, got);
        total += got;
    }
    return total;
}
