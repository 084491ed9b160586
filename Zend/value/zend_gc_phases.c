/* SPDX-License-Identifier: MIT */
/*
 * The phases of a collection: mark, scan, collect, destructors, free.
 *
 * Each phase walks a graph with its own *visit* function, which is given a zval that its holder
 * (an array or an object) leads to, does its work on the counts and colours, and pushes the
 * zval's own children if the walk is to go on below it. A frame of the stack is a place in the
 * list of one node's children: first a table of zval pointers, then a hash table's buckets.
 *
 *      frame   | bucket | table | left |      array or object -> zval, zval, zval ...
 *
 * A zval that is an object leads to the object itself, a node with a count and colour of its
 * own: of all the zvals that hold it, the first that is visited walks its children.
 */
#include "value/zend_gc_internal.h"

#include "runtime/zend_errors.h"

typedef struct _gc_frame {
    Bucket *bucket; /* the next element of a hash table, or NULL */
    zval **table;   /* the next of `left` zval pointers */
    int left;
} gc_frame;

typedef void (*gc_visit_t)(zval *z);

static struct {
    gc_frame *frames;
    size_t depth;
    size_t room;
} stack;

static struct {
    zval **zvals;
    size_t count;
    size_t room;
} garbage;

/* --- Walking ------------------------------------------------------------------------------ */

static void push_frame(HashTable *ht, zval **table, int count)
{
    gc_frame *frame;
    if (stack.depth == stack.room) {
        stack.room = stack.room ? stack.room * 2 : 256;
        stack.frames = (gc_frame *) __zend_realloc(stack.frames, stack.room * sizeof(gc_frame));
    }
    frame = &stack.frames[stack.depth++];
    /* The symbol table is walked over by nobody: its variables are held from outside. */
    frame->bucket = ht && ht != &EG(symbol_table) ? ht->pListHead : NULL;
    frame->table = table;
    frame->left = count;
}

/* The next child of the topmost frame, or NULL. */
static zval *next_child(void)
{
    gc_frame *frame = &stack.frames[stack.depth - 1];
    while (frame->left > 0) {
        zval *child = *frame->table++;
        frame->left--;
        if (child != NULL) {
            return child;
        }
    }
    while (frame->bucket != NULL) {
        zval *child = *(zval **) frame->bucket->pData;
        frame->bucket = frame->bucket->pListNext;
        if (child != NULL) {
            return child;
        }
    }
    return NULL;
}

/* Visits all that the frames above `base` lead to. May be called from within a visit. */
static void walk(size_t base, gc_visit_t visit)
{
    while (stack.depth > base) {
        zval *child = next_child();
        if (child == NULL) {
            stack.depth--;
        } else {
            visit(child);
        }
    }
}

/* $GLOBALS holds the symbol table, which is no part of any graph. */
static zend_always_inline bool is_symbol_table(const zval *z)
{
    return Z_TYPE_P(z) == IS_ARRAY && Z_ARRVAL_P(z) == &EG(symbol_table);
}

static zend_always_inline void set_zval_color(zval *z, uintptr_t color)
{
    GC_SET_COLOR(GC_ZVAL_INFO(z)->u.buffered, color);
}

static void push_object(zend_object_handle handle, const zend_object_handlers *handlers)
{
    zval object;
    zval **table = NULL;
    int count = 0;
    HashTable *properties;

    if (handlers == NULL || handlers->get_gc == NULL) {
        return;
    }
    INIT_PZVAL(&object);
    Z_TYPE(object) = IS_OBJECT;
    Z_OBJ_HANDLE(object) = handle;
    Z_OBJ_HT(object) = handlers;
    properties = handlers->get_gc(&object, &table, &count);
    push_frame(properties, table, count);
}

static zend_always_inline bool is_live_object(const zval *z)
{
    return Z_TYPE_P(z) == IS_OBJECT && gc_object_is_valid(Z_OBJ_HANDLE_P(z));
}

/* --- Mark: references from inside are taken off ------------------------------------------- */

