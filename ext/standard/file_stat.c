/* SPDX-License-Identifier: MIT */
/*
 * What is known of files by their names: stat(), is_file(), filesize(); and changing it: touch(),
 * chmod(), chown().
 *
 * The last answer is remembered, one for files and one for links, until clearstatcache() or a
 * function that changes files by name; writing to a file does not count. A question on
 * access (file_exists(), is_readable()) is put to the system each time.
 */
#include <errno.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>
#include <utime.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/file.h"

typedef struct {
    char *path; /* emalloc'ed; NULL: nothing is known */
    php_stream_statbuf info;
} stat_cache;

static stat_cache known_file, known_link;

static void forget(stat_cache *cache)
{
    if (cache->path) {
        efree(cache->path);
        cache->path = NULL;
    }
}

void php_clear_stat_cache(void)
{
    forget(&known_file);
    forget(&known_link);
}

/* ---- Asking -------------------------------------------------------------------------------- */

/* stat() or lstat(), remembered. */
static bool ask(const char *path, bool is_link, bool quiet, php_stream_statbuf *info)
{
    stat_cache *cache = is_link ? &known_link : &known_file;
    int flags = (is_link ? STREAM_URL_STAT_LINK : 0) | (quiet ? STREAM_URL_STAT_QUIET : 0);

    if (cache->path && !strcmp(cache->path, path)) {
        *info = cache->info;
        return true;
    }
    if (php_stream_stat_path_ex(path, flags, info, NULL) != 0) {
        if (!quiet) {
            php_error_docref(NULL, E_WARNING, "%sstat failed for %s", is_link ? "L" : "", path);
        }
        return false;
    }
    forget(cache);
    cache->path = estrdup(path);
    cache->info = *info;
    return true;
}

/* The path that is the only argument. false: the result is made already. */
static bool path_argument(int ht, zval *return_value, char **path)
{
    int length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "p", path, &length) == FAILURE) {
        return false;
    }
    ZVAL_FALSE(return_value);
    return length > 0;
}

/* access(2) for plain files, the bits of the mode for others. */
static bool can_access(const char *path, int how)
{
    char *local;
    php_stream_wrapper *wrapper = php_stream_locate_url_wrapper(path, &local, 0);
    php_stream_statbuf info;

    if (wrapper == &php_plain_files_wrapper) {
        return !php_check_open_basedir(local) && access(local, how) == 0;
    }
    if (!ask(path, false, true, &info)) {
        return false;
    }
    return how == F_OK || (info.sb.st_mode & (mode_t) (how | how << 3 | how << 6));
}

#define ACCESS_FUNCTION(name, how) \
    PHP_FUNCTION(name) \
    { \
        char *path; \
        if (path_argument(ht, return_value, &path)) { \
            ZVAL_BOOL(return_value, can_access(path, how)); \
        } \
    }

ACCESS_FUNCTION(file_exists, F_OK)
ACCESS_FUNCTION(is_readable, R_OK)
ACCESS_FUNCTION(is_writable, W_OK)
ACCESS_FUNCTION(is_executable, X_OK)

#define IS_FUNCTION(name, is_link, test) \
    PHP_FUNCTION(name) \
    { \
        char *path; \
        php_stream_statbuf info; \
        if (path_argument(ht, return_value, &path)) { \
            ZVAL_BOOL(return_value, ask(path, is_link, true, &info) && test(info.sb.st_mode)); \
        } \
    }

IS_FUNCTION(is_file, false, S_ISREG)
IS_FUNCTION(is_dir, false, S_ISDIR)
IS_FUNCTION(is_link, true, S_ISLNK)

#define NUMBER_FUNCTION(name, field) \
    PHP_FUNCTION(name) \
    { \
        char *path; \
        php_stream_statbuf info; \
        if (path_argument(ht, return_value, &path) && ask(path, false, false, &info)) { \
            ZVAL_LONG(return_value, (long) info.sb.field); \
        } \
    }

NUMBER_FUNCTION(fileperms, st_mode)
NUMBER_FUNCTION(fileinode, st_ino)
NUMBER_FUNCTION(filesize, st_size)
NUMBER_FUNCTION(fileowner, st_uid)
NUMBER_FUNCTION(filegroup, st_gid)
NUMBER_FUNCTION(fileatime, st_atime)
NUMBER_FUNCTION(filemtime, st_mtime)
NUMBER_FUNCTION(filectime, st_ctime)

static const char *type_name(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFLNK: return "link";
    case S_IFIFO: return "fifo";
    case S_IFCHR: return "char";
    case S_IFDIR: return "dir";
    case S_IFBLK: return "block";
    case S_IFREG: return "file";
    case S_IFSOCK: return "socket";
    default: return NULL;
    }
}

