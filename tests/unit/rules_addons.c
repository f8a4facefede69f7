// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every example add-on is accepted at the connectors that it is for, and at no other.
 *
 * Arguments: the folder of the add-ons, then trees with connectors.
 */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <libfdt.h>

#include <cmocka.h>

#include "rules_support.h"

static struct blob boards[8];
static int board_count;

/* The type of an add-on is the name of its folder. */
static void type_of(const char *path, char *type, size_t size)
{
	const char *end = strrchr(path, '/');
	const char *begin = end;

	while (begin > path && begin[-1] != '/')
		begin--;
	snprintf(type, size, "%.*s", (int)(end - begin), begin);
}

/* Return: how many connectors of the board are of the add-on's type; it is accepted by just them. */
static int try_board(const struct blob *overlay, const char *type, const struct blob *board)
{
	int matches = 0;
	int node;

	node = fdt_node_offset_by_compatible(board->bytes, -1, "plugtree,connector");
	for (; node >= 0;
	     node = fdt_node_offset_by_compatible(board->bytes, node, "plugtree,connector")) {
		struct plugtree_refusal refusal;
		char connector[256];
		int error;

		assert_int_equal(fdt_get_path(board->bytes, node, connector, sizeof(connector)), 0);
		error = judge(overlay, board, connector, &refusal);
		if (!fdt_node_check_compatible(board->bytes, node, type)) {
			assert_string_equal(refusal.subject, "");
			assert_int_equal(error, 0);
			matches++;
		} else {
			assert_int_equal(refusal.reason, PLUGTREE_WRONG_CONNECTOR);
			assert_string_equal(refusal.subject, type);
		}
	}
	return matches;
}

static void is_accepted_where_it_fits(void **state)
{
	const char *path = *state;
	struct blob overlay = blob_from_source(path);
	int matches = 0;
	char type[64];
	int index;

	type_of(path, type, sizeof(type));
	for (index = 0; index < board_count; index++)
		matches += try_board(&overlay, type, &boards[index]);
	assert_true(matches > 0);
	blob_free(&overlay);
}

static int run(const glob_t *paths)
{
	struct CMUnitTest *tests = calloc(paths->gl_pathc, sizeof(*tests));
	size_t index;
	int failed;

	for (index = 0; index < paths->gl_pathc; index++) {
		tests[index].name = strrchr(paths->gl_pathv[index], '/') + 1;
		tests[index].test_func = is_accepted_where_it_fits;
		tests[index].initial_state = paths->gl_pathv[index];
	}
	failed = _cmocka_run_group_tests("rules_addons", tests, paths->gl_pathc, NULL, NULL);
	free(tests);
	return failed;
}

int main(int argc, char **argv)
{
	char pattern[1024];
	glob_t paths;
	int failed;

	if (argc < 3 || argc > 10)
		return 2;
	for (board_count = 0; board_count < argc - 2; board_count++)
		boards[board_count] = blob_from_source(argv[board_count + 2]);
	snprintf(pattern, sizeof(pattern), "%s/*/*.dtso", argv[1]);
	if (glob(pattern, 0, NULL, &paths))
		return 1;
	failed = run(&paths);
	globfree(&paths);
	while (board_count)
		blob_free(&boards[--board_count]);
	return failed;
}
