/* SPDX-License-Identifier: MIT */
/*
 * Callables: is a value one, what is it called, and what function does it mean?
 *
 *      "name"  "\ns\name"  "Class::method"      strings
 *      array(object or "Class", "method")       also "parent::method"
 *      an object with a get_closure handler     closures, __invoke
 *
 * The answer depends on the scope of the code that asks. A zend_fcall_info_cache takes it up:
 * the function, the class it was looked for in (calling_scope), the class for late static
 * binding (called_scope) and the object.
 */
#include "object/zend_std_handlers_fast.h"
#include "runtime/zend_API.h"
#include "vm/zend_execute.h"

/* A question on its way to the answer. */
typedef struct _zend_callable_check {
    zend_fcall_info_cache *fcc;
    uint flags; /* IS_CALLABLE_CHECK_* */
    char **error; /* where to put a reason, or NULL */
    zend_class_entry *given_class; /* of array(class or object, ...), or NULL */
    bool strict_class; /* a class that was named explicitly: no private methods by scope */
    bool via_handler;  /* the function is a trampoline to __call */
} zend_callable_check;

static void zend_refuse(const zend_callable_check *check, const char *format, ...)
    ZEND_FORMAT(2, 3);
static void zend_refuse(const zend_callable_check *check, const char *format, ...)
{
    va_list arguments;

    if (check->error == NULL) {
        return;
    }
    if (*check->error != NULL) {
        efree(*check->error);
    }
    va_start(arguments, format);
    zend_vspprintf(check->error, 0, format, arguments);
    va_end(arguments);
}

static bool zend_wants_reason(const zend_callable_check *check)
{
    return check->error != NULL && !(check->flags & IS_CALLABLE_CHECK_SILENT);
}

/* --- Classes --------------------------------------------------------------------------------- */

static bool zend_this_is_a(const zend_class_entry *ce)
{
    zval *this_object = zend_active_this();

    return this_object != NULL && instanceof_function(Z_OBJCE_P(this_object), ce);
}

/* self, parent or static relative to scope. */
static bool zend_find_relative_class(zend_callable_check *check, int fetch_type,
    zend_class_entry *scope)
{
    zend_fcall_info_cache *fcc = check->fcc;
    const char *keyword = fetch_type == ZEND_FETCH_CLASS_SELF ? "self"
        : fetch_type == ZEND_FETCH_CLASS_PARENT ? "parent" : "static";
    zend_class_entry *called_scope = zend_active_called_scope();

    if (fetch_type == ZEND_FETCH_CLASS_STATIC) {
        if (called_scope == NULL) {
            zend_refuse(check, "cannot access static:: when no class scope is active");
            return false;
        }
        fcc->called_scope = called_scope;
        fcc->calling_scope = called_scope;
        check->strict_class = true;
    } else {
        if (scope == NULL) {
            zend_refuse(check, "cannot access %s:: when no class scope is active", keyword);
            return false;
        }
        if (fetch_type == ZEND_FETCH_CLASS_PARENT) {
            if (scope->parent == NULL) {
                zend_refuse(check,
                    "cannot access parent:: when current class scope has no parent");
                return false;
            }
            scope = scope->parent;
            check->strict_class = true;
        }
        /* The late binding of the running code stays, where it fits. */
        fcc->called_scope = called_scope != NULL && instanceof_function(called_scope, scope)
            ? called_scope : scope;
        fcc->calling_scope = scope;
    }
    if (fcc->object_ptr == NULL) {
        fcc->object_ptr = zend_active_this();
    }
    return true;
}

