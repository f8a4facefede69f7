// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Where the fragments of a classic overlay go.
 */
#include <libfdt.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "array.h"
#include "common/rules/fdt.h"
#include "common/rules/rules.h"
#include "port.h"

/**
 * port_leave_out() - say that something is left out
 * @port: the port
 * @kind: why
 * @place: the place of the fragment that it is in
 * @node: the node of the overlay that it is about
 * @property: the property, NULL for the node
 */
void port_leave_out(struct port *port, enum left_out_kind kind, const struct place *place, int node,
		    const char *property)
{
	char target[PATH_MAX] = "", path[PATH_MAX] = "", subject[2 * PATH_MAX + 128];
	const char *inner;

	if (place && place->target > 0)
		fdt_get_path(port->classic.base, place->target, target, sizeof(target));
	fdt_get_path(port->classic.overlay, node, path, sizeof(path));
	inner = strstr(path, "/__overlay__");
	inner = inner ? inner + strlen("/__overlay__") : path;
	snprintf(subject, sizeof(subject), "%s%s%s%s", target, inner, property ? ":" : "",
		 property ? property : "");
	left_out_complain(kind, *subject ? subject : "/");
	port->left_out++;
}

/* The bus of the connector that leads to a controller. */
static tree_node bus_to(const struct port *port, int controller)
{
	const struct tree *base = &port->base;
	tree_node child, end;

	for (child = tree_child(base, port->connector); child; child = tree_sibling(base, child)) {
		end = rules_bus_controller(base, child, NULL);
		if (end && end != child && fdt_tree_offset(end) == controller)
			return child;
	}
	return 0;
}

/* Pin groups have no compatible, and somebody's pinctrl-0 refers to one of them. */
static bool has_pins(const struct port *port, int contents)
{
	const struct classic *classic = &port->classic;
	size_t i;
	int child;

	fdt_for_each_subnode(child, classic->overlay, contents) {
		if (fdt_getprop(classic->overlay, child, "compatible", NULL))
			return false;
	}
	for (i = 0; i < classic->count; i++) {
		const struct reference *reference = &classic->references[i];

		if (!reference->label && reference->target > 0 &&
		    !strncmp(reference->property, "pinctrl-", strlen("pinctrl-")) &&
		    fdt_parent_offset(classic->overlay, reference->target) == contents)
			return true;
	}
	return false;
}

static bool is_container(const struct port *port, int target)
{
	return !target || !fdt_node_check_compatible(port->classic.base, target, "simple-bus");
}

static bool has_devices(const struct port *port)
{
	tree_node child;

	for (child = tree_child(&port->base, port->connector); child;
	     child = tree_sibling(&port->base, child)) {
		if (!strcmp(tree_name(&port->base, child), "devices"))
			return true;
	}
	return false;
}

/* Are all the children of the base board's already? */
static bool is_only_known(const struct port *port, const struct place *place)
{
	const void *overlay = port->classic.overlay;
	int child;

	fdt_for_each_subnode(child, overlay, place->contents) {
		if (fdt_subnode_offset(port->classic.base, place->target,
				       fdt_get_name(overlay, child, NULL)) < 0)
			return false;
	}
	return true;
}

static bool has_hogs(const struct port *port, const struct place *place)
{
	const void *overlay = port->classic.overlay;
	int child;

	fdt_for_each_subnode(child, overlay, place->contents) {
		if (fdt_getprop(overlay, child, "gpio-hog", NULL))
			return true;
	}
	return false;
}

static void decide(struct port *port, struct place *place)
{
	place->bus = bus_to(port, place->target);
	if (place->bus)
		place->to = TO_BUS;
	else if (has_pins(port, place->contents))
		place->to = TO_PINS;
	else if (is_only_known(port, place))
		place->to = TO_BASE;
	else if (has_devices(port) && (is_container(port, place->target) || has_hogs(port, place)))
		place->to = TO_DEVICES;
	else
		port_leave_out(port, LEFT_OUT_FOREIGN_TARGET, place, place->contents, NULL);
}

static const char *target_label(const struct port *port, int fragment)
{
	const struct reference *reference =
		classic_reference(&port->classic, fragment, "target", 0);

	return reference ? reference->label : NULL;
}

static void add_fragment(struct port *port, int fragment)
{
	struct place place = {
		.fragment = fragment,
		.contents = classic_contents(&port->classic, fragment),
		.target = classic_target(&port->classic, fragment),
	};
	struct place *grown;

	if (place.contents < 0) {
		if (fdt_subnode_offset(port->classic.overlay, fragment, "__dormant__") >= 0)
			port_leave_out(port, LEFT_OUT_DORMANT, NULL, fragment, NULL);
		return;
	}
	if (place.target < 0)
		port_leave_out(port, LEFT_OUT_UNKNOWN_TARGET, NULL, fragment,
			       target_label(port, fragment));
	else
		decide(port, &place);
	grown = array_grow(port->places, port->place_count, sizeof(*grown));
	if (!grown) {
		port->failed = true;
		return;
	}
	port->places = grown;
	grown[port->place_count++] = place;
}

/**
 * port_find_places() - find out where each fragment goes
 * @port: the port; its places are filled
 */
void port_find_places(struct port *port)
{
	int fragment;

	fdt_for_each_subnode(fragment, port->classic.overlay, 0) {
		const char *name = fdt_get_name(port->classic.overlay, fragment, NULL);

		if (!strcmp(name, "__overrides__"))
			port_leave_out(port, LEFT_OUT_PARAMETERS, NULL, fragment, NULL);
		else if (strncmp(name, "__", 2))
			add_fragment(port, fragment);
	}
}

/**
 * port_place_of() - where a node of the overlay goes
 * @port: the port
 * @node: the node
 *
 * Return: the place of its fragment, NULL if it is in none.
 */
const struct place *port_place_of(const struct port *port, int node)
{
	int fragment =
		node <= 0 ? -1 : fdt_supernode_atdepth_offset(port->classic.overlay, node, 1, NULL);
	size_t i;

	for (i = 0; fragment > 0 && i < port->place_count; i++) {
		if (port->places[i].fragment == fragment)
			return &port->places[i];
	}
	return NULL;
}
