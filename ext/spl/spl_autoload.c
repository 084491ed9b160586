/* SPDX-License-Identifier: MIT */
/*
 * Autoloading: a list of functions that are asked, one after the other, to load a class.
 *
 * The engine calls EG(autoload_func) for a class it does not know. While the list is empty that
 * is __autoload(), if the script has one; once there are functions it is spl_autoload_call().
 */
#include "ext/spl/php_spl.h"

#include <ctype.h>

#include "compile/zend_compile.h"
#include "compile/zend_stream.h"
#include "data/smart_str.h"
#include "vm/zend_execute.h"

typedef struct {
    zend_function *function;
    zval *object;  /* counted, or NULL */
    zval *closure; /* counted, or NULL */
    zend_class_entry *ce;
} autoload_entry;

static struct {
    HashTable *functions; /* name (and handle) -> autoload_entry; NULL: none were registered */
    char *extensions;     /* emalloc'ed; NULL: the default */
    int running;          /* nesting of spl_autoload_call() */
} spl_autoload;

#define DEFAULT_EXTENSIONS ".inc,.php"

static void entry_dtor(void *data)
{
    autoload_entry *entry = data;

    if (entry->object) {
        zval_ptr_dtor(&entry->object);
    }
    if (entry->closure) {
        zval_ptr_dtor(&entry->closure);
    }
}

void spl_autoload_request_start(void)
{
    memset(&spl_autoload, 0, sizeof(spl_autoload));
}

void spl_autoload_request_end(void)
{
    HashTable *functions = spl_autoload.functions;

    spl_autoload.functions = NULL;
    if (functions) {
        zend_hash_destroy(functions);
        FREE_HASHTABLE(functions);
    }
    if (spl_autoload.extensions) {
        efree(spl_autoload.extensions);
        spl_autoload.extensions = NULL;
    }
}

static zend_function *function_by_name(const char *name)
{
    zend_function *function = NULL;

    zend_hash_find(EG(function_table), name, (uint) strlen(name) + 1, (void **) &function);
    return function;
}

/* --- The default loader: class name -> file ------------------------------------------------ */

/* Runs the file, once, if it is in the include path. Does the class exist then? */
static bool include_class_file(const char *file, const char *lower_name, int name_length)
{
    zend_file_handle handle;
    zend_op_array *code = NULL;
    zval *result = NULL;

    zend_stream_init_filename(&handle, file);
    if (zend_stream_open(file, &handle) != SUCCESS) {
        return false;
    }
    if (!handle.opened_path) {
        handle.opened_path = estrdup(file);
    }
    if (zend_hash_add_empty_element(&EG(included_files), handle.opened_path,
            (uint) strlen(handle.opened_path) + 1) == SUCCESS) {
        code = zend_compile_file(&handle, ZEND_REQUIRE);
    }
    zend_destroy_file_handle(&handle);
    if (!code) {
        return false;
    }
    zend_execute(code, &result);
    destroy_op_array(code);
    efree(code);
    if (result) {
        zval_ptr_dtor(&result);
    }
    return zend_hash_exists(EG(class_table), lower_name, (uint) name_length + 1) != 0;
}

/* Tries the lower-case name, with / for \, and each extension of the list. */
static bool load_by_name(const char *lower_name, int name_length, const char *extensions)
{
    char *path = estrndup(lower_name, name_length);
    bool found = false;
    char *p;

    for (p = path; *p; p++) {
        if (*p == '\\') {
            *p = '/';
        }
    }
    while (*extensions && !found && !EG(exception)) {
        size_t length = strcspn(extensions, ",");
        char *file;
        zend_spprintf(&file, 0, "%s%.*s", path, (int) length, extensions);
        found = include_class_file(file, lower_name, name_length);
        efree(file);
        extensions += length + (extensions[length] == ',');
    }
    efree(path);
    return found;
}

