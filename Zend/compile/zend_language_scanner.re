/* SPDX-License-Identifier: MIT */
/*
 * The scanner's rules, one block for each condition (see zend_language_scanner.h).
 *
 * re2c turns the block in zend_lex_scan() into C. What needs no pattern, because it runs to
 * some end (HTML, comments, strings), is scanned by hand in the functions above it. The
 * source ends with a NUL, which no pattern matches but the last one of a condition: so the
 * generated code never reads beyond it.
 */
#include "compile/zend_language_scanner.h"

#include <string.h>
#include <strings.h>

#include "compile/zend_language_parser.h"
#include "compile/zend_tokens.h"
#include "runtime/zend_errors.h"
#include "runtime/zend_globals.h"

#if defined(__GNUC__)
/* Generated: labels that no rule of a condition uses. */
#pragma GCC diagnostic ignored "-Wunused-label"
#endif

/* An open heredoc. */
struct _zend_heredoc_label {
    const char *text; /* in the source */
    int length;
    zend_heredoc_label *outer; /* the heredoc around this one, or NULL */
};

static inline bool is_label_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
        || (unsigned char) c >= 0x7f;
}

/* Conditions. */

static void push_condition(zend_lex_state *lex, zend_lex_condition condition)
{
    if (lex->conditions_used == lex->conditions_room) {
        int room = lex->conditions_room ? 2 * lex->conditions_room : 16;
        zend_lex_condition *grown = zend_arena_alloc(lex->arena, room * sizeof(*grown));

        if (lex->conditions_used) {
            memcpy(grown, lex->conditions, lex->conditions_used * sizeof(*grown));
        }
        lex->conditions = grown;
        lex->conditions_room = room;
    }
    lex->conditions[lex->conditions_used++] = lex->condition;
    lex->condition = condition;
}

static void pop_condition(zend_lex_state *lex)
{
    lex->condition = lex->conditions[--lex->conditions_used];
}

/* Keeps only the first `length` bytes of the token; the rest is scanned again. */
static inline void less(zend_lex_state *lex, int length)
{
    lex->cursor = lex->text + length;
}

void zend_lex_count_lines(zend_lex_state *lex, const char *text, size_t length)
{
    const char *end = text + length;

    for (; text < end; text++) {
        if (*text == '\n' || (*text == '\r' && text[1] != '\n')) {
            lex->lineno++;
        }
    }
}

void zend_lex_begin(zend_lex_state *lex, const zend_source *source, zend_arena **arena)
{
    memset(lex, 0, sizeof(*lex));
    lex->source = source;
    lex->start = lex->text = lex->cursor = source->text;
    lex->limit = source->text + source->length;
    lex->lineno = source->first_line;
    lex->condition = source->in_scripting ? yycST_IN_SCRIPTING : yycINITIAL;
    lex->arena = arena;
}

/* HTML and tags. */

static bool starts_with(const zend_lex_state *lex, const char *at, const char *text, size_t length)
{
    return (size_t) (lex->limit - at) >= length && !strncasecmp(at, text, length);
}

static const char *skip_white_space(const char *at)
{
    while (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r') {
        at++;
    }
    return at;
}

/* The length of `<script language="php">` at a place, or 0. */
static int script_tag_length(const zend_lex_state *lex, const char *begin)
{
    const char *at = skip_white_space(begin + strlen("<script"));
    char quote;

    if (at == begin + strlen("<script") || !starts_with(lex, at, "language", 8)) {
        return 0;
    }
    at = skip_white_space(at + 8);
    if (*at++ != '=') {
        return 0;
    }
    at = skip_white_space(at);
    quote = *at == '"' || *at == '\'' ? *at++ : '\0';
    if (!starts_with(lex, at, "php", 3)) {
        return 0;
    }
    at += 3;
    if (quote && *at++ != quote) {
        return 0;
    }
    at = skip_white_space(at);
    return *at == '>' ? (int) (at + 1 - begin) : 0;
}

