/* SPDX-License-Identifier: MIT */
/* The methods of SplDoublyLinkedList, SplQueue and SplStack, and the declaration of the classes. */
#include "ext/spl/spl_dllist.h"
#include "ext/spl/spl_serialize.h"

/* --- Both ends ----------------------------------------------------------------------------- */

static PHP_METHOD(SplDoublyLinkedList, push)
{
    zval *value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &value) == FAILURE) {
        return;
    }
    spl_list_push(spl_list_from(getThis())->list, value);
    RETURN_TRUE;
}

static PHP_METHOD(SplDoublyLinkedList, unshift)
{
    zval *value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &value) == FAILURE) {
        return;
    }
    spl_list_unshift(spl_list_from(getThis())->list, value);
    RETURN_TRUE;
}

static PHP_METHOD(SplDoublyLinkedList, pop)
{
    zval *value;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    value = spl_list_pop(spl_list_from(getThis())->list);
    if (!value) {
        spl_throw(spl_ce_RuntimeException, "Can't pop from an empty datastructure");
        return;
    }
    RETURN_ZVAL(value, 1, 1);
}

static PHP_METHOD(SplDoublyLinkedList, shift)
{
    zval *value;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    value = spl_list_shift(spl_list_from(getThis())->list);
    if (!value) {
        spl_throw(spl_ce_RuntimeException, "Can't shift from an empty datastructure");
        return;
    }
    RETURN_ZVAL(value, 1, 1);
}

static void peek(zval *return_value, const spl_list_element *element)
{
    if (!element) {
        spl_throw(spl_ce_RuntimeException, "Can't peek at an empty datastructure");
        return;
    }
    RETURN_ZVAL(element->data, 1, 0);
}

static PHP_METHOD(SplDoublyLinkedList, top)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    peek(return_value, spl_list_from(getThis())->list->tail);
}

static PHP_METHOD(SplDoublyLinkedList, bottom)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    peek(return_value, spl_list_from(getThis())->list->head);
}

static PHP_METHOD(SplDoublyLinkedList, count)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_LONG(spl_list_from(getThis())->list->count);
}

static PHP_METHOD(SplDoublyLinkedList, isEmpty)
{
    long count = 0;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    Z_OBJ_HT_P(getThis())->count_elements(getThis(), &count);
    RETURN_BOOL(count == 0);
}

/* --- The mode of iterating ----------------------------------------------------------------- */

static PHP_METHOD(SplDoublyLinkedList, setIteratorMode)
{
    spl_list_object *intern = spl_list_from(getThis());
    long mode;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &mode) == FAILURE) {
        return;
    }
    if ((intern->flags & SPL_LIST_FIXED)
        && (intern->flags & SPL_LIST_LIFO) != (mode & SPL_LIST_LIFO)) {
        spl_throw(spl_ce_RuntimeException,
            "Iterators' LIFO/FIFO modes for SplStack/SplQueue objects are frozen");
        return;
    }
    intern->flags = (int) (mode & SPL_LIST_MODE_MASK);
    RETURN_LONG(intern->flags);
}

static PHP_METHOD(SplDoublyLinkedList, getIteratorMode)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_LONG(spl_list_from(getThis())->flags);
}

/* --- Offsets ------------------------------------------------------------------------------- */

static spl_list_element *element_at(const spl_list_object *intern, const zval *offset)
{
    return spl_list_at(intern->list, spl_offset_to_long(offset),
        (intern->flags & SPL_LIST_LIFO) != 0);
}

static PHP_METHOD(SplDoublyLinkedList, offsetExists)
{
    spl_list_object *intern = spl_list_from(getThis());
    zval *offset;
    long index;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &offset) == FAILURE) {
        return;
    }
    index = spl_offset_to_long(offset);
    RETURN_BOOL(index >= 0 && index < intern->list->count);
}

