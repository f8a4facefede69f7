/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What the checks share among themselves while one question is answered. Users of the rules need
 * rules.h only.
 *
 * A verdict, its subject included, must not depend on the order of nodes in the base tree (the
 * kernel prepends what it attaches) nor on the values of node handles, or the kernel and the tool
 * would disagree.
 */
#ifndef PLUGTREE_RULES_CONTEXT_H
#define PLUGTREE_RULES_CONTEXT_H

#include "rules.h"

/**
 * enum overlay_area - which part of the overlay a node belongs to
 * @AREA_ROOT: the root itself
 * @AREA_FRAGMENT: a fragment or something below
 * @AREA_FIXUPS: "__fixups__" or something below
 * @AREA_LOCAL_FIXUPS: "__local_fixups__" or something below
 * @AREA_SYMBOLS: "__symbols__" or something below
 */
enum overlay_area {
	AREA_ROOT,
	AREA_FRAGMENT,
	AREA_FIXUPS,
	AREA_LOCAL_FIXUPS,
	AREA_SYMBOLS,
};

#define RULES_CONNECTOR_COMPATIBLE "plugtree,connector"
#define RULES_ENDPOINT_COMPATIBLE "plugtree,pci-endpoint"

/* Where the levels of a fragment are, counted from the root at 0. */
#define DEPTH_FRAGMENT 1
#define DEPTH_OVERLAY 2
#define DEPTH_CONTENT 3

/**
 * struct overlay_node - one node of the overlay
 * @node: its handle
 * @name: its name, checked
 * @length: characters of @name
 * @parent: position of its parent in the index; the root is its own
 * @first_child: position of its first child; the others follow it
 * @child_count: how many children it has
 * @mirror: in AREA_LOCAL_FIXUPS, position of the node that it speaks about, 0 for none
 * @depth: levels below the root
 * @area: what it is part of
 * @has_phandle: it has a property "phandle"; known after rules_check_duplicates()
 * @has_pwms: the same for "pwms"
 */
struct overlay_node {
	tree_node node;
	const char *name;
	size_t length;
	unsigned int parent;
	unsigned int first_child;
	unsigned int child_count;
	unsigned int mirror;
	unsigned int depth;
	enum overlay_area area;
	bool has_phandle;
	bool has_pwms;
};

/**
 * struct overlay_phandle - a phandle that a node of the overlay has
 * @phandle: its value
 * @position: the node
 */
struct overlay_phandle {
	uint32_t phandle;
	unsigned int position;
};

/**
 * struct overlay_cell - a cell of the overlay that refers to a node
 * @position: the node that has it
 * @property: the property
 * @offset: byte offset of the cell in the property
 * @label: what it refers to; NULL when that is a node of the overlay itself
 * @base: the base node that @label stands for; for the checks only, it may be gone after them
 * @phandle: its phandle
 */
struct overlay_cell {
	unsigned int position;
	struct tree_property property;
	unsigned int offset;
	const char *label;
	tree_node base;
	uint32_t phandle;
};

/**
 * struct overlay_fragment - one fragment
 * @position: its node
 * @content: its "__overlay__" node
 * @target: the base node that it adds to: the connector or a child of it; 0 until it is known
 */
struct overlay_fragment {
	unsigned int position;
	unsigned int content;
	tree_node target;
};

/**
 * struct overlay_placement - a new node that hangs directly below a node of the base tree
 * @position: the new node
 * @parent: the base node that it hangs below
 * @order: number of @parent, in the order in which the overlay first adds to it
 * @name: its name
 * @reg: its address, the first cell of its "reg"; set in address.c only
 * @number: the same on the bus that is being looked at; set in address.c only
 */
struct overlay_placement {
	unsigned int position;
	tree_node parent;
	unsigned int order;
	const char *name;
	uint32_t reg;
	uint32_t number;
};

