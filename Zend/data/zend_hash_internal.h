/* SPDX-License-Identifier: MIT */
/* What the files of the hash table share: making, linking and unlinking buckets. */
#ifndef ZEND_HASH_INTERNAL_H
#define ZEND_HASH_INTERNAL_H

#include "zend_alloc.h"
#include "data/zend_hash.h"
#include "data/zend_interned.h"

#define ZEND_HASH_MAX_NESTING 3

/* Doubles the slots; the chains are built anew. */
void zend_hash_do_resize(HashTable *ht);
/* Makes the slots of a table that has none. */
void zend_hash_make_slots(HashTable *ht);

/* Ends a bucket that is out of the table: its element is destroyed, then it is freed. */
void zend_hash_destroy_unlinked(HashTable *ht, Bucket *p);

static zend_always_inline void zend_hash_check_slots(HashTable *ht)
{
    if (ZEND_UNLIKELY(ht->nTableMask == 0)) {
        zend_hash_make_slots(ht);
    }
}

static zend_always_inline void zend_hash_chain(HashTable *ht, Bucket *p)
{
    Bucket **slot = &ht->arBuckets[p->h & ht->nTableMask];
    p->pLast = NULL;
    p->pNext = *slot;
    if (p->pNext) {
        p->pNext->pLast = p;
    }
    *slot = p;
}

static zend_always_inline void zend_hash_unchain(HashTable *ht, Bucket *p)
{
    if (p->pLast) {
        p->pLast->pNext = p->pNext;
    } else {
        ht->arBuckets[p->h & ht->nTableMask] = p->pNext;
    }
    if (p->pNext) {
        p->pNext->pLast = p->pLast;
    }
}

/* At the end of the list. A pointer that stood past the end now stands at the new element. */
static zend_always_inline void zend_hash_append_to_list(HashTable *ht, Bucket *p)
{
    p->pListNext = NULL;
    p->pListLast = ht->pListTail;
    if (p->pListLast) {
        p->pListLast->pListNext = p;
    } else {
        ht->pListHead = p;
    }
    ht->pListTail = p;
    if (ht->pInternalPointer == NULL) {
        ht->pInternalPointer = p;
    }
}

static zend_always_inline void zend_hash_unlist(HashTable *ht, Bucket *p)
{
    if (p->pListLast) {
        p->pListLast->pListNext = p->pListNext;
    } else {
        ht->pListHead = p->pListNext;
    }
    if (p->pListNext) {
        p->pListNext->pListLast = p->pListLast;
    } else {
        ht->pListTail = p->pListLast;
    }
    if (ht->pInternalPointer == p) {
        ht->pInternalPointer = p->pListNext;
    }
}

/* [] goes on behind the greatest integer key. */
static zend_always_inline void zend_hash_count_index(HashTable *ht, ulong h)
{
    if ((long) h >= (long) ht->nNextFreeElement) {
        ht->nNextFreeElement = h < (ulong) __LONG_MAX__ ? h + 1 : (ulong) __LONG_MAX__;
    }
}

/* A new bucket joins chain and list, and the table grows if need be. */
static zend_always_inline void zend_hash_link(HashTable *ht, Bucket *p)
{
    zend_hash_chain(ht, p);
    zend_hash_append_to_list(ht, p);
    if (ZEND_UNLIKELY(++ht->nNumOfElements > ht->nTableSize)) {
        zend_hash_do_resize(ht);
    }
}

static zend_always_inline void zend_hash_unlink(HashTable *ht, Bucket *p)
{
    zend_hash_unchain(ht, p);
    zend_hash_unlist(ht, p);
    ht->nNumOfElements--;
    ht->nRemovals++;
}

static zend_always_inline void zend_hash_free_bucket(const HashTable *ht, Bucket *p)
{
    if (ZEND_UNLIKELY(ht->persistent)) {
        free(p);
    } else {
        efree_size(p, sizeof(Bucket));
    }
}

/* A bucket for an integer key, not linked. */
static zend_always_inline Bucket *zend_hash_new_index_bucket(const HashTable *ht, ulong h)
{
    Bucket *p = ZEND_UNLIKELY(ht->persistent) ? (Bucket *) __zend_malloc(sizeof(Bucket))
                                              : (Bucket *) emalloc_owned(sizeof(Bucket), "Bucket");
    p->h = h;
    p->nKeyLength = 0;
    p->arKey = NULL;
    return p;
}

/* A bucket for a string key, not linked: an interned key is shared, another one copied behind. */
static inline Bucket *zend_hash_new_bucket(const HashTable *ht, const char *arKey,
    uint nKeyLength, ulong h)
{
    Bucket *p;
    if (IS_INTERNED(arKey) && (!ht->persistent || zend_interned_is_permanent(arKey))) {
        p = zend_hash_new_index_bucket(ht, h);
        p->arKey = arKey;
    } else {
        p = (Bucket *) pemalloc(sizeof(Bucket) + nKeyLength, ht->persistent);
        p->arKey = (const char *) memcpy(p + 1, arKey, nKeyLength);
        p->h = h;
    }
    p->nKeyLength = nKeyLength;
    return p;
}

static zend_always_inline void zend_hash_store_data(const HashTable *ht, Bucket *p, void *pData,
    uint nDataSize)
{
    if (ZEND_LIKELY(nDataSize == sizeof(void *))) {
        memcpy(&p->pDataPtr, pData, sizeof(void *));
        p->pData = &p->pDataPtr;
    } else {
        p->pData = memcpy(pemalloc(nDataSize, ht->persistent), pData, nDataSize);
        p->pDataPtr = NULL;
    }
}

/* Is the bucket, whose hash was h, (still) in the table? Does not look into the bucket. */
static inline bool zend_hash_has_bucket(const HashTable *ht, const Bucket *bucket, ulong h)
{
    const Bucket *p = ht->arBuckets[h & ht->nTableMask];
    while (p != NULL && p != bucket) {
        p = p->pNext;
    }
    return p != NULL;
}

/* Walks over a protected table may nest only so deep. */
static inline void zend_hash_protect(HashTable *ht)
{
    if (ht->bApplyProtection && ht->nApplyCount++ >= ZEND_HASH_MAX_NESTING) {
        zend_hash_nesting_error();
    }
}

static inline void zend_hash_unprotect(HashTable *ht)
{
    if (ht->bApplyProtection) {
        ht->nApplyCount--;
    }
}

/* The bucket, or the next one (the one before, going backwards) that is not absent. */
static zend_always_inline Bucket *zend_hash_present(Bucket *p)
{
    while (p != NULL && zend_hash_bucket_is_absent(p)) {
        p = p->pListNext;
    }
    return p;
}

static zend_always_inline Bucket *zend_hash_present_backwards(Bucket *p)
{
    while (p != NULL && zend_hash_bucket_is_absent(p)) {
        p = p->pListLast;
    }
    return p;
}

#endif
