/* SPDX-License-Identifier: MIT */
/*
 * Digests and checksums: one interface to libcrypto's and to the small ones of this module.
 *
 *      php_hash_state state;
 *      if (php_hash_begin(&state, algorithm)) {
 *          php_hash_add(&state, text, length);
 *          php_hash_end(&state, digest);
 *      }
 */
#ifndef PHP_HASH_H
#define PHP_HASH_H

#include "main/php.h"

#define PHP_HASH_HMAC 1
#define PHP_HASH_MAX_DIGEST 64 /* bytes */
#define PHP_HASH_MAX_BLOCK 256 /* bytes */

/* A checksum that fits a machine word; digest gets `digest_size` bytes. */
typedef struct _php_checksum {
    uint64_t start;
    uint64_t (*add)(uint64_t sum, const unsigned char *text, size_t length);
    void (*end)(uint64_t sum, unsigned char *digest);
} php_checksum;

typedef struct _php_hash_algorithm {
    const char *name;
    int digest_size; /* bytes; 0 when the library does not have it */
    int block_size;  /* bytes that hmac pads a key to */
    const php_checksum *checksum; /* or NULL: libcrypto's */
    const char *library_name;
    void *library_digest; /* EVP_MD, fetched */
} php_hash_algorithm;

/* A digest on its way. */
typedef struct _php_hash_state {
    const php_hash_algorithm *algorithm;
    uint64_t sum;          /* of a checksum */
    void *library_context; /* EVP_MD_CTX, else */
} php_hash_state;

/* The algorithm of a name, in any case; NULL if there is none. */
const php_hash_algorithm *php_hash_find(const char *name, int length);
/* The n-th algorithm there is, from 0; NULL behind the last. */
const php_hash_algorithm *php_hash_nth(int n);
void php_hash_algorithms_shutdown(void);

/* false when the library refuses; the state then needs no end. */
bool php_hash_begin(php_hash_state *state, const php_hash_algorithm *algorithm);
void php_hash_add(php_hash_state *state, const void *text, size_t length);
/* Ends the state; digest NULL: throws it away. */
void php_hash_end(php_hash_state *state, unsigned char *digest);
bool php_hash_copy(php_hash_state *to, const php_hash_state *from);

/* The key of an HMAC, made as long as a block: block[block_size]. */
bool php_hash_hmac_block(const php_hash_algorithm *algorithm, const char *key, int key_length,
    unsigned char *block);
/* Starts with the block combined with pad; 0x36 inside, 0x5c outside. */
bool php_hash_begin_padded(php_hash_state *state, const php_hash_algorithm *algorithm,
    const unsigned char *block, unsigned char pad);
/* From the inner state to the HMAC. */
bool php_hash_end_hmac(php_hash_state *state, const unsigned char *block, unsigned char *digest);

/* Returns a digest as it is, or as hexadecimal digits. */
void php_hash_return(zval *return_value, const unsigned char *digest, int length, bool raw);

extern const php_checksum php_checksum_adler32, php_checksum_crc32, php_checksum_crc32b,
    php_checksum_fnv132, php_checksum_fnv1a32, php_checksum_fnv164, php_checksum_fnv1a64,
    php_checksum_joaat;

extern int php_hash_le_context; /* the resource type "Hash Context" */
void php_hash_register_context(int module_number);

PHP_FUNCTION(hash_init);
PHP_FUNCTION(hash_update);
PHP_FUNCTION(hash_update_stream);
PHP_FUNCTION(hash_update_file);
PHP_FUNCTION(hash_final);
PHP_FUNCTION(hash_copy);

#endif
