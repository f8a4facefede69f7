// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What may be asked after a good verdict: labels, new nodes, references.
 *
 * Arguments: the fixtures' base tree, the folder of the add-ons.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <libfdt.h>

#include <cmocka.h>

#include "rules_support.h"

#define MAX_LINES 16
#define LINE_SIZE 160

static struct blob base;
static struct blob panel;
static struct question question;
static struct rules_plan *plan;

static char lines[MAX_LINES][LINE_SIZE];
static int line_count;

static int set_up(void **state)
{
	struct plugtree_refusal refusal;

	line_count = 0;
	question_init(&question, panel.bytes, base.bytes, "/connector-main");
	plan = rules_make_plan(&question.input, &refusal);
	return plan ? 0 : -1;
}

static int tear_down(void **state)
{
	rules_free_plan(plan);
	return 0;
}

static unsigned int phandle_of(const char *path)
{
	return fdt_get_phandle(base.bytes, fdt_path_offset(base.bytes, path));
}

static void assert_label(const char *label, const char *path)
{
	char text[64];
	tree_node node;

	/* What follows the label must not matter. */
	snprintf(text, sizeof(text), "%sx", label);
	node = rules_resolve_label(&question.input, text, strlen(label));
	assert_int_equal(node, path ? fdt_tree_node(fdt_path_offset(base.bytes, path)) : 0);
}

static void labels_of_a_connector(void **state)
{
	assert_label("connector", "/connector-main");
	assert_label("i2c_sensors", "/connector-main/i2c-sensors");
	assert_label("devices", "/connector-main/devices");
	assert_label("vcc_5v", "/regulator-5v");
	assert_label("i2c-sensors", NULL);
	assert_label("i2c_sensor", NULL);
	assert_label("i2c_sensorss", NULL);
	assert_label("dangling", NULL);
	assert_label("crooked", NULL);
	assert_label("reg_5v", NULL);
	assert_label("", NULL);
	assert_label("a_label_of_more_than_sixty_three_characters_that_nothing_answers", NULL);
}

static int note_new_node(void *arg, tree_node node, tree_node parent)
{
	assert_true(line_count < MAX_LINES);
	snprintf(lines[line_count++], LINE_SIZE, "%s below %s", tree_name(&question.overlay, node),
		 tree_name(&question.base, parent));
	return 0;
}

static void new_nodes_come_in_order(void **state)
{
	assert_int_equal(rules_for_each_new_node(plan, note_new_node, NULL), 0);
	assert_int_equal(line_count, 3);
	assert_string_equal(lines[0], "gpio@20 below i2c-sensors");
	assert_string_equal(lines[1], "leds below devices");
	assert_string_equal(lines[2], "keys below devices");
}

static int note_fixup(void *arg, const struct rules_fixup *fixup, unsigned int phandle)
{
	assert_true(line_count < MAX_LINES);
	snprintf(lines[line_count++], LINE_SIZE, "%s:%s:%u %u",
		 tree_name(&question.overlay, fixup->node), fixup->property.name, fixup->offset,
		 phandle);
	return 0;
}

static void references_to_labels(void **state)
{
	char expected[LINE_SIZE];

	assert_int_equal(rules_for_each_fixup(plan, note_fixup, NULL), 0);
	assert_int_equal(line_count, 3);
	snprintf(expected, sizeof(expected), "gpio@20:interrupt-parent:0 %u",
		 phandle_of("/connector-main"));
	assert_string_equal(lines[0], expected);
	snprintf(expected, sizeof(expected), "gpio@20:reset-gpios:0 %u",
		 phandle_of("/connector-main"));
	assert_string_equal(lines[1], expected);
	snprintf(expected, sizeof(expected), "gpio@20:vcc-supply:0 %u",
		 phandle_of("/regulator-5v"));
	assert_string_equal(lines[2], expected);
}

static int note_local(void *arg, const struct rules_fixup *fixup)
{
	return note_fixup(arg, fixup, 0);
}

static int overwrite_local(void *arg, const struct rules_fixup *fixup)
{
	memset((char *)fixup->property.value + fixup->offset, 0xa5, 4);
	return 0;
}

static void references_within_the_overlay(void **state)
{
	assert_int_equal(rules_for_each_local_fixup(plan, note_local, NULL), 0);
	assert_int_equal(line_count, 2);
	assert_string_equal(lines[0], "led-0:gpios:0 0");
	assert_string_equal(lines[1], "key-0:gpios:0 0");
}

/* The kernel writes the live phandles one kind after the other, then asks for the new nodes. */
static void cells_may_be_written_in_between(void **state)
{
	struct blob copy = blob_copy(panel.bytes, panel.size);
	struct plugtree_refusal refusal;

	rules_free_plan(plan);
	question_init(&question, copy.bytes, base.bytes, "/connector-main");
	plan = rules_make_plan(&question.input, &refusal);
	assert_non_null(plan);
	assert_int_equal(rules_for_each_local_fixup(plan, overwrite_local, NULL), 0);
	assert_int_equal(rules_for_each_fixup(plan, note_fixup, NULL), 0);
	assert_int_equal(rules_for_each_new_node(plan, note_new_node, NULL), 0);
	assert_int_equal(line_count, 6);
	blob_free(&copy);
}

static int stop_at_second(void *arg, tree_node node, tree_node parent)
{
	int *calls = arg;

	return ++*calls == 2 ? 42 : 0;
}

static void an_answer_stops_the_walk(void **state)
{
	int calls = 0;

	assert_int_equal(rules_for_each_new_node(plan, stop_at_second, &calls), 42);
	assert_int_equal(calls, 2);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(labels_of_a_connector, set_up, tear_down),
		cmocka_unit_test_setup_teardown(new_nodes_come_in_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(references_to_labels, set_up, tear_down),
		cmocka_unit_test_setup_teardown(references_within_the_overlay, set_up, tear_down),
		cmocka_unit_test_setup_teardown(cells_may_be_written_in_between, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_answer_stops_the_walk, set_up, tear_down),
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