/* Finds the class of "Class::method" or array("Class", ...), seen from scope. */
static bool zend_find_callable_class(zend_callable_check *check, const char *name,
    int name_length, zend_class_entry *scope)
{
    zend_fcall_info_cache *fcc = check->fcc;
    int fetch_type = zend_get_class_fetch_type(name, name_length);
    zend_class_entry **found;

    if (fetch_type != ZEND_FETCH_CLASS_DEFAULT) {
        return zend_find_relative_class(check, fetch_type, scope);
    }
    if (zend_lookup_class_ex(name, name_length, NULL, 1, &found) == FAILURE) {
        if (zend_wants_reason(check)) {
            zend_refuse(check, "class '%.*s' not found", name_length, name);
        }
        return false;
    }
    fcc->calling_scope = *found;
    scope = zend_active_scope();
    if (scope != NULL && fcc->object_ptr == NULL && zend_active_this() != NULL
        && zend_this_is_a(scope) && instanceof_function(scope, fcc->calling_scope)) {
        /* A method of an ancestor, called on this object. */
        fcc->object_ptr = zend_active_this();
        fcc->called_scope = Z_OBJCE_P(fcc->object_ptr);
    } else {
        fcc->called_scope =
            fcc->object_ptr != NULL ? Z_OBJCE_P(fcc->object_ptr) : fcc->calling_scope;
    }
    check->strict_class = true;
    return true;
}

/* --- Methods --------------------------------------------------------------------------------- */

/* The object's class, or the scope, against which a private method is judged. */
static zend_class_entry *zend_private_context(const zend_fcall_info_cache *fcc)
{
    return fcc->object_ptr != NULL ? Z_OBJCE_P(fcc->object_ptr) : zend_active_scope();
}

static bool zend_may_access_method(const zend_fcall_info_cache *fcc, char *lc_name,
    int name_length)
{
    zend_function *function = fcc->function_handler;

    if (function->common.fn_flags & ZEND_ACC_PRIVATE) {
        return zend_check_private(function, zend_private_context(fcc), lc_name, name_length);
    }
    if (function->common.fn_flags & ZEND_ACC_PROTECTED) {
        return zend_check_protected(function->common.scope, zend_active_scope());
    }
    return true;
}

/* A private method of the running class hides the one that a subclass declares. */
static void zend_prefer_private_method(zend_callable_check *check, const char *lc_name,
    int name_length)
{
    zend_fcall_info_cache *fcc = check->fcc;
    zend_class_entry *scope = zend_active_scope();
    zend_function *own;

    if (!(fcc->function_handler->common.fn_flags & ZEND_ACC_CHANGED) || check->strict_class
        || scope == NULL || !instanceof_function(fcc->function_handler->common.scope, scope)) {
        return;
    }
    if (zend_hash_find(&scope->function_table, lc_name, name_length + 1, (void **) &own)
            == SUCCESS
        && (own->common.fn_flags & ZEND_ACC_PRIVATE) && own->common.scope == scope) {
        fcc->function_handler = own;
    }
}

/* A method that the class declares. False: there is none, or __call stands in for it. */
static bool zend_find_declared_method(zend_callable_check *check, char *lc_name, int name_length)
{
    zend_fcall_info_cache *fcc = check->fcc;
    zend_class_entry *ce = fcc->calling_scope;

    if (check->strict_class && name_length == (int) strlen("__construct")
        && memcmp(lc_name, "__construct", name_length) == 0) {
        fcc->function_handler = ce->constructor;
        return fcc->function_handler != NULL;
    }
    if (zend_hash_find(&ce->function_table, lc_name, name_length + 1,
            (void **) &fcc->function_handler) == FAILURE) {
        fcc->function_handler = NULL;
        return false;
    }
    zend_prefer_private_method(check, lc_name, name_length);
    if (!(check->flags & IS_CALLABLE_CHECK_NO_ACCESS)
        && (ce->__call != NULL || ce->__callstatic != NULL)
        && !zend_may_access_method(fcc, lc_name, name_length)) {
        fcc->function_handler = NULL;
        return false;
    }
    return true;
}

