/* SPDX-License-Identifier: MIT */
/* The engine's globals: the executor's (EG) and the compiler's (CG). One process, one thread. */
#ifndef ZEND_GLOBALS_H
#define ZEND_GLOBALS_H

#include <setjmp.h>

#include "compile/zend_op_array.h"
#include "data/zend_hash.h"
#include "data/zend_llist.h"
#include "data/zend_ptr_stack.h"
#include "data/zend_stack.h"
#include "object/zend_class_entry.h"
#include "object/zend_objects_API.h"
#include "runtime/zend_errors.h"
#include "vm/zend_frame.h"

typedef struct _zend_compiler_globals zend_compiler_globals;
typedef struct _zend_executor_globals zend_executor_globals;

struct _zend_compiler_globals {
    HashTable *function_table; /* lower-case name -> zend_function */
    HashTable *class_table;    /* lower-case name -> zend_class_entry * */
    HashTable *auto_globals;   /* name -> zend_auto_global */
    HashTable included_unused;
    const char *compiled_filename; /* interned */
    zend_uint zend_lineno;
    zend_bool in_compilation;
    zend_bool unclean_shutdown;
    zend_bool short_tags;
    zend_bool asp_tags;
    zend_uint compiler_options;
    void *compiler_context; /* the compiler's own state of the file being compiled */
};

struct _zend_executor_globals {
    zval uninitialized_zval; /* the NULL of undefined variables; shared, never freed */
    zval *uninitialized_zval_ptr;
    zval error_zval;         /* the target of impossible writes */
    zval *error_zval_ptr;
    zval exception_placeholder;

    HashTable symbol_table;  /* the global variables */
    HashTable included_files;
    HashTable *symtable_cache[32]; /* emptied symbol tables of functions, for the next ones */
    int symtable_cache_count;

    sigjmp_buf *bailout;
    int error_reporting;
    int orig_error_reporting;
    int exit_status;

    HashTable *function_table;
    HashTable *class_table;
    HashTable *zend_constants;
    zend_execute_data *current_execute_data;
    zend_class_entry *scope; /* for visibility while no frame runs: see zend_executed_scope() */
    zend_vm_stack vm_stack; /* the current page */
    char *vm_stack_top;     /* where its next frame goes */
    char *vm_stack_end;

    long precision;
    int ticks_count;
    zend_bool in_execution;
    zend_bool in_autoload_unused;
    HashTable *in_autoload;
    zend_function *autoload_func;
    zend_bool full_tables_cleanup;
    zend_bool no_extensions;
    zend_bool active;        /* between activation and deactivation of a request */
    zend_bool flags_in_shutdown;
    zend_uint user_code_runs; /* counts handlers, destructors ...: user code run by the engine */

    HashTable regular_list;    /* resources of the request: id -> zend_rsrc_list_entry */
    HashTable persistent_list;

    int user_error_handler_error_reporting;
    zval *user_error_handler;
    zval *user_exception_handler;
    zend_stack user_error_handlers_error_reporting;
    zend_ptr_stack user_error_handlers;
    zend_ptr_stack user_exception_handlers;

    zend_error_handling_t error_handling;
    zend_class_entry *exception_class;

    zend_objects_store objects_store;
    zval *exception;      /* the pending exception, or NULL */
    zval *prev_exception;
    const zend_op *opline_before_exception;

    HashTable *ini_directives;
    HashTable *modified_ini_directives;
    long timeout_seconds;

    struct _zend_module_entry *current_module;
    long lambda_count;
    zend_bool timed_out;
    zend_bool exit_requested; /* exit() is unwinding */
    char *stack_limit; /* the lowest address the C stack may reach */
};

extern zend_compiler_globals compiler_globals;
extern zend_executor_globals executor_globals;
#define CG(name) (compiler_globals.name)
#define EG(name) (executor_globals.name)

#define SUCCESS_OR(result) ((result) == SUCCESS)

/* Running code that may bail out. */
#define zend_try \
    { \
        sigjmp_buf *volatile zend_saved_bailout = EG(bailout); \
        zend_execute_data *volatile zend_saved_frame = EG(current_execute_data); \
        sigjmp_buf zend_bailout_buffer; \
        EG(bailout) = &zend_bailout_buffer; \
        if (sigsetjmp(zend_bailout_buffer, 0) == 0 \
            || (EG(bailout) = zend_saved_bailout, zend_vm_unwind(zend_saved_frame), 0)) {
#define zend_catch \
        } else {
#define zend_end_try() \
        } \
        EG(bailout) = zend_saved_bailout; \
        if (ZEND_UNLIKELY(EG(current_execute_data) != zend_saved_frame)) { \
            zend_vm_unwind(zend_saved_frame); \
        } \
    }
#define zend_first_try \
    EG(bailout) = NULL; \
    zend_try

/* After a bail-out: drops the frames above `frame` and makes it the current one. Variables of
 * attached symbol tables are saved into these; nothing is released. */
void zend_vm_unwind(zend_execute_data *frame);

/* Leaves by longjmp to the innermost zend_try. */
ZEND_NORETURN void zend_bailout(void);

#endif
