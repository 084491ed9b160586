/* SPDX-License-Identifier: MIT */
/*
 * The locale: setlocale(), localeconv(), nl_langinfo(), strcoll(), money_format().
 *
 * The locale belongs to the process. A request that changes it leaves a note, and its end puts "C"
 * back, so that the next request begins as this one did.
 */
#include <langinfo.h>
#include <locale.h>
#include <monetary.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

static bool locale_changed;

/* A category's number from its name. false after a warning. */
static bool category_by_name(zval *name, long *category)
{
    static const struct {
        const char *name;
        int category;
    } categories[] = {
        { "LC_ALL", LC_ALL }, { "LC_COLLATE", LC_COLLATE }, { "LC_CTYPE", LC_CTYPE },
        { "LC_MESSAGES", LC_MESSAGES }, { "LC_MONETARY", LC_MONETARY },
        { "LC_NUMERIC", LC_NUMERIC }, { "LC_TIME", LC_TIME },
    };
    size_t i;

    php_error_docref(NULL, E_DEPRECATED, "Passing locale category name as string is deprecated. "
        "Use the LC_* -constants instead");
    for (i = 0; i < sizeof(categories) / sizeof(*categories); i++) {
        if (strcasecmp(Z_STRVAL_P(name), categories[i].name) == 0) {
            *category = categories[i].category;
            return true;
        }
    }
    php_error_docref(NULL, E_WARNING, "Invalid locale category name %s, must be one of LC_ALL, "
        "LC_COLLATE, LC_CTYPE, LC_MONETARY, LC_NUMERIC, or LC_TIME", Z_STRVAL_P(name));
    return false;
}

/* Tries one locale: its name in return_value, or false. "0" only asks. */
static bool try_locale(int category, zval *locale, zval *return_value)
{
    zval name;
    const char *result = NULL;

    INIT_PZVAL_COPY(&name, locale);
    zval_copy_ctor(&name);
    convert_to_string(&name);
    if (strcmp(Z_STRVAL(name), "0") == 0) {
        result = setlocale(category, NULL);
    } else if (Z_STRLEN(name) >= 255) {
        php_error_docref(NULL, E_WARNING, "Specified locale name is too long");
    } else {
        result = setlocale(category, Z_STRVAL(name));
        locale_changed = locale_changed || result;
    }
    zval_dtor(&name);
    if (result) {
        RETVAL_STRING(result, 1);
    }
    return result != NULL;
}

PHP_FUNCTION(setlocale)
{
    zval **category_arg, ***locales;
    int count, i;
    long category;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "Z+", &category_arg, &locales, &count)
        == FAILURE) {
        return;
    }
    RETVAL_FALSE;
    if (Z_TYPE_PP(category_arg) == IS_STRING) {
        if (!category_by_name(*category_arg, &category)) {
            efree(locales);
            return;
        }
    } else {
        category = zend_zval_get_long(*category_arg);
    }
    for (i = 0; i < count; i++) {
        HashPosition pos;
        zval **element;

        if (Z_TYPE_PP(locales[i]) != IS_ARRAY) {
            if (try_locale((int) category, *locales[i], return_value)) {
                break;
            }
            continue;
        }
        zend_hash_internal_pointer_reset_ex(Z_ARRVAL_PP(locales[i]), &pos);
        while (zend_hash_get_current_data_ex(Z_ARRVAL_PP(locales[i]), (void **) &element, &pos)
            == SUCCESS) {
            if (try_locale((int) category, *element, return_value)) {
                efree(locales);
                return;
            }
            zend_hash_move_forward_ex(Z_ARRVAL_PP(locales[i]), &pos);
        }
    }
    efree(locales);
}

static PHP_RSHUTDOWN_FUNCTION(locale)
{
    if (locale_changed) {
        setlocale(LC_ALL, "C");
        locale_changed = false;
    }
    return SUCCESS;
}

/* A list of numbers that are the bytes of a text. */
static zval *grouping_list(const char *bytes)
{
    zval *list;

    MAKE_STD_ZVAL(list);
    array_init(list);
    for (; *bytes; bytes++) {
        add_next_index_long(list, *bytes);
    }
    return list;
}

PHP_FUNCTION(localeconv)
{
    struct lconv *l;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    l = localeconv();
    array_init(return_value);
    add_assoc_string(return_value, "decimal_point", l->decimal_point, 1);
    add_assoc_string(return_value, "thousands_sep", l->thousands_sep, 1);
    add_assoc_string(return_value, "int_curr_symbol", l->int_curr_symbol, 1);
    add_assoc_string(return_value, "currency_symbol", l->currency_symbol, 1);
    add_assoc_string(return_value, "mon_decimal_point", l->mon_decimal_point, 1);
    add_assoc_string(return_value, "mon_thousands_sep", l->mon_thousands_sep, 1);
    add_assoc_string(return_value, "positive_sign", l->positive_sign, 1);
    add_assoc_string(return_value, "negative_sign", l->negative_sign, 1);
    add_assoc_long(return_value, "int_frac_digits", l->int_frac_digits);
    add_assoc_long(return_value, "frac_digits", l->frac_digits);
    add_assoc_long(return_value, "p_cs_precedes", l->p_cs_precedes);
    add_assoc_long(return_value, "p_sep_by_space", l->p_sep_by_space);
    add_assoc_long(return_value, "n_cs_precedes", l->n_cs_precedes);
    add_assoc_long(return_value, "n_sep_by_space", l->n_sep_by_space);
    add_assoc_long(return_value, "p_sign_posn", l->p_sign_posn);
    add_assoc_long(return_value, "n_sign_posn", l->n_sign_posn);
    add_assoc_zval(return_value, "grouping", grouping_list(l->grouping));
    add_assoc_zval(return_value, "mon_grouping", grouping_list(l->mon_grouping));
}

