/* SPDX-License-Identifier: MIT */
/*
 * Streams: everything that can be read or written like a file, behind one set of operations.
 *
 *      script: fopen("php://memory")
 *        -> wrapper table: "php" -> its opener -> php_stream { ops, abstract }
 *                                                   |
 *      readbuf: [consumed | readpos ... writepos | free ]   <- ops->read(abstract)
 *
 * A stream is a resource: the resource owns it, closing either closes both. Reads go through
 * readbuf (unless PHP_STREAM_FLAG_NO_BUFFER); writes go straight to ops->write, after the
 * read buffer has been given up and the position put back.
 *
 * Invariants: 0 <= readpos <= writepos <= readbuflen; position is what ftell() says, the
 * place of readbuf[readpos] in the stream.
 */
#ifndef PHP_STREAMS_H
#define PHP_STREAMS_H

#include <sys/stat.h>
#include <sys/types.h>

#include "zend.h"

typedef struct _php_stream php_stream;
typedef struct _php_stream_wrapper php_stream_wrapper;
typedef struct _php_stream_context php_stream_context;
typedef struct _php_stream_filter php_stream_filter;

typedef struct _php_stream_statbuf {
    struct stat sb;
} php_stream_statbuf;

typedef struct _php_stream_dirent {
    char d_name[4096];
} php_stream_dirent;

/* What a kind of stream can do. read sets stream->eof. NULL: can't. */
typedef struct _php_stream_ops {
    size_t (*write)(php_stream *stream, const char *buf, size_t count);
    size_t (*read)(php_stream *stream, char *buf, size_t count);
    int (*close)(php_stream *stream, int close_handle);
    int (*flush)(php_stream *stream);
    const char *label; /* stream_get_meta_data()'s stream_type */
    int (*seek)(php_stream *stream, off_t offset, int whence, off_t *newoffset); /* 0 or -1 */
    int (*cast)(php_stream *stream, int castas, void **ret);
    int (*stat)(php_stream *stream, php_stream_statbuf *ssb);
    int (*set_option)(php_stream *stream, int option, int value, void *ptrparam);
} php_stream_ops;

typedef struct _php_stream_wrapper_ops {
    php_stream *(*stream_opener)(php_stream_wrapper *wrapper, const char *filename,
        const char *mode, int options, char **opened_path, php_stream_context *context);
    int (*stream_closer)(php_stream_wrapper *wrapper, php_stream *stream);
    int (*stream_stat)(php_stream_wrapper *wrapper, php_stream *stream, php_stream_statbuf *ssb);
    int (*url_stat)(php_stream_wrapper *wrapper, const char *url, int flags,
        php_stream_statbuf *ssb, php_stream_context *context);
    php_stream *(*dir_opener)(php_stream_wrapper *wrapper, const char *filename,
        const char *mode, int options, char **opened_path, php_stream_context *context);
    const char *label; /* wrapper_type: "plainfile", "PHP" */
    int (*unlink)(php_stream_wrapper *wrapper, const char *url, int options,
        php_stream_context *context);
    int (*rename)(php_stream_wrapper *wrapper, const char *url_from, const char *url_to,
        int options, php_stream_context *context);
    int (*stream_mkdir)(php_stream_wrapper *wrapper, const char *url, int mode, int options,
        php_stream_context *context);
    int (*stream_rmdir)(php_stream_wrapper *wrapper, const char *url, int options,
        php_stream_context *context);
    int (*stream_metadata)(php_stream_wrapper *wrapper, const char *url, int option,
        void *value, php_stream_context *context);
} php_stream_wrapper_ops;

struct _php_stream_wrapper {
    const php_stream_wrapper_ops *wops;
    void *abstract;
    int is_url; /* allow_url_fopen rules over it */
};

struct _php_stream_context {
    zval *options; /* array: wrapper -> option -> value */
    zval *notifier;
    int rsrc_id;
};

/* A chain of filters; the filters themselves live in main/streams/filter.c. */
typedef struct _php_stream_filter_chain {
    php_stream_filter *head, *tail;
    php_stream *stream;
} php_stream_filter_chain;

#define PHP_STREAM_FLAG_NO_SEEK 1
#define PHP_STREAM_FLAG_NO_BUFFER 2
#define PHP_STREAM_FLAG_EOL_UNIX 0
#define PHP_STREAM_FLAG_DETECT_EOL 4
#define PHP_STREAM_FLAG_EOL_MAC 8
#define PHP_STREAM_FLAG_AVOID_BLOCKING 16
#define PHP_STREAM_FLAG_NO_CLOSE 32
#define PHP_STREAM_FLAG_IS_DIR 64
#define PHP_STREAM_FLAG_NO_FCLOSE 128

