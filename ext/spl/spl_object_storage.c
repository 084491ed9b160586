/* SPDX-License-Identifier: MIT */
/*
 * The storage behind SplObjectStorage as an object: elements, cloning, comparing, dumping, and
 * what the collector sees.
 */
#include "ext/spl/spl_object_storage.h"

static zend_object_handlers storage_handlers;

/* --- Keys ---------------------------------------------------------------------------------- */

typedef struct {
    zend_object_value own; /* the default key */
    zval *text;            /* what getHash() gave, or NULL */
    const char *bytes;
    uint length;
} storage_key;

static bool make_key(storage_key *key, zval *self, spl_storage *intern, zval *object)
{
    key->text = NULL;
    if (intern->get_hash) {
        key->text = spl_call(self, "gethash", 1, object, NULL);
        if (!key->text) {
            return false;
        }
        if (Z_TYPE_P(key->text) != IS_STRING) {
            spl_throw(spl_ce_RuntimeException, "Hash needs to be a string");
            zval_ptr_dtor(&key->text);
            return false;
        }
        key->bytes = Z_STRVAL_P(key->text);
        key->length = Z_STRLEN_P(key->text) + 1;
        return true;
    }
    memset(&key->own, 0, sizeof(key->own));
    key->own.handle = Z_OBJ_HANDLE_P(object);
    key->own.handlers = Z_OBJ_HT_P(object);
    key->bytes = (const char *) &key->own;
    key->length = sizeof(key->own);
    return true;
}

static void free_key(storage_key *key)
{
    if (key->text) {
        zval_ptr_dtor(&key->text);
    }
}

static spl_storage_element *find(const spl_storage *intern, const storage_key *key)
{
    spl_storage_element *element;

    return zend_hash_find(&intern->storage, key->bytes, key->length, (void **) &element)
            == SUCCESS
        ? element
        : NULL;
}

/* --- Elements ------------------------------------------------------------------------------ */

static void element_dtor(void *data)
{
    spl_storage_element element = *(spl_storage_element *) data;

    zval_ptr_dtor(&element.object);
    zval_ptr_dtor(&element.info);
}

void spl_storage_attach(zval *self, spl_storage *intern, zval *object, zval *info)
{
    storage_key key;
    spl_storage_element *present;
    spl_storage_element element;

    if (!make_key(&key, self, intern, object)) {
        return;
    }
    if (info) {
        Z_ADDREF_P(info);
    } else {
        ALLOC_INIT_ZVAL(info);
    }
    present = find(intern, &key);
    if (present) {
        zval *old = present->info;
        present->info = info;
        zval_ptr_dtor(&old);
    } else {
        Z_ADDREF_P(object);
        element.object = object;
        element.info = info;
        zend_hash_update(&intern->storage, key.bytes, key.length, &element, sizeof(element),
            NULL);
    }
    free_key(&key);
}

int spl_storage_detach(zval *self, spl_storage *intern, zval *object)
{
    storage_key key;
    Bucket *bucket;

    if (!make_key(&key, self, intern, object)) {
        return FAILURE;
    }
    bucket = zend_hash_find_bucket(&intern->storage, key.bytes, key.length,
        zend_get_hash_value(key.bytes, key.length));
    free_key(&key);
    if (!bucket) {
        return FAILURE;
    }
    if (intern->pos == bucket) {
        intern->pos = bucket->pListNext;
    }
    zend_hash_delete_bucket(&intern->storage, bucket);
    return SUCCESS;
}

spl_storage_element *spl_storage_find(zval *self, spl_storage *intern, zval *object)
{
    storage_key key;
    spl_storage_element *element;

    if (!make_key(&key, self, intern, object)) {
        return NULL;
    }
    element = find(intern, &key);
    free_key(&key);
    return element;
}

bool spl_storage_contains(zval *self, spl_storage *intern, zval *object)
{
    return spl_storage_find(self, intern, object) != NULL;
}

void spl_storage_rewind(spl_storage *intern)
{
    zend_hash_internal_pointer_reset_ex(&intern->storage, &intern->pos);
    intern->index = 0;
}

spl_storage_element *spl_storage_snapshot(spl_storage *intern, int *count)
{
    spl_storage_element *elements;
    const Bucket *p;
    int i = 0;

    elements = safe_emalloc(zend_hash_num_elements(&intern->storage) + 1, sizeof(*elements), 0);
    for (p = intern->storage.pListHead; p; p = p->pListNext) {
        elements[i] = *(spl_storage_element *) p->pData;
        Z_ADDREF_P(elements[i].object);
        Z_ADDREF_P(elements[i].info);
        i++;
    }
    *count = i;
    return elements;
}

