/* SPDX-License-Identifier: MIT */
/*
 * The life of a PHP process: starting and ending it, and each of its requests.
 *
 * Everything of a request runs below a zend_try, for anything may bail out; the end of a request
 * has a zend_try for each of its steps, so that all are done whatever happens in one.
 */
#include <sys/resource.h>
#include <unistd.h>

#include "main/build_defs.h"
#include "main/main_ini.h"
#include "main/php.h"
#include "main/php_error.h"
#include "main/php_main.h"
#include "main/php_shutdown.h"
#include "main/php_ticks.h"
#include "main/php_variables.h"
#include "vm/zend_include.h"

php_core_globals core_globals;

/* --- Printing -------------------------------------------------------------------------------- */

/* The text is gathered first: to a buffer, a piece of output is what one call prints. */
int php_printf(const char *format, ...)
{
    char *text;
    int length;
    va_list args;

    va_start(args, format);
    length = vspprintf(&text, 0, format, args);
    va_end(args);
    php_output_write(text, (size_t) length);
    efree(text);
    return length;
}

int php_write(const void *buf, uint size)
{
    return php_output_write(buf, size);
}

static int write_for_zend(const char *str, uint length)
{
    return php_output_write(str, length);
}

/* --- Start-up -------------------------------------------------------------------------------- */

static void register_version_constants(void)
{
    const int flags = CONST_PERSISTENT | CONST_CS;

    REGISTER_MAIN_STRINGL_CONSTANT("PHP_VERSION", PHP_VERSION, sizeof(PHP_VERSION) - 1, flags);
    REGISTER_MAIN_LONG_CONSTANT("PHP_MAJOR_VERSION", PHP_MAJOR_VERSION, flags);
    REGISTER_MAIN_LONG_CONSTANT("PHP_MINOR_VERSION", PHP_MINOR_VERSION, flags);
    REGISTER_MAIN_LONG_CONSTANT("PHP_RELEASE_VERSION", PHP_RELEASE_VERSION, flags);
    REGISTER_MAIN_STRING_CONSTANT("PHP_EXTRA_VERSION", PHP_EXTRA_VERSION, flags);
    REGISTER_MAIN_LONG_CONSTANT("PHP_VERSION_ID", PHP_VERSION_ID, flags);
    REGISTER_MAIN_LONG_CONSTANT("PHP_ZTS", PHP_ZTS, flags);
    REGISTER_MAIN_LONG_CONSTANT("PHP_DEBUG", PHP_DEBUG, flags);
    REGISTER_MAIN_STRING_CONSTANT("PHP_OS", PHP_OS, flags);
    REGISTER_MAIN_STRING_CONSTANT("PHP_SAPI", (char *) sapi_module.name, flags);
    REGISTER_MAIN_STRING_CONSTANT("PHP_EOL", PHP_EOL, flags);
    REGISTER_MAIN_LONG_CONSTANT("PHP_MAXPATHLEN", MAXPATHLEN, flags);
    REGISTER_MAIN_LONG_CONSTANT("PHP_INT_MAX", PHP_INT_MAX, flags);
    REGISTER_MAIN_LONG_CONSTANT("PHP_INT_SIZE", (long) sizeof(long), flags);
}

static void register_path_constants(void)
{
    const int flags = CONST_PERSISTENT | CONST_CS;

    REGISTER_MAIN_STRING_CONSTANT("DEFAULT_INCLUDE_PATH", PHP_INCLUDE_PATH, flags);
    REGISTER_MAIN_STRING_CONSTANT("PEAR_INSTALL_DIR", PHP_DATADIR, flags);
    REGISTER_MAIN_STRING_CONSTANT("PEAR_EXTENSION_DIR", PHP_EXTENSION_DIR, flags);
    REGISTER_MAIN_STRING_CONSTANT("PHP_EXTENSION_DIR", PHP_EXTENSION_DIR, flags);
    REGISTER_MAIN_STRING_CONSTANT("PHP_PREFIX", PHP_PREFIX, flags);
    REGISTER_MAIN_STRING_CONSTANT("PHP_BINDIR", PHP_BINDIR, flags);
    REGISTER_MAIN_STRING_CONSTANT("PHP_MANDIR", PHP_MANDIR, flags);
    REGISTER_MAIN_STRING_CONSTANT("PHP_LIBDIR", PHP_LIBDIR, flags);
    REGISTER_MAIN_STRING_CONSTANT("PHP_DATADIR", PHP_DATADIR, flags);
    REGISTER_MAIN_STRING_CONSTANT("PHP_LOCALSTATEDIR", PHP_LOCALSTATEDIR, flags);
    REGISTER_MAIN_STRING_CONSTANT("PHP_SYSCONFDIR", PHP_SYSCONFDIR, flags);
    REGISTER_MAIN_STRING_CONSTANT("PHP_CONFIG_FILE_PATH", PHP_CONFIG_FILE_PATH, flags);
    REGISTER_MAIN_STRING_CONSTANT("PHP_CONFIG_FILE_SCAN_DIR", PHP_CONFIG_FILE_SCAN_DIR, flags);
    REGISTER_MAIN_STRING_CONSTANT("PHP_SHLIB_SUFFIX", "so", flags);
    REGISTER_MAIN_STRING_CONSTANT("PHP_BINARY", PG(php_binary) ? PG(php_binary) : "", flags);
}

