/* SPDX-License-Identifier: MIT */
/* What output.c and output_handler.c share. */
#ifndef PHP_OUTPUT_INTERNAL_H
#define PHP_OUTPUT_INTERNAL_H

#include "main/php_output.h"

void php_output_context_init(php_output_context *context, int op);
/* Frees the texts that are the context's own. */
void php_output_context_dtor(php_output_context *context);
/* Nobody changes the text: what came in goes out. */
void php_output_context_pass(php_output_context *context);

/* Runs the context's text through a handler; the result is in context->out. */
php_output_handler_status_t php_output_handler_op(php_output_handler *handler,
    php_output_context *context);

/* True, after a fatal error, when an operation is asked for while a callback runs. */
bool php_output_lock_error(int op);

#endif
