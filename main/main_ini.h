/* SPDX-License-Identifier: MIT */
/* The directives of main, declared in main_ini.c. */
#ifndef MAIN_INI_H
#define MAIN_INI_H

#include "runtime/zend_ini.h"

void php_register_core_ini_entries(int module_number);
/* Takes away what disable_functions and disable_classes name. Once, after module start-up. */
void php_disable_functions_and_classes(void);

#endif
