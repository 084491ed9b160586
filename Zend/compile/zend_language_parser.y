/* SPDX-License-Identifier: MIT */
/*
 * The grammar of PHP 5.6.
 *
 * Its rules have the shape and the names that PHP 5's language reference gives them
 * (expr_without_variable, r_variable, reference_variable, static_scalar ...). This is no
 * matter of taste: which tokens a message lists as "expecting" follows from the states of the
 * automaton and their default reductions, so a rule that is folded into another changes
 * messages. For the same reason some actions stand in the middle of a rule.
 *
 * The actions only build the tree. What a construct means is the compiler's affair.
 *
 *     expr                          variable
 *      |- r_variable = variable      '- base_variable_with_function_calls [-> member ...]
 *      '- expr_without_variable            |- base_variable: $a, $$a, $a['k'], A::$b
 *          operators, literals,            |- function_call: f(), $f(), A::f(), A::$f()
 *          calls of the language           '- array_function_dereference: f()['k']
 *
 * A variable's offsets bind tighter than `$$`, `->$` and `::$` before it (reference_variable):
 * $$a['x'] is ${$a['x']}, $o->$p['k'] is $o->{$p['k']}.
 */
%require "3.6"
%define api.prefix {zend}
%define api.pure full
%define api.header.include {"compile/zend_language_parser.h"}
%define parse.error custom
%param { zend_parser *parser }
/*
 * The only conflict is `(new A)`: at the ')' either the object is a member's base, as in
 * (new A)->b, or an expression in parentheses. Bison shifts, so it is the former, and the empty
 * instance_call makes it the latter again.
 */
%expect 1

%code requires {
#include "compile/zend_parser_internal.h"
}

%code {
/* The parser's stack is on the heap, and this deep at most. Nesting beyond it is an error. */
#define YYMAXDEPTH 1000000
#define YYINITDEPTH 200
#define YYMALLOC(size) emalloc(size)
#define YYFREE(block) efree(block)

#include <stdio.h>
#include <string.h>

#include "zend_alloc.h"
#include "runtime/zend_errors.h"

static int zendlex(ZENDSTYPE *value, zend_parser *parser);
static void zenderror(zend_parser *parser, const char *message);
}

%union {
    zend_ast *ast;
    zend_ast_chain chain;
    zend_ast_method method;
    zend_ast_head head;
    uint32_t number;
}

/* The tokens, in the order in which messages list them. The numbers are fixed: zend_tokens.h. */
%token END 0 "end of file"
%token T_REQUIRE_ONCE 258 "require_once (T_REQUIRE_ONCE)"
%token T_REQUIRE 259 "require (T_REQUIRE)"
%token T_EVAL 260 "eval (T_EVAL)"
%token T_INCLUDE_ONCE 261 "include_once (T_INCLUDE_ONCE)"
%token T_INCLUDE 262 "include (T_INCLUDE)"
%token ','
%token T_LOGICAL_OR 263 "or (T_LOGICAL_OR)"
%token T_LOGICAL_XOR 264 "xor (T_LOGICAL_XOR)"
%token T_LOGICAL_AND 265 "and (T_LOGICAL_AND)"
%token T_PRINT 266 "print (T_PRINT)"
%token T_YIELD 267 "yield (T_YIELD)"
%token T_POW_EQUAL 268 "**= (T_POW_EQUAL)"
%token T_SR_EQUAL 269 ">>= (T_SR_EQUAL)"
%token T_SL_EQUAL 270 "<<= (T_SL_EQUAL)"
%token T_XOR_EQUAL 271 "^= (T_XOR_EQUAL)"
%token T_OR_EQUAL 272 "|= (T_OR_EQUAL)"
%token T_AND_EQUAL 273 "&= (T_AND_EQUAL)"
%token T_MOD_EQUAL 274 "%= (T_MOD_EQUAL)"
%token T_CONCAT_EQUAL 275 ".= (T_CONCAT_EQUAL)"
%token T_DIV_EQUAL 276 "/= (T_DIV_EQUAL)"
%token T_MUL_EQUAL 277 "*= (T_MUL_EQUAL)"
%token T_MINUS_EQUAL 278 "-= (T_MINUS_EQUAL)"
%token T_PLUS_EQUAL 279 "+= (T_PLUS_EQUAL)"
%token '='
%token ':'
%token '?'
%token T_BOOLEAN_OR 280 "|| (T_BOOLEAN_OR)"
%token T_BOOLEAN_AND 281 "&& (T_BOOLEAN_AND)"
%token '|'
%token '^'
%token '&'
%token T_IS_NOT_IDENTICAL 282 "!== (T_IS_NOT_IDENTICAL)"
%token T_IS_IDENTICAL 283 "=== (T_IS_IDENTICAL)"
%token T_IS_NOT_EQUAL 284 "!= (T_IS_NOT_EQUAL)"
%token T_IS_EQUAL 285 "== (T_IS_EQUAL)"
%token '>'
%token T_IS_GREATER_OR_EQUAL 286 ">= (T_IS_GREATER_OR_EQUAL)"
%token '<'
%token T_IS_SMALLER_OR_EQUAL 287 "<= (T_IS_SMALLER_OR_EQUAL)"
%token T_SR 288 ">> (T_SR)"
%token T_SL 289 "<< (T_SL)"
%token '.'
%token '-'
%token '+'
%token '%'
%token '/'
%token '*'
%token '!'
%token T_INSTANCEOF 290 "instanceof (T_INSTANCEOF)"
%token '@'
%token T_UNSET_CAST 291 "(unset) (T_UNSET_CAST)"
%token T_BOOL_CAST 292 "(bool) (T_BOOL_CAST)"
%token T_OBJECT_CAST 293 "(object) (T_OBJECT_CAST)"
%token T_ARRAY_CAST 294 "(array) (T_ARRAY_CAST)"
%token T_STRING_CAST 295 "(string) (T_STRING_CAST)"
%token T_DOUBLE_CAST 296 "(double) (T_DOUBLE_CAST)"
%token T_INT_CAST 297 "(int) (T_INT_CAST)"
%token T_DEC 298 "-- (T_DEC)"
%token T_INC 299 "++ (T_INC)"
%token '~'
%token T_POW 300 "** (T_POW)"
%token '['
%token T_CLONE 301 "clone (T_CLONE)"
%token T_NEW 302 "new (T_NEW)"
%token T_EXIT 303 "exit (T_EXIT)"
%token T_IF 304 "if (T_IF)"
%token T_ELSEIF 305 "elseif (T_ELSEIF)"
%token T_ELSE 306 "else (T_ELSE)"
%token T_ENDIF 307 "endif (T_ENDIF)"
%token <ast> T_LNUMBER 308 "number (T_LNUMBER)"
%token <ast> T_DNUMBER 309 "number (T_DNUMBER)"
%token <ast> T_STRING 310 "identifier (T_STRING)"
%token <ast> T_STRING_VARNAME 311 "variable name (T_STRING_VARNAME)"
%token <ast> T_VARIABLE 312 "variable (T_VARIABLE)"
%token <ast> T_NUM_STRING 313 "number (T_NUM_STRING)"
%token <ast> T_INLINE_HTML 314 "inline html (T_INLINE_HTML)"
%token T_CHARACTER 315 "character (T_CHARACTER)"
%token T_BAD_CHARACTER 316 "bad character (T_BAD_CHARACTER)"
%token <ast> T_ENCAPSED_AND_WHITESPACE 317
    "quoted-string and whitespace (T_ENCAPSED_AND_WHITESPACE)"
