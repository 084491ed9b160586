/* SPDX-License-Identifier: MIT */
/*
 * pack() and unpack(): values as bytes, by a format, and back.
 *
 *      pack      code [number | *] ...                      code [number | *]: which is how many
 *      unpack    code [number | *] [name] / ...             values, or bytes for a A Z h H
 *
 * Every integer code is one row of a table: its size, the order of its bytes, its sign. pack()
 * reads its format twice: for the length of the result, and to fill it.
 */
#include <ctype.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

#define REPEAT_ALL -1 /* "*" */

typedef enum { MACHINE_ORDER, BIG_ENDIAN_ORDER, LITTLE_ENDIAN_ORDER } byte_order;

typedef struct _integer_code {
    char code;
    int size;
    byte_order order;
    bool is_signed;
} integer_code;

static const integer_code integer_codes[] = {
    { 'c', 1, MACHINE_ORDER, true },
    { 'C', 1, MACHINE_ORDER, false },
    { 's', 2, MACHINE_ORDER, true },
    { 'S', 2, MACHINE_ORDER, false },
    { 'n', 2, BIG_ENDIAN_ORDER, false },
    { 'v', 2, LITTLE_ENDIAN_ORDER, false },
    { 'i', sizeof(int), MACHINE_ORDER, true },
    { 'I', sizeof(int), MACHINE_ORDER, false },
    { 'l', 4, MACHINE_ORDER, true },
    { 'L', 4, MACHINE_ORDER, false },
    { 'N', 4, BIG_ENDIAN_ORDER, false },
    { 'V', 4, LITTLE_ENDIAN_ORDER, false },
    { 'q', 8, MACHINE_ORDER, true },
    { 'Q', 8, MACHINE_ORDER, false },
    { 'J', 8, BIG_ENDIAN_ORDER, false },
    { 'P', 8, LITTLE_ENDIAN_ORDER, false },
};

/* The row of a code, or NULL. */
static const integer_code *find_integer_code(char code)
{
    size_t i;

    for (i = 0; i < sizeof(integer_codes) / sizeof(*integer_codes); i++) {
        if (integer_codes[i].code == code) {
            return &integer_codes[i];
        }
    }
    return NULL;
}

/* Where byte number i (0: the lowest) of an integer lies. */
static int byte_place(const integer_code *row, int i)
{
    bool big = row->order == BIG_ENDIAN_ORDER
        || (row->order == MACHINE_ORDER && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__);

    return big ? row->size - 1 - i : i;
}

static void put_integer(const integer_code *row, unsigned long number, unsigned char *out)
{
    int i;

    for (i = 0; i < row->size; i++) {
        out[byte_place(row, i)] = (unsigned char) (number >> (8 * i));
    }
}

static long get_integer(const integer_code *row, const unsigned char *in)
{
    unsigned long number = 0;
    int i, unused = 64 - 8 * row->size;

    for (i = 0; i < row->size; i++) {
        number |= (unsigned long) in[byte_place(row, i)] << (8 * i);
    }
    return row->is_signed ? (long) (number << unused) >> unused : (long) number;
}

/* Reads "*", a number, or nothing, which is `none`. */
static int read_repeater(const char **p, const char *end, int none)
{
    long number = 0;

    if (*p < end && **p == '*') {
        (*p)++;
        return REPEAT_ALL;
    }
    if (*p == end || !isdigit((unsigned char) **p)) {
        return none;
    }
    for (; *p < end && isdigit((unsigned char) **p); (*p)++) {
        number = MIN(number * 10 + (**p - '0'), INT_MAX);
    }
    return (int) number;
}

/* ---- pack() ---------------------------------------------------------------------------------- */

typedef struct _pack_item {
    char code;
    int count;      /* values, or bytes (digits of h and H) of the one value */
    zval **values;  /* the first of them */
} pack_item;

typedef struct _packer {
    zval **args;    /* the values; strings and numbers are converted as they come */
    int arg_count;
    int next;
    pack_item *items;
    int item_count;
} packer;

static bool is_string_code(char code)
{
    return code && strchr("aAZhH", code);
}

/* Takes the one string that a code wants. false after a warning. */
static bool pack_take_string(packer *p, pack_item *item)
{
    if (p->next >= p->arg_count) {
        php_error_docref(NULL, E_WARNING, "Type %c: not enough arguments", item->code);
        return false;
    }
    item->values = &p->args[p->next++];
    if (item->count == REPEAT_ALL) {
        convert_to_string_ex(item->values);
        item->count = Z_STRLEN_PP(item->values);
        if (item->code == 'Z') {
            item->count = (int) php_string_check_length((size_t) item->count + 1);
        }
    }
    return true;
}

