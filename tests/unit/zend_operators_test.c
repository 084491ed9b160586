/* SPDX-License-Identifier: MIT */
/* Operators, conversions and the forms that values print in. */
#include <check.h>
#include <stdlib.h>

#include "engine_stubs.h"

static char printed[4096];

static int write_to_buffer(const char *text, uint length)
{
    strncat(printed, text, length);
    return (int) length;
}

static void set_up(void)
{
    unit_start();
    zend_write = write_to_buffer;
    printed[0] = '\0';
    unit_last_error[0] = '\0';
}

static zval text(const char *string)
{
    zval z;
    INIT_PZVAL(&z);
    ZVAL_STRING(&z, string, 1);
    return z;
}

static zval number(long value)
{
    zval z;
    INIT_PZVAL(&z);
    ZVAL_LONG(&z, value);
    return z;
}

static zval real(double value)
{
    zval z;
    INIT_PZVAL(&z);
    ZVAL_DOUBLE(&z, value);
    return z;
}

/* The value as "long:5", "double:1.5", "string:x", "bool:1". */
static const char *show(zval z)
{
    static char buffer[600];
    static const char *const types[] = { "null", "long", "double", "bool" };
    char digits[ZEND_DOUBLE_TEXT_BUFFER];
    if (Z_TYPE(z) == IS_STRING) {
        snprintf(buffer, sizeof(buffer), "string:%s", Z_STRVAL(z));
    } else if (Z_TYPE(z) == IS_DOUBLE) {
        zend_double_to_text(Z_DVAL(z), 14, digits);
        snprintf(buffer, sizeof(buffer), "double:%s", digits);
    } else {
        snprintf(buffer, sizeof(buffer), "%s:%ld", types[Z_TYPE(z)], Z_LVAL(z));
    }
    return buffer;
}

static const char *apply(int (*function)(zval *, zval *, zval *), zval op1, zval op2)
{
    zval result;
    INIT_ZVAL(result);
    function(&result, &op1, &op2);
    return show(result);
}

START_TEST(numeric_strings)
{
    static const struct { const char *text; int errors; int type; double value; } cases[] = {
        { "1", 0, IS_LONG, 1 }, { " 1", 0, IS_LONG, 1 }, { "1 ", 0, 0, 0 }, { "1 ", 1, IS_LONG, 1 },
        { "-12", 0, IS_LONG, -12 }, { "1.5", 0, IS_DOUBLE, 1.5 }, { ".5", 0, IS_DOUBLE, .5 },
        { "5.", 0, IS_DOUBLE, 5 }, { ".", 0, 0, 0 }, { "1e3", 0, IS_DOUBLE, 1000 },
        { "1e", 0, 0, 0 }, { "1e+", 1, IS_LONG, 1 }, { "0x1A", 0, IS_LONG, 26 },
        { "0x", 1, IS_LONG, 0 }, { "-0x1A", 1, IS_LONG, 0 }, { "0xAG", 1, IS_LONG, 10 },
        { "9223372036854775807", 0, IS_LONG, 9223372036854775807.0 },
        { "9223372036854775808", 0, IS_DOUBLE, 9223372036854775808.0 },
        { "-9223372036854775808", 0, IS_LONG, -9223372036854775808.0 },
        { "00000000000000000000000000012", 0, IS_LONG, 12 }, { "abc", 1, 0, 0 }, { "", 1, 0, 0 },
        { "0xFFFFFFFFFFFFFFFFF", 0, IS_DOUBLE, 295147905179352825855.0 }
    };
    size_t i;
    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        long lval = 0;
        double dval = 0;
        int type = is_numeric_string(cases[i].text, strlen(cases[i].text), &lval, &dval,
            cases[i].errors);
        ck_assert_msg(type == cases[i].type, "%s: type %d", cases[i].text, type);
        ck_assert_msg((type == IS_LONG ? (double) lval : dval) == cases[i].value, "%s",
            cases[i].text);
    }
}
END_TEST