/* A method that the object makes up: __call, or an internal class's own way. */
static bool zend_find_object_method(zend_callable_check *check, const char *name,
    int name_length)
{
    zend_fcall_info_cache *fcc = check->fcc;
    zend_function *function;

    if (Z_OBJ_HT_P(fcc->object_ptr)->get_method == NULL) {
        return false;
    }
    function = Z_OBJ_HT_P(fcc->object_ptr)->get_method(&fcc->object_ptr, (char *) name,
        name_length, NULL);
    if (function == NULL) {
        return false;
    }
    check->via_handler = (function->common.fn_flags & ZEND_ACC_CALL_VIA_HANDLER) != 0;
    if (check->strict_class && (function->common.scope == NULL
            || !instanceof_function(check->given_class, function->common.scope))) {
        if (check->via_handler) {
            zend_free_call_trampoline(function);
        }
        check->via_handler = false;
        return false;
    }
    fcc->function_handler = function;
    return true;
}

static bool zend_find_static_method(zend_callable_check *check, const char *name,
    int name_length)
{
    zend_fcall_info_cache *fcc = check->fcc;
    zend_class_entry *ce = fcc->calling_scope;

    fcc->function_handler = ce->get_static_method != NULL
        ? ce->get_static_method(ce, (char *) name, name_length)
        : zend_std_get_static_method(ce, name, name_length, NULL);
    if (fcc->function_handler == NULL) {
        return false;
    }
    check->via_handler =
        (fcc->function_handler->common.fn_flags & ZEND_ACC_CALL_VIA_HANDLER) != 0;
    if (check->via_handler && fcc->object_ptr == NULL && zend_this_is_a(ce)) {
        fcc->object_ptr = zend_active_this();
    }
    return true;
}

/* An instance method without an object: $this is lent when it fits; else a complaint. */
static bool zend_allow_static_call(zend_callable_check *check)
{
    zend_fcall_info_cache *fcc = check->fcc;
    const zend_function *function = fcc->function_handler;
    bool possible = function->common.fn_flags & ZEND_ACC_ALLOW_STATIC;
    const char *verb = possible ? "should not" : "cannot";
    const char *class_name = fcc->calling_scope->name;
    const char *method_name = function->common.function_name;
    bool allowed = !(check->flags & IS_CALLABLE_CHECK_IS_STATIC);

    if (zend_this_is_a(fcc->calling_scope)) {
        fcc->object_ptr = zend_active_this();
        if (check->error != NULL) {
            zend_refuse(check, "non-static method %s::%s() %s be called statically, assuming "
                "$this from compatible context %s", class_name, method_name, verb,
                Z_OBJCE_P(fcc->object_ptr)->name);
        } else if (allowed) {
            zend_error(possible ? E_STRICT : E_ERROR, "Non-static method %s::%s() %s be called "
                "statically, assuming $this from compatible context %s", class_name, method_name,
                verb, Z_OBJCE_P(fcc->object_ptr)->name);
        }
    } else if (check->error != NULL) {
        zend_refuse(check, "non-static method %s::%s() %s be called statically", class_name,
            method_name, verb);
    } else if (allowed) {
        zend_error(possible ? E_STRICT : E_ERROR,
            "Non-static method %s::%s() %s be called statically", class_name, method_name, verb);
    }
    return allowed && (possible || check->error == NULL);
}

/* Abstract, not static, not visible: what stands against a method that was found. */
static bool zend_allow_method(zend_callable_check *check, char *lc_name, int name_length)
{
    zend_fcall_info_cache *fcc = check->fcc;
    const zend_function *function = fcc->function_handler;
    const char *class_name = fcc->calling_scope->name;
    const char *method_name = function->common.function_name;

    if (fcc->object_ptr == NULL && (function->common.fn_flags & ZEND_ACC_ABSTRACT)) {
        if (check->error == NULL) {
            zend_error_noreturn(E_ERROR, "Cannot call abstract method %s::%s()", class_name,
                method_name);
        }
        zend_refuse(check, "cannot call abstract method %s::%s()", class_name, method_name);
        return false;
    }
    if (fcc->object_ptr == NULL && !(function->common.fn_flags & ZEND_ACC_STATIC)
        && !zend_allow_static_call(check)) {
        return false;
    }
    if (!(check->flags & IS_CALLABLE_CHECK_NO_ACCESS)
        && !zend_may_access_method(fcc, lc_name, name_length)) {
        zend_refuse(check, "cannot access %s method %s::%s()",
            zend_visibility_string(function->common.fn_flags), class_name, method_name);
        return false;
    }
    return true;
}