/* Decides on one code: how much it is, and which values it takes. false after a warning. */
static bool pack_take(packer *p, pack_item *item)
{
    if (item->code && strchr("xX@", item->code)) {
        if (item->count == REPEAT_ALL) {
            php_error_docref(NULL, E_WARNING, "Type %c: '*' ignored", item->code);
            item->count = 1;
        }
        return true;
    }
    if (is_string_code(item->code)) {
        return pack_take_string(p, item);
    }
    if (!find_integer_code(item->code) && item->code != 'f' && item->code != 'd') {
        php_error_docref(NULL, E_WARNING, "Type %c: unknown format code", item->code);
        return false;
    }
    if (item->count == REPEAT_ALL) {
        item->count = p->arg_count - p->next;
    }
    if (item->count > p->arg_count - p->next) {
        php_error_docref(NULL, E_WARNING, "Type %c: too few arguments", item->code);
        return false;
    }
    item->values = &p->args[p->next];
    p->next += item->count;
    return true;
}

static bool pack_read_format(packer *p, const char *format, int format_len)
{
    const char *end = format + format_len;

    while (format < end) {
        pack_item *item = &p->items[p->item_count++];

        item->code = *format++;
        item->values = NULL;
        item->count = read_repeater(&format, end, 1);
        if (!pack_take(p, item)) {
            return false;
        }
    }
    if (p->next < p->arg_count) {
        php_error_docref(NULL, E_WARNING, "%d arguments unused", p->arg_count - p->next);
    }
    return true;
}

/* The bytes that one value of the code takes. */
static int pack_unit(char code)
{
    const integer_code *row = find_integer_code(code);

    return row ? row->size : code == 'f' ? (int) sizeof(float) : code == 'd' ? (int) sizeof(double)
        : 1;
}

/* The greatest place that the format reaches. */
static int pack_room(const packer *p)
{
    size_t pos = 0;
    int greatest = 0, i;

    for (i = 0; i < p->item_count; i++) {
        const pack_item *item = &p->items[i];

        switch (item->code) {
        case 'h':
        case 'H':
            pos += ((size_t) item->count + 1) / 2;
            break;
        case 'X':
            if ((size_t) item->count > pos) {
                php_error_docref(NULL, E_WARNING, "Type %c: outside of string", item->code);
                pos = 0;
            } else {
                pos -= (size_t) item->count;
            }
            break;
        case '@':
            pos = (size_t) item->count;
            break;
        default:
            pos += (size_t) item->count * (size_t) pack_unit(item->code);
        }
        php_string_check_length(pos);
        greatest = MAX(greatest, (int) pos);
    }
    return greatest;
}

/* Two hexadecimal digits a byte, the low one first for 'h'. Returns the number of bytes. */
static int pack_hex(const pack_item *item, unsigned char *out)
{
    const char *digits = Z_STRVAL_PP(item->values);
    int count = item->count, i;

    if (count > Z_STRLEN_PP(item->values)) {
        php_error_docref(NULL, E_WARNING, "Type %c: not enough characters in string", item->code);
        count = Z_STRLEN_PP(item->values);
    }
    memset(out, 0, ((size_t) count + 1) / 2);
    for (i = 0; i < count; i++) {
        unsigned char c = (unsigned char) digits[i];
        int value = 0;

        if (isxdigit(c)) {
            value = isdigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
        } else {
            php_error_docref(NULL, E_WARNING, "Type %c: illegal hex digit %c", item->code, c);
        }
        out[i / 2] |= (unsigned char) ((i % 2 == 0) == (item->code == 'h') ? value : value << 4);
    }
    return (count + 1) / 2;
}

/* The bytes of a text, filled up with spaces (A) or NULs; Z keeps one NUL at the end. */
static void pack_text(const pack_item *item, unsigned char *out)
{
    int room = item->code == 'Z' ? MAX(item->count - 1, 0) : item->count;

    memset(out, item->code == 'A' ? ' ' : '\0', (size_t) item->count);
    memcpy(out, Z_STRVAL_PP(item->values), (size_t) MIN(room, Z_STRLEN_PP(item->values)));
}

static void pack_numbers(const pack_item *item, unsigned char *out)
{
    const integer_code *row = find_integer_code(item->code);
    int i;

    for (i = 0; i < item->count; i++) {
        if (row) {
            put_integer(row, (unsigned long) zend_zval_get_long(item->values[i]), out);
        } else if (item->code == 'f') {
            float number = (float) zend_zval_get_double(item->values[i]);

            memcpy(out, &number, sizeof(number));
        } else {
            double number = zend_zval_get_double(item->values[i]);

            memcpy(out, &number, sizeof(number));
        }
        out += pack_unit(item->code);
    }
}

