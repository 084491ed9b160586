/* SPDX-License-Identifier: MIT */
/* What the parts of zmm-replay share. */
#ifndef ZMM_REPLAY_H
#define ZMM_REPLAY_H

#include "zmm_trace.h"

#include <setjmp.h>

/* Makes failures of the heap come back here: callbacks that raise nothing and jump. */
extern jmp_buf zmm_replay_bailout;
void zmm_replay_set_callbacks(void);

/* Prints where each block lies, the figures, and the heap at the end. 1 when contents broke. */
int zmm_replay_print(const zmm_trace *trace, const char *storage, int check_invariants);

/* Prints nanoseconds a call, for one allocator by name or (NULL) for all that there are. */
int zmm_replay_time(const zmm_trace *trace, const char *allocator, const char *storage, int rounds);

#endif
