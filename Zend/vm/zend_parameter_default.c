/* SPDX-License-Identifier: MIT */
/* A parameter's default, as its function's code has it: the literal of its RECV_INIT. */
#include "object/zend_object_callbacks.h"
#include "vm/zend_vm_opcodes.h"

const zval *zend_parameter_default(const zend_function *function, zend_uint number)
{
    const zend_op *op;
    const zend_op *end;

    if (function->type != ZEND_USER_FUNCTION) {
        return NULL;
    }
    op = function->op_array.opcodes;
    end = op + function->op_array.last;
    for (; op < end; op++) {
        if (op->opcode == ZEND_RECV_INIT && op->op1.num == number) {
            const char *literal = (const char *) op + (int32_t) op->op2.constant;
            return &((const zend_literal *) (const void *) literal)->constant;
        }
    }
    return NULL;
}
