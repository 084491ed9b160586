/* SPDX-License-Identifier: MIT */
/* Releases and the cycle collector. */
#include <check.h>
#include <stdlib.h>

#include "engine_stubs.h"

static zval *new_array(void)
{
    zval *z;
    MAKE_STD_ZVAL(z);
    array_init(z);
    return z;
}

static zval *new_object(zend_objects_store_dtor_t dtor)
{
    zval *z;
    MAKE_STD_ZVAL(z);
    unit_make_object(z, dtor);
    return z;
}

static HashTable *members(zval *z)
{
    return Z_TYPE_P(z) == IS_ARRAY ? Z_ARRVAL_P(z) : unit_object_table(z);
}

/* The container holds the element, which gets one count more. */
static void hold(zval *container, zval *element)
{
    Z_ADDREF_P(element);
    zend_hash_next_index_insert(members(container), &element, sizeof(zval *), NULL);
}

START_TEST(plain_release_gives_all_back)
{
    size_t start = zend_memory_usage(0);
    zval *outer = new_array();
    zval *inner = new_array();
    hold(outer, inner);
    zval_ptr_dtor(&inner);
    zval_ptr_dtor(&outer);
    ck_assert_uint_eq(zend_memory_usage(0), start);
}
END_TEST

START_TEST(array_cycle)
{
    size_t start = zend_memory_usage(0);
    zval *a = new_array();
    Z_SET_ISREF_P(a);
    hold(a, a);
    zval_ptr_dtor(&a);
    ck_assert(!is_zend_mm() || zend_memory_usage(0) > start);
    ck_assert_int_eq(gc_collect_cycles(), 1);
    ck_assert_uint_eq(zend_memory_usage(0), start);
    ck_assert_int_eq(gc_collect_cycles(), 0);
}
END_TEST

START_TEST(values_attached_are_counted)
{
    zval *a = new_array();
    zval *five;
    MAKE_STD_ZVAL(five);
    ZVAL_LONG(five, 5);
    Z_SET_ISREF_P(a);
    hold(a, a);
    hold(a, five);
    zval_ptr_dtor(&five);
    zval_ptr_dtor(&a);
    ck_assert_int_eq(gc_collect_cycles(), 2);
}
END_TEST

START_TEST(held_cycles_stay)
{
    zval *a = new_array();
    zval *b = new_array();
    Z_SET_ISREF_P(a);
    hold(a, b);
    hold(b, a);
    zval_ptr_dtor(&a);
    ck_assert_int_eq(gc_collect_cycles(), 0);
    ck_assert_int_eq(Z_REFCOUNT_P(b), 2);
    ck_assert_int_eq(Z_REFCOUNT_P(a), 1);
    zval_ptr_dtor(&b);
    ck_assert_int_eq(gc_collect_cycles(), 2);
}
END_TEST

START_TEST(object_cycle_runs_destructors)
{
    size_t start;
    zval *a = new_object(NULL);
    zval *b = new_object(NULL);
    unit_destructors = 0;
    start = zend_memory_usage(0);
    hold(a, b);
    hold(b, a);
    zval_ptr_dtor(&a);
    zval_ptr_dtor(&b);
    ck_assert_int_eq(gc_collect_cycles(), 2);
    ck_assert_int_eq(unit_destructors, 2);
    ck_assert(!is_zend_mm() || zend_memory_usage(0) < start);
}
END_TEST

static zval *saved;

static void save_itself(void *object, zend_object_handle handle)
{
    zval *z = *(zval **) ((HashTable *) object)->pListHead->pData;
    saved = z;
    Z_ADDREF_P(z);
}

START_TEST(resurrected_objects_live)
{
    zval *a = new_object(save_itself);
    hold(a, a);
    saved = NULL;
    zval_ptr_dtor(&a);
    gc_collect_cycles();
    ck_assert_ptr_nonnull(saved);
    ck_assert_int_eq(Z_TYPE_P(saved), IS_OBJECT);
    ck_assert_int_eq(Z_REFCOUNT_P(saved), 2);
    ck_assert_int_eq(zend_hash_num_elements(members(saved)), 1);
    zval_ptr_dtor(&saved);
    ck_assert_int_eq(gc_collect_cycles(), 1);
}
END_TEST

