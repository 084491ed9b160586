/* SPDX-License-Identifier: MIT */
/*
 * metaphone(): a code for the sound of an English word.
 *
 * Letter by letter: what a letter sounds like depends on its neighbours. The cursor gives the
 * letters around the current one, as capitals, and 0 past an end.
 */
#include <ctype.h>

#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

#define SOUND_SH 'X'
#define SOUND_TH '0'

typedef struct _metaphone_cursor {
    const char *word;
    int len;
    int pos;
    smart_str code;
} metaphone_cursor;

/* The letter at a distance from the current one. */
static char letter_at(const metaphone_cursor *m, int distance)
{
    int i = m->pos + distance;

    return i >= 0 && i < m->len ? (char) toupper((unsigned char) m->word[i]) : '\0';
}

static bool is_one_of(char c, const char *letters)
{
    return c != '\0' && strchr(letters, c) != NULL;
}

static bool is_vowel(char c)
{
    return is_one_of(c, "AEIOU");
}

/* Does the letter make a C or G before it soft? */
static bool makes_soft(char c)
{
    return is_one_of(c, "EIY");
}

static void emit(metaphone_cursor *m, char sound)
{
    smart_str_appendc(&m->code, sound);
}

/* The beginning of a word has rules of its own. */
static void metaphone_start(metaphone_cursor *m)
{
    char c = letter_at(m, 0), next = letter_at(m, 1);

    switch (c) {
    case 'A':
        emit(m, next == 'E' ? 'E' : 'A');
        m->pos += next == 'E' ? 2 : 1;
        break;
    case 'G':
    case 'K':
    case 'P':
        if (next == 'N') {
            emit(m, 'N');
            m->pos += 2;
        }
        break;
    case 'X':
        emit(m, 'S');
        m->pos++;
        break;
    case 'E':
    case 'I':
    case 'O':
    case 'U':
        emit(m, c);
        m->pos++;
        break;
    case 'W':
        if (next == 'R') {
            emit(m, 'R');
            m->pos += 2;
        } else if (next == 'H' || is_vowel(next)) {
            emit(m, 'W');
            m->pos += 2;
        }
        break;
    }
}

static void metaphone_c(metaphone_cursor *m)
{
    char last = letter_at(m, -1), next = letter_at(m, 1), after = letter_at(m, 2);

    if (makes_soft(next)) {
        if (next == 'I' && after == 'A') {
            emit(m, SOUND_SH);
        } else if (last != 'S') {
            emit(m, 'S');
        }
    } else if (next == 'H') {
        emit(m, SOUND_SH);
        m->pos++;
    } else {
        emit(m, 'K');
    }
}

static void metaphone_g(metaphone_cursor *m)
{
    char next = letter_at(m, 1);

    if (next == 'H') {
        if (!is_one_of(letter_at(m, -3), "BDH") && letter_at(m, -4) != 'H') {
            emit(m, 'F');
            m->pos++;
        }
    } else if (next == 'N') {
        bool ends = !isalpha((unsigned char) letter_at(m, 2))
            || (letter_at(m, 2) == 'E' && letter_at(m, 3) == 'D');

        if (!ends) {
            emit(m, 'K');
        }
    } else {
        emit(m, makes_soft(next) && letter_at(m, -1) != 'G' ? 'J' : 'K');
    }
}

static void metaphone_s(metaphone_cursor *m)
{
    char next = letter_at(m, 1), after = letter_at(m, 2);

    if (next == 'I' && (after == 'O' || after == 'A')) {
        emit(m, SOUND_SH);
    } else if (next == 'H') {
        emit(m, SOUND_SH);
        m->pos++;
    } else if (next == 'C' && after == 'H' && letter_at(m, 3) == 'W') {
        emit(m, SOUND_SH);
        m->pos += 2;
    } else {
        emit(m, 'S');
    }
}

static void metaphone_t(metaphone_cursor *m)
{
    char next = letter_at(m, 1), after = letter_at(m, 2);

    if (next == 'I' && (after == 'O' || after == 'A')) {
        emit(m, SOUND_SH);
    } else if (next == 'H') {
        /* "Thomas": the H is silent before "M". */
        emit(m, after == 'M' ? 'T' : SOUND_TH);
        m->pos++;
    } else if (next != 'C' || after != 'H') {
        emit(m, 'T');
    }
}

/* Vowels sound only at the beginning; this is everything else. */
static void metaphone_letter(metaphone_cursor *m, char c)
{
    char last = letter_at(m, -1), next = letter_at(m, 1);

    switch (c) {
    case 'B':
        if (last != 'M') {
            emit(m, 'B');
        }
        break;
    case 'C':
        metaphone_c(m);
        break;
    case 'D':
        if (next == 'G' && makes_soft(letter_at(m, 2))) {
            emit(m, 'J');
            m->pos++;
        } else {
            emit(m, 'T');
        }
        break;
    case 'G':
        metaphone_g(m);
        break;
    case 'H':
        if (is_vowel(next) && !is_one_of(last, "CGPST")) {
            emit(m, 'H');
        }
        break;
    case 'K':
        if (last != 'C') {
            emit(m, 'K');
        }
        break;
    case 'P':
        emit(m, next == 'H' ? 'F' : 'P');
        break;
    case 'Q':
        emit(m, 'K');
        break;
    case 'S':
        metaphone_s(m);
        break;
    case 'T':
        metaphone_t(m);
        break;
    case 'V':
        emit(m, 'F');
        break;
    case 'W':
    case 'Y':
        if (is_vowel(next)) {
            emit(m, c);
        }
        break;
    case 'X':
        emit(m, 'K');
        emit(m, 'S');
        break;
    case 'Z':
        emit(m, 'S');
        break;
    case 'F':
    case 'J':
    case 'L':
    case 'M':
    case 'N':
    case 'R':
        emit(m, c);
        break;
    }
}

PHP_FUNCTION(metaphone)
{
    metaphone_cursor m = { 0 };
    char *word;
    long phones = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|l", &word, &m.len, &phones) == FAILURE) {
        return;
    }
    if (phones < 0) {
        RETURN_FALSE;
    }
    m.word = word;
    while (m.pos < m.len && !isalpha((unsigned char) word[m.pos])) {
        m.pos++;
    }
    metaphone_start(&m);
    for (; m.pos < m.len && (phones == 0 || m.code.len < (size_t) phones); m.pos++) {
        char c = letter_at(&m, 0);

        /* A doubled letter sounds once, but "CC" is two. */
        if (isalpha((unsigned char) c) && (c != letter_at(&m, -1) || c == 'C')) {
            metaphone_letter(&m, c);
        }
    }
    if (!m.code.c) {
        RETURN_EMPTY_STRING();
    }
    smart_str_0(&m.code);
    RETURN_STRINGL(m.code.c, m.code.len, 0);
}

static const zend_function_entry metaphone_functions[] = {
    PHP_FE(metaphone, "$text, [$phones]", "Returns a code for the sound of an English word.")
    PHP_FE_END
};

const php_standard_part standard_metaphone_part = { .functions = metaphone_functions };
