/* SPDX-License-Identifier: MIT */
/* PG(): main's directives and the state of the running request. */
#ifndef PHP_GLOBALS_H
#define PHP_GLOBALS_H

#include "zend.h"
#include "data/zend_llist.h"

/* Where the auto-global arrays live in http_globals. */
#define TRACK_VARS_POST 0
#define TRACK_VARS_GET 1
#define TRACK_VARS_COOKIE 2
#define TRACK_VARS_SERVER 3
#define TRACK_VARS_ENV 4
#define TRACK_VARS_FILES 5
#define TRACK_VARS_REQUEST 6
#define NUM_TRACK_VARS 7

/* connection_status() */
#define PHP_CONNECTION_NORMAL 0
#define PHP_CONNECTION_ABORTED 1
#define PHP_CONNECTION_TIMEOUT 2

#define PHP_DISPLAY_ERRORS_STDOUT 1
#define PHP_DISPLAY_ERRORS_STDERR 2

typedef struct _arg_separators {
    char *output;
    char *input;
} arg_separators;

typedef struct _php_core_globals {
    /* Directives; strings belong to the directive. */
    zend_bool implicit_flush;
    long output_buffering;
    char *output_handler;
    char *unserialize_callback_func;
    long serialize_precision;
    long memory_limit;
    long max_input_time;
    zend_uchar display_errors; /* 0, PHP_DISPLAY_ERRORS_* */
    zend_bool display_startup_errors;
    zend_bool log_errors;
    long log_errors_max_len;
    zend_bool ignore_repeated_errors;
    zend_bool ignore_repeated_source;
    zend_bool report_memleaks;
    char *error_log;
    char *doc_root;
    char *user_dir;
    char *include_path;
    char *open_basedir;
    char *extension_dir;
    char *sys_temp_dir;
    char *upload_tmp_dir;
    long upload_max_filesize;
    char *error_append_string;
    char *error_prepend_string;
    char *auto_prepend_file;
    char *auto_append_file;
    char *input_encoding;
    char *internal_encoding;
    char *output_encoding;
    arg_separators arg_separator;
    char *variables_order;
    char *request_order;
    zend_bool expose_php;
    zend_bool track_errors;
    zend_bool html_errors;
    zend_bool xmlrpc_errors;
    long xmlrpc_error_number;
    zend_bool auto_globals_jit;
    zend_bool register_argc_argv;
    zend_bool enable_post_data_reading;
    zend_bool always_populate_raw_post_data;
    zend_bool file_uploads;
    zend_bool allow_url_fopen;
    zend_bool allow_url_include;
    zend_bool auto_detect_line_endings;
    zend_bool enable_dl;
    zend_bool exit_on_timeout;
    zend_bool report_zend_debug;
    char *docref_root;
    char *docref_ext;
    char *disable_functions;
    char *disable_classes;
    char *user_ini_filename;
    long user_ini_cache_ttl;
    long max_input_nesting_level;
    long max_input_vars;

    /* The request. */
    zval *http_globals[NUM_TRACK_VARS];
    zend_bool ignore_user_abort;
    unsigned char connection_status;
    zend_bool header_is_being_sent;
    zend_llist tick_functions;
    zend_bool during_request_startup;
    zend_bool modules_activated;
    zend_bool in_error_log;
    zend_bool in_user_include;
    int last_error_type; /* error_get_last(): 0 for none */
    char *last_error_message; /* malloc'ed: outlives a heap that has hit its limit */
    char *last_error_file;    /* malloc'ed */
    int last_error_lineno;
    char *php_sys_temp_dir; /* estrdup'ed copy of the answer of php_get_temporary_directory */

    /* The process. */
    zend_bool modules_started;
    char *php_binary; /* malloc'ed */
} php_core_globals;

extern php_core_globals core_globals;
#define PG(name) (core_globals.name)

#endif
