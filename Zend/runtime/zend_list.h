/* SPDX-License-Identifier: MIT */
/*
 * Resources: numbered things that a zval of type IS_RESOURCE refers to.
 *
 *      zval (IS_RESOURCE, 5) ---> EG(regular_list)[5] = {ptr, type, refcount}
 *
 * The type is a number that a module gets by registering destructors. All zvals that hold
 * one number share one count; when it falls to zero the type's destructor is called.
 */
#ifndef ZEND_LIST_H
#define ZEND_LIST_H

#include "value/zend_types.h"

#define ZEND_RESOURCE_LIST_TYPE_STD 1
#define ZEND_RESOURCE_LIST_TYPE_EX 2

typedef struct _zend_rsrc_list_entry {
    void *ptr;
    int type;
    int refcount;
} zend_rsrc_list_entry;

typedef void (*rsrc_dtor_func_t)(zend_rsrc_list_entry *rsrc);
#define ZEND_RSRC_DTOR_FUNC(name) void name(zend_rsrc_list_entry *rsrc)

typedef struct _zend_rsrc_list_dtors_entry {
    rsrc_dtor_func_t list_dtor_ex;
    rsrc_dtor_func_t plist_dtor_ex;
    const char *type_name;
    int module_number;
    int resource_id;
} zend_rsrc_list_dtors_entry;

/* Makes a resource type; type_name (static) is what get_resource_type() says. */
int zend_register_list_destructors_ex(rsrc_dtor_func_t ld, rsrc_dtor_func_t pld,
    const char *type_name, int module_number);
void zend_clean_module_rsrc_dtors(int module_number);
int zend_fetch_list_dtor_id(const char *type_name);
const char *zend_rsrc_list_get_rsrc_type(int resource); /* NULL: closed or unknown */

int zend_init_rsrc_list_dtors(void);
void zend_destroy_rsrc_list_dtors(void);
int zend_init_rsrc_list(void);
int zend_init_rsrc_plist(void);
/* Runs the destructors, the newest resource first; entries that are left stay findable. */
void zend_close_rsrc_list(HashTable *ht);
void zend_destroy_rsrc_list(HashTable *ht);
void list_entry_destructor(void *ptr);
void plist_entry_destructor(void *ptr);

/* Makes a resource of refcount 1; with rsrc_result != NULL that zval becomes it. Its number. */
int zend_register_resource(zval *rsrc_result, void *rsrc_pointer, int rsrc_type);
int zend_list_insert(void *ptr, int type);
int zend_list_addref(int id);
/* Drops one count, closing it at zero. */
int zend_list_delete(int id);
void *zend_list_find(int id, int *type); /* NULL: none, *type = -1 */

/*
 * The pointer of a resource if it has one of num_resource_types types, else NULL after
 * "supplied argument is not a valid NAME resource". Without passed_id it uses default_id
 * (-1: "no NAME resource supplied"). resource_type_name NULL: silently.
 */
void *zend_fetch_resource(zval **passed_id, int default_id, const char *resource_type_name,
    int *found_resource_type, int num_resource_types, ...);

#define ZEND_VERIFY_RESOURCE(rsrc) \
    if (!(rsrc)) { \
        RETURN_FALSE; \
    }
#define ZEND_FETCH_RESOURCE(rsrc, rsrc_type, passed_id, default_id, resource_type_name, \
    resource_type) \
    (rsrc) = (rsrc_type) zend_fetch_resource((passed_id), (default_id), (resource_type_name), \
        NULL, 1, (resource_type)); \
    ZEND_VERIFY_RESOURCE(rsrc)
#define ZEND_FETCH_RESOURCE_NO_RETURN(rsrc, rsrc_type, passed_id, default_id, \
    resource_type_name, resource_type) \
    ((rsrc) = (rsrc_type) zend_fetch_resource((passed_id), (default_id), (resource_type_name), \
        NULL, 1, (resource_type)))
#define ZEND_FETCH_RESOURCE2(rsrc, rsrc_type, passed_id, default_id, resource_type_name, \
    resource_type1, resource_type2) \
    (rsrc) = (rsrc_type) zend_fetch_resource((passed_id), (default_id), (resource_type_name), \
        NULL, 2, (resource_type1), (resource_type2)); \
    ZEND_VERIFY_RESOURCE(rsrc)
#define ZEND_REGISTER_RESOURCE(rsrc_result, rsrc_pointer, rsrc_type) \
    zend_register_resource((rsrc_result), (rsrc_pointer), (rsrc_type))
#define ZEND_GET_RESOURCE_TYPE_ID(le_id, le_type_name) \
    if ((le_id) == 0) { \
        (le_id) = zend_fetch_list_dtor_id(le_type_name); \
    }

#endif
