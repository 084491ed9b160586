/* SPDX-License-Identifier: MIT */
/* Op arrays for other programs: as JSON, and as a graph of basic blocks in Graphviz's language. */
#include "compile/zend_compile_internal.h"
#include "compile/zend_dump_internal.h"
#include "compile/zend_dump_opcodes.h"
#include "zend_alloc.h"

/* --- JSON ----------------------------------------------------------------------------------- */

static void put_json_string(const char *text, FILE *out)
{
    fputc('"', out);
    for (; *text; text++) {
        unsigned char byte = (unsigned char) *text;

        if (byte == '"' || byte == '\\') {
            fprintf(out, "\\%c", byte);
        } else if (byte < 32) {
            fprintf(out, "\\u%04x", byte);
        } else if (byte < 128) {
            fputc(byte, out);
        } else {
            /* Source may be in any encoding: bytes are shown as Latin-1. */
            fprintf(out, "\\u%04x", byte);
        }
    }
    fputc('"', out);
}

static void put_json_field(const char *name, const char *text, FILE *out)
{
    if (*text) {
        fprintf(out, ", \"%s\": ", name);
        put_json_string(text, out);
    }
}

static void put_json_op(const zend_op_array *op_array, zend_uint number, FILE *out)
{
    const zend_op *opline = &op_array->opcodes[number];
    zend_dump_text text;

    fprintf(out, "{\"number\": %u, \"line\": %u, \"opcode\": \"%s\"", number, opline->lineno,
        zend_opcode_infos[opline->opcode].name);
    zend_dump_result(&text, op_array, opline);
    put_json_field("result", text.val, out);
    zend_dump_op1(&text, op_array, opline);
    put_json_field("op1", text.val, out);
    zend_dump_op2(&text, op_array, opline);
    put_json_field("op2", text.val, out);
    zend_dump_extended(&text, op_array, opline);
    put_json_field("more", text.val, out);
    fprintf(out, ", \"kinds\": [\"%s\", \"%s\", \"%s\"]}", zend_dump_kind(opline->op1_type),
        zend_dump_kind(opline->op2_type), zend_dump_kind(opline->result_type));
}

static void put_json_variables(const zend_op_array *op_array, FILE *out)
{
    int i;

    fputs(", \"variables\": [", out);
    for (i = 0; i < op_array->last_var; i++) {
        fputs(i ? ", " : "", out);
        put_json_string(op_array->vars[i].name, out);
    }
    fputc(']', out);
}

static void put_json_live_ranges(const zend_op_array *op_array, FILE *out)
{
    const zend_code *code = op_array->code;
    zend_dump_text slot;
    int i;

    fputs(", \"live\": [", out);
    for (i = 0; i < code->last_live_range; i++) {
        const zend_live_range *range = &code->live_range[i];

        zend_dump_slot(&slot, op_array, range->var & ~(zend_uint) ZEND_LIVE_MASK);
        fprintf(out, "%s{\"slot\": \"%s\", \"kind\": \"%s\", \"start\": %u, \"end\": %u}",
            i ? ", " : "", slot.val, zend_dump_live_kind(range->var), range->start, range->end);
    }
    fputc(']', out);
}

void zend_dump_opcodes_json(const zend_op_array *op_array, FILE *out)
{
    const zend_code *code = op_array->code;
    zend_dump_text name;
    zend_uint i;

    zend_stack_guard();
    zend_dump_function_name(&name, op_array);
    fputs("{\"function\": ", out);
    put_json_string(name.val, out);
    fprintf(out, ", \"lines\": [%u, %u], \"temporaries\": %u, \"frame\": %u", code->line_start,
        code->line_end, op_array->T, op_array->frame_size);
    put_json_variables(op_array, out);
    fputs(", \"operations\": [\n", out);
    for (i = 0; i < op_array->last; i++) {
        put_json_op(op_array, i, out);
        fputs(i + 1 < op_array->last ? ",\n" : "\n", out);
    }
    fputc(']', out);
    put_json_live_ranges(op_array, out);
    fputs(", \"functions\": [", out);
    for (i = 0; i < code->function_count; i++) {
        fputs(i ? ",\n" : "", out);
        zend_dump_opcodes_json(&code->functions[i]->op_array, out);
    }
    fputs("]}", out);
}

/* --- Graphviz ------------------------------------------------------------------------------- */

static bool ends_block(const zend_op_array *op_array, zend_uint number, const unsigned char *targets)
{
    zend_uint ignored[3];

    return number + 1 == op_array->last || targets[number + 1]
        || zend_dump_targets(op_array, &op_array->opcodes[number], ignored) > 0;
}

static bool falls_through(const zend_op *opline)
{
    switch (opline->opcode) {
    case ZEND_JMP:
    case ZEND_RETURN:
    case ZEND_RETURN_BY_REF:
    case ZEND_GENERATOR_RETURN:
    case ZEND_THROW:
    case ZEND_FAST_RET:
        return false;
    default:
        return true;
    }
}

static void put_dot_text(const char *text, FILE *out)
{
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') {
            fputc('\\', out);
        }
        fputc(*text, out);
    }
}

static void put_dot_op(const zend_op_array *op_array, zend_uint number, FILE *out)
{
    const zend_op *opline = &op_array->opcodes[number];
    zend_dump_text result, op1, op2;

    zend_dump_result(&result, op_array, opline);
    zend_dump_op1(&op1, op_array, opline);
    zend_dump_op2(&op2, op_array, opline);
    fprintf(out, "%u  ", number);
    put_dot_text(result.val, out);
    fprintf(out, "%s%s ", result.val[0] ? " = " : "", zend_opcode_infos[opline->opcode].name);
    put_dot_text(op1.val, out);
    fputs(op1.val[0] && op2.val[0] ? ", " : "", out);
    put_dot_text(op2.val, out);
    fputs("\\l", out);
}

static void put_dot_edges(
    const zend_op_array *op_array, zend_uint block, zend_uint last, FILE *out)
{
    zend_uint targets[3];
    int n = zend_dump_targets(op_array, &op_array->opcodes[last], targets);

    while (n-- > 0) {
        fprintf(out, "  b%u -> b%u;\n", block, targets[n]);
    }
    if (falls_through(&op_array->opcodes[last]) && last + 1 < op_array->last) {
        fprintf(out, "  b%u -> b%u [style=bold];\n", block, last + 1);
    }
}

void zend_dump_opcodes_dot(const zend_op_array *op_array, FILE *out)
{
    unsigned char *targets = zend_dump_find_targets(op_array);
    zend_dump_text name;
    zend_uint block = 0;
    zend_uint i;

    zend_dump_function_name(&name, op_array);
    fputs("digraph \"", out);
    put_dot_text(name.val, out);
    fputs("\" {\n  node [shape=box, fontname=monospace];\n", out);
    for (i = 0; i < op_array->last; i++) {
        if (i == block) {
            fprintf(out, "  b%u [label=\"", block);
        }
        put_dot_op(op_array, i, out);
        if (ends_block(op_array, i, targets)) {
            fputs("\"];\n", out);
            put_dot_edges(op_array, block, i, out);
            block = i + 1;
        }
    }
    fputs("}\n", out);
    efree(targets);
}
