// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Writes the nodes that an add-on keeps: below the connector's buses and its container of devices.
 */
#include <libfdt.h>
#include <stdio.h>
#include <string.h>

#include "common/rules/fdt.h"
#include "port.h"

/* A node's name, as the rules limit it, with another unit address. */
#define NAME_SIZE 128

static bool is_okay(const char *name, const void *value, int size)
{
	return !strcmp(name, "status") && size == 5 && !memcmp(value, "okay", 5);
}

/* What says nothing, or is said in another way. */
static bool is_left(const char *name, const void *value, int size)
{
	return !strcmp(name, "phandle") || !strcmp(name, "linux,phandle") ||
	       !strcmp(name, "gpio-hog") || is_okay(name, value, size);
}

static void write_property(struct port *port, const struct place *place, int node, const char *name,
			   const void *value, int size)
{
	struct dts *dts = &port->addon;

	if (classic_first_reference(&port->classic, node, name)) {
		port_write_references(port, dts, place, node, name, value, (size_t)size);
	} else if (!strcmp(name, "interrupts") && size) {
		port_write_interrupts(port, place, node, value, (size_t)size);
	} else if (!size) {
		dts_flag(dts, name);
	} else {
		dts_begin_property(dts, name);
		dts_value(dts, value, (size_t)size);
		dts_end_property(dts);
	}
}

/**
 * struct address - what becomes of a node's address
 * @new: the address, negative to keep it
 */
struct address {
	int new;
};

static void write_properties(struct port *port, const struct place *place, int node,
			     struct address address)
{
	const void *overlay = port->classic.overlay;
	const void *value;
	const char *name;
	fdt32_t reg;
	int property, size;

	fdt_for_each_property_offset(property, overlay, node) {
		value = fdt_getprop_by_offset(overlay, property, &name, &size);
		if (!value || is_left(name, value, size))
			continue;
		if (address.new >= 0 && !strcmp(name, "reg")) {
			fdt32_st(&reg, (uint32_t)address.new);
			write_property(port, place, node, name, &reg, sizeof(reg));
		} else {
			write_property(port, place, node, name, value, size);
		}
	}
}

static void write_node(struct port *port, const struct place *place, int node,
		       struct address address)
{
	const void *overlay = port->classic.overlay;
	const char *name = fdt_get_name(overlay, node, NULL);
	char label[PORT_LABEL_SIZE], renamed[NAME_SIZE];
	int child;

	if (address.new >= 0) {
		snprintf(renamed, sizeof(renamed), "%.*s@%x", (int)strcspn(name, "@"), name,
			 (unsigned int)address.new);
		name = renamed;
	}
	port_own_label(port, node, label);
	dts_open_node(&port->addon, fdt_get_phandle(overlay, node) ? label : NULL, name);
	write_properties(port, place, node, address);
	fdt_for_each_subnode(child, overlay, node)
		write_node(port, place, child, (struct address){ -1 });
	dts_close_node(&port->addon);
	port->ported++;
}

/* Which of the connector's chip selects is this one of the controller's? */
static int chip_select_of(const struct port *port, const struct place *place, uint32_t controller)
{
	struct tree_property selects;
	int i;

	if (!tree_find(&port->base, place->bus, "spi-chip-selects", &selects))
		return -1;
	for (i = 0; 4 * i + 4 <= selects.size; i++) {
		if (read_be32((const uint8_t *)selects.value + 4 * i) == controller)
			return i;
	}
	return -1;
}

static void write_spi_device(struct port *port, const struct place *place, int node)
{
	struct address address = { -1 };
	const fdt32_t *reg;
	int size;

	reg = fdt_getprop(port->classic.overlay, node, "reg", &size);
	if (reg && size == sizeof(*reg))
		address.new = chip_select_of(port, place, fdt32_ld(reg));
	if (address.new < 0)
		port_leave_out(port, LEFT_OUT_CHIP_SELECT_NOT_MAPPED, place, node, NULL);
	else
		write_node(port, place, node, address);
}

