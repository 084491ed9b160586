/* SPDX-License-Identifier: MIT */
/* What the program says about itself: phpinfo(), versions, the system, memory in use. */
#include <pwd.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/file.h"
#include "ext/standard/info.h"
#include "main/build_defs.h"
#include "main/SAPI.h"

/* --- Tables ---------------------------------------------------------------------------------- */

static void print_escaped(const char *text)
{
    const char *p;

    for (p = text; *p; p++) {
        switch (*p) {
        case '&': PUTS("&amp;"); break;
        case '<': PUTS("&lt;"); break;
        case '>': PUTS("&gt;"); break;
        case '"': PUTS("&quot;"); break;
        default: PUTC(*p);
        }
    }
}

void php_info_print_table_start(void)
{
    PUTS(sapi_module.phpinfo_as_text ? "\n" : "<table>\n");
}

void php_info_print_table_end(void)
{
    PUTS(sapi_module.phpinfo_as_text ? "\n" : "</table>\n");
}

void php_info_print_hr(void)
{
    PUTS(sapi_module.phpinfo_as_text
            ? "\n\n _______________________________________________________________________\n\n"
            : "<hr />\n");
}

void php_info_print_table_colspan_header(int num_cols, const char *header)
{
    if (sapi_module.phpinfo_as_text) {
        php_printf("%*s%s\n", MAX(0, (72 - (int) strlen(header)) / 2), "", header);
    } else {
        php_printf("<tr class=\"h\"><th colspan=\"%d\">%s</th></tr>\n", num_cols, header);
    }
}

static void print_cells(int num_cols, va_list cells, const char *tag, const char *row_class)
{
    int i;

    if (!sapi_module.phpinfo_as_text) {
        php_printf("<tr%s>", row_class);
    }
    for (i = 0; i < num_cols; i++) {
        const char *cell = va_arg(cells, const char *);
        if (sapi_module.phpinfo_as_text) {
            php_printf("%s%s", i ? " => " : "", cell && *cell ? cell : i ? "no value" : "");
        } else {
            php_printf("<%s%s>", tag, *tag == 't' && tag[1] == 'd' ? i ? " class=\"v\""
                                                                     : " class=\"e\"" : "");
            if (cell && *cell) {
                print_escaped(cell);
            } else {
                PUTS("<i>no value</i>");
            }
            php_printf("</%s>", tag);
        }
    }
    PUTS(sapi_module.phpinfo_as_text ? "\n" : "</tr>\n");
}

void php_info_print_table_header(int num_cols, ...)
{
    va_list cells;

    va_start(cells, num_cols);
    print_cells(num_cols, cells, "th", " class=\"h\"");
    va_end(cells);
}

void php_info_print_table_row(int num_cols, ...)
{
    va_list cells;

    va_start(cells, num_cols);
    print_cells(num_cols, cells, "td", "");
    va_end(cells);
}

/* --- Directives ------------------------------------------------------------------------------ */

static int display_entry(void *element, int num_args, va_list args, zend_hash_key *key)
{
    zend_ini_entry *entry = element;
    int module_number = va_arg(args, int);

    if (entry->module_number != module_number) {
        return ZEND_HASH_APPLY_KEEP;
    }
    if (sapi_module.phpinfo_as_text) {
        php_printf("%s => ", entry->name);
        zend_ini_display_value(entry, ZEND_INI_DISPLAY_ACTIVE);
        PUTS(" => ");
        zend_ini_display_value(entry, ZEND_INI_DISPLAY_ORIG);
        PUTS("\n");
    } else {
        php_printf("<tr><td class=\"e\">%s</td><td class=\"v\">", entry->name);
        zend_ini_display_value(entry, ZEND_INI_DISPLAY_ACTIVE);
        PUTS("</td><td class=\"v\">");
        zend_ini_display_value(entry, ZEND_INI_DISPLAY_ORIG);
        PUTS("</td></tr>\n");
    }
    return ZEND_HASH_APPLY_KEEP;
}

static int belongs_to_module(void *element, void *found_and_number)
{
    int *pair = found_and_number;

    if (((zend_ini_entry *) element)->module_number == pair[1]) {
        pair[0] = 1;
        return ZEND_HASH_APPLY_STOP;
    }
    return ZEND_HASH_APPLY_KEEP;
}

void display_ini_entries(zend_module_entry *module)
{
    int found_and_number[2] = {0, module ? module->module_number : 0};

    zend_hash_apply_with_argument(EG(ini_directives), belongs_to_module, found_and_number);
    if (!found_and_number[0]) {
        return;
    }
    php_info_print_table_start();
    php_info_print_table_header(3, "Directive", "Local Value", "Master Value");
    zend_hash_apply_with_arguments(EG(ini_directives), display_entry, 1, found_and_number[1]);
    php_info_print_table_end();
}

