/* SPDX-License-Identifier: MIT */
/*
 * Building arrays and symbol tables from C.
 *
 * Each kind of value has one maker; the functions of the interface differ only in where they
 * put the zval: under a string key, an integer key, the next index. String keys go through the
 * symbol table functions, so that numeric ones become integers.
 */
#include "runtime/zend_API.h"

/* --- Makers ---------------------------------------------------------------------------------- */

static zval *zend_new_null(void)
{
    zval *value;

    ALLOC_INIT_ZVAL(value);
    return value;
}

static zval *zend_new_long(long n)
{
    zval *value;

    MAKE_STD_ZVAL(value);
    ZVAL_LONG(value, n);
    return value;
}

static zval *zend_new_bool(int b)
{
    zval *value;

    MAKE_STD_ZVAL(value);
    ZVAL_BOOL(value, b);
    return value;
}

static zval *zend_new_resource(long r)
{
    zval *value;

    MAKE_STD_ZVAL(value);
    ZVAL_RESOURCE(value, r);
    return value;
}

static zval *zend_new_double(double d)
{
    zval *value;

    MAKE_STD_ZVAL(value);
    ZVAL_DOUBLE(value, d);
    return value;
}

static zval *zend_new_string(const char *str, uint length, int duplicate)
{
    zval *value;

    MAKE_STD_ZVAL(value);
    ZVAL_STRINGL(value, str, length, duplicate);
    return value;
}

/* --- Under a string key ---------------------------------------------------------------------- */

int add_assoc_zval_ex(zval *arg, const char *key, uint key_len, zval *value)
{
    return zend_symtable_update(Z_ARRVAL_P(arg), key, key_len, &value, sizeof(zval *), NULL);
}

int add_assoc_long_ex(zval *arg, const char *key, uint key_len, long n)
{
    return add_assoc_zval_ex(arg, key, key_len, zend_new_long(n));
}

int add_assoc_null_ex(zval *arg, const char *key, uint key_len)
{
    return add_assoc_zval_ex(arg, key, key_len, zend_new_null());
}

int add_assoc_bool_ex(zval *arg, const char *key, uint key_len, int b)
{
    return add_assoc_zval_ex(arg, key, key_len, zend_new_bool(b));
}

int add_assoc_resource_ex(zval *arg, const char *key, uint key_len, int r)
{
    return add_assoc_zval_ex(arg, key, key_len, zend_new_resource(r));
}

int add_assoc_double_ex(zval *arg, const char *key, uint key_len, double d)
{
    return add_assoc_zval_ex(arg, key, key_len, zend_new_double(d));
}

int add_assoc_string_ex(zval *arg, const char *key, uint key_len, const char *str, int duplicate)
{
    return add_assoc_stringl_ex(arg, key, key_len, str, (uint) strlen(str), duplicate);
}

int add_assoc_stringl_ex(zval *arg, const char *key, uint key_len, const char *str, uint length,
    int duplicate)
{
    return add_assoc_zval_ex(arg, key, key_len, zend_new_string(str, length, duplicate));
}

int add_get_assoc_string_ex(zval *arg, const char *key, uint key_len, const char *str,
    void **dest, int duplicate)
{
    return add_get_assoc_stringl_ex(arg, key, key_len, str, (uint) strlen(str), dest, duplicate);
}

int add_get_assoc_stringl_ex(zval *arg, const char *key, uint key_len, const char *str,
    uint length, void **dest, int duplicate)
{
    zval *value = zend_new_string(str, length, duplicate);

    return zend_symtable_update(Z_ARRVAL_P(arg), key, key_len, &value, sizeof(zval *), dest);
}

/* --- Under an integer key -------------------------------------------------------------------- */

static int zend_add_index(zval *arg, ulong idx, zval *value, void **dest)
{
    return zend_hash_index_update(Z_ARRVAL_P(arg), idx, &value, sizeof(zval *), dest);
}

int add_index_zval(zval *arg, ulong index, zval *value)
{
    return zend_add_index(arg, index, value, NULL);
}

int add_index_long(zval *arg, ulong idx, long n)
{
    return zend_add_index(arg, idx, zend_new_long(n), NULL);
}

