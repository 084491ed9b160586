/* SPDX-License-Identifier: MIT */
/*
 * SplFixedArray: a plain block of values, by index from 0. A slot is NULL until it is set.
 */
#include "ext/spl/php_spl.h"

/* The block is made by the constructor. */
typedef struct _fixed_array {
    long size;
    zval **elements; /* NULL when size is 0 */
} fixed_array;

typedef struct _fixed_array_object {
    zend_object std;
    fixed_array *array; /* NULL before the constructor */
    zend_function *offset_get; /* overridden methods, or NULL */
    zend_function *offset_set;
    zend_function *offset_has;
    zend_function *offset_del;
    zend_function *count;
    long current;
    void *unused[8]; /* scripts can measure the size: PHP 5.6's */
} fixed_array_object;
_Static_assert(sizeof(fixed_array_object) == 152, "an SplFixedArray has 152 bytes");

static zend_class_entry *spl_ce_SplFixedArray;
static zend_object_handlers fixed_array_handlers;

static zend_always_inline fixed_array_object *from(const zval *object)
{
    return zend_object_store_get_object(object);
}

static long size_of(const fixed_array_object *intern)
{
    return intern->array ? intern->array->size : 0;
}

/* --- The block ----------------------------------------------------------------------------- */

static void make_block(fixed_array_object *intern, long size)
{
    intern->array = emalloc(sizeof(fixed_array));
    intern->array->size = 0;
    intern->array->elements = NULL;
    if (size > 0) {
        intern->array->elements = safe_emalloc(size, sizeof(zval *), 0);
        memset(intern->array->elements, 0, size * sizeof(zval *));
        intern->array->size = size;
    }
}

/* Values that are cut off are released one by one, the block being whole at each step. */
static void resize(fixed_array_object *intern, long size)
{
    long i;

    if (!intern->array) {
        make_block(intern, size);
        return;
    }
    while (intern->array->size > size) {
        zval *value = intern->array->elements[--intern->array->size];
        if (value) {
            zval_ptr_dtor(&value);
        }
    }
    if (size == 0) {
        if (intern->array->elements && intern->array->size == 0) {
            efree(intern->array->elements);
            intern->array->elements = NULL;
        }
        return;
    }
    intern->array->elements = safe_erealloc(intern->array->elements, size, sizeof(zval *), 0);
    for (i = intern->array->size; i < size; i++) {
        intern->array->elements[i] = NULL;
    }
    intern->array->size = size;
}

/* The slot of an offset; NULL after an exception. */
static zval **slot_of(const fixed_array_object *intern, const zval *offset)
{
    long index = -1;

    if (offset) {
        index = Z_TYPE_P(offset) == IS_LONG ? Z_LVAL_P(offset) : spl_offset_to_long(offset);
    }
    if (index < 0 || index >= size_of(intern)) {
        spl_throw(spl_ce_RuntimeException, "Index invalid or out of range");
        return NULL;
    }
    return &intern->array->elements[index];
}

/* --- Elements ------------------------------------------------------------------------------ */

static void set_slot(zval **slot, zval *value)
{
    zval *old = *slot;

    SEPARATE_ARG_IF_REF(value);
    *slot = value;
    if (old) {
        zval_ptr_dtor(&old);
    }
}

static void unset_slot(zval **slot)
{
    zval *old = *slot;

    *slot = NULL;
    if (old) {
        zval_ptr_dtor(&old);
    }
}

static bool test_slot(const fixed_array_object *intern, const zval *offset, int check_empty)
{
    long index = spl_offset_to_long(offset);
    zval *value;

    if (index < 0 || index >= size_of(intern)) {
        return false;
    }
    value = intern->array->elements[index];
    if (!value) {
        return false;
    }
    return check_empty ? zend_is_true(value) : Z_TYPE_P(value) != IS_NULL;
}

/* Calls an overridden method for an offset, which may be missing. */
static zval *call_override(zval *object, const char *method, zval *offset, zval *value)
{
    zval *result;

    if (!offset) {
        ALLOC_INIT_ZVAL(offset);
    } else {
        SEPARATE_ARG_IF_REF(offset);
    }
    result = spl_call(object, method, value ? 2 : 1, offset, value);
    zval_ptr_dtor(&offset);
    return result;
}

