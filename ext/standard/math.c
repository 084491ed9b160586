/* SPDX-License-Identifier: MIT */
/* Mathematical functions of real numbers, most of them libc's, and the constants M_PI and kin. */
#include <math.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_math.h"

/* A function of one double is libc's function of the same or another name. */
#define REAL_FUNCTION(name, function) \
    PHP_FUNCTION(name) \
    { \
        double number; \
        if (zend_parse_parameters(ZEND_NUM_ARGS(), "d", &number) == SUCCESS) { \
            RETVAL_DOUBLE(function(number)); \
        } \
    }
REAL_FUNCTION(sin, sin)
REAL_FUNCTION(cos, cos)
REAL_FUNCTION(tan, tan)
REAL_FUNCTION(asin, asin)
REAL_FUNCTION(acos, acos)
REAL_FUNCTION(atan, atan)
REAL_FUNCTION(sinh, sinh)
REAL_FUNCTION(cosh, cosh)
REAL_FUNCTION(tanh, tanh)
REAL_FUNCTION(asinh, asinh)
REAL_FUNCTION(acosh, acosh)
REAL_FUNCTION(atanh, atanh)
REAL_FUNCTION(exp, exp)
REAL_FUNCTION(expm1, expm1)
REAL_FUNCTION(log10, log10)
REAL_FUNCTION(log1p, log1p)
REAL_FUNCTION(sqrt, sqrt)

#define DEGREES_TO_RADIANS(degrees) ((degrees) / 180.0 * M_PI)
#define RADIANS_TO_DEGREES(radians) ((radians) / M_PI * 180.0)
REAL_FUNCTION(deg2rad, DEGREES_TO_RADIANS)
REAL_FUNCTION(rad2deg, RADIANS_TO_DEGREES)

#define REAL_PREDICATE(name, predicate) \
    PHP_FUNCTION(name) \
    { \
        double number; \
        if (zend_parse_parameters(ZEND_NUM_ARGS(), "d", &number) == SUCCESS) { \
            RETVAL_BOOL(predicate(number)); \
        } \
    }
REAL_PREDICATE(is_finite, zend_finite)
REAL_PREDICATE(is_nan, zend_isnan)
REAL_PREDICATE(is_infinite, zend_isinf)

#define REAL_FUNCTION_OF_TWO(name, function) \
    PHP_FUNCTION(name) \
    { \
        double first, second; \
        if (zend_parse_parameters(ZEND_NUM_ARGS(), "dd", &first, &second) == SUCCESS) { \
            RETVAL_DOUBLE(function(first, second)); \
        } \
    }
REAL_FUNCTION_OF_TWO(atan2, atan2)
REAL_FUNCTION_OF_TWO(hypot, hypot)
REAL_FUNCTION_OF_TWO(fmod, fmod)

PHP_FUNCTION(abs)
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
        RETURN_DOUBLE(fabs(Z_DVAL_PP(value)));
    }
    if (Z_TYPE_PP(value) != IS_LONG) {
        RETURN_FALSE;
    }
    if (Z_LVAL_PP(value) == LONG_MIN) {
        RETURN_DOUBLE(-(double) LONG_MIN);
    }
    RETURN_LONG(labs(Z_LVAL_PP(value)));
}

PHP_FUNCTION(pi)
{
    if (zend_parse_parameters_none() == SUCCESS) {
        RETVAL_DOUBLE(M_PI);
    }
}

/* The number an argument means; unlike the operator's, an array is 0 or 1. */
static void number_of(zval *number, zval *value)
{
    INIT_PZVAL_COPY(number, value);
    zval_copy_ctor(number);
    if (Z_TYPE_P(number) == IS_ARRAY) {
        convert_to_long(number);
    } else {
        convert_scalar_to_number(number);
    }
}

PHP_FUNCTION(pow)
{
    zval *base, *exponent;
    zval base_number, exponent_number;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "zz", &base, &exponent) == FAILURE) {
        return;
    }
    number_of(&base_number, base);
    number_of(&exponent_number, exponent);
    pow_function(return_value, &base_number, &exponent_number);
    zval_dtor(&base_number);
    zval_dtor(&exponent_number);
}

