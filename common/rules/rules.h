/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * May this overlay be grafted onto this connector?
 *
 * An add-on only adds whole new nodes, only below its connector, and names nothing outside but what the connector gives it.
 */
#ifndef PLUGTREE_RULES_H
#define PLUGTREE_RULES_H

#include "../reasons.h"
#include "tree.h"

#define RULES_MAX_BLOB (1024 * 1024)
#define RULES_MAX_DEPTH 16
#define RULES_MAX_NODES 4096

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
 * struct rules_graft_point - where one fragment's nodes go
 * @content: the fragment's "__overlay__" node in the overlay
 * @target: the node of the base tree whose new children they become: the connector or one of its own children
 */
struct rules_graft_point {
	tree_node content;
	tree_node target;
};

/**
 * struct rules_fixup - one cell of the overlay that waits for a phandle
 * @node: the node of the overlay
 * @property: name of its property
 * @offset: byte offset of the cell in the property's value; checked to lie inside
 */
struct rules_fixup {
	tree_node node;
	struct tree_property property;
	unsigned int offset;
};

/*
 * The whole verdict: 0, or -EINVAL with @refusal filled. Reads only; safe on hostile input as far as the readers are.
 */
int rules_check(const struct rules_input *input, struct plugtree_refusal *refusal);

/*
 * After a verdict of 0. Calls @fn for each node of a fragment's content that names an existing node ("i2c-sensors" below the
 * connector) no times, and for each *new* node that hangs directly below a node of the base tree once, in overlay order:
 * @fn(arg, new node of the overlay, its parent in the base). Stops at and returns the first non-zero answer.
 */
int rules_for_each_new_node(const struct rules_input *input,
			    int (*fn)(void *arg, tree_node node, tree_node base_parent), void *arg);

/*
 * After a verdict of 0. Calls @fn for each cell that refers to a label, with the base node that the label stands for and its
 * phandle (not for the fragments' own "target" cells). Stops at and returns the first non-zero answer.
 */
int rules_for_each_fixup(const struct rules_input *input,
			 int (*fn)(void *arg, const struct rules_fixup *fixup, unsigned int phandle), void *arg);

/*
 * After a verdict of 0. Calls @fn for each cell that holds a phandle local to the overlay (__local_fixups__).
 */
int rules_for_each_local_fixup(const struct rules_input *input, int (*fn)(void *arg, const struct rules_fixup *fixup),
			       void *arg);

/*
 * The base node that @label stands for at this connector, 0 if it stands for nothing: "connector", the connector's children
 * by name ('-' read as '_'), then the properties of its "export-symbols" child.
 */
tree_node rules_resolve_label(const struct rules_input *input, const char *label, size_t length);

#endif
