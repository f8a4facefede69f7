// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Nexus maps: what a node of the overlay asks the connector for, such as its PWM 1, and what that
 * is on this base board.
 *
 * Maps work as the kernel's of_parse_phandle_with_args_map() has them: mask and pass-thru are
 * optional, an entry whose provider is disabled does not count, a provider may have a map itself.
 * What the kernel would read beyond a property's end is refused here.
 */
#include "context.h"

#define CELL_SIZE 4

/* Maps one behind the other: connectors on add-ons, and what their base boards need. */
#define MAX_MAPS 8

/**
 * struct map_entry - one entry of a map
 * @match: cells that the specifier is compared with
 * @provider: where it leads
 * @cells: specifier there
 * @count: how many @cells
 */
struct map_entry {
	const uint8_t *match;
	tree_node provider;
	const uint8_t *cells;
	unsigned int count;
};

/**
 * struct map_walk - the specifier of one consumer on its way through the maps
 * @context: the question
 * @position: the consumer
 * @nexus: whose map is being read
 * @map: that map
 * @offset: where its next entry begins
 * @count: cells of a specifier of @nexus
 * @mapping: where the way ends
 */
struct map_walk {
	struct rules_context *context;
	unsigned int position;
	tree_node nexus;
	struct tree_property map;
	unsigned int offset;
	unsigned int count;
	struct rules_mapping *mapping;
};

static const uint8_t *cell_at(const uint8_t *cells, unsigned int index)
{
	return cells + index * CELL_SIZE;
}

static bool read_count(const struct tree *tree, tree_node node, unsigned int *count)
{
	struct tree_property property;

	if (!tree_find(tree, node, "#pwm-cells", &property) || property.size != CELL_SIZE)
		return false;
	*count = read_be32(property.value);
	return *count <= RULES_MAX_SPECIFIER;
}

static int refuse_map(const struct map_walk *walk, const char *property, const char *what)
{
	const struct tree *base = walk->context->input->base;
	struct rules_path path;

	return plugtree_refuse(walk->context->refusal, PLUGTREE_BAD_MAP, "%s:%s: %s",
			       rules_base_path(&path, base, walk->nexus), property, what);
}

static int refuse_no_entry(const struct map_walk *walk)
{
	const struct rules_context *context = walk->context;
	struct rules_path consumer;
	struct rules_path nexus;

	return plugtree_refuse(context->refusal, PLUGTREE_NOT_MAPPED,
			       "%s:pwms: no PWM %lu in %s:pwm-map",
			       rules_overlay_path(&consumer, context, walk->position),
			       (unsigned long)walk->mapping->cells[0],
			       rules_base_path(&nexus, context->input->base, walk->nexus));
}

/* The next entry of the map. Return: 1 if there is none, a negative errno if it is malformed. */
static int read_entry(struct map_walk *walk, struct map_entry *entry)
{
	const struct tree *base = walk->context->input->base;
	const uint8_t *map = walk->map.value;
	unsigned int left = (unsigned int)walk->map.size - walk->offset;
	unsigned int fixed = (walk->count + 1) * CELL_SIZE;
	uint32_t phandle;

	if (!left)
		return 1;
	if (left < fixed)
		return refuse_map(walk, "pwm-map", "ends in the middle of an entry");
	entry->match = map + walk->offset;
	phandle = read_be32(cell_at(entry->match, walk->count));
	entry->provider = 0;
	if (phandle && phandle != 0xffffffff)
		entry->provider = tree_by_phandle(base, phandle);
	if (!entry->provider)
		return refuse_map(walk, "pwm-map", "an entry leads to no node");
	if (!read_count(base, entry->provider, &entry->count))
		return refuse_map(walk, "pwm-map", "an entry leads to no provider");
	if (left - fixed < entry->count * CELL_SIZE)
		return refuse_map(walk, "pwm-map", "ends in the middle of an entry");
	entry->cells = entry->match + fixed;
	walk->offset += fixed + entry->count * CELL_SIZE;
	return 0;
}

/* An optional property with a cell for each of a specifier; NULL if it is not there. */
static int read_cells(const struct map_walk *walk, const char *name, const uint8_t **cells)
{
	struct tree_property property;

	*cells = NULL;
	if (!tree_find(walk->context->input->base, walk->nexus, name, &property))
		return 0;
	if ((unsigned int)property.size < walk->count * CELL_SIZE)
		return refuse_map(walk, name, "has too few cells");
	*cells = property.value;
	return 0;
}

static bool is_match(const struct map_walk *walk, const struct map_entry *entry,
		     const uint8_t *mask)
{
	unsigned int index;

	for (index = 0; index < walk->count; index++) {
		uint32_t wanted = walk->mapping->cells[index];
		uint32_t bits = mask ? read_be32(cell_at(mask, index)) : 0xffffffff;

		if ((wanted ^ read_be32(cell_at(entry->match, index))) & bits)
			return false;
	}
	return rules_is_enabled(walk->context->input->base, entry->provider);
}

static void take_entry(struct map_walk *walk, const struct map_entry *entry, const uint8_t *pass)
{
	struct rules_mapping *mapping = walk->mapping;
	unsigned int index;

	for (index = 0; index < entry->count; index++) {
		uint32_t bits = pass && index < walk->count ? read_be32(cell_at(pass, index)) : 0;

		mapping->cells[index] = (read_be32(cell_at(entry->cells, index)) & ~bits) |
					(mapping->cells[index] & bits);
	}
	mapping->count = entry->count;
	walk->nexus = entry->provider;
}