static void mark_object(zend_object_handle handle, const zend_object_handlers *handlers)
{
    gc_object *object = gc_object_of(handle);
    if (GC_GET_COLOR(object->buffered) != GC_GREY) {
        GC_SET_COLOR(object->buffered, GC_GREY);
        push_object(handle, handlers);
    }
}

static void mark_zval(zval *z)
{
    if (GC_ZVAL_GET_COLOR(z) == GC_GREY) {
        return;
    }
    set_zval_color(z, GC_GREY);
    if (Z_TYPE_P(z) == IS_ARRAY) {
        push_frame(Z_ARRVAL_P(z), NULL, 0);
    } else if (is_live_object(z)) {
        gc_object_of(Z_OBJ_HANDLE_P(z))->refcount--;
        mark_object(Z_OBJ_HANDLE_P(z), Z_OBJ_HT_P(z));
    }
}

static void visit_mark(zval *z)
{
    if (!is_symbol_table(z)) {
        Z_DELREF_P(z);
        mark_zval(z);
    }
}

/* --- Scan: what is held from outside lives, with all that it holds ------------------------- */

static void visit_black(zval *z);

static void black_object(zend_object_handle handle, const zend_object_handlers *handlers)
{
    gc_object *object = gc_object_of(handle);
    if (GC_GET_COLOR(object->buffered) != GC_BLACK) {
        GC_SET_COLOR(object->buffered, GC_BLACK);
        push_object(handle, handlers);
    }
}

static void black_zval(zval *z)
{
    if (GC_ZVAL_GET_COLOR(z) == GC_BLACK) {
        return;
    }
    set_zval_color(z, GC_BLACK);
    if (Z_TYPE_P(z) == IS_ARRAY) {
        push_frame(Z_ARRVAL_P(z), NULL, 0);
    } else if (is_live_object(z)) {
        gc_object_of(Z_OBJ_HANDLE_P(z))->refcount++;
        black_object(Z_OBJ_HANDLE_P(z), Z_OBJ_HT_P(z));
    }
}

static void visit_black(zval *z)
{
    if (!is_symbol_table(z)) {
        Z_ADDREF_P(z);
        black_zval(z);
    }
}

static void scan_object(zend_object_handle handle, const zend_object_handlers *handlers)
{
    gc_object *object = gc_object_of(handle);
    if (GC_GET_COLOR(object->buffered) != GC_GREY) {
        return;
    }
    if (object->refcount > 0) {
        size_t base = stack.depth;
        black_object(handle, handlers);
        walk(base, visit_black);
    } else {
        GC_SET_COLOR(object->buffered, GC_WHITE);
        push_object(handle, handlers);
    }
}

static void visit_scan(zval *z)
{
    if (is_symbol_table(z) || GC_ZVAL_GET_COLOR(z) != GC_GREY) {
        return;
    }
    if (Z_REFCOUNT_P(z) > 0) {
        size_t base = stack.depth;
        black_zval(z);
        walk(base, visit_black);
        return;
    }
    set_zval_color(z, GC_WHITE);
    if (Z_TYPE_P(z) == IS_ARRAY) {
        push_frame(Z_ARRVAL_P(z), NULL, 0);
    } else if (is_live_object(z)) {
        scan_object(Z_OBJ_HANDLE_P(z), Z_OBJ_HT_P(z));
    }
}

/* --- Collect: the white ones are listed, their counts restored ----------------------------- */

static void add_garbage(zval *z)
{
    if (garbage.count == garbage.room) {
        garbage.room = garbage.room ? garbage.room * 2 : 256;
        garbage.zvals = (zval **) __zend_realloc(garbage.zvals, garbage.room * sizeof(zval *));
    }
    garbage.zvals[garbage.count++] = z;
}

static void collect_object(zend_object_handle handle, const zend_object_handlers *handlers)
{
    gc_object *object = gc_object_of(handle);
    if (GC_GET_COLOR(object->buffered) == GC_WHITE) {
        GC_SET_COLOR(object->buffered, GC_BLACK);
        push_object(handle, handlers);
    }
}

