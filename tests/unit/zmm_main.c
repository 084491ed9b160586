/* SPDX-License-Identifier: MIT */
/* Runs the suites of the memory manager. */
#include "zmm_test.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

jmp_buf zmm_bailout;
char zmm_last_error[512];
int zmm_error_count;

/* Read by AddressSanitizer: a refused allocation is NULL, and SIGSEGV ends the process as ever. */
const char *__asan_default_options(void);

const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1:handle_segv=0:detect_leaks=0";
}

static void run_child(void (*function)(void *), void *argument, int output)
{
    dup2(output, STDERR_FILENO);
    function(argument);
    exit(0);
}

zmm_outcome zmm_in_child(void (*function)(void *), void *argument)
{
    zmm_outcome outcome = { -1, 0, "" };
    FILE *output = tmpfile();
    int status;
    pid_t child;

    ck_assert_ptr_nonnull(output);
    fflush(NULL);
    child = fork();
    if (child == 0) {
        run_child(function, argument, fileno(output));
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    rewind(output);
    outcome.output[fread(outcome.output, 1, sizeof(outcome.output) - 1, output)] = '\0';
    fclose(output);
    if (WIFEXITED(status)) {
        outcome.exit_status = WEXITSTATUS(status);
    } else {
        outcome.signal = WTERMSIG(status);
    }
    return outcome;
}

void zmm_assert_corrupted(const zmm_outcome *outcome)
{
    ck_assert_ptr_nonnull(strstr(outcome->output, "zend_mm_heap corrupted"));
    if (ZEND_DEBUG) {
        ck_assert_int_eq(outcome->signal, SIGSEGV);
    } else {
        ck_assert_int_eq(outcome->exit_status, 1);
    }
}

static void note_error(const char *message)
{
    zmm_error_count++;
    snprintf(zmm_last_error, sizeof(zmm_last_error), "%s", message);
}

static void jump(void)
{
    longjmp(zmm_bailout, 1);
}

static const char *script_name(void)
{
    return "suite.php";
}

static uint script_line(void)
{
    return 7;
}

void zmm_catch_errors(void)
{
    static const zend_mm_callbacks callbacks = { note_error, jump, script_name, script_line };

    zmm_last_error[0] = '\0';
    zmm_error_count = 0;
    zend_mm_set_callbacks(&callbacks);
}

zend_mm_heap *zmm_new_heap(size_t reserve_size, int internal)
{
    zmm_catch_errors();
    return zend_mm_startup_ex(zend_mm_find_storage(NULL), ZMM_SEGMENT, reserve_size, internal,
        NULL);
}

static void complain(void *context, const char *invariant, const char *text, const void *where)
{
    ck_abort_msg("(%s) %s: %p", invariant, text, where);
}

void zmm_assert_sound(const zend_mm_heap *heap)
{
    zend_mm_check_heap(heap, complain, NULL);
}

typedef struct {
    const void *data;
    zend_mm_block_state state;
} wanted_block;

static bool match_block(void *context, const zend_mm_block_view *block)
{
    wanted_block *wanted = context;

    if (block->data != wanted->data) {
        return true;
    }
    wanted->state = block->state;
    return false;
}

zend_mm_block_state zmm_state_of(const zend_mm_heap *heap, const void *data)
{
    static const zend_mm_visitor visitor = { NULL, match_block };
    wanted_block wanted = { data, ZEND_MM_STATE_GUARD };

    ck_assert_msg(!zend_mm_walk(heap, &visitor, &wanted), "no block at %p", data);
    return wanted.state;
}

Suite *zmm_suite(const char *name, const TTest *const *tests, size_t count)
{
    Suite *suite = suite_create(name);
    TCase *tests_of_suite = tcase_create(name);
    size_t i;

    for (i = 0; i < count; i++) {
        tcase_add_test(tests_of_suite, tests[i]);
    }
    tcase_set_timeout(tests_of_suite, 60);
    suite_add_tcase(suite, tests_of_suite);
    return suite;
}

int main(void)
{
    SRunner *runner = srunner_create(zmm_blocks_suite());
    int failed;

    srunner_add_suite(runner, zmm_lists_suite());
    srunner_add_suite(runner, zmm_limit_suite());
    srunner_add_suite(runner, zmm_startup_suite());
    srunner_add_suite(runner, zmm_storage_suite());
    srunner_add_suite(runner, zmm_interface_suite());
    srunner_add_suite(runner, zmm_corruption_suite());
    srunner_add_suite(runner, zmm_instrument_suite());
    srunner_add_suite(runner, zmm_model_suite());
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed != 0;
}
