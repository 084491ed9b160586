/* SPDX-License-Identifier: MIT */
/* Plain files and pipes: streams on a file descriptor; and what can be done to files by name. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/file.h>
#include <unistd.h>
#include <utime.h>

#include "main/php.h"
#include "main/php_streams.h"

typedef struct {
    int fd;
    FILE *file;      /* of popen(), closed with pclose(); else NULL */
    char *temp_name; /* removed when the stream is closed; emalloc'ed, or NULL */
    bool is_pipe;
    bool is_seekable;
} stdio_data;

/* --- Operations ------------------------------------------------------------------------------ */

static size_t stdio_write(php_stream *stream, const char *buf, size_t count)
{
    stdio_data *data = stream->abstract;
    ssize_t written;

    do {
        written = write(data->fd, buf, count);
    } while (written < 0 && errno == EINTR);
    return written < 0 ? 0 : (size_t) written;
}

static size_t stdio_read(php_stream *stream, char *buf, size_t count)
{
    stdio_data *data = stream->abstract;
    ssize_t got = read(data->fd, buf, count);

    if (got < 0 && errno == EINTR) {
        got = read(data->fd, buf, count);
    }
    if (got == 0 || (got < 0 && errno != EWOULDBLOCK && errno != EINTR && errno != EBADF)) {
        stream->eof = 1;
    }
    return got < 0 ? 0 : (size_t) got;
}

static int stdio_close(php_stream *stream, int close_handle)
{
    stdio_data *data = stream->abstract;
    int result = 0;

    if (close_handle) {
        if (data->file) {
            int status = pclose(data->file);
            result = status != -1 && WIFEXITED(status) ? WEXITSTATUS(status) : status;
        } else if (data->fd >= 0) {
            result = close(data->fd);
        }
        if (data->temp_name) {
            unlink(data->temp_name);
        }
    }
    if (data->temp_name) {
        efree(data->temp_name);
    }
    efree(data);
    return result;
}

static int stdio_flush(php_stream *stream)
{
    return 0; /* writes are not buffered */
}

static int stdio_seek(php_stream *stream, off_t offset, int whence, off_t *newoffset)
{
    stdio_data *data = stream->abstract;
    off_t result;

    if (!data->is_seekable) {
        php_error_docref(NULL, E_WARNING, "cannot seek on this stream");
        return -1;
    }
    result = lseek(data->fd, offset, whence);
    if (result == (off_t) -1) {
        return -1;
    }
    *newoffset = result;
    return 0;
}

static int stdio_cast(php_stream *stream, int castas, void **ret)
{
    stdio_data *data = stream->abstract;

    switch (castas) {
    case PHP_STREAM_AS_FD:
    case PHP_STREAM_AS_FD_FOR_SELECT:
        if (ret) {
            *(int *) ret = data->fd;
        }
        return SUCCESS;
    default:
        return FAILURE;
    }
}

static int stdio_stat(php_stream *stream, php_stream_statbuf *ssb)
{
    return fstat(((stdio_data *) stream->abstract)->fd, &ssb->sb);
}

static int set_blocking(int fd, int value)
{
    int flags = fcntl(fd, F_GETFL, 0);
    int before = flags & O_NONBLOCK ? 0 : 1;

    flags = value ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
    return fcntl(fd, F_SETFL, flags) < 0 ? PHP_STREAM_OPTION_RETURN_ERR : before;
}

static int truncate_option(php_stream *stream, int fd, int value, void *ptrparam)
{
    if (value == PHP_STREAM_TRUNCATE_SUPPORTED) {
        return PHP_STREAM_OPTION_RETURN_OK;
    }
    return ftruncate(fd, (off_t) *(size_t *) ptrparam) == 0 ? PHP_STREAM_OPTION_RETURN_OK
                                                            : PHP_STREAM_OPTION_RETURN_ERR;
}

