/* SPDX-License-Identifier: MIT */
/*
 * Reading the command line. Options end at the first word that is none, or at "--"; what follows
 * the script (or "--") belongs to the script.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sapi/cli/cli_options.h"

typedef struct {
    int code;
    bool takes_argument;
    const char *name; /* the long form */
} option_row;

enum { OPTION_INI = 256, OPTION_DUMP_TOKENS, OPTION_DUMP_AST, OPTION_DUMP_OPCODES,
    OPTION_REPEAT };

static const option_row rows[] = {
    {'a', false, "interactive"}, {'B', true, "process-begin"}, {'c', true, "php-ini"},
    {'d', true, "define"}, {'E', true, "process-end"},
    {'f', true, "file"}, {'F', true, "process-file"}, {'h', false, "help"},
    {'h', false, "usage"}, {'?', false, NULL}, {'H', false, "hide-args"}, {'i', false, "info"},
    {'l', false, "syntax-check"}, {'m', false, "modules"}, {'n', false, "no-php-ini"},
    {'q', false, "no-header"}, {'r', true, "run"}, {'R', true, "process-code"},
    {'s', false, "syntax-highlight"}, {'s', false, "syntax-highlighting"}, {'v', false, "version"},
    {'w', false, "strip"}, {'z', true, "zend-extension"}, {'C', false, NULL},
    {OPTION_INI, false, "ini"}, {OPTION_DUMP_TOKENS, true, "dump-tokens"},
    {OPTION_DUMP_AST, true, "dump-ast"}, {OPTION_DUMP_OPCODES, true, "dump-opcodes"},
    {OPTION_REPEAT, true, "repeat"},
};

/* Where the reading stands. */
typedef struct {
    int argc;
    char **argv;
    int word;       /* index of the word */
    int character;  /* in a word of several letters, the one to read next */
} option_reader;

static const option_row *find_long(const char *name, size_t length)
{
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        if (rows[i].name && strlen(rows[i].name) == length
            && !memcmp(rows[i].name, name, length)) {
            return &rows[i];
        }
    }
    return NULL;
}

static const option_row *find_short(char letter)
{
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        if (rows[i].code == letter) {
            return &rows[i];
        }
    }
    return NULL;
}

static int complain(const option_reader *reader, int character, const char *what, int letter)
{
    fprintf(stderr, "Error in argument %d, char %d: %s %c\n", reader->word, character, what,
        letter);
    return '!';
}

/* The argument of an option: in the same word at `attached`, or the next word. NULL: none. */
static const char *take_argument(option_reader *reader, const char *attached)
{
    reader->character = 0;
    if (*attached) {
        reader->word++;
        return *attached == '=' ? attached + 1 : attached;
    }
    reader->word += 2;
    return reader->word <= reader->argc ? reader->argv[reader->word - 1] : NULL;
}

static int next_long(option_reader *reader, const char **argument)
{
    const char *name = reader->argv[reader->word] + 2;
    size_t length = strcspn(name, "=");
    const option_row *row = find_long(name, length);

    *argument = NULL;
    if (!row) {
        return complain(reader, 2, "option not found", *name);
    }
    if (!row->takes_argument) {
        reader->word++;
        return row->code;
    }
    if (!name[length] && reader->word + 1 >= reader->argc) {
        return complain(reader, 2, "no argument for option", *name);
    }
    *argument = take_argument(reader, name + length);
    return row->code;
}

static int next_short(option_reader *reader, const char **argument)
{
    const char *word = reader->argv[reader->word];
    int place = reader->character ? reader->character : 1;
    const option_row *row = find_short(word[place]);

    *argument = NULL;
    if (!row) {
        return complain(reader, place + 1, "option not found", word[place]);
    }
    if (row->takes_argument) {
        if (!word[place + 1] && reader->word + 1 >= reader->argc) {
            return complain(reader, place + 1, "no argument for option", word[place]);
        }
        *argument = take_argument(reader, word + place + 1);
        return row->code;
    }
    if (word[place + 1]) {
        reader->character = place + 1;
    } else {
        reader->character = 0;
        reader->word++;
    }
    return row->code;
}

