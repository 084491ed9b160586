/* SPDX-License-Identifier: MIT */
/*
 * Parts of an operation as text.
 *
 * What an operand of kind UNUSED means (a number, a jump, $this, nothing) stands in the opcode
 * table; the generated zend_opcode_infos has it as text.
 */
#include "compile/zend_dump_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "compile/zend_compile.h"
#include "compile/zend_compile_internal.h"
#include "vm/zend_frame.h"
#include "zend_alloc.h"

static void put(zend_dump_text *text, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(text->val, sizeof(text->val), format, args);
    va_end(args);
}

static void append(zend_dump_text *text, const char *format, ...)
{
    size_t used = strlen(text->val);
    va_list args;

    va_start(args, format);
    vsnprintf(text->val + used, sizeof(text->val) - used, format, args);
    va_end(args);
}

/* --- Values --------------------------------------------------------------------------------- */

#define SHOWN_BYTES 40

static void append_byte(zend_dump_text *text, unsigned char byte)
{
    switch (byte) {
    case '\n':
        append(text, "\\n");
        break;
    case '\t':
        append(text, "\\t");
        break;
    case '\'':
    case '\\':
        append(text, "\\%c", byte);
        break;
    default:
        append(text, byte < 32 || byte == 127 ? "\\x%02x" : "%c", byte);
        break;
    }
}

static void put_string(zend_dump_text *text, const zval *value)
{
    int i;

    put(text, "'");
    for (i = 0; i < Z_STRLEN_P(value) && i < SHOWN_BYTES; i++) {
        append_byte(text, (unsigned char) Z_STRVAL_P(value)[i]);
    }
    append(text, i < Z_STRLEN_P(value) ? "'..." : "'");
}

static void put_value(zend_dump_text *text, const zval *value)
{
    switch (Z_TYPE_P(value) & IS_CONSTANT_TYPE_MASK) {
    case IS_NULL:
        put(text, "null");
        break;
    case IS_LONG:
        put(text, "%ld", Z_LVAL_P(value));
        break;
    case IS_DOUBLE:
        put(text, "%.14G", Z_DVAL_P(value));
        break;
    case IS_BOOL:
        put(text, Z_BVAL_P(value) ? "true" : "false");
        break;
    case IS_STRING:
        put_string(text, value);
        break;
    case IS_ARRAY:
        put(text, "array(%u)", Z_ARRVAL_P(value)->nNumOfElements);
        break;
    case IS_CONSTANT:
        put(text, "<%s>", Z_STRVAL_P(value));
        break;
    default:
        put(text, "<expression>");
        break;
    }
}

/* --- Operands ------------------------------------------------------------------------------- */

static zend_uint cv_number(zend_uint offset)
{
    return (offset - ZEND_FRAME_HEADER_SIZE) / (zend_uint) sizeof(zval *);
}

static zend_uint temporary_number(const zend_op_array *op_array, zend_uint offset)
{
    zend_uint first = ZEND_FRAME_HEADER_SIZE
        + (zend_uint) sizeof(zval *) * (zend_uint) op_array->last_var;

    return (offset - first) / (zend_uint) sizeof(temp_variable);
}

void zend_dump_slot(zend_dump_text *text, const zend_op_array *op_array, zend_uint offset)
{
    put(text, "T%u", temporary_number(op_array, offset));
}

const char *zend_dump_live_kind(zend_uint var)
{
    static const char *const kinds[] = {"tmp", "var", "loop", "silence", "rope"};
    zend_uint kind = var & ZEND_LIVE_MASK;

    return kind <= ZEND_LIVE_ROPE ? kinds[kind] : "?";
}

const char *zend_dump_kind(zend_uchar type)
{
    switch (type & (IS_CONST | IS_TMP_VAR | IS_VAR | IS_UNUSED | IS_CV)) {
    case IS_CONST:
        return "CONST";
    case IS_TMP_VAR:
        return "TMP";
    case IS_VAR:
        return "VAR";
    case IS_CV:
        return "CV";
    default:
        return "UNUSED";
    }
}

zend_uint zend_dump_jump_target(const zend_op_array *op_array, const zend_op *opline, int32_t jump)
{
    return (zend_uint) ((opline - op_array->opcodes) + jump / (int32_t) sizeof(zend_op));
}

static void put_class_number(zend_dump_text *text, zend_uint number)
{
    switch (number & ZEND_FETCH_CLASS_MASK) {
    case ZEND_FETCH_CLASS_SELF:
        put(text, "self");
        break;
    case ZEND_FETCH_CLASS_PARENT:
        put(text, "parent");
        break;
    case ZEND_FETCH_CLASS_STATIC:
        put(text, "static");
        break;
    default:
        put(text, "%s", "");
        break;
    }
}

