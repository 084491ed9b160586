/* SPDX-License-Identifier: MIT */
/* The hash table: its figures, its order, and that it survives what callbacks do to it. */
#include <check.h>
#include <stdlib.h>

#include "data/zend_sort.h"
#include "engine_stubs.h"

static HashTable table;
static int destroyed;
static long destroyed_values[64];

static void note_destroyed(void *element)
{
    destroyed_values[destroyed++ % 64] = *(long *) element;
}

static void set_up(void)
{
    unit_start();
    destroyed = 0;
    zend_hash_init(&table, 0, NULL, note_destroyed, 0);
}

static void tear_down(void)
{
    zend_hash_destroy(&table);
    unit_end();
}

static void put(const char *key, long value)
{
    zend_hash_update(&table, key, strlen(key) + 1, &value, sizeof(long), NULL);
}

static void put_index(ulong index, long value)
{
    zend_hash_index_update(&table, index, &value, sizeof(long), NULL);
}

static long get(const char *key)
{
    long *value;
    if (zend_hash_find(&table, key, strlen(key) + 1, (void **) &value) == FAILURE) {
        return -1;
    }
    return *value;
}

/* The keys in order, with blanks between. */
static const char *keys(HashTable *ht)
{
    static char text[4096];
    HashPosition position;
    char *name;
    ulong index;

    text[0] = '\0';
    for (zend_hash_internal_pointer_reset_ex(ht, &position);
            zend_hash_has_more_elements_ex(ht, &position) == SUCCESS;
            zend_hash_move_forward_ex(ht, &position)) {
        int type = zend_hash_get_current_key_ex(ht, &name, NULL, &index, 0, &position);
        size_t length = strlen(text);
        if (type == HASH_KEY_IS_STRING) {
            snprintf(text + length, sizeof(text) - length, "%s%s", length ? " " : "", name);
        } else {
            snprintf(text + length, sizeof(text) - length, "%s%ld", length ? " " : "",
                (long) index);
        }
    }
    return text;
}

START_TEST(bytes_are_those_of_php5)
{
    const char *interned = zend_new_interned_string("interned", 9, 0);
    size_t start = zend_memory_usage(0);
    long value = 1;

    ck_assert_uint_eq(table.nTableMask, 0);
    if (!is_zend_mm() || ZEND_DEBUG) {
        return; /* other figures, or none */
    }
    put_index(0, 1);
    ck_assert_uint_eq(zend_memory_usage(0) - start, 80 + 88);
    start = zend_memory_usage(0);
    zend_hash_update(&table, interned, 9, &value, sizeof(long), NULL);
    ck_assert_uint_eq(zend_memory_usage(0) - start, 88);
    start = zend_memory_usage(0);
    put("runtime key", 1);
    ck_assert_uint_eq(zend_memory_usage(0) - start, ((72 + 12 + 7) & ~7) + 16);
}
END_TEST

START_TEST(finds_what_was_put)
{
    long i;
    char key[32];
    for (i = 0; i < 5000; i++) {
        snprintf(key, sizeof(key), "key%ld", i);
        put(key, i);
        put_index(i * 3, i);
    }
    ck_assert_int_eq(zend_hash_check(&table), 0);
    ck_assert_int_eq(zend_hash_num_elements(&table), 10000);
    ck_assert_uint_eq(table.nTableSize, 16384);
    ck_assert_int_eq(get("key4999"), 4999);
    ck_assert_int_eq(get("key5000"), -1);
    for (i = 0; i < 5000; i += 2) {
        snprintf(key, sizeof(key), "key%ld", i);
        ck_assert_int_eq(zend_hash_del(&table, key, strlen(key) + 1), SUCCESS);
        ck_assert_int_eq(zend_hash_index_del(&table, i * 3), SUCCESS);
    }
    ck_assert_int_eq(zend_hash_check(&table), 0);
    ck_assert_int_eq(zend_hash_num_elements(&table), 5000);
    ck_assert_int_eq(destroyed, 5000);
    ck_assert_int_eq(zend_hash_index_del(&table, 0), FAILURE);
}
END_TEST

START_TEST(add_keeps_and_update_replaces)
{
    long value = 2;
    put("a", 1);
    ck_assert_int_eq(zend_hash_add(&table, "a", 2, &value, sizeof(long), NULL), FAILURE);
    ck_assert_int_eq(get("a"), 1);
    put("a", 3);
    ck_assert_int_eq(get("a"), 3);
    ck_assert_int_eq(destroyed, 1);
    ck_assert_int_eq(destroyed_values[0], 1);
}
END_TEST

START_TEST(next_index_follows_the_greatest)
{
    long value = 0;
    put_index(-5, 0);
    zend_hash_next_index_insert(&table, &value, sizeof(long), NULL);
    put_index(7, 0);
    zend_hash_next_index_insert(&table, &value, sizeof(long), NULL);
    ck_assert_str_eq(keys(&table), "-5 0 7 8");
    put_index(__LONG_MAX__, 0);
    ck_assert_int_eq(zend_hash_next_index_insert(&table, &value, sizeof(long), NULL), FAILURE);
}
END_TEST

