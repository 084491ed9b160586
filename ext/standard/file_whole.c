/* SPDX-License-Identifier: MIT */
/* Whole files by name: file_get_contents(), copy(), rename(), tempnam() and their kin. */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/file.h"

#define MAX_PREFIX 63

/* LOCK_EX of scripts as a flag of file_put_contents(). */
#define FLAG_LOCK_EX 2

/* ---- Reading -------------------------------------------------------------------------------- */

PHP_FUNCTION(file_get_contents)
{
    char *filename, *contents;
    int filename_length;
    zend_bool use_include_path = 0;
    long offset = -1, maxlen = (long) PHP_STREAM_COPY_ALL;
    zval *zcontext = NULL;
    size_t length;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "p|br!ll", &filename, &filename_length,
            &use_include_path, &zcontext, &offset, &maxlen) == FAILURE) {
        return;
    }
    if (ZEND_NUM_ARGS() == 5 && maxlen < 0) {
        php_error_docref(NULL, E_WARNING, "length must be greater than or equal to zero");
        RETURN_FALSE;
    }
    stream = php_stream_open_wrapper_ex(filename, "rb",
        (use_include_path ? USE_PATH : 0) | REPORT_ERRORS, NULL,
        php_stream_context_from_zval(zcontext, 0));
    if (!stream) {
        RETURN_FALSE;
    }
    if (offset > 0 && php_stream_seek(stream, offset, SEEK_SET) < 0) {
        php_error_docref(NULL, E_WARNING, "failed to seek to position %ld in the stream", offset);
        php_stream_close(stream);
        RETURN_FALSE;
    }
    length = php_stream_copy_to_mem(stream, &contents, (size_t) maxlen, 0);
    if (length > 0) {
        RETVAL_STRINGL(contents, (int) length, 0);
    } else {
        RETVAL_EMPTY_STRING();
    }
    php_stream_close(stream);
}

/* Lines with their ends. */
static void split_with_ends(zval *return_value, const char *text, size_t length, char eol)
{
    const char *end = text + length, *found;

    while (text < end) {
        found = memchr(text, eol, (size_t) (end - text));
        found = found ? found + 1 : end;
        add_next_index_stringl(return_value, text, (uint) (found - text), 1);
        text = found;
    }
}

/* Lines without "\n" or "\r\n". */
static void split_bare(zval *return_value, const char *text, size_t length, char eol,
    bool skip_empty)
{
    const char *start = text, *end = text + length, *found;

    while (text < end) {
        size_t line;
        found = memchr(text, eol, (size_t) (end - text));
        found = found ? found : end;
        line = (size_t) (found - text);
        if (eol == '\n' && found > start && found[-1] == '\r' && line > 0) {
            line--;
        }
        if (line > 0 || !skip_empty) {
            add_next_index_stringl(return_value, text, (uint) line, 1);
        }
        text = found + 1;
    }
}

PHP_FUNCTION(file)
{
    char *filename, *text;
    int filename_length;
    long flags = 0;
    zval *zcontext = NULL;
    size_t length;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "p|lr!", &filename, &filename_length, &flags,
            &zcontext) == FAILURE) {
        return;
    }
    if (flags < 0
        || flags > (PHP_FILE_USE_INCLUDE_PATH | PHP_FILE_IGNORE_NEW_LINES
            | PHP_FILE_SKIP_EMPTY_LINES | PHP_FILE_NO_DEFAULT_CONTEXT)) {
        php_error_docref(NULL, E_WARNING, "'%ld' flag is not supported", flags);
        RETURN_FALSE;
    }
    stream = php_stream_open_wrapper_ex(filename, "rb",
        (flags & PHP_FILE_USE_INCLUDE_PATH ? USE_PATH : 0) | REPORT_ERRORS, NULL,
        php_stream_context_from_zval(zcontext, flags & PHP_FILE_NO_DEFAULT_CONTEXT));
    if (!stream) {
        RETURN_FALSE;
    }
    array_init(return_value);
    length = php_stream_copy_to_mem(stream, &text, PHP_STREAM_COPY_ALL, 0);
    if (length > 0) {
        char eol = stream->flags & PHP_STREAM_FLAG_EOL_MAC ? '\r' : '\n';
        if (flags & PHP_FILE_IGNORE_NEW_LINES) {
            split_bare(return_value, text, length, eol, flags & PHP_FILE_SKIP_EMPTY_LINES);
        } else {
            split_with_ends(return_value, text, length, eol);
        }
        efree(text);
    }
    php_stream_close(stream);
}

