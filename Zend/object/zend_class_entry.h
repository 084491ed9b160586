/* SPDX-License-Identifier: MIT */
/*
 * The class entry: everything that a class is, and the object that is made of it.
 *
 *      zend_object, 32 bytes                     properties_table (8 bytes a declared property)
 *      +-----+------------+------------------+--------+      +---------+---------+----
 *      | ce  | properties | properties_table | guards |      | zval *  | zval *  | ...
 *      +-----+------------+------------------+--------+      +---------+---------+----
 *
 * Declared properties live in the slot table, by the offset that their zend_property_info has;
 * a slot is NULL while its property is unset. The hash `properties` is made only when somebody
 * needs it (a dynamic property, a walk over all of them). A declared property's bucket in it is
 * indirect (see zend_hash.h): it points at the slot, which goes on holding the zval pointer. So
 * properties_table[offset] is right always, whether the hash is there or not.
 */
#ifndef ZEND_CLASS_ENTRY_H
#define ZEND_CLASS_ENTRY_H

#include "compile/zend_op_array.h"
#include "value/zend_object_handlers.h"

typedef struct _zend_property_info {
    zend_uint flags;  /* ZEND_ACC_* */
    const char *name; /* mangled: "\0Class\0name" private, "\0*\0name" protected */
    int name_length;
    ulong h;    /* hash of the mangled name, with its NUL */
    int offset; /* slot in properties_table or in the static members table; -1 dynamic */
    const char *doc_comment;
    int doc_comment_len;
    zend_class_entry *ce; /* the class that declares it */
} zend_property_info;

/* __get and its kin run once at a time for one name of one object. */
struct _zend_guard {
    zend_bool in_get;
    zend_bool in_set;
    zend_bool in_unset;
    zend_bool in_isset;
    zend_bool dummy; /* keeps it from fitting in a pointer-sized element */
};

typedef struct _zend_object {
    zend_class_entry *ce;
    HashTable *properties;    /* NULL until needed */
    zval **properties_table;  /* default_properties_count slots, NULL when there are none */
    HashTable *guards;        /* name -> zend_guard, NULL until needed */
} zend_object;
_Static_assert(sizeof(zend_object) == 32, "an object has 32 bytes");

typedef struct _zend_object_iterator zend_object_iterator;

typedef struct _zend_object_iterator_funcs {
    void (*dtor)(zend_object_iterator *iterator);
    int (*valid)(zend_object_iterator *iterator); /* SUCCESS while there is an element */
    void (*get_current_data)(zend_object_iterator *iterator, zval ***data);
    void (*get_current_key)(zend_object_iterator *iterator, zval *key); /* NULL: 0, 1, 2 ... */
    void (*move_forward)(zend_object_iterator *iterator);
    void (*rewind)(zend_object_iterator *iterator); /* NULL: not needed */
    void (*invalidate_current)(zend_object_iterator *iterator); /* NULL: nothing cached */
} zend_object_iterator_funcs;

struct _zend_object_iterator {
    void *data; /* usually the zval of the object, counted */
    const zend_object_iterator_funcs *funcs;
    ulong index; /* position for iterators without keys */
};

typedef struct _zend_class_iterator_funcs {
    zend_object_iterator_funcs *funcs;
    zend_function *zf_new_iterator;
    zend_function *zf_valid;
    zend_function *zf_current;
    zend_function *zf_key;
    zend_function *zf_next;
    zend_function *zf_rewind;
} zend_class_iterator_funcs;

typedef struct _zend_serialize_data zend_serialize_data;
typedef struct _zend_unserialize_data zend_unserialize_data;

typedef struct _zend_trait_method_reference {
    const char *method_name;
    unsigned int mname_len;
    zend_class_entry *ce; /* found when the traits are bound */
    const char *class_name; /* NULL: any used trait */
    unsigned int cname_len;
} zend_trait_method_reference;

typedef struct _zend_trait_precedence {
    zend_trait_method_reference *trait_method;
    const char **exclude_from_classes; /* names, NULL-terminated */
} zend_trait_precedence;

typedef struct _zend_trait_alias {
    zend_trait_method_reference *trait_method;
    const char *alias; /* NULL: only the modifiers change */
    unsigned int alias_len;
    zend_uint modifiers;
} zend_trait_alias;

struct _zend_module_entry;
struct _zend_function_entry;

struct _zend_class_entry {
    char type; /* ZEND_INTERNAL_CLASS or ZEND_USER_CLASS */
    const char *name;
    zend_uint name_length;
    zend_class_entry *parent;
    int refcount;
    zend_uint ce_flags;

    HashTable function_table;   /* lower-case name -> zend_function */
    HashTable properties_info;  /* name -> zend_property_info */
    HashTable constants_table;  /* name -> zval * */
    zval **default_properties_table;
    zval **default_static_members_table;
    zval **static_members_table; /* internal classes: made for each request */
    int default_properties_count;
    int default_static_members_count;
    zend_bool constants_updated; /* constant expressions of defaults are evaluated */
    int static_members_request; /* internal classes: static members are this request's */

    zend_function *constructor;
    zend_function *destructor;
    zend_function *clone;
    zend_function *__get;
    zend_function *__set;
    zend_function *__unset;
    zend_function *__isset;
    zend_function *__call;
    zend_function *__callstatic;
    zend_function *__tostring;
    zend_function *__debugInfo;
    zend_function *serialize_func;
    zend_function *unserialize_func;

    zend_class_iterator_funcs iterator_funcs;

    /* What an internal class may bring. */
    zend_object_value (*create_object)(zend_class_entry *class_type);
    zend_object_iterator *(*get_iterator)(zend_class_entry *ce, zval *object, int by_ref);
    int (*interface_gets_implemented)(zend_class_entry *iface, zend_class_entry *class_type);
    zend_function *(*get_static_method)(zend_class_entry *ce, char *method, int method_len);
    int (*serialize)(zval *object, unsigned char **buffer, zend_uint *length,
        zend_serialize_data *data);
    int (*unserialize)(zval **object, zend_class_entry *ce, const unsigned char *buffer,
        zend_uint length, zend_unserialize_data *data);

    zend_class_entry **interfaces;
    zend_uint num_interfaces;
    zend_class_entry **traits; /* found when the class is linked */
    zend_uint num_traits;
    /* NULL-terminated, or NULL. These arrays, what they point at (each alias, precedence, method
     * reference) and exclude_from_classes are emalloc'ed and belong to the class; names in them
     * are interned. */
    zend_trait_alias **trait_aliases;
    zend_trait_precedence **trait_precedences;

    /* What a user class names, until it is linked. The arrays are emalloc'ed and belong to the
     * class, the names in them are interned, resolved (no leading \), in the case written. */
    const char *parent_name;      /* or NULL */
    const char **interface_names; /* interface_name_count of them, or NULL */
    const char **trait_names;     /* trait_name_count of them, or NULL */
    zend_uint interface_name_count;
    zend_uint trait_name_count;

    union {
        struct {
            const char *filename;
            zend_uint line_start;
            zend_uint line_end;
            const char *doc_comment;
            zend_uint doc_comment_len;
        } user;
        struct {
            const struct _zend_function_entry *builtin_functions;
            struct _zend_module_entry *module;
        } internal;
    } info;
};

/* The class of an object zval (Z_OBJCE). Fatal error for an object without one. */
zend_class_entry *zend_get_class_entry(const zval *object);

#define CE_STATIC_MEMBERS(ce) ((ce)->static_members_table)

#endif
