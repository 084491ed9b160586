/* SPDX-License-Identifier: MIT */
/* The ordered hash table behind arrays, symbol tables and property tables. */
#ifndef ZEND_HASH_H
#define ZEND_HASH_H

#include "zend_portability.h"

typedef ulong (*hash_func_t)(const char *key, uint key_length);
typedef void (*dtor_func_t)(void *data);
typedef void (*copy_ctor_func_t)(void *element);
typedef int (*compare_func_t)(const void *, const void *);

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
    const char *arKey; /* behind the bucket, or an interned string */
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
    dtor_func_t pDestructor;
    zend_bool persistent;
    unsigned char nApplyCount; /* nesting of walks over the table (recursion guard) */
    zend_bool bApplyProtection;
} HashTable;

_Static_assert(sizeof(Bucket) == 72, "a bucket has 72 bytes");
_Static_assert(sizeof(HashTable) == 72, "a hash table has 72 bytes");

typedef Bucket *HashPosition;

#endif
