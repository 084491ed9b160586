/* SPDX-License-Identifier: MIT */
/*
 * Classes by name, with autoloading.
 *
 * A name that is not in the class table is handed to EG(autoload_func): spl_autoload_call when
 * spl has put it there, or else the script's __autoload. While a class is being loaded, its name
 * is in EG(in_autoload), and asking for it again fails at once.
 */
#include <strings.h>

#include "runtime/zend_API.h"
#include "vm/zend_exceptions.h"
#include "vm/zend_execute.h"

/* Letters, digits, _, \ and bytes from 127 up. */
static bool zend_is_class_name(const char *name, int length)
{
    int i;

    for (i = 0; i < length; i++) {
        unsigned char c = (unsigned char) name[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                || c == '_' || c == '\\' || c >= 127)) {
            return false;
        }
    }
    return true;
}

/* FAILURE when nobody could be called. */
static int zend_call_autoload(const char *name, int name_length)
{
    zend_fcall_info fci = empty_fcall_info;
    zend_fcall_info_cache fcc = empty_fcall_info_cache;
    zval function_name;
    zval *class_name;
    zval *retval = NULL;
    zval **arguments[1] = {&class_name};
    int result;

    INIT_ZVAL(function_name);
    ZVAL_STRINGL(&function_name, "__autoload", strlen("__autoload"), 0);
    MAKE_STD_ZVAL(class_name);
    ZVAL_STRINGL(class_name, name, name_length, 1);
    fci.size = sizeof(fci);
    fci.function_name = &function_name;
    fci.retval_ptr_ptr = &retval;
    fci.param_count = 1;
    fci.params = arguments;
    fci.no_separation = 1;
    fcc.initialized = EG(autoload_func) != NULL;
    fcc.function_handler = EG(autoload_func);

    zend_exception_save();
    result = zend_call_function(&fci, &fcc);
    zend_exception_restore();
    EG(autoload_func) = fcc.function_handler;
    zval_ptr_dtor(&class_name);
    if (retval != NULL) {
        zval_ptr_dtor(&retval);
    }
    return result;
}

/* lc_name is the name in lower case; neither has a leading backslash. */
static int zend_autoload_class(const char *name, const char *lc_name, int name_length,
    ulong hash, zend_class_entry ***ce)
{
    char dummy = 1;
    int result;

    if (!zend_is_class_name(name, name_length)) {
        return FAILURE;
    }
    if (EG(in_autoload) == NULL) {
        ALLOC_HASHTABLE(EG(in_autoload));
        zend_hash_init(EG(in_autoload), 0, NULL, NULL, 0);
    }
    if (zend_hash_quick_add(EG(in_autoload), lc_name, name_length + 1, hash, &dummy,
            sizeof(dummy), NULL) == FAILURE) {
        return FAILURE;
    }
    result = zend_call_autoload(name, name_length);
    zend_hash_quick_del(EG(in_autoload), lc_name, name_length + 1, hash);
    if (result == FAILURE) {
        return FAILURE;
    }
    return zend_hash_quick_find(EG(class_table), lc_name, name_length + 1, hash, (void **) ce);
}

int zend_lookup_class_ex(const char *name, int name_length, const zend_literal *key,
    int use_autoload, zend_class_entry ***ce)
{
    char buffer[64];
    char *allocated = NULL;
    const char *lc_name;
    ulong hash;
    int result;

    if (name == NULL || name_length == 0) {
        return FAILURE;
    }
    if (name[0] == '\\') {
        name++;
        name_length--;
    }
    if (key != NULL) {
        lc_name = Z_STRVAL(key->constant);
        hash = key->hash_value;
    } else {
        char *lower = buffer;
        if ((size_t) name_length >= sizeof(buffer)) {
            lower = allocated = emalloc(name_length + 1);
        }
        lc_name = zend_str_tolower_copy(lower, name, name_length);
        hash = zend_inline_hash_func(lc_name, name_length + 1);
    }
    result = zend_hash_quick_find(EG(class_table), lc_name, name_length + 1, hash, (void **) ce);
    /* The compiler must not be entered again while it runs. */
    if (result == FAILURE && use_autoload && !zend_is_compiling()) {
        result = zend_autoload_class(name, lc_name, name_length, hash, ce);
    }
    if (allocated != NULL) {
        efree(allocated);
    }
    return result;
}

int zend_lookup_class(const char *name, int name_length, zend_class_entry ***ce)
{
    return zend_lookup_class_ex(name, name_length, NULL, 1, ce);
}

zend_class_entry *zend_fetch_class_by_name(const char *class_name, uint class_name_len,
    const zend_literal *key, int fetch_type)
{
    bool use_autoload = !(fetch_type & ZEND_FETCH_CLASS_NO_AUTOLOAD);
    zend_class_entry **found;

    if (zend_lookup_class_ex(class_name, (int) class_name_len, key, use_autoload, &found)
        == SUCCESS) {
        return *found;
    }
    if (use_autoload && !(fetch_type & ZEND_FETCH_CLASS_SILENT) && EG(exception) == NULL) {
        int kind = fetch_type & ZEND_FETCH_CLASS_MASK;
        zend_error(E_ERROR, "%s '%s' not found",
            kind == ZEND_FETCH_CLASS_INTERFACE ? "Interface"
                : kind == ZEND_FETCH_CLASS_TRAIT ? "Trait" : "Class",
            class_name);
    }
    return NULL;
}

static zend_class_entry *zend_fetch_parent_class(void)
{
    zend_class_entry *scope = zend_active_scope();

    if (scope == NULL) {
        zend_error_noreturn(E_ERROR, "Cannot access parent:: when no class scope is active");
    }
    if (scope->parent == NULL) {
        zend_error_noreturn(E_ERROR,
            "Cannot access parent:: when current class scope has no parent");
    }
    return scope->parent;
}

zend_class_entry *zend_fetch_class(const char *class_name, uint class_name_len, int fetch_type)
{
    int kind = fetch_type & ZEND_FETCH_CLASS_MASK;

    if (kind == ZEND_FETCH_CLASS_AUTO) {
        kind = zend_get_class_fetch_type(class_name, class_name_len);
    }
    switch (kind) {
        case ZEND_FETCH_CLASS_SELF:
            if (zend_active_scope() == NULL) {
                zend_error_noreturn(E_ERROR,
                    "Cannot access self:: when no class scope is active");
            }
            return zend_active_scope();
        case ZEND_FETCH_CLASS_PARENT:
            return zend_fetch_parent_class();
        case ZEND_FETCH_CLASS_STATIC:
            if (zend_active_called_scope() == NULL) {
                zend_error_noreturn(E_ERROR,
                    "Cannot access static:: when no class scope is active");
            }
            return zend_active_called_scope();
        default:
            return zend_fetch_class_by_name(class_name, class_name_len, NULL, fetch_type);
    }
}

int zend_get_class_fetch_type(const char *class_name, uint class_name_len)
{
    if (class_name_len == 4 && strncasecmp(class_name, "self", 4) == 0) {
        return ZEND_FETCH_CLASS_SELF;
    }
    if (class_name_len == 6 && strncasecmp(class_name, "parent", 6) == 0) {
        return ZEND_FETCH_CLASS_PARENT;
    }
    if (class_name_len == 6 && strncasecmp(class_name, "static", 6) == 0) {
        return ZEND_FETCH_CLASS_STATIC;
    }
    return ZEND_FETCH_CLASS_DEFAULT;
}
