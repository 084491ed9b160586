/* SPDX-License-Identifier: MIT */
/* The functions named stream_...: contents, copying, meta data, options and contexts. */
#include <errno.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/file.h"

/* ---- Contents ------------------------------------------------------------------------------ */

/* Moves to a place, forwards by reading if it must. */
static bool move_to(php_stream *stream, long place)
{
    long here = php_stream_tell(stream);
    int failed = place > here ? php_stream_seek(stream, place - here, SEEK_CUR)
        : place < here ? php_stream_seek(stream, place, SEEK_SET) : 0;

    if (failed) {
        php_error_docref(NULL, E_WARNING, "Failed to seek to position %ld in the stream", place);
    }
    return !failed;
}

PHP_FUNCTION(stream_get_contents)
{
    zval *handle;
    long maxlen = (long) PHP_STREAM_COPY_ALL, place = -1;
    char *contents;
    size_t length;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "r|ll", &handle, &maxlen, &place) == FAILURE) {
        RETURN_FALSE;
    }
    php_stream_from_zval(stream, &handle);
    if (place >= 0 && !move_to(stream, place)) {
        RETURN_FALSE;
    }
    length = php_stream_copy_to_mem(stream, &contents, (size_t) maxlen, 0);
    if (length > 0) {
        RETURN_STRINGL(contents, (int) length, 0);
    }
    RETURN_EMPTY_STRING();
}

PHP_FUNCTION(stream_copy_to_stream)
{
    zval *zsource, *ztarget;
    long maxlen = (long) PHP_STREAM_COPY_ALL, place = 0;
    size_t length;
    php_stream *source, *target;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "rr|ll", &zsource, &ztarget, &maxlen, &place)
        == FAILURE) {
        RETURN_FALSE;
    }
    php_stream_from_zval(source, &zsource);
    php_stream_from_zval(target, &ztarget);
    if (place > 0 && php_stream_seek(source, place, SEEK_SET) < 0) {
        php_error_docref(NULL, E_WARNING, "Failed to seek to position %ld in the stream", place);
        RETURN_FALSE;
    }
    if (php_stream_copy_to_stream_ex(source, target, (size_t) maxlen, &length) != SUCCESS) {
        RETURN_FALSE;
    }
    RETURN_LONG((long) length);
}

PHP_FUNCTION(stream_get_line)
{
    zval *handle;
    long maxlen;
    char *ending = NULL, *line;
    int ending_length = 0;
    size_t length;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "rl|s", &handle, &maxlen, &ending,
            &ending_length) == FAILURE) {
        RETURN_FALSE;
    }
    if (maxlen < 0) {
        php_error_docref(NULL, E_WARNING,
            "The maximum allowed length must be greater than or equal to zero");
        RETURN_FALSE;
    }
    php_stream_from_zval(stream, &handle);
    line = php_stream_get_record(stream, maxlen ? (size_t) maxlen : INT_MAX, &length, ending,
        (size_t) ending_length);
    if (!line) {
        RETURN_FALSE;
    }
    RETURN_STRINGL(line, (int) length, 0);
}

/* ---- What a stream is -------------------------------------------------------------------------- */

PHP_FUNCTION(stream_get_meta_data)
{
    zval *handle;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "r", &handle) == FAILURE) {
        return;
    }
    php_stream_from_zval(stream, &handle);
    array_init(return_value);
    if (php_stream_set_option(stream, PHP_STREAM_OPTION_META_DATA_API, 0, return_value)
        == PHP_STREAM_OPTION_RETURN_NOTIMPL) {
        add_assoc_bool(return_value, "blocked", 1);
    }
    if (!zend_hash_exists(Z_ARRVAL_P(return_value), "timed_out", sizeof("timed_out"))) {
        add_assoc_bool(return_value, "timed_out", 0);
    }
    if (!zend_hash_exists(Z_ARRVAL_P(return_value), "eof", sizeof("eof"))) {
        add_assoc_bool(return_value, "eof", php_stream_eof(stream) != 0);
    }
    if (stream->wrapperdata) {
        Z_ADDREF_P(stream->wrapperdata);
        add_assoc_zval(return_value, "wrapper_data", stream->wrapperdata);
    }
    if (stream->wrapper) {
        add_assoc_string(return_value, "wrapper_type", (char *) stream->wrapper->wops->label, 1);
    }
    add_assoc_string(return_value, "stream_type", (char *) stream->ops->label, 1);
    add_assoc_string(return_value, "mode", stream->mode, 1);
    add_assoc_long(return_value, "unread_bytes", (long) (stream->writepos - stream->readpos));
    add_assoc_bool(return_value, "seekable",
        stream->ops->seek && !(stream->flags & PHP_STREAM_FLAG_NO_SEEK));
    if (stream->orig_path) {
        add_assoc_string(return_value, "uri", stream->orig_path, 1);
    }
}

PHP_FUNCTION(stream_supports_lock)
{
    zval *handle;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "r", &handle) == FAILURE) {
        RETURN_FALSE;
    }
    php_stream_from_zval(stream, &handle);
    RETURN_BOOL(php_stream_lock(stream, 0) == 0);
}

PHP_FUNCTION(stream_is_local)
{
    zval **argument;
    php_stream_wrapper *wrapper;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z", &argument) == FAILURE) {
        RETURN_FALSE;
    }
    if (Z_TYPE_PP(argument) == IS_RESOURCE) {
        php_stream_from_zval(stream, argument);
        wrapper = stream->wrapper;
    } else {
        convert_to_string_ex(argument);
        wrapper = php_stream_locate_url_wrapper(Z_STRVAL_PP(argument), NULL, 0);
    }
    RETURN_BOOL(wrapper && !wrapper->is_url);
}

