// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Limits from both sides, and overlays as large as they may be.
 *
 * Argument: the fixtures' base tree. With "measure" as a second one, prints what a verdict costs
 * instead.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include <libfdt.h>

#include <cmocka.h>

#include "rules_support.h"

static struct blob base;
static char buffer[2 * RULES_MAX_BLOB];

static void begin_overlay(const char *target)
{
	fdt_create(buffer, sizeof(buffer));
	fdt_finish_reservemap(buffer);
	fdt_begin_node(buffer, "");
	fdt_begin_node(buffer, "fragment@0");
	fdt_property_string(buffer, "target-path", target);
	fdt_begin_node(buffer, "__overlay__");
}

/* Ends "__overlay__" and the fragment; the root is open. */
static void end_fragment(void)
{
	fdt_end_node(buffer);
	fdt_end_node(buffer);
}

static struct blob finish(void)
{
	fdt_end_node(buffer);
	assert_int_equal(fdt_finish(buffer), 0);
	return blob_copy(buffer, fdt_totalsize(buffer));
}

static void judge_and_free(struct blob overlay, enum plugtree_reason reason)
{
	struct plugtree_refusal refusal = { PLUGTREE_NONE, "" };

	judge(&overlay, &base, "/connector-main", &refusal);
	assert_string_equal(plugtree_reason_name(refusal.reason), plugtree_reason_name(reason));
	blob_free(&overlay);
}

static void add_device(int number)
{
	char name[32];

	snprintf(name, sizeof(name), "device@%x", 0x100 + number);
	fdt_begin_node(buffer, name);
	fdt_property_string(buffer, "compatible", "national,lm75");
	fdt_property_u32(buffer, "reg", (uint32_t)(0x100 + number));
	fdt_property_u32(buffer, "vs-supply", 0xffffffff);
	fdt_property_u32(buffer, "phandle", (uint32_t)(1 + number));
	fdt_property_u32(buffer, "self", (uint32_t)(1 + number));
	fdt_end_node(buffer);
}

static void add_fixups(int devices)
{
	static char list[2 * RULES_MAX_BLOB];
	int length = 0;
	int number;

	for (number = 0; number < devices; number++)
		length +=
			1 + sprintf(list + length, "/fragment@0/__overlay__/device@%x:vs-supply:0",
				    0x100 + number);
	fdt_begin_node(buffer, "__fixups__");
	fdt_property(buffer, "vcc_5v", list, length);
	fdt_end_node(buffer);
}

static void add_local_fixups(int devices)
{
	char name[32];
	int number;

	fdt_begin_node(buffer, "__local_fixups__");
	fdt_begin_node(buffer, "fragment@0");
	fdt_begin_node(buffer, "__overlay__");
	for (number = 0; number < devices; number++) {
		snprintf(name, sizeof(name), "device@%x", 0x100 + number);
		fdt_begin_node(buffer, name);
		fdt_property_u32(buffer, "self", 0);
		fdt_end_node(buffer);
	}
	fdt_end_node(buffer);
	fdt_end_node(buffer);
	fdt_end_node(buffer);
}

static struct blob many_devices(int devices)
{
	int number;

	begin_overlay("i2c-sensors");
	for (number = 0; number < devices; number++)
		add_device(number);
	end_fragment();
	add_fixups(devices);
	add_local_fixups(devices);
	return finish();
}

static void many_nodes(void **state)
{
	judge_and_free(many_devices(RULES_MAX_NODES - 4), PLUGTREE_NONE);
	judge_and_free(many_devices(RULES_MAX_NODES), PLUGTREE_TOO_MANY_NODES);
}

static struct blob many_properties(int count)
{
	char name[32];
	int number;

	begin_overlay("devices");
	fdt_begin_node(buffer, "node");
	for (number = 0; number < count; number++) {
		snprintf(name, sizeof(name), "p%d", number);
		fdt_property_u32(buffer, name, 0);
	}
	fdt_end_node(buffer);
	end_fragment();
	return finish();
}

static void properties_of_a_node(void **state)
{
	judge_and_free(many_properties(RULES_MAX_PROPERTIES), PLUGTREE_NONE);
	judge_and_free(many_properties(RULES_MAX_PROPERTIES + 1), PLUGTREE_TOO_BIG);
}

/* Nodes with so many properties each; the last one has the rest. */
static struct blob many_properties_of_all(int count)
{
	char name[32];
	int number;

	begin_overlay("devices");
	/* "target-path" is one as well. */
	for (number = 1; number < count; number++) {
		if (number % 100 == 1) {
			snprintf(name, sizeof(name), "node%d", number);
			fdt_begin_node(buffer, name);
		}
		snprintf(name, sizeof(name), "p%d", number % 100);
		fdt_property(buffer, name, NULL, 0);
		if (number % 100 == 0 || number == count - 1)
			fdt_end_node(buffer);
	}
	end_fragment();
	return finish();
}

