// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Extension buses: children of a connector that stand for a bus of the base board. One may lead to
 * another, of the connector that the base board itself is plugged into, before it gets to a
 * controller.
 */
#include "context.h"

/**
 * struct bus_kind - a kind of extension bus
 * @parent: property that says where it leads to
 * @numbers: property that translates addresses to those of the parent; NULL if they are the same
 * @single: it has room for one device, which has no address
 */
struct bus_kind {
	const char *parent;
	const char *numbers;
	bool single;
};

static const struct bus_kind bus_kinds[] = {
	{ "i2c-parent", NULL, false },
	{ "spi-parent", "spi-chip-selects", false },
	{ "serial-parent", NULL, true },
};

static const struct bus_kind *kind_of(const struct tree *base, tree_node bus)
{
	unsigned int index;

	for (index = 0; index < ARRAY_SIZE(bus_kinds); index++) {
		if (tree_has(base, bus, bus_kinds[index].parent))
			return &bus_kinds[index];
	}
	return NULL;
}

/**
 * rules_is_bus() - is this an extension bus?
 * @base: the base tree
 * @node: a child of a connector, or what an extension bus leads to
 *
 * Return: true for extension buses.
 */
bool rules_is_bus(const struct tree *base, tree_node node)
{
	return kind_of(base, node);
}

/**
 * rules_bus_property() - which property says where an extension bus leads to
 * @base: the base tree
 * @bus: a node
 *
 * Return: the property's name; NULL if the node is no extension bus.
 */
const char *rules_bus_property(const struct tree *base, tree_node bus)
{
	const struct bus_kind *kind = kind_of(base, bus);

	return kind ? kind->parent : NULL;
}

/**
 * rules_bus_is_single() - has an extension bus room for one device only?
 * @base: the base tree
 * @bus: a node
 *
 * Return: true if it has, and then its device has no address.
 */
bool rules_bus_is_single(const struct tree *base, tree_node bus)
{
	const struct bus_kind *kind = kind_of(base, bus);

	return kind && kind->single;
}

/**
 * rules_bus_parent() - where an extension bus leads to
 * @base: the base tree
 * @bus: the extension bus
 *
 * Return: the controller or another extension bus; 0 if its property names nothing.
 */
tree_node rules_bus_parent(const struct tree *base, tree_node bus)
{
	const struct bus_kind *kind = kind_of(base, bus);
	struct tree_property property;

	if (!kind || !tree_find(base, bus, kind->parent, &property) || property.size < 4)
		return 0;
	return tree_by_phandle(base, read_be32(property.value));
}

/**
 * rules_bus_translate() - the address that a device has one bus further
 * @base: the base tree
 * @bus: the extension bus
 * @address: its address there; set to that on the bus's parent
 *
 * Return: false if the parent has no such address for this bus; then @address is as it was.
 */
bool rules_bus_translate(const struct tree *base, tree_node bus, uint32_t *address)
{
	const struct bus_kind *kind = kind_of(base, bus);
	struct tree_property numbers;

	if (!kind || !kind->numbers || !tree_find(base, bus, kind->numbers, &numbers))
		return true;
	if (*address >= (unsigned int)numbers.size / 4)
		return false;
	*address = read_be32((const uint8_t *)numbers.value + 4 * *address);
	return true;
}

/**
 * rules_bus_controller() - the controller at the end of an extension bus
 * @base: the base tree
 * @bus: the extension bus
 * @address: address of a device on it; set to that at the controller. May be NULL
 *
 * Return: the controller; 0 if @bus leads nowhere, or the controller has no such address for it.
 */
tree_node rules_bus_controller(const struct tree *base, tree_node bus, uint32_t *address)
{
	unsigned int steps;

	for (steps = 0; bus && steps <= RULES_MAX_BUSES; steps++) {
		if (!rules_is_bus(base, bus))
			return bus;
		if (address && !rules_bus_translate(base, bus, address))
			return 0;
		bus = rules_bus_parent(base, bus);
	}
	return 0;
}
