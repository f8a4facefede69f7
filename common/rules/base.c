// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Questions to the base tree, and paths.
 */
#include "context.h"

/**
 * rules_base_child() - a child by its name
 * @tree: the tree
 * @parent: whose child
 * @name: name with unit address
 *
 * Return: the child, 0 if there is none.
 */
tree_node rules_base_child(const struct tree *tree, tree_node parent, const char *name)
{
	tree_node child;

	for (child = tree_child(tree, parent); child; child = tree_sibling(tree, child)) {
		if (!strcmp(tree_name(tree, child), name))
			return child;
	}
	return 0;
}

/**
 * rules_is_container() - may an overlay add nodes below this node?
 * @input: the question
 * @node: a child of the connector
 *
 * Return: true for extension buses, "devices" and whatever else the connector offers; false for the
 * two children that say something about the connector itself.
 */
bool rules_is_container(const struct rules_input *input, tree_node node)
{
	const char *name = tree_name(input->base, node);

	return strcmp(name, "export-symbols") && strcmp(name, "addon-id");
}

/**
 * rules_is_enabled() - is a node in use?
 * @tree: the tree
 * @node: the node
 *
 * Return: true unless its "status" says otherwise.
 */
bool rules_is_enabled(const struct tree *tree, tree_node node)
{
	struct tree_property status;

	if (!tree_find(tree, node, "status", &status))
		return true;
	return (status.size == 5 && !memcmp(status.value, "okay", 5)) ||
	       (status.size == 3 && !memcmp(status.value, "ok", 3));
}

/**
 * rules_phandle() - the phandle of a node
 * @tree: the tree
 * @node: the node
 *
 * Return: the phandle, 0 when it has none or none that is valid.
 */
uint32_t rules_phandle(const struct tree *tree, tree_node node)
{
	struct tree_property property;
	uint32_t phandle;

	if (!tree_find(tree, node, "phandle", &property) || property.size != 4)
		return 0;
	phandle = read_be32(property.value);
	return phandle == 0xffffffff ? 0 : phandle;
}

/**
 * rules_path_begin() - start to write a path, from its end
 * @path: the path, empty afterwards
 */
void rules_path_begin(struct rules_path *path)
{
	path->start = sizeof(path->text) - 1;
	path->text[path->start] = '\0';
}

/**
 * rules_path_prepend() - put "/name" before a path
 * @path: the path
 * @name: name of the node above; what does not fit is cut off at its beginning
 */
void rules_path_prepend(struct rules_path *path, const char *name)
{
	size_t length = strlen(name);

	while (length && path->start)
		path->text[--path->start] = name[--length];
	if (path->start)
		path->text[--path->start] = '/';
}

/**
 * rules_path_text() - the path as it is now
 * @path: the path
 *
 * Return: the text, "/" when nothing was prepended; lives in @path.
 */
const char *rules_path_text(struct rules_path *path)
{
	if (!path->text[path->start])
		rules_path_prepend(path, "");
	return path->text + path->start;
}

/**
 * rules_path_prepend_base() - put the path of a node of the base tree before a path
 * @path: the path
 * @tree: the tree
 * @node: the node
 */
void rules_path_prepend_base(struct rules_path *path, const struct tree *tree, tree_node node)
{
	while (node && node != tree->root) {
		rules_path_prepend(path, tree_name(tree, node));
		node = tree_parent(tree, node);
	}
}

/**
 * rules_base_path() - the path of a node of the base tree
 * @path: buffer for it
 * @tree: the tree
 * @node: the node
 *
 * Return: the text; lives in @path.
 */
const char *rules_base_path(struct rules_path *path, const struct tree *tree, tree_node node)
{
	rules_path_begin(path);
	rules_path_prepend_base(path, tree, node);
	return rules_path_text(path);
}
