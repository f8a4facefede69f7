// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the base board's own tree has to have: settings of its controllers, pin groups, and symbols
 * that its connector exports.
 */
#include <libfdt.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "array.h"
#include "common/rules/fdt.h"
#include "port.h"

/* How the base board's source refers to a node: by its label, or by its path. */
static void put_target(char *text, size_t size, const struct port *port, int node)
{
	const char *label = classic_label(port->classic.base, node);
	char path[PATH_MAX] = "/";

	fdt_get_path(port->classic.base, node, path, sizeof(path));
	if (label)
		snprintf(text, size, "&%s", label);
	else
		snprintf(text, size, node ? "&{%s}" : "/", path);
}

static bool is_there_already(const struct port *port, int target, const char *name,
			     const void *value, int size)
{
	int there;
	const void *old = fdt_getprop(port->classic.base, target, name, &there);

	return old && there == size && !memcmp(old, value, (size_t)size);
}

static bool is_own(const char *name)
{
	return !strcmp(name, "phandle") || !strcmp(name, "linux,phandle");
}

static void write_property(struct port *port, const struct place *place, int node, const char *name,
			   const void *value, int size)
{
	struct dts *dts = &port->proposal;

	if (classic_first_reference(&port->classic, node, name)) {
		port_write_references(port, dts, place, node, name, value, (size_t)size);
	} else if (!size) {
		dts_flag(dts, name);
	} else {
		dts_begin_property(dts, name);
		dts_value(dts, value, (size_t)size);
		dts_end_property(dts);
	}
}

/* Return: whether the base board's node needs anything. */
static bool needs_anything(const struct port *port, int target, int node)
{
	const void *overlay = port->classic.overlay;
	const void *value;
	const char *name;
	int property, size;

	fdt_for_each_property_offset(property, overlay, node) {
		value = fdt_getprop_by_offset(overlay, property, &name, &size);
		if (value && !is_own(name) && !is_there_already(port, target, name, value, size))
			return true;
	}
	return false;
}

static bool becomes_another(const struct port *port, int target, int node)
{
	int size;
	const void *value = fdt_getprop(port->classic.overlay, node, "compatible", &size);

	return value && !is_there_already(port, target, "compatible", value, size);
}

/* Properties that a node of the base board gets. */
static void propose_settings(struct port *port, const struct place *place, int target, int node)
{
	const void *overlay = port->classic.overlay;
	const void *value;
	char text[PATH_MAX + 8];
	const char *name;
	int property, size;

	if (!needs_anything(port, target, node))
		return;
	if (becomes_another(port, target, node)) {
		port_leave_out(port, LEFT_OUT_BASE_NODE_CHANGED, place, node, NULL);
		return;
	}
	put_target(text, sizeof(text), port, target);
	dts_open_node(&port->proposal, NULL, text);
	fdt_for_each_property_offset(property, overlay, node) {
		value = fdt_getprop_by_offset(overlay, property, &name, &size);
		if (value && !is_own(name) && !is_there_already(port, target, name, value, size))
			write_property(port, place, node, name, value, size);
	}
	dts_close_node(&port->proposal);
}

/* Children that the base board has already, and what they are told. */
static void propose_known(struct port *port, const struct place *place, int target, int node)
{
	const void *overlay = port->classic.overlay;
	int child, known;

	propose_settings(port, place, target, node);
	fdt_for_each_subnode(child, overlay, node) {
		known = fdt_subnode_offset(port->classic.base, target,
					   fdt_get_name(overlay, child, NULL));
		if (known >= 0)
			propose_known(port, place, known, child);
	}
}

static void write_group(struct port *port, const struct place *place, int node)
{
	const void *overlay = port->classic.overlay;
	char label[PORT_LABEL_SIZE];
	bool labelled = fdt_get_phandle(overlay, node);
	const void *value;
	const char *name;
	int property, child, size;

	port_own_label(port, node, label);
	dts_open_node(&port->proposal, labelled ? label : NULL, fdt_get_name(overlay, node, NULL));
	fdt_for_each_property_offset(property, overlay, node) {
		value = fdt_getprop_by_offset(overlay, property, &name, &size);
		if (value && !is_own(name))
			write_property(port, place, node, name, value, size);
	}
	fdt_for_each_subnode(child, overlay, node)
		write_group(port, place, child);
	dts_close_node(&port->proposal);
}

static void propose_pins(struct port *port, const struct place *place)
{
	char text[PATH_MAX + 8];
	int child;

	put_target(text, sizeof(text), port, place->target);
	dts_open_node(&port->proposal, NULL, text);
	fdt_for_each_subnode(child, port->classic.overlay, place->contents)
		write_group(port, place, child);
	dts_close_node(&port->proposal);
}

/**
 * port_propose() - propose what a fragment wants of the base board
 * @port: the port
 * @place: where the fragment goes
 */
void port_propose(struct port *port, const struct place *place)
{
	if (place->to == TO_PINS)
		propose_pins(port, place);
	else if (place->to != TO_NOWHERE)
		propose_known(port, place, place->target, place->contents);
}

/* The symbol by which the connector exports a node already. */
static const char *find_symbol(const struct port *port, int target)
{
	const struct tree *base = &port->base;
	struct tree_property property;
	unsigned long cursor = 0;
	tree_node child;

	for (child = tree_child(base, port->connector); child; child = tree_sibling(base, child)) {
		if (strcmp(tree_name(base, child), "export-symbols"))
			continue;
		while ((cursor = tree_next_property(base, child, cursor, &property))) {
			if (property.size == 4 && target >= 0 &&
			    tree_by_phandle(base, read_be32(property.value)) ==
				    fdt_tree_node(target))
				return property.name;
		}
	}
	return NULL;
}

/**
 * port_export() - the symbol for something of the base board
 * @port: the port; a symbol that the connector does not export yet is proposed
 * @label: what the base board's source calls it
 * @target: its node; negative for one that is only proposed
 *
 * Return: the symbol.
 */
const char *port_export(struct port *port, const char *label, int target)
{
	const char *symbol = find_symbol(port, target);
	struct export *grown;
	size_t i;

	if (symbol)
		return symbol;
	for (i = 0; i < port->export_count; i++) {
		if (!strcmp(port->exports[i].label, label))
			return label;
	}
	grown = array_grow(port->exports, port->export_count, sizeof(*grown));
	if (!grown) {
		port->failed = true;
		return label;
	}
	port->exports = grown;
	grown += port->export_count++;
	snprintf(grown->name, sizeof(grown->name), "%s", label);
	snprintf(grown->label, sizeof(grown->label), "%s", label);
	return label;
}

/**
 * port_propose_exports() - propose the symbols that were asked for
 * @port: the port
 */
void port_propose_exports(struct port *port)
{
	char text[PATH_MAX + 8];
	size_t i;

	if (!port->export_count)
		return;
	put_target(text, sizeof(text), port, fdt_tree_offset(port->connector));
	dts_open_node(&port->proposal, NULL, text);
	dts_open_node(&port->proposal, NULL, "export-symbols");
	for (i = 0; i < port->export_count; i++) {
		dts_begin_property(&port->proposal, port->exports[i].name);
		fprintf(port->proposal.stream, "<&%s>", port->exports[i].label);
		dts_end_property(&port->proposal);
	}
	dts_close_node(&port->proposal);
	dts_close_node(&port->proposal);
}
