/* SPDX-License-Identifier: MIT */
/*
 * The registry of ini directives.
 *
 * A module declares its directives as a table of zend_ini_entry_def rows between
 * PHP_INI_BEGIN() and PHP_INI_END(); REGISTER_INI_ENTRIES() puts copies into
 * EG(ini_directives), and gives each its value from php.ini, or else the row's default, by
 * calling the row's on_modify handler. ini_set() goes through zend_alter_ini_entry(), which keeps
 * the value of before in orig_value until the end of the request, when all is put back.
 *
 * Lengths of names count the NUL, lengths of values do not.
 */
#ifndef ZEND_INI_H
#define ZEND_INI_H

#include "value/zend_types.h"

#ifndef XtOffsetOf
#define XtOffsetOf(type, member) offsetof(type, member)
#endif

/* Who may change a directive. */
#define ZEND_INI_USER (1 << 0)
#define ZEND_INI_PERDIR (1 << 1)
#define ZEND_INI_SYSTEM (1 << 2)
#define ZEND_INI_ALL (ZEND_INI_USER | ZEND_INI_PERDIR | ZEND_INI_SYSTEM)

/* When a handler is called. */
#define ZEND_INI_STAGE_STARTUP (1 << 0)
#define ZEND_INI_STAGE_SHUTDOWN (1 << 1)
#define ZEND_INI_STAGE_ACTIVATE (1 << 2)
#define ZEND_INI_STAGE_DEACTIVATE (1 << 3)
#define ZEND_INI_STAGE_RUNTIME (1 << 4)
#define ZEND_INI_STAGE_HTACCESS (1 << 5)

#define ZEND_INI_DISPLAY_ORIG 1
#define ZEND_INI_DISPLAY_ACTIVE 2

typedef struct _zend_ini_entry zend_ini_entry;

/* Takes over a new value: SUCCESS, or FAILURE to refuse it. The value lives as long as it is
 * in force; a handler may keep the pointer. new_value is NULL for a directive without value. */
#define ZEND_INI_MH(name) \
    int name(zend_ini_entry *entry, char *new_value, uint new_value_length, void *mh_arg1, \
        void *mh_arg2, void *mh_arg3, int stage)
/* Prints the value (for phpinfo and --ri); type is ZEND_INI_DISPLAY_*. */
#define ZEND_INI_DISP(name) void name(zend_ini_entry *ini_entry, int type)

typedef int (*zend_ini_modify_t)(zend_ini_entry *entry, char *new_value, uint new_value_length,
    void *mh_arg1, void *mh_arg2, void *mh_arg3, int stage);
typedef void (*zend_ini_displayer_t)(zend_ini_entry *ini_entry, int type);

struct _zend_ini_entry {
    int module_number;
    int modifiable; /* ZEND_INI_USER ... */
    const char *name;
    uint name_length; /* with the NUL; 0 ends a table */
    zend_ini_modify_t on_modify; /* NULL: any value is fine */
    void *mh_arg1; /* STD_*: offset of the variable in its struct */
    void *mh_arg2; /* STD_*: address of the struct */
    void *mh_arg3;
    const char *value; /* NULL: none. In the table static or malloc'ed; changed: emalloc'ed */
    uint value_length;
    const char *orig_value; /* while `modified`: the value to restore */
    uint orig_value_length;
    int orig_modifiable;
    int modified;
    zend_ini_displayer_t displayer; /* NULL: as text */
};

#define PHP_INI_BEGIN_NAMED(table) static const zend_ini_entry table[] = {
#define ZEND_INI_BEGIN() PHP_INI_BEGIN_NAMED(ini_entries)
#define ZEND_INI_END() {0, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0, NULL, 0, 0, 0, NULL}};

#define ZEND_INI_ENTRY3_EX(name, default_value, modifiable, on_modify, arg1, arg2, arg3, \
    displayer) \
    {0, modifiable, name, sizeof(name), on_modify, arg1, arg2, arg3, default_value, \
        sizeof(default_value) - 1, NULL, 0, 0, 0, displayer},
/* A directive whose default is NULL: no value. */
#define ZEND_INI_ENTRY_NULL(name, modifiable, on_modify, arg1, arg2, arg3, displayer) \
    {0, modifiable, name, sizeof(name), on_modify, arg1, arg2, arg3, NULL, 0, NULL, 0, 0, 0, \
        displayer},
#define ZEND_INI_ENTRY3(name, default_value, modifiable, on_modify, arg1, arg2, arg3) \
    ZEND_INI_ENTRY3_EX(name, default_value, modifiable, on_modify, arg1, arg2, arg3, NULL)
#define ZEND_INI_ENTRY2_EX(name, default_value, modifiable, on_modify, arg1, arg2, displayer) \
    ZEND_INI_ENTRY3_EX(name, default_value, modifiable, on_modify, arg1, arg2, NULL, displayer)
#define ZEND_INI_ENTRY2(name, default_value, modifiable, on_modify, arg1, arg2) \
    ZEND_INI_ENTRY2_EX(name, default_value, modifiable, on_modify, arg1, arg2, NULL)
#define ZEND_INI_ENTRY1_EX(name, default_value, modifiable, on_modify, arg1, displayer) \
    ZEND_INI_ENTRY3_EX(name, default_value, modifiable, on_modify, arg1, NULL, NULL, displayer)
