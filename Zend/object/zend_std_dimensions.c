/* SPDX-License-Identifier: MIT */
/* The handlers for $object[...]: standard objects hand it to their class's ArrayAccess methods. */
#include "object/zend_std_handlers.h"

#include "object/zend_class.h"
#include "object/zend_interfaces.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_globals.h"
#include "value/zend_operators.h"
#include "value/zend_variables.h"

static void zend_require_array_access(const zval *object)
{
    zend_class_entry *ce = Z_OBJCE_P(object);

    if (ZEND_UNLIKELY(!instanceof_function_ex(ce, zend_ce_arrayaccess, 1))) {
        zend_error_noreturn(E_ERROR, "Cannot use object of type %s as array", ce->name);
    }
}

zval *zend_std_read_dimension(zval *object, zval *offset, int type)
{
    zend_class_entry *ce = Z_OBJCE_P(object);
    zval *result = NULL;

    zend_require_array_access(object);
    if (offset == NULL) {
        ALLOC_INIT_ZVAL(offset); /* $object[] */
    } else {
        SEPARATE_ARG_IF_REF(offset);
    }
    zend_call_method_with_1_params(&object, ce, NULL, "offsetget", &result, offset);
    zval_ptr_dtor(&offset);
    if (ZEND_UNLIKELY(!result)) {
        if (!EG(exception)) {
            zend_error_noreturn(E_ERROR, "Undefined offset for object of type %s used as array",
                ce->name);
        }
        return NULL;
    }
    Z_DELREF_P(result);
    return result;
}

void zend_std_write_dimension(zval *object, zval *offset, zval *value)
{
    zend_require_array_access(object);
    if (offset == NULL) {
        ALLOC_INIT_ZVAL(offset);
    } else {
        SEPARATE_ARG_IF_REF(offset);
    }
    zend_call_method_with_2_params(&object, Z_OBJCE_P(object), NULL, "offsetset", NULL, offset,
        value);
    zval_ptr_dtor(&offset);
}

int zend_std_has_dimension(zval *object, zval *offset, int check_empty)
{
    zend_class_entry *ce = Z_OBJCE_P(object);
    zval *result = NULL;
    int exists = 0;

    zend_require_array_access(object);
    SEPARATE_ARG_IF_REF(offset);
    zend_call_method_with_1_params(&object, ce, NULL, "offsetexists", &result, offset);
    if (result) {
        exists = zend_is_true(result);
        zval_ptr_dtor(&result);
        if (check_empty && exists && !EG(exception)) {
            zend_call_method_with_1_params(&object, ce, NULL, "offsetget", &result, offset);
            if (result) {
                exists = zend_is_true(result);
                zval_ptr_dtor(&result);
            }
        }
    }
    zval_ptr_dtor(&offset);
    return exists;
}

void zend_std_unset_dimension(zval *object, zval *offset)
{
    zend_require_array_access(object);
    SEPARATE_ARG_IF_REF(offset);
    zend_call_method_with_1_params(&object, Z_OBJCE_P(object), NULL, "offsetunset", NULL, offset);
    zval_ptr_dtor(&offset);
}
