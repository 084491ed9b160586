/* SPDX-License-Identifier: MIT */
/* The command line of zeval, taken apart. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>

/* What the program is asked to do. */
typedef enum {
    CLI_STANDARD,      /* run a file, or the standard input */
    CLI_DIRECT,        /* -r */
    CLI_PROCESS_STDIN, /* -B -R -F -E */
    CLI_INTERACTIVE,   /* -a */
    CLI_LINT,          /* -l */
    CLI_STRIP,         /* -w */
    CLI_HIGHLIGHT,     /* -s */
    CLI_VERSION,       /* -v */
    CLI_MODULES,       /* -m */
    CLI_INFO,          /* -i */
    CLI_SHOW_INI,      /* --ini */
    CLI_DUMP_TOKENS,   /* --dump-tokens */
    CLI_DUMP_AST,      /* --dump-ast */
    CLI_DUMP_OPCODES,  /* --dump-opcodes */
    CLI_USAGE,         /* -h */
    CLI_BAD_USAGE      /* a wrong option: it has been complained about */
} cli_mode;

typedef struct {
    cli_mode mode;
    const char *script;     /* the file, or NULL */
    const char *code;       /* -r, -R */
    const char *code_begin; /* -B */
    const char *code_end;   /* -E */
    const char *line_file;  /* -F */
    const char *ini_path;   /* -c */
    bool ini_ignore;        /* -n */
    char *ini_entries;      /* -d: ini text, malloc'ed; NULL without any */
    bool hide_arguments;    /* -H */
    long repeat;            /* --repeat: serve the request so many times, to look for leaks */
    int first_argument;     /* the index in argv of the first argument for the script */
    const char *conflict;   /* a message about options that exclude each other, or NULL */
} cli_options;

/* Never fails: what is wrong becomes CLI_BAD_USAGE or a conflict. */
void cli_parse_options(int argc, char **argv, cli_options *options);
void cli_print_usage(const char *program);

#endif
