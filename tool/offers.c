// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Buses and lines of a connector. A new bus or kind of line is a line in one of the tables.
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

const struct line_offer gpio_offer = {
	.suffixes = { "gpios", "gpio" },
	.map = { "#gpio-cells", "gpio-map", "gpio-map-mask", false },
	.controller = "gpio-controller",
	.kind = WARNING_GPIO_NOT_OFFERED,
};

/* Asked for by "interrupts" as well, which names no parent. */
const struct line_offer interrupt_offer = {
	.suffixes = { "interrupts-extended" },
	.map = { "#interrupt-cells", "interrupt-map", "interrupt-map-mask", true },
	.controller = "interrupt-controller",
	.kind = WARNING_INTERRUPT_NOT_OFFERED,
};

static const struct line_offer *const line_offers[] = { &gpio_offer, &interrupt_offer };

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
		if (has_suffix(line_offers[i], property))
			return line_offers[i];
	}
	return NULL;
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
 * line_is_offered() - does a connector's map have an entry for a line?
 * @offer: the kind of line
 * @base: the base tree
 * @connector: the connector
 * @specifier: the cells that say which line it is
 * @size: bytes of them that there are, which may be more than one line has
 *
 * The unit addresses of interrupt maps are not looked at.
 *
 * Return: true if it has, or needs none: which lines a controller has the rules know.
 */
bool line_is_offered(const struct line_offer *offer, const struct tree *base, tree_node connector,
		     const uint8_t *specifier, size_t size)
{
	struct nexus_entry entry;
	struct nexus nexus;

	if (tree_has(base, connector, offer->controller))
		return true;
	if (!nexus_open(&nexus, &offer->map, base, connector) || size < nexus.size)
		return false;
	while (nexus_next(&nexus, &entry)) {
		if (matches(specifier, entry.specifier, nexus.mask, nexus.size))
			return true;
	}
	return false;
}
