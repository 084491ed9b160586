/* SPDX-License-Identifier: MIT */
/* The output layer's stack: text from scripts on its way through the handlers to the SAPI. */
#include <stdio.h>

#include "main/php.h"
#include "main/php_main.h"
#include "main/php_output_internal.h"

zend_output_globals output_globals;

/* --- Life ------------------------------------------------------------------------------------ */

void php_output_startup(void)
{
    memset(&output_globals, 0, sizeof(output_globals));
}

void php_output_shutdown(void)
{
    OG(flags) = 0;
}

int php_output_activate(void)
{
    memset(&output_globals, 0, sizeof(output_globals));
    zend_stack_init(&OG(handlers));
    OG(flags) |= PHP_OUTPUT_ACTIVATED;
    return SUCCESS;
}

/* Makes sure that the headers are out, before the first byte of the body. */
static void send_headers(void)
{
    if (SG(headers_sent)) {
        return;
    }
    if (zend_is_compiling()) {
        OG(output_start_filename) = CG(compiled_filename);
        OG(output_start_lineno) = (int) CG(zend_lineno);
    } else if (zend_is_executing()) {
        OG(output_start_filename) = zend_get_executed_filename();
        OG(output_start_lineno) = (int) zend_get_executed_lineno();
    }
    if (!php_header()) {
        OG(flags) |= PHP_OUTPUT_DISABLED;
    }
}

void php_output_deactivate(void)
{
    php_output_handler **handler;

    if (!(OG(flags) & PHP_OUTPUT_ACTIVATED)) {
        return;
    }
    send_headers();
    OG(flags) ^= PHP_OUTPUT_ACTIVATED;
    OG(active) = NULL;
    OG(running) = NULL;
    while (zend_stack_top(&OG(handlers), (void **) &handler) == SUCCESS) {
        php_output_handler_free(handler);
        zend_stack_del_top(&OG(handlers));
    }
    zend_stack_destroy(&OG(handlers));
}

bool php_output_lock_error(int op)
{
    if (op && OG(active) && OG(running)) {
        php_output_deactivate();
        php_error_docref("ref.outcontrol", E_ERROR,
            "Cannot use output buffering in output buffering display handlers");
        return true;
    }
    return false;
}

void php_output_set_status(int status)
{
    OG(flags) = (OG(flags) & ~0xf) | (status & 0xf);
}

int php_output_get_status(void)
{
    return (OG(flags) | (OG(active) ? PHP_OUTPUT_ACTIVE : 0)
        | (OG(running) ? PHP_OUTPUT_LOCKED : 0)) & 0xff;
}

void php_output_set_implicit_flush(int flush)
{
    if (flush) {
        OG(flags) |= PHP_OUTPUT_IMPLICITFLUSH;
    } else {
        OG(flags) &= ~PHP_OUTPUT_IMPLICITFLUSH;
    }
}

const char *php_output_get_start_filename(void)
{
    return OG(output_start_filename);
}

int php_output_get_start_lineno(void)
{
    return OG(output_start_lineno);
}

/* --- Writing --------------------------------------------------------------------------------- */

/* Before the layer is up and after it is down: straight to stdout. */
static int write_directly(const char *text, size_t length)
{
    if (sapi_module.ub_write && PG(modules_started)) {
        return (int) sapi_module.ub_write(text, (uint) length);
    }
    fwrite(text, 1, length, stdout);
    return (int) length;
}

static void write_to_sapi(const char *text, size_t length)
{
    send_headers();
    if (OG(flags) & PHP_OUTPUT_DISABLED) {
        return;
    }
    sapi_module.ub_write(text, (uint) length);
    if (OG(flags) & PHP_OUTPUT_IMPLICITFLUSH) {
        sapi_flush();
    }
    OG(flags) |= PHP_OUTPUT_SENT;
}

/* One handler after the other, from the top; false when one keeps the text. */
static bool pass_through(php_output_handler *handler, php_output_context *context, bool is_last)
{
    php_output_handler_status_t status;

    if (handler->flags & PHP_OUTPUT_HANDLER_DISABLED) {
        status = PHP_OUTPUT_HANDLER_FAILURE;
        php_output_context_pass(context);
    } else {
        status = php_output_handler_op(handler, context);
    }
    if (status == PHP_OUTPUT_HANDLER_NO_DATA) {
        return false;
    }
    if (!is_last) { /* what came out goes into the next */
        if (context->in.free && context->in.data) {
            efree(context->in.data);
        }
        context->in = context->out;
        memset(&context->out, 0, sizeof(context->out));
    }
    return true;
}

/* Text enters the stack at the top; what leaves it at the bottom goes to the SAPI. */
static void output_op(int op, const char *text, size_t length)
{
    php_output_context context;
    int level;

    if (php_output_lock_error(op)) {
        return;
    }
    level = OG(active) ? zend_stack_count(&OG(handlers)) : 0;
    if (level == 0) {
        write_to_sapi(text, length);
        return;
    }
    php_output_context_init(&context, op);
    context.in.data = (char *) text;
    context.in.used = length;
    while (level-- > 0) {
        php_output_handler *handler =
            *(php_output_handler **) zend_stack_base(&OG(handlers))[level];
        if (!pass_through(handler, &context, level == 0)) {
            break;
        }
    }
    if (context.out.data && context.out.used) {
        write_to_sapi(context.out.data, context.out.used);
    }
    php_output_context_dtor(&context);
}

int php_output_write(const char *text, size_t length)
{
    if (!(OG(flags) & PHP_OUTPUT_ACTIVATED)) {
        return write_directly(text, length);
    }
    if (length || OG(active)) {
        output_op(PHP_OUTPUT_HANDLER_WRITE, text, length);
    }
    return (int) length;
}

