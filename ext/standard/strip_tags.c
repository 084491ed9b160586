/* SPDX-License-Identifier: MIT */
/*
 * strip_tags(): text without HTML and PHP tags.
 *
 * A machine that reads byte by byte. Its state says what the text is inside of; a tag that may stay
 * is gathered in a buffer until it ends and its name is known.
 */
#include <ctype.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

enum {
    IN_TEXT = 0,
    IN_TAG = 1,
    IN_PHP = 2,         /* <? ... ?> */
    IN_DECLARATION = 3, /* <! ... > */
    IN_COMMENT = 4      /* <!-- ... --> */
};

typedef struct _tag_stripper {
    const char *start, *p, *end;
    char *out;
    const char *allow; /* in lower case, NUL-terminated; NULL: every tag goes */
    smart_str tag;     /* the tag under way, when one may stay */
    int state;
    int depth;         /* of '<' inside a tag */
    int parens;        /* of '(' inside PHP code */
    char quote;        /* the quote that is open, or 0 */
    char last;         /* the last sign of importance */
} tag_stripper;

/* Is the gathered tag one of the allowed? "</B x>" counts as "<b>". */
static bool tag_is_allowed(tag_stripper *s)
{
    char *name = emalloc(s->tag.len + 2), *n = name;
    const char *p = s->tag.c + 1, *end = s->tag.c + s->tag.len;
    bool begun = false, allowed;

    *n++ = '<';
    for (; p < end && *p != '>' && *p != '<'; p++) {
        if (isspace((unsigned char) *p)) {
            if (begun) {
                break;
            }
        } else {
            begun = true;
            if (*p != '/') {
                *n++ = (char) tolower((unsigned char) *p);
            }
        }
    }
    *n++ = '>';
    *n = '\0';
    allowed = strstr(s->allow, name) != NULL;
    efree(name);
    return allowed;
}

/* The byte goes where it belongs: to the output, to the tag, or away. */
static void strip_copy(tag_stripper *s, char c)
{
    if (s->state == IN_TEXT) {
        *s->out++ = c;
    } else if (s->allow && s->state == IN_TAG) {
        smart_str_appendc(&s->tag, c);
    }
}

/* The byte `distance` before the current one, or 0. */
static char strip_before(const tag_stripper *s, int distance)
{
    return s->p - s->start >= distance ? s->p[-distance] : '\0';
}

static void strip_less(tag_stripper *s)
{
    if (s->quote) {
        return;
    }
    if (s->p + 1 < s->end && isspace((unsigned char) s->p[1])) {
        strip_copy(s, '<');
    } else if (s->state == IN_TEXT) {
        s->last = '<';
        s->state = IN_TAG;
        s->tag.len = 0;
        strip_copy(s, '<');
    } else if (s->state == IN_TAG) {
        s->depth++;
    }
}

static void strip_leave(tag_stripper *s)
{
    s->quote = '\0';
    s->state = IN_TEXT;
    s->tag.len = 0;
}

static void strip_end_of_tag(tag_stripper *s)
{
    s->last = '>';
    if (s->allow) {
        smart_str_appendc(&s->tag, '>');
        if (tag_is_allowed(s)) {
            memcpy(s->out, s->tag.c, s->tag.len);
            s->out += s->tag.len;
        }
    }
    strip_leave(s);
}

static void strip_greater(tag_stripper *s)
{
    if (s->depth) {
        s->depth--;
        return;
    }
    if (s->quote) {
        return;
    }
    switch (s->state) {
    case IN_TAG:
        strip_end_of_tag(s);
        break;
    case IN_PHP:
        if (!s->parens && s->last != '"' && strip_before(s, 1) == '?') {
            strip_leave(s);
        }
        break;
    case IN_DECLARATION:
        strip_leave(s);
        break;
    case IN_COMMENT:
        if (strip_before(s, 1) == '-' && strip_before(s, 2) == '-') {
            strip_leave(s);
        }
        break;
    default:
        *s->out++ = '>';
    }
}

