/* SPDX-License-Identifier: MIT */
/* LimitIterator: a part of an iterator, by offset and count. */
#include "ext/spl/spl_outer_iterator.h"

static PHP_METHOD(LimitIterator, __construct)
{
    spl_outer_iterator *intern = spl_outer_begin(getThis());
    zend_error_handling handling;
    zval *inner;
    long offset = 0;
    long count = -1;
    int result;

    if (!intern) {
        return;
    }
    zend_replace_error_handling(EH_THROW, spl_ce_InvalidArgumentException, &handling);
    result = zend_parse_parameters(ZEND_NUM_ARGS(), "O|ll", &inner, zend_ce_iterator, &offset,
        &count);
    zend_restore_error_handling(&handling);
    if (result == FAILURE) {
        return;
    }
    if (offset < 0) {
        spl_throw(spl_ce_OutOfRangeException, "Parameter offset must be >= 0");
    } else if (count < -1) {
        spl_throw(spl_ce_OutOfRangeException,
            "Parameter count must either be -1 or a value greater than or equal 0");
    } else if (spl_outer_set_inner(intern, inner)) {
        intern->u.limit.offset = offset;
        intern->u.limit.count = count;
    }
}

static bool within(const spl_outer_iterator *intern, long pos)
{
    return intern->u.limit.count == -1 || pos - intern->u.limit.offset < intern->u.limit.count;
}

static void seek_inner(spl_outer_iterator *intern, long pos)
{
    zval *position;
    zval *result;

    MAKE_STD_ZVAL(position);
    ZVAL_LONG(position, pos);
    spl_outer_free_current(intern);
    result = spl_call(intern->inner.object, "seek", 1, position, NULL);
    zval_ptr_dtor(&position);
    if (result) {
        zval_ptr_dtor(&result);
    }
    intern->current.pos = pos;
    if (!EG(exception) && within(intern, pos) && spl_outer_valid(intern)) {
        spl_outer_fetch(intern, false);
    }
}

static void seek(spl_outer_iterator *intern, long pos)
{
    spl_outer_free_current(intern);
    if (pos < intern->u.limit.offset) {
        zend_throw_exception_ex(spl_ce_OutOfBoundsException, 0,
            "Cannot seek to %ld which is below the offset %ld", pos, intern->u.limit.offset);
        return;
    }
    if (!within(intern, pos)) {
        zend_throw_exception_ex(spl_ce_OutOfBoundsException, 0,
            "Cannot seek to %ld which is behind offset %ld plus count %ld", pos,
            intern->u.limit.offset, intern->u.limit.count);
        return;
    }
    if (pos != intern->current.pos
        && instanceof_function(intern->inner.ce, spl_ce_SeekableIterator)) {
        seek_inner(intern, pos);
        return;
    }
    if (pos < intern->current.pos) {
        spl_outer_rewind(intern);
    }
    while (intern->current.pos < pos && spl_outer_valid(intern)) {
        spl_outer_next(intern, true);
    }
    spl_outer_fetch(intern, true);
}

static PHP_METHOD(LimitIterator, rewind)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    spl_outer_rewind(intern);
    seek(intern, intern->u.limit.offset);
}

static PHP_METHOD(LimitIterator, valid)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    RETURN_BOOL(within(intern, intern->current.pos) && intern->current.value);
}

static PHP_METHOD(LimitIterator, next)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    spl_outer_next(intern, true);
    if (within(intern, intern->current.pos)) {
        spl_outer_fetch(intern, true);
    }
}

static PHP_METHOD(LimitIterator, seek)
{
    spl_outer_iterator *intern;
    long pos;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &pos) == FAILURE
        || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    seek(intern, pos);
    RETURN_LONG(intern->current.pos);
}

static PHP_METHOD(LimitIterator, getPosition)
{
    spl_outer_iterator *intern;

    if (zend_parse_parameters_none() == FAILURE || !(intern = spl_outer_from(getThis()))) {
        return;
    }
    RETURN_LONG(intern->current.pos);
}

static const zend_function_entry methods[] = {
    PHP_ME(LimitIterator, __construct, "Iterator $iterator, [$offset], [$count]",
        "Takes the inner iterator and the part to show.", ZEND_ACC_PUBLIC)
    PHP_ME(LimitIterator, rewind, "", "Moves to the first element of the part.",
        ZEND_ACC_PUBLIC)
    PHP_ME(LimitIterator, valid, "", "Is there a current element?", ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, key, "", "Returns the current key.", ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, current, "", "Returns the current element.", ZEND_ACC_PUBLIC)
    PHP_ME(LimitIterator, next, "", "Moves on to the next element.", ZEND_ACC_PUBLIC)
    PHP_ME(LimitIterator, seek, "$position", "Moves to a position.", ZEND_ACC_PUBLIC)
    PHP_ME(LimitIterator, getPosition, "", "Returns the position.", ZEND_ACC_PUBLIC)
    PHP_ME(IteratorIterator, getInnerIterator, "", "Returns the inner iterator.",
        ZEND_ACC_PUBLIC)
    PHP_FE_END
};

void spl_register_limit_iterator(void)
{
    spl_register_class("LimitIterator", spl_ce_IteratorIterator, spl_outer_new, methods);
}
