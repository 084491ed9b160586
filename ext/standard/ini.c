/* SPDX-License-Identifier: MIT */
/* Directives as scripts see them: ini_get() and its kin, parse_ini_file(), the include path. */
#include "ext/standard/basic_functions.h"
#include "main/SAPI.h"

PHP_FUNCTION(ini_get)
{
    char *name;
    int name_length;
    zend_ini_entry *entry;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &name, &name_length) == FAILURE) {
        return;
    }
    entry = zend_ini_find(name, (uint) name_length + 1);
    if (!entry) {
        RETURN_FALSE;
    }
    if (!entry->value) {
        RETURN_EMPTY_STRING();
    }
    RETURN_STRINGL(entry->value, entry->value_length, 1);
}

/* ini_get_all(): what one element becomes. */
typedef struct {
    zval *array;
    int module_number; /* 0 with any_module: all */
    bool any_module;
    bool details;
} ini_list;

static void add_value_or_null(zval *array, const char *key, uint key_size, const char *value,
    uint value_length)
{
    if (value) {
        add_assoc_stringl_ex(array, key, key_size, value, value_length, 1);
    } else {
        add_assoc_null_ex(array, key, key_size);
    }
}

static int list_entry(void *element, void *argument)
{
    zend_ini_entry *entry = element;
    ini_list *list = argument;
    zval *option;

    if (!list->any_module && entry->module_number != list->module_number) {
        return ZEND_HASH_APPLY_KEEP;
    }
    if (!list->details) {
        add_value_or_null(list->array, entry->name, entry->name_length, entry->value,
            entry->value_length);
        return ZEND_HASH_APPLY_KEEP;
    }
    MAKE_STD_ZVAL(option);
    array_init(option);
    add_value_or_null(option, "global_value", sizeof("global_value"),
        entry->modified ? entry->orig_value : entry->value,
        entry->modified ? entry->orig_value_length : entry->value_length);
    add_value_or_null(option, "local_value", sizeof("local_value"), entry->value,
        entry->value_length);
    add_assoc_long(option, "access", entry->modifiable);
    add_assoc_zval_ex(list->array, entry->name, entry->name_length, option);
    return ZEND_HASH_APPLY_KEEP;
}

PHP_FUNCTION(ini_get_all)
{
    char *extension = NULL, *lower;
    int extension_length = 0;
    zend_bool details = 1;
    zend_module_entry *module;
    ini_list list = {return_value, 0, true, true};

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|s!b", &extension, &extension_length, &details)
        == FAILURE) {
        return;
    }
    zend_ini_sort_entries();
    list.details = details;
    if (extension) {
        lower = zend_str_tolower_dup(extension, (unsigned int) extension_length);
        if (zend_hash_find(&module_registry, lower, (uint) extension_length + 1, (void **) &module)
            == FAILURE) {
            efree(lower);
            php_error_docref(NULL, E_WARNING, "Unable to find extension '%s'", extension);
            RETURN_FALSE;
        }
        efree(lower);
        list.any_module = false;
        list.module_number = module->module_number;
    }
    array_init(return_value);
    zend_hash_apply_with_argument(EG(ini_directives), list_entry, &list);
}

/* Directives whose value is a path that open_basedir must allow. */
static bool is_path_directive(const char *name)
{
    static const char *const names[] = {"error_log", "java.class.path", "java.home",
        "mail.log", "java.library.path", "vpopmail.directory"};
    size_t i;

    for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
        if (!strcmp(name, names[i])) {
            return true;
        }
    }
    return false;
}

