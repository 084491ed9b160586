/* SPDX-License-Identifier: MIT */
/* What the three forms of the op array dump share: parts of an operation as text. */
#ifndef ZEND_DUMP_INTERNAL_H
#define ZEND_DUMP_INTERNAL_H

#include "compile/zend_op_array.h"

typedef struct _zend_dump_text {
    char val[160]; /* cut when longer */
} zend_dump_text;

/* Op array operands, as they are after pass two, back in numbers. */
zend_uint zend_dump_jump_target(const zend_op_array *op_array, const zend_op *opline, int32_t jump);
/* "$a", "T3", "V4", "'text'", "5", or "" when unused. */
void zend_dump_op1(zend_dump_text *text, const zend_op_array *op_array, const zend_op *opline);
void zend_dump_op2(zend_dump_text *text, const zend_op_array *op_array, const zend_op *opline);
void zend_dump_result(zend_dump_text *text, const zend_op_array *op_array, const zend_op *opline);
void zend_dump_extended(zend_dump_text *text, const zend_op_array *op_array, const zend_op *opline);
/* "Class::name", "{main}" ... */
void zend_dump_function_name(zend_dump_text *text, const zend_op_array *op_array);
/* A parameter: "array &$list". */
void zend_dump_parameter(zend_dump_text *text, const zend_arg_info *info);
/* The slot of a live range, and what it holds. */
void zend_dump_slot(zend_dump_text *text, const zend_op_array *op_array, zend_uint offset);
const char *zend_dump_live_kind(zend_uint var);
/* "TMP", "VAR", "CV", "CONST", "UNUSED". */
const char *zend_dump_kind(zend_uchar type);

/* The operation's jump targets, at most three; returns how many. */
int zend_dump_targets(const zend_op_array *op_array, const zend_op *opline, zend_uint targets[3]);
/* Marks (1) the operations that something jumps to; an emalloc'ed array, the caller's. */
unsigned char *zend_dump_find_targets(const zend_op_array *op_array);

#endif
