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

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void measure(void)
{
	int devices;

	for (devices = 1; devices <= 4000; devices = devices == 1 ? 10 : devices * 2) {
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
		cmocka_unit_test(references),
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
