/* SPDX-License-Identifier: MIT */
/*
 * The last pass: what was built becomes code.
 *
 * Everything is copied into one block; operands, which were numbers, become the distances that the
 * virtual machine adds to a pointer it has at hand (see zend_op_array.h); and it is worked out
 * where each temporary is alive.
 *
 * A temporary is made by one operation (or by two in different branches) and used up by a later
 * one. Seen from the end of the code, the first use met is the last one, and the next operation
 * met that makes it begins the range. Around a break or return that has released it early the
 * range has a gap.
 */
#include "compile/zend_compile_internal.h"

#include <string.h>

#include "vm/zend_execute.h"

int zend_opcode_jumps(const zend_op *opline)
{
    switch (opline->opcode) {
    case ZEND_JMP:
    case ZEND_FAST_CALL:
        return ZEND_JUMP_OP1;
    case ZEND_JMPZ:
    case ZEND_JMPNZ:
    case ZEND_JMPZ_EX:
    case ZEND_JMPNZ_EX:
    case ZEND_JMP_SET:
    case ZEND_JMP_SET_VAR:
    case ZEND_NEW:
    case ZEND_FE_RESET:
    case ZEND_FE_FETCH:
        return ZEND_JUMP_OP2;
    case ZEND_JMPZNZ:
        return ZEND_JUMP_OP2 | ZEND_JUMP_EXTENDED;
    case ZEND_CATCH:
        return ZEND_JUMP_RESULT;
    default:
        return 0;
    }
}

/* --- Live ranges ---------------------------------------------------------------------------- */

#define NOT_USED ((zend_uint) -1)

typedef struct _range_finder {
    zend_compiler *c;
    zend_function_build *build;
    zend_uint *last_use; /* by temporary */
    zend_live_range *ranges;
    zend_uint count, room;
} range_finder;

static bool makes_live_value(const zend_op *opline)
{
    if ((opline->result_type & (IS_TMP_VAR | IS_VAR)) == 0
        || (opline->result_type & EXT_TYPE_UNUSED)) {
        return false;
    }
    switch (opline->opcode) {
    case ZEND_ADD_ARRAY_ELEMENT:
    case ZEND_FETCH_CLASS:
    case ZEND_DECLARE_CLASS:
    case ZEND_DECLARE_INHERITED_CLASS:
    case ZEND_FAST_CALL:
        return false;
    default:
        return true;
    }
}

static zend_uint live_kind(const zend_op *opline)
{
    switch (opline->opcode) {
    case ZEND_FE_RESET:
        return ZEND_LIVE_LOOP;
    case ZEND_BEGIN_SILENCE:
        return ZEND_LIVE_SILENCE;
    case ZEND_ROPE_INIT:
        return ZEND_LIVE_ROPE;
    default:
        return opline->result_type & IS_VAR ? ZEND_LIVE_VAR : ZEND_LIVE_TMP;
    }
}

static zend_uint slot_offset(const zend_op_array *op_array, zend_uint temporary)
{
    return ZEND_FRAME_HEADER_SIZE + (zend_uint) sizeof(zval *) * (zend_uint) op_array->last_var
        + (zend_uint) sizeof(temp_variable) * temporary;
}

static void add_range(
    range_finder *finder, zend_uint temporary, zend_uint kind, zend_uint start, zend_uint end)
{
    zend_live_range *range;

    if (start >= end) {
        return;
    }
    finder->ranges = zend_compile_grow(
        finder->c, finder->ranges, finder->count, &finder->room, sizeof(zend_live_range));
    range = &finder->ranges[finder->count++];
    range->var = slot_offset(finder->build->op_array, temporary) | kind;
    range->start = start;
    range->end = end;
}

/* The gaps are listed from the last to the first. */
static void add_range_with_gaps(
    range_finder *finder, zend_uint temporary, zend_uint kind, zend_uint start, zend_uint end)
{
    const zend_live_gap *gap;

    for (gap = finder->build->gaps; gap; gap = gap->next) {
        if (gap->var != temporary || gap->start < start || gap->start >= end) {
            continue;
        }
        if (gap->end > gap->start) {
            add_range(finder, temporary, kind, gap->end, end);
            end = gap->start;
        }
    }
    add_range(finder, temporary, kind, start, end);
}

