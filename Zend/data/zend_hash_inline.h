/* SPDX-License-Identifier: MIT */
/*
 * zend_hash_destroy() with the destructor known to the compiler, which saves a call for each
 * element. For the one place where that counts: the arrays of PHP.
 */
#ifndef ZEND_HASH_INLINE_H
#define ZEND_HASH_INLINE_H

#include "zend_alloc.h"
#include "data/zend_hash.h"

/*
 * Destroys a table in request memory whose elements are pointers in the buckets themselves;
 * `destroy` is called with each pointer. As in zend_hash_destroy(), the table is empty already
 * when the first destructor runs.
 */
static zend_always_inline void zend_hash_destroy_inline(HashTable *ht,
    void (*destroy)(void *element))
{
    Bucket **slots = ht->nTableMask ? ht->arBuckets : NULL;
    Bucket *p = ht->pListHead;

    if (slots == NULL) {
        return;
    }
    ht->pListHead = NULL;
    ht->pListTail = NULL;
    ht->pInternalPointer = NULL;
    ht->nNumOfElements = 0;
    ht->nRemovals++;
    ht->nTableMask = 0;
    ht->arBuckets = (Bucket **) zend_hash_no_slots;
    while (p != NULL) {
        Bucket *next = p->pListNext;
        void *element = p->pDataPtr;
        __builtin_prefetch(next);
        if (ZEND_UNLIKELY(element == ZEND_HASH_INDIRECT)) {
            element = *(void **) p->pData;
            *(void **) p->pData = NULL;
        }
        if (ZEND_LIKELY(element != NULL)) {
            destroy(element);
        }
        efree_size(p, sizeof(Bucket));
        p = next;
    }
    efree_inline(slots);
    if (ZEND_UNLIKELY(ht->nTableMask != 0)) {
        zend_hash_destroy(ht); /* a destructor put something in */
    }
}

#endif
