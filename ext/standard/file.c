/* SPDX-License-Identifier: MIT */
/*
 * Handles: fopen(), fread(), fseek() and the other functions on an open stream.
 *
 * They are thin: each checks its arguments, and asks the stream. All answer false when the
 * arguments are wrong, unlike most functions.
 */
#include <errno.h>
#include <sys/file.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/file.h"
#include "ext/standard/php_string.h"

/* LOCK_SH, LOCK_EX, LOCK_UN and LOCK_NB of scripts; the system's numbers differ. */
#define PHP_LOCK_SH 1
#define PHP_LOCK_EX 2
#define PHP_LOCK_UN 3
#define PHP_LOCK_NB 4

/* The stream that is the only argument, or NULL after a warning. */
static php_stream *only_argument(int ht)
{
    zval *handle;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "r", &handle) == FAILURE) {
        return NULL;
    }
    return zend_fetch_resource(&handle, -1, "stream", NULL, 2, php_file_le_stream(),
        php_file_le_pstream());
}

/* ---- Opening and closing ------------------------------------------------------------------ */

PHP_FUNCTION(fopen)
{
    char *filename, *mode;
    int filename_length, mode_length;
    zend_bool use_include_path = 0;
    zval *zcontext = NULL;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ps|br", &filename, &filename_length, &mode,
            &mode_length, &use_include_path, &zcontext) == FAILURE) {
        RETURN_FALSE;
    }
    stream = php_stream_open_wrapper_ex(filename, mode,
        (use_include_path ? USE_PATH : 0) | REPORT_ERRORS, NULL,
        php_stream_context_from_zval(zcontext, 0));
    if (!stream) {
        RETURN_FALSE;
    }
    RETURN_STREAM(stream);
}

PHP_FUNCTION(fclose)
{
    php_stream *stream = only_argument(ht);

    if (!stream) {
        RETURN_FALSE;
    }
    if (stream->flags & PHP_STREAM_FLAG_NO_FCLOSE) {
        php_error_docref(NULL, E_WARNING, "%d is not a valid stream resource", stream->rsrc_id);
        RETURN_FALSE;
    }
    php_stream_close(stream);
    RETURN_TRUE;
}

PHP_FUNCTION(tmpfile)
{
    php_stream *stream;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    stream = php_stream_fopen_tmpfile();
    if (!stream) {
        RETURN_FALSE;
    }
    RETURN_STREAM(stream);
}

/* Modes of popen() are "r" and "w"; a "b" says nothing. */
static bool is_pipe_mode(const char *mode)
{
    return (*mode == 'r' || *mode == 'w') && mode[1] == '\0';
}

PHP_FUNCTION(popen)
{
    char *command, *mode, *clean_mode, *b;
    int command_length, mode_length;
    FILE *file = NULL;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ps", &command, &command_length, &mode,
            &mode_length) == FAILURE) {
        return;
    }
    clean_mode = estrndup(mode, (uint) mode_length);
    b = memchr(clean_mode, 'b', (size_t) mode_length);
    if (b) {
        memmove(b, b + 1, strlen(b));
    }
    errno = EINVAL;
    if (is_pipe_mode(clean_mode)) {
        file = popen(command, clean_mode);
    }
    if (!file) {
        php_error_docref2(NULL, command, clean_mode, E_WARNING, "%s", strerror(errno));
        efree(clean_mode);
        RETURN_FALSE;
    }
    stream = php_stream_fopen_from_pipe(file, mode);
    efree(clean_mode);
    RETURN_STREAM(stream);
}

PHP_FUNCTION(pclose)
{
    php_stream *stream = only_argument(ht);

    if (!stream) {
        RETURN_FALSE;
    }
    RETURN_LONG(php_stream_close(stream));
}

/* ---- Reading ---------------------------------------------------------------------------------- */

PHP_FUNCTION(feof)
{
    php_stream *stream = only_argument(ht);

    RETURN_BOOL(stream && php_stream_eof(stream));
}

