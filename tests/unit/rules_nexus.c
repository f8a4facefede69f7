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

/**
 * struct answers - what came of an overlay's PWMs
 * @text: each as "offset+size: path cells;"
 * @stop: answer nothing but this after the first one
 */
struct answers {
	char text[512];
	int stop;
};

static int note(void *arg, const struct rules_mapping *mapping)
{
	struct answers *answers = arg;
	size_t used = strlen(answers->text);
	char path[64];
	unsigned int index;
	int node = fdt_node_offset_by_phandle(base.bytes, mapping->phandle);

	assert_int_equal(fdt_get_path(base.bytes, node, path, sizeof(path)), 0);
	used += snprintf(answers->text + used, sizeof(answers->text) - used, "%u+%u: %s",
			 mapping->offset, mapping->size, path);
	for (index = 0; index < mapping->count; index++)
		used += snprintf(answers->text + used, sizeof(answers->text) - used, " %u",
				 mapping->cells[index]);
	snprintf(answers->text + used, sizeof(answers->text) - used, "; ");
	return answers->stop;
}

static int ask(const char *fixture, const char *connector, struct answers *answers)
{
	struct plugtree_refusal refusal;
	struct question question;
	struct blob overlay;
	char path[512];
	int result;

	snprintf(path, sizeof(path), "%s/%s.dtso", folder, fixture);
	overlay = blob_from_source(path);
	question_init(&question, overlay.bytes, base.bytes, connector);
	assert_int_equal(rules_check(&question.input, &refusal), 0);
	result = rules_for_each_mapping(&question.input, note, answers);
	blob_free(&overlay);
	return result;
}

/* Fewer cells than the connector has, one of them passed through; what is no nexus is left out. */
static void a_map_leads_to_the_chip(void **state)
{
	struct answers answers = { .stop = 0 };

	assert_int_equal(ask("accepted-pwms", "/connector-main", &answers), 0);
	assert_string_equal(answers.text, "0+16: /pwm 7 100; 28+16: /pwm 4 200; ");
}

/* A disabled provider does not count; each map has cells of its own. */
static void maps_follow_each_other(void **state)
{
	struct answers answers = { .stop = 0 };

	assert_int_equal(ask("accepted-pwm-chain", "/connector-chain", &answers), 0);
	assert_string_equal(answers.text, "0+8: /pwm 7 5000; ");
}

static void the_asker_can_stop(void **state)
{
	struct answers answers = { .stop = 42 };

	assert_int_equal(ask("accepted-pwms", "/connector-main", &answers), 42);
	assert_string_equal(answers.text, "0+16: /pwm 7 100; ");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_map_leads_to_the_chip),
		cmocka_unit_test(maps_follow_each_other),
		cmocka_unit_test(the_asker_can_stop),
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
