/* SPDX-License-Identifier: MIT */
/*
 * The methods of ArrayObject, which ArrayIterator shares, and the declaration of the classes.
 */
#include "ext/spl/spl_array.h"
#include "ext/spl/spl_serialize.h"

zend_class_entry *spl_ce_ArrayObject;
zend_class_entry *spl_ce_ArrayIterator;
zend_class_entry *spl_ce_RecursiveArrayIterator;

/* --- Making -------------------------------------------------------------------------------- */

static PHP_METHOD(ArrayObject, __construct)
{
    spl_array_object *intern = spl_array_from(getThis());
    zval **array;
    long flags = 0;
    zend_class_entry *iterator_class = zend_ce_iterator;
    zend_error_handling handling;
    int result;

    if (ZEND_NUM_ARGS() == 0) {
        return;
    }
    zend_replace_error_handling(EH_THROW, spl_ce_InvalidArgumentException, &handling);
    result = zend_parse_parameters(ZEND_NUM_ARGS(), "Z|lC", &array, &flags, &iterator_class);
    zend_restore_error_handling(&handling);
    if (result == FAILURE) {
        return;
    }
    if (ZEND_NUM_ARGS() > 2) {
        intern->iterator_class = iterator_class;
    }
    spl_array_set_array(getThis(), intern, array, (int) (flags & ~SPL_ARRAY_INT_MASK),
        ZEND_NUM_ARGS() == 1);
}

static PHP_METHOD(ArrayObject, setIteratorClass)
{
    spl_array_object *intern = spl_array_from(getThis());
    zend_class_entry *iterator_class = spl_ce_ArrayIterator;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "C", &iterator_class) == SUCCESS) {
        intern->iterator_class = iterator_class;
    }
}

static PHP_METHOD(ArrayObject, getIteratorClass)
{
    spl_array_object *intern = spl_array_from(getThis());

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_STRINGL(intern->iterator_class->name, intern->iterator_class->name_length, 1);
}

static PHP_METHOD(ArrayObject, getIterator)
{
    spl_array_object *intern = spl_array_from(getThis());

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    Z_OBJVAL_P(return_value) = spl_array_object_new_ex(intern->iterator_class, getThis(), true);
    Z_TYPE_P(return_value) = IS_OBJECT;
}

static PHP_METHOD(ArrayObject, getFlags)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_LONG(spl_array_from(getThis())->flags & ~SPL_ARRAY_INT_MASK);
}

static PHP_METHOD(ArrayObject, setFlags)
{
    spl_array_object *intern = spl_array_from(getThis());
    long flags = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &flags) == FAILURE) {
        return;
    }
    intern->flags = (intern->flags & SPL_ARRAY_INT_MASK) | (int) (flags & ~SPL_ARRAY_INT_MASK);
}

static void copy_elements(spl_array_object *intern, zval *return_value)
{
    array_init(return_value);
    zend_hash_copy(Z_ARRVAL_P(return_value), spl_array_table(intern),
        (copy_ctor_func_t) zval_add_ref, NULL, sizeof(zval *));
}

static PHP_METHOD(ArrayObject, getArrayCopy)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    copy_elements(spl_array_from(getThis()), return_value);
}

static PHP_METHOD(ArrayObject, exchangeArray)
{
    spl_array_object *intern = spl_array_from(getThis());
    zval **array;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z", &array) == FAILURE) {
        return;
    }
    copy_elements(intern, return_value);
    spl_array_set_array(getThis(), intern, array, 0, true);
}

/* --- Elements ------------------------------------------------------------------------------ */

static PHP_METHOD(ArrayObject, offsetExists)
{
    zval *index;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &index) == FAILURE) {
        return;
    }
    RETURN_BOOL(spl_array_has_dimension_ex(false, getThis(), index, 2));
}

static PHP_METHOD(ArrayObject, offsetGet)
{
    zval *index;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &index) == FAILURE) {
        return;
    }
    spl_return_copy(return_value,
        spl_array_read_dimension_ex(false, getThis(), index, BP_VAR_R));
}

static PHP_METHOD(ArrayObject, offsetSet)
{
    zval *index;
    zval *value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "zz", &index, &value) == FAILURE) {
        return;
    }
    spl_array_write_dimension_ex(false, getThis(), index, value);
}

