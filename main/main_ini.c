/* SPDX-License-Identifier: MIT */
/* The core's directives: a table of names, defaults and handlers. */
#include <ctype.h>
#include <strings.h>

#include "main/build_defs.h"
#include "main/main_ini.h"
#include "main/php.h"
#include "main/SAPI.h"

/* --- Handlers -------------------------------------------------------------------------------- */

/* EG(precision) belongs to the engine. Negative numbers are refused. */
static PHP_INI_MH(OnSetPrecision)
{
    long digits = new_value ? strtol(new_value, NULL, 10) : 0;

    if (digits < 0) {
        return FAILURE;
    }
    EG(precision) = digits;
    return SUCCESS;
}

static PHP_INI_MH(OnChangeMemoryLimit)
{
    PG(memory_limit) = new_value ? zend_atol(new_value, (int) new_value_length) : 1 << 30;
    return zend_set_memory_limit((size_t) PG(memory_limit)) ? SUCCESS : FAILURE;
}

static int display_errors_mode(const char *value, size_t length)
{
    if (!value) {
        return PHP_DISPLAY_ERRORS_STDOUT;
    }
    if ((length == 2 && !strcasecmp(value, "on")) || (length == 3 && !strcasecmp(value, "yes"))
        || (length == 4 && !strcasecmp(value, "true"))
        || (length == 6 && !strcasecmp(value, "stdout"))) {
        return PHP_DISPLAY_ERRORS_STDOUT;
    }
    if (length == 6 && !strcasecmp(value, "stderr")) {
        return PHP_DISPLAY_ERRORS_STDERR;
    }
    switch (atoi(value)) {
    case 0: return 0;
    case PHP_DISPLAY_ERRORS_STDERR: return PHP_DISPLAY_ERRORS_STDERR;
    default: return PHP_DISPLAY_ERRORS_STDOUT;
    }
}

static PHP_INI_MH(OnUpdateDisplayErrors)
{
    PG(display_errors) = (zend_uchar) display_errors_mode(new_value, new_value_length);
    return SUCCESS;
}

static PHP_INI_DISP(display_errors_displayer)
{
    const char *value = type == ZEND_INI_DISPLAY_ORIG && ini_entry->modified
        ? ini_entry->orig_value : ini_entry->value;
    int mode = display_errors_mode(value, value ? strlen(value) : 0);

    PUTS(mode == 0 ? "Off" : mode == PHP_DISPLAY_ERRORS_STDERR ? "STDERR" : "On");
}

static PHP_INI_MH(OnUpdateTimeout)
{
    if (stage == PHP_INI_STAGE_STARTUP) { /* no timer yet: the request sets it */
        EG(timeout_seconds) = new_value ? atol(new_value) : 0;
        return SUCCESS;
    }
    zend_unset_timeout();
    EG(timeout_seconds) = new_value ? atol(new_value) : 0;
    zend_set_timeout(EG(timeout_seconds), 0);
    return SUCCESS;
}

static PHP_INI_MH(OnUpdateErrorLog)
{
    if ((stage == PHP_INI_STAGE_RUNTIME || stage == ZEND_INI_STAGE_HTACCESS) && new_value
        && strcmp(new_value, "syslog") && PG(open_basedir)
        && php_check_open_basedir(new_value)) {
        return FAILURE;
    }
    return OnUpdateString(entry, new_value, new_value_length, mh_arg1, mh_arg2, mh_arg3, stage);
}

/* mbstring may not become the output handler from within a script. */
static PHP_INI_MH(OnUpdateOutputHandler)
{
    return OnUpdateString(entry, new_value, new_value_length, mh_arg1, mh_arg2, mh_arg3, stage);
}

static PHP_INI_MH(OnUpdateBaseDir)
{
    char **place = (char **) ((char *) mh_arg2 + (size_t) mh_arg1);

    if (stage == PHP_INI_STAGE_RUNTIME && *place && **place) {
        /* It can only be made narrower: each part must lie inside what is allowed now. */
        char *parts, *part, *rest;
        if (!new_value || !*new_value) {
            return FAILURE;
        }
        rest = parts = estrdup(new_value);
        while ((part = strsep(&rest, ":")) != NULL) {
            if (php_check_open_basedir(part) != 0) {
                efree(parts);
                return FAILURE;
            }
        }
        efree(parts);
    }
    *place = new_value;
    return SUCCESS;
}