/* Through the map of one nexus. */
static int follow_map(struct map_walk *walk)
{
	struct map_entry entry = {};
	const uint8_t *mask;
	const uint8_t *pass;
	int error;

	walk->offset = 0;
	walk->count = walk->mapping->count;
	error = read_cells(walk, "pwm-map-mask", &mask);
	if (!error)
		error = read_cells(walk, "pwm-map-pass-thru", &pass);
	while (!error) {
		error = read_entry(walk, &entry);
		if (!error && is_match(walk, &entry, mask)) {
			take_entry(walk, &entry, pass);
			return 0;
		}
	}
	return error < 0 ? error : refuse_no_entry(walk);
}

/* Through all maps, from the nexus that the overlay names to the one who really provides. */
static int follow_maps(struct map_walk *walk)
{
	const struct tree *base = walk->context->input->base;
	unsigned int maps = 0;
	int error = 0;

	while (!error && tree_find(base, walk->nexus, "pwm-map", &walk->map)) {
		if (maps++ == MAX_MAPS)
			return refuse_map(walk, "pwm-map", "leads through too many maps");
		error = follow_map(walk);
	}
	walk->mapping->phandle = rules_phandle(base, walk->nexus);
	return error;
}

static int refuse_entry(struct rules_context *context, unsigned int position, unsigned int offset)
{
	struct rules_path path;

	return plugtree_refuse(context->refusal, PLUGTREE_BAD_SPECIFIER, "%s:pwms: at byte %u",
			       rules_overlay_path(&path, context, position), offset);
}

/* Cells behind the phandle, as the provider has it. */
static int entry_count(struct rules_context *context, unsigned int position,
		       const struct overlay_cell *cell, unsigned int *count)
{
	const struct tree *base = context->input->base;
	const uint8_t *value = cell->property.value;
	struct rules_path consumer;
	struct rules_path provider;
	unsigned int own;

	if (cell->label) {
		if (read_count(base, cell->base, count))
			return 0;
		return plugtree_refuse(context->refusal, PLUGTREE_NOT_MAPPED,
				       "%s:pwms: %s has no PWM",
				       rules_overlay_path(&consumer, context, position),
				       rules_base_path(&provider, base, cell->base));
	}
	own = rules_find_phandle(context, read_be32(value + cell->offset));
	if (read_count(context->input->overlay, context->nodes[own].node, count))
		return 0;
	return refuse_entry(context, position, cell->offset);
}

static int add_mapping(struct rules_context *context, unsigned int position,
		       const struct overlay_cell *cell, unsigned int count)
{
	const uint8_t *cells = (const uint8_t *)cell->property.value + cell->offset + CELL_SIZE;
	struct rules_mapping *mapping = &context->mappings[context->mapping_count++];
	struct map_walk walk = { .context = context,
				 .position = position,
				 .nexus = cell->base,
				 .mapping = mapping };
	unsigned int index;

	mapping->node = context->nodes[position].node;
	mapping->offset = cell->offset;
	mapping->size = (count + 1) * CELL_SIZE;
	mapping->count = count;
	for (index = 0; index < count; index++)
		mapping->cells[index] = read_be32(cell_at(cells, index));
	return follow_maps(&walk);
}

/* One entry of a "pwms" property; @offset moves behind it. */
static int visit_entry(struct rules_context *context, unsigned int position,
		       const struct tree_property *pwms, unsigned int *offset)
{
	const struct overlay_cell *cell = rules_find_cell(context, position, "pwms", *offset);
	unsigned int left = (unsigned int)pwms->size - *offset;
	unsigned int count;
	int error;

	if (left < CELL_SIZE)
		return refuse_entry(context, position, *offset);
	if (!cell) {
		/* An entry that is left out has a zero for a phandle, and nothing behind it. */
		if (read_be32((const uint8_t *)pwms->value + *offset))
			return refuse_entry(context, position, *offset);
		*offset += CELL_SIZE;
		return 0;
	}
	error = entry_count(context, position, cell, &count);
	if (error)
		return error;
	if (left - CELL_SIZE < count * CELL_SIZE)
		return refuse_entry(context, position, *offset);
	*offset += (count + 1) * CELL_SIZE;
	if (!cell->label || !tree_has(context->input->base, cell->base, "pwm-map"))
		return 0;
	return add_mapping(context, position, cell, count);
}

static int visit_node(struct rules_context *context, unsigned int position)
{
	const struct overlay_node *node = &context->nodes[position];
	struct tree_property pwms;
	unsigned int offset = 0;
	int error = 0;

	if (!node->has_pwms || node->area != AREA_FRAGMENT || node->depth < DEPTH_CONTENT ||
	    !tree_find(context->input->overlay, node->node, "pwms", &pwms))
		return 0;
	while (!error && offset < (unsigned int)pwms.size)
		error = visit_entry(context, position, &pwms, &offset);
	return error;
}

/* No less than there are mappings: each begins with a cell that refers to a label. */
static unsigned int count_candidates(const struct rules_context *context)
{
	unsigned int count = 0;
	unsigned int index;

	for (index = 0; index < context->cell_count; index++)
		count += context->cells[index].label &&
			 !strcmp(context->cells[index].property.name, "pwms");
	return count;
}

/**
 * rules_collect_mappings() - what the overlay asks a nexus for, and what is behind it
 * @context: the question, after rules_check_local_cells()
 *
 * Return: 0; -EINVAL with one of bad-specifier, not-mapped, bad-map; -ENOMEM with no-memory.
 */
int rules_collect_mappings(struct rules_context *context)
{
	unsigned int count = count_candidates(context);
	unsigned int position;
	int error = 0;

	if (count) {
		context->mappings = platform_alloc(count, sizeof(*context->mappings));
		if (!context->mappings)
			return rules_no_memory(context);
	}
	for (position = 0; !error && position < context->node_count; position++)
		error = visit_node(context, position);
	return error;
}
