/* SPDX-License-Identifier: MIT */
/*
 * The list of resources and the registry of their types.
 *
 * Ids count from 1 within a request; types count from 1 within the process. A type's number is
 * its key in list_destructors.
 */
#include "runtime/zend_API.h"

static HashTable list_destructors;
static int list_next_type = 1;

/* --- Types ----------------------------------------------------------------------------------- */

int zend_init_rsrc_list_dtors(void)
{
    list_next_type = 1;
    return zend_hash_init(&list_destructors, 64, NULL, NULL, 1);
}

void zend_destroy_rsrc_list_dtors(void)
{
    zend_hash_destroy(&list_destructors);
}

int zend_register_list_destructors_ex(rsrc_dtor_func_t ld, rsrc_dtor_func_t pld,
    const char *type_name, int module_number)
{
    zend_rsrc_list_dtors_entry type;

    type.list_dtor_ex = ld;
    type.plist_dtor_ex = pld;
    type.type_name = type_name;
    type.module_number = module_number;
    type.resource_id = list_next_type;
    if (zend_hash_index_update(&list_destructors, list_next_type, &type, sizeof(type), NULL)
        == FAILURE) {
        return FAILURE;
    }
    return list_next_type++;
}

static int zend_type_of_module(void *element, void *module_number)
{
    return ((zend_rsrc_list_dtors_entry *) element)->module_number == *(int *) module_number
        ? ZEND_HASH_APPLY_REMOVE : ZEND_HASH_APPLY_KEEP;
}

void zend_clean_module_rsrc_dtors(int module_number)
{
    zend_hash_apply_with_argument(&list_destructors, zend_type_of_module, &module_number);
}

static zend_rsrc_list_dtors_entry *zend_find_rsrc_type(int type)
{
    zend_rsrc_list_dtors_entry *entry;

    return zend_hash_index_find(&list_destructors, type, (void **) &entry) == SUCCESS
        ? entry : NULL;
}

int zend_fetch_list_dtor_id(const char *type_name)
{
    HashPosition position;
    zend_rsrc_list_dtors_entry *entry;

    zend_hash_internal_pointer_reset_ex(&list_destructors, &position);
    while (zend_hash_get_current_data_ex(&list_destructors, (void **) &entry, &position)
        == SUCCESS) {
        if (entry->type_name != NULL && strcmp(type_name, entry->type_name) == 0) {
            return entry->resource_id;
        }
        zend_hash_move_forward_ex(&list_destructors, &position);
    }
    return 0;
}

const char *zend_rsrc_list_get_rsrc_type(int resource)
{
    int type;
    zend_rsrc_list_dtors_entry *entry;

    if (zend_list_find(resource, &type) == NULL) {
        return NULL;
    }
    entry = zend_find_rsrc_type(type);
    return entry != NULL ? entry->type_name : NULL;
}

/* --- The list of a request ------------------------------------------------------------------- */

static zend_rsrc_list_entry *zend_find_resource(int id)
{
    zend_rsrc_list_entry *entry;

    return zend_hash_index_find(&EG(regular_list), id, (void **) &entry) == SUCCESS
        ? entry : NULL;
}

void list_entry_destructor(void *ptr)
{
    zend_rsrc_list_entry *entry = ptr;
    zend_rsrc_list_dtors_entry *type = zend_find_rsrc_type(entry->type);

    if (type != NULL && type->list_dtor_ex != NULL) {
        type->list_dtor_ex(entry);
    }
}

void plist_entry_destructor(void *ptr)
{
    zend_rsrc_list_entry *entry = ptr;
    zend_rsrc_list_dtors_entry *type = zend_find_rsrc_type(entry->type);

    if (type != NULL && type->plist_dtor_ex != NULL) {
        type->plist_dtor_ex(entry);
    }
}

int zend_init_rsrc_list(void)
{
    if (zend_hash_init(&EG(regular_list), 0, NULL, list_entry_destructor, 0) == FAILURE) {
        return FAILURE;
    }
    /* No resource has the number 0. */
    EG(regular_list).nNextFreeElement = 1;
    return SUCCESS;
}

int zend_init_rsrc_plist(void)
{
    return zend_hash_init_ex(&EG(persistent_list), 0, NULL, plist_entry_destructor, 1, 0);
}

