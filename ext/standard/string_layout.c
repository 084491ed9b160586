/* SPDX-License-Identifier: MIT */
/*
 * Strings made longer, cut into pieces of a length, or broken into lines.
 *
 * The length of each result is computed first, checked against the greatest length of a string, and
 * then filled in one pass.
 */
#include <ctype.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

size_t php_string_check_length(size_t length)
{
    if (UNEXPECTED(length >= INT_MAX)) {
        zend_error_noreturn(E_ERROR, "String size overflow");
    }
    return length;
}

PHP_FUNCTION(str_repeat)
{
    char *input, *result;
    int len;
    long times;
    size_t total, filled;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sl", &input, &len, &times) == FAILURE) {
        return;
    }
    if (times < 0) {
        php_error_docref(NULL, E_WARNING,
            "Second argument has to be greater than or equal to 0");
        return;
    }
    if (len == 0 || times == 0) {
        RETURN_EMPTY_STRING();
    }
    if (times > INT_MAX / len) {
        php_error_docref(NULL, E_WARNING, "Result is too big, maximum %d allowed", INT_MAX);
        RETURN_EMPTY_STRING();
    }
    total = (size_t) len * (size_t) times;
    result = safe_emalloc((size_t) len, (size_t) times, 1);
    if (len == 1) {
        memset(result, *input, total);
    } else {
        /* What is there doubles with each copy. */
        memcpy(result, input, (size_t) len);
        for (filled = (size_t) len; filled < total; filled *= 2) {
            memcpy(result + filled, result, MIN(filled, total - filled));
        }
    }
    result[total] = '\0';
    RETURN_STRINGL(result, total, 0);
}

/* Fills n bytes with the padding, from its start. */
static char *fill_padding(char *out, size_t n, const char *padding, int padding_len)
{
    size_t i;

    for (i = 0; i < n; i++) {
        *out++ = padding[i % (size_t) padding_len];
    }
    return out;
}

PHP_FUNCTION(str_pad)
{
    char *input, *padding = " ", *result, *out;
    int len, padding_len = 1;
    long length, type = STR_PAD_RIGHT;
    size_t missing, left;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "sl|sl", &input, &len, &length, &padding,
            &padding_len, &type) == FAILURE) {
        return;
    }
    if (length < 0 || length <= len) {
        RETURN_STRINGL(input, len, 1);
    }
    if (padding_len == 0) {
        php_error_docref(NULL, E_WARNING, "Padding string cannot be empty");
        return;
    }
    if (type < STR_PAD_LEFT || type > STR_PAD_BOTH) {
        php_error_docref(NULL, E_WARNING,
            "Padding type has to be STR_PAD_LEFT, STR_PAD_RIGHT, or STR_PAD_BOTH");
        return;
    }
    if (length >= INT_MAX) {
        php_error_docref(NULL, E_WARNING, "Padding length is too long");
        return;
    }
    missing = (size_t) (length - len);
    left = type == STR_PAD_LEFT ? missing : type == STR_PAD_BOTH ? missing / 2 : 0;
    result = emalloc((size_t) length + 1);
    out = fill_padding(result, left, padding, padding_len);
    memcpy(out, input, (size_t) len);
    out = fill_padding(out + len, missing - left, padding, padding_len);
    *out = '\0';
    RETURN_STRINGL(result, length, 0);
}

PHP_FUNCTION(chunk_split)
{
    char *str, *end = "\r\n", *result, *out;
    int len, end_len = 2, done;
    long chunk = 76;
    size_t chunks;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|ls", &str, &len, &chunk, &end, &end_len)
        == FAILURE) {
        return;
    }
    if (chunk <= 0) {
        php_error_docref(NULL, E_WARNING, "Chunk length should be greater than zero");
        RETURN_FALSE;
    }
    /* A string shorter than one chunk, the empty one too, is one chunk. */
    chunk = chunk > len ? MAX(len, 1) : chunk;
    chunks = len ? ((size_t) len + (size_t) chunk - 1) / (size_t) chunk : 1;
    php_string_check_length((size_t) len + chunks * (size_t) end_len);
    result = out = safe_emalloc(chunks, (size_t) end_len, (size_t) len + 1);
    for (done = 0; chunks > 0; chunks--) {
        int n = (int) MIN(chunk, len - done);

        memcpy(out, str + done, (size_t) n);
        memcpy(out + n, end, (size_t) end_len);
        out += n + end_len;
        done += n;
    }
    *out = '\0';
    RETURN_STRINGL(result, out - result, 0);
}

