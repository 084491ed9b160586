/* SPDX-License-Identifier: MIT */
/*
 * Source to syntax tree, for the compiler and for dumps.
 */
#ifndef ZEND_PARSER_H
#define ZEND_PARSER_H

#include "compile/zend_ast.h"
#include "compile/zend_language_scanner.h"

/*
 * Parses a piece of source. Returns the tree, a STMT_LIST, or NULL after a parse error, which
 * was raised as E_PARSE at the line of the unexpected token. Everything of the tree is in *arena,
 * which this function makes and the caller destroys (also when the result is NULL).
 *
 * CG(zend_lineno), CG(compiled_filename) and CG(in_compilation) are set meanwhile, for messages
 * of the scanner, and put back at the end. Mistakes that PHP 5 finds while parsing, like
 * two visibilities of a method, are raised as E_COMPILE_ERROR, which bails out.
 */
zend_ast *zend_parse(const zend_source *source, zend_arena **arena);

/* zend_parse() for a file: begins as HTML. `text` must be followed by a NUL. */
zend_ast *zend_parse_file(
    const char *text, size_t length, const char *filename, zend_arena **arena);

/* zend_parse() for code without `<?php`: eval. */
zend_ast *zend_parse_string(
    const char *code, size_t length, const char *filename, zend_arena **arena);

#endif
