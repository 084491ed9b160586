/* SPDX-License-Identifier: MIT */
/* What the files of the HTML functions share: the tables, the charsets, the lookup of entities. */
#ifndef HTML_INTERNAL_H
#define HTML_INTERNAL_H

#include "ext/standard/html.h"

typedef struct _html4_entity {
    unsigned character;
    const char *name;
} html4_entity;

typedef struct _html5_entity {
    unsigned first, second; /* second: 0 when it is one character */
    bool preferred;         /* encoding uses this name */
    const char *name;
} html5_entity;

extern const html4_entity html4_entities[]; /* by character */
extern const int html4_entity_count;
extern const html5_entity html5_entities[]; /* by name */
extern const int html5_entity_count;

/* ---- Charsets (html_charset.c) --------------------------------------------------------------- */

typedef enum {
    HTML_UTF_8,
    HTML_8859_1,
    HTML_SINGLE_BYTE, /* any other with a table of 256 */
    HTML_BIG5,
    HTML_GB2312,
    HTML_SJIS,
    HTML_EUC_JP
} html_charset_kind;

typedef struct _html_charset {
    html_charset_kind kind;
    unsigned (*table)[256]; /* byte -> character, 0 for none; only HTML_SINGLE_BYTE */
} html_charset;

/* The charset of a name, or of the directives for NULL; UTF-8 after a warning. */
html_charset html_find_charset(const char *name);
/*
 * The character (a multi-byte charset's own code) at *pos, which moves on; *ok is false when
 * what stands there is malformed.
 */
unsigned html_next_char(const html_charset *charset, const unsigned char *text, size_t len,
    size_t *pos, bool *ok);
/* The Unicode character of a charset's; 0 when there is none. And back: false when none. */
unsigned html_to_unicode(const html_charset *charset, unsigned c);
bool html_from_unicode(const html_charset *charset, unsigned character, unsigned *c);
/* Writes a charset's character; returns the number of bytes, at most 4. */
size_t html_write_char(const html_charset *charset, unsigned c, char *out);
/* Does the charset know all characters' places in Unicode? */
bool html_is_mapped(const html_charset *charset);

/* ---- Entities (html_entities.c) -------------------------------------------------------------- */

/*
 * The name of the entity for a character; NULL: none. next is the character behind it: with HTML 5
 * the pair may have a name, then *pair becomes true.
 */
const char *html_entity_name(unsigned character, unsigned next, int doctype, bool *pair);
/* The characters of a name, *second 0 for one; false when there is no such entity. */
bool html_entity_characters(const char *name, size_t len, int doctype, bool all,
    unsigned *first, unsigned *second);
/*
 * &, <, >, ", ': the name (or "#039"); NULL for other characters and for quotes that stay. all: in
 * the table of all entities, where XHTML's is HTML 4.01's, without "apos".
 */
const char *html_special_name(unsigned character, int flags, bool all);
/* May the character stand in a document, and as a number ("&#1;")? */
bool html_is_allowed(unsigned character, int doctype);
bool html_number_is_allowed(unsigned character, int doctype);
/* HTML 5's preferred entities, by their characters; *count of them. */
const html5_entity *const *html5_by_character(int *count);

#endif
