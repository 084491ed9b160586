/* SPDX-License-Identifier: MIT */
/*
 * Strings in many encodings.
 *
 * A string is decoded into code points, worked on, and encoded again. UTF-8 has a codec of its
 * own, the other encodings are those of iconv(3).
 *
 *      "h\xc3\xa9"  --mb_decode(UTF-8)-->  {'h', 0xe9}  --mb_encode(ISO-8859-1)-->  "h\xe9"
 */
#ifndef PHP_MBSTRING_H
#define PHP_MBSTRING_H

#include "main/php.h"

typedef struct _mb_encoding {
    const char *name;
    const char *aliases;   /* separated by spaces, with one in front and behind; or "" */
    const char *mime_name; /* or NULL */
    const char *iconv_name;
    int unit; /* bytes of the smallest character; 0: UTF-8 */
} mb_encoding;

/* Code points, emalloc'ed. MB_BAD stands for bytes that are no character. */
#define MB_BAD 0xffffffffu
typedef struct _mb_text {
    uint32_t *chars;
    size_t count;
} mb_text;

typedef enum _mb_substitution { MB_SUBSTITUTE_CHAR, MB_SUBSTITUTE_NONE, MB_SUBSTITUTE_LONG,
    MB_SUBSTITUTE_ENTITY } mb_substitution;

#define MB_MAX_DETECT_ORDER 32

typedef struct _mb_globals {
    const mb_encoding *internal_encoding;
    mb_substitution substitution;
    uint32_t substitute;
    const mb_encoding *detect_order[MB_MAX_DETECT_ORDER];
    int detect_order_count;
} mb_globals;

extern mb_globals mbstring_globals;
#define MBG(name) (mbstring_globals.name)

extern zend_module_entry mbstring_module_entry;

/* --- Encodings (mb_encoding.c) ------------------------------------------------------------- */

const mb_encoding *mb_find_encoding(const char *name);
const mb_encoding *mb_nth_encoding(int n); /* NULL behind the last */
/* name NULL: the internal encoding. NULL after the warning "Unknown encoding". */
const mb_encoding *mb_encoding_argument(const char *name);
void mb_encodings_shutdown(void); /* closes what iconv has open */

mb_text mb_decode(const mb_encoding *encoding, const char *string, size_t length);
/* Encodes; *length gets the bytes. The result is emalloc'ed, with a NUL behind. */
char *mb_encode(const mb_encoding *encoding, const uint32_t *chars, size_t count, size_t *length);
static inline void mb_text_free(mb_text *text)
{
    efree(text->chars);
}

/* Characters in a string, and where the n-th begins, without decoding if that can be avoided. */
size_t mb_count(const mb_encoding *encoding, const char *string, size_t length);
/* Bytes of the UTF-8 character that begins with this byte, by the byte alone. */
int mb_utf8_length(unsigned char lead);
/* Are all bytes characters? cut_off_is_good: but for an incomplete one at the end. */
bool mb_is_valid(const mb_encoding *encoding, const char *string, size_t length,
    bool cut_off_is_good);

/* --- Case (mb_case.c) ---------------------------------------------------------------------- */

#define MB_CASE_UPPER 0
#define MB_CASE_LOWER 1
#define MB_CASE_TITLE 2
void mb_change_case(mb_text *text, int mode);
/* For comparison without case. */
void mb_fold_case(mb_text *text);

/* --- Shared by functions ------------------------------------------------------------------- */

/* Sets return_value to chars[begin..end) in an encoding. */
void mb_return(zval *return_value, const mb_encoding *encoding, const mb_text *text, size_t begin,
    size_t end);
/* Columns that a character takes on a terminal: 1, or 2 for East Asian wide ones. */
int mb_char_width(uint32_t c);

PHP_FUNCTION(mb_convert_case);
PHP_FUNCTION(mb_strtoupper);
PHP_FUNCTION(mb_strtolower);
PHP_FUNCTION(mb_strpos);
PHP_FUNCTION(mb_strrpos);
PHP_FUNCTION(mb_stripos);
PHP_FUNCTION(mb_strripos);
PHP_FUNCTION(mb_strstr);
PHP_FUNCTION(mb_strrchr);
PHP_FUNCTION(mb_stristr);
PHP_FUNCTION(mb_strrichr);
PHP_FUNCTION(mb_substr_count);
PHP_FUNCTION(mb_strlen);
PHP_FUNCTION(mb_substr);
PHP_FUNCTION(mb_strcut);
PHP_FUNCTION(mb_strwidth);
PHP_FUNCTION(mb_strimwidth);
PHP_FUNCTION(mb_convert_encoding);
PHP_FUNCTION(mb_detect_encoding);
PHP_FUNCTION(mb_check_encoding);
PHP_FUNCTION(mb_detect_order);

/* A list of encodings: an array, or names with commas; "auto" is ASCII, UTF-8. The number of
 * those put into list (of MB_MAX_DETECT_ORDER), or -1 after a warning. */
int mb_encoding_list(zval *value, const mb_encoding **list);

#endif
