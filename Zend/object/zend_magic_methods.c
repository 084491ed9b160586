/* SPDX-License-Identifier: MIT */
/*
 * Magic methods: which names make one, what its declaration must look like, where the class
 * keeps it.
 *
 * One table row tells all about a method. What the language demands comes at three moments: the
 * modifiers are looked at when the method's head is known (a warning), the parameters when the
 * method is complete (fatal), constructor, destructor and clone method at the end of the class.
 */
#include "object/zend_class.h"

#include <stddef.h>
#include <string.h>

#include "runtime/zend_errors.h"
#include "value/zend_operators.h"

typedef struct _zend_magic_method {
    const char *lc_name;
    const char *name; /* as the warning about its modifiers spells it; NULL: no such warning */
    size_t slot;      /* offset in zend_class_entry; 0: none */
    zend_uint args;   /* parameters it must have */
    zend_bool is_static;
    const char *arity_error;
} zend_magic_method;

#define ZEND_MAGIC_SLOT(field) offsetof(zend_class_entry, field)
#define ZEND_TAKES_ONE "Method %s::%s() must take exactly 1 argument"
#define ZEND_TAKES_TWO "Method %s::%s() must take exactly 2 arguments"
#define ZEND_TAKES_NONE "Method %s::%s() cannot take arguments"

static const zend_magic_method zend_magic_methods[] = {
    {"__destruct", NULL, ZEND_MAGIC_SLOT(destructor), 0, 0,
        "Destructor %s::%s() cannot take arguments"},
    {"__clone", NULL, ZEND_MAGIC_SLOT(clone), 0, 0,
        "Method %s::%s() cannot accept any arguments"},
    {"__get", "__get", ZEND_MAGIC_SLOT(__get), 1, 0, ZEND_TAKES_ONE},
    {"__set", "__set", ZEND_MAGIC_SLOT(__set), 2, 0, ZEND_TAKES_TWO},
    {"__unset", "__unset", ZEND_MAGIC_SLOT(__unset), 1, 0, ZEND_TAKES_ONE},
    {"__isset", "__isset", ZEND_MAGIC_SLOT(__isset), 1, 0, ZEND_TAKES_ONE},
    {"__call", "__call", ZEND_MAGIC_SLOT(__call), 2, 0, ZEND_TAKES_TWO},
    {"__callstatic", "__callStatic", ZEND_MAGIC_SLOT(__callstatic), 2, 1, ZEND_TAKES_TWO},
    {"__tostring", "__toString", ZEND_MAGIC_SLOT(__tostring), 0, 0, ZEND_TAKES_NONE},
    {"__debuginfo", "__debugInfo", ZEND_MAGIC_SLOT(__debugInfo), 0, 0, ZEND_TAKES_NONE},
    {"__invoke", "__invoke", 0, 0, 0, NULL},
};
#define ZEND_MAGIC_METHOD_COUNT (sizeof(zend_magic_methods) / sizeof(zend_magic_methods[0]))

static const zend_magic_method *zend_find_magic_method(const char *name, size_t length)
{
    size_t i;

    if (length < 2 || name[0] != '_' || name[1] != '_') {
        return NULL;
    }
    for (i = 0; i < ZEND_MAGIC_METHOD_COUNT; i++) {
        const char *lc_name = zend_magic_methods[i].lc_name;
        if (strlen(lc_name) == length
            && zend_binary_strcasecmp(lc_name, (uint) length, name, (uint) length) == 0) {
            return &zend_magic_methods[i];
        }
    }
    return NULL;
}

static void zend_check_magic_modifiers(const zend_magic_method *magic, zend_uint fn_flags)
{
    bool is_public = !(fn_flags & (ZEND_ACC_PRIVATE | ZEND_ACC_PROTECTED));
    bool is_static = (fn_flags & ZEND_ACC_STATIC) != 0;

    if (magic->name && (!is_public || is_static != magic->is_static)) {
        zend_error(E_WARNING, "The magic method %s() must have public visibility and %s static",
            magic->name, magic->is_static ? "be" : "cannot be");
    }
}

/* A method named like its class is the constructor, unless there is one already. */
static bool zend_is_old_style_constructor(const zend_class_entry *ce, const char *lc_name,
    zend_uint lc_len)
{
    return (ce->ce_flags & ZEND_ACC_TRAIT) != ZEND_ACC_TRAIT && ce->name_length == lc_len
        && zend_binary_strcasecmp(ce->name, ce->name_length, lc_name, lc_len) == 0;
}

void zend_register_magic_method(zend_class_entry *ce, zend_function *method, const char *lc_name,
    zend_uint lc_len)
{
    bool is_interface = (ce->ce_flags & ZEND_ACC_INTERFACE) != 0;
    const zend_magic_method *magic;

    if (!is_interface && zend_is_old_style_constructor(ce, lc_name, lc_len)) {
        if (!ce->constructor) {
            ce->constructor = method;
        }
        return;
    }
    if (lc_len == sizeof("__construct") - 1 && memcmp(lc_name, "__construct", lc_len) == 0) {
        if (ce->constructor && ce->type == ZEND_USER_CLASS) {
            zend_error(E_STRICT, "Redefining already defined constructor for class %s", ce->name);
        }
        ce->constructor = method;
        return;
    }
    magic = zend_find_magic_method(lc_name, lc_len);
    if (!magic) {
        return;
    }
    if (ce->type == ZEND_USER_CLASS) {
        zend_check_magic_modifiers(magic, method->common.fn_flags);
    }
    if (magic->slot && !is_interface) {
        *(zend_function **) (void *) ((char *) ce + magic->slot) = method;
    }
}

void zend_set_magic_method(zend_class_entry *ce, zend_function *method, const char *lc_name,
    zend_uint lc_len)
{
    const zend_magic_method *magic = zend_find_magic_method(lc_name, lc_len);

    if (magic && magic->slot) {
        *(zend_function **) (void *) ((char *) ce + magic->slot) = method;
    }
}

void zend_check_magic_method_implementation(const zend_class_entry *ce,
    const zend_function *method, int error_type)
{
    const zend_magic_method *magic = zend_find_magic_method(method->common.function_name,
        strlen(method->common.function_name));
    zend_uint args = method->common.num_args;
    zend_uint i;

    if (!magic || !magic->arity_error) {
        return;
    }
    if (method->common.fn_flags & ZEND_ACC_VARIADIC) {
        args++;
    }
    if (args != magic->args) {
        zend_error(error_type, magic->arity_error, ce->name, magic->lc_name);
    }
    for (i = 1; i <= magic->args; i++) {
        if (ARG_SHOULD_BE_SENT_BY_REF(method, i)) {
            zend_error(error_type, "Method %s::%s() cannot take arguments by reference", ce->name,
                magic->lc_name);
        }
    }
}

static void zend_finish_magic_method(const zend_class_entry *ce, zend_function *method,
    zend_uint flag, const char *what, int error_type)
{
    if (!method) {
        return;
    }
    method->common.fn_flags |= flag;
    if (method->common.fn_flags & ZEND_ACC_STATIC) {
        zend_error(error_type, "%s %s::%s() cannot be static", what, ce->name,
            method->common.function_name);
    }
}

void zend_finish_magic_methods(zend_class_entry *ce, int error_type)
{
    zend_finish_magic_method(ce, ce->constructor, ZEND_ACC_CTOR, "Constructor", error_type);
    zend_finish_magic_method(ce, ce->destructor, ZEND_ACC_DTOR, "Destructor", error_type);
    zend_finish_magic_method(ce, ce->clone, ZEND_ACC_CLONE, "Clone method", error_type);
}
