/* SPDX-License-Identifier: MIT */
/*
 * Constants: EG(zend_constants) maps names to values.
 *
 * A case-sensitive constant is filed under its name, a case-insensitive one (true, false,
 * null, define(..., true)) under the name in lower case. A namespaced constant is filed with its
 * namespace part in lower case. Constants of modules are CONST_PERSISTENT: they survive the
 * request, in malloc'ed or static memory.
 */
#ifndef ZEND_CONSTANTS_H
#define ZEND_CONSTANTS_H

#include <limits.h>

#include "compile/zend_op_array.h"
#include "value/zend_types.h"

#define CONST_CS (1 << 0)         /* case-sensitive */
#define CONST_PERSISTENT (1 << 1) /* of a module */
#define CONST_CT_SUBST (1 << 2)   /* true, false, null ...: the compiler may put the value in */

#define PHP_USER_CONSTANT INT_MAX /* the module number of define() and const */

typedef struct _zend_constant {
    zval value;
    int flags;
    const char *name; /* owned; as written */
    uint name_len;    /* with the NUL */
    int module_number;
} zend_constant;

#define REGISTER_LONG_CONSTANT(name, lval, flags) \
    zend_register_long_constant((name), sizeof(name), (lval), (flags), module_number)
#define REGISTER_BOOL_CONSTANT(name, bval, flags) \
    zend_register_bool_constant((name), sizeof(name), (bval), (flags), module_number)
#define REGISTER_NULL_CONSTANT(name, flags) \
    zend_register_null_constant((name), sizeof(name), (flags), module_number)
#define REGISTER_DOUBLE_CONSTANT(name, dval, flags) \
    zend_register_double_constant((name), sizeof(name), (dval), (flags), module_number)
#define REGISTER_STRING_CONSTANT(name, str, flags) \
    zend_register_string_constant((name), sizeof(name), (str), (flags), module_number)
#define REGISTER_STRINGL_CONSTANT(name, str, len, flags) \
    zend_register_stringl_constant((name), sizeof(name), (str), (len), (flags), module_number)

#define REGISTER_NS_LONG_CONSTANT(ns, name, lval, flags) \
    zend_register_long_constant(ns "\\" name, sizeof(ns "\\" name), (lval), (flags), module_number)
#define REGISTER_NS_DOUBLE_CONSTANT(ns, name, dval, flags) \
    zend_register_double_constant(ns "\\" name, sizeof(ns "\\" name), (dval), (flags), \
        module_number)
#define REGISTER_NS_STRING_CONSTANT(ns, name, str, flags) \
    zend_register_string_constant(ns "\\" name, sizeof(ns "\\" name), (str), (flags), \
        module_number)
#define REGISTER_NS_STRINGL_CONSTANT(ns, name, str, len, flags) \
    zend_register_stringl_constant(ns "\\" name, sizeof(ns "\\" name), (str), (len), (flags), \
        module_number)

/* Constants of the core: they belong to no module. */
#define REGISTER_MAIN_LONG_CONSTANT(name, lval, flags) \
    zend_register_long_constant((name), sizeof(name), (lval), (flags), 0)
#define REGISTER_MAIN_BOOL_CONSTANT(name, bval, flags) \
    zend_register_bool_constant((name), sizeof(name), (bval), (flags), 0)
#define REGISTER_MAIN_NULL_CONSTANT(name, flags) \
    zend_register_null_constant((name), sizeof(name), (flags), 0)
#define REGISTER_MAIN_DOUBLE_CONSTANT(name, dval, flags) \
    zend_register_double_constant((name), sizeof(name), (dval), (flags), 0)
#define REGISTER_MAIN_STRING_CONSTANT(name, str, flags) \
    zend_register_string_constant((name), sizeof(name), (str), (flags), 0)
#define REGISTER_MAIN_STRINGL_CONSTANT(name, str, len, flags) \
    zend_register_stringl_constant((name), sizeof(name), (str), (len), (flags), 0)

int zend_startup_constants(void);
int zend_shutdown_constants(void);
/* E_* and kin, TRUE, FALSE, NULL, ZEND_*: the core's own. */
void zend_register_standard_constants(void);
/* End of a request: the constants that scripts defined go. */
void clean_non_persistent_constants(void);
void clean_module_constants(int module_number);
void free_zend_constant(zend_constant *c);

/* Name lengths count the NUL; names and (with CONST_PERSISTENT) strings are copied. */
void zend_register_long_constant(const char *name, uint name_len, long lval, int flags,
    int module_number);
void zend_register_bool_constant(const char *name, uint name_len, zend_bool bval, int flags,
    int module_number);
void zend_register_null_constant(const char *name, uint name_len, int flags, int module_number);
void zend_register_double_constant(const char *name, uint name_len, double dval, int flags,
    int module_number);
/* Without CONST_PERSISTENT the emalloc'ed string is taken over. */
void zend_register_string_constant(const char *name, uint name_len, char *strval, int flags,
    int module_number);
void zend_register_stringl_constant(const char *name, uint name_len, char *strval, uint strlen,
    int flags, int module_number);
/* Takes over c->name and c->value in any case. FAILURE after "Constant %s already defined". */
int zend_register_constant(zend_constant *c);

/*
 * Looks a constant up; name_len without the NUL. 1: result holds a copy (own it: zval_dtor).
 * 0: there is none.
 */
int zend_get_constant(const char *name, uint name_len, zval *result);

/*
 * The same for all forms: NAME, Ns\NAME (with IS_CONSTANT_UNQUALIFIED in flags it falls back to
 * NAME), Class::NAME, self:: and so on against scope (NULL: the running code's). An undefined
 * class or class constant is a fatal error unless ZEND_FETCH_CLASS_SILENT is in flags.
 */
int zend_get_constant_ex(const char *name, uint name_len, zval *result, zend_class_entry *scope,
    ulong flags);

/*
 * The lookup behind FETCH_CONSTANT: literal name, then (with IS_CONSTANT_UNQUALIFIED in flags)
 * its fallbacks in the literals that follow key: [1] name with lower-case namespace,
 * [2] everything in lower case, and for an unqualified name in a namespace [3] the bare
 * name, [4] it in lower case. NULL: there is none. The result stays the table's; a VM may keep
 * the pointer until the end of the request.
 */
zend_constant *zend_quick_get_constant(const zend_literal *key, ulong flags);
/* The table's entry under exactly this key, or the case-insensitive one, or NULL. */
zend_constant *zend_find_constant(const char *name, uint name_len);

/* Puts its value in place of a constant's name or expression (IS_CONSTANT, IS_CONSTANT_AST), after
 * separating *pp. scope: for self:: and so on. May throw, autoload, or raise fatal errors. */
int zval_update_constant_ex(zval **pp, zend_bool inline_change, zend_class_entry *scope);
#define zval_update_constant(pp, inline_change) \
    zval_update_constant_ex((pp), (inline_change), NULL)

#define ZEND_HALT_CONSTANT_NAME "__COMPILER_HALT_OFFSET__"
/* The offset where the data of filename begins. */
void zend_register_halt_offset(const char *filename, uint filename_len, long offset);

#endif
