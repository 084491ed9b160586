/* SPDX-License-Identifier: MIT */
/*
 * What unserialize() keeps until its end: the values read so far, by number, and the objects to
 * wake up.
 *
 *      numbers    1       2       3            each slot counts its zval once, so whatever
 *               +-------+-------+-------+      user code does meanwhile, it is alive
 *      slots    | zval* | zval* | zval* |
 *               +-------+-------+-------+
 *
 * Back references go by number, never by address. Objects are woken up when everything is read.
 */
#include "ext/standard/basic_functions.h"
#include "ext/standard/unserialize_internal.h"

static php_unserialize_data_t outer_data;

php_unserialize_data_t php_var_unserialize_init(void)
{
    php_unserialize_data_t data;

    if (php_serialize_lock == 0 && outer_data != NULL) {
        outer_data->level++;
        return outer_data;
    }
    data = ecalloc(1, sizeof(*data));
    data->level = 1;
    if (php_serialize_lock == 0) {
        outer_data = data;
    }
    return data;
}

static void append(zval_list *list, zval *value)
{
    if (list->count == list->size) {
        list->size = list->size ? list->size * 2 : 16;
        list->items = safe_erealloc(list->items, list->size, sizeof(zval *), 0);
    }
    Z_ADDREF_P(value);
    list->items[list->count++] = value;
}

/* Drops a count without making a possible root of garbage. */
static void release(zval *value)
{
    if (Z_REFCOUNT_P(value) <= 1) {
        zval_ptr_dtor(&value);
    } else if (Z_DELREF_P(value) == 1) {
        Z_UNSET_ISREF_P(value);
    }
}

static void release_list(zval_list *list)
{
    size_t i;

    for (i = 0; i < list->count; i++) {
        release(list->items[i]);
    }
    if (list->items != NULL) {
        efree(list->items);
    }
}

void php_unserialize_push(php_unserialize_data_t data, zval *value)
{
    append(&data->slots, value);
}

zval *php_unserialize_slot(php_unserialize_data_t data, long number)
{
    return number < 1 || (size_t) number > data->slots.count ? NULL
                                                             : data->slots.items[number - 1];
}

void php_unserialize_wake_later(php_unserialize_data_t data, zval *object)
{
    zval *copy;

    ALLOC_ZVAL(copy);
    MAKE_COPY_ZVAL(&object, copy);
    append(&data->sleepers, copy);
    Z_DELREF_P(copy);
}

void php_var_push_dtor(php_unserialize_data_t data, zval **value)
{
    if (data != NULL) {
        append(&data->kept, *value);
    }
}

void php_var_replace(php_unserialize_data_t data, zval *old, zval **replacement)
{
    size_t i;

    for (i = 0; i < data->slots.count; i++) {
        if (data->slots.items[i] == old) {
            Z_ADDREF_PP(replacement);
            data->slots.items[i] = *replacement;
            release(old);
        }
    }
}

static void wake_up(zval_list *sleepers)
{
    zval method;
    size_t i;

    INIT_ZVAL(method);
    ZVAL_STRINGL(&method, "__wakeup", sizeof("__wakeup") - 1, 0);
    for (i = 0; i < sleepers->count && EG(exception) == NULL; i++) {
        zval *result = NULL;
        php_serialize_lock++;
        call_user_function_ex(NULL, &sleepers->items[i], &method, &result, 0, NULL, 1, NULL);
        php_serialize_lock--;
        if (result != NULL) {
            zval_ptr_dtor(&result);
        }
    }
}

void php_var_unserialize_destroy(php_unserialize_data_t data)
{
    if (--data->level > 0) {
        return;
    }
    if (outer_data == data) {
        outer_data = NULL;
    }
    wake_up(&data->sleepers);
    release_list(&data->slots);
    release_list(&data->kept);
    release_list(&data->sleepers);
    efree(data);
}

void php_unserialize_reset(void)
{
    outer_data = NULL;
}