START_TEST(big_elements_have_blocks_of_their_own)
{
    struct { long a, b, c; } big = { 1, 2, 3 }, *found;
    zend_hash_update(&table, "big", 4, &big, sizeof(big), NULL);
    big.c = 4;
    zend_hash_update(&table, "big", 4, &big, sizeof(big), (void **) &found);
    ck_assert_int_eq(found->c, 4);
    ck_assert_int_eq(destroyed, 1);
}
END_TEST

START_TEST(numeric_strings_are_integers)
{
    static const struct { const char *key; bool numeric; long value; } cases[] = {
        { "0", true, 0 }, { "7", true, 7 }, { "-5", true, -5 }, { "007", false, 0 },
        { "-0", false, 0 }, { "", false, 0 }, { "-", false, 0 }, { "1 ", false, 0 },
        { "+1", false, 0 }, { "1.0", false, 0 }, { "9223372036854775807", true, __LONG_MAX__ },
        { "9223372036854775808", false, 0 }, { "18446744073709551617", false, 0 },
        { "-9223372036854775808", true, -__LONG_MAX__ - 1 },
        { "-9223372036854775809", false, 0 }
    };
    size_t i;
    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        ulong index = 0;
        bool numeric = zend_handle_numeric(cases[i].key, strlen(cases[i].key) + 1, &index);
        ck_assert_msg(numeric == cases[i].numeric, "%s", cases[i].key);
        if (numeric) {
            ck_assert_int_eq((long) index, cases[i].value);
        }
    }
}
END_TEST

static int delete_all(void *element)
{
    zend_hash_clean(&table);
    return ZEND_HASH_APPLY_KEEP;
}

static int delete_itself_and_next(void *element)
{
    long value = *(long *) element;
    zend_hash_index_del(&table, value);
    zend_hash_index_del(&table, value + 1);
    return ZEND_HASH_APPLY_REMOVE;
}

static int remove_even(void *element)
{
    return *(long *) element % 2 ? ZEND_HASH_APPLY_KEEP : ZEND_HASH_APPLY_REMOVE;
}

START_TEST(walks_survive_deletion)
{
    long i;
    for (i = 0; i < 10; i++) {
        put_index(i, i);
    }
    zend_hash_apply(&table, remove_even);
    ck_assert_str_eq(keys(&table), "1 3 5 7 9");
    zend_hash_reverse_apply(&table, delete_itself_and_next);
    ck_assert_int_eq(zend_hash_num_elements(&table), 0);
    for (i = 0; i < 10; i++) {
        put_index(i, i);
    }
    zend_hash_apply(&table, delete_itself_and_next);
    ck_assert_int_eq(zend_hash_check(&table), 0);
    put_index(1, 1);
    put_index(2, 2);
    zend_hash_apply(&table, delete_all);
    ck_assert_int_eq(zend_hash_num_elements(&table), 0);
}
END_TEST

START_TEST(indirect_buckets_follow_their_slot)
{
    void *slot1 = (void *) 11;
    void *slot2 = NULL;
    void **found;
    ulong h1 = zend_hash_func("one", 4);
    ulong h2 = zend_hash_func("two", 4);

    zend_hash_quick_update_indirect(&table, "one", 4, h1, &slot1);
    zend_hash_quick_update_indirect(&table, "two", 4, h2, &slot2);
    ck_assert_str_eq(keys(&table), "one");
    ck_assert_int_eq(zend_hash_find(&table, "two", 4, (void **) &found), FAILURE);
    ck_assert_int_eq(zend_hash_find(&table, "one", 4, (void **) &found), SUCCESS);
    ck_assert_ptr_eq(found, &slot1);
    put("two", 22);
    ck_assert_ptr_eq(slot2, (void *) 22);
    ck_assert_int_eq(destroyed, 0);
    zend_hash_del(&table, "one", 4);
    ck_assert_ptr_eq(slot1, NULL);
    ck_assert_int_eq(destroyed_values[0], 11);
    zend_hash_detach_indirect(&table, "two", 4, h2, &slot2);
    ck_assert_ptr_eq(slot2, NULL);
    ck_assert_int_eq(get("two"), 22);
    ck_assert_int_eq(zend_hash_check(&table), 0);
}
END_TEST

START_TEST(copy_keeps_order_and_pointer)
{
    HashTable copy;
    put("b", 1);
    put_index(5, 2);
    put("a", 3);
    zend_hash_move_forward(&table);
    zend_hash_init(&copy, 0, NULL, NULL, 0);
    zend_hash_copy(&copy, &table, NULL, NULL, sizeof(long));
    ck_assert_str_eq(keys(&copy), "b 5 a");
    ck_assert_uint_eq(copy.pInternalPointer->h, 5);
    ck_assert_uint_eq(copy.nNextFreeElement, 6);
    ck_assert_int_eq(zend_hash_check(&copy), 0);
    zend_hash_destroy(&copy);
}
END_TEST

