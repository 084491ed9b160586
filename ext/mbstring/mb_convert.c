/* SPDX-License-Identifier: MIT */
/* From one encoding to another; which encoding is it? */
#include "ext/mbstring/php_mbstring.h"

/* Appends the encoding of a name ("auto": the usual two); false after a warning. */
static bool add_to_list(const mb_encoding **list, int *count, const char *name)
{
    const mb_encoding *encoding;

    if (!strcasecmp(name, "auto")) {
        return add_to_list(list, count, "ASCII") && add_to_list(list, count, "UTF-8");
    }
    encoding = mb_find_encoding(name);
    if (!encoding) {
        php_error_docref(NULL, E_WARNING, "Unknown encoding \"%s\"", name);
        return false;
    }
    if (*count < MB_MAX_DETECT_ORDER) {
        list[(*count)++] = encoding;
    }
    return true;
}

/* The same for all names between commas. */
static bool add_names(const mb_encoding **list, int *count, const char *names)
{
    while (*names) {
        size_t length = strcspn(names, ","), begin = strspn(names, " \t"), end = length;
        char *name;
        bool added;

        while (end > begin && (names[end - 1] == ' ' || names[end - 1] == '\t')) {
            end--;
        }
        name = estrndup(names + begin, (uint) (end - begin));
        added = add_to_list(list, count, name);
        efree(name);
        if (!added) {
            return false;
        }
        names += length + (names[length] == ',');
    }
    return true;
}

int mb_encoding_list(zval *value, const mb_encoding **list)
{
    HashPosition position;
    zval **element, copy;
    int count = 0;
    bool added = true;

    if (Z_TYPE_P(value) != IS_ARRAY) {
        INIT_PZVAL_COPY(&copy, value);
        zval_copy_ctor(&copy);
        convert_to_string(&copy);
        added = add_names(list, &count, Z_STRVAL(copy));
        zval_dtor(&copy);
        return added ? count : -1;
    }
    zend_hash_internal_pointer_reset_ex(Z_ARRVAL_P(value), &position);
    while (added && zend_hash_get_current_data_ex(Z_ARRVAL_P(value), (void **) &element,
            &position) == SUCCESS) {
        INIT_PZVAL_COPY(&copy, *element);
        zval_copy_ctor(&copy);
        convert_to_string(&copy);
        added = add_to_list(list, &count, Z_STRVAL(copy));
        zval_dtor(&copy);
        zend_hash_move_forward_ex(Z_ARRVAL_P(value), &position);
    }
    return added ? count : -1;
}

/* The first of the list in which the string is valid; NULL if there is none. */
static const mb_encoding *detect(const char *string, size_t length, const mb_encoding **list,
    int count, bool strict)
{
    int i;

    for (i = 0; i < count; i++) {
        if (mb_is_valid(list[i], string, length, !strict)) {
            return list[i];
        }
    }
    return NULL;
}

PHP_FUNCTION(mb_detect_encoding)
{
    char *string;
    int length, count = MBG(detect_order_count);
    zval *names = NULL;
    zend_bool strict = 0;
    const mb_encoding *own_list[MB_MAX_DETECT_ORDER], **list = MBG(detect_order), *found;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|z!b", &string, &length, &names, &strict)
        == FAILURE) {
        return;
    }
    if (names) {
        list = own_list;
        count = mb_encoding_list(names, own_list);
        if (count <= 0) {
            php_error_docref(NULL, E_WARNING, "Illegal argument");
            RETURN_FALSE;
        }
    }
    found = detect(string, (size_t) length, list, count, strict);
    if (!found) {
        RETURN_FALSE;
    }
    RETURN_STRING(found->name, 1);
}

PHP_FUNCTION(mb_convert_encoding)
{
    char *string, *to_name;
    int length, to_length, count;
    zval *from_names = NULL;
    const mb_encoding *to, *from = MBG(internal_encoding), *list[MB_MAX_DETECT_ORDER];
    mb_text text;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss|z", &string, &length, &to_name, &to_length,
            &from_names) == FAILURE) {
        return;
    }
    to = mb_encoding_argument(to_name);
    if (!to) {
        RETURN_FALSE;
    }
    if (from_names) {
        count = mb_encoding_list(from_names, list);
        if (count <= 0) {
            RETURN_FALSE;
        }
        from = count == 1 ? list[0] : detect(string, (size_t) length, list, count, true);
        if (!from) {
            php_error_docref(NULL, E_WARNING, "Unable to detect character encoding");
            RETURN_FALSE;
        }
    }
    text = mb_decode(from, string, (size_t) length);
    mb_return(return_value, to, &text, 0, text.count);
    mb_text_free(&text);
}

PHP_FUNCTION(mb_check_encoding)
{
    char *string = NULL, *name = NULL;
    int length = 0, name_length;
    const mb_encoding *encoding;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|ss", &string, &length, &name, &name_length)
        == FAILURE) {
        RETURN_FALSE;
    }
    if (!string) {
        RETURN_TRUE;
    }
    encoding = mb_encoding_argument(name);
    if (!encoding) {
        RETURN_FALSE;
    }
    RETURN_BOOL(mb_is_valid(encoding, string, (size_t) length, false));
}

PHP_FUNCTION(mb_detect_order)
{
    zval *names = NULL;
    const mb_encoding *list[MB_MAX_DETECT_ORDER];
    int count, i;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|z", &names) == FAILURE) {
        return;
    }
    if (names) {
        count = mb_encoding_list(names, list);
        if (count <= 0) {
            RETURN_FALSE;
        }
        memcpy(MBG(detect_order), list, (size_t) count * sizeof(*list));
        MBG(detect_order_count) = count;
        RETURN_TRUE;
    }
    array_init(return_value);
    for (i = 0; i < MBG(detect_order_count); i++) {
        add_next_index_string(return_value, MBG(detect_order)[i]->name, 1);
    }
}