static void empty_itself(void *object, zend_object_handle handle)
{
    zend_hash_clean((HashTable *) object);
}

START_TEST(destructors_may_take_the_garbage_apart)
{
    size_t start = zend_memory_usage(0);
    zval *a = new_object(empty_itself);
    zval *b = new_object(empty_itself);
    hold(a, b);
    hold(b, a);
    hold(b, b);
    zval_ptr_dtor(&a);
    zval_ptr_dtor(&b);
    ck_assert_int_eq(gc_collect_cycles(), 2);
    ck_assert_uint_eq(zend_memory_usage(0), start);
}
END_TEST

START_TEST(full_buffer_collects)
{
    int i;
    unit_destructors = 0;
    for (i = 1; i <= 10000; i++) {
        zval *a = new_object(NULL);
        hold(a, a);
        zval_ptr_dtor(&a);
    }
    ck_assert_int_eq(unit_destructors, 0);
    {
        zval *a = new_object(NULL);
        hold(a, a);
        zval_ptr_dtor(&a);
    }
    ck_assert_int_eq(unit_destructors, 10000);
    ck_assert_int_eq(gc_collect_cycles(), 1);
}
END_TEST

/* A chain of n containers, the outermost returned; *innermost gets the other end. */
static zval *deep(int n, bool objects, zval **innermost)
{
    zval *outer = NULL;
    while (n-- > 0) {
        zval *z = objects ? new_object(NULL) : new_array();
        if (outer) {
            zend_hash_next_index_insert(members(z), &outer, sizeof(zval *), NULL);
        } else if (innermost) {
            *innermost = z;
        }
        outer = z;
    }
    return outer;
}

START_TEST(depth_does_not_exhaust_the_stack)
{
    size_t start = zend_memory_usage(0);
    zval *innermost = NULL;
    zval *outer = deep(1000000, false, NULL);
    zval_ptr_dtor(&outer);
    outer = deep(200000, true, NULL);
    zval_ptr_dtor(&outer);
    ck_assert_uint_eq(zend_memory_usage(0), start);
    outer = deep(1000000, false, &innermost);
    hold(innermost, outer);
    zval_ptr_dtor(&outer);
    ck_assert_int_eq(gc_collect_cycles(), 1000000);
    ck_assert_uint_eq(zend_memory_usage(0), start);
}
END_TEST

START_TEST(separation)
{
    zval *shared = new_array();
    zval *copy = shared;
    Z_ADDREF_P(shared);
    SEPARATE_ZVAL(&copy);
    ck_assert_ptr_ne(copy, shared);
    ck_assert_int_eq(Z_REFCOUNT_P(shared), 1);
    ck_assert_ptr_ne(Z_ARRVAL_P(copy), Z_ARRVAL_P(shared));
    zval_ptr_dtor(&copy);
    Z_ADDREF_P(shared);
    Z_SET_ISREF_P(shared);
    copy = shared;
    zval_ptr_dtor(&copy);
    ck_assert(!Z_ISREF_P(shared));
    zval_ptr_dtor(&shared);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("zend_gc");
    TCase *tests = tcase_create("all");
    SRunner *runner;
    int failed;

    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, unit_start, unit_end);
    tcase_add_test(tests, plain_release_gives_all_back);
    tcase_add_test(tests, array_cycle);
    tcase_add_test(tests, values_attached_are_counted);
    tcase_add_test(tests, held_cycles_stay);
    tcase_add_test(tests, object_cycle_runs_destructors);
    tcase_add_test(tests, resurrected_objects_live);
    tcase_add_test(tests, destructors_may_take_the_garbage_apart);
    tcase_add_test(tests, full_buffer_collects);
    tcase_add_test(tests, depth_does_not_exhaust_the_stack);
    tcase_add_test(tests, separation);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
