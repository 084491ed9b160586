/* SPDX-License-Identifier: MIT */
/* What the files of main/streams share. */
#ifndef PHP_STREAMS_INTERNAL_H
#define PHP_STREAMS_INTERNAL_H

#include "main/php_streams.h"

/* Resource types, once a process. */
void php_stream_register_types(int module_number);
void php_stream_register_context_type(int module_number);
/* The request's changes to the table of wrappers end. */
void php_stream_forget_volatile_wrappers(void);
void php_stream_forget_default_context(void);

#endif
