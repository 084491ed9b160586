/* SPDX-License-Identifier: MIT */
/*
 * zend_parse_parameters(): the arguments of a call, by the letters of a type specification.
 *
 * Three steps: the specification is scanned for how many arguments it wants; the number is
 * checked; each argument is converted by its letter's reader below. A reader answers NULL, or
 * the name of the type it expected ("string"), or, for callbacks and paths, a whole phrase in
 * zend_argument.error. Scalars are converted in the argument's own zval, which is separated first
 * (callers see no change unless they passed a reference).
 */
#include "runtime/zend_API.h"
#include "vm/zend_execute.h"

/* --- The arguments of the running call ------------------------------------------------------- */

static zval **zend_running_arguments(void)
{
    return EG(current_execute_data)->arguments;
}

static int zend_running_argument_count(void)
{
    return (int) EG(current_execute_data)->num_args;
}

int zend_get_parameters(int ht, int param_count, ...)
{
    zval **arguments = zend_running_arguments();
    va_list places;
    int i;

    (void) ht;
    if (param_count > zend_running_argument_count()) {
        return FAILURE;
    }
    va_start(places, param_count);
    for (i = 0; i < param_count; i++) {
        zval **place = va_arg(places, zval **);
        if (!PZVAL_IS_REF(arguments[i]) && Z_REFCOUNT_P(arguments[i]) > 1) {
            zend_separate_zval(&arguments[i]);
        }
        *place = arguments[i];
    }
    va_end(places);
    return SUCCESS;
}

int zend_get_parameters_ex(int param_count, ...)
{
    va_list places;
    int i;

    if (param_count > zend_running_argument_count()) {
        return FAILURE;
    }
    va_start(places, param_count);
    for (i = 0; i < param_count; i++) {
        *va_arg(places, zval ***) = &zend_running_arguments()[i];
    }
    va_end(places);
    return SUCCESS;
}

int _zend_get_parameters_array(int ht, int param_count, zval **argument_array)
{
    zval **arguments = zend_running_arguments();
    int i;

    (void) ht;
    if (param_count > zend_running_argument_count()) {
        return FAILURE;
    }
    for (i = 0; i < param_count; i++) {
        if (!PZVAL_IS_REF(arguments[i]) && Z_REFCOUNT_P(arguments[i]) > 1) {
            zend_separate_zval(&arguments[i]);
        }
        argument_array[i] = arguments[i];
    }
    return SUCCESS;
}

int _zend_get_parameters_array_ex(int param_count, zval ***argument_array)
{
    int i;

    if (param_count > zend_running_argument_count()) {
        return FAILURE;
    }
    for (i = 0; i < param_count; i++) {
        argument_array[i] = &zend_running_arguments()[i];
    }
    return SUCCESS;
}

int zend_copy_parameters_array(int param_count, zval *argument_array)
{
    int i;

    if (param_count > zend_running_argument_count()) {
        return FAILURE;
    }
    for (i = 0; i < param_count; i++) {
        zval *argument = zend_running_arguments()[i];
        Z_ADDREF_P(argument);
        add_next_index_zval(argument_array, argument);
    }
    return SUCCESS;
}

void zend_wrong_param_count(void)
{
    const char *space;
    const char *class_name = get_active_class_name(&space);

    zend_error(E_WARNING, "Wrong parameter count for %s%s%s()", class_name, space,
        get_active_function_name());
}

/* --- The specification ----------------------------------------------------------------------- */

typedef struct _zend_argument_counts {
    int min; /* arguments that must be there */
    int max; /* -1: any number */
    int after_varargs; /* arguments described behind + or * */
    bool has_varargs;
} zend_argument_counts;

