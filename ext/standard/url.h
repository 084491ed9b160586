/* SPDX-License-Identifier: MIT */
/* URLs: taking them apart, and writing text so that it may be part of one. */
#ifndef PHP_URL_H
#define PHP_URL_H

#include "main/php.h"

#define PHP_URL_SCHEME 0
#define PHP_URL_HOST 1
#define PHP_URL_PORT 2
#define PHP_URL_USER 3
#define PHP_URL_PASS 4
#define PHP_URL_PATH 5
#define PHP_URL_QUERY 6
#define PHP_URL_FRAGMENT 7

#define PHP_QUERY_RFC1738 1 /* a space is "+" */
#define PHP_QUERY_RFC3986 2 /* a space is "%20" */

/* The parts that are there; the others are NULL resp. 0. Each is emalloc'ed. */
typedef struct _php_url {
    char *scheme, *user, *pass, *host, *path, *query, *fragment;
    unsigned short port;
} php_url;

/* NULL when it is no URL at all. php_url_free() releases the result. */
php_url *php_url_parse(const char *str);
php_url *php_url_parse_ex(const char *str, int length);
void php_url_free(php_url *url);

/* Decode in place; return the new length. */
int php_url_decode(char *str, int len);
int php_raw_url_decode(char *str, int len);
/* emalloc'ed; *new_length (or NULL) gets the length. */
char *php_url_encode(const char *s, int len, int *new_length);
char *php_raw_url_encode(const char *s, int len, int *new_length);

/* emalloc'ed; decoding gives NULL when strict and the text holds what can't be decoded. */
unsigned char *php_base64_encode(const unsigned char *str, int length, int *ret_length);
unsigned char *php_base64_decode_ex(const unsigned char *str, int length, int *ret_length,
    zend_bool strict);
#define php_base64_decode(str, length, ret_length) \
    php_base64_decode_ex((str), (length), (ret_length), 0)

#endif
