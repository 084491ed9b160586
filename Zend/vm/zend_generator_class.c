/* SPDX-License-Identifier: MIT */
/* The class Generator: its methods, and the iterator by which foreach walks over one. */
#include "object/zend_class.h"
#include "object/zend_interfaces.h"
#include "object/zend_std_handlers.h"
#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "vm/zend_exceptions.h"
#include "vm/zend_generators_internal.h"

zend_class_entry *zend_ce_generator;
zend_object_handlers zend_generator_handlers;

static zend_generator *zend_generator_of(const zval *object)
{
    return zend_object_store_get_object(object);
}

/* To the first yield, unless the generator is past it already: then an exception. */
static void zend_generator_rewind(zend_generator *generator)
{
    zend_generator_ensure_started(generator);
    if (!(generator->flags & ZEND_GENERATOR_AT_FIRST_YIELD)) {
        zend_throw_exception(NULL, "Cannot rewind a generator that was already run", 0);
    }
}

/* --- Methods ---------------------------------------------------------------------------------- */

/* The result is the value's own zval, unless that is a reference. */
static void zend_generator_return(zval *value, zval *return_value, zval **return_value_ptr)
{
    if (!value) {
        return;
    }
    if (PZVAL_IS_REF(value) || !return_value_ptr) {
        RETVAL_ZVAL(value, 1, 0);
        return;
    }
    zval_ptr_dtor(return_value_ptr);
    Z_ADDREF_P(value);
    *return_value_ptr = value;
}

PHP_METHOD(Generator, rewind)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    zend_generator_rewind(zend_generator_of(getThis()));
}

PHP_METHOD(Generator, valid)
{
    zend_generator *generator = zend_generator_of(getThis());

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    zend_generator_ensure_started(generator);
    RETURN_BOOL(generator->value != NULL);
}

PHP_METHOD(Generator, current)
{
    zend_generator *generator = zend_generator_of(getThis());

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    zend_generator_ensure_started(generator);
    zend_generator_return(generator->value, return_value, return_value_ptr);
}

PHP_METHOD(Generator, key)
{
    zend_generator *generator = zend_generator_of(getThis());

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    zend_generator_ensure_started(generator);
    zend_generator_return(generator->key, return_value, return_value_ptr);
}

/* Runs on. One that was not started first runs to its first yield, whose value is passed over. */
static void zend_generator_advance(zend_generator *generator, zval *sent)
{
    zend_generator_ensure_started(generator);
    if (EG(exception)) {
        if (sent) {
            zval_ptr_dtor(&sent);
        }
        return;
    }
    zend_generator_resume(generator, sent);
}

PHP_METHOD(Generator, next)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    zend_generator_advance(zend_generator_of(getThis()), NULL);
}

PHP_METHOD(Generator, send)
{
    zend_generator *generator = zend_generator_of(getThis());
    zval *value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &value) == FAILURE) {
        return;
    }
    SEPARATE_ARG_IF_REF(value);
    zend_generator_advance(generator, value);
    if (generator->frame) {
        zend_generator_return(generator->value, return_value, return_value_ptr);
    }
}

PHP_METHOD(Generator, throw)
{
    zend_generator *generator = zend_generator_of(getThis());
    zval *exception;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &exception) == FAILURE) {
        return;
    }
    SEPARATE_ARG_IF_REF(exception);
    zend_generator_ensure_started(generator);
    zend_throw_exception_object(exception);
    if (generator->frame) {
        zend_generator_resume_throwing(generator);
    }
    if (generator->frame) {
        zend_generator_return(generator->value, return_value, return_value_ptr);
    }
}

PHP_METHOD(Generator, __wakeup)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    zend_throw_exception(NULL, "Unserialization of 'Generator' is not allowed", 0);
}

/* --- foreach ---------------------------------------------------------------------------------- */

static zend_generator *zend_iterated_generator(const zend_object_iterator *iterator)
{
    return zend_generator_of(iterator->data);
}

static void zend_generator_iterator_dtor(zend_object_iterator *iterator)
{
    zval *object = iterator->data;
    zend_generator *generator = zend_generator_of(object);

    if (iterator == &generator->iterator) {
        generator->flags &= ~ZEND_GENERATOR_ITERATED;
    } else {
        efree(iterator);
    }
    zval_ptr_dtor(&object);
}

static int zend_generator_iterator_valid(zend_object_iterator *iterator)
{
    zend_generator *generator = zend_iterated_generator(iterator);

    zend_generator_ensure_started(generator);
    return generator->value ? SUCCESS : FAILURE;
}

