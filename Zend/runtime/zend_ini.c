/* SPDX-License-Identifier: MIT */
/*
 * The registry of ini directives: registering, changing, restoring, reading.
 *
 * Who owns a value:
 *
 *      value        !modified: the module's table or the configuration; never freed here
 *                    modified: emalloc'ed by the change, freed by the next one or by restore
 *      orig_value   while modified: the value of before, as above
 *
 * EG(modified_ini_directives) maps the names of changed directives to their entries.
 */
#include <stdlib.h>
#include <strings.h>

#include "data/zend_sort.h"
#include "runtime/zend_API.h"
#include "runtime/zend_startup.h"

static HashTable ini_directives;

/* --- Restoring ------------------------------------------------------------------------------- */

/* Gives an entry its original value back. 1 when its handler refused. */
static int zend_restore_ini_entry_value(zend_ini_entry *entry, int stage)
{
    volatile int result = SUCCESS;

    if (!entry->modified) {
        return 0;
    }
    if (entry->on_modify != NULL) {
        /* A handler may bail out; at the end of a request the value goes back all the same. */
        zend_try {
            result = entry->on_modify(entry, (char *) entry->orig_value,
                entry->orig_value_length, entry->mh_arg1, entry->mh_arg2, entry->mh_arg3, stage);
        } zend_end_try();
    }
    if (stage == ZEND_INI_STAGE_RUNTIME && result == FAILURE) {
        return 1;
    }
    if (entry->value != entry->orig_value) {
        efree((char *) entry->value);
    }
    entry->value = entry->orig_value;
    entry->value_length = entry->orig_value_length;
    entry->modifiable = entry->orig_modifiable;
    entry->modified = 0;
    entry->orig_value = NULL;
    entry->orig_value_length = 0;
    entry->orig_modifiable = 0;
    return 0;
}

static int zend_restore_at_end(void *element)
{
    zend_restore_ini_entry_value(*(zend_ini_entry **) element, ZEND_INI_STAGE_DEACTIVATE);
    return ZEND_HASH_APPLY_REMOVE;
}

static void zend_forget_modified_table(void)
{
    zend_hash_destroy(EG(modified_ini_directives));
    FREE_HASHTABLE(EG(modified_ini_directives));
    EG(modified_ini_directives) = NULL;
}

int zend_restore_ini_entry(char *name, uint name_length, int stage)
{
    zend_ini_entry *entry = zend_ini_find(name, name_length);

    if (entry == NULL
        || (stage == ZEND_INI_STAGE_RUNTIME && !(entry->modifiable & ZEND_INI_USER))) {
        return FAILURE;
    }
    if (EG(modified_ini_directives) != NULL) {
        if (zend_restore_ini_entry_value(entry, stage) != 0) {
            return FAILURE;
        }
        zend_hash_del(EG(modified_ini_directives), name, name_length);
    }
    return SUCCESS;
}

/* --- Life ------------------------------------------------------------------------------------ */

int zend_ini_startup(void)
{
    EG(ini_directives) = &ini_directives;
    EG(modified_ini_directives) = NULL;
    return zend_hash_init_ex(EG(ini_directives), 128, NULL, NULL, 1, 0);
}

int zend_ini_shutdown(void)
{
    zend_hash_destroy(EG(ini_directives));
    return SUCCESS;
}

int zend_ini_deactivate(void)
{
    if (EG(modified_ini_directives) != NULL) {
        zend_hash_apply(EG(modified_ini_directives), zend_restore_at_end);
        zend_forget_modified_table();
    }
    return SUCCESS;
}

static int zend_compare_ini_names(const void *a, const void *b)
{
    const Bucket *first = *(Bucket *const *) a;
    const Bucket *second = *(Bucket *const *) b;

    return zend_binary_strcasecmp(first->arKey, first->nKeyLength, second->arKey,
        second->nKeyLength);
}

void zend_ini_sort_entries(void)
{
    zend_hash_sort(EG(ini_directives), zend_qsort, zend_compare_ini_names, 0);
}

/* Gives an entry its configured value, if there is one and the handler takes it. */
static bool zend_apply_configured_value(zend_ini_entry *entry, int stage)
{
    zval *configured = zend_get_configuration_directive(entry->name, entry->name_length);

    if (configured == NULL || Z_TYPE_P(configured) != IS_STRING) {
        return false;
    }
    if (entry->on_modify != NULL
        && entry->on_modify(entry, Z_STRVAL_P(configured), Z_STRLEN_P(configured),
               entry->mh_arg1, entry->mh_arg2, entry->mh_arg3, stage) != SUCCESS) {
        return false;
    }
    entry->value = Z_STRVAL_P(configured);
    entry->value_length = Z_STRLEN_P(configured);
    return true;
}

