/* SPDX-License-Identifier: MIT */
/*
 * The format engine behind the whole printf family, and the members that make their own memory.
 *
 * A conversion is read into a `conversion`; its text is a sign or prefix and a body; both are
 * then set into the field. Everything goes out piece by piece through a callback, so that the
 * engine needs no memory of its own.
 */
#include <math.h>
#include <string.h>

#include "data/smart_str.h"
#include "main/spprintf.h"
#include "zend_alloc.h"

typedef struct {
    bool left;       /* - */
    bool plus;       /* + */
    bool blank;      /* space */
    bool alternate;  /* # */
    bool zero;       /* 0 */
    bool has_precision;
    int width;
    int precision;
    char size; /* 0, 'h', 'l' (64 bits: l, ll, z, t, j, p) */
    char letter;
} conversion;

typedef struct {
    php_format_write_t write;
    void *target;
    va_list arguments;
} formatter;

/* --- Reading a conversion -------------------------------------------------------------------- */

static const char *read_flags(conversion *c, const char *format)
{
    for (;; format++) {
        switch (*format) {
        case '-': c->left = true; break;
        case '+': c->plus = true; break;
        case ' ': c->blank = true; break;
        case '#': c->alternate = true; break;
        case '0': c->zero = true; break;
        default: return format;
        }
    }
}

static const char *read_number(int *number, const char *format)
{
    *number = 0;
    for (; *format >= '0' && *format <= '9'; format++) {
        *number = MIN(*number * 10 + (*format - '0'), 1000000);
    }
    return format;
}

static const char *read_width(formatter *f, conversion *c, const char *format)
{
    if (*format != '*') {
        return read_number(&c->width, format);
    }
    c->width = va_arg(f->arguments, int);
    if (c->width < 0) {
        c->left = true;
        c->width = -c->width;
    }
    return format + 1;
}

static const char *read_precision(formatter *f, conversion *c, const char *format)
{
    if (*format != '.') {
        return format;
    }
    c->has_precision = true;
    if (format[1] != '*') {
        return read_number(&c->precision, format + 1);
    }
    c->precision = va_arg(f->arguments, int);
    c->precision = MAX(c->precision, 0);
    return format + 2;
}

static const char *read_conversion(formatter *f, conversion *c, const char *format)
{
    memset(c, 0, sizeof(*c));
    format = read_flags(c, format);
    format = read_width(f, c, format);
    format = read_precision(f, c, format);
    for (;; format++) {
        switch (*format) {
        case 'h': c->size = 'h'; break;
        case 'l': case 'z': case 't': case 'j': case 'q': c->size = 'l'; break;
        case 'L': break; /* long double is not supported: PHP passes doubles only */
        default:
            c->letter = *format;
            return *format ? format + 1 : format;
        }
    }
}

/* --- Writing --------------------------------------------------------------------------------- */

static void pad(formatter *f, char character, int count)
{
    char block[32];

    memset(block, character, sizeof(block));
    for (; count > 0; count -= (int) sizeof(block)) {
        f->write(f->target, block, (size_t) MIN(count, (int) sizeof(block)));
    }
}

/* The field: prefix (a sign, "0x") and body, with blanks or zeros up to the width. */
static void put_field(formatter *f, const conversion *c, const char *prefix, const char *body,
    size_t length)
{
    size_t prefix_length = strlen(prefix);
    int fill = c->width > 0 && (size_t) c->width > prefix_length + length
        ? c->width - (int) (prefix_length + length) : 0;

    if (!c->left && !c->zero) {
        pad(f, ' ', fill);
    }
    f->write(f->target, prefix, prefix_length);
    if (!c->left && c->zero) {
        pad(f, '0', fill);
    }
    f->write(f->target, body, length);
    if (c->left) {
        pad(f, ' ', fill);
    }
}

static const char *sign_of(const conversion *c, bool is_negative)
{
    return is_negative ? "-" : c->plus ? "+" : c->blank ? " " : "";
}

static int64_t signed_argument(formatter *f, const conversion *c)
{
    return c->size == 'l' ? va_arg(f->arguments, long) : va_arg(f->arguments, int);
}

static uint64_t unsigned_argument(formatter *f, const conversion *c)
{
    return c->size == 'l' ? va_arg(f->arguments, unsigned long)
                          : va_arg(f->arguments, unsigned int);
}

/* Zeros in front of the digits, up to the precision. */
static char *apply_precision(const conversion *c, char *text, size_t *length, const char *start)
{
    while (c->has_precision && *length < (size_t) c->precision && text > start) {
        *--text = '0';
        ++*length;
    }
    return text;
}

static void put_decimal(formatter *f, conversion *c)
{
    char buffer[NUM_BUF_SIZE];
    bool is_unsigned = c->letter == 'u', is_negative;
    int64_t number = is_unsigned ? (int64_t) unsigned_argument(f, c) : signed_argument(f, c);
    size_t length;
    char *text = ap_php_conv_10(number, is_unsigned, &is_negative, buffer + sizeof(buffer),
        &length);

    text = apply_precision(c, text, &length, buffer);
    put_field(f, c, is_unsigned ? "" : sign_of(c, is_negative), text, length);
}

