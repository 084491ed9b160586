/* SPDX-License-Identifier: MIT */
/* Checksums of a machine word: Adler-32, CRC-32 in two forms, FNV, Jenkins's one-at-a-time. */
#include "ext/hash/php_hash.h"

/* Writes the lowest `size` bytes of sum, the highest of them first. */
static void put_big_endian(uint64_t sum, unsigned char *digest, int size)
{
    int i;

    for (i = size - 1; i >= 0; i--) {
        digest[i] = (unsigned char) sum;
        sum >>= 8;
    }
}

static void end_32(uint64_t sum, unsigned char *digest)
{
    put_big_endian(sum, digest, 4);
}

static void end_64(uint64_t sum, unsigned char *digest)
{
    put_big_endian(sum, digest, 8);
}

/* --- Adler-32 ------------------------------------------------------------------------------ */

#define ADLER_MODULUS 65521
#define ADLER_STEP 5552 /* bytes until the sums could overflow */

static uint64_t adler32_add(uint64_t sum, const unsigned char *text, size_t length)
{
    uint32_t low = sum & 0xffff, high = (uint32_t) sum >> 16;

    while (length > 0) {
        size_t step = length < ADLER_STEP ? length : ADLER_STEP;

        length -= step;
        while (step-- > 0) {
            low += *text++;
            high += low;
        }
        low %= ADLER_MODULUS;
        high %= ADLER_MODULUS;
    }
    return high << 16 | low;
}

const php_checksum php_checksum_adler32 = {1, adler32_add, end_32};

/* --- CRC-32 -------------------------------------------------------------------------------- */

static uint32_t crc_table[256];  /* bits from the highest: as bzip2 */
static uint32_t crcb_table[256]; /* bits from the lowest: as zip and Ethernet */

static void make_crc_tables(void)
{
    uint32_t byte, forward, backward;
    int bit;

    for (byte = 0; byte < 256; byte++) {
        forward = byte << 24;
        backward = byte;
        for (bit = 0; bit < 8; bit++) {
            forward = forward << 1 ^ (forward & 0x80000000 ? 0x04c11db7 : 0);
            backward = backward >> 1 ^ (backward & 1 ? 0xedb88320 : 0);
        }
        crc_table[byte] = forward;
        crcb_table[byte] = backward;
    }
}

static uint64_t crc32_add(uint64_t sum, const unsigned char *text, size_t length)
{
    uint32_t crc = (uint32_t) sum;

    if (!crc_table[1]) {
        make_crc_tables();
    }
    while (length-- > 0) {
        crc = crc << 8 ^ crc_table[crc >> 24 ^ *text++];
    }
    return crc;
}

/* This form's bytes come the lowest first. */
static void crc32_end(uint64_t sum, unsigned char *digest)
{
    put_big_endian(__builtin_bswap32(~(uint32_t) sum), digest, 4);
}

static uint64_t crc32b_add(uint64_t sum, const unsigned char *text, size_t length)
{
    uint32_t crc = (uint32_t) sum;

    if (!crc_table[1]) {
        make_crc_tables();
    }
    while (length-- > 0) {
        crc = crc >> 8 ^ crcb_table[(crc ^ *text++) & 0xff];
    }
    return crc;
}

static void crc32b_end(uint64_t sum, unsigned char *digest)
{
    put_big_endian(~(uint32_t) sum, digest, 4);
}

const php_checksum php_checksum_crc32 = {0xffffffff, crc32_add, crc32_end};
const php_checksum php_checksum_crc32b = {0xffffffff, crc32b_add, crc32b_end};

/* --- FNV: multiply and combine, in either order -------------------------------------------- */

#define FNV_32_PRIME 0x01000193u
#define FNV_64_PRIME 0x100000001b3u

static uint64_t fnv132_add(uint64_t sum, const unsigned char *text, size_t length)
{
    uint32_t fnv = (uint32_t) sum;

    while (length-- > 0) {
        fnv = fnv * FNV_32_PRIME ^ *text++;
    }
    return fnv;
}

static uint64_t fnv1a32_add(uint64_t sum, const unsigned char *text, size_t length)
{
    uint32_t fnv = (uint32_t) sum;

    while (length-- > 0) {
        fnv = (fnv ^ *text++) * FNV_32_PRIME;
    }
    return fnv;
}

static uint64_t fnv164_add(uint64_t sum, const unsigned char *text, size_t length)
{
    while (length-- > 0) {
        sum = sum * FNV_64_PRIME ^ *text++;
    }
    return sum;
}

static uint64_t fnv1a64_add(uint64_t sum, const unsigned char *text, size_t length)
{
    while (length-- > 0) {
        sum = (sum ^ *text++) * FNV_64_PRIME;
    }
    return sum;
}

const php_checksum php_checksum_fnv132 = {0x811c9dc5, fnv132_add, end_32};
const php_checksum php_checksum_fnv1a32 = {0x811c9dc5, fnv1a32_add, end_32};
const php_checksum php_checksum_fnv164 = {0xcbf29ce484222325, fnv164_add, end_64};
const php_checksum php_checksum_fnv1a64 = {0xcbf29ce484222325, fnv1a64_add, end_64};

/* --- One at a time ------------------------------------------------------------------------- */

static uint64_t joaat_add(uint64_t sum, const unsigned char *text, size_t length)
{
    uint32_t hash = (uint32_t) sum;

    while (length-- > 0) {
        hash += *text++;
        hash += hash << 10;
        hash ^= hash >> 6;
    }
    return hash;
}

static void joaat_end(uint64_t sum, unsigned char *digest)
{
    uint32_t hash = (uint32_t) sum;

    hash += hash << 3;
    hash ^= hash >> 11;
    hash += hash << 15;
    put_big_endian(hash, digest, 4);
}

const php_checksum php_checksum_joaat = {0, joaat_add, joaat_end};