static bool zend_find_method(zend_callable_check *check, const char *name, int name_length)
{
    zend_fcall_info_cache *fcc = check->fcc;
    char *lc_name = zend_str_tolower_dup(name, name_length);
    bool found = zend_find_declared_method(check, lc_name, name_length);

    if (!found) {
        found = fcc->object_ptr != NULL && fcc->calling_scope == check->given_class
            ? zend_find_object_method(check, name, name_length)
            : zend_find_static_method(check, name, name_length);
    }
    if (found && !check->via_handler) {
        found = zend_allow_method(check, lc_name, name_length);
    } else if (!found && zend_wants_reason(check)) {
        zend_refuse(check, "class '%s' does not have a method '%s'", fcc->calling_scope->name,
            name);
    }
    efree(lc_name);
    if (found && fcc->object_ptr != NULL) {
        fcc->called_scope = Z_OBJCE_P(fcc->object_ptr);
    }
    return found;
}

/* --- Names ----------------------------------------------------------------------------------- */

/* A name: of a function, or Class::method, or (with a class given) a method of it. */
static bool zend_check_callable_name(zend_callable_check *check, const char *name,
    int name_length)
{
    zend_fcall_info_cache *fcc = check->fcc;
    const char *colon;

    if (check->given_class == NULL
        && (fcc->function_handler = zend_lookup_function(name, name_length)) != NULL) {
        return true;
    }
    colon = zend_memrchr(name, ':', name_length);
    if (colon == NULL || colon == name || colon[-1] != ':') {
        if (check->given_class == NULL) {
            if (zend_wants_reason(check)) {
                zend_refuse(check, "function '%s' not found or invalid function name", name);
            }
            return false;
        }
        fcc->calling_scope = check->given_class;
        return zend_find_method(check, name, name_length);
    }
    if (colon - 1 == name) {
        zend_refuse(check, "invalid function name");
        return false;
    }
    if (!zend_find_callable_class(check, name, (int) (colon - 1 - name),
            check->given_class != NULL ? check->given_class : zend_active_scope())) {
        return false;
    }
    if (check->given_class != NULL
        && !instanceof_function(check->given_class, fcc->calling_scope)) {
        zend_refuse(check, "class '%s' is not a subclass of '%s'", check->given_class->name,
            fcc->calling_scope->name);
        return false;
    }
    return zend_find_method(check, colon + 1, (int) (name + name_length - (colon + 1)));
}

static char *zend_join_name(const char *class_name, int class_length, const char *method,
    int method_length, int *length)
{
    char *name = emalloc(class_length + method_length + sizeof("::"));

    memcpy(name, class_name, class_length);
    memcpy(name + class_length, "::", 2);
    memcpy(name + class_length + 2, method, method_length + 1);
    *length = class_length + method_length + 2;
    return name;
}

/* The two elements of array(class or object, method); false when it is no such array. */
static bool zend_split_callable_array(zval *callable, zval ***object, zval ***method)
{
    return zend_hash_num_elements(Z_ARRVAL_P(callable)) == 2
        && zend_hash_index_find(Z_ARRVAL_P(callable), 0, (void **) object) == SUCCESS
        && zend_hash_index_find(Z_ARRVAL_P(callable), 1, (void **) method) == SUCCESS
        && (Z_TYPE_PP(*object) == IS_OBJECT || Z_TYPE_PP(*object) == IS_STRING)
        && Z_TYPE_PP(*method) == IS_STRING;
}

