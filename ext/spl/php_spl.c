/* SPDX-License-Identifier: MIT */
/*
 * The module spl: its table, and its functions about classes and objects.
 */
#include "ext/spl/php_spl.h"

#include <sys/random.h>

/* --- Hashes of objects --------------------------------------------------------------------- */

/* A handle alone would tell scripts the order of creation; both parts are masked. */
static struct {
    bool made;
    ulong handle;
    ulong handlers;
} hash_mask;

static void make_hash_mask(void)
{
    ulong masks[2];

    if (getrandom(masks, sizeof(masks), GRND_NONBLOCK) != (ssize_t) sizeof(masks)) {
        masks[0] = (ulong) (uintptr_t) &masks;
        masks[1] = ~masks[0];
    }
    hash_mask.handle = masks[0] >> 1;
    hash_mask.handlers = masks[1] >> 1;
    hash_mask.made = true;
}

void php_spl_object_hash(const zval *object, char *hash)
{
    if (!hash_mask.made) {
        make_hash_mask();
    }
    snprintf(hash, 33, "%016lx%016lx", hash_mask.handle ^ (ulong) Z_OBJ_HANDLE_P(object),
        hash_mask.handlers);
}

static PHP_FUNCTION(spl_object_hash)
{
    zval *object;
    char hash[33];

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "o", &object) == FAILURE) {
        return;
    }
    php_spl_object_hash(object, hash);
    RETURN_STRINGL(hash, 32, 1);
}

/* --- Parents, interfaces, traits ----------------------------------------------------------- */

static zend_class_entry *find_class(const char *name, int length, zend_bool autoload)
{
    zend_class_entry **found;

    if (zend_lookup_class_ex(name, length, NULL, autoload, &found) == FAILURE) {
        php_error_docref(NULL, E_WARNING, "Class %s does not exist%s", name,
            autoload ? " and could not be loaded" : "");
        return NULL;
    }
    return *found;
}

/* The class that an object is of or a string names; NULL after a warning. */
static zend_class_entry *parse_class_argument(int ht)
{
    zval *subject;
    zend_bool autoload = 1;

    if (zend_parse_parameters(ht, "z|b", &subject, &autoload) == FAILURE) {
        return NULL;
    }
    if (Z_TYPE_P(subject) == IS_OBJECT) {
        return Z_OBJCE_P(subject);
    }
    if (Z_TYPE_P(subject) != IS_STRING) {
        php_error_docref(NULL, E_WARNING, "object or string expected");
        return NULL;
    }
    return find_class(Z_STRVAL_P(subject), Z_STRLEN_P(subject), autoload);
}

static void add_class_name(zval *list, const zend_class_entry *ce)
{
    add_assoc_stringl_ex(list, ce->name, ce->name_length + 1, ce->name, ce->name_length, 1);
}

static PHP_FUNCTION(class_parents)
{
    zend_class_entry *ce = parse_class_argument(ht);

    if (!ce) {
        RETURN_FALSE;
    }
    array_init(return_value);
    for (ce = ce->parent; ce; ce = ce->parent) {
        add_class_name(return_value, ce);
    }
}

static PHP_FUNCTION(class_implements)
{
    zend_class_entry *ce = parse_class_argument(ht);
    zend_uint i;

    if (!ce) {
        RETURN_FALSE;
    }
    array_init(return_value);
    for (i = 0; i < ce->num_interfaces; i++) {
        add_class_name(return_value, ce->interfaces[i]);
    }
}

static PHP_FUNCTION(class_uses)
{
    zend_class_entry *ce = parse_class_argument(ht);
    zend_uint i;

    if (!ce) {
        RETURN_FALSE;
    }
    array_init(return_value);
    for (i = 0; i < ce->num_traits; i++) {
        add_class_name(return_value, ce->traits[i]);
    }
}

static PHP_FUNCTION(spl_classes)
{
    HashPosition pos;
    zend_class_entry **ce;

    array_init(return_value);
    zend_hash_internal_pointer_reset_ex(CG(class_table), &pos);
    while (zend_hash_get_current_data_ex(CG(class_table), (void **) &ce, &pos) == SUCCESS) {
        if ((*ce)->type == ZEND_INTERNAL_CLASS && (*ce)->info.internal.module
            && strcmp((*ce)->info.internal.module->name, "SPL") == 0) {
            add_class_name(return_value, *ce);
        }
        zend_hash_move_forward_ex(CG(class_table), &pos);
    }
}

/* --- The module ---------------------------------------------------------------------------- */

static const zend_function_entry spl_class_functions[] = {
    PHP_FE(spl_classes, "", "Returns the names of the classes of this module.")
    PHP_FE(class_parents, "$instance, $autoload = true", "Returns the parents of a class.")
    PHP_FE(class_implements, "$what, $autoload = true", "Returns the interfaces of a class.")
    PHP_FE(class_uses, "$what, $autoload = true", "Returns the traits that a class uses.")
    PHP_FE(spl_object_hash, "$obj", "Returns a text that is unique among living objects.")
    PHP_FE_END
};

static PHP_MINIT_FUNCTION(spl)
{
    if (zend_register_functions(NULL, spl_autoload_functions_table, NULL, type) == FAILURE
        || zend_register_functions(NULL, spl_iterator_functions_table, NULL, type) == FAILURE) {
        return FAILURE;
    }
    spl_register_exceptions();
    spl_register_recursive_iterators();
    spl_register_outer_iterators();
    spl_register_tree_iterator();
    spl_register_arrays();
    spl_register_lists();
    spl_register_heaps();
    spl_register_fixed_array();
    spl_register_object_storage();
    spl_register_multiple_iterator();
    return SUCCESS;
}

static PHP_RINIT_FUNCTION(spl)
{
    spl_autoload_request_start();
    return SUCCESS;
}

static PHP_RSHUTDOWN_FUNCTION(spl)
{
    spl_autoload_request_end();
    return SUCCESS;
}

zend_module_entry spl_module_entry = {
    STANDARD_MODULE_HEADER,
    "SPL",
    spl_class_functions,
    PHP_MINIT(spl),
    NULL,
    PHP_RINIT(spl),
    PHP_RSHUTDOWN(spl),
    NULL,
    "0.2",
    STANDARD_MODULE_PROPERTIES,
};
