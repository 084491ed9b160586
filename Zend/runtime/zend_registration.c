/* SPDX-License-Identifier: MIT */
/*
 * Entering the functions and classes of modules.
 *
 * Start-up enters some 3,000 rows, so it must be quick: a row's signature is scanned once, and the
 * parameter descriptions go into large chunks of memory that live as long as the process.
 *
 *      "array &$list, $flags = SORT_REGULAR, ...$more"
 *          |   |  |      |        |           |
 *          |   |  name   |        |           variadic: not counted in num_args
 *          |   by reference       default_text: the parameter is optional
 *          type_hint
 */
#include "zend_portability.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "object/zend_inheritance.h"
#include "runtime/zend_API.h"
#include "runtime/zend_registration.h"

/* --- Memory of signatures -------------------------------------------------------------------- */

#define ZEND_SIGNATURE_CHUNK (64 * 1024)

typedef struct _zend_signature_chunk {
    struct _zend_signature_chunk *prev;
    size_t used; /* bytes of data[] */
    _Alignas(8) char data[ZEND_SIGNATURE_CHUNK];
} zend_signature_chunk;

static zend_signature_chunk *signature_chunks;

static void *zend_signature_alloc(size_t size)
{
    void *block;

    size = (size + 7) & ~(size_t) 7;
    if (signature_chunks == NULL || size > ZEND_SIGNATURE_CHUNK - signature_chunks->used) {
        zend_signature_chunk *chunk = __zend_malloc(sizeof(*chunk));
        chunk->prev = signature_chunks;
        chunk->used = 0;
        signature_chunks = chunk;
    }
    block = signature_chunks->data + signature_chunks->used;
    signature_chunks->used += size;
    return block;
}

static const char *zend_signature_text(const char *text, size_t length)
{
    char *copy = zend_signature_alloc(length + 1);

    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

void zend_free_signatures(void)
{
    while (signature_chunks != NULL) {
        zend_signature_chunk *chunk = signature_chunks;
        signature_chunks = chunk->prev;
        free(chunk);
    }
}

/* --- Signatures ------------------------------------------------------------------------------ */

static const char *zend_skip_spaces(const char *at)
{
    while (*at == ' ') {
        at++;
    }
    return at;
}

static bool zend_is_identifier_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || c == '_' || c == '\\' || (unsigned char) c >= 127;
}

static const char *zend_skip_identifier(const char *at)
{
    while (zend_is_identifier_char(*at)) {
        at++;
    }
    return at;
}

/* The end of a default's text: a comma or bracket outside quotes and parentheses. */
static const char *zend_skip_default(const char *at)
{
    int depth = 0;
    char quote = '\0';

    for (; *at != '\0'; at++) {
        if (quote != '\0') {
            if (*at == '\\' && at[1] != '\0') {
                at++;
            } else if (*at == quote) {
                quote = '\0';
            }
        } else if (*at == '\'' || *at == '"') {
            quote = *at;
        } else if (*at == '(' || *at == '[') {
            depth++;
        } else if (*at == ')' || *at == ']') {
            if (depth-- == 0) {
                break;
            }
        } else if (*at == ',' && depth == 0) {
            break;
        }
    }
    return at;
}

static const char *zend_parse_type(const char *at, zend_arg_info *info)
{
    const char *end = zend_skip_identifier(at);
    size_t length = end - at;

    if (length == 0) {
        return at;
    }
    if (length == 5 && memcmp(at, "array", 5) == 0) {
        info->type_hint = IS_ARRAY;
    } else if (length == 8 && memcmp(at, "callable", 8) == 0) {
        info->type_hint = IS_CALLABLE;
    } else {
        info->type_hint = IS_OBJECT;
        info->class_name = zend_signature_text(at, length);
        info->class_name_len = (zend_uint) length;
    }
    return zend_skip_spaces(end);
}

