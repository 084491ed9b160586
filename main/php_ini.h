/* SPDX-License-Identifier: MIT */
/* php.ini: finding it, reading it, and the directives that the program was started with. */
#ifndef PHP_INI_H
#define PHP_INI_H

#include "runtime/zend_ini.h"

/* The configuration as read: name -> zval (string or array). */
extern HashTable configuration_hash;

int php_init_config(void);
int php_shutdown_config(void);

/* Where a value of php.ini goes: the registry asks by name. */
int cfg_get_long(const char *varname, long *result);
int cfg_get_double(const char *varname, double *result);
int cfg_get_string(const char *varname, char **result);
zval *cfg_get_entry(const char *name, uint name_length); /* length with the NUL */

extern char *php_ini_opened_path;   /* NULL: none found */
extern char *php_ini_scanned_path;  /* NULL: none configured */
extern char *php_ini_scanned_files; /* NULL: none read */

/* INI names of main's API, for modules. */
#define PHP_INI_USER ZEND_INI_USER
#define PHP_INI_PERDIR ZEND_INI_PERDIR
#define PHP_INI_SYSTEM ZEND_INI_SYSTEM
#define PHP_INI_ALL ZEND_INI_ALL
#define PHP_INI_MH ZEND_INI_MH
#define PHP_INI_DISP ZEND_INI_DISP
#define PHP_INI_BEGIN ZEND_INI_BEGIN
#define PHP_INI_END ZEND_INI_END
#define PHP_INI_ENTRY ZEND_INI_ENTRY
#define PHP_INI_ENTRY_EX ZEND_INI_ENTRY_EX
#define STD_PHP_INI_ENTRY STD_ZEND_INI_ENTRY
#define STD_PHP_INI_ENTRY_EX STD_ZEND_INI_ENTRY_EX
#define STD_PHP_INI_BOOLEAN STD_ZEND_INI_BOOLEAN
#define PHP_INI_DISPLAY_ORIG ZEND_INI_DISPLAY_ORIG
#define PHP_INI_DISPLAY_ACTIVE ZEND_INI_DISPLAY_ACTIVE
#define PHP_INI_STAGE_STARTUP ZEND_INI_STAGE_STARTUP
#define PHP_INI_STAGE_SHUTDOWN ZEND_INI_STAGE_SHUTDOWN
#define PHP_INI_STAGE_ACTIVATE ZEND_INI_STAGE_ACTIVATE
#define PHP_INI_STAGE_DEACTIVATE ZEND_INI_STAGE_DEACTIVATE
#define PHP_INI_STAGE_RUNTIME ZEND_INI_STAGE_RUNTIME
#define php_ini_boolean_displayer_cb zend_ini_boolean_displayer_cb
#define php_ini_color_displayer_cb zend_ini_color_displayer_cb
#define REGISTER_INI_ENTRIES() zend_register_ini_entries(ini_entries, module_number)
#define UNREGISTER_INI_ENTRIES() zend_unregister_ini_entries(module_number)
#define DISPLAY_INI_ENTRIES() display_ini_entries(zend_module)
struct _zend_module_entry;
void display_ini_entries(struct _zend_module_entry *module);

#endif