static zval *read_dimension(zval *object, zval *offset, int type)
{
    fixed_array_object *intern = from(object);
    zval **slot;

    if (intern->offset_get) {
        zval *result = call_override(object, "offsetget", offset, NULL);
        if (!result) {
            return EG(uninitialized_zval_ptr);
        }
        Z_DELREF_P(result);
        return result;
    }
    slot = slot_of(intern, offset);
    return slot && *slot ? *slot : EG(uninitialized_zval_ptr);
}

static void write_dimension(zval *object, zval *offset, zval *value)
{
    fixed_array_object *intern = from(object);
    zval **slot;

    if (intern->offset_set) {
        zval *result = call_override(object, "offsetset", offset, value);
        if (result) {
            zval_ptr_dtor(&result);
        }
        return;
    }
    slot = slot_of(intern, offset);
    if (slot) {
        set_slot(slot, value);
    }
}

static void unset_dimension(zval *object, zval *offset)
{
    fixed_array_object *intern = from(object);
    zval **slot;

    if (intern->offset_del) {
        zval *result = call_override(object, "offsetunset", offset, NULL);
        if (result) {
            zval_ptr_dtor(&result);
        }
        return;
    }
    slot = slot_of(intern, offset);
    if (slot) {
        unset_slot(slot);
    }
}

static int has_dimension(zval *object, zval *offset, int check_empty)
{
    fixed_array_object *intern = from(object);
    zval *result;
    int answer;

    if (!intern->offset_has) {
        return test_slot(intern, offset, check_empty);
    }
    result = call_override(object, "offsetexists", offset, NULL);
    answer = result && zend_is_true(result);
    if (result) {
        zval_ptr_dtor(&result);
    }
    return answer;
}

/* --- The object ---------------------------------------------------------------------------- */

static void fixed_array_free(void *object)
{
    fixed_array_object *intern = object;

    if (intern->array) {
        resize(intern, 0);
        efree(intern->array);
    }
    zend_object_std_dtor(&intern->std);
    efree(intern);
}

static zend_object_value fixed_array_new(zend_class_entry *ce)
{
    fixed_array_object *intern = ecalloc(1, sizeof(fixed_array_object));

    if (ce->type != ZEND_INTERNAL_CLASS) {
        intern->offset_get = spl_find_override(ce, spl_ce_SplFixedArray, "offsetget");
        intern->offset_set = spl_find_override(ce, spl_ce_SplFixedArray, "offsetset");
        intern->offset_has = spl_find_override(ce, spl_ce_SplFixedArray, "offsetexists");
        intern->offset_del = spl_find_override(ce, spl_ce_SplFixedArray, "offsetunset");
        intern->count = spl_find_override(ce, spl_ce_SplFixedArray, "count");
    }
    return spl_object_enter(&intern->std, ce, fixed_array_free, &fixed_array_handlers);
}

static zend_object_value fixed_array_clone(zval *object)
{
    fixed_array_object *old = from(object);
    zend_object_value value = fixed_array_new(old->std.ce);
    fixed_array_object *intern = zend_object_store_get_object_by_handle(value.handle);
    long i;

    if (old->array) {
        make_block(intern, old->array->size);
        for (i = 0; i < old->array->size; i++) {
            intern->array->elements[i] = old->array->elements[i];
            if (intern->array->elements[i]) {
                Z_ADDREF_P(intern->array->elements[i]);
            }
        }
    }
    zend_objects_clone_members(&intern->std, value, &old->std, Z_OBJ_HANDLE_P(object));
    return value;
}

/* Properties, dumps and serialize() show the elements among the properties. */
static HashTable *get_properties(zval *object)
{
    fixed_array_object *intern = from(object);
    HashTable *properties = zend_std_get_properties(object);
    long before = zend_hash_num_elements(properties);
    long size = size_of(intern);
    long i;

    if (!intern->array || GC_G(gc_active)) {
        return properties;
    }
    for (i = 0; i < size; i++) {
        zval *value = intern->array->elements[i];
        if (!value) {
            ALLOC_INIT_ZVAL(value);
        } else {
            Z_ADDREF_P(value);
        }
        zend_hash_index_update(properties, i, &value, sizeof(zval *), NULL);
    }
    for (i = size; i < before; i++) {
        zend_hash_index_del(properties, i);
    }
    return properties;
}

