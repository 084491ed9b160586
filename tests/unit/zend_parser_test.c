/* SPDX-License-Identifier: MIT */
/* Scanner and parser: literals, tokens, trees, the words of parse errors, depth. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "compile/zend_ast_dump.h"
#include "compile/zend_highlight.h"
#include "compile/zend_parser.h"
#include "compile/zend_tokens.h"
#include "engine_stubs.h"

/* What was written, for the dumps. */
static char written[8192];
static size_t written_length;

static int remember(const char *str, uint length)
{
    size_t room = sizeof(written) - 1 - written_length;

    length = length < room ? length : (uint) room;
    memcpy(written + written_length, str, length);
    written_length += length;
    written[written_length] = '\0';
    return (int) length;
}

static void start(void)
{
    unit_start();
    zend_write = remember;
    written_length = 0;
    CG(short_tags) = 1;
}

static zend_ast *parse(const char *code, zend_arena **arena)
{
    unit_last_error[0] = '\0';
    return zend_parse_string(code, strlen(code), "test.php", arena);
}

/* The value of the only statement, an expression. */
static const zval *literal(const char *code, zend_arena **arena)
{
    zend_ast *tree = parse(code, arena);

    ck_assert_msg(tree != NULL, "%s: %s", code, unit_last_error);
    return zend_ast_get_zval(zend_ast_get_list(tree)->child[0]);
}

START_TEST(integers_and_doubles)
{
    static const struct {
        const char *code;
        long value;
    } integers[] = {
        {"0;", 0}, {"42;", 42}, {"0x1F;", 31}, {"0XfF;", 255}, {"0b101;", 5}, {"0777;", 511},
        {"08;", 0}, {"0189;", 1}, {"9223372036854775807;", 9223372036854775807},
        {"0x7fffffffffffffff;", 9223372036854775807}, {"00;", 0}, {"\n\n__LINE__;", 3},
    };
    static const struct {
        const char *code;
        double value;
    } doubles[] = {
        {"1.5;", 1.5}, {".5;", 0.5}, {"5.;", 5.0}, {"1e3;", 1000.0}, {"1E-3;", 0.001},
        {"9223372036854775808;", 9223372036854775808.0},
        {"0x8000000000000000;", 9223372036854775808.0},
        {"01000000000000000000000;", 9223372036854775808.0},
    };
    zend_arena *arena;

    for (size_t i = 0; i < sizeof(integers) / sizeof(*integers); i++) {
        const zval *value = literal(integers[i].code, &arena);

        ck_assert_int_eq(Z_TYPE_P(value), IS_LONG);
        ck_assert_int_eq(Z_LVAL_P(value), integers[i].value);
        zend_arena_destroy(arena);
    }
    for (size_t i = 0; i < sizeof(doubles) / sizeof(*doubles); i++) {
        const zval *value = literal(doubles[i].code, &arena);

        ck_assert_int_eq(Z_TYPE_P(value), IS_DOUBLE);
        ck_assert(Z_DVAL_P(value) == doubles[i].value);
        zend_arena_destroy(arena);
    }
}
END_TEST

START_TEST(strings)
{
    static const struct {
        const char *code;
        const char *value;
    } cases[] = {
        {"'a\\'b\\\\c\\n';", "a'b\\c\\n"},
        {"\"a\\n\\t\\\\\\$x\\\"\\q\";", "a\n\t\\$x\"\\q"},
        {"\"\\x41\\101\\e[\\v\\f\";", "AA\033[\v\f"},
        {"\"\\xg \\8\";", "\\xg \\8"},
        {"b'x';", "x"},
        {"\"$\";", "$"},
        {"\"{ $ 1\";", "{ $ 1"},
        {"<<<X\na\\\"b\nX;\n", "a\\\"b"},
        {"<<<'X'\na\\n$b\nX;\n", "a\\n$b"},
        {"<<< \"X\"\r\nline\r\nX;\r\n", "line"},
        {"<<<X\nX;\n", ""},
        {"<<<X\n X\nXY\nX;\n", " X\nXY"},
    };
    zend_arena *arena;

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        const zval *value = literal(cases[i].code, &arena);

        ck_assert_int_eq(Z_TYPE_P(value), IS_STRING);
        ck_assert_str_eq(Z_STRVAL_P(value), cases[i].value);
        ck_assert_int_eq(Z_STRLEN_P(value), (int) strlen(cases[i].value));
        zend_arena_destroy(arena);
    }
}
END_TEST

