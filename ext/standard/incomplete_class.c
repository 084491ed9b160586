/* SPDX-License-Identifier: MIT */
/*
 * __PHP_Incomplete_Class: what unserialize() makes of an object whose class is not known.
 *
 * It keeps the properties, and the class's name as one more, so that serialize() writes the object
 * as it was. Every other use raises a notice, a method call a fatal error.
 */
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_var.h"

zend_class_entry *php_ce_incomplete_class;
static zend_object_handlers incomplete_handlers;

char *php_lookup_class_name(zval *object, zend_uint *length)
{
    zval **name;

    if (zend_hash_find(Z_OBJPROP_P(object), ZEND_STRS(MAGIC_MEMBER), (void **) &name) == FAILURE
        || Z_TYPE_PP(name) != IS_STRING) {
        return NULL;
    }
    *length = (zend_uint) Z_STRLEN_PP(name);
    return estrndup(Z_STRVAL_PP(name), *length);
}

void php_store_class_name(zval *object, const char *name, zend_uint length)
{
    zval *value;

    MAKE_STD_ZVAL(value);
    ZVAL_STRINGL(value, name, length, 1);
    zend_hash_update(Z_OBJPROP_P(object), MAGIC_MEMBER, sizeof(MAGIC_MEMBER), (void *) &value,
        sizeof(zval *), NULL);
}

static void complain(zval *object, int type)
{
    zend_uint length;
    char *name = php_lookup_class_name(object, &length);

    php_error_docref(NULL, type, "The script tried to execute a method or access a property of "
        "an incomplete object. Please ensure that the class definition \"%s\" of the object you "
        "are trying to operate on was loaded _before_ unserialize() gets called or provide a "
        "__autoload() function to load the class definition ", name ? name : "unknown");
    if (name != NULL) {
        efree(name);
    }
}

static zval *read_property(zval *object, zval *member, int type, const zend_literal *key)
{
    complain(object, E_NOTICE);
    return type == BP_VAR_W || type == BP_VAR_RW ? EG(error_zval_ptr)
                                                 : EG(uninitialized_zval_ptr);
}

static void write_property(zval *object, zval *member, zval *value, const zend_literal *key)
{
    complain(object, E_NOTICE);
}

static zval **get_property_ptr_ptr(zval *object, zval *member, int type, const zend_literal *key)
{
    complain(object, E_NOTICE);
    return &EG(error_zval_ptr);
}

static int has_property(zval *object, zval *member, int check_empty, const zend_literal *key)
{
    complain(object, E_NOTICE);
    return 0;
}

static void unset_property(zval *object, zval *member, const zend_literal *key)
{
    complain(object, E_NOTICE);
}

static zend_function *get_method(zval **object, char *method, int length,
    const zend_literal *key)
{
    complain(*object, E_ERROR);
    return NULL;
}

static zend_object_value create(zend_class_entry *ce)
{
    zend_object *object;
    zend_object_value value = zend_objects_new(&object, ce);

    value.handlers = &incomplete_handlers;
    object_properties_init(object, ce);
    return value;
}

static PHP_MINIT_FUNCTION(incomplete_class)
{
    zend_class_entry template;

    INIT_CLASS_ENTRY(template, INCOMPLETE_CLASS, NULL);
    template.create_object = create;
    php_ce_incomplete_class = zend_register_internal_class(&template);
    incomplete_handlers = std_object_handlers;
    incomplete_handlers.read_property = read_property;
    incomplete_handlers.write_property = write_property;
    incomplete_handlers.get_property_ptr_ptr = get_property_ptr_ptr;
    incomplete_handlers.has_property = has_property;
    incomplete_handlers.unset_property = unset_property;
    incomplete_handlers.get_method = get_method;
    return SUCCESS;
}

const php_standard_part standard_incomplete_class_part = {
    NULL, PHP_MINIT(incomplete_class), NULL, NULL, NULL, NULL,
};
