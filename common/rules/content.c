// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * What the fragments add, and where: whole new nodes, each in a place that the connector allows.
 */
#include "context.h"

static int refuse_node(struct rules_context *context, enum plugtree_reason reason,
		       unsigned int position)
{
	struct rules_path path;

	return plugtree_refuse(context->refusal, reason, "%s",
			       rules_overlay_path(&path, context, position));
}

/* What a bus says of itself. Overlays for PCIe endpoints repeat it for the sake of dtc. */
static const char *const bus_properties[] = { "#address-cells", "#size-cells",
					      "interrupt-controller", "#interrupt-cells" };

static bool is_repeated(const struct rules_input *input, tree_node node,
			const struct tree_property *property)
{
	struct tree_property own;
	size_t index = 0;

	if (node != input->connector || !rules_is_endpoint(input))
		return false;
	while (index < ARRAY_SIZE(bus_properties) && strcmp(property->name, bus_properties[index]))
		index++;
	return index < ARRAY_SIZE(bus_properties) &&
	       tree_find(input->base, node, property->name, &own) && own.size == property->size &&
	       (!own.size || !memcmp(own.value, property->value, (size_t)own.size));
}

/*
 * A node of the overlay that stands for a node of the base tree may bring nothing of its own: only
 * on an endpoint may it say again what is so already.
 */
static int check_no_property(struct rules_context *context, unsigned int position, tree_node node)
{
	const struct tree *overlay = context->input->overlay;
	struct tree_property property;
	unsigned long cursor = 0;
	struct rules_path path;

	while ((cursor = tree_next_property(overlay, context->nodes[position].node, cursor,
					    &property))) {
		if (!is_repeated(context->input, node, &property))
			return plugtree_refuse(context->refusal, PLUGTREE_PROPERTY_ON_BASE_NODE,
					       "%s:%s",
					       rules_overlay_path(&path, context, position),
					       property.name);
	}
	return 0;
}

/* Numbered by first use: neither handles nor the base tree's order may decide what comes first. */
static unsigned int order_of(const struct rules_context *context, tree_node parent)
{
	unsigned int index = context->placement_count;

	while (index--) {
		if (context->placements[index].parent == parent)
			return context->placements[index].order;
	}
	return context->placement_count;
}

static void place(struct rules_context *context, unsigned int position, tree_node parent,
		  unsigned int order)
{
	struct overlay_placement *placement = &context->placements[context->placement_count++];

	placement->position = position;
	placement->parent = parent;
	placement->order = order;
	placement->name = context->nodes[position].name;
}

static void place_children(struct rules_context *context, unsigned int position, tree_node parent)
{
	const struct overlay_node *node = &context->nodes[position];
	unsigned int order = order_of(context, parent);
	unsigned int index;

	for (index = 0; index < node->child_count; index++)
		place(context, node->first_child + index, parent, order);
}

/* Below a child of the connector. The ports of a display link are one level deeper. */
static int place_in_container(struct rules_context *context, unsigned int position,
			      tree_node container)
{
	const struct overlay_node *node = &context->nodes[position];
	tree_node ports = rules_link_ports(context->input->base, container);
	unsigned int below = ports ? rules_find_child(context, position, "ports",
						      strlen("ports")) : 0;
	unsigned int index;
	int error;

	if (!below) {
		place_children(context, position, container);
		return 0;
	}
	error = check_no_property(context, below, ports);
	if (error)
		return error;
	for (index = 0; index < node->child_count; index++) {
		if (node->first_child + index == below)
			place_children(context, below, ports);
		else
			place(context, node->first_child + index, container,
			      order_of(context, container));
	}
	return 0;
}

static int place_below_connector(struct rules_context *context, unsigned int position)
{
	const struct rules_input *input = context->input;
	const char *name = context->nodes[position].name;
	tree_node existing = rules_base_child(input->base, input->connector, name);
	int error;

	if (!existing) {
		if (!rules_is_endpoint(input) && strcmp(name, "devices") &&
		    strcmp(name, "addon-id"))
			return refuse_node(context, PLUGTREE_FORBIDDEN_NODE, position);
		place(context, position, input->connector, order_of(context, input->connector));
		return 0;
	}
	if (!rules_is_container(input, existing))
		return refuse_node(context, PLUGTREE_EXISTING_NODE, position);
	error = check_no_property(context, position, existing);
	return error ? error : place_in_container(context, position, existing);
}

static int place_fragment(struct rules_context *context, const struct overlay_fragment *fragment)
{
	const struct overlay_node *content = &context->nodes[fragment->content];
	unsigned int index;
	int error;

	error = check_no_property(context, fragment->content, fragment->target);
	if (error)
		return error;
	if (fragment->target != context->input->connector)
		return place_in_container(context, fragment->content, fragment->target);
	for (index = 0; index < content->child_count; index++) {
		error = place_below_connector(context, content->first_child + index);
		if (error)
			return error;
	}
	return 0;
}

/**
 * rules_place_content() - find the new nodes that hang directly below base nodes
 * @context: the question, after rules_find_targets()
 *
 * Return: 0; -EINVAL with one of property-on-base-node, existing-node, forbidden-node, no-fragment;
 * -ENOMEM with no-memory.
 */
int rules_place_content(struct rules_context *context)
{
	unsigned int index;
	int error;

	context->placements = platform_alloc(context->node_count, sizeof(*context->placements));
	if (!context->placements)
		return rules_no_memory(context);
	for (index = 0; index < context->fragment_count; index++) {
		error = place_fragment(context, &context->fragments[index]);
		if (error)
			return error;
	}
	if (!context->placement_count)
		return plugtree_refuse(context->refusal, PLUGTREE_NO_FRAGMENT, "%s", "");
	return 0;
}

