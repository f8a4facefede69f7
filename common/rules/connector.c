// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Is a connector's own node what an overlay may rely on?
 *
 * Asked once per connector, before there is any overlay. Whether the nodes that it leads to are
 * controllers with a driver is seen when the connector is probed.
 */
#include "connector.h"
#include "context.h"

#define CELL_SIZE 4
#define BUS_SUFFIX "-bus-extension"

/**
 * struct connector_check - one connector while it is looked at
 * @base: the tree
 * @connector: the connector
 * @refusal: where the reason goes
 */
struct connector_check {
	const struct tree *base;
	tree_node connector;
	struct plugtree_refusal *refusal;
};

/**
 * struct map_kind - a map that a connector may have
 * @map: its name
 * @cells: property that says how many cells a specifier has
 * @mask: name of the mask
 * @addressed: a unit address comes before each specifier
 */
struct map_kind {
	const char *map;
	const char *cells;
	const char *mask;
	bool addressed;
};

static const struct map_kind map_kinds[] = {
	{ "gpio-map", "#gpio-cells", "gpio-map-mask", false },
	{ "interrupt-map", "#interrupt-cells", "interrupt-map-mask", true },
	{ "pwm-map", "#pwm-cells", "pwm-map-mask", false },
};

static int refuse(const struct connector_check *check, tree_node node, const char *property,
		  const char *what)
{
	struct rules_path path;

	return plugtree_refuse(check->refusal, PLUGTREE_BAD_CONNECTOR, "%s:%s: %s",
			       rules_base_path(&path, check->base, node), property, what);
}

static tree_node node_of_phandle(const struct tree *base, const void *cell)
{
	uint32_t phandle = read_be32(cell);

	return phandle && phandle != 0xffffffff ? tree_by_phandle(base, phandle) : 0;
}

static int check_export(const struct connector_check *check, tree_node exports,
			const struct tree_property *property)
{
	if (!strcmp(property->name, "phandle"))
		return 0;
	if (property->size != CELL_SIZE)
		return refuse(check, exports, property->name, "is not one phandle");
	if (!node_of_phandle(check->base, property->value))
		return refuse(check, exports, property->name, "leads to no node");
	return 0;
}

static int check_exports(const struct connector_check *check, tree_node exports)
{
	struct tree_property property;
	unsigned long cursor = 0;
	int error = 0;

	while (!error && (cursor = tree_next_property(check->base, exports, cursor, &property)))
		error = check_export(check, exports, &property);
	return error;
}

/* The compatible of something that calls itself an extension bus. */
static bool is_called_bus(const struct tree *base, tree_node node)
{
	size_t length = strlen(BUS_SUFFIX);
	struct tree_property compatible;
	const char *text;

	if (!tree_find(base, node, "compatible", &compatible) || compatible.size <= (int)length)
		return false;
	text = (const char *)compatible.value + compatible.size - length - 1;
	return !memcmp(text, BUS_SUFFIX, length + 1);
}

static int check_bus(const struct connector_check *check, tree_node bus)
{
	const char *property = rules_bus_property(check->base, bus);
	tree_node parent = bus;
	unsigned int steps;

	if (!property)
		return is_called_bus(check->base, bus) ?
			       refuse(check, bus, "compatible",
				      "is a bus, but there is no parent") :
			       0;
	for (steps = 0; rules_is_bus(check->base, parent); steps++) {
		if (steps == RULES_MAX_BUSES)
			return refuse(check, bus, property, "leads in a circle");
		parent = rules_bus_parent(check->base, parent);
		if (!parent)
			return refuse(check, bus, property, "leads to no node");
	}
	return 0;
}

/* Return: the number of cells, or a negative errno if the node does not say a usable one. */
static int cell_count(const struct tree *base, tree_node node, const char *name)
{
	struct tree_property property;
	uint32_t count;

	if (!tree_find(base, node, name, &property) || property.size != CELL_SIZE)
		return -EINVAL;
	count = read_be32(property.value);
	return count <= RULES_MAX_SPECIFIER ? (int)count : -EINVAL;
}

