/* SPDX-License-Identifier: MIT */
/*
 * convert_cyr_string(): Cyrillic text from one 8-bit charset to another.
 *
 * The letters are found by their place in Unicode through iconv; what the target lacks stays as it
 * is.
 */
#include <ctype.h>
#include <iconv.h>

#include "ext/standard/basic_functions.h"

/* The charset of a letter code, or NULL. */
static const char *cyrillic_charset(char code)
{
    switch (toupper((unsigned char) code)) {
    case 'K':
        return "KOI8-R";
    case 'W':
        return "CP1251";
    case 'A':
    case 'D':
        return "CP866";
    case 'I':
        return "ISO-8859-5";
    case 'M':
        return "MAC-CYRILLIC";
    }
    return NULL;
}

/* map[c] becomes the byte of the target that means what c means in the source. */
static void make_map(const char *from, const char *to, unsigned char map[256])
{
    iconv_t converter = iconv_open(to, from);
    int c;

    for (c = 0; c < 256; c++) {
        char in = (char) c, out = (char) c, *in_p = &in, *out_p = &out;
        size_t in_left = 1, out_left = 1;

        map[c] = (unsigned char) c;
        if (c < 128 || converter == (iconv_t) -1) {
            continue;
        }
        if (iconv(converter, &in_p, &in_left, &out_p, &out_left) == 0 && out_left == 0) {
            map[c] = (unsigned char) out;
        }
        iconv(converter, NULL, NULL, NULL, NULL);
    }
    if (converter != (iconv_t) -1) {
        iconv_close(converter);
    }
}

PHP_FUNCTION(convert_cyr_string)
{
    char *str, *from, *to;
    int len, from_len, to_len, i;
    const char *source, *target;
    unsigned char map[256], *text;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sss", &str, &len, &from, &from_len, &to, &to_len)
        == FAILURE) {
        return;
    }
    source = cyrillic_charset(*from);
    target = cyrillic_charset(*to);
    if (!source) {
        php_error_docref(NULL, E_WARNING, "Unknown source charset: %c", *from);
    }
    if (!target) {
        php_error_docref(NULL, E_WARNING, "Unknown destination charset: %c", *to);
    }
    RETVAL_STRINGL(str, len, 1);
    /* An unknown charset counts as KOI8-R. */
    make_map(source ? source : "KOI8-R", target ? target : "KOI8-R", map);
    text = (unsigned char *) Z_STRVAL_P(return_value);
    for (i = 0; i < len; i++) {
        text[i] = map[text[i]];
    }
}

static const zend_function_entry cyr_convert_functions[] = {
    PHP_FE(convert_cyr_string, "$str, $from, $to",
        "Converts Cyrillic text from one charset to another.")
    PHP_FE_END
};

const php_standard_part standard_cyr_convert_part = { .functions = cyr_convert_functions };
