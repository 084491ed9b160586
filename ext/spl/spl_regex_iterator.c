/* SPDX-License-Identifier: MIT */
/*
 * RegexIterator: passes on the elements that a regular expression matches, or what it makes of
 * them, according to the mode.
 */
#include "ext/pcre/php_pcre.h"
#include "ext/spl/spl_outer_iterator.h"

#define REGIT_USE_KEY 1
#define REGIT_INVERTED 2

enum regex_mode {
    REGIT_MODE_MATCH,
    REGIT_MODE_GET_MATCH,
    REGIT_MODE_ALL_MATCHES,
    REGIT_MODE_SPLIT,
    REGIT_MODE_REPLACE,
    REGIT_MODE_MAX
};

typedef struct _spl_regex {
    long mode;
    long flags;
    long preg_flags;
    bool use_flags;
    pcre_cache_entry *pattern; /* held */
    char *text;
    int text_length;
} spl_regex;

static zend_class_entry *spl_ce_RegexIterator;

static void free_rest(spl_outer_iterator *intern)
{
    spl_regex *regex = intern->u.regex;

    php_pcre_release(regex->pattern);
    efree(regex->text);
    efree(regex);
}

static void construct(int ht, zval *object, zend_class_entry *inner_ce)
{
    spl_outer_iterator *intern = spl_outer_begin(object);
    zend_error_handling handling;
    pcre_cache_entry *pattern = NULL;
    spl_regex *regex;
    zval *inner;
    char *text;
    int length;
    long mode = 0;
    long flags = 0;
    long preg_flags = 0;

    if (!intern) {
        return;
    }
    zend_replace_error_handling(EH_THROW, spl_ce_InvalidArgumentException, &handling);
    if (zend_parse_parameters(ht, "Os|lll", &inner, inner_ce, &text, &length, &mode, &flags,
            &preg_flags) == SUCCESS) {
        if (mode < 0 || mode >= REGIT_MODE_MAX) {
            zend_throw_exception_ex(spl_ce_InvalidArgumentException, 0, "Illegal mode %ld",
                mode);
        } else {
            pattern = pcre_get_compiled_regex_cache(text, length);
        }
    }
    zend_restore_error_handling(&handling);
    if (!pattern) {
        return;
    }
    php_pcre_hold(pattern);
    if (!spl_outer_set_inner(intern, inner)) {
        php_pcre_release(pattern);
        return;
    }
    regex = ecalloc(1, sizeof(spl_regex));
    regex->mode = mode;
    regex->flags = flags;
    regex->preg_flags = preg_flags;
    regex->use_flags = ht >= 5;
    regex->pattern = pattern;
    regex->text = estrndup(text, length);
    regex->text_length = length;
    intern->u.regex = regex;
    intern->free_rest = free_rest;
}

static PHP_METHOD(RegexIterator, __construct)
{
    construct(ht, getThis(), zend_ce_iterator);
}

static PHP_METHOD(RecursiveRegexIterator, __construct)
{
    construct(ht, getThis(), spl_ce_RecursiveIterator);
}

/* --- Accepting ----------------------------------------------------------------------------- */

static void replace_current(spl_outer_iterator *intern, zval *value)
{
    zval *old = intern->current.value;

    intern->current.value = value;
    zval_ptr_dtor(&old);
}

static bool get_matches(spl_outer_iterator *intern, zval *subject)
{
    const spl_regex *regex = intern->u.regex;
    zval *matches;
    zval count;

    INIT_ZVAL(count);
    ALLOC_INIT_ZVAL(matches);
    php_pcre_match_impl(regex->pattern, Z_STRVAL_P(subject), Z_STRLEN_P(subject), &count,
        matches, regex->mode == REGIT_MODE_ALL_MATCHES, regex->use_flags, regex->preg_flags, 0);
    replace_current(intern, matches);
    return Z_LVAL(count) > 0;
}

static bool split(spl_outer_iterator *intern, zval *subject)
{
    const spl_regex *regex = intern->u.regex;
    zval *parts;

    ALLOC_INIT_ZVAL(parts);
    php_pcre_split_impl(regex->pattern, Z_STRVAL_P(subject), Z_STRLEN_P(subject), parts, -1,
        regex->preg_flags);
    replace_current(intern, parts);
    return Z_TYPE_P(parts) == IS_ARRAY && zend_hash_num_elements(Z_ARRVAL_P(parts)) > 1;
}

