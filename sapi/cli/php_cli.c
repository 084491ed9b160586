/* SPDX-License-Identifier: MIT */
/*
 * zeval, the command line program.
 *
 * Its SAPI writes to the standard output without a buffer of its own, keeps no headers, and
 * sets the directives that suit a terminal. The program reads its options, starts the
 * engine, and serves one request (with --repeat N the same one N times).
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "main/php.h"
#include "main/php_main.h"
#include "main/php_variables.h"
#include "main/SAPI.h"
#include "compile/zend_highlight.h"
#include "ext/standard/info.h"
#include "sapi/cli/cli.h"
#include "vm/zend_exceptions.h"

/* --- The SAPI -------------------------------------------------------------------------------- */

static const char *script_name = "";

bool cli_write(const char *text, size_t length)
{
    struct pollfd waiting = {STDOUT_FILENO, POLLOUT, 0};

    while (length > 0) {
        ssize_t written = write(STDOUT_FILENO, text, length);
        if (written > 0) {
            text += written;
            length -= (size_t) written;
        } else if (errno == EAGAIN) {
            poll(&waiting, 1, -1);
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

static int cli_ub_write(const char *text, uint length)
{
    if (!cli_write(text, length)) {
        php_handle_aborted_connection();
        return 0;
    }
    return (int) length;
}

static void cli_flush(void *server_context)
{
    if (fflush(stdout) == EOF && errno == EBADF) {
        php_handle_aborted_connection();
    }
}

/* The terminal wants no headers: none is kept. */
static int cli_header_handler(sapi_header_struct *header, sapi_header_op_enum op,
    sapi_headers_struct *headers)
{
    return 0;
}

static int cli_send_headers(sapi_headers_struct *headers)
{
    return SAPI_HEADER_SENT_SUCCESSFULLY;
}

static void cli_log_message(const char *message)
{
    fprintf(stderr, "%s\n", message);
    fflush(stderr);
}

static int cli_deactivate(void)
{
    fflush(stdout);
    return SUCCESS;
}

static void cli_register_variables(zval *array)
{
    php_import_environment_variables(array);
    php_register_variable("PHP_SELF", script_name, array);
    php_register_variable("SCRIPT_NAME", script_name, array);
    php_register_variable("SCRIPT_FILENAME", script_name, array);
    php_register_variable("PATH_TRANSLATED", script_name, array);
    php_register_variable("DOCUMENT_ROOT", "", array);
}

static void ini_default(HashTable *configuration, const char *name, const char *value)
{
    zval entry;

    INIT_PZVAL(&entry);
    ZVAL_STRING(&entry, strdup(value), 0);
    zend_hash_update(configuration, name, (uint) strlen(name) + 1, &entry, sizeof(zval), NULL);
}

static void cli_ini_defaults(HashTable *configuration)
{
    ini_default(configuration, "display_errors", "1");
}

/* These hold whatever php.ini says. */
static const char cli_hard_ini[] =
    "html_errors=0\n"
    "register_argc_argv=1\n"
    "implicit_flush=1\n"
    "output_buffering=0\n"
    "max_execution_time=0\n"
    "max_input_time=-1\n";

static int cli_startup(sapi_module_struct *module)
{
    return php_module_startup(module, NULL, 0);
}

sapi_module_struct cli_sapi_module = {
    .name = "cli",
    .pretty_name = "Command Line Interface",
    .startup = cli_startup,
    .shutdown = php_module_shutdown_wrapper,
    .deactivate = cli_deactivate,
    .ub_write = cli_ub_write,
    .flush = cli_flush,
    .header_handler = cli_header_handler,
    .send_headers = cli_send_headers,
    .register_server_variables = cli_register_variables,
    .log_message = cli_log_message,
    .php_ini_ignore_cwd = 1,
    .phpinfo_as_text = 1,
    .ini_defaults = cli_ini_defaults,
};

/* --- Things to print ------------------------------------------------------------------------- */

static void print_version(void)
{
    printf("PHP %s (%s)%s\nzeval %s, an interpreter of PHP 5.6 on ZendMM\n", PHP_VERSION,
        cli_sapi_module.name, ZEND_DEBUG ? " (DEBUG)" : "", PACKAGE_VERSION);
}

static int compare_names(const void *a, const void *b)
{
    return strcasecmp(*(const char *const *) a, *(const char *const *) b);
}

static void print_modules(void)
{
    const char **names = emalloc(sizeof(char *) * module_registry.nNumOfElements);
    zend_module_entry *module;
    HashPosition pos;
    size_t count = 0, i;

    zend_hash_internal_pointer_reset_ex(&module_registry, &pos);
    for (; zend_hash_get_current_data_ex(&module_registry, (void **) &module, &pos) == SUCCESS;
         zend_hash_move_forward_ex(&module_registry, &pos)) {
        names[count++] = module->name;
    }
    qsort(names, count, sizeof(*names), compare_names);
    php_printf("[PHP Modules]\n");
    for (i = 0; i < count; i++) {
        php_printf("%s\n", names[i]);
    }
    php_printf("\n[Zend Modules]\n\n");
    efree(names);
}

static void print_ini_files(void)
{
    php_printf("Configuration File (php.ini) Path: %s\n", php_info_config_path());
    php_printf("Loaded Configuration File:         %s\n",
        php_ini_opened_path ? php_ini_opened_path : "(none)");
    php_printf("Scan for additional .ini files in: (none)\n");
    php_printf("Additional .ini files parsed:      (none)\n");
}

/* --- Scripts --------------------------------------------------------------------------------- */

static bool open_script(const cli_options *options, zend_file_handle *handle)
{
    memset(handle, 0, sizeof(*handle));
    handle->type = ZEND_HANDLE_FP;
    handle->skip_shebang = 1;
    if (!options->script) {
        handle->filename = "-";
        handle->handle.fp = stdin;
        return true;
    }
    handle->filename = options->script;
    handle->handle.fp = fopen(options->script, "rb");
    if (!handle->handle.fp) {
        fprintf(stderr, "Could not open input file: %s\n", options->script);
        return false;
    }
    return true;
}

static void define_stream(const char *name, uint name_length, const char *path, const char *mode)
{
    php_stream *stream = php_stream_open_wrapper_ex(path, mode, 0, NULL, NULL);
    zend_constant constant;

    if (!stream) {
        return;
    }
    php_stream_to_zval(stream, &constant.value);
    INIT_PZVAL(&constant.value);
    constant.flags = CONST_CS;
    constant.name = estrndup(name, name_length);
    constant.name_len = name_length + 1;
    constant.module_number = 0;
    zend_register_constant(&constant);
}

/* STDIN, STDOUT and STDERR. */
static void define_standard_streams(void)
{
    define_stream(ZEND_STRL("STDIN"), "php://stdin", "rb");
    define_stream(ZEND_STRL("STDOUT"), "php://stdout", "wb");
    define_stream(ZEND_STRL("STDERR"), "php://stderr", "wb");
}

static void eval_code(const char *code, const char *description)
{
    if (zend_eval_string_ex(code, NULL, description, 1) == FAILURE) {
        EG(exit_status) = 255;
    }
}

static void set_global(const char *name, uint size, zval *value)
{
    zend_hash_update(&EG(symbol_table), name, size, &value, sizeof(zval *), NULL);
}

static void run_line_file(const char *path)
{
    zend_file_handle handle;
    cli_options line = {.script = path};

    if (open_script(&line, &handle)) {
        php_execute_script(&handle);
    } else {
        EG(exit_status) = 1;
    }
}

/* -R and -F: $argn is the line, $argi its number. */
static void process_lines(const cli_options *options)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t length;
    long number = 0;

    while (EG(exit_status) == 0 && (length = getline(&line, &size, stdin)) > 0) {
        zval *argn, *argi;
        while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r')) {
            length--;
        }
        MAKE_STD_ZVAL(argn);
        ZVAL_STRINGL(argn, line, length, 1);
        set_global("argn", sizeof("argn"), argn);
        MAKE_STD_ZVAL(argi);
        ZVAL_LONG(argi, ++number);
        set_global("argi", sizeof("argi"), argi);
        if (options->line_file) {
            run_line_file(options->line_file);
        } else {
            eval_code(options->code, "Command line run code");
        }
    }
    free(line);
}

static void process_stdin(const cli_options *options)
{
    if (options->code_begin) {
        eval_code(options->code_begin, "Command line begin code");
    }
    if (options->code || options->line_file) {
        process_lines(options);
    }
    if (options->code_end) {
        eval_code(options->code_end, "Command line end code");
    }
}

static void lint(zend_file_handle *handle)
{
    if (php_lint_script(handle) == SUCCESS) {
        php_printf("No syntax errors detected in %s\n", handle->filename);
        EG(exit_status) = 0;
    } else {
        php_printf("Errors parsing %s\n", handle->filename);
        EG(exit_status) = 255;
    }
}

/* -s and -w: the source, with colours or without comments. */
static void show_source(zend_file_handle *handle, cli_mode mode)
{
    zend_source source = {.filename = handle->filename, .first_line = 1};
    zend_syntax_highlighter_ini colours;
    char *text;

    if (zend_stream_fixup(handle, &text, &source.length) == SUCCESS) {
        source.text = text;
        if (mode == CLI_STRIP) {
            zend_strip(&source);
        } else {
            php_get_highlight_struct(&colours);
            zend_highlight(&source, &colours);
        }
    }
    zend_destroy_file_handle(handle);
}

static void run_mode(const cli_options *options, zend_file_handle *handle)
{
    switch (options->mode) {
    case CLI_STANDARD:
        define_standard_streams();
        php_execute_script(handle);
        break;
    case CLI_LINT:
        lint(handle);
        break;
    case CLI_STRIP:
    case CLI_HIGHLIGHT:
        show_source(handle, options->mode);
        break;
    case CLI_DIRECT:
        define_standard_streams();
        eval_code(options->code, "Command line code");
        break;
    case CLI_PROCESS_STDIN:
        define_standard_streams();
        process_stdin(options);
        break;
    case CLI_INTERACTIVE:
        define_standard_streams();
        cli_run_interactive();
        break;
    case CLI_INFO:
        php_print_info((int) (PHP_INFO_ALL & ~PHP_INFO_CREDITS));
        break;
    case CLI_MODULES:
        print_modules();
        break;
    case CLI_SHOW_INI:
        print_ini_files();
        break;
    default:
        EG(exit_status) = cli_dump(options);
    }
}

static bool needs_script(cli_mode mode)
{
    return mode == CLI_STANDARD || mode == CLI_LINT || mode == CLI_STRIP || mode == CLI_HIGHLIGHT;
}

/* $argv: the script, then its arguments. */
static void set_arguments(const cli_options *options, int argc, char **argv)
{
    char **arguments = argv + options->first_argument - 1;

    arguments[0] = (char *) (options->script ? options->script : "-");
    SG(request_info).argc = argc - options->first_argument + 1;
    SG(request_info).argv = arguments;
    SG(request_info).path_translated = arguments[0];
    script_name = arguments[0];
}

/* One request, from its start to its end. Returns the exit status. */
static int serve_request(const cli_options *options, int argc, char **argv)
{
    zend_file_handle handle;
    volatile int status = 1;

    if (needs_script(options->mode) && !open_script(options, &handle)) {
        return 1;
    }
    set_arguments(options, argc, argv);
    if (php_request_startup() == FAILURE) {
        fputs("Could not startup.\n", stderr);
        php_request_shutdown(NULL);
        return 1;
    }
    zend_is_auto_global("_SERVER", sizeof("_SERVER") - 1);
    if (!needs_script(options->mode) && options->mode != CLI_DIRECT
        && options->mode != CLI_PROCESS_STDIN) {
        SG(headers_sent) = 1;
        SG(request_info).no_headers = 1;
    }
    PG(during_request_startup) = 0;
    EG(exit_status) = 0;
    zend_try {
        run_mode(options, &handle);
    } zend_end_try();
    status = EG(exit_status);
    php_request_shutdown(NULL);
    return EG(exit_status) ? EG(exit_status) : status;
}

/* --- The program ----------------------------------------------------------------------------- */

/* The directives of the command line behind those that always hold. */
static char *all_ini_entries(cli_options *options)
{
    size_t given = options->ini_entries ? strlen(options->ini_entries) : 0;
    char *text = malloc(sizeof(cli_hard_ini) + given);

    if (!text) {
        abort();
    }
    memcpy(text, cli_hard_ini, sizeof(cli_hard_ini));
    if (given) {
        memcpy(text + sizeof(cli_hard_ini) - 1, options->ini_entries, given + 1);
    }
    free(options->ini_entries);
    options->ini_entries = NULL;
    return text;
}

/* What needs no engine. -1: nothing of the kind was asked for. */
static int answer_at_once(const cli_options *options, const char *program)
{
    switch (options->mode) {
    case CLI_USAGE:
        cli_print_usage(program);
        return 0;
    case CLI_BAD_USAGE:
        cli_print_usage(program);
        return 1;
    case CLI_VERSION:
        print_version();
        return 0;
    default:
        break;
    }
    if (options->conflict) {
        fputs(options->conflict, stderr);
        return 1;
    }
    return -1;
}

int main(int argc, char **argv)
{
    cli_options options;
    int status;
    long i;

    signal(SIGPIPE, SIG_IGN);
    cli_parse_options(argc, argv, &options);
    status = answer_at_once(&options, argv[0]);
    if (status >= 0) {
        free(options.ini_entries);
        return status;
    }
    cli_sapi_module.php_ini_path_override = (char *) options.ini_path;
    cli_sapi_module.php_ini_ignore = options.ini_ignore;
    cli_sapi_module.ini_entries = all_ini_entries(&options);
    cli_sapi_module.executable_location = argv[0];
    sapi_startup(&cli_sapi_module);
    if (cli_sapi_module.startup(&cli_sapi_module) == FAILURE) {
        return 1;
    }
    for (i = 0; i < options.repeat; i++) {
        status = serve_request(&options, argc, argv);
    }
    php_module_shutdown();
    sapi_shutdown();
    shutdown_memory_manager(1, 1);
    free(cli_sapi_module.ini_entries);
    return status & 0xff;
}
