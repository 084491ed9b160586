/* SPDX-License-Identifier: MIT */
/* RecursiveIterator and RecursiveIteratorIterator: the object, foreach, methods. */
#include "ext/spl/spl_recursive_iterator.h"

static zend_object_handlers recursive_handlers;

zend_class_entry *spl_ce_RecursiveIterator;
zend_class_entry *spl_ce_RecursiveIteratorIterator;

/* --- The object ---------------------------------------------------------------------------- */

static void recursive_free(void *object)
{
    spl_recursive_iterator *intern = object;
    int i;

    zend_stack_guard();
    zend_object_std_dtor(&intern->std);
    if (intern->levels) {
        for (i = intern->level; i >= 0; i--) {
            intern->levels[i].iterator->funcs->dtor(intern->levels[i].iterator);
            zval_ptr_dtor(&intern->levels[i].object);
        }
        efree(intern->levels);
    }
    for (i = 0; i < 6; i++) {
        if (intern->prefix[i]) {
            efree(intern->prefix[i]);
        }
    }
    if (intern->postfix) {
        efree(intern->postfix);
    }
    if (intern->gc_data) {
        efree(intern->gc_data);
    }
    efree(intern);
}

zend_object_value spl_recursive_new(zend_class_entry *ce)
{
    spl_recursive_iterator *intern = ecalloc(1, sizeof(spl_recursive_iterator));

    intern->level = -1;
    return spl_object_enter(&intern->std, ce, recursive_free, &recursive_handlers);
}

static spl_recursive_iterator *from_any(const zval *object)
{
    return zend_object_store_get_object(object);
}

spl_recursive_iterator *spl_recursive_from(const zval *object)
{
    spl_recursive_iterator *intern = from_any(object);

    if (!intern->levels || intern->level < 0) {
        spl_throw_not_constructed();
        return NULL;
    }
    return intern;
}

/* Methods that the class does not have are the current level's object's. */
static zend_function *get_method(zval **object, char *name, int length,
    const struct _zend_literal *key)
{
    spl_recursive_iterator *intern = from_any(*object);
    zend_function *method = zend_std_get_method(object, name, length, key);

    zend_stack_guard();
    if (method || !intern->levels || intern->level < 0) {
        return method;
    }
    *object = intern->levels[intern->level].object;
    return Z_OBJ_HT_P(*object)->get_method(object, name, length, NULL);
}

static HashTable *get_gc(zval *object, zval ***table, int *n)
{
    spl_recursive_iterator *intern = from_any(object);
    int i;

    if (intern->gc_room < intern->level + 1) {
        intern->gc_room = intern->level + 1;
        intern->gc_data = safe_erealloc(intern->gc_data, intern->gc_room, sizeof(zval *), 0);
    }
    for (i = 0; i <= intern->level; i++) {
        intern->gc_data[i] = intern->levels[i].object;
    }
    *table = intern->gc_data;
    *n = intern->level + 1;
    return zend_std_get_properties(object);
}

/* --- foreach ------------------------------------------------------------------------------- */

static zend_object_iterator *level_iterator(zend_object_iterator *iterator)
{
    spl_recursive_iterator *intern = from_any(iterator->data);

    return intern->levels[intern->level].iterator;
}

static void it_dtor(zend_object_iterator *iterator)
{
    zval *object = iterator->data;

    zval_ptr_dtor(&object);
    efree(iterator);
}

static int it_valid(zend_object_iterator *iterator)
{
    return spl_recursive_valid(iterator->data, from_any(iterator->data)) ? SUCCESS : FAILURE;
}

static void it_get_current_data(zend_object_iterator *iterator, zval ***data)
{
    zend_object_iterator *inner = level_iterator(iterator);

    inner->funcs->get_current_data(inner, data);
}

static void it_get_current_key(zend_object_iterator *iterator, zval *key)
{
    zend_object_iterator *inner = level_iterator(iterator);

    if (inner->funcs->get_current_key) {
        inner->funcs->get_current_key(inner, key);
    } else {
        ZVAL_LONG(key, (long) iterator->index);
    }
}

static void it_move_forward(zend_object_iterator *iterator)
{
    spl_recursive_next(iterator->data, from_any(iterator->data));
}

static void it_rewind(zend_object_iterator *iterator)
{
    spl_recursive_rewind(iterator->data, from_any(iterator->data));
}

static const zend_object_iterator_funcs recursive_it_funcs = {
    it_dtor, it_valid, it_get_current_data, it_get_current_key, it_move_forward, it_rewind, NULL,
};

