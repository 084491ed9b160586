/* SPDX-License-Identifier: MIT */
/*
 * The printf() family of scripts.
 *
 *      %  [n$]  [flags]  [width]  [.precision]  [l]  letter         flags: - + 0 space 'c
 *
 * The result grows in one buffer, which begins with 240 bytes and doubles; it is handed out as it
 * is, since scripts see its size. A conversion writes its text, without a sign, somewhere
 * and lets append_field() align it.
 */
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

#define FIRST_BUFFER_SIZE 240
#define FLOAT_DIGITS 6
#define MAX_FLOAT_PRECISION 53

typedef struct _format_buffer {
    char *text;
    size_t len;
    size_t size;
} format_buffer;

/* One conversion. */
typedef struct _format_spec {
    int width;
    int precision;
    bool has_precision;
    bool left; /* the text stands at the left of its field */
    bool always_sign;
    char padding;
} format_spec;

/* The arguments; those of an array (vprintf) are made into such a list too. */
typedef struct _format_args {
    zval ***args;
    int count;
    int next;
} format_args;

static void make_room(format_buffer *out, size_t n)
{
    if (out->len + n >= out->size) {
        php_string_check_length(out->len + n);
        while (out->len + n >= out->size) {
            out->size *= 2;
        }
        out->text = erealloc(out->text, out->size);
    }
}

static void append_char(format_buffer *out, char c)
{
    make_room(out, 1);
    out->text[out->len++] = c;
}

static void append_bytes(format_buffer *out, const char *text, size_t len)
{
    make_room(out, len);
    memcpy(out->text + out->len, text, len);
    out->len += len;
}

/* A text in its field. A sign (text[0], when has_sign) stands before zeros that fill the field. */
static void append_field(format_buffer *out, const format_spec *spec, const char *text, size_t len,
    bool has_sign)
{
    size_t width = (size_t) spec->width, fill = width > len ? width - len : 0;

    make_room(out, MAX(width, len));
    if (!spec->left) {
        if (has_sign && spec->padding == '0' && len > 0) {
            out->text[out->len++] = *text++;
            len--;
        }
        memset(out->text + out->len, spec->padding, fill);
        out->len += fill;
    }
    append_bytes(out, text, len);
    if (spec->left) {
        memset(out->text + out->len, spec->padding, fill);
        out->len += fill;
    }
}

static void append_string(format_buffer *out, const format_spec *spec, zval *value)
{
    zval copy;
    size_t len;
    int use_copy = 0;

    if (Z_TYPE_P(value) != IS_STRING) {
        zend_make_printable_zval(value, &copy, &use_copy);
        value = use_copy ? &copy : value;
    }
    len = (size_t) Z_STRLEN_P(value);
    if (spec->has_precision) {
        len = MIN(len, (size_t) spec->precision);
    }
    append_field(out, spec, Z_STRVAL_P(value), len, false);
    if (use_copy) {
        zval_dtor(&copy);
    }
}

