/* SPDX-License-Identifier: MIT */
/*
 * Comparison: loose (==, <), strict (===), of strings, arrays and objects.
 *
 * Loose comparison goes by the pair of types. Two numbers compare as such; two strings as numbers
 * if both are numeric; null and bool make a bool of the other side; an object first tries to
 * become the other side's type; everything else becomes a number; an array is greater than
 * anything that is none.
 *
 * Objects may run user code (__toString), which can change what is being compared: arrays are held
 * by one count more meanwhile, and the walk over one stops when it has lost elements.
 */
#include "value/zend_operators.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_stack_limit.h"

static int order_of_doubles(double a, double b)
{
    double difference = a - b;
    if (a == b) { /* also both infinite */
        return 0;
    }
    return difference < 0 ? -1 : 1; /* NAN: 1 */
}

static int order_of_longs(long a, long b)
{
    return a < b ? -1 : a > b;
}

static int sign_of(int order)
{
    return order < 0 ? -1 : order > 0;
}

/* --- Strings ------------------------------------------------------------------------------ */

/* A numeric string: its type, value, and whether it was too big for a long. */
typedef struct _number {
    zend_uchar type;
    long lval;
    double dval;
    int overflow;
} number;

static bool read_number(const zval *s, number *n)
{
    n->type = is_numeric_string_ex(Z_STRVAL_P(s), Z_STRLEN_P(s), &n->lval, &n->dval, 0,
        &n->overflow);
    return n->type != 0;
}

/* Compares as numbers. False when both are too big to tell them apart: compare the texts. */
static bool compare_numbers(number *a, number *b, int *order)
{
    if (a->type == IS_LONG && b->type == IS_LONG) {
        *order = order_of_longs(a->lval, b->lval);
        return true;
    }
    if (a->type == IS_DOUBLE && b->type == IS_DOUBLE) {
        if (a->dval == b->dval && ((a->overflow != 0 && a->overflow == b->overflow)
                || !isfinite(a->dval))) {
            return false;
        }
        *order = order_of_doubles(a->dval, b->dval);
        return true;
    }
    if (a->type == IS_LONG) {
        *order = b->overflow ? -b->overflow : order_of_doubles((double) a->lval, b->dval);
    } else {
        *order = a->overflow ? a->overflow : order_of_doubles(a->dval, (double) b->lval);
    }
    return true;
}

static int smart_order(zval *s1, zval *s2)
{
    number n1, n2;
    int order;
    if (Z_STRVAL_P(s1)[0] <= '9' && Z_STRVAL_P(s2)[0] <= '9' && read_number(s1, &n1)
        && read_number(s2, &n2) && compare_numbers(&n1, &n2, &order)) {
        return order;
    }
    return sign_of(zend_binary_zval_strcmp(s1, s2));
}

void zendi_smart_strcmp(zval *result, zval *s1, zval *s2)
{
    ZVAL_LONG(result, smart_order(s1, s2));
}

bool zend_smart_string_equal(zval *s1, zval *s2)
{
    return smart_order(s1, s2) == 0;
}

/* Calls `compare` with the two operands as strings. */
static int compare_as_strings(zval *result, zval *op1, zval *op2, int (*compare)(zval *, zval *))
{
    zval copy1, copy2;
    int use_copy1 = 0;
    int use_copy2 = 0;

    zend_make_printable_zval(op1, &copy1, &use_copy1);
    zend_make_printable_zval(op2, &copy2, &use_copy2);
    ZVAL_LONG(result, compare(use_copy1 ? &copy1 : op1, use_copy2 ? &copy2 : op2));
    if (use_copy1) {
        zval_dtor(&copy1);
    }
    if (use_copy2) {
        zval_dtor(&copy2);
    }
    return SUCCESS;
}

static int case_insensitive_order(zval *s1, zval *s2)
{
    return zend_binary_strcasecmp(Z_STRVAL_P(s1), (uint) Z_STRLEN_P(s1), Z_STRVAL_P(s2),
        (uint) Z_STRLEN_P(s2));
}

