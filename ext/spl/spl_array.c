/* SPDX-License-Identifier: MIT */
/*
 * ArrayObject and its kin as objects: made, cloned, freed, compared, dumped; where the elements
 * are; properties that stand for elements.
 */
#include "ext/spl/spl_array.h"

zend_object_handlers spl_handler_ArrayObject;
zend_object_handlers spl_handler_ArrayIterator;

/* --- The table ----------------------------------------------------------------------------- */

/* The object at the end of the chain of those that use another's table. */
static const spl_array_object *owner_of(const spl_array_object *intern)
{
    while (intern->flags & SPL_ARRAY_USE_OTHER) {
        intern = spl_array_from(intern->array);
    }
    return intern;
}

HashTable *spl_array_table(spl_array_object *intern)
{
    intern = (spl_array_object *) owner_of(intern);
    if (intern->flags & SPL_ARRAY_IS_SELF) {
        if (!intern->std.properties) {
            rebuild_object_properties(&intern->std);
        }
        return intern->std.properties;
    }
    return Z_TYPE_P(intern->array) == IS_ARRAY ? Z_ARRVAL_P(intern->array)
                                               : Z_OBJPROP_P(intern->array);
}

bool spl_array_is_object(const spl_array_object *intern)
{
    intern = owner_of(intern);
    return (intern->flags & SPL_ARRAY_IS_SELF) || Z_TYPE_P(intern->array) == IS_OBJECT;
}

/* The same place in a copy of the table. */
static void move_position(spl_array_object *intern, const HashTable *from, const HashTable *to)
{
    Bucket *old;
    Bucket *new = to->pListHead;

    if (!intern->positioned || !intern->pos) {
        return;
    }
    for (old = from->pListHead; old && new && old != intern->pos; old = old->pListNext) {
        new = new->pListNext;
    }
    intern->pos = old ? new : NULL;
}

HashTable *spl_array_table_for_write(spl_array_object *intern)
{
    spl_array_object *owner = (spl_array_object *) owner_of(intern);
    zval *shared = owner->array;

    if (!(owner->flags & SPL_ARRAY_IS_SELF) && Z_TYPE_P(shared) == IS_ARRAY
        && Z_REFCOUNT_P(shared) > 1 && !Z_ISREF_P(shared)) {
        owner->array = spl_duplicate(shared);
        move_position(owner, Z_ARRVAL_P(shared), Z_ARRVAL_P(owner->array));
        if (intern != owner) {
            move_position(intern, Z_ARRVAL_P(shared), Z_ARRVAL_P(owner->array));
        }
        zval_ptr_dtor(&shared);
    }
    return spl_array_table(intern);
}

long spl_array_count(spl_array_object *intern)
{
    HashTable *table = spl_array_table(intern);
    const Bucket *p;
    long count = 0;

    if (!spl_array_is_object(intern)) {
        return zend_hash_num_elements(table);
    }
    for (p = table->pListHead; p; p = p->pListNext) {
        if (!zend_hash_bucket_is_absent(p) && (p->nKeyLength == 0 || p->arKey[0] != '\0')) {
            count++;
        }
    }
    return count;
}

/* --- Life ---------------------------------------------------------------------------------- */

static void spl_array_free(void *object)
{
    spl_array_object *intern = object;

    zend_object_std_dtor(&intern->std);
    zval_ptr_dtor(&intern->array);
    spl_debug_info_free(&intern->debug_info);
    efree(intern);
}

static const zend_object_handlers *choose_base(spl_array_object *intern, zend_class_entry *ce)
{
    for (; ce; ce = ce->parent) {
        if (ce == spl_ce_ArrayObject || ce == spl_ce_ArrayIterator) {
            intern->base = ce;
            return ce == spl_ce_ArrayObject ? &spl_handler_ArrayObject
                                            : &spl_handler_ArrayIterator;
        }
    }
    zend_error_noreturn(E_COMPILE_ERROR,
        "Internal compiler error, Class is not child of ArrayObject or ArrayIterator");
}

static void find_overrides(spl_array_object *intern, zend_class_entry *ce)
{
    if (ce->type == ZEND_INTERNAL_CLASS) {
        return;
    }
    intern->offset_get = spl_find_override(ce, intern->base, "offsetget");
    intern->offset_set = spl_find_override(ce, intern->base, "offsetset");
    intern->offset_has = spl_find_override(ce, intern->base, "offsetexists");
    intern->offset_del = spl_find_override(ce, intern->base, "offsetunset");
    intern->count = spl_find_override(ce, intern->base, "count");
}

/* What a clone holds: its own copy of an array, or the same object. */
static zval *clone_storage(const spl_array_object *other)
{
    if (other->flags & SPL_ARRAY_USE_OTHER || spl_array_is_object(other)) {
        Z_ADDREF_P(other->array);
        return other->array;
    }
    return spl_duplicate(other->array);
}

