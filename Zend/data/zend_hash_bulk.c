/* SPDX-License-Identifier: MIT */
/* Hash tables as wholes: copying, merging, sorting, comparing, checking. */
#include "data/zend_hash_internal.h"

/* --- Copying and merging ------------------------------------------------------------------ */

/* The same bucket again, at the end of a table that has no such key. */
static void *append_copy(HashTable *target, Bucket *p, uint size)
{
    Bucket *q;
    zend_hash_check_slots(target);
    q = p->nKeyLength ? zend_hash_new_bucket(target, p->arKey, p->nKeyLength, p->h)
                      : zend_hash_new_index_bucket(target, p->h);
    zend_hash_store_data(target, q, p->pData, size);
    if (p->nKeyLength == 0) {
        zend_hash_count_index(target, p->h);
    }
    zend_hash_link(target, q);
    return q->pData;
}

/* Puts p's element under p's key into target; the element's new address, or NULL if not added. */
static void *insert_copy(HashTable *target, Bucket *p, uint size, int flag)
{
    void *element = NULL;
    if (zend_hash_quick_add_or_update(target, p->arKey, p->nKeyLength, p->h, p->pData, size,
            &element, flag) == FAILURE) {
        return NULL;
    }
    return element;
}

void zend_hash_copy(HashTable *target, HashTable *source, copy_ctor_func_t pCopyConstructor,
    void *tmp, uint size)
{
    Bucket *p;
    /* The copy's pointer stands where the source's does, unless it has one already. */
    bool set_pointer = target->pInternalPointer == NULL;
    bool was_empty = target->nNumOfElements == 0;

    for (p = source->pListHead; p != NULL; p = p->pListNext) {
        void *element;
        if (zend_hash_bucket_is_absent(p)) {
            continue;
        }
        if (set_pointer && source->pInternalPointer == p) {
            target->pInternalPointer = NULL; /* the insertion sets it to the new element */
        }
        element = was_empty ? append_copy(target, p, size)
                            : insert_copy(target, p, size, HASH_UPDATE);
        if (pCopyConstructor) {
            pCopyConstructor(element);
        }
        if (set_pointer && source->pInternalPointer == p) {
            set_pointer = false;
        }
    }
    if (target->pInternalPointer == NULL) {
        target->pInternalPointer = target->pListHead;
    }
}

void zend_hash_merge(HashTable *target, HashTable *source, copy_ctor_func_t pCopyConstructor,
    void *tmp, uint size, int overwrite)
{
    Bucket *p;
    int flag = overwrite ? HASH_UPDATE : HASH_ADD;

    for (p = source->pListHead; p != NULL; p = p->pListNext) {
        void *element = zend_hash_bucket_is_absent(p) ? NULL : insert_copy(target, p, size, flag);
        if (element && pCopyConstructor) {
            pCopyConstructor(element);
        }
    }
    if (target->nNumOfElements > 0) {
        target->pInternalPointer = target->pListHead;
    }
}

void zend_hash_merge_ex(HashTable *target, HashTable *source, copy_ctor_func_t pCopyConstructor,
    uint size, merge_checker_func_t pMergeSource, void *pParam)
{
    Bucket *p;
    for (p = source->pListHead; p != NULL; p = p->pListNext) {
        zend_hash_key key = { p->arKey, p->nKeyLength, p->h };
        void *element;
        if (zend_hash_bucket_is_absent(p) || !pMergeSource(target, p->pData, &key, pParam)) {
            continue;
        }
        element = insert_copy(target, p, size, HASH_UPDATE);
        if (pCopyConstructor) {
            pCopyConstructor(element);
        }
    }
    target->pInternalPointer = target->pListHead;
}

/* --- Sorting and comparing ---------------------------------------------------------------- */

/* All buckets in the order of the array become the list. */
static void relink(HashTable *ht, Bucket **order, uint count)
{
    Bucket *last = NULL;
    uint i;
    for (i = 0; i < count; i++) {
        order[i]->pListLast = last;
        *(last ? &last->pListNext : &ht->pListHead) = order[i];
        last = order[i];
    }
    last->pListNext = NULL;
    ht->pListTail = last;
    ht->pInternalPointer = ht->pListHead;
}

static void renumber_keys(HashTable *ht)
{
    ulong index = 0;
    Bucket *p;
    for (p = ht->pListHead; p != NULL; p = p->pListNext) {
        p->nKeyLength = 0;
        p->arKey = NULL;
        p->h = index++;
    }
    ht->nNextFreeElement = index;
    zend_hash_rehash(ht);
}

