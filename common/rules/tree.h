/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * How the rules read a device tree without knowing where it lives.
 *
 * Two implementations exist: over struct device_node in the kernel (kernel/tree.c), over libfdt in
 * the tool (common/rules/fdt.c). Both show the same nodes and properties of the same blob in the
 * same order.
 */
#ifndef PLUGTREE_RULES_TREE_H
#define PLUGTREE_RULES_TREE_H

#include "../platform.h"

/* A node as its reader sees it: a pointer or an offset plus one. Zero is "no such node". */
typedef unsigned long tree_node;

struct tree;

/**
 * struct tree_property - one property
 * @name: NUL-terminated name, owned by the tree
 * @value: the bytes, owned by the tree, not aligned, may be NULL when @size is 0
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
 * @parent: parent of a node, 0 for the root; may be as slow as a walk over the whole tree
 * @name: name with unit address, "" for the root; owned by the tree
 * @next_property: fills @property with the property behind the one that @cursor stands for, the
 *	first one for a cursor of 0, and returns the cursor of that property; 0 when there is none
 * @find: fills @property with the property of that name; false when there is none
 * @by_phandle: the node with this phandle, 0 when there is none; asked of base trees only
 *
 * No reader shows a property "name" or "linux,phandle": old formats and the kernel add them on
 * their own, and both only repeat what the node's name and "phandle" say.
 */
struct tree_ops {
	tree_node (*child)(const struct tree *tree, tree_node node);
	tree_node (*sibling)(const struct tree *tree, tree_node node);
	tree_node (*parent)(const struct tree *tree, tree_node node);
	const char *(*name)(const struct tree *tree, tree_node node);
	unsigned long (*next_property)(const struct tree *tree, tree_node node,
				       unsigned long cursor, struct tree_property *property);
	bool (*find)(const struct tree *tree, tree_node node, const char *name,
		     struct tree_property *property);
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

static inline tree_node tree_child(const struct tree *tree, tree_node node)
{
	return tree->ops->child(tree, node);
}

static inline tree_node tree_sibling(const struct tree *tree, tree_node node)
{
	return tree->ops->sibling(tree, node);
}

static inline tree_node tree_parent(const struct tree *tree, tree_node node)
{
	return tree->ops->parent(tree, node);
}

static inline const char *tree_name(const struct tree *tree, tree_node node)
{
	return tree->ops->name(tree, node);
}

static inline unsigned long tree_next_property(const struct tree *tree, tree_node node,
					       unsigned long cursor, struct tree_property *property)
{
	return tree->ops->next_property(tree, node, cursor, property);
}

static inline bool tree_find(const struct tree *tree, tree_node node, const char *name,
			     struct tree_property *property)
{
	return tree->ops->find(tree, node, name, property);
}

static inline bool tree_has(const struct tree *tree, tree_node node, const char *name)
{
	struct tree_property property;

	return tree_find(tree, node, name, &property);
}

static inline tree_node tree_by_phandle(const struct tree *tree, unsigned int phandle)
{
	return tree->ops->by_phandle(tree, phandle);
}

#endif