static int locale_order(zval *s1, zval *s2)
{
    return strcoll(Z_STRVAL_P(s1), Z_STRVAL_P(s2));
}

int string_compare_function(zval *result, zval *op1, zval *op2)
{
    return compare_as_strings(result, op1, op2, zend_binary_zval_strcmp);
}

int string_case_compare_function(zval *result, zval *op1, zval *op2)
{
    return compare_as_strings(result, op1, op2, case_insensitive_order);
}

int string_compare_function_ex(zval *result, zval *op1, zval *op2, zend_bool case_insensitive)
{
    return case_insensitive ? string_case_compare_function(result, op1, op2)
                            : string_compare_function(result, op1, op2);
}

int string_locale_compare_function(zval *result, zval *op1, zval *op2)
{
    return compare_as_strings(result, op1, op2, locale_order);
}

int numeric_compare_function(zval *result, zval *op1, zval *op2)
{
    double a = zend_zval_get_double(op1);
    double b = zend_zval_get_double(op2);
    ZVAL_LONG(result, order_of_doubles(a, b));
    return SUCCESS;
}

/* --- Arrays ------------------------------------------------------------------------------- */

static int compare_elements(const void *a, const void *b)
{
    return zend_compare(*(zval **) a, *(zval **) b);
}

static int identical_elements(const void *a, const void *b)
{
    return !zend_is_identical(*(zval **) a, *(zval **) b);
}

int zend_compare_symbol_tables_i(HashTable *ht1, HashTable *ht2)
{
    zend_stack_guard();
    return ht1 == ht2 ? 0 : zend_hash_compare(ht1, ht2, compare_elements, 0);
}

void zend_compare_symbol_tables(zval *result, HashTable *ht1, HashTable *ht2)
{
    ZVAL_LONG(result, sign_of(zend_compare_symbol_tables_i(ht1, ht2)));
}

static int order_of_arrays(zval *a1, zval *a2)
{
    int order;
    Z_ADDREF_P(a1);
    Z_ADDREF_P(a2);
    order = zend_compare_symbol_tables_i(Z_ARRVAL_P(a1), Z_ARRVAL_P(a2));
    Z_DELREF_P(a1);
    Z_DELREF_P(a2);
    return sign_of(order);
}

void zend_compare_arrays(zval *result, zval *a1, zval *a2)
{
    ZVAL_LONG(result, order_of_arrays(a1, a2));
}

/* --- Objects ------------------------------------------------------------------------------ */

void zend_compare_objects(zval *result, zval *o1, zval *o2)
{
    if (Z_OBJ_HANDLE_P(o1) == Z_OBJ_HANDLE_P(o2)) {
        ZVAL_LONG(result, 0);
        return;
    }
    if (Z_OBJ_HT_P(o1)->compare_objects == NULL) {
        ZVAL_LONG(result, 1);
        return;
    }
    ZVAL_LONG(result, Z_OBJ_HT_P(o1)->compare_objects(o1, o2));
}

/* The object as the other operand's type against that operand; `order` if it has no such form. */
static int order_of_cast(zval *object, zval *other, int order)
{
    zval cast;
    int result;
    INIT_ZVAL(cast);
    if (Z_OBJ_HT_P(object)->cast_object(object, &cast, Z_TYPE_P(other)) == FAILURE) {
        zval_dtor(&cast);
        return order;
    }
    result = order > 0 ? zend_compare(&cast, other) : zend_compare(other, &cast);
    zval_dtor(&cast);
    return result;
}

