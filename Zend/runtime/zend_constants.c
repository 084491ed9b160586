/* SPDX-License-Identifier: MIT */
/*
 * The table of constants: registering and looking up.
 *
 * A key is the name as the constant is filed: as written, all lower case when case does not
 * matter, or with only the namespace in lower case. Names and strings of modules are interned, so
 * that they cost nothing to copy.
 */
#include <limits.h>
#include <stdlib.h>

#include "compile/zend_compile.h"
#include "runtime/zend_API.h"
#include "runtime/zend_stack_limit.h"
#include "vm/zend_execute.h"

static HashTable zend_constants_table;

/* --- Life ------------------------------------------------------------------------------------ */

void free_zend_constant(zend_constant *c)
{
    if (c->flags & CONST_PERSISTENT) {
        zval_internal_dtor(&c->value);
        str_free(c->name);
    } else {
        zval_dtor(&c->value);
        str_efree(c->name);
    }
}

int zend_startup_constants(void)
{
    EG(zend_constants) = &zend_constants_table;
    return zend_hash_init(EG(zend_constants), 1024, NULL, (dtor_func_t) free_zend_constant, 1);
}

int zend_shutdown_constants(void)
{
    zend_hash_destroy(EG(zend_constants));
    return SUCCESS;
}

/* The constants of a request stand behind all persistent ones: the walk from the end may stop. */
static int zend_clean_constant(void *element)
{
    return ((zend_constant *) element)->flags & CONST_PERSISTENT
        ? ZEND_HASH_APPLY_STOP : ZEND_HASH_APPLY_REMOVE;
}

void clean_non_persistent_constants(void)
{
    zend_hash_reverse_apply(EG(zend_constants), zend_clean_constant);
}

static int zend_constant_of_module(void *element, void *module_number)
{
    return ((zend_constant *) element)->module_number == *(int *) module_number
        ? ZEND_HASH_APPLY_REMOVE : ZEND_HASH_APPLY_KEEP;
}

void clean_module_constants(int module_number)
{
    zend_hash_apply_with_argument(EG(zend_constants), zend_constant_of_module, &module_number);
}

/* --- Registering ----------------------------------------------------------------------------- */

/* Writes the key that a name (length with its NUL) is filed under. */
static void zend_constant_key(char *key, const char *name, uint name_len, int flags)
{
    const char *backslash;

    memcpy(key, name, name_len);
    if (!(flags & CONST_CS)) {
        zend_str_tolower(key, name_len - 1);
    } else if ((backslash = zend_memrchr(name, '\\', name_len - 1)) != NULL) {
        zend_str_tolower(key, backslash - name);
    }
}

static bool zend_is_halt_offset(const char *name, uint name_len)
{
    return name_len == sizeof(ZEND_HALT_CONSTANT_NAME)
        && memcmp(name, ZEND_HALT_CONSTANT_NAME, name_len) == 0;
}

static void zend_constant_exists(zend_constant *c, const char *key)
{
    /* The offset of __halt_compiler() is filed with a NUL in front. */
    zend_error(E_NOTICE, "Constant %s already defined", key[0] == '\0' ? key + 1 : key);
    free_zend_constant(c);
}

int zend_register_constant(zend_constant *c)
{
    char buffer[128];
    char *key = c->name_len <= sizeof(buffer) ? buffer : emalloc(c->name_len);
    const char *interned;
    int result;

    zend_constant_key(key, c->name, c->name_len, c->flags);
    interned = zend_new_interned_string(key, c->name_len, 0);
    if (zend_is_halt_offset(key, c->name_len)
        || zend_hash_add(EG(zend_constants), interned, c->name_len, c, sizeof(zend_constant),
               NULL) == FAILURE) {
        zend_constant_exists(c, key);
        result = FAILURE;
    } else {
        result = SUCCESS;
    }
    if (key != buffer) {
        efree(key);
    }
    return result;
}

/* The parts that all registrations share; the value is set by the caller. */
static void zend_new_constant(zend_constant *c, const char *name, uint name_len, int flags,
    int module_number)
{
    const char *interned = zend_new_interned_string(name, name_len, 0);

    if (interned == name && !IS_INTERNED(name)) {
        interned = pestrndup(name, name_len - 1, flags & CONST_PERSISTENT);
    }
    INIT_ZVAL(c->value);
    c->flags = flags;
    c->name = interned;
    c->name_len = name_len;
    c->module_number = module_number;
}

