/* SPDX-License-Identifier: MIT */
/*
 * htmlspecialchars(), htmlentities() and their opposites.
 *
 * Encoding goes through the text character by character. Plain ASCII of a charset that contains
 * it goes by without a look at tables. Decoding looks at each '&' only, and never makes a text
 * longer, except for a few entities of HTML 5 that stand for two characters.
 */
#include <ctype.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/html_internal.h"
#include "ext/standard/php_string.h"

/* ---- References ------------------------------------------------------------------------------ */

/* "#65;" or "#x41;" at text (behind the '&'): the number; *len without the ';'. */
static bool read_number_reference(const char *text, size_t rest, unsigned *number, size_t *len)
{
    size_t i = 1, start;
    unsigned base = 10;
    unsigned long value = 0;

    if (i < rest && (text[i] | 0x20) == 'x') {
        base = 16;
        i++;
    }
    for (start = i; i < rest; i++) {
        unsigned char c = (unsigned char) text[i];
        unsigned digit = isdigit(c) ? (unsigned) (c - '0')
            : isxdigit(c) ? (unsigned) ((c | 0x20) - 'a' + 10) : 16;

        if (digit >= base) {
            break;
        }
        value = MIN(value * base + digit, 0x110000UL);
    }
    if (i == start || i >= rest || text[i] != ';' || value > 0x10ffff) {
        return false;
    }
    *number = (unsigned) value;
    *len = i;
    return true;
}

/* "amp;" at text: *len without the ';'. */
static bool read_name_reference(const char *text, size_t rest, size_t *len)
{
    size_t i = 0;

    while (i < rest && isalnum((unsigned char) text[i])) {
        i++;
    }
    *len = i;
    return i > 0 && i < rest && text[i] == ';';
}

/* ---- Encoding -------------------------------------------------------------------------------- */

typedef struct _html_writer {
    char *text;
    size_t len;
    size_t size; /* without the NUL */
} html_writer;

/* Room for n more bytes. Scripts see the sizes. */
static void html_reserve(html_writer *w, size_t n)
{
    if (w->len + n > w->size) {
        w->size = php_string_check_length(w->size + MAX(n, 128));
        w->text = safe_erealloc(w->text, w->size, 1, 1);
    }
}

static void html_append(html_writer *w, const char *text, size_t len)
{
    html_reserve(w, len);
    memcpy(w->text + w->len, text, len);
    w->len += len;
}

static void html_append_entity(html_writer *w, const char *name)
{
    size_t len = strlen(name);

    html_reserve(w, len + 2);
    w->text[w->len] = '&';
    memcpy(w->text + w->len + 1, name, len);
    w->text[w->len + len + 1] = ';';
    w->len += len + 2;
}

typedef struct _html_encoder {
    html_writer out;
    html_charset charset;
    int flags, doctype;
    bool all, double_encode;
    const char *text;
    size_t len, pos;
} html_encoder;

/* U+FFFD, or the reference to it. */
static void html_append_replacement(html_encoder *e)
{
    if (e->charset.kind == HTML_UTF_8) {
        html_append(&e->out, "\xef\xbf\xbd", 3);
    } else {
        html_append_entity(&e->out, "#xFFFD");
    }
}

/* Behind a '&': the length of a reference that is to stay as it is, with its ';', or 0. */
static size_t html_reference_length(const html_encoder *e)
{
    const char *text = e->text + e->pos;
    size_t rest = e->len - e->pos, len;
    unsigned first, second;

    if (rest == 0) {
        return 0;
    }
    if (*text == '#') {
        if (!read_number_reference(text, rest, &first, &len)
            || ((e->flags & ENT_HTML_SUBSTITUTE_DISALLOWED_CHARS)
                && !html_number_is_allowed(first, e->doctype))) {
            return 0;
        }
        return len + 1;
    }
    if (!read_name_reference(text, rest, &len)
        || !html_entity_characters(text, len, e->doctype, true, &first, &second)) {
        return 0;
    }
    return len + 1;
}

static void html_encode_ampersand(html_encoder *e)
{
    size_t len = e->double_encode ? 0 : html_reference_length(e);

    if (len) {
        html_append(&e->out, "&", 1);
        html_append(&e->out, e->text + e->pos, len);
        e->pos += len;
    } else {
        html_append_entity(&e->out, "amp");
    }
}

