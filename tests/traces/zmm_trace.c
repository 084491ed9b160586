/* SPDX-License-Identifier: MIT */
/* Reading allocation traces. zlib's gz functions read plain files as well. */
#include "zmm_trace.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define LINE_SIZE 512

typedef struct {
    gzFile file;
    const char *path;
    size_t line_number;
    char line[LINE_SIZE];
} reader;

static void wrong(const reader *in, const char *what)
{
    fprintf(stderr, "%s:%zu: %s\n", in->path, in->line_number, what);
    exit(2);
}

/* The next line that is no comment; false at the end of the file. */
static bool next_line(reader *in)
{
    do {
        if (gzgets(in->file, in->line, LINE_SIZE) == NULL) {
            return false;
        }
        in->line_number++;
    } while (in->line[0] == '#');
    return true;
}

static size_t parse_number(const reader *in, char **at)
{
    char *end;
    size_t number = strtoull(*at, &end, 10);

    if (end == *at) {
        wrong(in, "a number is missing");
    }
    *at = end;
    return number;
}

static zmm_call parse_call(const reader *in, zmm_trace *trace)
{
    static const struct {
        const char *word;
        zmm_operation operation;
        bool has_id;
        bool has_size;
    } words[] = {
        { "a", ZMM_ALLOC, true, true },
        { "r", ZMM_REALLOC, true, true },
        { "f", ZMM_FREE, true, false },
        { "limit", ZMM_LIMIT, false, true },
        { "reset", ZMM_RESET, false, false },
        { "end", ZMM_END, false, false },
    };
    size_t length = strcspn(in->line, " \n");
    char *at = (char *) in->line + length;
    zmm_call call = { 0, 0, 0 };
    size_t i;

    for (i = 0; i < sizeof(words) / sizeof(*words); i++) {
        if (strlen(words[i].word) == length && memcmp(words[i].word, in->line, length) == 0) {
            call.operation = words[i].operation;
            call.id = words[i].has_id ? (uint32_t) parse_number(in, &at) : 0;
            call.size = words[i].has_size ? parse_number(in, &at) : 0;
            trace->ids = call.id >= trace->ids ? call.id + 1 : trace->ids;
            return call;
        }
    }
    wrong(in, "unknown call");
    return call;
}

static void append(zmm_trace *trace, zmm_call call, size_t *capacity)
{
    if (trace->count == *capacity) {
        *capacity = *capacity != 0 ? *capacity * 2 : 1024;
        trace->calls = realloc(trace->calls, *capacity * sizeof(zmm_call));
        if (trace->calls == NULL) {
            perror("zmm-replay");
            exit(2);
        }
    }
    trace->calls[trace->count++] = call;
}

static void read_heading(reader *in, zmm_trace *trace)
{
    char *at = in->line + strlen("heap ");

    if (!next_line(in) || strcmp(in->line, "zmm-trace 1\n") != 0) {
        wrong(in, "this is no zmm-trace 1");
    }
    if (!next_line(in) || strncmp(in->line, "heap ", strlen("heap ")) != 0) {
        wrong(in, "the heap line is missing");
    }
    trace->segment_size = parse_number(in, &at);
    trace->reserve_size = parse_number(in, &at);
}

void zmm_trace_read(zmm_trace *trace, const char *path)
{
    reader in = { gzopen(path, "rb"), path, 0, "" };
    size_t capacity = 0;

    if (in.file == NULL) {
        perror(path);
        exit(2);
    }
    memset(trace, 0, sizeof(*trace));
    read_heading(&in, trace);
    do {
        if (!next_line(&in)) {
            wrong(&in, "the end line is missing");
        }
        append(trace, parse_call(&in, trace), &capacity);
    } while (trace->calls[trace->count - 1].operation != ZMM_END);
    gzclose(in.file);
}

void zmm_trace_free(zmm_trace *trace)
{
    free(trace->calls);
    trace->calls = NULL;
}