static void replace(spl_outer_iterator *intern, zval *object, zval *subject)
{
    const spl_regex *regex = intern->u.regex;
    zval *replacement = spl_duplicate(zend_read_property(spl_ce_RegexIterator, object,
        "replacement", sizeof("replacement") - 1, 1));
    zval *value;
    char *result;
    int length;
    int count = 0;

    convert_to_string(replacement);
    result = php_pcre_replace_impl(regex->pattern, Z_STRVAL_P(subject), Z_STRLEN_P(subject),
        replacement, 0, &length, -1, &count);
    zval_ptr_dtor(&replacement);
    if (!result) {
        return;
    }
    MAKE_STD_ZVAL(value);
    ZVAL_STRINGL(value, result, length, 0);
    if ((regex->flags & REGIT_USE_KEY) && intern->current.key) {
        zval_ptr_dtor(&intern->current.key);
        intern->current.key = value;
    } else {
        replace_current(intern, value);
    }
}

static bool accept(spl_outer_iterator *intern, zval *object, zval *subject)
{
    const spl_regex *regex = intern->u.regex;
    bool matches;

    switch (regex->mode) {
    case REGIT_MODE_GET_MATCH:
    case REGIT_MODE_ALL_MATCHES:
        return get_matches(intern, subject);
    case REGIT_MODE_SPLIT:
        return split(intern, subject);
    case REGIT_MODE_REPLACE:
        matches = php_pcre_matches(regex->pattern, Z_STRVAL_P(subject), Z_STRLEN_P(subject));
        if (matches) {
            replace(intern, object, subject);
        }
        return matches;
    default:
        return php_pcre_matches(regex->pattern, Z_STRVAL_P(subject), Z_STRLEN_P(subject));
    }
}

static PHP_METHOD(RegexIterator, accept)
{
    spl_outer_iterator *intern;
    zval *subject;
    bool accepted;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    if (!intern->current.value || !intern->current.key) {
        RETURN_FALSE;
    }
    if (!(intern->u.regex->flags & REGIT_USE_KEY)
        && Z_TYPE_P(intern->current.value) == IS_ARRAY) {
        RETURN_FALSE;
    }
    subject = spl_duplicate(intern->u.regex->flags & REGIT_USE_KEY ? intern->current.key
                                                                  : intern->current.value);
    convert_to_string(subject);
    accepted = !EG(exception) && intern->current.value
        && accept(intern, getThis(), subject);
    zval_ptr_dtor(&subject);
    RETURN_BOOL(accepted != ((intern->u.regex->flags & REGIT_INVERTED) != 0));
}

static PHP_METHOD(RecursiveRegexIterator, accept)
{
    spl_outer_iterator *intern;
    zval *value;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    value = intern->current.value;
    if (!value) {
        RETURN_FALSE;
    }
    if (Z_TYPE_P(value) == IS_ARRAY) {
        RETURN_BOOL(zend_hash_num_elements(Z_ARRVAL_P(value)) > 0);
    }
    zim_RegexIterator_accept(INTERNAL_FUNCTION_PARAM_PASSTHRU);
}

/* --- Children ------------------------------------------------------------------------------ */

static PHP_METHOD(RecursiveRegexIterator, hasChildren)
{
    spl_outer_iterator *intern;
    zval *result;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    result = spl_call(intern->inner.object, "haschildren", 0, NULL, NULL);
    if (result) {
        RETURN_ZVAL(result, 1, 1);
    }
    RETURN_FALSE;
}

/* new static(children, regex, mode, flags, preg_flags) */
static zval *wrap_children(zval *object, const spl_regex *regex, zval *children)
{
    zend_class_entry *ce = Z_OBJCE_P(object);
    zend_function *constructor = ce->constructor;
    zval *values[5] = {children, NULL, NULL, NULL, NULL};
    zval **params[5];
    zval *result = NULL;
    zval *wrapped;
    int i;

    for (i = 0; i < 5; i++) {
        if (i > 0) {
            MAKE_STD_ZVAL(values[i]);
        }
        params[i] = &values[i];
    }
    ZVAL_STRINGL(values[1], regex->text, regex->text_length, 1);
    ZVAL_LONG(values[2], regex->mode);
    ZVAL_LONG(values[3], regex->flags);
    ZVAL_LONG(values[4], regex->preg_flags);
    MAKE_STD_ZVAL(wrapped);
    object_init_ex(wrapped, ce);
    zend_vm_call_function(constructor, wrapped, ce, 5, params, &result, 0);
    if (result) {
        zval_ptr_dtor(&result);
    }
    for (i = 1; i < 5; i++) {
        zval_ptr_dtor(&values[i]);
    }
    if (EG(exception)) {
        zval_ptr_dtor(&wrapped);
        return NULL;
    }
    return wrapped;
}

static PHP_METHOD(RecursiveRegexIterator, getChildren)
{
    spl_outer_iterator *intern;
    zval *children;
    zval *wrapped;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    children = spl_call(intern->inner.object, "getchildren", 0, NULL, NULL);
    if (!children) {
        return;
    }
    wrapped = wrap_children(getThis(), intern->u.regex, children);
    zval_ptr_dtor(&children);
    if (wrapped) {
        RETURN_ZVAL(wrapped, 1, 1);
    }
}

