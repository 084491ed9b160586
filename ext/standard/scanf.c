/* SPDX-License-Identifier: MIT */
/*
 * sscanf(): reads values out of a string by a format.
 *
 *      %  [*]  [n$]  [width]  [h l L]  letter         letters: d i o x X u s c [ e f g n %
 *
 * The format is checked first, and its conversions are counted; then it is read a second time,
 * along the string. A value goes to a variable, or into an array that begins as all NULL.
 */
#include <ctype.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

#define XPG_MAX_PLACE 0xff /* "n$" can't be greater */

typedef struct _scan_spec {
    char letter;       /* 0: the format ends here */
    bool suppress;     /* "*" */
    int place;         /* of "n$", from 0 on; -1 without one */
    int width;         /* 0: any */
    const char *set;   /* behind "[" */
    const char *set_end;
} scan_spec;

/* Reads a conversion behind its '%'. */
static void scan_read_spec(const char **p, scan_spec *spec)
{
    char *end;

    *spec = (scan_spec) { .place = -1 };
    if (**p == '*') {
        spec->suppress = true;
        (*p)++;
    } else if (isdigit((unsigned char) **p)) {
        unsigned long number = strtoul(*p, &end, 10);

        if (*end == '$') {
            spec->place = (int) MIN(number, XPG_MAX_PLACE + 1UL) - 1;
            *p = end + 1;
        }
    }
    if (isdigit((unsigned char) **p)) {
        spec->width = (int) MIN(strtoul(*p, &end, 10), INT_MAX);
        *p = end;
    }
    if (**p == 'h' || **p == 'l' || **p == 'L') {
        (*p)++;
    }
    spec->letter = **p;
    if (spec->letter == '\0') {
        return;
    }
    (*p)++;
    if (spec->letter == '[') {
        spec->set = *p;
        /* A "]" that is first is a member. */
        if (**p == '^') {
            (*p)++;
        }
        if (**p == ']') {
            (*p)++;
        }
        while (**p && **p != ']') {
            (*p)++;
        }
        spec->set_end = *p;
        if (**p) {
            (*p)++;
        }
    }
}

/* ---- Checking -------------------------------------------------------------------------------- */

/* Says what is wrong with one conversion. true when nothing is. */
static bool scan_check_letter(const scan_spec *spec)
{
    if (spec->letter == '[' && *spec->set_end == '\0') {
        php_error_docref(NULL, E_WARNING, "Unmatched [ in format string");
        return false;
    }
    if (spec->letter == '\0' || !strchr("ndiouxXeEfgsc[", spec->letter)) {
        php_error_docref(NULL, E_WARNING, "Bad scan conversion character \"%c\"", spec->letter);
        return false;
    }
    return true;
}

/* How the places are used. */
typedef struct _scan_usage {
    int places;          /* the number of values */
    bool positional, sequential;
    unsigned char assigned[XPG_MAX_PLACE];
} scan_usage;

static bool scan_note_place(const scan_spec *spec, int variables, scan_usage *usage)
{
    int place = spec->place >= 0 ? spec->place : usage->places;

    if (spec->place >= 0) {
        usage->positional = true;
    } else {
        usage->sequential = true;
    }
    if (usage->positional && usage->sequential) {
        php_error_docref(NULL, E_WARNING, "%s",
            "cannot mix \"%\" and \"%n$\" conversion specifiers");
        return false;
    }
    if (place >= XPG_MAX_PLACE || (variables && place >= variables)) {
        php_error_docref(NULL, E_WARNING, "%s", usage->positional
            ? "\"%n$\" argument index out of range"
            : "Different numbers of variable names and field specifiers");
        return false;
    }
    if (variables && usage->assigned[place]) {
        php_error_docref(NULL, E_WARNING, "%s",
            "Variable is assigned by multiple \"%n$\" conversion specifiers");
        return false;
    }
    usage->assigned[place] = 1;
    usage->places = MAX(usage->places, place + 1);
    return true;
}

/* Checks the whole format. variables: how many there are to assign to, 0 for an array. */
static bool scan_check_format(const char *format, int variables, scan_usage *usage)
{
    const char *p = format;
    int i;

    memset(usage, 0, sizeof(*usage));
    while (*p) {
        scan_spec spec;

        if (*p++ != '%') {
            continue;
        }
        if (*p == '%') {
            p++;
            continue;
        }
        scan_read_spec(&p, &spec);
        if (!scan_check_letter(&spec)
            || (!spec.suppress && !scan_note_place(&spec, variables, usage))) {
            return false;
        }
    }
    for (i = 0; i < variables; i++) {
        if (!usage->assigned[i]) {
            php_error_docref(NULL, E_WARNING,
                "Variable is not assigned by any conversion specifiers");
            return false;
        }
    }
    return true;
}

/* ---- Scanning -------------------------------------------------------------------------------- */

