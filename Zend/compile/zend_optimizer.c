/* SPDX-License-Identifier: MIT */
/*
 * The optimiser: shorter ways through the same operations.
 *
 * It works on a function just before it is packed, and changes nothing that a script can see:
 * no message, no order of effects, no figure of memory_get_usage(). It can be switched off with
 * ZEND_COMPILE_NO_OPTIMIZER.
 *
 *   jumps to jumps       go to the last target
 *   !, (bool) and && as  the jump takes the operand itself, and the other sense where needed:
 *   a condition            BOOL_NOT $a -> T;  JMPZ T, L    becomes    JMPNZ $a, L
 *   known conditions     JMPZ 1 goes, JMPNZ 1 becomes JMP
 *   useless jumps        to the next operation, or where control never comes
 *
 * What is dropped becomes a NOP first; at the end the NOPs are squeezed out.
 */
#include "compile/zend_compile_internal.h"

#include <string.h>

#define MAX_HOPS 64 /* `for (;;);` jumps to itself */

typedef struct _optimizer {
    zend_compiler *c;
    zend_function_build *build;
    zend_op *ops;
    zend_uint count;
    zend_uint *entries; /* by operation: how many jumps, or starts of blocks, lead there */
} optimizer;

static void make_nop(zend_op *opline)
{
    zend_uint lineno = opline->lineno;

    memset(opline, 0, sizeof(*opline));
    opline->opcode = ZEND_NOP;
    opline->lineno = lineno;
    opline->op1_type = opline->op2_type = opline->result_type = IS_UNUSED;
}

/* --- Where control may come from ------------------------------------------------------------ */

static void count_try_entries(optimizer *o)
{
    zend_uint i;

    for (i = 0; i < o->build->try_count; i++) {
        const zend_try_catch_element *element = &o->build->tries[i];

        o->entries[element->try_op]++;
        o->entries[element->catch_op]++;
        o->entries[element->finally_op]++;
        o->entries[element->finally_end]++;
    }
}

static void count_entries(optimizer *o)
{
    zend_uint i;

    memset(o->entries, 0, (o->count + 1) * sizeof(zend_uint));
    for (i = 0; i < o->count; i++) {
        const zend_op *opline = &o->ops[i];
        int jumps = zend_opcode_jumps(opline);

        if (jumps & ZEND_JUMP_OP1) {
            o->entries[opline->op1.opline_num]++;
        }
        if (jumps & ZEND_JUMP_OP2) {
            o->entries[opline->op2.opline_num]++;
        }
        if (jumps & ZEND_JUMP_RESULT) {
            o->entries[opline->result.opline_num]++;
        }
    }
    count_try_entries(o);
}

static void redirect(optimizer *o, zend_uint *target, zend_uint to)
{
    o->entries[*target]--;
    o->entries[to]++;
    *target = to;
}

/* --- Jumps to jumps ------------------------------------------------------------------------- */

static zend_uint skip_nops(const optimizer *o, zend_uint number)
{
    while (number < o->count && o->ops[number].opcode == ZEND_NOP) {
        number++;
    }
    return number;
}

static zend_uint final_target(const optimizer *o, zend_uint number)
{
    int hops;

    for (hops = 0; hops < MAX_HOPS; hops++) {
        number = skip_nops(o, number);
        if (number >= o->count || o->ops[number].opcode != ZEND_JMP) {
            break;
        }
        number = o->ops[number].op1.opline_num;
    }
    return number;
}

static void thread_target(optimizer *o, zend_uint *target)
{
    zend_uint final = final_target(o, *target);

    if (final != *target && final < o->count) {
        redirect(o, target, final);
    }
}

static void thread_jumps(optimizer *o)
{
    zend_uint i;

    for (i = 0; i < o->count; i++) {
        switch (o->ops[i].opcode) {
        case ZEND_JMP:
            thread_target(o, &o->ops[i].op1.opline_num);
            break;
        case ZEND_JMPZ:
        case ZEND_JMPNZ:
        case ZEND_JMPZ_EX:
        case ZEND_JMPNZ_EX:
            thread_target(o, &o->ops[i].op2.opline_num);
            break;
        default:
            break;
        }
    }
}

/* --- && and || ------------------------------------------------------------------------------ */

