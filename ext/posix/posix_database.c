/* SPDX-License-Identifier: MIT */
/* Users and groups, as the system's databases know them. */
#include "ext/posix/php_posix.h"

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

static void group_to_array(zval *array, const struct group *group)
{
    zval *members;
    char **member;

    array_init(array);
    MAKE_STD_ZVAL(members);
    array_init(members);
    for (member = group->gr_mem; member && *member; member++) {
        add_next_index_string(members, *member, 1);
    }
    add_assoc_string(array, "name", group->gr_name, 1);
    add_assoc_string(array, "passwd", group->gr_passwd, 1);
    add_assoc_zval(array, "members", members);
    add_assoc_long(array, "gid", group->gr_gid);
}

static void user_to_array(zval *array, const struct passwd *user)
{
    array_init(array);
    add_assoc_string(array, "name", user->pw_name, 1);
    add_assoc_string(array, "passwd", user->pw_passwd, 1);
    add_assoc_long(array, "uid", user->pw_uid);
    add_assoc_long(array, "gid", user->pw_gid);
    add_assoc_string(array, "gecos", user->pw_gecos, 1);
    add_assoc_string(array, "dir", user->pw_dir, 1);
    add_assoc_string(array, "shell", user->pw_shell, 1);
}

static void return_group(zval *return_value, const struct group *group)
{
    if (!group) {
        posix_last_error = errno;
        RETURN_FALSE;
    }
    group_to_array(return_value, group);
}

static void return_user(zval *return_value, const struct passwd *user)
{
    if (!user) {
        posix_last_error = errno;
        RETURN_FALSE;
    }
    user_to_array(return_value, user);
}

PHP_FUNCTION(posix_getgrnam)
{
    char *name;
    int name_length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &name, &name_length) == FAILURE) {
        RETURN_FALSE;
    }
    errno = 0;
    return_group(return_value, getgrnam(name));
}

PHP_FUNCTION(posix_getgrgid)
{
    long gid;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &gid) == FAILURE) {
        RETURN_FALSE;
    }
    errno = 0;
    return_group(return_value, getgrgid((gid_t) gid));
}

PHP_FUNCTION(posix_getpwnam)
{
    char *name;
    int name_length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &name, &name_length) == FAILURE) {
        RETURN_FALSE;
    }
    errno = 0;
    return_user(return_value, getpwnam(name));
}

PHP_FUNCTION(posix_getpwuid)
{
    long uid;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &uid) == FAILURE) {
        RETURN_FALSE;
    }
    errno = 0;
    return_user(return_value, getpwuid((uid_t) uid));
}

PHP_FUNCTION(posix_getgroups)
{
    gid_t *groups;
    int count, i;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    count = getgroups(0, NULL);
    if (!posix_succeeded(count)) {
        RETURN_FALSE;
    }
    groups = safe_emalloc((size_t) count + 1, sizeof(gid_t), 0);
    count = getgroups(count, groups);
    if (!posix_succeeded(count)) {
        efree(groups);
        RETURN_FALSE;
    }
    array_init(return_value);
    for (i = 0; i < count; i++) {
        add_next_index_long(return_value, groups[i]);
    }
    efree(groups);
}

PHP_FUNCTION(posix_getlogin)
{
    const char *name;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    name = getlogin();
    if (!name) {
        posix_last_error = errno;
        RETURN_FALSE;
    }
    RETURN_STRING(name, 1);
}

PHP_FUNCTION(posix_initgroups)
{
    char *name;
    int name_length;
    long group;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sl", &name, &name_length, &group) == FAILURE) {
        RETURN_FALSE;
    }
    if (name_length == 0) {
        RETURN_FALSE;
    }
    RETURN_BOOL(initgroups(name, (gid_t) group) == 0);
}