zend_object_iterator *spl_recursive_get_iterator(zend_class_entry *ce, zval *object, int by_ref)
{
    zend_object_iterator *iterator;

    if (by_ref) {
        zend_error_noreturn(E_ERROR, "An iterator cannot be used with foreach by reference");
    }
    if (spl_overrides_iteration(ce)) {
        return spl_user_iterator(ce, object, by_ref);
    }
    if (!spl_recursive_from(object)) {
        return NULL;
    }
    iterator = emalloc(sizeof(zend_object_iterator));
    Z_ADDREF_P(object);
    iterator->data = object;
    iterator->funcs = &recursive_it_funcs;
    iterator->index = 0;
    return iterator;
}

/* --- Construction -------------------------------------------------------------------------- */

zval *spl_recursive_resolve(zval *object)
{
    if (!instanceof_function(Z_OBJCE_P(object), zend_ce_aggregate)) {
        Z_ADDREF_P(object);
        return object;
    }
    return spl_call(object, "getiterator", 0, NULL, NULL);
}

static PHP_METHOD(RecursiveIteratorIterator, __construct)
{
    spl_recursive_iterator *intern = from_any(getThis());
    zend_error_handling handling;
    zval *root;
    long mode = RIT_LEAVES_ONLY;
    long flags = 0;
    int result;

    zend_replace_error_handling(EH_THROW, spl_ce_InvalidArgumentException, &handling);
    result = zend_parse_parameters(ZEND_NUM_ARGS(), "o|ll", &root, &mode, &flags);
    zend_restore_error_handling(&handling);
    if (result == FAILURE || intern->levels || !(root = spl_recursive_resolve(root))) {
        return;
    }
    if (Z_TYPE_P(root) != IS_OBJECT
        || !instanceof_function(Z_OBJCE_P(root), spl_ce_RecursiveIterator)) {
        zval_ptr_dtor(&root);
        spl_throw(spl_ce_InvalidArgumentException,
            "An instance of RecursiveIterator or IteratorAggregate creating it is required");
        return;
    }
    spl_recursive_set_root(intern, Z_OBJCE_P(getThis()), root, (int) mode, (int) flags);
}

/* --- Methods ------------------------------------------------------------------------------- */

PHP_METHOD(RecursiveIteratorIterator, rewind)
{
    spl_recursive_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_recursive_from(getThis()))) {
        return;
    }
    spl_recursive_rewind(getThis(), intern);
}

PHP_METHOD(RecursiveIteratorIterator, valid)
{
    spl_recursive_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_recursive_from(getThis()))) {
        return;
    }
    RETURN_BOOL(spl_recursive_valid(getThis(), intern));
}

PHP_METHOD(RecursiveIteratorIterator, next)
{
    spl_recursive_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_recursive_from(getThis()))) {
        return;
    }
    spl_recursive_next(getThis(), intern);
}

static PHP_METHOD(RecursiveIteratorIterator, key)
{
    spl_recursive_iterator *intern;
    zend_object_iterator *iterator;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_recursive_from(getThis()))) {
        return;
    }
    iterator = intern->levels[intern->level].iterator;
    if (iterator->funcs->get_current_key) {
        iterator->funcs->get_current_key(iterator, return_value);
    }
}

static PHP_METHOD(RecursiveIteratorIterator, current)
{
    spl_recursive_iterator *intern;
    zend_object_iterator *iterator;
    zval **data = NULL;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_recursive_from(getThis()))) {
        return;
    }
    iterator = intern->levels[intern->level].iterator;
    iterator->funcs->get_current_data(iterator, &data);
    spl_return_copy(return_value, data ? *data : NULL);
}

static PHP_METHOD(RecursiveIteratorIterator, getDepth)
{
    spl_recursive_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_recursive_from(getThis()))) {
        return;
    }
    RETURN_LONG(intern->level);
}

static PHP_METHOD(RecursiveIteratorIterator, getSubIterator)
{
    spl_recursive_iterator *intern = spl_recursive_from(getThis());
    long level;

    if (!intern) {
        return;
    }
    level = intern->level;
    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|l", &level) == FAILURE || level < 0
        || level > intern->level) {
        return;
    }
    RETURN_ZVAL(intern->levels[level].object, 1, 0);
}

static PHP_METHOD(RecursiveIteratorIterator, getInnerIterator)
{
    spl_recursive_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_recursive_from(getThis()))) {
        return;
    }
    RETURN_ZVAL(intern->levels[intern->level].object, 1, 0);
}

/* The hooks do nothing unless they are overridden. */
PHP_METHOD(RecursiveIteratorIterator, beginIteration)
{
}

