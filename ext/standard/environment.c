/* SPDX-License-Identifier: MIT */
/* The environment and the command line: getenv(), putenv(), getopt(). */
#include <time.h>

#include "ext/standard/basic_functions.h"
#include "main/SAPI.h"

/* --- Environment ----------------------------------------------------------------------------- */

/* What putenv() has changed: name -> the value of before, malloc'ed, NULL when there was none. */
static HashTable changed_variables;
static bool any_changed;

static void restore_variable(void *element)
{
    char **pair = element; /* name, value */

    if (pair[1]) {
        setenv(pair[0], pair[1], 1);
    } else {
        unsetenv(pair[0]);
    }
    free(pair[0]);
    free(pair[1]);
}

static void remember_variable(const char *name)
{
    const char *value = getenv(name);
    char *pair[2];

    if (!any_changed) {
        zend_hash_init(&changed_variables, 1, NULL, restore_variable, 0);
        any_changed = true;
    }
    if (!zend_hash_exists(&changed_variables, name, (uint) strlen(name) + 1)) {
        pair[0] = strdup(name);
        pair[1] = value ? strdup(value) : NULL;
        zend_hash_add(&changed_variables, name, (uint) strlen(name) + 1, pair, sizeof(pair), NULL);
    }
}

PHP_FUNCTION(getenv)
{
    char *name, *value;
    int name_length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &name, &name_length) == FAILURE) {
        RETURN_FALSE;
    }
    value = sapi_getenv(name, (size_t) name_length);
    if (value) {
        RETURN_STRING(value, 0);
    }
    value = getenv(name);
    if (value) {
        RETURN_STRING(value, 1);
    }
    RETURN_FALSE;
}

PHP_FUNCTION(putenv)
{
    char *setting, *name, *equals;
    int setting_length;
    int result;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &setting, &setting_length) == FAILURE) {
        return;
    }
    if (setting_length == 0 || setting[0] == '=') {
        php_error_docref(NULL, E_WARNING, "Invalid parameter syntax");
        RETURN_FALSE;
    }
    name = estrndup(setting, (uint) setting_length);
    equals = strchr(name, '=');
    if (equals) {
        *equals = '\0';
    }
    remember_variable(name);
    result = equals ? setenv(name, equals + 1, 1) : unsetenv(name);
    if (!strcmp(name, "TZ")) {
        tzset();
    }
    efree(name);
    RETURN_BOOL(result == 0);
}

static PHP_RSHUTDOWN_FUNCTION(environment)
{
    if (any_changed) {
        zend_hash_destroy(&changed_variables);
        any_changed = false;
        tzset();
    }
    return SUCCESS;
}

/* --- getopt() -------------------------------------------------------------------------------- */

/* An option that is looked for. */
typedef struct {
    const char *name; /* not NUL-terminated */
    size_t length;
    int argument; /* 0 none, 1 required, 2 optional */
} wanted_option;

typedef struct {
    wanted_option *list;
    size_t count;
} wanted_options;

static void want(wanted_options *wanted, const char *name, size_t length, int argument)
{
    wanted_option option = {name, length, argument};

    wanted->list = erealloc(wanted->list, (wanted->count + 1) * sizeof(option));
    wanted->list[wanted->count++] = option;
}

static int count_colons(const char *text)
{
    return text[0] != ':' ? 0 : text[1] != ':' ? 1 : 2;
}

/* "ab:c::" */
static void want_letters(wanted_options *wanted, const char *letters)
{
    for (; *letters; letters++) {
        if ((*letters >= '0' && *letters <= '9') || (*letters >= 'a' && *letters <= 'z')
            || (*letters >= 'A' && *letters <= 'Z')) {
            want(wanted, letters, 1, count_colons(letters + 1));
        }
    }
}

static void want_words(wanted_options *wanted, HashTable *words)
{
    HashPosition pos;
    zval **word;

    zend_hash_internal_pointer_reset_ex(words, &pos);
    for (; zend_hash_get_current_data_ex(words, (void **) &word, &pos) == SUCCESS;
         zend_hash_move_forward_ex(words, &pos)) {
        size_t length;
        convert_to_string_ex(word);
        length = strcspn(Z_STRVAL_PP(word), ":");
        want(wanted, Z_STRVAL_PP(word), length, count_colons(Z_STRVAL_PP(word) + length));
    }
}