%token <ast> T_CONSTANT_ENCAPSED_STRING 318 "quoted-string (T_CONSTANT_ENCAPSED_STRING)"
%token T_ECHO 319 "echo (T_ECHO)"
%token T_DO 320 "do (T_DO)"
%token T_WHILE 321 "while (T_WHILE)"
%token T_ENDWHILE 322 "endwhile (T_ENDWHILE)"
%token T_FOR 323 "for (T_FOR)"
%token T_ENDFOR 324 "endfor (T_ENDFOR)"
%token T_FOREACH 325 "foreach (T_FOREACH)"
%token T_ENDFOREACH 326 "endforeach (T_ENDFOREACH)"
%token T_DECLARE 327 "declare (T_DECLARE)"
%token T_ENDDECLARE 328 "enddeclare (T_ENDDECLARE)"
%token T_AS 329 "as (T_AS)"
%token T_SWITCH 330 "switch (T_SWITCH)"
%token T_ENDSWITCH 331 "endswitch (T_ENDSWITCH)"
%token T_CASE 332 "case (T_CASE)"
%token T_DEFAULT 333 "default (T_DEFAULT)"
%token T_BREAK 334 "break (T_BREAK)"
%token T_CONTINUE 335 "continue (T_CONTINUE)"
%token T_GOTO 336 "goto (T_GOTO)"
%token T_FUNCTION 337 "function (T_FUNCTION)"
%token T_CONST 338 "const (T_CONST)"
%token T_RETURN 339 "return (T_RETURN)"
%token T_TRY 340 "try (T_TRY)"
%token T_CATCH 341 "catch (T_CATCH)"
%token T_FINALLY 342 "finally (T_FINALLY)"
%token T_THROW 343 "throw (T_THROW)"
%token T_USE 344 "use (T_USE)"
%token T_INSTEADOF 345 "insteadof (T_INSTEADOF)"
%token T_GLOBAL 346 "global (T_GLOBAL)"
%token T_PUBLIC 347 "public (T_PUBLIC)"
%token T_PROTECTED 348 "protected (T_PROTECTED)"
%token T_PRIVATE 349 "private (T_PRIVATE)"
%token T_FINAL 350 "final (T_FINAL)"
%token T_ABSTRACT 351 "abstract (T_ABSTRACT)"
%token T_STATIC 352 "static (T_STATIC)"
%token T_VAR 353 "var (T_VAR)"
%token T_UNSET 354 "unset (T_UNSET)"
%token T_ISSET 355 "isset (T_ISSET)"
%token T_EMPTY 356 "empty (T_EMPTY)"
%token T_HALT_COMPILER 357 "__halt_compiler (T_HALT_COMPILER)"
%token T_CLASS 358 "class (T_CLASS)"
%token T_TRAIT 359 "trait (T_TRAIT)"
%token T_INTERFACE 360 "interface (T_INTERFACE)"
%token T_EXTENDS 361 "extends (T_EXTENDS)"
%token T_IMPLEMENTS 362 "implements (T_IMPLEMENTS)"
%token T_OBJECT_OPERATOR 363 "-> (T_OBJECT_OPERATOR)"
%token T_DOUBLE_ARROW 364 "=> (T_DOUBLE_ARROW)"
%token T_LIST 365 "list (T_LIST)"
%token T_ARRAY 366 "array (T_ARRAY)"
%token T_CALLABLE 367 "callable (T_CALLABLE)"
%token T_CLASS_C 368 "__CLASS__ (T_CLASS_C)"
%token T_TRAIT_C 369 "__TRAIT__ (T_TRAIT_C)"
%token T_METHOD_C 370 "__METHOD__ (T_METHOD_C)"
%token T_FUNC_C 371 "__FUNCTION__ (T_FUNC_C)"
%token <ast> T_LINE 372 "__LINE__ (T_LINE)"
%token <ast> T_FILE 373 "__FILE__ (T_FILE)"
%token T_COMMENT 374 "comment (T_COMMENT)"
%token T_DOC_COMMENT 375 "doc comment (T_DOC_COMMENT)"
%token T_OPEN_TAG 376 "open tag (T_OPEN_TAG)"
%token T_OPEN_TAG_WITH_ECHO 377 "open tag with echo (T_OPEN_TAG_WITH_ECHO)"
%token T_CLOSE_TAG 378 "close tag (T_CLOSE_TAG)"
%token T_WHITESPACE 379 "whitespace (T_WHITESPACE)"
%token T_START_HEREDOC 380 "heredoc start (T_START_HEREDOC)"
%token T_END_HEREDOC 381 "heredoc end (T_END_HEREDOC)"
%token T_DOLLAR_OPEN_CURLY_BRACES 382 "${ (T_DOLLAR_OPEN_CURLY_BRACES)"
%token T_CURLY_OPEN 383 "{$ (T_CURLY_OPEN)"
%token T_PAAMAYIM_NEKUDOTAYIM 384 ":: (T_PAAMAYIM_NEKUDOTAYIM)"
%token T_NAMESPACE 385 "namespace (T_NAMESPACE)"
%token T_NS_C 386 "__NAMESPACE__ (T_NS_C)"
%token <ast> T_DIR 387 "__DIR__ (T_DIR)"
%token T_NS_SEPARATOR 388 "\\ (T_NS_SEPARATOR)"
%token T_ELLIPSIS 389 "... (T_ELLIPSIS)"

/* Precedence, weakest first. */
%precedence NO_ELSE
%left T_REQUIRE_ONCE T_REQUIRE T_EVAL T_INCLUDE_ONCE T_INCLUDE
%left ','
%left T_LOGICAL_OR
%left T_LOGICAL_XOR
%left T_LOGICAL_AND
%right T_PRINT
%right T_YIELD
%left T_POW_EQUAL T_SR_EQUAL T_SL_EQUAL T_XOR_EQUAL T_OR_EQUAL T_AND_EQUAL T_MOD_EQUAL
    T_CONCAT_EQUAL T_DIV_EQUAL T_MUL_EQUAL T_MINUS_EQUAL T_PLUS_EQUAL '='
%left ':' '?'
%left T_BOOLEAN_OR
%left T_BOOLEAN_AND
%left '|'
%left '^'
%left '&'
%nonassoc T_IS_NOT_IDENTICAL T_IS_IDENTICAL T_IS_NOT_EQUAL T_IS_EQUAL
%nonassoc '>' T_IS_GREATER_OR_EQUAL '<' T_IS_SMALLER_OR_EQUAL
%left T_SR T_SL
%left '.' '-' '+'
%left '%' '/' '*'
%right '!'
%nonassoc T_INSTANCEOF
%right '@' T_UNSET_CAST T_BOOL_CAST T_OBJECT_CAST T_ARRAY_CAST T_STRING_CAST T_DOUBLE_CAST
    T_INT_CAST T_DEC T_INC '~'
%right T_POW
%right '['
%nonassoc T_CLONE T_NEW
%left T_ELSEIF
%left T_ELSE

%type <ast> top_statement_list top_statement before_statement namespace_name
%type <ast> use_declarations use_declaration
%type <ast> use_function_declarations use_const_declarations
%type <ast> constant_declaration inner_statement_list inner_statement
%type <ast> statement unticked_statement catch_statement finally_statement additional_catches
%type <ast> non_empty_additional_catches additional_catch unset_variables unset_variable
%type <ast> function_declaration_statement class_declaration_statement
%type <ast> unticked_function_declaration_statement unticked_class_declaration_statement
%type <ast> extends_from interface_extends_list implements_list interface_list
%type <ast> foreach_optional_arg foreach_variable for_statement foreach_statement
%type <ast> declare_statement declare_list switch_case_list case_list while_statement
%type <ast> elseif_list new_elseif_list else_single new_else_single
%type <ast> parameter_list non_empty_parameter_list parameter optional_class_type
%type <ast> function_call_parameter_list non_empty_function_call_parameter_list
%type <ast> function_call_parameter global_var_list global_var static_var_list
%type <ast> class_statement_list class_statement trait_use_statement trait_adaptations
%type <ast> trait_adaptation_list non_empty_trait_adaptation_list trait_adaptation_statement
%type <ast> trait_precedence trait_reference_list trait_method_reference
%type <ast> trait_method_reference_fully_qualified trait_alias method_body
%type <ast> class_variable_declaration class_constant_declaration echo_expr_list for_expr
%type <ast> non_empty_for_expr new_expr expr_without_variable yield_expr
%type <ast> combined_scalar_offset combined_scalar lexical_vars lexical_var_list function_call
%type <ast> class_name fully_qualified_class_name class_name_reference
%type <ast> dynamic_class_name_reference exit_expr backticks_expr ctor_arguments common_scalar
%type <ast> static_class_constant static_scalar static_scalar_value static_operation
%type <ast> general_constant scalar static_array_pair_list non_empty_static_array_pair_list
%type <ast> expr parenthesis_expr r_variable w_variable rw_variable variable
%type <ast> variable_without_objects static_member variable_class_name
%type <ast> array_function_dereference base_variable_with_function_calls base_variable
%type <ast> reference_variable compound_variable dim_offset variable_name
%type <ast> assignment_list assignment_list_element array_pair_list non_empty_array_pair_list
%type <ast> encaps_list encaps_var encaps_var_offset internal_functions_in_yacc isset_variables
%type <ast> isset_variable class_constant static_class_name_scalar class_name_scalar

%type <chain> chaining_method_or_property chaining_dereference chaining_instance_call
%type <chain> instance_call dynamic_class_name_variable_properties
%type <chain> dynamic_class_name_variable_property variable_properties variable_property
%type <chain> object_property object_dim_list array_method_dereference_dims
%type <method> array_method_dereference method_or_not
%type <ast> method

%type <head> class_entry_type interface_entry
%type <number> function is_reference is_variadic simple_indirect_reference
%type <number> trait_modifiers variable_modifiers method_modifiers non_empty_member_modifiers
%type <number> member_modifier

%%

/* Files and namespaces. */

start:
    top_statement_list
;

top_statement_list:
    top_statement_list before_statement top_statement { $$ = ADD($1, $3); }
|   %empty
    {
        $$ = EMPTY_LIST(STMT_LIST);
        if (!parser->result) {
            parser->result = $$;
        }
    }
;

/*
 * An empty rule that the parser applies by default behind a statement, whatever follows: so
 * a misplaced token is found where any statement may begin, and nothing is listed as expected.
 * It hands on the list.
 */
before_statement:
    %empty { $$ = $<ast>0; }
;

namespace_name:
    T_STRING
