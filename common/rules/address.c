// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Addresses on extension buses: two devices of one bus cannot have the same.
 *
 * On I2C the address is that of the adapter behind the bus, so what the base board has there
 * counts. A chip select is the connector's own number and is known below the bus only. What other
 * add-ons put on the same adapter is seen by the kernel when it creates the device.
 */
#include "context.h"

/* Buses in a row, from an extension bus to the controller; more are a circle. */
#define MAX_LINKS 10

static bool is_enabled(const struct tree *tree, tree_node node)
{
	struct tree_property status;

	if (!tree_find(tree, node, "status", &status))
		return true;
	return (status.size == 5 && !memcmp(status.value, "okay", 5)) ||
	       (status.size == 3 && !memcmp(status.value, "ok", 3));
}

static bool first_reg(const struct tree *tree, tree_node node, uint32_t *reg)
{
	struct tree_property property;

	if (!tree_find(tree, node, "reg", &property) || property.size < 4)
		return false;
	*reg = read_be32(property.value);
	return is_enabled(tree, node);
}

static bool is_bus(const struct rules_input *input, tree_node node)
{
	return node != input->connector && (tree_has(input->base, node, "i2c-parent") ||
					    tree_has(input->base, node, "spi-parent"));
}

/* What is behind an I2C extension bus, one step on; 0 for any other bus. */
static tree_node i2c_parent(const struct rules_input *input, tree_node bus)
{
	struct tree_property property;

	if (!tree_find(input->base, bus, "i2c-parent", &property) || property.size < 4)
		return 0;
	return tree_by_phandle(input->base, read_be32(property.value));
}

static int compare_addresses(const void *first, const void *second)
{
	const struct overlay_placement *one = first;
	const struct overlay_placement *other = second;

	if (one->order != other->order)
		return one->order < other->order ? -1 : 1;
	if (one->reg != other->reg)
		return one->reg < other->reg ? -1 : 1;
	return one->position < other->position ? -1 : one->position > other->position;
}

/* The first of @count placements below one bus that has this address; NULL for none. */
static const struct overlay_placement *find_address(const struct overlay_placement *sorted,
						    unsigned int count, uint32_t reg)
{
	unsigned int low = 0;
	unsigned int high = count;

	while (low < high) {
		unsigned int middle = low + (high - low) / 2;

		if (sorted[middle].reg < reg)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && sorted[low].reg == reg ? &sorted[low] : NULL;
}

/**
 * struct conflict - an address that is taken already
 * @placement: who wants it; NULL for no conflict
 * @taker: the base node that has it
 */
struct conflict {
	const struct overlay_placement *placement;
	tree_node taker;
};

/* Keeps the conflict that comes first in the overlay, and of several takers the first by name. */
static void note_conflict(const struct tree *base, struct conflict *conflict,
			  const struct overlay_placement *placement, tree_node taker)
{
	if (conflict->placement) {
		if (placement->position > conflict->placement->position)
			return;
		if (placement == conflict->placement &&
		    strcmp(tree_name(base, taker), tree_name(base, conflict->taker)) >= 0)
			return;
	}
	conflict->placement = placement;
	conflict->taker = taker;
}

static int refuse_address(struct rules_context *context, const struct overlay_placement *placement,
			  const char *taker)
{
	return plugtree_refuse(context->refusal, PLUGTREE_ADDRESS_CONFLICT,
			       "0x%02lx on %s: taken by %s", (unsigned long)placement->reg,
			       tree_name(context->input->base, placement->parent), taker);
}

/* @count placements below one bus against the children of @parent: the bus or its adapter. */
static int check_against(struct rules_context *context, const struct overlay_placement *sorted,
			 unsigned int count, tree_node parent)
{
	const struct tree *base = context->input->base;
	const struct overlay_placement *placement;
	struct conflict conflict = { .placement = NULL };
	struct rules_path path;
	tree_node child;
	uint32_t reg;

	for (child = tree_child(base, parent); child; child = tree_sibling(base, child)) {
		if (!first_reg(base, child, &reg))
			continue;
		placement = find_address(sorted, count, reg);
		if (placement)
			note_conflict(base, &conflict, placement, child);
	}
	if (!conflict.placement)
		return 0;
	return refuse_address(context, conflict.placement,
			      rules_base_path(&path, base, conflict.taker));
}

static int check_bus(struct rules_context *context, const struct overlay_placement *sorted,
		     unsigned int count)
{
	tree_node bus = sorted->parent;
	unsigned int links;
	unsigned int index;
	int error = 0;

	for (index = 1; index < count; index++) {
		if (sorted[index - 1].reg == sorted[index].reg)
			return refuse_address(context, &sorted[index], sorted[index - 1].name);
	}
	/* Of a connector on an add-on: the outer connector's bus, its parent and so on. */
	for (links = 0; !error && bus && links < MAX_LINKS; links++) {
		error = check_against(context, sorted, count, bus);
		bus = i2c_parent(context->input, bus);
	}
	return error;
}

/* The placements that have an address on a bus, sorted by bus and address. */
static unsigned int collect(const struct rules_context *context, struct overlay_placement *sorted)
{
	const struct overlay_placement *placement = context->placements;
	const struct tree *overlay = context->input->overlay;
	unsigned int count = 0;
	tree_node parent = 0;
	bool bus = false;
	unsigned int index;

	for (index = 0; index < context->placement_count; index++, placement++) {
		if (placement->parent != parent) {
			parent = placement->parent;
			bus = is_bus(context->input, parent);
		}
		sorted[count] = *placement;
		if (bus && first_reg(overlay, context->nodes[placement->position].node,
				     &sorted[count].reg))
			count++;
	}
	platform_sort(sorted, count, sizeof(*sorted), compare_addresses);
	return count;
}

/**
 * rules_check_addresses() - the addresses of new devices on extension buses
 * @context: the question, after rules_place_content()
 *
 * Return: 0; -EINVAL with address-conflict; -ENOMEM with no-memory.
 */
int rules_check_addresses(struct rules_context *context)
{
	struct overlay_placement *sorted;
	unsigned int begin = 0;
	unsigned int count;
	unsigned int end;
	int error = 0;

	sorted = platform_alloc(context->placement_count, sizeof(*sorted));
	if (!sorted)
		return rules_no_memory(context);
	count = collect(context, sorted);
	for (; !error && begin < count; begin = end) {
		end = begin + 1;
		while (end < count && sorted[end].order == sorted[begin].order)
			end++;
		error = check_bus(context, sorted + begin, end - begin);
	}
	platform_free(sorted);
	return error;
}