void zend_register_null_constant(const char *name, uint name_len, int flags, int module_number)
{
    zend_constant c;

    zend_new_constant(&c, name, name_len, flags, module_number);
    ZVAL_NULL(&c.value);
    zend_register_constant(&c);
}

void zend_register_bool_constant(const char *name, uint name_len, zend_bool bval, int flags,
    int module_number)
{
    zend_constant c;

    zend_new_constant(&c, name, name_len, flags, module_number);
    ZVAL_BOOL(&c.value, bval);
    zend_register_constant(&c);
}

void zend_register_long_constant(const char *name, uint name_len, long lval, int flags,
    int module_number)
{
    zend_constant c;

    zend_new_constant(&c, name, name_len, flags, module_number);
    ZVAL_LONG(&c.value, lval);
    zend_register_constant(&c);
}

void zend_register_double_constant(const char *name, uint name_len, double dval, int flags,
    int module_number)
{
    zend_constant c;

    zend_new_constant(&c, name, name_len, flags, module_number);
    ZVAL_DOUBLE(&c.value, dval);
    zend_register_constant(&c);
}

void zend_register_stringl_constant(const char *name, uint name_len, char *strval, uint strlen,
    int flags, int module_number)
{
    zend_constant c;

    zend_new_constant(&c, name, name_len, flags, module_number);
    if (flags & CONST_PERSISTENT) {
        const char *interned = zend_new_interned_string(strval, strlen + 1, 0);
        strval = IS_INTERNED(interned) ? (char *) interned : zend_strndup(strval, strlen);
    }
    ZVAL_STRINGL(&c.value, strval, strlen, 0);
    zend_register_constant(&c);
}

void zend_register_string_constant(const char *name, uint name_len, char *strval, int flags,
    int module_number)
{
    zend_register_stringl_constant(name, name_len, strval, (uint) strlen(strval), flags,
        module_number);
}

void zend_register_standard_constants(void)
{
    static const struct {
        const char *name;
        long value;
    } numbers[] = {
        {"E_ERROR", E_ERROR},
        {"E_RECOVERABLE_ERROR", E_RECOVERABLE_ERROR},
        {"E_WARNING", E_WARNING},
        {"E_PARSE", E_PARSE},
        {"E_NOTICE", E_NOTICE},
        {"E_STRICT", E_STRICT},
        {"E_DEPRECATED", E_DEPRECATED},
        {"E_CORE_ERROR", E_CORE_ERROR},
        {"E_CORE_WARNING", E_CORE_WARNING},
        {"E_COMPILE_ERROR", E_COMPILE_ERROR},
        {"E_COMPILE_WARNING", E_COMPILE_WARNING},
        {"E_USER_ERROR", E_USER_ERROR},
        {"E_USER_WARNING", E_USER_WARNING},
        {"E_USER_NOTICE", E_USER_NOTICE},
        {"E_USER_DEPRECATED", E_USER_DEPRECATED},
        {"E_ALL", E_ALL},
        {"DEBUG_BACKTRACE_PROVIDE_OBJECT", 1},
        {"DEBUG_BACKTRACE_IGNORE_ARGS", 2},
    };
    const int flags = CONST_PERSISTENT | CONST_CT_SUBST;
    size_t i;

    for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
        zend_register_long_constant(numbers[i].name, (uint) strlen(numbers[i].name) + 1,
            numbers[i].value, CONST_PERSISTENT | CONST_CS, 0);
    }
    REGISTER_MAIN_BOOL_CONSTANT("TRUE", 1, flags);
    REGISTER_MAIN_BOOL_CONSTANT("FALSE", 0, flags);
    REGISTER_MAIN_BOOL_CONSTANT("ZEND_THREAD_SAFE", 0, flags | CONST_CS);
    REGISTER_MAIN_BOOL_CONSTANT("ZEND_DEBUG_BUILD", ZEND_DEBUG, flags | CONST_CS);
    REGISTER_MAIN_NULL_CONSTANT("NULL", flags);
}

