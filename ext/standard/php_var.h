/* SPDX-License-Identifier: MIT */
/*
 * Values as text, and back: var_dump() and kin, serialize() and unserialize(), for other modules.
 */
#ifndef PHP_VAR_H
#define PHP_VAR_H

#include "main/php.h"

/* --- Dumping ------------------------------------------------------------------------------- */

/* level 1 at the outside; each inner level is 2 more. */
void php_var_dump(zval **value, int level);
void php_debug_zval_dump(zval **value, int level);
/* As PHP source, printed resp. appended. */
void php_var_export(zval **value, int level);
void php_var_export_ex(zval **value, int level, smart_str *buffer);

/*
 * Keeps an array or object alive and still while a walk over it may run user code (output
 * buffers, error handlers, __sleep): an object is counted once more, an array that is a reference
 * is copied, another array is counted. What to walk over is `table`.
 */
typedef struct _php_var_walk {
    HashTable *table; /* NULL: an object without properties */
    HashTable *mark;  /* the table whose nApplyCount the walk has raised, or NULL */
    zval *value;
    zval copy;        /* an object: counted */
    bool is_copied;   /* table is a copy of the walk's own */
    int is_temp;      /* table is __debugInfo()'s, to be freed */
} php_var_walk;
/* Only holds. */
void php_var_hold_begin(php_var_walk *walk, zval *value, HashTable *properties);
/* Marks too: false, and nothing is held, when the table is being walked already. */
bool php_var_walk_begin(php_var_walk *walk, zval *value, HashTable *properties, int is_temp);
/* The end of both. */
void php_var_walk_end(php_var_walk *walk);

/* --- Serializing --------------------------------------------------------------------------- */

/* Numbers the values of one serialize() call. */
typedef struct _php_serialize_data *php_serialize_data_t;
typedef struct _php_unserialize_data *php_unserialize_data_t;

#define PHP_VAR_SERIALIZE_INIT(data) ((data) = php_var_serialize_init())
#define PHP_VAR_SERIALIZE_DESTROY(data) php_var_serialize_destroy(data)
#define PHP_VAR_UNSERIALIZE_INIT(data) ((data) = php_var_unserialize_init())
#define PHP_VAR_UNSERIALIZE_DESTROY(data) php_var_unserialize_destroy(data)

/* Inside a class's serialize or unserialize function these join the outer call. */
php_serialize_data_t php_var_serialize_init(void);
void php_var_serialize_destroy(php_serialize_data_t data);
/* Appends the text of *value. May run user code. */
void php_var_serialize(smart_str *buffer, zval **value, php_serialize_data_t data);

php_unserialize_data_t php_var_unserialize_init(void);
/* Calls __wakeup() of all objects that were made, then releases what is left over. */
void php_var_unserialize_destroy(php_unserialize_data_t data);
/*
 * Reads one value at *cursor (which moves on) and stores it in **value, a heap zval that the
 * caller owns. 1, or 0 when the text is malformed: *cursor then says where, and the value is
 * whatever was read so far.
 */
int php_var_unserialize(zval **value, const unsigned char **cursor, const unsigned char *end,
    php_unserialize_data_t data);
/* The value will be destroyed or changed by the caller: keeps it until the end. */
void php_var_push_dtor(php_unserialize_data_t data, zval **value);
/* References to `old` shall mean `replacement`, which has taken its place. */
void php_var_replace(php_unserialize_data_t data, zval *old, zval **replacement);

/* Above zero: a serialize() or unserialize() called now is one of its own. */
extern unsigned php_serialize_lock;

/* --- Objects of unknown classes ------------------------------------------------------------ */

#define INCOMPLETE_CLASS "__PHP_Incomplete_Class"
#define MAGIC_MEMBER "__PHP_Incomplete_Class_Name"

extern zend_class_entry *php_ce_incomplete_class;
/* The name that such an object was given, emalloc'ed; NULL: none. */
char *php_lookup_class_name(zval *object, zend_uint *length);
void php_store_class_name(zval *object, const char *name, zend_uint length);

#endif
