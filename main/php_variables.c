/* SPDX-License-Identifier: MIT */
/*
 * Variables from outside, and the superglobals that hold them.
 *
 * variables_order says which of $_ENV, $_GET, $_POST, $_COOKIE, $_SERVER are filled, by their
 * initials. $_SERVER, $_ENV and $_REQUEST are made only when a script names them (auto_globals_jit),
 * the others at the start of the request.
 *
 * A name with brackets makes arrays: a[x][]=1 is array('x' => array(1)).
 */
#include <ctype.h>

#include "main/php.h"
#include "main/php_variables.h"
#include "main/SAPI.h"

extern char **environ;

/* --- One variable ---------------------------------------------------------------------------- */

/* The name up to the first bracket, with what PHP does not allow in names turned into _. */
static char *base_name(const char *var, const char **brackets)
{
    char *name, *p;

    while (*var == ' ') {
        var++;
    }
    name = estrdup(var);
    *brackets = NULL;
    for (p = name; *p; p++) {
        if (*p == '[') {
            *brackets = var + (p - name);
            *p = '\0';
            break;
        }
        if (*p == ' ' || *p == '.') {
            *p = '_';
        }
    }
    return name;
}

/* The array at a key of the table, made if it is not there. key NULL: appended. */
static HashTable *array_at(HashTable *table, const char *key)
{
    zval **place, *array;

    if (key && zend_symtable_find(table, key, (uint) strlen(key) + 1, (void **) &place) == SUCCESS
        && Z_TYPE_PP(place) == IS_ARRAY) {
        SEPARATE_ZVAL(place);
        return Z_ARRVAL_PP(place);
    }
    MAKE_STD_ZVAL(array);
    array_init(array);
    if (key) {
        zend_symtable_update(table, key, (uint) strlen(key) + 1, &array, sizeof(zval *), NULL);
    } else {
        zend_hash_next_index_insert(table, &array, sizeof(zval *), NULL);
    }
    return Z_ARRVAL_P(array);
}

static void put_value(HashTable *table, const char *key, zval *value)
{
    if (key) {
        zend_symtable_update(table, key, (uint) strlen(key) + 1, &value, sizeof(zval *), NULL);
    } else {
        zend_hash_next_index_insert(table, &value, sizeof(zval *), NULL);
    }
}

/* Follows "[a][b][]" below table[name] and puts the value at the end. */
static void put_in_brackets(HashTable *table, const char *name, const char *brackets, zval *value)
{
    char *index = estrdup(brackets), *rest = index;
    const char *key = name;
    long depth = 0;

    while (*rest == '[') {
        char *end = strchr(rest, ']');
        if (!end || ++depth > PG(max_input_nesting_level)) {
            break;
        }
        *end = '\0';
        table = array_at(table, key);
        rest++;
        /* "[ ]" is "[]", but "[ a]" keeps its space. */
        key = rest[isspace((unsigned char) *rest) != 0] ? rest : NULL;
        rest = end + 1;
    }
    put_value(table, key, value);
    efree(index);
}

void php_register_variable_ex(const char *var, zval *val, zval *track_vars_array)
{
    HashTable *table = track_vars_array ? Z_ARRVAL_P(track_vars_array) : &EG(symbol_table);
    const char *brackets;
    char *name = base_name(var, &brackets);
    zval *value;

    if (!*name || (table == &EG(symbol_table) && !strcmp(name, "GLOBALS"))) {
        zval_dtor(val);
        efree(name);
        return;
    }
    MAKE_STD_ZVAL(value);
    ZVAL_COPY_VALUE(value, val);
    if (brackets && !strchr(brackets, ']')) { /* "a[b" is the name "a_b" */
        efree(name);
        name = estrdup(var);
        name[strcspn(name, "[")] = '_';
        brackets = NULL;
    }
    if (brackets) {
        put_in_brackets(table, name, brackets, value);
    } else {
        put_value(table, name, value);
    }
    efree(name);
}

void php_register_variable_safe(const char *var, const char *strval, int str_len,
    zval *track_vars_array)
{
    zval value;

    ZVAL_STRINGL(&value, strval, str_len, 1);
    php_register_variable_ex(var, &value, track_vars_array);
}

void php_register_variable(const char *var, const char *strval, zval *track_vars_array)
{
    php_register_variable_safe(var, strval, (int) strlen(strval), track_vars_array);
}

/* --- Query strings --------------------------------------------------------------------------- */

static int hex_value(char c)
{
    return isdigit((unsigned char) c) ? c - '0' : tolower((unsigned char) c) - 'a' + 10;
}

