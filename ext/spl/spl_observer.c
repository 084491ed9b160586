/* SPDX-License-Identifier: MIT */
/*
 * SplObserver, SplSubject, and the methods of SplObjectStorage.
 */
#include "ext/spl/spl_object_storage.h"
#include "ext/spl/spl_serialize.h"

zend_class_entry *spl_ce_SplObjectStorage;

/* --- Elements ------------------------------------------------------------------------------ */

static PHP_METHOD(SplObjectStorage, attach)
{
    zval *object;
    zval *info = NULL;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "o|z!", &object, &info) == FAILURE) {
        return;
    }
    spl_storage_attach(getThis(), spl_storage_from(getThis()), object, info);
}

static PHP_METHOD(SplObjectStorage, detach)
{
    spl_storage *intern = spl_storage_from(getThis());
    zval *object;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "o", &object) == FAILURE) {
        return;
    }
    spl_storage_detach(getThis(), intern, object);
    spl_storage_rewind(intern);
}

static PHP_METHOD(SplObjectStorage, contains)
{
    zval *object;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "o", &object) == FAILURE) {
        return;
    }
    RETURN_BOOL(spl_storage_contains(getThis(), spl_storage_from(getThis()), object));
}

static PHP_METHOD(SplObjectStorage, offsetGet)
{
    zval *object;
    spl_storage_element *element;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "o", &object) == FAILURE) {
        return;
    }
    element = spl_storage_find(getThis(), spl_storage_from(getThis()), object);
    if (element) {
        RETURN_ZVAL(element->info, 1, 0);
    }
    if (!EG(exception)) {
        spl_throw(spl_ce_UnexpectedValueException, "Object not found");
    }
}

static PHP_METHOD(SplObjectStorage, getHash)
{
    zval *object;
    char hash[33];

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "o", &object) == FAILURE) {
        return;
    }
    php_spl_object_hash(object, hash);
    RETURN_STRINGL(hash, 32, 1);
}

/* --- Whole storages ------------------------------------------------------------------------ */

/* The other storage that a method was given; NULL after an error. */
static spl_storage *parse_other(int ht)
{
    zval *other;

    if (zend_parse_parameters(ht, "O", &other, spl_ce_SplObjectStorage) == FAILURE) {
        return NULL;
    }
    return spl_storage_from(other);
}

static PHP_METHOD(SplObjectStorage, addAll)
{
    spl_storage *intern = spl_storage_from(getThis());
    spl_storage *other = parse_other(ht);
    spl_storage_element *elements;
    int count;
    int i;

    if (!other) {
        return;
    }
    elements = spl_storage_snapshot(other, &count);
    for (i = 0; i < count && !EG(exception); i++) {
        spl_storage_attach(getThis(), intern, elements[i].object, elements[i].info);
    }
    spl_storage_release(elements, count);
    RETURN_LONG(zend_hash_num_elements(&intern->storage));
}

static PHP_METHOD(SplObjectStorage, removeAll)
{
    spl_storage *intern = spl_storage_from(getThis());
    spl_storage *other = parse_other(ht);
    spl_storage_element *elements;
    int count;
    int i;

    if (!other) {
        return;
    }
    elements = spl_storage_snapshot(other, &count);
    for (i = 0; i < count && !EG(exception); i++) {
        spl_storage_detach(getThis(), intern, elements[i].object);
    }
    spl_storage_release(elements, count);
    spl_storage_rewind(intern);
    RETURN_LONG(zend_hash_num_elements(&intern->storage));
}

static PHP_METHOD(SplObjectStorage, removeAllExcept)
{
    spl_storage *intern = spl_storage_from(getThis());
    spl_storage *other = parse_other(ht);
    spl_storage_element *elements;
    int count;
    int i;

    if (!other) {
        return;
    }
    elements = spl_storage_snapshot(intern, &count);
    for (i = 0; i < count && !EG(exception); i++) {
        if (!spl_storage_contains(getThis(), other, elements[i].object) && !EG(exception)) {
            spl_storage_detach(getThis(), intern, elements[i].object);
        }
    }
    spl_storage_release(elements, count);
    spl_storage_rewind(intern);
    RETURN_LONG(zend_hash_num_elements(&intern->storage));
}

