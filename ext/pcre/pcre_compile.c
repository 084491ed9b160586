/* SPDX-License-Identifier: MIT */
/*
 * From "/pattern/modifiers" to a compiled pattern.
 *
 * The library is PCRE2, scripts expect its predecessor. What differs is evened out here: texts
 * and offsets of errors, `(*UTF8)`, and escapes without a meaning (`\y`), which stood for the
 * letter itself.
 */
#include "ext/pcre/php_pcre_internal.h"

#include <ctype.h>
#include <locale.h>

/* --- Errors -------------------------------------------------------------------------------- */

/* Codes of pcre2_compile() that are treated apart. */
#define ERROR_UNKNOWN_ESCAPE 103
#define ERROR_CLASS_ESCAPE 107
#define ERROR_MISSING_GROUP 115
#define ERROR_MEMORY 121
#define ERROR_LOOKBEHIND 125
#define ERROR_DUPLICATE_NAME 143

/* The predecessor's text for the library's code, by code - 101; NULL: the library's own. */
static const char *const compile_errors[] = {
    "\\ at end of pattern",
    "\\c at end of pattern",
    "unrecognized character follows \\",
    "numbers out of order in {} quantifier",
    "number too big in {} quantifier",
    "missing terminating ] for character class",
    "invalid escape sequence in character class",
    "range out of order in character class",
    "nothing to repeat",
    NULL,
    "unrecognized character after (? or (?-",
    "POSIX named classes are supported only within a class",
    "POSIX collating elements are not supported",
    "missing )",
    "reference to non-existent subpattern",
    NULL,
    "unknown option bit(s) set",
    "missing ) after comment",
    "parentheses are too deeply nested",
    "regular expression is too large",
    "failed to get memory",
    "unmatched parentheses",
    "internal error: code overflow",
    "unrecognized character after (?<",
    "lookbehind assertion is not fixed length",
    "malformed number or name after (?(",
    "conditional group contains more than two branches",
    "assertion expected after (?(",
    "(?R or (?[+-]digits must be followed by )",
    "unknown POSIX class name",
    NULL,
    NULL,
    "parentheses are too deeply nested",
    "character value in \\x{} or \\o{} is too large",
    "invalid condition (?(0)",
    "\\C not allowed in lookbehind assertion",
    "PCRE does not support \\L, \\l, \\N{name}, \\U, or \\u",
    "number after (?C is > 255",
    "closing ) for (?C expected",
    "(*VERB) not recognized or malformed",
    "unrecognized character after (?P",
    "syntax error in subpattern name (missing terminator)",
    "two named subpatterns have the same name",
    "group name must start with a non-digit",
    "support for \\P, \\p, and \\X has not been compiled",
    "malformed \\P or \\p sequence",
    "unknown property name after \\P or \\p",
    "subpattern name is too long (maximum 32 characters)",
    "too many named subpatterns (maximum 10000)",
    "invalid range in character class",
    "octal value is greater than \\377 in 8-bit non-UTF-8 mode",
};

/* Where the group that opens at `open` is closed, or open itself if it is not. */
static size_t end_of_group(const char *pattern, size_t length, size_t open)
{
    size_t i;
    int depth = 0;
    bool in_class = false;

    for (i = open; i < length; i++) {
        if (pattern[i] == '\\') {
            i++;
        } else if (in_class) {
            in_class = pattern[i] != ']';
        } else if (pattern[i] == '[') {
            in_class = true;
        } else if (pattern[i] == '(') {
            depth++;
        } else if (pattern[i] == ')' && --depth == 0) {
            return i;
        }
    }
    return open;
}

static void report_compile_error(const char *pattern, size_t length, int code, size_t offset)
{
    const char *text = NULL;
    PCRE2_UCHAR own_text[256];

    if (code < 0) {
        text = "invalid UTF-8 string";
    } else if ((size_t) code - 101 < sizeof(compile_errors) / sizeof(*compile_errors)) {
        text = compile_errors[code - 101];
    }
    if (!text) {
        pcre2_get_error_message(code, own_text, sizeof(own_text));
        text = (const char *) own_text;
    }
    if (code == ERROR_LOOKBEHIND) {
        offset = end_of_group(pattern, length, offset);
    } else if (code == ERROR_DUPLICATE_NAME && offset > 0) {
        offset--;
    }
    php_error_docref(NULL, E_WARNING, "Compilation failed: %s at offset %zu", text, offset);
}

