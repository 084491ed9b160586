/* SPDX-License-Identifier: MIT */
/* The tree of an IS_CONSTANT_AST value: one counted block; see zend_compile_const.c. */
#ifndef ZEND_CONSTANT_AST_H
#define ZEND_CONSTANT_AST_H

#include "compile/zend_ast.h"

/* Copies a resolved tree out of the arena; counted 1. The strings in it are interned. */
zend_ast *zend_constant_ast_make(zend_ast *ast);
/* One more user, and one less: the last frees the block. Installed in zend_value_copy_ast ... */
zend_ast *zend_constant_ast_copy(zend_ast *ast);
void zend_constant_ast_free(zend_ast *ast);

#endif
