/* SPDX-License-Identifier: MIT */
/*
 * Generators: functions with `yield`, whose frame goes on living between calls.
 *
 * Calling such a function runs nothing. The frame that was prepared for the call moves from the VM
 * stack into a block of its own, which the Generator object owns. To resume, the frame is run by
 * execute_ex() as if it had been called from where the code stands; YIELD returns from there.
 *
 *      zend_generator, 120 bytes
 *      +-----+----------+-------+-------+-------+-----+---------+-------+------+
 *      | std | iterator | frame | calls | value | key | largest | flags | room |
 *      +-----+----------+---+---+-------+-------+-----+---------+-------+------+
 *                           |
 *                           v    block of the frame
 *                           +--------+-----+------------+-----------+
 *                           | header | CVs | temporaries| arguments |
 *                           +--------+-----+------------+-----------+
 *
 * Calls that are being prepared when a yield comes (f(1, yield)) lie on the VM stack. They are put
 * aside in blocks of their own (`calls`, the outermost first) and come back with the resumption.
 *
 * A generator is in one of four states:
 *      not started     frame, no value       opline is the first operation
 *      suspended       frame, value          opline is the YIELD
 *      running         frame, RUNNING
 *      finished        no frame, no value
 */
#ifndef ZEND_GENERATORS_H
#define ZEND_GENERATORS_H

#include "object/zend_class_entry.h"
#include "vm/zend_frame.h"

#define ZEND_GENERATOR_CURRENTLY_RUNNING 0x1
#define ZEND_GENERATOR_FORCED_CLOSE 0x2 /* destroyed half-way: only finally blocks run */
#define ZEND_GENERATOR_AT_FIRST_YIELD 0x4 /* rewind() has nothing to undo */

#define ZEND_GENERATOR_ITERATED 0x8 /* a foreach uses the iterator inside */

/* What 5.6 takes for a generator beside its frame, which memory_get_usage() shows. */
#define ZEND_GENERATOR_BYTES 120

typedef struct _zend_generator {
    zend_object std;
    zend_object_iterator iterator; /* of the first foreach; nested ones get their own */
    zend_execute_data *frame; /* owned; NULL when finished */
    struct _zend_suspended_call *calls; /* put aside, owned; NULL unless suspended */
    zval *value;              /* what was yielded, counted; NULL unless suspended or running on */
    zval *key;                /* its key, counted */
    long largest_used_integer_key; /* the automatic keys go on from it; -1 at first */
    zend_uint flags;          /* ZEND_GENERATOR_* */
    char room[ZEND_GENERATOR_BYTES - sizeof(zend_object) - sizeof(zend_object_iterator)
        - 5 * sizeof(void *) - sizeof(zend_uint)];
} zend_generator;
_Static_assert(sizeof(zend_generator) == ZEND_GENERATOR_BYTES,
    "a generator has the size that 5.6 gives it");

extern zend_class_entry *zend_ce_generator;

void zend_register_generator_ce(void);

#endif
