// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Want of memory at every place where the rules ask for some: a named reason and nothing lost.
 *
 * Arguments: the tree of lab board A, the folder of the add-ons. Linked with calloc() wrapped.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "rules_support.h"

void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);

static struct blob base;
static struct blob panel;
static struct question question;

/* Allocations that still succeed; negative for all. */
static int allocations_left = -1;

void *__wrap_calloc(size_t count, size_t size)
{
	if (!allocations_left)
		return NULL;
	if (allocations_left > 0)
		allocations_left--;
	return __real_calloc(count, size);
}

static int ask_plan(void)
{
	struct plugtree_refusal refusal;
	struct rules_plan *plan = rules_make_plan(&question.input, &refusal);

	assert_int_equal(refusal.reason, plan ? PLUGTREE_NONE : PLUGTREE_NO_MEMORY);
	rules_free_plan(plan);
	return plan ? 0 : -ENOMEM;
}

/* How many allocations it takes; each of them fails once. */
static int fail_each(int (*ask)(void))
{
	int allowed;
	int error;

	for (allowed = 0; allowed < 100; allowed++) {
		allocations_left = allowed;
		error = ask();
		allocations_left = -1;
		if (!error)
			return allowed;
		assert_int_equal(error, -ENOMEM);
	}
	return -1;
}

static void each_allocation_fails(void **state)
{
	question_init(&question, panel.bytes, base.bytes, "/connector-main");
	assert_in_range(fail_each(ask_plan), 6, 20);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_allocation_fails),
	};
	char path[1024];
	int failed;

	if (argc != 3)
		return 2;
	base = blob_from_source(argv[1]);
	snprintf(path, sizeof(path), "%s/lab,wide/acme-panel.dtso", argv[2]);
	panel = blob_from_source(path);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	blob_free(&panel);
	blob_free(&base);
	return failed;
}
