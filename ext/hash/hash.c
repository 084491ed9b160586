/* SPDX-License-Identifier: MIT */
/* The module `hash`: digests of texts and files in one call, and the table of functions. */
#include "ext/hash/php_hash.h"

void php_hash_return(zval *return_value, const unsigned char *digest, int length, bool raw)
{
    static const char digits[] = "0123456789abcdef";
    char *text;
    int i;

    if (raw) {
        RETURN_STRINGL((const char *) digest, length, 1);
    }
    text = safe_emalloc((size_t) length, 2, 1);
    for (i = 0; i < length; i++) {
        text[2 * i] = digits[digest[i] >> 4];
        text[2 * i + 1] = digits[digest[i] & 15];
    }
    text[2 * length] = '\0';
    RETURN_STRINGL(text, 2 * length, 0);
}

/* The algorithm, or NULL after a warning. */
static const php_hash_algorithm *find_algorithm(const char *name, int length)
{
    const php_hash_algorithm *algorithm = php_hash_find(name, length);

    if (!algorithm) {
        php_error_docref(NULL, E_WARNING, "Unknown hashing algorithm: %s", name);
    }
    return algorithm;
}

/* Adds a text, or the contents of the file that it names; false when that cannot be opened. */
static bool add_source(php_hash_state *state, const char *source, int length, bool is_file)
{
    php_stream *stream;
    char buffer[4096];
    size_t read;

    if (!is_file) {
        php_hash_add(state, source, (size_t) length);
        return true;
    }
    stream = php_stream_open_wrapper_ex(source, "rb", REPORT_ERRORS, NULL,
        php_stream_default_context());
    if (!stream) {
        return false;
    }
    while ((read = php_stream_read(stream, buffer, sizeof(buffer))) > 0) {
        php_hash_add(state, buffer, read);
    }
    php_stream_close(stream);
    return true;
}

static void hash_function(INTERNAL_FUNCTION_PARAMETERS, bool is_file)
{
    char *name, *source;
    int name_length, length;
    zend_bool raw = 0;
    const php_hash_algorithm *algorithm;
    php_hash_state state;
    unsigned char digest[PHP_HASH_MAX_DIGEST];

    if (zend_parse_parameters(ZEND_NUM_ARGS(), is_file ? "sp|b" : "ss|b", &name, &name_length,
            &source, &length, &raw) == FAILURE) {
        return;
    }
    algorithm = find_algorithm(name, name_length);
    if (!algorithm || !php_hash_begin(&state, algorithm)) {
        RETURN_FALSE;
    }
    if (!add_source(&state, source, length, is_file)) {
        php_hash_end(&state, NULL);
        RETURN_FALSE;
    }
    php_hash_end(&state, digest);
    php_hash_return(return_value, digest, algorithm->digest_size, raw);
}

PHP_FUNCTION(hash)
{
    hash_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, false);
}

PHP_FUNCTION(hash_file)
{
    hash_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, true);
}

static void hmac_function(INTERNAL_FUNCTION_PARAMETERS, bool is_file)
{
    char *name, *source, *key;
    int name_length, length, key_length;
    zend_bool raw = 0;
    const php_hash_algorithm *algorithm;
    php_hash_state state;
    unsigned char block[PHP_HASH_MAX_BLOCK], digest[PHP_HASH_MAX_DIGEST];

    if (zend_parse_parameters(ZEND_NUM_ARGS(), is_file ? "sps|b" : "sss|b", &name, &name_length,
            &source, &length, &key, &key_length, &raw) == FAILURE) {
        return;
    }
    algorithm = find_algorithm(name, name_length);
    if (!algorithm || !php_hash_hmac_block(algorithm, key, key_length, block)
        || !php_hash_begin_padded(&state, algorithm, block, 0x36)) {
        RETURN_FALSE;
    }
    if (!add_source(&state, source, length, is_file)) {
        php_hash_end(&state, NULL);
        RETURN_FALSE;
    }
    if (!php_hash_end_hmac(&state, block, digest)) {
        RETURN_FALSE;
    }
    php_hash_return(return_value, digest, algorithm->digest_size, raw);
}