PHP_FUNCTION(ini_set)
{
    char *name, *value;
    int name_length, value_length;
    zend_ini_entry *entry;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss", &name, &name_length, &value, &value_length)
        == FAILURE) {
        return;
    }
    entry = zend_ini_find(name, (uint) name_length + 1);
    if (entry && entry->value) {
        ZVAL_STRINGL(return_value, entry->value, entry->value_length, 1);
    } else {
        ZVAL_BOOL(return_value, 0);
    }
    if ((PG(open_basedir) && is_path_directive(name) && php_check_open_basedir(value))
        || zend_alter_ini_entry_ex(name, (uint) name_length + 1, value, (uint) value_length,
               PHP_INI_USER, PHP_INI_STAGE_RUNTIME, 0) == FAILURE) {
        zval_dtor(return_value);
        RETURN_FALSE;
    }
}

PHP_FUNCTION(ini_restore)
{
    char *name;
    int name_length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &name, &name_length) == FAILURE) {
        return;
    }
    zend_restore_ini_entry(name, (uint) name_length + 1, PHP_INI_STAGE_RUNTIME);
}

/* --- Configuration --------------------------------------------------------------------------- */

static void add_config_elements(zval *target, HashTable *source);

static void copy_config_value(zval *target, zval *source)
{
    INIT_PZVAL(target);
    if (Z_TYPE_P(source) == IS_ARRAY) {
        array_init(target);
        add_config_elements(target, Z_ARRVAL_P(source));
    } else {
        ZVAL_STRINGL(target, Z_STRVAL_P(source), Z_STRLEN_P(source), 1);
    }
}

static void add_config_elements(zval *target, HashTable *source)
{
    HashPosition pos;
    zval *value, *copy;
    char *key;
    uint key_length;
    ulong index;

    zend_hash_internal_pointer_reset_ex(source, &pos);
    for (; zend_hash_get_current_data_ex(source, (void **) &value, &pos) == SUCCESS;
         zend_hash_move_forward_ex(source, &pos)) {
        MAKE_STD_ZVAL(copy);
        copy_config_value(copy, value);
        if (zend_hash_get_current_key_ex(source, &key, &key_length, &index, 0, &pos)
            == HASH_KEY_IS_STRING) {
            add_assoc_zval_ex(target, key, key_length, copy);
        } else {
            add_index_zval(target, index, copy);
        }
    }
}

PHP_FUNCTION(get_cfg_var)
{
    char *name;
    int name_length;
    zval *value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &name, &name_length) == FAILURE) {
        return;
    }
    value = cfg_get_entry(name, (uint) name_length + 1);
    if (!value) {
        RETURN_FALSE;
    }
    copy_config_value(return_value, value);
}

PHP_FUNCTION(set_time_limit)
{
    long seconds;
    char *text;
    int length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &seconds) == FAILURE) {
        return;
    }
    length = spprintf(&text, 0, "%ld", seconds);
    RETVAL_BOOL(zend_alter_ini_entry_ex("max_execution_time", sizeof("max_execution_time"), text,
                    (uint) length, PHP_INI_USER, PHP_INI_STAGE_RUNTIME, 0) == SUCCESS);
    efree(text);
}

/* --- The include path ------------------------------------------------------------------------ */

PHP_FUNCTION(get_include_path)
{
    char *path;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    path = zend_ini_string("include_path", sizeof("include_path"), 0);
    if (!path) {
        RETURN_FALSE;
    }
    RETURN_STRING(path, 1);
}

PHP_FUNCTION(set_include_path)
{
    char *path, *before;
    int path_length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "p", &path, &path_length) == FAILURE) {
        return;
    }
    before = zend_ini_string("include_path", sizeof("include_path"), 0);
    if (before) {
        ZVAL_STRING(return_value, before, 1);
    } else {
        ZVAL_BOOL(return_value, 0);
    }
    if (zend_alter_ini_entry_ex("include_path", sizeof("include_path"), path, (uint) path_length,
            PHP_INI_USER, PHP_INI_STAGE_RUNTIME, 0) == FAILURE) {
        zval_dtor(return_value);
        RETURN_FALSE;
    }
}

PHP_FUNCTION(restore_include_path)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    zend_restore_ini_entry("include_path", sizeof("include_path"), PHP_INI_STAGE_RUNTIME);
}

