/* SPDX-License-Identifier: MIT */
/* The module `posix`: system calls on processes; table of functions and constants. */
#include "ext/posix/php_posix.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <unistd.h>

int posix_last_error;

/* --- Identifiers --------------------------------------------------------------------------- */

/* Bodies of functions around a call without arguments, and around one with an identifier. */
#define POSIX_GETTER(name) \
    PHP_FUNCTION(posix_##name) \
    { \
        if (zend_parse_parameters_none() == SUCCESS) { \
            RETVAL_LONG(name()); \
        } \
    }
#define POSIX_SETTER(name) \
    PHP_FUNCTION(posix_##name) \
    { \
        long id; \
        if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &id) == FAILURE) { \
            RETURN_FALSE; \
        } \
        RETURN_BOOL(posix_succeeded(name((id_t) id))); \
    }

POSIX_GETTER(getpid)
POSIX_GETTER(getppid)
POSIX_GETTER(getuid)
POSIX_GETTER(getgid)
POSIX_GETTER(geteuid)
POSIX_GETTER(getegid)
POSIX_GETTER(getpgrp)
POSIX_GETTER(setsid)
POSIX_SETTER(setuid)
POSIX_SETTER(setgid)
POSIX_SETTER(seteuid)
POSIX_SETTER(setegid)

/* Returns what the call says about a process, or false. */
static void return_id_of_process(INTERNAL_FUNCTION_PARAMETERS, pid_t (*call)(pid_t))
{
    long pid;
    pid_t id;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &pid) == FAILURE) {
        RETURN_FALSE;
    }
    id = call((pid_t) pid);
    if (!posix_succeeded(id)) {
        RETURN_FALSE;
    }
    RETURN_LONG(id);
}

PHP_FUNCTION(posix_getpgid)
{
    return_id_of_process(INTERNAL_FUNCTION_PARAM_PASSTHRU, getpgid);
}

PHP_FUNCTION(posix_getsid)
{
    return_id_of_process(INTERNAL_FUNCTION_PARAM_PASSTHRU, getsid);
}

PHP_FUNCTION(posix_setpgid)
{
    long pid, pgid;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ll", &pid, &pgid) == FAILURE) {
        RETURN_FALSE;
    }
    RETURN_BOOL(posix_succeeded(setpgid((pid_t) pid, (pid_t) pgid)));
}

PHP_FUNCTION(posix_kill)
{
    long pid, signal;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ll", &pid, &signal) == FAILURE) {
        RETURN_FALSE;
    }
    RETURN_BOOL(posix_succeeded(kill((pid_t) pid, (int) signal)));
}

/* --- System and limits --------------------------------------------------------------------- */

PHP_FUNCTION(posix_uname)
{
    struct utsname names;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (!posix_succeeded(uname(&names))) {
        RETURN_FALSE;
    }
    array_init(return_value);
    add_assoc_string(return_value, "sysname", names.sysname, 1);
    add_assoc_string(return_value, "nodename", names.nodename, 1);
    add_assoc_string(return_value, "release", names.release, 1);
    add_assoc_string(return_value, "version", names.version, 1);
    add_assoc_string(return_value, "machine", names.machine, 1);
    add_assoc_string(return_value, "domainname", names.domainname, 1);
}

PHP_FUNCTION(posix_times)
{
    struct tms used;
    clock_t ticks;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    ticks = times(&used);
    if (ticks == (clock_t) -1) {
        posix_last_error = errno;
        RETURN_FALSE;
    }
    array_init(return_value);
    add_assoc_long(return_value, "ticks", ticks);
    add_assoc_long(return_value, "utime", used.tms_utime);
    add_assoc_long(return_value, "stime", used.tms_stime);
    add_assoc_long(return_value, "cutime", used.tms_cutime);
    add_assoc_long(return_value, "cstime", used.tms_cstime);
}

static void add_limit(zval *array, const char *kind, const char *name, rlim_t limit)
{
    char key[32];

    snprintf(key, sizeof(key), "%s %s", kind, name);
    if (limit == RLIM_INFINITY) {
        add_assoc_string(array, key, "unlimited", 1);
    } else {
        add_assoc_long(array, key, (long) limit);
    }
}

PHP_FUNCTION(posix_getrlimit)
{
    static const struct {
        const char *name;
        int resource;
    } limits[] = {
        {"core", RLIMIT_CORE}, {"data", RLIMIT_DATA}, {"stack", RLIMIT_STACK},
        {"totalmem", RLIMIT_AS}, {"rss", RLIMIT_RSS}, {"maxproc", RLIMIT_NPROC},
        {"memlock", RLIMIT_MEMLOCK}, {"cpu", RLIMIT_CPU}, {"filesize", RLIMIT_FSIZE},
        {"openfiles", RLIMIT_NOFILE},
    };
    size_t i;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    array_init(return_value);
    for (i = 0; i < sizeof(limits) / sizeof(*limits); i++) {
        struct rlimit limit;

        if (!posix_succeeded(getrlimit(limits[i].resource, &limit))) {
            zval_dtor(return_value);
            RETURN_FALSE;
        }
        add_limit(return_value, "soft", limits[i].name, limit.rlim_cur);
        add_limit(return_value, "hard", limits[i].name, limit.rlim_max);
    }
}