static void register_output_and_upload_constants(void)
{
    static const struct {
        const char *name;
        long value;
    } constants[] = {
        {"PHP_OUTPUT_HANDLER_START", PHP_OUTPUT_HANDLER_START},
        {"PHP_OUTPUT_HANDLER_WRITE", PHP_OUTPUT_HANDLER_WRITE},
        {"PHP_OUTPUT_HANDLER_FLUSH", PHP_OUTPUT_HANDLER_FLUSH},
        {"PHP_OUTPUT_HANDLER_CLEAN", PHP_OUTPUT_HANDLER_CLEAN},
        {"PHP_OUTPUT_HANDLER_FINAL", PHP_OUTPUT_HANDLER_FINAL},
        {"PHP_OUTPUT_HANDLER_CONT", PHP_OUTPUT_HANDLER_CONT},
        {"PHP_OUTPUT_HANDLER_END", PHP_OUTPUT_HANDLER_END},
        {"PHP_OUTPUT_HANDLER_CLEANABLE", PHP_OUTPUT_HANDLER_CLEANABLE},
        {"PHP_OUTPUT_HANDLER_FLUSHABLE", PHP_OUTPUT_HANDLER_FLUSHABLE},
        {"PHP_OUTPUT_HANDLER_REMOVABLE", PHP_OUTPUT_HANDLER_REMOVABLE},
        {"PHP_OUTPUT_HANDLER_STDFLAGS", PHP_OUTPUT_HANDLER_STDFLAGS},
        {"PHP_OUTPUT_HANDLER_STARTED", PHP_OUTPUT_HANDLER_STARTED},
        {"PHP_OUTPUT_HANDLER_DISABLED", PHP_OUTPUT_HANDLER_DISABLED},
        {"UPLOAD_ERR_OK", 0}, {"UPLOAD_ERR_INI_SIZE", 1}, {"UPLOAD_ERR_FORM_SIZE", 2},
        {"UPLOAD_ERR_PARTIAL", 3}, {"UPLOAD_ERR_NO_FILE", 4}, {"UPLOAD_ERR_NO_TMP_DIR", 6},
        {"UPLOAD_ERR_CANT_WRITE", 7}, {"UPLOAD_ERR_EXTENSION", 8},
    };
    size_t i;

    for (i = 0; i < sizeof(constants) / sizeof(*constants); i++) {
        zend_register_long_constant(constants[i].name, (uint) strlen(constants[i].name) + 1,
            constants[i].value, CONST_PERSISTENT | CONST_CS, 0);
    }
}

static zval *configuration_directive(const char *name, uint name_length)
{
    return cfg_get_entry(name, name_length);
}

static int stream_open_for_zend(const char *filename, zend_file_handle *handle)
{
    return php_stream_open_for_zend_ex(filename, handle,
        USE_PATH | REPORT_ERRORS | STREAM_OPEN_FOR_INCLUDE);
}

static char *resolve_path_for_zend(const char *filename, int filename_len)
{
    return php_resolve_path(filename, filename_len, PG(include_path));
}

static void on_timeout(int seconds)
{
    PG(connection_status) |= PHP_CONNECTION_TIMEOUT;
}

static char *getenv_for_zend(char *name, size_t name_len)
{
    return sapi_getenv(name, name_len);
}

