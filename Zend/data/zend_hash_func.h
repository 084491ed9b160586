/* SPDX-License-Identifier: MIT */
/*
 * DJBX33A (Daniel J. Bernstein, times 33 with addition), the hash function of all string keys.
 *
 * h starts at 5381, and for each byte h = h * 33 + byte, modulo 2^64. The key's NUL is hashed
 * too, since it counts as part of the key everywhere.
 */
#ifndef ZEND_HASH_FUNC_H
#define ZEND_HASH_FUNC_H

#include "zend_portability.h"

static inline ulong zend_inline_hash_func(const char *arKey, uint nKeyLength)
{
    const unsigned char *key = (const unsigned char *) arKey;
    ulong hash = 5381UL;
    /* Eight bytes a round; the powers of 33 let the multiplications run side by side. */
    for (; nKeyLength >= 8; nKeyLength -= 8, key += 8) {
        hash = hash * 1406408618241UL + key[0] * 42618442977UL + key[1] * 1291467969UL
            + key[2] * 39135393UL + key[3] * 1185921UL + key[4] * 35937UL + key[5] * 1089UL
            + key[6] * 33UL + key[7];
    }
    for (; nKeyLength > 0; nKeyLength--) {
        hash = hash * 33 + *key++;
    }
    return hash;
}

ulong zend_hash_func(const char *arKey, uint nKeyLength);
#define zend_get_hash_value zend_hash_func

#endif