static int zend_close_resource(void *element)
{
    zend_rsrc_list_entry *entry = element;

    if (entry->refcount <= 0) {
        return ZEND_HASH_APPLY_KEEP;
    }
    entry->refcount = 0;
    return ZEND_HASH_APPLY_REMOVE;
}

void zend_close_rsrc_list(HashTable *ht)
{
    zend_hash_reverse_apply(ht, zend_close_resource);
}

void zend_destroy_rsrc_list(HashTable *ht)
{
    zend_hash_graceful_reverse_destroy(ht);
}

int zend_list_insert(void *ptr, int type)
{
    zend_rsrc_list_entry entry;
    int index = (int) zend_hash_next_free_element(&EG(regular_list));

    entry.ptr = ptr;
    entry.type = type;
    entry.refcount = 1;
    zend_hash_index_update(&EG(regular_list), index, &entry, sizeof(entry), NULL);
    return index;
}

int zend_register_resource(zval *rsrc_result, void *rsrc_pointer, int rsrc_type)
{
    int id = zend_list_insert(rsrc_pointer, rsrc_type);

    if (rsrc_result != NULL) {
        ZVAL_RESOURCE(rsrc_result, id);
    }
    return id;
}

int zend_list_addref(int id)
{
    zend_rsrc_list_entry *entry = zend_find_resource(id);

    if (entry == NULL) {
        return FAILURE;
    }
    entry->refcount++;
    return SUCCESS;
}

int zend_list_delete(int id)
{
    zend_rsrc_list_entry *entry = zend_find_resource(id);

    if (entry == NULL) {
        return FAILURE;
    }
    if (--entry->refcount <= 0) {
        return zend_hash_index_del(&EG(regular_list), id);
    }
    return SUCCESS;
}

void *zend_list_find(int id, int *type)
{
    zend_rsrc_list_entry *entry = zend_find_resource(id);

    if (entry == NULL) {
        *type = -1;
        return NULL;
    }
    *type = entry->type;
    return entry->ptr;
}

/* --- Resources as arguments ------------------------------------------------------------------ */

/* Warns in the name of the running function, unless the resource's name is NULL (silent). */
#define ZEND_RESOURCE_WARNING(name, format, ...) \
    do { \
        if ((name) != NULL) { \
            const char *space_; \
            const char *class_name_ = get_active_class_name(&space_); \
            zend_error(E_WARNING, "%s%s%s(): " format, class_name_, space_, \
                get_active_function_name(), __VA_ARGS__); \
        } \
    } while (0)

/* The resource's number, or -1 when there is none to look at. */
static int zend_passed_resource_id(zval **passed_id, int default_id, const char *name)
{
    if (default_id != -1) {
        return default_id;
    }
    if (passed_id == NULL) {
        ZEND_RESOURCE_WARNING(name, "no %s resource supplied", name);
        return -1;
    }
    if (Z_TYPE_PP(passed_id) != IS_RESOURCE) {
        ZEND_RESOURCE_WARNING(name, "supplied argument is not a valid %s resource", name);
        return -1;
    }
    return (int) Z_RESVAL_PP(passed_id);
}

void *zend_fetch_resource(zval **passed_id, int default_id, const char *resource_type_name,
    int *found_resource_type, int num_resource_types, ...)
{
    int actual_type;
    int i;
    void *resource;
    va_list types;
    int id = zend_passed_resource_id(passed_id, default_id, resource_type_name);

    if (id == -1) {
        return NULL;
    }
    resource = zend_list_find(id, &actual_type);
    if (resource == NULL) {
        ZEND_RESOURCE_WARNING(resource_type_name, "%d is not a valid %s resource", id,
            resource_type_name);
        return NULL;
    }
    va_start(types, num_resource_types);
    for (i = 0; i < num_resource_types; i++) {
        if (actual_type == va_arg(types, int)) {
            va_end(types);
            if (found_resource_type != NULL) {
                *found_resource_type = actual_type;
            }
            return resource;
        }
    }
    va_end(types);
    ZEND_RESOURCE_WARNING(resource_type_name, "supplied resource is not a valid %s resource",
        resource_type_name);
    return NULL;
}
