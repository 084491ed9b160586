/* SPDX-License-Identifier: MIT */
/*
 * The engine's start and end, for the process and for each request; the globals themselves.
 */
#include "zend_portability.h"

#include <stdlib.h>

#include "compile/zend_compile.h"
#include "object/zend_interfaces.h"
#include "runtime/zend_API.h"
#include "runtime/zend_auto_globals.h"
#include "runtime/zend_registration.h"
#include "runtime/zend_stack_limit.h"
#include "runtime/zend_startup.h"
#include "vm/zend_execute.h"

zend_compiler_globals compiler_globals;
zend_executor_globals executor_globals;

static HashTable global_function_table;
static HashTable global_class_table;

/* --- What main brings ------------------------------------------------------------------------ */

int (*zend_printf)(const char *format, ...);
int (*zend_vspprintf)(char **buffer, size_t max_len, const char *format, va_list args);
FILE *(*zend_fopen)(const char *filename, char **opened_path);
void (*zend_ticks_function)(int ticks);
void (*zend_on_timeout)(int seconds);
int (*zend_stream_open_function)(const char *filename, struct _zend_file_handle *handle);
char *(*zend_getenv)(char *name, size_t name_len);
char *(*zend_resolve_path)(const char *filename, int filename_len);
static void (*zend_message_handler)(long message, const void *data);
static zval *(*zend_configuration_handler)(const char *name, uint name_length);

static void zend_take_utility_functions(const zend_utility_functions *functions)
{
    zend_error_cb = functions->error_function;
    zend_printf = functions->printf_function;
    zend_write = functions->write_function;
    zend_fopen = functions->fopen_function;
    zend_message_handler = functions->message_handler;
    zend_configuration_handler = functions->get_configuration_directive;
    zend_ticks_function = functions->ticks_function;
    zend_on_timeout = functions->on_timeout;
    zend_stream_open_function = functions->stream_open_function;
    zend_vspprintf = functions->vspprintf_function;
    zend_getenv = functions->getenv_function;
    zend_resolve_path = functions->resolve_path_function;
}

int zend_spprintf(char **buffer, size_t max_len, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = zend_vspprintf(buffer, max_len, format, arguments);
    va_end(arguments);
    return length;
}

zval *zend_get_configuration_directive(const char *name, uint name_length)
{
    return zend_configuration_handler != NULL ? zend_configuration_handler(name, name_length)
                                              : NULL;
}

void zend_message_dispatcher(long message, const void *data)
{
    if (zend_message_handler != NULL) {
        zend_message_handler(message, data);
    }
}

/* --- What the memory manager is told --------------------------------------------------------- */

static void zend_memory_error(const char *message)
{
    zend_try {
        zend_error_noreturn(E_ERROR, "%s", message);
    } zend_catch {
        /* The heap itself leaves the request. */
    } zend_end_try();
}

static void zend_memory_bailout(void)
{
    zend_bailout();
}

static void zend_set_memory_callbacks(void)
{
    static const zend_mm_callbacks callbacks = {
        .fatal_error = zend_memory_error,
        .bailout = zend_memory_bailout,
        .script_name = zend_get_executed_filename,
        .script_line = zend_get_executed_lineno,
    };

    zend_mm_set_callbacks(&callbacks);
}

/* --- The engine's own directives ------------------------------------------------------------- */

static ZEND_INI_MH(OnUpdateErrorReporting)
{
    (void) mh_arg1, (void) mh_arg2, (void) mh_arg3, (void) stage, (void) entry;
    (void) new_value_length;
    EG(error_reporting) = new_value != NULL
        ? atoi(new_value) : E_ALL & ~E_NOTICE & ~E_STRICT & ~E_DEPRECATED;
    return SUCCESS;
}

static ZEND_INI_MH(OnUpdateGCEnabled)
{
    (void) mh_arg1, (void) mh_arg2, (void) mh_arg3, (void) stage, (void) entry;
    gc_set_enabled(zend_ini_parse_bool(new_value, new_value_length));
    return SUCCESS;
}

