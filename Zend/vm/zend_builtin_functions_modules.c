/* SPDX-License-Identifier: MIT */
/* Core functions about what is loaded: files, modules, resources, constants. */
#include "zend_portability.h"

#include <strings.h>

#include "runtime/zend_API.h"
#include "vm/zend_builtin_functions.h"

PHP_FUNCTION(get_included_files)
{
    HashPosition position;
    char *name;
    uint name_length;
    ulong index;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    array_init(return_value);
    zend_hash_internal_pointer_reset_ex(&EG(included_files), &position);
    while (zend_hash_get_current_key_ex(&EG(included_files), &name, &name_length, &index, 0,
               &position) == HASH_KEY_IS_STRING) {
        add_next_index_stringl(return_value, name, name_length - 1, 1);
        zend_hash_move_forward_ex(&EG(included_files), &position);
    }
}

PHP_FUNCTION(get_resource_type)
{
    zval *resource;
    const char *type;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "r", &resource) == FAILURE) {
        return;
    }
    type = zend_rsrc_list_get_rsrc_type((int) Z_RESVAL_P(resource));
    RETURN_STRING(type != NULL ? type : "Unknown", 1);
}

/* --- Modules --------------------------------------------------------------------------------- */

static int zend_add_module_name(void *element, void *list)
{
    add_next_index_string(list, ((zend_module_entry *) element)->name, 1);
    return ZEND_HASH_APPLY_KEEP;
}

PHP_FUNCTION(get_loaded_extensions)
{
    zend_bool zend_extensions = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|b", &zend_extensions) == FAILURE) {
        return;
    }
    array_init(return_value);
    if (!zend_extensions) {
        zend_hash_apply_with_argument(&module_registry, zend_add_module_name, return_value);
    }
}

static zend_module_entry *zend_find_module_by_name(const char *name, int length)
{
    char *lower = zend_str_tolower_dup(name, length);
    zend_module_entry *module;
    int found = zend_hash_find(&module_registry, lower, length + 1, (void **) &module);

    efree(lower);
    return found == SUCCESS ? module : NULL;
}

PHP_FUNCTION(extension_loaded)
{
    char *name;
    int name_length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &name, &name_length) == FAILURE) {
        return;
    }
    RETURN_BOOL(zend_find_module_by_name(name, name_length) != NULL);
}

PHP_FUNCTION(get_extension_funcs)
{
    char *name;
    int name_length;
    const zend_module_entry *module;
    HashPosition position;
    zend_function *function;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &name, &name_length) == FAILURE) {
        return;
    }
    module = strcasecmp(name, "zend") == 0
        ? zend_find_module_by_name("core", 4) : zend_find_module_by_name(name, name_length);
    if (module == NULL) {
        RETURN_FALSE;
    }
    RETVAL_FALSE;
    zend_hash_internal_pointer_reset_ex(CG(function_table), &position);
    while (zend_hash_get_current_data_ex(CG(function_table), (void **) &function, &position)
        == SUCCESS) {
        if (function->type == ZEND_INTERNAL_FUNCTION
            && function->internal_function.module == module) {
            if (Z_TYPE_P(return_value) != IS_ARRAY) {
                array_init(return_value);
            }
            add_next_index_string(return_value, function->common.function_name, 1);
        }
        zend_hash_move_forward_ex(CG(function_table), &position);
    }
}

/* --- Constants ------------------------------------------------------------------------------- */

static void zend_add_constant(zval *list, const zend_constant *constant)
{
    zval *value;

    /* The offset of __halt_compiler() has a name that is no constant's. */
    if (constant->name[0] == '\0' && constant->name_len > 1) {
        return;
    }
    MAKE_STD_ZVAL(value);
    ZVAL_COPY_VALUE(value, &constant->value);
    zval_copy_ctor(value);
    add_assoc_zval_ex(list, constant->name, constant->name_len, value);
}

static int zend_add_constant_to_list(void *element, void *list)
{
    zend_add_constant(list, element);
    return ZEND_HASH_APPLY_KEEP;
}

static int zend_note_module_name(void *element, void *names)
{
    const zend_module_entry *module = element;

    ((const char **) names)[module->module_number] = module->name;
    return ZEND_HASH_APPLY_KEEP;
}

/* The constants of each module in an array of its own, those of the script under "user". */
static void zend_categorize_constants(zval *result)
{
    int count = zend_hash_num_elements(&module_registry);
    const char **names = safe_emalloc(count + 1, sizeof(char *), 0);
    zval **lists = ecalloc(count + 1, sizeof(zval *));
    HashPosition position;
    zend_constant *constant;

    zend_hash_apply_with_argument(&module_registry, zend_note_module_name, names);
    names[count] = "user";
    zend_hash_internal_pointer_reset_ex(EG(zend_constants), &position);
    while (zend_hash_get_current_data_ex(EG(zend_constants), (void **) &constant, &position)
        == SUCCESS) {
        int number =
            constant->module_number == PHP_USER_CONSTANT ? count : constant->module_number;
        if (number >= 0 && number <= count) {
            if (lists[number] == NULL) {
                MAKE_STD_ZVAL(lists[number]);
                array_init(lists[number]);
                add_assoc_zval_ex(result, names[number], (uint) strlen(names[number]) + 1,
                    lists[number]);
            }
            zend_add_constant(lists[number], constant);
        }
        zend_hash_move_forward_ex(EG(zend_constants), &position);
    }
    efree(names);
    efree(lists);
}

PHP_FUNCTION(get_defined_constants)
{
    zend_bool categorize = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|b", &categorize) == FAILURE) {
        return;
    }
    array_init(return_value);
    if (categorize) {
        zend_categorize_constants(return_value);
    } else {
        zend_hash_apply_with_argument(EG(zend_constants), zend_add_constant_to_list,
            return_value);
    }
}
