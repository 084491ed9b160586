/* SPDX-License-Identifier: MIT */
/*
 * The hash table: its start and end, insertion, deletion and search by key.
 *
 * The order of steps matters where destructors run, since they may run user code that comes back
 * to the same table: an element is out of the table, or replaced in it, before its destructor is
 * called. Walks are in zend_hash_walk.c, operations on whole tables in zend_hash_bulk.c.
 */
#include "data/zend_hash_internal.h"

#include <limits.h>

#define SMALLEST_TABLE 8 /* slots */
#define MAX_DIGITS_OF_LONG 19

Bucket *const zend_hash_no_slots[1] = { NULL };

static void default_nesting_error(void)
{
    fprintf(stderr, "Nesting level too deep - recursive dependency?\n");
    abort();
}

void (*zend_hash_nesting_error)(void) = default_nesting_error;

ulong zend_hash_func(const char *arKey, uint nKeyLength)
{
    return zend_inline_hash_func(arKey, nKeyLength);
}

/* --- Start and end ------------------------------------------------------------------------ */

static uint table_size_for(uint nSize)
{
    uint size = SMALLEST_TABLE;
    if (nSize >= 0x80000000U) {
        return 0x80000000U;
    }
    while (size < nSize) {
        size <<= 1;
    }
    return size;
}

int zend_hash_init_ex(HashTable *ht, uint nSize, hash_func_t hash_function,
    dtor_func_t pDestructor, zend_bool persistent, zend_bool bApplyProtection)
{
    ht->nTableSize = table_size_for(nSize);
    ht->nTableMask = 0;
    ht->nNumOfElements = 0;
    ht->nNextFreeElement = 0;
    ht->pInternalPointer = NULL;
    ht->pListHead = NULL;
    ht->pListTail = NULL;
    ht->arBuckets = (Bucket **) zend_hash_no_slots;
    ht->pDestructor = pDestructor;
    ht->persistent = persistent;
    ht->nApplyCount = 0;
    ht->bApplyProtection = bApplyProtection;
    ht->nRemovals = 0;
    return SUCCESS;
}

int zend_hash_init(HashTable *ht, uint nSize, hash_func_t hash_function, dtor_func_t pDestructor,
    zend_bool persistent)
{
    return zend_hash_init_ex(ht, nSize, hash_function, pDestructor, persistent, 1);
}

void zend_hash_make_slots(HashTable *ht)
{
    if (ZEND_LIKELY(ht->nTableSize == SMALLEST_TABLE && !ht->persistent)) {
        ht->arBuckets = (Bucket **) emalloc_owned(SMALLEST_TABLE * sizeof(Bucket *), "slots");
        memset(ht->arBuckets, 0, SMALLEST_TABLE * sizeof(Bucket *));
    } else {
        ht->arBuckets = (Bucket **) pecalloc(ht->nTableSize, sizeof(Bucket *), ht->persistent);
    }
    ht->nTableMask = ht->nTableSize - 1;
}

void zend_hash_do_resize(HashTable *ht)
{
    if (ht->nTableSize >= 0x80000000U) {
        return; /* The chains grow longer instead. */
    }
    /* Nothing need survive: the chains are rebuilt from the list. */
    ht->arBuckets = (Bucket **) perealloc2(ht->arBuckets,
        (size_t) ht->nTableSize * 2 * sizeof(Bucket *), 0, ht->persistent);
    ht->nTableSize *= 2;
    ht->nTableMask = ht->nTableSize - 1;
    zend_hash_rehash(ht);
}

void zend_hash_reserve(HashTable *ht, uint nSize)
{
    if (ht->nTableMask == 0 && nSize > ht->nTableSize) {
        ht->nTableSize = table_size_for(nSize);
    }
}

int zend_hash_rehash(HashTable *ht)
{
    Bucket *p;
    if (ht->nTableMask == 0) {
        return SUCCESS;
    }
    memset(ht->arBuckets, 0, (size_t) ht->nTableSize * sizeof(Bucket *));
    for (p = ht->pListHead; p != NULL; p = p->pListNext) {
        zend_hash_chain(ht, p);
    }
    return SUCCESS;
}

/* Ends the element of a bucket that is out of the table, or about to be freed with it. */
static zend_always_inline void destroy_element(HashTable *ht, Bucket *p)
{
    if (zend_hash_bucket_is_indirect(p)) {
        void **slot = (void **) p->pData;
        void *value = *slot;
        *slot = NULL;
        if (value != NULL && ht->pDestructor) {
            ht->pDestructor(&value);
        }
        return;
    }
    if (ht->pDestructor) {
        ht->pDestructor(p->pData);
    }
    if (p->pData != (void *) &p->pDataPtr) {
        pefree(p->pData, ht->persistent);
    }
}

static void destroy_list(HashTable *ht, Bucket *p)
{
    while (p != NULL) {
        Bucket *next = p->pListNext;
        destroy_element(ht, p);
        zend_hash_free_bucket(ht, p);
        p = next;
    }
}

