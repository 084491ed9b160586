/* SPDX-License-Identifier: MIT */
/*
 * output_add_rewrite_var(): variables that are added to the links and forms of a page.
 *
 * An output handler looks at each tag that passes. url_rewriter.tags says which attributes hold
 * a URL ("a=href"); `form` and `fieldset` get hidden fields instead.
 *
 *      <a href="p.php">       <a href="p.php?sid=abc">
 *      <form action="p.php">  <form action="p.php"><input type="hidden" name="sid" ... />
 */
#include <ctype.h>

#include "data/smart_str.h"
#include "ext/standard/basic_functions.h"
#include "ext/standard/url.h"

typedef struct _rewriter {
    bool is_on;         /* the handler has been started */
    char *tags;         /* url_rewriter.tags */
    smart_str query;    /* "sid=abc&x=y" */
    smart_str fields;   /* the same as hidden input fields */
    smart_str pending;  /* the beginning of a tag whose end is still to come */
} rewriter;

static rewriter rewriter_globals;
#define RWG(name) (rewriter_globals.name)

PHP_INI_BEGIN()
    STD_PHP_INI_ENTRY("url_rewriter.tags", "a=href,area=href,frame=src,form=,fieldset=",
        PHP_INI_ALL, OnUpdateString, tags, rewriter, rewriter_globals)
PHP_INI_END()

/* --- URLs ---------------------------------------------------------------------------------- */

/* Appends the URL with the variables. Those of other hosts stay as they are. */
static void append_url(smart_str *out, const char *url, size_t length)
{
    const char *fragment = memchr(url, '#', length);
    size_t before = fragment ? (size_t) (fragment - url) : length;

    if (memchr(url, ':', length) || (length >= 2 && url[0] == '/' && url[1] == '/')
        || fragment == url) {
        smart_str_appendl(out, url, length);
        return;
    }
    smart_str_appendl(out, url, before);
    if (memchr(url, '?', before)) {
        smart_str_appends(out, PG(arg_separator).output);
    } else {
        smart_str_appendc(out, '?');
    }
    smart_str_append(out, &RWG(query));
    smart_str_appendl(out, url + before, length - before);
}

/* --- Tags ---------------------------------------------------------------------------------- */

/* A word of the text: its length. */
static size_t word_length(const char *p, const char *end)
{
    const char *begin = p;

    while (p < end && (isalnum((unsigned char) *p) || *p == '-' || *p == ':')) {
        p++;
    }
    return (size_t) (p - begin);
}

/* The attribute that url_rewriter.tags gives for a tag (its length in *length); NULL: none. */
static const char *attribute_of(const char *tag, size_t tag_length, size_t *length)
{
    const char *p = RWG(tags) ? RWG(tags) : "";

    while (*p) {
        size_t entry = strcspn(p, ","), name = strcspn(p, "=,");

        if (name == tag_length && !strncasecmp(p, tag, name) && p[name] == '=') {
            *length = entry - name - 1;
            return p + name + 1;
        }
        p += entry + (p[entry] == ',');
    }
    return NULL;
}

/* Appends `p..end`, the inside of a tag, with the named attribute's URL rewritten. */
static void append_attributes(smart_str *out, const char *p, const char *end,
    const char *wanted, size_t wanted_length)
{
    while (p < end) {
        size_t name = word_length(p, end), length;
        bool is_wanted = name && name == wanted_length && !strncasecmp(p, wanted, name);
        const char *value;
        char quote;

        if (name == 0) {
            smart_str_appendc(out, *p++);
            continue;
        }
        smart_str_appendl(out, p, name);
        p += name;
        if (p >= end || *p != '=') {
            continue;
        }
        smart_str_appendc(out, *p++);
        quote = p < end && (*p == '"' || *p == '\'') ? *p : '\0';
        if (quote) {
            smart_str_appendc(out, *p++);
        }
        for (value = p; p < end && (quote ? *p != quote : !isspace((unsigned char) *p)); p++) {
        }
        length = (size_t) (p - value);
        if (is_wanted) {
            append_url(out, value, length);
        } else {
            smart_str_appendl(out, value, length);
        }
        if (p < end && quote) {
            smart_str_appendc(out, *p++);
        }
    }
}

/* Appends a whole tag: begin at '<', end behind '>'. */
static void append_tag(smart_str *out, const char *begin, const char *end)
{
    size_t name = word_length(begin + 1, end), length;
    const char *attribute = name ? attribute_of(begin + 1, name, &length) : NULL;

    if (!attribute) {
        smart_str_appendl(out, begin, (size_t) (end - begin));
        return;
    }
    smart_str_appendl(out, begin, name + 1);
    append_attributes(out, begin + 1 + name, end, attribute, length);
    if ((name == 4 && !strncasecmp(begin + 1, "form", 4))
        || (name == 8 && !strncasecmp(begin + 1, "fieldset", 8))) {
        smart_str_append(out, &RWG(fields));
    }
}

