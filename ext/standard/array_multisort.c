/* SPDX-License-Identifier: MIT */
/*
 * array_multisort(): arrays as the columns of a table, whose rows are sorted.
 *
 *      columns[0]  columns[1]            rows[0] -> Bucket *, Bucket *
 *      +--------+  +--------+            rows[1] -> Bucket *, Bucket *
 *      | 3      |  | "c"    |     ==>    ...            (of the first, the second column)
 *      | 1      |  | "a"    |
 *
 * The rows are sorted by the first column, then the second and so on; then each column's list
 * is put together anew.
 */
#include "data/zend_sort.h"
#include "ext/standard/basic_functions.h"
#include "ext/standard/php_array.h"

typedef struct _sort_column {
    zval *array;
    php_value_order order;
    int direction; /* 1 up, -1 down */
    php_array_hold_state hold;
} sort_column;

typedef struct _sort_table {
    sort_column *columns;
    int column_count;
    uint row_count;
} sort_table;

static int compare_rows(const void *a, const void *b, void *argument)
{
    const sort_table *table = argument;
    Bucket **row_a = *(Bucket **const *) a;
    Bucket **row_b = *(Bucket **const *) b;
    int i;

    for (i = 0; i < table->column_count; i++) {
        const sort_column *column = &table->columns[i];
        int order = column->order(PHP_BUCKET_ZVAL(row_a[i]), PHP_BUCKET_ZVAL(row_b[i]));
        if (order != 0) {
            return order * column->direction;
        }
    }
    return 0;
}

/* A flag among the arguments: what it says goes to the column. False after a warning. */
static bool take_flag(sort_column *column, zval *flag, int number, bool *may_order,
    bool *may_type)
{
    long value = Z_LVAL_P(flag);

    switch (value & ~PHP_SORT_FLAG_CASE) {
    case PHP_SORT_ASC:
    case PHP_SORT_DESC:
        if (*may_order) {
            column->direction = value == PHP_SORT_DESC ? -1 : 1;
            *may_order = false;
            return true;
        }
        break;
    case PHP_SORT_REGULAR:
    case PHP_SORT_NUMERIC:
    case PHP_SORT_STRING:
    case PHP_SORT_NATURAL:
    case PHP_SORT_LOCALE_STRING:
        if (*may_type) {
            column->order = php_get_value_order(value);
            *may_type = false;
            return true;
        }
        break;
    default:
        php_error_docref(NULL, E_WARNING, "Argument #%d is an unknown sort flag", number);
        return false;
    }
    php_error_docref(NULL, E_WARNING, "Argument #%d is expected to be an array or sorting flag "
        "that has not already been specified", number);
    return false;
}

/* Takes the arguments apart. False after a warning. */
static bool take_columns(sort_table *table, zval ***arguments, int count)
{
    bool may_order = false;
    bool may_type = false;
    int i;

    for (i = 0; i < count; i++) {
        if (Z_TYPE_PP(arguments[i]) == IS_ARRAY) {
            sort_column *column = &table->columns[table->column_count++];
            SEPARATE_ZVAL_IF_NOT_REF(arguments[i]);
            column->array = *arguments[i];
            column->order = php_get_value_order(PHP_SORT_REGULAR);
            column->direction = 1;
            may_order = may_type = true;
        } else if (Z_TYPE_PP(arguments[i]) == IS_LONG) {
            sort_column *column = &table->columns[MAX(table->column_count - 1, 0)];
            if (!take_flag(column, *arguments[i], i + 1, &may_order, &may_type)) {
                return false;
            }
        } else {
            php_error_docref(NULL, E_WARNING,
                "Argument #%d is expected to be an array or a sort flag", i + 1);
            return false;
        }
    }
    return true;
}