/* --- phpinfo() ------------------------------------------------------------------------------- */

void php_info_print_module(zend_module_entry *module)
{
    if (sapi_module.phpinfo_as_text) {
        php_printf("\n%s\n", module->name);
    } else {
        php_printf("<h2><a name=\"module_%s\">%s</a></h2>\n", module->name, module->name);
    }
    if (module->info_func) {
        module->info_func(module);
    } else {
        display_ini_entries(module);
    }
}

static int print_module(void *element)
{
    zend_module_entry *module = element;

    if (module->info_func || module->version) {
        php_info_print_module(module);
    }
    return ZEND_HASH_APPLY_KEEP;
}

static void print_stream_names(const char *caption)
{
    HashTable *wrappers = php_stream_get_url_stream_wrappers_hash();
    HashPosition pos;
    smart_str names = {0};
    char *name;
    uint name_length;
    ulong index;

    zend_hash_internal_pointer_reset_ex(wrappers, &pos);
    while (zend_hash_get_current_key_ex(wrappers, &name, &name_length, &index, 0, &pos)
        == HASH_KEY_IS_STRING) {
        if (names.len) {
            smart_str_appends(&names, ", ");
        }
        smart_str_appendl(&names, name, name_length - 1);
        zend_hash_move_forward_ex(wrappers, &pos);
    }
    smart_str_0(&names);
    php_info_print_table_row(2, caption, names.c ? names.c : "none registered");
    smart_str_free(&names);
}

static void print_general(void)
{
    char *system = php_get_uname('a');

    if (sapi_module.phpinfo_as_text) {
        php_info_print_table_row(2, "PHP Version", PHP_VERSION);
        PUTS("\n");
    } else {
        php_printf("<h1>PHP Version %s</h1>\n", PHP_VERSION);
    }
    php_info_print_table_start();
    php_info_print_table_row(2, "System", system);
    php_info_print_table_row(2, "Server API", sapi_module.pretty_name);
    php_info_print_table_row(2, "Virtual Directory Support", "disabled");
    php_info_print_table_row(2, "Configuration File (php.ini) Path", php_info_config_path());
    php_info_print_table_row(2, "Loaded Configuration File",
        php_ini_opened_path ? php_ini_opened_path : "(none)");
    php_info_print_table_row(2, "Scan this dir for additional .ini files", "(none)");
    php_info_print_table_row(2, "Additional .ini files parsed", "(none)");
    php_info_print_table_row(2, "PHP API", "20131106");
    php_info_print_table_row(2, "Debug Build", ZEND_DEBUG ? "yes" : "no");
    php_info_print_table_row(2, "Thread Safety", "disabled");
    php_info_print_table_row(2, "Zend Memory Manager", is_zend_mm() ? "enabled" : "disabled");
    php_info_print_table_row(2, "Zend Multibyte Support", "disabled");
    print_stream_names("Registered PHP Streams");
    php_info_print_table_end();
    efree(system);
}

/* A superglobal's elements: $_SERVER["x"] => value. */
static void print_variables_of(const char *name, uint name_length)
{
    zval **array, **value;
    HashPosition pos;
    char *key, *label;
    uint key_length;
    ulong index;

    zend_is_auto_global(name, name_length);
    if (zend_hash_find(&EG(symbol_table), name, name_length + 1, (void **) &array) == FAILURE
        || Z_TYPE_PP(array) != IS_ARRAY) {
        return;
    }
    zend_hash_internal_pointer_reset_ex(Z_ARRVAL_PP(array), &pos);
    for (; zend_hash_get_current_data_ex(Z_ARRVAL_PP(array), (void **) &value, &pos) == SUCCESS;
         zend_hash_move_forward_ex(Z_ARRVAL_PP(array), &pos)) {
        zval text = **value;
        if (zend_hash_get_current_key_ex(Z_ARRVAL_PP(array), &key, &key_length, &index, 0, &pos)
            == HASH_KEY_IS_STRING) {
            spprintf(&label, 0, "%s[\"%s\"]", name, key);
        } else {
            spprintf(&label, 0, "%s[%lu]", name, index);
        }
        if (Z_TYPE(text) == IS_ARRAY) {
            php_info_print_table_row(2, label, "Array");
        } else {
            zval_copy_ctor(&text);
            convert_to_string(&text);
            php_info_print_table_row(2, label, Z_STRVAL(text));
            zval_dtor(&text);
        }
        efree(label);
    }
}

static void print_heading(const char *text)
{
    php_printf(sapi_module.phpinfo_as_text ? "\n%s\n" : "<h2>%s</h2>\n", text);
}