static int stdio_set_option(php_stream *stream, int option, int value, void *ptrparam)
{
    int fd = ((stdio_data *) stream->abstract)->fd;

    switch (option) {
    case PHP_STREAM_OPTION_BLOCKING:
        return set_blocking(fd, value);
    case PHP_STREAM_OPTION_WRITE_BUFFER:
        return PHP_STREAM_OPTION_RETURN_ERR;
    case PHP_STREAM_OPTION_LOCKING:
        if (value == 0) { /* is locking possible? */
            return 0;
        }
        return flock(fd, value) == 0 ? 0 : -1;
    case PHP_STREAM_OPTION_TRUNCATE_API:
        return truncate_option(stream, fd, value, ptrparam);
    case PHP_STREAM_OPTION_META_DATA_API:
        add_assoc_bool((zval *) ptrparam, "blocked", !(fcntl(fd, F_GETFL, 0) & O_NONBLOCK));
        return PHP_STREAM_OPTION_RETURN_OK;
    default:
        return PHP_STREAM_OPTION_RETURN_NOTIMPL;
    }
}

const php_stream_ops php_stream_stdio_ops = {stdio_write, stdio_read, stdio_close, stdio_flush,
    "STDIO", stdio_seek, stdio_cast, stdio_stat, stdio_set_option};

/* --- Making streams -------------------------------------------------------------------------- */

int php_stream_parse_fopen_modes(const char *mode, int *open_flags)
{
    int flags;

    switch (mode[0]) {
    case 'r': flags = 0; break;
    case 'w': flags = O_TRUNC | O_CREAT; break;
    case 'a': flags = O_CREAT | O_APPEND; break;
    case 'x': flags = O_CREAT | O_EXCL; break;
    case 'c': flags = O_CREAT; break;
    default: return FAILURE;
    }
    flags |= strchr(mode, '+') ? O_RDWR : flags ? O_WRONLY : O_RDONLY;
    if (strchr(mode, 'e')) {
        flags |= O_CLOEXEC;
    }
    if (strchr(mode, 'n')) {
        flags |= O_NONBLOCK;
    }
    *open_flags = flags;
    return SUCCESS;
}

static php_stream *stream_on(int fd, FILE *file, const char *mode)
{
    stdio_data *data = ecalloc(1, sizeof(*data));

    data->fd = fd;
    data->file = file;
    return php_stream_alloc(&php_stream_stdio_ops, data, NULL, mode);
}

php_stream *php_stream_fopen_from_fd(int fd, const char *mode, const char *persistent_id)
{
    php_stream *stream = stream_on(fd, NULL, mode);
    stdio_data *data = stream->abstract;
    off_t position = lseek(fd, 0, SEEK_CUR);
    struct stat info;

    if (fstat(fd, &info) == 0) {
        data->is_pipe = S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode);
        data->is_seekable = !data->is_pipe && !S_ISCHR(info.st_mode) && position != (off_t) -1;
    }
    if (!data->is_seekable) {
        stream->flags |= PHP_STREAM_FLAG_NO_SEEK;
        stream->position = -1;
    } else {
        stream->position = position;
    }
    if (data->is_pipe) {
        stream->flags |= PHP_STREAM_FLAG_AVOID_BLOCKING;
    }
    if (stream->position < 0) {
        stream->position = 0;
    }
    return stream;
}

php_stream *php_stream_fopen_from_pipe(FILE *file, const char *mode)
{
    php_stream *stream = stream_on(fileno(file), file, mode);

    ((stdio_data *) stream->abstract)->is_pipe = true;
    stream->flags |= PHP_STREAM_FLAG_NO_SEEK;
    return stream;
}

php_stream *php_stream_fopen_tmpfile(void)
{
    char name[] = "/tmp/phpXXXXXX";
    int fd = mkostemp(name, O_CLOEXEC);
    php_stream *stream;

    if (fd < 0) {
        return NULL;
    }
    stream = php_stream_fopen_from_fd(fd, "r+b", NULL);
    stream->wrapper = &php_plain_files_wrapper;
    stream->orig_path = estrdup(name);
    ((stdio_data *) stream->abstract)->temp_name = estrdup(name);
    return stream;
}

/* A script must be a regular file (or a pipe, a terminal: not a folder). */
static bool is_no_folder(int fd)
{
    struct stat info;

    return fstat(fd, &info) == 0 && !S_ISDIR(info.st_mode);
}

