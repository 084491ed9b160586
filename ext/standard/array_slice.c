/* SPDX-License-Identifier: MIT */
/*
 * Arrays as lists: push and pop, shift and unshift, splice, slice, chunk, pad.
 *
 * unshift and splice fill a new table and put it in the old one's place; the old one is destroyed
 * last, when the array is whole again and destructors may look at it.
 */
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_array.h"

PHP_FUNCTION(array_push)
{
    zval *stack;
    zval ***values;
    int count, i;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a+", &stack, &values, &count) == FAILURE) {
        return;
    }
    for (i = 0; i < count; i++) {
        zval *value = *values[i];
        Z_ADDREF_P(value);
        if (zend_hash_next_index_insert(Z_ARRVAL_P(stack), (void *) &value, sizeof(zval *), NULL)
            == FAILURE) {
            Z_DELREF_P(value);
            php_error_docref(NULL, E_WARNING,
                "Cannot add element to the array as the next element is already occupied");
            efree(values);
            RETURN_FALSE;
        }
    }
    efree(values);
    RETURN_LONG(zend_hash_num_elements(Z_ARRVAL_P(stack)));
}

/* Numbers the integer keys from 0 on, in order. */
static void renumber(HashTable *ht)
{
    bool is_changed = false;
    ulong next = 0;
    Bucket *p;

    for (p = ht->pListHead; p != NULL; p = p->pListNext) {
        if (p->nKeyLength == 0) {
            is_changed = is_changed || p->h != next;
            p->h = next++;
        }
    }
    ht->nNextFreeElement = next;
    if (is_changed) {
        zend_hash_rehash(ht);
    }
}

/* Returns an element's value and deletes it. */
static void take_out(INTERNAL_FUNCTION_PARAMETERS, HashTable *array, Bucket *p)
{
    php_return_shared(return_value, return_value_ptr, PHP_BUCKET_ZVAL(p));
    if (p->nKeyLength != 0 && php_array_is_fixed(array)) {
        zend_delete_global_variable_ex(p->arKey, (int) p->nKeyLength - 1, p->h);
    } else {
        zend_hash_delete_bucket(array, p);
    }
}

static Bucket *last_present(HashTable *ht)
{
    Bucket *p = ht->pListTail;

    while (p != NULL && zend_hash_bucket_is_absent(p)) {
        p = p->pListLast;
    }
    return p;
}

PHP_FUNCTION(array_pop)
{
    zval *stack;
    HashTable *array;
    Bucket *last;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a", &stack) == FAILURE) {
        return;
    }
    array = Z_ARRVAL_P(stack);
    last = last_present(array);
    if (last == NULL) {
        return;
    }
    if (last->nKeyLength == 0 && array->nNextFreeElement > 0
        && last->h >= array->nNextFreeElement - 1) {
        array->nNextFreeElement--;
    }
    take_out(INTERNAL_FUNCTION_PARAM_PASSTHRU, array, last);
    zend_hash_internal_pointer_reset(array);
}

PHP_FUNCTION(array_shift)
{
    zval *stack;
    HashTable *array;
    Bucket *first;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a", &stack) == FAILURE) {
        return;
    }
    array = Z_ARRVAL_P(stack);
    first = php_array_present(array->pListHead);
    if (first == NULL) {
        return;
    }
    take_out(INTERNAL_FUNCTION_PARAM_PASSTHRU, array, first);
    renumber(array);
    zend_hash_internal_pointer_reset(array);
}

/* --- Splicing ----------------------------------------------------------------------------- */

/* A part of an array, cut to what there is. */
typedef struct _array_part {
    long offset;
    long length;
} array_part;

static array_part cut_to_size(long offset, long length, long count)
{
    array_part part;

    if (offset > count) {
        offset = count;
    } else if (offset < 0) {
        offset = offset + count < 0 ? 0 : offset + count;
    }
    if (length < 0) {
        length = count - offset + length;
        length = MAX(length, 0);
    } else if (length > count - offset) {
        length = count - offset;
    }
    part.offset = offset;
    part.length = length;
    return part;
}

/* A new table: ht with the part taken out, into `removed` unless that is NULL, and the list in
 * its place. */
