/* SPDX-License-Identifier: MIT */
/* Core functions about classes and objects: names, kinship, members, existence. */
#include "object/zend_std_handlers_fast.h"
#include "runtime/zend_API.h"
#include "vm/zend_builtin_functions.h"
#include "vm/zend_closures.h"
#include "vm/zend_execute.h"

/* --- Names ----------------------------------------------------------------------------------- */

static void zend_return_class_name(zval *return_value, const zend_class_entry *ce)
{
    ZVAL_STRINGL(return_value, ce->name, ce->name_length, 1);
}

PHP_FUNCTION(get_class)
{
    zval *object = NULL;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|o!", &object) == FAILURE) {
        RETURN_FALSE;
    }
    if (object != NULL) {
        zend_return_class_name(return_value, Z_OBJCE_P(object));
    } else if (zend_active_scope() != NULL) {
        zend_return_class_name(return_value, zend_active_scope());
    } else {
        zend_error(E_WARNING, "get_class() called without object from outside a class");
        RETURN_FALSE;
    }
}

PHP_FUNCTION(get_called_class)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    if (zend_active_called_scope() != NULL) {
        zend_return_class_name(return_value, zend_active_called_scope());
        return;
    }
    if (zend_active_scope() == NULL) {
        zend_error(E_WARNING, "get_called_class() called from outside a class");
    }
    RETURN_FALSE;
}

/* The class of an object, or the one that a string names; NULL for neither. */
static zend_class_entry *zend_class_of_argument(zval *argument)
{
    zend_class_entry **found;

    if (Z_TYPE_P(argument) == IS_OBJECT) {
        return Z_OBJCE_P(argument);
    }
    if (Z_TYPE_P(argument) == IS_STRING
        && zend_lookup_class(Z_STRVAL_P(argument), Z_STRLEN_P(argument), &found) == SUCCESS) {
        return *found;
    }
    return NULL;
}

PHP_FUNCTION(get_parent_class)
{
    zval *argument;
    const zend_class_entry *ce;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|z", &argument) == FAILURE) {
        return;
    }
    ce = ZEND_NUM_ARGS() == 0 ? zend_active_scope() : zend_class_of_argument(argument);
    if (ce == NULL || ce->parent == NULL) {
        RETURN_FALSE;
    }
    zend_return_class_name(return_value, ce->parent);
}

/* --- Kinship --------------------------------------------------------------------------------- */

static void zend_answer_kinship(INTERNAL_FUNCTION_PARAMETERS, bool only_subclass)
{
    zval *object;
    char *class_name;
    int class_name_length;
    zend_bool allow_string = only_subclass;
    zend_class_entry *ce;
    zend_class_entry **other;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "zs|b", &object, &class_name, &class_name_length,
            &allow_string) == FAILURE) {
        return;
    }
    ce = Z_TYPE_P(object) == IS_OBJECT || allow_string ? zend_class_of_argument(object) : NULL;
    if (ce == NULL
        || zend_lookup_class_ex(class_name, class_name_length, NULL, 0, &other) == FAILURE) {
        RETURN_FALSE;
    }
    RETURN_BOOL(!(only_subclass && ce == *other) && instanceof_function(ce, *other));
}

PHP_FUNCTION(is_subclass_of)
{
    zend_answer_kinship(INTERNAL_FUNCTION_PARAM_PASSTHRU, true);
}

PHP_FUNCTION(is_a)
{
    zend_answer_kinship(INTERNAL_FUNCTION_PARAM_PASSTHRU, false);
}

/* --- Properties ------------------------------------------------------------------------------ */

static bool zend_sees_property(const zend_class_entry *ce, const zend_property_info *info)
{
    const zend_class_entry *scope = zend_active_scope();

    if ((info->flags & ZEND_ACC_SHADOW) && info->ce != scope) {
        return false;
    }
    if ((info->flags & ZEND_ACC_PROTECTED) && !zend_check_protected(info->ce, scope)) {
        return false;
    }
    return !(info->flags & ZEND_ACC_PRIVATE) || ce == scope || info->ce == scope;
}

/* The default of a property, or a static member's value; NULL when it has none in its table. */
static zval *zend_default_of_property(zend_class_entry *ce, const zend_property_info *info)
{
    zval **table = ce->default_properties_table;

    if (info->flags & ZEND_ACC_STATIC) {
        table = ce->type == ZEND_USER_CLASS && CE_STATIC_MEMBERS(ce) != NULL
            ? CE_STATIC_MEMBERS(ce) : ce->default_static_members_table;
    }
    return info->offset >= 0 && table != NULL ? table[info->offset] : NULL;
}

