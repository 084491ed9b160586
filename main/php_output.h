/* SPDX-License-Identifier: MIT */
/*
 * The output layer: a stack of buffers between a script and the SAPI.
 *
 *      echo  ->  [handler n] -> ... -> [handler 0] -> SAPI ub_write
 *                 buffer, callback       buffer, callback
 *
 * What a script prints goes into the buffer of the topmost handler. When that is flushed,
 * ended or grows past its chunk size, the handler's callback turns the text into another,
 * which goes on to the handler below. While a callback runs no output function
 * that starts a buffer may be called (PHP's fatal error), and what it prints is dropped.
 *
 * Glossary: *operation*, the flags a callback is called with (START, WRITE, FLUSH, CLEAN, FINAL);
 * *context*, one passage of text through handlers; *conflict*, a handler that refuses to start
 * beside another one.
 */
#ifndef PHP_OUTPUT_H
#define PHP_OUTPUT_H

#include "zend.h"

/* Operations: what a callback is told. */
#define PHP_OUTPUT_HANDLER_WRITE 0x00 /* more text */
#define PHP_OUTPUT_HANDLER_START 0x01 /* the first call */
#define PHP_OUTPUT_HANDLER_CLEAN 0x02 /* the text will be thrown away */
#define PHP_OUTPUT_HANDLER_FLUSH 0x04 /* ob_flush() */
#define PHP_OUTPUT_HANDLER_FINAL 0x08 /* the last call */
#define PHP_OUTPUT_HANDLER_CONT PHP_OUTPUT_HANDLER_WRITE
#define PHP_OUTPUT_HANDLER_END PHP_OUTPUT_HANDLER_FINAL

/* Kinds and abilities of a handler, then its state. */
#define PHP_OUTPUT_HANDLER_INTERNAL 0x0000
#define PHP_OUTPUT_HANDLER_USER 0x0001
#define PHP_OUTPUT_HANDLER_CLEANABLE 0x0010
#define PHP_OUTPUT_HANDLER_FLUSHABLE 0x0020
#define PHP_OUTPUT_HANDLER_REMOVABLE 0x0040
#define PHP_OUTPUT_HANDLER_STDFLAGS 0x0070
#define PHP_OUTPUT_HANDLER_STARTED 0x1000
#define PHP_OUTPUT_HANDLER_DISABLED 0x2000

/* State of the layer. */
#define PHP_OUTPUT_IMPLICITFLUSH 0x01
#define PHP_OUTPUT_DISABLED 0x02
#define PHP_OUTPUT_WRITTEN 0x04
#define PHP_OUTPUT_SENT 0x08
#define PHP_OUTPUT_ACTIVE 0x10
#define PHP_OUTPUT_LOCKED 0x20
#define PHP_OUTPUT_ACTIVATED 0x100000

/* Buffers have 16 KiB at first, or the chunk size rounded up, and grow by pages. */
#define PHP_OUTPUT_HANDLER_ALIGNTO_SIZE 0x1000
#define PHP_OUTPUT_HANDLER_DEFAULT_SIZE 0x4000

typedef enum {
    PHP_OUTPUT_HANDLER_FAILURE,
    PHP_OUTPUT_HANDLER_SUCCESS,
    PHP_OUTPUT_HANDLER_NO_DATA
} php_output_handler_status_t;

typedef struct _php_output_buffer {
    char *data;
    size_t size; /* bytes allocated */
    size_t used;
    bool free; /* data is ours to efree */
} php_output_buffer;

typedef struct _php_output_context {
    int op; /* PHP_OUTPUT_HANDLER_* */
    php_output_buffer in;
    php_output_buffer out;
} php_output_context;

typedef int (*php_output_handler_context_func_t)(void **handler_context,
    php_output_context *output_context);

typedef struct _php_output_handler_user_func_t {
    zend_fcall_info fci;
    zend_fcall_info_cache fcc;
    zval *zoh; /* the callback, counted */
} php_output_handler_user_func_t;

typedef struct _php_output_handler {
    char *name; /* owned */
    size_t name_len;
    int flags;
    int level;   /* place in the stack, 0 is the outermost */
    size_t size; /* chunk size; 0: collect everything */
    php_output_buffer buffer;
    void *opaque; /* for an internal handler's callback */
    void (*dtor)(void *opaque);
    union {
        php_output_handler_user_func_t *user;
        php_output_handler_context_func_t internal;
    } func;
} php_output_handler;

typedef struct _zend_output_globals {
    zend_stack handlers; /* of php_output_handler * */
    php_output_handler *active;  /* topmost, NULL without any */
    php_output_handler *running; /* the one whose callback runs */
    const char *output_start_filename; /* where the first output came from; emalloc'ed */
    int output_start_lineno;
    int flags; /* PHP_OUTPUT_* */
} zend_output_globals;

extern zend_output_globals output_globals;
#define OG(name) (output_globals.name)

extern const char php_output_default_handler_name[]; /* "default output handler" */
extern const char php_output_devnull_handler_name[];

/* Bytes that a buffer of this chunk size begins with. */
size_t php_output_initial_size(size_t chunk_size);

/* Life cycle: of the process, of a request. */
void php_output_startup(void);
void php_output_shutdown(void);
int php_output_activate(void);
void php_output_deactivate(void);

void php_output_set_status(int status); /* adds or removes PHP_OUTPUT_DISABLED */
int php_output_get_status(void);
void php_output_set_implicit_flush(int flush);
const char *php_output_get_start_filename(void);
int php_output_get_start_lineno(void);

/* Text on its way out. Before the layer is up it goes to stdout. They return the length. */
int php_output_write(const char *text, size_t length);
int php_output_write_unbuffered(const char *text, size_t length);

/* What the topmost buffer holds. FAILURE without a buffer. */
int php_output_flush(void); /* pass on through the callback */
void php_output_flush_all(void);
int php_output_clean(void); /* throw away, telling the callback */
void php_output_clean_all(void);
int php_output_end(void); /* pass on, pop */
void php_output_end_all(void);
int php_output_discard(void); /* throw away, pop */
void php_output_discard_all(void);
/* Copies the contents into p (a string). FAILURE (and NULL) without a buffer. */
int php_output_get_contents(zval *p);
int php_output_get_length(zval *p);
int php_output_get_level(void);

php_output_handler *php_output_get_active_handler(void);

/* Starting a handler pushes it; SUCCESS or FAILURE. */
int php_output_start_default(void);
int php_output_start_devnull(void);
/* output_handler: NULL or null for the default one, else a callable. */
int php_output_start_user(zval *output_handler, size_t chunk_size, int flags);
int php_output_start_internal(const char *name, size_t name_len,
    php_output_handler_context_func_t output_handler, size_t chunk_size, int flags);

php_output_handler *php_output_handler_create_user(zval *handler, size_t chunk_size, int flags);
php_output_handler *php_output_handler_create_internal(const char *name, size_t name_len,
    php_output_handler_context_func_t handler, size_t chunk_size, int flags);
void php_output_handler_set_context(php_output_handler *handler, void *opaque,
    void (*dtor)(void *));
int php_output_handler_start(php_output_handler *handler);
int php_output_handler_started(const char *name, size_t name_len);
void php_output_handler_dtor(php_output_handler *handler);
void php_output_handler_free(php_output_handler **handler);

/* Popping: FORCE pops what is not removable, DISCARD drops the text, SILENT says nothing. */
#define PHP_OUTPUT_POP_TRY 0x000
#define PHP_OUTPUT_POP_FORCE 0x001
#define PHP_OUTPUT_POP_DISCARD 0x010
#define PHP_OUTPUT_POP_SILENT 0x100

#endif
