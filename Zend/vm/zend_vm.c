/* SPDX-License-Identifier: MIT */
/*
 * The dispatch of the virtual machine.
 *
 * The handlers' bodies (Zend/vm/handlers) are specialised by scripts/gen-vm and built into one
 * of two executors, from the same text:
 *
 *      goto   each handler is a label in execute_ex(); an operation holds the label's address,
 *             and a handler ends by jumping to the next one's (threaded code)
 *      call   each handler is a function that returns the next operation; execute_ex() is a
 *             loop over them (for stepping, for sanitizers, for compilers without labels as
 *             values)
 *
 * Both keep three things: the frame (execute_data, also in EG(current_execute_data)), the
 * operation (opline), and, saved before anything else may look, execute_data->opline. User
 * functions are entered and left without a C call; a frame marked ZEND_CALL_TOP returns to C.
 */
#include <limits.h>
#include <string.h>

#include "compile/zend_compile.h"
#include "object/zend_class.h"
#include "object/zend_std_handlers_fast.h"
#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "value/zend_fast_operators.h"
#include "value/zend_operators.h"
#include "vm/zend_vm_call.h"
#include "vm/zend_vm_internal.h"
#include "vm/zend_vm_opcodes.h"
#include "vm/zend_vm_operands.h"

#if !defined(ZEND_VM_CALL) && (!defined(__OPTIMIZE__) || defined(__SANITIZE_ADDRESS__))
#define ZEND_VM_CALL
#endif

/* --- What handlers are written in ----------------------------------------------------------- */

#define SAVE_OPLINE() (execute_data->opline = opline)
#define OP1_R() vm_read_operand(OP1_TYPE, opline, opline->op1, execute_data)
#define OP2_R() vm_read_operand(OP2_TYPE, opline, opline->op2, execute_data)
#define OP1_QUIET() vm_read_operand_quiet(OP1_TYPE, opline, opline->op1, execute_data)
#define FREE_OP1() vm_free_operand(OP1_TYPE, opline->op1, execute_data)
#define FREE_OP2() vm_free_operand(OP2_TYPE, opline->op2, execute_data)
/* For an operand whose TMP value was taken over. */
#define FREE_VAR_OP2() \
    do { \
        if (OP2_TYPE == IS_VAR) { \
            FREE_OP2(); \
        } \
    } while (0)
#define RESULT() VM_SLOT(execute_data, opline->result)
#define RESULT_TMP() (&VM_SLOT(execute_data, opline->result)->tmp_var)
#define RESULT_OF(operand) VM_SLOT(execute_data, operand)
#define RESULT_USED() (!(opline->result_type & (EXT_TYPE_UNUSED | IS_UNUSED)))

#ifdef ZEND_VM_CALL
#define DISPATCH() return opline
#define ENTER(frame) \
    do { \
        zend_execute_data *entered_ = (frame); \
        EG(current_execute_data) = entered_; \
        return entered_->opline; \
    } while (0)
#define RETURN_TO_C() return NULL
#define VM_HANDLER(name) \
    static const zend_op *name##_handler(zend_execute_data *execute_data, const zend_op *opline)
#define VM_REFERENCE(name) (const void *) name##_handler
#else
#define DISPATCH() goto *(void *) opline->handler
#define ENTER(frame) \
    do { \
        execute_data = (frame); \
        EG(current_execute_data) = execute_data; \
        opline = execute_data->opline; \
        DISPATCH(); \
    } while (0)
#define RETURN_TO_C() return
#define VM_HANDLER(name) name##_label:
#define VM_REFERENCE(name) &&name##_label
#endif

#define NEXT() \
    do { \
        opline++; \
        DISPATCH(); \
    } while (0)
#define JUMP(target) \
    do { \
        const zend_op *target_ = (target); \
        if (ZEND_UNLIKELY(target_ <= opline) && ZEND_UNLIKELY(EG(timed_out))) { \
            SAVE_OPLINE(); \
            zend_timeout(1); \
        } \
        opline = target_; \
        DISPATCH(); \
    } while (0)
/* The operation that raised is in execute_data->opline. */
#define HANDLE_EXCEPTION() \
    do { \
        opline = &zend_vm_exception_op; \
        DISPATCH(); \
    } while (0)
#define CHECK_EXCEPTION() \
    do { \
        if (ZEND_UNLIKELY(EG(exception) != NULL)) { \
            HANDLE_EXCEPTION(); \
        } \
    } while (0)
#define NEXT_CHECK() \
    do { \
        CHECK_EXCEPTION(); \
        NEXT(); \
    } while (0)
/* The same after a TMP result was made: an exception throws it away. */
#define NEXT_CHECK_TMP() \
    do { \
        if (ZEND_UNLIKELY(EG(exception) != NULL)) { \
            zval_dtor(RESULT_TMP()); \
            HANDLE_EXCEPTION(); \
        } \
        NEXT(); \
    } while (0)
/*
 * Ends the frame and goes on in the caller, behind its call. A destructor of a variable may
 * throw: then the result is dropped, since the caller never gets to it.
 */