/* --- The library's compiler ---------------------------------------------------------------- */

/* `(*UTF8)` among the first (*VERBS) is spelt `(*UTF)` now. */
static size_t rename_utf_verb(char *pattern, size_t length)
{
    size_t i = 0;

    while (length - i > 3 && pattern[i] == '(' && pattern[i + 1] == '*') {
        char *end = memchr(pattern + i, ')', length - i);
        if (!end) {
            break;
        }
        if (end - (pattern + i) == 6 && !memcmp(pattern + i, "(*UTF8", 6)) {
            memmove(end - 1, end, length - (size_t) (end - pattern));
            return length - 1;
        }
        i = (size_t) (end - pattern) + 1;
    }
    return length;
}

/* Is the error at the letter of an escape that stands for the letter itself? */
static bool is_literal_escape(const char *pattern, size_t length, int code, size_t offset,
    bool strict)
{
    if (offset == 0 || offset >= length || pattern[offset - 1] != '\\') {
        return false;
    }
    if (code == ERROR_MISSING_GROUP) {
        return pattern[offset] == '8' || pattern[offset] == '9';
    }
    return !strict && (code == ERROR_UNKNOWN_ESCAPE || code == ERROR_CLASS_ESCAPE);
}

/* Tables for the characters' classes in the current locale. */
static bool set_locale(pcre_cache_entry *entry, pcre2_compile_context *context)
{
    const char *locale = setlocale(LC_CTYPE, NULL);

    if (locale && strcmp(locale, "C")) {
        entry->locale = strdup(locale);
        entry->tables = pcre2_maketables(NULL);
        if (!entry->locale || !entry->tables) {
            return false;
        }
        pcre2_set_character_tables(context, entry->tables);
    }
    return true;
}

/* Compiles a bare pattern, which may be changed on the way. */
static bool compile_pattern(pcre_cache_entry *entry, char *pattern, size_t length, bool strict)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    int code = 0;
    size_t offset = 0;

    if (!context || !set_locale(entry, context)) {
        pcre2_compile_context_free(context);
        report_compile_error(pattern, length, ERROR_MEMORY, 0);
        return false;
    }
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    pcre2_set_bsr(context, PCRE2_BSR_UNICODE);
#ifdef PCRE2_EXTRA_ALLOW_LOOKAROUND_BSK
    pcre2_set_compile_extra_options(context, PCRE2_EXTRA_ALLOW_LOOKAROUND_BSK);
#endif
    length = rename_utf_verb(pattern, length);
    for (;;) {
        entry->re = pcre2_compile((PCRE2_SPTR) pattern, length, entry->compile_options, &code,
            &offset, context);
        if (entry->re || !is_literal_escape(pattern, length, code, offset, strict)) {
            break;
        }
        memmove(pattern + offset - 1, pattern + offset, length - offset);
        length--;
    }
    pcre2_compile_context_free(context);
    if (!entry->re) {
        report_compile_error(pattern, length, code, offset);
        return false;
    }
    /* With what the pattern's own (*VERBS) ask for. */
    pcre2_pattern_info(entry->re, PCRE2_INFO_ALLOPTIONS, &entry->compile_options);
    return true;
}

/* The names of groups, by number. */
static bool collect_group_names(pcre_cache_entry *entry)
{
    PCRE2_SPTR table;
    uint32_t count, row_size, i;

    pcre2_pattern_info(entry->re, PCRE2_INFO_CAPTURECOUNT, &entry->capture_count);
    pcre2_pattern_info(entry->re, PCRE2_INFO_NAMECOUNT, &count);
    if (count == 0) {
        return true;
    }
    pcre2_pattern_info(entry->re, PCRE2_INFO_NAMETABLE, &table);
    pcre2_pattern_info(entry->re, PCRE2_INFO_NAMEENTRYSIZE, &row_size);
    entry->group_names = calloc(entry->capture_count + 1, sizeof(char *));
    if (!entry->group_names) {
        return false;
    }
    for (i = 0; i < count; i++, table += row_size) {
        entry->group_names[table[0] << 8 | table[1]] = (const char *) table + 2;
    }
    return true;
}

