/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What sysfs has of a graft.
 */
#ifndef PLUGTREE_GRAFT_SYSFS_H
#define PLUGTREE_GRAFT_SYSFS_H

#include <linux/types.h>

struct device_node;

bool graft_sysfs_complete(struct device_node *node);

#endif