|   namespace_name T_NS_SEPARATOR T_STRING { $$ = zend_parser_join_name(parser, $1, $3); }
;

top_statement:
    statement
|   function_declaration_statement
|   class_declaration_statement
|   T_HALT_COMPILER '(' ')' ';'
    {
        /* $0 is before_statement's value: the list in which this statement stands. */
        zend_parser_halt(parser, $<ast>0);
        YYACCEPT;
    }
|   T_NAMESPACE namespace_name ';' { $$ = NODE(NAMESPACE, $2, NULL); }
|   T_NAMESPACE namespace_name '{'
    { $<ast>$ = parser->open_namespace = NODE(NAMESPACE, $2, NULL); }
    top_statement_list '}'
    {
        $$ = $<ast>4;
        $$->child[1] = $5;
        parser->open_namespace = NULL;
    }
|   T_NAMESPACE '{'
    { $<ast>$ = parser->open_namespace = NODE(NAMESPACE, NULL, NULL); }
    top_statement_list '}'
    {
        $$ = $<ast>3;
        $$->child[1] = $4;
        parser->open_namespace = NULL;
    }
|   T_USE use_declarations ';' { $$ = $2; }
|   T_USE T_FUNCTION use_function_declarations ';' { $$ = $3; }
|   T_USE T_CONST use_const_declarations ';' { $$ = $3; }
|   constant_declaration ';'
;

use_declarations:
    use_declarations ',' use_declaration { $$ = ADD($1, $3); }
|   use_declaration { $$ = LIST_OF(USE, $1); $$->attr = ZEND_USE_CLASS; }
;

use_declaration:
    namespace_name { $$ = NODE(USE_ELEM, $1, NULL); }
|   namespace_name T_AS T_STRING { $$ = NODE(USE_ELEM, $1, $3); }
|   T_NS_SEPARATOR namespace_name
    { $$ = NODE(USE_ELEM, zend_parser_name($2, ZEND_NAME_FQ), NULL); }
|   T_NS_SEPARATOR namespace_name T_AS T_STRING
    { $$ = NODE(USE_ELEM, zend_parser_name($2, ZEND_NAME_FQ), $4); }
;

use_function_declarations:
    use_function_declarations ',' use_declaration { $$ = ADD($1, $3); }
|   use_declaration { $$ = LIST_OF(USE, $1); $$->attr = ZEND_USE_FUNCTION; }
;

use_const_declarations:
    use_const_declarations ',' use_declaration { $$ = ADD($1, $3); }
|   use_declaration { $$ = LIST_OF(USE, $1); $$->attr = ZEND_USE_CONST; }
;

constant_declaration:
    constant_declaration ',' T_STRING '=' static_scalar { $$ = ADD($1, NODE(CONST_ELEM, $3, $5)); }
|   T_CONST T_STRING '=' static_scalar { $$ = LIST_OF(CONST_DECL, NODE(CONST_ELEM, $2, $4)); }
;

/* Statements. */

inner_statement_list:
    inner_statement_list before_statement inner_statement { $$ = ADD($1, $3); }
|   %empty { $$ = EMPTY_LIST(STMT_LIST); }
;

inner_statement:
    statement
|   function_declaration_statement
|   class_declaration_statement
|   T_HALT_COMPILER '(' ')' ';' { zend_parser_misplaced_halt(); YYERROR; }
;

statement:
    unticked_statement
|   T_STRING ':' { $$ = NODE(LABEL, $1); }
;

unticked_statement:
    '{' inner_statement_list '}' { $$ = $2; }
|   T_IF parenthesis_expr statement elseif_list else_single
    {
        $$ = LIST_OF(IF, NODE(IF_ELEM, $2, $3));
        $$ = zend_parser_append(parser, $$, $4);
        if ($5) {
            ADD($$, $5);
        }
    }
|   T_IF parenthesis_expr ':' inner_statement_list new_elseif_list new_else_single T_ENDIF ';'
    {
        $$ = LIST_OF(IF, NODE(IF_ELEM, $2, $4));
        $$ = zend_parser_append(parser, $$, $5);
        if ($6) {
            ADD($$, $6);
        }
    }
|   T_WHILE parenthesis_expr while_statement { $$ = NODE(WHILE, $2, $3); }
|   T_DO statement T_WHILE parenthesis_expr ';' { $$ = NODE(DO_WHILE, $2, $4); }
|   T_FOR '(' for_expr ';' for_expr ';' for_expr ')' for_statement
    { $$ = NODE(FOR, $3, $5, $7, $9); }
|   T_SWITCH parenthesis_expr switch_case_list { $$ = NODE(SWITCH, $2, $3); }
|   T_BREAK ';' { $$ = NODE(BREAK, NULL); }
|   T_BREAK expr ';' { $$ = NODE(BREAK, $2); }
|   T_CONTINUE ';' { $$ = NODE(CONTINUE, NULL); }
|   T_CONTINUE expr ';' { $$ = NODE(CONTINUE, $2); }
|   T_RETURN ';' { $$ = NODE(RETURN, NULL); }
|   T_RETURN expr_without_variable ';' { $$ = NODE(RETURN, $2); }
|   T_RETURN variable ';' { $$ = NODE(RETURN, $2); }
|   yield_expr ';'
|   T_GLOBAL global_var_list ';' { $$ = $2; }
|   T_STATIC static_var_list ';' { $$ = $2; }
|   T_ECHO echo_expr_list ';' { $$ = $2; }
|   T_INLINE_HTML { $$ = NODE(ECHO, $1); }
|   expr ';'
|   T_UNSET '(' unset_variables ')' ';' { $$ = $3; }
|   T_FOREACH '(' variable T_AS foreach_variable foreach_optional_arg ')' foreach_statement
    { $$ = $6 ? NODE(FOREACH, $3, $6, $5, $8) : NODE(FOREACH, $3, $5, NULL, $8); }
|   T_FOREACH '(' expr_without_variable T_AS foreach_variable foreach_optional_arg ')'
    foreach_statement
    { $$ = $6 ? NODE(FOREACH, $3, $6, $5, $8) : NODE(FOREACH, $3, $5, NULL, $8); }
|   T_DECLARE '(' declare_list ')' declare_statement
    {
        $$ = NODE(DECLARE, $3, $5);
        $$->attr = !$5;
    }
|   ';' { $$ = NULL; }
|   T_TRY '{' inner_statement_list '}' catch_statement finally_statement
    { $$ = NODE(TRY, $3, $5, $6); }
|   T_THROW expr ';' { $$ = NODE(THROW, $2); }
|   T_GOTO T_STRING ';' { $$ = NODE(GOTO, $2); }
;

catch_statement:
    %empty { $$ = EMPTY_LIST(CATCH_LIST); }
|   T_CATCH '(' fully_qualified_class_name T_VARIABLE ')' '{' inner_statement_list '}'
    { $<ast>$ = NODE(CATCH, $3, $4, $7); }
    additional_catches
    {
        $$ = LIST_OF(CATCH_LIST, $<ast>9);
        $$ = zend_parser_append(parser, $$, $10);
    }
;

finally_statement:
    %empty { $$ = NULL; }
|   T_FINALLY '{' inner_statement_list '}' { $$ = $3; }
;

additional_catches:
    non_empty_additional_catches
|   %empty { $$ = NULL; }
;

non_empty_additional_catches:
    additional_catch { $$ = LIST_OF(CATCH_LIST, $1); }
|   non_empty_additional_catches additional_catch { $$ = ADD($1, $2); }
;

additional_catch:
    T_CATCH '(' fully_qualified_class_name T_VARIABLE ')' '{' inner_statement_list '}'
    { $$ = NODE(CATCH, $3, $4, $7); }
;

unset_variables:
    unset_variable { $$ = LIST_OF(STMT_LIST, $1); $$->attr = 1; }
|   unset_variables ',' unset_variable { $$ = ADD($1, $3); }
;

unset_variable:
    variable { $$ = NODE(UNSET, $1); }
;

foreach_optional_arg:
    %empty { $$ = NULL; }
|   T_DOUBLE_ARROW foreach_variable { $$ = $2; }
;

foreach_variable:
    variable
|   '&' variable { $$ = NODE(REF, $2); }
|   T_LIST '(' assignment_list ')' { $$ = $3; }
;

for_statement:
    statement
|   ':' inner_statement_list T_ENDFOR ';' { $$ = $2; }
;

foreach_statement:
    statement
|   ':' inner_statement_list T_ENDFOREACH ';' { $$ = $2; }
;

declare_statement:
    statement
|   ':' inner_statement_list T_ENDDECLARE ';' { $$ = $2; }
;

declare_list:
    T_STRING '=' static_scalar { $$ = LIST_OF(CONST_DECL, NODE(CONST_ELEM, $1, $3)); }
|   declare_list ',' T_STRING '=' static_scalar { $$ = ADD($1, NODE(CONST_ELEM, $3, $5)); }
;

switch_case_list:
    '{' case_list '}' { $$ = $2; }
