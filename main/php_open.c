/* SPDX-License-Identifier: MIT */
/*
 * Paths: making them whole, finding files in include_path, keeping them inside open_basedir;
 * and opening scripts for the compiler.
 */
#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "main/php.h"

/* --- Whole paths ----------------------------------------------------------------------------- */

/* Drops the last part of an absolute path of the given length; returns the new length. */
static size_t without_last_part(const char *path, size_t length)
{
    while (length > 1 && path[length - 1] != '/') {
        length--;
    }
    return length > 1 ? length - 1 : length;
}

/* Appends the parts of path to out (absolute, normalised), minding "." and "..". */
static bool append_parts(char *out, size_t *length, const char *path)
{
    while (*path) {
        size_t part = strcspn(path, "/");
        if (part == 2 && path[0] == '.' && path[1] == '.') {
            *length = without_last_part(out, *length);
        } else if (part && !(part == 1 && path[0] == '.')) {
            if (*length + part + 2 > MAXPATHLEN) {
                return false;
            }
            if (out[*length - 1] != '/') {
                out[(*length)++] = '/';
            }
            memcpy(out + *length, path, part);
            *length += part;
        }
        path += part;
        path += *path == '/';
    }
    out[*length] = '\0';
    return true;
}

char *expand_filepath(const char *filepath, char *real_path)
{
    char whole[PATH_MAX] = "/";
    char cwd[MAXPATHLEN];
    size_t length = 1;

    if (!*filepath) {
        return NULL;
    }
    if (realpath(filepath, whole)) {
        return real_path ? strcpy(real_path, whole) : estrdup(whole);
    }
    strcpy(whole, "/");
    if (*filepath != '/') {
        if (!getcwd(cwd, sizeof(cwd)) || !append_parts(whole, &length, cwd)) {
            return NULL;
        }
    }
    if (!append_parts(whole, &length, filepath)) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    if (real_path) {
        memcpy(real_path, whole, length + 1);
        return real_path;
    }
    return estrndup(whole, (uint) length);
}

/* --- open_basedir ---------------------------------------------------------------------------- */

/* The path with its links resolved, as far as it exists; what does not exist is kept. */
static bool resolve_existing(const char *path, char *resolved)
{
    char whole[MAXPATHLEN], parent[MAXPATHLEN];
    size_t length;

    if (!expand_filepath(path, whole)) {
        return false;
    }
    strcpy(parent, whole);
    for (length = strlen(parent); length > 1; length = without_last_part(parent, length)) {
        parent[length] = '\0';
        if (realpath(parent, resolved)) {
            size_t end = strlen(resolved);
            return append_parts(resolved, &end, whole + length);
        }
    }
    strcpy(resolved, whole);
    return true;
}

/* Does the path lie in the folder (or begin with the text, if that does not end in a slash)? */
static bool lies_inside(const char *path, const char *folder)
{
    char resolved[MAXPATHLEN];
    size_t length = strlen(folder);

    if (!resolve_existing(folder, resolved)) {
        return false;
    }
    if (length && folder[length - 1] == '/') {
        size_t end = strlen(resolved);
        return strncmp(path, resolved, end) == 0 && (path[end] == '/' || path[end] == '\0');
    }
    return strncmp(path, resolved, strlen(resolved)) == 0;
}

int php_check_open_basedir(const char *path)
{
    char resolved[MAXPATHLEN];
    char *folders, *folder, *rest;
    bool allowed = false;

    if (!PG(open_basedir) || !*PG(open_basedir)) {
        return 0;
    }
    if (resolve_existing(path, resolved)) {
        rest = folders = estrdup(PG(open_basedir));
        while (!allowed && (folder = strsep(&rest, ":")) != NULL) {
            allowed = lies_inside(resolved, folder);
        }
        efree(folders);
    }
    if (!allowed) {
        php_error_docref(NULL, E_WARNING, "open_basedir restriction in effect. File(%s) is not "
            "within the allowed path(s): (%s)", path, PG(open_basedir));
        errno = EPERM;
        return -1;
    }
    return 0;
}