/* --- __COMPILER_HALT_OFFSET__ ---------------------------------------------------------------- */

/* Each file has its own: it is filed under "\0__COMPILER_HALT_OFFSET__\0FILE". */
static char *zend_halt_offset_key(const char *filename, uint filename_len, int *key_len)
{
    char *key;

    zend_mangle_property_name(&key, key_len, ZEND_STRL(ZEND_HALT_CONSTANT_NAME), filename,
        (int) filename_len, 0);
    return key;
}

void zend_register_halt_offset(const char *filename, uint filename_len, long offset)
{
    int key_len;
    char *key = zend_halt_offset_key(filename, filename_len, &key_len);

    zend_register_long_constant(key, key_len + 1, offset, CONST_CS, 0);
    efree(key);
}

static zend_constant *zend_find_halt_offset(void)
{
    zend_constant *c;
    const char *filename;
    char *key;
    int key_len;
    int found;

    if (!zend_is_executing()) {
        return NULL;
    }
    filename = zend_get_executed_filename();
    key = zend_halt_offset_key(filename, (uint) strlen(filename), &key_len);
    found = zend_hash_find(EG(zend_constants), key, key_len + 1, (void **) &c);
    efree(key);
    return found == SUCCESS ? c : NULL;
}

/* --- Looking up ------------------------------------------------------------------------------ */

/* The lower-case form of the first `length` bytes of name, in buffer or emalloc'ed. */
static char *zend_lower_name(char *buffer, size_t buffer_size, const char *name, uint length,
    uint lower_length)
{
    char *lower = length + 1 <= buffer_size ? buffer : emalloc(length + 1);

    memcpy(lower, name, length);
    lower[length] = '\0';
    zend_str_tolower(lower, lower_length);
    return lower;
}

static zend_constant *zend_find_insensitive_constant(const char *lower, uint name_len)
{
    zend_constant *c;

    if (zend_hash_find(EG(zend_constants), lower, name_len + 1, (void **) &c) == FAILURE
        || (c->flags & CONST_CS)) {
        return NULL;
    }
    return c;
}

zend_constant *zend_find_constant(const char *name, uint name_len)
{
    zend_constant *c;
    char buffer[128];
    char *lower;

    if (zend_hash_find(EG(zend_constants), name, name_len + 1, (void **) &c) == SUCCESS) {
        return c;
    }
    lower = zend_lower_name(buffer, sizeof(buffer), name, name_len, name_len);
    c = zend_find_insensitive_constant(lower, name_len);
    if (lower != buffer) {
        efree(lower);
    }
    if (c == NULL && zend_is_halt_offset(name, name_len + 1)) {
        c = zend_find_halt_offset();
    }
    return c;
}

/* Ns\NAME: the namespace in any case, NAME as it was defined. */
static zend_constant *zend_find_namespaced_constant(const char *name, uint name_len,
    uint prefix_len)
{
    zend_constant *c = NULL;
    char buffer[128];
    char *lower = zend_lower_name(buffer, sizeof(buffer), name, name_len, prefix_len);

    if (zend_hash_find(EG(zend_constants), lower, name_len + 1, (void **) &c) == FAILURE) {
        zend_str_tolower(lower + prefix_len, name_len - prefix_len);
        c = zend_find_insensitive_constant(lower, name_len);
    }
    if (lower != buffer) {
        efree(lower);
    }
    return c;
}

static int zend_copy_constant(zval *result, const zval *value)
{
    INIT_PZVAL_COPY(result, value);
    zval_copy_ctor(result);
    return 1;
}

int zend_get_constant(const char *name, uint name_len, zval *result)
{
    zend_constant *c = zend_find_constant(name, name_len);

    return c != NULL ? zend_copy_constant(result, &c->value) : 0;
}

