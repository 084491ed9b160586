/* SPDX-License-Identifier: MIT */
/* HTML's special characters written as entities, and read back. */
#ifndef PHP_HTML_H
#define PHP_HTML_H

#include "main/php.h"

#define ENT_HTML_QUOTE_NONE 0
#define ENT_HTML_QUOTE_SINGLE 1
#define ENT_HTML_QUOTE_DOUBLE 2
#define ENT_HTML_IGNORE_ERRORS 4
#define ENT_HTML_SUBSTITUTE_ERRORS 8
#define ENT_HTML_DOC_TYPE_MASK (16 | 32)
#define ENT_HTML_DOC_HTML401 0
#define ENT_HTML_DOC_XML1 16
#define ENT_HTML_DOC_XHTML 32
#define ENT_HTML_DOC_HTML5 (16 | 32)
#define ENT_HTML_SUBSTITUTE_DISALLOWED_CHARS 128

#define ENT_COMPAT ENT_HTML_QUOTE_DOUBLE
#define ENT_QUOTES (ENT_HTML_QUOTE_DOUBLE | ENT_HTML_QUOTE_SINGLE)
#define ENT_NOQUOTES ENT_HTML_QUOTE_NONE

/*
 * flags: the ENT_ ones. hint_charset: NULL for the default one; one that is not known raises a
 * warning. all: every character that has an entity, not only the special ones. The results are
 * emalloc'ed, and "" when the text is malformed in its charset (unless flags say otherwise).
 */
char *php_escape_html_entities_ex(const char *old, size_t oldlen, size_t *newlen, int all,
    int flags, const char *hint_charset, zend_bool double_encode);
#define php_escape_html_entities(old, oldlen, newlen, all, flags, hint_charset) \
    php_escape_html_entities_ex((old), (oldlen), (newlen), (all), (flags), (hint_charset), 1)
char *php_unescape_html_entities(const char *old, size_t oldlen, size_t *newlen, int all,
    int flags, const char *hint_charset);

#endif