int php_output_write_unbuffered(const char *text, size_t length)
{
    if (OG(flags) & PHP_OUTPUT_ACTIVATED) {
        return (int) sapi_module.ub_write(text, (uint) length);
    }
    return write_directly(text, length);
}

/* --- The topmost buffer ---------------------------------------------------------------------- */

/* Makes the next handler below the active one, for what is printed meanwhile. */
static void pop_handler(void)
{
    php_output_handler **below;

    zend_stack_del_top(&OG(handlers));
    OG(active) = zend_stack_top(&OG(handlers), (void **) &below) == SUCCESS ? *below : NULL;
}

int php_output_flush(void)
{
    php_output_context context;
    php_output_handler *handler = OG(active);

    if (!handler || !(handler->flags & PHP_OUTPUT_HANDLER_FLUSHABLE)) {
        return FAILURE;
    }
    php_output_context_init(&context, PHP_OUTPUT_HANDLER_FLUSH);
    if (handler->flags & PHP_OUTPUT_HANDLER_DISABLED) {
        return SUCCESS;
    }
    php_output_handler_op(handler, &context);
    if (context.out.data && context.out.used) {
        pop_handler();
        php_output_write(context.out.data, context.out.used);
        zend_stack_push(&OG(handlers), &handler, sizeof(handler));
        OG(active) = handler;
    }
    php_output_context_dtor(&context);
    return SUCCESS;
}

void php_output_flush_all(void)
{
    if (OG(active)) {
        output_op(PHP_OUTPUT_HANDLER_FLUSH, NULL, 0);
    }
}

static void clean_handler(php_output_handler *handler)
{
    php_output_context context;

    handler->buffer.used = 0;
    if (handler->flags & PHP_OUTPUT_HANDLER_DISABLED) {
        return;
    }
    php_output_context_init(&context, PHP_OUTPUT_HANDLER_CLEAN);
    php_output_handler_op(handler, &context);
    php_output_context_dtor(&context);
}

int php_output_clean(void)
{
    php_output_context context;
    php_output_handler *handler = OG(active);

    if (!handler || !(handler->flags & PHP_OUTPUT_HANDLER_CLEANABLE)) {
        return FAILURE;
    }
    php_output_context_init(&context, PHP_OUTPUT_HANDLER_CLEAN);
    if (!(handler->flags & PHP_OUTPUT_HANDLER_DISABLED)) {
        php_output_handler_op(handler, &context);
    }
    handler->buffer.used = 0;
    php_output_context_dtor(&context);
    return SUCCESS;
}

void php_output_clean_all(void)
{
    int level = OG(active) ? zend_stack_count(&OG(handlers)) : 0;

    while (level-- > 0 && OG(active)) {
        clean_handler(*(php_output_handler **) zend_stack_base(&OG(handlers))[level]);
    }
}

static int pop_refused(int flags)
{
    const char *deed = flags & PHP_OUTPUT_POP_DISCARD ? "discard" : "send";

    if (!(flags & PHP_OUTPUT_POP_SILENT)) {
        if (OG(active)) {
            php_error_docref("ref.outcontrol", E_NOTICE, "failed to %s buffer of %s (%d)", deed,
                OG(active)->name, OG(active)->level);
        } else {
            php_error_docref("ref.outcontrol", E_NOTICE, "failed to %s buffer. No buffer to %s",
                deed, deed);
        }
    }
    return FAILURE;
}

/* Ends the topmost handler: its last call, off the stack, its text to the one below. */
static int pop(int flags)
{
    php_output_context context;
    php_output_handler *orphan = OG(active);

    if (!orphan
        || (!(flags & PHP_OUTPUT_POP_FORCE) && !(orphan->flags & PHP_OUTPUT_HANDLER_REMOVABLE))) {
        return pop_refused(flags);
    }
    php_output_context_init(&context, PHP_OUTPUT_HANDLER_FINAL);
    if (!(orphan->flags & PHP_OUTPUT_HANDLER_DISABLED)) {
        if (flags & PHP_OUTPUT_POP_DISCARD) {
            context.op |= PHP_OUTPUT_HANDLER_CLEAN;
        }
        php_output_handler_op(orphan, &context);
    }
    pop_handler();
    if (context.out.data && context.out.used && !(flags & PHP_OUTPUT_POP_DISCARD)) {
        php_output_write(context.out.data, context.out.used);
    }
    php_output_handler_free(&orphan);
    php_output_context_dtor(&context);
    return SUCCESS;
}

int php_output_end(void)
{
    return pop(PHP_OUTPUT_POP_TRY);
}

void php_output_end_all(void)
{
    while (OG(active) && pop(PHP_OUTPUT_POP_FORCE) == SUCCESS) {
    }
}

int php_output_discard(void)
{
    return pop(PHP_OUTPUT_POP_DISCARD | PHP_OUTPUT_POP_TRY);
}

void php_output_discard_all(void)
{
    while (OG(active) && pop(PHP_OUTPUT_POP_DISCARD | PHP_OUTPUT_POP_FORCE) == SUCCESS) {
    }
}

int php_output_get_contents(zval *p)
{
    if (!OG(active)) {
        ZVAL_NULL(p);
        return FAILURE;
    }
    ZVAL_STRINGL(p, OG(active)->buffer.data, OG(active)->buffer.used, 1);
    return SUCCESS;
}

int php_output_get_length(zval *p)
{
    if (!OG(active)) {
        ZVAL_NULL(p);
        return FAILURE;
    }
    ZVAL_LONG(p, (long) OG(active)->buffer.used);
    return SUCCESS;
}

int php_output_get_level(void)
{
    return OG(active) ? zend_stack_count(&OG(handlers)) : 0;
}

php_output_handler *php_output_get_active_handler(void)
{
    return OG(active);
}
