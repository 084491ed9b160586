/* SPDX-License-Identifier: MIT */
/*
 * The configuration that the process starts with.
 *
 * Three sources fill one table, a later one replacing what an earlier one said: the SAPI's
 * defaults, the first php.ini found, and the -d options. The directives' registry asks it once
 * for each directive. Everything in it is persistent.
 *
 * php.ini is looked for in: what -c names; the folder in $PHPRC; the working folder (not with the
 * CLI); the program's folder; the compiled-in one. In each php-SAPI.ini comes before php.ini.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "main/build_defs.h"
#include "main/php.h"
#include "main/SAPI.h"

HashTable configuration_hash;
char *php_ini_opened_path = NULL;
char *php_ini_scanned_path = NULL;
char *php_ini_scanned_files = NULL;

/* --- Filling the table ----------------------------------------------------------------------- */

/* Destroys an element: a persistent zval, a string or an array of such. */
static void config_zval_dtor(zval *value)
{
    if (Z_TYPE_P(value) == IS_ARRAY) {
        zend_hash_destroy(Z_ARRVAL_P(value));
        free(Z_ARRVAL_P(value));
    } else if (Z_TYPE_P(value) == IS_STRING) {
        free(Z_STRVAL_P(value));
    }
}

static void persistent_string(zval *copy, const zval *source)
{
    INIT_PZVAL(copy);
    Z_TYPE_P(copy) = IS_STRING;
    Z_STRVAL_P(copy) = zend_strndup(Z_STRVAL_P(source), (unsigned int) Z_STRLEN_P(source));
    Z_STRLEN_P(copy) = Z_STRLEN_P(source);
}

/* name[key] = value: the array of that name is made when it is not there. */
static void add_array_element(HashTable *table, zval *name, zval *value, zval *key)
{
    zval *array, fresh, element;

    if (zend_hash_find(table, Z_STRVAL_P(name), (uint) Z_STRLEN_P(name) + 1, (void **) &array)
            == FAILURE
        || Z_TYPE_P(array) != IS_ARRAY) {
        INIT_PZVAL(&fresh);
        Z_TYPE(fresh) = IS_ARRAY;
        Z_ARRVAL(fresh) = malloc(sizeof(HashTable));
        zend_hash_init(Z_ARRVAL(fresh), 0, NULL, (dtor_func_t) config_zval_dtor, 1);
        zend_hash_update(table, Z_STRVAL_P(name), (uint) Z_STRLEN_P(name) + 1, &fresh,
            sizeof(zval), (void **) &array);
    }
    persistent_string(&element, value);
    if (key && Z_STRLEN_P(key)) {
        zend_symtable_update(Z_ARRVAL_P(array), Z_STRVAL_P(key), (uint) Z_STRLEN_P(key) + 1,
            &element, sizeof(zval), NULL);
    } else {
        zend_hash_next_index_insert(Z_ARRVAL_P(array), &element, sizeof(zval), NULL);
    }
}

typedef struct {
    HashTable *table;
    bool in_special_section; /* [PATH=...] or [HOST=...]: not for everybody, hence left out */
} config_reader;

static void read_entry(zval *arg1, zval *arg2, zval *arg3, int callback_type, void *arg)
{
    config_reader *reader = arg;
    zval value;

    if (callback_type == ZEND_INI_PARSER_SECTION) {
        reader->in_special_section = !strncasecmp(Z_STRVAL_P(arg1), "PATH=", 5)
            || !strncasecmp(Z_STRVAL_P(arg1), "HOST=", 5);
        return;
    }
    if (!arg2 || reader->in_special_section) {
        return;
    }
    if (callback_type == ZEND_INI_PARSER_POP_ENTRY) {
        add_array_element(reader->table, arg1, arg2, arg3);
        return;
    }
    persistent_string(&value, arg2);
    zend_hash_update(reader->table, Z_STRVAL_P(arg1), (uint) Z_STRLEN_P(arg1) + 1, &value,
        sizeof(zval), NULL);
}

static void read_config_text(const char *text, size_t length, const char *filename)
{
    config_reader reader = {&configuration_hash, false};

    zend_parse_ini_text(text, length, filename, 1, ZEND_INI_SCANNER_NORMAL, read_entry, &reader);
}

/* --- Finding php.ini ------------------------------------------------------------------------- */

