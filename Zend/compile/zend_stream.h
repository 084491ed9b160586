/* SPDX-License-Identifier: MIT */
/* A source file on its way to the compiler: by name, descriptor, stdio or a stream of main's. */
#ifndef ZEND_STREAM_H
#define ZEND_STREAM_H

#include <stdio.h>

#include "zend_portability.h"

typedef enum {
    ZEND_HANDLE_FILENAME, /* not opened yet */
    ZEND_HANDLE_FD,
    ZEND_HANDLE_FP,
    ZEND_HANDLE_STREAM, /* opened through zend_stream_open_function */
    ZEND_HANDLE_MAPPED  /* read: buf and len hold the text */
} zend_stream_type;

typedef size_t (*zend_stream_fsizer_t)(void *handle); /* 0: unknown */
typedef size_t (*zend_stream_reader_t)(void *handle, char *buffer, size_t length);
typedef void (*zend_stream_closer_t)(void *handle);

typedef struct _zend_stream {
    void *handle;
    int isatty;
    zend_stream_reader_t reader;
    zend_stream_fsizer_t fsizer;
    zend_stream_closer_t closer;
} zend_stream;

typedef struct _zend_file_handle {
    zend_stream_type type;
    const char *filename; /* as asked for; not owned */
    char *opened_path;    /* emalloc'ed, set by opening; or NULL */
    union {
        int fd;
        FILE *fp;
        zend_stream stream;
    } handle;
    char *buf;  /* the text with a NUL behind it; emalloc'ed, owned, unless free_buf is 0 */
    size_t len;
    zend_bool free_filename;
    zend_bool free_buf;
    zend_bool skip_shebang; /* a first line that begins with #! is no part of the program */
} zend_file_handle;

/* Opens a script by name: SUCCESS, or FAILURE without a message. Filled in by main; while it is
 * NULL plain stdio is used. Must set handle->type to something opened, and opened_path. */
extern int (*zend_stream_open_function)(const char *filename, zend_file_handle *handle);

/* Sets a handle to an unopened name, which must outlive it. */
void zend_stream_init_filename(zend_file_handle *handle, const char *filename);
int zend_stream_open(const char *filename, zend_file_handle *handle);
/* Opens the file if need be and reads it whole into buf. A `#!` line is left in. */
int zend_stream_fixup(zend_file_handle *file_handle, char **buf, size_t *len);
/* Closes the file and frees everything the handle owns. */
void zend_file_handle_dtor(zend_file_handle *handle);
#define zend_destroy_file_handle zend_file_handle_dtor

#endif
