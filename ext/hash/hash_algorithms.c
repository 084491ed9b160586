/* SPDX-License-Identifier: MIT */
/*
 * The table of algorithms, and the digests behind one interface.
 *
 * What libcrypto has to offer is found out when the first name is asked for: loading its
 * providers takes longer than many a script runs.
 */
#include "ext/hash/php_hash.h"

#ifdef HAVE_LIBCRYPTO
#include <openssl/evp.h>
#include <openssl/provider.h>
#endif

static php_hash_algorithm algorithms[] = {
    {.name = "md4", .library_name = "MD4"},
    {.name = "md5", .library_name = "MD5"},
    {.name = "sha1", .library_name = "SHA1"},
    {.name = "sha224", .library_name = "SHA224"},
    {.name = "sha256", .library_name = "SHA256"},
    {.name = "sha384", .library_name = "SHA384"},
    {.name = "sha512", .library_name = "SHA512"},
    {.name = "ripemd160", .library_name = "RIPEMD160"},
    {.name = "whirlpool", .library_name = "whirlpool"},
    {.name = "adler32", .digest_size = 4, .block_size = 4, .checksum = &php_checksum_adler32},
    {.name = "crc32", .digest_size = 4, .block_size = 4, .checksum = &php_checksum_crc32},
    {.name = "crc32b", .digest_size = 4, .block_size = 4, .checksum = &php_checksum_crc32b},
    {.name = "fnv132", .digest_size = 4, .block_size = 4, .checksum = &php_checksum_fnv132},
    {.name = "fnv1a32", .digest_size = 4, .block_size = 4, .checksum = &php_checksum_fnv1a32},
    {.name = "fnv164", .digest_size = 8, .block_size = 4, .checksum = &php_checksum_fnv164},
    {.name = "fnv1a64", .digest_size = 8, .block_size = 4, .checksum = &php_checksum_fnv1a64},
    {.name = "joaat", .digest_size = 4, .block_size = 4, .checksum = &php_checksum_joaat},
};
#define ALGORITHM_COUNT ((int) (sizeof(algorithms) / sizeof(*algorithms)))

/* --- The library --------------------------------------------------------------------------- */

#ifdef HAVE_LIBCRYPTO

static bool library_loaded;
static OSSL_PROVIDER *default_provider, *legacy_provider;

static void load_library(void)
{
    int i;

    if (library_loaded) {
        return;
    }
    library_loaded = true;
    legacy_provider = OSSL_PROVIDER_load(NULL, "legacy");
    default_provider = OSSL_PROVIDER_load(NULL, "default");
    for (i = 0; i < ALGORITHM_COUNT; i++) {
        php_hash_algorithm *algorithm = &algorithms[i];
        EVP_MD *digest = algorithm->library_name
            ? EVP_MD_fetch(NULL, algorithm->library_name, NULL) : NULL;

        if (digest) {
            algorithm->library_digest = digest;
            algorithm->digest_size = EVP_MD_get_size(digest);
            algorithm->block_size = EVP_MD_get_block_size(digest);
        }
    }
}

void php_hash_algorithms_shutdown(void)
{
    int i;

    for (i = 0; i < ALGORITHM_COUNT; i++) {
        EVP_MD_free(algorithms[i].library_digest);
        algorithms[i].library_digest = NULL;
    }
    if (legacy_provider) {
        OSSL_PROVIDER_unload(legacy_provider);
    }
    if (default_provider) {
        OSSL_PROVIDER_unload(default_provider);
    }
    legacy_provider = default_provider = NULL;
    library_loaded = false;
}

static bool library_begin(php_hash_state *state)
{
    state->library_context = EVP_MD_CTX_new();
    if (state->library_context
        && EVP_DigestInit_ex2(state->library_context, state->algorithm->library_digest, NULL)) {
        return true;
    }
    EVP_MD_CTX_free(state->library_context);
    return false;
}

static void library_add(php_hash_state *state, const void *text, size_t length)
{
    EVP_DigestUpdate(state->library_context, text, length);
}

