/* SPDX-License-Identifier: MIT */
/*
 * The exceptions of spl: two families under Exception, of mistakes in the program
 * (LogicException) and of what only shows while it runs (RuntimeException).
 */
#include "ext/spl/php_spl.h"

zend_class_entry *spl_ce_LogicException;
zend_class_entry *spl_ce_BadFunctionCallException;
zend_class_entry *spl_ce_BadMethodCallException;
zend_class_entry *spl_ce_DomainException;
zend_class_entry *spl_ce_InvalidArgumentException;
zend_class_entry *spl_ce_LengthException;
zend_class_entry *spl_ce_OutOfRangeException;
zend_class_entry *spl_ce_RuntimeException;
zend_class_entry *spl_ce_OutOfBoundsException;
zend_class_entry *spl_ce_OverflowException;
zend_class_entry *spl_ce_RangeException;
zend_class_entry *spl_ce_UnderflowException;
zend_class_entry *spl_ce_UnexpectedValueException;

#define EXCEPTION(name, parent) \
    spl_ce_##name = spl_register_class(#name, parent, NULL, NULL)

void spl_register_exceptions(void)
{
    EXCEPTION(LogicException, zend_exception_get_default());
    EXCEPTION(BadFunctionCallException, spl_ce_LogicException);
    EXCEPTION(BadMethodCallException, spl_ce_BadFunctionCallException);
    EXCEPTION(DomainException, spl_ce_LogicException);
    EXCEPTION(InvalidArgumentException, spl_ce_LogicException);
    EXCEPTION(LengthException, spl_ce_LogicException);
    EXCEPTION(OutOfRangeException, spl_ce_LogicException);
    EXCEPTION(RuntimeException, zend_exception_get_default());
    EXCEPTION(OutOfBoundsException, spl_ce_RuntimeException);
    EXCEPTION(OverflowException, spl_ce_RuntimeException);
    EXCEPTION(RangeException, spl_ce_RuntimeException);
    EXCEPTION(UnderflowException, spl_ce_RuntimeException);
    EXCEPTION(UnexpectedValueException, spl_ce_RuntimeException);
}