/* A line, of at most length - 1 bytes if that is not negative. Emalloc'ed, or NULL. */
static char *read_line(php_stream *stream, long length, size_t *line_length)
{
    char *buf, *line;

    if (length < 0) {
        return php_stream_get_line(stream, NULL, 0, line_length);
    }
    buf = safe_emalloc((size_t) length, 1, 1);
    line = php_stream_get_line(stream, buf, (size_t) length, line_length);
    if (!line) {
        efree(buf);
    }
    return line;
}

PHP_FUNCTION(fgets)
{
    zval *handle;
    long length = -1;
    size_t line_length = 0;
    char *line;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "r|l", &handle, &length) == FAILURE) {
        RETURN_FALSE;
    }
    php_stream_from_zval(stream, &handle);
    if (ZEND_NUM_ARGS() > 1 && length <= 0) {
        php_error_docref(NULL, E_WARNING, "Length parameter must be greater than 0");
        RETURN_FALSE;
    }
    line = read_line(stream, length, &line_length);
    if (!line) {
        RETURN_FALSE;
    }
    if (length > 0 && line_length < (size_t) length / 2) {
        line = erealloc(line, line_length + 1);
    }
    RETURN_STRINGL(line, (int) line_length, 0);
}

PHP_FUNCTION(fgetss)
{
    zval *handle;
    long length = -1;
    char *allowed = NULL, *line;
    int allowed_length = 0;
    size_t line_length = 0;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "r|ls", &handle, &length, &allowed,
            &allowed_length) == FAILURE) {
        RETURN_FALSE;
    }
    php_stream_from_zval(stream, &handle);
    if (ZEND_NUM_ARGS() >= 2 && length <= 0) {
        php_error_docref(NULL, E_WARNING, "Length parameter must be greater than 0");
        RETURN_FALSE;
    }
    line = read_line(stream, length, &line_length);
    if (!line) {
        RETURN_FALSE;
    }
    line_length = php_strip_tags(line, (int) line_length, &stream->fgetss_state, allowed,
        allowed_length);
    RETURN_STRINGL(line, (int) line_length, 0);
}

PHP_FUNCTION(fgetc)
{
    php_stream *stream = only_argument(ht);
    int c = stream ? php_stream_getc(stream) : EOF;
    char text = (char) c;

    if (c == EOF) {
        RETURN_FALSE;
    }
    RETURN_STRINGL(&text, 1, 1);
}

PHP_FUNCTION(fread)
{
    zval *handle;
    long length;
    char *text;
    size_t got;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "rl", &handle, &length) == FAILURE) {
        RETURN_FALSE;
    }
    php_stream_from_zval(stream, &handle);
    if (length <= 0) {
        php_error_docref(NULL, E_WARNING, "Length parameter must be greater than 0");
        RETURN_FALSE;
    }
    php_string_check_length((size_t) length);
    text = emalloc((size_t) length + 1);
    got = php_stream_read(stream, text, (size_t) length);
    text[got] = '\0';
    RETURN_STRINGL(text, (int) got, 0);
}

PHP_FUNCTION(fpassthru)
{
    php_stream *stream = only_argument(ht);

    if (!stream) {
        RETURN_FALSE;
    }
    RETURN_LONG((long) php_stream_passthru(stream));
}

/* ---- Writing ------------------------------------------------------------------------------------ */

PHP_FUNCTION(fwrite)
{
    zval *handle;
    char *text;
    int text_length;
    long length = 0;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "rs|l", &handle, &text, &text_length, &length)
        == FAILURE) {
        RETURN_FALSE;
    }
    length = ZEND_NUM_ARGS() == 2 ? text_length : MAX(0, MIN(length, text_length));
    if (length == 0) {
        RETURN_LONG(0);
    }
    php_stream_from_zval(stream, &handle);
    RETURN_LONG((long) php_stream_write(stream, text, (size_t) length));
}

PHP_FUNCTION(fflush)
{
    php_stream *stream = only_argument(ht);

    RETURN_BOOL(stream && php_stream_flush(stream) == 0);
}