/* Takes all buckets out of the table at once; returns the first. */
static Bucket *detach_all(HashTable *ht)
{
    Bucket *first = ht->pListHead;
    ht->pListHead = NULL;
    ht->pListTail = NULL;
    ht->pInternalPointer = NULL;
    ht->nNumOfElements = 0;
    ht->nRemovals++;
    return first;
}

void zend_hash_destroy(HashTable *ht)
{
    /* More than one round only if a destructor put something into the dying table. */
    do {
        Bucket **slots = ht->nTableMask ? ht->arBuckets : NULL;
        Bucket *first = detach_all(ht);
        ht->nTableMask = 0;
        ht->arBuckets = (Bucket **) zend_hash_no_slots;
        destroy_list(ht, first);
        if (slots) {
            pefree(slots, ht->persistent);
        }
    } while (ht->nTableMask != 0);
}

void zend_hash_clean(HashTable *ht)
{
    Bucket *first = detach_all(ht);
    if (ht->nTableMask) {
        memset(ht->arBuckets, 0, (size_t) ht->nTableSize * sizeof(Bucket *));
    }
    ht->nNextFreeElement = 0;
    destroy_list(ht, first);
}

static void free_slots(HashTable *ht)
{
    if (ht->nTableMask) {
        pefree(ht->arBuckets, ht->persistent);
    }
    ht->nTableMask = 0;
    ht->arBuckets = (Bucket **) zend_hash_no_slots;
}

void zend_hash_graceful_destroy(HashTable *ht)
{
    while (ht->pListHead != NULL) {
        zend_hash_delete_bucket(ht, ht->pListHead);
    }
    free_slots(ht);
}

void zend_hash_graceful_reverse_destroy(HashTable *ht)
{
    while (ht->pListTail != NULL) {
        zend_hash_delete_bucket(ht, ht->pListTail);
    }
    free_slots(ht);
}

/* --- Insertion ---------------------------------------------------------------------------- */

/* An indirect bucket gets a new value in its slot; one that was absent counts as just inserted. */
static ZEND_COLD void update_indirect(HashTable *ht, Bucket *p, void *pData, void **pDest)
{
    void **slot = (void **) p->pData;
    void *old = *slot;
    memcpy(slot, pData, sizeof(void *));
    if (pDest) {
        *pDest = slot;
    }
    if (old == NULL) {
        zend_hash_unlist(ht, p);
        zend_hash_append_to_list(ht, p);
    } else if (ht->pDestructor) {
        ht->pDestructor(&old);
    }
}

/* The bucket's element is replaced; the old one is destroyed when the new one is in place. */
static void update_bucket(HashTable *ht, Bucket *p, void *pData, uint nDataSize, void **pDest)
{
    if (zend_hash_bucket_is_indirect(p)) {
        update_indirect(ht, p, pData, pDest);
        return;
    }
    if (p->pData == (void *) &p->pDataPtr) {
        void *old = p->pDataPtr;
        zend_hash_store_data(ht, p, pData, nDataSize);
        if (pDest) {
            *pDest = p->pData;
        }
        if (ht->pDestructor) {
            ht->pDestructor(&old);
        }
    } else {
        void *old = p->pData;
        zend_hash_store_data(ht, p, pData, nDataSize);
        if (pDest) {
            *pDest = p->pData;
        }
        if (ht->pDestructor) {
            ht->pDestructor(old);
        }
        pefree(old, ht->persistent);
    }
}

static zend_always_inline int insert_key(HashTable *ht, const char *arKey, uint nKeyLength,
    ulong h, void *pData, uint nDataSize, void **pDest, int flag)
{
    Bucket *p = zend_hash_find_bucket(ht, arKey, nKeyLength, h);
    if (p != NULL) {
        if ((flag & HASH_ADD) && !zend_hash_bucket_is_absent(p)) {
            return FAILURE;
        }
        update_bucket(ht, p, pData, nDataSize, pDest);
        return SUCCESS;
    }
    zend_hash_check_slots(ht);
    p = zend_hash_new_bucket(ht, arKey, nKeyLength, h);
    zend_hash_store_data(ht, p, pData, nDataSize);
    if (pDest) {
        *pDest = p->pData;
    }
    zend_hash_link(ht, p);
    return SUCCESS;
}

int zend_hash_add_or_update(HashTable *ht, const char *arKey, uint nKeyLength, void *pData,
    uint nDataSize, void **pDest, int flag)
{
    if (nKeyLength == 0) {
        return FAILURE;
    }
    return insert_key(ht, arKey, nKeyLength, zend_inline_hash_func(arKey, nKeyLength), pData,
        nDataSize, pDest, flag);
}

int zend_hash_quick_add_or_update(HashTable *ht, const char *arKey, uint nKeyLength, ulong h,
    void *pData, uint nDataSize, void **pDest, int flag)
{
    if (ZEND_UNLIKELY(nKeyLength == 0)) {
        return zend_hash_index_update_or_next_insert(ht, h, pData, nDataSize, pDest, flag);
    }
    return insert_key(ht, arKey, nKeyLength, h, pData, nDataSize, pDest, flag);
}

