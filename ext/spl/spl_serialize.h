/* SPDX-License-Identifier: MIT */
/*
 * Serialized forms of containers: a sequence of values in the format of serialize(), with marks
 * of the container's own between them, such as
 *
 *      x:i:0;a:1:{i:0;i:1;};m:a:0:{}      ArrayObject: flags, storage, members
 *      i:4;:i:1;:i:2;                     SplDoublyLinkedList: flags, elements
 *
 * All values of a container share one table of back references with what surrounds it.
 */
#ifndef SPL_SERIALIZE_H
#define SPL_SERIALIZE_H

#include "data/smart_str.h"
#include "ext/spl/php_spl.h"

struct _php_serialize_data;
struct _php_unserialize_data;

typedef struct {
    smart_str text;
    struct _php_serialize_data *data;
} spl_serializer;

void spl_serialize_begin(spl_serializer *s);
void spl_serialize_value(spl_serializer *s, zval *value);
void spl_serialize_long(spl_serializer *s, long number);
/* "m:" and the object's properties. */
void spl_serialize_members(spl_serializer *s, zval *object);
/* The text becomes the result (NULL when there is none). */
void spl_serialize_end(spl_serializer *s, zval *return_value);

typedef struct {
    const unsigned char *start;
    const unsigned char *p; /* what comes next; *end is a NUL */
    const unsigned char *end;
    struct _php_unserialize_data *data;
} spl_unserializer;

void spl_unserialize_begin(spl_unserializer *u, const char *text, int length);
/* The next value, which lives until the end of all unserializing; NULL: there is none. */
zval *spl_unserialize_value(spl_unserializer *u);
bool spl_unserialize_long(spl_unserializer *u, long *number);
/* Steps over the text, when it comes next. */
bool spl_unserialize_expect(spl_unserializer *u, const char *text);
/* "m:" and the object's properties, which are set. */
bool spl_unserialize_members(spl_unserializer *u, zend_object *object);
/* complete false: throws "Error at offset %d of %d bytes". */
void spl_unserialize_end(spl_unserializer *u, bool complete);

#endif
