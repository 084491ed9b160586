/* SPDX-License-Identifier: MIT */
/*
 * The ordered hash table behind arrays, symbol tables and property tables.
 *
 * Each element is a Bucket, which hangs in two doubly linked lists: the collision chain of
 * its slot, and the list of all buckets in the order of insertion. The slots are allocated
 * when the first element comes (until then nTableMask is 0 and arBuckets points at a shared
 * empty slot), and doubled when there are more elements than slots. Buckets never move.
 *
 *      HashTable                 arBuckets (slots)          buckets
 *      +----------------+       +---+     +------+ pNext  +------+
 *      | nTableSize   8 |   0   | o-+---->|  c   |------->|  a   |
 *      | arBuckets    o-+-----> +---+     +------+        +------+
 *      | pListHead    o |   1   | / |
 *      | pListTail    o |       +---+     +------+
 *      | ...            |   2   | o-+---->|  b   |
 *      +----------------+       +---+     +------+     list: a <-> b <-> c
 *
 * Keys: a string key's length counts its NUL, as everywhere in this interface; an integer key has
 * length 0 and is its own hash. A numeric string is an ordinary string key here: arrays go
 * through zend_symtable_*(), which turns it into an integer first.
 *
 * Elements: `pData, nDataSize` is copied into the table. An element of the size of a pointer
 * lies in the bucket itself (pDataPtr), another one in a block of its own. What the find
 * functions return points at the element: for a table of zval * it is a zval **. The
 * destructor gets the same pointer.
 *
 * Indirect buckets: the symbol table of a running function does not own its variables' zval
 * pointers, the function's frame does. Such a bucket has pData pointing at the frame's slot,
 * and pDataPtr holds ZEND_HASH_INDIRECT. Deleting it empties the slot. While the slot is NULL
 * the bucket counts as absent: find does not find it, walks pass it by, update fills it again.
 *
 * Invariants
 *   1. nNumOfElements = buckets in the list = buckets in all chains.
 *   2. nTableMask = nTableSize - 1, or 0 with arBuckets at the shared empty slot.
 *   3. A bucket b hangs in the chain of slot b->h & nTableMask, at the front when it is newest.
 *   4. nNextFreeElement > each non-negative integer key that was ever inserted (saturating).
 *   5. pInternalPointer is NULL or in the list.
 */
#ifndef ZEND_HASH_H
#define ZEND_HASH_H

#include <string.h>

#include "zend_portability.h"
#include "data/zend_hash_func.h"

#define HASH_KEY_IS_STRING 1
#define HASH_KEY_IS_LONG 2
#define HASH_KEY_NON_EXISTENT 3
#define HASH_KEY_NON_EXISTANT HASH_KEY_NON_EXISTENT

#define HASH_UPDATE_KEY_IF_NONE 0
#define HASH_UPDATE_KEY_IF_BEFORE 1
#define HASH_UPDATE_KEY_IF_AFTER 2
#define HASH_UPDATE_KEY_ANYWAY 3

#define HASH_UPDATE (1 << 0)
#define HASH_ADD (1 << 1)
#define HASH_NEXT_INSERT (1 << 2)

#define HASH_DEL_KEY 0
#define HASH_DEL_INDEX 1
#define HASH_DEL_KEY_QUICK 2

/* What an apply function answers: any of REMOVE and STOP. */
#define ZEND_HASH_APPLY_KEEP 0
#define ZEND_HASH_APPLY_REMOVE (1 << 0)
#define ZEND_HASH_APPLY_STOP (1 << 1)

/* The mark in pDataPtr of an indirect bucket. */
#define ZEND_HASH_INDIRECT ((void *) 3)

typedef ulong (*hash_func_t)(const char *key, uint key_length);
typedef int (*compare_func_t)(const void *, const void *);
typedef void (*sort_func_t)(void *base, size_t count, size_t size, compare_func_t compare);
typedef void (*dtor_func_t)(void *data);
typedef void (*copy_ctor_func_t)(void *element);
typedef void (*copy_ctor_param_func_t)(void *element, void *param);

/*
 *       0        8            16       24        32         40         48     56     64      72
 *       +--------+------------+--------+---------+----------+----------+------+------+-------+
 *       | h      | nKeyLength | pData  | pDataPtr| pListNext| pListLast| pNext| pLast| arKey |
 *       +--------+------------+--------+---------+----------+----------+------+------+-------+
 */
