/* SPDX-License-Identifier: MIT */
/*
 * The interactive shell: code is gathered line by line until it is complete, then it runs.
 *
 * Complete means: ends in ; or }, with no bracket, string or comment left open. A small
 * scanner keeps track of that, and its state is the prompt ("php > ", "php ( ", "php { " ...).
 */
#include <unistd.h>

#include "main/php.h"
#include "main/SAPI.h"
#include "sapi/cli/cli.h"
#include "vm/zend_exceptions.h"

#ifdef HAVE_LIBEDIT
#include <editline/readline.h>
#endif

/* What is open in the code read so far, the innermost: '>' nothing. */
typedef struct {
    int braces;
    int parentheses;
    int square_brackets;
    char quote;   /* ' " ` or 0 */
    bool comment; /* in a block comment */
    bool ended;   /* the last thing outside of comments was ; or } */
} code_state;

static const char *skip_line_comment(const char *p)
{
    while (p[1] && p[1] != '\n') {
        p++;
    }
    return p;
}

static void note_character(code_state *state, char c)
{
    switch (c) {
    case '{': state->braces++; break;
    case '}': state->braces--; break;
    case '(': state->parentheses++; break;
    case ')': state->parentheses--; break;
    case '[': state->square_brackets++; break;
    case ']': state->square_brackets--; break;
    case '\'': case '"': case '`': state->quote = c; break;
    default: break;
    }
    state->ended = c == ';' || c == '}';
}

/* Reads the whole code anew. */
static code_state look_at_code(const char *code)
{
    code_state state = {0};
    const char *p;

    for (p = code; *p; p++) {
        if (state.comment) {
            if (p[0] == '*' && p[1] == '/') {
                state.comment = false;
                p++;
            }
        } else if (state.quote) {
            if (*p == '\\' && p[1]) {
                p++;
            } else if (*p == state.quote) {
                state.quote = 0;
            }
        } else if (p[0] == '/' && p[1] == '*') {
            state.comment = true;
            p++;
        } else if (*p == '#' || (p[0] == '/' && p[1] == '/')) {
            p = skip_line_comment(p);
        } else if (!strchr(" \t\r\n", *p)) {
            note_character(&state, *p);
        }
    }
    return state;
}

static bool is_complete(const code_state *state)
{
    return state->ended && !state->quote && !state->comment && state->braces <= 0
        && state->parentheses <= 0 && state->square_brackets <= 0;
}

static const char *prompt_for(const code_state *state, bool first, char *buffer)
{
    char mark = '-';

    if (state->comment) {
        return "/* > ";
    }
    if (first) {
        return "php > ";
    }
    if (state->quote) {
        mark = state->quote;
    } else if (state->parentheses > 0) {
        mark = '(';
    } else if (state->square_brackets > 0) {
        mark = '[';
    } else if (state->braces > 0) {
        mark = '{';
    }
    sprintf(buffer, "php %c ", mark);
    return buffer;
}

/* The next line without its newline, malloc'ed; NULL at the end of input. */
static char *read_line(const char *prompt)
{
    char *line = NULL;
    size_t size = 0;
    ssize_t length;

#ifdef HAVE_LIBEDIT
    if (isatty(STDIN_FILENO)) {
        line = readline(prompt);
        if (line && *line) {
            add_history(line);
        }
        return line;
    }
#endif
    cli_write(prompt, strlen(prompt));
    length = getline(&line, &size, stdin);
    if (length <= 0) {
        free(line);
        return NULL;
    }
    if (line[length - 1] == '\n') {
        line[length - 1] = '\0';
    }
    return line;
}

/* A fatal error ends the code that raised it, not the shell; exit does end it. */
static bool run_code(const char *code)
{
    volatile bool go_on = true;

    EG(exit_status) = 0;
    zend_try {
        zend_eval_string(code, NULL, "php shell code");
        if (EG(exception)) {
            zend_exception_error(EG(exception), E_WARNING);
            zend_clear_exception();
        }
    } zend_catch {
        go_on = EG(exit_status) == 255;
        CG(unclean_shutdown) = 0;
    } zend_end_try();
    php_output_write("\n", 1);
    sapi_flush();
    return go_on;
}

void cli_run_interactive(void)
{
    smart_str code = {0};
    char prompt[16];
    bool go_on = true;

    php_printf("Interactive shell\n\n");
    while (go_on) {
        code_state state = look_at_code(code.c ? code.c : "");
        char *line = read_line(prompt_for(&state, code.len == 0, prompt));
        if (!line) {
            break;
        }
        smart_str_appends(&code, line);
        smart_str_appendc(&code, '\n');
        smart_str_0(&code);
        free(line);
        state = look_at_code(code.c);
        if (is_complete(&state) || !strcmp(code.c, "exit\n") || !strcmp(code.c, "quit\n")) {
            go_on = strcmp(code.c, "exit\n") && strcmp(code.c, "quit\n") && run_code(code.c);
            smart_str_free(&code);
        }
    }
    smart_str_free(&code);
    php_printf("\n");
}
