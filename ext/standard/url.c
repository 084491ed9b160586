/* SPDX-License-Identifier: MIT */
/*
 * parse_url() and the encoding of text for URLs.
 *
 * The parser is not that of any standard: it finds scheme, authority, path, query and fragment
 * by the signs between them, and takes much that is no URL. Only a port or host that makes no
 * sense lets it fail. The text is NUL-terminated, so that looking one byte ahead is safe.
 */
#include <ctype.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"
#include "ext/standard/url.h"

/* ---- Parsing --------------------------------------------------------------------------------- */

/* A copy of a part in which control characters are "_". */
static char *url_part(const char *from, const char *to)
{
    char *part = estrndup(from, (uint) (to - from)), *p;

    for (p = part; p < part + (to - from); p++) {
        if (iscntrl((unsigned char) *p)) {
            *p = '_';
        }
    }
    return part;
}

void php_url_free(php_url *url)
{
    char *parts[] = { url->scheme, url->user, url->pass, url->host, url->path, url->query,
        url->fragment };
    size_t i;

    for (i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
        if (parts[i]) {
            efree(parts[i]);
        }
    }
    efree(url);
}

/* Up to five digits; the number, -1 when it is no port. */
static long read_port(const char *from, const char *to)
{
    char buffer[6];

    if (to - from > 5) {
        return -1;
    }
    memcpy(buffer, from, (size_t) (to - from));
    buffer[to - from] = '\0';
    return strtol(buffer, NULL, 10);
}

/* Path, query and fragment. */
static void url_parse_path(php_url *url, const char *s, const char *end)
{
    const char *fragment = memchr(s, '#', (size_t) (end - s));
    const char *stop = fragment ? fragment : end;
    const char *query = memchr(s, '?', (size_t) (stop - s));
    const char *path_end = query ? query : stop;

    if (path_end > s || (!query && !fragment)) {
        url->path = url_part(s, path_end);
    }
    if (query && stop > query + 1) {
        url->query = url_part(query + 1, stop);
    }
    if (fragment && end > fragment + 1) {
        url->fragment = url_part(fragment + 1, end);
    }
}

/* User, password, host and port, then the rest. */
static bool url_parse_authority(php_url *url, const char *s, const char *end)
{
    const char *e = s + strcspn(s, "/?#"), *at, *colon;

    e = MIN(e, end);
    at = zend_memrchr(s, '@', (size_t) (e - s));
    if (at) {
        colon = memchr(s, ':', (size_t) (at - s));
        url->user = url_part(s, colon ? colon : at);
        if (colon) {
            url->pass = url_part(colon + 1, at);
        }
        s = at + 1;
    }
    /* The colons of an IPv6 address are not before a port. */
    colon = NULL;
    if (e > s && !(*s == '[' && e[-1] == ']')) {
        colon = zend_memrchr(s, ':', (size_t) (e - s));
    }
    if (colon && !url->port && e > colon + 1) {
        long port = read_port(colon + 1, e);

        if (port <= 0 || port > 65535) {
            return false;
        }
        url->port = (unsigned short) port;
    }
    if ((colon ? colon : e) <= s) {
        return false;
    }
    url->host = url_part(s, colon ? colon : e);
    if (e < end) {
        url_parse_path(url, e, end);
    }
    return true;
}

/* What begins with no scheme, but has a colon at s[colon]: "host:80", "//h:80", "/path:x". */
static bool url_parse_port_first(php_url *url, const char *s, const char *colon, const char *end)
{
    const char *p = colon + 1, *digits = p;
    bool relative = s[0] == '/' && s[1] == '/';

    while (digits - p < 6 && isdigit((unsigned char) *digits)) {
        digits++;
    }
    if (digits > p && digits - p < 6 && (*digits == '/' || *digits == '\0')) {
        long port = read_port(p, digits);

        if (port <= 0 || port > 65535) {
            return false;
        }
        url->port = (unsigned short) port;
        return url_parse_authority(url, relative ? s + 2 : s, end);
    }
    if (digits == p && *digits == '\0') {
        return false;
    }
    if (relative) {
        return url_parse_authority(url, s + 2, end);
    }
    url_parse_path(url, s, end);
    return true;
}