typedef struct bucket {
    ulong h;         /* hash of the key, or the integer key itself */
    uint nKeyLength; /* with the NUL; 0 for an integer key */
    void *pData;     /* the element; &pDataPtr when it is one pointer */
    void *pDataPtr;  /* the element itself when it is one pointer */
    struct bucket *pListNext; /* insertion order */
    struct bucket *pListLast;
    struct bucket *pNext; /* collision chain of the slot */
    struct bucket *pLast;
    const char *arKey; /* behind the bucket, or an interned string; NULL for an integer key */
} Bucket;

typedef struct _hashtable {
    uint nTableSize; /* slots, a power of two */
    uint nTableMask; /* nTableSize - 1; 0 while no slots are allocated */
    uint nNumOfElements;
    ulong nNextFreeElement; /* the key that [] would use */
    Bucket *pInternalPointer;
    Bucket *pListHead;
    Bucket *pListTail;
    Bucket **arBuckets;
    dtor_func_t pDestructor; /* called with a pointer to the element; or NULL */
    zend_bool persistent;    /* buckets live in malloc'ed memory */
    unsigned char nApplyCount; /* nesting of walks over the table (recursion guard) */
    zend_bool bApplyProtection;
    uint nRemovals; /* changes when a bucket goes: tells a walk to look where it stands */
} HashTable;

_Static_assert(sizeof(Bucket) == 72, "a bucket has 72 bytes");
_Static_assert(sizeof(HashTable) == 72, "a hash table has 72 bytes");

typedef Bucket *HashPosition;

/* A position that can be checked after foreign code has run; see zend_hash_set_pointer(). */
typedef struct _HashPointer {
    HashPosition pos;
    ulong h;
} HashPointer;

typedef struct _zend_hash_key {
    const char *arKey;
    uint nKeyLength;
    ulong h;
} zend_hash_key;

typedef int (*apply_func_t)(void *element);
typedef int (*apply_func_arg_t)(void *element, void *argument);
typedef int (*apply_func_args_t)(void *element, int num_args, va_list args, zend_hash_key *key);
typedef zend_bool (*merge_checker_func_t)(HashTable *target, void *source_element,
    zend_hash_key *key, void *param);

/* The one empty slot of all tables that have none of their own. Never written to. */
extern Bucket *const zend_hash_no_slots[1];

/* --- Start and end ------------------------------------------------------------------------ */

/*
 * Prepares an empty table for nSize elements (rounded up to a power of two, at least 8).
 * Allocates nothing. hash_function is always DJBX33A; the argument is there for the name's sake.
 */
int zend_hash_init_ex(HashTable *ht, uint nSize, hash_func_t hash_function,
    dtor_func_t pDestructor, zend_bool persistent, zend_bool bApplyProtection);
int zend_hash_init(HashTable *ht, uint nSize, hash_func_t hash_function, dtor_func_t pDestructor,
    zend_bool persistent);

/* Destroys all elements from the first to the last and releases the slots; the table is empty
 * and unusable afterwards. The HashTable itself belongs to the caller. */
void zend_hash_destroy(HashTable *ht);
/* Destroys all elements; the table stays usable, with its slots. */
void zend_hash_clean(HashTable *ht);
/* Destroy element by element, the table being consistent at each step, so that destructors may
 * look at it and change it; from the first on, and from the last back. */
void zend_hash_graceful_destroy(HashTable *ht);
void zend_hash_graceful_reverse_destroy(HashTable *ht);

/* Raises "Nesting level too deep - recursive dependency?"; set at start-up. Must not return. */
extern void (*zend_hash_nesting_error)(void);

/* --- Insertion ---------------------------------------------------------------------------- */

/*
 * All return SUCCESS; an `add` of a key that is present returns FAILURE and changes nothing,
 * while an `update` destroys the old element and puts the new one in its place. *pDest (unless
 * pDest is NULL) gets the address of the element inside the table. FAILURE too when [] has no
 * key left after the largest integer.
 */
int zend_hash_add_or_update(HashTable *ht, const char *arKey, uint nKeyLength, void *pData,
    uint nDataSize, void **pDest, int flag);
