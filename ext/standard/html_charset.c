/* SPDX-License-Identifier: MIT */
/*
 * The charsets of the HTML functions.
 *
 * Each text is read character by character, so that a byte of a longer character is not taken for a
 * "<". Single-byte charsets get a table of their characters from iconv when first used; the
 * East Asian ones are only checked for their form, since nothing of them becomes an entity.
 */
#include <iconv.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/html_internal.h"

typedef struct _charset_row {
    const char *name;
    html_charset_kind kind;
    const char *iconv_name; /* for HTML_SINGLE_BYTE */
} charset_row;

static const charset_row charset_rows[] = {
    { "ISO-8859-1", HTML_8859_1, NULL },
    { "ISO8859-1", HTML_8859_1, NULL },
    { "ISO-8859-15", HTML_SINGLE_BYTE, "ISO-8859-15" },
    { "ISO8859-15", HTML_SINGLE_BYTE, "ISO-8859-15" },
    { "utf-8", HTML_UTF_8, NULL },
    { "cp866", HTML_SINGLE_BYTE, "CP866" },
    { "866", HTML_SINGLE_BYTE, "CP866" },
    { "ibm866", HTML_SINGLE_BYTE, "CP866" },
    { "cp1251", HTML_SINGLE_BYTE, "CP1251" },
    { "Windows-1251", HTML_SINGLE_BYTE, "CP1251" },
    { "win-1251", HTML_SINGLE_BYTE, "CP1251" },
    { "iso8859-5", HTML_SINGLE_BYTE, "ISO-8859-5" },
    { "iso-8859-5", HTML_SINGLE_BYTE, "ISO-8859-5" },
    { "cp1252", HTML_SINGLE_BYTE, "CP1252" },
    { "Windows-1252", HTML_SINGLE_BYTE, "CP1252" },
    { "1252", HTML_SINGLE_BYTE, "CP1252" },
    { "BIG5", HTML_BIG5, NULL },
    { "950", HTML_BIG5, NULL },
    { "GB2312", HTML_GB2312, NULL },
    { "936", HTML_GB2312, NULL },
    { "BIG5-HKSCS", HTML_BIG5, NULL },
    { "Shift_JIS", HTML_SJIS, NULL },
    { "SJIS", HTML_SJIS, NULL },
    { "932", HTML_SJIS, NULL },
    { "EUCJP", HTML_EUC_JP, NULL },
    { "EUC-JP", HTML_EUC_JP, NULL },
    { "eucJP-win", HTML_EUC_JP, NULL },
    { "KOI8-R", HTML_SINGLE_BYTE, "KOI8-R" },
    { "koi8-ru", HTML_SINGLE_BYTE, "KOI8-R" },
    { "koi8r", HTML_SINGLE_BYTE, "KOI8-R" },
    { "cp1251", HTML_SINGLE_BYTE, "CP1251" },
    { "MacRoman", HTML_SINGLE_BYTE, "MACINTOSH" },
};
#define CHARSET_ROWS (sizeof(charset_rows) / sizeof(*charset_rows))

/* The table of a single-byte charset, filled in at its first use. */
static unsigned (*charset_table(const char *iconv_name))[256]
{
    static struct {
        const char *name;
        unsigned table[256];
    } cache[8];
    size_t i;
    int c;
    iconv_t converter;

    for (i = 0; i + 1 < sizeof(cache) / sizeof(*cache) && cache[i].name; i++) {
        if (strcmp(cache[i].name, iconv_name) == 0) {
            return &cache[i].table;
        }
    }
    converter = iconv_open("UCS-4LE", iconv_name);
    for (c = 0; c < 256; c++) {
        char in = (char) c, *from = &in, *to;
        unsigned char out[4] = { 0 };
        size_t in_left = 1, out_left = 4;

        to = (char *) out;
        cache[i].table[c] = c < 128 ? (unsigned) c : 0;
        if (c >= 128 && converter != (iconv_t) -1
            && iconv(converter, &from, &in_left, &to, &out_left) != (size_t) -1) {
            cache[i].table[c] = out[0] | (unsigned) out[1] << 8 | (unsigned) out[2] << 16;
        }
        if (c >= 128 && converter != (iconv_t) -1) {
            iconv(converter, NULL, NULL, NULL, NULL);
        }
    }
    if (converter != (iconv_t) -1) {
        iconv_close(converter);
    }
    cache[i].name = iconv_name;
    return &cache[i].table;
}

html_charset html_find_charset(const char *name)
{
    html_charset charset = { HTML_UTF_8, NULL };
    size_t i;

    if (!name || !*name) {
        name = PG(internal_encoding) && *PG(internal_encoding) ? PG(internal_encoding)
            : INI_STR("default_charset");
        if (!name || !*name) {
            return charset;
        }
    }
    for (i = 0; i < CHARSET_ROWS; i++) {
        if (strcasecmp(name, charset_rows[i].name) == 0) {
            charset.kind = charset_rows[i].kind;
            if (charset.kind == HTML_SINGLE_BYTE) {
                charset.table = charset_table(charset_rows[i].iconv_name);
            }
            return charset;
        }
    }
    php_error_docref(NULL, E_WARNING, "charset `%s' not supported, assuming utf-8", name);
    return charset;
}

bool html_is_mapped(const html_charset *charset)
{
    return charset->kind <= HTML_SINGLE_BYTE;
}

/* ---- Reading --------------------------------------------------------------------------------- */

static bool utf8_continues(unsigned char c)
{
    return (c & 0xc0) == 0x80;
}