static bool is_scheme(const char *s, const char *colon)
{
    for (; s < colon; s++) {
        if (!isalnum((unsigned char) *s) && *s != '+' && *s != '.' && *s != '-') {
            return false;
        }
    }
    return true;
}

/* "scheme:" and what is behind it. */
static bool url_parse_with_scheme(php_url *url, const char *s, const char *colon, const char *end)
{
    const char *p = colon + 1;
    bool is_file;

    if (*p != '/' && *p != '\0') {
        /* Digits up to the end or a slash are a port, if not too many. */
        while (isdigit((unsigned char) *p)) {
            p++;
        }
        if ((*p == '\0' || *p == '/') && p - colon < 7) {
            return url_parse_port_first(url, s, colon, end);
        }
        url->scheme = url_part(s, colon);
        url_parse_path(url, colon + 1, end);
        return true;
    }
    url->scheme = url_part(s, colon);
    if (*p == '\0') {
        return true;
    }
    is_file = strcasecmp(url->scheme, "file") == 0;
    if (p[1] != '/') {
        url_parse_path(url, p, end);
        return true;
    }
    if (is_file && p[2] == '/') {
        /* "file:///c:/x" is the path "c:/x". */
        url_parse_path(url, p + (p[3] && p[4] == ':' ? 3 : 2), end);
        return true;
    }
    return url_parse_authority(url, p + 2, end);
}

static bool url_parse(php_url *url, const char *s, const char *end)
{
    const char *colon = memchr(s, ':', (size_t) (end - s));

    if (colon && colon > s && is_scheme(s, colon)) {
        return url_parse_with_scheme(url, s, colon, end);
    }
    if (colon && (colon == s || colon + 1 < end)) {
        return url_parse_port_first(url, s, colon, end);
    }
    if (!colon && s[0] == '/' && s[1] == '/') {
        return url_parse_authority(url, s + 2, end);
    }
    url_parse_path(url, s, end);
    return true;
}

php_url *php_url_parse_ex(const char *str, int length)
{
    php_url *url = ecalloc(1, sizeof(*url));
    char *text = estrndup(str, (uint) length);

    if (!url_parse(url, text, text + length)) {
        php_url_free(url);
        url = NULL;
    }
    efree(text);
    return url;
}

php_url *php_url_parse(const char *str)
{
    return php_url_parse_ex(str, (int) strlen(str));
}

/* A part that is there, as an element or as the result itself. */
static void add_part(zval *array, const char *key, const char *part)
{
    if (part) {
        add_assoc_string_ex(array, key, (uint) strlen(key) + 1, part, 1);
    }
}

static void return_component(const php_url *url, long component, zval *return_value)
{
    const char *parts[] = { url->scheme, url->host, NULL, url->user, url->pass, url->path,
        url->query, url->fragment };

    if (component > PHP_URL_FRAGMENT) {
        php_error_docref(NULL, E_WARNING, "Invalid URL component identifier %ld", component);
        RETURN_FALSE;
    }
    if (component == PHP_URL_PORT && url->port) {
        RETURN_LONG(url->port);
    }
    if (parts[component]) {
        RETURN_STRING(parts[component], 1);
    }
}

PHP_FUNCTION(parse_url)
{
    char *str;
    int len;
    long component = -1;
    php_url *url;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|l", &str, &len, &component) == FAILURE) {
        return;
    }
    url = php_url_parse_ex(str, len);
    if (!url) {
        RETURN_FALSE;
    }
    if (component > -1) {
        return_component(url, component, return_value);
    } else {
        array_init(return_value);
        add_part(return_value, "scheme", url->scheme);
        add_part(return_value, "host", url->host);
        if (url->port) {
            add_assoc_long(return_value, "port", url->port);
        }
        add_part(return_value, "user", url->user);
        add_part(return_value, "pass", url->pass);
        add_part(return_value, "path", url->path);
        add_part(return_value, "query", url->query);
        add_part(return_value, "fragment", url->fragment);
    }
    php_url_free(url);
}

/* ---- Encoding -------------------------------------------------------------------------------- */