int zend_hash_quick_add_or_update(HashTable *ht, const char *arKey, uint nKeyLength, ulong h,
    void *pData, uint nDataSize, void **pDest, int flag);
int zend_hash_index_update_or_next_insert(HashTable *ht, ulong h, void *pData, uint nDataSize,
    void **pDest, int flag);

#define zend_hash_add(ht, arKey, nKeyLength, pData, nDataSize, pDest) \
    zend_hash_add_or_update(ht, arKey, nKeyLength, pData, nDataSize, pDest, HASH_ADD)
#define zend_hash_update(ht, arKey, nKeyLength, pData, nDataSize, pDest) \
    zend_hash_add_or_update(ht, arKey, nKeyLength, pData, nDataSize, pDest, HASH_UPDATE)
#define zend_hash_quick_add(ht, arKey, nKeyLength, h, pData, nDataSize, pDest) \
    zend_hash_quick_add_or_update(ht, arKey, nKeyLength, h, pData, nDataSize, pDest, HASH_ADD)
#define zend_hash_quick_update(ht, arKey, nKeyLength, h, pData, nDataSize, pDest) \
    zend_hash_quick_add_or_update(ht, arKey, nKeyLength, h, pData, nDataSize, pDest, HASH_UPDATE)
#define zend_hash_index_update(ht, h, pData, nDataSize, pDest) \
    zend_hash_index_update_or_next_insert(ht, h, pData, nDataSize, pDest, HASH_UPDATE)
/* Fails when the index is present. */
#define zend_hash_index_add(ht, h, pData, nDataSize, pDest) \
    zend_hash_index_update_or_next_insert(ht, h, pData, nDataSize, pDest, HASH_ADD)
#define zend_hash_next_index_insert(ht, pData, nDataSize, pDest) \
    zend_hash_index_update_or_next_insert(ht, 0, pData, nDataSize, pDest, HASH_NEXT_INSERT)

/* Adds the key with a meaningless element (the pointer 1). */
int zend_hash_add_empty_element(HashTable *ht, const char *arKey, uint nKeyLength);

/* Makes (or turns into) an indirect bucket for the variable whose zval pointer is *slot. An
 * element that the key had in the bucket itself is left to the caller: take it out first. */
void zend_hash_quick_update_indirect(HashTable *ht, const char *arKey, uint nKeyLength, ulong h,
    void **slot);
/* The frame goes: the key's bucket takes over the pointer that is in slot (which becomes NULL);
 * if there is none the bucket is removed, without the destructor. A bucket that is not indirect
 * through this very slot stays as it is. */
void zend_hash_detach_indirect(HashTable *ht, const char *arKey, uint nKeyLength, ulong h,
    void **slot);

static zend_always_inline bool zend_hash_bucket_is_indirect(const Bucket *p)
{
    return ZEND_UNLIKELY(p->pDataPtr == ZEND_HASH_INDIRECT) && p->pData != (void *) &p->pDataPtr;
}

/* An indirect bucket whose variable is unset. */
static zend_always_inline bool zend_hash_bucket_is_absent(const Bucket *p)
{
    return zend_hash_bucket_is_indirect(p) && *(void **) p->pData == NULL;
}

/* --- Deletion ----------------------------------------------------------------------------- */

/* SUCCESS, or FAILURE when there is no such key. The element is out of the table, the bucket
 * not yet freed, when its destructor runs. */
int zend_hash_del_key_or_index(HashTable *ht, const char *arKey, uint nKeyLength, ulong h,
    int flag);
#define zend_hash_del(ht, arKey, nKeyLength) \
    zend_hash_del_key_or_index(ht, arKey, nKeyLength, 0, HASH_DEL_KEY)
#define zend_hash_quick_del(ht, arKey, nKeyLength, h) \
    zend_hash_del_key_or_index(ht, arKey, nKeyLength, h, HASH_DEL_KEY_QUICK)
#define zend_hash_index_del(ht, h) zend_hash_del_key_or_index(ht, NULL, 0, h, HASH_DEL_INDEX)
/* Deletes a bucket known to be in the table. */
void zend_hash_delete_bucket(HashTable *ht, Bucket *p);

/* --- Search ------------------------------------------------------------------------------- */

