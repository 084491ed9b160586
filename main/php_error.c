/* SPDX-License-Identifier: MIT */
/*
 * Errors on their way out: shown, logged, remembered.
 *
 *      php_error_docref()  adds "name(): "  -->  zend_error()  -->  php_error_cb()
 *                                                                     |
 *          exception, while EG(error_handling) says so  <-------------+--> display, log,
 *                                                                     |    $php_errormsg
 *          bail-out, for a fatal level  <-----------------------------+
 *
 * The text that is displayed and remembered is cut at log_errors_max_len bytes.
 */
#include <fcntl.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "main/php.h"
#include "main/php_error.h"
#include "main/php_main.h"
#include "main/SAPI.h"
#include "vm/zend_exceptions.h"
#include "vm/zend_vm_opcodes.h"

bool php_module_initialized = false;
bool php_during_module_startup = false;
bool php_during_module_shutdown = false;



/* --- The log --------------------------------------------------------------------------------- */

/* "[22-Nov-2026 07:33:49 UTC] message" at the end of the file. */
static bool log_to_file(const char *path, const char *message)
{
    char stamp[64];
    char *line;
    time_t now = time(NULL);
    struct tm parts;
    int fd = open(path, O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0644);
    int length;
    bool written;

    if (fd < 0) {
        return false;
    }
    gmtime_r(&now, &parts);
    strftime(stamp, sizeof(stamp), "%d-%b-%Y %H:%M:%S UTC", &parts);
    length = ap_php_asprintf(&line, "[%s] %s\n", stamp, message);
    written = length >= 0 && write(fd, line, (size_t) length) == length;
    free(line);
    close(fd);
    return written;
}

void php_log_err(const char *log_message)
{
    if (PG(error_log) && *PG(error_log)) {
        if (!strcmp(PG(error_log), "syslog")) {
            syslog(LOG_NOTICE, "%s", log_message);
            return;
        }
        if (log_to_file(PG(error_log), log_message)) {
            return;
        }
    }
    if (sapi_module.log_message) {
        sapi_module.log_message(log_message);
    } else {
        fprintf(stderr, "%s\n", log_message);
    }
}

/* --- Showing --------------------------------------------------------------------------------- */

const char *php_error_level_name(int type)
{
    switch (type) {
    case E_ERROR: case E_CORE_ERROR: case E_COMPILE_ERROR: case E_USER_ERROR:
        return "Fatal error";
    case E_RECOVERABLE_ERROR:
        return "Catchable fatal error";
    case E_WARNING: case E_CORE_WARNING: case E_COMPILE_WARNING: case E_USER_WARNING:
        return "Warning";
    case E_PARSE:
        return "Parse error";
    case E_NOTICE: case E_USER_NOTICE:
        return "Notice";
    case E_STRICT:
        return "Strict Standards";
    case E_DEPRECATED: case E_USER_DEPRECATED:
        return "Deprecated";
    default:
        return "Unknown error";
    }
}

static void escape_html(smart_str *out, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&': smart_str_appends(out, "&amp;"); break;
        case '<': smart_str_appends(out, "&lt;"); break;
        case '>': smart_str_appends(out, "&gt;"); break;
        case '"': smart_str_appends(out, "&quot;"); break;
        default: smart_str_appendc(out, *text);
        }
    }
    smart_str_0(out);
}

static void display_html(int type, const char *text, const char *file, uint line)
{
    smart_str escaped = {0};

    if (type == E_ERROR || type == E_PARSE) {
        escape_html(&escaped, text);
        text = escaped.c ? escaped.c : "";
    }
    php_printf("%s\n<br />\n<b>%s</b>:  %s in <b>%s</b> on line <b>%u</b><br />\n%s",
        PG(error_prepend_string) ? PG(error_prepend_string) : "", php_error_level_name(type), text,
        file, line, PG(error_append_string) ? PG(error_append_string) : "");
    smart_str_free(&escaped);
}

