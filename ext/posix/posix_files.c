/* SPDX-License-Identifier: MIT */
/* Terminals, special files and rights. */
#include "ext/posix/php_posix.h"

#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

PHP_FUNCTION(posix_ctermid)
{
    char path[L_ctermid];

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (!ctermid(path)) {
        posix_last_error = errno;
        RETURN_FALSE;
    }
    RETURN_STRING(path, 1);
}

/* The descriptor of a stream or of a number; false after a warning. */
static bool descriptor_of(zval *argument, int *fd)
{
    php_stream *stream;

    if (Z_TYPE_P(argument) != IS_RESOURCE) {
        *fd = (int) zend_zval_get_long(argument);
        return true;
    }
    stream = (php_stream *) zend_fetch_resource(&argument, -1, "stream", NULL, 2,
        php_file_le_stream(), php_file_le_pstream());
    if (!stream) {
        return false;
    }
    if (php_stream_cast(stream, PHP_STREAM_AS_FD, (void **) fd, 0) == FAILURE) {
        php_error_docref(NULL, E_WARNING, "could not use stream of type '%s'",
            stream->ops->label);
        return false;
    }
    return true;
}

PHP_FUNCTION(posix_ttyname)
{
    zval *argument;
    const char *name;
    int fd;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &argument) == FAILURE
        || !descriptor_of(argument, &fd)) {
        RETURN_FALSE;
    }
    name = ttyname(fd);
    if (!name) {
        posix_last_error = errno;
        RETURN_FALSE;
    }
    RETURN_STRING(name, 1);
}

PHP_FUNCTION(posix_isatty)
{
    zval *argument;
    int fd;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &argument) == FAILURE
        || !descriptor_of(argument, &fd)) {
        RETURN_FALSE;
    }
    RETURN_BOOL(isatty(fd));
}

PHP_FUNCTION(posix_getcwd)
{
    char path[MAXPATHLEN];

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (!getcwd(path, sizeof(path))) {
        posix_last_error = errno;
        RETURN_FALSE;
    }
    RETURN_STRING(path, 1);
}

PHP_FUNCTION(posix_mkfifo)
{
    char *path;
    int path_length;
    long mode;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "pl", &path, &path_length, &mode) == FAILURE
        || php_check_open_basedir(path)) {
        RETURN_FALSE;
    }
    RETURN_BOOL(posix_succeeded(mkfifo(path, (mode_t) mode)));
}

PHP_FUNCTION(posix_mknod)
{
    char *path;
    int path_length;
    long mode, major = 0, minor = 0;
    dev_t device = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "pl|ll", &path, &path_length, &mode, &major,
            &minor) == FAILURE
        || php_check_open_basedir(path)) {
        RETURN_FALSE;
    }
    if ((mode & S_IFCHR) || (mode & S_IFBLK)) {
        if (ZEND_NUM_ARGS() == 2) {
            php_error_docref(NULL, E_WARNING,
                "For S_IFCHR and S_IFBLK you need to pass a major device kernel identifier");
            RETURN_FALSE;
        }
        if (major == 0) {
            php_error_docref(NULL, E_WARNING,
                "Expects argument 3 to be non-zero for POSIX_S_IFCHR and POSIX_S_IFBLK");
            RETURN_FALSE;
        }
        device = makedev((unsigned) major, (unsigned) minor);
    }
    RETURN_BOOL(posix_succeeded(mknod(path, (mode_t) mode, device)));
}

PHP_FUNCTION(posix_access)
{
    char *file, *path;
    int file_length;
    long mode = 0;
    bool allowed;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "p|l", &file, &file_length, &mode) == FAILURE) {
        RETURN_FALSE;
    }
    path = expand_filepath(file, NULL);
    if (!path) {
        posix_last_error = EIO;
        RETURN_FALSE;
    }
    if (php_check_open_basedir(path)) {
        posix_last_error = EPERM;
        efree(path);
        RETURN_FALSE;
    }
    allowed = posix_succeeded(access(path, (int) mode));
    efree(path);
    RETURN_BOOL(allowed);
}
