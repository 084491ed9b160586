/* SPDX-License-Identifier: MIT */
/*
 * The tokens of PHP 5.6: one row each, with the number that scripts see.
 *
 * token_get_all() shows the numbers, so they are fixed. A token that is a single character
 * has that character as its number and no row here. The grammar repeats the numbers, because
 * bison reads no header; zend_token.c asserts that the two agree.
 */
#ifndef ZEND_TOKENS_H
#define ZEND_TOKENS_H

/* row(name, number) */
#define ZEND_TOKENS(row) \
    row(T_REQUIRE_ONCE, 258) \
    row(T_REQUIRE, 259) \
    row(T_EVAL, 260) \
    row(T_INCLUDE_ONCE, 261) \
    row(T_INCLUDE, 262) \
    row(T_LOGICAL_OR, 263) \
    row(T_LOGICAL_XOR, 264) \
    row(T_LOGICAL_AND, 265) \
    row(T_PRINT, 266) \
    row(T_YIELD, 267) \
    row(T_POW_EQUAL, 268) \
    row(T_SR_EQUAL, 269) \
    row(T_SL_EQUAL, 270) \
    row(T_XOR_EQUAL, 271) \
    row(T_OR_EQUAL, 272) \
    row(T_AND_EQUAL, 273) \
    row(T_MOD_EQUAL, 274) \
    row(T_CONCAT_EQUAL, 275) \
    row(T_DIV_EQUAL, 276) \
    row(T_MUL_EQUAL, 277) \
    row(T_MINUS_EQUAL, 278) \
    row(T_PLUS_EQUAL, 279) \
    row(T_BOOLEAN_OR, 280) \
    row(T_BOOLEAN_AND, 281) \
    row(T_IS_NOT_IDENTICAL, 282) \
    row(T_IS_IDENTICAL, 283) \
    row(T_IS_NOT_EQUAL, 284) \
    row(T_IS_EQUAL, 285) \
    row(T_IS_GREATER_OR_EQUAL, 286) \
    row(T_IS_SMALLER_OR_EQUAL, 287) \
    row(T_SR, 288) \
    row(T_SL, 289) \
    row(T_INSTANCEOF, 290) \
    row(T_UNSET_CAST, 291) \
    row(T_BOOL_CAST, 292) \
    row(T_OBJECT_CAST, 293) \
    row(T_ARRAY_CAST, 294) \
    row(T_STRING_CAST, 295) \
    row(T_DOUBLE_CAST, 296) \
    row(T_INT_CAST, 297) \
    row(T_DEC, 298) \
    row(T_INC, 299) \
    row(T_POW, 300) \
    row(T_CLONE, 301) \
    row(T_NEW, 302) \
    row(T_EXIT, 303) \
    row(T_IF, 304) \
    row(T_ELSEIF, 305) \
    row(T_ELSE, 306) \
    row(T_ENDIF, 307) \
    row(T_LNUMBER, 308) \
    row(T_DNUMBER, 309) \
    row(T_STRING, 310) \
    row(T_STRING_VARNAME, 311) \
    row(T_VARIABLE, 312) \
    row(T_NUM_STRING, 313) \
    row(T_INLINE_HTML, 314) \
    row(T_CHARACTER, 315) \
    row(T_BAD_CHARACTER, 316) \
    row(T_ENCAPSED_AND_WHITESPACE, 317) \
    row(T_CONSTANT_ENCAPSED_STRING, 318) \
    row(T_ECHO, 319) \
    row(T_DO, 320) \
    row(T_WHILE, 321) \
    row(T_ENDWHILE, 322) \
    row(T_FOR, 323) \
    row(T_ENDFOR, 324) \
    row(T_FOREACH, 325) \
    row(T_ENDFOREACH, 326) \
    row(T_DECLARE, 327) \
    row(T_ENDDECLARE, 328) \
    row(T_AS, 329) \
    row(T_SWITCH, 330) \
    row(T_ENDSWITCH, 331) \
    row(T_CASE, 332) \
    row(T_DEFAULT, 333) \
    row(T_BREAK, 334) \
    row(T_CONTINUE, 335) \
    row(T_GOTO, 336) \
    row(T_FUNCTION, 337) \
    row(T_CONST, 338) \
    row(T_RETURN, 339) \
    row(T_TRY, 340) \
    row(T_CATCH, 341) \
    row(T_FINALLY, 342) \
    row(T_THROW, 343) \
    row(T_USE, 344) \
    row(T_INSTEADOF, 345) \
    row(T_GLOBAL, 346) \
    row(T_PUBLIC, 347) \
    row(T_PROTECTED, 348) \
    row(T_PRIVATE, 349) \
    row(T_FINAL, 350) \
    row(T_ABSTRACT, 351) \
    row(T_STATIC, 352) \
    row(T_VAR, 353) \
    row(T_UNSET, 354) \
    row(T_ISSET, 355) \
    row(T_EMPTY, 356) \
    row(T_HALT_COMPILER, 357) \
    row(T_CLASS, 358) \
    row(T_TRAIT, 359) \
    row(T_INTERFACE, 360) \
    row(T_EXTENDS, 361) \
    row(T_IMPLEMENTS, 362) \
    row(T_OBJECT_OPERATOR, 363) \
    row(T_DOUBLE_ARROW, 364) \
    row(T_LIST, 365) \
    row(T_ARRAY, 366) \
    row(T_CALLABLE, 367) \
    row(T_CLASS_C, 368) \
    row(T_TRAIT_C, 369) \
    row(T_METHOD_C, 370) \
    row(T_FUNC_C, 371) \
    row(T_LINE, 372) \
    row(T_FILE, 373) \
    row(T_COMMENT, 374) \
    row(T_DOC_COMMENT, 375) \
    row(T_OPEN_TAG, 376) \
    row(T_OPEN_TAG_WITH_ECHO, 377) \
    row(T_CLOSE_TAG, 378) \
    row(T_WHITESPACE, 379) \
    row(T_START_HEREDOC, 380) \
    row(T_END_HEREDOC, 381) \
    row(T_DOLLAR_OPEN_CURLY_BRACES, 382) \
    row(T_CURLY_OPEN, 383) \
    row(T_PAAMAYIM_NEKUDOTAYIM, 384) \
    row(T_NAMESPACE, 385) \
    row(T_NS_C, 386) \
    row(T_DIR, 387) \
    row(T_NS_SEPARATOR, 388) \
    row(T_ELLIPSIS, 389)

/*
 * The name of a token, "T_IF"; NULL for a number without a row. 384 is "T_DOUBLE_COLON", the
 * name that PHP's own functions give to T_PAAMAYIM_NEKUDOTAYIM.
 */
const char *zend_token_name(int token);

#endif
