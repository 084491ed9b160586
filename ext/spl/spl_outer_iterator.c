/* SPDX-License-Identifier: MIT */
/*
 * IteratorIterator, the base of all iterators around another one: construction, steps, and the
 * passing on of unknown methods to the inner object.
 */
#include "ext/spl/spl_outer_iterator.h"

static zend_object_handlers outer_handlers;

zend_class_entry *spl_ce_Countable;
zend_class_entry *spl_ce_OuterIterator;
zend_class_entry *spl_ce_SeekableIterator;
zend_class_entry *spl_ce_IteratorIterator;

/* --- Construction -------------------------------------------------------------------------- */

spl_outer_iterator *spl_outer_from(const zval *object)
{
    spl_outer_iterator *intern = spl_outer_from_any(object);

    if (!intern->constructed) {
        spl_throw_not_constructed();
        return NULL;
    }
    return intern;
}

spl_outer_iterator *spl_outer_begin(zval *object)
{
    spl_outer_iterator *intern = spl_outer_from_any(object);

    if (intern->constructed) {
        zend_throw_exception_ex(spl_ce_BadMethodCallException, 0,
            "%s::getIterator() must be called exactly once per instance",
            Z_OBJCE_P(object)->name);
        return NULL;
    }
    return intern;
}

/* What an IteratorAggregate gives, counted; the object itself, counted, if it is none. */
static zval *resolve_aggregate(zval *object)
{
    zval *result;

    if (!instanceof_function(Z_OBJCE_P(object), zend_ce_aggregate)) {
        Z_ADDREF_P(object);
        return object;
    }
    result = spl_call(object, "getiterator", 0, NULL, NULL);
    if (result && !EG(exception)
        && (Z_TYPE_P(result) != IS_OBJECT
            || !instanceof_function(Z_OBJCE_P(result), zend_ce_traversable))) {
        zend_throw_exception_ex(spl_ce_LogicException, 0,
            "%s::getIterator() must return an object that implements Traversable",
            Z_OBJCE_P(object)->name);
    }
    if (result && EG(exception)) {
        zval_ptr_dtor(&result);
        return NULL;
    }
    return result;
}

bool spl_outer_set_inner(spl_outer_iterator *intern, zval *inner)
{
    zend_object_iterator *iterator;
    zend_class_entry *ce;

    inner = resolve_aggregate(inner);
    if (!inner) {
        return false;
    }
    ce = Z_OBJCE_P(inner);
    iterator = ce->get_iterator(ce, inner, 0);
    if (!iterator || EG(exception)) {
        if (iterator) {
            iterator->funcs->dtor(iterator);
        }
        zval_ptr_dtor(&inner);
        return false;
    }
    intern->inner.object = inner;
    intern->inner.ce = ce;
    intern->inner.iterator = iterator;
    intern->constructed = true;
    return true;
}

void spl_outer_drop_inner(spl_outer_iterator *intern)
{
    zval *object = intern->inner.object;
    zend_object_iterator *iterator = intern->inner.iterator;

    intern->inner.object = NULL;
    intern->inner.iterator = NULL;
    intern->inner.ce = NULL;
    if (iterator) {
        iterator->funcs->dtor(iterator);
    }
    if (object) {
        zval_ptr_dtor(&object);
    }
}

spl_outer_iterator *spl_outer_construct(int ht, zval *object, zend_class_entry *inner_ce)
{
    spl_outer_iterator *intern = spl_outer_begin(object);
    zend_error_handling handling;
    zval *inner;
    int result;

    if (!intern) {
        return NULL;
    }
    zend_replace_error_handling(EH_THROW, spl_ce_InvalidArgumentException, &handling);
    result = zend_parse_parameters(ht, "O", &inner, inner_ce);
    zend_restore_error_handling(&handling);
    return result == SUCCESS && spl_outer_set_inner(intern, inner) ? intern : NULL;
}

/* --- Steps --------------------------------------------------------------------------------- */