/* Decodes "%41+" in place; returns the new length. */
static size_t decode_url(char *text, size_t length)
{
    char *in = text, *out = text, *end = text + length;

    while (in < end) {
        if (*in == '+') {
            *out++ = ' ';
            in++;
        } else if (*in == '%' && end - in >= 3 && isxdigit((unsigned char) in[1])
            && isxdigit((unsigned char) in[2])) {
            *out++ = (char) (hex_value(in[1]) * 16 + hex_value(in[2]));
            in += 3;
        } else {
            *out++ = *in++;
        }
    }
    *out = '\0';
    return (size_t) (out - text);
}

void php_default_treat_data(int arg, char *str, zval *dest)
{
    const char *separators = arg == PARSE_COOKIE ? ";" : PG(arg_separator).input;
    char *pair, *rest = str;
    long count = 0;

    while (rest && (pair = strsep(&rest, separators)) != NULL) {
        char *equals = strchr(pair, '=');
        char *value = equals ? equals + 1 : pair + strlen(pair);
        size_t value_length;

        if (!*pair) {
            continue;
        }
        if (++count > PG(max_input_vars)) {
            php_error_docref(NULL, E_WARNING, "Input variables exceeded %ld. To increase the "
                "limit change max_input_vars in php.ini.", PG(max_input_vars));
            break;
        }
        value_length = decode_url(value, strlen(value));
        if (equals) {
            *equals = '\0';
        }
        decode_url(pair, strlen(pair));
        php_register_variable_safe(pair, value, (int) value_length, dest);
    }
}

/* --- The environment and the command line ---------------------------------------------------- */

void php_import_environment_variables(zval *array_ptr)
{
    char **entry;

    for (entry = environ; entry && *entry; entry++) {
        const char *equals = strchr(*entry, '=');
        if (equals && equals > *entry) {
            char *name = estrndup(*entry, (uint) (equals - *entry));
            php_register_variable(name, equals + 1, array_ptr);
            efree(name);
        }
    }
}

static void put_shared(HashTable *table, const char *name, uint name_length, zval *value)
{
    Z_ADDREF_P(value);
    zend_hash_update(table, name, name_length, &value, sizeof(zval *), NULL);
}

void php_build_argv(char *query_string, zval *track_vars_array)
{
    zval *argv, *argc;
    int i;

    MAKE_STD_ZVAL(argv);
    array_init(argv);
    for (i = 0; i < SG(request_info).argc; i++) {
        add_next_index_string(argv, SG(request_info).argv[i], 1);
    }
    MAKE_STD_ZVAL(argc);
    ZVAL_LONG(argc, SG(request_info).argc);
    if (track_vars_array) {
        put_shared(Z_ARRVAL_P(track_vars_array), "argv", sizeof("argv"), argv);
        put_shared(Z_ARRVAL_P(track_vars_array), "argc", sizeof("argc"), argc);
    } else {
        put_shared(&EG(symbol_table), "argv", sizeof("argv"), argv);
        put_shared(&EG(symbol_table), "argc", sizeof("argc"), argc);
    }
    zval_ptr_dtor(&argv);
    zval_ptr_dtor(&argc);
}

/* --- Superglobals ---------------------------------------------------------------------------- */

/* Makes a new array the superglobal `name`, and PG(http_globals)[kind]; returns it. */
static zval *new_superglobal(int kind, const char *name, uint name_length)
{
    zval *array;

    MAKE_STD_ZVAL(array);
    array_init(array);
    if (PG(http_globals)[kind]) {
        zval_ptr_dtor(&PG(http_globals)[kind]);
    }
    PG(http_globals)[kind] = array;
    put_shared(&EG(symbol_table), name, name_length + 1, array);
    return array;
}

static bool is_wanted(char letter)
{
    return PG(variables_order)
        && (strchr(PG(variables_order), letter)
            || strchr(PG(variables_order), tolower((unsigned char) letter)));
}

static zend_bool create_get(const char *name, uint name_len)
{
    zval *array = new_superglobal(TRACK_VARS_GET, name, name_len);

    if (is_wanted('G') && SG(request_info).query_string) {
        char *copy = estrdup(SG(request_info).query_string);
        php_default_treat_data(PARSE_GET, copy, array);
        efree(copy);
    }
    return 0;
}

static zend_bool create_post(const char *name, uint name_len)
{
    new_superglobal(TRACK_VARS_POST, name, name_len);
    return 0;
}

static zend_bool create_cookie(const char *name, uint name_len)
{
    zval *array = new_superglobal(TRACK_VARS_COOKIE, name, name_len);

    if (is_wanted('C') && SG(request_info).cookie_data) {
        char *copy = estrdup(SG(request_info).cookie_data);
        php_default_treat_data(PARSE_COOKIE, copy, array);
        efree(copy);
    }
    return 0;
}

static zend_bool create_files(const char *name, uint name_len)
{
    new_superglobal(TRACK_VARS_FILES, name, name_len);
    return 0;
}