static void print_all_variables(void)
{
    print_heading("PHP Variables");
    php_info_print_table_start();
    php_info_print_table_header(2, "Variable", "Value");
    print_variables_of(ZEND_STRL("_REQUEST"));
    print_variables_of(ZEND_STRL("_GET"));
    print_variables_of(ZEND_STRL("_POST"));
    print_variables_of(ZEND_STRL("_COOKIE"));
    print_variables_of(ZEND_STRL("_SERVER"));
    print_variables_of(ZEND_STRL("_ENV"));
    php_info_print_table_end();
}

static void print_environment(void)
{
    extern char **environ;
    char **entry;

    print_heading("Environment");
    php_info_print_table_start();
    php_info_print_table_header(2, "Variable", "Value");
    for (entry = environ; entry && *entry; entry++) {
        const char *equals = strchr(*entry, '=');
        if (equals) {
            char *name = estrndup(*entry, (uint) (equals - *entry));
            php_info_print_table_row(2, name, equals + 1);
            efree(name);
        }
    }
    php_info_print_table_end();
}

void php_print_info(int flag)
{
    if (sapi_module.phpinfo_as_text) {
        PUTS("phpinfo()\n");
    } else {
        PUTS("<!DOCTYPE html>\n<html><head><title>phpinfo()</title></head>\n<body>");
    }
    if (flag & PHP_INFO_GENERAL) {
        print_general();
    }
    if (flag & PHP_INFO_CONFIGURATION) {
        php_info_print_hr();
        print_heading("Configuration");
        if (!(flag & PHP_INFO_MODULES)) {
            display_ini_entries(NULL);
        }
    }
    if (flag & PHP_INFO_MODULES) {
        print_heading("Core");
        display_ini_entries(NULL);
        zend_hash_apply(&module_registry, print_module);
    }
    if (flag & PHP_INFO_ENVIRONMENT) {
        print_environment();
    }
    if (flag & PHP_INFO_VARIABLES) {
        print_all_variables();
    }
    if (!sapi_module.phpinfo_as_text) {
        PUTS("</body></html>");
    }
}

/* --- Versions and the system ----------------------------------------------------------------- */

const char *php_info_config_path(void)
{
    return PHP_CONFIG_FILE_PATH;
}

char *php_get_uname(char mode)
{
    struct utsname system;
    char *all;

    if (uname(&system) == -1) {
        return estrdup(PHP_OS);
    }
    switch (mode) {
    case 's': return estrdup(system.sysname);
    case 'r': return estrdup(system.release);
    case 'n': return estrdup(system.nodename);
    case 'v': return estrdup(system.version);
    case 'm': return estrdup(system.machine);
    default:
        spprintf(&all, 0, "%s %s %s %s %s", system.sysname, system.nodename, system.release,
            system.version, system.machine);
        return all;
    }
}

PHP_FUNCTION(phpinfo)
{
    long flag = PHP_INFO_ALL;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|l", &flag) == FAILURE) {
        return;
    }
    php_output_start_default();
    php_print_info((int) flag);
    php_output_end();
    RETURN_TRUE;
}

PHP_FUNCTION(phpversion)
{
    char *extension = NULL;
    int extension_length = 0;
    const char *version;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|s", &extension, &extension_length) == FAILURE) {
        return;
    }
    version = extension ? zend_get_module_version(extension) : PHP_VERSION;
    if (!version) {
        RETURN_FALSE;
    }
    RETURN_STRING(version, 1);
}

PHP_FUNCTION(php_sapi_name)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_STRING(sapi_module.name, 1);
}

PHP_FUNCTION(php_uname)
{
    char *mode = "a";
    int mode_length = 1;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|s", &mode, &mode_length) == FAILURE) {
        return;
    }
    RETURN_STRING(php_get_uname(*mode), 0);
}

PHP_FUNCTION(php_ini_loaded_file)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (!php_ini_opened_path) {
        RETURN_FALSE;
    }
    RETURN_STRING(php_ini_opened_path, 1);
}

/* There is no folder of further files. */
PHP_FUNCTION(php_ini_scanned_files)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_FALSE;
}

/* --- The process ----------------------------------------------------------------------------- */

PHP_FUNCTION(memory_get_usage)
{
    zend_bool real_usage = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|b", &real_usage) == FAILURE) {
        RETURN_FALSE;
    }
    RETURN_LONG((long) zend_memory_usage(real_usage));
}

PHP_FUNCTION(memory_get_peak_usage)
{
    zend_bool real_usage = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|b", &real_usage) == FAILURE) {
        RETURN_FALSE;
    }
    RETURN_LONG((long) zend_memory_peak_usage(real_usage));
}

