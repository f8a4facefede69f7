// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The index: all nodes of the overlay in an array, and sorted by name, so that duplicates and paths
 * cost no search through siblings.
 */
#include "context.h"

/* Properties of most nodes. */
#define FEW_NAMES 8

/**
 * rules_no_memory() - refuse for want of memory
 * @context: the question
 *
 * Return: -ENOMEM always.
 */
int rules_no_memory(struct rules_context *context)
{
	plugtree_refuse(context->refusal, PLUGTREE_NO_MEMORY, "checking the overlay");
	return -ENOMEM;
}

static enum overlay_area area_of(const struct overlay_node *parent, const char *name)
{
	if (parent->area != AREA_ROOT)
		return parent->area;
	if (!strcmp(name, "__fixups__"))
		return AREA_FIXUPS;
	if (!strcmp(name, "__local_fixups__"))
		return AREA_LOCAL_FIXUPS;
	if (!strcmp(name, "__symbols__"))
		return AREA_SYMBOLS;
	return AREA_FRAGMENT;
}

static void add_node(struct rules_context *context, unsigned int position, unsigned int parent,
		     tree_node node)
{
	struct overlay_node *entry = &context->nodes[position];
	const struct overlay_node *above = &context->nodes[parent];

	entry->node = node;
	entry->name = position ? tree_name(context->input->overlay, node) : "";
	entry->length = strlen(entry->name);
	entry->parent = parent;
	entry->depth = position ? above->depth + 1 : 0;
	entry->area = position ? area_of(above, entry->name) : AREA_ROOT;
	context->by_name[position] = entry;
}

/* Level by level: the nodes that are in the array already are the queue of those to look below. */
static void add_all_nodes(struct rules_context *context)
{
	const struct tree *overlay = context->input->overlay;
	unsigned int count = 1;
	unsigned int parent;
	tree_node child;

	add_node(context, 0, 0, overlay->root);
	for (parent = 0; parent < count; parent++) {
		context->nodes[parent].first_child = count;
		child = tree_child(overlay, context->nodes[parent].node);
		for (; child && count < context->node_count; child = tree_sibling(overlay, child))
			add_node(context, count++, parent, child);
		context->nodes[parent].child_count = count - context->nodes[parent].first_child;
	}
	context->node_count = count;
}

/* Short names first: so names that end in a number are in order as people write them. */
static int compare_name(const struct overlay_node *entry, const char *name, size_t length)
{
	if (entry->length != length)
		return entry->length < length ? -1 : 1;
	return memcmp(entry->name, name, length);
}

static int compare_siblings(const void *first, const void *second)
{
	const struct overlay_node *one = *(const struct overlay_node *const *)first;
	const struct overlay_node *other = *(const struct overlay_node *const *)second;
	int order = compare_name(one, other->name, other->length);

	if (order)
		return order;
	return one < other ? -1 : one > other;
}

/* Siblings are next to each other, in the order of their parents: only names are to be sorted. */
static void sort_by_name(struct rules_context *context)
{
	unsigned int position;

	for (position = 0; position < context->node_count; position++) {
		const struct overlay_node *node = &context->nodes[position];

		platform_sort(context->by_name + node->first_child, node->child_count,
			      sizeof(*context->by_name), compare_siblings);
	}
}

/**
 * rules_build_index() - put the nodes of the overlay into the index
 * @context: the question, after rules_check_shape()
 *
 * Return: 0; -ENOMEM with no-memory.
 */
int rules_build_index(struct rules_context *context)
{
	context->nodes = platform_alloc(context->node_count, sizeof(*context->nodes));
	context->by_name = platform_alloc(context->node_count, sizeof(*context->by_name));
	if (!context->nodes || !context->by_name)
		return rules_no_memory(context);
	add_all_nodes(context);
	sort_by_name(context);
	return 0;
}

static int check_duplicate_nodes(struct rules_context *context)
{
	struct rules_path path;
	unsigned int position;
	unsigned int index;

	for (index = 2; index < context->node_count; index++) {
		const struct overlay_node *one = context->by_name[index - 1];
		const struct overlay_node *other = context->by_name[index];

		if (one->parent != other->parent || compare_name(one, other->name, other->length))
			continue;
		position = (unsigned int)(other - context->nodes);
		return plugtree_refuse(context->refusal, PLUGTREE_DUPLICATE_NODE, "%s",
				       rules_overlay_path(&path, context, position));
	}
	return 0;
}

static int compare_names(const void *first, const void *second)
{
	return strcmp(*(const char *const *)first, *(const char *const *)second);
}