static HashTable *splice(HashTable *ht, array_part part, zval ***list, int list_count,
    HashTable *removed)
{
    HashTable *result;
    Bucket *p = php_array_present(ht->pListHead);
    long position = 0;
    int i;

    ALLOC_HASHTABLE(result);
    zend_hash_init(result, (uint) (zend_hash_num_elements(ht) - part.length + list_count), NULL,
        ZVAL_PTR_DTOR, 0);
    for (; position < part.offset && p != NULL; p = php_array_present(p->pListNext)) {
        php_array_append_like(result, p, php_array_share(p));
        position++;
    }
    for (; position < part.offset + part.length && p != NULL;
        p = php_array_present(p->pListNext)) {
        if (removed != NULL) {
            php_array_append_like(removed, p, php_array_share(p));
        }
        position++;
    }
    for (i = 0; i < list_count; i++) {
        zval *value = *list[i];
        Z_ADDREF_P(value);
        php_array_append(result, value);
    }
    for (; p != NULL; p = php_array_present(p->pListNext)) {
        php_array_append_like(result, p, php_array_share(p));
    }
    zend_hash_internal_pointer_reset(result);
    return result;
}

/* Puts a table in the place of an array's. */
static void replace_table(zval *array, HashTable *table)
{
    HashTable old = *Z_ARRVAL_P(array);

    *Z_ARRVAL_P(array) = *table;
    FREE_HASHTABLE(table);
    zend_hash_destroy(&old);
}

PHP_FUNCTION(array_unshift)
{
    zval *stack;
    zval ***values;
    int count;
    array_part nothing = {0, 0};

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "a+", &stack, &values, &count) == FAILURE) {
        return;
    }
    if (php_array_is_fixed(Z_ARRVAL_P(stack))) {
        efree(values);
        RETURN_FALSE;
    }
    RETVAL_LONG(zend_hash_num_elements(Z_ARRVAL_P(stack)) + count);
    replace_table(stack, splice(Z_ARRVAL_P(stack), nothing, values, count, NULL));
    efree(values);
}

/* The places of a table's elements, emalloc'ed. */
static zval ***places_of(HashTable *ht, int *count)
{
    zval ***places = safe_emalloc((size_t) zend_hash_num_elements(ht), sizeof(zval **), 0);
    Bucket *p;

    *count = 0;
    PHP_ARRAY_EACH(ht, p) {
        places[(*count)++] = (zval **) p->pData;
    }
    return places;
}

PHP_FUNCTION(array_splice)
{
    zval *array;
    zval *replacement = NULL;
    zval ***list = NULL;
    int list_count = 0;
    long offset;
    long length = 0;
    array_part part;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "al|lz/", &array, &offset, &length, &replacement)
        == FAILURE) {
        return;
    }
    if (replacement != NULL) {
        convert_to_array(replacement);
        list = places_of(Z_ARRVAL_P(replacement), &list_count);
    }
    part = cut_to_size(offset, ZEND_NUM_ARGS() < 3 ? LONG_MAX : length,
        zend_hash_num_elements(Z_ARRVAL_P(array)));
    array_init_size(return_value, return_value_used ? (uint) part.length : 0);
    if (!php_array_is_fixed(Z_ARRVAL_P(array))) {
        replace_table(array, splice(Z_ARRVAL_P(array), part, list, list_count,
            return_value_used ? Z_ARRVAL_P(return_value) : NULL));
    }
    if (list != NULL) {
        efree(list);
    }
}

PHP_FUNCTION(array_slice)
{
    zval *array;
    zval *length_value = NULL;
    long offset;
    zend_bool preserve_keys = 0;
    long position = 0;
    long count;
    array_part part;
    Bucket *p;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "al|zb", &array, &offset, &length_value,
            &preserve_keys) == FAILURE) {
        return;
    }
    count = zend_hash_num_elements(Z_ARRVAL_P(array));
    part.length = length_value == NULL || Z_TYPE_P(length_value) == IS_NULL
        ? LONG_MAX : zend_zval_get_long(length_value);
    part = cut_to_size(offset, part.length, count);
    array_init_size(return_value, (uint) part.length);
    PHP_ARRAY_EACH(Z_ARRVAL_P(array), p) {
        if (position >= part.offset + part.length) {
            break;
        }
        if (position++ < part.offset) {
            continue;
        }
        if (preserve_keys) {
            php_array_set_like(Z_ARRVAL_P(return_value), p, php_array_share(p));
        } else {
            php_array_append_like(Z_ARRVAL_P(return_value), p, php_array_share(p));
        }
    }
}