typedef struct _scanner {
    const char *start, *p; /* the string */
    zval ***variables;     /* NULL: values go into the array */
    zval *array;
    int next;              /* the place of the next value */
    int assigned;
    bool ran_out;          /* the string ended where a conversion wanted more */
} scanner;

static void scan_assign(scanner *s, const scan_spec *spec, zval *value)
{
    int place = spec->place >= 0 ? spec->place : s->next++;

    if (s->variables) {
        zval **variable = s->variables[place];

        zval_dtor(*variable);
        ZVAL_COPY_VALUE(*variable, value);
    } else {
        zval *element;

        MAKE_STD_ZVAL(element);
        ZVAL_COPY_VALUE(element, value);
        zend_hash_index_update(Z_ARRVAL_P(s->array), (ulong) place, &element, sizeof(zval *),
            NULL);
    }
}

/* Assigns unless the conversion is suppressed; the value is owned by this function. */
static void scan_deliver(scanner *s, const scan_spec *spec, zval *value)
{
    if (spec->suppress) {
        zval_dtor(value);
        return;
    }
    scan_assign(s, spec, value);
    s->assigned++;
}

/* Marks the members of "[...]" in set; "^" inverts it. */
static void scan_read_set(const scan_spec *spec, bool set[256])
{
    const unsigned char *p = (const unsigned char *) spec->set;
    const unsigned char *end = (const unsigned char *) spec->set_end;
    bool excluded = p < end && *p == '^';
    int i;

    memset(set, 0, 256);
    for (p += excluded; p < end; p++) {
        if (p + 2 < end && p[1] == '-') {
            int from = MIN(p[0], p[2]), to = MAX(p[0], p[2]);

            for (i = from; i <= to; i++) {
                set[i] = true;
            }
            p += 2;
        } else {
            set[*p] = true;
        }
    }
    for (i = 0; excluded && i < 256; i++) {
        set[i] = !set[i];
    }
}

/* The text of %s, %c and %[; false when there is none. */
static bool scan_text(scanner *s, const scan_spec *spec)
{
    size_t len = 0, width = spec->width ? (size_t) spec->width : SIZE_MAX;
    bool set[256];
    zval value;

    switch (spec->letter) {
    case 'c':
        /* One that is not skipped to: of white space it takes nothing. */
        width = spec->width ? width : 1;
        /* fall through */
    case 's':
        while (len < width && s->p[len] && !isspace((unsigned char) s->p[len])) {
            len++;
        }
        break;
    default:
        scan_read_set(spec, set);
        while (len < width && s->p[len] && set[(unsigned char) s->p[len]]) {
            len++;
        }
        if (len == 0) {
            return false;
        }
    }
    ZVAL_STRINGL(&value, s->p, len, 1);
    s->p += len;
    scan_deliver(s, spec, &value);
    return true;
}

/* How many bytes from p on make up an integer of the base (0: by its prefix, which sets *base). */
static size_t scan_integer_length(const char *p, size_t width, int *base)
{
    size_t n = 0, digits = 0;

    if (n < width && (p[n] == '-' || p[n] == '+')) {
        n++;
    }
    if (n + 1 < width && p[n] == '0' && (p[n + 1] | 0x20) == 'x' && (*base == 0 || *base == 16)) {
        *base = 16;
        if (n + 2 >= width || !isxdigit((unsigned char) p[n + 2])) {
            return n + 1;
        }
        n += 2;
    } else if (*base == 0) {
        *base = p[n] == '0' ? 8 : 10;
    }
    for (; n < width; n++, digits++) {
        int c = (unsigned char) p[n];
        int digit = isdigit(c) ? c - '0' : isalpha(c) ? tolower(c) - 'a' + 10 : 36;

        if (digit >= *base) {
            break;
        }
    }
    return digits ? n : 0;
}

/* There is none, but perhaps a sign, or a sign (and a point) and then the end. */
static bool scan_no_number(scanner *s, bool is_double)
{
    if (*s->p == '-' || *s->p == '+') {
        s->p++;
    }
    if (is_double && *s->p == '.') {
        s->p++;
    }
    s->ran_out = *s->p == '\0';
    return false;
}

#define SCAN_MAX_NUMBER 63 /* longer ones are read in parts */

static bool scan_integer(scanner *s, const scan_spec *spec)
{
    char buffer[SCAN_MAX_NUMBER + 1];
    size_t width = spec->width ? MIN((size_t) spec->width, SCAN_MAX_NUMBER) : SCAN_MAX_NUMBER, n;
    int base = 10;
    zval value;

    switch (spec->letter) {
    case 'i':
        base = 0;
        break;
    case 'o':
        base = 8;
        break;
    case 'x':
    case 'X':
        base = 16;
        break;
    }
    n = scan_integer_length(s->p, width, &base);
    if (n == 0) {
        return scan_no_number(s, false);
    }
    memcpy(buffer, s->p, n);
    buffer[n] = '\0';
    s->p += n;
    if (spec->letter == 'u') {
        unsigned long number = strtoul(buffer, NULL, base);

        if ((long) number < 0) {
            int len = slprintf(buffer, sizeof(buffer), "%lu", number);

            ZVAL_STRINGL(&value, buffer, len, 1);
        } else {
            ZVAL_LONG(&value, (long) number);
        }
    } else {
        ZVAL_LONG(&value, strtol(buffer, NULL, base));
    }
    scan_deliver(s, spec, &value);
    return true;
}