struct _php_stream {
    const php_stream_ops *ops;
    void *abstract; /* the kind's own data */
    php_stream_filter_chain readfilters, writefilters;
    php_stream_wrapper *wrapper; /* what opened it, or NULL */
    void *wrapperthis;
    zval *wrapperdata; /* stream_get_meta_data()'s wrapper_data, or NULL */
    int flags;         /* PHP_STREAM_FLAG_* */
    int rsrc_id;
    int in_free;
    zend_bool is_persistent;
    zend_bool eof;
    zend_bool exposed; /* a script has seen it: freed with its resource only */
    char mode[16];
    char *orig_path; /* as opened; owned, or NULL */
    php_stream_context *context;
    int fgetss_state; /* where php_strip_tags() was at the end of the line before */
    off_t position;
    unsigned char *readbuf;
    size_t readbuflen;
    off_t readpos;
    off_t writepos;
    size_t chunk_size; /* bytes asked of ops->read at once */
};

/* Options of opening. */
#define IGNORE_PATH 0x00000000
#define USE_PATH 0x00000001      /* look in include_path */
#define IGNORE_URL 0x00000002
#define REPORT_ERRORS 0x00000008 /* warn when it fails */
#define STREAM_MUST_SEEK 0x00000010
#define STREAM_URL_STAT_LINK 0x00000001
#define STREAM_URL_STAT_QUIET 0x00000002
#define STREAM_OPEN_FOR_INCLUDE 0x00000080
#define STREAM_USE_URL 0x00000100
#define STREAM_DISABLE_OPEN_BASEDIR 0x00000400
#define STREAM_OPEN_PERSISTENT 0x00000800
#define STREAM_DISABLE_URL_PROTECTION 0x00002000
#define STREAM_MKDIR_RECURSIVE 1
#define STREAM_OPEN_FOR_ZEND_STREAM 0x00010000
#define IGNORE_URL_WIN 0
#define ENFORCE_SAFE_MODE 0

#define PHP_STREAM_FREE_CALL_DTOR 1
#define PHP_STREAM_FREE_RELEASE_STREAM 2
#define PHP_STREAM_FREE_PRESERVE_HANDLE 4
#define PHP_STREAM_FREE_RSRC_DTOR 8
#define PHP_STREAM_FREE_PERSISTENT 16
#define PHP_STREAM_FREE_CLOSE (PHP_STREAM_FREE_CALL_DTOR | PHP_STREAM_FREE_RELEASE_STREAM)
#define PHP_STREAM_FREE_KEEP_RSRC 64

#define PHP_STREAM_AS_STDIO 0
#define PHP_STREAM_AS_FD 1
#define PHP_STREAM_AS_FD_FOR_SELECT 3

#define PHP_STREAM_OPTION_BLOCKING 1
#define PHP_STREAM_OPTION_READ_BUFFER 2
#define PHP_STREAM_OPTION_WRITE_BUFFER 3
#define PHP_STREAM_OPTION_READ_TIMEOUT 4
#define PHP_STREAM_OPTION_SET_CHUNK_SIZE 5
#define PHP_STREAM_OPTION_LOCKING 6
#define PHP_STREAM_OPTION_TRUNCATE_API 10
#define PHP_STREAM_TRUNCATE_SUPPORTED 0
#define PHP_STREAM_TRUNCATE_SET_SIZE 1
#define PHP_STREAM_OPTION_META_DATA_API 11
#define PHP_STREAM_OPTION_CHECK_LIVENESS 12
#define PHP_STREAM_OPTION_RETURN_OK 0
#define PHP_STREAM_OPTION_RETURN_ERR -1
#define PHP_STREAM_OPTION_RETURN_NOTIMPL -2
#define PHP_STREAM_LOCK_SUPPORTED 1

#define PHP_STREAM_META_TOUCH 1
#define PHP_STREAM_META_OWNER_NAME 2
#define PHP_STREAM_META_OWNER 3
#define PHP_STREAM_META_GROUP_NAME 4
#define PHP_STREAM_META_GROUP 5
#define PHP_STREAM_META_ACCESS 6

#define PHP_STREAM_COPY_ALL ((size_t) -1)

/* --- The stream itself ----------------------------------------------------------------------- */

/* Makes a stream and its resource. mode as of fopen(). */
php_stream *php_stream_alloc(const php_stream_ops *ops, void *abstract,
    const char *persistent_id, const char *mode);
