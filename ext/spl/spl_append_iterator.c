/* SPDX-License-Identifier: MIT */
/*
 * AppendIterator: several iterators one after the other. They are kept in an ArrayIterator,
 * whose position tells which one is the inner iterator now.
 */
#include "ext/spl/spl_array.h"
#include "ext/spl/spl_outer_iterator.h"

static void free_rest(spl_outer_iterator *intern)
{
    zend_object_iterator *iterator = intern->u.append.iterator;

    if (iterator) {
        iterator->funcs->dtor(iterator);
    }
    zval_ptr_dtor(&intern->u.append.array);
}

static int append_gc(spl_outer_iterator *intern, zval **table)
{
    table[0] = intern->u.append.array;
    return 1;
}

static PHP_METHOD(AppendIterator, __construct)
{
    spl_outer_iterator *intern = spl_outer_begin(getThis());
    zend_error_handling handling;
    int result;

    if (!intern) {
        return;
    }
    zend_replace_error_handling(EH_THROW, spl_ce_InvalidArgumentException, &handling);
    result = zend_parse_parameters_none();
    zend_restore_error_handling(&handling);
    if (result == FAILURE) {
        return;
    }
    MAKE_STD_ZVAL(intern->u.append.array);
    object_init_ex(intern->u.append.array, spl_ce_ArrayIterator);
    intern->u.append.iterator = spl_array_get_iterator(spl_ce_ArrayIterator,
        intern->u.append.array, 0);
    intern->free_rest = free_rest;
    intern->get_gc = append_gc;
    intern->constructed = true;
}

/* --- The inner iterator -------------------------------------------------------------------- */

static bool list_valid(const spl_outer_iterator *intern)
{
    return intern->u.append.iterator->funcs->valid(intern->u.append.iterator) == SUCCESS;
}

/* Makes the list's current iterator the inner one, rewound; false when there is none. */
static bool take_inner(spl_outer_iterator *intern)
{
    zval **data = NULL;

    spl_outer_free_current(intern);
    spl_outer_drop_inner(intern);
    if (!list_valid(intern)) {
        return false;
    }
    intern->u.append.iterator->funcs->get_current_data(intern->u.append.iterator, &data);
    if (!data || Z_TYPE_PP(data) != IS_OBJECT
        || !instanceof_function(Z_OBJCE_PP(data), zend_ce_iterator)
        || !spl_outer_set_inner(intern, *data)) {
        return false;
    }
    spl_outer_rewind(intern);
    return !EG(exception);
}

/* Goes on through the iterators to the first that has an element, and fetches it. */
static void fetch(spl_outer_iterator *intern)
{
    while (!spl_outer_valid(intern)) {
        if (EG(exception)) {
            return;
        }
        intern->u.append.iterator->funcs->move_forward(intern->u.append.iterator);
        if (!take_inner(intern)) {
            return;
        }
    }
    spl_outer_fetch(intern, false);
}

static PHP_METHOD(AppendIterator, append)
{
    spl_outer_iterator *intern;
    zval *added;
    bool go_on;

    if (!(intern = spl_outer_from(getThis()))
        || zend_parse_parameters(ZEND_NUM_ARGS(), "O", &added, zend_ce_iterator) == FAILURE) {
        return;
    }
    go_on = list_valid(intern) && !spl_outer_valid(intern);
    spl_array_append(intern->u.append.array, added);
    if (go_on) {
        intern->u.append.iterator->funcs->move_forward(intern->u.append.iterator);
    }
    if (intern->inner.iterator && spl_outer_valid(intern)) {
        return;
    }
    if (!list_valid(intern)) {
        intern->u.append.iterator->funcs->rewind(intern->u.append.iterator);
    }
    while (take_inner(intern)
           && Z_OBJ_HANDLE_P(intern->inner.object) != Z_OBJ_HANDLE_P(added)) {
        intern->u.append.iterator->funcs->move_forward(intern->u.append.iterator);
    }
    if (!EG(exception)) {
        fetch(intern);
    }
}

/* --- Iterating ----------------------------------------------------------------------------- */

static PHP_METHOD(AppendIterator, rewind)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    intern->u.append.iterator->funcs->rewind(intern->u.append.iterator);
    if (take_inner(intern)) {
        fetch(intern);
    }
}

static PHP_METHOD(AppendIterator, current)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    spl_outer_fetch(intern, true);
    spl_return_copy(return_value, intern->current.value);
}

static PHP_METHOD(AppendIterator, next)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    if (spl_outer_valid(intern)) {
        spl_outer_next(intern, true);
    }
    fetch(intern);
}

static PHP_METHOD(AppendIterator, getIteratorIndex)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    spl_array_key(spl_array_from(intern->u.append.array), return_value);
}

static PHP_METHOD(AppendIterator, getArrayIterator)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    RETURN_ZVAL(intern->u.append.array, 1, 0);
}

/* --- Declaration --------------------------------------------------------------------------- */

static const zend_function_entry methods[] = {
    PHP_ME(AppendIterator, __construct, "", "Makes an iterator over nothing.", ZEND_ACC_PUBLIC)
    PHP_ME(AppendIterator, append, "Iterator $iterator", "Adds an iterator at the end.",
        ZEND_ACC_PUBLIC)
    PHP_ME(AppendIterator, rewind, "", "Moves to the first element.", ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, valid, "", "Is there a current element?", ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, key, "", "Returns the current key.", ZEND_ACC_PUBLIC)
    PHP_ME(AppendIterator, current, "", "Returns the current element.", ZEND_ACC_PUBLIC)
    PHP_ME(AppendIterator, next, "", "Moves on to the next element.", ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, getInnerIterator, "", "Returns the inner iterator.",
        ZEND_ACC_PUBLIC)
    PHP_ME(AppendIterator, getIteratorIndex, "", "Returns the key of the inner iterator.",
        ZEND_ACC_PUBLIC)
    PHP_ME(AppendIterator, getArrayIterator, "", "Returns the iterators.", ZEND_ACC_PUBLIC)
    PHP_FE_END
};

void spl_register_append_iterator(void)
{
    spl_register_class("AppendIterator", spl_ce_IteratorIterator, spl_outer_new, methods);
}
