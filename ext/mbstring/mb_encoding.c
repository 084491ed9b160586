/* SPDX-License-Identifier: MIT */
/* The encodings, and the way from bytes to code points and back. */
#include "ext/mbstring/php_mbstring.h"

#include <errno.h>
#include <iconv.h>

static const mb_encoding encodings[] = {
    {"8bit", " binary ", "8bit", "ISO-8859-1", 1},
    {"UCS-4", " ISO-10646-UCS-4 UCS4 ", "UCS-4", "UTF-32BE", 4},
    {"UCS-4BE", "", "UCS-4BE", "UTF-32BE", 4},
    {"UCS-4LE", "", "UCS-4LE", "UTF-32LE", 4},
    {"UCS-2", " ISO-10646-UCS-2 UCS2 UNICODE ", "UCS-2", "UCS-2BE", 2},
    {"UCS-2BE", "", "UCS-2BE", "UCS-2BE", 2},
    {"UCS-2LE", "", "UCS-2LE", "UCS-2LE", 2},
    {"UTF-32", " utf32 ", "UTF-32", "UTF-32BE", 4},
    {"UTF-32BE", "", "UTF-32BE", "UTF-32BE", 4},
    {"UTF-32LE", "", "UTF-32LE", "UTF-32LE", 4},
    {"UTF-16", " utf16 ", "UTF-16", "UTF-16BE", 2},
    {"UTF-16BE", "", "UTF-16BE", "UTF-16BE", 2},
    {"UTF-16LE", "", "UTF-16LE", "UTF-16LE", 2},
    {"UTF-8", " utf8 ", "UTF-8", "UTF-8", 0},
    {"UTF-7", " utf7 ", "UTF-7", "UTF-7", 1},
    {"ASCII", " ANSI_X3.4-1968 iso-ir-6 ANSI_X3.4-1986 ISO_646.irv:1991 US-ASCII ISO646-US us "
              "IBM367 IBM-367 cp367 csASCII ", "US-ASCII", "ASCII", 1},
    {"EUC-JP", " EUC EUC_JP eucJP x-euc-jp ", "EUC-JP", "EUC-JP", 1},
    {"SJIS", " x-sjis SHIFT-JIS ", "Shift_JIS", "SHIFT_JIS", 1},
    {"SJIS-win", " CP932 MS932 Windows-31J MS_Kanji ", "Shift_JIS", "CP932", 1},
    {"JIS", "", "ISO-2022-JP", "ISO-2022-JP", 1},
    {"ISO-2022-JP", "", "ISO-2022-JP", "ISO-2022-JP", 1},
    {"Windows-1252", " cp1252 ", "Windows-1252", "CP1252", 1},
    {"Windows-1254", " CP1254 CP-1254 WINDOWS-1254 ", "Windows-1254", "CP1254", 1},
    {"ISO-8859-1", " ISO8859-1 latin1 ", "ISO-8859-1", "ISO-8859-1", 1},
    {"ISO-8859-2", " ISO8859-2 latin2 ", "ISO-8859-2", "ISO-8859-2", 1},
    {"ISO-8859-3", " ISO8859-3 latin3 ", "ISO-8859-3", "ISO-8859-3", 1},
    {"ISO-8859-4", " ISO8859-4 latin4 ", "ISO-8859-4", "ISO-8859-4", 1},
    {"ISO-8859-5", " ISO8859-5 cyrillic ", "ISO-8859-5", "ISO-8859-5", 1},
    {"ISO-8859-6", " ISO8859-6 arabic ", "ISO-8859-6", "ISO-8859-6", 1},
    {"ISO-8859-7", " ISO8859-7 greek ", "ISO-8859-7", "ISO-8859-7", 1},
    {"ISO-8859-8", " ISO8859-8 hebrew ", "ISO-8859-8", "ISO-8859-8", 1},
    {"ISO-8859-9", " ISO8859-9 latin5 ", "ISO-8859-9", "ISO-8859-9", 1},
    {"ISO-8859-10", " ISO8859-10 latin6 ", "ISO-8859-10", "ISO-8859-10", 1},
    {"ISO-8859-13", " ISO8859-13 ", "ISO-8859-13", "ISO-8859-13", 1},
    {"ISO-8859-14", " ISO8859-14 latin8 ", "ISO-8859-14", "ISO-8859-14", 1},
    {"ISO-8859-15", " ISO8859-15 ", "ISO-8859-15", "ISO-8859-15", 1},
    {"ISO-8859-16", " ISO8859-16 ", "ISO-8859-16", "ISO-8859-16", 1},
    {"EUC-CN", " CN-GB EUC_CN eucCN x-euc-cn gb2312 ", "CN-GB", "EUC-CN", 1},
    {"CP936", " CP-936 ", "CP936", "CP936", 1},
    {"GB18030", " gb-18030 gb-18030-2000 ", "GB18030", "GB18030", 1},
    {"EUC-TW", " EUC_TW eucTW x-euc-tw ", "EUC-TW", "EUC-TW", 1},
    {"BIG-5", " CN-BIG5 BIG-FIVE BIG5 ", "BIG5", "BIG5", 1},
    {"CP950", "", "BIG5", "CP950", 1},
    {"EUC-KR", " EUC_KR eucKR x-euc-kr ", "EUC-KR", "EUC-KR", 1},
    {"UHC", " CP949 ", "UHC", "CP949", 1},
    {"ISO-2022-KR", "", "ISO-2022-KR", "ISO-2022-KR", 1},
    {"Windows-1251", " CP1251 CP-1251 WINDOWS-1251 ", "Windows-1251", "CP1251", 1},
    {"CP866", " CP-866 IBM866 IBM-866 ", "CP866", "CP866", 1},
    {"KOI8-R", " KOI8R ", "KOI8-R", "KOI8-R", 1},
    {"KOI8-U", " KOI8U ", "KOI8-U", "KOI8-U", 1},
    {"ArmSCII-8", " ArmSCII8 ARMSCII-8 ARMSCII8 ", "ArmSCII-8", "ARMSCII-8", 1},
    {"CP850", " CP-850 IBM850 IBM-850 ", "CP850", "CP850", 1},
};
#define ENCODING_COUNT ((int) (sizeof(encodings) / sizeof(*encodings)))