static void start_engine(void)
{
    zend_utility_functions functions = {
        .error_function = php_error_cb,
        .printf_function = php_printf,
        .write_function = write_for_zend,
        .message_handler = php_message_handler_for_zend,
        .get_configuration_directive = configuration_directive,
        .ticks_function = php_run_ticks,
        .on_timeout = on_timeout,
        .stream_open_function = stream_open_for_zend,
        .vspprintf_function = vspprintf,
        .getenv_function = getenv_for_zend,
        .resolve_path_function = resolve_path_for_zend,
    };

    start_memory_manager();
    zend_startup(&functions, NULL);
}

static void find_own_binary(void)
{
    char path[MAXPATHLEN];
    ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);

    if (length > 0) {
        path[length] = '\0';
        PG(php_binary) = strdup(path);
    }
}

int php_module_startup(sapi_module_struct *sf, struct _zend_module_entry **additional_modules,
    uint num_additional_modules)
{
    const int module_number = 0;

    php_module_initialized = false;
    php_during_module_startup = true;
    sapi_module = *sf;
    memset(&core_globals, 0, sizeof(core_globals));
    php_output_startup();
    start_engine();
    find_own_binary();
    register_version_constants();
    register_path_constants();
    register_output_and_upload_constants();
    if (php_init_config() == FAILURE) {
        return FAILURE;
    }
    php_register_core_ini_entries(module_number);
    zend_register_standard_ini_entries();
    if (php_init_stream_wrappers(module_number) == FAILURE) {
        return FAILURE;
    }
    php_startup_auto_globals();
    if (php_register_internal_extensions() == FAILURE
        || php_register_extensions(additional_modules, (int) num_additional_modules) == FAILURE) {
        return FAILURE;
    }
    zend_startup_modules();
    if (sapi_module.additional_functions) {
        zend_register_functions(NULL, sapi_module.additional_functions, NULL, MODULE_PERSISTENT);
    }
    php_disable_functions_and_classes();
    zend_post_startup();
    PG(modules_started) = 1;
    php_module_initialized = true;
    php_during_module_startup = false;
    shutdown_memory_manager(1, 0);
    return SUCCESS;
}

void php_module_shutdown(void)
{
    if (!php_module_initialized) {
        return;
    }
    php_during_module_shutdown = true;
    sapi_flush();
    php_shutdown_stream_wrappers();
    zend_shutdown();
    php_shutdown_config();
    php_output_shutdown();
    php_clear_last_error();
    free(PG(php_binary));
    PG(php_binary) = NULL;
    PG(modules_started) = 0;
    php_module_initialized = false;
    php_during_module_shutdown = false;
}

int php_module_shutdown_wrapper(sapi_module_struct *sf)
{
    php_module_shutdown();
    return SUCCESS;
}

/* --- A request begins ------------------------------------------------------------------------ */

static void start_buffering(void)
{
    if (PG(output_handler) && *PG(output_handler)) {
        zval *handler;
        MAKE_STD_ZVAL(handler);
        ZVAL_STRING(handler, PG(output_handler), 1);
        php_output_start_user(handler, 0, PHP_OUTPUT_HANDLER_STDFLAGS);
        zval_ptr_dtor(&handler);
    } else if (PG(output_buffering)) {
        php_output_start_user(NULL, PG(output_buffering) > 1 ? (size_t) PG(output_buffering) : 0,
            PHP_OUTPUT_HANDLER_STDFLAGS);
    } else if (PG(implicit_flush)) {
        php_output_set_implicit_flush(1);
    }
}

int php_request_startup(void)
{
    volatile int result = SUCCESS;

    zend_first_try {
        PG(in_error_log) = 0;
        PG(during_request_startup) = 1;
        PG(modules_activated) = 0;
        PG(header_is_being_sent) = 0;
        PG(connection_status) = PHP_CONNECTION_NORMAL;
        PG(in_user_include) = 0;
        php_output_activate();
        zend_activate();
        sapi_activate();
        zend_set_timeout(EG(timeout_seconds), 1);
        if (PG(expose_php)) {
            sapi_add_header((char *) SAPI_PHP_VERSION_HEADER, sizeof(SAPI_PHP_VERSION_HEADER) - 1,
                1);
        }
        start_buffering();
        php_hash_environment();
        zend_activate_modules();
        PG(modules_activated) = 1;
    } zend_catch {
        result = FAILURE;
    } zend_end_try();
    SG(sapi_started) = 1;
    return result;
}

