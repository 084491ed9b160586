/* SPDX-License-Identifier: MIT */
/*
 * Interned strings: each text once, alive to the end of the request or process.
 *
 * Names and literals are met again and again; interned they cost nothing to copy and to free,
 * carry their hash, and make key comparison one pointer comparison. All of them lie in one
 * reserved range of addresses, which is filled from the bottom (pages are touched only when
 * needed), so whether a string is interned is a range check.
 *
 *      zend_interned_start                      snapshot                 top
 *      v                                        v                        v
 *      +------------------------------+---------+------------------------+- - - - - - - - -
 *      | header | text NUL pad | ...            |  strings of the request|  reserved
 *      +------------------------------+---------+------------------------+- - - - - - - - -
 *      |<- those of start-up: permanent        >|<- dropped by restore  >|
 *
 * Nobody may write into an interned string, nor hand it to efree(): use the str_* macros below
 * for a char * that may be one. Lengths count the NUL, as for all keys.
 */
#ifndef ZEND_INTERNED_H
#define ZEND_INTERNED_H

#include "zend_portability.h"
#include "data/zend_hash_func.h"

#define ZEND_INTERNED_RESERVE ((size_t) 1 << 30) /* bytes of address space */

/* Sixteen bytes in front of each text. Texts begin at multiples of 8. */
typedef struct _zend_interned_header {
    ulong h;       /* hash of the text with its NUL */
    uint length;   /* of the text with its NUL */
    uint next;     /* next text in the table's chain: its offset / 8 from the start; 0 ends it */
} zend_interned_header;

extern char *zend_interned_start;

/* Is s interned? An interior pointer of an interned string counts too. */
#define IS_INTERNED(s) \
    ((size_t) ((const char *) (s) - (const char *) zend_interned_start) < ZEND_INTERNED_RESERVE)
#define ZEND_INTERNED_HEADER(s) ((const zend_interned_header *) (const void *) (s) - 1)
/* Only for the pointer that zend_new_interned_string() gave. */
#define INTERNED_HASH(s) (ZEND_INTERNED_HEADER(s)->h)
#define INTERNED_LEN(s) (ZEND_INTERNED_HEADER(s)->length)

void zend_interned_strings_init(void);
void zend_interned_strings_dtor(void);

/*
 * The one interned copy of str (length with the NUL, which must be there). free_src: str is
 * emalloc'ed and belongs to this function. When the range is full str itself comes back
 * (interned or not is then the caller's usual question); with free_src it stays the caller's.
 */
const char *zend_new_interned_string(const char *str, int length, int free_src);
/* The same, with the hash known, never freeing. */
const char *zend_intern(const char *str, uint length, ulong h);

/* All strings so far are permanent; those made later are dropped by restore. */
void zend_interned_strings_snapshot(void);
void zend_interned_strings_restore(void);
/* Interned before the snapshot: may be used by persistent data. */
bool zend_interned_is_permanent(const char *str);
/* Bytes in use, headers included, and number of strings. */
size_t zend_interned_bytes(uint *count);

extern const char *zend_empty_string; /* "" */
extern const char *zend_one_char_string[256]; /* "\0" to "\xff", each of length 1 */

#define STR_EMPTY_ALLOC() ((char *) zend_empty_string)
#define STR_FREE(s) \
    do { \
        if (s) { \
            str_efree(s); \
        } \
    } while (0)
#define STR_REALLOC(s, size) ((s) = str_erealloc((s), (size)))

#define str_efree(s) \
    do { \
        if (!IS_INTERNED(s)) { \
            efree((void *) (s)); \
        } \
    } while (0)
#define str_free(s) \
    do { \
        if (!IS_INTERNED(s)) { \
            free((void *) (s)); \
        } \
    } while (0)
/* A copy, or the string itself when it is interned. */
#define str_estrndup(s, length) (IS_INTERNED(s) ? (char *) (s) : estrndup((s), (length)))
#define str_strndup(s, length) (IS_INTERNED(s) ? (char *) (s) : zend_strndup((s), (length)))
#define str_erealloc(s, new_size) \
    (IS_INTERNED(s) ? zend_interned_to_writable((s), (new_size)) \
                    : (char *) erealloc((void *) (s), (new_size)))
/* The hash of a whole string of `length` bytes without the NUL. */
#define str_hash(s, length) \
    (IS_INTERNED(s) ? INTERNED_HASH(s) : zend_hash_func((s), (uint) (length) + 1))

/* An emalloc'ed block of new_size bytes that begins with the interned string's bytes. */
char *zend_interned_to_writable(const char *str, size_t new_size);

#endif
