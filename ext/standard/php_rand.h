/* SPDX-License-Identifier: MIT */
/* Random numbers for whoever needs them: the two generators of scripts, and the one behind
 * lcg_value(). Each seeds itself on first use in a request. */
#ifndef PHP_RAND_H
#define PHP_RAND_H

#include "main/php.h"

#define PHP_RAND_MAX 2147483647
#define PHP_MT_RAND_MAX 2147483647

/* libc's random(): rand(), shuffle(), array_rand(), str_shuffle(). 0 ... PHP_RAND_MAX. */
long php_rand(void);
void php_srand(long seed);

/* The Mersenne twister. 32 bits; scripts see them shifted right by one. */
uint32_t php_mt_rand(void);
void php_mt_srand(uint32_t seed);

/* Greater than 0 and less than 1. */
double php_combined_lcg(void);

/* A number of 0 ... tmax stretched to min ... max. */
long php_rand_range(long number, long min, long max, long tmax);
#define RAND_RANGE(number, min, max, tmax) \
    ((number) = php_rand_range((number), (min), (max), (tmax)))

/* A seed that nobody can guess, from the system. */
uint32_t php_random_seed(void);

#endif
