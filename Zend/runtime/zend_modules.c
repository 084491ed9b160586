/* SPDX-License-Identifier: MIT */
/* The list of modules: entering them, starting them in order, what each request asks of them. */
#include "zend_portability.h"

#include <stdlib.h>
#include <strings.h>

#include "data/zend_sort.h"
#include "runtime/zend_API.h"
#include "runtime/zend_startup.h"

HashTable module_registry;

/* Internal classes that have static members, which each request must release. */
static zend_class_entry **classes_with_statics;
static uint classes_with_statics_count;

/* --- Life ------------------------------------------------------------------------------------ */

static void zend_module_dtor(void *element)
{
    zend_module_entry *module = element;

    if (module->module_started) {
        if (module->module_shutdown_func != NULL) {
            module->module_shutdown_func(module->type, module->module_number);
        }
        if (module->globals_size != 0 && module->globals_dtor != NULL) {
            module->globals_dtor(module->globals_ptr);
        }
        module->module_started = 0;
    }
}

void zend_modules_startup_registry(void)
{
    zend_hash_init_ex(&module_registry, 32, NULL, zend_module_dtor, 1, 0);
}

void zend_modules_shutdown_registry(void)
{
    zend_hash_graceful_reverse_destroy(&module_registry);
    free(classes_with_statics);
    classes_with_statics = NULL;
    classes_with_statics_count = 0;
}

int zend_next_free_module(void)
{
    return zend_hash_num_elements(&module_registry);
}

static zend_module_entry *zend_find_module(const char *name)
{
    char *lower = zend_str_tolower_dup(name, (unsigned int) strlen(name));
    zend_module_entry *module;
    int found =
        zend_hash_find(&module_registry, lower, (uint) strlen(lower) + 1, (void **) &module);

    efree(lower);
    return found == SUCCESS ? module : NULL;
}

/* --- Entering -------------------------------------------------------------------------------- */

static bool zend_module_conflicts(const zend_module_entry *module)
{
    const zend_module_dep *dep;

    for (dep = module->deps; dep != NULL && dep->name != NULL; dep++) {
        if (dep->type == MODULE_DEP_CONFLICTS && zend_find_module(dep->name) != NULL) {
            zend_error(E_CORE_WARNING,
                "Cannot load module '%s' because conflicting module '%s' is already loaded",
                module->name, dep->name);
            return true;
        }
    }
    return false;
}

zend_module_entry *zend_register_module_ex(zend_module_entry *module)
{
    zend_module_entry *registered;
    zend_module_entry *before = EG(current_module);
    char *lower;
    int result;

    if (module == NULL || zend_module_conflicts(module)) {
        return NULL;
    }
    lower = zend_str_tolower_dup(module->name, (unsigned int) strlen(module->name));
    result = zend_hash_add(&module_registry, lower, (uint) strlen(lower) + 1, module,
        sizeof(zend_module_entry), (void **) &registered);
    efree(lower);
    if (result == FAILURE) {
        zend_error(E_CORE_WARNING, "Module '%s' already loaded", module->name);
        return NULL;
    }
    EG(current_module) = registered;
    if (registered->functions != NULL
        && zend_register_functions(NULL, registered->functions, NULL, registered->type)
            == FAILURE) {
        zend_error(E_CORE_WARNING, "%s: Unable to register functions, unable to load",
            registered->name);
        EG(current_module) = before;
        return NULL;
    }
    EG(current_module) = before;
    return registered;
}

zend_module_entry *zend_register_internal_module(zend_module_entry *module)
{
    module->module_number = zend_next_free_module();
    module->type = MODULE_PERSISTENT;
    return zend_register_module_ex(module);
}

/* --- Starting -------------------------------------------------------------------------------- */

static bool zend_module_lacks_required(const zend_module_entry *module)
{
    const zend_module_dep *dep;

    for (dep = module->deps; dep != NULL && dep->name != NULL; dep++) {
        if (dep->type == MODULE_DEP_REQUIRED) {
            const zend_module_entry *required = zend_find_module(dep->name);
            if (required == NULL || !required->module_started) {
                zend_error(E_CORE_WARNING,
                    "Cannot load module '%s' because required module '%s' is not loaded",
                    module->name, dep->name);
                return true;
            }
        }
    }
    return false;
}

int zend_startup_module_ex(zend_module_entry *module)
{
    if (module->module_started) {
        return SUCCESS;
    }
    if (zend_module_lacks_required(module)) {
        return FAILURE;
    }
    module->module_started = 1;
    if (module->globals_size != 0 && module->globals_ctor != NULL) {
        module->globals_ctor(module->globals_ptr);
    }
    if (module->module_startup_func != NULL) {
        EG(current_module) = module;
        if (module->module_startup_func(module->type, module->module_number) == FAILURE) {
            EG(current_module) = NULL;
            zend_error(E_CORE_ERROR, "Unable to start %s module", module->name);
            return FAILURE;
        }
        EG(current_module) = NULL;
    }
    return SUCCESS;
}

