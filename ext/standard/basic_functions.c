/* SPDX-License-Identifier: MIT */
/* The module `standard`: puts its parts together. */
#include "ext/standard/basic_functions.h"

#define PART_ADDRESS(name) &standard_##name##_part,
static const php_standard_part *const parts[] = {PHP_STANDARD_PARTS(PART_ADDRESS)};
#define PART_COUNT ((int) (sizeof(parts) / sizeof(*parts)))

void php_register_long_constants(const php_long_constant *table, int module_number)
{
    for (; table->name; table++) {
        zend_register_long_constant(table->name, (uint) strlen(table->name) + 1, table->value,
            CONST_CS | CONST_PERSISTENT, module_number);
    }
}

static PHP_MINIT_FUNCTION(basic)
{
    int i;

    for (i = 0; i < PART_COUNT; i++) {
        if (parts[i]->functions
            && zend_register_functions(NULL, parts[i]->functions, NULL, type) == FAILURE) {
            return FAILURE;
        }
        if (parts[i]->module_startup
            && parts[i]->module_startup(INIT_FUNC_ARGS_PASSTHRU) == FAILURE) {
            return FAILURE;
        }
    }
    return SUCCESS;
}

static PHP_MSHUTDOWN_FUNCTION(basic)
{
    int i;

    for (i = PART_COUNT - 1; i >= 0; i--) {
        if (parts[i]->module_shutdown) {
            parts[i]->module_shutdown(SHUTDOWN_FUNC_ARGS_PASSTHRU);
        }
    }
    UNREGISTER_INI_ENTRIES();
    return SUCCESS;
}

static PHP_RINIT_FUNCTION(basic)
{
    int i;

    for (i = 0; i < PART_COUNT; i++) {
        if (parts[i]->request_startup
            && parts[i]->request_startup(INIT_FUNC_ARGS_PASSTHRU) == FAILURE) {
            return FAILURE;
        }
    }
    return SUCCESS;
}

static PHP_RSHUTDOWN_FUNCTION(basic)
{
    int i;

    for (i = PART_COUNT - 1; i >= 0; i--) {
        if (parts[i]->request_shutdown) {
            parts[i]->request_shutdown(SHUTDOWN_FUNC_ARGS_PASSTHRU);
        }
    }
    return SUCCESS;
}

static PHP_MINFO_FUNCTION(basic)
{
    int i;

    for (i = 0; i < PART_COUNT; i++) {
        if (parts[i]->info) {
            parts[i]->info(ZEND_MODULE_INFO_FUNC_ARGS_PASSTHRU);
        }
    }
    DISPLAY_INI_ENTRIES();
}

zend_module_entry basic_functions_module = {
    STANDARD_MODULE_HEADER,
    "standard",
    NULL, /* the parts register theirs */
    PHP_MINIT(basic),
    PHP_MSHUTDOWN(basic),
    PHP_RINIT(basic),
    PHP_RSHUTDOWN(basic),
    PHP_MINFO(basic),
    PHP_VERSION,
    STANDARD_MODULE_PROPERTIES,
};
