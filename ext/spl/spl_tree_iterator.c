/* SPDX-License-Identifier: MIT */
/*
 * RecursiveTreeIterator: a RecursiveIteratorIterator that draws the tree, a line an element:
 *
 *      |-a
 *      | |-b
 *      | \-c
 *      \-d
 */
#include "ext/spl/spl_recursive_iterator.h"

#include "data/smart_str.h"

enum prefix_part {
    PREFIX_LEFT,
    PREFIX_MID_HAS_NEXT,
    PREFIX_MID_LAST,
    PREFIX_END_HAS_NEXT,
    PREFIX_END_LAST,
    PREFIX_RIGHT,
    PREFIX_PARTS
};

#define CIT_CATCH_GET_CHILD 16

static void set_text(char **place, int *place_length, const char *text, int length)
{
    if (*place) {
        efree(*place);
    }
    *place = estrndup(text, length);
    *place_length = length;
}

static void set_prefix(spl_recursive_iterator *intern, int part, const char *text, int length)
{
    set_text(&intern->prefix[part], &intern->prefix_length[part], text, length);
}

/* --- Construction -------------------------------------------------------------------------- */

static zval *make_caching_iterator(zval *inner, long flags)
{
    zval *flags_value;
    zval *result;

    MAKE_STD_ZVAL(flags_value);
    ZVAL_LONG(flags_value, flags);
    result = spl_instantiate(spl_ce_RecursiveCachingIterator, 2, inner, flags_value);
    zval_ptr_dtor(&flags_value);
    return result;
}

static void set_default_prefixes(spl_recursive_iterator *intern)
{
    static const char *const parts[PREFIX_PARTS] = {"", "| ", "  ", "|-", "\\-", ""};
    int i;

    for (i = 0; i < PREFIX_PARTS; i++) {
        set_prefix(intern, i, parts[i], (int) strlen(parts[i]));
    }
    set_text(&intern->postfix, &intern->postfix_length, "", 0);
}

static PHP_METHOD(RecursiveTreeIterator, __construct)
{
    spl_recursive_iterator *intern = zend_object_store_get_object(getThis());
    zend_error_handling handling;
    zval *inner;
    zval *root = NULL;
    long flags = RTIT_BYPASS_KEY;
    long caching_flags = CIT_CATCH_GET_CHILD;
    long mode = RIT_SELF_FIRST;
    int result;

    zend_replace_error_handling(EH_THROW, spl_ce_InvalidArgumentException, &handling);
    result = zend_parse_parameters(ZEND_NUM_ARGS(), "o|lll", &inner, &flags, &caching_flags,
        &mode);
    zend_restore_error_handling(&handling);
    if (result == FAILURE || intern->levels || !(inner = spl_recursive_resolve(inner))) {
        return;
    }
    if (Z_TYPE_P(inner) != IS_OBJECT
        || !instanceof_function(Z_OBJCE_P(inner), spl_ce_RecursiveIterator)) {
        spl_throw(spl_ce_InvalidArgumentException,
            "An instance of RecursiveIterator or IteratorAggregate creating it is required");
    } else {
        root = make_caching_iterator(inner, caching_flags);
    }
    zval_ptr_dtor(&inner);
    if (root && spl_recursive_set_root(intern, Z_OBJCE_P(getThis()), root, (int) mode,
            (int) flags)) {
        set_default_prefixes(intern);
    }
}

/* --- Parts of a line ----------------------------------------------------------------------- */

static void append_prefix(smart_str *line, const spl_recursive_iterator *intern, int part)
{
    smart_str_appendl(line, intern->prefix[part], intern->prefix_length[part]);
}

/* Is there an element after the level's current one? */
static bool level_has_next(const spl_recursive_iterator *intern, int level)
{
    zval *object = intern->levels[level].object;
    bool answer;

    Z_ADDREF_P(object);
    answer = spl_call_is_true(object, "hasnext");
    zval_ptr_dtor(&object);
    return answer;
}

