/* SPDX-License-Identifier: MIT */
/*
 * The classes Exception and ErrorException.
 *
 * File, line and trace are taken when the object is made, before its constructor runs: so they
 * are right for a class whose constructor does not call its parent's, and tell where `new`
 * stands, not where `throw` does.
 */
#include "object/zend_class.h"
#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "vm/zend_builtin_functions.h"
#include "vm/zend_exceptions_internal.h"

static zend_class_entry *zend_exception_ce;
static zend_class_entry *zend_error_exception_ce;
static zend_object_handlers zend_exception_handlers;

zend_class_entry *zend_exception_get_default(void)
{
    return zend_exception_ce;
}

zend_class_entry *zend_get_error_exception(void)
{
    return zend_error_exception_ce;
}

/* --- Properties ------------------------------------------------------------------------------- */

static const char *const zend_exception_property_names[] = {
    "message", "string", "code", "file", "line", "trace", "previous", "severity"};

static zval **zend_exception_place(const zval *exception, zend_exception_slot slot)
{
    zend_object *object = zend_object_store_get_object(exception);

    return &object->properties_table[slot];
}

zval *zend_exception_get(const zval *exception, zend_exception_slot slot)
{
    zval *value = *zend_exception_place(exception, slot);

    return value ? value : EG(uninitialized_zval_ptr);
}

void zend_exception_set(zval *exception, zend_exception_slot slot, const zval *value)
{
    zval **place = zend_exception_place(exception, slot);
    zval *counted;

    if (*place && PZVAL_IS_REF(*place)) {
        zval old = **place;

        ZVAL_COPY_VALUE(*place, value);
        zval_dtor(&old);
        return;
    }
    ALLOC_ZVAL(counted);
    INIT_PZVAL_COPY(counted, value);
    if (*place) {
        zval *old = *place;

        *place = counted;
        zval_ptr_dtor(&old);
    } else {
        /* A script has unset it: it comes back with all that belongs to a write. */
        const char *name = zend_exception_property_names[slot];

        zend_update_property(slot == ZEND_EXCEPTION_SEVERITY ? zend_error_exception_ce
            : zend_exception_ce, exception, name, (int) strlen(name), counted);
        zval_ptr_dtor(&counted);
    }
}

void zend_exception_set_string(zval *exception, zend_exception_slot slot, const char *text,
    int length)
{
    zval value;

    ZVAL_STRINGL(&value, text, length, 1);
    zend_exception_set(exception, slot, &value);
}

void zend_exception_set_long(zval *exception, zend_exception_slot slot, long number)
{
    zval value;

    ZVAL_LONG(&value, number);
    zend_exception_set(exception, slot, &value);
}

/* What a getter gives: the property, with the usual notice if a script has unset it. */
static void zend_exception_return(zval *exception, zend_exception_slot slot, zval *return_value)
{
    zval *value = *zend_exception_place(exception, slot);

    if (ZEND_UNLIKELY(!value)) {
        const char *name = zend_exception_property_names[slot];

        value = zend_read_property(zend_exception_ce, exception, name, (int) strlen(name), 0);
    }
    RETVAL_ZVAL(value, 1, 0);
}

/* --- Making ----------------------------------------------------------------------------------- */

static zend_object_value zend_exception_new(zend_class_entry *class_type)
{
    zend_object *object;
    zval exception;
    zval trace;

    INIT_PZVAL(&exception);
    Z_TYPE(exception) = IS_OBJECT;
    Z_OBJVAL(exception) = zend_objects_new(&object, class_type);
    Z_OBJ_HT(exception) = &zend_exception_handlers;
    object_properties_init(object, class_type);

    if (EG(current_execute_data)) {
        zend_fetch_debug_backtrace(&trace, 0, 0, 0);
    } else {
        array_init(&trace);
    }
    zend_exception_set_string(&exception, ZEND_EXCEPTION_FILE, zend_get_executed_filename(),
        (int) strlen(zend_get_executed_filename()));
    zend_exception_set_long(&exception, ZEND_EXCEPTION_LINE, zend_get_executed_lineno());
    zend_exception_set(&exception, ZEND_EXCEPTION_TRACE, &trace);
    return Z_OBJVAL(exception);
}