/* The length of the opening tag at a '<', and its token; 0 if it is just HTML. */
static int open_tag_length(const zend_lex_state *lex, const char *at, int *token)
{
    *token = T_OPEN_TAG;
    if (at[1] == '?') {
        if (starts_with(lex, at, "<?php", 5)) {
            switch (at[5]) {
            case '\r':
                return at[6] == '\n' ? 7 : 6;
            case ' ':
            case '\t':
            case '\n':
                return 6;
            }
        }
        if (at[2] == '=') {
            *token = T_OPEN_TAG_WITH_ECHO;
            return 3;
        }
        return CG(short_tags) ? 2 : 0;
    }
    if (at[1] == '%' && CG(asp_tags)) {
        if (at[2] == '=') {
            *token = T_OPEN_TAG_WITH_ECHO;
            return 3;
        }
        return 2;
    }
    return starts_with(lex, at, "<script", 7) ? script_tag_length(lex, at) : 0;
}

/* A tag at the cursor, or else HTML up to the next one. */
static int scan_html(zend_lex_state *lex)
{
    const char *at = lex->cursor;
    int token, length;

    while ((at = memchr(at, '<', lex->limit - at))) {
        length = open_tag_length(lex, at, &token);
        if (length && at == lex->cursor) {
            lex->cursor += length;
            zend_lex_count_lines(lex, lex->text, length);
            lex->condition = yycST_IN_SCRIPTING;
            return token;
        }
        if (length) {
            break;
        }
        at++;
    }
    lex->cursor = at ? at : lex->limit;
    zend_scan_string(lex, lex->text, zend_lex_length(lex));
    zend_lex_count_lines(lex, lex->text, zend_lex_length(lex));
    return T_INLINE_HTML;
}

static int scan_close_tag(zend_lex_state *lex)
{
    const char *end = lex->cursor;

    lex->condition = yycINITIAL;
    lex->pending_lines = end[-1] != '>';
    while (end[-1] != '>') {
        end--;
    }
    /* A newline inside of the tag itself: `</script\n>`. */
    zend_lex_count_lines(lex, lex->text, end - lex->text);
    return T_CLOSE_TAG;
}

/* White space and comments. */

static int scan_white_space(zend_lex_state *lex)
{
    zend_lex_count_lines(lex, lex->text, zend_lex_length(lex));
    return T_WHITESPACE;
}

static int scan_line_comment(zend_lex_state *lex)
{
    const char *at = lex->cursor;

    for (; at < lex->limit; at++) {
        if (*at == '\n' || *at == '\r') {
            at += *at == '\r' && at[1] == '\n' ? 2 : 1;
            lex->lineno++;
            break;
        }
        if ((*at == '?' || (*at == '%' && CG(asp_tags))) && at[1] == '>') {
            break;
        }
    }
    lex->cursor = at;
    return T_COMMENT;
}

/* Raises a compile-time warning at the scanner's line. */
#define SCAN_WARNING(lex, ...) \
    do { \
        if ((lex)->make_values) { \
            CG(zend_lineno) = (lex)->lineno; \
        } \
        zend_error(E_COMPILE_WARNING, __VA_ARGS__); \
    } while (0)

static int scan_block_comment(zend_lex_state *lex, int token)
{
    const char *end = memmem(lex->cursor, lex->limit - lex->cursor, "*/", 2);

    if (end) {
        lex->cursor = end + 2;
    } else {
        lex->cursor = lex->limit;
        SCAN_WARNING(lex, "Unterminated comment starting line %d", (int) lex->lineno);
    }
    zend_lex_count_lines(lex, lex->text, zend_lex_length(lex));
    if (token == T_DOC_COMMENT && lex->make_values) {
        lex->doc_comment = lex->text;
        lex->doc_comment_length = zend_lex_length(lex);
    }
    return token;
}

static void unexpected_character(zend_lex_state *lex)
{
    int c = (unsigned char) *lex->text;

    SCAN_WARNING(lex, "Unexpected character in input:  '%c' (ASCII=%d) state=%d", c, c,
        (int) lex->condition);
}

/* Strings. */