void spl_outer_free_current(spl_outer_iterator *intern)
{
    zval *value = intern->current.value;
    zval *key = intern->current.key;
    zend_object_iterator *iterator = intern->inner.iterator;

    intern->current.value = NULL;
    intern->current.key = NULL;
    if (iterator && iterator->funcs->invalidate_current) {
        iterator->funcs->invalidate_current(iterator);
    }
    if (value) {
        zval_ptr_dtor(&value);
    }
    if (key) {
        zval_ptr_dtor(&key);
    }
    if (intern->free_current) {
        intern->free_current(intern);
    }
}

void spl_outer_rewind(spl_outer_iterator *intern)
{
    zend_object_iterator *iterator;

    spl_outer_free_current(intern);
    intern->current.pos = 0;
    iterator = intern->inner.iterator;
    if (iterator && iterator->funcs->rewind) {
        iterator->funcs->rewind(iterator);
    }
}

bool spl_outer_valid(spl_outer_iterator *intern)
{
    zend_object_iterator *iterator = intern->inner.iterator;

    zend_stack_guard();
    return iterator && !EG(exception) && iterator->funcs->valid(iterator) == SUCCESS;
}

static zval *fetch_key(spl_outer_iterator *intern)
{
    zend_object_iterator *iterator = intern->inner.iterator;
    zval *key;

    ALLOC_INIT_ZVAL(key);
    if (!iterator->funcs->get_current_key) {
        ZVAL_LONG(key, intern->current.pos);
        return key;
    }
    iterator->funcs->get_current_key(iterator, key);
    if (EG(exception)) {
        zval_ptr_dtor(&key);
        return NULL;
    }
    return key;
}

bool spl_outer_fetch(spl_outer_iterator *intern, bool check)
{
    zval **data = NULL;
    zval *key;

    spl_outer_free_current(intern);
    if (!intern->inner.iterator || (check && !spl_outer_valid(intern))) {
        return false;
    }
    intern->inner.iterator->funcs->get_current_data(intern->inner.iterator, &data);
    if (EG(exception) || !intern->inner.iterator) {
        return false;
    }
    if (data && *data) {
        intern->current.value = *data;
        Z_ADDREF_P(intern->current.value);
    }
    key = fetch_key(intern);
    if (intern->current.key) {
        zval_ptr_dtor(&intern->current.key);
    }
    intern->current.key = key;
    return !EG(exception);
}

void spl_outer_next(spl_outer_iterator *intern, bool drop)
{
    zend_object_iterator *iterator;

    if (drop) {
        spl_outer_free_current(intern);
    }
    iterator = intern->inner.iterator;
    if (iterator && !EG(exception)) {
        iterator->funcs->move_forward(iterator);
        intern->current.pos++;
    }
}

/* --- The object ---------------------------------------------------------------------------- */

static void outer_free(void *object)
{
    spl_outer_iterator *intern = object;

    zend_stack_guard();
    spl_outer_free_current(intern);
    spl_outer_drop_inner(intern);
    if (intern->free_rest) {
        intern->free_rest(intern);
    }
    zend_object_std_dtor(&intern->std);
    efree(intern);
}

zend_object_value spl_outer_new(zend_class_entry *ce)
{
    spl_outer_iterator *intern = ecalloc(1, sizeof(spl_outer_iterator));

    return spl_object_enter(&intern->std, ce, outer_free, &outer_handlers);
}

/* Methods that the class does not have are the inner object's. */
static zend_function *outer_get_method(zval **object, char *name, int length,
    const struct _zend_literal *key)
{
    spl_outer_iterator *intern = spl_outer_from_any(*object);
    zend_function *method = zend_std_get_method(object, name, length, key);

    zend_stack_guard();
    if (method || !intern->inner.object) {
        return method;
    }
    *object = intern->inner.object;
    return Z_OBJ_HT_P(*object)->get_method(object, name, length, NULL);
}

static HashTable *outer_get_gc(zval *object, zval ***table, int *n)
{
    spl_outer_iterator *intern = spl_outer_from_any(object);
    int count = 0;

    if (intern->inner.object) {
        intern->gc_table[count++] = intern->inner.object;
    }
    if (intern->current.value) {
        intern->gc_table[count++] = intern->current.value;
    }
    if (intern->current.key) {
        intern->gc_table[count++] = intern->current.key;
    }
    if (intern->get_gc) {
        count += intern->get_gc(intern, intern->gc_table + count);
    }
    *table = intern->gc_table;
    *n = count;
    return zend_std_get_properties(object);
}

