/* SPDX-License-Identifier: MIT */
/*
 * The life of values: copies, releases, and the queue that keeps releases from nesting too deep.
 *
 * Releasing an array releases its elements, which may be arrays: the C stack grows with the
 * depth of the data. The outermost release notes where the stack stands. One that finds the
 * stack RELEASE_DEPTH bytes further down puts its zval in a queue instead (linked through the
 * collector's field, which a dead zval needs no more); the outermost works that off at its end.
 */
#include "value/zend_variables.h"

#include "data/zend_hash_inline.h"
#include "mm/zend_mm_instrument.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_globals.h"
#include "runtime/zend_list.h"

#define RELEASE_DEPTH (256 * 1024) /* bytes of C stack */

zend_ast *(*zend_value_copy_ast)(zend_ast *ast);
void (*zend_value_free_ast)(zend_ast *ast);

typedef struct _release_queue {
    char *base; /* the outermost release's stack address; NULL when none is running */
    zval_gc_info *first;
    zval_gc_info *last;
} release_queue;

static release_queue releases;

void zend_reset_releases(void)
{
    releases.base = NULL;
    releases.first = NULL;
    releases.last = NULL;
}

/* --- Copies ------------------------------------------------------------------------------- */

void zval_add_ref(zval **p)
{
    Z_ADDREF_PP(p);
}

HashTable *zend_array_dup(HashTable *source)
{
    HashTable *target = (HashTable *) emalloc_owned(sizeof(HashTable), "HashTable");
    zend_hash_init(target, source->nNumOfElements, NULL, ZVAL_PTR_DTOR, 0);
    zend_hash_copy(target, source, (copy_ctor_func_t) zval_add_ref, NULL, sizeof(zval *));
    target->nNextFreeElement = source->nNextFreeElement;
    return target;
}

void zval_copy_ctor_func(zval *zvalue)
{
    switch (Z_TYPE_P(zvalue) & IS_CONSTANT_TYPE_MASK) {
        case IS_STRING:
        case IS_CONSTANT:
            if (!IS_INTERNED(Z_STRVAL_P(zvalue))) {
                Z_STRVAL_P(zvalue) = estrndup(Z_STRVAL_P(zvalue), Z_STRLEN_P(zvalue));
            }
            break;
        case IS_ARRAY:
            /* $GLOBALS is the symbol table itself: it is never copied. */
            if (Z_ARRVAL_P(zvalue) != &EG(symbol_table)) {
                Z_ARRVAL_P(zvalue) = zend_array_dup(Z_ARRVAL_P(zvalue));
            }
            break;
        case IS_OBJECT:
            Z_OBJ_HT_P(zvalue)->add_ref(zvalue);
            break;
        case IS_RESOURCE:
            zend_list_addref((int) Z_RESVAL_P(zvalue));
            break;
        case IS_CONSTANT_AST:
            Z_AST_P(zvalue) = zend_value_copy_ast(Z_AST_P(zvalue));
            break;
        default:
            break;
    }
}

void zval_copy_ctor_wrapper(zval *zvalue)
{
    zval_copy_ctor(zvalue);
}

void zend_separate_zval(zval **place)
{
    zval *shared = *place;
    zval *copy;

    ALLOC_ZVAL(copy);
    INIT_PZVAL_COPY(copy, shared);
    zval_copy_ctor(copy);
    *place = copy;
    if (Z_REFCOUNT_P(shared) > 1) {
        Z_DELREF_P(shared);
    } else {
        i_zval_ptr_dtor(shared); /* only under stress: it was not shared */
    }
}

void zend_array_init_size(zval *arg, uint size)
{
    HashTable *ht = (HashTable *) emalloc_owned(sizeof(HashTable), "HashTable");
    zend_hash_init(ht, size, NULL, ZVAL_PTR_DTOR, 0);
    Z_ARRVAL_P(arg) = ht;
    Z_TYPE_P(arg) = IS_ARRAY;
}

void zend_hash_get_current_key_zval_ex(const HashTable *ht, zval *key, HashPosition *pos)
{
    char *text;
    uint length;
    ulong index;

    switch (zend_hash_get_current_key_ex(ht, &text, &length, &index, 0, pos)) {
        case HASH_KEY_IS_STRING:
            ZVAL_STRINGL(key, text, length - 1, !IS_INTERNED(text));
            break;
        case HASH_KEY_IS_LONG:
            ZVAL_LONG(key, (long) index);
            break;
        default:
            ZVAL_NULL(key);
            break;
    }
}

/* --- Releases ----------------------------------------------------------------------------- */

static zend_always_inline void release_element(void *element)
{
    i_zval_ptr_dtor((zval *) element);
}