/* A hog is a child of its controller; on a connector it is a device of its own. */
static void write_hog(struct port *port, const struct place *place, int node)
{
	const void *overlay = port->classic.overlay;
	const void *value;
	const char *name;
	int property, size;

	dts_open_node(&port->addon, NULL, fdt_get_name(overlay, node, NULL));
	dts_begin_property(&port->addon, "compatible");
	fputs("\"plugtree,gpio-hog\"", port->addon.stream);
	dts_end_property(&port->addon);
	fdt_for_each_property_offset(property, overlay, node) {
		value = fdt_getprop_by_offset(overlay, property, &name, &size);
		if (!value || is_left(name, value, size))
			continue;
		if (!strcmp(name, "gpios"))
			port_write_hog_lines(port, place, node, value, (size_t)size);
		else
			write_property(port, place, node, name, value, size);
	}
	dts_close_node(&port->addon);
	port->ported++;
}

/* Whatever has registers of its own is on the base board's bus, and not behind a connector. */
static void write_device(struct port *port, const struct place *place, int node)
{
	const void *overlay = port->classic.overlay;

	if (fdt_getprop(overlay, node, "reg", NULL) && place->target > 0)
		port_leave_out(port, LEFT_OUT_FOREIGN_TARGET, place, node, NULL);
	else if (fdt_getprop(overlay, node, "gpio-hog", NULL))
		write_hog(port, place, node);
	else
		write_node(port, place, node, (struct address){ -1 });
}

static void write_child(struct port *port, const struct place *place, int node)
{
	const char *name = fdt_get_name(port->classic.overlay, node, NULL);

	/* That one is told something, in the proposal. */
	if (fdt_subnode_offset(port->classic.base, place->target, name) >= 0)
		return;
	if (place->to == TO_DEVICES)
		write_device(port, place, node);
	else if (tree_has(&port->base, place->bus, "spi-parent"))
		write_spi_device(port, place, node);
	else
		write_node(port, place, node, (struct address){ -1 });
}

static bool has_new_children(const struct port *port, const struct place *place)
{
	const void *overlay = port->classic.overlay;
	int child;

	fdt_for_each_subnode(child, overlay, place->contents) {
		if (fdt_subnode_offset(port->classic.base, place->target,
				       fdt_get_name(overlay, child, NULL)) < 0)
			return true;
	}
	return false;
}

static void write_place(struct port *port, const struct place *place)
{
	char name[PORT_LABEL_SIZE], reference[PORT_LABEL_SIZE + 1];
	int child;

	if ((place->to != TO_BUS && place->to != TO_DEVICES) || !has_new_children(port, place))
		return;
	dts_name(name, sizeof(name),
		 place->to == TO_BUS ? tree_name(&port->base, place->bus) : "devices");
	snprintf(reference, sizeof(reference), "&%s", name);
	dts_open_node(&port->addon, NULL, reference);
	fdt_for_each_subnode(child, port->classic.overlay, place->contents)
		write_child(port, place, child);
	dts_close_node(&port->addon);
}

static void write_type(struct port *port)
{
	struct tree_property compatible;

	if (!tree_find(&port->base, port->connector, "compatible", &compatible))
		return;
	fputs("/dts-v1/;\n/plugin/;\n", port->addon.stream);
	dts_open_node(&port->addon, NULL, "/");
	dts_begin_property(&port->addon, "compatible");
	dts_value(&port->addon, compatible.value,
		  strnlen(compatible.value, (size_t)compatible.size - 1) + 1);
	dts_end_property(&port->addon);
	dts_close_node(&port->addon);
}

/**
 * port_all() - port an overlay
 * @port: the overlay, the base tree, the connector and the texts are set; the rest is filled
 *
 * Return: true; false when out of memory.
 */
bool port_all(struct port *port)
{
	size_t i;

	port_find_places(port);
	write_type(port);
	for (i = 0; i < port->place_count; i++) {
		write_place(port, &port->places[i]);
		port_propose(port, &port->places[i]);
	}
	port_propose_exports(port);
	return !port->failed;
}