/* May the byte begin a character? Then a malformed one before it ends there. */
static bool utf8_begins(unsigned char c)
{
    return c < 0x80 || (c >= 0xc2 && c <= 0xf4);
}

/* Malformed: the bytes that belong to the attempt are passed over. */
static unsigned utf8_malformed(const unsigned char *p, size_t rest, size_t wanted, size_t *pos)
{
    size_t n = 1;

    while (n < wanted && n < rest && !utf8_begins(p[n])) {
        n++;
    }
    *pos += n;
    return 0;
}

static unsigned utf8_next(const unsigned char *text, size_t len, size_t *pos, bool *ok)
{
    static const unsigned least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const unsigned char *p = text + *pos;
    size_t rest = len - *pos, n, i;
    unsigned c = *p;

    *ok = true;
    if (c < 0x80) {
        (*pos)++;
        return c;
    }
    *ok = false;
    if (c < 0xc2 || c > 0xf4) {
        (*pos)++;
        return 0;
    }
    n = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
    c &= 0x7f >> n;
    for (i = 1; i < n; i++) {
        if (i >= rest || !utf8_continues(p[i])) {
            return utf8_malformed(p, rest, n, pos);
        }
        c = c << 6 | (p[i] & 0x3f);
    }
    *pos += n;
    *ok = c >= least[n] && c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
    return c;
}

/* Is the byte a lead byte, and the next one a trail byte, of a character of two? */
static bool is_lead(html_charset_kind kind, unsigned char c)
{
    switch (kind) {
    case HTML_BIG5:
        return c >= 0x81 && c <= 0xfe;
    case HTML_GB2312:
        return c >= 0xa1 && c <= 0xfe;
    case HTML_SJIS:
        return (c >= 0x81 && c <= 0x9f) || (c >= 0xe0 && c <= 0xfc);
    default:
        return (c >= 0xa1 && c <= 0xfe) || c == 0x8e;
    }
}

static bool is_trail(html_charset_kind kind, unsigned char c)
{
    switch (kind) {
    case HTML_BIG5:
        return (c >= 0x40 && c <= 0x7e) || (c >= 0xa1 && c <= 0xfe);
    case HTML_SJIS:
        return c >= 0x40 && c != 0x7f && c < 0xfd;
    default:
        return c >= 0xa1 && c <= 0xfe;
    }
}

static bool is_single(html_charset_kind kind, unsigned char c)
{
    return c < 0x80 || (kind == HTML_SJIS && c >= 0xa1 && c <= 0xdf)
        || (kind == HTML_GB2312 && (c == 0x8e || c == 0x8f || c == 0xa0 || c == 0xff))
        || (kind == HTML_EUC_JP && c >= 0x80 && c < 0xa0 && c != 0x8e && c != 0x8f);
}

static unsigned double_byte_next(html_charset_kind kind, const unsigned char *text, size_t len,
    size_t *pos, bool *ok)
{
    const unsigned char *p = text + *pos;
    size_t rest = len - *pos;

    *ok = true;
    if (is_single(kind, *p)) {
        (*pos)++;
        return *p;
    }
    if (kind == HTML_EUC_JP && *p == 0x8f && rest >= 3 && is_trail(kind, p[1])
        && is_trail(kind, p[2])) {
        *pos += 3;
        return (unsigned) p[0] << 16 | (unsigned) p[1] << 8 | p[2];
    }
    if (is_lead(kind, *p) && rest >= 2 && is_trail(kind, p[1])) {
        *pos += 2;
        return (unsigned) p[0] << 8 | p[1];
    }
    *ok = false;
    *pos += rest >= 2 && !is_single(kind, p[1]) && !is_lead(kind, p[1]) ? 2 : 1;
    return 0;
}

unsigned html_next_char(const html_charset *charset, const unsigned char *text, size_t len,
    size_t *pos, bool *ok)
{
    switch (charset->kind) {
    case HTML_UTF_8:
        return utf8_next(text, len, pos, ok);
    case HTML_8859_1:
    case HTML_SINGLE_BYTE:
        *ok = true;
        return text[(*pos)++];
    default:
        return double_byte_next(charset->kind, text, len, pos, ok);
    }
}

/* ---- Unicode and back ------------------------------------------------------------------------ */

unsigned html_to_unicode(const html_charset *charset, unsigned c)
{
    return charset->kind == HTML_SINGLE_BYTE ? (*charset->table)[c & 0xff] : c;
}

bool html_from_unicode(const html_charset *charset, unsigned character, unsigned *c)
{
    unsigned i;

    *c = character;
    switch (charset->kind) {
    case HTML_UTF_8:
        return true;
    case HTML_8859_1:
        return character <= 0xff;
    case HTML_SINGLE_BYTE:
        if (character < 0x80) {
            return true;
        }
        for (i = 0x80; i < 0x100; i++) {
            if ((*charset->table)[i] == character) {
                *c = i;
                return true;
            }
        }
        return false;
    default:
        return character < 0x80;
    }
}

static size_t utf8_write(unsigned c, char *out)
{
    static const unsigned char marks[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
    size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4, i;

    for (i = n - 1; i > 0; i--) {
        out[i] = (char) (0x80 | (c & 0x3f));
        c >>= 6;
    }
    out[0] = (char) (c | marks[n]);
    return n;
}

size_t html_write_char(const html_charset *charset, unsigned c, char *out)
{
    size_t n = 0;

    if (charset->kind == HTML_UTF_8) {
        return utf8_write(c, out);
    }
    if (c > 0xffff) {
        out[n++] = (char) (c >> 16);
    }
    if (c > 0xff) {
        out[n++] = (char) (c >> 8);
    }
    out[n++] = (char) c;
    return n;
}
