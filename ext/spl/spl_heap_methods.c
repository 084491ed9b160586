/* SPDX-License-Identifier: MIT */
/* The methods of the heaps and of SplPriorityQueue, and the declaration of the classes. */
#include "ext/spl/spl_heap.h"

static zend_class_entry *spl_ce_SplHeap;
static zend_class_entry *spl_ce_SplPriorityQueue;

/* --- What heap and queue share ------------------------------------------------------------- */

static PHP_METHOD(SplHeap, count)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_LONG(spl_heap_from(getThis())->count);
}

static PHP_METHOD(SplHeap, isEmpty)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_BOOL(spl_heap_from(getThis())->count == 0);
}

static PHP_METHOD(SplHeap, rewind)
{
}

static PHP_METHOD(SplHeap, valid)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_BOOL(spl_heap_from(getThis())->count != 0);
}

static PHP_METHOD(SplHeap, key)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_LONG(spl_heap_from(getThis())->count - 1);
}

static PHP_METHOD(SplHeap, next)
{
    spl_heap_object *intern = spl_heap_from(getThis());
    zval *element;

    if (zend_parse_parameters_none() == FAILURE || spl_heap_refuses(intern)) {
        return;
    }
    element = spl_heap_extract(intern);
    if (element) {
        zval_ptr_dtor(&element);
    }
}

static PHP_METHOD(SplHeap, recoverFromCorruption)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    spl_heap_from(getThis())->corrupted = false;
    RETURN_TRUE;
}

/* The next element for extract(), its count handed over; NULL after an exception. */
static zval *extract(zval *object)
{
    spl_heap_object *intern = spl_heap_from(object);
    zval *element;

    if (spl_heap_refuses(intern)) {
        return NULL;
    }
    element = spl_heap_extract(intern);
    if (!element) {
        spl_throw(spl_ce_RuntimeException, "Can't extract from an empty heap");
    }
    return element;
}

/* The same for top(), uncounted. */
static zval *peek(zval *object)
{
    spl_heap_object *intern = spl_heap_from(object);

    if (intern->corrupted) {
        spl_heap_refuses(intern);
        return NULL;
    }
    if (intern->count == 0) {
        spl_throw(spl_ce_RuntimeException, "Can't peek at an empty heap");
        return NULL;
    }
    return intern->elements[0];
}

/* --- SplHeap ------------------------------------------------------------------------------- */

static PHP_METHOD(SplHeap, insert)
{
    spl_heap_object *intern = spl_heap_from(getThis());
    zval *value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &value) == FAILURE
        || spl_heap_refuses(intern)) {
        return;
    }
    SEPARATE_ARG_IF_REF(value);
    spl_heap_insert(intern, value);
    RETURN_TRUE;
}

static PHP_METHOD(SplHeap, extract)
{
    zval *value;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    value = extract(getThis());
    if (value) {
        RETURN_ZVAL(value, 1, 1);
    }
}

static PHP_METHOD(SplHeap, top)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    spl_return_copy(return_value, peek(getThis()));
}

static PHP_METHOD(SplHeap, current)
{
    spl_heap_object *intern = spl_heap_from(getThis());

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    spl_return_copy(return_value, intern->count ? intern->elements[0] : NULL);
}

static PHP_METHOD(SplMinHeap, compare)
{
    zval *a;
    zval *b;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "zz", &a, &b) == FAILURE) {
        return;
    }
    RETURN_LONG(spl_heap_compare_min(NULL, a, b));
}

static PHP_METHOD(SplMaxHeap, compare)
{
    zval *a;
    zval *b;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "zz", &a, &b) == FAILURE) {
        return;
    }
    RETURN_LONG(spl_heap_compare_max(NULL, a, b));
}

/* --- SplPriorityQueue ---------------------------------------------------------------------- */

static PHP_METHOD(SplPriorityQueue, insert)
{
    spl_heap_object *intern = spl_heap_from(getThis());
    zval *value;
    zval *priority;
    zval *element;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "zz", &value, &priority) == FAILURE
        || spl_heap_refuses(intern)) {
        return;
    }
    SEPARATE_ARG_IF_REF(value);
    SEPARATE_ARG_IF_REF(priority);
    MAKE_STD_ZVAL(element);
    array_init(element);
    add_assoc_zval_ex(element, "data", sizeof("data"), value);
    add_assoc_zval_ex(element, "priority", sizeof("priority"), priority);
    spl_heap_insert(intern, element);
    RETURN_TRUE;
}

static PHP_METHOD(SplPriorityQueue, setExtractFlags)
{
    spl_heap_object *intern = spl_heap_from(getThis());
    long flags;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &flags) == FAILURE) {
        return;
    }
    intern->flags = (int) (flags & SPL_QUEUE_EXTRACT_BOTH);
    RETURN_LONG(intern->flags);
}

static void return_part(zval *return_value, const spl_heap_object *intern, const zval *element)
{
    spl_return_copy(return_value, spl_queue_extract(element, intern->flags));
}

static PHP_METHOD(SplPriorityQueue, extract)
{
    zval *element;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    element = extract(getThis());
    if (element) {
        return_part(return_value, spl_heap_from(getThis()), element);
        zval_ptr_dtor(&element);
    }
}

static PHP_METHOD(SplPriorityQueue, top)
{
    zval *element;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    element = peek(getThis());
    if (element) {
        return_part(return_value, spl_heap_from(getThis()), element);
    }
}

