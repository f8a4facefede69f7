// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What properties become in the live tree, and what connectors are called.
 *
 * Arguments: the fixtures' base tree, the folder of the fixtures.
 */
#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <libfdt.h>

#include <cmocka.h>

#include "common/id/id.h"
#include "common/live/live.h"
#include "rules_support.h"

static struct blob base;
static struct blob overlay;
static struct question question;
static struct live live = { .connector = "main" };
static tree_node lamp;

static int set_up(void **state)
{
	struct plugtree_refusal refusal;

	live.follows_pwm_map = false;
	question_init(&question, overlay.bytes, base.bytes, "/connector-main");
	live.overlay = &question.overlay;
	live.plan = rules_make_plan(&question.input, &refusal);
	lamp = fdt_tree_node(fdt_path_offset(overlay.bytes, "/fragment@0/__overlay__/lamp"));
	return live.plan && lamp ? 0 : -1;
}

static int tear_down(void **state)
{
	rules_free_plan((struct rules_plan *)live.plan);
	return 0;
}

static void assert_cells(const struct tree_property *property, const uint32_t *cells, int count)
{
	int index;

	assert_int_equal(property->size, count * 4);
	for (index = 0; index < count; index++)
		assert_int_equal(read_be32((const uint8_t *)property->value + index * 4),
				 cells[index]);
}

/* Two entries are mapped, the empty one and the add-on's own stay. */
static void pwms_are_those_of_the_chip(void **state)
{
	uint32_t chip = fdt_get_phandle(base.bytes, fdt_path_offset(base.bytes, "/pwm"));
	struct tree_property pwms;
	const void *before;
	void *memory;

	assert_true(tree_find(&question.overlay, lamp, "pwms", &pwms));
	before = pwms.value;
	assert_int_equal(live_property(&live, lamp, &pwms, &memory), 0);
	assert_cells(&pwms,
		     (const uint32_t[]){ chip, 7, 100, 0, read_be32((const uint8_t *)before + 20),
					 9, chip, 4, 200 },
		     9);
	assert_ptr_not_equal(pwms.value, before);
	assert_in_range(malloc_usable_size(memory), 36, 64);
	free(memory);
}

static void assert_unchanged(tree_node node, struct tree_property property)
{
	const struct tree_property before = property;
	void *memory;

	assert_int_equal(live_property(&live, node, &property, &memory), 0);
	assert_null(memory);
	assert_ptr_equal(property.value, before.value);
	assert_int_equal(property.size, before.size);
}

static void a_kernel_that_follows_maps_gets_pwms_as_they_are(void **state)
{
	struct tree_property pwms;

	live.follows_pwm_map = true;
	assert_true(tree_find(&question.overlay, lamp, "pwms", &pwms));
	assert_unchanged(lamp, pwms);
}

static void other_properties_stay(void **state)
{
	assert_unchanged(lamp, (struct tree_property){ "compatible", "pwm-leds", 9 });
	/* No list of strings. */
	assert_unchanged(lamp, (struct tree_property){ "regulator-name", "vcc", 3 });
	assert_unchanged(lamp, (struct tree_property){ "regulator-name", NULL, 0 });
	/* A node without mapped PWMs. */
	assert_unchanged(question.overlay.root, (struct tree_property){ "pwms", "\0\0\0", 4 });
}

static void global_names_get_the_connectors(void **state)
{
	struct tree_property property = { "clock-output-names", "one\0\0two", 9 };
	void *memory;

	assert_int_equal(live_property(&live, lamp, &property, &memory), 0);
	assert_int_equal(property.size, 24);
	assert_memory_equal(property.value, "main:one\0main:\0main:two", 24);
	free(memory);
}

/* In a tree of one node, "clock@0". Return: whether it gets a name. */
static bool clock_gets_name(const char *compatible, int size, const char *own_name,
			    struct tree_property *name)
{
	static char tree_bytes[512];
	static struct tree tree;
	struct live overlay = { .overlay = &tree, .connector = "main" };
	int node;

