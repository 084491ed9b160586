/* SPDX-License-Identifier: MIT */
/* preg_split() and preg_grep(). */
#include "ext/pcre/php_pcre_internal.h"

/* Adds a piece of the subject as text or array(text, offset). */
static void add_piece(zval *array, const php_pcre_scan *scan, size_t begin, size_t end,
    bool with_offset)
{
    zval *pair;

    if (!with_offset) {
        add_next_index_stringl(array, scan->subject + begin, (uint) (end - begin), 1);
        return;
    }
    MAKE_STD_ZVAL(pair);
    array_init(pair);
    add_next_index_stringl(pair, scan->subject + begin, (uint) (end - begin), 1);
    add_next_index_long(pair, (long) begin);
    add_next_index_zval(array, pair);
}

static void add_delimiters(zval *array, const php_pcre_scan *scan, long flags)
{
    bool no_empty = flags & PREG_SPLIT_NO_EMPTY;
    int i;

    for (i = 1; i < scan->count; i++) {
        size_t length = php_pcre_group_length(scan, i);

        if (!no_empty || length > 0) {
            size_t begin = (size_t) (php_pcre_group_text(scan, i) - scan->subject);
            add_piece(array, scan, begin, begin + length, flags & PREG_SPLIT_OFFSET_CAPTURE);
        }
    }
}

void php_pcre_split_impl(pcre_cache_entry *pce, const char *subject, int subject_len,
    zval *return_value, long limit_val, long flags)
{
    bool no_empty = flags & PREG_SPLIT_NO_EMPTY;
    bool with_offset = flags & PREG_SPLIT_OFFSET_CAPTURE;
    size_t piece = 0; /* where the next one begins */
    php_pcre_scan scan;

    if (limit_val == 0) {
        limit_val = -1;
    }
    array_init(return_value);
    php_pcre_scan_begin(&scan, pce, subject, (size_t) subject_len, 0);
    while ((limit_val == -1 || limit_val > 1) && php_pcre_scan_next(&scan)) {
        if (!no_empty || scan.offsets[0] != piece) {
            add_piece(return_value, &scan, piece,
                scan.offsets[0] < piece ? piece : scan.offsets[0], with_offset);
            if (limit_val != -1) {
                limit_val--;
            }
        }
        piece = scan.offsets[1];
        if (flags & PREG_SPLIT_DELIM_CAPTURE) {
            add_delimiters(return_value, &scan, flags);
        }
    }
    if (!no_empty || piece < (size_t) subject_len) {
        add_piece(return_value, &scan, piece, (size_t) subject_len, with_offset);
    }
    php_pcre_scan_end(&scan);
}

PHP_FUNCTION(preg_split)
{
    char *regex, *subject;
    int regex_len, subject_len;
    long limit = -1, flags = 0;
    pcre_cache_entry *pce;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss|ll", &regex, &regex_len, &subject,
            &subject_len, &limit, &flags) == FAILURE) {
        RETURN_FALSE;
    }
    pce = pcre_get_compiled_regex_cache(regex, regex_len);
    if (!pce) {
        RETURN_FALSE;
    }
    php_pcre_split_impl(pce, subject, subject_len, return_value, limit, flags);
}

/* Does the pattern match the element's text? */
static bool element_matches(pcre_cache_entry *pce, zval *element)
{
    zval text;
    bool matches;

    if (Z_TYPE_P(element) == IS_STRING) {
        return php_pcre_matches(pce, Z_STRVAL_P(element), Z_STRLEN_P(element));
    }
    INIT_PZVAL_COPY(&text, element);
    zval_copy_ctor(&text);
    convert_to_string(&text);
    matches = php_pcre_matches(pce, Z_STRVAL(text), Z_STRLEN(text));
    zval_dtor(&text);
    return matches;
}

/* Adds an element under its key, counted once more. */
static void add_element(zval *array, HashTable *source, HashPosition *position, zval **element)
{
    char *key;
    uint key_len;
    ulong index;

    Z_ADDREF_PP(element);
    if (zend_hash_get_current_key_ex(source, &key, &key_len, &index, 0, position)
        == HASH_KEY_IS_STRING) {
        zend_hash_update(Z_ARRVAL_P(array), key, key_len, element, sizeof(zval *), NULL);
    } else {
        zend_hash_index_update(Z_ARRVAL_P(array), index, element, sizeof(zval *), NULL);
    }
}

void php_pcre_grep_impl(pcre_cache_entry *pce, zval *input, zval *return_value, long flags)
{
    bool invert = flags & PREG_GREP_INVERT;
    HashPosition position;
    zval **element;

    array_init(return_value);
    PCRE_G(error_code) = PHP_PCRE_NO_ERROR;
    php_pcre_hold(pce);
    zend_hash_internal_pointer_reset_ex(Z_ARRVAL_P(input), &position);
    while (zend_hash_get_current_data_ex(Z_ARRVAL_P(input), (void **) &element, &position)
        == SUCCESS) {
        bool matches = element_matches(pce, *element);

        if (PCRE_G(error_code) != PHP_PCRE_NO_ERROR) {
            break;
        }
        if (matches != invert) {
            add_element(return_value, Z_ARRVAL_P(input), &position, element);
        }
        zend_hash_move_forward_ex(Z_ARRVAL_P(input), &position);
    }
    php_pcre_release(pce);
}

PHP_FUNCTION(preg_grep)
{
    char *regex;
    int regex_len;
    zval *input;
    long flags = 0;
    pcre_cache_entry *pce;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sa|l", &regex, &regex_len, &input, &flags)
        == FAILURE) {
        return;
    }
    pce = pcre_get_compiled_regex_cache(regex, regex_len);
    if (!pce) {
        RETURN_FALSE;
    }
    php_pcre_grep_impl(pce, input, return_value, flags);
}
