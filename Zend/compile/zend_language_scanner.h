/* SPDX-License-Identifier: MIT */
/*
 * The scanner: PHP source to tokens.
 *
 * A scanner is a struct, so any number can be at work, one inside the other
 * (eval, include), and none needs saving. It moves over the source in conditions, as PHP 5
 * does: HTML outside of `<?php`, scripting, inside of "..." and so on. A stack
 * of conditions follows the nesting in "{$a["{$b}"]}".
 *
 *     source:   $x = 'abc' . $y;
 *                    ^    ^      ^
 *                 text  cursor  limit       text..cursor is the token found last
 *
 * Invariants: start <= text <= cursor <= limit; *limit is NUL; the stacks and the values lie
 * in the scanner's arena, so that nothing needs freeing after a bail-out.
 *
 * Two callers: the parser uses zend_lex_scan(), which makes values, and skips what has no
 * meaning. Everyone who wants to see the source as written (token_get_all, highlighting,
 * dumps) uses zend_lex_next(), whose tokens concatenated give the source again.
 */
#ifndef ZEND_LANGUAGE_SCANNER_H
#define ZEND_LANGUAGE_SCANNER_H

#include "compile/zend_ast.h"

/* A piece of source. The text is the caller's, and must outlive the scanner. */
typedef struct _zend_source {
    const char *text;     /* text[length] must be NUL */
    size_t length;        /* bytes, at most INT_MAX */
    const char *filename; /* for __FILE__ and messages; interned or alive as long as the code */
    uint32_t first_line;  /* the number of the first line, usually 1 */
    size_t offset;        /* of text in its file: for __COMPILER_HALT_OFFSET__ */
    bool in_scripting;    /* begins with code, not HTML: eval, -r */
} zend_source;

/* The numbers show in "Unexpected character in input: ... state=%d". */
typedef enum _zend_lex_condition {
    yycST_IN_SCRIPTING,         /* between <?php and ?> */
    yycST_LOOKING_FOR_PROPERTY, /* behind ->: any word is a name */
    yycST_BACKQUOTE,            /* in `...` */
    yycST_DOUBLE_QUOTES,        /* in "..." */
    yycST_HEREDOC,              /* in <<<X ... X */
    yycST_LOOKING_FOR_VARNAME,  /* behind ${ in a string */
    yycST_VAR_OFFSET,           /* behind $a[ in a string */
    yycINITIAL,                 /* HTML */
    yycST_NOWDOC,               /* in <<<'X' ... X */
    yycST_END_HEREDOC           /* at the closing label */
} zend_lex_condition;

typedef struct _zend_heredoc_label zend_heredoc_label;

typedef struct _zend_lex_state {
    const char *start;  /* of the source */
    const char *text;   /* of the token */
    const char *cursor; /* behind the token: where scanning goes on */
    const char *limit;  /* of the source: the NUL */
    const char *marker; /* for re2c: where to return to if a longer match fails */

    uint32_t lineno;        /* line of cursor, but for pending_lines */
    uint32_t pending_lines; /* newlines in ?>\n count only when the next token is scanned */

    zend_lex_condition condition;
    zend_lex_condition *conditions; /* the stack of outer ones */
    int conditions_used, conditions_room;
    zend_heredoc_label *labels;     /* of open heredocs, innermost first */

    zend_arena **arena; /* for stacks and values */
    bool make_values;   /* the parser wants values and doc comments */
    zend_ast *value;    /* of the token, if it has one: a ZVAL */

    const char *doc_comment; /* the last one not yet taken by a declaration, or NULL */
    int doc_comment_length;

    const zend_source *source;
    int halt_countdown; /* zend_lex_next(): tokens until the rest of the file is data */
} zend_lex_state;

/* A token as zend_lex_next() gives it. */
typedef struct _zend_token {
    int id;           /* T_*, or the character */
    const char *text; /* in the source; not NUL-terminated */
    int length;
    uint32_t line;    /* where it begins */
} zend_token;

/* Sets a scanner to the beginning of a source. *arena must exist; it may grow. */
void zend_lex_begin(zend_lex_state *lex, const zend_source *source, zend_arena **arena);

/*
 * The next token, 0 at the end. Warnings (an unexpected character, an unterminated comment)
 * are raised as E_COMPILE_WARNING.
 */
int zend_lex_scan(zend_lex_state *lex);

/* The next token with its place; false at the end. After `__halt_compiler();` the rest is HTML. */
bool zend_lex_next(zend_lex_state *lex, zend_token *token);

/* What zend_language_scanner.re shares with zend_scan_literal.c. */

static inline int zend_lex_length(const zend_lex_state *lex)
{
    return (int) (lex->cursor - lex->text);
}

/* Counts the newlines (\n, \r\n, \r) in a text. */
void zend_lex_count_lines(zend_lex_state *lex, const char *text, size_t length);

/* Makes lex->value: the decimal, octal, hexadecimal or binary number that the token is. */
int zend_scan_decimal(zend_lex_state *lex);
int zend_scan_hexadecimal(zend_lex_state *lex);
int zend_scan_binary(zend_lex_state *lex);
int zend_scan_double(zend_lex_state *lex);
/* The index in "$a[12]": an integer if it reads back the same, else a string. */
int zend_scan_index(zend_lex_state *lex, bool canonical);

/* Makes lex->value: a string as it is; an interned copy. */
void zend_scan_string(zend_lex_state *lex, const char *text, size_t length);
/* The content of '...': \\ and \' resolved, lines counted. */
void zend_scan_single_quoted(zend_lex_state *lex, const char *text, size_t length);
/* The content of "...", `...` or a heredoc (quote 0): escapes resolved, lines counted. */
void zend_scan_escaped(zend_lex_state *lex, const char *text, size_t length, char quote);
/* __LINE__, __FILE__, __DIR__. */
void zend_scan_line(zend_lex_state *lex);
void zend_scan_file(zend_lex_state *lex);
void zend_scan_dir(zend_lex_state *lex);

#endif
