/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The reader over struct device_node.
 */
#ifndef PLUGTREE_TREE_H
#define PLUGTREE_TREE_H

#include "common/rules/tree.h"

struct device_node;

void tree_init(struct tree *tree, struct device_node *root);

static inline tree_node tree_from_node(struct device_node *node)
{
	return (tree_node)node;
}

static inline struct device_node *tree_to_node(tree_node node)
{
	return (struct device_node *)node;
}

#endif
