/* SPDX-License-Identifier: MIT */
/* How a RecursiveIteratorIterator walks: the states of its levels, and the calls of its hooks. */
#include "ext/spl/spl_recursive_iterator.h"

/* --- Levels -------------------------------------------------------------------------------- */

static bool push_level(spl_recursive_iterator *intern, zval *object)
{
    zend_class_entry *ce = Z_OBJCE_P(object);
    zend_object_iterator *iterator;
    spl_sub_iterator *top;

    iterator = ce->get_iterator(ce, object, 0);
    if (!iterator) {
        zval_ptr_dtor(&object);
        return false;
    }
    if (intern->level + 1 >= intern->room) {
        intern->room = intern->room ? intern->room * 2 : 1;
        intern->levels = safe_erealloc(intern->levels, intern->room, sizeof(spl_sub_iterator),
            0);
    }
    top = &intern->levels[++intern->level];
    top->iterator = iterator;
    top->object = object;
    top->state = RS_START;
    return true;
}

static void pop_level(spl_recursive_iterator *intern)
{
    spl_sub_iterator top = intern->levels[intern->level--];

    top.iterator->funcs->dtor(top.iterator);
    zval_ptr_dtor(&top.object);
}

bool spl_recursive_set_root(spl_recursive_iterator *intern, zend_class_entry *ce, zval *root,
    int mode, int flags)
{
    zend_class_entry *base = spl_ce_RecursiveIteratorIterator;

    intern->mode = mode;
    intern->flags = flags;
    intern->max_depth = -1;
    intern->begin_iteration = spl_find_override(ce, base, "beginiteration") != NULL;
    intern->end_iteration = spl_find_override(ce, base, "enditeration") != NULL;
    intern->call_has_children = spl_find_override(ce, base, "callhaschildren") != NULL;
    intern->call_get_children = spl_find_override(ce, base, "callgetchildren") != NULL;
    intern->begin_children = spl_find_override(ce, base, "beginchildren") != NULL;
    intern->end_children = spl_find_override(ce, base, "endchildren") != NULL;
    intern->next_element = spl_find_override(ce, base, "nextelement") != NULL;
    intern->level = -1;
    return push_level(intern, root);
}

/* --- Moving -------------------------------------------------------------------------------- */

/* May the walk go on? An exception is dropped if the flags say so. */
static bool goes_on(const spl_recursive_iterator *intern)
{
    if (!EG(exception)) {
        return true;
    }
    if (!(intern->flags & RIT_CATCH_GET_CHILD)) {
        return false;
    }
    zend_clear_exception();
    return true;
}

static void call_hook(zval *self, bool overridden, const char *name)
{
    if (overridden) {
        spl_call_drop(self, name);
    }
}

static bool has_children(zval *self, spl_recursive_iterator *intern)
{
    zval *object = intern->levels[intern->level].object;
    bool answer;

    if (intern->call_has_children) {
        return spl_call_is_true(self, "callhaschildren");
    }
    Z_ADDREF_P(object);
    answer = spl_call_is_true(object, "haschildren");
    zval_ptr_dtor(&object);
    return answer;
}

static zval *get_children(zval *self, spl_recursive_iterator *intern)
{
    zval *object = intern->levels[intern->level].object;
    zval *children;

    if (intern->call_get_children) {
        return spl_call(self, "callgetchildren", 0, NULL, NULL);
    }
    Z_ADDREF_P(object);
    children = spl_call(object, "getchildren", 0, NULL, NULL);
    zval_ptr_dtor(&object);
    return children;
}

/* The iterator in use must not be popped by PHP code that it calls: busy. */
static void rewind_level(spl_recursive_iterator *intern)
{
    zend_object_iterator *iterator = intern->levels[intern->level].iterator;

    if (iterator->funcs->rewind) {
        intern->busy = true;
        iterator->funcs->rewind(iterator);
        intern->busy = false;
    }
}

/* State CALL: a new level with the children. false: stop. */
static bool enter_children(zval *self, spl_recursive_iterator *intern)
{
    int level = intern->level;
    zval *children = get_children(self, intern);

    if (EG(exception)) {
        if (children) {
            zval_ptr_dtor(&children);
        }
        intern->levels[intern->level].state = RS_NEXT;
        return goes_on(intern);
    }
    if (!children || Z_TYPE_P(children) != IS_OBJECT
        || !instanceof_function(Z_OBJCE_P(children), spl_ce_RecursiveIterator)) {
        if (children) {
            zval_ptr_dtor(&children);
        }
        spl_throw(spl_ce_UnexpectedValueException,
            "Objects returned by RecursiveIterator::getChildren() must implement "
            "RecursiveIterator");
        return false;
    }
    if (intern->level != level) { /* getChildren() has moved this very iterator */
        zval_ptr_dtor(&children);
        return false;
    }
    intern->levels[level].state = intern->mode == RIT_CHILD_FIRST ? RS_CHILD : RS_NEXT;
    zend_stack_guard();
    if (!push_level(intern, children)) {
        return false;
    }
    rewind_level(intern);
    call_hook(self, intern->begin_children, "beginchildren");
    return goes_on(intern);
}

