/* SPDX-License-Identifier: MIT */
/*
 * Source as coloured HTML (highlight_string(), -s) and without comments (-w).
 *
 * Both work on tokens, so they take any source, also one with syntax errors, and write
 * through zend_write().
 */
#ifndef ZEND_HIGHLIGHT_H
#define ZEND_HIGHLIGHT_H

#include "compile/zend_language_scanner.h"

/* The colours, as the ini directives highlight.* give them. */
typedef struct _zend_syntax_highlighter_ini {
    const char *highlight_html;
    const char *highlight_comment;
    const char *highlight_default;
    const char *highlight_string;
    const char *highlight_keyword;
} zend_syntax_highlighter_ini;

/* Writes the source as one <code> element. */
void zend_highlight(const zend_source *source, const zend_syntax_highlighter_ini *colors);

/* Writes the source without comments, white space between tokens made a single space. */
void zend_strip(const zend_source *source);

/* Writes a text as HTML: spaces as &nbsp;, newlines as <br />. */
void zend_html_puts(const char *text, size_t length);

#endif