/* The property gets the object, or any other zval, counted once more. */
static void zend_exception_set_counted(zval *exception, zend_exception_slot slot, zval *value)
{
    zval copy = *value;

    zval_copy_ctor(&copy);
    zend_exception_set(exception, slot, &copy);
}

PHP_METHOD(Exception, __construct)
{
    char *message = NULL;
    int message_len;
    long code = 0;
    zval *previous = NULL;

    if (zend_parse_parameters_ex(ZEND_PARSE_PARAMS_QUIET, ZEND_NUM_ARGS(), "|slO!", &message,
            &message_len, &code, &previous, zend_exception_ce) == FAILURE) {
        zend_error(E_ERROR, "Wrong parameters for Exception([string $exception [, long $code "
            "[, Exception $previous = NULL]]])");
        return;
    }
    if (message) {
        zend_exception_set_string(getThis(), ZEND_EXCEPTION_MESSAGE, message, message_len);
    }
    if (code) {
        zend_exception_set_long(getThis(), ZEND_EXCEPTION_CODE, code);
    }
    if (previous) {
        zend_exception_set_counted(getThis(), ZEND_EXCEPTION_PREVIOUS, previous);
    }
}

PHP_METHOD(ErrorException, __construct)
{
    char *message = NULL;
    char *filename = NULL;
    int message_len;
    int filename_len;
    long code = 0;
    long severity = E_ERROR;
    long lineno = 0;
    zval *previous = NULL;

    if (zend_parse_parameters_ex(ZEND_PARSE_PARAMS_QUIET, ZEND_NUM_ARGS(), "|sllslO!", &message,
            &message_len, &code, &severity, &filename, &filename_len, &lineno, &previous,
            zend_exception_ce) == FAILURE) {
        zend_error(E_ERROR, "Wrong parameters for ErrorException([string $exception [, long $code, "
            "[ long $severity, [ string $filename, [ long $lineno  [, Exception $previous = "
            "NULL]]]]]])");
        return;
    }
    if (message) {
        zend_exception_set_string(getThis(), ZEND_EXCEPTION_MESSAGE, message, message_len);
    }
    if (code) {
        zend_exception_set_long(getThis(), ZEND_EXCEPTION_CODE, code);
    }
    if (previous) {
        zend_exception_set_counted(getThis(), ZEND_EXCEPTION_PREVIOUS, previous);
    }
    zend_exception_set_long(getThis(), ZEND_EXCEPTION_SEVERITY, severity);
    if (filename) {
        zend_exception_set_string(getThis(), ZEND_EXCEPTION_FILE, filename, filename_len);
        zend_exception_set_long(getThis(), ZEND_EXCEPTION_LINE, lineno);
    }
}

PHP_METHOD(Exception, __clone)
{
    zend_throw_exception(NULL, "Cannot clone object using __clone()", 0);
}

/* Serialized data may claim anything: what has the wrong type is unset. */
PHP_METHOD(Exception, __wakeup)
{
    static const zend_uchar types[] = {
        IS_STRING, IS_STRING, IS_LONG, IS_STRING, IS_LONG, IS_ARRAY, IS_OBJECT};

    for (int slot = ZEND_EXCEPTION_MESSAGE; slot <= ZEND_EXCEPTION_PREVIOUS; slot++) {
        zval *value = zend_exception_get(getThis(), slot);
        const char *name = zend_exception_property_names[slot];

        if (Z_TYPE_P(value) == IS_NULL || (Z_TYPE_P(value) == types[slot]
                && (slot != ZEND_EXCEPTION_PREVIOUS || zend_is_exception(value)))) {
            continue;
        }
        zend_unset_property(zend_exception_ce, getThis(), name, (int) strlen(name));
    }
}

/* --- Getters ---------------------------------------------------------------------------------- */

