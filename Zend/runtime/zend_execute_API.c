/* SPDX-License-Identifier: MIT */
/*
 * Where the running code is, the executor's start and end for a request, and the time limit.
 *
 * The time limit is a timer that counts the process's own time. Its signal handler only sets
 * EG(timed_out); the error is raised at the virtual machine's next safe point.
 */
#include "runtime/zend_API.h"
#include "runtime/zend_startup.h"
#include "vm/zend_execute.h"

#include <signal.h>
#include <string.h>
#include <sys/time.h>

/* --- Where the code is ----------------------------------------------------------------------- */

zend_bool zend_is_executing(void)
{
    return zend_user_frame() != NULL;
}

zend_bool zend_is_compiling(void)
{
    return CG(in_compilation);
}

const char *get_active_function_name(void)
{
    const zend_execute_data *frame = EG(current_execute_data);

    if (frame == NULL || frame->func == NULL) {
        return NULL;
    }
    return frame->func->common.function_name != NULL ? frame->func->common.function_name : "main";
}

const char *get_active_class_name(const char **space)
{
    const zend_execute_data *frame = EG(current_execute_data);
    const zend_class_entry *ce =
        frame != NULL && frame->func != NULL ? frame->func->common.scope : NULL;

    if (space != NULL) {
        *space = ce != NULL ? "::" : "";
    }
    return ce != NULL ? ce->name : "";
}

const char *zend_get_executed_filename(void)
{
    const zend_execute_data *frame = zend_user_frame();

    return frame != NULL ? frame->func->op_array.code->filename : "[no active file]";
}

uint zend_get_executed_lineno(void)
{
    const zend_execute_data *frame = zend_user_frame();

    if (frame == NULL || frame->opline == NULL) {
        return 0;
    }
    if (EG(exception) != NULL && frame->opline->lineno == 0
        && EG(opline_before_exception) != NULL) {
        return EG(opline_before_exception)->lineno;
    }
    return frame->opline->lineno;
}

/* --- Start ----------------------------------------------------------------------------------- */

static void zend_init_fixed_zvals(void)
{
    INIT_ZVAL(EG(uninitialized_zval));
    Z_ADDREF(EG(uninitialized_zval));
    EG(uninitialized_zval_ptr) = &EG(uninitialized_zval);
    INIT_ZVAL(EG(error_zval));
    Z_SET_ISREF(EG(error_zval));
    EG(error_zval_ptr) = &EG(error_zval);
}

void init_executor(void)
{
    zend_init_fixed_zvals();
    zend_hash_init(&EG(symbol_table), 64, NULL, ZVAL_PTR_DTOR, 0);
    zend_hash_init(&EG(included_files), 8, NULL, NULL, 0);
    EG(in_execution) = 0;
    EG(in_autoload) = NULL;
    EG(autoload_func) = NULL;
    EG(current_execute_data) = NULL;
    EG(scope) = NULL;
    EG(exception) = NULL;
    EG(prev_exception) = NULL;
    EG(opline_before_exception) = NULL;
    EG(user_error_handler) = NULL;
    EG(user_exception_handler) = NULL;
    EG(error_handling) = EH_NORMAL;
    EG(exception_class) = NULL;
    EG(user_code_runs) = 0;
    EG(ticks_count) = 0;
    EG(lambda_count) = 0;
    EG(timed_out) = 0;
    EG(exit_requested) = 0;
    EG(exit_status) = 0;
    EG(full_tables_cleanup) = 0;
    zend_stack_init(&EG(user_error_handlers_error_reporting));
    zend_ptr_stack_init(&EG(user_error_handlers));
    zend_ptr_stack_init(&EG(user_exception_handlers));
    zend_objects_store_init(&EG(objects_store), ZEND_OBJECTS_STORE_SIZE);
    zend_vm_stack_init();
    EG(active) = 1;
}

/* --- End ------------------------------------------------------------------------------------- */

static int zend_destruct_global(void *element)
{
    const zval *value = *(zval **) element;

    return Z_TYPE_P(value) == IS_OBJECT && Z_REFCOUNT_P(value) == 1
        ? ZEND_HASH_APPLY_REMOVE : ZEND_HASH_APPLY_KEEP;
}

void shutdown_destructors(void)
{
    zend_try {
        int variables;
        do {
            variables = zend_hash_num_elements(&EG(symbol_table));
            zend_hash_reverse_apply(&EG(symbol_table), zend_destruct_global);
        } while (variables != zend_hash_num_elements(&EG(symbol_table)));
        zend_objects_store_call_destructors(&EG(objects_store));
    } zend_catch {
        zend_objects_store_mark_destructed(&EG(objects_store));
    } zend_end_try();
}

static void zend_release_handler(zval **handler)
{
    if (*handler != NULL) {
        zval *old = *handler;
        *handler = NULL;
        zval_ptr_dtor(&old);
    }
}

static void zend_release_pushed_handler(void *handler)
{
    zval *value = handler;

    if (value != NULL) {
        zval_ptr_dtor(&value);
    }
}

