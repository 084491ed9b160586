/* SPDX-License-Identifier: MIT */
/* The module `tokenizer`: the scanner's view of a source, for scripts. */
#include "main/php.h"

#include "compile/zend_language_scanner.h"
#include "compile/zend_tokens.h"
#include "data/zend_arena.h"

/* Enough for the scanner's stacks; it grows if need be. */
#define TOKENIZER_ARENA_SIZE 4096
/* Tokens below are single characters. */
#define FIRST_NAMED_TOKEN 256

/* A token as text, or as array(number, text, line). */
static void add_token(zval *tokens, const zend_token *token)
{
    zval *triple;

    if (token->id < FIRST_NAMED_TOKEN) {
        add_next_index_stringl(tokens, token->text, (uint) token->length, 1);
        return;
    }
    MAKE_STD_ZVAL(triple);
    array_init(triple);
    add_next_index_long(triple, token->id);
    add_next_index_stringl(triple, token->text, (uint) token->length, 1);
    add_next_index_long(triple, token->line);
    add_next_index_zval(tokens, triple);
}

PHP_FUNCTION(token_get_all)
{
    char *text;
    int length;
    zend_source source = {.filename = "", .first_line = 1};
    zend_arena *arena;
    zend_lex_state lex;
    zend_token token;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &text, &length) == FAILURE) {
        return;
    }
    source.text = text;
    source.length = (size_t) length;
    array_init(return_value);
    arena = zend_arena_create(TOKENIZER_ARENA_SIZE);
    zend_lex_begin(&lex, &source, &arena);
    while (zend_lex_next(&lex, &token)) {
        add_token(return_value, &token);
    }
    zend_arena_destroy(arena);
}

PHP_FUNCTION(token_name)
{
    long token;
    const char *name = NULL;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &token) == FAILURE) {
        return;
    }
    if (token >= FIRST_NAMED_TOKEN && token <= INT_MAX) {
        name = zend_token_name((int) token);
    }
    RETVAL_STRING(name ? name : "UNKNOWN", 1);
}

static PHP_MINIT_FUNCTION(tokenizer)
{
#define REGISTER_TOKEN(name, number) \
    REGISTER_LONG_CONSTANT(#name, number, CONST_CS | CONST_PERSISTENT);
    ZEND_TOKENS(REGISTER_TOKEN)
    REGISTER_LONG_CONSTANT("T_DOUBLE_COLON", 384, CONST_CS | CONST_PERSISTENT);
    return SUCCESS;
}

static const zend_function_entry tokenizer_functions[] = {
    PHP_FE(token_get_all, "$source", "Returns the tokens of a source, in order.")
    PHP_FE(token_name, "$token", "Returns the name of a token's number.")
    PHP_FE_END
};

zend_module_entry tokenizer_module_entry = {
    STANDARD_MODULE_HEADER,
    "tokenizer",
    tokenizer_functions,
    PHP_MINIT(tokenizer),
    NULL,
    NULL,
    NULL,
    NULL,
    "0.1",
    STANDARD_MODULE_PROPERTIES,
};
