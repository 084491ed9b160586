/* SPDX-License-Identifier: MIT */
/* Clocks and waiting: microtime(), sleep() and their kin; uniqid(). */
#include <errno.h>
#include <math.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "ext/standard/basic_functions.h"

#define MICROSECONDS 1000000.0

static double now_as_float(void)
{
    struct timeval now;

    gettimeofday(&now, NULL);
    return (double) now.tv_sec + (double) now.tv_usec / MICROSECONDS;
}

PHP_FUNCTION(microtime)
{
    zend_bool get_as_float = 0;
    struct timeval now;
    char text[100];

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|b", &get_as_float) == FAILURE) {
        return;
    }
    if (get_as_float) {
        RETURN_DOUBLE(now_as_float());
    }
    gettimeofday(&now, NULL);
    snprintf(text, sizeof(text), "%.8F %ld", (double) now.tv_usec / MICROSECONDS,
        (long) now.tv_sec);
    RETURN_STRING(text, 1);
}

PHP_FUNCTION(gettimeofday)
{
    zend_bool get_as_float = 0;
    struct timeval now;
    struct tm local;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|b", &get_as_float) == FAILURE) {
        return;
    }
    if (get_as_float) {
        RETURN_DOUBLE(now_as_float());
    }
    gettimeofday(&now, NULL);
    localtime_r(&now.tv_sec, &local);
    array_init(return_value);
    add_assoc_long(return_value, "sec", now.tv_sec);
    add_assoc_long(return_value, "usec", now.tv_usec);
    add_assoc_long(return_value, "minuteswest", -(local.tm_gmtoff / 60));
    add_assoc_long(return_value, "dsttime", local.tm_isdst);
}

PHP_FUNCTION(getrusage)
{
    struct rusage usage;
    long who = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|l", &who) == FAILURE) {
        return;
    }
    if (getrusage(who == 1 ? RUSAGE_CHILDREN : RUSAGE_SELF, &usage) == -1) {
        RETURN_FALSE;
    }
    array_init(return_value);
    add_assoc_long(return_value, "ru_oublock", usage.ru_oublock);
    add_assoc_long(return_value, "ru_inblock", usage.ru_inblock);
    add_assoc_long(return_value, "ru_msgsnd", usage.ru_msgsnd);
    add_assoc_long(return_value, "ru_msgrcv", usage.ru_msgrcv);
    add_assoc_long(return_value, "ru_maxrss", usage.ru_maxrss);
    add_assoc_long(return_value, "ru_ixrss", usage.ru_ixrss);
    add_assoc_long(return_value, "ru_idrss", usage.ru_idrss);
    add_assoc_long(return_value, "ru_minflt", usage.ru_minflt);
    add_assoc_long(return_value, "ru_majflt", usage.ru_majflt);
    add_assoc_long(return_value, "ru_nsignals", usage.ru_nsignals);
    add_assoc_long(return_value, "ru_nvcsw", usage.ru_nvcsw);
    add_assoc_long(return_value, "ru_nivcsw", usage.ru_nivcsw);
    add_assoc_long(return_value, "ru_nswap", usage.ru_nswap);
    add_assoc_long(return_value, "ru_utime.tv_usec", usage.ru_utime.tv_usec);
    add_assoc_long(return_value, "ru_utime.tv_sec", usage.ru_utime.tv_sec);
    add_assoc_long(return_value, "ru_stime.tv_usec", usage.ru_stime.tv_usec);
    add_assoc_long(return_value, "ru_stime.tv_sec", usage.ru_stime.tv_sec);
}

PHP_FUNCTION(sleep)
{
    long seconds;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &seconds) == FAILURE) {
        RETURN_FALSE;
    }
    if (seconds < 0) {
        php_error_docref(NULL, E_WARNING,
            "Number of seconds must be greater than or equal to 0");
        RETURN_FALSE;
    }
    RETURN_LONG(sleep((unsigned int) seconds));
}

PHP_FUNCTION(usleep)
{
    long microseconds;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "l", &microseconds) == FAILURE) {
        return;
    }
    if (microseconds < 0) {
        php_error_docref(NULL, E_WARNING,
            "Number of microseconds must be greater than or equal to 0");
        RETURN_FALSE;
    }
    usleep((useconds_t) microseconds);
}