zend_object_value spl_array_object_new_ex(zend_class_entry *ce, zval *original, bool share)
{
    spl_array_object *intern = ecalloc(1, sizeof(spl_array_object));
    const zend_object_handlers *handlers = choose_base(intern, ce);
    spl_array_object *other = original ? spl_array_from(original) : NULL;

    intern->iterator_class = spl_ce_ArrayIterator;
    if (other) {
        intern->flags = other->flags & SPL_ARRAY_CLONE_MASK;
        intern->iterator_class = other->iterator_class;
    }
    if (!other) {
        MAKE_STD_ZVAL(intern->array);
        array_init(intern->array);
    } else if (share) {
        intern->flags |= SPL_ARRAY_USE_OTHER;
        intern->array = original;
        Z_ADDREF_P(original);
    } else {
        intern->flags |= other->flags & (SPL_ARRAY_USE_OTHER | SPL_ARRAY_IS_SELF);
        intern->array = clone_storage(other);
    }
    find_overrides(intern, ce);
    return spl_object_enter(&intern->std, ce, spl_array_free, handlers);
}

zend_object_value spl_array_object_new(zend_class_entry *ce)
{
    return spl_array_object_new_ex(ce, NULL, false);
}

static zend_object_value spl_array_clone(zval *object)
{
    spl_array_object *old = spl_array_from(object);
    zend_object_value value = spl_array_object_new_ex(old->std.ce, object, false);

    zend_objects_clone_members(zend_object_store_get_object_by_handle(value.handle), value,
        &old->std, Z_OBJ_HANDLE_P(object));
    return value;
}

/* --- Other storage ------------------------------------------------------------------------- */

static bool is_array_object(const zval *value)
{
    return Z_TYPE_P(value) == IS_OBJECT
        && (Z_OBJ_HT_P(value) == &spl_handler_ArrayObject
            || Z_OBJ_HT_P(value) == &spl_handler_ArrayIterator);
}

/* Would using value's table lead back to intern? */
static bool leads_back(const spl_array_object *intern, const zval *value)
{
    const spl_array_object *other = spl_array_from(value);

    while (other != intern && (other->flags & SPL_ARRAY_USE_OTHER)) {
        other = spl_array_from(other->array);
    }
    return other == intern;
}

static bool has_own_properties(zval *object)
{
    return Z_OBJ_HT_P(object)->get_properties == zend_std_get_properties
        && Z_OBJPROP_P(object) != NULL;
}

static ZEND_COLD void throw_incompatible(const zval *array, const spl_array_object *intern)
{
    zend_throw_exception_ex(spl_ce_InvalidArgumentException, 0,
        "Overloaded object of type %s is not compatible with objects of type %s",
        Z_OBJCE_P(array)->name, intern->std.ce->name);
}

/* Can it be the storage? */
static bool check_storage(const zval *object, const spl_array_object *intern, zval *array)
{
    if (Z_TYPE_P(array) != IS_OBJECT && Z_TYPE_P(array) != IS_ARRAY) {
        spl_throw(spl_ce_InvalidArgumentException,
            "Passed variable is not an array or object, using empty array instead");
        return false;
    }
    if (Z_TYPE_P(array) == IS_ARRAY
        || Z_OBJ_HANDLE_P(array) == Z_OBJ_HANDLE_P(object)) {
        return true;
    }
    if (is_array_object(array) ? leads_back(intern, array) : !has_own_properties(array)) {
        throw_incompatible(array, intern);
        return false;
    }
    return true;
}

void spl_array_set_array(zval *object, spl_array_object *intern, zval **array, int flags,
    bool adopt_flags)
{
    zval *old = intern->array;

    if (!check_storage(object, intern, *array)) {
        return;
    }
    intern->flags &= ~(SPL_ARRAY_IS_SELF | SPL_ARRAY_USE_OTHER);
    if (Z_TYPE_PP(array) == IS_ARRAY) {
        SEPARATE_ZVAL_IF_NOT_REF(array);
        intern->array = *array;
        Z_ADDREF_P(intern->array);
    } else if (Z_OBJ_HANDLE_PP(array) == Z_OBJ_HANDLE_P(object)) {
        /* A count of its own would keep it alive for ever. */
        intern->flags |= SPL_ARRAY_IS_SELF;
        MAKE_STD_ZVAL(intern->array);
        array_init(intern->array);
    } else {
        if (is_array_object(*array)) {
            if (adopt_flags) {
                flags = spl_array_from(*array)->flags & ~SPL_ARRAY_INT_MASK;
            }
            intern->flags |= SPL_ARRAY_USE_OTHER;
        }
        intern->array = *array;
        Z_ADDREF_P(intern->array);
    }
    intern->flags |= flags;
    spl_array_rewind(intern);
    zval_ptr_dtor(&old);
}

