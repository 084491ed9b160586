/* SPDX-License-Identifier: MIT */
/*
 * serialize(): values as text that unserialize() reads back.
 *
 *      N;   b:1;   i:-5;   d:0.5;   s:3:"abc";   a:1:{KEY VALUE}   O:1:"C":1:{NAME VALUE}
 *      C:1:"C":3:{xyz} for what Serializable::serialize() returns
 *      R:2; the same reference as the second value, r:2; the same object
 *
 * Values are numbered in the order in which they are read back. References and objects that were
 * written are remembered with their number, and counted once more until the end, so that
 * no other can come to lie at the same address meanwhile.
 */
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_array.h"
#include "ext/standard/php_var.h"

#define SLEEP_COMPLAINT "__sleep should return an array only containing the names of " \
    "instance-variables to serialize"

struct _php_serialize_data {
    HashTable written; /* address or handle -> written_value */
    long count;
    int level; /* nested calls that share this */
};

typedef struct _written_value {
    long number;
    zval *held;
} written_value;

unsigned php_serialize_lock;
static php_serialize_data_t outer_data;

/* --- Numbers ------------------------------------------------------------------------------ */

static void release_written(void *element)
{
    zval_ptr_dtor(&((written_value *) element)->held);
}

php_serialize_data_t php_var_serialize_init(void)
{
    php_serialize_data_t data;

    if (php_serialize_lock == 0 && outer_data != NULL) {
        outer_data->level++;
        return outer_data;
    }
    data = emalloc(sizeof(*data));
    zend_hash_init(&data->written, 8, NULL, release_written, 0);
    data->count = 0;
    data->level = 1;
    if (php_serialize_lock == 0) {
        outer_data = data;
    }
    return data;
}

void php_var_serialize_destroy(php_serialize_data_t data)
{
    if (--data->level > 0) {
        return;
    }
    if (outer_data == data) {
        outer_data = NULL;
    }
    zend_hash_destroy(&data->written);
    efree(data);
}

/* Keeps the zval, or for an object a zval of its own, alive. */
static void remember(php_serialize_data_t data, const char *key, uint size, zval *value)
{
    written_value entry = {data->count, value};

    if (Z_TYPE_P(value) == IS_OBJECT) {
        ALLOC_ZVAL(entry.held);
        MAKE_COPY_ZVAL(&value, entry.held);
    } else {
        Z_ADDREF_P(value);
    }
    zend_hash_add(&data->written, key, size, &entry, sizeof(entry), NULL);
}

/* Counts the value. The number of the same reference or object when it was written before, or 0. */
static long number_of(php_serialize_data_t data, zval *value)
{
    char key[1 + sizeof(zval *)];
    written_value *entry;

    if (Z_TYPE_P(value) == IS_OBJECT) {
        zend_object_handle handle = Z_OBJ_HANDLE_P(value);
        memset(key, 0, sizeof(key));
        key[0] = 'o';
        memcpy(key + 1, &handle, sizeof(handle));
    } else if (Z_ISREF_P(value)) {
        key[0] = 'r';
        memcpy(key + 1, &value, sizeof(value));
    } else {
        data->count++;
        return 0;
    }
    if (zend_hash_find(&data->written, key, sizeof(key), (void **) &entry) == SUCCESS) {
        data->count += !Z_ISREF_P(value);
        return entry->number;
    }
    data->count++;
    remember(data, key, sizeof(key), value);
    return 0;
}

/* --- Pieces of text ----------------------------------------------------------------------- */

static void write_value(smart_str *buffer, zval *value, php_serialize_data_t data);

static void write_number(smart_str *buffer, const char *tag, long number)
{
    smart_str_appends(buffer, tag);
    smart_str_append_long(buffer, number);
    smart_str_appendc(buffer, ';');
}

static void write_double(smart_str *buffer, double number)
{
    char text[ZEND_DOUBLE_TEXT_BUFFER];
    int precision = (int) MIN(PG(serialize_precision), 500);

    smart_str_appends(buffer, "d:");
    smart_str_appendl(buffer, text,
        (size_t) zend_gcvt(number, precision, '.', 'E', text));
    smart_str_appendc(buffer, ';');
}

/* tag, length, text in quotes, end. */
static void write_text(smart_str *buffer, const char *tag, const char *text, size_t length,
    const char *end)
{
    smart_str_appends(buffer, tag);
    smart_str_append_unsigned(buffer, length);
    smart_str_appends(buffer, ":\"");
    smart_str_appendl(buffer, text, length);
    smart_str_appends(buffer, end);
}

static void write_string(smart_str *buffer, const char *text, int length)
{
    write_text(buffer, "s:", text, (size_t) length, "\";");
}

