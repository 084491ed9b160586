/* SPDX-License-Identifier: MIT */
/* Digests in steps: hash_init(), hash_update() and so on, on a resource "Hash Context". */
#include "ext/hash/php_hash.h"

int php_hash_le_context;

typedef struct _hash_context {
    php_hash_state state;
    bool is_hmac;
    bool is_finished; /* the state has ended */
    unsigned char block[PHP_HASH_MAX_BLOCK]; /* the HMAC's key */
} hash_context;

static void free_context(zend_rsrc_list_entry *entry)
{
    hash_context *context = entry->ptr;

    if (!context->is_finished) {
        php_hash_end(&context->state, NULL);
    }
    memset(context->block, 0, sizeof(context->block));
    efree(context);
}

void php_hash_register_context(int module_number)
{
    php_hash_le_context = zend_register_list_destructors_ex(free_context, NULL, "Hash Context",
        module_number);
}

PHP_FUNCTION(hash_init)
{
    char *name, *key = NULL;
    int name_length, key_length = 0;
    long options = 0;
    const php_hash_algorithm *algorithm;
    hash_context *context;
    bool begun;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|ls", &name, &name_length, &options, &key,
            &key_length) == FAILURE) {
        return;
    }
    algorithm = php_hash_find(name, name_length);
    if (!algorithm) {
        php_error_docref(NULL, E_WARNING, "Unknown hashing algorithm: %s", name);
        RETURN_FALSE;
    }
    if ((options & PHP_HASH_HMAC) && key_length <= 0) {
        php_error_docref(NULL, E_WARNING, "HMAC requested without a key");
        RETURN_FALSE;
    }
    context = ecalloc(1, sizeof(hash_context));
    context->is_hmac = options & PHP_HASH_HMAC;
    if (context->is_hmac) {
        begun = php_hash_hmac_block(algorithm, key, key_length, context->block)
            && php_hash_begin_padded(&context->state, algorithm, context->block, 0x36);
    } else {
        begun = php_hash_begin(&context->state, algorithm);
    }
    if (!begun) {
        efree(context);
        RETURN_FALSE;
    }
    ZEND_REGISTER_RESOURCE(return_value, context, php_hash_le_context);
}

PHP_FUNCTION(hash_update)
{
    zval *resource;
    hash_context *context;
    char *text;
    int length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "rs", &resource, &text, &length) == FAILURE) {
        return;
    }
    ZEND_FETCH_RESOURCE(context, hash_context *, &resource, -1, "Hash Context",
        php_hash_le_context);
    php_hash_add(&context->state, text, (size_t) length);
    RETURN_TRUE;
}

/* Adds at most limit bytes of a stream (-1: all); returns how many. */
static long add_stream(hash_context *context, php_stream *stream, long limit)
{
    char buffer[4096];
    long added = 0;

    while (limit != 0) {
        bool is_rest = limit > 0 && limit < (long) sizeof(buffer);
        size_t read = php_stream_read(stream, buffer, is_rest ? (size_t) limit : sizeof(buffer));

        if (read == 0) {
            break;
        }
        php_hash_add(&context->state, buffer, read);
        added += (long) read;
        if (limit > 0) {
            limit -= (long) read;
        }
    }
    return added;
}

PHP_FUNCTION(hash_update_stream)
{
    zval *resource, *handle;
    hash_context *context;
    php_stream *stream;
    long length = -1;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "rr|l", &resource, &handle, &length) == FAILURE) {
        return;
    }
    ZEND_FETCH_RESOURCE(context, hash_context *, &resource, -1, "Hash Context",
        php_hash_le_context);
    php_stream_from_zval(stream, &handle);
    RETURN_LONG(add_stream(context, stream, length));
}

PHP_FUNCTION(hash_update_file)
{
    zval *resource, *stream_context = NULL;
    hash_context *context;
    char *filename;
    int filename_length;
    php_stream *stream;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "rs|r", &resource, &filename, &filename_length,
            &stream_context) == FAILURE) {
        return;
    }
    ZEND_FETCH_RESOURCE(context, hash_context *, &resource, -1, "Hash Context",
        php_hash_le_context);
    stream = php_stream_open_wrapper_ex(filename, "rb", REPORT_ERRORS, NULL,
        php_stream_context_from_zval(stream_context, 0));
    if (!stream) {
        RETURN_FALSE;
    }
    add_stream(context, stream, -1);
    php_stream_close(stream);
    RETURN_TRUE;
}

PHP_FUNCTION(hash_final)
{
    zval *resource;
    hash_context *context;
    zend_bool raw = 0;
    unsigned char digest[PHP_HASH_MAX_DIGEST];
    int digest_size;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "r|b", &resource, &raw) == FAILURE) {
        return;
    }
    ZEND_FETCH_RESOURCE(context, hash_context *, &resource, -1, "Hash Context",
        php_hash_le_context);
    digest_size = context->state.algorithm->digest_size;
    context->is_finished = true;
    if (context->is_hmac) {
        php_hash_end_hmac(&context->state, context->block, digest);
    } else {
        php_hash_end(&context->state, digest);
    }
    zend_list_delete((int) Z_RESVAL_P(resource));
    php_hash_return(return_value, digest, digest_size, raw);
}

PHP_FUNCTION(hash_copy)
{
    zval *resource;
    hash_context *context, *copy;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "r", &resource) == FAILURE) {
        return;
    }
    ZEND_FETCH_RESOURCE(context, hash_context *, &resource, -1, "Hash Context",
        php_hash_le_context);
    copy = emalloc(sizeof(hash_context));
    *copy = *context;
    if (!php_hash_copy(&copy->state, &context->state)) {
        efree(copy);
        RETURN_FALSE;
    }
    ZEND_REGISTER_RESOURCE(return_value, copy, php_hash_le_context);
}