PHP_FUNCTION(stream_get_wrappers)
{
    HashTable *wrappers = php_stream_get_url_stream_wrappers_hash();
    HashPosition pos;
    char *name;
    uint length;
    ulong index;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    array_init(return_value);
    zend_hash_internal_pointer_reset_ex(wrappers, &pos);
    while (zend_hash_get_current_key_ex(wrappers, &name, &length, &index, 0, &pos)
        == HASH_KEY_IS_STRING) {
        add_next_index_stringl(return_value, name, length - 1, 1);
        zend_hash_move_forward_ex(wrappers, &pos);
    }
}

PHP_FUNCTION(stream_resolve_include_path)
{
    char *filename, *resolved;
    int length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "p", &filename, &length) == FAILURE) {
        return;
    }
    resolved = length ? zend_resolve_path(filename, length) : NULL;
    if (!resolved) {
        RETURN_FALSE;
    }
    RETURN_STRING(resolved, 0);
}

/* ---- Options --------------------------------------------------------------------------------------- */

/* A stream and a number; NULL after a warning, the result being made. */
static php_stream *stream_and_number(int ht, zval *return_value, long *number)
{
    zval *handle;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "rl", &handle, number) == FAILURE) {
        return NULL;
    }
    stream = zend_fetch_resource(&handle, -1, "stream", NULL, 2, php_file_le_stream(),
        php_file_le_pstream());
    ZVAL_FALSE(return_value);
    return stream;
}

PHP_FUNCTION(stream_set_blocking)
{
    long blocking;
    php_stream *stream = stream_and_number(ht, return_value, &blocking);

    if (stream) {
        ZVAL_BOOL(return_value, php_stream_set_option(stream, PHP_STREAM_OPTION_BLOCKING,
            blocking != 0, NULL) != -1);
    }
}

/* A buffer's size: 0 switches it off, others on; 0 on success, else -1. */
static void set_buffer(int ht, zval *return_value, int option)
{
    long size;
    php_stream *stream = stream_and_number(ht, return_value, &size);
    size_t bytes = (size_t) size;

    if (stream) {
        int result = php_stream_set_option(stream, option, size == 0 ? 0 : 2, &bytes);
        ZVAL_LONG(return_value, result == 0 ? 0 : EOF);
    }
}

PHP_FUNCTION(stream_set_write_buffer)
{
    set_buffer(ht, return_value, PHP_STREAM_OPTION_WRITE_BUFFER);
}

PHP_FUNCTION(stream_set_read_buffer)
{
    set_buffer(ht, return_value, PHP_STREAM_OPTION_READ_BUFFER);
}

PHP_FUNCTION(stream_set_chunk_size)
{
    long size;
    php_stream *stream = stream_and_number(ht, return_value, &size);

    if (!stream) {
        RETURN_FALSE;
    }
    if (size <= 0) {
        php_error_docref(NULL, E_WARNING,
            "The chunk size must be a positive integer, given %ld", size);
        RETURN_FALSE;
    }
    if (size > INT_MAX) {
        php_error_docref(NULL, E_WARNING,
            "The chunk size cannot be larger than %d", INT_MAX);
        RETURN_FALSE;
    }
    RETURN_LONG(php_stream_set_option(stream, PHP_STREAM_OPTION_SET_CHUNK_SIZE, (int) size,
        NULL));
}

/* ---- The part ---------------------------------------------------------------------------------------- */

static const zend_function_entry streams_functions[] = {
    PHP_FE(stream_get_contents, "$source, [$maxlen], [$offset]", "Reads the rest of a stream.")
    PHP_FE(stream_copy_to_stream, "$source, $dest, [$maxlen], [$pos]",
        "Copies one stream's rest to another.")
    PHP_FE(stream_get_line, "$stream, $maxlen, [$ending]", "Reads up to a delimiter.")
    PHP_FE(stream_get_meta_data, "$fp", "Returns what is known of a stream.")
    PHP_FALIAS(socket_get_status, stream_get_meta_data, "$fp", "Is stream_get_meta_data().")
    PHP_FE(stream_supports_lock, "$stream", "Can the stream be locked?")
    PHP_FE(stream_is_local, "$stream", "Is it no URL?")
    PHP_FE(stream_get_wrappers, "", "Returns the names of the wrappers.")
    PHP_FE(stream_resolve_include_path, "$filename", "Finds a file in include_path.")
    PHP_FE(stream_set_blocking, "$socket, $mode", "Makes reading wait, or not.")
    PHP_FALIAS(socket_set_blocking, stream_set_blocking, "$socket, $mode",
        "Is stream_set_blocking().")
    PHP_FE(stream_set_write_buffer, "$fp, $buffer", "Sets the size of the buffer for writing.")
    PHP_FALIAS(set_file_buffer, stream_set_write_buffer, "$fp, $buffer",
        "Is stream_set_write_buffer().")
    PHP_FE(stream_set_read_buffer, "$fp, $buffer", "Sets the size of the buffer for reading.")
    PHP_FE(stream_set_chunk_size, "$fp, $chunk_size", "Sets how much is read at once.")
    PHP_FE_END
};

const php_standard_part standard_streams_part = {.functions = streams_functions};