PHP_FUNCTION(time_nanosleep)
{
    long seconds, nanoseconds;
    struct timespec wanted, left;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ll", &seconds, &nanoseconds) == FAILURE) {
        return;
    }
    if (seconds < 0 || nanoseconds < 0) {
        php_error_docref(NULL, E_WARNING, seconds < 0 ? "The seconds value must be greater than 0"
                : "The nanoseconds value must be greater than 0");
        RETURN_FALSE;
    }
    wanted.tv_sec = seconds;
    wanted.tv_nsec = nanoseconds;
    if (nanosleep(&wanted, &left) == 0) {
        RETURN_TRUE;
    }
    if (errno == EINTR) {
        array_init(return_value);
        add_assoc_long(return_value, "seconds", left.tv_sec);
        add_assoc_long(return_value, "nanoseconds", left.tv_nsec);
        return;
    }
    if (errno == EINVAL) {
        php_error_docref(NULL, E_WARNING, "nanoseconds was not in the range 0 to 999 999 999 or "
            "seconds was negative");
    }
    RETURN_FALSE;
}

PHP_FUNCTION(time_sleep_until)
{
    double target, seconds;
    struct timespec wanted;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "d", &target) == FAILURE) {
        return;
    }
    seconds = target - now_as_float();
    if (!(seconds > 0.0)) {
        php_error_docref(NULL, E_WARNING, "Sleep until to time is less than current time");
        RETURN_FALSE;
    }
    wanted.tv_sec = (time_t) seconds;
    wanted.tv_nsec = (long) ((seconds - floor(seconds)) * 1e9);
    while (nanosleep(&wanted, &wanted) != 0) {
        if (errno != EINTR) {
            RETURN_FALSE;
        }
    }
    RETURN_TRUE;
}

/* A number in [0, 1) that need not be secret. */
static double some_fraction(void)
{
    struct timespec now;
    static unsigned short state[3];

    clock_gettime(CLOCK_MONOTONIC, &now);
    state[0] ^= (unsigned short) now.tv_nsec;
    state[1] ^= (unsigned short) (now.tv_nsec >> 16);
    state[2] ^= (unsigned short) getpid();
    return erand48(state);
}

/* The time in microseconds, in hexadecimal; waiting one makes each answer another one. */
PHP_FUNCTION(uniqid)
{
    char *prefix = "", *id;
    int prefix_length = 0, length;
    zend_bool more_entropy = 0;
    struct timeval now;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|sb", &prefix, &prefix_length, &more_entropy)
        == FAILURE) {
        return;
    }
    if (!more_entropy) {
        usleep(1);
    }
    gettimeofday(&now, NULL);
    if (more_entropy) {
        length = spprintf(&id, 0, "%s%08lx%05lx%.8F", prefix, (unsigned long) now.tv_sec,
            (unsigned long) (now.tv_usec % 0x100000), some_fraction() * 10);
    } else {
        length = spprintf(&id, 0, "%s%08lx%05lx", prefix, (unsigned long) now.tv_sec,
            (unsigned long) (now.tv_usec % 0x100000));
    }
    RETVAL_STRINGL(id, length, 1);
    efree(id);
}

static const zend_function_entry time_functions[] = {
    PHP_FE(sleep, "$seconds", "Waits; returns the seconds left when a signal came.")
    PHP_FE(usleep, "$micro_seconds", "Waits so many microseconds.")
    PHP_FE(time_nanosleep, "$seconds, $nanoseconds", "Waits so long.")
    PHP_FE(time_sleep_until, "$timestamp", "Waits until the time has come.")
    PHP_FE(uniqid, "$prefix = \"\", $more_entropy = false", "Makes an identifier from the time.")
    PHP_FE(microtime, "$get_as_float = false", "Returns the time with microseconds.")
    PHP_FE(gettimeofday, "$get_as_float = false", "Returns the time with microseconds.")
    PHP_FE(getrusage, "$who = 0", "Returns what the process has used.")
    PHP_FE_END
};

const php_standard_part standard_time_part = {time_functions, NULL, NULL, NULL, NULL, NULL};