/* Returns the length, which too short a text for h and H makes less than it was thought. */
static int pack_fill(const packer *p, unsigned char *out)
{
    int pos = 0, i;

    for (i = 0; i < p->item_count; i++) {
        const pack_item *item = &p->items[i];

        switch (item->code) {
        case 'a':
        case 'A':
        case 'Z':
            convert_to_string_ex(item->values);
            pack_text(item, out + pos);
            pos += item->count;
            break;
        case 'h':
        case 'H':
            convert_to_string_ex(item->values);
            pos += pack_hex(item, out + pos);
            break;
        case 'x':
            memset(out + pos, 0, (size_t) item->count);
            pos += item->count;
            break;
        case 'X':
            pos = MAX(pos - item->count, 0);
            break;
        case '@':
            if (item->count > pos) {
                memset(out + pos, 0, (size_t) (item->count - pos));
            }
            pos = item->count;
            break;
        default:
            pack_numbers(item, out + pos);
            pos += item->count * pack_unit(item->code);
        }
    }
    return pos;
}

PHP_FUNCTION(pack)
{
    zval ***args;
    char *format;
    int format_len, argc, i, len;
    packer p = { 0 };

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s*", &format, &format_len, &args, &argc)
        == FAILURE) {
        return;
    }
    p.arg_count = argc;
    p.args = safe_emalloc((size_t) argc, sizeof(zval *), sizeof(zval *));
    p.items = safe_emalloc((size_t) format_len, sizeof(*p.items), sizeof(*p.items));
    for (i = 0; i < argc; i++) {
        p.args[i] = *args[i];
        Z_ADDREF_P(p.args[i]);
    }
    if (pack_read_format(&p, format, format_len)) {
        char *result;

        result = emalloc((size_t) pack_room(&p) + 1);
        len = pack_fill(&p, (unsigned char *) result);
        result[len] = '\0';
        RETVAL_STRINGL(result, len, 0);
    } else {
        RETVAL_FALSE;
    }
    for (i = 0; i < argc; i++) {
        zval_ptr_dtor(&p.args[i]);
    }
    efree(p.items);
    efree(p.args);
    if (args) {
        efree(args);
    }
}

/* ---- unpack() -------------------------------------------------------------------------------- */

typedef struct _unpacker {
    const unsigned char *input;
    int len;
    int pos;
    zval *result;
    /* The code under way. */
    char code;
    int count;
    const char *name;
    int name_len;
} unpacker;

/* The key of value number i (from 1 on): "name", "name2", "2". */
static int unpack_key(const unpacker *u, bool numbered, int i, char *key, int size)
{
    int name_len = MIN(u->name_len, size - MAX_LENGTH_OF_LONG);

    memcpy(key, u->name, (size_t) name_len);
    key[name_len] = '\0';
    if (numbered || name_len == 0) {
        name_len += slprintf(key + name_len, (size_t) (size - name_len), "%d", i);
    }
    return name_len;
}

static void unpack_add(unpacker *u, bool numbered, int i, zval *value)
{
    char key[200 + MAX_LENGTH_OF_LONG];
    int key_len = unpack_key(u, numbered, i, key, (int) sizeof(key));
    zval *element;

    MAKE_STD_ZVAL(element);
    ZVAL_COPY_VALUE(element, value);
    zend_symtable_update(Z_ARRVAL_P(u->result), key, (uint) key_len + 1, &element,
        sizeof(zval *), NULL);
}

/* Are there n more bytes? false after a warning. */
static bool unpack_has(const unpacker *u, int n)
{
    if (n <= u->len - u->pos) {
        return true;
    }
    php_error_docref(NULL, E_WARNING, "Type %c: not enough input, need %d, have %d", u->code, n,
        u->len - u->pos);
    return false;
}

static bool unpack_text(unpacker *u)
{
    int size = u->count == REPEAT_ALL ? u->len - u->pos : u->count, len;
    const char *text = (const char *) u->input + u->pos;
    zval value;

    if (!unpack_has(u, size)) {
        return false;
    }
    len = size;
    if (u->code == 'A') {
        while (len > 0 && strchr(" \t\r\n", text[len - 1])) { /* the NUL too */
            len--;
        }
    } else if (u->code == 'Z') {
        len = (int) strnlen(text, (size_t) size);
    }
    ZVAL_STRINGL(&value, text, len, 1);
    unpack_add(u, false, 1, &value);
    u->pos += size;
    return true;
}