int zend_hash_index_update_or_next_insert(HashTable *ht, ulong h, void *pData, uint nDataSize,
    void **pDest, int flag)
{
    Bucket *p;
    if (flag & HASH_NEXT_INSERT) {
        h = ht->nNextFreeElement;
    }
    p = zend_hash_find_index_bucket(ht, h);
    if (p != NULL) {
        if (flag & (HASH_NEXT_INSERT | HASH_ADD)) {
            return FAILURE;
        }
        update_bucket(ht, p, pData, nDataSize, pDest);
        return SUCCESS;
    }
    zend_hash_check_slots(ht);
    p = zend_hash_new_index_bucket(ht, h);
    zend_hash_store_data(ht, p, pData, nDataSize);
    if (pDest) {
        *pDest = p->pData;
    }
    zend_hash_count_index(ht, h);
    zend_hash_link(ht, p);
    return SUCCESS;
}

int zend_hash_add_empty_element(HashTable *ht, const char *arKey, uint nKeyLength)
{
    void *dummy = (void *) 1;
    return zend_hash_add(ht, arKey, nKeyLength, &dummy, sizeof(void *), NULL);
}

void zend_hash_quick_update_indirect(HashTable *ht, const char *arKey, uint nKeyLength, ulong h,
    void **slot)
{
    Bucket *p = zend_hash_find_bucket(ht, arKey, nKeyLength, h);
    if (p == NULL) {
        zend_hash_check_slots(ht);
        p = zend_hash_new_bucket(ht, arKey, nKeyLength, h);
        p->pData = slot;
        p->pDataPtr = ZEND_HASH_INDIRECT;
        zend_hash_link(ht, p);
        return;
    }
    p->pData = slot;
    p->pDataPtr = ZEND_HASH_INDIRECT;
}

void zend_hash_detach_indirect(HashTable *ht, const char *arKey, uint nKeyLength, ulong h,
    void **slot)
{
    Bucket *p = zend_hash_find_bucket(ht, arKey, nKeyLength, h);
    if (p == NULL || !zend_hash_bucket_is_indirect(p) || p->pData != (void *) slot) {
        return;
    }
    if (*slot == NULL) {
        zend_hash_unlink(ht, p);
        zend_hash_free_bucket(ht, p);
        return;
    }
    p->pDataPtr = *slot;
    p->pData = &p->pDataPtr;
    *slot = NULL;
}

/* --- Deletion ----------------------------------------------------------------------------- */

void zend_hash_destroy_unlinked(HashTable *ht, Bucket *p)
{
    destroy_element(ht, p);
    zend_hash_free_bucket(ht, p);
}

void zend_hash_delete_bucket(HashTable *ht, Bucket *p)
{
    zend_hash_unlink(ht, p);
    zend_hash_destroy_unlinked(ht, p);
}

int zend_hash_del_key_or_index(HashTable *ht, const char *arKey, uint nKeyLength, ulong h,
    int flag)
{
    Bucket *p;
    if (flag == HASH_DEL_KEY) {
        h = zend_inline_hash_func(arKey, nKeyLength);
    }
    p = flag == HASH_DEL_INDEX || nKeyLength == 0
        ? zend_hash_find_index_bucket(ht, h)
        : zend_hash_find_bucket(ht, arKey, nKeyLength, h);
    if (p == NULL || zend_hash_bucket_is_absent(p)) {
        return FAILURE;
    }
    zend_hash_delete_bucket(ht, p);
    return SUCCESS;
}

/* --- Search ------------------------------------------------------------------------------- */

int zend_hash_find(const HashTable *ht, const char *arKey, uint nKeyLength, void **pData)
{
    return zend_hash_quick_find(ht, arKey, nKeyLength, zend_inline_hash_func(arKey, nKeyLength),
        pData);
}

int zend_hash_exists(const HashTable *ht, const char *arKey, uint nKeyLength)
{
    void *data;
    return zend_hash_find(ht, arKey, nKeyLength, &data) == SUCCESS;
}

int zend_hash_quick_exists(const HashTable *ht, const char *arKey, uint nKeyLength, ulong h)
{
    void *data;
    return zend_hash_quick_find(ht, arKey, nKeyLength, h, &data) == SUCCESS;
}

int zend_hash_index_exists(const HashTable *ht, ulong h)
{
    return zend_hash_find_index_bucket(ht, h) != NULL;
}

bool zend_handle_numeric_digits(const char *key, uint length, ulong *idx)
{
    const char *digit = key;
    const char *end = key + length - 1; /* at the NUL */
    bool negative = *digit == '-';
    ulong value = 0;

    if (length == 0 || *end != '\0') {
        return false;
    }
    digit += negative;
    if (digit >= end || end - digit > MAX_DIGITS_OF_LONG || (*digit == '0' && end - digit > 1)
        || (negative && *digit == '0')) {
        return false;
    }
    for (; digit < end; digit++) {
        if (*digit < '0' || *digit > '9') {
            return false;
        }
        value = value * 10 + (ulong) (*digit - '0');
    }
    if (value - negative > (ulong) LONG_MAX) {
        return false;
    }
    *idx = negative ? 0 - value : value;
    return true;
}
