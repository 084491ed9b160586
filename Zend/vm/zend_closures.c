/* SPDX-License-Identifier: MIT */
/*
 * Making closures: the copy of the function, the captured variables, scope and $this; and the
 * life of a closure object. The methods of the class and its handlers are in zend_closure_class.c.
 *
 * The compiler leaves a mark for each variable of `use` among the static variables of the code: a
 * zval of type NULL with IS_LEXICAL_VAR, and IS_LEXICAL_REF if by reference, in it. The closure's
 * own table has what the variable is at that moment in its place:
 *
 *      code->static_variables            closure->func.op_array.static_variables
 *      "a" => IS_LEXICAL_VAR             "a" => the zval of $a, shared (a copy if a reference)
 *      "b" => IS_LEXICAL_REF             "b" => the zval of $b, a reference set now
 *      "n" => 10                         "n" => 10, shared until one of them writes
 */
#include "vm/zend_closures.h"

#include <string.h>

#include "compile/zend_compile.h"
#include "object/zend_class.h"
#include "object/zend_objects.h"
#include "runtime/zend_API.h"
#include "runtime/zend_errors.h"
#include "vm/zend_closures_internal.h"
#include "vm/zend_vm_internal.h"

/* --- Captured variables ----------------------------------------------------------------------- */

/* The variable of `use` in the running code: a counted zval. */
static zval *zend_capture_variable(const Bucket *name, bool by_reference)
{
    HashTable *symbols = zend_active_symbol_table();
    zval *value;
    zval **place;

    if (zend_hash_quick_find(symbols, name->arKey, name->nKeyLength, name->h, (void **) &place)
            == FAILURE) {
        if (by_reference) {
            ALLOC_INIT_ZVAL(value);
            Z_SET_ISREF_P(value);
            zend_hash_quick_update(symbols, name->arKey, name->nKeyLength, name->h, &value,
                sizeof(zval *), NULL);
        } else {
            zend_error(E_NOTICE, "Undefined variable: %s", name->arKey);
            value = EG(uninitialized_zval_ptr);
        }
    } else if (by_reference) {
        SEPARATE_ZVAL_TO_MAKE_IS_REF(place);
        value = *place;
    } else if (PZVAL_IS_REF(*place)) {
        ALLOC_ZVAL(value);
        INIT_PZVAL_COPY(value, *place);
        zval_copy_ctor(value);
        return value;
    } else {
        value = *place;
    }
    Z_ADDREF_P(value);
    return value;
}

/*
 * A static variable of the copied function: a counted zval. What is shared with the outside by
 * reference stays so; a reference set of one is only the function's own variable, which is copied.
 */
static zval *zend_copy_static_variable(zval *value)
{
    zval *copy;

    if (!IS_CONSTANT_TYPE(Z_TYPE_P(value))
            && (!PZVAL_IS_REF(value) || Z_REFCOUNT_P(value) > 1)) {
        Z_ADDREF_P(value);
        return value;
    }
    ALLOC_ZVAL(copy);
    INIT_PZVAL_COPY(copy, value);
    zval_copy_ctor(copy);
    return copy;
}

/* Adds under a key that lies in the bucket, also if the name is interned: 5.6 has no interned
 * names here, which shows in memory_get_usage(). Takes the value over. */
static void zend_add_captured(HashTable *variables, const Bucket *name, zval *value)
{
    char buffer[128];
    char *key = name->nKeyLength <= sizeof(buffer) ? buffer : emalloc(name->nKeyLength);

    memcpy(key, name->arKey, name->nKeyLength);
    if (zend_hash_quick_add(variables, key, name->nKeyLength, name->h, &value, sizeof(zval *),
            NULL) == FAILURE) {
        zval_ptr_dtor(&value);
    }
    if (key != buffer) {
        efree(key);
    }
}

static HashTable *zend_capture_variables(const HashTable *source)
{
    HashTable *variables;

    ALLOC_HASHTABLE(variables);
    zend_hash_init(variables, source->nNumOfElements, NULL, ZVAL_PTR_DTOR, 0);
    for (const Bucket *p = source->pListHead; p; p = p->pListNext) {
        zval *value = *(zval **) p->pData;
        zend_uchar mark = Z_TYPE_P(value) & (IS_LEXICAL_VAR | IS_LEXICAL_REF);

        zend_add_captured(variables, p, mark ? zend_capture_variable(p, mark & IS_LEXICAL_REF)
            : zend_copy_static_variable(value));
    }
    return variables;
}

static void zend_closure_copy_user_function(zend_op_array *op_array)
{
    const HashTable *source =
        op_array->static_variables ? op_array->static_variables : op_array->code->static_variables;

    op_array->code->refcount++;
    op_array->run_time_cache = NULL;
    op_array->static_variables = source ? zend_capture_variables(source) : NULL;
}