static PHP_FUNCTION(spl_autoload)
{
    char *class_name;
    int length;
    char *extensions = spl_autoload.extensions ? spl_autoload.extensions : DEFAULT_EXTENSIONS;
    int extensions_length;
    char *lower_name;
    bool found;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|s", &class_name, &length, &extensions,
            &extensions_length) == FAILURE) {
        RETURN_FALSE;
    }
    lower_name = zend_str_tolower_dup(class_name, length);
    extensions = estrdup(extensions);
    found = load_by_name(lower_name, length, extensions);
    efree(extensions);
    efree(lower_name);
    if (!found && !spl_autoload.running && !EG(exception)) {
        zend_throw_exception_ex(spl_ce_LogicException, 0, "Class %s could not be loaded",
            class_name);
    }
}

static PHP_FUNCTION(spl_autoload_extensions)
{
    char *extensions;
    int length;

    if (ZEND_NUM_ARGS() > 0) {
        if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &extensions, &length) == FAILURE) {
            return;
        }
        if (spl_autoload.extensions) {
            efree(spl_autoload.extensions);
        }
        spl_autoload.extensions = estrndup(extensions, length);
        return;
    }
    RETURN_STRING(spl_autoload.extensions ? spl_autoload.extensions : DEFAULT_EXTENSIONS, 1);
}

/* --- The list ------------------------------------------------------------------------------ */

static void call_entry(autoload_entry *entry, zval *class_name)
{
    zval **params[1] = {&class_name};
    zval *result = NULL;

    zend_vm_call_function(entry->function, entry->object,
        entry->object ? Z_OBJCE_P(entry->object) : entry->ce, 1, params, &result, 0);
    if (result) {
        zval_ptr_dtor(&result);
    }
}

/* Asks one function after the other until there is the class; a function may change the list. */
static void ask_all(zval *class_name)
{
    HashTable *functions = spl_autoload.functions;
    char *lower_name = zend_str_tolower_dup(Z_STRVAL_P(class_name), Z_STRLEN_P(class_name));
    Bucket *p = functions->pListHead;

    while (p && !EG(exception)) {
        autoload_entry entry = *(autoload_entry *) p->pData;
        ulong h = p->h;
        if (entry.object) {
            Z_ADDREF_P(entry.object);
        }
        if (entry.closure) {
            Z_ADDREF_P(entry.closure);
        }
        call_entry(&entry, class_name);
        entry_dtor(&entry);
        zend_exception_save();
        if (spl_autoload.functions != functions || !spl_hash_position_valid(functions, p, h)
            || zend_hash_exists(EG(class_table), lower_name, Z_STRLEN_P(class_name) + 1)) {
            break;
        }
        p = p->pListNext;
    }
    zend_exception_restore();
    efree(lower_name);
}

static PHP_FUNCTION(spl_autoload_call)
{
    zval *class_name;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &class_name) == FAILURE
        || Z_TYPE_P(class_name) != IS_STRING) {
        return;
    }
    if (spl_autoload.functions) {
        zend_stack_guard();
        spl_autoload.running++;
        Z_ADDREF_P(class_name);
        ask_all(class_name);
        zval_ptr_dtor(&class_name);
        spl_autoload.running--;
        return;
    }
    if (zend_lookup_function("spl_autoload", sizeof("spl_autoload") - 1)) {
        zval *name;
        zval *result = NULL;
        MAKE_STD_ZVAL(name);
        ZVAL_STRINGL(name, Z_STRVAL_P(class_name), Z_STRLEN_P(class_name), 1);
        zend_call_method(NULL, NULL, NULL, "spl_autoload", sizeof("spl_autoload") - 1, &result, 1,
            name, NULL);
        zval_ptr_dtor(&name);
        if (result) {
            zval_ptr_dtor(&result);
        }
    }
}

/* The key of a callable in the list: its lower-case name, and the handle of its object. */
static void make_key(smart_str *key, const char *name, const zval *object)
{
    size_t i;

    smart_str_appends(key, name);
    for (i = 0; i < key->len; i++) {
        key->c[i] = (char) tolower((unsigned char) key->c[i]);
    }
    if (object) {
        smart_str_appendl(key, (const char *) &Z_OBJ_HANDLE_P(object),
            sizeof(Z_OBJ_HANDLE_P(object)));
    }
    smart_str_0(key);
}