static void zend_apply_default_value(zend_ini_entry *entry)
{
    if (entry->on_modify != NULL) {
        entry->on_modify(entry, (char *) entry->value, entry->value_length, entry->mh_arg1,
            entry->mh_arg2, entry->mh_arg3, ZEND_INI_STAGE_STARTUP);
    }
}

int zend_register_ini_entries(const zend_ini_entry *ini_entry, int module_number)
{
    const zend_ini_entry *row;

    for (row = ini_entry; row->name != NULL; row++) {
        zend_ini_entry *entry;
        const char *key = zend_new_interned_string(row->name, row->name_length, 0);

        if (zend_hash_add(EG(ini_directives), key, row->name_length, (void *) row,
                sizeof(zend_ini_entry), (void **) &entry) == FAILURE) {
            zend_unregister_ini_entries(module_number);
            return FAILURE;
        }
        entry->module_number = module_number;
        if (!zend_apply_configured_value(entry, ZEND_INI_STAGE_STARTUP)) {
            zend_apply_default_value(entry);
        }
    }
    return SUCCESS;
}

static int zend_ini_entry_of_module(void *element, void *module_number)
{
    return ((zend_ini_entry *) element)->module_number == *(int *) module_number
        ? ZEND_HASH_APPLY_REMOVE : ZEND_HASH_APPLY_KEEP;
}

void zend_unregister_ini_entries(int module_number)
{
    zend_hash_apply_with_argument(EG(ini_directives), zend_ini_entry_of_module,
        &module_number);
}

static int zend_refresh_ini_entry(void *element, void *stage)
{
    zend_ini_entry *entry = element;

    if (entry->on_modify != NULL) {
        entry->on_modify(entry, (char *) entry->value, entry->value_length, entry->mh_arg1,
            entry->mh_arg2, entry->mh_arg3, *(int *) stage);
    }
    return ZEND_HASH_APPLY_KEEP;
}

void zend_ini_refresh_caches(int stage)
{
    zend_hash_apply_with_argument(EG(ini_directives), zend_refresh_ini_entry, &stage);
}

/* --- Changing -------------------------------------------------------------------------------- */

/* The first change of a request remembers the entry and its value. */
static void zend_remember_ini_entry(zend_ini_entry *entry, int modifiable)
{
    if (EG(modified_ini_directives) == NULL) {
        ALLOC_HASHTABLE(EG(modified_ini_directives));
        zend_hash_init(EG(modified_ini_directives), 8, NULL, NULL, 0);
    }
    if (!entry->modified) {
        entry->orig_value = entry->value;
        entry->orig_value_length = entry->value_length;
        entry->orig_modifiable = modifiable;
        entry->modified = 1;
        zend_hash_add(EG(modified_ini_directives), entry->name, entry->name_length, &entry,
            sizeof(zend_ini_entry *), NULL);
    }
}

int zend_alter_ini_entry(char *name, uint name_length, char *new_value, uint new_value_length,
    int modify_type, int stage)
{
    return zend_alter_ini_entry_ex(name, name_length, new_value, new_value_length, modify_type,
        stage, 0);
}

int zend_alter_ini_entry_ex(char *name, uint name_length, char *new_value,
    uint new_value_length, int modify_type, int stage, int force_change)
{
    zend_ini_entry *entry = zend_ini_find(name, name_length);
    bool modified;
    int modifiable;
    char *duplicate;

    if (entry == NULL) {
        return FAILURE;
    }
    modified = entry->modified;
    modifiable = entry->modifiable;
    if (stage == ZEND_INI_STAGE_ACTIVATE && modify_type == ZEND_INI_USER) {
        entry->modifiable = ZEND_INI_SYSTEM;
    }
    if (!force_change && !(entry->modifiable & modify_type)) {
        return FAILURE;
    }
    zend_remember_ini_entry(entry, modifiable);
    duplicate = estrndup(new_value != NULL ? new_value : "", new_value_length);
    if (entry->on_modify != NULL
        && entry->on_modify(entry, duplicate, new_value_length, entry->mh_arg1, entry->mh_arg2,
               entry->mh_arg3, stage) != SUCCESS) {
        efree(duplicate);
        return FAILURE;
    }
    if (modified && entry->orig_value != entry->value) {
        efree((char *) entry->value);
    }
    entry->value = duplicate;
    entry->value_length = new_value_length;
    return SUCCESS;
}

