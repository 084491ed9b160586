/* SPDX-License-Identifier: MIT */
/*
 * FilterIterator, whose accept() says which elements to pass on; CallbackFilterIterator, which
 * asks a function; and their recursive relatives.
 */
#include "ext/spl/spl_outer_iterator.h"

zend_class_entry *spl_ce_FilterIterator;
static zend_class_entry *spl_ce_RecursiveFilterIterator;
static zend_class_entry *spl_ce_CallbackFilterIterator;
static zend_class_entry *spl_ce_RecursiveCallbackFilterIterator;

/* --- FilterIterator ------------------------------------------------------------------------ */

/* Fetches the next element that accept() takes. */
static void fetch_accepted(zval *object, spl_outer_iterator *intern)
{
    while (spl_outer_fetch(intern, true)) {
        if (spl_call_is_true(object, "accept") || EG(exception)) {
            return;
        }
        if (!intern->inner.iterator) {
            break;
        }
        intern->inner.iterator->funcs->move_forward(intern->inner.iterator);
        if (EG(exception)) {
            break;
        }
    }
    spl_outer_free_current(intern);
}

static PHP_METHOD(FilterIterator, __construct)
{
    spl_outer_construct(ht, getThis(), zend_ce_iterator);
}

static PHP_METHOD(FilterIterator, rewind)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    spl_outer_rewind(intern);
    fetch_accepted(getThis(), intern);
}

static PHP_METHOD(FilterIterator, next)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    spl_outer_next(intern, true);
    fetch_accepted(getThis(), intern);
}

/* --- CallbackFilterIterator ---------------------------------------------------------------- */

static void free_callback(spl_outer_iterator *intern)
{
    if (intern->u.filter.callback) {
        zval_ptr_dtor(&intern->u.filter.callback);
        if (intern->u.filter.fci.object_ptr) {
            zval_ptr_dtor(&intern->u.filter.fci.object_ptr);
        }
    }
}

static int callback_gc(spl_outer_iterator *intern, zval **table)
{
    table[0] = intern->u.filter.callback;
    return 1;
}

static void construct_callback(int ht, zval *object, zend_class_entry *inner_ce)
{
    spl_outer_iterator *intern = spl_outer_begin(object);
    zend_error_handling handling;
    zend_fcall_info fci;
    zend_fcall_info_cache fcc;
    zval *inner;
    int result;

    if (!intern) {
        return;
    }
    zend_replace_error_handling(EH_THROW, spl_ce_InvalidArgumentException, &handling);
    result = zend_parse_parameters(ht, "Of", &inner, inner_ce, &fci, &fcc);
    zend_restore_error_handling(&handling);
    if (result == FAILURE || !spl_outer_set_inner(intern, inner)) {
        return;
    }
    intern->u.filter.fci = fci;
    intern->u.filter.fcc = fcc;
    intern->u.filter.callback = fci.function_name;
    Z_ADDREF_P(fci.function_name);
    if (fci.object_ptr) {
        Z_ADDREF_P(fci.object_ptr);
    }
    intern->free_rest = free_callback;
    intern->get_gc = callback_gc;
}

static PHP_METHOD(CallbackFilterIterator, __construct)
{
    construct_callback(ht, getThis(), zend_ce_iterator);
}

static PHP_METHOD(CallbackFilterIterator, accept)
{
    spl_outer_iterator *intern;
    zend_fcall_info *fci;
    zval **params[3];
    zval *values[3];
    zval *result = NULL;
    int i;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    values[0] = intern->current.value;
    values[1] = intern->current.key;
    values[2] = intern->inner.object;
    if (!values[0] || !values[1] || !intern->u.filter.callback) {
        RETURN_FALSE;
    }
    for (i = 0; i < 3; i++) {
        params[i] = &values[i];
        Z_ADDREF_P(values[i]);
    }
    fci = &intern->u.filter.fci;
    fci->retval_ptr_ptr = &result;
    fci->param_count = 3;
    fci->params = params;
    fci->no_separation = 0;
    if (zend_call_function(fci, &intern->u.filter.fcc) != SUCCESS || !result) {
        RETVAL_FALSE;
    } else {
        RETVAL_ZVAL(result, 1, 1);
    }
    for (i = 0; i < 3; i++) {
        zval_ptr_dtor(&values[i]);
    }
}

/* --- Recursive ones ------------------------------------------------------------------------ */

static PHP_METHOD(RecursiveFilterIterator, __construct)
{
    spl_outer_construct(ht, getThis(), spl_ce_RecursiveIterator);
}

static PHP_METHOD(RecursiveFilterIterator, hasChildren)
{
    spl_outer_iterator *intern;
    zval *result;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))
        || !intern->inner.object) {
        return;
    }
    result = spl_call(intern->inner.object, "haschildren", 0, NULL, NULL);
    if (result) {
        RETURN_ZVAL(result, 1, 1);
    }
    RETURN_FALSE;
}

