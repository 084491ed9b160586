/* SPDX-License-Identifier: MIT */
/* What the two files of generators share: the states of a generator, and passing between them. */
#ifndef ZEND_GENERATORS_INTERNAL_H
#define ZEND_GENERATORS_INTERNAL_H

#include "vm/zend_generators.h"

extern zend_object_handlers zend_generator_handlers;

/* create_object of the class: a generator without a frame. */
zend_object_value zend_generator_create(zend_class_entry *class_type);

/* Runs a generator that was not started up to its first yield. Any exception stays pending. */
void zend_generator_ensure_started(zend_generator *generator);
/* Runs on to the next yield or the end. sent (taken over, or NULL) is what the yield results in.
 * Does nothing if the generator is finished; a fatal error if it is running. */
void zend_generator_resume(zend_generator *generator, zval *sent);
/* The same with the pending exception coming out of the yield. */
void zend_generator_resume_throwing(zend_generator *generator);

#endif
