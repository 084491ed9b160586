/* SPDX-License-Identifier: MIT */
/*
 * Classes as values of the engine: made empty, examined, destroyed; names of properties;
 * constants and defaults whose expressions are evaluated late.
 */
#ifndef ZEND_CLASS_H
#define ZEND_CLASS_H

#include "object/zend_class_entry.h"
#include "value/zend_operators.h"
#include "value/zend_variables.h"

/* --- Life --------------------------------------------------------------------------------- */

/* Sets all fields of a new class but its name. nullify_handlers: the magic methods and handlers
 * too; an internal class's entry may have some set already. ce->type decides where tables live:
 * a user class's on the request's heap, an internal one's in malloc'ed memory. */
void zend_initialize_class_data(zend_class_entry *ce, zend_bool nullify_handlers);
/* Drops one count; the last one frees everything and the entry itself (user classes: emalloc'ed).
 * The destructor of class tables. */
void destroy_zend_class(zend_class_entry **pce);
/* At the end of a request, before the classes go: releases the values held by static members
 * (also an internal class's) and by static variables of methods, whose destructors may run. */
void zend_cleanup_user_class_data(zend_class_entry *ce);
void zend_cleanup_internal_class_data(zend_class_entry *ce);
/* Apply functions over a class table that do it for each class of the kind. */
int zend_cleanup_class_data(zend_class_entry **pce);
int zend_cleanup_function_data(zend_function *function);

/* --- Questions ---------------------------------------------------------------------------- */

/* Is instance_ce the class ce or derived from it? interfaces_only: ask only its interfaces. */
zend_bool instanceof_function_ex(const zend_class_entry *instance_ce, const zend_class_entry *ce,
    zend_bool interfaces_only);
zend_bool instanceof_function_slow(const zend_class_entry *instance_ce,
    const zend_class_entry *ce);

static zend_always_inline zend_bool instanceof_function(const zend_class_entry *instance_ce,
    const zend_class_entry *ce)
{
    return instance_ce == ce || instanceof_function_slow(instance_ce, ce);
}

/* 0: the name is an emalloc'ed copy, the caller's; 1: it is the class's own. */
int zend_get_object_classname(const zval *object, const char **class_name,
    zend_uint *class_name_len);

/* "public", "protected" or "private". */
const char *zend_visibility_string(zend_uint fn_flags);

/* --- Names of properties ------------------------------------------------------------------ */

/* "\0src1\0src2" with its lengths; the result is allocated (internal: by malloc). */
void zend_mangle_property_name(char **dest, int *dest_length, const char *src1, int src1_length,
    const char *src2, int src2_length, int internal);
/* zend_unmangle_property_name_ex() splits one: see value/zend_operators.h. */

/* --- Late evaluation ---------------------------------------------------------------------- */

/* Evaluates the class's constants, static members and default properties, once; makes an
 * internal class's static members of this request. May throw, autoload, or raise fatal errors. */
void zend_update_class_constants(zend_class_entry *class_type);

static zend_always_inline bool zend_class_needs_update(const zend_class_entry *ce)
{
    return !ce->constants_updated
        || (ce->type == ZEND_INTERNAL_CLASS && ce->default_static_members_count
            && !ce->static_members_table);
}

/* --- Methods being added ------------------------------------------------------------------ */

/*
 * Enters a method into the class's magic slots (constructor, __get ...) if its name makes it
 * one. For user classes it raises what is raised when such a method's head is compiled:
 * "The magic method __get() must have public visibility ..." and "Redefining already defined
 * constructor". lc_name: the lower-case name, lc_len bytes.
 */
void zend_register_magic_method(zend_class_entry *ce, zend_function *method, const char *lc_name,
    zend_uint lc_len);
/* The same without any check, and without constructors. */
void zend_set_magic_method(zend_class_entry *ce, zend_function *method, const char *lc_name,
    zend_uint lc_len);
/* Checks a magic method's parameters; error_type E_COMPILE_ERROR, or E_CORE_ERROR for internal
 * classes. For when a method is complete. */
void zend_check_magic_method_implementation(const zend_class_entry *ce, const zend_function *method,
    int error_type);
/* The end of a class body: flags constructor, destructor and clone method, and refuses static
 * ones. error_type as above. */
void zend_finish_magic_methods(zend_class_entry *ce, int error_type);

#endif