/**
 * struct rules_context - one question while it is answered
 * @input: the question
 * @refusal: where the reason goes
 * @nodes: all nodes of the overlay, each behind its parent, siblings next to each other and in
 *	overlay order
 * @by_name: the same, sorted by parent, then length of the name, then name
 * @node_count: how many
 * @max_properties: most properties that one node has
 * @phandles: the phandles that nodes of the fragments have, sorted
 * @phandle_count: how many
 * @cells: the cells that refer to nodes, sorted by node, property and offset
 * @cell_count: how many
 * @fragments: the fragments, in overlay order
 * @fragment_count: how many
 * @placements: the new nodes directly below base nodes, in overlay order
 * @placement_count: how many
 * @mappings: what goes through maps of the base tree, in overlay order
 * @mapping_count: how many
 *
 * All zero but @input and @refusal to begin with.
 */
struct rules_context {
	const struct rules_input *input;
	struct plugtree_refusal *refusal;
	struct overlay_node *nodes;
	const struct overlay_node **by_name;
	unsigned int node_count;
	unsigned int max_properties;
	struct overlay_phandle *phandles;
	unsigned int phandle_count;
	struct overlay_cell *cells;
	unsigned int cell_count;
	struct overlay_fragment *fragments;
	unsigned int fragment_count;
	struct overlay_placement *placements;
	unsigned int placement_count;
	struct rules_mapping *mappings;
	unsigned int mapping_count;
};

/**
 * struct rules_path - a path being written from its end to its beginning
 * @text: the buffer
 * @start: where the path begins in @text
 */
struct rules_path {
	char text[PLUGTREE_SUBJECT_SIZE];
	unsigned int start;
};

/* base.c: questions to the base tree */
tree_node rules_base_child(const struct tree *tree, tree_node parent, const char *name);
bool rules_is_container(const struct rules_input *input, tree_node node);
bool rules_is_enabled(const struct tree *tree, tree_node node);
uint32_t rules_phandle(const struct tree *tree, tree_node node);
void rules_path_begin(struct rules_path *path);
void rules_path_prepend(struct rules_path *path, const char *name);
const char *rules_path_text(struct rules_path *path);
void rules_path_prepend_base(struct rules_path *path, const struct tree *tree, tree_node node);
const char *rules_base_path(struct rules_path *path, const struct tree *tree, tree_node node);

/* bus.c */
bool rules_is_bus(const struct tree *base, tree_node node);
bool rules_bus_is_single(const struct tree *base, tree_node bus);
const char *rules_bus_property(const struct tree *base, tree_node bus);
tree_node rules_bus_parent(const struct tree *base, tree_node bus);
bool rules_bus_translate(const struct tree *base, tree_node bus, uint32_t *address);

/* shape.c */
int rules_check_shape(struct rules_context *context);

/* index.c */
int rules_build_index(struct rules_context *context);
int rules_check_duplicates(struct rules_context *context);
int rules_no_memory(struct rules_context *context);
unsigned int rules_find_child(const struct rules_context *context, unsigned int parent,
			      const char *name, size_t length);
const char *rules_overlay_path(struct rules_path *path, const struct rules_context *context,
			       unsigned int position);

/* phandles.c */
int rules_collect_phandles(struct rules_context *context);
unsigned int rules_find_phandle(const struct rules_context *context, uint32_t phandle);

/* fixups.c */
int rules_collect_cells(struct rules_context *context);
int rules_check_local_cells(struct rules_context *context);
const struct overlay_cell *rules_find_cell(const struct rules_context *context,
					   unsigned int position, const char *property,
					   unsigned int offset);

/* target.c */
int rules_check_root(struct rules_context *context);
int rules_find_targets(struct rules_context *context);

/* content.c */
int rules_place_content(struct rules_context *context);
int rules_check_content(struct rules_context *context);

/* nexus.c */
int rules_collect_mappings(struct rules_context *context);

/* address.c */
int rules_check_addresses(struct rules_context *context);

/* graph.c */
tree_node rules_link_end(const struct tree *base, tree_node container);
int rules_check_graph(struct rules_context *context);

/* endpoint.c */
bool rules_is_endpoint(const struct rules_input *input);
int rules_check_endpoint(struct rules_context *context);

#endif