static int by_value(const void *a, const void *b)
{
    long x = *(long *) (*(Bucket **) a)->pData;
    long y = *(long *) (*(Bucket **) b)->pData;
    return x < y ? -1 : x > y;
}

START_TEST(sort_relinks_and_renumbers)
{
    put("x", 3);
    put("y", 1);
    put("z", 2);
    zend_hash_sort(&table, zend_qsort, by_value, 0);
    ck_assert_str_eq(keys(&table), "y z x");
    zend_hash_sort(&table, zend_qsort, by_value, 1);
    ck_assert_str_eq(keys(&table), "0 1 2");
    ck_assert_int_eq(zend_hash_check(&table), 0);
    ck_assert_uint_eq(table.nNextFreeElement, 3);
}
END_TEST

START_TEST(renaming_replaces_the_other)
{
    HashPosition position;
    put("a", 1);
    put("b", 2);
    put("c", 3);
    zend_hash_internal_pointer_reset_ex(&table, &position);
    zend_hash_update_current_key_ex(&table, HASH_KEY_IS_STRING, "c", 2, 0, HASH_UPDATE_KEY_ANYWAY,
        &position);
    ck_assert_str_eq(keys(&table), "c b");
    ck_assert_int_eq(get("c"), 1);
    ck_assert_int_eq(zend_hash_check(&table), 0);
}
END_TEST

START_TEST(pointers_to_lost_elements_are_refused)
{
    HashPointer pointer;
    put("a", 1);
    put("b", 2);
    ck_assert_int_eq(zend_hash_get_pointer(&table, &pointer), 1);
    zend_hash_move_forward(&table);
    ck_assert_int_eq(zend_hash_set_pointer(&table, &pointer), 1);
    zend_hash_del(&table, "a", 2);
    ck_assert_int_eq(zend_hash_set_pointer(&table, &pointer), 0);
}
END_TEST

START_TEST(interned_strings_are_one)
{
    char text[] = "some name";
    const char *first = zend_new_interned_string(text, sizeof(text), 0);
    uint count;
    ck_assert(IS_INTERNED(first) && !IS_INTERNED(text));
    ck_assert_ptr_eq(first, zend_new_interned_string(text, sizeof(text), 0));
    ck_assert_uint_eq(INTERNED_LEN(first), sizeof(text));
    ck_assert_uint_eq(INTERNED_HASH(first), zend_hash_func(text, sizeof(text)));
    zend_interned_strings_snapshot();
    zend_interned_bytes(&count);
    ck_assert(!zend_interned_is_permanent(zend_new_interned_string("later", 6, 0)));
    zend_interned_strings_restore();
    ck_assert_uint_eq(zend_interned_bytes(NULL), zend_interned_bytes(&count));
    ck_assert_ptr_eq(first, zend_new_interned_string(text, sizeof(text), 0));
}
END_TEST

START_TEST(many_interned_strings)
{
    char text[32];
    int round;
    long i;
    for (round = 0; round < 2; round++) {
        zend_interned_strings_snapshot();
        for (i = 0; i < 50000; i++) {
            const char *string;
            int length = snprintf(text, sizeof(text), "string %ld", i) + 1;
            string = zend_new_interned_string(text, length, 0);
            ck_assert_ptr_eq(string, zend_new_interned_string(text, length, 0));
        }
        zend_interned_strings_restore();
    }
}
END_TEST

static int by_int(const void *a, const void *b)
{
    return *(const int *) a - *(const int *) b;
}

START_TEST(qsort_sorts)
{
    int numbers[1000];
    int i;
    srandom(1);
    for (i = 0; i < 1000; i++) {
        numbers[i] = (int) (random() % 500);
    }
    zend_qsort(numbers, 1000, sizeof(int), by_int);
    for (i = 1; i < 1000; i++) {
        ck_assert_int_le(numbers[i - 1], numbers[i]);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("zend_hash");
    TCase *tests = tcase_create("all");
    SRunner *runner;
    int failed;

    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, bytes_are_those_of_php5);
    tcase_add_test(tests, finds_what_was_put);
    tcase_add_test(tests, add_keeps_and_update_replaces);
    tcase_add_test(tests, next_index_follows_the_greatest);
    tcase_add_test(tests, big_elements_have_blocks_of_their_own);
    tcase_add_test(tests, numeric_strings_are_integers);
    tcase_add_test(tests, walks_survive_deletion);
    tcase_add_test(tests, indirect_buckets_follow_their_slot);
    tcase_add_test(tests, copy_keeps_order_and_pointer);
    tcase_add_test(tests, sort_relinks_and_renumbers);
    tcase_add_test(tests, renaming_replaces_the_other);
    tcase_add_test(tests, pointers_to_lost_elements_are_refused);
    tcase_add_test(tests, interned_strings_are_one);
    tcase_add_test(tests, many_interned_strings);
    tcase_add_test(tests, qsort_sorts);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