static void zend_generator_iterator_get_current_data(zend_object_iterator *iterator, zval ***data)
{
    zend_generator *generator = zend_iterated_generator(iterator);

    zend_generator_ensure_started(generator);
    *data = generator->value ? &generator->value : NULL;
}

static void zend_generator_iterator_get_current_key(zend_object_iterator *iterator, zval *key)
{
    zend_generator *generator = zend_iterated_generator(iterator);

    zend_generator_ensure_started(generator);
    if (generator->key) {
        ZVAL_ZVAL(key, generator->key, 1, 0);
    } else {
        ZVAL_NULL(key);
    }
}

static void zend_generator_iterator_move_forward(zend_object_iterator *iterator)
{
    zend_generator_advance(zend_iterated_generator(iterator), NULL);
}

static void zend_generator_iterator_rewind(zend_object_iterator *iterator)
{
    zend_generator_rewind(zend_iterated_generator(iterator));
}

static const zend_object_iterator_funcs zend_generator_iterator_funcs = {
    .dtor = zend_generator_iterator_dtor,
    .valid = zend_generator_iterator_valid,
    .get_current_data = zend_generator_iterator_get_current_data,
    .get_current_key = zend_generator_iterator_get_current_key,
    .move_forward = zend_generator_iterator_move_forward,
    .rewind = zend_generator_iterator_rewind
};

static zend_object_iterator *zend_generator_get_iterator(zend_class_entry *ce, zval *object,
    int by_ref)
{
    zend_generator *generator = zend_generator_of(object);
    zend_object_iterator *iterator = &generator->iterator;

    if (!generator->frame) {
        zend_throw_exception(NULL, "Cannot traverse an already closed generator", 0);
        return NULL;
    }
    if (by_ref && !(generator->frame->func->common.fn_flags & ZEND_ACC_RETURN_REFERENCE)) {
        zend_throw_exception(NULL, "You can only iterate a generator by-reference if it declared "
            "that it yields by-reference", 0);
        return NULL;
    }
    if (generator->flags & ZEND_GENERATOR_ITERATED) {
        iterator = emalloc(sizeof(zend_object_iterator));
    }
    generator->flags |= ZEND_GENERATOR_ITERATED;
    iterator->funcs = &zend_generator_iterator_funcs;
    iterator->index = 0;
    Z_ADDREF_P(object);
    iterator->data = object;
    return iterator;
}

/* --- Registration ----------------------------------------------------------------------------- */

static zend_function *zend_generator_get_constructor(zval *object)
{
    zend_error(E_RECOVERABLE_ERROR, "The \"Generator\" class is reserved for internal use and "
        "cannot be manually instantiated");
    return NULL;
}

static const zend_function_entry zend_generator_functions[] = {
    PHP_ME(Generator, rewind, "", "Runs to the first yield; throws if that has passed.",
        ZEND_ACC_PUBLIC)
    PHP_ME(Generator, valid, "", "Tells whether there is a current element.", ZEND_ACC_PUBLIC)
    PHP_ME(Generator, current, "", "Returns the value yielded last.", ZEND_ACC_PUBLIC)
    PHP_ME(Generator, key, "", "Returns the key yielded last.", ZEND_ACC_PUBLIC)
    PHP_ME(Generator, next, "", "Runs on to the next yield.", ZEND_ACC_PUBLIC)
    PHP_ME(Generator, send, "$value",
        "Makes the value the result of the yield, runs on, and returns what is yielded next.",
        ZEND_ACC_PUBLIC)
    PHP_ME(Generator, throw, "$exception",
        "Throws the exception out of the yield, and returns what is yielded next.",
        ZEND_ACC_PUBLIC)
    PHP_ME(Generator, __wakeup, "", "Refuses: generators are not serialized.", ZEND_ACC_PUBLIC)
    PHP_FE_END
};

void zend_register_generator_ce(void)
{
    zend_class_entry ce;

    INIT_CLASS_ENTRY(ce, "Generator", zend_generator_functions);
    zend_ce_generator = zend_register_internal_class(&ce);
    zend_ce_generator->ce_flags |= ZEND_ACC_FINAL_CLASS;
    zend_ce_generator->create_object = zend_generator_create;
    zend_ce_generator->serialize = zend_class_serialize_deny;
    zend_ce_generator->unserialize = zend_class_unserialize_deny;
    zend_class_implements(zend_ce_generator, 1, zend_ce_iterator);
    zend_ce_generator->get_iterator = zend_generator_get_iterator;

    zend_generator_handlers = *zend_get_std_object_handlers();
    zend_generator_handlers.clone_obj = NULL;
    zend_generator_handlers.get_constructor = zend_generator_get_constructor;
}