static void call_current_object(zval *object, const char *method, zval *return_value)
{
    spl_recursive_iterator *intern = spl_recursive_from(object);
    zval *current;
    zval *result;

    if (!intern) {
        return;
    }
    current = intern->levels[intern->level].object;
    Z_ADDREF_P(current);
    result = spl_call(current, method, 0, NULL, NULL);
    zval_ptr_dtor(&current);
    if (result) {
        RETURN_ZVAL(result, 1, 1);
    }
}

PHP_METHOD(RecursiveIteratorIterator, callHasChildren)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    ZVAL_FALSE(return_value);
    call_current_object(getThis(), "haschildren", return_value);
}

PHP_METHOD(RecursiveIteratorIterator, callGetChildren)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    call_current_object(getThis(), "getchildren", return_value);
}

static PHP_METHOD(RecursiveIteratorIterator, setMaxDepth)
{
    long max_depth = -1;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|l", &max_depth) == FAILURE) {
        return;
    }
    if (max_depth < -1) {
        spl_throw(spl_ce_OutOfRangeException, "Parameter max_depth must be >= -1");
        return;
    }
    from_any(getThis())->max_depth = max_depth > INT_MAX ? INT_MAX : max_depth;
}

static PHP_METHOD(RecursiveIteratorIterator, getMaxDepth)
{
    long max_depth = from_any(getThis())->max_depth;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (max_depth == -1) {
        RETURN_FALSE;
    }
    RETURN_LONG(max_depth);
}

/* --- Declaration --------------------------------------------------------------------------- */

#define HOOK(name, doc) \
    PHP_MALIAS(RecursiveIteratorIterator, name, beginIteration, "", doc, ZEND_ACC_PUBLIC)

static const zend_function_entry recursive_iterator_methods[] = {
    PHP_ABSTRACT_ME(RecursiveIterator, hasChildren, "", "Has the current element children?")
    PHP_ABSTRACT_ME(RecursiveIterator, getChildren, "", "Returns the children's iterator.")
    PHP_FE_END
};

static const zend_function_entry methods[] = {
    PHP_ME(RecursiveIteratorIterator, __construct, "Traversable $iterator, [$mode], [$flags]",
        "Takes the root of the tree.", ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveIteratorIterator, rewind, "", "Moves to the first element.",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveIteratorIterator, valid, "", "Is there a current element?",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveIteratorIterator, key, "", "Returns the current key.", ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveIteratorIterator, current, "", "Returns the current element.",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveIteratorIterator, next, "", "Moves on to the next element.",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveIteratorIterator, getDepth, "", "Returns the level.", ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveIteratorIterator, getSubIterator, "[$level]",
        "Returns the iterator of a level.", ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveIteratorIterator, getInnerIterator, "",
        "Returns the iterator of the current level.", ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveIteratorIterator, beginIteration, "", "Is called when iterating begins.",
        ZEND_ACC_PUBLIC)
    HOOK(endIteration, "Is called when iterating ends.")
    PHP_ME(RecursiveIteratorIterator, callHasChildren, "", "Has the current element children?",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveIteratorIterator, callGetChildren, "", "Returns the children's iterator.",
        ZEND_ACC_PUBLIC)
    HOOK(beginChildren, "Is called when a level begins.")
    HOOK(endChildren, "Is called when a level ends.")
    HOOK(nextElement, "Is called for each element.")
    PHP_ME(RecursiveIteratorIterator, setMaxDepth, "[$max_depth]", "Limits the levels.",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveIteratorIterator, getMaxDepth, "", "Returns the limit, or false.",
        ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const spl_class_constant constants[] = {
    {"LEAVES_ONLY", RIT_LEAVES_ONLY},
    {"SELF_FIRST", RIT_SELF_FIRST},
    {"CHILD_FIRST", RIT_CHILD_FIRST},
    {"CATCH_GET_CHILD", RIT_CATCH_GET_CHILD},
    {NULL, 0},
};

void spl_register_recursive_iterators(void)
{
    zend_class_entry *ce;

    recursive_handlers = *zend_get_std_object_handlers();
    recursive_handlers.get_method = get_method;
    recursive_handlers.clone_obj = NULL;
    recursive_handlers.get_gc = get_gc;

    spl_ce_RecursiveIterator = spl_register_interface("RecursiveIterator",
        recursive_iterator_methods);
    zend_class_implements(spl_ce_RecursiveIterator, 1, zend_ce_iterator);
    spl_register_outer_interface();
    ce = spl_register_class("RecursiveIteratorIterator", NULL, spl_recursive_new, methods);
    ce->get_iterator = spl_recursive_get_iterator;
    zend_class_implements(ce, 2, zend_ce_iterator, spl_ce_OuterIterator);
    spl_register_class_constants(ce, constants);
    spl_ce_RecursiveIteratorIterator = ce;
}