/* The name as is_callable() gives it, emalloc'ed. */
static char *zend_name_callable(zval *callable, zval *object_ptr, int *length)
{
    zval **object;
    zval **method;
    zval copy;
    int use_copy;

    if (Z_TYPE_P(callable) == IS_STRING && object_ptr != NULL) {
        const zend_class_entry *ce = Z_OBJCE_P(object_ptr);
        return zend_join_name(ce->name, ce->name_length, Z_STRVAL_P(callable),
            Z_STRLEN_P(callable), length);
    }
    if (Z_TYPE_P(callable) == IS_ARRAY) {
        if (!zend_split_callable_array(callable, &object, &method)) {
            *length = strlen("Array");
            return estrndup("Array", *length);
        }
        if (Z_TYPE_PP(object) == IS_OBJECT) {
            const zend_class_entry *ce = Z_OBJCE_PP(object);
            return zend_join_name(ce->name, ce->name_length, Z_STRVAL_PP(method),
                Z_STRLEN_PP(method), length);
        }
        return zend_join_name(Z_STRVAL_PP(object), Z_STRLEN_PP(object), Z_STRVAL_PP(method),
            Z_STRLEN_PP(method), length);
    }
    if (Z_TYPE_P(callable) == IS_OBJECT && Z_OBJ_HANDLER_P(callable, get_closure) != NULL) {
        zend_class_entry *ce;
        zend_function *function;
        zval *object_of_closure;
        if (Z_OBJ_HANDLER_P(callable, get_closure)(callable, &ce, &function,
                &object_of_closure) == SUCCESS) {
            const zend_class_entry *class = Z_OBJCE_P(callable);
            return zend_join_name(class->name, class->name_length, ZEND_STRL("__invoke"),
                length);
        }
    }
    zend_make_printable_zval(callable, &copy, &use_copy);
    if (!use_copy) {
        *length = Z_STRLEN_P(callable);
        return estrndup(Z_STRVAL_P(callable), *length);
    }
    *length = Z_STRLEN(copy);
    if (IS_INTERNED(Z_STRVAL(copy))) {
        return estrndup(Z_STRVAL(copy), *length);
    }
    return Z_STRVAL(copy);
}

/* --- The question ---------------------------------------------------------------------------- */

static bool zend_check_callable_string(zend_callable_check *check, zval *callable,
    zval *object_ptr)
{
    if (object_ptr != NULL) {
        check->fcc->object_ptr = object_ptr;
        check->fcc->calling_scope = Z_OBJCE_P(object_ptr);
        check->given_class = Z_OBJCE_P(object_ptr);
    }
    if (check->flags & IS_CALLABLE_CHECK_SYNTAX_ONLY) {
        return true;
    }
    return zend_check_callable_name(check, Z_STRVAL_P(callable), Z_STRLEN_P(callable));
}

static void zend_refuse_callable_array(zend_callable_check *check, zval *callable)
{
    zval **object;
    zval **method;

    if (zend_hash_num_elements(Z_ARRVAL_P(callable)) != 2) {
        zend_refuse(check, "array must have exactly two members");
    } else if (zend_hash_index_find(Z_ARRVAL_P(callable), 0, (void **) &object) == FAILURE
        || zend_hash_index_find(Z_ARRVAL_P(callable), 1, (void **) &method) == FAILURE) {
        zend_refuse(check, "array must have exactly two members");
    } else if (Z_TYPE_PP(object) != IS_STRING && Z_TYPE_PP(object) != IS_OBJECT) {
        zend_refuse(check, "first array member is not a valid class name or object");
    } else {
        zend_refuse(check, "second array member is not a valid method");
    }
}