PHP_FUNCTION(getmypid)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_LONG(getpid());
}

/* A figure of the script's file; false when it has none. */
static void return_script_stat(zval *return_value, int ht, size_t which)
{
    struct stat *info;

    if (ht != 0) {
        zend_parse_parameters(ht, "");
        return;
    }
    info = sapi_get_stat();
    if (!info) {
        RETURN_FALSE;
    }
    RETURN_LONG(which == 0 ? (long) info->st_uid
            : which == 1   ? (long) info->st_gid
            : which == 2   ? (long) info->st_ino
                           : (long) info->st_mtime);
}

PHP_FUNCTION(getmyuid)
{
    return_script_stat(return_value, ht, 0);
}

PHP_FUNCTION(getmygid)
{
    return_script_stat(return_value, ht, 1);
}

PHP_FUNCTION(getmyinode)
{
    return_script_stat(return_value, ht, 2);
}

PHP_FUNCTION(getlastmod)
{
    return_script_stat(return_value, ht, 3);
}

/* The owner of the script. */
PHP_FUNCTION(get_current_user)
{
    struct stat *info;
    struct passwd *user;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    info = sapi_get_stat();
    user = info ? getpwuid(info->st_uid) : NULL;
    RETURN_STRING(user ? user->pw_name : "", 1);
}

PHP_FUNCTION(sys_getloadavg)
{
    double load[3];

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (getloadavg(load, 3) == -1) {
        RETURN_FALSE;
    }
    array_init(return_value);
    add_index_double(return_value, 0, load[0]);
    add_index_double(return_value, 1, load[1]);
    add_index_double(return_value, 2, load[2]);
}

PHP_FUNCTION(sys_get_temp_dir)
{
    const char *folder = php_get_temporary_directory();
    size_t length = strlen(folder);

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_STRINGL(folder, length > 1 && folder[length - 1] == '/' ? length - 1 : length, 1);
}

static const zend_function_entry info_functions[] = {
    PHP_FE(phpinfo, "$what = INFO_ALL", "Prints what there is to know about the program.")
    PHP_FE(phpversion, "$extension = null", "Returns the version of PHP or of an extension.")
    PHP_FE(php_sapi_name, "", "Returns the name of the server interface.")
    PHP_FE(php_uname, "$mode = \"a\"", "Returns what uname says about the system.")
    PHP_FE(php_ini_scanned_files, "", "Returns the further ini files that were read.")
    PHP_FE(php_ini_loaded_file, "", "Returns the path of the php.ini that was read.")
    PHP_FE(getmyuid, "", "Returns the user id of the script's owner.")
    PHP_FE(getmygid, "", "Returns the group id of the script's file.")
    PHP_FE(getmypid, "", "Returns the process id.")
    PHP_FE(getmyinode, "", "Returns the inode of the script.")
    PHP_FE(getlastmod, "", "Returns when the script was last changed.")
    PHP_FE(get_current_user, "", "Returns the name of the script's owner.")
    PHP_FE(memory_get_usage, "$real_usage = false", "Returns the bytes of memory in use.")
    PHP_FE(memory_get_peak_usage, "$real_usage = false",
        "Returns the most bytes of memory that were in use.")
    PHP_FE(sys_getloadavg, "", "Returns the load of the system: 1, 5 and 15 minutes.")
    PHP_FE(sys_get_temp_dir, "", "Returns the folder for temporary files.")
    PHP_FE_END
};

static PHP_MINIT_FUNCTION(info)
{
    static const php_long_constant constants[] = {
        {"INFO_GENERAL", PHP_INFO_GENERAL}, {"INFO_CREDITS", PHP_INFO_CREDITS},
        {"INFO_CONFIGURATION", PHP_INFO_CONFIGURATION}, {"INFO_MODULES", PHP_INFO_MODULES},
        {"INFO_ENVIRONMENT", PHP_INFO_ENVIRONMENT}, {"INFO_VARIABLES", PHP_INFO_VARIABLES},
        {"INFO_LICENSE", PHP_INFO_LICENSE}, {"INFO_ALL", PHP_INFO_ALL},
        {"CREDITS_GROUP", 1}, {"CREDITS_GENERAL", 2}, {"CREDITS_SAPI", 4}, {"CREDITS_MODULES", 8},
        {"CREDITS_DOCS", 16}, {"CREDITS_FULLPAGE", 32}, {"CREDITS_QA", 64},
        {"CREDITS_ALL", PHP_INFO_ALL}, {NULL, 0},
    };

    php_register_long_constants(constants, module_number);
    return SUCCESS;
}

const php_standard_part standard_info_part = {info_functions, PHP_MINIT(info), NULL, NULL, NULL,
    NULL};
