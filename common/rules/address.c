// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Addresses on extension buses: two devices of one bus cannot have the same. A serial bus has none:
 * every device takes all of it.
 *
 * A device is on each bus from its extension bus to the controller, with an address that each step
 * may translate (chip selects), so what the base board has on any of them counts. What other
 * add-ons put on the same controller is seen by the kernel when it creates the device.
 */
#include "context.h"

static bool first_reg(const struct tree *tree, tree_node node, uint32_t *reg)
{
	struct tree_property property;

	if (!tree_find(tree, node, "reg", &property) || property.size < 4)
		return false;
	*reg = read_be32(property.value);
	return true;
}

/* What a node takes of a bus. Return: false if it does not say. */
static bool taken_address(const struct tree *tree, tree_node node, bool single, uint32_t *number)
{
	*number = 0;
	return single || first_reg(tree, node, number);
}

static int compare_addresses(const void *first, const void *second)
{
	const struct overlay_placement *one = first;
	const struct overlay_placement *other = second;

	if (one->order != other->order)
		return one->order < other->order ? -1 : 1;
	if (one->number != other->number)
		return one->number < other->number ? -1 : 1;
	return one->position < other->position ? -1 : one->position > other->position;
}

/* The first of @count placements below one bus that has this address; NULL for none. */
static const struct overlay_placement *find_address(const struct overlay_placement *sorted,
						    unsigned int count, uint32_t number)
{
	unsigned int low = 0;
	unsigned int high = count;

	while (low < high) {
		unsigned int middle = low + (high - low) / 2;

		if (sorted[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && sorted[low].number == number ? &sorted[low] : NULL;
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
	const struct tree *base = context->input->base;
	const char *bus = tree_name(base, placement->parent);

	if (rules_bus_is_single(base, placement->parent))
		return plugtree_refuse(context->refusal, PLUGTREE_ADDRESS_CONFLICT,
				       "%s: taken by %s", bus, taker);
	return plugtree_refuse(context->refusal, PLUGTREE_ADDRESS_CONFLICT,
			       "0x%02lx on %s: taken by %s", (unsigned long)placement->reg, bus,
			       taker);
}

/* @count placements below one bus against each other and the children of @parent. */
static int check_against(struct rules_context *context, const struct overlay_placement *sorted,
			 unsigned int count, tree_node parent)
{
	const struct tree *base = context->input->base;
	const struct overlay_placement *placement;
	bool single = rules_bus_is_single(base, sorted->parent);
	struct conflict conflict = { .placement = NULL };
	struct rules_path path;
	unsigned int index;
	tree_node child;
	uint32_t reg;

	for (index = 1; index < count; index++) {
		if (sorted[index - 1].number == sorted[index].number)
			return refuse_address(context, &sorted[index], sorted[index - 1].name);
	}
	for (child = tree_child(base, parent); child; child = tree_sibling(base, child)) {
		if (!rules_is_enabled(base, child) || !taken_address(base, child, single, &reg))
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

/* From @bus to its parent. */
static int translate(struct rules_context *context, struct overlay_placement *sorted,
		     unsigned int count, tree_node bus)
{
	const struct tree *base = context->input->base;
	const struct overlay_placement *bad = NULL;
	unsigned int index;

	for (index = 0; index < count; index++) {
		if (rules_bus_translate(base, bus, &sorted[index].number))
			continue;
		if (!bad || sorted[index].position < bad->position)
			bad = &sorted[index];
	}
	if (bad)
		return plugtree_refuse(context->refusal, PLUGTREE_BAD_ADDRESS,
				       "0x%02lx on %s: there is no such chip select",
				       (unsigned long)bad->reg, tree_name(base, bad->parent));
	platform_sort(sorted, count, sizeof(*sorted), compare_addresses);
	return 0;
}

static int check_bus(struct rules_context *context, struct overlay_placement *sorted,
		     unsigned int count)
{
	const struct tree *base = context->input->base;
	tree_node bus = sorted->parent;
	unsigned int steps;
	int error;

	for (steps = 0; bus && steps <= RULES_MAX_BUSES; steps++) {
		/* One of a UART's own children is the slot that leads here. */
		if (rules_bus_is_single(base, sorted->parent) && !rules_is_bus(base, bus))
			return 0;
		error = check_against(context, sorted, count, bus);
		if (error || !rules_is_bus(base, bus))
			return error;
		error = translate(context, sorted, count, bus);
		if (error)
			return error;
		bus = rules_bus_parent(base, bus);
	}
	return 0;
}

static int refuse_no_reg(struct rules_context *context, unsigned int position)
{
	struct rules_path path;

	return plugtree_refuse(context->refusal, PLUGTREE_BAD_ADDRESS, "%s: no reg",
			       rules_overlay_path(&path, context, position));
}

/* The devices on extension buses, sorted by bus and address. */
static int collect(struct rules_context *context, struct overlay_placement *sorted,
		   unsigned int *count)
{
	const struct overlay_placement *placement = context->placements;
	const struct rules_input *input = context->input;
	tree_node parent = 0;
	unsigned int index;
	bool bus = false;
	tree_node node;

	*count = 0;
	for (index = 0; index < context->placement_count; index++, placement++) {
		node = context->nodes[placement->position].node;
		/* Those of one parent mostly follow each other. */
		if (placement->parent != parent) {
			parent = placement->parent;
			bus = parent != input->connector && rules_is_bus(input->base, parent);
		}
		if (!bus || !rules_is_enabled(input->overlay, node))
			continue;
		sorted[*count] = *placement;
		if (!taken_address(input->overlay, node,
				   rules_bus_is_single(input->base, placement->parent),
				   &sorted[*count].reg))
			return refuse_no_reg(context, placement->position);
		sorted[*count].number = sorted[*count].reg;
		(*count)++;
	}
	platform_sort(sorted, *count, sizeof(*sorted), compare_addresses);
	return 0;
}

/**
 * rules_check_addresses() - the addresses of new devices on extension buses
 * @context: the question, after rules_place_content()
 *
 * Return: 0; -EINVAL with bad-address or address-conflict; -ENOMEM with no-memory.
 */
int rules_check_addresses(struct rules_context *context)
{
	struct overlay_placement *sorted;
	unsigned int begin = 0;
	unsigned int count;
	unsigned int end;
	int error;

	sorted = platform_alloc(context->placement_count, sizeof(*sorted));
	if (!sorted)
		return rules_no_memory(context);
	error = collect(context, sorted, &count);
	for (; !error && begin < count; begin = end) {
		end = begin + 1;
		while (end < count && sorted[end].order == sorted[begin].order)
			end++;
		error = check_bus(context, sorted + begin, end - begin);
	}
	platform_free(sorted);
	return error;
}