PHP_FUNCTION(readfile)
{
    char *filename;
    int filename_length;
    zend_bool use_include_path = 0;
    zval *zcontext = NULL;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "p|br!", &filename, &filename_length,
            &use_include_path, &zcontext) == FAILURE) {
        RETURN_FALSE;
    }
    stream = php_stream_open_wrapper_ex(filename, "rb",
        (use_include_path ? USE_PATH : 0) | REPORT_ERRORS, NULL,
        php_stream_context_from_zval(zcontext, 0));
    if (!stream) {
        RETURN_FALSE;
    }
    RETVAL_LONG((long) php_stream_passthru(stream));
    php_stream_close(stream);
}

/* ---- Writing ----------------------------------------------------------------------------------- */

/* Writes a text; the bytes, or -1 after a warning. */
static long put_text(php_stream *stream, const char *text, int length)
{
    long written = 0;

    if (length > 0) {
        written = (long) php_stream_write(stream, text, (size_t) length);
        if (written != length) {
            php_error_docref(NULL, E_WARNING,
                "Only %ld of %d bytes written, possibly out of free disk space", written, length);
            return -1;
        }
    }
    return written;
}

/* The elements of an array, one after the other. */
static long put_array(php_stream *stream, const char *filename, HashTable *elements)
{
    HashPosition pos;
    zval **element;
    long total = 0;

    zend_hash_internal_pointer_reset_ex(elements, &pos);
    for (; zend_hash_get_current_data_ex(elements, (void **) &element, &pos) == SUCCESS;
         zend_hash_move_forward_ex(elements, &pos)) {
        zval text = **element;
        long written, length;

        zval_copy_ctor(&text);
        convert_to_string(&text);
        length = Z_STRLEN(text);
        written = length ? (long) php_stream_write(stream, Z_STRVAL(text), (size_t) length) : 0;
        zval_dtor(&text);
        if (length && written == 0) {
            php_error_docref(NULL, E_WARNING, "Failed to write %ld bytes to %s", length, filename);
            return -1;
        }
        total += written;
        if (written != length) {
            php_error_docref(NULL, E_WARNING,
                "Only %ld of %ld bytes written, possibly out of free disk space", written, length);
            return -1;
        }
    }
    return total;
}

/* An object by its __toString(); without one, nothing is written and nothing said. */
static long put_object(php_stream *stream, zval *object)
{
    zval text;
    long written;

    INIT_ZVAL(text);
    if (zend_std_cast_object_tostring(object, &text, IS_STRING) != SUCCESS) {
        return -1;
    }
    written = put_text(stream, Z_STRVAL(text), Z_STRLEN(text));
    zval_dtor(&text);
    return written;
}

static long put_data(php_stream *stream, const char *filename, zval *data, php_stream *source)
{
    size_t length;
    zval text;
    long written;

    switch (Z_TYPE_P(data)) {
    case IS_RESOURCE:
        return php_stream_copy_to_stream_ex(source, stream, PHP_STREAM_COPY_ALL, &length)
            == SUCCESS ? (long) length : -1;
    case IS_ARRAY:
        return put_array(stream, filename, Z_ARRVAL_P(data));
    case IS_OBJECT:
        return put_object(stream, data);
    default:
        text = *data;
        zval_copy_ctor(&text);
        convert_to_string(&text);
        written = put_text(stream, Z_STRVAL(text), Z_STRLEN(text));
        zval_dtor(&text);
        return written;
    }
}