static PHP_METHOD(ArrayObject, offsetUnset)
{
    zval *index;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &index) == FAILURE) {
        return;
    }
    spl_array_unset_dimension_ex(false, getThis(), index);
}

static PHP_METHOD(ArrayObject, append)
{
    zval *value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &value) == FAILURE) {
        return;
    }
    spl_array_append(getThis(), value);
}

static PHP_METHOD(ArrayObject, count)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_LONG(spl_array_count(spl_array_from(getThis())));
}

/* --- Sorting ------------------------------------------------------------------------------- */

/* Moves a bucket to the end of the list. */
static void move_to_end(HashTable *table, Bucket *p)
{
    if (p == table->pListTail) {
        return;
    }
    if (p->pListLast) {
        p->pListLast->pListNext = p->pListNext;
    } else {
        table->pListHead = p->pListNext;
    }
    p->pListNext->pListLast = p->pListLast;
    p->pListLast = table->pListTail;
    p->pListNext = NULL;
    table->pListTail->pListNext = p;
    table->pListTail = p;
}

/* Brings the table's elements into the order that their keys have in `sorted`. */
static void reorder(HashTable *table, const HashTable *sorted)
{
    const Bucket *s;

    for (s = sorted->pListHead; s; s = s->pListNext) {
        Bucket *p = s->nKeyLength ? zend_hash_find_bucket(table, s->arKey, s->nKeyLength, s->h)
                                  : zend_hash_find_index_bucket(table, s->h);
        if (p) {
            move_to_end(table, p);
        }
    }
    table->pInternalPointer = table->pListHead;
}

/*
 * Calls a sort function on a copy, then gives the elements the copy's order: whatever a
 * comparison in PHP does meanwhile, there is always a whole table.
 */
static void sort_by(zval *object, const char *function, zval *argument, zval *return_value)
{
    spl_array_object *intern = spl_array_from(object);
    HashTable *table = spl_array_table_for_write(intern);
    zval *holder = intern->array; /* keeps the table alive */
    zval *copy;
    zval *result = NULL;

    MAKE_STD_ZVAL(copy);
    copy_elements(intern, copy);
    Z_ADDREF_P(holder);
    table->nApplyCount++;
    zend_call_method(NULL, NULL, NULL, function, (int) strlen(function), &result,
        argument ? 2 : 1, copy, argument);
    table->nApplyCount--;
    if (Z_TYPE_P(copy) == IS_ARRAY) {
        reorder(table, Z_ARRVAL_P(copy));
    }
    zval_ptr_dtor(&holder);
    zval_ptr_dtor(&copy);
    if (result) {
        RETURN_ZVAL(result, 1, 1);
    }
}

static void sort_with_flags(INTERNAL_FUNCTION_PARAMETERS, const char *function)
{
    zval *flags = NULL;

    if (zend_parse_parameters_ex(ZEND_PARSE_PARAMS_QUIET, ZEND_NUM_ARGS(), "|z", &flags)
        == FAILURE) {
        spl_throw(spl_ce_BadMethodCallException, "Function expects one argument");
        return;
    }
    sort_by(getThis(), function, flags, return_value);
}

static void sort_with_callback(INTERNAL_FUNCTION_PARAMETERS, const char *function)
{
    zval *callback;

    if (ZEND_NUM_ARGS() != 1
        || zend_parse_parameters_ex(ZEND_PARSE_PARAMS_QUIET, ZEND_NUM_ARGS(), "z", &callback)
            == FAILURE) {
        spl_throw(spl_ce_BadMethodCallException, "Function expects exactly one argument");
        return;
    }
    sort_by(getThis(), function, callback, return_value);
}

static PHP_METHOD(ArrayObject, asort)
{
    sort_with_flags(INTERNAL_FUNCTION_PARAM_PASSTHRU, "asort");
}

static PHP_METHOD(ArrayObject, ksort)
{
    sort_with_flags(INTERNAL_FUNCTION_PARAM_PASSTHRU, "ksort");
}

static PHP_METHOD(ArrayObject, uasort)
{
    sort_with_callback(INTERNAL_FUNCTION_PARAM_PASSTHRU, "uasort");
}

static PHP_METHOD(ArrayObject, uksort)
{
    sort_with_callback(INTERNAL_FUNCTION_PARAM_PASSTHRU, "uksort");
}