/* One parameter, up to the comma behind it. *optional stays as it is unless it is. */
static const char *zend_parse_parameter_text(const char *at, zend_arg_info *info, bool *optional)
{
    const char *end;

    at = zend_parse_type(at, info);
    if (*at == '&') {
        at++;
        info->pass_by_reference = *at == '?' ? ZEND_SEND_PREFER_REF : ZEND_SEND_BY_REF;
        at = zend_skip_spaces(at + (*at == '?'));
    }
    if (strncmp(at, "...", 3) == 0) {
        info->is_variadic = 1;
        *optional = true;
        at = zend_skip_spaces(at + 3);
    }
    ZEND_ASSERT(*at == '$');
    at++;
    end = zend_skip_identifier(at);
    info->name = zend_signature_text(at, end - at);
    info->name_len = (zend_uint) (end - at);
    at = zend_skip_spaces(end);
    if (*at == '=') {
        at = zend_skip_spaces(at + 1);
        end = zend_skip_default(at);
        info->default_text = zend_signature_text(at, end - at);
        info->allow_null = strcasecmp(info->default_text, "null") == 0;
        *optional = true;
        at = end;
    }
    return at;
}

static zend_uint zend_count_parameters(const char *signature)
{
    zend_uint count = 0;

    for (; *signature != '\0'; signature++) {
        count += *signature == '$';
    }
    return count;
}

void zend_function_parse_signature(zend_internal_function *function, const char *signature)
{
    zend_uint count = zend_count_parameters(signature);
    zend_uint number = 0;
    zend_arg_info *infos;

    function->num_args = 0;
    function->required_num_args = 0;
    function->arg_info = NULL;
    if (count == 0) {
        return;
    }
    infos = zend_signature_alloc(count * sizeof(zend_arg_info));
    memset(infos, 0, count * sizeof(zend_arg_info));
    while (*signature != '\0' && number < count) {
        zend_arg_info *info = &infos[number++];
        bool optional = false;
        signature = zend_skip_spaces(signature);
        if (*signature == '[') {
            optional = true;
            signature = zend_skip_spaces(signature + 1);
        }
        signature = zend_parse_parameter_text(signature, info, &optional);
        signature += strspn(signature, " ],");
        if (!optional) {
            function->required_num_args = number;
        }
        if (info->pass_by_reference) {
            function->fn_flags |= ZEND_ACC_HAS_BY_REF;
        }
        if (info->type_hint) {
            function->fn_flags |= ZEND_ACC_HAS_TYPE_HINTS;
        }
    }
    function->arg_info = infos;
    function->num_args = number;
    if (infos[number - 1].is_variadic) {
        function->fn_flags |= ZEND_ACC_VARIADIC;
        function->num_args--;
    }
}

/* --- Functions ------------------------------------------------------------------------------- */

/* The interned lower-case form of a name. */
static const char *zend_lower_key(const char *name, size_t length)
{
    char buffer[128];
    char *lower = length < sizeof(buffer) ? buffer : emalloc(length + 1);
    const char *key;

    zend_str_tolower_copy(lower, name, (unsigned int) length);
    key = zend_new_interned_string(lower, (int) length + 1, 0);
    if (key == lower) {
        /* No room among the interned strings: the tables copy the key then. */
        key = zend_signature_text(lower, length);
    }
    if (lower != buffer) {
        efree(lower);
    }
    return key;
}

static zend_uint zend_flags_of_row(const zend_class_entry *scope, const zend_function_entry *row)
{
    if (row->flags & ZEND_ACC_PPP_MASK) {
        return row->flags;
    }
    if (scope != NULL && row->flags != 0) {
        zend_error(E_CORE_WARNING, "Invalid access level for %s::%s() - access must be exactly one "
            "of public, protected or private", scope->name, row->fname);
    }
    return row->flags | ZEND_ACC_PUBLIC;
}

static void zend_note_abstract_method(zend_class_entry *scope)
{
    scope->ce_flags |= ZEND_ACC_IMPLICIT_ABSTRACT_CLASS;
    if (!(scope->ce_flags & ZEND_ACC_INTERFACE)) {
        /* Nobody writes "abstract" in front of an internal class. */
        scope->ce_flags |= ZEND_ACC_EXPLICIT_ABSTRACT_CLASS;
    }
}