/* Takes the lock that FILE_APPEND | LOCK_EX asks for, and empties what it does not append to. */
static bool lock_target(php_stream *stream, bool append)
{
    if (php_stream_lock(stream, 0) != 0 || php_stream_lock(stream, LOCK_EX)) {
        php_error_docref(NULL, E_WARNING, "Exclusive locks are not supported for this stream");
        return false;
    }
    if (!append) {
        php_stream_truncate_set_size(stream, 0);
    }
    return true;
}

PHP_FUNCTION(file_put_contents)
{
    char *filename;
    int filename_length;
    zval *data, *zcontext = NULL;
    long flags = 0, written = -1;
    bool append, lock;
    php_stream *stream, *source = NULL;
    php_stream_context *context;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "pz|lr!", &filename, &filename_length, &data,
            &flags, &zcontext) == FAILURE) {
        return;
    }
    if (Z_TYPE_P(data) == IS_RESOURCE) {
        php_stream_from_zval(source, &data);
    }
    context = php_stream_context_from_zval(zcontext, flags & PHP_FILE_NO_DEFAULT_CONTEXT);
    append = flags & PHP_FILE_APPEND;
    lock = flags & FLAG_LOCK_EX;
    stream = php_stream_open_wrapper_ex(filename, append ? "ab" : lock ? "cb" : "wb",
        (flags & PHP_FILE_USE_INCLUDE_PATH ? USE_PATH : 0) | REPORT_ERRORS, NULL, context);
    if (!stream) {
        RETURN_FALSE;
    }
    if (!lock || lock_target(stream, append)) {
        written = put_data(stream, filename, data, source);
    }
    php_stream_close(stream);
    if (written < 0) {
        RETURN_FALSE;
    }
    RETURN_LONG(written);
}

/* ---- Copying, renaming, removing ------------------------------------------------------------ */

/* May source be copied to target? It may not when either is a folder, or both are one file. */
static bool may_copy(const char *source, const char *target, php_stream_context *context)
{
    php_stream_statbuf from, to;

    if (php_stream_stat_path_ex(source, 0, &from, context) != 0) {
        return true; /* opening it will tell what is wrong */
    }
    if (S_ISDIR(from.sb.st_mode)) {
        php_error_docref(NULL, E_WARNING,
            "The first argument to copy() function cannot be a directory");
        return false;
    }
    if (php_stream_stat_path_ex(target, STREAM_URL_STAT_QUIET, &to, context) != 0) {
        return true;
    }
    if (S_ISDIR(to.sb.st_mode)) {
        php_error_docref(NULL, E_WARNING,
            "The second argument to copy() function cannot be a directory");
        return false;
    }
    return !from.sb.st_ino || from.sb.st_ino != to.sb.st_ino || from.sb.st_dev != to.sb.st_dev;
}

int php_copy_file_ctx(const char *source, const char *target, php_stream_context *context)
{
    php_stream *from, *to;
    int result = FAILURE;

    if (!may_copy(source, target, context)) {
        return FAILURE;
    }
    from = php_stream_open_wrapper_ex(source, "rb", REPORT_ERRORS, NULL, context);
    if (!from) {
        return FAILURE;
    }
    to = php_stream_open_wrapper_ex(target, "wb", REPORT_ERRORS, NULL, context);
    if (to) {
        result = php_stream_copy_to_stream_ex(from, to, PHP_STREAM_COPY_ALL, NULL);
        php_stream_close(to);
    }
    php_stream_close(from);
    return result;
}

PHP_FUNCTION(copy)
{
    char *source, *target;
    int source_length, target_length;
    zval *zcontext = NULL;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "pp|r", &source, &source_length, &target,
            &target_length, &zcontext) == FAILURE) {
        return;
    }
    if (php_stream_locate_url_wrapper(source, NULL, 0) == &php_plain_files_wrapper
        && php_check_open_basedir(source)) {
        RETURN_FALSE;
    }
    RETURN_BOOL(php_copy_file_ctx(source, target, php_stream_context_from_zval(zcontext, 0))
        == SUCCESS);
}

