/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Holders: is a device of an add-on used from outside in a way that would not survive its removal?
 */
#ifndef PLUGTREE_HOLDERS_H
#define PLUGTREE_HOLDERS_H

#include <linux/types.h>

struct device;

bool holders_find(struct device *device, char *held, size_t size);

#endif