/* At least one operand is an object. False when neither knows what to do. */
static bool order_with_object(zval *op1, zval *op2, int *order)
{
    bool object1 = Z_TYPE_P(op1) == IS_OBJECT;
    bool object2 = Z_TYPE_P(op2) == IS_OBJECT;
    zend_object_compare_zvals_t compare = object1 ? Z_OBJ_HT_P(op1)->compare : NULL;
    zval result;

    if (compare == NULL && object2) {
        compare = Z_OBJ_HT_P(op2)->compare;
    }
    if (compare != NULL) {
        INIT_ZVAL(result);
        compare(&result, op1, op2);
        *order = sign_of((int) Z_LVAL(result));
        return true;
    }
    if (object1 && object2) {
        if (Z_OBJ_HANDLE_P(op1) == Z_OBJ_HANDLE_P(op2)) {
            *order = 0;
            return true;
        }
        if (Z_OBJ_HT_P(op1)->compare_objects != NULL
            && Z_OBJ_HT_P(op1)->compare_objects == Z_OBJ_HT_P(op2)->compare_objects) {
            *order = Z_OBJ_HT_P(op1)->compare_objects(op1, op2);
            return true;
        }
        *order = 1;
        return true;
    }
    if (object1 && Z_OBJ_HT_P(op1)->cast_object) {
        *order = order_of_cast(op1, op2, 1);
        return true;
    }
    if (object2 && Z_OBJ_HT_P(op2)->cast_object) {
        *order = order_of_cast(op2, op1, -1);
        return true;
    }
    return false;
}

/* --- Any two values ----------------------------------------------------------------------- */

/* A long or double for comparing; arrays are dealt with before. */
static double comparable_number(zval *op, bool *is_long, long *lval)
{
    double dval = 0;
    *is_long = true;
    switch (Z_TYPE_P(op)) {
        case IS_DOUBLE:
            *is_long = false;
            return Z_DVAL_P(op);
        case IS_STRING:
            *lval = 0;
            if (is_numeric_string(Z_STRVAL_P(op), Z_STRLEN_P(op), lval, &dval, 1) == IS_DOUBLE) {
                *is_long = false;
                return dval;
            }
            break;
        default:
            *lval = zend_zval_get_long(op);
            break;
    }
    return (double) *lval;
}

static int order_as_numbers(zval *op1, zval *op2)
{
    bool is_long1, is_long2;
    long lval1 = 0, lval2 = 0;
    double dval1 = comparable_number(op1, &is_long1, &lval1);
    double dval2 = comparable_number(op2, &is_long2, &lval2);
    if (is_long1 && is_long2) {
        return order_of_longs(lval1, lval2);
    }
    return order_of_doubles(dval1, dval2);
}

/* null against a string: as strings. */
static int order_with_null(zval *op1, zval *op2)
{
    if (Z_TYPE_P(op1) == IS_STRING) {
        return Z_STRLEN_P(op1) > 0;
    }
    if (Z_TYPE_P(op2) == IS_STRING) {
        return -(Z_STRLEN_P(op2) > 0);
    }
    if (Z_TYPE_P(op1) == IS_OBJECT || Z_TYPE_P(op2) == IS_OBJECT) {
        return Z_TYPE_P(op1) == IS_OBJECT ? 1 : -1;
    }
    return (int) zval_is_true_inline(op1) - (int) zval_is_true_inline(op2);
}

static ZEND_COLD int order_of_mixed(zval *op1, zval *op2)
{
    zend_uchar type1 = Z_TYPE_P(op1);
    zend_uchar type2 = Z_TYPE_P(op2);
    int order;

    if (type1 == IS_NULL || type2 == IS_NULL) {
        return order_with_null(op1, op2);
    }
    if ((type1 == IS_OBJECT || type2 == IS_OBJECT) && order_with_object(op1, op2, &order)) {
        return order;
    }
    if (type1 == IS_BOOL || type2 == IS_BOOL) {
        return (int) zval_is_true_inline(op1) - (int) zval_is_true_inline(op2);
    }
    if (type1 == IS_ARRAY || type2 == IS_ARRAY) {
        return type1 == IS_ARRAY ? 1 : -1;
    }
    return order_as_numbers(op1, op2);
}

