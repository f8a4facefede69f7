/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * May this overlay be grafted onto this connector?
 *
 * An add-on only adds whole new nodes, only below its connector, and names nothing outside but what
 * the connector gives it.
 *
 * Use: rules_check_blob() (blob.h) on the bytes, make a reader, then rules_make_plan().
 */
#ifndef PLUGTREE_RULES_H
#define PLUGTREE_RULES_H

#include "../reasons.h"
#include "tree.h"

/* Bytes of an overlay. */
#define RULES_MAX_BLOB (1024 * 1024)

/* Levels of nodes below the overlay's root; "fragment@0/__overlay__" are the first two. */
#define RULES_MAX_DEPTH 16

/*
 * Nodes, and in addition as many in __fixups__, __local_fixups__ and __symbols__ together. With the
 * next one: the kernel unflattens an overlay into one piece of memory, which has to be possible.
 */
#define RULES_MAX_NODES 1024

/* Properties of all nodes together, those in __fixups__ and the like as well. */
#define RULES_MAX_ALL_PROPERTIES 16384

/* Properties of one node. */
#define RULES_MAX_PROPERTIES 1024

/* Cells that hold a reference, to labels and within the overlay together. */
#define RULES_MAX_FIXUPS 16384

/* Characters of the name of a node, with its unit address, or of a property. */
#define RULES_MAX_NAME 63

/* Extension buses that lead to each other before the controller. */
#define RULES_MAX_BUSES 8

/* Cells of a specifier; the kernel takes no more. */
#define RULES_MAX_SPECIFIER 16

/**
 * struct rules_input - one question to the rules
 * @overlay: the overlay, unresolved
 * @base: the tree that it is to be grafted to
 * @connector: the connector's node in @base
 */
struct rules_input {
	const struct tree *overlay;
	const struct tree *base;
	tree_node connector;
};

/**
 * struct rules_fixup - one cell of the overlay that waits for a phandle
 * @node: the node of the overlay
 * @property: its property
 * @offset: byte offset of the cell in the property's value, at any alignment; the four bytes lie
 *	inside the value
 */
struct rules_fixup {
	tree_node node;
	struct tree_property property;
	unsigned int offset;
};

/**
 * struct rules_mapping - an entry of a "pwms" property that a map of the base tree leads on
 * @node: the node of the overlay
 * @offset: where the entry, which begins with a phandle, is in the property, in bytes
 * @size: bytes of the entry
 * @phandle: of the node of the base tree that really provides
 * @count: cells of the specifier there
 * @cells: the specifier there
 */
struct rules_mapping {
	tree_node node;
	unsigned int offset;
	unsigned int size;
	uint32_t phandle;
	unsigned int count;
	uint32_t cells[RULES_MAX_SPECIFIER];
};

/* What the iterations call; see there. */
typedef int (*rules_new_node_fn)(void *arg, tree_node node, tree_node base_parent);
typedef int (*rules_fixup_fn)(void *arg, const struct rules_fixup *fixup, unsigned int phandle);
typedef int (*rules_local_fixup_fn)(void *arg, const struct rules_fixup *fixup);

/*
 * An accepted overlay and what the checks have found out about it. Its nodes and cells keep their
 * place when the caller writes the cells. Of base nodes it has handles of the connector and its
 * children only; what labels stand for is kept as a phandle.
 */
struct rules_plan;

struct rules_plan *rules_make_plan(const struct rules_input *input,
				   struct plugtree_refusal *refusal);
void rules_free_plan(struct rules_plan *plan);
int rules_for_each_new_node(const struct rules_plan *plan, rules_new_node_fn fn, void *arg);
int rules_for_each_fixup(const struct rules_plan *plan, rules_fixup_fn fn, void *arg);
int rules_for_each_local_fixup(const struct rules_plan *plan, rules_local_fixup_fn fn, void *arg);
const struct rules_mapping *rules_mappings(const struct rules_plan *plan, unsigned int *count);
bool rules_has_string(const struct tree_property *list, const char *wanted);
tree_node rules_resolve_label(const struct rules_input *input, const char *label, size_t length);
tree_node rules_bus_controller(const struct tree *base, tree_node bus, uint32_t *address);
tree_node rules_link_ports(const struct tree *base, tree_node container);

#endif