/* FAILURE when the name is taken. */
static int zend_register_row(zend_class_entry *scope, const zend_function_entry *row,
    HashTable *table)
{
    zend_function function;
    zend_internal_function *internal = &function.internal_function;
    zend_function *registered;
    size_t length = strlen(row->fname);
    const char *key = zend_lower_key(row->fname, length);

    memset(&function, 0, sizeof(function));
    internal->type = ZEND_INTERNAL_FUNCTION;
    internal->function_name = row->fname;
    internal->scope = scope;
    internal->fn_flags = zend_flags_of_row(scope, row);
    internal->handler = row->handler;
    internal->module = EG(current_module);
    internal->entry = row;
    zend_function_parse_signature(internal, row->signature ? row->signature : "");
    if (scope != NULL && (row->flags & ZEND_ACC_ABSTRACT)) {
        zend_note_abstract_method(scope);
    }
    if (zend_hash_add(table, key, (uint) length + 1, &function, sizeof(zend_function),
            (void **) &registered) == FAILURE) {
        return FAILURE;
    }
    if (scope != NULL) {
        zend_register_magic_method(scope, registered, key, (zend_uint) length);
    }
    return SUCCESS;
}

static void zend_report_duplicates(const zend_class_entry *scope, const zend_function_entry *row,
    HashTable *table)
{
    for (; row->fname != NULL; row++) {
        const char *key = zend_lower_key(row->fname, strlen(row->fname));
        if (zend_hash_exists(table, key, (uint) strlen(key) + 1)) {
            zend_error(E_CORE_WARNING, "Function registration failed - duplicate name - %s%s%s",
                scope != NULL ? scope->name : "", scope != NULL ? "::" : "", row->fname);
        }
    }
}

int zend_register_functions(zend_class_entry *scope, const zend_function_entry *functions,
    HashTable *target_hash, int type)
{
    HashTable *table = target_hash != NULL ? target_hash : CG(function_table);
    const zend_function_entry *row;

    (void) type;
    for (row = functions; row->fname != NULL; row++) {
        if (zend_register_row(scope, row, table) == FAILURE) {
            zend_report_duplicates(scope, row, table);
            zend_unregister_functions(functions, (int) (row - functions), table);
            return FAILURE;
        }
    }
    if (scope != NULL) {
        zend_finish_magic_methods(scope, E_CORE_ERROR);
    }
    return SUCCESS;
}

void zend_unregister_functions(const zend_function_entry *functions, int count,
    HashTable *function_table)
{
    HashTable *table = function_table != NULL ? function_table : CG(function_table);
    const zend_function_entry *row;

    for (row = functions; row->fname != NULL && count != 0; row++, count--) {
        const char *key = zend_lower_key(row->fname, strlen(row->fname));
        zend_hash_del(table, key, (uint) strlen(key) + 1);
    }
}

/* --- Classes --------------------------------------------------------------------------------- */

static zend_class_entry *zend_do_register_internal_class(const zend_class_entry *template,
    zend_uint ce_flags)
{
    zend_class_entry *ce = __zend_malloc(sizeof(zend_class_entry));
    const char *key = zend_lower_key(template->name, template->name_length);

    *ce = *template;
    ce->type = ZEND_INTERNAL_CLASS;
    ce->name = zend_new_interned_string(template->name, (int) template->name_length + 1, 0);
    zend_initialize_class_data(ce, 0);
    ce->ce_flags = ce_flags;
    ce->info.internal.builtin_functions = template->info.internal.builtin_functions;
    ce->info.internal.module = EG(current_module);
    if (ce->info.internal.builtin_functions != NULL) {
        zend_register_functions(ce, ce->info.internal.builtin_functions, &ce->function_table,
            MODULE_PERSISTENT);
    }
    zend_hash_update(CG(class_table), key, ce->name_length + 1, &ce, sizeof(zend_class_entry *),
        NULL);
    return ce;
}