/* --- Scope and $this -------------------------------------------------------------------------- */

/* An internal method is bound only where its class fits; an internal function never. */
static void zend_closure_check_internal(const zend_function *function, zend_class_entry **scope,
    zval **this_ptr)
{
    zend_class_entry *ce = function->common.scope;

    if (!ce) {
        *scope = NULL;
        *this_ptr = NULL;
    } else if (*scope && !instanceof_function(*scope, ce)) {
        zend_error(E_WARNING, "Cannot bind function %s::%s to scope class %s", ce->name,
            function->common.function_name, (*scope)->name);
        *scope = NULL;
        *this_ptr = NULL;
    } else if (*scope && *this_ptr && !(function->common.fn_flags & ZEND_ACC_STATIC)
            && !instanceof_function(Z_OBJCE_P(*this_ptr), ce)) {
        zend_error(E_WARNING, "Cannot bind function %s::%s to object of class %s", ce->name,
            function->common.function_name, Z_OBJCE_P(*this_ptr)->name);
        *scope = NULL;
        *this_ptr = NULL;
    }
}

static void zend_closure_bind(zend_closure *closure, zend_class_entry *scope, zval *this_ptr)
{
    closure->func.common.scope = scope;
    if (!scope) {
        return;
    }
    closure->func.common.fn_flags |= ZEND_ACC_PUBLIC;
    if (this_ptr && !(closure->func.common.fn_flags & ZEND_ACC_STATIC)) {
        Z_ADDREF_P(this_ptr);
        closure->this_ptr = this_ptr;
    } else {
        closure->func.common.fn_flags |= ZEND_ACC_STATIC;
    }
}

void zend_create_closure(zval *res, zend_function *func, zend_class_entry *scope, zval *this_ptr)
{
    zend_closure *closure;

    INIT_PZVAL(res);
    Z_TYPE_P(res) = IS_OBJECT;
    Z_OBJVAL_P(res) = zend_closure_new(zend_ce_closure);
    closure = zend_object_store_get_object(res);
    closure->func = *func;
    closure->func.common.prototype = NULL;
    closure->func.common.fn_flags |= ZEND_ACC_CLOSURE;
    if (!scope && this_ptr) {
        scope = zend_ce_closure; /* a $this needs some scope */
    }
    if (func->type == ZEND_USER_FUNCTION) {
        zend_closure_copy_user_function(&closure->func.op_array);
    } else {
        zend_closure_check_internal(func, &scope, &this_ptr);
    }
    zend_closure_bind(closure, scope, this_ptr);
}

void vm_make_closure(zend_execute_data *frame, zend_uint number, zval *result)
{
    zend_function *function = frame->func->op_array.code->functions[number];

    if ((function->common.fn_flags | frame->func->common.fn_flags) & ZEND_ACC_STATIC) {
        /* The called class, not the one whose code this is, becomes the scope. */
        zend_create_closure(result, function, frame->called_scope, NULL);
    } else {
        zend_create_closure(result, function, frame->scope, frame->this_object);
    }
}

/* --- Life ------------------------------------------------------------------------------------- */

static void zend_closure_free_storage(void *object)
{
    zend_closure *closure = object;

    zend_object_std_dtor(&closure->std);
    if (closure->func.type == ZEND_USER_FUNCTION) {
        destroy_op_array(&closure->func.op_array);
    }
    if (closure->debug_info) {
        zend_hash_destroy(closure->debug_info);
        FREE_HASHTABLE(closure->debug_info);
    }
    if (closure->this_ptr) {
        zval_ptr_dtor(&closure->this_ptr);
    }
    efree_size(closure, sizeof(zend_closure));
}

zend_object_value zend_closure_new(zend_class_entry *class_type)
{
    zend_closure *closure = emalloc_size(sizeof(zend_closure));
    zend_object_value result;

    zend_object_std_init(&closure->std, class_type);
    memset(&closure->func, 0, sizeof(closure->func)); /* type 0: none yet */
    closure->this_ptr = NULL;
    closure->debug_info = NULL;
    closure->handle = zend_objects_store_put(closure, NULL, zend_closure_free_storage, NULL);
    result.handle = closure->handle;
    result.handlers = &zend_closure_handlers;
    return result;
}

void zend_closure_release(zend_closure *closure)
{
    zend_objects_store_del_ref_by_handle_ex(closure->handle, &zend_closure_handlers);
}

const zend_function *zend_get_closure_method_def(zval *obj)
{
    return &((zend_closure *) zend_object_store_get_object(obj))->func;
}

zval *zend_get_closure_this_ptr(zval *obj)
{
    return ((zend_closure *) zend_object_store_get_object(obj))->this_ptr;
}