static void put_unused(zend_dump_text *text, const zend_op_array *op_array, const zend_op *opline,
    znode_op operand, const char *meaning)
{
    if (strcmp(meaning, "jmp") == 0) {
        put(text, "L%u", zend_dump_jump_target(op_array, opline, operand.jmp_offset));
    } else if (strcmp(meaning, "num") == 0) {
        put(text, "%u", operand.num);
    } else if (strncmp(meaning, "class", 5) == 0) {
        put_class_number(text, operand.num);
    } else if (strcmp(meaning, "obj") == 0 || strcmp(meaning, "lobj") == 0) {
        put(text, "$this");
    } else {
        put(text, "%s", "");
    }
}

static void put_operand(zend_dump_text *text, const zend_op_array *op_array, const zend_op *opline,
    zend_uchar type, znode_op operand, const char *meaning)
{
    const zend_compiled_variable *variable;
    const char *literal;

    switch (type & (IS_CONST | IS_TMP_VAR | IS_VAR | IS_UNUSED | IS_CV)) {
    case IS_CONST:
        literal = (const char *) opline + (int32_t) operand.constant;
        put_value(text, &((const zend_literal *) (const void *) literal)->constant);
        break;
    case IS_CV:
        variable = &op_array->vars[cv_number(operand.var)];
        put(text, "$%s", variable->name);
        break;
    case IS_TMP_VAR:
        put(text, "T%u", temporary_number(op_array, operand.var));
        break;
    case IS_VAR:
        put(text, "V%u", temporary_number(op_array, operand.var));
        break;
    default:
        put_unused(text, op_array, opline, operand, meaning);
        break;
    }
}

void zend_dump_op1(zend_dump_text *text, const zend_op_array *op_array, const zend_op *opline)
{
    put_operand(text, op_array, opline, opline->op1_type, opline->op1,
        zend_opcode_infos[opline->opcode].op1);
}

void zend_dump_op2(zend_dump_text *text, const zend_op_array *op_array, const zend_op *opline)
{
    put_operand(text, op_array, opline, opline->op2_type, opline->op2,
        zend_opcode_infos[opline->opcode].op2);
}

void zend_dump_result(zend_dump_text *text, const zend_op_array *op_array, const zend_op *opline)
{
    if (opline->result_type & EXT_TYPE_UNUSED) {
        put(text, "-");
    } else if (opline->opcode == ZEND_CATCH) {
        put(text, "%s", "");
    } else {
        put_operand(text, op_array, opline, opline->result_type, opline->result, "");
    }
}

/* --- Extended values ------------------------------------------------------------------------ */

static void put_fetch(zend_dump_text *text, zend_uint value)
{
    switch (value & ZEND_FETCH_TYPE_MASK) {
    case ZEND_FETCH_LOCAL:
        append(text, "local");
        break;
    case ZEND_FETCH_STATIC_MEMBER:
        append(text, "static member");
        break;
    default:
        append(text, "global");
        break;
    }
}

static void put_argument(zend_dump_text *text, zend_uint value)
{
    if (value & ZEND_FETCH_ARG_MASK) {
        append(text, "%sargument %u", text->val[0] ? ", " : "", value & ZEND_FETCH_ARG_MASK);
    }
    if (value & ZEND_FETCH_MAKE_REF) {
        append(text, "%sref", text->val[0] ? ", " : "");
    }
}

static void put_isset(zend_dump_text *text, zend_uint value)
{
    append(text, "%s%s", text->val[0] ? ", " : "", value & ZEND_ISEMPTY ? "empty" : "isset");
}

static bool is_compound_assign(zend_uchar opcode)
{
    return (opcode >= ZEND_ASSIGN_ADD && opcode <= ZEND_ASSIGN_BW_XOR)
        || opcode == ZEND_ASSIGN_POW;
}

static const char *type_name(zend_uint type)
{
    static const char *const names[] = {
        "null", "int", "float", "bool", "array", "object", "string", "resource"};

    return type < sizeof(names) / sizeof(names[0]) ? names[type] : "?";
}

static void put_extended_flags(zend_dump_text *text, const zend_op *opline)
{
    zend_uint value = opline->extended_value;

    switch (opline->opcode) {
    case ZEND_CAST:
        append(text, "%s", type_name(value));
        break;
    case ZEND_SEND_VAR:
    case ZEND_SEND_VAL:
        append(text, value & ZEND_SEND_UNKNOWN ? "ask" : "by value");
        break;
    case ZEND_FE_RESET:
    case ZEND_FE_FETCH:
        append(text, "%s%s%s", value & ZEND_FE_FETCH_BYREF ? "by ref " : "",
            value & ZEND_FE_FETCH_WITH_KEY ? "with key" : "",
            value & ZEND_FE_RESET_VARIABLE ? "variable" : "");
        break;
    case ZEND_FREE:
    case ZEND_SWITCH_FREE:
        append(text, "%s%s", value & ZEND_FREE_ITERATOR ? "iterator" : "",
            value & ZEND_FREE_ON_EXIT ? " on exit" : "");
        break;
    case ZEND_INIT_ARRAY:
    case ZEND_ADD_ARRAY_ELEMENT:
        if (value & ZEND_ARRAY_ELEMENT_REF) {
            append(text, "by ref");
        }
        break;
    default:
        if (value) {
            append(text, "%u", value);
        }
        break;
    }
}

