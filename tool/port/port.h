/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Porting: a classic overlay becomes an add-on's, and a proposal for the base board's tree.
 */
#ifndef TOOL_PORT_PORT_H
#define TOOL_PORT_PORT_H

#include <stdbool.h>
#include <stddef.h>

#include "classic.h"
#include "common/rules/tree.h"
#include "dts.h"
#include "left_out.h"
#include "nexus.h"

/* Labels of the overlay and of symbols. */
#define PORT_LABEL_SIZE 64

/**
 * struct export - a symbol that the connector has to export
 * @name: the symbol
 * @label: the label of what it stands for, in the base board's source
 */
struct export
{
	char name[PORT_LABEL_SIZE];
	char label[PORT_LABEL_SIZE];
};

/**
 * enum destination - where the content of a fragment goes
 * @TO_NOWHERE: it is left out
 * @TO_BASE: into the base board's tree
 * @TO_PINS: pin groups, into the base board's tree
 * @TO_BUS: onto a bus of the connector
 * @TO_DEVICES: into its container of devices on no bus
 */
enum destination {
	TO_NOWHERE,
	TO_BASE,
	TO_PINS,
	TO_BUS,
	TO_DEVICES,
};

/**
 * struct place - where one fragment goes
 * @fragment: the fragment
 * @contents: what it adds
 * @target: the node of the base tree that it is for
 * @to: where its nodes go
 * @bus: the connector's bus, for TO_BUS
 */
struct place {
	int fragment;
	int contents;
	int target;
	enum destination to;
	tree_node bus;
};

/**
 * struct port - a port while it is made
 * @classic: what is ported
 * @base: the base tree
 * @connector: the connector in it
 * @places: where the fragments go
 * @place_count: how many
 * @addon: the add-on's overlay
 * @proposal: what the base board's tree needs
 * @exports: what the connector has to export besides
 * @export_count: how many
 * @ported: nodes of the add-on that were written
 * @left_out: how often something was left out
 * @failed: out of memory
 */
struct port {
	struct classic classic;
	struct tree base;
	tree_node connector;
	struct place *places;
	size_t place_count;
	struct dts addon;
	struct dts proposal;
	struct export *exports;
	size_t export_count;
	size_t ported;
	size_t left_out;
	bool failed;
};

bool port_all(struct port *port);

/* place.c */
void port_find_places(struct port *port);
const struct place *port_place_of(const struct port *port, int node);
void port_leave_out(struct port *port, enum left_out_kind kind, const struct place *place, int node,
		    const char *property);

/* reference.c */
bool port_write_references(struct port *port, struct dts *dts, const struct place *place, int node,
			   const char *name, const void *value, size_t size);
bool port_write_interrupts(struct port *port, const struct place *place, int node,
			   const void *value, size_t size);
bool port_write_hog_lines(struct port *port, const struct place *place, int node, const void *value,
			  size_t size);
void port_own_label(const struct port *port, int node, char label[PORT_LABEL_SIZE]);

/* proposal.c */
void port_propose(struct port *port, const struct place *place);
void port_propose_exports(struct port *port);
const char *port_export(struct port *port, const char *label, int target);

#endif
