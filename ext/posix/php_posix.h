/* SPDX-License-Identifier: MIT */
/* What the files of the module `posix` share: the errno of its last failure. */
#ifndef PHP_POSIX_H
#define PHP_POSIX_H

#include <errno.h>

#include "main/php.h"

extern int posix_last_error; /* posix_get_last_error() */
extern zend_module_entry posix_module_entry;

/* Is result a success? Else its errno is noted. */
static inline bool posix_succeeded(int result)
{
    if (result < 0) {
        posix_last_error = errno;
    }
    return result >= 0;
}

/* posix_database.c */
PHP_FUNCTION(posix_getgrnam);
PHP_FUNCTION(posix_getgrgid);
PHP_FUNCTION(posix_getpwnam);
PHP_FUNCTION(posix_getpwuid);
PHP_FUNCTION(posix_getgroups);
PHP_FUNCTION(posix_getlogin);
PHP_FUNCTION(posix_initgroups);

/* posix_files.c */
PHP_FUNCTION(posix_ctermid);
PHP_FUNCTION(posix_ttyname);
PHP_FUNCTION(posix_isatty);
PHP_FUNCTION(posix_getcwd);
PHP_FUNCTION(posix_mkfifo);
PHP_FUNCTION(posix_mknod);
PHP_FUNCTION(posix_access);

#endif
