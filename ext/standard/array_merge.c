/* SPDX-License-Identifier: MIT */
/*
 * array_merge(), array_replace() and their recursive forms.
 *
 * No user code runs while two trees are walked: a recursion that is found ends the walk, and the
 * warning about it comes when all is consistent again.
 */
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_array.h"

/* Is the same reference met on both sides, or a table inside itself? */
static bool meets_itself(zval *into, zval *from)
{
    return into == from && Z_ISREF_P(into) && Z_REFCOUNT_P(into) % 2;
}

static bool merge(HashTable *dest, HashTable *src, bool recursive);

/* Makes an array of *place, in which `value` is then merged or appended. */
static bool merge_into_element(zval **place, zval *value)
{
    HashTable *table = Z_TYPE_PP(place) == IS_ARRAY ? Z_ARRVAL_PP(place) : NULL;
    zval copy;
    bool is_done = true;

    if ((table != NULL && table->nApplyCount > 1) || meets_itself(*place, value)) {
        return false;
    }
    SEPARATE_ZVAL(place);
    if (Z_TYPE_PP(place) == IS_NULL) {
        convert_to_array(*place);
        add_next_index_null(*place);
    } else {
        convert_to_array(*place);
    }
    if (Z_TYPE_P(value) == IS_OBJECT) {
        INIT_PZVAL_COPY(&copy, value);
        zval_copy_ctor(&copy);
        convert_to_array(&copy);
    } else if (Z_TYPE_P(value) != IS_ARRAY) {
        Z_ADDREF_P(value);
        php_array_append(Z_ARRVAL_PP(place), value);
        return true;
    } else {
        INIT_PZVAL_COPY(&copy, value);
    }
    table = Z_ARRVAL_PP(place);
    table->nApplyCount++;
    is_done = merge(table, Z_ARRVAL(copy), true);
    table->nApplyCount--;
    if (Z_TYPE_P(value) == IS_OBJECT) {
        zval_dtor(&copy);
    }
    return is_done;
}

static bool merge(HashTable *dest, HashTable *src, bool recursive)
{
    Bucket *p;

    zend_stack_guard();
    PHP_ARRAY_EACH(src, p) {
        Bucket *present = recursive && p->nKeyLength != 0 ? php_array_find_like(dest, p) : NULL;
        if (present == NULL) {
            php_array_append_like(dest, p, php_array_share(p));
        } else if (!merge_into_element((zval **) present->pData, PHP_BUCKET_ZVAL(p))) {
            return false;
        }
    }
    return true;
}

int php_array_merge(HashTable *dest, HashTable *src, int recursive)
{
    if (merge(dest, src, recursive)) {
        return 1;
    }
    php_error_docref(NULL, E_WARNING, "recursion detected");
    return 0;
}

static bool replace(HashTable *dest, HashTable *src)
{
    Bucket *p;

    zend_stack_guard();
    PHP_ARRAY_EACH(src, p) {
        Bucket *present = Z_TYPE_P(PHP_BUCKET_ZVAL(p)) == IS_ARRAY
            ? php_array_find_like(dest, p) : NULL;
        zval **place = present != NULL ? (zval **) present->pData : NULL;
        HashTable *inner, *other;
        bool is_done;

        if (place == NULL || Z_TYPE_PP(place) != IS_ARRAY) {
            php_array_set_like(dest, p, php_array_share(p));
            continue;
        }
        if (Z_ARRVAL_PP(place)->nApplyCount > 1
            || Z_ARRVAL_P(PHP_BUCKET_ZVAL(p))->nApplyCount > 1
            || meets_itself(*place, PHP_BUCKET_ZVAL(p))) {
            return false;
        }
        SEPARATE_ZVAL(place);
        inner = Z_ARRVAL_PP(place);
        other = Z_ARRVAL_P(PHP_BUCKET_ZVAL(p));
        inner->nApplyCount++;
        other->nApplyCount++;
        is_done = replace(inner, other);
        inner->nApplyCount--;
        other->nApplyCount--;
        if (!is_done) {
            return false;
        }
    }
    return true;
}

/* Are all arguments arrays? *size gets the greatest one's. */
static bool check_arrays(zval ***arrays, int count, uint *size)
{
    int i;

    *size = 0;
    for (i = 0; i < count; i++) {
        if (Z_TYPE_PP(arrays[i]) != IS_ARRAY) {
            php_error_docref(NULL, E_WARNING, "Argument #%d is not an array", i + 1);
            return false;
        }
        *size = MAX(*size, (uint) zend_hash_num_elements(Z_ARRVAL_PP(arrays[i])));
    }
    return true;
}

typedef void (*add_array_t)(HashTable *dest, HashTable *src);

static void combine_arrays(INTERNAL_FUNCTION_PARAMETERS, add_array_t add_array)
{
    zval ***arrays = NULL;
    int count, i;
    uint size;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "+", &arrays, &count) == FAILURE) {
        return;
    }
    if (check_arrays(arrays, count, &size)) {
        array_init_size(return_value, size);
        for (i = 0; i < count; i++) {
            add_array(Z_ARRVAL_P(return_value), Z_ARRVAL_PP(arrays[i]));
        }
    }
    efree(arrays);
}

static void add_merging(HashTable *dest, HashTable *src)
{
    merge(dest, src, false);
}

static void add_merging_recursively(HashTable *dest, HashTable *src)
{
    php_array_merge(dest, src, 1);
}

static void add_replacing(HashTable *dest, HashTable *src)
{
    Bucket *p;

    PHP_ARRAY_EACH(src, p) {
        php_array_set_like(dest, p, php_array_share(p));
    }
}

static void add_replacing_recursively(HashTable *dest, HashTable *src)
{
    if (!replace(dest, src)) {
        php_error_docref(NULL, E_WARNING, "recursion detected");
    }
}

PHP_FUNCTION(array_merge)
{
    combine_arrays(INTERNAL_FUNCTION_PARAM_PASSTHRU, add_merging);
}

PHP_FUNCTION(array_merge_recursive)
{
    combine_arrays(INTERNAL_FUNCTION_PARAM_PASSTHRU, add_merging_recursively);
}

PHP_FUNCTION(array_replace)
{
    combine_arrays(INTERNAL_FUNCTION_PARAM_PASSTHRU, add_replacing);
}

PHP_FUNCTION(array_replace_recursive)
{
    combine_arrays(INTERNAL_FUNCTION_PARAM_PASSTHRU, add_replacing_recursively);
}

static const zend_function_entry array_merge_functions[] = {
    PHP_FE(array_merge, "$arr1, ...$arrays",
        "Joins arrays: string keys are replaced, others numbered anew.")
    PHP_FE(array_merge_recursive, "$arr1, ...$arrays",
        "Joins arrays, and the elements of equal string keys as arrays.")
    PHP_FE(array_replace, "$arr1, ...$arrays",
        "Replaces elements of the first array by those of the others.")
    PHP_FE(array_replace_recursive, "$arr1, ...$arrays",
        "Replaces elements of arrays inside the first array too.")
    PHP_FE_END
};

const php_standard_part standard_array_merge_part = {
    array_merge_functions, NULL, NULL, NULL, NULL, NULL,
};
