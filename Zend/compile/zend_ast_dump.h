/* SPDX-License-Identifier: MIT */
/*
 * Looking at what the scanner and the parser see: zeval --dump-tokens, --dump-ast.
 *
 * Both write through zend_write().
 */
#ifndef ZEND_AST_DUMP_H
#define ZEND_AST_DUMP_H

#include "compile/zend_ast.h"
#include "compile/zend_language_scanner.h"

/*
 * A line for each token: its line, its name, its text with control characters escaped.
 *
 *     1 T_OPEN_TAG "<?php\n"
 *     2 T_VARIABLE "$a"
 *     2 "="
 */
void zend_dump_tokens(const zend_source *source);

/*
 * The tree, a line for each node: the kind, its line; below it, indented, the attribute if it is
 * not 0, and the children by name or number. NULL is null. Ends the request by a fatal
 * error if the tree is too deep for the stack.
 *
 *     STMT_LIST @ 2
 *         0: ASSIGN @ 2
 *             var: VAR @ 2
 *                 name: "a"
 *             expr: 1
 */
void zend_dump_ast(zend_ast *ast);

#endif