static bool zend_check_callable_array(zend_callable_check *check, zval *callable)
{
    zend_fcall_info_cache *fcc = check->fcc;
    zval **object;
    zval **method;

    if (!zend_split_callable_array(callable, &object, &method)) {
        zend_refuse_callable_array(check, callable);
        return false;
    }
    if (check->flags & IS_CALLABLE_CHECK_SYNTAX_ONLY) {
        return true;
    }
    if (Z_TYPE_PP(object) == IS_STRING) {
        if (!zend_find_callable_class(check, Z_STRVAL_PP(object), Z_STRLEN_PP(object),
                zend_active_scope())) {
            return false;
        }
    } else {
        if (!EG(objects_store).object_buckets
            || !EG(objects_store).object_buckets[Z_OBJ_HANDLE_PP(object)].valid) {
            return false;
        }
        fcc->calling_scope = Z_OBJCE_PP(object);
        fcc->object_ptr = *object;
    }
    check->given_class = fcc->calling_scope;
    return zend_check_callable_name(check, Z_STRVAL_PP(method), Z_STRLEN_PP(method));
}

static bool zend_check_callable_object(zend_callable_check *check, zval *callable)
{
    zend_fcall_info_cache *fcc = check->fcc;

    if (Z_OBJ_HANDLER_P(callable, get_closure) == NULL
        || Z_OBJ_HANDLER_P(callable, get_closure)(callable, &fcc->calling_scope,
               &fcc->function_handler, &fcc->object_ptr) == FAILURE) {
        zend_refuse(check, "no array or string given");
        return false;
    }
    fcc->called_scope = fcc->calling_scope;
    return true;
}

/* A trampoline that nobody is going to call. */
static void zend_drop_trampoline(zend_function *function)
{
    if (function != NULL && (function->common.fn_flags & ZEND_ACC_CALL_VIA_HANDLER)) {
        zend_free_call_trampoline(function);
    }
}

zend_bool zend_is_callable_ex(zval *callable, zval *object_ptr, uint check_flags,
    char **callable_name, int *callable_name_len, zend_fcall_info_cache *fcc, char **error)
{
    zend_fcall_info_cache local = empty_fcall_info_cache;
    zend_callable_check check = {&local, check_flags, error, NULL, false, false};
    int name_length;
    bool answer;

    if (error != NULL) {
        *error = NULL;
    }
    if (callable_name != NULL) {
        *callable_name = zend_name_callable(callable, object_ptr, &name_length);
        if (callable_name_len != NULL) {
            *callable_name_len = name_length;
        }
    }
    switch (Z_TYPE_P(callable)) {
        case IS_STRING:
            answer = zend_check_callable_string(&check, callable, object_ptr);
            break;
        case IS_ARRAY:
            answer = zend_check_callable_array(&check, callable);
            break;
        case IS_OBJECT:
            answer = zend_check_callable_object(&check, callable);
            break;
        default:
            zend_refuse(&check, "no array or string given");
            answer = false;
    }
    if (fcc == NULL || !answer) {
        zend_drop_trampoline(local.function_handler);
        local.function_handler = NULL;
    }
    if (fcc != NULL) {
        *fcc = local;
        fcc->initialized = answer && !(check_flags & IS_CALLABLE_CHECK_SYNTAX_ONLY);
    }
    return answer;
}

zend_bool zend_is_callable(zval *callable, uint check_flags, char **callable_name)
{
    return zend_is_callable_ex(callable, NULL, check_flags, callable_name, NULL, NULL, NULL);
}

zend_bool zend_make_callable(zval *callable, char **callable_name)
{
    zend_fcall_info_cache fcc;

    if (!zend_is_callable_ex(callable, NULL, IS_CALLABLE_STRICT, callable_name, NULL, &fcc,
            NULL)) {
        return 0;
    }
    if (Z_TYPE_P(callable) == IS_STRING && fcc.calling_scope != NULL) {
        zval_dtor(callable);
        array_init(callable);
        add_next_index_string(callable, fcc.calling_scope->name, 1);
        add_next_index_string(callable, fcc.function_handler->common.function_name, 1);
    }
    zend_drop_trampoline(fcc.function_handler);
    return 1;
}
