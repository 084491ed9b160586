/* SPDX-License-Identifier: MIT */
/*
 * How foreach walks over objects of user classes: each step calls a method of Iterator. The value
 * of current() is kept until the next step, so that it is asked for once a round.
 */
#include "object/zend_interfaces.h"

#include "zend_alloc.h"
#include "data/smart_str.h"
#include "object/zend_class.h"
#include "object/zend_object_callbacks.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_globals.h"
#include "runtime/zend_stack_limit.h"
#include "value/zend_operators.h"
#include "value/zend_variables.h"

/* --- IteratorAggregate -------------------------------------------------------------------- */

zval *zend_user_it_new_iterator(zend_class_entry *ce, zval *object)
{
    zval *result = NULL;

    zend_call_method_with_0_params(&object, ce, &ce->iterator_funcs.zf_new_iterator,
        "getiterator", &result);
    return result;
}

static ZEND_COLD void zend_throw_not_traversable(const zend_class_entry *ce)
{
    smart_str message = {0};

    smart_str_appends(&message, "Objects returned by ");
    smart_str_appends(&message, ce->name);
    smart_str_appends(&message,
        "::getIterator() must be traversable or implement interface Iterator");
    smart_str_0(&message);
    zend_throw_exception(NULL, message.c, 0);
    smart_str_free(&message);
}

zend_object_iterator *zend_user_it_get_new_iterator(zend_class_entry *ce, zval *object, int by_ref)
{
    zend_object_iterator *iterator;
    zend_class_entry *result_ce;
    zval *result;

    zend_stack_guard();
    result = zend_user_it_new_iterator(ce, object);
    result_ce = result && Z_TYPE_P(result) == IS_OBJECT ? Z_OBJCE_P(result) : NULL;
    if (!result_ce || !result_ce->get_iterator
        || (result_ce->get_iterator == zend_user_it_get_new_iterator && result == object)) {
        if (!EG(exception)) {
            zend_throw_not_traversable(ce ? ce : Z_OBJCE_P(object));
        }
        if (result) {
            zval_ptr_dtor(&result);
        }
        return NULL;
    }
    iterator = result_ce->get_iterator(result_ce, result, by_ref);
    zval_ptr_dtor(&result);
    return iterator;
}

/* --- Iterator ----------------------------------------------------------------------------- */

void zend_user_it_invalidate_current(zend_object_iterator *iterator)
{
    zend_user_iterator *it = (zend_user_iterator *) iterator;

    if (it->value) {
        zval *value = it->value;
        it->value = NULL;
        zval_ptr_dtor(&value);
    }
}

void zend_user_it_dtor(zend_object_iterator *iterator)
{
    zval *object = iterator->data;

    zend_user_it_invalidate_current(iterator);
    zval_ptr_dtor(&object);
    efree(iterator);
}

int zend_user_it_valid(zend_object_iterator *iterator)
{
    zend_user_iterator *it = (zend_user_iterator *) iterator;
    zval *object = iterator->data;
    zval *more = NULL;
    bool valid;

    if (!object) {
        return FAILURE;
    }
    zend_call_method_with_0_params(&object, it->ce, &it->ce->iterator_funcs.zf_valid, "valid",
        &more);
    if (!more) {
        return FAILURE;
    }
    valid = zend_is_true(more);
    zval_ptr_dtor(&more);
    return valid ? SUCCESS : FAILURE;
}

void zend_user_it_get_current_data(zend_object_iterator *iterator, zval ***data)
{
    zend_user_iterator *it = (zend_user_iterator *) iterator;
    zval *object = iterator->data;

    if (!it->value) {
        zend_call_method_with_0_params(&object, it->ce, &it->ce->iterator_funcs.zf_current,
            "current", &it->value);
    }
    *data = &it->value;
}

void zend_user_it_get_current_key(zend_object_iterator *iterator, zval *key)
{
    zend_user_iterator *it = (zend_user_iterator *) iterator;
    zval *object = iterator->data;
    zval *result = NULL;

    zend_call_method_with_0_params(&object, it->ce, &it->ce->iterator_funcs.zf_key, "key",
        &result);
    if (result) {
        ZVAL_ZVAL(key, result, 1, 1);
        return;
    }
    if (!EG(exception)) {
        zend_error(E_WARNING, "Nothing returned from %s::key()", it->ce->name);
    }
    ZVAL_LONG(key, 0);
}

void zend_user_it_move_forward(zend_object_iterator *iterator)
{
    zend_user_iterator *it = (zend_user_iterator *) iterator;
    zval *object = iterator->data;

    zend_user_it_invalidate_current(iterator);
    zend_call_method_with_0_params(&object, it->ce, &it->ce->iterator_funcs.zf_next, "next",
        NULL);
}

void zend_user_it_rewind(zend_object_iterator *iterator)
{
    zend_user_iterator *it = (zend_user_iterator *) iterator;
    zval *object = iterator->data;

    zend_user_it_invalidate_current(iterator);
    zend_call_method_with_0_params(&object, it->ce, &it->ce->iterator_funcs.zf_rewind, "rewind",
        NULL);
}

zend_object_iterator_funcs zend_interface_iterator_funcs_iterator = {
    zend_user_it_dtor,
    zend_user_it_valid,
    zend_user_it_get_current_data,
    zend_user_it_get_current_key,
    zend_user_it_move_forward,
    zend_user_it_rewind,
    zend_user_it_invalidate_current,
};

zend_object_iterator *zend_user_it_get_iterator(zend_class_entry *ce, zval *object, int by_ref)
{
    zend_user_iterator *iterator;

    if (by_ref) {
        zend_error_noreturn(E_ERROR, "An iterator cannot be used with foreach by reference");
    }
    iterator = emalloc(sizeof(zend_user_iterator));
    Z_ADDREF_P(object);
    iterator->it.data = object;
    iterator->it.funcs = ce->iterator_funcs.funcs;
    iterator->it.index = 0;
    iterator->ce = Z_OBJCE_P(object);
    iterator->value = NULL;
    return (zend_object_iterator *) iterator;
}
