/* SPDX-License-Identifier: MIT */
/* What the parts of the module that deal with files share. */
#ifndef PHP_FILE_H
#define PHP_FILE_H

#include "main/php.h"

/* Flags of file() and file_put_contents(). */
#define PHP_FILE_USE_INCLUDE_PATH 1
#define PHP_FILE_IGNORE_NEW_LINES 2
#define PHP_FILE_SKIP_EMPTY_LINES 4
#define PHP_FILE_APPEND 8
#define PHP_FILE_NO_DEFAULT_CONTEXT 16

/* Copies a file by its path; SUCCESS or FAILURE, having warned. */
int php_copy_file_ctx(const char *source, const char *target, php_stream_context *context);

/* Forgets what stat() said last. Whatever changes files by their names must call it. */
void php_clear_stat_cache(void);

/* The folder for temporary files, without a slash at the end; belongs to PG(). */
const char *php_get_temporary_directory(void);

/*
 * Makes and opens a new file with a name of its own; in the temporary folder when dir is none.
 * *opened_path is emalloc'ed. The descriptor, or -1.
 */
int php_open_temporary_fd(const char *dir, const char *prefix, char **opened_path);

/* The last part of a path without the suffix; *ret is emalloc'ed. */
void php_basename(const char *path, size_t length, const char *suffix, size_t suffix_length,
    char **ret, size_t *ret_length);

/* Cuts the last part off a path, in place; returns the new length. */
size_t php_dirname(char *path, size_t length);

/* The zval of a stream that a function gives back. */
#define RETURN_STREAM(stream) \
    do { \
        php_stream_to_zval(stream, return_value); \
        return; \
    } while (0)

#endif
