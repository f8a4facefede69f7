/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * How the rules read a device tree without knowing where it lives.
 *
 * Two implementations exist: over struct device_node in the kernel (kernel/tree.c), over libfdt in the tool (common/rules/fdt.c).
 */
#ifndef PLUGTREE_RULES_TREE_H
#define PLUGTREE_RULES_TREE_H

#ifdef __KERNEL__
#include <linux/types.h>
#else
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#endif

/* A node as its reader sees it: a pointer or an offset plus one. Zero is "no such node". */
typedef unsigned long tree_node;

struct tree;

/**
 * struct tree_property - one property
 * @name: NUL-terminated name, owned by the tree
 * @value: the bytes, owned by the tree, may be NULL when @size is 0
 * @size: number of bytes
 */
struct tree_property {
	const char *name;
	const void *value;
	int size;
};

/**
 * struct tree_ops - what a reader must be able to do
 * @child: first child of a node, in tree order
 * @sibling: next sibling of a node
 * @parent: parent of a node, 0 for the root
 * @name: name with unit address, "" for the root; owned by the tree
 * @property: fills @property with the @index-th property of @node; false when there are fewer. Neither reader shows the
 *	synthetic "name" property that old formats and the kernel add.
 * @find: fills @property with the property of that name; false when there is none
 * @by_phandle: the node with this phandle, 0 when there is none
 */
struct tree_ops {
	tree_node (*child)(const struct tree *tree, tree_node node);
	tree_node (*sibling)(const struct tree *tree, tree_node node);
	tree_node (*parent)(const struct tree *tree, tree_node node);
	const char *(*name)(const struct tree *tree, tree_node node);
	bool (*property)(const struct tree *tree, tree_node node, int index, struct tree_property *property);
	bool (*find)(const struct tree *tree, tree_node node, const char *name, struct tree_property *property);
	tree_node (*by_phandle)(const struct tree *tree, unsigned int phandle);
};

/**
 * struct tree - a device tree, or a part of one, to be read
 * @ops: the reader
 * @data: the reader's own: the blob, or nothing
 * @root: the root node
 */
struct tree {
	const struct tree_ops *ops;
	const void *data;
	tree_node root;
};

#endif