PHP_FUNCTION(rename)
{
    char *from, *to;
    int from_length, to_length;
    zval *zcontext = NULL;
    php_stream_wrapper *wrapper;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "pp|r", &from, &from_length, &to, &to_length,
            &zcontext) == FAILURE) {
        RETURN_FALSE;
    }
    wrapper = php_stream_locate_url_wrapper(from, NULL, 0);
    if (!wrapper) {
        php_error_docref(NULL, E_WARNING, "Unable to locate stream wrapper");
        RETURN_FALSE;
    }
    if (!wrapper->wops->rename) {
        php_error_docref(NULL, E_WARNING, "%s wrapper does not support renaming",
            wrapper->wops->label ? wrapper->wops->label : "Source");
        RETURN_FALSE;
    }
    if (wrapper != php_stream_locate_url_wrapper(to, NULL, 0)) {
        php_error_docref(NULL, E_WARNING, "Cannot rename a file across wrapper types");
        RETURN_FALSE;
    }
    php_clear_stat_cache();
    RETURN_BOOL(wrapper->wops->rename(wrapper, from, to, 0,
        php_stream_context_from_zval(zcontext, 0)));
}

PHP_FUNCTION(unlink)
{
    char *filename;
    int filename_length;
    zval *zcontext = NULL;
    php_stream_wrapper *wrapper;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "p|r", &filename, &filename_length, &zcontext)
        == FAILURE) {
        RETURN_FALSE;
    }
    wrapper = php_stream_locate_url_wrapper(filename, NULL, 0);
    if (!wrapper) {
        php_error_docref(NULL, E_WARNING, "Unable to locate stream wrapper");
        RETURN_FALSE;
    }
    if (!wrapper->wops->unlink) {
        php_error_docref(NULL, E_WARNING, "%s does not allow unlinking",
            wrapper->wops->label ? wrapper->wops->label : "Wrapper");
        RETURN_FALSE;
    }
    php_clear_stat_cache();
    RETURN_BOOL(wrapper->wops->unlink(wrapper, filename, REPORT_ERRORS,
        php_stream_context_from_zval(zcontext, 0)));
}

PHP_FUNCTION(mkdir)
{
    char *path;
    int path_length;
    long mode = 0777;
    zend_bool recursive = 0;
    zval *zcontext = NULL;
    php_stream_wrapper *wrapper;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "p|lbr", &path, &path_length, &mode, &recursive,
            &zcontext) == FAILURE) {
        RETURN_FALSE;
    }
    wrapper = php_stream_locate_url_wrapper(path, NULL, 0);
    php_clear_stat_cache();
    RETURN_BOOL(wrapper && wrapper->wops->stream_mkdir
        && wrapper->wops->stream_mkdir(wrapper, path, (int) mode,
            (recursive ? STREAM_MKDIR_RECURSIVE : 0) | REPORT_ERRORS,
            php_stream_context_from_zval(zcontext, 0)));
}

PHP_FUNCTION(rmdir)
{
    char *path;
    int path_length;
    zval *zcontext = NULL;
    php_stream_wrapper *wrapper;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "p|r", &path, &path_length, &zcontext)
        == FAILURE) {
        RETURN_FALSE;
    }
    wrapper = php_stream_locate_url_wrapper(path, NULL, 0);
    php_clear_stat_cache();
    RETURN_BOOL(wrapper && wrapper->wops->stream_rmdir
        && wrapper->wops->stream_rmdir(wrapper, path, REPORT_ERRORS,
            php_stream_context_from_zval(zcontext, 0)));
}

/* ---- Temporary files --------------------------------------------------------------------------- */

const char *php_get_temporary_directory(void)
{
    const char *dir = PG(sys_temp_dir);
    size_t length;

    if (PG(php_sys_temp_dir)) {
        return PG(php_sys_temp_dir);
    }
    if (!dir || !*dir) {
        dir = getenv("TMPDIR");
    }
    if (!dir || !*dir) {
        dir = "/tmp";
    }
    length = strlen(dir);
    if (length > 1 && dir[length - 1] == '/') {
        length--;
    }
    return PG(php_sys_temp_dir) = estrndup(dir, (uint) length);
}

