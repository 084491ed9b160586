/* SPDX-License-Identifier: MIT */
/*
 * Functions on any Traversable: to an array, counting, calling a function for each element.
 */
#include "ext/spl/php_spl.h"

static void apply_until_stop(zend_object_iterator *iterator, spl_iterator_apply_func_t apply,
    void *argument)
{
    iterator->index = 0;
    if (iterator->funcs->rewind) {
        iterator->funcs->rewind(iterator);
        if (EG(exception)) {
            return;
        }
    }
    while (iterator->funcs->valid(iterator) == SUCCESS) {
        if (EG(exception) || apply(iterator, argument) == ZEND_HASH_APPLY_STOP || EG(exception)) {
            return;
        }
        iterator->index++;
        iterator->funcs->move_forward(iterator);
        if (EG(exception)) {
            return;
        }
    }
}

int spl_iterator_apply(zval *object, spl_iterator_apply_func_t apply, void *argument)
{
    zend_class_entry *ce = Z_OBJCE_P(object);
    zend_object_iterator *iterator;

    zend_stack_guard();
    iterator = ce->get_iterator(ce, object, 0);
    if (iterator && !EG(exception)) {
        apply_until_stop(iterator, apply, argument);
    }
    if (iterator) {
        iterator->funcs->dtor(iterator);
    }
    return EG(exception) ? FAILURE : SUCCESS;
}

/* The current value, not counted; NULL when there is none or an exception came. */
static zval *current_value(zend_object_iterator *iterator)
{
    zval **data = NULL;

    iterator->funcs->get_current_data(iterator, &data);
    return EG(exception) || !data ? NULL : *data;
}

static int add_with_key(zend_object_iterator *iterator, void *argument)
{
    zval *array = argument;
    zval *value = current_value(iterator);
    zval key;

    if (!value) {
        return ZEND_HASH_APPLY_STOP;
    }
    if (!iterator->funcs->get_current_key) {
        Z_ADDREF_P(value);
        add_next_index_zval(array, value);
        return ZEND_HASH_APPLY_KEEP;
    }
    INIT_ZVAL(key);
    Z_ADDREF_P(value); /* key() may release the value */
    iterator->funcs->get_current_key(iterator, &key);
    if (!EG(exception)) {
        array_set_zval_key(Z_ARRVAL_P(array), &key, value);
    }
    zval_dtor(&key);
    zval_ptr_dtor(&value);
    return EG(exception) ? ZEND_HASH_APPLY_STOP : ZEND_HASH_APPLY_KEEP;
}

static int add_value(zend_object_iterator *iterator, void *argument)
{
    zval *array = argument;
    zval *value = current_value(iterator);

    if (!value) {
        return ZEND_HASH_APPLY_STOP;
    }
    Z_ADDREF_P(value);
    add_next_index_zval(array, value);
    return ZEND_HASH_APPLY_KEEP;
}

static PHP_FUNCTION(iterator_to_array)
{
    zval *object;
    zend_bool use_keys = 1;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "O|b", &object, zend_ce_traversable, &use_keys)
        == FAILURE) {
        RETURN_FALSE;
    }
    array_init(return_value);
    if (spl_iterator_apply(object, use_keys ? add_with_key : add_value, return_value)
        != SUCCESS) {
        zval_dtor(return_value);
        RETURN_NULL();
    }
}

static int count_one(zend_object_iterator *iterator, void *argument)
{
    long *count = argument;

    (*count)++;
    return ZEND_HASH_APPLY_KEEP;
}

static PHP_FUNCTION(iterator_count)
{
    zval *object;
    long count = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "O", &object, zend_ce_traversable) == FAILURE) {
        RETURN_FALSE;
    }
    if (spl_iterator_apply(object, count_one, &count) == SUCCESS) {
        RETURN_LONG(count);
    }
}

typedef struct {
    zval *arguments; /* an array, or NULL */
    long count;
    zend_fcall_info fci;
    zend_fcall_info_cache fcc;
} spl_call_for_each;

static int call_for_each(zend_object_iterator *iterator, void *argument)
{
    spl_call_for_each *call = argument;
    zval *result = NULL;
    int answer = ZEND_HASH_APPLY_STOP;

    call->count++;
    zend_fcall_info_call(&call->fci, &call->fcc, &result, NULL);
    if (result) {
        answer = zend_is_true(result) ? ZEND_HASH_APPLY_KEEP : ZEND_HASH_APPLY_STOP;
        zval_ptr_dtor(&result);
    }
    return answer;
}

static PHP_FUNCTION(iterator_apply)
{
    zval *object;
    spl_call_for_each call;

    call.count = 0;
    call.arguments = NULL;
    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Of|a!", &object, zend_ce_traversable, &call.fci,
            &call.fcc, &call.arguments) == FAILURE) {
        return;
    }
    zend_fcall_info_args(&call.fci, call.arguments);
    if (spl_iterator_apply(object, call_for_each, &call) == SUCCESS) {
        RETVAL_LONG(call.count);
    } else {
        RETVAL_FALSE;
    }
    zend_fcall_info_args(&call.fci, NULL);
}

const zend_function_entry spl_iterator_functions_table[] = {
    PHP_FE(iterator_to_array, "Traversable $iterator, $use_keys = true",
        "Copies what an iterator gives into an array.")
    PHP_FE(iterator_count, "Traversable $iterator", "Counts the elements that an iterator gives.")
    PHP_FE(iterator_apply, "Traversable $iterator, $function, array $args = NULL",
        "Calls a function for each element until it returns false.")
    PHP_FE_END
};
