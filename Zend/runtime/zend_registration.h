/* SPDX-License-Identifier: MIT */
/* What registration keeps for the life of the process. The rest of it is in zend_API.h. */
#ifndef ZEND_REGISTRATION_H
#define ZEND_REGISTRATION_H

/* Frees the parameter descriptions of all internal functions: when their tables are gone. */
void zend_free_signatures(void);

#endif