|   '{' ';' case_list '}' { $$ = $3; }
|   ':' case_list T_ENDSWITCH ';' { $$ = $2; }
|   ':' ';' case_list T_ENDSWITCH ';' { $$ = $3; }
;

case_list:
    %empty { $$ = EMPTY_LIST(SWITCH_LIST); }
|   case_list T_CASE expr case_separator inner_statement_list
    { $$ = ADD($1, NODE(SWITCH_CASE, $3, $5)); }
|   case_list T_DEFAULT case_separator inner_statement_list
    { $$ = ADD($1, NODE(SWITCH_CASE, NULL, $4)); }
;

case_separator:
    ':'
|   ';'
;

while_statement:
    statement
|   ':' inner_statement_list T_ENDWHILE ';' { $$ = $2; }
;

elseif_list:
    %empty { $$ = NULL; }
|   elseif_list T_ELSEIF parenthesis_expr statement
    { $$ = zend_parser_list(parser, $1, ZEND_AST_IF, NODE(IF_ELEM, $3, $4)); }
;

new_elseif_list:
    %empty { $$ = NULL; }
|   new_elseif_list T_ELSEIF parenthesis_expr ':' inner_statement_list
    { $$ = zend_parser_list(parser, $1, ZEND_AST_IF, NODE(IF_ELEM, $3, $5)); }
;

/* An else belongs to the nearest if: the empty rule is weaker than T_ELSE and T_ELSEIF. */
else_single:
    %empty %prec NO_ELSE { $$ = NULL; }
|   T_ELSE statement { $$ = NODE(IF_ELEM, NULL, $2); }
;

new_else_single:
    %empty { $$ = NULL; }
|   T_ELSE ':' inner_statement_list { $$ = NODE(IF_ELEM, NULL, $3); }
;

global_var_list:
    global_var_list ',' global_var { $$ = ADD($1, NODE(GLOBAL, $3)); }
|   global_var { $$ = LIST_OF(STMT_LIST, NODE(GLOBAL, $1)); $$->attr = 1; }
;

global_var:
    T_VARIABLE { $$ = NODE(VAR, $1); }
|   '$' r_variable { $$ = NODE(VAR, $2); }
|   '$' '{' expr '}' { $$ = NODE(VAR, $3); }
;

static_var_list:
    static_var_list ',' T_VARIABLE { $$ = ADD($1, NODE(STATIC, $3, NULL)); }
|   static_var_list ',' T_VARIABLE '=' static_scalar { $$ = ADD($1, NODE(STATIC, $3, $5)); }
|   T_VARIABLE { $$ = LIST_OF(STMT_LIST, NODE(STATIC, $1, NULL)); $$->attr = 1; }
|   T_VARIABLE '=' static_scalar { $$ = LIST_OF(STMT_LIST, NODE(STATIC, $1, $3)); $$->attr = 1; }
;

echo_expr_list:
    echo_expr_list ',' expr { $$ = ADD($1, NODE(ECHO, $3)); }
|   expr { $$ = LIST_OF(STMT_LIST, NODE(ECHO, $1)); $$->attr = 1; }
;

for_expr:
    %empty { $$ = NULL; }
|   non_empty_for_expr
;

non_empty_for_expr:
    non_empty_for_expr ',' expr { $$ = ADD($1, $3); }
|   expr { $$ = LIST_OF(EXPR_LIST, $1); }
;

/* Functions. */

function_declaration_statement:
    unticked_function_declaration_statement
;

function:
    T_FUNCTION { $$ = CG(zend_lineno); }
;

is_reference:
    %empty { $$ = 0; }
|   '&' { $$ = 1; }
;

is_variadic:
    %empty { $$ = 0; }
|   T_ELLIPSIS { $$ = 1; }
;

unticked_function_declaration_statement:
    function is_reference T_STRING
    { $<head>$ = zend_parser_begin(parser, $1, $2 ? ZEND_ACC_RETURN_REFERENCE : 0); }
    '(' parameter_list ')' '{' inner_statement_list '}'
    { $$ = zend_parser_function(parser, ZEND_AST_FUNC_DECL, &$<head>4, $3, $6, NULL, $9); }
;

parameter_list:
    non_empty_parameter_list
|   %empty { $$ = EMPTY_LIST(PARAM_LIST); }
;

non_empty_parameter_list:
    parameter { $$ = LIST_OF(PARAM_LIST, $1); }
|   non_empty_parameter_list ',' parameter { $$ = ADD($1, $3); }
;

parameter:
    optional_class_type is_reference is_variadic T_VARIABLE
    {
        $$ = NODE(PARAM, $1, $4, NULL);
        $$->attr = ($2 ? ZEND_PARAM_REF : 0) | ($3 ? ZEND_PARAM_VARIADIC : 0);
    }
|   optional_class_type is_reference is_variadic T_VARIABLE '=' static_scalar
    {
        $$ = NODE(PARAM, $1, $4, $6);
        $$->attr = ($2 ? ZEND_PARAM_REF : 0) | ($3 ? ZEND_PARAM_VARIADIC : 0);
    }
;

optional_class_type:
    %empty { $$ = NULL; }
|   T_ARRAY { $$ = LEAF(TYPE, IS_ARRAY); }
|   T_CALLABLE { $$ = LEAF(TYPE, IS_CALLABLE); }
|   fully_qualified_class_name
;

function_call_parameter_list:
    '(' ')' { $$ = EMPTY_LIST(ARG_LIST); }
|   '(' non_empty_function_call_parameter_list ')' { $$ = $2; }
|   '(' yield_expr ')' { $$ = LIST_OF(ARG_LIST, $2); }
;

non_empty_function_call_parameter_list:
    function_call_parameter { $$ = LIST_OF(ARG_LIST, $1); }
|   non_empty_function_call_parameter_list ',' function_call_parameter { $$ = ADD($1, $3); }
;

function_call_parameter:
    expr_without_variable
|   variable
|   '&' w_variable { $$ = NODE(REF, $2); }
|   T_ELLIPSIS expr { $$ = NODE(UNPACK, $2); }
;

lexical_vars:
    %empty { $$ = NULL; }
|   T_USE '(' lexical_var_list ')' { $$ = $3; }
;

lexical_var_list:
    lexical_var_list ',' T_VARIABLE { $$ = ADD($1, $3); }
|   lexical_var_list ',' '&' T_VARIABLE { $$ = ADD($1, zend_parser_name($4, 1)); }
|   T_VARIABLE { $$ = LIST_OF(CLOSURE_USES, $1); }
|   '&' T_VARIABLE { $$ = LIST_OF(CLOSURE_USES, zend_parser_name($2, 1)); }
;

/* Classes, interfaces and traits. */

class_declaration_statement:
    unticked_class_declaration_statement
;

unticked_class_declaration_statement:
    class_entry_type T_STRING extends_from
    { $<head>$ = zend_parser_begin(parser, $1.line, $1.flags); }
    implements_list '{' class_statement_list '}'
    { $$ = zend_parser_class(parser, &$<head>4, $2, $3, $5, $7); }
|   interface_entry T_STRING
    { $<head>$ = zend_parser_begin(parser, $1.line, $1.flags); }
    interface_extends_list '{' class_statement_list '}'
    { $$ = zend_parser_class(parser, &$<head>3, $2, NULL, $4, $6); }
;

class_entry_type:
    T_CLASS { $$.line = CG(zend_lineno); $$.flags = 0; }
|   T_ABSTRACT T_CLASS
    { $$.line = CG(zend_lineno); $$.flags = ZEND_ACC_EXPLICIT_ABSTRACT_CLASS; }
|   T_TRAIT { $$.line = CG(zend_lineno); $$.flags = ZEND_ACC_TRAIT; }
|   T_FINAL T_CLASS { $$.line = CG(zend_lineno); $$.flags = ZEND_ACC_FINAL_CLASS; }
;

interface_entry:
    T_INTERFACE { $$.line = CG(zend_lineno); $$.flags = ZEND_ACC_INTERFACE; }
;

extends_from:
    %empty { $$ = NULL; }
|   T_EXTENDS fully_qualified_class_name { $$ = $2; }
;

interface_extends_list:
    %empty { $$ = NULL; }
|   T_EXTENDS interface_list { $$ = $2; }
;

implements_list:
    %empty { $$ = NULL; }
|   T_IMPLEMENTS interface_list { $$ = $2; }
;

interface_list:
    fully_qualified_class_name { $$ = LIST_OF(NAME_LIST, $1); }
|   interface_list ',' fully_qualified_class_name { $$ = ADD($1, $3); }
;

class_statement_list:
    class_statement_list class_statement { $$ = ADD($1, $2); }
|   %empty { $$ = EMPTY_LIST(STMT_LIST); }
;

class_statement:
    variable_modifiers class_variable_declaration ';'
    {
        $$ = $2;
        $$->attr = $1;
    }
|   class_constant_declaration ';'
|   trait_use_statement
|   method_modifiers function is_reference T_STRING
    {
        $<head>$ = zend_parser_begin(parser, $2, $1 | ($3 ? ZEND_ACC_RETURN_REFERENCE : 0));
    }
    '(' parameter_list ')' method_body
    { $$ = zend_parser_function(parser, ZEND_AST_METHOD, &$<head>5, $4, $7, NULL, $9); }