static void note_use(range_finder *finder, zend_uchar type, znode_op operand, zend_uint number)
{
    if ((type & (IS_TMP_VAR | IS_VAR)) && finder->last_use[operand.var] == NOT_USED) {
        finder->last_use[operand.var] = number;
    }
}

static void find_ranges(range_finder *finder)
{
    const zend_op_array *op_array = finder->build->op_array;
    zend_uint number = op_array->last;
    zend_uint i;

    finder->last_use = zend_arena_alloc(finder->c->arena, (op_array->T + 1) * sizeof(zend_uint));
    for (i = 0; i < op_array->T; i++) {
        finder->last_use[i] = NOT_USED;
    }
    while (number-- > 0) {
        const zend_op *opline = &finder->build->ops[number];
        /* What OP_DATA holds is used up by the operation before it. */
        zend_uint user = number - (opline->opcode == ZEND_OP_DATA);

        if (makes_live_value(opline) && finder->last_use[opline->result.var] != NOT_USED) {
            add_range_with_gaps(finder, opline->result.var, live_kind(opline), number + 1,
                finder->last_use[opline->result.var]);
            finder->last_use[opline->result.var] = NOT_USED;
        }
        note_use(finder, opline->op1_type, opline->op1, user);
        note_use(finder, opline->op2_type, opline->op2, user);
    }
}

static int compare_ranges(const void *a, const void *b)
{
    const zend_live_range *left = a;
    const zend_live_range *right = b;

    return left->start < right->start ? -1 : left->start > right->start;
}

/* --- Operands ------------------------------------------------------------------------------- */

static void convert_operand(zend_op_array *op_array, const zend_op *opline, zend_uchar type,
    znode_op *operand)
{
    if (type == IS_CONST) {
        operand->constant = (zend_uint) ((const char *) &op_array->literals[operand->constant]
            - (const char *) opline);
    } else if (type & (IS_TMP_VAR | IS_VAR)) {
        operand->var = slot_offset(op_array, operand->var);
    } else if (type & IS_CV) {
        operand->var = ZEND_FRAME_HEADER_SIZE + (zend_uint) sizeof(zval *) * operand->var;
    }
}

static int32_t jump_distance(zend_uint target, zend_uint number)
{
    return (int32_t) (((long) target - (long) number) * (long) sizeof(zend_op));
}

static void convert_jumps(zend_op *opline, zend_uint number)
{
    int jumps = zend_opcode_jumps(opline);

    if (jumps & ZEND_JUMP_OP1) {
        opline->op1.jmp_offset = jump_distance(opline->op1.opline_num, number);
    }
    if (jumps & ZEND_JUMP_OP2) {
        opline->op2.jmp_offset = jump_distance(opline->op2.opline_num, number);
    }
    if (jumps & ZEND_JUMP_EXTENDED) {
        opline->extended_value = (zend_uint) jump_distance(opline->extended_value, number);
    }
    if (jumps & ZEND_JUMP_RESULT) {
        opline->result.jmp_offset = jump_distance(opline->result.opline_num, number);
    }
}

static bool can_branch(const zend_op *opline)
{
    switch (opline->opcode) {
    case ZEND_BOOL_NOT:
    case ZEND_IS_IDENTICAL:
    case ZEND_IS_NOT_IDENTICAL:
    case ZEND_IS_EQUAL:
    case ZEND_IS_NOT_EQUAL:
    case ZEND_IS_SMALLER:
    case ZEND_IS_SMALLER_OR_EQUAL:
    case ZEND_ISSET_ISEMPTY_CV:
        return true;
    default:
        return false;
    }
}

/* A comparison whose result only steers the jump behind it takes the jump itself. */
static void mark_smart_branch(zend_op *opline, const zend_op *next)
{
    if (!can_branch(opline) || opline->result_type != IS_TMP_VAR || next->op1_type != IS_TMP_VAR
        || next->op1.var != opline->result.var) {
        return;
    }
    if (next->opcode == ZEND_JMPZ) {
        opline->result_type |= IS_SMART_BRANCH_JMPZ;
    } else if (next->opcode == ZEND_JMPNZ) {
        opline->result_type |= IS_SMART_BRANCH_JMPNZ;
    }
}