static void collect_zval(zval *z)
{
    if (GC_ZVAL_GET_COLOR(z) != GC_WHITE) {
        return;
    }
    set_zval_color(z, GC_BLACK);
    add_garbage(z);
    if (Z_TYPE_P(z) == IS_ARRAY) {
        push_frame(Z_ARRVAL_P(z), NULL, 0);
    } else if (is_live_object(z)) {
        gc_object_of(Z_OBJ_HANDLE_P(z))->refcount++;
        collect_object(Z_OBJ_HANDLE_P(z), Z_OBJ_HT_P(z));
    }
}

static void visit_collect(zval *z)
{
    if (!is_symbol_table(z)) {
        Z_ADDREF_P(z);
        collect_zval(z);
    }
}

/* --- The three passes over the roots ------------------------------------------------------ */

/* Roots that an earlier root's marking has reached (they are grey) need no entry any more. */
static void mark_roots(void)
{
    gc_root_buffer *root = GC_G(roots).next;
    while (root != &GC_G(roots)) {
        gc_root_buffer *next = root->next;
        gc_root_buffer **buffered = root->handle ? &gc_object_of(root->handle)->buffered
                                                 : &GC_ZVAL_INFO(root->u.pz)->u.buffered;
        if (!root->handle && is_symbol_table(root->u.pz)) {
            GC_SET_COLOR(*buffered, GC_BLACK);
        }
        if (GC_GET_COLOR(*buffered) == GC_PURPLE) {
            if (root->handle) {
                mark_object(root->handle, root->u.handlers);
            } else {
                mark_zval(root->u.pz);
            }
            walk(0, visit_mark);
        } else {
            GC_SET_ADDRESS(*buffered, NULL);
            gc_remove_from_buffer(root);
        }
        root = next;
    }
}

static void scan_roots(void)
{
    gc_root_buffer *root;
    for (root = GC_G(roots).next; root != &GC_G(roots); root = root->next) {
        if (root->handle) {
            scan_object(root->handle, root->u.handlers);
        } else {
            visit_scan(root->u.pz);
        }
        walk(0, visit_scan);
    }
}

/* All entries are given back, whatever their colour. */
static void collect_roots(void)
{
    gc_root_buffer *root = GC_G(roots).next;
    while (root != &GC_G(roots)) {
        gc_root_buffer *next = root->next;
        if (root->handle) {
            GC_SET_ADDRESS(gc_object_of(root->handle)->buffered, NULL);
            collect_object(root->handle, root->u.handlers);
        } else {
            GC_SET_ADDRESS(GC_ZVAL_INFO(root->u.pz)->u.buffered, NULL);
            collect_zval(root->u.pz);
        }
        walk(0, visit_collect);
        gc_remove_from_buffer(root);
        root = next;
    }
}

void gc_find_garbage(void)
{
    garbage.count = 0;
    mark_roots();
    scan_roots();
    collect_roots();
}

size_t gc_garbage_count(void)
{
    return garbage.count;
}

/* --- Destructors -------------------------------------------------------------------------- */

/* Would the object's destructor run code of a script, or any that we do not know? */
static bool has_destructor(const zval *z)
{
    const gc_object *object = gc_object_of(Z_OBJ_HANDLE_P(z));
    if (object->dtor == NULL) {
        return false;
    }
    if (object->dtor != (zend_objects_store_dtor_t) zend_objects_destroy_object
        || Z_OBJ_HT_P(z)->get_class_entry == NULL) {
        return true;
    }
    return Z_OBJ_HT_P(z)->get_class_entry(z)->destructor != NULL;
}

bool gc_garbage_has_destructors(void)
{
    bool found = false;
    size_t i;
    for (i = 0; i < garbage.count; i++) {
        zval *z = garbage.zvals[i];
        zend_object_store_bucket *bucket;
        if (!is_live_object(z)) {
            continue;
        }
        bucket = &EG(objects_store).object_buckets[Z_OBJ_HANDLE_P(z)];
        if (!bucket->destructor_called) {
            if (has_destructor(z)) {
                found = true;
            } else {
                bucket->destructor_called = 1;
            }
        }
    }
    return found;
}

