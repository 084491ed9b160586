/* SPDX-License-Identifier: MIT */
/*
 * Appending to the function being built: operations, literals, variables and temporaries.
 *
 * Literals that mean the same are kept once. What "the same" is depends on the use: a group of
 * literals with a cache slot is shared only by operations that may share the slot. So the index
 * maps a key of one letter for the use, and the text, to the group's first literal.
 */
#include "compile/zend_compile_internal.h"

#include <string.h>

void *zend_compile_grow(zend_compiler *c, void *array, zend_uint used, zend_uint *room,
    size_t element_size)
{
    void *larger;

    if (used < *room) {
        return array;
    }
    *room = *room ? *room * 2 : 8;
    larger = zend_arena_alloc(c->arena, *room * element_size);
    if (used) {
        memcpy(larger, array, used * element_size);
    }
    return larger;
}

zend_text zend_compile_concat(zend_compiler *c, zend_text a, const char *between, zend_text b)
{
    size_t between_len = strlen(between);
    zend_text text;
    char *val;

    text.len = a.len + (int) between_len + b.len;
    val = zend_arena_alloc(c->arena, (size_t) text.len + 1);
    memcpy(val, a.val, (size_t) a.len);
    memcpy(val + a.len, between, between_len);
    memcpy(val + a.len + between_len, b.val, (size_t) b.len);
    val[text.len] = '\0';
    text.val = val;
    return text;
}

zend_text zend_compile_lower(zend_compiler *c, zend_text text)
{
    zend_text lower = {zend_arena_strndup(c->arena, text.val, (size_t) text.len), text.len};

    zend_str_tolower((char *) lower.val, (unsigned int) lower.len);
    return lower;
}

const char *zend_compile_intern(const char *text, int len)
{
    const char *interned;

    if (IS_INTERNED(text)) {
        return text;
    }
    interned = zend_new_interned_string(text, len + 1, 0);
    return interned == text ? estrndup(text, (uint) len) : interned;
}

/* --- Operations ----------------------------------------------------------------------------- */

static zend_op *emit_empty(zend_compiler *c, zend_uchar opcode)
{
    zend_function_build *build = c->function;
    zend_op *opline;

    build->ops = zend_compile_grow(
        c, build->ops, build->op_array->last, &build->op_room, sizeof(zend_op));
    opline = &build->ops[build->op_array->last++];
    memset(opline, 0, sizeof(*opline));
    opline->opcode = opcode;
    opline->lineno = c->lineno;
    opline->op1_type = opline->op2_type = opline->result_type = IS_UNUSED;
    return opline;
}

void zend_set_operand(zend_compiler *c, zend_uchar *type, znode_op *operand, const znode *node)
{
    if (!node) {
        *type = IS_UNUSED;
        operand->num = 0;
        return;
    }
    *type = node->op_type;
    if (node->op_type == IS_CONST) {
        operand->constant = zend_add_literal(c, &node->u.constant);
    } else {
        operand->var = node->u.var;
    }
}

zend_op *zend_emit_op(zend_compiler *c, zend_uchar opcode, const znode *op1, const znode *op2)
{
    zend_op *opline = emit_empty(c, opcode);

    zend_set_operand(c, &opline->op1_type, &opline->op1, op1);
    zend_set_operand(c, &opline->op2_type, &opline->op2, op2);
    return opline;
}

zend_uint zend_new_temporary(zend_compiler *c)
{
    return c->function->op_array->T++;
}

void zend_make_var_result(zend_compiler *c, zend_op *opline, znode *result)
{
    result->op_type = opline->result_type = IS_VAR;
    result->u.var = opline->result.var = zend_new_temporary(c);
}

void zend_make_tmp_result(zend_compiler *c, zend_op *opline, znode *result)
{
    result->op_type = opline->result_type = IS_TMP_VAR;
    result->u.var = opline->result.var = zend_new_temporary(c);
}

zend_op *zend_emit_var(zend_compiler *c, znode *result, zend_uchar opcode, const znode *op1,
    const znode *op2)
{
    zend_op *opline = zend_emit_op(c, opcode, op1, op2);

    zend_make_var_result(c, opline, result);
    return opline;
}

