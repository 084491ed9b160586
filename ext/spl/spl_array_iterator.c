/* SPDX-License-Identifier: MIT */
/*
 * The position of an ArrayIterator: moved by methods, and by foreach directly when no method
 * of it is overridden.
 */
#include "ext/spl/spl_array.h"

/* --- Moving -------------------------------------------------------------------------------- */

static void set_position(spl_array_object *intern, Bucket *pos)
{
    intern->pos = pos;
    intern->pos_h = pos ? pos->h : 0;
}

/* The first of the elements from p on that a script may see. */
static Bucket *skip_hidden(const spl_array_object *intern, Bucket *p)
{
    bool is_object = spl_array_is_object(intern);

    while (p && (zend_hash_bucket_is_absent(p)
                 || (is_object && p->nKeyLength != 0 && p->arKey[0] == '\0'))) {
        p = p->pListNext;
    }
    return p;
}

void spl_array_rewind(spl_array_object *intern)
{
    intern->positioned = false;
    intern->is_ahead = 0;
    intern->pos = NULL;
}

/* Makes pos usable: false (and rewound) when its element was removed behind its back. */
static bool check_position(spl_array_object *intern)
{
    HashTable *table = spl_array_table(intern);

    if (!intern->positioned) {
        intern->positioned = true;
        set_position(intern, skip_hidden(intern, table->pListHead));
        return true;
    }
    if (!intern->pos || spl_hash_position_valid(table, intern->pos, intern->pos_h)) {
        return true;
    }
    intern->is_ahead = 0;
    set_position(intern, skip_hidden(intern, table->pListHead));
    return false;
}

static bool check_position_or_notice(spl_array_object *intern)
{
    if (check_position(intern)) {
        return true;
    }
    php_error_docref(NULL, E_NOTICE,
        "Array was modified outside object and internal position is no longer valid");
    return false;
}

int spl_array_next(spl_array_object *intern)
{
    if (!check_position_or_notice(intern)) {
        return FAILURE;
    }
    if (intern->pos && !intern->is_ahead) {
        set_position(intern, skip_hidden(intern, intern->pos->pListNext));
    } else if (intern->pos) {
        set_position(intern, skip_hidden(intern, intern->pos));
    }
    intern->is_ahead = 0;
    return intern->pos ? SUCCESS : FAILURE;
}

bool spl_array_valid(spl_array_object *intern)
{
    return check_position_or_notice(intern) && intern->pos;
}

zval **spl_array_current(spl_array_object *intern)
{
    if (!check_position_or_notice(intern) || !intern->pos) {
        return NULL;
    }
    return zend_hash_bucket_is_absent(intern->pos) ? NULL : (zval **) intern->pos->pData;
}

void spl_array_key(spl_array_object *intern, zval *key)
{
    if (!check_position_or_notice(intern)) {
        ZVAL_NULL(key);
        return;
    }
    zend_hash_get_current_key_zval_ex(spl_array_table(intern), key, &intern->pos);
}

/* --- foreach ------------------------------------------------------------------------------- */

static spl_array_object *intern_of(zend_object_iterator *iterator)
{
    return spl_array_from(iterator->data);
}

static void it_dtor(zend_object_iterator *iterator)
{
    zval *object = iterator->data;

    zval_ptr_dtor(&object);
    efree(iterator);
}

static int it_valid(zend_object_iterator *iterator)
{
    return spl_array_valid(intern_of(iterator)) ? SUCCESS : FAILURE;
}

static void it_get_current_data(zend_object_iterator *iterator, zval ***data)
{
    *data = spl_array_current(intern_of(iterator));
}

static void it_get_current_key(zend_object_iterator *iterator, zval *key)
{
    spl_array_key(intern_of(iterator), key);
}

static void it_move_forward(zend_object_iterator *iterator)
{
    spl_array_next(intern_of(iterator));
}

static void it_rewind(zend_object_iterator *iterator)
{
    spl_array_rewind(intern_of(iterator));
}

