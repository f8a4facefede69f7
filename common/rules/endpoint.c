// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * A PCIe endpoint as a connector: do the registers and interrupts that its overlay asks for exist?
 *
 * The endpoint's node says with "ranges" which BARs there are, and how large they are: each entry
 * is <BAR 0 0>, an address of the node above, and a size of two cells. A device is in a BAR if the
 * "ranges" of all buses between it and the endpoint lead there; without one of them its "reg" is no
 * address of memory, but for example one of an I2C bus.
 */
#include "context.h"

#define CELL_SIZE 4
/* Cells of an address and of a size below the endpoint's node. */
#define BAR_ADDRESS_CELLS 3
#define BAR_SIZE_CELLS 2
#define MAX_CELLS 4

/**
 * struct bus_cells - the cells of addresses on a bus
 * @address: of an address
 * @size: of a size
 */
struct bus_cells {
	unsigned int address;
	unsigned int size;
};

/**
 * struct bus_address - some registers on a bus
 * @space: the first cell where an address has three, else 0; on the endpoint the number of a BAR
 * @offset: the rest of the address
 * @size: bytes
 */
struct bus_address {
	uint32_t space;
	uint64_t offset;
	uint64_t size;
};

static uint64_t read_cells(const uint8_t *cells, unsigned int count)
{
	uint64_t value = 0;

	for (; count; count--, cells += CELL_SIZE)
		value = value << 32 | read_be32(cells);
	return value;
}

static void read_address(const uint8_t *cells, unsigned int count, struct bus_address *address)
{
	address->space = 0;
	if (count == BAR_ADDRESS_CELLS) {
		address->space = read_be32(cells);
		cells += CELL_SIZE;
		count--;
	}
	address->offset = read_cells(cells, count);
}

static bool read_number(const struct tree *tree, tree_node node, const char *name, uint32_t *number)
{
	struct tree_property property;

	if (!tree_find(tree, node, name, &property) || property.size != CELL_SIZE)
		return false;
	*number = read_be32(property.value);
	return true;
}

static bool read_bus_cells(const struct tree *tree, tree_node node, struct bus_cells *cells)
{
	uint32_t address, size;

	if (!read_number(tree, node, "#address-cells", &address) ||
	    !read_number(tree, node, "#size-cells", &size) || !address || address > MAX_CELLS ||
	    size > BAR_SIZE_CELLS)
		return false;
	cells->address = address;
	cells->size = size;
	return true;
}

/* Is this the "__overlay__" of a fragment for the endpoint itself? */
static bool is_endpoint(const struct rules_context *context, unsigned int position)
{
	unsigned int index;

	for (index = 0; index < context->fragment_count; index++) {
		const struct overlay_fragment *fragment = &context->fragments[index];

		if (fragment->content == position)
			return fragment->target == context->input->connector;
	}
	return false;
}

static bool cells_below(const struct rules_context *context, unsigned int position,
			struct bus_cells *cells)
{
	if (is_endpoint(context, position)) {
		cells->address = BAR_ADDRESS_CELLS;
		cells->size = BAR_SIZE_CELLS;
		return true;
	}
	return read_bus_cells(context->input->overlay, context->nodes[position].node, cells);
}

/* From a bus to the one above. Return: false if its ranges do not lead there. */
static bool translate(const struct tree_property *ranges, const struct bus_cells *below,
		      const struct bus_cells *above, struct bus_address *address)
{
	unsigned int entry = (below->address + above->address + below->size) * CELL_SIZE;
	const uint8_t *cells = ranges->value;
	int left;

	if (!ranges->size)
		return true;
	for (left = ranges->size; left >= (int)entry; left -= (int)entry, cells += entry) {
		const uint8_t *parent = cells + below->address * CELL_SIZE;
		uint64_t size = read_cells(parent + above->address * CELL_SIZE, below->size);
		struct bus_address from, to;

		read_address(cells, below->address, &from);
		read_address(parent, above->address, &to);
		if (from.space != address->space || address->offset < from.offset ||
		    address->offset - from.offset >= size ||
		    address->size > size - (address->offset - from.offset))
			continue;
		address->space = to.space;
		address->offset = to.offset + (address->offset - from.offset);
		return true;
	}
	return false;
}

/* The size of a BAR as the endpoint's node has it. Return: false if there is no such BAR. */
static bool bar_size(const struct rules_input *input, uint32_t bar, uint64_t *size)
{
	tree_node above = tree_parent(input->base, input->connector);
	struct tree_property ranges;
	uint32_t parent_cells = 1;
	const uint8_t *cells;
	unsigned int entry;
	int left;

	if (above)
		read_number(input->base, above, "#address-cells", &parent_cells);
	if (!parent_cells || parent_cells > MAX_CELLS ||
	    !tree_find(input->base, input->connector, "ranges", &ranges))
		return false;
	entry = (BAR_ADDRESS_CELLS + parent_cells + BAR_SIZE_CELLS) * CELL_SIZE;
	cells = ranges.value;
	for (left = ranges.size; left >= (int)entry; left -= (int)entry, cells += entry) {
		if (read_be32(cells) != bar)
			continue;
		*size = read_cells(cells + (BAR_ADDRESS_CELLS + parent_cells) * CELL_SIZE,
				   BAR_SIZE_CELLS);
		return true;
	}
	return false;
}