static void zend_add_class_vars(zval *result, zend_class_entry *ce, bool statics)
{
    HashPosition position;
    zend_property_info *info;

    zend_hash_internal_pointer_reset_ex(&ce->properties_info, &position);
    while (zend_hash_get_current_data_ex(&ce->properties_info, (void **) &info, &position)
        == SUCCESS) {
        zval *value = zend_default_of_property(ce, info);
        char *key;
        uint key_length;
        ulong index;
        zend_hash_get_current_key_ex(&ce->properties_info, &key, &key_length, &index, 0,
            &position);
        zend_hash_move_forward_ex(&ce->properties_info, &position);
        if (!(info->flags & ZEND_ACC_STATIC) == !statics && value != NULL
            && zend_sees_property(ce, info)) {
            zval *copy;
            ALLOC_ZVAL(copy);
            INIT_PZVAL_COPY(copy, value);
            zval_copy_ctor(copy);
            zend_hash_update(Z_ARRVAL_P(result), key, key_length, &copy, sizeof(zval *), NULL);
        }
    }
}

PHP_FUNCTION(get_class_vars)
{
    char *class_name;
    int class_name_length;
    zend_class_entry **ce;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &class_name, &class_name_length)
        == FAILURE) {
        return;
    }
    if (zend_lookup_class(class_name, class_name_length, &ce) == FAILURE) {
        RETURN_FALSE;
    }
    array_init(return_value);
    zend_update_class_constants(*ce);
    zend_add_class_vars(return_value, *ce, false);
    zend_add_class_vars(return_value, *ce, true);
}

/* Adds a property under its bare name, if the running code may see it. */
static void zend_add_object_var(zval *result, zend_object *object, const char *key,
    uint key_length, zval *value)
{
    const char *class_name;
    const char *property_name;
    int property_length;

    if (zend_check_property_access(object, key, (int) key_length - 1) == FAILURE) {
        return;
    }
    zend_unmangle_property_name_ex(key, (int) key_length - 1, &class_name, &property_name,
        &property_length);
    Z_ADDREF_P(value);
    if (IS_INTERNED(key) && property_name != key) {
        /* The inside of an interned string must not be taken for one. */
        char *copy = estrndup(property_name, property_length);
        add_assoc_zval_ex(result, copy, property_length + 1, value);
        efree(copy);
    } else {
        add_assoc_zval_ex(result, property_name, property_length + 1, value);
    }
}

PHP_FUNCTION(get_object_vars)
{
    zval *object;
    HashTable *properties;
    HashPosition position;
    zval **value;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "o", &object) == FAILURE) {
        return;
    }
    properties = Z_OBJ_HT_P(object)->get_properties != NULL
        ? Z_OBJ_HT_P(object)->get_properties(object) : NULL;
    if (properties == NULL) {
        RETURN_FALSE;
    }
    array_init(return_value);
    zend_hash_internal_pointer_reset_ex(properties, &position);
    while (zend_hash_get_current_data_ex(properties, (void **) &value, &position) == SUCCESS) {
        char *key;
        uint key_length;
        ulong index;
        if (zend_hash_get_current_key_ex(properties, &key, &key_length, &index, 0, &position)
            == HASH_KEY_IS_STRING) {
            zend_add_object_var(return_value, zend_objects_get_address(object), key, key_length,
                *value);
        }
        zend_hash_move_forward_ex(properties, &position);
    }
}

PHP_FUNCTION(property_exists)
{
    zval *object;
    char *name;
    int name_length;
    const zend_class_entry *ce;
    zend_property_info *info;
    zval *member;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "zs", &object, &name, &name_length) == FAILURE) {
        return;
    }
    if (Z_TYPE_P(object) != IS_OBJECT && Z_TYPE_P(object) != IS_STRING) {
        zend_error(E_WARNING,
            "First parameter must either be an object or the name of an existing class");
        RETURN_NULL();
    }
    ce = zend_class_of_argument(object);
    if (ce == NULL) {
        RETURN_FALSE;
    }
    if (zend_hash_find(&ce->properties_info, name, name_length + 1, (void **) &info) == SUCCESS
        && !(info->flags & ZEND_ACC_SHADOW)) {
        RETURN_TRUE;
    }
    RETVAL_FALSE;
    if (Z_TYPE_P(object) == IS_OBJECT && Z_OBJ_HANDLER_P(object, has_property) != NULL) {
        MAKE_STD_ZVAL(member);
        ZVAL_STRINGL(member, name, name_length, 1);
        RETVAL_BOOL(Z_OBJ_HANDLER_P(object, has_property)(object, member, 2, NULL));
        zval_ptr_dtor(&member);
    }
}