START_TEST(parse_errors_say_what_php_says)
{
    static const struct {
        const char *code;
        const char *message;
    } cases[] = {
        {"echo 1 2;", "syntax error, unexpected '2' (T_LNUMBER), expecting ',' or ';'"},
        {"}", "syntax error, unexpected '}'"},
        {"class A {", "syntax error, unexpected end of file, expecting function (T_FUNCTION)"},
        {"use ;", "syntax error, unexpected ';', expecting identifier (T_STRING) or function "
            "(T_FUNCTION) or const (T_CONST) or \\\\ (T_NS_SEPARATOR)"},
        {"class B\\C {}", "syntax error, unexpected '\\' (T_NS_SEPARATOR), expecting '{'"},
        {"$x->;", "syntax error, unexpected ';', expecting identifier (T_STRING) or variable "
            "(T_VARIABLE) or '{' or '$'"},
        {"function 1f() {}", "syntax error, unexpected '1' (T_LNUMBER), expecting '('"},
        {"const A = (int)5;", "syntax error, unexpected '(int)' (int) (T_INT_CAST)"},
        {"$x = \"$a[ 0 ]\";", "syntax error, unexpected '' (T_ENCAPSED_AND_WHITESPACE), expecting "
            "identifier (T_STRING) or variable (T_VARIABLE) or number (T_NUM_STRING)"},
        {"$x = \"unterminated;", "syntax error, unexpected end of file, expecting variable "
            "(T_VARIABLE) or ${ (T_DOLLAR_OPEN_CURLY_BRACES) or {$ (T_CURLY_OPEN)"},
        /* What later versions accept. */
        {"$x = $a ?? 1;", "syntax error, unexpected '?'"},
        {"$x = 1 <=> 2;", "syntax error, unexpected '>'"},
        {"function f(): int {}", "syntax error, unexpected ':', expecting '{'"},
        {"[$a, $b] = [1, 2];", "syntax error, unexpected '='"},
        {"(clone $o)->x;", "syntax error, unexpected '->' (T_OBJECT_OPERATOR)"},
        {"try { } catch (A | B $e) { }", "syntax error, unexpected '|', expecting variable "
            "(T_VARIABLE)"},
        {"f(1,);", "syntax error, unexpected ')'"},
    };
    zend_arena *arena;

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        ck_assert_ptr_null(parse(cases[i].code, &arena));
        ck_assert_str_eq(unit_last_error, cases[i].message);
        zend_arena_destroy(arena);
    }
}
END_TEST

/* Parses, dumps and compares. */
static void check_dump(const char *code, const char *expected)
{
    zend_arena *arena;
    zend_ast *tree = parse(code, &arena);

    ck_assert_msg(tree != NULL, "%s: %s", code, unit_last_error);
    written_length = 0;
    zend_dump_ast(zend_ast_get_list(tree)->child[0]);
    ck_assert_str_eq(written, expected);
    zend_arena_destroy(arena);
}

START_TEST(php5_reads_indirection_from_the_right)
{
    check_dump("$$a['x'];",
        "VAR @ 1\n    name: DIM @ 1\n        var: VAR @ 1\n            name: \"a\"\n"
        "        dim: \"x\"\n");
    check_dump("$o->$p['k'];",
        "PROP @ 1\n    object: VAR @ 1\n        name: \"o\"\n    prop: DIM @ 1\n"
        "        var: VAR @ 1\n            name: \"p\"\n        dim: \"k\"\n");
    check_dump("A::$b['x'];",
        "DIM @ 1\n    var: STATIC_PROP @ 1\n        class: \"A\"\n        prop: \"b\"\n"
        "    dim: \"x\"\n");
    check_dump("A::$b['x']();",
        "STATIC_CALL @ 1\n    class: \"A\"\n    method: DIM @ 1\n        var: VAR @ 1\n"
        "            name: \"b\"\n        dim: \"x\"\n    args: ARG_LIST @ 1\n");
    check_dump("$o->p['k']();",
        "CALL @ 1\n    callee: DIM @ 1\n        var: PROP @ 1\n            object: VAR @ 1\n"
        "                name: \"o\"\n            prop: \"p\"\n        dim: \"k\"\n"
        "    args: ARG_LIST @ 1\n");
}
END_TEST

START_TEST(declarations_know_their_lines_and_comments)
{
    check_dump("\n/** says */\nfunction &f(array $a,\n  &...$b)\n{ yield; }",
        "FUNC_DECL @ 3-5\n    flags: RETURNS_REF | GENERATOR (75497472)\n    name: \"f\"\n"
        "    docComment: \"/** says */\"\n    params: PARAM_LIST @ 3\n        0: PARAM @ 3\n"
        "            type: TYPE @ 3\n                flags: ARRAY (4)\n            name: \"a\"\n"
        "            default: null\n        1: PARAM @ 4\n"
        "            flags: REF | VARIADIC (3)\n            type: null\n            name: \"b\"\n"
        "            default: null\n    uses: null\n    stmts: STMT_LIST @ 5\n"
        "        0: YIELD @ 5\n            value: null\n            key: null\n");
}
END_TEST

