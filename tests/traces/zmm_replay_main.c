/* SPDX-License-Identifier: MIT */
/* zmm-replay: the command line. */
#include "zmm_replay.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static const char usage[] =
    "usage: zmm-replay [--storage=NAME] [--check] FILE\n"
    "       zmm-replay --time [--allocator=NAME] [--rounds=N] [--storage=NAME] FILE\n"
    "\n"
    "Replays an allocation trace (plain or gzip) on the memory manager and prints the place of\n"
    "each block, the figures and the heap at the end.\n"
    "\n"
    "  --check           check the heap's invariants after each call\n"
    "  --storage=NAME    where segments come from: malloc, mmap_anon, mmap_zero\n"
    "  --time            print nanoseconds a call instead\n"
    "  --allocator=NAME  zendmm, malloc, mimalloc or jemalloc; else all that are installed\n"
    "  --rounds=N        how often (25)\n";

int main(int argc, char **argv)
{
    static const struct option options[] = {
        { "time", no_argument, NULL, 't' },
        { "check", no_argument, NULL, 'c' },
        { "allocator", required_argument, NULL, 'a' },
        { "storage", required_argument, NULL, 's' },
        { "rounds", required_argument, NULL, 'r' },
        { "help", no_argument, NULL, 'h' },
        { NULL, 0, NULL, 0 }
    };
    const char *allocator = NULL;
    const char *storage = NULL;
    int timing = 0, check = 0, rounds = 25, option, result;
    zmm_trace trace;

    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
            case 't': timing = 1; break;
            case 'c': check = 1; break;
            case 'a': allocator = optarg; break;
            case 's': storage = optarg; break;
            case 'r': rounds = atoi(optarg); break;
            case 'h': fputs(usage, stdout); return 0;
            default: fputs(usage, stderr); return 2;
        }
    }
    if (argc - optind != 1 || rounds < 1) {
        fputs(usage, stderr);
        return 2;
    }
    zmm_trace_read(&trace, argv[optind]);
    result = timing ? zmm_replay_time(&trace, allocator, storage, rounds)
        : zmm_replay_print(&trace, storage, check);
    zmm_trace_free(&trace);
    return result;
}