static int check_in_bar(struct rules_context *context, unsigned int position,
			const struct bus_address *address)
{
	struct rules_path path;
	uint64_t size;

	if (!bar_size(context->input, address->space, &size))
		return plugtree_refuse(context->refusal, PLUGTREE_NO_SUCH_BAR, "%s:reg: BAR %lu",
				       rules_overlay_path(&path, context, position),
				       (unsigned long)address->space);
	if (address->offset < size && address->size <= size - address->offset)
		return 0;
	return plugtree_refuse(context->refusal, PLUGTREE_BAR_TOO_SMALL,
			       "%s:reg: 0x%llx in BAR %lu of 0x%llx bytes",
			       rules_overlay_path(&path, context, position),
			       (unsigned long long)address->offset, (unsigned long)address->space,
			       (unsigned long long)size);
}

/* From @bus, which has the registers on it, to the endpoint. */
static int check_registers(struct rules_context *context, unsigned int position, unsigned int bus,
			   struct bus_address *address)
{
	struct bus_cells below, above;
	struct tree_property ranges;
	struct rules_path path;
	unsigned int next;

	for (; !is_endpoint(context, bus); bus = next) {
		const struct overlay_node *node = &context->nodes[bus];

		next = node->parent;
		if (node->depth < DEPTH_CONTENT || !cells_below(context, bus, &below) ||
		    !cells_below(context, next, &above) ||
		    !tree_find(context->input->overlay, node->node, "ranges", &ranges))
			return 0;
		if (translate(&ranges, &below, &above, address))
			continue;
		return plugtree_refuse(context->refusal, PLUGTREE_OUTSIDE_BARS, "%s:reg: 0x%llx",
				       rules_overlay_path(&path, context, position),
				       (unsigned long long)address->offset);
	}
	return check_in_bar(context, position, address);
}

static int check_reg(struct rules_context *context, unsigned int position)
{
	const struct overlay_node *node = &context->nodes[position];
	struct bus_address address;
	struct tree_property reg;
	struct bus_cells cells;
	unsigned int entry;
	int at, error = 0;

	if (!tree_find(context->input->overlay, node->node, "reg", &reg) ||
	    !cells_below(context, node->parent, &cells) || !cells.size)
		return 0;
	entry = (cells.address + cells.size) * CELL_SIZE;
	for (at = 0; !error && at + (int)entry <= reg.size; at += (int)entry) {
		const uint8_t *value = (const uint8_t *)reg.value + at;

		read_address(value, cells.address, &address);
		address.size = read_cells(value + cells.address * CELL_SIZE, cells.size);
		error = check_registers(context, position, node->parent, &address);
	}
	return error;
}

/* Is the endpoint the interrupt controller of this node? */
static bool interrupts_endpoint(const struct rules_context *context, unsigned int position)
{
	const struct tree *overlay = context->input->overlay;

	while (!tree_has(overlay, context->nodes[position].node, "interrupt-parent")) {
		position = context->nodes[position].parent;
		if (is_endpoint(context, position))
			return true;
		if (context->nodes[position].depth < DEPTH_CONTENT ||
		    tree_has(overlay, context->nodes[position].node, "#interrupt-cells"))
			return false;
	}
	return false;
}

static int check_interrupts(struct rules_context *context, unsigned int position)
{
	const struct rules_input *input = context->input;
	const char *name = context->nodes[position].name;
	struct tree_property interrupts;
	uint32_t lines, line;
	int at;

	if (!tree_find(input->overlay, context->nodes[position].node, "interrupts", &interrupts) ||
	    !interrupts_endpoint(context, position))
		return 0;
	if (!read_number(input->base, input->connector, "plugtree,interrupt-lines", &lines))
		return plugtree_refuse(context->refusal, PLUGTREE_NO_INTERRUPT, "%s", name);
	for (at = 0; at + CELL_SIZE <= interrupts.size; at += CELL_SIZE) {
		line = read_be32((const uint8_t *)interrupts.value + at);
		if (line >= lines)
			return plugtree_refuse(context->refusal, PLUGTREE_NOT_MAPPED,
					       "%s:interrupts: line %lu of %lu", name,
					       (unsigned long)line, (unsigned long)lines);
	}
	return 0;
}

/**
 * rules_is_endpoint() - is the connector a PCIe endpoint?
 * @input: the question
 *
 * Return: true if it is. What its overlay adds then hangs directly below it.
 */
bool rules_is_endpoint(const struct rules_input *input)
{
	struct tree_property compatible;

	return tree_find(input->base, input->connector, "compatible", &compatible) &&
	       rules_has_string(&compatible, RULES_ENDPOINT_COMPATIBLE);
}

/**
 * rules_check_endpoint() - the registers and interrupt lines of a PCIe endpoint
 * @context: the question, after rules_place_content()
 *
 * Return: 0, also for other connectors; -EINVAL with no-such-bar, bar-too-small, outside-bars,
 * no-interrupt or not-mapped.
 */
int rules_check_endpoint(struct rules_context *context)
{
	unsigned int position;
	int error = 0;

	if (!rules_is_endpoint(context->input))
		return 0;
	for (position = 0; !error && position < context->node_count; position++) {
		const struct overlay_node *node = &context->nodes[position];

		if (node->area != AREA_FRAGMENT || node->depth < DEPTH_CONTENT ||
		    !rules_is_enabled(context->input->overlay, node->node))
			continue;
		error = check_reg(context, position);
		if (!error)
			error = check_interrupts(context, position);
	}
	return error;
}