static HashTable *get_gc(zval *object, zval ***table, int *n)
{
    fixed_array_object *intern = from(object);

    *table = intern->array ? intern->array->elements : NULL;
    *n = (int) size_of(intern);
    return zend_std_get_properties(object);
}

static int count_elements(zval *object, long *count)
{
    fixed_array_object *intern = from(object);

    if (!intern->count) {
        *count = size_of(intern);
        return SUCCESS;
    }
    return spl_call_count(object, count);
}

/* --- foreach ------------------------------------------------------------------------------- */

static void it_dtor(zend_object_iterator *iterator)
{
    zval *object = iterator->data;

    zend_user_it_invalidate_current(iterator);
    zval_ptr_dtor(&object);
    efree(iterator);
}

static void it_rewind(zend_object_iterator *iterator)
{
    from(iterator->data)->current = 0;
}

static int it_valid(zend_object_iterator *iterator)
{
    const fixed_array_object *intern = from(iterator->data);

    return intern->current >= 0 && intern->current < size_of(intern) ? SUCCESS : FAILURE;
}

/* The value is kept, since the slot may be emptied by the loop's body. */
static void it_get_current_data(zend_object_iterator *iterator, zval ***data)
{
    zend_user_iterator *it = (zend_user_iterator *) iterator;
    zval *offset;
    zval *value;

    zend_user_it_invalidate_current(iterator);
    MAKE_STD_ZVAL(offset);
    ZVAL_LONG(offset, from(iterator->data)->current);
    value = read_dimension(iterator->data, offset, BP_VAR_R);
    Z_ADDREF_P(value);
    zval_ptr_dtor(&offset);
    it->value = value;
    *data = &it->value;
}

static void it_get_current_key(zend_object_iterator *iterator, zval *key)
{
    ZVAL_LONG(key, from(iterator->data)->current);
}

static void it_move_forward(zend_object_iterator *iterator)
{
    zend_user_it_invalidate_current(iterator);
    from(iterator->data)->current++;
}

static const zend_object_iterator_funcs fixed_array_it_funcs = {
    it_dtor, it_valid, it_get_current_data, it_get_current_key, it_move_forward, it_rewind, NULL,
};

static zend_object_iterator *get_iterator(zend_class_entry *ce, zval *object, int by_ref)
{
    zend_user_iterator *iterator;

    if (spl_refuse_by_reference(by_ref)) {
        return NULL;
    }
    if (spl_overrides_iteration(ce)) {
        return spl_user_iterator(ce, object, by_ref);
    }
    iterator = ecalloc(1, sizeof(zend_user_iterator));
    Z_ADDREF_P(object);
    iterator->it.data = object;
    iterator->it.funcs = &fixed_array_it_funcs;
    iterator->ce = ce;
    return &iterator->it;
}

/* --- Methods: size and conversion ---------------------------------------------------------- */

static PHP_METHOD(SplFixedArray, __construct)
{
    fixed_array_object *intern = from(getThis());
    long size = 0;
    zend_error_handling handling;
    int result;

    zend_replace_error_handling(EH_THROW, spl_ce_InvalidArgumentException, &handling);
    result = zend_parse_parameters(ZEND_NUM_ARGS(), "|l", &size);
    zend_restore_error_handling(&handling);
    if (result == FAILURE) {
        return;
    }
    if (size < 0) {
        spl_throw(spl_ce_InvalidArgumentException, "array size cannot be less than zero");
        return;
    }
    if (!intern->array) {
        make_block(intern, size);
    }
}

