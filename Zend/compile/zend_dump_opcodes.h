/* SPDX-License-Identifier: MIT */
/* Showing op arrays: as text, as JSON, as a graph of basic blocks for Graphviz. */
#ifndef ZEND_DUMP_OPCODES_H
#define ZEND_DUMP_OPCODES_H

#include <stdio.h>

#include "compile/zend_op_array.h"

/*
 * A listing: lines, labels of jump targets, operands by name, live ranges, try blocks, arguments.
 * Functions and classes that the code declares when it runs follow.
 */
void zend_dump_op_array(const zend_op_array *op_array, FILE *out);
/* The same as one JSON object. */
void zend_dump_opcodes_json(const zend_op_array *op_array, FILE *out);
/* A digraph of the basic blocks. */
void zend_dump_opcodes_dot(const zend_op_array *op_array, FILE *out);
/* The main code of a file, and the functions and classes of that file declared early. */
void zend_dump_file_opcodes(const zend_op_array *main_code, FILE *out);

#endif
