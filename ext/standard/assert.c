/* SPDX-License-Identifier: MIT */
/* assert() and what happens when an assertion fails. */
#include "ext/standard/basic_functions.h"
#include "vm/zend_include.h"

typedef struct {
    zend_bool active;
    zend_bool warning;
    zend_bool bail;
    zend_bool quiet_eval;
    char *callback_name; /* the directive assert.callback */
    zval *callback;      /* set in this request, counted; NULL: the directive counts */
} assert_globals_struct;

static assert_globals_struct assert_globals;
#define ASSERTG(name) (assert_globals.name)

enum { ASSERT_ACTIVE = 1, ASSERT_CALLBACK, ASSERT_BAIL, ASSERT_WARNING, ASSERT_QUIET_EVAL };

static PHP_INI_MH(OnChangeCallback)
{
    if (stage == PHP_INI_STAGE_RUNTIME || stage == PHP_INI_STAGE_DEACTIVATE) {
        if (ASSERTG(callback)) {
            zval_ptr_dtor(&ASSERTG(callback));
            ASSERTG(callback) = NULL;
        }
    }
    if (stage == PHP_INI_STAGE_RUNTIME && new_value && new_value_length) {
        MAKE_STD_ZVAL(ASSERTG(callback));
        ZVAL_STRINGL(ASSERTG(callback), new_value, new_value_length, 1);
    } else {
        ASSERTG(callback_name) = new_value;
    }
    return SUCCESS;
}

PHP_INI_BEGIN()
    STD_PHP_INI_BOOLEAN("assert.active", "1", PHP_INI_ALL, OnUpdateBool, active,
        assert_globals_struct, assert_globals)
    STD_PHP_INI_BOOLEAN("assert.bail", "0", PHP_INI_ALL, OnUpdateBool, bail,
        assert_globals_struct, assert_globals)
    STD_PHP_INI_BOOLEAN("assert.warning", "1", PHP_INI_ALL, OnUpdateBool, warning,
        assert_globals_struct, assert_globals)
    ZEND_INI_ENTRY_NULL("assert.callback", PHP_INI_ALL, OnChangeCallback, NULL, NULL, NULL, NULL)
    STD_PHP_INI_BOOLEAN("assert.quiet_eval", "0", PHP_INI_ALL, OnUpdateBool, quiet_eval,
        assert_globals_struct, assert_globals)
PHP_INI_END()

/* --- assert() -------------------------------------------------------------------------------- */

/* Evaluates an assertion that is code. -1 when it could not be. */
static int evaluate(const char *code, int length, const char *description)
{
    zval result;
    int before = EG(error_reporting);
    char *name = zend_make_compiled_string_description("assert code");
    int evaluated;

    if (ASSERTG(quiet_eval)) {
        EG(error_reporting) = 0;
    }
    evaluated = zend_eval_stringl((char *) code, length, &result, name);
    efree(name);
    if (evaluated == FAILURE) {
        if (description) {
            php_error_docref(NULL, E_RECOVERABLE_ERROR, "Failure evaluating code: \n%s:\"%s\"",
                description, code);
        } else {
            php_error_docref(NULL, E_RECOVERABLE_ERROR, "Failure evaluating code: \n%s", code);
        }
        return -1;
    }
    if (ASSERTG(quiet_eval)) {
        EG(error_reporting) = before;
    }
    convert_to_boolean(&result);
    return (int) Z_LVAL(result);
}

static void call_callback(const char *code, const char *description)
{
    zval *args[4], result;
    zend_uint count = description ? 4 : 3, i;

    for (i = 0; i < count; i++) {
        MAKE_STD_ZVAL(args[i]);
    }
    ZVAL_STRING(args[0], zend_get_executed_filename(), 1);
    ZVAL_LONG(args[1], zend_get_executed_lineno());
    ZVAL_STRING(args[2], code ? code : "", 1);
    if (description) {
        ZVAL_STRING(args[3], description, 1);
    }
    INIT_ZVAL(result);
    if (call_user_function(CG(function_table), NULL, ASSERTG(callback), &result, count, args)
        == SUCCESS) {
        zval_dtor(&result);
    }
    for (i = 0; i < count; i++) {
        zval_ptr_dtor(&args[i]);
    }
}

static void warn(const char *code, const char *description)
{
    if (description && code) {
        php_error_docref(NULL, E_WARNING, "%s: \"%s\" failed", description, code);
    } else if (description) {
        php_error_docref(NULL, E_WARNING, "%s failed", description);
    } else if (code) {
        php_error_docref(NULL, E_WARNING, "Assertion \"%s\" failed", code);
    } else {
        php_error_docref(NULL, E_WARNING, "Assertion failed");
    }
}