static ZEND_INI_DISP(zend_gc_enabled_displayer_cb)
{
    (void) ini_entry, (void) type;
    ZEND_PUTS(gc_is_enabled() ? "On" : "Off");
}

ZEND_INI_BEGIN()
    ZEND_INI_ENTRY_NULL("error_reporting", ZEND_INI_ALL, OnUpdateErrorReporting, NULL, NULL, NULL,
        NULL)
    ZEND_INI_ENTRY_EX("zend.enable_gc", "1", ZEND_INI_ALL, OnUpdateGCEnabled,
        zend_gc_enabled_displayer_cb)
    ZEND_INI_ENTRY_EX("zend.multibyte", "0", ZEND_INI_PERDIR, NULL, zend_ini_boolean_displayer_cb)
    ZEND_INI_ENTRY_NULL("zend.script_encoding", ZEND_INI_ALL, NULL, NULL, NULL, NULL, NULL)
    ZEND_INI_ENTRY_EX("zend.detect_unicode", "1", ZEND_INI_ALL, NULL,
        zend_ini_boolean_displayer_cb)
ZEND_INI_END()

void zend_register_standard_ini_entries(void)
{
    zend_register_ini_entries(ini_entries, 0);
}

/* --- The process ----------------------------------------------------------------------------- */

static void zend_make_tables(void)
{
    CG(function_table) = EG(function_table) = &global_function_table;
    CG(class_table) = EG(class_table) = &global_class_table;
    zend_hash_init_ex(CG(function_table), 2048, NULL, (dtor_func_t) zend_function_dtor, 1, 0);
    zend_hash_init_ex(CG(class_table), 256, NULL, (dtor_func_t) destroy_zend_class, 1, 0);
}

int zend_startup(zend_utility_functions *utility_functions, char **extensions)
{
    (void) extensions;
    zend_take_utility_functions(utility_functions);
    zend_stack_limit_init();
    zend_startup_values();
    zend_vm_startup();
    zend_startup_compiler();
    zend_set_memory_callbacks();
    zend_make_tables();
    zend_startup_constants();
    zend_modules_startup_registry();
    zend_init_rsrc_list_dtors();
    zend_init_rsrc_plist();
    zend_startup_auto_globals();
    zend_ini_startup();
    CG(short_tags) = 1;
    EG(error_reporting) = E_ALL & ~E_NOTICE;
    zend_register_standard_constants();
    return zend_startup_builtin_functions();
}

void zend_post_startup(void)
{
    zend_ini_sort_entries();
    zend_collect_module_handlers();
    zend_interned_strings_snapshot();
}

void zend_shutdown(void)
{
    zend_destroy_rsrc_list(&EG(persistent_list));
    zend_modules_shutdown_registry();
    zend_hash_graceful_reverse_destroy(CG(class_table));
    zend_hash_destroy(CG(function_table));
    zend_free_signatures();
    zend_shutdown_auto_globals();
    zend_shutdown_constants();
    zend_destroy_rsrc_list_dtors();
    zend_ini_shutdown();
    zend_shutdown_values();
}

/* --- A request ------------------------------------------------------------------------------- */

void zend_activate(void)
{
    CG(unclean_shutdown) = 0;
    CG(in_compilation) = 0;
    CG(compiled_filename) = NULL;
    CG(zend_lineno) = 0;
    CG(compiler_context) = NULL;
    zend_reset_releases();
    gc_reset();
    zend_init_rsrc_list();
    init_executor();
}

void zend_call_destructors(void)
{
    zend_try {
        shutdown_destructors();
    } zend_end_try();
}

void zend_deactivate(void)
{
    EG(current_execute_data) = NULL;
    CG(in_compilation) = 0;
    zend_try {
        shutdown_executor();
    } zend_end_try();
    zend_try {
        zend_ini_deactivate();
    } zend_end_try();
    zend_try {
        zend_destroy_rsrc_list(&EG(regular_list));
    } zend_end_try();
    zend_interned_strings_restore();
}
