/* SPDX-License-Identifier: MIT */
/*
 * Superglobals: names that mean a global variable in every scope.
 *
 * main registers $_GET, $_SERVER and so on, the engine itself $GLOBALS. One with jit is made
 * only when the compiler meets its name.
 */
#ifndef ZEND_AUTO_GLOBALS_H
#define ZEND_AUTO_GLOBALS_H

#include "zend_portability.h"

/* Makes the variable; returns 1 to be called again (in the next compilation), 0 when done. */
typedef zend_bool (*zend_auto_global_callback)(const char *name, uint name_len);

typedef struct _zend_auto_global {
    const char *name;
    uint name_len; /* without the NUL */
    zend_auto_global_callback auto_global_callback;
    zend_bool jit;
    zend_bool armed; /* the callback is still to be called in this request */
} zend_auto_global;

void zend_startup_auto_globals(void);
void zend_shutdown_auto_globals(void);
/* A request begins: calls the callbacks of those without jit, arms the others. */
void zend_activate_auto_globals(void);
/* name_len without the NUL. FAILURE when it is there already. */
int zend_register_auto_global(const char *name, uint name_len, zend_bool jit,
    zend_auto_global_callback auto_global_callback);
/* Is it one? Then it is made now if that is still to be done. */
zend_bool zend_is_auto_global(const char *name, uint name_len);
zend_bool zend_is_auto_global_quick(const char *name, uint name_len, ulong hash);

#endif
