/* SPDX-License-Identifier: MIT */
/*
 * The operators of the language, as functions on zvals; conversions and comparison.
 *
 * A binary operator's form is f(result, op1, op2): SUCCESS, or FAILURE after it has raised an
 * error (result is then set all the same). The result's old value is not released, except that
 * result may be op1 itself (compound assignment), whose old value is. Operands keep their values,
 * even where they are converted on the way. The inline fast_* forms do longs and doubles in place.
 *
 * Files: zend_conversion.c (types), zend_numeric_string.c, zend_arithmetic.c, zend_bitwise.c,
 * zend_increment.c, zend_comparison.c, zend_concat.c, zend_string_compare.c, zend_print.c.
 */
#ifndef ZEND_OPERATORS_H
#define ZEND_OPERATORS_H

#include "value/zend_double.h"
#include "value/zend_variables.h"

#define LONG_SIGN_MASK (1L << (8 * sizeof(long) - 1))
#define MAX_LENGTH_OF_LONG 21   /* "-9223372036854775808" and its NUL */
#define MAX_LENGTH_OF_DOUBLE 33

/* --- Arithmetic --------------------------------------------------------------------------- */

/* Longs that overflow go on as doubles. add_function on two arrays is the union. Other operands
 * of type array are the fatal error "Unsupported operand types". */
int add_function(zval *result, zval *op1, zval *op2);
int sub_function(zval *result, zval *op1, zval *op2);
int mul_function(zval *result, zval *op1, zval *op2);
int pow_function(zval *result, zval *op1, zval *op2);
/* By zero: warning "Division by zero", result false. */
int div_function(zval *result, zval *op1, zval *op2);
int mod_function(zval *result, zval *op1, zval *op2);

int boolean_xor_function(zval *result, zval *op1, zval *op2);
int boolean_not_function(zval *result, zval *op1);
int bitwise_not_function(zval *result, zval *op1);
/* On two strings these three work byte by byte. */
int bitwise_or_function(zval *result, zval *op1, zval *op2);
int bitwise_and_function(zval *result, zval *op1, zval *op2);
int bitwise_xor_function(zval *result, zval *op1, zval *op2);
int shift_left_function(zval *result, zval *op1, zval *op2);
int shift_right_function(zval *result, zval *op1, zval *op2);
/* The result's string is reallocated in place when result is op1. */
int concat_function(zval *result, zval *op1, zval *op2);

/* ++ and -- in place. FAILURE for types that they leave alone. */
int increment_function(zval *op1);
int decrement_function(zval *op1);

/* --- Comparison --------------------------------------------------------------------------- */

/* result: long -1, 0 or 1 (or another sign-carrying number). */
int compare_function(zval *result, zval *op1, zval *op2);
/* result: bool. */
int is_identical_function(zval *result, zval *op1, zval *op2);
int is_not_identical_function(zval *result, zval *op1, zval *op2);
int is_equal_function(zval *result, zval *op1, zval *op2);
int is_not_equal_function(zval *result, zval *op1, zval *op2);
int is_smaller_function(zval *result, zval *op1, zval *op2);
int is_smaller_or_equal_function(zval *result, zval *op1, zval *op2);

/* The same as plain C truths. */
int zend_compare(zval *op1, zval *op2); /* <0, 0, >0 */
bool zend_is_identical(zval *op1, zval *op2);
bool zend_is_equal(zval *op1, zval *op2);

/* result: long. As strings (with case, without, by locale) and as numbers. */
int string_compare_function(zval *result, zval *op1, zval *op2);
int string_case_compare_function(zval *result, zval *op1, zval *op2);
int string_compare_function_ex(zval *result, zval *op1, zval *op2, zend_bool case_insensitive);
int string_locale_compare_function(zval *result, zval *op1, zval *op2);
int numeric_compare_function(zval *result, zval *op1, zval *op2);

/* Two strings as == and < see them: as numbers when both are numeric. result: long. */
void zendi_smart_strcmp(zval *result, zval *s1, zval *s2);
bool zend_smart_string_equal(zval *s1, zval *s2);

int zend_compare_symbol_tables_i(HashTable *ht1, HashTable *ht2);
void zend_compare_symbol_tables(zval *result, HashTable *ht1, HashTable *ht2);
void zend_compare_arrays(zval *result, zval *a1, zval *a2);
void zend_compare_objects(zval *result, zval *o1, zval *o2);