/* The text of a regular file, malloc'ed, NUL-terminated; NULL if it can't be read. */
static char *slurp(const char *path, size_t *length)
{
    struct stat info;
    FILE *file;
    char *text;

    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode)) {
        return NULL;
    }
    file = fopen(path, "re");
    if (!file) {
        return NULL;
    }
    text = malloc((size_t) info.st_size + 1);
    *length = text ? fread(text, 1, (size_t) info.st_size, file) : 0;
    if (text) {
        text[*length] = '\0';
    }
    fclose(file);
    return text;
}

static bool read_ini_file(const char *path)
{
    size_t length;
    char *text = slurp(path, &length);

    if (!text) {
        return false;
    }
    php_ini_opened_path = realpath(path, NULL);
    read_config_text(text, length, path);
    free(text);
    if (php_ini_opened_path) {
        zval opened, value;
        ZVAL_STRING(&opened, php_ini_opened_path, 0);
        persistent_string(&value, &opened);
        zend_hash_update(&configuration_hash, "cfg_file_path", sizeof("cfg_file_path"), &value,
            sizeof(zval), NULL);
    }
    return true;
}

static bool search_folder(const char *folder)
{
    char path[MAXPATHLEN];

    if (!folder || !*folder) {
        return false;
    }
    snprintf(path, sizeof(path), "%s/php-%s.ini", folder, sapi_module.name);
    if (read_ini_file(path)) {
        return true;
    }
    snprintf(path, sizeof(path), "%s/php.ini", folder);
    return read_ini_file(path);
}

/* The folder that the running program lies in. */
static bool search_program_folder(void)
{
    char path[MAXPATHLEN];
    ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);
    char *slash;

    if (length <= 0) {
        return false;
    }
    path[length] = '\0';
    slash = strrchr(path, '/');
    if (!slash) {
        return false;
    }
    *slash = '\0';
    return search_folder(path);
}

static void find_and_read_ini(void)
{
    const char *override = sapi_module.php_ini_path_override;
    bool found = false;

    if (sapi_module.php_ini_ignore) {
        return;
    }
    if (override) {
        found = read_ini_file(override) || search_folder(override);
    }
    found = found || search_folder(getenv("PHPRC"));
    if (!found && !sapi_module.php_ini_ignore_cwd) {
        found = search_folder(".");
    }
    if (!found && !override) {
        found = search_program_folder();
    }
    if (!found) {
        search_folder(PHP_CONFIG_FILE_PATH);
    }
}

int php_init_config(void)
{
    zend_hash_init(&configuration_hash, 8, NULL, (dtor_func_t) config_zval_dtor, 1);
    if (sapi_module.ini_defaults) {
        sapi_module.ini_defaults(&configuration_hash);
    }
    find_and_read_ini();
    if (sapi_module.ini_entries) {
        read_config_text(sapi_module.ini_entries, strlen(sapi_module.ini_entries), NULL);
    }
    return SUCCESS;
}

int php_shutdown_config(void)
{
    zend_hash_destroy(&configuration_hash);
    free(php_ini_opened_path);
    php_ini_opened_path = NULL;
    return SUCCESS;
}

/* --- Asking ---------------------------------------------------------------------------------- */

zval *cfg_get_entry(const char *name, uint name_length)
{
    zval *entry;

    return zend_hash_find(&configuration_hash, name, name_length, (void **) &entry) == SUCCESS
        ? entry : NULL;
}

int cfg_get_long(const char *varname, long *result)
{
    zval *entry = cfg_get_entry(varname, (uint) strlen(varname) + 1);

    *result = entry && Z_TYPE_P(entry) == IS_STRING ? strtol(Z_STRVAL_P(entry), NULL, 10) : 0;
    return entry ? SUCCESS : FAILURE;
}

int cfg_get_double(const char *varname, double *result)
{
    zval *entry = cfg_get_entry(varname, (uint) strlen(varname) + 1);

    *result = entry && Z_TYPE_P(entry) == IS_STRING ? zend_strtod(Z_STRVAL_P(entry), NULL) : 0;
    return entry ? SUCCESS : FAILURE;
}

int cfg_get_string(const char *varname, char **result)
{
    zval *entry = cfg_get_entry(varname, (uint) strlen(varname) + 1);

    *result = entry && Z_TYPE_P(entry) == IS_STRING ? Z_STRVAL_P(entry) : NULL;
    return entry ? SUCCESS : FAILURE;
}