/* The name of the entity for a character of the text; takes a second character for a pair. */
static const char *html_name_for(html_encoder *e, unsigned character)
{
    const char *special = html_special_name(character, e->flags, e->all), *name;
    bool is_quote = character == '"' || character == '\'', pair, ok;
    size_t pos = e->pos;
    unsigned next = 0;

    if (!e->all || e->doctype == ENT_HTML_DOC_XML1 || !character || (is_quote && !special)) {
        return special;
    }
    if (e->doctype == ENT_HTML_DOC_HTML5 && pos < e->len) {
        next = html_next_char(&e->charset, (const unsigned char *) e->text, e->len, &pos, &ok);
        next = ok ? html_to_unicode(&e->charset, next) : 0;
    }
    name = html_entity_name(character, next, e->doctype, &pair);
    if (pair) {
        e->pos = pos;
        return name;
    }
    return special ? special : name;
}

/* Encodes one character. false: the text is malformed there, and that is an error. */
static bool html_encode_char(html_encoder *e)
{
    size_t start = e->pos;
    bool ok;
    unsigned c = html_next_char(&e->charset, (const unsigned char *) e->text, e->len, &e->pos,
        &ok), character;
    size_t end = e->pos;
    const char *name;

    if (!ok) {
        if (e->flags & ENT_HTML_SUBSTITUTE_ERRORS && !(e->flags & ENT_HTML_IGNORE_ERRORS)) {
            html_append_replacement(e);
        }
        return (e->flags & (ENT_HTML_IGNORE_ERRORS | ENT_HTML_SUBSTITUTE_ERRORS)) != 0;
    }
    if (c == '&') {
        html_encode_ampersand(e);
        return true;
    }
    character = html_is_mapped(&e->charset) ? html_to_unicode(&e->charset, c)
        : c < 0x80 ? c : 0;
    name = html_name_for(e, character);
    if (name) {
        html_append_entity(&e->out, name);
    } else if ((e->flags & ENT_HTML_SUBSTITUTE_DISALLOWED_CHARS)
        && (character || c == 0) && !html_is_allowed(character, e->doctype)) {
        html_append_replacement(e);
    } else {
        html_append(&e->out, e->text + start, end - start);
    }
    return true;
}

/* Bytes that may be copied without a look: ASCII that has no entity. */
static size_t html_plain_run(const html_encoder *e)
{
    size_t i = e->pos;

    for (; i < e->len; i++) {
        unsigned char c = (unsigned char) e->text[i];

        if (c >= 0x80 || c == '&' || c == '<' || c == '>' || c == '"' || c == '\'') {
            break;
        }
    }
    return i - e->pos;
}

char *php_escape_html_entities_ex(const char *old, size_t oldlen, size_t *newlen, int all,
    int flags, const char *hint_charset, zend_bool double_encode)
{
    html_encoder e = {
        .charset = html_find_charset(hint_charset), .flags = flags,
        .doctype = flags & ENT_HTML_DOC_TYPE_MASK, .all = all != 0,
        .double_encode = double_encode, .text = old, .len = oldlen,
    };
    bool has_plain_runs = !(flags & ENT_HTML_SUBSTITUTE_DISALLOWED_CHARS)
        && !(all && e.doctype == ENT_HTML_DOC_HTML5);

    if (all && !html_is_mapped(&e.charset)) {
        php_error_docref(NULL, E_STRICT, "Only basic entities substitution is supported for "
            "multi-byte encodings other than UTF-8; functionality is equivalent to "
            "htmlspecialchars");
        e.all = false;
    }
    e.out.size = oldlen < 64 ? 128 : php_string_check_length(oldlen * 2);
    e.out.text = safe_emalloc(e.out.size, 1, 1);
    while (e.pos < oldlen) {
        size_t run = has_plain_runs ? html_plain_run(&e) : 0;

        if (run) {
            html_append(&e.out, old + e.pos, run);
            e.pos += run;
        } else if (!html_encode_char(&e)) {
            efree(e.out.text);
            *newlen = 0;
            return STR_EMPTY_ALLOC();
        }
    }
    e.out.text[e.out.len] = '\0';
    *newlen = php_string_check_length(e.out.len);
    return e.out.text;
}

/* ---- Decoding -------------------------------------------------------------------------------- */

/* The characters of a reference behind its '&'; *len without the ';'. false: it stays. */
static bool html_decode_reference(const char *text, size_t rest, bool all, int doctype,
    unsigned *first, unsigned *second, size_t *len)
{
    *second = 0;
    if (*text == '#') {
        if (!read_number_reference(text, rest, first, len)) {
            return false;
        }
        if (!all && !(*first < 0x80 && html_special_name(*first, ENT_QUOTES, false))) {
            return false;
        }
        return html_is_allowed(*first, doctype)
            && !(doctype == ENT_HTML_DOC_HTML5 && *first == '\r');
    }
    return read_name_reference(text, rest, len)
        && html_entity_characters(text, *len, doctype, all, first, second);
}

