/* SPDX-License-Identifier: MIT */
/*
 * One handler of the output layer: its buffer, its callback, and what it answers.
 *
 * A callback's answer decides what goes on: a text replaces the buffer, an empty text (or null
 * or true) drops it, false lets it through unchanged and switches the callback off for good.
 */
#include "main/php.h"
#include "main/php_output_internal.h"

const char php_output_default_handler_name[] = "default output handler";
const char php_output_devnull_handler_name[] = "null output handler";

size_t php_output_initial_size(size_t chunk_size)
{
    if (chunk_size <= 1) {
        return PHP_OUTPUT_HANDLER_DEFAULT_SIZE;
    }
    return ((chunk_size + PHP_OUTPUT_HANDLER_ALIGNTO_SIZE - 1)
               & ~(size_t) (PHP_OUTPUT_HANDLER_ALIGNTO_SIZE - 1))
        + PHP_OUTPUT_HANDLER_ALIGNTO_SIZE;
}

/* --- Contexts -------------------------------------------------------------------------------- */

void php_output_context_init(php_output_context *context, int op)
{
    memset(context, 0, sizeof(*context));
    context->op = op;
}

static void buffer_free(php_output_buffer *buffer)
{
    if (buffer->free && buffer->data) {
        efree(buffer->data);
    }
    memset(buffer, 0, sizeof(*buffer));
}

void php_output_context_dtor(php_output_context *context)
{
    buffer_free(&context->in);
    buffer_free(&context->out);
}

void php_output_context_pass(php_output_context *context)
{
    context->out = context->in;
    memset(&context->in, 0, sizeof(context->in));
}

/* --- Making handlers ------------------------------------------------------------------------- */

static php_output_handler *handler_new(const char *name, size_t name_len, size_t chunk_size,
    int flags)
{
    php_output_handler *handler = ecalloc(1, sizeof(*handler));

    handler->name = estrndup(name, (uint) name_len);
    handler->name_len = name_len;
    handler->size = chunk_size;
    handler->flags = flags;
    handler->buffer.size = php_output_initial_size(chunk_size);
    handler->buffer.data = emalloc(handler->buffer.size);
    return handler;
}

static int default_handler(void **handler_context, php_output_context *output_context)
{
    php_output_context_pass(output_context);
    return SUCCESS;
}

static int devnull_handler(void **handler_context, php_output_context *output_context)
{
    return SUCCESS;
}

php_output_handler *php_output_handler_create_internal(const char *name, size_t name_len,
    php_output_handler_context_func_t output_handler, size_t chunk_size, int flags)
{
    php_output_handler *handler = handler_new(name, name_len, chunk_size,
        (flags & ~0xf) | PHP_OUTPUT_HANDLER_INTERNAL);

    handler->func.internal = output_handler;
    return handler;
}

static php_output_handler *create_from_callable(zval *callable, size_t chunk_size, int flags)
{
    php_output_handler_user_func_t *user = ecalloc(1, sizeof(*user));
    php_output_handler *handler = NULL;
    char *name = NULL, *error = NULL;

    if (zend_fcall_info_init(callable, 0, &user->fci, &user->fcc, &name, &error) == SUCCESS) {
        handler = handler_new(name, strlen(name), chunk_size,
            (flags & ~0xf) | PHP_OUTPUT_HANDLER_USER);
        Z_ADDREF_P(callable);
        user->zoh = callable;
        handler->func.user = user;
    } else {
        efree(user);
    }
    if (error) {
        php_error_docref("ref.outcontrol", E_WARNING, "%s", error);
        efree(error);
    }
    if (name) {
        efree(name);
    }
    return handler;
}

php_output_handler *php_output_handler_create_user(zval *output_handler, size_t chunk_size,
    int flags)
{
    if (output_handler == NULL || Z_TYPE_P(output_handler) == IS_NULL) {
        return php_output_handler_create_internal(ZEND_STRL(php_output_default_handler_name),
            default_handler, chunk_size, flags);
    }
    return create_from_callable(output_handler, chunk_size, flags);
}