static void display_error(int type, const char *text, const char *file, uint line)
{
    const char *level = php_error_level_name(type);

    if (PG(html_errors)) {
        display_html(type, text, file, line);
    } else if (PG(display_errors) == PHP_DISPLAY_ERRORS_STDERR
        && (!strcmp(sapi_module.name, "cli") || !strncmp(sapi_module.name, "cgi", 3))) {
        fprintf(stderr, "%s: %s in %s on line %u\n", level, text, file, line);
        fflush(stderr);
    } else {
        php_printf("%s\n%s: %s in %s on line %u\n%s",
            PG(error_prepend_string) ? PG(error_prepend_string) : "", level, text, file, line,
            PG(error_append_string) ? PG(error_append_string) : "");
    }
}

static void log_error(int type, const char *text, const char *file, uint line)
{
    char *message;

    if (PG(in_error_log)) {
        return;
    }
    PG(in_error_log) = 1;
    if (ap_php_asprintf(&message, "PHP %s:  %s in %s on line %u", php_error_level_name(type),
            text, file, line) >= 0) {
        php_log_err(message);
        free(message);
    }
    PG(in_error_log) = 0;
}

static void show_error(int type, const char *text, const char *file, uint line)
{
    if (!((EG(error_reporting) & type) || (type & E_CORE))) {
        return;
    }
    if (!php_module_initialized || PG(log_errors)) {
        log_error(type, text, file, line);
    }
    if (PG(display_errors)
        && (php_module_initialized ? true : (bool) PG(display_startup_errors))) {
        display_error(type, text, file, line);
    }
}

/* --- Remembering ----------------------------------------------------------------------------- */

void php_clear_last_error(void)
{
    free(PG(last_error_message));
    free(PG(last_error_file));
    PG(last_error_message) = NULL;
    PG(last_error_file) = NULL;
    PG(last_error_type) = 0;
    PG(last_error_lineno) = 0;
}

static void remember_error(int type, const char *text, const char *file, uint line)
{
    php_clear_last_error();
    PG(last_error_type) = type;
    PG(last_error_message) = strdup(text);
    PG(last_error_file) = strdup(file);
    PG(last_error_lineno) = (int) line;
}

static bool is_repeated(const char *text, const char *file, uint line)
{
    if (!PG(ignore_repeated_errors) || !PG(last_error_message)
        || strcmp(PG(last_error_message), text) != 0) {
        return false;
    }
    return PG(ignore_repeated_source)
        || (PG(last_error_lineno) == (int) line && !strcmp(PG(last_error_file), file));
}

/* track_errors: the text in $php_errormsg of the running code. */
static void set_errormsg(const char *text, size_t length)
{
    HashTable *variables;
    zval *message;

    if (!PG(track_errors) || !php_module_initialized || !EG(active)) {
        return;
    }
    variables = zend_active_symbol_table();
    if (variables) {
        MAKE_STD_ZVAL(message);
        ZVAL_STRINGL(message, text, length, 1);
        zend_hash_update(variables, "php_errormsg", sizeof("php_errormsg"), &message,
            sizeof(zval *), NULL);
    }
}

/* --- The callback of zend_error() ------------------------------------------------------------ */

/* Does the error become an exception, or nothing at all? */
static bool redirected_to_exception(int type, char *text)
{
    const int stay_errors = (E_FATAL_ERRORS & ~E_RECOVERABLE_ERROR) | E_STRICT | E_DEPRECATED
        | E_USER_DEPRECATED | E_NOTICE | E_USER_NOTICE;

    if (EG(error_handling) == EH_NORMAL || (type & stay_errors)) {
        return false;
    }
    if (EG(error_handling) == EH_THROW && !EG(exception)) {
        zend_throw_error_exception(EG(exception_class), text, 0, type);
    }
    return true;
}

static void end_request(int type)
{
    if (type == E_CORE_ERROR && !php_module_initialized) {
        exit(254);
    }
    EG(exit_status) = 255;
    if (!php_module_initialized) {
        return;
    }
    if (!PG(display_errors) && !SG(headers_sent) && SG(sapi_headers).http_response_code == 200) {
        SG(sapi_headers).http_response_code = 500;
    }
    if (type != E_PARSE) {
        zend_set_memory_limit((size_t) PG(memory_limit));
        zend_objects_store_mark_destructed(&EG(objects_store));
        zend_bailout();
    }
}

