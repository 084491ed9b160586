/* SPDX-License-Identifier: MIT */
/*
 * Serialized forms of containers: written and read value by value.
 */
#include "ext/spl/spl_serialize.h"

#include "ext/standard/php_var.h"

/* --- Writing ------------------------------------------------------------------------------- */

void spl_serialize_begin(spl_serializer *s)
{
    memset(&s->text, 0, sizeof(s->text));
    PHP_VAR_SERIALIZE_INIT(s->data);
}

void spl_serialize_value(spl_serializer *s, zval *value)
{
    php_var_serialize(&s->text, &value, s->data);
}

void spl_serialize_long(spl_serializer *s, long number)
{
    zval *value;

    MAKE_STD_ZVAL(value);
    ZVAL_LONG(value, number);
    spl_serialize_value(s, value);
    zval_ptr_dtor(&value);
}

void spl_serialize_members(spl_serializer *s, zval *object)
{
    zend_object *std = zend_object_store_get_object(object);
    zval *members;

    if (!std->properties) {
        rebuild_object_properties(std);
    }
    MAKE_STD_ZVAL(members);
    array_init(members);
    zend_hash_copy(Z_ARRVAL_P(members), std->properties, (copy_ctor_func_t) zval_add_ref, NULL,
        sizeof(zval *));
    smart_str_appendl(&s->text, "m:", 2);
    spl_serialize_value(s, members);
    zval_ptr_dtor(&members);
}

void spl_serialize_end(spl_serializer *s, zval *return_value)
{
    PHP_VAR_SERIALIZE_DESTROY(s->data);
    if (!s->text.c || EG(exception)) {
        smart_str_free(&s->text);
        RETURN_NULL();
    }
    smart_str_0(&s->text);
    RETURN_STRINGL(s->text.c, s->text.len, 0);
}

/* --- Reading ------------------------------------------------------------------------------- */

void spl_unserialize_begin(spl_unserializer *u, const char *text, int length)
{
    u->start = (const unsigned char *) text;
    u->p = u->start;
    u->end = u->start + length;
    PHP_VAR_UNSERIALIZE_INIT(u->data);
}

zval *spl_unserialize_value(spl_unserializer *u)
{
    zval *value;

    ALLOC_INIT_ZVAL(value);
    if (!php_var_unserialize(&value, &u->p, u->end, u->data)) {
        zval_ptr_dtor(&value);
        return NULL;
    }
    php_var_push_dtor(u->data, &value);
    zval_ptr_dtor(&value);
    return value;
}

bool spl_unserialize_long(spl_unserializer *u, long *number)
{
    zval *value = spl_unserialize_value(u);

    if (!value || Z_TYPE_P(value) != IS_LONG) {
        return false;
    }
    *number = Z_LVAL_P(value);
    return true;
}

bool spl_unserialize_expect(spl_unserializer *u, const char *text)
{
    for (; *text; text++) {
        if (u->p >= u->end || *u->p != (unsigned char) *text) {
            return false;
        }
        u->p++;
    }
    return true;
}

bool spl_unserialize_members(spl_unserializer *u, zend_object *object)
{
    zval *members;

    if (!spl_unserialize_expect(u, "m:")) {
        return false;
    }
    members = spl_unserialize_value(u);
    if (!members || Z_TYPE_P(members) != IS_ARRAY) {
        return false;
    }
    object_properties_load(object, Z_ARRVAL_P(members));
    return true;
}

void spl_unserialize_end(spl_unserializer *u, bool complete)
{
    long offset = (long) (u->p - u->start);

    PHP_VAR_UNSERIALIZE_DESTROY(u->data);
    if (!complete && !EG(exception)) {
        zend_throw_exception_ex(spl_ce_UnexpectedValueException, 0,
            "Error at offset %ld of %d bytes", offset, (int) (u->end - u->start));
    }
}