static bool unpack_hex(unpacker *u)
{
    static const char hex[] = "0123456789abcdef";
    int size = u->count == REPEAT_ALL ? u->len - u->pos : u->count / 2 + u->count % 2, i;
    int digits = u->count == REPEAT_ALL ? size * 2 : u->count;
    zval value;
    char *text;

    if (!unpack_has(u, size)) {
        return false;
    }
    php_string_check_length((size_t) size * 2);
    text = emalloc((size_t) digits + 1);
    for (i = 0; i < digits; i++) {
        unsigned char byte = u->input[u->pos + i / 2];

        text[i] = hex[(i % 2 == 0) == (u->code == 'h') ? byte & 15 : byte >> 4];
    }
    text[digits] = '\0';
    ZVAL_STRINGL(&value, text, digits, 0);
    unpack_add(u, false, 1, &value);
    u->pos += size;
    return true;
}

static bool unpack_numbers(unpacker *u)
{
    const integer_code *row = find_integer_code(u->code);
    int unit = pack_unit(u->code), i;

    for (i = 1; u->count == REPEAT_ALL || i <= u->count; i++) {
        const unsigned char *in = u->input + u->pos;
        zval value;

        if (u->count == REPEAT_ALL && unit > u->len - u->pos) {
            break;
        }
        if (!unpack_has(u, unit)) {
            return false;
        }
        if (row) {
            ZVAL_LONG(&value, get_integer(row, in));
        } else if (u->code == 'f') {
            float number;

            memcpy(&number, in, sizeof(number));
            ZVAL_DOUBLE(&value, number);
        } else {
            double number;

            memcpy(&number, in, sizeof(number));
            ZVAL_DOUBLE(&value, number);
        }
        unpack_add(u, u->count != 1, i, &value);
        u->pos += unit;
    }
    return true;
}

/* x, X and @ move; they make no value. "x*" goes to the end, "X*" to the start. */
static bool unpack_move(unpacker *u)
{
    switch (u->code) {
    case 'x':
        if (u->count == REPEAT_ALL) {
            u->pos = u->len;
        } else if (u->count > u->len - u->pos) {
            u->pos = u->len;
            return unpack_has(u, 1);
        } else {
            u->pos += u->count;
        }
        break;
    case 'X':
        if (u->count != REPEAT_ALL && u->count <= u->pos) {
            u->pos -= u->count;
        } else {
            if (u->count != REPEAT_ALL && u->pos > 0) {
                php_error_docref(NULL, E_WARNING, "Type %c: outside of string", u->code);
            }
            u->pos = 0;
        }
        break;
    default:
        if (u->count == REPEAT_ALL || u->count <= u->len) {
            u->pos = MAX(u->count, 0);
        } else {
            php_error_docref(NULL, E_WARNING, "Type %c: outside of string", u->code);
            u->pos = 0;
        }
    }
    return true;
}

static bool unpack_code(unpacker *u)
{
    switch (u->code) {
    case 'a':
    case 'A':
    case 'Z':
        return unpack_text(u);
    case 'h':
    case 'H':
        return unpack_hex(u);
    case 'x':
    case 'X':
    case '@':
        return unpack_move(u);
    case 'f':
    case 'd':
        return unpack_numbers(u);
    }
    if (find_integer_code(u->code)) {
        return unpack_numbers(u);
    }
    php_error_docref(NULL, E_WARNING, "Invalid format type %c", u->code);
    return false;
}

PHP_FUNCTION(unpack)
{
    char *format, *input;
    int format_len, input_len;
    const char *p, *end;
    unpacker u = { 0 };

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss", &format, &format_len, &input, &input_len)
        == FAILURE) {
        return;
    }
    array_init(return_value);
    u.input = (const unsigned char *) input;
    u.len = input_len;
    u.result = return_value;
    p = format;
    end = p + format_len;
    while (p < end) {
        u.code = *p++;
        u.count = read_repeater(&p, end, 1);
        u.name = p;
        while (p < end && *p != '/') {
            p++;
        }
        u.name_len = (int) MIN(p - u.name, 200);
        if (!unpack_code(&u)) {
            zval_dtor(return_value);
            RETURN_FALSE;
        }
        p += p < end;
    }
}

static const zend_function_entry pack_functions[] = {
    PHP_FE(pack, "$format, ...$args", "Writes values as bytes.")
    PHP_FE(unpack, "$format, $input", "Reads bytes as values.")
    PHP_FE_END
};

const php_standard_part standard_pack_part = { .functions = pack_functions };
