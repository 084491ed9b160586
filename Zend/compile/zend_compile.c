/* SPDX-License-Identifier: MIT */
/*
 * Source to op array: the compiler's entrances.
 *
 * Each compilation has a zend_compiler of its own on the C stack, so that one may interrupt
 * another (an error handler that includes a file). Its arena holds the tree and all
 * working data. After a bail-out nobody frees anything: the heap goes as a whole.
 */
#include "compile/zend_compile.h"

#include <string.h>

#include "compile/zend_compile_internal.h"
#include "compile/zend_parser.h"
#include "runtime/zend_execute_API.h"
#include "zend_alloc.h"

zend_op_array *(*zend_compile_file)(zend_file_handle *file_handle, int type) = compile_file;
zend_op_array *(*zend_compile_string)(zval *source, const char *filename) = compile_string;

/* What a compilation changes in the globals, to be put back behind it. */
typedef struct _saved_globals {
    const char *filename;
    zend_uint lineno;
    zend_bool in_compilation;
    void *context;
} saved_globals;

static void enter_compilation(zend_compiler *c, saved_globals *saved)
{
    saved->filename = CG(compiled_filename);
    saved->lineno = CG(zend_lineno);
    saved->in_compilation = CG(in_compilation);
    saved->context = CG(compiler_context);
    CG(compiled_filename) = c->filename;
    CG(in_compilation) = 1;
    CG(compiler_context) = c;
    c->outer = saved->context;
}

static void leave_compilation(const saved_globals *saved)
{
    CG(compiled_filename) = saved->filename;
    CG(zend_lineno) = saved->lineno;
    CG(in_compilation) = saved->in_compilation;
    CG(compiler_context) = saved->context;
}

static void forget_constants(zend_compiler *c)
{
    if (c->constants) {
        zend_hash_destroy(c->constants);
        FREE_HASHTABLE(c->constants);
    }
}

/* The value that including a file has when the file does not return one. */
static void emit_main_return(zend_compiler *c, bool is_eval)
{
    znode value;

    if (is_eval) {
        zend_emit_final_return(c);
        return;
    }
    zend_long_node(&value, 1);
    zend_emit_op(c, ZEND_RETURN, &value, NULL);
}

static zend_op_array *compile_tree(zend_compiler *c, zend_ast *tree, bool is_eval)
{
    zend_op_array *op_array = emalloc(sizeof(zend_op_array));
    zend_function_build build;

    zend_init_op_array(op_array, is_eval ? ZEND_EVAL_CODE : ZEND_USER_FUNCTION);
    zend_set_line(c, 1);
    zend_function_begin(c, &build, op_array);
    build.is_main = true;
    zend_compile_top_list(c, tree);
    emit_main_return(c, is_eval);
    build.line_end = c->lineno;
    zend_function_end(c);
    zend_forget_imports(c);
    forget_constants(c);
    return op_array;
}

static zend_op_array *compile_source(const zend_source *source)
{
    zend_arena *arena = NULL;
    zend_op_array *op_array = NULL;
    zend_compiler compiler;
    saved_globals saved;
    zend_ast *tree = zend_parse(source, &arena);

    if (tree) {
        memset(&compiler, 0, sizeof(compiler));
        compiler.filename = source->filename;
        compiler.arena = &arena;
        enter_compilation(&compiler, &saved);
        op_array = compile_tree(&compiler, tree, source->in_scripting);
        leave_compilation(&saved);
    }
    zend_arena_destroy(arena);
    return op_array;
}

/* A first line with #! is for the shell; the second line keeps its number. */
static void skip_shebang(zend_source *source)
{
    const char *end;

    if (source->length < 2 || source->text[0] != '#' || source->text[1] != '!') {
        return;
    }
    end = memchr(source->text, '\n', source->length);
    source->offset = end ? (size_t) (end + 1 - source->text) : source->length;
    source->text += source->offset;
    source->length -= source->offset;
    source->first_line = 2;
}

zend_op_array *compile_file(zend_file_handle *file_handle, int type)
{
    zend_source source = {NULL, 0, NULL, 1, 0, false};
    const char *filename;
    char *text;
    size_t length;

    if (zend_stream_fixup(file_handle, &text, &length) == FAILURE) {
        zend_message_dispatcher(type == ZEND_REQUIRE || type == ZEND_REQUIRE_ONCE
                ? ZMSG_FAILED_REQUIRE_FOPEN : ZMSG_FAILED_INCLUDE_FOPEN, file_handle->filename);
        if (type == ZEND_REQUIRE || type == ZEND_REQUIRE_ONCE) {
            zend_bailout();
        }
        return NULL;
    }
    filename = file_handle->opened_path ? file_handle->opened_path : file_handle->filename;
    source.text = text;
    source.length = length;
    source.filename = zend_compile_intern(filename, (int) strlen(filename));
    if (file_handle->skip_shebang) {
        skip_shebang(&source);
    }
    return compile_source(&source);
}

zend_op_array *compile_filename(int type, zval *filename)
{
    zend_file_handle handle;
    zend_op_array *op_array;
    zval name = *filename;

    zval_copy_ctor(&name);
    convert_to_string(&name);
    zend_stream_init_filename(&handle, Z_STRVAL(name));
    op_array = zend_compile_file(&handle, type);
    if (op_array && handle.opened_path) {
        zend_hash_add_empty_element(&EG(included_files), handle.opened_path,
            (uint) strlen(handle.opened_path) + 1);
    }
    zend_file_handle_dtor(&handle);
    zval_dtor(&name);
    return op_array;
}

zend_op_array *compile_string(zval *source, const char *filename)
{
    zend_source code = {NULL, 0, NULL, 1, 0, true};
    zend_op_array *op_array;
    zval text = *source;

    zval_copy_ctor(&text);
    convert_to_string(&text);
    code.text = Z_STRVAL(text);
    code.length = (size_t) Z_STRLEN(text);
    code.filename = zend_compile_intern(filename, (int) strlen(filename));
    op_array = compile_source(&code);
    zval_dtor(&text);
    return op_array;
}