START_TEST(doubles_print)
{
    static const struct { double value; int precision; const char *text; } cases[] = {
        { 0, 14, "0" }, { -0.0, 14, "-0" }, { 1, 14, "1" }, { 0.1, 14, "0.1" }, { 100000, 14,
            "100000" },
        { 1e14, 14, "1.0E+14" }, { 1e15, 14, "1.0E+15" }, { 123456789.12345678, 14,
            "123456789.12346" },
        { 0.0001, 14, "0.0001" }, { 0.00001, 14, "1.0E-5" }, { 1.5e-7, 14, "1.5E-7" },
        { 1.0 / 3, 14, "0.33333333333333" }, { -1.5, 14, "-1.5" }, { 1e100, 14, "1.0E+100" },
        { 0.1, 17, "0.10000000000000001" }, { INFINITY, 14, "INF" }, { -INFINITY, 14, "-INF" },
        { NAN, 14, "NAN" }, { 99999999999999.9, 14, "1.0E+14" }, { 12345678901234.0, 14,
            "12345678901234" }
    };
    size_t i;
    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char buffer[ZEND_DOUBLE_TEXT_BUFFER];
        int length = zend_double_to_text(cases[i].value, cases[i].precision, buffer);
        ck_assert_str_eq(buffer, cases[i].text);
        ck_assert_int_eq(length, (int) strlen(buffer));
    }
}
END_TEST

START_TEST(digits_by_mode)
{
    char digits[ZEND_DTOA_BUFFER];
    int decpt;
    bool negative;
    zend_dtoa_digits(1234.5678, 3, 2, &decpt, &negative, digits);
    ck_assert_str_eq(digits, "123457");
    ck_assert_int_eq(decpt, 4);
    zend_dtoa_digits(0.996, 3, 2, &decpt, &negative, digits);
    ck_assert_str_eq(digits, "1");
    ck_assert_int_eq(decpt, 1);
    zend_dtoa_digits(0.001, 3, 2, &decpt, &negative, digits);
    ck_assert_str_eq(digits, "");
    zend_dtoa_digits(0.007, 3, 2, &decpt, &negative, digits);
    ck_assert_str_eq(digits, "1");
    ck_assert_int_eq(decpt, -1);
    zend_dtoa_digits(1.005, 3, 2, &decpt, &negative, digits);
    ck_assert_str_eq(digits, "1");
    zend_dtoa_digits(0.1, 0, 0, &decpt, &negative, digits);
    ck_assert_str_eq(digits, "1");
    zend_dtoa_digits(-5e-324, 0, 0, &decpt, &negative, digits);
    ck_assert_str_eq(digits, "5");
    ck_assert_int_eq(decpt, -323);
    ck_assert(negative);
}
END_TEST

START_TEST(texts_become_doubles)
{
    const char *end;
    ck_assert(zend_strtod("1.7976931348623157e308",
        &end) == 1.7976931348623157e308 && *end == '\0');
    ck_assert(zend_strtod("0x1A", &end) == 0 && *end == 'x');
    ck_assert(zend_strtod("inf", &end) == 0 && *end == 'i');
    ck_assert(zend_strtod(" 1.5abc", &end) == 1.5 && *end == 'a');
    ck_assert(zend_strtod("1e400", &end) == INFINITY);
    ck_assert(zend_strtod("123456789012345678901234567890",
        &end) == 123456789012345678901234567890.0);
    ck_assert(zend_strtod("0.1", &end) == 0.1 && zend_strtod("1e23", &end) == 1e23);
    ck_assert(zend_strtod("2.2250738585072011e-308", &end) == 2.2250738585072011e-308);
    ck_assert(zend_strtod("0.000000000000000000000000000001", &end) == 1e-30);
    ck_assert(signbit(zend_strtod("-", &end)) && *end == '-');
    ck_assert_int_eq(zend_dval_to_lval(1e19), -8446744073709551616L);
    ck_assert_int_eq(zend_dval_to_lval(1e20), 7766279631452241920L);
    ck_assert_int_eq(zend_dval_to_lval(1e30), 5076964154930102272L);
    ck_assert_int_eq(zend_dval_to_lval(-1e19), 8446744073709551616UL);
    ck_assert_int_eq(zend_dval_to_lval(-9223372036854775808.0), -__LONG_MAX__ - 1);
}
END_TEST