/* The class's name after a tag; for an incomplete object the one that it was given. */
static bool write_class_name(smart_str *buffer, const char *tag, zval *object)
{
    zend_class_entry *ce = Z_OBJCE_P(object);
    zend_uint length;
    char *name = ce == php_ce_incomplete_class ? php_lookup_class_name(object, &length) : NULL;

    if (name == NULL) {
        write_text(buffer, tag, ce->name, ce->name_length, "\":");
        return false;
    }
    write_text(buffer, tag, name, length, "\":");
    efree(name);
    return true;
}

static void write_count(smart_str *buffer, long count)
{
    smart_str_append_long(buffer, count);
    smart_str_appends(buffer, ":{");
}

/* --- Arrays and objects ------------------------------------------------------------------- */

static bool is_magic_member(const Bucket *p)
{
    return p->nKeyLength == sizeof(MAGIC_MEMBER)
        && memcmp(p->arKey, MAGIC_MEMBER, sizeof(MAGIC_MEMBER)) == 0;
}

static void write_elements(smart_str *buffer, zval *value, HashTable *properties,
    php_serialize_data_t data, bool is_incomplete)
{
    php_var_walk walk;
    long count = 0;
    Bucket *p;

    php_var_hold_begin(&walk, value, properties);
    if (walk.table != NULL) {
        PHP_ARRAY_EACH(walk.table, p) {
            count += !(is_incomplete && is_magic_member(p));
        }
    }
    write_count(buffer, count);
    for (p = walk.table ? php_array_present(walk.table->pListHead) : NULL; p != NULL;
        p = php_array_present(p->pListNext)) {
        uint removals = walk.table->nRemovals;
        zval *element;
        if (is_incomplete && is_magic_member(p)) {
            continue;
        }
        if (p->nKeyLength == 0) {
            write_number(buffer, "i:", (long) p->h);
        } else {
            write_string(buffer, p->arKey, (int) p->nKeyLength - 1);
        }
        element = php_array_share(p);
        write_value(buffer, element, data);
        zval_ptr_dtor(&element);
        if (walk.table->nRemovals != removals) {
            break;
        }
    }
    smart_str_appendc(buffer, '}');
    php_var_walk_end(&walk);
}

/* A member by the name that __sleep() gave: public, private or protected. NULL: none. */
static zval **find_member(zval *object, zval *name, char **full_name, int *full_length)
{
    const zend_class_entry *ce = Z_OBJCE_P(object);
    HashTable *properties = Z_OBJPROP_P(object);
    const char *scopes[2] = {ce->name, "*"};
    zval **member;
    int i;

    *full_length = Z_STRLEN_P(name);
    *full_name = estrndup(Z_STRVAL_P(name), (uint) Z_STRLEN_P(name));
    if (zend_hash_find(properties, *full_name, (uint) *full_length + 1, (void **) &member)
        == SUCCESS) {
        return member;
    }
    for (i = 0; i < 2; i++) {
        char *mangled;
        int length;
        zend_mangle_property_name(&mangled, &length, scopes[i], (int) strlen(scopes[i]),
            Z_STRVAL_P(name), Z_STRLEN_P(name), 0);
        if (zend_hash_find(properties, mangled, (uint) length + 1, (void **) &member)
            == SUCCESS) {
            efree(*full_name);
            *full_name = mangled;
            *full_length = length;
            return member;
        }
        efree(mangled);
    }
    return NULL;
}

static void write_member(smart_str *buffer, zval *object, zval *name, php_serialize_data_t data)
{
    char *full_name;
    int length;
    zval **member;
    zval *value;

    if (Z_TYPE_P(name) != IS_STRING) {
        php_error_docref(NULL, E_NOTICE, SLEEP_COMPLAINT ".");
        smart_str_appends(buffer, "N;");
        return;
    }
    member = find_member(object, name, &full_name, &length);
    if (member != NULL) {
        value = *member;
        Z_ADDREF_P(value);
    } else {
        php_error_docref(NULL, E_NOTICE,
            "\"%s\" returned as member variable from __sleep() but does not exist",
            Z_STRVAL_P(name));
        ALLOC_INIT_ZVAL(value);
    }
    write_string(buffer, full_name, length);
    write_value(buffer, value, data);
    zval_ptr_dtor(&value);
    efree(full_name);
}

/* The members that __sleep() named. */
static void write_members(smart_str *buffer, zval *object, zval *names,
    php_serialize_data_t data)
{
    Bucket *p;

    if (Z_TYPE_P(names) != IS_ARRAY) {
        php_error_docref(NULL, E_NOTICE, SLEEP_COMPLAINT);
        smart_str_appends(buffer, "N;");
        return;
    }
    write_class_name(buffer, "O:", object);
    write_count(buffer, zend_hash_num_elements(Z_ARRVAL_P(names)));
    PHP_ARRAY_EACH(Z_ARRVAL_P(names), p) {
        write_member(buffer, object, PHP_BUCKET_ZVAL(p), data);
    }
    smart_str_appendc(buffer, '}');
}