static void append_whole_prefix(smart_str *line, const spl_recursive_iterator *intern)
{
    int level;

    append_prefix(line, intern, PREFIX_LEFT);
    for (level = 0; level < intern->level && !EG(exception); level++) {
        append_prefix(line, intern,
            level_has_next(intern, level) ? PREFIX_MID_HAS_NEXT : PREFIX_MID_LAST);
    }
    append_prefix(line, intern,
        level_has_next(intern, intern->level) ? PREFIX_END_HAS_NEXT : PREFIX_END_LAST);
    append_prefix(line, intern, PREFIX_RIGHT);
}

/* The current element as a string, a new zval; NULL when there is none. */
static zval *get_entry(const spl_recursive_iterator *intern)
{
    zend_object_iterator *iterator = intern->levels[intern->level].iterator;
    zend_error_handling handling;
    zval **data = NULL;
    zval *entry;

    iterator->funcs->get_current_data(iterator, &data);
    if (!data || !*data || EG(exception)) {
        return NULL;
    }
    if (Z_TYPE_PP(data) == IS_ARRAY) {
        ALLOC_INIT_ZVAL(entry);
        ZVAL_STRINGL(entry, "Array", sizeof("Array") - 1, 1);
        return entry;
    }
    entry = spl_duplicate(*data);
    zend_replace_error_handling(EH_THROW, spl_ce_UnexpectedValueException, &handling);
    convert_to_string(entry);
    zend_restore_error_handling(&handling);
    return entry;
}

/* prefix, middle (released), postfix as the result. */
static void return_line(zval *return_value, const spl_recursive_iterator *intern, zval *middle)
{
    smart_str line = {0};

    append_whole_prefix(&line, intern);
    smart_str_appendl(&line, Z_STRVAL_P(middle), Z_STRLEN_P(middle));
    smart_str_appendl(&line, intern->postfix, intern->postfix_length);
    smart_str_0(&line);
    zval_ptr_dtor(&middle);
    if (EG(exception)) {
        smart_str_free(&line);
        return;
    }
    RETURN_STRINGL(line.c, line.len, 0);
}

/* NULL after an exception: the constructor was not called. */
static spl_recursive_iterator *tree_from(const zval *object)
{
    spl_recursive_iterator *intern = spl_recursive_from(object);

    if (intern && !intern->postfix) {
        spl_throw_not_constructed();
        return NULL;
    }
    return intern;
}

/* --- Methods ------------------------------------------------------------------------------- */

static PHP_METHOD(RecursiveTreeIterator, setPrefixPart)
{
    spl_recursive_iterator *intern = zend_object_store_get_object(getThis());
    long part;
    char *text;
    int length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ls", &part, &text, &length) == FAILURE) {
        return;
    }
    if (part < 0 || part >= PREFIX_PARTS) {
        spl_throw(spl_ce_OutOfRangeException,
            "Use RecursiveTreeIterator::PREFIX_* constant");
        return;
    }
    set_prefix(intern, (int) part, text, length);
}

static PHP_METHOD(RecursiveTreeIterator, getPrefix)
{
    spl_recursive_iterator *intern;
    smart_str prefix = {0};

    if (zend_parse_parameters_none() == FAILURE || !(intern = tree_from(getThis()))) {
        return;
    }
    append_whole_prefix(&prefix, intern);
    smart_str_0(&prefix);
    RETURN_STRINGL(prefix.c, prefix.len, 0);
}

static PHP_METHOD(RecursiveTreeIterator, setPostfix)
{
    spl_recursive_iterator *intern = zend_object_store_get_object(getThis());
    char *text;
    int length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &text, &length) == FAILURE) {
        return;
    }
    set_text(&intern->postfix, &intern->postfix_length, text, length);
}

static PHP_METHOD(RecursiveTreeIterator, getPostfix)
{
    spl_recursive_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = tree_from(getThis()))) {
        return;
    }
    RETURN_STRINGL(intern->postfix, intern->postfix_length, 1);
}

static PHP_METHOD(RecursiveTreeIterator, getEntry)
{
    spl_recursive_iterator *intern;
    zval *entry;

    if (zend_parse_parameters_none() == FAILURE || !(intern = tree_from(getThis()))) {
        return;
    }
    entry = get_entry(intern);
    if (entry) {
        RETURN_ZVAL(entry, 1, 1);
    }
}

