// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Each fixture says in its first lines which reason it meets, about what, and at which connector.
 *
 * Arguments: the folder of the fixtures, their base tree, the tree of lab board A.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "rules_support.h"

/**
 * struct fixture - one bad, or good, overlay
 * @name: file name
 * @reason: the reason that it meets
 * @subject: what the refusal is about
 * @connector: path of the connector
 * @own_base: whether it needs the fixtures' own base tree
 */
struct fixture {
	char name[256];
	char reason[32];
	char subject[PLUGTREE_SUBJECT_SIZE];
	char connector[64];
	bool own_base;
};

static const char *folder;
static struct blob own_base;
static struct blob board;

static bool read_expectations(struct fixture *fixture)
{
	char path[1024];
	char line[512];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, fixture->name);
	snprintf(fixture->connector, sizeof(fixture->connector), "/connector-main");
	file = fopen(path, "r");
	if (!file)
		return false;
	while (fgets(line, sizeof(line), file)) {
		const char *text = line + strcspn(line, " ");

		line[strcspn(line, "\n")] = '\0';
		if (strncmp(line, "//", 2) && line[0] != '#')
			break;
		sscanf(text, " expect: %31s %159[^\n]", fixture->reason, fixture->subject);
		sscanf(text, " connector: %63s", fixture->connector);
		if (!strcmp(text, " base: fixtures"))
			fixture->own_base = true;
	}
	fclose(file);
	return fixture->reason[0];
}

static void check_verdict(const struct fixture *fixture, const struct blob *overlay,
			  const struct blob *base)
{
	struct plugtree_refusal refusal;
	int error = judge(overlay, base, fixture->connector, &refusal);

	assert_string_equal(plugtree_reason_name(refusal.reason), fixture->reason);
	assert_string_equal(refusal.subject, fixture->subject);
	assert_int_equal(error, refusal.reason == PLUGTREE_NONE ? 0 : -EINVAL);
}

static void meets_its_reason(void **state)
{
	const struct fixture *fixture = *state;
	struct blob overlay;
	char command[1024];

	snprintf(command, sizeof(command), "'%s/compile' '%s/%s' 2>/dev/null", folder, folder,
		 fixture->name);
	overlay = blob_from_command(command);
	check_verdict(fixture, &overlay, &own_base);
	if (!fixture->own_base)
		check_verdict(fixture, &overlay, &board);
	blob_free(&overlay);
}

static int is_fixture(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && (!strcmp(dot, ".dtso") || !strcmp(dot, ".hex") || !strcmp(dot, ".sh"));
}

/* Each reason of common/rules is met by a fixture. */
static int count_missing(const struct fixture *fixtures, int count)
{
	int missing = 0;
	int reason;
	int index;

	for (reason = PLUGTREE_NONE; reason <= PLUGTREE_NO_INTERRUPT; reason++) {
		const char *name = plugtree_reason_name(reason);

		for (index = 0; index < count; index++) {
			if (!strcmp(fixtures[index].reason, name))
				break;
		}
		if (index == count) {
			fprintf(stderr, "no fixture for %s\n", name);
			missing++;
		}
	}
	return missing;
}

static int run_fixtures(struct dirent **entries, int count)
{
	struct fixture *fixtures = calloc((size_t)count, sizeof(*fixtures));
	struct CMUnitTest *tests = calloc((size_t)count, sizeof(*tests));
	int failed;
	int index;

	for (index = 0; index < count; index++) {
		snprintf(fixtures[index].name, sizeof(fixtures[index].name), "%s",
			 entries[index]->d_name);
		if (!read_expectations(&fixtures[index])) {
			fprintf(stderr, "%s: no expectation\n", fixtures[index].name);
			exit(1);
		}
		tests[index].name = fixtures[index].name;
		tests[index].test_func = meets_its_reason;
		tests[index].initial_state = &fixtures[index];
	}
	failed = _cmocka_run_group_tests("rules_fixtures", tests, (size_t)count, NULL, NULL);
	failed += count_missing(fixtures, count);
	free(fixtures);
	free(tests);
	return failed;
}

int main(int argc, char **argv)
{
	struct dirent **entries;
	int failed;
	int count;

	if (argc != 4)
		return 2;
	folder = argv[1];
	own_base = blob_from_source(argv[2]);
	board = blob_from_source(argv[3]);
	count = scandir(folder, &entries, is_fixture, alphasort);
	if (count <= 0)
		return 1;
	failed = run_fixtures(entries, count);
	while (count--)
		free(entries[count]);
	free(entries);
	blob_free(&own_base);
	blob_free(&board);
	return failed;
}