#define ZEND_INI_ENTRY1(name, default_value, modifiable, on_modify, arg1) \
    ZEND_INI_ENTRY1_EX(name, default_value, modifiable, on_modify, arg1, NULL)
#define ZEND_INI_ENTRY_EX(name, default_value, modifiable, on_modify, displayer) \
    ZEND_INI_ENTRY3_EX(name, default_value, modifiable, on_modify, NULL, NULL, NULL, displayer)
#define ZEND_INI_ENTRY(name, default_value, modifiable, on_modify) \
    ZEND_INI_ENTRY_EX(name, default_value, modifiable, on_modify, NULL)

/* A directive that keeps a variable up to date: struct_ptr.property_name. */
#define STD_ZEND_INI_ENTRY_EX(name, default_value, modifiable, on_modify, property_name, \
    struct_type, struct_ptr, displayer) \
    ZEND_INI_ENTRY2_EX(name, default_value, modifiable, on_modify, \
        (void *) XtOffsetOf(struct_type, property_name), (void *) &struct_ptr, displayer)
#define STD_ZEND_INI_ENTRY(name, default_value, modifiable, on_modify, property_name, \
    struct_type, struct_ptr) \
    STD_ZEND_INI_ENTRY_EX(name, default_value, modifiable, on_modify, property_name, \
        struct_type, struct_ptr, NULL)
#define STD_ZEND_INI_ENTRY_NULL(name, modifiable, on_modify, property_name, struct_type, \
    struct_ptr) \
    ZEND_INI_ENTRY_NULL(name, modifiable, on_modify, \
        (void *) XtOffsetOf(struct_type, property_name), (void *) &struct_ptr, NULL, NULL)
#define STD_ZEND_INI_BOOLEAN(name, default_value, modifiable, on_modify, property_name, \
    struct_type, struct_ptr) \
    STD_ZEND_INI_ENTRY_EX(name, default_value, modifiable, on_modify, property_name, \
        struct_type, struct_ptr, zend_ini_boolean_displayer_cb)

/* Handlers that keep a long, zend_bool, double or char * (at mh_arg2 + mh_arg1) up to date. */
ZEND_INI_MH(OnUpdateBool);
ZEND_INI_MH(OnUpdateLong);
ZEND_INI_MH(OnUpdateLongGEZero); /* refuses negative numbers */
ZEND_INI_MH(OnUpdateReal);
ZEND_INI_MH(OnUpdateString);
ZEND_INI_MH(OnUpdateStringUnempty); /* refuses "" */

ZEND_INI_DISP(zend_ini_boolean_displayer_cb);
ZEND_INI_DISP(zend_ini_color_displayer_cb);
/* Prints a value as displayers do, "no value" for none. */
void zend_ini_display_value(zend_ini_entry *ini_entry, int type);

/* --- Life ------------------------------------------------------------------------------------ */

int zend_ini_startup(void);
int zend_ini_shutdown(void);
/* End of a request: every changed directive gets its value of before back. */
int zend_ini_deactivate(void);
/* Sorts EG(ini_directives) by name: once, when all modules have registered theirs. */
void zend_ini_sort_entries(void);

int zend_register_ini_entries(const zend_ini_entry *ini_entry, int module_number);
void zend_unregister_ini_entries(int module_number);
/* Gives all directives their values from php.ini again. */
void zend_ini_refresh_caches(int stage);

/* --- Changing -------------------------------------------------------------------------------- */

/*
 * Gives the directive a copy of the new value. modify_type is who asks (ZEND_INI_USER for
 * ini_set()). FAILURE: no such directive, it may not be changed by the asker, or its handler
 * refuses.
 */
int zend_alter_ini_entry(char *name, uint name_length, char *new_value, uint new_value_length,
    int modify_type, int stage);
int zend_alter_ini_entry_ex(char *name, uint name_length, char *new_value,
    uint new_value_length, int modify_type, int stage, int force_change);
int zend_restore_ini_entry(char *name, uint name_length, int stage);

/* --- Reading --------------------------------------------------------------------------------- */

zend_ini_entry *zend_ini_find(const char *name, uint name_length); /* NULL: none */
/* orig: the value before any ini_set() of this request. */
long zend_ini_long(char *name, uint name_length, int orig);
double zend_ini_double(char *name, uint name_length, int orig);
char *zend_ini_string(char *name, uint name_length, int orig); /* "" for none */
/* *exists says whether there is such a directive; NULL is then a directive without value. */
char *zend_ini_string_ex(char *name, uint name_length, int orig, zend_bool *exists);

#define INI_INT(name) zend_ini_long((name), sizeof(name), 0)
#define INI_FLT(name) zend_ini_double((name), sizeof(name), 0)
#define INI_STR(name) zend_ini_string_ex((name), sizeof(name), 0, NULL)
#define INI_BOOL(name) ((zend_bool) INI_INT(name))
#define INI_ORIG_INT(name) zend_ini_long((name), sizeof(name), 1)
#define INI_ORIG_FLT(name) zend_ini_double((name), sizeof(name), 1)
#define INI_ORIG_STR(name) zend_ini_string((name), sizeof(name), 1)
#define INI_ORIG_BOOL(name) ((zend_bool) INI_ORIG_INT(name))

/* "on", "yes", "true" or a number other than 0. */
zend_bool zend_ini_parse_bool(const char *value, uint value_length);

#endif