/* The next option's code, '!' after a complaint, -1 at the end. */
static int next_option(option_reader *reader, const char **argument)
{
    const char *word;

    if (reader->word >= reader->argc) {
        return -1;
    }
    word = reader->argv[reader->word];
    if (word[0] != '-' || word[1] == '\0') {
        return -1;
    }
    if (word[1] == '-') {
        if (word[2] == '\0') {
            reader->word++;
            return -1;
        }
        return next_long(reader, argument);
    }
    return next_short(reader, argument);
}

/* -d name=value: a line of ini text; a value of words is put in quotes. */
static void add_ini_entry(cli_options *options, const char *definition)
{
    size_t before = options->ini_entries ? strlen(options->ini_entries) : 0;
    const char *equals = strchr(definition, '=');
    bool needs_quotes = equals && equals[1] && !isalnum((unsigned char) equals[1])
        && !strchr("\"'\n-", equals[1]);
    size_t size = before + strlen(definition) + 8;

    options->ini_entries = realloc(options->ini_entries, size);
    if (!options->ini_entries) {
        abort();
    }
    if (needs_quotes) {
        snprintf(options->ini_entries + before, size - before, "%.*s\"%s\"\n",
            (int) (equals + 1 - definition), definition, equals + 1);
    } else {
        snprintf(options->ini_entries + before, size - before, equals ? "%s\n" : "%s=1\n",
            definition);
    }
}

static void conflict(cli_options *options, const char *message)
{
    if (!options->conflict) {
        options->conflict = message;
    }
}

#define ONE_WAY_ONLY "Either execute direct code, process stdin or use a file.\n"

/* -B -R -F -E process the standard input line by line; they do not go with other modes. */
static void process_stdin(cli_options *options)
{
    if ((options->mode != CLI_STANDARD && options->mode != CLI_PROCESS_STDIN)
        || options->script) {
        conflict(options, ONE_WAY_ONLY);
    } else {
        options->mode = CLI_PROCESS_STDIN;
    }
}

static void set_once(cli_options *options, const char **place, const char *value,
    const char *complaint)
{
    if (*place) {
        conflict(options, complaint);
    }
    *place = value;
}

static void set_dump(cli_options *options, cli_mode mode, const char *file)
{
    options->mode = mode;
    options->script = file;
}

static void apply_run_option(cli_options *options, int code, const char *argument)
{
    switch (code) {
    case 'r':
        if (options->mode == CLI_DIRECT) {
            conflict(options, options->code ? "You can use -r only once.\n" : ONE_WAY_ONLY);
        } else if (options->mode != CLI_STANDARD || options->script) {
            conflict(options, ONE_WAY_ONLY);
        }
        options->mode = CLI_DIRECT;
        options->code = argument;
        break;
    case 'R':
        process_stdin(options);
        if (options->line_file) {
            conflict(options, "You can use -R or -F only once.\n");
        }
        set_once(options, &options->code, argument, "You can use -R or -F only once.\n");
        break;
    case 'F':
        process_stdin(options);
        if (options->code) {
            conflict(options, "You can use -R or -F only once.\n");
        }
        set_once(options, &options->line_file, argument, "You can use -R or -F only once.\n");
        break;
    case 'B':
        process_stdin(options);
        set_once(options, &options->code_begin, argument, "You can use -B only once.\n");
        break;
    case 'E':
        process_stdin(options);
        set_once(options, &options->code_end, argument, "You can use -E only once.\n");
        break;
    case 'f':
        if (options->mode == CLI_DIRECT || options->mode == CLI_PROCESS_STDIN) {
            conflict(options, ONE_WAY_ONLY);
        }
        set_once(options, &options->script, argument, "You can use -f only once.\n");
        break;
    }
}

