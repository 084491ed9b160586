/* SPDX-License-Identifier: MIT */
/*
 * md5(), sha1() and crc32().
 *
 * The digests are OpenSSL's, the checksum is zlib's; without the library the functions are not
 * there. An algorithm is fetched once, and one context serves all calls.
 */
#include "config.h"

#ifdef HAVE_LIBCRYPTO
#include <openssl/evp.h>
#endif
#ifdef HAVE_ZLIB
#include <zlib.h>
#endif

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

#ifdef HAVE_LIBCRYPTO
static struct {
    EVP_MD *md5, *sha1;
    EVP_MD_CTX *context;
} digests;

static void return_digest(zval *return_value, zend_bool raw)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int len;
    size_t hex_len;
    char *hex;

    EVP_DigestFinal_ex(digests.context, digest, &len);
    if (raw) {
        RETURN_STRINGL((char *) digest, len, 1);
    }
    hex = php_bin2hex(digest, len, &hex_len);
    RETURN_STRINGL(hex, hex_len, 0);
}

static void digest_string(INTERNAL_FUNCTION_PARAMETERS, EVP_MD *algorithm)
{
    char *str;
    int len;
    zend_bool raw = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|b", &str, &len, &raw) == FAILURE) {
        return;
    }
    EVP_DigestInit_ex(digests.context, algorithm, NULL);
    EVP_DigestUpdate(digests.context, str, (size_t) len);
    return_digest(return_value, raw);
}

static void digest_file(INTERNAL_FUNCTION_PARAMETERS, EVP_MD *algorithm)
{
    char *path, buffer[8192];
    int path_len;
    zend_bool raw = 0;
    php_stream *stream;
    size_t n;
    EVP_MD_CTX *context;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "p|b", &path, &path_len, &raw) == FAILURE) {
        return;
    }
    stream = php_stream_open_wrapper(path, "rb", REPORT_ERRORS, NULL);
    if (!stream) {
        RETURN_FALSE;
    }
    /* Reading may run a script's code, which may want a digest itself. */
    context = EVP_MD_CTX_new();
    EVP_DigestInit_ex(context, algorithm, NULL);
    while ((n = php_stream_read(stream, buffer, sizeof(buffer))) > 0) {
        EVP_DigestUpdate(context, buffer, n);
    }
    php_stream_close(stream);
    EVP_MD_CTX_copy_ex(digests.context, context);
    EVP_MD_CTX_free(context);
    return_digest(return_value, raw);
}

PHP_FUNCTION(md5)
{
    digest_string(INTERNAL_FUNCTION_PARAM_PASSTHRU, digests.md5);
}

PHP_FUNCTION(md5_file)
{
    digest_file(INTERNAL_FUNCTION_PARAM_PASSTHRU, digests.md5);
}

PHP_FUNCTION(sha1)
{
    digest_string(INTERNAL_FUNCTION_PARAM_PASSTHRU, digests.sha1);
}

PHP_FUNCTION(sha1_file)
{
    digest_file(INTERNAL_FUNCTION_PARAM_PASSTHRU, digests.sha1);
}
#endif

#ifdef HAVE_ZLIB
PHP_FUNCTION(crc32)
{
    char *str;
    int len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &str, &len) == FAILURE) {
        return;
    }
    RETURN_LONG((long) crc32(0, (const Bytef *) str, (uInt) len));
}
#endif

static PHP_MINIT_FUNCTION(digests)
{
#ifdef HAVE_LIBCRYPTO
    digests.md5 = EVP_MD_fetch(NULL, "MD5", NULL);
    digests.sha1 = EVP_MD_fetch(NULL, "SHA1", NULL);
    digests.context = EVP_MD_CTX_new();
    if (!digests.md5 || !digests.sha1 || !digests.context) {
        zend_error(E_CORE_WARNING, "OpenSSL offers no MD5 or SHA1");
        return FAILURE;
    }
#endif
    return SUCCESS;
}

static PHP_MSHUTDOWN_FUNCTION(digests)
{
#ifdef HAVE_LIBCRYPTO
    EVP_MD_CTX_free(digests.context);
    EVP_MD_free(digests.md5);
    EVP_MD_free(digests.sha1);
#endif
    return SUCCESS;
}

static const zend_function_entry digests_functions[] = {
#ifdef HAVE_LIBCRYPTO
    PHP_FE(md5, "$str, [$raw_output]", "Returns the MD5 digest.")
    PHP_FE(md5_file, "$filename, [$raw_output]", "Returns the MD5 digest of a file.")
    PHP_FE(sha1, "$str, [$raw_output]", "Returns the SHA-1 digest.")
    PHP_FE(sha1_file, "$filename, [$raw_output]", "Returns the SHA-1 digest of a file.")
#endif
#ifdef HAVE_ZLIB
    PHP_FE(crc32, "$str", "Returns the CRC-32 checksum.")
#endif
    PHP_FE_END
};

const php_standard_part standard_digests_part = {
    .functions = digests_functions,
    .module_startup = PHP_MINIT(digests),
    .module_shutdown = PHP_MSHUTDOWN(digests),
};