void php_pcre_free_entry(pcre_cache_entry *entry)
{
    pcre2_code_free(entry->re);
    free(entry->group_names);
    free(entry->locale);
    pcre2_maketables_free(NULL, entry->tables);
}

/* --- Delimiters and modifiers -------------------------------------------------------------- */

/* The ending delimiter from `text` on: NULL after a warning. end is behind the string. */
static const char *find_ending_delimiter(const char *text, const char *end, char open, char close)
{
    const char *p;
    int depth = 1;

    for (p = text; *p; p++) {
        if (*p == '\\' && p[1]) {
            p++;
        } else if (*p == close && --depth == 0) {
            return p;
        } else if (*p == open && open != close) {
            depth++;
        }
    }
    if (p < end) {
        php_error_docref(NULL, E_WARNING, "Null byte in regex");
    } else if (open == close) {
        php_error_docref(NULL, E_WARNING, "No ending delimiter '%c' found", close);
    } else {
        php_error_docref(NULL, E_WARNING, "No ending matching delimiter '%c' found", close);
    }
    return NULL;
}

static char closing_delimiter(char open)
{
    switch (open) {
    case '(':
        return ')';
    case '[':
        return ']';
    case '{':
        return '}';
    case '<':
        return '>';
    default:
        return open;
    }
}

/* The modifiers between p and end; false after a warning. */
static bool take_modifiers(pcre_cache_entry *entry, const char *p, const char *end, bool *strict)
{
    for (; p < end; p++) {
        switch (*p) {
        case 'i':
            entry->compile_options |= PCRE2_CASELESS;
            break;
        case 'm':
            entry->compile_options |= PCRE2_MULTILINE;
            break;
        case 's':
            entry->compile_options |= PCRE2_DOTALL;
            break;
        case 'x':
            entry->compile_options |= PCRE2_EXTENDED;
            break;
        case 'A':
            entry->compile_options |= PCRE2_ANCHORED;
            break;
        case 'D':
            entry->compile_options |= PCRE2_DOLLAR_ENDONLY;
            break;
        case 'U':
            entry->compile_options |= PCRE2_UNGREEDY;
            break;
        case 'u':
            entry->compile_options |= PCRE2_UTF | PCRE2_UCP;
            break;
        case 'X':
            *strict = true;
            break;
        case 'e':
            entry->preg_options |= PREG_REPLACE_EVAL;
            break;
        case 'S': /* study: patterns in use are compiled to machine code anyway */
        case ' ':
        case '\n':
            break;
        case '\0':
            php_error_docref(NULL, E_WARNING, "Null byte in regex");
            return false;
        default:
            php_error_docref(NULL, E_WARNING, "Unknown modifier '%c'", *p);
            return false;
        }
    }
    return true;
}

bool php_pcre_compile(pcre_cache_entry *entry, const char *regex, int regex_len)
{
    const char *p = regex, *end = regex + regex_len, *pattern_end;
    char *pattern;
    bool strict = false, compiled;

    while (isspace((unsigned char) *p)) {
        p++;
    }
    if (*p == '\0') {
        php_error_docref(NULL, E_WARNING,
            p < end ? "Null byte in regex" : "Empty regular expression");
        return false;
    }
    if (isalnum((unsigned char) *p) || *p == '\\') {
        php_error_docref(NULL, E_WARNING, "Delimiter must not be alphanumeric or backslash");
        return false;
    }
    pattern_end = find_ending_delimiter(p + 1, end, *p, closing_delimiter(*p));
    if (!pattern_end || !take_modifiers(entry, pattern_end + 1, end, &strict)) {
        return false;
    }
    p++;
    pattern = estrndup(p, (uint) (pattern_end - p));
    compiled = compile_pattern(entry, pattern, (size_t) (pattern_end - p), strict)
        && collect_group_names(entry);
    efree(pattern);
    if (!compiled) {
        php_pcre_free_entry(entry);
    }
    return compiled;
}
