/* SPDX-License-Identifier: MIT */
/* What the files of sapi/cli share. */
#ifndef CLI_H
#define CLI_H

#include "main/php.h"
#include "main/SAPI.h"
#include "sapi/cli/cli_options.h"

extern sapi_module_struct cli_sapi_module;

/* Writes to the standard output, all of it; false when the other end is gone. */
bool cli_write(const char *text, size_t length);

/* -a: reads code line by line and runs it. Returns at the end of input or on exit. */
void cli_run_interactive(void);

/* --dump-*: the file's tokens, tree or operations. The exit status. */
int cli_dump(const cli_options *options);

#endif