char *php_unescape_html_entities(const char *old, size_t oldlen, size_t *newlen, int all,
    int flags, const char *hint_charset)
{
    html_charset charset = { HTML_UTF_8, NULL };
    int doctype = flags & ENT_HTML_DOC_TYPE_MASK;
    const char *p = old, *end = old + oldlen;
    char *result, *out;

    if (all) {
        charset = html_find_charset(hint_charset);
        if (!html_is_mapped(&charset)) {
            php_error_docref(NULL, E_STRICT, "Only basic entities substitution is supported for "
                "multi-byte encodings other than UTF-8; functionality is equivalent to "
                "htmlspecialchars");
        }
    }
    /* "&nvlt;" and its like are shorter than their characters by at most a fifth. */
    result = out = safe_emalloc(oldlen + oldlen / 5, 1, 2);
    while (p < end) {
        unsigned first = 0, second = 0, c1, c2 = 0;
        size_t len;

        if (*p != '&' || end - p < 4
            || !html_decode_reference(p + 1, (size_t) (end - p) - 1, all != 0, doctype, &first,
                &second, &len)
            || (first == '\'' && !(flags & ENT_HTML_QUOTE_SINGLE))
            || (first == '"' && !(flags & ENT_HTML_QUOTE_DOUBLE) && !second)
            || !html_from_unicode(&charset, first, &c1)
            || (second && !html_from_unicode(&charset, second, &c2))) {
            *out++ = *p++;
            continue;
        }
        out += html_write_char(&charset, c1, out);
        if (second) {
            out += html_write_char(&charset, c2, out);
        }
        p += len + 2;
    }
    *out = '\0';
    *newlen = php_string_check_length((size_t) (out - result));
    return result;
}

/* ---- The functions --------------------------------------------------------------------------- */

static void encode_function(INTERNAL_FUNCTION_PARAMETERS, int all)
{
    char *str, *charset = NULL;
    int len, charset_len;
    long flags = ENT_COMPAT;
    zend_bool double_encode = 1;
    size_t new_len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|ls!b", &str, &len, &flags, &charset,
            &charset_len, &double_encode) == FAILURE) {
        return;
    }
    str = php_escape_html_entities_ex(str, (size_t) len, &new_len, all, (int) flags, charset,
        double_encode);
    RETURN_STRINGL(str, new_len, 0);
}

PHP_FUNCTION(htmlspecialchars)
{
    encode_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, 0);
}

PHP_FUNCTION(htmlentities)
{
    encode_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, 1);
}

PHP_FUNCTION(htmlspecialchars_decode)
{
    char *str;
    int len;
    long flags = ENT_COMPAT;
    size_t new_len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|l", &str, &len, &flags) == FAILURE) {
        return;
    }
    str = php_unescape_html_entities(str, (size_t) len, &new_len, 0, (int) flags, NULL);
    RETURN_STRINGL(str, new_len, 0);
}

PHP_FUNCTION(html_entity_decode)
{
    char *str, *charset = NULL;
    int len, charset_len;
    long flags = ENT_COMPAT;
    size_t new_len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|ls", &str, &len, &flags, &charset, &charset_len)
        == FAILURE) {
        return;
    }
    str = php_unescape_html_entities(str, (size_t) len, &new_len, 1, (int) flags, charset);
    RETURN_STRINGL(str, new_len, 0);
}

/* ---- get_html_translation_table() ------------------------------------------------------------ */

#define HTML_SPECIALCHARS 0
#define HTML_ENTITIES 1

/*
 * Adds characters => "&name;", unless the charset lacks them. An entity of two characters comes
 * without its ';', as in PHP 5.
 */
static void table_add(zval *table, const html_charset *charset, unsigned first, unsigned second,
    const char *name)
{
    char key[9], entity[64];
    unsigned c;
    size_t key_len;
    int len;

    if (!html_from_unicode(charset, first, &c)) {
        return;
    }
    key_len = html_write_char(charset, c, key);
    if (second) {
        if (!html_from_unicode(charset, second, &c)) {
            return;
        }
        key_len += html_write_char(charset, c, key + key_len);
    }
    key[key_len] = '\0';
    len = slprintf(entity, sizeof(entity), second ? "&%s" : "&%s;", name);
    add_assoc_stringl_ex(table, key, (uint) key_len + 1, entity, (uint) len, 1);
}