static PHP_METHOD(SplObjectStorage, count)
{
    spl_storage *intern = spl_storage_from(getThis());
    long mode = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|l", &mode) == FAILURE) {
        return;
    }
    RETURN_LONG(zend_hash_num_elements(&intern->storage));
}

/* --- Iterating ----------------------------------------------------------------------------- */

static spl_storage_element *current(spl_storage *intern)
{
    return intern->pos ? intern->pos->pData : NULL;
}

static PHP_METHOD(SplObjectStorage, rewind)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    spl_storage_rewind(spl_storage_from(getThis()));
}

static PHP_METHOD(SplObjectStorage, valid)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_BOOL(spl_storage_from(getThis())->pos != NULL);
}

static PHP_METHOD(SplObjectStorage, key)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_LONG(spl_storage_from(getThis())->index);
}

static PHP_METHOD(SplObjectStorage, current)
{
    spl_storage_element *element = current(spl_storage_from(getThis()));

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    spl_return_copy(return_value, element ? element->object : NULL);
}

static PHP_METHOD(SplObjectStorage, next)
{
    spl_storage *intern = spl_storage_from(getThis());

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (intern->pos) {
        intern->pos = intern->pos->pListNext;
        intern->index++;
    }
}

static PHP_METHOD(SplObjectStorage, getInfo)
{
    spl_storage_element *element = current(spl_storage_from(getThis()));

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    spl_return_copy(return_value, element ? element->info : NULL);
}

static PHP_METHOD(SplObjectStorage, setInfo)
{
    spl_storage_element *element = current(spl_storage_from(getThis()));
    zval *info;
    zval *old;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &info) == FAILURE || !element) {
        return;
    }
    old = element->info;
    Z_ADDREF_P(info);
    element->info = info;
    zval_ptr_dtor(&old);
}

/* --- Serialized form ----------------------------------------------------------------------- */

static PHP_METHOD(SplObjectStorage, serialize)
{
    spl_storage_element *elements;
    spl_serializer s;
    int count;
    int i;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    elements = spl_storage_snapshot(spl_storage_from(getThis()), &count);
    spl_serialize_begin(&s);
    smart_str_appendl(&s.text, "x:", 2);
    spl_serialize_long(&s, count);
    for (i = 0; i < count; i++) {
        spl_serialize_value(&s, elements[i].object);
        smart_str_appendc(&s.text, ',');
        spl_serialize_value(&s, elements[i].info);
        smart_str_appendc(&s.text, ';');
    }
    spl_serialize_members(&s, getThis());
    spl_serialize_end(&s, return_value);
    spl_storage_release(elements, count);
}

static bool read_elements(zval *self, spl_unserializer *u, long count)
{
    for (; count > 0; count--) {
        zval *object;
        zval *info = NULL;
        if (!*u->p || !strchr("OCr", *u->p)) {
            return false;
        }
        object = spl_unserialize_value(u);
        if (!object) {
            return false;
        }
        if (spl_unserialize_expect(u, ",")) {
            info = spl_unserialize_value(u);
            if (!info) {
                return false;
            }
        }
        if (Z_TYPE_P(object) != IS_OBJECT || !spl_unserialize_expect(u, ";")) {
            return false;
        }
        spl_storage_attach(self, spl_storage_from(self), object, info);
        if (EG(exception)) {
            return false;
        }
    }
    return true;
}