/* --- Methods --------------------------------------------------------------------------------- */

const char *zend_find_alias_name(const zend_class_entry *ce, const char *key, uint key_length,
    const char *function_name)
{
    zend_trait_alias **alias;

    if (strlen(function_name) == key_length
        && zend_binary_strcasecmp(key, key_length, function_name, key_length) == 0) {
        return function_name;
    }
    for (alias = ce->trait_aliases; alias != NULL && *alias != NULL; alias++) {
        if ((*alias)->alias_len == key_length
            && zend_binary_strcasecmp(key, key_length, (*alias)->alias, key_length) == 0) {
            return (*alias)->alias;
        }
    }
    return key;
}

static bool zend_sees_method(const zend_function *method)
{
    const zend_class_entry *scope = zend_active_scope();

    if (method->common.fn_flags & ZEND_ACC_PUBLIC) {
        return true;
    }
    if (scope == NULL) {
        return false;
    }
    return method->common.fn_flags & ZEND_ACC_PROTECTED
        ? zend_check_protected(method->common.scope, scope) : scope == method->common.scope;
}

static void zend_add_method_name(zval *list, const zend_class_entry *ce,
    const zend_function *method, const char *key, uint key_length)
{
    const char *name = method->common.function_name;
    bool same_name = strlen(name) == key_length
        && zend_binary_strcasecmp(key, key_length, name, key_length) == 0;

    /* A constructor inherited under another class's name is not shown. */
    if ((method->common.fn_flags & ZEND_ACC_CTOR) && method->common.scope != ce && !same_name) {
        return;
    }
    if (!same_name && method->type == ZEND_USER_FUNCTION) {
        name = zend_find_alias_name(method->common.scope, key, key_length, name);
    }
    add_next_index_string(list, name, 1);
}

PHP_FUNCTION(get_class_methods)
{
    zval *argument;
    zend_class_entry *ce;
    HashPosition position;
    zend_function *method;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &argument) == FAILURE) {
        return;
    }
    ce = zend_class_of_argument(argument);
    if (ce == NULL) {
        RETURN_NULL();
    }
    array_init(return_value);
    zend_hash_internal_pointer_reset_ex(&ce->function_table, &position);
    while (zend_hash_get_current_data_ex(&ce->function_table, (void **) &method, &position)
        == SUCCESS) {
        char *key;
        uint key_length;
        ulong index;
        zend_hash_get_current_key_ex(&ce->function_table, &key, &key_length, &index, 0,
            &position);
        if (zend_sees_method(method)) {
            zend_add_method_name(return_value, ce, method, key, key_length - 1);
        }
        zend_hash_move_forward_ex(&ce->function_table, &position);
    }
}

/* A method that the object makes up, other than by __call. */
static bool zend_object_has_own_method(zval *object, char *name, int length, const char *lower)
{
    zend_function *function;
    bool result = true;

    if (Z_OBJ_HT_P(object)->get_method == NULL) {
        return false;
    }
    function = Z_OBJ_HT_P(object)->get_method(&object, name, length, NULL);
    if (function == NULL) {
        return false;
    }
    if (function->type == ZEND_INTERNAL_FUNCTION
        && (function->common.fn_flags & ZEND_ACC_CALL_VIA_HANDLER)) {
        result = function->common.scope == zend_ce_closure && length == (int) strlen("__invoke")
            && memcmp(lower, "__invoke", length) == 0;
        zend_free_call_trampoline(function);
    }
    return result;
}

PHP_FUNCTION(method_exists)
{
    zval *object;
    char *name;
    int name_length;
    const zend_class_entry *ce;
    char *lower;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "zs", &object, &name, &name_length) == FAILURE) {
        return;
    }
    ce = zend_class_of_argument(object);
    if (ce == NULL) {
        RETURN_FALSE;
    }
    lower = zend_str_tolower_dup(name, name_length);
    RETVAL_BOOL(zend_hash_exists(&ce->function_table, lower, name_length + 1)
        || (Z_TYPE_P(object) == IS_OBJECT
            && zend_object_has_own_method(object, name, name_length, lower)));
    efree(lower);
}

/* --- Existence ------------------------------------------------------------------------------- */

