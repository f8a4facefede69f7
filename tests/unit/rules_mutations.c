// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Good overlays with random damage: whatever the verdict, nothing is read where it should not be,
 * the subject is plain text, and what the blob check lets through is well-formed to libfdt.
 *
 * Arguments: the tree of lab board A, the folder of the add-ons, how many mutations; a seed may
 * follow to repeat a run.
 */
#include <glob.h>
#include <stdlib.h>
#include <time.h>

#include <libfdt.h>

#include "rules_support.h"
#include "tests/parity/mutation.h"

static struct blob base;
static uint64_t random_state;
static unsigned int verdicts[PLUGTREE_REASON_COUNT];

static int ignore_node(void *arg, tree_node node, tree_node parent)
{
	return 0;
}

static int write_fixup(void *arg, const struct rules_fixup *fixup, unsigned int phandle)
{
	fdt32_st((uint8_t *)fixup->property.value + fixup->offset, phandle);
	return 0;
}

static int write_local(void *arg, const struct rules_fixup *fixup)
{
	return write_fixup(arg, fixup, 0x1000);
}

static int check_answers(const struct rules_plan *plan)
{
	return rules_for_each_local_fixup(plan, write_local, NULL) ||
	       rules_for_each_fixup(plan, write_fixup, NULL) ||
	       rules_for_each_new_node(plan, ignore_node, NULL);
}

static int check_refusal(const struct plugtree_refusal *refusal, int error)
{
	const char *character;

	if (error != -EINVAL || refusal->reason == PLUGTREE_NONE ||
	    refusal->reason > PLUGTREE_ADDRESS_CONFLICT)
		return 1;
	for (character = refusal->subject; *character; character++) {
		if (!is_printable_ascii((unsigned char)*character))
			return 1;
	}
	return 0;
}

/* 0, or a number that says which expectation was not met. */
static int check_blob(struct blob *blob)
{
	struct plugtree_refusal refusal = { PLUGTREE_NONE, "" };
	struct question question;
	struct rules_plan *plan = NULL;
	int error;

	error = rules_check_blob(blob->bytes, blob->size, &refusal);
	if (!error) {
		if (fdt_check_full(blob->bytes, blob->size))
			return 1;
		question_init(&question, blob->bytes, base.bytes, "/connector-main");
		plan = rules_make_plan(&question.input, &refusal);
		error = plan ? 0 : -EINVAL;
	}
	verdicts[refusal.reason]++;
	if (error)
		return check_refusal(&refusal, error) ? 2 : 0;
	error = check_answers(plan) ? 3 : 0;
	rules_free_plan(plan);
	return error;
}

static int mutate_blob(const struct blob *good, unsigned int number)
{
	struct mutation mutation = {
		.bytes = malloc(good->size + MUTATION_GROWTH),
		.size = good->size,
		.room = good->size + MUTATION_GROWTH,
		.random = &random_state,
	};
	uint32_t count = 1 + mutation_number(&random_state, 3);
	struct blob blob;
	int failed;

	memcpy(mutation.bytes, good->bytes, good->size);
	while (count--)
		mutate(&mutation);
	/* In memory of its exact size. */
	blob = blob_copy(mutation.bytes, mutation.size);
	free(mutation.bytes);
	failed = check_blob(&blob);
	if (failed)
		printf("mutation %u: expectation %d\n", number, failed);
	blob_free(&blob);
	return failed != 0;
}

static int run(const glob_t *paths, unsigned int count)
{
	struct blob *good = calloc(paths->gl_pathc, sizeof(*good));
	unsigned int number;
	size_t index;
	int failed = 0;

	for (index = 0; index < paths->gl_pathc; index++)
		good[index] = blob_from_source(paths->gl_pathv[index]);
	for (number = 0; number < count; number++)
		failed += mutate_blob(&good[number % paths->gl_pathc], number);
	for (index = 0; index < paths->gl_pathc; index++)
		blob_free(&good[index]);
	free(good);
	for (index = 0; index < PLUGTREE_REASON_COUNT; index++) {
		if (verdicts[index])
			printf("%6u %s\n", verdicts[index], plugtree_reason_name(index));
	}
	return failed;
}

int main(int argc, char **argv)
{
	char pattern[1024];
	glob_t paths;
	int failed;

	if (argc < 4)
		return 2;
	random_state = argc > 4 ? strtoull(argv[4], NULL, 0) : (uint64_t)time(NULL);
	printf("seed %llu\n", (unsigned long long)random_state);
	fflush(stdout);
	base = blob_from_source(argv[1]);
	snprintf(pattern, sizeof(pattern), "%s/lab,wide/*.dtso", argv[2]);
	if (glob(pattern, 0, NULL, &paths))
		return 1;
	failed = run(&paths, (unsigned int)strtoul(argv[3], NULL, 0));
	globfree(&paths);
	blob_free(&base);
	printf("%d failed\n", failed);
	return failed != 0;
}
