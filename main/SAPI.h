/* SPDX-License-Identifier: MIT */
/*
 * The server interface: what the world around (a terminal, a web server) gives
 * the interpreter and takes from it. A SAPI fills in one sapi_module_struct.
 */
#ifndef SAPI_H
#define SAPI_H

#include <sys/stat.h>

#include "zend.h"
#include "data/zend_llist.h"

#define SAPI_DEFAULT_MIMETYPE "text/html"
#define SAPI_DEFAULT_CHARSET "UTF-8"
#define SAPI_PHP_VERSION_HEADER "X-Powered-By: PHP/" PHP_VERSION

typedef struct {
    char *header; /* emalloc'ed */
    uint header_len;
} sapi_header_struct;

typedef struct {
    zend_llist headers; /* of sapi_header_struct */
    int http_response_code;
    bool send_default_content_type;
    char *mimetype;         /* emalloc'ed, or NULL */
    char *http_status_line; /* emalloc'ed, or NULL */
} sapi_headers_struct;

typedef struct {
    const char *request_method;
    char *query_string;
    char *cookie_data;
    char *path_translated; /* the script's file; emalloc'ed by the SAPI */
    char *request_uri;
    const char *content_type;
    long content_length;
    zend_bool headers_only;
    zend_bool no_headers;
    zend_bool headers_read;
    char *auth_user;
    char *auth_password;
    char *current_user;
    int current_user_length;
    int argc; /* the command line, for $argv */
    char **argv;
    int proto_num;
} sapi_request_info;

typedef struct _sapi_globals_struct {
    void *server_context;
    sapi_request_info request_info;
    sapi_headers_struct sapi_headers;
    long read_post_bytes;
    unsigned char headers_sent;
    struct stat global_stat;
    char *default_mimetype;
    char *default_charset;
    long post_max_size;
    int options;
    zend_bool sapi_started;
    double global_request_time;
    zval *callback_func; /* header_register_callback() */
    zend_bool callback_run;
} sapi_globals_struct;

extern sapi_globals_struct sapi_globals;
#define SG(name) (sapi_globals.name)

#define SAPI_OPTION_NO_CHDIR 1

typedef struct _sapi_header_line {
    char *line;
    uint line_len;
    long response_code; /* 0: unchanged */
} sapi_header_line;

typedef enum {
    SAPI_HEADER_REPLACE,
    SAPI_HEADER_ADD,
    SAPI_HEADER_DELETE,
    SAPI_HEADER_DELETE_ALL,
    SAPI_HEADER_SET_STATUS
} sapi_header_op_enum;

#define SAPI_HEADER_ADD_FLAG (1 << 0)
#define SAPI_HEADER_SENT_SUCCESSFULLY 1
#define SAPI_HEADER_DO_SEND 2
#define SAPI_HEADER_SEND_FAILED 3

typedef struct _sapi_module_struct {
    const char *name; /* php_sapi_name() */
    const char *pretty_name;

    int (*startup)(struct _sapi_module_struct *sapi_module);
    int (*shutdown)(struct _sapi_module_struct *sapi_module);
    int (*activate)(void);   /* any of the callbacks below may be NULL */
    int (*deactivate)(void);

    int (*ub_write)(const char *text, uint length); /* returns bytes written */
    void (*flush)(void *server_context);
    struct stat *(*get_stat)(void);
    char *(*getenv)(const char *name, size_t name_len);
    void (*sapi_error)(int type, const char *error_msg, ...);

    int (*header_handler)(sapi_header_struct *header, sapi_header_op_enum op,
        sapi_headers_struct *headers);
    int (*send_headers)(sapi_headers_struct *headers);
    void (*send_header)(sapi_header_struct *header, void *server_context);
    int (*read_post)(char *buffer, uint count_bytes);
    char *(*read_cookies)(void);

    void (*register_server_variables)(zval *track_vars_array);
    void (*log_message)(const char *message);
    double (*get_request_time)(void);
    void (*terminate_process)(void);

    char *php_ini_path_override; /* -c: a file or a folder; malloc'ed */
    const char *executable_location;
    int php_ini_ignore;     /* -n */
    int php_ini_ignore_cwd; /* do not look for php.ini in the working directory */
    int phpinfo_as_text;
    char *ini_entries; /* -d: ini text read after php.ini; malloc'ed */
    void (*ini_defaults)(HashTable *configuration_hash); /* before php.ini */
    const struct _zend_function_entry *additional_functions;
} sapi_module_struct;

extern sapi_module_struct sapi_module;

void sapi_startup(sapi_module_struct *sf);
void sapi_shutdown(void);
void sapi_activate(void);
void sapi_deactivate(void);

/* arg: a sapi_header_line *, or (SET_STATUS) the status as (void *)(intptr_t). */
int sapi_header_op(sapi_header_op_enum op, void *arg);
/* header_line must be emalloc'ed when duplicate is 0 and is then owned by the list. */
int sapi_add_header_ex(char *header_line, uint header_line_len, zend_bool duplicate,
    zend_bool replace);
#define sapi_add_header(line, len, duplicate) sapi_add_header_ex(line, len, duplicate, 1)
int sapi_send_headers(void);
void sapi_free_header(sapi_header_struct *header);
char *sapi_get_default_content_type(void); /* emalloc'ed */

int sapi_flush(void);
struct stat *sapi_get_stat(void);
char *sapi_getenv(const char *name, size_t name_len); /* emalloc'ed, or NULL */
double sapi_get_request_time(void);
void sapi_terminate_process(void);

#endif