static void add_request_time(zval *array)
{
    double now = sapi_get_request_time();
    zval value;

    ZVAL_DOUBLE(&value, now);
    php_register_variable_ex("REQUEST_TIME_FLOAT", &value, array);
    ZVAL_LONG(&value, (long) now);
    php_register_variable_ex("REQUEST_TIME", &value, array);
}

static zend_bool create_server(const char *name, uint name_len)
{
    zval *array = new_superglobal(TRACK_VARS_SERVER, name, name_len);
    zval **argv, **argc;

    if (!is_wanted('S')) {
        return 0;
    }
    if (sapi_module.register_server_variables) {
        sapi_module.register_server_variables(array);
    }
    add_request_time(array);
    if (!PG(register_argc_argv)) {
        return 0;
    }
    if (zend_hash_find(&EG(symbol_table), "argv", sizeof("argv"), (void **) &argv) == SUCCESS
        && zend_hash_find(&EG(symbol_table), "argc", sizeof("argc"), (void **) &argc) == SUCCESS) {
        put_shared(Z_ARRVAL_P(array), "argv", sizeof("argv"), *argv);
        put_shared(Z_ARRVAL_P(array), "argc", sizeof("argc"), *argc);
    } else {
        php_build_argv(SG(request_info).query_string, array);
    }
    return 0;
}

static zend_bool create_env(const char *name, uint name_len)
{
    zval *array = new_superglobal(TRACK_VARS_ENV, name, name_len);

    if (is_wanted('E')) {
        php_import_environment_variables(array);
    }
    return 0;
}

/* Elements of src go into dest; arrays that both have are merged. */
static void merge_arrays(HashTable *dest, HashTable *src)
{
    HashPosition pos;
    zval **element, **there;
    char *key;
    uint key_length;
    ulong index;

    zend_hash_internal_pointer_reset_ex(src, &pos);
    for (; zend_hash_get_current_data_ex(src, (void **) &element, &pos) == SUCCESS;
         zend_hash_move_forward_ex(src, &pos)) {
        bool is_string = zend_hash_get_current_key_ex(src, &key, &key_length, &index, 0, &pos)
            == HASH_KEY_IS_STRING;
        bool found = (is_string ? zend_hash_find(dest, key, key_length, (void **) &there)
                                : zend_hash_index_find(dest, index, (void **) &there)) == SUCCESS;

        if (found && Z_TYPE_PP(element) == IS_ARRAY && Z_TYPE_PP(there) == IS_ARRAY) {
            SEPARATE_ZVAL(there);
            merge_arrays(Z_ARRVAL_PP(there), Z_ARRVAL_PP(element));
            continue;
        }
        Z_ADDREF_PP(element);
        if (is_string) {
            zend_hash_update(dest, key, key_length, element, sizeof(zval *), NULL);
        } else {
            zend_hash_index_update(dest, index, element, sizeof(zval *), NULL);
        }
    }
}

static zend_bool create_request(const char *name, uint name_len)
{
    zval *array = new_superglobal(TRACK_VARS_REQUEST, name, name_len);
    const char *order = PG(request_order) ? PG(request_order) : PG(variables_order);
    bool done[NUM_TRACK_VARS] = {false};

    for (; order && *order; order++) {
        int kind = tolower((unsigned char) *order) == 'g' ? TRACK_VARS_GET
            : tolower((unsigned char) *order) == 'p'      ? TRACK_VARS_POST
            : tolower((unsigned char) *order) == 'c'      ? TRACK_VARS_COOKIE
                                                          : -1;
        if (kind >= 0 && !done[kind] && PG(http_globals)[kind]) {
            done[kind] = true;
            merge_arrays(Z_ARRVAL_P(array), Z_ARRVAL_P(PG(http_globals)[kind]));
        }
    }
    return 0;
}

void php_startup_auto_globals(void)
{
    zend_bool jit = PG(auto_globals_jit);

    zend_register_auto_global("_GET", sizeof("_GET") - 1, 0, create_get);
    zend_register_auto_global("_POST", sizeof("_POST") - 1, 0, create_post);
    zend_register_auto_global("_COOKIE", sizeof("_COOKIE") - 1, 0, create_cookie);
    zend_register_auto_global("_SERVER", sizeof("_SERVER") - 1, jit, create_server);
    zend_register_auto_global("_ENV", sizeof("_ENV") - 1, jit, create_env);
    zend_register_auto_global("_REQUEST", sizeof("_REQUEST") - 1, jit, create_request);
    zend_register_auto_global("_FILES", sizeof("_FILES") - 1, 0, create_files);
}

int php_hash_environment(void)
{
    memset(PG(http_globals), 0, sizeof(PG(http_globals)));
    zend_activate_auto_globals();
    if (PG(register_argc_argv)) {
        php_build_argv(SG(request_info).query_string, NULL);
    }
    return SUCCESS;
}
