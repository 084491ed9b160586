/* SPDX-License-Identifier: MIT */
/* The internal pointer of arrays and objects: current(), key(), next(), prev(), reset(), end(). */
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_array.h"

/* Takes the one argument, moves, and returns what the pointer is at: false past the end. */
static void move_and_return(INTERNAL_FUNCTION_PARAMETERS, void (*move)(HashTable *array))
{
    HashTable *array;
    zval **element;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "H", &array) == FAILURE) {
        return;
    }
    move(array);
    if (!return_value_used) {
        return;
    }
    if (zend_hash_get_current_data(array, (void **) &element) == FAILURE) {
        RETURN_FALSE;
    }
    php_return_shared(return_value, return_value_ptr, *element);
}

static void stay(HashTable *array)
{
}

static void to_next(HashTable *array)
{
    zend_hash_move_forward(array);
}

static void to_previous(HashTable *array)
{
    zend_hash_move_backwards(array);
}

static void to_start(HashTable *array)
{
    zend_hash_internal_pointer_reset(array);
}

static void to_end(HashTable *array)
{
    zend_hash_internal_pointer_end(array);
}

PHP_FUNCTION(current)
{
    move_and_return(INTERNAL_FUNCTION_PARAM_PASSTHRU, stay);
}

PHP_FUNCTION(next)
{
    move_and_return(INTERNAL_FUNCTION_PARAM_PASSTHRU, to_next);
}

PHP_FUNCTION(prev)
{
    move_and_return(INTERNAL_FUNCTION_PARAM_PASSTHRU, to_previous);
}

PHP_FUNCTION(reset)
{
    move_and_return(INTERNAL_FUNCTION_PARAM_PASSTHRU, to_start);
}

PHP_FUNCTION(end)
{
    move_and_return(INTERNAL_FUNCTION_PARAM_PASSTHRU, to_end);
}

PHP_FUNCTION(key)
{
    HashTable *array;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "H", &array) == SUCCESS) {
        zend_hash_get_current_key_zval(array, return_value);
    }
}

static const zend_function_entry array_pointer_functions[] = {
    PHP_FE(end, "&$arg", "Moves the internal pointer to the last element and returns it.")
    PHP_FE(prev, "&$arg", "Moves the internal pointer back and returns the element there.")
    PHP_FE(next, "&$arg", "Moves the internal pointer on and returns the element there.")
    PHP_FE(reset, "&$arg", "Moves the internal pointer to the first element and returns it.")
    PHP_FE(current, "&?$arg", "Returns the element at the internal pointer.")
    PHP_FALIAS(pos, current, "&?$arg", "Returns the element at the internal pointer.")
    PHP_FE(key, "&?$arg", "Returns the key at the internal pointer.")
    PHP_FE_END
};

const php_standard_part standard_array_pointer_part = {
    array_pointer_functions, NULL, NULL, NULL, NULL, NULL,
};