zend_op *zend_emit_tmp(zend_compiler *c, znode *result, zend_uchar opcode, const znode *op1,
    const znode *op2)
{
    zend_op *opline = zend_emit_op(c, opcode, op1, op2);

    zend_make_tmp_result(c, opline, result);
    return opline;
}

zend_op *zend_emit_op_data(zend_compiler *c, const znode *value)
{
    return zend_emit_op(c, ZEND_OP_DATA, value, NULL);
}

/* --- Jumps ---------------------------------------------------------------------------------- */

zend_uint zend_emit_jump(zend_compiler *c, zend_uint target)
{
    zend_uint number = zend_next_op(c);

    emit_empty(c, ZEND_JMP)->op1.opline_num = target;
    return number;
}

zend_uint zend_emit_cond_jump(zend_compiler *c, zend_uchar opcode, const znode *condition,
    zend_uint target)
{
    zend_uint number = zend_next_op(c);

    zend_emit_op(c, opcode, condition, NULL)->op2.opline_num = target;
    return number;
}

void zend_set_jump(zend_compiler *c, zend_uint opline_num, zend_uint target)
{
    zend_op *opline = &c->function->ops[opline_num];

    switch (opline->opcode) {
    case ZEND_JMP:
    case ZEND_FAST_CALL:
        opline->op1.opline_num = target;
        break;
    case ZEND_CATCH:
        opline->result.opline_num = target;
        break;
    default:
        opline->op2.opline_num = target;
        break;
    }
}

void zend_set_jump_here(zend_compiler *c, zend_uint opline_num)
{
    zend_set_jump(c, opline_num, zend_next_op(c));
}

/* --- Literals ------------------------------------------------------------------------------- */

static zend_uint append_literal(zend_compiler *c, const zval *value)
{
    zend_function_build *build = c->function;
    zend_literal *literal;

    build->literals = zend_compile_grow(
        c, build->literals, build->literal_count, &build->literal_room, sizeof(zend_literal));
    literal = &build->literals[build->literal_count];
    literal->constant = *value;
    literal->hash_value = 0;
    literal->cache_slot = (zend_uint) -1;
    if (Z_TYPE(literal->constant) == IS_STRING) {
        const char *text =
            zend_compile_intern(Z_STRVAL(literal->constant), Z_STRLEN(literal->constant));

        Z_STRVAL(literal->constant) = (char *) text;
        literal->hash_value = str_hash(text, Z_STRLEN(literal->constant));
    }
    Z_SET_REFCOUNT(literal->constant, 2);
    Z_SET_ISREF(literal->constant);
    return build->literal_count++;
}

static zend_uint append_text(zend_compiler *c, zend_text text)
{
    znode node;

    zend_string_node(&node, text);
    return append_literal(c, &node.u.constant);
}

static zend_uint append_lower_text(zend_compiler *c, zend_text text)
{
    return append_text(c, zend_compile_lower(c, text));
}

static void give_slots(zend_compiler *c, zend_uint literal, int slots)
{
    c->function->literals[literal].cache_slot = c->function->cache_slots;
    c->function->cache_slots += (zend_uint) slots;
}

/* The group's first literal if there is one for this use already; else `next` is filed. */
static bool find_group(zend_compiler *c, const char *use, zend_text text, zend_uint *number)
{
    HashTable *index = &c->function->literal_index;
    zend_text none = {"", 0};
    zend_text key = zend_compile_concat(c, none, use, text);
    zend_uint *found;

    if (zend_hash_find(index, key.val, (uint) key.len + 1, (void **) &found) == SUCCESS) {
        *number = *found;
        return true;
    }
    *number = c->function->literal_count;
    zend_hash_add(index, key.val, (uint) key.len + 1, number, sizeof(*number), NULL);
    return false;
}

zend_uint zend_add_string_literal(zend_compiler *c, zend_text text)
{
    zend_uint number;

    return find_group(c, "s", text, &number) ? number : append_text(c, text);
}