static bool tests_result_of(const zend_op *test, const zend_op *opline)
{
    return test->op1_type == IS_TMP_VAR && test->op1.var == opline->result.var;
}

/* Does the test jump when the value is false? */
static bool jumps_on_false(zend_uchar opcode)
{
    return opcode == ZEND_JMPZ || opcode == ZEND_JMPZ_EX;
}

/*
 * JMPZ_EX $a -> T, L  where L tests T: the outcome there is known. If that test jumps on, so does
 * this one, straight; else it goes on behind the test. Where the test only jumps (JMPZ, JMPNZ)
 * T is not needed.
 */
static bool thread_short_circuit(optimizer *o, zend_op *opline)
{
    zend_uint target = skip_nops(o, opline->op2.opline_num);
    const zend_op *test = target < o->count ? &o->ops[target] : NULL;
    bool same_sense;

    if (!test || test <= opline || !tests_result_of(test, opline)) {
        return false;
    }
    switch (test->opcode) {
    case ZEND_JMPZ:
    case ZEND_JMPNZ:
    case ZEND_JMPZ_EX:
    case ZEND_JMPNZ_EX:
        break;
    default:
        return false;
    }
    same_sense = jumps_on_false(test->opcode) == jumps_on_false(opline->opcode);
    if (same_sense && (test->opcode == ZEND_JMPZ_EX || test->opcode == ZEND_JMPNZ_EX)) {
        opline->result = test->result;
        redirect(o, &opline->op2.opline_num, test->op2.opline_num);
        return true;
    }
    opline->opcode = opline->opcode == ZEND_JMPZ_EX ? ZEND_JMPZ : ZEND_JMPNZ;
    opline->result_type = IS_UNUSED;
    opline->result.num = 0;
    redirect(o, &opline->op2.opline_num, same_sense ? test->op2.opline_num : target + 1);
    return true;
}

static void thread_short_circuits(optimizer *o)
{
    zend_uint i;

    /* From the end on, so that inner tests are simple already when outer ones look at them. */
    for (i = o->count; i-- > 0;) {
        zend_op *opline = &o->ops[i];

        if (opline->opcode == ZEND_JMPZ_EX || opline->opcode == ZEND_JMPNZ_EX) {
            while (thread_short_circuit(o, opline) && opline->result_type == IS_TMP_VAR) {
            }
        }
    }
}

/* --- Conditions ----------------------------------------------------------------------------- */

static zend_uchar opposite(zend_uchar opcode)
{
    switch (opcode) {
    case ZEND_JMPZ:
        return ZEND_JMPNZ;
    case ZEND_JMPNZ:
        return ZEND_JMPZ;
    default:
        return ZEND_NOP;
    }
}

static bool is_conditional(zend_uchar opcode)
{
    return opcode == ZEND_JMPZ || opcode == ZEND_JMPNZ || opcode == ZEND_JMPZ_EX
        || opcode == ZEND_JMPNZ_EX;
}

/* BOOL or BOOL_NOT right before the jump that tests its result: the jump takes the operand. */
static void merge_condition(optimizer *o, zend_uint number)
{
    zend_op *opline = &o->ops[number];
    zend_uint next = skip_nops(o, number + 1);
    zend_op *test;
    zend_uint i;

    if (next >= o->count || !is_conditional(o->ops[next].opcode)) {
        return;
    }
    test = &o->ops[next];
    if (!tests_result_of(test, opline)
        || (opline->opcode == ZEND_BOOL_NOT && opposite(test->opcode) == ZEND_NOP)) {
        return;
    }
    for (i = number + 1; i <= next; i++) {
        if (o->entries[i]) {
            return; /* somebody else brings a value, too */
        }
    }
    if (opline->opcode == ZEND_BOOL_NOT) {
        test->opcode = opposite(test->opcode);
    }
    test->op1 = opline->op1;
    test->op1_type = opline->op1_type;
    make_nop(opline);
}

static void merge_conditions(optimizer *o)
{
    zend_uint i;

    for (i = o->count; i-- > 0;) {
        if (o->ops[i].opcode == ZEND_BOOL || o->ops[i].opcode == ZEND_BOOL_NOT) {
            merge_condition(o, i);
        }
    }
}