/* --- Errors -------------------------------------------------------------------------------- */

PHP_FUNCTION(posix_get_last_error)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    RETURN_LONG(posix_last_error);
}

PHP_FUNCTION(posix_strerror)
{
    long error;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &error) == FAILURE) {
        RETURN_FALSE;
    }
    RETURN_STRING(strerror((int) error), 1);
}

/* --- The module ---------------------------------------------------------------------------- */

static PHP_MINIT_FUNCTION(posix)
{
    REGISTER_LONG_CONSTANT("POSIX_F_OK", F_OK, CONST_CS | CONST_PERSISTENT);
    REGISTER_LONG_CONSTANT("POSIX_X_OK", X_OK, CONST_CS | CONST_PERSISTENT);
    REGISTER_LONG_CONSTANT("POSIX_W_OK", W_OK, CONST_CS | CONST_PERSISTENT);
    REGISTER_LONG_CONSTANT("POSIX_R_OK", R_OK, CONST_CS | CONST_PERSISTENT);
    REGISTER_LONG_CONSTANT("POSIX_S_IFREG", S_IFREG, CONST_CS | CONST_PERSISTENT);
    REGISTER_LONG_CONSTANT("POSIX_S_IFCHR", S_IFCHR, CONST_CS | CONST_PERSISTENT);
    REGISTER_LONG_CONSTANT("POSIX_S_IFBLK", S_IFBLK, CONST_CS | CONST_PERSISTENT);
    REGISTER_LONG_CONSTANT("POSIX_S_IFIFO", S_IFIFO, CONST_CS | CONST_PERSISTENT);
    REGISTER_LONG_CONSTANT("POSIX_S_IFSOCK", S_IFSOCK, CONST_CS | CONST_PERSISTENT);
    return SUCCESS;
}

static PHP_RINIT_FUNCTION(posix)
{
    posix_last_error = 0;
    return SUCCESS;
}

static const zend_function_entry posix_functions[] = {
    PHP_FE(posix_kill, "$pid, $sig", "Sends a signal to a process.")
    PHP_FE(posix_getpid, "", "Returns this process's number.")
    PHP_FE(posix_getppid, "", "Returns the parent process's number.")
    PHP_FE(posix_getuid, "", "Returns the real user.")
    PHP_FE(posix_setuid, "$uid", "Sets the user.")
    PHP_FE(posix_geteuid, "", "Returns the effective user.")
    PHP_FE(posix_seteuid, "$uid", "Sets the effective user.")
    PHP_FE(posix_getgid, "", "Returns the real group.")
    PHP_FE(posix_setgid, "$gid", "Sets the group.")
    PHP_FE(posix_getegid, "", "Returns the effective group.")
    PHP_FE(posix_setegid, "$gid", "Sets the effective group.")
    PHP_FE(posix_getgroups, "", "Returns the supplementary groups.")
    PHP_FE(posix_getlogin, "", "Returns the name of the user who logged in.")
    PHP_FE(posix_getpgrp, "", "Returns this process's group.")
    PHP_FE(posix_setsid, "", "Makes the process the leader of a session.")
    PHP_FE(posix_setpgid, "$pid, $pgid", "Sets a process's group.")
    PHP_FE(posix_getpgid, "$pid", "Returns a process's group.")
    PHP_FE(posix_getsid, "$pid", "Returns a process's session.")
    PHP_FE(posix_uname, "", "Returns the names of the system.")
    PHP_FE(posix_times, "", "Returns the processor time used, in ticks.")
    PHP_FE(posix_ctermid, "", "Returns the path of the controlling terminal.")
    PHP_FE(posix_ttyname, "$fd", "Returns the path of a terminal.")
    PHP_FE(posix_isatty, "$fd", "Tells whether a descriptor is a terminal.")
    PHP_FE(posix_getcwd, "", "Returns the current directory.")
    PHP_FE(posix_mkfifo, "$pathname, $mode", "Makes a named pipe.")
    PHP_FE(posix_mknod, "$pathname, $mode, [$major], [$minor]", "Makes a special file.")
    PHP_FE(posix_access, "$file, [$mode]", "Tells whether the real user has rights on a file.")
    PHP_FE(posix_getgrnam, "$name", "Returns a group by its name.")
    PHP_FE(posix_getgrgid, "$gid", "Returns a group by its number.")
    PHP_FE(posix_getpwnam, "$username", "Returns a user by name.")
    PHP_FE(posix_getpwuid, "$uid", "Returns a user by number.")
    PHP_FE(posix_getrlimit, "", "Returns the limits of this process.")
    PHP_FE(posix_get_last_error, "", "Returns the number of the last error.")
    PHP_FALIAS(posix_errno, posix_get_last_error, "", "Returns the number of the last error.")
    PHP_FE(posix_strerror, "$errno", "Returns the text of an error's number.")
    PHP_FE(posix_initgroups, "$name, $base_group_id", "Sets the supplementary groups.")
    PHP_FE_END
};

zend_module_entry posix_module_entry = {
    STANDARD_MODULE_HEADER,
    "posix",
    posix_functions,
    PHP_MINIT(posix),
    NULL,
    PHP_RINIT(posix),
    NULL,
    NULL,
    PHP_VERSION,
    STANDARD_MODULE_PROPERTIES,
};
