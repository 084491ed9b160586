/* SPDX-License-Identifier: MIT */
/*
 * Numbers in other bases than ten: bindec() and kin, decbin() and kin, base_convert().
 *
 * Reading ignores every character that is no digit of the base, and goes on with a double when the
 * number is too big for a long. Writing takes a long's bits as unsigned.
 */
#include <math.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_math.h"

static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyz";

/* The value of a digit; 36 for what is none. */
static int digit_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'A' && c <= 'Z') {
        return c - 'A' + 10;
    }
    return c >= 'a' && c <= 'z' ? c - 'a' + 10 : 36;
}

int _php_math_basetozval(zval *text, int base, zval *result)
{
    const char *s;
    const char *end;
    long number = 0;
    double big_number = 0.0;
    bool is_big = false;

    if (Z_TYPE_P(text) != IS_STRING || base < 2 || base > 36) {
        return FAILURE;
    }
    end = Z_STRVAL_P(text) + Z_STRLEN_P(text);
    for (s = Z_STRVAL_P(text); s < end; s++) {
        int value = digit_value(*s);
        if (value >= base) {
            continue;
        }
        if (!is_big && number > (LONG_MAX - value) / base) {
            is_big = true;
            big_number = (double) number;
        }
        if (is_big) {
            big_number = big_number * base + value;
        } else {
            number = number * base + value;
        }
    }
    if (is_big) {
        ZVAL_DOUBLE(result, big_number);
    } else {
        ZVAL_LONG(result, number);
    }
    return SUCCESS;
}

static char *digits_of_bits(ulong value, int base)
{
    char buffer[sizeof(ulong) * 8 + 1];
    char *end = buffer + sizeof(buffer);
    char *start = end;

    do {
        *--start = digits[value % (ulong) base];
        value /= (ulong) base;
    } while (value != 0);
    return estrndup(start, (uint) (end - start));
}

/* The division leaves a fraction, which the next digit's fmod() drops. */
static char *digits_of_double(double value, int base)
{
    char buffer[sizeof(double) * 8 + 1];
    char *end = buffer + sizeof(buffer);
    char *start = end;

    if (zend_isinf(value) || zend_isnan(value)) {
        php_error_docref(NULL, E_WARNING, "Number too large");
        return estrndup("", 0);
    }
    value = fabs(floor(value));
    do {
        *--start = digits[(int) fmod(value, base)];
        value /= base;
    } while (start > buffer && value >= 1.0);
    return estrndup(start, (uint) (end - start));
}

char *_php_math_longtobase(zval *value, int base)
{
    return digits_of_bits((ulong) Z_LVAL_P(value), base);
}

char *_php_math_zvaltobase(zval *value, int base)
{
    if (Z_TYPE_P(value) == IS_DOUBLE) {
        return digits_of_double(Z_DVAL_P(value), base);
    }
    return digits_of_bits((ulong) Z_LVAL_P(value), base);
}

static void read_in_base(INTERNAL_FUNCTION_PARAMETERS, int base)
{
    zval **text;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z", &text) == FAILURE) {
        return;
    }
    convert_to_string_ex(text);
    if (_php_math_basetozval(*text, base, return_value) == FAILURE) {
        RETURN_FALSE;
    }
}

static void write_in_base(INTERNAL_FUNCTION_PARAMETERS, int base)
{
    zval **number;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z", &number) == FAILURE) {
        return;
    }
    convert_to_long_ex(number);
    RETURN_STRING(_php_math_longtobase(*number, base), 0);
}

PHP_FUNCTION(bindec)
{
    read_in_base(INTERNAL_FUNCTION_PARAM_PASSTHRU, 2);
}

PHP_FUNCTION(hexdec)
{
    read_in_base(INTERNAL_FUNCTION_PARAM_PASSTHRU, 16);
}

PHP_FUNCTION(octdec)
{
    read_in_base(INTERNAL_FUNCTION_PARAM_PASSTHRU, 8);
}

PHP_FUNCTION(decbin)
{
    write_in_base(INTERNAL_FUNCTION_PARAM_PASSTHRU, 2);
}

PHP_FUNCTION(decoct)
{
    write_in_base(INTERNAL_FUNCTION_PARAM_PASSTHRU, 8);
}

PHP_FUNCTION(dechex)
{
    write_in_base(INTERNAL_FUNCTION_PARAM_PASSTHRU, 16);
}

PHP_FUNCTION(base_convert)
{
    zval **text;
    zval number;
    long from_base, to_base;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Zll", &text, &from_base, &to_base) == FAILURE) {
        return;
    }
    convert_to_string_ex(text);
    if (from_base < 2 || from_base > 36) {
        php_error_docref(NULL, E_WARNING, "Invalid `from base' (%ld)", from_base);
        RETURN_FALSE;
    }
    if (to_base < 2 || to_base > 36) {
        php_error_docref(NULL, E_WARNING, "Invalid `to base' (%ld)", to_base);
        RETURN_FALSE;
    }
    if (_php_math_basetozval(*text, (int) from_base, &number) == FAILURE) {
        RETURN_FALSE;
    }
    RETURN_STRING(_php_math_zvaltobase(&number, (int) to_base), 0);
}

static const zend_function_entry base_functions[] = {
    PHP_FE(bindec, "$binary_number", "Reads binary digits.")
    PHP_FE(hexdec, "$hexadecimal_number", "Reads hexadecimal digits.")
    PHP_FE(octdec, "$octal_number", "Reads octal digits.")
    PHP_FE(decbin, "$decimal_number", "Writes an integer in binary digits.")
    PHP_FE(decoct, "$decimal_number", "Writes an integer in octal digits.")
    PHP_FE(dechex, "$decimal_number", "Writes an integer in hexadecimal digits.")
    PHP_FE(base_convert, "$number, $frombase, $tobase",
        "Converts digits of one base to those of another.")
    PHP_FE_END
};

const php_standard_part standard_math_base_part = {base_functions, NULL, NULL, NULL, NULL, NULL};