/* --- Names --------------------------------------------------------------------------------- */

const mb_encoding *mb_nth_encoding(int n)
{
    return n < ENCODING_COUNT ? &encodings[n] : NULL;
}

static bool has_alias(const mb_encoding *encoding, const char *name)
{
    const char *p = encoding->aliases;
    size_t length = strlen(name);

    while (*p == ' ' && p[1]) {
        size_t word = strcspn(++p, " ");
        if (word == length && !strncasecmp(p, name, length)) {
            return true;
        }
        p += word;
    }
    return false;
}

const mb_encoding *mb_find_encoding(const char *name)
{
    int i;

    for (i = 0; i < ENCODING_COUNT; i++) {
        if (!strcasecmp(encodings[i].name, name)) {
            return &encodings[i];
        }
    }
    for (i = 0; i < ENCODING_COUNT; i++) {
        if ((encodings[i].mime_name && !strcasecmp(encodings[i].mime_name, name))
            || has_alias(&encodings[i], name)) {
            return &encodings[i];
        }
    }
    return NULL;
}

const mb_encoding *mb_encoding_argument(const char *name)
{
    const mb_encoding *encoding;

    if (!name) {
        return MBG(internal_encoding);
    }
    encoding = mb_find_encoding(name);
    if (!encoding) {
        php_error_docref(NULL, E_WARNING, "Unknown encoding \"%s\"", name);
    }
    return encoding;
}

/* --- UTF-8 --------------------------------------------------------------------------------- */

int mb_utf8_length(unsigned char lead)
{
    return lead < 0xc2 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : lead < 0xfc ? 5
        : lead < 0xfe ? 6 : 1;
}

/* The character at string[*i], which is moved behind it, or at least by one. MB_BAD: none.
 * *cut_off: it is the beginning of one, and the string ends. */
static uint32_t next_utf8(const char *string, size_t length, size_t *i, bool *cut_off)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = (unsigned char) string[(*i)++];
    int size, n;
    uint32_t c;

    if (lead < 0x80) {
        return lead;
    }
    size = mb_utf8_length(lead);
    if (size < 2 || size > 4) {
        return MB_BAD;
    }
    c = lead & (0x7f >> size);
    for (n = 1; n < size; n++) {
        if (*i >= length) {
            *cut_off = true;
            return MB_BAD;
        }
        if ((string[*i] & 0xc0) != 0x80) {
            return MB_BAD;
        }
        c = c << 6 | (string[(*i)++] & 0x3f);
    }
    if (c < smallest[size] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
        return MB_BAD;
    }
    return c;
}

static mb_text decode_utf8(const char *string, size_t length)
{
    mb_text text = {safe_emalloc(length + 1, sizeof(uint32_t), 0), 0};
    size_t i = 0;
    bool cut_off;

    while (i < length) {
        text.chars[text.count++] = next_utf8(string, length, &i, &cut_off);
    }
    return text;
}