;

trait_use_statement:
    T_USE trait_reference_list trait_adaptations { $$ = NODE(USE_TRAIT, $2, $3); }
;

trait_adaptations:
    ';' { $$ = NULL; }
|   '{' trait_adaptation_list '}' { $$ = $2; }
;

trait_adaptation_list:
    %empty { $$ = NULL; }
|   non_empty_trait_adaptation_list
;

non_empty_trait_adaptation_list:
    trait_adaptation_statement { $$ = LIST_OF(TRAIT_ADAPTATIONS, $1); }
|   non_empty_trait_adaptation_list trait_adaptation_statement { $$ = ADD($1, $2); }
;

trait_adaptation_statement:
    trait_precedence ';'
|   trait_alias ';'
;

trait_precedence:
    trait_method_reference_fully_qualified T_INSTEADOF trait_reference_list
    { $$ = NODE(TRAIT_PRECEDENCE, $1, $3); }
;

trait_reference_list:
    fully_qualified_class_name { $$ = LIST_OF(NAME_LIST, $1); }
|   trait_reference_list ',' fully_qualified_class_name { $$ = ADD($1, $3); }
;

trait_method_reference:
    T_STRING { $$ = NODE(METHOD_REFERENCE, NULL, $1); }
|   trait_method_reference_fully_qualified
;

trait_method_reference_fully_qualified:
    fully_qualified_class_name T_PAAMAYIM_NEKUDOTAYIM T_STRING
    { $$ = NODE(METHOD_REFERENCE, $1, $3); }
;

trait_alias:
    trait_method_reference T_AS trait_modifiers T_STRING
    { $$ = NODE_ATTR(TRAIT_ALIAS, $3, $1, $4); }
|   trait_method_reference T_AS member_modifier { $$ = NODE_ATTR(TRAIT_ALIAS, $3, $1, NULL); }
;

trait_modifiers:
    %empty { $$ = 0; }
|   member_modifier
;

method_body:
    ';' { $$ = NULL; }
|   '{' inner_statement_list '}' { $$ = $2; }
;

variable_modifiers:
    non_empty_member_modifiers
|   T_VAR { $$ = ZEND_ACC_PUBLIC; }
;

method_modifiers:
    %empty { $$ = ZEND_ACC_PUBLIC; }
|   non_empty_member_modifiers
    { $$ = $1 & ZEND_ACC_PPP_MASK ? $1 : $1 | ZEND_ACC_PUBLIC; }
;

non_empty_member_modifiers:
    member_modifier
|   non_empty_member_modifiers member_modifier { $$ = zend_parser_add_modifier($1, $2); }
;

member_modifier:
    T_PUBLIC { $$ = ZEND_ACC_PUBLIC; }
|   T_PROTECTED { $$ = ZEND_ACC_PROTECTED; }
|   T_PRIVATE { $$ = ZEND_ACC_PRIVATE; }
|   T_STATIC { $$ = ZEND_ACC_STATIC; }
|   T_ABSTRACT { $$ = ZEND_ACC_ABSTRACT; }
|   T_FINAL { $$ = ZEND_ACC_FINAL; }
;

class_variable_declaration:
    class_variable_declaration ',' T_VARIABLE
    { $$ = ADD($1, zend_parser_property(parser, $3, NULL)); }
|   class_variable_declaration ',' T_VARIABLE '=' static_scalar
    { $$ = ADD($1, zend_parser_property(parser, $3, $5)); }
|   T_VARIABLE { $$ = LIST_OF(PROP_DECL, zend_parser_property(parser, $1, NULL)); }
|   T_VARIABLE '=' static_scalar { $$ = LIST_OF(PROP_DECL, zend_parser_property(parser, $1, $3)); }
;

class_constant_declaration:
    class_constant_declaration ',' T_STRING '=' static_scalar
    { $$ = ADD($1, NODE(CONST_ELEM, $3, $5)); }
|   T_CONST T_STRING '=' static_scalar
    {
        $$ = LIST_OF(CLASS_CONST_DECL, NODE(CONST_ELEM, $2, $4));
        parser->lex.doc_comment = NULL;
    }
;

/* Expressions. */

chaining_method_or_property:
    chaining_method_or_property variable_property { $$ = zend_parser_join($1, $2); }
|   variable_property
;

chaining_dereference:
    chaining_dereference '[' dim_offset ']'
    { $$ = zend_parser_join($1, zend_parser_link(NODE(DIM, NULL, $3))); }
|   '[' dim_offset ']' { $$ = zend_parser_link(NODE(DIM, NULL, $2)); }
;

chaining_instance_call:
    chaining_dereference chaining_method_or_property { $$ = zend_parser_join($1, $2); }
|   chaining_dereference
|   chaining_method_or_property
;

instance_call:
    %empty { $$ = (zend_ast_chain){NULL, NULL}; }
|   chaining_instance_call
;

new_expr:
    T_NEW class_name_reference ctor_arguments { $$ = NODE(NEW, $2, $3); }
;

expr_without_variable:
    T_LIST '(' assignment_list ')' '=' expr { $$ = NODE(ASSIGN, $3, $6); }
|   variable '=' expr { $$ = NODE(ASSIGN, $1, $3); }
|   variable '=' '&' variable { $$ = NODE(ASSIGN_REF, $1, $4); }
|   variable '=' '&' T_NEW class_name_reference ctor_arguments
    { $$ = NODE(ASSIGN_REF, $1, NODE(NEW, $5, $6)); }
|   T_CLONE expr { $$ = NODE(CLONE, $2); }
|   variable T_PLUS_EQUAL expr { $$ = NODE_ATTR(ASSIGN_OP, ZEND_AST_OP_ADD, $1, $3); }
|   variable T_MINUS_EQUAL expr { $$ = NODE_ATTR(ASSIGN_OP, ZEND_AST_OP_SUB, $1, $3); }
|   variable T_MUL_EQUAL expr { $$ = NODE_ATTR(ASSIGN_OP, ZEND_AST_OP_MUL, $1, $3); }
|   variable T_POW_EQUAL expr { $$ = NODE_ATTR(ASSIGN_OP, ZEND_AST_OP_POW, $1, $3); }
|   variable T_DIV_EQUAL expr { $$ = NODE_ATTR(ASSIGN_OP, ZEND_AST_OP_DIV, $1, $3); }
|   variable T_CONCAT_EQUAL expr { $$ = NODE_ATTR(ASSIGN_OP, ZEND_AST_OP_CONCAT, $1, $3); }
|   variable T_MOD_EQUAL expr { $$ = NODE_ATTR(ASSIGN_OP, ZEND_AST_OP_MOD, $1, $3); }
|   variable T_AND_EQUAL expr { $$ = NODE_ATTR(ASSIGN_OP, ZEND_AST_OP_BW_AND, $1, $3); }
|   variable T_OR_EQUAL expr { $$ = NODE_ATTR(ASSIGN_OP, ZEND_AST_OP_BW_OR, $1, $3); }
|   variable T_XOR_EQUAL expr { $$ = NODE_ATTR(ASSIGN_OP, ZEND_AST_OP_BW_XOR, $1, $3); }
|   variable T_SL_EQUAL expr { $$ = NODE_ATTR(ASSIGN_OP, ZEND_AST_OP_SL, $1, $3); }
|   variable T_SR_EQUAL expr { $$ = NODE_ATTR(ASSIGN_OP, ZEND_AST_OP_SR, $1, $3); }
|   rw_variable T_INC { $$ = NODE(POST_INC, $1); }
|   T_INC rw_variable { $$ = NODE(PRE_INC, $2); }
|   rw_variable T_DEC { $$ = NODE(POST_DEC, $1); }
|   T_DEC rw_variable { $$ = NODE(PRE_DEC, $2); }
|   expr T_BOOLEAN_OR expr { $$ = NODE(OR, $1, $3); }
|   expr T_BOOLEAN_AND expr { $$ = NODE(AND, $1, $3); }
|   expr T_LOGICAL_OR expr { $$ = NODE(OR, $1, $3); }
|   expr T_LOGICAL_AND expr { $$ = NODE(AND, $1, $3); }
|   expr T_LOGICAL_XOR expr { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_BOOL_XOR, $1, $3); }
|   expr '|' expr { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_BW_OR, $1, $3); }
|   expr '&' expr { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_BW_AND, $1, $3); }
|   expr '^' expr { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_BW_XOR, $1, $3); }
|   expr '.' expr { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_CONCAT, $1, $3); }
|   expr '+' expr { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_ADD, $1, $3); }
|   expr '-' expr { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_SUB, $1, $3); }
|   expr '*' expr { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_MUL, $1, $3); }
|   expr T_POW expr { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_POW, $1, $3); }
|   expr '/' expr { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_DIV, $1, $3); }
|   expr '%' expr { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_MOD, $1, $3); }
|   expr T_SL expr { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_SL, $1, $3); }
|   expr T_SR expr { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_SR, $1, $3); }
|   '+' expr %prec T_INC { $$ = NODE(UNARY_PLUS, $2); }
|   '-' expr %prec T_INC { $$ = NODE(UNARY_MINUS, $2); }
|   '!' expr { $$ = NODE_ATTR(UNARY_OP, ZEND_AST_OP_BOOL_NOT, $2); }
|   '~' expr { $$ = NODE_ATTR(UNARY_OP, ZEND_AST_OP_BW_NOT, $2); }
|   expr T_IS_IDENTICAL expr { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_IS_IDENTICAL, $1, $3); }
|   expr T_IS_NOT_IDENTICAL expr
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_IS_NOT_IDENTICAL, $1, $3); }
|   expr T_IS_EQUAL expr { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_IS_EQUAL, $1, $3); }
|   expr T_IS_NOT_EQUAL expr { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_IS_NOT_EQUAL, $1, $3); }
|   expr '<' expr { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_IS_SMALLER, $1, $3); }
|   expr T_IS_SMALLER_OR_EQUAL expr
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_IS_SMALLER_OR_EQUAL, $1, $3); }
|   expr '>' expr { $$ = NODE(GREATER, $1, $3); }
|   expr T_IS_GREATER_OR_EQUAL expr { $$ = NODE(GREATER_EQUAL, $1, $3); }
|   expr T_INSTANCEOF class_name_reference { $$ = NODE(INSTANCEOF, $1, $3); }
|   parenthesis_expr { $$ = zend_parser_parenthesized($1); }
|   new_expr
|   '(' new_expr ')' instance_call { $$ = zend_parser_attach($2, $4); }
|   expr '?' expr ':' expr { $$ = NODE(CONDITIONAL, $1, $3, $5); }
|   expr '?' ':' expr { $$ = NODE(CONDITIONAL, $1, NULL, $4); }
|   internal_functions_in_yacc
|   T_INT_CAST expr { $$ = NODE_ATTR(CAST, IS_LONG, $2); }
|   T_DOUBLE_CAST expr { $$ = NODE_ATTR(CAST, IS_DOUBLE, $2); }
|   T_STRING_CAST expr { $$ = NODE_ATTR(CAST, IS_STRING, $2); }
|   T_ARRAY_CAST expr { $$ = NODE_ATTR(CAST, IS_ARRAY, $2); }
|   T_OBJECT_CAST expr { $$ = NODE_ATTR(CAST, IS_OBJECT, $2); }
|   T_BOOL_CAST expr { $$ = NODE_ATTR(CAST, IS_BOOL, $2); }
|   T_UNSET_CAST expr { $$ = NODE_ATTR(CAST, IS_NULL, $2); }
|   T_EXIT exit_expr { $$ = NODE(EXIT, $2); }
|   '@' expr { $$ = NODE(SILENCE, $2); }
|   scalar
|   combined_scalar_offset
|   combined_scalar
|   '`' backticks_expr '`' { $$ = NODE(SHELL_EXEC, $2); }
|   T_PRINT expr { $$ = NODE(PRINT, $2); }
|   T_YIELD { $$ = zend_parser_yield(parser, NULL, NULL); }
|   function is_reference
    { $<head>$ = zend_parser_begin(parser, $1, $2 ? ZEND_ACC_RETURN_REFERENCE : 0); }
    '(' parameter_list ')' lexical_vars '{' inner_statement_list '}'
    {
        $$ = zend_parser_function(parser, ZEND_AST_CLOSURE, &$<head>3, NULL, $5, $7, $9);
    }