#define ZEND_EXCEPTION_GETTER(class_name, name, slot) \
    PHP_METHOD(class_name, name) \
    { \
        if (zend_parse_parameters_none() == FAILURE) { \
            return; \
        } \
        zend_exception_return(getThis(), slot, return_value); \
    }

ZEND_EXCEPTION_GETTER(Exception, getMessage, ZEND_EXCEPTION_MESSAGE)
ZEND_EXCEPTION_GETTER(Exception, getCode, ZEND_EXCEPTION_CODE)
ZEND_EXCEPTION_GETTER(Exception, getFile, ZEND_EXCEPTION_FILE)
ZEND_EXCEPTION_GETTER(Exception, getLine, ZEND_EXCEPTION_LINE)
ZEND_EXCEPTION_GETTER(Exception, getTrace, ZEND_EXCEPTION_TRACE)
ZEND_EXCEPTION_GETTER(Exception, getPrevious, ZEND_EXCEPTION_PREVIOUS)
ZEND_EXCEPTION_GETTER(ErrorException, getSeverity, ZEND_EXCEPTION_SEVERITY)

PHP_METHOD(Exception, getTraceAsString)
{
    smart_str text = {0};

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    zend_exception_append_trace(&text, zend_exception_get(getThis(), ZEND_EXCEPTION_TRACE));
    smart_str_0(&text);
    RETURN_STRINGL(text.c, text.len, 0);
}

/* --- __toString ------------------------------------------------------------------------------- */

/* "exception 'E' with message 'm' in F:L", and the trace. */
static void zend_exception_append_text(smart_str *text, zval *exception)
{
    zval message = *zend_exception_get(exception, ZEND_EXCEPTION_MESSAGE);
    zval file = *zend_exception_get(exception, ZEND_EXCEPTION_FILE);
    zval line = *zend_exception_get(exception, ZEND_EXCEPTION_LINE);

    zval_copy_ctor(&message);
    zval_copy_ctor(&file);
    zval_copy_ctor(&line);
    convert_to_string(&message);
    convert_to_string(&file);
    convert_to_long(&line);
    smart_str_appends(text, "exception '");
    smart_str_appends(text, Z_OBJCE_P(exception)->name);
    if (Z_STRLEN(message) > 0) {
        smart_str_appends(text, "' with message '");
        smart_str_appends(text, Z_STRVAL(message));
    }
    smart_str_appends(text, "' in ");
    smart_str_appends(text, Z_STRVAL(file));
    smart_str_appendc(text, ':');
    smart_str_append_long(text, Z_LVAL(line));
    smart_str_appends(text, "\nStack trace:\n");
    zend_exception_append_trace(text, zend_exception_get(exception, ZEND_EXCEPTION_TRACE));
    zval_dtor(&message);
    zval_dtor(&file);
}

/* The cause comes first: its text is put before what there is already. */
static void zend_exception_prepend_text(smart_str *text, zval *exception)
{
    smart_str whole = {0};

    zend_exception_append_text(&whole, exception);
    if (text->len) {
        smart_str_appends(&whole, "\n\nNext ");
        smart_str_append(&whole, text);
    }
    smart_str_free(text);
    *text = whole;
}

PHP_METHOD(Exception, __toString)
{
    smart_str text = {0};
    zval *exception = getThis();

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    Z_ADDREF_P(exception);
    while (zend_is_exception(exception)) {
        zval *previous;

        zend_exception_prepend_text(&text, exception);
        previous = zend_exception_get(exception, ZEND_EXCEPTION_PREVIOUS);
        Z_ADDREF_P(previous); /* a warning's handler may have changed the chain */
        zval_ptr_dtor(&exception);
        exception = previous;
    }
    zval_ptr_dtor(&exception);
    smart_str_0(&text);
    zend_exception_set_string(getThis(), ZEND_EXCEPTION_STRING, text.c, (int) text.len);
    RETURN_STRINGL(text.c, text.len, 0);
}

/* --- Registration ----------------------------------------------------------------------------- */