/* --- Properties ---------------------------------------------------------------------------- */

/* Does this property name mean an element? */
static bool means_element(zval *object, zval *member, const struct _zend_literal *key)
{
    return (spl_array_from(object)->flags & SPL_ARRAY_ARRAY_AS_PROPS)
        && !zend_std_has_property(object, member, 2, key);
}

static zval *read_property(zval *object, zval *member, int type, const struct _zend_literal *key)
{
    if (means_element(object, member, key)) {
        return spl_array_read_dimension_ex(true, object, member, type);
    }
    return zend_std_read_property(object, member, type, key);
}

static void write_property(zval *object, zval *member, zval *value,
    const struct _zend_literal *key)
{
    if (means_element(object, member, key)) {
        spl_array_write_dimension_ex(true, object, member, value);
    } else {
        zend_std_write_property(object, member, value, key);
    }
}

static zval **get_property_ptr_ptr(zval *object, zval *member, int type,
    const struct _zend_literal *key)
{
    /* The virtual machine then reads and writes through the two above. */
    return means_element(object, member, key)
        ? NULL
        : zend_std_get_property_ptr_ptr(object, member, type, key);
}

static int has_property(zval *object, zval *member, int check, const struct _zend_literal *key)
{
    if (means_element(object, member, key)) {
        return spl_array_has_dimension_ex(true, object, member, check);
    }
    return zend_std_has_property(object, member, check, key);
}

static void unset_property(zval *object, zval *member, const struct _zend_literal *key)
{
    if (means_element(object, member, key)) {
        spl_array_unset_dimension_ex(true, object, member);
    } else {
        zend_std_unset_property(object, member, key);
    }
}

static HashTable *get_properties(zval *object)
{
    spl_array_object *intern = spl_array_from(object);

    if (intern->flags & SPL_ARRAY_STD_PROP_LIST) {
        return zend_std_get_properties(object);
    }
    return spl_array_table(intern);
}

static HashTable *get_debug_info(zval *object, int *is_temp)
{
    spl_array_object *intern = spl_array_from(object);

    *is_temp = 0;
    if (intern->flags & SPL_ARRAY_IS_SELF) {
        return spl_array_table(intern);
    }
    if (spl_debug_info_begin(&intern->std, &intern->debug_info)) {
        Z_ADDREF_P(intern->array);
        spl_debug_info_add(intern->debug_info, intern->base, "storage", intern->array);
    }
    return intern->debug_info;
}

/* --- Comparing, counting ------------------------------------------------------------------- */

static int compare_objects(zval *o1, zval *o2)
{
    spl_array_object *intern1 = spl_array_from(o1);
    spl_array_object *intern2 = spl_array_from(o2);
    int result;

    zend_stack_guard();
    result = zend_compare_symbol_tables_i(spl_array_table(intern1), spl_array_table(intern2));
    return result != 0 ? result : zend_std_compare_objects(o1, o2);
}

static int count_elements(zval *object, long *count)
{
    spl_array_object *intern = spl_array_from(object);

    if (!intern->count) {
        *count = spl_array_count(intern);
        return SUCCESS;
    }
    return spl_call_count(object, count);
}

/* --- Handlers ------------------------------------------------------------------------------ */

static zval *read_dimension(zval *object, zval *offset, int type)
{
    return spl_array_read_dimension_ex(true, object, offset, type);
}

static void write_dimension(zval *object, zval *offset, zval *value)
{
    spl_array_write_dimension_ex(true, object, offset, value);
}

static void unset_dimension(zval *object, zval *offset)
{
    spl_array_unset_dimension_ex(true, object, offset);
}

static int has_dimension(zval *object, zval *offset, int check_empty)
{
    return spl_array_has_dimension_ex(true, object, offset, check_empty);
}

void spl_array_init_handlers(void)
{
    zend_object_handlers *handlers = &spl_handler_ArrayObject;

    *handlers = *zend_get_std_object_handlers();
    handlers->clone_obj = spl_array_clone;
    handlers->read_dimension = read_dimension;
    handlers->write_dimension = write_dimension;
    handlers->unset_dimension = unset_dimension;
    handlers->has_dimension = has_dimension;
    handlers->count_elements = count_elements;
    handlers->get_properties = get_properties;
    handlers->get_debug_info = get_debug_info;
    handlers->read_property = read_property;
    handlers->write_property = write_property;
    handlers->get_property_ptr_ptr = get_property_ptr_ptr;
    handlers->has_property = has_property;
    handlers->unset_property = unset_property;
    handlers->compare_objects = compare_objects;
    spl_handler_ArrayIterator = spl_handler_ArrayObject;
}