|   T_STATIC function is_reference
    {
        $<head>$ = zend_parser_begin(
            parser, $2, ZEND_ACC_STATIC | ($3 ? ZEND_ACC_RETURN_REFERENCE : 0));
    }
    '(' parameter_list ')' lexical_vars '{' inner_statement_list '}'
    {
        $$ = zend_parser_function(parser, ZEND_AST_CLOSURE, &$<head>4, NULL, $6, $8, $10);
    }
;

yield_expr:
    T_YIELD expr_without_variable { $$ = zend_parser_yield(parser, $2, NULL); }
|   T_YIELD variable { $$ = zend_parser_yield(parser, $2, NULL); }
|   T_YIELD expr T_DOUBLE_ARROW expr_without_variable { $$ = zend_parser_yield(parser, $4, $2); }
|   T_YIELD expr T_DOUBLE_ARROW variable { $$ = zend_parser_yield(parser, $4, $2); }
;

combined_scalar_offset:
    combined_scalar '[' dim_offset ']' { $$ = NODE(DIM, $1, $3); }
|   combined_scalar_offset '[' dim_offset ']' { $$ = NODE(DIM, $1, $3); }
|   T_CONSTANT_ENCAPSED_STRING '[' dim_offset ']' { $$ = NODE(DIM, $1, $3); }
|   general_constant '[' dim_offset ']' { $$ = NODE(DIM, $1, $3); }
;

combined_scalar:
    T_ARRAY '(' array_pair_list ')' { $$ = $3; }
|   '[' array_pair_list ']' { $$ = $2; }
;

parenthesis_expr:
    '(' expr ')' { $$ = $2; }
|   '(' yield_expr ')' { $$ = $2; }
;

exit_expr:
    %empty { $$ = NULL; }
|   '(' ')' { $$ = NULL; }
|   parenthesis_expr
;

backticks_expr:
    %empty { $$ = zend_parser_string(parser, ""); }
|   T_ENCAPSED_AND_WHITESPACE
|   encaps_list
;

ctor_arguments:
    %empty { $$ = EMPTY_LIST(ARG_LIST); }
|   function_call_parameter_list
;

internal_functions_in_yacc:
    T_ISSET '(' isset_variables ')' { $$ = $3; }
|   T_EMPTY '(' variable ')' { $$ = NODE(EMPTY, $3); }
|   T_EMPTY '(' expr_without_variable ')' { $$ = NODE(EMPTY, $3); }
|   T_INCLUDE expr { $$ = NODE_ATTR(INCLUDE_OR_EVAL, ZEND_INCLUDE, $2); }
|   T_INCLUDE_ONCE expr { $$ = NODE_ATTR(INCLUDE_OR_EVAL, ZEND_INCLUDE_ONCE, $2); }
|   T_EVAL '(' expr ')' { $$ = NODE_ATTR(INCLUDE_OR_EVAL, ZEND_EVAL, $3); }
|   T_REQUIRE expr { $$ = NODE_ATTR(INCLUDE_OR_EVAL, ZEND_REQUIRE, $2); }
|   T_REQUIRE_ONCE expr { $$ = NODE_ATTR(INCLUDE_OR_EVAL, ZEND_REQUIRE_ONCE, $2); }
;

isset_variables:
    isset_variable
|   isset_variables ',' isset_variable { $$ = NODE(AND, $1, $3); }
;

isset_variable:
    variable { $$ = NODE(ISSET, $1); }
|   expr_without_variable { $$ = NODE(ISSET, $1); }
;

/* Names of classes. */

class_name:
    T_STATIC { $$ = zend_parser_static_name(parser); }
|   namespace_name
|   T_NAMESPACE T_NS_SEPARATOR namespace_name { $$ = zend_parser_name($3, ZEND_NAME_RELATIVE); }
|   T_NS_SEPARATOR namespace_name { $$ = zend_parser_name($2, ZEND_NAME_FQ); }
;

fully_qualified_class_name:
    namespace_name
|   T_NAMESPACE T_NS_SEPARATOR namespace_name { $$ = zend_parser_name($3, ZEND_NAME_RELATIVE); }
|   T_NS_SEPARATOR namespace_name { $$ = zend_parser_name($2, ZEND_NAME_FQ); }
;

class_name_reference:
    class_name
|   dynamic_class_name_reference
;

dynamic_class_name_reference:
    base_variable T_OBJECT_OPERATOR object_property dynamic_class_name_variable_properties
    { $$ = zend_parser_attach($1, zend_parser_join($3, $4)); }
|   base_variable
;

dynamic_class_name_variable_properties:
    dynamic_class_name_variable_properties dynamic_class_name_variable_property
    { $$ = zend_parser_join($1, $2); }
|   %empty { $$ = (zend_ast_chain){NULL, NULL}; }
;

dynamic_class_name_variable_property:
    T_OBJECT_OPERATOR object_property { $$ = $2; }
;

/* Literals and constants. */

common_scalar:
    T_LNUMBER
|   T_DNUMBER
|   T_CONSTANT_ENCAPSED_STRING
|   T_LINE
|   T_FILE
|   T_DIR
|   T_TRAIT_C { $$ = LEAF(MAGIC_CONST, ZEND_MAGIC_TRAIT); }
|   T_METHOD_C { $$ = LEAF(MAGIC_CONST, ZEND_MAGIC_METHOD); }
|   T_FUNC_C { $$ = LEAF(MAGIC_CONST, ZEND_MAGIC_FUNCTION); }
|   T_NS_C { $$ = LEAF(MAGIC_CONST, ZEND_MAGIC_NAMESPACE); }
|   T_START_HEREDOC T_ENCAPSED_AND_WHITESPACE T_END_HEREDOC { $$ = $2; }
|   T_START_HEREDOC T_END_HEREDOC { $$ = zend_parser_string(parser, ""); }
;