PHP_FUNCTION(filetype)
{
    char *path;
    php_stream_statbuf info;
    const char *name;

    if (!path_argument(ht, return_value, &path) || !ask(path, true, false, &info)) {
        return;
    }
    name = type_name(info.sb.st_mode);
    if (!name) {
        php_error_docref(NULL, E_NOTICE, "Unknown file type (%d)",
            (int) (info.sb.st_mode & S_IFMT));
        RETURN_STRING("unknown", 1);
    }
    RETURN_STRING(name, 1);
}

/* The array of stat(): each number by its place, then by its name. */
static void stat_array(zval *return_value, const struct stat *info)
{
    static const char *const names[] = {"dev", "ino", "mode", "nlink", "uid", "gid", "rdev",
        "size", "atime", "mtime", "ctime", "blksize", "blocks"};
    const long values[] = {(long) info->st_dev, (long) info->st_ino, (long) info->st_mode,
        (long) info->st_nlink, (long) info->st_uid, (long) info->st_gid, (long) info->st_rdev,
        (long) info->st_size, info->st_atime, info->st_mtime, info->st_ctime, info->st_blksize,
        info->st_blocks};
    zval *numbers[sizeof(values) / sizeof(*values)];
    size_t count = sizeof(values) / sizeof(*values), i;

    array_init(return_value);
    for (i = 0; i < count; i++) {
        MAKE_STD_ZVAL(numbers[i]);
        ZVAL_LONG(numbers[i], values[i]);
        Z_ADDREF_P(numbers[i]); /* two elements share it */
        add_next_index_zval(return_value, numbers[i]);
    }
    for (i = 0; i < count; i++) {
        add_assoc_zval_ex(return_value, names[i], (uint) strlen(names[i]) + 1, numbers[i]);
    }
}

PHP_FUNCTION(stat)
{
    char *path;
    php_stream_statbuf info;

    if (path_argument(ht, return_value, &path) && ask(path, false, false, &info)) {
        stat_array(return_value, &info.sb);
    }
}

PHP_FUNCTION(lstat)
{
    char *path;
    php_stream_statbuf info;

    if (path_argument(ht, return_value, &path) && ask(path, true, false, &info)) {
        stat_array(return_value, &info.sb);
    }
}

PHP_FUNCTION(fstat)
{
    zval *handle;
    php_stream *stream;
    php_stream_statbuf info;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "r", &handle) == FAILURE) {
        RETURN_FALSE;
    }
    php_stream_from_zval(stream, &handle);
    if (php_stream_stat(stream, &info) != 0) {
        RETURN_FALSE;
    }
    stat_array(return_value, &info.sb);
}

PHP_FUNCTION(clearstatcache)
{
    zend_bool clear_realpath = 0;
    char *filename = NULL;
    int filename_length = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|bp", &clear_realpath, &filename,
            &filename_length) == FAILURE) {
        return;
    }
    php_clear_stat_cache();
}

/* ---- Changing -------------------------------------------------------------------------------- */

/* Has the path's wrapper change something; result is the function's. */
static void change(zval *return_value, const char *path, int option, void *value)
{
    php_stream_wrapper *wrapper = php_stream_locate_url_wrapper(path, NULL, 0);

    php_clear_stat_cache();
    if (!wrapper || !wrapper->wops->stream_metadata) {
        php_error_docref(NULL, E_WARNING, "Can not call %s() for a non-standard stream",
            get_active_function_name());
        RETURN_FALSE;
    }
    RETURN_BOOL(wrapper->wops->stream_metadata(wrapper, path, option, value, NULL));
}

PHP_FUNCTION(touch)
{
    char *path;
    int path_length;
    long modified = 0, accessed = 0;
    struct utimbuf times;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "p|ll", &path, &path_length, &modified, &accessed)
        == FAILURE) {
        return;
    }
    if (!path_length) {
        RETURN_FALSE;
    }
    times.modtime = ZEND_NUM_ARGS() > 1 ? modified : time(NULL);
    times.actime = ZEND_NUM_ARGS() > 2 ? accessed : times.modtime;
    change(return_value, path, PHP_STREAM_META_TOUCH, &times);
}

PHP_FUNCTION(chmod)
{
    char *path;
    int path_length;
    long mode;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "pl", &path, &path_length, &mode) == FAILURE) {
        return;
    }
    change(return_value, path, PHP_STREAM_META_ACCESS, &mode);
}

