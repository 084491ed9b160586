/* SPDX-License-Identifier: MIT */
/*
 * The parser of ini files, by recursive descent over the characters.
 *
 *      file       = { section | entry | comment | empty line }
 *      section    = "[" text "]"
 *      entry      = name [ "[" [ text ] "]" ] [ "=" value ]
 *      value      = word | expression | (nothing)                word: on, off, null ...
 *      expression = operand { ("|" | "&" | "^") operand }        one level, left to right
 *      operand    = "~" operand | "!" operand | "(" expression ")" | text
 *      text       = { plain | 'single' | "double ${NAME}" | ${NAME} | CONSTANT }
 *
 * White space between the parts of a text counts, except beside double quotes. In RAW mode a
 * value is the rest of the line. The first error stops the parser.
 */
#include "zend_portability.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "data/smart_str.h"
#include "runtime/zend_API.h"
#include "runtime/zend_ini_parser.h"
#include "runtime/zend_startup.h"
#include "runtime/zend_stack_limit.h"

typedef struct _zend_ini_reader {
    const char *at;  /* the next character */
    const char *end; /* where the text's NUL stands */
    int line;
    int mode; /* ZEND_INI_SCANNER_* */
    const char *filename;
    bool to_stderr; /* errors: start-up is not done yet */
    bool failed;
    zend_ini_parser_cb_t callback;
    void *argument;
} zend_ini_reader;

/* --- Errors ---------------------------------------------------------------------------------- */

#define ZEND_END_OF_FILE "end of file"

/* unexpected: a token's name, or one character that is put in quotes; expecting may be NULL. */
static void zend_ini_syntax_error(zend_ini_reader *reader, const char *unexpected,
    const char *expecting)
{
    const char *quote = unexpected[0] != '\0' && unexpected[1] == '\0' ? "'" : "";
    char *message;

    if (reader->failed) {
        return;
    }
    reader->failed = true;
    zend_spprintf(&message, 0, "syntax error, unexpected %s%s%s%s%s in %s on line %d\n", quote,
        unexpected, quote, expecting != NULL ? ", expecting " : "",
        expecting != NULL ? expecting : "", reader->filename, reader->line);
    if (reader->to_stderr) {
        fprintf(stderr, "PHP:  %s", message);
    } else {
        zend_error(E_WARNING, "%s", message);
    }
    efree(message);
}

static void zend_ini_unexpected_character(zend_ini_reader *reader)
{
    char character[2] = {*reader->at, '\0'};

    zend_ini_syntax_error(reader, reader->at < reader->end ? character : ZEND_END_OF_FILE, NULL);
}

/* --- Characters ------------------------------------------------------------------------------ */

static bool zend_is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool zend_at_line_end(const zend_ini_reader *reader)
{
    return reader->at >= reader->end || *reader->at == '\n' || *reader->at == '\r';
}

static void zend_skip_blanks(zend_ini_reader *reader)
{
    while (reader->at < reader->end && zend_is_blank(*reader->at)) {
        reader->at++;
    }
}

static void zend_skip_line(zend_ini_reader *reader)
{
    while (!zend_at_line_end(reader)) {
        reader->at++;
    }
}

/* Passes one line end: \n, \r\n or \r. */
static void zend_skip_newline(zend_ini_reader *reader)
{
    if (reader->at >= reader->end) {
        return;
    }
    if (*reader->at == '\r' && reader->at[1] == '\n') {
        reader->at++;
    }
    reader->at++;
    reader->line++;
}