#define LEAVE() \
    do { \
        bool top_ = execute_data->call_info & ZEND_CALL_TOP; \
        temp_variable *result_ = execute_data->result; \
        execute_data = vm_leave(execute_data); \
        if (ZEND_UNLIKELY(EG(exception) != NULL) && result_ && result_->var.ptr) { \
            zval_ptr_dtor(&result_->var.ptr); \
            result_->var.ptr = NULL; \
        } \
        if (ZEND_UNLIKELY(top_)) { \
            RETURN_TO_C(); \
        } \
        opline = execute_data->opline; \
        NEXT_CHECK(); \
    } while (0)
#define SUSPEND() RETURN_TO_C()
#define VM_UNKNOWN_OPCODE() \
    do { \
        SAVE_OPLINE(); \
        zend_error_noreturn(E_ERROR, "Invalid opcode %d/%d/%d.", opline->opcode, \
            opline->op1_type, opline->op2_type); \
    } while (0)

/* Operands known to hold numbers: only a VAR's heap zval needs to be released. */
#define FREE_SCALAR_OP1() \
    do { \
        if (OP1_TYPE == IS_VAR) { \
            i_zval_ptr_dtor(RESULT_OF(opline->op1)->var.ptr); \
        } \
    } while (0)
#define FREE_SCALAR_OPERANDS() \
    do { \
        FREE_SCALAR_OP1(); \
        if (OP2_TYPE == IS_VAR) { \
            i_zval_ptr_dtor(RESULT_OF(opline->op2)->var.ptr); \
        } \
    } while (0)

/* A variable that may take a number in place. */
#define VM_HOLDS_OWN_SCALAR(variable) \
    (ZEND_LIKELY((variable) != NULL) && ZEND_LIKELY(Z_TYPE_P(variable) <= IS_BOOL) \
        && ZEND_LIKELY(Z_REFCOUNT_P(variable) == 1 || PZVAL_IS_REF(variable)))

#define FINISH_NUMBER(set, number) \
    do { \
        if (FUSED) { \
            zval *variable_ = *VM_CV(execute_data, opline[1].op1); \
            if (VM_HOLDS_OWN_SCALAR(variable_)) { \
                set(variable_, number); \
                opline += 2; \
                DISPATCH(); \
            } \
        } \
        set(RESULT_TMP(), number); \
        NEXT(); \
    } while (0)
#define FINISH_LONG(number) FINISH_NUMBER(ZVAL_LONG, number)
#define FINISH_DOUBLE(number) FINISH_NUMBER(ZVAL_DOUBLE, number)

/* The general case of a binary operator: function(result, op1, op2). */
#define FINISH_BINARY(function) \
    do { \
        SAVE_OPLINE(); \
        function(RESULT_TMP(), op1, op2); \
        FREE_OP1(); \
        FREE_OP2(); \
        NEXT_CHECK_TMP(); \
    } while (0)

/* A truth value: the result, or the way that the jump behind takes. */
#define FINISH_BRANCH(condition) \
    do { \
        bool holds_ = (condition); \
        if (BRANCH == ZEND_JMPZ || BRANCH == ZEND_JMPNZ) { \
            if (holds_ == (BRANCH == ZEND_JMPNZ)) { \
                JUMP(VM_JUMP_TARGET(opline + 1, opline[1].op2)); \
            } \
            opline += 2; \
            DISPATCH(); \
        } \
        ZVAL_BOOL(RESULT_TMP(), holds_); \
        NEXT(); \
    } while (0)

#define COMPARE_NUMBERS(operator) \
    do { \
        if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_LONG && Z_TYPE_P(op2) == IS_LONG)) { \
            bool holds_long = Z_LVAL_P(op1) operator Z_LVAL_P(op2); \
            FREE_SCALAR_OPERANDS(); \
            FINISH_BRANCH(holds_long); \
        } \
        if (Z_TYPE_P(op1) == IS_DOUBLE && Z_TYPE_P(op2) == IS_DOUBLE) { \
            bool holds_double = Z_DVAL_P(op1) operator Z_DVAL_P(op2); \
            FREE_SCALAR_OPERANDS(); \
            FINISH_BRANCH(holds_double); \
        } \
    } while (0)

#define TRUTH_OF_OP1(truth) \
    do { \
        if (ZEND_LIKELY(Z_TYPE_P(op1) == IS_BOOL || Z_TYPE_P(op1) == IS_LONG)) { \
            truth = Z_LVAL_P(op1) != 0; \
            FREE_SCALAR_OP1(); \
        } else { \
            SAVE_OPLINE(); \
            truth = i_zend_is_true(op1); \
            FREE_OP1(); \
            CHECK_EXCEPTION(); \
        } \
    } while (0)

