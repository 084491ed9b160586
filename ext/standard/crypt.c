/* SPDX-License-Identifier: MIT */
/*
 * crypt() and the password functions, on libcrypt.
 *
 * A salt says which algorithm to use. "*0" is the result of a salt that no algorithm takes ("*1"
 * when the salt itself is "*0", so that result and salt never match).
 */
#include "config.h"

#ifdef HAVE_LIBCRYPT
#include <crypt.h>
#endif
#include <sys/random.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"
#include "ext/standard/url.h"

#ifdef HAVE_LIBCRYPT
#define PHP_MAX_SALT_LEN 123
#define PASSWORD_BCRYPT 1
#define PASSWORD_BCRYPT_DEFAULT_COST 10
#define BCRYPT_SALT_LEN 22
#define BCRYPT_HASH_LEN 60

/* Fills a text with random characters of crypt's 64; len is at most 64. */
static void random_salt(char *salt, size_t len)
{
    static const char digits[] =
        "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    unsigned char bytes[64];
    size_t i;

    if (getrandom(bytes, len, 0) != (ssize_t) len) {
        zend_error_noreturn(E_ERROR, "Unable to get random bytes");
    }
    for (i = 0; i < len; i++) {
        salt[i] = digits[bytes[i] & 63];
    }
    salt[len] = '\0';
}

/* The salts that libcrypt takes and PHP does not, or the other way round, are told apart here. */
static bool salt_is_sound(const char *salt, size_t len)
{
    static const char digits[] =
        "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    if (salt[0] == '$') {
        if (salt[1] == '2') {
            return len >= 28 && salt[3] == '$' && strchr("axy", salt[2]);
        }
        return (salt[1] == '1' || salt[1] == '5' || salt[1] == '6') && salt[2] == '$';
    }
    if (salt[0] == '_') {
        return len >= 9 && strspn(salt + 1, digits) >= 8;
    }
    return len >= 2 && strchr(digits, salt[0]) && strchr(digits, salt[1]);
}

/* Brings "rounds=" of the SHA algorithms into their bounds. */
static void normalize_rounds(const char *salt, char *out, size_t size)
{
    const char *rest;
    char *end;
    unsigned long rounds;

    if (strncmp(salt + 3, "rounds=", 7) == 0) {
        rounds = strtoul(salt + 10, &end, 10);
        rest = end;
        if (*end == '$') {
            rounds = MAX(1000UL, MIN(rounds, 999999999UL));
            slprintf(out, size, "$%c$rounds=%lu%s", salt[1], rounds, rest);
            return;
        }
    }
    slprintf(out, size, "%s", salt);
}

/* The hash in *data, or NULL. */
static const char *hash_password(const char *password, const char *salt, size_t salt_len,
    struct crypt_data *data)
{
    char normal[PHP_MAX_SALT_LEN + 16];
    const char *hash;

    if (!salt_is_sound(salt, salt_len)) {
        return NULL;
    }
    if (salt[0] == '$' && (salt[1] == '5' || salt[1] == '6')) {
        normalize_rounds(salt, normal, sizeof(normal));
        salt = normal;
    }
    memset(data, 0, sizeof(*data));
    hash = crypt_r(password, salt, data);
    return hash && hash[0] != '*' ? hash : NULL;
}

PHP_FUNCTION(crypt)
{
    char *str, *given = NULL, salt[PHP_MAX_SALT_LEN + 1];
    int str_len, given_len = 0;
    struct crypt_data *data;
    const char *hash;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|s", &str, &str_len, &given, &given_len)
        == FAILURE) {
        return;
    }
    if (given) {
        size_t len = MIN((size_t) given_len, (size_t) PHP_MAX_SALT_LEN);

        memcpy(salt, given, len);
        salt[len] = '\0';
    } else {
        php_error_docref(NULL, E_NOTICE, "No salt parameter was specified. You must use a "
            "randomly generated salt and a strong hash function to produce a secure hash.");
    }
    if (!given || *salt == '\0') {
        memcpy(salt, "$1$", 3);
        random_salt(salt + 3, 8);
    }
    data = emalloc(sizeof(*data));
    hash = hash_password(str, salt, strlen(salt), data);
    if (hash) {
        RETVAL_STRING(hash, 1);
    } else {
        RETVAL_STRING(salt[0] == '*' && salt[1] == '0' ? "*1" : "*0", 1);
    }
    efree(data);
}