PHP_FUNCTION(ftruncate)
{
    zval *handle;
    long size;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "rl", &handle, &size) == FAILURE) {
        RETURN_FALSE;
    }
    if (size < 0) {
        php_error_docref(NULL, E_WARNING, "Negative size is not supported");
        RETURN_FALSE;
    }
    php_stream_from_zval(stream, &handle);
    if (!php_stream_truncate_supported(stream)) {
        php_error_docref(NULL, E_WARNING, "Can't truncate this stream!");
        RETURN_FALSE;
    }
    RETURN_BOOL(php_stream_truncate_set_size(stream, (size_t) size) == 0);
}

/* ---- Place and state ------------------------------------------------------------------------------ */

PHP_FUNCTION(fseek)
{
    zval *handle;
    long offset, whence = SEEK_SET;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "rl|l", &handle, &offset, &whence) == FAILURE) {
        RETURN_FALSE;
    }
    php_stream_from_zval(stream, &handle);
    RETURN_LONG(php_stream_seek(stream, offset, (int) whence));
}

PHP_FUNCTION(ftell)
{
    php_stream *stream = only_argument(ht);

    if (!stream || php_stream_tell(stream) == -1) {
        RETURN_FALSE;
    }
    RETURN_LONG(php_stream_tell(stream));
}

PHP_FUNCTION(rewind)
{
    php_stream *stream = only_argument(ht);

    RETURN_BOOL(stream && php_stream_rewind(stream) == 0);
}

PHP_FUNCTION(flock)
{
    static const int system_operations[] = {LOCK_SH, LOCK_EX, LOCK_UN};
    zval *handle, *would_block = NULL;
    long operation;
    php_stream *stream;
    int act;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "rl|z", &handle, &operation, &would_block)
        == FAILURE) {
        return;
    }
    php_stream_from_zval(stream, &handle);
    act = (int) (operation & 3);
    if (act == 0) {
        php_error_docref(NULL, E_WARNING, "Illegal operation argument");
        RETURN_FALSE;
    }
    if (would_block) {
        zval_dtor(would_block);
        ZVAL_LONG(would_block, 0);
    }
    act = system_operations[act - 1] | (operation & PHP_LOCK_NB ? LOCK_NB : 0);
    if (php_stream_lock(stream, act)) {
        if (errno == EWOULDBLOCK && would_block) {
            ZVAL_LONG(would_block, 1);
        }
        RETURN_FALSE;
    }
    RETURN_TRUE;
}

/* ---- Comma separated values --------------------------------------------------------------------- */

/* Takes the one character of an option. false: it is empty, which has been warned about. */
static bool csv_character(const char *name, const char *text, int length, char *character)
{
    if (!text) {
        return true;
    }
    if (length < 1) {
        php_error_docref(NULL, E_WARNING, "%s must be a character", name);
        return false;
    }
    if (length > 1) {
        php_error_docref(NULL, E_NOTICE, "%s must be a single character", name);
    }
    *character = *text;
    return true;
}

typedef struct {
    char *delimiter, *enclosure, *escape;
    int delimiter_length, enclosure_length, escape_length;
} csv_options;

static bool csv_characters(const csv_options *options, char *characters)
{
    return csv_character("delimiter", options->delimiter, options->delimiter_length,
               &characters[0])
        && csv_character("enclosure", options->enclosure, options->enclosure_length,
            &characters[1])
        && csv_character("escape", options->escape, options->escape_length, &characters[2]);
}

PHP_FUNCTION(fgetcsv)
{
    csv_options options = {0};
    char characters[] = {',', '"', '\\'}, *line;
    zval *handle, *zlength = NULL;
    long length = -1;
    size_t line_length;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "r|zsss", &handle, &zlength, &options.delimiter,
            &options.delimiter_length, &options.enclosure, &options.enclosure_length,
            &options.escape, &options.escape_length) == FAILURE) {
        return;
    }
    if (!csv_characters(&options, characters)) {
        RETURN_FALSE;
    }
    if (zlength && Z_TYPE_P(zlength) != IS_NULL) {
        convert_to_long_ex(&zlength);
        length = Z_LVAL_P(zlength);
        if (length < 0) {
            php_error_docref(NULL, E_WARNING, "Length parameter may not be negative");
            RETURN_FALSE;
        }
        length = length == 0 ? -1 : length + 1;
    }
    php_stream_from_zval(stream, &handle);
    line = read_line(stream, length, &line_length);
    if (!line) {
        RETURN_FALSE;
    }
    php_fgetcsv(stream, characters[0], characters[1], characters[2], line_length, line,
        return_value);
}