static PHP_METHOD(ArrayObject, natsort)
{
    sort_by(getThis(), "natsort", NULL, return_value);
}

static PHP_METHOD(ArrayObject, natcasesort)
{
    sort_by(getThis(), "natcasesort", NULL, return_value);
}

/* --- Serialized form ----------------------------------------------------------------------- */

static PHP_METHOD(ArrayObject, serialize)
{
    spl_array_object *intern = spl_array_from(getThis());
    spl_serializer s;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    spl_serialize_begin(&s);
    smart_str_appendl(&s.text, "x:", 2);
    spl_serialize_long(&s, intern->flags & (SPL_ARRAY_CLONE_MASK | SPL_ARRAY_IS_SELF));
    if (!(intern->flags & SPL_ARRAY_IS_SELF)) {
        spl_serialize_value(&s, intern->array);
        smart_str_appendc(&s.text, ';');
    }
    spl_serialize_members(&s, getThis());
    spl_serialize_end(&s, return_value);
}

static bool read_storage(zval *object, spl_array_object *intern, spl_unserializer *u, long flags)
{
    zval *storage;

    if (*u->p == 'm') {
        if (flags & SPL_ARRAY_IS_SELF) {
            spl_array_set_array(object, intern, &object, 0, false);
        }
        return true;
    }
    if (!strchr("aOCr", *u->p) || !*u->p) {
        return false;
    }
    storage = spl_unserialize_value(u);
    if (!storage || (Z_TYPE_P(storage) != IS_ARRAY && Z_TYPE_P(storage) != IS_OBJECT)) {
        return false;
    }
    spl_array_set_array(object, intern, &storage, 0, false);
    return !EG(exception) && spl_unserialize_expect(u, ";");
}

static PHP_METHOD(ArrayObject, unserialize)
{
    spl_array_object *intern = spl_array_from(getThis());
    spl_unserializer u;
    char *text;
    int length;
    long flags;
    bool complete = false;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &text, &length) == FAILURE) {
        return;
    }
    if (length == 0) {
        spl_throw(spl_ce_UnexpectedValueException, "Empty serialized string cannot be empty");
        return;
    }
    spl_unserialize_begin(&u, text, length);
    if (spl_unserialize_expect(&u, "x:") && spl_unserialize_long(&u, &flags)) {
        intern->flags = (intern->flags & ~SPL_ARRAY_CLONE_MASK)
            | (int) (flags & SPL_ARRAY_CLONE_MASK);
        complete = read_storage(getThis(), intern, &u, flags)
            && spl_unserialize_members(&u, &intern->std);
    }
    spl_unserialize_end(&u, complete);
}

/* --- Declaration --------------------------------------------------------------------------- */

#define SHARED_METHODS \
    PHP_ME(ArrayObject, __construct, "[$array]", "Takes the array or object to hold.", \
        ZEND_ACC_PUBLIC) \
    PHP_ME(ArrayObject, offsetExists, "$index", "Is there an element with this key?", \
        ZEND_ACC_PUBLIC) \
    PHP_ME(ArrayObject, offsetGet, "$index", "Returns an element.", ZEND_ACC_PUBLIC) \
    PHP_ME(ArrayObject, offsetSet, "$index, $newval", "Sets an element.", ZEND_ACC_PUBLIC) \
    PHP_ME(ArrayObject, offsetUnset, "$index", "Removes an element.", ZEND_ACC_PUBLIC) \
    PHP_ME(ArrayObject, append, "$value", "Adds an element at the end.", ZEND_ACC_PUBLIC) \
    PHP_ME(ArrayObject, getArrayCopy, "", "Returns the elements as an array.", ZEND_ACC_PUBLIC) \
    PHP_ME(ArrayObject, count, "", "Returns the number of elements.", ZEND_ACC_PUBLIC) \
    PHP_ME(ArrayObject, getFlags, "", "Returns the flags.", ZEND_ACC_PUBLIC) \
    PHP_ME(ArrayObject, setFlags, "$flags", "Sets the flags.", ZEND_ACC_PUBLIC) \
    PHP_ME(ArrayObject, asort, "", "Sorts by values.", ZEND_ACC_PUBLIC) \
    PHP_ME(ArrayObject, ksort, "", "Sorts by keys.", ZEND_ACC_PUBLIC) \
    PHP_ME(ArrayObject, uasort, "$cmp_function", "Sorts by values with a function.", \
        ZEND_ACC_PUBLIC) \
    PHP_ME(ArrayObject, uksort, "$cmp_function", "Sorts by keys with a function.", \
        ZEND_ACC_PUBLIC) \
    PHP_ME(ArrayObject, natsort, "", "Sorts in natural order.", ZEND_ACC_PUBLIC) \
    PHP_ME(ArrayObject, natcasesort, "", "Sorts in natural order without regard to case.", \
        ZEND_ACC_PUBLIC) \
    PHP_ME(ArrayObject, unserialize, "$serialized", "Restores a serialized form.", \
        ZEND_ACC_PUBLIC) \
    PHP_ME(ArrayObject, serialize, "", "Returns the serialized form.", ZEND_ACC_PUBLIC)

