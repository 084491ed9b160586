/* SPDX-License-Identifier: MIT */
/*
 * CachingIterator: one element ahead of what it shows, so that hasNext() can be answered;
 * it may keep all elements, and the current one as a string.
 */
#include "ext/spl/spl_outer_iterator.h"

#define CIT_CALL_TOSTRING 0x1
#define CIT_TOSTRING_USE_KEY 0x2
#define CIT_TOSTRING_USE_CURRENT 0x4
#define CIT_TOSTRING_USE_INNER 0x8
#define CIT_CATCH_GET_CHILD 0x10
#define CIT_FULL_CACHE 0x100
#define CIT_PUBLIC 0xFFFF
#define CIT_VALID 0x10000

#define CIT_TOSTRING_MASK \
    (CIT_CALL_TOSTRING | CIT_TOSTRING_USE_KEY | CIT_TOSTRING_USE_CURRENT | CIT_TOSTRING_USE_INNER)

zend_class_entry *spl_ce_RecursiveCachingIterator;

static void free_current(spl_outer_iterator *intern)
{
    zval *text = intern->u.caching.text;
    zval *children = intern->u.caching.children;

    intern->u.caching.text = NULL;
    intern->u.caching.children = NULL;
    if (text) {
        zval_ptr_dtor(&text);
    }
    if (children) {
        zval_ptr_dtor(&children);
    }
}

static void free_rest(spl_outer_iterator *intern)
{
    zval_ptr_dtor(&intern->u.caching.cache);
}

static int caching_gc(spl_outer_iterator *intern, zval **table)
{
    int count = 1;

    table[0] = intern->u.caching.cache;
    if (intern->u.caching.children) {
        table[count++] = intern->u.caching.children;
    }
    return count;
}

/* --- Flags --------------------------------------------------------------------------------- */

static bool check_flags(long flags)
{
    long strings = flags & CIT_TOSTRING_MASK;

    if (strings & (strings - 1)) {
        spl_throw(spl_ce_InvalidArgumentException,
            "Flags must contain only one of CALL_TOSTRING, TOSTRING_USE_KEY, "
            "TOSTRING_USE_CURRENT, TOSTRING_USE_INNER");
        return false;
    }
    return true;
}

static void construct(int ht, zval *object, zend_class_entry *inner_ce, bool recursive)
{
    spl_outer_iterator *intern = spl_outer_begin(object);
    zend_error_handling handling;
    zval *inner;
    long flags = CIT_CALL_TOSTRING;
    int result;

    if (!intern) {
        return;
    }
    zend_replace_error_handling(EH_THROW, spl_ce_InvalidArgumentException, &handling);
    result = zend_parse_parameters(ht, "O|l", &inner, inner_ce, &flags);
    zend_restore_error_handling(&handling);
    if (result == FAILURE || !check_flags(flags) || !spl_outer_set_inner(intern, inner)) {
        return;
    }
    intern->u.caching.flags = flags & CIT_PUBLIC;
    intern->u.caching.recursive = recursive;
    MAKE_STD_ZVAL(intern->u.caching.cache);
    array_init(intern->u.caching.cache);
    intern->free_current = free_current;
    intern->free_rest = free_rest;
    intern->get_gc = caching_gc;
}

static PHP_METHOD(CachingIterator, __construct)
{
    construct(ht, getThis(), zend_ce_iterator, false);
}

static PHP_METHOD(RecursiveCachingIterator, __construct)
{
    construct(ht, getThis(), spl_ce_RecursiveIterator, true);
}

static PHP_METHOD(CachingIterator, getFlags)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    RETURN_LONG(intern->u.caching.flags & CIT_PUBLIC);
}