PHP_FUNCTION(strcoll)
{
    char *a, *b;
    int a_len, b_len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss", &a, &a_len, &b, &b_len) == FAILURE) {
        return;
    }
    RETURN_LONG(strcoll(a, b));
}

#define MONEY_ROOM 1024

PHP_FUNCTION(money_format)
{
    char *format, *result;
    const char *p;
    int format_len, tokens = 0;
    double value;
    ssize_t len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sd", &format, &format_len, &value) == FAILURE) {
        return;
    }
    for (p = format; *p; p++) {
        if (*p == '%' && p[1] == '%') {
            p++;
        } else if (*p == '%' && ++tokens > 1) {
            php_error_docref(NULL, E_WARNING, "Only a single %%i or %%n token can be used");
            RETURN_FALSE;
        }
    }
    result = safe_emalloc((size_t) format_len, 1, MONEY_ROOM + 1);
    len = strfmon(result, (size_t) format_len + MONEY_ROOM, format, value);
    if (len < 0) {
        efree(result);
        RETURN_FALSE;
    }
    RETURN_STRINGL(erealloc(result, (size_t) len + 1), len, 0);
}

/* ---- nl_langinfo() --------------------------------------------------------------------------- */

#define ITEM(name) { #name, name },
static const php_long_constant langinfo_items[] = {
    ITEM(ABDAY_1) ITEM(ABDAY_2) ITEM(ABDAY_3) ITEM(ABDAY_4) ITEM(ABDAY_5) ITEM(ABDAY_6)
    ITEM(ABDAY_7) ITEM(DAY_1) ITEM(DAY_2) ITEM(DAY_3) ITEM(DAY_4) ITEM(DAY_5) ITEM(DAY_6)
    ITEM(DAY_7) ITEM(ABMON_1) ITEM(ABMON_2) ITEM(ABMON_3) ITEM(ABMON_4) ITEM(ABMON_5)
    ITEM(ABMON_6) ITEM(ABMON_7) ITEM(ABMON_8) ITEM(ABMON_9) ITEM(ABMON_10) ITEM(ABMON_11)
    ITEM(ABMON_12) ITEM(MON_1) ITEM(MON_2) ITEM(MON_3) ITEM(MON_4) ITEM(MON_5) ITEM(MON_6)
    ITEM(MON_7) ITEM(MON_8) ITEM(MON_9) ITEM(MON_10) ITEM(MON_11) ITEM(MON_12) ITEM(AM_STR)
    ITEM(PM_STR) ITEM(D_T_FMT) ITEM(D_FMT) ITEM(T_FMT) ITEM(T_FMT_AMPM) ITEM(ERA)
    ITEM(ERA_D_T_FMT) ITEM(ERA_D_FMT) ITEM(ERA_T_FMT) ITEM(CRNCYSTR) ITEM(RADIXCHAR)
    ITEM(THOUSEP) ITEM(YESEXPR) ITEM(NOEXPR) ITEM(CODESET)
    { NULL, 0 }
};
#undef ITEM

PHP_FUNCTION(nl_langinfo)
{
    long item;
    const php_long_constant *row;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &item) == FAILURE) {
        return;
    }
    for (row = langinfo_items; row->name; row++) {
        if (row->value == item) {
            RETURN_STRING(nl_langinfo((nl_item) item), 1);
        }
    }
    php_error_docref(NULL, E_WARNING, "Item '%ld' is not valid", item);
    RETURN_FALSE;
}

static const php_long_constant locale_constants[] = {
    { "LC_CTYPE", LC_CTYPE },
    { "LC_NUMERIC", LC_NUMERIC },
    { "LC_TIME", LC_TIME },
    { "LC_COLLATE", LC_COLLATE },
    { "LC_MONETARY", LC_MONETARY },
    { "LC_MESSAGES", LC_MESSAGES },
    { "LC_ALL", LC_ALL },
    { "CHAR_MAX", CHAR_MAX },
    { NULL, 0 }
};

static PHP_MINIT_FUNCTION(locale)
{
    php_register_long_constants(locale_constants, module_number);
    php_register_long_constants(langinfo_items, module_number);
    return SUCCESS;
}

static const zend_function_entry locale_functions[] = {
    PHP_FE(setlocale, "$category, ...$locales", "Sets the locale, or tells it.")
    PHP_FE(localeconv, "", "Returns how the locale writes numbers.")
    PHP_FE(nl_langinfo, "$item", "Returns one thing that the locale tells.")
    PHP_FE(strcoll, "$str1, $str2", "Compares by the locale.")
    PHP_FE(money_format, "$format, $value", "Writes an amount of money by the locale.")
    PHP_FE_END
};

const php_standard_part standard_locale_part = {
    .functions = locale_functions,
    .module_startup = PHP_MINIT(locale),
    .request_shutdown = PHP_RSHUTDOWN(locale),
};
