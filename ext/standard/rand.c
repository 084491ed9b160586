/* SPDX-License-Identifier: MIT */
/*
 * rand() on libc's generator, lcg_value(), and what both random generators share.
 *
 * lcg_value() combines two linear congruential generators (L'Ecuyer): each steps by
 * s = s * a mod m, computed without overflow as a * (s mod q) - r * (s / q), where m = a * q + r.
 */
#include <stdlib.h>
#include <sys/random.h>
#include <sys/time.h>
#include <unistd.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_rand.h"

static bool rand_is_seeded;
static bool lcg_is_seeded;
static int32_t lcg_state1;
static int32_t lcg_state2;

uint32_t php_random_seed(void)
{
    uint32_t seed;

    if (getrandom(&seed, sizeof(seed), GRND_NONBLOCK) != (ssize_t) sizeof(seed)) {
        struct timeval now;
        gettimeofday(&now, NULL);
        seed = (uint32_t) now.tv_sec * (uint32_t) getpid() ^ (uint32_t) now.tv_usec * 2654435761u;
    }
    return seed;
}

/* min + (max - min + 1) * number / (tmax + 1), in doubles, wrapping like a conversion of them. */
long php_rand_range(long number, long min, long max, long tmax)
{
    double width = (double) max - (double) min + 1.0;
    long offset = zend_dval_to_lval(width * ((double) number / ((double) tmax + 1.0)));
    return (long) ((ulong) min + (ulong) offset);
}

/* --- rand() ------------------------------------------------------------------------------- */

void php_srand(long seed)
{
    srandom((unsigned int) seed);
    rand_is_seeded = true;
}

long php_rand(void)
{
    if (!rand_is_seeded) {
        php_srand((long) php_random_seed());
    }
    return random();
}

PHP_FUNCTION(srand)
{
    long seed = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|l", &seed) == FAILURE) {
        return;
    }
    php_srand(ZEND_NUM_ARGS() == 0 ? (long) php_random_seed() : seed);
}

PHP_FUNCTION(rand)
{
    long min, max;

    if (ZEND_NUM_ARGS() == 0) {
        RETURN_LONG(php_rand());
    }
    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ll", &min, &max) == FAILURE) {
        return;
    }
    RETURN_LONG(php_rand_range(php_rand(), min, max, PHP_RAND_MAX));
}

PHP_FUNCTION(getrandmax)
{
    if (zend_parse_parameters_none() == SUCCESS) {
        RETVAL_LONG(PHP_RAND_MAX);
    }
}

/* --- lcg_value() -------------------------------------------------------------------------- */

static int32_t lcg_step(int32_t state, int32_t a, int32_t q, int32_t r, int32_t m)
{
    state = a * (state % q) - r * (state / q);
    return state < 0 ? state + m : state;
}

double php_combined_lcg(void)
{
    int32_t difference;

    if (!lcg_is_seeded) {
        lcg_state1 = (int32_t) (php_random_seed() % 2147483562u) + 1;
        lcg_state2 = (int32_t) (php_random_seed() % 2147483398u) + 1;
        lcg_is_seeded = true;
    }
    lcg_state1 = lcg_step(lcg_state1, 40014, 53668, 12211, 2147483563);
    lcg_state2 = lcg_step(lcg_state2, 40692, 52774, 3791, 2147483399);
    difference = lcg_state1 - lcg_state2;
    if (difference < 1) {
        difference += 2147483562;
    }
    return difference * 4.656613e-10;
}

PHP_FUNCTION(lcg_value)
{
    if (zend_parse_parameters_none() == SUCCESS) {
        RETVAL_DOUBLE(php_combined_lcg());
    }
}

static PHP_RINIT_FUNCTION(rand)
{
    rand_is_seeded = false;
    return SUCCESS;
}

static const zend_function_entry rand_functions[] = {
    PHP_FE(rand, "[$min], [$max]", "Returns a random integer, of a range if one is given.")
    PHP_FE(srand, "[$seed]", "Seeds rand(), shuffle(), array_rand() and str_shuffle().")
    PHP_FE(getrandmax, "", "Returns the greatest number that rand() gives.")
    PHP_FE(lcg_value, "", "Returns a random float between 0 and 1.")
    PHP_FE_END
};

const php_standard_part standard_rand_part = {
    rand_functions, NULL, NULL, PHP_RINIT(rand), NULL, NULL,
};