static PHP_METHOD(SplDoublyLinkedList, offsetGet)
{
    zval *offset;
    spl_list_element *element;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &offset) == FAILURE) {
        return;
    }
    element = element_at(spl_list_from(getThis()), offset);
    if (!element) {
        spl_throw(spl_ce_OutOfRangeException, "Offset invalid or out of range");
        return;
    }
    RETURN_ZVAL(element->data, 1, 0);
}

static PHP_METHOD(SplDoublyLinkedList, offsetSet)
{
    spl_list_object *intern = spl_list_from(getThis());
    zval *offset;
    zval *value;
    zval *old;
    spl_list_element *element;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "zz", &offset, &value) == FAILURE) {
        return;
    }
    if (Z_TYPE_P(offset) == IS_NULL) {
        spl_list_push(intern->list, value);
        return;
    }
    element = element_at(intern, offset);
    if (!element) {
        spl_throw(spl_ce_OutOfRangeException, "Offset invalid or out of range");
        return;
    }
    old = element->data;
    Z_ADDREF_P(value);
    element->data = value;
    zval_ptr_dtor(&old);
}

static PHP_METHOD(SplDoublyLinkedList, offsetUnset)
{
    spl_list_object *intern = spl_list_from(getThis());
    zval *offset;
    spl_list_element *element;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &offset) == FAILURE) {
        return;
    }
    element = element_at(intern, offset);
    if (!element) {
        spl_throw(spl_ce_OutOfRangeException, "Offset out of range");
        return;
    }
    if (intern->walk.element == element) {
        spl_list_walk_end(&intern->walk);
    }
    spl_list_remove(intern->list, element);
}

static PHP_METHOD(SplDoublyLinkedList, add)
{
    spl_list_object *intern = spl_list_from(getThis());
    zval *offset;
    zval *value;
    long index;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "zz", &offset, &value) == FAILURE) {
        return;
    }
    index = spl_offset_to_long(offset);
    if (index < 0 || index > intern->list->count) {
        spl_throw(spl_ce_OutOfRangeException, "Offset invalid or out of range");
        return;
    }
    spl_list_insert_before(intern->list, element_at(intern, offset), value);
}

/* --- Iterating ----------------------------------------------------------------------------- */

static PHP_METHOD(SplDoublyLinkedList, rewind)
{
    spl_list_object *intern = spl_list_from(getThis());

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    spl_list_rewind(&intern->walk, intern->list, intern->flags);
}

static PHP_METHOD(SplDoublyLinkedList, current)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    spl_return_copy(return_value, spl_list_walk_value(&spl_list_from(getThis())->walk));
}

static PHP_METHOD(SplDoublyLinkedList, key)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_LONG(spl_list_from(getThis())->walk.position);
}

static PHP_METHOD(SplDoublyLinkedList, next)
{
    spl_list_object *intern = spl_list_from(getThis());

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    spl_list_move(&intern->walk, intern->list, intern->flags);
}

static PHP_METHOD(SplDoublyLinkedList, prev)
{
    spl_list_object *intern = spl_list_from(getThis());

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    spl_list_move(&intern->walk, intern->list, intern->flags ^ SPL_LIST_LIFO);
}

static PHP_METHOD(SplDoublyLinkedList, valid)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_BOOL(spl_list_from(getThis())->walk.element != NULL);
}

/* --- Serialized form ----------------------------------------------------------------------- */

static PHP_METHOD(SplDoublyLinkedList, serialize)
{
    spl_list_object *intern = spl_list_from(getThis());
    spl_list_walk walk = {NULL, 0};
    spl_serializer s;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    spl_serialize_begin(&s);
    spl_serialize_long(&s, intern->flags);
    spl_list_rewind(&walk, intern->list, 0);
    while (walk.element) {
        if (walk.element->data) {
            smart_str_appendc(&s.text, ':');
            spl_serialize_value(&s, walk.element->data);
        }
        spl_list_move(&walk, intern->list, 0);
    }
    spl_serialize_end(&s, return_value);
}

