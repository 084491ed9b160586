/* SPDX-License-Identifier: MIT */
/*
 * Linking a class: parent, interfaces, traits, and the check that nothing abstract is left.
 *
 * All errors are fatal (E_COMPILE_ERROR), but for the E_STRICT about incompatible signatures
 * of methods that are not abstract. A class is linked once, in this order:
 *
 *      zend_do_inheritance()            members, constants and interfaces of the parent
 *      zend_do_implement_interface()    for each interface that is named
 *      zend_do_bind_traits()            methods, then properties of the traits
 *      zend_verify_abstract_class()     unless the class is declared abstract
 */
#ifndef ZEND_INHERITANCE_H
#define ZEND_INHERITANCE_H

#include "object/zend_class_entry.h"

void zend_do_inheritance(zend_class_entry *ce, zend_class_entry *parent_ce);
/* ce implements iface, as its next interface (fatal error if it does already, by itself), with
 * all that iface extends. Also for an interface that extends another. */
void zend_do_implement_interface(zend_class_entry *ce, zend_class_entry *iface);
/* The same for the registration of internal classes. */
void zend_do_implement_interface_internal(zend_class_entry *ce, zend_class_entry *iface);
/* ce gets the interfaces of iface that it does not have yet. */
void zend_do_inherit_interfaces(zend_class_entry *ce, const zend_class_entry *iface);
void zend_do_bind_traits(zend_class_entry *ce);
/* "Class %s contains %d abstract method%s and must therefore be declared abstract ...". */
void zend_verify_abstract_class(zend_class_entry *ce);

/*
 * What follows zend_do_inheritance for a user class: looks up its interface_names and its
 * traits' names (autoloading), and does the steps above in order. ce->traits holds the found
 * classes afterwards.
 */
void zend_do_link_class(zend_class_entry *ce);
/* Its first two steps, for callers that give each a line of its own in errors: PHP 5.6 reports
 * interfaces where the class's body begins, traits and abstract methods where it ends. */
void zend_do_link_interfaces(zend_class_entry *ce);
void zend_do_link_traits(zend_class_entry *ce);

/* child replaces parent: refuses what is not allowed, notes where it comes from. */
void zend_check_method_override(zend_function *child, zend_function *parent);
/* Is the declaration of method compatible with that of prototype? */
zend_bool zend_do_perform_implementation_check(const zend_function *method,
    const zend_function *prototype);
/* The name under which a class has a method: an alias of a trait's method is known by its key in
 * the function table, while the function itself keeps the name it was declared with. */
const char *zend_resolve_method_name(zend_class_entry *ce, zend_function *function);
/* "A::f(array $a, &$b = NULL)", as error texts show it; an emalloc'ed text, the caller's. */
char *zend_get_function_declaration(const zend_function *function);

#endif