void zend_dump_extended(zend_dump_text *text, const zend_op_array *op_array, const zend_op *opline)
{
    zend_uint value = opline->extended_value;
    const char *name = zend_opcode_infos[opline->opcode].name;

    put(text, "%s", "");
    if (opline->opcode == ZEND_CATCH) {
        if (value) {
            put(text, "last");
        } else {
            put(text, "else L%u",
                zend_dump_jump_target(op_array, opline, opline->result.jmp_offset));
        }
    } else if (opline->opcode == ZEND_JMPZNZ) {
        put(text, "L%u", zend_dump_jump_target(op_array, opline, (int32_t) value));
    } else if (is_compound_assign(opline->opcode)) {
        put(text, "%s", value == ZEND_ASSIGN_DIM ? "dim" : value == ZEND_ASSIGN_OBJ ? "obj" : "");
    } else if (opline->opcode == ZEND_ISSET_ISEMPTY_VAR || opline->opcode == ZEND_UNSET_VAR) {
        put_fetch(text, value);
        if (opline->opcode == ZEND_ISSET_ISEMPTY_VAR) {
            put_isset(text, value);
        }
    } else if (strncmp(name, "ISSET_", 6) == 0) {
        put_isset(text, value);
    } else if (strncmp(name, "FETCH_DIM", 9) == 0 || strncmp(name, "FETCH_OBJ", 9) == 0) {
        put_argument(text, value);
    } else if (opline->opcode == ZEND_FETCH_CLASS || opline->opcode == ZEND_FETCH_CONSTANT
        || opline->opcode == ZEND_FETCH_LIST) {
        put_extended_flags(text, opline);
    } else if (strncmp(name, "FETCH_", 6) == 0) {
        put_fetch(text, value);
        put_argument(text, value);
    } else {
        put_extended_flags(text, opline);
    }
}

/* --- Functions ------------------------------------------------------------------------------ */

void zend_dump_function_name(zend_dump_text *text, const zend_op_array *op_array)
{
    if (!op_array->function_name) {
        put(text, "{main}");
    } else if (op_array->scope) {
        put(text, "%s::%s", op_array->scope->name, op_array->function_name);
    } else {
        put(text, "%s", op_array->function_name);
    }
}

void zend_dump_parameter(zend_dump_text *text, const zend_arg_info *info)
{
    put(text, "%s%s%s%s$%s",
        info->type_hint == IS_ARRAY          ? "array "
            : info->type_hint == IS_CALLABLE ? "callable "
            : info->class_name               ? info->class_name
                                             : "",
        info->class_name ? " " : "", info->pass_by_reference ? "&" : "",
        info->is_variadic ? "..." : "", info->name);
}

int zend_dump_targets(const zend_op_array *op_array, const zend_op *opline, zend_uint targets[3])
{
    int jumps = zend_opcode_jumps(opline);
    int count = 0;

    if (jumps & ZEND_JUMP_OP1) {
        targets[count++] = zend_dump_jump_target(op_array, opline, opline->op1.jmp_offset);
    }
    if (jumps & ZEND_JUMP_OP2) {
        targets[count++] = zend_dump_jump_target(op_array, opline, opline->op2.jmp_offset);
    }
    if (jumps & ZEND_JUMP_EXTENDED) {
        targets[count++] =
            zend_dump_jump_target(op_array, opline, (int32_t) opline->extended_value);
    }
    if ((jumps & ZEND_JUMP_RESULT) && !opline->extended_value) {
        targets[count++] = zend_dump_jump_target(op_array, opline, opline->result.jmp_offset);
    }
    return count;
}

unsigned char *zend_dump_find_targets(const zend_op_array *op_array)
{
    unsigned char *marks = ecalloc(op_array->last + 1, 1);
    const zend_code *code = op_array->code;
    zend_uint targets[3];
    zend_uint i;
    int n;

    for (i = 0; i < op_array->last; i++) {
        for (n = zend_dump_targets(op_array, &op_array->opcodes[i], targets); n-- > 0;) {
            marks[targets[n]] = 1;
        }
    }
    for (i = 0; i < (zend_uint) code->last_try_catch; i++) {
        const zend_try_catch_element *element = &code->try_catch_array[i];

        marks[element->catch_op] |= element->catch_op != 0;
        marks[element->finally_op] |= element->finally_op != 0;
    }
    return marks;
}
