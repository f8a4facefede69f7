/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The overlays that are linked into the tests.
 */
#ifndef PLUGTREE_KUNIT_OVERLAYS_H
#define PLUGTREE_KUNIT_OVERLAYS_H

struct device_node;
struct graft;
struct kunit;

extern char __dtbo_good_begin[];
extern char __dtbo_good_end[];
extern char __dtbo_bad_begin[];
extern char __dtbo_bad_end[];
extern char __dtbo_devices_begin[];
extern char __dtbo_devices_end[];

struct graft *overlays_graft(struct kunit *test, const char *begin, const char *end,
			     struct device_node *connector, const char *name);

#endif