/* Nodes that have a meaning of their own to the kernel or to this project, wherever they are. */
static bool is_forbidden(const char *name)
{
	static const char *const forbidden[] = {
		"aliases",	    "chosen", "cpus",	     "export-symbols",	"__fixups__",
		"__local_fixups__", "memory", "__overlay__", "reserved-memory", "__symbols__",
	};
	size_t index;

	for (index = 0; index < ARRAY_SIZE(forbidden); index++) {
		size_t length;

		/* Asked of each node: nearly all names differ in their first character. */
		if (name[0] != forbidden[index][0])
			continue;
		length = strlen(forbidden[index]);
		if (!strncmp(name, forbidden[index], length) &&
		    (!name[length] || name[length] == '@'))
			return true;
	}
	return false;
}

/* A connector on the add-on exports symbols, too. */
static bool is_export_of_own(const struct rules_context *context, const struct overlay_node *node)
{
	const struct overlay_node *above = &context->nodes[node->parent];
	struct tree_property compatible;

	return node->depth > DEPTH_CONTENT && !strcmp(node->name, "export-symbols") &&
	       tree_find(context->input->overlay, above->node, "compatible", &compatible) &&
	       rules_has_string(&compatible, RULES_CONNECTOR_COMPATIBLE);
}

static int check_forbidden(struct rules_context *context)
{
	unsigned int position;

	for (position = 0; position < context->node_count; position++) {
		const struct overlay_node *node = &context->nodes[position];

		if (node->area == AREA_FRAGMENT && node->depth >= DEPTH_CONTENT &&
		    is_forbidden(node->name) && !is_export_of_own(context, node))
			return refuse_node(context, PLUGTREE_FORBIDDEN_NODE, position);
	}
	return 0;
}

/*
 * The labels of an overlay that was compiled with -@. They never get into the base tree, but an
 * overlay that says something else with the same word was not meant for this connector.
 */
static int check_labels(struct rules_context *context)
{
	const struct tree *overlay = context->input->overlay;
	struct tree_property label;
	unsigned long cursor = 0;
	unsigned int symbols;

	symbols = rules_find_child(context, 0, "__symbols__", strlen("__symbols__"));
	if (!symbols)
		return 0;
	while (true) {
		cursor = tree_next_property(overlay, context->nodes[symbols].node, cursor, &label);
		if (!cursor)
			return 0;
		if (rules_resolve_label(context->input, label.name, strlen(label.name)))
			return plugtree_refuse(context->refusal, PLUGTREE_EXISTING_LABEL, "%s",
					       label.name);
	}
}

static int compare_placements(const void *first, const void *second)
{
	const struct overlay_placement *one = first;
	const struct overlay_placement *other = second;
	int order;

	if (one->order != other->order)
		return one->order < other->order ? -1 : 1;
	order = strcmp(one->name, other->name);
	if (order)
		return order;
	return one->position < other->position ? -1 : one->position > other->position;
}

/* One node cannot have two children of the same name, but two fragments can add to one node. */
static int check_duplicates(struct rules_context *context, const struct overlay_placement *sorted)
{
	unsigned int index;

	for (index = 1; index < context->placement_count; index++) {
		if (sorted[index - 1].order == sorted[index].order &&
		    !strcmp(sorted[index - 1].name, sorted[index].name))
			return refuse_node(context, PLUGTREE_DUPLICATE_NODE,
					   sorted[index].position);
	}
	return 0;
}

/* Position of the node that is placed under this name among @count placements, 0 for none. */
static unsigned int find_placed(const struct overlay_placement *sorted, unsigned int count,
				const char *name)
{
	unsigned int low = 0;
	unsigned int high = count;

	while (low < high) {
		unsigned int middle = low + (high - low) / 2;
		int order = strcmp(sorted[middle].name, name);

		if (!order)
			return sorted[middle].position;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}

/* The nodes that are placed below one base node against those that it has. */
static int check_existing(struct rules_context *context, const struct overlay_placement *sorted,
			  unsigned int count)
{
	const struct tree *base = context->input->base;
	unsigned int found = 0;
	tree_node child;

	for (child = tree_child(base, sorted->parent); child; child = tree_sibling(base, child)) {
		unsigned int position = find_placed(sorted, count, tree_name(base, child));

		if (position && (!found || position < found))
			found = position;
	}
	return found ? refuse_node(context, PLUGTREE_EXISTING_NODE, found) : 0;
}

static int check_sorted(struct rules_context *context, const struct overlay_placement *sorted)
{
	unsigned int begin = 0;
	unsigned int end;
	int error;

	error = check_duplicates(context, sorted);
	for (; !error && begin < context->placement_count; begin = end) {
		end = begin + 1;
		while (end < context->placement_count && sorted[end].order == sorted[begin].order)
			end++;
		error = check_existing(context, sorted + begin, end - begin);
	}
	return error;
}

/**
 * rules_check_content() - names and labels of the new nodes against each other and the base tree
 * @context: the question, after rules_place_content()
 *
 * Return: 0; -EINVAL with one of forbidden-node, existing-label, duplicate-node, existing-node;
 * -ENOMEM with no-memory.
 */
int rules_check_content(struct rules_context *context)
{
	size_t size = sizeof(*context->placements);
	struct overlay_placement *sorted;
	int error;

	error = check_forbidden(context);
	if (!error)
		error = check_labels(context);
	if (error)
		return error;
	sorted = platform_alloc(context->placement_count, size);
	if (!sorted)
		return rules_no_memory(context);
	memcpy(sorted, context->placements, context->placement_count * size);
	platform_sort(sorted, context->placement_count, size, compare_placements);
	error = check_sorted(context, sorted);
	platform_free(sorted);
	return error;
}
