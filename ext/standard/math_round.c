/* SPDX-License-Identifier: MIT */
/*
 * Rounding, and numbers written with separators.
 *
 * A decimal fraction such as 1.955 has no exact binary form, so rounding the double that stands
 * for it would look wrong. Therefore the value is rounded to the 15 digits that a double keeps for
 * sure, then once more to the places wanted.
 */
#include <float.h>
#include <math.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_math.h"

#define SURE_DIGITS 15
#define LOWEST_POWER (-4 * DBL_DIG)

/* 10^power: exact up to 10^22. */
static double power_of_ten(int power)
{
    static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

    if (power < 0 || power >= (int) (sizeof(powers) / sizeof(*powers))) {
        return pow(10.0, (double) power);
    }
    return powers[power];
}

static double scale(double value, int places)
{
    return places >= 0 ? value * power_of_ten(places) : value / power_of_ten(-places);
}

/* Half-way cases of EVEN and ODD: the neighbour whose half is integral, or the other one. */
static double round_to_parity(double value, bool odd)
{
    double down = floor(value);

    if (value - down != 0.5) {
        return value >= 0.0 ? floor(value + 0.5) : ceil(value - 0.5);
    }
    return (fmod(down, 2.0) != 0.0) == odd ? down : down + 1.0;
}

static double round_to_integer(double value, int mode)
{
    switch (mode) {
    case PHP_ROUND_HALF_DOWN:
        return value >= 0.0 ? ceil(value - 0.5) : floor(value + 0.5);
    case PHP_ROUND_HALF_EVEN:
        return round_to_parity(value, false);
    case PHP_ROUND_HALF_ODD:
        return round_to_parity(value, true);
    default:
        return value >= 0.0 ? floor(value + 0.5) : ceil(value - 0.5);
    }
}

/* value * 10^-places, by way of text where the power of ten is not exact. */
static double scale_back(double value, int places, double otherwise)
{
    char text[40];

    if (abs(places) < 23) {
        return places > 0 ? value / power_of_ten(places) : value * power_of_ten(-places);
    }
    snprintf(text, sizeof(text), "%.0Fe%d", value, -places);
    value = zend_strtod(text, NULL);
    return zend_finite(value) ? value : otherwise;
}

double _php_math_round(double value, int places, int mode)
{
    double rounded;
    int sure_places;

    if (!zend_finite(value) || value == 0.0) {
        return value;
    }
    places = MAX(places, -INT_MAX);
    sure_places = SURE_DIGITS - 1 - (int) floor(log10(fabs(value)));
    if (sure_places > places && sure_places - SURE_DIGITS < places) {
        int step = MAX(sure_places, LOWEST_POWER);
        rounded = round_to_integer(scale(value, step), mode);
        rounded = scale(rounded, MAX(places - step, LOWEST_POWER));
    } else {
        rounded = scale(value, places);
        if (fabs(rounded) >= 1e15) {
            return value;
        }
    }
    return scale_back(round_to_integer(rounded, mode), places, value);
}

PHP_FUNCTION(round)
{
    zval **value;
    long places = 0;
    long mode = PHP_ROUND_HALF_UP;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z|ll", &value, &places, &mode) == FAILURE) {
        return;
    }
    if (Z_TYPE_PP(value) == IS_ARRAY) {
        RETURN_FALSE;
    }
    convert_scalar_to_number_ex(value);
    places = places > INT_MAX ? INT_MAX : places < -INT_MAX ? -INT_MAX : places;
    if (Z_TYPE_PP(value) == IS_LONG && places >= 0) {
        RETURN_DOUBLE((double) Z_LVAL_PP(value));
    }
    if (Z_TYPE_PP(value) == IS_LONG) {
        RETURN_DOUBLE(_php_math_round((double) Z_LVAL_PP(value), (int) places, (int) mode));
    }
    if (Z_TYPE_PP(value) == IS_DOUBLE) {
        RETURN_DOUBLE(_php_math_round(Z_DVAL_PP(value), (int) places, (int) mode));
    }
    RETURN_FALSE;
}

/* floor() or ceil() of whatever the argument is. */
static void apply_rounding(INTERNAL_FUNCTION_PARAMETERS, double (*function)(double))
{
    zval **value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z", &value) == FAILURE) {
        return;
    }
    if (Z_TYPE_PP(value) == IS_ARRAY) {
        RETURN_FALSE;
    }
    convert_scalar_to_number_ex(value);
    if (Z_TYPE_PP(value) == IS_DOUBLE) {
        RETURN_DOUBLE(function(Z_DVAL_PP(value)));
    }
    if (Z_TYPE_PP(value) == IS_LONG) {
        RETURN_DOUBLE((double) Z_LVAL_PP(value));
    }
    RETURN_FALSE;
}