/* --- include_path ---------------------------------------------------------------------------- */

static char *real_path_of(const char *path)
{
    char resolved[PATH_MAX];

    return realpath(path, resolved) ? estrdup(resolved) : NULL;
}

static char *real_path_in(const char *folder, size_t folder_length, const char *filename)
{
    char path[MAXPATHLEN];

    if (folder_length + strlen(filename) + 2 > sizeof(path)) {
        return NULL;
    }
    snprintf(path, sizeof(path), "%.*s/%s", (int) folder_length, folder, filename);
    return real_path_of(path);
}

static bool names_its_folder(const char *filename)
{
    return filename[0] == '/'
        || (filename[0] == '.'
            && (filename[1] == '/' || (filename[1] == '.' && filename[2] == '/')));
}

/* Beside the script that is running. */
static char *resolve_beside_script(const char *filename)
{
    const char *script, *slash;

    if (!zend_is_executing()) {
        return NULL;
    }
    script = zend_get_executed_filename();
    slash = strrchr(script, '/');
    return script[0] != '[' && slash ? real_path_in(script, (size_t) (slash - script), filename)
                                     : NULL;
}

/* A URL: what its wrapper can stat is there; it has no other name. */
static char *resolve_url(const char *filename)
{
    php_stream_statbuf info;
    php_stream_wrapper *wrapper = php_stream_locate_url_wrapper(filename, NULL,
        STREAM_OPEN_FOR_INCLUDE);

    if (wrapper && wrapper->wops->url_stat
        && wrapper->wops->url_stat(wrapper, filename, STREAM_URL_STAT_QUIET, &info, NULL) == 0) {
        return estrdup(filename);
    }
    return NULL;
}

char *php_resolve_path(const char *filename, int filename_length, const char *path)
{
    char *resolved = NULL;

    if (!filename_length || strlen(filename) != (size_t) filename_length) {
        return NULL;
    }
    if (strstr(filename, "://")) {
        return !strncasecmp(filename, "file://", 7) ? real_path_of(filename + 7)
                                                    : resolve_url(filename);
    }
    if (names_its_folder(filename) || !path || !*path) {
        return real_path_of(filename);
    }
    while (path && !resolved) {
        size_t length = strcspn(path, ":");
        resolved = real_path_in(length ? path : ".", length ? length : 1, filename);
        path = path[length] ? path + length + 1 : NULL;
    }
    return resolved ? resolved : resolve_beside_script(filename);
}

/* --- Scripts --------------------------------------------------------------------------------- */

static size_t script_size(void *handle)
{
    php_stream_statbuf info;

    return php_stream_stat(handle, &info) == 0 ? (size_t) info.sb.st_size : 0;
}

static size_t script_read(void *handle, char *buffer, size_t length)
{
    return php_stream_read(handle, buffer, length);
}

static void script_close(void *handle)
{
    php_stream_close((php_stream *) handle);
}

int php_stream_open_for_zend_ex(const char *filename, zend_file_handle *handle, int mode)
{
    char *opened_path = NULL;
    php_stream *stream = php_stream_open_wrapper_ex(filename, "rb",
        mode | STREAM_OPEN_FOR_ZEND_STREAM, &opened_path, NULL);

    if (!stream) {
        return FAILURE;
    }
    memset(handle, 0, sizeof(*handle));
    handle->type = ZEND_HANDLE_STREAM;
    handle->filename = filename;
    handle->opened_path = opened_path;
    handle->handle.stream.handle = stream;
    handle->handle.stream.reader = script_read;
    handle->handle.stream.fsizer = script_size;
    handle->handle.stream.closer = script_close;
    stream->flags |= PHP_STREAM_FLAG_NO_BUFFER; /* it is read as a whole */
    return SUCCESS;
}