/* --- Methods ------------------------------------------------------------------------------- */

static PHP_METHOD(IteratorIterator, __construct)
{
    spl_outer_iterator *intern = spl_outer_begin(getThis());
    zend_error_handling handling;
    zval *inner;
    zval *class_name = NULL;
    int result;

    if (!intern) {
        return;
    }
    zend_replace_error_handling(EH_THROW, spl_ce_InvalidArgumentException, &handling);
    result = zend_parse_parameters(ZEND_NUM_ARGS(), "O|z", &inner, zend_ce_traversable,
        &class_name);
    zend_restore_error_handling(&handling);
    if (result == SUCCESS) {
        spl_outer_set_inner(intern, inner);
    }
}

PHP_METHOD(IteratorIterator, getInnerIterator)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    spl_return_copy(return_value, intern->inner.object);
}

PHP_METHOD(IteratorIterator, rewind)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    spl_outer_rewind(intern);
    spl_outer_fetch(intern, true);
}

PHP_METHOD(IteratorIterator, valid)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    RETURN_BOOL(intern->current.value != NULL);
}

PHP_METHOD(IteratorIterator, key)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    spl_return_copy(return_value, intern->current.key);
}

PHP_METHOD(IteratorIterator, current)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    spl_return_copy(return_value, intern->current.value);
}

PHP_METHOD(IteratorIterator, next)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    spl_outer_next(intern, true);
    spl_outer_fetch(intern, true);
}

/* --- Declaration --------------------------------------------------------------------------- */

static const zend_function_entry outer_methods[] = {
    PHP_ABSTRACT_ME(OuterIterator, getInnerIterator, "", "Returns the inner iterator.")
    PHP_FE_END
};

static const zend_function_entry countable_methods[] = {
    PHP_ABSTRACT_ME(Countable, count, "", "Returns the number of elements.")
    PHP_FE_END
};

static const zend_function_entry seekable_methods[] = {
    PHP_ABSTRACT_ME(SeekableIterator, seek, "$position", "Moves to a position.")
    PHP_FE_END
};

static const zend_function_entry iterator_iterator_methods[] = {
    PHP_ME(IteratorIterator, __construct, "Traversable $iterator", "Takes the inner iterator.",
        ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, rewind, "", "Moves to the first element.", ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, valid, "", "Is there a current element?", ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, key, "", "Returns the current key.", ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, current, "", "Returns the current element.", ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, next, "", "Moves on to the next element.", ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, getInnerIterator, "", "Returns the inner iterator.",
        ZEND_ACC_PUBLIC)
    PHP_FE_END
};

void spl_register_outer_iterators(void)
{
    outer_handlers = *zend_get_std_object_handlers();
    outer_handlers.get_method = outer_get_method;
    outer_handlers.clone_obj = NULL;
    outer_handlers.get_gc = outer_get_gc;

    spl_ce_IteratorIterator = spl_register_class("IteratorIterator", NULL, spl_outer_new,
        iterator_iterator_methods);
    zend_class_implements(spl_ce_IteratorIterator, 2, zend_ce_iterator, spl_ce_OuterIterator);
    spl_register_filter_iterators();
    spl_ce_Countable = spl_register_interface("Countable", countable_methods);
    spl_ce_SeekableIterator = spl_register_interface("SeekableIterator", seekable_methods);
    zend_class_implements(spl_ce_SeekableIterator, 1, zend_ce_iterator);
    spl_register_limit_iterator();
    spl_register_caching_iterators();
    spl_register_simple_iterators();
    spl_register_append_iterator();
    spl_register_infinite_iterator();
    spl_register_regex_iterators();
    spl_register_empty_iterator();
}

void spl_register_outer_interface(void)
{
    spl_ce_OuterIterator = spl_register_interface("OuterIterator", outer_methods);
    zend_class_implements(spl_ce_OuterIterator, 1, zend_ce_iterator);
}
