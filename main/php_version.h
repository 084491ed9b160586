/* SPDX-License-Identifier: MIT */
/* The version of PHP that scripts see: 5.6's language, marked as ours by the extra part. */
#ifndef PHP_VERSION_H
#define PHP_VERSION_H

#define PHP_MAJOR_VERSION 5
#define PHP_MINOR_VERSION 6
#define PHP_RELEASE_VERSION 40
#define PHP_EXTRA_VERSION "-zeval"
#define PHP_VERSION "5.6.40-zeval"
#define PHP_VERSION_ID 50640

#endif