/* False when the specification itself is wrong. */
static bool zend_count_specified(const char *spec, zend_argument_counts *counts)
{
    int number = 0;

    counts->min = -1;
    counts->after_varargs = 0;
    counts->has_varargs = false;
    for (; *spec != '\0'; spec++) {
        switch (*spec) {
            case 'l': case 'L': case 'd': case 'b': case 's': case 'p': case 'r': case 'a':
            case 'A': case 'o': case 'O': case 'z': case 'Z': case 'C': case 'h': case 'H':
            case 'f':
                number++;
                counts->after_varargs += counts->has_varargs;
                break;
            case '|':
                counts->min = number;
                break;
            case '*':
            case '+':
                if (counts->has_varargs) {
                    return false;
                }
                counts->has_varargs = true;
                number += *spec == '+';
                break;
            case '/':
            case '!':
                break;
            default:
                return false;
        }
    }
    if (counts->min < 0) {
        counts->min = number;
    }
    counts->max = counts->has_varargs ? -1 : number;
    return true;
}

static bool zend_check_argument_count(int given, const zend_argument_counts *counts, bool quiet)
{
    const char *space;
    const char *class_name;
    int bound;

    if (given >= counts->min && (given <= counts->max || counts->max < 0)) {
        return true;
    }
    if (quiet) {
        return false;
    }
    class_name = get_active_class_name(&space);
    bound = given < counts->min ? counts->min : counts->max;
    zend_error(E_WARNING, "%s%s%s() expects %s %d parameter%s, %d given", class_name, space,
        get_active_function_name(),
        counts->min == counts->max ? "exactly" : given < counts->min ? "at least" : "at most",
        bound, bound == 1 ? "" : "s", given);
    return false;
}

/* --- One argument ---------------------------------------------------------------------------- */

typedef struct _zend_argument {
    zval **place;
    bool null_allowed; /* '!' */
    bool is_null;      /* ... and it is NULL */
    bool quiet;
    int number;
    char *error; /* a phrase that says what was expected, emalloc'ed; or NULL */
    int severity; /* of that phrase */
} zend_argument;

/* What the type is, but for a pointer target: fills in `variables` and moves it on. */
typedef const char *(*zend_argument_reader)(zend_argument *argument, va_list *variables);

/* With "!" a scalar's reader also fills a flag. */
static void zend_fill_null_flag(const zend_argument *argument, va_list *variables)
{
    if (argument->null_allowed) {
        *va_arg(*variables, zend_bool *) = argument->is_null;
    }
}

static zend_uchar zend_numeric_argument(zval *value, long *lval, double *dval)
{
    return is_numeric_string(Z_STRVAL_P(value), Z_STRLEN_P(value), lval, dval, -1);
}

/* Doubles that no long can hold: 'L' cuts them off, 'l' wraps. */
static long zend_long_of_double(double value, bool cut_off)
{
    if (cut_off && value > (double) LONG_MAX) {
        return LONG_MAX;
    }
    if (cut_off && value < (double) LONG_MIN) {
        return LONG_MIN;
    }
    return zend_dval_to_lval(value);
}

static const char *zend_read_integer(zend_argument *argument, va_list *variables, bool cut_off)
{
    long *target = va_arg(*variables, long *);
    zval *value = *argument->place;
    double dval;

    zend_fill_null_flag(argument, variables);
    if (argument->is_null) {
        *target = 0;
        return NULL;
    }
    switch (Z_TYPE_P(value)) {
        case IS_LONG:
        case IS_BOOL:
        case IS_NULL:
            *target = Z_TYPE_P(value) == IS_NULL ? 0 : Z_LVAL_P(value);
            return NULL;
        case IS_DOUBLE:
            *target = zend_long_of_double(Z_DVAL_P(value), cut_off);
            return NULL;
        case IS_STRING: {
            zend_uchar type = zend_numeric_argument(value, target, &dval);
            if (type == IS_DOUBLE) {
                *target = zend_long_of_double(dval, cut_off);
            }
            return type != 0 ? NULL : "long";
        }
        default:
            return "long";
    }
}

static const char *zend_read_long(zend_argument *argument, va_list *variables)
{
    return zend_read_integer(argument, variables, false);
}

