/* SPDX-License-Identifier: MIT */
/*
 * mt_rand(): the Mersenne twister MT19937, in PHP's historic variant.
 *
 * The state is 624 words. Reloading replaces each word by a mix of it, its neighbour and the word
 * 397 places on; then words are given out one by one, tempered. The variant: whether the constant
 * of the mix is applied depends on the low bit of the word itself, where the original takes its
 * neighbour's. Scripts that seed the generator know its sequences, so it stays.
 */
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_rand.h"

#define MT_WORDS 624
#define MT_DISTANCE 397

static uint32_t mt_state[MT_WORDS];
static int mt_next; /* the next word to give out */
static bool mt_is_seeded;

static uint32_t mt_twist(uint32_t far, uint32_t word, uint32_t neighbour)
{
    uint32_t mixed = (word & 0x80000000u) | (neighbour & 0x7fffffffu);
    return far ^ (mixed >> 1) ^ (word & 1 ? 0x9908b0dfu : 0);
}

static void mt_reload(void)
{
    int i;

    for (i = 0; i < MT_WORDS; i++) {
        mt_state[i] = mt_twist(mt_state[(i + MT_DISTANCE) % MT_WORDS], mt_state[i],
            mt_state[(i + 1) % MT_WORDS]);
    }
    mt_next = 0;
}

void php_mt_srand(uint32_t seed)
{
    int i;

    mt_state[0] = seed;
    for (i = 1; i < MT_WORDS; i++) {
        mt_state[i] = 1812433253u * (mt_state[i - 1] ^ (mt_state[i - 1] >> 30)) + (uint32_t) i;
    }
    mt_reload();
    mt_is_seeded = true;
}

uint32_t php_mt_rand(void)
{
    uint32_t word;

    if (ZEND_UNLIKELY(!mt_is_seeded)) {
        php_mt_srand(php_random_seed());
    }
    if (mt_next == MT_WORDS) {
        mt_reload();
    }
    word = mt_state[mt_next++];
    word ^= word >> 11;
    word ^= (word << 7) & 0x9d2c5680u;
    word ^= (word << 15) & 0xefc60000u;
    return word ^ (word >> 18);
}

PHP_FUNCTION(mt_srand)
{
    long seed = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|l", &seed) == FAILURE) {
        return;
    }
    php_mt_srand(ZEND_NUM_ARGS() == 0 ? php_random_seed() : (uint32_t) seed);
}

PHP_FUNCTION(mt_rand)
{
    long min, max;

    if (ZEND_NUM_ARGS() == 0) {
        RETURN_LONG((long) (php_mt_rand() >> 1));
    }
    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ll", &min, &max) == FAILURE) {
        return;
    }
    if (max < min) {
        php_error_docref(NULL, E_WARNING, "max(%ld) is smaller than min(%ld)", max, min);
        RETURN_FALSE;
    }
    RETURN_LONG(php_rand_range((long) (php_mt_rand() >> 1), min, max, PHP_MT_RAND_MAX));
}

PHP_FUNCTION(mt_getrandmax)
{
    if (zend_parse_parameters_none() == SUCCESS) {
        RETVAL_LONG(PHP_MT_RAND_MAX);
    }
}

static PHP_RINIT_FUNCTION(mt_rand)
{
    mt_is_seeded = false;
    return SUCCESS;
}

static const zend_function_entry mt_rand_functions[] = {
    PHP_FE(mt_rand, "[$min], [$max]",
        "Returns a random integer of the Mersenne twister, of a range if one is given.")
    PHP_FE(mt_srand, "[$seed]", "Seeds mt_rand().")
    PHP_FE(mt_getrandmax, "", "Returns the greatest number that mt_rand() gives.")
    PHP_FE_END
};

const php_standard_part standard_mt_rand_part = {
    mt_rand_functions, NULL, NULL, PHP_RINIT(mt_rand), NULL, NULL,
};
