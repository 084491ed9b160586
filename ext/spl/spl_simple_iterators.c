/* SPDX-License-Identifier: MIT */
/* NoRewindIterator, InfiniteIterator and EmptyIterator. */
#include "ext/spl/spl_outer_iterator.h"

/* --- NoRewindIterator ---------------------------------------------------------------------- */

static PHP_METHOD(NoRewindIterator, __construct)
{
    spl_outer_construct(ht, getThis(), zend_ce_iterator);
}

static PHP_METHOD(NoRewindIterator, rewind)
{
}

static PHP_METHOD(NoRewindIterator, valid)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    RETURN_BOOL(spl_outer_valid(intern));
}

static PHP_METHOD(NoRewindIterator, key)
{
    spl_outer_iterator *intern;
    zend_object_iterator *iterator;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    iterator = intern->inner.iterator;
    if (iterator->funcs->get_current_key) {
        iterator->funcs->get_current_key(iterator, return_value);
    }
}

static PHP_METHOD(NoRewindIterator, current)
{
    spl_outer_iterator *intern;
    zval **data = NULL;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    intern->inner.iterator->funcs->get_current_data(intern->inner.iterator, &data);
    spl_return_copy(return_value, data ? *data : NULL);
}

static PHP_METHOD(NoRewindIterator, next)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    intern->inner.iterator->funcs->move_forward(intern->inner.iterator);
}

/* --- InfiniteIterator ---------------------------------------------------------------------- */

static PHP_METHOD(InfiniteIterator, __construct)
{
    spl_outer_construct(ht, getThis(), zend_ce_iterator);
}

static PHP_METHOD(InfiniteIterator, next)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    spl_outer_next(intern, true);
    if (!spl_outer_valid(intern)) {
        spl_outer_rewind(intern);
        if (!spl_outer_valid(intern)) {
            return;
        }
    }
    spl_outer_fetch(intern, false);
}

/* --- EmptyIterator ------------------------------------------------------------------------- */

static PHP_METHOD(EmptyIterator, rewind)
{
}

static PHP_METHOD(EmptyIterator, valid)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_FALSE;
}

static PHP_METHOD(EmptyIterator, key)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    spl_throw(spl_ce_BadMethodCallException, "Accessing the key of an EmptyIterator");
}

static PHP_METHOD(EmptyIterator, current)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    spl_throw(spl_ce_BadMethodCallException, "Accessing the value of an EmptyIterator");
}

static PHP_METHOD(EmptyIterator, next)
{
}

/* --- Declaration --------------------------------------------------------------------------- */

static const zend_function_entry no_rewind_methods[] = {
    PHP_ME(NoRewindIterator, __construct, "Iterator $iterator", "Takes the inner iterator.",
        ZEND_ACC_PUBLIC)
    PHP_ME(NoRewindIterator, rewind, "", "Does nothing.", ZEND_ACC_PUBLIC)
    PHP_ME(NoRewindIterator, valid, "", "Is there a current element?", ZEND_ACC_PUBLIC)
    PHP_ME(NoRewindIterator, key, "", "Returns the current key.", ZEND_ACC_PUBLIC)
    PHP_ME(NoRewindIterator, current, "", "Returns the current element.", ZEND_ACC_PUBLIC)
    PHP_ME(NoRewindIterator, next, "", "Moves on to the next element.", ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, getInnerIterator, "", "Returns the inner iterator.",
        ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const zend_function_entry infinite_methods[] = {
    PHP_ME(InfiniteIterator, __construct, "Iterator $iterator", "Takes the inner iterator.",
        ZEND_ACC_PUBLIC)
    PHP_ME(InfiniteIterator, next, "", "Moves on; after the last element to the first.",
        ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const zend_function_entry empty_methods[] = {
    PHP_ME(EmptyIterator, rewind, "", "Does nothing.", ZEND_ACC_PUBLIC)
    PHP_ME(EmptyIterator, valid, "", "Returns false.", ZEND_ACC_PUBLIC)
    PHP_ME(EmptyIterator, key, "", "Throws an exception.", ZEND_ACC_PUBLIC)
    PHP_ME(EmptyIterator, current, "", "Throws an exception.", ZEND_ACC_PUBLIC)
    PHP_ME(EmptyIterator, next, "", "Does nothing.", ZEND_ACC_PUBLIC)
    PHP_FE_END
};

void spl_register_simple_iterators(void)
{
    spl_register_class("NoRewindIterator", spl_ce_IteratorIterator, spl_outer_new,
        no_rewind_methods);
}

void spl_register_infinite_iterator(void)
{
    spl_register_class("InfiniteIterator", spl_ce_IteratorIterator, spl_outer_new,
        infinite_methods);
}

void spl_register_empty_iterator(void)
{
    zend_class_entry *ce = spl_register_class("EmptyIterator", NULL, NULL, empty_methods);

    zend_class_implements(ce, 1, zend_ce_iterator);
}