zend_constant *zend_quick_get_constant(const zend_literal *key, ulong flags)
{
    static const zend_bool in_lower_case[] = {0, 1, 0, 1};
    int forms = flags & IS_CONSTANT_IN_NAMESPACE && flags & IS_CONSTANT_UNQUALIFIED ? 4 : 2;
    const char *name = Z_STRVAL(key->constant);
    int i;

    for (i = 0; i < forms; i++) {
        const zend_literal *form = &key[i + 1];
        zend_constant *c;
        if (zend_hash_quick_find(EG(zend_constants), Z_STRVAL(form->constant),
                Z_STRLEN(form->constant) + 1, form->hash_value, (void **) &c) == SUCCESS
            && !(in_lower_case[i] && (c->flags & CONST_CS))) {
            return c;
        }
    }
    if (forms == 4) {
        name = Z_STRVAL(key[3].constant);
    }
    return zend_is_halt_offset(name, (uint) strlen(name) + 1) ? zend_find_halt_offset() : NULL;
}

/* --- Class constants ------------------------------------------------------------------------- */

/* self, parent, static: against the scope, which must be there. */
static zend_class_entry *zend_class_of_constant(const char *class_name, uint class_name_len,
    zend_class_entry *scope, ulong flags)
{
    int fetch_type = zend_get_class_fetch_type(class_name, class_name_len);

    switch (fetch_type) {
        case ZEND_FETCH_CLASS_SELF:
            if (scope == NULL) {
                zend_error(E_ERROR, "Cannot access self:: when no class scope is active");
            }
            return scope;
        case ZEND_FETCH_CLASS_PARENT:
            if (scope == NULL) {
                zend_error(E_ERROR, "Cannot access parent:: when no class scope is active");
            } else if (scope->parent == NULL) {
                zend_error(E_ERROR,
                    "Cannot access parent:: when current class scope has no parent");
            }
            return scope != NULL ? scope->parent : NULL;
        case ZEND_FETCH_CLASS_STATIC:
            if (zend_active_called_scope() == NULL) {
                zend_error(E_ERROR, "Cannot access static:: when no class scope is active");
            }
            return zend_active_called_scope();
        default:
            return zend_fetch_class(class_name, class_name_len,
                (int) (flags & (ZEND_FETCH_CLASS_SILENT | ZEND_FETCH_CLASS_NO_AUTOLOAD)));
    }
}

/* While its value is being found out, a constant's type carries this mark. */
#define ZEND_CONSTANT_VISITED 0x80

static bool zend_is_being_evaluated(const zval *value)
{
    return IS_CONSTANT_TYPE(Z_TYPE_P(value)) && (Z_TYPE_P(value) & ZEND_CONSTANT_VISITED);
}

/* IS_CONSTANT or IS_CONSTANT_AST, without flags. */
static int zend_constant_kind(const zval *value)
{
    return Z_TYPE_P(value) & IS_CONSTANT_TYPE_MASK;
}

ZEND_NORETURN ZEND_COLD static void zend_refuse_self_reference(const char *name)
{
    zend_error_noreturn(E_ERROR, "Cannot declare self-referencing constant '%s'", name);
}

/* NAME of Class::NAME at `colon` (the second colon). */
static int zend_get_class_constant(const char *name, uint name_len, const char *colon,
    zval *result, zend_class_entry *scope, ulong flags)
{
    uint class_name_len = (uint) (colon - name) - 1;
    const char *constant = colon + 1;
    uint constant_len = name_len - class_name_len - 2;
    char *class_name = estrndup(name, class_name_len);
    zend_class_entry *ce;
    zval **value;
    int found = 0;

    if (scope == NULL) {
        scope = zend_active_scope();
    }
    ce = zend_class_of_constant(class_name, class_name_len, scope, flags);
    if (ce != NULL) {
        if (zend_hash_find(&ce->constants_table, constant, constant_len + 1, (void **) &value)
            == SUCCESS) {
            if (zend_is_being_evaluated(*value) && zend_constant_kind(*value) == IS_CONSTANT_AST) {
                zend_refuse_self_reference(name);
            }
            zval_update_constant_ex(value, 1, ce);
            found = EG(exception) == NULL && zend_copy_constant(result, *value);
        } else if (constant_len == 5 && memcmp(constant, "class", 5) == 0) {
            ZVAL_STRINGL(result, ce->name, ce->name_length, 1);
            found = 1;
        } else if (!(flags & ZEND_FETCH_CLASS_SILENT)) {
            zend_error(E_ERROR, "Undefined class constant '%s::%s'", class_name, constant);
        }
    }
    efree(class_name);
    return found;
}