static const wanted_option *find_option(const wanted_options *wanted, const char *name,
    size_t length)
{
    size_t i;

    for (i = 0; i < wanted->count; i++) {
        if (wanted->list[i].length == length && !memcmp(wanted->list[i].name, name, length)) {
            return &wanted->list[i];
        }
    }
    return NULL;
}

/* An option that comes again makes a list of its values. */
static void add_found(zval *result, const wanted_option *option, const char *value)
{
    char *name = estrndup(option->name, (uint) option->length);
    uint size = (uint) option->length + 1;
    zval *found, **before, *list;

    MAKE_STD_ZVAL(found);
    if (value) {
        ZVAL_STRING(found, value, 1);
    } else {
        ZVAL_BOOL(found, 0);
    }
    if (zend_symtable_find(Z_ARRVAL_P(result), name, size, (void **) &before) == FAILURE) {
        zend_symtable_update(Z_ARRVAL_P(result), name, size, &found, sizeof(zval *), NULL);
    } else {
        if (Z_TYPE_PP(before) != IS_ARRAY) {
            MAKE_STD_ZVAL(list);
            array_init(list);
            Z_ADDREF_PP(before);
            add_next_index_zval(list, *before);
            zend_symtable_update(Z_ARRVAL_P(result), name, size, &list, sizeof(zval *),
                (void **) &before);
        }
        add_next_index_zval(*before, found);
    }
    efree(name);
}

/* --name, --name=value, --name value. Returns how many words it took. */
static int read_long_option(zval *result, const wanted_options *wanted, char **words, int count)
{
    const char *name = words[0] + 2;
    size_t length = strcspn(name, "=");
    const wanted_option *option = find_option(wanted, name, length);

    if (!option) {
        return 1;
    }
    if (name[length] && option->argument) {
        add_found(result, option, name + length + 1);
        return 1;
    }
    if (option->argument == 1) {
        if (count < 2) {
            return 1;
        }
        add_found(result, option, words[1]);
        return 2;
    }
    add_found(result, option, NULL);
    return 1;
}

/* -abc, -avalue, -a value. */
static int read_letters(zval *result, const wanted_options *wanted, char **words, int count)
{
    const char *letter;

    for (letter = words[0] + 1; *letter; letter++) {
        const wanted_option *option = find_option(wanted, letter, 1);
        if (!option) {
            continue;
        }
        if (option->argument && letter[1]) {
            add_found(result, option, letter[1] == '=' || letter[1] == ':' ? letter + 2
                                                                          : letter + 1);
            return 1;
        }
        if (option->argument == 1) {
            if (count < 2) {
                return 1;
            }
            add_found(result, option, words[1]);
            return 2;
        }
        add_found(result, option, NULL);
    }
    return 1;
}

PHP_FUNCTION(getopt)
{
    char *letters;
    int letters_length, place = 1;
    zval *words = NULL;
    wanted_options wanted = {NULL, 0};
    char **argv = SG(request_info).argv;
    int argc = SG(request_info).argc;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|a", &letters, &letters_length, &words)
        == FAILURE) {
        RETURN_FALSE;
    }
    want_letters(&wanted, letters);
    if (words) {
        want_words(&wanted, Z_ARRVAL_P(words));
    }
    array_init(return_value);
    while (place < argc && argv[place][0] == '-' && argv[place][1]
        && strcmp(argv[place], "--") != 0) {
        place += argv[place][1] == '-'
            ? read_long_option(return_value, &wanted, argv + place, argc - place)
            : read_letters(return_value, &wanted, argv + place, argc - place);
    }
    if (wanted.list) {
        efree(wanted.list);
    }
}

static const zend_function_entry environment_functions[] = {
    PHP_FE(getenv, "$varname", "Returns the value of an environment variable.")
    PHP_FE(putenv, "$setting", "Sets an environment variable until the end of the request.")
    PHP_FE(getopt, "$options, $opts = null", "Reads options from the command line.")
    PHP_FE_END
};

const php_standard_part standard_environment_part = {environment_functions, NULL, NULL, NULL,
    PHP_RSHUTDOWN(environment), NULL};