/* --- Conversion --------------------------------------------------------------------------- */

/* In place; the value that was there is released. Arrays to string give "Array" and a notice. */
void convert_to_null(zval *op);
void convert_to_boolean(zval *op);
void convert_to_long(zval *op);
void convert_to_long_base(zval *op, int base); /* of a string: as strtol's base */
void convert_to_double(zval *op);
void _convert_to_string(zval *op);
#define convert_to_string(op) \
    do { \
        if (Z_TYPE_P(op) != IS_STRING) { \
            _convert_to_string(op); \
        } \
    } while (0)
void convert_to_array(zval *op);
void convert_to_object(zval *op);
/* Strings to long or double by their look, null and bool and the rest to long. */
void convert_scalar_to_number(zval *op);
void multi_convert_to_long_ex(int argc, ...); /* zval ** each */
void multi_convert_to_double_ex(int argc, ...);
void multi_convert_to_string_ex(int argc, ...);
void convert_to_type(zval *op, int type);

/* The _ex forms take a zval **, and separate the zval first unless it is a reference. */
#define convert_to_ex_master(ppzv, lower_type, upper_type) \
    do { \
        if (Z_TYPE_PP(ppzv) != IS_##upper_type) { \
            SEPARATE_ZVAL_IF_NOT_REF(ppzv); \
            convert_to_##lower_type(*(ppzv)); \
        } \
    } while (0)
#define convert_to_boolean_ex(ppzv) convert_to_ex_master(ppzv, boolean, BOOL)
#define convert_to_long_ex(ppzv) convert_to_ex_master(ppzv, long, LONG)
#define convert_to_double_ex(ppzv) convert_to_ex_master(ppzv, double, DOUBLE)
#define convert_to_string_ex(ppzv) convert_to_ex_master(ppzv, string, STRING)
#define convert_to_array_ex(ppzv) convert_to_ex_master(ppzv, array, ARRAY)
#define convert_to_object_ex(ppzv) convert_to_ex_master(ppzv, object, OBJECT)
#define convert_to_null_ex(ppzv) convert_to_ex_master(ppzv, null, NULL)
#define convert_to_explicit_type(pzv, type) convert_to_type(pzv, type)
#define convert_to_explicit_type_ex(ppzv, type) \
    do { \
        if (Z_TYPE_PP(ppzv) != (type)) { \
            SEPARATE_ZVAL_IF_NOT_REF(ppzv); \
            convert_to_type(*(ppzv), type); \
        } \
    } while (0)
#define convert_scalar_to_number_ex(ppzv) \
    do { \
        if (Z_TYPE_PP(ppzv) != IS_LONG && Z_TYPE_PP(ppzv) != IS_DOUBLE) { \
            SEPARATE_ZVAL_IF_NOT_REF(ppzv); \
            convert_scalar_to_number(*(ppzv)); \
        } \
    } while (0)

/* Values of an operand without changing it. Objects may run __toString and raise notices. */
bool zend_is_true_func(zval *op);
long zend_zval_get_long(zval *op);
double zend_zval_get_double(zval *op);
static zend_always_inline bool zval_is_true_inline(zval *op)
{
    if (ZEND_LIKELY(Z_TYPE_P(op) == IS_BOOL || Z_TYPE_P(op) == IS_LONG)) {
        return Z_LVAL_P(op) != 0;
    }
    return Z_TYPE_P(op) != IS_NULL && zend_is_true_func(op);
}
int zval_is_true(zval *op);
int zend_is_true(zval *op);
#define i_zend_is_true(op) zval_is_true_inline(op)

/* The printable form: *use_copy says that *expr_copy was filled, which the caller zval_dtor()s;
 * else expr itself is a string. An exception in __toString leaves an empty string. */
void zend_make_printable_zval(zval *expr, zval *expr_copy, int *use_copy);

/* A string's type name, as gettype() says it ("integer", "double", ...). */
const char *zend_get_type_by_const(int type);
const char *zend_zval_type_name(const zval *arg);

/* --- Numeric strings ---------------------------------------------------------------------- */

/*
 * What kind of number the string is: IS_LONG (*lval), IS_DOUBLE (*dval), or 0. Leading white
 * space, a sign, decimals, exponents and hex ("0x1A") count; junk or white space behind does not,
 * unless allow_errors is 1 (accept silently) or -1 (accept with the notice "A non well formed
 * numeric value encountered"). oflow_info: +-1 when an integer was too big for a long and became
 * a double. lval and dval may be NULL.
 */