int zend_get_constant_ex(const char *name, uint name_len, zval *result, zend_class_entry *scope,
    ulong flags)
{
    const char *separator;

    if (name[0] == '\\') {
        name++;
        name_len--;
    }
    separator = zend_memrchr(name, ':', name_len);
    if (separator != NULL && separator > name && separator[-1] == ':') {
        return zend_get_class_constant(name, name_len, separator, result, scope, flags);
    }
    separator = zend_memrchr(name, '\\', name_len);
    if (separator != NULL) {
        zend_constant *c =
            zend_find_namespaced_constant(name, name_len, (uint) (separator - name));
        if (c != NULL) {
            return zend_copy_constant(result, &c->value);
        }
        if (!(flags & IS_CONSTANT_UNQUALIFIED)) {
            return 0;
        }
        name_len -= (uint) (separator + 1 - name);
        name = separator + 1;
    }
    return zend_get_constant(name, name_len, result);
}

/* --- Values that are not evaluated yet ------------------------------------------------------- */

/* The notice about an undefined constant, whose name is taken for a string. */
static void zend_assume_string(zval *p, const char *name, uint name_len)
{
    const char *backslash = zend_memrchr(name, '\\', name_len);
    zval assumed;

    if (!(Z_TYPE_P(p) & IS_CONSTANT_UNQUALIFIED)) {
        zend_error_noreturn(E_ERROR, "Undefined constant '%s'", name[0] == '\\' ? name + 1 : name);
    }
    if (backslash != NULL) {
        name_len -= (uint) (backslash + 1 - name);
        name = backslash + 1;
    }
    zend_error(E_NOTICE, "Use of undefined constant %s - assumed '%s'", name, name);
    ZVAL_STRINGL(&assumed, name, name_len, 1);
    str_efree(Z_STRVAL_P(p));
    ZVAL_COPY_VALUE(p, &assumed);
}

static void zend_update_constant_name(zval *p, zend_class_entry *scope)
{
    zval value;

    int found = zend_get_constant_ex(Z_STRVAL_P(p), Z_STRLEN_P(p), &value, scope,
        Z_TYPE_P(p) & ~(IS_CONSTANT_TYPE_MASK | ZEND_CONSTANT_VISITED));

    Z_TYPE_P(p) &= ~ZEND_CONSTANT_VISITED;
    if (found) {
        str_efree(Z_STRVAL_P(p));
        ZVAL_COPY_VALUE(p, &value);
    } else if (EG(exception) != NULL) {
        /* Autoloading threw: it stays as it is. */
    } else if (zend_memrchr(Z_STRVAL_P(p), ':', Z_STRLEN_P(p)) != NULL) {
        zend_error_noreturn(E_ERROR, "Undefined class constant '%s'", Z_STRVAL_P(p));
    } else {
        zend_assume_string(p, Z_STRVAL_P(p), Z_STRLEN_P(p));
    }
}

/* The expression's own value takes its place, unless an exception stopped its evaluation. */
static void zend_update_constant_expression(zval *p, zend_bool inline_change,
    zend_class_entry *scope)
{
    zval value;

    INIT_ZVAL(value);
    zend_ast_evaluate(&value, Z_AST_P(p), scope);
    Z_TYPE_P(p) &= ~ZEND_CONSTANT_VISITED;
    if (EG(exception) != NULL) {
        zval_dtor(&value);
        return;
    }
    if (inline_change) {
        zval_dtor(p);
    }
    ZVAL_COPY_VALUE(p, &value);
}

int zval_update_constant_ex(zval **pp, zend_bool inline_change, zend_class_entry *scope)
{
    int kind = zend_constant_kind(*pp);

    if (kind != IS_CONSTANT && kind != IS_CONSTANT_AST) {
        return 0;
    }
    zend_stack_guard();
    if (kind == IS_CONSTANT && zend_is_being_evaluated(*pp)) {
        zend_refuse_self_reference(Z_STRVAL_PP(pp));
    }
    SEPARATE_ZVAL_IF_NOT_REF(pp);
    Z_TYPE_PP(pp) |= ZEND_CONSTANT_VISITED;
    if (kind == IS_CONSTANT) {
        zend_update_constant_name(*pp, scope);
    } else {
        zend_update_constant_expression(*pp, inline_change, scope);
    }
    return 0;
}