static void convert_ops(zend_op_array *op_array)
{
    zend_uint i;

    for (i = 0; i < op_array->last; i++) {
        zend_op *opline = &op_array->opcodes[i];

        convert_jumps(opline, i);
        convert_operand(op_array, opline, opline->op1_type, &opline->op1);
        convert_operand(op_array, opline, opline->op2_type, &opline->op2);
        convert_operand(op_array, opline, opline->result_type, &opline->result);
    }
    for (i = 0; i + 1 < op_array->last; i++) {
        mark_smart_branch(&op_array->opcodes[i], &op_array->opcodes[i + 1]);
    }
    for (i = 0; i < op_array->last; i++) {
        zend_vm_set_opcode_handler(&op_array->opcodes[i]);
    }
}

/* --- Packing -------------------------------------------------------------------------------- */

static size_t aligned(size_t size)
{
    return (size + 7) & ~(size_t) 7;
}

/* Copies count elements to *place, which moves on. NULL when there are none. */
static void *pack(char **place, const void *elements, zend_uint count, size_t element_size)
{
    void *copy = *place;

    if (!count) {
        return NULL;
    }
    memcpy(copy, elements, count * element_size);
    *place += aligned(count * element_size);
    return copy;
}

static zend_uint argument_infos(const zend_op_array *op_array)
{
    return op_array->num_args + ((op_array->fn_flags & ZEND_ACC_VARIADIC) != 0);
}

static size_t code_size(const zend_function_build *build, const range_finder *ranges)
{
    const zend_op_array *op_array = build->op_array;

    return aligned(sizeof(zend_code)) + op_array->last * sizeof(zend_op)
        + build->literal_count * sizeof(zend_literal)
        + (zend_uint) op_array->last_var * sizeof(zend_compiled_variable)
        + aligned(build->try_count * sizeof(zend_try_catch_element))
        + aligned(ranges->count * sizeof(zend_live_range))
        + aligned(argument_infos(op_array) * sizeof(zend_arg_info))
        + (build->function_count + build->class_count) * sizeof(void *);
}

static void describe_code(zend_compiler *c, const zend_function_build *build, zend_code *code)
{
    code->refcount = 1;
    code->last_literal = (int) build->literal_count;
    code->last_cache_slot = (int) build->cache_slots;
    code->last_try_catch = (int) build->try_count;
    code->line_start = build->line_start;
    code->line_end = build->line_end;
    code->filename = c->filename;
    code->doc_comment = build->doc_comment;
    code->doc_comment_len = build->doc_comment_len;
    code->early_binding = (zend_uint) -1;
    code->function_count = build->function_count;
    code->class_count = build->class_count;
    code->has_finally = build->has_finally;
    code->static_variables = build->static_variables;
}

void zend_pass_two(zend_compiler *c, zend_function_build *build)
{
    zend_op_array *op_array = build->op_array;
    range_finder ranges = {c, build, NULL, NULL, 0, 0};
    zend_code *code;
    size_t size;
    char *place;

    find_ranges(&ranges);
    if (ranges.count) {
        qsort(ranges.ranges, ranges.count, sizeof(zend_live_range), compare_ranges);
    }
    size = code_size(build, &ranges);
    code = ecalloc(1, size);
    describe_code(c, build, code);
    code->size = (zend_uint) size;
    code->last_live_range = (int) ranges.count;
    place = (char *) code + aligned(sizeof(zend_code));
    op_array->code = code;
    op_array->opcodes = pack(&place, build->ops, op_array->last, sizeof(zend_op));
    op_array->literals =
        pack(&place, build->literals, build->literal_count, sizeof(zend_literal));
    op_array->vars = pack(
        &place, build->vars, (zend_uint) op_array->last_var, sizeof(zend_compiled_variable));
    code->try_catch_array =
        pack(&place, build->tries, build->try_count, sizeof(zend_try_catch_element));
    code->live_range = pack(&place, ranges.ranges, ranges.count, sizeof(zend_live_range));
    op_array->arg_info =
        pack(&place, build->arguments, argument_infos(op_array), sizeof(zend_arg_info));
    code->functions =
        pack(&place, build->functions, build->function_count, sizeof(zend_function *));
    code->classes = pack(&place, build->classes, build->class_count, sizeof(zend_class_entry *));
    op_array->frame_size = slot_offset(op_array, op_array->T);
    op_array->fn_flags |= ZEND_ACC_DONE_PASS_TWO;
    convert_ops(op_array);
}