/* The inner iterator's children in a filter of the same class. */
static void wrap_children(zval *object, zval *extra, zval *return_value)
{
    spl_outer_iterator *intern = spl_outer_from(object);
    zval *children;
    zval *wrapped;

    if (!intern || !intern->inner.object) {
        return;
    }
    children = spl_call(intern->inner.object, "getchildren", 0, NULL, NULL);
    if (!children) {
        return;
    }
    if (!EG(exception)) {
        wrapped = spl_instantiate(Z_OBJCE_P(object), extra ? 2 : 1, children, extra);
        if (wrapped) {
            RETVAL_ZVAL(wrapped, 1, 1);
        }
    }
    zval_ptr_dtor(&children);
}

static PHP_METHOD(RecursiveFilterIterator, getChildren)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    wrap_children(getThis(), NULL, return_value);
}

static PHP_METHOD(RecursiveCallbackFilterIterator, __construct)
{
    construct_callback(ht, getThis(), spl_ce_RecursiveIterator);
}

static PHP_METHOD(RecursiveCallbackFilterIterator, getChildren)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    wrap_children(getThis(), intern->u.filter.callback, return_value);
}

/* --- Declaration --------------------------------------------------------------------------- */

static const zend_function_entry filter_methods[] = {
    ZEND_FENTRY(accept, NULL, "", "Is the current element passed on?",
        ZEND_ACC_PUBLIC | ZEND_ACC_ABSTRACT)
    PHP_ME(FilterIterator, __construct, "Iterator $iterator", "Takes the inner iterator.",
        ZEND_ACC_PUBLIC)
    PHP_ME(FilterIterator, rewind, "", "Moves to the first accepted element.", ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, valid, "", "Is there a current element?", ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, key, "", "Returns the current key.", ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, current, "", "Returns the current element.", ZEND_ACC_PUBLIC)
    PHP_ME(FilterIterator, next, "", "Moves on to the next accepted element.", ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, getInnerIterator, "", "Returns the inner iterator.",
        ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const zend_function_entry recursive_filter_methods[] = {
    PHP_ME(RecursiveFilterIterator, __construct, "RecursiveIterator $iterator",
        "Takes the inner iterator.", ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveFilterIterator, hasChildren, "", "Has the current element children?",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveFilterIterator, getChildren, "", "Returns a filter over the children.",
        ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const zend_function_entry callback_filter_methods[] = {
    PHP_ME(CallbackFilterIterator, __construct, "Iterator $iterator, $callback",
        "Takes the inner iterator and the function to ask.", ZEND_ACC_PUBLIC)
    PHP_ME(CallbackFilterIterator, accept, "", "Asks the function about the current element.",
        ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const zend_function_entry recursive_callback_filter_methods[] = {
    PHP_ME(RecursiveCallbackFilterIterator, __construct,
        "RecursiveIterator $iterator, $callback",
        "Takes the inner iterator and the function to ask.", ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveFilterIterator, hasChildren, "", "Has the current element children?",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveCallbackFilterIterator, getChildren, "",
        "Returns a filter over the children.", ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const zend_function_entry parent_methods[] = {
    PHP_ME(RecursiveFilterIterator, __construct, "RecursiveIterator $iterator",
        "Takes the inner iterator.", ZEND_ACC_PUBLIC)
    PHP_MALIAS(RecursiveFilterIterator, accept, hasChildren, "",
        "Has the current element children?", ZEND_ACC_PUBLIC)
    PHP_FE_END
};

void spl_register_filter_iterators(void)
{
    spl_ce_FilterIterator = spl_register_class("FilterIterator", spl_ce_IteratorIterator,
        spl_outer_new, filter_methods);
    spl_ce_RecursiveFilterIterator = spl_register_class("RecursiveFilterIterator",
        spl_ce_FilterIterator, spl_outer_new, recursive_filter_methods);
    zend_class_implements(spl_ce_RecursiveFilterIterator, 1, spl_ce_RecursiveIterator);
    spl_ce_CallbackFilterIterator = spl_register_class("CallbackFilterIterator",
        spl_ce_FilterIterator, spl_outer_new, callback_filter_methods);
    spl_ce_RecursiveCallbackFilterIterator = spl_register_class(
        "RecursiveCallbackFilterIterator", spl_ce_CallbackFilterIterator, spl_outer_new,
        recursive_callback_filter_methods);
    zend_class_implements(spl_ce_RecursiveCallbackFilterIterator, 1, spl_ce_RecursiveIterator);
    spl_register_class("ParentIterator", spl_ce_RecursiveFilterIterator, spl_outer_new,
        parent_methods);
}