/* 'text', the cursor being behind the quote; an unterminated one is no string. */
static int scan_single_quotes(zend_lex_state *lex)
{
    const char *begin = lex->cursor, *at = begin;

    while (at < lex->limit && *at != '\'') {
        at += *at == '\\' && at + 1 < lex->limit ? 2 : 1;
    }
    if (at == lex->limit) {
        lex->cursor = at;
        zend_lex_count_lines(lex, lex->text, zend_lex_length(lex));
        return T_ENCAPSED_AND_WHITESPACE;
    }
    lex->cursor = at + 1;
    zend_scan_single_quoted(lex, begin, at - begin);
    return T_CONSTANT_ENCAPSED_STRING;
}

static inline bool is_interpolation(const zend_lex_state *lex, const char *at)
{
    if (*at == '$') {
        return at + 1 < lex->limit && (is_label_start(at[1]) || at[1] == '{');
    }
    return *at == '{' && at[1] == '$';
}

/* From a place in a string with interpolation to the end of its literal part. */
static const char *literal_end(const zend_lex_state *lex, const char *at, char quote)
{
    while (at < lex->limit && *at != quote && !is_interpolation(lex, at)) {
        at += *at == '\\' && at + 1 < lex->limit ? 2 : 1;
    }
    return at;
}

/* A double quote in scripting: a whole string without interpolation, or the beginning of one. */
static int scan_double_quotes(zend_lex_state *lex)
{
    const char *begin = lex->cursor, *at = literal_end(lex, begin, '"');

    if (at < lex->limit && *at == '"') {
        lex->cursor = at + 1;
        zend_scan_escaped(lex, begin, at - begin, '"');
        return T_CONSTANT_ENCAPSED_STRING;
    }
    lex->condition = yycST_DOUBLE_QUOTES;
    return '"';
}

/* The literal part of "..." or `...`. */
static int scan_quoted_part(zend_lex_state *lex, char quote)
{
    const char *begin = lex->text;

    /* A '$' or '{' that the rules did not take is literal. */
    lex->cursor = literal_end(lex, *begin == '\\' ? begin : begin + 1, quote);
    zend_scan_escaped(lex, begin, zend_lex_length(lex), quote);
    return T_ENCAPSED_AND_WHITESPACE;
}

/* Heredocs. */

/* Does a line beginning here end the heredoc? The label stands alone, but for a ';'. */
static bool is_heredoc_end(const zend_lex_state *lex, const char *at)
{
    const zend_heredoc_label *label = lex->labels;

    if (lex->limit - at <= label->length || memcmp(at, label->text, label->length)) {
        return false;
    }
    at += label->length;
    at += *at == ';';
    return *at == '\n' || *at == '\r';
}

static void begin_heredoc(zend_lex_state *lex)
{
    zend_heredoc_label *label = zend_arena_alloc(lex->arena, sizeof(*label));
    const char *at = lex->text + (*lex->text != '<') + 3, *end = lex->cursor - 1;

    lex->lineno++;
    if (end[-1] == '\r' && *end == '\n') {
        end--;
    }
    while (*at == ' ' || *at == '\t') {
        at++;
    }
    lex->condition = *at == '\'' ? yycST_NOWDOC : yycST_HEREDOC;
    if (*at == '\'' || *at == '"') {
        at++;
        end--;
    }
    label->text = at;
    label->length = (int) (end - at);
    label->outer = lex->labels;
    lex->labels = label;
    if (is_heredoc_end(lex, lex->cursor)) {
        lex->condition = yycST_END_HEREDOC;
    }
}

static int end_heredoc(zend_lex_state *lex)
{
    lex->cursor = lex->text + lex->labels->length;
    lex->labels = lex->labels->outer;
    lex->condition = yycST_IN_SCRIPTING;
    return T_END_HEREDOC;
}

/* The bytes of the newline at a place: 0, 1 or 2. */
static int newline_length(const char *at)
{
    if (*at == '\r') {
        return at[1] == '\n' ? 2 : 1;
    }
    return *at == '\n';
}

/*
 * The text of a heredoc up to its end or, if `interpolates`, up to the next variable. The
 * newline before the closing label belongs to the token, not to the value.
 */
