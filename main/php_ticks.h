/* SPDX-License-Identifier: MIT */
/* Functions to be called at each tick (declare(ticks=N)) of the request. */
#ifndef PHP_TICKS_H
#define PHP_TICKS_H

void php_add_tick_function(void (*func)(int count));
void php_remove_tick_function(void (*func)(int count));
/* Calls them all; the engine does at each TICKS operation. */
void php_run_ticks(int count);
/* The end of the request: forgets them. */
void php_deactivate_ticks(void);

#endif