static bool have_one_size(sort_table *table)
{
    int i;

    table->row_count = Z_ARRVAL_P(table->columns[0].array)->nNumOfElements;
    for (i = 1; i < table->column_count; i++) {
        if (Z_ARRVAL_P(table->columns[i].array)->nNumOfElements != table->row_count) {
            php_error_docref(NULL, E_WARNING, "Array sizes are inconsistent");
            return false;
        }
    }
    return true;
}

/* Puts the buckets in a column's list by the order of the rows; integer keys count from 0. */
static void relink_column(HashTable *ht, Bucket ***rows, uint row_count, int number)
{
    Bucket *last = NULL;
    ulong next_key = 0;
    uint i;

    for (i = 0; i < row_count; i++) {
        Bucket *p = rows[i][number];
        p->pListLast = last;
        p->pListNext = NULL;
        if (last != NULL) {
            last->pListNext = p;
        } else {
            ht->pListHead = p;
        }
        if (p->nKeyLength == 0) {
            p->h = next_key++;
        }
        last = p;
    }
    ht->pListTail = last;
    ht->pInternalPointer = ht->pListHead;
    ht->nNextFreeElement = next_key;
    zend_hash_rehash(ht);
}

/* The rows: an array of pointers to pieces of one block, which is *cells. */
static Bucket ***make_rows(const sort_table *table, Bucket ***cells)
{
    Bucket ***rows = safe_emalloc(table->row_count, sizeof(Bucket **), 0);
    int i;
    uint r;

    *cells = safe_emalloc((size_t) table->column_count * sizeof(Bucket *), table->row_count, 0);
    for (r = 0; r < table->row_count; r++) {
        rows[r] = *cells + (size_t) r * (size_t) table->column_count;
    }
    for (i = 0; i < table->column_count; i++) {
        Bucket *p = Z_ARRVAL_P(table->columns[i].array)->pListHead;
        for (r = 0; r < table->row_count; r++, p = p->pListNext) {
            rows[r][i] = p;
        }
    }
    return rows;
}

static void sort_rows(sort_table *table)
{
    Bucket **cells;
    Bucket ***rows = make_rows(table, &cells);
    int i;

    for (i = 0; i < table->column_count; i++) {
        table->columns[i].hold = php_array_hold(table->columns[i].array);
    }
    zend_qsort_r(rows, table->row_count, sizeof(Bucket **), compare_rows, table);
    for (i = 0; i < table->column_count; i++) {
        relink_column(Z_ARRVAL_P(table->columns[i].array), rows, table->row_count, i);
    }
    for (i = table->column_count - 1; i >= 0; i--) {
        php_array_release(table->columns[i].array, table->columns[i].hold);
    }
    efree(cells);
    efree(rows);
}

static bool has_fixed_column(const sort_table *table)
{
    int i;

    for (i = 0; i < table->column_count; i++) {
        if (php_array_is_fixed(Z_ARRVAL_P(table->columns[i].array))) {
            return true;
        }
    }
    return false;
}

PHP_FUNCTION(array_multisort)
{
    zval ***arguments = NULL;
    sort_table table = {NULL, 0, 0};
    bool is_sorted = false;
    int count;

    if (zend_parse_parameters(ZEND_NUM_ARGS(), "+", &arguments, &count) == FAILURE) {
        return;
    }
    table.columns = safe_emalloc((size_t) count, sizeof(sort_column), 0);
    if (take_columns(&table, arguments, count) && have_one_size(&table)) {
        is_sorted = !has_fixed_column(&table);
        if (is_sorted && table.row_count > 0) {
            sort_rows(&table);
        }
    }
    efree(table.columns);
    efree(arguments);
    RETURN_BOOL(is_sorted);
}

static const zend_function_entry array_multisort_functions[] = {
    PHP_FE(array_multisort, "&?$arr1, [&?$sort_order], [&?$sort_flags], &?...$arr2",
        "Sorts arrays as the columns of a table.")
    PHP_FE_END
};

const php_standard_part standard_array_multisort_part = {
    array_multisort_functions, NULL, NULL, NULL, NULL, NULL,
};
