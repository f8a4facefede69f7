// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The reader over libfdt. User space only; the kernel's is kernel/tree.c.
 *
 * A handle is the offset of the node, or of the property, in the structure block plus one.
 */
#include <libfdt.h>

#include "fdt.h"

/**
 * fdt_tree_node() - the handle of a node
 * @offset: its offset, or a negative libfdt error
 *
 * Return: the handle, 0 for an error.
 */
tree_node fdt_tree_node(int offset)
{
	return offset < 0 ? 0 : (tree_node)offset + 1;
}

/**
 * fdt_tree_offset() - the offset of a node
 * @node: its handle, not 0
 *
 * Return: the offset in the structure block.
 */
int fdt_tree_offset(tree_node node)
{
	return (int)node - 1;
}

static tree_node read_child(const struct tree *tree, tree_node node)
{
	return fdt_tree_node(fdt_first_subnode(tree->data, fdt_tree_offset(node)));
}

static tree_node read_sibling(const struct tree *tree, tree_node node)
{
	return fdt_tree_node(fdt_next_subnode(tree->data, fdt_tree_offset(node)));
}

static tree_node read_parent(const struct tree *tree, tree_node node)
{
	if (node == tree->root)
		return 0;
	return fdt_tree_node(fdt_parent_offset(tree->data, fdt_tree_offset(node)));
}

static const char *read_name(const struct tree *tree, tree_node node)
{
	const char *name;

	if (node == tree->root)
		return "";
	name = fdt_get_name(tree->data, fdt_tree_offset(node), NULL);
	return name ? name : "";
}

static bool is_hidden(const char *name)
{
	return !strcmp(name, "name") || !strcmp(name, "linux,phandle");
}

static unsigned long read_property(const struct tree *tree, tree_node node, unsigned long cursor,
				   struct tree_property *property)
{
	int offset;

	if (cursor)
		offset = fdt_next_property_offset(tree->data, (int)cursor - 1);
	else
		offset = fdt_first_property_offset(tree->data, fdt_tree_offset(node));
	while (offset >= 0) {
		property->value =
			fdt_getprop_by_offset(tree->data, offset, &property->name, &property->size);
		if (!property->value)
			return 0;
		if (!is_hidden(property->name))
			return (unsigned long)offset + 1;
		offset = fdt_next_property_offset(tree->data, offset);
	}
	return 0;
}

static bool read_find(const struct tree *tree, tree_node node, const char *name,
		      struct tree_property *property)
{
	const struct fdt_property *found;

	if (is_hidden(name))
		return false;
	found = fdt_get_property(tree->data, fdt_tree_offset(node), name, &property->size);
	if (!found)
		return false;
	property->name = fdt_string(tree->data, (int)fdt32_ld(&found->nameoff));
	property->value = found->data;
	return true;
}

static tree_node read_by_phandle(const struct tree *tree, unsigned int phandle)
{
	return fdt_tree_node(fdt_node_offset_by_phandle(tree->data, phandle));
}

static const struct tree_ops fdt_tree_ops = {
	.child = read_child,
	.sibling = read_sibling,
	.parent = read_parent,
	.name = read_name,
	.next_property = read_property,
	.find = read_find,
	.by_phandle = read_by_phandle,
};

/**
 * fdt_tree_init() - read a blob
 * @tree: the reader, valid as long as the blob is there and is not changed in its structure
 * @blob: a blob that rules_check_blob() or fdt_check_full() accepts
 */
void fdt_tree_init(struct tree *tree, const void *blob)
{
	tree->ops = &fdt_tree_ops;
	tree->data = blob;
	tree->root = fdt_tree_node(0);
}