/* --- The table ------------------------------------------------------------------------------- */

#define ENTRY(name, value, access, handler, field) \
    STD_PHP_INI_ENTRY(name, value, access, handler, field, php_core_globals, core_globals)
#define BOOLEAN(name, value, access, field) \
    STD_PHP_INI_BOOLEAN(name, value, access, OnUpdateBool, field, php_core_globals, core_globals)
#define NO_VALUE(name, access, handler, field) \
    STD_ZEND_INI_ENTRY_NULL(name, access, handler, field, php_core_globals, core_globals)
#define INERT(name, value, access) PHP_INI_ENTRY(name, value, access, NULL)
#define INERT_NO_VALUE(name, access) ZEND_INI_ENTRY_NULL(name, access, NULL, NULL, NULL, NULL, NULL)
#define COLOUR(name, value) \
    PHP_INI_ENTRY_EX(name, value, PHP_INI_ALL, NULL, php_ini_color_displayer_cb)

PHP_INI_BEGIN()
    /* Errors. */
    PHP_INI_ENTRY_EX("display_errors", "1", PHP_INI_ALL, OnUpdateDisplayErrors,
        display_errors_displayer)
    BOOLEAN("display_startup_errors", "0", PHP_INI_ALL, display_startup_errors)
    BOOLEAN("html_errors", "1", PHP_INI_ALL, html_errors)
    BOOLEAN("xmlrpc_errors", "0", PHP_INI_SYSTEM, xmlrpc_errors)
    ENTRY("xmlrpc_error_number", "0", PHP_INI_ALL, OnUpdateLong, xmlrpc_error_number)
    ENTRY("log_errors_max_len", "1024", PHP_INI_ALL, OnUpdateLong, log_errors_max_len)
    BOOLEAN("log_errors", "0", PHP_INI_ALL, log_errors)
    BOOLEAN("ignore_repeated_errors", "0", PHP_INI_ALL, ignore_repeated_errors)
    BOOLEAN("ignore_repeated_source", "0", PHP_INI_ALL, ignore_repeated_source)
    BOOLEAN("report_memleaks", "1", PHP_INI_ALL, report_memleaks)
    BOOLEAN("report_zend_debug", "0", PHP_INI_ALL, report_zend_debug)
    BOOLEAN("track_errors", "0", PHP_INI_ALL, track_errors)
    ENTRY("docref_root", "", PHP_INI_ALL, OnUpdateString, docref_root)
    ENTRY("docref_ext", "", PHP_INI_ALL, OnUpdateString, docref_ext)
    NO_VALUE("error_append_string", PHP_INI_ALL, OnUpdateString, error_append_string)
    NO_VALUE("error_prepend_string", PHP_INI_ALL, OnUpdateString, error_prepend_string)
    NO_VALUE("error_log", PHP_INI_ALL, OnUpdateErrorLog, error_log)

    /* Output. */
    ENTRY("output_buffering", "0", PHP_INI_PERDIR | PHP_INI_SYSTEM, OnUpdateLong,
        output_buffering)
    NO_VALUE("output_handler", PHP_INI_PERDIR | PHP_INI_SYSTEM, OnUpdateOutputHandler,
        output_handler)
    BOOLEAN("implicit_flush", "0", PHP_INI_ALL, implicit_flush)
    STD_PHP_INI_ENTRY("default_mimetype", SAPI_DEFAULT_MIMETYPE, PHP_INI_ALL, OnUpdateString,
        default_mimetype, sapi_globals_struct, sapi_globals)
    STD_PHP_INI_ENTRY("default_charset", SAPI_DEFAULT_CHARSET, PHP_INI_ALL, OnUpdateString,
        default_charset, sapi_globals_struct, sapi_globals)
    NO_VALUE("internal_encoding", PHP_INI_ALL, OnUpdateString, internal_encoding)
    NO_VALUE("input_encoding", PHP_INI_ALL, OnUpdateString, input_encoding)
    NO_VALUE("output_encoding", PHP_INI_ALL, OnUpdateString, output_encoding)
    BOOLEAN("expose_php", "1", PHP_INI_SYSTEM, expose_php)

    /* The language. */
    STD_PHP_INI_BOOLEAN("short_open_tag", "1", PHP_INI_SYSTEM | PHP_INI_PERDIR, OnUpdateBool,
        short_tags, zend_compiler_globals, compiler_globals)
    STD_PHP_INI_BOOLEAN("asp_tags", "0", PHP_INI_SYSTEM | PHP_INI_PERDIR, OnUpdateBool, asp_tags,
        zend_compiler_globals, compiler_globals)
    PHP_INI_ENTRY("precision", "14", PHP_INI_ALL, OnSetPrecision)
    ENTRY("serialize_precision", "17", PHP_INI_ALL, OnUpdateLongGEZero, serialize_precision)
    NO_VALUE("unserialize_callback_func", PHP_INI_ALL, OnUpdateString, unserialize_callback_func)
    COLOUR("highlight.comment", "#FF8000")
    COLOUR("highlight.default", "#0000BB")
    COLOUR("highlight.html", "#000000")
    COLOUR("highlight.keyword", "#007700")
    COLOUR("highlight.string", "#DD0000")

    /* Limits. */
    PHP_INI_ENTRY("memory_limit", "128M", PHP_INI_ALL, OnChangeMemoryLimit)
    PHP_INI_ENTRY("max_execution_time", "30", PHP_INI_ALL, OnUpdateTimeout)
    ENTRY("max_input_time", "-1", PHP_INI_SYSTEM | PHP_INI_PERDIR, OnUpdateLong, max_input_time)
    ENTRY("max_input_nesting_level", "64", PHP_INI_SYSTEM | PHP_INI_PERDIR, OnUpdateLongGEZero,
        max_input_nesting_level)
    ENTRY("max_input_vars", "1000", PHP_INI_SYSTEM | PHP_INI_PERDIR, OnUpdateLongGEZero,
        max_input_vars)
    BOOLEAN("exit_on_timeout", "0", PHP_INI_ALL, exit_on_timeout)
    BOOLEAN("ignore_user_abort", "0", PHP_INI_ALL, ignore_user_abort)

    /* Files. */
    ENTRY("include_path", PHP_INCLUDE_PATH, PHP_INI_ALL, OnUpdateStringUnempty, include_path)
    NO_VALUE("open_basedir", PHP_INI_ALL, OnUpdateBaseDir, open_basedir)
    NO_VALUE("auto_append_file", PHP_INI_SYSTEM | PHP_INI_PERDIR, OnUpdateString,
        auto_append_file)
    NO_VALUE("auto_prepend_file", PHP_INI_SYSTEM | PHP_INI_PERDIR, OnUpdateString,
        auto_prepend_file)
    NO_VALUE("doc_root", PHP_INI_SYSTEM, OnUpdateStringUnempty, doc_root)
    NO_VALUE("user_dir", PHP_INI_SYSTEM, OnUpdateString, user_dir)
    ENTRY("extension_dir", PHP_EXTENSION_DIR, PHP_INI_SYSTEM, OnUpdateStringUnempty,
        extension_dir)
    NO_VALUE("sys_temp_dir", PHP_INI_SYSTEM, OnUpdateStringUnempty, sys_temp_dir)
    BOOLEAN("auto_detect_line_endings", "0", PHP_INI_ALL, auto_detect_line_endings)
    BOOLEAN("allow_url_fopen", "1", PHP_INI_SYSTEM, allow_url_fopen)
    BOOLEAN("allow_url_include", "0", PHP_INI_SYSTEM, allow_url_include)
    BOOLEAN("enable_dl", "1", PHP_INI_SYSTEM, enable_dl)
    INERT("realpath_cache_size", "16K", PHP_INI_SYSTEM)
    INERT("realpath_cache_ttl", "120", PHP_INI_SYSTEM)
    ENTRY("user_ini.filename", ".user.ini", PHP_INI_SYSTEM, OnUpdateString, user_ini_filename)
    ENTRY("user_ini.cache_ttl", "300", PHP_INI_SYSTEM, OnUpdateLong, user_ini_cache_ttl)
    INERT_NO_VALUE("browscap", PHP_INI_SYSTEM)

    /* What comes from outside. */
    ENTRY("variables_order", "EGPCS", PHP_INI_SYSTEM | PHP_INI_PERDIR, OnUpdateStringUnempty,
        variables_order)
    NO_VALUE("request_order", PHP_INI_SYSTEM | PHP_INI_PERDIR, OnUpdateString, request_order)
    BOOLEAN("register_argc_argv", "1", PHP_INI_SYSTEM | PHP_INI_PERDIR, register_argc_argv)
    BOOLEAN("auto_globals_jit", "1", PHP_INI_SYSTEM | PHP_INI_PERDIR, auto_globals_jit)
    ENTRY("arg_separator.output", "&", PHP_INI_ALL, OnUpdateStringUnempty, arg_separator.output)
    ENTRY("arg_separator.input", "&", PHP_INI_SYSTEM | PHP_INI_PERDIR, OnUpdateStringUnempty,
        arg_separator.input)
    BOOLEAN("enable_post_data_reading", "1", PHP_INI_SYSTEM | PHP_INI_PERDIR,
        enable_post_data_reading)
    BOOLEAN("always_populate_raw_post_data", "0", PHP_INI_SYSTEM | PHP_INI_PERDIR,
        always_populate_raw_post_data)
    STD_PHP_INI_ENTRY("post_max_size", "8M", PHP_INI_SYSTEM | PHP_INI_PERDIR, OnUpdateLong,
        post_max_size, sapi_globals_struct, sapi_globals)
    BOOLEAN("file_uploads", "1", PHP_INI_SYSTEM, file_uploads)
    ENTRY("upload_max_filesize", "2M", PHP_INI_SYSTEM | PHP_INI_PERDIR, OnUpdateLong,
        upload_max_filesize)
    INERT("max_file_uploads", "20", PHP_INI_SYSTEM | PHP_INI_PERDIR)
    NO_VALUE("upload_tmp_dir", PHP_INI_SYSTEM, OnUpdateStringUnempty, upload_tmp_dir)

    /* What may not be called. */
    ENTRY("disable_functions", "", PHP_INI_SYSTEM, OnUpdateString, disable_functions)
    ENTRY("disable_classes", "", PHP_INI_SYSTEM, OnUpdateString, disable_classes)

    /* Known to ini_get(), used by extensions that are not here. */
    INERT("SMTP", "localhost", PHP_INI_ALL)
    INERT("smtp_port", "25", PHP_INI_ALL)
    INERT("mail.add_x_header", "0", PHP_INI_SYSTEM | PHP_INI_PERDIR)
    INERT_NO_VALUE("mail.log", PHP_INI_SYSTEM | PHP_INI_PERDIR)
    INERT_NO_VALUE("mail.force_extra_parameters", PHP_INI_SYSTEM | PHP_INI_PERDIR)
    INERT_NO_VALUE("sendmail_from", PHP_INI_ALL)
    INERT("sendmail_path", "/usr/sbin/sendmail -t -i ", PHP_INI_SYSTEM)
    INERT("sql.safe_mode", "0", PHP_INI_SYSTEM)
PHP_INI_END()

void php_register_core_ini_entries(int module_number)
{
    REGISTER_INI_ENTRIES();
}

/* --- disable_functions ----------------------------------------------------------------------- */

/* Calls disable() with each name of a list that is separated by blanks or commas. */
static void for_each_name(const char *list, int (*disable)(char *name, uint length))
{
    char *copy, *name, *rest;

    if (!list || !*list) {
        return;
    }
    rest = copy = strdup(list);
    while ((name = strsep(&rest, " ,")) != NULL) {
        if (*name) {
            disable(name, (uint) strlen(name));
        }
    }
    free(copy);
}

void php_disable_functions_and_classes(void)
{
    for_each_name(PG(disable_functions), zend_disable_function);
    for_each_name(PG(disable_classes), zend_disable_class);
}
