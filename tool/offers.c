// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Buses and lines of a connector. A new bus or kind of line is a line in one of the tables.
 *
 * Nexus maps: Devicetree Specification v0.4, chapters 2.4.3 and 2.5.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "offers.h"

static const struct bus_offer bus_offers[] = {
	{ .property = "i2c-parent", .alias = "i2c:", .needs_compatible = true },
	{ .property = "spi-parent", .alias = "spi:", .needs_compatible = true },
	{ .property = "serial-parent", .needs_compatible = true },
	{ .name = "dsi", .needs_compatible = true },
	{ .name = "devices", .nests = true },
};

static const struct line_offer line_offers[] = {
	{
		.suffixes = { "gpios", "gpio" },
		.cells = "#gpio-cells",
		.map = "gpio-map",
		.mask = "gpio-map-mask",
		.kind = WARNING_GPIO_NOT_OFFERED,
	},
};

/* Asked for by "interrupts" as well, which names no parent. */
const struct line_offer interrupt_offer = {
	.suffixes = { "interrupts-extended" },
	.cells = "#interrupt-cells",
	.map = "interrupt-map",
	.mask = "interrupt-map-mask",
	.addressed = true,
	.kind = WARNING_INTERRUPT_NOT_OFFERED,
};

static bool is_listed(const char *list, const char *word)
{
	size_t length = strlen(word);

	for (; *list; list += strspn(list, ", ")) {
		if (strcspn(list, ",") == length && !strncmp(list, word, length))
			return true;
		list += strcspn(list, ",");
	}
	return false;
}

/**
 * offered_labels() - the labels that a connector provides
 * @base: the base tree
 * @connector: the connector
 *
 * Return: their names, separated by ", ", to be freed; NULL when out of memory.
 */
char *offered_labels(const struct tree *base, tree_node connector)
{
	struct tree_property property;
	unsigned long cursor = 0;
	char *labels = NULL;
	size_t size;
	FILE *stream = open_memstream(&labels, &size);
	const char *name;
	tree_node child;

	/* What children are called may be exported as well. */
	if (!stream)
		return NULL;
	fputs("connector", stream);
	for (child = tree_child(base, connector); child; child = tree_sibling(base, child)) {
		name = tree_name(base, child);
		if (!strcmp(name, "export-symbols")) {
			while ((cursor = tree_next_property(base, child, cursor, &property))) {
				if (fflush(stream) || !is_listed(labels, property.name))
					fprintf(stream, ", %s", property.name);
			}
			continue;
		}
		fputs(", ", stream);
		for (; *name && *name != '@'; name++)
			fputc(*name == '-' ? '_' : *name, stream);
	}
	if (fclose(stream)) {
		free(labels);
		return NULL;
	}
	return labels;
}

/**
 * bus_offer_of() - what becomes of the children of a container?
 * @base: the base tree
 * @container: a child of a connector
 *
 * Return: its bus; NULL when no devices are made of its children.
 */
const struct bus_offer *bus_offer_of(const struct tree *base, tree_node container)
{
	const struct bus_offer *offer;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bus_offers); i++) {
		offer = &bus_offers[i];
		if (offer->property && tree_has(base, container, offer->property))
			return offer;
		if (offer->name && !strcmp(tree_name(base, container), offer->name))
			return offer;
	}
	return NULL;
}

static bool has_suffix(const struct line_offer *offer, const char *property)
{
	size_t length = strlen(property);
	size_t i, end;

	for (i = 0; offer->suffixes[i]; i++) {
		end = strlen(offer->suffixes[i]);
		if (length < end || strcmp(property + length - end, offer->suffixes[i]))
			continue;
		if (length == end || property[length - end - 1] == '-')
			return true;
	}
	return false;
}

/**
 * line_offer_of() - which kind of line does a property ask for?
 * @property: its name
 *
 * Return: the kind, NULL for any other property.
 */
const struct line_offer *line_offer_of(const char *property)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(line_offers); i++) {
		if (has_suffix(&line_offers[i], property))
			return &line_offers[i];
	}
	return has_suffix(&interrupt_offer, property) ? &interrupt_offer : NULL;
}

static size_t read_count(const struct tree *tree, tree_node node, const char *name)
{
	struct tree_property property;

	if (!tree_find(tree, node, name, &property) || property.size != 4)
		return 0;
	return read_be32(property.value);
}

static bool matches(const uint8_t *specifier, const uint8_t *entry, const uint8_t *mask,
		    size_t size)
{
	size_t i;

	for (i = 0; i < size; i++) {
		if ((specifier[i] ^ entry[i]) & (mask ? mask[i] : 0xff))
			return false;
	}
	return true;
}

/**
 * struct nexus - a map, read from its beginning to its end
 * @map: what is left of it
 * @left: bytes of that
 * @mask: the bits of a specifier that count, NULL for all
 * @address_size: bytes of a unit address in front of a specifier
 * @size: bytes of a specifier
 */
struct nexus {
	const uint8_t *map;
	size_t left;
	const uint8_t *mask;
	size_t address_size;
	size_t size;
};

static bool nexus_open(struct nexus *nexus, const struct line_offer *offer, const struct tree *base,
		       tree_node connector)
{
	size_t cells = read_count(base, connector, offer->cells);
	size_t address = 0;
	struct tree_property property;

	if (offer->addressed)
		address = read_count(base, connector, "#address-cells");
	/* More cells than that no binding has; the numbers stay small. */
	if (!cells || cells > 16 || address > 16 ||
	    !tree_find(base, connector, offer->map, &property))
		return false;
	nexus->map = property.value;
	nexus->left = (size_t)property.size;
	nexus->address_size = 4 * address;
	nexus->size = 4 * cells;
	nexus->mask = NULL;
	if (tree_find(base, connector, offer->mask, &property) &&
	    (size_t)property.size >= nexus->address_size + nexus->size)
		nexus->mask = (const uint8_t *)property.value + nexus->address_size;
	return true;
}

/* Moves behind an entry; an entry that is not complete is the last one. */
static void nexus_skip(struct nexus *nexus, const struct line_offer *offer, const struct tree *base)
{
	size_t own = nexus->address_size + nexus->size + 4;
	tree_node parent;
	size_t size;

	parent = tree_by_phandle(base, read_be32(nexus->map + own - 4));
	size = parent ? read_count(base, parent, offer->cells) : 0;
	if (parent && offer->addressed)
		size += read_count(base, parent, "#address-cells");
	if (!parent || size > nexus->left / 4 || own + 4 * size > nexus->left) {
		nexus->left = 0;
		return;
	}
	nexus->map += own + 4 * size;
	nexus->left -= own + 4 * size;
}

/**
 * line_is_offered() - does a connector's map have an entry for a line?
 * @offer: the kind of line
 * @base: the base tree
 * @connector: the connector
 * @specifier: the cells that say which line it is
 * @size: bytes of them that there are, which may be more than one line has
 *
 * The unit addresses of interrupt maps are not looked at.
 *
 * Return: true if it has.
 */
bool line_is_offered(const struct line_offer *offer, const struct tree *base, tree_node connector,
		     const uint8_t *specifier, size_t size)
{
	struct nexus nexus;

	if (!nexus_open(&nexus, offer, base, connector) || size < nexus.size)
		return false;
	while (nexus.left >= nexus.address_size + nexus.size + 4) {
		if (matches(specifier, nexus.map + nexus.address_size, nexus.mask, nexus.size))
			return true;
		nexus_skip(&nexus, offer, base);
	}
	return false;
}
