/* SPDX-License-Identifier: MIT */
/*
 * The life of a class entry, and questions about classes.
 *
 * An internal class lives in malloc'ed memory as long as the process; a user class on the
 * request's heap. Classes are counted: an alias is one more name of the same entry.
 */
#include "object/zend_class.h"

#include <string.h>

#include "zend_alloc.h"
#include "object/zend_object_callbacks.h"
#include "object/zend_std_handlers_fast.h"
#include "runtime/zend_errors.h"
#include "value/zend_operators.h"
#include "value/zend_variables.h"

/* --- Beginning ---------------------------------------------------------------------------- */

static void zend_destroy_property_info(zend_property_info *info)
{
    str_efree(info->name);
    if (info->doc_comment) {
        str_efree(info->doc_comment);
    }
}

static void zend_destroy_property_info_internal(zend_property_info *info)
{
    str_free((char *) info->name);
    if (info->doc_comment) {
        str_free((char *) info->doc_comment);
    }
}

static void zend_clear_class_handlers(zend_class_entry *ce)
{
    ce->constructor = NULL;
    ce->destructor = NULL;
    ce->clone = NULL;
    ce->__get = NULL;
    ce->__set = NULL;
    ce->__unset = NULL;
    ce->__isset = NULL;
    ce->__call = NULL;
    ce->__callstatic = NULL;
    ce->__tostring = NULL;
    ce->__debugInfo = NULL;
    ce->serialize_func = NULL;
    ce->unserialize_func = NULL;
    memset(&ce->iterator_funcs, 0, sizeof(ce->iterator_funcs));
    ce->create_object = NULL;
    ce->get_iterator = NULL;
    ce->interface_gets_implemented = NULL;
    ce->get_static_method = NULL;
    ce->serialize = NULL;
    ce->unserialize = NULL;
    memset(&ce->info, 0, sizeof(ce->info));
}

void zend_initialize_class_data(zend_class_entry *ce, zend_bool nullify_handlers)
{
    bool persistent = ce->type == ZEND_INTERNAL_CLASS;

    ce->parent = NULL;
    ce->refcount = 1;
    ce->ce_flags = 0;
    zend_hash_init_ex(&ce->function_table, 8, NULL, (dtor_func_t) zend_function_dtor, persistent,
        0);
    zend_hash_init_ex(&ce->properties_info, 8, NULL,
        persistent ? (dtor_func_t) zend_destroy_property_info_internal
                   : (dtor_func_t) zend_destroy_property_info,
        persistent, 0);
    zend_hash_init_ex(&ce->constants_table, 8, NULL,
        persistent ? ZVAL_INTERNAL_PTR_DTOR : ZVAL_PTR_DTOR, persistent, 0);
    ce->default_properties_table = NULL;
    ce->default_static_members_table = NULL;
    ce->static_members_table = NULL;
    ce->default_properties_count = 0;
    ce->default_static_members_count = 0;
    ce->constants_updated = 0;
    ce->static_members_request = 0;
    ce->interfaces = NULL;
    ce->num_interfaces = 0;
    ce->traits = NULL;
    ce->num_traits = 0;
    ce->trait_aliases = NULL;
    ce->trait_precedences = NULL;
    ce->parent_name = NULL;
    ce->interface_names = NULL;
    ce->trait_names = NULL;
    ce->interface_name_count = 0;
    ce->trait_name_count = 0;
    if (nullify_handlers) {
        zend_clear_class_handlers(ce);
    }
}

/* --- End ---------------------------------------------------------------------------------- */

static void zend_free_method_reference(zend_trait_method_reference *reference)
{
    if (reference) {
        str_efree(reference->method_name);
        if (reference->class_name) {
            str_efree(reference->class_name);
        }
        efree(reference);
    }
}

static void zend_free_trait_aliases(zend_trait_alias **aliases)
{
    size_t i;

    for (i = 0; aliases[i]; i++) {
        zend_free_method_reference(aliases[i]->trait_method);
        if (aliases[i]->alias) {
            str_efree(aliases[i]->alias);
        }
        efree(aliases[i]);
    }
    efree(aliases);
}

static void zend_free_trait_precedences(zend_trait_precedence **precedences)
{
    size_t i;
    size_t j;

    for (i = 0; precedences[i]; i++) {
        zend_free_method_reference(precedences[i]->trait_method);
        if (precedences[i]->exclude_from_classes) {
            for (j = 0; precedences[i]->exclude_from_classes[j]; j++) {
                str_efree(precedences[i]->exclude_from_classes[j]);
            }
            efree(precedences[i]->exclude_from_classes);
        }
        efree(precedences[i]);
    }
    efree(precedences);
}

static void zend_free_names(const char **names, zend_uint count)
{
    zend_uint i;

    if (names) {
        for (i = 0; i < count; i++) {
            str_efree(names[i]);
        }
        efree(names);
    }
}

static void zend_destroy_zvals(zval **table, int count)
{
    int i;

    if (!table) {
        return;
    }
    for (i = 0; i < count; i++) {
        if (table[i]) {
            zval_ptr_dtor(&table[i]);
        }
    }
    efree(table);
}

static void zend_destroy_user_class(zend_class_entry *ce)
{
    zend_destroy_zvals(ce->default_properties_table, ce->default_properties_count);
    zend_destroy_zvals(ce->default_static_members_table, ce->default_static_members_count);
    zend_hash_destroy(&ce->properties_info);
    zend_hash_destroy(&ce->function_table);
    zend_hash_destroy(&ce->constants_table);
    if (ce->interfaces) {
        efree(ce->interfaces);
    }
    if (ce->traits) {
        efree(ce->traits);
    }
    if (ce->trait_aliases) {
        zend_free_trait_aliases(ce->trait_aliases);
    }
    if (ce->trait_precedences) {
        zend_free_trait_precedences(ce->trait_precedences);
    }
    zend_free_names(ce->interface_names, ce->interface_name_count);
    zend_free_names(ce->trait_names, ce->trait_name_count);
    if (ce->parent_name) {
        str_efree(ce->parent_name);
    }
    if (ce->info.user.doc_comment) {
        str_efree(ce->info.user.doc_comment);
    }
    str_efree(ce->name);
    efree(ce);
}

