/* SPDX-License-Identifier: MIT */
/*
 * The superglobals, and $GLOBALS, the one that the engine itself brings.
 *
 * $GLOBALS is a reference to an array whose table is the global symbol table itself.
 */
#include "runtime/zend_API.h"
#include "runtime/zend_auto_globals.h"

static HashTable auto_globals;

static void zend_auto_global_dtor(void *auto_global)
{
    str_free(((zend_auto_global *) auto_global)->name);
}

static zend_bool zend_create_GLOBALS(const char *name, uint name_len)
{
    zval *globals;

    ALLOC_ZVAL(globals);
    Z_SET_REFCOUNT_P(globals, 1);
    Z_SET_ISREF_P(globals);
    Z_TYPE_P(globals) = IS_ARRAY;
    Z_ARRVAL_P(globals) = &EG(symbol_table);
    zend_hash_update(&EG(symbol_table), name, name_len + 1, &globals, sizeof(zval *), NULL);
    return 0;
}

void zend_startup_auto_globals(void)
{
    CG(auto_globals) = &auto_globals;
    zend_hash_init_ex(CG(auto_globals), 8, NULL, zend_auto_global_dtor, 1, 0);
    zend_register_auto_global(ZEND_STRL("GLOBALS"), 0, zend_create_GLOBALS);
}

void zend_shutdown_auto_globals(void)
{
    zend_hash_destroy(CG(auto_globals));
}

int zend_register_auto_global(const char *name, uint name_len, zend_bool jit,
    zend_auto_global_callback auto_global_callback)
{
    zend_auto_global auto_global;
    const char *interned = zend_new_interned_string(name, name_len + 1, 0);

    auto_global.name = interned == name ? zend_strndup(name, name_len) : interned;
    auto_global.name_len = name_len;
    auto_global.auto_global_callback = auto_global_callback;
    auto_global.jit = jit;
    auto_global.armed = 0;
    return zend_hash_add(CG(auto_globals), auto_global.name, name_len + 1, &auto_global,
        sizeof(auto_global), NULL);
}

static void zend_make_auto_global(zend_auto_global *auto_global)
{
    auto_global->armed =
        auto_global->auto_global_callback(auto_global->name, auto_global->name_len);
}

static int zend_arm_auto_global(void *element)
{
    zend_auto_global *auto_global = element;

    if (auto_global->jit) {
        auto_global->armed = 1;
    } else if (auto_global->auto_global_callback != NULL) {
        zend_make_auto_global(auto_global);
    } else {
        auto_global->armed = 0;
    }
    return ZEND_HASH_APPLY_KEEP;
}

void zend_activate_auto_globals(void)
{
    zend_hash_apply(CG(auto_globals), zend_arm_auto_global);
}

zend_bool zend_is_auto_global_quick(const char *name, uint name_len, ulong hash)
{
    zend_auto_global *auto_global;

    if (zend_hash_quick_find(CG(auto_globals), name, name_len + 1, hash,
            (void **) &auto_global) == FAILURE) {
        return 0;
    }
    if (auto_global->armed && auto_global->auto_global_callback != NULL) {
        zend_make_auto_global(auto_global);
    }
    return 1;
}

zend_bool zend_is_auto_global(const char *name, uint name_len)
{
    return zend_is_auto_global_quick(name, name_len, zend_hash_func(name, name_len + 1));
}