int php_stream_free(php_stream *stream, int close_options);
/* Gives up the stream's resource: another stream owns it from now on, and frees it. */
void php_stream_enclose(php_stream *stream);
#define php_stream_close(stream) php_stream_free((stream), PHP_STREAM_FREE_CLOSE)

/* They return bytes; fewer at the end of the stream. */
size_t php_stream_read(php_stream *stream, char *buf, size_t count);
size_t php_stream_write(php_stream *stream, const char *buf, size_t count);
#define php_stream_write_string(stream, str) php_stream_write(stream, str, strlen(str))
int php_stream_printf(php_stream *stream, const char *format, ...);
/* 1 when a read has met the end. */
int php_stream_eof(php_stream *stream);
int php_stream_getc(php_stream *stream); /* EOF at the end */
int php_stream_putc(php_stream *stream, int c);
int php_stream_puts(php_stream *stream, const char *str);
int php_stream_flush(php_stream *stream);
int php_stream_seek(php_stream *stream, off_t offset, int whence); /* 0 or -1 */
off_t php_stream_tell(php_stream *stream);
#define php_stream_rewind(stream) php_stream_seek((stream), 0L, SEEK_SET)
int php_stream_stat(php_stream *stream, php_stream_statbuf *ssb); /* 0 or -1 */
int php_stream_set_option(php_stream *stream, int option, int value, void *ptrparam);
int php_stream_cast(php_stream *stream, int castas, void **ret, int show_err);
#define php_stream_truncate_supported(stream) \
    (php_stream_set_option((stream), PHP_STREAM_OPTION_TRUNCATE_API, \
        PHP_STREAM_TRUNCATE_SUPPORTED, NULL) == PHP_STREAM_OPTION_RETURN_OK)
int php_stream_truncate_set_size(php_stream *stream, size_t newsize);
#define php_stream_lock(stream, mode) \
    php_stream_set_option((stream), PHP_STREAM_OPTION_LOCKING, (mode), NULL)

/*
 * Reads a line with its end. buf NULL: the line is emalloc'ed; else at most maxlen - 1 bytes
 * and a NUL go into buf. NULL at the end of the stream. *returned_len: bytes of the line.
 */
char *php_stream_get_line(php_stream *stream, char *buf, size_t maxlen, size_t *returned_len);
#define php_stream_gets(stream, buf, maxlen) php_stream_get_line((stream), (buf), (maxlen), NULL)
/* A record up to delim (not included, consumed), emalloc'ed; at most maxlen bytes. */
char *php_stream_get_record(php_stream *stream, size_t maxlen, size_t *returned_len,
    const char *delim, size_t delim_len);
/* Everything to the end (at most maxlen bytes when it is not COPY_ALL); *buf is emalloc'ed. */
size_t php_stream_copy_to_mem(php_stream *src, char **buf, size_t maxlen, int persistent);
/* Copies to the end or maxlen bytes; *len says how many. SUCCESS or FAILURE. */
int php_stream_copy_to_stream_ex(php_stream *src, php_stream *dest, size_t maxlen, size_t *len);
/* Sends the rest to the output; returns bytes. */
size_t php_stream_passthru(php_stream *stream);
/* Makes at least size bytes available in readbuf if the stream has them. */
void php_stream_fill_read_buffer(php_stream *stream, size_t size);

/* Resource types, for zend_fetch_resource. */
int php_file_le_stream(void);
int php_file_le_pstream(void);
int php_le_stream_context(void);

#define php_stream_to_zval(stream, zval) \
    { \
        ZVAL_RESOURCE(zval, (stream)->rsrc_id); \
        (stream)->exposed = 1; \
    }
#define php_stream_from_zval(xstr, ppzval) \
    ZEND_FETCH_RESOURCE2((xstr), php_stream *, (ppzval), -1, "stream", php_file_le_stream(), \
        php_file_le_pstream())
#define php_stream_from_zval_no_verify(xstr, ppzval) \
    (xstr) = (php_stream *) zend_fetch_resource((ppzval), -1, NULL, NULL, 2, \
        php_file_le_stream(), php_file_le_pstream())

/* --- Wrappers -------------------------------------------------------------------------------- */

int php_register_url_stream_wrapper(const char *protocol, php_stream_wrapper *wrapper);
int php_unregister_url_stream_wrapper(const char *protocol);
/* For this request only. */
int php_register_url_stream_wrapper_volatile(const char *protocol, php_stream_wrapper *wrapper);
int php_unregister_url_stream_wrapper_volatile(const char *protocol);
HashTable *php_stream_get_url_stream_wrappers_hash(void);
HashTable *php_stream_get_url_stream_wrappers_hash_global(void);
/* The wrapper of a path; *path_for_open is what it should open. NULL with a warning if refused. */
php_stream_wrapper *php_stream_locate_url_wrapper(const char *path, char **path_for_open,
    int options);

