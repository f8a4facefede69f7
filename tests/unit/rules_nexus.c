// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where the PWMs of a connector lead, by the maps of the fixtures' base tree.
 *
 * Arguments: the fixtures' base tree, the folder of the fixtures.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <libfdt.h>

#include <cmocka.h>

#include "rules_support.h"

static struct blob base;
static const char *folder;

/* Each as "offset+size: path cells;" */
static char answers[512];

static void note(const struct rules_mapping *mapping)
{
	size_t used = strlen(answers);
	char path[64];
	unsigned int index;
	int node = fdt_node_offset_by_phandle(base.bytes, mapping->phandle);

	assert_int_equal(fdt_get_path(base.bytes, node, path, sizeof(path)), 0);
	used += snprintf(answers + used, sizeof(answers) - used, "%u+%u: %s", mapping->offset,
			 mapping->size, path);
	for (index = 0; index < mapping->count; index++)
		used += snprintf(answers + used, sizeof(answers) - used, " %u",
				 mapping->cells[index]);
	snprintf(answers + used, sizeof(answers) - used, "; ");
}

static void ask(const char *fixture, const char *connector)
{
	const struct rules_mapping *mappings;
	struct plugtree_refusal refusal;
	struct question question;
	struct rules_plan *plan;
	struct blob overlay;
	char path[512];
	unsigned int count, index;

	snprintf(path, sizeof(path), "%s/%s.dtso", folder, fixture);
	overlay = blob_from_source(path);
	question_init(&question, overlay.bytes, base.bytes, connector);
	plan = rules_make_plan(&question.input, &refusal);
	assert_non_null(plan);
	mappings = rules_mappings(plan, &count);
	answers[0] = '\0';
	for (index = 0; index < count; index++)
		note(&mappings[index]);
	rules_free_plan(plan);
	blob_free(&overlay);
}

/* Fewer cells than the connector has, one of them passed through; what is no nexus is left out. */
static void a_map_leads_to_the_chip(void **state)
{
	ask("accepted-pwms", "/connector-main");
	assert_string_equal(answers, "0+16: /pwm 7 100; 28+16: /pwm 4 200; ");
}

/* A disabled provider does not count; each map has cells of its own. */
static void maps_follow_each_other(void **state)
{
	ask("accepted-pwm-chain", "/connector-chain");
	assert_string_equal(answers, "0+8: /pwm 7 5000; ");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_map_leads_to_the_chip),
		cmocka_unit_test(maps_follow_each_other),
	};
	int failed;

	if (argc != 3)
		return 2;
	base = blob_from_source(argv[1]);
	folder = argv[2];
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	blob_free(&base);
	return failed;
}
