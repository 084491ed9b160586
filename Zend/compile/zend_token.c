/* SPDX-License-Identifier: MIT */
/*
 * Names of tokens, and the proof that the grammar numbers them as PHP 5.6 does.
 */
#include "compile/zend_tokens.h"

#include <stddef.h>

#include "compile/zend_language_parser.h"

#define TOKEN_ASSERT(name, number) _Static_assert(name == number, #name " has its number");
ZEND_TOKENS(TOKEN_ASSERT)

static const char *const token_names[] = {
#define TOKEN_NAME(name, number) [number - T_REQUIRE_ONCE] = #name,
    ZEND_TOKENS(TOKEN_NAME)
};

const char *zend_token_name(int token)
{
    if (token < T_REQUIRE_ONCE || token > T_ELLIPSIS) {
        return NULL;
    }
    if (token == T_PAAMAYIM_NEKUDOTAYIM) {
        return "T_DOUBLE_COLON";
    }
    return token_names[token - T_REQUIRE_ONCE];
}
