/* SPDX-License-Identifier: MIT */
/* Contexts: options for opening streams, by wrapper and name; a resource of their own. */
#include "main/php.h"
#include "main/streams/php_streams_internal.h"

static int le_stream_context;
static php_stream_context *default_context; /* of the request; NULL until it is asked for */

int php_le_stream_context(void)
{
    return le_stream_context;
}

static void context_resource_dtor(zend_rsrc_list_entry *rsrc)
{
    if (rsrc->ptr == default_context) {
        default_context = NULL;
    }
    php_stream_context_free(rsrc->ptr);
}

void php_stream_register_context_type(int module_number)
{
    le_stream_context = zend_register_list_destructors_ex(context_resource_dtor, NULL,
        "stream-context", module_number);
}

php_stream_context *php_stream_context_alloc(void)
{
    php_stream_context *context = ecalloc(1, sizeof(*context));

    MAKE_STD_ZVAL(context->options);
    array_init(context->options);
    context->rsrc_id = ZEND_REGISTER_RESOURCE(NULL, context, le_stream_context);
    return context;
}

void php_stream_context_free(php_stream_context *context)
{
    if (context->options) {
        zval_ptr_dtor(&context->options);
    }
    if (context->notifier) {
        zval_ptr_dtor(&context->notifier);
    }
    efree(context);
}

int php_stream_context_get_option(php_stream_context *context, const char *wrappername,
    const char *optionname, zval ***optionvalue)
{
    zval **wrapper;

    if (zend_hash_find(Z_ARRVAL_P(context->options), wrappername, (uint) strlen(wrappername) + 1,
            (void **) &wrapper) == FAILURE
        || Z_TYPE_PP(wrapper) != IS_ARRAY) {
        return FAILURE;
    }
    return zend_hash_find(Z_ARRVAL_PP(wrapper), optionname, (uint) strlen(optionname) + 1,
        (void **) optionvalue);
}

int php_stream_context_set_option(php_stream_context *context, const char *wrappername,
    const char *optionname, zval *optionvalue)
{
    zval **wrapper, *fresh, *copy;

    SEPARATE_ZVAL(&context->options);
    if (zend_hash_find(Z_ARRVAL_P(context->options), wrappername, (uint) strlen(wrappername) + 1,
            (void **) &wrapper) == FAILURE) {
        MAKE_STD_ZVAL(fresh);
        array_init(fresh);
        zend_hash_update(Z_ARRVAL_P(context->options), wrappername,
            (uint) strlen(wrappername) + 1, &fresh, sizeof(zval *), (void **) &wrapper);
    }
    SEPARATE_ZVAL(wrapper);
    ALLOC_INIT_ZVAL(copy);
    ZVAL_ZVAL(copy, optionvalue, 1, 0);
    return zend_hash_update(Z_ARRVAL_PP(wrapper), optionname, (uint) strlen(optionname) + 1, &copy,
        sizeof(zval *), NULL);
}

php_stream_context *php_stream_default_context(void)
{
    if (!default_context) {
        default_context = php_stream_context_alloc();
    }
    return default_context;
}

php_stream_context *php_stream_context_from_zval(zval *zcontext, int nocontext)
{
    if (zcontext) {
        return zend_fetch_resource(&zcontext, -1, "Stream-Context", NULL, 1, le_stream_context);
    }
    return nocontext ? NULL : php_stream_default_context();
}

void php_stream_forget_default_context(void)
{
    default_context = NULL;
}