void zend_array_destroy(HashTable *ht)
{
    if (ZEND_LIKELY(ht->pDestructor == ZVAL_PTR_DTOR && !ht->persistent)) {
        zend_hash_destroy_inline(ht, release_element);
    } else {
        zend_hash_destroy(ht);
    }
    FREE_HASHTABLE(ht);
}

void zval_dtor_func(zval *zvalue)
{
    switch (Z_TYPE_P(zvalue) & IS_CONSTANT_TYPE_MASK) {
        case IS_STRING:
        case IS_CONSTANT:
            str_efree(Z_STRVAL_P(zvalue));
            break;
        case IS_ARRAY:
            if (Z_ARRVAL_P(zvalue) != &EG(symbol_table)) {
                zend_array_destroy(Z_ARRVAL_P(zvalue));
            }
            break;
        case IS_OBJECT:
            Z_OBJ_HT_P(zvalue)->del_ref(zvalue);
            break;
        case IS_RESOURCE:
            zend_list_delete((int) Z_RESVAL_P(zvalue));
            break;
        case IS_CONSTANT_AST:
            zend_value_free_ast(Z_AST_P(zvalue));
            break;
        default:
            break;
    }
}

static void release_now(zval *zvalue)
{
    zval_dtor_func(zvalue);
    /* An object's destructor may have met the zval: it is looked at once more. */
    FREE_ZVAL(zvalue);
}

static void release_queued(void)
{
    while (releases.first != NULL) {
        zval_gc_info *info = releases.first;
        releases.first = info->u.next;
        if (releases.first == NULL) {
            releases.last = NULL;
        }
        info->u.buffered = NULL;
        release_now(&info->z);
    }
}

static void queue_release(zval *zvalue)
{
    zval_gc_info *info = GC_ZVAL_INFO(zvalue);
    info->u.next = NULL;
    *(releases.last ? &releases.last->u.next : &releases.first) = info;
    releases.last = info;
}

/* The last reference to an array or object is gone. */
static void release_container(zval *zvalue)
{
    char *here = (char *) __builtin_frame_address(0);

    if (releases.base == NULL || here > releases.base) { /* > : one that never came to its end */
        releases.base = here;
        release_now(zvalue);
        release_queued();
        releases.base = NULL;
    } else if (ZEND_LIKELY(releases.base - here < RELEASE_DEPTH)) {
        release_now(zvalue);
    } else {
        queue_release(zvalue);
    }
}

void zval_ptr_dtor_last(zval *zvalue)
{
    GC_REMOVE_ZVAL_FROM_BUFFER(zvalue);
    switch (Z_TYPE_P(zvalue)) {
        case IS_STRING:
            if (!IS_INTERNED(Z_STRVAL_P(zvalue))) {
                efree_inline(Z_STRVAL_P(zvalue));
            }
            break;
        case IS_ARRAY:
        case IS_OBJECT:
            release_container(zvalue);
            return;
        default:
            zval_dtor(zvalue);
            break;
    }
    efree_size(zvalue, sizeof(zval_gc_info));
}

void zval_ptr_dtor(zval **zval_ptr)
{
    i_zval_ptr_dtor(*zval_ptr);
}

void zval_dtor_wrapper(zval *zvalue)
{
    zval_dtor(zvalue);
}

/* --- Persistent zvals --------------------------------------------------------------------- */

void zval_internal_dtor(zval *zvalue)
{
    if ((Z_TYPE_P(zvalue) & IS_CONSTANT_TYPE_MASK) == IS_STRING
        || (Z_TYPE_P(zvalue) & IS_CONSTANT_TYPE_MASK) == IS_CONSTANT) {
        str_free(Z_STRVAL_P(zvalue));
    } else if (Z_TYPE_P(zvalue) == IS_ARRAY || Z_TYPE_P(zvalue) == IS_OBJECT
        || Z_TYPE_P(zvalue) == IS_RESOURCE) {
        zend_error(E_CORE_ERROR, "Internal zval's can't be arrays, objects or resources");
    }
}

void zval_internal_ptr_dtor(zval **zval_ptr)
{
    if (Z_DELREF_PP(zval_ptr) == 0) {
        zval_internal_dtor(*zval_ptr);
        free(*zval_ptr);
    } else if (Z_REFCOUNT_PP(zval_ptr) == 1) {
        Z_UNSET_ISREF_PP(zval_ptr);
    }
}

/* --- Start and end of the process --------------------------------------------------------- */

static void raise_nesting_error(void)
{
    zend_error_noreturn(E_ERROR, "Nesting level too deep - recursive dependency?");
}

void zend_startup_values(void)
{
    zend_hash_nesting_error = raise_nesting_error;
    zend_interned_strings_init();
    zend_reset_releases();
    GC_G(gc_stress) = zend_mm_stress.gc_every_alloc;
}

void zend_shutdown_values(void)
{
    gc_globals_dtor();
    zend_interned_strings_dtor();
}
