/* SPDX-License-Identifier: MIT */
/*
 * MultipleIterator: several iterators moved in step. Their current values and keys are given as
 * arrays.
 */
#include "ext/spl/spl_object_storage.h"

#define MIT_NEED_ANY 0
#define MIT_NEED_ALL 1
#define MIT_KEYS_NUMERIC 0
#define MIT_KEYS_ASSOC 2

static zend_class_entry *spl_ce_MultipleIterator;

static PHP_METHOD(MultipleIterator, __construct)
{
    long flags = MIT_NEED_ALL | MIT_KEYS_NUMERIC;
    zend_error_handling handling;

    zend_replace_error_handling(EH_THROW, spl_ce_InvalidArgumentException, &handling);
    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|l", &flags) == SUCCESS) {
        spl_storage_from(getThis())->flags = (int) flags;
    }
    zend_restore_error_handling(&handling);
}

static PHP_METHOD(MultipleIterator, getFlags)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_LONG(spl_storage_from(getThis())->flags);
}

static PHP_METHOD(MultipleIterator, setFlags)
{
    long flags;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &flags) == FAILURE) {
        return;
    }
    spl_storage_from(getThis())->flags = (int) flags;
}

/* May the iterator be known by this name? Throws if not. */
static bool check_info(spl_storage *intern, zval *info)
{
    const Bucket *p;

    if (Z_TYPE_P(info) != IS_LONG && Z_TYPE_P(info) != IS_STRING) {
        spl_throw(spl_ce_InvalidArgumentException, "Info must be NULL, integer or string");
        return false;
    }
    for (p = intern->storage.pListHead; p; p = p->pListNext) {
        if (zend_is_identical(info, ((const spl_storage_element *) p->pData)->info)) {
            spl_throw(spl_ce_InvalidArgumentException, "Key duplication error");
            return false;
        }
    }
    return true;
}

static PHP_METHOD(MultipleIterator, attachIterator)
{
    spl_storage *intern = spl_storage_from(getThis());
    zval *iterator;
    zval *info = NULL;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "O|z!", &iterator, zend_ce_iterator, &info)
        == FAILURE) {
        return;
    }
    if (!info || check_info(intern, info)) {
        spl_storage_attach(getThis(), intern, iterator, info);
    }
}

static PHP_METHOD(MultipleIterator, detachIterator)
{
    spl_storage *intern = spl_storage_from(getThis());
    zval *iterator;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "O", &iterator, zend_ce_iterator) == FAILURE) {
        return;
    }
    spl_storage_detach(getThis(), intern, iterator);
    spl_storage_rewind(intern);
}

static PHP_METHOD(MultipleIterator, containsIterator)
{
    zval *iterator;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "O", &iterator, zend_ce_iterator) == FAILURE) {
        return;
    }
    RETURN_BOOL(spl_storage_contains(getThis(), spl_storage_from(getThis()), iterator));
}

static PHP_METHOD(MultipleIterator, countIterators)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_LONG(zend_hash_num_elements(&spl_storage_from(getThis())->storage));
}

/* --- Iterating ----------------------------------------------------------------------------- */

static void call_all(zval *self, const char *method)
{
    int count;
    int i;
    spl_storage_element *elements = spl_storage_snapshot(spl_storage_from(self), &count);

    for (i = 0; i < count && !EG(exception); i++) {
        spl_call_drop(elements[i].object, method);
    }
    spl_storage_release(elements, count);
}

static PHP_METHOD(MultipleIterator, rewind)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    call_all(getThis(), "rewind");
}

static PHP_METHOD(MultipleIterator, next)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    call_all(getThis(), "next");
}

static PHP_METHOD(MultipleIterator, valid)
{
    spl_storage *intern = spl_storage_from(getThis());
    bool need_all = (intern->flags & MIT_NEED_ALL) != 0;
    bool answer = need_all;
    spl_storage_element *elements;
    int count;
    int i;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (!zend_hash_num_elements(&intern->storage)) {
        RETURN_FALSE;
    }
    elements = spl_storage_snapshot(intern, &count);
    for (i = 0; i < count && answer == need_all && !EG(exception); i++) {
        answer = spl_call_is_true(elements[i].object, "valid");
    }
    spl_storage_release(elements, count);
    RETURN_BOOL(answer);
}

