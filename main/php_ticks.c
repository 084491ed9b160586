/* SPDX-License-Identifier: MIT */
/* The list of tick functions, made when the first one is added. */
#include "main/php.h"
#include "main/php_ticks.h"

typedef void (*tick_function)(int count);

static void need_list(void)
{
    if (PG(tick_functions).size == 0) {
        zend_llist_init(&PG(tick_functions), sizeof(tick_function), NULL, 0);
    }
}

void php_add_tick_function(tick_function func)
{
    need_list();
    zend_llist_add_element(&PG(tick_functions), &func);
}

static int is_same_function(void *element, void *sought)
{
    return *(tick_function *) element == *(tick_function *) sought;
}

void php_remove_tick_function(tick_function func)
{
    if (PG(tick_functions).size) {
        zend_llist_del_element(&PG(tick_functions), &func, is_same_function);
    }
}

void php_run_ticks(int count)
{
    zend_llist_element *element, *next;

    for (element = PG(tick_functions).head; element; element = next) {
        next = element->next;
        (*(tick_function *) element->data)(count);
    }
}

void php_deactivate_ticks(void)
{
    if (PG(tick_functions).size) {
        zend_llist_destroy(&PG(tick_functions));
        memset(&PG(tick_functions), 0, sizeof(PG(tick_functions)));
    }
}