static const autoload_entry *find_entry(const smart_str *key)
{
    autoload_entry *entry;

    if (!spl_autoload.functions
        || zend_hash_find(spl_autoload.functions, key->c, (uint) key->len + 1, (void **) &entry)
            == FAILURE) {
        return NULL;
    }
    return entry;
}

static void add_entry(const smart_str *key, autoload_entry *entry)
{
    if (!spl_autoload.functions) {
        ALLOC_HASHTABLE(spl_autoload.functions);
        zend_hash_init(spl_autoload.functions, 1, NULL, entry_dtor, 0);
    }
    if (entry->object) {
        Z_ADDREF_P(entry->object);
    }
    if (entry->closure) {
        Z_ADDREF_P(entry->closure);
    }
    zend_hash_add(spl_autoload.functions, key->c, (uint) key->len + 1, entry, sizeof(*entry),
        NULL);
    EG(autoload_func) = function_by_name("spl_autoload_call");
}

/* Moves the last element to the front. */
static void move_last_to_front(HashTable *table)
{
    Bucket *last = table->pListTail;

    if (last == table->pListHead) {
        return;
    }
    table->pListTail = last->pListLast;
    table->pListTail->pListNext = NULL;
    last->pListLast = NULL;
    last->pListNext = table->pListHead;
    table->pListHead->pListLast = last;
    table->pListHead = last;
}

/* --- Registering --------------------------------------------------------------------------- */

/* Why a callable can't be registered. */
static ZEND_COLD void throw_not_callable(zval *callable, const zend_fcall_info_cache *fcc,
    const char *name, const char *error)
{
    if (Z_TYPE_P(callable) == IS_ARRAY) {
        if (!fcc->object_ptr && fcc->function_handler
            && !(fcc->function_handler->common.fn_flags & ZEND_ACC_STATIC)) {
            zend_throw_exception_ex(spl_ce_LogicException, 0,
                "Passed array specifies a non static method but no object (%s)", error);
        } else {
            zend_throw_exception_ex(spl_ce_LogicException, 0,
                "Passed array does not specify %s %smethod (%s)",
                fcc->function_handler ? "a callable" : "an existing",
                !fcc->object_ptr ? "static " : "", error);
        }
    } else if (Z_TYPE_P(callable) == IS_STRING) {
        zend_throw_exception_ex(spl_ce_LogicException, 0, "Function '%s' not %s (%s)", name,
            fcc->function_handler ? "callable" : "found", error);
    } else {
        zend_throw_exception_ex(spl_ce_LogicException, 0, "Illegal value passed (%s)", error);
    }
}

/* Fills the entry from a callable; false after an exception (or silently, if throw is unset). */
static bool resolve(zval *callable, bool throw, autoload_entry *entry, smart_str *key)
{
    zend_fcall_info_cache fcc = empty_fcall_info_cache;
    char *name = NULL;
    char *error = NULL;
    bool callable_here = zend_is_callable_ex(callable, NULL, IS_CALLABLE_STRICT, &name, NULL,
        &fcc, &error);

    if (!callable_here) {
        if (throw) {
            throw_not_callable(callable, &fcc, name, error ? error : "");
        }
    } else if (fcc.function_handler == function_by_name("spl_autoload_call")) {
        callable_here = false;
        if (throw) {
            spl_throw(spl_ce_LogicException,
                "Function spl_autoload_call() cannot be registered");
        }
    } else {
        memset(entry, 0, sizeof(*entry));
        entry->function = fcc.function_handler;
        entry->ce = fcc.calling_scope;
        entry->closure = Z_TYPE_P(callable) == IS_OBJECT ? callable : NULL;
        if (fcc.object_ptr
            && !(fcc.function_handler->common.fn_flags & ZEND_ACC_STATIC)) {
            entry->object = fcc.object_ptr;
        }
        make_key(key, name, entry->closure ? entry->closure : entry->object);
    }
    if (name) {
        efree(name);
    }
    if (error) {
        efree(error);
    }
    return callable_here;
}