/* --- Settings ------------------------------------------------------------------------------ */

static PHP_METHOD(RegexIterator, getMode)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    RETURN_LONG(intern->u.regex->mode);
}

static PHP_METHOD(RegexIterator, setMode)
{
    spl_outer_iterator *intern;
    long mode;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &mode) == FAILURE
        || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    if (mode < 0 || mode >= REGIT_MODE_MAX) {
        zend_throw_exception_ex(spl_ce_InvalidArgumentException, 0, "Illegal mode %ld", mode);
        return;
    }
    intern->u.regex->mode = mode;
}

static PHP_METHOD(RegexIterator, getFlags)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    RETURN_LONG(intern->u.regex->flags);
}

static PHP_METHOD(RegexIterator, setFlags)
{
    spl_outer_iterator *intern;
    long flags;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &flags) == FAILURE
        || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    intern->u.regex->flags = flags;
}

static PHP_METHOD(RegexIterator, getPregFlags)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    if (intern->u.regex->use_flags) {
        RETURN_LONG(intern->u.regex->preg_flags);
    }
}

static PHP_METHOD(RegexIterator, setPregFlags)
{
    spl_outer_iterator *intern;
    long preg_flags;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &preg_flags) == FAILURE
        || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    intern->u.regex->preg_flags = preg_flags;
    intern->u.regex->use_flags = true;
}

static PHP_METHOD(RegexIterator, getRegex)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    RETURN_STRINGL(intern->u.regex->text, intern->u.regex->text_length, 1);
}

/* --- Declaration --------------------------------------------------------------------------- */

static const zend_function_entry regex_methods[] = {
    PHP_ME(RegexIterator, __construct,
        "Iterator $iterator, $regex, [$mode], [$flags], [$preg_flags]",
        "Takes the inner iterator and the regular expression.", ZEND_ACC_PUBLIC)
    PHP_ME(RegexIterator, accept, "", "Matches the current element.", ZEND_ACC_PUBLIC)
    PHP_ME(RegexIterator, getMode, "", "Returns the mode.", ZEND_ACC_PUBLIC)
    PHP_ME(RegexIterator, setMode, "$mode", "Sets the mode.", ZEND_ACC_PUBLIC)
    PHP_ME(RegexIterator, getFlags, "", "Returns the flags.", ZEND_ACC_PUBLIC)
    PHP_ME(RegexIterator, setFlags, "$flags", "Sets the flags.", ZEND_ACC_PUBLIC)
    PHP_ME(RegexIterator, getPregFlags, "", "Returns the flags for matching.", ZEND_ACC_PUBLIC)
    PHP_ME(RegexIterator, setPregFlags, "$preg_flags", "Sets the flags for matching.",
        ZEND_ACC_PUBLIC)
    PHP_ME(RegexIterator, getRegex, "", "Returns the regular expression.", ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const zend_function_entry recursive_regex_methods[] = {
    PHP_ME(RecursiveRegexIterator, __construct,
        "RecursiveIterator $iterator, $regex, [$mode], [$flags], [$preg_flags]",
        "Takes the inner iterator and the regular expression.", ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveRegexIterator, accept, "", "Matches the current element.", ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveRegexIterator, hasChildren, "", "Has the current element children?",
        ZEND_ACC_PUBLIC)
    PHP_ME(RecursiveRegexIterator, getChildren, "", "Returns an iterator over the children.",
        ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const spl_class_constant constants[] = {
    {"USE_KEY", REGIT_USE_KEY},
    {"INVERT_MATCH", REGIT_INVERTED},
    {"MATCH", REGIT_MODE_MATCH},
    {"GET_MATCH", REGIT_MODE_GET_MATCH},
    {"ALL_MATCHES", REGIT_MODE_ALL_MATCHES},
    {"SPLIT", REGIT_MODE_SPLIT},
    {"REPLACE", REGIT_MODE_REPLACE},
    {NULL, 0},
};

void spl_register_regex_iterators(void)
{
    zend_class_entry *recursive;

    spl_ce_RegexIterator = spl_register_class("RegexIterator", spl_ce_FilterIterator,
        spl_outer_new, regex_methods);
    spl_register_class_constants(spl_ce_RegexIterator, constants);
    zend_declare_property_null(spl_ce_RegexIterator, "replacement", sizeof("replacement") - 1,
        ZEND_ACC_PUBLIC);
    recursive = spl_register_class("RecursiveRegexIterator", spl_ce_RegexIterator,
        spl_outer_new, recursive_regex_methods);
    zend_class_implements(recursive, 1, spl_ce_RecursiveIterator);
}