static void zend_destroy_internal_zvals(zval **table, int count)
{
    int i;

    if (!table) {
        return;
    }
    for (i = 0; i < count; i++) {
        if (table[i]) {
            zval_internal_ptr_dtor(&table[i]);
        }
    }
    free(table);
}

static void zend_destroy_internal_class(zend_class_entry *ce)
{
    zend_destroy_internal_zvals(ce->default_properties_table, ce->default_properties_count);
    zend_destroy_internal_zvals(ce->default_static_members_table,
        ce->default_static_members_count);
    zend_hash_destroy(&ce->properties_info);
    zend_hash_destroy(&ce->function_table);
    zend_hash_destroy(&ce->constants_table);
    free(ce->interfaces);
    str_free((char *) ce->name);
    free(ce);
}

void destroy_zend_class(zend_class_entry **pce)
{
    zend_class_entry *ce = *pce;

    if (--ce->refcount > 0) {
        return;
    }
    if (ce->type == ZEND_USER_CLASS) {
        zend_destroy_user_class(ce);
    } else {
        zend_destroy_internal_class(ce);
    }
}

/* --- The end of a request ----------------------------------------------------------------- */

/* User code may run as values go: each slot is empty before its value is released. */
static void zend_release_members(zval **table, int count)
{
    int i;

    for (i = 0; i < count; i++) {
        zval *value = table[i];
        table[i] = NULL;
        if (value) {
            zval_ptr_dtor(&value);
        }
    }
}

int zend_cleanup_function_data(zend_function *function)
{
    if (function->type == ZEND_USER_FUNCTION && function->op_array.static_variables) {
        zend_hash_clean(function->op_array.static_variables);
    }
    return ZEND_HASH_APPLY_KEEP;
}

void zend_cleanup_user_class_data(zend_class_entry *ce)
{
    if (ce->ce_flags & ZEND_HAS_STATIC_IN_METHODS) {
        zend_hash_apply(&ce->function_table, (apply_func_t) zend_cleanup_function_data);
    }
    if (ce->static_members_table) {
        zend_release_members(ce->static_members_table, ce->default_static_members_count);
    }
}

void zend_cleanup_internal_class_data(zend_class_entry *ce)
{
    zval **members = ce->static_members_table;

    if (members) {
        ce->static_members_table = NULL;
        zend_release_members(members, ce->default_static_members_count);
        efree(members);
    }
}

int zend_cleanup_class_data(zend_class_entry **pce)
{
    if ((*pce)->type == ZEND_USER_CLASS) {
        zend_cleanup_user_class_data(*pce);
    } else {
        zend_cleanup_internal_class_data(*pce);
    }
    return ZEND_HASH_APPLY_KEEP;
}

/* --- Questions ---------------------------------------------------------------------------- */

zend_bool instanceof_function_ex(const zend_class_entry *instance_ce, const zend_class_entry *ce,
    zend_bool interfaces_only)
{
    zend_uint i;

    for (i = 0; i < instance_ce->num_interfaces; i++) {
        if (instance_ce->interfaces[i] == ce) {
            return 1;
        }
    }
    if (!interfaces_only) {
        for (; instance_ce; instance_ce = instance_ce->parent) {
            if (instance_ce == ce) {
                return 1;
            }
        }
    }
    return 0;
}

zend_bool instanceof_function_slow(const zend_class_entry *instance_ce,
    const zend_class_entry *ce)
{
    if (ce->ce_flags & ZEND_ACC_INTERFACE) {
        return instanceof_function_ex(instance_ce, ce, 1);
    }
    while ((instance_ce = instance_ce->parent) != NULL) {
        if (instance_ce == ce) {
            return 1;
        }
    }
    return 0;
}

zend_class_entry *zend_get_class_entry(const zval *object)
{
    if (ZEND_LIKELY(Z_OBJ_HT_P(object)->get_class_entry == zend_std_object_get_class)) {
        return zend_object_by_handle(Z_OBJ_HANDLE_P(object))->ce;
    }
    if (!Z_OBJ_HT_P(object)->get_class_entry) {
        zend_error_noreturn(E_ERROR, "Class entry requested for an object without PHP class");
    }
    return Z_OBJ_HT_P(object)->get_class_entry(object);
}

int zend_get_object_classname(const zval *object, const char **class_name,
    zend_uint *class_name_len)
{
    if (Z_OBJ_HT_P(object)->get_class_name
        && Z_OBJ_HT_P(object)->get_class_name(object, class_name, class_name_len, 0) == SUCCESS) {
        return 0;
    }
    *class_name = Z_OBJCE_P(object)->name;
    *class_name_len = Z_OBJCE_P(object)->name_length;
    return 1;
}

/* --- Names of properties ------------------------------------------------------------------ */

void zend_mangle_property_name(char **dest, int *dest_length, const char *src1, int src1_length,
    const char *src2, int src2_length, int internal)
{
    int length = 1 + src1_length + 1 + src2_length;
    char *name = pemalloc((size_t) length + 1, internal);

    name[0] = '\0';
    memcpy(name + 1, src1, (size_t) src1_length + 1);
    memcpy(name + 1 + src1_length + 1, src2, (size_t) src2_length + 1);
    *dest = name;
    *dest_length = length;
}
