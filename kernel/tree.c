// SPDX-License-Identifier: GPL-2.0-only
/*
 * The reader over struct device_node, of the live tree and of scratch trees alike.
 *
 * A handle is the node's address and has no reference. So whoever asks the rules makes sure that no
 * node at or below the connector, and none below a controller that its extension buses point to,
 * is freed meanwhile. That holds where the graft lock is taken or the insertion's own worker asks:
 * nothing but a graft adds to these places, and the quarantine frees nothing that is attached.
 */
#include <linux/of.h>

#include "tree.h"

/* A scratch tree has no other user, so it needs no lock; the lists of the live tree do. */
static bool is_live(const struct tree *tree)
{
	return tree_to_node(tree->root) == of_root;
}

static tree_node node_child(const struct tree *tree, tree_node node)
{
	struct device_node *child = tree_to_node(node)->child;

	if (is_live(tree)) {
		child = of_get_next_child(tree_to_node(node), NULL);
		of_node_put(child);
	}
	return tree_from_node(child);
}

static tree_node node_sibling(const struct tree *tree, tree_node node)
{
	struct device_node *this = tree_to_node(node);
	struct device_node *sibling = this->sibling;

	if (is_live(tree) && this->parent) {
		/* Drops a reference to the one that it is given. */
		of_node_get(this);
		sibling = of_get_next_child(this->parent, this);
		of_node_put(sibling);
	}
	return tree_from_node(sibling);
}

static tree_node node_parent(const struct tree *tree, tree_node node)
{
	return tree_from_node(tree_to_node(node)->parent);
}

static const char *node_name(const struct tree *tree, tree_node node)
{
	return node == tree->root ? "" : tree_to_node(node)->full_name;
}

static bool is_hidden(const char *name)
{
	/* Asked of each property: nearly all are told by their first character. */
	switch (name[0]) {
	case 'n':
		return !strcmp(name, "name");
	case 'l':
		return !strcmp(name, "linux,phandle");
	default:
		return false;
	}
}

static void fill_property(struct tree_property *property, const struct property *found)
{
	property->name = found->name;
	property->value = found->value;
	property->size = found->length;
}

static unsigned long node_next_property(const struct tree *tree, tree_node node,
					unsigned long cursor, struct tree_property *property)
{
	const struct property *next;

	if (cursor)
		next = ((const struct property *)cursor)->next;
	else
		next = tree_to_node(node)->properties;
	while (next && is_hidden(next->name))
		next = next->next;
	if (next)
		fill_property(property, next);
	return (unsigned long)next;
}

static bool node_find(const struct tree *tree, tree_node node, const char *name,
		      struct tree_property *property)
{
	const struct property *found = tree_to_node(node)->properties;

	if (is_hidden(name))
		return false;
	if (is_live(tree)) {
		found = of_find_property(tree_to_node(node), name, NULL);
	} else {
		/* Asked of each node: nearly all names differ in their first character. */
		while (found && (found->name[0] != name[0] || strcmp(found->name, name)))
			found = found->next;
	}
	if (found)
		fill_property(property, found);
	return found;
}

static tree_node node_by_phandle(const struct tree *tree, unsigned int phandle)
{
	struct device_node *node = of_find_node_by_phandle(phandle);

	of_node_put(node);
	return tree_from_node(node);
}

static const struct tree_ops node_ops = {
	.child = node_child,
	.sibling = node_sibling,
	.parent = node_parent,
	.name = node_name,
	.next_property = node_next_property,
	.find = node_find,
	.by_phandle = node_by_phandle,
};

/**
 * tree_init() - read a tree of device nodes
 * @tree: the reader
 * @root: root of the tree: of_root, or that of a scratch tree
 *
 * Phandles are looked up in the live tree whatever @root is; the rules ask base trees only.
 *
 * Context: reading the live tree takes devtree_lock for moments; no reader sleeps.
 */
void tree_init(struct tree *tree, struct device_node *root)
{
	tree->ops = &node_ops;
	tree->data = NULL;
	tree->root = tree_from_node(root);
}