static PHP_METHOD(CachingIterator, setFlags)
{
    spl_outer_iterator *intern;
    long flags;
    long old;

    if (!(intern = spl_outer_from(getThis()))
        || zend_parse_parameters(ZEND_NUM_ARGS(), "l", &flags) == FAILURE
        || !check_flags(flags)) {
        return;
    }
    old = intern->u.caching.flags;
    if ((old & CIT_CALL_TOSTRING) && !(flags & CIT_CALL_TOSTRING)) {
        spl_throw(spl_ce_InvalidArgumentException,
            "Unsetting flag CALL_TO_STRING is not possible");
        return;
    }
    if ((old & CIT_TOSTRING_USE_INNER) && !(flags & CIT_TOSTRING_USE_INNER)) {
        spl_throw(spl_ce_InvalidArgumentException,
            "Unsetting flag TOSTRING_USE_INNER is not possible");
        return;
    }
    if ((flags & CIT_FULL_CACHE) && !(old & CIT_FULL_CACHE)) {
        zend_hash_clean(Z_ARRVAL_P(intern->u.caching.cache));
    }
    intern->u.caching.flags = (old & ~CIT_PUBLIC) | (flags & CIT_PUBLIC);
}

/* --- Steps --------------------------------------------------------------------------------- */

/* An exception of getting children: true when it was caught, as the flags ask. */
static bool catch_child_exception(const spl_outer_iterator *intern)
{
    if (intern->u.caching.flags & CIT_CATCH_GET_CHILD) {
        zend_clear_exception();
        return true;
    }
    return false;
}

/* Wraps the current element's children; false after an exception. */
static bool fetch_children(spl_outer_iterator *intern)
{
    zval *children = NULL;
    zval *flags;

    if (spl_call_is_true(intern->inner.object, "haschildren")) {
        children = spl_call(intern->inner.object, "getchildren", 0, NULL, NULL);
    }
    if (EG(exception)) {
        if (children) {
            zval_ptr_dtor(&children);
        }
        return catch_child_exception(intern);
    }
    if (!children) {
        return true;
    }
    MAKE_STD_ZVAL(flags);
    ZVAL_LONG(flags, intern->u.caching.flags & CIT_PUBLIC);
    intern->u.caching.children = spl_instantiate(spl_ce_RecursiveCachingIterator, 2, children,
        flags);
    zval_ptr_dtor(&flags);
    zval_ptr_dtor(&children);
    return !EG(exception) || catch_child_exception(intern);
}

static void fetch_text(spl_outer_iterator *intern)
{
    zval *source = intern->u.caching.flags & CIT_TOSTRING_USE_INNER ? intern->inner.object
                                                                   : intern->current.value;
    zval *text = spl_duplicate(source);

    convert_to_string(text);
    intern->u.caching.text = text;
}

static void look_ahead(spl_outer_iterator *intern)
{
    if (!spl_outer_fetch(intern, true)) {
        intern->u.caching.flags &= ~CIT_VALID;
        return;
    }
    intern->u.caching.flags |= CIT_VALID;
    if ((intern->u.caching.flags & CIT_FULL_CACHE) && intern->current.value) {
        array_set_zval_key(Z_ARRVAL_P(intern->u.caching.cache), intern->current.key,
            intern->current.value);
    }
    if (intern->u.caching.recursive && !fetch_children(intern)) {
        return;
    }
    if ((intern->u.caching.flags & (CIT_TOSTRING_USE_INNER | CIT_CALL_TOSTRING))
        && intern->current.value) {
        fetch_text(intern);
    }
    if (!EG(exception)) {
        spl_outer_next(intern, false);
    }
}

static PHP_METHOD(CachingIterator, rewind)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    spl_outer_rewind(intern);
    zend_hash_clean(Z_ARRVAL_P(intern->u.caching.cache));
    look_ahead(intern);
}

static PHP_METHOD(CachingIterator, valid)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    RETURN_BOOL((intern->u.caching.flags & CIT_VALID) != 0);
}

static PHP_METHOD(CachingIterator, next)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    look_ahead(intern);
}

static PHP_METHOD(CachingIterator, hasNext)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    RETURN_BOOL(spl_outer_valid(intern));
}

