/* SPDX-License-Identifier: MIT */
/* Compiler attributes and basic integer names that every room uses. */
#ifndef ZEND_PORTABILITY_H
#define ZEND_PORTABILITY_H

/* First: it chooses what the system headers declare. */
#include "config.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A test may build the memory manager in the flavour that configure did not choose. */
#ifdef ZEND_DEBUG_OVERRIDE
#undef ZEND_DEBUG
#define ZEND_DEBUG ZEND_DEBUG_OVERRIDE
#endif

typedef unsigned char zend_bool;
typedef unsigned char zend_uchar;
typedef unsigned int zend_uint;
typedef unsigned long zend_ulong;
typedef unsigned int uint;
typedef unsigned long ulong;

typedef enum { SUCCESS = 0, FAILURE = -1 } ZEND_RESULT_CODE;

#define ZEND_LIKELY(condition) __builtin_expect(!!(condition), 1)
#define ZEND_UNLIKELY(condition) __builtin_expect(!!(condition), 0)
#define EXPECTED ZEND_LIKELY
#define UNEXPECTED ZEND_UNLIKELY
#define ZEND_ATTRIBUTE_MALLOC __attribute__((malloc))
#define ZEND_COLD __attribute__((cold, noinline))
#define ZEND_NORETURN __attribute__((noreturn))
#define ZEND_FORMAT(string, first) __attribute__((__format__(__printf__, string, first)))
#define zend_always_inline inline __attribute__((always_inline))
#define zend_never_inline __attribute__((noinline))

#ifndef MIN
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#endif

#define ZEND_STRL(text) (text), (sizeof(text) - 1)
#define ZEND_STRS(text) (text), (sizeof(text))

#if ZEND_DEBUG
#include <assert.h>
#define ZEND_ASSERT(condition) assert(condition)
#else
#define ZEND_ASSERT(condition) ((void) 0)
#endif

#endif