/* Adds one iterator's value to the result: false after an exception. */
static bool add_one(zval *result, spl_storage_element *element, const char *method, int flags)
{
    zval *value = NULL;

    if (spl_call_is_true(element->object, "valid")) {
        value = spl_call(element->object, method, 0, NULL, NULL);
        if (!value) {
            if (!EG(exception)) {
                spl_throw(spl_ce_RuntimeException,
                    "Failed to call sub iterator method");
            }
            return false;
        }
    } else if (EG(exception)) {
        return false;
    } else if (flags & MIT_NEED_ALL) {
        zend_throw_exception_ex(spl_ce_RuntimeException, 0,
            "Called %s() with non valid sub iterator", method);
        return false;
    } else {
        ALLOC_INIT_ZVAL(value);
    }
    if (!(flags & MIT_KEYS_ASSOC)) {
        add_next_index_zval(result, value);
        return true;
    }
    if (Z_TYPE_P(element->info) == IS_NULL) {
        zval_ptr_dtor(&value);
        spl_throw(spl_ce_InvalidArgumentException, "Sub-Iterator is associated with NULL");
        return false;
    }
    array_set_zval_key(Z_ARRVAL_P(result), element->info, value);
    zval_ptr_dtor(&value);
    return true;
}

static void get_all(zval *self, const char *method, zval *return_value)
{
    spl_storage *intern = spl_storage_from(self);
    spl_storage_element *elements;
    int count;
    int i;

    if (!zend_hash_num_elements(&intern->storage)) {
        RETURN_FALSE;
    }
    array_init(return_value);
    elements = spl_storage_snapshot(intern, &count);
    for (i = 0; i < count; i++) {
        if (!add_one(return_value, &elements[i], method, intern->flags)) {
            break;
        }
    }
    spl_storage_release(elements, count);
}

static PHP_METHOD(MultipleIterator, current)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    get_all(getThis(), "current", return_value);
}

static PHP_METHOD(MultipleIterator, key)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    get_all(getThis(), "key", return_value);
}

/* --- Declaration --------------------------------------------------------------------------- */

static const zend_function_entry methods[] = {
    PHP_ME(MultipleIterator, __construct, "$flags", "Takes the flags.", ZEND_ACC_PUBLIC)
    PHP_ME(MultipleIterator, getFlags, "", "Returns the flags.", ZEND_ACC_PUBLIC)
    PHP_ME(MultipleIterator, setFlags, "$flags", "Sets the flags.", ZEND_ACC_PUBLIC)
    PHP_ME(MultipleIterator, attachIterator, "Iterator $iterator, [$infos]", "Adds an iterator.",
        ZEND_ACC_PUBLIC)
    PHP_ME(MultipleIterator, detachIterator, "Iterator $iterator", "Removes an iterator.",
        ZEND_ACC_PUBLIC)
    PHP_ME(MultipleIterator, containsIterator, "Iterator $iterator", "Is the iterator there?",
        ZEND_ACC_PUBLIC)
    PHP_ME(MultipleIterator, countIterators, "", "Returns the number of iterators.",
        ZEND_ACC_PUBLIC)
    PHP_ME(MultipleIterator, rewind, "", "Rewinds all iterators.", ZEND_ACC_PUBLIC)
    PHP_ME(MultipleIterator, valid, "", "Are the iterators valid?", ZEND_ACC_PUBLIC)
    PHP_ME(MultipleIterator, key, "", "Returns all keys.", ZEND_ACC_PUBLIC)
    PHP_ME(MultipleIterator, current, "", "Returns all values.", ZEND_ACC_PUBLIC)
    PHP_ME(MultipleIterator, next, "", "Moves all iterators on.", ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const spl_class_constant constants[] = {
    {"MIT_NEED_ANY", MIT_NEED_ANY},
    {"MIT_NEED_ALL", MIT_NEED_ALL},
    {"MIT_KEYS_NUMERIC", MIT_KEYS_NUMERIC},
    {"MIT_KEYS_ASSOC", MIT_KEYS_ASSOC},
    {NULL, 0},
};

void spl_register_multiple_iterator(void)
{
    spl_ce_MultipleIterator = spl_register_class("MultipleIterator", NULL, spl_storage_new,
        methods);
    zend_class_implements(spl_ce_MultipleIterator, 1, zend_ce_iterator);
    spl_register_class_constants(spl_ce_MultipleIterator, constants);
}