START_TEST(arithmetic)
{
    ck_assert_str_eq(apply(add_function, number(__LONG_MAX__), number(1)),
        "double:9.2233720368548E+18");
    ck_assert_str_eq(apply(add_function, text("5 apples"), text("0x1A")), "long:31");
    ck_assert_str_eq(apply(sub_function, number(-__LONG_MAX__), number(2)),
        "double:-9.2233720368548E+18");
    ck_assert_str_eq(apply(mul_function, number(3037000500), number(3037000500)),
        "double:9.2233720370002E+18");
    ck_assert_str_eq(apply(mul_function, text("2"), text("1.5")), "double:3");
    ck_assert_str_eq(apply(div_function, number(6), number(3)), "long:2");
    ck_assert_str_eq(apply(div_function, number(7), number(2)), "double:3.5");
    ck_assert_str_eq(apply(div_function, number(1), text("a")), "bool:0");
    ck_assert_str_eq(unit_last_error, "Division by zero");
    ck_assert_str_eq(apply(mod_function, number(-__LONG_MAX__ - 1), number(-1)), "long:0");
    ck_assert_str_eq(apply(mod_function, text("1e2"), number(7)), "long:1");
    ck_assert_str_eq(apply(pow_function, number(-2), number(63)), "long:-9223372036854775808");
    ck_assert_str_eq(apply(pow_function, number(7), number(23)), "double:2.7368747340081E+19");
    ck_assert_str_eq(apply(pow_function, number(2), number(-1)), "double:0.5");
    ck_assert_str_eq(apply(shift_left_function, number(1), number(63)),
        "long:-9223372036854775808");
    ck_assert_str_eq(apply(bitwise_or_function, text("a"), text("b")), "string:c");
    ck_assert_str_eq(apply(bitwise_and_function, text("5"), number(6)), "long:4");
}
END_TEST

START_TEST(comparison)
{
    ck_assert_str_eq(apply(is_equal_function, text("0x10"), text("16")), "bool:1");
    ck_assert_str_eq(apply(is_equal_function, text("1e1000"), text("1e1001")), "bool:0");
    ck_assert_str_eq(apply(is_equal_function, text("9223372036854775807"),
        text("9223372036854775808")), "bool:0");
    ck_assert_str_eq(apply(is_equal_function, text("18446744073709551616"),
        text("18446744073709551617")), "bool:0");
    ck_assert_str_eq(apply(is_equal_function, text("1 "), text("1")), "bool:0");
    ck_assert_str_eq(apply(is_equal_function, text("1 "), number(1)), "bool:1");
    ck_assert_str_eq(apply(is_equal_function, text("abc"), number(0)), "bool:1");
    ck_assert_str_eq(apply(is_smaller_function, text("10"), text("9a")), "bool:1");
    ck_assert_str_eq(apply(is_smaller_function, real(NAN), number(1)), "bool:0");
    ck_assert_str_eq(apply(is_identical_function, text("a"), text("a")), "bool:1");
    ck_assert_str_eq(apply(is_identical_function, number(1), real(1)), "bool:0");
    ck_assert_str_eq(apply(string_compare_function, text("hello"), text("hell")), "long:1");
    ck_assert_str_eq(apply(string_compare_function, text("a"), text("c")), "long:-1");
    ck_assert_int_eq(zend_binary_strcasecmp("ABC", 3, "abe", 3), -2);
}
END_TEST

static const char *stepped(int (*step)(zval *), zval z)
{
    step(&z);
    return show(z);
}