php_stream *php_stream_fopen(const char *filename, const char *mode, char **opened_path,
    int options)
{
    char real[MAXPATHLEN];
    int flags, fd;
    php_stream *stream;

    if (php_stream_parse_fopen_modes(mode, &flags) == FAILURE) {
        if (options & REPORT_ERRORS) {
            php_error_docref(NULL, E_WARNING, "`%s' is not a valid mode for fopen", mode);
        }
        return NULL;
    }
    if (!expand_filepath(filename, real)) {
        return NULL;
    }
    fd = open(real, flags, 0666);
    if (fd < 0) {
        return NULL;
    }
    if ((options & STREAM_OPEN_FOR_INCLUDE) && !is_no_folder(fd)) {
        close(fd);
        errno = 0;
        return NULL;
    }
    stream = php_stream_fopen_from_fd(fd, mode, NULL);
    if (opened_path) {
        *opened_path = estrdup(real);
    }
    return stream;
}

/* --- Folders --------------------------------------------------------------------------------- */

static size_t dir_write(php_stream *stream, const char *buf, size_t count)
{
    return 0;
}

static size_t dir_read(php_stream *stream, char *buf, size_t count)
{
    struct dirent *entry;
    php_stream_dirent *result = (php_stream_dirent *) (void *) buf;

    if (count != sizeof(php_stream_dirent)) {
        return 0;
    }
    entry = readdir((DIR *) stream->abstract);
    if (!entry) {
        return 0;
    }
    slprintf(result->d_name, sizeof(result->d_name), "%s", entry->d_name);
    return sizeof(php_stream_dirent);
}

static int dir_close(php_stream *stream, int close_handle)
{
    return closedir((DIR *) stream->abstract);
}

static int dir_seek(php_stream *stream, off_t offset, int whence, off_t *newoffset)
{
    rewinddir((DIR *) stream->abstract);
    *newoffset = 0;
    return 0;
}

const php_stream_ops php_plain_files_dirstream_ops = {dir_write, dir_read, dir_close, NULL, "dir",
    dir_seek, NULL, NULL, NULL};

static php_stream *plain_dir_opener(php_stream_wrapper *wrapper, const char *path,
    const char *mode, int options, char **opened_path, php_stream_context *context)
{
    DIR *dir;
    php_stream *stream;

    if (!(options & STREAM_DISABLE_OPEN_BASEDIR) && php_check_open_basedir(path)) {
        return NULL;
    }
    dir = opendir(path);
    if (!dir) {
        return NULL;
    }
    stream = php_stream_alloc(&php_plain_files_dirstream_ops, dir, NULL, mode);
    stream->flags |= PHP_STREAM_FLAG_NO_BUFFER | PHP_STREAM_FLAG_IS_DIR;
    return stream;
}

/* --- The wrapper ----------------------------------------------------------------------------- */

static php_stream *plain_opener(php_stream_wrapper *wrapper, const char *filename,
    const char *mode, int options, char **opened_path, php_stream_context *context)
{
    if (!(options & STREAM_DISABLE_OPEN_BASEDIR) && php_check_open_basedir(filename)) {
        return NULL;
    }
    return php_stream_fopen(filename, mode, opened_path, options);
}

/* file:///x is /x. */
static const char *without_scheme(const char *url)
{
    return strncasecmp(url, "file://", 7) ? url : url + 7;
}

static int plain_url_stat(php_stream_wrapper *wrapper, const char *url, int flags,
    php_stream_statbuf *ssb, php_stream_context *context)
{
    url = without_scheme(url);
    if (!(flags & STREAM_URL_STAT_QUIET) && php_check_open_basedir(url)) {
        return -1;
    }
    return flags & STREAM_URL_STAT_LINK ? lstat(url, &ssb->sb) : stat(url, &ssb->sb);
}

static int plain_unlink(php_stream_wrapper *wrapper, const char *url, int options,
    php_stream_context *context)
{
    url = without_scheme(url);
    if (php_check_open_basedir(url)) {
        return 0;
    }
    if (unlink(url) == -1) {
        if (options & REPORT_ERRORS) {
            php_error_docref1(NULL, url, E_WARNING, "%s", strerror(errno));
        }
        return 0;
    }
    return 1;
}

/* Between two file systems a rename is a copy and an unlink. */
static bool copy_and_unlink(const char *from, const char *to)
{
    php_stream *source = php_stream_fopen(from, "rb", NULL, 0);
    php_stream *target = source ? php_stream_fopen(to, "wb", NULL, 0) : NULL;
    struct stat info;
    bool done = false;

    if (target) {
        done = php_stream_copy_to_stream_ex(source, target, PHP_STREAM_COPY_ALL, NULL) == SUCCESS;
        php_stream_close(target);
    }
    if (source) {
        php_stream_close(source);
    }
    if (done && stat(from, &info) == 0) {
        chmod(to, info.st_mode & 07777);
    }
    return done && unlink(from) == 0;
}

