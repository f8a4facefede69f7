// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Labels, and where each fragment's nodes go.
 */
#include "context.h"

/* Is @label the name of a node, without its unit address, with '_' for '-'? */
static bool is_label_of(const char *name, const char *label, size_t length)
{
	size_t index;

	if (strcspn(name, "@") != length)
		return false;
	for (index = 0; index < length; index++) {
		if (label[index] != (name[index] == '-' ? '_' : name[index]))
			return false;
	}
	return true;
}

/* Of several, the one whose full name sorts first: the order of siblings must not matter. */
static tree_node labelled_child(const struct rules_input *input, const char *label, size_t length)
{
	const struct tree *base = input->base;
	tree_node found = 0;
	tree_node child;

	for (child = tree_child(base, input->connector); child; child = tree_sibling(base, child)) {
		if (!is_label_of(tree_name(base, child), label, length))
			continue;
		if (!found || strcmp(tree_name(base, child), tree_name(base, found)) < 0)
			found = child;
	}
	return found;
}

static tree_node exported_node(const struct rules_input *input, const char *label, size_t length)
{
	tree_node exports = rules_base_child(input->base, input->connector, "export-symbols");
	struct tree_property property;
	char name[RULES_MAX_NAME + 1];

	if (!exports || length > RULES_MAX_NAME)
		return 0;
	memcpy(name, label, length);
	name[length] = '\0';
	if (!tree_find(input->base, exports, name, &property) || property.size != 4)
		return 0;
	return tree_by_phandle(input->base, read_be32(property.value));
}

/**
 * rules_resolve_label() - what a label of an overlay stands for
 * @input: the question
 * @label: the label, not necessarily terminated
 * @length: characters in it
 *
 * In this order: "connector" is the connector; the connector's children by name without unit
 * address, '-' read as '_'; the properties of its child "export-symbols", each one phandle.
 *
 * Return: the node of the base tree, 0 if the label stands for nothing.
 */
tree_node rules_resolve_label(const struct rules_input *input, const char *label, size_t length)
{
	tree_node node;

	if (length == strlen("connector") && !strncmp(label, "connector", length))
		return input->connector;
	node = labelled_child(input, label, length);
	return node ? node : exported_node(input, label, length);
}

static const char *next_string(const struct tree_property *list, const char *text)
{
	const char *end = (const char *)list->value + list->size;

	text = text ? text + strlen(text) + 1 : list->value;
	if (text >= end || !memchr(text, 0, (size_t)(end - text)))
		return NULL;
	return text;
}

/**
 * rules_has_string() - is a string in a property's list of strings?
 * @list: the property; what is not terminated does not count
 * @wanted: the string
 *
 * Return: true if it is.
 */
bool rules_has_string(const struct tree_property *list, const char *wanted)
{
	const char *text = NULL;

	while ((text = next_string(list, text))) {
		if (!strcmp(text, wanted))
			return true;
	}
	return false;
}

/* The overlay's root may name the connector types that it is for; without a word it fits all. */
static int check_compatible(struct rules_context *context)
{
	const struct rules_input *input = context->input;
	struct tree_property wanted;
	struct tree_property offered;
	const char *text = NULL;
	bool known;

	if (!tree_find(input->overlay, input->overlay->root, "compatible", &wanted))
		return 0;
	known = tree_find(input->base, input->connector, "compatible", &offered);
	while ((text = next_string(&wanted, text))) {
		if (known && strcmp(text, RULES_CONNECTOR_COMPATIBLE) &&
		    rules_has_string(&offered, text))
			return 0;
	}
	text = next_string(&wanted, NULL);
	return plugtree_refuse(context->refusal, PLUGTREE_WRONG_CONNECTOR, "%s", text ? text : "");
}

/**
 * rules_check_root() - the overlay's first two levels
 * @context: the question, after rules_build_index(); the fragments are known afterwards, their
 *	targets are not
 *
 * Return: 0; -EINVAL with one of wrong-connector, forbidden-node, no-fragment; -ENOMEM with
 * no-memory.
 */
