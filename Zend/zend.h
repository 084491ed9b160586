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
#include "value/zend_double.h"
#include "value/zend_gc.h"
#include "value/zend_operators.h"
#include "value/zend_types.h"
#include "value/zend_variables.h"
#include "value/zend_zval.h"
#include "object/zend_class_entry.h"
#include "object/zend_interfaces.h"
#include "object/zend_objects.h"
#include "object/zend_objects_API.h"
#include "object/zend_std_handlers.h"
#include "compile/zend_compile.h"
#include "compile/zend_op_array.h"
#include "compile/zend_stream.h"
#include "runtime/zend_API.h"
#include "runtime/zend_auto_globals.h"
#include "runtime/zend_constants.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_execute_API.h"
#include "runtime/zend_globals.h"
#include "runtime/zend_ini.h"
#include "runtime/zend_ini_parser.h"
#include "runtime/zend_list.h"
#include "runtime/zend_modules.h"
#include "runtime/zend_stack_limit.h"
#include "runtime/zend_startup.h"
#include "vm/zend_execute.h"

#endif