/* --- A request ends -------------------------------------------------------------------------- */

/* After an error of the memory limit a buffer may be too big to be worked on: then it goes. */
static void end_output(void)
{
    bool send = !SG(request_info).headers_only;

    if (CG(unclean_shutdown) && PG(last_error_type) == E_ERROR
        && (size_t) PG(memory_limit) < zend_memory_usage(1)) {
        send = false;
    }
    if (send) {
        php_output_end_all();
    } else {
        php_output_discard_all();
    }
}

static void release_superglobals(void)
{
    int i;

    for (i = 0; i < NUM_TRACK_VARS; i++) {
        if (PG(http_globals)[i]) {
            zval_ptr_dtor(&PG(http_globals)[i]);
            PG(http_globals)[i] = NULL;
        }
    }
}

#define STEP(call) \
    zend_try { \
        call; \
    } zend_end_try()

void php_request_shutdown(void *unused)
{
    zend_bool report_memleaks = PG(report_memleaks);

    EG(current_execute_data) = NULL;
    php_deactivate_ticks();
    if (PG(modules_activated)) {
        STEP(php_call_shutdown_functions());
    }
    STEP(zend_call_destructors());
    STEP(end_output());
    STEP(zend_unset_timeout());
    if (PG(modules_activated)) {
        STEP(php_free_shutdown_functions());
        STEP(zend_deactivate_modules());
    }
    STEP(php_output_deactivate());
    STEP(release_superglobals());
    php_clear_last_error();
    zend_deactivate();
    STEP(zend_post_deactivate_modules());
    STEP(sapi_deactivate());
    php_shutdown_stream_hashes();
    memset(PG(http_globals), 0, sizeof(PG(http_globals)));
    PG(php_sys_temp_dir) = NULL;
    PG(modules_activated) = 0;
    STEP(shutdown_memory_manager(CG(unclean_shutdown) || !report_memleaks, 0));
}

int php_header(void)
{
    return sapi_send_headers() == SUCCESS && !SG(request_info).headers_only;
}

void php_handle_aborted_connection(void)
{
    PG(connection_status) = PHP_CONNECTION_ABORTED;
    php_output_set_status(PHP_OUTPUT_DISABLED);
    if (!PG(ignore_user_abort)) {
        zend_bailout();
    }
}

void php_set_timeout(long seconds)
{
    zend_set_timeout(seconds, 0);
}

/* --- Running a script ------------------------------------------------------------------------ */

/* A file to run before or after the script; NULL when the directive names none. */
static zend_file_handle *extra_file(zend_file_handle *handle, const char *name)
{
    if (!name || !*name) {
        return NULL;
    }
    zend_stream_init_filename(handle, name);
    return handle;
}

/* Gives the script its full name, and notes it for include_once. */
static void note_as_included(zend_file_handle *file)
{
    char path[MAXPATHLEN];

    if (!file->filename || !strcmp(file->filename, "-") || file->opened_path
        || file->type == ZEND_HANDLE_FILENAME || !expand_filepath(file->filename, path)) {
        return;
    }
    file->opened_path = estrdup(path);
    zend_hash_add_empty_element(&EG(included_files), path, (uint) strlen(path) + 1);
}

int php_execute_script(zend_file_handle *primary_file)
{
    zend_file_handle prepend, append;
    volatile int result = 0;

    EG(exit_status) = 0;
    PG(during_request_startup) = 0;
    zend_try {
        note_as_included(primary_file);
        result = zend_execute_scripts(ZEND_REQUIRE, NULL, 3,
                     extra_file(&prepend, PG(auto_prepend_file)), primary_file,
                     extra_file(&append, PG(auto_append_file)))
            == SUCCESS;
    } zend_end_try();
    return result;
}

int php_lint_script(zend_file_handle *file)
{
    volatile int result = FAILURE;

    zend_try {
        zend_op_array *op_array = zend_compile_file(file, ZEND_INCLUDE);
        zend_destroy_file_handle(file);
        if (op_array) {
            destroy_op_array(op_array);
            efree(op_array);
            result = SUCCESS;
        }
    } zend_end_try();
    return result;
}