static PHP_METHOD(CachingIterator, __toString)
{
    spl_outer_iterator *intern;
    zval *source;

    if (!(intern = spl_outer_from(getThis()))) {
        return;
    }
    if (!(intern->u.caching.flags & CIT_TOSTRING_MASK)) {
        zend_throw_exception_ex(spl_ce_BadMethodCallException, 0,
            "%s does not fetch string value (see CachingIterator::__construct)",
            Z_OBJCE_P(getThis())->name);
        return;
    }
    source = intern->u.caching.flags & CIT_TOSTRING_USE_KEY ? intern->current.key
        : intern->u.caching.flags & CIT_TOSTRING_USE_CURRENT ? intern->current.value
                                                             : intern->u.caching.text;
    if (!source) {
        RETURN_EMPTY_STRING();
    }
    RETVAL_ZVAL(source, 1, 0);
    convert_to_string(return_value);
}

/* --- The full cache ------------------------------------------------------------------------ */

static spl_outer_iterator *with_full_cache(zval *object)
{
    spl_outer_iterator *intern = spl_outer_from(object);

    if (intern && !(intern->u.caching.flags & CIT_FULL_CACHE)) {
        zend_throw_exception_ex(spl_ce_BadMethodCallException, 0,
            "%s does not use a full cache (see CachingIterator::__construct)",
            Z_OBJCE_P(object)->name);
        return NULL;
    }
    return intern;
}

static PHP_METHOD(CachingIterator, offsetSet)
{
    spl_outer_iterator *intern = with_full_cache(getThis());
    char *key;
    int length;
    zval *value;

    if (!intern
        || zend_parse_parameters(ZEND_NUM_ARGS(), "sz", &key, &length, &value) == FAILURE) {
        return;
    }
    Z_ADDREF_P(value);
    zend_symtable_update(Z_ARRVAL_P(intern->u.caching.cache), key, length + 1, &value,
        sizeof(zval *), NULL);
}

static PHP_METHOD(CachingIterator, offsetGet)
{
    spl_outer_iterator *intern = with_full_cache(getThis());
    char *key;
    int length;
    zval **value;

    if (!intern || zend_parse_parameters(ZEND_NUM_ARGS(), "s", &key, &length) == FAILURE) {
        return;
    }
    if (zend_symtable_find(Z_ARRVAL_P(intern->u.caching.cache), key, length + 1,
            (void **) &value) == FAILURE) {
        zend_error(E_NOTICE, "Undefined index: %s", key);
        return;
    }
    RETURN_ZVAL(*value, 1, 0);
}

static PHP_METHOD(CachingIterator, offsetUnset)
{
    spl_outer_iterator *intern = with_full_cache(getThis());
    char *key;
    int length;

    if (!intern || zend_parse_parameters(ZEND_NUM_ARGS(), "s", &key, &length) == FAILURE) {
        return;
    }
    zend_symtable_del(Z_ARRVAL_P(intern->u.caching.cache), key, length + 1);
}

static PHP_METHOD(CachingIterator, offsetExists)
{
    spl_outer_iterator *intern = with_full_cache(getThis());
    char *key;
    int length;
    zval **value;

    if (!intern || zend_parse_parameters(ZEND_NUM_ARGS(), "s", &key, &length) == FAILURE) {
        return;
    }
    RETURN_BOOL(zend_symtable_find(Z_ARRVAL_P(intern->u.caching.cache), key, length + 1,
                    (void **) &value) == SUCCESS
        && Z_TYPE_PP(value) != IS_NULL);
}

static PHP_METHOD(CachingIterator, getCache)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = with_full_cache(getThis()))) {
        return;
    }
    RETURN_ZVAL(intern->u.caching.cache, 1, 0);
}

static PHP_METHOD(CachingIterator, count)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = with_full_cache(getThis()))) {
        return;
    }
    RETURN_LONG(zend_hash_num_elements(Z_ARRVAL_P(intern->u.caching.cache)));
}