/* Digits of a number before end; their start. */
static char *write_decimal(char *end, unsigned long number)
{
    do {
        *--end = (char) ('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return end;
}

static void append_integer(format_buffer *out, format_spec *spec, unsigned long magnitude,
    bool negative)
{
    char buffer[MAX_LENGTH_OF_LONG + 1], *end = buffer + sizeof(buffer);
    char *start = write_decimal(end, magnitude);
    bool has_sign = negative || spec->always_sign;

    if (has_sign) {
        *--start = negative ? '-' : '+';
    }
    /* Zeros at the right would make another number. */
    if (spec->left && spec->padding == '0') {
        spec->padding = ' ';
    }
    append_field(out, spec, start, (size_t) (end - start), has_sign);
}

/* Base 2^bits. A precision cuts it to nothing, as it always did. */
static void append_power_of_two(format_buffer *out, const format_spec *spec, unsigned long number,
    int bits, const char *digits)
{
    char buffer[64], *end = buffer + sizeof(buffer), *start = end;

    do {
        *--start = digits[number & ((1UL << bits) - 1)];
        number >>= bits;
    } while (number > 0);
    append_field(out, spec, start, spec->has_precision ? 0 : (size_t) (end - start), false);
}

static void append_double(format_buffer *out, const format_spec *spec, double number, char letter)
{
    char buffer[PHP_DOUBLE_MAX_LENGTH + 1], *text;
    int precision = spec->has_precision ? spec->precision : FLOAT_DIGITS;
    zend_bool negative = 0;
    size_t len;

    if (precision > MAX_FLOAT_PRECISION) {
        php_error_docref(NULL, E_NOTICE,
            "Requested precision of %d digits was truncated to PHP maximum of %d digits",
            precision, MAX_FLOAT_PRECISION);
        precision = MAX_FLOAT_PRECISION;
    }
    if (zend_isnan(number) || zend_isinf(number)) {
        append_bytes(out, zend_isnan(number) ? "NaN" : "INF", 3); /* whatever the width */
        return;
    }
    if (letter == 'g' || letter == 'G') {
        php_gcvt(number, MAX(precision, 1), '.', letter == 'G' ? 'E' : 'e', buffer + 1);
        text = buffer + 1;
        len = strlen(text);
        if (*text == '-') {
            negative = 1;
            text++;
            len--;
        }
    } else {
        text = php_conv_fp(letter == 'f' ? 'F' : letter, number, &negative, precision, '.', &len,
            buffer + 1);
    }
    if (negative || spec->always_sign) {
        *--text = negative ? '-' : '+';
        len++;
    }
    append_field(out, spec, text, len, negative || spec->always_sign);
}

/* ---- Reading a format ------------------------------------------------------------------------ */

/* A number at *p, or -1 when it is too big. */
static int read_number(const char **p, const char *end)
{
    long number = 0;

    while (*p < end && **p >= '0' && **p <= '9') {
        if (number < INT_MAX) {
            number = number * 10 + (**p - '0');
        }
        (*p)++;
    }
    return number >= INT_MAX ? -1 : (int) number;
}

static bool is_digit(const char *p, const char *end)
{
    return p < end && *p >= '0' && *p <= '9';
}

/* "n$": the place of the argument. *place stays -1 without one. false after a warning. */
static bool read_argument_number(const char **p, const char *end, int *place)
{
    const char *q = *p;
    int number;

    while (is_digit(q, end)) {
        q++;
    }
    if (q == *p || q >= end || *q != '$') {
        return true;
    }
    number = read_number(p, end);
    (*p)++;
    if (number <= 0) {
        php_error_docref(NULL, E_WARNING, "Argument number must be greater than zero");
        return false;
    }
    *place = number - 1;
    return true;
}

static void read_flags(const char **p, const char *end, format_spec *spec)
{
    for (; *p < end; (*p)++) {
        char c = **p;

        if (c == ' ' || c == '0') {
            spec->padding = c;
        } else if (c == '-') {
            spec->left = true;
        } else if (c == '+') {
            spec->always_sign = true;
        } else if (c == '\'' && *p + 1 < end) {
            spec->padding = *++*p;
        } else {
            break;
        }
    }
}

/* Width and precision. false after a warning. */
static bool read_sizes(const char **p, const char *end, format_spec *spec)
{
    if (is_digit(*p, end)) {
        spec->width = read_number(p, end);
        if (spec->width < 0) {
            php_error_docref(NULL, E_WARNING,
                "Width must be greater than zero and less than %d", INT_MAX);
            return false;
        }
    }
    if (*p < end && **p == '.') {
        (*p)++;
        if (is_digit(*p, end)) {
            spec->has_precision = true;
            spec->precision = read_number(p, end);
            if (spec->precision < 0) {
                php_error_docref(NULL, E_WARNING,
                    "Precision must be greater than zero and less than %d", INT_MAX);
                return false;
            }
        }
    }
    return true;
}

/* Writes the value. */
static void convert_value(format_buffer *out, format_spec *spec, char letter, zval *value)
{
    static const char lower_digits[] = "0123456789abcdef", upper_digits[] = "0123456789ABCDEF";
    long number;

    switch (letter) {
    case 's':
        append_string(out, spec, value);
        break;
    case 'd':
        number = zend_zval_get_long(value);
        append_integer(out, spec, number < 0 ? -(unsigned long) number : (unsigned long) number,
            number < 0);
        break;
    case 'u':
        spec->always_sign = false;
        append_integer(out, spec, (unsigned long) zend_zval_get_long(value), false);
        break;
    case 'g':
    case 'G':
    case 'e':
    case 'E':
    case 'f':
    case 'F':
        append_double(out, spec, zend_zval_get_double(value), letter);
        break;
    case 'c':
        append_char(out, (char) zend_zval_get_long(value));
        break;
    case 'o':
        append_power_of_two(out, spec, (unsigned long) zend_zval_get_long(value), 3, lower_digits);
        break;
    case 'x':
        append_power_of_two(out, spec, (unsigned long) zend_zval_get_long(value), 4, lower_digits);
        break;
    case 'X':
        append_power_of_two(out, spec, (unsigned long) zend_zval_get_long(value), 4, upper_digits);
        break;
    case 'b':
        append_power_of_two(out, spec, (unsigned long) zend_zval_get_long(value), 1, lower_digits);
        break;
    case '%':
        append_char(out, '%');
        break;
    default: /* an unknown letter takes its argument and prints nothing */
        break;
    }
}

/* A conversion, behind its '%'. false after a warning. */
static bool format_conversion(format_buffer *out, const char **p, const char *end,
    format_args *arguments)
{
    format_spec spec = { .padding = ' ' };
    int place = -1;
    zval *value;
    char letter;

    if (!read_argument_number(p, end, &place)) {
        return false;
    }
    read_flags(p, end, &spec);
    if (!read_sizes(p, end, &spec)) {
        return false;
    }
    if (*p < end && **p == 'l') {
        (*p)++;
    }
    letter = *p < end ? *(*p)++ : '\0';
    if (place < 0) {
        place = arguments->next++;
    }
    if (place >= arguments->count) {
        php_error_docref(NULL, E_WARNING, "Too few arguments");
        return false;
    }
    /* A conversion may run a script's code: the value is kept meanwhile. */
    value = *arguments->args[place];
    Z_ADDREF_P(value);
    convert_value(out, &spec, letter, value);
    zval_ptr_dtor(&value);
    return true;
}

static char *format_all(const char *format, size_t format_len, format_args *arguments, int *len)
{
    format_buffer out = { emalloc(FIRST_BUFFER_SIZE), 0, FIRST_BUFFER_SIZE };
    const char *p = format, *end = format + format_len;

    while (p < end) {
        const char *percent = memchr(p, '%', (size_t) (end - p));

        append_bytes(&out, p, (size_t) ((percent ? percent : end) - p));
        if (!percent) {
            break;
        }
        p = percent + 1;
        if (p < end && *p == '%') {
            append_char(&out, '%');
            p++;
        } else if (!format_conversion(&out, &p, end, arguments)) {
            efree(out.text);
            return NULL;
        }
    }
    make_room(&out, 1);
    out.text[out.len] = '\0';
    *len = (int) php_string_check_length(out.len);
    return out.text;
}

/* ---- The functions --------------------------------------------------------------------------- */

/* The elements of an array as a list; emalloc'ed, NULL when there are none. */
static zval ***array_as_arguments(zval *array, int *count)
{
    HashPosition pos;
    zval ***list;
    int i = 0;

    *count = zend_hash_num_elements(Z_ARRVAL_P(array));
    list = safe_emalloc((size_t) *count, sizeof(*list), sizeof(*list));
    zend_hash_internal_pointer_reset_ex(Z_ARRVAL_P(array), &pos);
    while (zend_hash_get_current_data_ex(Z_ARRVAL_P(array), (void **) &list[i], &pos) == SUCCESS) {
        i++;
        zend_hash_move_forward_ex(Z_ARRVAL_P(array), &pos);
    }
    return list;
}

char *php_formatted_print(int ht, int *len, int use_array, int format_offset, zval *return_value)
{
    int argc = ZEND_NUM_ARGS();
    zval ***args = safe_emalloc((size_t) argc, sizeof(*args), sizeof(*args)), ***list = NULL;
    format_args arguments;
    char *result;

    if (zend_get_parameters_array_ex(argc, args) == FAILURE) {
        efree(args);
        return NULL;
    }
    convert_to_string_ex(args[format_offset]);
    if (use_array) {
        SEPARATE_ZVAL(args[format_offset + 1]);
        convert_to_array_ex(args[format_offset + 1]);
        list = array_as_arguments(*args[format_offset + 1], &arguments.count);
        arguments.args = list;
    } else {
        arguments.args = args + format_offset + 1;
        arguments.count = argc - format_offset - 1;
    }
    arguments.next = 0;
    result = format_all(Z_STRVAL_PP(args[format_offset]), (size_t) Z_STRLEN_PP(args[format_offset]),
        &arguments, len);
    if (list) {
        efree(list);
    }
    efree(args);
    return result;
}

/* The result of the family: a string (print 0), or its length after it was printed. */
static void print_formatted(INTERNAL_FUNCTION_PARAMETERS, int use_array, bool print)
{
    char *result;
    int len;

    if (use_array && ZEND_NUM_ARGS() != 2) {
        zend_wrong_param_count();
        RETURN_FALSE;
    }
    if (!use_array && ZEND_NUM_ARGS() < 1) {
        zend_parse_parameters(0, "z*", NULL, NULL, NULL);
        RETURN_FALSE;
    }
    result = php_formatted_print(ht, &len, use_array, 0, return_value);
    if (!result) {
        RETURN_FALSE;
    }
    if (!print) {
        RETURN_STRINGL(result, len, 0);
    }
    PHPWRITE(result, (size_t) len);
    efree(result);
    RETURN_LONG(len);
}

PHP_FUNCTION(sprintf)
{
    print_formatted(INTERNAL_FUNCTION_PARAM_PASSTHRU, 0, false);
}

PHP_FUNCTION(vsprintf)
{
    print_formatted(INTERNAL_FUNCTION_PARAM_PASSTHRU, 1, false);
}

PHP_FUNCTION(printf)
{
    print_formatted(INTERNAL_FUNCTION_PARAM_PASSTHRU, 0, true);
}

PHP_FUNCTION(vprintf)
{
    print_formatted(INTERNAL_FUNCTION_PARAM_PASSTHRU, 1, true);
}

/* The same to a stream, which is the first argument. */
static void print_to_stream(INTERNAL_FUNCTION_PARAMETERS, int use_array)
{
    zval *file;
    php_stream *stream;
    char *result;
    int len;

    if (use_array ? ZEND_NUM_ARGS() != 3 : ZEND_NUM_ARGS() < 2) {
        WRONG_PARAM_COUNT;
    }
    if (zend_parse_parameters(1, "r", &file) == FAILURE) {
        RETURN_FALSE;
    }
    php_stream_from_zval(stream, &file);
    result = php_formatted_print(ht, &len, use_array, 1, return_value);
    if (!result) {
        RETURN_FALSE;
    }
    php_stream_write(stream, result, (size_t) len);
    efree(result);
    RETURN_LONG(len);
}

PHP_FUNCTION(fprintf)
{
    print_to_stream(INTERNAL_FUNCTION_PARAM_PASSTHRU, 0);
}

PHP_FUNCTION(vfprintf)
{
    print_to_stream(INTERNAL_FUNCTION_PARAM_PASSTHRU, 1);
}

static const zend_function_entry formatted_print_functions[] = {
    PHP_FE(sprintf, "$format, ...$args", "Returns values by a format.")
    PHP_FE(printf, "$format, ...$args", "Prints values by a format.")
    PHP_FE(vprintf, "$format, $args", "Prints an array's values by a format.")
    PHP_FE(vsprintf, "$format, $args", "Returns an array's values by a format.")
    PHP_FE(fprintf, "$stream, $format, ...$args", "Writes values by a format to a stream.")
    PHP_FE(vfprintf, "$stream, $format, $args", "Writes an array's values to a stream.")
    PHP_FE_END
};

const php_standard_part standard_formatted_print_part = {
    .functions = formatted_print_functions,
};
