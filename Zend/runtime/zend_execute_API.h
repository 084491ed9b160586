/* SPDX-License-Identifier: MIT */
/*
 * Callbacks into scripts, classes by name, and where the running code is.
 */
#ifndef ZEND_EXECUTE_API_H
#define ZEND_EXECUTE_API_H

#include "compile/zend_op_array.h"
#include "object/zend_class_entry.h"
#include "runtime/zend_globals.h"

/* --- Calling functions ----------------------------------------------------------------------- */

/* What to call and with what. */
typedef struct _zend_fcall_info {
    size_t size; /* sizeof(zend_fcall_info); 0 marks one that was not given ("f!") */
    HashTable *function_table; /* unused; kept for the interface's sake */
    zval *function_name;       /* any callable */
    HashTable *symbol_table;   /* unused */
    zval **retval_ptr_ptr;     /* gets the result: a counted zval, or NULL after an exception */
    zend_uint param_count;
    zval ***params; /* the places of the arguments: param_count zval ** */
    zval *object_ptr;
    zend_bool no_separation; /* 1: a shared value for a reference parameter is refused */
} zend_fcall_info;

/* A callable, resolved: valid while its object, class and function live. */
typedef struct _zend_fcall_info_cache {
    zend_bool initialized;
    zend_function *function_handler;
    zend_class_entry *calling_scope;
    zend_class_entry *called_scope;
    zval *object_ptr;
} zend_fcall_info_cache;

extern const zend_fcall_info empty_fcall_info;
extern const zend_fcall_info_cache empty_fcall_info_cache;
#define ZEND_FCI_INITIALIZED(fci) ((fci).size != 0)

/*
 * Calls. SUCCESS: *retval_ptr_ptr is the result, or NULL after an exception. FAILURE: it was not
 * called, since it is not callable (a warning says why), a value was given for a reference, an
 * exception is pending already, or the request is over.
 */
int zend_call_function(zend_fcall_info *fci, zend_fcall_info_cache *fci_cache);
/* The result is moved into retval_ptr (NULL when there is none). */
int call_user_function(HashTable *function_table, zval **object_pp, zval *function_name,
    zval *retval_ptr, zend_uint param_count, zval *params[]);
int call_user_function_ex(HashTable *function_table, zval **object_pp, zval *function_name,
    zval **retval_ptr_ptr, zend_uint param_count, zval **params[], int no_separation,
    HashTable *symbol_table);
/* Is there a function of this name? The entry, or NULL; the name in any case. */
zend_function *zend_lookup_function(const char *name, uint name_length);

/* --- Classes by name ------------------------------------------------------------------------- */

#define ZEND_FETCH_CLASS_DEFAULT 0
#define ZEND_FETCH_CLASS_SELF 1
#define ZEND_FETCH_CLASS_PARENT 2
#define ZEND_FETCH_CLASS_MAIN 3
#define ZEND_FETCH_CLASS_GLOBAL 4
#define ZEND_FETCH_CLASS_AUTO 5
#define ZEND_FETCH_CLASS_INTERFACE 6
#define ZEND_FETCH_CLASS_STATIC 7
#define ZEND_FETCH_CLASS_TRAIT 14
#define ZEND_FETCH_CLASS_MASK 0x0f
#define ZEND_FETCH_CLASS_NO_AUTOLOAD 0x80
#define ZEND_FETCH_CLASS_SILENT 0x0100

/*
 * Finds a class, autoloading it when needed. Name lengths do not count the NUL; a leading \ is
 * skipped. `key` is the literal with the lower-case name and its hash, or NULL.
 */
int zend_lookup_class(const char *name, int name_length, zend_class_entry ***ce);
int zend_lookup_class_ex(const char *name, int name_length, const zend_literal *key,
    int use_autoload, zend_class_entry ***ce);
/* By name or by kind (self, parent, static). NULL, or unless silent a fatal error, if missing. */
zend_class_entry *zend_fetch_class(const char *class_name, uint class_name_len, int fetch_type);
zend_class_entry *zend_fetch_class_by_name(const char *class_name, uint class_name_len,
    const zend_literal *key, int fetch_type);
/* ZEND_FETCH_CLASS_SELF, PARENT, STATIC or DEFAULT of a class name as written. */
int zend_get_class_fetch_type(const char *class_name, uint class_name_len);

/* --- Where the code is ----------------------------------------------------------------------- */

/* The running function's name; "main" for main code, NULL outside all code. */
const char *get_active_function_name(void);
/* Its class's name, and "::" (or "" and ""). space may be NULL. */
const char *get_active_class_name(const char **space);
const char *zend_get_executed_filename(void); /* "[no active file]" outside */
uint zend_get_executed_lineno(void);
zend_bool zend_is_executing(void);
zend_bool zend_is_compiling(void);

/* --- eval() for C (vm/zend_include.c) -------------------------------------------------------- */

/* Runs str; with retval_ptr it is an expression, whose value that zval gets. string_name is the
 * file name in messages. FAILURE after a parse error. */
int zend_eval_string(const char *str, zval *retval_ptr, const char *string_name);
int zend_eval_stringl(const char *str, int str_len, zval *retval_ptr, const char *string_name);
int zend_eval_string_ex(const char *str, zval *retval_ptr, const char *string_name,
    int handle_exceptions);
int zend_eval_stringl_ex(const char *str, int str_len, zval *retval_ptr,
    const char *string_name, int handle_exceptions);

/* --- The executor's life --------------------------------------------------------------------- */

void init_executor(void);
/* Destroys the globals and calls every destructor still due. */
void shutdown_destructors(void);
void shutdown_executor(void);

/* max_execution_time: seconds from now, 0 none. reset_signals: also install the handler. */
void zend_set_timeout(long seconds, int reset_signals);
void zend_unset_timeout(void);
/* Raises "Maximum execution time of N seconds exceeded"; called at the next safe point. */
void zend_timeout(int dummy);

#define zend_get_bailout() EG(bailout)

#endif