PHP_FUNCTION(log)
{
    double number;
    double base = 0.0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "d|d", &number, &base) == FAILURE) {
        return;
    }
    if (ZEND_NUM_ARGS() == 1) {
        RETURN_DOUBLE(log(number));
    }
    if (base <= 0.0) {
        php_error_docref(NULL, E_WARNING, "base must be greater than 0");
        RETURN_FALSE;
    }
    if (base == 1.0) {
        RETURN_DOUBLE(NAN);
    }
    RETURN_DOUBLE(log(number) / log(base));
}

static const zend_function_entry math_functions[] = {
    PHP_FE(abs, "$number", "Returns the absolute value.")
    PHP_FE(sin, "$number", "Returns the sine of an angle in radians.")
    PHP_FE(cos, "$number", "Returns the cosine of an angle in radians.")
    PHP_FE(tan, "$number", "Returns the tangent of an angle in radians.")
    PHP_FE(asin, "$number", "Returns the arc sine in radians.")
    PHP_FE(acos, "$number", "Returns the arc cosine in radians.")
    PHP_FE(atan, "$number", "Returns the arc tangent in radians.")
    PHP_FE(atanh, "$number", "Returns the inverse hyperbolic tangent.")
    PHP_FE(atan2, "$y, $x", "Returns the angle of the point (x, y) in radians.")
    PHP_FE(sinh, "$number", "Returns the hyperbolic sine.")
    PHP_FE(cosh, "$number", "Returns the hyperbolic cosine.")
    PHP_FE(tanh, "$number", "Returns the hyperbolic tangent.")
    PHP_FE(asinh, "$number", "Returns the inverse hyperbolic sine.")
    PHP_FE(acosh, "$number", "Returns the inverse hyperbolic cosine.")
    PHP_FE(expm1, "$number", "Returns e to the power of the number, less one, precisely near zero.")
    PHP_FE(log1p, "$number",
        "Returns the logarithm of one more than the number, precisely near zero.")
    PHP_FE(pi, "", "Returns pi.")
    PHP_FE(is_finite, "$val", "Tells whether a float is a finite number.")
    PHP_FE(is_nan, "$val", "Tells whether a float is not a number.")
    PHP_FE(is_infinite, "$val", "Tells whether a float is infinite.")
    PHP_FE(pow, "$base, $exponent", "Raises a number to a power.")
    PHP_FE(exp, "$number", "Returns e to the power of the number.")
    PHP_FE(log, "$number, [$base]", "Returns the logarithm, natural unless a base is given.")
    PHP_FE(log10, "$number", "Returns the logarithm to the base 10.")
    PHP_FE(sqrt, "$number", "Returns the square root.")
    PHP_FE(hypot, "$num1, $num2", "Returns the length of a right triangle's longest side.")
    PHP_FE(deg2rad, "$number", "Turns degrees into radians.")
    PHP_FE(rad2deg, "$number", "Turns radians into degrees.")
    PHP_FE(fmod, "$x, $y", "Returns the remainder of a division of floats.")
    PHP_FE_END
};

static const struct {
    const char *name;
    double value;
} real_constants[] = {
    {"M_E", 2.7182818284590452354},
    {"M_LOG2E", 1.4426950408889634074},
    {"M_LOG10E", 0.43429448190325182765},
    {"M_LN2", 0.69314718055994530942},
    {"M_LN10", 2.30258509299404568402},
    {"M_PI", 3.14159265358979323846},
    {"M_PI_2", 1.57079632679489661923},
    {"M_PI_4", 0.78539816339744830962},
    {"M_1_PI", 0.31830988618379067154},
    {"M_2_PI", 0.63661977236758134308},
    {"M_SQRTPI", 1.77245385090551602729},
    {"M_2_SQRTPI", 1.12837916709551257390},
    {"M_LNPI", 1.14472988584940017414},
    {"M_EULER", 0.57721566490153286061},
    {"M_SQRT2", 1.41421356237309504880},
    {"M_SQRT1_2", 0.70710678118654752440},
    {"M_SQRT3", 1.73205080756887729352},
    {"INF", INFINITY},
    {"NAN", NAN},
};

static PHP_MINIT_FUNCTION(math)
{
    size_t i;

    for (i = 0; i < sizeof(real_constants) / sizeof(*real_constants); i++) {
        zend_register_double_constant(real_constants[i].name,
            (uint) strlen(real_constants[i].name) + 1, real_constants[i].value,
            CONST_CS | CONST_PERSISTENT, module_number);
    }
    return SUCCESS;
}

const php_standard_part standard_math_part = {
    math_functions, PHP_MINIT(math), NULL, NULL, NULL, NULL,
};