/* By __sleep(). */
static void write_sleeping(smart_str *buffer, zval *object, php_serialize_data_t data)
{
    zval method;
    zval *names = NULL;
    int status;

    INIT_ZVAL(method);
    ZVAL_STRINGL(&method, "__sleep", sizeof("__sleep") - 1, 0);
    php_serialize_lock++;
    status = call_user_function_ex(NULL, &object, &method, &names, 0, NULL, 1, NULL);
    php_serialize_lock--;
    if (names == NULL) {
        if (status == FAILURE && EG(exception) == NULL) {
            smart_str_appends(buffer, "N;");
        }
        return;
    }
    SEPARATE_ZVAL(&names);
    if (EG(exception) == NULL) {
        write_members(buffer, object, names, data);
    }
    zval_ptr_dtor(&names);
}

/* By the class's own function. */
static void write_custom(smart_str *buffer, zval *object, php_serialize_data_t data)
{
    zend_class_entry *ce = Z_OBJCE_P(object);
    unsigned char *text = NULL;
    zend_uint length;

    if (ce->serialize(object, &text, &length, (zend_serialize_data *) data) != SUCCESS) {
        smart_str_appends(buffer, "N;");
    } else {
        write_text(buffer, "C:", ce->name, ce->name_length, "\":");
        write_count(buffer, (long) length);
        smart_str_appendl(buffer, (char *) text, length);
        smart_str_appendc(buffer, '}');
    }
    if (text != NULL) {
        efree(text);
    }
}

static void write_object(smart_str *buffer, zval *object, php_serialize_data_t data)
{
    zend_class_entry *ce = Z_OBJCE_P(object);

    if (ce->serialize != NULL) {
        write_custom(buffer, object, data);
    } else if (ce != php_ce_incomplete_class
        && zend_hash_exists(&ce->function_table, ZEND_STRS("__sleep"))) {
        write_sleeping(buffer, object, data);
    } else {
        bool is_incomplete = write_class_name(buffer, "O:", object);
        write_elements(buffer, object, Z_OBJPROP_P(object), data, is_incomplete);
    }
}

static void write_value(smart_str *buffer, zval *value, php_serialize_data_t data)
{
    long number;

    zend_stack_guard();
    if (EG(exception) != NULL) {
        return;
    }
    number = number_of(data, value);
    if (number != 0) {
        write_number(buffer, Z_ISREF_P(value) ? "R:" : "r:", number);
        return;
    }
    switch (Z_TYPE_P(value)) {
    case IS_BOOL:
        smart_str_appends(buffer, Z_LVAL_P(value) ? "b:1;" : "b:0;");
        break;
    case IS_NULL:
        smart_str_appends(buffer, "N;");
        break;
    case IS_LONG:
        write_number(buffer, "i:", Z_LVAL_P(value));
        break;
    case IS_DOUBLE:
        write_double(buffer, Z_DVAL_P(value));
        break;
    case IS_STRING:
        write_string(buffer, Z_STRVAL_P(value), Z_STRLEN_P(value));
        break;
    case IS_ARRAY:
        smart_str_appends(buffer, "a:");
        write_elements(buffer, value, NULL, data, false);
        break;
    case IS_OBJECT:
        write_object(buffer, value, data);
        break;
    default:
        smart_str_appends(buffer, "i:0;");
        break;
    }
}

void php_var_serialize(smart_str *buffer, zval **value, php_serialize_data_t data)
{
    write_value(buffer, *value, data);
    smart_str_0(buffer);
}

PHP_FUNCTION(serialize)
{
    zval *value;
    php_serialize_data_t data;
    smart_str buffer = {NULL, 0, 0};

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "z", &value) == FAILURE) {
        return;
    }
    PHP_VAR_SERIALIZE_INIT(data);
    php_var_serialize(&buffer, &value, data);
    PHP_VAR_SERIALIZE_DESTROY(data);
    if (EG(exception) != NULL) {
        smart_str_free(&buffer);
        RETURN_FALSE;
    }
    if (buffer.c != NULL) {
        RETURN_STRINGL(buffer.c, (int) buffer.len, 0);
    }
}

static PHP_RINIT_FUNCTION(serialize)
{
    php_serialize_lock = 0;
    outer_data = NULL;
    return SUCCESS;
}

static const zend_function_entry serialize_functions[] = {
    PHP_FE(serialize, "$var", "Returns a value as text that unserialize() reads.")
    PHP_FE_END
};

const php_standard_part standard_serialize_part = {
    serialize_functions, NULL, NULL, PHP_RINIT(serialize), NULL, NULL,
};