PHP_FUNCTION(str_split)
{
    char *str;
    int len;
    long length = 1;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|l", &str, &len, &length) == FAILURE) {
        return;
    }
    if (length <= 0) {
        php_error_docref(NULL, E_WARNING,
            "The length of each segment must be greater than zero");
        RETURN_FALSE;
    }
    if (len == 0 || length >= len) {
        array_init_size(return_value, 1);
        add_next_index_stringl(return_value, str, (uint) len, 1);
        return;
    }
    array_init_size(return_value, (uint) ((len - 1) / length + 1));
    for (; len > 0; str += length, len -= (int) length) {
        add_next_index_stringl(return_value, str, (uint) MIN(length, len), 1);
    }
}

PHP_FUNCTION(nl2br)
{
    char *str;
    int len, i;
    zend_bool is_xhtml = 1;
    const char *tag;
    size_t tag_len, breaks = 0;
    char *result, *out;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|b", &str, &len, &is_xhtml) == FAILURE) {
        return;
    }
    tag = is_xhtml ? "<br />" : "<br>";
    tag_len = strlen(tag);
#define IS_BREAK(c) ((c) == '\n' || (c) == '\r')
    /* "\r\n" and "\n\r" are one break. */
#define IS_PAIR(p) (IS_BREAK((p)[0]) && IS_BREAK((p)[1]) && (p)[0] != (p)[1])
    for (i = 0; i < len; i++) {
        if (IS_BREAK(str[i])) {
            breaks++;
            i += IS_PAIR(str + i);
        }
    }
    if (breaks == 0) {
        RETURN_STRINGL(str, len, 1);
    }
    php_string_check_length((size_t) len + breaks * tag_len);
    result = out = safe_emalloc(breaks, tag_len, (size_t) len + 1);
    for (i = 0; i < len; i++) {
        if (IS_BREAK(str[i])) {
            memcpy(out, tag, tag_len);
            out += tag_len;
            if (IS_PAIR(str + i)) {
                *out++ = str[i++];
            }
        }
        *out++ = str[i];
    }
#undef IS_BREAK
#undef IS_PAIR
    *out = '\0';
    RETURN_STRINGL(result, out - result, 0);
}

/* Without cutting, and with a break of one byte, the length stays: breaks replace spaces. */
static void wordwrap_in_place(char *text, int len, long width, char line_break)
{
    int line_start = 0, last_space = 0, i;

    for (i = 0; i < len; i++) {
        if (text[i] == line_break) {
            line_start = last_space = i + 1;
        } else if (text[i] == ' ') {
            if (i - line_start >= width) {
                text[i] = line_break;
                line_start = i + 1;
            }
            last_space = i;
        } else if (i - line_start >= width && line_start != last_space) {
            text[last_space] = line_break;
            line_start = last_space + 1;
        }
    }
}

static void append_line(smart_str *out, const char *line, int len, const char *line_break,
    int break_len)
{
    smart_str_appendl(out, line, (size_t) len);
    smart_str_appendl(out, line_break, (size_t) break_len);
}