static const zend_function_entry array_object_methods[] = {
    SHARED_METHODS
    PHP_ME(ArrayObject, getIterator, "", "Returns an iterator over the elements.",
        ZEND_ACC_PUBLIC)
    PHP_ME(ArrayObject, exchangeArray, "$array", "Takes another array; returns the old one.",
        ZEND_ACC_PUBLIC)
    PHP_ME(ArrayObject, setIteratorClass, "$iteratorClass", "Sets the class of iterators.",
        ZEND_ACC_PUBLIC)
    PHP_ME(ArrayObject, getIteratorClass, "", "Returns the class of iterators.",
        ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const zend_function_entry array_iterator_methods[] = {
    SHARED_METHODS
    PHP_ME(ArrayIterator, rewind, "", "Moves to the first element.", ZEND_ACC_PUBLIC)
    PHP_ME(ArrayIterator, current, "", "Returns the current element.", ZEND_ACC_PUBLIC)
    PHP_ME(ArrayIterator, key, "", "Returns the current key.", ZEND_ACC_PUBLIC)
    PHP_ME(ArrayIterator, next, "", "Moves on to the next element.", ZEND_ACC_PUBLIC)
    PHP_ME(ArrayIterator, valid, "", "Is there a current element?", ZEND_ACC_PUBLIC)
    PHP_ME(ArrayIterator, seek, "$position", "Moves to a position.", ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const zend_function_entry recursive_array_iterator_methods[] = {
    PHP_ME(RecursiveArrayIterator, hasChildren, "", "Is the current element an array or object?",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveArrayIterator, getChildren, "", "Returns an iterator over the element.",
        ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const spl_class_constant flags[] = {
    {"STD_PROP_LIST", SPL_ARRAY_STD_PROP_LIST},
    {"ARRAY_AS_PROPS", SPL_ARRAY_ARRAY_AS_PROPS},
    {NULL, 0},
};

void spl_register_arrays(void)
{
    spl_array_init_handlers();
    spl_ce_ArrayObject = spl_register_class("ArrayObject", NULL, spl_array_object_new,
        array_object_methods);
    zend_class_implements(spl_ce_ArrayObject, 4, zend_ce_aggregate, zend_ce_arrayaccess,
        zend_ce_serializable, spl_ce_Countable);
    spl_register_class_constants(spl_ce_ArrayObject, flags);

    spl_ce_ArrayIterator = spl_register_class("ArrayIterator", NULL, spl_array_object_new,
        array_iterator_methods);
    spl_ce_ArrayIterator->get_iterator = spl_array_get_iterator;
    zend_class_implements(spl_ce_ArrayIterator, 5, zend_ce_iterator, zend_ce_arrayaccess,
        spl_ce_SeekableIterator, zend_ce_serializable, spl_ce_Countable);
    spl_register_class_constants(spl_ce_ArrayIterator, flags);

    spl_ce_RecursiveArrayIterator = spl_register_class("RecursiveArrayIterator",
        spl_ce_ArrayIterator, NULL, recursive_array_iterator_methods);
    spl_ce_RecursiveArrayIterator->get_iterator = spl_array_get_iterator;
    zend_class_implements(spl_ce_RecursiveArrayIterator, 1, spl_ce_RecursiveIterator);
    zend_declare_class_constant_long(spl_ce_RecursiveArrayIterator, "CHILD_ARRAYS_ONLY",
        sizeof("CHILD_ARRAYS_ONLY") - 1, SPL_ARRAY_CHILD_ARRAYS_ONLY);
}
