/* SPDX-License-Identifier: MIT */
/*
 * The listing of an op array.
 *
 *      function fact($n)                          lines 2-4, 6 operations, 104 + 80 bytes of frame
 *        line      #  operation            result  op1     op2     more
 *           2      0  RECV                 $n      1
 *           3      1  IS_SMALLER_OR_EQUAL  T0      $n      1
 *                  2  JMPZ                         T0      L4
 *      ...
 *        live: T1 4-6 tmp
 */
#include "compile/zend_dump_opcodes.h"

#include <string.h>

#include "compile/zend_compile_internal.h"
#include "compile/zend_dump_internal.h"
#include "zend_alloc.h"

static void dump_head(const zend_op_array *op_array, FILE *out)
{
    const zend_code *code = op_array->code;
    zend_uint count = op_array->num_args + ((op_array->fn_flags & ZEND_ACC_VARIADIC) != 0);
    zend_dump_text text;
    zend_uint i;

    zend_dump_function_name(&text, op_array);
    if (!op_array->function_name) {
        fprintf(out, "main code of %s", code->filename);
    } else {
        fprintf(out, "%s %s%s(", op_array->scope ? "method" : "function",
            op_array->fn_flags & ZEND_ACC_RETURN_REFERENCE ? "&" : "", text.val);
        for (i = 0; i < count; i++) {
            zend_dump_parameter(&text, &op_array->arg_info[i]);
            fprintf(out, "%s%s", i ? ", " : "", text.val);
        }
        fputc(')', out);
    }
    fprintf(out, "\n  lines %u-%u, %u operations, %d literals, %d variables, %u temporaries, "
        "frame of %u bytes, %d cache slots%s\n", code->line_start, code->line_end, op_array->last,
        code->last_literal, op_array->last_var, op_array->T, op_array->frame_size,
        code->last_cache_slot, op_array->fn_flags & ZEND_ACC_GENERATOR ? ", generator" : "");
}

static const char *branch_mark(const zend_op *opline)
{
    return opline->result_type & (IS_SMART_BRANCH_JMPZ | IS_SMART_BRANCH_JMPNZ) ? "+" : "";
}

static void dump_op(const zend_op_array *op_array, zend_uint number, bool is_target, FILE *out)
{
    const zend_op *opline = &op_array->opcodes[number];
    zend_dump_text result, op1, op2, more;
    char line[16] = "";
    char label[16] = "";
    int width;

    if (number == 0 || opline[-1].lineno != opline->lineno) {
        snprintf(line, sizeof(line), "%u", opline->lineno);
    }
    snprintf(label, sizeof(label), is_target ? "L%u:" : "%u", number);
    zend_dump_result(&result, op_array, opline);
    zend_dump_op1(&op1, op_array, opline);
    zend_dump_op2(&op2, op_array, opline);
    zend_dump_extended(&more, op_array, opline);
    width = fprintf(out, "  %5s %6s  %s%s", line, label, zend_opcode_infos[opline->opcode].name,
        branch_mark(opline));
    width = fprintf(out, "%*s%-8s%-16s%-16s%s", width < 42 ? 42 - width : 1, "", result.val,
        op1.val, op2.val, more.val);
    (void) width;
    fputc('\n', out);
}

static void dump_try_blocks(const zend_op_array *op_array, FILE *out)
{
    const zend_code *code = op_array->code;
    int i;

    for (i = 0; i < code->last_try_catch; i++) {
        const zend_try_catch_element *element = &code->try_catch_array[i];

        fprintf(out, "  try from %u", element->try_op);
        if (element->catch_op) {
            fprintf(out, ", catch L%u", element->catch_op);
        }
        if (element->finally_op) {
            fprintf(out, ", finally L%u to %u", element->finally_op, element->finally_end);
        }
        fputc('\n', out);
    }
}

static void dump_live_ranges(const zend_op_array *op_array, FILE *out)
{
    const zend_code *code = op_array->code;
    zend_dump_text slot;
    int i;

    for (i = 0; i < code->last_live_range; i++) {
        const zend_live_range *range = &code->live_range[i];

        zend_dump_slot(&slot, op_array, range->var & ~(zend_uint) ZEND_LIVE_MASK);
        fprintf(out, "  live %s %u-%u %s\n", slot.val, range->start, range->end - 1,
            zend_dump_live_kind(range->var));
    }
}

static void dump_one(const zend_op_array *op_array, FILE *out)
{
    unsigned char *targets = zend_dump_find_targets(op_array);
    zend_uint i;

    dump_head(op_array, out);
    for (i = 0; i < op_array->last; i++) {
        dump_op(op_array, i, targets[i], out);
    }
    dump_try_blocks(op_array, out);
    dump_live_ranges(op_array, out);
    fputc('\n', out);
    efree(targets);
}

static void dump_class(const zend_class_entry *ce, FILE *out)
{
    const Bucket *p;

    fprintf(out, "%s %s%s%s\n\n",
        ce->ce_flags & ZEND_ACC_INTERFACE                            ? "interface"
            : (ce->ce_flags & ZEND_ACC_TRAIT) == ZEND_ACC_TRAIT ? "trait"
                                                                     : "class",
        ce->name, ce->parent_name ? " extends " : "", ce->parent_name ? ce->parent_name : "");
    for (p = ce->function_table.pListHead; p; p = p->pListNext) {
        const zend_function *function = p->pData;

        if (function->type == ZEND_USER_FUNCTION && function->common.scope == ce) {
            zend_dump_op_array(&function->op_array, out);
        }
    }
}

void zend_dump_op_array(const zend_op_array *op_array, FILE *out)
{
    const zend_code *code = op_array->code;
    zend_uint i;

    zend_stack_guard();
    dump_one(op_array, out);
    for (i = 0; i < code->function_count; i++) {
        zend_dump_op_array(&code->functions[i]->op_array, out);
    }
    for (i = 0; i < code->class_count; i++) {
        dump_class(code->classes[i], out);
    }
}

void zend_dump_file_opcodes(const zend_op_array *main_code, FILE *out)
{
    const char *filename = main_code->code->filename;
    const Bucket *p;

    zend_dump_op_array(main_code, out);
    for (p = CG(function_table)->pListHead; p; p = p->pListNext) {
        const zend_function *function = p->pData;

        if (function->type == ZEND_USER_FUNCTION
            && function->op_array.code->filename == filename) {
            zend_dump_op_array(&function->op_array, out);
        }
    }
    for (p = CG(class_table)->pListHead; p; p = p->pListNext) {
        const zend_class_entry *ce = *(zend_class_entry **) p->pData;

        if (ce->type == ZEND_USER_CLASS && ce->info.user.filename == filename) {
            dump_class(ce, out);
        }
    }
}