/* The general case: any break, long words cut if `cut`. */
static void wordwrap_general(smart_str *out, const char *text, int len, long width,
    const char *line_break, int break_len, bool cut)
{
    int line_start = 0, last_space = 0, i;

    for (i = 0; i < len; i++) {
        if (text[i] == line_break[0] && i + break_len < len
            && memcmp(text + i, line_break, (size_t) break_len) == 0) {
            smart_str_appendl(out, text + line_start, (size_t) (i - line_start + break_len));
            i += break_len - 1;
            line_start = last_space = i + 1;
        } else if (text[i] == ' ') {
            if (i - line_start >= width) {
                append_line(out, text + line_start, i - line_start, line_break, break_len);
                line_start = i + 1;
            }
            last_space = i;
        } else if (i - line_start >= width && cut && line_start >= last_space) {
            append_line(out, text + line_start, i - line_start, line_break, break_len);
            line_start = last_space = i;
        } else if (i - line_start >= width && line_start < last_space) {
            append_line(out, text + line_start, last_space - line_start, line_break, break_len);
            line_start = last_space = last_space + 1;
        }
    }
    smart_str_appendl(out, text + line_start, (size_t) (len - line_start));
}

PHP_FUNCTION(wordwrap)
{
    char *text, *line_break = "\n";
    int len, break_len = 1;
    long width = 75;
    zend_bool cut = 0;
    smart_str out = { 0 };

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|lsb", &text, &len, &width, &line_break,
            &break_len, &cut) == FAILURE) {
        return;
    }
    if (len == 0) {
        RETURN_EMPTY_STRING();
    }
    if (break_len == 0) {
        php_error_docref(NULL, E_WARNING, "Break string cannot be empty");
        RETURN_FALSE;
    }
    if (width == 0 && cut) {
        php_error_docref(NULL, E_WARNING, "Can't force cut when width is zero");
        RETURN_FALSE;
    }
    if (break_len == 1 && !cut) {
        RETVAL_STRINGL(text, len, 1);
        wordwrap_in_place(Z_STRVAL_P(return_value), len, width, line_break[0]);
        return;
    }
    wordwrap_general(&out, text, len, width, line_break, break_len, cut);
    php_string_check_length(out.len);
    smart_str_0(&out);
    /* Scripts see the exact length's cost. */
    RETURN_STRINGL(erealloc(out.c, out.len + 1), out.len, 0);
}

/* ---- hebrev() ------------------------------------------------------------------------------- */

static bool is_hebrew(unsigned char c)
{
    return c >= 0xe0 && c <= 0xfa;
}

static bool is_neutral(unsigned char c)
{
    return isspace(c) || ispunct(c);
}

/* What a bracket looks like in a text that runs the other way. */
static char mirrored(char c)
{
    static const char pairs[] = "()[]{}<>\\/";
    const char *p = c ? strchr(pairs, c) : NULL;

    if (!p) {
        return c;
    }
    return (p - pairs) % 2 == 0 ? p[1] : p[-1];
}

/*
 * The text in visual order: the line backwards, with runs of non-Hebrew letters forwards
 * again. *out has len bytes.
 */
static void hebrew_visual_order(const char *str, int len, char *out)
{
    int start = 0, target = len;
    bool hebrew = is_hebrew((unsigned char) str[0]);

    while (start < len) {
        int end = start + 1, i;

        while (end < len && (is_hebrew((unsigned char) str[end]) == hebrew
                || (is_neutral((unsigned char) str[end]) && (hebrew || str[end] != '\n')))) {
            end++;
        }
        if (hebrew) {
            for (i = start; i < end; i++) {
                out[--target] = mirrored(str[i]);
            }
        } else {
            /* White space and signs at the run's end belong to the Hebrew text that follows. */
            while (end > start + 1 && str[end - 1] != '/' && str[end - 1] != '-'
                && is_neutral((unsigned char) str[end - 1])) {
                end--;
            }
            target -= end - start;
            memcpy(out + target, str + start, (size_t) (end - start));
        }
        start = end;
        hebrew = !hebrew;
    }
}

/* Is this the end of a line in either form? */
static bool is_newline(char c)
{
    return c == '\n' || c == '\r';
}

