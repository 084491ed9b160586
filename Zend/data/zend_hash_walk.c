/* SPDX-License-Identifier: MIT */
/*
 * Walks over a hash table: with a callback, or step by step with a position.
 *
 * A callback may run user code, which may delete any element. The walk notices from nRemovals
 * that something went, and then looks in the chains (never into memory that may be free) for the
 * bucket where it stood, or for the one that came next.
 */
#include "data/zend_hash_internal.h"

/* Where a walk stands while the callback runs. */
typedef struct _hash_walk {
    HashTable *ht;
    bool backwards;
    Bucket *current;
    ulong current_h;
    Bucket *next;
    ulong next_h;
    uint removals;
} hash_walk;

static Bucket *neighbour(const hash_walk *walk, const Bucket *p)
{
    return walk->backwards ? p->pListLast : p->pListNext;
}

static void stand_at(hash_walk *walk, Bucket *p)
{
    walk->current = p;
    walk->current_h = p->h;
    walk->next = neighbour(walk, p);
    walk->next_h = walk->next ? walk->next->h : 0;
    walk->removals = walk->ht->nRemovals;
}

static void walk_start(hash_walk *walk, HashTable *ht, bool backwards)
{
    walk->ht = ht;
    walk->backwards = backwards;
    walk->current = backwards ? ht->pListTail : ht->pListHead;
}

/* The bucket after the one that the callback has just seen; deletes that if `result` says so. */
static Bucket *walk_on(hash_walk *walk, int result)
{
    HashTable *ht = walk->ht;
    bool alive = walk->removals == ht->nRemovals
        || zend_hash_has_bucket(ht, walk->current, walk->current_h);

    if (alive) {
        stand_at(walk, walk->current);
        if (!(result & ZEND_HASH_APPLY_REMOVE)) {
            return (result & ZEND_HASH_APPLY_STOP) ? NULL : walk->next;
        }
        zend_hash_delete_bucket(ht, walk->current);
        walk->removals++;
    }
    if (walk->next == NULL || (result & ZEND_HASH_APPLY_STOP)) {
        return NULL;
    }
    if (walk->removals != ht->nRemovals && !zend_hash_has_bucket(ht, walk->next, walk->next_h)) {
        return NULL;
    }
    return walk->next;
}

/* The loop of all apply functions; `call` is an expression for bucket p. */
#define WALK(ht_, backwards_, call) \
    do { \
        hash_walk walk; \
        Bucket *p; \
        zend_hash_protect(ht_); \
        walk_start(&walk, (ht_), (backwards_)); \
        for (p = walk.current; p != NULL;) { \
            int result = ZEND_HASH_APPLY_KEEP; \
            stand_at(&walk, p); \
            if (!zend_hash_bucket_is_absent(p)) { \
                result = (call); \
            } \
            p = walk_on(&walk, result); \
        } \
        zend_hash_unprotect(ht_); \
    } while (0)

void zend_hash_apply(HashTable *ht, apply_func_t apply_func)
{
    WALK(ht, false, apply_func(p->pData));
}

void zend_hash_apply_with_argument(HashTable *ht, apply_func_arg_t apply_func, void *argument)
{
    WALK(ht, false, apply_func(p->pData, argument));
}

void zend_hash_reverse_apply(HashTable *ht, apply_func_t apply_func)
{
    WALK(ht, true, apply_func(p->pData));
}

static int call_with_arguments(Bucket *p, apply_func_args_t apply_func, int num_args,
    va_list *args)
{
    zend_hash_key key = { p->arKey, p->nKeyLength, p->h };
    va_list copy;
    int result;

    va_copy(copy, *args);
    result = apply_func(p->pData, num_args, copy, &key);
    va_end(copy);
    return result;
}

void zend_hash_apply_with_arguments(HashTable *ht, apply_func_args_t apply_func, int num_args,
    ...)
{
    va_list args;
    va_start(args, num_args);
    WALK(ht, false, call_with_arguments(p, apply_func, num_args, &args));
    va_end(args);
}

/* --- Positions ---------------------------------------------------------------------------- */

/* The bucket that a position means: absent ones are passed by. */
static zend_always_inline Bucket *bucket_at(const HashTable *ht, HashPosition *pos)
{
    return zend_hash_present(pos ? *pos : ht->pInternalPointer);
}

static zend_always_inline void set_position(HashTable *ht, HashPosition *pos, Bucket *p)
{
    if (pos) {
        *pos = p;
    } else {
        ht->pInternalPointer = p;
    }
}

void zend_hash_internal_pointer_reset_ex(HashTable *ht, HashPosition *pos)
{
    set_position(ht, pos, zend_hash_present(ht->pListHead));
}

void zend_hash_internal_pointer_end_ex(HashTable *ht, HashPosition *pos)
{
    set_position(ht, pos, zend_hash_present_backwards(ht->pListTail));
}

int zend_hash_move_forward_ex(HashTable *ht, HashPosition *pos)
{
    Bucket *p = bucket_at(ht, pos);
    if (p == NULL) {
        return FAILURE;
    }
    set_position(ht, pos, zend_hash_present(p->pListNext));
    return SUCCESS;
}