static const zend_object_iterator_funcs spl_array_it_funcs = {
    it_dtor, it_valid, it_get_current_data, it_get_current_key, it_move_forward, it_rewind, NULL,
};

zend_object_iterator *spl_array_get_iterator(zend_class_entry *ce, zval *object, int by_ref)
{
    zend_object_iterator *iterator;

    if (by_ref && spl_find_override(ce, spl_ce_ArrayIterator, "current")) {
        zend_error(E_ERROR, "An iterator cannot be used with foreach by reference");
    }
    if (spl_overrides_iteration(ce)) {
        return spl_user_iterator(ce, object, by_ref);
    }
    if (by_ref) {
        spl_array_table_for_write(spl_array_from(object));
    }
    iterator = emalloc(sizeof(zend_object_iterator));
    Z_ADDREF_P(object);
    iterator->data = object;
    iterator->funcs = &spl_array_it_funcs;
    iterator->index = 0;
    return iterator;
}

/* --- Methods ------------------------------------------------------------------------------- */

PHP_METHOD(ArrayIterator, rewind)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    spl_array_rewind(spl_array_from(getThis()));
}

PHP_METHOD(ArrayIterator, valid)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_BOOL(spl_array_valid(spl_array_from(getThis())));
}

PHP_METHOD(ArrayIterator, current)
{
    zval **element;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    element = spl_array_current(spl_array_from(getThis()));
    spl_return_copy(return_value, element ? *element : NULL);
}

PHP_METHOD(ArrayIterator, key)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    spl_array_key(spl_array_from(getThis()), return_value);
}

PHP_METHOD(ArrayIterator, next)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    spl_array_next(spl_array_from(getThis()));
}

PHP_METHOD(ArrayIterator, seek)
{
    spl_array_object *intern = spl_array_from(getThis());
    long position;
    long steps;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &position) == FAILURE) {
        return;
    }
    if (position >= 0) {
        spl_array_rewind(intern);
        for (steps = position; steps > 0 && spl_array_next(intern) == SUCCESS; steps--) {
        }
        if (steps == 0 && spl_array_valid(intern)) {
            return;
        }
    }
    zend_throw_exception_ex(spl_ce_OutOfBoundsException, 0,
        "Seek position %ld is out of range", position);
}

PHP_METHOD(RecursiveArrayIterator, hasChildren)
{
    spl_array_object *intern = spl_array_from(getThis());
    zval **element;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    element = spl_array_current(intern);
    if (!element) {
        RETURN_FALSE;
    }
    RETURN_BOOL(Z_TYPE_PP(element) == IS_ARRAY
        || (Z_TYPE_PP(element) == IS_OBJECT && !(intern->flags & SPL_ARRAY_CHILD_ARRAYS_ONLY)));
}

PHP_METHOD(RecursiveArrayIterator, getChildren)
{
    spl_array_object *intern = spl_array_from(getThis());
    zend_class_entry *ce = Z_OBJCE_P(getThis());
    zval **element;
    zval *value;
    zval *flags;
    zval *child;

    if (zend_parse_parameters_none() == FAILURE || !(element = spl_array_current(intern))) {
        return;
    }
    value = *element;
    if (Z_TYPE_P(value) == IS_OBJECT) {
        if (intern->flags & SPL_ARRAY_CHILD_ARRAYS_ONLY) {
            return;
        }
        if (instanceof_function(Z_OBJCE_P(value), ce)) {
            RETURN_ZVAL(value, 1, 0);
        }
    }
    SEPARATE_ARG_IF_REF(value);
    MAKE_STD_ZVAL(flags);
    ZVAL_LONG(flags, intern->flags & ~SPL_ARRAY_INT_MASK);
    child = spl_instantiate(ce, 2, value, flags);
    zval_ptr_dtor(&value);
    zval_ptr_dtor(&flags);
    if (child) {
        RETVAL_ZVAL(child, 1, 1);
    }
}