/* The lines of the visual text from the last to the first, each of at most max_chars. */
static void hebrew_lines(const char *visual, int len, long max_chars, char *out)
{
    int end = len;

    while (end > 0) {
        int begin = end, stop, i;
        long count = 0;

        while ((!max_chars || count < max_chars) && begin > 0) {
            count++;
            begin--;
            if (begin > 0 && is_newline(visual[begin])) {
                while (begin > 0 && is_newline(visual[begin - 1])) {
                    begin--;
                    count++;
                }
                break;
            }
        }
        /* A line that is full is broken at a space if it has one. */
        if (max_chars && count == max_chars && begin > 0) {
            int space = begin;

            while (space < end && !isspace((unsigned char) visual[space])
                && !is_newline(visual[space])) {
                space++;
            }
            begin = space < end ? space : begin;
        }
        stop = begin;
        i = begin;
        if (isspace((unsigned char) visual[i]) && i < end) {
            i++;
        }
        while (i < end && is_newline(visual[i])) {
            i++;
        }
        for (; i < end; i++) {
            *out++ = visual[i];
        }
        for (i = stop; i < end && (is_newline(visual[i]) || isspace((unsigned char) visual[i]));
             i++) {
            *out++ = is_newline(visual[i]) ? visual[i] : '\n';
        }
        end = stop;
    }
    *out = '\0';
}

static void hebrew_text(INTERNAL_FUNCTION_PARAMETERS, bool breaks)
{
    char *str, *visual, *result;
    int len;
    long max_chars = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|l", &str, &len, &max_chars) == FAILURE) {
        return;
    }
    if (len == 0) {
        RETURN_FALSE;
    }
    visual = emalloc((size_t) len + 1);
    result = emalloc((size_t) len + 1);
    hebrew_visual_order(str, len, visual);
    hebrew_lines(visual, len, max_chars < 0 ? 0 : max_chars, result);
    efree(visual);
    if (breaks) {
        int new_len;
        char *with_breaks = php_str_to_str(result, (int) strlen(result), "\n", 1, "<br />\n", 7,
            &new_len);

        efree(result);
        RETURN_STRINGL(with_breaks, new_len, 0);
    }
    RETURN_STRING(result, 0);
}

PHP_FUNCTION(hebrev)
{
    hebrew_text(INTERNAL_FUNCTION_PARAM_PASSTHRU, false);
}

PHP_FUNCTION(hebrevc)
{
    hebrew_text(INTERNAL_FUNCTION_PARAM_PASSTHRU, true);
}

static const php_long_constant string_layout_constants[] = {
    { "STR_PAD_LEFT", STR_PAD_LEFT },
    { "STR_PAD_RIGHT", STR_PAD_RIGHT },
    { "STR_PAD_BOTH", STR_PAD_BOTH },
    { NULL, 0 }
};

static PHP_MINIT_FUNCTION(string_layout)
{
    php_register_long_constants(string_layout_constants, module_number);
    return SUCCESS;
}

static const zend_function_entry string_layout_functions[] = {
    PHP_FE(str_repeat, "$input, $mult", "Returns the string repeated.")
    PHP_FE(str_pad, "$input, $pad_length, [$pad_string], [$pad_type]",
        "Fills the string up to a length.")
    PHP_FE(chunk_split, "$str, [$chunklen], [$ending]", "Puts an ending behind each chunk.")
    PHP_FE(str_split, "$str, [$split_length]", "Cuts the string into pieces of a length.")
    PHP_FE(nl2br, "$str, [$is_xhtml]", "Puts an HTML line break before each line break.")
    PHP_FE(wordwrap, "$str, [$width], [$break], [$cut]", "Breaks a text into lines of a width.")
    PHP_FE(hebrev, "$str, [$max_chars_per_line]", "Turns logical Hebrew text into visual text.")
    PHP_FE(hebrevc, "$str, [$max_chars_per_line]", "As hebrev(), with HTML line breaks.")
    PHP_FE_END
};

const php_standard_part standard_string_layout_part = {
    .functions = string_layout_functions,
    .module_startup = PHP_MINIT(string_layout),
};