static PHP_METHOD(SplDoublyLinkedList, unserialize)
{
    spl_list_object *intern = spl_list_from(getThis());
    spl_unserializer u;
    char *text;
    int length;
    long flags;
    bool complete;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &text, &length) == FAILURE) {
        return;
    }
    if (length == 0) {
        spl_throw(spl_ce_UnexpectedValueException, "Serialized string cannot be empty");
        return;
    }
    spl_unserialize_begin(&u, text, length);
    complete = spl_unserialize_long(&u, &flags);
    if (complete) {
        intern->flags = (int) flags & (SPL_LIST_MODE_MASK | SPL_LIST_FIXED);
    }
    while (complete && spl_unserialize_expect(&u, ":")) {
        zval *value = spl_unserialize_value(&u);
        if (value) {
            spl_list_push(intern->list, value);
        }
        complete = value != NULL;
    }
    spl_unserialize_end(&u, complete && u.p == u.end);
}

/* --- Declaration --------------------------------------------------------------------------- */

static const zend_function_entry list_methods[] = {
    PHP_ME(SplDoublyLinkedList, pop, "", "Takes the last element.", ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, shift, "", "Takes the first element.", ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, push, "$value", "Adds an element at the end.", ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, unshift, "$value", "Adds an element at the beginning.",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, top, "", "Returns the last element.", ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, bottom, "", "Returns the first element.", ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, isEmpty, "", "Is the list empty?", ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, setIteratorMode, "$flags", "Sets how iterators go.",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, getIteratorMode, "", "Returns how iterators go.",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, count, "", "Returns the number of elements.", ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, offsetExists, "$index", "Is there an element at the offset?",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, offsetGet, "$index", "Returns the element at an offset.",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, offsetSet, "$index, $newval", "Sets the element at an offset.",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, offsetUnset, "$index", "Removes the element at an offset.",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, add, "$index, $newval", "Inserts an element at an offset.",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, rewind, "", "Moves to where iterating begins.", ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, current, "", "Returns the current element.", ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, key, "", "Returns the current position.", ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, next, "", "Moves on to the next element.", ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, prev, "", "Moves back to the previous element.",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, valid, "", "Is there a current element?", ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, unserialize, "$serialized", "Restores a serialized form.",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplDoublyLinkedList, serialize, "", "Returns the serialized form.", ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const zend_function_entry queue_methods[] = {
    PHP_MALIAS(SplDoublyLinkedList, enqueue, push, "$value", "Adds an element at the end.",
        ZEND_ACC_PUBLIC)
    PHP_MALIAS(SplDoublyLinkedList, dequeue, shift, "", "Takes the first element.",
        ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const spl_class_constant modes[] = {
    {"IT_MODE_LIFO", SPL_LIST_LIFO},
    {"IT_MODE_FIFO", 0},
    {"IT_MODE_DELETE", SPL_LIST_DELETE},
    {"IT_MODE_KEEP", 0},
    {NULL, 0},
};

void spl_register_lists(void)
{
    spl_list_init_handlers();
    spl_ce_SplDoublyLinkedList = spl_register_class("SplDoublyLinkedList", NULL,
        spl_list_object_new, list_methods);
    spl_ce_SplDoublyLinkedList->get_iterator = spl_list_get_iterator;
    zend_class_implements(spl_ce_SplDoublyLinkedList, 4, zend_ce_iterator, spl_ce_Countable,
        zend_ce_arrayaccess, zend_ce_serializable);
    spl_register_class_constants(spl_ce_SplDoublyLinkedList, modes);
    spl_register_class("SplQueue", spl_ce_SplDoublyLinkedList, spl_list_object_new,
        queue_methods)->get_iterator = spl_list_get_iterator;
    spl_register_class("SplStack", spl_ce_SplDoublyLinkedList, spl_list_object_new,
        NULL)->get_iterator = spl_list_get_iterator;
}