PHP_FUNCTION(array_chunk)
{
    zval *array;
    zval *chunk = NULL;
    long size;
    zend_bool preserve_keys = 0;
    long count;
    Bucket *p;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "al|b", &array, &size, &preserve_keys)
        == FAILURE) {
        return;
    }
    if (size < 1) {
        php_error_docref(NULL, E_WARNING, "Size parameter expected to be greater than 0");
        return;
    }
    count = zend_hash_num_elements(Z_ARRVAL_P(array));
    size = MIN(size, MAX(count, 1));
    array_init_size(return_value, (uint) ((count - 1) / size + 1));
    PHP_ARRAY_EACH(Z_ARRVAL_P(array), p) {
        if (chunk == NULL || zend_hash_num_elements(Z_ARRVAL_P(chunk)) == size) {
            MAKE_STD_ZVAL(chunk);
            array_init_size(chunk, (uint) size);
            add_next_index_zval(return_value, chunk);
        }
        if (preserve_keys) {
            php_array_set_like(Z_ARRVAL_P(chunk), p, php_array_share(p));
        } else {
            php_array_append(Z_ARRVAL_P(chunk), php_array_share(p));
        }
    }
}

#define MAX_PADS 1048576

static void append_pads(HashTable *ht, zval *value, long count)
{
    for (; count > 0; count--) {
        Z_ADDREF_P(value);
        php_array_append(ht, value);
    }
}

PHP_FUNCTION(array_pad)
{
    zval *array, *value;
    long size, pads, count;
    Bucket *p;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "alz", &array, &size, &value) == FAILURE) {
        return;
    }
    count = zend_hash_num_elements(Z_ARRVAL_P(array));
    pads = size == LONG_MIN ? LONG_MAX : labs(size) - count;
    if (pads > MAX_PADS) {
        php_error_docref(NULL, E_WARNING,
            "You may only pad up to 1048576 elements at a time");
        RETURN_FALSE;
    }
    if (pads <= 0) {
        RETURN_ZVAL(array, 1, 0);
    }
    array_init_size(return_value, (uint) (count + pads));
    append_pads(Z_ARRVAL_P(return_value), value, size < 0 ? pads : 0);
    PHP_ARRAY_EACH(Z_ARRVAL_P(array), p) {
        php_array_append_like(Z_ARRVAL_P(return_value), p, php_array_share(p));
    }
    append_pads(Z_ARRVAL_P(return_value), value, size > 0 ? pads : 0);
}

static const zend_function_entry array_slice_functions[] = {
    PHP_FE(array_push, "&$stack, ...$vars",
        "Appends values to an array and returns its new length.")
    PHP_FE(array_pop, "&$stack", "Removes the last element and returns it.")
    PHP_FE(array_shift, "&$stack", "Removes the first element and returns it; renumbers the rest.")
    PHP_FE(array_unshift, "&$stack, ...$vars",
        "Puts values before the first element and returns the new length.")
    PHP_FE(array_splice, "&$arg, $offset, [$length], [$replacement]",
        "Replaces a part of an array and returns what was there.")
    PHP_FE(array_slice, "$arg, $offset, [$length], [$preserve_keys]", "Returns a part of an array.")
    PHP_FE(array_chunk, "$arg, $size, [$preserve_keys]", "Splits an array into arrays of one size.")
    PHP_FE(array_pad, "$arg, $pad_size, $pad_value",
        "Fills an array up to a size, at its end or (negative size) its start.")
    PHP_FE_END
};

const php_standard_part standard_array_slice_part = {
    array_slice_functions, NULL, NULL, NULL, NULL, NULL,
};