zend_uint zend_add_literal(zend_compiler *c, const zval *value)
{
    zend_text text;
    zend_uint number;

    switch (Z_TYPE_P(value)) {
    case IS_STRING:
        text.val = Z_STRVAL_P(value);
        text.len = Z_STRLEN_P(value);
        return zend_add_string_literal(c, text);
    case IS_NULL:
        text.len = 0;
        break;
    case IS_LONG:
    case IS_BOOL:
    case IS_DOUBLE:
        text.len = sizeof(long);
        break;
    default:
        return append_literal(c, value);
    }
    text.val = (const char *) &value->value; /* the bits of the number are the key */
    if (find_group(c, Z_TYPE_P(value) == IS_NULL ? "0" : Z_TYPE_P(value) == IS_LONG ? "1"
            : Z_TYPE_P(value) == IS_DOUBLE ? "2" : "3", text, &number)) {
        return number;
    }
    return append_literal(c, value);
}

zend_uint zend_add_class_literal(zend_compiler *c, zend_text name)
{
    zend_uint number;

    if (!find_group(c, "C", name, &number)) {
        append_text(c, name);
        append_lower_text(c, name);
        give_slots(c, number, 1);
    }
    return number;
}

zend_uint zend_add_function_literal(zend_compiler *c, zend_text name)
{
    zend_uint number;

    if (!find_group(c, "F", name, &number)) {
        append_text(c, name);
        append_lower_text(c, name);
        give_slots(c, number + 1, 1);
    }
    return number;
}

/* What is behind the last backslash. */
static zend_text bare_name(zend_text name)
{
    const char *separator = zend_memrchr(name.val, '\\', (size_t) name.len);
    zend_text bare = name;

    if (separator) {
        bare.val = separator + 1;
        bare.len = name.len - (int) (bare.val - name.val);
    }
    return bare;
}

zend_uint zend_add_ns_function_literal(zend_compiler *c, zend_text name)
{
    zend_uint number;

    if (!find_group(c, "N", name, &number)) {
        append_text(c, name);
        append_lower_text(c, name);
        append_lower_text(c, bare_name(name));
        give_slots(c, number + 1, 1);
    }
    return number;
}

/* Each call has slots of its own: the objects differ from place to place. */
zend_uint zend_add_method_literal(zend_compiler *c, zend_text name)
{
    zend_uint number = append_text(c, name);

    append_lower_text(c, name);
    give_slots(c, number, 2);
    return number;
}

zend_uint zend_add_constant_literal(zend_compiler *c, zend_text name, bool unqualified)
{
    zend_uint number;
    zend_text bare = bare_name(name);
    zend_text half;

    if (find_group(c, unqualified ? "K" : "k", name, &number)) {
        return number;
    }
    half.len = name.len - bare.len; /* the namespace, in lower case, and the name as written */
    half.val = name.val;
    half = zend_compile_concat(c, zend_compile_lower(c, half), "", bare);
    append_text(c, name);
    append_text(c, half);
    append_lower_text(c, name);
    if (unqualified) {
        append_text(c, bare);
        append_lower_text(c, bare);
    }
    give_slots(c, number, 2);
    return number;
}

zend_uint zend_add_slot_literal(zend_compiler *c, zend_text text, int slots)
{
    zend_uint number = append_text(c, text);

    give_slots(c, number, slots);
    return number;
}

zend_uint zend_add_property_literal(zend_compiler *c, zend_text name, bool shared)
{
    zend_uint number;

    if (!shared) {
        return zend_add_slot_literal(c, name, 2);
    }
    if (!find_group(c, "P", name, &number)) {
        zend_add_slot_literal(c, name, 2);
    }
    return number;
}

/* --- Variables ------------------------------------------------------------------------------ */

int zend_add_cv(zend_compiler *c, zend_text name)
{
    zend_function_build *build = c->function;
    int number = build->op_array->last_var++;
    zend_compiled_variable *variable;

    build->vars = zend_compile_grow(
        c, build->vars, (zend_uint) number, &build->var_room, sizeof(zend_compiled_variable));
    variable = &build->vars[number];
    variable->name = zend_compile_intern(name.val, name.len);
    variable->name_len = name.len;
    variable->hash_value = zend_hash_func(name.val, (uint) name.len + 1);
    return number;
}