static void zend_release_handlers(void)
{
    zend_release_handler(&EG(user_error_handler));
    zend_release_handler(&EG(user_exception_handler));
    zend_ptr_stack_clean(&EG(user_error_handlers), zend_release_pushed_handler, 0);
    zend_ptr_stack_clean(&EG(user_exception_handlers), zend_release_pushed_handler, 0);
}

static int zend_clean_user_function(void *element)
{
    return ((zend_function *) element)->type == ZEND_INTERNAL_FUNCTION
        ? ZEND_HASH_APPLY_STOP : ZEND_HASH_APPLY_REMOVE;
}

static int zend_clean_user_class(void *element)
{
    return (*(zend_class_entry **) element)->type == ZEND_INTERNAL_CLASS
        ? ZEND_HASH_APPLY_STOP : ZEND_HASH_APPLY_REMOVE;
}

/* The statics of functions may be objects whose classes go next: they are released first. */
static void zend_release_statics(void)
{
    zend_hash_reverse_apply(EG(function_table), (apply_func_t) zend_cleanup_function_data);
    zend_hash_reverse_apply(EG(class_table), (apply_func_t) zend_cleanup_class_data);
}

/* After a bail-out nothing is trusted: what the request allocated goes with its heap, untouched. */
static void zend_forget_user_code(void)
{
    dtor_func_t function_dtor = EG(function_table)->pDestructor;
    dtor_func_t class_dtor = EG(class_table)->pDestructor;
    dtor_func_t constant_dtor = EG(zend_constants)->pDestructor;

    EG(function_table)->pDestructor = NULL;
    EG(class_table)->pDestructor = NULL;
    EG(zend_constants)->pDestructor = NULL;
    zend_hash_reverse_apply(EG(function_table), zend_clean_user_function);
    zend_hash_reverse_apply(EG(class_table), zend_clean_user_class);
    clean_non_persistent_constants();
    EG(function_table)->pDestructor = function_dtor;
    EG(class_table)->pDestructor = class_dtor;
    EG(zend_constants)->pDestructor = constant_dtor;
    zend_cleanup_internal_classes();
}

static void zend_release_user_code(void)
{
    zend_try {
        zend_hash_graceful_reverse_destroy(&EG(symbol_table));
        zend_vm_release_orphans();
        zend_release_handlers();
        zend_release_statics();
        zend_cleanup_internal_classes();
        zend_objects_store_free_object_storage(&EG(objects_store));
    } zend_end_try();
    if (CG(unclean_shutdown)) {
        zend_forget_user_code();
        return;
    }
    zend_destroy_symbol_table_cache();
    zend_vm_stack_destroy();
    zend_hash_reverse_apply(EG(function_table), zend_clean_user_function);
    zend_hash_reverse_apply(EG(class_table), zend_clean_user_class);
    clean_non_persistent_constants();
    zend_objects_store_destroy(&EG(objects_store));
    zend_hash_destroy(&EG(included_files));
    zend_stack_destroy(&EG(user_error_handlers_error_reporting));
    zend_ptr_stack_destroy(&EG(user_error_handlers));
    zend_ptr_stack_destroy(&EG(user_exception_handlers));
    if (EG(in_autoload) != NULL) {
        zend_hash_destroy(EG(in_autoload));
        FREE_HASHTABLE(EG(in_autoload));
    }
}

void shutdown_executor(void)
{
    if (CG(unclean_shutdown)) {
        zend_forget_user_code();
    } else {
        zend_release_user_code();
    }
    EG(in_autoload) = NULL;
    EG(current_execute_data) = NULL;
    EG(exception) = NULL;
    EG(active) = 0;
}

/* --- The time limit -------------------------------------------------------------------------- */

static void zend_timer_expired(int signal_number)
{
    (void) signal_number;
    EG(timed_out) = 1;
}

void zend_timeout(int dummy)
{
    (void) dummy;
    EG(timed_out) = 0;
    if (zend_on_timeout != NULL) {
        zend_on_timeout((int) EG(timeout_seconds));
    }
    zend_error(E_ERROR, "Maximum execution time of %ld second%s exceeded", EG(timeout_seconds),
        EG(timeout_seconds) == 1 ? "" : "s");
}

static void zend_start_timer(long seconds)
{
    struct itimerval timer;

    memset(&timer, 0, sizeof(timer));
    timer.it_value.tv_sec = seconds;
    setitimer(ITIMER_PROF, &timer, NULL);
}

void zend_set_timeout(long seconds, int reset_signals)
{
    EG(timeout_seconds) = seconds;
    EG(timed_out) = 0;
    if (seconds > 0 && reset_signals) {
        struct sigaction action;
        memset(&action, 0, sizeof(action));
        action.sa_handler = zend_timer_expired;
        action.sa_flags = SA_RESTART;
        sigemptyset(&action.sa_mask);
        sigaction(SIGPROF, &action, NULL);
    }
    zend_start_timer(seconds > 0 ? seconds : 0);
}

void zend_unset_timeout(void)
{
    if (EG(timeout_seconds) > 0) {
        zend_start_timer(0);
    }
    EG(timed_out) = 0;
}