static PHP_METHOD(RecursiveTreeIterator, current)
{
    spl_recursive_iterator *intern;
    zval *entry;

    if (zend_parse_parameters_none() == FAILURE || !(intern = tree_from(getThis()))) {
        return;
    }
    if (intern->flags & RTIT_BYPASS_CURRENT) {
        zend_object_iterator *iterator = intern->levels[intern->level].iterator;
        zval **data = NULL;
        iterator->funcs->get_current_data(iterator, &data);
        spl_return_copy(return_value, data ? *data : NULL);
        return;
    }
    entry = get_entry(intern);
    if (entry) {
        return_line(return_value, intern, entry);
    }
}

static PHP_METHOD(RecursiveTreeIterator, key)
{
    spl_recursive_iterator *intern;
    zend_object_iterator *iterator;
    zval *key;

    if (zend_parse_parameters_none() == FAILURE || !(intern = tree_from(getThis()))) {
        return;
    }
    iterator = intern->levels[intern->level].iterator;
    ALLOC_INIT_ZVAL(key);
    if (iterator->funcs->get_current_key) {
        iterator->funcs->get_current_key(iterator, key);
    }
    if (intern->flags & RTIT_BYPASS_KEY) {
        RETURN_ZVAL(key, 1, 1);
    }
    convert_to_string(key);
    return_line(return_value, intern, key);
}

/* --- foreach ------------------------------------------------------------------------------- */

/* Values and keys are made by methods, so that foreach calls these. */
static zend_object_iterator *get_iterator(zend_class_entry *ce, zval *object, int by_ref)
{
    return spl_user_iterator(ce, object, by_ref);
}

/* --- Declaration --------------------------------------------------------------------------- */

#define HOOK(name, doc) \
    PHP_MALIAS(RecursiveIteratorIterator, name, beginIteration, "", doc, ZEND_ACC_PUBLIC)

static const zend_function_entry methods[] = {
    PHP_ME(RecursiveTreeIterator, __construct,
        "Traversable $iterator, [$flags], [$caching_it_flags], [$mode]",
        "Takes the root of the tree.", ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveIteratorIterator, rewind, "", "Moves to the first element.",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveIteratorIterator, valid, "", "Is there a current element?",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveTreeIterator, key, "", "Returns the current key, drawn in the tree.",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveTreeIterator, current, "", "Returns the current element, drawn in the tree.",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveIteratorIterator, next, "", "Moves on to the next element.",
        ZEND_ACC_PUBLIC)
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
    PHP_ME(RecursiveTreeIterator, getPrefix, "", "Returns what is drawn before the element.",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveTreeIterator, setPrefixPart, "$part, $value", "Sets a part of the prefix.",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveTreeIterator, getEntry, "", "Returns the current element as a string.",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveTreeIterator, setPostfix, "", "Sets what is drawn after the element.",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveTreeIterator, getPostfix, "", "Returns what is drawn after the element.",
        ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const spl_class_constant constants[] = {
    {"BYPASS_CURRENT", RTIT_BYPASS_CURRENT},
    {"BYPASS_KEY", RTIT_BYPASS_KEY},
    {"PREFIX_LEFT", PREFIX_LEFT},
    {"PREFIX_MID_HAS_NEXT", PREFIX_MID_HAS_NEXT},
    {"PREFIX_MID_LAST", PREFIX_MID_LAST},
    {"PREFIX_END_HAS_NEXT", PREFIX_END_HAS_NEXT},
    {"PREFIX_END_LAST", PREFIX_END_LAST},
    {"PREFIX_RIGHT", PREFIX_RIGHT},
    {NULL, 0},
};

void spl_register_tree_iterator(void)
{
    zend_class_entry *ce = spl_register_class("RecursiveTreeIterator",
        spl_ce_RecursiveIteratorIterator, spl_recursive_new, methods);

    ce->get_iterator = get_iterator;
    spl_register_class_constants(ce, constants);
}