static void put_power_of_two(formatter *f, conversion *c, uint64_t number)
{
    char buffer[NUM_BUF_SIZE];
    const char *prefix = "";
    size_t length;
    char *text = ap_php_conv_p2(number, c->letter == 'o' ? 3 : 4, c->letter,
        buffer + sizeof(buffer), &length);

    text = apply_precision(c, text, &length, buffer + 1);
    if (c->alternate && c->letter == 'o' && *text != '0') {
        *--text = '0';
        length++;
    } else if (c->alternate && number != 0 && c->letter != 'o') {
        prefix = c->letter == 'X' ? "0X" : "0x";
    }
    put_field(f, c, prefix, text, length);
}

static void put_string(formatter *f, conversion *c)
{
    const char *text = va_arg(f->arguments, const char *);
    size_t length;

    if (text == NULL) {
        text = "(null)";
    }
    length = c->has_precision ? strnlen(text, (size_t) c->precision) : strlen(text);
    c->zero = false;
    put_field(f, c, "", text, length);
}

static void put_character(formatter *f, conversion *c)
{
    char character = (char) va_arg(f->arguments, int);

    c->zero = false;
    put_field(f, c, "", &character, 1);
}

/* %e %E %f %F */
static void put_float(formatter *f, conversion *c)
{
    char buffer[PHP_DOUBLE_MAX_LENGTH];
    double number = va_arg(f->arguments, double);
    int precision = c->has_precision ? c->precision : 6;
    char form = c->letter == 'f' ? 'F' : c->letter;
    zend_bool is_negative;
    size_t length;
    char *text = php_conv_fp(form, number, &is_negative, precision, '.', &length, buffer);

    if (!isfinite(number)) {
        c->zero = false;
    } else if (c->alternate && memchr(text, '.', length) == NULL) {
        text[length++] = '.';
    }
    put_field(f, c, isnan(number) ? "" : sign_of(c, is_negative), text, length);
}

/* %g %G %H */
static void put_short_float(formatter *f, conversion *c)
{
    char buffer[PHP_DOUBLE_MAX_LENGTH];
    double number = va_arg(f->arguments, double);
    int precision = c->has_precision ? MAX(c->precision, 1) : 6;
    char *text;

    text = php_gcvt(number, MIN(precision, NUM_BUF_SIZE - 12), '.', c->letter == 'g' ? 'e' : 'E',
        buffer);
    if (!isfinite(number)) {
        c->zero = false;
    }
    if (*text == '-') {
        put_field(f, c, "-", text + 1, strlen(text + 1));
    } else {
        put_field(f, c, isnan(number) ? "" : sign_of(c, false), text, strlen(text));
    }
}

static void put_pointer(formatter *f, conversion *c)
{
    uintptr_t address = (uintptr_t) va_arg(f->arguments, void *);

    c->letter = 'x';
    c->alternate = true;
    put_power_of_two(f, c, address);
}

static void put_conversion(formatter *f, conversion *c)
{
    switch (c->letter) {
    case 'd': case 'i': case 'u':
        put_decimal(f, c);
        break;
    case 'x': case 'X': case 'o':
        put_power_of_two(f, c, unsigned_argument(f, c));
        break;
    case 's': put_string(f, c); break;
    case 'c': put_character(f, c); break;
    case 'e': case 'E': case 'f': case 'F':
        put_float(f, c);
        break;
    case 'g': case 'G': case 'H':
        put_short_float(f, c);
        break;
    case 'p': put_pointer(f, c); break;
    case '%': f->write(f->target, "%", 1); break;
    case '\0': break;
    default:
        f->write(f->target, "%", 1);
        f->write(f->target, &c->letter, 1);
    }
}

void php_format(php_format_write_t write, void *target, const char *format, va_list arguments)
{
    formatter f;
    conversion c;
    const char *percent;

    f.write = write;
    f.target = target;
    va_copy(f.arguments, arguments);
    while ((percent = strchr(format, '%')) != NULL) {
        write(target, format, (size_t) (percent - format));
        format = read_conversion(&f, &c, percent + 1);
        put_conversion(&f, &c);
    }
    write(target, format, strlen(format));
    va_end(f.arguments);
}

/* --- Growing memory -------------------------------------------------------------------------- */

static void write_to_smart_str(void *target, const char *text, size_t length)
{
    smart_str_appendl((smart_str *) target, text, length);
}

int vspprintf(char **buffer, size_t max_len, const char *format, va_list arguments)
{
    smart_str text = {0};

    php_format(write_to_smart_str, &text, format, arguments);
    if (max_len && text.len > max_len) {
        text.len = max_len;
    }
    smart_str_0(&text);
    *buffer = text.c ? text.c : estrdup("");
    return (int) text.len;
}

int spprintf(char **buffer, size_t max_len, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vspprintf(buffer, max_len, format, arguments);
    va_end(arguments);
    return length;
}
