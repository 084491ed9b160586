/* SPDX-License-Identifier: MIT */
/*
 * $array_object[...]: reading, writing, unsetting and testing an element. A method that a
 * subclass overrides (offsetGet and kin) is called instead.
 */
#include "ext/spl/spl_array.h"

/* An offset as a key of the table. */
typedef struct {
    const char *name; /* NULL: an index */
    uint length;      /* with the NUL */
    ulong index;
} array_key;

static bool make_key(const zval *offset, array_key *key)
{
    key->name = NULL;
    key->length = 0;
    switch (Z_TYPE_P(offset)) {
    case IS_NULL:
        key->name = "";
        key->length = 1;
        return true;
    case IS_STRING:
        if (!zend_handle_numeric(Z_STRVAL_P(offset), Z_STRLEN_P(offset) + 1, &key->index)) {
            key->name = Z_STRVAL_P(offset);
            key->length = Z_STRLEN_P(offset) + 1;
        }
        return true;
    case IS_DOUBLE:
        key->index = (ulong) zend_dval_to_lval(Z_DVAL_P(offset));
        return true;
    case IS_RESOURCE:
    case IS_BOOL:
    case IS_LONG:
        key->index = (ulong) Z_LVAL_P(offset);
        return true;
    default:
        zend_error(E_WARNING, "Illegal offset type");
        return false;
    }
}

static zval **find(const HashTable *table, const array_key *key)
{
    zval **element;
    int found = key->name ? zend_hash_find(table, key->name, key->length, (void **) &element)
                          : zend_hash_index_find(table, key->index, (void **) &element);

    return found == SUCCESS ? element : NULL;
}

static void update(HashTable *table, const array_key *key, zval *value, zval ***place)
{
    if (key->name) {
        zend_hash_update(table, key->name, key->length, &value, sizeof(zval *), (void **) place);
    } else {
        zend_hash_index_update(table, key->index, &value, sizeof(zval *), (void **) place);
    }
}

static void notice_undefined(const array_key *key)
{
    if (key->name) {
        zend_error(E_NOTICE, "Undefined index: %s", key->name);
    } else {
        zend_error(E_NOTICE, "Undefined offset: %ld", (long) key->index);
    }
}

/* Is a sort under way that must not be disturbed? */
static bool is_being_sorted(const HashTable *table)
{
    if (table->nApplyCount > 0) {
        zend_error(E_WARNING, "Modification of ArrayObject during sorting is prohibited");
        return true;
    }
    return false;
}

/* --- Reading ------------------------------------------------------------------------------- */

static bool is_write(int type)
{
    return type == BP_VAR_W || type == BP_VAR_RW;
}

/* A missing element: made for writing, reported for reading. */
static zval **make_missing(spl_array_object *intern, const array_key *key, int type)
{
    zval **element;
    zval *value;

    if (type == BP_VAR_R || type == BP_VAR_RW) {
        notice_undefined(key);
    }
    if (!is_write(type)) {
        return &EG(uninitialized_zval_ptr);
    }
    ALLOC_INIT_ZVAL(value);
    update(spl_array_table_for_write(intern), key, value, &element);
    return element;
}

static zval **get_dimension_place(spl_array_object *intern, zval *offset, int type)
{
    zval **impossible = is_write(type) ? &EG(error_zval_ptr) : &EG(uninitialized_zval_ptr);
    HashTable *table;
    array_key key;
    zval **element;

    if (!offset) {
        return &EG(uninitialized_zval_ptr);
    }
    if (!make_key(offset, &key)) {
        return impossible;
    }
    if (is_write(type) && is_being_sorted(spl_array_table(intern))) {
        return impossible;
    }
    table = type == BP_VAR_R || type == BP_VAR_IS ? spl_array_table(intern)
                                                  : spl_array_table_for_write(intern);
    element = find(table, &key);
    return element ? element : make_missing(intern, &key, type);
}

/* The result of an overridden offsetGet(), as a temporary. */
static zval *call_offset_get(zval *object, zval *offset)
{
    zval *result;

    if (!offset) {
        ALLOC_INIT_ZVAL(offset);
    } else {
        SEPARATE_ARG_IF_REF(offset);
    }
    result = spl_call(object, "offsetget", 1, offset, NULL);
    zval_ptr_dtor(&offset);
    if (!result) {
        return EG(uninitialized_zval_ptr);
    }
    Z_DELREF_P(result);
    return result;
}

zval *spl_array_read_dimension_ex(bool inherited, zval *object, zval *offset, int type)
{
    spl_array_object *intern = spl_array_from(object);
    zval **element;

    if (inherited && intern->offset_get) {
        if (type == BP_VAR_IS && !spl_array_has_dimension_ex(true, object, offset, 0)) {
            return EG(uninitialized_zval_ptr);
        }
        return call_offset_get(object, offset);
    }
    element = get_dimension_place(intern, offset, type);
    /* Who writes into the element gets it as a reference: it must not be a copy. */
    if ((is_write(type) || type == BP_VAR_UNSET) && !Z_ISREF_PP(element)
        && *element != EG(uninitialized_zval_ptr) && *element != EG(error_zval_ptr)) {
        SEPARATE_ZVAL_TO_MAKE_IS_REF(element);
    }
    return *element;
}