/* What sets a trait apart: ZEND_ACC_TRAIT shares a bit with abstract classes. */
#define ZEND_TRAIT_BIT (ZEND_ACC_TRAIT & ~ZEND_ACC_EXPLICIT_ABSTRACT_CLASS)

/* Is there a class whose flags under mask are `wanted`? */
static void zend_answer_existence(INTERNAL_FUNCTION_PARAMETERS, zend_uint mask, zend_uint wanted)
{
    char *name;
    int name_length;
    zend_bool autoload = 1;
    zend_class_entry **ce;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|b", &name, &name_length, &autoload)
        == FAILURE) {
        return;
    }
    RETURN_BOOL(zend_lookup_class_ex(name, name_length, NULL, autoload, &ce) == SUCCESS
        && ((*ce)->ce_flags & mask) == wanted);
}

PHP_FUNCTION(class_exists)
{
    zend_answer_existence(INTERNAL_FUNCTION_PARAM_PASSTHRU, ZEND_ACC_INTERFACE | ZEND_TRAIT_BIT,
        0);
}

PHP_FUNCTION(interface_exists)
{
    zend_answer_existence(INTERNAL_FUNCTION_PARAM_PASSTHRU, ZEND_ACC_INTERFACE,
        ZEND_ACC_INTERFACE);
}

PHP_FUNCTION(trait_exists)
{
    zend_answer_existence(INTERNAL_FUNCTION_PARAM_PASSTHRU, ZEND_TRAIT_BIT, ZEND_TRAIT_BIT);
}

PHP_FUNCTION(class_alias)
{
    char *class_name;
    char *alias_name;
    int class_name_length;
    int alias_name_length;
    zend_bool autoload = 1;
    zend_class_entry **ce;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss|b", &class_name, &class_name_length,
            &alias_name, &alias_name_length, &autoload) == FAILURE) {
        return;
    }
    if (zend_lookup_class_ex(class_name, class_name_length, NULL, autoload, &ce) == FAILURE) {
        zend_error(E_WARNING, "Class '%s' not found", class_name);
        RETURN_FALSE;
    }
    if ((*ce)->type != ZEND_USER_CLASS) {
        zend_error(E_WARNING,
            "First argument of class_alias() must be a name of user defined class");
        RETURN_FALSE;
    }
    if (zend_register_class_alias_ex(alias_name, alias_name_length, *ce) == FAILURE) {
        zend_error(E_WARNING, "Cannot redeclare class %s", alias_name);
        RETURN_FALSE;
    }
    RETURN_TRUE;
}

static int zend_add_class_name(void *element, int num_args, va_list args, zend_hash_key *key)
{
    const zend_class_entry *ce = *(zend_class_entry **) element;
    zval *list = va_arg(args, zval *);
    zend_uint mask = va_arg(args, zend_uint);
    zend_uint wanted = va_arg(args, zend_uint);

    (void) num_args;
    if (key->nKeyLength == 0 || key->arKey[0] == '\0' || (ce->ce_flags & mask) != wanted) {
        return ZEND_HASH_APPLY_KEEP;
    }
    if (ce->refcount > 1
        && zend_binary_strcasecmp(key->arKey, key->nKeyLength - 1, ce->name, ce->name_length)
            != 0) {
        /* An alias. */
        add_next_index_stringl(list, key->arKey, key->nKeyLength - 1, 1);
    } else {
        add_next_index_stringl(list, ce->name, ce->name_length, 1);
    }
    return ZEND_HASH_APPLY_KEEP;
}

static void zend_list_classes(INTERNAL_FUNCTION_PARAMETERS, zend_uint mask, zend_uint wanted)
{
    if (zend_parse_parameters_none() == FAILURE) {
        return;
    }
    array_init(return_value);
    zend_hash_apply_with_arguments(EG(class_table), zend_add_class_name, 3, return_value, mask,
        wanted);
}

PHP_FUNCTION(get_declared_classes)
{
    zend_list_classes(INTERNAL_FUNCTION_PARAM_PASSTHRU, ZEND_ACC_INTERFACE | ZEND_TRAIT_BIT, 0);
}

PHP_FUNCTION(get_declared_interfaces)
{
    zend_list_classes(INTERNAL_FUNCTION_PARAM_PASSTHRU, ZEND_ACC_INTERFACE, ZEND_ACC_INTERFACE);
}

PHP_FUNCTION(get_declared_traits)
{
    zend_list_classes(INTERNAL_FUNCTION_PARAM_PASSTHRU, ZEND_TRAIT_BIT, ZEND_TRAIT_BIT);
}