static const char *zend_read_cut_long(zend_argument *argument, va_list *variables)
{
    return zend_read_integer(argument, variables, true);
}

static const char *zend_read_double(zend_argument *argument, va_list *variables)
{
    double *target = va_arg(*variables, double *);
    zval *value = *argument->place;
    long lval;

    zend_fill_null_flag(argument, variables);
    if (argument->is_null) {
        *target = 0.0;
        return NULL;
    }
    switch (Z_TYPE_P(value)) {
        case IS_LONG:
        case IS_BOOL:
        case IS_NULL:
            *target = Z_TYPE_P(value) == IS_NULL ? 0.0 : (double) Z_LVAL_P(value);
            return NULL;
        case IS_DOUBLE:
            *target = Z_DVAL_P(value);
            return NULL;
        case IS_STRING: {
            zend_uchar type = zend_numeric_argument(value, &lval, target);
            if (type == IS_LONG) {
                *target = (double) lval;
            }
            return type != 0 ? NULL : "double";
        }
        default:
            return "double";
    }
}

static const char *zend_read_bool(zend_argument *argument, va_list *variables)
{
    zend_bool *target = va_arg(*variables, zend_bool *);
    zval *value = *argument->place;

    zend_fill_null_flag(argument, variables);
    if (argument->is_null) {
        *target = 0;
        return NULL;
    }
    if (Z_TYPE_P(value) > IS_BOOL && Z_TYPE_P(value) != IS_STRING) {
        return "boolean";
    }
    *target = (zend_bool) zend_is_true(value);
    return NULL;
}

/* Turns the argument into a string in place; false when it can't be one. */
static bool zend_make_argument_string(zval **place)
{
    zval *value = *place;

    switch (Z_TYPE_P(value)) {
        case IS_STRING:
            return true;
        case IS_NULL:
        case IS_LONG:
        case IS_DOUBLE:
        case IS_BOOL:
            convert_to_string_ex(place);
            return true;
        case IS_OBJECT:
            if (Z_OBJ_HANDLER_P(value, cast_object) != NULL) {
                zval *text;
                ALLOC_INIT_ZVAL(text);
                if (Z_OBJ_HANDLER_P(value, cast_object)(value, text, IS_STRING) == SUCCESS) {
                    /* The string takes the object's place, in the call only. */
                    zval_ptr_dtor(place);
                    *place = text;
                    return true;
                }
                zval_ptr_dtor(&text);
            }
            return false;
        default:
            return false;
    }
}

static const char *zend_read_text(zend_argument *argument, va_list *variables,
    const char *expected)
{
    char **target = va_arg(*variables, char **);
    int *length = va_arg(*variables, int *);

    if (argument->is_null) {
        *target = NULL;
        *length = 0;
        return NULL;
    }
    if (!zend_make_argument_string(argument->place)) {
        return expected;
    }
    *target = Z_STRVAL_PP(argument->place);
    *length = Z_STRLEN_PP(argument->place);
    return NULL;
}

static const char *zend_read_string(zend_argument *argument, va_list *variables)
{
    return zend_read_text(argument, variables, "string");
}

static const char *zend_read_path(zend_argument *argument, va_list *variables)
{
    const char *expected = zend_read_text(argument, variables, "a valid path");

    if (expected == NULL && !argument->is_null
        && strlen(Z_STRVAL_PP(argument->place)) != (size_t) Z_STRLEN_PP(argument->place)) {
        return "a valid path";
    }
    return expected;
}

static const char *zend_read_zval_of_type(zend_argument *argument, va_list *variables, bool fits,
    const char *expected)
{
    zval **target = va_arg(*variables, zval **);

    if (argument->is_null) {
        *target = NULL;
    } else if (fits) {
        *target = *argument->place;
    } else {
        return expected;
    }
    return NULL;
}

static const char *zend_read_resource(zend_argument *argument, va_list *variables)
{
    return zend_read_zval_of_type(argument, variables,
        Z_TYPE_PP(argument->place) == IS_RESOURCE, "resource");
}