START_TEST(increments)
{
    ck_assert_str_eq(stepped(increment_function, text("Az")), "string:Ba");
    ck_assert_str_eq(stepped(increment_function, text("zZ9")), "string:aaA0");
    ck_assert_str_eq(stepped(increment_function, text("a-z")), "string:a-a");
    ck_assert_str_eq(stepped(increment_function, text("5 ")), "string:5 ");
    ck_assert_str_eq(stepped(increment_function, text("")), "string:1");
    ck_assert_str_eq(stepped(increment_function, text("9")), "long:10");
    ck_assert_str_eq(stepped(increment_function, text("1e2")), "double:101");
    ck_assert_str_eq(stepped(decrement_function, text("")), "long:-1");
    ck_assert_str_eq(stepped(decrement_function, text("b")), "string:b");
    ck_assert_str_eq(stepped(increment_function, number(__LONG_MAX__)),
        "double:9.2233720368548E+18");
}
END_TEST

START_TEST(concatenation_grows_in_place)
{
    zval a = text("abc");
    zval b = text("def");
    zval five = number(5);
    concat_function(&a, &a, &b);
    ck_assert_str_eq(Z_STRVAL(a), "abcdef");
    concat_function(&a, &a, &a);
    ck_assert_str_eq(Z_STRVAL(a), "abcdefabcdef");
    concat_function(&five, &five, &b);
    ck_assert_str_eq(Z_STRVAL(five), "5def");
    ZVAL_EMPTY_STRING(&a);
    concat_function(&a, &a, &b);
    ck_assert_str_eq(Z_STRVAL(a), "def");
    ck_assert_str_eq(zend_empty_string, "");
}
END_TEST

START_TEST(print_r_form)
{
    zval outer;
    zval *inner, *element;

    INIT_PZVAL(&outer);
    array_init(&outer);
    MAKE_STD_ZVAL(element);
    ZVAL_LONG(element, 1);
    zend_hash_index_update(Z_ARRVAL(outer), 0, &element, sizeof(zval *), NULL);
    MAKE_STD_ZVAL(inner);
    array_init(inner);
    zend_hash_update(Z_ARRVAL(outer), "in", 3, &inner, sizeof(zval *), NULL);
    zend_print_zval_r(&outer, 0);
    ck_assert_str_eq(printed,
        "Array\n(\n    [0] => 1\n    [in] => Array\n        (\n        )\n\n)\n");
    zval_dtor(&outer);
}
END_TEST

START_TEST(conversions)
{
    zval z = real(1.5e20);
    convert_to_string(&z);
    ck_assert_str_eq(show(z), "string:1.5E+20");
    convert_to_long(&z);
    ck_assert_str_eq(show(z), "long:1");
    convert_to_array(&z);
    ck_assert_int_eq(zend_hash_num_elements(Z_ARRVAL(z)), 1);
    convert_to_string(&z);
    ck_assert_str_eq(show(z), "string:Array");
    ck_assert_str_eq(unit_last_error, "Array to string conversion");
    convert_to_boolean(&z);
    ck_assert_str_eq(show(z), "bool:1");
    z = text("0.0");
    ck_assert(zval_is_true(&z));
    convert_scalar_to_number(&z);
    ck_assert_str_eq(show(z), "double:0");
    z = text("99999999999999999999999");
    convert_to_long(&z);
    ck_assert_str_eq(show(z), "long:9223372036854775807");
    ck_assert_int_eq(zend_atol("128M", 4), 128 << 20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("zend_operators");
    TCase *tests = tcase_create("all");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tests, set_up, unit_end);
    tcase_add_test(tests, numeric_strings);
    tcase_add_test(tests, doubles_print);
    tcase_add_test(tests, digits_by_mode);
    tcase_add_test(tests, texts_become_doubles);
    tcase_add_test(tests, arithmetic);
    tcase_add_test(tests, comparison);
    tcase_add_test(tests, increments);
    tcase_add_test(tests, concatenation_grows_in_place);
    tcase_add_test(tests, print_r_form);
    tcase_add_test(tests, conversions);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