static int scan_heredoc_part(zend_lex_state *lex, bool interpolates)
{
    const char *at = lex->text;
    int newline = 0;

    while (at < lex->limit) {
        newline = newline_length(at);
        if (newline) {
            at += newline;
            if (is_heredoc_end(lex, at)) {
                lex->condition = yycST_END_HEREDOC;
                break;
            }
            newline = 0;
            continue;
        }
        if (interpolates && at > lex->text && is_interpolation(lex, at)) {
            break;
        }
        if (interpolates && *at == '\\' && at + 1 < lex->limit && !newline_length(at + 1)) {
            at++;
        }
        at++;
    }
    lex->cursor = at;
    if (interpolates) {
        zend_scan_escaped(lex, lex->text, zend_lex_length(lex) - newline, 0);
    } else {
        zend_scan_string(lex, lex->text, zend_lex_length(lex) - newline);
        zend_lex_count_lines(lex, lex->text, zend_lex_length(lex) - newline);
    }
    lex->lineno += newline > 0;
    return T_ENCAPSED_AND_WHITESPACE;
}

/* Names. */

static int scan_label(zend_lex_state *lex)
{
    zend_scan_string(lex, lex->text, zend_lex_length(lex));
    return T_STRING;
}

static int scan_variable(zend_lex_state *lex, int length)
{
    less(lex, length);
    zend_scan_string(lex, lex->text + 1, length - 1);
    return T_VARIABLE;
}

/* The rules. */

