// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The phandles that new nodes have. Their numbers mean something in the overlay only; those of
 * fragments and of bookkeeping mean nothing at all.
 */
#include "context.h"

static int add_phandle(struct rules_context *context, unsigned int position)
{
	struct overlay_phandle *entry = &context->phandles[context->phandle_count];
	const struct overlay_node *node = &context->nodes[position];
	struct tree_property property;
	struct rules_path path;

	if (!node->has_phandle ||
	    !tree_find(context->input->overlay, node->node, "phandle", &property))
		return 0;
	entry->phandle = property.size == 4 ? read_be32(property.value) : 0;
	entry->position = position;
	if (!entry->phandle || entry->phandle == 0xffffffff)
		return plugtree_refuse(context->refusal, PLUGTREE_BAD_BLOB,
				       "%s:phandle: no valid phandle",
				       rules_overlay_path(&path, context, position));
	context->phandle_count++;
	return 0;
}

static int compare_phandles(const void *first, const void *second)
{
	const struct overlay_phandle *one = first;
	const struct overlay_phandle *other = second;

	if (one->phandle != other->phandle)
		return one->phandle < other->phandle ? -1 : 1;
	return one->position < other->position ? -1 : one->position > other->position;
}

static int check_duplicates(struct rules_context *context)
{
	struct rules_path path;
	unsigned int position;
	unsigned int index;

	for (index = 1; index < context->phandle_count; index++) {
		if (context->phandles[index - 1].phandle != context->phandles[index].phandle)
			continue;
		position = context->phandles[index].position;
		return plugtree_refuse(context->refusal, PLUGTREE_DUPLICATE_PHANDLE, "%s",
				       rules_overlay_path(&path, context, position));
	}
	return 0;
}

/**
 * rules_collect_phandles() - collect and check the phandles of the overlay
 * @context: the question, after rules_check_duplicates()
 *
 * Return: 0; -EINVAL with bad-blob for one that is no phandle, or duplicate-phandle; -ENOMEM with
 * no-memory.
 */
int rules_collect_phandles(struct rules_context *context)
{
	unsigned int position;
	int error = 0;

	context->phandles = platform_alloc(context->node_count, sizeof(*context->phandles));
	if (!context->phandles)
		return rules_no_memory(context);
	for (position = 0; !error && position < context->node_count; position++) {
		if (context->nodes[position].area == AREA_FRAGMENT &&
		    context->nodes[position].depth >= DEPTH_CONTENT)
			error = add_phandle(context, position);
	}
	if (error)
		return error;
	platform_sort(context->phandles, context->phandle_count, sizeof(*context->phandles),
		      compare_phandles);
	return check_duplicates(context);
}

/**
 * rules_find_phandle() - the node of the overlay that has this phandle
 * @context: the question, after rules_collect_phandles()
 * @phandle: the phandle
 *
 * Return: position of the node; 0, which never has one, if there is none.
 */
unsigned int rules_find_phandle(const struct rules_context *context, uint32_t phandle)
{
	unsigned int low = 0;
	unsigned int high = context->phandle_count;

	while (low < high) {
		unsigned int middle = low + (high - low) / 2;

		if (context->phandles[middle].phandle == phandle)
			return context->phandles[middle].position;
		if (context->phandles[middle].phandle < phandle)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}