int zend_hash_sort(HashTable *ht, sort_func_t sort, compare_func_t compare, int renumber)
{
    uint count = ht->nNumOfElements;
    uint i = 0;
    Bucket **order;
    Bucket *p;

    if (count == 0 || (count == 1 && !renumber)) {
        return SUCCESS;
    }
    order = (Bucket **) safe_pemalloc(count, sizeof(Bucket *), 0, ht->persistent);
    for (p = ht->pListHead; p != NULL; p = p->pListNext) {
        order[i++] = p;
    }
    sort(order, count, sizeof(Bucket *), compare);
    relink(ht, order, count);
    pefree(order, ht->persistent);
    if (renumber) {
        renumber_keys(ht);
    }
    return SUCCESS;
}

static int sign_of(ulong a, ulong b)
{
    return a < b ? -1 : a > b;
}

static int compare_keys(const Bucket *p1, const Bucket *p2)
{
    if (p1->nKeyLength == 0 && p2->nKeyLength == 0) {
        return sign_of(p1->h, p2->h);
    }
    if (p1->nKeyLength != p2->nKeyLength) {
        return sign_of(p1->nKeyLength, p2->nKeyLength);
    }
    return memcmp(p1->arKey, p2->arKey, p1->nKeyLength);
}

static int compare_elements(HashTable *ht1, HashTable *ht2, compare_func_t compar, bool ordered)
{
    Bucket *p1;
    Bucket *p2 = ht2->pListHead;
    uint removals1 = ht1->nRemovals;
    uint removals2 = ht2->nRemovals;
    for (p1 = ht1->pListHead; p1 != NULL; p1 = p1->pListNext) {
        void *data2 = NULL;
        int result;
        if (ordered) {
            if (p2 == NULL) {
                return 1;
            }
            result = compare_keys(p1, p2);
            if (result != 0) {
                return result;
            }
            data2 = p2->pData;
            p2 = p2->pListNext;
        } else if (zend_hash_quick_find(ht2, p1->arKey, p1->nKeyLength, p1->h, &data2) == FAILURE) {
            return 1;
        }
        result = compar(p1->pData, data2);
        if (result != 0) {
            return result;
        }
        if (ZEND_UNLIKELY(ht1->nRemovals != removals1 || ht2->nRemovals != removals2)) {
            return 1; /* foreign code took elements away: p1 and p2 may be gone */
        }
    }
    return 0;
}

int zend_hash_compare(HashTable *ht1, HashTable *ht2, compare_func_t compar, zend_bool ordered)
{
    int result = sign_of(ht1->nNumOfElements, ht2->nNumOfElements);
    if (result != 0) {
        return result;
    }
    zend_hash_protect(ht1);
    zend_hash_protect(ht2);
    result = compare_elements(ht1, ht2, compar, ordered);
    zend_hash_unprotect(ht1);
    zend_hash_unprotect(ht2);
    return result;
}

int zend_hash_minmax(const HashTable *ht, compare_func_t compar, int flag, void **pData)
{
    Bucket *best = zend_hash_present(ht->pListHead);
    Bucket *p;

    if (best == NULL) {
        *pData = NULL;
        return FAILURE;
    }
    for (p = zend_hash_present(best->pListNext); p; p = zend_hash_present(p->pListNext)) {
        int order = compar(&best, &p);
        if (flag ? order < 0 : order > 0) {
            best = p;
        }
    }
    *pData = best->pData;
    return SUCCESS;
}

/* --- Checking ----------------------------------------------------------------------------- */

static uint buckets_in_chains(const HashTable *ht)
{
    uint count = 0;
    uint slot;
    for (slot = 0; slot <= ht->nTableMask; slot++) {
        const Bucket *p;
        for (p = ht->arBuckets[slot]; p != NULL; p = p->pNext) {
            count += (p->h & ht->nTableMask) == slot && (!p->pNext || p->pNext->pLast == p);
        }
    }
    return count;
}

int zend_hash_check(const HashTable *ht)
{
    const Bucket *last = NULL;
    const Bucket *p;
    bool pointer_found = ht->pInternalPointer == NULL;
    uint count = 0;

    for (p = ht->pListHead; p != NULL; last = p, p = p->pListNext) {
        count++;
        pointer_found = pointer_found || ht->pInternalPointer == p;
        if (p->pListLast != last) {
            return 1;
        }
        if (p->nKeyLength == 0 && (long) p->h >= (long) ht->nNextFreeElement
            && p->h != (ulong) __LONG_MAX__) {
            return 4;
        }
    }
    if (ht->pListTail != last || count != ht->nNumOfElements) {
        return 1;
    }
    if (ht->nTableMask != 0 ? ht->nTableMask != ht->nTableSize - 1 : count != 0) {
        return 2;
    }
    if (buckets_in_chains(ht) != count) {
        return 3;
    }
    return pointer_found ? 0 : 5;
}