/* The bucket of a string key, also one that is absent; NULL when there is none. */
static zend_always_inline Bucket *zend_hash_find_bucket(const HashTable *ht, const char *arKey,
    uint nKeyLength, ulong h)
{
    Bucket *p = ht->arBuckets[h & ht->nTableMask];
    while (p != NULL) {
        if (p->h == h && p->nKeyLength == nKeyLength
            && (p->arKey == arKey || memcmp(p->arKey, arKey, nKeyLength) == 0)) {
            return p;
        }
        p = p->pNext;
    }
    return NULL;
}

static zend_always_inline Bucket *zend_hash_find_index_bucket(const HashTable *ht, ulong h)
{
    Bucket *p = ht->arBuckets[h & ht->nTableMask];
    while (p != NULL && (p->h != h || p->nKeyLength != 0)) {
        p = p->pNext;
    }
    return p;
}

/* All: SUCCESS and the element's address in *pData, or FAILURE (*pData stays as it was). */
static zend_always_inline int zend_hash_index_find(const HashTable *ht, ulong h, void **pData)
{
    Bucket *p = zend_hash_find_index_bucket(ht, h);
    if (p == NULL) {
        return FAILURE;
    }
    *pData = p->pData;
    return SUCCESS;
}

static zend_always_inline int zend_hash_quick_find(const HashTable *ht, const char *arKey,
    uint nKeyLength, ulong h, void **pData)
{
    Bucket *p;
    if (ZEND_UNLIKELY(nKeyLength == 0)) {
        return zend_hash_index_find(ht, h, pData);
    }
    p = zend_hash_find_bucket(ht, arKey, nKeyLength, h);
    if (p == NULL || zend_hash_bucket_is_absent(p)) {
        return FAILURE;
    }
    *pData = p->pData;
    return SUCCESS;
}

int zend_hash_find(const HashTable *ht, const char *arKey, uint nKeyLength, void **pData);
/* 1 or 0. */
int zend_hash_exists(const HashTable *ht, const char *arKey, uint nKeyLength);
int zend_hash_quick_exists(const HashTable *ht, const char *arKey, uint nKeyLength, ulong h);
int zend_hash_index_exists(const HashTable *ht, ulong h);

static zend_always_inline int zend_hash_num_elements(const HashTable *ht)
{
    return (int) ht->nNumOfElements;
}

static zend_always_inline ulong zend_hash_next_free_element(const HashTable *ht)
{
    return ht->nNextFreeElement;
}

/* --- Walks with a callback ---------------------------------------------------------------- */

/*
 * Call the function for each element, from the first on (reverse: from the last back). The
 * function may change the table: a walk whose element was deleted goes on with the next, and
 * stops when that is gone too. The table itself must stay alive. More than three nested walks
 * over one protected table raise the nesting error.
 */
void zend_hash_apply(HashTable *ht, apply_func_t apply_func);
void zend_hash_apply_with_argument(HashTable *ht, apply_func_arg_t apply_func, void *argument);
void zend_hash_apply_with_arguments(HashTable *ht, apply_func_args_t apply_func, int num_args,
    ...);
void zend_hash_reverse_apply(HashTable *ht, apply_func_t apply_func);

/* --- Walks by position -------------------------------------------------------------------- */

/*
 * The _ex forms use *pos, or the table's internal pointer when pos is NULL. A position is valid
 * as long as its element stays in the table. Past the end the key type is
 * HASH_KEY_NON_EXISTENT, the data FAILURE, and moving returns FAILURE.
 */
int zend_hash_move_forward_ex(HashTable *ht, HashPosition *pos);
int zend_hash_move_backwards_ex(HashTable *ht, HashPosition *pos);
/* The key: its type; duplicate: *str_index is an emalloc'ed copy that the caller frees. */
int zend_hash_get_current_key_ex(const HashTable *ht, char **str_index, uint *str_length,
    ulong *num_index, zend_bool duplicate, HashPosition *pos);
