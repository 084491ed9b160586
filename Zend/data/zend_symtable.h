/* SPDX-License-Identifier: MIT */
/*
 * Arrays as PHP sees them: a string key that looks like an integer is that integer.
 *
 * "0", "7" and "-5" do; "07", "+7", "-0", "7 ", "7.0" and what does not fit a long do not.
 */
#ifndef ZEND_SYMTABLE_H
#define ZEND_SYMTABLE_H

#include "data/zend_hash.h"

/* The cold half of the next one: the key does begin like a number. */
bool zend_handle_numeric_digits(const char *key, uint length, ulong *idx);

/* True when the key (length with its NUL) is a canonical integer, which is then in *idx. */
static zend_always_inline bool zend_handle_numeric(const char *key, uint length, ulong *idx)
{
    unsigned char first = (unsigned char) *key;
    if (ZEND_LIKELY(first > '9')) {
        return false;
    }
    if (first < '0' && first != '-') {
        return false;
    }
    return zend_handle_numeric_digits(key, length, idx);
}

#define ZEND_HANDLE_NUMERIC_EX(key, length, idx, action) \
    do { \
        if (zend_handle_numeric(key, length, &(idx))) { \
            action; \
        } \
    } while (0)
#define ZEND_HANDLE_NUMERIC(key, length, action) \
    do { \
        ulong idx; \
        if (zend_handle_numeric(key, length, &idx)) { \
            return action; \
        } \
    } while (0)

static inline int zend_symtable_update(HashTable *ht, const char *arKey, uint nKeyLength,
    void *pData, uint nDataSize, void **pDest)
{
    ZEND_HANDLE_NUMERIC(arKey, nKeyLength,
        zend_hash_index_update(ht, idx, pData, nDataSize, pDest));
    return zend_hash_update(ht, arKey, nKeyLength, pData, nDataSize, pDest);
}

static inline int zend_symtable_del(HashTable *ht, const char *arKey, uint nKeyLength)
{
    ZEND_HANDLE_NUMERIC(arKey, nKeyLength, zend_hash_index_del(ht, idx));
    return zend_hash_del(ht, arKey, nKeyLength);
}

static inline int zend_symtable_find(const HashTable *ht, const char *arKey, uint nKeyLength,
    void **pData)
{
    ZEND_HANDLE_NUMERIC(arKey, nKeyLength, zend_hash_index_find(ht, idx, pData));
    return zend_hash_find(ht, arKey, nKeyLength, pData);
}

static inline int zend_symtable_exists(const HashTable *ht, const char *arKey, uint nKeyLength)
{
    ZEND_HANDLE_NUMERIC(arKey, nKeyLength, zend_hash_index_exists(ht, idx));
    return zend_hash_exists(ht, arKey, nKeyLength);
}

static inline int zend_symtable_update_current_key_ex(HashTable *ht, const char *arKey,
    uint nKeyLength, int mode, HashPosition *pos)
{
    ZEND_HANDLE_NUMERIC(arKey, nKeyLength,
        zend_hash_update_current_key_ex(ht, HASH_KEY_IS_LONG, NULL, 0, idx, mode, pos));
    return zend_hash_update_current_key_ex(ht, HASH_KEY_IS_STRING, arKey, nKeyLength, 0, mode,
        pos);
}
#define zend_symtable_update_current_key(ht, arKey, nKeyLength, mode) \
    zend_symtable_update_current_key_ex(ht, arKey, nKeyLength, mode, NULL)

#endif