int zend_hash_move_backwards_ex(HashTable *ht, HashPosition *pos)
{
    Bucket *p = bucket_at(ht, pos);
    if (p == NULL) {
        return FAILURE;
    }
    set_position(ht, pos, zend_hash_present_backwards(p->pListLast));
    return SUCCESS;
}

int zend_hash_get_current_key_ex(const HashTable *ht, char **str_index, uint *str_length,
    ulong *num_index, zend_bool duplicate, HashPosition *pos)
{
    Bucket *p = bucket_at(ht, pos);
    if (p == NULL) {
        return HASH_KEY_NON_EXISTENT;
    }
    if (p->nKeyLength == 0) {
        *num_index = p->h;
        return HASH_KEY_IS_LONG;
    }
    *str_index = duplicate ? estrndup(p->arKey, p->nKeyLength - 1) : (char *) p->arKey;
    if (str_length) {
        *str_length = p->nKeyLength;
    }
    return HASH_KEY_IS_STRING;
}

int zend_hash_get_current_key_type_ex(const HashTable *ht, HashPosition *pos)
{
    Bucket *p = bucket_at(ht, pos);
    if (p == NULL) {
        return HASH_KEY_NON_EXISTENT;
    }
    return p->nKeyLength ? HASH_KEY_IS_STRING : HASH_KEY_IS_LONG;
}

int zend_hash_get_current_data_ex(HashTable *ht, void **pData, HashPosition *pos)
{
    Bucket *p = bucket_at(ht, pos);
    if (p == NULL) {
        return FAILURE;
    }
    *pData = p->pData;
    return SUCCESS;
}

int zend_hash_get_pointer(const HashTable *ht, HashPointer *pointer)
{
    pointer->pos = ht->pInternalPointer;
    if (pointer->pos == NULL) {
        return 0;
    }
    pointer->h = pointer->pos->h;
    return 1;
}

int zend_hash_set_pointer(HashTable *ht, const HashPointer *pointer)
{
    if (pointer->pos == NULL) {
        ht->pInternalPointer = NULL;
    } else if (ht->pInternalPointer != pointer->pos) {
        if (!zend_hash_has_bucket(ht, pointer->pos, pointer->h)) {
            return 0;
        }
        ht->pInternalPointer = pointer->pos;
    }
    return 1;
}

/* --- Renaming the current element --------------------------------------------------------- */

static bool stands_before(const Bucket *p, const Bucket *q)
{
    while (p != NULL && p != q) {
        p = p->pListNext;
    }
    return p != NULL;
}

/* A bucket with the new key takes the place of p in the list, with p's element; p is freed. */
static Bucket *replace_bucket(HashTable *ht, Bucket *p, const char *key, uint length, ulong h)
{
    Bucket *q = length ? zend_hash_new_bucket(ht, key, length, h)
                       : zend_hash_new_index_bucket(ht, h);
    q->pDataPtr = p->pDataPtr;
    q->pData = p->pData == (void *) &p->pDataPtr ? (void *) &q->pDataPtr : p->pData;
    q->pListNext = p->pListNext;
    q->pListLast = p->pListLast;
    *(p->pListLast ? &p->pListLast->pListNext : &ht->pListHead) = q;
    *(p->pListNext ? &p->pListNext->pListLast : &ht->pListTail) = q;
    if (ht->pInternalPointer == p) {
        ht->pInternalPointer = q;
    }
    zend_hash_unchain(ht, p);
    zend_hash_free_bucket(ht, p);
    ht->nRemovals++;
    zend_hash_chain(ht, q);
    return q;
}

int zend_hash_update_current_key_ex(HashTable *ht, int key_type, const char *str_index,
    uint str_length, ulong num_index, int mode, HashPosition *pos)
{
    Bucket *p = bucket_at(ht, pos);
    Bucket *other;
    uint length = key_type == HASH_KEY_IS_STRING ? str_length : 0;
    ulong h = length ? zend_inline_hash_func(str_index, length) : num_index;

    if (p == NULL || (key_type != HASH_KEY_IS_STRING && key_type != HASH_KEY_IS_LONG)) {
        return FAILURE;
    }
    other = length ? zend_hash_find_bucket(ht, str_index, length, h)
                   : zend_hash_find_index_bucket(ht, h);
    if (other == p) {
        return SUCCESS;
    }
    if (other != NULL) {
        int place = stands_before(p, other) ? HASH_UPDATE_KEY_IF_BEFORE
                                            : HASH_UPDATE_KEY_IF_AFTER;
        if (!(mode & place)) {
            if (pos) {
                *pos = p->pListNext;
            }
            zend_hash_delete_bucket(ht, p);
            return FAILURE;
        }
        /* The new bucket is in place before the other's destructor runs. */
        zend_hash_unlink(ht, other);
    }
    p = replace_bucket(ht, p, str_index, length, h);
    if (length == 0) {
        zend_hash_count_index(ht, h);
    }
    if (pos) {
        *pos = p;
    }
    if (other != NULL) {
        zend_hash_destroy_unlinked(ht, other);
    }
    return SUCCESS;
}