static void apply_option(cli_options *options, int code, const char *argument)
{
    switch (code) {
    case 'a': options->mode = CLI_INTERACTIVE; break;
    case 'l': options->mode = CLI_LINT; break;
    case 'w': options->mode = CLI_STRIP; break;
    case 's': options->mode = CLI_HIGHLIGHT; break;
    case 'v': options->mode = CLI_VERSION; break;
    case 'm': options->mode = CLI_MODULES; break;
    case 'i': options->mode = CLI_INFO; break;
    case OPTION_INI: options->mode = CLI_SHOW_INI; break;
    case 'h': case '?': options->mode = CLI_USAGE; break;
    case '!': options->mode = CLI_BAD_USAGE; break;
    case 'c': options->ini_path = argument; break;
    case 'n': options->ini_ignore = true; break;
    case 'd': add_ini_entry(options, argument); break;
    case 'H': options->hide_arguments = true; break;
    case OPTION_REPEAT: options->repeat = atol(argument); break;
    case OPTION_DUMP_TOKENS: set_dump(options, CLI_DUMP_TOKENS, argument); break;
    case OPTION_DUMP_AST: set_dump(options, CLI_DUMP_AST, argument); break;
    case OPTION_DUMP_OPCODES: set_dump(options, CLI_DUMP_OPCODES, argument); break;
    default:
        apply_run_option(options, code, argument);
    }
}

/* These print something and end: later options can't change them. */
static bool is_final(cli_mode mode)
{
    return mode == CLI_USAGE || mode == CLI_VERSION || mode == CLI_MODULES || mode == CLI_INFO
        || mode == CLI_SHOW_INI;
}

void cli_parse_options(int argc, char **argv, cli_options *options)
{
    option_reader reader = {argc, argv, 1, 0};
    const char *argument;
    int code;

    memset(options, 0, sizeof(*options));
    options->repeat = 1;
    while (options->mode != CLI_BAD_USAGE && (code = next_option(&reader, &argument)) != -1) {
        cli_mode before = options->mode;
        apply_option(options, code, argument);
        if (is_final(before) && code != '!') {
            options->mode = before;
        }
    }
    if (!options->script && reader.word < argc && options->mode != CLI_DIRECT
        && options->mode != CLI_PROCESS_STDIN && strcmp(argv[reader.word - 1], "--") != 0) {
        options->script = argv[reader.word++];
        if (reader.word < argc && !strcmp(argv[reader.word], "--")) {
            reader.word++;
        }
    } else if (reader.word < argc && !strcmp(argv[reader.word], "--")) {
        reader.word++;
    }
    options->first_argument = reader.word;
}

void cli_print_usage(const char *program)
{
    const char *slash = strrchr(program, '/');

    program = slash ? slash + 1 : program;
    printf("Usage: %s [options] [-f] <file> [--] [args...]\n"
        "   %s [options] -r <code> [--] [args...]\n"
        "   %s [options] [-B <begin_code>] -R <code> [-E <end_code>] [--] [args...]\n"
        "   %s [options] [-B <begin_code>] -F <file> [-E <end_code>] [--] [args...]\n"
        "   %s [options] -- [args...]\n"
        "   %s [options] -a\n\n", program, program, program, program, program, program);
    fputs("  -a               Run as interactive shell\n"
        "  -c <path>|<file> Look for php.ini file in this directory\n"
        "  -n               No php.ini file will be used\n"
        "  -d foo[=bar]     Define INI entry foo with value 'bar'\n"
        "  -f <file>        Parse and execute <file>.\n"
        "  -h               This help\n"
        "  -i               PHP information\n"
        "  -l               Syntax check only (lint)\n"
        "  -m               Show compiled in modules\n"
        "  -r <code>        Run PHP <code> without using script tags <?..?>\n"
        "  -B <begin_code>  Run PHP <begin_code> before processing input lines\n"
        "  -R <code>        Run PHP <code> for every input line\n"
        "  -F <file>        Parse and execute <file> for every input line\n"
        "  -E <end_code>    Run PHP <end_code> after processing all input lines\n"
        "  -H               Hide any passed arguments from external tools.\n"
        "  -s               Output HTML syntax highlighted source.\n"
        "  -v               Version number\n"
        "  -w               Output source with stripped comments and whitespace.\n\n"
        "  args...          Arguments passed to script. Use -- args when first argument\n"
        "                   starts with - or script is read from stdin\n\n"
        "  --ini            Show configuration file names\n\n"
        "  --dump-tokens <file>   Show what the scanner makes of the file\n"
        "  --dump-ast <file>      Show the syntax tree of the file\n"
        "  --dump-opcodes <file>  Show the operations the file compiles to\n\n", stdout);
}