static int plain_rename(php_stream_wrapper *wrapper, const char *url_from, const char *url_to,
    int options, php_stream_context *context)
{
    url_from = without_scheme(url_from);
    url_to = without_scheme(url_to);
    if (php_check_open_basedir(url_from) || php_check_open_basedir(url_to)) {
        return 0;
    }
    if (rename(url_from, url_to) == 0 || (errno == EXDEV && copy_and_unlink(url_from, url_to))) {
        return 1;
    }
    php_error_docref2(NULL, url_from, url_to, E_WARNING, "%s", strerror(errno));
    return 0;
}

static int make_folders(const char *path, int mode)
{
    char whole[MAXPATHLEN], *slash;

    if (!expand_filepath(path, whole)) {
        return -1;
    }
    for (slash = strchr(whole + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(whole, (mode_t) mode) < 0 && errno != EEXIST) {
            return -1;
        }
        *slash = '/';
    }
    return mkdir(whole, (mode_t) mode);
}

static int plain_mkdir(php_stream_wrapper *wrapper, const char *dir, int mode, int options,
    php_stream_context *context)
{
    dir = without_scheme(dir);
    if (php_check_open_basedir(dir)) {
        return 0;
    }
    if ((options & STREAM_MKDIR_RECURSIVE ? make_folders(dir, mode) : mkdir(dir, (mode_t) mode))
        < 0) {
        if (options & REPORT_ERRORS) {
            php_error_docref(NULL, E_WARNING, "%s", strerror(errno));
        }
        return 0;
    }
    return 1;
}

static int plain_rmdir(php_stream_wrapper *wrapper, const char *url, int options,
    php_stream_context *context)
{
    url = without_scheme(url);
    if (php_check_open_basedir(url)) {
        return 0;
    }
    if (rmdir(url) < 0) {
        php_error_docref1(NULL, url, E_WARNING, "%s", strerror(errno));
        return 0;
    }
    return 1;
}

static int touch(const char *path, const struct utimbuf *times)
{
    if (access(path, F_OK) != 0) {
        int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
        if (fd < 0) {
            php_error_docref(NULL, E_WARNING, "Unable to create file %s because %s", path,
                strerror(errno));
            return -2;
        }
        close(fd);
    }
    return utime(path, times);
}

static int change_owner(const char *path, int option, void *value)
{
    struct passwd *user;
    struct group *group;

    switch (option) {
    case PHP_STREAM_META_OWNER_NAME:
        user = getpwnam((char *) value);
        if (!user) {
            php_error_docref(NULL, E_WARNING, "Unable to find uid for %s", (char *) value);
            return -2;
        }
        return chown(path, user->pw_uid, (gid_t) -1);
    case PHP_STREAM_META_OWNER:
        return chown(path, (uid_t) *(long *) value, (gid_t) -1);
    case PHP_STREAM_META_GROUP_NAME:
        group = getgrnam((char *) value);
        if (!group) {
            php_error_docref(NULL, E_WARNING, "Unable to find gid for %s", (char *) value);
            return -2;
        }
        return chown(path, (uid_t) -1, group->gr_gid);
    default:
        return chown(path, (uid_t) -1, (gid_t) *(long *) value);
    }
}

static int plain_metadata(php_stream_wrapper *wrapper, const char *url, int option, void *value,
    php_stream_context *context)
{
    int result;

    url = without_scheme(url);
    if (php_check_open_basedir(url)) {
        return 0;
    }
    switch (option) {
    case PHP_STREAM_META_TOUCH:
        result = touch(url, value);
        break;
    case PHP_STREAM_META_ACCESS:
        result = chmod(url, (mode_t) *(long *) value);
        break;
    default:
        result = change_owner(url, option, value);
    }
    if (result == -1) {
        php_error_docref1(NULL, url, E_WARNING, "Operation failed: %s", strerror(errno));
    }
    return result == 0;
}

static const php_stream_wrapper_ops plain_wrapper_ops = {plain_opener, NULL, NULL, plain_url_stat,
    plain_dir_opener, "plainfile", plain_unlink, plain_rename, plain_mkdir, plain_rmdir,
    plain_metadata};

php_stream_wrapper php_plain_files_wrapper = {&plain_wrapper_ops, NULL, 0};
