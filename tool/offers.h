/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What connectors offer: buses for devices, and lines behind nexus maps. All that the warnings know
 * of particular buses is in the two tables of offers.c.
 */
#ifndef TOOL_OFFERS_H
#define TOOL_OFFERS_H

#include <stdbool.h>

#include "common/rules/tree.h"
#include "nexus.h"
#include "warning.h"

/**
 * struct bus_offer - a kind of container whose children become devices
 * @property: property by which the container is known, or NULL
 * @name: name by which it is known, or NULL
 * @alias: what the module aliases of its devices begin with, besides "of:"; or NULL
 * @needs_compatible: no device can be made of a child without compatible
 * @nests: a child that is only a bus itself gets no device, its children do
 */
struct bus_offer {
	const char *property;
	const char *name;
	const char *alias;
	bool needs_compatible;
	bool nests;
};

/**
 * struct line_offer - a kind of line that a connector gives away by a nexus map
 * @suffixes: what the names of properties that ask for such lines end with; ended by NULL
 * @map: how the map is spelled
 * @controller: a connector with this property has such lines itself, and no map
 * @kind: the warning about a line that is not in the map
 */
struct line_offer {
	const char *suffixes[4];
	struct nexus_kind map;
	const char *controller;
	enum warning_kind kind;
};

extern const struct line_offer gpio_offer;
extern const struct line_offer interrupt_offer;

const struct bus_offer *bus_offer_of(const struct tree *base, tree_node container);
const struct line_offer *line_offer_of(const char *property);
char *offered_labels(const struct tree *base, tree_node connector);
bool line_is_offered(const struct line_offer *offer, const struct tree *base, tree_node connector,
		     const uint8_t *specifier, size_t size);

#endif