int zend_hash_get_current_key_type_ex(const HashTable *ht, HashPosition *pos);
int zend_hash_get_current_data_ex(HashTable *ht, void **pData, HashPosition *pos);
void zend_hash_internal_pointer_reset_ex(HashTable *ht, HashPosition *pos);
void zend_hash_internal_pointer_end_ex(HashTable *ht, HashPosition *pos);
/*
 * Gives the current element another key. If that key is another element's, one of the two goes:
 * with ANYWAY the other one. With IF_BEFORE the current element wins only if it stands before
 * the other in the list, with IF_AFTER only behind it, with IF_NONE never; when it does not win
 * it is deleted and the result is FAILURE.
 */
int zend_hash_update_current_key_ex(HashTable *ht, int key_type, const char *str_index,
    uint str_length, ulong num_index, int mode, HashPosition *pos);

#define zend_hash_move_forward(ht) zend_hash_move_forward_ex(ht, NULL)
#define zend_hash_move_backwards(ht) zend_hash_move_backwards_ex(ht, NULL)
#define zend_hash_get_current_key(ht, str_index, num_index, duplicate) \
    zend_hash_get_current_key_ex(ht, str_index, NULL, num_index, duplicate, NULL)
#define zend_hash_get_current_key_type(ht) zend_hash_get_current_key_type_ex(ht, NULL)
#define zend_hash_get_current_data(ht, pData) zend_hash_get_current_data_ex(ht, pData, NULL)
#define zend_hash_internal_pointer_reset(ht) zend_hash_internal_pointer_reset_ex(ht, NULL)
#define zend_hash_internal_pointer_end(ht) zend_hash_internal_pointer_end_ex(ht, NULL)
#define zend_hash_update_current_key(ht, key_type, str_index, str_length, num_index) \
    zend_hash_update_current_key_ex(ht, key_type, str_index, str_length, num_index, \
        HASH_UPDATE_KEY_ANYWAY, NULL)
#define zend_hash_has_more_elements_ex(ht, pos) \
    (zend_hash_get_current_key_type_ex(ht, pos) == HASH_KEY_NON_EXISTENT ? FAILURE : SUCCESS)
#define zend_hash_has_more_elements(ht) zend_hash_has_more_elements_ex(ht, NULL)

/* Remembers the internal pointer's place: 1, or 0 when it is past the end. */
int zend_hash_get_pointer(const HashTable *ht, HashPointer *pointer);
/* Puts the internal pointer back there: 1, or 0 when that element is gone (then the pointer
 * stays where it is). Never looks into freed memory. */
int zend_hash_set_pointer(HashTable *ht, const HashPointer *pointer);

/* --- Whole tables ------------------------------------------------------------------------- */

/* Copies source's elements into target (update); `size` is the elements' size, `tmp` unused.
 * pCopyConstructor (or NULL) is called with each element inside target. */
void zend_hash_copy(HashTable *target, HashTable *source, copy_ctor_func_t pCopyConstructor,
    void *tmp, uint size);
void zend_hash_merge(HashTable *target, HashTable *source, copy_ctor_func_t pCopyConstructor,
    void *tmp, uint size, int overwrite);
void zend_hash_merge_ex(HashTable *target, HashTable *source, copy_ctor_func_t pCopyConstructor,
    uint size, merge_checker_func_t pMergeSource, void *pParam);
/* Sorts the list with sort (zend_qsort, ...); compare gets Bucket **, and must not change the
 * table. renumber: keys become 0, 1 ... */
int zend_hash_sort(HashTable *ht, sort_func_t sort, compare_func_t compare, int renumber);
/* <0, 0, >0. By number of elements first; ordered: keys and order count, else ht2's element of
 * the same key is looked up (missing: 1). compar gets the two elements. */
int zend_hash_compare(HashTable *ht1, HashTable *ht2, compare_func_t compar, zend_bool ordered);
/* The smallest (flag 0) or greatest (1) element; compar gets Bucket **. FAILURE when empty. */
int zend_hash_minmax(const HashTable *ht, compare_func_t compar, int flag, void **pData);
/* Rebuilds all chains from the list. */
int zend_hash_rehash(HashTable *ht);

/* Asserts the invariants above; for tests and debug builds. Returns 0 or an invariant's number. */
int zend_hash_check(const HashTable *ht);

/* The growth of `nTableSize` to hold nSize elements at once, before a known mass of insertions.
 * Changes the size of the slots only if the table would have got as big anyway. */
void zend_hash_reserve(HashTable *ht, uint nSize);

#include "data/zend_symtable.h"

#endif