/* --- Writing ------------------------------------------------------------------------------- */

static void call_offset_set(zval *object, zval *offset, zval *value)
{
    zval *result;

    if (!offset) {
        ALLOC_INIT_ZVAL(offset);
    } else {
        SEPARATE_ARG_IF_REF(offset);
    }
    result = spl_call(object, "offsetset", 2, offset, value);
    zval_ptr_dtor(&offset);
    if (result) {
        zval_ptr_dtor(&result);
    }
}

void spl_array_write_dimension_ex(bool inherited, zval *object, zval *offset, zval *value)
{
    spl_array_object *intern = spl_array_from(object);
    HashTable *table;
    array_key key;

    if (inherited && intern->offset_set) {
        call_offset_set(object, offset, value);
        return;
    }
    if (is_being_sorted(spl_array_table(intern))) {
        return;
    }
    table = spl_array_table_for_write(intern);
    if (!offset || Z_TYPE_P(offset) == IS_NULL) {
        Z_ADDREF_P(value);
        zend_hash_next_index_insert(table, &value, sizeof(zval *), NULL);
    } else if (make_key(offset, &key)) {
        Z_ADDREF_P(value);
        update(table, &key, value, NULL);
    }
}

void spl_array_append(zval *object, zval *value)
{
    spl_array_object *intern = spl_array_from(object);

    if (spl_array_is_object(intern)) {
        php_error_docref(NULL, E_RECOVERABLE_ERROR,
            "Cannot append properties to objects, use %s::offsetSet() instead",
            Z_OBJCE_P(object)->name);
        return;
    }
    spl_array_write_dimension_ex(true, object, NULL, value);
}

/* --- Unsetting ----------------------------------------------------------------------------- */

/* An iterator that stands on the bucket steps to the next one. */
static void leave_bucket(spl_array_object *intern, const Bucket *bucket)
{
    if (intern->positioned && intern->pos == bucket) {
        intern->pos = bucket->pListNext;
        intern->pos_h = intern->pos ? intern->pos->h : 0;
        intern->is_ahead = 1;
    }
}

void spl_array_unset_dimension_ex(bool inherited, zval *object, zval *offset)
{
    spl_array_object *intern = spl_array_from(object);
    HashTable *table;
    array_key key;
    Bucket *bucket;

    if (inherited && intern->offset_del) {
        zval *result;
        SEPARATE_ARG_IF_REF(offset);
        result = spl_call(object, "offsetunset", 1, offset, NULL);
        zval_ptr_dtor(&offset);
        if (result) {
            zval_ptr_dtor(&result);
        }
        return;
    }
    if (is_being_sorted(spl_array_table(intern)) || !make_key(offset, &key)) {
        return;
    }
    table = spl_array_table_for_write(intern);
    bucket = key.name ? zend_hash_find_bucket(table, key.name, key.length,
                            zend_get_hash_value(key.name, key.length))
                      : zend_hash_find_index_bucket(table, key.index);
    if (!bucket || zend_hash_bucket_is_absent(bucket)) {
        notice_undefined(&key);
        return;
    }
    leave_bucket(intern, bucket);
    zend_hash_delete_bucket(table, bucket);
}

/* --- Testing ------------------------------------------------------------------------------- */

/* 1 or 0 from an overridden offsetExists(); -1: the value decides. */
static int call_offset_exists(zval *object, zval *offset, int check_empty)
{
    zval *result;
    bool exists;

    SEPARATE_ARG_IF_REF(offset);
    result = spl_call(object, "offsetexists", 1, offset, NULL);
    zval_ptr_dtor(&offset);
    exists = result && zend_is_true(result);
    if (result) {
        zval_ptr_dtor(&result);
    }
    return exists && check_empty == 1 ? -1 : exists;
}

static int test_value(zval *value, int check_empty)
{
    return check_empty ? zend_is_true(value) : Z_TYPE_P(value) != IS_NULL;
}

/* The value that an overridden offsetGet() gives. */
static int test_read_value(zval *object, zval *offset, int check_empty)
{
    zval *value = spl_array_read_dimension_ex(true, object, offset, BP_VAR_R);
    int answer;

    Z_ADDREF_P(value);
    answer = test_value(value, check_empty);
    zval_ptr_dtor(&value);
    return answer;
}

int spl_array_has_dimension_ex(bool inherited, zval *object, zval *offset, int check_empty)
{
    spl_array_object *intern = spl_array_from(object);
    array_key key;
    zval **element;

    if (inherited && intern->offset_has) {
        int answer = call_offset_exists(object, offset, check_empty);
        if (answer >= 0) {
            return answer;
        }
        if (intern->offset_get) {
            return test_read_value(object, offset, check_empty);
        }
    }
    if (!make_key(offset, &key)) {
        return 0;
    }
    element = find(spl_array_table(intern), &key);
    if (!element || check_empty == 2) {
        return element != NULL;
    }
    if (check_empty && inherited && intern->offset_get) {
        return test_read_value(object, offset, check_empty);
    }
    return test_value(*element, check_empty);
}