static void strip_quote(tag_stripper *s, char c)
{
    char before = strip_before(s, 1);

    if (s->state == IN_COMMENT) {
        return;
    }
    if (s->state == IN_PHP && before != '\\') {
        if (s->last == c) {
            s->last = '\0';
        } else if (s->last != '\\') {
            s->last = c;
        }
    } else {
        strip_copy(s, c);
    }
    if (s->state != IN_TEXT && s->p > s->start && (s->state == IN_TAG || before != '\\')
        && (!s->quote || c == s->quote)) {
        s->quote = s->quote ? '\0' : c;
    }
}

static void strip_paren(tag_stripper *s, char c)
{
    if (s->state != IN_PHP) {
        strip_copy(s, c);
    } else if (s->last != '"' && s->last != '\'') {
        s->last = c;
        s->parens += c == '(' ? 1 : -1;
    }
}

/* Does the text up to the current byte end with this (without case)? */
static bool strip_ends_with(const tag_stripper *s, const char *text)
{
    size_t len = strlen(text);

    return (size_t) (s->p - s->start) + 1 >= len
        && strncasecmp(s->p + 1 - len, text, len) == 0;
}

/* What follows "<" decides what kind of tag it is. true: the byte is used up. */
static bool strip_kind_of_tag(tag_stripper *s, char c)
{
    switch (c) {
    case '!':
        if (s->state == IN_TAG && strip_before(s, 1) == '<') {
            s->state = IN_DECLARATION;
            s->last = c;
            return true;
        }
        break;
    case '-':
        if (s->state == IN_DECLARATION && strip_before(s, 1) == '-'
            && strip_before(s, 2) == '!') {
            s->state = IN_COMMENT;
            return true;
        }
        break;
    case '?':
        if (s->state == IN_TAG && strip_before(s, 1) == '<') {
            s->parens = 0;
            s->state = IN_PHP;
            return true;
        }
        break;
    case 'E':
    case 'e':
        /* A doctype is a tag like others. */
        if (s->state == IN_DECLARATION && strip_ends_with(s, "<!doctype")) {
            s->state = IN_TAG;
            return true;
        }
        break;
    case 'l':
    case 'L':
        /* So is <?xml. */
        if (s->state == IN_PHP && strip_ends_with(s, "<?xml")) {
            s->state = IN_TAG;
            return true;
        }
        break;
    }
    return false;
}

static void strip_byte(tag_stripper *s, char c)
{
    switch (c) {
    case '\0':
        break;
    case '<':
        strip_less(s);
        break;
    case '>':
        strip_greater(s);
        break;
    case '"':
    case '\'':
        strip_quote(s, c);
        break;
    case '(':
    case ')':
        strip_paren(s, c);
        break;
    default:
        if (!strip_kind_of_tag(s, c)) {
            strip_copy(s, c);
        }
    }
}

size_t php_strip_tags(char *buffer, int len, int *state, const char *allow, int allow_len)
{
    tag_stripper s = { 0 };
    char *input = estrndup(buffer, (uint) len), *allow_lower = NULL;
    size_t new_len;

    if (allow) {
        allow_lower = php_strtolower(estrndup(allow, (uint) allow_len), (size_t) allow_len);
    }
    s.start = s.p = input;
    s.end = input + len;
    s.out = buffer;
    s.allow = allow_lower;
    s.state = state ? *state : IN_TEXT;
    for (; s.p < s.end; s.p++) {
        strip_byte(&s, *s.p);
    }
    *s.out = '\0';
    new_len = (size_t) (s.out - buffer);
    if (state) {
        *state = s.state;
    }
    smart_str_free(&s.tag);
    efree(input);
    if (allow_lower) {
        efree(allow_lower);
    }
    return new_len;
}

PHP_FUNCTION(strip_tags)
{
    char *str;
    int len;
    zval **allow = NULL;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|Z", &str, &len, &allow) == FAILURE) {
        return;
    }
    if (allow) {
        convert_to_string_ex(allow);
    }
    RETVAL_STRINGL(str, len, 1);
    Z_STRLEN_P(return_value) = (int) php_strip_tags(Z_STRVAL_P(return_value), len, NULL,
        allow ? Z_STRVAL_PP(allow) : NULL, allow ? Z_STRLEN_PP(allow) : 0);
}

static const zend_function_entry strip_tags_functions[] = {
    PHP_FE(strip_tags, "$str, [$allowable_tags]", "Removes HTML and PHP tags.")
    PHP_FE_END
};

const php_standard_part standard_strip_tags_part = { .functions = strip_tags_functions };