/* ---- password_*() ---------------------------------------------------------------------------- */

/* The cost of a bcrypt hash, or 0 when it is none. */
static int bcrypt_cost(const char *hash, size_t len)
{
    if (len != BCRYPT_HASH_LEN || strncmp(hash, "$2y$", 4) != 0) {
        return 0;
    }
    return atoi(hash + 4);
}

/* An element of the options, or NULL. */
static zval *password_option(HashTable *options, const char *name)
{
    zval **value;

    if (!options || zend_symtable_find(options, name, (uint) strlen(name) + 1, (void **) &value)
        == FAILURE) {
        return NULL;
    }
    return *value;
}

/* The given salt as 22 characters of crypt's 64. false after a warning. */
static bool password_given_salt(zval *option, char *salt)
{
    static const char digits[] =
        "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    zval text;
    bool ok = false;

    if (Z_TYPE_P(option) == IS_ARRAY || Z_TYPE_P(option) == IS_NULL
        || Z_TYPE_P(option) == IS_RESOURCE || Z_TYPE_P(option) == IS_BOOL) {
        php_error_docref(NULL, E_WARNING, "Non-string salt parameter supplied");
        return false;
    }
    INIT_PZVAL_COPY(&text, option);
    zval_copy_ctor(&text);
    convert_to_string(&text);
    if (Z_STRLEN(text) < BCRYPT_SALT_LEN) {
        php_error_docref(NULL, E_WARNING, "Provided salt is too short: %d expecting %d",
            Z_STRLEN(text), BCRYPT_SALT_LEN);
    } else {
        if (strspn(Z_STRVAL(text), digits) == (size_t) Z_STRLEN(text)) {
            memcpy(salt, Z_STRVAL(text), BCRYPT_SALT_LEN);
        } else {
            char *encoded = (char *) php_base64_encode((unsigned char *) Z_STRVAL(text),
                Z_STRLEN(text), NULL), *p;

            memcpy(salt, encoded, BCRYPT_SALT_LEN);
            for (p = salt; p < salt + BCRYPT_SALT_LEN; p++) {
                *p = *p == '+' ? '.' : *p;
            }
            efree(encoded);
        }
        salt[BCRYPT_SALT_LEN] = '\0';
        ok = true;
    }
    zval_dtor(&text);
    return ok;
}

PHP_FUNCTION(password_hash)
{
    char *password, salt[BCRYPT_SALT_LEN + 1], setting[BCRYPT_SALT_LEN + 8];
    int len;
    long algorithm, cost = PASSWORD_BCRYPT_DEFAULT_COST;
    HashTable *options = NULL;
    zval *option;
    struct crypt_data *data;
    const char *hash;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sl|H", &password, &len, &algorithm, &options)
        == FAILURE) {
        return;
    }
    if (algorithm != PASSWORD_BCRYPT) {
        php_error_docref(NULL, E_WARNING, "Unknown password hashing algorithm: %ld", algorithm);
        RETURN_NULL();
    }
    option = password_option(options, "cost");
    if (option) {
        cost = zend_zval_get_long(option);
    }
    if (cost < 4 || cost > 31) {
        php_error_docref(NULL, E_WARNING, "Invalid bcrypt cost parameter specified: %ld", cost);
        RETURN_NULL();
    }
    option = password_option(options, "salt");
    if (!option) {
        random_salt(salt, BCRYPT_SALT_LEN);
    } else if (!password_given_salt(option, salt)) {
        RETURN_NULL();
    }
    slprintf(setting, sizeof(setting), "$2y$%02ld$%s", cost, salt);
    data = emalloc(sizeof(*data));
    hash = hash_password(password, setting, strlen(setting), data);
    if (hash && strlen(hash) >= 13) {
        RETVAL_STRING(hash, 1);
    } else {
        RETVAL_FALSE;
    }
    efree(data);
}