PHP_FUNCTION(floor)
{
    apply_rounding(INTERNAL_FUNCTION_PARAM_PASSTHRU, floor);
}

PHP_FUNCTION(ceil)
{
    apply_rounding(INTERNAL_FUNCTION_PARAM_PASSTHRU, ceil);
}

/* --- number_format() ---------------------------------------------------------------------- */

/* Copies digits to the end of a buffer, in groups of three. Returns where the copy begins. */
static char *write_groups_backwards(char *end, const char *digits, size_t count,
    const char *separator, size_t separator_length)
{
    size_t written = 0;

    while (count > 0) {
        if (written > 0 && written % 3 == 0 && separator != NULL) {
            end -= separator_length;
            memcpy(end, separator, separator_length);
        }
        *--end = digits[--count];
        written++;
    }
    return end;
}

char *_php_math_number_format_ex(double number, int decimals, const char *point,
    size_t point_length, const char *thousands, size_t thousands_length, int *length)
{
    bool is_negative = number < 0.0;
    char *text, *result, *end;
    size_t text_length, integer_length, size;

    decimals = MAX(decimals, 0);
    number = _php_math_round(is_negative ? -number : number, decimals, PHP_ROUND_HALF_UP);
    text_length = (size_t) spprintf(&text, 0, "%.*F", decimals, number);
    if (text[0] < '0' || text[0] > '9') {
        if (length != NULL) {
            *length = (int) text_length;
        }
        return text;
    }
    integer_length = strcspn(text, ".");
    point = decimals > 0 ? point : NULL;
    size = integer_length + is_negative + (decimals > 0 ? (size_t) decimals : 0)
        + (point != NULL ? point_length : 0);
    if (thousands != NULL) {
        size += thousands_length * ((integer_length - 1) / 3);
    }
    result = safe_emalloc(1, size, 1);
    end = result + size;
    *end = '\0';
    if (decimals > 0) {
        size_t known = text_length > integer_length ? text_length - integer_length - 1 : 0;
        end -= decimals;
        memset(end, '0', (size_t) decimals);
        memcpy(end, text + integer_length + 1, MIN(known, (size_t) decimals));
    }
    if (point != NULL) {
        end -= point_length;
        memcpy(end, point, point_length);
    }
    end = write_groups_backwards(end, text, integer_length, thousands, thousands_length);
    if (is_negative) {
        *--end = '-';
    }
    efree(text);
    if (length != NULL) {
        *length = (int) size;
    }
    return result;
}

char *_php_math_number_format(double number, int decimals, char point, char thousands)
{
    return _php_math_number_format_ex(number, decimals, &point, point != '\0', &thousands,
        thousands != '\0', NULL);
}

PHP_FUNCTION(number_format)
{
    double number;
    long decimals = 0;
    const char *point = ".";
    const char *thousands = ",";
    int point_length = 1;
    int thousands_length = 1;
    int length;
    char *text;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "d|ls!s!", &number, &decimals, &point,
            &point_length, &thousands, &thousands_length) == FAILURE) {
        return;
    }
    if (ZEND_NUM_ARGS() == 3) {
        WRONG_PARAM_COUNT;
    }
    if (point == NULL) {
        point = ".";
        point_length = 1;
    }
    if (thousands == NULL) {
        thousands = ",";
        thousands_length = 1;
    }
    decimals = decimals < 0 ? 0 : MIN(decimals, INT_MAX);
    text = _php_math_number_format_ex(number, (int) decimals, point, (size_t) point_length,
        thousands, (size_t) thousands_length, &length);
    RETURN_STRINGL(text, length, 0);
}

static const zend_function_entry round_functions[] = {
    PHP_FE(ceil, "$number", "Rounds up to the next integer, as a float.")
    PHP_FE(floor, "$number", "Rounds down to the next integer, as a float.")
    PHP_FE(round, "$number, [$precision], [$mode]", "Rounds to a number of decimals.")
    PHP_FE(number_format,
        "$number, [$num_decimal_places], [$dec_separator], [$thousands_separator]",
        "Writes a number with decimals and groups of thousands.")
    PHP_FE_END
};

static PHP_MINIT_FUNCTION(round)
{
    static const php_long_constant modes[] = {
        {"PHP_ROUND_HALF_UP", PHP_ROUND_HALF_UP},
        {"PHP_ROUND_HALF_DOWN", PHP_ROUND_HALF_DOWN},
        {"PHP_ROUND_HALF_EVEN", PHP_ROUND_HALF_EVEN},
        {"PHP_ROUND_HALF_ODD", PHP_ROUND_HALF_ODD},
        {NULL, 0},
    };
    php_register_long_constants(modes, module_number);
    return SUCCESS;
}

const php_standard_part standard_math_round_part = {
    round_functions, PHP_MINIT(round), NULL, NULL, NULL, NULL,
};
