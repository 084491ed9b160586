/* SPDX-License-Identifier: MIT */
/*
 * Conversion from type to type, in place or by value.
 *
 * In place, the new value is computed first, and put in before the old one is released: that
 * may run a destructor, which may look at the variable.
 */
#include "value/zend_operators.h"
#include "value/zend_upward.h"
#include "runtime/zend_errors.h"

/* --- Values of operands ------------------------------------------------------------------- */

/* Lets an object become another type through its cast handler. False: it does not want to. */
static bool cast_object(zval *op, zval *result, int type)
{
    INIT_ZVAL(*result);
    return Z_OBJ_HT_P(op)->cast_object != NULL
        && Z_OBJ_HT_P(op)->cast_object(op, result, type) == SUCCESS;
}

static const char *class_name_of(const zval *object)
{
    const zend_class_entry *ce = zend_get_class_entry(object);
    return ce ? ce->name : "Unknown Class";
}

/* The cast's result is of the type that was wanted, or the object could not be converted. */
static bool cast_object_or_complain(zval *op, zval *result, int type)
{
    if (cast_object(op, result, type)) {
        return Z_TYPE_P(result) == type;
    }
    zend_error(E_RECOVERABLE_ERROR, "Object of class %s could not be converted to %s",
        class_name_of(op), zend_get_type_by_const(type));
    return false;
}

long zend_zval_get_long(zval *op)
{
    zval result;
    switch (Z_TYPE_P(op)) {
        case IS_LONG:
        case IS_BOOL:
        case IS_RESOURCE:
            return Z_LVAL_P(op);
        case IS_DOUBLE:
            return zend_dval_to_lval(Z_DVAL_P(op));
        case IS_STRING:
            return strtol(Z_STRVAL_P(op), NULL, 10);
        case IS_ARRAY:
            return zend_hash_num_elements(Z_ARRVAL_P(op)) ? 1 : 0;
        case IS_OBJECT:
            return cast_object_or_complain(op, &result, IS_LONG) ? Z_LVAL(result) : 1;
        default:
            return 0;
    }
}

double zend_zval_get_double(zval *op)
{
    zval result;
    switch (Z_TYPE_P(op)) {
        case IS_LONG:
        case IS_BOOL:
        case IS_RESOURCE:
            return (double) Z_LVAL_P(op);
        case IS_DOUBLE:
            return Z_DVAL_P(op);
        case IS_STRING:
            return zend_strtod(Z_STRVAL_P(op), NULL);
        case IS_ARRAY:
            return zend_hash_num_elements(Z_ARRVAL_P(op)) ? 1.0 : 0.0;
        case IS_OBJECT:
            return cast_object_or_complain(op, &result, IS_DOUBLE) ? Z_DVAL(result) : 1.0;
        default:
            return 0.0;
    }
}

static bool object_is_true(zval *op)
{
    zval result;
    bool truth = true;
    if (cast_object(op, &result, IS_BOOL)) {
        truth = Z_TYPE(result) != IS_BOOL || Z_LVAL(result) != 0;
        zval_dtor(&result);
    }
    return truth;
}

bool zend_is_true_func(zval *op)
{
    switch (Z_TYPE_P(op)) {
        case IS_LONG:
        case IS_BOOL:
        case IS_RESOURCE:
            return Z_LVAL_P(op) != 0;
        case IS_DOUBLE:
            return Z_DVAL_P(op) != 0;
        case IS_STRING:
            return Z_STRLEN_P(op) > 1 || (Z_STRLEN_P(op) == 1 && Z_STRVAL_P(op)[0] != '0');
        case IS_ARRAY:
            return zend_hash_num_elements(Z_ARRVAL_P(op)) != 0;
        case IS_OBJECT:
            return object_is_true(op);
        default:
            return false;
    }
}

int zval_is_true(zval *op)
{
    return zval_is_true_inline(op);
}

int zend_is_true(zval *op)
{
    return zval_is_true_inline(op);
}

/* --- In place ----------------------------------------------------------------------------- */

/* Sets the zval to a new value, then releases the old one. */
static void replace_value(zval *op, const zval *value)
{
    zval old = *op;
    ZVAL_COPY_VALUE(op, value);
    zval_dtor(&old);
}

void convert_to_null(zval *op)
{
    zval old = *op;
    ZVAL_NULL(op);
    zval_dtor(&old);
}