static_class_constant:
    class_name T_PAAMAYIM_NEKUDOTAYIM T_STRING { $$ = NODE(CLASS_CONST, $1, $3); }
;

static_scalar:
    static_scalar_value
;

static_scalar_value:
    common_scalar
|   static_class_name_scalar
|   namespace_name { $$ = NODE(CONST, $1); }
|   T_NAMESPACE T_NS_SEPARATOR namespace_name
    { $$ = NODE(CONST, zend_parser_name($3, ZEND_NAME_RELATIVE)); }
|   T_NS_SEPARATOR namespace_name { $$ = NODE(CONST, zend_parser_name($2, ZEND_NAME_FQ)); }
|   T_ARRAY '(' static_array_pair_list ')' { $$ = $3; }
|   '[' static_array_pair_list ']' { $$ = $2; }
|   static_class_constant
|   T_CLASS_C { $$ = LEAF(MAGIC_CONST, ZEND_MAGIC_CLASS); }
|   static_operation
;

static_operation:
    static_scalar_value '[' static_scalar_value ']' { $$ = NODE(DIM, $1, $3); }
|   static_scalar_value '+' static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_ADD, $1, $3); }
|   static_scalar_value '-' static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_SUB, $1, $3); }
|   static_scalar_value '*' static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_MUL, $1, $3); }
|   static_scalar_value T_POW static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_POW, $1, $3); }
|   static_scalar_value '/' static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_DIV, $1, $3); }
|   static_scalar_value '%' static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_MOD, $1, $3); }
|   '!' static_scalar_value { $$ = NODE_ATTR(UNARY_OP, ZEND_AST_OP_BOOL_NOT, $2); }
|   '~' static_scalar_value { $$ = NODE_ATTR(UNARY_OP, ZEND_AST_OP_BW_NOT, $2); }
|   static_scalar_value '|' static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_BW_OR, $1, $3); }
|   static_scalar_value '&' static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_BW_AND, $1, $3); }
|   static_scalar_value '^' static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_BW_XOR, $1, $3); }
|   static_scalar_value T_SL static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_SL, $1, $3); }
|   static_scalar_value T_SR static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_SR, $1, $3); }
|   static_scalar_value '.' static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_CONCAT, $1, $3); }
|   static_scalar_value T_LOGICAL_XOR static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_BOOL_XOR, $1, $3); }
|   static_scalar_value T_LOGICAL_AND static_scalar_value { $$ = NODE(AND, $1, $3); }
|   static_scalar_value T_LOGICAL_OR static_scalar_value { $$ = NODE(OR, $1, $3); }
|   static_scalar_value T_BOOLEAN_AND static_scalar_value { $$ = NODE(AND, $1, $3); }
|   static_scalar_value T_BOOLEAN_OR static_scalar_value { $$ = NODE(OR, $1, $3); }
|   static_scalar_value T_IS_IDENTICAL static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_IS_IDENTICAL, $1, $3); }
|   static_scalar_value T_IS_NOT_IDENTICAL static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_IS_NOT_IDENTICAL, $1, $3); }
|   static_scalar_value T_IS_EQUAL static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_IS_EQUAL, $1, $3); }
|   static_scalar_value T_IS_NOT_EQUAL static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_IS_NOT_EQUAL, $1, $3); }
|   static_scalar_value '<' static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_IS_SMALLER, $1, $3); }
|   static_scalar_value '>' static_scalar_value { $$ = NODE(GREATER, $1, $3); }
|   static_scalar_value T_IS_SMALLER_OR_EQUAL static_scalar_value
    { $$ = NODE_ATTR(BINARY_OP, ZEND_AST_OP_IS_SMALLER_OR_EQUAL, $1, $3); }
|   static_scalar_value T_IS_GREATER_OR_EQUAL static_scalar_value
    { $$ = NODE(GREATER_EQUAL, $1, $3); }
|   static_scalar_value '?' ':' static_scalar_value { $$ = NODE(CONDITIONAL, $1, NULL, $4); }
|   static_scalar_value '?' static_scalar_value ':' static_scalar_value
    { $$ = NODE(CONDITIONAL, $1, $3, $5); }
|   '+' static_scalar_value { $$ = NODE(UNARY_PLUS, $2); }
|   '-' static_scalar_value { $$ = NODE(UNARY_MINUS, $2); }
|   '(' static_scalar_value ')' { $$ = $2; }
;

general_constant:
    class_constant
|   namespace_name { $$ = NODE(CONST, $1); }
|   T_NAMESPACE T_NS_SEPARATOR namespace_name
    { $$ = NODE(CONST, zend_parser_name($3, ZEND_NAME_RELATIVE)); }
|   T_NS_SEPARATOR namespace_name { $$ = NODE(CONST, zend_parser_name($2, ZEND_NAME_FQ)); }
;

scalar:
    T_STRING_VARNAME
|   general_constant
|   class_name_scalar
|   common_scalar
|   '"' encaps_list '"' { $$ = $2; }
|   T_START_HEREDOC encaps_list T_END_HEREDOC { $$ = $2; }
|   T_CLASS_C { $$ = LEAF(MAGIC_CONST, ZEND_MAGIC_CLASS); }
;

static_array_pair_list:
    %empty { $$ = EMPTY_LIST(ARRAY); }
|   non_empty_static_array_pair_list possible_comma
;

possible_comma:
    %empty
|   ','
;

non_empty_static_array_pair_list:
    non_empty_static_array_pair_list ',' static_scalar_value T_DOUBLE_ARROW static_scalar_value
    { $$ = ADD($1, NODE(ARRAY_ELEM, $5, $3)); }
|   non_empty_static_array_pair_list ',' static_scalar_value
    { $$ = ADD($1, NODE(ARRAY_ELEM, $3, NULL)); }
|   static_scalar_value T_DOUBLE_ARROW static_scalar_value
    { $$ = LIST_OF(ARRAY, NODE(ARRAY_ELEM, $3, $1)); }
|   static_scalar_value { $$ = LIST_OF(ARRAY, NODE(ARRAY_ELEM, $1, NULL)); }
;

expr:
    r_variable
|   expr_without_variable
;

/* Variables. */

r_variable:
    variable
;

w_variable:
    variable
;

rw_variable:
    variable
;

variable:
    base_variable_with_function_calls T_OBJECT_OPERATOR object_property method_or_not
    variable_properties
    {
        $$ = zend_parser_attach(
            $1, zend_parser_join(zend_parser_member(parser, $3, $4), $5));
    }
|   base_variable_with_function_calls
;

variable_properties:
    variable_properties variable_property { $$ = zend_parser_join($1, $2); }
|   %empty { $$ = (zend_ast_chain){NULL, NULL}; }
;

variable_property:
    T_OBJECT_OPERATOR object_property method_or_not { $$ = zend_parser_member(parser, $2, $3); }
;

array_method_dereference:
    method array_method_dereference_dims
    {
        $$.args = $1;
        $$.dims = $2;
    }
;

array_method_dereference_dims:
    array_method_dereference_dims '[' dim_offset ']'
    { $$ = zend_parser_join($1, zend_parser_link(NODE(DIM, NULL, $3))); }
|   '[' dim_offset ']' { $$ = zend_parser_link(NODE(DIM, NULL, $2)); }
;

method:
    function_call_parameter_list
;

method_or_not:
    method
    {
        $$.args = $1;
        $$.dims = (zend_ast_chain){NULL, NULL};
    }
|   array_method_dereference
|   %empty
    {
        $$.args = NULL;
        $$.dims = (zend_ast_chain){NULL, NULL};
    }
;

variable_without_objects:
    reference_variable
|   simple_indirect_reference reference_variable { $$ = zend_parser_indirect(parser, $2, $1); }
;

static_member:
    class_name T_PAAMAYIM_NEKUDOTAYIM variable_without_objects
    { $$ = zend_parser_static_member(parser, $1, $3); }
|   variable_class_name T_PAAMAYIM_NEKUDOTAYIM variable_without_objects
    { $$ = zend_parser_static_member(parser, $1, $3); }
;

variable_class_name:
    reference_variable
;

array_function_dereference:
    array_function_dereference '[' dim_offset ']' { $$ = NODE(DIM, $1, $3); }
|   function_call '[' dim_offset ']' { $$ = NODE(DIM, $1, $3); }
;

base_variable_with_function_calls:
    base_variable
|   array_function_dereference
|   function_call
;

function_call:
    namespace_name function_call_parameter_list { $$ = NODE(CALL, $1, $2); }
|   T_NAMESPACE T_NS_SEPARATOR namespace_name function_call_parameter_list
    { $$ = NODE(CALL, zend_parser_name($3, ZEND_NAME_RELATIVE), $4); }
|   T_NS_SEPARATOR namespace_name function_call_parameter_list
    { $$ = NODE(CALL, zend_parser_name($2, ZEND_NAME_FQ), $3); }