/* --- parse_ini_file() ------------------------------------------------------------------------ */

/* Where entries go. */
typedef struct {
    zval *result;
    zval *section; /* with sections: the current one; NULL before the first */
    bool process_sections;
} ini_parse;

static void add_parsed_value(HashTable *table, const char *key, uint key_size, zval *value)
{
    zval *copy;

    MAKE_STD_ZVAL(copy);
    ZVAL_COPY_VALUE(copy, value);
    zval_copy_ctor(copy);
    if (key) {
        zend_symtable_update(table, key, key_size, &copy, sizeof(zval *), NULL);
    } else {
        zend_hash_next_index_insert(table, &copy, sizeof(zval *), NULL);
    }
}

/* name[key] = value */
static void add_parsed_element(HashTable *table, zval *name, zval *value, zval *key)
{
    zval **array, *fresh;

    if (zend_symtable_find(table, Z_STRVAL_P(name), (uint) Z_STRLEN_P(name) + 1, (void **) &array)
            == FAILURE
        || Z_TYPE_PP(array) != IS_ARRAY) {
        MAKE_STD_ZVAL(fresh);
        array_init(fresh);
        zend_symtable_update(table, Z_STRVAL_P(name), (uint) Z_STRLEN_P(name) + 1, &fresh,
            sizeof(zval *), (void **) &array);
    }
    if (key && Z_STRLEN_P(key)) {
        add_parsed_value(Z_ARRVAL_PP(array), Z_STRVAL_P(key), (uint) Z_STRLEN_P(key) + 1, value);
    } else {
        add_parsed_value(Z_ARRVAL_PP(array), NULL, 0, value);
    }
}

static void take_ini_entry(zval *arg1, zval *arg2, zval *arg3, int callback_type, void *arg)
{
    ini_parse *parse = arg;
    HashTable *table = Z_ARRVAL_P(parse->section ? parse->section : parse->result);

    switch (callback_type) {
    case ZEND_INI_PARSER_SECTION:
        if (parse->process_sections) {
            MAKE_STD_ZVAL(parse->section);
            array_init(parse->section);
            zend_symtable_update(Z_ARRVAL_P(parse->result), Z_STRVAL_P(arg1),
                (uint) Z_STRLEN_P(arg1) + 1, &parse->section, sizeof(zval *), NULL);
        }
        break;
    case ZEND_INI_PARSER_ENTRY:
        if (arg2) {
            add_parsed_value(table, Z_STRVAL_P(arg1), (uint) Z_STRLEN_P(arg1) + 1, arg2);
        }
        break;
    case ZEND_INI_PARSER_POP_ENTRY:
        if (arg2) {
            add_parsed_element(table, arg1, arg2, arg3);
        }
        break;
    }
}

static void parse_ini(zval *return_value, const char *text, size_t length, const char *filename,
    zend_bool process_sections, long mode)
{
    ini_parse parse = {return_value, NULL, process_sections};

    array_init(return_value);
    if (zend_parse_ini_text(text, length, filename, 0, (int) mode, take_ini_entry, &parse)
        != SUCCESS) {
        zval_dtor(return_value);
        ZVAL_BOOL(return_value, 0);
    }
}

PHP_FUNCTION(parse_ini_file)
{
    char *filename, *text;
    int filename_length;
    zend_bool process_sections = 0;
    long mode = ZEND_INI_SCANNER_NORMAL;
    php_stream *stream;
    size_t length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "p|bl", &filename, &filename_length,
            &process_sections, &mode) == FAILURE) {
        RETURN_FALSE;
    }
    if (filename_length == 0) {
        php_error_docref(NULL, E_WARNING, "Filename cannot be empty!");
        RETURN_FALSE;
    }
    stream = php_stream_open_wrapper(filename, "rb", USE_PATH | REPORT_ERRORS, NULL);
    if (!stream) {
        RETURN_FALSE;
    }
    length = php_stream_copy_to_mem(stream, &text, PHP_STREAM_COPY_ALL, 0);
    php_stream_close(stream);
    parse_ini(return_value, text ? text : "", length, filename, process_sections, mode);
    if (text) {
        efree(text);
    }
}