/* The second argument of chown() and chgrp() is a number or a name. */
static void change_owner(int ht, zval *return_value, int by_number, int by_name)
{
    char *path;
    int path_length;
    zval *owner;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "pz", &path, &path_length, &owner) == FAILURE) {
        RETURN_FALSE;
    }
    switch (Z_TYPE_P(owner)) {
    case IS_LONG:
        change(return_value, path, by_number, &Z_LVAL_P(owner));
        return;
    case IS_STRING:
        change(return_value, path, by_name, Z_STRVAL_P(owner));
        return;
    default:
        php_error_docref(NULL, E_WARNING, "parameter 2 should be string or integer, %s given",
            zend_zval_type_name(owner));
        RETURN_FALSE;
    }
}

PHP_FUNCTION(chown)
{
    change_owner(ht, return_value, PHP_STREAM_META_OWNER, PHP_STREAM_META_OWNER_NAME);
}

PHP_FUNCTION(chgrp)
{
    change_owner(ht, return_value, PHP_STREAM_META_GROUP, PHP_STREAM_META_GROUP_NAME);
}

/* ---- Disks ----------------------------------------------------------------------------------------- */

static void disk_space(int ht, zval *return_value, bool total)
{
    char *path;
    int path_length;
    struct statvfs info;
    unsigned long unit;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "p", &path, &path_length) == FAILURE) {
        return;
    }
    if (php_check_open_basedir(path)) {
        RETURN_FALSE;
    }
    if (statvfs(path, &info)) {
        php_error_docref(NULL, E_WARNING, "%s", strerror(errno));
        RETURN_FALSE;
    }
    unit = info.f_frsize ? info.f_frsize : info.f_bsize;
    RETURN_DOUBLE((double) unit * (double) (total ? info.f_blocks : info.f_bavail));
}

PHP_FUNCTION(disk_total_space)
{
    disk_space(ht, return_value, true);
}

PHP_FUNCTION(disk_free_space)
{
    disk_space(ht, return_value, false);
}

/* ---- The part ------------------------------------------------------------------------------------- */

static const zend_function_entry file_stat_functions[] = {
    PHP_FE(file_exists, "$filename", "Is there such a file?")
    PHP_FE(is_readable, "$filename", "May the file be read?")
    PHP_FE(is_writable, "$filename", "May the file be written?")
    PHP_FALIAS(is_writeable, is_writable, "$filename", "Is is_writable().")
    PHP_FE(is_executable, "$filename", "May the file be run?")
    PHP_FE(is_file, "$filename", "Is it a regular file?")
    PHP_FE(is_dir, "$filename", "Is it a folder?")
    PHP_FE(is_link, "$filename", "Is it a symbolic link?")
    PHP_FE(fileperms, "$filename", "Returns type and access rights.")
    PHP_FE(fileinode, "$filename", "Returns the number of the inode.")
    PHP_FE(filesize, "$filename", "Returns the size in bytes.")
    PHP_FE(fileowner, "$filename", "Returns the number of the user who owns the file.")
    PHP_FE(filegroup, "$filename", "Returns the number of the group that owns the file.")
    PHP_FE(fileatime, "$filename", "Returns when the file was last read.")
    PHP_FE(filemtime, "$filename", "Returns when the file was last written.")
    PHP_FE(filectime, "$filename", "Returns when the inode was last changed.")
    PHP_FE(filetype, "$filename", "Returns the type in a word.")
    PHP_FE(stat, "$filename", "Returns what is known of a file.")
    PHP_FE(lstat, "$filename", "Returns what is known of a file or link.")
    PHP_FE(fstat, "$fp", "Returns what is known of an open file.")
    PHP_FE(clearstatcache, "[$clear_realpath_cache], [$filename]", "Forgets the last answer.")
    PHP_FE(touch, "$filename, [$time], [$atime]", "Sets a file's times, making it if need be.")
    PHP_FE(chmod, "$filename, $mode", "Sets the access rights.")
    PHP_FE(chown, "$filename, $user", "Gives a file to another user.")
    PHP_FE(chgrp, "$filename, $group", "Gives a file to another group.")
    PHP_FE(disk_total_space, "$path", "Returns the size of a file system in bytes.")
    PHP_FE(disk_free_space, "$path", "Returns the bytes that are free in a file system.")
    PHP_FALIAS(diskfreespace, disk_free_space, "$path", "Is disk_free_space().")
    PHP_FE_END
};

static PHP_RSHUTDOWN_FUNCTION(file_stat)
{
    php_clear_stat_cache();
    return SUCCESS;
}

const php_standard_part standard_file_stat_part = {
    .functions = file_stat_functions, .request_shutdown = PHP_RSHUTDOWN(file_stat)};