/* A name that is there twice, NULL if none is. Changes the order of @names. */
static const char *find_twice(const char **names, unsigned int count)
{
	unsigned int index;

	platform_sort(names, count, sizeof(*names), compare_names);
	for (index = 1; index < count; index++) {
		if (!strcmp(names[index - 1], names[index]))
			return names[index];
	}
	return NULL;
}

/* As find_twice(), for so few names that comparing each with each takes less time than sorting. */
static const char *find_twice_of_few(const char **names, unsigned int count)
{
	const char *found = NULL;
	unsigned int one;
	unsigned int other;

	for (one = 0; one < count; one++) {
		for (other = 0; other < one; other++) {
			if (names[one][0] != names[other][0] || strcmp(names[one], names[other]))
				continue;
			if (!found || strcmp(names[one], found) < 0)
				found = names[one];
		}
	}
	return found;
}

/* So that the few nodes that have it need not be looked for. */
static void note_property(struct overlay_node *node, const char *name)
{
	if (name[0] != 'p')
		return;
	node->has_phandle |= !strcmp(name, "phandle");
	node->has_pwms |= !strcmp(name, "pwms");
}

/* The names of the node's properties in @names, which has room for all of them. */
static int check_property_names(struct rules_context *context, unsigned int position,
				const char **names)
{
	struct tree_property property;
	unsigned long cursor = 0;
	unsigned int count = 0;
	struct rules_path path;
	const char *twice;

	while (count < context->max_properties) {
		cursor = tree_next_property(context->input->overlay, context->nodes[position].node,
					    cursor, &property);
		if (!cursor)
			break;
		names[count++] = property.name;
		note_property(&context->nodes[position], property.name);
	}
	twice = count <= FEW_NAMES ? find_twice_of_few(names, count) : find_twice(names, count);
	if (!twice)
		return 0;
	return plugtree_refuse(context->refusal, PLUGTREE_BAD_BLOB, "%s:%s: twice",
			       rules_overlay_path(&path, context, position), twice);
}

static int check_duplicate_properties(struct rules_context *context)
{
	const char **names;
	unsigned int position;
	int error = 0;

	if (!context->max_properties)
		return 0;
	names = platform_alloc(context->max_properties, sizeof(*names));
	if (!names)
		return rules_no_memory(context);
	for (position = 0; !error && position < context->node_count; position++)
		error = check_property_names(context, position, names);
	platform_free(names);
	return error;
}

/**
 * rules_check_duplicates() - does a node have two children or properties of one name?
 * @context: the question, after rules_build_index(); has_phandle and has_pwms of its nodes are
 *	known afterwards
 *
 * Return: 0; -EINVAL with duplicate-node, or bad-blob for a property; -ENOMEM with no-memory.
 */
int rules_check_duplicates(struct rules_context *context)
{
	int error = check_duplicate_nodes(context);

	return error ? error : check_duplicate_properties(context);
}

/**
 * rules_find_child() - a child by its name
 * @context: the question
 * @parent: position of the parent
 * @name: name with unit address, not necessarily terminated
 * @length: characters of @name, at least 1
 *
 * Return: position of the child; 0, which is never a child, if there is none.
 */
unsigned int rules_find_child(const struct rules_context *context, unsigned int parent,
			      const char *name, size_t length)
{
	unsigned int low = context->nodes[parent].first_child;
	unsigned int high = low + context->nodes[parent].child_count;

	while (low < high) {
		unsigned int middle = low + (high - low) / 2;
		const struct overlay_node *entry = context->by_name[middle];
		int order = compare_name(entry, name, length);

		if (!order)
			return (unsigned int)(entry - context->nodes);
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}

static const struct overlay_fragment *fragment_at(const struct rules_context *context,
						  unsigned int content)
{
	unsigned int index;

	for (index = 0; index < context->fragment_count; index++) {
		if (context->fragments[index].content == content)
			return &context->fragments[index];
	}
	return NULL;
}

/**
 * rules_overlay_path() - the path of a node of the overlay
 * @path: buffer for it
 * @context: the question
 * @position: the node
 *
 * Return: the text: the path in the base tree where the node would go as far as that is known,
 * else the path in the overlay; lives in @path.
 */
const char *rules_overlay_path(struct rules_path *path, const struct rules_context *context,
			       unsigned int position)
{
	rules_path_begin(path);
	for (; position; position = context->nodes[position].parent) {
		const struct overlay_fragment *fragment = NULL;

		if (context->nodes[position].depth == DEPTH_OVERLAY)
			fragment = fragment_at(context, position);
		if (fragment && fragment->target) {
			rules_path_prepend_base(path, context->input->base, fragment->target);
			break;
		}
		rules_path_prepend(path, context->nodes[position].name);
	}
	return rules_path_text(path);
}