int zend_compare(zval *op1, zval *op2)
{
    switch (TYPE_PAIR(Z_TYPE_P(op1), Z_TYPE_P(op2))) {
        case TYPE_PAIR(IS_LONG, IS_LONG):
            return order_of_longs(Z_LVAL_P(op1), Z_LVAL_P(op2));
        case TYPE_PAIR(IS_LONG, IS_DOUBLE):
            return order_of_doubles((double) Z_LVAL_P(op1), Z_DVAL_P(op2));
        case TYPE_PAIR(IS_DOUBLE, IS_LONG):
            return order_of_doubles(Z_DVAL_P(op1), (double) Z_LVAL_P(op2));
        case TYPE_PAIR(IS_DOUBLE, IS_DOUBLE):
            return order_of_doubles(Z_DVAL_P(op1), Z_DVAL_P(op2));
        case TYPE_PAIR(IS_STRING, IS_STRING):
            return op1 == op2 ? 0 : smart_order(op1, op2);
        case TYPE_PAIR(IS_ARRAY, IS_ARRAY):
            return order_of_arrays(op1, op2);
        case TYPE_PAIR(IS_NULL, IS_NULL):
            return 0;
        case TYPE_PAIR(IS_BOOL, IS_BOOL):
            return order_of_longs(Z_LVAL_P(op1), Z_LVAL_P(op2));
        default:
            return order_of_mixed(op1, op2);
    }
}

bool zend_is_equal(zval *op1, zval *op2)
{
    return zend_compare(op1, op2) == 0;
}

static bool identical_arrays(zval *op1, zval *op2)
{
    if (Z_ARRVAL_P(op1) == Z_ARRVAL_P(op2)) {
        return true;
    }
    zend_stack_guard();
    return zend_hash_compare(Z_ARRVAL_P(op1), Z_ARRVAL_P(op2), identical_elements, 1) == 0;
}

bool zend_is_identical(zval *op1, zval *op2)
{
    if (Z_TYPE_P(op1) != Z_TYPE_P(op2)) {
        return false;
    }
    switch (Z_TYPE_P(op1)) {
        case IS_NULL:
            return true;
        case IS_LONG:
        case IS_BOOL:
        case IS_RESOURCE:
            return Z_LVAL_P(op1) == Z_LVAL_P(op2);
        case IS_DOUBLE:
            return Z_DVAL_P(op1) == Z_DVAL_P(op2);
        case IS_STRING:
            return Z_STRLEN_P(op1) == Z_STRLEN_P(op2)
                && (Z_STRVAL_P(op1) == Z_STRVAL_P(op2)
                    || memcmp(Z_STRVAL_P(op1), Z_STRVAL_P(op2), (size_t) Z_STRLEN_P(op1)) == 0);
        case IS_ARRAY:
            return identical_arrays(op1, op2);
        case IS_OBJECT:
            return Z_OBJ_HT_P(op1) == Z_OBJ_HT_P(op2)
                && Z_OBJ_HANDLE_P(op1) == Z_OBJ_HANDLE_P(op2);
        default:
            return false;
    }
}

/* --- As operators ------------------------------------------------------------------------- */

int compare_function(zval *result, zval *op1, zval *op2)
{
    ZVAL_LONG(result, zend_compare(op1, op2));
    return SUCCESS;
}

int is_identical_function(zval *result, zval *op1, zval *op2)
{
    ZVAL_BOOL(result, zend_is_identical(op1, op2));
    return SUCCESS;
}

int is_not_identical_function(zval *result, zval *op1, zval *op2)
{
    ZVAL_BOOL(result, !zend_is_identical(op1, op2));
    return SUCCESS;
}

int is_equal_function(zval *result, zval *op1, zval *op2)
{
    ZVAL_BOOL(result, zend_is_equal(op1, op2));
    return SUCCESS;
}

int is_not_equal_function(zval *result, zval *op1, zval *op2)
{
    ZVAL_BOOL(result, !zend_is_equal(op1, op2));
    return SUCCESS;
}

int is_smaller_function(zval *result, zval *op1, zval *op2)
{
    ZVAL_BOOL(result, zend_compare(op1, op2) < 0);
    return SUCCESS;
}

int is_smaller_or_equal_function(zval *result, zval *op1, zval *op2)
{
    ZVAL_BOOL(result, zend_compare(op1, op2) <= 0);
    return SUCCESS;
}