PHP_FUNCTION(password_verify)
{
    char *password, *hash;
    int password_len, hash_len, status = 0;
    struct crypt_data *data;
    const char *result;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss", &password, &password_len, &hash, &hash_len)
        == FAILURE) {
        RETURN_FALSE;
    }
    data = emalloc(sizeof(*data));
    result = hash_password(password, hash, (size_t) hash_len, data);
    if (!result || strlen(result) != (size_t) hash_len || hash_len < 13) {
        RETVAL_FALSE;
    } else {
        int i;

        /* Takes as long for every hash of this length. */
        for (i = 0; i < hash_len; i++) {
            status |= result[i] ^ hash[i];
        }
        RETVAL_BOOL(status == 0);
    }
    efree(data);
}

PHP_FUNCTION(password_get_info)
{
    char *hash;
    int len, cost;
    zval *options;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &hash, &len) == FAILURE) {
        return;
    }
    cost = bcrypt_cost(hash, (size_t) len);
    MAKE_STD_ZVAL(options);
    array_init(options);
    if (cost) {
        add_assoc_long(options, "cost", cost);
    }
    array_init(return_value);
    add_assoc_long(return_value, "algo", cost ? PASSWORD_BCRYPT : 0);
    add_assoc_string(return_value, "algoName", cost ? "bcrypt" : "unknown", 1);
    add_assoc_zval(return_value, "options", options);
}

PHP_FUNCTION(password_needs_rehash)
{
    char *hash;
    int len, cost;
    long algorithm, new_cost = PASSWORD_BCRYPT_DEFAULT_COST;
    HashTable *options = NULL;
    zval *option;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sl|H", &hash, &len, &algorithm, &options)
        == FAILURE) {
        return;
    }
    cost = bcrypt_cost(hash, (size_t) len);
    if (algorithm != (cost ? PASSWORD_BCRYPT : 0)) {
        RETURN_TRUE;
    }
    option = password_option(options, "cost");
    if (option) {
        new_cost = zend_zval_get_long(option);
    }
    RETURN_BOOL(cost && cost != new_cost);
}

static const php_long_constant crypt_constants[] = {
    { "CRYPT_SALT_LENGTH", PHP_MAX_SALT_LEN },
    { "CRYPT_STD_DES", 1 },
    { "CRYPT_EXT_DES", 1 },
    { "CRYPT_MD5", 1 },
    { "CRYPT_BLOWFISH", 1 },
    { "CRYPT_SHA256", 1 },
    { "CRYPT_SHA512", 1 },
    { "PASSWORD_DEFAULT", PASSWORD_BCRYPT },
    { "PASSWORD_BCRYPT", PASSWORD_BCRYPT },
    { "PASSWORD_BCRYPT_DEFAULT_COST", PASSWORD_BCRYPT_DEFAULT_COST },
    { NULL, 0 }
};

static PHP_MINIT_FUNCTION(crypt)
{
    php_register_long_constants(crypt_constants, module_number);
    return SUCCESS;
}
#endif

static const zend_function_entry crypt_functions[] = {
#ifdef HAVE_LIBCRYPT
    PHP_FE(crypt, "$str, [$salt]", "Hashes a password by the algorithm that the salt names.")
    PHP_FE(password_hash, "$password, $algo, [$options]", "Hashes a password.")
    PHP_FE(password_verify, "$password, $hash", "Does the password belong to the hash?")
    PHP_FE(password_get_info, "$hash", "Tells how a hash was made.")
    PHP_FE(password_needs_rehash, "$hash, $algo, [$options]",
        "Was the hash made otherwise than it would be now?")
#endif
    PHP_FE_END
};

const php_standard_part standard_crypt_part = {
    .functions = crypt_functions,
#ifdef HAVE_LIBCRYPT
    .module_startup = PHP_MINIT(crypt),
#endif
};