/* Opens path by its wrapper. *opened_path (when not NULL): emalloc'ed real path, or NULL. */
php_stream *php_stream_open_wrapper_ex(const char *path, const char *mode, int options,
    char **opened_path, php_stream_context *context);
#define php_stream_open_wrapper(path, mode, options, opened) \
    php_stream_open_wrapper_ex((path), (mode), (options), (opened), NULL)
/* A wrapper's opener tells why it failed; the message is part of the warning. */
void php_stream_wrapper_log_error(php_stream_wrapper *wrapper, int options,
    const char *format, ...);
php_stream *php_stream_opendir(const char *path, int options, php_stream_context *context);
php_stream_dirent *php_stream_readdir(php_stream *dirstream, php_stream_dirent *entry);
#define php_stream_closedir(dirstream) php_stream_close(dirstream)
#define php_stream_rewinddir(dirstream) php_stream_seek((dirstream), 0L, SEEK_SET)
int php_stream_stat_path_ex(const char *path, int flags, php_stream_statbuf *ssb,
    php_stream_context *context);
#define php_stream_stat_path(path, ssb) php_stream_stat_path_ex((path), 0, (ssb), NULL)

/* --- Plain files, memory --------------------------------------------------------------------- */

extern php_stream_wrapper php_plain_files_wrapper;
extern php_stream_wrapper php_stream_php_wrapper;
extern const php_stream_ops php_stream_stdio_ops;
extern const php_stream_ops php_stream_memory_ops;
extern const php_stream_ops php_stream_temp_ops;
extern const php_stream_ops php_plain_files_dirstream_ops;

php_stream *php_stream_fopen_from_fd(int fd, const char *mode, const char *persistent_id);
php_stream *php_stream_fopen_from_pipe(FILE *file, const char *mode);
php_stream *php_stream_fopen_tmpfile(void);
/* Opens a plain file; no include_path, no wrappers. */
php_stream *php_stream_fopen(const char *filename, const char *mode, char **opened_path,
    int options);
#define php_stream_is(stream, wanted) ((stream)->ops == (wanted))
#define PHP_STREAM_IS_STDIO (&php_stream_stdio_ops)
/* open(2) flags of an fopen() mode; FAILURE for a wrong mode. */
int php_stream_parse_fopen_modes(const char *mode, int *open_flags);

#define TEMP_STREAM_DEFAULT 0
#define TEMP_STREAM_READONLY 1
#define TEMP_STREAM_TAKE_BUFFER 2
#define PHP_STREAM_MAX_MEM (2 * 1024 * 1024)
php_stream *php_stream_memory_create(int mode);
/* buf is copied. */
php_stream *php_stream_memory_open(int mode, const char *buf, size_t length);
/* The stream's bytes, not copied. */
char *php_stream_memory_get_buffer(php_stream *stream, size_t *length);
php_stream *php_stream_temp_create(int mode, size_t max_memory_usage);

/* --- Contexts -------------------------------------------------------------------------------- */

php_stream_context *php_stream_context_alloc(void);
void php_stream_context_free(php_stream_context *context);
/* SUCCESS and *optionvalue, not counted. */
int php_stream_context_get_option(php_stream_context *context, const char *wrappername,
    const char *optionname, zval ***optionvalue);
int php_stream_context_set_option(php_stream_context *context, const char *wrappername,
    const char *optionname, zval *optionvalue);
/* The default context of the request, made on demand. */
php_stream_context *php_stream_default_context(void);
php_stream_context *php_stream_context_from_zval(zval *zcontext, int nocontext);

/* --- Life cycle, and what the engine asks of streams ----------------------------------------- */

int php_init_stream_wrappers(int module_number);
void php_shutdown_stream_wrappers(void);
void php_shutdown_stream_hashes(void);

/* The full path of filename, looked for in path (a list with ':'); emalloc'ed, or NULL. */
char *php_resolve_path(const char *filename, int filename_length, const char *path);
/* Opens a script for the compiler. SUCCESS or FAILURE (no message). */
int php_stream_open_for_zend_ex(const char *filename, zend_file_handle *handle, int mode);

/* Current size of the tables of descriptors: `php://fd/N` must stay below it. */
#define PHP_STREAM_MAX_FD 65536

#endif
