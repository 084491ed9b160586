/* SPDX-License-Identifier: MIT */
/* What the files behind unserialize() share. */
#ifndef UNSERIALIZE_INTERNAL_H
#define UNSERIALIZE_INTERNAL_H

#include "ext/standard/php_var.h"

typedef struct _zval_list {
    zval **items; /* each counted */
    size_t count;
    size_t size;
} zval_list;

struct _php_unserialize_data {
    zval_list slots;    /* the values, by number - 1 */
    zval_list sleepers; /* objects whose __wakeup() is to be called, in order */
    zval_list kept;     /* values that were replaced */
    int level;          /* nested calls that share this */
};

/* The place in the text, and all else that reading needs. */
typedef struct _reader {
    const unsigned char *at;  /* when reading fails, where */
    const unsigned char *end;
    php_unserialize_data_t data;
} reader;

/* Gives the value the next number. */
void php_unserialize_push(php_unserialize_data_t data, zval *value);
/* The value of a number, or NULL. */
zval *php_unserialize_slot(php_unserialize_data_t data, long number);
void php_unserialize_wake_later(php_unserialize_data_t data, zval *object);
/* At the start of a request. */
void php_unserialize_reset(void);

/* [+-] digits up to `terminator`, from p on. NULL, or what is behind the terminator. */
const unsigned char *php_unserialize_integer(const unsigned char *p, const unsigned char *end,
    bool may_be_negative, char terminator, long *number);
/* Reads `count` keys and values into the array or object. */
bool php_unserialize_elements(reader *r, zval *container, long count);
/* The end of an array or object. */
bool php_unserialize_brace(reader *r);
/* O: and C: (r->at is there). */
bool php_unserialize_object(reader *r, zval *value);

#endif