static bool scan_double(scanner *s, const scan_spec *spec)
{
    char buffer[SCAN_MAX_NUMBER + 1];
    size_t width = spec->width ? MIN((size_t) spec->width, SCAN_MAX_NUMBER) : SCAN_MAX_NUMBER;
    const char *end;
    zval value;

    width = strnlen(s->p, width);
    memcpy(buffer, s->p, width);
    buffer[width] = '\0';
    ZVAL_DOUBLE(&value, zend_strtod(buffer, &end));
    if (end == buffer) {
        return scan_no_number(s, true);
    }
    s->p += end - buffer;
    scan_deliver(s, spec, &value);
    return true;
}

/* One conversion. false: the string does not fit it, which ends the scan. */
static bool scan_conversion(scanner *s, const scan_spec *spec)
{
    zval value;

    switch (spec->letter) {
    case 'n':
        ZVAL_LONG(&value, s->p - s->start);
        if (!spec->suppress) {
            scan_assign(s, spec, &value);
            s->assigned++;
        }
        return true;
    case 's':
    case 'c':
    case '[':
        return scan_text(s, spec);
    case 'e':
    case 'E':
    case 'f':
    case 'g':
        return scan_double(s, spec);
    default:
        return scan_integer(s, spec);
    }
}

static void skip_white_space(const char **p)
{
    while (isspace((unsigned char) **p)) {
        (*p)++;
    }
}

/* Goes along the format. true when the string ended before the first value was found. */
static bool scan_string(scanner *s, const char *format)
{
    const char *p = format;

    while (*p) {
        scan_spec spec;

        if (isspace((unsigned char) *p)) {
            skip_white_space(&s->p);
            p++;
            continue;
        }
        if (*p != '%' || p[1] == '%') {
            p += *p == '%';
            if (*s->p == '\0') {
                return s->assigned == 0;
            }
            if (*s->p != *p) {
                return false;
            }
            s->p++;
            p++;
            continue;
        }
        p++;
        scan_read_spec(&p, &spec);
        if (spec.letter != 'n') {
            if (spec.letter != 'c' && spec.letter != '[') {
                skip_white_space(&s->p);
            }
            if (*s->p == '\0') {
                return s->assigned == 0;
            }
        }
        if (!scan_conversion(s, &spec)) {
            return s->ran_out && s->assigned == 0;
        }
    }
    return false;
}

int php_sscanf_internal(const char *string, const char *format, int argCount, zval ***args,
    int varStart, zval **return_value)
{
    int variables = MAX(argCount - varStart, 0), i;
    scan_usage usage;
    scanner s = { .start = string, .p = string };
    bool at_end;

    if (!scan_check_format(format, variables, &usage)) {
        if (variables) {
            convert_to_null(*return_value);
            ZVAL_LONG(*return_value, SCAN_ERROR_EOF);
        }
        return SCAN_ERROR_INVALID_FORMAT;
    }
    if (variables) {
        s.variables = args + varStart;
    } else {
        array_init(*return_value);
        s.array = *return_value;
        for (i = 0; i < usage.places; i++) {
            add_next_index_null(*return_value);
        }
    }
    at_end = scan_string(&s, format);
    if (at_end) {
        convert_to_null(*return_value);
        if (variables) {
            ZVAL_LONG(*return_value, SCAN_ERROR_EOF);
        }
        return SCAN_ERROR_EOF;
    }
    if (variables) {
        ZVAL_LONG(*return_value, s.assigned);
    }
    return SCAN_SUCCESS;
}

PHP_FUNCTION(sscanf)
{
    zval ***args = NULL;
    char *str, *format;
    int str_len, format_len, count = 0, i;
    zval ***all;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "ss*", &str, &str_len, &format, &format_len, &args,
            &count) == FAILURE) {
        return;
    }
    all = safe_emalloc((size_t) count, sizeof(*all), sizeof(*all));
    for (i = 0; i < count; i++) {
        SEPARATE_ZVAL_IF_NOT_REF(args[i]);
        all[i] = args[i];
    }
    php_sscanf_internal(str, format, count, all, 0, &return_value);
    efree(all);
    if (args) {
        efree(args);
    }
}

static const zend_function_entry scanf_functions[] = {
    PHP_FE(sscanf, "$str, $format, &...$vars", "Reads values out of a string by a format.")
    PHP_FE_END
};

const php_standard_part standard_scanf_part = { .functions = scanf_functions };