int add_index_null(zval *arg, ulong idx)
{
    return zend_add_index(arg, idx, zend_new_null(), NULL);
}

int add_index_bool(zval *arg, ulong idx, int b)
{
    return zend_add_index(arg, idx, zend_new_bool(b), NULL);
}

int add_index_resource(zval *arg, ulong idx, int r)
{
    return zend_add_index(arg, idx, zend_new_resource(r), NULL);
}

int add_index_double(zval *arg, ulong idx, double d)
{
    return zend_add_index(arg, idx, zend_new_double(d), NULL);
}

int add_index_string(zval *arg, ulong idx, const char *str, int duplicate)
{
    return add_index_stringl(arg, idx, str, (uint) strlen(str), duplicate);
}

int add_index_stringl(zval *arg, ulong idx, const char *str, uint length, int duplicate)
{
    return zend_add_index(arg, idx, zend_new_string(str, length, duplicate), NULL);
}

int add_get_index_long(zval *arg, ulong idx, long l, void **dest)
{
    return zend_add_index(arg, idx, zend_new_long(l), dest);
}

int add_get_index_double(zval *arg, ulong idx, double d, void **dest)
{
    return zend_add_index(arg, idx, zend_new_double(d), dest);
}

int add_get_index_string(zval *arg, ulong idx, const char *str, void **dest, int duplicate)
{
    return add_get_index_stringl(arg, idx, str, (uint) strlen(str), dest, duplicate);
}

int add_get_index_stringl(zval *arg, ulong idx, const char *str, uint length, void **dest,
    int duplicate)
{
    return zend_add_index(arg, idx, zend_new_string(str, length, duplicate), dest);
}

/* --- At the end ------------------------------------------------------------------------------ */

int add_next_index_zval(zval *arg, zval *value)
{
    return zend_hash_next_index_insert(Z_ARRVAL_P(arg), &value, sizeof(zval *), NULL);
}

int add_next_index_long(zval *arg, long n)
{
    return add_next_index_zval(arg, zend_new_long(n));
}

int add_next_index_null(zval *arg)
{
    return add_next_index_zval(arg, zend_new_null());
}

int add_next_index_bool(zval *arg, int b)
{
    return add_next_index_zval(arg, zend_new_bool(b));
}

int add_next_index_resource(zval *arg, int r)
{
    return add_next_index_zval(arg, zend_new_resource(r));
}

int add_next_index_double(zval *arg, double d)
{
    return add_next_index_zval(arg, zend_new_double(d));
}

int add_next_index_string(zval *arg, const char *str, int duplicate)
{
    return add_next_index_stringl(arg, str, (uint) strlen(str), duplicate);
}

int add_next_index_stringl(zval *arg, const char *str, uint length, int duplicate)
{
    return add_next_index_zval(arg, zend_new_string(str, length, duplicate));
}

/* --- Under any key --------------------------------------------------------------------------- */

int array_set_zval_key(HashTable *ht, zval *key, zval *value)
{
    int result;

    switch (Z_TYPE_P(key)) {
        case IS_STRING:
            result = zend_symtable_update(ht, Z_STRVAL_P(key), Z_STRLEN_P(key) + 1, &value,
                sizeof(zval *), NULL);
            break;
        case IS_NULL:
            result = zend_symtable_update(ht, "", 1, &value, sizeof(zval *), NULL);
            break;
        case IS_RESOURCE:
            zend_error(E_STRICT, "Resource ID#%ld used as offset, casting to integer (%ld)",
                Z_LVAL_P(key), Z_LVAL_P(key));
            result = zend_hash_index_update(ht, Z_LVAL_P(key), &value, sizeof(zval *), NULL);
            break;
        case IS_BOOL:
        case IS_LONG:
            result = zend_hash_index_update(ht, Z_LVAL_P(key), &value, sizeof(zval *), NULL);
            break;
        case IS_DOUBLE:
            result = zend_hash_index_update(ht, zend_dval_to_lval(Z_DVAL_P(key)), &value,
                sizeof(zval *), NULL);
            break;
        default:
            zend_error(E_WARNING, "Illegal offset type");
            result = FAILURE;
    }
    if (result == SUCCESS) {
        Z_ADDREF_P(value);
    }
    return result;
}