/* Rewrites a page, or as much of it as is there; an unfinished tag is left for the next time. */
static void rewrite(smart_str *out, const char *p, size_t length, bool is_last)
{
    const char *end = p + length;

    while (p < end) {
        const char *tag = memchr(p, '<', (size_t) (end - p));
        const char *close = tag ? memchr(tag, '>', (size_t) (end - tag)) : NULL;

        smart_str_appendl(out, p, (size_t) ((tag ? tag : end) - p));
        if (!tag) {
            return;
        }
        if (!close) {
            smart_str_appendl(is_last ? out : &RWG(pending), tag, (size_t) (end - tag));
            return;
        }
        append_tag(out, tag, close + 1);
        p = close + 1;
    }
}

static int rewrite_output(void **handler_context, php_output_context *context)
{
    smart_str page = RWG(pending), out = {NULL, 0, 0};
    bool is_last = context->op & (PHP_OUTPUT_HANDLER_FLUSH | PHP_OUTPUT_HANDLER_FINAL);

    memset(&RWG(pending), 0, sizeof(smart_str));
    if (context->in.used) {
        smart_str_appendl(&page, context->in.data, context->in.used);
    }
    if (RWG(query).len && page.len) {
        rewrite(&out, page.c, page.len, is_last);
        smart_str_free(&page);
    } else {
        out = page;
    }
    context->out.data = out.c;
    context->out.used = out.len;
    context->out.free = true;
    return SUCCESS;
}

/* --- The functions ------------------------------------------------------------------------- */

static void append_encoded(smart_str *out, const char *text, int length)
{
    int encoded_length;
    char *encoded = php_url_encode(text, length, &encoded_length);

    smart_str_appendl(out, encoded, (size_t) encoded_length);
    efree(encoded);
}

static void append_escaped(smart_str *out, const char *text, int length)
{
    int i;

    for (i = 0; i < length; i++) {
        switch (text[i]) {
        case '"':
            smart_str_appends(out, "&quot;");
            break;
        case '&':
            smart_str_appends(out, "&amp;");
            break;
        case '<':
            smart_str_appends(out, "&lt;");
            break;
        case '>':
            smart_str_appends(out, "&gt;");
            break;
        default:
            smart_str_appendc(out, text[i]);
        }
    }
}

PHP_FUNCTION(output_add_rewrite_var)
{
    char *name, *value;
    int name_length, value_length;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss", &name, &name_length, &value, &value_length)
        == FAILURE) {
        return;
    }
    if (!RWG(is_on)) {
        if (php_output_start_internal(ZEND_STRL("URL-Rewriter"), rewrite_output, 0,
                PHP_OUTPUT_HANDLER_STDFLAGS) == FAILURE) {
            RETURN_FALSE;
        }
        RWG(is_on) = true;
    }
    if (RWG(query).len) {
        smart_str_appends(&RWG(query), PG(arg_separator).output);
    }
    append_encoded(&RWG(query), name, name_length);
    smart_str_appendc(&RWG(query), '=');
    append_encoded(&RWG(query), value, value_length);
    smart_str_appends(&RWG(fields), "<input type=\"hidden\" name=\"");
    append_escaped(&RWG(fields), name, name_length);
    smart_str_appends(&RWG(fields), "\" value=\"");
    append_escaped(&RWG(fields), value, value_length);
    smart_str_appends(&RWG(fields), "\" />");
    RETURN_TRUE;
}

PHP_FUNCTION(output_reset_rewrite_vars)
{
    RWG(query).len = 0;
    RWG(fields).len = 0;
    RETURN_TRUE;
}

static PHP_MINIT_FUNCTION(url_rewriter)
{
    REGISTER_INI_ENTRIES();
    return SUCCESS;
}

static PHP_RINIT_FUNCTION(url_rewriter)
{
    RWG(is_on) = false;
    memset(&RWG(query), 0, sizeof(smart_str));
    memset(&RWG(fields), 0, sizeof(smart_str));
    memset(&RWG(pending), 0, sizeof(smart_str));
    return SUCCESS;
}

static PHP_RSHUTDOWN_FUNCTION(url_rewriter)
{
    smart_str_free(&RWG(query));
    smart_str_free(&RWG(fields));
    smart_str_free(&RWG(pending));
    return SUCCESS;
}

static const zend_function_entry url_rewriter_functions[] = {
    PHP_FE(output_add_rewrite_var, "$name, $value", "Adds a variable to all links and forms.")
    PHP_FE(output_reset_rewrite_vars, "", "Adds no more variables to links and forms.")
    PHP_FE_END
};

const php_standard_part standard_url_rewriter_part = {url_rewriter_functions,
    PHP_MINIT(url_rewriter), NULL, PHP_RINIT(url_rewriter), PHP_RSHUTDOWN(url_rewriter), NULL};
