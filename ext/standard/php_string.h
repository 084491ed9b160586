/* SPDX-License-Identifier: MIT */
/*
 * The string functions that other parts of the program call.
 *
 * Lengths are without the NUL unless a comment says otherwise. A char * result is emalloc'ed,
 * NUL-terminated, and the caller's to efree(), unless a comment says otherwise.
 */
#ifndef PHP_STRING_H
#define PHP_STRING_H

#include "main/php.h"

#define STR_PAD_LEFT 0
#define STR_PAD_RIGHT 1
#define STR_PAD_BOTH 2

/* Modes of php_trim. */
#define PHP_TRIM_LEFT 1
#define PHP_TRIM_RIGHT 2
#define PHP_TRIM_BOTH 3

/*
 * A result that would not fit a PHP string's int length: a fatal error, like a failed allocation.
 */
size_t php_string_check_length(size_t length);

/*
 * Marks in mask (256 bytes) the characters of a list such as "a..z_". SUCCESS, or FAILURE after a
 * warning about a malformed range; the other characters are marked all the same.
 */
int php_charmask(const unsigned char *input, int len, char *mask);
/* `what` (NULL: white space and NUL) is cut off the ends that mode names. Into return_value when
 * that is not NULL, else the result is returned. */
char *php_trim(const char *c, int len, const char *what, int what_len, zval *return_value,
    int mode);

/* In place, by the locale's rules; return s. */
char *php_strtoupper(char *s, size_t len);
char *php_strtolower(char *s, size_t len);

/* "a'b" -> "a\'b". length 0: strlen. should_free: str is released. */
char *php_addslashes(char *str, int length, int *new_length, int should_free);
/* In place; *len (or NULL) becomes the new length. */
void php_stripslashes(char *str, int *len);
char *php_addcslashes(const char *str, int length, int *new_length, int should_free,
    const char *what, int wlength);
void php_stripcslashes(char *str, int *len);

/* All occurrences of needle replaced; *replace_count (or NULL) grows by their number. */
char *php_str_to_str_ex(const char *haystack, int length, const char *needle, int needle_len,
    const char *str, int str_len, int *new_length, int case_sensitivity, int *replace_count);
char *php_str_to_str(const char *haystack, int length, const char *needle, int needle_len,
    const char *str, int str_len, int *new_length);

/* Splits into / joins from an array. A negative limit drops that many from the end. */
void php_explode(zval *delim, zval *str, zval *return_value, long limit);
void php_explode_negative_limit(zval *delim, zval *str, zval *return_value, long limit);
void php_implode(zval *delim, zval *arr, zval *return_value);

/*
 * Removes tags in place; returns the new length. allow: "<b><i>" of tags that stay, or NULL. *state
 * carries what the text is inside of (0: nothing) from one call to the next; NULL: one call.
 */
size_t php_strip_tags(char *buffer, int len, int *state, const char *allow, int allow_len);

/* "Natural" order: numbers inside the strings compare as numbers. -1, 0, 1. */
int strnatcmp_ex(const char *a, size_t a_len, const char *b, size_t b_len, int fold_case);
#define strnatcmp(a, b) strnatcmp_ex((a), strlen(a), (b), strlen(b), 0)
#define strnatcasecmp(a, b) strnatcmp_ex((a), strlen(a), (b), strlen(b), 1)

/* Bytes as hexadecimal digits. */
char *php_bin2hex(const unsigned char *old, size_t oldlen, size_t *newlen);

/* -1, 0, 1: versions as version_compare() sees them. */
int php_version_compare(const char *orig_ver1, const char *orig_ver2);

/*
 * One line of comma separated values as an array. buf is emalloc'ed and taken over. stream (or
 * NULL): where the next line comes from when a field in quotes runs over the end of this one.
 */
void php_fgetcsv(php_stream *stream, char delimiter, char enclosure, char escape_char,
    size_t buf_len, char *buf, zval *return_value);
/* Writes the fields as one line; the number of bytes, or -1. */
int php_fputcsv(php_stream *stream, zval *fields, char delimiter, char enclosure,
    char escape_char);

/*
 * The format functions' engine: format is args[format_offset], its values are behind it (use_array:
 * in the array there). The result, *len its length, or NULL after a warning. Takes the
 * running function's arguments.
 */
char *php_formatted_print(int ht, int *len, int use_array, int format_offset,
    zval *return_value);

/* sscanf(): assigns to the references args[varStart...], or, without any, fills return_value with
 * an array. A SCAN_* code. */
#define SCAN_SUCCESS SUCCESS
#define SCAN_ERROR_EOF -1
#define SCAN_ERROR_INVALID_FORMAT (SCAN_ERROR_EOF - 1)
#define SCAN_ERROR_WRONG_PARAM_COUNT (SCAN_ERROR_INVALID_FORMAT - 1)
int php_sscanf_internal(const char *string, const char *format, int argCount, zval ***args,
    int varStart, zval **return_value);

#endif