static void report_failure(const char *code, const char *description)
{
    if (!ASSERTG(callback) && ASSERTG(callback_name) && *ASSERTG(callback_name)) {
        MAKE_STD_ZVAL(ASSERTG(callback));
        ZVAL_STRING(ASSERTG(callback), ASSERTG(callback_name), 1);
    }
    if (ASSERTG(callback)) {
        call_callback(code, description);
    }
    if (ASSERTG(warning)) {
        warn(code, description);
    }
    if (ASSERTG(bail)) {
        zend_bailout();
    }
}

PHP_FUNCTION(assert)
{
    zval **assertion;
    char *description = NULL;
    const char *code = NULL;
    int description_length = 0, holds;

    if (!ASSERTG(active)) {
        RETURN_TRUE;
    }
    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z|s", &assertion, &description,
            &description_length) == FAILURE) {
        return;
    }
    if (description_length == 0) {
        description = NULL;
    }
    if (Z_TYPE_PP(assertion) == IS_STRING) {
        code = Z_STRVAL_PP(assertion);
        holds = evaluate(code, Z_STRLEN_PP(assertion), description);
        if (holds < 0) {
            if (ASSERTG(bail)) {
                zend_bailout();
            }
            RETURN_FALSE;
        }
    } else {
        holds = zend_is_true(*assertion);
    }
    if (holds) {
        RETURN_TRUE;
    }
    report_failure(code, description);
}

/* --- assert_options() ------------------------------------------------------------------------ */

static void set_directive(const char *name, uint name_size, zval **value)
{
    convert_to_string_ex(value);
    zend_alter_ini_entry_ex((char *) name, name_size, Z_STRVAL_PP(value),
        (uint) Z_STRLEN_PP(value), PHP_INI_USER, PHP_INI_STAGE_RUNTIME, 0);
}

static void callback_option(zval *return_value, zval **value)
{
    if (ASSERTG(callback)) {
        RETVAL_ZVAL(ASSERTG(callback), 1, 0);
    } else if (ASSERTG(callback_name)) {
        RETVAL_STRING(ASSERTG(callback_name), 1);
    } else {
        RETVAL_NULL();
    }
    if (value) {
        if (ASSERTG(callback)) {
            zval_ptr_dtor(&ASSERTG(callback));
        }
        ASSERTG(callback) = *value;
        Z_ADDREF_PP(value);
    }
}

#define FLAG_OPTION(field, name) \
    do { \
        long before = ASSERTG(field); \
        if (value) { \
            set_directive(name, sizeof(name), value); \
        } \
        RETURN_LONG(before); \
    } while (0)

PHP_FUNCTION(assert_options)
{
    zval **value = NULL;
    long what;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l|Z", &what, &value) == FAILURE) {
        return;
    }
    switch (what) {
    case ASSERT_ACTIVE: FLAG_OPTION(active, "assert.active");
    case ASSERT_BAIL: FLAG_OPTION(bail, "assert.bail");
    case ASSERT_QUIET_EVAL: FLAG_OPTION(quiet_eval, "assert.quiet_eval");
    case ASSERT_WARNING: FLAG_OPTION(warning, "assert.warning");
    case ASSERT_CALLBACK:
        callback_option(return_value, value);
        return;
    default:
        php_error_docref(NULL, E_WARNING, "Unknown value %ld", what);
        RETURN_FALSE;
    }
}

static const zend_function_entry assert_functions[] = {
    PHP_FE(assert, "$assertion, $description = null", "Reports an assertion that does not hold.")
    PHP_FE(assert_options, "$what, $value = null", "Returns, and may set, how assert() works.")
    PHP_FE_END
};

static PHP_MINIT_FUNCTION(assert)
{
    static const php_long_constant constants[] = {
        {"ASSERT_ACTIVE", ASSERT_ACTIVE}, {"ASSERT_CALLBACK", ASSERT_CALLBACK},
        {"ASSERT_BAIL", ASSERT_BAIL}, {"ASSERT_WARNING", ASSERT_WARNING},
        {"ASSERT_QUIET_EVAL", ASSERT_QUIET_EVAL}, {NULL, 0},
    };

    REGISTER_INI_ENTRIES();
    php_register_long_constants(constants, module_number);
    return SUCCESS;
}

static PHP_RSHUTDOWN_FUNCTION(assert)
{
    if (ASSERTG(callback)) {
        zval_ptr_dtor(&ASSERTG(callback));
        ASSERTG(callback) = NULL;
    }
    return SUCCESS;
}

const php_standard_part standard_assert_part = {assert_functions, PHP_MINIT(assert), NULL, NULL,
    PHP_RSHUTDOWN(assert), NULL};
