/* SPDX-License-Identifier: MIT */
/* Allocation traces: the calls of a run, read from a file. README.md has the format. */
#ifndef ZMM_TRACE_H
#define ZMM_TRACE_H

#include <stddef.h>
#include <stdint.h>

typedef enum { ZMM_ALLOC, ZMM_REALLOC, ZMM_FREE, ZMM_LIMIT, ZMM_RESET, ZMM_END } zmm_operation;

typedef struct {
    size_t size;      /* also the limit's bytes */
    uint32_t id;
    uint32_t operation;
} zmm_call;

typedef struct {
    size_t segment_size;
    size_t reserve_size;
    zmm_call *calls;  /* the last one is ZMM_END */
    size_t count;
    size_t ids;       /* greater than any id in calls */
} zmm_trace;

/* Reads a trace, compressed or not. What is wrong ends the program with a message. */
void zmm_trace_read(zmm_trace *trace, const char *path);
void zmm_trace_free(zmm_trace *trace);

#endif