static const char *zend_read_array(zend_argument *argument, va_list *variables)
{
    return zend_read_zval_of_type(argument, variables, Z_TYPE_PP(argument->place) == IS_ARRAY,
        "array");
}

static const char *zend_read_array_or_object(zend_argument *argument, va_list *variables)
{
    zend_uchar type = Z_TYPE_PP(argument->place);

    return zend_read_zval_of_type(argument, variables, type == IS_ARRAY || type == IS_OBJECT,
        "array");
}

static const char *zend_read_any_object(zend_argument *argument, va_list *variables)
{
    return zend_read_zval_of_type(argument, variables, Z_TYPE_PP(argument->place) == IS_OBJECT,
        "object");
}

static const char *zend_read_object_of_class(zend_argument *argument, va_list *variables)
{
    zval **target = va_arg(*variables, zval **);
    zend_class_entry *ce = va_arg(*variables, zend_class_entry *);

    if (argument->is_null) {
        *target = NULL;
    } else if (Z_TYPE_PP(argument->place) == IS_OBJECT
        && (ce == NULL || instanceof_function(Z_OBJCE_PP(argument->place), ce))) {
        *target = *argument->place;
    } else {
        return ce != NULL ? ce->name : "object";
    }
    return NULL;
}

static const char *zend_read_table(zend_argument *argument, va_list *variables, bool objects)
{
    HashTable **target = va_arg(*variables, HashTable **);
    zval *value = *argument->place;

    if (argument->is_null) {
        *target = NULL;
    } else if (Z_TYPE_P(value) == IS_ARRAY) {
        *target = Z_ARRVAL_P(value);
    } else if (objects && Z_TYPE_P(value) == IS_OBJECT
        && (*target = Z_OBJ_HT_P(value)->get_properties(value)) != NULL) {
        /* The object's own table of properties. */
    } else {
        return "array";
    }
    return NULL;
}

static const char *zend_read_hash(zend_argument *argument, va_list *variables)
{
    return zend_read_table(argument, variables, false);
}

static const char *zend_read_hash_or_properties(zend_argument *argument, va_list *variables)
{
    return zend_read_table(argument, variables, true);
}

static const char *zend_read_class(zend_argument *argument, va_list *variables)
{
    zend_class_entry **target = va_arg(*variables, zend_class_entry **);
    zend_class_entry *base = *target;
    zend_class_entry **found;

    *target = NULL;
    if (argument->is_null) {
        return NULL;
    }
    convert_to_string_ex(argument->place);
    if (zend_lookup_class(Z_STRVAL_PP(argument->place), Z_STRLEN_PP(argument->place), &found)
        == SUCCESS) {
        *target = *found;
    }
    if (base != NULL && (*target == NULL || !instanceof_function(*target, base))) {
        zend_spprintf(&argument->error, 0, "to be a class name derived from %s, '%s' given",
            base->name, Z_STRVAL_PP(argument->place));
        *target = NULL;
        return "";
    }
    if (*target == NULL) {
        zend_spprintf(&argument->error, 0, "to be a valid class name, '%s' given",
            Z_STRVAL_PP(argument->place));
        return "";
    }
    return NULL;
}

static const char *zend_read_callback(zend_argument *argument, va_list *variables)
{
    zend_fcall_info *fci = va_arg(*variables, zend_fcall_info *);
    zend_fcall_info_cache *fcc = va_arg(*variables, zend_fcall_info_cache *);
    char *why = NULL;

    if (argument->is_null) {
        fci->size = 0;
        fcc->initialized = 0;
        return NULL;
    }
    if (zend_fcall_info_init(*argument->place, 0, fci, fcc, NULL, &why) == SUCCESS) {
        if (why == NULL) {
            return NULL;
        }
        /* It can be called, with a complaint. */
        argument->severity = E_STRICT;
        zend_spprintf(&argument->error, 0, "to be a valid callback, %s", why);
        efree(why);
        return "";
    }
    if (why != NULL) {
        zend_spprintf(&argument->error, 0, "to be a valid callback, %s", why);
        efree(why);
        return "";
    }
    return "valid callback";
}