|   class_name T_PAAMAYIM_NEKUDOTAYIM variable_name function_call_parameter_list
    { $$ = NODE(STATIC_CALL, $1, $3, $4); }
|   class_name T_PAAMAYIM_NEKUDOTAYIM variable_without_objects function_call_parameter_list
    { $$ = NODE(STATIC_CALL, $1, $3, $4); }
|   variable_class_name T_PAAMAYIM_NEKUDOTAYIM variable_name function_call_parameter_list
    { $$ = NODE(STATIC_CALL, $1, $3, $4); }
|   variable_class_name T_PAAMAYIM_NEKUDOTAYIM variable_without_objects
    function_call_parameter_list
    { $$ = NODE(STATIC_CALL, $1, $3, $4); }
|   variable_without_objects function_call_parameter_list { $$ = NODE(CALL, $1, $2); }
;

base_variable:
    reference_variable
|   simple_indirect_reference reference_variable { $$ = zend_parser_indirect(parser, $2, $1); }
|   static_member
;

reference_variable:
    reference_variable '[' dim_offset ']' { $$ = NODE(DIM, $1, $3); }
|   reference_variable '{' expr '}' { $$ = NODE(DIM, $1, $3); }
|   compound_variable
;

compound_variable:
    T_VARIABLE { $$ = NODE(VAR, $1); }
|   '$' '{' expr '}' { $$ = NODE(VAR, $3); }
;

dim_offset:
    %empty { $$ = NULL; }
|   expr
;

object_property:
    object_dim_list
|   variable_without_objects { $$ = zend_parser_link(NODE(PROP, NULL, $1)); }
;

object_dim_list:
    object_dim_list '[' dim_offset ']'
    { $$ = zend_parser_join($1, zend_parser_link(NODE(DIM, NULL, $3))); }
|   object_dim_list '{' expr '}'
    { $$ = zend_parser_join($1, zend_parser_link(NODE(DIM, NULL, $3))); }
|   variable_name { $$ = zend_parser_link(NODE(PROP, NULL, $1)); }
;

variable_name:
    T_STRING
|   '{' expr '}' { $$ = $2; }
;

simple_indirect_reference:
    '$' { $$ = 1; }
|   simple_indirect_reference '$' { $$ = $1 + 1; }
;

/* Arrays and lists. */

assignment_list:
    assignment_list ',' assignment_list_element { $$ = ADD($1, $3); }
|   assignment_list_element { $$ = LIST_OF(LIST, $1); }
;

assignment_list_element:
    variable
|   T_LIST '(' assignment_list ')' { $$ = $3; }
|   %empty { $$ = NULL; }
;

array_pair_list:
    %empty { $$ = EMPTY_LIST(ARRAY); }
|   non_empty_array_pair_list possible_comma
;

non_empty_array_pair_list:
    non_empty_array_pair_list ',' expr T_DOUBLE_ARROW expr
    { $$ = ADD($1, NODE(ARRAY_ELEM, $5, $3)); }
|   non_empty_array_pair_list ',' expr { $$ = ADD($1, NODE(ARRAY_ELEM, $3, NULL)); }
|   expr T_DOUBLE_ARROW expr { $$ = LIST_OF(ARRAY, NODE(ARRAY_ELEM, $3, $1)); }
|   expr { $$ = LIST_OF(ARRAY, NODE(ARRAY_ELEM, $1, NULL)); }
|   non_empty_array_pair_list ',' expr T_DOUBLE_ARROW '&' w_variable
    { $$ = ADD($1, NODE_ATTR(ARRAY_ELEM, 1, $6, $3)); }
|   non_empty_array_pair_list ',' '&' w_variable
    { $$ = ADD($1, NODE_ATTR(ARRAY_ELEM, 1, $4, NULL)); }
|   expr T_DOUBLE_ARROW '&' w_variable { $$ = LIST_OF(ARRAY, NODE_ATTR(ARRAY_ELEM, 1, $4, $1)); }
|   '&' w_variable { $$ = LIST_OF(ARRAY, NODE_ATTR(ARRAY_ELEM, 1, $2, NULL)); }
;

/* Strings with variables in them. */

encaps_list:
    encaps_list encaps_var { $$ = ADD($1, $2); }
|   encaps_list T_ENCAPSED_AND_WHITESPACE { $$ = zend_parser_add_part(parser, $1, $2); }
|   encaps_var { $$ = LIST_OF(ENCAPS_LIST, $1); }
|   T_ENCAPSED_AND_WHITESPACE encaps_var
    {
        $$ = zend_parser_add_part(parser, EMPTY_LIST(ENCAPS_LIST), $1);
        ADD($$, $2);
    }
;

encaps_var:
    T_VARIABLE { $$ = NODE(VAR, $1); }
|   T_VARIABLE '[' encaps_var_offset ']' { $$ = NODE(DIM, NODE(VAR, $1), $3); }
|   T_VARIABLE T_OBJECT_OPERATOR T_STRING { $$ = NODE(PROP, NODE(VAR, $1), $3); }
|   T_DOLLAR_OPEN_CURLY_BRACES expr '}' { $$ = NODE(VAR, $2); }
|   T_DOLLAR_OPEN_CURLY_BRACES T_STRING_VARNAME '[' expr ']' '}'
    { $$ = NODE(DIM, NODE(VAR, $2), $4); }
|   T_CURLY_OPEN variable '}' { $$ = $2; }
;

encaps_var_offset:
    T_STRING
|   T_NUM_STRING
|   T_VARIABLE { $$ = NODE(VAR, $1); }
;

/* Constants of classes. */

class_constant:
    class_name T_PAAMAYIM_NEKUDOTAYIM T_STRING { $$ = NODE(CLASS_CONST, $1, $3); }
|   variable_class_name T_PAAMAYIM_NEKUDOTAYIM T_STRING { $$ = NODE(CLASS_CONST, $1, $3); }
;

static_class_name_scalar:
    class_name T_PAAMAYIM_NEKUDOTAYIM T_CLASS { $$ = NODE(CLASS_NAME, $1); }
;

class_name_scalar:
    class_name T_PAAMAYIM_NEKUDOTAYIM T_CLASS { $$ = NODE(CLASS_NAME, $1); }
;

%%
/* The next token that has a meaning, with its value. */
static int zendlex(ZENDSTYPE *value, zend_parser *parser)
{
    int token;

    do {
        token = zend_lex_scan(&parser->lex);
    } while (token == T_WHITESPACE || token == T_COMMENT || token == T_DOC_COMMENT
        || token == T_OPEN_TAG);
    CG(zend_lineno) = parser->lex.lineno;
    value->ast = parser->lex.value;
    switch (token) {
    case T_CLOSE_TAG:
        return ';';
    case T_OPEN_TAG_WITH_ECHO:
        return T_ECHO;
    }
    return token;
}

/* Appends to a message of bounded size. */
static ZEND_FORMAT(3, 4) void append(char *message, size_t size, const char *format, ...)
{
    size_t length = strlen(message);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message + length, size - length, format, arguments);
    va_end(arguments);
}

#define UNEXPECTED_TEXT_LENGTH 30 /* bytes of a token that a message shows */

/* A token of a name like "if (T_IF)" is shown as 'text' (T_IF), its text cut at the line's end. */
static void append_unexpected(
    char *message, size_t size, const zend_parser *parser, yysymbol_kind_t symbol)
{
    const char *name = yysymbol_name(symbol);
    const char *type = strchr(name, '(');
    const char *text = parser->lex.text;
    int length = MIN(zend_lex_length(&parser->lex), UNEXPECTED_TEXT_LENGTH);
    const char *newline = memchr(text, '\n', length);

    if (symbol == YYSYMBOL_YYEOF || *name == '\'' || !type) {
        append(message, size, ", unexpected %s", name);
        return;
    }
    append(message, size, ", unexpected '%.*s' %s", newline ? (int) (newline - text) : length,
        text, type);
}

/* PHP 5 shows the name `\ (T_NS_SEPARATOR)` as it stands in its grammar, with two backslashes. */
static void append_expected(char *message, size_t size, const char *before, const char *name)
{
    append(message, size, "%s %s%s", before, *name == '\\' ? "\\" : "", name);
}

#define EXPECTED_TOKENS 4 /* if there are more, none is listed */

static int yyreport_syntax_error(const yypcontext_t *context, zend_parser *parser)
{
    yysymbol_kind_t expected[EXPECTED_TOKENS];
    int count = yypcontext_expected_tokens(context, expected, EXPECTED_TOKENS);
    char message[512] = "syntax error";

    if (yypcontext_token(context) != YYSYMBOL_YYEMPTY) {
        append_unexpected(message, sizeof(message), parser, yypcontext_token(context));
        for (int i = 0; i < count; i++) {
            append_expected(message, sizeof(message), i ? " or" : ", expecting",
                yysymbol_name(expected[i]));
        }
    }
    zenderror(parser, message);
    return 0;
}

static void zenderror(zend_parser *parser, const char *message)
{
    zend_error(E_PARSE, "%s", message);
}
