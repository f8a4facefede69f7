/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A place for front ends of the tests' own.
 */
#ifndef PLUGTREE_KUNIT_PLACE_H
#define PLUGTREE_KUNIT_PLACE_H

struct platform_device;

struct platform_device *place_take(void);
void place_give_back(struct platform_device *place);

#endif