static void properties_of_all_nodes(void **state)
{
	judge_and_free(many_properties_of_all(RULES_MAX_ALL_PROPERTIES), PLUGTREE_NONE);
	judge_and_free(many_properties_of_all(RULES_MAX_ALL_PROPERTIES + 1), PLUGTREE_TOO_BIG);
}

/* All of them together, so that readers need not look at a name twice to bound their memory. */
static struct blob one_name(int length)
{
	char *name = calloc(1, (size_t)length + 1);
	struct blob overlay;

	memset(name, 'n', (size_t)length);
	begin_overlay("devices");
	fdt_begin_node(buffer, name);
	fdt_end_node(buffer);
	end_fragment();
	overlay = finish();
	free(name);
	return overlay;
}

static void names(void **state)
{
	judge_and_free(one_name(RULES_MAX_NAME), PLUGTREE_NONE);
	judge_and_free(one_name(RULES_MAX_NAME + 1), PLUGTREE_BAD_NAME);
	judge_and_free(one_name(2 * RULES_MAX_NODES * (RULES_MAX_NAME + 1)), PLUGTREE_BAD_NAME);
	judge_and_free(one_name(RULES_MAX_BLOB / 2), PLUGTREE_BAD_NAME);
}

static void a_property_twice(void **state)
{
	begin_overlay("devices");
	fdt_begin_node(buffer, "node");
	fdt_property_u32(buffer, "p", 0);
	fdt_property_u32(buffer, "q", 0);
	fdt_property_u32(buffer, "p", 0);
	fdt_end_node(buffer);
	end_fragment();
	judge_and_free(finish(), PLUGTREE_BAD_BLOB);
}

static void a_node_twice(void **state)
{
	begin_overlay("devices");
	fdt_begin_node(buffer, "node");
	fdt_begin_node(buffer, "a");
	fdt_end_node(buffer);
	fdt_begin_node(buffer, "b");
	fdt_end_node(buffer);
	fdt_begin_node(buffer, "a");
	fdt_end_node(buffer);
	fdt_end_node(buffer);
	end_fragment();
	judge_and_free(finish(), PLUGTREE_DUPLICATE_NODE);
}

/* Properties that repeat what the reader says anyway are not seen, so not grafted twice. */
static void hidden_properties(void **state)
{
	begin_overlay("devices");
	fdt_property_string(buffer, "name", "__overlay__");
	fdt_begin_node(buffer, "node");
	fdt_property_string(buffer, "name", "node");
	fdt_property_u32(buffer, "linux,phandle", 1);
	fdt_end_node(buffer);
	end_fragment();
	judge_and_free(finish(), PLUGTREE_NONE);
}

static struct blob nested(int levels)
{
	int level;

	begin_overlay("devices");
	for (level = 3; level <= levels; level++)
		fdt_begin_node(buffer, "n");
	for (level = 3; level <= levels; level++)
		fdt_end_node(buffer);
	end_fragment();
	return finish();
}

static void levels(void **state)
{
	judge_and_free(nested(RULES_MAX_DEPTH), PLUGTREE_NONE);
	judge_and_free(nested(RULES_MAX_DEPTH + 1), PLUGTREE_TOO_DEEP);
	judge_and_free(nested(RULES_MAX_DEPTH + 2), PLUGTREE_TOO_DEEP);
	judge_and_free(nested(60000), PLUGTREE_TOO_DEEP);
}

static struct blob many_references(int count)
{
	uint8_t *cells = calloc((size_t)count, 4);
	uint8_t *offsets = calloc((size_t)count, 4);
	struct blob overlay;
	int number;

	for (number = 0; number < count; number++) {
		fdt32_st(cells + 4 * number, 1);
		fdt32_st(offsets + 4 * number, (uint32_t)(4 * number));
	}
	begin_overlay("devices");
	fdt_begin_node(buffer, "node");
	fdt_property_u32(buffer, "phandle", 1);
	fdt_property(buffer, "cells", cells, 4 * count);
	fdt_end_node(buffer);
	end_fragment();
	fdt_begin_node(buffer, "__local_fixups__");
	fdt_begin_node(buffer, "fragment@0");
	fdt_begin_node(buffer, "__overlay__");
	fdt_begin_node(buffer, "node");
	fdt_property(buffer, "cells", offsets, 4 * count);
	for (number = 0; number < 4; number++)
		fdt_end_node(buffer);
	free(cells);
	free(offsets);
	overlay = finish();
	return overlay;
}

static void references(void **state)
{
	judge_and_free(many_references(RULES_MAX_FIXUPS), PLUGTREE_NONE);
	judge_and_free(many_references(RULES_MAX_FIXUPS + 1), PLUGTREE_TOO_BIG);
}

#define MANY_FRAGMENTS 300

