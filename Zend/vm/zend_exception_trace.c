/* SPDX-License-Identifier: MIT */
/*
 * The text of a trace, as Exception::getTraceAsString() and __toString() give it:
 *
 *      #0 /var/www/a.php(12): Shop->buy('a long string o...', Array, Object(Item), NULL)
 *      #1 [internal function]: {closure}(1, true)
 *      #2 {main}
 *
 * A script may have put anything into the trace (by reflection, unserialize): each part is
 * looked at before it is used.
 */
#include <stdio.h>

#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "vm/zend_exceptions_internal.h"

#define ZEND_TRACE_STRING_LENGTH 15 /* bytes shown of a string argument */

static const zval *zend_frame_entry(const HashTable *frame, const char *key, uint length)
{
    zval **entry;

    return zend_hash_find(frame, key, length, (void **) &entry) == SUCCESS ? *entry : NULL;
}
#define ZEND_FRAME_ENTRY(frame, key) zend_frame_entry(frame, key, sizeof(key))

/* --- Arguments -------------------------------------------------------------------------------- */

static void zend_append_escaped_char(smart_str *text, unsigned char c)
{
    static const char named[] = "\nn\rr\tt\ff\vv\\\\\033e";
    static const char digits[] = "0123456789ABCDEF";

    if (c >= ' ' && c <= '~' && c != '\\') {
        smart_str_appendc(text, (char) c);
        return;
    }
    smart_str_appendc(text, '\\');
    for (const char *pair = named; *pair; pair += 2) {
        if ((unsigned char) *pair == c) {
            smart_str_appendc(text, pair[1]);
            return;
        }
    }
    smart_str_appendc(text, 'x');
    smart_str_appendc(text, digits[c >> 4]);
    smart_str_appendc(text, digits[c & 15]);
}

static void zend_append_string_argument(smart_str *text, const char *value, int length)
{
    int shown = length > ZEND_TRACE_STRING_LENGTH ? ZEND_TRACE_STRING_LENGTH : length;

    smart_str_appendc(text, '\'');
    for (int i = 0; i < shown; i++) {
        zend_append_escaped_char(text, (unsigned char) value[i]);
    }
    smart_str_appends(text, shown < length ? "...'" : "'");
}

static void zend_append_object_argument(smart_str *text, const zval *object)
{
    const char *name;
    zend_uint length;
    int copied = zend_get_object_classname(object, &name, &length);

    smart_str_appends(text, "Object(");
    smart_str_appends(text, name);
    smart_str_appendc(text, ')');
    if (copied == 0) {
        efree((char *) name);
    }
}

static void zend_append_argument(smart_str *text, const zval *argument)
{
    char number[64];

    switch (Z_TYPE_P(argument)) {
    case IS_NULL:
        smart_str_appends(text, "NULL");
        break;
    case IS_BOOL:
        smart_str_appends(text, Z_LVAL_P(argument) ? "true" : "false");
        break;
    case IS_LONG:
        smart_str_append_long(text, Z_LVAL_P(argument));
        break;
    case IS_DOUBLE:
        /* The C library's notation: 1E+100, where echo writes 1.0E+100. */
        snprintf(number, sizeof(number), "%.*G", (int) EG(precision), Z_DVAL_P(argument));
        smart_str_appends(text, number);
        break;
    case IS_STRING:
        zend_append_string_argument(text, Z_STRVAL_P(argument), Z_STRLEN_P(argument));
        break;
    case IS_ARRAY:
        smart_str_appends(text, "Array");
        break;
    case IS_OBJECT:
        zend_append_object_argument(text, argument);
        break;
    case IS_RESOURCE:
        smart_str_appends(text, "Resource id #");
        smart_str_append_long(text, Z_LVAL_P(argument));
        break;
    default:
        break;
    }
}

static void zend_append_arguments(smart_str *text, HashTable *arguments)
{
    HashPosition position;
    zval **argument;
    bool first = true;

    for (zend_hash_internal_pointer_reset_ex(arguments, &position);
            zend_hash_get_current_data_ex(arguments, (void **) &argument, &position) == SUCCESS;
            zend_hash_move_forward_ex(arguments, &position)) {
        if (!first) {
            smart_str_appends(text, ", ");
        }
        first = false;
        zend_append_argument(text, *argument);
    }
}

/* --- Frames ----------------------------------------------------------------------------------- */

static void zend_append_place(smart_str *text, const HashTable *frame)
{
    const zval *file = ZEND_FRAME_ENTRY(frame, "file");
    const zval *line = ZEND_FRAME_ENTRY(frame, "line");

    if (!file) {
        smart_str_appends(text, "[internal function]: ");
    } else if (Z_TYPE_P(file) != IS_STRING) {
        zend_error(E_WARNING, "Function name is no string");
        smart_str_appends(text, "[unknown function]");
    } else {
        smart_str_appendl(text, Z_STRVAL_P(file), Z_STRLEN_P(file));
        if (line && Z_TYPE_P(line) != IS_LONG) {
            zend_error(E_WARNING, "Line is no long");
        }
        smart_str_appendc(text, '(');
        smart_str_append_long(text, line && Z_TYPE_P(line) == IS_LONG ? Z_LVAL_P(line) : 0);
        smart_str_appends(text, "): ");
    }
}

static void zend_append_name(smart_str *text, const HashTable *frame, const char *key)
{
    const zval *name = zend_frame_entry(frame, key, (uint) strlen(key) + 1);

    if (!name) {
        return;
    }
    if (Z_TYPE_P(name) != IS_STRING) {
        zend_error(E_WARNING, "Value for %s is no string", key);
        smart_str_appends(text, "[unknown]");
    } else {
        smart_str_appendl(text, Z_STRVAL_P(name), Z_STRLEN_P(name));
    }
}

static void zend_append_frame(smart_str *text, const HashTable *frame, long number)
{
    const zval *arguments = ZEND_FRAME_ENTRY(frame, "args");

    smart_str_appendc(text, '#');
    smart_str_append_long(text, number);
    smart_str_appendc(text, ' ');
    zend_append_place(text, frame);
    zend_append_name(text, frame, "class");
    zend_append_name(text, frame, "type");
    zend_append_name(text, frame, "function");
    smart_str_appendc(text, '(');
    if (arguments && Z_TYPE_P(arguments) == IS_ARRAY) {
        zend_append_arguments(text, Z_ARRVAL_P(arguments));
    } else if (arguments) {
        zend_error(E_WARNING, "args element is no array");
    }
    smart_str_appends(text, ")\n");
}

void zend_exception_append_trace(smart_str *text, zval *trace)
{
    long number = 0;

    if (Z_TYPE_P(trace) == IS_ARRAY) {
        /* A warning's handler may change the property: walk over a copy that holds the frames. */
        zval frames;
        HashPosition position;
        zval **frame;

        INIT_PZVAL_COPY(&frames, trace);
        zval_copy_ctor(&frames);
        for (zend_hash_internal_pointer_reset_ex(Z_ARRVAL(frames), &position);
                zend_hash_get_current_data_ex(Z_ARRVAL(frames), (void **) &frame, &position)
                    == SUCCESS;
                zend_hash_move_forward_ex(Z_ARRVAL(frames), &position)) {
            if (Z_TYPE_PP(frame) == IS_ARRAY) {
                zend_append_frame(text, Z_ARRVAL_PP(frame), number++);
            } else {
                zend_error(E_WARNING, "Expected array for frame %lu", position->h);
            }
        }
        zval_dtor(&frames);
    }
    smart_str_appendc(text, '#');
    smart_str_append_long(text, number);
    smart_str_appends(text, " {main}");
}