int zend_lookup_cv(zend_compiler *c, zend_text name)
{
    zend_function_build *build = c->function;
    zend_op_array *op_array = build->op_array;
    zend_ulong hash = zend_hash_func(name.val, (uint) name.len + 1);
    int number;

    for (number = 0; number < op_array->last_var; number++) {
        const zend_compiled_variable *variable = &build->vars[number];

        if (variable->hash_value == hash && variable->name_len == name.len
            && memcmp(variable->name, name.val, (size_t) name.len) == 0) {
            return number;
        }
    }
    zend_add_cv(c, name);
    if (op_array->this_var < 0 && zend_text_is(name, "this")) {
        op_array->this_var = number;
        op_array->fn_flags |= ZEND_ACC_USES_THIS;
    }
    return number;
}

void zend_cv_node(zend_compiler *c, znode *node, zend_text name)
{
    node->op_type = IS_CV;
    node->u.var = (zend_uint) zend_lookup_cv(c, name);
}

/* --- Results that nobody wants -------------------------------------------------------------- */

/* The operation that made the node's value, if it is the last one (its OP_DATA not counted). */
static zend_op *last_op_with_result(zend_compiler *c, const znode *node)
{
    zend_op *ops = c->function->ops;
    zend_uint number = zend_next_op(c);

    while (number > 0 && ops[number - 1].opcode == ZEND_OP_DATA) {
        number--;
    }
    if (number > 0 && ops[number - 1].result_type == node->op_type
        && ops[number - 1].result.var == node->u.var) {
        return &ops[number - 1];
    }
    return NULL;
}

/* `new A;`: the NEW stands before the arguments and the call of the constructor. */
static zend_op *new_with_result(zend_compiler *c, const znode *node)
{
    zend_op *ops = c->function->ops;
    zend_uint number = zend_next_op(c);

    if (number == 0 || ops[number - 1].opcode != ZEND_DO_FCALL) {
        return NULL;
    }
    while (number-- > 0) {
        if (ops[number].result_type == IS_VAR && ops[number].result.var == node->u.var) {
            return ops[number].opcode == ZEND_NEW
                && ops[number].op2.opline_num == zend_next_op(c) ? &ops[number] : NULL;
        }
    }
    return NULL;
}

static bool result_can_be_unused(const zend_op *opline)
{
    switch (opline->opcode) {
    case ZEND_ASSIGN:
    case ZEND_ASSIGN_REF:
    case ZEND_ASSIGN_DIM:
    case ZEND_ASSIGN_OBJ:
    case ZEND_PRE_INC:
    case ZEND_PRE_DEC:
    case ZEND_PRE_INC_OBJ:
    case ZEND_PRE_DEC_OBJ:
    case ZEND_DO_FCALL:
    case ZEND_INCLUDE_OR_EVAL:
    case ZEND_YIELD:
    case ZEND_ASSIGN_POW:
        return true;
    default:
        return opline->opcode >= ZEND_ASSIGN_ADD && opline->opcode <= ZEND_ASSIGN_BW_XOR;
    }
}

static bool make_prefix(zend_op *opline)
{
    switch (opline->opcode) {
    case ZEND_POST_INC:
        opline->opcode = ZEND_PRE_INC;
        return true;
    case ZEND_POST_DEC:
        opline->opcode = ZEND_PRE_DEC;
        return true;
    case ZEND_POST_INC_OBJ:
        opline->opcode = ZEND_PRE_INC_OBJ;
        return true;
    case ZEND_POST_DEC_OBJ:
        opline->opcode = ZEND_PRE_DEC_OBJ;
        return true;
    default:
        return false;
    }
}

void zend_free_node(zend_compiler *c, znode *node)
{
    zend_op *opline;

    if (node->op_type != IS_TMP_VAR && node->op_type != IS_VAR) {
        return; /* as in PHP 5, the statement `$x;` does not even read the variable */
    }
    opline = last_op_with_result(c, node);
    if (!opline && node->op_type == IS_VAR) {
        opline = new_with_result(c, node);
        if (opline) {
            opline->result_type |= EXT_TYPE_UNUSED;
            return;
        }
    }
    if (opline && node->op_type == IS_TMP_VAR && make_prefix(opline)) {
        opline->result_type = IS_VAR | EXT_TYPE_UNUSED;
    } else if (opline && node->op_type == IS_VAR && result_can_be_unused(opline)) {
        opline->result_type |= EXT_TYPE_UNUSED;
    } else {
        zend_emit_op(c, ZEND_FREE, node, NULL);
    }
}