static const char *zend_read_any(zend_argument *argument, va_list *variables)
{
    zval **target = va_arg(*variables, zval **);

    *target = argument->is_null ? NULL : *argument->place;
    return NULL;
}

static const char *zend_read_place(zend_argument *argument, va_list *variables)
{
    zval ***target = va_arg(*variables, zval ***);

    *target = argument->is_null ? NULL : argument->place;
    return NULL;
}

static zend_argument_reader zend_find_reader(char letter)
{
    switch (letter) {
        case 'l': return zend_read_long;
        case 'L': return zend_read_cut_long;
        case 'd': return zend_read_double;
        case 'b': return zend_read_bool;
        case 's': return zend_read_string;
        case 'p': return zend_read_path;
        case 'r': return zend_read_resource;
        case 'a': return zend_read_array;
        case 'A': return zend_read_array_or_object;
        case 'h': return zend_read_hash;
        case 'H': return zend_read_hash_or_properties;
        case 'o': return zend_read_any_object;
        case 'O': return zend_read_object_of_class;
        case 'C': return zend_read_class;
        case 'f': return zend_read_callback;
        case 'z': return zend_read_any;
        case 'Z': return zend_read_place;
        default: return NULL;
    }
}

/* SUCCESS, or FAILURE after a warning. A complaint about a callback is no failure. */
static int zend_report_argument(zend_argument *argument, const char *expected)
{
    int result = argument->severity == E_STRICT ? SUCCESS : FAILURE;

    /* A notice on the way may have become an exception: that says enough. */
    if (!argument->quiet && (argument->error != NULL || *expected != '\0')) {
        const char *space;
        const char *class_name = get_active_class_name(&space);
        const char *function_name = get_active_function_name();
        if (argument->error != NULL) {
            zend_error(argument->severity, "%s%s%s() expects parameter %d %s", class_name, space,
                function_name, argument->number, argument->error);
        } else {
            zend_error(E_WARNING, "%s%s%s() expects parameter %d to be %s, %s given", class_name,
                space, function_name, argument->number, expected,
                zend_zval_type_name(*argument->place));
        }
    }
    if (argument->error != NULL) {
        efree(argument->error);
    }
    return result;
}

/* Reads one argument by the letter at *spec, and moves on behind its modifiers. */
static int zend_parse_argument(int number, zval **place, va_list *variables, const char **spec,
    bool quiet)
{
    zend_argument_reader reader = zend_find_reader(*(*spec)++);
    zend_argument argument = {place, false, false, quiet, number, NULL, E_WARNING};
    const char *expected;

    for (;; (*spec)++) {
        if (**spec == '/') {
            SEPARATE_ZVAL_IF_NOT_REF(place);
        } else if (**spec == '!') {
            argument.null_allowed = true;
        } else {
            break;
        }
    }
    argument.is_null = argument.null_allowed && Z_TYPE_PP(place) == IS_NULL;
    expected = reader(&argument, variables);
    return expected == NULL ? SUCCESS : zend_report_argument(&argument, expected);
}

/* --- All arguments --------------------------------------------------------------------------- */

/* "+" or "*": hands out an emalloc'ed array of the places of `count` arguments. */
static zval ***zend_collect_varargs(int count, int first, va_list *variables)
{
    zval ****target = va_arg(*variables, zval ****);
    int *target_count = va_arg(*variables, int *);
    int i;

    *target = NULL;
    *target_count = MAX(count, 0);
    if (count > 0) {
        *target = safe_emalloc(count, sizeof(zval **), 0);
        for (i = 0; i < count; i++) {
            (*target)[i] = &zend_running_arguments()[first + i];
        }
    }
    return *target;
}