/* Cells of a specifier with what comes before it. A provider need not say #address-cells. */
static int specifier_cells(const struct tree *base, tree_node node, const struct map_kind *kind)
{
	int cells = cell_count(base, node, kind->cells);
	int address = kind->addressed ? cell_count(base, node, "#address-cells") : 0;

	return cells < 0 ? cells : cells + (address > 0 ? address : 0);
}

/* Return: bytes of the entry, or a negative errno. */
static int check_entry(const struct connector_check *check, const struct map_kind *kind,
		       const uint8_t *entry, int left, int cells)
{
	int own = (cells + 1) * CELL_SIZE;
	tree_node provider;
	int provided;

	if (left < own)
		return refuse(check, check->connector, kind->map, "ends in the middle of an entry");
	provider = node_of_phandle(check->base, entry + cells * CELL_SIZE);
	if (!provider)
		return refuse(check, check->connector, kind->map, "an entry leads to no node");
	provided = specifier_cells(check->base, provider, kind);
	if (provided < 0)
		return refuse(check, check->connector, kind->map, "an entry leads to no provider");
	own += provided * CELL_SIZE;
	if (left < own)
		return refuse(check, check->connector, kind->map, "ends in the middle of an entry");
	return own;
}

static int check_map(const struct connector_check *check, const struct map_kind *kind)
{
	struct tree_property map;
	struct tree_property mask;
	int cells, used;
	int at = 0;

	if (!tree_find(check->base, check->connector, kind->map, &map))
		return 0;
	cells = specifier_cells(check->base, check->connector, kind);
	if (cells < 0)
		return refuse(check, check->connector, kind->cells, "is missing or too large");
	if (kind->addressed && !tree_has(check->base, check->connector, "#address-cells"))
		return refuse(check, check->connector, "#address-cells", "is missing");
	if (!map.size)
		return refuse(check, check->connector, kind->map, "is empty");
	if (tree_find(check->base, check->connector, kind->mask, &mask) &&
	    mask.size != cells * CELL_SIZE)
		return refuse(check, check->connector, kind->mask, "has another number of cells");
	while (at < map.size) {
		used = check_entry(check, kind, (const uint8_t *)map.value + at, map.size - at,
				   cells);
		if (used < 0)
			return used;
		at += used;
	}
	return 0;
}

static int check_link(const struct connector_check *check, tree_node link)
{
	tree_node end = rules_link_end(check->base, link);
	struct tree_property remote;

	if (!end)
		return refuse(check, link, "ports", "has no port@0 with an endpoint");
	if (!tree_find(check->base, end, "remote-endpoint", &remote) || remote.size != CELL_SIZE ||
	    !node_of_phandle(check->base, remote.value))
		return refuse(check, end, "remote-endpoint", "leads to no node");
	return 0;
}

static int check_child(const struct connector_check *check, tree_node child)
{
	if (!strcmp(tree_name(check->base, child), "export-symbols"))
		return check_exports(check, child);
	if (!strcmp(tree_name(check->base, child), "dsi"))
		return check_link(check, child);
	return check_bus(check, child);
}

/**
 * rules_check_connector() - the node of a connector
 * @base: the tree that it is in
 * @connector: the connector
 * @refusal: filled when the node is wrong, reason PLUGTREE_NONE otherwise
 *
 * Looks at the parents of extension buses, the display link, the exported symbols, and the maps.
 *
 * Context: as rules_make_plan().
 * Return: 0, or -EINVAL with the reason bad-connector.
 */
int rules_check_connector(const struct tree *base, tree_node connector,
			  struct plugtree_refusal *refusal)
{
	struct connector_check check = { base, connector, refusal };
	unsigned int index;
	tree_node child;
	int error = 0;

	refusal->reason = PLUGTREE_NONE;
	refusal->subject[0] = '\0';
	for (index = 0; !error && index < ARRAY_SIZE(map_kinds); index++)
		error = check_map(&check, &map_kinds[index]);
	for (child = tree_child(base, connector); !error && child;
	     child = tree_sibling(base, child))
		error = check_child(&check, child);
	return error;
}