static void add_default_loader(void)
{
    smart_str key = {0};
    autoload_entry entry;

    memset(&entry, 0, sizeof(entry));
    entry.function = function_by_name("spl_autoload");
    make_key(&key, "spl_autoload", NULL);
    if (!find_entry(&key)) {
        add_entry(&key, &entry);
    }
    smart_str_free(&key);
}

static PHP_FUNCTION(spl_autoload_register)
{
    zval *callable = NULL;
    zend_bool throw = 1;
    zend_bool prepend = 0;
    smart_str key = {0};
    autoload_entry entry;

    if (zend_parse_parameters_ex(ZEND_PARSE_PARAMS_QUIET, ZEND_NUM_ARGS(), "|zbb", &callable,
            &throw, &prepend) == FAILURE) {
        return;
    }
    if (!callable) {
        add_default_loader();
        RETURN_TRUE;
    }
    if (!resolve(callable, throw, &entry, &key)) {
        RETURN_FALSE;
    }
    if (!find_entry(&key)) {
        add_entry(&key, &entry);
        if (prepend) {
            move_last_to_front(spl_autoload.functions);
        }
    }
    smart_str_free(&key);
    RETURN_TRUE;
}

static PHP_FUNCTION(spl_autoload_unregister)
{
    zval *callable;
    smart_str key = {0};
    autoload_entry entry;
    int result = FAILURE;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &callable) == FAILURE) {
        return;
    }
    if (Z_TYPE_P(callable) == IS_STRING
        && strcasecmp(Z_STRVAL_P(callable), "spl_autoload_call") == 0) {
        HashTable *functions = spl_autoload.functions;
        spl_autoload.functions = NULL;
        EG(autoload_func) = NULL;
        if (functions) {
            zend_hash_destroy(functions);
            FREE_HASHTABLE(functions);
        }
        RETURN_TRUE;
    }
    if (!resolve(callable, true, &entry, &key)) {
        RETURN_FALSE;
    }
    if (spl_autoload.functions) {
        result = zend_hash_del(spl_autoload.functions, key.c, (uint) key.len + 1);
    }
    smart_str_free(&key);
    RETURN_BOOL(result == SUCCESS);
}

/* One entry as a callable. */
static void add_callable(zval *list, const autoload_entry *entry)
{
    const zend_function *function = entry->function;
    zval *pair;

    if (entry->closure) {
        Z_ADDREF_P(entry->closure);
        add_next_index_zval(list, entry->closure);
        return;
    }
    if (!function->common.scope) {
        add_next_index_string(list, function->common.function_name, 1);
        return;
    }
    MAKE_STD_ZVAL(pair);
    array_init(pair);
    if (entry->object) {
        Z_ADDREF_P(entry->object);
        add_next_index_zval(pair, entry->object);
    } else {
        add_next_index_string(pair, entry->ce->name, 1);
    }
    add_next_index_string(pair, function->common.function_name, 1);
    add_next_index_zval(list, pair);
}

static PHP_FUNCTION(spl_autoload_functions)
{
    const Bucket *p;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (!spl_autoload.functions) {
        if (function_by_name("__autoload")) {
            array_init(return_value);
            add_next_index_stringl(return_value, "__autoload", sizeof("__autoload") - 1, 1);
            return;
        }
        RETURN_FALSE;
    }
    array_init(return_value);
    for (p = spl_autoload.functions->pListHead; p; p = p->pListNext) {
        add_callable(return_value, p->pData);
    }
}

const zend_function_entry spl_autoload_functions_table[] = {
    PHP_FE(spl_autoload, "$class_name, $file_extensions = NULL",
        "Loads a class from a file of its name.")
    PHP_FE(spl_autoload_extensions, "$file_extensions = NULL",
        "Returns or sets the extensions of such files.")
    PHP_FE(spl_autoload_register, "$autoload_function = NULL, $throw = true, $prepend = false",
        "Registers a function that loads classes.")
    PHP_FE(spl_autoload_unregister, "$autoload_function", "Takes it off the list again.")
    PHP_FE(spl_autoload_functions, "", "Returns the registered functions.")
    PHP_FE(spl_autoload_call, "$class_name", "Asks the registered functions for a class.")
    PHP_FE_END
};