void convert_to_boolean(zval *op)
{
    zval value;
    if (Z_TYPE_P(op) != IS_BOOL) {
        ZVAL_BOOL(&value, zval_is_true_inline(op));
        replace_value(op, &value);
    }
}

void convert_to_long_base(zval *op, int base)
{
    zval value;
    if (Z_TYPE_P(op) == IS_LONG) {
        return;
    }
    if (Z_TYPE_P(op) == IS_STRING && base != 10) {
        ZVAL_LONG(&value, strtol(Z_STRVAL_P(op), NULL, base));
    } else {
        ZVAL_LONG(&value, zend_zval_get_long(op));
    }
    replace_value(op, &value);
}

void convert_to_long(zval *op)
{
    convert_to_long_base(op, 10);
}

void convert_to_double(zval *op)
{
    zval value;
    if (Z_TYPE_P(op) != IS_DOUBLE) {
        ZVAL_DOUBLE(&value, zend_zval_get_double(op));
        replace_value(op, &value);
    }
}

void convert_scalar_to_number(zval *op)
{
    zval value;
    switch (Z_TYPE_P(op)) {
        case IS_LONG:
        case IS_DOUBLE:
            break;
        case IS_STRING:
            Z_TYPE(value) = is_numeric_string(Z_STRVAL_P(op), Z_STRLEN_P(op), &Z_LVAL(value),
                &Z_DVAL(value), 1);
            if (Z_TYPE(value) == 0) {
                ZVAL_LONG(&value, 0);
            }
            replace_value(op, &value);
            break;
        default:
            convert_to_long(op);
            break;
    }
}

static void string_of_long(zval *result, long number)
{
    char buffer[MAX_LENGTH_OF_LONG + 1];
    char *end = buffer + sizeof(buffer) - 1;
    char *text = zend_print_long_to_buf(end, number);
    ZVAL_STRINGL(result, text, end - text, 1);
}

static void string_of_double(zval *result, double number)
{
    char buffer[ZEND_DOUBLE_TEXT_BUFFER];
    int length = zend_double_to_text(number, (int) EG(precision), buffer);
    ZVAL_STRINGL(result, buffer, length, 1);
}

static void string_of_resource(zval *result, long id)
{
    char buffer[MAX_LENGTH_OF_LONG + 16];
    char *end = buffer + sizeof(buffer) - 1;
    char *text = zend_print_long_to_buf(end, id);
    const char prefix[] = "Resource id #";
    text -= sizeof(prefix) - 1;
    memcpy(text, prefix, sizeof(prefix) - 1);
    ZVAL_STRINGL(result, text, end - text, 1);
}

static void string_of_object(zval *result, zval *op)
{
    if (cast_object_or_complain(op, result, IS_STRING)) {
        return;
    }
    zend_error(E_NOTICE, "Object of class %s to string conversion", class_name_of(op));
    ZVAL_STRINGL(result, "Object", 6, 1);
}

/* The string form of anything but a string and an object. */
static void string_of_plain(zval *result, zval *op)
{
    switch (Z_TYPE_P(op)) {
        case IS_LONG:
            string_of_long(result, Z_LVAL_P(op));
            break;
        case IS_DOUBLE:
            string_of_double(result, Z_DVAL_P(op));
            break;
        case IS_RESOURCE:
            string_of_resource(result, Z_RESVAL_P(op));
            break;
        case IS_ARRAY:
            zend_error(E_NOTICE, "Array to string conversion");
            ZVAL_STRINGL(result, "Array", 5, 1);
            break;
        case IS_BOOL:
            if (Z_LVAL_P(op)) {
                ZVAL_STRINGL(result, "1", 1, 1);
                break;
            }
            /* fall through */
        default:
            ZVAL_EMPTY_STRING(result);
            break;
    }
}

void _convert_to_string(zval *op)
{
    zval value;
    if (Z_TYPE_P(op) == IS_STRING) {
        return;
    }
    if (Z_TYPE_P(op) == IS_OBJECT) {
        string_of_object(&value, op);
    } else {
        string_of_plain(&value, op);
    }
    replace_value(op, &value);
}

void zend_make_printable_zval(zval *expr, zval *expr_copy, int *use_copy)
{
    if (Z_TYPE_P(expr) == IS_STRING) {
        *use_copy = 0;
        return;
    }
    INIT_PZVAL(expr_copy);
    *use_copy = 1;
    if (Z_TYPE_P(expr) != IS_OBJECT) {
        string_of_plain(expr_copy, expr);
        return;
    }
    if (cast_object(expr, expr_copy, IS_STRING) && Z_TYPE_P(expr_copy) == IS_STRING) {
        return;
    }
    if (!EG(exception)) {
        zend_error(E_RECOVERABLE_ERROR, "Object of class %s could not be converted to string",
            class_name_of(expr));
    }
    ZVAL_EMPTY_STRING(expr_copy);
}