static int zend_parse_va_args(int num_args, const char *type_spec, va_list *variables, int flags)
{
    bool quiet = flags & ZEND_PARSE_PARAMS_QUIET;
    zend_argument_counts counts;
    zval ***varargs = NULL;
    int i = 0;

    if (!zend_count_specified(type_spec, &counts)) {
        zend_error(E_CORE_ERROR, "%s(): bad type specifier while parsing parameters",
            get_active_function_name());
        return FAILURE;
    }
    if (!zend_check_argument_count(num_args, &counts, quiet)) {
        return FAILURE;
    }
    if (num_args > zend_running_argument_count()) {
        zend_error(E_WARNING, "%s(): could not obtain parameters for parsing",
            get_active_function_name());
        return FAILURE;
    }
    while (i < num_args || *type_spec == '*') {
        if (*type_spec == '|') {
            type_spec++;
        }
        if (*type_spec == '*' || *type_spec == '+') {
            int count = num_args - i - counts.after_varargs;
            type_spec++;
            varargs = zend_collect_varargs(count, i, variables);
            i += MAX(count, 0);
        } else if (zend_parse_argument(i + 1, &zend_running_arguments()[i], variables, &type_spec,
                       quiet) == FAILURE) {
            if (varargs != NULL) {
                efree(varargs);
            }
            return FAILURE;
        } else {
            i++;
        }
    }
    return SUCCESS;
}

int zend_parse_parameters(int num_args, const char *type_spec, ...)
{
    va_list variables;
    int result;

    va_start(variables, type_spec);
    result = zend_parse_va_args(num_args, type_spec, &variables, 0);
    va_end(variables);
    return result;
}

int zend_parse_parameters_ex(int flags, int num_args, const char *type_spec, ...)
{
    va_list variables;
    int result;

    va_start(variables, type_spec);
    result = zend_parse_va_args(num_args, type_spec, &variables, flags);
    va_end(variables);
    return result;
}

int zend_parse_parameter(int flags, int arg_num, zval **arg, const char *spec, ...)
{
    va_list variables;
    int result;

    va_start(variables, spec);
    result = zend_parse_argument(arg_num, arg, &variables, &spec,
        (flags & ZEND_PARSE_PARAMS_QUIET) != 0);
    va_end(variables);
    return result;
}

/* Is it called as a function? Then the object is the first argument, like all the others. */
static bool zend_called_as_function(zval *this_ptr)
{
    const zend_function *function = EG(current_execute_data)->func;

    return this_ptr == NULL || function->common.scope == NULL;
}

static int zend_parse_method_va_args(int flags, int num_args, zval *this_ptr,
    const char *type_spec, va_list *variables)
{
    zval **object;
    zend_class_entry *ce;

    if (zend_called_as_function(this_ptr)) {
        return zend_parse_va_args(num_args, type_spec, variables, flags);
    }
    object = va_arg(*variables, zval **);
    ce = va_arg(*variables, zend_class_entry *);
    *object = this_ptr;
    if (ce != NULL && !instanceof_function(Z_OBJCE_P(this_ptr), ce)) {
        if (!(flags & ZEND_PARSE_PARAMS_QUIET)) {
            zend_error(E_CORE_ERROR, "%s::%s() must be derived from %s::%s",
                ce->name, get_active_function_name(), Z_OBJCE_P(this_ptr)->name,
                get_active_function_name());
        }
        return FAILURE;
    }
    return zend_parse_va_args(num_args, type_spec + 1, variables, flags);
}

int zend_parse_method_parameters(int num_args, zval *this_ptr, const char *type_spec, ...)
{
    va_list variables;
    int result;

    va_start(variables, type_spec);
    result = zend_parse_method_va_args(0, num_args, this_ptr, type_spec, &variables);
    va_end(variables);
    return result;
}

int zend_parse_method_parameters_ex(int flags, int num_args, zval *this_ptr,
    const char *type_spec, ...)
{
    va_list variables;
    int result;

    va_start(variables, type_spec);
    result = zend_parse_method_va_args(flags, num_args, this_ptr, type_spec, &variables);
    va_end(variables);
    return result;
}
