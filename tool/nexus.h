/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Nexus maps, entry by entry: Devicetree Specification v0.4, chapters 2.4.3 and 2.5.
 */
#ifndef TOOL_NEXUS_H
#define TOOL_NEXUS_H

#include <stddef.h>

#include "common/rules/tree.h"

/**
 * struct nexus_kind - how a kind of map is spelled
 * @cells: property with the number of cells of a specifier
 * @map: property with the map
 * @mask: property with the bits that count for it
 * @addressed: entries have unit addresses, of the child and of the parent
 */
struct nexus_kind {
	const char *cells;
	const char *map;
	const char *mask;
	bool addressed;
};

/**
 * struct nexus - a map, read from its beginning to its end
 * @kind: what kind of map
 * @base: the tree that it is in
 * @map: what is left of it
 * @left: bytes of that
 * @mask: the bits of a specifier that count, NULL for all
 * @address_size: bytes of a unit address in front of a specifier
 * @size: bytes of a specifier
 */
struct nexus {
	const struct nexus_kind *kind;
	const struct tree *base;
	const uint8_t *map;
	size_t left;
	const uint8_t *mask;
	size_t address_size;
	size_t size;
};

/**
 * struct nexus_entry - an entry of a map
 * @specifier: what the nexus calls it
 * @provider: the node that really provides
 * @provided: what that calls it
 * @provided_size: bytes of that
 */
struct nexus_entry {
	const uint8_t *specifier;
	tree_node provider;
	const uint8_t *provided;
	size_t provided_size;
};

size_t nexus_count(const struct tree *tree, tree_node node, const char *cells);
bool nexus_open(struct nexus *nexus, const struct nexus_kind *kind, const struct tree *base,
		tree_node node);
bool nexus_next(struct nexus *nexus, struct nexus_entry *entry);

#endif