static size_t put_utf8(char *out, uint32_t c)
{
    char *start = out;

    if (c < 0x80) {
        *out++ = (char) c;
        return 1;
    }
    if (c < 0x800) {
        *out++ = (char) (0xc0 | c >> 6);
    } else {
        if (c < 0x10000) {
            *out++ = (char) (0xe0 | c >> 12);
        } else {
            *out++ = (char) (0xf0 | c >> 18);
            *out++ = (char) (0x80 | (c >> 12 & 0x3f));
        }
        *out++ = (char) (0x80 | (c >> 6 & 0x3f));
    }
    *out++ = (char) (0x80 | (c & 0x3f));
    return (size_t) (out - start);
}

/* --- The others: iconv --------------------------------------------------------------------- */

/* Conversions that are open, by encoding: decoders and encoders; NULL: not yet. */
static iconv_t decoders[ENCODING_COUNT], encoders[ENCODING_COUNT];

void mb_encodings_shutdown(void)
{
    int i;

    for (i = 0; i < ENCODING_COUNT; i++) {
        if (decoders[i]) {
            iconv_close(decoders[i]);
        }
        if (encoders[i]) {
            iconv_close(encoders[i]);
        }
        decoders[i] = encoders[i] = NULL;
    }
}

/* A conversion at its start; NULL if the system does not have it. */
static iconv_t converter(const mb_encoding *encoding, bool decoding)
{
    iconv_t *slot = (decoding ? decoders : encoders) + (encoding - encodings);

    if (!*slot) {
        iconv_t opened = decoding ? iconv_open("UTF-32LE", encoding->iconv_name)
                                  : iconv_open(encoding->iconv_name, "UTF-32LE");
        if (opened == (iconv_t) -1) {
            return NULL;
        }
        *slot = opened;
    }
    iconv(*slot, NULL, NULL, NULL, NULL);
    return *slot;
}

/* UTF-16 and UTF-32 begin with the byte order mark of the other order: then that encoding. */
static const mb_encoding *by_byte_order(const mb_encoding *encoding, const char **string,
    size_t *length)
{
    const char *name = encoding->name;
    bool open_order = strlen(name) == 6 && !strncmp(name, "UTF-", 4);

    if (open_order && encoding->unit == 2 && *length >= 2) {
        if (!memcmp(*string, "\xff\xfe", 2) || !memcmp(*string, "\xfe\xff", 2)) {
            encoding = mb_find_encoding(**string == '\xff' ? "UTF-16LE" : "UTF-16BE");
            *string += 2;
            *length -= 2;
        }
    } else if (open_order && encoding->unit == 4 && *length >= 4) {
        if (!memcmp(*string, "\xff\xfe\0\0", 4) || !memcmp(*string, "\0\0\xfe\xff", 4)) {
            encoding = mb_find_encoding(**string == '\xff' ? "UTF-32LE" : "UTF-32BE");
            *string += 4;
            *length -= 4;
        }
    }
    return encoding;
}

static mb_text decode_by_iconv(const mb_encoding *encoding, const char *string, size_t length,
    bool *cut_off)
{
    mb_text text;
    iconv_t cd;
    char *in, *out;
    size_t out_left;

    encoding = by_byte_order(encoding, &string, &length);
    text.chars = safe_emalloc(length + 2, 2 * sizeof(uint32_t), 0);
    cd = converter(encoding, true);
    in = (char *) string;
    out = (char *) text.chars;
    out_left = (length + 2) * 2 * sizeof(uint32_t);
    while (cd && length > 0 && iconv(cd, &in, &length, &out, &out_left) == (size_t) -1) {
        size_t skip = length < (size_t) encoding->unit ? length : (size_t) encoding->unit;

        if (out_left < sizeof(uint32_t) || errno == E2BIG) {
            break;
        }
        memset(out, 0xff, sizeof(uint32_t));
        out += sizeof(uint32_t);
        out_left -= sizeof(uint32_t);
        if (errno == EINVAL) {
            *cut_off = true;
            break;
        }
        in += skip;
        length -= skip;
    }
    text.count = (size_t) (out - (char *) text.chars) / sizeof(uint32_t);
    return text;
}

mb_text mb_decode(const mb_encoding *encoding, const char *string, size_t length)
{
    bool cut_off;

    return encoding->unit == 0 ? decode_utf8(string, length)
                               : decode_by_iconv(encoding, string, length, &cut_off);
}