	assert_int_equal(fdt_create_empty_tree(tree_bytes, sizeof(tree_bytes)), 0);
	node = fdt_add_subnode(tree_bytes, 0, "clock@0");
	assert_int_equal(fdt_setprop(tree_bytes, node, "compatible", compatible, size), 0);
	if (own_name)
		assert_int_equal(fdt_setprop_string(tree_bytes, node, "clock-output-names",
						    own_name),
				 0);
	fdt_tree_init(&tree, tree_bytes);
	return live_default_name(&overlay, fdt_tree_node(node), name);
}

static void clocks_without_a_name_get_one(void **state)
{
	struct tree_property name;
	void *memory;

	assert_true(clock_gets_name("acme,clock\0fixed-clock", 23, NULL, &name));
	assert_string_equal(name.name, "clock-output-names");
	assert_int_equal(name.size, 8);
	assert_string_equal(name.value, "clock@0");
	assert_int_equal(live_property(&live, lamp, &name, &memory), 0);
	assert_int_equal(name.size, 13);
	assert_string_equal(name.value, "main:clock@0");
	free(memory);
	assert_true(clock_gets_name("fixed-factor-clock", 19, NULL, &name));
	assert_true(clock_gets_name("pwm-clock", 10, NULL, &name));
	assert_false(clock_gets_name("fixed-clock", 12, "crystal", &name));
	assert_false(clock_gets_name("gpio-gate-clock", 16, NULL, &name));
	assert_false(live_default_name(&live, lamp, &name));
}

/* Of a tree of one node, "connector-x", with this label. */
static int name_with_label(const void *label, int size, char *name, size_t room)
{
	char tree_bytes[512];
	struct tree tree;

	assert_int_equal(fdt_create_empty_tree(tree_bytes, sizeof(tree_bytes)), 0);
	assert_true(fdt_add_subnode(tree_bytes, 0, "connector-x") > 0);
	if (label)
		assert_int_equal(fdt_setprop(tree_bytes,
					     fdt_path_offset(tree_bytes, "/connector-x"), "label",
					     label, size),
				 0);
	fdt_tree_init(&tree, tree_bytes);
	return live_own_name(&tree, fdt_tree_node(fdt_path_offset(tree_bytes, "/connector-x")),
			     name, room);
}

static void a_connector_is_called_by_its_label(void **state)
{
	char name[ID_TEXT_SIZE];

	assert_int_equal(name_with_label("Left Socket", 12, name, sizeof(name)), 0);
	assert_string_equal(name, "left-socket");
	assert_int_equal(name_with_label(NULL, 0, name, sizeof(name)), 0);
	assert_string_equal(name, "connector-x");
	/* Not terminated: no string. */
	assert_int_equal(name_with_label("left", 4, name, sizeof(name)), 0);
	assert_string_equal(name, "connector-x");
	assert_int_equal(name_with_label("../..", 6, name, sizeof(name)), -ENOENT);
	assert_int_equal(name_with_label("left", 5, name, 3), -ENOSPC);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(pwms_are_those_of_the_chip, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_kernel_that_follows_maps_gets_pwms_as_they_are,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(other_properties_stay, set_up, tear_down),
		cmocka_unit_test_setup_teardown(global_names_get_the_connectors, set_up, tear_down),
		cmocka_unit_test_setup_teardown(clocks_without_a_name_get_one, set_up, tear_down),
		cmocka_unit_test(a_connector_is_called_by_its_label),
	};
	char path[1024];
	int failed;

	if (argc != 3)
		return 2;
	base = blob_from_source(argv[1]);
	snprintf(path, sizeof(path), "%s/accepted-pwms.dtso", argv[2]);
	overlay = blob_from_source(path);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	blob_free(&overlay);
	blob_free(&base);
	return failed;
}