PHP_FUNCTION(fputcsv)
{
    csv_options options = {0};
    char characters[] = {',', '"', '\\'};
    zval *handle, *fields;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ra|sss", &handle, &fields, &options.delimiter,
            &options.delimiter_length, &options.enclosure, &options.enclosure_length,
            &options.escape, &options.escape_length) == FAILURE) {
        return;
    }
    if (!csv_characters(&options, characters)) {
        RETURN_FALSE;
    }
    php_stream_from_zval(stream, &handle);
    RETURN_LONG(php_fputcsv(stream, fields, characters[0], characters[1], characters[2]));
}

/* ---- The part -------------------------------------------------------------------------------------- */

static const zend_function_entry file_functions[] = {
    PHP_FE(fopen, "$filename, $mode, [$use_include_path], [$context]", "Opens a file or URL.")
    PHP_FE(fclose, "$fp", "Closes a stream.")
    PHP_FE(tmpfile, "", "Opens a new file that is removed when it is closed.")
    PHP_FE(popen, "$command, $mode", "Runs a command; the stream is its input or output.")
    PHP_FE(pclose, "$fp", "Closes popen()'s stream; returns the command's status.")
    PHP_FE(feof, "$fp", "Has a read met the end?")
    PHP_FE(fgets, "$fp, [$length]", "Reads a line.")
    PHP_FE(fgetss, "$fp, [$length], [$allowable_tags]", "Reads a line and strips its tags.")
    PHP_FE(fgetc, "$fp", "Reads a byte.")
    PHP_FE(fread, "$fp, $length", "Reads bytes.")
    PHP_FE(fpassthru, "$fp", "Prints the rest of a stream.")
    PHP_FE(fwrite, "$fp, $str, [$length]", "Writes a string, or its beginning.")
    PHP_FALIAS(fputs, fwrite, "$fp, $str, [$length]", "Is fwrite().")
    PHP_FE(fflush, "$fp", "Writes what is still held back.")
    PHP_FE(ftruncate, "$fp, $size", "Makes a file so long.")
    PHP_FE(fseek, "$fp, $offset, [$whence]", "Moves to a place.")
    PHP_FE(ftell, "$fp", "Returns the place in the stream.")
    PHP_FE(rewind, "$fp", "Moves to the beginning.")
    PHP_FE(flock, "$fp, $operation, [&$wouldblock]", "Locks or unlocks a file.")
    PHP_FE(fgetcsv, "$fp, [$length], [$delimiter], [$enclosure], [$escape]",
        "Reads a line of comma separated values.")
    PHP_FE(fputcsv, "$fp, $fields, [$delimiter], [$enclosure], [$escape_char]",
        "Writes a line of comma separated values.")
    PHP_FE_END
};

static const php_long_constant file_constants[] = {
    {"SEEK_SET", SEEK_SET},
    {"SEEK_CUR", SEEK_CUR},
    {"SEEK_END", SEEK_END},
    {"LOCK_SH", PHP_LOCK_SH},
    {"LOCK_EX", PHP_LOCK_EX},
    {"LOCK_UN", PHP_LOCK_UN},
    {"LOCK_NB", PHP_LOCK_NB},
    {NULL, 0},
};

static PHP_MINIT_FUNCTION(file)
{
    php_register_long_constants(file_constants, module_number);
    return SUCCESS;
}

const php_standard_part standard_file_part = {
    .functions = file_functions, .module_startup = PHP_MINIT(file)};