START_TEST(tokens_give_the_source_again)
{
    static const char text[] = "a <?php /** d */ $x = \"a{$b['k']}${c}$d[0]$e->f\"; # c ?>\n"
        "<?= <<<X\n $y\nX\n. 1 ?><script language='php'>__halt_compiler() ?>data <?php";
    zend_source source = {text, sizeof(text) - 1, "test.php", 1, 0, false};
    zend_arena *arena = zend_arena_create(256);
    const char *behind = text;
    int last = 0, count = 0;
    zend_lex_state lex;
    zend_token token;

    zend_lex_begin(&lex, &source, &arena);
    while (zend_lex_next(&lex, &token)) {
        ck_assert_ptr_eq(token.text, behind);
        behind += token.length;
        last = token.id;
        count++;
    }
    ck_assert_ptr_eq(behind, text + sizeof(text) - 1);
    ck_assert_int_eq(last, 314); /* T_INLINE_HTML: the data */
    ck_assert_int_eq(count, 51);
    zend_arena_destroy(arena);
    ck_assert_str_eq(zend_token_name(314), "T_INLINE_HTML");
    ck_assert_str_eq(zend_token_name(384), "T_DOUBLE_COLON");
    ck_assert_ptr_null(zend_token_name(257));
    ck_assert_ptr_null(zend_token_name(390));
}
END_TEST

START_TEST(source_is_coloured_and_stripped)
{
    static const char text[] = "<?php /* c */ echo  1; // d\n?> <b>";
    static const zend_syntax_highlighter_ini colors = {"H", "C", "D", "S", "K"};
    zend_source source = {text, sizeof(text) - 1, "test.php", 1, 0, false};

    zend_strip(&source);
    ck_assert_str_eq(written, "<?php  echo 1; ?> <b>");
    written_length = 0;
    zend_highlight(&source, &colors);
    ck_assert_str_eq(written,
        "<code><span style=\"color: H\">\n"
        "<span style=\"color: D\">&lt;?php&nbsp;</span>"
        "<span style=\"color: C\">/*&nbsp;c&nbsp;*/&nbsp;</span>"
        "<span style=\"color: K\">echo&nbsp;&nbsp;</span>"
        "<span style=\"color: D\">1</span><span style=\"color: K\">;&nbsp;</span>"
        "<span style=\"color: C\">//&nbsp;d<br /></span>"
        "<span style=\"color: D\">?&gt;</span>&nbsp;&lt;b&gt;</span>\n</code>");
}
END_TEST

/* Code with a part repeated many times. */
static char *repeated(const char *before, const char *part, size_t times, const char *after)
{
    size_t length = strlen(part);
    char *code = malloc(strlen(before) + times * length + strlen(after) + 1);
    char *to = code + strlen(strcpy(code, before));

    while (times--) {
        memcpy(to, part, length);
        to += length;
    }
    strcpy(to, after);
    return code;
}

START_TEST(depth_ends_in_an_error)
{
    static const char *const parts[] = {"(", "!", "[", "$a=", "{", "if(1)", "\"{$a["};
    zend_arena *arena;

    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
        char *code = repeated("", parts[i], 200000, ";");

        parse(code, &arena);
        zend_arena_destroy(arena);
        free(code);
    }
    char *code = repeated("", "(", 2000000, "");
    ck_assert_ptr_null(parse(code, &arena));
    ck_assert_str_eq(unit_last_error, "memory exhausted");
    zend_arena_destroy(arena);
    free(code);
}
END_TEST

START_TEST(trees_go_with_their_arena)
{
    size_t before = zend_memory_usage(0);
    zend_arena *arena;
    char *code = repeated("", "f($a, \"b$c\", array(1 => 2)); ", 1000, "");

    ck_assert_ptr_nonnull(parse(code, &arena));
    zend_arena_destroy(arena);
    ck_assert_int_eq(zend_memory_usage(0), before);
    free(code);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("compile");
    TCase *test = tcase_create("parser");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(test, start, unit_end);
    tcase_add_test(test, integers_and_doubles);
    tcase_add_test(test, strings);
    tcase_add_test(test, parse_errors_say_what_php_says);
    tcase_add_test(test, php5_reads_indirection_from_the_right);
    tcase_add_test(test, declarations_know_their_lines_and_comments);
    tcase_add_test(test, tokens_give_the_source_again);
    tcase_add_test(test, source_is_coloured_and_stripped);
    tcase_add_test(test, depth_ends_in_an_error);
    tcase_add_test(test, trees_go_with_their_arena);
    suite_add_tcase(suite, test);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