PHP_FUNCTION(hash_hmac)
{
    hmac_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, false);
}

PHP_FUNCTION(hash_hmac_file)
{
    hmac_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, true);
}

PHP_FUNCTION(hash_algos)
{
    const php_hash_algorithm *algorithm;
    int n;

    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    array_init(return_value);
    for (n = 0; (algorithm = php_hash_nth(n)) != NULL; n++) {
        add_next_index_string(return_value, algorithm->name, 1);
    }
}

/* Takes as long for an early difference as for a late one. */
PHP_FUNCTION(hash_equals)
{
    zval *known, *user;
    int i, difference = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "zz", &known, &user) == FAILURE) {
        return;
    }
    if (Z_TYPE_P(known) != IS_STRING) {
        php_error_docref(NULL, E_WARNING, "Expected known_string to be a string, %s given",
            zend_zval_type_name(known));
        RETURN_FALSE;
    }
    if (Z_TYPE_P(user) != IS_STRING) {
        php_error_docref(NULL, E_WARNING, "Expected user_string to be a string, %s given",
            zend_zval_type_name(user));
        RETURN_FALSE;
    }
    if (Z_STRLEN_P(known) != Z_STRLEN_P(user)) {
        RETURN_FALSE;
    }
    for (i = 0; i < Z_STRLEN_P(known); i++) {
        difference |= Z_STRVAL_P(known)[i] ^ Z_STRVAL_P(user)[i];
    }
    RETURN_BOOL(difference == 0);
}

/* --- Keys from passwords ------------------------------------------------------------------- */

/* digest := HMAC(block, first + second). */
static bool hmac_of(const php_hash_algorithm *algorithm, const unsigned char *block,
    const void *first, size_t first_length, const void *second, size_t second_length,
    unsigned char *digest)
{
    php_hash_state state;

    if (!php_hash_begin_padded(&state, algorithm, block, 0x36)) {
        return false;
    }
    php_hash_add(&state, first, first_length);
    php_hash_add(&state, second, second_length);
    return php_hash_end_hmac(&state, block, digest);
}

/* The index-th block of PBKDF2: the HMACs of a chain, combined. */
static bool derive_block(const php_hash_algorithm *algorithm, const unsigned char *block,
    const char *salt, int salt_length, uint32_t index, long iterations, unsigned char *result)
{
    unsigned char chain[PHP_HASH_MAX_DIGEST];
    unsigned char number[4] = {(unsigned char) (index >> 24), (unsigned char) (index >> 16),
        (unsigned char) (index >> 8), (unsigned char) index};
    int size = algorithm->digest_size, i;

    if (!hmac_of(algorithm, block, salt, (size_t) salt_length, number, 4, chain)) {
        return false;
    }
    memcpy(result, chain, (size_t) size);
    while (--iterations > 0) {
        if (!hmac_of(algorithm, block, chain, (size_t) size, NULL, 0, chain)) {
            return false;
        }
        for (i = 0; i < size; i++) {
            result[i] ^= chain[i];
        }
    }
    return true;
}

/* Checks hash_pbkdf2()'s numbers; false after a warning. */
static bool check_derivation(long iterations, long length, int salt_length)
{
    if (length > INT_MAX / 2) {
        php_error_docref(NULL, E_WARNING, "Length is too big: %ld", length);
    } else if (iterations <= 0) {
        php_error_docref(NULL, E_WARNING, "Iterations must be a positive integer: %ld",
            iterations);
    } else if (length < 0) {
        php_error_docref(NULL, E_WARNING, "Length must be greater than or equal to 0: %ld",
            length);
    } else if (salt_length > INT_MAX - 4) {
        php_error_docref(NULL, E_WARNING,
            "Supplied salt is too long, max of INT_MAX - 4 bytes: %d supplied", salt_length);
    } else {
        return true;
    }
    return false;
}