void php_output_handler_set_context(php_output_handler *handler, void *opaque,
    void (*dtor)(void *))
{
    if (handler->dtor && handler->opaque) {
        handler->dtor(handler->opaque);
    }
    handler->dtor = dtor;
    handler->opaque = opaque;
}

void php_output_handler_dtor(php_output_handler *handler)
{
    if (handler->name) {
        efree(handler->name);
    }
    if (handler->buffer.data) {
        efree(handler->buffer.data);
    }
    if (handler->flags & PHP_OUTPUT_HANDLER_USER) {
        zval_ptr_dtor(&handler->func.user->zoh);
        efree(handler->func.user);
    }
    if (handler->dtor && handler->opaque) {
        handler->dtor(handler->opaque);
    }
    memset(handler, 0, sizeof(*handler));
}

void php_output_handler_free(php_output_handler **handler)
{
    if (*handler) {
        php_output_handler_dtor(*handler);
        efree(*handler);
        *handler = NULL;
    }
}

/* --- Starting handlers ----------------------------------------------------------------------- */

int php_output_handler_start(php_output_handler *handler)
{
    if (php_output_lock_error(PHP_OUTPUT_HANDLER_START) || !handler) {
        return FAILURE;
    }
    zend_stack_push(&OG(handlers), &handler, sizeof(handler));
    handler->level = zend_stack_count(&OG(handlers)) - 1;
    OG(active) = handler;
    return SUCCESS;
}

static int start_or_free(php_output_handler *handler)
{
    if (php_output_handler_start(handler) == SUCCESS) {
        return SUCCESS;
    }
    php_output_handler_free(&handler);
    return FAILURE;
}

int php_output_start_user(zval *output_handler, size_t chunk_size, int flags)
{
    return start_or_free(php_output_handler_create_user(output_handler, chunk_size, flags));
}

int php_output_start_internal(const char *name, size_t name_len,
    php_output_handler_context_func_t output_handler, size_t chunk_size, int flags)
{
    return start_or_free(php_output_handler_create_internal(name, name_len, output_handler,
        chunk_size, flags));
}

int php_output_start_default(void)
{
    return php_output_start_internal(ZEND_STRL(php_output_default_handler_name), default_handler,
        0, PHP_OUTPUT_HANDLER_STDFLAGS);
}

int php_output_start_devnull(void)
{
    return php_output_start_internal(ZEND_STRL(php_output_devnull_handler_name), devnull_handler,
        PHP_OUTPUT_HANDLER_DEFAULT_SIZE, 0);
}

int php_output_handler_started(const char *name, size_t name_len)
{
    int i, count = zend_stack_count(&OG(handlers));

    for (i = 0; i < count; i++) {
        php_output_handler *handler = *(php_output_handler **) zend_stack_base(&OG(handlers))[i];
        if (handler->name_len == name_len && memcmp(handler->name, name, name_len) == 0) {
            return 1;
        }
    }
    return 0;
}

/* --- Running a handler ----------------------------------------------------------------------- */

/*
 * Puts the text behind what is buffered. False: it is time to call the callback, a chunk is
 * full. What a callback prints itself is buffered too, and goes with the rest when it ends.
 */
static bool handler_append(php_output_handler *handler, const php_output_buffer *text)
{
    size_t room = handler->buffer.size - handler->buffer.used;

    if (text->used == 0) {
        return true;
    }
    OG(flags) |= PHP_OUTPUT_WRITTEN;
    if (room <= text->used) {
        size_t step = php_output_initial_size(handler->size);
        size_t need = php_output_initial_size(text->used - room);
        size_t size = handler->buffer.size + MAX(step, need);

        handler->buffer.data = erealloc(handler->buffer.data, size);
        handler->buffer.size = size;
    }
    memcpy(handler->buffer.data + handler->buffer.used, text->data, text->used);
    handler->buffer.used += text->used;
    return !(handler->size && handler->buffer.used >= handler->size && OG(running) != handler);
}