static bool zend_is_name_start(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool zend_is_name_char(char c)
{
    return zend_is_name_start(c) || (c >= '0' && c <= '9');
}

/* Ends the name of an entry. */
static bool zend_ends_label(char c)
{
    return c == '\0' || strchr("=\n\r\t;|&^$~(){}!\"[", c) != NULL;
}

/* A $ that does not begin "${" is an ordinary character. */
static bool zend_at_variable(const zend_ini_reader *reader)
{
    return reader->at[0] == '$' && reader->at[1] == '{';
}

/* Ends a plain piece of a value; offsets and sections end at ] but may hold operators. */
static bool zend_ends_plain(const zend_ini_reader *reader, char closing)
{
    char c = *reader->at;

    if (reader->at >= reader->end || zend_at_variable(reader)) {
        return true;
    }
    if (closing != '\0') {
        return c == closing || strchr("\n\r;\"'", c) != NULL;
    }
    return strchr("= \t\n\r;&|^~()!\"'", c) != NULL;
}

/* --- Pieces of text -------------------------------------------------------------------------- */

/* A text under construction. */
typedef struct _zend_ini_text {
    smart_str buffer;
    int pieces;
    bool typed; /* TYPED mode: one plain number so far */
} zend_ini_text;

static void zend_finish_text(zend_ini_text *text, zval *result)
{
    INIT_ZVAL(*result);
    if (text->buffer.c == NULL) {
        ZVAL_EMPTY_STRING(result);
    } else {
        smart_str_0(&text->buffer);
        ZVAL_STRINGL(result, text->buffer.c, text->buffer.len, 0);
    }
}

/* ${NAME}: a directive of the configuration, or an environment variable, or nothing. */
static void zend_append_variable(zend_ini_text *text, const char *name, uint length)
{
    char *key = estrndup(name, length);
    zval *configured = zend_get_configuration_directive(key, length + 1);
    const char *value = NULL;

    if (configured != NULL && Z_TYPE_P(configured) == IS_STRING) {
        smart_str_appendl(&text->buffer, Z_STRVAL_P(configured), Z_STRLEN_P(configured));
    } else {
        char *from_server = zend_getenv != NULL ? zend_getenv(key, length) : NULL;
        value = from_server != NULL ? from_server : getenv(key);
        if (value != NULL) {
            smart_str_appendl(&text->buffer, value, strlen(value));
        }
        if (from_server != NULL) {
            efree(from_server);
        }
    }
    efree(key);
}

static void zend_read_variable(zend_ini_reader *reader, zend_ini_text *text)
{
    const char *name = reader->at + 2;
    const char *end = name;

    while (end < reader->end && strchr("\n\r;&|^$~(){}!\"[]= ", *end) == NULL) {
        end++;
    }
    if (end == name || *end != '}') {
        reader->at = end;
        zend_ini_syntax_error(reader, ZEND_END_OF_FILE, "TC_VARNAME");
        return;
    }
    zend_append_variable(text, name, (uint) (end - name));
    reader->at = end + 1;
}

static void zend_read_double_quoted(zend_ini_reader *reader, zend_ini_text *text)
{
    reader->at++;
    while (reader->at < reader->end && *reader->at != '"' && !reader->failed) {
        char c = *reader->at;
        if (zend_at_variable(reader)) {
            zend_read_variable(reader, text);
            continue;
        }
        if (c == '\\' && (reader->at[1] == '"' || reader->at[1] == '\\')) {
            c = *++reader->at;
        } else if (c == '\n') {
            reader->line++;
        }
        smart_str_appendc(&text->buffer, c);
        reader->at++;
    }
    if (reader->at >= reader->end) {
        zend_ini_syntax_error(reader, ZEND_END_OF_FILE,
            "TC_DOLLAR_CURLY or TC_QUOTED_STRING or '\"'");
        return;
    }
    reader->at++;
    zend_skip_blanks(reader);
}

static void zend_read_single_quoted(zend_ini_reader *reader, zend_ini_text *text)
{
    const char *start = ++reader->at;

    while (reader->at < reader->end && *reader->at != '\'') {
        reader->line += *reader->at == '\n';
        reader->at++;
    }
    if (reader->at >= reader->end) {
        zend_ini_syntax_error(reader, ZEND_END_OF_FILE, NULL);
        return;
    }
    smart_str_appendl(&text->buffer, start, reader->at - start);
    reader->at++;
}

static bool zend_is_constant_name(const char *name, size_t length)
{
    size_t i;

    for (i = 0; i < length; i++) {
        if (!zend_is_name_char(name[i])) {
            return false;
        }
    }
    return length > 0 && zend_is_name_start(name[0]);
}

/* Appends the value of a constant of this name; false when there is none. */
static bool zend_append_constant(zend_ini_text *text, const char *name, size_t length)
{
    char *key = estrndup(name, (uint) length);
    zval constant;
    bool found = EG(zend_constants) != NULL && zend_get_constant(key, (uint) length, &constant);

    efree(key);
    if (found) {
        convert_to_string(&constant);
        smart_str_appendl(&text->buffer, Z_STRVAL(constant), Z_STRLEN(constant));
        zval_dtor(&constant);
    }
    return found;
}

/* Digits, with a sign, or with a point: what the scanner calls a number. */
static bool zend_is_ini_number(const char *word, size_t length)
{
    size_t i = 0;
    size_t points = 0;
    bool negative = length > 0 && word[0] == '-';

    for (i = negative; i < length; i++) {
        if (word[i] == '.') {
            points++;
        } else if (word[i] < '0' || word[i] > '9') {
            return false;
        }
    }
    return length > negative + points && points <= (negative ? 0 : 1);
}

static void zend_read_plain(zend_ini_reader *reader, zend_ini_text *text, char closing,
    bool constants)
{
    const char *start = reader->at;
    size_t length;

    while (!zend_ends_plain(reader, closing)) {
        if (*reader->at == '\\' && closing != '\0' && reader->at + 1 < reader->end) {
            reader->at++;
        }
        reader->at++;
    }
    length = reader->at - start;
    text->typed = text->pieces == 0 && zend_is_ini_number(start, length);
    if (constants && zend_is_constant_name(start, length)
        && zend_append_constant(text, start, length)) {
        return;
    }
    smart_str_appendl(&text->buffer, start, length);
}

/* White space is part of a value when more of it follows on the line, but not a quote. */
static void zend_read_blanks(zend_ini_reader *reader, zend_ini_text *text)
{
    const char *start = reader->at;

    zend_skip_blanks(reader);
    if (!zend_at_line_end(reader) && strchr(";\"&|^~()!", *reader->at) == NULL) {
        smart_str_appendl(&text->buffer, start, reader->at - start);
        text->typed = false;
    }
}

/* Reads one piece; false where the text ends. */
static bool zend_read_piece(zend_ini_reader *reader, zend_ini_text *text, char closing)
{
    if (reader->failed || zend_at_line_end(reader) || *reader->at == ';'
        || (closing != '\0' && *reader->at == closing)) {
        return false;
    }
    if (*reader->at == '"') {
        zend_read_double_quoted(reader, text);
    } else if (*reader->at == '\'') {
        zend_read_single_quoted(reader, text);
    } else if (zend_at_variable(reader)) {
        zend_read_variable(reader, text);
    } else if (closing == '\0' && zend_is_blank(*reader->at)) {
        zend_read_blanks(reader, text);
    } else if (!zend_ends_plain(reader, closing)) {
        zend_read_plain(reader, text, closing, true);
        text->pieces++;
        return true;
    } else {
        return false;
    }
    text->typed = false;
    text->pieces++;
    return true;
}

/* --- Values ---------------------------------------------------------------------------------- */

static void zend_read_expression(zend_ini_reader *reader, zval *result);

static void zend_read_operand_text(zend_ini_reader *reader, zval *result)
{
    zend_ini_text text = {{NULL, 0, 0}, 0, false};
    bool typed;

    while (zend_read_piece(reader, &text, '\0')) {
    }
    typed = text.typed && reader->mode == ZEND_INI_SCANNER_TYPED;
    if (text.pieces == 0) {
        zend_ini_unexpected_character(reader);
    }
    zend_finish_text(&text, result);
    if (typed) {
        long lval;
        double dval;
        zend_uchar type =
            is_numeric_string(Z_STRVAL_P(result), Z_STRLEN_P(result), &lval, &dval, 0);
        if (type == IS_LONG) {
            zval_dtor(result);
            ZVAL_LONG(result, lval);
        } else if (type == IS_DOUBLE && zend_finite(dval)
            && memchr(Z_STRVAL_P(result), '.', Z_STRLEN_P(result)) != NULL) {
            zval_dtor(result);
            ZVAL_DOUBLE(result, dval);
        }
    }
}

static long zend_operand_number(zval *operand)
{
    long number;

    convert_to_string(operand);
    number = atoi(Z_STRVAL_P(operand));
    zval_dtor(operand);
    return number;
}

static void zend_number_to_text(zval *result, int number)
{
    char digits[16];

    snprintf(digits, sizeof(digits), "%d", number);
    ZVAL_STRING(result, digits, 1);
}

static void zend_read_operand(zend_ini_reader *reader, zval *result)
{
    char operator;

    zend_stack_guard();
    zend_skip_blanks(reader);
    operator = *reader->at;
    INIT_ZVAL(*result);
    if (reader->failed) {
        ZVAL_EMPTY_STRING(result);
    } else if (operator == '~' || operator == '!') {
        int number;
        reader->at++;
        zend_read_operand(reader, result);
        number = (int) zend_operand_number(result);
        zend_number_to_text(result, operator == '~' ? ~number : !number);
    } else if (operator == '(') {
        reader->at++;
        zend_read_expression(reader, result);
        if (!reader->failed && *reader->at != ')') {
            zend_ini_syntax_error(reader, ZEND_END_OF_FILE, "')'");
        }
        reader->at += !reader->failed;
    } else {
        zend_read_operand_text(reader, result);
    }
    zend_skip_blanks(reader);
}

static void zend_read_expression(zend_ini_reader *reader, zval *result)
{
    zend_read_operand(reader, result);
    while (!reader->failed && reader->at < reader->end
        && (*reader->at == '|' || *reader->at == '&' || *reader->at == '^')) {
        char operator = *reader->at++;
        int left = (int) zend_operand_number(result);
        int right;
        zend_read_operand(reader, result);
        right = (int) zend_operand_number(result);
        zend_number_to_text(result, operator == '|' ? left | right
                : operator == '&' ? left & right : left ^ right);
    }
}

typedef struct _zend_ini_word {
    const char *text;
    const char *token;
    int type;
    int truth;
} zend_ini_word;

static const zend_ini_word zend_ini_words[] = {
    {"true", "BOOL_TRUE", IS_BOOL, 1},
    {"on", "BOOL_TRUE", IS_BOOL, 1},
    {"yes", "BOOL_TRUE", IS_BOOL, 1},
    {"false", "BOOL_FALSE", IS_BOOL, 0},
    {"off", "BOOL_FALSE", IS_BOOL, 0},
    {"no", "BOOL_FALSE", IS_BOOL, 0},
    {"none", "BOOL_FALSE", IS_BOOL, 0},
    {"null", "NULL_NULL", IS_NULL, 0},
};

static const zend_ini_word *zend_find_ini_word(const char *word, size_t length)
{
    size_t i;

    for (i = 0; i < sizeof(zend_ini_words) / sizeof(zend_ini_words[0]); i++) {
        if (strlen(zend_ini_words[i].text) == length
            && strncasecmp(zend_ini_words[i].text, word, length) == 0) {
            return &zend_ini_words[i];
        }
    }
    return NULL;
}

/* on, off, null ... standing alone. */
static bool zend_read_word(zend_ini_reader *reader, zval *result)
{
    const char *end = reader->at;
    const zend_ini_word *word;

    while (end < reader->end && zend_is_name_char(*end)) {
        end++;
    }
    word = zend_find_ini_word(reader->at, end - reader->at);
    if (word == NULL || (end < reader->end && strchr(" \t\n\r;=&|^~()!\"", *end) == NULL)) {
        return false;
    }
    reader->at = end;
    zend_skip_blanks(reader);
    INIT_ZVAL(*result);
    if (reader->mode != ZEND_INI_SCANNER_TYPED) {
        ZVAL_STRING(result, word->truth ? "1" : "", 1);
    } else if (word->type == IS_BOOL) {
        ZVAL_BOOL(result, word->truth);
    }
    if (!zend_at_line_end(reader) && *reader->at != ';') {
        if (zend_is_name_start(*reader->at)) {
            zend_ini_syntax_error(reader, "TC_CONSTANT", NULL);
        } else {
            zend_ini_unexpected_character(reader);
        }
    }
    return true;
}

/* RAW: the line as it is, without enclosing double quotes, up to a semicolon. */
static void zend_read_raw_value(zend_ini_reader *reader, zval *result)
{
    const char *start = reader->at;
    const char *end;

    zend_skip_line(reader);
    end = reader->at;
    if (end - start >= 2 && start[0] == '"' && end[-1] == '"') {
        start++;
        end--;
    } else {
        const char *comment = memchr(start, ';', end - start);
        end = comment != NULL ? comment : end;
    }
    INIT_ZVAL(*result);
    ZVAL_STRINGL(result, start, end - start, 1);
}

static void zend_read_value(zend_ini_reader *reader, zval *result)
{
    zend_skip_blanks(reader);
    if (zend_at_line_end(reader) || *reader->at == ';') {
        INIT_ZVAL(*result);
        ZVAL_STRINGL(result, "", 0, 1);
    } else if (reader->mode == ZEND_INI_SCANNER_RAW) {
        zend_read_raw_value(reader, result);
    } else if (!zend_read_word(reader, result)) {
        zend_read_expression(reader, result);
        if (!zend_at_line_end(reader) && *reader->at != ';') {
            zend_ini_unexpected_character(reader);
        }
    }
    zend_skip_line(reader);
}

/* --- Lines ----------------------------------------------------------------------------------- */

/* The text up to the closing bracket, which is passed. */
static void zend_read_bracketed(zend_ini_reader *reader, bool constants, zval *result)
{
    zend_ini_text text = {{NULL, 0, 0}, 0, false};

    zend_skip_blanks(reader);
    if (reader->mode == ZEND_INI_SCANNER_RAW) {
        constants = false;
    }
    while (!reader->failed && !zend_at_line_end(reader) && *reader->at != ']') {
        if (!zend_ends_plain(reader, ']')) {
            zend_read_plain(reader, &text, ']', constants);
        } else if (!zend_read_piece(reader, &text, ']')) {
            zend_ini_unexpected_character(reader);
        }
        text.pieces++;
    }
    zend_finish_text(&text, result);
    if (!reader->failed && zend_at_line_end(reader)) {
        zend_ini_syntax_error(reader, ZEND_END_OF_FILE, "']'");
    }
    reader->at += !reader->failed;
}

static void zend_read_section(zend_ini_reader *reader)
{
    zval name;

    reader->at++;
    zend_read_bracketed(reader, false, &name);
    if (!reader->failed) {
        reader->callback(&name, NULL, NULL, ZEND_INI_PARSER_SECTION, reader->argument);
        zend_skip_line(reader);
    }
    zval_dtor(&name);
}

/* name[offset] = value; the opening bracket is next. */
static void zend_read_element(zend_ini_reader *reader, zval *name)
{
    zval offset;
    zval value;

    reader->at++;
    zend_read_bracketed(reader, true, &offset);
    zend_skip_blanks(reader);
    if (!reader->failed && *reader->at != '=') {
        zend_ini_syntax_error(reader, reader->at < reader->end ? "END_OF_LINE" : ZEND_END_OF_FILE,
            "'='");
    }
    if (!reader->failed) {
        reader->at++;
        zend_read_value(reader, &value);
        if (!reader->failed) {
            reader->callback(name, &value, Z_STRLEN(offset) != 0 ? &offset : NULL,
                ZEND_INI_PARSER_POP_ENTRY, reader->argument);
        }
        zval_dtor(&value);
    }
    zval_dtor(&offset);
}

static void zend_read_entry(zend_ini_reader *reader)
{
    const char *start = reader->at;
    const char *end;
    const zend_ini_word *reserved;
    zval name;
    zval value;

    while (reader->at < reader->end && !zend_ends_label(*reader->at)) {
        reader->at++;
    }
    end = reader->at;
    while (end > start && zend_is_blank(end[-1])) {
        end--;
    }
    reserved = zend_find_ini_word(start, end - start);
    if (end == start || reserved != NULL) {
        if (reserved != NULL) {
            zend_ini_syntax_error(reader, reserved->token, NULL);
        } else {
            zend_ini_unexpected_character(reader);
        }
        return;
    }
    INIT_ZVAL(name);
    ZVAL_STRINGL(&name, start, end - start, 1);
    zend_skip_blanks(reader);
    if (*reader->at == '[') {
        zend_read_element(reader, &name);
    } else if (*reader->at == '=') {
        reader->at++;
        zend_read_value(reader, &value);
        if (!reader->failed) {
            reader->callback(&name, &value, NULL, ZEND_INI_PARSER_ENTRY, reader->argument);
        }
        zval_dtor(&value);
    } else if (zend_at_line_end(reader) || *reader->at == ';') {
        reader->callback(&name, NULL, NULL, ZEND_INI_PARSER_ENTRY, reader->argument);
        zend_skip_line(reader);
    } else {
        zend_ini_unexpected_character(reader);
    }
    zval_dtor(&name);
}

static void zend_read_line(zend_ini_reader *reader)
{
    zend_skip_blanks(reader);
    if (zend_at_line_end(reader)) {
        zend_skip_newline(reader);
    } else if (*reader->at == ';') {
        zend_skip_line(reader);
    } else if (*reader->at == '#') {
        zend_error(E_DEPRECATED, "Comments starting with '#' are deprecated in %s on line %d",
            reader->filename, reader->line);
        zend_skip_line(reader);
    } else if (*reader->at == '[') {
        zend_read_section(reader);
    } else {
        zend_read_entry(reader);
    }
}

int zend_parse_ini_text(const char *text, size_t length, const char *filename,
    zend_bool unbuffered_errors, int scanner_mode, zend_ini_parser_cb_t ini_parser_cb, void *arg)
{
    zend_ini_reader reader = {
        .at = text,
        .end = text + length,
        .line = 1,
        .mode = scanner_mode,
        .filename = filename != NULL ? filename : "Unknown",
        .to_stderr = unbuffered_errors,
        .failed = false,
        .callback = ini_parser_cb,
        .argument = arg,
    };

    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        reader.at += 3;
    }
    while (reader.at < reader.end && !reader.failed) {
        zend_read_line(&reader);
    }
    return reader.failed ? FAILURE : SUCCESS;
}

int zend_parse_ini_string(const char *str, zend_bool unbuffered_errors, int scanner_mode,
    zend_ini_parser_cb_t ini_parser_cb, void *arg)
{
    return zend_parse_ini_text(str, strlen(str), NULL, unbuffered_errors, scanner_mode,
        ini_parser_cb, arg);
}