static PHP_METHOD(SplPriorityQueue, current)
{
    spl_heap_object *intern = spl_heap_from(getThis());

    if (zend_parse_parameters_none() == FAILURE || intern->count == 0) {
        return;
    }
    return_part(return_value, intern, intern->elements[0]);
}

static PHP_METHOD(SplPriorityQueue, compare)
{
    zval *a;
    zval *b;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "zz", &a, &b) == FAILURE) {
        return;
    }
    RETURN_LONG(spl_heap_compare_max(NULL, a, b));
}

/* --- Declaration --------------------------------------------------------------------------- */

#define SHARED_METHODS \
    PHP_ME(SplHeap, count, "", "Returns the number of elements.", ZEND_ACC_PUBLIC) \
    PHP_ME(SplHeap, isEmpty, "", "Is there no element?", ZEND_ACC_PUBLIC) \
    PHP_ME(SplHeap, rewind, "", "Does nothing: a heap is always at its top.", ZEND_ACC_PUBLIC)

#define SHARED_ITERATION \
    PHP_ME(SplHeap, key, "", "Returns the number of elements, less one.", ZEND_ACC_PUBLIC) \
    PHP_ME(SplHeap, next, "", "Drops the top element.", ZEND_ACC_PUBLIC) \
    PHP_ME(SplHeap, valid, "", "Is there an element?", ZEND_ACC_PUBLIC) \
    PHP_ME(SplHeap, recoverFromCorruption, "", "Goes on after a comparison that threw.", \
        ZEND_ACC_PUBLIC)

static const zend_function_entry heap_methods[] = {
    PHP_ME(SplHeap, extract, "", "Takes the top element.", ZEND_ACC_PUBLIC)
    PHP_ME(SplHeap, insert, "$value", "Adds an element.", ZEND_ACC_PUBLIC)
    PHP_ME(SplHeap, top, "", "Returns the top element.", ZEND_ACC_PUBLIC)
    SHARED_METHODS
    PHP_ME(SplHeap, current, "", "Returns the top element.", ZEND_ACC_PUBLIC)
    SHARED_ITERATION
    /* Without a signature: any parameters will do. */
    ZEND_FENTRY(compare, NULL, NULL, "Compares two elements.",
        ZEND_ACC_PROTECTED | ZEND_ACC_ABSTRACT)
    PHP_FE_END
};

static const zend_function_entry min_heap_methods[] = {
    PHP_ME(SplMinHeap, compare, "$a, $b", "Compares two elements: positive when a is smaller.",
        ZEND_ACC_PROTECTED)
    PHP_FE_END
};

static const zend_function_entry max_heap_methods[] = {
    PHP_ME(SplMaxHeap, compare, "$a, $b", "Compares two elements: positive when a is greater.",
        ZEND_ACC_PROTECTED)
    PHP_FE_END
};

static const zend_function_entry queue_methods[] = {
    PHP_ME(SplPriorityQueue, compare, "$a, $b", "Compares two priorities.", ZEND_ACC_PUBLIC)
    PHP_ME(SplPriorityQueue, insert, "$value, $priority", "Adds an element.", ZEND_ACC_PUBLIC)
    PHP_ME(SplPriorityQueue, setExtractFlags, "$flags", "Sets what extract() gives.",
        ZEND_ACC_PUBLIC)
    PHP_ME(SplPriorityQueue, top, "", "Returns the top element.", ZEND_ACC_PUBLIC)
    PHP_ME(SplPriorityQueue, extract, "", "Takes the top element.", ZEND_ACC_PUBLIC)
    SHARED_METHODS
    PHP_ME(SplPriorityQueue, current, "", "Returns the top element.", ZEND_ACC_PUBLIC)
    SHARED_ITERATION
    PHP_FE_END
};

static const spl_class_constant queue_constants[] = {
    {"EXTR_BOTH", SPL_QUEUE_EXTRACT_BOTH},
    {"EXTR_PRIORITY", SPL_QUEUE_EXTRACT_PRIORITY},
    {"EXTR_DATA", SPL_QUEUE_EXTRACT_DATA},
    {NULL, 0},
};

void spl_register_heaps(void)
{
    spl_heap_init_handlers();
    spl_ce_SplHeap = spl_register_class("SplHeap", NULL, spl_heap_object_new, heap_methods);
    spl_ce_SplHeap->get_iterator = spl_heap_get_iterator;
    zend_class_implements(spl_ce_SplHeap, 2, zend_ce_iterator, spl_ce_Countable);
    spl_register_class("SplMinHeap", spl_ce_SplHeap, spl_heap_object_new,
        min_heap_methods)->get_iterator = spl_heap_get_iterator;
    spl_register_class("SplMaxHeap", spl_ce_SplHeap, spl_heap_object_new,
        max_heap_methods)->get_iterator = spl_heap_get_iterator;
    spl_ce_SplPriorityQueue = spl_register_class("SplPriorityQueue", NULL, spl_heap_object_new,
        queue_methods);
    spl_ce_SplPriorityQueue->get_iterator = spl_heap_get_iterator;
    zend_class_implements(spl_ce_SplPriorityQueue, 2, zend_ce_iterator, spl_ce_Countable);
    spl_register_class_constants(spl_ce_SplPriorityQueue, queue_constants);
}