static PHP_METHOD(SplObjectStorage, unserialize)
{
    spl_unserializer u;
    char *text;
    int length;
    long count;
    bool complete;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &text, &length) == FAILURE) {
        return;
    }
    if (length == 0) {
        spl_throw(spl_ce_UnexpectedValueException, "Empty serialized string cannot be empty");
        return;
    }
    spl_unserialize_begin(&u, text, length);
    complete = spl_unserialize_expect(&u, "x:") && spl_unserialize_long(&u, &count)
        && read_elements(getThis(), &u, count)
        && spl_unserialize_members(&u, &spl_storage_from(getThis())->std);
    spl_unserialize_end(&u, complete);
}

/* --- Declaration --------------------------------------------------------------------------- */

static const zend_function_entry storage_methods[] = {
    PHP_ME(SplObjectStorage, attach, "$object, [$inf]", "Adds an object.", ZEND_ACC_PUBLIC)
    PHP_ME(SplObjectStorage, detach, "$object", "Removes an object.", ZEND_ACC_PUBLIC)
    PHP_ME(SplObjectStorage, contains, "$object", "Is the object in the storage?",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplObjectStorage, addAll, "$object", "Adds all objects of another storage.",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplObjectStorage, removeAll, "$object", "Removes all objects of another storage.",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplObjectStorage, removeAllExcept, "$object",
        "Removes all objects that are not in another storage.", ZEND_ACC_PUBLIC)
    PHP_ME(SplObjectStorage, getInfo, "", "Returns the current object's value.",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplObjectStorage, setInfo, "$info", "Sets the current object's value.",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplObjectStorage, getHash, "$object", "Returns what identifies an object.",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplObjectStorage, count, "", "Returns the number of objects.", ZEND_ACC_PUBLIC)
    PHP_ME(SplObjectStorage, rewind, "", "Moves to the first object.", ZEND_ACC_PUBLIC)
    PHP_ME(SplObjectStorage, valid, "", "Is there a current object?", ZEND_ACC_PUBLIC)
    PHP_ME(SplObjectStorage, key, "", "Returns the number of the current object.",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplObjectStorage, current, "", "Returns the current object.", ZEND_ACC_PUBLIC)
    PHP_ME(SplObjectStorage, next, "", "Moves on to the next object.", ZEND_ACC_PUBLIC)
    PHP_ME(SplObjectStorage, unserialize, "$serialized", "Restores a serialized form.",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplObjectStorage, serialize, "", "Returns the serialized form.", ZEND_ACC_PUBLIC)
    PHP_MALIAS(SplObjectStorage, offsetExists, contains, "$object",
        "Is the object in the storage?", ZEND_ACC_PUBLIC)
    PHP_MALIAS(SplObjectStorage, offsetSet, attach, "$object, [$inf]", "Adds an object.",
        ZEND_ACC_PUBLIC)
    PHP_MALIAS(SplObjectStorage, offsetUnset, detach, "$object", "Removes an object.",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplObjectStorage, offsetGet, "$object", "Returns an object's value.",
        ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const zend_function_entry observer_methods[] = {
    PHP_ABSTRACT_ME(SplObserver, update, "SplSubject $SplSubject",
        "Is called when the subject changes.")
    PHP_FE_END
};

static const zend_function_entry subject_methods[] = {
    PHP_ABSTRACT_ME(SplSubject, attach, "SplObserver $SplObserver", "Adds an observer.")
    PHP_ABSTRACT_ME(SplSubject, detach, "SplObserver $SplObserver", "Removes an observer.")
    PHP_ABSTRACT_ME(SplSubject, notify, "", "Tells all observers.")
    PHP_FE_END
};

void spl_register_object_storage(void)
{
    spl_storage_init_handlers();
    spl_register_interface("SplObserver", observer_methods);
    spl_register_interface("SplSubject", subject_methods);
    spl_ce_SplObjectStorage = spl_register_class("SplObjectStorage", NULL, spl_storage_new,
        storage_methods);
    zend_class_implements(spl_ce_SplObjectStorage, 4, spl_ce_Countable, zend_ce_iterator,
        zend_ce_serializable, zend_ce_arrayaccess);
}