static void table_add_specials(zval *table, const html_charset *charset, int flags)
{
    static const char specials[] = "\"&'<>";
    const char *p;

    for (p = specials; *p; p++) {
        const char *name = html_special_name((unsigned char) *p, flags, false);

        if (name) {
            table_add(table, charset, (unsigned char) *p, 0, name);
        }
    }
}

static bool quote_stays(unsigned character, int flags)
{
    return (character == '"' || character == '\'') && !html_special_name(character, flags, true);
}

static void table_add_html4(zval *table, const html_charset *charset, int flags)
{
    int i;

    for (i = 0; i < html4_entity_count; i++) {
        const html4_entity *entity = &html4_entities[i];

        /* "'" has no name there, but a number. */
        if (entity->character == '<' && !quote_stays('\'', flags)) {
            table_add(table, charset, '\'', 0, html_special_name('\'', flags, true));
        }
        if (!quote_stays(entity->character, flags)) {
            table_add(table, charset, entity->character, 0, entity->name);
        }
    }
}

static void table_add_html5(zval *table, const html_charset *charset, int flags)
{
    int count, i;
    const html5_entity *const *index = html5_by_character(&count);

    for (i = 0; i < count; i++) {
        if (!quote_stays(index[i]->first, flags)) {
            table_add(table, charset, index[i]->first, index[i]->second, index[i]->name);
        }
    }
}

PHP_FUNCTION(get_html_translation_table)
{
    long which = HTML_SPECIALCHARS, flags = ENT_COMPAT;
    char *charset_name = NULL;
    int charset_len;
    html_charset charset;
    int doctype;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "|lls", &which, &flags, &charset_name, &charset_len)
        == FAILURE) {
        return;
    }
    charset = html_find_charset(charset_name);
    doctype = (int) flags & ENT_HTML_DOC_TYPE_MASK;
    array_init(return_value);
    if (which == HTML_ENTITIES && !html_is_mapped(&charset)) {
        php_error_docref(NULL, E_STRICT, "Only basic entities substitution is supported for "
            "multi-byte encodings other than UTF-8");
    }
    if (which != HTML_ENTITIES || !html_is_mapped(&charset) || doctype == ENT_HTML_DOC_XML1) {
        table_add_specials(return_value, &charset, (int) flags);
    } else if (doctype == ENT_HTML_DOC_HTML5) {
        table_add_html5(return_value, &charset, (int) flags);
    } else {
        table_add_html4(return_value, &charset, (int) flags);
    }
}

static const php_long_constant html_constants[] = {
    { "HTML_SPECIALCHARS", HTML_SPECIALCHARS },
    { "HTML_ENTITIES", HTML_ENTITIES },
    { "ENT_COMPAT", ENT_COMPAT },
    { "ENT_QUOTES", ENT_QUOTES },
    { "ENT_NOQUOTES", ENT_NOQUOTES },
    { "ENT_IGNORE", ENT_HTML_IGNORE_ERRORS },
    { "ENT_SUBSTITUTE", ENT_HTML_SUBSTITUTE_ERRORS },
    { "ENT_DISALLOWED", ENT_HTML_SUBSTITUTE_DISALLOWED_CHARS },
    { "ENT_HTML401", ENT_HTML_DOC_HTML401 },
    { "ENT_XML1", ENT_HTML_DOC_XML1 },
    { "ENT_XHTML", ENT_HTML_DOC_XHTML },
    { "ENT_HTML5", ENT_HTML_DOC_HTML5 },
    { NULL, 0 }
};

static PHP_MINIT_FUNCTION(html)
{
    php_register_long_constants(html_constants, module_number);
    return SUCCESS;
}

static const zend_function_entry html_functions[] = {
    PHP_FE(htmlspecialchars, "$string, [$quote_style], [$charset], [$double_encode]",
        "Writes HTML's special characters as entities.")
    PHP_FE(htmlentities, "$string, [$quote_style], [$charset], [$double_encode]",
        "Writes every character that has an entity as one.")
    PHP_FE(htmlspecialchars_decode, "$string, [$quote_style]",
        "Reads what htmlspecialchars() writes.")
    PHP_FE(html_entity_decode, "$string, [$quote_style], [$charset]", "Reads entities.")
    PHP_FE(get_html_translation_table, "[$table], [$quote_style]",
        "Returns characters and their entities.")
    PHP_FE_END
};

const php_standard_part standard_html_part = {
    .functions = html_functions,
    .module_startup = PHP_MINIT(html),
};