/* State TEST: true when the current element is to be shown. */
static bool test_element(zval *self, spl_recursive_iterator *intern)
{
    int level = intern->level;
    bool children = has_children(self, intern);

    if (!goes_on(intern) || intern->level != level) {
        return false;
    }
    if (children && (intern->max_depth == -1 || intern->max_depth > intern->level)) {
        intern->levels[level].state = intern->mode == RIT_SELF_FIRST ? RS_SELF : RS_CALL;
        return false;
    }
    intern->levels[level].state = RS_NEXT;
    if (children && intern->mode == RIT_LEAVES_ONLY) {
        return false; /* no leaf, though its children are too deep */
    }
    return true;
}

/* Shows the element of this level: the hook, and the state that follows. */
static bool show(zval *self, spl_recursive_iterator *intern, spl_recursive_state state)
{
    intern->levels[intern->level].state = state;
    call_hook(self, intern->next_element, "nextelement");
    goes_on(intern);
    return true;
}

/* The level is through: back to the one above. false: it was the last. */
static bool leave_level(zval *self, spl_recursive_iterator *intern)
{
    if (intern->level <= 0) {
        return false;
    }
    call_hook(self, intern->end_children, "endchildren");
    if (!goes_on(intern)) {
        return false;
    }
    if (intern->level > 0) {
        pop_level(intern);
    }
    return true;
}

/* Moves the level's iterator as its state asks; false when it is at its end. */
static bool move_level(spl_recursive_iterator *intern)
{
    int level = intern->level;
    spl_sub_iterator *top = &intern->levels[level];
    zend_object_iterator *iterator = top->iterator;

    if (top->state == RS_NEXT) {
        iterator->funcs->move_forward(iterator);
        if (!goes_on(intern) || intern->level != level) {
            return false;
        }
    }
    if (iterator->funcs->valid(iterator) == FAILURE || intern->level != level) {
        return false;
    }
    intern->levels[level].state = RS_TEST;
    return true;
}

static bool step_level(spl_recursive_iterator *intern)
{
    bool answer;

    intern->busy = true;
    answer = move_level(intern);
    intern->busy = false;
    return answer;
}

void spl_recursive_next(zval *self, spl_recursive_iterator *intern)
{
    zend_stack_guard();
    if (intern->busy) {
        return;
    }
    while (!EG(exception)) {
        switch (intern->levels[intern->level].state) {
        case RS_NEXT:
        case RS_START:
            if (!step_level(intern) && (EG(exception) || !leave_level(self, intern))) {
                return;
            }
            break;
        case RS_TEST:
            if (test_element(self, intern)) {
                show(self, intern, RS_NEXT);
                return;
            }
            break;
        case RS_SELF:
            show(self, intern, intern->mode == RIT_SELF_FIRST ? RS_CALL : RS_NEXT);
            return;
        case RS_CHILD:
            show(self, intern, RS_NEXT);
            return;
        case RS_CALL:
            if (!enter_children(self, intern)) {
                return;
            }
            break;
        }
    }
}

void spl_recursive_rewind(zval *self, spl_recursive_iterator *intern)
{
    if (intern->busy) {
        return;
    }
    while (intern->level > 0) {
        pop_level(intern);
        if (!EG(exception)) {
            call_hook(self, intern->end_children, "endchildren");
        }
    }
    intern->levels[0].state = RS_START;
    rewind_level(intern);
    if (!EG(exception) && !intern->in_iteration) {
        call_hook(self, intern->begin_iteration, "beginiteration");
    }
    intern->in_iteration = true;
    spl_recursive_next(self, intern);
}

bool spl_recursive_valid(zval *self, spl_recursive_iterator *intern)
{
    int level;

    for (level = intern->level; level >= 0 && level <= intern->level; level--) {
        zend_object_iterator *iterator = intern->levels[level].iterator;
        if (iterator->funcs->valid(iterator) == SUCCESS) {
            return true;
        }
    }
    if (intern->in_iteration) {
        call_hook(self, intern->end_iteration, "enditeration");
    }
    intern->in_iteration = false;
    return false;
}
