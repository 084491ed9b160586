/* SPDX-License-Identifier: MIT */
/*
 * Looking entities up: by character, by name; and which characters a kind of document may hold.
 *
 * HTML 5's table is in the order of names. An index by character is made at its first use.
 */
#include "ext/standard/basic_functions.h"
#include "ext/standard/html_internal.h"

/* ---- By character ---------------------------------------------------------------------------- */

static int compare_characters(const void *a, const void *b)
{
    const html5_entity *x = *(const html5_entity *const *) a;
    const html5_entity *y = *(const html5_entity *const *) b;

    if (x->first != y->first) {
        return x->first < y->first ? -1 : 1;
    }
    return x->second < y->second ? -1 : x->second > y->second;
}

#define HTML5_MAX_CHARACTERS 1600

const html5_entity *const *html5_by_character(int *count)
{
    static const html5_entity *index[HTML5_MAX_CHARACTERS];
    static int index_count;

    if (index_count == 0) {
        int i;

        for (i = 0; i < html5_entity_count; i++) {
            if (html5_entities[i].preferred) {
                index[index_count++] = &html5_entities[i];
            }
        }
        qsort(index, (size_t) index_count, sizeof(*index), compare_characters);
    }
    *count = index_count;
    return index;
}

static const char *html5_name(unsigned first, unsigned second)
{
    html5_entity wanted = { .first = first, .second = second };
    const html5_entity *key = &wanted;
    const html5_entity *const *index, *const *found;
    int count;

    index = html5_by_character(&count);
    found = bsearch(&key, index, (size_t) count, sizeof(*index), compare_characters);
    return found ? (*found)->name : NULL;
}

static const char *html4_name(unsigned character)
{
    int low = 0, high = html4_entity_count - 1;

    while (low <= high) {
        int middle = (low + high) / 2;
        unsigned c = html4_entities[middle].character;

        if (c == character) {
            return html4_entities[middle].name;
        }
        if (c < character) {
            low = middle + 1;
        } else {
            high = middle - 1;
        }
    }
    return NULL;
}

const char *html_entity_name(unsigned character, unsigned next, int doctype, bool *pair)
{
    const char *name = NULL;

    *pair = false;
    if (doctype != ENT_HTML_DOC_HTML5) {
        return html4_name(character);
    }
    if (next) {
        name = html5_name(character, next);
        *pair = name != NULL;
    }
    return name ? name : html5_name(character, 0);
}

const char *html_special_name(unsigned character, int flags, bool all)
{
    int doctype;

    switch (character) {
    case '&':
        return "amp";
    case '<':
        return "lt";
    case '>':
        return "gt";
    case '"':
        return flags & ENT_HTML_QUOTE_DOUBLE ? "quot" : NULL;
    case '\'':
        if (!(flags & ENT_HTML_QUOTE_SINGLE)) {
            return NULL;
        }
        doctype = flags & ENT_HTML_DOC_TYPE_MASK;
        return doctype == ENT_HTML_DOC_HTML401 || (all && doctype == ENT_HTML_DOC_XHTML)
            ? "#039" : "apos";
    }
    return NULL;
}

/* ---- By name --------------------------------------------------------------------------------- */

static bool is_name(const char *name, size_t len, const char *wanted)
{
    return strlen(wanted) == len && memcmp(name, wanted, len) == 0;
}

static bool special_character(const char *name, size_t len, int doctype, unsigned *character)
{
    static const struct {
        const char *name;
        unsigned character;
    } specials[] = { { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' } };
    size_t i;

    for (i = 0; i < sizeof(specials) / sizeof(*specials); i++) {
        if (is_name(name, len, specials[i].name)) {
            *character = specials[i].character;
            return true;
        }
    }
    if (doctype != ENT_HTML_DOC_HTML401 && is_name(name, len, "apos")) {
        *character = '\'';
        return true;
    }
    return false;
}

static bool html4_character(const char *name, size_t len, unsigned *character)
{
    int i;

    for (i = 0; i < html4_entity_count; i++) {
        if (is_name(name, len, html4_entities[i].name)) {
            *character = html4_entities[i].character;
            return true;
        }
    }
    return false;
}

static bool html5_characters(const char *name, size_t len, unsigned *first, unsigned *second)
{
    int low = 0, high = html5_entity_count - 1;

    while (low <= high) {
        int middle = (low + high) / 2;
        const html5_entity *entity = &html5_entities[middle];
        int order = strncmp(name, entity->name, len);

        if (order == 0 && entity->name[len] == '\0') {
            *first = entity->first;
            *second = entity->second;
            return true;
        }
        if (order > 0) {
            low = middle + 1;
        } else {
            high = middle - 1;
        }
    }
    return false;
}

bool html_entity_characters(const char *name, size_t len, int doctype, bool all,
    unsigned *first, unsigned *second)
{
    *second = 0;
    if (special_character(name, len, doctype, first)) {
        return true;
    }
    if (!all || doctype == ENT_HTML_DOC_XML1) {
        return false;
    }
    return doctype == ENT_HTML_DOC_HTML5 ? html5_characters(name, len, first, second)
        : html4_character(name, len, first);
}

/* ---- What documents may hold ----------------------------------------------------------------- */

bool html_is_allowed(unsigned c, int doctype)
{
    bool is_blank = c == '\n' || c == '\t' || c == '\r';

    switch (doctype) {
    case ENT_HTML_DOC_HTML401:
        return (c >= 0x20 && c <= 0x7e) || is_blank || (c >= 0xa0 && c <= 0xd7ff)
            || (c >= 0xe000 && c <= 0x10ffff);
    case ENT_HTML_DOC_HTML5:
        return (c >= 0x20 && c <= 0x7e) || is_blank || c == '\f'
            || (c >= 0xa0 && c <= 0x10ffff && (c & 0xfffe) != 0xfffe
                && (c < 0xd800 || c > 0xdfff) && (c < 0xfdd0 || c > 0xfdef));
    default:
        return (c >= 0x20 && c <= 0xd7ff) || is_blank
            || (c >= 0xe000 && c <= 0x10ffff && c != 0xfffe && c != 0xffff);
    }
}

bool html_number_is_allowed(unsigned c, int doctype)
{
    switch (doctype) {
    case ENT_HTML_DOC_HTML401:
        return c <= 0x10ffff;
    case ENT_HTML_DOC_HTML5:
        return html_is_allowed(c, doctype) && c != '\r';
    default:
        return html_is_allowed(c, doctype);
    }
}