/* Fragments with a label as target, two references in each, in places that are not in order. */
static struct blob many_fragments(void)
{
	static char sensors[MANY_FRAGMENTS * 64];
	static char devices[MANY_FRAGMENTS * 64];
	static char supplies[MANY_FRAGMENTS * 128];
	int lengths[3] = { 0 };
	char name[32];
	int number;

	fdt_create(buffer, sizeof(buffer));
	fdt_finish_reservemap(buffer);
	fdt_begin_node(buffer, "");
	for (number = 0; number < MANY_FRAGMENTS; number++) {
		char *target = number % 2 ? sensors : devices;
		int *length = &lengths[number % 2];

		*length += 1 + sprintf(target + *length, "/fragment@%d:target:0", number);
		lengths[2] +=
			1 + sprintf(supplies + lengths[2],
				    "/fragment@%d/__overlay__/n%d:vb-supply:4", number, number);
		lengths[2] +=
			1 + sprintf(supplies + lengths[2],
				    "/fragment@%d/__overlay__/n%d:va-supply:0", number, number);
		snprintf(name, sizeof(name), "fragment@%d", number);
		fdt_begin_node(buffer, name);
		fdt_property_u32(buffer, "target", 0xffffffff);
		fdt_begin_node(buffer, "__overlay__");
		snprintf(name, sizeof(name), "n%d", number);
		fdt_begin_node(buffer, name);
		fdt_property_u32(buffer, "reg", (uint32_t)(0x100 + number));
		fdt_property_u32(buffer, "va-supply", 0xffffffff);
		fdt_property_u64(buffer, "vb-supply", 0xffffffff);
		fdt_end_node(buffer);
		end_fragment();
	}
	fdt_begin_node(buffer, "__fixups__");
	fdt_property(buffer, "vcc_5v", supplies, lengths[2]);
	fdt_property(buffer, "i2c_sensors", sensors, lengths[1]);
	fdt_property(buffer, "devices", devices, lengths[0]);
	fdt_end_node(buffer);
	return finish();
}

static int count_node(void *arg, tree_node node, tree_node parent)
{
	int *count = arg;
	char name[32];

	snprintf(name, sizeof(name), "n%d", *count);
	assert_string_equal(fdt_get_name(buffer, fdt_tree_offset(node), NULL), name);
	assert_string_equal(fdt_get_name(base.bytes, fdt_tree_offset(parent), NULL),
			    *count % 2 ? "i2c-sensors" : "devices");
	++*count;
	return 0;
}

static int check_supply(void *arg, const struct rules_fixup *fixup, unsigned int phandle)
{
	int *count = arg;

	assert_string_equal(fixup->property.name, *count % 2 ? "vb-supply" : "va-supply");
	assert_int_equal(fixup->offset, *count % 2 ? 4 : 0);
	++*count;
	return 0;
}

static void fragments(void **state)
{
	struct plugtree_refusal refusal;
	struct question question;
	struct rules_plan *plan;
	int count = 0;

	judge_and_free(many_fragments(), PLUGTREE_NONE);
	question_init(&question, buffer, base.bytes, "/connector-main");
	plan = rules_make_plan(&question.input, &refusal);
	assert_non_null(plan);
	assert_int_equal(rules_for_each_new_node(plan, count_node, &count), 0);
	assert_int_equal(count, MANY_FRAGMENTS);
	count = 0;
	assert_int_equal(rules_for_each_fixup(plan, check_supply, &count), 0);
	assert_int_equal(count, 2 * MANY_FRAGMENTS);
	rules_free_plan(plan);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void measure(void)
{
	int devices;

	for (devices = 1; devices <= RULES_MAX_NODES - 4; devices = devices == 1 ? 10 : devices * 2) {
		struct blob overlay = many_devices(devices);
		struct plugtree_refusal refusal;
		double start = seconds();
		int round;

		for (round = 0; round < 10; round++)
			judge(&overlay, &base, "/connector-main", &refusal);
		printf("%5d nodes: %8.1f us, %s\n", devices, (seconds() - start) * 1e5,
		       plugtree_reason_name(refusal.reason));
		blob_free(&overlay);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(many_nodes),	     cmocka_unit_test(properties_of_a_node),
		cmocka_unit_test(a_property_twice),  cmocka_unit_test(a_node_twice),
		cmocka_unit_test(hidden_properties), cmocka_unit_test(levels),
		cmocka_unit_test(references),	     cmocka_unit_test(fragments),
		cmocka_unit_test(names),	     cmocka_unit_test(properties_of_all_nodes),
	};
	int failed = 0;

	if (argc < 2)
		return 2;
	base = blob_from_source(argv[1]);
	if (argc == 3 && !strcmp(argv[2], "measure"))
		measure();
	else
		failed = cmocka_run_group_tests(tests, NULL, NULL);
	blob_free(&base);
	return failed;
}