/* --- Children ------------------------------------------------------------------------------ */

static PHP_METHOD(RecursiveCachingIterator, hasChildren)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    RETURN_BOOL(intern->u.caching.children != NULL);
}

static PHP_METHOD(RecursiveCachingIterator, getChildren)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    spl_return_copy(return_value, intern->u.caching.children);
}

/* --- Declaration --------------------------------------------------------------------------- */

static const zend_function_entry caching_methods[] = {
    PHP_ME(CachingIterator, __construct, "Iterator $iterator, [$flags]",
        "Takes the inner iterator.", ZEND_ACC_PUBLIC)
    PHP_ME(CachingIterator, rewind, "", "Moves to the first element.", ZEND_ACC_PUBLIC)
    PHP_ME(CachingIterator, valid, "", "Is there a current element?", ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, key, "", "Returns the current key.", ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, current, "", "Returns the current element.", ZEND_ACC_PUBLIC)
    PHP_ME(CachingIterator, next, "", "Moves on to the next element.", ZEND_ACC_PUBLIC)
    PHP_ME(CachingIterator, hasNext, "", "Is there an element after this one?",
        ZEND_ACC_PUBLIC)
    PHP_ME(CachingIterator, __toString, "", "Returns the current element as a string.",
        ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, getInnerIterator, "", "Returns the inner iterator.",
        ZEND_ACC_PUBLIC)
    PHP_ME(CachingIterator, getFlags, "", "Returns the flags.", ZEND_ACC_PUBLIC)
    PHP_ME(CachingIterator, setFlags, "$flags", "Sets the flags.", ZEND_ACC_PUBLIC)
    PHP_ME(CachingIterator, offsetGet, "$index", "Returns an element of the cache.",
        ZEND_ACC_PUBLIC)
    PHP_ME(CachingIterator, offsetSet, "$index, $newval", "Sets an element of the cache.",
        ZEND_ACC_PUBLIC)
    PHP_ME(CachingIterator, offsetUnset, "$index", "Removes an element of the cache.",
        ZEND_ACC_PUBLIC)
    PHP_ME(CachingIterator, offsetExists, "$index", "Is the element in the cache?",
        ZEND_ACC_PUBLIC)
    PHP_ME(CachingIterator, getCache, "", "Returns the cache.", ZEND_ACC_PUBLIC)
    PHP_ME(CachingIterator, count, "", "Returns the number of elements in the cache.",
        ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const zend_function_entry recursive_caching_methods[] = {
    PHP_ME(RecursiveCachingIterator, __construct, "Iterator $iterator, [$flags]",
        "Takes the inner iterator.", ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveCachingIterator, hasChildren, "", "Has the current element children?",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveCachingIterator, getChildren, "", "Returns the children's iterator.",
        ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const spl_class_constant constants[] = {
    {"CALL_TOSTRING", CIT_CALL_TOSTRING},
    {"CATCH_GET_CHILD", CIT_CATCH_GET_CHILD},
    {"TOSTRING_USE_KEY", CIT_TOSTRING_USE_KEY},
    {"TOSTRING_USE_CURRENT", CIT_TOSTRING_USE_CURRENT},
    {"TOSTRING_USE_INNER", CIT_TOSTRING_USE_INNER},
    {"FULL_CACHE", CIT_FULL_CACHE},
    {NULL, 0},
};

void spl_register_caching_iterators(void)
{
    zend_class_entry *ce = spl_register_class("CachingIterator", spl_ce_IteratorIterator,
        spl_outer_new, caching_methods);

    zend_class_implements(ce, 2, zend_ce_arrayaccess, spl_ce_Countable);
    spl_register_class_constants(ce, constants);
    spl_ce_RecursiveCachingIterator = spl_register_class("RecursiveCachingIterator", ce,
        spl_outer_new, recursive_caching_methods);
    zend_class_implements(spl_ce_RecursiveCachingIterator, 1, spl_ce_RecursiveIterator);
}