PHP_FUNCTION(parse_ini_string)
{
    char *text;
    int length;
    zend_bool process_sections = 0;
    long mode = ZEND_INI_SCANNER_NORMAL;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|bl", &text, &length, &process_sections, &mode)
        == FAILURE) {
        RETURN_FALSE;
    }
    parse_ini(return_value, text, (size_t) length, NULL, process_sections, mode);
}

/* --- Magic quotes: there are none any more --------------------------------------------------- */

PHP_FUNCTION(set_magic_quotes_runtime)
{
    zend_bool setting;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "b", &setting) == FAILURE) {
        return;
    }
    if (setting) {
        php_error_docref(NULL, E_CORE_ERROR, "magic_quotes_runtime is not supported anymore");
    }
    RETURN_FALSE;
}

PHP_FUNCTION(get_magic_quotes_runtime)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_FALSE;
}

PHP_FUNCTION(get_magic_quotes_gpc)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_FALSE;
}

static const zend_function_entry ini_functions[] = {
    PHP_FE(ini_get, "$varname", "Returns the value of a directive.")
    PHP_FE(ini_get_all, "$extension = null",
        "Returns all directives, or those of an extension.")
    PHP_FE(ini_set, "$varname, $newvalue", "Sets a directive; returns the value of before.")
    PHP_FALIAS(ini_alter, ini_set, "$varname, $newvalue",
        "Sets a directive; returns the value of before.")
    PHP_FE(ini_restore, "$varname", "Gives a directive its original value back.")
    PHP_FE(get_cfg_var, "$option_name", "Returns what php.ini says of a directive.")
    PHP_FE(set_time_limit, "$seconds", "Lets the script run so many seconds from now on.")
    PHP_FE(get_include_path, "", "Returns the folders that include looks in.")
    PHP_FE(set_include_path, "$new_include_path", "Sets the folders that include looks in.")
    PHP_FE(restore_include_path, "", "Gives the include path its original value back.")
    PHP_FE(parse_ini_file,
        "$filename, $process_sections = false, $scanner_mode = INI_SCANNER_NORMAL", "Reads an ini file into an array.")
    PHP_FE(parse_ini_string,
        "$ini_string, $process_sections = false, $scanner_mode = INI_SCANNER_NORMAL",
        "Reads ini text into an array.")
    PHP_DEP_FE(set_magic_quotes_runtime, "$new_setting", "Returns false.")
    PHP_DEP_FALIAS(magic_quotes_runtime, set_magic_quotes_runtime, "$new_setting",
        "Returns false.")
    PHP_FE(get_magic_quotes_runtime, "", "Returns false.")
    PHP_FE(get_magic_quotes_gpc, "", "Returns false.")
    PHP_FE_END
};

static PHP_MINIT_FUNCTION(ini)
{
    static const php_long_constant constants[] = {
        {"INI_USER", ZEND_INI_USER}, {"INI_PERDIR", ZEND_INI_PERDIR},
        {"INI_SYSTEM", ZEND_INI_SYSTEM}, {"INI_ALL", ZEND_INI_ALL},
        {"INI_SCANNER_NORMAL", ZEND_INI_SCANNER_NORMAL},
        {"INI_SCANNER_RAW", ZEND_INI_SCANNER_RAW},
        {"INI_SCANNER_TYPED", ZEND_INI_SCANNER_TYPED}, {NULL, 0},
    };

    php_register_long_constants(constants, module_number);
    return SUCCESS;
}

const php_standard_part standard_ini_part = {ini_functions, PHP_MINIT(ini), NULL, NULL, NULL,
    NULL};
