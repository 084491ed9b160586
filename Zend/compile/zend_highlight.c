/* SPDX-License-Identifier: MIT */
/*
 * Colouring and stripping of source.
 */
#include "compile/zend_highlight.h"

#include <string.h>

#include "compile/zend_language_parser.h"
#include "value/zend_operators.h"

static void write_text(const char *text)
{
    zend_write(text, (uint) strlen(text));
}

static const char *html_entity(char c)
{
    switch (c) {
    case '\n':
        return "<br />";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '\t':
        return "&nbsp;&nbsp;&nbsp;&nbsp;";
    case ' ':
        return "&nbsp;";
    }
    return NULL;
}

void zend_html_puts(const char *text, size_t length)
{
    size_t begin = 0;

    for (size_t i = 0; i < length; i++) {
        const char *entity = html_entity(text[i]);

        if (entity) {
            zend_write(text + begin, (uint) (i - begin));
            write_text(entity);
            begin = i + 1;
        }
    }
    zend_write(text + begin, (uint) (length - begin));
}

static const char *color_of(int token, const zend_syntax_highlighter_ini *colors)
{
    switch (token) {
    case T_INLINE_HTML:
        return colors->highlight_html;
    case T_COMMENT:
    case T_DOC_COMMENT:
        return colors->highlight_comment;
    case '"':
    case T_ENCAPSED_AND_WHITESPACE:
    case T_CONSTANT_ENCAPSED_STRING:
        return colors->highlight_string;
    case T_OPEN_TAG:
    case T_OPEN_TAG_WITH_ECHO:
    case T_CLOSE_TAG:
    case T_LINE:
    case T_FILE:
    case T_DIR:
    case T_CLASS_C:
    case T_TRAIT_C:
    case T_METHOD_C:
    case T_FUNC_C:
    case T_NS_C:
    case T_LNUMBER:
    case T_DNUMBER:
    case T_NUM_STRING:
    case T_STRING:
    case T_STRING_VARNAME:
    case T_VARIABLE:
        return colors->highlight_default;
    }
    return colors->highlight_keyword;
}

static void begin_span(const char *color)
{
    write_text("<span style=\"color: ");
    write_text(color);
    write_text("\">");
}

void zend_highlight(const zend_source *source, const zend_syntax_highlighter_ini *colors)
{
    const char *html = colors->highlight_html, *last = html;
    zend_arena *arena = zend_arena_create(1024);
    zend_lex_state lex;
    int token;

    write_text("<code>");
    begin_span(html);
    write_text("\n");
    zend_lex_begin(&lex, source, &arena);
    while ((token = zend_lex_scan(&lex))) {
        /* White space takes the colour of what stands before it. */
        const char *color = token == T_WHITESPACE ? last : color_of(token, colors);

        if (color != last) {
            if (last != html) {
                write_text("</span>");
            }
            if (color != html) {
                begin_span(color);
            }
            last = color;
        }
        zend_html_puts(lex.text, zend_lex_length(&lex));
    }
    if (last != html) {
        write_text("</span>\n");
    }
    write_text("</span>\n</code>");
    zend_arena_destroy(arena);
}

void zend_strip(const zend_source *source)
{
    zend_arena *arena = zend_arena_create(1024);
    bool after_space = false;
    zend_lex_state lex;
    int token;

    zend_lex_begin(&lex, source, &arena);
    while ((token = zend_lex_scan(&lex))) {
        switch (token) {
        case T_WHITESPACE:
            if (!after_space) {
                zend_write(" ", 1);
            }
            after_space = true;
            break;
        case T_COMMENT:
        case T_DOC_COMMENT:
            break;
        case T_END_HEREDOC:
            /* The label must stay alone on its line, but for a semicolon. */
            zend_write(lex.text, zend_lex_length(&lex));
            token = zend_lex_scan(&lex);
            if (token && token != T_WHITESPACE) {
                zend_write(lex.text, zend_lex_length(&lex));
            }
            zend_write("\n", 1);
            after_space = true;
            break;
        default:
            zend_write(lex.text, zend_lex_length(&lex));
            after_space = false;
        }
    }
    zend_arena_destroy(arena);
}
