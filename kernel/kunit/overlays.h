/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The overlays that are linked into the tests.
 */
#ifndef PLUGTREE_KUNIT_OVERLAYS_H
#define PLUGTREE_KUNIT_OVERLAYS_H

extern char __dtbo_good_begin[];
extern char __dtbo_good_end[];
extern char __dtbo_bad_begin[];
extern char __dtbo_bad_end[];

#endif