PHP_FUNCTION(hash_pbkdf2)
{
    char *name, *password, *salt;
    int name_length, password_length, salt_length;
    long iterations, length = 0, bytes, blocks, i;
    zend_bool raw = 0;
    const php_hash_algorithm *algorithm;
    unsigned char block[PHP_HASH_MAX_BLOCK], *key;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sssl|lb", &name, &name_length, &password,
            &password_length, &salt, &salt_length, &iterations, &length, &raw) == FAILURE) {
        return;
    }
    algorithm = find_algorithm(name, name_length);
    if (!algorithm || !check_derivation(iterations, length, salt_length)
        || !php_hash_hmac_block(algorithm, password, password_length, block)) {
        RETURN_FALSE;
    }
    if (length == 0) {
        length = raw ? algorithm->digest_size : 2L * algorithm->digest_size;
    }
    bytes = raw ? length : (length + 1) / 2;
    blocks = (bytes + algorithm->digest_size - 1) / algorithm->digest_size;
    key = safe_emalloc((size_t) blocks, (size_t) algorithm->digest_size, 0);
    for (i = 0; i < blocks; i++) {
        if (!derive_block(algorithm, block, salt, salt_length, (uint32_t) i + 1, iterations,
                key + i * algorithm->digest_size)) {
            efree(key);
            RETURN_FALSE;
        }
    }
    php_hash_return(return_value, key, (int) bytes, raw);
    efree(key);
    if (!raw && Z_STRLEN_P(return_value) > length) {
        Z_STRVAL_P(return_value)[length] = '\0';
        Z_STRLEN_P(return_value) = (int) length;
    }
}

/* --- The module ---------------------------------------------------------------------------- */

static PHP_MINIT_FUNCTION(hash)
{
    php_hash_register_context(module_number);
    REGISTER_LONG_CONSTANT("HASH_HMAC", PHP_HASH_HMAC, CONST_CS | CONST_PERSISTENT);
    return SUCCESS;
}

static PHP_MSHUTDOWN_FUNCTION(hash)
{
    php_hash_algorithms_shutdown();
    return SUCCESS;
}

static const zend_function_entry hash_functions[] = {
    PHP_FE(hash, "$algo, $data, $raw_output = false", "Returns the digest of a text.")
    PHP_FE(hash_file, "$algo, $filename, $raw_output = false", "Returns the digest of a file.")
    PHP_FE(hash_hmac, "$algo, $data, $key, $raw_output = false", "Returns a text's keyed digest.")
    PHP_FE(hash_hmac_file, "$algo, $filename, $key, $raw_output = false",
        "Returns the keyed digest of a file.")
    PHP_FE(hash_init, "$algo, $options = 0, $key = null", "Begins a digest in steps.")
    PHP_FE(hash_update, "$context, $data", "Adds a text to a digest.")
    PHP_FE(hash_update_stream, "$context, $handle, $length = -1", "Adds a stream to a digest.")
    PHP_FE(hash_update_file, "$context, $filename, $stream_context = null",
        "Adds a file to a digest.")
    PHP_FE(hash_final, "$context, $raw_output = false", "Ends a digest and returns it.")
    PHP_FE(hash_copy, "$context", "Returns a copy of a digest on its way.")
    PHP_FE(hash_algos, "", "Returns the names of the algorithms.")
    PHP_FE(hash_pbkdf2, "$algo, $password, $salt, $iterations, $length = 0, $raw_output = false",
        "Derives a key from a password.")
    PHP_FE(hash_equals, "$known_string, $user_string",
        "Compares two strings in a time that tells nothing of where they differ.")
    PHP_FE_END
};

zend_module_entry hash_module_entry = {
    STANDARD_MODULE_HEADER,
    "hash",
    hash_functions,
    PHP_MINIT(hash),
    PHP_MSHUTDOWN(hash),
    NULL,
    NULL,
    NULL,
    "1.0",
    STANDARD_MODULE_PROPERTIES,
};