/* After unserialize() the elements are properties. */
static PHP_METHOD(SplFixedArray, __wakeup)
{
    fixed_array_object *intern = from(getThis());
    HashTable *properties = zend_std_get_properties(getThis());
    HashPosition pos;
    zval **value;
    long size = zend_hash_num_elements(properties);
    long i = 0;

    if (zend_parse_parameters_none() == FAILURE || intern->array) {
        return;
    }
    make_block(intern, size);
    zend_hash_internal_pointer_reset_ex(properties, &pos);
    while (i < size
           && zend_hash_get_current_data_ex(properties, (void **) &value, &pos) == SUCCESS) {
        Z_ADDREF_PP(value);
        intern->array->elements[i++] = *value;
        zend_hash_move_forward_ex(properties, &pos);
    }
    zend_hash_clean(properties);
}

static PHP_METHOD(SplFixedArray, getSize)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_LONG(size_of(from(getThis())));
}

static PHP_METHOD(SplFixedArray, setSize)
{
    long size;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &size) == FAILURE) {
        return;
    }
    if (size < 0) {
        spl_throw(spl_ce_InvalidArgumentException, "array size cannot be less than zero");
        return;
    }
    resize(from(getThis()), size);
    RETURN_TRUE;
}

static PHP_METHOD(SplFixedArray, toArray)
{
    fixed_array_object *intern = from(getThis());
    long i;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    array_init(return_value);
    for (i = 0; i < size_of(intern); i++) {
        zval *value = intern->array->elements[i];
        if (value) {
            Z_ADDREF_P(value);
            add_index_zval(return_value, i, value);
        } else {
            add_index_null(return_value, i);
        }
    }
}

/* The size for keys kept: the greatest key plus one; -1 after an exception. */
static long size_by_keys(const HashTable *source)
{
    const Bucket *p;
    ulong greatest = 0;

    for (p = source->pListHead; p; p = p->pListNext) {
        if (p->nKeyLength != 0 || (long) p->h < 0) {
            spl_throw(spl_ce_InvalidArgumentException,
                "array must contain only positive integer keys");
            return -1;
        }
        if (p->h > greatest) {
            greatest = p->h;
        }
    }
    if (greatest == LONG_MAX) {
        spl_throw(spl_ce_InvalidArgumentException, "integer overflow detected");
        return -1;
    }
    return (long) greatest + 1;
}

static PHP_METHOD(SplFixedArray, fromArray)
{
    zval *source;
    zend_bool save_indexes = 1;
    const Bucket *p;
    fixed_array_object *intern;
    long size;
    long i = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a|b", &source, &save_indexes) == FAILURE) {
        return;
    }
    size = zend_hash_num_elements(Z_ARRVAL_P(source));
    if (size > 0 && save_indexes) {
        size = size_by_keys(Z_ARRVAL_P(source));
        if (size < 0) {
            return;
        }
    }
    object_init_ex(return_value, spl_ce_SplFixedArray);
    intern = from(return_value);
    make_block(intern, size);
    for (p = Z_ARRVAL_P(source)->pListHead; p; p = p->pListNext) {
        zval *value = *(zval **) p->pData;
        SEPARATE_ARG_IF_REF(value);
        intern->array->elements[save_indexes ? (long) p->h : i++] = value;
    }
}

/* --- Methods: elements --------------------------------------------------------------------- */

static PHP_METHOD(SplFixedArray, offsetExists)
{
    zval *offset;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &offset) == FAILURE) {
        return;
    }
    RETURN_BOOL(test_slot(from(getThis()), offset, 0));
}

static PHP_METHOD(SplFixedArray, offsetGet)
{
    zval *offset;
    zval **slot;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &offset) == FAILURE) {
        return;
    }
    slot = slot_of(from(getThis()), offset);
    spl_return_copy(return_value, slot ? *slot : NULL);
}

static PHP_METHOD(SplFixedArray, offsetSet)
{
    zval *offset;
    zval *value;
    zval **slot;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "zz", &offset, &value) == FAILURE) {
        return;
    }
    slot = slot_of(from(getThis()), offset);
    if (slot) {
        set_slot(slot, value);
    }
}

static PHP_METHOD(SplFixedArray, offsetUnset)
{
    zval *offset;
    zval **slot;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &offset) == FAILURE) {
        return;
    }
    slot = slot_of(from(getThis()), offset);
    if (slot) {
        unset_slot(slot);
    }
}