/* --- Arrays and objects ------------------------------------------------------------------- */

/* A table with one element: the value that op had, moved into a zval of its own. */
static HashTable *table_of_one(const zval *op, const char *key)
{
    HashTable *ht;
    zval *element;

    ALLOC_ZVAL(element);
    INIT_PZVAL_COPY(element, op);
    ALLOC_HASHTABLE(ht);
    zend_hash_init(ht, 0, NULL, ZVAL_PTR_DTOR, 0);
    if (key) {
        zend_hash_update(ht, key, (uint) strlen(key) + 1, &element, sizeof(zval *), NULL);
    } else {
        zend_hash_index_update(ht, 0, &element, sizeof(zval *), NULL);
    }
    return ht;
}

static void scalar_to_array(zval *op)
{
    HashTable *ht = table_of_one(op, NULL);
    Z_ARRVAL_P(op) = ht;
    Z_TYPE_P(op) = IS_ARRAY;
}

static bool is_closure(const zval *op)
{
    const zend_class_entry *ce = zend_get_class_entry(op);
    return ce != NULL && ce->name_length == 7 && memcmp(ce->name, "Closure", 7) == 0;
}

static void object_to_array(zval *op)
{
    HashTable *properties = NULL;
    zval value;

    if (Z_OBJ_HT_P(op)->get_properties == NULL || is_closure(op)) {
        scalar_to_array(op);
        return;
    }
    properties = Z_OBJ_HT_P(op)->get_properties(op);
    array_init(&value);
    if (properties) {
        zend_hash_copy(Z_ARRVAL(value), properties, (copy_ctor_func_t) zval_add_ref, NULL,
            sizeof(zval *));
    }
    replace_value(op, &value);
}

void convert_to_array(zval *op)
{
    switch (Z_TYPE_P(op)) {
        case IS_ARRAY:
            break;
        case IS_OBJECT:
            object_to_array(op);
            break;
        case IS_NULL:
            array_init(op);
            break;
        default:
            scalar_to_array(op);
            break;
    }
}

void convert_to_object(zval *op)
{
    switch (Z_TYPE_P(op)) {
        case IS_OBJECT:
            break;
        case IS_ARRAY:
            object_and_properties_init(op, zend_standard_class_def, Z_ARRVAL_P(op));
            break;
        case IS_NULL:
            object_and_properties_init(op, zend_standard_class_def, NULL);
            break;
        default:
            object_and_properties_init(op, zend_standard_class_def, table_of_one(op, "scalar"));
            break;
    }
}

/* --- By type number ----------------------------------------------------------------------- */

void convert_to_type(zval *op, int type)
{
    switch (type) {
        case IS_NULL:
            convert_to_null(op);
            break;
        case IS_LONG:
            convert_to_long(op);
            break;
        case IS_DOUBLE:
            convert_to_double(op);
            break;
        case IS_BOOL:
            convert_to_boolean(op);
            break;
        case IS_STRING:
            convert_to_string(op);
            break;
        case IS_ARRAY:
            convert_to_array(op);
            break;
        case IS_OBJECT:
            convert_to_object(op);
            break;
    }
}

#define DEFINE_MULTI_CONVERT(name, convert) \
    void name(int argc, ...) \
    { \
        va_list places; \
        va_start(places, argc); \
        while (argc-- > 0) { \
            zval **place = va_arg(places, zval **); \
            convert(place); \
        } \
        va_end(places); \
    }
DEFINE_MULTI_CONVERT(multi_convert_to_long_ex, convert_to_long_ex)
DEFINE_MULTI_CONVERT(multi_convert_to_double_ex, convert_to_double_ex)
DEFINE_MULTI_CONVERT(multi_convert_to_string_ex, convert_to_string_ex)

const char *zend_get_type_by_const(int type)
{
    static const char *const names[] = { "null", "integer", "double", "boolean", "array",
        "object", "string", "resource", "constant", "constant", "callable" };
    return type >= 0 && type < (int) (sizeof(names) / sizeof(names[0])) ? names[type] : "unknown";
}

const char *zend_zval_type_name(const zval *arg)
{
    return zend_get_type_by_const(Z_TYPE_P(arg));
}
