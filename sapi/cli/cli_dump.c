/* SPDX-License-Identifier: MIT */
/* --dump-tokens, --dump-ast, --dump-opcodes: what each stage makes of a file. */
#include "compile/zend_ast_dump.h"
#include "compile/zend_dump_opcodes.h"
#include "compile/zend_parser.h"
#include "sapi/cli/cli.h"

static void dump_tokens(const char *text, size_t length, const char *filename)
{
    zend_source source = {text, length, filename, 1, 0, false};

    zend_dump_tokens(&source);
}

static bool dump_ast(const char *text, size_t length, const char *filename)
{
    zend_arena *arena;
    zend_ast *ast = zend_parse_file(text, length, filename, &arena);

    if (ast) {
        zend_dump_ast(ast);
    }
    zend_arena_destroy(arena);
    return ast != NULL;
}

static bool dump_opcodes(zend_file_handle *handle)
{
    zend_op_array *op_array;

    handle->skip_shebang = 1;
    op_array = zend_compile_file(handle, ZEND_INCLUDE);
    if (!op_array) {
        return false;
    }
    zend_dump_file_opcodes(op_array, stdout);
    fflush(stdout);
    destroy_op_array(op_array);
    efree(op_array);
    return true;
}

static bool dump_file(const cli_options *options, zend_file_handle *handle)
{
    char *text;
    size_t length;

    if (options->mode == CLI_DUMP_OPCODES) {
        return dump_opcodes(handle);
    }
    if (zend_stream_fixup(handle, &text, &length) == FAILURE) {
        return false;
    }
    if (options->mode == CLI_DUMP_TOKENS) {
        dump_tokens(text, length, options->script);
        return true;
    }
    return dump_ast(text, length, options->script);
}

int cli_dump(const cli_options *options)
{
    zend_file_handle handle = {.type = ZEND_HANDLE_FP, .filename = options->script};
    bool done;

    handle.handle.fp = fopen(options->script, "rb");
    if (!handle.handle.fp) {
        fprintf(stderr, "Could not open input file: %s\n", options->script);
        return 1;
    }
    done = dump_file(options, &handle);
    zend_destroy_file_handle(&handle);
    return done ? 0 : 255;
}