/* --- Methods: iterating -------------------------------------------------------------------- */

static PHP_METHOD(SplFixedArray, rewind)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    from(getThis())->current = 0;
}

static PHP_METHOD(SplFixedArray, current)
{
    const fixed_array_object *intern = from(getThis());

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (intern->current < 0 || intern->current >= size_of(intern)) {
        spl_throw(spl_ce_RuntimeException, "Index invalid or out of range");
        return;
    }
    spl_return_copy(return_value, intern->array->elements[intern->current]);
}

static PHP_METHOD(SplFixedArray, key)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_LONG(from(getThis())->current);
}

static PHP_METHOD(SplFixedArray, next)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    from(getThis())->current++;
}

static PHP_METHOD(SplFixedArray, valid)
{
    const fixed_array_object *intern = from(getThis());

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_BOOL(intern->current >= 0 && intern->current < size_of(intern));
}

/* --- Declaration --------------------------------------------------------------------------- */

static const zend_function_entry methods[] = {
    PHP_ME(SplFixedArray, __construct, "[$size]", "Takes the size.", ZEND_ACC_PUBLIC)
    PHP_ME(SplFixedArray, __wakeup, "", "Restores the elements after unserialize().",
        ZEND_ACC_PUBLIC)
    PHP_MALIAS(SplFixedArray, count, getSize, "", "Returns the size.", ZEND_ACC_PUBLIC)
    PHP_ME(SplFixedArray, toArray, "", "Returns the elements as an array.", ZEND_ACC_PUBLIC)
    PHP_ME(SplFixedArray, fromArray, "$data, [$save_indexes]", "Makes one of an array.",
        ZEND_ACC_PUBLIC | ZEND_ACC_STATIC)
    PHP_ME(SplFixedArray, getSize, "", "Returns the size.", ZEND_ACC_PUBLIC)
    PHP_ME(SplFixedArray, setSize, "$value", "Sets the size.", ZEND_ACC_PUBLIC)
    PHP_ME(SplFixedArray, offsetExists, "$index", "Is the element set?", ZEND_ACC_PUBLIC)
    PHP_ME(SplFixedArray, offsetGet, "$index", "Returns an element.", ZEND_ACC_PUBLIC)
    PHP_ME(SplFixedArray, offsetSet, "$index, $newval", "Sets an element.", ZEND_ACC_PUBLIC)
    PHP_ME(SplFixedArray, offsetUnset, "$index", "Empties an element.", ZEND_ACC_PUBLIC)
    PHP_ME(SplFixedArray, rewind, "", "Moves to the first element.", ZEND_ACC_PUBLIC)
    PHP_ME(SplFixedArray, current, "", "Returns the current element.", ZEND_ACC_PUBLIC)
    PHP_ME(SplFixedArray, key, "", "Returns the current index.", ZEND_ACC_PUBLIC)
    PHP_ME(SplFixedArray, next, "", "Moves on to the next element.", ZEND_ACC_PUBLIC)
    PHP_ME(SplFixedArray, valid, "", "Is there a current element?", ZEND_ACC_PUBLIC)
    PHP_FE_END
};

void spl_register_fixed_array(void)
{
    fixed_array_handlers = *zend_get_std_object_handlers();
    fixed_array_handlers.clone_obj = fixed_array_clone;
    fixed_array_handlers.read_dimension = read_dimension;
    fixed_array_handlers.write_dimension = write_dimension;
    fixed_array_handlers.unset_dimension = unset_dimension;
    fixed_array_handlers.has_dimension = has_dimension;
    fixed_array_handlers.count_elements = count_elements;
    fixed_array_handlers.get_properties = get_properties;
    fixed_array_handlers.get_gc = get_gc;
    spl_ce_SplFixedArray = spl_register_class("SplFixedArray", NULL, fixed_array_new, methods);
    spl_ce_SplFixedArray->get_iterator = get_iterator;
    zend_class_implements(spl_ce_SplFixedArray, 3, zend_ce_iterator, zend_ce_arrayaccess,
        spl_ce_Countable);
}