static void library_end(php_hash_state *state, unsigned char *digest)
{
    if (digest) {
        EVP_DigestFinal_ex(state->library_context, digest, NULL);
    }
    EVP_MD_CTX_free(state->library_context);
}

static bool library_copy(php_hash_state *to, const php_hash_state *from)
{
    to->library_context = EVP_MD_CTX_new();
    if (to->library_context && EVP_MD_CTX_copy_ex(to->library_context, from->library_context)) {
        return true;
    }
    EVP_MD_CTX_free(to->library_context);
    return false;
}

#else

static void load_library(void)
{
}

void php_hash_algorithms_shutdown(void)
{
}

static bool library_begin(php_hash_state *state)
{
    return false;
}

static void library_add(php_hash_state *state, const void *text, size_t length)
{
}

static void library_end(php_hash_state *state, unsigned char *digest)
{
}

static bool library_copy(php_hash_state *to, const php_hash_state *from)
{
    return false;
}

#endif

/* --- The table ----------------------------------------------------------------------------- */

const php_hash_algorithm *php_hash_find(const char *name, int length)
{
    int i;

    load_library();
    for (i = 0; i < ALGORITHM_COUNT; i++) {
        if (algorithms[i].digest_size && (size_t) length == strlen(algorithms[i].name)
            && !strcasecmp(algorithms[i].name, name)) {
            return &algorithms[i];
        }
    }
    return NULL;
}

const php_hash_algorithm *php_hash_nth(int n)
{
    int i;

    load_library();
    for (i = 0; i < ALGORITHM_COUNT; i++) {
        if (algorithms[i].digest_size && n-- == 0) {
            return &algorithms[i];
        }
    }
    return NULL;
}

/* --- Digests ------------------------------------------------------------------------------- */

bool php_hash_begin(php_hash_state *state, const php_hash_algorithm *algorithm)
{
    state->algorithm = algorithm;
    if (!algorithm->checksum) {
        return library_begin(state);
    }
    state->sum = algorithm->checksum->start;
    state->library_context = NULL;
    return true;
}

void php_hash_add(php_hash_state *state, const void *text, size_t length)
{
    if (state->algorithm->checksum) {
        state->sum = state->algorithm->checksum->add(state->sum, text, length);
    } else {
        library_add(state, text, length);
    }
}

void php_hash_end(php_hash_state *state, unsigned char *digest)
{
    if (!state->algorithm->checksum) {
        library_end(state, digest);
    } else if (digest) {
        state->algorithm->checksum->end(state->sum, digest);
    }
}

bool php_hash_copy(php_hash_state *to, const php_hash_state *from)
{
    *to = *from;
    return from->algorithm->checksum || library_copy(to, from);
}

bool php_hash_hmac_block(const php_hash_algorithm *algorithm, const char *key, int key_length,
    unsigned char *block)
{
    php_hash_state state;

    memset(block, 0, PHP_HASH_MAX_BLOCK);
    if (key_length <= algorithm->block_size) {
        memcpy(block, key, (size_t) key_length);
        return true;
    }
    if (!php_hash_begin(&state, algorithm)) {
        return false;
    }
    php_hash_add(&state, key, (size_t) key_length);
    php_hash_end(&state, block);
    return true;
}

bool php_hash_begin_padded(php_hash_state *state, const php_hash_algorithm *algorithm,
    const unsigned char *block, unsigned char pad)
{
    unsigned char padded[PHP_HASH_MAX_BLOCK];
    int i;

    for (i = 0; i < algorithm->block_size; i++) {
        padded[i] = block[i] ^ pad;
    }
    if (!php_hash_begin(state, algorithm)) {
        return false;
    }
    php_hash_add(state, padded, (size_t) algorithm->block_size);
    return true;
}

bool php_hash_end_hmac(php_hash_state *state, const unsigned char *block, unsigned char *digest)
{
    const php_hash_algorithm *algorithm = state->algorithm;

    php_hash_end(state, digest);
    if (!php_hash_begin_padded(state, algorithm, block, 0x5c)) {
        return false;
    }
    php_hash_add(state, digest, (size_t) algorithm->digest_size);
    php_hash_end(state, digest);
    return true;
}