/* The answer of a user's callback: see the top of the file. Takes over the count of answer. */
static php_output_handler_status_t take_answer(php_output_context *context, zval *answer)
{
    php_output_handler_status_t status = PHP_OUTPUT_HANDLER_NO_DATA;

    if (!answer) {
        return PHP_OUTPUT_HANDLER_FAILURE;
    }
    if (Z_TYPE_P(answer) == IS_BOOL) {
        status = Z_BVAL_P(answer) ? PHP_OUTPUT_HANDLER_NO_DATA : PHP_OUTPUT_HANDLER_FAILURE;
    } else {
        convert_to_string_ex(&answer);
        if (Z_STRLEN_P(answer)) {
            context->out.data = estrndup(Z_STRVAL_P(answer), (uint) Z_STRLEN_P(answer));
            context->out.used = (size_t) Z_STRLEN_P(answer);
            context->out.free = true;
            status = PHP_OUTPUT_HANDLER_SUCCESS;
        }
    }
    zval_ptr_dtor(&answer);
    return status;
}

static php_output_handler_status_t call_user_handler(php_output_handler *handler,
    php_output_context *context)
{
    php_output_handler_user_func_t *user = handler->func.user;
    zval *text, *mode, *answer = NULL;

    MAKE_STD_ZVAL(text);
    ZVAL_STRINGL(text, handler->buffer.data, handler->buffer.used, 1);
    MAKE_STD_ZVAL(mode);
    ZVAL_LONG(mode, context->op);
    zend_fcall_info_argn(&user->fci, 2, &text, &mode);
    if (zend_fcall_info_call(&user->fci, &user->fcc, &answer, NULL) != SUCCESS && answer) {
        zval_ptr_dtor(&answer);
        answer = NULL;
    }
    zend_fcall_info_args_clear(&user->fci, 1);
    zval_ptr_dtor(&text);
    zval_ptr_dtor(&mode);
    return take_answer(context, answer);
}

static php_output_handler_status_t call_internal_handler(php_output_handler *handler,
    php_output_context *context)
{
    buffer_free(&context->in);
    context->in = handler->buffer;
    context->in.free = false;
    if (handler->func.internal(&handler->opaque, context) != SUCCESS) {
        return PHP_OUTPUT_HANDLER_FAILURE;
    }
    return context->out.used ? PHP_OUTPUT_HANDLER_SUCCESS : PHP_OUTPUT_HANDLER_NO_DATA;
}

/* Hands the handler's buffer over to the context, as it is, and ends the callback's service. */
static void pass_unchanged(php_output_handler *handler, php_output_context *context)
{
    handler->flags |= PHP_OUTPUT_HANDLER_DISABLED;
    buffer_free(&context->out);
    context->out = handler->buffer;
    context->out.free = true;
    memset(&handler->buffer, 0, sizeof(handler->buffer));
}

php_output_handler_status_t php_output_handler_op(php_output_handler *handler,
    php_output_context *context)
{
    php_output_handler_status_t status;
    int original_op = context->op;

    if (php_output_lock_error(context->op)) {
        return PHP_OUTPUT_HANDLER_FAILURE;
    }
    if (handler_append(handler, &context->in) && !context->op) {
        return PHP_OUTPUT_HANDLER_NO_DATA;
    }
    if (!(handler->flags & PHP_OUTPUT_HANDLER_STARTED)) {
        context->op |= PHP_OUTPUT_HANDLER_START;
    }
    OG(running) = handler;
    status = handler->flags & PHP_OUTPUT_HANDLER_USER ? call_user_handler(handler, context)
                                                      : call_internal_handler(handler, context);
    handler->flags |= PHP_OUTPUT_HANDLER_STARTED;
    OG(running) = NULL;

    switch (status) {
    case PHP_OUTPUT_HANDLER_FAILURE:
        pass_unchanged(handler, context);
        break;
    case PHP_OUTPUT_HANDLER_NO_DATA:
        php_output_context_dtor(context);
        handler->buffer.used = 0;
        break;
    case PHP_OUTPUT_HANDLER_SUCCESS:
        handler->buffer.used = 0;
        break;
    }
    context->op = original_op;
    return status;
}