int zend_startup_module(zend_module_entry *module)
{
    module = zend_register_internal_module(module);
    return module != NULL ? zend_startup_module_ex(module) : FAILURE;
}

static bool zend_module_needs(const zend_module_entry *module, const zend_module_entry *other)
{
    const zend_module_dep *dep;

    for (dep = module->deps; dep != NULL && dep->name != NULL; dep++) {
        if (dep->type != MODULE_DEP_CONFLICTS && strcasecmp(dep->name, other->name) == 0) {
            return true;
        }
    }
    return false;
}

/* A module that needs a later one takes the place behind it; a few rounds settle all chains. */
static void zend_sort_modules(void *base, size_t count, size_t size, compare_func_t compare)
{
    Bucket **modules = base;
    size_t i = 0;
    size_t moves = count * count;

    (void) size;
    (void) compare;
    while (i < count && moves > 0) {
        size_t j = count;
        while (--j > i && !zend_module_needs(modules[i]->pData, modules[j]->pData)) {
        }
        if (j > i) {
            Bucket *module = modules[i];
            memmove(&modules[i], &modules[i + 1], (j - i) * sizeof(Bucket *));
            modules[j] = module;
            moves--;
        } else {
            i++;
        }
    }
}

static int zend_startup_registered_module(void *element)
{
    return zend_startup_module_ex(element) == SUCCESS ? ZEND_HASH_APPLY_KEEP
                                                      : ZEND_HASH_APPLY_REMOVE;
}

int zend_startup_modules(void)
{
    zend_hash_sort(&module_registry, zend_sort_modules, NULL, 0);
    zend_hash_apply(&module_registry, zend_startup_registered_module);
    return SUCCESS;
}

int zend_get_module_started(const char *module_name)
{
    const zend_module_entry *module = zend_find_module(module_name);

    return module != NULL && module->module_started ? SUCCESS : FAILURE;
}

const char *zend_get_module_version(const char *module_name)
{
    const zend_module_entry *module = zend_find_module(module_name);

    return module != NULL ? module->version : NULL;
}

/* --- Requests -------------------------------------------------------------------------------- */

static int zend_activate_module(void *element)
{
    zend_module_entry *module = element;

    if (module->request_startup_func != NULL
        && module->request_startup_func(module->type, module->module_number) == FAILURE) {
        zend_error(E_WARNING, "request_startup() for %s module failed", module->name);
        exit(1);
    }
    return ZEND_HASH_APPLY_KEEP;
}

void zend_activate_modules(void)
{
    zend_hash_apply(&module_registry, zend_activate_module);
}

static int zend_deactivate_module(void *element)
{
    zend_module_entry *module = element;

    if (module->request_shutdown_func != NULL) {
        /* One module's bail-out must not keep the others from cleaning up. */
        zend_try {
            module->request_shutdown_func(module->type, module->module_number);
        } zend_end_try();
    }
    return ZEND_HASH_APPLY_KEEP;
}

void zend_deactivate_modules(void)
{
    EG(current_execute_data) = NULL;
    zend_hash_reverse_apply(&module_registry, zend_deactivate_module);
}

static int zend_post_deactivate_module(void *element)
{
    zend_module_entry *module = element;

    if (module->post_deactivate_func != NULL) {
        module->post_deactivate_func();
    }
    return ZEND_HASH_APPLY_KEEP;
}

void zend_post_deactivate_modules(void)
{
    zend_hash_apply(&module_registry, zend_post_deactivate_module);
}

static int zend_note_class_with_statics(void *element)
{
    zend_class_entry *ce = *(zend_class_entry **) element;

    if (ce->type == ZEND_INTERNAL_CLASS && ce->default_static_members_count > 0) {
        classes_with_statics = __zend_realloc(classes_with_statics,
            (classes_with_statics_count + 1) * sizeof(zend_class_entry *));
        classes_with_statics[classes_with_statics_count++] = ce;
    }
    return ZEND_HASH_APPLY_KEEP;
}

void zend_collect_module_handlers(void)
{
    zend_hash_apply(CG(class_table), zend_note_class_with_statics);
}

void zend_cleanup_internal_classes(void)
{
    uint i;

    for (i = 0; i < classes_with_statics_count; i++) {
        zend_cleanup_internal_class_data(classes_with_statics[i]);
    }
}
