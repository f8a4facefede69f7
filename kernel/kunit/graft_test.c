// SPDX-License-Identifier: GPL-2.0-only
/*
 * The graft and the quarantine on a live tree: the connector "main" of the lab's base board A, with
 * nothing plugged.
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/of.h>

#include "../compat.h"
#include "../graft.h"
#include "../overlay.h"
#include "../quarantine.h"
#include "overlays.h"

MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);

/* More than any quarantine time that a test leaves set. */
#define FREED_WITHIN_MS 5000

static struct device_node *connector;

static int graft_suite_init(struct kunit_suite *suite)
{
	connector = of_find_node_by_path("/connector-main");
	return connector ? 0 : -ENODEV;
}

static void graft_suite_exit(struct kunit_suite *suite)
{
	of_node_put(connector);
}

static unsigned int count_nodes(void)
{
	struct device_node *node;
	unsigned int count = 0;

	for (node = of_find_all_nodes(NULL); node; node = of_find_all_nodes(node))
		count++;
	return count;
}

static struct graft *graft_good(struct kunit *test)
{
	return overlays_graft(test, __dtbo_good_begin, __dtbo_good_end, connector, "main");
}

static bool await_held(unsigned int count)
{
	unsigned int waited;

	for (waited = 0; waited < FREED_WITHIN_MS; waited += 50) {
		if (quarantine_count() == count)
			return true;
		msleep(50);
	}
	return false;
}

/* Every node is there, in the overlay's order, and no more than that. */
static void graft_adds_nodes_in_order(struct kunit *test)
{
	unsigned int before = count_nodes();
	struct graft *graft = graft_good(test);
	struct device_node *bus = of_get_child_by_name(connector, "i2c-sensors");
	struct device_node *child = of_get_next_child(bus, NULL);

	KUNIT_EXPECT_EQ(test, graft->count, 4);
	KUNIT_EXPECT_EQ(test, count_nodes(), before + 4);
	KUNIT_EXPECT_STREQ(test, child->full_name, "first@48");
	KUNIT_EXPECT_STREQ(test, child->name, "first");
	child = of_get_next_child(bus, child);
	KUNIT_EXPECT_STREQ(test, child->full_name, "second@49");
	of_node_put(child);
	of_node_put(bus);

	graft_remove(graft);
	KUNIT_EXPECT_EQ(test, count_nodes(), before);
	KUNIT_EXPECT_TRUE(test, await_held(0));
}

/* References point to live nodes: to the overlay's own and to what the connector exports. */
static void graft_resolves_references(struct kunit *test)
{
	struct graft *graft = graft_good(test);
	struct device_node *second = of_find_node_by_path("/connector-main/i2c-sensors/second@49");
	struct device_node *first = of_parse_phandle(second, "neighbour", 0);
	struct device_node *supply = of_parse_phandle(second, "supply", 0);

	KUNIT_ASSERT_NOT_NULL(test, first);
	KUNIT_EXPECT_STREQ(test, first->full_name, "first@48");
	KUNIT_EXPECT_TRUE(test, of_property_read_bool(first, "empty"));
	KUNIT_ASSERT_NOT_NULL(test, supply);
	KUNIT_EXPECT_STREQ(test, supply->full_name, "regulator-5v");
	of_node_put(supply);
	of_node_put(first);
	of_node_put(second);

	graft_remove(graft);
	KUNIT_EXPECT_TRUE(test, await_held(0));
}

/* Cells of the connector's pwm-map: the second entry, behind the three cells that it is for. */
#define MAP_ENTRY_CELLS 6
#define MAP_PROVIDER (MAP_ENTRY_CELLS + 3)
#define MAP_CHANNEL (MAP_PROVIDER + 1)

