/* SPDX-License-Identifier: MIT */
/* The modules of the program: a line each, in the order in which they start. */
#include "main/php.h"
#include "main/php_main.h"

extern zend_module_entry basic_functions_module;
extern zend_module_entry ctype_module_entry;
extern zend_module_entry ereg_module_entry;
extern zend_module_entry hash_module_entry;
extern zend_module_entry iconv_module_entry;
extern zend_module_entry json_module_entry;
extern zend_module_entry mbstring_module_entry;
extern zend_module_entry pcre_module_entry;
extern zend_module_entry posix_module_entry;
extern zend_module_entry spl_module_entry;
extern zend_module_entry tokenizer_module_entry;

static zend_module_entry *const php_builtin_extensions[] = {
    &basic_functions_module,
    &ctype_module_entry,
    &ereg_module_entry,
    &hash_module_entry,
    &iconv_module_entry,
    &json_module_entry,
    &mbstring_module_entry,
    &pcre_module_entry,
    &posix_module_entry,
    &spl_module_entry,
    &tokenizer_module_entry,
};

int php_register_extensions(zend_module_entry **list, int count)
{
    int i;

    for (i = 0; i < count; i++) {
        if (list[i] && !zend_register_internal_module(list[i])) {
            return FAILURE;
        }
    }
    return SUCCESS;
}

int php_register_internal_extensions(void)
{
    return php_register_extensions((zend_module_entry **) php_builtin_extensions,
        (int) (sizeof(php_builtin_extensions) / sizeof(*php_builtin_extensions)));
}
