/* SPDX-License-Identifier: MIT */
/*
 * Modules: a named set of functions, classes, constants and directives.
 *
 * A module is one zend_module_entry. At start-up all are entered into module_registry, sorted so
 * that each comes behind those it depends on, and started in that order (MINIT); each request
 * activates them (RINIT) and deactivates them in reverse (RSHUTDOWN).
 */
#ifndef ZEND_MODULES_H
#define ZEND_MODULES_H

#include "compile/zend_op_array.h"
#include "runtime/zend_ini.h"

#define ZEND_MODULE_API_NO 20131226
#define MODULE_PERSISTENT 1
#define MODULE_TEMPORARY 2

typedef struct _zend_module_entry zend_module_entry;
typedef struct _zend_module_dep zend_module_dep;

#define INIT_FUNC_ARGS int type, int module_number
#define INIT_FUNC_ARGS_PASSTHRU type, module_number
#define SHUTDOWN_FUNC_ARGS int type, int module_number
#define SHUTDOWN_FUNC_ARGS_PASSTHRU type, module_number
#define ZEND_MODULE_INFO_FUNC_ARGS zend_module_entry *zend_module
#define ZEND_MODULE_INFO_FUNC_ARGS_PASSTHRU zend_module

/* One row of a function table; see PHP_FE. */
typedef struct _zend_function_entry {
    const char *fname; /* NULL ends the table */
    zif_handler_t handler;
    const char *signature; /* the parameters, as PHP source; NULL: unknown */
    const char *doc;       /* one line: what it does */
    zend_uint flags;       /* ZEND_ACC_* */
} zend_function_entry;

struct _zend_module_entry {
    unsigned short size;
    unsigned int zend_api;
    unsigned char zend_debug;
    unsigned char zts;
    const zend_ini_entry *ini_entry;
    const zend_module_dep *deps;
    const char *name;
    const zend_function_entry *functions;
    int (*module_startup_func)(INIT_FUNC_ARGS);
    int (*module_shutdown_func)(SHUTDOWN_FUNC_ARGS);
    int (*request_startup_func)(INIT_FUNC_ARGS);
    int (*request_shutdown_func)(SHUTDOWN_FUNC_ARGS);
    void (*info_func)(ZEND_MODULE_INFO_FUNC_ARGS);
    const char *version;
    size_t globals_size;
    void *globals_ptr;
    void (*globals_ctor)(void *global);
    void (*globals_dtor)(void *global);
    int (*post_deactivate_func)(void);
    int module_started;
    unsigned char type;
    void *handle;
    int module_number;
    const char *build_id;
};

#define STANDARD_MODULE_HEADER_EX \
    sizeof(zend_module_entry), ZEND_MODULE_API_NO, ZEND_DEBUG, 0
#define STANDARD_MODULE_HEADER STANDARD_MODULE_HEADER_EX, NULL, NULL
#define STANDARD_MODULE_PROPERTIES_EX 0, 0, NULL, 0, NULL
#define NO_MODULE_GLOBALS 0, NULL, NULL, NULL
#define STANDARD_MODULE_PROPERTIES NO_MODULE_GLOBALS, NULL, STANDARD_MODULE_PROPERTIES_EX

#define MODULE_DEP_REQUIRED 1
#define MODULE_DEP_CONFLICTS 2
#define MODULE_DEP_OPTIONAL 3
struct _zend_module_dep {
    const char *name; /* NULL ends the list */
    const char *rel;
    const char *version;
    unsigned char type; /* MODULE_DEP_* */
};
#define ZEND_MOD_REQUIRED(name) {name, NULL, NULL, MODULE_DEP_REQUIRED},
#define ZEND_MOD_CONFLICTS(name) {name, NULL, NULL, MODULE_DEP_CONFLICTS},
#define ZEND_MOD_OPTIONAL(name) {name, NULL, NULL, MODULE_DEP_OPTIONAL},
#define ZEND_MOD_END {NULL, NULL, NULL, 0}

/* Lower-case name -> zend_module_entry, by value. */
extern HashTable module_registry;

void zend_modules_startup_registry(void);
/* MSHUTDOWN of all, the last started first. */
void zend_modules_shutdown_registry(void);

/* Enters a copy; registers its functions. NULL after "already loaded" or a conflict. */
zend_module_entry *zend_register_module_ex(zend_module_entry *module);
/* The same for a module linked in; gives it its number. */
zend_module_entry *zend_register_internal_module(zend_module_entry *module);
int zend_next_free_module(void);
/* Calls MINIT once; FAILURE makes start-up fail. */
int zend_startup_module_ex(zend_module_entry *module);
int zend_startup_module(zend_module_entry *module);
/* Sorts by dependencies and starts all modules. */
int zend_startup_modules(void);
int zend_get_module_started(const char *module_name); /* SUCCESS or FAILURE */
const char *zend_get_module_version(const char *module_name);

/* After start-up: notes the classes that zend_cleanup_internal_classes() is about. */
void zend_collect_module_handlers(void);
void zend_activate_modules(void);
void zend_deactivate_modules(void);
/* Releases this request's static members of internal classes. */
void zend_cleanup_internal_classes(void);
void zend_post_deactivate_modules(void);

#endif
