/* SPDX-License-Identifier: MIT */
/* The list of shutdown functions of the request. */
#include "main/php_shutdown.h"
#include "vm/zend_exceptions.h"

static HashTable *shutdown_functions; /* of php_shutdown_function_entry; NULL when there are none */

static void entry_dtor(void *element)
{
    php_shutdown_function_entry *entry = element;
    int i;

    for (i = 0; i < entry->arg_count; i++) {
        zval_ptr_dtor(&entry->arguments[i]);
    }
    efree(entry->arguments);
}

int append_user_shutdown_function(const php_shutdown_function_entry *entry)
{
    if (!shutdown_functions) {
        ALLOC_HASHTABLE(shutdown_functions);
        zend_hash_init(shutdown_functions, 0, NULL, entry_dtor, 0);
    }
    return zend_hash_next_index_insert(shutdown_functions, (void *) entry, sizeof(*entry), NULL);
}

static int call_entry(void *element)
{
    php_shutdown_function_entry *entry = element;
    zval result, *callable = entry->arguments[0];
    char *name = NULL;

    if (!zend_is_callable(callable, 0, &name)) {
        php_error(E_WARNING, "(Registered shutdown functions) Unable to call %s() - function does "
            "not exist", name);
        efree(name);
        return ZEND_HASH_APPLY_KEEP;
    }
    efree(name);
    INIT_ZVAL(result);
    if (call_user_function(EG(function_table), NULL, callable, &result,
            (zend_uint) entry->arg_count - 1, entry->arguments + 1) == SUCCESS) {
        zval_dtor(&result);
    }
    if (EG(exception)) {
        zend_exception_error(EG(exception), E_ERROR);
    }
    return ZEND_HASH_APPLY_KEEP;
}

void php_call_shutdown_functions(void)
{
    if (shutdown_functions) {
        zend_try {
            zend_hash_apply(shutdown_functions, call_entry);
        } zend_end_try();
    }
}

void php_free_shutdown_functions(void)
{
    HashTable *functions = shutdown_functions;

    shutdown_functions = NULL;
    if (functions) {
        zend_try {
            zend_hash_destroy(functions);
            FREE_HASHTABLE(functions);
        } zend_end_try();
    }
}