static const zend_function_entry zend_exception_functions[] = {
    PHP_ME(Exception, __clone, "", "Refuses: exceptions are not cloned.",
        ZEND_ACC_PRIVATE | ZEND_ACC_FINAL)
    PHP_ME(Exception, __construct, "$message = '', $code = 0, $previous = null",
        "Makes an exception with a message, a code and its cause.",
        ZEND_ACC_PUBLIC | ZEND_ACC_CTOR)
    PHP_ME(Exception, __wakeup, "", "Drops properties of a wrong type after unserialize.",
        ZEND_ACC_PUBLIC)
    PHP_ME(Exception, getMessage, "", "Returns the message.", ZEND_ACC_PUBLIC | ZEND_ACC_FINAL)
    PHP_ME(Exception, getCode, "", "Returns the code.", ZEND_ACC_PUBLIC | ZEND_ACC_FINAL)
    PHP_ME(Exception, getFile, "", "Returns the file in which it was made.",
        ZEND_ACC_PUBLIC | ZEND_ACC_FINAL)
    PHP_ME(Exception, getLine, "", "Returns the line in which it was made.",
        ZEND_ACC_PUBLIC | ZEND_ACC_FINAL)
    PHP_ME(Exception, getTrace, "", "Returns the calls that were running, as an array.",
        ZEND_ACC_PUBLIC | ZEND_ACC_FINAL)
    PHP_ME(Exception, getPrevious, "", "Returns the exception that caused this one, or null.",
        ZEND_ACC_PUBLIC | ZEND_ACC_FINAL)
    PHP_ME(Exception, getTraceAsString, "", "Returns the calls that were running, as text.",
        ZEND_ACC_PUBLIC | ZEND_ACC_FINAL)
    PHP_ME(Exception, __toString, "", "Returns class, message, place and trace as text.",
        ZEND_ACC_PUBLIC)
    PHP_FE_END
};

static const zend_function_entry zend_error_exception_functions[] = {
    PHP_ME(ErrorException, __construct, "$message = '', $code = 0, $severity = E_ERROR, "
        "$filename = null, $lineno = null, $previous = null",
        "Makes an exception that stands for an error.", ZEND_ACC_PUBLIC | ZEND_ACC_CTOR)
    PHP_ME(ErrorException, getSeverity, "", "Returns the level of the error.",
        ZEND_ACC_PUBLIC | ZEND_ACC_FINAL)
    PHP_FE_END
};

static void zend_declare_exception_properties(zend_class_entry *ce)
{
    /* In the order of zend_exception_slot. */
    zend_declare_property_string(ce, ZEND_STRL("message"), "", ZEND_ACC_PROTECTED);
    zend_declare_property_string(ce, ZEND_STRL("string"), "", ZEND_ACC_PRIVATE);
    zend_declare_property_long(ce, ZEND_STRL("code"), 0, ZEND_ACC_PROTECTED);
    zend_declare_property_null(ce, ZEND_STRL("file"), ZEND_ACC_PROTECTED);
    zend_declare_property_null(ce, ZEND_STRL("line"), ZEND_ACC_PROTECTED);
    zend_declare_property_null(ce, ZEND_STRL("trace"), ZEND_ACC_PRIVATE);
    zend_declare_property_null(ce, ZEND_STRL("previous"), ZEND_ACC_PRIVATE);
}

void zend_register_default_exception(void)
{
    zend_class_entry ce;

    INIT_CLASS_ENTRY(ce, "Exception", zend_exception_functions);
    zend_exception_ce = zend_register_internal_class(&ce);
    zend_exception_ce->create_object = zend_exception_new;
    zend_exception_handlers = *zend_get_std_object_handlers();
    zend_exception_handlers.clone_obj = NULL;
    zend_declare_exception_properties(zend_exception_ce);

    INIT_CLASS_ENTRY(ce, "ErrorException", zend_error_exception_functions);
    zend_error_exception_ce = zend_register_internal_class_ex(&ce, zend_exception_ce, NULL);
    zend_error_exception_ce->create_object = zend_exception_new;
    zend_declare_property_long(zend_error_exception_ce, ZEND_STRL("severity"), E_ERROR,
        ZEND_ACC_PROTECTED);
}