/* op1 (operator)= op2 for a CV with an integer or a double of its own. */
#define COMPOUND_ASSIGN_CV_NUMBERS(overflows, operator) \
    do { \
        if (opline->extended_value == 0 && opline->op1_type == IS_CV) { \
            zval *variable_ = *VM_CV(execute_data, opline->op1); \
            if (VM_HOLDS_OWN_SCALAR(variable_) && !RESULT_USED()) { \
                zval *operand_ = OP2_R(); \
                if (Z_TYPE_P(variable_) == IS_LONG && Z_TYPE_P(operand_) == IS_LONG) { \
                    long number_; \
                    if (ZEND_LIKELY(!overflows(Z_LVAL_P(variable_), Z_LVAL_P(operand_), \
                            &number_))) { \
                        Z_LVAL_P(variable_) = number_; \
                        FREE_OP2(); \
                        NEXT(); \
                    } \
                } else if (Z_TYPE_P(variable_) == IS_DOUBLE && Z_TYPE_P(operand_) == IS_DOUBLE) { \
                    Z_DVAL_P(variable_) = Z_DVAL_P(variable_) operator Z_DVAL_P(operand_); \
                    FREE_OP2(); \
                    NEXT(); \
                } \
            } \
        } \
    } while (0)

#define FINISH_COMPOUND_ASSIGN(function) \
    do { \
        SAVE_OPLINE(); \
        opline += vm_compound_assign(execute_data, opline, function); \
        CHECK_EXCEPTION(); \
        DISPATCH(); \
    } while (0)

/* What EG(exception) makes every handler go to. */
static zend_op zend_vm_exception_op;

#ifdef ZEND_VM_CALL

typedef const zend_op *(*zend_vm_handler)(zend_execute_data *execute_data, const zend_op *opline);

#define VM_WANT_HANDLERS
#define VM_WANT_TABLE
#include "vm/zend_vm_handlers.inc"
#undef VM_WANT_HANDLERS
#undef VM_WANT_TABLE

static const void *const *vm_handlers = zend_vm_handlers;

void execute_ex(zend_execute_data *execute_data)
{
    const zend_op *opline = execute_data->opline;

    EG(current_execute_data) = execute_data;
    while (opline) {
        opline = ((zend_vm_handler) opline->handler)(EG(current_execute_data), opline);
    }
}

#else

static const void *const *vm_handlers;

/* Called with NULL it only makes the addresses of its labels known. */
void execute_ex(zend_execute_data *execute_data)
{
#define VM_WANT_TABLE
#include "vm/zend_vm_handlers.inc"
#undef VM_WANT_TABLE
    const zend_op *opline;

    if (ZEND_UNLIKELY(!execute_data)) {
        vm_handlers = zend_vm_handlers;
        return;
    }
    EG(current_execute_data) = execute_data;
    opline = execute_data->opline;
    DISPATCH();

#define VM_WANT_HANDLERS
#include "vm/zend_vm_handlers.inc"
#undef VM_WANT_HANDLERS
}

#endif

#define VM_WANT_VARIANTS
#include "vm/zend_vm_handlers.inc"
#undef VM_WANT_VARIANTS

#define VM_BRANCHES 1
#define VM_ASSIGNS 2

static int vm_kind_index(zend_uchar kind)
{
    switch (kind & (IS_CONST | IS_TMP_VAR | IS_VAR | IS_UNUSED | IS_CV)) {
        case IS_CONST:
            return 0;
        case IS_TMP_VAR:
            return 1;
        case IS_VAR:
            return 2;
        case IS_CV:
            return 4;
        default:
            return 3;
    }
}

/* Does op[1] only assign what op computes to a variable? */
static bool vm_assigns_result(const zend_op *op)
{
    return op[1].opcode == ZEND_ASSIGN && op[1].op1_type == IS_CV && op[1].op2_type == IS_TMP_VAR
        && op[1].op2.var == op->result.var && (op[1].result_type & (EXT_TYPE_UNUSED | IS_UNUSED));
}

void zend_vm_set_opcode_handler(zend_op *op)
{
    int variant = 0;
    int index;

    if (zend_vm_variants[op->opcode] == VM_BRANCHES) {
        variant = op->result_type & IS_SMART_BRANCH_JMPZ ? 1
            : op->result_type & IS_SMART_BRANCH_JMPNZ ? 2 : 0;
    } else if (zend_vm_variants[op->opcode] == VM_ASSIGNS && vm_assigns_result(op)) {
        variant = 1;
    }
    index = (vm_kind_index(op->op1_type) * 5 + vm_kind_index(op->op2_type)) * 3 + variant;
    op->handler = vm_handlers[op->opcode * 75 + index];
}

const char *zend_get_opcode_name(zend_uchar opcode)
{
    return opcode <= ZEND_VM_LAST_OPCODE ? zend_opcode_infos[opcode].name : NULL;
}

void zend_vm_startup(void)
{
#ifndef ZEND_VM_CALL
    execute_ex(NULL);
#endif
    memset(&zend_vm_exception_op, 0, sizeof(zend_vm_exception_op));
    zend_vm_exception_op.opcode = ZEND_HANDLE_EXCEPTION;
    zend_vm_exception_op.op1_type = zend_vm_exception_op.op2_type = IS_UNUSED;
    zend_vm_exception_op.result_type = IS_UNUSED;
    zend_vm_set_opcode_handler(&zend_vm_exception_op);
}