zend_uchar is_numeric_string_ex_slow(const char *str, int length, long *lval, double *dval,
    int allow_errors, int *oflow_info);

static zend_always_inline zend_uchar is_numeric_string_ex(const char *str, int length, long *lval,
    double *dval, int allow_errors, int *oflow_info)
{
    if (*str > '9') {
        return 0;
    }
    return is_numeric_string_ex_slow(str, length, lval, dval, allow_errors, oflow_info);
}

static zend_always_inline zend_uchar is_numeric_string(const char *str, int length, long *lval,
    double *dval, int allow_errors)
{
    return is_numeric_string_ex(str, length, lval, dval, allow_errors, NULL);
}

/* strtol with PHP's saturation. */
#define zend_atol_base(text, end, base) strtol((text), (end), (base))
/* Decimal digits of a long, written backwards from buf (which gets the NUL); the start. */
char *zend_print_long_to_buf(char *buf, long number);
/* A memory size: "128M", "1K", "2g", "0x10", "-1". */
long zend_atol(const char *str, int length);
int zend_atoi(const char *str, int length);

/* --- Strings ------------------------------------------------------------------------------ */

/* ASCII case, whatever the locale. The _copy form writes length + 1 bytes to dest. */
extern const unsigned char zend_tolower_map[256];
#define zend_tolower_ascii(c) (zend_tolower_map[(unsigned char) (c)])
void zend_str_tolower(char *str, unsigned int length);
char *zend_str_tolower_copy(char *dest, const char *source, unsigned int length);
char *zend_str_tolower_dup(const char *source, unsigned int length); /* emalloc'ed */

/* Lengths without the NUL. -1 or 1 at the first unequal bytes (their difference, without case),
 * else the difference of the lengths. */
int zend_binary_strcmp(const char *s1, uint len1, const char *s2, uint len2);
int zend_binary_strncmp(const char *s1, uint len1, const char *s2, uint len2, uint length);
int zend_binary_strcasecmp(const char *s1, uint len1, const char *s2, uint len2);
int zend_binary_strncasecmp(const char *s1, uint len1, const char *s2, uint len2, uint length);
int zend_binary_strcasecmp_l(const char *s1, uint len1, const char *s2, uint len2);
int zend_binary_strncasecmp_l(const char *s1, uint len1, const char *s2, uint len2, uint length);
int zend_binary_zval_strcmp(zval *s1, zval *s2);
int zend_binary_zval_strncmp(zval *s1, zval *s2, zval *s3);
const char *zend_memnstr(const char *haystack, const char *needle, int needle_len,
    const char *haystack_end);
const void *zend_memrchr(const void *s, int c, size_t n);

/* Appends in place: *result is a string zval that the caller owns. */
int add_char_to_string(zval *result, const zval *op1, const zval *op2);
int add_string_to_string(zval *result, const zval *op1, const zval *op2);

/* --- Output of values --------------------------------------------------------------------- */

typedef int (*zend_write_func_t)(const char *str, uint str_length);

/* The engine's way to write; set by main at start-up. */
extern zend_write_func_t zend_write;
/* Prints the string form; returns its length. */
int zend_print_zval(zval *expr, int indent);
int zend_print_zval_ex(zend_write_func_t write_func, zval *expr, int indent);
int zend_print_variable(zval *var);
#define ZEND_PUTS(str) zend_write((str), strlen(str))
#define ZEND_WRITE(str, str_len) zend_write((str), (str_len))
/* print_r()'s form. */
void zend_print_zval_r(zval *expr, int indent);
void zend_print_zval_r_ex(zend_write_func_t write_func, zval *expr, int indent);
/* "Array ( [0] => 1 ... )" on one line, as in stack traces of the engine's own. */
void zend_print_flat_zval_r(zval *expr);

/* The name inside a mangled property name ("\0Class\0name"), and the class: NULL for a public
 * one, "*" for a protected one. SUCCESS, or FAILURE when it is malformed. */
int zend_unmangle_property_name_ex(const char *name, int length, const char **class_name,
    const char **prop_name, int *prop_len);
#define zend_unmangle_property_name(name, length, class_name, prop_name) \
    zend_unmangle_property_name_ex((name), (length), (class_name), (prop_name), NULL)

#include "value/zend_fast_operators.h"

#endif
