/* SPDX-License-Identifier: MIT */
/*
 * try, catch, finally.
 *
 *      try_op:      body of try
 *                   JMP end
 *      catch_op:    CATCH 'A', $e, else next     one for each catch; the last has ext 1
 *                   body
 *                   JMP end
 *      end:         FAST_CALL finally            only with finally
 *                   JMP after
 *      finally_op:  body of finally
 *      finally_end: FAST_RET
 *      after:
 *
 * All FAST_CALLs of one statement, and its FAST_RET, share a temporary: the way back.
 */
#include "compile/zend_compile_internal.h"

#include <string.h>

static zend_uint add_try(zend_compiler *c)
{
    zend_function_build *build = c->function;
    zend_try_catch_element *element;

    build->tries = zend_compile_grow(c, build->tries, build->try_count, &build->try_room,
        sizeof(zend_try_catch_element));
    element = &build->tries[build->try_count];
    memset(element, 0, sizeof(*element));
    element->try_op = zend_next_op(c);
    return build->try_count++;
}

static void emit_catch(zend_compiler *c, zend_ast *ast, bool last)
{
    zend_text class_name = zend_ast_text(ast->child[0]);
    zend_text variable = zend_ast_text(ast->child[1]);
    zend_op *opline;

    if (ast->child[0]->attr == ZEND_NAME_NOT_FQ
        && zend_class_fetch_type(class_name) != ZEND_FETCH_CLASS_DEFAULT) {
        zend_error_noreturn(E_COMPILE_ERROR, "Bad class name in the catch statement");
    }
    if (zend_text_is(variable, "this")) {
        zend_error_noreturn(E_COMPILE_ERROR, "Cannot re-assign $this");
    }
    class_name = zend_resolve_class_ast(c, ast->child[0]);
    zend_set_line(c, ast->child[0]->lineno);
    opline = zend_emit_op(c, ZEND_CATCH, NULL, NULL);
    opline->op1_type = IS_CONST;
    opline->op1.constant = zend_add_class_literal(c, class_name);
    opline->op2_type = IS_CV;
    opline->op2.var = (zend_uint) zend_lookup_cv(c, variable);
    opline->extended_value = last;
}

static void compile_catches(zend_compiler *c, zend_ast_list *catches, zend_uint element)
{
    zend_jump_list *ends = NULL;
    uint32_t i;

    zend_jump_list_add(c, &ends, zend_emit_jump(c, 0));
    c->function->tries[element].catch_op = zend_next_op(c);
    for (i = 0; i < catches->children; i++) {
        zend_ast *ast = catches->child[i];
        bool last = i + 1 == catches->children;
        zend_uint number = zend_next_op(c);

        emit_catch(c, ast, last);
        zend_compile_stmt_list(c, ast->child[2]);
        if (!last) {
            zend_jump_list_add(c, &ends, zend_emit_jump(c, 0));
        }
        zend_set_jump_here(c, number);
    }
    zend_jump_list_resolve(c, ends, zend_next_op(c));
}

static void compile_finally(
    zend_compiler *c, zend_ast *body, zend_uint element, zend_unwind *try_unwind)
{
    zend_uint number = zend_next_op(c);
    zend_uint after;
    zend_op *opline;
    znode slot;

    opline = zend_emit_op(c, ZEND_FAST_CALL, NULL, NULL);
    opline->result_type = slot.op_type = IS_TMP_VAR;
    opline->result.var = slot.u.var = try_unwind->finally_slot;
    zend_jump_list_add(c, &try_unwind->finally_calls, number);
    after = zend_emit_jump(c, 0);
    c->function->tries[element].finally_op = zend_next_op(c);
    zend_jump_list_resolve(c, try_unwind->finally_calls, zend_next_op(c));
    zend_unwind_push(c, ZEND_UNWIND_FINALLY)->finally_slot = slot.u.var;
    zend_compile_stmt_list(c, body);
    zend_unwind_pop(c);
    c->function->tries[element].finally_end = zend_next_op(c);
    zend_emit_op(c, ZEND_FAST_RET, &slot, NULL);
    zend_set_jump_here(c, after);
    c->function->has_finally = true;
}

void zend_compile_try(zend_compiler *c, zend_ast *ast)
{
    zend_ast_list *catches = zend_ast_get_list(ast->child[1]);
    zend_ast *finally = ast->child[2];
    zend_unwind *unwind = NULL;
    zend_uint element;

    element = add_try(c);
    if (finally) {
        unwind = zend_unwind_push(c, ZEND_UNWIND_TRY);
        unwind->finally_slot = zend_new_temporary(c);
    }
    zend_compile_stmt_list(c, ast->child[0]);
    if (!catches->children && !finally) {
        zend_set_line(c, ast->lineno);
        zend_error_noreturn(E_COMPILE_ERROR, "Cannot use try without catch or finally");
    }
    if (catches->children) {
        compile_catches(c, catches, element);
    }
    if (finally) {
        zend_unwind_pop(c);
        compile_finally(c, finally, element, unwind);
    }
}