static void resolve_known_condition(optimizer *o, zend_op *opline)
{
    zval value = o->build->literals[opline->op1.constant].constant;
    bool jumps = (zend_is_true(&value) != 0) == (opline->opcode == ZEND_JMPNZ);
    zend_uint target = opline->op2.opline_num;

    make_nop(opline);
    if (jumps) {
        opline->opcode = ZEND_JMP;
        opline->op1.opline_num = target;
    } else {
        o->entries[target]--;
    }
}

static void resolve_known_conditions(optimizer *o)
{
    zend_uint i;

    for (i = 0; i < o->count; i++) {
        zend_op *opline = &o->ops[i];

        if ((opline->opcode == ZEND_JMPZ || opline->opcode == ZEND_JMPNZ)
            && opline->op1_type == IS_CONST) {
            resolve_known_condition(o, opline);
        }
    }
}

/* --- Useless jumps -------------------------------------------------------------------------- */

static bool never_falls_through(const zend_op *opline)
{
    switch (opline->opcode) {
    case ZEND_JMP:
    case ZEND_RETURN:
    case ZEND_RETURN_BY_REF:
    case ZEND_GENERATOR_RETURN:
    case ZEND_THROW:
    case ZEND_FAST_RET:
        return true;
    default:
        return false;
    }
}

/* Only jumps are dropped: other dead code still says where temporaries end. */
static void drop_useless_jumps(optimizer *o)
{
    bool reachable = true;
    zend_uint i;

    for (i = 0; i < o->count; i++) {
        zend_op *opline = &o->ops[i];

        reachable |= o->entries[i] != 0;
        if (opline->opcode == ZEND_JMP
            && (!reachable
                || (opline->op1.opline_num > i
                    && skip_nops(o, i + 1) >= opline->op1.opline_num))) {
            o->entries[opline->op1.opline_num]--;
            make_nop(opline);
            continue;
        }
        if (opline->opcode != ZEND_NOP) {
            reachable = !never_falls_through(opline);
        }
    }
}

/* --- Squeezing NOPs out --------------------------------------------------------------------- */

static void renumber_op(zend_op *opline, const zend_uint *numbers)
{
    int jumps = zend_opcode_jumps(opline);

    if (jumps & ZEND_JUMP_OP1) {
        opline->op1.opline_num = numbers[opline->op1.opline_num];
    }
    if (jumps & ZEND_JUMP_OP2) {
        opline->op2.opline_num = numbers[opline->op2.opline_num];
    }
    if (jumps & ZEND_JUMP_RESULT) {
        opline->result.opline_num = numbers[opline->result.opline_num];
    }
}

static void renumber_tables(optimizer *o, const zend_uint *numbers)
{
    zend_live_gap *gap;
    zend_uint i;

    for (i = 0; i < o->build->try_count; i++) {
        zend_try_catch_element *element = &o->build->tries[i];

        element->try_op = numbers[element->try_op];
        element->catch_op = numbers[element->catch_op];
        element->finally_op = numbers[element->finally_op];
        element->finally_end = numbers[element->finally_end];
    }
    for (gap = o->build->gaps; gap; gap = gap->next) {
        gap->start = numbers[gap->start];
        gap->end = numbers[gap->end];
    }
}

static void squeeze(optimizer *o)
{
    zend_uint *numbers = zend_arena_alloc(o->c->arena, (o->count + 1) * sizeof(zend_uint));
    zend_uint kept = 0;
    zend_uint i;

    for (i = 0; i < o->count; i++) {
        numbers[i] = kept;
        if (o->ops[i].opcode != ZEND_NOP) {
            o->ops[kept++] = o->ops[i];
        }
    }
    numbers[o->count] = kept;
    for (i = 0; i < kept; i++) {
        renumber_op(&o->ops[i], numbers);
    }
    renumber_tables(o, numbers);
    o->build->op_array->last = kept;
}

void zend_optimize(zend_compiler *c, zend_function_build *build)
{
    optimizer o = {c, build, build->ops, build->op_array->last, NULL};

    o.entries = zend_arena_alloc(c->arena, (o.count + 1) * sizeof(zend_uint));
    count_entries(&o);
    thread_jumps(&o);
    thread_short_circuits(&o);
    merge_conditions(&o);
    resolve_known_conditions(&o);
    thread_jumps(&o);
    drop_useless_jumps(&o);
    squeeze(&o);
}