int zend_lex_scan(zend_lex_state *lex)
{
    lex->lineno += lex->pending_lines;
    lex->pending_lines = 0;
restart:
    lex->value = NULL;
    lex->text = lex->cursor;
    if (lex->cursor >= lex->limit && lex->condition != yycST_END_HEREDOC) {
        return 0;
    }

/*!re2c
re2c:api:style = free-form;
re2c:define:YYCTYPE = "unsigned char";
re2c:define:YYCURSOR = "lex->cursor";
re2c:define:YYMARKER = "lex->marker";
re2c:define:YYPEEK = "*(const unsigned char *) lex->cursor";
re2c:define:YYSKIP = "++lex->cursor;";
re2c:define:YYBACKUP = "lex->marker = lex->cursor;";
re2c:define:YYRESTORE = "lex->cursor = lex->marker;";
re2c:api = custom;
re2c:define:YYGETCONDITION = "lex->condition";
re2c:define:YYSETCONDITION = "lex->condition = @@;";
re2c:yyfill:enable = 0;
re2c:indent:string = "    ";

LNUM = [0-9]+;
DNUM = ([0-9]*"."[0-9]+)|([0-9]+"."[0-9]*);
EXPONENT_DNUM = ((LNUM|DNUM)[eE][+-]?LNUM);
HNUM = '0x'[0-9a-fA-F]+;
BNUM = '0b'[01]+;
LABEL = [a-zA-Z_\x7f-\xff][a-zA-Z0-9_\x7f-\xff]*;
LABEL_START = [a-zA-Z_\x7f-\xff];
WHITESPACE = [ \n\r\t]+;
SPACES = [ \t]*;
NEWLINE = ("\r"|"\n"|"\r\n");
PUNCTUATION = [;:,.\[\]()|^&+\-/*=%!~$<>?@];
ANY = [^];

<INITIAL> "" { return scan_html(lex); }

<ST_IN_SCRIPTING> 'exit' { return T_EXIT; }
<ST_IN_SCRIPTING> 'die' { return T_EXIT; }
<ST_IN_SCRIPTING> 'function' { return T_FUNCTION; }
<ST_IN_SCRIPTING> 'const' { return T_CONST; }
<ST_IN_SCRIPTING> 'return' { return T_RETURN; }
<ST_IN_SCRIPTING> 'yield' { return T_YIELD; }
<ST_IN_SCRIPTING> 'try' { return T_TRY; }
<ST_IN_SCRIPTING> 'catch' { return T_CATCH; }
<ST_IN_SCRIPTING> 'finally' { return T_FINALLY; }
<ST_IN_SCRIPTING> 'throw' { return T_THROW; }
<ST_IN_SCRIPTING> 'if' { return T_IF; }
<ST_IN_SCRIPTING> 'elseif' { return T_ELSEIF; }
<ST_IN_SCRIPTING> 'endif' { return T_ENDIF; }
<ST_IN_SCRIPTING> 'else' { return T_ELSE; }
<ST_IN_SCRIPTING> 'while' { return T_WHILE; }
<ST_IN_SCRIPTING> 'endwhile' { return T_ENDWHILE; }
<ST_IN_SCRIPTING> 'do' { return T_DO; }
<ST_IN_SCRIPTING> 'for' { return T_FOR; }
<ST_IN_SCRIPTING> 'endfor' { return T_ENDFOR; }
<ST_IN_SCRIPTING> 'foreach' { return T_FOREACH; }
<ST_IN_SCRIPTING> 'endforeach' { return T_ENDFOREACH; }
<ST_IN_SCRIPTING> 'declare' { return T_DECLARE; }
<ST_IN_SCRIPTING> 'enddeclare' { return T_ENDDECLARE; }
<ST_IN_SCRIPTING> 'instanceof' { return T_INSTANCEOF; }
<ST_IN_SCRIPTING> 'as' { return T_AS; }
<ST_IN_SCRIPTING> 'switch' { return T_SWITCH; }
<ST_IN_SCRIPTING> 'endswitch' { return T_ENDSWITCH; }
<ST_IN_SCRIPTING> 'case' { return T_CASE; }
<ST_IN_SCRIPTING> 'default' { return T_DEFAULT; }
<ST_IN_SCRIPTING> 'break' { return T_BREAK; }
<ST_IN_SCRIPTING> 'continue' { return T_CONTINUE; }
<ST_IN_SCRIPTING> 'goto' { return T_GOTO; }
<ST_IN_SCRIPTING> 'echo' { return T_ECHO; }
<ST_IN_SCRIPTING> 'print' { return T_PRINT; }
<ST_IN_SCRIPTING> 'class' { return T_CLASS; }
<ST_IN_SCRIPTING> 'interface' { return T_INTERFACE; }
<ST_IN_SCRIPTING> 'trait' { return T_TRAIT; }
<ST_IN_SCRIPTING> 'extends' { return T_EXTENDS; }
<ST_IN_SCRIPTING> 'implements' { return T_IMPLEMENTS; }
<ST_IN_SCRIPTING> 'new' { return T_NEW; }
<ST_IN_SCRIPTING> 'clone' { return T_CLONE; }
<ST_IN_SCRIPTING> 'var' { return T_VAR; }
<ST_IN_SCRIPTING> 'eval' { return T_EVAL; }
<ST_IN_SCRIPTING> 'include' { return T_INCLUDE; }
<ST_IN_SCRIPTING> 'include_once' { return T_INCLUDE_ONCE; }
<ST_IN_SCRIPTING> 'require' { return T_REQUIRE; }
<ST_IN_SCRIPTING> 'require_once' { return T_REQUIRE_ONCE; }
<ST_IN_SCRIPTING> 'namespace' { return T_NAMESPACE; }
<ST_IN_SCRIPTING> 'use' { return T_USE; }
<ST_IN_SCRIPTING> 'insteadof' { return T_INSTEADOF; }
<ST_IN_SCRIPTING> 'global' { return T_GLOBAL; }
<ST_IN_SCRIPTING> 'isset' { return T_ISSET; }
<ST_IN_SCRIPTING> 'empty' { return T_EMPTY; }
<ST_IN_SCRIPTING> '__halt_compiler' { return T_HALT_COMPILER; }
<ST_IN_SCRIPTING> 'static' { return T_STATIC; }
<ST_IN_SCRIPTING> 'abstract' { return T_ABSTRACT; }
<ST_IN_SCRIPTING> 'final' { return T_FINAL; }
<ST_IN_SCRIPTING> 'private' { return T_PRIVATE; }
<ST_IN_SCRIPTING> 'protected' { return T_PROTECTED; }
<ST_IN_SCRIPTING> 'public' { return T_PUBLIC; }
<ST_IN_SCRIPTING> 'unset' { return T_UNSET; }
<ST_IN_SCRIPTING> 'list' { return T_LIST; }
<ST_IN_SCRIPTING> 'array' { return T_ARRAY; }
<ST_IN_SCRIPTING> 'callable' { return T_CALLABLE; }
<ST_IN_SCRIPTING> 'or' { return T_LOGICAL_OR; }
<ST_IN_SCRIPTING> 'and' { return T_LOGICAL_AND; }
<ST_IN_SCRIPTING> 'xor' { return T_LOGICAL_XOR; }

<ST_IN_SCRIPTING> '__class__' { return T_CLASS_C; }
<ST_IN_SCRIPTING> '__trait__' { return T_TRAIT_C; }
<ST_IN_SCRIPTING> '__function__' { return T_FUNC_C; }
<ST_IN_SCRIPTING> '__method__' { return T_METHOD_C; }
<ST_IN_SCRIPTING> '__namespace__' { return T_NS_C; }
<ST_IN_SCRIPTING> '__line__' { zend_scan_line(lex); return T_LINE; }
<ST_IN_SCRIPTING> '__file__' { zend_scan_file(lex); return T_FILE; }
<ST_IN_SCRIPTING> '__dir__' { zend_scan_dir(lex); return T_DIR; }

<ST_IN_SCRIPTING> "->" {
    push_condition(lex, yycST_LOOKING_FOR_PROPERTY);
    return T_OBJECT_OPERATOR;
}
<ST_IN_SCRIPTING> "::" { return T_PAAMAYIM_NEKUDOTAYIM; }
<ST_IN_SCRIPTING> "\\" { return T_NS_SEPARATOR; }
<ST_IN_SCRIPTING> "..." { return T_ELLIPSIS; }
<ST_IN_SCRIPTING> "=>" { return T_DOUBLE_ARROW; }
<ST_IN_SCRIPTING> "++" { return T_INC; }
<ST_IN_SCRIPTING> "--" { return T_DEC; }
<ST_IN_SCRIPTING> "===" { return T_IS_IDENTICAL; }
<ST_IN_SCRIPTING> "!==" { return T_IS_NOT_IDENTICAL; }
<ST_IN_SCRIPTING> "==" { return T_IS_EQUAL; }
<ST_IN_SCRIPTING> "!=" | "<>" { return T_IS_NOT_EQUAL; }
<ST_IN_SCRIPTING> "<=" { return T_IS_SMALLER_OR_EQUAL; }
<ST_IN_SCRIPTING> ">=" { return T_IS_GREATER_OR_EQUAL; }
<ST_IN_SCRIPTING> "+=" { return T_PLUS_EQUAL; }
<ST_IN_SCRIPTING> "-=" { return T_MINUS_EQUAL; }
<ST_IN_SCRIPTING> "*=" { return T_MUL_EQUAL; }
<ST_IN_SCRIPTING> "**" { return T_POW; }
<ST_IN_SCRIPTING> "**=" { return T_POW_EQUAL; }
<ST_IN_SCRIPTING> "/=" { return T_DIV_EQUAL; }
<ST_IN_SCRIPTING> ".=" { return T_CONCAT_EQUAL; }
<ST_IN_SCRIPTING> "%=" { return T_MOD_EQUAL; }
<ST_IN_SCRIPTING> "<<=" { return T_SL_EQUAL; }
<ST_IN_SCRIPTING> ">>=" { return T_SR_EQUAL; }
<ST_IN_SCRIPTING> "&=" { return T_AND_EQUAL; }
<ST_IN_SCRIPTING> "|=" { return T_OR_EQUAL; }
<ST_IN_SCRIPTING> "^=" { return T_XOR_EQUAL; }
<ST_IN_SCRIPTING> "||" { return T_BOOLEAN_OR; }
<ST_IN_SCRIPTING> "&&" { return T_BOOLEAN_AND; }
<ST_IN_SCRIPTING> "<<" { return T_SL; }
<ST_IN_SCRIPTING> ">>" { return T_SR; }
<ST_IN_SCRIPTING> PUNCTUATION { return *lex->text; }

<ST_IN_SCRIPTING> "(" SPACES ('int'|'integer') SPACES ")" { return T_INT_CAST; }
<ST_IN_SCRIPTING> "(" SPACES ('double'|'float'|'real') SPACES ")" { return T_DOUBLE_CAST; }
<ST_IN_SCRIPTING> "(" SPACES ('string'|'binary') SPACES ")" { return T_STRING_CAST; }
<ST_IN_SCRIPTING> "(" SPACES 'array' SPACES ")" { return T_ARRAY_CAST; }
<ST_IN_SCRIPTING> "(" SPACES 'object' SPACES ")" { return T_OBJECT_CAST; }
<ST_IN_SCRIPTING> "(" SPACES ('bool'|'boolean') SPACES ")" { return T_BOOL_CAST; }
<ST_IN_SCRIPTING> "(" SPACES 'unset' SPACES ")" { return T_UNSET_CAST; }

<ST_IN_SCRIPTING> "{" { push_condition(lex, yycST_IN_SCRIPTING); return '{'; }
<ST_IN_SCRIPTING> "}" {
    lex->doc_comment = NULL;
    if (lex->conditions_used) {
        pop_condition(lex);
    }
    return '}';
}

<ST_IN_SCRIPTING> BNUM { return zend_scan_binary(lex); }
<ST_IN_SCRIPTING> HNUM { return zend_scan_hexadecimal(lex); }
<ST_IN_SCRIPTING> LNUM { return zend_scan_decimal(lex); }
<ST_IN_SCRIPTING> DNUM | EXPONENT_DNUM { return zend_scan_double(lex); }

<ST_IN_SCRIPTING> "$" LABEL { return scan_variable(lex, zend_lex_length(lex)); }
<ST_IN_SCRIPTING> LABEL { return scan_label(lex); }

<ST_IN_SCRIPTING> WHITESPACE { return scan_white_space(lex); }
<ST_IN_SCRIPTING> "#" | "//" { return scan_line_comment(lex); }
<ST_IN_SCRIPTING> "/**" WHITESPACE { less(lex, 3); return scan_block_comment(lex, T_DOC_COMMENT); }
<ST_IN_SCRIPTING> "/*" { return scan_block_comment(lex, T_COMMENT); }

<ST_IN_SCRIPTING> ("?>" | '</script' WHITESPACE? ">") NEWLINE? { return scan_close_tag(lex); }
<ST_IN_SCRIPTING> "%>" NEWLINE? {
    if (CG(asp_tags)) {
        return scan_close_tag(lex);
    }
    less(lex, 1);
    return '%';
}

<ST_IN_SCRIPTING> [bB]? "'" { return scan_single_quotes(lex); }
<ST_IN_SCRIPTING> [bB]? ["] { return scan_double_quotes(lex); }
<ST_IN_SCRIPTING> "`" { lex->condition = yycST_BACKQUOTE; return '`'; }
<ST_IN_SCRIPTING> [bB]? "<<<" SPACES (LABEL|("'" LABEL "'")|(["] LABEL ["])) NEWLINE {
    begin_heredoc(lex);
    return T_START_HEREDOC;
}

<ST_IN_SCRIPTING> ANY { unexpected_character(lex); goto restart; }

<ST_LOOKING_FOR_PROPERTY> WHITESPACE { return scan_white_space(lex); }
<ST_LOOKING_FOR_PROPERTY> "->" { return T_OBJECT_OPERATOR; }
<ST_LOOKING_FOR_PROPERTY> LABEL { pop_condition(lex); return scan_label(lex); }
<ST_LOOKING_FOR_PROPERTY> ANY { less(lex, 0); pop_condition(lex); goto restart; }

<ST_LOOKING_FOR_VARNAME> LABEL [[}] {
    less(lex, zend_lex_length(lex) - 1);
    zend_scan_string(lex, lex->text, zend_lex_length(lex));
    lex->condition = yycST_IN_SCRIPTING;
    return T_STRING_VARNAME;
}
<ST_LOOKING_FOR_VARNAME> ANY { less(lex, 0); lex->condition = yycST_IN_SCRIPTING; goto restart; }

<ST_VAR_OFFSET> "0" | [1-9][0-9]* { return zend_scan_index(lex, true); }
<ST_VAR_OFFSET> LNUM | HNUM | BNUM { return zend_scan_index(lex, false); }
<ST_VAR_OFFSET> "$" LABEL { return scan_variable(lex, zend_lex_length(lex)); }
<ST_VAR_OFFSET> "]" { pop_condition(lex); return ']'; }
<ST_VAR_OFFSET> PUNCTUATION | [{}"`] { return *lex->text; }
<ST_VAR_OFFSET> LABEL { return scan_label(lex); }
/* An empty token that the grammar does not want here: its error names the right line. */
<ST_VAR_OFFSET> [ \n\r\t\\'#] {
    less(lex, 0);
    pop_condition(lex);
    return T_ENCAPSED_AND_WHITESPACE;
}
<ST_VAR_OFFSET> ANY { unexpected_character(lex); goto restart; }

<ST_DOUBLE_QUOTES,ST_BACKQUOTE,ST_HEREDOC> "${" {
    push_condition(lex, yycST_LOOKING_FOR_VARNAME);
    return T_DOLLAR_OPEN_CURLY_BRACES;
}
<ST_DOUBLE_QUOTES,ST_BACKQUOTE,ST_HEREDOC> "{$" {
    less(lex, 1);
    push_condition(lex, yycST_IN_SCRIPTING);
    return T_CURLY_OPEN;
}
<ST_DOUBLE_QUOTES,ST_BACKQUOTE,ST_HEREDOC> "$" LABEL "->" LABEL_START {
    push_condition(lex, yycST_LOOKING_FOR_PROPERTY);
    return scan_variable(lex, zend_lex_length(lex) - 3);
}
<ST_DOUBLE_QUOTES,ST_BACKQUOTE,ST_HEREDOC> "$" LABEL "[" {
    push_condition(lex, yycST_VAR_OFFSET);
    return scan_variable(lex, zend_lex_length(lex) - 1);
}
<ST_DOUBLE_QUOTES,ST_BACKQUOTE,ST_HEREDOC> "$" LABEL {
    return scan_variable(lex, zend_lex_length(lex));
}

<ST_DOUBLE_QUOTES> ["] { lex->condition = yycST_IN_SCRIPTING; return '"'; }
<ST_BACKQUOTE> "`" { lex->condition = yycST_IN_SCRIPTING; return '`'; }
<ST_DOUBLE_QUOTES> ANY { return scan_quoted_part(lex, '"'); }
<ST_BACKQUOTE> ANY { return scan_quoted_part(lex, '`'); }
<ST_HEREDOC> ANY { return scan_heredoc_part(lex, true); }
<ST_NOWDOC> "" { return scan_heredoc_part(lex, false); }
<ST_END_HEREDOC> "" { return end_heredoc(lex); }
*/
}

bool zend_lex_next(zend_lex_state *lex, zend_token *token)
{
    uint32_t line = lex->lineno + lex->pending_lines;

    if (lex->halt_countdown == 1 && lex->cursor < lex->limit) {
        token->id = T_INLINE_HTML;
        lex->text = lex->cursor;
        lex->cursor = lex->limit;
        lex->halt_countdown = 0;
    } else {
        token->id = zend_lex_scan(lex);
    }
    token->text = lex->text;
    token->length = zend_lex_length(lex);
    token->line = line;
    switch (token->id) {
    case T_HALT_COMPILER:
        lex->halt_countdown = 4;
        break;
    case T_WHITESPACE:
    case T_OPEN_TAG:
    case T_COMMENT:
    case T_DOC_COMMENT:
        break;
    default:
        lex->halt_countdown -= lex->halt_countdown > 1;
    }
    return token->id != 0;
}