void spl_storage_release(spl_storage_element *elements, int count)
{
    int i;

    for (i = 0; i < count; i++) {
        element_dtor(&elements[i]);
    }
    efree(elements);
}

/* --- Life ---------------------------------------------------------------------------------- */

static void storage_free(void *object)
{
    spl_storage *intern = object;

    zend_object_std_dtor(&intern->std);
    intern->pos = NULL;
    zend_hash_graceful_destroy(&intern->storage);
    spl_debug_info_free(&intern->debug_info);
    if (intern->gc_data) {
        efree(intern->gc_data);
    }
    efree(intern);
}

zend_object_value spl_storage_new(zend_class_entry *ce)
{
    spl_storage *intern = ecalloc(1, sizeof(spl_storage));

    zend_hash_init(&intern->storage, 0, NULL, element_dtor, 0);
    intern->get_hash = spl_find_override(ce, spl_ce_SplObjectStorage, "gethash");
    return spl_object_enter(&intern->std, ce, storage_free, &storage_handlers);
}

static zend_object_value storage_clone(zval *object)
{
    spl_storage *old = spl_storage_from(object);
    zend_object_value value = spl_storage_new(old->std.ce);
    spl_storage *intern = zend_object_store_get_object_by_handle(value.handle);
    const Bucket *p;

    intern->flags = old->flags;
    for (p = old->storage.pListHead; p; p = p->pListNext) {
        spl_storage_element element = *(spl_storage_element *) p->pData;
        Z_ADDREF_P(element.object);
        Z_ADDREF_P(element.info);
        zend_hash_update(&intern->storage, p->arKey, p->nKeyLength, &element, sizeof(element),
            NULL);
    }
    zend_objects_clone_members(&intern->std, value, &old->std, Z_OBJ_HANDLE_P(object));
    return value;
}

/* --- Views --------------------------------------------------------------------------------- */

static HashTable *get_debug_info(zval *object, int *is_temp)
{
    spl_storage *intern = spl_storage_from(object);
    const Bucket *p;
    zval *storage;

    *is_temp = 0;
    if (!spl_debug_info_begin(&intern->std, &intern->debug_info)) {
        return intern->debug_info;
    }
    MAKE_STD_ZVAL(storage);
    array_init(storage);
    for (p = intern->storage.pListHead; p; p = p->pListNext) {
        const spl_storage_element *element = p->pData;
        char hash[33];
        zval *pair;
        php_spl_object_hash(element->object, hash);
        MAKE_STD_ZVAL(pair);
        array_init(pair);
        Z_ADDREF_P(element->object);
        add_assoc_zval(pair, "obj", element->object);
        Z_ADDREF_P(element->info);
        add_assoc_zval(pair, "inf", element->info);
        add_assoc_zval_ex(storage, hash, sizeof(hash), pair);
    }
    spl_debug_info_add(intern->debug_info, spl_ce_SplObjectStorage, "storage", storage);
    return intern->debug_info;
}

static HashTable *get_gc(zval *object, zval ***table, int *n)
{
    spl_storage *intern = spl_storage_from(object);
    int needed = zend_hash_num_elements(&intern->storage) * 2;
    const Bucket *p;
    int i = 0;

    if (intern->gc_room < needed) {
        intern->gc_room = needed;
        intern->gc_data = safe_erealloc(intern->gc_data, needed, sizeof(zval *), 0);
    }
    for (p = intern->storage.pListHead; p; p = p->pListNext) {
        const spl_storage_element *element = p->pData;
        intern->gc_data[i++] = element->object;
        intern->gc_data[i++] = element->info;
    }
    *table = intern->gc_data;
    *n = i;
    return zend_std_get_properties(object);
}

static int compare_info(const void *a, const void *b)
{
    const spl_storage_element *element1 = a;
    const spl_storage_element *element2 = b;

    return zend_compare(element1->info, element2->info);
}

static int compare_objects(zval *o1, zval *o2)
{
    int result;

    zend_stack_guard();
    result = zend_hash_compare(&spl_storage_from(o1)->storage, &spl_storage_from(o2)->storage,
        (compare_func_t) compare_info, 0);
    return result != 0 ? result : zend_std_compare_objects(o1, o2);
}

void spl_storage_init_handlers(void)
{
    storage_handlers = *zend_get_std_object_handlers();
    storage_handlers.clone_obj = storage_clone;
    storage_handlers.get_debug_info = get_debug_info;
    storage_handlers.get_gc = get_gc;
    storage_handlers.compare_objects = compare_objects;
}
