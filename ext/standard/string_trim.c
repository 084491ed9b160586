/* SPDX-License-Identifier: MIT */
/*
 * trim() and its kin, and the character lists ("a..z_") that several functions take.
 *
 * A list becomes a mask of 256 bytes, one a character; what is in it is cut off the ends. The usual
 * list, white space and NUL, has its mask made beforehand.
 */
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_string.h"

/* Says what is wrong with the ".." at position i. */
static void charmask_warning(const unsigned char *input, int len, int i)
{
    const char *what;

    if (i == 0) {
        what = ", no character to the left of '..'";
    } else if (i + 2 >= len) {
        what = ", no character to the right of '..'";
    } else if (input[i - 1] > input[i + 2]) {
        what = ", '..'-range needs to be incrementing";
    } else {
        what = "";
    }
    php_error_docref(NULL, E_WARNING, "Invalid '..'-range%s", what);
}

int php_charmask(const unsigned char *input, int len, char *mask)
{
    int result = SUCCESS;
    int i;

    memset(mask, 0, 256);
    for (i = 0; i < len; i++) {
        unsigned char c = input[i];

        if (i + 3 < len && input[i + 1] == '.' && input[i + 2] == '.' && input[i + 3] >= c) {
            memset(mask + c, 1, (size_t) (input[i + 3] - c) + 1);
            i += 3;
        } else if (i + 1 < len && c == '.' && input[i + 1] == '.') {
            charmask_warning(input, len, i);
            result = FAILURE;
        } else {
            mask[c] = 1;
        }
    }
    return result;
}

static const char whitespace_mask[256] = {
    [' '] = 1, ['\n'] = 1, ['\r'] = 1, ['\t'] = 1, ['\v'] = 1, ['\0'] = 1,
};

char *php_trim(const char *c, int len, const char *what, int what_len, zval *return_value,
    int mode)
{
    const unsigned char *start = (const unsigned char *) c;
    const unsigned char *end = start + len;
    const char *mask = whitespace_mask;
    char list_mask[256];

    if (what) {
        php_charmask((const unsigned char *) what, what_len, list_mask);
        mask = list_mask;
    }
    if (mode & PHP_TRIM_LEFT) {
        while (start < end && mask[*start]) {
            start++;
        }
    }
    if (mode & PHP_TRIM_RIGHT) {
        while (end > start && mask[end[-1]]) {
            end--;
        }
    }
    if (return_value) {
        RETVAL_STRINGL((const char *) start, end - start, 1);
        return NULL;
    }
    return estrndup((const char *) start, (uint) (end - start));
}

static void php_do_trim(INTERNAL_FUNCTION_PARAMETERS, int mode)
{
    char *str, *what = NULL;
    int str_len, what_len = 0;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "s|s", &str, &str_len, &what, &what_len)
        == FAILURE) {
        return;
    }
    php_trim(str, str_len, what, what_len, return_value, mode);
}

PHP_FUNCTION(trim)
{
    php_do_trim(INTERNAL_FUNCTION_PARAM_PASSTHRU, PHP_TRIM_BOTH);
}

PHP_FUNCTION(rtrim)
{
    php_do_trim(INTERNAL_FUNCTION_PARAM_PASSTHRU, PHP_TRIM_RIGHT);
}

PHP_FUNCTION(ltrim)
{
    php_do_trim(INTERNAL_FUNCTION_PARAM_PASSTHRU, PHP_TRIM_LEFT);
}

static const zend_function_entry string_trim_functions[] = {
    PHP_FE(trim, "$str, [$character_mask]",
        "Cuts white space, or the listed characters, off both ends.")
    PHP_FE(rtrim, "$str, [$character_mask]",
        "Cuts white space, or the listed characters, off the end.")
    PHP_FE(ltrim, "$str, [$character_mask]",
        "Cuts white space, or the listed characters, off the start.")
    PHP_FALIAS(chop, rtrim, "$str, [$character_mask]", "The same as rtrim().")
    PHP_FE_END
};

const php_standard_part standard_string_trim_part = { .functions = string_trim_functions };
