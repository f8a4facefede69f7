// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reading nexus maps. A map that is not what it should be ends where that begins.
 */
#include "nexus.h"

/* More cells than that no binding has; the numbers stay small. */
#define CELLS_MAX 16

/**
 * nexus_count() - a number of cells
 * @tree: the tree
 * @node: a node
 * @cells: its property with the number
 *
 * Return: the number, 0 without a property that is one.
 */
size_t nexus_count(const struct tree *tree, tree_node node, const char *cells)
{
	struct tree_property property;

	if (!tree_find(tree, node, cells, &property) || property.size != 4)
		return 0;
	return read_be32(property.value);
}

/**
 * nexus_open() - begin to read a map
 * @nexus: filled; lasts as long as the tree
 * @kind: what kind of map
 * @base: the tree
 * @node: the nexus
 *
 * Return: true if the node has such a map.
 */
bool nexus_open(struct nexus *nexus, const struct nexus_kind *kind, const struct tree *base,
		tree_node node)
{
	size_t cells = nexus_count(base, node, kind->cells);
	size_t address = kind->addressed ? nexus_count(base, node, "#address-cells") : 0;
	struct tree_property property;

	if (!cells || cells > CELLS_MAX || address > CELLS_MAX ||
	    !tree_find(base, node, kind->map, &property))
		return false;
	*nexus = (struct nexus){
		.kind = kind,
		.base = base,
		.map = property.value,
		.left = (size_t)property.size,
		.address_size = 4 * address,
		.size = 4 * cells,
	};
	if (tree_find(base, node, kind->mask, &property) &&
	    (size_t)property.size >= nexus->address_size + nexus->size)
		nexus->mask = (const uint8_t *)property.value + nexus->address_size;
	return true;
}

/**
 * nexus_next() - the next entry
 * @nexus: the map
 * @entry: filled
 *
 * Return: true if there is one.
 */
bool nexus_next(struct nexus *nexus, struct nexus_entry *entry)
{
	size_t own = nexus->address_size + nexus->size + 4;
	size_t address = 0, provided;
	tree_node provider;

	if (nexus->left < own)
		return false;
	provider = tree_by_phandle(nexus->base, read_be32(nexus->map + own - 4));
	if (!provider)
		return false;
	provided = nexus_count(nexus->base, provider, nexus->kind->cells);
	if (nexus->kind->addressed)
		address = nexus_count(nexus->base, provider, "#address-cells");
	if (provided > CELLS_MAX || address > CELLS_MAX ||
	    own + 4 * (address + provided) > nexus->left)
		return false;
	*entry = (struct nexus_entry){
		.specifier = nexus->map + nexus->address_size,
		.provider = provider,
		.provided = nexus->map + own + 4 * address,
		.provided_size = 4 * provided,
	};
	nexus->map += own + 4 * (address + provided);
	nexus->left -= own + 4 * (address + provided);
	return true;
}