/* --- Encoding ------------------------------------------------------------------------------ */

/* A growing result. */
typedef struct _mb_output {
    iconv_t cd; /* NULL for UTF-8 */
    char *text;
    size_t length, room;
} mb_output;

/* Room for `bytes` more and a NUL. */
static void reserve(mb_output *output, size_t bytes)
{
    if (output->length + bytes + 1 > output->room) {
        output->room = output->room * 2 + bytes + 1;
        output->text = erealloc(output->text, output->room);
    }
}

/* Appends characters; returns how many, fewer if one cannot be encoded. */
static size_t put_chars(mb_output *output, const uint32_t *chars, size_t count)
{
    char *in = (char *) chars, *out;
    size_t left = count * sizeof(uint32_t), room, n;

    if (!output->cd) {
        for (n = 0; n < count && chars[n] <= 0x10ffff; n++) {
            reserve(output, 4);
            output->length += put_utf8(output->text + output->length, chars[n]);
        }
        return n;
    }
    do {
        reserve(output, left + 16);
        out = output->text + output->length;
        room = output->room - output->length - 1;
        n = iconv(output->cd, &in, &left, &out, &room);
        output->length = (size_t) (out - output->text);
    } while (n == (size_t) -1 && errno == E2BIG);
    return count - left / sizeof(uint32_t);
}

static void put_ascii(mb_output *output, const char *text)
{
    for (; *text; text++) {
        uint32_t c = (unsigned char) *text;
        put_chars(output, &c, 1);
    }
}

/* What stands for a character that cannot be encoded. */
static void put_substitute(mb_output *output, uint32_t c)
{
    char text[24];

    switch (MBG(substitution)) {
    case MB_SUBSTITUTE_NONE:
        return;
    case MB_SUBSTITUTE_LONG:
        snprintf(text, sizeof(text), c == MB_BAD ? "BAD+" : "U+%X", c);
        put_ascii(output, text);
        return;
    case MB_SUBSTITUTE_ENTITY:
        if (c != MB_BAD) {
            snprintf(text, sizeof(text), "&#x%X;", c);
            put_ascii(output, text);
            return;
        }
        break;
    case MB_SUBSTITUTE_CHAR:
        break;
    }
    if (put_chars(output, &MBG(substitute), 1) == 0) {
        put_ascii(output, "?");
    }
}

char *mb_encode(const mb_encoding *encoding, const uint32_t *chars, size_t count, size_t *length)
{
    mb_output output = {NULL, NULL, 0, 0};
    size_t done = 0;

    if (encoding->unit != 0) {
        output.cd = converter(encoding, false);
    }
    reserve(&output, count);
    while (done < count) {
        size_t run = 0;

        while (done + run < count && chars[done + run] != MB_BAD) {
            run++;
        }
        done += put_chars(&output, chars + done, run);
        if (done < count) {
            put_substitute(&output, chars[done++]);
        }
    }
    if (output.cd) {
        char *out;
        size_t room;

        reserve(&output, 16);
        out = output.text + output.length;
        room = output.room - output.length - 1;
        iconv(output.cd, NULL, NULL, &out, &room);
        output.length = (size_t) (out - output.text);
    }
    output.text[output.length] = '\0';
    *length = output.length;
    return erealloc(output.text, output.length + 1);
}

/* --- Without decoding ---------------------------------------------------------------------- */

size_t mb_count(const mb_encoding *encoding, const char *string, size_t length)
{
    mb_text text;
    size_t i = 0, count = 0;

    if (encoding->unit == 0) {
        for (; i < length; i += (size_t) mb_utf8_length((unsigned char) string[i])) {
            count++;
        }
        return count;
    }
    if (!strncmp(encoding->iconv_name, "ISO-8859-", 9)) {
        return length;
    }
    text = mb_decode(encoding, string, length);
    count = text.count;
    mb_text_free(&text);
    return count;
}

bool mb_is_valid(const mb_encoding *encoding, const char *string, size_t length,
    bool cut_off_is_good)
{
    bool cut_off = false;
    size_t i = 0, bad = 0;

    if (encoding->unit == 0) {
        while (i < length && bad == 0) {
            bad = next_utf8(string, length, &i, &cut_off) == MB_BAD;
        }
    } else {
        mb_text text = decode_by_iconv(encoding, string, length, &cut_off);
        for (; i < text.count; i++) {
            bad += text.chars[i] == MB_BAD;
        }
        mb_text_free(&text);
    }
    return bad == 0 || (bad == 1 && cut_off && cut_off_is_good);
}