zend_class_entry *zend_register_internal_class(zend_class_entry *class_entry)
{
    return zend_do_register_internal_class(class_entry, 0);
}

zend_class_entry *zend_register_internal_interface(zend_class_entry *class_entry)
{
    return zend_do_register_internal_class(class_entry, ZEND_ACC_INTERFACE);
}

static zend_class_entry *zend_find_registered_class(const char *name)
{
    const char *key = zend_lower_key(name, strlen(name));
    zend_class_entry **found;

    return zend_hash_find(CG(class_table), key, (uint) strlen(key) + 1, (void **) &found)
        == SUCCESS ? *found : NULL;
}

zend_class_entry *zend_register_internal_class_ex(zend_class_entry *class_entry,
    zend_class_entry *parent_ce, char *parent_name)
{
    zend_class_entry *ce;

    if (parent_ce == NULL && parent_name != NULL) {
        parent_ce = zend_find_registered_class(parent_name);
        if (parent_ce == NULL) {
            return NULL;
        }
    }
    ce = zend_register_internal_class(class_entry);
    if (parent_ce != NULL) {
        zend_do_inheritance(ce, parent_ce);
    }
    return ce;
}

void zend_class_implements(zend_class_entry *class_entry, int num_interfaces, ...)
{
    va_list interfaces;

    va_start(interfaces, num_interfaces);
    while (num_interfaces-- > 0) {
        zend_do_implement_interface_internal(class_entry, va_arg(interfaces, zend_class_entry *));
    }
    va_end(interfaces);
}

int zend_register_class_alias_ex(const char *name, int name_len, zend_class_entry *ce)
{
    char *lower;
    int result;

    if (name_len > 0 && name[0] == '\\') {
        name++;
        name_len--;
    }
    lower = zend_str_tolower_dup(name, name_len);
    result = zend_hash_add(CG(class_table), lower, name_len + 1, &ce, sizeof(zend_class_entry *),
        NULL);
    efree(lower);
    if (result == SUCCESS) {
        ce->refcount++;
    }
    return result;
}

/* --- Disabling ------------------------------------------------------------------------------- */

static ZEND_FUNCTION(display_disabled_function)
{
    zend_error(E_WARNING, "%s() has been disabled for security reasons",
        get_active_function_name());
}

int zend_disable_function(char *function_name, uint function_name_length)
{
    zend_function *function = zend_lookup_function(function_name, function_name_length);

    if (function == NULL || function->type != ZEND_INTERNAL_FUNCTION) {
        return FAILURE;
    }
    /* Any arguments will do. */
    function->internal_function.handler = ZEND_FN(display_disabled_function);
    function->internal_function.num_args = 0;
    function->internal_function.required_num_args = 0;
    function->internal_function.arg_info = NULL;
    function->common.fn_flags &=
        ~(ZEND_ACC_HAS_BY_REF | ZEND_ACC_HAS_TYPE_HINTS | ZEND_ACC_VARIADIC);
    return SUCCESS;
}

zend_bool zend_function_is_disabled(const zend_function *function)
{
    return function->type == ZEND_INTERNAL_FUNCTION
        && function->internal_function.handler == ZEND_FN(display_disabled_function);
}

static zend_object_value zend_create_disabled_object(zend_class_entry *class_type)
{
    zend_object *object;
    zend_object_value value = zend_objects_new(&object, class_type);

    object_properties_init(object, class_type);
    zend_error(E_WARNING, "%s() has been disabled for security reasons", class_type->name);
    return value;
}

int zend_disable_class(char *class_name, uint class_name_length)
{
    zend_class_entry *ce;

    (void) class_name_length;
    ce = zend_find_registered_class(class_name);
    if (ce == NULL) {
        return FAILURE;
    }
    zend_hash_clean(&ce->function_table);
    ce->constructor = NULL;
    ce->create_object = zend_create_disabled_object;
    return SUCCESS;
}
