/* SPDX-License-Identifier: MIT */
/* The classes that the engine itself brings, in the order in which scripts see them listed. */
#include "object/zend_interfaces.h"
#include "object/zend_iterators.h"
#include "vm/zend_builtin_functions.h"
#include "vm/zend_closures.h"
#include "vm/zend_exceptions.h"
#include "vm/zend_generators.h"

void zend_register_default_classes(void)
{
    zend_register_standard_class();
    zend_register_interfaces();
    zend_register_default_exception();
    zend_register_iterator_wrapper();
    zend_register_closure_ce();
    zend_register_generator_ce();
}
