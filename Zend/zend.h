/* SPDX-License-Identifier: MIT */
/* The engine's whole API in one include, for main, ext and sapi. Inside Zend include the rooms'
 * own headers. */
#ifndef ZEND_H
#define ZEND_H

#include "zend_portability.h"
#include "zend_alloc.h"
#include "data/smart_str.h"
#include "data/zend_hash.h"
#include "data/zend_interned.h"
#include "data/zend_llist.h"
#include "data/zend_ptr_stack.h"
#include "data/zend_stack.h"
#include "data/zend_symtable.h"
#include "value/zend_types.h"
#include "compile/zend_compile.h"
#include "runtime/zend_globals.h"
#include "vm/zend_execute.h"

/* Rooms whose headers are not there yet are skipped. */
#if __has_include("value/zend_variables.h")
#include "value/zend_variables.h"
#endif
#if __has_include("value/zend_operators.h")
#include "value/zend_operators.h"
#endif
#if __has_include("runtime/zend_errors.h")
#include "runtime/zend_errors.h"
#endif
#if __has_include("runtime/zend_API.h")
#include "runtime/zend_API.h"
#endif

#endif