/* Percent signs for everything but letters, digits and `keep`; a space may be a plus. */
static char *encode(const char *s, int len, int *new_length, const char *keep, bool plus)
{
    static const char digits[] = "0123456789ABCDEF";
    char *result = safe_emalloc(3, (size_t) len, 1), *out = result;
    int i;

    for (i = 0; i < len; i++) {
        unsigned char c = (unsigned char) s[i];

        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')
            || (c != '\0' && strchr(keep, c))) {
            *out++ = (char) c;
        } else if (plus && c == ' ') {
            *out++ = '+';
        } else {
            *out++ = '%';
            *out++ = digits[c >> 4];
            *out++ = digits[c & 15];
        }
    }
    *out = '\0';
    php_string_check_length((size_t) (out - result));
    if (new_length) {
        *new_length = (int) (out - result);
    }
    return erealloc(result, (size_t) (out - result) + 1);
}

char *php_url_encode(const char *s, int len, int *new_length)
{
    return encode(s, len, new_length, "-._", true);
}

char *php_raw_url_encode(const char *s, int len, int *new_length)
{
    return encode(s, len, new_length, "-._~", false);
}

static int hex_value(char c)
{
    return isdigit((unsigned char) c) ? c - '0' : (c | 0x20) - 'a' + 10;
}

static int decode(char *str, int len, bool plus)
{
    const char *in = str, *end = str + len;
    char *out = str;

    while (in < end) {
        if (*in == '%' && end - in > 2 && isxdigit((unsigned char) in[1])
            && isxdigit((unsigned char) in[2])) {
            *out++ = (char) (hex_value(in[1]) << 4 | hex_value(in[2]));
            in += 3;
        } else {
            *out++ = plus && *in == '+' ? ' ' : *in;
            in++;
        }
    }
    *out = '\0';
    return (int) (out - str);
}

int php_url_decode(char *str, int len)
{
    return decode(str, len, true);
}

int php_raw_url_decode(char *str, int len)
{
    return decode(str, len, false);
}

static void url_function(INTERNAL_FUNCTION_PARAMETERS, char *(*encoder)(const char *, int, int *),
    int (*decoder)(char *, int))
{
    char *str;
    int len, new_len;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s", &str, &len) == FAILURE) {
        return;
    }
    if (encoder) {
        str = encoder(str, len, &new_len);
    } else {
        str = estrndup(str, (uint) len);
        new_len = decoder(str, len);
    }
    RETURN_STRINGL(str, new_len, 0);
}

PHP_FUNCTION(urlencode)
{
    url_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, php_url_encode, NULL);
}

PHP_FUNCTION(rawurlencode)
{
    url_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, php_raw_url_encode, NULL);
}

PHP_FUNCTION(urldecode)
{
    url_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, NULL, php_url_decode);
}

PHP_FUNCTION(rawurldecode)
{
    url_function(INTERNAL_FUNCTION_PARAM_PASSTHRU, NULL, php_raw_url_decode);
}

static const php_long_constant url_constants[] = {
    { "PHP_URL_SCHEME", PHP_URL_SCHEME },
    { "PHP_URL_HOST", PHP_URL_HOST },
    { "PHP_URL_PORT", PHP_URL_PORT },
    { "PHP_URL_USER", PHP_URL_USER },
    { "PHP_URL_PASS", PHP_URL_PASS },
    { "PHP_URL_PATH", PHP_URL_PATH },
    { "PHP_URL_QUERY", PHP_URL_QUERY },
    { "PHP_URL_FRAGMENT", PHP_URL_FRAGMENT },
    { "PHP_QUERY_RFC1738", PHP_QUERY_RFC1738 },
    { "PHP_QUERY_RFC3986", PHP_QUERY_RFC3986 },
    { NULL, 0 }
};

static PHP_MINIT_FUNCTION(url)
{
    php_register_long_constants(url_constants, module_number);
    return SUCCESS;
}

static const zend_function_entry url_functions[] = {
    PHP_FE(parse_url, "$url, [$component]", "Takes a URL apart.")
    PHP_FE(urlencode, "$str", "Encodes text for a query, spaces as pluses.")
    PHP_FE(urldecode, "$str", "Decodes what urlencode() encodes.")
    PHP_FE(rawurlencode, "$str", "Encodes text for a URL, by RFC 3986.")
    PHP_FE(rawurldecode, "$str", "Decodes what rawurlencode() encodes.")
    PHP_FE_END
};

const php_standard_part standard_url_part = {
    .functions = url_functions,
    .module_startup = PHP_MINIT(url),
};