/* --- Reading --------------------------------------------------------------------------------- */

zend_ini_entry *zend_ini_find(const char *name, uint name_length)
{
    zend_ini_entry *entry;

    return zend_hash_find(EG(ini_directives), name, name_length, (void **) &entry) == SUCCESS
        ? entry : NULL;
}

/* The value that counts: the current one, or (orig) the one before the request's changes. */
static const char *zend_ini_text(const zend_ini_entry *entry, int orig)
{
    return orig && entry->modified ? entry->orig_value : entry->value;
}

long zend_ini_long(char *name, uint name_length, int orig)
{
    zend_ini_entry *entry = zend_ini_find(name, name_length);
    const char *text = entry != NULL ? zend_ini_text(entry, orig) : NULL;

    return text != NULL ? strtol(text, NULL, 0) : 0;
}

double zend_ini_double(char *name, uint name_length, int orig)
{
    zend_ini_entry *entry = zend_ini_find(name, name_length);
    const char *text = entry != NULL ? zend_ini_text(entry, orig) : NULL;

    return text != NULL ? zend_strtod(text, NULL) : 0.0;
}

char *zend_ini_string_ex(char *name, uint name_length, int orig, zend_bool *exists)
{
    zend_ini_entry *entry = zend_ini_find(name, name_length);

    if (exists != NULL) {
        *exists = entry != NULL;
    }
    return entry != NULL ? (char *) zend_ini_text(entry, orig) : NULL;
}

char *zend_ini_string(char *name, uint name_length, int orig)
{
    zend_bool exists;
    char *text = zend_ini_string_ex(name, name_length, orig, &exists);

    return exists && text == NULL ? "" : text;
}

zend_bool zend_ini_parse_bool(const char *value, uint value_length)
{
    if ((value_length == 4 && strcasecmp(value, "true") == 0)
        || (value_length == 3 && strcasecmp(value, "yes") == 0)
        || (value_length == 2 && strcasecmp(value, "on") == 0)) {
        return 1;
    }
    return value != NULL && strtol(value, NULL, 10) != 0;
}

/* --- Handlers that keep a variable ----------------------------------------------------------- */

#define ZEND_INI_VARIABLE(type) ((type *) ((char *) mh_arg2 + (size_t) mh_arg1))

ZEND_INI_MH(OnUpdateBool)
{
    *ZEND_INI_VARIABLE(zend_bool) = zend_ini_parse_bool(new_value, new_value_length);
    return SUCCESS;
}

ZEND_INI_MH(OnUpdateLong)
{
    *ZEND_INI_VARIABLE(long) = new_value != NULL ? zend_atol(new_value, new_value_length) : 0;
    return SUCCESS;
}

ZEND_INI_MH(OnUpdateLongGEZero)
{
    long value = new_value != NULL ? zend_atol(new_value, new_value_length) : 0;

    if (value < 0) {
        return FAILURE;
    }
    *ZEND_INI_VARIABLE(long) = value;
    return SUCCESS;
}

ZEND_INI_MH(OnUpdateReal)
{
    *ZEND_INI_VARIABLE(double) = new_value != NULL ? zend_strtod(new_value, NULL) : 0.0;
    return SUCCESS;
}

ZEND_INI_MH(OnUpdateString)
{
    *ZEND_INI_VARIABLE(char *) = new_value;
    return SUCCESS;
}

ZEND_INI_MH(OnUpdateStringUnempty)
{
    if (new_value != NULL && new_value[0] == '\0') {
        return FAILURE;
    }
    *ZEND_INI_VARIABLE(char *) = new_value;
    return SUCCESS;
}

/* --- Display --------------------------------------------------------------------------------- */

static const char *zend_displayed_text(const zend_ini_entry *ini_entry, int type)
{
    return zend_ini_text(ini_entry, type == ZEND_INI_DISPLAY_ORIG);
}

void zend_ini_display_value(zend_ini_entry *ini_entry, int type)
{
    const char *text = zend_displayed_text(ini_entry, type);

    ZEND_PUTS(text != NULL && text[0] != '\0' ? text : "no value");
}

ZEND_INI_DISP(zend_ini_boolean_displayer_cb)
{
    const char *text = zend_displayed_text(ini_entry, type);

    ZEND_PUTS(text != NULL && zend_ini_parse_bool(text, strlen(text)) ? "On" : "Off");
}

ZEND_INI_DISP(zend_ini_color_displayer_cb)
{
    zend_ini_display_value(ini_entry, type);
}