int rules_check_root(struct rules_context *context)
{
	const struct overlay_node *root = &context->nodes[0];
	struct rules_path path;
	unsigned int index;
	int error;

	error = check_compatible(context);
	if (error)
		return error;
	if (root->child_count) {
		context->fragments = platform_alloc(root->child_count, sizeof(*context->fragments));
		if (!context->fragments)
			return rules_no_memory(context);
	}
	for (index = 0; index < root->child_count; index++) {
		unsigned int position = root->first_child + index;
		const struct overlay_node *node = &context->nodes[position];
		struct overlay_fragment *fragment = &context->fragments[context->fragment_count];

		if (node->area != AREA_FRAGMENT)
			continue;
		fragment->position = position;
		fragment->content =
			rules_find_child(context, position, "__overlay__", strlen("__overlay__"));
		if (!fragment->content || node->child_count != 1)
			return plugtree_refuse(context->refusal, PLUGTREE_FORBIDDEN_NODE, "%s",
					       rules_overlay_path(&path, context, position));
		context->fragment_count++;
	}
	if (!context->fragment_count)
		return plugtree_refuse(context->refusal, PLUGTREE_NO_FRAGMENT, "%s", "");
	return 0;
}

static bool is_own_target(const struct rules_input *input, tree_node node)
{
	const struct tree *base = input->base;
	tree_node child;

	if (node == input->connector)
		return true;
	for (child = tree_child(base, input->connector); child; child = tree_sibling(base, child)) {
		if (child == node)
			return rules_is_container(input, node);
	}
	return false;
}

static int find_target_by_label(struct rules_context *context, struct overlay_fragment *fragment)
{
	const struct overlay_cell *cell = rules_find_cell(context, fragment->position, "target", 0);
	struct rules_path path;

	if (!cell || !cell->label || cell->property.size != 4)
		return plugtree_refuse(context->refusal, PLUGTREE_FOREIGN_TARGET, "%s:target",
				       rules_overlay_path(&path, context, fragment->position));
	if (!is_own_target(context->input, cell->base))
		return plugtree_refuse(context->refusal, PLUGTREE_FOREIGN_TARGET, "%s",
				       cell->label);
	fragment->target = cell->base;
	return 0;
}

static int find_target_by_path(struct rules_context *context, struct overlay_fragment *fragment,
			       const struct tree_property *property)
{
	const struct rules_input *input = context->input;
	const char *target = next_string(property, NULL);
	struct rules_path path;
	tree_node node;

	if (!target || strlen(target) + 1 != (size_t)property->size)
		return plugtree_refuse(context->refusal, PLUGTREE_FOREIGN_TARGET, "%s:target-path",
				       rules_overlay_path(&path, context, fragment->position));
	node = *target ? rules_base_child(input->base, input->connector, target) : input->connector;
	if (!node || !is_own_target(input, node))
		return plugtree_refuse(context->refusal, PLUGTREE_FOREIGN_TARGET, "%s", target);
	fragment->target = node;
	return 0;
}

static int find_target(struct rules_context *context, struct overlay_fragment *fragment)
{
	const struct tree *overlay = context->input->overlay;
	tree_node node = context->nodes[fragment->position].node;
	struct tree_property property;
	struct rules_path path;

	if (tree_has(overlay, node, "target"))
		return find_target_by_label(context, fragment);
	if (tree_find(overlay, node, "target-path", &property))
		return find_target_by_path(context, fragment, &property);
	return plugtree_refuse(context->refusal, PLUGTREE_NO_FRAGMENT, "%s: no target",
			       rules_overlay_path(&path, context, fragment->position));
}

/**
 * rules_find_targets() - where each fragment's nodes go
 * @context: the question, after rules_collect_cells()
 *
 * Return: 0; -EINVAL with foreign-target, or no-fragment for a fragment without a target.
 */
int rules_find_targets(struct rules_context *context)
{
	unsigned int index;
	int error;

	for (index = 0; index < context->fragment_count; index++) {
		error = find_target(context, &context->fragments[index]);
		if (error)
			return error;
	}
	return 0;
}