void php_error_cb(int type, const char *error_filename, const uint error_lineno,
    const char *format, va_list args)
{
    char *text;
    int length = vspprintf(&text, (size_t) PG(log_errors_max_len), format, args);
    const char *file = error_filename ? error_filename : "Unknown";
    bool display = !is_repeated(text, file, error_lineno);

    if (display) {
        remember_error(type, text, file, error_lineno);
    }
    if (redirected_to_exception(type, text)) {
        efree(text);
        return;
    }
    if (display) {
        show_error(type, text, file, error_lineno);
    }
    if (type & E_FATAL_ERRORS) {
        if (type != E_PARSE) {
            efree(text);
            text = NULL;
        }
        end_request(type);
    }
    if (text) {
        if (display) {
            set_errormsg(text, (size_t) length);
        }
        efree(text);
    }
}

/* --- php_error_docref ------------------------------------------------------------------------ */

/* The construct that is running, when it is one of include's family, else NULL. */
static const char *running_include(void)
{
    const zend_execute_data *frame = EG(current_execute_data);

    if (!frame || !ZEND_USER_FRAME(frame) || !frame->opline
        || frame->opline->opcode != ZEND_INCLUDE_OR_EVAL) {
        return NULL;
    }
    switch (frame->opline->extended_value) {
    case ZEND_EVAL: return "eval";
    case ZEND_INCLUDE: return "include";
    case ZEND_INCLUDE_ONCE: return "include_once";
    case ZEND_REQUIRE: return "require";
    case ZEND_REQUIRE_ONCE: return "require_once";
    default: return NULL;
    }
}

/* Who is speaking: "strpos()", "PDO::query(x)", "Unknown"; emalloc'ed. */
static char *error_origin(const char *params)
{
    const char *space = "", *class_name = "", *function;
    char *origin;

    if (php_during_module_startup) {
        return estrdup("PHP Startup");
    }
    if (php_during_module_shutdown) {
        return estrdup("PHP Shutdown");
    }
    function = running_include();
    if (!function) {
        function = get_active_function_name();
        if (!function || !*function) {
            return estrdup("Unknown");
        }
        class_name = get_active_class_name(&space);
    }
    spprintf(&origin, 0, "%s%s%s(%s)", class_name, space, function, params);
    return origin;
}

void php_verror(const char *docref, const char *params, int type, const char *format, va_list args)
{
    char *text;
    int length = vspprintf(&text, 0, format, args);
    char *origin = error_origin(params);

    if (PG(html_errors) && docref && PG(docref_root) && *PG(docref_root)) {
        zend_error(type, "%s [<a href='%s%s%s'>%s</a>]: %s", origin, PG(docref_root), docref,
            PG(docref_ext) ? PG(docref_ext) : "", docref, text);
    } else {
        zend_error(type, "%s: %s", origin, text);
    }
    efree(origin);
    if (!EG(user_error_handler) || !(EG(user_error_handler_error_reporting) & type)) {
        set_errormsg(text, (size_t) length);
    }
    efree(text);
}

void php_error_docref0(const char *docref, int type, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    php_verror(docref, "", type, format, args);
    va_end(args);
}

void php_error_docref1(const char *docref, const char *param1, int type, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    php_verror(docref, param1, type, format, args);
    va_end(args);
}

void php_error_docref2(const char *docref, const char *param1, const char *param2, int type,
    const char *format, ...)
{
    char *params;
    va_list args;

    spprintf(&params, 0, "%s,%s", param1, param2);
    va_start(args, format);
    php_verror(docref, params, type, format, args);
    va_end(args);
    efree(params);
}

/* --- The engine's messages ------------------------------------------------------------------- */

void php_message_handler_for_zend(long message, const void *data)
{
    const char *include_path = PG(include_path) ? PG(include_path) : "";

    switch (message) {
    case ZMSG_FAILED_INCLUDE_FOPEN:
        php_error_docref("function.include", E_WARNING,
            "Failed opening '%s' for inclusion (include_path='%s')", (const char *) data,
            include_path);
        break;
    case ZMSG_FAILED_REQUIRE_FOPEN:
        php_error_docref("function.require", E_COMPILE_ERROR,
            "Failed opening required '%s' (include_path='%s')", (const char *) data,
            include_path);
        break;
    case ZMSG_FAILED_HIGHLIGHT_FOPEN:
        php_error_docref(NULL, E_WARNING, "Failed opening '%s' for highlighting",
            (const char *) data);
        break;
    default:
        break;
    }
}