void gc_hold_garbage(void)
{
    size_t i;
    for (i = 0; i < garbage.count; i++) {
        Z_ADDREF_P(garbage.zvals[i]);
    }
}

/* The zval collected last goes first. */
void gc_call_destructors(void)
{
    size_t i = garbage.count;
    while (i-- > 0) {
        zval *z = garbage.zvals[i];
        if (is_live_object(z)) {
            zend_objects_store_destruct(Z_OBJ_HANDLE_P(z), Z_OBJ_HT_P(z));
        }
    }
}

/* The last holder of a zval that lives on was the garbage: it may be the root of other cycles. */
static void record_survivors(zval **zvals, size_t count)
{
    size_t i;
    for (i = 0; i < count; i++) {
        if (GC_ZVAL_GET_COLOR(zvals[i]) == GC_PURPLE) {
            set_zval_color(zvals[i], GC_BLACK);
        } else {
            GC_ZVAL_CHECK_POSSIBLE_ROOT(zvals[i]);
        }
    }
}

void gc_find_garbage_again(void)
{
    zval **suspects = garbage.zvals;
    size_t count = garbage.count;
    size_t i;

    garbage.zvals = NULL;
    garbage.count = garbage.room = 0;
    for (i = 0; i < count; i++) {
        Z_DELREF_P(suspects[i]);
    }
    for (i = 0; i < count; i++) {
        mark_zval(suspects[i]);
        walk(0, visit_mark);
    }
    for (i = 0; i < count; i++) {
        visit_scan(suspects[i]);
        walk(0, visit_scan);
    }
    for (i = 0; i < count; i++) {
        collect_zval(suspects[i]);
        walk(0, visit_collect);
    }
    for (i = 0; i < garbage.count; i++) {
        set_zval_color(garbage.zvals[i], GC_PURPLE); /* only a mark, for record_survivors() */
    }
    record_survivors(suspects, count);
    free(suspects);
}

/* --- Free --------------------------------------------------------------------------------- */

/* Releases what a zval of the garbage holds; it stays behind as a NULL. */
static void empty_zval(zval *z)
{
    zend_uchar type = Z_TYPE_P(z);
    Z_TYPE_P(z) = IS_NULL;
    if (type == IS_OBJECT) {
        if (gc_object_is_valid(Z_OBJ_HANDLE_P(z))) {
            zend_objects_store_del_ref_by_handle_ex(Z_OBJ_HANDLE_P(z), Z_OBJ_HT_P(z));
        }
    } else {
        zval content = *z;
        Z_TYPE(content) = type;
        zval_dtor(&content);
    }
}

void gc_free_garbage(void)
{
    size_t i;
    for (i = 0; i < garbage.count; i++) {
        zval *z = garbage.zvals[i];
        GC_REMOVE_ZVAL_FROM_BUFFER(z);
        set_zval_color(z, GC_PURPLE); /* counts as noted: it is not a possible root again */
        Z_ADDREF_P(z);
    }
    for (i = garbage.count; i-- > 0;) {
        empty_zval(garbage.zvals[i]);
    }
    for (i = garbage.count; i-- > 0;) {
        zval *z = garbage.zvals[i];
        if (ZEND_LIKELY(Z_DELREF_P(z) == 0)) {
            FREE_ZVAL(z);
        } else {
            set_zval_color(z, GC_BLACK); /* somebody holds it whom get_gc did not tell of */
        }
    }
}

void gc_forget_garbage(void)
{
    free(garbage.zvals);
    free(stack.frames);
    gc_phases_reset();
}

void gc_phases_reset(void)
{
    garbage.zvals = NULL;
    garbage.count = garbage.room = 0;
    stack.frames = NULL;
    stack.depth = stack.room = 0;
}