static int open_temporary_in(const char *dir, const char *prefix, char **opened_path)
{
    char real[MAXPATHLEN];
    int fd;

    if (!*dir || !expand_filepath(dir, real)) {
        return -1;
    }
    spprintf(opened_path, 0, "%s%s%sXXXXXX", real, real[strlen(real) - 1] == '/' ? "" : "/",
        prefix);
    fd = mkostemp(*opened_path, O_CLOEXEC);
    if (fd < 0) {
        efree(*opened_path);
        *opened_path = NULL;
    }
    return fd;
}

int php_open_temporary_fd(const char *dir, const char *prefix, char **opened_path)
{
    int fd = open_temporary_in(dir, prefix, opened_path);

    return fd >= 0 ? fd
                   : open_temporary_in(php_get_temporary_directory(), prefix, opened_path);
}

PHP_FUNCTION(tempnam)
{
    char *dir, *prefix, *name, *path;
    int dir_length, prefix_length, fd;
    size_t name_length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ps", &dir, &dir_length, &prefix,
            &prefix_length) == FAILURE) {
        return;
    }
    if (php_check_open_basedir(dir)) {
        RETURN_FALSE;
    }
    php_basename(prefix, (size_t) prefix_length, NULL, 0, &name, &name_length);
    if (name_length > MAX_PREFIX) {
        name[MAX_PREFIX] = '\0';
    }
    fd = php_open_temporary_fd(dir, name, &path);
    efree(name);
    if (fd < 0) {
        RETURN_FALSE;
    }
    close(fd);
    RETURN_STRING(path, 0);
}

/* ---- The part ------------------------------------------------------------------------------------ */

static const zend_function_entry file_whole_functions[] = {
    PHP_FE(file_get_contents, "$filename, [$flags], [$context], [$offset], [$maxlen]",
        "Returns the contents of a file.")
    PHP_FE(file_put_contents, "$filename, $data, [$flags], [$context]",
        "Writes a string, an array or a stream to a file.")
    PHP_FE(file, "$filename, [$flags], [$context]", "Returns the lines of a file.")
    PHP_FE(readfile, "$filename, [$flags], [$context]", "Prints a file.")
    PHP_FE(copy, "$source_file, $destination_file, [$context]", "Copies a file.")
    PHP_FE(rename, "$old_name, $new_name, [$context]", "Gives a file another name or place.")
    PHP_FE(unlink, "$filename, [$context]", "Removes a file.")
    PHP_FE(mkdir, "$pathname, [$mode], [$recursive], [$context]", "Makes a folder.")
    PHP_FE(rmdir, "$dirname, [$context]", "Removes an empty folder.")
    PHP_FE(tempnam, "$dir, $prefix", "Makes a new file with a name of its own.")
    PHP_FE_END
};

static const php_long_constant file_whole_constants[] = {
    {"FILE_USE_INCLUDE_PATH", PHP_FILE_USE_INCLUDE_PATH},
    {"FILE_IGNORE_NEW_LINES", PHP_FILE_IGNORE_NEW_LINES},
    {"FILE_SKIP_EMPTY_LINES", PHP_FILE_SKIP_EMPTY_LINES},
    {"FILE_APPEND", PHP_FILE_APPEND},
    {"FILE_NO_DEFAULT_CONTEXT", PHP_FILE_NO_DEFAULT_CONTEXT},
    {"FILE_TEXT", 0},
    {"FILE_BINARY", 0},
    {NULL, 0},
};

static PHP_MINIT_FUNCTION(file_whole)
{
    php_register_long_constants(file_whole_constants, module_number);
    return SUCCESS;
}

const php_standard_part standard_file_whole_part = {
    .functions = file_whole_functions, .module_startup = PHP_MINIT(file_whole)};