/* --- Properties ------------------------------------------------------------------------------ */

int add_property_zval_ex(zval *arg, const char *key, uint key_len, zval *value)
{
    zval *name = zend_new_string(key, key_len - 1, 1);

    Z_OBJ_HANDLER_P(arg, write_property)(arg, name, value, NULL);
    zval_ptr_dtor(&name);
    return SUCCESS;
}

/* Writes a value that nobody else holds. */
static int zend_add_new_property(zval *arg, const char *key, uint key_len, zval *value)
{
    int result = add_property_zval_ex(arg, key, key_len, value);

    zval_ptr_dtor(&value);
    return result;
}

int add_property_long_ex(zval *arg, const char *key, uint key_len, long n)
{
    return zend_add_new_property(arg, key, key_len, zend_new_long(n));
}

int add_property_null_ex(zval *arg, const char *key, uint key_len)
{
    return zend_add_new_property(arg, key, key_len, zend_new_null());
}

int add_property_bool_ex(zval *arg, const char *key, uint key_len, int b)
{
    return zend_add_new_property(arg, key, key_len, zend_new_bool(b));
}

int add_property_resource_ex(zval *arg, const char *key, uint key_len, long r)
{
    return zend_add_new_property(arg, key, key_len, zend_new_resource(r));
}

int add_property_double_ex(zval *arg, const char *key, uint key_len, double d)
{
    return zend_add_new_property(arg, key, key_len, zend_new_double(d));
}

int add_property_string_ex(zval *arg, const char *key, uint key_len, const char *str,
    int duplicate)
{
    return add_property_stringl_ex(arg, key, key_len, str, (uint) strlen(str), duplicate);
}

int add_property_stringl_ex(zval *arg, const char *key, uint key_len, const char *str,
    uint length, int duplicate)
{
    return zend_add_new_property(arg, key, key_len, zend_new_string(str, length, duplicate));
}

/* --- Symbol tables --------------------------------------------------------------------------- */

int zend_set_hash_symbol(zval *symbol, const char *name, int name_length, zend_bool is_ref,
    int num_symbol_tables, ...)
{
    va_list tables;

    if (num_symbol_tables <= 0) {
        return FAILURE;
    }
    Z_SET_ISREF_TO_P(symbol, is_ref);
    va_start(tables, num_symbol_tables);
    while (num_symbol_tables-- > 0) {
        HashTable *table = va_arg(tables, HashTable *);
        zend_hash_update(table, name, name_length + 1, &symbol, sizeof(zval *), NULL);
        Z_ADDREF_P(symbol);
    }
    va_end(tables);
    return SUCCESS;
}

void zend_set_symbol(HashTable *symbol_table, const char *name, uint name_length, zval *var,
    zend_uint refcount, zend_bool is_ref)
{
    zval **old;

    if (zend_hash_find(symbol_table, name, name_length, (void **) &old) == SUCCESS
        && PZVAL_IS_REF(*old)) {
        /* The reference set stays and takes over the value. */
        zval_dtor(*old);
        ZVAL_COPY_VALUE(*old, var);
        if (refcount != 0) {
            Z_SET_REFCOUNT_PP(old, Z_REFCOUNT_PP(old) + refcount - 1);
        }
        FREE_ZVAL(var);
        return;
    }
    Z_SET_ISREF_TO_P(var, is_ref);
    if (refcount != 0) {
        Z_SET_REFCOUNT_P(var, refcount);
    }
    zend_hash_update(symbol_table, name, name_length, &var, sizeof(zval *), NULL);
}

int zend_delete_global_variable_ex(const char *name, int name_len, ulong hash_value)
{
    return zend_hash_quick_del(&EG(symbol_table), name, name_len + 1, hash_value);
}

int zend_delete_global_variable(const char *name, int name_len)
{
    return zend_delete_global_variable_ex(name, name_len, zend_hash_func(name, name_len + 1));
}