/* PWM 1 of the connector is a channel of a chip that has no cell for flags. */
static void pwms_lead_to_the_chip(struct kunit *test)
{
	struct graft *graft = graft_good(test);
	struct device_node *lonely = of_find_node_by_path("/connector-main/devices/lonely");
	struct device_node *connector = of_find_node_by_path("/connector-main");
	struct of_phandle_args pwm;
	u32 provider, channel;

	KUNIT_ASSERT_EQ(test, of_property_read_u32_index(connector, "pwm-map", MAP_PROVIDER,
							 &provider), 0);
	KUNIT_ASSERT_EQ(test, of_property_read_u32_index(connector, "pwm-map", MAP_CHANNEL,
							 &channel), 0);
	of_node_put(connector);
	KUNIT_ASSERT_EQ(test, of_parse_phandle_with_args_map(lonely, "pwms", "pwm", 0, &pwm), 0);
	KUNIT_EXPECT_EQ(test, pwm.np->phandle, provider);
	KUNIT_EXPECT_EQ(test, pwm.args_count, 2);
	KUNIT_EXPECT_EQ(test, pwm.args[0], channel);
	KUNIT_EXPECT_EQ(test, pwm.args[1], 5000);
	of_node_put(pwm.np);
	/* On a kernel that follows the map itself the property is as the overlay has it. */
	KUNIT_EXPECT_EQ(test, of_property_count_u32_elems(lonely, "pwms"),
			COMPAT_HAS_PWM_MAP ? 5 : 4);
	KUNIT_EXPECT_EQ(test, of_count_phandle_with_args(lonely, "pwms", "#pwm-cells"), 2);
	of_node_put(lonely);

	graft_remove(graft);
	KUNIT_EXPECT_TRUE(test, await_held(0));
}

/* Names of which the kernel can have one only are told apart by the connector's. */
static void global_names_have_the_connectors(struct kunit *test)
{
	struct graft *graft = graft_good(test);
	struct device_node *lonely = of_find_node_by_path("/connector-main/devices/lonely");
	const char *names[3];

	KUNIT_ASSERT_EQ(test, of_property_read_string_array(lonely, "clock-output-names", names, 3),
			2);
	KUNIT_EXPECT_STREQ(test, names[0], "main:one");
	KUNIT_EXPECT_STREQ(test, names[1], "main:two");
	of_node_put(lonely);

	graft_remove(graft);
	KUNIT_EXPECT_TRUE(test, await_held(0));
}

/* A refused overlay leaves the tree as it was. */
static void refused_overlay_adds_nothing(struct kunit *test)
{
	unsigned int before = count_nodes();
	struct plugtree_refusal refusal = {};
	struct overlay *overlay;

	overlay = overlay_unpack(__dtbo_bad_begin, __dtbo_bad_end - __dtbo_bad_begin, &refusal);
	KUNIT_ASSERT_NOT_NULL(test, overlay);
	KUNIT_EXPECT_EQ(test, overlay_check(overlay, connector, &refusal), -EINVAL);
	overlay_free(overlay);
	KUNIT_EXPECT_EQ(test, refusal.reason, PLUGTREE_PROPERTY_ON_BASE_NODE);
	KUNIT_EXPECT_EQ(test, count_nodes(), before);
	KUNIT_EXPECT_EQ(test, quarantine_count(), 0);
}

/* A node that somebody holds stays, with its parents, its name and its properties. */
static void held_node_stays(struct kunit *test)
{
	struct graft *graft = graft_good(test);
	struct device_node *inner =
		of_find_node_by_path("/connector-main/i2c-sensors/first@48/inner");
	struct device_node *parent;

	KUNIT_ASSERT_NOT_NULL(test, inner);
	graft_remove(graft);
	KUNIT_EXPECT_TRUE(test, await_held(2));
	KUNIT_EXPECT_TRUE(test, of_property_read_bool(inner, "deep"));
	KUNIT_EXPECT_STREQ(test, inner->name, "inner");
	parent = of_get_parent(inner);
	KUNIT_EXPECT_STREQ(test, parent->full_name, "first@48");
	of_node_put(parent);

	of_node_put(inner);
	KUNIT_EXPECT_TRUE(test, await_held(0));
}

/* The same overlay again, many times: numbers and nodes start from the same place. */
static void graft_repeats(struct kunit *test)
{
	unsigned int before = count_nodes();
	unsigned int turn;

	for (turn = 0; turn < 100; turn++)
		graft_remove(graft_good(test));
	KUNIT_EXPECT_EQ(test, count_nodes(), before);
	KUNIT_EXPECT_TRUE(test, await_held(0));
}

static struct kunit_case graft_cases[] = {
	KUNIT_CASE(graft_adds_nodes_in_order),
	KUNIT_CASE(graft_resolves_references),
	KUNIT_CASE(pwms_lead_to_the_chip),
	KUNIT_CASE(global_names_have_the_connectors),
	KUNIT_CASE(refused_overlay_adds_nothing),
	KUNIT_CASE(held_node_stays),
	KUNIT_CASE_SLOW(graft_repeats),
	{}
};

static struct kunit_suite graft_suite = {
	.name = "plugtree-graft",
	.suite_init = graft_suite_init,
	.suite_exit = graft_suite_exit,
	.test_cases = graft_cases,
};

kunit_test_suite(graft_suite);

MODULE_DESCRIPTION("Tests of plugtree's graft and quarantine");
MODULE_LICENSE("GPL");
